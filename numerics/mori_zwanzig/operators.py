"""Composition operators M_n and transfer operators N_n of a chain as matrices, q_n, and the contraction table.

Unweighted: L^2(Omega_{n+1}) -> L^2(Omega_n) on boxes around the ranges, in orthonormal tensor Legendre bases. Weighted:
L^2(p_{n+1}) -> L^2(p_n) in polynomials that are orthonormal for the densities, ordered by total degree. Norms are
floating-point values of truncated operators (from below, converging with the degree); rigorous bounds are elsewhere.
Behind Gaussian noise the range is unbounded and M_n is not even bounded on unweighted L^2: refused beyond layer 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import isinf, sqrt
from typing import TYPE_CHECKING

import numpy as np

from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.densities import layer_kinks, with_points
from numerics.mori_zwanzig.legendre import TensorBasis, default_degree, node_count
from numerics.mori_zwanzig.measures import TOTAL_DEGREES, Measure, gram, measures, pushed_gram
from numerics.mori_zwanzig.noise import TRAPEZOID, TRAPEZOID_WEIGHTS
from numerics.mori_zwanzig.panels import Panels, resolved
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer, Observable
    from numerics.mori_zwanzig.decomposition import Projection

DROPPED = 1e-10
"""A polynomial is left out of a weighted basis when less than this share of its norm is new."""


@dataclass(frozen=True, eq=False)
class Backward:
    """q_L = u, q_n = M_n q_{n+1}; `steps[n]` evaluates q_n at points (points, N_n), n = 0..L.

    Legendre coefficients of q_n in `bases[n]`, n = 1..L, where expansions are used (widths 2 and 3, or a given degree).
    """

    chain: NoisyChain
    steps: tuple[Callable[[Array], Array], ...]
    bases: tuple[TensorBasis | None, ...] = ()
    coefficients: tuple[Array | None, ...] = ()

    def evaluate(self, level: int, x: Array) -> Array:
        """q_level at points: the layer's exact noise mean of the expansion of the next q."""
        return self.steps[level](x)


def applied(layer: NoisyLayer, basis: TensorBasis, coefficients: Array, x: Array) -> Array:
    """(M u)(x) at points x, for u given by coefficients in a basis on a box that contains F(x) + noise."""
    return basis.combine(basis.mean_factors(layer.map(x), layer.noise), coefficients)


def bases(chain: NoisyChain, degree: int | None = None, first: int = 0) -> tuple[TensorBasis | None, ...]:
    """Legendre bases on the grid boxes of levels first..L; None below."""
    chain.gridded("a Legendre basis", first)
    return tuple(TensorBasis(box, default_degree(len(box), degree)) if n >= first else None
                 for n, box in enumerate(chain.grid_boxes))


def backward(chain: NoisyChain, u: Observable = None, degree: int | None = None) -> Backward:
    """All q_n of an observable; widths 1..L at most 3, the input may be wider.

    Widths 1 without a degree: piecewise polynomials on adaptive panels, resolved to about 1e-12 whatever the slopes
    and kinks. Otherwise Legendre expansions of the degree, which need smooth layers.
    """
    chain.gridded("q_n", first=1)
    value = chain.observable(u)
    if degree is None and set(chain.widths[1:]) == {1}:
        return _on_panels(chain, value)
    spaces = bases(chain, degree, first=1)
    found: list[Array | None] = [None]*(chain.depth + 1)
    steps = [value]
    for n in range(chain.depth, 0, -1):
        space = spaces[n]
        found[n] = coefficients = space.project(steps[0])
        steps.insert(0, partial(applied, chain.layers[n - 1], space, coefficients))
    return Backward(chain, tuple(steps), spaces, tuple(found))


def _on_panels(chain: NoisyChain, value: Callable[[Array], Array]) -> Backward:
    steps = [value]
    for n in range(chain.depth, 0, -1):
        ((low, high),) = chain.grid_boxes[n]
        edges = np.linspace(low, high, 17)
        if n < chain.depth:
            edges = with_points(edges, layer_kinks(chain.layers[n]))
        after = steps[0]
        panels, values = resolved(lambda x: after(x[:, None]), edges)
        steps.insert(0, partial(mean_on_panels, chain.layers[n - 1], panels, values))
    return Backward(chain, tuple(steps))


def mean_on_panels(layer: NoisyLayer, panels: Panels, values: Array, x: Array) -> Array:
    """(M u)(x) for u on panels that contain F(x) + noise, output width 1: box means by antiderivatives."""
    centers, a = layer.map(x)[:, 0], layer.noise.amplitude
    if layer.noise.kind == "uniform":
        ends = panels.integral_to(values, centers + a) - panels.integral_to(values, centers - a)
        return ends[:, 0]/(2*a)
    return sum(weight*panels.evaluate(values, np.clip(centers + a*z, panels.edges[0], panels.edges[-1]))[:, 0]
               for z, weight in zip(TRAPEZOID, TRAPEZOID_WEIGHTS))


def composition_matrix(chain: NoisyChain, n: int, degree: int | None = None) -> Array:
    """The matrix of M_n: L^2(Omega_{n+1}) -> L^2(Omega_n), entries <e_j, M_n e_k>.

    Raises InputError for Gaussian noise before layer n (M_n is not bounded on unweighted L^2 of an unbounded range).
    """
    _bounded(chain, n)
    spaces = bases(chain, degree)
    before, after = spaces[n], spaces[n + 1]
    return _matrix(chain.layers[n], before, after)


def _matrix(layer: NoisyLayer, before: TensorBasis, after: TensorBasis) -> Array:
    points, weights = before.nodes(node_count(before.dimension, before.degree))
    means = after.matrix(after.mean_factors(layer.map(points), layer.noise))
    return (before.matrix(before.factors(points))*weights[:, None]).T @ means


def transfer_matrix(chain: NoisyChain, n: int, degree: int | None = None) -> Array:
    """The matrix of N_n: L^2(Omega_n) -> L^2(Omega_{n+1}): by duality the transpose of that of M_n."""
    return composition_matrix(chain, n, degree).T


def _bounded(chain: NoisyChain, n: int) -> None:
    if any(isinf(end) for interval in chain.ranges[n] for end in interval):
        raise InputError(explain(f"unweighted L^2 norm of layer {n}", "a bounded range",
                                 "Gaussian noise before it, whose range is unbounded: the operator is not bounded "
                                 "on unweighted L^2",
                                 "Use the weighted norms (weighted=True, maximal correlation) or the Dobrushin "
                                 "coefficient."))


def orthonormal(gram_matrix: Array) -> tuple[Array, list[int]]:
    """Gram-Schmidt for a Gram matrix in the given order of functions; what is numerically dependent is left out.

    Returns the combinations, one column for each function kept, and which were kept.
    """
    chosen: list[int] = []
    size = len(gram_matrix)
    rows = np.zeros((0, size))
    for k in range(size):
        vector = np.zeros(size)
        vector[k] = 1.0
        # twice is enough
        for _ in range(2):
            vector = vector - (rows @ (gram_matrix @ vector)) @ rows
        norm = vector @ gram_matrix @ vector
        if norm > DROPPED*gram_matrix[k, k] > 0:
            rows = np.concatenate([rows, vector[None]/sqrt(norm)])
            chosen.append(k)
    return rows.T, chosen


@dataclass(frozen=True, eq=False)
class Propagation:
    """A chain as matrices: `matrices[n]` from coordinates of level n + 1 to those of level n, all orthonormal.

    `degrees[n]` are total degrees of the coordinate functions; `changes[n]` the Legendre coefficients of the
    coordinate functions, one column each (the identity when unweighted). Weighted: `measures[n]` is the law of X_n,
    and `contractions[n]` is M_n: L^2(law of F_n(X_n) + xi_n) -> L^2(law of X_n), the same as `matrices[n]` but for the
    quadrature error between that law and `measures[n + 1]`, with norm at most 1.
    """

    chain: NoisyChain
    weighted: bool
    bases: tuple[TensorBasis, ...]
    changes: tuple[Array, ...]
    degrees: tuple[Array, ...]
    matrices: tuple[Array, ...]
    measures: tuple[Measure, ...] = ()
    contractions: tuple[Array, ...] = ()

    def coordinates(self, level: int, function: Callable[[Array], Array]) -> Array:
        """Coordinates of the orthogonal projection of a function at a level."""
        basis = self.bases[level]
        if not self.weighted:
            return basis.project(function)
        points, weights = self.measures[level].points, self.measures[level].weights
        return self.changes[level].T @ basis.moments(basis.factors(points), weights*function(points))

    def legendre(self, level: int, coordinates: Array) -> Array:
        """Legendre coefficients of the function with these coordinates."""
        return self.changes[level] @ coordinates


def propagation(chain: NoisyChain, degree: int | None = None, weighted: bool = False,
                contracting: bool = False) -> Propagation:
    """All matrices M_n of a chain with widths up to 3; unweighted only for bounded ranges.

    `degree` is that of each coordinate; for weighted bases of widths 2 and 3 the total degree (default 10 and 6).
    `contracting` fills `contractions`, which takes most of the time.
    """
    if weighted:
        return _weighted(chain, degree, contracting)
    spaces = bases(chain, degree)
    for n in range(chain.depth + 1):
        _bounded(chain, n)
    matrices = tuple(_matrix(layer, spaces[n], spaces[n + 1])
                     for n, layer in enumerate(chain.layers))
    return Propagation(chain, False, spaces, tuple(np.eye(s.size) for s in spaces),
                       tuple(s.total_degrees for s in spaces), matrices)


def _weighted(chain: NoisyChain, degree: int | None, contracting: bool) -> Propagation:
    """Weighted matrices: Gram matrices and cross moments from the same measures."""
    chain.gridded("weighted norms")
    laws, line = measures(chain), set(chain.widths) == {1}
    spaces = [TensorBasis(m.box, TOTAL_DEGREES[len(m.box)] if degree is None else degree) for m in laws]
    orders = []
    for s in spaces:
        graded = np.argsort(s.total_degrees, kind="stable")
        orders.append(graded[s.total_degrees[graded] <= s.degree])
    found = [orthonormal(gram(s, o, law)) for s, o, law in zip(spaces, orders, laws)]
    matrices, contractions = [], []
    for n, layer in enumerate(chain.layers):
        points, weights = laws[n].points, laws[n].weights
        after, order = spaces[n + 1], orders[n + 1]
        values = spaces[n].matrix(spaces[n].factors(points))[:, orders[n]] @ found[n][0]
        means = after.matrix(after.mean_factors(layer.map(points), layer.noise))[:, order]
        cross = (values*weights[:, None]).T @ means
        matrices.append(cross @ found[n + 1][0])
        if contracting:
            # in width 1 the measures are accurate: nothing to correct
            contractions.append(matrices[-1] if line else
                                cross @ orthonormal(pushed_gram(layer, after, order, laws[n]))[0])
    changes = []
    for s, o, (combination, _) in zip(spaces, orders, found):
        full = np.zeros((s.size, combination.shape[1]))
        full[o] = combination
        changes.append(full)
    degrees = tuple(s.total_degrees[o][kept] for s, o, (_, kept) in zip(spaces, orders, found))
    return Propagation(chain, True, tuple(spaces), tuple(changes), degrees, tuple(matrices), laws, tuple(contractions))


@dataclass(frozen=True)
class ContractionRow:
    """Layer n: `volume` of (the box around) Omega_n; norms of M_n on unweighted L^2; what contracts really.

    All norms, not squares. `hs` >= `schur` >= `op_norm` >= `op_lower` = sqrt(volume_n/volume_{n+1}) for uniform noise
    up to float error; `delta` bounds the Dobrushin coefficient; `max_correlation` is s_n; `qmq` and `qmq_weighted` are
    ||Q_n M_n Q_{n+1}|| for the table's projection. None has its reason in `notes`, by column name. Everything is a
    float: `schur` is a maximum over a grid of y (exact when one window holds the image), not a proof.
    """

    layer: int
    widths: tuple[int, int]
    noise: str
    volume: float
    hs: float | None = None
    schur: float | None = None
    op_lower: float | None = None
    op_norm: float | None = None
    delta: float = 1.0
    max_correlation: float | None = None
    qmq: float | None = None
    qmq_weighted: float | None = None
    notes: tuple[tuple[str, str], ...] = ()


def contraction_rows(chain: NoisyChain, projection: Projection | None = None,
                     degree: int | None = None) -> tuple[ContractionRow, ...]:
    """The contraction table; see `NoisyChain.layer_contraction_table`."""
    from numerics.mori_zwanzig.contraction import rows

    return rows(chain, projection, degree)

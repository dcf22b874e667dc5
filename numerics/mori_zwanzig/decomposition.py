"""The exact discrete Mori-Zwanzig equation of a chain, streaming, memory and noise terms apart.

With any splitting I = P_n + Q_n at every level,

    q_n = M_n P_{n+1} q_{n+1} + sum_{m=n+2}^{L} M_n [prod_{k=n+1}^{m-2} Q_k M_k] Q_{m-1} M_{m-1} P_m q_m
          + M_n [prod_{k=n+1}^{L-1} Q_k M_k] Q_L u.

It holds for matrices exactly, so that the defect in floats is rounding; the matrices are those of truncated operators.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.operators import Propagation, propagation
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import NoisyChain, Observable


@dataclass(frozen=True)
class Mori:
    """The orthogonal projection onto finitely many functions.

    Attributes:
        degree: onto all polynomials of at most this total degree (0: constants only), or None with
        functions: of arrays (points, N) with values (points,), whose span is the range.
    """

    degree: int | None = None
    functions: tuple[Callable[[Array], Array], ...] = ()

    def matrix(self, space: Propagation, level: int) -> Array:
        """P in the orthonormal coordinates of a level."""
        if self.degree is not None:
            return np.diag((space.degrees[level] <= self.degree).astype(float))
        if not self.functions:
            raise InputError(explain("Mori", "a degree or functions", "neither", "Write Mori(1)."))
        return _onto(np.stack([space.coordinates(level, f) for f in self.functions], 1))


@dataclass(frozen=True)
class Zwanzig:
    """Conditional expectation on resolved coordinates: with respect to the uniform law of the box, or to p_n."""

    resolved: tuple[int, ...]

    def matrix(self, space: Propagation, level: int) -> Array:
        """P in the orthonormal coordinates of a level."""
        basis = space.bases[level]
        if not set(self.resolved) <= set(range(basis.dimension)):
            raise InputError(explain("Zwanzig", f"coordinates below {basis.dimension}", self.resolved,
                                     f"Level {level} has that width; give one projection for each level."))
        others = [i for i in range(basis.dimension) if i not in self.resolved]
        allowed = (basis.orders[:, others] == 0).all(1)
        if not space.weighted:
            return np.diag(allowed.astype(float))
        points, weights = space.measures[level].points, space.measures[level].weights
        values = basis.matrix(basis.factors(points))
        allowed &= basis.total_degrees <= basis.degree
        return _onto(space.changes[level].T @ ((values*weights[:, None]).T @ values[:, allowed]))


Projection = Mori | Zwanzig
"""What can be projected on; anything with a method `matrix(space, level)` will do."""


def _onto(columns: Array) -> Array:
    """Orthogonal projection onto the span of columns."""
    left, sizes, _ = np.linalg.svd(columns, full_matrices=False)
    kept = left[:, sizes > 1e-10*sizes[0]] if sizes.size and sizes[0] > 0 else left[:, :0]
    return kept @ kept.T


@dataclass(frozen=True, eq=False)
class Decomposition:
    """Matrices and vectors of one Mori-Zwanzig equation; every function is a coordinate vector of its level.

    `matrices[n]` is M_n, `projections[n]` is P_n, `states[n]` is q_n (n = 0..L). With orthonormal coordinates the
    Euclidean norm is that of L^2, or of L^2(p_n) when weighted. `space` is None for bare matrices.
    """

    matrices: tuple[Array, ...]
    projections: tuple[Array, ...]
    states: tuple[Array, ...]
    space: Propagation | None = None

    @property
    def depth(self) -> int:
        """L."""
        return len(self.matrices)

    def complement(self, level: int) -> Array:
        """Q_n = I - P_n."""
        return np.eye(len(self.projections[level])) - self.projections[level]

    def streaming(self, n: int) -> Array:
        """M_n P_{n+1} q_{n+1}."""
        return self.matrices[n] @ (self.projections[n + 1] @ self.states[n + 1])

    def memory(self, n: int) -> dict[int, Array]:
        """The memory terms of level n, by the level m = n+2..L that they come from."""
        return {m: self.orthogonal(n, m, self.complement(m - 1) @ (self.matrices[m - 1]
                                                                  @ (self.projections[m] @ self.states[m])))
                for m in range(n + 2, self.depth + 1)}

    def noise(self, n: int) -> Array:
        """M_n prod Q_k M_k Q_L u, 0 when P_L u = u."""
        return self.orthogonal(n, self.depth + 1, self.complement(self.depth) @ self.states[self.depth])

    def orthogonal(self, n: int, m: int, vector: Array) -> Array:
        """M_n [prod_{k=n+1}^{m-2} Q_k M_k] applied to a vector of level m - 1."""
        for k in range(m - 2, n, -1):
            vector = self.complement(k) @ (self.matrices[k] @ vector)
        return self.matrices[n] @ vector

    def truncated(self, n: int, lag: int, with_noise: bool = True) -> Array:
        """Streaming, the memory terms m <= n + 1 + lag, and the noise term."""
        total = self.streaming(n)
        for m, term in self.memory(n).items():
            total = total + term if m <= n + 1 + lag else total
        return total + self.noise(n) if with_noise else total

    def defect(self) -> float:
        """Largest norm over n of q_n minus all its terms, relative to q_n: rounding."""
        return max(float(np.linalg.norm(q - self.truncated(n, self.depth))/max(float(np.linalg.norm(q)), 1e-300))
                   for n, q in enumerate(self.states[:-1]))

    def qmq(self, n: int) -> float:
        """||Q_n M_n Q_{n+1}||."""
        return float(np.linalg.norm(self.complement(n) @ self.matrices[n] @ self.complement(n + 1), 2))


def decompose(chain: NoisyChain, projections: Projection | Sequence[Projection], u: Observable = None, *,
              degree: int | None = None, weighted: bool = False) -> Decomposition:
    """Decompose a chain; see `NoisyChain.mz_decompose`. Level 0 gets the first of several projections, or the one."""
    space = propagation(chain, degree, weighted)
    each = projection_matrices(space, projections)
    states = [space.coordinates(chain.depth, chain.observable(u))]
    for matrix in reversed(space.matrices):
        states.insert(0, matrix @ states[0])
    return Decomposition(space.matrices, each, tuple(states), space)


def decompose_density(chain: NoisyChain, projections: Projection | Sequence[Projection],
                      degree: int | None = None) -> Decomposition:
    """The same equation for densities, p_{n+1} = N_n p_n, on unweighted spaces with the adjoint projections.

    Levels run backward: level k of the result is level L - k of the chain, so that state 0 is p_L and state L is p_0,
    uniform on the input box; its matrices are those of the transfer operators N_{L-1}, ..., N_0.
    """
    space = propagation(chain, degree)
    each = projection_matrices(space, projections)
    size = float(np.prod([high - low for low, high in chain.input_box]))
    start = space.coordinates(0, lambda x: np.full(len(x), 1/size))
    return from_matrices([m.T for m in reversed(space.matrices)], [p.T for p in reversed(each)], start)


def projection_matrices(space: Propagation, projections: Projection | Sequence[Projection]) -> tuple[Array, ...]:
    """P_0, ..., P_L: from one projection, from L (levels 1..L; level 0 then takes the first), or from L + 1."""
    depth = space.chain.depth
    if hasattr(projections, "matrix"):
        given = [projections]*(depth + 1)
    else:
        given = list(projections)
        given = given[:1] + given if len(given) == depth else given
    if len(given) != depth + 1:
        raise InputError(explain("projections", f"one, {depth} (levels 1..L) or {depth + 1}", len(given),
                                 "Write Mori(1) for the same everywhere."))
    return tuple(p.matrix(space, n) for n, p in enumerate(given))


def from_matrices(matrices: Sequence[Array], projections: Sequence[Array], last: Array) -> Decomposition:
    """The equation of given matrices M_n (shapes r_n x r_{n+1}), P_0..P_L and q_L; P need not be idempotent.

    Raises InputError when the shapes do not fit.
    """
    sizes = [m.shape[0] for m in matrices] + [len(last)]
    if any(m.shape != (a, b) for m, a, b in zip(matrices, sizes, sizes[1:])) \
            or [p.shape for p in projections] != [(s, s) for s in sizes]:
        raise InputError(explain("from_matrices", "M_n of shape (r_n, r_{n+1}) and P_n of shape (r_n, r_n)",
                                 f"{[m.shape for m in matrices]}, {[p.shape for p in projections]}",
                                 "Give L matrices and L + 1 projections."))
    states = [np.asarray(last, float)]
    for matrix in reversed(matrices):
        states.insert(0, matrix @ states[0])
    return Decomposition(tuple(matrices), tuple(projections), tuple(states))

"""Forward densities p_n of X_n: piecewise polynomials on adaptive panels for width 1, Legendre expansions for 2 and 3.

Width 1, uniform noise: p_{n+1}(y) = mu_n{x: |F(x) - y| <= b}/(2b), where mu_n is integrated exactly on the panels and
the ends of the set are found by bisection on the monotone pieces of F. Nothing of the backward operators is used, so
that int p_n q_n is an independent check. Widths 2 and 3: the Legendre moments E e_k(X_{n+1}) = E (M_n e_k)(X_n).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.legendre import TensorBasis, default_degree, node_count
from numerics.mori_zwanzig.panels import Panels, resolved
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import Box, NoisyChain, NoisyLayer


@dataclass(frozen=True, eq=False, repr=False)
class Density:
    """The density of X_n.

    Attributes:
        box: it vanishes outside; points, weights: E f(X_n) is about sum weights f(points), p_n being in the weights.
        evaluate: the density at points (points, N).
        kinks: width 1, where p_n is not smooth: (position, number of smoothing layers since); panels: width 1.
        basis, coefficients: Legendre expansion for widths 2 and 3.
    """

    box: Box
    points: Array
    weights: Array
    evaluate: Callable[[Array], Array]
    kinks: tuple[tuple[float, int], ...] = ()
    panels: Panels | None = None
    basis: TensorBasis | None = None
    coefficients: Array | None = None

    def expectation(self, f: Callable[[Array], Array]) -> float:
        """E f(X_n)."""
        return float(self.weights @ f(self.points))

    def __repr__(self) -> str:
        """One line: box, number of points, mean; arrays are left to the attributes."""
        return f"Density({', '.join(f'{name}: {value}' for name, value in self._facts())})"

    def _repr_html_(self) -> str:
        """The same as a table, for notebooks."""
        rows = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in self._facts())
        return f"<table><caption>density of a state</caption>{rows}</table>"

    def _facts(self) -> tuple[tuple[str, str], ...]:
        mean = self.weights @ self.points
        return (("box", " x ".join(f"[{low:.4g}, {high:.4g}]" for low, high in self.box)),
                ("points", str(len(self.points))), ("mean", ", ".join(f"{value:.4g}" for value in mean)),
                ("form", f"{len(self.panels.edges) - 1} panels" if self.panels is not None else
                 f"Legendre of degree {self.basis.degree}" if self.basis is not None else "function"))


def densities(chain: NoisyChain, input_density: Any = None, degree: int | None = None,
              upto: int | None = None) -> tuple[Density, ...]:
    """p_0, ..., p_L (or up to a level), all states of width 1, or all of widths up to 3.

    Args:
        input_density: None for uniform on the input box, or a function of points (points, N_0), which is normalised.
        degree: of the Legendre expansions in widths 2 and 3 (default twice that of the backward bases).
    """
    chain.gridded("densities")
    last = chain.depth if upto is None else upto
    line = set(chain.widths) == {1}
    if line:
        # edges where the next layer has kinks, so that what it makes of a smooth function is integrated exactly
        ahead = [layer_kinks(layer) for layer in chain.layers] + [()]
        found = [_first_line(chain.input_box, input_density, ahead[0])]
        for n, layer in enumerate(chain.layers[:last]):
            found.append(pushed_line(layer, found[-1], ahead[n + 1]))
        return tuple(found)
    found = [_first(chain.input_box, input_density, degree)]
    for layer, box in zip(chain.layers[:last], chain.grid_boxes[1:]):
        found.append(_pushed(layer, found[-1], box, degree))
    return tuple(found)


def layer_kinks(layer: NoisyLayer) -> tuple[float, ...]:
    """Inputs at which a layer of one input and one output is not smooth."""
    w, c = float(layer.weight[0, 0]), float(layer.bias[0])
    return tuple((z - c)/w for z in layer.phi.kinks) if w else ()


def with_points(edges: Array, points: Sequence[float]) -> Array:
    """Edges with the points inside added."""
    return np.unique(np.concatenate([edges, [x for x in points if edges[0] < x < edges[-1]]]))


def _first_line(box: Box, given: Any, ahead: tuple[float, ...]) -> Density:
    (low, high), = box
    value = _uniform(box) if given is None else given
    panels, values = resolved(lambda x: value(x[:, None]), with_points(np.linspace(low, high, 33), ahead))
    return _line(box, panels, values, ((low, 0), (high, 0)))


def _line(box: Box, panels: Panels, values: Array, kinks: tuple[tuple[float, int], ...]) -> Density:
    weights = panels.weights*values
    total = weights.sum()
    if not np.isfinite(total) or total <= 0:
        raise InputError(explain("density", "a positive finite integral", total, "Give a density on the box."))
    return Density(box, panels.nodes[:, None], weights/total,
                   lambda y: panels.evaluate(values/total, y.reshape(-1))[:, 0], kinks, panels)


def _uniform(box: Box) -> Callable[[Array], Array]:
    size = prod(high - low for low, high in box)
    return lambda x: np.full(len(x), 1/size)


def monotone_pieces(layer: NoisyLayer, low: float, high: float) -> list[tuple[float, float, int]]:
    """Intervals of a layer with one input on which F is nondecreasing (1) or nonincreasing (-1)."""
    w, h = float(layer.weight[0, 0]), layer.step
    if h is None:
        return [(low, high, 1 if w >= 0 else -1)]
    if h*w >= 0 or abs(h*w)*float(layer.phi.lipschitz) <= 1:
        return [(low, high, 1)]
    return _searched(layer, low, high)


def _searched(layer: NoisyLayer, low: float, high: float) -> list[tuple[float, float, int]]:
    """Turning points of x + h phi(wx + c), found on a fine grid and refined by golden section."""
    from scipy.optimize import minimize_scalar

    grid = np.linspace(low, high, 4097)
    signs = np.sign(np.diff(layer.map(grid[:, None])[:, 0]))
    turns = []
    for k in np.flatnonzero(signs[1:]*signs[:-1] < 0):
        sense = -signs[k]
        turns.append(float(minimize_scalar(lambda x: sense*layer.map(np.array([[x]]))[0, 0], method="bounded",
                                           bounds=(grid[k], grid[k + 2]), options={"xatol": 1e-13}).x))
    edges = [low, *turns, high]
    return [(a, c, 1 if layer.map(np.array([[c]]))[0, 0] >= layer.map(np.array([[a]]))[0, 0] else -1)
            for a, c in zip(edges, edges[1:])]


def preimage(layer: NoisyLayer, piece: tuple[float, float, int], low: Array, high: Array) -> tuple[Array, Array]:
    """The interval of points x of a monotone piece with low <= F(x) <= high, by bisection; equal ends when empty."""
    a, c, sense = piece
    if sense < 0:
        low, high = -high, -low
    start = _first_where(layer, sense, a, c, low, strict=False)
    end = _first_where(layer, sense, a, c, high, strict=True)
    return start, np.maximum(start, end)


def _first_where(layer: NoisyLayer, sense: int, a: float, c: float, level: Array, strict: bool) -> Array:
    """inf{x in [a, c]: sense F(x) >= level} (> if strict); c when there is none."""
    left, right = np.full(len(level), a), np.full(len(level), c)

    def reached(x: Array) -> Array:
        value = sense*layer.map(x[:, None])[:, 0]
        return value > level if strict else value >= level

    at_start, at_end = reached(left), reached(right)
    for _ in range(58):
        middle = (left + right)/2
        found = reached(middle)
        left, right = np.where(found, left, middle), np.where(found, middle, right)
    return np.where(at_start, a, np.where(at_end, right, c))


def transfer(layer: NoisyLayer, panels: Panels, values: Array, y: Array) -> Array:
    """(N f)(y) = int rho(y - F(x)) f(x) dx of functions on panels, shape (y, functions).

    `values` has shape (nodes, functions).
    """
    layer.noise.required("the transfer operator")
    b = layer.noise.amplitude
    if layer.noise.kind == "uniform":
        total: Any = 0.0
        for piece in monotone_pieces(layer, float(panels.edges[0]), float(panels.edges[-1])):
            start, end = preimage(layer, piece, y - b, y + b)
            total = total + panels.integral_to(values, end) - panels.integral_to(values, start)
        return total/(2*b)
    centers = layer.map(panels.nodes[:, None])[:, 0]
    kernel = np.exp(-((y[:, None] - centers)/b)**2/2)/(b*np.sqrt(2*np.pi))
    return kernel @ (panels.weights[:, None]*values.reshape(len(centers), -1))


def fine_panels(layer: NoisyLayer, panels: Panels) -> Panels:
    """Panels on each of which F moves by at most two standard deviations of Gaussian noise; the same for uniform."""
    if layer.noise.kind == "uniform":
        return panels
    images = layer.map(panels.edges[:, None])[:, 0]
    parts = np.maximum(1, np.ceil(np.abs(np.diff(images))/(2*layer.noise.amplitude))).astype(int)
    return Panels(np.concatenate([*(np.linspace(low, high, n + 1)[:-1] for low, high, n
                                    in zip(panels.edges[:-1], panels.edges[1:], parts)), panels.edges[-1:]]))


def output_kinks(layer: NoisyLayer, density: Density) -> tuple[tuple[float, int], ...]:
    """Where p_{n+1} is not smooth: F(kink of p_n or of F) +- b, those smoothed at most four times."""
    if layer.noise.kind == "gaussian":
        return ()
    (low, high), = density.box
    own = layer_kinks(layer)
    turns = [a for a, _, _ in monotone_pieces(layer, low, high)[1:]]
    sources = [*((t, age + 1) for t, age in density.kinks if age < 4), *((t, 0) for t in (low, high, *own, *turns)
                                                                          if low <= t <= high)]
    images = layer.map(np.array([[t] for t, _ in sources]))[:, 0]
    found: dict[float, int] = {}
    for z, (_, age) in zip(images, sources):
        for y in (z - layer.noise.amplitude, z + layer.noise.amplitude):
            found[round(float(y), 13)] = min(age, found.get(round(float(y), 13), age))
    return tuple(sorted(found.items()))


def support(layer: NoisyLayer, box: Box) -> Box:
    """The interval of F(box) + noise in width 1, in floats: tighter than interval propagation for x + h phi(wx + c)."""
    pieces = monotone_pieces(layer, *box[0])
    ends = layer.map(np.array([[x] for a, c, _ in pieces for x in (a, c)]))
    return ((float(ends.min()) - layer.noise.reach, float(ends.max()) + layer.noise.reach),)


def output_edges(layer: NoisyLayer, density: Density, box: Box) -> Array:
    """Panel edges for functions of y that are images of functions smooth between the kinks of p_n."""
    (low, high), = box
    (start, end), = density.box
    grid = layer.map(np.linspace(start, end, 13)[:, None])[:, 0]
    reach = layer.noise.reach
    many = np.concatenate([[low, high], np.linspace(low, high, 9), grid - reach, grid + reach])
    kinks = np.array([y for y, _ in output_kinks(layer, density)])
    inside = np.sort(np.concatenate([kinks, many]))
    least = 1e-9*(high - low)
    inside = inside[(inside > low + least) & (inside < high - least)]
    apart = np.diff(np.concatenate([[low], inside])) > least
    return np.concatenate([[low], inside[apart], [high]])


def pushed_line(layer: NoisyLayer, density: Density, ahead: tuple[float, ...] = ()) -> Density:
    """p_{n+1} from p_n in width 1, with panel edges also at the points `ahead`."""
    if density.panels is None:
        raise InputError(explain("density", "a density of width 1", "another", "Use `densities`."))
    panels = fine_panels(layer, density.panels)
    values = density.evaluate(panels.nodes)
    box = support(layer, density.box)
    edges = with_points(output_edges(layer, density, box), ahead)
    found, at_nodes = resolved(lambda y: transfer(layer, panels, values, y)[:, 0], edges)
    return _line(box, found, at_nodes, output_kinks(layer, density))


def _degree(dimension: int, degree: int | None) -> int:
    return 2*default_degree(dimension, None) if degree is None else degree


def _first(box: Box, given: Any, degree: int | None) -> Density:
    basis = TensorBasis(box, _degree(len(box), degree))
    points, weights = basis.nodes(node_count(basis.dimension, basis.degree))
    values = (_uniform(box) if given is None else given)(points)
    total = float(weights @ values)
    return _expanded(basis, basis.moments(basis.factors(points), weights*values/total))


def _expanded(basis: TensorBasis, coefficients: Array) -> Density:
    points, weights = basis.nodes(node_count(basis.dimension, basis.degree))
    return Density(basis.box, points, weights*basis.evaluate(coefficients, points),
                   lambda y: basis.evaluate(coefficients, y), basis=basis, coefficients=coefficients)


def _pushed(layer: NoisyLayer, density: Density, box: Box, degree: int | None) -> Density:
    basis = TensorBasis(box, _degree(len(box), degree))
    factors = basis.mean_factors(layer.map(density.points), layer.noise)
    return _expanded(basis, basis.moments(factors, density.weights))


def levels(found: Sequence[Density], values: Sequence[Callable[[Array], Array]]) -> Array:
    """int p_n q_n for all n: constant in n, the depth invariant."""
    return np.array([p.expectation(q) for p, q in zip(found, values)])

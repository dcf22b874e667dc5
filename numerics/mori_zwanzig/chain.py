"""Noisy layer chains: X_0 in a box, X_{n+1} = F_n(X_n) + xi_n with independent noises, n = 0..L-1.

F_n(x) = phi(W x + c) or x + h phi(W x + c), read from a torch module with the exact numbers that its floats are. A
bare last Linear is the affine readout u(y) = alpha y + beta. Ranges are boxes that certainly contain the exact ranges:
interval propagation in exact fractions, tanh by ball arithmetic, results rounded outward to floats. Sampling, ranges
and formulas work at every width; whatever needs a grid works for widths up to 3 and refuses above.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import inf, isfinite, isinf, prod
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from numerics.mori_zwanzig.activations import Activation, Array, End, above, activation, below
from numerics.mori_zwanzig.noise import Noise, noises
from numerics.mori_zwanzig.reading import Step, read_steps
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.mori_zwanzig.decomposition import Decomposition, Projection
    from numerics.mori_zwanzig.densities import Density
    from numerics.mori_zwanzig.operators import ContractionRow

Box = tuple[tuple[float, float], ...]
"""A closed interval for each coordinate; ends may be infinite."""
Observable = Callable[[Any], Any] | tuple[Any, Any] | nn.Module | None
"""u: a function of arrays of shape (points, N_L), an affine readout (alpha, beta), a module, or None: the chain's."""

GRID_WIDTH = 3
"""Largest width of a state for which functions are expanded on grids."""


@dataclass(frozen=True, eq=False)
class NoisyLayer:
    """One layer x -> F(x) + xi.

    Attributes:
        weight: (outputs, inputs); bias: (outputs,); float64.
        phi: the activation; step: h of x + h phi(W x + c), None for phi(W x + c).
        noise: of every coordinate.
    """

    weight: Array
    bias: Array
    phi: Activation
    noise: Noise
    step: float | None = None

    @classmethod
    def plain(cls, weight: Any, bias: Any, name: str, noise: Noise | str, step: float | None = None) -> NoisyLayer:
        """Make a layer from numbers, e.g. `NoisyLayer.plain([[2.0]], [0.0], "tanh", "uniform:1")`."""
        w, c = np.atleast_2d(np.asarray(weight, float)), np.atleast_1d(np.asarray(bias, float))
        if w.shape[0] != c.shape[0] or not (np.isfinite(w).all() and np.isfinite(c).all()):
            raise InputError(explain("layer", "a finite matrix (outputs, inputs) and a bias (outputs,)",
                                     f"{w.shape} and {c.shape}", "Give W as rows of outputs."))
        return cls(w, c, activation(name), Noise.parse(noise) if isinstance(noise, str) else noise, step)

    @property
    def inputs(self) -> int:
        """Width of x."""
        return int(self.weight.shape[1])

    @property
    def outputs(self) -> int:
        """Width of F(x)."""
        return int(self.weight.shape[0])

    def map(self, x: Array) -> Array:
        """F of points (points, inputs) in float64, shape (points, outputs)."""
        values = self.phi(x @ self.weight.T + self.bias)
        return values if self.step is None else x + self.step*values

    def image(self, box: Box) -> Box:
        """A box that contains F(box), rounded outward; ends may be infinite."""
        if len(box) != self.inputs:
            raise InputError(explain("box", f"{self.inputs} intervals", len(box), "Give one for each input."))
        found = []
        for i, (row, c) in enumerate(zip(self.weight.tolist(), self.bias.tolist())):
            # x + h phi(Wx + c): the sum of the two ranges; exact when they move together, an enclosure always
            low, high = self.phi.enclose(_least(row, c, box), -_least([-w for w in row], -c, box))
            if self.step is not None:
                ends = sorted((_times(self.step, low), _times(self.step, high)))
                low, high = below(_plus(box[i][0], ends[0])), above(_plus(box[i][1], ends[1]))
            found.append((low, high))
        return tuple(found)


@dataclass(frozen=True, eq=False)
class NoisyChain:
    """Layers 0..L-1 on an input box, and an optional readout (alpha of shape (outputs, N_L), beta of shape (outputs,)).

    `widths` is (N_0, ..., N_L); `ranges[n]` contains Omega_n, `images[n]` contains F_n(Omega_n).
    """

    layers: tuple[NoisyLayer, ...]
    input_box: Box
    readout: tuple[Array, Array] | None = None

    @classmethod
    def from_module(cls, module: nn.Module, noise: str | Noise | Sequence[str | Noise], input_box: Any) -> NoisyChain:
        """Read a module of Linear, activations and residual blocks.

        Args:
            module: see `reading.read_steps`; a bare last Linear becomes the readout.
            noise: "uniform:1.2", "gaussian:0.3" or `Noise`, one for all layers or one for each.
            input_box: pairs (low, high), one for each input; its length is N_0. A single pair is one input.

        Raises:
            InputError: an unknown activation, a branch that is no layer, an unbounded input box, wrong counts.
        """
        box = _box(input_box)
        found = read_steps(module, len(box))
        each = noises(noise, len(found.steps))
        layers = tuple(_layer(step, one) for step, one in zip(found.steps, each))
        return cls(layers, box, found.readout)

    @property
    def depth(self) -> int:
        """L, the number of noisy layers."""
        return len(self.layers)

    @property
    def widths(self) -> tuple[int, ...]:
        """(N_0, ..., N_L)."""
        return (len(self.input_box), *(layer.outputs for layer in self.layers))

    @cached_property
    def images(self) -> tuple[Box, ...]:
        """Boxes around F_n(Omega_n), n = 0..L-1."""
        return tuple(layer.image(box) for layer, box in zip(self.layers, self.ranges))

    @cached_property
    def ranges(self) -> tuple[Box, ...]:
        """Boxes around Omega_0..Omega_L; infinite behind Gaussian noise."""
        return _propagated(self.layers, self.input_box, lambda n: inf if n.kind == "gaussian" and not n.silent
                           else n.exact)

    @cached_property
    def grid_boxes(self) -> tuple[Box, ...]:
        """Boxes on which functions are expanded: the ranges, with Gaussian noise cut at TAIL standard deviations."""
        return _propagated(self.layers, self.input_box, lambda n: n.exact if n.kind == "uniform" else Fraction(n.reach))

    @property
    def tail(self) -> float:
        """Probability that any coordinate of any layer leaves the grid boxes, at most: 0 for uniform noise.

        |q_n - its value with cut noise| <= tail * (sup - inf of u) for bounded u.
        """
        return sum(layer.outputs*layer.noise.tail for layer in self.layers)

    @cached_property
    def dobrushin(self) -> tuple[float, ...]:
        """Bounds delta_n of the Dobrushin coefficients from the images' widths, in floats; 1 where nothing is known."""
        found = []
        for layer, box in zip(self.layers, self.images):
            sizes = [above(_plus(high, -low)) for low, high in box]
            found.append(1.0 if any(isinf(s) for s in sizes) else min(1.0, layer.noise.distance(sizes)))
        return tuple(found)

    def sample(self, x: Any, count: int, generator: torch.Generator | None = None, *, path: bool = False) -> Any:
        """Draw X_L given X_0 = x, with new independent noise in every layer, batch entry and draw.

        Args:
            x: (batch, N_0) or (N_0,); count: draws for each; path: return the list of states 0..L instead.

        Returns:
            Array of shape (count, batch, N_L), or the list of arrays (count, batch, N_n).
        """
        states = [np.broadcast_to(self.points(x), (count, *self.points(x).shape))]
        for layer in self.layers:
            flat = layer.map(states[-1].reshape(-1, layer.inputs)).reshape(count, -1, layer.outputs)
            states.append(flat + layer.noise.draw(flat.shape, generator).numpy())
        return states if path else states[-1]

    def points(self, x: Any) -> Array:
        """Input points as a float64 array (batch, N_0)."""
        found = x.detach().cpu().numpy() if isinstance(x, Tensor) else np.asarray(x)
        found = np.atleast_1d(found.astype(np.float64))
        found = found[None, :] if found.ndim == 1 else found
        if found.ndim != 2 or found.shape[1] != self.widths[0]:
            raise InputError(explain("points", f"shape (batch, {self.widths[0]})", found.shape, "Add the batch axis."))
        return found

    def observable(self, u: Observable = None) -> Callable[[Array], Array]:
        """Return u as a function of arrays (points, N_L) with values (points,).

        A function is called with a NumPy array, or with a torch tensor if it does not take arrays.
        """
        if u is None:
            if self.readout is None:
                raise InputError(explain("u", "a readout: the module ends in an activation", "none",
                                         "Give u, or put a Linear with one output at the end."))
            u = self.readout
        if isinstance(u, tuple):
            alpha, beta = (np.asarray(part, dtype=np.float64) for part in u)
            if alpha.size != self.widths[-1] or beta.size != 1:
                raise InputError(explain("readout", f"{self.widths[-1]} coefficients and one constant",
                                         f"{alpha.shape} and {beta.shape}",
                                         "Choose one output: u=(alpha[k], beta[k])."))
            return lambda y: y @ alpha.reshape(-1) + float(beta.reshape(-1)[0])
        return _called(u)

    def conditional_expectation(self, u: Observable, x: Any, degree: int | None = None) -> Array:
        """q_0(x) = E[u(X_L) | X_0 = x], by Legendre expansion of q_1, ..., q_{L-1} (widths 1..L at most 3).

        Args:
            u: see `observable`; x: (batch, N_0) points of the input box; degree: of the expansions in each coordinate.

        Returns:
            Array (batch,). The error is that of the expansion: compare two degrees, or use `monte_carlo`.
        """
        from numerics.mori_zwanzig.operators import backward

        return backward(self, u, degree=degree).evaluate(0, self.points(x))

    def density(self, layer: int, input_density: Any = None, degree: int | None = None) -> Density:
        """p_n, the density of X_n for X_0 with `input_density` (None: uniform on the input box); n = 0..L."""
        from numerics.mori_zwanzig.densities import densities

        if not 0 <= layer <= self.depth:
            raise InputError(explain("layer", f"a number from 0 to {self.depth}", layer, "p_0 is the input's."))
        return densities(self, input_density, degree, upto=layer)[layer]

    def mz_decompose(self, projections: Projection | Sequence[Projection], u: Observable = None, *,
                     degree: int | None = None, weighted: bool = False) -> Decomposition:
        """The exact discrete Mori-Zwanzig equation q_n = streaming + memory + noise at every level n.

        Args:
            projections: `Mori(degree)` or `Zwanzig(coordinates)`, one for all levels 1..L or one for each.
            u: see `observable`; degree: of the Legendre bases; weighted: orthogonality in L^2(p_n) instead of L^2.
        """
        from numerics.mori_zwanzig.decomposition import decompose

        return decompose(self, projections, u, degree=degree, weighted=weighted)

    def layer_contraction_table(self, projection: Projection | None = None,
                                degree: int | None = None) -> tuple[ContractionRow, ...]:
        """One record for each layer: what contracts, in which sense; None with a note where a column has no value."""
        from numerics.mori_zwanzig.operators import contraction_rows

        return contraction_rows(self, projection, degree)

    def gridded(self, what: str, first: int = 0) -> None:
        """Raise InputError when a width N_first, ..., N_L is above 3, or noise has no density."""
        wide = [(n, width) for n, width in enumerate(self.widths) if n >= first and width > GRID_WIDTH]
        if wide:
            raise InputError(explain(what, f"widths of at most {GRID_WIDTH} (grids grow exponentially with the width)",
                                     f"width {wide[0][1]} at level {wide[0][0]}",
                                     "Use sampling (monte_carlo) and the formulas: dobrushin, hs_norm_squared."))
        for layer in self.layers:
            layer.noise.required(what)


def volume(box: Box) -> float:
    """Lebesgue measure of a box, inf if an end is infinite."""
    return prod(high - low for low, high in box)


def _box(given: Any) -> Box:
    remedy = "Give pairs like [(-1, 1), (-1, 1)], one for each input."
    try:
        pairs = [tuple(given)] if np.ndim(given) == 1 else [tuple(pair) for pair in given]
    except (TypeError, ValueError):
        raise InputError(explain("input_box", "pairs (low, high)", repr(given), remedy)) from None
    found = []
    for pair in pairs:
        if len(pair) != 2:
            raise InputError(explain("input_box", "pairs (low, high)", repr(given), remedy))
        low, high = (_end(value) for value in pair)
        if not isfinite(low) or not isfinite(high) or low >= high:
            raise InputError(explain("input_box", "finite intervals low < high", tuple(pair), "Give a bounded box."))
        found.append((low, high))
    return tuple(found)


def _end(value: Any) -> float:
    try:
        return float(Fraction(value)) if isinstance(value, str) else float(value)
    except (TypeError, ValueError):
        raise InputError(explain("input_box", "numbers", repr(value), "Give pairs (low, high).")) from None


def _layer(step: Step, noise: Noise) -> NoisyLayer:
    return NoisyLayer(step.weight, step.bias, step.phi, noise, step.residual)


def _propagated(layers: Sequence[NoisyLayer], box: Box, reach: Callable[[Noise], End]) -> tuple[Box, ...]:
    found = [box]
    for layer in layers:
        half = reach(layer.noise)
        image = layer.image(found[-1])
        found.append(tuple((below(_plus(low, -half)), above(_plus(high, half))) for low, high in image))
    return tuple(found)


def _least(row: Sequence[float], c: float, box: Box) -> End:
    """The least value of row . x + c over the box, exactly; 0 times infinity is 0."""
    factors = [(w, low if w > 0 else high) for w, (low, high) in zip(row, box) if w != 0] + [(c, 1.0)]
    if any(isinf(value) for _, value in factors):
        return -inf
    # floats are integers over powers of two: one shift instead of a greatest common divisor for each term
    terms = []
    for w, value in factors:
        (n, d), (m, e) = w.as_integer_ratio(), value.as_integer_ratio()
        terms.append((n*m, d.bit_length() + e.bit_length() - 2))
    top = max(shift for _, shift in terms)
    return Fraction(sum(n << (top - shift) for n, shift in terms), 1 << top)


def _times(w: float, value: float) -> End:
    if isinf(value):
        return 0.0 if w == 0 else value if w > 0 else -value
    return Fraction(w)*Fraction(value)


def _plus(first: End, second: End) -> End:
    for value in (first, second):
        if isinf(value):
            return value
    return Fraction(first) + Fraction(second)


def _called(u: Any) -> Callable[[Array], Array]:
    def evaluate(y: Array) -> Array:
        if isinstance(u, nn.Module):
            dtype = next((p.dtype for p in u.parameters()), torch.float64)
            value = u(torch.from_numpy(y).to(dtype))
        else:
            try:
                value = u(y)
            except TypeError:
                value = u(torch.from_numpy(y))
        value = value.detach().cpu().numpy() if isinstance(value, Tensor) else value
        found = np.asarray(value, dtype=np.float64).reshape(-1)
        if found.shape != (len(y),):
            raise InputError(explain("u", f"one value for each of {len(y)} points", found.shape,
                                     "Return one number for each row."))
        return found

    return evaluate

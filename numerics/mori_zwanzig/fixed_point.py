"""Integer fixed point with directed rounding: images of boxes under layers, and extreme box means of step functions.

Real numbers are integers in units of 2^-FINE (states) or 2^-BITS (values, positions on a lattice), in pairs (low, high)
that are rounded outward; sums and products of integers are exact. Activations are enclosed by balls. Arrays hold
Python integers (object dtype), so that nothing overflows.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from numerics.enclosures import balls
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.mori_zwanzig.activations import Activation
    from numerics.mori_zwanzig.chain import NoisyLayer

Ints = NDArray[Any]
"""An object array of Python integers."""

BITS, FINE = 60, 80
ONE = 1 << BITS
UNIT = 1 << FINE
ORIGIN_BITS = 20
"""Lattices start at multiples of 2^-20, so that certificates stay short."""


def down(value: Fraction | int, scale: int = ONE) -> int:
    """The largest integer at most scale times the value."""
    exact = Fraction(value)*scale
    return exact.numerator//exact.denominator


def up(value: Fraction | int, scale: int = ONE) -> int:
    """The least integer at least scale times the value."""
    return -down(-Fraction(value), scale)


def halve(values: Ints, bits: int) -> Ints:
    """values/2^bits, rounded down."""
    return values >> bits


@dataclass(frozen=True)
class Axis:
    """`count` cells of equal exact width from `start` on."""

    start: Fraction
    width: Fraction
    count: int

    @property
    def edges(self) -> list[Fraction]:
        """The count + 1 ends of cells."""
        return [self.start + self.width*j for j in range(self.count + 1)]

    @property
    def end(self) -> Fraction:
        """The end of the last cell."""
        return self.start + self.width*self.count


Grid = tuple[Axis, ...]
"""Cells of a box: products of cells of the axes, the last axis fastest."""


def cells_of(grid: Grid) -> tuple[Ints, Ints]:
    """Ends of all cells, in units of 2^-FINE, rounded outward: low and high of shape (cells, N)."""
    lows = [np.array([down(e, UNIT) for e in axis.edges[:-1]], dtype=object) for axis in grid]
    highs = [np.array([up(e, UNIT) for e in axis.edges[1:]], dtype=object) for axis in grid]
    return _product(lows), _product(highs)


def _product(columns: Sequence[Ints]) -> Ints:
    return np.stack([part.reshape(-1) for part in np.meshgrid(*columns, indexing="ij")], 1)


def boxes_of(boxes: Sequence[Sequence[tuple[Fraction, Fraction]]]) -> tuple[Ints, Ints]:
    """Ends of given boxes like `cells_of`; a point is a box with equal ends."""
    low = [[down(a, UNIT) for a, _ in box] for box in boxes]
    high = [[up(b, UNIT) for _, b in box] for box in boxes]
    return np.array(low, dtype=object), np.array(high, dtype=object)


def linear_images(weight: Any, bias: Any, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Enclosures of W x + c over boxes, shape (boxes, outputs); weights are the exact numbers that the floats are."""
    lows, highs = [], []
    for row, c in zip(np.atleast_2d(weight).tolist(), np.atleast_1d(bias).tolist(), strict=True):
        exact = [Fraction(w) for w in row]
        shift = max([1, *(w.denominator.bit_length() for w in exact)])
        total_low = np.full(len(low), down(Fraction(c), UNIT << shift), dtype=object)
        total_high = np.full(len(low), up(Fraction(c), UNIT << shift), dtype=object)
        for j, w in enumerate(exact):
            factor = (w*(1 << shift)).numerator
            first, second = (low[:, j], high[:, j]) if factor >= 0 else (high[:, j], low[:, j])
            total_low, total_high = total_low + factor*first, total_high + factor*second
        lows.append(halve(total_low, shift))
        highs.append(-halve(-total_high, shift))
    return np.stack(lows, 1), np.stack(highs, 1)


def images(layer: NoisyLayer, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Enclosures of F(x) over boxes, shape (boxes, outputs), in units of 2^-FINE.

    x + h phi(Wx + c) is enclosed by the sum of the two ranges.
    """
    first, second = linear_images(layer.weight, layer.bias, low, high)
    bottom, top = activated(layer.phi, first, False), activated(layer.phi, second, True)
    if layer.step is None:
        return bottom, top
    h = Fraction(layer.step)
    ends = (bottom, top) if h >= 0 else (top, bottom)
    return (low + ends[0]*h.numerator//h.denominator, high - (-(ends[1]*h.numerator)//h.denominator))


def activated(phi: Activation, z: Ints, upward: bool) -> Ints:
    """phi at exact points z 2^-FINE, rounded down or up."""
    name = phi.name
    if name == "identity":
        return z
    if name == "relu":
        return np.maximum(z, 0)
    flat, found = z.reshape(-1), {}
    bound = _one(phi, upward)
    for value in flat.tolist():
        if value not in found:
            found[value] = bound(value)
    return np.array([found[value] for value in flat.tolist()], dtype=object).reshape(z.shape)


def _one(phi: Activation, upward: bool) -> Callable[[int], int]:
    if phi.name in ("tanh", "sigmoid"):
        return lambda z: _curved(phi.name, z, upward)
    slope = Fraction(phi.slope)
    exact: dict[str, Callable[[Fraction], Fraction]] = {
        "leaky_relu": lambda z: z if z >= 0 else slope*z, "relu6": lambda z: min(max(z, Fraction(0)), Fraction(6)),
        "hardtanh": lambda z: min(max(z, Fraction(-1)), Fraction(1)), "softsign": lambda z: z/(1 + abs(z)),
        "hardsigmoid": lambda z: min(max(z + 3, Fraction(0)), Fraction(6))/6,
    }
    if phi.name not in exact:
        raise InputError(explain("enclosure", f"an activation that can be enclosed: tanh, sigmoid, relu, identity, "
                                 f"{', '.join(exact)}", phi.name, "Use one of these."))
    return lambda z: (up if upward else down)(exact[phi.name](Fraction(z, UNIT)), UNIT)


def _curved(name: str, z: int, upward: bool) -> int:
    """tanh or the logistic function (1 + tanh(z/2))/2, from a ball."""
    value = balls.tanh(balls.ball(z)*(_TINY if name == "tanh" else _TINY/2))
    mantissa, exponent = (value.upper() if upward else value.lower()).man_exp()
    shift = int(exponent) + FINE
    end = int(mantissa) << shift if shift >= 0 else _shifted(int(mantissa), -shift, upward)
    if name == "sigmoid":
        end = _shifted(UNIT + end, 1, upward)
    return min(end, UNIT) if upward else max(end, -UNIT if name == "tanh" else 0)


def _shifted(value: int, bits: int, upward: bool) -> int:
    return -(-value >> bits) if upward else value >> bits


_TINY = balls.ball(Fraction(1, UNIT))


@dataclass(frozen=True)
class Lattice:
    """Centres origin + k width, k = 0..count in each coordinate, of noise windows of `window` cells a side.

    The window's half width is the noise amplitude: 2 b = window * width. The cells of the level are `grid`.
    """

    origins: tuple[Fraction, ...]
    width: Fraction
    counts: tuple[int, ...]
    window: int

    @property
    def grid(self) -> Grid:
        """The cells that the windows consist of: count + window along each axis."""
        half = self.width*self.window/2
        return tuple(Axis(a - half, self.width, k + self.window) for a, k in zip(self.origins, self.counts))

    def positions(self, low: Ints, high: Ints) -> tuple[Ints, Ints]:
        """Enclosures of centres (boxes, N) in units of 2^-FINE as positions on the lattice, in units of 2^-BITS."""
        lows, highs = [], []
        for i, (origin, count) in enumerate(zip(self.origins, self.counts)):
            shift, num = int(origin*UNIT), self.width.denominator << BITS
            den = self.width.numerator << FINE
            # a true centre lies on the lattice, so that cutting the enclosure to it loses nothing
            lows.append(np.clip((low[:, i] - shift)*num//den, 0, count << BITS))
            highs.append(np.clip(-((shift - high[:, i])*num//den), 0, count << BITS))
        return np.stack(lows, 1), np.stack(highs, 1)


def lattice(low: Ints, high: Ints, amplitude: Fraction, cells: int) -> Lattice:
    """A lattice that contains all centres in boxes (boxes, N), with about `cells` cells along its longest axis."""
    firsts, lasts, margin = low.min(0), high.max(0), Fraction(1, 1 << ORIGIN_BITS)
    # the margin leaves room for whoever replays with other roundings
    origins = tuple(((int(a) >> (FINE - ORIGIN_BITS)) - 1)*margin for a in firsts)
    sizes = [Fraction(int(b), UNIT) - a + margin for a, b in zip(origins, lasts)]
    window = int(cells*2*amplitude/(max(sizes) + 2*amplitude))
    if window < 1:
        least = int(max(sizes)/(2*amplitude)) + 2
        raise InputError(explain("cells", f"at least {least} cells, one for each noise window", cells,
                                 "Give more cells, or a larger noise."))
    width = 2*amplitude/window
    counts = tuple(max(1, -int(-size//width)) for size in sizes)
    return Lattice(origins, width, counts, window)


def window_sums(values: Ints, window: int) -> Ints:
    """Sums over windows of `window` cells along every axis, exact: cumulative sums, summed-area tables in two axes."""
    for axis in range(values.ndim):
        sums = np.cumsum(values, axis=axis)
        head = np.take(sums, [window - 1], axis=axis)
        later = np.take(sums, range(window, values.shape[axis]), axis=axis)
        earlier = np.take(sums, range(values.shape[axis] - window), axis=axis)
        values = np.concatenate([head, later - earlier], axis=axis)
    return values


def largest(table: Ints, low: Ints, high: Ints) -> Ints:
    """The largest value over boxes of positions of the function that is multilinear between table entries.

    Exact, in units of 2^-(BITS N): a maximum over corners, where corners are ends of a box and lattice points inside.
    """
    candidates = [_candidates(low[:, i], high[:, i]) for i in range(table.ndim)]
    corners = product(*candidates)
    best = interpolated(table, next(corners))
    for corner in corners:
        best = np.maximum(best, interpolated(table, corner))
    return best


def _candidates(low: Ints, high: Ints) -> list[Ints]:
    first = -((-low) >> BITS)
    inside = [np.minimum(np.maximum((first + d) << BITS, low), high)
              for d in range(int(((high >> BITS) - first).max()) + 1)]
    return [low, high, *inside]


def interpolated(table: Ints, position: Sequence[Ints]) -> Ints:
    """The multilinear function at positions, in units of 2^-(BITS N) of the table's."""
    total: Any = 0
    parts = []
    for i, t in enumerate(position):
        k = (t >> BITS).astype(np.int64)
        rest = t - (k.astype(object) << BITS)
        parts.append(((k, ONE - rest), (np.minimum(k + 1, table.shape[i] - 1), rest)))
    for corner in product(*parts):
        weight: Any = 1
        for _, w in corner:
            weight = weight*w
        total = total + weight*table[tuple(k for k, _ in corner)]
    return total


def mean_bounds(table_low: Ints, table_high: Ints, window: int, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Bounds of noise means over boxes of centres, from window sums of a lower and an upper step function."""
    size = window**table_low.ndim << BITS*table_low.ndim
    return -largest(-table_low, low, high)//size, -(-largest(table_high, low, high)//size)

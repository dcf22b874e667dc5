"""Certified contraction of layers: exact bounds at any width from ranges, enclosures of operator norms on cells.

At any width: the Dobrushin coefficient delta_n <= 1 - prod(1 - Delta_i/(2b))_+ (uniform) or 2 Phi(diam/(2 sigma)) - 1
(Gaussian) from the widths Delta_i of a box around F_n(Omega_n), and the squared Hilbert-Schmidt norm
lambda(Omega_n) ||rho_n||^2, in fractions rounded upward. Widths up to 2, uniform noise: the operator norm on
unweighted L^2 between two fractions, by Schur's test with positive step functions g, h: if M h <= s g and M* g <= t h
then ||M||^2 <= s t; and ||M h||^2/||h||^2 from below. Near the singular functions both are near ||M||^2.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isinf, isqrt, prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from numerics.enclosures import balls
from numerics.mori_zwanzig.fixed_point import (
    BITS,
    Axis,
    Grid,
    Ints,
    Lattice,
    cells_of,
    images,
    lattice,
    mean_bounds,
    window_sums,
)
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import Box, NoisyChain, NoisyLayer
    from numerics.mori_zwanzig.noise import Noise

Array = NDArray[np.float64]
Interval = tuple[Fraction, Fraction]
WEIGHT_BITS, ROUNDS = 24, 40
"""Trial functions are integers in units of 2^-24, after so many steps of the power iteration."""
NORM_CELLS = {1: 400, 2: 24}
"""Default number of cells along an axis for operator norms, by width."""


@dataclass(frozen=True)
class NormEnclosure:
    """Squared norms of M_n on unweighted L^2: `lower` <= ||M||^2 <= `upper` <= ... ; `schur` has g = h = 1."""

    lower: Fraction
    upper: Fraction
    schur: Fraction
    hs: Fraction


@dataclass(frozen=True)
class LayerCertificate:
    """What is certain about layer n; None with its reason in `notes` where there is no value.

    Attributes:
        volume, volume_after: of boxes around Omega_n and Omega_{n+1}, from above; None when unbounded.
        hs_squared: upper bound of the squared Hilbert-Schmidt norm; kind of number: `kind`.
        norm: squared operator norm enclosed, widths up to 2 and uniform noise only.
        delta: upper bound of the Dobrushin coefficient.
        kind: "rational" when everything is exact arithmetic on outward rounded ranges, "ball" with Gaussian noise.
        valid: which certificates hold: "HS", "Schur", "Dobrushin".
    """

    layer: int
    volume: Fraction | None
    volume_after: Fraction | None
    hs_squared: Fraction | None
    norm: NormEnclosure | None
    delta: Fraction
    kind: str
    valid: tuple[str, ...]
    notes: tuple[tuple[str, str], ...] = ()


def exact_volume(box: Box) -> Fraction | None:
    """Lebesgue measure of a box, exactly; None for an unbounded one."""
    if any(isinf(end) for pair in box for end in pair):
        return None
    return prod((Fraction(high) - Fraction(low) for low, high in box), start=Fraction(1))


def dobrushin_bound(noise: Noise, box: Box) -> Fraction:
    """Upper bound of the Dobrushin coefficient of a layer whose images lie in a box, at any width; 1 if none follows.

    >>> from numerics.mori_zwanzig.noise import Noise
    >>> dobrushin_bound(Noise.parse("uniform:2"), ((-1.0, 1.0), (-1.0, 1.0)))
    Fraction(3, 4)
    """
    if any(isinf(high - low) for low, high in box):
        return Fraction(1)
    sizes = [Fraction(high) - Fraction(low) for low, high in box]
    if noise.silent:
        return Fraction(int(any(sizes)))
    if noise.kind == "uniform":
        return 1 - prod((max(Fraction(0), 1 - size/(2*noise.exact)) for size in sizes), start=Fraction(1))
    square = sum((size*size for size in sizes), Fraction(0))/(8*noise.exact**2)
    return min(Fraction(1), _upper(balls.ball(square).sqrt().erf()))


def hs_squared_bound(noise: Noise, box: Box, outputs: int) -> Fraction | None:
    """Upper bound of lambda(box) ||rho||^2: exact for uniform noise; None for an unbounded box or no noise."""
    size = exact_volume(box)
    if size is None or noise.silent:
        return None
    if noise.kind == "uniform":
        return size/(2*noise.exact)**outputs
    inverse = 1/(balls.Ball.pi()*balls.ball(4*noise.exact**2)).sqrt()
    return size*_upper(inverse)**outputs


def certificates(chain: NoisyChain, cells: int | None = None, grids: bool = True) -> tuple[LayerCertificate, ...]:
    """One record for each layer, at any width.

    `grids=False` leaves the operator norms out, which is what takes time; they exist for widths 1 and 2 and uniform
    noise before and in the layer.
    """
    return tuple(_certificate(chain, n, cells, grids) for n in range(chain.depth))


def _certificate(chain: NoisyChain, n: int, cells: int | None, grids: bool) -> LayerCertificate:
    layer, box, after = chain.layers[n], chain.ranges[n], chain.ranges[n + 1]
    size, hs = exact_volume(box), hs_squared_bound(layer.noise, box, layer.outputs)
    notes, norm = [], None
    if layer.noise.silent:
        notes.append(("hs", "noise of amplitude 0: no density, no contraction follows"))
    elif size is None or hs is None:
        notes.append(("hs", f"Omega_{n} is unbounded behind Gaussian noise: no unweighted norm"))
    elif not hs < 1:
        amplitude = _amplitude_needed(size, layer)
        notes.append(("hs", f"needs ||M||_HS^2 < 1, found {float(hs):.4g}: {float(hs) - 1:.4g} too much"
                      + (f"; amplitude {amplitude:.4g} would do here" if amplitude else "")))
    if grids and hs is not None and layer.noise.kind == "uniform" and max(layer.inputs, layer.outputs) <= 2:
        norm = norm_enclosure(layer, box, cells)
    delta = dobrushin_bound(layer.noise, chain.images[n])
    if delta == 1:
        notes.append(("delta", _no_dobrushin(layer.noise, chain.images[n])))
    valid = (*(("HS",) if hs is not None and hs < 1 else ()), *(("Schur",) if norm and norm.upper < 1 else ()),
             *(("Dobrushin",) if delta < 1 else ()))
    kind = "rational" if layer.noise.kind == "uniform" else "ball"
    return LayerCertificate(n, size, exact_volume(after), hs, norm, delta, kind, valid, tuple(notes))


def _amplitude_needed(size: Fraction, layer: NoisyLayer) -> float | None:
    """About the amplitude at which the Hilbert-Schmidt norm is 1, to be shown in a sentence."""
    per_coordinate = float(size)**(1/layer.outputs)
    return per_coordinate/2 if layer.noise.kind == "uniform" else per_coordinate/(2*float(np.sqrt(np.pi)))


def _no_dobrushin(noise: Noise, box: Box) -> str:
    if noise.silent:
        return "noise of amplitude 0: the operator is u -> u(F(x)), nothing is forgotten"
    widest = max(high - low for low, high in box)
    if isinf(widest):
        return "the image of the layer is unbounded, so is the distance of two laws"
    return f"needs image widths < 2b = {2*noise.amplitude:.4g}, found {widest:.4g}: {widest - 2*noise.amplitude:.4g} " \
        "too wide"


def product_bound(found: tuple[LayerCertificate, ...]) -> tuple[Fraction, ...]:
    """Products delta_n ... delta_{L-1} for each n: osc(q_n) <= product * osc(u)."""
    products: list[Fraction] = []
    for part in reversed(found):
        products.insert(0, part.delta*(products[0] if products else 1))
    return tuple(products)


def norm_enclosure(layer: NoisyLayer, box: Box, cells: int | None = None) -> NormEnclosure:
    """Enclose the squared norm of M: L^2(F(box) + noise) -> L^2(box), uniform noise, widths 1 and 2.

    Raises InputError for other noise and widths and for an unbounded box.
    """
    size = _checked(layer, box)
    count = NORM_CELLS[max(layer.inputs, layer.outputs)] if cells is None else cells
    widest = max(Fraction(high) - Fraction(low) for low, high in box)
    grid = tuple(Axis(Fraction(low), side/k, k) for (low, high) in box for side in [Fraction(high) - Fraction(low)]
                 for k in [max(1, -int(-count*side//widest))])
    low, high = images(layer, *cells_of(grid))
    centres = lattice(low, high, layer.noise.exact, count)
    problem = _Problem(grid, centres, *centres.positions(low, high))
    g = problem.trial()
    # h = M* g from above, so that the ratio on the side of y is 1 even where both vanish at the ends of the range
    h = np.maximum(problem.mass(g), 1)
    best, s = problem.rows(h, g)
    upper = s*problem.columns(g, h)
    ones = np.full(g.shape, 1, dtype=object), np.full(h.shape, 1, dtype=object)
    schur = problem.columns(*ones)
    hs = size/(2*layer.noise.exact)**layer.outputs
    plain = min(schur, hs)
    return NormEnclosure(max(best, problem.rows(ones[1], ones[0])[0]), min(upper, plain), plain, hs)


def _checked(layer: NoisyLayer, box: Box) -> Fraction:
    layer.noise.required("operator norm")
    size = exact_volume(box)
    if layer.noise.kind != "uniform" or size is None:
        raise InputError(explain("operator norm", "uniform noise on a bounded box", f"{layer.noise} on {box}",
                                 "Behind Gaussian noise M_n is not bounded on unweighted L^2: use dobrushin_bound."))
    if max(layer.inputs, layer.outputs) > 2:
        raise InputError(explain("operator norm", "widths of at most 2", f"{layer.inputs} -> {layer.outputs}",
                                 "Use hs_squared_bound and dobrushin_bound, which hold at any width."))
    return size


@dataclass(frozen=True, eq=False)
class _Problem:
    """Cells of x (`grid`) with positions of their images, lattice of windows of y."""

    grid: Grid
    centres: Lattice
    low: Ints
    high: Ints

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(axis.count for axis in self.centres.grid)

    @property
    def volume(self) -> Fraction:
        """Of a cell of x."""
        return prod((axis.width for axis in self.grid), start=Fraction(1))

    def rows(self, h: Ints, g: Ints) -> tuple[Fraction, Fraction]:
        """Lower bound of ||M h||^2/||h||^2 and the least s with M h <= s g for certain, h of the shape of y cells."""
        window, fine = self.centres.window, 1 << BITS
        table = window_sums(h*fine, window)
        bottom, top = mean_bounds(table, table, window, self.low, self.high)
        s = max(Fraction(int(t), int(w)*fine) for t, w in zip(top, g))
        kept = np.maximum(bottom, 0)
        ratio = Fraction(int((kept*kept).sum()), int((h*h).sum())*fine*fine)
        return ratio*self.volume/self.centres.width**h.ndim, s

    def columns(self, g: Ints, h: Ints) -> Fraction:
        """The least t with M* g <= t h for certain."""
        worst = max(Fraction(int(m), int(w)) for m, w in zip(self.mass(g).reshape(-1), h.reshape(-1)))
        return worst*self.volume/(self.centres.width*self.centres.window)**h.ndim

    def mass(self, g: Ints) -> Ints:
        """For each cell of y the sum of g over the cells of x that may reach it: M* g from above, up to scale."""
        shape, window = self.shape, self.centres.window
        marks = np.zeros(tuple(k + 1 for k in shape), dtype=object)
        # the cell j of y has windows around centres at positions from j - window to j + 1
        first = np.clip(-((-self.low) >> BITS) - 1, 0, None)
        last = np.minimum((self.high >> BITS) + window, np.array(shape) - 1) + 1
        for corner in np.ndindex(*(2,)*len(shape)):
            at = tuple((last if c else first)[:, i].astype(np.int64) for i, c in enumerate(corner))
            np.add.at(marks, at, g*(-1)**sum(corner))
        for axis in range(len(shape)):
            marks = np.cumsum(marks, axis=axis)
        return marks[tuple(slice(0, k) for k in shape)]

    def trial(self) -> Ints:
        """A positive integer step function near the leading singular function of x, by power iteration in floats."""
        middles = [((self.low[:, i] + self.high[:, i])//2 >> BITS).astype(np.int64) for i in range(self.low.shape[1])]
        window, shape = self.centres.window, self.shape
        h = np.ones(shape)
        g = np.ones(len(self.low))
        for _ in range(ROUNDS):
            table = window_sums(h, window)
            at = tuple(np.minimum(m, k - 1) for m, k in zip(middles, table.shape))
            g = table[at]
            g = g/g.max()
            spread = np.zeros(table.shape)
            np.add.at(spread, at, g)
            h = _adjoint_sums(spread, window)
            h = h/h.max()
        return np.array([int(v*(1 << WEIGHT_BITS)) + 1 for v in g], dtype=object)


def _adjoint_sums(spread: Array, window: int) -> Array:
    """The transpose of `window_sums`: what is at a lattice point goes to all cells of its window."""
    for axis in range(spread.ndim):
        pad = [(window - 1, window - 1) if i == axis else (0, 0) for i in range(spread.ndim)]
        spread = window_sums_along(np.pad(spread, pad), window, axis)
    return spread


def window_sums_along(values: Array, window: int, axis: int) -> Array:
    """Sums over windows along one axis, in floats."""
    moved = np.moveaxis(values, axis, 0)
    sums = np.concatenate([np.zeros((1, *moved.shape[1:])), np.cumsum(moved, axis=0)])
    return np.moveaxis(sums[window:] - sums[:-window], 0, axis)


def root(square: Interval, bits: int = 40) -> Interval:
    """Square roots of both ends, rounded outward to about so many significant bits; 0 stays 0."""
    return _root(square[0], bits, False), _root(square[1], bits, True)


def _root(value: Fraction, bits: int, upward: bool) -> Fraction:
    if value == 0:
        return Fraction(0)
    unit = 1 << bits + max(0, value.denominator.bit_length() - value.numerator.bit_length())//2
    below = isqrt(value.numerator*unit*unit//value.denominator)
    return Fraction(below if not upward or Fraction(below, unit)**2 == value else below + 1, unit)


def _upper(value: balls.Ball) -> Fraction:
    mantissa, exponent = value.upper().man_exp()
    return int(mantissa)*Fraction(2)**int(exponent)

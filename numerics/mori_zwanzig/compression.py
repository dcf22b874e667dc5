"""From a deep noisy network to a shallow one: q_k replaced by a polynomial, with a certified error.

If p is near q_k then M_0 ... M_{k-1} p is as near to q_0, for means do not enlarge errors; the oscillation of the error
even shrinks by delta_0 ... delta_{k-1}. For k = 1 the result is one noisy layer with a polynomial readout: a
deterministic function of F_0(x), in closed form. The polynomial has exact (dyadic) Legendre coefficients; its range on
each cell comes from its value, gradient and a bound of its second derivatives, that of q_k from the enclosure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from math import comb, prod
from typing import Any

import numpy as np

from numerics.mori_zwanzig.activations import Array, above, below
from numerics.mori_zwanzig.chain import Box, NoisyChain
from numerics.mori_zwanzig.enclosure import WIDEST, Enclosure, enclose, input_grid
from numerics.mori_zwanzig.fixed_point import BITS, Axis, Ints, cells_of, images, mean_bounds, window_sums
from numerics.mori_zwanzig.legendre import TensorBasis, node_count
from numerics.mori_zwanzig.norm_enclosures import dobrushin_bound
from numerics.mori_zwanzig.operators import Backward, backward
from theory.language.errors import InputError, explain

CENTRE_BITS, TERM_BITS = 40, 90
"""Centres of cells are multiples of 2^-40 in [-1, 1]; Legendre values are integers in units of 2^-90."""


@dataclass(frozen=True, eq=False)
class Compression:
    """q_0 of a chain, computed from `level` layers and a polynomial.

    Attributes:
        box: of level k, on which the polynomial is used; coefficients: d_k of sum d_k prod P_{k_i}(t_i), shape
            (degree + 1,)*N, the exact numbers that the floats are.
        certified: |q_0(x) - shallow(x)| <= certified for all inputs, in real arithmetic.
        gap: of the enclosure of q_k: what of `certified` is not the polynomial's fault, at most.
        uniform: |q_k - polynomial| <= uniform on the box; certified <= uniform, for means do not enlarge errors.
        oscillation: that of the error at the inputs is at most this: 2 uniform times the Dobrushin bounds.
    """

    chain: NoisyChain
    level: int
    box: Box
    coefficients: Array
    certified: Fraction
    uniform: Fraction
    gap: Fraction
    oscillation: Fraction

    @property
    def degree(self) -> int:
        """Degree in each coordinate."""
        return len(self.coefficients) - 1

    @property
    def parameters(self) -> int:
        """Weights and biases of the layers kept, and coefficients of the polynomial."""
        return sum(part.weight.size + part.bias.size for part in self.chain.layers[:self.level]) \
            + self.coefficients.size

    def polynomial(self, x: Array) -> Array:
        """The polynomial at points (points, N_k), in floats."""
        basis = TensorBasis(self.box, self.degree)
        return basis.evaluate(self._orthonormal(), x)

    def __call__(self, x: Any) -> Array:
        """The shallow function at inputs (batch, N_0), in floats; for k = 1 exact means of the polynomial."""
        points = self.chain.points(x)
        basis = TensorBasis(self.box, self.degree)
        if self.level == 1:
            layer = self.chain.layers[0]
            return basis.combine(basis.mean_factors(layer.map(points), layer.noise), self._orthonormal())
        short = replace(self.chain, layers=self.chain.layers[:self.level], readout=None)
        return short.conditional_expectation(self.polynomial, points)

    def measured(self, x: Any) -> float:
        """The largest |q_0 - shallow| over inputs, with q_0 from the operator engine in floats: an estimate."""
        return float(np.abs(self.chain.conditional_expectation(None, x) - self(x)).max())

    def _orthonormal(self) -> Array:
        found = self.coefficients
        for axis, (low, high) in enumerate(self.box):
            norms = np.sqrt((high - low)/(2*np.arange(self.degree + 1) + 1))
            found = found*norms.reshape([-1 if i == axis else 1 for i in range(found.ndim)])
        return found.reshape(-1)


def compress(chain: NoisyChain, degree: int, level: int = 1, cells: int | None = None,
             enclosure: Enclosure | None = None) -> Compression:
    """Replace everything behind level k of a chain by a polynomial of a degree in each coordinate of X_k.

    Args:
        chain: with uniform noise and one output, widths 1 or 2 at the levels 1..L-1; level: k from 1 to L-1.
        cells: of the enclosure, see `enclose`; enclosure: one that was computed before.

    Raises InputError where `enclose` does, and for a level or degree out of range.
    """
    if not 1 <= level < chain.depth or degree < 0:
        raise InputError(explain("compress", f"a level from 1 to {chain.depth - 1} and a degree of at least 0",
                                 f"level {level}, degree {degree}", "A chain of one layer is shallow already."))
    found = enclosure or enclose(chain, cells)
    grid, low, high = found.step(level)
    box = tuple((below(axis.start), above(axis.end)) for axis in grid)
    coefficients = _fitted(backward(chain), level, TensorBasis(box, degree))
    values, radius, slack = _on_cells(coefficients, grid, box)
    bounds = low*(1 << TERM_BITS - BITS) - (values + radius), high*(1 << TERM_BITS - BITS) - (values - radius)
    uniform = _size(*bounds) + slack
    certified = min(uniform, _size(*_pulled(found, level, *bounds)) + slack) if chain.widths[0] <= WIDEST else uniform
    shrinking = prod((dobrushin_bound(chain.layers[j].noise, chain.images[j]) for j in range(level)), start=Fraction(1))
    gap = Fraction(int((high - low).max()), 1 << BITS)
    return Compression(chain, level, box, coefficients, certified, uniform, gap, 2*uniform*shrinking)


def _size(low: Ints, high: Ints) -> Fraction:
    """The largest absolute value between the bounds, given in units of 2^-TERM_BITS."""
    return Fraction(max(int(high.max()), int((-low).max())), 1 << TERM_BITS)


def _pulled(found: Enclosure, level: int, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Bounds of M_0 ... M_{k-1} f on the cells of the inputs, from bounds of f on the cells of level k."""
    for n in range(level, 0, -1):
        centres = found.lattices[n - 1]
        grid = _grid(found, n - 1)
        position = centres.positions(*images(found.chain.layers[n - 1], *cells_of(grid)))
        low, high = (part.reshape(tuple(axis.count for axis in grid)) for part in mean_bounds(
            window_sums(low, centres.window), window_sums(high, centres.window), centres.window, *position))
    return low, high


def _grid(found: Enclosure, level: int) -> tuple[Axis, ...]:
    """The cells of a level, 0 included."""
    return found.lattices[level - 1].grid if level else input_grid(found.chain, found.cells)


def _fitted(q: Backward, level: int, basis: TensorBasis) -> Array:
    """Legendre coefficients of the polynomial nearest to q_level in L^2 of its own range, a bit less than the box."""
    own = TensorBasis(q.chain.grid_boxes[level], basis.degree)
    points, weights = own.nodes(node_count(basis.dimension, max(basis.degree, 20)))
    root = np.sqrt(weights)
    values = basis.matrix(basis.factors(points))*root[:, None]
    flat = np.linalg.lstsq(values, root*q.evaluate(level, points), rcond=None)[0]
    found = flat.reshape((basis.degree + 1,)*basis.dimension)
    for axis, (low, high) in enumerate(basis.box):
        norms = np.sqrt((2*np.arange(basis.degree + 1) + 1)/(high - low))
        found = found*norms.reshape([-1 if i == axis else 1 for i in range(found.ndim)])
    return np.asarray(found, dtype=np.float64)


def _on_cells(coefficients: Array, grid: tuple[Axis, ...], box: Box) -> tuple[Ints, Ints, Fraction]:
    """Values at centres of cells and radii of the ranges, in units of 2^-TERM_BITS, and what roundings add at most.

    With |P_k| <= 1, |P_k'| <= k(k+1)/2, |P_k''| <= (k-1)k(k+1)(k+2)/8 on [-1, 1] the second-order remainder over the
    half widths r_i of a cell is at most sum_ij r_i r_j/2 sum |d_k| |second derivatives|.
    """
    degree, sizes = len(coefficients) - 1, np.abs(coefficients)
    exact = np.array([int(Fraction(d)*(1 << TERM_BITS)) for d in coefficients.reshape(-1).tolist()],
                     dtype=object).reshape(coefficients.shape)
    factors, slopes, radii = [], [], list[Fraction]()
    for axis, ends in zip(grid, box):
        centres, half = _centres(axis, ends)
        factors.append(_legendre(degree, centres, 0))
        slopes.append(_legendre(degree, centres, 1))
        radii.append(half)
    values = _summed(exact, factors)
    radius = np.zeros(values.shape, dtype=object)
    for i, r in enumerate(radii):
        gradient = _summed(exact, [slopes[j] if j == i else factors[j] for j in range(len(grid))])
        radius = radius + abs(gradient)*r.numerator//r.denominator + 1
    total = sum((Fraction(float(d)) for d in sizes.reshape(-1)), Fraction(0))
    second = sum((_second(sizes, i, j)*radii[i]*radii[j]/2 for i in range(len(grid)) for j in range(len(grid))),
                 Fraction(0))
    # every factor is off by at most one unit, its coefficient by another; slopes up to degree^2 as much
    slack = second + (total + sizes.size)*4*(degree + 1)**2*Fraction(1, 1 << TERM_BITS)*(1 + degree**2)
    return values, radius, slack


def _centres(axis: Axis, ends: tuple[float, float]) -> tuple[list[int], Fraction]:
    """Scaled centres t of the cells in units of 2^-CENTRE_BITS, and the largest distance within a cell."""
    low, high = (Fraction(end) for end in ends)
    unit, edges = 1 << CENTRE_BITS, axis.edges
    scaled = [(2*e - low - high)/(high - low) for e in edges]
    found = [min(max(int((a + b)/2*unit), -unit), unit) for a, b in zip(scaled, scaled[1:])]
    return found, axis.width/(high - low) + Fraction(1, unit)


def _legendre(degree: int, centres: list[int], derivative: int) -> Ints:
    """P_k or P_k' at centres, rounded down to units of 2^-TERM_BITS: array (centres, degree + 1)."""
    t = np.array(centres, dtype=object)
    columns = []
    for k in range(degree + 1):
        # P_k = 2^-k sum_j (-1)^j C(k, j) C(2k - 2j, k) t^(k - 2j)
        powers = [0]*(k + 1)
        for j in range(k//2 + 1):
            powers[k - 2*j] = (-1)**j*comb(k, j)*comb(2*k - 2*j, k)
        if derivative:
            powers = [i*powers[i] for i in range(1, k + 1)] or [0]
        total = np.zeros(len(t), dtype=object)
        for i in range(len(powers) - 1, -1, -1):
            total = total*t + (powers[i] << CENTRE_BITS*(len(powers) - 1 - i))
        columns.append((total << TERM_BITS) >> (k + CENTRE_BITS*(len(powers) - 1)))
    return np.stack(columns, 1)


def _summed(exact: Ints, factors: list[Ints]) -> Ints:
    """sum_k d_k prod_i factor_i[:, k_i] on the product of centres, in units of 2^-TERM_BITS."""
    found = np.dot(factors[0], exact) >> TERM_BITS
    return found if len(factors) == 1 else np.dot(found, factors[1].T) >> TERM_BITS


def _second(sizes: Array, i: int, j: int) -> Fraction:
    """sum |d_k| times the supremum of the second derivative in coordinates i and j."""
    orders = [0]*sizes.ndim
    orders[i] += 1
    orders[j] += 1
    total = Fraction(0)
    for index in np.ndindex(*sizes.shape):
        total += Fraction(float(sizes[index]))*prod((_supremum(k, d) for k, d in zip(index, orders)), start=Fraction(1))
    return total


def _supremum(k: int, derivative: int) -> Fraction:
    return (Fraction(1), Fraction(k*(k + 1), 2), Fraction((k - 1)*k*(k + 1)*(k + 2), 8))[derivative]

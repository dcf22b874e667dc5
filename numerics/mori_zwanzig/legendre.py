"""Tensor Legendre bases on boxes of dimension 1, 2, 3, and the means of their functions under layer noise.

The basis functions are e_k(x) = prod_i sqrt((2 k_i + 1)/|I_i|) P_{k_i}(t_i), t_i in [-1, 1] the scaled coordinate,
0 <= k_i <= degree: orthonormal in L^2(box). Means over a box [f - b, f + b] are exact up to rounding, by
int P_k = (P_{k+1} - P_{k-1})/(2k + 1): no quadrature sees the jumps of the uniform density. Means under Gaussian noise
cut at TAIL standard deviations are trapezoidal sums with three nodes a standard deviation: for e^{isx} at sigma = 1 the
error is about e^{-(6 pi - s)^2/2}, which is rounding for all degrees used here, since the boxes are wider than 2 TAIL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

import numpy as np

from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.noise import TRAPEZOID, TRAPEZOID_WEIGHTS, Noise
from theory.language.errors import InputError, explain

Box = tuple[tuple[float, float], ...]

DEGREES = {1: 40, 2: 16, 3: 8}
"""Default degree in each coordinate, by dimension."""


def polynomials(degree: int, t: Array) -> Array:
    """P_0, ..., P_degree at points t of shape (points,): array (points, degree + 1)."""
    found = np.empty((len(t), degree + 1))
    found[:, 0] = 1
    if degree:
        found[:, 1] = t
    for k in range(1, degree):
        found[:, k + 1] = ((2*k + 1)*t*found[:, k] - k*found[:, k - 1])/(k + 1)
    return found


def antiderivatives(degree: int, t: Array) -> Array:
    """int_{-1}^t P_k for k = 0..degree at points t: (P_{k+1} - P_{k-1})/(2k + 1), and t + 1 for k = 0."""
    values = polynomials(degree + 1, t)
    found = np.empty((len(t), degree + 1))
    found[:, 0] = t + 1
    orders = np.arange(1, degree + 1)
    found[:, 1:] = (values[:, 2:] - values[:, :-2])/(2*orders + 1)
    return found


def interval_means(degree: int, low: Array, high: Array) -> Array:
    """Means of P_0, ..., P_degree over the intervals [low, high], low < high: array (points, degree + 1)."""
    ends = antiderivatives(degree, high) - antiderivatives(degree, low)
    return ends/(high - low)[:, None]


@lru_cache(maxsize=64)
def _gauss(count: int) -> tuple[Array, Array]:
    t, w = np.polynomial.legendre.leggauss(count)
    return t, w


@dataclass(frozen=True)
class TensorBasis:
    """The (degree + 1)^N functions e_k on a box; coefficients are vectors in lexicographic order of k."""

    box: Box
    degree: int

    def __post_init__(self) -> None:
        if not 1 <= len(self.box) <= 3:
            raise InputError(explain("basis", "1, 2 or 3 coordinates", len(self.box), "Use sampling and formulas."))
        if self.degree < 0:
            raise InputError(explain("degree", "a degree of at least 0", self.degree, "Use 10 or more."))

    @property
    def dimension(self) -> int:
        """N."""
        return len(self.box)

    @property
    def size(self) -> int:
        """(degree + 1)^N."""
        return (self.degree + 1)**self.dimension

    @cached_property
    def orders(self) -> Array:
        """k for each function, shape (size, N)."""
        return np.array(list(product(range(self.degree + 1), repeat=self.dimension)))

    @property
    def total_degrees(self) -> Array:
        """Total degree of each function."""
        return self.orders.sum(1)

    def factors(self, x: Array) -> list[Array]:
        """The one-dimensional factors at points (points, N): N arrays (points, degree + 1)."""
        return [self.factor(i, x[:, i]) for i in range(self.dimension)]

    def factor(self, i: int, x: Array) -> Array:
        """The factor of coordinate i at points (points,), shape (points, degree + 1)."""
        return self._norms(i)*polynomials(self.degree, self._scaled(i, x))

    def mean_factors(self, centers: Array, noise: Noise) -> list[Array]:
        """Factors of E e_k(f + xi) at centers f (points, N); the noisy points must lie in the box."""
        return [self._norms(i)*self._means(i, centers[:, i], noise) for i in range(self.dimension)]

    def combine(self, factors: Sequence[Array], coefficients: Array) -> Array:
        """sum_k c_k prod_i factor_i[:, k_i] at every point, shape (points,)."""
        c = coefficients.reshape((self.degree + 1,)*self.dimension)
        if self.dimension == 1:
            return factors[0] @ c
        if self.dimension == 2:
            return ((factors[0] @ c)*factors[1]).sum(1)
        inner = np.einsum("abc,pc->pab", c, factors[2], optimize=True)
        return np.einsum("pa,pb,pab->p", factors[0], factors[1], inner, optimize=True)

    def moments(self, factors: Sequence[Array], weights: Array) -> Array:
        """sum_points weight * prod_i factor_i[point, k_i] for all k, shape (size,)."""
        weighted = factors[0]*weights[:, None]
        if self.dimension == 1:
            return weighted.sum(0)
        if self.dimension == 2:
            return (weighted.T @ factors[1]).reshape(-1)
        pair = (factors[1][:, :, None]*factors[2][:, None, :]).reshape(len(weights), -1)
        return (weighted.T @ pair).reshape(-1)

    def matrix(self, factors: Sequence[Array]) -> Array:
        """All functions at all points, shape (points, size)."""
        found = factors[0]
        for factor in factors[1:]:
            found = (found[:, :, None]*factor[:, None, :]).reshape(len(found), -1)
        return found

    def evaluate(self, coefficients: Array, x: Array) -> Array:
        """The function with these coefficients at points (points, N)."""
        return self.combine(self.factors(x), coefficients)

    def nodes(self, count: int) -> tuple[Array, Array]:
        """Gauss-Legendre points (count^N, N) and weights on the box, exact for degrees up to 2 count - 1."""
        t, w = _gauss(count)
        axes = [(low + (high - low)*(t + 1)/2, w*(high - low)/2) for low, high in self.box]
        points = np.stack([g.reshape(-1) for g in np.meshgrid(*(a for a, _ in axes), indexing="ij")], 1)
        weights = axes[0][1]
        for _, more in axes[1:]:
            weights = (weights[:, None]*more).reshape(-1)
        return points, weights

    def project(self, function: Callable[[Array], Array], count: int | None = None) -> Array:
        """Coefficients of the L^2(box) projection of a function, by Gauss quadrature with `count` nodes an axis."""
        points, weights = self.nodes(count or node_count(self.dimension, self.degree))
        return self.moments(self.factors(points), weights*function(points))

    def _norms(self, i: int) -> Array:
        low, high = self.box[i]
        return np.sqrt((2*np.arange(self.degree + 1) + 1)/(high - low))

    def _scaled(self, i: int, x: Array) -> Array:
        low, high = self.box[i]
        return (2*x - low - high)/(high - low)

    def _means(self, i: int, centers: Array, noise: Noise) -> Array:
        low, high = self.box[i]
        scale = 2/(high - low)
        t = self._scaled(i, centers)
        if noise.kind == "uniform":
            half = scale*noise.amplitude
            # the box contains center +- b; rounding may push an end over by an ulp
            return interval_means(self.degree, np.clip(t - half, -1, 1), np.clip(t + half, -1, 1))
        found = np.zeros((len(t), self.degree + 1))
        for z, weight in zip(TRAPEZOID, TRAPEZOID_WEIGHTS):
            found += weight*polynomials(self.degree, np.clip(t + scale*noise.amplitude*z, -1, 1))
        return found


def node_count(dimension: int, degree: int) -> int:
    """Default number of Gauss nodes an axis for projections onto a basis of this degree."""
    return {1: max(2*degree + 40, 160), 2: max(2*degree + 8, 40), 3: max(2*degree + 4, 20)}[dimension]


def default_degree(dimension: int, degree: int | None) -> int:
    """The given degree, or the default of the dimension."""
    return DEGREES[dimension] if degree is None else degree

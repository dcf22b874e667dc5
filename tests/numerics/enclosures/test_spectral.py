"""Spectral norms of float matrices are enclosed: against closed forms, characteristic polynomials and scalings."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from flint import fmpq, fmpq_mat

from numerics.enclosures import spectral_norm
from numerics.enclosures.spectral import _dominates
from theory.language.errors import InputError


def exact_gram(w: np.ndarray) -> fmpq_mat:
    """W'W in exact rational arithmetic."""
    rows = [[fmpq(*float(x).as_integer_ratio()) for x in row] for row in w.tolist()]
    m = fmpq_mat(len(rows), len(rows[0]), [x for row in rows for x in row])
    return m.transpose()*m


def definite(m: fmpq_mat) -> bool:
    """Sylvester's criterion, exactly."""
    n = m.nrows()
    minors = [fmpq_mat(k, k, [m[i, j] for i in range(k) for j in range(k)]).det() for k in range(1, n + 1)]
    return all(x > 0 for x in minors)


@pytest.mark.parametrize(("matrix", "norm"), [
    ([[3.0, 0.0], [0.0, -4.0]], 4), ([[1.0, 1.0], [1.0, 1.0]], 2), ([[0.5]], Fraction(1, 2)), ([[3.0, 4.0]], 5),
    ([[3.0], [4.0]], 5), ([[0.0, 0.0]], 0), ([[2.0**40, 0.0], [0.0, 2.0**-40]], 2**40),
])
def test_closed_forms_are_enclosed(matrix: list[list[float]], norm: Fraction | int) -> None:
    """Norms that are known exactly lie in the interval, which is narrower than one part in a million."""
    low, high = spectral_norm(np.array(matrix))
    assert low <= norm <= high and high - low <= Fraction(norm)/10**6


@pytest.mark.parametrize("seed", range(12))
def test_upper_bound_by_sylvester(seed: int) -> None:
    """For the upper end s, s^2 I - W'W is positive definite in exact arithmetic; for the lower end it is not."""
    rng = np.random.default_rng(seed)
    w = rng.standard_normal((rng.integers(1, 7), rng.integers(1, 7)))
    if seed % 3 == 0:
        w = np.outer(w[:, 0], w[0])  # of rank one: W'W is singular
    w = w.astype(np.float32 if seed % 2 else np.float64)
    low, high = spectral_norm(w)
    gram = exact_gram(w)
    n = gram.nrows()
    identity = fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])
    assert definite(identity*fmpq(high.numerator, high.denominator)**2 - gram)
    assert not definite(identity*(fmpq(low.numerator, low.denominator)*fmpq(999999, 1000000))**2 - gram)
    assert high - low < high/10**5


def test_a_norm_that_is_too_small_is_not_certified() -> None:
    """The test of definiteness fails a little below the norm, where a wrong bound would lie."""
    w = np.random.default_rng(3).standard_normal((30, 20))
    norm = float(np.linalg.norm(w, 2))
    # above by more than the rounding of a Cholesky factor, about n^2 2^-53 = 10^-13, it succeeds; below it cannot
    assert _dominates(w, norm*(1 + 1e-9)) and not _dominates(w, norm*(1 - 1e-12)) and not _dominates(w, norm)


def test_scaling_by_powers_of_two_is_exact() -> None:
    """2^k W has 2^k times the enclosure of W."""
    w = np.random.default_rng(5).standard_normal((6, 4))
    low, high = spectral_norm(w)
    assert spectral_norm(w*2.0**30) == (low*2**30, high*2**30)


@pytest.mark.parametrize("bad", [np.zeros(3), np.zeros((0, 2)), np.array([[np.nan]]), np.array([[1e-120, 1e120]])])
def test_what_is_no_matrix_is_refused(bad: np.ndarray) -> None:
    """Vectors, empty matrices, NaN and extreme entries are input errors."""
    with pytest.raises(InputError):
        spectral_norm(bad)

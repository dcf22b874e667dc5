"""Eigenvalues of symmetric matrices of balls."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from numerics.enclosures.balls import ball
from numerics.enclosures.eigenvalues import eigenvalue_enclosure, eigenvalues_below, ends, precision
from theory.exact.matrices import eigenvalue_enclosure as exact_enclosure
from theory.exact.matrices import matrix


def balls(rows: list[list[int]]) -> list[list]:
    """Exact balls."""
    return [[ball(x) for x in row] for row in rows]


def test_eigenvalues_are_counted() -> None:
    """diag(1, 2, 3) rotated: none below 1/2, one below 3/2, three below 4; a shift on an eigenvalue is not decided."""
    rows = balls([[1, 0, 0], [0, 2, 0], [0, 0, 3]])
    assert [eigenvalues_below(rows, Fraction(s, 2)) for s in (1, 3, 5, 8)] == [0, 1, 2, 3]
    assert eigenvalues_below(rows, Fraction(2)) is None


@pytest.mark.parametrize("guess", [-50.0, 0.0, 0.3, 1e6])
@pytest.mark.parametrize("position", [1, 2, 3, 4])
def test_enclosures_hold_whatever_the_guess(position: int, guess: float) -> None:
    """Integer matrices of either sign: compared with exact bisection; narrow for every guess."""
    draw = np.random.default_rng(2).integers(-4, 5, (4, 4))
    rows = (draw + draw.T).tolist()
    low, high = eigenvalue_enclosure(balls(rows), position, guess)
    exact = exact_enclosure(matrix(rows, "a"), position, Fraction(1, 10**8))
    assert low <= exact[1] and exact[0] <= high
    assert high - low <= Fraction(1, 10**6) * max(abs(low), abs(high))


def test_tiny_eigenvalues_of_gram_matrices_are_found_from_a_bad_guess() -> None:
    """diag(1, 2^-150): the second is enclosed though floating point may say anything."""
    with precision(320):
        rows = [[ball(1), ball(0)], [ball(0), ball(Fraction(1, 2**150))]]
        low, high = eigenvalue_enclosure(rows, 1, 1e-17, floor=Fraction(0))
    assert low <= Fraction(1, 2**150) <= high <= low * (1 + Fraction(1, 10**6))


def test_a_zero_eigenvalue_keeps_the_lower_end_zero() -> None:
    """The matrix of ones: no count separates 0 from tiny numbers, and nothing positive is claimed."""
    low, high = eigenvalue_enclosure(balls([[1, 1], [1, 1]]), 1, 1e-17, floor=Fraction(0))
    assert low == 0 and 0 <= high < Fraction(1, 10**9)


def test_ends_are_on_the_safe_sides() -> None:
    """A ball around 1/3 has rational ends on both sides of it."""
    low, high = ends(ball(Fraction(1, 3)))
    assert low < Fraction(1, 3) < high and high - low < Fraction(1, 10**12)

"""Grids of rational points: spacing, the least denominator, and the claim's parts as data."""

from __future__ import annotations

from fractions import Fraction

import pytest

from theory.etr_training.hierarchy import CLAIM, grid_denominator, grid_point
from theory.language.errors import InputError


@pytest.mark.parametrize(("t", "steps", "found"), [(Fraction(7, 10), 3, Fraction(2, 3)),
                                                   (Fraction(-1, 10), 4, Fraction(-1, 4)), (2, 5, Fraction(2))])
def test_the_grid_point_is_the_multiple_below(t, steps, found):
    """0.7 lies above 2/3 = 2 thirds, -0.1 above -1/4, and grid points stay where they are."""
    assert grid_point(t, steps) == found


def test_no_point_is_further_than_the_spacing():
    """Distances to the grid stay below 1/N and come as near to it as 1/1000."""
    far = [Fraction(k, 1000) - grid_point(Fraction(k, 1000), 1) for k in range(-1000, 1000)]
    assert min(far) == 0 and max(far) == Fraction(999, 1000)


@pytest.mark.parametrize(("delta", "steps"), [(1, 1), (Fraction(2, 7), 4), (Fraction(1, 3), 3), (5, 1)])
def test_the_denominator_is_the_least_one(delta, steps):
    """2/7 asks for quarters, since 1/3 is more: N is the least integer with 1/N <= delta."""
    assert grid_denominator(delta) == steps
    assert steps == 1 or Fraction(1, steps - 1) > delta >= Fraction(1, steps)


def test_bad_numbers_are_refused():
    """No grid without steps, and no modulus that is not positive."""
    with pytest.raises(InputError):
        grid_point(1, 0)
    with pytest.raises(InputError):
        grid_denominator(Fraction(0))


def test_the_claim_keeps_its_parts():
    """Six parts: rational solutions, both directions of the certificate, three facts about the sink."""
    assert len(CLAIM.conclusion[2]) == 6
    assert {control.name for control in CLAIM.controls} == {"closed_at_rationals", "points_without_names",
                                                         "without_the_box"}

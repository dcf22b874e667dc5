"""The step that fits two points with one kink, on rational data with rising slopes."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from theory.etr_training.piercing import interpolant, piercing_numbers


@pytest.mark.parametrize(("first", "second"), [*product((1, Fraction(1, 3), 5), repeat=2)])
def test_one_kink_continues_the_line_on_two_points(first: Fraction, second: Fraction) -> None:
    """Slopes 0, s1, s1 + s2 after the point 0: c = s2 - s0 and t = x2 - (s1 - s0)(x2 - x1)/c fit both points."""
    x1, x2, x3, s1, s2 = 0, Fraction(3, 2), 4, first, first + second
    c = s2
    t = x2 - s1 * (x2 - x1) / c
    values = [0, s1 * x2, s1 * x2 + s2 * (x3 - x2)]
    assert x1 < t < x2 and c > 0
    assert [c * max(x - t, 0) for x in (x1, x2, x3)] == values


def test_the_walk_uses_the_piercing_number_and_two_more() -> None:
    """x^2 on 0, ..., 6: piercing number 3, and the interpolant has at most 5 neurons and fits."""
    xs = list(range(7))
    found = interpolant(xs, [x * x for x in xs])
    assert [found(x) for x in xs] == [x * x for x in xs]
    assert sum(piercing_numbers(xs, [x * x for x in xs])) == 3 and found.width <= 5

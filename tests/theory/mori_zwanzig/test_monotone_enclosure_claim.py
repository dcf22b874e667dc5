"""Directed cumulative sums: values by hand and random windows."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.language.errors import ExactnessError, InputError
from theory.mori_zwanzig.monotone_enclosure import directed_sums


def test_sums_by_hand():
    """Thirds in tenths: 3 and 4, negative numbers rounded away from each other too."""
    assert directed_sums(["1/3", "-1/3"], 10) == ((0, 0), (3, 4), (-1, 1))


def test_every_window_is_enclosed():
    """Thirty random lists: c(j) - c(i) <= S sum <= C(j) - C(i), and the width is at most 2 (j - i)."""
    draw = random.Random(8)
    for _ in range(30):
        values = [Fraction(draw.randint(-9, 9), draw.randint(1, 7)) for _ in range(6)]
        sums = directed_sums(values, 16)
        for i in range(7):
            for j in range(i, 7):
                low, high = sums[j][0] - sums[i][0], sums[j][1] - sums[i][1]
                assert low <= 16 * sum(values[i:j]) <= high <= low + 2 * (j - i)


def test_bad_input_is_refused():
    """A scale that is no positive integer, a float among the summands."""
    with pytest.raises(InputError):
        directed_sums([1], 0)
    with pytest.raises(ExactnessError):
        directed_sums([0.5], 8)

"""Deep to shallow: the certified errors by hand and against random transition matrices."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.language.errors import InputError
from theory.mori_zwanzig.deep_to_shallow import cells_needed, shallow_error


def test_errors_by_hand():
    """Sup error 1/10 stays, oscillation 2/10 is halved twice."""
    assert shallow_error("0.1", ["1/2", "1/2"]) == (Fraction(1, 10), Fraction(1, 20))
    with pytest.raises(InputError):
        shallow_error("0.1", ["3/2"])


def test_random_layers_obey_both_bounds():
    """Two random transition matrices and an error of sup 1: both bounds with the exact Dobrushin coefficients."""
    draw = random.Random(4)
    for _ in range(40):
        layers = []
        for _ in range(2):
            rows = [[Fraction(draw.randint(0, 4)) for _ in range(2)] + [Fraction(1)] for _ in range(3)]
            layers.append([[entry / sum(row) for entry in row] for row in rows])
        factors = [max(sum(abs(a - b) for a, b in zip(p, q)) / 2 for p in rows for q in rows) for rows in layers]
        error = [Fraction(draw.randint(-4, 4), 4) for _ in range(3)]
        for rows in reversed(layers):
            error = [sum(a * e for a, e in zip(row, error)) for row in rows]
        sup, oscillation = shallow_error(1, factors)
        assert max(map(abs, error)) <= sup
        assert max(error) - min(error) <= oscillation


def test_step_functions_of_the_needed_cells_follow_the_worst_mean():
    """A jump of height 2 under U[-1/2, 1/2]: slope 2 in t; 20 cells of [-1, 1] leave exactly 1/10, 19 more."""
    assert cells_needed(2, "1/2", 2, "1/10") == 20
    amplitude, error = Fraction(1, 2), Fraction(1, 10)

    def mean(t):
        return 2*min(max((t + amplitude)/(2*amplitude), Fraction(0)), Fraction(1))

    def worst(cells):
        width = Fraction(2, cells)
        ends = [(k, Fraction(-1) + (k + Fraction(1, 2))*width) for k in range(cells)]
        return max(abs(mean(-1 + (k + side)*width) - mean(centre)) for k, centre in ends for side in (0, 1))

    assert worst(20) == error < worst(19)
    with pytest.raises(InputError):
        cells_needed(2, 0, 2, "1/10")

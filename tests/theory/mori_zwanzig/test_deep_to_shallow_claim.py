"""Deep to shallow: the certified errors by hand and against random transition matrices."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.language.errors import InputError
from theory.mori_zwanzig.deep_to_shallow import shallow_error


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

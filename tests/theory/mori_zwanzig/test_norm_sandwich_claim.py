"""Bounds of a layer's norm: values by hand, tightness of the constant layer, exact matrices between the bounds."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.language.errors import InputError
from theory.mori_zwanzig.hs_norm import hs_norm_squared
from theory.mori_zwanzig.norm_sandwich import layer_norm_bounds


def test_constant_layer_closes_the_sandwich():
    """Range of width zero: both bounds are lambda/(2b)^N, 2 at b = 1/2 on [-1, 1]."""
    assert layer_norm_bounds([2], [0], ("uniform", "1/2")) == (2, 2)
    low, high = layer_norm_bounds([2, 4], [0, 0], ("uniform", 3))
    assert low == high == hs_norm_squared([2, 4], ("uniform", 3))


@pytest.mark.parametrize(("b", "low", "high"), [("0.5", "0.890", "1.414"), ("1", "0.753", "1.000"),
                                                ("2", "0.602", "0.707")])
def test_table_of_tanh(b, low, high):
    """tanh on [-1, 1]: lower bounds 0.890, 0.753, 0.602 and Hilbert-Schmidt 1.414, 1, 0.707 (tanh 1 = 0.7615941...)."""
    found = layer_norm_bounds([2], ["1.5231883119"], ("uniform", b))
    for square, shown in zip(found, (low, high)):
        assert (Fraction(shown) - Fraction("0.001"))**2 < square < (Fraction(shown) + Fraction("0.001"))**2


def test_random_matrices_lie_between_the_bounds():
    """Row-stochastic matrices and random functions: never above the largest column sum, constants at the ratio."""
    draw = random.Random(11)
    for _ in range(40):
        m, n = draw.randint(1, 4), draw.randint(1, 4)
        rows = [[Fraction(draw.randint(0, 3)) for _ in range(n - 1)] + [Fraction(1)] for _ in range(m)]
        rows = [[entry / sum(row) for entry in row] for row in rows]
        values = [Fraction(draw.randint(-4, 4)) for _ in range(n)]
        image = [sum(a * u for a, u in zip(row, values)) for row in rows]
        column = max(sum(row[j] for row in rows) for j in range(n))
        assert sum(z * z for z in image) <= column * sum(u * u for u in values)


def test_gaussian_noise_is_refused():
    """Its range is unbounded: no plain norm beyond the first level."""
    with pytest.raises(InputError):
        layer_norm_bounds([2], [1], ("gaussian", 1))

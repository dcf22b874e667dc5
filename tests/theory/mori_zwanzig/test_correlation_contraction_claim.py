"""Maximal correlation against Dobrushin: random exact layers, an extremal one, and what the formula returns."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.language.errors import InputError
from theory.mori_zwanzig import variance_bound


def _layer(seed: int, states: int, outputs: int) -> tuple[list[Fraction], list[list[Fraction]]]:
    """A random law, some weights zero, and random transition probabilities."""
    draw = random.Random(seed)

    def law(size: int) -> list[Fraction]:
        weights = [draw.choice((0, 0, 1, 2, 7)) for _ in range(size - 1)] + [1]
        return [Fraction(w, sum(weights)) for w in weights]

    return law(states), [law(outputs) for _ in range(states)]


def _coefficient(rows: list[list[Fraction]]) -> Fraction:
    return max(sum(abs(a - b) for a, b in zip(p, r)) / 2 for p in rows for r in rows)


@pytest.mark.parametrize("seed", range(40))
def test_conditional_means_contract_by_the_coefficient(seed):
    """E (E[f(Y)|X])^2 <= delta E f(Y)^2 for random f of mean zero, delta being half the L1 distance of two rows."""
    law, rows = _layer(seed, 2 + seed % 3, 2 + seed % 4)
    outputs = [sum(p * row[y] for p, row in zip(law, rows)) for y in range(len(rows[0]))]
    draw = random.Random(seed)
    values = [Fraction(draw.randint(-5, 5)) for _ in outputs]
    mean = sum(w * v for w, v in zip(outputs, values))
    values = [v - mean for v in values]
    images = [sum(a * v for a, v in zip(row, values)) for row in rows]
    assert (sum(p * i * i for p, i in zip(law, images))
            <= _coefficient(rows) * sum(w * v * v for w, v in zip(outputs, values)))


@pytest.mark.parametrize("kept", [Fraction(1, 5), Fraction(1, 2), Fraction(1)])
def test_a_sign_that_is_sometimes_lost_attains_the_bound(kept):
    """X = 1 or -1, Y = X with probability delta and else 0: E (E[Y|X])^2 = delta^2 = delta E Y^2."""
    rows = [[kept, Fraction(0), 1 - kept], [Fraction(0), kept, 1 - kept]]
    assert _coefficient(rows) == kept
    images = [row[0] - row[1] for row in rows]
    assert sum(i * i for i in images) / 2 == kept * sum(row[0] + row[1] for row in rows) / 2


def test_variances_shrink_by_the_product():
    """Three coefficients 1/2 leave an eighth; a coefficient above 1 and a negative variance are refused."""
    assert variance_bound(["1/2", "1/2", "0.5"], 8) == 1
    with pytest.raises(InputError):
        variance_bound(["3/2"], 1)
    with pytest.raises(InputError):
        variance_bound([], -1)

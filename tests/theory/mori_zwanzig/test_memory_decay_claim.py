"""The bound on memory that is left out: closed forms, a rational chain, refusals."""

from __future__ import annotations

from fractions import Fraction

import pytest

from theory.exact.matrices import matrix, product
from theory.language.errors import ExactnessError, InputError
from theory.mori_zwanzig.dyson_mz import dyson_terms
from theory.mori_zwanzig.memory_decay import memory_remainder


def test_constant_rates_give_a_geometric_bound():
    """With all rates 1/3 lag h leaves a c w (1/3)^h / (2/3)."""
    for lag in range(5):
        assert memory_remainder(2, ["1/3"] * 5, 3, 1, lag) == 6 * Fraction(1, 3) ** lag * Fraction(3, 2)
    assert memory_remainder(2, ["1/3"] * 5, 3, 1, 5) == 0


def test_left_out_memory_of_a_rotated_chain_is_below_the_bound():
    """On a chain whose layer mixes a resolved and an unresolved mode the exact memory tail obeys the bound."""
    quarter = Fraction(1, 4)
    layer = matrix([[quarter, quarter], [quarter, quarter]], "M")
    keep = matrix([[1, 0], [0, 0]], "P")
    depth, state = 6, matrix([[1], [1]], "u")
    _, memory, _ = dyson_terms([layer] * depth, [keep] * depth, state)
    resolved = max(abs(x[0][0]) for x in (state, product(layer, state)))
    for lag in range(depth - 1):
        left = [sum(term[i][0] for term in memory[lag:]) for i in range(2)]
        # |M Q| = sqrt(2)/4 in the Euclidean norm, |Q M Q| = |Q M P| = 1/4
        bound = memory_remainder(1, [quarter] * (depth - 1), quarter, resolved, lag) ** 2 / 8
        assert 0 < sum(x * x for x in left) <= bound


def test_what_gives_no_certificate_is_refused():
    """Rates of 1, lags beyond the depth, negative bounds and floats are refused."""
    for call in ((1, ["1"], 1, 1, 0), (1, ["1/2"], 1, 1, 2), (-1, ["1/2"], 1, 1, 0)):
        with pytest.raises(InputError):
            memory_remainder(*call)
    with pytest.raises(ExactnessError):
        memory_remainder(1, [0.5], 1, 1, 0)

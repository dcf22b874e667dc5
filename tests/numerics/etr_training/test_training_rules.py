"""The rules of the experiments of the family on rows made by hand, and the data that they fixed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from numerics.etr_training import compiled_training, optimum_gaps, width_pairs


def test_pairs_are_the_least_widths():
    """The least widths of the fixed data: 2 for |x|, exclusive or and x^2, 3 for zig4 and the hat, all computed."""
    pairs = [width_pairs.fixed_pair(k) for k in range(len(width_pairs.FIXED))]
    assert [p.width for p in pairs] == [2, 2, 3, 3, 2]
    assert [p.below for p in pairs] == [Fraction(14, 5), 1, Fraction(2, 3), Fraction(1, 6), Fraction(5, 3)]


@pytest.mark.parametrize("seed", (3, 4))
def test_random_pairs_need_two_units(seed):
    """Random data are fitted by two units and missed by one unit by the margin or more."""
    found = width_pairs.random_pair(seed)
    assert found.width == 2 and found.below >= width_pairs.MARGIN


def row(**changes):
    """One row of the width experiment that satisfies the rule, with changes."""
    return {"seed": 1, "data": "xor", "width": 1, "needed": 2, "optimum": "1", "least": "1", "fits": 0, "runs": 8,
            **changes}


def test_a_loss_below_the_optimum_fails_however_close():
    """Nothing is allowed: a loss 10^-30 below the optimum fails the first criterion, equality holds."""
    fit = row(width=2, optimum="0", least="0", fits=8)
    assert width_pairs.EXPERIMENT.decide((row(), fit)).holds
    below = width_pairs.EXPERIMENT.decide((row(least=str(1 - Fraction(1, 10**30))), fit))
    assert [check.holds for check in below.checks] == [False, True, True]


def test_a_missed_fit_fails():
    """If the best run at the least width has loss 10^-5, the second criterion fails."""
    missed = width_pairs.EXPERIMENT.decide((row(), row(width=2, optimum="0", least="1/100000")))
    assert [check.holds for check in missed.checks] == [True, False, True]


def test_the_table_of_gaps_has_exact_intervals():
    """One record for each data set and width; 3 of 4 runs have an exact lower bound that solves the binomial tail."""
    rows = tuple({"seed": s, "data": "xor", "points": 4, "width": 1, "optimum": "1", "least": "1", "gap": 0.0,
                  "reached": 3 * s - 3, "runs": 2} for s in (1, 2))
    (record,) = optimum_gaps.table(({**rows[0], "reached": 2}, {**rows[1], "reached": 1}))
    low = record["low"]  # a quantile of scipy, good to about 1e-13
    assert record["rate"] == 0.75 and 4 * low**3 * (1 - low) + low**4 == pytest.approx(0.01, rel=1e-12)


def test_formulas_that_nothing_reaches_are_told_apart():
    """A loss below a floor and a margin above 1 fail their criteria, each for itself."""
    good = {"seed": 1, "formula": "x*x = -1", "activation": "id", "method": "Adam", "floor": "1/40000", "loss": 0.3,
            "below": False, "margin": 0.0, "weight": 1.0}
    decide = compiled_training.EXPERIMENT.decide
    assert decide((good,)).holds
    assert [c.holds for c in decide(({**good, "below": True},)).checks] == [False, True, True]
    assert [c.holds for c in decide(({**good, "margin": 1.01},)).checks] == [True, False, True]

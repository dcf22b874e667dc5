"""What the experiments of the family registered: rules by digest, seeds by number, and that no seed is used twice."""

from __future__ import annotations

from fractions import Fraction

import pytest

from numerics.etr_training import compiled_training, optimum_gaps, width_pairs
from proofs_check.measuring import experiment_modules

EXPERIMENTS = [module.EXPERIMENT for module in (width_pairs, compiled_training, optimum_gaps)]

DIGESTS = {
    "etr_training.width_pairs": "6af47a67ebdf24dc5144e814083951e6103d20854f8c0ef68fc6a5ef6e55116f",
    "etr_training.optimum_gaps": "8c10938cb648b8143c9acea1625327be6beb517ac9a8b2b236976a1d5512156c",
    "etr_training.compiled_training": "838a7eca2d1c703521f3ed229abb9eb8f7445f72f925f74a21f6de15dad6ce95",
}
"""Taken when the rules were fixed. A new digest needs fresh seeds and a line in the registration's history."""


def test_every_experiment_of_the_family_is_listed():
    """No module assigns EXPERIMENT without being registered here."""
    assert {f"numerics.etr_training.{e.id.split('.')[1]}" for e in EXPERIMENTS} == set(
        experiment_modules("etr_training"))


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_training_rules_are_the_registered_ones(experiment):
    """Thresholds, level, share and unit are those that were fixed beforehand."""
    assert experiment.rule.digest() == DIGESTS[experiment.id]


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_training_profiles_share_no_seed(experiment):
    """Quick and full profile, measurement and planted violations all draw different data."""
    groups = [group for size in (experiment.quick, experiment.full) for group in (size.seeds, size.planted_seeds)]
    assert len(set().union(*groups)) == sum(map(len, groups))
    assert not set().union(*groups) & set(experiment.registration.development_seeds)
    assert "evelopment seeds" in experiment.registration.history


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


@pytest.mark.slow
@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_the_quick_profile_of_training_passes(experiment):
    """The registered quick run holds its rule, catches every planted violation and spares the right program."""
    from numerics.experiments import run

    found = run(experiment)
    assert found.passed, found.detail

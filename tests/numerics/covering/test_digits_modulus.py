"""Trained digit networks: exact perturbations, the rounding allowance, and what the rule catches."""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch

from numerics.covering import digits_modulus as experiment
from numerics.covering import perturbation
from numerics.covering.small_tasks import accuracy
from numerics.experiments import NoMeasurementError, Size

SMALL = Size((1,), tuple(range(101, 121)),
             (("samples", 1), ("outputs", 2), ("steps", 20), ("rounds", 2), ("layer_sets", 3)))


def decide(rows):
    """Apply the experiment's rule."""
    return experiment.EXPERIMENT.decide(tuple(rows))


def test_training_is_deterministic_and_learns():
    """The same seed gives the same network, and 30 steps already classify most digits."""
    first, second = experiment.train(1, 30), experiment.train(1, 30)
    assert all(torch.equal(a, b) for p, q in zip(first, second) for a, b in zip(p, q))
    assert accuracy(experiment.TASK, first) > 0.8
    assert max(perturbation.layer_bounds(first)) <= experiment.BOX


def test_the_criteria_hold_on_a_small_sample():
    """One network passes every criterion; the share needs ten."""
    decision = decide(experiment.measure((1,), SMALL))
    assert decision.holds and 0 < decision.statistic <= 1 and not decision.covered


def test_false_moduli_are_caught_on_trained_networks():
    """sqrt(d) in place of d, and a fifth of the modulus, are refuted by trained networks alone."""
    size = experiment.EXPERIMENT.quick.for_planted()
    for seed in (101, 102):
        change = max(experiment.changes((seed,), size), key=lambda c: perturbation.trained_row(c)["quotient"])
        assert perturbation.trained_row(change)["quotient"] < 1
        for modulus in (perturbation.root_modulus, perturbation.scaled_modulus(Fraction(1, 5))):
            assert perturbation.trained_row(change, modulus)["quotient"] > 1


def test_the_rule_needs_both_kinds_of_rows():
    """Without the tightest case, or without trained networks, the rule does not hold: an envelope is no experiment."""
    rows = experiment.measure((1,), SMALL)
    for case in ("linear", "trained"):
        kept = [row for row in rows if row["case"] != case]
        if case == "linear":
            assert not decide(kept).holds
        else:
            with pytest.raises(NoMeasurementError):
                decide(kept)


def test_one_bad_network_fails_its_trial():
    """A change above the modulus makes that network's trial a failure and the rule false."""
    rows = list(experiment.measure((1,), SMALL))
    rows[0] = {**rows[0], "change": str(2 * Fraction(rows[0]["bound"]))}
    decision = decide(rows)
    assert not decision.holds and (decision.successes, decision.trials) == (0, 1)


def test_the_plot_has_the_bound_on_the_diagonal():
    """Measured changes lie on or below the line of equality."""
    found = experiment.EXPERIMENT.plot(experiment.measure((1,), SMALL))
    assert found.bound.x == found.bound.y
    assert all(y <= x for part in found.measured for x, y in zip(part.x, part.y))
    assert {part.label for part in found.measured} >= {"first layer moved", "linear, tightest"}

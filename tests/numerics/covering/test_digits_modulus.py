"""Trained digit networks: exact perturbations, the rounding allowance, and what the rule catches."""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch

from numerics.covering import digits_modulus as experiment
from numerics.experiments import NoMeasurementError, Size
from theory.covering import parameter_modulus

SMALL = Size((1,), tuple(range(101, 121)),
             (("samples", 1), ("outputs", 2), ("steps", 20), ("rounds", 2), ("layer_sets", 3)))


def decide(rows):
    """Apply the experiment's rule."""
    return experiment.EXPERIMENT.decide(tuple(rows))


def test_training_is_deterministic_and_learns():
    """The same seed gives the same network, and 30 steps already classify most digits."""
    first, second = experiment.train(1, 30), experiment.train(1, 30)
    assert all(torch.equal(a, b) for p, q in zip(first, second) for a, b in zip(p, q))
    assert experiment.accuracy(first) > 0.8
    assert max(experiment.layer_bounds(first)) <= experiment.BOX


def test_perturbations_are_exact():
    """Every parameter of a layer moves by exactly +-delta, in rational arithmetic."""
    network = experiment.train(2, 5)
    deltas = (Fraction(1, 2**10), Fraction(0))
    moved = experiment.perturb(network, deltas, sample=0, output=3, rounds=2)
    for old_layer, new_layer, delta in zip(network, moved, deltas):
        for old, new in zip(old_layer, new_layer):
            pairs = zip(old.flatten().tolist()[:200], new.flatten().tolist()[:200])
            assert all(abs(Fraction(b) - Fraction(a)) == delta for a, b in pairs)


def test_iterated_signs_raise_the_output():
    """The perturbation raises the chosen output on the chosen digit."""
    network, x = experiment.train(2, 5), experiment.digits()[0][:1]
    moved = experiment.perturb(network, (Fraction(1, 64),) * 2, sample=0, output=3, rounds=2)
    assert experiment.forward(moved, x)[0, 3] > experiment.forward(network, x)[0, 3]


def test_the_rounding_allowance_covers_the_real_error():
    """On one digit the float64 outputs differ from the exact rational ones by less than the allowance."""
    network, x = experiment.train(3, 5), experiment.digits()[0][:1]
    exact = [Fraction(v) for v in x[0].tolist()]
    for k, (weight, bias) in enumerate(network):
        rows = zip(weight.tolist(), bias.tolist())
        exact = [sum((Fraction(w) * h for w, h in zip(row, exact)), Fraction(b)) for row, b in rows]
        exact = exact if k == len(network) - 1 else [max(Fraction(0), v) for v in exact]
    allowance = experiment.rounding_allowance(experiment.WIDTHS, experiment.layer_bounds(network), Fraction(1))
    found = [Fraction(v) for v in experiment.forward(network, x)[0].tolist()]
    assert max(abs(a - b) for a, b in zip(found, exact)) <= allowance < Fraction(1, 10**9)


@pytest.mark.parametrize("seed", range(5))
def test_the_tightest_case_tends_to_one(seed):
    """In the linear case the quotient is below 1 and above 1 - 10^-6."""
    assert 1 - 1e-6 < experiment.tightest_row(seed)["quotient"] <= 1


def test_the_criteria_hold_on_a_small_sample():
    """One network passes every criterion; the share needs ten."""
    decision = decide(experiment.measure((1,), SMALL))
    assert decision.holds and 0 < decision.statistic <= 1 and not decision.covered


def test_false_moduli_are_caught_on_trained_networks():
    """sqrt(d) in place of d, and a fifth of the modulus, are refuted by trained networks alone."""
    size = experiment.EXPERIMENT.quick.for_planted()
    for seed in (101, 102):
        change = max(experiment.changes((seed,), size), key=lambda c: experiment.trained_row(c)["quotient"])
        for modulus in (experiment.root_modulus, experiment.scaled_modulus(Fraction(1, 5))):
            assert experiment.trained_row(change, modulus)["quotient"] > 1 > experiment.trained_row(change)["quotient"]


def test_false_moduli_are_caught_in_the_tightest_case():
    """sqrt(d) in place of d and a millionth less exceed 1 in every seed tried, the right modulus in none."""
    for seed in SMALL.planted_seeds:
        assert experiment.tightest_row(seed)["quotient"] <= 1
        for modulus in (experiment.root_modulus, experiment.scaled_modulus(Fraction(999_999, 1_000_000))):
            assert experiment.tightest_row(seed, modulus)["quotient"] > 1


def test_the_root_modulus_is_the_formula_with_roots():
    """For widths that are squares the planted modulus equals the right one with the roots as widths."""
    found = experiment.root_modulus((4, 9, 16, 1), bound=Fraction(1, 2), input_radius=Fraction(2))
    expected = parameter_modulus((2, 3, 4, 1), bound="0.5", input_radius=2, lipschitz=1)
    assert found == expected


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
    found = experiment.plot(experiment.measure((1,), SMALL))
    assert found.bound.x == found.bound.y
    assert all(y <= x for part in found.measured for x, y in zip(part.x, part.y))
    assert {part.label for part in found.measured} >= {"first layer moved", "linear, tightest"}

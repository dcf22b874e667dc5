"""Trained digit networks: exact perturbations, the rounding allowance, and what the rule catches."""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch

from numerics.covering import digits_modulus as experiment
from numerics.experiments.protocol import Size
from theory.covering import parameter_modulus

SMALL = Size((1,), tuple(range(101, 121)), (("samples", 1), ("outputs", 2), ("steps", 10), ("rounds", 2)))


def test_training_is_deterministic_and_learns():
    """The same seed gives the same network, and 30 steps already classify most digits."""
    first, second = experiment.train(1, 30), experiment.train(1, 30)
    assert all(torch.equal(a, b) for p, q in zip(first, second) for a, b in zip(p, q))
    assert experiment.accuracy(first) > 0.8


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


def test_the_rule_holds_on_a_small_sample():
    """A barely trained network passes the rule."""
    decision = experiment.decide(experiment.measure((1,), SMALL))
    assert decision.holds and 0 < decision.statistic <= 1


def test_false_moduli_are_caught_in_every_seed():
    """sqrt(d) in place of d and a modulus one per cent smaller are rejected, the right one is not."""
    for violation in experiment.EXPERIMENT.planted:
        rows = violation.program(SMALL.planted_seeds, SMALL)
        assert len(rows) == 20 and not any(experiment.decide((row,)).holds for row in rows)
    assert all(experiment.decide((experiment.tightest_row(seed),)).holds for seed in SMALL.planted_seeds)


def test_the_root_modulus_is_the_formula_with_roots():
    """For widths that are squares the planted modulus equals the right one with the roots as widths."""
    found = experiment.root_modulus((4, 9, 16, 1), bound=Fraction(1, 2), input_radius=Fraction(2))
    expected = parameter_modulus((2, 3, 4, 1), bound="0.5", input_radius=2, lipschitz=1)
    assert found == expected


def test_the_rule_needs_the_tightest_case():
    """Without the tightest case the rule does not hold: a loose envelope is no experiment."""
    rows = tuple(row for row in experiment.measure((1,), SMALL) if not row["case"].startswith("linear"))
    assert rows and not experiment.decide(rows).holds

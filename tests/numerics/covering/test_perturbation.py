"""Adversarial perturbations: exact moves, the rounding allowance, the tightest case and false moduli."""

from __future__ import annotations

from fractions import Fraction

import pytest

from numerics.covering import perturbation
from numerics.covering.small_tasks import DIGITS, data, forward, train
from theory.covering import parameter_modulus


@pytest.fixture(scope="module")
def network():
    """A network that has seen a few steps on digits."""
    return train(DIGITS, 2, 5)


def test_perturbations_are_exact(network):
    """Every parameter of a layer moves by exactly +-delta, in rational arithmetic."""
    deltas = (Fraction(1, 2**10), Fraction(0))
    moved = perturbation.perturb(network, deltas, data("digits")[0][:1], output=3, rounds=2)
    for old_layer, new_layer, delta in zip(network, moved, deltas):
        for old, new in zip(old_layer, new_layer):
            pairs = zip(old.flatten().tolist()[:200], new.flatten().tolist()[:200])
            assert all(abs(Fraction(b) - Fraction(a)) == delta for a, b in pairs)


def test_iterated_signs_raise_the_output(network):
    """The perturbation raises the chosen output on the chosen digit."""
    x = data("digits")[0][:1]
    moved = perturbation.perturb(network, (Fraction(1, 64),) * 2, x, output=3, rounds=2)
    assert forward(moved, x)[0, 3] > forward(network, x)[0, 3]


def test_the_rounding_allowance_covers_the_real_error(network):
    """On one digit the float64 outputs differ from the exact rational ones by less than the allowance."""
    x = data("digits")[0][:1]
    exact = [Fraction(v) for v in x[0].tolist()]
    for k, (weight, bias) in enumerate(network):
        rows = zip(weight.tolist(), bias.tolist())
        exact = [sum((Fraction(w) * h for w, h in zip(row, exact)), Fraction(b)) for row, b in rows]
        exact = exact if k == len(network) - 1 else [max(Fraction(0), v) for v in exact]
    allowance = perturbation.rounding_allowance(DIGITS.widths, perturbation.layer_bounds(network), Fraction(1))
    found = [Fraction(v) for v in forward(network, x)[0].tolist()]
    assert max(abs(a - b) for a, b in zip(found, exact)) <= allowance < Fraction(1, 10**9)


@pytest.mark.parametrize("seed", range(5))
def test_the_tightest_case_tends_to_one(seed):
    """In the linear case the quotient is below 1 and above 1 - 10^-6."""
    assert 1 - 1e-6 < perturbation.tightest_row(seed)["quotient"] <= 1


def test_false_moduli_are_caught_in_the_tightest_case():
    """sqrt(d) in place of d and a millionth less exceed 1 in every seed tried, the right modulus in none."""
    for seed in range(101, 121):
        assert perturbation.tightest_row(seed)["quotient"] <= 1
        for modulus in (perturbation.root_modulus, perturbation.scaled_modulus(Fraction(999_999, 1_000_000))):
            assert perturbation.tightest_row(seed, modulus)["quotient"] > 1


def test_the_root_modulus_is_the_formula_with_roots():
    """For widths that are squares the planted modulus equals the right one with the roots as widths."""
    found = perturbation.root_modulus((4, 9, 16, 1), bound=Fraction(1, 2), input_radius=Fraction(2))
    expected = parameter_modulus((2, 3, 4, 1), bound="0.5", input_radius=2, lipschitz=1)
    assert found == expected

"""Permuted trained networks: integer evaluation is exact, the rounding bound covers, wrong programs show."""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch

from numerics.covering import digits_modulus
from numerics.covering import permuted_networks as experiment
from numerics.experiments import Size

SMALL = Size((1,), tuple(range(101, 121)), (("steps", 15),))
SCALE = 2 ** (experiment.INPUT_BITS + 2 * experiment.WEIGHT_BITS)


def exact_outputs(layers, x):
    """Outputs of the rational network that the integers stand for, by Fractions."""
    bits, h = experiment.INPUT_BITS, [Fraction(v) for v in x.tolist()]
    for k, (weight, bias) in enumerate(layers):
        bits += experiment.WEIGHT_BITS
        h = [sum((Fraction(w, 2**experiment.WEIGHT_BITS) * v for w, v in zip(row, h)), Fraction(b, 2**bits))
             for row, b in zip(weight.tolist(), bias.tolist())]
        h = h if k == len(layers) - 1 else [max(Fraction(0), v) for v in h]
    return h


def test_integers_are_the_rational_network():
    """On one digit the integer outputs, scaled back, equal those in Fractions."""
    layers = experiment.relu_network(1, 15)
    found = experiment.integer_outputs(list(layers))[0][7].tolist()
    assert [Fraction(v, SCALE) for v in found] == exact_outputs(layers, digits_modulus.digits()[0][7])


def test_integers_cannot_overflow():
    """With weights at most 1/4 and inputs at most 1 all sums stay far below 2^63."""
    layers = experiment.relu_network(1, 15)
    largest = [int(weight.abs().max()) for weight, _ in layers]
    hidden = 64 * 2**experiment.INPUT_BITS * largest[0] + int(layers[0][1].abs().max())
    assert 32 * hidden * largest[1] + int(layers[1][1].abs().max()) < 2**60


def test_permuting_moves_the_first_unit_and_keeps_the_parameters():
    """Rows and biases of the first layer are rearranged together, none stays at the first place."""
    layers = list(experiment.relu_network(1, 15))
    moved = experiment.permute(layers, 1)
    before = [(*row, b) for row, b in zip(layers[0][0].tolist(), layers[0][1].tolist())]
    after = [(*row, b) for row, b in zip(moved[0][0].tolist(), moved[0][1].tolist())]
    assert sorted(before) == sorted(after) and before[0] != after[0]
    assert torch.equal(layers[1][1], moved[1][1])


def test_the_rounding_bound_covers_another_order_of_sums():
    """Outputs in float64 and those with reversed units differ by less than the bound, which is below 10^-9."""
    layers, x = list(experiment.tanh_network(2, 15)), digits_modulus.digits()[0][:200]
    order = torch.arange(15, -1, -1)
    reversed_units = [(layers[0][0][order], layers[0][1][order]), (layers[1][0][:, order], layers[1][1]), layers[2]]
    difference = (experiment.tanh_outputs(layers, x) - experiment.tanh_outputs(reversed_units, x)).abs().max().item()
    assert difference < experiment.tanh_allowance(layers) < 1e-9


def test_the_criteria_hold_on_one_seed():
    """Integer outputs are equal and float64 outputs nearly so; the share needs ten seeds."""
    decision = experiment.EXPERIMENT.decide(experiment.measure((1,), SMALL))
    assert decision.holds and not decision.covered


@pytest.mark.parametrize("index", range(3))
def test_wrong_programs_are_caught_in_integers(index):
    """A last bit, biases that stay and activations of places change an output."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((101,), SMALL))
    assert not decision.checks[0].holds


def test_a_network_that_learned_nothing_decides_nothing():
    """The accuracy is a guard of the rule."""
    rows = tuple({**row, "accuracy": 0.2} for row in experiment.measure((1,), SMALL))
    assert not experiment.EXPERIMENT.decide(rows).sound


def test_the_plot_lies_below_the_allowance():
    """Measured differences are below the line of equality."""
    found = experiment.plot(experiment.measure((1,), SMALL))
    assert all(y <= x for part in found.measured for x, y in zip(part.x, part.y))

"""Training one-hidden-layer networks: derivatives, descent, and exact losses of the end points."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
import torch

from numerics.etr_training import shallow_training
from theory.etr_training import data_families as families
from theory.etr_training.instance import TrainingInstance

POINTS, LABELS = families.absolute_values(5)


def batch(width=2, runs=6, seed=1):
    """Runs on |x|."""
    return shallow_training.starts(POINTS, [y for y, in LABELS], width, runs, seed)


@pytest.mark.parametrize("leak", (0.0, 0.125))
def test_the_jacobian_is_the_derivative(leak):
    """The hand-written Jacobian equals automatic differentiation."""
    runs = replace(batch(), leak=leak)
    _, jacobian = shallow_training.residuals_and_jacobian(runs, runs.weights)
    found = torch.autograd.functional.jacobian(
        lambda w: shallow_training.residuals_and_jacobian(runs, w)[0].sum(0), runs.weights)
    # an entry is a product of three numbers below 8
    assert torch.allclose(found.permute(1, 0, 2, 3).flatten(2), jacobian, rtol=0, atol=2.0**-44)


def test_training_fits_what_two_units_fit():
    """Some of the runs on |x| with two units reach a loss below 10^-20, and the loss never rises while polishing."""
    runs = batch(runs=24)
    after = shallow_training.adam(runs, 150)
    polished = shallow_training.levenberg_marquardt(runs, after, 30)
    losses = shallow_training.losses(runs, polished)
    assert (losses <= shallow_training.losses(runs, after)).all() and losses.min() < 1e-20


def test_exact_losses_are_those_of_the_instance():
    """A run's exact loss is the loss of its float64 weights as rational numbers, and rounds to the float64 loss."""
    instance, runs = TrainingInstance.one_hidden_layer(POINTS, LABELS, 2), batch()
    exact = shallow_training.exact_loss(instance, runs.weights[0])
    assert isinstance(exact, Fraction)
    # a loss of five positive terms: some hundred roundings of relative size 2^-53
    assert float(exact) == pytest.approx(float(shallow_training.losses(runs, runs.weights)[0]), rel=1e-12)


def test_starts_depend_on_the_seed_only():
    """Equal seeds give equal starts, and runs keep their own data when batches are joined."""
    assert torch.equal(batch().weights, batch().weights) and not torch.equal(batch().weights, batch(seed=2).weights)
    both = shallow_training.joined([batch(), batch(seed=2)])
    assert len(both.weights) == len(both.points) == 12 and torch.equal(both.weights[6:], batch(seed=2).weights)

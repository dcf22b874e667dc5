"""The depth invariant as an experiment: both directions apart, the closed form, wrong backward programs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from numerics.mori_zwanzig import depth_invariant as experiment

SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()


@pytest.fixture(scope="module")
def rows():
    """Rows of the right program on one seed."""
    return experiment.measure((1,), SMALL)


def test_the_invariant_is_the_mean_output(rows):
    """int p_0 q_0 of a trained network agrees with the mean of 10^5 simulated outputs to 5 standard errors."""
    import torch

    chain, = experiment.trained_chains(experiment.LINE, (1,), 150)
    x = np.random.default_rng(0).uniform(-1, 1, (100_000, 1))
    drawn = chain.observable()(chain.sample(x, 1, torch.Generator().manual_seed(0))[0])
    value = next(row["value"] for row in rows if row["case"] == "N=1")
    assert abs(drawn.mean() - value) < 5*drawn.std()/len(x)**0.5


def test_invariant_criteria_hold_on_one_seed(rows):
    """Drift, closed form and mass are within the rule; one seed is no verdict."""
    decision = experiment.EXPERIMENT.decide(rows)
    assert decision.holds and decision.sound and not decision.covered


@pytest.mark.parametrize("index", range(4))
def test_each_wrong_backward_program_drifts(index):
    """Transposed order, b_{n+1}, Gaussian noise and half the range drift by more than 10^-8."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((1,), SMALL))
    assert not decision.checks[0].holds


def test_the_figure_shows_every_density_with_the_input_s_as_line(rows):
    """p_1, p_2, p_3 as series and the constant 1/2 as the line."""
    found = experiment.plot(rows)
    assert [part.label for part in found.measured] == ["p_1", "p_2", "p_3"]
    assert np.allclose(found.bound.y, 0.5, atol=1e-9)

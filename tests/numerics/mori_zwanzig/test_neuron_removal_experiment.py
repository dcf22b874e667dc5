"""Neuron removal as an experiment: the attained bound, wrong certificates, ranks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from numerics.mori_zwanzig import neuron_removal as experiment
from numerics.mori_zwanzig.neuron_removal import TIGHT, Wrong

SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()


def test_the_tightest_bound_by_hand():
    """osc = 2, shift 1/2 against a noise of width 2: the bound is 1/2; half the range 1/4, b_1 = 3 gives 1/6."""
    assert abs(experiment.bound(TIGHT, 0, 1, Wrong()) - 1/2) < 1e-12
    assert abs(experiment.bound(TIGHT, 0, 1, Wrong(halved=True)) - 1/4) < 1e-12
    assert abs(experiment.bound(TIGHT, 0, 1, Wrong(following=True)) - 1/6) < 1e-12


def test_removal_criteria_hold_on_one_seed():
    """Effects of all neurons of the last level stay below their certificates; one seed is no verdict."""
    rows = experiment.measure((1,), SMALL)
    decision = experiment.EXPERIMENT.decide(rows)
    assert decision.holds and decision.sound and not decision.covered
    assert len(rows) == experiment.TASK.width + 1 and len(experiment.rank_correlations(rows)) == 1


@pytest.mark.parametrize("index", range(3))
def test_each_wrong_removal_certificate_is_exceeded(index):
    """Half the range, b_{n+1} and Gaussian noise under the uniform formula are refuted by the tightest case."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((1,), SMALL))
    assert not decision.checks[0].holds


def test_ranks_of_opposite_orders_are_minus_one():
    """Bounds 1, 2, 3 and effects 3, 2, 1."""
    rows = tuple({"seed": 1, "case": "trained", "level": 1, "bound": float(k), "effect": 4.0 - k} for k in (1, 2, 3))
    assert np.allclose(experiment.rank_correlations(rows), -1)

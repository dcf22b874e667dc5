"""The Hilbert-Schmidt regime as an experiment: schedules by hand, the bias of the plug-in, wrong schedules."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from numerics.mori_zwanzig import hs_regime as experiment

SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()


def test_schedules_by_hand():
    """kappa = 1/2: 2, 6, 14, 30; kappa = 1, width 4: 1, 2, 3; wrong schedules differ."""
    half = Fraction(1, 2)
    assert experiment.amplitudes(1, half, 4) == ("2", "6", "14", "30")
    assert experiment.amplitudes(4, Fraction(1), 3) == ("1", "2", "3")
    assert experiment.slow(1, half, 3) == ("2", "5/2", "3")
    assert experiment.shifted(1, half, 3) == ("2", "2", "6")
    assert 2 <= Fraction(experiment.slipped(1, half, 1)[0])**2 < 2 + Fraction(1, 500)


def test_four_wide_amplitudes_of_the_literature():
    """kappa = 1/2, width 4: 1.1892, 2.6034, 4.2852 to the rounding of the root."""
    found = [float(Fraction(b)) for b in experiment.amplitudes(4, Fraction(1, 2), 3)]
    assert np.allclose(found, (1.1892, 2.6034, 4.2852), atol=2e-3)


@pytest.mark.parametrize("width, kappa", [(1, Fraction(1, 2)), (4, Fraction(1))])
def test_constant_layers_attain_kappa(width, kappa):
    """lambda(Omega_1)/lambda(Omega_2) = kappa behind a saturated layer, and so is the certificate."""
    row = experiment.constant_row(1, width, kappa, experiment.RIGHT)
    assert abs(row["norm"]/float(kappa) - 1) < 1e-9 and abs(row["hs"]/row["norm"] - 1) < 1e-9


def test_the_bias_of_the_plug_in_is_the_variance_over_k():
    """On an untrained network: excess of the plug-in within 5 standard errors of Var/K, far from 0."""
    task = experiment.wide_task(2)
    chain, = experiment.trained_chains(task, (1,), 0)
    found = experiment.simulated(chain, task, 1, 2000)
    assert abs(found["z"]) < 5 < found["z_zero"]
    assert abs(found["bias"]/found["noise"] - 1) < 0.5


def test_regime_criteria_hold_on_one_seed():
    """One seed satisfies every criterion and gives no verdict."""
    decision = experiment.EXPERIMENT.decide(experiment.measure((1,), SMALL))
    assert decision.holds and decision.sound and not decision.covered


@pytest.mark.parametrize("index, check", [(0, 1), (1, 1), (2, 1), (3, 0), (4, 3)])
def test_each_wrong_schedule_or_certificate_fails(index, check):
    """Schedules that grow too slowly leave the regime; half the range is no bound; the plug-in is biased."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((1,), SMALL))
    assert not decision.checks[check].holds

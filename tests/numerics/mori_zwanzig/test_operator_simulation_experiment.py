"""Operators against simulation as an experiment: the closed form, wrong programs, the Bonferroni quotient."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from numerics.mori_zwanzig import operator_vs_monte_carlo as experiment
from numerics.mori_zwanzig.monte_carlo import threshold

SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()


def test_the_closed_form_of_two_linear_layers():
    """E (2x + 2 xi_0 + xi_1)^4 by 8-point Gauss sums over both noises equals 16 x^4 + 40 x^2 + 91/15."""
    nodes, weights = np.polynomial.legendre.leggauss(8)
    for x in (-1.0, 0.3):
        mean = sum(a*b*(2*x + 2*s + t)**4 for s, a in zip(nodes, weights) for t, b in zip(nodes, weights))/4
        assert abs(mean - (16*x**4 + 40*x**2 + 91/15)) < 1e-12


def test_simulation_agrees_on_one_seed():
    """All criteria hold for one trained network; there is no verdict yet."""
    decision = experiment.EXPERIMENT.decide(experiment.measure((1,), SMALL))
    assert decision.holds and decision.sound and not decision.covered


@pytest.mark.parametrize("index, check", [(0, 0), (1, 2), (2, 0), (3, 0)])
def test_each_wrong_program_is_seen_in_one_seed(index, check):
    """Shared noise, transposed order, Gaussian noise and half the amplitude fail the z-test or the closed form."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((1,), SMALL))
    assert not decision.checks[check].holds


def test_the_quotient_uses_each_case_s_own_number_of_inputs():
    """Two inputs with z = 3 and z = -4: the quotient is 4 over the bound for two tests."""
    rows = tuple({"seed": 1, "case": "linear", "z": z, "exact": 0.0} for z in (3.0, -4.0))
    assert experiment.worst(rows) == {(1, "linear"): 4.0/threshold(2, 1e-4)}

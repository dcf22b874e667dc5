"""Memory truncation as an experiment: the tightest case by hand, wrong equations, what the criteria see."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from numerics.mori_zwanzig import memory_truncation as experiment
from numerics.mori_zwanzig.truncation import truncation_errors

SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()


@pytest.fixture(scope="module")
def rows():
    """Rows of the right program on one seed."""
    return experiment.measure((1,), SMALL)


def test_the_tightest_case_in_closed_form():
    """q_0 = s + tail by geometric series: the one-step quotient at lag h is 1 - 2^-(29 - h)."""
    found = experiment.quotients(tuple(r for r in experiment.measure((1,), SMALL) if r["case"] == "tightest"))
    assert np.allclose(found, [1 - 2.0**-(29 - h) for h in range(len(found))], atol=1e-9) and len(found) == 8


def test_errors_in_one_pass_are_those_of_the_library():
    """The cumulative sums give `truncation_errors` of a trained network at every lag."""
    chain, = experiment.trained_chains(experiment.LINE, (1,), 150)
    found = experiment.decomposition(chain, 1)
    assert np.allclose(experiment.one_step_errors(found), truncation_errors(found), rtol=1e-9, atol=1e-14)


def test_the_criteria_hold_and_one_seed_is_no_verdict(rows):
    """All criteria and guards hold on one network; the share of successes needs ten seeds."""
    decision = experiment.EXPERIMENT.decide(rows)
    assert decision.holds and decision.sound and not decision.covered


@pytest.mark.parametrize("index, check", [(0, 2), (1, 2), (2, 2), (3, 2), (4, 0)])
def test_each_wrong_equation_fails_where_it_should(index, check):
    """Missing Q, constants, transposed order and early sum are not exact at full lag; a factor more is no bound."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((1,), SMALL))
    assert not decision.checks[check].holds


def test_constants_do_not_decay():
    """With constants as the only projection the error stays near 1 at every lag, the full one included."""
    found = [r["one_step"] for r in experiment.EXPERIMENT.planted[1].program((1,), SMALL) if r["case"] != "tightest"]
    assert len(found) == 8 and min(found) > 0.9


def test_one_step_and_recursive_errors_are_told_apart(rows):
    """They agree at full lag only: run on its own, the truncated model of a trained network is another one."""
    trained = [r for r in rows if r["case"] != "tightest"]
    assert trained[0]["recursive"] > 1.2*trained[0]["one_step"] and trained[-1]["recursive"] < 1e-12


def test_the_plot_shows_errors_below_the_certified_line(rows):
    """One-step errors lie below the line at each lag."""
    found = experiment.plot(rows)
    assert all(y <= b for y, b in zip(found.measured[0].y, found.bound.y)) and len(found.bound.x) == 7

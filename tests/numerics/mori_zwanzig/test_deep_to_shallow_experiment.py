"""Deep to shallow as an experiment: the attained case, wrong shallow functions, the comparison from scratch."""

from __future__ import annotations

from dataclasses import replace

import pytest

from numerics.mori_zwanzig import deep_to_shallow as experiment

SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()


def test_compression_criteria_hold_on_one_seed():
    """Measured errors stay below the certificate, a constant offset nearly attains it; one seed is no verdict."""
    rows = experiment.measure((1,), SMALL)
    decision = experiment.EXPERIMENT.decide(rows)
    assert decision.holds and decision.sound and not decision.covered
    assert [row["case"] for row in rows] == ["trained", "tightest"]


@pytest.mark.parametrize("index", range(4))
def test_each_wrong_shallow_function_exceeds_the_certificate(index):
    """Contracted errors, another order, b_1 for b_0 and a missing mean are refuted in one seed."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((1,), SMALL))
    assert not decision.checks[0].holds


def test_networks_from_scratch_learn_and_have_enough_parameters():
    """Training reduces the sup error of a shallow network on q_0; its parameters are at least the compression's."""
    chains = experiment.trained_chains(experiment.TASK, (1,), 150)
    before, after = (experiment.trained_shallow(chains, 4, steps)[0] for steps in (0, 300))
    assert after < before/3
    row, = experiment._scratch((1,), chains, 8, replace(SMALL, options=(("cells", 200), ("steps", 1))))
    assert row["parameters"] >= experiment.compressed(chains[0], 8, 200).parameters

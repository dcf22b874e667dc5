"""Certificates before training against runs: closed forms, refusals, wrong programs, fresh seeds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from numerics.gnn_convergence import a_priori as experiment
from numerics.gnn_convergence.envelope import Cell

SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_layers_that_shrink_approach_the_certificate(depth):
    """A head of length 0.6 on orthogonal layers: (1 - 0.36)^H is certified, and lambda falls to it from 1."""
    cell = Cell("karate", "gin", depth, False, "shrinking")
    start, least = experiment.flow_of(1, cell)
    assert abs(experiment.right_lambda(1, cell) - 0.64**depth) < 1e-6
    assert abs(start - 1) < 1e-12 and 0.64**depth - 1e-9 < least < 0.64**depth*1.001


def test_wrong_certificates_by_hand():
    """lambda at the start is 1, the flipped sign gives eigenvalues 1.36, 1, ..., 1, the tall matrix has 0."""
    cell = Cell("davis", "gcn", 1, False, "shrinking")
    found = [experiment.claimed_lambda(1, cell, wrong) for wrong in (
        experiment.Wrong(start=True), experiment.Wrong(flipped=True), experiment.Wrong(tall=True))]
    assert found == pytest.approx([1, 1, 0], abs=1e-9)


def test_a_step_twenty_times_too_big_is_refused_and_the_certified_one_is_not():
    """Labels and the last singular direction; the step times the smoothness is at most 1."""
    for case in ("descent", "tight descent"):
        cell = Cell("florentine", "gcn", 1, False, case)
        found = experiment.certificate(1, cell)
        assert found.step*found.smoothness <= 1 and experiment.refused(1, cell)


def test_the_certificate_holds_over_a_thousand_iterates():
    """Gaps, lambda, path and drift of 1000 steps stay within what is certified."""
    row = experiment.descent_row(4, Cell("karate", "gcn", 1, False, "descent"), 1000, experiment.Wrong())
    assert row["excess"] < 0 and row["refused"]
    assert max(row["lambda"], row["path"], row["drift"]) <= 1 + 1e-9


def test_the_tight_descent_has_twice_the_certified_exponent():
    """Along the last direction a step shrinks the gap by (1 - 2 x)^2 where 1 - 2 x is certified."""
    row = experiment.descent_row(1, Cell("florentine", "gin", 1, False, "tight descent"), 100, experiment.Wrong())
    assert abs(row["tightness"] - 2) < 0.01


def test_a_run_that_overflows_breaks_every_bound():
    """Steps that are a million times too big leave the floats: no quotient is NaN, all exceed 1."""
    run = experiment.descent_of(1, Cell("karate", "gin", 1, False, "descent"), 60, "gd", False, 10**6)
    assert run.path > 1e6 and run.drift > 1e6 and run.lambda_ < 1e-6 and run.losses.max() > 1e6


def test_a_priori_criteria_hold_on_one_seed():
    """One seed satisfies every criterion and gives no verdict."""
    decision = experiment.EXPERIMENT.decide(experiment.measure((1,), SMALL))
    assert decision.holds and decision.sound and not decision.covered


@pytest.mark.parametrize("index, check", [(0, 0), (1, 0), (2, 1), (3, 2), (4, 5), (5, 2), (6, 6)])
def test_each_wrong_certificate_fails(index, check):
    """lambda at the start, a wrong sign, the tall matrix, the full rate, Adam, the mean loss, a step too big."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((1,), SMALL))
    assert not decision.checks[check].holds


@pytest.mark.slow
@pytest.mark.parametrize("first", [782_001, 792_001])
def test_fresh_seeds_hold_the_certificates_and_catch_wrong_programs(first):
    """Seeds that no profile uses: the right program is never rejected, every wrong one always."""
    seeds, decide = tuple(range(first, first + 6)), experiment.EXPERIMENT.decide
    for seed in seeds:
        assert decide(experiment.measure((seed,), SMALL)).holds
        assert not any(decide(p.program((seed,), SMALL)).holds for p in experiment.EXPERIMENT.planted)


def test_the_plot_shows_observed_against_certified_lambda():
    """No observed lambda is below its certificate."""
    plot = experiment.plot(experiment.measure((1,), SMALL))
    assert all(y >= x*(1 - 1e-6) for s in plot.measured for x, y in zip(s.x, s.y))

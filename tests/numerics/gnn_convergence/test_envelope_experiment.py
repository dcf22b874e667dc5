"""Gradient flow against the bound: cells, tight starts by closed form, twins, wrong programs, fresh seeds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from numerics.gnn_convergence import envelope as experiment
from numerics.gnn_convergence.balancedness import conserved, drift
from numerics.gnn_convergence.networks import Problem, Weights

SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()


def test_the_full_profile_covers_every_cell():
    """Twelve seeds in a row: all graphs, both aggregations, with and without skips, depths 1 to 3."""
    size = experiment.EXPERIMENT.full
    found = {(c.graph, c.kind, c.depth, c.skip) for seed in size.seeds for c in experiment.cells(seed, 4)}
    assert len(found) == 4*2*3*2
    assert {c.case for c in experiment.cells(1, 4)} == {"labels", "tight", "shrinking", "twins"}


@pytest.mark.parametrize("skip", [False, True])
def test_tight_starts_decay_like_their_last_singular_value(skip):
    """With W = 0, orthogonal layers and small labels v_last the gap is g_0 exp(-4 sigma_+^2 t) up to 0.2 percent."""
    cell = experiment.Cell("karate", "gin", 2, skip, "tight")
    problem, start = experiment.problem_of(3, cell)
    values = np.linalg.svd(problem.design(), compute_uv=False)
    run = experiment.trained(3, cell, "DOP853")
    assert np.allclose(np.log(run.losses/run.losses[0]), -4*values[-1]**2*run.times, rtol=2e-3, atol=1e-9)
    assert all(np.allclose(b.T @ b, np.eye(6)) for b in start.B) and not any(w.any() for w in start.W)


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_layers_that_shrink_by_closed_form(depth):
    """All singular values that see the head are b, b' = -2 b^(2H+1): lambda = 1/(1 + 4 H t), L = lambda^((H+1)/H)."""
    run = experiment.trained(2, experiment.Cell("davis", "gcn", depth, False, "shrinking"), "DOP853")
    expected = 1/(1 + 4*depth*run.times)
    assert np.allclose(run.lambdas, expected, rtol=1e-6)
    assert np.allclose(run.losses, expected**((depth + 1)/depth), rtol=1e-6)


def test_conserved_matrices_by_hand():
    """H = 1, B = (3), W = (2): 9 - 4; with skips W_0 does not enter; a drift is the change's norm."""
    one = Problem([[1.0]], [[1.0]], (0,), [[0.0]], 1)
    assert conserved(one, Weights((np.array([[3.0]]),), (np.array([[2.0]]),)))[0].item() == 5
    both = Problem([[1.0]], [[1.0]], (0,), [[0.0]], 1, skip=True)
    start = Weights((np.array([[3.0]]),), (np.array([[7.0]]), np.array([[2.0]])))
    assert conserved(both, start)[0].item() == 5
    moved = Weights((np.array([[4.0]]),), (np.array([[7.0]]), np.array([[2.0]])))
    assert drift(both, start, moved) == 7


def test_conserved_matrices_agree_with_the_exact_ones():
    """Two layers with a head, integer weights: the theory's exact matrices."""
    from theory.gnn_convergence import conserved as exact

    layers, head = (((1, 2), (0, 1), (3, 1)), ((1, 0, 1), (2, 1, 0), (0, 1, 1))), ((1, -1, 2),)
    problem = Problem(np.ones((2, 1)), [[1.0]], (0,), [[0.0]], 2)
    w = Weights(tuple(np.array(b, dtype=float) for b in layers), (np.array(head, dtype=float),))
    for found, expected in zip(conserved(problem, w), exact(layers, head)):
        assert found.tolist() == [[float(x) for x in row] for row in expected]


def test_the_printed_bound_is_vacuous_on_twins():
    """Two closed twins in the training set of a linear network: sigma_min = 0 exactly, sigma_+ > 0."""
    for kind in experiment.KINDS:
        problem, _ = experiment.problem_of(5, experiment.Cell("les_miserables", kind, 2, False, "twins"))
        assert problem.sigma_min_squared() == 0 < problem.sigma_plus_squared()
        assert problem.rank.exact and problem.rank.value < 5


def test_envelope_criteria_hold_on_one_seed():
    """One seed satisfies every criterion and gives no verdict."""
    decision = experiment.EXPERIMENT.decide(experiment.measure((1,), SMALL))
    assert decision.holds and decision.sound and not decision.covered


@pytest.mark.parametrize("index, check", [(0, 0), (1, 0), (2, 2), (3, 0), (4, 3), (5, 0), (6, 4), (7, 2)])
def test_each_wrong_envelope_fails(index, check):
    """A wrong constant, lambda at the start, S_II, a miscounted sigma, twins overlooked, half the loss, Adam, L*."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((1,), SMALL))
    assert not decision.checks[check].holds


@pytest.mark.slow
@pytest.mark.parametrize("first", [781_001, 791_001])
def test_fresh_seeds_hold_the_envelope_and_catch_wrong_programs(first):
    """Seeds that no profile uses: the right program is never rejected, every wrong one always."""
    seeds, decide = tuple(range(first, first + 6)), experiment.EXPERIMENT.decide
    for seed in seeds:
        assert decide(experiment.measure((seed,), SMALL)).holds
        assert not any(decide(p.program((seed,), SMALL)).holds for p in experiment.EXPERIMENT.planted)


def test_the_plot_shows_measured_against_certified_exponents():
    """Every case is a series, above the diagonal up to 0.1 percent."""
    plot = experiment.plot(experiment.measure((1,), SMALL))
    assert {s.label for s in plot.measured} == {"labels", "tight", "shrinking", "twins"}
    assert all(y >= x*0.999 for s in plot.measured for x, y in zip(s.x, s.y))

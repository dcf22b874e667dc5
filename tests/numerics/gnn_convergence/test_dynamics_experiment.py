"""The dynamics identity as an experiment: Kronecker formulas by hand, measurements by two ways, wrong programs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from numerics.gnn_convergence import dynamics as experiment
from numerics.gnn_convergence.graphs import gaussian_features, graph_named
from numerics.gnn_convergence.kronecker_terms import kronecker_terms
from numerics.gnn_convergence.networks import Problem, Weights, contributions, initial, predict, shift
from numerics.gnn_convergence.torch_network import GraphNetwork

ONE = np.ones((1, 1))
SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()


def test_kronecker_terms_of_a_network_of_numbers():
    """x = S = 1, layers b = 2, c = 3, heads 1, 5, 7, V = 1: heads 1, 4, 36; layers (5 + 21)^2 and (7 * 2)^2."""
    problem = Problem(ONE, ONE, (0,), ONE, 2, True)
    w = Weights((2 * ONE, 3 * ONE), (ONE, 5 * ONE, 7 * ONE))
    assert kronecker_terms(problem, w, ONE) == ((1.0, 4.0, 36.0), (676.0, 196.0))
    assert kronecker_terms(problem, w, ONE, squares_first=True) == ((1.0, 4.0, 36.0), (25.0 + 441.0, 196.0))
    alone = Problem(ONE, ONE, (0,), ONE, 2)
    assert kronecker_terms(alone, Weights(w.B, w.W[-1:]), ONE) == ((36.0,), (441.0, 196.0))


def test_stacked_rows_do_not_fit_the_products():
    """B = diag(1, 2), V = (0, 1; 0, 0) with G = I: the head's term is 4, and 1 with rows stacked."""
    problem = Problem(np.eye(2), np.eye(2), (0, 1), np.zeros((2, 2)), 1)
    w = Weights((np.diag([1.0, 2.0]),), (np.zeros((2, 2)),))
    V = np.array([[0.0, 1.0], [0.0, 0.0]])
    assert kronecker_terms(problem, w, V) == ((4.0,), (0.0,))
    assert kronecker_terms(problem, w, V, order="C") == ((1.0,), (0.0,))


@pytest.mark.parametrize("skip", (True, False))
@pytest.mark.parametrize("kind", ("gin", "gcn"))
def test_kronecker_terms_are_the_squared_gradients(kind, skip):
    """On the Florentine families at depth 3 with widths that differ, term by term, to the rounding."""
    graph = graph_named("florentine")
    train = (0, 3, 4, 9, 11)
    problem = Problem(gaussian_features(graph.size, 3, 1), shift(graph, kind), train, np.eye(5)[:2], 3, skip)
    w = initial(problem, (4, 2, 5), 7, layers="gaussian", heads=0.5)
    found = contributions(problem, w)
    heads, layers = kronecker_terms(problem, w, 2 * (predict(problem, w) - problem.Y))
    assert np.allclose(heads, found["v"], rtol=1e-11) and np.allclose(layers, found["J"], rtol=1e-11)


@pytest.mark.parametrize("loss", ("squared", "logistic"))
def test_the_decrease_by_differences_is_the_squared_gradient(loss):
    """Two measurements of -dL/dt, one of which uses values of the loss only, agree to 10^-8; weights are put back."""
    problem = experiment.problem_of(1, "karate", "gcn", 2, True)
    network = GraphNetwork(problem, (5, 5), seed=1)
    before = network.weights().flat()
    _, slope = experiment.slopes(network, loss)
    square = sum(float((part**2).sum()) for part in slope)
    assert experiment.difference_quotient(network, loss) == pytest.approx(square, rel=1e-8)
    assert np.allclose(network.weights().flat(), before, rtol=0, atol=1e-15)


def test_trajectories_descend():
    """The loss at the middle and the end of a trajectory is below that before."""
    run = experiment.trained(experiment.problem_of(2, "florentine", "gin", 2, True), "squared", 2, 20)
    losses = [float(network.loss().detach()) for network in run]
    assert losses[0] > losses[1] > losses[2]


def test_zero_heads_on_one_edge():
    """One edge, averaging, X = Y = (1, 0) on both nodes: 4 (1 + 1/4) with skips at depth 1, 4/4 without: 5 and 1."""
    X = np.array([[1.0, 0.0]])
    S = np.array([[0.5, 0.5], [0.5, 0.5]])
    assert experiment.at_zero_heads(Problem(X, S, (0, 1), X, 1, True), 1) == pytest.approx(5)
    assert experiment.at_zero_heads(Problem(X, S, (0, 1), X, 1, False), 1) == pytest.approx(1)


def test_growth_with_depth_is_what_a_network_without_skips_has_alone():
    """decrease(H) - decrease(H - 1) with skips equals the decrease without skips at depth H, on one seed."""
    rows = [row for row in experiment.start_rows(3, experiment.Wrong()) if row["kind"] == "gcn"]
    grown = np.diff([0.0, *(row["decrease"] for row in rows)])
    assert np.allclose(grown, [row["single"] for row in rows], rtol=1e-10)


def test_the_label_factor_is_n_times_trace_of_the_square_over_the_squared_trace():
    """On the karate club by singular values; exactly 1 for orthonormal features without edges."""
    row = experiment.label_row(4, "gcn", experiment.Wrong())
    problem = experiment.problem_of(4, "karate", "gcn", 2, False, 8)
    squares = np.linalg.svd(problem.features(2), compute_uv=False) ** 2
    assert row["factor"] == pytest.approx(17 * (squares**2).sum() / squares.sum() ** 2, rel=1e-10)
    assert row["factor"] >= 17 / 8
    assert experiment.label_row(4, "flat", experiment.Wrong())["factor"] == pytest.approx(1, rel=1e-12)


def test_training_nodes_alone_aggregate_something_else():
    """On the path 0 - 1 - 2 with nodes 0 and 2 labelled nothing reaches them from each other: X_I (S_II)^l = X_I."""
    problem = Problem(np.array([[1.0, 5.0, 2.0]]), shift(graph_named("path:3"), "gin"), (0, 2), np.zeros((1, 2)), 2)
    assert [g.tolist() for g in experiment.inside_features(problem)] == [[[1.0, 2.0]]] * 3
    assert problem.features(1).tolist() == [[6.0, 7.0]]


def test_the_identity_holds_on_one_seed_and_one_seed_is_no_verdict():
    """Every criterion holds on a development seed; there is no verdict yet."""
    decision = experiment.EXPERIMENT.decide(experiment.measure((1,), SMALL))
    assert decision.holds and decision.sound and not decision.covered


@pytest.mark.parametrize("index, check", [(0, 0), (1, 0), (2, 2), (3, 0), (4, 2)])
def test_each_wrong_formula_about_the_dynamics_is_caught(index, check):
    """Sums of squares, stacked rows, S_II, half the loss, the last scale alone: each fails by more than 10^-3."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((1,), SMALL))
    assert not decision.checks[check].holds and decision.checks[check].value > 1e-3

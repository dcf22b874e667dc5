"""Aggregations, gradients, the dynamics identity and least losses of linear graph networks."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import torch

from numerics.gnn_convergence.graphs import gaussian_features, graph_named
from numerics.gnn_convergence.networks import (
    GraphNetwork,
    Problem,
    Weights,
    contributions,
    gradient,
    initial,
    lambda_min,
    layer_product,
    loss,
    predict,
    shift,
)
from theory.exact.matrices import matrix
from theory.gnn_convergence.descent_certificate import least_loss
from theory.gnn_convergence.graph_shift import aggregation, gram_features
from theory.language.errors import InputError

CELLS = [(kind, depth, skip) for kind in ("gin", "gcn") for depth in (1, 2, 3) for skip in (False, True)]


def problem_on(name: str, kind: str, depth: int, skip: bool, outputs: int = 2) -> Problem:
    """Every second node labelled at random, six features."""
    graph = graph_named(name)
    train = tuple(range(0, graph.size, 2))
    labels = np.random.default_rng(depth).standard_normal((outputs, len(train)))
    return Problem(gaussian_features(graph.size, 6, 1), shift(graph, kind), train, labels, depth, skip)


def start_of(problem: Problem) -> Weights:
    """Gaussian layers of different widths and heads that are not zero."""
    return initial(problem, (6, 8, 9)[:problem.depth], 3, layers="gaussian", heads=0.5)


@pytest.mark.parametrize("name", ["florentine", "petersen", "star:4", "empty:2"])
@pytest.mark.parametrize("kind", ["gin", "gcn"])
def test_aggregation_is_the_exact_one(name: str, kind: str) -> None:
    """The float matrix equals the integer or SymPy matrix of the theory to the last places."""
    graph = graph_named(name)
    exact = aggregation(graph.adjacency, kind)
    expected = np.array(exact.evalf(25).tolist() if kind == "gcn" else exact, dtype=np.float64)
    assert np.abs(shift(graph, kind) - expected).max() <= (2.0**-52 if kind == "gcn" else 0)


def test_features_are_the_exact_ones() -> None:
    """G_l with A + I and integer features equals the exact product; the whole graph aggregates."""
    graph = graph_named("florentine")
    X = np.arange(30).reshape(2, 15) % 7
    problem = Problem(X, shift(graph, "gin"), (1, 4, 5), np.zeros((1, 3)), 3)
    exact = gram_features(X.tolist(), aggregation(graph.adjacency, "gin"), 3, (1, 4, 5))
    assert matrix(problem.features(3).astype(int).tolist(), "G") == exact
    inner = problem.S[np.ix_((1, 4, 5), (1, 4, 5))]
    assert (X[:, (1, 4, 5)] @ np.linalg.matrix_power(inner, 3) != problem.features(3)).any()


@pytest.mark.parametrize("kind, depth, skip", CELLS)
def test_gradient_is_that_of_automatic_differentiation(kind: str, depth: int, skip: bool) -> None:
    """Every entry agrees with torch to 1e-12 of the largest."""
    problem = problem_on("karate", kind, depth, skip)
    w = start_of(problem)
    network = GraphNetwork(problem, w.widths, weights=w)
    value = network.loss()
    value.backward()
    slope = gradient(problem, w)
    assert value.item() == pytest.approx(loss(problem, w), rel=1e-12)
    for ours, theirs in zip((*slope.B, *slope.W), (*network.B, *network.W)):
        assert np.abs(ours - theirs.grad.numpy()).max() <= 1e-12 * np.abs(ours).max()


def kronecker_terms(problem: Problem, w: Weights) -> tuple[list[float], list[float]]:
    """The terms of the identity written as in the paper, with Kronecker products and column-major vec."""
    outer = 2 * (predict(problem, w) - problem.Y)
    P = [np.eye(problem.X.shape[0]), *(layer_product(w, k) for k in range(1, problem.depth + 1))]
    v = {k: (outer @ problem.features(k).T).ravel(order="F") for k in problem.heads}
    heads = dict(zip(problem.heads, w.W))

    def jacobian(i: int, level: int) -> np.ndarray:
        back = heads[level]
        for k in range(level, i, -1):
            back = back @ w.B[k - 1]
        return np.kron(P[i - 1], back.T)

    forms = [v[k] @ np.kron(P[k].T @ P[k], np.eye(problem.Y.shape[0])) @ v[k] for k in problem.heads]
    squares = [(sum(jacobian(i, k) @ v[k] for k in problem.heads if k >= i) ** 2).sum()
               for i in range(1, problem.depth + 1)]
    return forms, squares


@pytest.mark.parametrize("kind, depth, skip", CELLS)
def test_dynamics_identity_holds_to_rounding(kind: str, depth: int, skip: bool) -> None:
    """-dL/dt by automatic differentiation is the sum of the Kronecker terms, and each term is the reported one."""
    problem = problem_on("florentine", kind, depth, skip)
    w = start_of(problem)
    network = GraphNetwork(problem, w.widths, weights=w)
    network.loss().backward()
    decrease = sum(float((p.grad**2).sum()) for p in network.parameters())
    forms, squares = kronecker_terms(problem, w)
    assert sum(forms) + sum(squares) == pytest.approx(decrease, rel=1e-14)
    found = contributions(problem, w)
    assert found["v"] == pytest.approx(forms, rel=1e-11) and found["J"] == pytest.approx(squares, rel=1e-11)
    assert found["total"] == pytest.approx(decrease, rel=1e-14)


@pytest.mark.parametrize("skip", [False, True])
def test_least_loss_is_the_exact_one(skip: bool) -> None:
    """On integers the projection gives the rational L* of the theory, with a design of deficient rank too."""
    graph = graph_named("complete:4")
    X, Y = [[1, 2, 3, 5], [2, 0, 1, 1]], [[1, 2, -1, 3]]
    problem = Problem(X, shift(graph, "gin"), (0, 1, 2, 3), Y, 2, skip)
    design = [[int(x) for x in row] for row in problem.design().tolist()]
    assert problem.least_loss() == pytest.approx(float(least_loss(design, Y)), rel=1e-12)
    assert problem.rank.value == (3 if skip else 1) and problem.rank.exact


def test_constants_of_a_design_with_twins() -> None:
    """One edge, both ends labelled: sigma_min is exactly 0 and sigma_+^2 is 2 (x_0 + x_1)^2, here 18."""
    problem = Problem([[1, 2], [0, 0]], shift([[0, 1], [1, 0]], "gin"), (0, 1), [[1, 0]], 1)
    assert problem.sigma_min_squared() == 0
    assert problem.sigma_plus_squared() == pytest.approx(18, rel=1e-14)
    assert problem.least_loss() == pytest.approx(0.5, rel=1e-14)


def test_lambda_is_least_over_levels_with_skips_and_zero_in_a_bottleneck() -> None:
    """Layers 3 and 1/2: lambda is 9/4 without skips, 1 with (the level 0 counts); a narrow layer makes it 0."""
    plain = Problem([[1.0]], [[1.0]], (0,), [[1.0]], 2)
    w = Weights((np.array([[3.0]]), np.array([[0.5]])), (np.zeros((1, 1)),))
    assert lambda_min(plain, w) == 2.25
    skipped = Problem([[1.0]], [[1.0]], (0,), [[1.0]], 2, True)
    assert lambda_min(skipped, Weights(w.B, (np.zeros((1, 1)),) * 3)) == 1
    narrow = Problem(np.eye(2), np.eye(2), (0, 1), np.eye(2), 1)
    assert lambda_min(narrow, initial(narrow, [1], 0)) == 0


def test_starts_are_as_described() -> None:
    """Orthonormal columns, or rows where the layer narrows; the seed decides; heads are zero unless asked for."""
    problem = problem_on("petersen", "gcn", 3, True)
    w = initial(problem, (9, 7, 8), 5, scale=2.0)
    assert np.allclose(w.B[0].T @ w.B[0], 4 * np.eye(6)) and np.allclose(w.B[1] @ w.B[1].T, 4 * np.eye(7))
    assert len(w.W) == 4 and not any(head.any() for head in w.W)
    assert (initial(problem, (9, 7, 8), 5, scale=2.0).flat() == w.flat()).all()
    assert (w.like(w.flat()).flat() == w.flat()).all()


def test_relu_network_is_the_layerwise_one() -> None:
    """relu(B X S) with heads on all layers, compared with a loop in numpy."""
    problem = problem_on("petersen", "gin", 2, True)
    w = start_of(problem)
    value, total = problem.X, w.W[0] @ problem.X
    for layer, head in zip(w.B, w.W[1:]):
        value = np.maximum(layer @ value @ problem.S, 0)
        total = total + head @ value
    network = GraphNetwork(problem, w.widths, "relu", weights=w)
    assert np.allclose(network().detach().numpy(), total[:, list(problem.train)], rtol=1e-12)
    assert (network.weights().flat() == w.flat()).all()


def test_graph_network_can_be_trained_by_torch() -> None:
    """Parameters are registered in double precision; ten small steps against their gradients decrease the loss."""
    network = GraphNetwork(problem_on("karate", "gcn", 2, True), (8, 8), "relu", seed=1)
    losses = []
    for _ in range(10):
        network.zero_grad()
        value = network.loss()
        value.backward()
        with torch.no_grad():
            for parameter in network.parameters():
                parameter -= 1e-3 * parameter.grad
        losses.append(value.item())
    assert len(list(network.parameters())) == 5 and losses == sorted(losses, reverse=True) and losses[-1] < losses[0]


@pytest.mark.parametrize("change, part", [
    ({"train": ()}, "train"), ({"train": (0, 9)}, "0..2"), ({"Y": [[1.0]]}, "shape"),
    ({"Y": [[1.0, np.nan]]}, "finite"), ({"X": [[1.0, np.inf, 0]]}, "finite"), ({"X": [[1.0], [2], [3]]}, "transpose"),
    ({"S": np.eye(2)}, "0..1"), ({"S": np.ones((2, 3))}, "S: required a square"), ({"depth": -1}, "depth"),
    ({"depth": 1.0}, "depth")])
def test_problems_that_make_no_sense_are_refused(change: dict, part: str) -> None:
    """Empty or wrong training sets, labels of another shape, NaN and transposed features are named."""
    fields = {"X": [[1.0, 2, 3]], "S": np.eye(3), "train": (0, 2), "Y": [[1.0, 0]], "depth": 1}
    with pytest.raises(InputError, match=part):
        Problem(**{**fields, **change})


def test_wrong_starts_kinds_and_activations_are_refused() -> None:
    """The number of widths, kinds of layers, activation and aggregation are checked."""
    problem = problem_on("petersen", "gcn", 2, False)
    for wrong in (lambda: initial(problem, (6,), 0), lambda: initial(problem, (6, 0), 0),
                  lambda: initial(problem, (6, 6), 0, layers="xavier"), lambda: shift([[0]], "sage"),
                  lambda: shift([[0]], np.eye(2)), lambda: GraphNetwork(problem, (6, 6), "tanh"),
                  lambda: problem.features(3), lambda: layer_product(start_of(problem), 3)):
        with pytest.raises(InputError):
            wrong()


def test_an_own_aggregation_need_not_be_symmetric() -> None:
    """S = [[0, 1], [0, 0]] moves the first feature to the second node."""
    problem = Problem([[2.0, 5.0]], [[0, 1], [0, 0]], (0, 1), [[0, 0]], 1)
    assert problem.features(1).tolist() == [[0, 2]]
    assert problem.rank.value == 1 and Fraction(problem.sigma_plus_squared()) == 4

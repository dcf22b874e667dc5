"""Certified singular values, lambda, least losses and steps of networks on graphs."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from numerics.gnn_convergence.certified import (
    certified_lambda,
    certified_step,
    certify,
    layer_enclosures,
    least_loss_enclosure,
    singular_values,
)
from numerics.gnn_convergence.descent import descend
from numerics.gnn_convergence.flow import gradient_flow
from numerics.gnn_convergence.graphs import gaussian_features, graph_named
from numerics.gnn_convergence.networks import Problem, Weights, initial, shift
from theory.gnn_convergence.certified_lambda import layer_bounds
from theory.gnn_convergence.descent_certificate import gradient_descent_certificate, least_loss
from theory.language.errors import ExactnessError, InputError


def karate(kind: str, depth: int, skip: bool = False, features: int = 6) -> Problem:
    """Clubs of every second member, Gaussian features, labels a quarter of one-hot ones."""
    graph = graph_named("karate")
    train = tuple(range(0, 34, 2))
    return Problem(gaussian_features(34, features, 1), shift(graph, kind), train, graph.labels[:, train] / 4, depth,
                   skip)


def rows(array: np.ndarray) -> list[list[Fraction]]:
    """The exact entries of a float matrix."""
    return [[Fraction(x) for x in row] for row in array.tolist()]


@pytest.mark.parametrize("kind, depth, skip", [("gin", 2, False), ("gcn", 3, False), ("gcn", 2, True)])
def test_enclosures_hold_the_floating_point_values(kind: str, depth: int, skip: bool) -> None:
    """Well-conditioned designs: the singular values of numpy lie within 1e-7 of narrow enclosures."""
    problem = karate(kind, depth, skip)
    values, found = np.linalg.svd(problem.design(), compute_uv=False) ** 2, singular_values(problem)
    for (low, high), value in ((found.plus, values[-1]), (found.least, values[-1]), (found.largest, values[0])):
        assert 0 < low <= high <= low * (1 + Fraction(1, 10**6))
        assert float(low) == pytest.approx(value, rel=1e-7)


@pytest.mark.parametrize("depth, low, high", [(1, 5e-4, 2e-2), (2, 5e-5, 2e-3), (4, 2e-7, 2e-5), (6, 1e-9, 1e-6)])
def test_normalised_aggregation_loses_orders_of_magnitude(depth: int, low: float, high: float) -> None:
    """Karate, 34 Gaussian features, half of the nodes: sigma^2 falls from 1e-3 to 1e-8 with the depth; with A + I not.
    """
    for kind, between in (("gcn", (low, high)), ("gin", (0.01, 10.0))):
        found = singular_values(karate(kind, depth, features=34))
        assert found.rank.value == 17 and between[0] < found.least[0] <= found.least[1] < between[1]


def test_a_singular_value_far_below_rounding_is_enclosed() -> None:
    """(1, 1), (1, 1 + 2^-50): the product of both squared singular values is the squared determinant 2^-100."""
    found = singular_values(Problem([[1, 1], [1, 1 + 2.0**-50]], np.eye(2), (0, 1), [[0, 0]], 0))
    assert found.plus[0] * found.largest[0] <= Fraction(1, 2**100) <= found.plus[1] * found.largest[1]
    assert found.plus[1] <= found.plus[0] * (1 + Fraction(1, 10**6))


def test_twins_make_the_printed_bound_vacuous_and_not_the_sharp_one() -> None:
    """A triangle with all nodes labelled: S has the eigenvalues 3, 0, 0, so sigma_+^2 = 9 and sigma_min = 0."""
    problem = Problem(np.eye(3), shift(graph_named("complete:3"), "gin"), (0, 1, 2), np.eye(3), 1)
    w = initial(problem, (3,), 0)
    found = certify(problem, w)
    assert found.spectrum.twins == ((0, 1, 2),) and found.spectrum.least == (0, 0)
    assert found.spectrum.plus[0] <= 9 <= found.spectrum.plus[1]
    assert found.printed == 0 and 35.99 < found.exponent <= 36.01 and not found.vacuous
    assert "twins" in found.reasons[0] and "vacuous" in found.reasons[0]


@pytest.mark.parametrize("widths, skip", [((6,), False), ((6, 8), False), ((6, 7, 7), True)])
def test_layer_bounds_are_those_of_the_theory(widths: tuple[int, ...], skip: bool) -> None:
    """Balls and exact elimination enclose the same s_l."""
    problem = karate("gcn", len(widths), skip)
    w = initial(problem, widths, 4, heads=0.1)
    heads = [rows(head) for head in w.W]
    exact = layer_bounds([rows(b) for b in w.B], heads if skip else heads[0], skip=skip)
    for ours, theirs in zip(layer_enclosures(problem, w), exact):
        assert ours[0] <= theirs[1] and theirs[0] <= ours[1] and ours[1] - ours[0] < Fraction(1, 10**5)


@pytest.mark.parametrize("widths, skip, layers, heads", [
    ((6,), False, "orthogonal", 0.1), ((12,), False, "gaussian", 0.0), ((12, 24), False, "orthogonal", 0.0),
    ((6, 6), False, "orthogonal", 0.1), ((6, 6, 6), False, "orthogonal", 0.05), ((6, 8), True, "orthogonal", 0.1)])
def test_certified_lambda_is_below_what_is_observed(widths: tuple[int, ...], skip: bool, layers: str, heads: float
                                                    ) -> None:
    """Along gradient flow lambda stays above the certificate, which is positive; 1e-8 for the solver's error."""
    problem = karate("gcn", len(widths), skip)
    w = initial(problem, widths, 2, layers=layers, heads=heads)
    low = certified_lambda(problem, w)[0]
    run = gradient_flow(problem, w, np.linspace(0, 2, 5))
    assert 0 < float(low) <= run.infima[-1] + 1e-8


def test_balanced_square_layers_keep_beta_to_the_2h() -> None:
    """W = 0 and B_l = 2 I: s_l = 4, so lambda is 4^H without skips and 1 with (level 0 counts)."""
    for depth in (1, 2, 3):
        problem = karate("gcn", depth)
        w = Weights((2 * np.eye(6),) * depth, (np.zeros((2, 6)),))
        low, high = certified_lambda(problem, w)
        assert low <= 4**depth <= high and high - low < Fraction(1, 10**4)
    skipped = karate("gcn", 2, True)
    assert certified_lambda(skipped, Weights((2 * np.eye(6),) * 2, (np.zeros((2, 6)),) * 3)) == (1, 1)


def test_large_heads_leave_no_certificate_and_say_so() -> None:
    """B = I, W = 5 I: s_1 = 1 - 25 < 0."""
    problem = karate("gcn", 1)
    w = Weights((np.eye(6),), (5 * np.eye(2, 6),))
    found = certify(problem, w)
    # W'W has rank 2 < 6, so the sixth largest eigenvalue of I - W'W is 1 - 25
    assert found.lambda_ == (0, 0) and found.vacuous and "s_l" in found.reasons[0]


def test_narrow_layers_name_the_hypothesis_and_the_margin() -> None:
    """m_x = 6, m_1 = 4: two units are missing."""
    problem = karate("gcn", 1)
    with pytest.raises(InputError, match="layer 1: required m_x <= m_1.*2 below"):
        certified_lambda(problem, initial(problem, (4,), 0))


def test_least_loss_is_enclosed_around_the_exact_value() -> None:
    """Integers of deficient rank, exactly by elimination; full column rank gives exactly 0; the normalised S fits."""
    graph = graph_named("complete:4")
    X, Y = [[1, 2, 3, 5], [2, 0, 1, 1]], [[1, 2, -1, 3]]
    problem = Problem(X, shift(graph, "gin"), (0, 1, 2, 3), Y, 1)
    exact = least_loss([[int(x) for x in row] for row in problem.design().tolist()], Y)
    low, high = least_loss_enclosure(problem)
    assert low <= exact <= high and high - low < Fraction(1, 10**10)
    # S_gcn = (A + I)/4 has the same row space
    low, high = least_loss_enclosure(Problem(X, shift(graph, "gcn"), (0, 1, 2, 3), Y, 1))
    assert low <= exact <= high and high - low < Fraction(1, 10**10)
    assert least_loss_enclosure(karate("gcn", 1, features=34)) == (0, 0)


def test_the_step_is_the_one_of_the_theory_on_exact_features() -> None:
    """Rational features: the same step, and constants that agree to 1e-6."""
    problem = Problem([[1, 2, 0], [0, 1, 1]], shift(graph_named("path:3"), "gin"), (0, 2), [[1, -1]], 1)
    w = Weights((2 * np.eye(2),), (np.zeros((1, 2)),))
    ours = certified_step(problem, w)
    G = [[int(x) for x in row] for row in problem.design().tolist()]
    theirs = gradient_descent_certificate(G, [[1, -1]], [[2, 0], [0, 2]], [[0, 0]])
    for name in ("step", "lambda_", "sigma_squared", "radius", "smoothness", "factor"):
        assert float(getattr(ours, name)) == pytest.approx(float(getattr(theirs, name)), rel=1e-5)
    assert ours.gap >= theirs.gap and ours.least <= theirs.least


@pytest.mark.parametrize("kind", ["gin", "gcn"])
def test_certified_steps_are_never_violated(kind: str) -> None:
    """1000 steps from B = 4 I: lambda and the gap stay within the certificate."""
    problem = karate(kind, 1)
    w = Weights((4 * np.eye(6),), (np.zeros((2, 6)),))
    found = certified_step(problem, w)
    run = descend(problem, w, float(found.step), 1000)
    bounds = np.array([float(found.bound(k)) for k in range(0, 1001, 50)])
    floor = 1e-12 * run.losses[0]
    assert (run.losses[::50] - float(found.least) <= bounds * (1 + 1e-9) + floor).all()
    assert run.lambdas.min() >= float(found.lambda_)


def test_a_step_that_is_too_big_is_refused() -> None:
    """The remedy names the product step * M, or that lambda is gone; floats, depths and signs are checked."""
    problem = karate("gcn", 1)
    w = Weights((4 * np.eye(6),), (np.zeros((2, 6)),))
    for step, part in (("0.01", "step \\* M"), ("1000", "lambda <= 0"), ("-1", "> 0")):
        with pytest.raises(InputError, match=part):
            certified_step(problem, w, step=step)
    with pytest.raises(ExactnessError):
        certified_step(problem, w, step=0.001)
    with pytest.raises(InputError, match="depth 2"):
        certified_step(karate("gcn", 2), initial(karate("gcn", 2), (6, 6), 0))
    with pytest.raises(InputError, match="s_0 > 0"):
        certified_step(problem, Weights((np.eye(6),), (5 * np.eye(2, 6),)))

"""Gradient flow against closed forms, and steps in floating point and in fractions."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from numerics.gnn_convergence.descent import descend
from numerics.gnn_convergence.exact_steps import rational_descent
from numerics.gnn_convergence.flow import SOLVERS, gradient_flow
from numerics.gnn_convergence.networks import Problem, Weights, gradient, initial, loss
from theory.exact.matrices import matrix
from theory.language.errors import ExactnessError, InputError

NUMBER = Problem([[1.0]], [[1.0]], (0,), [[1.0]], 1)
HALVES = Problem([[1, 0.5, 0], [0.5, -1, 2]], [[1, 1, 0], [1, 1, 1], [0, 1, 1]], (0, 2), [[1, -0.5]], 2)


@pytest.mark.parametrize("solver", SOLVERS)
def test_flow_without_layers_has_the_closed_form(solver: str) -> None:
    """H = 0: the squared residual in the k-th singular direction decays like exp(-4 sigma_k^2 t)."""
    problem = Problem([[2.0, 0], [0, 0.5]], np.eye(2), (0, 1), [[1, 3]], 0)
    times = np.linspace(0, 1, 6)
    run = gradient_flow(problem, initial(problem, (), 0), times, solver=solver)
    assert run.losses == pytest.approx(np.exp(-16 * times) + 9 * np.exp(-times), rel=1e-6)
    assert (run.lambdas == 1).all() and run.evaluations > 6


@pytest.mark.parametrize("solver", SOLVERS)
def test_flow_of_two_numbers_has_the_closed_form(solver: str) -> None:
    """H = 1, W = B = a: u = W B obeys u' = 4 u (1 - u), a logistic curve."""
    a, times = 0.5, np.array([0.0, 0.3, 1.0])
    run = gradient_flow(NUMBER, Weights((np.full((1, 1), a),), (np.full((1, 1), a),)), times, solver=solver)
    u = 1 / (1 + (1 / a**2 - 1) * np.exp(-4 * times))
    assert run.losses == pytest.approx((1 - u) ** 2, rel=1e-6)
    assert run.lambdas == pytest.approx(u, rel=1e-7)


def test_the_scalar_control_is_seen_by_the_solver() -> None:
    """B = 4, W = 0 at t = 0.1: the loss lies between the bounds with the exponents 4.04 * 16 and 4 * 16."""
    run = gradient_flow(NUMBER, Weights((np.full((1, 1), 4.0),), (np.zeros((1, 1)),)), [0.1])
    assert np.exp(-4.04 * 1.6) < run.losses[0] < np.exp(-4 * 1.6)
    assert run.losses[0] == pytest.approx(0.00161602, abs=5e-9)


def test_infima_see_what_happens_between_recorded_times() -> None:
    """B = 3, W = 1 overshoots no product but B falls to the balanced value: the running least value never rises."""
    problem = Problem([[1.0]], [[1.0]], (0,), [[-1.0]], 1)
    w = Weights((np.array([[3.0]]),), (np.array([[1.0]]),))
    coarse, fine = gradient_flow(problem, w, [5.0]), gradient_flow(problem, w, np.linspace(0, 5, 400))
    assert fine.lambdas.min() < 0.99 * coarse.lambdas[0]
    assert coarse.infima[0] == pytest.approx(fine.lambdas.min(), rel=1e-3)
    assert (np.diff(fine.infima) <= 0).all()


@pytest.mark.parametrize("times, solver", [([], "DOP853"), ([1.0, 0.5], "DOP853"), ([-1.0], "DOP853"),
                                           ([0.0, np.nan], "DOP853"), ([1.0], "Euler")])
def test_wrong_times_and_solvers_are_refused(times: list[float], solver: str) -> None:
    """Times increase from 0 on; the solver is one of three."""
    with pytest.raises(InputError):
        gradient_flow(NUMBER, initial(NUMBER, (1,), 0), times, solver=solver)


def test_one_step_moves_against_the_gradient() -> None:
    """The first iterate is z - step * gradient; every iterate is recorded unless asked otherwise."""
    w = initial(HALVES, (2, 3), 1, heads=0.5)
    run = descend(HALVES, w, 0.01, 4)
    assert (run.weights[1].flat() == w.flat() - 0.01 * gradient(HALVES, w).flat()).all()
    assert run.times.tolist() == [0, 0.01, 0.02, 0.03, 0.04] and run.losses[0] == loss(HALVES, w)
    thin = descend(HALVES, w, 0.01, 4, every=3)
    assert thin.losses.tolist() == run.losses[[0, 3, 4]].tolist()


def test_small_steps_follow_the_flow() -> None:
    """Halving the step halves the distance to the flow: first order."""
    w = initial(HALVES, (2, 2), 1, heads=0.5)
    target = gradient_flow(HALVES, w, [0.05]).losses[-1]
    errors = [descend(HALVES, w, 0.05 / n, n).losses[-1] - target for n in (200, 400)]
    assert errors[0] / errors[1] == pytest.approx(2, rel=0.05)


def test_the_first_step_of_adam_has_the_size_of_the_step() -> None:
    """Each entry with a gradient moves by the step in the direction of its sign."""
    w = initial(HALVES, (2, 2), 1, heads=0.5)
    moved = descend(HALVES, w, 0.01, 1, rule="adam").weights[1].flat() - w.flat()
    assert moved == pytest.approx(-0.01 * np.sign(gradient(HALVES, w).flat()), rel=1e-5)


def test_a_step_that_is_too_big_is_recorded_as_it_is() -> None:
    """Losses overflow without a warning or an error."""
    run = descend(HALVES, initial(HALVES, (2, 2), 1, heads=2.0), 10.0, 12)
    assert not np.isfinite(run.losses[-1])


@pytest.mark.parametrize("step, steps, rule", [(0.0, 1, "gd"), (np.nan, 1, "gd"), (0.1, -1, "gd"), (0.1, 1, "sgd")])
def test_wrong_steps_are_refused(step: float, steps: int, rule: str) -> None:
    """A positive step, a count and a known rule are needed."""
    with pytest.raises(InputError):
        descend(NUMBER, initial(NUMBER, (1,), 0), step, steps, rule=rule)


def rows(array: np.ndarray) -> list[list[Fraction]]:
    """The exact entries of a float matrix."""
    return [[Fraction(x) for x in row] for row in array.tolist()]


@pytest.mark.parametrize("depth", [0, 1, 2, 3])
@pytest.mark.parametrize("skip", [False, True])
def test_exact_steps_agree_with_floating_point(depth: int, skip: bool) -> None:
    """Three exact steps of dyadic data equal the float iterates to rounding; losses and all weights."""
    problem = Problem(HALVES.X, HALVES.S, HALVES.train, HALVES.Y, depth, skip)
    drawn = initial(problem, (2, 3, 2)[:depth], 4, layers="gaussian", heads=0.5)
    w = drawn.like(np.rint(drawn.flat() * 8) / 8)
    floats = descend(problem, w, 1 / 64, 3)
    G = [rows(problem.features(k)) for k in problem.heads]
    heads = [rows(head) for head in w.W]
    exact = rational_descent(G if skip else G[0], rows(problem.Y), [rows(b) for b in w.B],
                             heads if skip else heads[0], "1/64", 3, skip=skip)
    assert [float(one[0]) for one in exact] == pytest.approx(floats.losses.tolist(), rel=1e-12)
    for (_, B, W), there in zip(exact, floats.weights):
        flat = [float(x) for part in (*B, *W) for row in part for x in row]
        assert flat == pytest.approx(there.flat().tolist(), rel=1e-11, abs=1e-13)


def test_exact_steps_by_hand() -> None:
    """W = 0, B = 2, y = x = 1, step 1/8: W_1 = 1/2 and B_1 = 2; then the residual is 0 and nothing moves."""
    run = rational_descent([[1]], [[1]], [[[2]]], [[0]], "1/8", 2)
    half, two = matrix([["1/2"]], "W"), matrix([[2]], "B")
    assert run[0] == (1, (two,), (matrix([[0]], "W"),))
    assert run[1] == run[2] == (0, (two,), (half,))


@pytest.mark.parametrize("change", [{"step": "0"}, {"steps": -1}, {"B": [[[1, 1]]]}, {"W": [[1], [1]]}, {"Y": [[1, 2]]},
                                    {"skip": True, "G": [[[1]]], "W": [[[1]]]}])
def test_exact_steps_refuse_shapes_that_do_not_fit(change: dict) -> None:
    """Shapes, step and count are checked before anything is computed."""
    fields = {"G": [[1]], "Y": [[1]], "B": [[[1]]], "W": [[1]], "step": "1/8", "steps": 1}
    with pytest.raises(InputError):
        rational_descent(**{**fields, **change})


def test_exact_steps_refuse_floats() -> None:
    """A float step is refused with the remedy."""
    with pytest.raises(ExactnessError, match="decimal"):
        rational_descent([[1]], [[1]], [[[1]]], [[0]], 0.1, 1)

"""Gradient flow of a linear graph network by a stiff or a non-stiff solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from numerics.gnn_convergence.networks import Problem, Weights, fits, gradient, lambda_min, loss
from theory.language.errors import InputError, SearchFailed, explain

SOLVERS = ("DOP853", "LSODA", "Radau")


@dataclass(frozen=True, eq=False)
class Trajectory:
    """A training run at recorded times.

    Attributes:
        times, losses, lambdas: lambda at each time alone. weights: at each time. solver: or the rule of the steps.
        evaluations: of the gradient. infima: least lambda seen up to each time, the solver's own steps included.
    """

    times: NDArray[np.float64]
    losses: NDArray[np.float64]
    lambdas: NDArray[np.float64]
    weights: tuple[Weights, ...]
    solver: str
    evaluations: int
    infima: NDArray[np.float64]


def gradient_flow(problem: Problem, weights: Weights, times: Sequence[float], *, solver: str = "DOP853",
                  rtol: float = 1e-9) -> Trajectory:
    """Integrate W' = -dL/dW, B' = -dL/dB from t = 0 and record it at the times.

    Args:
        times: increasing, from 0 on; the start is at time 0 whether it is listed or not.
        solver: DOP853 (not stiff), LSODA (switches) or Radau (stiff). rtol: relative tolerance; the absolute one is
            1e-3 of it.

    Raises:
        InputError: times that do not increase or are negative, another solver, weights that do not fit.
        SearchFailed: the solver gave up.
    """
    fits(problem, weights)
    points = np.array(times, dtype=np.float64)
    if points.ndim != 1 or not points.size or points[0] < 0 or (np.diff(points) <= 0).any() or not np.isfinite(
            points).all():
        raise InputError(explain("times", "at least one, increasing, >= 0", list(times)[:5], "Sort them."))
    if solver not in SOLVERS:
        raise InputError(explain("solver", f"one of {', '.join(SOLVERS)}", repr(solver), "Radau is for stiff runs."))
    start = weights.flat()
    inner, states = np.zeros(1), start[:, None]
    recorded, evaluations = np.repeat(start[:, None], len(points), axis=1), 1
    if points[-1] > 0:
        done = solve_ivp(lambda _, z: -gradient(problem, weights.like(z)).flat(), (0.0, float(points[-1])), start,
                         method=solver, rtol=rtol, atol=1e-3 * rtol, dense_output=True)
        if not done.success:
            raise SearchFailed(explain("gradient_flow", "a run up to the last time", done.message,
                                       "Use solver='Radau', a shorter time or a looser tolerance."))
        inner, states, evaluations = done.t, done.y, int(done.nfev)
        recorded = done.sol(points)
        recorded[:, points == 0] = start[:, None]
    run = tuple(weights.like(recorded[:, k].copy()) for k in range(len(points)))
    losses, lambdas = (np.array([f(problem, w) for w in run]) for f in (loss, lambda_min))
    between = np.array([lambda_min(problem, weights.like(z)) for z in states.T])
    infima = np.array([min(between[inner <= t].min(), lambdas[: k + 1].min()) for k, t in enumerate(points)])
    return Trajectory(points, losses, lambdas, run, solver, evaluations, infima)

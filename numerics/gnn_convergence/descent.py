"""Gradient descent with a constant step in floating point; Adam beside it, for which nothing here is proved."""

from __future__ import annotations

import numpy as np

from numerics.gnn_convergence.exact_steps import rational_descent
from numerics.gnn_convergence.flow import Trajectory
from numerics.gnn_convergence.networks import Problem, Weights, fits, gradient, lambda_min, loss
from theory.language.errors import InputError, explain

__all__ = ["RULES", "descend", "rational_descent"]

RULES = ("gd", "adam")
FIRST, SECOND, SMALL = 0.9, 0.999, 1e-8
"""Adam's decay rates and the number that keeps its denominator positive."""


def descend(problem: Problem, weights: Weights, step: float, steps: int, *, rule: str = "gd",
            every: int = 1) -> Trajectory:
    """Take `steps` steps and record every `every`-th iterate, the start and the last one; time is step times count.

    A run that overflows is recorded as it is: losses become inf or NaN, which is what a step that is too big does.

    Args:
        step: a positive number. rule: "gd", or "adam" with the usual constants.

    Raises:
        InputError: a step that is not positive, a negative count, another rule, weights that do not fit.
    """
    fits(problem, weights)
    if not step > 0 or not np.isfinite(step):
        raise InputError(explain("step", "a number > 0", step, "Give a positive step size."))
    if int(steps) != steps or steps < 0 or int(every) != every or every < 1:
        raise InputError(explain("steps, every", "counts, steps >= 0 and every >= 1", (steps, every), "Use integers."))
    if rule not in RULES:
        raise InputError(explain("rule", f"one of {', '.join(RULES)}", repr(rule), "Choose one."))
    z, first, second = weights.flat(), 0.0, 0.0
    counts, run, losses, lambdas, least, infima = [], [], [], [], np.inf, []
    with np.errstate(over="ignore", invalid="ignore"):
        for count in range(steps + 1):
            here = weights.like(z)
            finite = bool(np.isfinite(z).all())
            value = lambda_min(problem, here) if finite else np.nan
            least = min(least, value) if finite else np.nan
            if count % every == 0 or count == steps:
                counts.append(count)
                run.append(here)
                losses.append(loss(problem, here))
                lambdas.append(value)
                infima.append(least)
            slope = gradient(problem, here).flat()
            if rule == "gd":
                z = z - step * slope
            else:
                first, second = FIRST * first + (1 - FIRST) * slope, SECOND * second + (1 - SECOND) * slope**2
                mean, square = first / (1 - FIRST ** (count + 1)), second / (1 - SECOND ** (count + 1))
                z = z - step * mean / (np.sqrt(square) + SMALL)
    return Trajectory(step * np.array(counts, dtype=np.float64), np.array(losses), np.array(lambdas), tuple(run),
                      rule, steps, np.array(infima))

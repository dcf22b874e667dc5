"""All solutions of a tanh teacher: every solution found is one of the eight permuted and sign-flipped copies.

The teacher is `a_1 tanh(w_1 x + b_1) + a_2 tanh(w_2 x + b_2) + c` on 41 points of [-2, 2]. Starts are uniform on
[-2, 2]^7, a law that the symmetry group leaves invariant; batched Levenberg-Marquardt in float64 follows all starts.
Adam would not do: it reaches a small loss far from every copy, which is one of the planted violations.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from itertools import permutations, product

import torch
from scipy.stats import chisquare
from torch import Tensor

from numerics.experiments.intervals import clopper_pearson_lower
from numerics.experiments.protocol import Decision, Experiment, PlantedViolation, Row, Size

TEACHER = (1.0, -0.7, 1.5, 0.8, 0.3, -0.9, 0.1)
"""(a_1, a_2, w_1, w_2, b_1, b_2, c)."""

SOLVED = 1e-20
NEAR = 1e-6
LEVEL = Fraction(1, 1000)
LEAST_RATE = 0.5


def copies() -> Tensor:
    """Return the `2^2 * 2! = 8` parameter vectors that compute the teacher's function, shape (8, 7).

    The first two are the permutations without sign flips.
    """
    units = list(zip(TEACHER[0:2], TEACHER[2:4], TEACHER[4:6]))
    rows = []
    for signs in product((1.0, -1.0), repeat=2):
        for order in permutations(range(2)):
            a, w, b = zip(*(tuple(signs[i] * value for value in units[i]) for i in order))
            rows.append((*a, *w, *b, TEACHER[6]))
    return torch.tensor(rows, dtype=torch.float64)


def inputs() -> Tensor:
    """Return the 41 points on [-2, 2], shape (41,)."""
    return torch.linspace(-2, 2, 41, dtype=torch.float64)


def starts(seeds: tuple[int, ...], per_seed: int) -> Tensor:
    """Return starts uniform on [-2, 2]^7, shape (len(seeds) * per_seed, 7), one generator for each seed."""
    draws = (torch.rand(per_seed, 7, generator=torch.Generator().manual_seed(s), dtype=torch.float64) for s in seeds)
    return torch.cat([4 * draw - 2 for draw in draws])


def residuals_and_jacobian(theta: Tensor) -> tuple[Tensor, Tensor]:
    """Return residuals (n, 41) and Jacobian (n, 41, 7) of the network minus the teacher, for theta of shape (n, 7)."""
    x = inputs()
    a, w, b, c = theta[:, 0:2, None], theta[:, 2:4, None], theta[:, 4:6, None], theta[:, 6, None]
    t = torch.tanh(w * x + b)
    slope = a * (1 - t * t)
    ones = torch.ones_like(t[:, :1])
    jacobian = torch.cat([t, slope * x, slope, ones], dim=1).transpose(1, 2)
    return (a * t).sum(dim=1) + c - _target(), jacobian


@lru_cache(maxsize=1)
def _target() -> Tensor:
    a, w, b, c = TEACHER[0:2], TEACHER[2:4], TEACHER[4:6], TEACHER[6]
    x = inputs()
    return sum(a[i] * torch.tanh(w[i] * x + b[i]) for i in range(2)) + c


def levenberg_marquardt(theta: Tensor, iterations: int) -> tuple[Tensor, Tensor]:
    """Return end points (n, 7) and their mean squared residuals (n,); runs whose loss is below 1e-28 stop early."""
    end, end_loss = theta.clone(), torch.full((len(theta),), torch.inf, dtype=torch.float64)
    active = torch.arange(len(theta))
    damping = torch.full((len(theta),), 1e-2, dtype=torch.float64)
    residual, jacobian = residuals_and_jacobian(theta)
    for _ in range(iterations):
        gram = jacobian.transpose(1, 2) @ jacobian + damping[:, None, None] * torch.eye(7, dtype=torch.float64)
        gradient = jacobian.transpose(1, 2) @ residual[:, :, None]
        step = torch.linalg.solve_ex(gram, gradient).result[:, :, 0]
        trial = theta - step
        new_residual, new_jacobian = residuals_and_jacobian(trial)
        better = (new_residual**2).sum(1) < (residual**2).sum(1)
        theta = torch.where(better[:, None], trial, theta)
        residual = torch.where(better[:, None], new_residual, residual)
        jacobian = torch.where(better[:, None, None], new_jacobian, jacobian)
        damping = torch.where(better, damping / 4, damping * 3).clamp(1e-15, 1e12)
        loss = (residual**2).mean(1)
        end[active], end_loss[active] = theta, loss
        keep = (loss > 1e-28) & (damping < 1e10)
        if not keep.any():
            break
        active, damping = active[keep], damping[keep]
        theta, residual, jacobian = theta[keep], residual[keep], jacobian[keep]
    return end, end_loss


def adam(theta: Tensor, iterations: int, step_size: float = 0.1) -> tuple[Tensor, Tensor]:
    """Return end points and mean squared residuals of Adam with its usual constants, for the planted violation."""
    first, second = torch.zeros_like(theta), torch.zeros_like(theta)
    for k in range(1, iterations + 1):
        residual, jacobian = residuals_and_jacobian(theta)
        gradient = (jacobian * residual[:, :, None]).mean(1) * 2
        first = 0.9 * first + 0.1 * gradient
        second = 0.999 * second + 0.001 * gradient**2
        theta = theta - step_size * (first / (1 - 0.9**k)) / ((second / (1 - 0.999**k)).sqrt() + 1e-8)
    return theta, (residuals_and_jacobian(theta)[0] ** 2).mean(1)


@lru_cache(maxsize=4)
def _solutions(seeds: tuple[int, ...], per_seed: int, iterations: int) -> tuple[Tensor, Tensor]:
    return levenberg_marquardt(starts(seeds, per_seed), iterations)


def _rows(
    seeds: tuple[int, ...], per_seed: int, ends: tuple[Tensor, Tensor], targets: Tensor, solved: float
) -> tuple[Row, ...]:
    theta, loss = ends
    distance, nearest = (theta[:, None] - targets).abs().amax(2).min(1)
    return tuple(
        {
            "seed": seeds[i // per_seed],
            "start": i % per_seed,
            "loss": float(loss[i]),
            "solved": bool(loss[i] < solved),
            "copy": int(nearest[i]),
            "copies": len(targets),
            "distance": float(distance[i]),
        }
        for i in range(len(theta))
    )


def measure(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
    """Return one row for each start: its loss, whether it solved the task, the nearest copy and its distance."""
    per_seed = size.option("starts")
    return _rows(seeds, per_seed, _solutions(seeds, per_seed, size.option("iterations")), copies(), SOLVED)


def _wrong_group(kept: Callable[[], Tensor]) -> Callable[[tuple[int, ...], Size], tuple[Row, ...]]:
    """Return a program that counts only the copies `kept` as equivalent."""

    def program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
        per_seed = size.option("planted_starts")
        return _rows(seeds, per_seed, _solutions(seeds, per_seed, size.option("iterations")), kept(), SOLVED)

    return program


def _adam_program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
    per_seed = size.option("adam_starts")
    return _rows(seeds, per_seed, adam(starts(seeds, per_seed), size.option("adam_steps")), copies(), 1e-5)


def decide(rows: tuple[Row, ...]) -> Decision:
    """Apply the rule to raw rows: no solution away from the copies, enough of them, and all copies equally often."""
    solved = [row for row in rows if row["solved"]]
    hits = [row for row in solved if row["distance"] < NEAR]
    if not solved:
        return Decision(False, 0.0, (0.0, 1.0), f"none of {len(rows)} starts solved the task")
    lower = clopper_pearson_lower(len(hits), len(solved), float(LEVEL))
    counts = [sum(row["copy"] == k for row in hits) for k in range(rows[0]["copies"])]
    even = float(chisquare(counts).pvalue) if hits else 0.0
    holds = len(hits) == len(solved) and lower >= LEAST_RATE and even > 1e-4
    detail = (
        f"{len(solved)} of {len(rows)} starts solved the task, {len(hits)} of these on one of the copies; "
        f"counts {counts}, chi-square p = {even:.3g}"
    )
    return Decision(holds, len(hits) / len(solved), (lower, 1.0), detail)


_OPTIONS = (("iterations", 400), ("planted_starts", 120), ("adam_starts", 60), ("adam_steps", 600))

EXPERIMENT = Experiment(
    id="covering.tanh_teacher",
    claim="covering.sign_flip",
    title="All solutions of a tanh teacher",
    population="starts uniform on [-2, 2]^7 for a two-unit tanh teacher on 41 points of [-2, 2]; Levenberg-Marquardt "
    "in float64 until the loss stops falling",
    statistic="share of the solved starts (mean squared residual < 1e-20) within 1e-6, in the sup norm, of a copy",
    level=LEVEL,
    rule="every solved start lies within 1e-6 of one of the 8 copies, the one-sided Clopper-Pearson lower bound of "
    "that share at level 1/1000 is at least 1/2, and the counts over the copies pass chi-square at level 1/10000",
    tightest="the share is attained: a solution next to a copy is a copy, so any missing copy shows as a miss",
    planted=(
        PlantedViolation(
            "permutations only",
            "the group without sign flips: 2 copies instead of 8",
            _wrong_group(lambda: copies()[:2]),
        ),
        PlantedViolation("one copy missing", "7 of the 8 copies", _wrong_group(lambda: copies()[:-1])),
        PlantedViolation(
            "Adam and a small loss",
            "Adam instead of Levenberg-Marquardt, a mean loss below 1e-5 taken for a solution",
            _adam_program,
        ),
    ),
    program=measure,
    decide=decide,
    quick=Size(tuple(range(1, 5)), tuple(range(101, 121)), (("starts", 250), *_OPTIONS)),
    full=Size(tuple(range(1, 21)), tuple(range(101, 141)), (("starts", 500), *_OPTIONS)),
)

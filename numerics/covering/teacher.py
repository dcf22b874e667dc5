"""All solutions of a tanh teacher: every solution found is one of the eight copies, each found equally often.

The teacher is `a_1 tanh(w_1 x + b_1) + a_2 tanh(w_2 x + b_2) + c` on 41 points of [-2, 2]. Starts are uniform on
[-2, 2]^7, a law that the symmetry group leaves invariant; batched Levenberg-Marquardt in float64 follows all starts.
The method commutes with the group, so every copy is as likely as every other to be the one that is found, and whether
a start succeeds does not depend on the cell of the group's fundamental domain that it lies in. Adam would not do: it
reaches a small loss far from every copy, which is one of the planted violations.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from itertools import permutations, product

import torch
from torch import Tensor

from numerics.experiments.intervals import holm
from numerics.experiments.plots import Plot, line, series
from numerics.experiments.protocol import Experiment, PlantedViolation, Registration, Row, Size
from numerics.experiments.rules import Criterion, Evidence, Figure, Rule
from numerics.experiments.uniformity import equal_counts, equal_rates

TEACHER = (1.0, -0.7, 1.5, 0.8, 0.3, -0.9, 0.1)
"""(a_1, a_2, w_1, w_2, b_1, b_2, c)."""

SOLVED = 1e-20
NEAR = 1e-6
ADAM_SOLVED = 1e-5
CELLS = 8


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
    return a[0] * torch.tanh(w[0] * x + b[0]) + a[1] * torch.tanh(w[1] * x + b[1]) + c


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


def cells(theta: Tensor) -> Tensor:
    """Return for each start (n, 7) the one of 8 cells it lies in, shape (n,): signs of the biases, order of moduli.

    The group moves the cells onto each other; ties have probability 0.
    """
    first, second = theta[:, 4], theta[:, 5]
    return (first < 0).long() + 2 * (second < 0).long() + 4 * (first.abs() < second.abs()).long()


Law = Callable[[Tensor], Tensor]
Solver = Callable[[Tensor, int], tuple[Tensor, Tensor]]


def uniform(theta: Tensor) -> Tensor:
    """Return the starts as they are: the law that the group leaves invariant."""
    return theta


def shifted(theta: Tensor) -> Tensor:
    """Return starts with the first unit's slope uniform on [-1/2, 7/2]: the group does not leave this law invariant."""
    return theta + torch.tensor((0.0, 0, 1.5, 0, 0, 0, 0), dtype=theta.dtype)


@lru_cache(maxsize=8)
def _ends(
    seeds: tuple[int, ...], per_seed: int, law: Law, solver: Solver, iterations: int
) -> tuple[Tensor, Tensor, Tensor]:
    begin = law(starts(seeds, per_seed))
    return (cells(begin), *solver(begin, iterations))


def _rows(
    seeds: tuple[int, ...], per_seed: int, ends: tuple[Tensor, Tensor, Tensor], targets: Tensor, solved: float
) -> tuple[Row, ...]:
    cell, theta, loss = ends
    distance, nearest = (theta[:, None] - targets).abs().amax(2).min(1)
    columns = zip(cell.tolist(), loss.tolist(), nearest.tolist(), distance.tolist())
    return tuple(
        {
            "seed": seeds[i // per_seed],
            "start": i % per_seed,
            "cell": where,
            "loss": value,
            "solved": value < solved,
            "copy": copy,
            "copies": len(targets),
            "distance": far,
        }
        for i, (where, value, copy, far) in enumerate(columns)
    )


def measure(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
    """Return one row for each start: its cell and loss, whether it solved the task, nearest copy and distance."""
    return _variant()(seeds, size)


def _variant(kept: int = 8, law: Law = uniform) -> Callable[[tuple[int, ...], Size], tuple[Row, ...]]:
    """Return the program that knows only the first `kept` copies and draws its starts from a law."""

    def program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
        per_seed = size.option("starts")
        ends = _ends(seeds, per_seed, law, levenberg_marquardt, size.option("iterations"))
        return _rows(seeds, per_seed, ends, copies()[:kept], SOLVED)

    return program


def _adam_program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
    per_seed = size.option("adam_starts")
    ends = _ends(seeds, per_seed, uniform, adam, size.option("adam_steps"))
    return _rows(seeds, per_seed, ends, copies(), ADAM_SOLVED)


def evaluate(rows: tuple[Row, ...]) -> Evidence:
    """Return the rule's figures: misses, the share of solved starts, and the least adjusted p-value of two tests."""
    solved = [row for row in rows if row["solved"]]
    hits = [row for row in solved if row["distance"] < NEAR]
    counts = [sum(row["copy"] == k for row in hits) for k in range(rows[0]["copies"])]
    tried = [sum(row["cell"] == k for row in rows) for k in range(CELLS)]
    reached = [sum(row["cell"] == k for row in hits) for k in range(CELLS)]
    p_values = (equal_counts(counts), equal_rates(reached, tried)) if hits else (0.0, 0.0)
    detail = (
        f"{len(solved)} of {len(rows)} starts solved the task, {len(hits)} of these on one of the copies; counts "
        f"{counts}, p = {p_values[0]:.3g}; successes by cell of the start {reached} of {tried}, p = {p_values[1]:.3g}"
    )
    figures: dict[str, Figure] = {
        "misses": len(solved) - len(hits),
        "solved": Fraction(len(solved), len(rows)),
        "evenness": min(holm(p_values)),
    }
    share = len(hits) / len(solved) if solved else 0.0
    # without a solution there is no trial, and `decide` says that nothing was measured
    return Evidence(share, figures, len(hits), len(solved), detail)


def plot(rows: tuple[Row, ...]) -> Plot:
    """Return how often each copy was found, against an equal share."""
    hits = [row["copy"] + 1 for row in rows if row["solved"] and row["distance"] < NEAR]
    number = rows[0]["copies"]
    counts = series("solutions found", [(k, hits.count(k)) for k in range(1, number + 1)])
    equal = len(hits) / number
    return Plot(
        "All solutions of a tanh teacher",
        "copy",
        "starts that end on it",
        (counts,),
        line("equal share", (1, number), (equal, equal)),
    )


RULE = Rule(
    criteria=(
        Criterion("misses", "=", Fraction(0), "solved starts farther than 1e-6 from every copy"),
        Criterion("solved", ">=", Fraction(1, 2), "share of the starts that solve the task", guard=True),
        Criterion(
            "evenness",
            ">=",
            Fraction(1, 1000),
            "least Holm-adjusted Monte Carlo chi-square p-value of: all copies equally often; success equally often "
            "from all 8 cells of starts",
        ),
    ),
    unit="a solved start",
    share=Fraction(99, 100),
    level=Fraction(1, 1000),
)

REGISTRATION = Registration(
    development_seeds=(*range(1, 21), *range(101, 141), *range(1001, 1041), *range(31_001, 35_000)),
    history="Development seeds showed about four solved starts in five and no miss. The bound of the share was "
    "9/10 first and 1/2 after the first runs; it is 99/100 here, for seeds that were not looked at "
    "before. Adam's step size, its number of steps and its loss 1e-5 come from a scan for settings in "
    "which a small loss misleads; the law of the planted start and the number of starts of a planted seed "
    "were chosen on development seeds as well (a shift by 1 instead of 3/2 was caught in 32 of 40 seeds, "
    "sorting the biases of a start in fewer). A first registration, on seeds 31001 to 34040, held in both "
    "profiles; they count as development seeds now, because a guard that fails has given no measurement "
    "instead of a failed rule since then.",
)

_OPTIONS = (("iterations", 400), ("adam_steps", 600), ("adam_starts", 40))
_PLANTED = (("starts", 200),)

EXPERIMENT = Experiment(
    id="covering.tanh_teacher",
    claim="covering.sign_flip",
    title="All solutions of a tanh teacher",
    population="starts uniform on [-2, 2]^7 for a two-unit tanh teacher on 41 points of [-2, 2]; Levenberg-Marquardt "
    "in float64 until the loss stops falling",
    statistic="share of the solved starts (mean squared residual < 1e-20) within 1e-6, in the sup norm, of a copy",
    rule=RULE,
    tightest="the share is attained: a solution next to a copy is a copy, so any missing copy shows as a miss",
    registration=REGISTRATION,
    planted=(
        PlantedViolation("permutations only", "the group without sign flips: 2 copies instead of 8", _variant(2)),
        PlantedViolation("one copy missing", "7 of the 8 copies", _variant(7)),
        PlantedViolation(
            "starts not invariant",
            "the first unit's slope starts on [-1/2, 7/2] instead of [-2, 2]",
            _variant(law=shifted),
        ),
        PlantedViolation(
            "Adam and a small loss",
            "Adam instead of Levenberg-Marquardt, a mean loss below 1e-5 taken for a solution",
            _adam_program,
        ),
    ),
    program=measure,
    evaluate=evaluate,
    plot=plot,
    quick=Size(tuple(range(131_001, 131_005)), tuple(range(132_001, 132_021)), (("starts", 250), *_OPTIONS), _PLANTED),
    full=Size(tuple(range(133_001, 133_021)), tuple(range(134_001, 134_041)), (("starts", 500), *_OPTIONS), _PLANTED),
)

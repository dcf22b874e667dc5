"""The numbers behind a rate table: what is certified before training, what was observed, and what fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from theory.exact.rationals import exact
from theory.language.errors import InputError, SearchFailed, explain

from .observed import Observed, follow
from .tasks import Task

if TYPE_CHECKING:
    from numerics.gnn_convergence.certified import Spectrum
    from numerics.gnn_convergence.networks import Problem, Weights

Enclosure = tuple[Fraction, Fraction]
Progress = Callable[[str, int, int], None]
ZERO = (Fraction(0), Fraction(0))
MOST_LAYERS = 64


@dataclass(frozen=True)
class RateRecord:
    """The numbers of one depth. Fractions are certified, each on the safe side; floats are estimates.

    Attributes:
        depth, aggregation, skip, widths: of the network. rows, columns: of the design G. rank: of G; rank_exact: or
            decided by a tolerance.
        sigma_min, sigma_plus, sigma_max: enclosures of squared singular values of G.
        lambda_start: enclosure of lambda(0). lambda_certified: lower bound of lambda_T for all T, 0 if there is none.
        printed_exponent: 4 lambda_certified sigma_min^2 from below, 0 where vacuous. exponent: with sigma_+^2.
        least_loss: enclosure of L*, None where it was not found.
        time: upper bound of the time until the gap is eps times that at the start. step, factor: a step size of
            gradient descent that is admissible, and an upper bound of the factor of each step.
        lambda_observed, bound_exponent, measured_exponent, tightness: inf lambda seen, 4 inf lambda sigma_+^2, the
            exponent of the decay seen, and its ratio to the bound's. observed_time: until eps was reached.
        followed: the time that was seen. gap: what was left then. twins: classes of twins among the training nodes.
        fails: which hypotheses fail, and by how much.
    """

    depth: int
    aggregation: str
    skip: bool
    widths: tuple[int, ...]
    rows: int
    columns: int
    rank: int
    rank_exact: bool
    sigma_min: Enclosure
    sigma_plus: Enclosure
    sigma_max: Enclosure
    lambda_start: Enclosure
    lambda_certified: Fraction
    printed_exponent: Fraction
    exponent: Fraction
    least_loss: Enclosure | None
    time: Fraction | None
    step: Fraction | None
    factor: Fraction | None
    lambda_observed: float | None
    bound_exponent: float | None
    measured_exponent: float | None
    tightness: float | None
    observed_time: float | None
    followed: float | None
    gap: float | None
    twins: tuple[tuple[int, ...], ...]
    fails: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Row:
    """A depth with its problem, start, certified and observed numbers."""

    problem: Problem
    weights: Weights
    record: RateRecord
    observed: Observed | None


def rate_rows(task: Task, *, layers: Sequence[int] = (1, 2, 3), skip: bool = False, width: int | None = None,
              start: str = "orthogonal", scale: Any = "1", heads: Any = "0", eps: Any = "1e-6", seed: int = 0,
              estimates: bool = True, progress: Progress | None = None) -> tuple[Row, ...]:
    """Return the numbers of each depth; arguments as for `rate_table`."""
    from numerics.gnn_convergence.networks import Problem, initial, shift

    depths, share = _depths(layers), exact(eps, "eps")
    if not 0 < share < 1:
        raise InputError(explain("eps", "a number in (0, 1)", str(share), "Write 1e-6, say."))
    beta, spread = exact(scale, "scale"), exact(heads, "heads")
    if beta <= 0 or spread < 0:
        raise InputError(explain("scale, heads", "scale > 0 and heads >= 0", f"{beta}, {spread}", "Write 1 and 0."))
    aggregation = shift(task.graph, task.aggregation)
    tell = progress or (lambda what, done, total: None)
    found = []
    for done, depth in enumerate(depths):
        tell(f"H = {depth}: certificates", 2*done, 2*len(depths))
        problem = Problem(task.X, aggregation, task.train, task.Y, depth, skip)
        weights = initial(problem, (task.X.shape[0] if width is None else width,)*depth, seed, layers=start,
                          scale=float(beta), heads=float(spread))
        tell(f"H = {depth}: training", 2*done + 1, 2*len(depths))
        observed = follow(problem, weights, float(share)) if estimates else None
        found.append(Row(problem, weights, _record(task.kind, problem, weights, share, observed), observed))
    tell("done", 2*len(depths), 2*len(depths))
    return tuple(found)


def _depths(layers: Any) -> tuple[int, ...]:
    depths = (layers,) if isinstance(layers, int) else tuple(layers)
    if not depths or any(isinstance(h, bool) or not isinstance(h, (int, np.integer)) or not 0 <= h <= MOST_LAYERS
                         for h in depths):
        raise InputError(explain("layers", f"numbers of layers from 0 to {MOST_LAYERS}", repr(layers),
                                 "Write (1, 2, 3), say."))
    return tuple(dict.fromkeys(map(int, depths)))


def _record(kind: str, problem: Problem, weights: Weights, eps: Fraction, observed: Observed | None) -> RateRecord:
    from numerics.gnn_convergence.certified import singular_values
    from theory.gnn_convergence import linear_rate_exponent

    spectrum = singular_values(problem)
    fails: list[str] = []
    kept = _certified_lambda(problem, weights, fails)
    _rank_fails(problem, spectrum, fails)
    exponent = linear_rate_exponent(kept, spectrum.plus[0])
    step, factor = _step(problem, weights, exponent, fails)
    rows, columns = problem.design().shape
    bound = tightness = None
    if observed is not None:
        bound = 4*observed.infimum*problem.sigma_plus_squared()
        tightness = observed.exponent/bound if bound > 0 else None
    return RateRecord(
        problem.depth, kind, problem.skip, weights.widths, rows, columns, spectrum.rank.value, spectrum.rank.exact,
        spectrum.least, spectrum.plus, spectrum.largest, _lambda_start(problem, weights), kept,
        linear_rate_exponent(kept, spectrum.least[0]), exponent, _least_loss(problem, fails), _time(exponent, eps),
        step, factor,
        None if observed is None else observed.infimum, bound, None if observed is None else observed.exponent,
        tightness, observed.time if observed is not None and observed.reached else None,
        None if observed is None else float(observed.times[-1]), None if observed is None else float(observed.gaps[-1]),
        spectrum.twins, tuple(fails))


def _certified_lambda(problem: Problem, weights: Weights, fails: list[str]) -> Fraction:
    """The certified lambda, with what stands against it; widths below the number of features leave none."""
    from numerics.gnn_convergence.certified import layer_enclosures

    features, widths = problem.X.shape[0], weights.widths
    narrow = next((k for k, m in enumerate(widths, 1) if m < features), None)
    if narrow is not None:
        fails.append(f"lambda = 0 at all times: m_{narrow} = {widths[narrow - 1]} is {features - widths[narrow - 1]}"
                     f" below m_x = {features}" + _reachable(problem, min(widths)))
        return Fraction(0)
    product = least = Fraction(1)
    for level, (low, high) in enumerate(layer_enclosures(problem, weights), 1):
        if low <= 0:
            fails.append(f"no lambda is certified: s_{level} > 0 is needed, found at most {float(high):.4g}; take"
                         " smaller heads or more balanced layers")
            return Fraction(0)
        product *= low
        least = min(least, product)
    return least if problem.skip else product


def _reachable(problem: Problem, width: int) -> str:
    """A warning where the least loss of a network with so narrow a layer may exceed L*."""
    least = problem.X.shape[0] if problem.skip else min(problem.X.shape[0], problem.Y.shape[0])
    return "" if width >= least else f"; L* is that of layers of width {least}, which these may not reach"


def twins_matter(record_rows: int, columns: int, twins: Sequence[Sequence[int]], *, depth: int, skip: bool) -> bool:
    """Return whether twins alone force sigma_min = 0: fewer distinct columns of G than singular values.

    Twins have equal columns of X S^H for H >= 1; with heads on all layers the columns of X tell them apart.
    """
    return depth > 0 and not skip and columns - sum(len(group) - 1 for group in twins) < min(record_rows, columns)


def _rank_fails(problem: Problem, spectrum: Spectrum, fails: list[str]) -> None:
    rows, columns = problem.design().shape
    rank, least = spectrum.rank, min(rows, columns)
    if rank.exact and 0 < rank.value < least:
        why = ""
        if twins_matter(rows, columns, spectrum.twins, depth=problem.depth, skip=problem.skip):
            lost = sum(len(group) - 1 for group in spectrum.twins)
            why = f", for twins leave {columns - lost} different columns of {columns}"
        fails.append(f"sigma_min = 0: the rank of the {rows} x {columns} matrix G is {least - rank.value} below"
                     f" {least}{why}; the printed bound is vacuous, the sharpened one needs sigma_+ only")
    elif rank.exact and rank.value == 0:
        fails.append("G = 0: the loss is constant")
    elif not rank.exact:
        fails.append(f"sigma_+ is not certified: the rank lies between {rank.lower} and {rank.upper} ({rank.how})")


def _lambda_start(problem: Problem, weights: Weights) -> Enclosure:
    """An enclosure of lambda(0), with skips of the least over all layers."""
    from numerics.enclosures.balls import ball
    from numerics.enclosures.eigenvalues import BallMatrix, eigenvalue_enclosure, precision

    features = problem.X.shape[0]
    if any(width < features for width in weights.widths):
        return ZERO
    found = [(Fraction(1), Fraction(1))] if problem.skip or not problem.depth else []
    with precision(320):
        power, whole = None, np.eye(features)
        for level, layer in enumerate(weights.B, 1):
            step = BallMatrix([[ball(Fraction(x)) for x in row] for row in layer.tolist()])
            power, whole = (step if power is None else step*power), layer @ whole
            if problem.skip or level == problem.depth:
                guess = float(np.linalg.svd(whole, compute_uv=False)[-1]**2)
                found.append(eigenvalue_enclosure((power.transpose()*power).tolist(), 1, guess, floor=Fraction(0)))
    return min(low for low, _ in found), min(high for _, high in found)


def _least_loss(problem: Problem, fails: list[str]) -> Enclosure | None:
    from numerics.gnn_convergence.certified import least_loss_enclosure

    try:
        return least_loss_enclosure(problem)
    except SearchFailed as error:
        fails.append(f"L* is not enclosed: {error}")
        return None


def _time(exponent: Fraction, eps: Fraction) -> Fraction | None:
    """ln(1/eps)/exponent, from above."""
    from numerics.enclosures.balls import ball
    from numerics.enclosures.eigenvalues import ends

    return ends(ball(1/eps).log())[1]/exponent if exponent > 0 else None


def _step(problem: Problem, weights: Weights, exponent: Fraction,
          fails: list[str]) -> tuple[Fraction | None, Fraction | None]:
    """An admissible step size and the factor it has, for one layer without skips."""
    from numerics.gnn_convergence.certified import certified_step

    if problem.depth != 1 or problem.skip or exponent == 0:
        return None, None
    try:
        found = certified_step(problem, weights)
    except InputError as error:
        fails.append(f"no step size: {error}")
        return None, None
    return found.step, found.factor

"""Gradient flow followed for a while: how fast the gap really fell, in floating point."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numerics.gnn_convergence.networks import Problem, Weights

Array = np.ndarray
FLOOR = 1e-12
"""Gaps below this multiple of the loss at the start are rounding."""
WORK = 2*10**7
"""Evaluations of the gradient times entries of the weights: what following a row may cost."""
MOST_CALLS = 20_000
POINTS = 5
"""Recorded in each stretch of time; stretches double."""
STRETCHES = 60
TOLERANCE = 1e-7


@dataclass(frozen=True, eq=False)
class Observed:
    """Gradient flow from the start: all numbers are floating point.

    Attributes:
        times: from 0 on. gaps: (L_t - L*)/(L_0 - L*) while above rounding. infima: least lambda up to each time.
        contributions: the terms of -dL/dt at each time, (heads..., layers...), shape (times, terms). losses: L_t.
        reached: whether the gap fell to eps. time: when, or else the last time.
    """

    times: Array
    gaps: Array
    infima: Array
    losses: Array
    contributions: Array
    reached: bool
    time: float

    @property
    def infimum(self) -> float:
        """Return the least lambda up to `time`."""
        return float(self.infima[self.last])

    @property
    def last(self) -> int:
        """Return the index of the first recorded time at or behind `time`."""
        return int(min(np.searchsorted(self.times, self.time), len(self.times) - 1))

    @property
    def exponent(self) -> float:
        """Return ln(gap_0/gap_t)/t at `time`, or at the last point above rounding."""
        k = self.last
        return -log(self.gaps[k])/float(self.times[k]) if k else 0.0


def follow(problem: Problem, weights: Weights, eps: float) -> Observed | None:
    """Follow gradient flow until the gap is eps times that at the start, or the work is done; None if L_0 = L*.

    Stretches of time double, so that the first steps and the last are both seen.
    """
    from numerics.gnn_convergence.flow import gradient_flow
    from numerics.gnn_convergence.networks import loss

    least, start = problem.least_loss(), loss(problem, weights)
    gap = start - least
    if gap <= FLOOR*start:
        return None
    calls = min(MOST_CALLS, WORK//weights.flat().size)
    stretch, now, here, seen = _first(problem, weights), 0.0, weights, np.inf
    times, losses, infima, run = [], [], [], []
    for count in range(STRETCHES):
        ticks = stretch*np.arange(0 if count == 0 else 1, POINTS + 1)/POINTS
        # a trial step that is much too long overflows; the solver rejects it
        with np.errstate(over="ignore", invalid="ignore"):
            found = gradient_flow(problem, here, ticks, rtol=TOLERANCE)
        times += [now + t for t in found.times.tolist()]
        losses += found.losses.tolist()
        infima += np.minimum(found.infima, seen).tolist()
        run += list(found.weights)
        now, here, seen, calls = times[-1], found.weights[-1], infima[-1], calls - found.evaluations
        if losses[-1] - least <= max(eps*gap, FLOOR*start) or calls < 2*found.evaluations:
            break
        stretch = 2*stretch if count else stretch
    return _observed(problem, (times, losses, infima, run), (least, gap, start), eps)


def _first(problem: Problem, weights: Weights) -> float:
    """A time in which the fastest direction moves by about a quarter, from the size of the design and the layers."""
    from numerics.gnn_convergence.networks import layer_product

    layers = max((float(np.linalg.norm(layer_product(weights, k), 2)) for k in range(1, problem.depth + 1)),
                 default=1.0)
    size = float(np.linalg.norm(problem.design(), 2))*max(layers, 1.0 if problem.skip else 0.0)
    return 1/(8*size**2) if size else 1.0


def _observed(problem: Problem, run: tuple[list, ...], constants: tuple[float, float, float],
              eps: float) -> Observed:
    """The run up to the last gap above rounding, with the terms of -dL/dt and the time when eps was reached."""
    from numerics.gnn_convergence.networks import contributions

    least, gap, start = constants
    times, losses, infima = (np.array(part) for part in run[:3])
    gaps = (losses - least)/gap
    noise = np.flatnonzero(gaps*gap <= FLOOR*start)
    end = int(noise[0]) if len(noise) else len(gaps)
    below = np.flatnonzero(gaps[:end] <= eps)
    parts = [contributions(problem, w) for w in run[3][:end]]
    terms = np.array([[*part["v"], *part["J"]] for part in parts])
    if len(below):
        k = int(below[0])
        share = log(gaps[k - 1]/eps)/log(gaps[k - 1]/gaps[k])
        time = float(times[k - 1] + share*(times[k] - times[k - 1]))
    else:
        time = float(times[end - 1])
    return Observed(times[:end], gaps[:end], infima[:end], losses[:end], terms, bool(len(below)), time)

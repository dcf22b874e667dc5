"""Which sides of the data a ReLU unit can leave active: partial patterns, and the signs that they imply.

The pre-activations z_i = theta . x_i of one unit cut the space of its weights into cones. A partial pattern is a cone
{s_i z_i >= 0}; it is kept as the extreme rays of the arrangement that it holds, so that a sign is implied exactly if
all these rays have it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from proofs_check.etr_training.exact_matrices import echelon, null_space, solve, transpose

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance

LARGEST = 4000
"""Largest number of subsets of the data that are tried for rays."""

Signs = tuple[int, ...]


@dataclass(frozen=True)
class Unit:
    """A hidden ReLU vertex: the names of its weights (bias last), and for each point the row they are multiplied by."""

    name: str
    weights: tuple[str, ...]
    rows: tuple[tuple[Fraction, ...], ...]

    @cached_property
    def rays(self) -> tuple[Signs, ...]:
        """Signs at the points of the extreme rays of the arrangement, each direction once."""
        width = len(self.weights)
        columns = echelon(self.rows, width)[1]
        reduced = [[row[j] for j in columns] for row in self.rows]
        distinct = sorted({tuple(row) for row in reduced if any(row)})
        found: set[Signs] = set()
        for subset in itertools.combinations(distinct, max(len(columns) - 1, 0)):
            basis = null_space(subset, len(columns)) if subset else [[Fraction(1)]] * bool(columns)
            if len(basis) == 1:
                values = [sum((a * b for a, b in zip(row, basis[0], strict=True)), Fraction(0)) for row in reduced]
                signs = tuple((v > 0) - (v < 0) for v in values)
                found |= {signs, tuple(-s for s in signs)}
        return tuple(sorted(found))

    def side(self, rays: frozenset[int], point: int, sign: int) -> frozenset[int]:
        """Return the rays on one closed side of a point's hyperplane."""
        return frozenset(r for r in rays if sign * self.rays[r][point] >= 0)

    def implied(self, rays: frozenset[int], point: int) -> int:
        """Return 1 or -1 where all rays agree that z >= 0 or z <= 0 (1 if z = 0 everywhere), else 0."""
        signs = {self.rays[r][point] for r in rays}
        return 1 if -1 not in signs else -1 if 1 not in signs else 0

    def multipliers(self, decided: Mapping[int, int], point: int, sign: int) -> dict[int, Fraction] | None:
        """Return q >= 0 with sign z_point = sum q_k s_k z_k over decided points k, or None."""
        target = [sign * x for x in self.rows[point]]
        if not any(target):
            return {}
        width = len(self.weights)
        for size in range(1, width + 1):
            for subset in itertools.combinations(sorted(decided), size):
                rows = [[decided[k] * x for x in self.rows[k]] for k in subset]
                found = solve(transpose(rows, width), target, size)
                if found is not None and all(q >= 0 for q in found):
                    return {k: q for k, q in zip(subset, found, strict=True) if q}
        return None


def units(instance: TrainingInstance) -> list[Unit] | None:
    """Return the hidden units of a net with one hidden ReLU layer, or None where it is another or too large."""
    column, found = {s: k for k, s in enumerate(instance.sources)}, []
    for h in instance.hidden:
        tails = instance.incoming[h]
        if instance.activation[h] != "relu" or any(u not in column for u in tails):
            return None
        biased = h in instance.biases
        rows = tuple(tuple([*(point[column[u]] for u in tails), *([Fraction(1)] if biased else [])])
                     for point in instance.points)
        found.append(Unit(h, tuple([*(f"{u}->{h}" for u in tails), *([h] if biased else [])]), rows))
    if any(math.comb(len(set(unit.rows)), max(rank_of(unit) - 1, 0)) > LARGEST for unit in found):
        return None
    return found


def rank_of(unit: Unit) -> int:
    """Return the dimension of the span of a unit's rows."""
    return len(echelon(unit.rows, len(unit.weights))[1])

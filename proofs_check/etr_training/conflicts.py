"""Equal inputs with different labels: a lower bound on the loss of every network, whatever its activations.

At one input a network has one output o, and sum (o - y_i)^2 >= sum (mean - y_i)^2 for every o.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING

from proofs_check.etr_training.answers import refuted
from proofs_check.etr_training.polynomials import number

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.decision import Decision
    from theory.etr_training.instance import TrainingInstance

ENGINE = "conflicts"
COST = "linear in the data, after sorting them by input"


def worst_conflict(instance: TrainingInstance) -> tuple[int, dict[int, Fraction], Fraction] | None:
    """Return (sink index, mean - label at each point, loss bound) of the worst group of equal inputs, or None."""
    groups: dict[tuple[Fraction, ...], list[int]] = defaultdict(list)
    for i, point in enumerate(instance.points):
        groups[point].append(i)
    best: tuple[int, dict[int, Fraction], Fraction] | None = None
    for members in groups.values():
        for t in range(len(instance.sinks)):
            known = {i: y for i in members if (y := instance.labels[i][t]) is not None}
            mean = sum(known.values(), Fraction(0)) / max(len(known), 1)
            bound = sum(((y - mean) ** 2 for y in known.values()), Fraction(0))
            if bound and (best is None or bound > best[2]):
                best = t, {i: mean - y for i, y in known.items()}, bound
    return best


def applicable(instance: TrainingInstance) -> str | None:
    """Return why the method cannot decide the instance, or None where it does."""
    if instance.strict and instance.threshold <= 0:
        return None
    found = worst_conflict(instance)
    if found is None:
        return "no two points of equal input have different labels"
    if not (found[2] > instance.threshold or (instance.strict and found[2] == instance.threshold)):
        return f"points of equal input only show loss >= {found[2]}"
    return None


def solve(instance: TrainingInstance, deadline: Deadline) -> Decision | None:  # noqa: ARG001 - one interface
    """Return `unsat` where equal inputs of different labels already cost more than the threshold."""
    if applicable(instance) is not None:
        return None
    if instance.strict and instance.threshold <= 0:
        return refuted(instance, {"kind": "threshold"}, "threshold", cost="none: no loss is negative")
    found = worst_conflict(instance)
    if found is None:
        return None
    t, direction, bound = found
    body = {"kind": "conflict", "sink": t, "r": [[i, number(r)] for i, r in sorted(direction.items()) if r]}
    return refuted(instance, body, ENGINE, cost=COST, lower=bound)

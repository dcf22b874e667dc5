"""Labels that a sink cannot reach: a sigmoid stays strictly between 0 and 1, sin in [-1, 1], a ReLU at or above 0.

The squared distances of the labels to the range of their sink add up to a lower bound on the loss of every network.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from proofs_check.etr_training.answers import refuted

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.decision import Decision
    from theory.etr_training.instance import TrainingInstance

ENGINE = "range of the sinks"
COST = "linear in the data"


def distance(activation: str, label: Fraction) -> Fraction:
    """Return the distance of a label to the closure of the range of a sink's activation."""
    if activation == "sigmoid":
        return max(-label, label - 1, Fraction(0))
    if activation == "sin":
        return max(-label - 1, label - 1, Fraction(0))
    if activation == "relu":
        return max(-label, Fraction(0))
    if activation == "step":
        return min(abs(label), abs(label - 1))
    return Fraction(0)


def unreachable(instance: TrainingInstance) -> tuple[list[tuple[int, int]], Fraction, bool]:
    """Return the (point, sink index) of labels out of range, the loss they cost, and whether it is never attained."""
    entries, total, missed = [], Fraction(0), False
    for i, row in enumerate(instance.labels):
        for t, (sink, label) in enumerate(zip(instance.sinks, row, strict=True)):
            if label is None:
                continue
            activation = instance.activation[sink]
            far, open_end = distance(activation, label), activation == "sigmoid" and not 0 < label < 1
            if far or open_end:
                entries.append((i, t))
                total, missed = total + far**2, missed or open_end
    return entries, total, missed


def applicable(instance: TrainingInstance) -> str | None:
    """Return why the method cannot decide the instance, or None where it does."""
    entries, total, missed = unreachable(instance)
    if not entries:
        return "every label is in the range of its sink"
    if not (total > instance.threshold or (total == instance.threshold and (missed or instance.strict))):
        return f"labels out of range only show loss >= {total}"
    return None


def solve(instance: TrainingInstance, deadline: Deadline) -> Decision | None:  # noqa: ARG001 - one interface
    """Return `unsat` where labels out of range cost the threshold; ends of the range of a sigmoid are not attained."""
    if applicable(instance) is not None:
        return None
    entries, total, _ = unreachable(instance)
    body = {"kind": "range", "entries": [list(entry) for entry in entries]}
    return refuted(instance, body, ENGINE, cost=COST, lower=total)

"""Exact fit with one hidden ReLU layer by counting kinks on lines: certificates of a few numbers.

On a line through data points disjoint intervals of positive (negative) second differences need different units of
positive (negative) output weight. For one input the number of units found so is within 2 of the minimal width, within 1
with an output bias, and an explicit interpolant answers "yes" from there on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from proofs_check.etr_training.answers import rational_witness, refuted, satisfied
from theory.etr_training.piercing import Piercing, conflict, interpolant, piercing

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.decision import Decision
    from theory.etr_training.instance import TrainingInstance

ENGINE = "piercing"
COST = "cubic in the number of points, n log n for one input"
_MOST_POINTS = 150  # for lines in the plane and beyond


def applicable(instance: TrainingInstance) -> str | None:
    """Return why the method does not apply, or None if it does."""
    shape = instance.one_hidden_shape()
    if shape is None or any(instance.activation[h] != "relu" for h in instance.hidden):
        return "not a plain net with one hidden ReLU layer"
    if not instance.exact_fit:
        return "not an exact fit"
    if shape[0] == 0:
        return "no inputs"
    return None


def solve(instance: TrainingInstance, deadline: Deadline) -> Decision | None:
    """Return `unsat` if a line needs too many kinks, `sat` if the interpolant of one input is narrow enough."""
    if applicable(instance) is not None:
        return None
    for t in range(len(instance.sinks)):
        values = [row[t] for row in instance.labels]
        for line in lines(instance.points, values):
            found = pierced(instance.points, values, line)
            if found is not None and sum(found.numbers) > len(instance.hidden):
                return refuted(instance, refutation(found, line, t), ENGINE, cost=COST)
            if deadline.passed:
                return None
    return _interpolated(instance)


def refutation(found: Piercing, line: Sequence[int], sink: int) -> dict[str, object]:
    """Return the refutation of kind piercing; `line` maps positions of the data of `found` to points."""
    return {"kind": "piercing", "sink": sink, "line": [line[k] for k in found.line.order],
            "positive": list(found.positive), "negative": list(found.negative)}


def pierced(points: Sequence[Sequence[Fraction]], values: Sequence[Fraction | None],
            line: Sequence[int]) -> Piercing | None:
    """Return the piercing of labelled points on a line, None if equal points have different labels."""
    first, other = points[line[0]], next((points[i] for i in line if points[i] != points[line[0]]), points[line[0]])
    axis = next((c for c, (a, b) in enumerate(zip(first, other)) if a != b), 0)
    places, labels = [points[i][axis] for i in line], [values[i] or Fraction(0) for i in line]
    return None if conflict(places, labels) is not None else piercing(places, labels)


def lines(points: Sequence[Sequence[Fraction]], values: Sequence[Fraction | None]) -> Iterator[tuple[int, ...]]:
    """Yield the maximal sets of at least three different labelled points on a line, each point once."""
    first: dict[tuple[Fraction, ...], int] = {}
    for i, point in enumerate(points):
        if values[i] is not None:
            first.setdefault(tuple(point), i)
    known = sorted(first.values())
    if points and len(points[0]) == 1:
        if len(known) > 2:
            yield tuple(known)
        return
    if len(known) > _MOST_POINTS:
        return
    for i in known:
        bundles: dict[tuple[Fraction, ...], list[int]] = {}
        for k in known:
            if k != i:
                bundles.setdefault(_direction(points[i], points[k]), []).append(k)
        for others in bundles.values():
            if len(others) > 1 and all(k > i for k in others):
                yield (i, *others)


def _direction(start: Sequence[Fraction], end: Sequence[Fraction]) -> tuple[Fraction, ...]:
    """The direction of a line, scaled so that its first entry other than 0 is 1."""
    step = [b - a for a, b in zip(start, end)]
    lead = next(v for v in step if v)
    return tuple(v / lead for v in step)


def _interpolated(instance: TrainingInstance) -> Decision | None:
    """Return `sat` if the interpolant of the labelled points of one input and one sink needs no more hidden units."""
    if len(instance.sources) != 1 or len(instance.sinks) != 1:
        return None
    known = [(point[0], y) for point, (y,) in zip(instance.points, instance.labels) if y is not None]
    places, values = [x for x, _ in known], [y for _, y in known]
    if not known or conflict(places, values) is not None:
        return None
    fit = interpolant(places, values, output_bias=instance.output_bias)
    if fit.width > len(instance.hidden):
        return None
    generic = fit.weights(len(instance.hidden))
    weights = {renamed(instance, name): value for name, value in generic.items()}
    return satisfied(instance, rational_witness(instance, weights), ENGINE, cost=COST, upper=Fraction(0))


def renamed(instance: TrainingInstance, name: str) -> str:
    """Return the instance's name of a parameter of a net with vertices x1, h1, h2, ..., y1."""
    vertices = {"x1": instance.sources[0], "y1": instance.sinks[0]}
    vertices |= {f"h{j}": hidden for j, hidden in enumerate(instance.hidden, 1)}
    return "->".join(vertices[part] for part in name.split("->"))

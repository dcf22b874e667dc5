"""Sigmoid and sine units: a rational point whose loss interval is low enough, or a cover of the box by separations.

Branch and prune over the weights of one hidden layer; the output layer is projected out. In a small box of hidden
weights the outputs lie near the span of the hidden values at its centre, and the residual r of the least squares fit
separates them from the labels: if <r, output> - <r, y> >= L > 0 in the whole box, the loss there is at least
L^2 / |r|^2.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.answers import rational_witness, refuted, satisfied, undecided
from proofs_check.etr_training.float_search import ball_loss, candidates, rounded
from proofs_check.etr_training.krawczyk import krawczyk_witness
from proofs_check.etr_training.polynomials import number

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.decision import Decision
    from theory.etr_training.instance import TrainingInstance

ENGINE = "boxes"
COST = "boxes grow like (box / gap)^(hidden weights); semi-decidable: a threshold equal to the optimum is never reached"
BATCH = 4096
LARGEST_COVER = 400_000
_MARGIN = 1e-7
_DIGITS = 10_000


@dataclass(frozen=True)
class HiddenLayer:
    """The shape that the cover is for: names of hidden weights, one row for each hidden unit, bias last, as arrays."""

    names: tuple[str, ...]
    rows: tuple[tuple[int, ...], ...]
    inputs: Any
    labels: Any
    points: tuple[int, ...]
    activations: tuple[str, ...]
    output_bias: bool


def applicable(instance: TrainingInstance) -> str | None:
    """Return why the method does not apply, or None where it does (without a box it only finds solutions)."""
    if instance.box is None and not any(activation in ("sigmoid", "sin") for _, activation in instance.vertices):
        return "no vertex is a sigmoid or a sine, and weights are in no box"
    return None


def solve(instance: TrainingInstance, deadline: Deadline) -> Decision | None:
    """Return `sat` with a rational point or a Krawczyk box, `unsat` with a cover, or `unknown` with bounds."""
    if applicable(instance) is not None:
        return None
    found, best = _satisfy(instance, deadline.within(max(1.0, deadline.left / 4)))
    if found is not None:
        return found
    layer = hidden_layer(instance)
    if layer is None:
        reason = ("no weights found; only boxes with one hidden layer, one sink and no pins can be covered"
                  if instance.box is not None else "no weights found; without a box no search can show there are none")
        return undecided(ENGINE, reason, cost=COST, upper=best)
    cover, reason = _cover(layer, float(instance.box or 0), float(instance.threshold), deadline)
    if cover is None:
        return undecided(ENGINE, reason, cost=COST, upper=best)
    body = {"kind": "boxes", "sink": 0, "root": cover}
    return refuted(instance, body, ENGINE, cost=COST, lower=instance.threshold)


def _satisfy(instance: TrainingInstance, deadline: Deadline) -> tuple[Decision | None, Fraction | None]:
    """Return a decision `sat` if some local minimum is good enough, and the lowest loss that was certain."""
    best: Fraction | None = None
    for vector in candidates(instance, deadline):
        if instance.exact_fit:
            body = krawczyk_witness(instance, vector)
            if body is not None:
                return satisfied(instance, body, "Krawczyk", cost=COST, upper=Fraction(0)), Fraction(0)
        for bits in (12, 30):
            weights = rounded(instance, vector, bits)
            upper = _upper(ball_loss(instance, weights))
            best = upper if best is None else min(best, upper)
            if upper < instance.threshold:
                return satisfied(instance, rational_witness(instance, weights), "least squares, interval loss",
                                 cost=COST, upper=upper), upper
    return None, best


def _upper(ball: Any) -> Fraction:
    """Return a short rational above a ball."""
    import math

    value = float(ball.upper())
    return Fraction(math.ceil(value * (1 << 40)) + 1, 1 << 40) if math.isfinite(value) else Fraction(10**30)


def hidden_layer(instance: TrainingInstance) -> HiddenLayer | None:
    """Return the arrays of a boxed net with one hidden layer, one identity sink and no direct edges, else None."""
    import numpy as np

    if (instance.box is None or instance.pinned or len(instance.sinks) != 1
            or instance.activation[instance.sinks[0]] != "id"):
        return None
    sink, hidden = instance.sinks[0], instance.hidden
    if set(instance.incoming[sink]) != set(hidden) or any(u in hidden for h in hidden for u in instance.incoming[h]):
        return None
    if any(instance.activation[h] not in ("sigmoid", "sin", "relu") for h in hidden):
        return None
    points = tuple(i for i, row in enumerate(instance.labels) if row[0] is not None)
    names, rows, inputs = [], [], []
    for h in hidden:
        own = [*(f"{u}->{h}" for u in instance.incoming[h]), *([h] if h in instance.biases else [])]
        rows.append(tuple(range(len(names), len(names) + len(own))))
        names += own
        columns = [[float(instance.points[i][instance.sources.index(u)]) for i in points] for u in instance.incoming[h]]
        inputs.append(np.array([*columns, *([[1.0] * len(points)] if h in instance.biases else [])]))
    labels = np.array([float(instance.labels[i][0] or 0) for i in points])
    return HiddenLayer(tuple(names), tuple(rows), inputs, labels, points,
                       tuple(instance.activation[h] for h in hidden), sink in instance.biases)


def _cover(layer: HiddenLayer, box: float, threshold: float, deadline: Deadline) -> tuple[dict[str, Any] | None, str]:
    """Return the tree of a cover of the box by separated boxes, or None and the reason."""
    import numpy as np

    size = len(layer.names)
    root: dict[str, Any] = {}
    waiting = [(root, np.full(size, -box), np.full(size, box))]
    leaves = 0
    while waiting:
        if deadline.passed:
            return None, f"time is up with {leaves} boxes refuted and {len(waiting)} left"
        if leaves + len(waiting) > LARGEST_COVER:
            return None, f"the cover would need more than {LARGEST_COVER} boxes"
        batch, waiting = waiting[-BATCH:], waiting[:-BATCH]
        low, high = np.array([b[1] for b in batch]), np.array([b[2] for b in batch])
        bounds, directions, scores = _separations(layer, low, high, box)
        for k, (node, lower, upper) in enumerate(batch):
            if bounds[k] > threshold * (1 + _MARGIN) + _MARGIN:
                node["r"] = [[i, number(Fraction(int(r), _DIGITS))]
                             for i, r in zip(layer.points, directions[k], strict=True) if r]
                leaves += 1
                continue
            axis = int(np.argmax(scores[k] * (upper - lower)))
            middle = 0.5 * (lower[axis] + upper[axis])
            if not lower[axis] < middle < upper[axis] or upper[axis] - lower[axis] < 1e-9:
                return None, "the threshold is the optimum, or too close to it to be told apart by boxes"
            below, above = upper.copy(), lower.copy()
            below[axis] = above[axis] = middle
            node |= {"split": [layer.names[axis], number(Fraction(middle))], "low": {}, "high": {}}
            waiting += [(node["low"], lower, below), (node["high"], above, upper)]
    return root, ""


def _separations(layer: HiddenLayer, low: Any, high: Any, box: float) -> tuple[Any, Any, Any]:
    """Return for each box a bound on the loss, the separating direction in units of 1/_DIGITS, and weights of axes."""
    import numpy as np

    middle, half = 0.5 * (low + high), 0.5 * (high - low)
    values = np.stack([_activation(name, middle[:, row] @ x)[0] for name, row, x
                       in zip(layer.activations, layer.rows, layer.inputs, strict=True)], axis=2)
    residual = _residuals(values, layer, box)
    largest = np.maximum(np.max(np.abs(residual), axis=1, keepdims=True), 1e-300)
    whole = np.round(-residual / largest * _DIGITS)
    r = whole / _DIGITS
    lowest = np.zeros(len(low))
    scores = np.zeros_like(low)
    for name, row, x in zip(layer.activations, layer.rows, layer.inputs, strict=True):
        columns = list(row)
        reach, slope = _enclosure(name, middle[:, columns], half[:, columns], x, r)
        lowest -= box * reach
        scores[:, columns] = slope
    if layer.output_bias:
        lowest -= box * np.abs(r.sum(axis=1))
    gap = lowest - r @ layer.labels
    norm = np.maximum((r**2).sum(axis=1), 1e-300)
    return np.where(gap > 0, gap**2 / norm, 0.0), whole, scores + 1e-12


def _residuals(values: Any, layer: HiddenLayer, box: float) -> Any:
    """Return label - fit for the least squares fit of the output layer in each box; weights are cut to the box."""
    import numpy as np

    count, points, width = values.shape
    design = np.concatenate([values, np.ones((count, points, 1))], axis=2) if layer.output_bias else values
    gram = np.einsum("kia,kib->kab", design, design) + 1e-12 * np.eye(design.shape[2])
    right = np.einsum("kia,i->ka", design, layer.labels)
    weights = np.clip(np.linalg.solve(gram, right[:, :, None])[:, :, 0], -box, box)
    if width == 1 and not layer.output_bias:
        return layer.labels - np.einsum("kia,ka->ki", design, weights)
    for _ in range(3):  # cyclic descent repairs what cutting has spoilt
        for a in range(design.shape[2]):
            rest = layer.labels - np.einsum("kia,ka->ki", design, weights) + design[:, :, a] * weights[:, a:a + 1]
            norm = np.maximum(np.einsum("ki,ki->k", design[:, :, a], design[:, :, a]), 1e-300)
            weights[:, a] = np.clip(np.einsum("ki,ki->k", design[:, :, a], rest) / norm, -box, box)
    return layer.labels - np.einsum("kia,ka->ki", design, weights)


def _enclosure(name: str, middle: Any, half: Any, x: Any, r: Any) -> tuple[Any, Any]:
    """Return max |<r, act(z)>| over each box, and how much each axis contributes to it."""
    import numpy as np

    centre, spread = middle @ x, half @ np.abs(x)
    low, high = _range(name, centre - spread, centre + spread)
    natural_low = np.sum(np.where(r > 0, r * low, r * high), axis=1)
    natural_high = np.sum(np.where(r > 0, r * high, r * low), axis=1)
    value, _ = _activation(name, centre)
    slope_low, slope_high = _slope_range(name, centre - spread, centre + spread)
    weighted_low, weighted_high = np.minimum(r * slope_low, r * slope_high), np.maximum(r * slope_low, r * slope_high)
    positive, negative = np.maximum(x, 0), np.minimum(x, 0)
    gradient_low = weighted_low @ positive.T + weighted_high @ negative.T
    gradient_high = weighted_high @ positive.T + weighted_low @ negative.T
    slope = np.maximum(np.abs(gradient_low), np.abs(gradient_high))
    at, reach = np.sum(r * value, axis=1), np.sum(slope * half, axis=1)
    return np.maximum(np.minimum(natural_high, at + reach), -np.maximum(natural_low, at - reach)), slope


def _activation(name: str, z: Any) -> tuple[Any, Any]:
    """Return value and derivative."""
    import numpy as np

    if name == "sigmoid":
        value = 0.5 * (1.0 + np.tanh(0.5 * z))
        return value, value * (1.0 - value)
    if name == "sin":
        return np.sin(z), np.cos(z)
    return np.maximum(z, 0.0), 1.0 * (z > 0)


def _range(name: str, low: Any, high: Any) -> tuple[Any, Any]:
    """Return the range of the activation over intervals."""
    if name == "sin":
        return _sine_range(low, high)
    return _activation(name, low)[0], _activation(name, high)[0]


def _slope_range(name: str, low: Any, high: Any) -> tuple[Any, Any]:
    """Return what the checker takes for the range of the derivative over intervals."""
    import numpy as np

    if name == "sin":
        return _sine_range(low + 0.5 * np.pi, high + 0.5 * np.pi)
    first, second = _activation(name, low), _activation(name, high)
    if name == "relu":
        return first[1], second[1]
    return first[0] * (1.0 - second[0]), np.minimum(second[0] * (1.0 - first[0]), 0.25)


def _sine_range(low: Any, high: Any) -> tuple[Any, Any]:
    """Return the checker's enclosure: |sin x - sin c - (x - c) cos c| <= (x - c)^2 / 2 around the centre c."""
    import numpy as np

    centre, radius = 0.5 * (low + high), 0.5 * (high - low)
    spread = np.abs(np.cos(centre)) * radius + 0.5 * radius**2
    wide = radius > 2.0
    return (np.where(wide, -1.0, np.maximum(np.sin(centre) - spread, -1.0)),
            np.where(wide, 1.0, np.minimum(np.sin(centre) + spread, 1.0)))

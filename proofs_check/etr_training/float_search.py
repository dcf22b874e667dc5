"""Weights of small loss by least squares in floating point, from fixed random starts: only ever candidates.

Nothing found here is believed: candidates are rounded to rationals and go to exact or interval arithmetic.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from theory.etr_training.instance import TrainingInstance

STARTS = 60


class FloatNetwork:
    """Residuals of an instance as a function of its free parameters, vectorised over the points."""

    def __init__(self, instance: TrainingInstance) -> None:
        """Convert the data once."""
        import numpy as np

        self.instance, self.pinned = instance, {name: float(q) for name, q in instance.pinned}
        self.columns = {s: np.array([float(p[k]) for p in instance.points]) for k, s in enumerate(instance.sources)}
        self.labels = [[None if y is None else float(y) for y in row] for row in instance.labels]
        self.position = {name: k for k, name in enumerate(instance.free)}

    def residuals(self, vector: Any) -> Any:
        """Return output - label for each label, in the order of the points and then the sinks."""
        import numpy as np

        outputs = self.values(vector)
        return np.array([outputs[sink][i] - label for i, row in enumerate(self.labels)
                         for sink, label in zip(self.instance.sinks, row, strict=True) if label is not None])

    def values(self, vector: Any) -> dict[str, Any]:
        """Return the value of every vertex at all points."""
        import numpy as np

        def parameter(name: str) -> float:
            return self.pinned[name] if name in self.pinned else vector[self.position[name]]

        at, biased = dict(self.columns), set(self.instance.biases)
        for vertex, activation in self.instance.vertices:
            z = np.full(len(self.labels), parameter(vertex) if vertex in biased else 0.0)
            for start in self.instance.incoming[vertex]:
                z = z + parameter(f"{start}->{vertex}") * at[start]
            at[vertex] = _ACTIVATIONS[activation](z)
        return at


def _sigmoid(z: Any) -> Any:
    import numpy as np

    return 0.5 * (1.0 + np.tanh(0.5 * z))


def _relu(z: Any) -> Any:
    import numpy as np

    return np.maximum(z, 0.0)


def _sin(z: Any) -> Any:
    import numpy as np

    return np.sin(z)


_ACTIVATIONS = {"id": lambda z: z, "relu": _relu, "sigmoid": _sigmoid, "sin": _sin, "step": lambda z: 1.0 * (z > 0)}


def candidates(instance: TrainingInstance, deadline: Deadline) -> Iterator[Any]:
    """Yield local minima of the loss as float vectors over the free parameters, within the box if there is one."""
    import numpy as np
    from scipy.optimize import least_squares

    network, count = FloatNetwork(instance), len(instance.free)
    if not count or not any(y is not None for row in instance.labels for y in row):
        yield np.zeros(count)
        return
    generator, box = np.random.default_rng(0), None if instance.box is None else float(instance.box)
    for start in range(STARTS):
        if deadline.passed:
            return
        spread = (1.0, 3.0, 0.3, 8.0)[start % 4]
        vector = generator.normal(size=count) * spread
        bounds = (-np.inf, np.inf) if box is None else (-box, box)
        if box is not None:
            vector = np.clip(vector, -0.99 * box, 0.99 * box)
        with np.errstate(all="ignore"):
            found = least_squares(network.residuals, vector, bounds=bounds, xtol=1e-14, ftol=1e-14, gtol=1e-14,
                                  max_nfev=400)
        if np.all(np.isfinite(found.x)):
            yield found.x


def rounded(instance: TrainingInstance, vector: Any, bits: int) -> dict[str, Fraction]:
    """Return rational weights: multiples of 2^-bits inside the box, and the pinned values."""
    weights: dict[str, Fraction] = dict(instance.pinned)
    for name, value in zip(instance.free, vector, strict=True):
        number = Fraction(round(float(value) * (1 << bits)), 1 << bits)
        if instance.box is not None:
            number = max(-instance.box, min(instance.box, number))
        weights[name] = number
    return weights


def ball_loss(instance: TrainingInstance, weights: Mapping[str, Fraction], precision: int = 128) -> Any:
    """Return a ball around the loss at rational weights, whatever the activations."""
    import flint

    from proofs_check.etr_training.number_field import to_ball

    with flint.ctx.workprec(precision):
        known, total = {name: to_ball(value) for name, value in weights.items()}, flint.arb(0)
        for point, row in zip(instance.points, instance.labels, strict=True):
            at = ball_values(instance, known, [to_ball(x) for x in point])
            for sink, label in zip(instance.sinks, row, strict=True):
                if label is not None:
                    difference = at[sink] - to_ball(label)
                    total += difference * difference
        return total


def ball_values(instance: TrainingInstance, weights: Mapping[str, Any], point: list[Any]) -> dict[str, Any]:
    """Return balls around the values of all vertices at a point."""
    import flint

    at, biased = dict(zip(instance.sources, point, strict=True)), set(instance.biases)
    for vertex, activation in instance.vertices:
        z = weights[vertex] if vertex in biased else flint.arb(0)
        for start in instance.incoming[vertex]:
            z = z + weights[f"{start}->{vertex}"] * at[start]
        if activation == "sigmoid":
            at[vertex] = 1 / (1 + (-z).exp())
        elif activation == "sin":
            at[vertex] = z.sin()
        elif activation == "relu":
            at[vertex] = z.max(flint.arb(0))
        elif activation == "step":
            at[vertex] = flint.arb(1) if z > 0 else flint.arb(0) if z <= 0 else flint.arb(0.5, 0.5)
        else:
            at[vertex] = z
    return at

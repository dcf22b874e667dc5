"""Labels "don't care" compiled away: a source of its own for each, with a single edge to the sink.

The new source is 1 at the point of the label and 0 elsewhere, and the label becomes act(0) for the sink's activation.
Then the weight of the new edge is free slack: it moves that one output and nothing else, and can always bring the
sink's pre-activation to 0. The edge has to lead straight to the sink.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from theory.etr_training.exact_evaluation import vertex_values
from theory.etr_training.instance import TrainingInstance

LABEL_AT_ZERO = {"sigmoid": Fraction(1, 2)}
"""act(0), where it is not 0. With label 0 a sigmoid sink could never be fitted."""


@dataclass(frozen=True)
class Slackened:
    """An instance without "don't care" labels; `slacks` are (point, sink, source) of the new sources."""

    original: TrainingInstance
    instance: TrainingInstance
    slacks: tuple[tuple[int, str, str], ...]

    def forward(self, weights: Mapping[str, Any]) -> dict[str, Any]:
        """Weights of the instance from weights of the original: each slack cancels its sink's pre-activation."""
        found = vertex_values(self.original, weights) if self.slacks else ()
        return {**weights, **{f"{source}->{sink}": -found[i][sink][0] for i, sink, source in self.slacks}}

    def backward(self, weights: Mapping[str, Any]) -> dict[str, Any]:
        """Weights of the original: the slack edges are dropped."""
        return {name: weights[name] for name in self.original.parameters if name in weights}


def with_slack_sources(instance: TrainingInstance) -> Slackened:
    """Return the instance with every "don't care" compiled away: one source and one edge more for each.

    Exact fits of both instances correspond, whatever the activations are.
    """
    wanted = [(i, sink) for i, row in enumerate(instance.labels)
              for sink, label in zip(instance.sinks, row, strict=True) if label is None]
    taken = {*instance.sources, *(name for name, _ in instance.vertices)}
    prefix = "s"
    while any(name.startswith(f"{prefix}_") for name in taken):
        prefix += "s"
    slacks = tuple((i, sink, f"{prefix}_{i}_{sink}") for i, sink in wanted)
    points = tuple((*row, *(Fraction(i == j) for j, _, _ in slacks)) for i, row in enumerate(instance.points))
    labels = tuple(tuple(LABEL_AT_ZERO.get(instance.activation[sink], Fraction(0)) if label is None else label
                         for sink, label in zip(instance.sinks, row, strict=True)) for row in instance.labels)
    slackened = replace(instance, sources=(*instance.sources, *(source for _, _, source in slacks)),
                        edges=(*instance.edges, *((source, sink) for _, sink, source in slacks)),
                        points=points, labels=labels)
    return Slackened(instance, slackened, slacks)

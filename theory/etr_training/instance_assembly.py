"""Assembling a training instance from gadgets: sources, hidden vertices and sparse data are collected one by one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from theory.etr_training.instance import TrainingInstance

Label = int | Fraction | None


class Assembly:
    """Parts of an instance whose sinks are the identity vertices t and u; the first datum is added by the gadgets."""

    def __init__(self, sinks: tuple[str, ...] = ("t", "u")) -> None:
        self.sinks = sinks
        self.sources: list[str] = []
        self.hidden: list[tuple[str, str]] = []
        self.edges: list[tuple[str, str]] = []
        self.data: list[tuple[dict[str, Fraction], tuple[Fraction | None, ...]]] = []
        self.pinned: list[tuple[str, Fraction]] = []

    def neuron(self, name: str, activation: str, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> None:
        """Add a hidden vertex with new sources `inputs` and edges to the vertices `outputs`."""
        self.sources += [source for source in inputs if source not in self.sources]
        self.hidden.append((name, activation))
        self.edges += [(source, name) for source in inputs] + [(name, target) for target in outputs]

    def direct(self, source: str, sink: str) -> None:
        """Add a source with a single edge, to a sink."""
        self.sources.append(source)
        self.edges.append((source, sink))

    def datum(self, inputs: Mapping[str, int | Fraction], *labels: Label) -> None:
        """Add a datum: the non-zero inputs, and one label (None for "don't care") for each sink."""
        total = {name: Fraction(number) for name, number in inputs.items()}
        self.data.append((total, tuple(None if label is None else Fraction(label) for label in labels)))

    def instance(self, name: str = "") -> TrainingInstance:
        """The instance: exact fit, all parameters trainable but the pinned ones."""
        points = tuple(tuple(inputs.get(source, Fraction(0)) for source in self.sources) for inputs, _ in self.data)
        return TrainingInstance(
            sources=tuple(self.sources), vertices=(*self.hidden, *((sink, "id") for sink in self.sinks)),
            sinks=self.sinks, edges=tuple(self.edges), points=points,
            labels=tuple(labels for _, labels in self.data), pinned=tuple(self.pinned), name=name)


def combination(*terms: tuple[str, int]) -> dict[str, int]:
    """The input sum of c * e_source; sources that occur twice are added up, zeros dropped.

    >>> combination(("a", 1), ("b", 1), ("a", -1))
    {'b': 1}
    """
    total: dict[str, int] = {}
    for name, coefficient in terms:
        total[name] = total.get(name, 0) + coefficient
    return {name: coefficient for name, coefficient in total.items() if coefficient}

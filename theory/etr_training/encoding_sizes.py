"""How large the sentence of a training instance is: exact counts, linear in points times edges."""

from __future__ import annotations

from dataclasses import dataclass

from theory.etr_training.instance import TrainingInstance


@dataclass(frozen=True)
class EncodingSize:
    """What the encoding N1 (or E1) of an instance holds.

    For a net with all biases and no pins on n points: |E| + |V \\ S| weight variables, n |V \\ S| value variables, as
    many definitional equations of degree at most 2, one activation atom for each point and each vertex with an
    activation other than the identity, one assertion about the cost, n |E| products of a weight and a value.
    """

    weight_variables: int
    value_variables: int
    definitions: int
    activation_atoms: int
    cost_assertions: int
    products: int


def encoding_size(instance: TrainingInstance) -> EncodingSize:
    """Return the exact counts of the plain sentence; products with the constant 0 are counted, though not written."""
    n, vertices = len(instance.points), len(instance.vertices)
    active = sum(activation != "id" for _, activation in instance.vertices)
    return EncodingSize(len(instance.free), n * vertices, n * vertices, n * active, 1, n * len(instance.edges))


def inlined_products(instance: TrainingInstance) -> int:
    """Return the number of products if every value is replaced by its definition, as a tree: paths, not edges.

    A ladder of L pairs of vertices has about 2^L paths, which is why the sentence has value variables.
    """
    below = {s: 0 for s in instance.sources}
    for v, _ in instance.vertices:
        below[v] = sum(1 + below[u] for u in instance.incoming[v])
    return len(instance.points) * sum(below[t] for t in instance.sinks)

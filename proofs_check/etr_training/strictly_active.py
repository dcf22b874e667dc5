"""From weights of an identity network to weights of the ReLU network of the same shape: raise biases, all is active.

A hidden vertex whose bias grows by s passes s times its outgoing weights on; the biases there take it back, so that
only the vertex itself changes, and the network still computes the same function on the data.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.number_field import Field, around

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance


def lifted(instance: TrainingInstance, number_field: Field, weights: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return weights that keep every ReLU vertex positive at all points and the outputs as they are.

    None where a bias that would have to change is missing or pinned, or where a sink is a ReLU.
    """
    import flint

    pinned = dict(instance.pinned)
    new = dict(weights)
    values = [_values(instance, number_field, new, point) for point in instance.points]
    for vertex in (v for v, activation in instance.vertices if activation == "relu"):
        lowest = min((_lower(number_field, at[vertex]) for at in values), default=Fraction(1))
        if lowest > 0:
            continue
        ends = [v for u, v in instance.edges if u == vertex]
        if not ends or any(name in pinned or name not in instance.biases for name in (vertex, *ends)):
            return None
        raised = flint.fmpq_poly([int(1 - lowest)])
        new[vertex] = new[vertex] + raised
        for end in ends:
            new[end] = new[end] - raised * new[f"{vertex}->{end}"]
        for at in values:
            at[vertex] = at[vertex] + raised
    return new


def _values(instance: TrainingInstance, number_field: Field, weights: Mapping[str, Any], point: tuple[Fraction, ...]
            ) -> dict[str, Any]:
    """Return the value of each vertex, as if every activation were the identity, in the field."""
    import flint

    minimal, at = number_field.minimal, {}
    for source, x in zip(instance.sources, point, strict=True):
        at[source] = flint.fmpq_poly([flint.fmpq(x.numerator, x.denominator)])
    for vertex, _ in instance.vertices:
        total = weights[vertex] if vertex in instance.biases else flint.fmpq_poly()
        for start in instance.incoming[vertex]:
            product = weights[f"{start}->{vertex}"] * at[start]
            total = total + (product if minimal.degree() == 1 else product % minimal)
        at[vertex] = total
    return at


def _lower(number_field: Field, element: Any) -> Fraction:
    """Return a rational below an element."""
    return around(number_field.ball(element, 128), 1)[0]

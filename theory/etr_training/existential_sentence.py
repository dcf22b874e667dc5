"""Every training instance as an existential sentence over the reals, with the maps of solutions both ways.

Variables are one per free parameter, one per (vertex, point) for its pre-activation, and one per (vertex, point) for
its value where the activation is not the identity. The sentence says, by equations of degree at most 2, that the
pre-activations are what the network computes, one formula per activation, and one comparison for the loss; its size
is linear in (points) x (edges). Inlining the values instead would be exponential in the depth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from theory.etr_training.exact_evaluation import vertex_values
from theory.etr_training.exact_numbers import exact_number
from theory.etr_training.formulas import (
    ONE,
    ZERO,
    And,
    Apply,
    Atom,
    Const,
    Formula,
    Or,
    Product,
    Sum,
    Term,
    Var,
    difference,
    product_of,
    sum_of,
)
from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError, explain


@dataclass(frozen=True)
class ExistentialSentence:
    """The sentence of an instance: `formula` is satisfiable exactly if the instance can be trained.

    `weights` are (parameter, variable) pairs, `before` and `after` are (vertex, point, variable) triples of
    pre-activations and values; for identity vertices there is no variable in `after`.
    """

    instance: TrainingInstance
    formula: Formula = field(repr=False)
    weights: tuple[tuple[str, str], ...]
    before: tuple[tuple[str, int, str], ...] = field(repr=False)
    after: tuple[tuple[str, int, str], ...] = field(repr=False)

    def forward(self, weights: Mapping[str, Any]) -> dict[str, Any]:
        """Return values of all variables of the sentence, from weights of the instance.

        Raises:
            InputError: a weight is missing.
        """
        missing = [name for name, _ in self.weights if name not in weights]
        if missing:
            raise InputError(explain("weights", "a value for each parameter", f"none for {missing[0]}", "Add it."))
        given = {name: exact_number(weights[name], name) for name, _ in self.weights}
        found = vertex_values(self.instance, given)
        return {**{variable: given[name] for name, variable in self.weights},
                **{variable: found[i][vertex][0] for vertex, i, variable in self.before},
                **{variable: found[i][vertex][1] for vertex, i, variable in self.after}}

    def backward(self, solution: Mapping[str, Any]) -> dict[str, Any]:
        """Return the weights of the instance, pinned ones included, from a solution of the sentence."""
        return {**dict(self.instance.pinned), **{name: solution[variable] for name, variable in self.weights}}


def activation_formula(activation: str, before: Term, after: Term) -> Formula:
    """The formula after = act(before).

    ReLU is after >= 0, after >= before and (after <= 0 or after <= before); without the last part any larger value
    would pass.
    """
    if activation == "relu":
        below = Or((Atom("<=", after, ZERO), Atom("<=", after, before)))
        return And((Atom("<=", ZERO, after), Atom("<=", before, after), below))
    if activation == "step":
        off = And((Atom("<=", before, ZERO), Atom("=", after, ZERO)))
        on = And((Atom("<", ZERO, before), Atom("=", after, ONE)))
        return Or((off, on))
    if activation == "id":
        return Atom("=", after, before)
    return Atom("=", after, Apply(activation, before))


def existential_sentence(instance: TrainingInstance) -> ExistentialSentence:
    """Return the sentence of an instance, for every activation, threshold, box and pins."""
    weights = tuple((name, f"w{k}") for k, name in enumerate(instance.free, 1))
    parameter: dict[str, Term] = {name: Const(value) for name, value in instance.pinned}
    parameter |= {name: Var(variable) for name, variable in weights}
    before, after, parts = [], [], []
    loss: list[Term] = []
    index = {vertex: number for number, (vertex, _) in enumerate(instance.vertices, 1)}
    for i, row in enumerate(instance.points):
        at: dict[str, Term] = {source: Const(x) for source, x in zip(instance.sources, row, strict=True)}
        for vertex, activation in instance.vertices:
            z = Var(f"z{index[vertex]}_{i + 1}")
            before.append((vertex, i, z.name))
            terms = [product_of(parameter[f"{u}->{vertex}"], at[u]) for u in instance.incoming[vertex]]
            parts.append(Atom("=", z, sum_of(parameter.get(vertex, ZERO), *terms)))
            at[vertex] = z
            if activation != "id":
                at[vertex] = h = Var(f"h{index[vertex]}_{i + 1}")
                after.append((vertex, i, h.name))
                parts.append(activation_formula(activation, z, h))
        for sink, label in zip(instance.sinks, instance.labels[i], strict=True):
            if label is not None:
                gap = difference(at[sink], Const(label))
                loss.append(Product((gap, gap)))
    parts += _box(instance, [Var(variable) for _, variable in weights])
    parts.append(Atom("<" if instance.strict else "<=", Sum(tuple(loss)), Const(instance.threshold)))
    return ExistentialSentence(instance, And(tuple(parts)), weights, tuple(before), tuple(after))


def _box(instance: TrainingInstance, weights: list[Var]) -> list[Formula]:
    if instance.box is None:
        return []
    low, high = Const(Fraction(-instance.box)), Const(Fraction(instance.box))
    return [atom for weight in weights for atom in (Atom("<=", low, weight), Atom("<=", weight, high))]

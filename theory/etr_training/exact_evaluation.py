"""Exact outputs of an instance's network at weights that need not be rational.

`TrainingInstance.outputs` stays within the Fractions; here weights may lie in a real number field or be SymPy
numbers, so that the weights of a compiled system with roots such as sqrt(2) are checked with residual exactly zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy

from theory.etr_training.exact_numbers import in_one_field, plain, sign_of, to_sympy
from theory.etr_training.formulas import apply_function
from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError, explain


def activated(activation: str, number: Any) -> Any:
    """The exact value of an activation.

    >>> activated("relu", Fraction(-1)), activated("sigmoid", Fraction(0))
    (Fraction(0, 1), Fraction(1, 2))
    """
    if activation == "id":
        return number
    if activation in ("sigmoid", "sin"):
        return apply_function(activation, number)
    sign = sign_of(number)
    if activation == "step":
        return Fraction(sign > 0)
    return number if sign > 0 else Fraction(0)


def vertex_values(instance: TrainingInstance, weights: Mapping[str, Any]) -> tuple[dict[str, tuple[Any, Any]], ...]:
    """For each point the pair (pre-activation, value) of each vertex.

    Raises:
        InputError: a weight is missing.
    """
    values = in_one_field({**weights, **dict(instance.pinned)})
    missing = [name for name in instance.parameters if name not in values]
    if missing:
        raise InputError(explain("weights", "a value for each parameter", f"none for {missing[0]}", "Add it."))
    return tuple(_at_point(instance, dict(zip(instance.sources, row, strict=True)), values) for row in instance.points)


def _at_point(instance: TrainingInstance, at: dict[str, Any], values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    result = {}
    for vertex, activation in instance.vertices:
        terms = [values[f"{u}->{vertex}"] * at[u] for u in instance.incoming[vertex] if sign_is_not_zero(at[u])]
        before = sum(terms, values.get(vertex, Fraction(0)))
        before = plain(before)
        at[vertex] = activated(activation, before)
        result[vertex] = (before, at[vertex])
    return result


def sign_is_not_zero(number: Any) -> bool:
    """Whether a number is not the Fraction zero; other zeros may pass, they only cost time."""
    return not isinstance(number, Fraction) or bool(number)


def residuals(instance: TrainingInstance, weights: Mapping[str, Any]) -> tuple[tuple[Any, ...], ...]:
    """Output minus label at each point and sink, 0 where the label is "don't care"."""
    found = vertex_values(instance, weights)
    return tuple(tuple(Fraction(0) if label is None else plain(values[sink][1] - label)
                       for sink, label in zip(instance.sinks, row, strict=True))
                 for values, row in zip(found, instance.labels, strict=True))


def fits_exactly(instance: TrainingInstance, weights: Mapping[str, Any]) -> bool:
    """Whether every label is met with residual exactly zero and every pin is respected."""
    pinned = all(sign_of(weights[name] - value) == 0 for name, value in instance.pinned if name in weights)
    return pinned and all(_is_zero(number) for row in residuals(instance, weights) for number in row)


def _is_zero(number: Any) -> bool:
    if isinstance(number, sympy.Expr):
        # Cancelling suffices for rational expressions in exp, log and pi and is much faster than simplifying.
        return sympy.cancel(to_sympy(number)) == 0 or sign_of(number) == 0
    return sign_of(number) == 0

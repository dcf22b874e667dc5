"""Exact fit of sigmoid sinks on an affine layer: linear algebra on the logits, decided over the rationals.

A label r in (0, 1) is met where the pre-activation is ln(r / (1 - r)). Written over a basis of pairwise coprime
integers, whose logarithms are linearly independent over the rationals by unique factorisation, the system for the
real weights falls apart into one rational system for each element of the basis.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.answers import refuted, satisfied
from proofs_check.etr_training.exact_matrices import obstruction
from proofs_check.etr_training.exact_matrices import solve as solve_linear
from proofs_check.etr_training.polynomials import number

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.decision import Decision
    from theory.etr_training.instance import TrainingInstance

ENGINE = "logits"
COST = "polynomial: factor refinement and rational linear algebra"


def applicable(instance: TrainingInstance) -> str | None:
    """Return why the method does not apply, or None where it does."""
    if instance.hidden:
        return "there are hidden vertices"
    if any(activation != "sigmoid" for _, activation in instance.vertices):
        return "some sink is no sigmoid"
    if not instance.exact_fit:
        return "the threshold is not 0: only exact fits are a question about logits"
    if instance.box is not None or instance.pinned:
        return "weights are pinned or in a box"
    if any(y is not None and not 0 < y < 1 for row in instance.labels for y in row):
        return "a label lies outside (0, 1)"
    return None


def coprime_basis(numbers: Iterable[int]) -> list[int]:
    """Return pairwise coprime integers > 1 such that each of the positive numbers is a product of their powers."""
    basis: list[int] = []
    waiting = [x for x in numbers if x > 1]
    while waiting:
        new = waiting.pop()
        for old in basis:
            common = math.gcd(old, new)
            if common > 1:
                basis.remove(old)
                waiting += [x for x in (old // common, common, new // common) if x > 1]
                break
        else:
            if new > 1:
                basis.append(new)
    return sorted(basis)


def exponent(base: int, value: int) -> int:
    """Return the largest e with base^e dividing value, for base > 1 and value > 0."""
    count = 0
    while value % base == 0:
        value //= base
        count += 1
    return count


def design(instance: TrainingInstance, t: int) -> tuple[list[str], list[int], list[list[Fraction]], list[Fraction]]:
    """Return parameters, points, rows of the affine system, and odds r / (1 - r) of one sink."""
    sink = instance.sinks[t]
    sources, biased = instance.incoming[sink], sink in instance.biases
    column = {name: k for k, name in enumerate(instance.sources)}
    names = [*([sink] if biased else []), *(f"{source}->{sink}" for source in sources)]
    points, rows, odds = [], [], []
    for i, row in enumerate(instance.labels):
        label = row[t]
        if label is None:
            continue
        points.append(i)
        values = [instance.points[i][column[source]] for source in sources]
        rows.append([*([Fraction(1)] if biased else []), *values])
        odds.append(label / (1 - label))
    return names, points, rows, odds


def solve(instance: TrainingInstance, deadline: Deadline) -> Decision | None:  # noqa: ARG001 - one interface
    """Return `sat` with weights sum q ln r, or `unsat` with an affine circuit whose odds do not multiply to 1."""
    if applicable(instance) is not None:
        return None
    weights: dict[str, list[list[Any]]] = {}
    for t, sink in enumerate(instance.sinks):
        names, points, rows, odds = design(instance, t)
        solution, circuit = _solve_sink(rows, odds, len(names))
        if circuit is not None:
            pairs = [[i, c] for i, c in zip(points, circuit, strict=True) if c]
            body = {"kind": "multiplicative", "sink": t, "circuit": pairs}
            return refuted(instance, body, ENGINE, cost=COST)
        weights.update(zip(names, solution, strict=True))
    return satisfied(instance, {"kind": "logits", "weights": weights}, ENGINE, cost=COST)


def _solve_sink(rows: Sequence[Sequence[Fraction]], odds: Sequence[Fraction], columns: int
                ) -> tuple[list[list[list[Any]]], list[int] | None]:
    """Return the weights of one sink as lists of [q, base], or a circuit of integers as obstruction."""
    basis = coprime_basis(x for value in odds for x in (value.numerator, value.denominator))
    weights: list[list[list[Any]]] = [[] for _ in range(columns)]
    for base in basis:
        right = [Fraction(exponent(base, x.numerator) - exponent(base, x.denominator)) for x in odds]
        solution = solve_linear(rows, right, columns)
        if solution is None:
            found = obstruction(rows, right, columns) or []
            scale = math.lcm(*(c.denominator for c in found))
            return [], [int(c * scale) for c in found]
        for parts, q in zip(weights, solution, strict=True):
            if q:
                parts.append([number(q), base])
    return weights, None

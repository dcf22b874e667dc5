"""Networks of identities: least squares bounds for any of them, and the exact answer for fully connected ones.

A fully connected net of identities realises exactly the affine maps x -> W x + c with rank W <= r, r the least hidden
width. An exact fit is then a matter of two ranks, and the least loss is the sum of the smallest eigenvalues of a
rational matrix on top of the least squares loss (Eckart and Young).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from proofs_check.etr_training.answers import agreed, rational_witness, refuted, satisfied, undecided
from proofs_check.etr_training.exact_matrices import echelon, transpose
from proofs_check.etr_training.exact_matrices import solve as solve_linear
from proofs_check.etr_training.linear_layers import (
    Layers,
    fitted_gram,
    fully_connected,
    projections,
    rational_projection,
    reduced_rank,
    tail_bound,
    vertex_cut,
)
from proofs_check.etr_training.polynomials import number

if TYPE_CHECKING:
    from proofs_check.etr_training.deadline import Deadline
    from proofs_check.etr_training.decision import Decision
    from theory.etr_training.instance import TrainingInstance

ENGINE = "rank"
COST = "polynomial: rational linear algebra"


def applicable(instance: TrainingInstance) -> str | None:
    """Return why the method does not apply, or None where it does (it may still leave sparse nets undecided)."""
    if any(activation != "id" for _, activation in instance.vertices):
        return "some vertex is no identity"
    return None


def solve(instance: TrainingInstance, deadline: Deadline) -> Decision | None:  # noqa: ARG001 - one interface
    """Return the decision for fully connected nets, `unsat` where linear algebra suffices for others, else None."""
    if applicable(instance) is not None:
        return None
    found = _least_squares(instance) or _ranks(instance)
    if found is not None:
        return found
    layers = fully_connected(instance)
    if layers is None:
        return None
    return _fit(instance, layers) if instance.exact_fit else _threshold(instance, layers)


def exceeds(instance: TrainingInstance, bound: Fraction) -> bool:
    """Whether loss >= bound decides the instance as unsatisfiable."""
    return bound > instance.threshold or (instance.strict and bound == instance.threshold)


def has_bias(instance: TrainingInstance) -> bool:
    """Whether some bias is not pinned to 0."""
    pinned = dict(instance.pinned)
    return any(pinned.get(name, Fraction(1)) != 0 for name in instance.biases)


def _least_squares(instance: TrainingInstance) -> Decision | None:
    """Refute by one sink alone: the affine maps are more than what it can realise."""
    one = [Fraction(1)] if has_bias(instance) else []
    for t in range(len(instance.sinks)):
        points = [i for i, row in enumerate(instance.labels) if row[t] is not None]
        rows = [[*instance.points[i], *one] for i in points]
        labels = [instance.labels[i][t] or Fraction(0) for i in points]
        residual = least_squares_residual(rows, labels, len(instance.sources) + len(one))
        bound = sum((r * r for r in residual), Fraction(0))
        if bound and exceeds(instance, bound):
            body = {"kind": "null", "sink": t,
                    "r": [[i, number(-r)] for i, r in zip(points, residual, strict=True) if r]}
            return refuted(instance, body, "least squares", cost=COST, lower=bound)
    return None


def least_squares_residual(rows: list[list[Fraction]], labels: list[Fraction], columns: int) -> list[Fraction]:
    """Return labels - rows * x for a least squares solution x."""
    flipped = transpose(rows, columns)
    gram = [[sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0)) for v in flipped] for u in flipped]
    right = [sum((a * y for a, y in zip(u, labels, strict=True)), Fraction(0)) for u in flipped]
    x = solve_linear(gram, right, columns) or [Fraction(0)] * columns  # normal equations always have a solution
    return [y - sum((a * b for a, b in zip(row, x, strict=True)), Fraction(0))
            for row, y in zip(rows, labels, strict=True)]


def _ranks(instance: TrainingInstance) -> Decision | None:
    """Refute an exact fit by the rank of the labels, or of their differences where there are biases."""
    if not instance.exact_fit:
        return None
    points = [i for i, row in enumerate(instance.labels) if None not in row]
    if len(points) < 2 or len(instance.sinks) < 2:
        return None
    cut = vertex_cut(instance)
    combinations: list[dict[int, int]] = [{i: 1} for i in points]
    if has_bias(instance):
        combinations = [{points[0]: -1, i: 1} for i in points[1:]]
    rows = [[sum((c * (instance.labels[i][t] or 0) for i, c in combination.items()), Fraction(0))
             for t in range(len(instance.sinks))] for combination in combinations]
    chosen = nonsingular_minor(rows, len(instance.sinks), len(cut) + 1)
    if chosen is None:
        return None
    body = {"kind": "rank", "cut": cut, "combinations": [sorted(map(list, combinations[k].items())) for k in chosen[0]],
            "sinks": chosen[1]}
    return refuted(instance, body, ENGINE, cost=COST)


def nonsingular_minor(rows: list[list[Fraction]], columns: int, size: int) -> tuple[list[int], list[int]] | None:
    """Return rows and columns of a non-singular minor of that size, or None where the rank is smaller."""
    pivots = echelon(rows, columns)[1][:size]
    if len(pivots) < size:
        return None
    narrow = [[row[j] for j in pivots] for row in rows]
    return echelon(transpose(narrow, size), len(rows))[1], pivots


def _fit(instance: TrainingInstance, layers: Layers) -> Decision | None:
    """Fit exactly: the least squares map has the least rank among all that fit."""
    offset, matrix = reduced_rank(instance, layers, None)
    weights = _complete(instance, layers.weights(matrix, offset))
    if weights is None or instance.loss(weights) != 0:
        return None  # possible where hidden units have biases and sinks have none; other methods go on
    return satisfied(instance, rational_witness(instance, weights), ENGINE, cost=COST, upper=Fraction(0))


def _complete(instance: TrainingInstance, weights: dict[str, Fraction] | None) -> dict[str, Fraction] | None:
    """Return the weights with 0 for every parameter that has none."""
    return None if weights is None else {name: weights.get(name, Fraction(0)) for name in instance.parameters}


def _threshold(instance: TrainingInstance, layers: Layers) -> Decision | None:
    """Compare the threshold with the least loss among maps of bounded rank."""
    gram, least = fitted_gram(instance, layers)
    best: Fraction | None = None
    bound = Fraction(0)
    for digits in (8, 30, 60):
        projection, values, vectors = projections(gram, layers.rank, digits)
        exact = rational_projection(gram, layers.rank) if digits == 60 else None
        for candidate in (projection, exact):
            if candidate is None:
                continue
            offset, matrix = reduced_rank(instance, layers, candidate)
            weights = _complete(instance, layers.weights(matrix, offset))
            if weights is None:
                continue
            loss = instance.loss(weights)
            best = loss if best is None else min(best, loss)
            if loss < instance.threshold or (loss == instance.threshold and not instance.strict):
                return satisfied(instance, rational_witness(instance, weights), ENGINE, cost=COST, upper=loss)
        bound = max(bound, least + tail_bound(gram, layers.rank, values, vectors))
        if exceeds(instance, bound):
            return agreed("eigenvalues at 60 digits, exact dual matrix",
                          f"the loss is at least {float(bound):.9g} (Eckart and Young; exact LDL^T)", cost=COST,
                          lower=bound)
    return undecided(ENGINE, "the threshold is the optimum, or within 20 digits of it", cost=COST, lower=bound,
                     upper=best)

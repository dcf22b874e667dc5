"""Linear problems of the search: exact solutions over the rationals, with floats only to pick a support."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import flint

Vector = Mapping[Any, Fraction]


def solve_exactly(columns: Sequence[Vector], target: Vector) -> dict[int, Fraction] | None:
    """Return x with sum x_j column_j = target exactly (zeros left out), or None if there is none."""
    if not columns:
        return {} if not target else None
    rows = {m: i for i, m in enumerate(dict.fromkeys([*target, *(m for c in columns for m in c)]))}
    matrix = flint.fmpq_mat(len(rows), len(columns) + 1)
    for j, column in enumerate([*columns, target]):
        for m, c in column.items():
            matrix[rows[m], j] = flint.fmpq(c.numerator, c.denominator)
    reduced, rank = matrix.rref()
    out: dict[int, Fraction] = {}
    last = len(columns)
    for i in range(rank):
        j = next(j for j in range(last + 1) if reduced[i, j] != 0)
        if j == last:
            return None
        value = reduced[i, last]
        if value != 0:
            out[j] = Fraction(int(value.p), int(value.q))
    return out


def solve_nonnegative(columns: Sequence[Vector], target: Vector, nonnegative: Sequence[bool], cost: Sequence[float],
                      strict: Sequence[bool] | None) -> dict[int, Fraction] | None:
    """Like `solve_exactly` with x_j >= 0 where asked and, given `strict`, some strict column with positive weight."""
    import numpy
    from scipy.optimize import linprog
    from scipy.sparse import coo_matrix

    rows = {m: i for i, m in enumerate(dict.fromkeys([*target, *(m for c in columns for m in c)]))}
    entries = [(rows[m], j, float(c)) for j, column in enumerate(columns) for m, c in column.items()]
    n, extra = len(columns), strict is not None
    at, of, values = (list(part) for part in zip(*entries)) if entries else ([], [], [])
    count = len(rows)
    objective = numpy.array([*cost] + ([0.0] if extra else []))
    bounds = [(0, None) if nn else (None, None) for nn in nonnegative]
    if extra:  # s <= sum of strict weights, s <= 1, and s is worth more than any saving in cost
        at += [count] * (n + 1)
        of += list(range(n + 1))
        values += [1.0 if s else 0.0 for s in strict] + [-1.0]
        bounds.append((0, 1))
    shape = (count + extra, n + extra)
    a = coo_matrix((values, (at, of)), shape=shape).tocsr()
    b = numpy.zeros(count + extra)
    for m, c in target.items():
        b[rows[m]] = float(c)
    for weight in (1e4, 1.0):
        if extra:
            objective[-1] = -weight
        inequality = {"A_ub": -a[count:], "b_ub": b[count:]} if extra else {}
        result = linprog(objective, A_eq=a[:count], b_eq=b[:count], bounds=bounds, method="highs", **inequality)
        if result.status != 0 or (extra and result.x[-1] <= 1e-10):
            return None
        for cut in (1e-9, 1e-6):
            support = [j for j in range(n) if abs(result.x[j]) > cut]
            exact = solve_exactly(*_normalised([columns[j] for j in support], target,
                                               [strict[j] for j in support] if extra and not target else None))
            if exact is None:
                continue
            if all(not nonnegative[support[j]] or v >= 0 for j, v in exact.items()):
                chosen = {support[j]: v for j, v in exact.items()}
                if not extra or any(strict[j] and v > 0 for j, v in chosen.items()):
                    return chosen
    return None


def _normalised(columns: list[Vector], target: Vector, strict: list[bool] | None) -> tuple[list[Vector], Vector]:
    """For a target 0 (a contradiction) fix the scale: the strict weights add up to 1, else zero is a solution."""
    if strict is None:
        return columns, target
    return [{**c, _SCALE: Fraction(1)} if s else c for c, s in zip(columns, strict)], {_SCALE: Fraction(1)}


_SCALE = "scale"

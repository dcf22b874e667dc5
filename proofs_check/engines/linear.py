"""Linear problems of the search: exact solutions over the rationals, with floats only to pick a support."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

import flint

from theory.language.errors import SearchFailed

Vector = Mapping[Any, Fraction]

ENTRIES = 4_000_000
"""The largest dense system that is eliminated exactly; 64 MB before fill-in, which can be fifty times that."""


def solve_exactly(columns: Sequence[Vector], target: Vector) -> dict[int, Fraction] | None:
    """Return x with sum x_j column_j = target exactly (zeros left out), or None if there is none.

    Raises SearchFailed when the system has more than ENTRIES entries.
    """
    if not columns:
        return {} if not target else None
    rows = {m: i for i, m in enumerate(dict.fromkeys([*target, *(m for c in columns for m in c)]))}
    if len(rows)*(len(columns) + 1) > ENTRIES:
        raise SearchFailed(f"a linear system of {len(rows)} monomials and {len(columns)} products is too large:"
                           " name fewer facts, or state the equation in steps")
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
            for system in _systems(columns, target, support, strict):
                exact = solve_exactly(*system)
                if exact is None or any(nonnegative[support[j]] and v < 0 for j, v in exact.items()):
                    continue
                chosen = {support[j]: v for j, v in exact.items()}
                if not extra or any(strict[j] and v > 0 for j, v in chosen.items()):
                    return chosen
    return None


def _systems(columns: Sequence[Vector], target: Vector, support: Sequence[int],
             strict: Sequence[bool] | None) -> Iterator[tuple[list[Vector], Vector]]:
    """The equations to solve on a support: as they stand, and with the strict weights adding up to 1.

    The second where the first leaves a choice: for a target 0 (a contradiction), of which zero is a solution, and for
    linearly dependent columns, where the floats stop at weight 1 and the solution that leaves out a column may be
    negative or without a strict one.
    """
    chosen = [columns[j] for j in support]
    if target or strict is None:
        yield chosen, target
    if strict is not None:
        one = {_SCALE: Fraction(1)}
        yield [{**c, **one} if strict[j] else c for j, c in zip(support, chosen)], {**target, **one}


_SCALE = "scale"

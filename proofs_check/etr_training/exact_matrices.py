"""Linear systems over the rationals, by python-flint."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

Matrix = Sequence[Sequence[Fraction]]


def to_flint(rows: Matrix, columns: int) -> Any:
    """Return a flint matrix; `columns` says how wide a matrix without rows is."""
    import flint

    entries = [flint.fmpq(x.numerator, x.denominator) for row in rows for x in map(Fraction, row)]
    return flint.fmpq_mat(len(rows), columns, entries)


def fraction(value: Any) -> Fraction:
    """Return a flint rational as a Fraction."""
    return Fraction(int(value.p), int(value.q))


def echelon(rows: Matrix, columns: int) -> tuple[list[list[Fraction]], list[int]]:
    """Return the non-zero rows of the reduced echelon form, and the pivot column of each."""
    if not rows or not columns:
        return [], []
    reduced, rank = to_flint(rows, columns).rref()
    result = [[fraction(reduced[i, j]) for j in range(columns)] for i in range(rank)]
    return result, [next(j for j, x in enumerate(row) if x) for row in result]


def rank(rows: Matrix, columns: int) -> int:
    """Return the rank."""
    return len(echelon(rows, columns)[1])


def solve(rows: Matrix, right: Sequence[Fraction], columns: int) -> list[Fraction] | None:
    """Return one solution of rows * x = right (free unknowns are 0), or None where there is none."""
    reduced, pivots = echelon([[*row, value] for row, value in zip(rows, right, strict=True)], columns + 1)
    if pivots and pivots[-1] == columns:
        return None
    solution = [Fraction(0)] * columns
    for row, pivot in zip(reduced, pivots, strict=True):
        solution[pivot] = row[columns]
    return solution


def null_space(rows: Matrix, columns: int) -> list[list[Fraction]]:
    """Return a basis of the solutions of rows * x = 0."""
    reduced, pivots = echelon(rows, columns)
    basis = []
    for free in sorted(set(range(columns)) - set(pivots)):
        vector = [Fraction(0)] * columns
        vector[free] = Fraction(1)
        for row, pivot in zip(reduced, pivots, strict=True):
            vector[pivot] = -row[free]
        basis.append(vector)
    return basis


def transpose(rows: Matrix, columns: int) -> list[list[Fraction]]:
    """Return the transpose of a matrix with that many columns."""
    return [[row[j] for row in rows] for j in range(columns)]


def obstruction(rows: Matrix, right: Sequence[Fraction], columns: int) -> list[Fraction] | None:
    """Return c with c * rows = 0 and c * right = 1, which shows that rows * x = right has no solution; else None."""
    count = len(rows)
    system = [*transpose(rows, columns), list(right)]
    return solve(system, [*([Fraction(0)] * columns), Fraction(1)], count)

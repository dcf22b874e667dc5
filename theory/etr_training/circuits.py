"""Affine circuits of a set of points: minimal dependencies `sum_i c_i x_i = 0`, `sum_i c_i = 0`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, islice
from math import gcd, lcm


@dataclass(frozen=True)
class Circuit:
    """Indices of points, ascending, and their non-zero coprime integer coefficients, the first one positive."""

    indices: tuple[int, ...]
    coefficients: tuple[int, ...]

    @property
    def positive(self) -> tuple[int, ...]:
        """Indices with positive coefficients; never empty."""
        return tuple(i for i, c in zip(self.indices, self.coefficients) if c > 0)

    @property
    def negative(self) -> tuple[int, ...]:
        """Indices with negative coefficients; never empty."""
        return tuple(i for i, c in zip(self.indices, self.coefficients) if c < 0)

    def applied(self, values: Sequence[Fraction]) -> Fraction:
        """Return `sum_i c_i values[i]`: for values of an affine function this is 0."""
        return sum((c * values[i] for i, c in zip(self.indices, self.coefficients)), Fraction(0))


def affine_circuits(points: Sequence[Sequence[Fraction]], subsets: int | None = None) -> Iterator[Circuit]:
    """Yield all affine circuits, pairs of equal points first, then by size and position.

    A circuit in dimension d has at most d + 2 points. Given `subsets`, only so many sets of points are looked at.

    >>> [c.coefficients for c in affine_circuits([(Fraction(0),), (Fraction(1),), (Fraction(3),)])]
    [(2, -3, 1)]
    """
    d = len(points[0]) if points else 0
    columns = [[*x, Fraction(1)] for x in points]
    sizes = range(2, min(d + 2, len(points)) + 1)
    candidates = chain.from_iterable(combinations(range(len(points)), size) for size in sizes)
    for chosen in islice(candidates, subsets):
        dependency = _single_dependency([columns[i] for i in chosen])
        if dependency is not None and all(dependency):
            yield Circuit(chosen, dependency)


def _single_dependency(vectors: Sequence[Sequence[Fraction]]) -> tuple[int, ...] | None:
    """Coprime integer c with `sum c_k vectors[k] = 0` if the space of such c has dimension 1, else None.

    Gauss-Jordan elimination of the matrix whose columns are the vectors.
    """
    width = len(vectors)
    rows = [[vector[r] for vector in vectors] for r in range(len(vectors[0]))]
    pivots: list[int] = []
    for column in range(width):
        at = len(pivots)
        found = next((r for r in range(at, len(rows)) if rows[r][column]), None)
        if found is None:
            continue
        rows[at], rows[found] = rows[found], rows[at]
        scale = rows[at][column]
        rows[at] = [entry / scale for entry in rows[at]]
        for r, row in enumerate(rows):
            if r != at and row[column]:
                rows[r] = [entry - row[column] * lead for entry, lead in zip(row, rows[at])]
        pivots.append(column)
    if len(pivots) != width - 1:
        return None
    (free,) = set(range(width)) - set(pivots)
    solution = [Fraction(0)] * width
    solution[free] = Fraction(1)
    for r, column in enumerate(pivots):
        solution[column] = -rows[r][free]
    scale = lcm(*(c.denominator for c in solution))
    whole = [int(c * scale) for c in solution]
    first = next(c for c in whole if c)
    divisor = gcd(*whole) * (1 if first > 0 else -1)
    return tuple(c // divisor for c in whole)

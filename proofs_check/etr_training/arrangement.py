"""The rays of one neuron: directions of (weights, bias) in which its pattern of signs on the data changes.

A neuron is `z(x) = a.x + b`. The hyperplanes `z(x_i) = 0` cut its parameter space into pointed cones; a **ray** spans
an edge of one of them. Any cone cut out by signs at some of the points is the conic hull of the rays in it, cell by
cell, and `max(z, 0)` is linear on each cell. So the vectors `h = (max(z(x_i), 0))_i` of the rays in a cone generate the
convex hull of everything the neuron can output from that cone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from math import comb, gcd, lcm
from typing import Any

import flint
import numpy as np

from theory.etr_training.instance import TrainingInstance

MAX_ENTRIES = 2_000_000
"""The largest product of the numbers of rays and points; beyond it a single projection is too slow to search with."""
MAX_RAYS = 40_000
"""The decision checker computes no more rays than these."""


@dataclass(frozen=True)
class Arrangement:
    """Rays of a neuron on the labelled points of an instance with one hidden layer and one sink.

    - `points`: indices of the labelled points, n of them; `labels`: their labels;
    - `columns`: (coordinate, scale) pairs, `rank` of them; coordinate d is the bias;
    - `directions`: one integer vector of length `rank` for each ray: parameter of `columns[c]` = scale * direction[c];
    - `values`: `z` at the n points for each ray, integers.
    """

    points: tuple[int, ...]
    labels: tuple[Fraction, ...]
    columns: tuple[tuple[int, int], ...]
    directions: tuple[tuple[int, ...], ...]
    values: tuple[tuple[int, ...], ...]

    @cached_property
    def signs(self) -> Any:
        """Signs of `values`, an array (rays, n) of -1, 0, 1."""
        return np.array([[(z > 0) - (z < 0) for z in row] for row in self.values], dtype=np.int8).reshape(
            len(self.values), len(self.points))

    @cached_property
    def slopes(self) -> Any:
        """Float copy of `values`, each row divided by the norm of its positive part (1 where that vanishes)."""
        return self._floats / self._norms[:, None]

    @cached_property
    def heights(self) -> Any:
        """The positive part of `slopes`: unit vectors `h`, or zero."""
        return np.maximum(self.slopes, 0.0)

    @cached_property
    def active(self) -> Any:
        """Which rays have a positive value somewhere."""
        return (self.signs > 0).any(axis=1)

    @cached_property
    def _floats(self) -> Any:
        rows = [[z / max(1, max(map(abs, row))) for z in row] for row in self.values]
        return np.array(rows, dtype=float).reshape(len(self.values), len(self.points))

    @cached_property
    def _norms(self) -> Any:
        norms = np.linalg.norm(np.maximum(self._floats, 0.0), axis=1)
        return np.where(norms > 0, norms, 1.0)

    @cached_property
    def exact_heights(self) -> Any:
        """The vectors `h` as an integer matrix (rays, n) of python-flint."""
        rows = [[max(z, 0) for z in row] for row in self.values]
        return flint.fmpz_mat(len(rows), len(self.points), [h for row in rows for h in row])

    def parameters(self, direction: Sequence[Fraction], inputs: int) -> tuple[Fraction, ...]:
        """Return (a_1, ..., a_d, b) of the neuron with this direction."""
        out = [Fraction(0)] * (inputs + 1)
        for (column, scale), value in zip(self.columns, direction):
            out[column] = scale * Fraction(value)
        return tuple(out)


def labelled(instance: TrainingInstance) -> tuple[int, ...]:
    """Return the indices of the points that have a label at the first sink."""
    return tuple(i for i, row in enumerate(instance.labels) if row[0] is not None)


def ray_bound(instance: TrainingInstance) -> int:
    """Return an upper bound on the number of rays, before they are computed."""
    rows = {instance.points[i] for i in labelled(instance)}
    return 2 * comb(len(rows), min(len(instance.sources), len(rows)))


def arrange(instance: TrainingInstance) -> Arrangement:
    """Return the rays of a neuron on the labelled points (at least one) of a one-hidden-layer instance."""
    points = labelled(instance)
    d = len(instance.sources)
    zero = Fraction(0)
    scales = [lcm(*(instance.points[i][c].denominator for i in points)) for c in range(d)] + [1]
    rows = [tuple(int(v * s) for v, s in zip((*instance.points[i], Fraction(1)), scales)) for i in points]
    kept = _independent_columns(rows)
    short = [tuple(row[c] for c in kept) for row in rows]
    directions = _rays(list(dict.fromkeys(short)), len(kept))
    values = tuple(tuple(sum(a * t for a, t in zip(row, ray)) for row in short) for ray in directions)
    labels = tuple(instance.labels[i][0] or zero for i in points)
    return Arrangement(points, labels, tuple((c, scales[c]) for c in kept), directions, values)


def _independent_columns(rows: Sequence[Sequence[int]]) -> list[int]:
    """Return columns that form a basis of the column space, the bias (last) first."""
    order = [len(rows[0]) - 1, *range(len(rows[0]) - 1)]
    matrix = flint.fmpq_mat(len(rows), len(order), [row[c] for row in rows for c in order])
    reduced, rank = matrix.rref()
    pivots = [next(c for c in range(len(order)) if reduced[k, c] != 0) for k in range(rank)]
    return sorted(order[c] for c in pivots)


def _rays(rows: list[tuple[int, ...]], rank: int) -> tuple[tuple[int, ...], ...]:
    """Return the primitive null vectors, with both signs, of all independent choices of rank-1 rows."""
    found: set[tuple[int, ...]] = set()
    for choice in combinations(rows, rank - 1):
        vector = _null_vector(choice, rank)
        if vector is not None:
            found.add(vector)
            found.add(tuple(-v for v in vector))
    return tuple(sorted(found))


def _null_vector(rows: Sequence[Sequence[int]], rank: int) -> tuple[int, ...] | None:
    """Return the vector orthogonal to rank-1 rows by cofactors, primitive; None if the rows are dependent."""
    if rank == 1:
        return (1,)
    if rank == 2:
        vector = [-rows[0][1], rows[0][0]]
    elif rank == 3:
        (a, b, c), (e, f, g) = rows
        vector = [b * g - c * f, c * e - a * g, a * f - b * e]
    else:
        vector = [(-1) ** k * int(flint.fmpz_mat([[v for c, v in enumerate(row) if c != k] for row in rows]).det())
                  for k in range(rank)]
    divisor = gcd(*vector)
    return tuple(v // divisor for v in vector) if divisor else None

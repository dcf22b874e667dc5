"""The least squared loss of a net with one hidden ReLU layer and one output, by enumeration of all cells, exactly.

An output weight can be taken for a sign, `v max(z, 0) = sgn(v) max(|v| z, 0)`. On the data a hidden unit is then a
vector of values `h = max(z, 0)`, and the units of one activation pattern form a closed polyhedral cone. Its extreme
rays vanish at as many independent points as the points have affine dimension. A *cell* of the net is a choice of a
sign and a pattern for each unit; on it the least loss is the squared distance of the labels to a sum of such cones, a
non-negative least squares problem, solved in rationals by the active-set method of Lawson and Hanson (1974). The
optimum is the least of finitely many distances: it is attained and, for rational data, rational.

Reductions: units of equal sign are interchangeable; two of them in one pattern are one, since cones are closed under
addition; a pattern without active point adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import comb, gcd, lcm

from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError, explain

MAX_CELLS = 10**6
"""More cells than this are refused."""

Vector = tuple[Fraction, ...]
Column = tuple[int, int]
"""A sign and the number of a ray."""


@dataclass(frozen=True)
class CellOptimum:
    """The least total squared loss.

    - `value`: the optimum; `weights`: rational weights whose loss it is;
    - `residual`: outputs minus labels there, at the labelled points;
    - `cells`: how many cells there are after the reductions.
    """

    value: Fraction
    weights: dict[str, Fraction]
    residual: Vector
    cells: int


@dataclass(frozen=True)
class UnitCells:
    """The patterns of one unit on n points, all points not on one side.

    - `basis`: indices of affinely independent points; a unit is given by its values there;
    - `rays`: values at the basis of the extreme rays that are positive at some point;
    - `heights`: the values at all points, coprime integers; `hidden`: the same with 0 in place of negative ones;
    - `patterns`: for each pattern with an active point the rays of its cone that are positive at some point.
    """

    basis: tuple[int, ...]
    rays: tuple[Vector, ...]
    heights: tuple[tuple[int, ...], ...]
    patterns: tuple[tuple[int, ...], ...]

    @property
    def hidden(self) -> tuple[tuple[int, ...], ...]:
        """The vectors `max(z, 0)` of the rays at all points."""
        return tuple(tuple(max(v, 0) for v in row) for row in self.heights)


def _reduced(rows: Sequence[Sequence[Fraction | int]], width: int) -> tuple[list[list[Fraction]], list[int]]:
    """Return the non-zero rows of the reduced echelon form of the first `width` columns, then the rest, and pivots."""
    table, pivots = [[Fraction(v) for v in row] for row in rows], []
    for column in range(width):
        k = len(pivots)
        pivot = next((r for r in range(k, len(table)) if table[r][column]), None)
        if pivot is None:
            continue
        table[k], table[pivot] = table[pivot], table[k]
        table[k] = [v / table[k][column] for v in table[k]]
        for r, row in enumerate(table):
            if r != k and row[column]:
                table[r] = [a - row[column] * b for a, b in zip(row, table[k])]
        pivots.append(column)
    return table, pivots


def solve_rows(rows: Sequence[Sequence[Fraction | int]], right: Sequence[Fraction | int]) -> Vector | None:
    """Return one rational solution of a linear system, its free unknowns 0, or None if there is none.

    >>> solve_rows([[2, 1], [4, 2]], [3, 6])
    (Fraction(3, 2), Fraction(0, 1))
    """
    width = len(rows[0]) if rows else 0
    table, pivots = _reduced([(*row, y) for row, y in zip(rows, right, strict=True)], width)
    if any(row[-1] for row in table[len(pivots):]):
        return None
    found = dict(zip(pivots, (row[-1] for row in table)))
    return tuple(found.get(column, Fraction(0)) for column in range(width))


def _coordinates(points: Sequence[Vector]) -> tuple[tuple[int, ...], list[Vector]]:
    """Return an affine basis among the points and each point's barycentric coordinates in it."""
    lifted = [(*point, Fraction(1)) for point in points]
    pivots = _reduced(list(zip(*lifted)), len(lifted))[1]
    rows = list(zip(*(lifted[k] for k in pivots)))
    return tuple(pivots), [solve_rows(rows, point) for point in lifted]  # type: ignore[misc]


def _kernel(rows: Sequence[Vector], width: int) -> Vector | None:
    """Return a vector that spans the kernel of the rows, None unless the kernel is a line."""
    table, pivots = _reduced(rows, width)
    if len(pivots) != width - 1:
        return None
    (free,) = set(range(width)) - set(pivots)
    entries = {free: Fraction(1)} | {pivot: -row[free] for pivot, row in zip(pivots, table)}
    return tuple(entries[k] for k in range(width))


def unit_cells(points: Sequence[Vector]) -> UnitCells:
    """Return the rays and the patterns of one unit with a bias; each closed pattern cone is generated by its rays."""
    basis, coordinates = _coordinates(points)
    width = len(basis)
    found: dict[tuple[int, ...], Vector] = {}
    for rows in combinations(dict.fromkeys(coordinates), width - 1):
        line = _kernel(rows, width)
        for sign in (1, -1) if line else ():
            ray = tuple(sign * v for v in line)
            values = [sum((c * v for c, v in zip(row, ray)), Fraction(0)) for row in coordinates]
            scale = lcm(*(v.denominator for v in values))
            scale = Fraction(scale, gcd(*(int(v * scale) for v in values)))
            found[tuple(int(v * scale) for v in values)] = tuple(v * scale for v in ray)
    heights = sorted(found, reverse=True)
    useful = [k for k, row in enumerate(heights) if max(row) > 0]
    number = {k: place for place, k in enumerate(useful)}
    patterns = {tuple(number[k] for k in pattern if k in number) for pattern in _patterns(heights, len(points))}
    return UnitCells(basis, tuple(found[heights[k]] for k in useful), tuple(heights[k] for k in useful),
                     tuple(sorted(patterns - {()})))


def _patterns(heights: Sequence[tuple[int, ...]], n: int) -> Iterator[tuple[int, ...]]:
    """Walk through the points: a side of a point is possible if some ray that fits so far lies strictly on it.

    Sound and complete because the closed cone of the units that fit so far is full-dimensional and generated by the
    rays that fit.
    """
    stack: list[tuple[int, tuple[int, ...]]] = [(0, tuple(range(len(heights))))]
    while stack:
        i, fitting = stack.pop()
        if i == n:
            yield fitting
            continue
        for side in (1, -1):
            if any(side * heights[k][i] > 0 for k in fitting):
                stack.append((i + 1, tuple(k for k in fitting if side * heights[k][i] >= 0)))


class _Distances:
    """Distances of the labels to cones generated by signed rays (and the constant vectors, given an output bias)."""

    def __init__(self, vectors: Sequence[Sequence[int]], labels: Vector) -> None:
        self.gram = [[sum(a * b for a, b in zip(u, v)) for v in vectors] for u in vectors]
        self.products = [sum((a * y for a, y in zip(u, labels)), Fraction(0)) for u in vectors]
        self.total = sum((y * y for y in labels), Fraction(0))

    def _on_span(self, support: Sequence[Column]) -> list[Fraction]:
        rows = [(*(s * t * self.gram[i][j] for t, j in support), s * self.products[i]) for s, i in support]
        table, _ = _reduced(rows, len(support))
        return [row[-1] for row in table]

    def nearest(self, columns: Sequence[Column]) -> tuple[Fraction, dict[Column, Fraction]]:
        """Return the least `|sum m_k c_k - y|^2` over m >= 0 and multipliers m > 0 of independent columns."""
        current: dict[Column, Fraction] = {}
        while True:
            entering = self._entering(columns, current)
            if entering is None:
                gained = sum((m * s * self.products[i] for (s, i), m in current.items()), Fraction(0))
                return self.total - gained, current
            current[entering] = Fraction(0)
            while True:
                support = list(current)
                target = dict(zip(support, self._on_span(support)))
                if all(m > 0 for m in target.values()):
                    current = target
                    break
                # go as far as all multipliers stay non-negative; those that vanish leave
                step = min(current[c] / (current[c] - m) for c, m in target.items() if m <= 0)
                moved = {c: current[c] + step * (target[c] - current[c]) for c in support}
                current = {c: m for c, m in moved.items() if m > 0}

    def _entering(self, columns: Sequence[Column], current: dict[Column, Fraction]) -> Column | None:
        """Return the column of steepest descent of the loss at the current multipliers, None at the minimum."""
        best, steepest = None, Fraction(0)
        for s, i in columns:
            if (s, i) in current:
                continue
            slope = s * (self.products[i] - sum((t * m * self.gram[i][j] for (t, j), m in current.items()),
                                                Fraction(0)))
            if slope > 0 and slope * slope > steepest * self.gram[i][i]:
                best, steepest = (s, i), slope * slope / self.gram[i][i]
        return best


def cell_count(patterns: int, width: int) -> int:
    """Return the number of cells of `width` units after the reductions: distinct patterns for units of equal sign.

    >>> cell_count(11, 2)
    231
    """
    return sum(comb(patterns, min(p, patterns)) * comb(patterns, min(width - p, patterns)) for p in range(width + 1))


def cell_optimum(instance: TrainingInstance) -> CellOptimum:
    """Return the exact least loss of a plain net with one hidden ReLU layer and one output, and weights that reach it.

    The threshold of the instance plays no part; labels that do not matter are left out.

    Raises InputError for other networks and for more than MAX_CELLS cells.

    >>> cell_optimum(TrainingInstance.one_hidden_layer([-2, -1, 0, 1, 2], [2, 1, 0, 1, 2], 1)).value
    Fraction(14, 5)
    """
    shape = instance.one_hidden_shape()
    if shape is None or shape[2] != 1 or any(instance.activation[h] != "relu" for h in instance.hidden):
        raise InputError(explain("cell_optimum", "a plain net with one hidden ReLU layer and one output",
                                 f"shape {shape}", "Use TrainingInstance.one_hidden_layer."))
    data = [(x, y) for x, (y,) in zip(instance.points, instance.labels) if y is not None]
    zero = dict.fromkeys(instance.parameters, Fraction(0))
    if not data:
        return CellOptimum(Fraction(0), zero, (), 1)
    points, labels = [x for x, _ in data], tuple(y for _, y in data)
    units = unit_cells(points)
    count = cell_count(len(units.patterns), shape[1])
    if count > MAX_CELLS:
        raise InputError(explain("cells", f"at most {MAX_CELLS}", count, "Use fewer units or points, or a search."))
    constant = [(1,) * len(data)] if instance.output_bias else []
    distances = _Distances([*units.hidden, *constant], labels)
    value, support, cell = _best(distances, units, shape[1], bool(constant))
    weights = {**zero, **_weights(instance, points, units, support, cell)}
    residual = tuple(out - y for (out,), y in zip(instance.outputs(weights), (row[0] for row in instance.labels))
                     if y is not None)
    return CellOptimum(value, weights, residual, count)


Cell = tuple[tuple[int, tuple[int, ...]], ...]
"""For each unit used its sign and its rays."""


def _cells(patterns: Sequence[tuple[int, ...]], width: int) -> Iterator[Cell]:
    for p in range(width + 1):
        up, down = min(p, len(patterns)), min(width - p, len(patterns))
        for plus, minus in product(combinations(patterns, up), combinations(patterns, down)):
            yield tuple((1, rays) for rays in plus) + tuple((-1, rays) for rays in minus)


def _best(distances: _Distances, units: UnitCells, width: int, biased: bool
          ) -> tuple[Fraction, dict[Column, Fraction], Cell]:
    constant = ((1, len(units.rays)), (-1, len(units.rays))) if biased else ()
    best: tuple[Fraction, dict[Column, Fraction], Cell] | None = None
    for cell in _cells(units.patterns, width):
        columns = dict.fromkeys((*constant, *((sign, ray) for sign, rays in cell for ray in rays)))
        value, support = distances.nearest(tuple(columns))
        if best is None or value < best[0]:
            best = value, support, cell
        if not value:
            break
    return best  # type: ignore[return-value]


def _weights(instance: TrainingInstance, points: Sequence[Vector], units: UnitCells, support: dict[Column, Fraction],
             cell: Cell) -> dict[str, Fraction]:
    """Return weights from multipliers: each ray goes to the first unit of its sign whose cone has it."""
    (sink,), left, out = instance.sinks, dict(support), {}
    rows = [(*points[k], Fraction(1)) for k in units.basis]
    for hidden, (sign, rays) in zip(instance.hidden, cell):
        at_basis = [Fraction(0)] * len(units.basis)
        for ray in rays:
            m = left.pop((sign, ray), Fraction(0))
            at_basis = [a + m * v for a, v in zip(at_basis, units.rays[ray])]
        *slopes, bias = solve_rows(rows, at_basis)  # type: ignore[misc]
        out |= {hidden: bias, f"{hidden}->{sink}": Fraction(sign)}
        out |= {f"{source}->{hidden}": a for source, a in zip(instance.sources, slopes)}
    if instance.output_bias:
        out[sink] = sum((s * m for (s, _), m in left.items()), Fraction(0))
    return out

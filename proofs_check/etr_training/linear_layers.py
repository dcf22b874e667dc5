"""Fully connected networks of identities: the maps they realise, their factorisation into layers, their least loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.exact_matrices import echelon, fraction, null_space, solve, to_flint, transpose

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance

Rows = list[list[Fraction]]


@dataclass(frozen=True)
class Layers:
    """Names layer by layer, sources first; `form` says which biases there are.

    - "affine": every sink has a bias, so any offset is realised; hidden biases are set to 0;
    - "linear": no biases;
    - "augmented": one hidden layer with biases and sinks without, so [W, c] has rank at most the hidden width.
    """

    names: tuple[tuple[str, ...], ...]
    form: str

    @property
    def rank(self) -> int:
        """The least hidden width, or the largest rank possible where there is no hidden layer."""
        return min(map(len, self.names)) if len(self.names) == 2 else min(map(len, self.names[1:-1]))

    def weights(self, matrix: Rows, offset: Sequence[Fraction]) -> dict[str, Fraction] | None:
        """Return weights of the map x -> matrix x + offset, or None where the rank is too large."""
        sources, sinks = self.names[0], self.names[-1]
        columns = len(sources)
        augmented = self.form == "augmented"
        if augmented:
            matrix, columns = [[*row, c] for row, c in zip(matrix, offset, strict=True)], columns + 1
        weights = {} if self.form != "affine" else dict(zip(sinks, offset, strict=True))
        if len(self.names) == 2:
            return weights | {f"{s}->{t}": matrix[k][j] for k, t in enumerate(sinks) for j, s in enumerate(sources)}
        right, pivots = echelon(matrix, columns)
        if len(pivots) > self.rank:
            return None
        first, last = self.names[1], self.names[-2]
        for k, row in enumerate(right):
            weights |= {f"{s}->{first[k]}": row[j] for j, s in enumerate(sources)}
            if augmented:
                weights[first[k]] = row[-1]
            weights |= {f"{here[k]}->{there[k]}": Fraction(1)
                        for here, there in zip(self.names[1:-2], self.names[2:-1], strict=True)}
            weights |= {f"{last[k]}->{t}": matrix[i][pivots[k]] for i, t in enumerate(sinks)}
        return weights


def fully_connected(instance: TrainingInstance) -> Layers | None:
    """Return the layers of a fully connected net of identities without box, pins and don't-cares, else None."""
    if instance.box is not None or instance.pinned or any(None in row for row in instance.labels):
        return None
    depth = dict.fromkeys(instance.sources, 0)
    for name, _ in instance.vertices:
        depth[name] = 1 + max((depth[u] for u in instance.incoming[name]), default=-1)
    last = max(depth.values())
    names = tuple(tuple(v for v in depth if depth[v] == level) for level in range(last + 1))
    edges = {(u, v) for here, there in zip(names, names[1:], strict=False) for u in here for v in there}
    if edges != set(instance.edges) or set(names[-1]) != set(instance.sinks) or len(names) < 2:
        return None
    names = (instance.sources, *names[1:-1], instance.sinks)
    biased = set(instance.biases)
    if biased.issuperset(instance.sinks):
        return Layers(names, "affine")
    if not biased:
        return Layers(names, "linear")
    if len(names) == 3 and biased == set(names[1]):
        return Layers(names, "augmented")
    return None


def vertex_cut(instance: TrainingInstance) -> list[str]:
    """Return a least set of sources or hidden vertices, or all sinks, that meets every path from source to sink."""
    import networkx as nx

    graph = nx.DiGraph()
    for name in (*instance.sources, *instance.activation):
        graph.add_edge(("in", name), ("out", name), capacity=1)
    graph.add_edges_from((("out", u), ("in", v)) for u, v in instance.edges)
    graph.add_edges_from(("start", ("in", s)) for s in instance.sources)
    graph.add_edges_from((("out", t), "end") for t in instance.sinks)
    reached = nx.minimum_cut(graph, "start", "end")[1][0]
    return [name for name in (*instance.sources, *instance.activation)
            if ("in", name) in reached and ("out", name) not in reached]


def _features(instance: TrainingInstance, form: str) -> tuple[Rows, Rows, list[Fraction], list[Fraction]]:
    """Return inputs and labels (n rows each), centred in the affine form, and the means that were subtracted."""
    n, d, k = len(instance.points), len(instance.sources), len(instance.sinks)
    labels = [[y or Fraction(0) for y in row] for row in instance.labels]
    if form == "augmented":
        return [[*row, Fraction(1)] for row in instance.points], labels, [Fraction(0)] * (d + 1), [Fraction(0)] * k
    if form == "linear" or not n:
        return [list(row) for row in instance.points], labels, [Fraction(0)] * d, [Fraction(0)] * k
    x_mean = [sum((row[j] for row in instance.points), Fraction(0)) / n for j in range(d)]
    y_mean = [sum((row[j] for row in labels), Fraction(0)) / n for j in range(k)]
    return ([[a - m for a, m in zip(row, x_mean, strict=True)] for row in instance.points],
            [[a - m for a, m in zip(row, y_mean, strict=True)] for row in labels], x_mean, y_mean)


def least_squares(inputs: Rows, labels: Rows, columns: int, outputs: int) -> Rows:
    """Return the least squares map (outputs x columns) of least rank: it is 0 on dependent coordinates."""
    chosen = echelon(inputs, columns)[1]
    narrow = [[row[j] for j in chosen] for row in inputs]
    gram = [[sum((r[a] * r[b] for r in narrow), Fraction(0)) for b in range(len(chosen))] for a in range(len(chosen))]
    matrix = []
    for k in range(outputs):
        right = [sum((r[a] * y[k] for r, y in zip(narrow, labels, strict=True)), Fraction(0))
                 for a in range(len(chosen))]
        found = dict(zip(chosen, solve(gram, right, len(chosen)) or [], strict=True))
        matrix.append([found.get(j, Fraction(0)) for j in range(columns)])
    return matrix


def product(left: Rows, right: Rows, columns: int) -> Rows:
    """Return the matrix product; `columns` is the width of the right factor."""
    return [[sum((a * row[j] for a, row in zip(line, right, strict=True)), Fraction(0)) for j in range(columns)]
            for line in left]


def reduced_rank(instance: TrainingInstance, layers: Layers, projection: Rows | None
                 ) -> tuple[list[Fraction], Rows]:
    """Return (offset, matrix) of the least squares map, followed by a projection of the outputs if one is given."""
    inputs, labels, x_mean, y_mean = _features(instance, layers.form)
    columns = len(x_mean)
    matrix = least_squares(inputs, labels, columns, len(y_mean))
    if projection is not None:
        matrix = product(projection, matrix, columns)
    if layers.form == "augmented":
        return [row[-1] for row in matrix], [row[:-1] for row in matrix]
    offset = [m - sum((w * x for w, x in zip(row, x_mean, strict=True)), Fraction(0))
              for row, m in zip(matrix, y_mean, strict=True)]
    return offset, matrix


def fitted_gram(instance: TrainingInstance, layers: Layers) -> tuple[Rows, Fraction]:
    """Return the Gram matrix (sinks x sinks) of the fitted values and the least squares loss."""
    inputs, labels, x_mean, y_mean = _features(instance, layers.form)
    k = len(y_mean)
    matrix = least_squares(inputs, labels, len(x_mean), k)
    fitted = product(inputs, transpose(matrix, len(x_mean)), k)
    gram = product(transpose(fitted, k), fitted, k)
    loss = sum(((a - b) ** 2 for u, v in zip(fitted, labels, strict=True) for a, b in zip(u, v, strict=True)),
               Fraction(0))
    return gram, loss


def projections(gram: Rows, rank: int, digits: int) -> tuple[Rows, list[Fraction], Rows]:
    """Return the rational projection onto nearly the top `rank` eigenvectors, eigenvalues (increasing), eigenvectors.

    The projection is exactly orthogonal; the eigenvalues and eigenvectors are rounded to that many digits.
    """
    import mpmath

    size = len(gram)
    with mpmath.workdps(digits + 15):
        values, vectors = mpmath.eigsy(mpmath.matrix([[mpmath.mpf(x.numerator) / x.denominator for x in row]
                                                      for row in gram]))
        scale = 10**digits
        rounded = [Fraction(int(mpmath.nint(values[i] * scale)), scale) for i in range(size)]
        columns = [[Fraction(int(mpmath.nint(vectors[j, i] * scale)), scale) for j in range(size)]
                   for i in range(size)]
    return onto(columns[size - min(rank, size):], size), rounded, columns


def onto(basis: Rows, size: int) -> Rows:
    """Return the orthogonal projection onto the span of independent vectors."""
    gram = [[sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0)) for v in basis] for u in basis]
    solved = [solve(gram, [u[j] for u in basis], len(basis)) or [] for j in range(size)]
    return [[sum((u[i] * c for u, c in zip(basis, solved[j], strict=True)), Fraction(0)) for j in range(size)]
            for i in range(size)]


def rational_projection(gram: Rows, rank: int) -> Rows | None:
    """Return the projection onto the top eigenspace exactly, if the lowest eigenvalues are all roots of a factor.

    The lowest eigenvalues then span the kernel of a rational polynomial in the matrix; None where they do not.
    """
    import flint

    size = len(gram)
    kept, lowest = [], size - min(rank, size)
    numerator = to_flint(gram, size).charpoly().numer()
    roots = sorted(((root.real, factor, multiplicity) for factor, multiplicity in numerator.factor()[1]
                    for root, _ in factor.complex_roots()), key=lambda entry: entry[0].mid())
    for _, factor, multiplicity in roots:
        if lowest <= 0:
            break
        lowest -= multiplicity
        if factor not in kept:
            kept.append(factor)
    below = [entry for entry in roots if entry[1] in kept]
    if lowest or sum(m for _, _, m in below) != size - min(rank, size):
        return None
    value = flint.fmpq_mat(size, size, [flint.fmpq(int(i == j)) for i in range(size) for j in range(size)])
    for factor in kept:
        value = value * _at_matrix(factor, to_flint(gram, size))
    kernel = null_space([[fraction(value[i, j]) for j in range(size)] for i in range(size)], size)
    down = onto(kernel, size)
    return [[(i == j) - down[i][j] for j in range(size)] for i in range(size)]


def _at_matrix(polynomial: Any, matrix: Any) -> Any:
    import flint

    size = matrix.nrows()
    identity = flint.fmpq_mat(size, size, [flint.fmpq(int(i == j)) for i in range(size) for j in range(size)])
    total = identity * 0
    for coefficient in reversed(polynomial.coeffs()):
        total = total * matrix + identity * flint.fmpq(coefficient)
    return total


def tail_bound(gram: Rows, rank: int, eigenvalues: Sequence[Fraction], vectors: Rows) -> Fraction:
    """Return a rational lower bound on the sum of the smallest eigenvalues, those beyond the `rank` largest.

    It is m z - tr Z for m = size - rank, Z = sum over the lowest of (z - value) v v^T plus a small multiple of the
    identity, where gram + Z - z is shown to be positive semidefinite by an exact LDL^T (0 if that fails).
    """
    size = len(gram)
    count = size - min(rank, size)
    if not count:
        return Fraction(0)
    level = eigenvalues[count - 1]
    slack = (1 + abs(eigenvalues[-1])) * Fraction(1, 10**20)
    dual = [[sum(((level - eigenvalues[k]) * vectors[k][i] * vectors[k][j] for k in range(count)), Fraction(0))
             + (slack if i == j else 0) for j in range(size)] for i in range(size)]
    shifted = [[gram[i][j] + dual[i][j] - (level if i == j else 0) for j in range(size)] for i in range(size)]
    if not (semidefinite(shifted) and semidefinite(dual)):
        return Fraction(0)
    return count * level - sum((dual[i][i] for i in range(size)), Fraction(0))


def semidefinite(matrix: Rows) -> bool:
    """Whether a symmetric rational matrix is positive semidefinite, by elimination."""
    rows = [list(row) for row in matrix]
    for k in range(len(rows)):
        pivot = rows[k][k]
        if pivot < 0 or (pivot == 0 and any(rows[k][k:])):
            return False
        for i in range(k + 1, len(rows)):
            if pivot and rows[i][k]:
                factor = rows[i][k] / pivot
                rows[i] = [a - factor * b for a, b in zip(rows[i], rows[k], strict=True)]
    return True

"""Aggregation matrices of graphs, aggregated features of training nodes, closed twins: exact."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Matrix as SymbolicMatrix
from sympy import Rational, sqrt

from theory.exact.matrices import Matrix, Rows, identity, matrix, product
from theory.language.errors import InputError, explain

Adjacency = Sequence[Sequence[int]]
KINDS = ("gin", "gcn")


def _adjacency(rows: Adjacency) -> tuple[tuple[int, ...], ...]:
    out = tuple(tuple(row) for row in rows)
    size = len(out)
    if not out or any(len(row) != size for row in out):
        raise InputError(explain("adjacency", "a square matrix with at least one node", [len(row) for row in out],
                                 "Give one row for each node."))
    for i, row in enumerate(out):
        for j, entry in enumerate(row):
            if isinstance(entry, bool) or not isinstance(entry, int) or entry not in (0, 1):
                raise InputError(explain(f"adjacency[{i}][{j}]", "0 or 1", repr(entry),
                                         "Leave the weights of edges out, or give S itself as the aggregation."))
            if entry != out[j][i]:
                raise InputError(explain(f"adjacency[{i}][{j}]", "a symmetric matrix", (entry, out[j][i]),
                                         "Make the graph undirected."))
        if row[i]:
            raise InputError(explain(f"adjacency[{i}][{i}]", "0: self-loops are added by the aggregation", row[i],
                                     "Remove the self-loops."))
    return out


def aggregation(adjacency: Adjacency, kind: str) -> tuple[tuple[int, ...], ...] | SymbolicMatrix:
    """Return the aggregation matrix S (n, n) of an undirected graph without weights; isolated nodes are allowed.

    "gin" is A + I, rows of integers; "gcn" is D^(-1/2) (A + I) D^(-1/2) with D the row sums of A + I, a SymPy matrix.

    Raises:
        InputError: a matrix that is not square, symmetric, 0/1 with zero diagonal, or another kind.

    >>> aggregation([[0, 1], [1, 0]], "gin"), aggregation([[0, 1], [1, 0]], "gcn")[0, 1]
    (((1, 1), (1, 1)), 1/2)
    """
    rows = _adjacency(adjacency)
    if kind not in KINDS:
        raise InputError(explain("kind", f"one of {', '.join(KINDS)}", repr(kind), "Give S itself for another one."))
    size = range(len(rows))
    closed = tuple(tuple(rows[i][j] + (i == j) for j in size) for i in size)
    if kind == "gin":
        return closed
    degree = [sum(row) for row in closed]
    return SymbolicMatrix(len(rows), len(rows), lambda i, j: closed[i][j] / sqrt(degree[i] * degree[j]))


def training_nodes(train: Sequence[int], nodes: int) -> tuple[int, ...]:
    """Return the training nodes, checked: at least one, different, within 0..nodes-1.

    Raises:
        InputError: none, a repetition, or a node out of range.

    >>> training_nodes([2, 0], 3)
    (2, 0)
    """
    chosen = tuple(train)
    if not chosen or len(set(chosen)) < len(chosen) or any(not 0 <= i < nodes for i in chosen):
        raise InputError(explain("train", f"at least one node, all different, in 0..{nodes - 1}", chosen,
                                 "Give the indices of the labelled nodes."))
    return chosen


def gram_features(X: Rows, S: Rows | SymbolicMatrix, hops: int, train: Sequence[int]) -> Matrix | SymbolicMatrix:
    """Return G = X (S^hops) restricted to the training columns, shape (m_x, training nodes).

    The whole graph aggregates; only then are columns chosen. Fractions for a rational S, a SymPy matrix otherwise.

    Args:
        X: features (m_x, n), one column a node; int, Fraction or decimal text. S: (n, n). hops: at least 0.

    Raises:
        InputError: shapes that do not fit, a negative number of hops, no training nodes. ExactnessError: a float.

    >>> gram_features([[2, -1]], [[1, 1], [1, 1]], 1, [0])
    ((Fraction(1, 1),),)
    """
    features = matrix(X, "X")
    if isinstance(hops, bool) or not isinstance(hops, int) or hops < 0:
        raise InputError(explain("hops", "an integer >= 0", repr(hops), "Give the number of layers."))
    nodes = S.rows if isinstance(S, SymbolicMatrix) else len(S)
    if len(features[0]) != nodes:
        raise InputError(explain("X", f"{nodes} columns, one for each node", len(features[0]), "Columns are nodes."))
    chosen = training_nodes(train, nodes)
    if isinstance(S, SymbolicMatrix):
        exact = SymbolicMatrix([[Rational(x.numerator, x.denominator) for x in row] for row in features])
        for _ in range(hops):
            exact = (exact * S).applyfunc(lambda entry: entry.expand())
        return exact.extract(list(range(exact.rows)), list(chosen))
    step = matrix(S, "S")
    for _ in range(hops):
        features = product(features, step)
    return tuple(tuple(row[i] for i in chosen) for row in features)


def stacked_features(X: Rows, S: Rows, hops: int, train: Sequence[int]) -> Matrix:
    """Return G_0, ..., G_hops above one another, shape ((hops + 1) m_x, training nodes), for a rational S.

    Raises:
        InputError: as `gram_features`. ExactnessError: a float.

    >>> len(stacked_features([[2, -1]], [[1, 1], [1, 1]], 2, [0, 1]))
    3
    """
    return tuple(row for depth in range(hops + 1) for row in gram_features(X, S, depth, train))


def twins(adjacency: Adjacency) -> tuple[tuple[int, ...], ...]:
    """Return the classes of at least two closed twins: nodes with equal closed neighbourhoods N[u] = N[v].

    Twins have equal columns in S, so in X S^l for every l >= 1 and every X: with two of them in the training set the
    columns of G are dependent.

    Raises:
        InputError: as `aggregation`.

    >>> twins([[0, 1, 1], [1, 0, 1], [1, 1, 0]]), twins([[0, 1, 0], [1, 0, 1], [0, 1, 0]])
    (((0, 1, 2),), ())
    """
    rows = aggregation(adjacency, "gin")
    classes: dict[tuple[int, ...], list[int]] = {}
    for node, row in enumerate(rows):
        classes.setdefault(row, []).append(node)
    return tuple(tuple(members) for members in classes.values() if len(members) > 1)


def layer_product(B: Sequence[Rows], size: int) -> Matrix:
    """Return B_l ... B_1 for the layers B = (B_1, ..., B_l), the identity of `size` for none.

    Raises:
        InputError: shapes that do not fit. ExactnessError: a float.

    >>> layer_product([[[2]], [[3]]], 1)
    ((Fraction(6, 1),),)
    """
    out = identity(size)
    for number, layer in enumerate(B, 1):
        out = product(matrix(layer, f"B_{number}"), out)
    return out

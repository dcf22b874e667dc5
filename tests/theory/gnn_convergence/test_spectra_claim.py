"""Ranks of paths and cycles by elimination, their kernel vectors, and the top eigenpair after normalisation."""

from __future__ import annotations

import pytest
from sympy import Matrix, sqrt

from theory.exact.matrices import product
from theory.gnn_convergence import exact_rank
from theory.gnn_convergence.graph_shift import aggregation


def _path(n):
    return [[int(abs(i - j) == 1) for j in range(n)] for i in range(n)]


def _cycle(n):
    return [[int((i - j) % n in (1, n - 1)) for j in range(n)] for i in range(n)]


def _sequence(first, second, n):
    """f(1), ..., f(n) of f(i+2) = -f(i) - f(i+1)."""
    out = [first, second]
    while len(out) <= n:
        out.append(-out[-1] - out[-2])
    return tuple((x,) for x in out[1:n + 1])


@pytest.mark.parametrize("n", range(2, 15))
def test_paths_are_singular_exactly_for_two_more_than_a_multiple_of_three(n):
    """Rank n - 1 for n = 2 mod 3, with the kernel vector 1, -1, 0, ...; rank n otherwise."""
    matrix = aggregation(_path(n), "gin")
    assert exact_rank(matrix) == n - (n % 3 == 2)
    image = product(matrix, _sequence(0, 1, n))
    assert all(x == 0 for (x,) in image) == (n % 3 == 2)


@pytest.mark.parametrize("n", range(3, 15))
def test_cycles_lose_two_for_multiples_of_three(n):
    """Rank n - 2 for 3 | n and two independent kernel vectors; rank n otherwise."""
    matrix = aggregation(_cycle(n), "gin")
    assert exact_rank(matrix) == n - 2 * (n % 3 == 0)
    for start in ((0, 1), (1, 0), (2, -5)):
        image = product(matrix, _sequence(*start, n))
        assert all(x == 0 for (x,) in image) == (n % 3 == 0)


@pytest.mark.parametrize("n", range(1, 12))
def test_entries_of_the_statement_are_those_of_the_graphs(n):
    """I[i,j] + I[i-1,j] + I[i+1,j], with the corners for the cycle, is A + I."""
    def unit(p, v):
        return int(p == v)

    nodes = range(1, n + 1)
    line = [[unit(i, j) + unit(i - 1, j) + unit(i + 1, j) for j in nodes] for i in nodes]
    assert tuple(map(tuple, line)) == aggregation(_path(n), "gin")
    if n >= 3:
        ring = [[line[i - 1][j - 1] + unit(i, 1) * unit(n, j) + unit(i, n) * unit(1, j) for j in nodes] for i in nodes]
        assert tuple(map(tuple, ring)) == aggregation(_cycle(n), "gin")


@pytest.mark.parametrize("graph", [_path(2), _path(3), _path(5), _cycle(4), [[0, 1, 1], [1, 0, 0], [1, 0, 0]]])
def test_roots_of_degrees_are_the_top_eigenvector_of_gcn(graph):
    """S D^(1/2) 1 = D^(1/2) 1 in radicals, and no eigenvalue is above 1 (or at -1)."""
    matrix = aggregation(graph, "gcn")
    vector = Matrix([sqrt(sum(row) + 1) for row in graph])
    assert (matrix * vector - vector).applyfunc(lambda x: x.simplify()) == Matrix.zeros(len(graph), 1)
    values = [complex(x.evalf(30)) for x in matrix.eigenvals()]
    assert max(x.real for x in values) < 1 + 1e-9 and min(x.real for x in values) > -1


def test_minus_one_is_an_eigenvalue_of_the_petersen_graph_only_after_the_loop():
    """spec(A + I) = 4, 2, -1 for the Petersen graph: regular, though A has the eigenvalue -2."""
    outer = [(i, (i + 1) % 5) for i in range(5)]
    inner = [(5 + i, 5 + (i + 2) % 5) for i in range(5)]
    edges = {frozenset(e) for e in [*outer, *inner, *((i, i + 5) for i in range(5))]}
    graph = [[int(frozenset((i, j)) in edges) if i != j else 0 for j in range(10)] for i in range(10)]
    assert Matrix(aggregation(graph, "gin")).eigenvals() == {4: 1, 2: 5, -1: 4}

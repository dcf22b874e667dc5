"""The corank of A + I against the classes of closed twins, and the kernel matrix of the claim."""

from __future__ import annotations

import random

import pytest

from theory.exact.matrices import identity, product
from theory.gnn_convergence import exact_rank, twins
from theory.gnn_convergence.graph_shift import aggregation


def _drawn(seed):
    """A random graph of four nodes, each blown up into a clique of one to three twins."""
    source = random.Random(seed)
    size = [source.randint(1, 3) for _ in range(4)]
    quotient = {(i, j): source.random() < 0.5 for i in range(4) for j in range(i)}
    block = [b for b, s in enumerate(size) for _ in range(s)]
    return [[int(i != j and (a == b or quotient[max(a, b), min(a, b)])) for j, b in enumerate(block)]
            for i, a in enumerate(block)]


def _pairs(classes):
    """u in increasing order and its v: one node of each class is left."""
    pairs = sorted((node, members[0]) for members in classes for node in members[1:])
    return [u for u, _ in pairs], [v for _, v in pairs]


@pytest.mark.parametrize("seed", range(12))
def test_corank_is_at_least_what_twins_take(seed):
    """n - rank >= sum of (class size - 1); the columns e_u - e_v are in the kernel, the rows e_u a left inverse."""
    graph = _drawn(seed)
    matrix, classes = aggregation(graph, "gin"), twins(graph)
    lost = sum(len(members) - 1 for members in classes)
    assert len(graph) - exact_rank(matrix) >= lost
    if lost:
        u, v = _pairs(classes)
        kernel = [[(i == a) - (i == b) for a, b in zip(u, v)] for i in range(len(graph))]
        rows = [[int(i == a) for i in range(len(graph))] for a in u]
        assert all(x == 0 for row in product(matrix, kernel) for x in row)
        assert product(rows, kernel) == identity(lost)


@pytest.mark.parametrize("n", range(2, 8))
def test_complete_graphs_attain_the_bound(n):
    """One class of n twins: rank 1."""
    graph = [[int(i != j) for j in range(n)] for i in range(n)]
    assert twins(graph) == (tuple(range(n)),) and exact_rank(aggregation(graph, "gin")) == 1


def test_rank_can_be_lost_without_twins():
    """The path of five nodes has no twins and rank four."""
    graph = [[int(abs(i - j) == 1) for j in range(5)] for i in range(5)]
    assert twins(graph) == () and exact_rank(aggregation(graph, "gin")) == 4

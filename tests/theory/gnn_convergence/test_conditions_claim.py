"""Aggregation matrices, exact ranks, closed twins: classical graphs with known spectra, and refusals."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import Matrix, Rational, sqrt

from theory.exact.matrices import eigenvalue_enclosure, exact_rank, matrix, negative_eigenvalues
from theory.gnn_convergence.graph_shift import aggregation, gram_features, stacked_features, twins
from theory.language.errors import ExactnessError, InputError


def _graph(size, edges):
    rows = [[0] * size for _ in range(size)]
    for i, j in edges:
        rows[i][j] = rows[j][i] = 1
    return rows


def _cycle(n):
    return _graph(n, [(i, (i + 1) % n) for i in range(n)])


def _path(n):
    return _graph(n, [(i, i + 1) for i in range(n - 1)])


def _petersen():
    return _graph(10, [*((i, (i + 1) % 5) for i in range(5)), *((i, i + 5) for i in range(5)),
                       *((5 + i, 5 + (i + 2) % 5) for i in range(5))])


@pytest.mark.parametrize("n", range(3, 13))
def test_cycles_lose_two_ranks_when_three_divides_their_length(n):
    """-1 is an eigenvalue 2 cos(2 pi k/n) of the cycle exactly when 3 | n, then twice."""
    assert exact_rank(aggregation(_cycle(n), "gin")) == (n - 2 if n % 3 == 0 else n)


@pytest.mark.parametrize("n", range(2, 13))
def test_paths_lose_one_rank_at_two_modulo_three(n):
    """-1 is an eigenvalue of the path exactly when n = 2 modulo 3."""
    assert exact_rank(aggregation(_path(n), "gin")) == n - (n % 3 == 2)


def test_petersen_graph_has_the_spectrum_four_two_minus_one():
    """A + I of the Petersen graph is regular with eigenvalues 4, 2 (five times), -1 (four times); GCN divides by 4."""
    rows = aggregation(_petersen(), "gin")
    exact = matrix(rows, "S")
    assert exact_rank(rows) == 10
    assert [negative_eigenvalues(exact, x) for x in (-2, 0, 1, 3, 5)] == [0, 4, 4, 9, 10]
    assert eigenvalue_enclosure(exact, 10, Fraction(1, 64)) == (4, 4)
    assert aggregation(_petersen(), "gcn") == Matrix(rows) / 4


def test_twins_are_the_classes_of_equal_closed_neighbourhoods():
    """A complete graph is one class of rank one; two triangles with a common node have two classes."""
    complete = [[int(i != j) for j in range(4)] for i in range(4)]
    bow = _graph(5, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (2, 4)])
    assert twins(complete) == ((0, 1, 2, 3),)
    assert exact_rank(aggregation(complete, "gin")) == 1
    assert twins(bow) == ((0, 1), (3, 4))
    assert exact_rank(aggregation(bow, "gin")) == 3
    assert twins(_petersen()) == ()


@pytest.mark.parametrize("hops", [1, 2, 5])
def test_trained_twins_have_equal_features_for_every_depth(hops):
    """Columns of X S^l agree on twins for l >= 1, for GIN and GCN, and not before."""
    bow = _graph(5, [(0, 1), (1, 2), (0, 2), (2, 3), (3, 4), (2, 4)])
    features = [[1, 5, -2, 3, 7], [0, 2, 1, -1, 4]]
    gin = gram_features(features, aggregation(bow, "gin"), hops, [0, 1])
    assert all(row[0] == row[1] for row in gin)
    gcn = gram_features(features, aggregation(bow, "gcn"), hops, [3, 4])
    assert gcn[:, 0] == gcn[:, 1]
    assert gram_features(features, aggregation(bow, "gin"), 0, [0, 1]) == ((1, 5), (0, 2))


def test_columns_are_chosen_after_the_whole_graph_has_aggregated():
    """On one edge with features 2, -1 the first node gets 1, and 2 when S is cut down to the training node."""
    rows = aggregation([[0, 1], [1, 0]], "gin")
    assert gram_features([[2, -1]], rows, 1, [0]) == ((1,),)
    assert gram_features([[2]], [[rows[0][0]]], 1, [0]) == ((2,),)
    assert len(stacked_features([[2, -1]], rows, 3, [0])) == 4


def test_gcn_of_a_path_has_the_degrees_of_its_closed_neighbourhoods():
    """The path of three nodes has closed degrees 2, 3, 2."""
    found = aggregation(_path(3), "gcn")
    assert found[0, 1] == 1 / sqrt(6) and found[1, 1] == Rational(1, 3) and found[0, 2] == 0


@pytest.mark.parametrize("rows", [[], [[0, 1]], [[0, 2], [2, 0]], [[0, 1], [0, 0]], [[1]]])
def test_other_matrices_are_no_graphs(rows):
    """Empty, rectangular, weighted, directed matrices and self-loops are refused."""
    with pytest.raises(InputError):
        aggregation(rows, "gin")


def test_bad_training_sets_and_floats_are_refused():
    """No training node, a repeated one, one out of range, float features, another kind."""
    for train in ([], [0, 0], [2], [-1]):
        with pytest.raises(InputError):
            gram_features([[1, 1]], [[1, 1], [1, 1]], 1, train)
    with pytest.raises(ExactnessError):
        gram_features([[0.5, 1]], [[1, 1], [1, 1]], 1, [0])
    with pytest.raises(InputError):
        aggregation([[0]], "sage")

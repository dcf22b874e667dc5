"""Both ends of the spectra of small graphs: average degree + 1 from below, and never -1 after normalisation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from sympy import Matrix, Rational

from theory.gnn_convergence.graph_shift import aggregation

EDGE = [[0, 1], [1, 0]]
PATH = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
STAR = [[0, 1, 1, 1], [1, 0, 0, 0], [1, 0, 0, 0], [1, 0, 0, 0]]
SQUARE = [[0, 1, 0, 1], [1, 0, 1, 0], [0, 1, 0, 1], [1, 0, 1, 0]]
LONELY = [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
GRAPHS = [EDGE, PATH, STAR, SQUARE, LONELY]


@pytest.mark.parametrize("graph", GRAPHS)
def test_largest_eigenvalue_of_the_sum_aggregation_reaches_the_average(graph):
    """max spec(A + I) >= average degree + 1, with equality for the regular graphs (edge, square)."""
    average = Rational(sum(map(sum, graph)), len(graph)) + 1
    largest = max(Matrix(aggregation(graph, "gin")).eigenvals(), key=lambda value: value.evalf(30))
    assert (largest - average).is_nonnegative
    assert (largest == average) == (len({sum(row) for row in graph}) == 1)


@pytest.mark.parametrize("graph", GRAPHS)
def test_normalised_aggregation_and_identity_have_a_positive_determinant(graph):
    """det(S + I) > 0: -1 is not an eigenvalue; similar to D^(-1) (A + I) + I, which is rational."""
    rows = aggregation(graph, "gin")
    plain = [[Fraction(entry, sum(row)) + (i == j) for j, entry in enumerate(row)] for i, row in enumerate(rows)]
    exact = Matrix([[Rational(x.numerator, x.denominator) for x in row] for row in plain])
    assert exact.det() > 0
    assert (Matrix(aggregation(graph, "gcn")) + Matrix.eye(len(graph))).det().simplify() == exact.det()


def test_square_without_loops_has_the_eigenvalue_minus_one():
    """The loops are needed: A/2 of the cycle of four nodes has the eigenvalue -1."""
    assert (Matrix(SQUARE) / 2).eigenvals()[-1] == 1


@pytest.mark.parametrize("graph", GRAPHS)
@pytest.mark.parametrize("vector", [(1, -1, 2, 0), (3, 1, -2, 5)])
def test_form_at_the_bottom_is_a_sum_of_squares(graph, vector):
    """y'(A + I) y + y' D y = 1/2 sum a_ij (y_i + y_j)^2, the identity behind the second part."""
    rows, y = aggregation(graph, "gin"), vector[:len(graph)]
    size = range(len(graph))
    form = sum(rows[i][j] * (y[i] * y[j] + y[i] ** 2) for i in size for j in size)
    assert 2 * form == sum(rows[i][j] * (y[i] + y[j]) ** 2 for i in size for j in size) > 0

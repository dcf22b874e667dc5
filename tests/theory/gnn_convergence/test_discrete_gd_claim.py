"""Gradient descent in exact rationals on a graph of five nodes against its certificate."""

from __future__ import annotations

from fractions import Fraction

import pytest

from theory.exact.matrices import (
    combination,
    frobenius_squared,
    matrix,
    negative_eigenvalues,
    product,
    transpose,
)
from theory.gnn_convergence.descent_certificate import (
    gradient_descent_certificate,
    least_loss,
    least_squares,
    root_above,
    singular_bounds,
)
from theory.gnn_convergence.graph_shift import aggregation, gram_features
from theory.language.errors import ExactnessError, InputError

EDGES = ((0, 1), (1, 2), (2, 3), (3, 4), (1, 3))
ADJACENCY = [[int((i, j) in EDGES or (j, i) in EDGES) for j in range(5)] for i in range(5)]
FEATURES = [["1/4", 0, "-1/4", "1/2", 0], [0, "1/2", "1/4", 0, "1/4"]]
G = gram_features(FEATURES, aggregation(ADJACENCY, "gin"), 1, [0, 2, 4])
Y = matrix([["1/4", "-1/4", "1/2"]], "Y")
B, W = matrix([[1, 0], [0, 1]], "B"), matrix([[0, 0]], "W")


def _step(head, layer, eta):
    outer = product(combination(product(product(head, layer), G), Y, -1), transpose(G))
    return (combination(head, product(outer, transpose(layer)), -2 * eta),
            combination(layer, product(transpose(head), outer), -2 * eta))


def test_exact_iterates_obey_the_certificate():
    """Ten steps in Fractions: gap, factor of each step and least eigenvalue of B'B stay within what was certified."""
    found = gradient_descent_certificate(G, Y, B, W)
    step = Fraction(1, -(-found.step.denominator // found.step.numerator))  # a smaller step with small numbers
    found = gradient_descent_certificate(G, Y, B, W, step=step)
    head, layer, gap = W, B, found.gap
    for k in range(1, 7):
        head, layer = _step(head, layer, step)
        now = frobenius_squared(combination(product(product(head, layer), G), Y, -1)) - found.least
        assert 0 <= now <= found.factor * gap and now <= found.bound(k)
        assert negative_eigenvalues(product(transpose(layer), layer), found.lambda_) == 0
        gap = now


def test_steps_that_are_too_big_are_refused():
    """Twenty times the labels with the old step, a step of 10, a negative one, a float."""
    step = gradient_descent_certificate(G, Y, B, W).step
    loud = tuple(tuple(20 * y for y in row) for row in Y)
    with pytest.raises(InputError, match="step"):
        gradient_descent_certificate(G, loud, B, W, step=step)
    for bad in (10, -1, 0):
        with pytest.raises(InputError):
            gradient_descent_certificate(G, Y, B, W, step=bad)
    with pytest.raises(ExactnessError):
        gradient_descent_certificate(G, Y, B, W, step=0.1)


def test_starts_without_certificate_are_refused():
    """Zero features, a head larger than the layer, a start that is optimal."""
    for arguments in (([[0, 0]], [[1, 1]], [[1]], [[0]]), ([[1]], [[1]], [[1]], [[2]]), ([[1]], [[2]], [[2]], [[1]])):
        with pytest.raises(InputError):
            gradient_descent_certificate(*arguments)


def test_least_squares_solves_the_normal_equations_also_without_full_rank():
    """Z G G' = Y G' for features of rank one, and L* is the loss of the best multiple."""
    features, labels = [[1, 2], [2, 4]], [[1, 0]]
    solved = product(product(least_squares(features, labels), matrix(features, "G")), transpose(matrix(features, "G")))
    assert solved == product(matrix(labels, "Y"), transpose(matrix(features, "G")))
    assert least_loss(features, labels) == Fraction(4, 5)  # the label's part orthogonal to (1, 2)


def test_least_non_zero_singular_value_ignores_the_kernel():
    """diag(3, 1/2) with a row of zeros: rank 2, squares 1/4 and 9."""
    rank, low, high = singular_bounds([[3, 0], [0, "1/2"], [0, 0]])
    assert rank == 2 and low <= Fraction(1, 4) <= low + Fraction(1, 1000) and 9 <= high <= 9 + Fraction(1, 1000)
    assert singular_bounds([[0, 0]]) == (0, 0, 0)


@pytest.mark.parametrize("x", [Fraction(0), Fraction(2), Fraction(1, 3), Fraction(10**12)])
def test_roots_are_rounded_up(x):
    """root_above(x)^2 >= x, and not by much."""
    root = root_above(x)
    assert x <= root**2 <= x + (2 * root + 1) * Fraction(1, 10**9)

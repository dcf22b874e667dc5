"""Rescaling layers against heads keeps the network and takes every margin away."""

from __future__ import annotations

from fractions import Fraction

import pytest

from theory.exact.matrices import combination, frobenius_squared, gram, matrix, negative_eigenvalues, product, transpose

B = matrix([[2, 0], [1, 1], [0, 3]], "B")
W = matrix([[1, -1, 2]], "W")
G = matrix([[1, 0, 2], [0, 1, 1]], "G")
Y = matrix([[1, 0, -1]], "Y")


def _loss(head, layer):
    return frobenius_squared(combination(product(product(head, layer), G), Y, -1))


def _times(factor, rows):
    return tuple(tuple(factor * x for x in row) for row in rows)


@pytest.mark.parametrize("margin", [Fraction(1), Fraction(1, 10), Fraction(1, 10**6)])
def test_each_positive_margin_is_missed_by_weights_of_the_same_loss(margin):
    """With e = margin/10 the weights (W/e, e B) have the same loss and a least singular value below the margin."""
    factor = margin / 10
    assert _loss(_times(1 / factor, W), _times(factor, B)) == _loss(W, B)
    assert negative_eigenvalues(gram(transpose(_times(factor, B))), margin**2) > 0


def test_the_layers_shrink_with_the_square_of_the_factor():
    """||V B' e||^2 = e^2 ||V B'||^2 for V = (1, -1)."""
    row = matrix([[1, -1]], "V")
    whole = frobenius_squared(product(row, transpose(B)))
    assert frobenius_squared(product(row, transpose(_times(Fraction(1, 3), B)))) == whole / 9

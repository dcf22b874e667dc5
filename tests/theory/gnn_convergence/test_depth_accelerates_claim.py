"""The start of training from zero heads with orthogonal layers, for more and more layers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from theory.exact.matrices import frobenius_squared, matrix, product, transpose
from theory.gnn_convergence import gram_features, layer_product, stacked_features

ROTATION = matrix([["3/5", "-4/5"], ["4/5", "3/5"]], "B")
WIDER = matrix([["3/5", 0], ["4/5", 0], [0, 1]], "B")
X = [[1, 0, 2], [0, 1, 1]]
Y = matrix([[1, -1, 2]], "Y")
PATH = [[1, 1, 0], [1, 1, 1], [0, 1, 1]]


def _terms(layers):
    """||2 Y G_l' P_l'||^2 for l = 0..H."""
    return [4 * frobenius_squared(product(product(Y, transpose(gram_features(X, PATH, depth, range(3)))),
                                          transpose(layer_product(layers[:depth], 2))))
            for depth in range(len(layers) + 1)]


@pytest.mark.parametrize("layers", [[ROTATION, ROTATION, ROTATION], [ROTATION, WIDER]])
def test_orthogonal_layers_leave_four_times_the_stacked_features(layers):
    """The decrease is 4 ||Y G_{0:H}'||^2 for every depth, also for a layer that widens, and each layer adds to it."""
    terms = _terms(layers)
    for depth in range(len(terms)):
        stacked = stacked_features(X, PATH, depth, range(3))
        assert sum(terms[:depth + 1]) == 4 * frobenius_squared(product(Y, transpose(stacked)))
    assert all(term >= 0 for term in terms) and terms[-1] > 0


def test_without_skips_averaging_slows_the_start():
    """One edge, averaging, features and labels (1, 0): 4 without a layer, 1 with one; with skips 5."""
    mean = [["1/2", "1/2"], ["1/2", "1/2"]]
    label = matrix([[1, 0]], "Y")
    alone = [4 * frobenius_squared(product(label, transpose(gram_features([[1, 0]], mean, depth, [0, 1]))))
             for depth in range(2)]
    assert alone == [4, Fraction(1)]
    assert 4 * frobenius_squared(product(label, transpose(stacked_features([[1, 0]], mean, 1, [0, 1])))) == 5

"""Rates with heads on all layers: stacked features, index sets that span, one that does not, and least losses."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.exact.matrices import (
    combination,
    eigenvalue_enclosure,
    exact_rank,
    frobenius_squared,
    gram,
    matrix,
    product,
    transpose,
)
from theory.gnn_convergence import gram_features, layer_product, least_loss, stacked_features
from theory.gnn_convergence.descent_certificate import singular_bounds

PATH = [[1, 1, 0, 0], [1, 1, 1, 0], [0, 1, 1, 1], [0, 0, 1, 1]]
X = [[1, 0, -1, 2]]


def _drawn(rows, columns, source):
    return matrix([[source.randint(-3, 3) for _ in range(columns)] for _ in range(rows)], "entries")


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("chosen", [(0, 1, 2, 3), (0, 1, 2), (1, 2, 3)])
def test_decrease_is_at_least_the_rate_of_a_spanning_index_set(seed, chosen):
    """sum over the heads in J of ||V G_l'P_l'||^2 >= 4 lambda_J sigma_+^2(G_J) (L - L*) if G_J spans the row space."""
    source = random.Random(seed)
    train = [0, 1, 2]
    layers = [_drawn(2, 1, source), _drawn(2, 2, source), _drawn(2, 2, source)]
    heads = [_drawn(1, m, source) for m in (1, 2, 2, 2)]
    features = [gram_features(X, PATH, scale, train) for scale in range(4)]
    labels = _drawn(1, 3, source)
    downs = [layer_product(layers[:scale], 1) for scale in range(4)]
    total = combination(labels, labels, -1)
    for head, down, g in zip(heads, downs, features):
        total = combination(total, product(product(head, down), g), 1)
    error = combination(total, labels, -1)
    stacked = stacked_features(X, PATH, 3, train)
    partial = tuple(row for scale in chosen for row in features[scale])
    assert exact_rank(partial) == exact_rank(stacked) == 3
    least = min(eigenvalue_enclosure(gram(transpose(downs[scale])), 1, Fraction(1, 10**9))[0] for scale in chosen)
    fall = 4 * sum(frobenius_squared(product(product(error, transpose(features[scale])), transpose(downs[scale])))
                   for scale in chosen)
    gap = frobenius_squared(error) - least_loss(stacked, labels)
    assert fall >= 4 * max(least, 0) * singular_bounds(partial)[1] * gap


def test_index_set_that_does_not_span_has_no_such_rate():
    """An edge, X = (1, 0), Y = 0, W_1 = B_1 = w, W_0 = -w^2: L = w^4 and L*_J = 0, but -dL/dt = 8 w^6 < 4 L."""
    edge, w = [[1, 1], [1, 1]], Fraction(1, 10)
    g0, g1 = gram_features([[1, 0]], edge, 0, [0, 1]), gram_features([[1, 0]], edge, 1, [0, 1])
    error = combination(tuple(tuple(-w**2 * x for x in row) for row in g0), g1, w**2)
    assert frobenius_squared(error) == w**4
    to_zero, to_one = (product(error, transpose(g))[0][0] for g in (g0, g1))
    fall = 4 * (to_zero**2 + (to_one * w) ** 2 + (w * to_one) ** 2)
    assert fall == 8 * w**6 < 4 * w**4
    assert exact_rank(g0) == 1 < exact_rank((*g0, *g1))


def test_least_loss_falls_with_scales_and_not_with_depth():
    """L*_{1:H} never rises with H; L*_H does: an edge forgets the difference of its ends after one layer."""
    source = random.Random(0)
    labels = _drawn(1, 4, source)
    losses = [least_loss(stacked_features(X, PATH, depth, range(4)), labels) for depth in range(5)]
    assert losses == sorted(losses, reverse=True)
    edge, ends = [[1, 1], [1, 1]], [[1, -1]]
    alone = [least_loss(gram_features(ends, edge, depth, [0, 1]), ends) for depth in range(2)]
    assert alone == [0, 2]


@pytest.mark.parametrize("seed", range(3))
def test_stacked_features_gather_the_scales(seed):
    """||V G_{0:H}'||^2 is the sum over the scales of ||V G_l'||^2."""
    error = _drawn(2, 3, random.Random(seed))
    whole = frobenius_squared(product(error, transpose(stacked_features(X, PATH, 3, [0, 1, 3]))))
    assert whole == sum(frobenius_squared(product(error, transpose(gram_features(X, PATH, scale, [0, 1, 3]))))
                        for scale in range(4))

"""Critical points, zero weights and the distance to the least loss of linear graph networks, in exact numbers."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.exact.matrices import combination, frobenius_squared, identity, matrix, product, transpose
from theory.gnn_convergence import gram_features, layer_product, least_loss
from theory.gnn_convergence.descent_certificate import least_squares

PATH = [[1, 1, 0], [1, 1, 1], [0, 1, 1]]
G = gram_features([[1, 0, 1], [0, 1, 2]], PATH, 2, range(3))
Y = matrix([[1, 0, 0], [2, -1, 1]], "Y")
Z = least_squares(G, Y)


def _loss(whole):
    return frobenius_squared(combination(product(whole, G), Y, -1))


def _drawn(rows, columns, source):
    return matrix([[source.randint(-3, 3) for _ in range(columns)] for _ in range(rows)], "entries")


@pytest.mark.parametrize("seed", range(5))
def test_gap_is_the_squared_distance_to_the_least_squares_solution(seed):
    """L(V) - L* = ||(V - Z) G||^2 for every V, so nothing is below L*."""
    whole = _drawn(2, 2, random.Random(seed))
    assert _loss(whole) - least_loss(G, Y) == frobenius_squared(product(combination(whole, Z, -1), G))


def test_critical_point_over_layers_of_full_rank_is_global():
    """Two layers of full column rank: the head with vanishing gradient has the least loss."""
    layers = [matrix([[1, 2], [0, 1], [1, 0]], "B_1"), matrix([[1, 0, 1], [2, 1, 0], [0, 0, 1]], "B_2")]
    down = layer_product(layers, 2)
    head = least_squares(product(down, G), Y)
    error = combination(product(product(head, down), G), Y, -1)
    assert not any(x for row in product(product(error, transpose(G)), transpose(down)) for x in row)
    assert _loss(product(head, down)) == least_loss(G, Y)


def test_critical_point_over_a_singular_layer_need_not_be_global():
    """A layer of rank one: the head's gradient vanishes at a larger loss."""
    layer = matrix([[1, 0], [0, 0]], "B")
    head = least_squares(product(layer, G), Y)
    error = combination(product(product(head, layer), G), Y, -1)
    assert not any(x for row in product(product(error, transpose(G)), transpose(layer)) for x in row)
    assert _loss(product(head, layer)) > least_loss(G, Y)


def test_zero_weights_are_a_saddle_and_not_global():
    """The gap at zero is ||Z G||^2; along (s A, s C) the loss is ||Y||^2 - 2 s^2 <A C G, Y> + s^4 ||A C G||^2."""
    zero = combination(Z, Z, -1)
    assert _loss(zero) - least_loss(G, Y) == frobenius_squared(product(Z, G)) > 0
    step, there = Fraction(1, 100), product(product(Z, identity(2)), G)
    inner = sum(x * y for a, b in zip(there, Y) for x, y in zip(a, b))
    moved = _loss(combination(zero, Z, step**2))
    assert moved == frobenius_squared(Y) - 2 * step**2 * inner + step**4 * frobenius_squared(there)
    assert inner > 0 and moved < frobenius_squared(Y)

"""The imbalance of a layer and its head after steps of gradient descent, in exact numbers."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.exact.matrices import (
    combination,
    frobenius_squared,
    gram,
    matrix,
    negative_eigenvalues,
    product,
    transpose,
)


def _drawn(rows, columns, source, scale=1):
    return matrix([[Fraction(source.randint(-3, 3), scale) for _ in range(columns)] for _ in range(rows)], "entries")


def _imbalance(head, layer):
    return combination(gram(layer), gram(transpose(head)), -1)


def _step(head, layer, features, labels, eta):
    half = product(combination(product(product(head, layer), features), labels, -1), transpose(features))
    outer = combination(half, half, 1)
    return outer, combination(head, product(outer, transpose(layer)), -eta), combination(
        layer, product(transpose(head), outer), -eta)


@pytest.mark.parametrize("seed", range(5))
def test_one_step_drifts_by_the_square_of_the_step(seed):
    """B_+B_+' - W_+'W_+ - (BB' - W'W) = eta^2 (W'KK'W - BK'KB'), for any step."""
    source = random.Random(seed)
    head, layer = _drawn(2, 3, source), _drawn(3, 2, source)
    eta = Fraction(source.randint(1, 9), 7)
    outer, head1, layer1 = _step(head, layer, _drawn(2, 4, source), _drawn(2, 4, source), eta)
    drift = combination(_imbalance(head1, layer1), _imbalance(head, layer), -1)
    above, below = gram(product(transpose(head), outer)), gram(product(layer, transpose(outer)))
    assert drift == combination(combination(above, above, eta**2 - 1), below, -(eta**2))


@pytest.mark.parametrize("seed", range(4))
def test_steps_that_lower_the_loss_keep_the_imbalance_up_to_the_gap(seed):
    """Four small steps: imbalance(k) - imbalance(0) + 2 eta (L_0 - L_k) I has no negative eigenvalue."""
    source = random.Random(seed)
    head, layer = _drawn(1, 2, source, 4), _drawn(2, 2, source, 2)
    features, labels, eta = _drawn(2, 3, source, 4), _drawn(1, 3, source, 4), Fraction(1, 32)

    def loss(a, b):
        return frobenius_squared(combination(product(product(a, b), features), labels, -1))

    start, first = _imbalance(head, layer), loss(head, layer)
    for _ in range(4):
        before = loss(head, layer)
        outer, after, below = _step(head, layer, features, labels, eta)
        squared = frobenius_squared(product(outer, transpose(layer))) + frobenius_squared(
            product(transpose(head), outer))
        head, layer = after, below
        assert loss(head, layer) <= before - eta / 2 * squared
        moved = combination(_imbalance(head, layer), start, -1)
        assert negative_eigenvalues(moved, -2 * eta * (first - loss(head, layer))) == 0

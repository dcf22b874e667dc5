"""Skips at zero heads, on average over independent heads, and at a point where they are slower."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product as choices

import pytest

from theory.exact.matrices import combination, frobenius_squared, matrix, product, transpose
from theory.gnn_convergence import gram_features, layer_product

STAR = [[1, 1, 1, 1], [1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 0, 1]]


def _drawn(rows, columns, source):
    return matrix([[source.randint(-3, 3) for _ in range(columns)] for _ in range(rows)], "entries")


def _decrease(heads, layers, label):
    """4 f^2 times the squared derivatives of f - y by all weights, for numbers; layers (b_1, ..., b_H)."""
    below = [Fraction(1)]
    for b in layers:
        below.append(below[-1] * b)
    error = sum(w * p for w, p in zip(heads, below)) - label
    squares = sum(p * p for p in below)
    for i in range(len(layers)):
        squares += sum(w * below[scale] / layers[i] for scale, w in enumerate(heads) if scale > i) ** 2
    return 4 * error**2 * squares, error**2


def test_skips_can_be_slower_at_a_point():
    """Heads 0, -3, 3 and layers 1, y = 1: -dL/dt is 48 L with skips; the last head alone has 76 L."""
    fall, loss = _decrease((0, -3, 3), (1, 1), 1)
    assert fall == 48 * loss and loss == 1
    error = Fraction(3 - 1)
    assert 4 * error**2 * (1 + 3**2 + 3**2) == 76 * error**2


@pytest.mark.parametrize("seed", range(4))
def test_from_zero_heads_the_lower_scales_only_add(seed):
    """-dL/dt with skips minus without is sum_{l<H} ||V G_l'P_l'||^2, by exact differences."""
    source = random.Random(seed)
    layers = [_drawn(3, 2, source), _drawn(3, 3, source)]
    features = [gram_features([[1, 0, 2, -1], [0, 1, 1, 1]], STAR, scale, [0, 1, 3]) for scale in range(3)]
    labels = _drawn(1, 3, source)
    terms = [4 * frobenius_squared(product(product(labels, transpose(g)), transpose(layer_product(layers[:scale], 2))))
             for scale, g in enumerate(features)]

    def slope(scales, step):
        """The loss after a step of the heads in `scales` along the negative gradient."""
        out = combination(labels, labels, -1)
        for scale in scales:
            down = product(layer_product(layers[:scale], 2), features[scale])
            head = product(labels, transpose(down))  # minus half the gradient at zero heads
            out = combination(out, product(head, down), 2 * step)
        return frobenius_squared(combination(out, labels, -1))

    def derivative(scales):
        return (slope(scales, 1) - slope(scales, -1)) / 2  # exact for a quadratic

    assert -derivative(range(3)) == sum(terms) and -derivative([2]) == terms[2]


@pytest.mark.parametrize("seed", range(3))
def test_independent_heads_of_mean_zero_do_not_mix(seed):
    """Over all signs of two groups of heads the mean of ||M + N||^2 is the sum of the means, so at least that of M."""
    source = random.Random(seed)
    tops, lows = [_drawn(2, 2, source) for _ in range(2)], [_drawn(2, 2, source) for _ in range(3)]

    def signed(parts):
        for signs in choices((1, -1), repeat=len(parts)):
            total = combination(parts[0], parts[0], -1)
            for sign, part in zip(signs, parts):
                total = combination(total, part, sign)
            yield total

    mixed = [frobenius_squared(combination(m, n, 1)) for m in signed(tops) for n in signed(lows)]
    top, low = [frobenius_squared(m) for m in signed(tops)], [frobenius_squared(n) for n in signed(lows)]
    assert Fraction(sum(mixed), len(mixed)) == Fraction(sum(top), len(top)) + Fraction(sum(low), len(low))

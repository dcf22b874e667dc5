"""The decrease of the loss along the gradient, against exact differentiation and the Kronecker form of the paper."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.exact.matrices import combination, frobenius_squared, identity, matrix, product, transpose

WIDTHS = (2, 3, 2)
SLOPE = {-3: Fraction(-1, 60), -2: Fraction(3, 20), -1: Fraction(-3, 4), 1: Fraction(3, 4), 2: Fraction(-3, 20),
         3: Fraction(1, 60)}
"""Weights of the derivative at 0 from values at -3..3, exact up to degree six."""


def _drawn(rows, columns, source):
    return matrix([[source.randint(-2, 2) for _ in range(columns)] for _ in range(rows)], "entries")


def _chain(first, *others):
    for other in others:
        first = product(first, other)
    return first


class _Network:
    """Heads W_0..W_2 (those not trained are zero without skips), layers B_1, B_2, features, labels."""

    def __init__(self, seed, skip):
        source = random.Random(seed)
        self.skip = skip
        self.layers = [_drawn(m, n, source) for n, m in zip(WIDTHS, WIDTHS[1:])]
        self.heads = [_drawn(2, m, source) for m in WIDTHS]
        self.features = [_drawn(2, 3, source) for _ in WIDTHS]
        self.labels = _drawn(2, 3, source)
        if not skip:
            self.heads[:2] = [combination(w, w, -1) for w in self.heads[:2]]

    def outputs(self, heads, layers):
        down, total = identity(2), combination(self.labels, self.labels, -1)
        for scale, head in enumerate(heads):
            if scale:
                down = product(layers[scale - 1], down)
            total = combination(total, _chain(head, down, self.features[scale]), 1)
        return total

    def loss(self, heads, layers):
        return frobenius_squared(combination(self.outputs(heads, layers), self.labels, -1))

    def below(self, level):
        return _chain(*reversed(self.layers[:level])) if level else identity(2)

    def parts(self):
        """V G_l' and the matrix (W_l B_l...B_{i+1})' of each pair of a scale and a layer."""
        half = combination(self.outputs(self.heads, self.layers), self.labels, -1)
        errors = combination(half, half, 1)
        seen = [product(errors, transpose(g)) for g in self.features]
        above = {(i, scale): transpose(_chain(self.heads[scale], *reversed(self.layers[i:scale])))
                 for scale in range(3) for i in range(1, scale + 1)}
        return seen, above

    def scales(self):
        return range(3) if self.skip else range(2, 3)


def _velocities(net):
    seen, above = net.parts()
    heads = [combination(w, w, -1) for w in net.heads]
    for scale in net.scales():
        heads[scale] = product(seen[scale], transpose(net.below(scale)))
    layers = []
    for i in (1, 2):
        total = combination(net.layers[i - 1], net.layers[i - 1], -1)
        for scale in net.scales():
            if scale >= i:
                total = combination(total, _chain(above[i, scale], seen[scale], transpose(net.below(i - 1))), 1)
        layers.append(total)
    return heads, layers


def _kronecker(a, b):
    return tuple(tuple(x * y for x in row for y in other) for row in a for other in b)


def _column(a):
    """vec: columns above one another."""
    return tuple((row[j],) for j in range(len(a[0])) for row in a)


@pytest.mark.parametrize("skip", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_decrease_is_the_sum_of_squared_velocities(seed, skip):
    """The derivative of the loss along the negative velocities is minus the sum of their squared norms."""
    net = _Network(seed, skip)
    heads, layers = _velocities(net)

    def along(step):
        return net.loss([combination(w, v, -step) for w, v in zip(net.heads, heads)],
                        [combination(b, v, -step) for b, v in zip(net.layers, layers)])

    assert sum(weight * along(step) for step, weight in SLOPE.items()) == -sum(map(frobenius_squared, heads + layers))


@pytest.mark.parametrize("skip", [True, False])
@pytest.mark.parametrize("seed", range(3))
def test_kronecker_form_with_columns_stacked_is_the_same_number(seed, skip):
    """||vec(V G_l')||^2 in the metric (P'P) x I and ||sum J_(i,l) v_l||^2 are the squared norms of the statement."""
    net = _Network(seed, skip)
    seen, above = net.parts()
    heads, layers = _velocities(net)
    for scale in net.scales():
        metric = _kronecker(product(transpose(net.below(scale)), net.below(scale)), identity(2))
        v = _column(seen[scale])
        assert _chain(transpose(v), metric, v)[0][0] == frobenius_squared(heads[scale])
    for i in (1, 2):
        total = None
        for scale in net.scales():
            if scale >= i:
                part = product(_kronecker(net.below(i - 1), above[i, scale]), _column(seen[scale]))
                total = part if total is None else combination(total, part, 1)
        assert frobenius_squared(total) == frobenius_squared(layers[i - 1])

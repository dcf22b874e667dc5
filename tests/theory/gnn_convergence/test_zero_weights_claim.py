"""Zero weights of linear graph networks in exact numbers: gradients, the loss along lines, and descent."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.exact.matrices import combination, frobenius_squared, matrix, product, transpose
from theory.gnn_convergence import layer_product

G, Y = matrix([[1, 0, 2], [0, 1, 1]], "G"), matrix([[1, 2, 0], [0, -1, 1]], "Y")


def _drawn(rows, columns, source):
    return matrix([[source.randint(-2, 2) for _ in range(columns)] for _ in range(rows)], "entries")


def _scaled(entries, factor):
    return tuple(tuple(factor * x for x in row) for row in entries)


def _loss(head, layers):
    return frobenius_squared(combination(product(product(head, layer_product(layers, 2)), G), Y, -1))


def _inner(a, b):
    return sum(x * y for p, q in zip(a, b) for x, y in zip(p, q))


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("s", [Fraction(-1, 3), Fraction(0), Fraction(1, 2)])
def test_loss_along_a_line_has_two_terms(depth, s):
    """||Y||^2 - 2 s^(H+1) <W P G, Y> + s^(2H+2) ||W P G||^2 for random directions of width two."""
    source = random.Random(depth)
    head, layers = _drawn(2, 2, source), [_drawn(2, 2, source) for _ in range(depth)]
    image = product(product(head, layer_product(layers, 2)), G)
    expected = (frobenius_squared(Y) - 2 * s ** (depth + 1) * _inner(image, Y)
                + s ** (2 * depth + 2) * frobenius_squared(image))
    assert _loss(_scaled(head, s), [_scaled(layer, s) for layer in layers]) == expected


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_rank_one_layers_lower_the_loss(depth):
    """v = (1, 0) and hidden widths 2: below ||Y||^2 as soon as s b < 2 c, though the gradient at zero vanishes."""
    v, e = matrix([[1], [0]], "v"), matrix([[Fraction(3, 5)], [Fraction(4, 5)]], "e")
    correlation = product(product(Y, transpose(G)), v)
    layers = [product(e, transpose(v)), *([product(e, transpose(e))] * (depth - 1))]
    head = product(correlation, transpose(e))
    c, b = frobenius_squared(correlation), frobenius_squared(product(product(correlation, transpose(v)), G))
    s = min(Fraction(1), c / b)
    assert c > 0 and s * b < 2 * c
    assert _loss(_scaled(head, s), [_scaled(layer, s) for layer in layers]) < frobenius_squared(Y)


@pytest.mark.parametrize(("depth", "curved"), [(1, True), (2, False), (3, False)])
def test_second_differences_at_zero_vanish_from_two_layers_on(depth, curved):
    """(L(s) - 2 L(0) + L(-s))/s^2 for s = 1/100: near -4 <W P G, Y> for one layer, of the order s^2 beyond."""
    ones = matrix([[1, 0], [0, 1]], "ones")
    s = Fraction(1, 100)
    values = [_loss(_scaled(ones, t), [_scaled(ones, t)] * depth) for t in (s, Fraction(0), -s)]
    second = (values[0] - 2 * values[1] + values[2]) / s**2
    inner = _inner(product(ones, G), Y)
    assert inner != 0
    assert abs(second + 4 * inner) < Fraction(1, 10) if curved else abs(second) < Fraction(1, 100)

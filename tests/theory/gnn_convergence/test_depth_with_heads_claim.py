"""What one more layer adds to the decrease, for random networks in exact numbers."""

from __future__ import annotations

import random

import pytest

from theory.exact.matrices import combination, frobenius_squared, identity, matrix, product, transpose
from theory.gnn_convergence import layer_product


def _drawn(rows, columns, source):
    return matrix([[source.randint(-3, 3) for _ in range(columns)] for _ in range(rows)], "entries")


def _total(parts):
    out = combination(parts[0], parts[0], -1)
    for part in parts:
        out = combination(out, part, 1)
    return out


def _network(depth, seed):
    source = random.Random(seed)
    heads, scales = [_drawn(1, 2, source) for _ in range(depth + 1)], [_drawn(2, 3, source) for _ in range(depth + 1)]
    return heads, [_drawn(2, 2, source) for _ in range(depth)], scales, _drawn(1, 3, source)


def _sent(heads, layers, scales, V, i, k):
    """(W_k B_k ... B_{i+1})' V G_k', shape (2, 2)."""
    down = product(heads[k], layer_product(layers[i:k], 2))
    return product(transpose(down), product(V, transpose(scales[k])))


def _decrease(heads, layers, scales, V):
    """The two sums of squares of a network with all its scales, from their definitions."""
    depth, down = len(layers), [layer_product(layers[:k], 2) for k in range(len(layers) + 1)]
    own = sum(frobenius_squared(product(product(V, transpose(scales[k])), transpose(down[k])))
              for k in range(depth + 1))
    back = sum(frobenius_squared(product(
        _total([_sent(heads, layers, scales, V, i, k) for k in range(i, depth + 1)]), transpose(down[i - 1])))
        for i in range(1, depth + 1))
    return own + back


def _added(heads, layers, scales, V):
    """The terms of the identity for the last scale: own, squares, twice the inner products."""
    top, down = len(layers), [layer_product(layers[:k], 2) for k in range(len(layers) + 1)]
    own = frobenius_squared(product(product(V, transpose(scales[top])), transpose(down[top])))
    new = [product(_sent(heads, layers, scales, V, i, top), transpose(down[i - 1])) for i in range(1, top + 1)]
    old = [product(_total([_sent(heads, layers, scales, V, i, k) for k in range(i, top)]), transpose(down[i - 1]))
           for i in range(1, top)]
    cross = sum(x * y for a, b in zip(old, new) for p, q in zip(a, b) for x, y in zip(p, q))
    return own, sum(map(frobenius_squared, new)), 2 * cross


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("seed", range(3))
def test_added_terms_are_the_difference_of_the_decreases(depth, seed):
    """Decrease with H + 1 layers less that with H, for the same V, is the sum of the three terms."""
    heads, layers, scales, V = _network(depth, seed)
    gain = _decrease(heads, layers, scales, V) - _decrease(heads[:-1], layers[:-1], scales[:-1], V)
    assert gain == sum(_added(heads, layers, scales, V))


def test_cross_terms_take_both_signs():
    """Among small networks of two layers some cross terms are positive and some negative."""
    signs = {_added(*_network(2, seed))[2] > 0 for seed in range(8)}
    assert signs == {True, False}


@pytest.mark.parametrize("seed", range(3))
def test_new_head_at_zero_adds_its_own_term_only(seed):
    """With W_{H+1} = 0 the decrease grows by ||V G' P'||^2, whatever the other heads are."""
    heads, layers, scales, V = _network(2, seed)
    heads[-1] = combination(heads[-1], heads[-1], -1)
    own, squares, cross = _added(heads, layers, scales, V)
    gain = _decrease(heads, layers, scales, V) - _decrease(heads[:-1], layers[:-1], scales[:-1], V)
    assert squares == cross == 0 and gain == own >= 0
    assert layer_product([], 2) == identity(2)

"""Conserved quantities along the gradient, and the bounds on the layers that follow, in exact numbers."""

from __future__ import annotations

import importlib
import random
from fractions import Fraction

import pytest

from theory.exact.matrices import (
    combination,
    identity,
    matrix,
    negative_eigenvalues,
    product,
    transpose,
)
from theory.gnn_convergence import a_priori_lambda, conserved, layer_bounds
from theory.language.errors import InputError

WIDTHS = (2, 3, 4)


def _random(rows, columns, source):
    return matrix([[source.randint(-3, 3) for _ in range(columns)] for _ in range(rows)], "entries")


def _network(seed, skip):
    source = random.Random(seed)
    layers = [_random(m, n, source) for n, m in zip(WIDTHS, WIDTHS[1:])]
    heads = [_random(2, m, source) for m in WIDTHS]
    features = [_random(WIDTHS[0], 3, source) for _ in WIDTHS]
    return layers, heads if skip else heads[-1], features, _random(2, 3, source)


def _products(layers):
    out = [identity(WIDTHS[0])]
    for layer in layers:
        out.append(product(layer, out[-1]))
    return out


def _velocities(layers, heads, features, outer, skip):
    """Gradient descent directions for dL/df = outer, from sums over paths (no recursion)."""
    down = _products(layers)
    depth = len(layers)
    scales = range(depth + 1) if skip else [depth]
    head = [combination(identity(1), identity(1), -1)] * (depth + 1)
    for scale in scales:
        head[scale] = product(product(outer, transpose(features[scale])), transpose(down[scale]))
    body = []
    for i in range(1, depth + 1):
        total = combination(layers[i - 1], layers[i - 1], -1)
        for scale in scales:
            if scale >= i:
                above = heads[scale] if skip else heads
                for layer in reversed(layers[i:scale]):
                    above = product(above, layer)
                part = product(product(transpose(above), product(outer, transpose(features[scale]))),
                               transpose(down[i - 1]))
                total = combination(total, part, 1)
        body.append(total)
    return head, body


@pytest.mark.parametrize("skip", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_conserved_matrices_do_not_move_along_the_gradient(seed, skip):
    """The second difference in direction of the gradient is all there is: M(t) + M(-t) - 2 M(0) = M(t) - M(0)."""
    layers, heads, features, outer = _network(seed, skip)
    head, body = _velocities(layers, heads, features, outer, skip)

    def moved(step):
        new = [combination(b, v, -step) for b, v in zip(layers, body)]
        if skip:
            return conserved(new, [combination(w, v, -step) for w, v in zip(heads, head)], skip=True)
        return conserved(new, combination(heads, head[-1], -step))

    for ahead, back in zip(moved(1), moved(-1)):
        assert ahead == back  # a quadratic in the step without a linear term


@pytest.mark.parametrize("beta", ["1/2", 1, 3])
def test_orthogonal_layers_under_zero_heads_are_certified_exactly(beta):
    """W = 0 and B_l = beta times a rotation: lambda is beta^(2H), 1 at most with skips."""
    beta = Fraction(beta)
    layer = [[beta * Fraction(3, 5), -beta * Fraction(4, 5)], [beta * Fraction(4, 5), beta * Fraction(3, 5)]]
    zero = [[0, 0]]
    low, high = a_priori_lambda([layer, layer], zero)
    assert low <= beta**4 <= high and high - low < Fraction(1, 1000)
    low, high = a_priori_lambda([layer, layer], [zero] * 3, skip=True)
    assert low <= min(1, beta**4) <= high


def test_wide_layer_bound_is_below_the_start_and_positive():
    """A tall layer with a small head: the bound is positive and at most the least eigenvalue of B'B at the start."""
    layer = matrix([[2, 0], [1, 2], [0, 1]], "B")
    head = matrix([["1/10", 0, "1/10"]], "W")
    low, _ = layer_bounds([layer], head)[0]
    assert low > 0
    assert negative_eigenvalues(product(transpose(layer), layer), low) == 0


def test_large_heads_give_no_certificate():
    """A head larger than the layer leaves nothing: (0, 0)."""
    assert a_priori_lambda([[[1]]], [[2]]) == (0, 0)


def test_narrowing_and_shapes_are_refused():
    """Widths that fall, a head that does not fit, no layers, too few heads."""
    for call in (lambda: a_priori_lambda([[[1, 0]]], [[1]]), lambda: a_priori_lambda([[[1]]], [[1, 1]]),
                 lambda: a_priori_lambda([], [[1]]), lambda: a_priori_lambda([[[1]]], [[[1]]], skip=True)):
        with pytest.raises(InputError):
            call()


def test_stable_name_is_the_function_whatever_was_imported():
    """The claim has its id and its module; the package's `a_priori_lambda` stays the function."""
    contents = importlib.import_module("theory.gnn_convergence.contents")
    package = importlib.import_module("theory.gnn_convergence")
    assert "gnn_convergence.a_priori_lambda" in {claim.id for claim in contents.CLAIMS}
    assert package.a_priori_lambda is a_priori_lambda and callable(a_priori_lambda)

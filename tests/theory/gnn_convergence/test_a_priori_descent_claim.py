"""The certified step and rate of gradient descent for one layer: constants, exact steps, the identity behind them."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.exact.matrices import (
    combination,
    frobenius_squared,
    identity,
    matrix,
    negative_eigenvalues,
    product,
    transpose,
)
from theory.gnn_convergence import gradient_descent_certificate, layer_bounds, least_loss
from theory.gnn_convergence.descent_certificate import root_above, singular_bounds

G = matrix([["1/2", "1/4", 0], [0, "1/4", "1/2"]], "G")
Y = matrix([["1/4", 0, "-1/4"]], "Y")
B = matrix([[1, 0], [0, 1], ["1/2", 0]], "B")
W = matrix([[0, "1/4", 0]], "W")


def _residual(head, layer, features, labels):
    return combination(product(product(head, layer), features), labels, -1)


def _outer(head, layer, features, labels):
    """K = 2 (W B G - Y) G'."""
    half = product(_residual(head, layer, features, labels), transpose(features))
    return combination(half, half, 1)


def _next(head, layer, outer, step):
    return (combination(head, product(outer, transpose(layer)), -step),
            combination(layer, product(transpose(head), outer), -step))


def _squared(head, layer, outer):
    return frobenius_squared(product(outer, transpose(layer))) + frobenius_squared(product(transpose(head), outer))


def test_certificate_has_the_constants_of_the_claim():
    """lambda, R, M and the step satisfy the inequalities that the claim asks for, with norms rounded up."""
    found = gradient_descent_certificate(G, Y, B, W)
    start = frobenius_squared(_residual(W, B, G, Y))
    assert found.gap == start - least_loss(G, Y) > 0
    assert 0 < found.lambda_ <= layer_bounds([B], W)[0][0] - 2 * found.step * found.gap
    assert 4 * found.gap <= found.radius**2 * found.lambda_ * found.sigma_squared
    _, _, largest = singular_bounds(G)
    gam, loss = root_above(largest), root_above(start)
    norms = [root_above(frobenius_squared(part)) + found.radius for part in (W, B)]
    # the product of two rounded roots against the rounded root of the product
    assert 2 * largest * sum(n * n for n in norms) + 2 * gam * loss <= found.smoothness * (1 + Fraction(1, 10**6))
    assert found.step * found.smoothness <= 1
    assert found.factor == 1 - 2 * found.step * found.lambda_ * found.sigma_squared


def test_five_exact_steps_keep_all_four_promises():
    """Layer, path, fall of each step and gap of five steps in Fractions."""
    step = gradient_descent_certificate(G, Y, B, W).step
    step = Fraction(1, -(-step.denominator // step.numerator))
    found = gradient_descent_certificate(G, Y, B, W, step=step)
    head, layer, path = W, B, Fraction(0)
    for k in range(5):
        outer = _outer(head, layer, G, Y)
        squared, loss = _squared(head, layer, outer), frobenius_squared(_residual(head, layer, G, Y))
        assert negative_eigenvalues(product(transpose(layer), layer), found.lambda_) == 0
        assert loss - found.least <= found.bound(k)
        assert step * squared <= 2 * (loss - found.least)
        path += step * root_above(squared)
        head, layer = _next(head, layer, outer, step)
        assert frobenius_squared(_residual(head, layer, G, Y)) <= loss - step / 2 * squared
    assert path <= found.radius


@pytest.mark.parametrize("seed", range(4))
def test_loss_after_a_step_is_the_polynomial_of_the_proof(seed):
    """L_+ = L - eta N + eta^2 <K, K B'W'K> + eta^2 ||(K B'B + W_+ W'K) G||^2 at random matrices."""
    source = random.Random(seed)

    def drawn(rows, columns):
        return matrix([[source.randint(-3, 3) for _ in range(columns)] for _ in range(rows)], "entries")

    head, layer, features, labels = drawn(2, 3), drawn(3, 2), drawn(2, 4), drawn(2, 4)
    step = Fraction(1, 7)
    outer = _outer(head, layer, features, labels)
    after = _next(head, layer, outer, step)
    bend = product(product(outer, transpose(layer)), product(transpose(head), outer))
    mixed = combination(product(product(outer, transpose(layer)), layer),
                        product(after[0], product(transpose(head), outer)), 1)
    inner = sum(x * y for a, b in zip(outer, bend) for x, y in zip(a, b))
    assert frobenius_squared(_residual(*after, features, labels)) == (
        frobenius_squared(_residual(head, layer, features, labels)) - step * _squared(head, layer, outer)
        + step**2 * inner + step**2 * frobenius_squared(product(mixed, features)))


def test_imbalance_of_the_start_alone_is_no_bound():
    """W = 1, B = 2, Y = -8 and a step of 1/20: the layer falls to 1 though s_0 = 3; lambda would be 3 - 10."""
    one, labels = identity(1), matrix([[-8]], "Y")
    outer = _outer(one, matrix([[2]], "B"), one, labels)
    _, layer = _next(one, matrix([[2]], "B"), outer, Fraction(1, 20))
    assert layer == ((1,),) and layer_bounds([[[2]]], [[1]])[0] == (3, 3)
    assert 3 - 2 * Fraction(1, 20) * 100 < 1

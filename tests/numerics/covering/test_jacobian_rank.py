"""Ranks of the Jacobian: the losses that scaling predicts, and no more; full rank for tanh."""

from __future__ import annotations

from fractions import Fraction

import pytest

from numerics.covering.jacobian_rank import gradient, modular_rank, relu_jacobian_rank, tanh_jacobian_rank

RANKS = [((1, 2, 1), 7, 5), ((2, 3, 1), 13, 10), ((2, 3, 3, 1), 25, 19)]


@pytest.mark.parametrize(("widths", "size", "rank"), RANKS)
def test_relu_loses_one_dimension_for_each_hidden_unit(widths, size, rank):
    """The largest rank over draws is S - sum d_l, where the upper bound of the claim is attained."""
    found = relu_jacobian_rank(widths, draws=40)
    assert found.exact and found.rank == rank == size - sum(widths[1:-1])


@pytest.mark.parametrize(("widths", "size", "rank"), RANKS)
def test_tanh_loses_nothing(widths, size, rank):
    """A square Jacobian with as many rows as parameters is certified regular."""
    found = tanh_jacobian_rank(widths)
    assert found.exact and found.rank == size > rank


def test_a_dead_unit_costs_rank():
    """A ReLU unit that no input activates leaves the output bias and the other unit: 4 of 5, so maxima matter."""
    layers = [(((1,), (1,)), (0, -100)), (((1, 1),), (0,))]
    rows = [gradient(layers, [x], lambda z: max(z, 0), lambda z, _: int(z > 0)) for x in range(-9, 10)]
    assert modular_rank(rows) == 3


def test_the_gradient_is_the_difference_quotient_of_a_piecewise_linear_function():
    """Away from kinks, moving one outer parameter or one inner one changes the output by the derivative exactly."""
    layers = [(((2, -1), (1, 3)), (1, -2)), (((3, 5),), (7,))]
    x = [4, 3]

    def output(net):
        (w, b), (a, c) = net
        hidden = [max(sum(p * q for p, q in zip(row, x)) + s, 0) for row, s in zip(w, b)]
        return sum(p * q for p, q in zip(a[0], hidden)) + c[0]

    slopes = gradient(layers, x, lambda z: max(z, 0), lambda z, _: int(z > 0))
    step = Fraction(1, 100)
    moved = [
        [(((2 + step, -1), (1, 3)), (1, -2)), layers[1]],
        [(((2, -1), (1, 3)), (1, -2 + step)), layers[1]],
        [layers[0], (((3 + step, 5),), (7,))],
        [layers[0], (((3, 5),), (7 + step,))],
    ]
    assert [(output(net) - output(layers)) / step for net in moved] == [slopes[k] for k in (0, 5, 6, 8)]


def test_ranks_modulo_a_prime_are_lower_bounds():
    """A determinant that the prime divides is lost: 7 has rank 0 modulo 7, and 1 over the rationals."""
    assert modular_rank([[7]], prime=7) == 0 and modular_rank([[7]]) == 1

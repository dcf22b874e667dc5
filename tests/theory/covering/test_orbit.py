"""Orbit sizes against a listing of all permuted copies."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import permutations, product
from math import factorial

import pytest

from theory.covering import layerwise_orderings, orbit_size
from theory.language.errors import ExactnessError, InputError


def brute_orbit(weights, biases):
    """Return the number of distinct copies by applying every element of the group."""
    inputs, outputs = len(weights[0][0]), len(biases[-1])
    copies = set()
    for choice in product(*(permutations(range(len(b))) for b in biases[:-1])):
        moves = (tuple(range(inputs)), *choice, tuple(range(outputs)))
        copies.add(
            tuple(
                tuple((b[i], tuple(w[i][j] for j in before)) for i in here)
                for w, b, before, here in zip(weights, biases, moves, moves[1:])
            )
        )
    return len(copies)


def random_net(widths, values, rng):
    """Return a net with entries drawn from a few values, so that many units coincide."""
    weights = [
        [[rng.choice(values) for _ in range(before)] for _ in range(here)] for before, here in zip(widths, widths[1:])
    ]
    return weights, [[rng.choice(values) for _ in range(d)] for d in widths[1:]]


@pytest.mark.parametrize("widths", [(1, 3, 1), (1, 2, 2, 1), (1, 3, 3, 1), (1, 2, 3, 2, 1), (2, 4, 2)])
@pytest.mark.parametrize("values", [(0,), (0, 1), (0, 0, 0, 1), (0, 1, 2)])
def test_orbit_size_equals_a_listing(widths, values):
    """On random nets with many coinciding entries the orbit has exactly the listed number of copies."""
    rng = random.Random(20240 + len(widths) + len(values))
    for _ in range(8):
        weights, biases = random_net(widths, values, rng)
        assert orbit_size(weights, biases) == brute_orbit(weights, biases)


def circulant(n, shifts):
    """Return the n x n matrix with ones at the given cyclic shifts."""
    return [[int((j - i) % n in shifts) for j in range(n)] for i in range(n)]


@pytest.mark.parametrize("shifts", [{0}, {0, 1}, {1, 3}, {0, 1, 2}])
def test_regular_nets_need_backtracking(shifts):
    """Circulant nets, on which refinement alone distinguishes nothing, are counted right."""
    n = 4
    weights, biases = [[[1]] * n, circulant(n, shifts), [[1] * n]], [[0] * n, [0] * n, [0]]
    assert orbit_size(weights, biases) == brute_orbit(weights, biases)


def test_layer_by_layer_counting_is_a_trap():
    """With W_2 = I only swapping both layers fixes the net: 2 copies, where each layer alone seems to give 2 x 2."""
    weights, biases = [[[1], [1]], [[1, 0], [0, 1]], [[1, 1]]], [[0, 0], [0, 0], [0]]
    assert orbit_size(weights, biases) == 2
    assert layerwise_orderings(weights, biases) == 2


def test_outgoing_weights_distinguish_units():
    """Equal incoming rows with distinct outgoing weights: one ordering of rows, two copies."""
    weights, biases = [[[1], [1]], [[1, 2]]], [[0, 0], [0]]
    assert (layerwise_orderings(weights, biases), orbit_size(weights, biases)) == (1, 2)


def test_row_orderings_never_exceed_the_orbit():
    """The product of the numbers of orderings of incoming rows is a lower bound on the orbit."""
    rng = random.Random(7)
    for _ in range(40):
        weights, biases = random_net((1, 3, 3, 1), (0, 1), rng)
        assert layerwise_orderings(weights, biases) <= orbit_size(weights, biases)


def test_generic_and_constant_nets():
    """A net with distinct biases has the full orbit, the zero net has one copy, at sizes no listing reaches."""
    d = 40
    generic = [list(range(d)), list(range(d)), [0]]
    zeros = [[[0] * 2] * d, [[0] * d] * d, [[0] * d]]
    assert orbit_size(zeros, generic) == factorial(d) ** 2
    assert orbit_size(zeros, [[0] * d, [0] * d, [0]]) == 1


def test_exact_values_decide():
    """1/3 and a nearby decimal are different weights: nothing is rounded."""
    near = Fraction("0.3333333333333333333333")
    assert orbit_size([[["1/3"], [near]], [[1, 1]]], [[0, 0], [0]]) == 2
    assert orbit_size([[["1/3"], [Fraction(1, 3)]], [[1, 1]]], [[0, 0], [0]]) == 1


def test_shapes_and_floats_are_refused():
    """Ragged matrices, missing layers and floats raise the errors meant for them."""
    with pytest.raises(ExactnessError):
        orbit_size([[[0.5]]], [[0]])
    for weights, biases in (
        ([], []),
        ([[[1]]], []),
        ([[[1], [1]], [[1]]], [[0, 0], [0]]),
        ([[[1], [1, 2]], [[1, 1]]], [[0, 0], [0]]),
    ):
        with pytest.raises(InputError):
            orbit_size(weights, biases)

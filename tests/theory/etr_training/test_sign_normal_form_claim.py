"""The sign normal form of one-output networks: equal outputs, equal losses, and its limits."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from random import Random

import pytest

from theory.etr_training.sign_normal_form import sign_choices, sign_normal_form
from theory.language.errors import InputError


def network(outgoing, incoming, biases, x):
    """sum_j v_j max(a_j . x + b_j, 0)."""
    return sum(v * max(sum(a * t for a, t in zip(row, x)) + b, 0) for v, row, b in zip(outgoing, incoming, biases))


@pytest.mark.parametrize("seed", range(30))
def test_the_function_is_the_same(seed: int) -> None:
    """Random rational weights, zero and negative ones included, at random points: no output changes."""
    numbers = Random(seed)
    draw = lambda: Fraction(numbers.randint(-6, 6), numbers.randint(1, 4))  # noqa: E731
    w, d = numbers.randint(0, 4), numbers.randint(1, 3)
    net = [draw() for _ in range(w)], [[draw() for _ in range(d)] for _ in range(w)], [draw() for _ in range(w)]
    normal = sign_normal_form(*net)
    assert set(normal[0]) <= {-1, 1}
    for x in product((-2, Fraction(1, 3), 5), repeat=d):
        assert network(*normal, x) == network(*net, x)


def test_by_hand() -> None:
    """2 ReLU(x + 1) - 3 ReLU(5 x) becomes ReLU(2 x + 2) - ReLU(15 x); a weight 0 becomes the zero neuron."""
    assert sign_normal_form([2, -3], [[1], [5]], [1, 0]) == ((1, -1), ((2,), (15,)), (2, 0))
    assert sign_normal_form([0], [[7]], [1]) == ((1,), ((0,),), (0,))


def test_signs_up_to_the_order_of_neurons() -> None:
    """The sorted sign vectors of w neurons are w + 1."""
    for w in range(6):
        assert sign_choices(w) == len({tuple(sorted(s)) for s in product((-1, 1), repeat=w)})


def test_bad_input_is_refused() -> None:
    """Lists of different lengths and negative widths are named."""
    with pytest.raises(InputError, match="one entry for each neuron"):
        sign_normal_form([1], [[1], [2]], [0])
    with pytest.raises(InputError, match="width"):
        sign_choices(-1)

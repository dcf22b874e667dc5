"""The circuit lemmas on random exact networks: separation, kinks, and the sign of a neuron that bends."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from theory.etr_training.circuit_lemmas import circuit_sum, collinear_circuit
from theory.language.errors import InputError


def neurons(numbers: Random, width: int) -> list[tuple[int, int, int]]:
    """Random (v, a, b)."""
    return [tuple(numbers.randint(-3, 3) for _ in range(3)) for _ in range(width)]


def outputs(net, places, bias):
    """The network at the places of the line."""
    return [sum(v * max(a * x + b, 0) for v, a, b in net) + bias for x in places]


def one_sign(values) -> bool:
    """No two values have strictly different signs."""
    return min(values) >= 0 or max(values) <= 0


@pytest.mark.parametrize("seed", range(60))
def test_the_clauses_hold_for_every_network(seed: int) -> None:
    """No separation; a sum that is not 0 needs a neuron that bends, of the same sign, between the end points."""
    numbers = Random(seed)
    places = sorted(numbers.sample(range(-6, 7), 3))
    c = collinear_circuit(*places)
    assert sum(c) == 0 and sum(k * x for k, x in zip(c, places)) == 0
    net = neurons(numbers, numbers.randint(1, 3))
    total = circuit_sum(c, outputs(net, places, numbers.randint(-2, 2)))
    values = [[a * x + b for x in places] for _, a, b in net]
    for z in values:
        assert not (z[0] > 0 and z[2] > 0 and z[1] <= 0) and not (z[0] <= 0 and z[2] <= 0 and z[1] > 0)
    bent = [v for (v, _, _), z in zip(net, values) if not one_sign((z[0], z[2]))]
    assert total <= 0 or any(v > 0 for v in bent)
    assert total >= 0 or any(v < 0 for v in bent)


def test_flipping_the_sign_excludes_the_absolute_value() -> None:
    """|x| has the sum 2 on -1, 0, 1 and two positive neurons: a clause that asks for a negative one is unsound."""
    c = collinear_circuit(-1, 0, 1)
    assert circuit_sum(c, [1, 0, 1]) == 2
    assert outputs([(1, 1, 0), (1, -1, 0)], (-1, 0, 1), 0) == [1, 0, 1]


def test_a_square_of_points_is_a_circuit_without_a_sign() -> None:
    """With two negative coefficients (xor) one positive neuron of one sign on three corners has a positive sum."""
    corners, c = [(0, 0), (1, 0), (0, 1), (1, 1)], [1, -1, -1, 1]
    z = [x + y - 1 for x, y in corners]
    assert one_sign(z[:3]) and circuit_sum(c, [max(t, 0) for t in z]) == 1


def test_divided_not_plain_differences() -> None:
    """Three places 0, 1, 3: the circuit is (2, -3, 1) and vanishes on lines."""
    assert collinear_circuit(0, 1, 3) == (2, -3, 1)
    assert circuit_sum(collinear_circuit(0, 1, 3), [Fraction(5), 7, 11]) == 0


def test_bad_input_is_refused() -> None:
    """Places that do not increase, lists of different lengths."""
    with pytest.raises(InputError, match="increasing"):
        collinear_circuit(0, 0, 1)
    with pytest.raises(InputError, match="labels"):
        circuit_sum([1, -1], [0])

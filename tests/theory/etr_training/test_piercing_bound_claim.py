"""The piercing bound against random networks with known numbers of positive and negative neurons."""

from __future__ import annotations

from random import Random

import pytest

from theory.etr_training.piercing import piercing_numbers
from theory.etr_training.piercing_bound import CLAIM


@pytest.mark.parametrize("seed", range(60))
def test_no_network_has_fewer_neurons_than_piercing_numbers(seed: int) -> None:
    """pi_+ and pi_- of the values of a network are at most its numbers of positive and negative neurons."""
    numbers = Random(seed)
    net = [(numbers.choice((-2, -1, 1, 3)), numbers.randint(-3, 3), numbers.randint(-9, 9))
           for _ in range(numbers.randint(0, 4))]
    xs = sorted(numbers.sample(range(-12, 13), numbers.randint(1, 9)))
    ys = [sum(v * max(a * x + b, 0) for v, a, b in net) + 2 for x in xs]
    above, below = piercing_numbers(xs, ys)
    assert above <= sum(v > 0 for v, _, _ in net) and below <= sum(v < 0 for v, _, _ in net)


def test_squares_need_two_and_have_two() -> None:
    """x^2 on 0, ..., 4: three positive second differences, piercing number 2, and the two neurons of the instance."""
    xs = range(5)
    assert [max(3 * x - 2, 0) + max(4 * x - 10, 0) for x in xs] == [x * x for x in xs]
    assert piercing_numbers(list(xs), [x * x for x in xs]) == (2, 0)


def test_plain_differences_would_be_wrong() -> None:
    """y = x on 0, 1, 3: plain second difference 1, divided 0; -ReLU(10 - x) + 10 fits without a positive neuron."""
    assert [-max(10 - x, 0) + 10 for x in (0, 1, 3)] == [0, 1, 3]
    assert 3 - 2 * 1 + 0 == 1 and piercing_numbers([0, 1, 3], [0, 1, 3]) == (0, 0)


def test_each_control_breaks_one_thing() -> None:
    """Overlap, plain differences, one more neuron, no order: the four false neighbours of the dossier and ours."""
    assert [c.name for c in CLAIM.controls] == ["every_difference", "plain_differences", "one_more", "unsorted"]

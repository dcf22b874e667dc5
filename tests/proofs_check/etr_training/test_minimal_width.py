"""Minimal widths with certificates from both sides."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from proofs_check.etr_training.width import minimal_width
from theory.etr_training.piercing import piercing_numbers
from theory.language.errors import InputError


@pytest.mark.parametrize(("n", "width"), [(3, 2), (4, 3), (5, 4), (6, 4), (7, 5), (8, 6)])
def test_alternating_labels(n, width):
    """0, 1, 0, 1, ...: n - 2 units from six points on, n - 1 below."""
    found = minimal_width(list(range(n)), [k % 2 for k in range(n)])
    assert found.width == width and sum(found.piercing) == n - 2
    assert found.sat.status == "sat" and found.unsat.status == "unsat"


@pytest.mark.parametrize(("xs", "ys", "width"), [
    ([-2, -1, 0, 1, 2], [2, 1, 0, 1, 2], 2), (range(7), [k * k for k in range(7)], 3), (range(5), [0, 1, 4, 9, 16], 2),
    (range(-3, 4), [0, 0, 0, 1, 0, 0, 0], 3), ([1, 2], [0, 0], 0), ([5], [1], 1)])
def test_known_widths_on_a_line(xs, ys, width):
    """|x| two, x^2 on seven points three and on five two, a hat three, zero none, one point one."""
    assert minimal_width(list(xs), list(ys)).width == width


def test_widths_in_the_plane_and_in_space():
    """xor needs two units, the parity of three bits three."""
    bits = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]
    assert minimal_width([(0, 0), (0, 1), (1, 0), (1, 1)], [0, 1, 1, 0]).width == 2
    assert minimal_width(bits, [sum(b) % 2 for b in bits]).width == 3


def test_output_bias_saves_a_unit():
    """Five alternating points need four units, with an output bias three; a constant needs one and none."""
    xs, ys = list(range(5)), [0, 1, 0, 1, 0]
    assert (minimal_width(xs, ys).width, minimal_width(xs, ys, output_bias=True).width) == (4, 3)
    assert (minimal_width([0, 1], [3, 3]).width, minimal_width([0, 1], [3, 3], output_bias=True).width) == (1, 0)


@pytest.mark.parametrize("seed", range(6))
def test_width_is_within_two_of_the_piercing_number(seed):
    """pi <= w* <= pi + 2 on random data, and <= pi + 1 with an output bias."""
    generator = random.Random(seed)
    xs = generator.sample(range(-9, 10), 6)
    ys = [generator.randint(-4, 4) for _ in xs]
    least = sum(piercing_numbers(xs, ys))
    assert least <= minimal_width(xs, ys).width <= least + 2
    assert least <= minimal_width(xs, ys, output_bias=True).width <= least + 1


def test_equal_points_with_different_labels_are_an_error():
    """No width fits a conflict; equal points with equal labels count once."""
    with pytest.raises(InputError, match="No width fits"):
        minimal_width([1, 1], [0, 1])
    assert minimal_width([1, 1, 2], [3, 3, 3]).width == 1


def test_dont_care_labels_and_fractions():
    """A missing label makes a hat flat; data in thirds are as good as integers."""
    assert minimal_width([0, 1, 2], [0, None, 0]).width == 0
    third = Fraction(1, 3)
    assert minimal_width([0, third, 2 * third], [0, 0, "1/7"]).width == 1

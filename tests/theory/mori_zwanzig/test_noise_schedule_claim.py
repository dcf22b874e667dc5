"""Amplitudes, removal of neurons and sampled losses: the formulas beside the claims against hand values."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import sqrt, tanh

import pytest
import sympy

from theory.language.errors import ExactnessError, InputError
from theory.mori_zwanzig.contraction_uniform import noise_amplitudes
from theory.mori_zwanzig.neuron_removal import removal_error
from theory.mori_zwanzig.training_paradigm import sampled_loss


@pytest.mark.parametrize("width, kappa, expected", [
    (1, "0.5", ["2", "6", "14", "30", "62", "126"]),
    (4, "0.5", ["1.1892", "2.6034", "4.2852", "6.2852", "8.6636"]),
    (64, "0.1", ["1.0366", "2.1112", "3.2252", "4.3800"]),
    (3, 1, ["1", "2", "3"]),
])
def test_amplitudes_are_the_known_schedules(width, kappa, expected):
    """The least amplitudes agree with independently computed schedules to the digits given."""
    found = noise_amplitudes(width, kappa, len(expected))
    assert not any(value.has(sympy.Float) for value in found)
    for value, text in zip(found, expected):
        assert abs(value.evalf(20) - sympy.Rational(text)) <= sympy.Rational(1, 20000)


def test_amplitudes_solve_the_recursion():
    """b_0 = r and b_{n+1} = r (1 + b_n) hold exactly, with r^N kappa = 1."""
    found = noise_amplitudes(4, "1/2", 4)
    root = found[0]
    assert sympy.expand(root**4) == 2
    for before, after in zip(found, found[1:]):
        assert sympy.expand(root * (1 + before) - after) == 0


def test_amplitudes_out_of_range_are_refused():
    """kappa above 1 or 0, no layer, and floats are refused."""
    for call in ((1, 2, 1), (1, 0, 1), (1, "1/2", 0), (0, "1/2", 1)):
        with pytest.raises(InputError):
            noise_amplitudes(*call)
    with pytest.raises(ExactnessError):
        noise_amplitudes(1, 0.5, 1)


def test_removal_error_dominates_the_exact_loss_of_overlap():
    """The certificate is at least 1 - prod (1 - a_i)_+ on a grid of shifts, with equality for one neuron."""
    for shifts in product(range(5), repeat=3):
        parts = [Fraction(s, 4) for s in shifts]
        kept = Fraction(1)
        for part in parts:
            kept *= max(0, 1 - part)
        assert removal_error([[s] for s in shifts], [1], 1, 2) == sum(parts) >= 1 - kept
    assert removal_error([[1]], [1], 1, 2, 3) == Fraction(3, 4)
    with pytest.raises(InputError):
        removal_error([[1]], [1], 1, 0)
    with pytest.raises(InputError):
        removal_error([[1, 2]], [1], 1, 1)


def test_sampled_loss_is_the_mean_over_all_draws():
    """For a noisy output with values 0 and 3 the mean over all K-tuples of draws is error^2 + Var / K."""
    values, target = (0, 3), 1
    for count in (1, 2, 3, 4):
        losses = [(Fraction(sum(draw), count) - target) ** 2 for draw in product(values, repeat=count)]
        assert sum(losses) / len(losses) == sampled_loss("1/2", "9/4", count)
    with pytest.raises(InputError):
        sampled_loss(0, 1, 0)


def test_memory_of_a_tanh_layer():
    """|Q M P| for tanh(2x), b = 1 and affine functions is 0.0826664525, by moments and Simpson's rule."""
    steps = 4000
    mesh = [k / steps for k in range(steps + 1)]
    weights = [(1 if k in (0, steps) else 4 if k % 2 else 2) / (3 * steps) for k in range(steps + 1)]
    square = 2 * (1 - tanh(2) / 2)
    cross = 2 * sum(w * x * tanh(2 * x) for w, x in zip(weights, mesh))
    reach = 1 + tanh(2)
    assert sqrt((square - 1.5 * cross**2) / (2 * reach**3 / 3)) == pytest.approx(0.0826664525, abs=1e-9)

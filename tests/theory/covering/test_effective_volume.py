"""The effective volume: known figures, its peak and its asymptotic behaviour."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from theory.covering import (
    effective_volume,
    log_effective_volume,
    volume_fraction,
    volume_peak_width,
    volume_ratio,
)
from theory.language.errors import ExactnessError, InputError


@pytest.mark.parametrize(("d", "figure"), [(6, "6.591"), (7, "6.724"), (8, "6.724"), (9, "6.606")])
def test_the_peak_of_the_smallest_net(d, figure):
    """For one input, B = 1, ln V has its plateau at widths 7 and 8."""
    lower, upper = log_effective_volume((1, d, 1), bound=1)
    assert abs(lower - Fraction(figure)) < Fraction("0.0006") and upper - lower < Fraction(1, 2**64)


def test_ten_inputs_peak_at_4096():
    """For ten inputs the peak is at 4096, where ln V is still about +4091.6."""
    lower, upper = log_effective_volume((10, 4096, 1), bound=1)
    assert abs(lower - Fraction("4091.6")) < Fraction("0.06") and lower < upper
    assert volume_peak_width((10, 1, 1), bound=1) == (4095, 4096)


def test_image_sized_inputs_never_decline_in_practice():
    """With 784 inputs the decline begins at width 2^786."""
    assert volume_peak_width((784, 1, 1), bound=1)[1] == 2**786


@pytest.mark.parametrize(
    ("bound", "figures"),
    [
        ("0.5", ("-1.4", "-21.2", "-163.1", "-992.8", "-5372.1", "-27143.9")),
        ("0.51", ("-1.1", "-19.1", "-139.6", "-655.7", "-130.3", "56117.1")),
    ],
)
def test_two_widths_growing_together(bound, figures):
    """On [2, d, d, 1] ln V follows the known table for B at and just above one half."""
    for d, figure in zip((2, 8, 32, 128, 512, 2048), figures):
        lower, _ = log_effective_volume((2, d, d, 1), bound=bound)
        assert abs(lower - Fraction(figure)) < Fraction("0.051")


@pytest.mark.parametrize(("widths", "bound"), [((1, 5, 1), "3/4"), ((2, 3, 4, 1), "0.6"), ((3, 2, 2), 2)])
def test_ratio_is_the_quotient_of_volumes(widths, bound):
    """V(d)/V(d - 1) computed from the volumes equals the closed form, for every hidden layer."""
    for layer in range(1, len(widths) - 1):
        thinner = list(widths)
        thinner[layer] -= 1
        quotient = effective_volume(widths, bound=bound) / effective_volume(thinner, bound=bound)
        assert quotient == volume_ratio(widths, layer, bound=bound)


@pytest.mark.parametrize("bound", ["0.4", "0.5", "0.6", "0.75", "1", "1.1"])
def test_the_peak_is_where_the_volume_is_largest(bound):
    """Among widths 1..40 exactly those between the two ends of the peak have the largest volume."""
    volumes = {d: effective_volume((1, d, 1), bound=bound) for d in range(1, 41)}
    best = [d for d, v in volumes.items() if v == max(volumes.values())]
    assert (best[0], best[-1]) == volume_peak_width((1, 1, 1), bound=bound)


def test_volume_is_not_decreasing_in_width():
    """The control "monotone decreasing" fails at d_0 = 1, B = 1: V(2) > V(1)."""
    assert effective_volume((1, 2, 1), bound=1) > effective_volume((1, 1, 1), bound=1)


def test_volume_is_the_iterated_integral():
    """For two units the ordered part of the cube, integrated by SymPy, has the stated volume."""
    b1, b2 = sympy.symbols("b1 b2")
    half = sympy.Rational(3, 4)
    ordered = sympy.integrate(sympy.integrate(1, (b2, -half, b1)), (b1, -half, half))
    value = effective_volume((1, 2, 1), bound="0.75")
    assert sympy.Rational(value.numerator, value.denominator) == ordered * (2 * half) ** 5


def test_fraction_of_the_cube():
    """V / (2B)^S is the reciprocal of the order of the group, for any bound."""
    for bound in ("0.3", 1, "7/2"):
        assert effective_volume((2, 3, 4, 1), bound=bound) == volume_fraction((2, 3, 4, 1)) * (
            2 * Fraction(bound)
        ) ** (9 + 16 + 5)


def test_bounds_per_layer_multiply():
    """With a bound per layer V is the product of the cubes over the factorials."""
    assert effective_volume((1, 2, 1), bound=(1, 3)) == Fraction(2**4 * 6**3, 2)


def test_symbolic_width_and_bound():
    """With symbols the volume is the expression (2B)^(3d + 1)/d!, and no float appears."""
    B, d = sympy.Symbol("B", positive=True), sympy.Symbol("d", positive=True, integer=True)
    value = effective_volume((1, d, 1), bound=B)
    assert sympy.simplify(value - (2 * B) ** (3 * d + 1) / sympy.factorial(d)) == 0
    assert not value.has(sympy.Float)
    assert sympy.simplify(volume_ratio((1, d, 1), bound=B) - 8 * B**3 / d) == 0


def test_inputs_are_checked():
    """A float bound, a zero bound and a layer out of range are refused."""
    with pytest.raises(ExactnessError):
        effective_volume((1, 2, 1), bound=0.5)
    for call in (
        lambda: effective_volume((1, 2, 1), bound=0),
        lambda: volume_ratio((1, 2, 1), 2, bound=1),
        lambda: volume_peak_width((1, 2, 1), 0, bound=1),
    ):
        with pytest.raises(InputError):
            call()

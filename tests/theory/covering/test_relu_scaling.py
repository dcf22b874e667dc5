"""Bounds with scaling symmetry: the known table, the two directions of rounding, exponents, and the symmetry itself."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from theory.covering import (
    log_orbit_count,
    log_raw_count,
    points_per_axis,
    relu_scaling_grid,
    relu_scaling_log_bound,
)
from theory.language.errors import ExactnessError, InputError

UNIT = {"bound": 1, "input_radius": 1, "lipschitz": 1}

TABLE = [("1", "12.90"), ("0.1", "24.41"), ("0.01", "35.93"), ("0.0001", "58.95")]


@pytest.mark.parametrize(("eps", "value"), TABLE)
def test_two_units_on_the_line(eps, value):
    """The logs of the scaling bound for widths 1, 2, 1 are those of the table, to two decimals."""
    lower, upper = relu_scaling_log_bound((1, 2, 1), eps=eps, **UNIT)
    assert abs(lower - Fraction(value)) < Fraction("0.006") and upper - lower < Fraction(1, 2**40)


def test_a_hundred_units_with_ten_inputs():
    """The log for widths 10, 100, 1 at eps = 0.1 is 10526.99, below permutations alone (11645.36)."""
    lower, upper = relu_scaling_log_bound((10, 100, 1), eps="0.1", **UNIT)
    assert Fraction("10526.98") < lower < upper < Fraction("10527")
    assert upper < log_orbit_count((10, 100, 1), 22010)[0]


@pytest.mark.parametrize(("eps", "permutations", "raw"), [("1", "14.69", "15.38"), ("0.1", "30.81", "31.50"),
                                                          ("0.01", "46.92", "47.62"), ("0.0001", "79.16", "79.85")])
def test_the_comparison_columns(eps, permutations, raw):
    """With the modulus kappa = 4 + 5 of widths 1, 2, 1 the other columns of the table are grid counts."""
    points = points_per_axis(1, Fraction(eps) / 9)
    for found, value in ((log_orbit_count((1, 2, 1), points), permutations), (log_raw_count((1, 2, 1), points), raw)):
        assert abs(found[0] - Fraction(value)) < Fraction("0.006")


def test_the_grid_keeps_the_radius_of_the_claim():
    """d (B^2/M + B^2/m) rho (d_0 B_x + 1) + B/p <= eps, and K = 2 M (d_0 + 1) m^d_0, on awkward numbers."""
    B, X, rho, eps = Fraction(7, 3), Fraction(2, 5), Fraction(11, 10), Fraction(3, 7)
    for inputs, units in ((1, 1), (2, 3), (5, 4)):
        grid = relu_scaling_grid((inputs, units, 1), eps=eps, bound=B, input_radius=X, lipschitz=rho)
        error = units * (B**2 / grid.amplitudes + B**2 / grid.directions) * rho * (inputs * X + 1) + B / grid.offsets
        assert error <= eps
        assert grid.neurons == 2 * grid.amplitudes * (inputs + 1) * grid.directions**inputs
        assert grid.count == grid.offsets * comb(grid.neurons + units - 1, units)


def test_cells_are_never_more_than_signs_times_amplitudes():
    """M = ceil(B^2 R / tau) is at most the 2 ceil(B^2 R / (2 tau)) cells of sign and amplitude apart."""
    for number in range(1, 60):
        tau = Fraction(number, 17)
        assert -(-2 // tau) <= 2 * -(-1 // tau)


@pytest.mark.parametrize("widths", [(1, 2, 1), (2, 3, 1), (3, 2, 1)])
def test_the_exponent_is_parameters_less_units(widths):
    """From eps to eps/2^20 the log grows by (S - d_1) 20 ln 2, up to a small remainder."""
    inputs, units, _ = widths
    size = inputs * units + 2 * units + 1
    fine, coarse = (relu_scaling_log_bound(widths, eps=Fraction(1, 2**k), **UNIT)[0] for k in (50, 30))
    per_doubling = (fine - coarse) / 20 / Fraction("0.69314718")
    assert abs(per_doubling - (size - units)) < Fraction("0.001")


def test_one_huge_radius_needs_the_least_cells():
    """Cells are never 0: at a huge radius one for each number remains, 2 (d_0 + 1) units."""
    grid = relu_scaling_grid((1, 2, 1), eps=10**9, **UNIT)
    assert (grid.amplitudes, grid.directions, grid.offsets, grid.neurons) == (1, 1, 1, 4)


def test_bad_input_is_refused():
    """Floats, several outputs, several hidden layers and a radius 0 are refused."""
    with pytest.raises(ExactnessError):
        relu_scaling_log_bound((1, 2, 1), eps=0.1, **UNIT)
    for widths, eps in (((1, 2, 2), 1), ((1, 2, 2, 1), 1), ((1, 2, 1), 0)):
        with pytest.raises(InputError):
            relu_scaling_log_bound(widths, eps=eps, **UNIT)

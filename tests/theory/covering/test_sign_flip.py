"""Signs of odd units: counts against enumeration, the known table, and the group that acts on the box."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product

import pytest

from theory.covering import log_orbit_count, orbit_count, points_per_axis, raw_count, sign_flip_log_bound
from theory.language.errors import ExactnessError, InputError

TANH_2 = Fraction("0.96402758007582")
"""An upper bound of tanh(2), the reach of the hidden units for B = B_x = 1 and one input."""


def _orbits(values: int, size: int, units: int) -> int:
    """Orbits of units with `size` entries in -values..values, symmetric, under permutations and signs, by hand."""
    grid = [2 * k - values + 1 for k in range(values)]
    seen: set[tuple[tuple[int, ...], ...]] = set()
    for network in product(product(grid, repeat=size), repeat=units):
        turned = product(*((unit, tuple(-x for x in unit)) for unit in network))
        seen.add(min(tuple(choice[i] for i in order) for choice in turned for order in permutations(range(units))))
    return len(seen)


SMALL = [(2, 1, 1), (2, 1, 2), (3, 1, 1), (2, 1, 3), (3, 1, 2), (2, 2, 2)]


@pytest.mark.parametrize(("points", "inputs", "units"), SMALL)
def test_counts_agree_with_enumeration(points, inputs, units):
    """The orbits of the neuron grid, times the free output bias, are the closed form."""
    assert orbit_count((inputs, units, 1), points, signs=True) == points * _orbits(points, inputs + 2, units)


def test_an_odd_grid_has_one_fixed_neuron():
    """27 neurons on three points: (27 + 1)/2 up to sign, not 13, and 14 choices of one unit."""
    assert orbit_count((1, 1, 1), 3, signs=True) == 3 * 14


def test_dividing_by_the_order_of_the_group_is_too_little():
    """More orbits than raw points over 2^d d!, because small orbits count in full."""
    assert orbit_count((1, 2, 1), 2, signs=True) * 8 > raw_count((1, 2, 1), 2)


TABLE = [("1", "13.62", "12.93", "11.55"), ("0.5", "18.47", "17.78", "16.39"), ("0.25", "23.33", "22.63", "21.25"),
         ("0.15", "26.95", "26.26", "24.87")]


@pytest.mark.parametrize(("eps", "raw", "permuted", "signed"), TABLE)
def test_two_tanh_units_on_the_line(eps, raw, permuted, signed):
    """The logs of the table: raw, permutations, permutations and signs, with the range tanh(2) of the units."""
    points = points_per_axis(1, Fraction(eps) / (4 + 2 * TANH_2 + 1))
    near = Fraction("0.006")
    assert raw_count((1, 2, 1), points) == points**7
    assert abs(log_orbit_count((1, 2, 1), points)[0] - Fraction(permuted)) < near
    assert abs(log_orbit_count((1, 2, 1), points, signs=True)[0] - Fraction(signed)) < near
    found = sign_flip_log_bound((1, 2, 1), eps=eps, bound=1, input_radius=1, lipschitz=1, saturation=TANH_2)
    assert found == log_orbit_count((1, 2, 1), points, signs=True, bits=44)
    assert Fraction(raw) > Fraction(permuted) > Fraction(signed)


def test_signs_gain_the_order_of_their_group_at_fine_grids():
    """The ratio of the counts tends to 2^d: 2^3 within 1 % at 40 points for three units."""
    ratio = Fraction(orbit_count((1, 3, 1), 40), orbit_count((1, 3, 1), 40, signs=True))
    assert 8 * Fraction(99, 100) < ratio <= 8


def test_bad_input_is_refused():
    """Floats and deep networks are refused."""
    given = {"bound": 1, "input_radius": 1, "lipschitz": 1}
    with pytest.raises(ExactnessError):
        sign_flip_log_bound((1, 2, 1), eps=0.5, **given)
    with pytest.raises(InputError):
        sign_flip_log_bound((1, 2, 2, 1), eps=1, **given)

"""The calibrated sigmoid neuron: four data, its twin, and the families through three data."""

from __future__ import annotations

from fractions import Fraction

import pytest

from theory.etr_training.sigmoid_calibration import CLAIM, calibrated_value, neuron_value
from theory.language.errors import InputError

DATA = (Fraction(1, 2), Fraction(3, 4), Fraction(9, 10), Fraction(27, 28))


def test_the_target_has_the_four_values():
    """3^m/(1 + 3^m) at 0, 1, 2, 3."""
    assert tuple(calibrated_value(m) for m in range(4)) == DATA


@pytest.mark.parametrize("m", range(-4, 7))
def test_the_two_parameter_sets_are_one_function(m):
    """(v, beta) = (1, 0) with r = 1/3 and (-1, 1) with r = 3 agree with the target at integers."""
    assert neuron_value(Fraction(1, 3), 1, 1, 0, m) == neuron_value(3, 1, -1, 1, m) == calibrated_value(m)


FAMILIES = [(0, Fraction(1, 4), Fraction(16, 5), Fraction(27, 50), Fraction(9, 20)),
            (1, Fraction(1, 5), Fraction(2675, 673), Fraction(43524, 72011), Fraction(81, 214)),
            (2, Fraction(1, 2), Fraction(1, 6), Fraction(91, 24), Fraction(-11, 4)),
            (3, Fraction(1, 2), Fraction(2, 7), Fraction(18, 7), Fraction(-3, 2))]


@pytest.mark.parametrize(("left_out", "r", "E", "v", "beta"), FAMILIES)
def test_three_data_are_fitted_by_others(left_out, r, E, v, beta):
    """Without the datum at any one point another neuron fits the rest and differs there."""
    values = [neuron_value(r, E, v, beta, m) for m in range(4)]
    assert [m for m in range(4) if values[m] != DATA[m]] == [left_out]


def test_exponentials_are_positive():
    """E = 0 or r = -1 is no neuron."""
    with pytest.raises(InputError):
        neuron_value(1, 0, 1, 0, 1)
    with pytest.raises(InputError):
        neuron_value(-1, 1, 1, 0, 1)


def test_the_controls_are_those_of_the_statement():
    """Three data are too few, and the parameters are not unique."""
    assert {control.name for control in CLAIM.controls} == {"three_data", "unique_parameters"}

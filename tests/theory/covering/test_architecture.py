"""The gate for numbers and widths: exact in, or refused with the remedy."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
import sympy

from theory.covering.architecture import check_shallow, check_widths, exact_or_symbol, layer_sizes, per_layer
from theory.exact.rationals import exact
from theory.language.errors import ExactnessError, InputError


@pytest.mark.parametrize("value", [0.1, 1.0, float("nan"), sympy.Float("0.1"), 1j, Decimal("0.1")])
def test_inexact_numbers_are_refused_with_a_remedy(value):
    """Every inexact number is refused, and the message names a way to write it exactly."""
    with pytest.raises(ExactnessError, match="decimal string"):
        exact(value, "eps")


@pytest.mark.parametrize("value", ["", "abc", "nan", "1/0", None, True, [1], sympy.Symbol("x")])
def test_what_is_no_number_is_refused(value):
    """Texts and objects that are not numbers raise InputError naming the argument."""
    with pytest.raises(InputError, match="eps"):
        exact(value, "eps")


@pytest.mark.parametrize(
    ("value", "expected"),
    [(3, Fraction(3)), ("0.1", Fraction(1, 10)), ("1e-3", Fraction(1, 1000)), (sympy.Rational(2, 3), Fraction(2, 3))],
)
def test_exact_numbers_keep_their_value(value, expected):
    """Integers, decimal strings and SymPy rationals are taken at face value."""
    assert exact(value, "eps") == expected


def test_symbols_pass_only_where_they_are_natural():
    """A symbol passes `exact_or_symbol` unchanged, a SymPy expression with a Float does not."""
    x = sympy.Symbol("x")
    assert exact_or_symbol(x, "bound") is x
    with pytest.raises(ExactnessError):
        exact_or_symbol(x + sympy.Float("0.5"), "bound")


@pytest.mark.parametrize("widths", [(), (3,), (2, 0, 1), (2, -1, 1), (2, True, 1), (2, "8", 1), "281", 5])
def test_wrong_widths_are_refused(widths):
    """Widths need at least two positive integers."""
    with pytest.raises(InputError, match="widths"):
        check_widths(widths)


def test_a_float_width_is_an_exactness_error():
    """A width written with a decimal point is refused as a float."""
    with pytest.raises(ExactnessError):
        check_widths((2, 8.0, 1))


def test_shallow_needs_one_hidden_layer():
    """Formulas for one hidden layer refuse any other depth."""
    assert check_shallow((2, 8, 1), "x") == (2, 8, 1)
    with pytest.raises(InputError, match="one hidden layer"):
        check_shallow((2, 8, 8, 1), "x")


def test_per_layer_counts_its_numbers():
    """A sequence of the wrong length is refused, and zero passes only where it may."""
    assert per_layer(["1", 2], 2, "bound") == (1, 2)
    for value, options in (([1], {}), (0, {}), ([1, -1], {"zero": True})):
        with pytest.raises(InputError):
            per_layer(value, 2, "bound", **options)


def test_layer_sizes_by_hand():
    """The maps of (2, 3, 1) have 3*3 and 1*4 parameters."""
    assert layer_sizes((2, 3, 1)) == (9, 4)

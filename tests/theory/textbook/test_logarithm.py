"""Enclosures of logarithms against identities, known digits and a second method."""

from __future__ import annotations

import random
from fractions import Fraction
from math import factorial

import pytest
import sympy

from theory.language.errors import ExactnessError, InputError
from theory.textbook.logarithm import add, log_enclosure, log_factorial_enclosure, pi_enclosure, scale


@pytest.mark.parametrize("bits", [8, 40, 64, 200, 1000])
@pytest.mark.parametrize("q", [2, 3, Fraction(1, 3), Fraction(4, 3), Fraction(2, 3), 10**30 + 1, Fraction(1, 10**300)])
def test_enclosure_against_another_library(q, bits):
    """The ends lie on either side of SymPy's many-digit value and are closer than 2^-bits."""
    lower, upper = log_enclosure(q, bits)
    digits = bits // 3 + 60
    value = sympy.Rational(str(sympy.log(sympy.Rational(q.numerator, q.denominator) if q != 2 else 2).evalf(digits)))
    value = Fraction(int(value.p), int(value.q))
    assert lower <= value <= upper and upper - lower < Fraction(1, 2**bits)


def test_products_become_sums():
    """ln(pq) meets ln p + ln q on random rationals."""
    rng = random.Random(5)
    for _ in range(200):
        p, q = (Fraction(rng.randint(1, 10**20), rng.randint(1, 10**20)) for _ in range(2))
        together, apart = log_enclosure(p * q), add(log_enclosure(p), log_enclosure(q))
        assert together[0] <= apart[1] and apart[0] <= together[1]


def test_near_one_the_series_decides():
    """ln(1 + t) lies between t - t^2/2 and t, and the enclosure is sharp to 200 bits."""
    t = Fraction(1, 2**70)
    lower, upper = log_enclosure(1 + t, 200)
    assert t - t * t / 2 <= upper and lower <= t and upper - lower < Fraction(1, 2**200)


def test_the_logarithm_of_one_is_zero():
    """ln 1 is enclosed by the point 0."""
    assert log_enclosure(Fraction(7, 7)) == (0, 0)


def test_millions_of_digits_cost_nothing():
    """The logarithm of 3^1000000 agrees with a million times that of 3."""
    lower, upper = log_enclosure(3**1_000_000)
    below, above = scale(1_000_000, log_enclosure(3, 100))
    assert lower <= above and below <= upper


@pytest.mark.parametrize("n", [0, 1, 2, 20, 400, 401, 1000, 5000])
def test_factorials_by_two_methods(n):
    """Stirling's series meets the logarithm of the exact factorial."""
    lower, upper = log_factorial_enclosure(n, 100)
    below, above = log_enclosure(factorial(n), 120)
    assert lower <= above and below <= upper and upper - lower < Fraction(1, 2**100)


def test_a_huge_factorial_obeys_its_recursion():
    """ln (n + 1)! - ln n! meets ln(n + 1) for n = 10^40."""
    n = 10**40
    small, large, step = log_factorial_enclosure(n, 90), log_factorial_enclosure(n + 1, 90), log_enclosure(n + 1, 90)
    difference = add(large, scale(-1, small))
    assert difference[0] <= step[1] and step[0] <= difference[1] and difference[1] - difference[0] < Fraction(1, 2**80)


def test_pi():
    """Pi is enclosed between its decimals."""
    lower, upper = pi_enclosure(100)
    assert Fraction("3.1415926535897932384626433832") < lower < upper < Fraction("3.1415926535897932384626433833")


def test_bad_arguments_are_refused():
    """Floats raise ExactnessError, non-positive numbers InputError."""
    with pytest.raises(ExactnessError):
        log_enclosure(2.0)
    for value in (0, -1, Fraction(-1, 2), True, "2"):
        with pytest.raises(InputError):
            log_enclosure(value)
    for value in (-1, 2.0, True):
        with pytest.raises(InputError):
            log_factorial_enclosure(value)

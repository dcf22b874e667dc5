"""Affine layers keep the degree of polynomials: the recursion of the coefficients against the binomial formula."""

from __future__ import annotations

from fractions import Fraction
from math import comb


def _coefficient(k, i, slope, shift):
    """b(k, w, i) by the recursion of the lemma."""
    if k == 0:
        return Fraction(i == 1)
    return slope*_coefficient(k - 1, i - 1, slope, shift) + shift*_coefficient(k - 1, i, slope, shift)


def test_recursion_gives_the_binomial_coefficients():
    """(2 x - 3/2)^k has the coefficients comb(k, i) 2^i (-3/2)^(k-i), nothing above k or below 0."""
    slope, shift = Fraction(2), Fraction(-3, 2)
    for k in range(6):
        for i in range(-1, k + 3):
            expected = comb(k, i)*slope**i*shift**(k - i) if 0 <= i <= k else 0
            assert _coefficient(k, i + 1, slope, shift) == expected


def test_mean_of_a_cube_under_two_noises_is_the_cubic_of_the_lemma():
    """E (x + xi)^3 with xi = -1, 1: x^3 + 3 x."""
    means = [sum(Fraction(1, 2)*_coefficient(3, i, 1, xi) for xi in (-1, 1)) for i in range(1, 5)]
    assert means == [0, 3, 0, 1]

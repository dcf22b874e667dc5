"""Maximal correlation: Legendre polynomials against SymPy, their norms, the spectrum of the identity layer."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from theory.language.errors import InputError
from theory.mori_zwanzig.legendre import DEGREES, derivative, flux, legendre, polynomial
from theory.mori_zwanzig.maximal_correlation import gaussian_correlation_squared, identity_layer_spectrum


def _inner(p: tuple[Fraction, ...], q: tuple[Fraction, ...]) -> Fraction:
    """The integral of p q over [-1, 1]."""
    return sum((2 * a * b / (i + j + 1) for i, a in enumerate(p) for j, b in enumerate(q) if (i + j) % 2 == 0),
               Fraction(0))


@pytest.mark.parametrize("degree", range(DEGREES + 1))
def test_coefficients_are_those_of_sympy(degree):
    """All coefficients of P_0, ..., P_12."""
    t = sympy.Symbol("t")
    wanted = sympy.Poly(sympy.legendre(degree, t), t).all_coeffs()[::-1]
    assert [sympy.Rational(c.numerator, c.denominator) for c in legendre(degree)] == wanted


@pytest.mark.parametrize("degree", range(1, DEGREES + 1))
def test_ratio_of_norms_is_the_spectrum(degree):
    """((1/2b) int G^2/(1-t^2)) / (1/2 int f^2) with G = (1-t^2) P', f = G': 1/(b k (k+1)) at b = 3."""
    source, slope = derivative(flux(degree)), derivative(legendre(degree))
    energy = _inner(flux(degree), slope)
    assert energy / 6 / (_inner(source, source) / 2) == identity_layer_spectrum(3, degree)[-1]


def test_spectrum_sums_to_one_over_b():
    """1/(b k (k+1)) telescopes: the sum of the first n is (1 - 1/(n+1))/b."""
    assert sum(identity_layer_spectrum("3/2", 9)) == Fraction(9, 10) / Fraction(3, 2)


def test_small_noise_is_refused():
    """At b = 1/2 the degree 1 has 13/16 in place of 1: no spectrum is offered."""
    with pytest.raises(InputError):
        identity_layer_spectrum("1/2", 1)


def test_gaussian_correlation():
    """a = 2, s = 3, sigma = 8: 36/(36 + 64)."""
    assert gaussian_correlation_squared(2, 3, 8) == Fraction(9, 25)


def test_polynomials_are_printed_in_horner_form():
    """P_3 = t (5 t^2 - 3)/2."""
    assert polynomial(legendre(3), "t") == "t*(-3/2 + t*t*(5/2))"

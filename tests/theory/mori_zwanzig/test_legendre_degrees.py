"""Legendre's equation for every degree: the recursions of the lemma."""

from __future__ import annotations

from fractions import Fraction

import pytest

from theory.mori_zwanzig.legendre import derivative, legendre

POINTS = [Fraction(k, 4) for k in range(-6, 7)]


def _value(coefficients: tuple[Fraction, ...], t: Fraction) -> Fraction:
    return sum((c * t**n for n, c in enumerate(coefficients)), Fraction(0))


@pytest.mark.parametrize("degree", range(16))
def test_slopes_follow_the_recursion_of_the_lemma(degree):
    """D_{k+1} = t D_k + (k+1) P_k and t D_{k+1} = D_k + (k+1) P_{k+1} at more points than the degree, D_k = P_k'."""
    p, q = legendre(degree), legendre(degree + 1)
    slope, after = derivative(p), derivative(q)
    for t in (*POINTS, *(t + Fraction(1, 3) for t in POINTS)):
        assert _value(after, t) == t * _value(slope, t) + (degree + 1) * _value(p, t)
        assert t * _value(after, t) == _value(slope, t) + (degree + 1) * _value(q, t)


@pytest.mark.parametrize("degree", range(14, 24, 3))
def test_equation_beyond_the_listed_degrees(degree):
    """(1 - t^2) P'' - 2 t P' + k (k+1) P = 0, coefficient by coefficient."""
    p = legendre(degree)
    slope = derivative(p)
    second = (*derivative(slope), Fraction(0), Fraction(0))
    for n in range(degree + 1):
        before = second[n - 2] if n >= 2 else 0
        assert second[n] - before - 2 * (slope[n - 1] if n else 0) + degree * (degree + 1) * p[n] == 0

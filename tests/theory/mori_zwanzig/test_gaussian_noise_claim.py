"""Gaussian noise: the threshold against the Hilbert-Schmidt value, and the floor of the mean function."""

from __future__ import annotations

import pytest
import sympy

from theory.language.errors import InputError
from theory.mori_zwanzig.gaussian_noise import gaussian_threshold
from theory.mori_zwanzig.hs_norm import hs_norm_squared


@pytest.mark.parametrize(("volume", "kappa", "width"), [(2, 1, 1), (4, "1/2", 2), ("27/8", "1/10", 3)])
def test_at_the_threshold_the_norm_is_kappa(volume, kappa, width):
    """lambda (4 pi sigma^2)^(-N/2) = kappa at the returned deviation."""
    sigma = gaussian_threshold(volume, kappa, width)
    found = sympy.Rational(str(volume)) * (4*sympy.pi*sigma**2)**sympy.Rational(-width, 2)
    assert sympy.simplify(found - sympy.Rational(str(kappa))) == 0


def test_threshold_of_the_unit_kappa_is_one_over_root_pi():
    """[-1, 1], kappa = 1: sigma = 1/sqrt(pi), where the squared norm is 1."""
    assert gaussian_threshold(2, 1, 1) == 1/sympy.sqrt(sympy.pi)
    assert sympy.simplify(hs_norm_squared([2], ("gaussian", 1)) - 1/sympy.sqrt(sympy.pi)) == 0


def test_the_limit_of_the_mean_function_exceeds_the_floor():
    """Phi(0) - Phi(-2) = 0.47725 > 2 exp(-2)/sqrt(2 pi) > 0.1 at sigma = 1."""
    limit = sympy.erf(sympy.sqrt(2))/2
    floor = 2*sympy.exp(-2)/sympy.sqrt(2*sympy.pi)
    assert abs(limit - sympy.Rational(47725, 100000)) < sympy.Rational(1, 10**5)
    assert limit > floor > sympy.Rational(1, 10)


def test_bad_thresholds_are_refused():
    """A volume of zero and a width of zero."""
    for arguments in ((0, 1, 1), (1, 1, 0)):
        with pytest.raises(InputError):
            gaussian_threshold(*arguments)


def test_square_integrals_of_two_coordinates_multiply():
    """The density of two coordinates has the square integral (4 pi sigma^2)^(-1) at sigma = 3/2."""
    x, y, sigma = sympy.symbols("x y", real=True) + (sympy.Rational(3, 2),)
    one = sympy.exp(-x**2/(2*sigma**2))/(sympy.sqrt(2*sympy.pi)*sigma)
    both = (one*one.subs(x, y))**2
    found = sympy.integrate(sympy.integrate(both, (x, -sympy.oo, sympy.oo)), (y, -sympy.oo, sympy.oo))
    assert sympy.simplify(found - 1/(4*sympy.pi*sigma**2)) == 0

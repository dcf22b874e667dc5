"""The Hilbert-Schmidt norm: values by hand, and the finite statement against a direct double sum."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from theory.language.errors import ExactnessError, InputError
from theory.mori_zwanzig.hs_norm import CLAIM, hs_norm_squared


@pytest.mark.parametrize(("sides", "noise", "outputs", "value"), [
    ([2], ("uniform", "0.5"), None, Fraction(2)), ([2], ("uniform", 1), None, Fraction(1)),
    ([2], ("uniform", 2), None, Fraction(1, 2)), ([2, 2], ("uniform", "1.2"), None, 4 / Fraction(12, 5)**2),
    ([Fraction(22, 5)] * 2, ("uniform", "1.2"), None, Fraction(484, 144)),
    ([2, 2], ("uniform", 1), 3, Fraction(4, 8)), ([2], ("uniform", 1), 2, Fraction(2, 4)),
])
def test_uniform_values(sides, noise, outputs, value):
    """lambda/(2b)^N with the width of the next level: 1.414^2, 1, 0.707^2 of the table, 3.36 at N = 2, b = 1.2."""
    assert hs_norm_squared(sides, noise, outputs) == value


def test_gaussian_value_is_the_integral_of_the_squared_density():
    """SymPy's integral of the squared density over the line, times the volume."""
    y, sigma = sympy.symbols("y sigma", positive=True)
    density = sympy.exp(-y**2/(2*sigma**2))/(sigma*sympy.sqrt(2*sympy.pi))
    one = sympy.integrate(density**2, (y, -sympy.oo, sympy.oo)).subs(sigma, sympy.Rational(1, 3))
    assert sympy.simplify(hs_norm_squared([2, 3], ("gaussian", "1/3")) - 6*one**2) == 0


def test_bad_noise_and_floats_are_refused():
    """Zero width has no density; a float is no exact number; an unknown kind names the two that exist."""
    for noise in (("uniform", 0), ("cauchy", 1), ("gaussian", "-1")):
        with pytest.raises(InputError):
            hs_norm_squared([2], noise)
    with pytest.raises(ExactnessError):
        hs_norm_squared([2], ("uniform", 0.5))
    with pytest.raises(InputError):
        hs_norm_squared([-1], ("uniform", 1))


def test_the_claim_speaks_of_all_widths_and_names_its_controls():
    """The statement quantifies over the width N; the dossier's two false neighbours are controls."""
    assert "all N:int" in str(CLAIM.statement)
    assert [c.name for c in CLAIM.controls] == ["truncated", "forgotten_integral"]

"""Duality: the ReLU example by exact integration, finite kernels at random, the reflected kernel refuted."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy

from theory.language.errors import InputError
from theory.mori_zwanzig.duality import dual_products


def test_relu_layer_has_one_half_on_both_sides():
    """ReLU, b = 1, p_0 = U[-1, 1], u = y^2: both sides are 1/2."""
    x, y = sympy.symbols("x y", real=True)
    backward = {name: sympy.integrate(y**2, (y, f - 1, f + 1))/2 for name, f in (("neg", sympy.Integer(0)), ("pos", x))}
    mean = (sympy.integrate(backward["neg"], (x, -1, 0)) + sympy.integrate(backward["pos"], (x, 0, 1)))/2
    # forward: p_1(y) = mass of {x: |y - relu(x)| <= 1}/4, that is 1/4 [|y| <= 1] + (length of [0,1] n [y-1,y+1])/4
    low = sympy.integrate(y**2*(sympy.Rational(1, 4) + (y + 1)/4), (y, -1, 0))
    middle = sympy.integrate(y**2*sympy.Rational(1, 2), (y, 0, 1))
    high = sympy.integrate(y**2*(2 - y)/4, (y, 1, 2))
    assert mean == low + middle + high == sympy.Rational(1, 2)


def test_both_products_agree_for_random_kernels():
    """Fifty random kernels with rational entries and weights, two different sizes."""
    draw = random.Random(5)
    for _ in range(50):
        m, n = draw.randint(1, 4), draw.randint(1, 4)
        numbers = lambda size: [Fraction(draw.randint(-4, 4), draw.randint(1, 3)) for _ in range(size)]  # noqa: E731
        first, second = dual_products([numbers(n) for _ in range(m)], (numbers(m), numbers(n)), numbers(m), numbers(n))
        assert first == second


def test_the_reflected_kernel_passes_for_symmetric_noise_only():
    """On a cycle of three points: rho(F - y) agrees with rho(y - F) for (1/4, 1/2, 1/4), not for (1/2, 1/2, 0)."""
    def sides(rho: list[Fraction]) -> tuple[Fraction, Fraction]:
        right = [[rho[(y - x) % 3] for y in range(3)] for x in range(3)]
        reflected = [[rho[(x - y) % 3] for y in range(3)] for x in range(3)]
        ones, p, u = [1, 1, 1], [1, 0, 0], [0, 1, 0]
        return dual_products(reflected, (ones, ones), p, u)[0], dual_products(right, (ones, ones), p, u)[1]

    half, quarter = Fraction(1, 2), Fraction(1, 4)
    same = sides([half, quarter, quarter])
    assert same[0] == same[1]
    other = sides([half, half, Fraction(0)])
    assert other[0] != other[1]


def test_sizes_that_do_not_fit_are_refused():
    """A kernel with a row too few."""
    with pytest.raises(InputError):
        dual_products([[1, 1]], ([1, 1], [1, 1]), [1, 1], [1, 1])

"""Tensor Legendre bases: orthonormal, exact box means, Gaussian means, projections; piecewise panels."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import sympy

from numerics.mori_zwanzig.legendre import TensorBasis, interval_means, polynomials
from numerics.mori_zwanzig.noise import Noise
from numerics.mori_zwanzig.panels import Panels, resolved
from theory.language.errors import InputError

BOXES = {1: ((-1.0, 2.0),), 2: ((-1.0, 2.0), (0.0, 0.5)), 3: ((-1.0, 2.0), (0.0, 0.5), (-3.0, -1.0))}


@pytest.mark.parametrize("k", [0, 1, 2, 5, 9])
def test_box_means_are_the_exact_integrals(k):
    """The mean of P_k over [-3/10, 7/10] equals the rational number from symbolic integration."""
    t = sympy.symbols("t")
    exact = sympy.integrate(sympy.legendre(k, t), (t, -sympy.Rational(3, 10), sympy.Rational(7, 10)))
    found = interval_means(9, np.array([-0.3]), np.array([0.7]))[0, k]
    assert abs(found - float(Fraction(int(exact.p), int(exact.q)))) < 1e-15


@pytest.mark.parametrize("dimension", [1, 2, 3])
def test_bases_are_orthonormal(dimension):
    """The Gram matrix by Gauss quadrature of sufficient order is the identity."""
    basis = TensorBasis(BOXES[dimension], 4)
    points, weights = basis.nodes(5)
    values = basis.matrix(basis.factors(points))
    assert np.abs((values*weights[:, None]).T @ values - np.eye(basis.size)).max() < 1e-12


@pytest.mark.parametrize("dimension", [1, 2, 3])
def test_all_ways_to_evaluate_and_to_integrate_agree(dimension):
    """`combine` is the matrix times coefficients, `moments` its transpose times weights; projections reproduce."""
    basis = TensorBasis(BOXES[dimension], 3)
    generator = np.random.default_rng(1)
    coefficients, weights = generator.normal(size=basis.size), generator.normal(size=11)
    low, high = np.array(basis.box).T
    x = low + (high - low)*generator.uniform(size=(11, dimension))
    factors = basis.factors(x)
    assert np.allclose(basis.combine(factors, coefficients), basis.matrix(factors) @ coefficients, atol=1e-12)
    assert np.allclose(basis.moments(factors, weights), basis.matrix(factors).T @ weights, atol=1e-12)
    again = basis.project(lambda y: basis.evaluate(coefficients, y), 6)
    assert np.allclose(again, coefficients, atol=1e-12)


def test_noise_means_in_two_coordinates_by_hand():
    """E of y_1^2 y_2 at center (f, g): (f^2 + variance) g, for uniform and Gaussian noise."""
    for noise, box in ((Noise.parse("uniform:0.5"), ((-2.0, 2.0),)*2), (Noise.parse("gaussian:0.1"), ((-2.0, 2.0),)*2)):
        basis = TensorBasis(box, 3)
        coefficients = basis.project(lambda y: y[:, 0]**2*y[:, 1])
        centers = np.array([[0.3, -0.7], [1.0, 0.2], [-0.4, 1.1]])
        means = basis.combine(basis.mean_factors(centers, noise), coefficients)
        assert np.abs(means - (centers[:, 0]**2 + noise.variance)*centers[:, 1]).max() < 1e-13


def test_gaussian_means_of_high_degree_agree_with_hermite_quadrature():
    """Degree 40 on a box 20 deviations wide: the trapezoidal means equal Gauss-Hermite ones to 1e-11."""
    noise, basis = Noise.parse("gaussian:1"), TensorBasis(((-10.0, 10.0),), 40)
    centers = np.linspace(-1.2, 1.2, 7)[:, None]
    z, w = np.polynomial.hermite_e.hermegauss(60)
    norms = np.sqrt((2*np.arange(41) + 1)/20)
    exact = sum(weight/np.sqrt(2*np.pi)*norms*polynomials(40, (centers[:, 0] + s)/10) for s, weight in zip(z, w))
    assert np.abs(basis.mean_factors(centers, noise)[0] - exact).max() < 1e-11


def test_product_means_of_the_noise_are_exact_for_polynomials():
    """The noise nodes integrate y^6 at center 0.3 exactly: by the binomial theorem with uniform moments b^k/(k+1)."""
    noise = Noise.parse("uniform:0.8")
    found = sum(w*(0.3 + s)**6 for s, w in noise.nodes(4))
    exact = (1.1**7 - (-0.5)**7)/(7*1.6)
    assert abs(found - exact) < 1e-15


def test_panels_integrate_and_resolve_a_kink_and_a_jump():
    """|x - 0.3| and a step at 0.3 on [-1, 1]: integrals to 1e-11 although no edge is given at 0.3."""
    for function, exact in ((lambda x: np.abs(x - 0.3), (1.3**2 + 0.7**2)/2), (lambda x: (x > 0.3)*1.0, 0.7)):
        panels, values = resolved(function, np.linspace(-1, 1, 5))
        assert abs(float(panels.weights @ values) - exact) < 1e-11
        assert abs(float(panels.integral_to(values, np.array([1.0]))[0, 0]) - exact) < 1e-11


def test_panels_reproduce_polynomials_of_degree_fifteen():
    """x^15 and its integral at points inside panels; zero outside the interval."""
    panels = Panels(np.array([-1.0, -0.2, 0.7, 1.0]))
    values, x = panels.nodes**15, np.array([-0.9, -0.2, 0.1, 0.95])
    assert np.abs(panels.evaluate(values, x)[:, 0] - x**15).max() < 1e-14
    assert np.abs(panels.integral_to(values, x)[:, 0] - (x**16 - 1)/16).max() < 1e-15
    assert panels.evaluate(values, np.array([1.5]))[0, 0] == 0


def test_no_basis_beyond_three_coordinates():
    """Four coordinates are refused."""
    with pytest.raises(InputError, match="1, 2 or 3 coordinates"):
        TensorBasis(((-1.0, 1.0),)*4, 3)

"""Maximal correlation: exact spectra of identity and linear-Gaussian layers, the Dobrushin bound, refusals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from noisy_chains import line, single, square

from numerics.mori_zwanzig import correlation_spectrum, maximal_correlation
from numerics.mori_zwanzig.correlation import unweighted_spectrum
from theory.language.errors import InputError


@pytest.mark.parametrize("b", ["1", "3/2", "3", "10"])
def test_identity_layer_has_the_legendre_spectrum(b):
    """X uniform on [-1, 1], b >= 1: s_k = 1/sqrt(b k (k + 1)) to 1e-6 (reached: 1e-12) for k = 1..12."""
    layer, amplitude = single(1.0, "identity", f"uniform:{b}").layers[0], float(Fraction(b))
    k = np.arange(1, 13)
    found = correlation_spectrum(layer, (-1, 1))[:12]
    assert np.abs(found - 1/np.sqrt(amplitude*k*(k + 1))).max() < 1e-12


def test_the_legendre_spectrum_fails_for_narrow_noise():
    """b = 1/2: the formula would give 1; the truth is 0.9035."""
    found = maximal_correlation(single(1.0, "identity", "uniform:1/2").layers[0], (-1, 1))
    assert abs(found - 0.9035) < 1e-4


@pytest.mark.parametrize("a, s, sigma", [(0.7, 1.0, 0.5), (-1.3, 0.8, 0.4), (1.0, 2.0, 3.0)])
def test_linear_gaussian_layer_has_powers_of_the_correlation(a, s, sigma):
    """F = ax, X ~ N(0, s^2): s_k = rho^k, rho = |a|s/sqrt(a^2 s^2 + sigma^2), to 1e-8 (Mehler)."""
    layer = single(a, "identity", "uniform:1").layers[0]
    rho = abs(a)*s/np.hypot(a*s, sigma)
    found = correlation_spectrum(layer, ("gaussian", s), f"gaussian:{sigma}")[:8]
    assert np.abs(found - rho**np.arange(1, 9)).max() < 1e-8


def test_a_tanh_layer_agrees_with_a_joint_probability_table():
    """tanh(2x), b = 1: the second singular value of the normalised 800 x 800 table of joint masses, to 1e-4."""
    cells = 800
    f = np.tanh(2*((np.arange(cells) + 0.5)*2/cells - 1))
    ends = np.linspace(-1 - np.tanh(2), 1 + np.tanh(2), cells + 1)
    reached = np.clip((ends[None, :] - f[:, None] + 1)/2, 0, 1)
    joint = np.diff(reached, axis=1)/cells
    scaled = joint/np.sqrt(joint.sum(1, keepdims=True)*joint.sum(0, keepdims=True))
    expected = np.sqrt(np.linalg.eigvalsh(scaled @ scaled.T)[-2])
    found = maximal_correlation(single(2.0, "tanh", "uniform:1").layers[0], (-1, 1))
    assert abs(found - expected) < 1e-4


def test_squares_are_at_most_the_dobrushin_bound():
    """s_n^2 <= delta_n in every layer of two chains."""
    for chain in (line(4, "uniform:1.5"), line(3, "gaussian:0.8")):
        for row in chain.layer_contraction_table():
            assert 0 < row.max_correlation**2 <= row.delta <= 1


def test_variance_of_q0_is_below_the_product_of_squares():
    """Var q_0(X_0) <= prod s_n^2 Var u(X_L), with densities for both variances."""
    chain = line(3, "uniform:0.8")
    first, last = chain.density(0), chain.density(3)

    def variance(p, f):
        return p.expectation(lambda x: f(x)**2) - p.expectation(f)**2

    inner = variance(first, lambda x: chain.conditional_expectation(lambda y: y[:, 0], x))
    bound = np.prod([row.max_correlation**2 for row in chain.layer_contraction_table()])
    assert 0 < inner <= bound*variance(last, lambda y: y[:, 0])


def test_unweighted_spectrum_of_a_constant_layer_has_one_value():
    """W = 0, b = 1: M u is the mean of u: one singular value sqrt(lambda/(2b)) = 1, the others 0."""
    found = unweighted_spectrum(single(0.0, "tanh", "uniform:1").layers[0], ((-1.0, 1.0),), degree=8)
    assert abs(found[0] - 1) < 1e-12 and found[1] < 1e-7


def test_correlations_in_two_dimensions_contract():
    """Width 2: every s_n is below 1 and its square below delta; the affine complement is below s_n."""
    for row in square(2, "uniform:1.5").layer_contraction_table(degree=6):
        assert row.qmq_weighted <= row.max_correlation < 1 and row.max_correlation**2 <= row.delta


def test_wide_layers_and_silent_noise_are_refused():
    """The function takes one input and one output, and noise of positive amplitude."""
    with pytest.raises(InputError, match="one input and one output"):
        maximal_correlation(square(1, "uniform:1").layers[0], (-1, 1))
    with pytest.raises(InputError, match="positive amplitude"):
        maximal_correlation(single(1.0, "tanh", "uniform:0").layers[0], (-1, 1))
    with pytest.raises(InputError, match="width 1"):
        maximal_correlation(single(1.0, "tanh", "uniform:1").layers[0], square(1, "uniform:1").density(0))

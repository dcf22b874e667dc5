"""Deep to shallow: polynomials behind one or two noisy layers, certified errors above the true ones, refusals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from noisy_chains import grid, line, square

from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer
from numerics.mori_zwanzig.compression import compress
from numerics.mori_zwanzig.enclosure import enclose
from theory.language.errors import InputError


def affine(depth: int = 3) -> NoisyChain:
    """Identity layers x/2 + 1/8: q_n is affine, so degree 1 is exact."""
    return NoisyChain((NoisyLayer.plain([[0.5]], [0.125], "identity", "uniform:0.5"),)*depth, ((-1.0, 1.0),),
                      (np.array([[2.0]]), np.array([1.0])))


def kinks() -> NoisyChain:
    """x + noise, then relu: q_1 = relu, and q_0 is a parabola between -1/2 and 1/2."""
    layers = (NoisyLayer.plain([[1.0]], [0.0], "identity", "uniform:0.5"),
              NoisyLayer.plain([[1.0]], [0.0], "relu", "uniform:0.5"))
    return NoisyChain(layers, ((-1.0, 1.0),), (np.array([[1.0]]), np.array([0.0])))


def test_an_affine_network_is_shallow():
    """Degree 1 is exact: measured error rounding, certified error at most the gap of the cells, value by hand."""
    found = compress(affine(), 1, cells=400)
    assert found.measured([[-1.0], [0.25], [1.0]]) < 1e-12
    # x/8 + 1/32 + 1/16 + 1/8 behind three layers, then 2 y + 1
    assert found([[0.5]])[0] == pytest.approx(2*(0.0625 + 7/32) + 1)
    assert 0 < found.certified <= found.uniform <= 2*found.gap


def test_a_kink_in_closed_form():
    """q_0 = (x + 1/2)^2/2 near 0: the certified error of every degree is at least the true one at 41 inputs."""
    chain, x = kinks(), np.linspace(-1, 1, 41)[:, None]
    exact = np.where(np.abs(x[:, 0]) <= 0.5, (x[:, 0] + 0.5)**2/2, np.maximum(x[:, 0], 0))
    enclosure, errors = enclose(chain, 500), []
    for degree in (1, 2, 4, 8):
        found = compress(chain, degree, enclosure=enclosure)
        true = np.abs(exact - found(x)).max()
        assert true <= found.certified <= found.uniform
        errors.append(found.certified)
    assert errors == sorted(errors, reverse=True) and errors[-1] < Fraction(1, 50) < Fraction(1, 10) < errors[0]


def test_four_layers_become_one():
    """Width 1, tanh: certified errors above the measured ones and, with the gap taken off, at most twice as large."""
    chain = line(4, "uniform:0.5")
    x = np.linspace(-1, 1, 33)[:, None]
    found = compress(chain, 3, cells=800)
    measured = found.measured(x)
    assert measured <= found.certified <= 2*measured + 2*found.gap
    assert found.parameters == 2 + 4 and found.degree == 3


def test_a_deeper_cut_is_no_worse_in_oscillation():
    """Keeping two tanh layers with b = 3/2: the error's oscillation shrinks by two factors of at most 2/3."""
    chain = line(3, "uniform:1.5")
    found = compress(chain, 2, level=2, cells=400)
    assert 0 < found.oscillation <= 2*found.uniform*Fraction(4, 9)
    assert found.measured(np.linspace(-1, 1, 9)[:, None]) <= found.certified


def test_two_neurons():
    """Width 2: the certified error bounds the measured one at 40 inputs; higher degrees measure less."""
    chain = square(3, "uniform:1")
    enclosure, x, measured = enclose(chain, 24), grid(chain, 40), []
    for degree in (1, 3):
        found = compress(chain, degree, enclosure=enclosure)
        measured.append(found.measured(x))
        assert measured[-1] <= found.certified
    assert measured[1] < measured[0]


def test_another_polynomial_is_not_certified_by_the_bound():
    """Planted: with one coefficient changed by 1/4 the measured error exceeds what was certified before."""
    from dataclasses import replace

    found = compress(line(3, "uniform:0.5"), 5, cells=800)
    wrong = replace(found, coefficients=found.coefficients + 0.25*np.eye(6)[0])
    assert wrong.measured([[0.0], [0.5]]) > found.certified


@pytest.mark.parametrize(("level", "degree"), [(0, 3), (3, 3), (1, -1)])
def test_levels_and_degrees_out_of_range_are_refused(level: int, degree: int):
    """There is nothing behind level L - 1 to compress, and no degree below 0."""
    with pytest.raises(InputError, match="a level from 1 to 2 and a degree of at least 0"):
        compress(affine(), degree, level)


def test_gaussian_noise_is_refused():
    """The enclosure needs uniform noise, and says so."""
    with pytest.raises(InputError, match="uniform noise in every layer"):
        compress(square(3, "gaussian:1"), 2)

"""Certified contraction of layers: operator norms between fractions, Dobrushin and Hilbert-Schmidt bounds, refusals."""

from __future__ import annotations

from fractions import Fraction
from math import atanh, sqrt, tanh
from statistics import NormalDist

import numpy as np
import pytest
import torch
from noisy_chains import single, square
from torch import nn

from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer
from numerics.mori_zwanzig.noise import Noise
from numerics.mori_zwanzig.norm_enclosures import (
    certificates,
    dobrushin_bound,
    exact_volume,
    hs_squared_bound,
    norm_enclosure,
    product_bound,
    root,
)
from theory.language.errors import InputError
from theory.mori_zwanzig.dobrushin import dobrushin_uniform
from theory.mori_zwanzig.hs_norm import hs_norm_squared

LINE = ((-1.0, 1.0),)


@pytest.mark.parametrize(("weight", "b", "norm", "lower"), [
    (1.0, 0.5, 0.986, 0.890), (1.0, 1.0, 0.850, 0.753), (1.0, 2.0, 0.656, 0.602), (3.0, 0.5, 0.871, 0.818)])
def test_measured_norms_of_tanh_layers_are_enclosed(weight: float, b: float, norm: float, lower: float):
    """Norms of tanh(w x) on [-1, 1], measured by another program to three digits, lie in enclosures 0.02 wide."""
    found = norm_enclosure(NoisyLayer.plain([[weight]], [0.0], "tanh", f"uniform:{b}"), LINE)
    assert sqrt(found.lower) - 0.0006 <= norm <= sqrt(found.upper) + 0.0006
    assert sqrt(found.upper) - sqrt(found.lower) < 0.02
    assert found.hs == Fraction(1)/Fraction(b) and found.lower <= found.upper <= found.schur <= found.hs
    # the constant function: lambda(Omega_0)/lambda(Omega_1) = 1/(b + tanh w)
    assert found.lower >= 1/(b + tanh(weight)) - 1e-3 and sqrt(1/(b + tanh(weight))) == pytest.approx(lower, abs=6e-4)


def test_the_schur_bound_has_its_closed_form():
    """sup_y of the window's preimage: (1 - atanh(tanh w - 2b)/w)/(2b) for w = 3, b = 1/2, approached from above."""
    exact = 1 - atanh(tanh(3) - 1)/3
    coarse, fine = (norm_enclosure(single(3.0, "tanh", "uniform:0.5").layers[0], LINE, n).schur for n in (100, 1000))
    assert exact <= fine < coarse and fine - exact < 0.01


def test_the_constant_layer_attains_the_hilbert_schmidt_norm():
    """W = 0: ||M||^2 = lambda(Omega)/(2b) = 2 with b = 1/2: noise of any size need not contract."""
    found = norm_enclosure(single(0.0, "tanh", "uniform:0.5").layers[0], LINE)
    assert found.upper == 2 == found.hs and Fraction(199, 100) < found.lower <= 2


def test_two_coordinates_that_do_not_mix_multiply():
    """The norm of a product of layers is the product: squared, it lies in the enclosure of the plane's layer."""
    plane = NoisyLayer.plain(np.eye(2), [0.0, 0.0], "tanh", "uniform:1")
    found = norm_enclosure(plane, LINE*2, 32)
    one = norm_enclosure(single(1.0, "tanh", "uniform:1").layers[0], LINE)
    assert found.lower <= one.upper**2 and one.lower**2 <= found.upper
    assert sqrt(found.upper) - sqrt(found.lower) < 0.12


def test_the_operator_engine_lies_inside():
    """Norms in floats of two tanh layers of width 2 lie within the enclosures."""
    chain = square(2, "uniform:1")
    matrices = [np.linalg.norm(m, 2) for m in _matrices(chain)]
    for part, norm in zip(certificates(chain, 16), matrices):
        assert part.norm is not None and part.norm.lower <= norm**2 <= part.norm.upper


def _matrices(chain: NoisyChain) -> list[np.ndarray]:
    from numerics.mori_zwanzig.operators import composition_matrix

    return [composition_matrix(chain, n, 8) for n in range(chain.depth)]


def test_bounds_agree_with_the_theory():
    """Dobrushin and Hilbert-Schmidt bounds are the exact formulas beside the claims, for uniform noise."""
    box = ((-1.0, 0.5), (0.25, 1.0), (0.0, 0.0))
    noise = Noise.parse("uniform:1.2")
    assert dobrushin_bound(noise, box) == dobrushin_uniform(["1.5", "0.75", 0], "1.2")
    assert hs_squared_bound(noise, ((-1.0, 1.0), (0.0, 3.0)), 5) == hs_norm_squared([2, 3], ("uniform", "1.2"), 5)
    assert exact_volume(((-1.0, 1.0), (0.0, 3.0))) == 6


def test_gaussian_bounds_are_balls_rounded_up():
    """2 Phi(diam/(2 sigma)) - 1 for diameter 5, sigma 2; lambda (4 pi sigma^2)^(-N/2): just above the floats."""
    delta = dobrushin_bound(Noise.parse("gaussian:2"), ((0.0, 3.0), (0.0, 4.0)))
    value = 2*NormalDist().cdf(Fraction(5, 4)) - 1
    assert -1e-15 <= float(delta) - value < 1e-12
    hs = hs_squared_bound(Noise.parse("gaussian:0.5"), ((0.0, 2.0),), 2)
    assert hs == pytest.approx(2/np.pi, abs=1e-12) and hs > Fraction(63661977, 10**8)


def test_sixty_four_neurons():
    """At width 64 formulas hold without grids: HS at layer 0 only, Dobrushin everywhere, products multiply."""
    torch.manual_seed(0)
    module = nn.Sequential(nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, 1))
    chain = NoisyChain.from_module(module, "uniform:32", [(-1, 1)]*64)
    found = certificates(chain)
    assert [part.valid for part in found] == [("HS", "Dobrushin"), ("Dobrushin",)]
    assert all(part.norm is None and part.kind == "rational" for part in found)
    # |tanh| <= 1: delta <= 1 - (1 - 1/32)^64
    assert all(0 < part.delta <= 1 - (1 - Fraction(1, 32))**64 for part in found)
    assert product_bound(found) == (found[0].delta*found[1].delta, found[1].delta)
    assert dict(found[1].notes)["hs"].startswith("needs ||M||_HS^2 < 1, found")


def test_none_is_a_possible_answer():
    """Without noise nothing is valid, with the reason; b = 1/2 is too little for Dobrushin, with the margin."""
    silent, = certificates(single(2.0, "identity", "uniform:0"))
    assert silent.valid == () and silent.delta == 1 and "amplitude 0" in dict(silent.notes)["hs"]
    weak, = certificates(single(2.0, "identity", "uniform:0.5"))
    assert weak.delta == 1 and dict(weak.notes)["delta"].endswith("found 4: 3 too wide")


def test_gaussian_chains_have_no_unweighted_norm_behind_layer_0():
    """Omega_1 is unbounded: no Hilbert-Schmidt norm there, but a Dobrushin coefficient for bounded activations."""
    torch.manual_seed(1)
    module = nn.Sequential(nn.Linear(1, 1), nn.Tanh(), nn.Linear(1, 1), nn.Tanh(), nn.Linear(1, 1))
    first, second = certificates(NoisyChain.from_module(module, "gaussian:1", (-1, 1)))
    assert first.hs_squared is not None and first.kind == "ball" and first.norm is None
    assert second.hs_squared is None and "unbounded" in dict(second.notes)["hs"]
    # the image of tanh has width 2, so delta <= 2 Phi(1) - 1
    assert second.valid == ("Dobrushin",) and second.delta < Fraction(6827, 10000)


def test_unbounded_images_forget_nothing():
    """ReLU behind Gaussian noise: the image is unbounded and delta = 1."""
    torch.manual_seed(1)
    module = nn.Sequential(nn.Linear(1, 1), nn.ReLU(), nn.Linear(1, 1), nn.ReLU(), nn.Linear(1, 1))
    second = certificates(NoisyChain.from_module(module, "gaussian:1", (-1, 1)))[1]
    assert second.delta == 1 and "unbounded" in dict(second.notes)["delta"]


def test_norms_that_do_not_exist_are_refused():
    """Gaussian noise, no noise and width 3 have no enclosure on cells."""
    for layer, box, message in (
            (single(1.0, "tanh", "gaussian:1").layers[0], LINE, "uniform noise on a bounded box"),
            (single(1.0, "tanh", "uniform:0").layers[0], LINE, "positive amplitude"),
            (square(1, "uniform:1", 3).layers[0], LINE*3, "widths of at most 2")):
        with pytest.raises(InputError, match=message):
            norm_enclosure(layer, box)


def test_roots_go_outward():
    """sqrt 2 lies strictly between; roots of squares are exact; tiny numbers keep their digits."""
    low, high = root((Fraction(2), Fraction(2)))
    assert low**2 < 2 < high**2 and high - low < Fraction(1, 10**11)
    assert root((Fraction(9, 4), Fraction(9, 4))) == (Fraction(3, 2), Fraction(3, 2))
    tiny = Fraction(1, 10**60)
    assert tiny <= root((tiny, tiny))[1]**2 <= tiny*(1 + Fraction(1, 10**9)) and root((Fraction(0), tiny))[0] == 0

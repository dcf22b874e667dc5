"""Noisy chains: how modules are read, ranges that contain what they must, independent noise, what is refused."""

from __future__ import annotations

from fractions import Fraction
from math import erf, inf, sqrt, tanh

import numpy as np
import pytest
import torch
from noisy_chains import grid, line, single, square
from torch import nn

from numerics.mori_zwanzig import Noise, NoisyChain, Residual
from numerics.mori_zwanzig.activations import activation
from numerics.mori_zwanzig.monte_carlo import agrees, estimate, shared_noise_sampler, threshold, z_scores
from theory.language.errors import InputError


def test_a_sequential_is_read_with_its_readout():
    """Three layers, the last bare Linear is alpha y + beta, and F is what the torch layers compute."""
    torch.manual_seed(0)
    module = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 3), nn.LeakyReLU(0.2), nn.Linear(3, 1)).double()
    chain = NoisyChain.from_module(module, "uniform:0.5", [(-1, 1), (0, 2)])
    assert chain.widths == (2, 3, 3) and chain.depth == 2
    x = grid(chain, 7)
    y = chain.layers[1].map(chain.layers[0].map(x))
    assert np.allclose(y, module[:4](torch.from_numpy(x)).detach().numpy(), atol=1e-15)
    assert np.allclose(chain.observable()(y), module(torch.from_numpy(x)).detach().numpy()[:, 0], atol=1e-15)


def test_residual_blocks_are_one_layer_each():
    """`Residual` with a step, and x + phi(Wx + c) written in a forward method, are the same kind of layer."""

    class Written(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.second = nn.Linear(2, 2), nn.Linear(2, 2)

        def forward(self, x):
            x = torch.tanh(self.first(x))
            return x + torch.relu(self.second(x))

    module = nn.Sequential(nn.Linear(2, 2), nn.Tanh(), Residual(nn.Linear(2, 2), nn.ReLU(), 0.5)).double()
    chain = NoisyChain.from_module(module, "uniform:1", [(-1, 1)]*2)
    x = grid(chain, 5)
    assert chain.layers[1].step == 0.5
    assert np.allclose(chain.layers[1].map(chain.layers[0].map(x)), module(torch.from_numpy(x)).detach().numpy())
    written = NoisyChain.from_module(Written(), "uniform:1", [(-1, 1)]*2)
    assert [layer.step for layer in written.layers] == [None, 1.0] and written.readout is None


def test_linear_followed_by_linear_is_a_noisy_identity_layer():
    """Identity behind a Linear, or another Linear, makes a layer with phi = identity."""
    module = nn.Sequential(nn.Linear(1, 2), nn.Identity(), nn.Linear(2, 2), nn.Linear(2, 1))
    chain = NoisyChain.from_module(module, "uniform:1", (-1, 1))
    assert [layer.phi.name for layer in chain.layers] == ["identity", "identity"] and chain.readout is not None


def test_ranges_of_a_tanh_chain_by_hand():
    """tanh(2x) on [-1, 1] with b = 1/2: [-tanh 2 - 1/2, tanh 2 + 1/2], enclosed within two ulps."""
    (low, high), = single(2.0, "tanh", "uniform:1/2").ranges[1]
    exact = tanh(2) + 0.5
    assert low <= -exact and exact <= high and high - exact < 1e-15


@pytest.mark.parametrize("name", ["tanh", "sigmoid", "relu", "leaky_relu", "identity", "relu6", "hardtanh", "softsign",
                                  "hardsigmoid"])
def test_images_contain_all_sampled_values(name):
    """F of sampled points lies in the image box, whose ends are reached up to rounding for a monotone layer."""
    chain = single(-3.3, name, "uniform:1/2")
    (low, high), = chain.images[0]
    values = chain.layers[0].map(np.linspace(-1, 1, 1001)[:, None])
    assert low <= values.min() <= low + 1e-14 and high - 1e-14 <= values.max() <= high


def test_ranges_contain_trajectories_of_a_wide_chain():
    """Width 64: all states of 200 trajectories lie in the ranges."""
    chain = square(2, "uniform:0.7", width=64, scale=0.3)
    path = chain.sample(grid(chain, 2), 100, torch.Generator().manual_seed(1), path=True)
    for box, states in zip(chain.ranges, path):
        low, high = np.array(box).T
        assert (states >= low).all() and (states <= high).all()


def test_gaussian_ranges_are_unbounded_and_images_are_not():
    """Behind Gaussian noise the range is R; the image under tanh stays in [-1, 1], under ReLU in [0, inf]."""
    chain = line(2, "gaussian:0.5")
    assert chain.ranges[1] == ((-inf, inf),) and chain.images[1] == ((-1.0, 1.0),)
    assert single(1.0, "relu", "gaussian:1").layers[0].image(((-inf, inf),)) == ((0.0, inf),)


def test_dobrushin_bounds_by_hand():
    """Two coordinates that differ by b: 1 - (1/2)^2 = 3/4; Gaussian: 2 Phi(d/(2 sigma)) - 1; identity on [-1, 1]."""
    assert Noise.parse("uniform:1").distance([1.0, 1.0]) == 0.75
    assert abs(Noise.parse("gaussian:2").distance([3.0, 4.0]) - erf(5/4/sqrt(2))) < 1e-15
    assert abs(single(1.0, "identity", "uniform:4").dobrushin[0] - 0.25) < 1e-15
    assert single(1.0, "relu", "gaussian:1").dobrushin[0] < 1 == line(3, "gaussian:1", nn.ReLU).dobrushin[1]


def test_noise_keeps_the_exact_number_of_its_text():
    """uniform:1.2 is 6/5, not the float; a float is the dyadic fraction that it is."""
    assert Noise.parse("uniform:1.2").exact_pair == ("uniform", Fraction(6, 5))
    assert Noise("gaussian", 0.1).exact == Fraction(0.1) != Fraction(1, 10)


def test_draws_have_the_variance_of_the_noise():
    """b^2/3 and sigma^2, within four standard errors of 40,000 draws (fixed generator)."""
    for text, kurtosis in (("uniform:1.5", 9/5), ("gaussian:0.7", 3)):
        noise, count = Noise.parse(text), 40000
        draws = noise.draw((count,), torch.Generator().manual_seed(3))
        error = noise.variance*sqrt((kurtosis - 1)/count)
        assert abs(float((draws**2).mean()) - noise.variance) < 4*error


def test_noise_is_new_in_every_layer_and_a_shared_draw_is_seen():
    """Two identity layers, u = y^2: E = x^2 + 2b^2/3; one shared draw gives x^2 + 4b^2/3 and is caught."""
    module = nn.Sequential(nn.Linear(1, 1), nn.Identity(), nn.Linear(1, 1), nn.Identity()).double()
    for k in (0, 2):
        module[k].weight.data.fill_(1.0)
        module[k].bias.data.fill_(0.0)
    chain, x = NoisyChain.from_module(module, "uniform:1", (-1, 1)), np.linspace(-1, 1, 5)[:, None]
    exact, generator = x[:, 0]**2 + 2/3, torch.Generator().manual_seed(5)

    def u(y):
        return y[:, 0]**2

    assert np.abs(chain.conditional_expectation(u, x) - exact).max() < 1e-13
    assert agrees(z_scores(estimate(chain, u, x, 20000, generator), exact))
    shared = estimate(chain, u, x, 20000, generator, shared_noise_sampler(chain))
    assert not agrees(z_scores(shared, exact))
    assert agrees(z_scores(shared, x[:, 0]**2 + 4/3))


def test_sampling_works_at_width_64():
    """Shapes, reproducibility by generator, and the standard error of a mean of known variance."""
    chain = square(2, "uniform:1", width=64, scale=0.2)
    first, second = (chain.sample(np.zeros(64), 50, torch.Generator().manual_seed(2)) for _ in range(2))
    assert first.shape == (50, 1, 64) and (first == second).all()
    found = estimate(chain, None, np.zeros(64), 4000, torch.Generator().manual_seed(2))
    alpha = chain.readout[0]
    assert found.variance[0] > 0.9*float((alpha**2).sum())/3  # the last layer's noise alone


def test_the_bonferroni_threshold_is_the_normal_quantile():
    """One point at level 0.05: 1.959964; fifty at 1e-4: 4.7534."""
    assert abs(threshold(1, 0.05) - 1.959964) < 1e-6 and abs(threshold(50) - 4.7534) < 1e-4


def one(activation: nn.Module, box: tuple[float, float] = (0, 1)) -> NoisyChain:
    """One layer of width 1 with uniform noise."""
    return NoisyChain.from_module(nn.Sequential(nn.Linear(1, 1), activation), "uniform:1", box)


BAD = {
    "at least one layer": lambda: NoisyChain.from_module(nn.Sequential(nn.Linear(1, 1)), "uniform:1", (-1, 1)),
    "one of hardsigmoid": lambda: one(nn.GELU()),
    "listed in numerics.modules": lambda: one(nn.Mish()),
    "finite intervals": lambda: one(nn.Tanh(), (0, inf)),
    "kind uniform or gaussian": lambda: Noise.parse("laplace:1"),
    "decimal or fraction": lambda: Noise.parse("uniform:wide"),
    "at least 0": lambda: Noise("uniform", -1.0),
    "one noise, or 2": lambda: line(2, ["uniform:1"]),
    "widths of at most 3": lambda: square(2, "uniform:1", width=8).conditional_expectation(None, np.zeros(8)),
    "positive amplitude": lambda: line(2, "uniform:0").conditional_expectation(None, [0.0]),
    "shape .batch, 1": lambda: line(2, "uniform:1").conditional_expectation(None, np.zeros((3, 2))),
    "a readout": lambda: single(1.0, "tanh", "uniform:1").conditional_expectation(None, [0.0]),
    "1 coefficients": lambda: line(2, "uniform:1").conditional_expectation(([1.0, 2.0], 0.0), [0.0]),
    "as many outputs": lambda: Residual(nn.Linear(1, 2), nn.Tanh()),
    "at least 2 draws": lambda: estimate(line(1, "uniform:1"), None, [0.0], 1, torch.Generator()),
    "negative slope": lambda: activation("leaky_relu", -1.0),
    "number from 0 to 2": lambda: line(2, "uniform:1").density(3),
}


@pytest.mark.parametrize("words", BAD)
def test_what_cannot_be_is_refused_with_the_reason(words):
    """Each wrong input raises InputError with the requirement in its message."""
    with pytest.raises(InputError, match=words):
        BAD[words]()


def test_without_noise_a_chain_still_samples_and_has_ranges():
    """Amplitude 0: X_L = F(...F(x)), delta = 1, and the table gives reasons instead of numbers."""
    chain = line(2, "uniform:0")
    x = np.array([[0.3]])
    assert (chain.sample(x, 4) == chain.layers[1].map(chain.layers[0].map(x))).all()
    row = chain.layer_contraction_table()[0]
    assert chain.dobrushin == (1.0, 1.0) and row.hs is None and "amplitude 0" in dict(row.notes)["hs"]


@pytest.mark.parametrize("box", [1, "1", [(0, 1, 2)], [(1, 0)], [(0, float("inf"))]])
def test_input_boxes_that_are_none(box: object) -> None:
    """What is no list of bounded intervals is answered in four parts, never by a TypeError."""
    with pytest.raises(InputError, match="input_box: required"):
        NoisyChain.from_module(nn.Sequential(nn.Linear(1, 1), nn.Tanh()), "uniform:1", box)

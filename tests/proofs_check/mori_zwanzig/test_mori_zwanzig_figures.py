"""The figures of noisy chains: exact amplitudes, decay and its line, spectra and densities against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from numerics.experiments.drawing import svg
from numerics.experiments.plots import Plot
from numerics.mori_zwanzig.chain import NoisyChain
from proofs_check.mori_zwanzig import figures
from theory.language.errors import InputError


def chain(depth: int, noise: str, kind: type[nn.Module] = nn.Tanh, weight: float = 1.0, width: int = 1) -> NoisyChain:
    """Equal widths, W = weight * identity, biases 0.1, readout the sum of the coordinates."""
    layers: list[nn.Module] = []
    for _ in range(depth):
        linear = nn.Linear(width, width)
        linear.weight.data.copy_(weight*torch.eye(width))
        linear.bias.data.fill_(0.1 if kind is nn.Tanh else 0.0)
        layers += [linear, kind()]
    last = nn.Linear(width, 1)
    last.weight.data.fill_(1.0)
    last.bias.data.zero_()
    return NoisyChain.from_module(nn.Sequential(*layers, last), noise, [(-1, 1)]*width)


def parts(plot: Plot) -> dict[str, dict[float, float]]:
    """The measured series of a plot by label."""
    return {part.label: dict(zip(part.x, part.y)) for part in plot.measured}


def test_amplitudes_double_at_width_one_and_never_pass_below_the_line():
    """2, 6, 14, 30 for kappa = 1/2; every curve lies above n + 1."""
    plot = figures.amplitude_plot((1, 64), ("1", "1/2"), 4)
    curves = parts(plot)
    assert list(curves["1, 1/2"].values()) == [2, 6, 14, 30] and plot.bound.y == (1, 2, 3, 4)
    assert all(y > b for name in ("1, 1/2", "64, 1/2") for y, b in zip(curves[name].values(), plot.bound.y))


def test_memory_decays_below_its_line_and_constants_alone_do_not():
    """tanh, b = 1: errors of affine projections stay below the bound and fall; constants keep their error."""
    plot = figures.memory_plot(chain(4, "uniform:1"), (1,))
    curves = parts(plot)
    affine, line = list(curves["degree <= 1"].values()), dict(zip(plot.bound.x, plot.bound.y))
    assert all(error <= line[h] for h, error in curves["degree <= 1"].items() if h in line)
    assert affine[-1] < affine[0]/5
    constants = list(curves["constants only"].values())
    assert max(constants) == pytest.approx(min(constants), rel=1e-6) and min(constants) > 10*affine[0]


def test_the_spectrum_of_an_identity_layer():
    """Uniform input, identity, b = 3/2: s_k = 1/sqrt(b k (k + 1)), and s_1 stays below sqrt(delta)."""
    plot = figures.spectra_plot(chain(1, "uniform:3/2", nn.Identity))
    values = parts(plot)["layer 0"]
    assert [values[k] for k in (1, 2, 3)] == pytest.approx([1/np.sqrt(1.5*k*(k + 1)) for k in (1, 2, 3)], abs=1e-6)
    assert values[1] < plot.bound.y[0] == pytest.approx(np.sqrt(2/3))


def test_the_density_of_a_sum_of_uniforms():
    """x + noise with b = 1: the triangle on [-2, 2] with the top 1/2."""
    plot = figures.density_plot(chain(1, "uniform:1", nn.Identity))
    values = parts(plot)["p_1"]
    assert all(y == pytest.approx((2 - abs(x))/4, abs=1e-6) for x, y in values.items())
    assert plot.bound.y == pytest.approx([0.5]*len(plot.bound.y))


def test_marginals_of_two_coordinates():
    """Two coordinates that do not mix: the marginal of the first is the triangle again, to the expansion's error."""
    plot = figures.density_plot(chain(1, "uniform:1", nn.Identity, width=2))
    values = parts(plot)["p_1"]
    assert max(abs(y - (2 - abs(x))/4) for x, y in values.items()) < 0.02


def test_expectations_flatten_towards_the_input():
    """tanh with weight 1 and b = 1: the oscillation of q_n falls from the output to the input."""
    plot = figures.expectation_plot(chain(3, "uniform:1"))
    spreads = [max(part.y) - min(part.y) for part in (plot.bound, *plot.measured)]
    assert spreads == sorted(spreads) and plot.bound.label == "q_0" and plot.measured[-1].label == "q_3"


def test_all_figures_can_be_drawn():
    """A chain of width 1 has five figures, one of width 3 the amplitudes only; each is an SVG."""
    found = figures.figures(chain(3, "uniform:1"))
    assert set(found) == {"amplitudes", "memory", "spectra", "densities", "expectations"}
    assert all(svg(plot).startswith("<svg") for plot in found.values())
    assert set(figures.figures(chain(2, "uniform:1", width=3))) == {"amplitudes"}


def test_figures_that_do_not_exist_are_refused():
    """No noise, and chains too short for a memory term."""
    with pytest.raises(InputError, match="positive amplitude"):
        figures.figures(chain(2, "uniform:0"))
    with pytest.raises(InputError, match="at least three layers"):
        figures.memory_plot(chain(2, "uniform:1"))

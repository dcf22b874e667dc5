"""Neuron removal: certified effects by hand, against exact means and samples, rankings, refusals."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
import torch
from noisy_chains import grid, square

from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer
from numerics.mori_zwanzig.removal import oscillation_bounds, ranking, remove
from theory.language.errors import InputError


def two_layers(first: str = "identity", second: str = "identity", noise: str = "uniform:2") -> NoisyChain:
    """One input, two neurons x and x/2, one neuron y_1 + y_2/4, readout 3 z."""
    return NoisyChain((NoisyLayer.plain([[1.0], [0.5]], [0.0, 0.0], first, noise),
                       NoisyLayer.plain([[1.0, 0.25]], [0.0], second, noise)),
                      ((-1.0, 1.0),), (np.array([[3.0]]), np.array([0.0])))


def test_the_last_layer_by_hand():
    """Neuron 2 of level 1 lies in [-5/2, 5/2] and is read with 1/4, the readout is 3: at most 15/8."""
    found = remove(two_layers(), {1: [1]})
    assert found.bound == Fraction(15, 8) and len(found.effects) == 1
    assert found.frozen.layers[1].weight.tolist() == [[1.0, 0.0]] and found.frozen.layers[1].bias.tolist() == [0.0]


def test_an_input_by_hand():
    """Freezing the input at 0 moves the images by 1 and 1/2: TV 1 - 3/4 * 7/8 = 11/32, times osc(q_1).

    Level 1 is [-3, 3] x [-5/2, 5/2], so F_1 has width 6 + 5/4 and osc(q_1) = 3 * 29/4.
    """
    found = remove(two_layers(), {0: [0]})
    (effect,) = found.effects
    assert effect.distance == Fraction(11, 32) and effect.oscillation == Fraction(87, 4)
    assert found.bound == effect.effect == Fraction(11, 32)*Fraction(87, 4)
    assert found.frozen.layers[0].weight.tolist() == [[0.0], [0.0]]


def test_a_neuron_that_nobody_reads_is_free():
    """Weight 0 behind a neuron: the bound is exactly 0 and so is the measured effect."""
    chain = two_layers()
    chain.layers[1].weight[0, 1] = 0.0
    found = remove(chain, {1: [1]})
    assert found.bound == 0
    measured = found.measured([[0.5]], 10, torch.Generator().manual_seed(0))
    assert measured.mean.tolist() == [0.0]


def test_the_true_effect_is_below_the_certificate():
    """Width 2, three tanh layers: |q_0 - q~_0| of the operator engine at 60 inputs is at most the bound."""
    chain = square(3, "uniform:1")
    x = grid(chain, 60)
    for removed in ({1: [0]}, {2: [1]}, {1: [1], 2: [0]}, {0: [1]}):
        found = remove(chain, removed)
        gap = np.abs(chain.conditional_expectation(None, x) - found.frozen.conditional_expectation(None, x)).max()
        assert 1e-4 < gap <= found.bound


def test_the_pruned_chain_is_the_frozen_one():
    """Deleting a neuron that nobody reads leaves all means as they are, with one neuron less."""
    found = remove(square(3, "uniform:1"), {1: [0], 2: [1]})
    x = grid(found.chain, 9)
    assert found.pruned.widths == (2, 1, 1, 2)
    assert np.allclose(found.pruned.conditional_expectation(None, x), found.frozen.conditional_expectation(None, x),
                       atol=1e-6)


def test_samples_with_the_same_noise_agree_with_exact_means():
    """The paired estimate is within five standard errors of the operator engine's difference."""
    chain = square(2, "uniform:1")
    found = remove(chain, {1: [0]})
    x = grid(chain, 5)
    exact = chain.conditional_expectation(None, x) - found.frozen.conditional_expectation(None, x)
    estimate = found.measured(x, 4000, torch.Generator().manual_seed(3))
    assert (np.abs(estimate.mean - exact) <= 5*estimate.error).all()


def test_eight_neurons_are_ranked_by_their_certificates():
    """The ranking of a level of eight is sorted, complete, and the sum bounds the removal of the first two."""
    chain = square(3, "uniform:1.5", 8, 0.2)
    order = ranking(chain, 1)
    assert sorted(j for j, _ in order) == list(range(8)) and [b for _, b in order] == sorted(b for _, b in order)
    both = remove(chain, {1: [order[0][0], order[1][0]]})
    assert order[1][1] <= both.bound <= order[0][1] + order[1][1]
    estimate = both.measured(grid(chain, 8), 3000, torch.Generator().manual_seed(0))
    assert (np.abs(estimate.mean) - 5*estimate.error <= both.bound).all()


def test_deeper_layers_contract_the_effect():
    """osc(q_1) <= delta_1 osc(q_2), and the effect of an input carries both."""
    chain = square(3, "uniform:2", 2)
    bounds = oscillation_bounds(chain, chain.readout[0])
    assert bounds[0] < bounds[1] < bounds[2] <= bounds[3]
    assert remove(chain, {0: [0]}).effects[0].oscillation == bounds[1]


def test_gaussian_noise_behind_bounded_activations():
    """Ranges are unbounded, but images of tanh have width 2: the bound is finite and above the sampled effect."""
    chain = square(3, "gaussian:1", 4)
    found = remove(chain, {1: [2]})
    estimate = found.measured(grid(chain, 5), 2000, torch.Generator().manual_seed(0))
    assert (np.abs(estimate.mean) - 5*estimate.error <= found.bound).all() and found.bound < 10


@pytest.mark.parametrize(("chain", "removed", "message"), [
    (two_layers(), {2: [0]}, "neurons of levels 0..1"), (two_layers(), {1: [5]}, "neurons of levels 0..1"),
    (two_layers(), {1: [0, 1]}, "not all of one level"), (two_layers(), {1: []}, "neurons of levels"),
    (two_layers(noise="uniform:0"), {1: [0]}, "positive amplitude"),
    (two_layers(noise="gaussian:1"), {1: [0]}, "a bounded range or a bounded activation"),
    (NoisyChain(two_layers().layers, ((-1.0, 1.0),)), {1: [0]}, "an affine readout"),
    (NoisyChain((NoisyLayer.plain([[1.0]], [0.0], "tanh", "uniform:1", 0.5),), ((-1.0, 1.0),),
                (np.array([[1.0]]), np.array([0.0]))), {0: [0]}, "skip connection"),
])
def test_bad_removals_are_refused(chain: NoisyChain, removed: dict[int, list[int]], message: str):
    """Levels and neurons that do not exist, no noise, unbounded ranges, no readout, residual readers."""
    with pytest.raises(InputError, match=message):
        remove(chain, removed)

"""Training of noisy networks: what is learned, that seeds do not meet, that the loss is the one stated."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from numerics.mori_zwanzig import training
from numerics.mori_zwanzig.memory_truncation import learned
from numerics.mori_zwanzig.training import Task, constant_amplitude, trained_chains
from theory.language.errors import UnknownNameError

TASK = Task(1, ("0.5", "3/4"))


def weights(chain):
    """All weights and biases of a chain in one array."""
    return np.concatenate([part.reshape(-1) for layer in chain.layers for part in (layer.weight, layer.bias)])


def test_networks_of_one_batch_do_not_meet():
    """Seed 2 trained alone and beside seed 1 gives the same network, another one than seed 1 gives."""
    (first, second), (alone,) = trained_chains(TASK, (1, 2), 25), trained_chains(TASK, (2,), 25)
    assert np.allclose(weights(second), weights(alone), atol=1e-12)
    assert np.abs(weights(first) - weights(second)).max() > 0.1


def test_a_trained_line_explains_most_of_the_sine():
    """Before training q_0 explains less than a third of the variance, after 150 steps more than two thirds."""
    before, after = (trained_chains(TASK, (3,), steps)[0] for steps in (0, 150))
    assert learned(before, TASK) < 1/3 < 2/3 < learned(after, TASK)


def test_chains_carry_noise_and_box_of_their_task():
    """Amplitudes are the exact fractions that were written; the readout maps N_L states to one output."""
    chain, = trained_chains(TASK, (1,), 0)
    assert [str(layer.noise) for layer in chain.layers] == ["uniform:1/2", "uniform:3/4"]
    assert chain.widths == (1, 1, 1) and chain.input_box == TASK.box and chain.readout[0].shape == (1, 1)


def test_outputs_of_the_batch_are_those_of_the_chain():
    """The tensors that are trained, run without noise, compute the chain's layers and readout."""
    task = Task(3, ("1", "1"))
    generator = torch.Generator().manual_seed(5)
    parts = training._parts(task, training._start(task, generator)[None])
    chain = training._chain(task, [part[0] for part in parts])
    x = np.random.default_rng(0).uniform(-1, 1, (7, 3))
    state = x
    for layer in chain.layers:
        state = layer.map(state)
    silent = torch.zeros(1, 2, 7, 3, dtype=torch.float64)
    found = training._outputs(parts, torch.from_numpy(x)[None], silent)[0].numpy()
    assert np.allclose(found, chain.observable()(state), atol=1e-13)


def test_targets_are_the_stated_functions():
    """sin(pi x_1) e^{-x_2^2} at (1/2, 1) is 1/e; an unknown name is refused with the known ones."""
    assert abs(constant_amplitude(2, 1, "1", "bump").values(np.array([[0.5, 1.0]]))[0] - np.exp(-1)) < 1e-15
    with pytest.raises(UnknownNameError, match="bump"):
        Task(1, ("1",), "cosine").values(np.zeros((1, 1)))

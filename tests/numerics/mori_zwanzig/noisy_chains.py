"""Small chains with fixed weights for the tests of this folder."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer


def single(weight: float, name: str, noise: str, step: float | None = None) -> NoisyChain:
    """One layer phi(weight x) on [-1, 1] without a readout."""
    return NoisyChain((NoisyLayer.plain([[weight]], [0.0], name, noise, step),), ((-1.0, 1.0),))


def line(depth: int, noise: str, activation: type[nn.Module] = nn.Tanh) -> NoisyChain:
    """A chain of width 1 with weights 1.6, -1.4, 1.2, ... and the readout 0.7 y + 0.1."""
    layers: list[nn.Module] = []
    for k in range(depth):
        linear = nn.Linear(1, 1)
        linear.weight.data.fill_((1.6 - 0.2*k)*(-1)**k)
        linear.bias.data.fill_(0.1*k - 0.2)
        layers += [linear, activation()]
    last = nn.Linear(1, 1)
    last.weight.data.fill_(0.7)
    last.bias.data.fill_(0.1)
    return NoisyChain.from_module(nn.Sequential(*layers, last).double(), noise, (-1, 1))


def square(depth: int, noise: str, width: int = 2, scale: float = 1.0) -> NoisyChain:
    """A tanh chain of equal widths with weights from a fixed generator."""
    generator = torch.Generator().manual_seed(width)
    layers: list[nn.Module] = []
    for _ in range(depth):
        linear = nn.Linear(width, width)
        linear.weight.data.copy_(scale*torch.randn(width, width, generator=generator))
        linear.bias.data.copy_(0.3*torch.randn(width, generator=generator))
        layers += [linear, nn.Tanh()]
    last = nn.Linear(width, 1)
    last.weight.data.copy_(torch.linspace(-0.8, 1, width)[None])
    last.bias.data.zero_()
    return NoisyChain.from_module(nn.Sequential(*layers, last).double(), noise, [(-1, 1)]*width)


def grid(chain: NoisyChain, count: int, seed: int = 0) -> np.ndarray:
    """Points of the input box from a fixed generator."""
    low, high = np.array(chain.input_box).T
    return low + (high - low)*np.random.default_rng(seed).uniform(size=(count, len(low)))


TRAINED = {
    "line": ("uniform:0.5", [
        ([[-2.4562]], [0.001]), ([[-4.8833]], [-0.0202]), ([[-3.1498]], [0.0509]), ([[2.5727]], [0.0176]),
        ([[1.9592]], [-0.0254]), ([[-2.1628]], [-0.0987]), ([[-2.5806]], [-0.1822]), ([[-1.8103]], [-0.1417]),
        ([[0.7832]], [0.0149])]),
    "square": ("uniform:1.2", [
        ([[4.605, 0.1906], [-4.1635, 0.2028]], [-0.0216, 0.017]),
        ([[-2.3406, 2.2341], [-2.4656, 2.3745]], [0.0151, 0.0282]),
        ([[-2.7328, -2.6439], [1.799, 2.1512]], [0.0659, 0.0223]),
        ([[2.0741, -1.5688], [-1.6334, 2.2785]], [0.0607, 0.1938]),
        ([[0.2903, -0.2997]], [0.0089])]),
}
"""Noise and weights, rounded, of tanh networks trained with it on sin(pi x) and sin(pi x_1) e^{-x_2^2} (Adam)."""


def trained(name: str) -> NoisyChain:
    """A network that was really trained with layer noise."""
    noise, parameters = TRAINED[name]
    layers: list[nn.Module] = []
    for weight, bias in parameters:
        linear = nn.Linear(len(weight[0]), len(weight)).double()
        linear.weight.data.copy_(torch.tensor(weight, dtype=torch.float64))
        linear.bias.data.copy_(torch.tensor(bias, dtype=torch.float64))
        layers += [linear, nn.Tanh()]
    return NoisyChain.from_module(nn.Sequential(*layers[:-1]), noise, [(-1, 1)]*len(parameters[0][0][0]))

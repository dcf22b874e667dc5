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

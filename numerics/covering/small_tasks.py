"""Small classification tasks of scikit-learn and ReLU networks trained on them, exact on the grid 2^-30.

Inputs are multiples of 2^-10 in [-1, 1] and parameters are rounded to multiples of 2^-30, so that both are exact
numbers and adding +-2^-k to a parameter is exact in float64. Nothing is downloaded: the data come with the package.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import torch
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine
from torch import Tensor

GRID = 2.0**-30
"""Parameters are multiples of this."""
_INPUT_GRID = 2.0**-10
_LOADERS = {"iris": load_iris, "wine": load_wine, "breast cancer": load_breast_cancer, "digits": load_digits}

Parameters = list[tuple[Tensor, Tensor]]
"""Weight (d_l, d_{l-1}) and bias (d_l,) of each affine map, in float64."""


@dataclass(frozen=True)
class Task:
    """A data set and the networks trained on it.

    Attributes:
        name: "iris", "wine", "breast cancer" or "digits".
        widths: (d_0, ..., d_{L+1}); one output means two classes, told apart by its sign.
        step_size: of Adam.
        box: training keeps all parameters in [-box, box], or leaves them free.
    """

    name: str
    widths: tuple[int, ...]
    step_size: float = 0.01
    box: Fraction | None = None

    @property
    def input_radius(self) -> Fraction:
        """The measured B_x: the largest modulus of an input, exact."""
        return Fraction(float(data(self.name)[0].abs().max()))


IRIS = Task("iris", (4, 16, 3), 0.03)
WINE = Task("wine", (13, 16, 3), 0.03)
BREAST_CANCER = Task("breast cancer", (30, 32, 1), 0.02)
DIGITS = Task("digits", (64, 32, 10))
TASKS = (IRIS, WINE, BREAST_CANCER, DIGITS)


@lru_cache(maxsize=4)
def data(name: str) -> tuple[Tensor, Tensor]:
    """Return inputs (n, d_0) and labels (n,): digits in [0, 1], others centred and scaled to [-1, 1], feature-wise."""
    found = _LOADERS[name]()
    x, labels = torch.from_numpy(found.data), torch.from_numpy(found.target)
    if name == "digits":
        return x / 16.0, labels
    low, high = x.amin(0), x.amax(0)
    return ((2 * x - low - high) / (high - low) / _INPUT_GRID).round() * _INPUT_GRID, labels


def forward(parameters: Parameters, x: Tensor) -> Tensor:
    """Return the outputs (n, d_out) of the ReLU network on inputs (n, d_in), in float64."""
    for weight, bias in parameters[:-1]:
        x = torch.relu(torch.addmm(bias, x, weight.T))
    return torch.addmm(parameters[-1][1], x, parameters[-1][0].T)


def train(task: Task, seed: int, steps: int) -> Parameters:
    """Return a network trained by full-batch Adam, deterministic in the seed, on the grid 2^-30 Z."""
    generator = torch.Generator().manual_seed(seed)
    parameters = [
        (
            (torch.rand(here, before, generator=generator, dtype=torch.float64) * 2 - 1) / before**0.5,
            torch.zeros(here, dtype=torch.float64),
        )
        for before, here in zip(task.widths, task.widths[1:])
    ]
    leaves = [tensor.requires_grad_() for pair in parameters for tensor in pair]
    optimizer = torch.optim.Adam(leaves, lr=task.step_size)
    x, labels = data(task.name)
    for _ in range(steps):
        optimizer.zero_grad()
        _loss(forward(parameters, x), labels).backward()
        optimizer.step()
        if task.box is not None:
            with torch.no_grad():
                for leaf in leaves:
                    leaf.clamp_(-float(task.box), float(task.box))
    return [tuple((tensor.detach() / GRID).round() * GRID for tensor in pair) for pair in parameters]  # type: ignore


def accuracy(task: Task, parameters: Parameters) -> float:
    """Return the share of the data set that the network classifies rightly."""
    x, labels = data(task.name)
    outputs = forward(parameters, x)
    found = (outputs[:, 0] > 0).long() if outputs.shape[1] == 1 else outputs.argmax(1)
    return float((found == labels).double().mean())


def _loss(outputs: Tensor, labels: Tensor) -> Tensor:
    if outputs.shape[1] == 1:
        return torch.nn.functional.binary_cross_entropy_with_logits(outputs[:, 0], labels.to(outputs.dtype))
    return torch.nn.functional.cross_entropy(outputs, labels)

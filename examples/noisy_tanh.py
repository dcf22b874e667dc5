"""Tanh networks with noise in every layer, trained when they are called: two wide ones and a narrow one.

    lemmascope table mori_zwanzig --model examples/noisy_tanh.py:trained --noise uniform:1.2
    lemmascope table mori_zwanzig --model examples/noisy_tanh.py:line --noise uniform:0.5 --figures figures
    lemmascope table mori_zwanzig --model examples/noisy_tanh.py:wide --noise uniform:32

`trained` has two neurons a layer: with noise on [-1.2, 1.2] the Hilbert-Schmidt condition fails from layer 1 on, and
the Dobrushin coefficients and the projected operators show that memory decays all the same.
"""

import torch
from torch import nn

NOISE = 1.2


def target(x: torch.Tensor) -> torch.Tensor:
    """sin(pi x_1) exp(-x_2^2), without the second factor for one input; shape (batch,)."""
    bump = torch.exp(-x[:, 1] ** 2) if x.shape[1] > 1 else 1.0
    return torch.sin(torch.pi * x[:, 0]) * bump


def noisy(model: nn.Sequential, x: torch.Tensor, amplitude: float) -> torch.Tensor:
    """The output (..., 1) with independent uniform noise behind every activation."""
    for part in model:
        x = part(x)
        if isinstance(part, nn.Tanh):
            x = x + (2 * torch.rand_like(x) - 1) * amplitude
    return x


def fit(inputs: int, width: int, depth: int, amplitude: float, steps: int, scale: float = 1.0) -> nn.Sequential:
    """A network whose mean output over the noise was fitted to the target, from a fixed seed."""
    torch.manual_seed(0)
    layers = [part for k in range(depth) for part in (nn.Linear(width if k else inputs, width), nn.Tanh())]
    model = nn.Sequential(*layers, nn.Linear(width, 1)).double()
    with torch.no_grad():
        for weight in model.parameters():
            weight.mul_(scale)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(steps):
        x = 2 * torch.rand(256, inputs, dtype=torch.float64) - 1
        mean = noisy(model, x.expand(16, *x.shape), amplitude).mean(0)[:, 0]
        optimizer.zero_grad()
        ((mean - target(x)) ** 2).mean().backward()
        optimizer.step()
    return model.eval()


def trained() -> nn.Module:
    """Two inputs, four layers of two neurons."""
    return fit(2, 2, 4, NOISE, 400, 2.0)


def line() -> nn.Module:
    """One input, six layers of one neuron, noise on [-0.5, 0.5]."""
    return fit(1, 1, 6, 0.5, 400, 2.0)


def wide() -> nn.Module:
    """Eight inputs, three layers of 64 neurons: beyond all grids, within reach of the formulas."""
    return fit(8, 64, 3, 1.0, 60)


if __name__ == "__main__":
    torch.set_num_threads(1)
    points = 2 * torch.rand(256, 2, dtype=torch.float64) - 1
    means = noisy(trained(), points.expand(400, 256, 2), NOISE).mean(0)[:, 0]
    print(f"mean squared error of the mean output: {((means - target(points)) ** 2).mean().item():.3f}")

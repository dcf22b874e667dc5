"""Noisy tanh networks that are really trained: many seeds at once, full batch, Adam with step size 1e-2.

All states have the same width N, layer n adds uniform noise on [-b_n, b_n]^N, the readout is affine. The loss is the
mean over fixed inputs of (mean of the output over K noise draws - target)^2, fresh draws in every step: the plug-in
loss of q_0, whose bias is Var/K. Parameters of different seeds never meet, their tensors only share the loops.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import torch
from torch import Tensor, nn

from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.chain import NoisyChain
from theory.language.errors import UnknownNameError, explain

STEP_SIZE = 1e-2
INPUTS = 32
"""Inputs of the full batch, a Sobol set in [-1, 1]^N."""

TARGETS: dict[str, Callable[[Tensor], Tensor]] = {
    "sine": lambda x: torch.sin(torch.pi*x[..., 0]),
    "bump": lambda x: torch.sin(torch.pi*x[..., 0])*torch.exp(-x[..., 1]**2),
}
"""What is learned: sin(pi x_1), and sin(pi x_1) e^{-x_2^2} for width 2 or more."""


@dataclass(frozen=True)
class Task:
    """A network to be trained: states of one width, one amplitude text for each layer, a name of TARGETS.

    `draws` is K, the number of noise draws for each input and step.
    """

    width: int
    amplitudes: tuple[str, ...]
    target: str = "sine"
    draws: int = 4

    @property
    def depth(self) -> int:
        """L."""
        return len(self.amplitudes)

    @property
    def box(self) -> tuple[tuple[float, float], ...]:
        """The input box [-1, 1]^N."""
        return ((-1.0, 1.0),)*self.width

    def values(self, x: Array) -> Array:
        """The target at points (points, N).

        Raises UnknownNameError for a target that is not in TARGETS.
        """
        return self.function(torch.from_numpy(x)).numpy()

    @property
    def function(self) -> Callable[[Tensor], Tensor]:
        """The target as a function of tensors (..., N)."""
        if self.target not in TARGETS:
            raise UnknownNameError(explain("target", f"one of {', '.join(TARGETS)}", self.target, "Choose one."))
        return TARGETS[self.target]


def constant_amplitude(width: int, depth: int, amplitude: str, target: str = "sine") -> Task:
    """Return the task with the same noise in all layers, e.g. `constant_amplitude(2, 4, "1.2", "bump")`."""
    return Task(width, (amplitude,)*depth, target)


@lru_cache(maxsize=64)
def trained_chains(task: Task, seeds: tuple[int, ...], steps: int) -> tuple[NoisyChain, ...]:
    """Return a trained chain for each seed, deterministic in seed and steps up to the order of sums in a batch."""
    leaves = _trained(task, seeds, steps)
    return tuple(_chain(task, [leaf[k] for leaf in leaves]) for k in range(len(seeds)))


def _trained(task: Task, seeds: tuple[int, ...], steps: int) -> list[Tensor]:
    """Return weights (seeds, N, N) and biases (seeds, 1, N) in turn, the readout's at the end."""
    generators = [torch.Generator().manual_seed(seed) for seed in seeds]
    # one leaf for everything: the optimiser's cost is that of its calls
    theta = torch.stack([_start(task, generator) for generator in generators]).requires_grad_()
    optimiser = torch.optim.Adam([theta], lr=STEP_SIZE)
    x = torch.quasirandom.SobolEngine(task.width, scramble=True, seed=0).draw(INPUTS, dtype=torch.float64)*2 - 1
    goal = task.function(x)
    scale = 2*torch.tensor([float(Fraction(b)) for b in task.amplitudes], dtype=torch.float64)[:, None, None]
    shape = (task.depth, task.draws*INPUTS, task.width)
    noise = torch.empty(len(seeds), *shape, dtype=torch.float64)
    inputs = x.repeat(task.draws, 1).expand(len(seeds), -1, -1)
    for _ in range(steps):
        for part, generator in zip(noise, generators):
            torch.rand(shape, generator=generator, dtype=torch.float64, out=part)
        optimiser.zero_grad()
        outputs = _outputs(_parts(task, theta), inputs, noise.sub_(0.5).mul_(scale))
        means = outputs.reshape(len(seeds), task.draws, INPUTS).mean(1)
        ((means - goal)**2).mean(1).sum().backward()
        optimiser.step()
    return _parts(task, theta.detach())


def _start(task: Task, generator: torch.Generator) -> Tensor:
    """Return random parameters; in width 1 weights of modulus above 2, whose signs the readout undoes.

    With smaller ones, or with the other sign, deep chains forget their input in training and stay there.
    """
    n, parts, sign = task.width, [], 1.0
    for _ in range(task.depth):
        drawn = torch.randn(n + 1, n, generator=generator, dtype=torch.float64)
        weights = drawn[:n].sign()*(2 + 0.3*drawn[:n].abs()) if n == 1 else 1.5*drawn[:n]/n**0.5
        parts += [weights.reshape(-1), 0.1*drawn[n]]
        sign *= float(weights.sign()) if n == 1 else 1.0
    last = torch.randn(n + 1, generator=generator, dtype=torch.float64)
    first = last[:n].abs()*sign if n == 1 else last[:n]/n**0.5
    return torch.cat([*parts, first, 0.1*last[n:]])


def _parts(task: Task, theta: Tensor) -> list[Tensor]:
    """Split parameters (seeds, P) into weights (seeds, inputs, outputs) and biases (seeds, 1, outputs) in turn."""
    n = task.width
    parts = theta.split([*(n*n, n)*task.depth, n, 1], dim=1)
    return [part.reshape(len(theta), -1, 1 if k >= 2*task.depth else n) for k, part in enumerate(parts)]


def _outputs(parts: list[Tensor], x: Tensor, noise: Tensor) -> Tensor:
    """Return the outputs (seeds, points) for inputs (seeds, points, N) and noise (seeds, layers, points, N)."""
    for n, (weight, bias) in enumerate(zip(parts[:-2:2], parts[1:-2:2])):
        # width 1 needs no matrix product
        before = x*weight + bias if weight.shape[1] == 1 else torch.baddbmm(bias, x, weight)
        x = torch.tanh(before) + noise[:, n]
    return torch.baddbmm(parts[-1], x, parts[-2])[..., 0]


def _chain(task: Task, leaves: list[Tensor]) -> NoisyChain:
    layers: list[nn.Module] = []
    for weight, bias in zip(leaves[::2], leaves[1::2]):
        linear = nn.Linear(weight.shape[0], weight.shape[1]).double()
        with torch.no_grad():
            linear.weight.copy_(weight.T)
            linear.bias.copy_(bias[0])
        layers += [linear, nn.Tanh()]
    return NoisyChain.from_module(nn.Sequential(*layers[:-1]), [f"uniform:{b}" for b in task.amplitudes], task.box)

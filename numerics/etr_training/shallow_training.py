"""Training nets with one hidden ReLU layer and one output in float64: Adam from many starts, then Levenberg-Marquardt.

All runs go in one batch, each with its own data. Losses are total squared losses `sum_i (N(x^i) - y^i)^2`. End points
are float64 weights, which are exact rational numbers: `exact_loss` evaluates them without rounding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import torch
from torch import Tensor

from theory.etr_training.instance import TrainingInstance

BETAS = (0.9, 0.999)
STEP = 0.02
"""Adam's step size at the start; it falls to 0 along a quarter of a cosine."""
RIDGE = 1e-3


@dataclass(frozen=True)
class Batch:
    """Runs of equal shape: points (runs, n, d), labels (runs, n), weights (runs, width, d + 2).

    The last axis of the weights holds the incoming weights of a unit, its bias, and its output weight. Units compute
    `max(z, leak z)`: ReLU for leak 0.
    """

    points: Tensor
    labels: Tensor
    weights: Tensor
    leak: float = 0.0


def starts(points: Sequence[Sequence[Fraction]], labels: Sequence[Fraction], width: int, runs: int, seed: int) -> Batch:
    """Return runs with random hidden units and their least-squares output weights.

    Incoming weights are standard normal, and each kink passes through a point of the bounding box of the points.
    """
    generator = torch.Generator().manual_seed(seed)
    x = torch.tensor([[float(v) for v in row] for row in points], dtype=torch.float64)
    y = torch.tensor([float(v) for v in labels], dtype=torch.float64)
    incoming = torch.randn(runs, width, x.shape[1], generator=generator, dtype=torch.float64)
    low, high = x.amin(0), x.amax(0)
    places = low + (high - low) * torch.rand(runs, width, x.shape[1], generator=generator, dtype=torch.float64)
    bias = -(incoming * places).sum(2, keepdim=True)
    hidden = (x @ incoming.transpose(1, 2) + bias.transpose(1, 2)).clamp(min=0)
    # a small ridge, because hidden units may be dead or alike
    gram = hidden.transpose(1, 2) @ hidden + RIDGE * torch.eye(width, dtype=torch.float64)
    outgoing = torch.linalg.solve(gram, hidden.transpose(1, 2) @ y[:, None])
    weights = torch.cat([incoming, bias, outgoing], dim=2)
    return Batch(x.expand(runs, *x.shape), y.expand(runs, len(y)), weights)


def joined(batches: Sequence[Batch]) -> Batch:
    """Return one batch with all runs; shapes and activations must agree."""
    return Batch(torch.cat([b.points for b in batches]), torch.cat([b.labels for b in batches]),
                 torch.cat([b.weights for b in batches]), batches[0].leak)


def residuals_and_jacobian(batch: Batch, weights: Tensor) -> tuple[Tensor, Tensor]:
    """Return outputs minus labels (runs, n) and their derivatives (runs, n, width (d + 2)), 0 at kinks."""
    before = batch.points @ weights[:, :, :-2].transpose(1, 2) + weights[:, None, :, -2]
    hidden, on = torch.maximum(before, batch.leak * before), (before > 0).to(before.dtype)
    on = on + batch.leak * (1 - on) if batch.leak else on
    outgoing = weights[:, None, :, -1]
    slope = on * outgoing
    jacobian = torch.cat([slope[..., None] * batch.points[:, :, None, :], slope[..., None], hidden[..., None]], dim=3)
    return (hidden * outgoing).sum(2) - batch.labels, jacobian.flatten(2)


def losses(batch: Batch, weights: Tensor) -> Tensor:
    """Return the total squared loss of each run, shape (runs,)."""
    return (residuals_and_jacobian(batch, weights)[0] ** 2).sum(1)


def adam(batch: Batch, steps: int) -> Tensor:
    """Return the weights after full-batch Adam."""
    weights = batch.weights
    first, second = torch.zeros_like(weights), torch.zeros_like(weights)
    schedule = torch.cos(torch.arange(steps, dtype=torch.float64) / steps * (torch.pi / 2)).tolist()
    for k, factor in enumerate(schedule, 1):
        residual, jacobian = residuals_and_jacobian(batch, weights)
        gradient = 2 * (residual[:, None] @ jacobian).view_as(weights)
        first.mul_(BETAS[0]).add_(gradient, alpha=1 - BETAS[0])
        second.mul_(BETAS[1]).addcmul_(gradient, gradient, value=1 - BETAS[1])
        scale = (second / (1 - BETAS[1] ** k)).sqrt_().add_(1e-8)
        weights = weights - STEP * factor / (1 - BETAS[0] ** k) * first / scale
    return weights


def levenberg_marquardt(batch: Batch, weights: Tensor, iterations: int) -> Tensor:
    """Return weights polished by damped Gauss-Newton steps, each taken only where it lowers the loss."""
    unit = torch.eye(weights[0].numel(), dtype=torch.float64)
    damping = torch.full((len(weights),), 1e-2, dtype=torch.float64)
    residual, jacobian = residuals_and_jacobian(batch, weights)
    for _ in range(iterations):
        gram = jacobian.transpose(1, 2) @ jacobian + damping[:, None, None] * unit
        step = torch.linalg.solve_ex(gram, jacobian.transpose(1, 2) @ residual[:, :, None]).result
        trial = weights - step[:, :, 0].view_as(weights)
        new_residual, new_jacobian = residuals_and_jacobian(batch, trial)
        better = (new_residual**2).sum(1) < (residual**2).sum(1)
        weights = torch.where(better[:, None, None], trial, weights)
        residual = torch.where(better[:, None], new_residual, residual)
        jacobian = torch.where(better[:, None, None], new_jacobian, jacobian)
        damping = torch.where(better, damping / 4, damping * 3).clamp(1e-12, 1e12)
    return weights


def train(batch: Batch, steps: int, iterations: int) -> tuple[Tensor, Tensor]:
    """Return the end points of all runs (runs, width, d + 2) and their losses (runs,) in float64."""
    weights = levenberg_marquardt(batch, adam(batch, steps), iterations)
    return weights, losses(batch, weights)


def named_weights(instance: TrainingInstance, weights: Tensor) -> dict[str, Fraction]:
    """Return one run's weights (width, d + 2) by the names of a one-hidden-layer instance, exactly as they are."""
    (sink,), out = instance.sinks, {}
    for hidden, (*incoming, bias, outgoing) in zip(instance.hidden, weights.tolist()):
        out |= {hidden: Fraction(bias), f"{hidden}->{sink}": Fraction(outgoing)}
        out |= {f"{source}->{hidden}": Fraction(a) for source, a in zip(instance.sources, incoming)}
    return out


def exact_loss(instance: TrainingInstance, weights: Tensor) -> Fraction:
    """Return the loss of one run's weights without rounding."""
    return instance.loss(named_weights(instance, weights))

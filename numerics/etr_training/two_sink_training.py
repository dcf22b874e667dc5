"""Gradient descent and Adam on networks with one hidden layer and direct edges, many instances and starts at once.

Instances are padded to one shape; masks keep absent edges at zero and absent labels out of the loss. Parameters of a
run: `W` sources to hidden vertices, `b` their biases, `V` hidden vertices to sinks, `D` sources to sinks, `c` biases of
the sinks. Everything is float64 and full batch, with total squared losses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import torch
from torch import Tensor

from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError, explain

BETAS = (0.9, 0.99)
MOMENTUM = 0.9
Parameters = dict[str, Tensor]


@dataclass(frozen=True)
class Padded:
    """Instances of one shape: points (I, n, s), labels and their mask (I, n, k), ReLU flags (I,), masks of parameters.

    Parameters have the axes instance, row, run, column, so that all runs go in one product of matrices; the axis of the
    runs has length 1 in the masks.
    """

    points: Tensor
    labels: Tensor
    counted: Tensor
    relu: Tensor
    masks: Parameters


def padded(instances: Sequence[TrainingInstance]) -> Padded:
    """Return instances with one hidden layer of identity or ReLU vertices and identity sinks, all with biases."""
    sizes = [(len(i.points), len(i.sources), len(i.hidden), len(i.sinks)) for i in instances]
    n, s, h, k = (max(size[axis] for size in sizes) for axis in range(4))
    shapes = {"W": (s, h), "b": (1, h), "V": (h, k), "D": (s, k), "c": (1, k)}
    masks = {name: torch.zeros(len(instances), rows, 1, columns, dtype=torch.float64)
             for name, (rows, columns) in shapes.items()}
    points, labels, counted = (torch.zeros(len(instances), n, m, dtype=torch.float64) for m in (s, k, k))
    for number, instance in enumerate(instances):
        for name, row, column in places(instance).values():
            masks[name][number, row, 0, column] = 1
        for i, (point, targets) in enumerate(zip(instance.points, instance.labels)):
            points[number, i, :len(point)] = torch.tensor([float(v) for v in point], dtype=torch.float64)
            for t, y in enumerate(targets):
                if y is not None:
                    labels[number, i, t], counted[number, i, t] = float(y), 1
    relu = torch.tensor([any(i.activation[v] == "relu" for v in i.hidden) for i in instances])
    return Padded(points, labels, counted, relu, masks)


def places(instance: TrainingInstance) -> dict[str, tuple[str, int, int]]:
    """Return for each parameter of an instance the tensor, row and column that hold it.

    Raises InputError for more than one hidden layer.
    """
    sources, hidden, sinks = ({v: k for k, v in enumerate(vs)}
                              for vs in (instance.sources, instance.hidden, instance.sinks))
    found: dict[str, tuple[str, int, int]] = {}
    for v in instance.biases:
        found[v] = ("b", 0, hidden[v]) if v in hidden else ("c", 0, sinks[v])
    for u, v in instance.edges:
        if u in hidden and v in hidden:
            raise InputError(explain("instance", "one hidden layer", f"the edge {u}->{v}", "Use a compiled formula."))
        if u in hidden:
            found[f"{u}->{v}"] = ("V", hidden[u], sinks[v])
        else:
            found[f"{u}->{v}"] = ("W", sources[u], hidden[v]) if v in hidden else ("D", sources[u], sinks[v])
    return found


def starts(data: Padded, seeds: Sequence[int], runs: int) -> Parameters:
    """Return standard normal parameters, `runs` for each seed, the same for all instances up to their masks."""
    parts: dict[str, list[Tensor]] = {name: [] for name in data.masks}
    for seed in seeds:
        generator = torch.Generator().manual_seed(seed)
        for name, mask in data.masks.items():
            rows, columns = mask.shape[1], mask.shape[3]
            parts[name].append(torch.randn(rows, runs, columns, generator=generator, dtype=torch.float64))
    return {name: torch.cat(parts[name], dim=1)[None] * mask for name, mask in data.masks.items()}


def _product(left: Tensor, right: Tensor) -> Tensor:
    """Return the products of matrices (I, m, n) with the matrices (I, n, run, k) of all runs, (I, m, run, k)."""
    return torch.bmm(left, right.flatten(2)).unflatten(2, right.shape[2:])


def loss_and_gradient(data: Padded, p: Parameters) -> tuple[Tensor, Parameters]:
    """Return the losses (I, runs) and their derivatives by all parameters."""
    x, across = data.points, data.points.transpose(1, 2)
    before = _product(x, p["W"]) + p["b"]
    on = ((before > 0) | ~data.relu[:, None, None, None]).to(before.dtype)
    hidden = before * on
    outgoing = p["V"].transpose(1, 2)[:, None]
    outputs = (hidden[..., None] * outgoing).sum(3) + _product(x, p["D"]) + p["c"]
    error = (outputs - data.labels[:, :, None]) * data.counted[:, :, None]
    back = 2 * error
    inner = (back[:, :, :, None] * outgoing).sum(4) * on
    gradient = {"W": _product(across, inner), "b": inner.sum(1, keepdim=True),
                "V": (hidden[..., None] * back[:, :, :, None]).sum(1).transpose(1, 2), "D": _product(across, back),
                "c": back.sum(1, keepdim=True)}
    return (error**2).sum((1, 3)), {name: g * data.masks[name] for name, g in gradient.items()}


def descend(data: Padded, start: Parameters, steps: int, step_size: float) -> Parameters:
    """Return the parameters after gradient descent with momentum; gradients longer than 10 are shortened to 10."""
    p = dict(start)
    velocity = {name: torch.zeros_like(value) for name, value in p.items()}
    for _ in range(steps):
        _, gradient = loss_and_gradient(data, p)
        length = sum((g**2).sum((1, 3)) for g in gradient.values()).sqrt()
        scale = (-step_size / (length / 10).clamp(min=1))[:, None, :, None]
        for name, g in gradient.items():
            velocity[name].mul_(MOMENTUM).add_(g * scale)
            p[name] = p[name] + velocity[name]
    return p


def adam(data: Padded, start: Parameters, steps: int, step_size: float) -> Parameters:
    """Return the parameters after Adam whose step size falls to a thousandth along a geometric sequence."""
    p = dict(start)
    first = {name: torch.zeros_like(value) for name, value in p.items()}
    second = {name: torch.zeros_like(value) for name, value in p.items()}
    for k in range(1, steps + 1):
        _, gradient = loss_and_gradient(data, p)
        rate = step_size * 10.0 ** (-3 * k / steps) / (1 - BETAS[0] ** k)
        for name, g in gradient.items():
            first[name].mul_(BETAS[0]).add_(g, alpha=1 - BETAS[0])
            second[name].mul_(BETAS[1]).addcmul_(g, g, value=1 - BETAS[1])
            scale = (second[name] / (1 - BETAS[1] ** k)).sqrt_().add_(1e-12)
            p[name] = p[name] - rate * first[name] / scale
    return p


def named_weights(instance: TrainingInstance, p: Parameters, number: int, run: int) -> dict[str, Fraction]:
    """Return the weights of one run on one instance by name, exactly as they are."""
    return {name: Fraction(float(p[tensor][number, row, run, column]))
            for name, (tensor, row, column) in places(instance).items()}

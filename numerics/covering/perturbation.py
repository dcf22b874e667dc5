"""Adversarial perturbation of trained networks' parameters, held against a parameter modulus; and false moduli.

A perturbation moves every parameter of a layer by exactly +-delta with the sign of an output's gradient, iterated. The
largest change of any output over the whole data set, less what rounding may have contributed, is compared with
`sum_l kappa_l delta_l`, computed exactly on the dyadic weights. The tightest case known is a linear network with all
parameters equal to B at x = B_x 1, where the quotient tends to 1 as delta does to 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil
from typing import Any

import torch
from torch import Tensor

from numerics.covering.small_tasks import Parameters, Task, data, forward
from numerics.experiments.plots import Plot, line, series
from numerics.experiments.protocol import Row, Size
from numerics.experiments.rules import Evidence
from theory.covering import parameter_modulus

ROUND_OFF = Fraction(1, 2**53)
DELTAS = (Fraction(1, 2**4), Fraction(1, 2**10))

Modulus = Callable[..., tuple[Fraction, ...]]


def perturb(parameters: Parameters, deltas: tuple[Fraction, ...], x: Tensor, output: int, rounds: int) -> Parameters:
    """Return parameters moved by exactly +-delta_l so as to raise one output on one input, by iterated gradient signs.

    Each round takes the signs of the gradient at the last perturbed network and starts again from the given one.
    `x` has shape (1, d_0).
    """
    moved = parameters
    for _ in range(rounds):
        leaves = [tensor.clone().requires_grad_() for pair in moved for tensor in pair]
        forward(list(zip(leaves[::2], leaves[1::2])), x)[0, output].backward()
        signs = [torch.where(torch.as_tensor(leaf.grad) < 0, -1.0, 1.0) for leaf in leaves]
        moved = [
            (weight + float(delta) * signs[2 * k], bias + float(delta) * signs[2 * k + 1])
            for k, ((weight, bias), delta) in enumerate(zip(parameters, deltas))
        ]
    return moved


def layer_bounds(*networks: Parameters) -> tuple[Fraction, ...]:
    """Return the exact largest modulus of a parameter in each layer, over all the given networks."""
    layers = zip(*networks)
    return tuple(
        max(Fraction(float(tensor.abs().max())) for weight, bias in layer for tensor in (weight, bias))
        for layer in layers
    )


def rounding_allowance(widths: tuple[int, ...], bounds: tuple[Fraction, ...], input_radius: Fraction) -> Fraction:
    """Return an upper bound on the error of `forward` in float64 for linear or ReLU networks, in any output.

    A dot product of n terms in any order, plus a bias, is off by at most gamma_{n+1} times the sum of the moduli,
    `gamma_n = n u / (1 - n u)`, `u = 2^-53` (Higham 2002, section 3.1); earlier errors grow by `B_l d_{l-1}` a layer.
    """
    error, radius = Fraction(0), input_radius
    for before, bound in zip(widths, bounds):
        terms = before + 1
        gamma = terms * ROUND_OFF / (1 - terms * ROUND_OFF)
        error = bound * before * error + gamma * bound * (before * (radius + error) + 1)
        radius = bound * (before * radius + 1)
    return error


@dataclass(frozen=True)
class Change:
    """What a perturbation by `deltas` did to a trained network: all that a modulus is compared with.

    Attributes:
        task, seed: of the network.
        deltas: radius in each layer.
        certain: largest change of an output, less what rounding may have contributed; exact.
        bounds: largest modulus of a parameter in each layer, of both networks; exact.
    """

    task: Task
    seed: int
    deltas: tuple[Fraction, ...]
    certain: Fraction
    bounds: tuple[Fraction, ...]


def measured_changes(task: Task, network: Parameters, seed: int, size: Size) -> tuple[Change, ...]:
    """Return the changes of a network with one hidden layer under all perturbations.

    The options of the size are `samples` (inputs, those with the largest outputs), `outputs` (at most), `layer_sets`
    (first layer moved, last, both) and `rounds`.
    """
    x = data(task.name)[0]
    before = forward(network, x)
    # inputs with the largest outputs are the ones that the network's weights move most
    samples = before.abs().amax(1).topk(size.option("samples")).indices.tolist()
    layers = ((1, 0), (0, 1), (1, 1))[: size.option("layer_sets")]
    found = []
    for delta, used, sample in product(DELTAS, layers, samples):
        deltas = tuple(delta * k for k in used)
        for output in range(min(size.option("outputs"), task.widths[-1])):
            moved = perturb(network, deltas, x[sample : sample + 1], output, size.option("rounds"))
            bounds = layer_bounds(network, moved)
            measured = Fraction(float((forward(moved, x) - before).abs().max()))
            # two networks are evaluated, each with its rounding
            certain = measured - 2 * rounding_allowance(task.widths, bounds, task.input_radius)
            found.append(Change(task, seed, deltas, certain, bounds))
    return tuple(found)


def trained_row(change: Change, modulus: Modulus = parameter_modulus) -> Row:
    """Return the row that holds a measured change against a modulus."""
    task = change.task
    kappa = modulus(task.widths, bound=change.bounds, input_radius=task.input_radius, lipschitz=1)
    allowed = sum((k * delta for k, delta in zip(kappa, change.deltas)), Fraction(0))
    layers = "all" if all(change.deltas) else "first" if change.deltas[0] else "last"
    return _row(change.seed, "trained", task.name, layers, max(change.deltas), change.certain, allowed)


def tightest_row(seed: int, modulus: Modulus = parameter_modulus) -> Row:
    """Return the row of a linear network with all parameters B at x = B_x 1, moved by +2^-30 everywhere.

    Widths, B and B_x depend on the seed; the change is computed exactly.
    """
    generator = torch.Generator().manual_seed(seed)
    draw = torch.randint(2, 9, (5,), generator=generator).tolist()
    widths, bound, radius = tuple(draw[:3]) + (1,), Fraction(draw[3], 4), Fraction(draw[4], 4)
    delta = Fraction(1, 2**30)
    outputs = []
    # exact arithmetic: a linear network of equal entries is one number per layer
    for value in (bound - delta, bound):
        h = radius
        for before in widths[:-1]:
            h = value * before * h + value
        outputs.append(h)
    allowed = sum((k * delta for k in modulus(widths, bound=bound, input_radius=radius, lipschitz=1)), Fraction(0))
    return _row(seed, "linear", "", "all", delta, outputs[1] - outputs[0], allowed)


def _row(seed: int, case: str, task: str, layers: str, delta: Fraction, certain: Fraction, allowed: Fraction) -> Row:
    """Make one row: the change that is certain in spite of rounding, and what the modulus allows, both exact."""
    return {
        "seed": seed,
        "case": case,
        "task": task,
        "layers": layers,
        "delta": str(delta),
        "change": str(certain),
        "bound": str(allowed),
        "quotient": float(certain / allowed),
    }


def root_modulus(widths: tuple[int, ...], **hypotheses: Any) -> tuple[Fraction, ...]:
    """Return the false modulus with sqrt(d) in place of d, the root rounded up to a multiple of 2^-20.

    An input x with |x|_inf <= B_x has |x|_1 <= d B_x, not sqrt(d) B_x: that would need an l_2 radius.
    """
    roots = tuple(Fraction(ceil(d**0.5 * 2**20), 2**20) for d in widths)
    bounds, radius = hypotheses["bound"], hypotheses["input_radius"]
    per_layer = bounds if isinstance(bounds, tuple) else (bounds,) * (len(widths) - 1)
    reach = []
    for root, bound in zip(roots, per_layer):
        reach.append(root * radius + 1)
        radius = bound * reach[-1]
    kappa: list[Fraction] = []
    tail = Fraction(1)
    for k in range(len(reach) - 1, -1, -1):
        kappa.insert(0, reach[k] * tail)
        tail *= per_layer[k] * roots[k]
    return tuple(kappa)


def scaled_modulus(factor: Fraction) -> Modulus:
    """Return the modulus with every coefficient multiplied by a factor below 1."""

    def modulus(widths: tuple[int, ...], **hypotheses: Any) -> tuple[Fraction, ...]:
        return tuple(factor * kappa for kappa in parameter_modulus(widths, **hypotheses))

    return modulus


def evaluate(rows: tuple[Row, ...]) -> Evidence:
    """Return the rule's figures: the largest quotient, and the least one in the tightest case and among networks."""
    rows = tuple(row for row in rows if row["case"] in ("linear", "trained"))
    quotients = [Fraction(row["change"]) / Fraction(row["bound"]) for row in rows]
    linear = [quotient for row, quotient in zip(rows, quotients) if row["case"] == "linear"]
    trained: dict[tuple[str, int], Fraction] = {}
    for row, quotient in zip(rows, quotients):
        if row["case"] == "trained":
            network = row["task"], row["seed"]
            trained[network] = max(quotient, trained.get(network, quotient))
    # rows of one network are dependent: the independent trials are the networks
    bad_seeds = {row["seed"] for row, quotient in zip(rows, quotients) if quotient > 1 and row["case"] == "linear"}
    good = [network for network, most in trained.items() if most <= 1 and network[1] not in bad_seeds]
    # a sample without the tightest case, or without a trained network, must not pass
    least, most = min(trained.values(), default=Fraction(0)), max(trained.values(), default=Fraction(0))
    figures = {"largest": max(quotients, default=Fraction(0)), "tightest": min(linear, default=0), "trained": least}
    detail = (
        f"{sum(quotient > 1 for quotient in quotients)} of {len(rows)} changes above the modulus; largest "
        f"quotient of a trained network {float(least):.3f} to {float(most):.3f}, least in the tightest case "
        f"{float(min(linear, default=0)):.9f}"
    )
    return Evidence(float(figures["largest"]), figures, len(good), len(trained), detail)


def plot(title: str, rows: tuple[Row, ...]) -> Plot:
    """Return the measured changes against what the modulus allows, with the line where both are equal."""
    points = {label: [(float(Fraction(row["bound"])), float(Fraction(row["change"]))) for row in rows
                      if row["case"] == case and row["layers"] in layers and Fraction(row["change"]) > 0]
              for label, case, layers in (("first layer moved", "trained", ("first",)),
                                          ("last layer moved", "trained", ("last",)),
                                          ("both moved", "trained", ("all",)),
                                          ("linear, tightest", "linear", ("all",)))}
    measured = tuple(series(label, found) for label, found in points.items() if found)
    ends = [value for part in measured for value in part.x]
    return Plot(
        title,
        "sum of kappa_l delta_l",
        "largest change of an output",
        measured,
        line("modulus", (min(ends), max(ends)), (min(ends), max(ends))),
        log_x=True,
        log_y=True,
    )

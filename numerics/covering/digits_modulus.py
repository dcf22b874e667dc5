"""Trained ReLU networks on handwritten digits, perturbed adversarially, against the exact parameter modulus.

A (64, 32, 10) network is trained on scikit-learn's 1797 digits (64 inputs in [0, 1], exact multiples of 1/16). Its
parameters are rounded to multiples of 2^-30, so that adding +-2^-k is exact in float64. A perturbation moves every
parameter of a layer by +-delta with the sign of an output's gradient, iterated; the largest change of any output over
all digits is held against `sum_l kappa_l delta_l`, computed exactly on the dyadic weights. The tightest case known is
a linear network with all parameters equal to B at x = B_x 1, where the quotient tends to 1 as delta does to 0.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from math import ceil

import torch
from sklearn.datasets import load_digits
from torch import Tensor

from numerics.experiments.intervals import clopper_pearson_upper
from numerics.experiments.protocol import Decision, Experiment, PlantedViolation, Row, Size
from theory.covering import parameter_modulus

WIDTHS = (64, 32, 10)
LEVEL = Fraction(1, 1000)
TIGHT = Fraction(99, 100)
ROUND_OFF = Fraction(1, 2**53)
GRID = 2.0**-30
DELTAS = (Fraction(1, 2**4), Fraction(1, 2**10))

Parameters = list[tuple[Tensor, Tensor]]
Modulus = Callable[..., tuple[Fraction, ...]]


@lru_cache(maxsize=1)
def digits() -> tuple[Tensor, Tensor]:
    """Return inputs (1797, 64) in [0, 1] and labels (1797,)."""
    data = load_digits()
    return torch.from_numpy(data.data / 16.0), torch.from_numpy(data.target)


def forward(parameters: Parameters, x: Tensor) -> Tensor:
    """Return the outputs (n, d_out) of the ReLU network on inputs (n, d_in), in float64."""
    for weight, bias in parameters[:-1]:
        x = torch.relu(torch.addmm(bias, x, weight.T))
    return torch.addmm(parameters[-1][1], x, parameters[-1][0].T)


def train(seed: int, steps: int) -> Parameters:
    """Return a network trained by full-batch Adam, deterministic in the seed, rounded to multiples of 2^-30."""
    generator = torch.Generator().manual_seed(seed)
    shapes = zip(WIDTHS, WIDTHS[1:])
    parameters = [
        (
            (torch.rand(here, before, generator=generator, dtype=torch.float64) * 2 - 1) / before**0.5,
            torch.zeros(here, dtype=torch.float64),
        )
        for before, here in shapes
    ]
    leaves = [tensor.requires_grad_() for pair in parameters for tensor in pair]
    optimizer = torch.optim.Adam(leaves, lr=0.01)
    x, labels = digits()
    for _ in range(steps):
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(forward(parameters, x), labels).backward()
        optimizer.step()
    return [tuple((tensor.detach() / GRID).round() * GRID for tensor in pair) for pair in parameters]  # type: ignore


def accuracy(parameters: Parameters) -> float:
    """Return the share of digits that the network classifies rightly."""
    x, labels = digits()
    return float((forward(parameters, x).argmax(1) == labels).double().mean())


def perturb(parameters: Parameters, deltas: tuple[Fraction, ...], sample: int, output: int, rounds: int) -> Parameters:
    """Return parameters moved by exactly +-delta_l so as to raise one output on one digit, by iterated gradient signs.

    Each round takes the signs of the gradient at the last perturbed network and starts again from the given one.
    """
    x = digits()[0][sample : sample + 1]
    moved = parameters
    for _ in range(rounds):
        leaves = [tensor.clone().requires_grad_() for pair in moved for tensor in pair]
        forward(list(zip(leaves[::2], leaves[1::2])), x)[0, output].backward()
        signs = [torch.where(leaf.grad < 0, -1.0, 1.0) for leaf in leaves]
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


def _row(seed: int, case: str, delta: Fraction, certain: Fraction, allowed: Fraction) -> Row:
    """Make one row: the change that is certain in spite of rounding, and what the modulus allows, both exact."""
    return {
        "seed": seed,
        "case": case,
        "delta": str(delta),
        "change": str(certain),
        "bound": str(allowed),
        "quotient": float(certain / allowed),
    }


def _trained_rows(seed: int, size: Size) -> list[Row]:
    network, x = train(seed, size.option("steps")), digits()[0]
    before = forward(network, x)
    rows = []
    for delta in DELTAS:
        for layers in ((1, 1), (1, 0), (0, 1)):
            deltas = tuple(delta * used for used in layers)
            # digits with the largest outputs are the ones that the network's weights move most
            samples = before.abs().amax(1).topk(size.option("samples")).indices.tolist()
            for sample in samples:
                for output in range(size.option("outputs")):
                    moved = perturb(network, deltas, sample, output, size.option("rounds"))
                    bounds = layer_bounds(network, moved)
                    kappa = parameter_modulus(WIDTHS, bound=bounds, input_radius=1, lipschitz=1)
                    measured = Fraction(float((forward(moved, x) - before).abs().max()))
                    # two networks are evaluated, each with its rounding
                    certain = measured - 2 * rounding_allowance(WIDTHS, bounds, Fraction(1))
                    allowed = sum(k * d for k, d in zip(kappa, deltas))
                    rows.append(_row(seed, f"trained, layers {layers}", delta, certain, allowed))
    return rows


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
    allowed = sum(k * delta for k in modulus(widths, bound=bound, input_radius=radius, lipschitz=1))
    return _row(seed, "linear, all parameters B", delta, outputs[1] - outputs[0], allowed)


def measure(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
    """Return the rows of all trained networks and of the tightest case for each seed."""
    return tuple(row for seed in seeds for row in (*_trained_rows(seed, size), tightest_row(seed)))


def _wrong_modulus(modulus: Modulus) -> Callable[[tuple[int, ...], Size], tuple[Row, ...]]:
    """Return a program that holds the tightest case against another modulus."""

    def program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
        return tuple(tightest_row(seed, modulus) for seed in seeds)

    return program


def root_modulus(widths: tuple[int, ...], **hypotheses: object) -> tuple[Fraction, ...]:
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
    kappa, tail = [], Fraction(1)
    for k in range(len(reach) - 1, -1, -1):
        kappa.insert(0, reach[k] * tail)
        tail *= per_layer[k] * roots[k]
    return tuple(kappa)


def sharpened_modulus(widths: tuple[int, ...], **hypotheses: object) -> tuple[Fraction, ...]:
    """Return the modulus with every coefficient made one per cent smaller."""
    return tuple(Fraction(99, 100) * kappa for kappa in parameter_modulus(widths, **hypotheses))  # type: ignore


def decide(rows: tuple[Row, ...]) -> Decision:
    """Apply the rule to raw rows: no change above the modulus, and the tightest case within one per cent of it."""
    quotients = [(row["case"].startswith("linear"), Fraction(row["change"]) / Fraction(row["bound"])) for row in rows]
    violations = sum(quotient > 1 for _, quotient in quotients)
    linear = [quotient for tightest, quotient in quotients if tightest]
    trained = [quotient for tightest, quotient in quotients if not tightest]
    # rows of one network are dependent: the independent trials are the networks
    seeds = {row["seed"] for row in rows}
    bad = {row["seed"] for row, (_, quotient) in zip(rows, quotients) if quotient > 1}
    upper = clopper_pearson_upper(len(bad), len(seeds), float(LEVEL)) if seeds else 1.0
    detail = (
        f"{violations} of {len(rows)} changes above the modulus; largest quotient on trained networks "
        f"{float(max(trained, default=0)):.3g}, least in the tightest case {float(min(linear, default=0)):.9f}"
    )
    holds = violations == 0 and bool(linear) and min(linear) >= TIGHT
    return Decision(holds, float(max((quotient for _, quotient in quotients), default=0)), (0.0, upper), detail)


_OPTIONS = (("steps", 60), ("rounds", 3))

EXPERIMENT = Experiment(
    id="covering.digits_modulus",
    claim="covering.param_lipschitz",
    title="Trained digit networks stay within the parameter modulus",
    population="(64, 32, 10) ReLU networks trained on scikit-learn's digits, each perturbed by +-delta in all layers "
    "or in one, delta = 2^-4 and 2^-10, along iterated gradient signs of every output at digits with large outputs",
    statistic="(largest change of any output over all 1797 digits, less twice the rounding allowance) divided by "
    "sum_l kappa_l delta_l; the interval is that of the probability that a network has a quotient above 1",
    level=LEVEL,
    rule="no quotient exceeds 1, and in the tightest case every quotient is at least 0.99",
    tightest="linear network, all parameters B, x = B_x 1, all moved by 2^-30: the quotient tends to 1",
    planted=(
        PlantedViolation("sqrt(d) for d", "the modulus with sqrt(d) in place of d", _wrong_modulus(root_modulus)),
        PlantedViolation(
            "one per cent sharper", "every kappa_l multiplied by 99/100", _wrong_modulus(sharpened_modulus)
        ),
    ),
    program=measure,
    decide=decide,
    quick=Size((1, 2), tuple(range(101, 121)), (("samples", 2), ("outputs", 10), *_OPTIONS)),
    full=Size(tuple(range(1, 9)), tuple(range(101, 141)), (("samples", 8), ("outputs", 10), *_OPTIONS)),
)

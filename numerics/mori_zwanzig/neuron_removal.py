"""Neurons removed from trained noisy networks of width 8: what it does to q_0, against the certificate.

A removed neuron is read as the centre of its range. |q_0 - q~_0| is estimated at corners and random inputs from draws
with common noise, and its lower confidence limit is held against the bound of `removal`; neurons are ranked by the
bound and by the effect. In the tightest case, one neuron of two in front of a steep layer, the bound is attained.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import sqrt

import numpy as np
import torch
from scipy import stats

from numerics.experiments.plots import Plot, line, series
from numerics.experiments.protocol import Experiment, PlantedViolation, Registration, Row, Size
from numerics.experiments.rules import Criterion, Evidence, Rule
from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer
from numerics.mori_zwanzig.monte_carlo import estimate
from numerics.mori_zwanzig.noise import Noise
from numerics.mori_zwanzig.operators import backward
from numerics.mori_zwanzig.removal import remove
from numerics.mori_zwanzig.training import Task, trained_chains

TASK = Task(8, ("1", "3/2", "2"))
INPUTS = 16
Z = 6.0
"""Estimates are taken this many standard errors lower; with 16 inputs and 16 neurons a right one exceeds it never."""
STEEP = 4096.0
TIGHT = NoisyChain((NoisyLayer.plain([[1.0, 0.5]], [0.0], "identity", "uniform:1"),
                    NoisyLayer.plain([[STEEP]], [0.0], "hardtanh", "uniform:3")), ((-1.0, 1.0),)*2,
                   (np.array([[1.0]]), np.array([0.0])))
"""x_1 + x_2/2 in front of a layer that is nearly the sign; x_2 is removed, x_1 = -1/4 shows the largest effect."""


@dataclass(frozen=True)
class Wrong:
    """What a planted program does differently.

    Attributes:
        halved: the bound from half the input range; following: b_{n+1} in place of b_n in the bound; gaussian: the
        networks have Gaussian noise of equal variance, the bound is that of uniform noise.
    """

    halved: bool = False
    following: bool = False
    gaussian: bool = False


def bound(chain: NoisyChain, level: int, neuron: int, wrong: Wrong) -> float:
    """Return the certificate of removing one neuron, of a chain that a wrong program may have changed."""
    layers, box = chain.layers, chain.input_box
    if wrong.following:
        layers = tuple(replace(layer, noise=after.noise) for layer, after in zip(layers, (*layers[1:], layers[-1])))
    if wrong.halved:
        box = tuple((low/2, high/2) for low, high in box)
    return float(remove(replace(chain, layers=layers, input_box=box), {level: [neuron]}).bound)


def noisy(chain: NoisyChain, wrong: Wrong) -> NoisyChain:
    """Return the chain that is measured."""
    if not wrong.gaussian:
        return chain
    return replace(chain, layers=tuple(replace(layer, noise=Noise("gaussian", layer.noise.amplitude/sqrt(3)))
                                       for layer in chain.layers))


@lru_cache(maxsize=2048)
def effect(chain: NoisyChain, level: int, neuron: int, seed: int, draws: int) -> tuple[float, float]:
    """Return the largest |q_0 - q~_0| over the inputs, less Z standard errors and as estimated."""
    generator = torch.Generator().manual_seed(seed)
    x = 2*torch.rand(INPUTS, chain.widths[0], generator=generator, dtype=torch.float64).numpy() - 1
    x[::2] = np.sign(x[::2])
    found = remove(chain, {level: [neuron]}).measured(x, draws, generator)
    sizes = np.abs(found.mean)
    return float((sizes - Z*found.error).max()), float(sizes.max())


@lru_cache(maxsize=256)
def explained(chain: NoisyChain, seed: int) -> float:
    """Return the share of the target's variance that q_0 explains, from two independent estimates."""
    generator = torch.Generator().manual_seed(seed + 1)
    x = 2*torch.rand(128, TASK.width, generator=generator, dtype=torch.float64).numpy() - 1
    goal = TASK.values(x)
    first, second = (estimate(chain, None, x, 32, generator).mean - goal for _ in range(2))
    return float(1 - (first*second).mean()/goal.var())


def _tight(seed: int, wrong: Wrong) -> Row:
    chain = noisy(TIGHT, wrong)
    frozen = replace(chain, layers=(replace(chain.layers[0], weight=np.array([[1.0, 0.0]])), chain.layers[1]))
    x = np.array([[-0.25, 1.0]])
    gap = float(abs(backward(chain).evaluate(0, x) - backward(frozen).evaluate(0, x))[0])
    return {"seed": seed, "case": "tightest", "level": 0, "neuron": 1, "lower": gap, "effect": gap,
            "bound": bound(TIGHT, 0, 1, wrong)}


def _variant(wrong: Wrong = Wrong()) -> Callable[[tuple[int, ...], Size], tuple[Row, ...]]:
    def program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
        rows: list[Row] = []
        levels = range(TASK.depth - size.option("levels"), TASK.depth)
        for seed, chain in zip(seeds, trained_chains(TASK, seeds, size.option("steps"))):
            for level in levels:
                for neuron in range(TASK.width):
                    low, size_of = effect(noisy_cached(chain, wrong), level, neuron, seed, size.option("draws"))
                    rows.append({"seed": seed, "case": "trained", "level": level, "neuron": neuron, "lower": low,
                                 "effect": size_of, "bound": bound(chain, level, neuron, wrong),
                                 "learned": explained(chain, seed)})
            rows.append(_tight(seed, wrong))
        return tuple(rows)

    return program


@lru_cache(maxsize=256)
def noisy_cached(chain: NoisyChain, wrong: Wrong) -> NoisyChain:
    """Return `noisy`, the same object for the same chain."""
    return noisy(chain, wrong)


measure = _variant()
"""Return for each neuron of each network effect and certificate, and the tightest case."""


def rank_correlations(rows: tuple[Row, ...]) -> list[float]:
    """Return Spearman's correlation of bound and effect over the neurons of each level of each network."""
    groups: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        if row["case"] == "trained":
            groups.setdefault((row["seed"], row["level"]), []).append(row)
    found = [stats.spearmanr([row["bound"] for row in group], [row["effect"] for row in group]).statistic
             for group in groups.values() if len({row["bound"] for row in group}) > 1]
    return [float(value) for value in found]


def evaluate(rows: tuple[Row, ...]) -> Evidence:
    """Return the rule's figures: largest quotient of effect and bound, the tightest case, rank correlations."""
    trained = [row for row in rows if row["case"] == "trained"]
    ranks = rank_correlations(rows)
    figures = {
        "largest": max(row["lower"]/row["bound"] for row in rows),
        "tightest": min(row["lower"]/row["bound"] for row in rows if row["case"] == "tightest"),
        "learned": float(np.mean([row["learned"] for row in trained])),
        "shown": max(row["effect"] for row in trained),
    }
    seeds = {row["seed"] for row in rows}
    bad = {row["seed"] for row in rows if row["lower"] > row["bound"]*_ONE}
    detail = (f"removing one of {len(trained)} neurons changes q_0 by {figures['shown']:.3f} at most; effects are "
              f"{max(row['effect']/row['bound'] for row in trained):.3f} of their bounds at most, rank correlation of "
              f"bound and effect {np.mean(ranks) if ranks else 0:.2f} on average over {len(ranks)} levels")
    return Evidence(figures["largest"], figures, len(seeds - bad), len(seeds), detail)


def plot(rows: tuple[Row, ...]) -> Plot:
    """Return measured effects against certificates, level by level."""
    levels = sorted({row["level"] for row in rows})
    shown = tuple(series(f"level {k}", [(row["bound"], max(row["effect"], 1e-6)) for row in rows if row["level"] == k])
                  for k in levels)
    ends = (min(row["bound"] for row in rows), max(row["bound"] for row in rows))
    return Plot("Neurons removed from trained networks", "certificate", "largest change of q_0", shown,
                line("certificate", ends, ends), log_x=True, log_y=True)


_ONE = 1 + Fraction(1, 10**9)
RULE = Rule(
    criteria=(
        Criterion("largest", "<=", _ONE, "largest quotient of an effect (lower limit) and its certificate"),
        Criterion("tightest", ">=", 1 - Fraction(1, 100), "least quotient in the tightest case"),
        Criterion("learned", ">=", Fraction(1, 2), "mean share of the target's variance that q_0 explains",
                  guard=True),
        Criterion("shown", ">=", Fraction(1, 50), "largest effect of removing a neuron", guard=True),
    ),
    unit="a seed with its network, all neurons",
    share=Fraction(1, 2),
    level=Fraction(1, 1000),
)

REGISTRATION = Registration(
    development_seeds=(*range(1, 61), *range(101, 141)),
    history="Development seeds fixed training lengths, amplitudes, numbers of draws and the guards. The certificate "
    "has no constant; rank correlations are reported and not judged.",
)

_OPTIONS = (("steps", 200), ("draws", 100), ("levels", 2))
_FULL = (("steps", 300), ("draws", 4000), ("levels", 3))
_PLANTED = (("steps", 150), ("draws", 50), ("levels", 1))

EXPERIMENT = Experiment(
    id="mori_zwanzig.neuron_removal",
    claim="mori_zwanzig.neuron_removal",
    title="Removing a neuron of a trained noisy network changes it by less than its certificate",
    population="tanh networks of width 8 and depth 3, trained on sin(pi x_1) with b = 1, 3/2, 2; every neuron of the"
    " last levels removed alone; 16 inputs, half of them corners; common noise",
    statistic="lower confidence limit of the largest |q_0 - q~_0| over the inputs, divided by the certificate",
    rule=RULE,
    tightest="x_1 + x_2/2 in front of a nearly discontinuous layer, x_2 removed: the quotient tends to 1",
    registration=REGISTRATION,
    planted=(
        PlantedViolation("range halved", "the certificate from half the input range", _variant(Wrong(halved=True))),
        PlantedViolation("next amplitude", "the certificate with b_{n+1} in place of b_n",
                         _variant(Wrong(following=True))),
        PlantedViolation("Gaussian noise", "Gaussian noise of equal variance against the certificate of uniform noise",
                         _variant(Wrong(gaussian=True))),
    ),
    program=measure,
    evaluate=evaluate,
    plot=plot,
    quick=Size(tuple(range(661_001, 661_011)), tuple(range(662_001, 662_021)), _OPTIONS, _PLANTED),
    full=Size(tuple(range(663_001, 663_021)), tuple(range(664_001, 664_041)), _FULL, _PLANTED),
)

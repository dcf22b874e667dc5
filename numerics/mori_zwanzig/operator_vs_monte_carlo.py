"""The operators of trained noisy networks against simulation: q_0 = M_0 ... M_{L-1} u is the mean of the output.

q_0 is computed at 50 inputs from piecewise polynomials (width 1) or Legendre expansions (width 2), and estimated there
from independent draws; all z-scores of a network have to stay below the Bonferroni bound of level 10^-4 each, and
refining the expansion may change q_0 by less than half a standard error. The tightest case is in closed form:
X_2 = 2 (x + xi_0) + xi_1 with b = 1 and u = y^4, where q_0 = 16 x^4 + 40 x^2 + 91/15.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache, partial
from math import sqrt

import numpy as np
import torch

from numerics.experiments.plots import Plot, line, series
from numerics.experiments.protocol import Experiment, PlantedViolation, Registration, Row, Size
from numerics.experiments.rules import Criterion, Evidence, Rule
from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer
from numerics.mori_zwanzig.memory_truncation import learned
from numerics.mori_zwanzig.monte_carlo import Estimate, Sampler, estimate, shared_noise_sampler, threshold, z_scores
from numerics.mori_zwanzig.noise import Noise
from numerics.mori_zwanzig.operators import backward
from numerics.mori_zwanzig.training import Task, constant_amplitude, trained_chains

LINE = constant_amplitude(1, 6, "0.5")
SQUARE = constant_amplitude(2, 4, "1.2", "bump")
DEGREES: dict[int, tuple[int | None, int]] = {1: (None, 40), 2: (18, 12)}
"""Degrees of the expansion that is tested and of the one that it is compared with; None: adaptive panels."""
POINTS = 50
LEVEL = 1e-4
LINEAR = NoisyChain(tuple(NoisyLayer.plain([[w]], [0.0], "identity", "uniform:1") for w in (1.0, 2.0)),
                    ((-1.0, 1.0),))


@dataclass(frozen=True)
class Wrong:
    """What a planted program does differently.

    Attributes:
        shared: one noise draw for all layers; transposed: the operators in the order of densities; gaussian: draws of
        Gaussian noise of equal variance; halved: the operators use half the amplitude.
    """

    shared: bool = False
    transposed: bool = False
    gaussian: bool = False
    halved: bool = False


def sampler(chain: NoisyChain, wrong: Wrong) -> Sampler | None:
    """Return the sampler of a program, None for the chain's own."""
    if wrong.shared:
        return shared_noise_sampler(chain)
    if wrong.gaussian:
        return with_noise(chain, lambda noise: Noise("gaussian", noise.amplitude/sqrt(3))).sample
    return None


def with_noise(chain: NoisyChain, change: Callable[[Noise], Noise]) -> NoisyChain:
    """Return the chain with other noise in every layer."""
    return replace(chain, layers=tuple(replace(layer, noise=change(layer.noise)) for layer in chain.layers))


def operators(chain: NoisyChain, wrong: Wrong) -> NoisyChain:
    """Return the chain whose operators a program applies."""
    if wrong.transposed:
        return replace(chain, layers=chain.layers[::-1])
    return with_noise(chain, lambda noise: Noise(noise.kind, noise.amplitude/2)) if wrong.halved else chain


@lru_cache(maxsize=512)
def _drawn(chain: NoisyChain, seed: int, draws: int, wrong: Wrong) -> tuple[Array, Estimate]:
    """Return inputs, uniform on the box, and estimates of q_0 there; only the sampler of `wrong` is used."""
    generator = torch.Generator().manual_seed(seed)
    x = 2*torch.rand(POINTS, chain.widths[0], generator=generator, dtype=torch.float64).numpy() - 1
    return x, estimate(chain, None, x, draws, generator, sampler(chain, wrong))


def _trained(seed: int, chain: NoisyChain, task: Task, draws: int, wrong: Wrong) -> list[Row]:
    x, found = _drawn(chain, seed, draws, Wrong(shared=wrong.shared, gaussian=wrong.gaussian))
    used, (fine, coarse) = operators(chain, wrong), DEGREES[task.width]
    q = backward(used, degree=fine).evaluate(0, x)
    change = np.abs(q - backward(used, degree=coarse).evaluate(0, x)).max()
    common = {"seed": seed, "case": f"N={task.width}", "change": float(change/found.error.min()),
              "learned": learned(chain, task)}
    return [{**common, "z": float(z), "operator": float(a), "simulated": float(b)}
            for z, a, b in zip(z_scores(found, q), q, found.mean)]


def fourth(y: Array) -> Array:
    """u = y^4: its mean tells Gaussian from uniform noise of equal variance."""
    return y[:, 0]**4


def _linear(seed: int, draws: int, wrong: Wrong) -> list[Row]:
    x = np.linspace(-1, 1, 5)[:, None]
    generator = torch.Generator().manual_seed(seed)
    found = estimate(LINEAR, fourth, x, 16*draws, generator, sampler(LINEAR, wrong))
    q = backward(operators(LINEAR, wrong), fourth).evaluate(0, x)
    exact = float(np.abs(q - (16*x[:, 0]**4 + 40*x[:, 0]**2 + 91/15)).max())
    return [{"seed": seed, "case": "linear", "z": float(z), "exact": exact} for z in z_scores(found, q)]


def _program(wrong: Wrong, seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
    rows: list[Row] = []
    draws = size.option("draws")
    for name, task in (("lines", LINE), ("squares", SQUARE)):
        chosen = seeds[:size.option(name)]
        for seed, chain in zip(chosen, trained_chains(task, chosen, size.option("steps")) if chosen else ()):
            rows += _trained(seed, chain, task, draws, wrong)
    return (*rows, *(row for seed in seeds for row in _linear(seed, draws, wrong)))


def _variant(wrong: Wrong = Wrong()) -> Callable[[tuple[int, ...], Size], tuple[Row, ...]]:
    return partial(_program, wrong)


measure = _variant()
"""Return one row for each input of each network: the z-score, and what refining the expansion changes."""


def worst(rows: tuple[Row, ...]) -> dict[tuple[int, str], float]:
    """Return for each seed and case the largest |z|, divided by the Bonferroni bound for its number of inputs."""
    groups: dict[tuple[int, str], list[float]] = {}
    for row in rows:
        groups.setdefault((row["seed"], row["case"]), []).append(abs(row["z"]))
    return {key: max(group)/threshold(len(group), LEVEL) for key, group in groups.items()}


def evaluate(rows: tuple[Row, ...]) -> Evidence:
    """Return the rule's figures: the largest z over its bound, the effect of refining, the closed form."""
    quotient = worst(rows)
    figures = {
        "z": max(quotient.values()),
        "change": max((row["change"] for row in rows if "change" in row), default=0.0),
        "exact": max((row["exact"] for row in rows if "exact" in row), default=1.0),
        "learned": float(np.mean([row["learned"] for row in rows if "learned" in row] or [1.0])),
    }
    seeds = {row["seed"] for row in rows}
    bad = {seed for (seed, _), value in quotient.items() if value > 1}
    scores = [row["z"] for row in rows if "change" in row]
    detail = (f"largest |z| {figures['z']:.3f} of its bound over {len(quotient)} tests with {len(scores)} inputs of "
              f"trained networks, mean square of z {np.mean(np.square(scores)) if scores else 1.0:.3f}; refining the "
              f"expansion changes q_0 by {figures['change']:.2g} standard errors at most")
    return Evidence(figures["z"], figures, len(seeds - bad), len(seeds), detail)


def plot(rows: tuple[Row, ...]) -> Plot:
    """Return simulated means against operator values."""
    cases = sorted({row["case"] for row in rows if "operator" in row})
    shown = tuple(series(case, [(row["operator"], row["simulated"]) for row in rows if row["case"] == case])
                  for case in cases)
    ends = [row["operator"] for row in rows if "operator" in row]
    return Plot("Operators against simulation", "q_0(x) from operators", "mean of the simulated output", shown,
                line("equality", (min(ends), max(ends)), (min(ends), max(ends))))


RULE = Rule(
    criteria=(
        Criterion("z", "<=", Fraction(1), "largest |z| of a network divided by the Bonferroni bound of level 10^-4"),
        Criterion("change", "<=", Fraction(1, 2), "largest change by refining the expansion, in standard errors"),
        Criterion("exact", "<=", Fraction(1, 10**12), "largest error of q_0 in the tightest case"),
        Criterion("learned", ">=", Fraction(1, 2), "mean share of the target's variance that q_0 explains",
                  guard=True),
    ),
    unit="a seed with its networks, all inputs",
    share=Fraction(1, 2),
    level=Fraction(1, 1000),
)

REGISTRATION = Registration(
    development_seeds=(*range(1, 61), *range(101, 141)),
    history="Development seeds fixed training lengths, degrees of the expansions and numbers of draws. A right program "
    "fails a seed with probability 3/10^4 at most.",
)

_OPTIONS = (("steps", 200), ("draws", 1000), ("lines", 10), ("squares", 2))
_FULL = (("steps", 300), ("draws", 4000), ("lines", 20), ("squares", 20))
_PLANTED = (("steps", 150), ("draws", 1000), ("lines", 40), ("squares", 0))

EXPERIMENT = Experiment(
    id="mori_zwanzig.operator_vs_monte_carlo",
    claim="mori_zwanzig.markov_chapman",
    title="Operator products of trained noisy networks agree with simulation",
    population="tanh networks trained with uniform layer noise: width 1, depth 6, b = 1/2 on sin(pi x); width 2,"
    " depth 4, b = 6/5 on sin(pi x_1) e^{-x_2^2}; 50 uniform inputs each",
    statistic="largest |z| of a network over its inputs, divided by the Bonferroni bound of level 10^-4",
    rule=RULE,
    tightest="two linear layers, b = 1, u = y^4: q_0 = 16 x^4 + 40 x^2 + 91/15 in closed form",
    registration=REGISTRATION,
    planted=(
        PlantedViolation("shared noise", "one noise draw is used in all layers", _variant(Wrong(shared=True))),
        PlantedViolation("transposed order", "the operators in the order of densities",
                         _variant(Wrong(transposed=True))),
        PlantedViolation("Gaussian noise", "draws of Gaussian noise of equal variance", _variant(Wrong(gaussian=True))),
        PlantedViolation("amplitude halved", "the operators with half the amplitude", _variant(Wrong(halved=True))),
    ),
    program=measure,
    evaluate=evaluate,
    plot=plot,
    quick=Size(tuple(range(641_001, 641_011)), tuple(range(642_001, 642_021)), _OPTIONS, _PLANTED),
    full=Size(tuple(range(643_001, 643_021)), tuple(range(644_001, 644_041)), _FULL, _PLANTED),
)

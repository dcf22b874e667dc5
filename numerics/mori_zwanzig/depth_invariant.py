"""The depth invariant of trained noisy networks: int p_n q_n is the same number at every layer.

Width 1: the densities p_n are pushed forward by preimages on adaptive panels, the q_n pulled back by box means of
piecewise polynomials; neither uses the other. Width 2 (full profile): Legendre expansions of both. The tightest case
is in closed form: ReLU, b = 1, X_0 uniform on [-1, 1], u = y^2, where both sides are 1/2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import sqrt

import numpy as np

from numerics.experiments.plots import Plot, line, series
from numerics.experiments.protocol import Experiment, PlantedViolation, Registration, Row, Size
from numerics.experiments.rules import Criterion, Evidence, Rule
from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer
from numerics.mori_zwanzig.densities import Density, densities
from numerics.mori_zwanzig.memory_truncation import learned
from numerics.mori_zwanzig.noise import Noise
from numerics.mori_zwanzig.operators import Backward, backward
from numerics.mori_zwanzig.training import Task, constant_amplitude, trained_chains

LINE = Task(1, ("0.4", "0.5", "0.6"))
SQUARE = constant_amplitude(2, 4, "1.2", "bump")
RELU = NoisyChain((NoisyLayer.plain([[1.0]], [0.0], "relu", "uniform:1"),), ((-1.0, 1.0),))
SHOWN = 41
"""Points of each density that the rows keep, in the first network of a run."""


@dataclass(frozen=True)
class Wrong:
    """What a planted program does differently in the backward direction.

    Attributes:
        transposed: layers in the other order; following: b_{n+1} in place of b_n; gaussian: Gaussian noise of equal
        variance; halved: integrals over half of the range of p_n.
    """

    transposed: bool = False
    following: bool = False
    gaussian: bool = False
    halved: bool = False


def backward_chain(chain: NoisyChain, wrong: Wrong) -> NoisyChain:
    """Return the chain whose q_n a program computes."""
    layers = chain.layers[::-1] if wrong.transposed else chain.layers
    if wrong.following:
        layers = tuple(replace(layer, noise=after.noise) for layer, after in zip(layers, (*layers[1:], layers[0])))
    if wrong.gaussian:
        layers = tuple(replace(layer, noise=Noise("gaussian", layer.noise.amplitude/sqrt(3))) for layer in layers)
    return replace(chain, layers=layers)


@lru_cache(maxsize=256)
def forward(chain: NoisyChain) -> tuple[Density, ...]:
    """Return p_0, ..., p_L for X_0 uniform on the input box."""
    return densities(chain)


def paired(p: Density, q: Callable[[Array], Array], wrong: Wrong) -> float:
    """Return int p q, or with `halved` the part of it from the lower half of the range, twice."""
    if not wrong.halved:
        return p.expectation(q)
    low, high = p.box[0]
    return p.expectation(lambda x: 2*q(x)*(x[:, 0] <= (low + high)/2))


def invariants(chain: NoisyChain, q: Backward, wrong: Wrong) -> list[float]:
    """Return int p_n q_n for n = 0..L."""
    return [paired(p, lambda x, n=n: q.evaluate(n, x), wrong) for n, p in enumerate(forward(chain))]


def _rows(seed: int, chain: NoisyChain, task: Task, wrong: Wrong) -> list[Row]:
    degree = None if task.width == 1 else 16
    values = invariants(chain, backward(backward_chain(chain, wrong), degree=degree), wrong)
    u, points = chain.observable(), forward(chain)[-1].points
    spread = float(np.ptp(u(points)))
    return [{"seed": seed, "case": f"N={task.width}", "layer": n, "value": value,
             "drift": abs(value - values[-1])/spread, "mass": forward(chain)[n].expectation(lambda x: np.ones(len(x))),
             "learned": learned(chain, task)}
            for n, value in enumerate(values)]


def _profile(seed: int, chain: NoisyChain) -> list[Row]:
    """Return rows with the densities layer by layer, for the figure."""
    rows: list[Row] = []
    for n, p in enumerate(forward(chain)):
        x = np.linspace(*p.box[0], SHOWN)
        rows += [{"seed": seed, "case": "density", "layer": n, "x": float(a), "p": float(b)}
                 for a, b in zip(x, p.evaluate(x[:, None]))]
    return rows


def _relu(seed: int, wrong: Wrong) -> list[Row]:
    q = backward(backward_chain(RELU, wrong), lambda y: y[:, 0]**2)
    return [{"seed": seed, "case": "ReLU", "layer": n, "value": value, "drift": abs(value - 0.5), "mass": 1.0}
            for n, value in enumerate(invariants(RELU, q, wrong))]


def _variant(wrong: Wrong = Wrong()) -> Callable[[tuple[int, ...], Size], tuple[Row, ...]]:
    def program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
        rows: list[Row] = []
        chains = trained_chains(LINE, seeds, size.option("steps"))
        for seed, chain in zip(seeds, chains):
            rows += [*_rows(seed, chain, LINE, wrong), *_relu(seed, wrong)]
        squares = seeds[:size.option("squares")]
        for seed, chain in zip(squares, trained_chains(SQUARE, squares, size.option("steps")) if squares else ()):
            rows += _rows(seed, chain, SQUARE, wrong)
        return (*rows, *_profile(seeds[0], chains[0]))

    return program


measure = _variant()
"""Return int p_n q_n for each layer of each network and of the closed form, and the first network's densities."""


def evaluate(rows: tuple[Row, ...]) -> Evidence:
    """Return the rule's figures: the largest drift in widths 1 and 2 and in closed form, and of the mass."""
    found = {case: [row["drift"] for row in rows if row["case"] == case] for case in ("N=1", "N=2", "ReLU")}
    mass = [abs(row["mass"] - 1) for row in rows if "mass" in row]
    figures = {"drift": max(found["N=1"]), "square": max(found["N=2"], default=0.0), "exact": max(found["ReLU"]),
               "mass": max(mass), "learned": float(np.mean([row["learned"] for row in rows if "learned" in row]))}
    seeds = {row["seed"] for row in rows}
    bad = {row["seed"] for row in rows if row["case"] in ("N=1", "ReLU") and row["drift"] > Fraction(1, 10**8)}
    detail = (f"int p_n q_n is the same in all layers up to {figures['drift']:.2g} of the readout's spread in "
              f"{len(found['N=1'])} layers of width 1, {figures['square']:.2g} in {len(found['N=2'])} of width 2; "
              f"closed form off by {figures['exact']:.2g}")
    return Evidence(figures["drift"], figures, len(seeds - bad), len(seeds), detail)


def plot(rows: tuple[Row, ...]) -> Plot:
    """Return the densities of the first network, layer by layer; the line is the input's."""
    shown = [row for row in rows if row["case"] == "density"]
    last = max(row["layer"] for row in shown)
    parts = tuple(series(f"p_{n}", [(row["x"], row["p"]) for row in shown if row["layer"] == n])
                  for n in range(1, last + 1))
    first = [(row["x"], row["p"]) for row in shown if row["layer"] == 0]
    return Plot("Densities of a trained network, layer by layer", "x", "density", parts,
                line("p_0", tuple(x for x, _ in first), tuple(y for _, y in first)))


RULE = Rule(
    criteria=(
        Criterion("drift", "<=", Fraction(1, 10**8), "largest drift of int p_n q_n in width 1, relative"),
        Criterion("square", "<=", Fraction(1, 10**3), "largest drift in width 2 (0 where none was measured)"),
        Criterion("exact", "<=", Fraction(1, 10**12), "largest error of int p_n q_n = 1/2 in the closed form"),
        Criterion("mass", "<=", Fraction(1, 10**8), "largest error of int p_n = 1"),
        Criterion("learned", ">=", Fraction(1, 2), "mean share of the target's variance that q_0 explains",
                  guard=True),
    ),
    unit="a seed with its networks, all layers",
    share=Fraction(1, 2),
    level=Fraction(1, 1000),
)

REGISTRATION = Registration(
    development_seeds=(*range(1, 61), *range(101, 141)),
    history="Development seeds fixed training lengths, amplitudes and the accuracy 10^-3 of width 2, which is that of "
    "the expansions; 10^-8 was given for width 1.",
)

_OPTIONS = (("steps", 200), ("squares", 0))
_FULL = (("steps", 300), ("squares", 5))
_PLANTED = (("steps", 150), ("squares", 0))

EXPERIMENT = Experiment(
    id="mori_zwanzig.depth_invariant",
    claim="mori_zwanzig.duality",
    title="Forward densities and backward expectations of trained networks pair to one number at every layer",
    population="tanh networks trained with uniform layer noise: width 1, b = 2/5, 1/2, 3/5 on sin(pi x); in the full"
    " profile width 2, depth 4, b = 6/5 on sin(pi x_1) e^{-x_2^2}; X_0 uniform",
    statistic="largest |int p_n q_n - int p_L u| over the layers, divided by the spread of the readout",
    rule=RULE,
    tightest="ReLU, b = 1, u = y^2: both sides are 1/2",
    registration=REGISTRATION,
    planted=(
        PlantedViolation("transposed order", "q_n with the layers in the other order",
                         _variant(Wrong(transposed=True))),
        PlantedViolation("next amplitude", "q_n with b_{n+1} in place of b_n", _variant(Wrong(following=True))),
        PlantedViolation("Gaussian noise", "q_n with Gaussian noise of equal variance", _variant(Wrong(gaussian=True))),
        PlantedViolation("range halved", "integrals over half of the range", _variant(Wrong(halved=True))),
    ),
    program=measure,
    evaluate=evaluate,
    plot=plot,
    quick=Size(tuple(range(651_001, 651_011)), tuple(range(652_001, 652_021)), _OPTIONS, _PLANTED),
    full=Size(tuple(range(653_001, 653_021)), tuple(range(654_001, 654_041)), _FULL, _PLANTED),
)

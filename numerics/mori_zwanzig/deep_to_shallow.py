"""Deep noisy networks as one noisy layer with a polynomial readout: certified against measured errors.

q_1 of a trained network is replaced by a polynomial; M_0 of it is a shallow function in closed form. Its largest
distance from q_0 is measured on a fine grid and held against the certificate of `compression` (the enclosure of the
trained network). For comparison a deterministic tanh network of one hidden layer with at least as many parameters is
trained from scratch on q_0 itself. Tightest: a constant added to the polynomial, for means contract no constant.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from math import sqrt

import numpy as np
import torch

from numerics.experiments.plots import Plot, line, series
from numerics.experiments.protocol import Experiment, PlantedViolation, Registration, Row, Size
from numerics.experiments.rules import Criterion, Evidence, Rule
from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.chain import NoisyChain
from numerics.mori_zwanzig.compression import Compression, compress
from numerics.mori_zwanzig.enclosure import Enclosure, enclose
from numerics.mori_zwanzig.memory_truncation import learned
from numerics.mori_zwanzig.noise import Noise
from numerics.mori_zwanzig.operators import backward
from numerics.mori_zwanzig.training import STEP_SIZE, Task, trained_chains

TASK = Task(1, ("1.1", "0.6", "0.6"))
DEGREES = (8, 0, 4, 12, 16)
"""In the order in which a size with few degrees takes them."""
GRID = np.linspace(-1, 1, 401)[:, None]
OFFSET = 50.0
"""The constant that the tightest case adds to the polynomial."""


@dataclass(frozen=True)
class Wrong:
    """What a planted program does differently.

    Attributes:
        contracted: delta_0 is taken to shrink errors and not only oscillations; transposed: the deep network has its
        layers in the other order; following: M_0 with b_1 in place of b_0; noiseless: p(F_0(x)) without the mean.
    """

    contracted: bool = False
    transposed: bool = False
    following: bool = False
    noiseless: bool = False


@lru_cache(maxsize=256)
def _enclosed(chain: NoisyChain, cells: int) -> Enclosure:
    return enclose(chain, cells)


@lru_cache(maxsize=512)
def compressed(chain: NoisyChain, degree: int, cells: int) -> Compression:
    """Return the shallow function of a degree with its certificate."""
    return compress(chain, degree, enclosure=_enclosed(chain, cells))


@lru_cache(maxsize=512)
def deep(chain: NoisyChain) -> Array:
    """Return q_0 on GRID."""
    return backward(chain).evaluate(0, GRID)


def shallow(found: Compression, wrong: Wrong) -> Array:
    """Return the shallow function on GRID."""
    first = found.chain.layers[0]
    if wrong.noiseless:
        return found.polynomial(first.map(GRID))
    if wrong.following:
        noise = Noise("uniform", found.chain.layers[1].noise.amplitude)
        found = replace(found, chain=replace(found.chain, layers=(replace(first, noise=noise),
                                                                  *found.chain.layers[1:])))
    return found(GRID)


def _row(seed: int, found: Compression, offset: float, wrong: Wrong) -> Row:
    chain = found.chain
    target = deep(replace(chain, layers=chain.layers[::-1]) if wrong.transposed else chain)
    error = shallow(found, wrong) + offset - target
    factor = chain.dobrushin[0] if wrong.contracted else 1.0
    return {"seed": seed, "case": "tightest" if offset else "trained", "degree": found.degree,
            "measured": float(np.abs(error).max()), "certified": (float(found.certified) + offset)*factor,
            "spread": float(np.ptp(error)), "oscillation": float(found.oscillation), "gap": float(found.gap),
            "uniform": float(found.uniform), "parameters": found.parameters, "learned": learned(chain, TASK)}


@lru_cache(maxsize=16)
def trained_shallow(chains: tuple[NoisyChain, ...], hidden: int, steps: int) -> tuple[float, ...]:
    """Return the largest errors on GRID of networks with one hidden tanh layer that were trained on q_0."""
    goal = torch.tensor(np.stack([deep(chain) for chain in chains]))
    generator = torch.Generator().manual_seed(hidden)
    theta = torch.randn(len(chains), 3*hidden + 1, generator=generator, dtype=torch.float64)
    theta[:, :hidden] *= 2.0
    theta[:, 2*hidden:] /= sqrt(hidden)
    theta.requires_grad_()
    x, optimiser = torch.from_numpy(GRID[::4, 0]), torch.optim.Adam([theta], lr=STEP_SIZE)

    def outputs(points: torch.Tensor) -> torch.Tensor:
        states = torch.tanh(points[None, :, None]*theta[:, None, :hidden] + theta[:, None, hidden:2*hidden])
        return (states*theta[:, None, 2*hidden:3*hidden]).sum(2) + theta[:, -1:]

    for _ in range(steps):
        optimiser.zero_grad()
        ((outputs(x) - goal[:, ::4])**2).mean(1).sum().backward()
        optimiser.step()
    with torch.no_grad():
        return tuple((outputs(torch.from_numpy(GRID[:, 0])) - goal).abs().max(1).values.tolist())


def _scratch(seeds: tuple[int, ...], chains: tuple[NoisyChain, ...], degree: int, size: Size) -> list[Row]:
    """Return rows of shallow networks with at least as many parameters as the compression of a degree."""
    parameters = compressed(chains[0], degree, size.option("cells")).parameters
    hidden = -(-(parameters - 1)//3)
    errors = trained_shallow(chains, hidden, 5*size.option("steps"))
    return [{"seed": seed, "case": "from scratch", "degree": degree, "measured": error, "parameters": 3*hidden + 1}
            for seed, error in zip(seeds, errors)]


def _variant(wrong: Wrong = Wrong()) -> Callable[[tuple[int, ...], Size], tuple[Row, ...]]:
    def program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
        rows: list[Row] = []
        chains, cells = trained_chains(TASK, seeds, size.option("steps")), size.option("cells")
        degrees = DEGREES[:size.option("degrees")]
        for seed, chain in zip(seeds, chains):
            rows += [_row(seed, compressed(chain, degree, cells), 0.0, wrong) for degree in degrees]
            rows.append(_row(seed, compressed(chain, degrees[0], cells), OFFSET, wrong))
        compared = size.option("compared")
        return (*rows, *(_scratch(seeds[:compared], chains[:compared], degrees[0], size) if compared else ()))

    return program


measure = _variant()
"""Return for each network and degree measured and certified errors, the tightest case, and networks from scratch."""


def evaluate(rows: tuple[Row, ...]) -> Evidence:
    """Return the rule's figures: largest quotients of measured and certified, the tightest case."""
    judged = [row for row in rows if row["case"] != "from scratch"]
    trained = [row for row in judged if row["case"] == "trained"]
    figures = {
        "largest": max(row["measured"]/row["certified"] for row in judged),
        "spread": max(row["spread"]/row["oscillation"] for row in trained),
        "tightest": min(row["measured"]/row["certified"] for row in judged if row["case"] == "tightest"),
        "learned": float(np.mean([row["learned"] for row in trained])),
    }
    seeds = {row["seed"] for row in rows}
    bad = {row["seed"] for row in judged if row["measured"] > row["certified"]*_ONE}
    bad |= {row["seed"] for row in trained if row["spread"] > row["oscillation"]*_ONE}
    degree = rows[0]["degree"]
    mean = {name: np.mean([row[name] for row in trained if row["degree"] == degree]) for name in
            ("measured", "certified")}
    scratch = [row["measured"] for row in rows if row["case"] == "from scratch"]
    compared = (f"; networks of as many parameters trained from scratch are off by {np.mean(scratch):.4f}"
                if scratch else "")
    detail = (f"degree {degree}: sup error {mean['measured']:.4f} measured, {mean['certified']:.4f} certified on "
              f"average, {figures['largest']:.3f} of the certificate at most{compared}")
    return Evidence(figures["largest"], figures, len(seeds - bad), len(seeds), detail)


def plot(rows: tuple[Row, ...]) -> Plot:
    """Return measured errors against degree, with the certificates of the first network."""
    trained = [row for row in rows if row["case"] == "trained"]
    own = sorted((row["degree"], row["certified"]) for row in trained if row["seed"] == rows[0]["seed"])
    parts = [series("measured", [(row["degree"], row["measured"]) for row in trained])]
    scratch = [(row["degree"], row["measured"]) for row in rows if row["case"] == "from scratch"]
    parts += [series("shallow, from scratch", scratch)] if scratch else []
    return Plot("Deep networks as one noisy layer", "degree of the polynomial", "largest error", tuple(parts),
                line("certified, first network", tuple(x for x, _ in own), tuple(y for _, y in own)), log_y=True)


_ONE = 1 + Fraction(1, 10**9)
RULE = Rule(
    criteria=(
        Criterion("largest", "<=", _ONE, "largest quotient of a measured sup error and its certificate"),
        Criterion("spread", "<=", _ONE, "largest quotient of an error's oscillation and its certificate"),
        Criterion("tightest", ">=", 1 - Fraction(1, 50), "least quotient with a constant added"),
        Criterion("learned", ">=", Fraction(1, 2), "mean share of the target's variance that q_0 explains",
                  guard=True),
    ),
    unit="a seed with its network, all degrees",
    share=Fraction(1, 2),
    level=Fraction(1, 1000),
)

REGISTRATION = Registration(
    development_seeds=(*range(1, 61), *range(101, 141)),
    history="Development seeds fixed training lengths, amplitudes, cells and degrees. The certificate has no constant; "
    "the comparison with networks trained from scratch is reported and not judged.",
)

_OPTIONS = (("steps", 200), ("cells", 400), ("degrees", 2), ("compared", 10))
_FULL = (("steps", 300), ("cells", 4000), ("degrees", 5), ("compared", 20))
_PLANTED = (("steps", 150), ("cells", 200), ("degrees", 1), ("compared", 0))

EXPERIMENT = Experiment(
    id="mori_zwanzig.deep_to_shallow",
    claim="mori_zwanzig.deep_to_shallow",
    title="Trained deep noisy networks equal one noisy layer with a polynomial readout up to the certificate",
    population="tanh networks of width 1 and depth 3 trained on sin(pi x) with b = 11/10, 3/5, 3/5; q_1 replaced by"
    " polynomials of degree 0 to 16; errors on 401 inputs",
    statistic="largest |q_0 - M_0 p| on a grid, divided by the certificate",
    rule=RULE,
    tightest="a constant 50 added to the polynomial: the error is not contracted, the quotient is nearly 1",
    registration=REGISTRATION,
    planted=(
        PlantedViolation("errors contract", "delta_0 is taken to shrink the sup error",
                         _variant(Wrong(contracted=True))),
        PlantedViolation("transposed order", "the deep network with its layers in the other order",
                         _variant(Wrong(transposed=True))),
        PlantedViolation("next amplitude", "M_0 with b_1 in place of b_0", _variant(Wrong(following=True))),
        PlantedViolation("noise left out", "p(F_0(x)) in place of its mean", _variant(Wrong(noiseless=True))),
    ),
    program=measure,
    evaluate=evaluate,
    plot=plot,
    quick=Size(tuple(range(671_001, 671_011)), tuple(range(672_001, 672_021)), _OPTIONS, _PLANTED),
    full=Size(tuple(range(673_001, 673_021)), tuple(range(674_001, 674_041)), _FULL, _PLANTED),
)

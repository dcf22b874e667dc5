"""What contracts in trained noisy networks, layer by layer: measured norms and oscillations against their certificates.

Plain norms: lower bound <= norm of M_n in a Legendre basis <= Schur bound <= Hilbert-Schmidt norm. Oscillations:
osc(M_n u)/osc(u) <= delta_n for u = q_{n+1}, for half-space indicators (width 1), and for indicators of noise cubes,
counted by Monte Carlo (widths 8 and 64). The tightest cases attain the certificates: the constant layer for the
Hilbert-Schmidt norm, the half-space indicator for Dobrushin's coefficient.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import prod, sqrt

import numpy as np
import torch
from scipy import stats

from numerics.experiments.intervals import clopper_pearson_upper
from numerics.experiments.plots import Plot, line, series
from numerics.experiments.protocol import Experiment, PlantedViolation, Registration, Row, Size
from numerics.experiments.rules import Criterion, Evidence, Rule
from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.chain import Box, NoisyChain, NoisyLayer, volume
from numerics.mori_zwanzig.memory_truncation import learned
from numerics.mori_zwanzig.noise import Noise
from numerics.mori_zwanzig.operators import backward, propagation
from numerics.mori_zwanzig.training import Task, constant_amplitude, trained_chains

LINE = Task(1, ("0.5", "0.8", "1.1", "1.4"))
SQUARE = constant_amplitude(2, 4, "1.2", "bump")
WIDE = (constant_amplitude(8, 2, "6"), constant_amplitude(64, 2, "40"))
TIGHT = NoisyChain((NoisyLayer.plain([[0.5]], [0.0], "tanh", "uniform:1"),
                    NoisyLayer.plain([[0.0]], [0.0], "tanh", "uniform:3/2")), ((-1.0, 1.0),))
"""tanh(x/2), whose half-space indicator is far from saturation, and a constant layer behind it."""
PAIR = NoisyChain((NoisyLayer.plain(np.eye(2)/2, [0.0, 0.0], "tanh", "uniform:1"),), ((-1.0, 1.0),)*2)
DEGREE = {1: 30, 2: 9}
WINDOWS = 4001
COUNT_LEVEL = 1e-6


@dataclass(frozen=True)
class Wrong:
    """What a planted program does differently.

    Attributes:
        halved: certificates use half the range; following: b_{n+1} in place of b_n; largest: the largest coordinate in
        place of the product in Dobrushin's coefficient; gaussian: the noise is Gaussian of equal variance, the
        certificates are those of uniform noise.
    """

    halved: bool = False
    following: bool = False
    largest: bool = False
    gaussian: bool = False


def certificates(chain: NoisyChain, n: int, wrong: Wrong = Wrong()) -> tuple[float, float]:
    """Return Hilbert-Schmidt norm and Dobrushin bound of layer n from interval-propagated ranges."""
    layer, after = chain.layers[n], chain.layers[min(n + 1, chain.depth - 1)]
    noise = after.noise if wrong.following else layer.noise
    share = 0.5 if wrong.halved else 1.0
    hs = sqrt(volume(chain.ranges[n])*share**layer.inputs*noise.square_integral(layer.outputs))
    sizes = [share*(high - low) for low, high in chain.images[n]]
    return hs, noise.distance([max(sizes)] if wrong.largest else sizes)


def schur_bound(layer: NoisyLayer, box: Box) -> float:
    """Return sqrt(sup_y lambda{x: |F(x) - y| <= b}/(2b)) of a monotone layer of width 1, rounded up by a grid cell."""
    low, high = box[0]
    x = np.linspace(low, high, WINDOWS)
    values = np.sort(layer.map(x[:, None])[:, 0])
    counts = np.searchsorted(values, values + 2*layer.noise.amplitude, side="right") - np.arange(WINDOWS)
    length = min((int(counts.max()) + 1)*(x[1] - x[0]), high - low)
    return sqrt(length/(2*layer.noise.amplitude))


def half_space(layer: NoisyLayer, box: Box, wrong: Wrong) -> float:
    """Return osc(M 1_{y >= t}) for t in the middle of the image, from distribution functions, width 1."""
    ends = layer.map(np.array(box[0])[:, None])[:, 0]
    b, middle = layer.noise.amplitude, ends.mean()
    law = stats.norm(scale=b/sqrt(3)) if wrong.gaussian else stats.uniform(-b, 2*b)
    return float(abs(law.sf(middle - ends[0]) - law.sf(middle - ends[1])))


def cube_ratio(layer: NoisyLayer, x: Array, count: int, seed: int, wrong: Wrong) -> float:
    """Return a lower bound of osc(M u), u the indicator of F(x_0) + [-b, b]^N, from draws at x_1; x is (2, N)."""
    generator, b = torch.Generator().manual_seed(seed), layer.noise.amplitude
    noise = Noise("gaussian", b/sqrt(3)) if wrong.gaussian else layer.noise
    first, second = layer.map(x)
    inside = [int((np.abs(center + noise.draw((count, layer.outputs), generator).numpy() - first) <= b).all(1).sum())
              for center in (first, second)]
    # the first is 1 for uniform noise
    share = inside[0]/count
    return share - clopper_pearson_upper(inside[1], count, COUNT_LEVEL)


@lru_cache(maxsize=128)
def measured(chain: NoisyChain, task: Task) -> list[dict[str, float]]:
    """Return for each layer norm of M_n in a Legendre basis, Schur bound (width 1), osc(q_n)/osc(q_{n+1})."""
    found = propagation(chain, DEGREE[task.width])
    q = backward(chain, degree=DEGREE[task.width])
    axes = [[np.linspace(low, high, 401 if task.width == 1 else 33) for low, high in box] for box in chain.ranges]
    grids = [np.stack([g.reshape(-1) for g in np.meshgrid(*axis, indexing="ij")], 1) for axis in axes]
    spread = [float(np.ptp(q.evaluate(n, grid))) for n, grid in enumerate(grids)]
    # the oscillation of an affine u is attained at corners, which the grid contains; the others are from below
    return [{"norm": float(np.linalg.norm(matrix, 2)), "osc": spread[n]/spread[n + 1],
             "schur": schur_bound(chain.layers[n], chain.ranges[n]) if task.width == 1 else 0.0}
            for n, matrix in enumerate(found.matrices)]


def _trained(seed: int, chain: NoisyChain, task: Task, wrong: Wrong) -> list[Row]:
    rows: list[Row] = []
    for n, values in enumerate(measured(chain, task)):
        hs, delta = certificates(chain, n, wrong)
        lower = sqrt(volume(chain.ranges[n])/volume(chain.ranges[n + 1]))
        rows.append({"seed": seed, "case": f"N={task.width}", "layer": n, "lower": lower, "hs": hs, "delta": delta,
                     "learned": learned(chain, task), **values, "schur": values["schur"] or hs})
        if task.width == 1:
            rows.append({"seed": seed, "case": "half-space", "layer": n, "delta": delta,
                         "osc": half_space(chain.layers[n], chain.ranges[n], wrong)})
    return rows


def _tightest(seed: int, wrong: Wrong, count: int) -> list[Row]:
    hs, delta = certificates(TIGHT, 0, wrong)
    rows: list[Row] = [{"seed": seed, "case": "half-space", "layer": 0, "delta": delta,
                        "osc": half_space(TIGHT.layers[0], TIGHT.ranges[0], wrong)}]
    hs, delta = certificates(NoisyChain(TIGHT.layers[::-1], ((-1.0, 1.0),)), 0, wrong)
    constant = propagation(NoisyChain(TIGHT.layers[1:], ((-1.0, 1.0),)), 5).matrices[0]
    norm = float(np.linalg.norm(constant, 2))
    rows.append({"seed": seed, "case": "constant", "layer": 0, "norm": norm, "lower": norm, "schur": hs, "hs": hs,
                 "delta": 1.0, "osc": 0.0})
    ratio = cube_ratio(PAIR.layers[0], np.array([[1.0, 1.0], [-1.0, -1.0]]), count, seed, wrong)
    return [*rows, {"seed": seed, "case": "cube", "layer": 0, "delta": certificates(PAIR, 0, wrong)[1], "osc": ratio}]


def _wide(seed: int, chain: NoisyChain, wrong: Wrong, count: int) -> list[Row]:
    """Return rows of a wide network: formulas from ranges against counts at two inputs far apart."""
    generator = np.random.default_rng(seed)
    rows: list[Row] = []
    for n, layer in enumerate(chain.layers):
        low, high = np.array(chain.ranges[n]).T
        # the corners that the first row of W tells apart most
        corner = np.where(layer.weight[int(generator.integers(layer.outputs))] > 0, high, low)
        x = np.stack([corner, low + high - corner])
        hs, delta = certificates(chain, n, wrong)
        rows.append({"seed": seed, "case": f"N={layer.outputs}, cube", "layer": n, "delta": delta, "hs": hs,
                     "osc": cube_ratio(layer, x, count, seed, wrong)})
    return rows


def _tables(seed: int, chain: NoisyChain) -> list[Row]:
    return [{"seed": seed, "case": "table", "layer": row.layer, "delta": row.delta, "osc": row.max_correlation**2,
             "plain": row.qmq, "weighted": row.qmq_weighted} for row in chain.layer_contraction_table()]


def _variant(wrong: Wrong = Wrong()) -> Callable[[tuple[int, ...], Size], tuple[Row, ...]]:
    def program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
        steps, count = size.option("steps"), size.option("draws")
        rows: list[Row] = []
        for name, task in (("lines", LINE), ("squares", SQUARE)):
            chosen = seeds[:size.option(name)]
            for seed, chain in zip(chosen, trained_chains(task, chosen, steps) if chosen else ()):
                rows += _trained(seed, chain, task, wrong)
                rows += _tables(seed, chain) if task is LINE and seed in seeds[:size.option("tables")] else []
        for name, task in zip(("eights", "sixty_fours"), WIDE):
            chosen = seeds[:size.option(name)]
            for seed, chain in zip(chosen, trained_chains(task, chosen, steps//4) if chosen else ()):
                rows += _wide(seed, chain, wrong, count)
        return (*rows, *(row for seed in seeds for row in _tightest(seed, wrong, count)))

    return program


measure = _variant()
"""Return rows of trained networks of widths 1, 2, 8 and 64, layer by layer, and of the tightest cases."""


def sandwich(row: Row) -> float:
    """Return the largest of lower/norm, norm/Schur and Schur/HS; 0 for rows without norms."""
    if "norm" not in row:
        return 0.0
    return max(row["lower"]/row["norm"], row["norm"]/row["schur"], row["schur"]/row["hs"])


def evaluate(rows: tuple[Row, ...]) -> Evidence:
    """Return the rule's figures: largest quotients of measured and certified, least ones in the tightest cases."""
    ratios = [row["osc"]/row["delta"] for row in rows]
    figures = {
        "sandwich": max(map(sandwich, rows)),
        "osc": max(ratios),
        "constant": min((row["norm"]/row["hs"] for row in rows if row["case"] == "constant"), default=0.0),
        "half": min((row["osc"]/row["delta"] for row in rows if row["case"] == "half-space"), default=0.0),
        "learned": float(np.mean([row["learned"] for row in rows if "learned" in row] or [1.0])),
    }
    seeds = {row["seed"] for row in rows}
    bad = {row["seed"] for row, ratio in zip(rows, ratios) if max(ratio, sandwich(row)) > _ONE}
    trained = [row for row in rows if "learned" in row]
    failing = sum(row["hs"] >= 1 for row in trained)
    decaying = prod(row["delta"] for row in trained if row["seed"] == rows[0]["seed"] and row["case"] == "N=1")
    detail = (f"in {failing} of {len(trained)} trained layers the Hilbert-Schmidt condition fails; osc(q_n)/osc(q_n+1) "
              f"is {max((row['osc']/row['delta'] for row in trained), default=0):.3f} of delta_n at most; product of "
              f"all delta_n of the first network {decaying:.3f}")
    return Evidence(max(ratios), figures, len(seeds - bad), len(seeds), detail)


def plot(rows: tuple[Row, ...]) -> Plot:
    """Return measured oscillation ratios against delta, case by case."""
    cases = sorted({row["case"] for row in rows if row["case"] not in ("constant", "table")})
    measured_series = tuple(series(case, [(row["delta"], row["osc"]) for row in rows if row["case"] == case])
                            for case in cases)
    return Plot("Oscillations behind noisy layers", "certificate delta_n", "osc(M_n u)/osc(u)", measured_series,
                line("certificate", (0.0, 1.0), (0.0, 1.0)))


_ONE = 1 + Fraction(1, 10**9)
RULE = Rule(
    criteria=(
        Criterion("sandwich", "<=", _ONE, "largest quotient of neighbours in lower <= norm <= Schur <= HS"),
        Criterion("osc", "<=", _ONE, "largest quotient of an oscillation ratio and delta"),
        Criterion("constant", ">=", 1 - Fraction(1, 10**6), "least quotient of norm and HS of constant layers"),
        Criterion("half", ">=", 1 - Fraction(1, 10**6), "least quotient of half-space ratio and delta"),
        Criterion("learned", ">=", Fraction(1, 2), "mean share of the target's variance that q_0 explains",
                  guard=True),
    ),
    unit="a seed with its networks and tightest cases, all layers",
    share=Fraction(1, 2),
    level=Fraction(1, 1000),
)

REGISTRATION = Registration(
    development_seeds=(*range(1, 61), *range(101, 141)),
    history="Development seeds fixed training lengths, amplitudes of the wide networks and numbers of draws. The rule "
    "follows from the theorems; 10^-9 covers rounding, 10^-6 the rounding of the ranges.",
)

_OPTIONS = (("steps", 200), ("draws", 4000), ("lines", 10), ("squares", 1), ("eights", 2), ("sixty_fours", 1),
            ("tables", 0))
_FULL = (("steps", 300), ("draws", 40_000), ("lines", 20), ("squares", 20), ("eights", 20), ("sixty_fours", 5),
         ("tables", 5))
_PLANTED = (("lines", 40), ("squares", 0), ("eights", 0), ("sixty_fours", 0), ("tables", 0), ("draws", 1000),
            ("steps", 150))

EXPERIMENT = Experiment(
    id="mori_zwanzig.condition_table",
    claim="mori_zwanzig.norm_sandwich",
    title="What contracts in trained noisy networks stays within its certificates",
    population="tanh networks trained with uniform layer noise, widths 1 (b = 1/2 to 7/5), 2 (6/5), 8 (6) and 64 (40);"
    " u = q_{n+1}, half-space indicators, indicators of noise cubes at opposite corners of the ranges",
    statistic="osc(M_n u)/osc(u) divided by Dobrushin's bound; norms of M_n in a Legendre basis in the sandwich",
    rule=RULE,
    tightest="the constant layer attains the Hilbert-Schmidt norm, the half-space indicator Dobrushin's bound, the"
    " noise cube at opposite corners its product form",
    registration=REGISTRATION,
    planted=(
        PlantedViolation("range halved", "certificates from half the range", _variant(Wrong(halved=True))),
        PlantedViolation("next amplitude", "certificates with b_{n+1} in place of b_n",
                         _variant(Wrong(following=True))),
        PlantedViolation("largest coordinate", "max_i Delta_i/(2b) as Dobrushin's bound for width 2",
                         _variant(Wrong(largest=True))),
        PlantedViolation("Gaussian noise", "Gaussian noise of equal variance against the formulas of uniform noise",
                         _variant(Wrong(gaussian=True))),
    ),
    program=measure,
    evaluate=evaluate,
    plot=plot,
    quick=Size(tuple(range(621_001, 621_011)), tuple(range(622_001, 622_021)), _OPTIONS, _PLANTED),
    full=Size(tuple(range(623_001, 623_021)), tuple(range(624_001, 624_041)), _FULL, _PLANTED),
)

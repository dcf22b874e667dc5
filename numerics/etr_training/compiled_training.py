"""Gradient descent and Adam on compiled formulas: how often they fit, and what no run may reach.

A formula is satisfiable if and only if its compiled network fits exactly. Unsatisfiable ones may still have infimum 0
(x y = 1 and x = 0: weights grow), so what is tested is the quantitative form of the reduction. Let the loss be at most
1/32, `e = sqrt(2 loss)`, and X the decoded values of all variables of the gadget system, S = 1 + max |X|. Then every
equation of the system holds at X up to

    27 e S^2.

Proof. A datum and the zero datum differ by a label up to e. At a single neuron f_t(c) f_u(a) = f_u(c) f_t(a) for the
increments at any two inputs. For a variable, p at the first sink and q at the second, this is
(1 + d1)(s + q + d2) = (1 + d3)(s + p + d4) with |d| <= e <= 1/4 and s = 0 (identity) or 2 (ReLU), whence
|q - p| <= 8 e S and |q| <= 3 S. A product gives (1 + d1)(q_Y + q_Z + d2) = (q_Y + d3)(1 + p_X + d4) for ReLU and
(1 + d1)(q_Z + d2) = (q_Y + d3)(p_X + d4) for the identity, whence |q_Z - p_X q_Y| <= 32/3 e S^2 and
|p_Z - p_X p_Y| <= 27 e S^2. The others are linear.

Floors follow: for x^2 = -1 it gives 1 + X^2 <= e + 27 e 5.07 (1 + X^2), so loss >= 1/40000; for x + y = 1 and x y = 1,
with D = x - y, 0.7399 + D^2/4 <= 27 e (4.5602 + D^2/2), so loss >= 1/60000.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from numerics.etr_training import two_sink_training
from numerics.experiments.intervals import clopper_pearson_lower, clopper_pearson_upper
from numerics.experiments.plots import Plot, line, series
from numerics.experiments.protocol import Experiment, PlantedViolation, Registration, Row, Size
from numerics.experiments.rules import Criterion, Evidence, Rule
from theory.etr_training.compilation import Compiled, compile_formula
from theory.etr_training.compile_identity import identity_solution
from theory.etr_training.compile_relu import relu_solution
from theory.etr_training.instance import TrainingInstance

FITTED = 1e-6
SMALL = Fraction(1, 32)
CONSTANT = 27
LARGEST = 1e6
"""Margins above are written as this number: a loss of 0 would give an infinite one."""

FORMULAS: tuple[tuple[str, Fraction | None], ...] = (
    ("x*x = -1", Fraction(1, 40_000)),
    ("x*x = 2", None),
    ("x*y = 1 & x = 0", Fraction(0)),
    ("x + y = 1 & x*y = 1", Fraction(1, 60_000)),
    ("x*x = x + 1", None),
    ("x + y = 3 & x*y = 1", None),
)
"""Formulas and the losses that no weights go below; None for satisfiable ones. The first `formulas` are used."""

STEP_SIZES = {"gradient descent": {"id": 0.015, "relu": 0.006}, "Adam": {"id": 0.3, "relu": 0.3}}


@dataclass(frozen=True)
class Wrong:
    """What a planted program does differently; all False is the right one.

    Attributes:
        no_zero: the datum 0 -> (0, 0) is left out.
        one_sink: the labels at the second sink do not count.
        lost_sign: constants lose their sign in compiling.
    """

    no_zero: bool = False
    one_sink: bool = False
    lost_sign: bool = False


@lru_cache(maxsize=64)
def compiled(formula: str, activation: str) -> Compiled:
    """Return a compiled formula."""
    return compile_formula(formula, activation)


def trained_instance(formula: str, activation: str, wrong: Wrong) -> TrainingInstance:
    """Return the instance that a program trains."""
    instance = compiled(formula, activation).instance
    kept = [(x, y) for x, y in zip(instance.points, instance.labels) if any(x) or not wrong.no_zero]
    if wrong.one_sink:
        second = instance.sinks.index("u")
        kept = [(x, tuple(None if t == second else v for t, v in enumerate(y))) for x, y in kept]
    if wrong.lost_sign:
        # only constants give negative labels
        kept = [(x, tuple(None if v is None else abs(v) for v in y)) for x, y in kept]
    return replace(instance, points=tuple(x for x, _ in kept), labels=tuple(y for _, y in kept))


def margin(c: Compiled, weights: dict[str, Fraction], loss: Fraction) -> float:
    """Return the largest squared residual of the system over what the bound allows; 0 where the loss exceeds 1/32.

    Everything is computed exactly and rounded at the end.
    """
    if loss > SMALL:
        return 0.0
    decode = identity_solution if c.activation == "id" else relu_solution
    values = decode(c.system, weights)
    size = 1 + max(map(abs, values.values()))
    residual = max(abs(r) for r in c.system.residuals(values))
    allowed = CONSTANT**2 * 2 * loss * size**4
    return min(float(residual**2 / allowed), LARGEST) if allowed else LARGEST * bool(residual)


@lru_cache(maxsize=16)
def _end_points(seeds: tuple[int, ...], size: Size, method: str, activation: str, wrong: Wrong
                ) -> two_sink_training.Parameters:
    data = two_sink_training.padded([trained_instance(formula, activation, wrong)
                                     for formula, _ in FORMULAS[:size.option("formulas")]])
    start = two_sink_training.starts(data, seeds, size.option("runs"))
    if activation == "relu":
        # small weights and large biases: units that are off at all data would never move
        start = {name: value / 2 + (2 * data.masks["b"] if name == "b" else 0) for name, value in start.items()}
    follow = two_sink_training.adam if method == "Adam" else two_sink_training.descend
    return follow(data, start, size.option("steps"), STEP_SIZES[method][activation])


def _variant(wrong: Wrong = Wrong()) -> Callable[[tuple[int, ...], Size], tuple[Row, ...]]:
    def program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
        rows: list[Row] = []
        runs = size.option("runs")
        for method in list(STEP_SIZES)[:size.option("methods")]:
            for activation in ("id", "relu"):
                ends = _end_points(seeds, size, method, activation, wrong)
                for number, (formula, floor) in enumerate(FORMULAS[:size.option("formulas")]):
                    instance, c = trained_instance(formula, activation, wrong), compiled(formula, activation)
                    for run in range(len(seeds) * runs):
                        weights = two_sink_training.named_weights(instance, ends, number, run)
                        loss = instance.loss(weights)
                        rows.append({
                            "seed": seeds[run // runs], "formula": formula, "activation": activation, "method": method,
                            "floor": "none" if floor is None else str(floor), "loss": float(loss),
                            "below": floor is not None and loss < floor, "margin": margin(c, weights, loss),
                            "weight": float(max(map(abs, weights.values())))})
        return tuple(rows)

    return program


measure = _variant()
"""Return one row for each seed, method, activation, formula and start: its loss, margin and largest weight."""


def rates(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Return for each satisfiable formula, activation and method how many runs fit, with exact bounds at 1/1000 each.

    Keys: `formula`, `activation`, `method`, `fitted`, `runs`, `low`, `high`.
    """
    found: dict[tuple[str, str, str], list[bool]] = {}
    for row in rows:
        if row["floor"] == "none":
            found.setdefault((row["formula"], row["activation"], row["method"]), []).append(row["loss"] < FITTED)
    return tuple({"formula": f, "activation": a, "method": m, "fitted": sum(hits), "runs": len(hits),
                  "low": clopper_pearson_lower(sum(hits), len(hits), 0.001),
                  "high": clopper_pearson_upper(sum(hits), len(hits), 0.001)} for (f, a, m), hits in found.items())


def evaluate(rows: tuple[Row, ...]) -> Evidence:
    """Return the rule's figures: runs below a floor, the largest margin, the least rate not excluded."""
    table = rates(rows)
    # the better method for each formula and activation: a hard bound for one of them is no statement about training
    best: dict[tuple[str, str], float] = {}
    for r in table:
        best[r["formula"], r["activation"]] = max(best.get((r["formula"], r["activation"]), 0.0), r["high"])
    figures = {"below": sum(row["below"] for row in rows), "margin": max(row["margin"] for row in rows),
               "rate": min(best.values(), default=1.0)}
    bad = {row["seed"] for row in rows if row["below"] or row["margin"] > 1}
    seeds = {row["seed"] for row in rows}
    unsolvable = min(row["loss"] for row in rows if row["floor"] not in ("none", "0"))
    shares = "; ".join(f"{r['formula']} ({r['activation']}, {r['method']}) {r['fitted']} of {r['runs']}"
                       f" [{r['low']:.0%}, {r['high']:.0%}]" for r in table)
    detail = (f"largest squared residual {figures['margin']:.3g} of what is allowed, least loss of an unsatisfiable"
              f" formula {unsolvable:.3g}, {figures['below']} runs below their floor; runs that fit: {shares}")
    return Evidence(float(figures["margin"]), figures, len(seeds - bad), len(seeds), detail)


def plot(rows: tuple[Row, ...]) -> Plot:
    """Return the losses against the largest weight: satisfiable, unattained, and bounded from below."""
    names = {"none": "satisfiable", "0": "infimum 0, not attained"}
    groups: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        point = (max(row["weight"], 1e-3), max(row["loss"], 1e-30))
        groups.setdefault(names.get(row["floor"], "bounded away from 0"), []).append(point)
    ends = (min(x for g in groups.values() for x, _ in g), max(x for g in groups.values() for x, _ in g))
    floor = float(min(f for _, f in FORMULAS if f))
    return Plot("Training compiled formulas", "largest weight", "loss",
                tuple(series(name, points) for name, points in groups.items()),
                line("least floor", ends, (floor, floor)), log_x=True, log_y=True)


RULE = Rule(
    criteria=(
        Criterion("below", "=", Fraction(0), "runs on unsatisfiable formulas whose loss is below the floor"),
        Criterion("margin", "<=", Fraction(1), "largest squared residual of the decoded system over the bound"),
        Criterion("rate", ">=", Fraction(1, 4), "least upper bound, at level 1/1000, of the rate at which runs of the"
                  " better method fit a satisfiable formula"),
    ),
    unit="a seed with all its runs",
    share=Fraction(1, 2),
    level=Fraction(1, 1000),
)

REGISTRATION = Registration(
    development_seeds=(*range(1, 61), *range(101, 141), *range(231_001, 231_011), *range(232_001, 232_021)),
    history="Development seeds fixed step sizes, momentum, Adam's second constant, the starts of ReLU networks"
    " (standard normal ones fit in 0 to 5 percent of the runs) and the numbers of steps and runs; the rate 1/4 was"
    " chosen after seeing rates of one half for the identity and ReLU under gradient descent. The bound and the floors"
    " were derived before any run; unsatisfiable formulas ended at 0.1 or more then. A first run on seeds 231001"
    " to 232020 held but caught one planted violation in 19 of 20 seeds only; planted seeds have twice the runs since"
    " then, and those seeds count as development seeds.",
)

_OPTIONS = (("formulas", 3), ("methods", 2), ("runs", 3), ("steps", 600))
_FULL = (("formulas", 6), ("methods", 2), ("runs", 4), ("steps", 4000))
_PLANTED = (("formulas", 1), ("methods", 1), ("runs", 4), ("steps", 500))

EXPERIMENT = Experiment(
    id="etr_training.compiled_training",
    claim="etr_training.id_hardness",
    title="Gradient methods on compiled formulas fit where a solution exists and never come near where none does",
    population="formulas in one or two variables, satisfiable, unsatisfiable, and with infimum 0 not attained, compiled"
    " to identity and ReLU networks; full-batch gradient descent with momentum and Adam in float64 from random starts",
    statistic="largest squared residual of the decoded system over (27 e S^2)^2, in exact arithmetic",
    rule=RULE,
    tightest="x y = 1 and x = 0: the loss tends to 0 with growing weights, so that only the bound separates it from a"
    " fit",
    registration=REGISTRATION,
    planted=(
        PlantedViolation("no zero datum", "the datum 0 -> (0, 0) is left out", _variant(Wrong(no_zero=True))),
        PlantedViolation("one sink", "the labels at the second sink do not count", _variant(Wrong(one_sink=True))),
        PlantedViolation("a sign lost", "constants lose their sign in compiling", _variant(Wrong(lost_sign=True))),
    ),
    program=measure,
    evaluate=evaluate,
    plot=plot,
    quick=Size(tuple(range(235_001, 235_011)), tuple(range(236_001, 236_021)), _OPTIONS, _PLANTED),
    full=Size(tuple(range(233_001, 233_011)), tuple(range(234_001, 234_041)), _FULL, _PLANTED),
)

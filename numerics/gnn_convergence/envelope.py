"""Gradient flow of linear and multiscale graph networks on real graphs against the bound of the theorem, at 60 times.

Four graphs, both aggregations, with and without skips, depths 1 to 3, a non-stiff and a stiff solver. Every gap is
compared with the bound for the least lambda up to its time, with sigma_min as printed and with sigma_+; a gap below
1e-12 of the first loss is rounding and is not compared. Tight starts (W = 0, small labels along the last singular
direction) attain the exponent up to terms of second order, so that a wrong constant of either sign shows; starts whose
layers shrink need the infimum of lambda; on twins the printed constant is 0 and its bound says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

import numpy as np

from numerics.experiments.plots import Plot, line, series
from numerics.experiments.protocol import Experiment, PlantedViolation, Registration, Row, Size
from numerics.experiments.rules import Criterion, Evidence, Rule
from numerics.gnn_convergence.balancedness import drift
from numerics.gnn_convergence.descent import descend
from numerics.gnn_convergence.flow import Trajectory, gradient_flow
from numerics.gnn_convergence.graphs import Graph, gaussian_features, graph_named
from numerics.gnn_convergence.networks import Problem, Weights, initial, shift
from theory.gnn_convergence import twins

GRAPHS = ("karate", "florentine", "davis", "les_miserables")
KINDS = ("gin", "gcn")
FEATURES, TIMES = 6, 60
LONGEST, LABELS = 12.0, 0.5
"""Features are scaled to a design matrix of norm 1, where the fastest direction has the rate 4, labels to norm 1/2."""
FLOOR = 1e-12
SMALL = 0.01


@dataclass(frozen=True)
class Cell:
    """A network: graph, aggregation, depth H, with or without skips, and the case."""

    graph: str
    kind: str
    depth: int
    skip: bool
    case: str


@dataclass(frozen=True)
class Wrong:
    """What a planted program does differently.

    Attributes:
        rate: in place of 4. start: lambda at t = 0. inner: sigma of S_II. previous: the last singular value but one.
        full: full rank is taken for granted. half: the loss with 1/2 is trained. adam: Adam is trained.
        last: L* is the last loss.
    """

    rate: float = 4.0
    start: bool = False
    inner: bool = False
    previous: bool = False
    full: bool = False
    half: bool = False
    adam: bool = False
    last: bool = False


@lru_cache(maxsize=8)
def _graph(name: str) -> Graph:
    return graph_named(name)


@lru_cache(maxsize=8)
def _shift(name: str, kind: str) -> np.ndarray:
    return shift(_graph(name), kind)


def cells(seed: int, graphs: int) -> tuple[Cell, ...]:
    """Return a seed's networks: one graph and aggregation, or all of them; the depth is 1 + seed mod 3.

    Twins are those of Les Miserables in every case.
    """
    names = GRAPHS if graphs == len(GRAPHS) else (GRAPHS[seed % 4],)
    kinds = KINDS if graphs == len(GRAPHS) else (KINDS[seed//4 % 2],)
    depth = 1 + seed % 3
    found = [Cell(name, kind, depth, skip, case) for name in names for kind in kinds for skip in (False, True)
             for case in ("labels", "tight")]
    found += [Cell(name, kind, depth, False, "shrinking") for name in names for kind in kinds]
    return (*found, *(Cell("les_miserables", kind, depth, False, "twins") for kind in kinds))


def training(graph: Graph, case: str, rng: np.random.Generator) -> tuple[int, ...]:
    """Return the training nodes: half of them, three, one, or five with two twins among them."""
    if case != "twins":
        count = {"labels": graph.size//2, "tight": 3, "shrinking": 1}[case]
        return tuple(sorted(rng.choice(graph.size, count, replace=False).tolist()))
    classes = twins(graph.adjacency)
    pair = rng.choice(classes[rng.integers(len(classes))], 2, replace=False).tolist()
    others = [node for node in range(graph.size) if node not in pair]
    return tuple(sorted([*pair, *rng.choice(others, 3, replace=False).tolist()]))


@lru_cache(maxsize=4096)
def problem_of(seed: int, cell: Cell) -> tuple[Problem, Weights]:
    """Return a seed's problem and start: heads 0 and orthogonal layers, except for layers that shrink."""
    rng = np.random.default_rng([seed, GRAPHS.index(cell.graph), KINDS.index(cell.kind), cell.depth, cell.skip,
                                 ("labels", "tight", "shrinking", "twins").index(cell.case)])
    graph = _graph(cell.graph)
    S, train = _shift(cell.graph, cell.kind), training(graph, cell.case, rng)
    X = gaussian_features(graph.size, FEATURES, int(rng.integers(2**31)))
    raw = Problem(X, S, train, np.zeros((1, len(train))), cell.depth, cell.skip)
    X = X/np.linalg.norm(raw.design(), 2)
    draw = int(rng.integers(2**31))
    if cell.case in ("labels", "twins"):
        known = graph.labels if graph.labels is not None else rng.choice((-1.0, 1.0), (2, graph.size))
        Y = known[:, list(train)]
        problem = Problem(X, S, train, LABELS*Y/np.linalg.norm(Y), cell.depth, cell.skip)
        return problem, initial(problem, (FEATURES,)*cell.depth, draw)
    scaled = Problem(X, S, train, raw.Y, cell.depth, cell.skip)
    left, values, right = np.linalg.svd(scaled.design(), full_matrices=False)
    last = scaled.rank.value - 1
    if cell.case == "tight":
        problem = Problem(X, S, train, SMALL*values[last]*right[last:last + 1], cell.depth, cell.skip)
        return problem, initial(problem, (FEATURES,)*cell.depth, draw)
    # the head sees the last direction, the labels are 0: head and layers shrink together
    start = initial(scaled, (FEATURES,)*cell.depth, draw)
    seen = left[:, last]
    for layer in start.B:
        seen = layer @ seen
    return scaled, Weights(start.B, (seen[None, :],))


def recorded_times(problem: Problem, case: str) -> tuple[float, ...]:
    """Return 60 times up to 5/(4 sigma_+^2), or to the longest run."""
    end = 5/(4*problem.sigma_plus_squared())
    return tuple(np.linspace(0, end if case == "shrinking" else min(end, LONGEST), TIMES + 1)[1:].tolist())


@dataclass(frozen=True, eq=False)
class Run:
    """What is kept of a run, at 60 times and at the start: losses, lambda, its infimum so far, drift."""

    times: np.ndarray
    losses: np.ndarray
    lambdas: np.ndarray
    infima: np.ndarray
    drifts: np.ndarray


@lru_cache(maxsize=8192)
def trained(seed: int, cell: Cell, how: str) -> Run:
    """Return a run from t = 0 on by a solver, of half the loss ("half"), or by Adam with 2 steps between times."""
    problem, start = problem_of(seed, cell)
    times = np.array(recorded_times(problem, cell.case))
    if how == "adam":
        return _kept(problem, descend(problem, start, float(times[0])/2, 2*TIMES, rule="adam", every=2))
    if how == "half":
        # half the loss is half as fast: the same states at twice the times
        run = trained(seed, cell, "DOP853")
        return replace(run, times=2*run.times)
    return _kept(problem, gradient_flow(problem, start, np.concatenate([[0.0], times]), solver=how))


def _kept(problem: Problem, run: Trajectory) -> Run:
    return Run(run.times, run.losses, run.lambdas, run.infima,
               np.array([drift(problem, run.weights[0], w) for w in run.weights]))


def constants(problem: Problem, wrong: Wrong) -> tuple[float, float]:
    """Return sigma_min^2, as printed, and sigma_+^2."""
    sharp, printed = problem.sigma_plus_squared(), problem.sigma_min_squared()
    if wrong.inner:
        nodes = list(problem.train)
        part = Problem(problem.X[:, nodes], problem.S[np.ix_(nodes, nodes)], tuple(range(len(nodes))), problem.Y,
                       problem.depth, problem.skip)
        sharp, printed = part.sigma_plus_squared(), part.sigma_min_squared()
    if wrong.previous:
        sharp = float(np.linalg.svd(problem.design(), compute_uv=False)[max(problem.rank.value - 2, 0)]**2)
    return (sharp if wrong.full else printed), sharp


def cell_row(seed: int, cell: Cell, how: str, wrong: Wrong) -> Row:
    """Return what one run says: the largest quotients of gap and bound, tightness, drift."""
    problem, _ = problem_of(seed, cell)
    run = trained(seed, cell, how)
    least = run.losses[-1] if wrong.last else problem.least_loss()
    floor = FLOOR*run.losses[0]
    gaps, times = run.losses - least, run.times
    infima = np.full_like(times, run.lambdas[0]) if wrong.start else run.infima
    printed, sharp = constants(problem, wrong)
    compared = gaps > floor
    # the start is not compared: both sides are the first gap there
    compared[0] = False
    exponents = wrong.rate*infima*times
    logs = np.log(np.maximum(gaps, floor)/gaps[0])
    over = {name: float(np.max((logs + exponents*sigma)[compared], initial=-1.0))
            for name, sigma in (("printed", printed), ("sharp", sharp))}
    last = int(np.flatnonzero(compared)[-1]) if compared.any() else 1
    certified = float(exponents[last]*sharp)
    return {"seed": seed, "case": cell.case, "graph": cell.graph, "kind": cell.kind, "depth": cell.depth,
            "skip": cell.skip, "solver": how, "compared": int(compared.sum()), "vacuous": printed == 0,
            "over_printed": over["printed"], "over": over["sharp"], "measured": float(-logs[last]),
            "certified": certified, "tightness": float(-logs[last]/max(certified, 1e-300)),
            "drift": float(run.drifts.max()), "loss": float(run.losses[last]/run.losses[0])}


def _variant(wrong: Wrong) -> Callable[[tuple[int, ...], Size], tuple[Row, ...]]:
    def program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
        rows: list[Row] = []
        for seed in seeds:
            for cell in cells(seed, size.option("graphs")):
                if wrong.half or wrong.adam:
                    rows.append({**cell_row(seed, cell, "adam" if wrong.adam else "half", wrong), "apart": 0.0})
                    continue
                solvers = ("DOP853", "LSODA")[:size.option("solvers")]
                runs = [trained(seed, cell, solver).losses for solver in solvers]
                apart = float(np.abs(runs[0] - runs[-1]).max()/runs[0][0])
                rows += [{**cell_row(seed, cell, solver, wrong), "apart": apart} for solver in solvers]
        return tuple(rows)

    return program


measure = _variant(Wrong())
"""Return one row for each seed, network and solver."""


def evaluate(rows: tuple[Row, ...]) -> Evidence:
    """Return the rule's figures: excess over both bounds, tight starts, twins, drift, how far solvers are apart."""
    tight = [row for row in rows if row["case"] == "tight"]
    pairs = [row for row in rows if row["case"] == "twins"]
    figures = {
        "over": max(row["over"] for row in rows),
        "printed": max(row["over_printed"] for row in rows),
        "tight": max((row["tightness"] for row in tight), default=2.0),
        "vacuous": sum(not row["vacuous"] for row in pairs) + (not pairs),
        "drift": max(row["drift"] for row in rows),
        "apart": max(row["apart"] for row in rows),
        "compared": min(row["compared"] for row in rows),
    }
    seeds = {row["seed"] for row in rows}
    bad = {row["seed"] for row in rows if max(row["over"], row["over_printed"]) > _TOLERANCE}
    groups = {name: [row["tightness"] for row in rows if row["case"] == "labels" and row["skip"] == skip]
              for name, skip in (("linear", False), ("multiscale", True))}
    text = ", ".join(f"{name} {np.median(group):.3g}" for name, group in groups.items() if group)
    detail = (f"log(gap/bound) at most {figures['over']:.2g} in {len(rows)} runs; measured over certified exponent on"
              f" labels, median: {text}; on tight starts at most {figures['tight']:.6f}; {len(pairs)} runs with twins,"
              " where the printed bound is vacuous")
    return Evidence(figures["over"], figures, len(seeds - bad), len(seeds), detail)


def plot(rows: tuple[Row, ...]) -> Plot:
    """Return measured against certified exponents of all runs."""
    drawn = [row for row in rows if row["certified"] > 0 and row["measured"] > 0]
    ends = (min(row["certified"] for row in drawn), max(row["certified"] for row in drawn))
    measured = tuple(series(case, [(row["certified"], row["measured"]) for row in drawn if row["case"] == case])
                     for case in sorted({row["case"] for row in drawn}))
    return Plot("Gradient flow on real graphs", "certified exponent", "measured exponent", measured,
                line("bound", ends, ends), log_x=True, log_y=True)


_TOLERANCE = Fraction(1, 10**6)
RULE = Rule(
    criteria=(
        Criterion("over", "<=", _TOLERANCE, "largest log of gap over the bound with sigma_+"),
        Criterion("printed", "<=", _TOLERANCE, "largest log of gap over the printed bound with sigma_min"),
        Criterion("tight", "<=", 1 + Fraction(1, 1000), "largest quotient of exponents on tight starts"),
        Criterion("vacuous", "=", Fraction(0), "runs with twins whose printed constant is not 0"),
        Criterion("drift", "<=", Fraction(1, 10**6), "largest drift of a conserved matrix"),
        Criterion("apart", "<=", Fraction(1, 10**6), "largest distance of the solvers' losses, in first losses"),
        Criterion("compared", ">=", Fraction(2), "least number of times above the floor of rounding", guard=True),
    ),
    unit="a seed with its networks, all times",
    share=Fraction(1, 2),
    level=Fraction(1, 1000),
)

REGISTRATION = Registration(
    development_seeds=(*range(1, 201), *range(711_001, 715_000)),
    history="Development seeds fixed lengths of runs, the size of the labels of tight starts and the solvers'"
    " tolerance 1e-9. Logarithms of gaps may exceed the bound by 1e-6 and gaps below 1e-12 of the first loss are not"
    " compared, because of rounding; 1/1000 for tight starts bounds terms of second order in their labels."
    " The quick profile had held on seeds 711001 to 712120; then, to save time, Adam was cut to 2 steps between"
    " times and half the loss read off the same run, and all seeds were renewed, another experiment having the same.",
)

_QUICK = (("graphs", 1), ("solvers", 2))
_FULL = (("graphs", 4), ("solvers", 2))
_PLANTED = (("graphs", 1), ("solvers", 1))

EXPERIMENT = Experiment(
    id="gnn_convergence.envelope",
    claim="gnn_convergence.linear_rate",
    title="Gradient flow on real graphs stays below the bound, and tight starts attain its exponent",
    population="karate, Florentine families, Davis, Les Miserables (one of them for each seed in the quick profile);"
    " GIN and GCN; linear and multiscale networks of depth 1 to 3 with 6 Gaussian features; half of the nodes labelled,"
    " tight starts, layers that shrink, twins in the training set",
    statistic="largest logarithm of the gap over its bound at 60 times",
    rule=RULE,
    tightest="W = 0 and small labels along the last singular direction: the exponent is attained up to second order",
    registration=REGISTRATION,
    planted=(
        PlantedViolation("4.04", "4.04 in place of 4", _variant(Wrong(rate=4.04))),
        PlantedViolation("lambda at t = 0", "lambda at the start in place of the infimum", _variant(Wrong(start=True))),
        PlantedViolation("inner graph", "S_II in place of S_{*I}", _variant(Wrong(inner=True))),
        PlantedViolation("sigma miscounted", "the last singular value but one", _variant(Wrong(previous=True))),
        PlantedViolation("rank overlooked", "sigma_+ passed for sigma_min on twins", _variant(Wrong(full=True))),
        PlantedViolation("half loss", "the loss with 1/2 is trained, the rate stays 4", _variant(Wrong(half=True))),
        PlantedViolation("Adam", "Adam in place of gradient flow", _variant(Wrong(adam=True))),
        PlantedViolation("last loss", "L* is the last loss of the run", _variant(Wrong(last=True))),
    ),
    program=measure,
    evaluate=evaluate,
    plot=plot,
    quick=Size(tuple(range(741_001, 741_011)), tuple(range(742_001, 742_021)), _QUICK, _PLANTED),
    full=Size(tuple(range(743_001, 743_021)), tuple(range(744_001, 744_041)), _FULL, _PLANTED),
)

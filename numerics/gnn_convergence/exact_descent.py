"""Gradient descent on graphs with five nodes in rational arithmetic: the rate of each step is checked without rounding.

Each of ten steps is exact from its start; between steps the weights are rounded to multiples of 2^-12, because exact
iterates have 2 H + 1 times as many digits after each step. The step is the largest power of 1/2 for which the loss
along it is certainly M-smooth with eta M <= 1. lambda and sigma_+^2 enter by the upper ends of rational enclosures, so
that what is checked implies the claim. The tightest case starts from W = 0 with the residual in the last singular
direction: there the sharp inequality is an equality, in every depth.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from random import Random

from numerics.experiments.plots import Plot, line, series
from numerics.experiments.protocol import Experiment, PlantedViolation, Registration, Row, Size
from numerics.experiments.rules import Criterion, Evidence, Rule
from numerics.gnn_convergence.exact_steps import rational_descent
from numerics.gnn_convergence.step_smoothness import rounded, step_along
from theory.exact.matrices import (
    Matrix,
    combination,
    eigenvalue_enclosure,
    exact_rank,
    gram,
    identity,
    matrix,
    transpose,
)
from theory.gnn_convergence import gram_features, layer_product, least_loss
from theory.gnn_convergence.descent_certificate import least_squares
from theory.gnn_convergence.graph_shift import aggregation

NODES, BITS = 5, 12
DEPTHS = (1, 2, 3)
CASES = ("general", "tight", "shrinking")
ACCURACY = Fraction(1, 10**6)


@dataclass(frozen=True)
class Instance:
    """A start of gradient descent: aggregation S, features X, training nodes, labels, layers and head, all rational."""

    S: Matrix
    X: Matrix
    train: tuple[int, ...]
    Y: Matrix
    B: tuple[Matrix, ...]
    W: Matrix

    @property
    def G(self) -> Matrix:
        """X (S^H) on the training columns."""
        return gram_features(self.X, self.S, len(self.B), self.train)

    @property
    def inner(self) -> Matrix:
        """X_I (S_II)^H, the graph cut down to its training nodes: not what the network sees."""
        part = tuple(tuple(self.S[i][j] for j in self.train) for i in self.train)
        own = tuple(tuple(row[i] for i in self.train) for row in self.X)
        return gram_features(own, part, len(self.B), range(len(self.train)))


@dataclass(frozen=True)
class Wrong:
    """What a planted program does differently.

    Attributes:
        rate, plain: the constants 4 of the sharp and 2 of the plain inequality.
        half: steps are taken on half the loss, the constants stay. start: lambda of the first step for all steps.
        inner: sigma of S_II. largest: the first singular value in place of the last. sign: Adam's first step.
        enlarged: factor of the step after its check.
    """

    rate: Fraction = Fraction(4)
    plain: Fraction = Fraction(2)
    half: bool = False
    start: bool = False
    inner: bool = False
    largest: bool = False
    sign: bool = False
    enlarged: int = 1


@dataclass(frozen=True)
class Taken:
    """One step: gaps before and after, upper end of lambda, step, smoothness, whether smoothness is certain."""

    before: Fraction
    after: Fraction
    lambda_: Fraction
    eta: Fraction
    smooth: Fraction
    certain: bool


def graph(random: Random) -> tuple[tuple[int, ...], ...]:
    """Return a connected graph with five nodes: a random tree and three pairs more, joined or not."""
    rows = [[0]*NODES for _ in range(NODES)]
    pairs = [(k, random.randrange(k)) for k in range(1, NODES)] + [tuple(random.sample(range(NODES), 2)) for _ in "abc"]
    for i, j in pairs:
        rows[i][j] = rows[j][i] = 1
    return tuple(map(tuple, rows))


def cycle_gcn() -> Matrix:
    """Return the GCN aggregation of the cycle with five nodes, (A + I)/3: rational because the graph is regular."""
    rows = [[int((i - j) % NODES in (1, NODES - 1)) for j in range(NODES)] for i in range(NODES)]
    found = aggregation(rows, "gcn")
    return tuple(tuple(Fraction(int(x.p), int(x.q)) for x in found.row(i)) for i in range(NODES))


def _drawn(random: Random, rows: int, columns: int, scale: int) -> Matrix:
    return tuple(tuple(Fraction(random.randint(-8, 8), scale) for _ in range(columns)) for _ in range(rows))


@lru_cache(maxsize=512)
def instance(seed: int, case: str, depth: int) -> Instance:
    """Return the instance of a seed; odd seeds have the GCN of a cycle, even ones the GIN of a random graph."""
    random = Random(1000*seed + 10*depth + CASES.index(case))
    while True:
        S = cycle_gcn() if seed % 2 else matrix(aggregation(graph(random), "gin"), "S")
        train = tuple(sorted(random.sample(range(NODES), 3 if case == "general" else 2)))
        seen = gram_features(identity(NODES), S, depth, train)
        if exact_rank(seen) == len(train):
            break
    unit = identity(2)
    if case == "general":
        layers = tuple(combination(unit, _drawn(random, 2, 2, 32), 1) for _ in range(depth))
        return Instance(S, _drawn(random, 2, NODES, 8), train, _drawn(random, 2, 3, 4), layers,
                        _drawn(random, 2, 2, 32))
    # features for which G is diagonal: singular values 1 or 2, and 1/2 or 1/4
    goal = ((Fraction(random.choice((1, 2))), Fraction(0)), (Fraction(0), Fraction(1, random.choice((2, 4)))))
    X = least_squares(seen, goal)
    label = Fraction(random.choice((-1, 1))*random.randint(1, 8), 4)
    tight = case == "tight"
    labels, head = ((Fraction(0), label*tight),), ((Fraction(0), Fraction(not tight)),)
    return Instance(S, X, train, labels, (unit,)*depth, head)


def sigma_squared(G: Matrix, largest: bool = False) -> Fraction:
    """Return the upper end of an enclosure of sigma_+^2, or of the largest one; 0 for features that are zero."""
    if not exact_rank(G):
        return Fraction(0)
    square = gram(G) if len(G) <= len(G[0]) else gram(transpose(G))
    position = len(square) if largest else len(square) - exact_rank(G) + 1
    return eigenvalue_enclosure(square, position, ACCURACY)[1]


@lru_cache(maxsize=1024)
def descent(seed: int, case: str, depth: int, steps: int, sign: bool, enlarged: int) -> tuple[Taken, ...]:
    """Return the steps of one instance, fewer than `steps` when the gap is 0."""
    start = instance(seed, case, depth)
    G, B, W, taken = start.G, start.B, start.W, []
    least = least_loss(G, start.Y)
    for _ in range(steps):
        _, (_, moved, (head,)) = rational_descent(G, start.Y, B, W, Fraction(1), 1)
        slopes = tuple(combination(a, b, -1) for a, b in zip(B, moved)), combination(W, head, -1)
        if sign:
            slopes = tuple(_signs(slope) for slope in slopes[0]), _signs(slopes[1])
        step = step_along(G, start.Y, B, W, slopes)
        if not step.square or step.value(Fraction(0)) == least:
            break
        eta = Fraction(1)
        while eta*step.smoothness(eta) > 1:
            eta /= 2
        eta *= enlarged
        layers = layer_product(B, len(G))
        low = eigenvalue_enclosure(gram(transpose(layers)), 1, ACCURACY)[1]
        smooth = step.smoothness(eta)
        certain = step.descends() and eta*smooth <= 1
        taken.append(Taken(step.value(Fraction(0)) - least, step.value(eta) - least, low, eta, smooth, certain))
        B = tuple(rounded(combination(a, b, -eta), BITS) for a, b in zip(B, slopes[0]))
        W = rounded(combination(W, slopes[1], -eta), BITS)
    return tuple(taken)


def _signs(slope: Matrix) -> Matrix:
    return tuple(tuple(Fraction((x > 0) - (x < 0)) for x in row) for row in slope)


def case_row(seed: int, case: str, depth: int, steps: int, wrong: Wrong) -> Row:
    """Return what the steps of one instance say about both inequalities."""
    # wrong moves show at once, and their digits would grow
    steps = min(steps, 2) if wrong.sign or wrong.enlarged > 1 else steps
    taken = descent(seed, case, depth, steps, wrong.sign, wrong.enlarged)
    start = instance(seed, case, depth)
    sigma = sigma_squared(start.inner if wrong.inner else start.G, wrong.largest)
    violations, excess, bound, equal = 0, [], 1.0, False
    for k, step in enumerate(taken):
        low = taken[0].lambda_ if wrong.start else step.lambda_
        # half the loss is half as smooth, and the same move is a step of twice the size
        eta, smooth = (2*step.eta, step.smooth/2) if wrong.half else (step.eta, step.smooth)
        plain = 1 - wrong.plain*eta*low*sigma
        sharp = 1 - wrong.rate*eta*low*sigma*(1 - eta*smooth/2)
        over = step.after - min(plain, sharp)*step.before
        violations += over > 0
        excess.append(float(over/step.before))
        bound *= max(float(min(plain, sharp)), 0.0)
        equal = equal or (k == 0 and step.after == sharp*step.before)
    return {"seed": seed, "case": case, "depth": depth, "steps": len(taken), "violations": violations,
            "uncertain": sum(not step.certain for step in taken), "excess": max(excess), "equal": equal,
            "bound": bound, "shrunk": float(taken[-1].after/taken[0].before)}


def _variant(wrong: Wrong) -> Callable[[tuple[int, ...], Size], tuple[Row, ...]]:
    def program(seeds: tuple[int, ...], size: Size) -> tuple[Row, ...]:
        # one depth for each seed, or all
        return tuple(case_row(seed, case, depth, size.option("steps"), wrong) for seed in seeds for case in CASES
                     for depth in (DEPTHS if size.option("depths") == 3 else (DEPTHS[seed//2 % 3],)))

    return program


measure = _variant(Wrong())
"""Return one row for each seed, case and depth."""


def evaluate(rows: tuple[Row, ...]) -> Evidence:
    """Return the rule's figures: violations, steps without certificate, tight starts without equality."""
    tight = [row for row in rows if row["case"] == "tight"]
    figures = {
        "violations": sum(row["violations"] for row in rows),
        "uncertain": sum(row["uncertain"] for row in rows),
        "unequal": sum(not row["equal"] for row in tight) + (not tight),
    }
    seeds = {row["seed"] for row in rows}
    bad = {row["seed"] for row in rows if row["violations"] or row["uncertain"]}
    steps = sum(row["steps"] for row in rows)
    largest = max(row["excess"] for row in rows)
    detail = (f"{figures['violations']} violations in {steps} exact steps; largest excess over a factor {largest:.3g};"
              f" {len(tight) - figures['unequal']} of {len(tight)} tight starts attain the sharp factor exactly")
    return Evidence(largest, figures, len(seeds - bad), len(seeds), detail)


def plot(rows: tuple[Row, ...]) -> Plot:
    """Return gaps after ten steps against the product of the factors, both divided by the first gap."""
    drawn = [row for row in rows if row["bound"] > 0 and row["shrunk"] > 0]
    ends = (min((row["bound"] for row in drawn), default=0.1), 1.0)
    measured = tuple(series(f"H = {depth}", [(row["bound"], row["shrunk"]) for row in drawn if row["depth"] == depth])
                     for depth in sorted({row["depth"] for row in drawn}))
    return Plot("Gradient descent in rational numbers, ten steps", "certified factor", "gap after, divided by the first"
                " gap", measured, line("bound", ends, ends), log_x=True, log_y=True)


RULE = Rule(
    criteria=(
        Criterion("violations", "=", Fraction(0), "steps whose gap exceeds a certified factor"),
        Criterion("uncertain", "=", Fraction(0), "steps whose smoothness is not certain"),
        Criterion("unequal", "=", Fraction(0), "tight starts whose first step does not attain the sharp factor"),
    ),
    unit="a seed with its graph and starts, all steps",
    share=Fraction(1, 2),
    level=Fraction(1, 1000),
)

REGISTRATION = Registration(
    development_seeds=(*range(1, 101), *range(731_001, 735_000)),
    history="Development seeds fixed the sizes of features and weights and the rounding between steps. Nothing is"
    " compared with a tolerance: all inequalities are decided in rational numbers."
    " Both profiles had held on seeds 731001 to 734040 and quick ones shifted by 1000 and 2000; wrong moves were"
    " cut to 2 steps in between, to save time. All seeds were renewed, another experiment having the same.",
)

_QUICK = (("depths", 1), ("steps", 10))
_FULL = (("depths", 3), ("steps", 10))
_PLANTED = (("depths", 1), ("steps", 6))

EXPERIMENT = Experiment(
    id="gnn_convergence.exact_descent",
    claim="gnn_convergence.discrete_gd",
    title="Each step of gradient descent on five nodes obeys its certified factor, exactly",
    population="random connected graphs with five nodes (GIN) and the cycle (GCN), two features, depths 1 to 3 (one of"
    " them for each seed in the quick profile); random starts, tight starts from W = 0, starts whose layers shrink",
    statistic="largest excess of a gap after a step over the certified factor, divided by the gap before",
    rule=RULE,
    tightest="W = 0 and a residual in the last singular direction: the first step attains the sharp factor",
    registration=REGISTRATION,
    planted=(
        PlantedViolation("4.04", "4.04 in place of 4 in the sharp factor", _variant(Wrong(rate=Fraction(101, 25)))),
        PlantedViolation("full rate", "1 - 4 eta lambda sigma^2 for every eta <= 1/M",
                         _variant(Wrong(plain=Fraction(4)))),
        PlantedViolation("half loss", "steps on half the loss, constants kept", _variant(Wrong(half=True))),
        PlantedViolation("lambda at the start", "lambda of the first step for all steps", _variant(Wrong(start=True))),
        PlantedViolation("inner graph", "S_II in place of S_{*I}", _variant(Wrong(inner=True))),
        PlantedViolation("largest sigma", "the first singular value for the last", _variant(Wrong(largest=True))),
        PlantedViolation("Adam", "the sign of each entry of the gradient, Adam's first step",
                         _variant(Wrong(sign=True))),
        PlantedViolation("step too big", "eight times the admissible step", _variant(Wrong(enlarged=8))),
    ),
    program=measure,
    evaluate=evaluate,
    plot=plot,
    quick=Size(tuple(range(761_001, 761_011)), tuple(range(762_001, 762_021)), _QUICK, _PLANTED),
    full=Size(tuple(range(763_001, 763_041)), tuple(range(764_001, 764_041)), _FULL, _PLANTED),
)

"""What the theorems on training linear graph networks say about a graph, its features, labels and start."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING, Any

from proofs_check.applying import (
    Application,
    Applications,
    at_least,
    at_most,
    counted,
    exactly,
    fails,
    holds,
    shown,
    unsettled,
)
from theory.language.errors import InputError, SearchFailed

from .rates import Row, rate_rows, twins_matter
from .tasks import Task, task_of

if TYPE_CHECKING:
    from numerics.gnn_convergence.graphs import Graph

_FLOW = "the assumption on training: gradient flow of L = ||f - Y||^2 from the start given"
_DESCENT = "the assumption on training: gradient descent on L = ||f - Y||^2 with the step of the conclusion"
_NETWORK = "by construction: the network of the depth given"
_LEAST = "a least-squares solution Z always exists"
HYPOTHESES = {
    "gnn_convergence.linear_rate": {
        "H1-H4": _NETWORK, "H5-H7": _FLOW, "H8": _LEAST, "H9": "T >= 0",
        "H10, H11": "checked: mu is the bound of gnn_convergence.a_priori_lambda, for all times",
        "H12": "checked: sigma_+^2 by balls, with the rank of G decided exactly",
        "C3.H2, C4.H1": "checked: the printed form, sigma_min in place of sigma_+"},
    "gnn_convergence.multiscale_rate": {
        "H1-H7": _NETWORK, "H8, H9": _FLOW, "H10, H11": _LEAST, "H12": "T >= 0",
        "H13": "checked: the bounds of gnn_convergence.a_priori_lambda, for all times",
        "H14": "checked: kappa = lambda sigma_+^2 of the stack (part 3)"},
    "gnn_convergence.a_priori_lambda": {
        "H1-H3": _NETWORK, "H4-H6": _FLOW, "H7": "checked: no layer is narrower than its input",
        "H8, H10": "by construction: s_l sums least eigenvalues of the conserved matrices from layer l on",
        "H9": "checked by balls: s_l > 0"},
    "gnn_convergence.discrete_gd": {
        "H1": _LEAST, "H2-H4, H6": _DESCENT, "H5, H7, H8": "checked: M on a ball that descent does not leave",
        "H9-H11": "checked: lambda of gnn_convergence.a_priori_descent", "H12": "checked: sigma_+^2 by balls"},
    "gnn_convergence.a_priori_descent": {
        "H1, H4, H5": "definitions", "H2, H3": _DESCENT, "H6": _LEAST,
        "H7, H9-H11": "checked: norms from above, by balls",
        "H12": "checked: the layer is not narrower than the features", "H13, H14, H19": "checked: lambda > 0",
        "H15, H16": "checked: radius and step", "H17": "checked: L_0 > L*", "H8, H20, H21": "checked: G is not 0",
        "H18, H22-H28": "signs of chosen numbers"},
    "gnn_convergence.conditions": {
        "H1": "by construction: F(l) = X S^l", "H2-H5": "two training nodes", "H6": "checked: equal columns of S",
        "H7, H8": "by construction: c is the difference of two unit vectors"},
    "gnn_convergence.twin_corank": {
        "H1-H4, H6, H7": "by construction: a class of m twins gives m - 1 pairs", "H5": "checked: equal columns of S"},
    "gnn_convergence.margin_vacuous": {"H1": "any V that is not 0", "C3": "checked: one layer and one head"},
    "gnn_convergence.landscape": {"H1": _LEAST, "C1": "checked: one head"},
}


def applications_of(graph: Any, X: Any = None, train: Any = None, Y: Any = None, *, layers: Sequence[int] = (1, 2, 3),
                    aggregation: Any = "gcn", features: str | None = None, labels: str | None = None, seed: int = 0,
                    claim: str | None = None, **start: Any) -> Applications:
    """Apply the family's claims to a linear graph network at its start, for each depth.

    Args:
        graph, X, train, Y, layers, aggregation, features, labels, seed: as for `rate_table`. claim: the id of the only
            claim that is asked for. start: skip, width, start, scale and heads, as for `rate_table`.

    Raises InputError: as `rate_table`.
    """
    task = task_of(graph, X, train, Y, aggregation=aggregation, features=features, labels=labels, seed=seed)
    depths = rate_rows(task, layers=layers, seed=seed, estimates=False, **start)
    asked = HYPOTHESES if claim is None else (claim,)
    rows: list[Application] = []
    for name in asked:
        rows += _OF_GRAPH[name](task) if name in _OF_GRAPH else [a for row in depths for a in _OF_DEPTH[name](row)]
    heads = "heads on all layers" if depths[0].record.skip else "one head"
    kind = {"gcn": "GCN aggregation", "gin": "GIN aggregation"}.get(task.kind, "an aggregation of its own")
    note = ("H: number of layers; G: aggregated features of the training nodes; P: product of the layers; lambda_T: "
            "infimum over [0, T] of the least eigenvalue of P'P. Loss L = ||f - Y||^2, neither halved nor averaged."
            + "".join(f" {sentence}" for sentence in task.said))
    return Applications(f"Theorems on a linear graph network on {task.graph.name}, {kind}, {heads}", tuple(rows),
                        (note,))


def _where(row: Row) -> str:
    return f"H = {row.record.depth}"


def _one_head(claim: str, row: Row, hypothesis: str) -> Application | None:
    if not row.record.skip or not row.record.depth:
        return None
    extra = row.record.depth
    return fails(claim, _where(row), hypothesis, "the network has one head, on its last layer",
                 f"{counted(extra, 'head')} too many: all layers have one", by=exactly(extra))


def _one_layer(claim: str, row: Row, hypothesis: str) -> Application | None:
    depth = row.record.depth
    off = abs(depth - 1)
    if not off:
        return None
    return fails(claim, _where(row), hypothesis, "the network has one layer", f"{counted(off, 'layer')} too "
                 f"{'many' if depth else 'few'}: H = {depth}", by=exactly(off))


def _narrow(row: Row) -> tuple[int, int, int] | None:
    """The first layer that is narrower than its input: its number, width and that of the input."""
    widths = (row.problem.X.shape[0], *row.weights.widths)
    return next(((k, b, a) for k, (a, b) in enumerate(zip(widths, widths[1:]), 1) if b < a), None)


def _lambda(claim: str, row: Row, hypothesis: str) -> Application | None:
    """Nothing, if some lambda is certified for all times; else what stands against it."""
    record = row.record
    if record.lambda_certified > 0:
        return None
    words = "mu |V|^2 <= |V P'|^2 at all times, for some mu > 0"
    features = row.problem.X.shape[0]
    narrow = next((k for k, m in enumerate(record.widths, 1) if m < features), None)
    if narrow is not None:
        missing = features - record.widths[narrow - 1]
        return fails(claim, _where(row), hypothesis, words, f"{counted(missing, 'neuron')}: layer {narrow} has "
                     f"{record.widths[narrow - 1]} for {features} features, so P has a kernel and mu <= 0 at all "
                     "times", by=exactly(missing))
    top = record.lambda_start[1]
    return unsettled(claim, _where(row), hypothesis, words, f"the infimum over time is in [0, {at_most(top)}]: "
                     "gnn_convergence.a_priori_lambda does not say more", (Fraction(0), top))


def _sigma(claim: str, row: Row, hypothesis: str) -> Application | None:
    record = row.record
    if record.sigma_plus[0] > 0 or (record.rank_exact and record.rank == 0):
        return None
    return unsettled(claim, _where(row), hypothesis, "sigma_+^2 > 0 is a lower bound on the row space of G",
                     f"sigma_+^2 is in {shown(record.sigma_plus)}: the rank of G is not certain", record.sigma_plus)


def _rate(claim: str, row: Row, exponent: Fraction, sigma: str) -> Application:
    if row.record.rank == 0:
        return holds(claim, _where(row), "G = 0, so that the loss is constant: vacuous")
    return holds(claim, _where(row), f"L_T - L* <= (L_0 - L*) exp(-c T) for all T >= 0, c = 4 lambda {sigma} >= "
                 f"{at_least(exponent)}", grade="enclosed", exponent=exponent,
                 **{"lambda": row.record.lambda_certified})


def _linear_rate(row: Row) -> list[Application]:
    claim = "gnn_convergence.linear_rate"
    if found := _one_head(claim, row, "H4"):
        return [found]
    found = _lambda(claim, row, "H11")
    sharp = found or _sigma(claim, row, "H12") or _rate(claim, row, row.record.exponent, "sigma_+^2")
    printed = _printed(claim, row) or found or _rate(claim, row, row.record.printed_exponent, "sigma_min^2")
    return [replace(sharp, subject=f"{_where(row)}, sharpened"), replace(printed, subject=f"{_where(row)}, as printed")]


def _printed(claim: str, row: Row) -> Application | None:
    """The form with sigma_min: G has to have full rank."""
    record = row.record
    size, short = min(record.rows, record.columns), "C3.H2" if record.rows <= record.columns else "C4.H1"
    words = "s |V|^2 <= |V G|^2 (or |V G'|^2) for all V, with s = sigma_min^2 > 0"
    if not record.rank_exact:
        top = record.sigma_plus[1]
        return unsettled(claim, _where(row), short, words, f"sigma_min^2 is in [0, {at_most(top)}]: the rank of G is "
                         "not certain", (Fraction(0), top))
    if record.rank == size:
        return None
    why = ""
    if twins_matter(record.rows, record.columns, record.twins, depth=record.depth, skip=record.skip):
        lost = sum(len(group) - 1 for group in record.twins)
        why = f", since twins leave {record.columns - lost} different columns"
    return fails(claim, _where(row), short, words, f"{size - record.rank} of rank: the {record.rows} x {record.columns}"
                 f" matrix G has rank {record.rank}{why}, and sigma_min = 0", by=exactly(size - record.rank))


def _multiscale_rate(row: Row) -> list[Application]:
    claim = "gnn_convergence.multiscale_rate"
    if not row.record.skip and row.record.depth:
        missing = row.record.depth
        return [fails(claim, _where(row), "H5", "every layer has a head", f"{counted(missing, 'head')}: only "
                      "the last layer has one", by=exactly(missing))]
    return [_lambda(claim, row, "H13") or _sigma(claim, row, "H14")
            or _rate(claim, row, row.record.exponent, "sigma_+^2")]


def _a_priori_lambda(row: Row) -> list[Application]:
    from numerics.gnn_convergence.certified import layer_enclosures

    claim, where = "gnn_convergence.a_priori_lambda", _where(row)
    if narrow := _narrow(row):
        level, width, before = narrow
        return [fails(claim, where, "H7", "U_l'U_l = I: layer l is at least as wide as its input",
                      f"{counted(before - width, 'neuron')}: layer {level} has {width} for inputs of width {before}",
                      by=exactly(before - width))]
    for level, (low, high) in enumerate(layer_enclosures(row.problem, row.weights), 1):
        if high < 0:
            return [fails(claim, where, "H9", "0 < s_l in every layer", f"{shown((-high, -low))}: s_{level} is "
                          "negative, the heads are too large for the layers", by=(-high, -low), grade="enclosed")]
        if low <= 0:
            return [unsettled(claim, where, "H9", "0 < s_l in every layer", f"s_{level} is in [{float(low):.3g}, "
                              f"{float(high):.3g}]", (low, high))]
    found = row.record.lambda_certified
    return [holds(claim, where, f"lambda_T >= {at_least(found)} for all T >= 0", grade="enclosed", **{"lambda": found})]


def _discrete_gd(row: Row) -> list[Application]:
    claim = "gnn_convergence.discrete_gd"
    if found := _one_head(claim, row, "H2"):
        return [found]
    if row.record.depth != 1:
        return [unsettled(claim, _where(row), "H5", "the loss is M-smooth along the steps", "M is in [0, infinity]: a "
                          "constant is computed for one layer only")]
    found = _descent("gnn_convergence.a_priori_descent", row)
    if found.conclusion:
        return [replace(found, claim=claim)]
    return [unsettled(claim, _where(row), "H5", "the loss is M-smooth along the steps", "M is in [0, infinity]: "
                      f"gnn_convergence.a_priori_descent, which gives M, fails at {found.hypothesis}")]


def _a_priori_descent(row: Row) -> list[Application]:
    claim = "gnn_convergence.a_priori_descent"
    return [_one_head(claim, row, "H3") or _one_layer(claim, row, "H3") or _descent(claim, row)]


def _descent(claim: str, row: Row) -> Application:
    """One layer and one head: a step size with its factor, or what stands against it."""
    from numerics.gnn_convergence.certified import certified_step, layer_enclosures

    where, record = _where(row), row.record
    if narrow := _narrow(row):
        return fails(claim, where, "H12", "U'U = I: the layer is at least as wide as the features",
                     f"{counted(narrow[2] - narrow[1], 'neuron')}: {narrow[1]} for {narrow[2]} features",
                     by=exactly(narrow[2] - narrow[1]))
    if record.rank_exact and record.rank == 0:
        return fails(claim, where, "H21", "0 < |G|", "0: G is 0", by=exactly(0))
    if record.sigma_plus[0] == 0:
        return unsettled(claim, where, "H20", "0 < sigma_+^2", f"sigma_+^2 is in {shown(record.sigma_plus)}",
                         record.sigma_plus)
    low, high = layer_enclosures(row.problem, row.weights)[0]
    if high < 0:
        return fails(claim, where, "H14", "0 < mu <= s_0 - 2 eta g_0, so that s_0 > 0", f"{shown((-high, -low))}: s_0 "
                     "is negative, the head is too large for the layer", by=(-high, -low), grade="enclosed")
    if low <= 0:
        return unsettled(claim, where, "H14", "0 < mu <= s_0 - 2 eta g_0, so that s_0 > 0", f"s_0 is in "
                         f"[{float(low):.3g}, {float(high):.3g}]", (low, high))
    try:
        found = certified_step(row.problem, row.weights)
    except (InputError, SearchFailed):
        return unsettled(claim, where, "H17", "L* < L_0", "L_0 - L* is in [0, 0] as far as it was enclosed: the start "
                         "is optimal", exactly(0))
    return holds(claim, where, f"eta = {at_least(found.step)}: L_k - L* <= (1 - x)^k (L_0 - L*), x >= "
                 f"{at_least(1 - found.factor)}", grade="enclosed", step=found.step, factor=found.factor)


def _margin_vacuous(row: Row) -> list[Application]:
    claim = "gnn_convergence.margin_vacuous"
    return [_one_head(claim, row, "C3") or _one_layer(claim, row, "C3") or holds(
        claim, _where(row), "every lower bound of |B V|^2/|V|^2 over all weights of the same loss is <= 0: a margin "
        "over a sublevel set is vacuous", margin_at_most=Fraction(0))]


def _landscape(row: Row) -> list[Application]:
    claim = "gnn_convergence.landscape"
    if found := _one_head(claim, row, "C1"):
        return [found]
    least = row.record.least_loss
    if least is None:
        return [holds(claim, _where(row), "critical points with P'P > 0 have L = L*, which was not enclosed")]
    grade = "exact" if least[0] == least[1] else "enclosed"
    value = f"= {shown(least)}" if least[0] == least[1] else f"in {shown(least)}"
    return [holds(claim, _where(row), f"critical points with P'P > 0 have L = L* {value}",
                  grade=grade, least_loss_lower=least[0], least_loss_upper=least[1])]


def _conditions(task: Task) -> list[Application]:
    claim = "gnn_convergence.conditions"
    pair, gap, unit = _nearest(task, task.train)
    if pair is None:
        return [fails(claim, "training nodes", "H2", "there are two training nodes", "1 node: there is one",
                      by=exactly(1))]
    names = " and ".join(task.graph.nodes[k] for k in pair)
    if gap:
        return [fails(claim, "training nodes", "H6", "two training nodes have equal columns of S (closed twins)",
                      f"{at_most(gap)} {unit}: nearest are {names}", by=exactly(gap))]
    return [holds(claim, "training nodes", f"{names} are twins: the columns of G are dependent for every X and H >= 1, "
                  "and no bound s > 0 over its columns holds", sigma_min=Fraction(0))]


def _twin_corank(task: Task) -> list[Application]:
    claim = "gnn_convergence.twin_corank"
    columns = _columns(task)
    classes: dict[Any, int] = {}
    for column in columns:
        classes[column] = classes.get(column, 0) + 1
    lost = sum(size - 1 for size in classes.values())
    if lost:
        return [holds(claim, "all nodes", f"S has a kernel of dimension at least {lost}", corank=Fraction(lost))]
    pair, gap, unit = _nearest(task, range(len(columns)))
    if pair is None:
        return [fails(claim, "all nodes", "H2", "there are two nodes", "1 node: there is one", by=exactly(1))]
    names = " and ".join(task.graph.nodes[k] for k in pair)
    return [fails(claim, "all nodes", "H5", "two nodes have equal columns of S (closed twins)",
                  f"{at_most(gap)} {unit}: nearest are {names}", by=exactly(gap))]


def _columns(task: Task) -> list[Any]:
    """What makes columns of S equal: closed neighbourhoods, or the exact columns of an aggregation of its own."""
    if task.kind in ("gcn", "gin"):
        return [frozenset(k for k, edge in enumerate(row) if edge) | {node}
                for node, row in enumerate(_adjacency(task.graph))]
    return [tuple(map(Fraction, column)) for column in zip(*task.aggregation.tolist())]


def _adjacency(graph: Graph) -> Sequence[Sequence[int]]:
    return graph.adjacency


def _nearest(task: Task, nodes: Sequence[int]) -> tuple[tuple[int, int] | None, Fraction, str]:
    """The two nodes whose columns differ least, by how much, and in what unit."""
    columns = _columns(task)
    sets = task.kind in ("gcn", "gin")

    def gap(pair: tuple[int, int]) -> Fraction:
        first, second = (columns[k] for k in pair)
        return Fraction(len(first ^ second)) if sets else max(abs(a - b) for a, b in zip(first, second))

    pair = min(combinations(nodes, 2), key=gap, default=None)
    unit = "neighbours that only one of them has" if sets else "in the largest entry of the difference"
    return pair, gap(pair) if pair else Fraction(0), unit


_OF_DEPTH: dict[str, Callable[[Row], list[Application]]] = {
    "gnn_convergence.linear_rate": _linear_rate, "gnn_convergence.multiscale_rate": _multiscale_rate,
    "gnn_convergence.a_priori_lambda": _a_priori_lambda, "gnn_convergence.discrete_gd": _discrete_gd,
    "gnn_convergence.a_priori_descent": _a_priori_descent, "gnn_convergence.margin_vacuous": _margin_vacuous,
    "gnn_convergence.landscape": _landscape,
}
_OF_GRAPH: dict[str, Callable[[Task], list[Application]]] = {
    "gnn_convergence.conditions": _conditions, "gnn_convergence.twin_corank": _twin_corank,
}

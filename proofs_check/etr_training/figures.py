"""Figures of the training problem as data: phases of the loss, trained networks, solvers, growth of the search."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from numerics.experiments.plots import Plot, line, series
from proofs_check.etr_training import table_of as tables
from proofs_check.etr_training.decide import decide
from proofs_check.etr_training.decision_table import OptimumRow
from proofs_check.etr_training.gadget_table import GadgetRow
from proofs_check.etr_training.optimum import exact_optimum
from proofs_check.etr_training.scaling_table import ScalingRow
from proofs_check.etr_training.solver_table import SETTLED, read_benchmark, solver_rows, truths
from proofs_check.tables import Table
from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from proofs_check.etr_training.width_table import WidthRow

GRID = tuple(Fraction(k, 4) for k in range(1, 8))
"""Thresholds of the phase plot, as multiples of the exact optimum."""
MOST = 4.0
"""Multiples of the optimum up to which trained networks are drawn."""
_FEW = 4
"""So many labelled series fit below a picture, beside the line."""


def figures(subject: Any, **options: Any) -> dict[str, Plot]:
    """Return the figures about a subject by name; subject and options as for `table_of`.

    Data give "phase-NAME", instances with `kind="optimum", trained=True` "trained", a benchmark "solvers", "scaling"
    itself, formulas "gadgets"; what is left has none.
    """
    return dict(table_and_figures(subject, **options)[1])


def table_and_figures(subject: Any, **options: Any) -> tuple[Table, dict[str, Plot]]:
    """Return the table about a subject and its figures, from the same search."""
    table = tables.table_of(subject, **options)
    records = table.records
    kind = type(records[0]).__name__ if records else ""
    if kind == "WidthRow":
        data = tables.named_data(subject)
        plots = {f"phase-{row.name}": phase_plot(row.name, *data[row.name], _widths(row),
                                                 output_bias=row.output_bias) for row in records}
    elif kind == "OptimumRow":
        drawn = any(r.trained and r.optimum and r.optimum.value for r in records)
        plots = {"trained": trained_plot(records)} if drawn else {}
    elif kind == "SolverRow":
        plots = {"solvers": solver_plot(subject)}
    elif kind == "ScalingRow":
        plots = {"scaling": scaling_plot(records)}
    elif kind == "GadgetRow":
        plots = {"gadgets": gadget_plot(records)}
    else:
        plots = {}
    return table, plots


def _widths(row: WidthRow) -> tuple[int, ...]:
    """Widths up to the least one that fits, at most five of them."""
    end = row.found.width if row.found.width is not None else row.found.lower
    return tuple(range(max(0, end - 4), end + 1))


def phase_plot(name: str, xs: Sequence[Any], ys: Sequence[Any], widths: Sequence[int], *, output_bias: bool = False,
               timeout: float | int | None = 20) -> Plot:
    """Return which thresholds can be met with which width: answers of `decide`, each certified, and the exact optimum.

    Thresholds are multiples of the optimum (GRID), the optimum itself and, where it is 0, shares of the optimum of one
    unit less; points that were not decided in `timeout` seconds are left out.
    """
    answers: dict[str, list[tuple[float, float]]] = {"sat": [], "unsat": []}
    optima: list[tuple[int, Fraction]] = []
    for width in widths:
        instance = TrainingInstance.one_hidden_layer(xs, ys, width, outputs=1, output_bias=output_bias)
        found = exact_optimum(instance, timeout=timeout)
        if found.value is None:
            continue
        scale = found.value or (optima[-1][1] if optima else Fraction(1))
        optima.append((width, found.value))
        for threshold in sorted({share * scale for share in GRID} | {found.value}):
            status = decide(replace(instance, threshold=threshold), timeout=timeout).status
            if status in answers:
                answers[status].append((width, float(threshold)))
    if not optima:
        raise InputError(explain(f"figure phase-{name}", "an optimum found in time", "none", "Use fewer points."))
    measured = [series(f"{word} (certified)", answers[word]) for word in ("sat", "unsat") if answers[word]]
    return Plot(f"Which loss can be reached: {name}", "hidden units", "threshold of the total squared loss",
                tuple(measured), line("exact optimum", tuple(w for w, _ in optima), tuple(v for _, v in optima)))


def trained_plot(records: Sequence[OptimumRow]) -> Plot:
    """Return the losses of all trained networks as multiples of the exact optimum, where that is positive.

    No point lies below the line; runs above MOST times the optimum are counted below the axis.
    """
    points, best, left = [], [], 0
    for place, row in enumerate(records, 1):
        if row.optimum is not None and row.optimum.value and row.trained is not None:
            shares = [float(loss / row.optimum.value) for loss in row.trained.losses]
            points += [(place, share) for share in shares if share <= MOST]
            left += sum(share > MOST for share in shares)
            best.append((place, min(shares)))
    if not best:
        raise InputError(explain("figure trained", "a positive optimum with trained networks", "none",
                                 "Give an instance that cannot be fitted exactly."))
    above = f" ({left} runs above {MOST:g})" if left else ""
    return Plot("Trained networks and the exact optimum", f"number of the instance in the table{above}",
                "total squared loss / exact optimum", (series("all runs", points or best), series("best run", best)),
                line("exact optimum", (best[0][0], best[-1][0] + (len(best) == 1)), (1, 1)))


def solver_plot(source: Any) -> Plot:
    """Return how many instances are solved within how many seconds each: decide and the best run of each solver."""
    record = read_benchmark(source)
    truth = truths(record)
    rows = [row for row in solver_rows(record) if row.solver not in ("decide", "highs")]
    best: dict[str, tuple[str, str]] = {}
    for row in sorted(rows, key=lambda r: -r.solved):
        best.setdefault(row.solver, (row.solver, row.encoding))
    measured = []
    for pair in list(best.values())[:_FEW]:
        times = _sorted_times(record, pair, truth)
        if times:
            measured.append(line(" ".join(pair), tuple(range(1, len(times) + 1)), times))
    ours = _sorted_times(record, ("decide", ""), truth)
    if not ours:
        raise InputError(explain("figure solvers", "an instance that decide solved", "none", "Run it with more time."))
    return Plot("Instances solved: decide and the best encoding of each solver", "instances solved",
                "seconds for one instance", tuple(measured), line("decide", tuple(range(1, len(ours) + 1)), ours),
                log_y=True)


def _sorted_times(record: Mapping[str, Any], pair: tuple[str, str], truth: Mapping[str, str]) -> tuple[float, ...]:
    return tuple(sorted(max(float(r["seconds"]), 1e-4) for r in record["runs"]
                        if (r["solver"], r["encoding"]) == pair and r["answer"] in SETTLED
                        and truth.get(r["instance"], r["answer"]) == r["answer"]))


def scaling_plot(records: Sequence[ScalingRow]) -> Plot:
    """Return the size of the search tree against the number of points, one line for each number of inputs and units."""
    shapes = list(dict.fromkeys((r.inputs, r.hidden) for r in records))
    measured = []
    for d, w in shapes[:_FEW]:
        rows = [r for r in records if (r.inputs, r.hidden) == (d, w)]
        measured.append(line(f"d = {d}, w = {w}", tuple(r.points for r in rows),
                             tuple(max(1.0, statistics.median(r.nodes)) for r in rows)))
    n = sorted({r.points for r in records})
    first = max(1.0, min(statistics.median(r.nodes) for r in records if r.points == n[0]))
    return Plot("Growth of the search for the exact optimum", "points", "nodes of the search tree (median)",
                tuple(measured), line("n^2", tuple(n), tuple(first * (k / n[0]) ** 2 for k in n)), log_x=True,
                log_y=True)


def gadget_plot(records: Sequence[GadgetRow]) -> Plot:
    """Return the number of edges of compiled instances against their number of data, one series an activation."""
    names = list(dict.fromkeys(r.activation for r in records))[:_FEW]
    measured = [series(name, [(r.counted.data, r.counted.edges) for r in records if r.activation == name])
                for name in names]
    end = max(r.counted.data for r in records)
    return Plot("Formulas as training instances", "data", "edges of the network", tuple(measured),
                line("two edges a datum", (0, end), (0, 2 * end)))



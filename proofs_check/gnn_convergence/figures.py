"""Figures of a rate table as data: gaps against bounds, singular values against depth, contributions over time.

Gaps and contributions are floating point; bounds are the table's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from numerics.experiments.plots import Plot, Series, line
from theory.language.errors import InputError, explain

from .rates import Row, rate_rows
from .tasks import Task, task_of

LEAST = 1e-300
"""Smaller numbers have no place on a logarithmic axis."""
DEPTHS = 6
"""Singular values are drawn up to this depth at least."""
POINTS = 60
MOST_TERMS = 6
"""Colours of a figure."""


def figures(graph: Any, X: Any = None, train: Any = None, Y: Any = None, *, aggregation: Any = "gcn",
            features: str | None = None, labels: str | None = None, seed: int = 0, **options: Any) -> dict[str, Plot]:
    """Return the figures by name: gap_H and contributions_H for each depth H, and singular_values.

    Arguments as for `rate_table`, without `estimates`.
    """
    task = task_of(graph, X, train, Y, aggregation=aggregation, features=features, labels=labels, seed=seed)
    return figures_of(task, rate_rows(task, seed=seed, **options))


def figures_of(task: Task, rows: Sequence[Row]) -> dict[str, Plot]:
    """Return the figures of rows that were found with estimates."""
    found: dict[str, Plot] = {"singular_values": spectrum_plot(task, rows)}
    for row in rows:
        if row.observed is not None and len(row.observed.times) > 2:
            found[f"gap_{row.record.depth}"] = gap_plot(task, row)
            found[f"contributions_{row.record.depth}"] = contribution_plot(task, row)
    return found


def gap_plot(task: Task, row: Row) -> Plot:
    """Return the relative gap over time, the bound with the observed lambda, and (dashed) the bound known before."""
    seen = _required(row)
    times = np.linspace(0, seen.times[-1], POINTS)
    gaps = np.interp(times, seen.times, np.log(np.maximum(seen.gaps, LEAST)))
    infima = seen.infima[np.minimum(np.searchsorted(seen.times, times), len(seen.times) - 1)]
    rate = 4*row.problem.sigma_plus_squared()
    bound = np.exp(-rate*infima*times)
    prior = np.exp(-float(row.record.exponent)*times)
    kept = bound > LEAST
    return Plot(f"Gap and its bounds, {_name(task, row)}", "time", "(L - L*)/(L_0 - L*)",
                (Series("measured", _floats(times), _floats(np.exp(gaps))),
                 line("bound, lambda observed", _floats(times[kept]), _floats(bound[kept]))),
                line("bound before training", _floats(times), _floats(np.maximum(prior, LEAST))), log_y=True)


def spectrum_plot(task: Task, rows: Sequence[Row]) -> Plot:
    """Return the least non-zero and the largest squared singular value of G against H, with and without skips.

    The dashed line is the former at H = 0, without aggregation.
    """
    from numerics.gnn_convergence.networks import Problem, shift

    depths = range(max(DEPTHS, *(row.record.depth for row in rows)) + 1)
    aggregation = shift(task.graph, task.aggregation)
    points: dict[str, list[tuple[float, float]]] = {}
    start = 0.0
    for depth in depths:
        for skip in (False, True):
            problem = Problem(task.X, aggregation, task.train, task.Y, depth, skip)
            plus = problem.sigma_plus_squared()
            start = start or plus
            if plus > LEAST:
                name = " skip" if skip else ""
                points.setdefault(f"s_+^2{name}", []).append((depth, plus))
                points.setdefault(f"s_max^2{name}", []).append((depth, float(np.linalg.norm(problem.design(), 2))**2))
    if not points:
        raise InputError(explain("X", "features that are not all zero", "zero", "Give other features."))
    curves = tuple(line(name, tuple(x for x, _ in pairs), tuple(y for _, y in pairs))
                   for name, pairs in points.items())
    title = f"Least non-zero and largest singular value of G, {task.graph.name}, {task.kind}"
    return Plot(title, "layers H", "squared singular value", curves,
                line("s_+^2, H = 0", (0, depths[-1]), (start, start)), log_y=True)


def contribution_plot(task: Task, row: Row) -> Plot:
    """Return the shares of the terms in -dL/dt, stacked: the room below the first line is the first term's, and so on.

    v_l: the head behind layer l; J_i: layer i. The last line is their sum. More than MOST_TERMS are drawn in groups.
    """
    seen = _required(row)
    names, terms = _grouped(row, seen.contributions)
    totals = terms.sum(axis=1)
    kept = np.flatnonzero((totals > LEAST) & (seen.times > 0))
    shares = np.cumsum(terms[kept], axis=1)/totals[kept, None]
    times = _floats(seen.times[kept])
    curves = tuple(line(name if k == 0 else f"+ {name}", times, _floats(shares[:, k]))
                   for k, name in enumerate(names[:-1]))
    last = line(f"+ {names[-1]} = -dL/dt" if curves else f"{names[-1]} = -dL/dt", times, (1.0,)*len(times))
    return Plot(f"Terms of -dL/dt, {_name(task, row)}", "time", "share, stacked", curves, last, log_x=True)


def _grouped(row: Row, terms: Any) -> tuple[list[str], Any]:
    """The terms by name; all layers in one, and then all heads, where there are too many."""
    heads, depth = row.problem.heads, row.record.depth
    names = [*(f"v_{k}" for k in heads), *(f"J_{k}" for k in range(1, depth + 1))]
    if len(names) > MOST_TERMS and depth > 1:
        names, terms = [*names[:len(heads)], "J"], np.c_[terms[:, :len(heads)], terms[:, len(heads):].sum(axis=1)]
    if len(names) > MOST_TERMS:
        names, terms = ["v", "J"], np.c_[terms[:, :len(heads)].sum(axis=1), terms[:, len(heads):]]
    return names, terms


def _required(row: Row) -> Any:
    if row.observed is None:
        raise InputError(explain("figures", "training", "estimates=False, or an optimal start", "Allow estimates."))
    return row.observed


def _floats(values: Any) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


def _name(task: Task, row: Row) -> str:
    return f"{task.graph.name}, {task.kind}, H = {row.record.depth}" + (", all heads" if row.record.skip else "")

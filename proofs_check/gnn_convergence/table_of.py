"""Tables of training rates of graph networks: conditions, certified exponents, what training did, how tight it was."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from proofs_check.tables import Table, decimal_above, decimal_below, lower_text, upper_text

from .rates import Progress, RateRecord, Row, rate_rows, twins_matter
from .tasks import Task, task_of

COLUMNS = ("H", "S", "rank G", "sigma_min^2", "sigma_+^2", "lambda(0)", "certified lambda", "observed inf lambda",
           "printed exponent", "a-priori exponent", "bound exponent", "measured exponent", "tightness", "L*",
           "time to eps, at most", "time to eps, seen", "admissible eta", "twins", "what fails")
DIGITS = 4
"""Significant digits of numbers below 1."""


def table_of(subject: Any, **options: Any) -> Table:
    """Return the rate table of a graph, a mapping with the keys graph, X, train, Y, or a `Task`.

    `options` are those of `rate_table`.
    """
    return rate_table(subject, **options)


def rate_table(graph: Any, X: Any = None, train: Any = None, Y: Any = None, *, layers: Sequence[int] = (1, 2, 3),
               aggregation: Any = "gcn", skip: bool = False, width: int | None = None, start: str = "orthogonal",
               scale: Any = "1", heads: Any = "0", eps: Any = "1e-6", features: str | None = None,
               labels: str | None = None, seed: int = 0, estimates: bool = True,
               progress: Progress | None = None) -> Table:
    """Return the rates of a linear graph network, one row for each depth.

    Args:
        graph: networkx graph, PyG `Data`, adjacency matrix (dense or sparse), or a mapping with the next four keys.
        X: features (m_x, n), columns are nodes; default the graph's own, else one-hot. train: nodes, a mask, or a
            share such as "1/2" (the default, drawn with the seed). Y: labels (m_y, training nodes) or (m_y, n);
            default the graph's own, else degree above the mean.
        layers: depths H, from 0 to 64. aggregation: "gcn", "gin", or S (n, n). skip: heads on all layers.
        width: of all layers, default m_x. start: layers "orthogonal" or "gaussian"; scale: their factor; heads: the
            standard deviation of the heads' entries, exact numbers.
        eps: times are until the gap is eps times that at the start. features, labels: kinds, see `task_of`.
        seed: of all random choices. estimates: also train, for the columns marked ~. progress: told what is done.

    Raises:
        InputError: a graph that is directed, weighted or has self-loops, shapes that do not fit, no training nodes.
    """
    task = task_of(graph, X, train, Y, aggregation=aggregation, features=features, labels=labels, seed=seed)
    rows = rate_rows(task, layers=layers, skip=skip, width=width, start=start, scale=scale, heads=heads, eps=eps,
                     seed=seed, estimates=estimates, progress=progress)
    return table_from(task, rows, eps=eps, start=start, scale=scale, heads=heads)


def table_from(task: Task, rows: Sequence[Row], *, eps: Any = "1e-6", start: str = "orthogonal", scale: Any = "1",
               heads: Any = "0") -> Table:
    """Return the table of rows that `rate_rows` found; the options are told in its notes."""
    records = tuple(row.record for row in rows)
    model = "heads on all layers" if records[0].skip else "one head"
    title = f"Rates of a linear graph network on {task.graph.name}, {_aggregation(task)}, {model}"
    begun = f"B {start}, scale {scale}; W = 0" if str(heads) == "0" else \
        f"B {start}, scale {scale}; heads Gaussian, deviation {heads}"
    return Table(title, COLUMNS, tuple(map(_cells, records)), _notes(task, rows, str(eps), begun), records)


def _aggregation(task: Task) -> str:
    return {"gcn": "GCN aggregation", "gin": "GIN aggregation"}.get(task.kind, "an aggregation of its own")


def below(value: Fraction) -> str:
    """Return a nonnegative number rounded down to four significant digits; 0 is exactly 0, close below 1 is 1 - x.

    >>> below(Fraction(2, 3)), below(Fraction(1, 300)), below(Fraction(0)), below(1 - Fraction(1, 10**9))
    ('0.6666', '0.003333', '0', '1 - 1.000e-9')
    """
    if value in (0, 1):
        return str(value)
    if 0 < 1 - value < Fraction(1, 10**DIGITS):
        return f"1 - {upper_text(1 - value)}"
    places = _places(value)
    return lower_text(value) if places is None else decimal_below(value, places)


def above(value: Fraction) -> str:
    """Return a nonnegative number rounded up to four significant digits; 0 is exactly 0.

    >>> above(Fraction(2, 3)), above(Fraction(10**4, 3)), above(Fraction(0))
    ('0.6667', '3334', '0')
    """
    if value in (0, 1):
        return str(value)
    places = _places(value)
    return upper_text(value) if places is None else decimal_above(value, places)


def _places(value: Fraction) -> int | None:
    """Decimal places that make four significant digits, for numbers from 1/1000 to 10^6."""
    if not Fraction(1, 1000) <= value < 10**6:
        return None
    if value >= 1:
        return max(0, DIGITS - len(str(value.numerator//value.denominator)))
    return DIGITS + next(k for k in range(4) if value*10**(k + 1) >= 1)


def _cells(record: RateRecord) -> tuple[str, ...]:
    def estimate(value: float | None) -> str:
        return "-" if value is None else f"~{value:.{DIGITS}g}"

    zero = record.rank < min(record.rows, record.columns)
    printed = below(record.printed_exponent)
    if zero and record.rank_exact:
        by_twins = twins_matter(record.rows, record.columns, record.twins, depth=record.depth, skip=record.skip)
        printed = "vacuous (twins)" if by_twins else "vacuous (rank)"
    elif record.printed_exponent == 0:
        printed = "vacuous"
    rank = f"{record.rank} of {min(record.rows, record.columns)}"
    classes, members = len(record.twins), sum(map(len, record.twins))
    twins = f"{members} in {classes} class" + "es"*(classes > 1) if classes else "none"
    return (str(record.depth), record.aggregation, rank if record.rank_exact else f"~{rank}",
            below(record.sigma_min[0]), below(record.sigma_plus[0]), below(record.lambda_start[0]),
            below(record.lambda_certified),
            estimate(record.lambda_observed), printed, below(record.exponent) if record.exponent else "vacuous",
            estimate(record.bound_exponent), estimate(record.measured_exponent), estimate(record.tightness),
            "-" if record.least_loss is None else _enclosed(record.least_loss),
            "-" if record.time is None else above(record.time), _seen(record),
            "-" if record.step is None else below(record.step), twins, "; ".join(record.fails) or "nothing")


def _enclosed(pair: tuple[Fraction, Fraction]) -> str:
    low, high = below(pair[0]), above(pair[1])
    if low == high or pair[0] == 0:
        return high if low == high else f"<= {high}"
    return f"[{low}, {high}]"


def _seen(record: RateRecord) -> str:
    if record.followed is None:
        return "-"
    return f"> ~{record.followed:.{DIGITS}g}" if record.observed_time is None else f"~{record.observed_time:.{DIGITS}g}"


def _notes(task: Task, rows: Sequence[Row], eps: str, begun: str) -> tuple[str, ...]:
    records = tuple(row.record for row in rows)
    widths = ", ".join(dict.fromkeys(str(m) for record in records for m in record.widths)) or "none"
    edges = sum(map(sum, task.graph.adjacency))//2
    notes = [f"{task.graph.size} nodes, {edges} edges, {len(task.train)} training nodes; m_x = {task.X.shape[0]},"
             f" m_y = {task.Y.shape[0]}, widths {widths}; {begun}."
             + "".join(f" {sentence}" for sentence in task.said) + _components(task),
             "Loss L = ||f - Y||^2, neither halved nor averaged: a rate for a mean over k entries is this one divided"
             " by k. Theorem: L_T - L* <= (L_0 - L*) exp(-4 lambda_T sigma^2 T) along gradient flow; lambda_T is the"
             " infimum over [0, T] of the least eigenvalue of P'P, P the product of the layers"
             + (", the least over all of them, none included." if records[0].skip else "."),
             "G is X S^H on the training columns"
             + (", for H = 0 to H above one another" if records[0].skip else "")
             + "; rank G is exact (~ where it is not), and shown with the number of singular values. sigma_min is the"
             " last of these, 0 included, as the theorem is printed; sigma_+ is the last that is not 0, and enough.",
             "certified lambda: what gradient flow conserves, known before training. printed and a-priori exponent:"
             " 4 certified lambda sigma_min^2 and sigma_+^2. bound exponent: 4 observed inf lambda sigma_+^2.",
             f"time to eps: until L - L* is {eps} times that at the start; at most: ln(1/eps)/a-priori exponent.",
             "admissible eta: a step size for which gradient descent has L_k - L* <="
             " (1 - 2 eta lambda sigma_+^2)^k (L_0 - L*); certified for one layer without skips." + _factors(records),
             "Numbers without ~ are certified and rounded to the safe side (lower bounds; L* and times: enclosures and"
             " upper bounds)" + _exactness(task) + "; ~ marks floating-point estimates, which certify nothing."]
    return (*notes, *_training_note(records), *_condition_notes(task, records))


def _exactness(task: Task) -> str:
    kind = {"gcn": ", for the real S with its square roots", "gin": ", for the integers of S"}.get(
        task.kind, ", for the floats of S")
    return f"{kind} and the numbers that the floats of X, Y and the start are"


def _components(task: Task) -> str:
    n = task.graph.size
    reach = np.array(task.graph.adjacency, dtype=bool) | np.eye(n, dtype=bool)
    for _ in range(max(1, (n - 1).bit_length())):
        reach = (reach.astype(np.float64) @ reach) > 0
    parts = len({tuple(row) for row in reach.tolist()})
    alone = sum(1 for row in task.graph.adjacency if not any(row))
    told = f" The graph has {parts} components" if parts > 1 else ""
    told += f", {alone} of them isolated nodes" if alone and parts > 1 else ""
    return told + "; no condition asks for a connected one." if told else ""


def _factors(records: Sequence[RateRecord]) -> str:
    found = next((record for record in records if record.factor is not None), None)
    return "" if found is None or found.factor is None else \
        f" For H = 1 each step takes at least {below(1 - found.factor)} of the gap."


def _training_note(records: Sequence[RateRecord]) -> tuple[str, ...]:
    seen = [record for record in records if record.followed is not None and record.gap is not None]
    if not seen:
        return ("The columns in floats were not asked for, or the start is optimal.",)
    told = ", ".join(f"{r.followed:.3g} (gap {r.gap:.1e})" for r in seen)
    return (f"Gradient flow (DOP853) was followed up to the times {told}; below 1e-12 of L_0 gaps are rounding."
            " measured exponent: ln(gap_0/gap_T)/T at the time to eps, or at the last time, when slow directions may"
            " not have been seen; tightness: measured over bound exponent, 1 is tight.",)


def _condition_notes(task: Task, records: Sequence[RateRecord]) -> tuple[str, ...]:
    notes = []
    groups = next((record.twins for record in records if record.twins), ())
    if groups:
        names = "; ".join(", ".join(task.graph.nodes[k] for k in group) for group in groups[:4])
        more = f"; and {len(groups) - 4} more classes" if len(groups) > 4 else ""
        told = " for H >= 1, but those of X tell them apart." if records[0].skip else \
            " of G are equal for every H >= 1 and every X, so that nothing separates them."
        notes.append(f"Twins (equal closed neighbourhoods) among the training nodes: {names}{more}. Their columns"
                     + (" of X S^H are equal" if records[0].skip else "") + told)
    dead = [str(record.depth) for record in records if record.exponent == 0]
    if dead:
        notes.append(f"Nothing is promised before training for H = {', '.join(dead)}: see what fails.")
    return tuple(notes)

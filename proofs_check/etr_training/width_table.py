"""Least widths of data sets as a table: piercing numbers, the least width, and the certificates from both sides."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from proofs_check.etr_training.decision import Decision
from proofs_check.etr_training.width import MinimalWidth, minimal_width
from proofs_check.tables import Table
from theory.etr_training.rationals import Number

COLUMNS = ("data", "points", "inputs", "pi+", "pi-", "w*", "fits with w*", "not with w* - 1")
Data = tuple[Sequence[Number | Sequence[Number]], Sequence[Number | None]]


@dataclass(frozen=True)
class WidthRow:
    """The minimal width of one data set; both decisions carry their certificates."""

    name: str
    points: int
    inputs: int
    output_bias: bool
    found: MinimalWidth


def width_table(data: Mapping[str, Data], *, output_bias: bool = False, timeout: float | int | None = 60) -> Table:
    """Return the least number of hidden ReLU units that fits each data set exactly, with its certificates.

    Args:
        data: name -> (points, labels); points are numbers or rows of numbers, all exact.
        output_bias: whether the output has a trainable bias.
        timeout: seconds for each data set; None means no limit.

    Raises InputError for equal points with different labels, which no width fits.
    """
    records = tuple(_row(name, *pair, output_bias, timeout) for name, pair in data.items())
    notes = ["w*: the least number of hidden ReLU units with which some weights give every label exactly"
             + (", with a trainable bias at the output." if output_bias else "."),
             "pi+, pi-: numbers of disjoint intervals that bend up and down on the line that needs most kinks; "
             "pi+ + pi- <= w*" + (f", and w* <= pi+ + pi- + {1 if output_bias else 2} for one input."
                                  if all(row.inputs == 1 for row in records) else "."),
             "Certificates are replayed by the decision checker before an answer is shown; --format json holds them."]
    notes += [f"{row.name}: w* >= {row.found.lower}, not decided within {timeout} s."
              for row in records if row.found.width is None]
    return Table("Least widths for exact fit", COLUMNS, tuple(_cells(row) for row in records), tuple(notes), records)


def _row(name: str, xs: Sequence[Number | Sequence[Number]], ys: Sequence[Number | None], output_bias: bool,
         timeout: float | int | None) -> WidthRow:
    inputs = len(xs[0]) if len(xs) and isinstance(xs[0], (list, tuple)) else 1
    return WidthRow(name, len(xs), inputs, output_bias, minimal_width(xs, ys, output_bias=output_bias, timeout=timeout))


def _cells(row: WidthRow) -> tuple[str, ...]:
    found = row.found
    width = str(found.width) if found.width is not None else f">= {found.lower}"
    below = certificate_text(found.unsat) if found.unsat else "-" if found.width == 0 else ""
    return (row.name, str(row.points), str(row.inputs), str(found.piercing[0]), str(found.piercing[1]), width,
            certificate_text(found.sat), below)


def certificate_text(decision: Decision | None) -> str:
    """Return kind and size of a decision's certificate, or its status where it has none.

    >>> certificate_text(Decision("unknown", reason="time is up"))
    'unknown'
    """
    if decision is None:
        return ""
    return kind_and_size(decision.certificate) if decision.certificate else decision.status


def kind_and_size(certificate: Mapping[str, Any]) -> str:
    """Return the kind of a certificate's witness or refutation and its size as written."""
    body = certificate.get("witness") or certificate.get("refutation") or {}
    size = len(json.dumps(certificate, sort_keys=True, separators=(",", ":")))
    return f"{body.get('kind', '')}, {size} B"

"""Tables that know how to be written as text, Markdown, CSV, LaTeX, HTML and JSON, and how numbers are shown.

A shown number is rounded outwards: what is printed as an enclosure encloses the exact value, whatever the digits.
"""

from __future__ import annotations

import csv
import html
import importlib
import io
import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Any

from theory.language.errors import InputError, UnknownNameError, explain

_LATEX = {
    **{mark: "\\" + mark for mark in "&%$#_{}"},
    **{"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"},
    **{"<=": r"$\le$", ">=": r"$\ge$", "<": "$<$", ">": "$>$", "|": r"$|$"},
}

_FOLD = 28

DIGITS = 4
"""Of numbers shown by `upper_text` and `lower_text`."""

TABLES = {"covering": "proofs_check.covering.table_of", "etr_training": "proofs_check.etr_training.table_of",
          "gnn_convergence": "proofs_check.gnn_convergence.table_of",
          "mori_zwanzig": "proofs_check.mori_zwanzig.table_of"}
"""Families with tables, and the modules that define their `table_of`; options of the command line are beside them."""


@dataclass(frozen=True)
class Table:
    """Columns, rows of texts, and notes below them; `records` are the data behind the rows, one for each.

    >>> table = Table("t", ("a", "b"), (("1", "x|y"),))
    >>> print(table.to_csv(), end="")
    a,b
    1,x|y
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()
    records: tuple[Any, ...] = ()

    def __post_init__(self) -> None:
        """Refuse rows that do not fit the columns."""
        for index, row in enumerate(self.rows):
            if len(row) != len(self.columns):
                remedy = "Give every column a text, empty if need be."
                raise InputError(explain(f"rows[{index}]", f"{len(self.columns)} texts", f"{len(row)} texts", remedy))

    def to_text(self) -> str:
        """Return the table in columns of equal width."""
        return to_text(self)

    def to_markdown(self) -> str:
        """Return the table in GitHub's Markdown."""
        return to_markdown(self)

    def to_csv(self) -> str:
        """Return columns and rows as comma-separated values, without title and notes."""
        return to_csv(self)

    def to_latex(self) -> str:
        """Return a LaTeX tabular with title and notes as comments."""
        return to_latex(self)

    def to_html(self) -> str:
        """Return an HTML table without scripts or styles."""
        return to_html(self)

    def to_json(self) -> str:
        """Return title, columns, rows, notes and records as JSON; exact numbers are texts such as 1/3."""
        return to_json(self)

    def _repr_html_(self) -> str:
        return to_html(self)

    def _repr_latex_(self) -> str:
        return to_latex(self)


def bound_table(subject: Any, family: str = "covering", **options: Any) -> Table:
    """Return the bound table of a family for a subject: a torch module, widths, a graph, whatever the family reads.

    `options` are those of the family's `table_of`.

    >>> bound_table((2, 8, 1), "covering", eps=["0.1"]).columns[:3]
    ('bound', 'eps', 'side')
    """
    if family not in TABLES:
        known = ", ".join(sorted(TABLES))
        raise UnknownNameError(explain("family", f"one of: {known}", repr(family), "Choose a family with a table."))
    return importlib.import_module(TABLES[family]).table_of(subject, **options)


def decimal_below(value: Fraction, digits: int = 2) -> str:
    """Return the largest decimal with so many digits that is at most the value.

    >>> decimal_below(Fraction(-1, 3)), decimal_below(Fraction(2, 3))
    ('-0.34', '0.66')
    """
    scaled = (value.numerator * 10**digits) // value.denominator
    sign, text = ("-" if scaled < 0 else ""), f"{abs(scaled):0{digits + 1}d}"
    return f"{sign}{text[:-digits]}.{text[-digits:]}" if digits else f"{sign}{text}"


def decimal_above(value: Fraction, digits: int = 2) -> str:
    """Return the least decimal with so many digits that is at least the value.

    >>> decimal_above(Fraction(-1, 3)), decimal_above(Fraction(2, 3))
    ('-0.33', '0.67')
    """
    text = decimal_below(-value, digits)
    return text[1:] if text.startswith("-") else ("-" + text if any(c in "123456789" for c in text) else text)


def upper_text(value: Fraction) -> str:
    """The least short decimal that is at least a nonnegative number; with an exponent where it is large or small.

    >>> upper_text(Fraction(1, 3)), upper_text(Fraction(10)**40/3), upper_text(Fraction(1, 3*10**9))
    ('0.3334', '3.334e39', '3.334e-10')
    """
    if value == 0 or Fraction(1, 1000) <= value < 10**6:
        return decimal_above(value, DIGITS)
    return _scientific(value, up=True)


def lower_text(value: Fraction) -> str:
    """The largest short decimal that is at most a nonnegative number."""
    if value == 0 or Fraction(1, 1000) <= value < 10**6:
        return decimal_below(value, DIGITS)
    return _scientific(value, up=False)


def _scientific(value: Fraction, up: bool) -> str:
    exponent = len(str(value.numerator)) - len(str(value.denominator))
    exponent -= value < Fraction(10)**exponent
    scaled = value/Fraction(10)**(exponent - 3)
    digits = -(-scaled.numerator//scaled.denominator) if up else scaled.numerator//scaled.denominator
    if digits == 10**4:
        digits, exponent = 1000, exponent + 1
    return f"{digits//1000}.{digits % 1000:03d}e{exponent}"


def show_enclosure(enclosure: tuple[Fraction, Fraction], digits: int = 2) -> str:
    """Return `[lower, upper]` rounded outwards, or one number when both ends are the same decimal.

    >>> show_enclosure((Fraction(1, 3), Fraction(1, 3))), show_enclosure((Fraction(2), Fraction(2)))
    ('[0.33, 0.34]', '2.00')
    """
    lower, upper = decimal_below(enclosure[0], digits), decimal_above(enclosure[1], digits)
    return lower if lower == upper else f"[{lower}, {upper}]"


def to_text(table: Table) -> str:
    """Return the table in columns of equal width, long cells wrapped, with title and notes."""
    folded = [[textwrap.wrap(cell, _FOLD) or [""] for cell in line] for line in (table.columns, *table.rows)]
    widths = [max(len(part) for line in folded for part in line[k]) for k in range(len(table.columns))]
    shown = []
    for line in folded:
        parts = zip(*(cell + [""] * (max(map(len, line)) - len(cell)) for cell in line))
        shown.append("\n".join("  ".join(map(str.ljust, part, widths)).rstrip() for part in parts))
    rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
    return "\n".join([table.title, "", shown[0], rule, *shown[1:], *_below(table.notes)]) + "\n"


def to_markdown(table: Table) -> str:
    """Return the table in GitHub's Markdown, with the title in bold and the notes as a list."""
    def line(cells: Sequence[str]) -> str:
        return "| " + " | ".join(_one_line(cell).replace("|", "\\|").replace("<", "&lt;") for cell in cells) + " |"

    rule = "|" + "---|" * len(table.columns)
    notes = _below([f"- {note}" for note in table.notes])
    return "\n".join([f"**{table.title}**", "", line(table.columns), rule, *map(line, table.rows), *notes]) + "\n"


def to_csv(table: Table) -> str:
    """Return columns and rows as comma-separated values."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return buffer.getvalue()


def to_latex(table: Table) -> str:
    """Return a LaTeX tabular; title and notes are comments above and below it."""
    def line(cells: Sequence[str]) -> str:
        return " & ".join(_latex(cell) for cell in cells) + r" \\"

    head = [f"% {_one_line(table.title)}", rf"\begin{{tabular}}{{{'l' * len(table.columns)}}}", r"\hline"]
    body = [line(table.columns), r"\hline", *map(line, table.rows), r"\hline", r"\end{tabular}"]
    return "\n".join([*head, *body, *(f"% {_one_line(note)}" for note in table.notes)]) + "\n"


def to_html(table: Table) -> str:
    """Return an HTML table with caption and notes, everything escaped."""
    head = "".join(f"<th>{html.escape(name)}</th>" for name in table.columns)
    rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>\n" for row in table.rows)
    notes = "".join(f"<p>{html.escape(note)}</p>\n" for note in table.notes)
    caption = f"<caption>{html.escape(table.title)}</caption>"
    return f"<table>\n{caption}\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n{notes}"


def to_json(table: Table) -> str:
    """Return the whole table as JSON, records included."""
    return json.dumps({field.name: _plain(getattr(table, field.name)) for field in fields(table)}, indent=1) + "\n"


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return str(value) if isinstance(value, Fraction) else value


def _below(notes: Sequence[str]) -> list[str]:
    return ["", *notes] if notes else []


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _latex(text: str) -> str:
    return re.sub(r"<=|>=|.", lambda found: _LATEX.get(found[0], found[0]), _one_line(text))

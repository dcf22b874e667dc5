"""`lemmascope table`: the bound table of a family; each family brings its own options.

A family with tables has a module `proofs_check/<family>/cli_table.py` with SUMMARY, EXAMPLES, `add_arguments(parser)`
and `run(args)`, which returns the table and the plots that `--figures` asks for.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from types import ModuleType

from rich.console import Console

from .cli_output import stdout, table, write_text
from .tables import TABLES, Table

FORMATS = {"md": "to_markdown", "csv": "to_csv", "latex": "to_latex", "html": "to_html", "json": "to_json"}
LONG = 26
"""Columns with a wider cell go below the table as text: a line of a terminal holds the numbers."""


def add_families(parser: argparse.ArgumentParser) -> None:
    """Add a sub-command with options of its own for each family that has a table."""
    families = parser.add_subparsers(dest="family", required=True, metavar="FAMILY")
    for family in TABLES:
        module = _module(family)
        own = families.add_parser(family, help=module.SUMMARY, description=module.SUMMARY[0].upper()
                                  + module.SUMMARY[1:] + ".", epilog=module.EXAMPLES,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
        module.add_arguments(own)
        own.add_argument("--format", choices=("text", *FORMATS), default="text")
        own.add_argument("--figures", metavar="DIR", help="also write the family's figures into DIR as SVG")


def run_table(args: argparse.Namespace) -> int:
    """Print the table of a family."""
    found, plots = _module(args.family).run(args)
    if args.format == "text":
        print_table(found, stdout())
    else:
        write_text(getattr(found, FORMATS[args.format])())
    if plots:
        from .figure_files import write_figures

        print(f"figures: {', '.join(map(str, write_figures(args.figures, plots)))}", file=sys.stderr)
    return 0


def _module(family: str) -> ModuleType:
    return importlib.import_module(f"proofs_check.{family}.cli_table")


def print_table(found: Table, console: Console) -> None:
    """Print the short columns as a table and the long ones below it, once for each bound they are the same for.

    A table that is wider than the console is turned: its columns become lines, if that is narrower.
    """
    widest = [max((len(row[k]) for row in found.rows), default=0) for k in range(len(found.columns))]
    short = [k for k, width in enumerate(widest) if width <= LONG]
    columns, rows = [found.columns[k] for k in short], [[row[k] for k in short] for row in found.rows]
    if _width(columns, rows) > console.width:
        head, *lines = map(list, zip(columns, *rows))
        if _width(head, lines) < _width(columns, rows):
            columns, rows = head, lines
    console.print(f"{found.title}\n", soft_wrap=True)
    table(columns, rows, console, keep=len(columns))
    console.print()
    for k in range(len(found.columns)):
        if k not in short:
            _below(found, k, console)
    for note in found.notes:
        console.print(f"\n{note}", soft_wrap=True)


def _width(columns: list[str], rows: list[list[str]]) -> int:
    """How many characters a table takes."""
    return sum(max(map(len, line)) + 2 for line in zip(columns, *rows)) - 2


def _below(found: Table, k: int, console: Console) -> None:
    """Print a long column below the table: each text once, after the bounds it is about."""
    about: dict[str, dict[str, None]] = {}
    for row in found.rows:
        if row[k]:
            about.setdefault(row[k], {})[row[0]] = None
    console.print(f"{found.columns[k]}", soft_wrap=True)
    for words, names in about.items():
        console.print(f"    {', '.join(names)}: {words}", soft_wrap=True)

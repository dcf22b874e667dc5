"""`lemmascope table`: the bound table of a family for one architecture."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console

from theory.language.errors import InputError, explain

from .cli_output import stdout, table, write_text
from .tables import Table, bound_table

if TYPE_CHECKING:
    from torch import nn

    from numerics.experiments.plots import Plot

FORMATS = {"md": "to_markdown", "csv": "to_csv", "latex": "to_latex", "html": "to_html", "json": "to_json"}
LONG = 26
"""Columns with a wider cell go below the table as text: a line of a terminal holds the numbers."""


def run_table(args: argparse.Namespace) -> int:
    """Print the table of a family."""
    network, options = _model(args) if args.model else _widths(args)
    found = bound_table(network, args.family, **options)
    plots = _figures(network, options) if args.figures else {}
    if args.format == "text":
        print_table(found, stdout())
    else:
        write_text(getattr(found, FORMATS[args.format])())
    if plots:
        _write(plots, args.figures)
    return 0


def _widths(args: argparse.Namespace) -> tuple[Sequence[int], dict[str, Any]]:
    """Return the widths given, and the class."""
    return parse_widths(args.arch), {"eps": list(args.eps), "bound": args.bound or "1", "lipschitz": args.lipschitz,
                                     "input_radius": args.input_radius or "1", "offsets": args.offsets}


def _model(args: argparse.Namespace) -> tuple[nn.Module, dict[str, Any]]:
    """Return a user's own module and its inputs; one torch thread, so that numbers do not depend on the machine."""
    import torch

    from .model_files import example_of, load_model

    torch.set_num_threads(1)
    module, source = load_model(args.model)
    example = example_of(source, args.input_shape, args.input_radius, args.model)
    return module, {"example_input": example, "eps": list(args.eps), "bound": args.bound}


def _figures(network: Sequence[int] | nn.Module, options: dict[str, Any]) -> dict[str, Plot]:
    """Return the family's figures; imported here, for they bring numerical libraries that a table does without."""
    from .covering.figures import figures

    return figures(network, **options)


def _write(plots: dict[str, Plot], directory: str) -> None:
    from .covering.figures import write_figures

    paths = write_figures(directory, plots)
    print(f"figures: {', '.join(map(str, paths))}", file=sys.stderr)


def print_table(found: Table, console: Console) -> None:
    """Print the short columns as a table and the long ones below it, once for each bound they are the same for."""
    widest = [max((len(row[k]) for row in found.rows), default=0) for k in range(len(found.columns))]
    short = [k for k, width in enumerate(widest) if width <= LONG]
    console.print(f"{found.title}\n", soft_wrap=True)
    table([found.columns[k] for k in short], [[row[k] for k in short] for row in found.rows], console, keep=len(short))
    console.print()
    for k in range(len(found.columns)):
        if k not in short:
            _below(found, k, console)
    for note in found.notes:
        console.print(f"\n{note}", soft_wrap=True)


def _below(found: Table, k: int, console: Console) -> None:
    """Print a long column below the table: each text once, after the bounds it is about."""
    about: dict[str, dict[str, None]] = {}
    for row in found.rows:
        if row[k]:
            about.setdefault(row[k], {})[row[0]] = None
    console.print(f"{found.columns[k]}", soft_wrap=True)
    for words, names in about.items():
        console.print(f"    {', '.join(names)}: {words}", soft_wrap=True)


def parse_widths(text: str) -> tuple[int, ...]:
    """Return the widths written as `784-300-100-10`. Raises InputError for anything else."""
    parts = text.split("-")
    if len(parts) < 2 or not all(part.isascii() and part.isdigit() and int(part) > 0 for part in parts):
        remedy = "Write inputs, hidden layers and outputs like 784-300-100-10."
        raise InputError(explain("--arch", "at least two positive widths joined by -", repr(text), remedy))
    return tuple(int(part) for part in parts)

"""`lemmascope table`: the bound table of a family for one architecture."""

from __future__ import annotations

import argparse

from theory.language.errors import InputError, UnknownNameError, explain

from .cli_output import write_text

FAMILIES = ("covering",)


def run_table(args: argparse.Namespace) -> int:
    """Print the table of a family."""
    if args.family not in FAMILIES:
        remedy = f"Tables exist for: {', '.join(FAMILIES)}."
        raise UnknownNameError(explain("family", "a family with a table", repr(args.family), remedy))
    from .covering.table import bound_rows

    table = bound_rows(parse_widths(args.arch), eps=list(args.eps), bound=args.bound, input_radius=args.input_radius,
                       lipschitz=args.lipschitz)
    write_text(getattr(table, f"to_{FORMATS[args.format]}")())
    return 0


FORMATS = {"text": "text", "md": "markdown", "csv": "csv", "latex": "latex", "html": "html", "json": "json"}


def parse_widths(text: str) -> tuple[int, ...]:
    """Return the widths written as `784-300-100-10`. Raises InputError for anything else."""
    parts = text.split("-")
    if len(parts) < 2 or not all(part.isascii() and part.isdigit() and int(part) > 0 for part in parts):
        remedy = "Write inputs, hidden layers and outputs like 784-300-100-10."
        raise InputError(explain("--arch", "at least two positive widths joined by -", repr(text), remedy))
    return tuple(int(part) for part in parts)

"""`lemmascope table covering`: covering numbers of an architecture or of a torch module of the user's own."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from proofs_check.tables import Table, bound_table
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from torch import nn

    from numerics.experiments.plots import Plot

SUMMARY = "covering numbers of a class of networks: ln N(eps), each bound with its hypotheses"
EXAMPLES = """\
examples:
  lemmascope table covering --arch 784-300-100-10 --eps 0.1 0.01
  lemmascope table covering --arch 2-8-1 --eps 1/10 --bound 2 --format latex
  lemmascope table covering --model examples/digits_mlp.py:trained --eps 0.1
Numbers are read as exact decimals or fractions; nothing is rounded on the way in.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the family."""
    network = parser.add_mutually_exclusive_group(required=True)
    network.add_argument("--arch", metavar="D0-D1-...-DL", help="widths, inputs to outputs")
    network.add_argument("--model", metavar="FILE.py:FACTORY", help="a torch module of your own (the file is executed)")
    parser.add_argument("--eps", required=True, nargs="+", metavar="E", help="radii of the covering")
    parser.add_argument("--bound", metavar="B", help="bound on every parameter (default 1; with --model: measured)")
    parser.add_argument("--input-radius", metavar="R", help="bound on every input (default 1)")
    parser.add_argument("--input-shape", metavar="N,...", help="with --model: shape of a batch of inputs, if the file"
                        " has no example_input()")
    parser.add_argument("--lipschitz", default="1", metavar="K", help="Lipschitz constant of the activation (1)")
    parser.add_argument("--offsets", default="0", metavar="S", help="bound on the activation at 0 (default 0)")


def run(args: argparse.Namespace) -> tuple[Table, Mapping[str, Plot]]:
    """Return the table, and the figures if they are asked for."""
    network, options = subject_of(args)
    found = bound_table(network, "covering", **options)
    if not args.figures:
        return found, {}
    # imported here, for figures bring numerical libraries that a table does without
    from .figures import figures

    return found, figures(network, **options)


def subject_of(args: argparse.Namespace) -> tuple[Any, dict[str, Any]]:
    """Return the widths or the module, and the constants of the class."""
    return _model(args) if args.model else _widths(args)


def _widths(args: argparse.Namespace) -> tuple[Sequence[int], dict[str, Any]]:
    """Return the widths given, and the class."""
    return parse_widths(args.arch), {"eps": list(args.eps), "bound": args.bound or "1", "lipschitz": args.lipschitz,
                                     "input_radius": args.input_radius or "1", "offsets": args.offsets}


def _model(args: argparse.Namespace) -> tuple[nn.Module, dict[str, Any]]:
    """Return a user's own module and its inputs; one torch thread, so that numbers do not depend on the machine."""
    import torch

    from proofs_check.model_files import example_of, load_model

    torch.set_num_threads(1)
    module, source = load_model(args.model)
    example = example_of(source, args.input_shape, args.input_radius, args.model)
    return module, {"example_input": example, "eps": list(args.eps), "bound": args.bound}


def parse_widths(text: str) -> tuple[int, ...]:
    """Return the widths written as `784-300-100-10`. Raises InputError for anything else."""
    parts = text.split("-")
    if len(parts) < 2 or not all(part.isascii() and part.isdigit() and int(part) > 0 for part in parts):
        remedy = "Write inputs, hidden layers and outputs like 784-300-100-10."
        raise InputError(explain("--arch", "at least two positive widths joined by -", repr(text), remedy))
    return tuple(int(part) for part in parts)

"""`lemmascope table mori_zwanzig`: what contracts at the layers of a noisy network, and how much noise is needed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proofs_check.cli_usage import refuse
from proofs_check.tables import Table, bound_table
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.experiments.plots import Plot
    from numerics.mori_zwanzig.chain import NoisyChain

SUMMARY = "memory of noisy networks: layer by layer what contracts, with certificates"
EXAMPLES = """\
examples:
  lemmascope table mori_zwanzig --model examples/noisy_tanh.py:trained --noise uniform:1.2
  lemmascope table mori_zwanzig --model examples/noisy_tanh.py:line --noise uniform:1/2 --input-box 1 --figures figures
  lemmascope table mori_zwanzig --model examples/noisy_tanh.py:wide --noise uniform:32      64 neurons: formulas only
  lemmascope table mori_zwanzig --model examples/noisy_tanh.py:line --noise uniform:1/2 --enclosure line.json
      bounds of the mean output that the standard library replays: lemmascope check line.json
  lemmascope table mori_zwanzig --amplitudes 4 1/2 6           noise for ||M_n||^2 <= 1/2, N = 4, six layers
Noise is uniform:B or gaussian:SIGMA in every layer; numbers are read as exact decimals or fractions.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the family."""
    subject = parser.add_mutually_exclusive_group(required=True)
    subject.add_argument("--model", metavar="FILE.py:FACTORY", help="a torch module of your own (the file is executed)")
    subject.add_argument("--amplitudes", nargs=3, metavar=("N", "KAPPA", "L"),
                         help="noise amplitudes of the Hilbert-Schmidt route instead: width, contraction, layers")
    parser.add_argument("--noise", metavar="KIND:AMPLITUDE", help="with --model: such as uniform:1.2")
    parser.add_argument("--input-box", metavar="R", help="with --model: inputs lie in [-R, R] (default 1)")
    parser.add_argument("--certified-only", action="store_true",
                        help="with --model: leave out the columns in floats, which take most of the time")


    parser.add_argument("--enclosure", metavar="FILE.json",
                        help="with --model, uniform noise, widths up to 2: bounds of the conditional expectation q_0 at"
                        " points of the input box, written as a certificate and replayed")
    parser.add_argument("--cells", type=int, metavar="K",
                        help="with --enclosure: cells along the longest axis (default 2000, 48 for width 2)")


def run(args: argparse.Namespace) -> tuple[Table, Mapping[str, Plot]]:
    """Return the table, and the figures if they are asked for."""
    if args.amplitudes:
        if args.noise or args.input_box or args.certified_only or args.enclosure or args.cells is not None:
            raise InputError(explain("--amplitudes", "no --noise, --input-box, --certified-only, --enclosure, --cells",
                                     "one of them", "They go with --model."))
        found = bound_table(tuple(args.amplitudes), "mori_zwanzig")
        if not args.figures:
            return found, {}
        from .figures import amplitude_plot

        width, kappa, layers = args.amplitudes
        return found, {"amplitudes": amplitude_plot((int(width),), (kappa,), int(layers))}
    return _model(args)


def subject_of(args: argparse.Namespace) -> tuple[Any, dict[str, Any]]:
    """Return the chain whose claims are applied; it needs no options."""
    refuse(args, ("amplitudes", "certified_only", "enclosure", "cells"), "`lemmascope table`")
    return _chain(args), {}


def _chain(args: argparse.Namespace) -> NoisyChain:
    """Return a user's own module with noise; one torch thread, so that numbers do not depend on the machine."""
    import torch

    from proofs_check.model_files import load_model

    from .table_of import chain_of

    if not args.noise:
        raise InputError(explain("--noise", "the noise of the layers", "none", "Add --noise uniform:1.2, say."))
    torch.set_num_threads(1)
    module, _ = load_model(args.model)
    radius = args.input_box or "1"
    return chain_of(module, args.noise, (f"-{radius}", radius))


def _model(args: argparse.Namespace) -> tuple[Table, Mapping[str, Plot]]:
    """Return the table of a user's own module."""
    if args.cells is not None and not args.enclosure:
        raise InputError(explain("--cells", "--enclosure FILE.json as well", "none", "Add it, or leave --cells out."))
    chain = _chain(args)
    found = bound_table(chain, "mori_zwanzig", estimates=not args.certified_only)
    if args.enclosure:
        from .enclosure_files import write_enclosure

        written = write_enclosure(chain, Path(args.enclosure), args.cells)
        found = replace(found, notes=(*found.notes, written.note()))
    if not args.figures:
        return found, {}
    # imported here, for figures bring numerical libraries that a table does without
    from .figures import figures

    return found, figures(chain)

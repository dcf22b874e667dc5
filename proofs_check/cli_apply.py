"""`lemmascope apply`: what the claims of a family say about your model; each family brings the options of its table.

A family that can be applied has in `proofs_check/<family>/cli_table.py` beside `add_arguments(parser)` a function
`subject_of(args)`, which returns the model and the options of the family's `applications_of`.
"""

from __future__ import annotations

import argparse
import importlib
from types import ModuleType

from .applying import FAMILIES, applications
from .cli_output import write_text
from .cli_table import FORMATS
from .cli_usage import Parser
from .registry import unknown
from .verdicts import Outcome

SUMMARY = "which claims hold for your model, in numbers, and which do not apply, by how much"
EXAMPLES = """\
examples:
  lemmascope apply mori_zwanzig --model examples/noisy_tanh.py:trained --noise uniform:1.2
  lemmascope apply mori_zwanzig.dobrushin --model examples/noisy_tanh.py:wide --noise uniform:32
  lemmascope apply covering --arch 784-300-100-10 --eps 0.1 --bound 0.1
  lemmascope apply covering.deep_bound --model examples/digits_mlp.py:trained --eps 0.1 --format md
  lemmascope apply gnn_convergence --graph les_miserables --model gin --layers 1 2
  lemmascope apply etr_training --instances examples/instances/zig6-w2.json
Options are those of the family's table: lemmascope apply FAMILY --help

answers: Proved (every hypothesis was checked on the model, exactly or by enclosures, and the conclusion is written in
numbers), NotApplicable (the hypothesis that fails, by its name in `lemmascope show CLAIM`, and by how much), Undecided
(the hypothesis that was not settled, and its interval); C2.H3 is hypothesis 3 of part 2 of the conclusion
exit codes: 0 an answer, NotApplicable included; 2 bad input; 3 something is undecided, with --strict
"""


def add_apply(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the sub-command; those of a family are read by a parser of its own."""
    parser.add_argument("target", metavar="FAMILY|CLAIM", help=f"one of {', '.join(FAMILIES)}, or a claim of these")
    parser.add_argument("options", nargs=argparse.REMAINDER, metavar="OPTIONS",
                        help="the model, --format, --strict: see `lemmascope apply FAMILY --help`")


def run_apply(args: argparse.Namespace) -> int:
    """Print what the claims say: 0 with answers, 3 under --strict if one of them is Undecided."""
    family, _, claim = args.target.partition(".")
    if family not in FAMILIES:
        raise unknown("family", family, FAMILIES, f"Claims of {', '.join(FAMILIES)} can be applied to a model.")
    given = family_parser(family, args.target).parse_args(args.options)
    subject, options = _module(family).subject_of(given)
    found = applications(subject, family, claim=claim or None, **options)
    write_text(found.to_text() if given.format == "text" else getattr(found, FORMATS[given.format])())
    undecided = any(row.outcome is Outcome.UNDECIDED for row in found.rows)
    return 3 if given.strict and undecided else 0


def family_parser(family: str, target: str = "") -> Parser:
    """Return the parser of a family's options: those of its table, with --format and --strict."""
    module = _module(family)
    parser = Parser(prog=f"lemmascope apply {target or family}", description=SUMMARY[0].upper() + SUMMARY[1:] + ".",
                    epilog=_examples(family), formatter_class=argparse.RawDescriptionHelpFormatter)
    module.add_arguments(parser)
    parser.usage = None
    parser.add_argument("--format", choices=("text", *FORMATS), default="text")
    parser.add_argument("--strict", action="store_true", help="exit 3 if something is undecided")
    return parser


def _examples(family: str) -> str:
    lines = [line for line in EXAMPLES.splitlines() if f"apply {family}" in line]
    return "\n".join(["examples:", *lines, "", "options that only a table has are refused", ""])


def _module(family: str) -> ModuleType:
    return importlib.import_module(f"proofs_check.{family}.cli_table")

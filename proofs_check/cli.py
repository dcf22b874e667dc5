"""The command `lemmascope`: arguments, exit codes, and one place where errors become one paragraph on stderr."""

from __future__ import annotations

import argparse
import io
import os
import sys
import traceback
from collections.abc import Sequence

from theory.language.errors import LemmascopeError

from . import __version__
from .cli_table import add_families
from .cli_usage import Parser, seconds, whole

EXIT_CODES = """\
exit codes:
  0    everything is as declared
  1    an outcome differs from the declared one (Undecided for a claim declared Proved included), a control was not
       refuted, an experiment's rule failed, or `check` rejected something
  2    usage or bad input: nothing was run, or a package of claims named by an entry point could not be loaded
  3    something is undecided, under --strict only
  4    the machinery failed: nothing is said about any claim
  130  interrupted with Ctrl-C; the ledger is valid and the partial report is written
"""
_FIRST_STEPS = """\
first steps:
  lemmascope verify
  lemmascope list
  lemmascope show covering.volume
  lemmascope new my_claims.py
"""
_LIST = "example:\n  lemmascope list covering\n"
_VERIFY = """\
examples:
  lemmascope verify                                 the textbook and every family present, quick profile
  lemmascope verify covering --jobs 2               one family, two processes
  lemmascope verify covering.volume --json out.json one claim; the report goes to a file
  lemmascope verify covering --html pages           the report as pages: open pages/index.html
  lemmascope verify my_claims.py                    a file of your own that defines CLAIMS (it is executed)
  lemmascope verify my_claims.py::my_claims.first   one claim of such a file
"""
_TABLE = """\
examples:
  lemmascope table covering --arch 784-300-100-10 --eps 0.1 0.01
  lemmascope table covering --model examples/digits_mlp.py:trained --eps 0.1 --format latex
Each family has options of its own: lemmascope table FAMILY --help
"""
_SHOW = "examples:\n  lemmascope show covering.volume\n  lemmascope show my_claims.py\n"
_NEW = """\
example:
  lemmascope new my_claims.py        then: lemmascope verify my_claims.py
The file verifies as it stands: change one thing at a time. A file that exists is never overwritten.
"""
_CITE = "examples:\n  lemmascope cite covering.volume > volume.bib\n  lemmascope cite my_claims.py --json\n"
_ATTACK = """\
examples:
  lemmascope attack covering.counting_chain         controls, and the mutants that survive
  lemmascope attack covering.counting_chain --all   every mutant with the witness that kills it
  lemmascope attack covering --json                 a whole family, as JSON on stdout
exit codes: 0; 1 a control is not refuted, or no dropped hypothesis or no sharpened constant is killed; 3 with --strict
if a mutant is open
"""
_EXPLAIN = """\
examples:
  lemmascope explain covering.param_lipschitz           the whole derivation, a reason for each step
  lemmascope explain covering.param_lipschitz range/m   one step: facts, multipliers, certificate
What is explained is what the last run of `lemmascope verify` left in the ledger.
"""
_GRAPH = """\
examples:
  lemmascope graph covering > covering.svg
  lemmascope graph covering.volume --format dot | dot -Tpdf > volume.pdf
"""
_CHECK = """\
examples:
  lemmascope check .lemmascope/report.json
  lemmascope check report.json --second            also the independent re-check with python-flint
  lemmascope check answer.json                     the certificate of a decision, by the checker of decisions
The same without this program:  python -I -S proofs_check/certificates/checker report.json
"""


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of all sub-commands."""
    parser = Parser(
        prog="lemmascope", description="Theorems about deep learning, proved, re-checked and measured.",
        epilog=_FIRST_STEPS + "\n" + EXIT_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="version", version=f"lemmascope {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_verify(_command(commands, "verify", "search, re-check and measure claims", _VERIFY + "\n" + EXIT_CODES))
    listing = _command(commands, "list", "list claims with their declared outcomes", _LIST)
    listing.add_argument("families", nargs="*", metavar="FAMILY", help="families (all by default), or textbook")
    listing.add_argument("--json", action="store_true", help="as JSON on stdout")
    show = _command(commands, "show", "show one claim: statement, source, derivation", _SHOW)
    show.add_argument("claim", metavar="CLAIM", help="the id of a claim or lemma, or a claim file")
    _add_ledger(show)
    check = _command(commands, "check", "re-check the certificates of a report, without any search", _CHECK)
    check.add_argument("report", metavar="FILE.json", help="a report, or the certificate of a decision")
    check.add_argument("--second", action="store_true", help="also ask the independent second re-check")
    check.add_argument("--json", action="store_true", help="what the checker found, as JSON on stdout")
    add_families(_command(commands, "table", "a table in which each cell is an instance of a theorem", _TABLE))
    _add_apply(commands)
    _add_decide(commands)
    assumptions = _command(commands, "assumptions", "everything taken on trust: axioms, citations, caps",
                           "examples:\n  lemmascope assumptions\n  lemmascope assumptions covering.volume\n")
    assumptions.add_argument("claim", metavar="CLAIM", nargs="?")
    _add_ledger(assumptions)
    explain = _command(commands, "explain", "why a step holds: facts, multipliers, or what is missing", _EXPLAIN)
    explain.add_argument("claim", metavar="CLAIM", help="the id of a claim or lemma, or a claim file")
    explain.add_argument("step", metavar="STEP", nargs="?", help="a step, by its name or path: A1 or A1/z/y")
    _add_ledger(explain)
    graph = _command(commands, "graph", "what rests on what, as SVG or for graphviz, on stdout", _GRAPH)
    graph.add_argument("family", metavar="FAMILY", nargs="?", help="a family, or a claim (default: everything)")
    graph.add_argument("--format", choices=("svg", "dot"), default="svg")
    _add_ledger(graph)
    _add_attack(_command(commands, "attack", "controls and generated mutants: which are killed, by what", _ATTACK))
    new = _command(commands, "new", "write a claim file to start from", _NEW)
    new.add_argument("file", metavar="FILE", help="where to write it, a name that ends in .py")
    cite = _command(commands, "cite", "BibTeX of the source, digest of the statement, version", _CITE)
    cite.add_argument("claim", metavar="CLAIM", help="the id of a claim or lemma, or a claim file")
    cite.add_argument("--json", action="store_true", help="as JSON on stdout")
    doctor = _command(commands, "doctor", "versions, digests, solvers, health of the ledger",
                      "example:\n  lemmascope doctor\n")
    _add_ledger(doctor)
    return parser


def _command(commands: argparse._SubParsersAction, name: str, text: str, examples: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".", epilog=examples,
                               formatter_class=argparse.RawDescriptionHelpFormatter)


def _add_ledger(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--ledger", metavar="DIR", default=".lemmascope", help="directory of stored results")


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("targets", nargs="*", metavar="TARGET", help="claim, family, textbook or file (default: all)")
    parser.add_argument("--profile", choices=("quick", "full"), default="quick", help="experiment sizes, time limits")
    parser.add_argument("--jobs", type=whole, metavar="N", help="processes at once (default: all processors)")
    parser.add_argument("--timeout", type=seconds, metavar="S", help="hard limit of one search in seconds")
    parser.add_argument("--seed", type=whole, default=0, metavar="N", help="added to the experiments' seeds (0)")
    parser.add_argument("--json", metavar="F", help="also write the report to this file (- for stdout)")
    parser.add_argument("--html", metavar="DIR", help="also write pages to read in a browser into this directory")
    parser.add_argument("--strict", action="store_true", help="exit 3 if something is undecided, even if declared so")
    parser.add_argument("--lemmas", action="store_true", help="list every lemma, not only their number")
    _add_ledger(parser)


def _add_decide(commands: argparse._SubParsersAction) -> None:
    from .cli_decide import EXAMPLES, add_decide

    add_decide(_command(commands, "decide", "decide a training instance exactly, with a certificate", EXAMPLES))


def _add_apply(commands: argparse._SubParsersAction) -> None:
    from .cli_apply import EXAMPLES, SUMMARY, add_apply

    add_apply(_command(commands, "apply", SUMMARY, EXAMPLES))


def _add_attack(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("targets", nargs="+", metavar="CLAIM", help="claim, family or claim file")
    parser.add_argument("--profile", choices=("quick", "full"), default="full", help="time limits of one search")
    parser.add_argument("--jobs", type=whole, metavar="N", help="processes at once (default: all processors)")
    parser.add_argument("--timeout", type=seconds, metavar="S", help="hard limit of one search in seconds")
    parser.add_argument("--all", action="store_true", help="list the killed mutants too")
    parser.add_argument("--json", action="store_true", help="as JSON on stdout")
    parser.add_argument("--strict", action="store_true", help="exit 3 if a mutant is open")
    _add_ledger(parser)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; errors of ours become one paragraph on stderr."""
    _write_anything()
    args = build_parser().parse_args(argv)
    try:
        return _handler(args.command)(args)
    except LemmascopeError as error:
        from .checking import MachineryFailed

        _say(str(error))
        return 4 if isinstance(error, MachineryFailed) else 2
    except KeyboardInterrupt:
        _say("interrupted; stored results are kept")
        return 130
    except BrokenPipeError:
        # The reader of our output has gone (`| head`): nothing left to say, and no complaint at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:  # noqa: BLE001 - the last resort: the machinery failed, and says where
        traceback.print_exc()
        _say("internal error: required that the machinery works, found the exception above. Please report it with the "
             "command; stored results are kept.")
        return 4


def _handler(command: str):  # noqa: ANN202 - a function from arguments to an exit code
    """Return the function of a sub-command; each is imported only when it is used."""
    if command == "verify":
        from .cli_verify import run_verify as handler
    elif command == "list":
        from .cli_show import run_list as handler
    elif command == "show":
        from .cli_show import run_show as handler
    elif command == "check":
        from .cli_check import run_check as handler
    elif command == "attack":
        from .cli_attack import run_attack as handler
    elif command == "table":
        from .cli_table import run_table as handler
    elif command == "apply":
        from .cli_apply import run_apply as handler
    elif command == "new":
        from .cli_new import run_new as handler
    elif command == "cite":
        from .cli_cite import run_cite as handler
    elif command == "explain":
        from .cli_explain import run_explain as handler
    elif command == "graph":
        from .cli_graph import run_graph as handler
    elif command == "decide":
        from .cli_decide import run_decide as handler
    elif command == "assumptions":
        from .cli_assumptions import run_assumptions as handler
    else:
        from .cli_doctor import run_doctor as handler
    return handler


def _write_anything() -> None:
    """Let output never fail on a character: what a terminal or a file cannot show, lone surrogates too, is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(text: str) -> None:
    print("lemmascope: " + " ".join(text.split()), file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

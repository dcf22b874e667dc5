"""`lemmascope table etr_training`: least widths, answers, exact optima, sizes of reductions, solvers compared."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proofs_check.cli_usage import refuse, seconds, whole
from proofs_check.tables import Table, bound_table
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.experiments.plots import Plot

SUMMARY = "the training problem decided exactly: least widths, answers, optima, all with certificates"
EXAMPLES = """\
examples:
  lemmascope table etr_training --width --points 0 1 2 3 4 --labels 0 1 4 9 16
  lemmascope table etr_training --data points.csv                columns: inputs, and the label last
  lemmascope table etr_training --instances examples/instances/abs5*.json
  lemmascope table etr_training --instances examples/instances/zig6*.json --optimum --trained
  lemmascope table etr_training --zoo --timeout 10               answers to all named instances
  lemmascope table etr_training --gadgets "x*x = 2" "x*y = 1 & x + y = 3"
  lemmascope table etr_training --benchmark benchmarks/results/decide.json --figures figures
  lemmascope table etr_training --scaling                        growth of the search on random data
Numbers are read as exact decimals or fractions; points with several inputs are written 0,1/2.
Points that begin with - and are no plain numbers, such as -1/2 or -1,0, are best put into a file.
"""
USAGE = """%(prog)s (--points X ... --labels Y ... | --data FILE.csv ...) [--width] [--output-bias]
       %(prog)s (--instances FILE.json ... | --zoo) [--optimum [--trained [--runs N] [--seed S]]]
       %(prog)s (--gadgets FORMULA ... | --benchmark FILE.json | --scaling)
       each with [--timeout T] [--format F] [--figures DIR]
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the family."""
    parser.usage = USAGE  # argparse would put all subjects on one line
    subject = parser.add_mutually_exclusive_group(required=True)
    subject.add_argument("--points", nargs="+", metavar="X", help="points of data, with --labels")
    subject.add_argument("--data", nargs="+", metavar="FILE.csv", help="data sets: inputs, and the label last")
    subject.add_argument("--instances", nargs="+", metavar="FILE.json", help="training instances")
    subject.add_argument("--zoo", action="store_true", help="the named instances of the library")
    subject.add_argument("--gadgets", nargs="+", metavar="FORMULA", help="sizes of formulas compiled to training")
    subject.add_argument("--benchmark", metavar="FILE.json", help="a result of benchmarks/decide.py")
    subject.add_argument("--scaling", action="store_true", help="random data of growing size")
    parser.add_argument("--labels", nargs="+", metavar="Y", help="labels of --points; * where it does not matter")
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--width", action="store_true", help="least width of the data (what data have anyway)")
    about.add_argument("--optimum", action="store_true", help="exact optima instead of answers")
    parser.add_argument("--trained", action="store_true", help="with --optimum: networks trained beside it")
    parser.add_argument("--runs", type=whole, metavar="N", help="with --trained: random starts (50)")
    parser.add_argument("--seed", type=whole, metavar="S", help="with --trained: seed of the starts (1)")
    parser.add_argument("--output-bias", action="store_true", help="with data: the output has a trainable bias")
    parser.add_argument("--timeout", type=seconds, metavar="T", help="seconds for each row (60, with --scaling 10)")


def run(args: argparse.Namespace) -> tuple[Table, Mapping[str, Plot]]:
    """Return the table, and the figures if they are asked for."""
    _consistent(args)
    subject, options = _subject(args)
    if args.figures:
        # imported here, for figures bring numerical libraries that a table does without
        from .figures import table_and_figures

        return table_and_figures(subject, **options)
    return bound_table(subject, "etr_training", **options), {}


def subject_of(args: argparse.Namespace) -> tuple[Any, dict[str, Any]]:
    """Return the instances to which claims are applied; they need no options."""
    refuse(args, ("points", "data", "gadgets", "benchmark", "scaling", "labels", "width", "optimum", "trained", "runs",
                  "seed", "output_bias", "timeout"), "`lemmascope table`")
    if args.zoo:
        from .table_of import instances_of

        return instances_of("zoo"), {}
    return _instances(args.instances), {}


def _subject(args: argparse.Namespace) -> tuple[Any, dict[str, Any]]:
    """Return what the table is about, and its options."""
    limit = {"timeout": args.timeout} if args.timeout else {}
    if args.points or args.data:
        data = {Path(name).stem: read_csv(name) for name in args.data or ()}
        if args.points:
            data = {"data": ([_point(text) for text in args.points], [_label(text) for text in args.labels])}
        return data, {"kind": "width", "output_bias": args.output_bias, **limit}
    if args.gadgets:
        return args.gadgets, {"kind": "gadgets"}
    if args.benchmark:
        return Path(args.benchmark), {}
    if args.scaling:
        return "scaling", limit
    subject: Any = "zoo" if args.zoo else _instances(args.instances)
    if not args.optimum:
        return subject, limit
    chosen = {name: value for name, value in (("runs", args.runs), ("seed", args.seed)) if value is not None}
    return subject, {"kind": "optimum", "trained": args.trained, **chosen, **limit}


def _consistent(args: argparse.Namespace) -> None:
    """Refuse options that would be ignored."""
    data = bool(args.points or args.data)
    instances = bool(args.instances or args.zoo)
    if bool(args.points) != bool(args.labels) or (args.points and len(args.points) != len(args.labels)):
        found = f"{len(args.points or ())} points and {len(args.labels or ())} labels"
        raise InputError(explain("--labels", "a label for each of --points", found, "Give equally many."))
    for flag, given, fits, needs in (
            ("--width", args.width, data, "data (--points or --data)"),
            ("--output-bias", args.output_bias, data, "data (--points or --data)"),
            ("--optimum", args.optimum, instances, "instances (--instances or --zoo)"),
            ("--trained", args.trained, args.optimum, "--optimum"),
            ("--runs", args.runs is not None, args.trained, "--trained"),
            ("--seed", args.seed is not None, args.trained, "--trained"),
            ("--timeout", args.timeout is not None, not (args.gadgets or args.benchmark), "something to search")):
        if given and not fits:
            raise InputError(explain(flag, f"{needs} beside it", "none", f"Leave {flag} out."))
    for flag, value in (("--runs", args.runs), ("--timeout", args.timeout)):
        if value is not None and not value > 0:
            raise InputError(explain(flag, "a positive number", value, f"Leave {flag} out."))


def _instances(files: Sequence[str]) -> list[Any]:
    """Return the instances in the files, named after them where they have no name."""
    from dataclasses import replace

    from theory.etr_training.instance import TrainingInstance

    found = [(file, TrainingInstance.from_json(Path(file))) for file in files]
    return [one if one.name else replace(one, name=Path(file).stem) for file, one in found]


def _point(text: str) -> tuple[Fraction, ...]:
    from theory.etr_training.rationals import rational

    return tuple(rational(part, f"--points {text}") for part in text.split(","))


def _label(text: str) -> Fraction | None:
    from theory.etr_training.rationals import rational

    return None if text == "*" else rational(text, "--labels")


def read_csv(name: str) -> tuple[list[tuple[Fraction, ...]], list[Fraction | None]]:
    """Return the points and labels of a file: a row for each point, its label last, `*` where it does not matter.

    A first row that holds no number in its last column is taken as a heading.

    Raises InputError for files that cannot be read, rows of different lengths and texts that are no numbers.
    """
    from theory.etr_training.rationals import rational

    try:
        with Path(name).open(newline="", encoding="utf-8") as file:
            rows = [row for row in csv.reader(file) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(explain(name, "a file of comma-separated values", str(error), "Check the name.")) from None
    if rows and not any(sign in "0123456789*" for sign in rows[0][-1]):
        rows = rows[1:]
    if not rows or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        found = sorted({len(row) for row in rows}) or "none"
        raise InputError(explain(name, "rows of equal length, inputs and a label", found, "Add what is missing."))
    points = [tuple(rational(text.strip(), f"{name}, row {k}") for text in row[:-1]) for k, row in enumerate(rows, 1)]
    return points, [_label(row[-1].strip()) for row in rows]

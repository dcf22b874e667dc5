"""`lemmascope verify`: run, print what came out claim by claim, say where the report is."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from rich.console import Console
from rich.text import Text

from .checking import CHECKER
from .cli_output import outcome_text, shown_progress, stdout, table, warn_of, write_text
from .verdicts import SEMANTICS, Report, Trial, Verdict
from .verification import Interrupted, verify, write_report

COLUMNS = ("claim", "outcome", "controls", "mutants", "search s", "check ms")


def run_verify(args: argparse.Namespace) -> int:
    """Verify the targets and return the exit code of the report, 130 after Ctrl-C.

    If everything was asked for and a package of claims could not be loaded, 0 becomes 2: not all of it was verified.
    """
    interrupted = False
    with shown_progress() as tell:
        try:
            report = verify(args.targets or "all", profile=args.profile, jobs=args.jobs, timeout=args.timeout,
                            ledger=args.ledger, seed=args.seed, progress=tell)
        except Interrupted as stop:
            report, interrupted = stop.report, True
    warn_of(report.notes)
    code = 130 if interrupted else report.exit_code(args.strict) or (2 if report.notes else 0)
    index = write_pages(report, args) if args.html else None
    if args.json == "-":
        write_text(json.dumps(report.to_json(), indent=1))
        return code
    if args.json:
        write_report(report, Path(args.json))
    print_report(report, stdout(), lemmas=args.lemmas, copy=args.json)
    if index is not None:
        stdout().print(f"pages: {index}", soft_wrap=True)
    return code


def write_pages(report: Report, args: argparse.Namespace) -> Path:
    """Write the report as pages and return the index. Raises InputError if that is not possible."""
    from .registry import load
    from .report import write_site
    from .verification import select

    return write_site(report, select(args.targets or "all", load())[0], args.html)


def print_report(report: Report, console: Console, *, lemmas: bool = False, copy: str | None = None) -> None:
    """Print verdicts as a table, then everything that needs words, then the headline and how to check it."""
    shown = [*report.claims.values(), *(report.lemmas.values() if lemmas or not report.claims else ())]
    # A run without mutants has no column for them.
    kept = [k for k, name in enumerate(COLUMNS) if name != "mutants" or any(v.mutants for v in shown)]
    table([COLUMNS[k] for k in kept], [[_row(v)[k] for k in kept] for v in shown], console)
    for verdict in report.verdicts:
        for line in _words(verdict):
            console.print(f"  {verdict.id}: {line}", soft_wrap=True)
    if report.experiments:
        console.print()
        rows = [(e.id, outcome_text(str(e.trial), e.trial is Trial.PASSED), e.text, f"{e.seconds:.1f}")
                for e in report.experiments.values()]
        table(("experiment", "rule", "measured", "s"), rows, console)
    good = report.exit_code() == 0 and not report.interrupted
    console.print()
    console.print(Text(report.headline, style="bold green" if good else "bold red"), soft_wrap=True)
    console.print(f"{report.profile} profile, {report.seconds:.1f} s, checker {report.checker[:12]}, axioms "
                  f"{report.axioms[:12]}")
    console.print(f"semantics: {SEMANTICS}", soft_wrap=True)
    console.print(f"report: {copy or report.path}", soft_wrap=True)
    console.print(f"check it with the standard library alone: python -I -S {_near(CHECKER)} {copy or report.path}",
                  soft_wrap=True)


def _row(v: Verdict) -> tuple[str | Text, ...]:
    words = v.describe() + ("" if v.outcome is v.declared else f" (declared {v.declared})")
    return (v.id, outcome_text(words, v.as_declared), v.controls_refuted if v.controls else "",
            v.mutants_killed, f"{v.seconds:.2f}", f"{v.checked_ms:.1f}" if v.checked_ms else "")


def _words(v: Verdict) -> list[str]:
    """Return what a reader must know beyond the table: reasons, failed experiments, findings."""
    lines = [v.reason] if v.reason else []
    lines += [f"experiment {e.id}: {e.text}" for e in v.experiments if e.trial is not Trial.PASSED]
    return lines + [f"finding: {text}" for text in v.findings]


def _near(path: Path) -> str:
    """Return a path relative to the working directory where that is shorter."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)

"""`lemmascope attack`: the controls and generated mutants of claims, and what became of each."""

from __future__ import annotations

import argparse
import json

from rich.console import Console
from rich.text import Text

from .cli_output import outcome_text, shown_progress, stdout, table, warn_of, write_text
from .verdicts import Fate, Report, Verdict, to_plain
from .verification import Interrupted, verify

COLUMNS = ("mutant", "outcome", "what was changed", "killed by, or why it survives")
_WIDTH = 160


def run_attack(args: argparse.Namespace) -> int:
    """Attack the targets and return 0, 1 if a control is not refuted or too little is killed, 3 as `exit_code` says."""
    interrupted = False
    with shown_progress() as tell:
        try:
            report = verify(args.targets, profile=args.profile, jobs=args.jobs, timeout=args.timeout,
                            ledger=args.ledger, progress=tell, attack=True, measure=False)
        except Interrupted as stop:
            report, interrupted = stop.report, True
    warn_of(report.notes)
    if args.json:
        write_text(json.dumps(as_json(report), indent=1))
    else:
        for verdict in report.claims.values():
            print_attack(verdict, stdout(), everything=args.all)
    return 130 if interrupted else exit_code(report, args.strict)


def exit_code(report: Report, strict: bool) -> int:
    """Return 1 if a control is not refuted or too little is killed, 3 if a mutant is open and `strict` is set."""
    for verdict in report.claims.values():
        if not all(c.accepted for c in verdict.controls) or any("is killed" in f for f in verdict.findings):
            return 1
    return 3 if strict and any(m.outcome is Fate.OPEN for v in report.claims.values() for m in v.mutants) else 0


def as_json(report: Report) -> dict[str, object]:
    """Return controls and mutants of every claim, and how many are killed."""
    claims = {name: {"outcome": v.outcome.value, "killed": v.mutants_killed, "controls": to_plain(v.controls),
                     "mutants": [_plain(m) for m in v.mutants], "findings": list(v.findings)}
              for name, v in report.claims.items()}
    return {"schema": 1, "claims": claims, "score": score(report)}


def score(report: Report) -> str:
    """Return killed mutants of all that count, over all claims of the report."""
    pairs = [v.mutants_killed.split("/") for v in report.claims.values() if v.mutants]
    return f"{sum(int(k) for k, _ in pairs)}/{sum(int(m) for _, m in pairs)}"


def print_attack(verdict: Verdict, console: Console, *, everything: bool = False) -> None:
    """Print the controls, the mutants that survive (with `everything` all), and the score of one claim."""
    console.print(Text(f"{verdict.id}  {verdict.title}", style="bold"), soft_wrap=True)
    if verdict.controls:
        rows = [(c.name, outcome_text("refuted" if c.accepted else "not refuted", c.accepted), c.breaks, c.reason)
                for c in verdict.controls]
        table(("control", "outcome", "what was changed", "reason"), rows, console)
        console.print()
    if not verdict.mutants:
        console.print(f"no mutants: claims declared Proved are attacked, this one is declared {verdict.declared}\n")
        return
    shown = [m for m in verdict.mutants if everything or m.outcome is not Fate.KILLED]
    rows = [(m.name, outcome_text(str(m.outcome), m.outcome is not Fate.OPEN), m.change, _cut(m.witness or m.reason))
            for m in shown]
    if rows:
        table(COLUMNS, rows, console)
        console.print()
    counts = ", ".join(f"{n} {fate}" for fate in Fate if (n := sum(m.outcome is fate for m in verdict.mutants)))
    hidden = len(verdict.mutants) - len(shown)
    console.print(f"mutants killed {verdict.mutants_killed} ({counts})"
                  + (f"; {hidden} killed ones not listed, --all lists them" if hidden else ""), soft_wrap=True)
    for finding in verdict.findings:
        console.print(f"finding: {finding}", soft_wrap=True)
    console.print()


def _plain(mutant: object) -> object:
    plain = to_plain(mutant)
    return {**plain, "seconds": repr(plain["seconds"])}


def _cut(words: str) -> str:
    return words if len(words) <= _WIDTH else words[:_WIDTH - 4] + " ..."

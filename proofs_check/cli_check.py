"""`lemmascope check`: the checker on a report file, and on request the independent second re-check.

Decisions about training instances and enclosures of noisy networks go to checkers of their own.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from theory.language.errors import InputError, explain

from .checking import AXIOMS, Checked, check
from .claim_files import unreadable
from .cli_output import outcome_text, stdout, table, write_text
from .decision_checking import check_decision_file, is_decision
from .enclosure_checking import check_enclosure_file, is_enclosure


def run_check(args: argparse.Namespace) -> int:
    """Check a report or a certificate: 0 if all is accepted, 1 if not, or if the second re-check disagrees."""
    path = Path(args.report)
    problem = unreadable(path)
    if problem:
        raise InputError(explain(str(path), "a report file", problem, "Write one with `lemmascope verify`."))
    if is_decision(path):
        return _run_decision(path, args)
    if is_enclosure(path):
        return _run_enclosure(path, args)
    checked = check(path)
    second = _second(path) if args.second else None
    agreed = second is None or second["agrees"]
    if args.json:
        found = {"axioms": checked.axioms, "checker": checked.checker, "accepted": checked.accepted,
                 "claims": checked.claims, "points": checked.points, **({"second": second} if second else {})}
        write_text(json.dumps(found, indent=1, sort_keys=True))
    else:
        _print(checked, path, second)
    return 0 if checked.accepted and agreed else 1


def _run_decision(path: Path, args: argparse.Namespace) -> int:
    """Check a decision about a training instance: 0 if it is accepted and, if asked, confirmed again, 1 if not."""
    found = check_decision_file(path)
    second = _second_decision(path) if args.second and found.accepted else None
    good = found.accepted and (second is None or second["agrees"])
    if args.json:
        write_text(json.dumps({**asdict(found), **({"second": second} if second else {})}, indent=1, sort_keys=True))
        return 0 if good else 1
    console = stdout()
    if found.accepted:
        console.print(outcome_text(f"{found.status}: accepted, {found.kind}", True))
        console.print(found.checked, soft_wrap=True)
    else:
        console.print(outcome_text(f"rejected: {found.reason}", False), soft_wrap=True)
    if second is not None:
        text = "confirmed" if second["agrees"] else f"not confirmed: {second['reason']}"
        console.print(outcome_text(f"second re-check: {text}", second["agrees"]), soft_wrap=True)
    console.print(f"{path}, instance {found.instance[:12] or 'unreadable'}, decision checker {found.checker[:12]}",
                  soft_wrap=True)
    return 0 if good else 1


def _run_enclosure(path: Path, args: argparse.Namespace) -> int:
    """Check bounds of the conditional expectation of a noisy network: 0 if they are confirmed, 1 if not."""
    if args.second:
        raise InputError(explain("--second", "a report", "an enclosure of a noisy network",
                                 "Leave --second out: enclosures are checked once, by a checker of their own."))
    found = check_enclosure_file(path)
    if args.json:
        write_text(json.dumps(found, indent=1, sort_keys=True))
        return 0 if found["accepted"] else 1
    console = stdout()
    if found["accepted"]:
        counts = f"{found['claims']} bounds of {found['layers']} layers, {found['cells']} cells"
        console.print(outcome_text(f"accepted, {found['grade']}: {counts}", True))
        console.print(found["checked"], soft_wrap=True)
    else:
        console.print(outcome_text(f"rejected: {found.get('reason', '')}", False), soft_wrap=True)
    console.print(f"{path}, chain {found.get('chain', '')[:12] or 'unreadable'}", soft_wrap=True)
    return 0 if found["accepted"] else 1


def _print(checked: Checked, path: Path, second: Mapping[str, Any] | None) -> None:
    console, known = stdout(), _digests()
    rows = []
    for name, found in checked.claims.items():
        rows.append((name, outcome_text(*_finding(found)), _compared(found.get("digest"), known.get(name))))
    for name, found in checked.points.items():
        rows.append((name, outcome_text(*_finding(found)), f"{found.get('point', '')} point"))
    table(("certificate", "finding", "statement"), rows, console)
    good = sum(f.get("accepted") is True for f in (*checked.claims.values(), *checked.points.values()))
    console.print()
    console.print(outcome_text(f"{good} of {len(rows)} certificates accepted", checked.accepted))
    if second is not None:
        console.print(outcome_text(f"second re-check: {second['text']}", second["agrees"]), soft_wrap=True)
        for line in second["disagreements"]:
            console.print(f"  {line}", soft_wrap=True)
    console.print(f"{path}, checker {checked.checker[:12]}, axioms {checked.axioms[:12]}", soft_wrap=True)


def _finding(found: Mapping[str, Any]) -> tuple[str, bool]:
    if found.get("accepted") is not True:
        return f"rejected: {found.get('reason', 'no reason given')}", False
    cited = found.get("cited", ())
    return f"accepted, {found.get('grade')}" + (f", given {' and '.join(cited)}" if cited else ""), True


def _digests() -> dict[str, str]:
    from .registry import load

    return {name: item.digest for name, item in load().items.items()}


def _compared(found: str | None, ours: str | None) -> str:
    """Say whether a certificate's statement is the one of the same name in the installed theory."""
    if found is None:
        return ""
    if ours is None:
        return "of your own"
    return "as in theory" if found == ours else "NOT the statement in theory"


def _second(path: Path) -> dict[str, Any]:
    from .certificates.second import recheck

    opinion = recheck(json.loads(path.read_bytes()), json.loads(AXIOMS.read_bytes()))
    counts = ", ".join(f"{count} {rule}" for rule, count in opinion.checked.items()) or "no"
    text = f"{counts} steps checked again, " + ("all confirmed" if opinion.agrees else "not all confirmed")
    against = [f"{d.claim}, step {d.step}: {d.reason}" for d in opinion.disagreements]
    return {"agrees": opinion.agrees, "checked": dict(opinion.checked), "disagreements": against, "text": text}


def _second_decision(path: Path) -> dict[str, Any]:
    from .certificates.second_decisions import recheck_decision

    return asdict(recheck_decision(json.loads(path.read_bytes())))

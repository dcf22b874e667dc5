"""`lemmascope list` and `lemmascope show`: what is claimed, in the authors' notation, and what is known about it."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import Any

from rich.console import Console

from theory.language.claims import Claim, Lemma
from theory.language.derivation import Step
from theory.language.printing import text

from .cli_output import outcome_text, stdout, table, warn_of, write_text
from .last_report import LastReport, read_last
from .registry import TEXTBOOK, find, load, unknown


def run_list(args: argparse.Namespace) -> int:
    """List claims (and, for the textbook, lemmas and citations)."""
    registry = load()
    known = (TEXTBOOK, *registry.families)
    for family in args.families:
        if family not in known:
            raise unknown("family", family, known)
    families = args.families or registry.families
    warn_of(registry.broken.values())
    claims = [c for c in registry.claims if c.family in families]
    lemmas = [e for e in registry.lemmas if e.id.split(".")[0] in families]
    if args.json:
        listed = [{"id": e.id, "title": e.title, "digest": e.digest} for e in lemmas]
        write_text(json.dumps({"schema": 1, "claims": [_claim_row(c) for c in claims], "lemmas": listed}, indent=1))
        return 0
    console = stdout()
    if claims:
        rows = [(c.id, c.declared, str(len(c.controls)), c.title) for c in claims]
        table(("claim", "declared", "controls", "title"), rows, console)
    if lemmas and args.families:
        console.print()
        table(("lemma", "title"), [(e.id, e.title) for e in lemmas], console)
    if registry.cited and TEXTBOOK in families:
        console.print()
        table(("cited", "title", "source"), [(c.id, c.title, str(c.source)) for c in registry.cited], console)
    if lemmas and not args.families:
        others = len(registry.lemmas) - len(lemmas)
        console.print(f"\nand {len(lemmas)} lemmas of these families, {others} of the textbook: "
                      f"lemmascope list {' '.join(known)}", soft_wrap=True)
    return 0


def run_show(args: argparse.Namespace) -> int:
    """Show one claim or lemma."""
    registry, items = find(args.claim, load(args.claim))
    console, last = stdout(), read_last(args.ledger, registry)
    for item in items:
        for line in _page(item, last):
            console.print(line, soft_wrap=True)
        _comparison(item, console)
        _known(item, last, console)
    return 0


def _claim_row(claim: Claim) -> dict[str, Any]:
    return {"id": claim.id, "family": claim.family, "title": claim.title, "declared": claim.declared,
            "source": str(claim.source), "digest": claim.digest, "controls": [c.name for c in claim.controls],
            "experiments": list(claim.experiments)}


def _page(item: Claim | Lemma, last: LastReport) -> Iterator[str]:
    """Yield the lines that say what is claimed and how it is derived."""
    yield f"{item.id}: {item.title}"
    if isinstance(item, Claim):
        yield item.summary
    if item.source is not None:
        yield f"source: {item.source}" + (f". {item.source.note}" if item.source.note else "")
    yield f"statement SHA-256: {item.digest}"
    yield ""
    yield "for all"
    for name, sort in item.statement.variables:
        yield f"    {name} : {_sort(sort)}"
    yield "if"
    for name, formula in item.statement.hypotheses:
        yield f"    {name}: {text(formula)}"
    yield "then"
    yield f"    {text(item.statement.conclusion)}"
    yield ""
    if item.derivation:
        yield "derivation"
        grades = last.step_grades(item.id)
        for step in item.derivation:
            yield from _steps(step, 1, grades)
    if isinstance(item, Claim):
        yield from _attack(item)


def _sort(sort: Any) -> str:
    from theory.language.printing import sort_text

    return sort_text(sort)


def _steps(step: Step, depth: int, grades: dict[str, str]) -> Iterator[str]:
    grade = f"  [{grades[step.id]}]" if depth == 1 and step.id in grades else ""
    goal = f": {text(step.goal)}" if step.goal is not None else ""
    facts = f" from {', '.join(step.facts)}" if step.facts else ""
    yield f"{'    ' * depth}{step.id}{goal}  ({step.by}{facts}){grade}"
    for box in step.boxes:
        if box.ids:
            yield f"{'    ' * (depth + 1)}given {', '.join(box.ids)}"
        for inner in box.steps:
            yield from _steps(inner, depth + 1, grades)


def _attack(claim: Claim) -> Iterator[str]:
    if claim.controls:
        yield "controls, each refuted by a witness that the checker replays"
        yield from (f"    {c.name}: {c.breaks}" for c in claim.controls)
    if claim.refutations:
        yield "refuted by"
        yield from (f"    {name}" for name, _ in claim.refutations)
    if claim.tightness:
        yield f"tightness: {claim.tightness}"
    if claim.experiments:
        yield f"experiments: {', '.join(claim.experiments)}"


def _comparison(item: Claim | Lemma, console: Console) -> None:
    if isinstance(item, Claim) and item.comparison:
        console.print("\nformal against source")
        rows = [(c.part, c.source, c.formal, c.remark) for c in item.comparison]
        table(("part", "in the source", "proved here", "remark"), rows, console)


def _known(item: Claim | Lemma, last: LastReport, console: Console) -> None:
    verdict = last.verdicts.get(item.id)
    console.print()
    if verdict is None:
        console.print(f"not verified yet in this ledger: lemmascope verify {item.id}", soft_wrap=True)
        return
    words = ", ".join(w for w in (verdict["outcome"], verdict["grade"]) if w)
    words += f", given {' and '.join(verdict['cited'])}" if verdict["cited"] else ""
    console.print(outcome_text(f"last run: {words} (declared {verdict['declared']})",
                               verdict["outcome"] == verdict["declared"]), soft_wrap=True)
    for line in (verdict["reason"], *verdict["findings"]):
        if line:
            console.print(f"    {line}", soft_wrap=True)

"""`lemmascope explain`: why a step holds, which facts and multipliers its certificate names, or what is missing."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from typing import Any

from rich.text import Text

from theory.language.claims import Claim, Lemma
from theory.language.printing import sort_text, text

from .cli_output import stdout
from .last_report import LastReport, read_last
from .registry import Registry, find, load, unknown
from .report.narration import Fact, Given, Math, Variables, Words
from .report.proofs import raw_certificate
from .report.reading import Line, proof
from .report.reading import find as find_step

REFUTED = "it is declared Refuted and has no derivation: `lemmascope show` names the points that refute it"


def run_explain(args: argparse.Namespace) -> int:
    """Explain a whole derivation, or one step of it, from the certificate of the last run."""
    registry, items = find(args.claim, load(args.claim))
    last, console = read_last(args.ledger, registry), stdout()
    for item in items:
        console.print(Text(f"{item.id}: {item.title}", style="bold"), soft_wrap=True)
        for line in _explained(item, args.step, registry, last):
            console.print(line, soft_wrap=True)
    return 0


def _explained(item: Claim | Lemma, step: str | None, registry: Registry, last: LastReport) -> Iterator[str]:
    verdict = last.verdicts.get(item.id)
    if verdict is None:
        yield f"not verified yet in this ledger: lemmascope verify {item.id}"
        return
    if verdict["reason"]:
        yield f"what is missing: {verdict['reason']}"
    entry = last.certificates.get(item.id)
    if entry is None:
        if not verdict["reason"]:
            yield REFUTED
        return
    library = {**registry.axioms, **{c.id: c.statement.formula for c in registry.cited},
               **{name: other.statement.formula for name, other in registry.items.items()}}
    lines = proof(entry, library)
    if step is None:
        yield from _hypotheses(item)
        for line in lines:
            yield from _outline(line, 0)
        yield f"\none step with its certificate: lemmascope explain {item.id} {lines[0].id if lines else 'STEP'}"
        return
    found = find_step(lines, step)
    if found is None:
        raise unknown(f"step of {item.id}", step, [line.id for line in lines])
    yield from _whole(found, library)


def _hypotheses(item: Claim | Lemma) -> Iterator[str]:
    for name, formula in item.statement.hypotheses:
        yield f"  {name}: {text(formula)}"
    yield f"  claim: {text(item.statement.conclusion)}\n"


def _outline(line: Line, depth: int) -> Iterator[str]:
    """Yield a step and its inner steps, side conditions of the search left out."""
    if line.routine:
        return
    space = "  " * depth
    grade = "" if line.grade == "exact" else f"  [{line.grade}]"
    yield f"{space}{line.id}: {text(line.goal)}  -- {words(line.reason)}{grade}"
    for part in line.parts:
        yield f"{space}  {words(part.opening)}"
        for inner in part.lines:
            yield from _outline(inner, depth + 2)


def _whole(line: Line, library: Mapping[str, Any]) -> Iterator[str]:
    """Yield everything about one step: goal, reason, facts with their formulas, multipliers, the raw certificate."""
    yield f"step {line.id}, rule {line.by}, grade {line.grade}"
    yield f"  goal: {text(line.goal)}"
    yield f"  why: {words(line.reason)}"
    for name in dict.fromkeys(part.name for parts in (line.reason, *line.details) for part in parts
                              if isinstance(part, Fact)):
        formula = line.formulas.get(name, library.get(name))
        if formula is not None:
            yield f"    {name}: {text(formula)}"
    for parts in line.details:
        shown = words(parts)
        if shown:
            yield f"  {shown}"
    for part in line.parts:
        yield f"  {words(part.opening)}"
        for inner in part.lines:
            yield from _outline(inner, 2)
    yield f"  certificate: {raw_certificate(line.step)}"


def words(parts: Words) -> str:
    """Return a narration as text, formulas in the notation of claim files."""
    return "".join(map(_part, parts))


def _part(part: Any) -> str:
    if isinstance(part, Fact):
        return part.name
    if isinstance(part, Math):
        return text(part.thing)
    if isinstance(part, Variables):
        return ", ".join(f"{name} : {sort_text(sort)}" for name, sort in part.pairs)
    if isinstance(part, Given):
        return ", ".join((f"({name}) " if name else "") + text(formula) for name, formula in part.facts)
    return part


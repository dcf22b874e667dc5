"""A derivation as HTML: goals and reasons to read, each step foldable to its certificate and grade."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from theory.language.printing import text
from theory.language.prose import display, sentence
from theory.language.terms import to_json

from .fragments import Links, folded, mark, words
from .reading import Line, Part

LONGEST_JSON = 6000
"""A step's raw certificate is shown up to this many characters; the whole is in the report file."""
LONGEST_REPEATED = 60
"""A last step that proves a formula longer than this, just written above it, does not write it again."""
DEEPEST_OPEN = 2
"""Inner proofs are shown open down to this depth."""
_RULES = {
    "combine": "polynomial identity", "apply": "instance of a fact", "intro": "arbitrary values", "induct": "induction",
    "cases": "case distinction", "either": "one of the cases", "finite": "finitely many values",
    "witness": "objects named", "obtain": "objects used", "define": "definition", "compute": "exact evaluation",
    "enclose": "interval arithmetic", "decided": "solvers",
}


def derivation(lines: tuple[Line, ...], links: Links, goal: Any = None) -> str:
    """Return the steps of a proof as foldable HTML; `goal`, which the last one proves, is not written out again."""
    return f'<div class="proof">{_steps(lines, links, 0, _Target(goal, "the conclusion"))}</div>'


def overview(lines: tuple[Line, ...]) -> str:
    """Return how many steps of which kind a proof has, in words."""
    every = list(_all(lines))
    counts = Counter(line.by for line in every)
    kinds = ", ".join(f"{count} × {_RULES[by]}" for by, count in counts.most_common())
    steps = f"{len(every)} step{'' if len(every) == 1 else 's'}"
    routine = sum(line.routine for line in every)
    verb = "is a side condition" if routine == 1 else "are side conditions"
    extra = f"; {routine} of them {verb} that the search filled in" if routine else ""
    return f"{steps} ({kinds}){extra}"


def _all(lines: tuple[Line, ...]) -> Iterator[Line]:
    for line in lines:
        yield line
        for part in line.parts:
            yield from _all(part.lines)


@dataclass(frozen=True)
class _Target:
    """The formula that the last step of a box proves, and how to name it: a step need not repeat a long one."""

    formula: Any
    words: str


def _steps(lines: tuple[Line, ...], links: Links, depth: int, target: _Target | None = None) -> str:
    """Return steps in order; neighbouring side conditions are folded together."""
    out, routine = [], []
    for line in lines:
        if line.routine and line is not lines[-1]:
            routine.append(line)
            continue
        last = target if line is lines[-1] else None
        out += [_routine(routine, links, depth), _step(line, links, depth, last)]
        routine = []
    return "".join([*out, _routine(routine, links, depth)])


def _routine(lines: list[Line], links: Links, depth: int) -> str:
    if not lines:
        return ""
    count = f"{len(lines)} side conditions" if len(lines) > 1 else "1 side condition"
    return folded(count, "".join(_step(line, links, DEEPEST_OPEN + 1) for line in lines), "routine")


def _step(line: Line, links: Links, depth: int, target: _Target | None = None) -> str:
    grade = "" if line.grade == "exact" else " " + mark(line.grade, None)
    repeated = target is not None and line.goal == target.formula and len(text(line.goal)) > LONGEST_REPEATED
    goal = target.words if target is not None and repeated else sentence(line.goal, line.sorts)
    summary = (f'<span class="name">{escape(line.id)}</span> <span class="goal">{goal}'
               f'</span> <span class="why">— {words(line.reason, links, line.facts)}</span>{grade}')
    inner = "".join(_part(part, links, depth + 1, _inner_target(line)) for part in line.parts)
    is_open = " open" if line.parts and depth < DEEPEST_OPEN else ""
    kind = "step box" if line.parts else "step"
    return (f'<details class="{kind}" id="{line.anchor}"{is_open}><summary>{summary}</summary>'
            f"{inner}{certificate(line, links)}</details>")


def _inner_target(line: Line) -> _Target | None:
    """What the boxes of a step prove, where that is the step's own goal or the conclusion of it."""
    goal = {"intro": line.goal[-1], "obtain": line.goal, "define": line.goal, "cases": line.goal}.get(line.by)
    return _Target(goal, f'as claimed in <a class="fact" href="#{line.anchor}">{escape(line.id)}</a>') if goal else None


def _part(part: Part, links: Links, depth: int, target: _Target | None) -> str:
    opening = words(part.opening, links, part.lines[0].facts if part.lines else {})
    return f'<div class="part"><p class="opening">{opening}</p>{_steps(part.lines, links, depth, target)}</div>'


def certificate(line: Line, links: Links) -> str:
    """Return what the checker verified for one step: words, then the raw data."""
    lines = "".join(f"<p>{words(parts, links, line.facts)}</p>" for parts in line.details)
    raw = raw_certificate(line.step)
    if len(raw) > LONGEST_JSON:
        raw = raw[:LONGEST_JSON] + " ... (the whole is in the report file)"
    about = f"rule <code>{escape(line.by)}</code> ({escape(_RULES[line.by])}), grade {escape(line.grade)}"
    shown = folded(f"certificate: {about}", f"<pre>{escape(raw)}</pre>", "raw")
    return f'<div class="certificate">{lines}{shown}</div>'


def raw_certificate(step: Mapping[str, Any]) -> str:
    """Return a step as JSON; inner steps, which are shown themselves, as their number."""
    shown = dict(step)
    for key in ("steps", "base", "boxes"):
        if key in shown:
            shown[key] = f"({_count(shown[key])} steps, shown above)"
    return json.dumps(to_json(shown), ensure_ascii=True)


def _count(value: Any) -> int:
    return sum(_count(part) if isinstance(part, list) else 1 for part in value)


def obligation(closed: Any, lines: tuple[Line, ...], links: Links) -> str:
    """Return one side proof: that a denominator, logarithm or root of the statement is admissible."""
    return folded(sentence(closed), f'<div class="proof">{_steps(lines, links, DEEPEST_OPEN)}</div>', "obligation")


def conclusion(formula: Any, sorts: Mapping[str, Any]) -> str:
    """Return the conclusion of a statement, displayed."""
    return f'<div class="conclusion">{display(formula, sorts)}</div>'

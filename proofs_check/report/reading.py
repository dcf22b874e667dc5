"""A certificate read as a proof: lines with goal, reason and inner proofs, each fact resolved in its scope."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from proofs_check.last_report import own_grade
from theory.language.terms import equations, flatten, from_json

from .narration import Given, Variables, Words, details, is_routine, reason


@dataclass(frozen=True)
class Part:
    """An inner proof: what is assumed in it, in words, and its lines."""

    opening: Words
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Line:
    """One step: `anchor` is unique on its page; `facts` and `formulas` are what it may use, beside the library."""

    id: str
    anchor: str
    goal: Any
    by: str
    grade: str
    sorts: Mapping[str, Any]
    reason: Words
    details: tuple[Words, ...]
    parts: tuple[Part, ...]
    facts: Mapping[str, str]
    formulas: Mapping[str, Any]
    step: Mapping[str, Any]

    @property
    def routine(self) -> bool:
        """Whether the search inserted the step for a side condition."""
        return is_routine(self.id)


@dataclass(frozen=True)
class _Scope:
    """Formulas and anchors of the facts in force, the sorts of the names in force."""

    formulas: Mapping[str, Any]
    anchors: Mapping[str, str]
    sorts: Mapping[str, Any]
    path: str = "s"
    library: Mapping[str, Any] = field(default_factory=dict)

    def statement(self, name: str) -> Any:
        return self.formulas.get(name, self.library.get(name))

    def with_facts(self, facts: list[tuple[str, Any]], anchor: str) -> _Scope:
        return replace(self, formulas={**self.formulas, **dict(facts)},
                       anchors={**self.anchors, **{name: anchor for name, _ in facts}})

    def with_sorts(self, variables: Any) -> _Scope:
        return replace(self, sorts={**self.sorts, **dict(variables)})


def proof(entry: Mapping[str, Any], library: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the lines of an entry of "claims" in a report; `library` holds the formulas that may be used by name."""
    return _proof(from_json(entry["statement"]), entry["hyps"], entry["steps"], library, "s", "h")


def side_proofs(entry: Mapping[str, Any], closed: Iterable[Any], library: Mapping[str, Any]
                ) -> list[tuple[Any, tuple[Line, ...]]]:
    """Return each well-posedness obligation of an entry with the lines of its proof; `closed` are the obligations."""
    return [(formula, _proof(formula, part["ids"], part["steps"], library, f"o{k}", ""))
            for k, (formula, part) in enumerate(zip(closed, entry.get("posed", ())), 1)]


def _proof(formula: Any, ids: Any, steps: Any, library: Mapping[str, Any], path: str, anchor: str) -> tuple[Line, ...]:
    _, variables, hypotheses, _ = formula
    named = list(zip(ids, flatten(hypotheses)))
    anchors = {name: f"{anchor}{k}" if anchor else "" for k, (name, _) in enumerate(named, 1)}
    return _lines(steps, _Scope(dict(named), anchors, dict(variables), path, library))


def find(lines: tuple[Line, ...], path: str) -> Line | None:
    """Return the step with an id such as `A1`, or with a path such as `A1/z/y`; None if there is none."""
    first, _, rest = path.partition("/")
    for line in lines:
        if line.id == first and (not rest or (inner := _find_inside(line, rest)) is not None):
            return inner if rest else line
    for line in lines:
        found = _find_inside(line, path)
        if found is not None:
            return found
    return None


def _find_inside(line: Line, path: str) -> Line | None:
    for part in line.parts:
        found = find(part.lines, path)
        if found is not None:
            return found
    return None


def _lines(steps: Any, scope: _Scope) -> tuple[Line, ...]:
    out = []
    for number, step in enumerate(steps, 1):
        inner = replace(scope, path=f"{scope.path}-{number}")
        line = _line(step, inner)
        out.append(line)
        scope = scope.with_facts([(step["id"], line.goal)], line.anchor)
    return tuple(out)


def _line(step: Mapping[str, Any], scope: _Scope) -> Line:
    goal = from_json(step["goal"])
    parts = _PARTS[step["by"]](step, goal, scope) if step["by"] in _PARTS else ()
    return Line(step["id"], scope.path, goal, step["by"], own_grade(step), scope.sorts, reason(step, scope.sorts),
                tuple(details(step, scope.sorts, scope.statement)), parts, scope.anchors,
                scope.formulas, step)


def _part(opening: Words, steps: Any, scope: _Scope, number: int) -> Part:
    return Part(opening, _lines(steps, replace(scope, path=f"{scope.path}.{number}")))


def _intro(step: Mapping[str, Any], goal: Any, scope: _Scope) -> tuple[Part, ...]:
    facts = list(zip(step["ids"], flatten(goal[2])))
    inner = scope.with_sorts(goal[1]).with_facts(facts, scope.path)
    given = Given(tuple(facts), inner.sorts)
    if goal[1] and facts:
        opening: Words = ("Take ", Variables(goal[1], inner.sorts), " with ", given, ".")
    elif goal[1]:
        opening = ("Take ", Variables(goal[1], inner.sorts), ".")
    else:
        opening = ("Assume ", given, ".")
    return (_part(opening, step["steps"], inner, 1),)


def _induct(step: Mapping[str, Any], goal: Any, scope: _Scope) -> tuple[Part, ...]:
    facts = list(zip(step["ids"], (goal[2][0], goal[3])))
    inner = scope.with_sorts(goal[1]).with_facts(facts, scope.path)
    start = Given((("", ("=", goal[1][0][0], goal[2][0][1])),), inner.sorts)
    return (_part(("Start: ", start, "."), step["base"], scope, 1),
            _part(("Step: assume ", Given(tuple(facts), inner.sorts), "."), step["steps"], inner, 2))


def _cases(step: Mapping[str, Any], goal: Any, scope: _Scope) -> tuple[Part, ...]:
    fact = scope.statement(step["fact"])
    out = []
    for number, (box, case) in enumerate(zip(step["boxes"], fact[1:] if fact else ()), 1):
        inner = scope.with_facts([(step["as"], case)], scope.path)
        out.append(_part((f"Case {number}: ", Given(((step["as"], case),), scope.sorts), "."), box, inner, number))
    return tuple(out)


def _finite(step: Mapping[str, Any], goal: Any, scope: _Scope) -> tuple[Part, ...]:
    name, low = goal[1][0][0], goal[2][0][1]
    start = low if isinstance(low, int) else None
    out = []
    for number, box in enumerate(step["boxes"]):
        shown = start + number if start is not None else ("+", low, number)
        opening: Words = ("For ", Given((("", ("=", name, shown)),), {**scope.sorts, name: "int"}), ":")
        out.append(_part(opening, box, scope, number + 1))
    return tuple(out)


def _obtain(step: Mapping[str, Any], goal: Any, scope: _Scope) -> tuple[Part, ...]:
    fact = scope.statement(step["fact"])
    if fact is None:
        return (_part(("With what it provides:",), step["steps"], scope, 1),)
    if fact[0] == "all" and not fact[1] and not fact[2]:
        fact = fact[3]
    facts = list(zip(step["ids"], flatten(fact[2])))
    inner = scope.with_sorts(fact[1]).with_facts(facts, scope.path)
    what: Words = ("there are ", Variables(fact[1], inner.sorts), " with ") if fact[1] else ("we have ",)
    return (_part(("So ", *what, Given(tuple(facts), inner.sorts), "."), step["steps"], inner, 1),)


def _define(step: Mapping[str, Any], goal: Any, scope: _Scope) -> tuple[Part, ...]:
    definition, sort = from_json(step["def"]), from_json(step["sort"])
    facts = list(zip(step["ids"], equations(definition)))
    inner = scope.with_sorts(((definition[1], sort),)).with_facts(facts, scope.path)
    return (_part(("Define it by ", Given(tuple(facts), inner.sorts), "."), step["steps"], inner, 1),)


_PARTS = {"intro": _intro, "induct": _induct, "cases": _cases, "finite": _finite, "obtain": _obtain, "define": _define}


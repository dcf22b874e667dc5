"""From an author's derivation to a certificate: each step goes to its engine, boxes to the same again.

Nothing here is believed: the certificate is checked by `proofs_check/certificates/checker` in a process of its own.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from theory import language
from theory.language.claims import Claim, Lemma, Witness
from theory.language.derivation import Step
from theory.language.errors import LemmascopeError, SearchFailed
from theory.language.notation import Statement
from theory.language.printing import text
from theory.language.substitution import substitute
from theory.language.terms import Formula, flatten, negation, to_json

from . import steps as engines
from .canonical import Canon
from .context import Context, opened
from .discharge import Steps, discharge, restate
from .obligations import obligations


class StepCache(Protocol):
    """Where results of single steps are kept: the search part of the ledger."""

    def get(self, key: str) -> dict[str, Any] | None:
        """The stored value, or None."""

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Store a value."""


class NoCache:
    """A cache that keeps nothing."""

    def get(self, key: str) -> dict[str, Any] | None:
        """Nothing is stored."""
        return None

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Nothing is kept."""


def elaborate(item: Lemma | Claim, library: Mapping[str, Formula], cache: StepCache | None = None,
              tell: Callable[[str], None] | None = None) -> dict[str, Any]:
    """Return the certificate of a lemma or claim: its entry among the "claims" of a report.

    `tell` is called with the name of each step before it is searched: what to blame if the search has to be stopped.
    Raises SearchFailed naming claim, step and what the search lacked.
    """
    work = _Elaboration(item.id, library, cache or NoCache(), tell)
    statement = item.statement
    context = work.context().child(statement.variables, dict(statement.hypotheses))
    out: dict[str, Any] = {
        "id": item.id, "statement": to_json(statement.formula), "hyps": list(statement.ids),
        "steps": to_json(work.whole(context, item.derivation, statement.conclusion)),
    }
    posed = work.posed(statement.formula, item.posed)
    if posed:
        out["posed"] = to_json(posed)
    return out


def elaborate_point(id: str, of: str, kind: str, statement: Statement, witness: Witness,
                    library: Mapping[str, Formula], cache: StepCache | None = None,
                    tell: Callable[[str], None] | None = None) -> dict[str, Any]:
    """Return the certificate of an instance or a refutation: its entry among the "points" of a report."""
    work = _Elaboration(id, library, cache or NoCache(), tell)
    f = statement.formula
    extra = (negation(f[3]),) if kind == "refuted" else ()
    goal = ("some", f[1], flatten(f[2]) + extra)
    steps = work.whole(work.context(), witness.steps, goal)
    return {"id": id, "of": of, "point": kind, "statement": to_json(f), "steps": to_json(steps)}


class _Elaboration:
    """One claim or point on its way to a certificate."""

    def __init__(self, id_: str, library: Mapping[str, Formula], cache: StepCache,
                 tell: Callable[[str], None] | None = None) -> None:
        self.id, self.library, self.cache = id_, library, cache
        self.tell = tell or (lambda place: None)
        table = axiom_table()
        self.canon = Canon(table["generators"], table["predicates"])

    def context(self) -> Context:
        """An empty scope."""
        return Context(self.canon, self.library)

    def whole(self, context: Context, authored: tuple[Step, ...], goal: Formula) -> Steps:
        """The outermost box. Raises SearchFailed that names the item and the place."""
        try:
            return self.box(context, authored, goal)
        except SearchFailed as error:
            raise self._named(error) from None

    def box(self, context: Context, authored: tuple[Step, ...], goal: Formula) -> Steps:
        """The certificate steps of a box that ends with `goal`."""
        out: Steps = []
        for k, step in enumerate(authored):
            self.step(context, step, goal if k == len(authored) - 1 else None, out)
        if not authored or context.key(out[-1]["goal"]) != context.key(goal):
            name = self._end(context, authored, goal, out)
            if not out or out[-1]["id"] != name:
                restate(context, out, context.name("d"), goal, name)
        return prune(out, {s.id for s in authored})

    def _end(self, context: Context, authored: tuple[Step, ...], goal: Formula, out: Steps) -> str:
        """The name of a fact that ends a box whose author's steps do not end with its goal."""
        self.tell(f"the end of a box, after step {authored[-1].id}" if authored else "a box without steps")
        try:
            return discharge(context, goal, out, use=tuple(s.id for s in authored if s.id in context.facts))
        except SearchFailed as error:
            place = f"after step {authored[-1].id}" if authored else "no steps"
            raise SearchFailed(f"{place}: {error}") from None

    def step(self, context: Context, step: Step, end: Formula | None, out: Steps) -> None:
        """Append the certificate of a step; `end` is what the box has to end with if this is its last step."""
        if step.id in context.facts or step.id in context.library:
            raise SearchFailed(f"{self.id}, step {step.id}: the name is already in use; choose another")
        self.tell(f"step {step.id} ({step.by})")
        try:
            rule = engines.RULES.get(step.by)
            if rule is None:
                raise SearchFailed(f"no engine is called {step.by}; there are {', '.join(engines.RULES)}")
            goal = step.goal
            if goal is None and end is not None and _may_end(context, step, end):
                goal = end
            if step.by in engines.SEARCHING and goal is not None:
                self._cached(context, step, goal, out, rule)
            else:
                rule(self, context, step, goal, out)
        except LemmascopeError as error:
            raise self._named(error, f"step {step.id} ({step.by}): ") from None

    def _named(self, error: LemmascopeError, place: str = "") -> SearchFailed:
        """The error with item and place in front; one from an inner step names both already."""
        message = str(error)
        return SearchFailed(message if message.startswith(f"{self.id}, ") else f"{self.id}, {place}{message}")

    def _cached(self, context: Context, step: Step, goal: Formula, out: Steps, rule: Any) -> None:
        """A step that only searches: its result depends on goal, named facts, sorts in scope, engine and hints."""
        seen = [[i, to_json(context.fact(i))] for i in (*step.facts, *step.hint("mul", ()))]
        scope: list[Any] = []
        if step.by == "combine" and "/" in _mentioned([goal, seen]):
            # Any strict fact in scope may show a denominator away from zero, and the result then names it.
            scope = [[i, to_json(f)] for i, f in context.facts.items() if f[0] in ("<", "!=")]
        versions = solver_versions() if step.by == "decided" else ""
        parts = [engine_digest(), versions, step.by, to_json(goal), seen, scope, to_json(step.hints),
                 sorted((n, to_json(s)) for n, (_, s) in context.env.items())]
        key = hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()
        stored = self.cache.get(key)
        if stored is not None:
            out.append({"id": step.id, "goal": goal, **{k: _tuples(v) for k, v in stored["fields"].items()}})
            context.facts[step.id] = goal
            return
        before = len(out)
        rule(self, context, step, goal, out)
        if len(out) == before + 1:
            fields = {k: to_json(v) for k, v in out[-1].items() if k not in ("id", "goal")}
            self.cache.put(key, {"fields": fields})

    def posed(self, f: Formula, authored: tuple[tuple[Step, ...], ...]) -> list[dict[str, Any]]:
        """One proof for each obligation of the statement, in the checker's order."""
        out = []
        for k, g in enumerate(obligations(f, self.canon)):
            ids = tuple(f"o{n}" for n in range(1, len(g[2]) + 1))
            context = self.context().child(g[1], opened(ids, g[2]))
            steps = authored[k] if k < len(authored) else ()
            try:
                out.append({"ids": list(ids), "steps": self.box(context, steps, g[3])})
            except SearchFailed as error:
                reason = str(error).removeprefix(f"{self.id}, ")
                raise SearchFailed(f"{self.id}, obligation {k + 1}, {text(g)}: {reason}") from None
        return out


def _tuples(value: Any) -> Any:
    """Stored fields of a step as the engine made them: terms as tuples."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _may_end(context: Context, step: Step, goal: Formula) -> bool:
    """Whether a last step without a goal proves the box's goal; an `apply` of another kind of fact leaves it open."""
    if step.by != "apply":
        return True
    f = context.fact(step.facts[0])
    head = f[3][0] if f[0] == "all" else f[0]
    return head == goal[0] or {head, goal[0]} <= {"<=", "<", "="}


def prune(steps: Steps, keep: set[str]) -> Steps:
    """Drop auxiliary steps that nothing after them uses (attempts of the search that led nowhere)."""
    needed: set[str] = set()
    out: Steps = []
    for k, s in enumerate(reversed(steps)):
        if k == 0 or s["id"] in keep or s["id"] in needed:
            out.append(s)
            needed |= _mentioned({key: v for key, v in s.items() if key not in ("id", "goal")})
    return out[::-1]


def _mentioned(value: Any) -> set[str]:
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return set().union(*map(_mentioned, value.values())) if value else set()
    if isinstance(value, (list, tuple)):
        return set().union(*map(_mentioned, value)) if value else set()
    return set()


@lru_cache(maxsize=1)
def axiom_table() -> dict[str, Any]:
    """Generators and predicates as the textbook declares them, sorts as tuples."""
    from theory.textbook.axioms import GENERATORS, PREDICATES

    return {"generators": GENERATORS, "predicates": PREDICATES}


@lru_cache(maxsize=1)
def engine_digest() -> str:
    """SHA-256 over the sources of the engines and of the language they work on: a changed one searches again."""
    sources = [path for folder in (Path(__file__).parent, Path(language.__file__).parent)
               for path in sorted(folder.glob("*.py"))]
    return hashlib.sha256(b"".join(p.read_bytes() for p in sources)).hexdigest()


@lru_cache(maxsize=1)
def solver_versions() -> str:
    """The versions of the solvers, whose word counts in `decided` steps without a certificate."""
    return " ".join(f"{name} {importlib.metadata.version(name)}" for name in ("z3-solver", "cvc5"))


__all__ = ["elaborate", "elaborate_point", "substitute"]

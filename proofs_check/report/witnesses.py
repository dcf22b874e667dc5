"""The witness of a point in readable form: which objects are taken, and which inequality they violate, in numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from theory.language.substitution import substitute
from theory.language.terms import from_json

from .narration import exact_value


@dataclass(frozen=True)
class ReadableWitness:
    """Equations `objects` ("c = 2", "d(l) = 1"), and the instantiated relation with its values, if it was found."""

    objects: tuple[Any, ...]
    sorts: Mapping[str, Any]
    relation: Any = None
    left: str = ""
    right: str = ""


def readable(entry: Mapping[str, Any]) -> ReadableWitness | None:
    """Return the witness of an entry of "points" in a report; None if its last step does not end in one."""
    statement = from_json(entry["statement"])
    scope, step = _last_witness(entry["steps"], {})
    if step is None:
        return None
    sorts = dict(statement[1])
    objects = [_equation(name, from_json(term)) for name, term in step["sub"].items()]
    relation = _violated(step, scope, 0) if entry.get("point") == "refuted" else None
    if relation is None or relation[0] not in ("<=", "<", "=", "!="):
        return ReadableWitness(tuple(objects), sorts)
    left, right = (exact_value(side) for side in relation[1:])
    return ReadableWitness(tuple(objects), sorts, relation, left, right)


def _equation(name: str, term: Any) -> Any:
    """name = term; for a function, its value at its parameters; for a matrix given by its entries, its entry."""
    left, right = ((name, *term[1]), term[2]) if isinstance(term, tuple) and term[0] == "lam" else (name, term)
    if isinstance(right, tuple) and right[0] == "build":
        _, i, j, _, columns, body = right
        return ("=", ("at", left, i, 1 if columns == 1 else j), body)
    return ("=", left, right)


def _last_witness(steps: Any, scope: dict[str, Any]) -> tuple[dict[str, Any], Any]:
    """Return the step `witness` that ends the steps, looking into boxes, and the steps in scope there by id."""
    scope = {**scope, **{step["id"]: step for step in steps}}
    last = steps[-1] if steps else None
    if last is None:
        return scope, None
    if last["by"] == "witness":
        return scope, last
    inner = last.get("steps")
    return _last_witness(inner, scope) if inner else (scope, None)


def _violated(step: Any, scope: Mapping[str, Any], depth: int) -> Any:
    """Return the negated conclusion at the witness: the last formula of the goal, followed through inner ones."""
    if not step.get("prem") or depth > 8:
        return None
    last = scope.get(step["prem"][-1])
    if last is None:
        goal = from_json(step["goal"])
        values = {name: from_json(term) for name, term in step["sub"].items()}
        return substitute(goal[2][-1], values)
    return _violated(last, scope, depth + 1) if last["by"] == "witness" else from_json(last["goal"])


def points_of(certificates: Mapping[str, Any], claim: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield name and entry of every point of a claim in a report's certificates."""
    for entry in certificates.get("points", ()):
        if entry["id"].startswith(claim + "/"):
            yield entry["id"][len(claim) + 1:], entry

"""Positions in a formula that a mutant may change: relations with their polarity, numbers, exponents, indices, ranges.

A path is the tuple of indices that leads from a formula to a part of it in the nesting of `theory.language.terms`.
Positive positions are those where a stronger part makes the whole stronger.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from theory.language.substitution import BOUND_PREDICATES
from theory.language.terms import RELATIONS, Formula, Sort, Term, literal

Path = tuple[int, ...]


@dataclass(frozen=True)
class Place:
    """One position: what stands there, and what it is: relation, range, premise, number, exponent, index, bound, sum.

    `owner` names the function, binder or variable that a position belongs to; `positive` is the polarity of the
    relation around it.
    """

    kind: str
    path: Path
    part: Any
    positive: bool
    owner: str = ""


def replaced(thing: Any, path: Path, part: Any) -> Any:
    """Return the thing with another part at a path."""
    if not path:
        return part
    head, *rest = path
    return (*thing[:head], replaced(thing[head], tuple(rest), part), *thing[head + 1:])


def removed(thing: Any, path: Path) -> Any:
    """Return the thing without the part at a path: a premise out of its list."""
    *outer, last = path
    inner = thing
    for k in outer:
        inner = inner[k]
    return replaced(thing, tuple(outer), inner[:last] + inner[last + 1:])


@dataclass(frozen=True)
class Walk:
    """Where int-sorted arguments are: sorts of the functions in scope and rows of the generators."""

    sorts: Mapping[str, Sort]
    generators: Mapping[str, Any]

    def formula(self, f: Formula, path: Path = (), positive: bool = True) -> Iterator[Place]:
        """Yield the places of a formula, in reading order."""
        head = f[0]
        if head in RELATIONS:
            yield Place("relation", path, f, positive)
            for k in (1, 2):
                yield from self.term(f[k], (*path, k), positive)
        elif head == "or":
            for k in range(1, len(f)):
                yield from self.formula(f[k], (*path, k), positive)
        elif head == "pred":
            first = 3 if f[1] in BOUND_PREDICATES else 2
            for k in range(first, len(f)):
                yield from self.term(f[k], (*path, k), positive)
        elif head in ("all", "some"):
            yield from self._quantified(f, path, positive)

    def _quantified(self, f: Formula, path: Path, positive: bool) -> Iterator[Place]:
        head, variables, parts = f[:3]
        walk = Walk({**self.sorts, **dict(variables)}, self.generators)
        whole = frozenset(name for name, sort in variables if sort == "int")
        polarity = positive if head == "some" else not positive
        for k, part in enumerate(parts):
            place = (*path, 2, k)
            owner = _ranged(part, whole) if part[0] in RELATIONS and all(map(walk.whole, part[1:])) else ""
            if owner:
                yield Place("range", (*place, 1 if part[2] == owner else 2), part, polarity, owner)
                continue
            if head == "all":
                yield Place("premise", place, part, polarity)
            yield from walk.formula(part, place, polarity)
        if head == "all":
            yield from walk.formula(f[3], (*path, 3), positive)

    def term(self, t: Term, path: Path, positive: bool) -> Iterator[Place]:
        """Yield the places of a term; an index or an exponent is one place and is not entered."""
        value = literal(t)
        if value is not None:
            if value:
                yield Place("number", path, t, positive)
            return
        if not isinstance(t, tuple):
            return
        head = t[0]
        if head == "^":
            yield from self.term(t[1], (*path, 1), positive)
            yield Place("power", (*path, 2), t[2], positive)
        elif head == "bind" and t[1] in ("sum", "prod"):
            if t[1] == "sum":
                yield Place("sum", path, t, positive)
            for k in (3, 4):
                yield Place("bound", (*path, k), t[k], positive, t[1])
            walk = Walk({**self.sorts, t[2]: "int"}, self.generators)
            yield from walk.term(t[5], (*path, 5), positive)
        elif head == "bind":
            yield from self.term(t[4], (*path, 4), positive)
            yield from self.term(t[5], (*path, 5), positive)
        elif head == "build":
            yield from Walk({**self.sorts, t[1]: "int", t[2]: "int"}, self.generators).term(t[5], (*path, 5), positive)
        elif head == "rows":
            for i, row in enumerate(t[1]):
                for j, entry in enumerate(row):
                    yield from self.term(entry, (*path, 1, i, j), positive)
        elif head == "at":
            yield from self.term(t[1], (*path, 1), positive)
            for k in (2, 3):
                yield Place("index", (*path, k), t[k], positive, "entry")
        else:
            yield from self._call(t, path, positive)

    def whole(self, t: Any) -> bool:
        """Whether a term is made of integers, int variables and functions with int values."""
        if not isinstance(t, tuple):
            return type(t) is int or self.sorts.get(t) == "int"
        if t[0] in ("+", "*"):
            return all(map(self.whole, t[1:]))
        declared, row = self.sorts.get(t[0]), self.generators.get(t[0])
        if isinstance(declared, tuple):
            return declared[2] == "int"
        return t[0] == "^" and self.whole(t[1]) or (row is not None and row["sort"] == "int")

    def _call(self, t: Term, path: Path, positive: bool) -> Iterator[Place]:
        whole = self._int_arguments(t[0])
        for k in range(1, len(t)):
            if k - 1 in whole:
                kind = "exponent" if t[0] == "pow" else "index"
                yield Place(kind, (*path, k), t[k], positive, t[0])
            else:
                yield from self.term(t[k], (*path, k), positive)

    def _int_arguments(self, head: str) -> frozenset[int]:
        declared = self.sorts.get(head)
        if isinstance(declared, tuple) and declared[0] == "fun":
            return frozenset(k for k, (_, sort) in enumerate(declared[1]) if sort == "int")
        arguments = self.generators[head]["args"] if head in self.generators else ()
        return frozenset(k for k, (_, sort) in enumerate(arguments) if sort == "int")


def _ranged(part: Formula, whole: frozenset[str]) -> str:
    """Return the int variable whose range a premise gives (lo <= v or v <= hi), or ""."""
    if part[0] not in ("<=", "<"):
        return ""
    for side, other in ((part[1], part[2]), (part[2], part[1])):
        if isinstance(side, str) and side in whole and side not in _strings(other):
            return side
    return ""


def _strings(t: Any) -> frozenset[str]:
    if isinstance(t, str):
        return frozenset((t,))
    return frozenset().union(*map(_strings, t)) if isinstance(t, tuple) else frozenset()

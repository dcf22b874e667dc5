"""The obligations of a statement as the second opinion sees them: each guarded subterm with what is in force there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from proofs_check.certificates.second_terms import replace

Obligation = tuple[tuple[Any, ...], tuple[Any, ...], Any]


def guard_list(statement: Any, generators: Mapping[str, Any], predicates: Mapping[str, Any]) -> list[Obligation]:
    """Return (variables, hypotheses in force, guard) for every denominator and guarded generator, in reading order.

    Repetitions are kept; a proof of one obligation is matched with the first entry that it fits.
    """
    collector = _Collector(generators, predicates)
    collector.formula(statement, (), ())
    return collector.found


class _Collector:
    """Walks a statement with the variables and hypotheses in force; both only grow inwards."""

    def __init__(self, generators: Mapping[str, Any], predicates: Mapping[str, Any]) -> None:
        self.generators, self.predicates = generators, predicates
        self.found: list[Obligation] = []

    def formula(self, f: Any, variables: tuple[Any, ...], hyps: tuple[Any, ...]) -> None:
        head = f[0]
        if head in ("all", "some"):
            inner = variables
            for name, sort in f[1]:
                self.sort(sort, inner, hyps)
                inner = (*inner, (name, sort))
            for part in (*equations(f[2]), *f[3:]):
                self.formula(part, inner, hyps)
                hyps = (*hyps, part)
        elif head == "or":
            for part in f[1:]:
                self.formula(part, variables, hyps)
        elif head == "pred":
            self.predicate(f, variables, hyps)
        else:
            for t in f[1:]:
                self.term(t, variables, hyps)

    def sort(self, sort: Any, variables: tuple[Any, ...], hyps: tuple[Any, ...]) -> None:
        if sort[0] == "mat":
            for t in sort[1:]:
                self.term(t, variables, hyps)
        elif sort[0] == "fun":
            self.sort(sort[2], variables + tuple(sort[1]), hyps)

    def predicate(self, f: Any, variables: tuple[Any, ...], hyps: tuple[Any, ...]) -> None:
        row, args = self.predicates[f[1]], f[2:]
        if row.get("bound"):
            bound, body, *rest = args
            if row.get("at") is not None:
                self.term(replace(body, {bound: rest[row["at"] - 1]}), variables, hyps)
            else:
                self.term(body, (*variables, (bound, row["bound"])), hyps)
            args = tuple(rest)
        for t in args:
            self.term(t, variables, hyps)

    def term(self, t: Any, variables: tuple[Any, ...], hyps: tuple[Any, ...]) -> None:
        if not isinstance(t, tuple) or t[0] == "q":
            return
        head, args = t[0], t[1:]
        if head == "bind":
            self.binder(args, variables, hyps)
        elif head == "build":
            i, j, rows, columns, body = args
            self.term(rows, variables, hyps)
            self.term(columns, variables, hyps)
            ranges = (("<=", 1, i), ("<=", i, rows), ("<=", 1, j), ("<=", j, columns))
            self.term(body, (*variables, (i, "int"), (j, "int")), hyps + ranges)
        elif head == "rows":
            for row in args[0]:
                for x in row:
                    self.term(x, variables, hyps)
        else:
            for a in args:
                self.term(a, variables, hyps)
        self.own_guard(t, variables, hyps)

    def own_guard(self, t: Any, variables: tuple[Any, ...], hyps: tuple[Any, ...]) -> None:
        head, args = t[0], t[1:]
        if head == "/":
            self.found.append((variables, hyps, ("!=", args[1], 0)))
        elif head in self.generators and self.generators[head].get("guard"):
            row = self.generators[head]
            given = {p: a for (p, _), a in zip(row["args"], args, strict=True)}
            self.found.append((variables, hyps, replace(row["guard"], given)))

    def binder(self, args: Any, variables: tuple[Any, ...], hyps: tuple[Any, ...]) -> None:
        kind, name, first, second, body = args
        if kind == "integral":
            self.term(second, variables, hyps)
            interval = isinstance(second, tuple) and second[0] == "leb"
            lo, hi = second[1:] if interval else (None, None)
            sort = first
        else:
            self.term(first, variables, hyps)
            self.term(second, variables, hyps)
            lo, hi, interval, sort = first, second, True, "int"
        ranges = (("<=", lo, name), ("<=", name, hi)) if interval else ()
        self.term(body, (*variables, (name, sort)), hyps + ranges)


def equations(hyps: Any) -> list[Any]:
    """Hypotheses with each `def` as the two equations it stands for."""
    flat = []
    for h in hyps:
        if h[0] == "def":
            _, f, parameters, lo, a, b = h
            n, rest = parameters[0][0], parameters[1:]
            arguments = tuple(p for p, _ in rest)
            base = ("=", (f, lo, *arguments), a)
            flat += [("all", rest, (), base) if rest else base,
                     ("all", parameters, (("<=", lo, n),), ("=", (f, ("+", n, 1), *arguments), b))]
        else:
            flat.append(h)
    return flat

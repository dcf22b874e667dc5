"""The well-posedness obligations of a statement, in the checker's order, so that the search can prove them."""

from __future__ import annotations

from typing import Any

from theory.language.substitution import BOUND_PREDICATES, substitute
from theory.language.terms import RELATIONS, Formula, Term, flatten

from .canonical import Canon


def obligations(f: Formula, canon: Canon) -> list[Formula]:
    """Closed formulas "all variables around; hypotheses in force -> guard", one for each guarded subterm, keys once."""
    unique: dict[str, Formula] = {}
    for g in guarded(f, canon):
        unique.setdefault(canon.key(g, {}), g)
    return list(unique.values())


def guarded(f: Formula, canon: Canon) -> list[Formula]:
    """The same formulas as written, some of them perhaps several times with equal keys."""
    found: list[Formula] = []
    _formula(f, (), (), found, canon)
    return found


def _formula(f: Formula, variables: tuple[Any, ...], force: tuple[Formula, ...], found: list[Formula],
             canon: Canon) -> None:
    if f[0] in RELATIONS:
        for t in f[1:]:
            _term(t, variables, force, found, canon)
    elif f[0] == "or":
        for g in f[1:]:
            _formula(g, variables, force, found, canon)
    elif f[0] == "pred":
        args = f[2:]
        if f[1] in BOUND_PREDICATES:
            u, body, *rest = args
            row = canon.predicates[f[1]]
            if "at" in row:
                _term(substitute(body, {u: rest[row["at"] - 1]}), variables, force, found, canon)
            else:
                _term(body, (*variables, (u, row["bound"])), force, found, canon)
            args = rest
        for t in args:
            _term(t, variables, force, found, canon)
    else:
        variables = (*variables, *f[1])
        for g in (*flatten(f[2]), *f[3:]):
            _formula(g, variables, force, found, canon)
            force = (*force, g)


def _term(t: Term, variables: tuple[Any, ...], force: tuple[Formula, ...], found: list[Formula], canon: Canon) -> None:
    if not isinstance(t, tuple) or t[0] == "q":
        return
    op, a = t[0], t[1:]
    if op == "rows":
        a = tuple(x for row in a[0] for x in row)
    if op == "bind":
        _binder(a, variables, force, found, canon)
        return
    if op == "build":
        i, j, rows, columns, body = a
        for x in (rows, columns):
            _term(x, variables, force, found, canon)
        ranges = (("<=", 1, i), ("<=", i, rows), ("<=", 1, j), ("<=", j, columns))
        _term(body, (*variables, (i, "int"), (j, "int")), (*force, *ranges), found, canon)
        return
    for x in a:
        _term(x, variables, force, found, canon)
    if op == "/" and not (type(a[1]) is int and a[1] != 0):
        found.append(("all", variables, force, ("!=", a[1], 0)))
    row = canon.generators.get(op)
    if row is not None and row.get("guard"):
        guard = substitute(row["guard"], {p: x for (p, _), x in zip(row["args"], a)})
        found.append(("all", variables, force, guard))


def _binder(a: Any, variables: tuple[Any, ...], force: tuple[Formula, ...], found: list[Formula], canon: Canon) -> None:
    kind, name, lo, hi, body = a
    bounds: tuple[Formula, ...] = ()
    if kind == "integral":
        _term(hi, variables, force, found, canon)
        if isinstance(hi, tuple) and hi[0] == "leb":
            bounds = (("<=", hi[1], name), ("<=", name, hi[2]))
        sort = lo
    else:
        for x in (lo, hi):
            _term(x, variables, force, found, canon)
        bounds, sort = (("<=", lo, name), ("<=", name, hi)), "int"
    _term(body, (*variables, (name, sort)), (*force, *bounds), found, canon)

"""Capture-avoiding substitution of terms for names and of ("lam", names, body) for function names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .errors import InputError, explain
from .terms import Term, names


def substitute(term: Any, mapping: Mapping[str, Term]) -> Any:
    """Return `term` with every free name in `mapping` replaced; bound names are renamed where they would capture.

    A function name is replaced by another one, or by ("lam", (parameter, ...), body), which is applied at once.
    """
    if not mapping:
        return term
    if isinstance(term, str):
        return mapping.get(term, term)
    if not isinstance(term, tuple) or not term:
        return term
    special = _SPECIAL.get(term[0]) if isinstance(term[0], str) else None
    if special is not None:
        return special(term, mapping)
    if not isinstance(term[0], str):
        return tuple(substitute(part, mapping) for part in term)
    args = tuple(substitute(part, mapping) for part in term[1:])
    function = mapping.get(term[0])
    if function is None or isinstance(function, str):
        return (function or term[0], *args)
    if not (isinstance(function, tuple) and function[0] == "lam" and len(function[1]) == len(args)):
        raise InputError(
            explain(f"substitution for {term[0]}", f"a function of {len(args)} arguments", function, "Write x -> term.")
        )
    return substitute(function[2], dict(zip(function[1], args)))


def _bind(bound: tuple[str, ...], scope: Any, mapping: Mapping[str, Term]) -> tuple[dict[str, str], dict[str, Term]]:
    """Return new names for the bound ones and the mapping to use inside; names are kept unless they would capture."""
    inner = {k: v for k, v in mapping.items() if k not in bound}
    incoming = frozenset().union(*map(_free, inner.values())) if inner else frozenset()
    taken = incoming | names(scope) | frozenset(inner)
    renamed: dict[str, str] = {}
    for name in bound:
        fresh = name
        if name in incoming:
            while fresh in taken or fresh in renamed.values():
                fresh += "'"
        renamed[name] = fresh
    inner.update({k: v for k, v in renamed.items() if k != v})
    return renamed, inner


def _free(value: Term) -> frozenset[str]:
    """The names that a substituted value may bring into a scope: a function brings none of its own parameters."""
    if isinstance(value, tuple) and value and value[0] == "lam":
        return names(value[2]) - frozenset(value[1])
    return names(value)


def _binder(term: Any, mapping: Mapping[str, Term]) -> Any:
    _, kind, name, lo, hi, body = term
    renamed, inner = _bind((name,), body, mapping)
    return ("bind", kind, renamed[name], substitute(lo, mapping), substitute(hi, mapping), substitute(body, inner))


def _build(term: Any, mapping: Mapping[str, Term]) -> Any:
    _, i, j, rows, columns, body = term
    renamed, inner = _bind((i, j), body, mapping)
    return ("build", renamed[i], renamed[j], substitute(rows, mapping), substitute(columns, mapping),
            substitute(body, inner))


def _predicate(term: Any, mapping: Mapping[str, Term]) -> Any:
    # A predicate with a bound variable is told by its third entry being a name followed by a body: see `PREDICATES`.
    name = term[1]
    if name not in BOUND_PREDICATES:
        return (*term[:2], *(substitute(part, mapping) for part in term[2:]))
    renamed, inner = _bind((term[2],), term[3], mapping)
    return ("pred", name, renamed[term[2]], substitute(term[3], inner), *(substitute(p, mapping) for p in term[4:]))


def _quantified(term: Any, mapping: Mapping[str, Term]) -> Any:
    bound = tuple(v for v, _ in term[1])
    renamed, inner = _bind(bound, term[1:], mapping)
    variables = tuple((renamed[v], substitute(sort, inner)) for v, sort in term[1])
    return (term[0], variables, *(substitute(part, inner) for part in term[2:]))


def _definition(term: Any, mapping: Mapping[str, Term]) -> Any:
    _, f, parameters, lo, a, b = term
    bound = tuple(p for p, _ in parameters)
    renamed, inner = _bind(bound, (parameters, a, b), mapping)
    head = mapping.get(f, f)
    return ("def", head, tuple((renamed[p], s) for p, s in parameters), substitute(lo, mapping),
            substitute(a, inner), substitute(b, inner))


def _function_sort(term: Any, mapping: Mapping[str, Term]) -> Any:
    bound = tuple(p for p, _ in term[1])
    renamed, inner = _bind(bound, term[2], mapping)
    return ("fun", tuple((renamed[p], s) for p, s in term[1]), substitute(term[2], inner))


def _lambda(term: Any, mapping: Mapping[str, Term]) -> Any:
    renamed, inner = _bind(term[1], term[2], mapping)
    return ("lam", tuple(renamed[p] for p in term[1]), substitute(term[2], inner))


def _rows(term: Any, mapping: Mapping[str, Term]) -> Any:
    return ("rows", tuple(tuple(substitute(x, mapping) for x in row) for row in term[1]))


BOUND_PREDICATES = frozenset({"deriv"})
"""Predicates whose first argument is a body with a bound variable (rows of the axiom table with "bound")."""

_SPECIAL = {
    "bind": _binder, "build": _build, "pred": _predicate, "all": _quantified, "some": _quantified, "def": _definition,
    "fun": _function_sort, "lam": _lambda, "rows": _rows, "q": lambda term, mapping: term,
}

"""Terms, sorts and formulas as nested tuples: the grammar of a certificate, frozen and hashable.

A term is an `int`, a name (`str`) or a tuple whose first entry is an operator or a function name; a formula is a
relation, ("or", ...), ("pred", ...), ("all", variables, hypotheses, conclusion) or ("some", variables, formulas).
The same nesting, with lists for tuples, is what a certificate stores, so exporting runs nothing.
"""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction
from typing import Any

from .errors import ExactnessError, InputError, explain

Term = Any
Formula = Any
Sort = Any

RELATIONS = ("<=", "<", "=", "!=")
BINDERS = ("sum", "prod", "integral")
RESERVED = frozenset(
    "q T tr I rows at build bind lam all some or def pred mat fun real int obj sum prod integral".split()
)
NEGATED = {"<=": "<", "<": "<=", "=": "!=", "!=": "="}


def rational(value: int | Fraction) -> Term:
    """Return the literal of an exact number: an int, or ("q", numerator, denominator).

    Raises ExactnessError for a float.
    """
    if isinstance(value, bool) or not isinstance(value, (int, Fraction)):
        raise ExactnessError(
            explain("number", "an int or a Fraction", repr(value), "Write it as an integer, a Fraction or a string.")
        )
    value = Fraction(value)
    return value.numerator if value.denominator == 1 else ("q", value.numerator, value.denominator)


def literal(term: Term) -> Fraction | None:
    """Return the value of a numeric literal (possibly signed), or None if the term is not one."""
    if type(term) is int:
        return Fraction(term)
    if isinstance(term, tuple) and len(term) == 3 and term[0] == "q":
        return Fraction(term[1], term[2])
    if isinstance(term, tuple) and len(term) == 3 and term[0] == "*" and term[1] == -1:
        inner = literal(term[2])
        return None if inner is None else -inner
    return None


def negative(term: Term) -> Term:
    """Return -term, folding literals."""
    value = literal(term)
    return ("*", -1, term) if value is None else rational(-value)


def plus(*terms: Term) -> Term:
    """Return the sum of the terms; the empty sum is 0."""
    kept = [t for t in terms if t != 0]
    return 0 if not kept else kept[0] if len(kept) == 1 else ("+", *kept)


def times(*terms: Term) -> Term:
    """Return the product of the terms; the empty product is 1."""
    kept = [t for t in terms if t != 1]
    return 1 if not kept else kept[0] if len(kept) == 1 else ("*", *kept)


def names(term: Any) -> frozenset[str]:
    """Return every string in a term, formula or sort (names, operators, binders): a superset of the free names."""
    if isinstance(term, str):
        return frozenset((term,))
    if isinstance(term, tuple):
        return frozenset().union(*map(names, term))
    return frozenset()


def to_json(term: Any) -> Any:
    """Return the term with lists for tuples, ready for `json.dumps`."""
    return [to_json(part) for part in term] if isinstance(term, (tuple, list)) else term


def from_json(value: Any) -> Any:
    """Return a term from its JSON form. Raises InputError for floats, booleans, null and objects."""
    if isinstance(value, list):
        return tuple(from_json(part) for part in value)
    if type(value) in (int, str):
        return value
    raise InputError(explain("term", "lists, strings and integers", repr(value), "Write numbers as integers or q."))


def digest(formula: Formula) -> str:
    """Return the SHA-256 of a formula's JSON (ASCII, no spaces): the identity of a statement."""
    return hashlib.sha256(json.dumps(to_json(formula), separators=(",", ":")).encode("ascii")).hexdigest()


def flatten(hypotheses: tuple[Formula, ...]) -> tuple[Formula, ...]:
    """Return the hypotheses with every definition by recursion written as its two equations."""
    out: list[Formula] = []
    for h in hypotheses:
        out.extend(equations(h) if h[0] == "def" else (h,))
    return tuple(out)


def equations(definition: Formula) -> tuple[Formula, Formula]:
    """Return f(lo, ...) = a and "for all n >= lo: f(n+1, ...) = b" of ("def", f, parameters, lo, a, b)."""
    _, f, parameters, lo, a, b = definition
    (n, _), rest = parameters[0], parameters[1:]
    args = tuple(p for p, _ in rest)
    base = ("=", (f, lo, *args), a)
    step = ("all", parameters, (("<=", lo, n),), ("=", (f, ("+", n, 1), *args), b))
    return (("all", rest, (), base) if rest else base), step


def negation(formula: Formula) -> Formula:
    """Return the negation of a relation, `or`, `some` or `all`. Raises InputError for a predicate."""
    head = formula[0]
    if head in ("<=", "<"):
        return (NEGATED[head], formula[2], formula[1])
    if head in ("=", "!="):
        return (NEGATED[head], formula[1], formula[2])
    if head == "or":
        return ("some", (), tuple(negation(g) for g in formula[1:]))
    if head == "some":
        return ("all", formula[1], (), ("or", *(negation(g) for g in flatten(formula[2]))))
    if head == "all":
        return ("some", formula[1], formula[2] + (negation(formula[3]),))
    raise InputError(explain("negation", "a relation or a quantified formula", head, "A predicate has no negation."))

"""Is a formula true at a point? Exact evaluation where possible, intervals for exp and log, samples where quantifiers
run over infinitely many values: a filter of candidates, believed by nobody; the checker replays what passes.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from proofs_check.engines.evaluate import NotComputable, holds, value
from proofs_check.engines.intervals import OutsideDomain, evaluate
from theory.language.errors import LemmascopeError
from theory.language.substitution import substitute
from theory.language.terms import RELATIONS, Formula, Term, flatten, rational

REALS = tuple(rational(Fraction(n, d)) for n, d in ((0, 1), (1, 1), (-1, 1), (1, 2), (2, 1), (-3, 1), (10, 1)))
INTS = (0, 1, 2, 3, -1, 5)
RANGE = 24
_BITS = 96


def truth(formula: Formula) -> bool | None:
    """Return whether a closed formula seems to hold; None if that was not found out."""
    head = formula[0]
    if head in RELATIONS:
        return _relation(formula)
    if head == "or":
        found = [truth(f) for f in formula[1:]]
        return True if True in found else None if None in found else False
    if head not in ("all", "some"):
        return None
    parts = flatten(formula[2])
    return _some(formula[1], parts) if head == "some" else _all(formula[1], parts, formula[3])


def _relation(formula: Formula) -> bool | None:
    head, a, b = formula
    if a == b:
        return head in ("<=", "=")
    try:
        found = holds(formula)
    except (AttributeError, ValueError, OverflowError, RecursionError):
        return None
    if found is not None or head not in ("<=", "<"):
        return found
    try:
        (low, high), (lo, hi) = (evaluate(reduced(t, {}), {}, _BITS) for t in (a, b))
    except (OutsideDomain, LemmascopeError, ArithmeticError, ValueError, TypeError, KeyError):
        return None
    if high < lo or (high == lo and head == "<="):
        return True
    return False if hi < low or (hi == low and head == "<") else None


def reduced(t: Term, equations: dict[Term, Term]) -> Term:
    """Return a closed term in which what can be computed is replaced by its value, for interval arithmetic.

    `equations` receives the replacements: subterms and reciprocals with their values.
    """
    exact = _exact(t)
    if exact is not None:
        if not isinstance(t, int) and not (isinstance(t, tuple) and t[0] == "q"):
            equations[t] = exact
        return exact
    if not isinstance(t, tuple):
        return t
    if t[0] == "/" and (below := _exact(t[2])) is not None and below != 0:
        inverse = rational(1 / value(t[2], {}))
        equations["/", 1, t[2]] = inverse
        return ("*", inverse, reduced(t[1], equations))
    if t[0] == "*" and 0 in [_exact(part) for part in t[1:]]:
        return 0  # whatever the other factors are, a reciprocal of 0 included; as polynomials both are the same
    if t[0] in ("+", "*", "/"):
        return (t[0], *(reduced(part, equations) for part in t[1:]))
    if t[0] == "pow" and (exponent := _integer(t[2])) is not None:
        return ("pow", t[1], exponent)
    return t


def _exact(t: Term) -> Term | None:
    try:
        found = value(t, {})
    except (NotComputable, ArithmeticError, IndexError, TypeError, KeyError, AttributeError, ValueError):
        return None
    return rational(found) if isinstance(found, Fraction) else None


def _all(variables: tuple[Any, ...], premises: tuple[Formula, ...], conclusion: Formula) -> bool | None:
    if not variables:
        return _implied(premises, conclusion)
    # what holds at all sampled values is taken as true: the replay decides
    values, finite = _values(variables[0], premises)
    unknown = not values and not finite
    for v in values:
        sub = {variables[0][0]: v}
        inner = [substitute(p, sub) for p in premises]
        ready = [truth(p) for p in inner if not _mentions(p, variables[1:])]
        if False in ready:
            continue
        found = _all(_sorted(variables[1:], sub), tuple(inner), substitute(conclusion, sub))
        if found is False:
            return False
        unknown = unknown or found is None
    return None if unknown else True


def _implied(premises: tuple[Formula, ...], conclusion: Formula) -> bool | None:
    known = [truth(p) for p in premises]
    if False in known:
        return True
    end = truth(conclusion)
    return None if None in known and end is False else end


def _some(variables: tuple[Any, ...], formulas: tuple[Formula, ...]) -> bool | None:
    if not variables:
        known = [truth(f) for f in formulas]
        return False if False in known else None if None in known else True
    values, finite = _values(variables[0], formulas)
    unknown = not finite
    for v in values:
        sub = {variables[0][0]: v}
        found = _some(_sorted(variables[1:], sub), tuple(substitute(f, sub) for f in formulas))
        if found:
            return True
        unknown = unknown or found is None
    return None if unknown else False


def _values(variable: tuple[str, Any], premises: tuple[Formula, ...]) -> tuple[tuple[Term, ...], bool]:
    """Return values for a variable, and whether they are all there are."""
    name, sort = variable
    if sort == "real":
        return REALS, False
    if sort != "int":
        return (), False
    low = [k for p in premises if p[0] == "<=" and p[2] == name and (k := _integer(p[1])) is not None]
    high = [k for p in premises if p[0] == "<=" and p[1] == name and (k := _integer(p[2])) is not None]
    if low and high and min(high) - max(low) <= RANGE:
        return tuple(range(max(low), min(high) + 1)), True
    return tuple(range(max(low), max(low) + 4)) if low else INTS, False


def _integer(t: Term) -> int | None:
    try:
        found = value(t, {})
    except (NotComputable, ArithmeticError, IndexError, TypeError, KeyError, AttributeError, ValueError):
        return None
    return int(found) if isinstance(found, Fraction) and found.denominator == 1 else None


def _mentions(formula: Formula, variables: tuple[Any, ...]) -> bool:
    wanted = {name for name, _ in variables}
    return any(name in wanted for name in _names(formula))


def _names(t: Any) -> Iterator[str]:
    if isinstance(t, str):
        yield t
    elif isinstance(t, tuple):
        yield from itertools.chain.from_iterable(map(_names, t))


def _sorted(variables: tuple[Any, ...], sub: dict[str, Term]) -> tuple[Any, ...]:
    return tuple((name, substitute(sort, sub)) for name, sort in variables)

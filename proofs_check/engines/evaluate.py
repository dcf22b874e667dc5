"""Exact evaluation of closed terms on the search side: is it worth emitting a `compute` step?"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from theory.language.terms import Formula, Term

Value = Any


class NotComputable(ValueError):
    """The term is not closed, or is outside what `compute` evaluates, or too large."""


def holds(f: Formula) -> bool | None:
    """Whether a closed relation is true; None if it cannot be evaluated."""
    try:
        a, b = value(f[1], {}), value(f[2], {})
    except (NotComputable, ZeroDivisionError, IndexError, TypeError, KeyError):
        return None
    return {"<=": lambda: a <= b, "<": lambda: a < b, "=": lambda: a == b, "!=": lambda: a != b}[f[0]]()


def integer(t: Term) -> int:
    """The value of a closed int term."""
    v = value(t, {})
    if v.denominator != 1:
        raise NotComputable(t)
    return int(v)


def value(t: Term, at: dict[str, Value]) -> Value:
    """A Fraction, or a list of rows for a matrix."""
    if type(t) is int:
        return Fraction(t)
    if isinstance(t, str):
        if t not in at:
            raise NotComputable(t)
        return at[t]
    op, a = t[0], t[1:]
    if op == "q":
        return Fraction(a[0], a[1])
    if op == "bind":
        return _bind(a, at)
    if op == "rows":
        return [[value(x, at) for x in row] for row in a[0]]
    if op == "build":
        rows, columns = (_whole(value(x, at)) for x in a[2:4])
        return [[value(a[4], {**at, a[0]: Fraction(i), a[1]: Fraction(j)}) for j in range(1, columns + 1)]
                for i in range(1, rows + 1)]
    if op == "I":
        n = _whole(value(a[0], at))
        return [[Fraction(i == j) for j in range(n)] for i in range(n)]
    if op in ("ite", "iite"):
        x, y = value(a[0], at), value(a[1], at)
        return value(a[2] if x <= y else a[3], at)
    if op == "^":
        return value(a[0], at) ** a[1]
    return _operation(op, [value(x, at) for x in a], t)


def _bind(a: Any, at: dict[str, Value]) -> Fraction:
    if a[0] == "integral":
        raise NotComputable(a)
    lo, hi = _whole(value(a[2], at)), _whole(value(a[3], at))
    out = Fraction(a[0] == "prod")
    if hi - lo > 20_000:
        raise NotComputable("too many summands")
    for j in range(lo, hi + 1):
        x = value(a[4], {**at, a[1]: Fraction(j)})
        out = out + x if a[0] == "sum" else out * x
    return out


def _operation(op: str, v: list[Value], t: Term) -> Value:
    if op == "at":
        i, j = _whole(v[1]), _whole(v[2])
        inside = 0 < i <= len(v[0]) and 0 < j <= len(v[0][0])
        return v[0][i - 1][j - 1] if inside else Fraction(0)
    if op == "T":
        return [list(column) for column in zip(*v[0])]
    if op == "tr":
        return sum((v[0][i][i] for i in range(len(v[0]))), Fraction(0))
    if op == "+":
        return [[sum(x) for x in zip(*rows)] for rows in zip(*v)] if isinstance(v[0], list) else sum(v)
    if op == "*":
        out = v[0]
        for x in v[1:]:
            out = _times(out, x)
        return out
    if op == "/":
        return v[0] / v[1]
    if op not in _SCALAR:
        raise NotComputable(op)
    return _SCALAR[op](*v)


def _times(a: Value, b: Value) -> Value:
    if not isinstance(a, list) and not isinstance(b, list):
        return a * b
    if not isinstance(a, list):
        return [[a * x for x in row] for row in b]
    if not isinstance(b, list):
        return [[x * b for x in row] for row in a]
    return [[sum((x * y for x, y in zip(row, column)), Fraction(0)) for column in zip(*b)] for row in a]


def _whole(x: Fraction) -> int:
    if x.denominator != 1 or abs(x) > 10**5:
        raise NotComputable(x)
    return int(x)


def _power(b: Fraction, n: Fraction) -> Fraction:
    k = _whole(n)
    if k < 0 or k * max(b.numerator.bit_length(), b.denominator.bit_length()) > 1 << 21:
        raise NotComputable("power")
    return b**k


def _sqrt(x: Fraction) -> Fraction:
    if x < 0:
        raise NotComputable("sqrt")
    root = Fraction(math.isqrt(x.numerator), math.isqrt(x.denominator))
    if root * root != x:
        raise NotComputable("sqrt")
    return root


def _binomial(n: Fraction, k: Fraction) -> Fraction:
    if not 0 <= k <= n:
        raise NotComputable("binom")
    return Fraction(math.comb(_whole(n), _whole(k)))


def _factorial(n: Fraction) -> Fraction:
    if n < 0:
        raise NotComputable("fact")
    return Fraction(math.factorial(_whole(n)))


_SCALAR = {
    "abs": abs, "max": max, "min": min, "ceil": lambda x: Fraction(math.ceil(x)),
    "floor": lambda x: Fraction(math.floor(x)), "sqrt": _sqrt, "pow": _power, "fact": _factorial, "binom": _binomial,
}

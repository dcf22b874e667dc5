"""Exact evaluation of closed terms on the search side: is it worth emitting a `compute` step?"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from typing import Any

from theory.language.terms import Formula, Term

Value = Any
MAX_SUMMANDS = 20_000
MAX_CELLS = 1_000_000


class NotComputable(ValueError):
    """The term is not closed, or is outside what `compute` evaluates, or too large."""


@dataclass(frozen=True)
class Grid:
    """A matrix: its shape, where a count below 1 means none, and its entries by (row, column), counted from 1.

    The shape is kept because entries do not tell it: a product r x 0 times 0 x c is the r x c matrix of zeros.
    """

    rows: int
    columns: int
    entries: dict[tuple[int, int], Fraction]


def grid(rows: int, columns: int, entry: Callable[[int, int], Fraction]) -> Grid:
    """The matrix of a shape with the given entries. Raises NotComputable beyond MAX_CELLS entries."""
    if max(0, rows) * max(0, columns) > MAX_CELLS:
        raise NotComputable("too many entries")
    return Grid(rows, columns, {(i, j): entry(i, j) for i in range(1, rows + 1) for j in range(1, columns + 1)})


def holds(f: Formula) -> bool | None:
    """Whether a closed relation is true; None if it cannot be evaluated."""
    try:
        a, b = value(f[1], {}), value(f[2], {})
    except (NotComputable, ZeroDivisionError, IndexError, TypeError, KeyError, AttributeError):
        return None
    if isinstance(a, Grid) or isinstance(b, Grid):
        if f[0] not in ("=", "!=") or _shape(a) != _shape(b):
            return None
        return (a.entries == b.entries) == (f[0] == "=")
    return {"<=": lambda: a <= b, "<": lambda: a < b, "=": lambda: a == b, "!=": lambda: a != b}[f[0]]()


def integer(t: Term) -> int:
    """The value of a closed int term."""
    v = value(t, {})
    if not isinstance(v, Fraction) or v.denominator != 1:
        raise NotComputable(t)
    return int(v)


def value(t: Term, at: dict[str, Value]) -> Value:
    """The value of a term, a Fraction or a `Grid`; `at` gives the values of the names that occur free in it."""
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
        return grid(len(a[0]), len(a[0][0]), lambda i, j: value(a[0][i - 1][j - 1], at))
    if op == "build":
        rows, columns = (_whole(value(x, at)) for x in a[2:4])
        return grid(rows, columns, lambda i, j: value(a[4], {**at, a[0]: Fraction(i), a[1]: Fraction(j)}))
    if op == "I":
        n = _whole(value(a[0], at))
        return grid(n, n, lambda i, j: Fraction(i == j))
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
    if hi - lo > MAX_SUMMANDS:
        raise NotComputable("too many summands")
    for j in range(lo, hi + 1):
        x = value(a[4], {**at, a[1]: Fraction(j)})
        out = out + x if a[0] == "sum" else out * x
    return out


def _operation(op: str, v: list[Value], t: Term) -> Value:
    if op == "at":  # an entry outside the shape is 0, as for the checker
        return v[0].entries.get((_whole(v[1]), _whole(v[2])), Fraction(0))
    if op == "T":
        return Grid(v[0].columns, v[0].rows, {(j, i): x for (i, j), x in v[0].entries.items()})
    if op == "tr":
        return sum((x for (i, j), x in v[0].entries.items() if i == j), Fraction(0))
    if op in ("+", "*"):
        return reduce(_plus if op == "+" else _times, v)
    if op == "/":
        return v[0] / v[1]
    if op not in _SCALAR:
        raise NotComputable(op)
    return _SCALAR[op](*v)


def _shape(a: Value) -> tuple[int, int] | None:
    return (a.rows, a.columns) if isinstance(a, Grid) else None


def _plus(a: Value, b: Value) -> Value:
    if _shape(a) != _shape(b):
        raise NotComputable("shapes differ")
    return grid(a.rows, a.columns, lambda i, j: a.entries[i, j] + b.entries[i, j]) if isinstance(a, Grid) else a + b


def _times(a: Value, b: Value) -> Value:
    if not isinstance(a, Grid) and not isinstance(b, Grid):
        return a * b
    if not isinstance(a, Grid) or not isinstance(b, Grid):
        m, k = (a, b) if isinstance(a, Grid) else (b, a)
        return grid(m.rows, m.columns, lambda i, j: m.entries[i, j] * k)
    if a.columns != b.rows or max(0, a.rows) * max(0, a.columns) * max(0, b.columns) > MAX_CELLS:
        raise NotComputable("shapes do not fit, or are too large")
    inner = range(1, a.columns + 1)
    return grid(a.rows, b.columns,
                lambda i, j: sum((a.entries[i, k] * b.entries[k, j] for k in inner), Fraction(0)))


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
    return _root(x, Fraction(2))


def _root(x: Fraction, n: Fraction) -> Fraction:
    k = _whole(n)
    if x < 0 or k < 1:
        raise NotComputable("root")
    found = Fraction(_integer_root(x.numerator, k), _integer_root(x.denominator, k))
    if found**k != x:
        raise NotComputable("root")
    return found


def _integer_root(p: int, n: int) -> int:
    """The largest r with r^n <= p, by Newton's method from above."""
    if n == 2:
        return math.isqrt(p)
    if p.bit_length() > 1 << 16:
        raise NotComputable("root")
    r = 2 << p.bit_length() // n
    while r**n > p:
        r = ((n - 1) * r + p // r ** (n - 1)) // n
    return r


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
    "floor": lambda x: Fraction(math.floor(x)), "sqrt": _sqrt, "root": _root, "pow": _power,
    "fact": _factorial, "binom": _binomial,
}

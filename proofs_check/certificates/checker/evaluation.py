"""Exact values of closed terms: sums, products, powers, factorials and roots carried out, under caps.

A number is a pair (p, q) with q > 0, reduced while it is short and left alone when it is long: a greatest common
divisor of two numbers of two million bits takes seconds, a comparison crosswise does not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from rejection import BITS, COEFFICIENT_BITS, INDEX, SUMMAND, WORK, Reject, need, shorten
from terms import Table

Number = tuple[int, int]
SHORT = 1 << 13  # bits up to which fractions are reduced


class Grid(NamedTuple):
    """A matrix: its shape, where a negative count means none, and its entries by (row, column), counted from 1."""

    rows: int
    columns: int
    entries: dict[tuple[int, int], Number]


def make(p: int, q: int) -> Number:
    """Return p / q for q > 0, reduced if it is short."""
    bits = max(p.bit_length(), q.bit_length())
    need(bits <= BITS, "number too large")
    divisor = math.gcd(p, q) if q != 1 and bits <= SHORT else 1
    return (p // divisor, q // divisor) if divisor != 1 else (p, q)


def plus(a: Number, b: Number) -> Number:
    """Return a + b."""
    return make(a[0] + b[0], a[1]) if a[1] == b[1] else make(a[0] * b[1] + b[0] * a[1], a[1] * b[1])


def times(a: Number, b: Number) -> Number:
    """Return a b."""
    return make(a[0] * b[0], a[1] * b[1])


def divide(a: Number, b: Number) -> Number:
    """Return a / b for b different from 0."""
    need(b[0] != 0, "division by zero")
    return make(a[0] * b[1], a[1] * b[0]) if b[0] > 0 else make(-a[0] * b[1], -a[1] * b[0])


def compare(a: Number, b: Number) -> int:
    """Return a number with the sign of a - b."""
    return a[0] * b[1] - b[0] * a[1]


def whole(a: Number) -> int:
    """Return an integer value that is small enough for an index."""
    need(a[0] % a[1] == 0 and abs(a[0]) <= INDEX * a[1], "an integer expected, in absolute value at most", INDEX)
    return a[0] // a[1]


def power(b: Number, exponent: int) -> Number:
    """Return b to a non-negative power; the length of the result is estimated before it is formed."""
    bits = 0 if abs(b[0]) <= b[1] == 1 else max(b[0].bit_length(), b[1].bit_length())
    need(exponent >= 0 and bits * exponent <= BITS, "number too large, or negative power")
    return make(b[0] ** exponent, b[1] ** exponent)


def integer_root(p: int, n: int) -> int:
    """Return the largest r with r^n <= p, for p >= 0 and n >= 1."""
    need(n == 2 or p.bit_length() <= COEFFICIENT_BITS, "number too large for a root")
    r = math.isqrt(p) if n == 2 else 2 << p.bit_length() // n
    while r**n > p:  # Newton from above
        r = ((n - 1) * r + p // r ** (n - 1)) // n
    return r


def root(x: Number, n: int) -> Number:
    """Return the n-th root of a rational number, which must be rational."""
    # a greatest common divisor of long numbers takes longer than their roots
    need(x[0] >= 0 < n and (x[1] == 1 or max(x).bit_length() <= BITS >> 2), "outside the guard, too large for a root")
    divisor = math.gcd(*x)
    p, q = x[0] // divisor, x[1] // divisor
    r, s = integer_root(p, n), integer_root(q, n)
    need(r**n == p and s**n == q, "the root is not rational")
    return r, s


class Evaluation:
    """The evaluation of one step: one budget for all that is summed in it."""

    def __init__(self, table: Table) -> None:
        self.table, self.left = table, WORK

    def spend(self, amount: int) -> None:
        """Take from the budget."""
        self.left -= amount
        need(self.left >= 0, "too much to compute")

    def value(self, term: Any, names: dict[str, Number]) -> Any:
        """Return the value of a closed term, a number or a `Grid`; `names` are the indices bound around it."""
        if type(term) is int:
            return term, 1
        if type(term) is str:
            need(term in names, "not closed:", term)
            return names[term]
        self.spend(1)
        head = term[0]
        if head in FORMS or (head in MEANING and head in self.table.generators):
            given = [self.value(part, names) for part in term[1:]]
            out = FORMS[head](self, *given) if head in FORMS else make(*MEANING[head](*given))
            if head == "^" or head in MEANING:  # long arguments and results take long
                self.spend(sum(number.bit_length() for pair in [out, *given] for number in pair) >> 2)
            return out
        match term:
            case ["q", p, q]:
                return make(p, q)
            case ["bind", "sum" | "prod" as kind, name, lo, hi, body]:
                values = range(whole(self.value(lo, names)), whole(self.value(hi, names)) + 1)
                start, operation = ((0, 1), plus) if kind == "sum" else ((1, 1), times)
                return self.fold(operation, (self.value(body, {**names, name: (j, 1)}) for j in values), start)
            case ["rows", rows]:
                table = {(i, j): self.value(x, names) for i, row in enumerate(rows, 1) for j, x in enumerate(row, 1)}
                return Grid(len(rows), len(rows[0]), table)
            case ["build", i, j, rows, columns, body]:
                grid = self.zero(whole(self.value(rows, names)), whole(self.value(columns, names)))
                for p, q in grid.entries:
                    grid.entries[p, q] = self.value(body, {**names, i: (p, 1), j: (q, 1)})
                return grid
            case ["ite" | "iite", a, b, then, other] if head in self.table.generators:
                smaller = compare(self.value(a, names), self.value(b, names)) <= 0
                return self.value(then if smaller else other, names)
        raise Reject(f"not computable: {shorten(term)}")

    def fold(self, operation: Callable[[Any, Any], Any], values: Iterable[Any], out: Any) -> Any:
        """Return out combined with the values in order; long numbers cost more."""
        for value in values:
            out = operation(out, value)
            self.spend(SUMMAND * (1 + (out[0].bit_length() + out[1].bit_length() >> 16)))
        return out

    def zero(self, rows: int, columns: int) -> Grid:
        """Return a matrix of zeros."""
        self.spend(max(0, rows) * max(0, columns))
        return Grid(rows, columns, {(i, j): (0, 1) for i in range(1, rows + 1) for j in range(1, columns + 1)})

    def sum(self, a: Any, b: Any) -> Any:
        """Add numbers or matrices of one shape."""
        grid = isinstance(a, Grid)
        return a._replace(entries={ij: plus(x, b.entries[ij]) for ij, x in a.entries.items()}) if grid else plus(a, b)

    def product(self, a: Any, b: Any) -> Any:
        """Multiply numbers and matrices."""
        if not isinstance(a, Grid) and not isinstance(b, Grid):
            return times(a, b)
        if not isinstance(a, Grid) or not isinstance(b, Grid):
            grid, factor = (a, b) if isinstance(a, Grid) else (b, a)
            return grid._replace(entries={ij: times(x, factor) for ij, x in grid.entries.items()})
        out = self.zero(a.rows, b.columns)
        for i, j in out.entries:
            pairs = ((a.entries[i, k], b.entries[k, j]) for k in range(1, a.columns + 1))
            out.entries[i, j] = self.fold(plus, (times(x, y) for x, y in pairs), (0, 1))
        return out

    def identity(self, size: Number) -> Grid:
        """Return the identity matrix."""
        grid = self.zero(whole(size), whole(size))
        return grid._replace(entries={(i, j): (int(i == j), 1) for i, j in grid.entries})

    def holds(self, relation: str, left: Any, right: Any) -> bool:
        """Tell whether a relation between two closed terms is true; sides are compared crosswise."""
        a, b = self.value(left, {}), self.value(right, {})
        sign = any(compare(x, b.entries[k]) for k, x in a.entries.items()) if isinstance(a, Grid) else compare(a, b)
        return {"<=": sign <= 0, "<": sign < 0, "=": sign == 0, "!=": sign != 0}[relation]


# An entry outside the shape of a matrix is 0, so that tables of different sizes can stand in one function.
FORMS: dict[str, Callable[..., Any]] = {
    "+": lambda at, first, *rest: at.fold(at.sum, rest, first), "^": lambda at, b, n: power(b, whole(n)),
    "*": lambda at, first, *rest: at.fold(at.product, rest, first), "/": lambda at, a, b: divide(a, b),
    "T": lambda at, m: Grid(m.columns, m.rows, {(j, i): x for (i, j), x in m.entries.items()}),
    "tr": lambda at, m: at.fold(plus, [x for (i, j), x in m.entries.items() if i == j], (0, 1)),
    "I": Evaluation.identity, "at": lambda at, m, i, j: m.entries.get((whole(i), whole(j)), (0, 1)),
}  # fmt: skip

# The meaning of the generators that `compute` evaluates; their names must be rows of the table of axioms. Outside their
# guards the functions of `math` raise an exception, which is a rejection.
MEANING: dict[str, Callable[..., Number]] = {
    "abs": lambda x: (abs(x[0]), x[1]), "ceil": lambda x: (-(-x[0] // x[1]), 1), "floor": lambda x: (x[0] // x[1], 1),
    "max": lambda x, y: x if compare(x, y) >= 0 else y, "min": lambda x, y: x if compare(x, y) <= 0 else y,
    "sqrt": lambda x: root(x, 2), "root": lambda x, n: root(x, whole(n)), "pow": lambda b, n: power(b, whole(n)),
    "fact": lambda n: (math.factorial(whole(n)), 1), "binom": lambda n, k: (math.comb(whole(n), whole(k)), 1),
}  # fmt: skip

"""Exact values of closed terms: sums, products, powers, factorials and roots carried out, under caps.

A number is a pair (p, q) with q > 0, reduced while it is short and left alone when it is long: a greatest common
divisor of two numbers of two million bits takes seconds, a comparison crosswise does not.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

from rejection import BITS, INDEX, WORK, need
from terms import Table

Number = tuple[int, int]
SHORT = 1 << 13
ROOT_BITS = 1 << 16


class Grid(NamedTuple):
    """A matrix of numbers with its shape; a negative count of rows or columns means none."""

    rows: int
    columns: int
    entries: list[list[Number]]


def make(p: int, q: int) -> Number:
    """Return p / q for q > 0, reduced if it is short."""
    bits = max(p.bit_length(), q.bit_length())
    need(bits <= BITS, "number too large")
    if q != 1 and bits <= SHORT:
        divisor = math.gcd(p, q)
        return p // divisor, q // divisor
    return p, q


def plus(a: Number, b: Number) -> Number:
    """Return a + b."""
    if a[1] == b[1]:
        return make(a[0] + b[0], a[1])
    return make(a[0] * b[1] + b[0] * a[1], a[1] * b[1])


def times(a: Number, b: Number) -> Number:
    """Return a b."""
    return make(a[0] * b[0], a[1] * b[1])


def divide(a: Number, b: Number) -> Number:
    """Return a / b for b different from 0."""
    need(b[0] != 0, "division by zero")
    sign = 1 if b[0] > 0 else -1
    return make(sign * a[0] * b[1], sign * a[1] * b[0])


def compare(a: Number, b: Number) -> int:
    """Return a number with the sign of a - b."""
    return a[0] * b[1] - b[0] * a[1]


def raised(b: Number, exponent: int) -> Number:
    """Return b to a non-negative power; the length of the result is estimated before it is formed."""
    need(exponent >= 0, "negative power")
    need(max(b[0].bit_length(), b[1].bit_length()) * exponent <= BITS or abs(b[0]) == b[1] == 1, "number too large")
    return make(b[0] ** exponent, b[1] ** exponent)


def whole(a: Number, limit: int = INDEX) -> int:
    """Return an integer value of absolute value at most `limit`."""
    need(a[0] % a[1] == 0, "an integer expected")
    need(abs(a[0] // a[1]) <= limit, "an index above", limit)
    return a[0] // a[1]


def reduced(a: Number) -> Number:
    """Return the number in lowest terms."""
    divisor = math.gcd(*a)
    return a[0] // divisor, a[1] // divisor


def integer_root(p: int, n: int) -> int:
    """Return the largest r with r^n <= p, for p >= 0 and n >= 1."""
    if n == 1 or p < 2:
        return p
    if n == 2:
        return math.isqrt(p)
    need(p.bit_length() <= ROOT_BITS, "number too large for a root")
    lo, hi = 1, 1 << (p.bit_length() // n + 1)
    while hi - lo > 1:
        middle = (lo + hi) // 2
        lo, hi = (middle, hi) if middle**n <= p else (lo, middle)
    return lo


def root(x: Number, n: int) -> Number:
    """Return the n-th root of a rational number, which must be rational."""
    need(x[0] >= 0 and n >= 1, "outside the guard of a root")
    p, q = reduced(x)
    r, s = integer_root(p, n), integer_root(q, n)
    need(r**n == p and s**n == q, "the root is not rational")
    return r, s


def factorial(n: Number) -> Number:
    """Return n! for 0 <= n."""
    need(n[0] >= 0, "outside the guard of fact")
    return make(math.factorial(whole(n)), 1)


def binomial(n: Number, k: Number) -> Number:
    """Return the number of subsets of k out of n, for 0 <= k <= n."""
    need(0 <= whole(k) <= whole(n), "outside the guard of binom")
    return make(math.comb(whole(n), whole(k)), 1)


# The meaning of the generators that `compute` evaluates; their names must be rows of the table of axioms.
MEANING: dict[str, tuple[int, Callable[..., Number]]] = {
    "abs": (1, lambda x: (abs(x[0]), x[1])),
    "max": (2, lambda x, y: x if compare(x, y) >= 0 else y),
    "min": (2, lambda x, y: x if compare(x, y) <= 0 else y),
    "ceil": (1, lambda x: (-(-x[0] // x[1]), 1)),
    "floor": (1, lambda x: (x[0] // x[1], 1)),
    "sqrt": (1, lambda x: root(x, 2)),
    "root": (2, lambda x, n: root(x, whole(n))),
    "pow": (2, lambda b, n: raised(b, whole(n))),
    "fact": (1, factorial),
    "binom": (2, binomial),
}


class Evaluation:
    """The evaluation of one step: one budget for all that is summed in it."""

    def __init__(self, table: Table) -> None:
        self.table, self.left = table, WORK

    def spend(self, amount: int) -> None:
        """Take from the budget."""
        self.left -= amount
        need(self.left >= 0, "too much to compute")

    def number(self, term: Any, names: dict[str, Number] | None = None) -> Number:
        """Return the value of a closed scalar term."""
        value = self.value(term, names or {})
        need(type(value) is tuple, "a number expected")
        return value  # type: ignore[return-value]

    def value(self, term: Any, names: dict[str, Number]) -> Number | Grid:
        """Return the value of a closed term, a pair or a `Grid`; `names` are the bound indices."""
        if type(term) is int:
            return term, 1
        if type(term) is str:
            need(term in names, "not closed:", term)
            return names[term]
        head = term[0]
        if head == "q":
            return make(term[1], term[2])
        if head in ("ite", "iite") and head in self.table.generators:
            a, b = self.number(term[1], names), self.number(term[2], names)
            return self.value(term[3] if compare(a, b) <= 0 else term[4], names)
        form = FORMS.get(head)
        if form:
            return form(self, term, names)
        need(head in self.table.generators and head in MEANING, "not computable:", head)
        count, meaning = MEANING[head]
        need(count == len(term) - 1, "wrong number of arguments of", head)
        result = meaning(*[self.number(a, names) for a in term[1:]])
        self.spend(1 + (result[0].bit_length() >> 16))
        return make(*result)

    def bind(self, term: list[Any], names: dict[str, Number]) -> Number:
        """Carry out a sum or product."""
        _, kind, name, first, last, body = term
        need(kind in ("sum", "prod"), "not computable:", kind)
        lo, hi = whole(self.number(first, names)), whole(self.number(last, names))
        out = (0, 1) if kind == "sum" else (1, 1)
        combine = plus if kind == "sum" else times
        for j in range(lo, hi + 1):
            out = combine(out, self.number(body, {**names, name: (j, 1)}))
            self.spend(1 + (out[0].bit_length() + out[1].bit_length() >> 16))
        return out

    def power(self, term: list[Any], names: dict[str, Number]) -> Number:
        """Carry out a literal power."""
        return raised(self.number(term[1], names), term[2])

    def quotient(self, term: list[Any], names: dict[str, Number]) -> Number:
        """Carry out a division."""
        return divide(self.number(term[1], names), self.number(term[2], names))

    def total(self, term: list[Any], names: dict[str, Number]) -> Number | Grid:
        """Add numbers or matrices of one shape."""
        out = self.value(term[1], names)
        for part in term[2:]:
            value = self.value(part, names)
            if isinstance(out, Grid):
                rows = [[plus(x, y) for x, y in zip(r, s)] for r, s in zip(out.entries, value.entries)]  # type: ignore[union-attr]
                self.spend(out.rows * out.columns)
                out = Grid(out.rows, out.columns, rows)
            else:
                self.spend(1)
                out = plus(out, value)  # type: ignore[arg-type]
        return out

    def product(self, term: list[Any], names: dict[str, Number]) -> Number | Grid:
        """Multiply numbers and matrices."""
        out = self.value(term[1], names)
        for part in term[2:]:
            value = self.value(part, names)
            if isinstance(out, Grid) and isinstance(value, Grid):
                out = self.matrix_product(out, value)
            elif isinstance(out, Grid) or isinstance(value, Grid):
                grid, factor = (out, value) if isinstance(out, Grid) else (value, out)
                self.spend(grid.rows * grid.columns)  # type: ignore[union-attr]
                rows = [[times(x, factor) for x in row] for row in grid.entries]  # type: ignore[arg-type, union-attr]
                out = Grid(grid.rows, grid.columns, rows)  # type: ignore[union-attr]
            else:
                self.spend(1)
                out = times(out, value)
        return out

    def matrix_product(self, a: Grid, b: Grid) -> Grid:
        """Multiply two matrices."""
        self.spend(a.rows * a.columns * b.columns)
        columns = [[row[j] for row in b.entries] for j in range(b.columns)]
        return Grid(a.rows, b.columns, [[self.dot(row, column) for column in columns] for row in a.entries])

    def dot(self, row: list[Number], column: list[Number]) -> Number:
        """Return the sum of products of entries."""
        out = (0, 1)
        for x, y in zip(row, column):
            out = plus(out, times(x, y))
        return out

    def grid(self, term: Any, names: dict[str, Number]) -> Grid:
        """Return the value of a matrix term."""
        value = self.value(term, names)
        need(isinstance(value, Grid), "a matrix expected")
        return value  # type: ignore[return-value]

    def transposed(self, term: list[Any], names: dict[str, Number]) -> Grid:
        """Transpose."""
        m = self.grid(term[1], names)
        return Grid(m.columns, m.rows, [[row[j] for row in m.entries] for j in range(m.columns)])

    def traced(self, term: list[Any], names: dict[str, Number]) -> Number:
        """Add the diagonal."""
        out = (0, 1)
        for i, row in enumerate(self.grid(term[1], names).entries):
            out = plus(out, row[i])
        return out

    def identity(self, term: list[Any], names: dict[str, Number]) -> Grid:
        """Form the identity."""
        n = max(0, whole(self.number(term[1], names)))
        self.spend(n * n)
        return Grid(n, n, [[(int(i == j), 1) for j in range(n)] for i in range(n)])

    def concrete(self, term: list[Any], names: dict[str, Number]) -> Grid:
        """Evaluate the entries of a literal matrix."""
        self.spend(len(term[1]) * len(term[1][0]))
        return Grid(len(term[1]), len(term[1][0]), [[self.number(x, names) for x in row] for row in term[1]])

    def built(self, term: list[Any], names: dict[str, Number]) -> Grid:
        """Evaluate the entries of a matrix that is given by a formula."""
        _, i, j, first, second, body = term
        rows, columns = [max(0, whole(self.number(part, names))) for part in (first, second)]
        self.spend(rows * columns)
        at = [[{**names, i: (r, 1), j: (c, 1)} for c in range(1, columns + 1)] for r in range(1, rows + 1)]
        return Grid(rows, columns, [[self.number(body, inner) for inner in row] for row in at])

    def entry(self, term: list[Any], names: dict[str, Number]) -> Number:
        """Read an entry; outside the shape it is 0, so that tables of different sizes can stand in one function."""
        m = self.grid(term[1], names)
        i, j = whole(self.number(term[2], names)), whole(self.number(term[3], names))
        return m.entries[i - 1][j - 1] if 0 < i <= m.rows and 0 < j <= m.columns else (0, 1)


FORMS: dict[str, Callable[[Evaluation, list[Any], dict[str, Number]], Number | Grid]] = {
    "+": Evaluation.total, "*": Evaluation.product, "^": Evaluation.power, "/": Evaluation.quotient,
    "bind": Evaluation.bind, "T": Evaluation.transposed, "tr": Evaluation.traced, "I": Evaluation.identity,
    "rows": Evaluation.concrete, "build": Evaluation.built, "at": Evaluation.entry,
}  # fmt: skip


def holds(relation: str, a: Number | Grid, b: Number | Grid) -> bool:
    """Tell whether a relation between two values is true."""
    if isinstance(a, Grid):
        equal = all(compare(x, y) == 0 for r, s in zip(a.entries, b.entries) for x, y in zip(r, s))  # type: ignore[union-attr]
        return equal if relation == "=" else not equal
    sign = compare(a, b)  # type: ignore[arg-type]
    return {"<=": sign <= 0, "<": sign < 0, "=": sign == 0, "!=": sign != 0}[relation]

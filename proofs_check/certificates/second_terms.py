"""Normal forms of the second opinion: scalars as `fmpq_mpoly`, matrices as sums of non-commuting words.

A scalar term is read once into an expression over numbered atoms (names, calls, binders, entries, traces, quotients
1/b); each atom is named by a text in which bound names are numbered by depth and scalar arguments are in normal form.
The polynomial arithmetic itself is done by python-flint. Nothing is shared with the checker or with the engines, so
that a mistake in one is not repeated in the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx

Term = Any
Sort = Any
Word = tuple[tuple[str, bool], ...]

RELATIONS = ("<=", "<", "=", "!=")


class Doubt(Exception):
    """What a step says could not be confirmed; the message is the reason."""


@dataclass(frozen=True)
class Scope:
    """The sorts of all names in force, and the marks of those that are bound inside the term being read."""

    sorts: Mapping[str, Sort] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    depth: int = 0

    def declare(self, variables: Any) -> Scope:
        """Add free names with their sorts."""
        sorts, marks = dict(self.sorts), dict(self.marks)
        for name, sort in variables:
            sorts[name] = sort
            marks.pop(name, None)
        return Scope(sorts, marks, self.depth)

    def bind(self, name: str, sort: Sort) -> Scope:
        """Go below a binder: the name becomes a number, so that its spelling does not count."""
        return Scope({**self.sorts, name: sort}, {**self.marks, name: f"#{self.depth}"}, self.depth + 1)


@dataclass(frozen=True)
class Matrix:
    """A matrix of shape (rows, columns), both as texts, as a sum of coefficient * word."""

    shape: tuple[str, str]
    parts: Mapping[Word, Any]


class Reader:
    """Reads terms into expressions over a common list of atoms: ints, fmpq, ("g", k), ("+", ...), ("*", ...), ("^")."""

    def __init__(self, generators: Mapping[str, Any]) -> None:
        self.generators = generators
        self.atoms: dict[str, int] = {}

    # ---- values ------------------------------------------------------------------------------------------------------
    def polynomial(self, expression: Any) -> fmpq_mpoly:
        """The polynomial of an expression in all atoms met so far."""
        context = fmpq_mpoly_ctx.get([f"g{k}" for k in range(len(self.atoms))], Ordering.lex)
        return _expand(expression, context, context.gens())

    def is_zero(self, value: Any) -> bool:
        """Whether an expression or a Matrix vanishes identically."""
        if isinstance(value, Matrix):
            return all(self.polynomial(e).is_zero() for e in value.parts.values())
        return bool(self.polynomial(value).is_zero())

    def text(self, t: Term, scope: Scope) -> str:
        """The normal form of a scalar or matrix term as a text; equal texts mean equal values."""
        reader = Reader(self.generators)
        return reader.show(reader.read(t, scope))

    def show(self, value: Any) -> str:
        """A text that equal values share."""
        if isinstance(value, Matrix):
            parts = [(" ".join(s + "~" * t for s, t in w), self.show(e)) for w, e in value.parts.items()]
            return "{" + "|".join(f"{p}@{w}" for w, p in sorted(parts) if p != "0") + "}"
        names = sorted(self.atoms, key=lambda name: self.atoms[name])
        lines = []
        for exponents, coefficient in self.polynomial(value).to_dict().items():
            factors = sorted(f"[{names[k]}]^{e}" for k, e in enumerate(exponents) if e)
            lines.append("".join(factors) + f":{coefficient}")
        return "+".join(sorted(lines)) or "0"

    def atom(self, name: str) -> Any:
        """The number of an opaque generator."""
        return ("g", self.atoms.setdefault(name, len(self.atoms)))

    # ---- reading -----------------------------------------------------------------------------------------------------
    def read(self, t: Term, scope: Scope) -> Any:
        """A scalar term as an expression, a matrix term as a Matrix."""
        if type(t) is int:
            return t
        if isinstance(t, str):
            return self.name(t, scope)
        if not isinstance(t, tuple) or not t or not isinstance(t[0], str):
            raise Doubt(f"not a term: {t!r}")
        special = getattr(self, f"_read_{_SPECIAL[t[0]]}", None) if t[0] in _SPECIAL else None
        return special(t, scope) if special else self.call(t, scope)

    def scalar(self, t: Term, scope: Scope) -> Any:
        """The polynomial of a scalar term."""
        value = self.read(t, scope)
        if isinstance(value, Matrix):
            raise Doubt(f"a scalar is expected, not {t!r}")
        return value

    def name(self, t: str, scope: Scope) -> Any:
        """The value of a name in scope."""
        if t not in scope.sorts:
            raise Doubt(f"unknown name {t}")
        sort, mark = scope.sorts[t], scope.marks.get(t, t)
        return self.symbol(mark, sort, scope) if sort[0] == "mat" else self.atom(mark)

    def symbol(self, mark: str, sort: Sort, scope: Scope) -> Matrix:
        """The one-letter word of a matrix symbol."""
        return Matrix((self.text(sort[1], scope), self.text(sort[2], scope)), {((mark, False),): 1})

    def call(self, t: Term, scope: Scope) -> Any:
        """The value of a call of a generator or of a function in scope."""
        head, args = t[0], t[1:]
        mark = f"{scope.marks.get(head, head)}({';'.join(self.text(a, scope) for a in args)})"
        if head in scope.sorts and scope.sorts[head][0] == "fun":
            _, parameters, result = scope.sorts[head]
        elif head in self.generators:
            parameters, result = self.generators[head]["args"], self.generators[head]["sort"]
        else:
            raise Doubt(f"unknown function {head}")
        if len(parameters) != len(args):
            raise Doubt(f"{head} takes {len(parameters)} arguments")
        if result[0] != "mat":
            return self.atom(mark)
        given = {p: a for (p, _), a in zip(parameters, args, strict=True)}
        return self.symbol(mark, tuple(replace(x, given) for x in result), scope)

    def _read_rational(self, t: Term, _scope: Scope) -> Any:
        return fmpq(t[1], t[2])

    def _read_sum(self, t: Term, scope: Scope) -> Any:
        total = self.read(t[1], scope)
        for part in t[2:]:
            total = plus(total, self.read(part, scope))
        return total

    def _read_product(self, t: Term, scope: Scope) -> Any:
        total = self.read(t[1], scope)
        for part in t[2:]:
            total = times(total, self.read(part, scope))
        return total

    def _read_power(self, t: Term, scope: Scope) -> Any:
        return ("^", self.scalar(t[1], scope), t[2])

    def _read_quotient(self, t: Term, scope: Scope) -> Any:
        return times(self.scalar(t[1], scope), self.inverse(t[2], scope))

    def constant(self, t: Term, scope: Scope) -> fmpq | None:
        """The number that a scalar term is identically equal to, if there is one."""
        reader = Reader(self.generators)
        value = reader.polynomial(reader.scalar(t, scope))
        if not value.is_constant():
            return None
        return fmpq(0) if value.is_zero() else fmpq(value.leading_coefficient())

    def position(self, t: Term, scope: Scope) -> int:
        """The value of a literal index, 0 if it is none."""
        value = self.constant(t, scope)
        return int(value.p) if value is not None and value.q == 1 else 0

    def inverse(self, b: Term, scope: Scope) -> Any:
        """1/b: a number if b is a nonzero number, else an atom of its own."""
        value = self.constant(b, scope)
        return 1 / value if value else self.atom(f"1/({self.text(b, scope)})")

    def _read_transpose(self, t: Term, scope: Scope) -> Matrix:
        return transpose(self.matrix(t[1], scope))

    def matrix(self, t: Term, scope: Scope) -> Matrix:
        """The value of a matrix term."""
        value = self.read(t, scope)
        if not isinstance(value, Matrix):
            raise Doubt(f"a matrix is expected, not {t!r}")
        return value

    def _read_trace(self, t: Term, scope: Scope) -> Any:
        return self.trace(self.matrix(t[1], scope))

    def trace(self, m: Matrix) -> Any:
        """The trace, each word named by the least of its rotations and those of its transpose."""
        if m.shape[0] != m.shape[1]:
            raise Doubt("trace of a matrix that is not square")
        total: Any = 0
        for word, coefficient in m.parts.items():
            flipped = tuple((s, not t) for s, t in reversed(word))
            turns = [w[k:] + w[:k] for w in (word, flipped) for k in range(len(word))]
            mark = " ".join(s + "~" * t for s, t in min(turns)) if turns else f"I {m.shape[0]}"
            total = plus(total, times(coefficient, self.atom(f"tr<{mark}>")))
        return total

    def _read_identity(self, t: Term, scope: Scope) -> Matrix:
        size = self.text(t[1], scope)
        return Matrix((size, size), {(): 1})

    def _read_rows(self, t: Term, scope: Scope) -> Matrix:
        rows = t[1]
        if not rows or any(len(row) != len(rows[0]) for row in rows):
            raise Doubt("rows of different length")
        mark = "rows<" + "|".join(";".join(self.text(x, scope) for x in row) for row in rows) + ">"
        return Matrix((self.text(len(rows), scope), self.text(len(rows[0]), scope)), {((mark, False),): 1})

    def _read_build(self, t: Term, scope: Scope) -> Matrix:
        _, i, j, r, c, body = t
        shape = (self.text(r, scope), self.text(c, scope))
        inner = scope.bind(i, "int").bind(j, "int")
        mark = f"build<#{scope.depth};{';'.join(shape)};{self.text(body, inner)}>"
        return Matrix(shape, {((mark, False),): 1})

    def _read_entry(self, t: Term, scope: Scope) -> Any:
        _, m, i, j = t
        if isinstance(m, tuple) and m[0] == "rows":
            p, q = self.position(i, scope), self.position(j, scope)
            if p in range(1, len(m[1]) + 1) and q in range(1, len(m[1][0]) + 1):
                return self.scalar(m[1][p - 1][q - 1], scope)
        self.matrix(m, scope)
        return self.atom(f"at<{self.text(m, scope)};{self.text(i, scope)};{self.text(j, scope)}>")

    def _read_binder(self, t: Term, scope: Scope) -> Any:
        _, kind, name, first, second, body = t
        if kind == "integral":
            outer, sort = f"{first};{self.text(second, scope)}", first
        else:
            outer, sort = f"{self.text(first, scope)};{self.text(second, scope)}", "int"
        return self.atom(f"{kind}<#{scope.depth};{outer};{self.text(body, scope.bind(name, sort))}>")


_SPECIAL = {"q": "rational", "+": "sum", "*": "product", "^": "power", "/": "quotient", "T": "transpose",
            "tr": "trace", "I": "identity", "rows": "rows", "build": "build", "at": "entry", "bind": "binder"}


def plus(a: Any, b: Any) -> Any:
    """Sum of two scalars or of two matrices of one shape."""
    if isinstance(a, Matrix) and isinstance(b, Matrix):
        if a.shape != b.shape:
            raise Doubt(f"shapes {a.shape} and {b.shape} differ")
        parts = dict(a.parts)
        for word, e in b.parts.items():
            parts[word] = plus(parts[word], e) if word in parts else e
        return Matrix(a.shape, parts)
    if isinstance(a, Matrix) or isinstance(b, Matrix):
        raise Doubt("a scalar plus a matrix")
    return ("+", a, b)


def times(a: Any, b: Any) -> Any:
    """Product of scalars and matrices in this order."""
    if isinstance(a, Matrix) and isinstance(b, Matrix):
        if a.shape[1] != b.shape[0]:
            raise Doubt(f"shapes {a.shape} and {b.shape} do not fit")
        parts: dict[Word, Any] = {}
        for v, d in a.parts.items():
            for w, e in b.parts.items():
                parts[v + w] = ("+", parts.get(v + w, 0), ("*", d, e))
        return Matrix((a.shape[0], b.shape[1]), parts)
    if isinstance(a, Matrix):
        return Matrix(a.shape, {w: ("*", e, b) for w, e in a.parts.items()})
    if isinstance(b, Matrix):
        return Matrix(b.shape, {w: ("*", a, e) for w, e in b.parts.items()})
    return ("*", a, b)


def transpose(m: Matrix) -> Matrix:
    """The transpose: words reversed, each letter flipped."""
    return Matrix((m.shape[1], m.shape[0]),
                  {tuple((s, not t) for s, t in reversed(w)): e for w, e in m.parts.items()})


def replace(t: Any, given: Mapping[str, Any]) -> Any:
    """Put terms for free names in a term or relation; refuses where a binder would capture a name."""
    if isinstance(t, str):
        return given.get(t, t)
    if not isinstance(t, tuple) or not t:
        return t
    if t[0] == "some" and not t[1]:
        return ("some", (), tuple(replace(f, given) for f in t[2]))
    if t[0] in ("all", "some", "pred", "def"):
        raise Doubt(f"a substitution in a formula with {t[0]}")
    if t[0] == "rows":
        return ("rows", tuple(tuple(replace(x, given) for x in row) for row in t[1]))
    if t[0] in ("bind", "build"):
        first, bound = (3, t[2:3]) if t[0] == "bind" else (3, t[1:3])
        inner = {name: value for name, value in given.items() if name not in bound}
        if any(set(bound) & names(value) for value in inner.values()):
            raise Doubt("a substitution that might capture a name")
        return (*t[:first], *(replace(a, given) for a in t[first:-1]), replace(t[-1], inner))
    return (t[0], *(replace(a, given) for a in t[1:]))


def names(t: Any) -> set[str]:
    """All texts that occur in a term: a superset of its names."""
    if isinstance(t, str):
        return {t}
    return set().union(*(names(a) for a in t)) if isinstance(t, tuple) else set()


def _expand(e: Any, context: fmpq_mpoly_ctx, generators: Any) -> fmpq_mpoly:
    if not isinstance(e, tuple):
        return context.constant(e)
    if e[0] == "g":
        atom: fmpq_mpoly = generators[e[1]]
        return atom
    if e[0] == "^":
        return _expand(e[1], context, generators) ** int(e[2])
    # Long sums and products lean to the left; walking down that side keeps the recursion shallow.
    spine, operator = [], e[0]
    while isinstance(e, tuple) and e[0] == operator:
        spine.append(e[2])
        e = e[1]
    total = _expand(e, context, generators)
    for part in reversed(spine):
        value = _expand(part, context, generators)
        total = total + value if operator == "+" else total * value
    return total

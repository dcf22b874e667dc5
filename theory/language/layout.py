"""Terms and formulas as a layout: fractions, scripts, binders and tables, before any markup is chosen.

One layout serves LaTeX and MathML (`theory.language.typeset`). A node is a tuple: ("id", name), ("word", name),
("num", digits), ("op", mark), ("row", *nodes), ("frac", a, b), ("tfrac", a, b), ("choose", a, b), ("sup", a, b),
("sub", a, b), ("sqrt", a), ("fence", left, right, node), ("big", mark, under, over), ("table", rows), ("cases", rows),
("thin",), ("text", words). Names whose sort says that they are indexed by integers carry their arguments as subscripts:
d(l) with d : int -> int is set as d with index l, and s(l, u) with a real u as s with index l, applied to u.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .substitution import BOUND_PREDICATES
from .terms import literal

Node = tuple[Any, ...]
Sorts = Mapping[str, Any]

SUM, PRODUCT, POWER = 1, 2, 3
_RELATIONS = {"<=": "le", "<": "<", "=": "=", "!=": "ne"}
_WORDS = frozenset("log max min sin cos tanh atan root tr leb".split())
_MOST_INDEX_NODES = 9


def layout(thing: Any, sorts: Sorts | None = None) -> Node:
    """Return the layout of a term or formula; `sorts` are those of its free names, as far as they are known."""
    return _Layout(dict(sorts or {}), False).formula(thing)


def with_variables(sorts: Sorts, variables: tuple[tuple[str, Any], ...]) -> dict[str, Any]:
    """Return the sorts with those of more variables."""
    return {**sorts, **dict(variables)}


def row(*nodes: Node) -> Node:
    """Return the nodes beside each other."""
    return nodes[0] if len(nodes) == 1 else ("row", *nodes)


def listed(nodes: list[Node], mark: str = ",") -> list[Node]:
    """Return the nodes with a mark between each two."""
    out: list[Node] = []
    for node in nodes:
        out += ([("op", mark)] if out else []) + [node]
    return out


class _Layout:
    """Knows the sorts of the names in force and whether it is inside a script, where fractions are written a/b."""

    def __init__(self, sorts: dict[str, Any], script: bool) -> None:
        self.sorts = sorts
        self.script = script

    # ---- formulas

    def formula(self, f: Any) -> Node:
        """Return the layout of a formula, or of a term."""
        head = f[0] if isinstance(f, tuple) else ""
        if head in _RELATIONS:
            return row(self.term(f[1], 0), ("op", _RELATIONS[head]), self.term(f[2], 0))
        if head == "or":
            return row(*listed([self._wrapped(g) for g in f[1:]], "or"))
        if head == "pred":
            return self._predicate(f)
        if head in ("all", "some"):
            return self._quantified(f)
        if head == "def":
            return self._definition(f)
        return self.term(f, 0)

    def _quantified(self, f: Any) -> Node:
        inner = _Layout(with_variables(self.sorts, f[1]), self.script)
        mark = "forall" if f[0] == "all" else "exists"
        names: list[Node] = [("op", mark), *listed([("id", n) for n, _ in f[1]]), ("op", ":")] if f[1] else []
        parts = listed([inner._wrapped(h) for h in f[2]], "and")
        if f[0] == "some":
            return row(*names, *parts)
        return row(*names, *parts, *([("op", "implies")] if parts else []), inner.formula(f[3]))

    def _wrapped(self, f: Any) -> Node:
        inner = self.formula(f)
        return ("fence", "(", ")", inner) if f[0] in ("all", "some", "or") else inner

    def _predicate(self, f: Any) -> Node:
        if f[1] == "deriv":
            _, _, u, body, point, value = f
            inner = _Layout({**self.sorts, u: "real"}, self.script)
            operator = ("frac", ("op", "d"), row(("op", "d"), ("id", u)))
            at = ("sub", ("fence", "", "|", row(operator, inner.term(body, SUM))), self._scripted(point))
            return row(at, ("op", "="), self.term(value, 0))
        if f[1] in BOUND_PREDICATES:
            bound = row(("id", f[2]), ("op", "mapsto"), self.term(f[3], 0))
            return self._applied(("word", f[1]), [bound, *(self.term(a, 0) for a in f[4:])])
        return self._applied(("word", f[1]), [self.term(a, 0) for a in f[2:]])

    def _definition(self, f: Any) -> Node:
        _, name, parameters, lo, a, b = f
        inner = _Layout(with_variables(self.sorts, parameters), self.script)
        rest = tuple(p for p, _ in parameters[1:])
        base = inner.formula(("=", (name, lo, *rest), a))
        step = inner.formula(("=", (name, ("+", parameters[0][0], 1), *rest), b))
        return row(base, ("op", ","), step)

    # ---- terms

    def term(self, t: Any, level: int, last: bool = True) -> Node:
        """Return the layout of a term, in parentheses where its surroundings bind more strongly than `level`.

        A sum or product over an index extends as far to the right as it can, so it needs none where it is the `last`.
        """
        if isinstance(t, int):
            sign = row(("op", "neg"), ("num", str(-t))) if t < 0 else ("num", str(t))
            return ("fence", "(", ")", sign) if t < 0 and level else sign
        if isinstance(t, str):
            return ("id", t)
        op, args = t[0], t[1:]
        if op == "bind":
            return self._binder(args, level >= POWER or not last)
        if op == "*":
            return self._product(args, level, last)
        method = getattr(self, f"_{_METHODS[op]}", None) if op in _METHODS else None
        if method is not None:
            return method(args, level)
        if op in self.sorts or op not in _WORDS:
            return self._call(op, args)
        return self._applied(("word", op), [self.term(a, 0) for a in args])

    def _fenced(self, node: Node, needed: bool) -> Node:
        return ("fence", "(", ")", node) if needed else node

    def _scripted(self, t: Any) -> Node:
        return _Layout(self.sorts, True).term(t, 0)

    def _rational(self, args: Any, level: int) -> Node:
        if args[1] == 1:
            return self.term(args[0], level)
        if self.script:
            size = row(("num", str(abs(args[0]))), ("op", "/"), ("num", str(args[1])))
            node = row(("op", "neg"), size) if args[0] < 0 else size
            return self._fenced(node, bool(level))
        part = ("tfrac", ("num", str(abs(args[0]))), ("num", str(args[1])))
        node = row(("op", "neg"), part) if args[0] < 0 else part
        return self._fenced(node, level >= POWER or (args[0] < 0 and bool(level)))

    def _sum(self, args: Any, level: int) -> Node:
        nodes = [self.term(args[0], SUM, len(args) == 1)]
        for k, a in enumerate(args[1:], 2):
            minus = 0 if a == ("*", -1, 0) else negated(a)
            nodes += [("op", "-" if minus is not None else "+"),
                      self.term(a, SUM, k == len(args)) if minus is None else self.term(minus, PRODUCT, k == len(args))]
        return self._fenced(row(*nodes), level >= SUM)

    def _product(self, args: Any, level: int, last: bool) -> Node:
        minus = negated(("*", *args))
        if minus is not None:
            return self._fenced(row(("op", "neg"), self.term(minus, PRODUCT, last or bool(level))), bool(level))
        nodes: list[Node] = []
        factors = _squared(args)
        for k, a in enumerate(factors, 1):
            node = self.term(a, PRODUCT, k == len(factors) and (last or level >= POWER))
            # A digit after another factor would be read as one number, hence the dot.
            mark = ("op", "cdot") if first_leaf(node)[0] in ("num", "tfrac") else ("thin",)
            nodes += ([mark] if nodes else []) + [node]
        return self._fenced(row(*nodes), level >= POWER)

    def _quotient(self, args: Any, level: int) -> Node:
        if self.script:
            node = row(self.term(args[0], PRODUCT, False), ("op", "/"), self.term(args[1], POWER))
            return self._fenced(node, level >= PRODUCT)
        return self._fenced(("frac", self.term(args[0], 0), self.term(args[1], 0)), level >= POWER)

    def _power(self, args: Any, level: int) -> Node:
        base = self.term(args[0], POWER)
        fenced = base[0] in ("sup", "frac", "big") or (base[0] == "row" and len(base) > 2)
        return ("sup", self._fenced(base, fenced), self._scripted(args[1]))

    def _exponential(self, args: Any, level: int) -> Node:
        if _count(args[0]) > _MOST_INDEX_NODES or self.script:
            return self._applied(("word", "exp"), [self.term(args[0], 0)])
        return ("sup", ("id", "e"), self._scripted(args[0]))

    def _root(self, args: Any, level: int) -> Node:
        return ("sqrt", self.term(args[0], 0))

    def _modulus(self, args: Any, level: int) -> Node:
        return ("fence", "|", "|", self.term(args[0], 0))

    def _ceil(self, args: Any, level: int) -> Node:
        return ("fence", "lceil", "rceil", self.term(args[0], 0))

    def _floor(self, args: Any, level: int) -> Node:
        return ("fence", "lfloor", "rfloor", self.term(args[0], 0))

    def _factorial(self, args: Any, level: int) -> Node:
        inner = self.term(args[0], POWER)
        return row(self._fenced(inner, inner[0] in ("row", "sup")), ("op", "!"))

    def _binomial(self, args: Any, level: int) -> Node:
        return ("choose", self.term(args[0], 0), self.term(args[1], 0))

    def _transpose(self, args: Any, level: int) -> Node:
        return ("sup", self.term(args[0], POWER), ("op", "top"))

    def _identity(self, args: Any, level: int) -> Node:
        return ("sub", ("id", "I"), self._scripted(args[0]))

    def _binder(self, args: Any, fenced: bool) -> Node:
        kind, name, lo, hi, body = args
        inner = _Layout({**self.sorts, name: "real" if kind == "integral" else "int"}, self.script)
        if kind != "integral":
            under = row(("id", name), ("op", "is"), self._scripted(lo))
            sign: Node = ("big", kind, under, self._scripted(hi))
            return self._fenced(row(sign, ("thin",), inner.term(body, PRODUCT)), fenced)
        if isinstance(hi, tuple) and hi[0] == "leb":
            sign = ("big", "integral", self._scripted(hi[1]), self._scripted(hi[2]))
            tail = row(("op", "d"), ("id", name))
        else:
            sign = ("op", "integral")
            tail = row(("op", "d"), self.term(hi, POWER), ("fence", "(", ")", ("id", name)))
        return self._fenced(row(sign, ("thin",), inner.term(body, SUM), ("thin",), tail), fenced)

    def _built(self, args: Any, level: int) -> Node:
        i, j, rows, columns, body = args
        inner = _Layout({**self.sorts, i: "int", j: "int"}, self.script)
        if rows == columns == 1:
            return ("fence", "(", ")", inner.term(body, 0))
        range_of = [row(("id", i), ("op", "le"), self._scripted(rows))]
        if columns != 1:
            range_of.append(row(("id", j), ("op", "le"), self._scripted(columns)))
        return ("sub", ("fence", "(", ")", inner.term(body, 0)), row(*listed(range_of)))

    def _rows(self, args: Any, level: int) -> Node:
        return ("table", tuple(tuple(self.term(x, 0) for x in line) for line in args[0]))

    def _entry(self, args: Any, level: int) -> Node:
        matrix, i, j = args
        if isinstance(matrix, tuple) and matrix[0] == "rows" and all(len(line) == 1 for line in matrix[1]):
            column = ("fence", "(", ")", row(*listed([self.term(line[0], 0) for line in matrix[1]])))
            return ("sub", column, self._scripted(i))
        inner = self.term(matrix, 0)
        plain = all(isinstance(k, str) and len(k) == 1 for k in (i, j))
        places = [self._scripted(i), self._scripted(j)]
        if self._columns(matrix) == 1 and j == 1:
            plain, places = False, places[:1]
        index = row(*places) if plain else row(*listed(places))
        if inner[0] == "sub" and inner[1][0] == "id":
            # Entry i, j of the l-th matrix of a family: one subscript instead of two.
            return ("sub", inner[1], row(inner[2], ("op", ","), index))
        return ("sub", inner if inner[0] in ("id", "table") else ("fence", "(", ")", inner), index)

    def _columns(self, matrix: Any) -> Any:
        """The number of columns of a matrix term, or None if that is not known."""
        if isinstance(matrix, str):
            sort = self.sorts.get(matrix)
            return sort[2] if isinstance(sort, tuple) and sort[0] == "mat" else None
        op = matrix[0]
        if op == "+":
            return self._columns(matrix[1])
        if op == "*":
            return self._columns(matrix[-1])
        if op == "build":
            return matrix[4]
        if op == "rows":
            return len(matrix[1][0]) if matrix[1] else None
        sort = self.sorts.get(op)
        if isinstance(sort, tuple) and sort[0] == "fun" and isinstance(sort[2], tuple) and sort[2][0] == "mat":
            return sort[2][2]
        return None

    def _function(self, args: Any, level: int) -> Node:
        names = [("id", n) for n in args[0]]
        left = names[0] if len(names) == 1 else ("fence", "(", ")", row(*listed(names)))
        return row(left, ("op", "mapsto"), self.term(args[1], 0))

    def _alternative(self, args: Any, level: int) -> Node:
        rows: list[tuple[Node, Node]] = []
        rest: Any = ("ite", *args)
        while isinstance(rest, tuple) and rest[0] in ("ite", "iite"):
            _, a, b, x, rest = rest
            condition = row(("text", "if "), self.term(a, 0), ("op", "le"), self.term(b, 0))
            rows.append((self.term(x, 0), condition))
        rows.append((self.term(rest, 0), ("text", "otherwise")))
        return ("cases", tuple(rows))

    def _call(self, name: str, args: Any) -> Node:
        """A function of the statement: int parameters in front become subscripts, others stand in parentheses."""
        sort = self.sorts.get(name)
        count = 0
        if isinstance(sort, tuple) and sort[0] == "fun" and len(sort[1]) == len(args):
            while count < len(args) and sort[1][count][1] == "int":
                count += 1
        small = all(_count(a) <= _MOST_INDEX_NODES and _depth(a) <= 3 for a in args[:count])
        if not count or self.script and not small or not small:
            return self._applied(("id", name), [self.term(a, 0) for a in args])
        index = row(*listed([self._scripted(a) for a in args[:count]]))
        head = ("sub", ("id", name), index)
        rest = args[count:]
        return self._applied(head, [self.term(a, 0) for a in rest]) if rest else head

    def _applied(self, head: Node, args: list[Node]) -> Node:
        return row(head, ("fence", "(", ")", row(*listed(args)) if args else ("text", "")))


_METHODS = {
    "q": "rational", "+": "sum", "/": "quotient", "^": "power", "pow": "power", "exp": "exponential",
    "sqrt": "root", "abs": "modulus", "ceil": "ceil", "floor": "floor", "fact": "factorial", "binom": "binomial",
    "T": "transpose", "I": "identity", "build": "built", "rows": "rows", "at": "entry",
    "lam": "function", "ite": "alternative", "iite": "alternative",
}


def first_leaf(node: Node) -> Node:
    """Return the leftmost node that a reader meets, without parentheses around it."""
    while node[0] in ("row", "sup", "sub"):
        node = node[1]
    return node


def negated(t: Any) -> Any:
    """Return the positive part of a term that is written with a minus sign, or None."""
    value = literal(t)
    if value is not None:
        value = -value
        return None if value <= 0 else value.numerator if value.denominator == 1 else (
            "q", value.numerator, value.denominator)
    if isinstance(t, tuple) and t[0] == "*" and t[1] == -1:
        return t[2] if len(t) == 3 else ("*", *t[2:])
    return None


def _squared(args: Any) -> list[Any]:
    """The factors of a product, neighbours that are equal as one power: they have the same canonical form."""
    out: list[Any] = []
    for a in args:
        if out and isinstance(a, (str, tuple)) and out[-1] == a:
            out[-1] = ("^", a, 2)
        elif out and isinstance(out[-1], tuple) and out[-1][0] == "^" and out[-1][1] == a:
            out[-1] = ("^", a, out[-1][2] + 1)
        else:
            out.append(a)
    return out


def _count(t: Any) -> int:
    return 1 + sum(map(_count, t[1:])) if isinstance(t, tuple) else 1


def _depth(t: Any) -> int:
    return 1 + max(map(_depth, t[1:]), default=0) if isinstance(t, tuple) else 0

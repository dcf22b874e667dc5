"""Random terms with nested and shadowing binders, an exact evaluator of its own, and substitution by renaming.

Nothing here shares code with the checker: values are computed from the terms as written, and a substitution first gives
every bound variable a new name and then replaces names.
"""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import count
from typing import Any

Term = Any
NUMBERS, INTEGERS, FUNCTIONS, MATRICES = ["x", "y", "z"], ["m", "n"], ["f", "g"], ["A", "B"]
SORTS = {
    **dict.fromkeys(NUMBERS, "real"), **dict.fromkeys(INTEGERS, "int"),
    **dict.fromkeys(FUNCTIONS, ["fun", [["u", "real"]], "real"]), **dict.fromkeys(MATRICES, ["mat", 2, 2]),
}  # fmt: skip
BOUND = ["x", "y", "j", "n", "k"]  # some of them hide a free variable


class Terms:
    """Random terms; `sorts` says what each name is where the term stands."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def number(self, sorts: dict[str, Any], size: int) -> Term:
        """A random real term."""
        if size <= 0:
            names = [name for name, sort in sorts.items() if sort in ("real", "int")]
            return self.rng.choice([*names, *names, self.rng.randint(-2, 3), ["q", self.rng.randint(-3, 3), 2]])
        kind = self.rng.choice(("sum", "sum", "product", "product", "power", "call", "binder", "binder", "over", "max",
                                "trace", "entry"))  # fmt: skip
        part = self.rng.randint(0, size - 1)
        a, b = (lambda: self.number(sorts, part)), (lambda: self.number(sorts, size - 1 - part))
        if kind in ("sum", "product"):
            return ["+" if kind == "sum" else "*", a(), b()]
        if kind == "power":
            return ["^", self.number(sorts, size - 1), self.rng.randint(0, 2)]
        if kind == "call":
            return [self.rng.choice(FUNCTIONS), self.number(sorts, size - 1)]
        if kind == "binder":
            name = self.rng.choice(BOUND)
            lo, hi = (self.integer(sorts) for _ in range(2))
            body = self.number({**sorts, name: "int"}, size - 1)
            return ["bind", self.rng.choice(("sum", "prod")), name, lo, hi, body]
        if kind in ("over", "max"):
            return ["/" if kind == "over" else "max", a(), b()]
        if kind == "trace":
            return ["tr", self.matrix(sorts, size - 1)]
        return ["at", self.matrix(sorts, size - 1), self.integer(sorts), self.rng.randint(1, 2)]

    def integer(self, sorts: dict[str, Any]) -> Term:
        """A small int-sorted term."""
        names = [name for name, sort in sorts.items() if sort == "int"]
        return self.rng.choice([0, 1, 2, 3, *names, ["+", self.rng.choice(names), self.rng.choice((1, -1))]])

    def matrix(self, sorts: dict[str, Any], size: int) -> Term:
        """A random 2 by 2 matrix."""
        if size <= 0:
            return self.rng.choice([*MATRICES, ["I", 2]])
        kind = self.rng.choice(("+", "*", "*", "T", "scale", "rows", "build"))
        if kind in ("+", "*"):
            part = self.rng.randint(0, size - 1)
            return [kind, self.matrix(sorts, part), self.matrix(sorts, size - 1 - part)]
        if kind == "T":
            return ["T", self.matrix(sorts, size - 1)]
        if kind == "scale":
            return ["*", self.number(sorts, size - 1), self.matrix(sorts, 0)]
        if kind == "rows":
            return ["rows", [[self.number(sorts, 0), 1], [0, self.number(sorts, size - 1)]]]
        i, j = self.rng.sample(BOUND, 2)
        return ["build", i, j, 2, 2, self.number({**sorts, i: "int", j: "int"}, size - 1)]

    def shuffled(self, term: Term) -> Term:
        """The same term with sums, scalar products and bound names in another order."""
        if type(term) is not list:
            return term
        if term[0] == "bind":
            _, kind, name, lo, hi, body = term
            fresh = self.rng.choice(["j", "k", "i1", "i2"])
            if fresh not in words(body):
                name, body = fresh, renamed(body, {name: fresh})
            return ["bind", kind, name, self.shuffled(lo), self.shuffled(hi), self.shuffled(body)]
        parts = [[self.shuffled(x) for x in row] for row in term[1]] if term[0] == "rows" else None
        parts = [parts] if parts else [self.shuffled(part) for part in term[1:]]
        if term[0] == "+":
            self.rng.shuffle(parts)
        return [term[0], *parts]


def words(term: Term) -> set[str]:
    """All texts in a term."""
    return {term} if type(term) is str else set().union(*map(words, term)) if type(term) is list else set()


def renamed(term: Term, names: dict[str, Term], fresh: Any = None) -> Term:
    """The term with other terms in place of free names; bound variables get new names first.

    A function f is given as ("lam", parameter, body).
    """
    fresh = fresh or count()
    if type(term) is str:
        return names.get(term, term)
    if type(term) is not list:
        return term
    if term[0] == "bind":
        own = f"b{next(fresh)}'"
        body = renamed(term[5], {**names, term[2]: own}, fresh)
        return [*term[:2], own, renamed(term[3], names, fresh), renamed(term[4], names, fresh), body]
    if term[0] == "build":
        i, j = f"b{next(fresh)}'", f"b{next(fresh)}'"
        return ["build", i, j, *term[3:5], renamed(term[5], {**names, term[1]: i, term[2]: j}, fresh)]
    if term[0] == "rows":
        return ["rows", [[renamed(x, names, fresh) for x in row] for row in term[1]]]
    meaning = names.get(term[0])
    if type(meaning) is tuple:
        _, parameter, body = meaning
        return renamed(body, {parameter: renamed(term[1], names, fresh)}, fresh)
    return [term[0], *[renamed(part, names, fresh) for part in term[1:]]]


Grid = list  # of lists of fractions


def value(term: Term, at: dict[str, Any]) -> Any:
    """The exact value of a term; functions are Python functions, 1/0 is 0, an entry outside of its matrix is 0."""
    if type(term) is int:
        return Fraction(term)
    if type(term) is str:
        return at[term]
    head, *parts = term
    if head == "q":
        return Fraction(*parts)
    if head == "^":
        return value(parts[0], at) ** parts[1]
    if head == "bind":
        kind, name, lo, hi, body = parts
        out = Fraction(kind == "prod")
        for k in range(int(value(lo, at)), int(value(hi, at)) + 1):
            one = value(body, {**at, name: Fraction(k)})
            out = out + one if kind == "sum" else out * one
        return out
    if head == "build":
        i, j, _, _, body = parts
        return [[value(body, {**at, i: Fraction(p), j: Fraction(v)}) for v in (1, 2)] for p in (1, 2)]
    if head == "rows":
        return [[value(x, at) for x in row] for row in parts[0]]
    if head == "I":
        return [[Fraction(1), Fraction(0)], [Fraction(0), Fraction(1)]]
    return combined(head, [value(part, at) for part in parts], at)


def combined(head: str, values: list[Any], at: dict[str, Any]) -> Any:
    """The value of an operation or function."""
    if head in at:
        return at[head](*values)
    if head in ("+", "*"):
        out = values[0]
        for other in values[1:]:
            out = plus(out, other) if head == "+" else times(out, other)
        return out
    first = values[0]
    if head == "T":
        return [list(column) for column in zip(*first)]
    if head == "tr":
        return first[0][0] + first[1][1]
    if head == "at":
        p, v = int(values[1]), int(values[2])
        return first[p - 1][v - 1] if 1 <= p <= 2 and 1 <= v <= 2 else Fraction(0)
    second = values[1]
    return max(first, second) if head == "max" else first / second if second else Fraction(0)


def plus(a: Any, b: Any) -> Any:
    """The sum of numbers or matrices."""
    return [[x + y for x, y in zip(r, s)] for r, s in zip(a, b)] if type(a) is Grid else a + b


def times(a: Any, b: Any) -> Any:
    """The product of numbers and matrices."""
    if type(a) is Grid and type(b) is Grid:
        return [[sum((x * y for x, y in zip(row, column)), Fraction(0)) for column in zip(*b)] for row in a]
    if type(a) is Grid or type(b) is Grid:
        grid, factor = (a, b) if type(a) is Grid else (b, a)
        return [[factor * x for x in row] for row in grid]
    return a * b


def place(rng: random.Random) -> dict[str, Any]:
    """Random values of all free names."""
    def small() -> Fraction:
        return Fraction(rng.randint(-4, 4), rng.choice((1, 1, 2, 3)))

    def polynomial() -> Any:
        a, b, c = small(), small(), small()
        return lambda u: a + b * u + c * u * u

    return {
        **{name: small() for name in NUMBERS}, **{name: Fraction(rng.randint(-1, 3)) for name in INTEGERS},
        **{name: polynomial() for name in FUNCTIONS},
        **{name: [[small(), small()], [small(), small()]] for name in MATRICES},
    }  # fmt: skip

"""Substitution: capture, shadowing, functions; and its meaning, against an evaluator written here."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction
from typing import Any

import pytest

from theory.language.errors import InputError
from theory.language.notation import definition, formula, sort, substitution, term
from theory.language.substitution import substitute
from theory.language.terms import names


def test_free_names_are_replaced_and_bound_ones_are_not() -> None:
    """A binder shadows the name it binds in its body, not in its bounds."""
    t = term("j + sum(j=j..n: j*x)")
    assert substitute(t, {"j": 5, "x": "y"}) == term("5 + sum(j=5..n: j*y)")


@pytest.mark.parametrize(("before", "mapping", "after"), [
    ("sum(j=1..n: j*x)", {"x": "j + 1"}, "sum(j'=1..n: j'*(j + 1))"),
    ("prod(j=1..n: sum(k=1..j: x*k))", {"x": "j*k"}, "prod(j'=1..n: sum(k'=1..j': j*k*k'))"),
    ("sum(j=1..n: x*j*j')", {"x": "j"}, "sum(j''=1..n: j*j''*j')"),
    ("build(i<=x, j<=c: i + x)", {"x": "i"}, "build(i'<=i, j<=c: i' + i)"),
    ("integral(x in leb(a,x): x*y)", {"x": "2", "y": "x"}, "integral(x' in leb(a,2): x'*x)"),
    ("sum(j=1..n: f(j))", {"f": "i -> i*j"}, "sum(j'=1..n: j'*j)"),
    ("f(f(x))", {"f": "y -> y + x"}, "x + x + x"),
    ("f(1, 2)", {"f": "x, y -> y - x"}, "2 - 1"),
])
def test_capture_is_avoided(before: str, mapping: dict[str, str], after: str) -> None:
    """A bound name that the incoming term mentions is renamed."""
    got = substitute(term(before), {k: substitution(v) for k, v in mapping.items()})
    assert _value(got, _NUMBERS, _FUNCTIONS) == _value(term(after), _NUMBERS, _FUNCTIONS)


@pytest.mark.parametrize(("before", "mapping", "after"), [
    ("all x:real | 0 < x => x <= y", {"y": "x"}, "all x':real | 0 < x' => x' <= x"),
    ("some x:real | x < y", {"x": "3"}, "some x:real | x < y"),
    ("all f:int->real => f(1) <= x", {"x": "f(2)"}, "all f':int->real => f'(1) <= f(2)"),
    ("all r:int, A:mat(r,n) => tr(A*T(A)) <= n", {"n": "r"}, "all r':int, A:mat(r',r) => tr(A*T(A)) <= r"),
    ("deriv(u: u*x, x, u)", {"x": "u"}, "deriv(u': u'*u, u, u)"),
    ("deriv(u: u*x, x, u)", {"u": "7"}, "deriv(u: u*x, x, 7)"),
    ("a <= b or b < a", {"a": "b"}, "b <= b or b < b"),
])
def test_formulas(before: str, mapping: dict[str, str], after: str) -> None:
    """Quantifiers (also in the shapes they declare), predicates and alternatives, by hand."""
    assert substitute(formula(before), {k: substitution(v) for k, v in mapping.items()}) == formula(after)


def test_definitions_and_sorts() -> None:
    """Parameters of definitions and of function sorts are bound."""
    d = definition("def f(x, t:real) = t + x then f(n+1) = f(n, t) + x")
    assert substitute(d, {"x": 2, "n": 9, "t": 8}) == definition("def f(2, t:real) = t + 2 then f(n+1) = f(n, t) + 2")
    renamed = definition("def f(n, t:real) = t + n then f(n'+1) = f(n', t) + n")
    assert substitute(d, {"x": "n"}) == renamed
    assert substitute(sort("(l:int)->mat(d(l),n)"), {"l": 3, "n": 4}) == sort("(l:int)->mat(d(l),4)")


def test_functions_need_their_arguments() -> None:
    """A function is replaced by a `lam` of as many names, or by another name."""
    with pytest.raises(InputError, match="a function of 1 argument"):
        substitute(term("f(x)"), {"f": substitution("x, y -> x")})
    with pytest.raises(InputError):
        substitute(term("f(x)"), {"f": 3})
    assert substitute(term("f(x)"), {"f": "g"}) == term("g(x)")


def test_nothing_to_do() -> None:
    """Without a mapping the same object comes back; matrices and literals are walked."""
    t = term("[[1,x],[1/2,y]]")
    assert substitute(t, {}) is t
    assert substitute(t, {"x": "y", "q": 5}) == term("[[1,y],[1/2,y]]")


# ---- meaning: the value of t[x := s] is the value of t where x has the value of s

_NUMBERS = {"i": 2, "j": 3, "k": -1, "x": 5, "y": 7, "n": 3, "a": 0, "c": 2, "j'": 11}
_FUNCTIONS = {"f": lambda v: v * v - 3, "g": lambda v: 2 * v + 1}


def _value(t: Any, at: dict[str, Any], functions: dict[str, Any]) -> Any:
    if isinstance(t, str):
        return at[t]
    if isinstance(t, int):
        return Fraction(t)
    op, args = t[0], t[1:]
    if op == "q":
        return Fraction(*args)
    if op == "bind" and args[0] == "integral":  # a finite model: the sum of the values at the two ends
        return sum(_value(args[4], {**at, args[1]: _value(end, at, functions)}, functions) for end in args[3][1:])
    if op == "bind":
        kind, name, lo, hi, body = args
        out = Fraction(kind == "prod")
        for v in range(int(_value(lo, at, functions)), int(_value(hi, at, functions)) + 1):
            part = _value(body, {**at, name: v}, functions)
            out = out + part if kind == "sum" else out * part
        return out
    if op == "build":
        i, j, rows, columns, body = args
        spans = (range(1, int(_value(b, at, functions)) + 1) for b in (rows, columns))
        return [_value(body, {**at, i: p, j: q}, functions) for p, q in itertools.product(*spans)]
    values = [_value(a, at, functions) for a in args]
    if op == "+":
        return sum(values)
    if op == "*":
        out = Fraction(1)
        for v in values:
            out *= v
        return out
    return functions[op](*values)


def _random_term(rng: random.Random, depth: int) -> Any:
    if depth == 0:
        return rng.choice(["x", "y", "j", "k", "n", rng.randint(-2, 2)])
    part = lambda: _random_term(rng, rng.randint(0, depth - 1))  # noqa: E731
    kind = rng.randrange(5)
    if kind <= 1:
        return ("+" if kind else "*", part(), part())
    if kind == 2:
        return (rng.choice("fg"), part())
    return ("bind", rng.choice(["sum", "prod"]), rng.choice("jkx"), rng.choice([0, 1, "a"]), rng.choice([2, "n"]),
            part())


def test_substitution_means_what_it_should() -> None:
    """Several thousand random terms with binders of the same few names: the value after equals the value before."""
    rng = random.Random(11)
    for _ in range(2500):
        t = _random_term(rng, 4)
        free = rng.sample(["x", "y", "j", "k"], rng.randint(1, 3))
        mapping = {name: _random_term(rng, 1) for name in free}
        at = {name: Fraction(rng.randint(-2, 2)) for name in ("x", "y", "j", "k")} | {"n": 2, "a": 1}
        inner = at | {name: _value(s, at, _FUNCTIONS) for name, s in mapping.items()}
        assert _value(substitute(t, mapping), at, _FUNCTIONS) == _value(t, inner, _FUNCTIONS), (t, mapping)


def test_functions_mean_what_they_should() -> None:
    """Replacing a function by a term in its argument gives the value with that function, bodies with free names too."""
    rng = random.Random(12)
    for _ in range(1500):
        t = _random_term(rng, 3)
        body = _random_term(rng, 1)
        at = {name: Fraction(rng.randint(-2, 2)) for name in ("x", "y", "j", "k")} | {"n": 2, "a": 1}
        meant = {**_FUNCTIONS, "f": lambda v, body=body, at=at: _value(body, {**at, "x": v}, _FUNCTIONS)}
        if "f" in names(body):
            continue
        got = substitute(t, {"f": ("lam", ("x",), body)})
        assert "f" not in names(got)
        assert _value(got, at, _FUNCTIONS) == _value(t, at, meant), (t, body)

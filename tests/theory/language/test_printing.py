"""Text that is read back as the same formula, and LaTeX for every formula."""

from __future__ import annotations

import random
import re
from fractions import Fraction
from typing import Any

import pytest

from theory.language.notation import formula, sort, substitution, term
from theory.language.printing import latex, sort_text, text
from theory.language.terms import Formula
from theory.textbook import AXIOMS, LEMMAS

FORMULAS: dict[str, Formula] = {**AXIOMS, **{lemma.id: lemma.statement.formula for lemma in LEMMAS}}


@pytest.mark.parametrize("name", FORMULAS)
def test_text_is_read_back(name: str) -> None:
    """The text of every axiom and of every lemma of the textbook is read back as the same formula."""
    assert formula(text(FORMULAS[name])) == FORMULAS[name]


@pytest.mark.parametrize("name", FORMULAS)
def test_latex_of_every_formula(name: str) -> None:
    """LaTeX is there, its braces close, and no Python object shows through."""
    out = latex(FORMULAS[name])
    assert out and not re.search(r"\('|'\)|None|Fraction|\(\)", out)
    depth = 0
    for mark in re.findall(r"[{}]", out.replace(r"\{", "").replace(r"\}", "")):
        depth += 1 if mark == "{" else -1
        assert depth >= 0
    assert depth == 0 and out.count(r"\left") == out.count(r"\right")


@pytest.mark.parametrize("written", [
    "x - (a + b) - c*d", "-x*y", "x*(y*z)", "(a/b)/c", "a/(b*c)", "x^2^3", "(-2)^2", "(2/3)*x", "x*(-y)", "(a + b)^2",
    "[[1,-2],[x,1/3]][1,2]", "(A*B)[i,j]", "-3/4", "integral(w:obj in mu: g(w))", "build(i<=r + 1, j<=c: i - j)",
    "sum(j=1..n: j^2 + 1)*2", "I(n) + T(A)", "f()",
])
def test_terms_are_printed_as_written(written: str) -> None:
    """Terms in the printer's own spacing come back letter by letter."""
    assert text(term(written)) == written


@pytest.mark.parametrize("written", [
    "is between(x, a, b)", "some | 0 <= x, 1 <= n", "all | 0 <= x => x <= 1", "a <= b or (a = 1 or b = 1)",
    "all f:int->int, x:real | def f(0) = 1 then f(n+1) = 2*f(n) => x <= f(3)",
    "all V:(d:int,t:real)->real | def V(0, t:real) = 1 then V(d+1) = d*V(d, t), V(2, 1) = 1 => V(1, 1) = 1",
    "all x:real | (x <= 1 or 2 <= x), (all y:real => y <= x) => (some y:real | x < y) or x = 1",
])
def test_formulas_are_printed_as_written(written: str) -> None:
    """Definitions, predicates, alternatives and nested quantifiers come back as the same formula."""
    assert formula(text(formula(written))) == formula(written)


def test_sorts_and_functions() -> None:
    """Sorts and functions are printed in the notation."""
    for written in ("real", "mat(r,c)", "int->real", "(l:int)->mat(d(l),d(l - 1))", "(i:int,x:real)->int"):
        assert sort(sort_text(sort(written))) == sort(written)
    assert substitution(text(substitution("i, j -> i*j"))) == ("lam", ("i", "j"), ("*", "i", "j"))


def test_negative_parts_in_latex() -> None:
    """Differences, fractions, powers and roots are set as a reader expects, by hand."""
    assert latex(term("a - b")) == "a - b"
    assert latex(term("a - (b + c)")) == r"a - \left(b + c\right)"
    assert latex(term("sqrt(x)/2")) == r"\frac{\sqrt{x}}{2}"
    assert latex(term("pow(b, n + 1)")) == "{b}^{n + 1}"
    assert latex(formula("all x:real | 0 < x => x != 0")) == r"\forall x:\; 0 < x \;\Rightarrow\; x \ne 0"
    assert latex(term("sum(j=1..n: j)")) == r"\sum_{j=1}^{n} j"
    assert latex("alpha2") == r"\alpha_{2}"


def _random_term(rng: random.Random, depth: int) -> Any:
    if depth == 0:
        return rng.choice(["x", "y", rng.randint(-3, 3), ("q", rng.choice([-3, -1, 1, 5]), rng.choice([2, 4, 7]))])
    part = lambda: _random_term(rng, rng.randint(0, depth - 1))  # noqa: E731
    kind = rng.randrange(6)
    if kind <= 1:
        return ("+", *(part() for _ in range(rng.randint(2, 3))))
    if kind <= 3:
        return ("*", *(part() for _ in range(rng.randint(2, 3))))
    return ("/", part(), ("+", ("^", part(), 2), 1)) if kind == 4 else ("^", part(), rng.randint(0, 3))


def _value(t: Any, at: dict[str, Fraction]) -> Fraction:
    if isinstance(t, str):
        return at[t]
    if isinstance(t, int):
        return Fraction(t)
    op, args = t[0], t[1:]
    if op == "q":
        return Fraction(*args)
    if op == "^":
        return _value(args[0], at) ** args[1]
    values = [_value(a, at) for a in args]
    if op == "+":
        return sum(values, Fraction(0))
    if op == "/":
        return values[0] / values[1]
    out = Fraction(1)
    for v in values:
        out *= v
    return out


def test_any_term_is_read_back_with_the_same_value() -> None:
    """Terms that no author writes (nested products, signs, literals) keep their value, and text is stable."""
    rng = random.Random(3)
    for _ in range(3000):
        t = _random_term(rng, 4)
        again = term(text(t))
        at = {"x": Fraction(rng.randint(-5, 5), 3), "y": Fraction(rng.randint(-5, 5), 2)}
        assert _value(again, at) == _value(t, at), text(t)
        assert text(term(text(again))) == text(again), text(t)

"""The authors' notation: what each form means as a tuple, and what is refused with its place."""

from __future__ import annotations

from typing import Any

import pytest

from theory.language.errors import LemmascopeError, NotationError
from theory.language.notation import definition, formula, sort, statement, substitution, term

# text -> tuple, written by hand from the grammar
TERMS: dict[str, Any] = {
    "3": 3,
    "-3": -3,
    "3/4": ("q", 3, 4),
    "-6/4": ("q", -3, 2),
    "4/2": 2,
    "x'": "x'",
    "a + b - c": ("+", "a", "b", ("*", -1, "c")),
    "a - 1": ("+", "a", -1),
    "-x": ("*", -1, "x"),
    "2*x*y": ("*", 2, "x", "y"),
    "x*(y*z)": ("*", "x", ("*", "y", "z")),
    "a/b/c": ("/", ("/", "a", "b"), "c"),
    "a*b/c": ("/", ("*", "a", "b"), "c"),
    "a/b*c": ("*", ("/", "a", "b"), "c"),
    "-x^2": ("*", -1, ("^", "x", 2)),
    "(-x)^2": ("^", ("*", -1, "x"), 2),
    "x^2^3": ("^", ("^", "x", 2), 3),
    "x*-y": ("*", "x", ("*", -1, "y")),
    "2*x^64": ("*", 2, ("^", "x", 64)),
    "f()": ("f",),
    "f(x, y + 1)": ("f", "x", ("+", "y", 1)),
    "A[1,2]": ("at", "A", 1, 2),
    "(A*T(B))[i,j]^2": ("^", ("at", ("*", "A", ("T", "B")), "i", "j"), 2),
    "W(l)[i,j]": ("at", ("W", "l"), "i", "j"),
    "[[1,x],[-2,1/3]]": ("rows", ((1, "x"), (-2, ("q", 1, 3)))),
    "sum(j=a..b: f(j))": ("bind", "sum", "j", "a", "b", ("f", "j")),
    "prod(j=1..n+1: 2)": ("bind", "prod", "j", 1, ("+", "n", 1), 2),
    "integral(x in leb(a,b): x^2)": ("bind", "integral", "x", "real", ("leb", "a", "b"), ("^", "x", 2)),
    "integral(w:obj in mu: g(w))": ("bind", "integral", "w", "obj", "mu", ("g", "w")),
    "build(i<=r, j<=c: i*j)": ("build", "i", "j", "r", "c", ("*", "i", "j")),
    "tr(I(n))": ("tr", ("I", "n")),
}


@pytest.mark.parametrize("text", TERMS)
def test_terms(text: str) -> None:
    """Every form of a term is read as the tuple of the grammar, with the usual precedence and signs."""
    assert term(text) == TERMS[text]


FORMULAS: dict[str, Any] = {
    "x >= y": ("<=", "y", "x"),
    "x > y + 1": ("<", ("+", "y", 1), "x"),
    "x != 0": ("!=", "x", 0),
    "a <= b or b < a": ("or", ("<=", "a", "b"), ("<", "b", "a")),
    "(a <= b) or (b < a or a = 1)": ("or", ("<=", "a", "b"), ("or", ("<", "b", "a"), ("=", "a", 1))),
    "(a + b)*c <= 1": ("<=", ("*", ("+", "a", "b"), "c"), 1),
    "deriv(u: u^2, p, 2*p)": ("pred", "deriv", "u", ("^", "u", 2), "p", ("*", 2, "p")),
    "is odd(n)": ("pred", "odd", "n"),
    "is between(x, a, b)": ("pred", "between", "x", "a", "b"),
    "all x:real => 0 <= x^2": ("all", (("x", "real"),), (), ("<=", 0, ("^", "x", 2))),
    "all | 0 <= 1 => 0 <= 2": ("all", (), (("<=", 0, 1),), ("<=", 0, 2)),
    "all x y:real, n:int | 1 <= n <= 3, x = y => x <= n": (
        "all", (("x", "real"), ("y", "real"), ("n", "int")),
        (("<=", 1, "n"), ("<=", "n", 3), ("=", "x", "y")), ("<=", "x", "n")),
    "all x:real | 3 >= x > 1 => x = x": (
        "all", (("x", "real"),), (("<=", "x", 3), ("<", 1, "x")), ("=", "x", "x")),
    "some x:real | 0 < x, x^2 = 2": ("some", (("x", "real"),), (("<", 0, "x"), ("=", ("^", "x", 2), 2))),
    "some | 0 <= x, 1 <= n": ("some", (), (("<=", 0, "x"), ("<=", 1, "n"))),
    "all n:int | (all k:int | k <= n => k <= 3) => n <= 3": (
        "all", (("n", "int"),), (("all", (("k", "int"),), (("<=", "k", "n"),), ("<=", "k", 3)),), ("<=", "n", 3)),
}


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas(text: str) -> None:
    """Relations are turned to <= and <, chains are two hypotheses, quantifiers nest."""
    assert formula(text) == FORMULAS[text]


def test_sorts() -> None:
    """Sorts of scalars, matrices and functions, with shapes that depend on a parameter."""
    assert sort("int->real") == ("fun", (("u", "int"),), "real")
    assert sort("(int,real)->real") == ("fun", (("u", "int"), ("u2", "real")), "real")
    layers = ("fun", (("l", "int"),), ("mat", ("d", "l"), ("d", ("+", "l", -1))))
    assert sort("(l:int)->mat(d(l),d(l-1))") == layers


def test_a_definition_names_two_hypotheses() -> None:
    """A definition by recursion counts as two hypotheses, and the statement lists both of its equations."""
    assert definition("def V(0, t:real) = 1 then V(d+1) = d*V(d, t)") == (
        "def", "V", (("d", "int"), ("t", "real")), 0, 1, ("*", "d", ("V", "d", "t")))
    s = statement("all f:int->int, x:real | 0 <= x, base step: def f(0) = 1 then f(n+1) = 2*f(n), x <= 1 => x <= f(0)")
    assert s.ids == ("H1", "base", "step", "H4")
    assert [f[0] for _, f in s.hypotheses] == ["<=", "=", "all", "<="]
    assert s.conclusion == ("<=", "x", ("f", 0))
    assert s.variables == (("f", ("fun", (("u", "int"),), "int")), ("x", "real"))


def test_labels_of_a_chain() -> None:
    """A chain of relations takes as many labels as it has relations."""
    assert statement("all x:real | lo hi: 0 <= x <= 1 => x <= 2").ids == ("lo", "hi")


def test_functions_stand_only_in_substitutions() -> None:
    """`x -> term` is a function with one or more names; elsewhere it is refused."""
    assert substitution("x -> f(x + 1)") == ("lam", ("x",), ("f", ("+", "x", 1)))
    assert substitution("i, j -> i*j") == ("lam", ("i", "j"), ("*", "i", "j"))
    assert substitution("x + 1") == ("+", "x", 1)
    with pytest.raises(NotationError):
        term("x -> x")


@pytest.mark.parametrize("text", ["0 <= q(a, b)", "0 <= -q(a, b)", "rows(a) = 1", "at(A, 1, 1) = 1", "bind(x) < 2"])
def test_words_of_the_grammar_name_no_function(text):
    """q is the tag of fractions: a function of that name is refused in words, not read as something else."""
    with pytest.raises(NotationError, match="a word of the grammar"):
        formula(text)


@pytest.mark.parametrize("text", [
    "", "x +", "0.5", "x^y", "x^65", "x^-1", "(x", "f(x", "A[1]", "sum(j=1: j)", "[[1,2]", "x ? y", "x y", "2 x",
])
def test_refused_terms(text: str) -> None:
    """A text that is no term is refused with its place, and never evaluated."""
    with pytest.raises(NotationError, match="<<<here>>>"):
        term(text)


@pytest.mark.parametrize("text", [
    "x", "x <= ", "all x => x <= 1", "all x:float => x <= 1", "all I:real => I <= 1", "x <= y <= z",
    "all x:real | 0 <= x",
    "some x:real | def", "def f(0) = 1",
])
def test_refused_formulas(text: str) -> None:
    """Words of the grammar are no variable names, and half a formula is refused."""
    with pytest.raises(NotationError):
        formula(text)


@pytest.mark.parametrize("text", [
    "all x:real | a b: 0 <= x => x <= 1", "all f:int->int | one: def f(0) = 1 then f(n+1) = 2 => 0 <= f(0)",
    "some x:real | x = x", "x <= 1",
])
def test_refused_statements(text: str) -> None:
    """A statement is an `all` with as many labels as hypotheses."""
    with pytest.raises(NotationError):
        statement(text)


def test_errors_are_the_projects_own() -> None:
    """Errors derive from the base class and from ValueError, and say what was required."""
    with pytest.raises(LemmascopeError, match="required"):
        term("x +")
    with pytest.raises(ValueError):
        formula("x < < y")


def test_deep_parentheses_are_read_quickly() -> None:
    """Parentheses that may open a formula or a term are not tried in all combinations."""
    assert formula("(" * 60 + "x" + ")" * 60 + " <= 1") == ("<=", "x", 1)

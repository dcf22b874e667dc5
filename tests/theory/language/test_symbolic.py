"""Terms and SymPy expressions: round trips, refusals, exact values by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy

from theory.language.errors import ExactnessError, InputError
from theory.language.symbolic import derivative, from_sympy, symbol, to_sympy

SORTS = {"n": "int", "k": "int"}

STABLE = [
    3,
    -2,
    ("q", 3, 4),
    ("q", -3, 4),
    "x",
    ("exp", ("*", 2, "x")),
    ("log", "x"),
    ("sqrt", "x"),
    ("^", ("sqrt", "x"), 3),
    ("root", "x", 3),
    ("root", "x", "n"),
    ("pow", "x", "n"),
    ("pow", 2, ("+", "n", 1)),
    ("pow", "x", 65),
    ("^", "x", 64),
    ("fact", "n"),
    ("binom", "n", "k"),
    ("abs", "x"),
    ("max", "x", "y"),
    ("min", "x", "y"),
    ("sin", "x"),
    ("cos", "x"),
    ("atan", "x"),
    ("tanh", "x"),
    ("pi",),
    ("/", 1, "x"),
    ("/", 1, ("pow", "x", "n")),
    ("+", "x", ("*", -1, "y")),
    ("bind", "sum", "j", 1, "n", ("*", "j", "x")),
    ("bind", "prod", "j", 1, "n", ("f", "j", "x")),
    ("bind", "integral", "u", "real", ("leb", 0, 1), ("^", "u", 2)),
    ("ite", "x", "y", 1, 2),
    ("f", "x", ("g", "n")),
]


@pytest.mark.parametrize("term", STABLE, ids=str)
def test_round_trip_of_terms(term: object) -> None:
    """A term in SymPy's own order comes back unchanged."""
    assert from_sympy(to_sympy(term, SORTS)) == term


@pytest.mark.parametrize(
    "term",
    [
        ("/", ("*", 3, "x"), ("*", 4, ("+", "y", 1))),
        ("*", ("+", "x", 1), ("/", ("exp", "y"), ("sqrt", "x"))),
        ("+", ("bind", "sum", "j", 0, "n", ("/", 1, ("fact", "j"))), ("*", -1, ("exp", 1))),
        ("max", "x", ("max", "y", 1)),
    ],
    ids=str,
)
def test_round_trip_of_expressions(term: object) -> None:
    """An expression that became a term becomes the same expression again."""
    expression = to_sympy(term, SORTS)
    assert to_sympy(from_sympy(expression), SORTS) == expression


def test_values_agree_with_hand_computation() -> None:
    """Exact values of converted terms are those computed by hand."""
    term = ("+", ("/", ("q", 3, 4), "x"), ("^", "x", 2), ("binom", 5, 2))
    value = to_sympy(term).subs(symbol("x"), sympy.Rational(1, 2))
    assert Fraction(int(value.p), int(value.q)) == Fraction(3, 2) + Fraction(1, 4) + 10


def test_sorts_decide_assumptions() -> None:
    """An int name is an integer symbol, any other a real one, and both come from one place."""
    assert to_sympy("n", SORTS) == symbol("n", "int")
    assert to_sympy("x") == symbol("x") != sympy.Symbol("x")
    with pytest.raises(InputError):
        symbol("A", ("mat", 2, 2))


@pytest.mark.parametrize("expression", [sympy.Float("0.1"), symbol("x") * sympy.Float(2), sympy.exp(sympy.Float(1))])
def test_floats_are_refused(expression: sympy.Expr) -> None:
    """No expression with a Float becomes a term."""
    with pytest.raises(ExactnessError, match="Rational"):
        from_sympy(expression)


def test_inexact_and_foreign_terms_are_refused() -> None:
    """Floats, booleans, matrices and malformed terms are refused with the remedy."""
    with pytest.raises(ExactnessError):
        to_sympy(0.5)
    with pytest.raises(ExactnessError):
        to_sympy(("+", 1, True))
    for term in (("T", "A"), ("rows", ((1,),)), (), None, ("bind", "integral", "x", "obj", "mu", "x")):
        with pytest.raises(InputError):
            to_sympy(term)


@pytest.mark.parametrize("expression", [sympy.I, sympy.zoo, sympy.nan, sympy.oo, sympy.sign(symbol("x")),
                                        symbol("x") ** symbol("y"), sympy.Derivative(sympy.Function("f")(symbol("x")))])
def test_expressions_without_a_term_are_refused(expression: sympy.Expr) -> None:
    """Complex, infinite and undefined values and real exponents have no term."""
    with pytest.raises(InputError):
        from_sympy(expression)


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (("^", "x", 3), ("*", 3, ("^", "x", 2))),
        (("log", "x"), ("/", 1, "x")),
        (("tanh", "x"), ("+", 1, ("*", -1, ("^", ("tanh", "x"), 2)))),
        ("y", 0),
    ],
)
def test_derivatives(term: object, expected: object) -> None:
    """Proposed derivatives are the textbook ones."""
    assert derivative(term, "x") == expected


def test_derivative_in_an_integer_is_refused() -> None:
    """There is no derivative in an int variable."""
    with pytest.raises(InputError):
        derivative(("pow", 2, "n"), "n", SORTS)

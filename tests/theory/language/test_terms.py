"""Terms as data: literals, digests, JSON, definitions and negations."""

from __future__ import annotations

import hashlib
import json
from fractions import Fraction

import pytest

from theory.language.errors import ExactnessError, InputError
from theory.language.notation import definition, formula
from theory.language.terms import (
    digest,
    equations,
    flatten,
    from_json,
    literal,
    names,
    negation,
    negative,
    plus,
    rational,
    times,
    to_json,
)
from theory.textbook import AXIOMS


def test_rational_literals() -> None:
    """Integers stay integers, fractions are reduced, floats and booleans are refused."""
    assert rational(Fraction(6, 3)) == 2
    assert rational(Fraction(-6, 4)) == ("q", -3, 2)
    for wrong in (0.5, True, "1/2"):
        with pytest.raises(ExactnessError):
            rational(wrong)


def test_values_of_literals() -> None:
    """A literal has a value, also with signs before it; a boolean and a name have none."""
    assert literal(("*", -1, ("q", 3, 2))) == Fraction(-3, 2)
    assert literal(("*", -1, ("*", -1, 4))) == 4
    assert [literal(t) for t in ("x", True, ("+", 1, 2), ("*", -1, "x"))] == [None] * 4
    assert negative(3) == -3 and negative(("q", 1, 2)) == ("q", -1, 2) and negative("x") == ("*", -1, "x")


def test_sums_and_products_of_none_and_one() -> None:
    """Neutral elements are left out, one part is the part itself."""
    assert (plus(), plus(0, "x"), plus("x", 0, "y")) == (0, "x", ("+", "x", "y"))
    assert (times(), times(1, "x"), times("x", 1, "y")) == (1, "x", ("*", "x", "y"))


def test_names_are_all_strings() -> None:
    """`names` is a superset of the free names: operators and bound names count."""
    assert names(("bind", "sum", "j", 1, "n", ("f", "j"))) == {"bind", "sum", "j", "n", "f"}


@pytest.mark.parametrize("name", AXIOMS)
def test_json_and_back(name: str) -> None:
    """Every axiom survives the way through JSON text."""
    assert from_json(json.loads(json.dumps(to_json(AXIOMS[name])))) == AXIOMS[name]


@pytest.mark.parametrize("value", [0.5, True, None, {"a": 1}, [1, [2.0]]])
def test_json_that_is_no_term(value: object) -> None:
    """Floats, booleans, null and objects are refused anywhere inside."""
    with pytest.raises(InputError):
        from_json(value)


def test_digest_is_of_the_compact_json() -> None:
    """The digest is the SHA-256 of the JSON without spaces, as anyone can compute it."""
    f = formula("all x:real | 0 < x => 0 <= x")
    text = '["all",[["x","real"]],[["<",0,"x"]],["<=",0,"x"]]'
    assert digest(f) == hashlib.sha256(text.encode()).hexdigest()


def test_equations_of_a_definition() -> None:
    """A definition stands for its value at the start and its step; further parameters are quantified in both."""
    plain = definition("def f(2) = a then f(n+1) = n*f(n)")
    assert equations(plain) == (formula("f(2) = a"), formula("all n:int | 2 <= n => f(n + 1) = n*f(n)"))
    family = definition("def V(0, t:real) = t then V(d+1) = V(d, t)^2")
    assert equations(family) == (formula("all t:real => V(0, t) = t"),
                                 formula("all d:int, t:real | 0 <= d => V(d + 1, t) = V(d, t)^2"))
    assert flatten((formula("x <= 1"), plain)) == (formula("x <= 1"), *equations(plain))


@pytest.mark.parametrize(("text", "expected"), [
    ("x <= y", "y < x"), ("x < y", "y <= x"), ("x = y", "x != y"), ("x != y", "x = y"),
    ("x <= y or z = 0", "some | y < x, z != 0"),
    ("all x:real | 0 < x => x <= 1", "some x:real | 0 < x, 1 < x"),
    ("some x:real | 0 < x, x = 1", "all x:real => x <= 0 or x != 1"),
    ("all x:real => (some y:real | x < y)", "some x:real | (all y:real => (y <= x))"),
])
def test_negations(text: str, expected: str) -> None:
    """The negation of each form, by hand; a single alternative is written as `or` of one."""
    got, want = negation(formula(text)), formula(expected)
    assert _without_single_or(got) == want


def _without_single_or(f: object) -> object:
    if isinstance(f, tuple):
        return _without_single_or(f[1]) if f[:1] == ("or",) and len(f) == 2 else tuple(map(_without_single_or, f))
    return f


def test_a_predicate_has_no_negation() -> None:
    """A predicate is refused, also below a quantifier."""
    for text in ("deriv(u: u, p, 1)", "some p:real | deriv(u: u, p, 1)"):
        with pytest.raises(InputError, match="no negation"):
            negation(formula(text))

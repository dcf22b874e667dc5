"""The calculus engine: derivatives by the axioms, with the conditions that their rules need."""

from __future__ import annotations

import pytest

from proofs_check.engines.elaboration import elaborate
from theory.language import Lemma, SearchFailed, statement
from theory.language.derivation import calculus
from theory.textbook import AXIOMS, LEMMAS

LIBRARY = {**AXIOMS, **{lemma.id: lemma.statement.formula for lemma in LEMMAS}}


def _steps(text: str, facts: str = "") -> list[str]:
    """The axioms used by the certificate of one calculus step."""
    lemma = Lemma("test.d", "", statement(text), (calculus("end", facts=facts),))
    return [s["fact"] for s in elaborate(lemma, LIBRARY)["steps"] if s["by"] == "apply"]


@pytest.mark.parametrize(("text", "facts", "axiom"), [
    ("all x:real => deriv(u: 3*u^2 + 1, x, 6*x)", "", "ax.d_mul"),
    ("all x:real => deriv(u: u^5, x, 5*x^4)", "", "ax.d_mul"),
    ("all x c:real => deriv(u: exp(-c*u), x, -c*exp(-c*x))", "", "ax.d_exp"),
    ("all x:real | h: 0 < x => deriv(u: log(u), x, 1/x)", "", "ax.d_log"),
    ("all x:real | h: 0 < x => deriv(u: u*log(u) - u, x, log(x))", "h", "ax.d_log"),
    ("all x:real => deriv(u: sin(2*u)*cos(u), x, 2*cos(2*x)*cos(x) - sin(2*x)*sin(x))", "", "ax.d_sin"),
    ("all x:real | h: 0 < x => deriv(u: 1/u, x, -(1/x)*(1/x))", "h", "ax.d_inv"),
    ("all x:real | h: x < 0 => deriv(u: 1/u, x, -(1/x)*(1/x))", "h", "ax.d_inv"),
    ("all x:real, n:int | h: 1 <= n => deriv(u: pow(u + 1, n), x, n*pow(x + 1, n - 1))", "", "ax.d_pow"),
    ("all g h:real->real, x:real | k: deriv(u: g(u), x, h(x)) => deriv(u: exp(g(u)), x, exp(g(x))*h(x))", "k",
     "ax.d_exp"),
    ("all g h:real->real, c:real | k: (all t:real | 0 <= t => deriv(u: g(u), t, h(t))), hc: 0 <= c"
     " => deriv(u: u*g(u), c, g(c) + c*h(c))", "k", "ax.d_mul"),
    ("all a x:real => deriv(u: a^2, x, 0)", "", "ax.d_const"),
    ("all x:real => deriv(x: x^2, x, 2*x)", "", "ax.d_mul"),
])
def test_derivatives(text: str, facts: str, axiom: str) -> None:
    """Polynomials, compositions, quotients and unknown functions are differentiated as by the rules of the textbook."""
    assert axiom in _steps(text, facts)


@pytest.mark.parametrize(("text", "facts"), [
    ("all x:real => deriv(u: u^2, x, 3*x)", ""),
    ("all x:real => deriv(u: exp(2*u), x, exp(2*x))", ""),
    ("all x:real => deriv(u: log(u), x, 1/x)", ""),
    ("all x:real | h: 0 <= x => deriv(u: 1/u, x, -(1/x)*(1/x))", "h"),
    ("all x:real, n:int | h: 0 <= n => deriv(u: pow(u, n), x, n*pow(x, n - 1))", ""),
    ("all g h:real->real, c:real | k: (all t:real | 0 <= t => deriv(u: g(u), t, h(t)))"
     " => deriv(u: g(u), c, h(c))", "k"),
])
def test_false_or_unguarded_derivatives(text: str, facts: str) -> None:
    """A wrong value, a logarithm or quotient without its sign, a fact outside its range: no certificate."""
    with pytest.raises(SearchFailed):
        _steps(text, facts)


@pytest.mark.parametrize("body", ["abs(u)", "g(u)", "max(u, 0)", "sum(j=1..3: u)"])
def test_no_rule(body: str) -> None:
    """A function without a rule is named in the message, with what to do."""
    with pytest.raises(SearchFailed, match="no derivative rule for .*: give a deriv fact"):
        _steps(f"all g:real->real, x:real => deriv(u: {body}, x, 1)")


def test_only_derivatives() -> None:
    """The engine refuses a goal of another kind."""
    with pytest.raises(SearchFailed, match="has to be a `pred`"):
        _steps("all x:real => x = x")

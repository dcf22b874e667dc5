"""The calculus engine: derivatives by the axioms, with the conditions that their rules need."""

from __future__ import annotations

import pytest
from checked_lemmas import certificate, small, verdict

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


MATRICES = "all n m k:int, A:mat(m,n), B:mat(m,k), C:mat(k,m), X Y:real->mat(n,k), D E:mat(n,k), a p:real"
TWO = "h: deriv(u: X(u), p, D), e: deriv(u: Y(u), p, E)"


@pytest.mark.parametrize(("body", "derivative", "axiom"), [
    ("B", "0*B", "ax.dm_const"),
    ("X(u)", "D", ""),
    ("X(u) + Y(u)", "D + E", "ax.dm_add"),
    ("A*X(u)", "A*D", "ax.dm_mul"),
    ("A*X(u) - B", "A*D", "ax.dm_add"),
    ("A*X(u) - B + A*Y(u)", "A*D + A*E", "ax.dm_add"),
    ("C*A*X(u)*C", "C*A*D*C", "ax.dm_mul"),
    ("X(u)*C*A*Y(u)", "D*C*A*Y(p) + X(p)*C*A*E", "ax.dm_mul"),
    ("T(X(u))", "T(D)", "ax.dm_T"),
    ("T(X(u))*Y(u)", "T(D)*Y(p) + T(X(p))*E", "ax.dm_T"),
    ("T(A*X(u) - B)*(A*X(u) - B)", "T(A*D)*(A*X(p) - B) + T(A*X(p) - B)*(A*D)", "ax.dm_T"),
    ("2*X(u) - Y(u)", "2*D - E", "ax.dm_mul"),
    ("a^2*X(u)*C", "a^2*D*C", "ax.dm_mul"),
    ("X(u)*(I(k) + C*A*X(u))", "D + D*C*A*X(p) + X(p)*C*A*D", "ax.dm_add"),
    ("X(u) + build(i<=n, j<=k: i + j)", "D", "ax.dm_const"),
    ("tr(C*A*X(u))", "tr(C*A*D)", "ax.dm_tr"),
    ("tr(T(A*X(u) - B)*(A*X(u) - B))", "2*tr(T(A*X(p) - B)*A*D)", "ax.dm_tr"),
    ("1/2*tr(T(A*X(u) - B)*(A*X(u) - B)) + a*tr(T(X(u))*X(u))/2", "tr(T(A*X(p) - B)*A*D) + a*tr(T(X(p))*D)",
     "ax.d_add"),
    ("exp(tr(T(X(u))*Y(u)))", "exp(tr(T(X(p))*Y(p)))*(tr(T(D)*Y(p)) + tr(T(E)*X(p)))", "ax.d_exp"),
    ("u*tr(C*A*X(u))", "tr(A*X(p)*C) + p*tr(D*C*A)", "ax.d_mul"),
])
def test_derivatives_of_matrices(body: str, derivative: str, axiom: str) -> None:
    """Constants, sums, products, multiples, transposes and traces of matrices; the checker accepts the certificate."""
    lemma = small(f"{MATRICES} | {TWO} => deriv(u: {body}, p, {derivative})", calculus("end", facts="h e"))
    assert not axiom or axiom in [s["fact"] for s in certificate(lemma)["steps"] if s["by"] == "apply"]
    assert verdict(lemma)["accepted"]


@pytest.mark.parametrize(("statement_", "facts"), [
    ("all d:int->int, W:(l:int)->mat(d(l),d(l-1)), X:real->mat(d(0),1), D:mat(d(0),1), p:real | h: deriv(u: X(u), p, D)"
     " => deriv(u: tr(T(W(1)*X(u))*W(1)*X(u)), p, 2*tr(T(W(1)*X(p))*W(1)*D))", "h"),
    ("all X G:real->mat(2,2), a:real | h: (all p:real | 0 <= p => deriv(u: X(u), p, -1*G(p))), ha: 0 <= a"
     " => deriv(u: tr(T(X(u))*X(u)), a, -2*tr(T(X(a))*G(a)))", "h"),
    ("all X:real->mat(2,2), p:real, D G:mat(2,2) | h: deriv(u: X(u), p, D), g: D = -3*G"
     " => deriv(u: tr(G*X(u)), p, -3*tr(G*G))", "h g"),
])
def test_traces_along_a_curve(statement_: str, facts: str) -> None:
    """Layers of a network, quantified derivatives, and an equation for the derivative used under the trace."""
    assert verdict(small(statement_, calculus("end", facts=facts)))["accepted"]


@pytest.mark.parametrize(("body", "derivative", "message"), [
    ("A*X(u)", "2*A*D", r"the rules give the derivative .*write the value as the rules give it"),
    ("T(X(u))*X(u)", "2*T(D)*X(p)", "no axiom replaces the value"),
    ("tr(C*A*X(u))", "tr(C*A*E)", "no certificate for "),
    ("u*X(u)", "X(p) + p*D", "no derivative rule for the number u times a matrix"),
    ("Z(u)", "D", r"no derivative rule for the matrix Z\(u\): give a deriv fact"),
    ("build(i<=n, j<=k: u)", "D", "no derivative rule for the matrix build"),
    ("X(2*u)", "2*D", r"no derivative rule for the matrix X\(2\*u\)"),
    ("X(u)[1,1]", "D[1,1]", "no derivative rule for "),
])
def test_no_rule_for_a_matrix(body: str, derivative: str, message: str) -> None:
    """A wrong derivative, a moving number times a matrix, an unknown function and entries: no certificate, and why."""
    scope = MATRICES.replace("X Y:", "X Y Z:")
    with pytest.raises(SearchFailed, match=message):
        certificate(small(f"{scope} | {TWO} => deriv(u: {body}, p, {derivative})", calculus("end", facts="h e")))

"""Polynomial certificates: what is found, what must not be found, and what a failure says.

Each certificate is expanded here by SymPy, a second method; what is false must fail.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy

from proofs_check.engines.canonical import Canon
from proofs_check.engines.combine import combine
from proofs_check.engines.context import Context
from proofs_check.engines.elaboration import elaborate
from theory.language import Lemma, SearchFailed, formula, sort, statement, term
from theory.language.derivation import calc
from theory.language.derivation import combine as combine_step
from theory.language.terms import Term
from theory.textbook import AXIOMS
from theory.textbook.axioms import GENERATORS, PREDICATES

CHECKER = Path(__file__).resolve().parents[3] / "proofs_check" / "certificates" / "checker"
SORTS = {**{v: "real" for v in "abcdxyzuv"}, "n": "int", "A": "mat(n,n)", "B": "mat(n,n)", "M": "mat(n,n)",
         "f": "int->real"}


def _search(goal: str, hints: dict[str, Any] | None = None, **facts: str) -> dict[str, Any]:
    """The certificate for a goal from named facts, all of them named in the step."""
    context = Context(Canon(GENERATORS, PREDICATES), {}).child(
        tuple((n, sort(s)) for n, s in SORTS.items()), {k: formula(v) for k, v in facts.items()})
    return combine(context, formula(goal), tuple(facts), **(hints or {}))


def _expanded(t: Term) -> sympy.Expr:
    if isinstance(t, int):
        return sympy.Integer(t)
    if isinstance(t, str):
        return sympy.Symbol(t)
    op, *args = t
    if op == "q":
        return sympy.Rational(*args)
    if op == "^":
        return _expanded(args[0]) ** args[1]
    values = [_expanded(a) for a in args]
    if op == "+":
        return sympy.Add(*values)
    if op == "*":
        return sympy.Mul(*values)
    if op == "/":
        return values[0] * sympy.Function("inverse")(sympy.expand(values[1]))
    return sympy.Function(op)(*values)


def _gap(text: str) -> sympy.Expr:
    _, left, right = formula(text)
    return _expanded(right) - _expanded(left)


def _accepted(lemma: Lemma) -> bool:
    """Whether the checker, in a process of its own, accepts the certificate that the search finds."""
    axioms = CHECKER.parent / "axioms.json"
    report = {"format": "lemmascope-report", "schema": 1, "axioms": hashlib.sha256(axioms.read_bytes()).hexdigest(),
              "cited": [], "claims": [elaborate(lemma, AXIOMS)], "points": []}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.json"
        path.write_text(json.dumps(report), encoding="ascii")
        return subprocess.run([sys.executable, "-I", "-S", CHECKER, path], capture_output=True).returncode == 0


def _is_identity(goal: str, found: dict[str, Any], facts: dict[str, str]) -> bool:
    """prod(mul)*(b - a) = sum + eqs, expanded by SymPy; every weight positive."""
    left = _gap(goal)
    for m in found.get("mul", ()):
        left *= _gap(facts[m])
    right = sympy.Integer(0)
    for (p, q), ids, square in found.get("sum", ()):
        assert Fraction(p, q) > 0 and all(formula(facts[i])[0] in ("<", "<=") for i in ids)
        part = sympy.Rational(p, q) * sympy.Mul(*(_gap(facts[i]) for i in ids))
        right += part * (_expanded(square) ** 2 if square is not None else 1)
    for e in found.get("eqs", ()):
        zero = _gap(facts[e["f"]]) if "f" in e else _expanded(e["inv"]) * _expanded(("/", 1, e["inv"])) - 1
        right += zero * _expanded(e.get("l", 1))
    return sympy.expand(left - right) == 0


@pytest.mark.parametrize(("goal", "facts", "hints"), [
    ("x <= z", {"h": "x <= y", "k": "y <= z"}, {}),
    ("x < z", {"h": "x <= y", "k": "y < z"}, {}),
    ("0 < 1", {}, {}),
    ("x = x", {}, {}),
    ("2*x*y <= x^2 + y^2", {}, {"squares": (term("x - y"),)}),
    ("4*x*y <= (x + y)^2", {}, {"squares": (term("x - y"),)}),
    ("6*x*y*z <= x*(y^2 + z^2) + y*(x^2 + z^2) + z*(x^2 + y^2)", {"a": "0 <= x", "b": "0 <= y", "c": "0 <= z"},
     {"squares": (term("x - y"), term("y - z"), term("x - z"))}),
    ("x*u <= y*v", {"h": "x <= y", "k": "u <= v", "p": "0 <= x", "q": "0 <= v"}, {}),
    ("x*y*z <= 1", {"h": "x*y <= u", "k": "0 <= z", "m": "u*z <= 1"}, {}),
    ("0 < x*y", {"h": "0 < x", "k": "0 < y"}, {}),
    ("x^2 = 4", {"h": "x = 2"}, {}),
    ("x^2*y = 4*y", {"h": "x = 2"}, {"rounds": 3}),
    ("f(n)*x = y", {"h": "f(n) = z", "k": "z*x = y"}, {}),
    ("x*(1/x) = 1", {"h": "0 < x"}, {}),
    ("(a + b)/(a + b) = 1", {"h": "a + b != 0"}, {}),
    ("x/y*y = x", {"h": "y < 0"}, {}),
    ("1/x = y", {"h": "x*y = 1", "k": "x != 0"}, {"rounds": 3}),
    ("x <= y", {"p": "0 < z", "h": "z*x <= z*y"}, {"mul": ("p",)}),
    ("x < y", {"p": "0 < z", "h": "z*x < z*y"}, {"mul": ("p",)}),
    ("x = y", {"p": "z != 0", "h": "z*x = z*y"}, {"mul": ("p",)}),
    ("0 < 0", {"h": "0 <= a", "k": "a <= -1"}, {}),
    ("0 < 0", {"h": "a < 0", "k": "0 <= a"}, {}),
    ("x <= y", {"h": "0 < 0"}, {"mul": ("h",)}),
    ("x = y", {"h": "0 < 0"}, {"mul": ("h",)}),
    ("x = y", {"h": "a != a"}, {"mul": ("h",)}),
    ("x = y", {"h": "0 = 1"}, {"rounds": 3}),
    ("1/3*x + 1/7 <= 1/3*y + 1/7", {"h": "x <= y"}, {}),
])
def test_found_certificates_are_identities(goal: str, facts: dict[str, str], hints: dict[str, Any]) -> None:
    """Chains, squares, products of facts, equations, quotients, cancelled factors, contradictions expand to zero."""
    assert _is_identity(goal, _search(goal, hints, **facts), facts)


@pytest.mark.parametrize(("goal", "facts", "hints"), [
    ("x <= z", {"h": "x <= y"}, {}),
    ("x < y", {"h": "x <= y"}, {}),
    ("x*u <= y*v", {"h": "x <= y", "k": "u <= v"}, {}),
    ("2*x*y <= x^2 + 9/10*y^2", {}, {"squares": (term("x - y"), term("x"), term("y"))}),
    ("x*(1/x) = 1", {"h": "0 <= x"}, {}),
    ("x*(1/x) = 1", {"h": "0 < y"}, {}),
    ("1/(x + 1)*(x + 1) = 1", {"h": "0 < x"}, {}),
    ("x = 2", {"h": "x^2 = 4"}, {}),
    ("x <= y", {"p": "0 <= z", "h": "z*x <= z*y"}, {}),
    ("f(n) = f(n + 1)", {"h": "n = n"}, {}),
    ("abs(x) = abs(y)", {"h": "x = y"}, {}),
])
def test_what_does_not_follow_is_not_found(goal: str, facts: dict[str, str], hints: dict[str, Any]) -> None:
    """False goals, missing signs, and division by what may be zero have no certificate."""
    with pytest.raises(SearchFailed):
        _search(goal, hints, **facts)


def test_division_is_released_by_a_fact_about_exactly_the_denominator() -> None:
    """b*(1/b) = 1 names the fact that keeps b from zero, also one of another sign or with sides exchanged."""
    for fact in ("0 < x", "x < 0", "x != 0", "0 != x", "-x < 0"):
        entry, = _search("x/x = 1", h=fact)["eqs"]
        assert entry["nz"] == "h" and entry["inv"] == "x"


@pytest.mark.parametrize(("goal", "facts"), [
    ("A*B*M = A*M*B", {"h": "B*M = M*B"}),
    ("A*M = I(n)*M", {"h": "A = I(n)"}),
    ("T(M)*T(A) = T(B)", {"h": "A*M = B"}),
    ("A*B*A*B = A*A*B*B", {"h": "B*A = A*B"}),
    ("M = B", {"h": "A*M = I(n)", "k": "B*A = I(n)"}),
    ("2*A - 2*B = 0*A", {"h": "A = B"}),
    ("x*A*M = x*B*M", {"h": "A = B"}),
    ("x*A = y*A", {"h": "x = y"}),
    ("x*T(A) = y*B", {"h": "x*A = y*T(B)"}),
    ("x*A*B = 2*M", {"h": "x = 2*z", "k": "z*A*B = M"}),
])
def test_matrix_identities_are_two_sided(goal: str, facts: dict[str, str]) -> None:
    """Equations between matrices are used with factors on both sides; the checker's rule has l and r."""
    assert _search(goal, **facts)["eqs"]
    lemma = Lemma("test.m", "", statement("all n:int, A B M:mat(n,n), x y z:real | " + ", ".join(
        f"{k}: {v}" for k, v in facts.items()) + f" => {goal}"), (combine_step("end", facts=" ".join(facts)),))
    assert _accepted(lemma)


def test_chains_of_matrices() -> None:
    """`calc` links equations between matrices, and relations between traces with equations of matrices as facts."""
    sizes = "all n:int, A B M:mat(n,n) | h: A*B = M, k: B*M = B"
    whole = Lemma("test.m", "", statement(f"{sizes} => A*B*M = M"), (
        calc("end", ("A*B*M = A*(B*M)", ""), ("A*(B*M) = A*B", "k"), ("A*B = M", "h")),))
    traces = Lemma("test.m", "", statement(f"{sizes} => tr(M*M) <= tr(M) + 1"), (
        calc("end", ("tr(M*M) = tr(A*(B*M))", "h"), ("tr(A*(B*M)) = tr(M)", "h k"), ("tr(M) <= tr(M) + 1", "")),))
    assert _accepted(whole) and _accepted(traces)


def test_the_order_of_a_product_counts() -> None:
    """Without a fact, products of matrices do not commute; the message says how many multiples were tried."""
    with pytest.raises(SearchFailed, match="no matrix identity: 1 equations"):
        _search("A*B = B*A", h="A = A*A")


@pytest.mark.parametrize(("goal", "facts"), [
    ("tr(A*B) = tr(B*A)", {}),
    ("tr(T(A)*B) = tr(T(B)*A)", {}),
    ("tr((A + B)*M) = tr(M*A) + tr(M*B)", {}),
    ("tr(A*B*M) = tr(M)", {"h": "A*B = I(n)"}),
    ("x*tr(A*B*M) = x*tr(B*M*B)", {"h": "A = B", "k": "B*M*B = B*B*M"}),
    ("tr(A*T(A)) <= tr(A*T(A)) + tr(B*T(B))", {}),
])
def test_trace_identities(goal: str, facts: dict[str, str]) -> None:
    """Rotations and transposes cost nothing; matrix equations are used under a trace; squares count as tr(M M')."""
    hints = {"squares": ("B",)} if "<=" in goal else {}
    found = _search(goal, hints, **facts)
    assert set(found) <= {"eqs", "sum"}


@pytest.mark.parametrize(("goal", "facts", "words"), [
    ("x <= z", {"h": "x <= y"}, ["inequalities [h]", "no fact mentions z"]),
    ("x = y*z", {"h": "x = 1"}, ["equations [h]", "no fact mentions y, z"]),
    ("x/y = x*(1/y)^2", {"h": "x = x"}, ["denominators of 1/y are not zero"]),
    ("x <= 2*y", {"h": "x <= y"}, ["every generator of the goal occurs in some fact", "degree 2"]),
    ("exp(x) <= y", {"h": "y <= y"}, ["no fact mentions exp(x)"]),
])
def test_failures_name_what_is_missing(goal: str, facts: dict[str, str], words: list[str]) -> None:
    """The message lists the facts used, and the generators or denominators that no fact is about."""
    with pytest.raises(SearchFailed) as failure:
        _search(goal, **facts)
    assert all(w in str(failure.value) for w in words), failure.value


@pytest.mark.parametrize(("goal", "facts", "reason"), [
    ("x != y", {"h": "x < y"}, "combine proves <=, < and ="),
    ("x <= y", {"h": "all v:real => x <= v"}, "apply it first"),
])
def test_wrong_kinds_of_formula(goal: str, facts: dict[str, str], reason: str) -> None:
    """Goals and facts that are no (in)equations are refused with what to do."""
    with pytest.raises(SearchFailed, match=reason):
        _search(goal, **facts)


def test_an_unknown_fact_is_named() -> None:
    """The message names the unknown fact, the claim and the step, and lists what is in scope."""
    lemma = Lemma("test.u", "", statement("all x:real | h: 0 <= x => 0 <= x + 1"), (combine_step("end", facts="hh"),))
    with pytest.raises(SearchFailed, match=r"test.u, step end \(combine\): unknown fact hh; in scope are: h"):
        elaborate(lemma, AXIOMS)

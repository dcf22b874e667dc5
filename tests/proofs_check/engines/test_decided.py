"""Z3 and cvc5 on texts written by the engine, compared with the checker's own text."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from proofs_check.engines.decided import Decision, SolverAnswer, decide, decide_text
from proofs_check.engines.smt_text import smt_text
from theory.language.errors import ExactnessError, InputError

ROOT = Path(__file__).resolve().parents[3]
CHECKER = ROOT / "proofs_check" / "certificates" / "checker"
REAL = {name: "real" for name in "abcdxyz"}

# (facts, goal, sorts, what both solvers say)
GOALS: list[tuple[list[Any], Any, dict[str, Any], str]] = [
    ([("<=", 0, "x"), ("<=", 0, "y")], ("<=", ("*", 4, "x", "y"), ("^", ("+", "x", "y"), 2)), REAL, "unsat"),
    ([("<=", 0, "x")], ("<=", ("+", 1, ("*", 3, "x")), ("^", ("+", 1, "x"), 3)), REAL, "unsat"),
    ([], ("<=", ("*", ("q", 201, 100), "x", "y"), ("+", ("^", "x", 2), ("^", "y", 2))), REAL, "sat"),
    ([("<", 0, "x")], ("=", ("*", "x", ("/", 1, "x")), 1), REAL, "unsat"),
    ([("<=", 0, "x")], ("=", ("*", "x", ("/", 1, "x")), 1), REAL, "sat"),
    ([("!=", ("+", "y", "x"), 0)], ("=", ("/", ("+", "x", "y"), ("+", "y", "x")), 1), REAL, "unsat"),
    ([("<", "n", 1), ("<=", 0, "n")], ("=", "n", 0), {"n": "int"}, "unsat"),
    ([("<", "x", 1), ("<=", 0, "x")], ("=", "x", 0), REAL, "sat"),
    ([("<", 0, ("exp", ("+", "x", "y")))], ("<=", 0, ("exp", ("+", "y", "x"))), REAL, "unsat"),
    ([("<", 0, ("exp", "x"))], ("<=", 0, ("exp", "y")), REAL, "sat"),
    ([("or", ("<=", 1, "x"), ("<=", "x", -1))], ("<=", 1, ("^", "x", 2)), REAL, "unsat"),
    ([("!=", "x", "y"), ("<=", "x", "y")], ("<", "x", "y"), REAL, "unsat"),
    ([("=", ("^", ("sqrt", "x"), 2), "x"), ("<=", 0, ("sqrt", "x")), ("<=", 1, "x")], ("<=", 1, ("sqrt", "x")), REAL,
     "unsat"),
]


@pytest.mark.parametrize(("facts", "goal", "sorts", "expected"), GOALS)
def test_answers_of_both_solvers(facts: list[Any], goal: Any, sorts: dict[str, Any], expected: str) -> None:
    """Both solvers give the answer known by hand, on facts with quotients, calls, integers and alternatives."""
    decision = decide(facts, goal, sorts)
    assert decision.answers == {"z3": expected, "cvc5": expected}, decision.reason
    assert decision.proved is (expected == "unsat")


def test_the_text_has_no_powers_and_no_free_division() -> None:
    """Powers are products, 1/b is a constant, and b (1/b) = 1 stands only where a fact says b is not 0."""
    goal = ("<=", ("/", ("^", "x", 3), ("+", "y", 2)), 1)
    plain = smt_text([], goal, REAL)
    assert not any("^" in line for line in plain.splitlines() if not line.startswith(";"))
    assert "(* x0 x0 x0)" in plain and "(assert (= (*" not in plain
    known = smt_text([("<", -2, "y")], goal, REAL)
    assert known.count("(assert (= (*") == 1


def test_equal_subterms_share_a_constant() -> None:
    """Bound names and the order of sums do not separate constants; other terms are apart."""
    one = ("bind", "sum", "j", 1, "n", ("*", 2, ("f", "j"), "x"))
    two = ("bind", "sum", "k", 1, "n", ("*", "x", ("f", "k"), 2))
    three = ("bind", "sum", "k", 1, "n", ("*", "x", ("f", "n"), 2))
    sorts = {"n": "int", "x": "real", "f": ("fun", (("i", "int"),), "real")}
    assert smt_text([], ("=", one, two), sorts).count("declare-const") == 1
    assert smt_text([], ("=", one, three), sorts).count("declare-const") == 2


def test_nested_bound_names_are_apart() -> None:
    """Shadowing does not merge sum_y sum_i i with sum_y sum_i y."""
    inner = ("bind", "sum", "y", 1, 3, ("bind", "sum", "i", 1, 3, "i"))
    other = ("bind", "sum", "y", 1, 3, ("bind", "sum", "i", 1, 3, "y"))
    same = ("bind", "sum", "y", 1, 3, ("bind", "sum", "y", 1, 3, "y"))
    assert smt_text([], ("=", inner, other), {}).count("declare-const") == 2
    assert smt_text([], ("=", inner, same), {}).count("declare-const") == 1


@pytest.mark.parametrize("formula", [
    ("=", "A", "B"),
    ("=", ("*", 2, "A"), ("T", "B")),
    ("all", (("x", "real"),), (), ("<=", 0, "x")),
    ("pred", "deriv", "u", "u", "x", 1),
], ids=str)
def test_formulas_without_a_text_are_refused(formula: Any) -> None:
    """Matrices, quantifiers and properties have no text; the message says what to do."""
    with pytest.raises(InputError, match="apply|entries|relation"):
        smt_text([formula], ("<=", 0, 1), {"A": ("mat", 2, 2), "B": ("mat", 2, 2)})


def test_floats_and_bad_limits_are_refused() -> None:
    """A float never reaches a solver, and a limit is positive."""
    with pytest.raises(ExactnessError):
        smt_text([], ("<=", 0.1, "x"), REAL)
    with pytest.raises(InputError):
        decide([], ("<=", 0, 1), {}, timeout=0)


def test_huge_texts_are_refused() -> None:
    """Nested powers are refused before they fill the memory."""
    tower: Any = ("+", "x", "y")
    for _ in range(5):
        tower = ("^", tower, 64)
    with pytest.raises(InputError, match="characters"):
        smt_text([], ("<=", 0, tower), REAL)


def test_a_disagreement_is_an_outcome_of_its_own() -> None:
    """sat against unsat is neither, and the reason names both answers."""
    z3 = SolverAnswer("z3", "unsat", "", "1", 0.1)
    cvc5 = SolverAnswer("cvc5", "sat", "", "2", 0.1)
    decision = Decision(z3, cvc5, "")
    assert decision.outcome == "disagreement" and not decision.proved
    assert "z3 1 says unsat" in decision.reason and "cvc5 2 says sat" in decision.reason
    unknown = Decision(z3, SolverAnswer("cvc5", "unknown", "time limit", "2", 9.0), "")
    assert unknown.outcome == "unknown" and not unknown.proved and "time limit" in unknown.reason


def test_versions_and_times_are_recorded() -> None:
    """A decision holds the text, both versions and both times."""
    decision = decide([], ("<=", 0, ("^", "x", 2)), REAL)
    assert all(decision.versions.values()) and all(t > 0 for t in decision.seconds.values())
    assert decision.text.startswith("(set-logic QF_NRA)") and decision.text.endswith("(check-sat)\n")


_WRITE = """
import json, sys
sys.path.insert(0, sys.argv[1])
import smt
from terms import Scope, Table
for facts, goal, sorts in json.load(sys.stdin):
    row = lambda n: {"args": [["x%d" % k, "real"] for k in range(n)], "sort": "real"}
    table = Table({"exp": row(1), "sqrt": row(1)}, {})
    scope = Scope(table).fix([[name, sort] for name, sort in sorts.items()])
    print(json.dumps(smt.text(goal, facts, scope)))
"""


@pytest.mark.parametrize("part", [0, 1, 2])
def test_the_checkers_text_has_the_same_answers(part: int) -> None:
    """The checker writes its text independently; both solvers answer it as they answer the engine's."""
    goals = GOALS[part::3]
    data = json.dumps([[facts, goal, sorts] for facts, goal, sorts, _ in goals])
    done = subprocess.run([sys.executable, "-I", "-c", _WRITE, str(CHECKER)], input=data, capture_output=True,
                          text=True, timeout=60, check=True)
    texts = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(texts) == len(goals)
    for text, (_, goal, _, expected) in zip(texts, goals, strict=True):
        assert decide_text(text).answers == {"z3": expected, "cvc5": expected}, goal

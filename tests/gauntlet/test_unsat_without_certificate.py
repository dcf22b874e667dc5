"""`unsat` by solvers, without a certificate of ours, is at most `decided`, and so is all that rests on it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from asking import ask, claim, control, point

from proofs_check import searching
from proofs_check.engines import decided as engine
from proofs_check.searching import elaborate_item
from proofs_check.verdicts import Outcome
from theory.language import Claim, Lemma, statement
from theory.language.derivation import apply, combine, decided

TEXT = "all x:real | H1: 0 <= x => x*x <= x*x*x + x"
BY_SOLVERS = Lemma("gauntlet.by_solvers", "Decided", statement(TEXT), (decided("end", facts="H1"),))
STRICT = control("strict", "all x:real | H1: 0 <= x => x*x < x*x*x + x", point(x="0"))


def test_agreement_of_two_solvers_is_graded_decided(ledger: Path) -> None:
    """SMT-based provers call this a theorem; here the grade, the finding and the recorded question say what it is."""
    asked = claim("decided", TEXT, decided("end", facts="H1"), instance=point(x="1"), controls=[STRICT])
    verdict = ask(ledger, asked).claims[asked.id]
    assert (verdict.outcome, verdict.grade) == (Outcome.PROVED, "decided")
    assert verdict.findings == ("step end decided by two solvers, not checked",)


def test_one_certificate_makes_it_exact(ledger: Path) -> None:
    """The same statement with a sum of squares, x (x - 1/2)^2 + 3/4 x = x^3 - x^2 + x, is exact."""
    asked = claim("certified", TEXT, combine("end", facts="H1", squares=("x - 1/2",)), instance=point(x="1"),
                  controls=[STRICT])
    assert ask(ledger, asked).claims[asked.id].describe() == "Proved, exact"


def test_the_grade_is_inherited(ledger: Path) -> None:
    """Exact steps on top of a decided lemma do not wash it clean."""
    asked = claim("heir", "all x:real | H1: 0 <= x => x*x <= x*x*x + x + 1",
                  apply("s", "gauntlet.by_solvers", x="x"), combine("end", facts="s"), instance=point(x="1"),
                  controls=[control("less", "all x:real | H1: 0 <= x => x*x + 1 <= x*x*x + x", point(x="0"))])
    report = ask(ledger, asked, lemmas=(BY_SOLVERS,))
    assert report.claims[asked.id].describe() == "Proved, decided"
    assert report.lemmas["gauntlet.by_solvers"].grade == "decided"


def one_liar(item: Claim, library: dict, root: Path, *more: object) -> dict:
    """Search with a solver that says unsat to everything beside one that works."""
    def lie(solver: str, text: str, **limits: float) -> engine.SolverAnswer:
        if solver == item.title.rpartition(" ")[2]:
            return engine.SolverAnswer(solver, "unsat", "", "0.0", 0.0)  # type: ignore[arg-type]
        return honest(solver, text, **limits)  # type: ignore[arg-type]

    honest, sys.modules["proofs_check.engines.decided"].ask = engine.ask, lie  # type: ignore[attr-defined]
    return elaborate_item(item, library, root, *more)  # type: ignore[arg-type]


def test_a_solver_that_always_says_unsat_is_not_believed(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Soundness bugs of single solvers are found every year; a disagreement is reported, never averaged."""
    monkeypatch.setattr(searching, "elaborate_item", one_liar)
    asked = [claim(f"lie_of_{name}", "all x:real | H1: 0 <= x => x*x <= x", decided("end", facts="H1"),
                   instance=point(x="1")) for name in ("z3", "cvc5")]
    asked = [Claim(**{**vars(a), "title": f"lie of {a.id.rpartition('_')[2]}"}) for a in asked]
    for verdict in ask(ledger, *asked).claims.values():
        assert verdict.outcome is Outcome.UNDECIDED
        assert "the solvers do not agree on unsat" in verdict.reason

"""From x > 0 and true lemmas about other things, x > 5 is never Proved, however the proof is dressed up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from asking import ask, claim, point

from proofs_check import Report, searching
from proofs_check.searching import elaborate_item
from proofs_check.verdicts import Outcome
from theory.language import Lemma, statement, to_json
from theory.language.derivation import Step, apply, cases, combine, decided, intro

TEXT = "all x:real | H1: 0 < x => 5 < x"
GOAL = ["<", 5, "x"]
SQUARE = Lemma("gauntlet.nonneg", "A square is not negative", statement("all t:real => 0 <= t*t"),
               (combine("end", squares=("t",)),))
LARGE = Lemma("gauntlet.six", "Six is more than five", statement("all t:real | H1: 6 <= t => 5 < t"),
              (combine("end", facts="H1"),))

HONEST: dict[str, tuple[Step, ...]] = {
    "by algebra": (combine("end", facts="H1", squares=("x", "x - 5"), degree=3),),
    "by a true lemma": (apply("s", "gauntlet.nonneg", t="x"), combine("end", facts="H1 s")),
    "by a lemma whose hypothesis is missing": (apply("end", "gauntlet.six", t="x"),),
    "by solvers": (decided("end", facts="H1", timeout=5),),
    "by cases, one of them open": (
        apply("c", "ax.total", "x <= 5 or 5 < x", x="x", y="5"),
        cases("end", "c", "h", (combine("a", facts="h H1"),), (combine("b", facts="h"),))),
    "by itself": (intro("s", "all => 5 < x", ""), combine("end", facts="s")),
    "by a fact that is not there": (combine("end", facts="H2"),),
}


@pytest.fixture(scope="module")
def report(ledger: Path) -> Report:
    """All honest attempts in one run."""
    asked = [claim(f"five_{k}", TEXT, *steps, instance=point(x="6")) for k, steps in enumerate(HONEST.values())]
    return ask(ledger, *asked, lemmas=(SQUARE, LARGE))


@pytest.mark.parametrize("way", HONEST)
def test_no_engine_finds_a_proof(report: Report, way: str) -> None:
    """Chatty provers accept a text that cites true things; a search without a certificate is Undecided here."""
    verdict = report.claims[f"gauntlet.five_{list(HONEST).index(way)}"]
    assert verdict.outcome is Outcome.UNDECIDED
    assert verdict.reason.startswith(f"{verdict.id}, ")


FORGED: dict[str, list[dict]] = {
    "weights of nothing": [{"id": "end", "goal": GOAL, "by": "combine", "sum": [[[1, 1], ["H1"], None]]}],
    "a negative weight": [{"id": "end", "goal": GOAL, "by": "combine",
                           "sum": [[[1, 1], ["H1"], None], [[-5, 1], [], None]]}],
    "a lemma about something else": [
        {"id": "end", "goal": GOAL, "by": "apply", "fact": "gauntlet.nonneg", "sub": {"t": "x"}, "prem": []}],
    "a lemma whose premise is another fact": [
        {"id": "end", "goal": GOAL, "by": "apply", "fact": "gauntlet.six", "sub": {"t": "x"}, "prem": ["H1"]}],
    "a conclusion that is not the claim": [
        {"id": "end", "goal": ["<", -5, "x"], "by": "combine", "sum": [[[1, 1], ["H1"], None], [[5, 1], [], None]]}],
    "evaluation of an open term": [{"id": "end", "goal": GOAL, "by": "compute"}],
    "a step that uses itself": [{"id": "end", "goal": GOAL, "by": "apply", "fact": "end", "sub": {}, "prem": []}],
    "solvers that did not agree": [
        {"id": "end", "goal": GOAL, "by": "decided", "facts": ["H1"], "answers": {"z3": "unsat", "cvc5": "unknown"}}],
    "a hypothesis added on the way": [
        {"id": "end", "goal": ["all", [], [GOAL], GOAL], "by": "intro", "ids": ["h"],
         "steps": [{"id": "z", "goal": GOAL, "by": "apply", "fact": "h", "sub": {}, "prem": []}]}],
    "no step at all": [],
}


def forge(item: Lemma, library: dict, root: Path, *more: object) -> dict:
    """An engine that hands out a forged certificate for the claim, and works as usual for the lemmas."""
    if item.title not in FORGED:
        return elaborate_item(item, library, root, *more)  # type: ignore[arg-type]
    return {"id": item.id, "statement": to_json(item.statement.formula), "hyps": ["H1"], "steps": FORGED[item.title]}


def test_true_lemmas_that_do_not_entail_it_are_rejected(ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A prover that trusts its own search shows green here; the checker rejects each certificate with a reason."""
    monkeypatch.setattr(searching, "elaborate_item", forge)
    uses = (apply("s", "gauntlet.nonneg", t="x"), apply("u", "gauntlet.six", t="x"))
    asked = [replace(claim(f"forged_{k}", TEXT, *uses, instance=point(x="6")), title=way)
             for k, way in enumerate(FORGED)]
    report = ask(ledger, *asked, lemmas=(SQUARE, LARGE))
    assert all(lemma.outcome is Outcome.PROVED for lemma in report.lemmas.values())
    for way, one in zip(FORGED, asked, strict=True):
        verdict = report.claims[one.id]
        assert verdict.outcome is Outcome.UNDECIDED, way
        assert verdict.reason.startswith("rejected by the checker"), (way, verdict.reason)


def test_the_same_steps_prove_what_they_do_entail(ledger: Path) -> None:
    """The questions above are not refused for their form: from x >= 6 the same lemma gives x > 5."""
    asked = claim("six_is_enough", "all x:real | H1: 6 <= x => 5 < x", apply("end", "gauntlet.six", t="x"),
                  instance=point(x="6"))
    verdict = ask(ledger, asked, lemmas=(LARGE,)).claims[asked.id]
    assert verdict.grade == "exact" and "no control" in verdict.reason  # proved; a control is all that it lacks

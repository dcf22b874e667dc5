"""Contradictory hypotheses never pass: from x < 0 and x >= 1 all follows, and nothing is Proved."""

from __future__ import annotations

from pathlib import Path

import pytest
from asking import ask, claim, control, point

from proofs_check import Report
from proofs_check.verdicts import Outcome
from theory.language.claims import Witness
from theory.language.derivation import combine, decided

TEXT = "all x:real | H1: x < 0, H2: 1 <= x => 2 <= 1"
PROOF = combine("end", facts="H1 H2")
INSTANCES = {
    "none": None, "zero": point(x="0"), "one": point(x="1"), "minus one": point(x="-1"),
    "a quotient by zero": point(x="1/0"), "an opaque term": point(x="log(-1)"),
    "nothing": Witness(()), "another statement": Witness((combine("end", "0 <= 1"),)),
}


@pytest.fixture(scope="module")
def report(ledger: Path) -> Report:
    """The vacuous claim with each would-be instance, in one run."""
    return ask(ledger, *(claim(f"vacuous_{k}", TEXT, PROOF, instance=one) for k, one in enumerate(INSTANCES.values())))


@pytest.mark.parametrize("name", INSTANCES)
def test_a_vacuous_theorem_is_undecided(report: Report, name: str) -> None:
    """Provers accept it, for the implication does hold; without an accepted instance it is Undecided here."""
    verdict = report.claims[f"gauntlet.vacuous_{list(INSTANCES).index(name)}"]
    assert verdict.outcome is Outcome.UNDECIDED
    assert "instance" in verdict.reason
    assert verdict.grade == "exact"  # the implication itself was proved: what is missing is a reason to care


def test_a_control_does_not_stand_in_for_an_instance(ledger: Path) -> None:
    """A refuted neighbour whose hypotheses can hold says nothing about the claim's own."""
    other = control("without H2", "all x:real | H1: x < 0 => 2 <= 1", point(x="-1"))
    asked = claim("vacuous_control", TEXT, PROOF, controls=[other])
    verdict = ask(ledger, asked).claims[asked.id]
    assert verdict.controls[0].accepted
    assert verdict.outcome is Outcome.UNDECIDED
    assert "no instance shows that the hypotheses can hold together" in verdict.reason


def test_an_instance_of_another_claim_does_not_count(ledger: Path) -> None:
    """The checker compares statements, not names: an instance of x >= 1 alone is none of x < 0, x >= 1."""
    asked = claim("vacuous_other", TEXT, PROOF, instance=point(x="1"))
    verdict = ask(ledger, asked, claim("alone", "all x:real | H1: 1 <= x => 0 <= x", combine("end", facts="H1"),
                                       instance=point(x="1"))).claims[asked.id]
    assert verdict.instance is not None and not verdict.instance.accepted


def test_contradictions_hidden_from_algebra_do_not_pass_either(ledger: Path) -> None:
    """exp(x) <= 0 contradicts an axiom only; solvers and algebra see nothing wrong, and no instance exists."""
    asked = [claim(f"hidden_{k}", "all x:real | H1: exp(x) <= 0 => exp(x) <= 0", step, instance=point(x="-100"))
             for k, step in enumerate((combine("end", facts="H1"), decided("end", facts="H1")))]
    for verdict in ask(ledger, *asked).claims.values():
        assert verdict.outcome is Outcome.UNDECIDED and "instance" in verdict.reason


def test_a_hypothesis_that_fails_for_all_functions_is_seen(ledger: Path) -> None:
    """A contradiction inside a quantifier, f(n) < f(n) for all n, is found out in the same way."""
    text = "all f:int->real | H1: (all n:int | 0 <= n => f(n) < f(n)) => f(0) <= f(1)"
    asked = claim("hidden_function", text, decided("end"), instance=point(f="n -> 0"))
    assert ask(ledger, asked).claims[asked.id].outcome is Outcome.UNDECIDED

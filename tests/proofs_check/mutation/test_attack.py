"""The attack on small claims: known kills, superfluous hypotheses, loose constants, and nothing killed by accident."""

from __future__ import annotations

import importlib.util
import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from proofs_check import Report, verify
from proofs_check.cli import main
from proofs_check.judging import Evidence, judge_mutants, unattacked
from proofs_check.mutation import attacking
from proofs_check.mutation.attacking import Trace
from proofs_check.registry import Registry
from proofs_check.searching import Search
from proofs_check.verdicts import Fate, MutantVerdict, Outcome
from theory.language import Claim
from theory.textbook.axioms import AXIOMS

FILE = Path(__file__).with_name("attacked_claims.py")
_SPEC = importlib.util.spec_from_file_location("attacked_claims", FILE)
claims = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(claims)
EMPTY = Registry(AXIOMS, (), (), ())


def attack(claim: Claim, ledger: Path, **options: object) -> dict[str, MutantVerdict]:
    """Mutants of a claim by name after an attack with one process."""
    return {m.name: m for m in report(claim, ledger, **options).claims[claim.id].mutants}


def report(claim: Claim, ledger: Path, **options: object) -> Report:
    """The report of an attack."""
    settings = {"jobs": 1, "ledger": ledger, "library": EMPTY, "attack": True, **options}
    return verify(claim, **settings)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that the tests of this file fill together."""
    return tmp_path_factory.mktemp("ledger")


def test_every_mutant_of_a_sharp_claim_is_killed(ledger: Path):
    """Both hypotheses are needed (x = 0; y = -1) and 1 is attained at (1, 0): every witness is exact."""
    found = attack(claims.SHARP, ledger)
    assert {m.outcome for m in found.values()} == {Fate.KILLED}
    assert {"drop H1", "drop H2", "strictness conclusion", "constant conclusion, 1 by 1/100"} <= found.keys()
    assert {m.grade for m in found.values()} == {"exact"}
    verdict = report(claims.SHARP, ledger).claims[claims.SHARP.id]
    assert verdict.mutants_killed == f"{len(found)}/{len(found)}"


def test_a_superfluous_hypothesis_is_proved_to_be_one(ledger: Path):
    """Without 0 <= y the claim about y^2 still holds; the certificate of the stronger statement is in the report."""
    out = report(claims.SUPERFLUOUS, ledger)
    found = {m.name: m for m in out.claims[claims.SUPERFLUOUS.id].mutants}
    assert (found["drop H2"].outcome, found["drop H1"].outcome) == (Fate.PROVED, Fate.KILLED)
    assert any("drop H2" in entry["id"] for entry in out.certificates["claims"])
    assert out.claims[claims.SUPERFLUOUS.id].outcome is Outcome.PROVED


def test_an_improvable_constant_is_a_finding(ledger: Path):
    """From 2 <= x even 3/2 <= x follows, so no constant of 1 <= x is killed and each sharper one is proved."""
    found = attack(claims.LOOSE, ledger)
    assert found["constant conclusion, 1 by 1/2"].outcome is Fate.PROVED
    assert found["drop H1"].outcome is Fate.KILLED
    assert list(unattacked(tuple(found.values()))) == []


def test_contradictory_hypotheses_kill_nothing_that_keeps_them(ledger: Path):
    """A vacuous claim is not Proved, and only a mutant without one of its two hypotheses can be killed."""
    out = report(claims.VACUOUS, ledger).claims[claims.VACUOUS.id]
    assert out.outcome is Outcome.UNDECIDED
    assert {m.name for m in out.mutants if m.outcome is Fate.KILLED} <= {"drop H1", "drop H2"}
    assert {m.name: m.outcome for m in out.mutants}["drop H1"] is Fate.KILLED


def test_intervals_decide_where_nothing_can_be_computed(ledger: Path):
    """exp(x)/2 is below 1 + x at 1, where e is between 2 and 4: enclosures, not values, refute the mutant."""
    found = attack(claims.ENCLOSED, ledger)["constant conclusion, the bound by 1/2"]
    assert (found.outcome, found.grade) == (Fate.KILLED, "enclosed")
    assert found.witness == "one: x = 1"


def test_two_attacks_find_the_same(tmp_path: Path):
    """Names, outcomes and witnesses do not depend on the run."""
    first, second = (attack(claims.SHARP, tmp_path / name) for name in ("a", "b"))
    assert [(m.name, m.outcome, m.witness) for m in first.values()] == [
        (m.name, m.outcome, m.witness) for m in second.values()]


def test_results_come_from_the_ledger_until_the_claim_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A second attack searches nothing, the quick profile shows what is stored, and another derivation starts anew."""
    attack(claims.SHARP, tmp_path)
    monkeypatch.setattr(attacking, "run_all", lambda tasks, jobs: pytest.fail("searched again") if tasks else iter(()))
    assert {m.outcome for m in attack(claims.SHARP, tmp_path, attack=None).values()} == {Fate.KILLED}
    assert attack(claims.SHARP, tmp_path)["drop H1"].outcome is Fate.KILLED
    changed = replace(claims.SHARP, summary="x", derivation=claims.SHARP.derivation * 1, kills=claims.ENCLOSED.kills)
    assert attack(changed, tmp_path, attack=None) == {}


def test_a_hunt_that_is_stopped_kills_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """At the time limit every mutant is open with that reason, and nothing of it is stored."""
    monkeypatch.setattr(attacking, "HUNT_SECONDS", {"quick": 0.001, "full": 0.001})
    found = attack(claims.SHARP, tmp_path)
    assert {m.outcome for m in found.values()} == {Fate.OPEN}
    assert all("time limit" in m.reason for m in found.values())
    monkeypatch.undo()
    assert {m.outcome for m in attack(claims.SHARP, tmp_path).values()} == {Fate.KILLED}


@pytest.mark.parametrize("broken", (math.sqrt, dict.fromkeys))
def test_a_hunt_that_fails_kills_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: object):
    """An exception in the search, or an answer of another kind, leaves every mutant open."""
    monkeypatch.setattr(attacking, "hunt", broken)
    assert {m.outcome for m in attack(claims.SHARP, tmp_path).values()} == {Fate.OPEN}


def test_only_the_checker_kills(ledger: Path):
    """A trace that calls itself killed, without a certificate or with one the checker never saw, is open."""
    claim = claims.SHARP
    search = Search(EMPTY, None, 1, 1, lambda what, done, total: None)  # type: ignore[arg-type]
    checked = importlib.import_module("proofs_check.checking").Checked("", "", True, {}, {})
    mutant = attacking.mutants(claim.statement)[0]
    for entries in ((), ({"id": "attacked.sharp/mutant: drop H1", "point": "refuted"},)):
        trace = Trace(mutant, Fate.KILLED, entries)
        evidence = Evidence(search, checked, {}, (), {claim.id: {mutant.name: trace}})
        assert [m.outcome for m in judge_mutants(claim, evidence)] == [Fate.OPEN]


def test_command_lists_controls_survivors_and_score(ledger: Path, capsys: pytest.CaptureFixture[str]):
    """`lemmascope attack FILE` shows controls, survivors with their reasons, and killed mutants of all."""
    assert main(["attack", str(FILE), "--ledger", str(ledger), "--jobs", "1"]) == 0
    shown = capsys.readouterr().out
    assert "attacked.superfluous" in shown
    assert "refuted" in shown
    assert "drop H2" in shown
    assert "mutants killed" in shown


def test_command_writes_json(ledger: Path, capsys: pytest.CaptureFixture[str]):
    """`--json` holds each mutant with its witness, and the score over all claims."""
    assert main(["attack", str(FILE), "--ledger", str(ledger), "--jobs", "1", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    mutants = {m["name"]: m for m in found["claims"]["attacked.sharp"]["mutants"]}
    assert mutants["drop H1"]["outcome"] == "killed"
    assert "x = " in mutants["drop H1"]["witness"]
    killed, counted = map(int, found["score"].split("/"))
    assert 0 < killed <= counted

"""`verify` on a small family: what is Proved, what is not, and that nothing is green by accident."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from proofs_check import Interrupted, Report, verify
from proofs_check.judging import Evidence, judge_claim
from proofs_check.ledger import CERTIFICATE, CHECKED, EXPERIMENT, KINDS, SOURCE, STEP
from proofs_check.measuring import Entry
from proofs_check.registry import Registry, load_file
from proofs_check.searching import Search
from proofs_check.verdicts import ExperimentVerdict, Outcome, Trial
from theory.language import Claim, Control, ExactnessError, InputError, UnknownNameError, Witness, digest, statement
from theory.language.derivation import combine, intro, witness
from theory.textbook.axioms import AXIOMS

FILE = str(Path(__file__).with_name("small_claims.py"))
EMPTY = Registry(AXIOMS, (), (), ())
SMALL, CLAIMS, (SQUARE,) = load_file(FILE, EMPTY)
TRUE, FALSE = CLAIMS


def run(*targets: str | Claim, ledger: Path, library: Registry = SMALL, **options: object) -> Report:
    """Verify with one process and a short limit."""
    return verify(targets, ledger=ledger, library=library, **{"jobs": 1, "timeout": 20, **options})  # type: ignore


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger that the tests of this file fill together."""
    return tmp_path_factory.mktemp("ledger")


@pytest.fixture(scope="module")
def report(ledger: Path) -> Report:
    """The report on the whole small family."""
    return run("small", ledger=ledger)


def test_true_claim_is_proved_with_everything_that_belongs_to_it(report: Report) -> None:
    """A Proved claim has grade, instance, refuted control, the digest of theory, and its lemma beside it."""
    verdict = report.claims["small.grows"]
    assert (verdict.outcome, verdict.grade, verdict.cited, verdict.reason) == (Outcome.PROVED, "exact", (), "")
    assert verdict.instance is not None and verdict.instance.accepted
    assert [(c.name, c.accepted) for c in verdict.controls] == [("larger", True)]
    assert verdict.digest == TRUE.digest
    assert verdict.uses == ("small.square",)
    assert report.lemmas["small.square"].outcome is Outcome.PROVED


def test_false_claim_is_refuted_as_declared(report: Report) -> None:
    """A claim declared Refuted is Refuted when the checker replays its witness."""
    verdict = report.claims["small.shrinks"]
    assert (verdict.outcome, verdict.declared, verdict.grade) == (Outcome.REFUTED, Outcome.REFUTED, "exact")
    assert report.exit_code() == 0 and report.exit_code(strict=True) == 0
    assert report.headline == "everything as declared: 2 claims (1 Proved, 1 Refuted), 1 lemma proved"


def test_report_file_is_the_report_and_the_checker_reads_it(report: Report) -> None:
    """The file is the JSON of the report, and the stand-alone checker accepts it."""
    assert report.path is not None
    assert json.loads(report.path.read_text(encoding="ascii")) == json.loads(json.dumps(report.to_json()))
    checker = Path(sys.modules["proofs_check"].__file__ or "").parent / "certificates" / "checker"
    done = subprocess.run([sys.executable, "-I", "-S", str(checker), str(report.path)], capture_output=True)
    assert done.returncode == 0


def test_report_shows_itself_as_html(report: Report) -> None:
    """Notebooks get a table with a row for each claim, with everything escaped."""
    page = report._repr_html_()
    assert page.count("<tr>") == 3 and "Proved, exact" in page and "small.shrinks" in page


def test_second_run_searches_nothing(report: Report, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a filled ledger no search is started, yet the checker runs again."""
    monkeypatch.setattr("proofs_check.searching.run_all", lambda tasks, jobs: iter([1 / 0] if tasks else []))
    again = run("small", ledger=ledger)
    assert again.claims.keys() == report.claims.keys() and again.exit_code() == 0
    assert again.checker == report.checker


def test_editing_one_derivation_searches_that_claim_alone(report: Report, ledger: Path) -> None:
    """A changed script is searched again; lemmas and points that did not change come from the ledger."""
    edited = replace(TRUE, derivation=(*TRUE.derivation[:1], combine("end", facts="s H1")))
    searched: list[str] = []
    library = EMPTY.with_items((edited,), (SQUARE,))
    run("small.grows", ledger=ledger, library=library,
        progress=lambda what, done, total: searched.append(what))
    assert [name for name in searched if name.startswith("small.")] == ["small.grows"]


def test_editing_a_used_statement_searches_what_rests_on_it(report: Report, ledger: Path) -> None:
    """A certificate is not reused when a fact that it used is stated differently."""
    lemma = replace(SQUARE, statement=statement("all y:real => 0 <= y*y"), derivation=(combine("end", squares=("y",)),))
    claim = replace(TRUE, derivation=(combine("end", facts="H1", squares=("y",)),))
    searched: list[str] = []
    library = EMPTY.with_items((TRUE,), (lemma,))
    found = run("small.grows", ledger=ledger, library=library, progress=lambda what, *_: searched.append(what))
    assert {"small.grows", "small.square"} <= set(searched)
    assert found.claims["small.grows"].outcome is Outcome.UNDECIDED  # its script names x, which the lemma lost
    assert run("small.grows", ledger=ledger, library=EMPTY.with_items((claim,), (lemma,))).exit_code() == 0


@pytest.mark.parametrize("kind", KINDS)
def test_damaged_ledger_is_recomputed(tmp_path: Path, kind: str) -> None:
    """Cutting every file of a kind in half changes nothing but the time."""
    run(TRUE, ledger=tmp_path)
    for path in (tmp_path / kind).rglob("*.json"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert run(TRUE, ledger=tmp_path).exit_code() == 0


def test_tampered_certificate_in_the_ledger_is_rejected_by_the_checker(tmp_path: Path) -> None:
    """Even an entry with a right checksum is believed only as far as the checker accepts it."""
    from proofs_check.ledger import Ledger

    run(TRUE, ledger=tmp_path)
    store = Ledger(tmp_path)
    for path in (tmp_path / CERTIFICATE).rglob("*.json"):
        value = store.get(CERTIFICATE, path.stem)
        assert value is not None
        if value["entry"]["id"] == "small.grows":
            value["entry"]["steps"] = value["entry"]["steps"][:1]
            store.put(CERTIFICATE, path.stem, value)
    verdict = run(TRUE, ledger=tmp_path).claims["small.grows"]
    assert verdict.outcome is Outcome.UNDECIDED and "rejected by the checker" in verdict.reason


WRONG = {
    "no control": replace(TRUE, controls=()),
    "no instance": replace(TRUE, instance=None),
    "false": replace(TRUE, statement=statement("all x y:real | H1: 1 <= x => 2 <= x + y*y")),
    "control that is true": replace(
        TRUE, controls=(Control("true", "nothing", TRUE.statement, TRUE.controls[0].witness),)),
    "instance outside": replace(TRUE, instance=Witness((witness("end", x="0", y="0"),))),
    "no derivation": replace(TRUE, derivation=()),
    "refuted without witness": replace(FALSE, refutations=()),
    "refuted by a wrong point": replace(FALSE, refutations=(("one", Witness((witness("end", x="1", y="1"),))),)),
    "proof where a refutation is declared": replace(TRUE, declared="Refuted"),
    "experiment that does not exist": replace(TRUE, experiments=("small.nothing",)),
}


@pytest.mark.parametrize("name", WRONG)
def test_nothing_is_green_by_accident(ledger: Path, name: str) -> None:
    """Each missing or wrong part alone gives exit code 1 and a reason in words."""
    claim = WRONG[name]
    found = run(claim, ledger=ledger, library=EMPTY.with_items((), (SQUARE,)))
    verdict = found.claims[claim.id]
    assert found.exit_code() == 1 and not verdict.as_declared
    assert verdict.reason or any(e.trial is not Trial.PASSED for e in verdict.experiments)


def test_stuck_search_is_undecided_with_its_budget(ledger: Path) -> None:
    """A search over its limit is stopped; the claim is Undecided and says which limit."""
    many = " ".join(f"x{i}" for i in range(9))
    facts = [f"H{i + 1}: 1 <= x{i}" for i in range(9)]
    text = f"all {many}:real | {', '.join(facts)} => {'*'.join(many.split())} <= {'+'.join(many.split())}"
    claim = replace(TRUE, statement=statement(text), controls=(), instance=None,
                    derivation=(combine("end", facts=" ".join(f"H{i + 1}" for i in range(9)), degree=9),))
    verdict = run(claim, ledger=ledger, library=EMPTY, timeout=0.3).claims[claim.id]
    assert verdict.outcome is Outcome.UNDECIDED
    assert "stopped at the time limit of 0.3 s" in verdict.reason


def test_claim_resting_on_a_failed_lemma_names_the_lemma(ledger: Path) -> None:
    """The reason goes down to the item that failed first."""
    broken = replace(SQUARE, derivation=(combine("end"), combine("more", "0 <= x")))
    verdict = run(TRUE, ledger=ledger, library=EMPTY.with_items((TRUE,), (broken,))).claims["small.grows"]
    assert verdict.outcome is Outcome.UNDECIDED
    assert verdict.reason.startswith("rests on small.square")


def test_circle_of_lemmas_is_refused(ledger: Path) -> None:
    """Two items that rest on each other are bad input, not a proof."""
    first = replace(SQUARE, id="small.a", derivation=(combine("end", facts="small.b"),))
    second = replace(SQUARE, id="small.b", derivation=(combine("end", facts="small.a"),))
    with pytest.raises(InputError, match="small.a -> small.b -> small.a"):
        run("small.a", ledger=ledger, library=EMPTY.with_items((), (first, second)))


def experiment(claim: Claim, trial: Trial) -> Outcome | bool:
    """Judge a claim whose proof is accepted and whose experiment ended in the given way."""
    from proofs_check.checking import Checked
    from proofs_check.ledger import Ledger

    point = {"accepted": True, "of": claim.id, "grade": "exact", "digest": claim.digest}
    control = {**point, "point": "refuted", "digest": digest(claim.controls[0].statement.formula)}
    search = Search(SMALL, Ledger(Path("unused")), 1, 1, lambda *_: None, claims={claim.id: {}},
                    points={f"{claim.id}/instance": {}, f"{claim.id}/larger": {}})
    checked = Checked("a", "c", True, {claim.id: {"accepted": True, "grade": "exact", "digest": claim.digest,
                                                  "instance": True}},
                      {f"{claim.id}/instance": {**point, "point": "instance"}, f"{claim.id}/larger": control})
    found = {"small.trial": ExperimentVerdict("small.trial", trial, "text", 0.0)}
    verdict = judge_claim(claim, Evidence(search, checked, found, (Entry("small.trial", claim.id, "m"),)))
    assert verdict.outcome is Outcome.PROVED
    return verdict.as_declared if trial is not Trial.CONTRADICTS else verdict.contradicted


def test_experiment_that_contradicts_a_proof_is_the_headline() -> None:
    """A failed rule marks a Proved claim as contradicted; a rule that decides nothing is not green either."""
    assert experiment(TRUE, Trial.PASSED) is True
    assert experiment(TRUE, Trial.UNDECIDED) is False
    assert experiment(TRUE, Trial.CONTRADICTS) is True


def test_contradicted_report_says_so(report: Report) -> None:
    """The headline of such a report names the claim, and the exit code is 1."""
    bad = replace(report.claims["small.grows"],
                  experiments=(ExperimentVerdict("small.trial", Trial.CONTRADICTS, "text", 0.0),))
    changed = replace(report, claims={**report.claims, bad.id: bad})
    assert (changed.headline, changed.exit_code()) == ("experiment contradicts small.grows", 1)


@pytest.mark.parametrize("options, error, words", [
    ({"profile": "medium"}, InputError, "profile: required quick or full"),
    ({"jobs": 0}, InputError, "jobs: required a positive integer"),
    ({"timeout": -1}, InputError, "timeout: required seconds > 0"),
    ({"seed": 1.5}, ExactnessError, "seed: required an integer"),
])
def test_options_are_checked_before_anything_runs(tmp_path: Path, options: dict, error: type, words: str) -> None:
    """A bad option raises with name, range and value, and leaves no ledger behind."""
    with pytest.raises(error, match=words):
        run(TRUE, ledger=tmp_path / "new", **options)
    assert not (tmp_path / "new").exists()


def test_unknown_target_lists_the_nearest(tmp_path: Path) -> None:
    """A misspelt claim names the one that was probably meant."""
    with pytest.raises(UnknownNameError, match="Did you mean small.grows"):
        run("small.grow", ledger=tmp_path)


def test_interrupt_keeps_what_is_known(tmp_path: Path) -> None:
    """Ctrl-C during the search gives a partial report on disk and a ledger without broken entries."""
    from proofs_check.ledger import Ledger

    def stop(what: str, done: int, total: int) -> None:
        if what == "small.square":
            raise KeyboardInterrupt

    with pytest.raises(Interrupted) as caught:
        run(TRUE, ledger=tmp_path, progress=stop)
    partial = caught.value.report
    assert partial.interrupted and partial.claims["small.grows"].outcome is Outcome.UNDECIDED
    assert partial.headline.startswith("interrupted")
    assert json.loads((tmp_path / "report.json").read_bytes())["summary"]["interrupted"] is True
    assert Ledger(tmp_path).health().broken == ()
    assert run(TRUE, ledger=tmp_path).exit_code() == 0


@pytest.mark.slow
def test_kill_at_any_moment_leaves_a_ledger_that_the_next_run_uses(tmp_path: Path) -> None:
    """`kill -9` after 0.3 to 2 seconds, five times; then a run to the end finds everything in order."""
    command = [sys.executable, "-m", "proofs_check", "verify", FILE, "--ledger", str(tmp_path)]
    for n in range(5):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.3 + 0.4 * n)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert subprocess.run(command, capture_output=True, timeout=120).returncode == 0


def test_nested_boxes_count_as_dependencies() -> None:
    """A lemma used deep inside a box is found."""
    nested = replace(TRUE, derivation=(intro("z", "all => 0 <= y*y", "", *TRUE.derivation[:1]), *TRUE.derivation[1:]))
    assert EMPTY.with_items((nested,), (SQUARE,)).closure(["small.grows"]) == ("small.square", "small.grows")


def test_kinds_of_the_ledger_are_those_of_the_design() -> None:
    """Steps, certificates, the checker's findings, experiments, and what was read off the source files are stored."""
    assert set(KINDS) == {STEP, CERTIFICATE, CHECKED, EXPERIMENT, SOURCE}

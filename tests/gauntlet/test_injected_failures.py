"""NaN, swallowed exception, exception, time-out, memory-out and segfault in each engine: Undecided with the reason.

A failure of one engine on one claim is that claim's alone; a claim beside it that uses the same engine is Proved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from asking import ask, claim, control, point
from sabotage import FAILURES, NAN, PLACES, sabotaged

from proofs_check import Report, checking, searching
from proofs_check.checking import MachineryFailed, check, unreadable
from proofs_check.judging import Outcome
from theory.language import Claim, InputError, Witness
from theory.language.derivation import apply, calculus, combine, decided, enclose, intro, witness

LIMIT = 3.0
ON = "all x:real | 0 <= x, x <= 1 => "
AREA = "integral(x in leb(0,1): 2*x)"


def engines(name: str) -> dict[str, Claim]:
    """One true claim for each engine, proved by it when it works."""
    fact = "ax.recip_pos"
    area = (intro("d", f"{ON}deriv(u: u*u, x, 2*x)", "h1 h2", calculus("z")),
            intro("m", f"{ON}0 <= 2*x", "h1 h2", combine("z", facts="h1")),
            apply("e", "ax.ftc", F="u -> u*u", f="x -> 2*x", a="0", b="1", m="0"), combine("end", facts="e"))
    positive = "all x:real | H1: 1 <= x => "
    return {
        "combine": claim(f"{name}_combine", "all x:real | H1: 0 <= x => 0 <= x + x", combine("end", facts="H1"),
                         instance=point(x="1"),
                         controls=[control("less", "all x:real | H1: 0 <= x => 1 <= x + x", point(x="0"))]),
        "calculus": claim(f"{name}_calculus", f"all => {AREA} = 1", *area, instance=point(),
                          controls=[control("two", f"all => {AREA} = 2",
                                            Witness((*area[:3], witness("end", use="e"))))]),
        "enclosure": claim(f"{name}_enclosure", f"{ON}x*(1 - x) <= 26/100",
                           enclose("s", f"{ON}x*(1 - x) <= 26/100"), apply("end", "s", x="x"), instance=point(x="1"),
                           controls=[control("less", f"{ON}x*(1 - x) <= 24/100", point(x="1/2"))]),
        "decided": claim(f"{name}_decided", "all x:real | H1: 0 <= x => x*x <= x*x*x + x", decided("end", facts="H1"),
                         instance=point(x="1"),
                         controls=[control("strict", "all x:real | H1: 0 <= x => x*x < x*x*x + x", point(x="0"))]),
        "discharge": claim(f"{name}_discharge", f"{positive}0 < 1/x", apply("end", fact, x="x"), instance=point(x="1"),
                           controls=[control("less", f"{positive}1 <= 1/x", point(x="2"))]),
    }


@pytest.fixture(scope="module")
def report(ledger: Path) -> Report:
    """All failures in all engines, and all engines at work, in one run."""
    patch = pytest.MonkeyPatch()
    patch.setattr(searching, "elaborate_item", sabotaged)
    # The proof is what fails; leaving out instance and controls spares a process for each.
    bad = [replace(one, instance=None, controls=()) for failure in FAILURES
           for one in engines(f"bad_{failure}").values()]
    try:
        return ask(ledger, *engines("good").values(), *bad, timeout=LIMIT, jobs=6)
    finally:
        patch.undo()


REASONS = {
    "exception": "RuntimeError: nobody expects this in step",
    "timeout": f"stopped at the time limit of {LIMIT:g} s in step",
    "memory": "stopped at the memory limit of 2 GB in step",
    "segfault": "crashed with SIGSEGV in step",
}


@pytest.mark.parametrize("engine", PLACES)
@pytest.mark.parametrize("failure", FAILURES)
def test_a_failing_engine_gives_undecided_with_the_reason(report: Report, failure: str, engine: str) -> None:
    """Tools that catch everything return their default, often "verified"; here the verdict names step and budget."""
    verdict = report.claims[f"gauntlet.bad_{failure}_{engine}"]
    assert verdict.outcome is Outcome.UNDECIDED
    if failure in REASONS:
        assert REASONS[failure] in verdict.reason
        assert f"({PLACED.get(engine, engine)})" in verdict.reason
    else:
        words = ("rejected by the checker", "no certificate", "do not agree")
        assert any(word in verdict.reason for word in words), verdict.reason


PLACED = {"enclosure": "enclose", "discharge": "apply"}


@pytest.mark.parametrize("engine", PLACES)
def test_other_claims_are_not_taken_down(report: Report, engine: str) -> None:
    """In the same run, the same engine proves the same statement under another id."""
    verdict = report.claims[f"gauntlet.good_{engine}"]
    assert verdict.outcome is Outcome.PROVED, verdict.reason


def test_the_report_of_such_a_run_can_be_checked(report: Report) -> None:
    """No NaN reaches the file: it is JSON without floats, and the checker reads it."""
    assert report.path is not None
    json.loads(report.path.read_text(), parse_constant=lambda word: pytest.fail(word), parse_float=pytest.fail)
    assert check(report.path).claim("gauntlet.good_combine")["accepted"] is True


BROKEN_CHECKER = """
import ctypes, json, runpy, sys, time
sys.path.insert(0, {real!r})
text = open(sys.argv[1]).read()
if "gauntlet.bad" in text:
    {failure}
sys.argv[0] = {real!r}
runpy.run_path({real!r}, run_name="__main__")
"""
CHECKER_FAILURES = {
    "exception": ("raise RuntimeError('boom')", "RuntimeError: boom"),
    "timeout": ("time.sleep(60)", "an answer in 2 s"),
    "memory": ("bytearray(8 << 30)", "MemoryError"),
    "segfault": ("ctypes.string_at(0)", "exit status -11"),
    "no JSON": ("print('nan'); sys.exit(0)", "findings as JSON"),
    "NaN": ("print('NaN'); sys.exit(0)", "findings as JSON"),
    "swallowed": ("print(json.dumps(dict(axioms='', checker='', accepted=True, claims=[], points=[]))); sys.exit(0)",
                  "findings as JSON"),
}


@pytest.fixture()
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Put a checker in place that fails in the given way when a report contains the claim gauntlet.bad."""
    def install(failure: str) -> None:
        folder = tmp_path / "checker"
        folder.mkdir()
        script = BROKEN_CHECKER.format(real=str(checking.CHECKER), failure=failure)
        (folder / "__main__.py").write_text(script)
        monkeypatch.setattr(checking, "CHECKER", folder)
        monkeypatch.setattr(checking, "SECONDS", 2.0)
        monkeypatch.setattr(checking, "SECONDS_APART", 2.0)

    return install


def pair() -> tuple[Claim, Claim]:
    """A claim that makes the broken checker fail, and one beside it."""
    good = engines("good")["combine"]
    return good, replace(good, id="gauntlet.bad")


@pytest.mark.parametrize("failure", CHECKER_FAILURES)
def test_a_failing_checker_fails_for_one_claim_only(ledger: Path, broken: Callable[[str], None], failure: str) -> None:
    """A certificate on which the checker hangs or crashes is not accepted; the others are checked without it."""
    broken(CHECKER_FAILURES[failure][0])
    report = ask(ledger, *pair())
    assert report.claims["gauntlet.bad"].outcome is Outcome.UNDECIDED
    assert "the checker was stopped" in report.claims["gauntlet.bad"].reason
    assert CHECKER_FAILURES[failure][1] in report.claims["gauntlet.bad"].reason
    assert report.claims["gauntlet.good_combine"].outcome is Outcome.PROVED
    assert report.path is not None and '"gauntlet.bad"' not in report.path.read_text().split('"summary"')[0]


def test_a_checker_that_never_answers_decides_nothing(ledger: Path, broken: Callable[[str], None]) -> None:
    """If it fails for every claim, the machinery has failed and no verdict is given."""
    broken("ctypes.string_at(0)")
    with pytest.raises(MachineryFailed, match="exit status -11"):
        ask(ledger, pair()[1])


def test_a_checker_that_forgets_claims_proves_none(ledger: Path, broken: Callable[[str], None]) -> None:
    """An answer without findings, or with findings that are no truth values, counts as a rejection."""
    broken(f"print(json.dumps(dict(axioms={axioms_sha()!r}, checker='c', accepted=True, points=dict(), "
           "claims={'gauntlet.bad': dict(accepted=float('nan'), digest='', grade='exact')}))); sys.exit(0)")
    verdicts = ask(ledger, *pair()).claims
    assert [v.outcome for v in verdicts.values()] == [Outcome.UNDECIDED] * 2


@pytest.mark.parametrize("value, words", [
    (NAN, "float nan"), (float("inf"), "float inf"), (0.5, "float 0.5"), (10**4000, "4,000 digits"), (b"x", "bytes"),
    ({1, 2}, "set"), (1j, "complex"),
])
def test_values_that_no_report_may_hold_are_found_before_it_is_written(value: object, words: str) -> None:
    """One NaN in a report would make the whole file unreadable for the checker, and every claim with it."""
    assert words in unreadable({"id": "a", "steps": [{"sum": [[[value, 1], [], None]]}]})


def test_nesting_is_bounded_as_the_checker_bounds_it(tmp_path: Path) -> None:
    """The deepest certificate that passes here is read by the checker, one level more is refused before it."""
    deep: list = []
    for _ in range(238):
        deep = [deep]
    entry = {"id": "gauntlet.deep", "steps": deep}
    assert unreadable(entry) == "" and "nesting" in unreadable({"id": "a", "steps": [deep]})
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"format": "lemmascope-report", "schema": 1, "axioms": axioms_sha(), "cited": [],
                                "claims": [entry], "points": []}))
    assert check(path).claim("gauntlet.deep")["accepted"] is False
    path.write_text(json.dumps({"format": "lemmascope-report", "schema": 1, "axioms": axioms_sha(), "cited": [],
                                "claims": [{**entry, "steps": [[[[[[[[[[[[[[deep]]]]]]]]]]]]]]}], "points": []}))
    with pytest.raises(InputError, match="nested too deeply"):
        check(path)


def axioms_sha() -> str:
    """The digest that a report has to name."""
    return hashlib.sha256(checking.AXIOMS.read_bytes()).hexdigest()

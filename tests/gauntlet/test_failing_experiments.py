"""NaN, exception, time-out, memory-out and segfault in an experiment: it decides nothing, and says why."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from asking import ask, claim, control, point
from sabotage import RESULTS, measure

from proofs_check import Report, measuring
from proofs_check.measuring import Entry
from proofs_check.verdicts import Outcome, Trial
from theory.language.derivation import combine

REASONS = {
    "nan": "the statistic is nan", "nan_text": "the statistic is nan", "held_nan": "the rule nan",
    "swallowed": "no measurement", "empty": "no measurement", "other": "no measurement",
    "missed": "planted violations: 4.04 for 4", "exception": "ZeroDivisionError: 1/0",
    "timeout": "stopped at the time limit of 2 s", "memory": "stopped at the memory limit of 6 GB",
    "segfault": "crashed with SIGSEGV",
}


@pytest.fixture(scope="module")
def report(ledger: Path) -> Report:
    """A proved claim and an observed one under attack by each experiment, in one run."""
    names = [*RESULTS, *(name for name in REASONS if name not in RESULTS and name != "torch")]
    proved = claim("measured", "all x:real | H1: 0 <= x => 0 <= x + x", combine("end", facts="H1"),
                   instance=point(x="1"),
                   controls=[control("less", "all x:real | H1: 0 <= x => 1 <= x + x", point(x="0"))])
    bare = {"declared": "Observed", "derivation": (), "instance": None, "controls": ()}
    claims = [replace(proved, id=f"gauntlet.{kind}_{name}", experiments=(f"gauntlet.{name}",),
                      **(bare if kind == "observed" else {}))
              for name in names for kind in ("proved", "observed")
              if kind == "observed" or name in ("good", "nan")]
    entries = tuple(Entry(f"gauntlet.{name}", "", f"gauntlet.experiments.{name}") for name in names)
    patch = pytest.MonkeyPatch()
    patch.setattr(measuring, "index", lambda families, ledger: entries)
    patch.setattr(measuring, "measure", measure)
    patch.setattr(measuring, "LIMITS", {"quick": 2.0})
    try:
        return ask(ledger, *claims, jobs=4)
    finally:
        patch.undo()


@pytest.mark.parametrize("name", list(REASONS))
def test_an_experiment_that_fails_decides_nothing(report: Report, name: str) -> None:
    """Harnesses that drop failed runs turn a crash into a pass; here it is undecided, with limit or exception."""
    trial = report.experiments[f"gauntlet.{name}"]
    assert trial.trial is Trial.UNDECIDED
    assert REASONS[name] in trial.text
    observed = report.claims[f"gauntlet.observed_{name}"]
    assert observed.outcome is Outcome.UNDECIDED and REASONS[name] in observed.reason


def test_the_others_count_as_they_would_alone(report: Report) -> None:
    """A passing experiment passes and a contradicting one contradicts, whatever the others did."""
    assert report.experiments["gauntlet.good"].trial is Trial.PASSED
    assert report.claims["gauntlet.observed_good"].outcome is Outcome.OBSERVED
    assert report.claims["gauntlet.proved_good"].as_declared
    assert report.claims["gauntlet.proved_nan"].outcome is Outcome.PROVED
    assert not report.claims["gauntlet.proved_nan"].as_declared  # a proof stands, an attack that failed to run does not
    assert report.experiments["gauntlet.contradicts"].trial is Trial.CONTRADICTS
    assert report.exit_code() == 1

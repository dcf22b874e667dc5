"""Experiments are found without importing them, judged by their pre-stated rule, and stored with their raw rows."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from numerics.experiments import (
    Criterion,
    Evidence,
    Experiment,
    PlantedViolation,
    Plot,
    Registration,
    Rule,
    Series,
    Size,
)
from numerics.experiments import run as run_experiment
from proofs_check import measuring
from proofs_check.ledger import Ledger
from proofs_check.measuring import _finite, _shifted, _verdict
from proofs_check.verdicts import Trial


def rows(seeds: tuple[int, ...], size: Size) -> tuple[dict, ...]:
    """One row a seed, all below 1."""
    return tuple({"seed": seed, "value": 0.5} for seed in seeds)


def large(seeds: tuple[int, ...], size: Size) -> tuple[dict, ...]:
    """The planted violation: values above 1."""
    return tuple({"seed": seed, "value": 1.5} for seed in seeds)


def worst(data: tuple) -> Evidence:
    """The figure of the rule: the largest value."""
    value = max(row["value"] for row in data)
    return Evidence(value, {"largest": value}, len(data), len(data), f"largest {value}")


def picture(data: tuple) -> Plot:
    """A plot of the values against 1."""
    return Plot("t", "x", "y", (Series("values", (1.0,), (data[0]["value"],)),), Series("one", (0.0, 2.0), (1.0, 1.0)))


def experiment(limit: Fraction) -> Experiment:
    """A small experiment whose rule has the given limit."""
    size = Size((1, 2, 3), tuple(range(101, 121)))
    rule = Rule((Criterion("largest", "<=", limit, "largest value"),), "a seed", Fraction(1, 5), Fraction(1, 100))
    return Experiment(
        id="small.trial", claim="small.grows", title="t", population="p", statistic="s", rule=rule, tightest="t",
        registration=Registration(), planted=(PlantedViolation("large", "values above 1", large),),
        program=rows, evaluate=worst, plot=picture, quick=size, full=size)


@pytest.mark.parametrize("limit, trial, words", [
    (Fraction(1), Trial.PASSED, "largest 0.5"),
    (Fraction(2, 5), Trial.CONTRADICTS, "the rule failed: largest 0.5"),
    (Fraction(2), Trial.UNDECIDED, "the rule would also pass planted violations: large"),
])
def test_rule_decides_and_a_blind_rule_decides_nothing(limit: Fraction, trial: Trial, words: str) -> None:
    """A rule that holds passes, one that fails contradicts, one that lets a planted violation through is undecided."""
    stored = _finite(run_experiment(experiment(limit)).to_dict())
    verdict = _verdict("small.trial", stored, "raw.json")
    assert (verdict.trial, verdict.text) == (trial, words)
    assert verdict.data["rows"] == 3 and verdict.data["raw"] == "raw.json"
    assert [p["rows"] for p in verdict.data["planted"]] == [20] and len(stored["planted"][0]["rows"]) == 20


def test_a_rule_that_rejects_the_right_program_decides_nothing() -> None:
    """When the right program fails on the planted seeds, catching a wrong one there says nothing."""
    unlucky = replace(experiment(Fraction(1)), program=lambda seeds, size: rows(seeds, size) if 1 in seeds else large(
        seeds, size))
    verdict = _verdict("small.trial", _finite(run_experiment(unlucky).to_dict()), "raw.json")
    assert verdict.trial is Trial.UNDECIDED and "the right program was rejected in 20 of 20" in verdict.text


def test_seed_is_added_to_every_seed() -> None:
    """The registered run has seed 0; another seed draws fresh data for measurement and planted violations."""
    plain = experiment(Fraction(1))
    shifted = _shifted(plain, 1000)
    assert shifted.quick.seeds == (1001, 1002, 1003) and shifted.full.planted_seeds[0] == 1101
    assert _shifted(plain, 0) == _shifted(_shifted(plain, 5), -5) == plain


def test_numbers_that_json_lacks_become_words() -> None:
    """NaN and infinities are stored as texts, at any depth."""
    assert _finite({"a": [float("nan"), (1.0, float("-inf"))]}) == {"a": ["nan", [1.0, "-inf"]]}


def test_experiments_are_listed_without_importing_torch() -> None:
    """The modules of a family are read, not run, to find out which hold an experiment."""
    code = ("import sys; from proofs_check.measuring import experiment_modules; "
            "print(len(experiment_modules('covering')) >= 2, 'torch' in sys.modules)")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.split() == ["True", "False"], done.stderr


def test_index_reads_experiment_and_claim_off_the_source(tmp_path: Path) -> None:
    """The experiments of the family are known by id and claim without a process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(measuring, "run_all", lambda tasks, jobs: iter([1 / 0] if tasks else []))
        found = {entry.id: entry for entry in measuring.index(["covering"], Ledger(tmp_path))}
    assert {"covering.tanh_teacher", "covering.digits_modulus"} <= found.keys()
    assert found["covering.digits_modulus"].claim == "covering.param_lipschitz"


@pytest.mark.slow
def test_computed_entry_is_asked_from_a_child_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the source does not show the id, a child imports the module; the second look starts no process."""
    monkeypatch.setattr(measuring, "_written_entry", lambda module: None)
    ledger = Ledger(tmp_path)
    found = measuring.index(["covering"], ledger)
    assert {"covering.tanh_teacher", "covering.digits_modulus"} <= {entry.id for entry in found}
    monkeypatch.setattr(measuring, "run_all", lambda tasks, jobs: iter([1 / 0] if tasks else []))
    assert measuring.index(["covering"], ledger) == found

"""The benchmark runs and its comparison is fair: every implementation encloses the same values. No time is asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*claims: str) -> dict[str, Any]:
    """What the benchmark prints for these claims and three boxes."""
    command = [sys.executable, str(ROOT / "benchmarks" / "kernel.py"), "--claims", *claims, "--boxes", "3",
               "--seconds", "0", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_enclosures_are_compared():
    """A few boxes give a rate for every implementation, the reference counting as one; without claims, no claim."""
    printed = run()
    speeds = {s["name"]: s for s in printed["enclosures"]}
    assert len(speeds) == 4 and all(s["boxes_per_second"] > 0 and s["width"] > 0 for s in speeds.values())
    assert speeds["python-flint arb"]["slower"] == 1
    assert printed["claims"] == []


@pytest.mark.slow
def test_claims_are_timed():
    """A proved claim is timed together with the lemmas it rests on, a refuted one by its points."""
    rows = {row["id"]: row for row in run("covering.counting_chain", "covering.shallow_bound_quoted")["claims"]}
    refuted = rows.pop("covering.shallow_bound_quoted")
    assert (refuted["accepted"], refuted["points"], refuted["checker_ms"]) == (True, 6, 0)
    assert all(row["accepted"] and row["bytes"] > 0 and row["checker_ms"] > 0 for row in rows.values())
    assert rows["covering.counting_chain"]["points"] == 4 and "textbook.fact_pos" in rows


def test_symmetries_are_compared():
    """Every module has our axes, confirmed by a random element; rebasin's column is there where it is installed."""
    command = [sys.executable, str(ROOT / "benchmarks" / "symmetries.py"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    rows = {row["module"]: row for row in json.loads(done.stdout)}
    assert rows["mlp"]["ours"]["axes"] == [12, 16] and rows["residual"]["ours"]["axes"] == [16, 24, 24]
    # the largest change that `numerics.covering.symmetry` takes for rounding in float64
    assert all(row["ours"]["change"] < 1e-9 for row in rows.values())

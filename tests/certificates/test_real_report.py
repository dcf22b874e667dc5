"""The certificates of the covering family: the checker alone accepts them, and the second opinion confirms them."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from conftest import CHECKER

from proofs_check.certificates.second import recheck
from proofs_check.checking import AXIOMS


@pytest.mark.slow
def test_accepted_by_the_checker_alone(covering: Any) -> None:
    """A fresh process without site-packages or environment accepts every claim and point, and says so on exit."""
    done = subprocess.run([sys.executable, "-I", "-S", str(CHECKER), str(covering.path)], capture_output=True,
                          text=True,
                          timeout=300, cwd="/", env={})  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    lines = done.stdout.splitlines()
    assert len(lines) == len(covering.report["claims"]) + len(covering.report["points"]) > 50
    assert all(line.startswith("accepted") for line in lines)


def test_grades_and_axioms(covering: Any) -> None:
    """The checker, in a process of its own, accepted all, and every claim is exact, given what it cites."""
    assert covering.checked.accepted and not covering.failures
    assert len(covering.checked.claims) == len(covering.report["claims"])
    cited = {record["id"] for record in covering.report["cited"]}
    for name, found in covering.checked.claims.items():
        assert found["grade"] == "exact" and set(found["cited"]) <= cited, name


PARTS, SMALL = 12, 5_000


@pytest.fixture(scope="module")
def whole(covering: Any) -> dict[str, Any]:
    """The report as it was written to the file."""
    return json.loads(covering.path.read_bytes())


def part_of(whole: dict[str, Any], k: int) -> dict[str, Any]:
    """Some claims and the shorter ones of some points, with all claims before them as citations."""
    claims = whole["claims"]
    first, last = (len(claims) * number // PARTS for number in (k, k + 1))
    before = claims if k == PARTS else claims[:first]
    cited = [{"id": c["id"], "statement": c["statement"], "source": "before"} for c in before]
    points = [point for point in whole["points"] if len(json.dumps(point)) < SMALL] if k == PARTS else []
    return {**whole, "cited": cited, "claims": claims[first:last], "points": points}


@pytest.mark.parametrize("k", range(PARTS + 1))
def test_second_opinion_on_a_part(whole: dict[str, Any], k: int) -> None:
    """python-flint confirms the steps of a twelfth of the claims, or of the shorter points."""
    part = part_of(whole, k)
    opinion = recheck(part, json.loads(AXIOMS.read_bytes()))
    assert opinion.agrees and sum(opinion.checked.values()) > 5, opinion.disagreements[:3]


@pytest.mark.slow
def test_second_opinion_on_the_whole(whole: dict[str, Any]) -> None:
    """python-flint confirms every combine, compute and enclose step of the whole report."""
    opinion = recheck(whole, json.loads(AXIOMS.read_bytes()))
    assert opinion.agrees, opinion.disagreements[:3]
    assert opinion.checked["combine"] > 300 and opinion.checked["compute"] > 300

"""Witnesses that a person can check: short, with small numbers; claims without idle hypotheses or steps."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from proofs_check.searching import points_of
from theory.covering import CLAIMS
from theory.language import Claim, Step, text

CLAIM = {claim.id: claim for claim in CLAIMS}
POINTS = {point.id: point for claim in CLAIM.values() for point in points_of(claim)}
each = pytest.mark.parametrize("name", POINTS)

LARGEST = 10**6
"""No number of a witness is larger, above or below the line."""

STEPS, CHARACTERS, LAYERS, CERTIFICATE = 12, 700, 10, 300_000


def steps_of(steps: tuple[Step, ...]) -> Iterator[Step]:
    """The steps and those of their boxes."""
    for step in steps:
        yield step
        for box in step.boxes:
            yield from steps_of(box.steps)


def integers(term: Any) -> Iterator[int]:
    """The integers in a term."""
    if isinstance(term, int):
        yield term
    elif isinstance(term, tuple):
        for part in term:
            yield from integers(part)


@each
def test_witness_is_short(name):
    """A witness has few steps, and its objects are written in a few lines."""
    steps = list(steps_of(POINTS[name].witness.steps))
    assert len(steps) <= STEPS
    assert sum(len(text(term)) for step in steps for _, term in step.sub) <= CHARACTERS


@each
def test_witness_has_small_numbers(name):
    """All numbers of a witness have at most seven digits."""
    found = [n for step in steps_of(POINTS[name].witness.steps) for _, term in step.sub for n in integers(term)]
    assert found and max(map(abs, found)) <= LARGEST


@each
def test_witness_is_a_small_network(name):
    """A witness uses at most ten hidden layers and, of the names that count copies, at most two."""
    final = POINTS[name].witness.steps[-1]
    sub = dict(final.sub)
    assert isinstance(sub.get("L", 0), int) and 0 <= sub.get("L", 0) <= LAYERS
    assert sub.get("M", 1) in (1, 2)


def test_certificates_of_points_are_small(covering):
    """What the checker reads for an instance or a refutation has at most 300 kB."""
    sizes = {p["id"]: len(json.dumps(p, separators=(",", ":"))) for p in covering.report["points"]}
    assert {name: size for name, size in sizes.items() if size > CERTIFICATE} == {}


@pytest.mark.parametrize("claim", [c for c in CLAIM.values() if c.declared == "Proved"], ids=lambda c: c.id)
def test_nothing_in_a_proved_claim_is_idle(covering, claim: Claim):
    """Every hypothesis and every step of a proved claim is used, as the checker finds."""
    assert covering.checked.claim(claim.id)["unused"] == {"hypotheses": [], "steps": []}

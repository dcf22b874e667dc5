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

STEPS, CHARACTERS, LAYERS, NETWORKS, CERTIFICATE = 250, 2000, 10, 17, 900_000

MANY = {"covering.relu_scaling_cover/saturating_exponent"}
"""An exponent is refuted by very many networks at a very small radius: no small point can do it."""


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


def objects_of(name: str) -> dict[str, Any]:
    """The objects that a witness names: those of its last `witness` step, inside `obtain` or `define` if need be."""
    final = POINTS[name].witness.steps[-1]
    while final.by in ("obtain", "define", "cases"):
        final = final.boxes[-1].steps[-1]
    return dict(final.sub)


@each
def test_witness_is_short(name):
    """The objects of a witness are written in a few lines, and few steps show that they are one."""
    assert len(list(steps_of(POINTS[name].witness.steps))) <= STEPS
    assert sum(len(text(term)) for term in objects_of(name).values()) <= CHARACTERS


@each
def test_witness_has_small_numbers(name):
    """All numbers of a witness have at most seven digits."""
    found = [n for step in steps_of(POINTS[name].witness.steps) for _, term in step.sub for n in integers(term)]
    assert found and (name in MANY or max(map(abs, found)) <= LARGEST)


@each
def test_witness_is_a_small_network(name):
    """A witness uses at most ten hidden layers (L) and seventeen networks (M), where these names are numbers."""
    objects = objects_of(name)
    for count, limit in (("L", LAYERS), ("M", NETWORKS)):
        if isinstance(objects.get(count), int) and name not in MANY:
            assert 0 <= objects[count] <= limit


def test_certificates_of_points_are_small(covering):
    """What the checker reads for an instance or a refutation has at most 900 kB."""
    sizes = {p["id"]: len(json.dumps(p, separators=(",", ":"))) for p in covering.report["points"]}
    assert {name: size for name, size in sizes.items() if size > CERTIFICATE} == {}


@pytest.mark.parametrize("claim", [c for c in CLAIM.values() if c.declared == "Proved"], ids=lambda c: c.id)
def test_nothing_in_a_proved_claim_is_idle(covering, claim: Claim):
    """Every hypothesis and every step of a proved claim is used, as the checker finds."""
    assert covering.checked.claim(claim.id)["unused"] == {"hypotheses": [], "steps": []}

"""Every claim of every family: proof, instance and controls before the checker, and statements that nobody changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from proofs_check.registry import load
from proofs_check.searching import points_of
from theory.language import digest

REGISTRY = load()
CLAIM = {claim.id: claim for claim in REGISTRY.claims}
OTHERS = [name for name, claim in CLAIM.items() if claim.family != "covering"]
"""The covering family has tests of its own for the same, in `test_controls_refuted`."""
STATEMENTS = Path(__file__).with_name("statements.json")


def test_statements_are_the_published_ones() -> None:
    """An id means one statement for ever: a weaker conclusion or another constant is a change of `statements.json`.

    Who changes a statement on purpose writes the new SHA-256, which `lemmascope cite CLAIM` prints, into that file.
    """
    assert {name: claim.digest for name, claim in CLAIM.items()} == json.loads(STATEMENTS.read_text())


@pytest.mark.parametrize("name", OTHERS)
def test_claim_and_points_are_accepted(certificates, name: str) -> None:  # noqa: ANN001
    """The checker accepts the proof, the instance and the refutation of each control, for exactly these statements.

    Points rest on no citation, proofs on those that the family lists.
    """
    claim = CLAIM[name]
    family = certificates(claim.family)
    assert not {key: why for key, why in family.failures.items() if key.split("/")[0] == name}
    found = family.checked.claim(name)
    assert found["accepted"], found.get("reason")
    assert found["digest"] == claim.digest and found["instance"] is True and found["grade"] in ("exact", "enclosed")
    assert set(found["cited"]) <= set(family.registry.citations)
    for point in points_of(claim):
        seen = family.checked.point(point.id)
        assert seen["accepted"], (point.id, seen.get("reason"))
        assert seen["digest"] == digest(point.statement.formula) and seen["point"] == point.kind
        assert seen["grade"] in ("exact", "enclosed")


@pytest.mark.parametrize("name", CLAIM)
def test_controls_are_neighbours_and_not_the_claim(name: str) -> None:
    """At least two controls, of other statements than the claim and one another, each saying what it breaks."""
    claim = CLAIM[name]
    stated = [claim.digest, *(digest(control.statement.formula) for control in claim.controls)]
    assert len(stated) > 2 and len(set(stated)) == len(stated)
    assert all(control.breaks for control in claim.controls)

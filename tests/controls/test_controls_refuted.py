"""Every control and refutation of the covering family is refuted in the kernel, and no sharper claim slips through."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from proofs_check.checking import check
from proofs_check.engines.elaboration import elaborate
from proofs_check.searching import points_of
from theory.covering import CLAIMS
from theory.language import Claim, Formula, SearchFailed, digest, to_json
from theory.language.notation import Statement

CLAIM = {claim.id: claim for claim in CLAIMS}
POINTS = {point.id: point for claim in CLAIM.values() for point in points_of(claim)}
CITED_BY = {"covering.quotient_burnside": {"cite.burnside"}, "covering.generalization": {"cite.hoeffding"}}
"""Claims that rest on a named theorem of the literature, and on which."""
PROVED = [name for name, claim in CLAIM.items() if claim.declared == "Proved"]


def test_every_search_succeeds(covering):
    """Each derivation, instance, control and refutation becomes a certificate."""
    assert dict(covering.failures) == {}


@pytest.mark.parametrize("name", POINTS)
def test_point_is_accepted_by_the_checker(covering, name):
    """The checker accepts the witness, for exactly the statement in theory, on no citation and no solver's word."""
    found = covering.checked.point(name)
    assert found["accepted"], found.get("reason")
    assert found["digest"] == digest(POINTS[name].statement.formula)
    assert found["point"] == POINTS[name].kind and found["grade"] in ("exact", "enclosed")


@pytest.mark.parametrize("name", PROVED)
def test_claim_is_accepted_with_its_instance(covering, name):
    """The checker accepts each claim declared Proved, as exact, with an instance of the same statement.

    Only the theorems listed as cited by the family may be cited.
    """
    found = covering.checked.claim(name)
    assert found["accepted"], found.get("reason")
    assert (found["digest"], found["grade"]) == (CLAIM[name].digest, "exact")
    assert set(found["cited"]) <= CITED_BY.get(name, set())
    assert found["instance"] is True


def test_refuted_claims_have_no_certificate_as_claims(covering):
    """A claim declared Refuted is in the report as a point only, so that nothing can rest on it."""
    refuted = {name for name, claim in CLAIM.items() if claim.declared == "Refuted"}
    assert refuted and refuted.isdisjoint(covering.checked.claims)
    assert {p.of for p in covering.points if ": " in p.id} == refuted


# ---- sharper claims, each false at the claim's own instance or at an extreme case


def _halved(formula: Formula) -> Formula:
    """The relation with half its right side."""
    if formula[0] == "all":
        return (*formula[:3], _halved(formula[3]))
    return (formula[0], formula[1], ("*", ("q", 1, 2), formula[2]))


def _sharper(claim: Claim, index: int | None) -> Claim:
    """The claim with one bound of its conclusion halved."""
    f = claim.statement.formula
    if index is None:
        end = _halved(f[3])
    else:
        parts = list(f[3][2])
        parts[index] = _halved(parts[index])
        end = (*f[3][:2], tuple(parts))
    return replace(claim, statement=Statement((*f[:3], end), claim.statement.ids))


SHARPER = {
    "half the modulus": ("covering.param_lipschitz", None),
    "half the closed form": ("covering.modulus_closed_form", 1),
    "half of each layer's bound": ("covering.modulus_closed_form", 0),
    "half of m^S above": ("covering.counting_chain", 1),
    "half the factorials below": ("covering.counting_chain", 0),
    "half the ratio of volumes": ("covering.volume", 0),
    "half of eps": ("covering.volume", 4),
}


@pytest.mark.parametrize("what", SHARPER)
def test_sharper_claim_is_not_found(covering, what):
    """With one bound halved the derivation no longer leads to the conclusion, and the search says so."""
    name, index = SHARPER[what]
    with pytest.raises(SearchFailed):
        elaborate(_sharper(CLAIM[name], index), covering.registry.library(name))


def test_sharper_claims_are_rejected_by_the_checker(covering, tmp_path: Path):
    """The accepted certificate of a claim, under the same statement with one bound halved, is rejected."""
    entries = {entry["id"]: entry for entry in covering.report["claims"]}
    altered = []
    for k, (name, index) in enumerate(SHARPER.values()):
        stated = to_json(_sharper(CLAIM[name], index).statement.formula)
        altered.append({**entries[name], "id": f"test.same{k}"})
        altered.append({**entries[name], "id": f"test.sharp{k}", "statement": stated})
    path = tmp_path / "report.json"
    claims = [*entries.values(), *altered]
    path.write_text(json.dumps({**covering.report, "claims": claims, "points": []}), encoding="ascii")
    checked = check(path)
    assert all(checked.claim(f"test.same{k}")["accepted"] for k in range(len(SHARPER)))
    assert not any(checked.claim(f"test.sharp{k}")["accepted"] for k in range(len(SHARPER)))

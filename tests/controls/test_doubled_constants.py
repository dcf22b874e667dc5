"""A conclusion with a constant halved or doubled turns the run red, for every claim that is Proved."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from proofs_check import verify
from proofs_check.checking import check
from proofs_check.engines.elaboration import elaborate
from proofs_check.mutation.operators import CONSTANT, mutants
from proofs_check.registry import families
from theory.covering import CLAIMS
from theory.language import Claim, Lemma, SearchFailed
from theory.language.notation import Statement

PROVED = [claim for claim in CLAIMS if claim.declared == "Proved"]
QUICK = "covering.counting_chain"


def changed(claim: Claim) -> list[tuple[str, Statement]]:
    """The statement with one constant of its conclusion halved, or made half as large again.

    A bound of 0 is the same bound when the other side is scaled, so it has no such constant.
    """
    return [(m.name, way) for m in mutants(claim.statement) if m.kind == CONSTANT and "by 1/2" in m.name
            and "the right side of 0 <" not in m.change for way in m.directions]


SURE = {
    "covering": {"covering.param_lipschitz", "covering.volume", "covering.counting_chain"},
    "etr_training": {"etr_training.piercing_bound", "etr_training.sigmoid_calibration"},
    "mori_zwanzig": {"mori_zwanzig.memory_decay", "mori_zwanzig.training_paradigm"},
    "gnn_convergence": {"gnn_convergence.linear_rate", "gnn_convergence.discrete_gd"},
}
"""Claims of each family whose conclusions have such constants."""


@pytest.mark.slow
@pytest.mark.parametrize("family", families())
def test_no_derivation_survives_another_constant(certificates, family: str, tmp_path: Path):
    """For every claim, with the bound halved or made half as large again, search or checker turns one of the two down.

    (The other may be the weaker claim, which the derivation can prove as well.)
    """
    known = certificates(family)
    entries, tried = [], {}
    for claim in known.claims:
        ways = changed(claim)[:2] if claim.declared == "Proved" else []
        for k, (name, way) in enumerate(ways):
            id = f"test.{claim.id.partition('.')[2]}{k}"
            tried.setdefault(claim.id, []).append(id)
            item = Lemma(id, name, way, claim.derivation, claim.posed)
            with contextlib.suppress(SearchFailed):
                entries.append(elaborate(item, known.registry.library(claim.id)))
    path = tmp_path / "report.json"
    claims = [*known.report["claims"], *entries]
    path.write_text(json.dumps({**known.report, "claims": claims, "points": []}), encoding="ascii")
    checked = check(path)
    assert SURE[family] <= tried.keys()
    for name, ids in tried.items():
        assert not all(checked.claim(id)["accepted"] for id in ids), f"{name} is proved with either constant"


def test_a_claim_with_half_its_bound_is_not_proved(covering, tmp_path: Path):
    """`verify` finds no proof of the counting chain with half of m^S above, says why, and exits with 1."""
    claim = next(c for c in PROVED if c.id == QUICK)
    way = next(way for name, way in changed(claim) if name == "constant conclusion 2, the bound by 1/2")
    report = verify(replace(claim, id="covering.half", statement=way), ledger=tmp_path, jobs=1, measure=False,
                    library=covering.registry)
    verdict = report.claims["covering.half"]
    assert str(verdict.outcome) == "Undecided"
    assert "the search failed" in verdict.reason or "no certificate" in verdict.reason
    assert report.exit_code() == 1

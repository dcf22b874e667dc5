"""What several test files share: the certificates of the covering family, searched and checked once a session."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from proofs_check import registry
from proofs_check.checking import AXIOMS, Checked, check
from proofs_check.ledger import Ledger
from proofs_check.registry import Registry
from proofs_check.searching import Point, Search, points_of
from theory.covering import CLAIMS, modulus_closed_form
from theory.language import Claim


@dataclass(frozen=True)
class Covering:
    """The covering family with its certificates: `report` as written, `checked` as the checker found it."""

    registry: Registry
    claims: tuple[Claim, ...]
    points: tuple[Point, ...]
    report: Mapping[str, Any]
    path: Path
    checked: Checked
    failures: Mapping[str, str]


@pytest.fixture(scope="session")
def covering(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Covering:
    """Find the certificates of the covering family, then have the checker check all of them.

    Searches are kept in pytest's cache, by content: a change of claim, engine or axiom searches again.
    """
    place = tmp_path_factory.mktemp("covering")
    cache = getattr(request.config, "cache", None)
    ledger = Ledger(Path(cache.mkdir("certificates")) if cache else place / "ledger")
    base = registry.load()
    if modulus_closed_form.CLAIM.id not in base.items:
        base = base.with_items((modulus_closed_form.CLAIM,))
    claims = tuple(dict.fromkeys((*CLAIMS, modulus_closed_form.CLAIM)))
    points = tuple(point for claim in claims for point in points_of(claim))
    search = Search(base, ledger, 2, 60, lambda what, done, total: None)
    search.run([claim.id for claim in claims], points)
    report = search.report(hashlib.sha256(AXIOMS.read_bytes()).hexdigest())
    path = place / "report.json"
    path.write_text(json.dumps(report, separators=(",", ":")), encoding="ascii")
    return Covering(base, claims, points, report, path, check(path), search.failures)

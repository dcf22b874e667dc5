"""What several test files share: the certificates of a family, searched and checked once a session."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from proofs_check import registry
from proofs_check.checking import AXIOMS, Checked, check
from proofs_check.ledger import Ledger
from proofs_check.registry import Registry
from proofs_check.searching import Point, Search, points_of
from theory.language import Claim


@dataclass(frozen=True)
class Certificates:
    """A family with its certificates: `report` as written, `checked` as the checker found it."""

    registry: Registry
    claims: tuple[Claim, ...]
    points: tuple[Point, ...]
    report: Mapping[str, Any]
    path: Path
    checked: Checked
    failures: Mapping[str, str]


@pytest.fixture(scope="session")
def certificates(request: pytest.FixtureRequest,
                 tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Certificates]:
    """Find the certificates of a family when it is first asked for, then have the checker check all of them.

    Searches are kept in pytest's cache, by content: a change of claim, engine or axiom searches again.
    """
    kept = getattr(request.config, "cache", None)

    @cache
    def of(family: str) -> Certificates:
        place = tmp_path_factory.mktemp(family)
        stored = Path(kept.mkdir("certificates")) if kept else place / "ledger"
        stored.mkdir(parents=True, exist_ok=True)
        base = registry.load(family)
        claims = tuple(claim for claim in base.claims if claim.family == family)
        points = tuple(point for claim in claims for point in points_of(claim))
        search = Search(base, Ledger(stored), 2, 60, lambda what, done, total: None)
        # of several test processes one searches, and the others find its results
        with FileLock(stored / f"{family}.lock"):
            search.run([claim.id for claim in claims], points)
        report = search.report(hashlib.sha256(AXIOMS.read_bytes()).hexdigest())
        path = place / "report.json"
        path.write_text(json.dumps(report, separators=(",", ":")), encoding="ascii")
        return Certificates(base, claims, points, report, path, check(path), search.failures)

    return of


@pytest.fixture(scope="session")
def covering(certificates: Callable[[str], Certificates]) -> Certificates:
    """The certificates of the covering family."""
    return certificates("covering")

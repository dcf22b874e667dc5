"""One run on small claims, one of them with names that try to break out of a page, and its pages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from proofs_check import registry, verify
from proofs_check.registry import Registry
from proofs_check.report import write_site
from proofs_check.verdicts import Fate, MutantVerdict, Report

SMALL = str(Path(__file__).parents[1] / "small_claims.py")
EVIL = "<script>alert('x')</script>\"&"


@pytest.fixture(scope="session")
def library() -> Registry:
    """The textbook and families, the small claims, and a hostile copy of the true one."""
    base, claims, _ = registry.load_file(SMALL, registry.load())
    true = claims[0]
    control = replace(true.controls[0], name=EVIL, breaks=EVIL)
    source = replace(true.source, authors=EVIL, title=EVIL, note=EVIL)
    hostile = replace(true, id="small." + EVIL, title=EVIL, summary=EVIL, source=source, controls=(control,),
                      tightness=EVIL)
    return base.with_items((hostile,))


@pytest.fixture(scope="session")
def report(library: Registry, tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The run, with mutants of every fate added to the true claim by hand."""
    ledger = tmp_path_factory.mktemp("ledger")
    found = verify(["small.grows", "small.shrinks", "small." + EVIL], library=library, ledger=ledger, jobs=1)
    mutants = (MutantVerdict("drop H1", "without H1: 1 <= x", "drop", Fate.KILLED, "x = 0, y = 0"),
               MutantVerdict("sharper", EVIL, "constant", Fate.PROVED, reason=EVIL),
               MutantVerdict("same", "nothing", "shift", Fate.EQUIVALENT),
               MutantVerdict("unclear", "something", "norm", Fate.OPEN, reason="the budget is spent"))
    claims = dict(found.claims)
    claims["small.grows"] = replace(claims["small.grows"], mutants=mutants)
    return replace(found, claims=claims, notes=(EVIL,))


@pytest.fixture(scope="session")
def certificates(report: Report) -> dict[str, Any]:
    """The certificates of the run as a reader of the report file gets them."""
    return json.loads(json.dumps(dict(report.certificates)))


@pytest.fixture(scope="session")
def site(report: Report, library: Registry, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory with the pages of the run."""
    return write_site(report, library, tmp_path_factory.mktemp("pages")).parent

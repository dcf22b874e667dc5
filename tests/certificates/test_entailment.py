"""Reports of true lemmas that do not give their claim: every one is rejected, for the reason meant."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import report
from attacks_on_proofs import DEFINITIONS, INDUCTION, QUANTIFIERS, SORTS
from attacks_on_reports import ARITHMETIC, BOXED, DOMAINS, POINTS, REFERENCES, SHAPES
from rejection import Reject
from small_reports import AXIOMS

PARTS = (QUANTIFIERS, INDUCTION, DEFINITIONS, SORTS, ARITHMETIC, DOMAINS, BOXED, SHAPES, POINTS, REFERENCES)
ATTACKS = {name: attack for part in PARTS for name, attack in part.items()}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_is_rejected(name: str) -> None:
    """The report is not accepted, and the reason names what is wrong."""
    sentence, why, document = ATTACKS[name]
    assert sentence.endswith(".") and why in reason(document)


def reason(document: Any) -> str:
    """Why the last claim or point of a report is rejected; the empty text if it is accepted."""
    try:
        found = report.check(copy.deepcopy(document), AXIOMS)
    except Reject as error:
        return str(error)
    results = [*found["claims"].values(), *found["points"].values()]
    assert found["accepted"] == all(result["accepted"] for result in results)
    return results[-1].get("reason", "")


def test_there_are_many_attacks() -> None:
    """At least a hundred attacks, each with a name and a sentence of its own."""
    sentences = {sentence for sentence, _, _ in ATTACKS.values()}
    assert len(sentences) == len(ATTACKS) == sum(map(len, PARTS)) >= 100

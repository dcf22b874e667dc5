"""The filter of candidates: what it says of closed formulas, which the checker then replays."""

from __future__ import annotations

import pytest

from proofs_check.mutation.models import truth
from theory.language.notation import formula


@pytest.mark.parametrize(("text", "expected"), [
    ("1 < 2", True), ("2 < 1", False), ("1 <= exp(1)", True), ("exp(1) <= 1", False), ("exp(1) < exp(1)", False),
    ("0 < 0*exp(1)", False), ("0 <= 0*exp(1)", True), ("0*exp(1) < 0", False), ("1 < 1 + 0*log(3)", False),
    ("0*(1/0) <= 0", True), ("0 < 0*(1/0)", False), ("0 < 2*exp(-1)*0*exp(5)", False),
    ("1 < 0 or 0 < 1", True), ("all x:real | 0 <= x => 0 <= x^2", True), ("some n:int | n = 2", True),
])
def test_closed_formulas(text: str, expected: bool) -> None:
    """Exact values, enclosures, and products with a factor 0, whatever stands beside it."""
    assert truth(formula(text)) is expected


@pytest.mark.parametrize("text", ["1/0 <= 0", "exp(1)*(1/0) < 1", "exp(1) <= exp(1) + (1/0)"])
def test_what_is_not_found_out_is_unknown(text: str) -> None:
    """A reciprocal of 0 has a value that nothing here knows."""
    assert truth(formula(text)) is None

"""Certificates in words, by hand: multipliers, reasons, witnesses, necessity, and authors' plain text as typography."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from proofs_check.cli_explain import words
from proofs_check.registry import Registry
from proofs_check.report.narration import details, manner, reason, shown_value
from proofs_check.report.necessity import changed, needs
from proofs_check.report.reading import find, proof
from proofs_check.report.typography import kept_together, pretty
from proofs_check.report.witnesses import readable
from proofs_check.verdicts import Report
from theory.language import statement


def combine(**parts: Any) -> dict[str, Any]:
    """A step that combines facts to 0 <= x."""
    return {"id": "s", "goal": ["<=", 0, "x"], "by": "combine", **parts}


@pytest.mark.parametrize(("step", "expected"), [
    (combine(), "both sides are the same polynomial"),
    (combine(sum=[[[1, 2], ["H1"], None], [[1, 1], [], None]]), "by linear arithmetic from H1"),
    (combine(sum=[[[1, 1], ["H1", "s2"], None]]), "by arithmetic with products of facts from H1 and s2"),
    (combine(sum=[[[1, 1], [], ["+", "x", "y"]]]), "a sum of squares"),
    (combine(eqs=[{"f": "e", "l": "y"}]), "by algebra from e"),
    (combine(mul=["p"], eqs=[{"inv": "b", "nz": "q", "l": -1}]), "by algebra from p and q"),
])
def test_reasons_of_polynomial_steps(step: dict[str, Any], expected: str) -> None:
    """The words name the kind of arithmetic and every fact once."""
    assert words(reason(step, {})) == expected
    assert expected.startswith(manner(step))


def test_multipliers_are_written_out() -> None:
    """The identity of a certificate, term by term."""
    step = combine(mul=["p"], sum=[[[1, 2], ["H1"], None], [[3, 1], ["a", "b"], ["+", "x", 1]], [[1, 1], [], None]],
                   eqs=[{"f": "e", "l": -1}, {"f": "m", "T": True, "l": "A", "r": "B"}, {"inv": "b", "nz": "q"}])
    identity, legend = details(step, {}, lambda name: None)
    assert words(identity) == ("(p) · (goal) = 1/2 · (H1) + 3 · (a) · (b) · (x + 1)^2 + 1 + (−1) · (e) "
                               "+ [A] · (m)ᵀ · [B] + (b*(1/b) − 1, where q rules out 0)")
    assert "right side minus left side" in words(legend)


def test_values_are_exact_when_short_and_rounded_when_long() -> None:
    """Fractions as they are; long numbers with their power of ten, also far outside the range of floats."""
    assert shown_value(Fraction(3, 4)) == "3/4"
    assert shown_value(Fraction(10) ** 20_000 * 3) == "about 3.0000e20000"
    assert shown_value(Fraction(-1, 7 * 10**30)) == "about -1.4286e-31"


def test_the_proof_of_the_small_claim(certificates: dict[str, Any], library: Registry) -> None:
    """Two steps: an instance of the lemma, then linear arithmetic; names resolve to anchors and formulas."""
    entry = next(e for e in certificates["claims"] if e["id"] == "small.grows")
    lines = proof(entry, {"small.square": library.items["small.square"].statement.formula})
    first, last = lines[0], lines[-1]
    assert words(first.reason) == "by small.square with x = y" and last.facts["H1"] == "h1"
    assert last.formulas["s"] == first.goal and find(lines, "s") is first and find(lines, "nothing") is None


def test_the_witness_of_a_control_is_read_off(certificates: dict[str, Any]) -> None:
    """x = 1, y = 0 refute 2 <= x + y^2, since 1 < 2."""
    entry = next(e for e in certificates["points"] if e["id"] == "small.grows/larger")
    found = readable(entry)
    assert found is not None
    assert found.objects == (("=", "x", 1), ("=", "y", 0))
    assert (found.relation[0], found.left, found.right) == ("<", "1", "2")


def test_necessity_is_computed(report: Report, library: Registry) -> None:
    """A control counts for a hypothesis only if it claims the same; the mutant that drops it counts always."""
    claim = library.claim("small.grows")
    assert changed(claim, claim.controls[0]) == ()
    weaker = replace(claim.controls[0], statement=statement("all x y:real | H1: 0 <= x => 1 <= x + y*y"))
    assert changed(claim, weaker) == ("H1",)
    assert needs(claim, report.claims["small.grows"])["H1"].shown_needed


@pytest.mark.parametrize(("plain", "shown"), [
    ("n <= 2", "n ≤ 2"), ("d_l rho_j", "<i>d</i><sub>l</sub> ρ<sub>j</sub>"), ("2^-4", "2<sup>-4</sup>"),
    ("m^(S - sum d_l)", "m<sup>S - ∑ <i>d</i><sub>l</sub></sup>"), ("the sum of all", "the sum of all"),
    ("covering.grid_cell", "covering.grid_cell"), ("`a_b`", "<code>a_b</code>"), ("<b>", "&lt;b&gt;"),
    ("(B_x+1)", "(<i>B</i><sub>x</sub>+1)"), ("sqrt(d)", "√(d)"),
    ("m^(d_l d_(l-1))", "m<sup><i>d</i><sub>l</sub> <i>d</i><sub>l-1</sub></sup>"), ("a -> b", "a → b"), ("", ""),
])
def test_plain_text_as_typography(plain: str, shown: str) -> None:
    """Signs, indices and exponents are set; words and names of claims are left alone."""
    assert pretty(plain) == shown


def test_punctuation_stays_with_its_formula() -> None:
    """No line breaks between a formula and the mark after it."""
    assert kept_together("<math>x</math>, y") == '<span class="nb"><math>x</math>,</span> y'

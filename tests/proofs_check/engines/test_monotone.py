"""Inequalities that no tree proves: tangencies and Taylor bounds by the signs of derivatives, checked in the kernel."""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofs_check import registry, verify
from proofs_check.engines.elaboration import elaborate
from proofs_check.engines.signs import SignPiece, sign_of_derivative
from theory.language import Lemma, statement
from theory.language.derivation import enclose
from theory.language.errors import InputError, SearchFailed
from theory.language.terms import Formula
from theory.textbook import AXIOMS, LEMMAS

LIBRARY: dict[str, Formula] = {**AXIOMS, **{lemma.id: lemma.statement.formula for lemma in LEMMAS}}

TOUCHING = {
    "log": "1/2 <= x, x <= 3 => log(x) <= x - 1",
    "exp": "-2 <= x, x <= 2 => 1 + x <= exp(x)",
    "two_wells": "-1 <= x, x <= 2 => 0 <= x^4 - 2*x^2 + 1",
    "sine": "0 <= x, x <= 1 => x - x^3/6 <= sin(x)",
    "cosine": "0 <= x, x <= 1 => 1 - x^2/2 <= cos(x)",
    "taylor": "-1 <= x, x <= 1 => 1 + x + x^2/2 + x^3/6 <= exp(x)",
    "narrow": "0 <= x, x <= 3 => 0 < x^3 - 2*x + 10887/10000",
    "irrational": "0 <= x, x <= 2 => x*exp(-x*x) <= 4289/10000",
}
"""True inequalities in one variable that touch, or nearly touch, somewhere."""

FALSE = {
    "log": "1/2 <= x, x <= 3 => log(x) < x - 1",
    "exp": "-2 <= x, x <= 2 => 1 + x + 1/100000 <= exp(x)",
    "two_wells": "-1 <= x, x <= 2 => 0 < x^4 - 2*x^2 + 1",
    "sine": "0 <= x, x <= 1 => x - x^3/7 <= sin(x)",
    "narrow": "0 <= x, x <= 3 => 0 < x^3 - 2*x + 1088/1000",
    "irrational": "0 <= x, x <= 2 => x*exp(-x*x) <= 4288/10000",
}
"""The same with a strict sign or another constant: false at some point."""


def lemma(name: str, body: str) -> Lemma:
    """One inequality as a lemma with a single `enclose` step; the variable is bound once more, inside."""
    return Lemma(f"test.{name}", name, statement(f"all => (all x:real | {body})"), (enclose("end", leaves=200),))


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the checker says of the true ones."""
    lemmas = tuple(lemma(name, body) for name, body in TOUCHING.items())
    library = registry.load().with_items((), lemmas)
    report = verify([one.id for one in lemmas], library=library, ledger=tmp_path_factory.mktemp("signs"))
    return {name: verdict.describe() for name, verdict in report.lemmas.items()}


@pytest.mark.parametrize("name", TOUCHING)
def test_touching_inequalities_are_proved(outcomes: dict[str, str], name: str) -> None:
    """The checker accepts the proof by signs of derivatives, and grades it as enclosed."""
    assert outcomes[f"test.{name}"] == "Proved, enclosed"


@pytest.mark.parametrize("name", FALSE)
def test_false_neighbours_are_not_proved(name: str) -> None:
    """A strict sign at a tangency, or a constant beyond the true one, ends the search without a certificate."""
    with pytest.raises(SearchFailed, match=f"^test.{name}, step end"):
        elaborate(lemma(name, FALSE[name]), LIBRARY)


def test_what_is_unbounded_or_has_two_variables_is_left_to_trees() -> None:
    """Outside the domain of a function, and in two variables, the message of the tree is what the author sees."""
    for body in ("0 <= x, x <= 2 => log(x) <= x", "0 <= x, x <= 1, 0 <= y, y <= 1 => 2*x*y <= x^2 + y^2"):
        names = "x y" if "y" in body else "x"
        one = Lemma("test.tree", "", statement(f"all => (all {names}:real | {body})"), (enclose("end", leaves=60),))
        with pytest.raises(SearchFailed, match="a tree of at most 60 leaves"):
            elaborate(one, LIBRARY)


def test_signs_of_a_derivative_with_rational_zeros() -> None:
    """x^4 - 2 x^2 falls, rises, falls and rises, with exact break points -1, 0 and 1."""
    signs = sign_of_derivative(("+", ("^", "x", 4), ("*", -2, ("^", "x", 2))), "x", -3, 3)
    assert signs.breakpoints == (-3, -1, 0, 1, 3)
    assert [piece.sign for piece in signs.pieces] == [-1, 1, -1, 1]


def test_signs_at_a_tangency() -> None:
    """x - log(1 + x) has its only critical point at the end 0 and rises on [0, 10]."""
    signs = sign_of_derivative(("+", "x", ("*", -1, ("log", ("+", 1, "x")))), "x", 0, 10)
    assert signs.pieces == (SignPiece(Fraction(0), Fraction(10), 1),)


def test_signs_with_irrational_zeros() -> None:
    """An irrational zero, +-sqrt(2/3), sits in a short piece of sign 0."""
    pieces = sign_of_derivative(("+", ("^", "x", 3), ("*", -2, "x")), "x", -2, 2).pieces
    assert [piece.sign for piece in pieces] == [1, 0, -1, 0, 1]
    assert pieces[3].lo ** 2 < Fraction(2, 3) < pieces[3].hi ** 2
    assert pieces[3].hi - pieces[3].lo < Fraction(1, 1000)


def test_signs_need_a_proper_interval() -> None:
    """An empty interval is refused."""
    with pytest.raises(InputError):
        sign_of_derivative("x", "x", 1, 1)

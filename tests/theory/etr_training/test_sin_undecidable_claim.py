"""Zeros of the sine and Diophantine systems: the claim as data, and its lemmas against balls of another library."""

from __future__ import annotations

from flint import arb

from theory.etr_training import sin_undecidable, sine_zeros
from theory.etr_training.sin_undecidable import CLAIM
from theory.language.notation import formula
from theory.textbook.axioms import AXIOMS


def test_nothing_is_cited():
    """sin(pi) = 0 is an axiom, true for the ball of another library, and 3 < pi < 4."""
    assert not hasattr(sin_undecidable, "CITED")
    assert AXIOMS["ax.sin_pi"] == formula("sin(pi()) = 0")
    assert arb.pi().sin().contains(0) and 3 < arb.pi() < 4


def test_shifts_by_pi_turn_the_sign():
    """sin(x + pi) + sin(x) and sin(x + 6 pi) - sin(x) are 0 at some points."""
    for x in (arb(-3), arb(1) / 7, arb(11)):
        assert ((x + arb.pi()).sin() + x.sin()).contains(0)
        assert ((x + 6 * arb.pi()).sin() - x.sin()).contains(0)


def test_only_integers_pass():
    """|sin(pi x)| is at least 1/4 at fractions with denominators 2 to 12."""
    for d in range(2, 13):
        for k in range(1, d):
            assert abs((arb.pi() * k / d).sin()) > arb(1) / 4


def test_the_equation_of_a_control_has_no_integer_solution():
    """2 t - 1 is odd."""
    assert all(2 * t - 1 for t in range(-1000, 1000))
    assert {control.name for control in CLAIM.controls} == {"relaxation", "any_zero"}


def test_lemmas_are_listed_once():
    """The family takes the lemmas of the zeros from this claim."""
    assert sin_undecidable.LEMMAS is sine_zeros.LEMMAS
    assert len({lemma.id for lemma in sine_zeros.LEMMAS}) == len(sine_zeros.LEMMAS) == 10

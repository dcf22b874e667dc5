"""Axioms of the generators and standard lemmas, proved once from them, in dependency order."""

from theory.language import Cited, Lemma

from . import (
    absolute_value,
    bijection,
    double_sums,
    entries,
    factorials,
    generalised_inverse,
    gronwall,
    growth,
    intervals,
    logarithms,
    powers,
    sums,
    trigonometry,
)
from .axioms import AXIOMS, GENERATORS, PREDICATES, axioms_json

LEMMAS: tuple[Lemma, ...] = (
    *powers.LEMMAS, *sums.LEMMAS, *double_sums.LEMMAS, *absolute_value.LEMMAS, *factorials.LEMMAS, *gronwall.LEMMAS,
    *growth.LEMMAS, *logarithms.LEMMAS, *intervals.LEMMAS, *entries.LEMMAS, *bijection.LEMMAS, *trigonometry.LEMMAS,
    *generalised_inverse.LEMMAS,
)
"""Standard lemmas; each uses only the axioms and earlier ones."""

CITED: tuple[Cited, ...] = ()
"""Named theorems used without proof. None is needed so far."""

__all__ = ["AXIOMS", "CITED", "GENERATORS", "LEMMAS", "PREDICATES", "axioms_json"]

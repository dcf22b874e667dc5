"""The alternative of Fredholm against small systems solved by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from theory.etr_training.affine_consistency import COMBINED, LEMMAS


def _projected(columns, values):
    """One step of the induction: project the last column away, all numbers multiplied by its square length."""
    *rest, u = columns
    length = sum(a * a for a in u)
    fold = [[length * a - b * sum(x * y for x, y in zip(u, v)) for a, b in zip(v, u)] for v in (*rest, values)]
    return fold[:-1], fold[-1]


@pytest.mark.parametrize(("values", "consistent"), [((1, 3, 5), True), ((1, 3, 4), False)])
def test_projections_decide_affine_consistency(values, consistent):
    """1, 3, 5 at 0, 1, 2 are affine, 1, 3, 4 are not: what is left after both projections is 0 or not."""
    columns, left = [(0, 1, 2), (1, 1, 1)], values
    while columns:
        columns, left = _projected(columns, left)
    assert (left == [0, 0, 0]) is consistent


def test_projections_keep_integers():
    """Columns of integers stay integers, however often they are projected."""
    columns, _ = _projected([(2, -3, 5), (1, 7, -4)], (1, 2, 3))
    assert all(isinstance(a, int) for column in columns for a in column)


def test_the_only_circuit_of_a_line():
    """At 0, 1, 3 the circuits are multiples of (2, -3, 1): it vanishes on 4 + x/2 and not on x^2."""
    c, x = (2, -3, 1), (0, 1, 3)
    assert sum(c) == 0 and sum(a * b for a, b in zip(c, x)) == 0
    assert sum(a * (4 + Fraction(b, 2)) for a, b in zip(c, x)) == 0 and sum(a * b * b for a, b in zip(c, x)) == 6


def test_lemmas_are_listed_once():
    """Six lemmas, the alternative among them."""
    assert COMBINED in LEMMAS and len({lemma.id for lemma in LEMMAS}) == len(LEMMAS) == 6

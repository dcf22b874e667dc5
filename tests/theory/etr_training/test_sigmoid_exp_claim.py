"""Products of odds of a sigmoid sink against fits written down by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from theory.etr_training.sigmoid_exp import CLAIM, odds_product
from theory.language.errors import InputError

HALF, THREE = Fraction(1, 2), Fraction(3, 4)


def test_the_fitted_labels_multiply_to_one():
    """1/2, 3/4, 9/10 at 0, 1, 2 have odds 1, 3, 9: the circuit (1, -2, 1) gives 9/9."""
    assert odds_product((HALF, THREE, Fraction(9, 10)), (1, -2, 1)) == 1


def test_a_changed_label_does_not():
    """With 4/5 in place of 9/10 the odds are 1, 3, 4: 4/9."""
    assert odds_product((HALF, THREE, Fraction(4, 5)), (1, -2, 1)) == Fraction(4, 9)


@pytest.mark.parametrize("slope", [Fraction(1, 3), Fraction(5, 2), Fraction(7)])
def test_every_affine_sink_passes(slope):
    """Labels with odds 5 slope^x at x = 0, 1, 3 satisfy the circuit 2 x_0 - 3 x_1 + x_3."""
    labels = [5 * slope**x / (1 + 5 * slope**x) for x in (0, 1, 3)]
    assert odds_product(labels, (2, -3, 1)) == 1


def test_bad_labels_are_refused():
    """0 and 1 are never attained, and every label has a coefficient."""
    for label in (0, 1, Fraction(3, 2)):
        with pytest.raises(InputError):
            odds_product((label,), (1,))
    with pytest.raises(InputError):
        odds_product((HALF,), (1, -1))


def test_the_claim_keeps_its_parts():
    """Four translations, two directions for the logits, and two for the products."""
    assert len(CLAIM.conclusion[2]) == 8
    assert {control.name for control in CLAIM.controls} == {"any_labels", "unbalanced_circuit"}

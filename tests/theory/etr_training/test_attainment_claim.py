"""The sparse network without an optimum: the formulas beside the claim, and the weights of the literature."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from theory.etr_training.attainment import reaching_weights, squared_loss
from theory.language.errors import InputError


@pytest.mark.parametrize("e", [Fraction(1), Fraction(1, 2), Fraction(1, 1024)])
def test_reaching_weights_are_extremal(e):
    """Loss e^2 with |l22 u22| = 1/e - e, exactly."""
    weights = reaching_weights(e)
    assert squared_loss(weights) == e**2
    assert weights["l22"] * weights["u22"] == 1 / e - e


@pytest.mark.parametrize("weights", [
    {"l11": Fraction(1, 1024), "u11": -1, "u12": 1024, "l21": -1, "u22": 1, "l22": 1024},
    {"l11": Fraction(1, 32), "u11": Fraction(-1, 32), "u12": 32, "l21": -32, "u22": 32, "l22": 32},
])
def test_known_weights_of_loss_two_to_the_minus_twenty(weights):
    """Two explicit weight vectors have loss 2^-20; the bound 1/e - e with e = 2^-10 is near their 1024."""
    assert squared_loss(weights) == Fraction(1, 2**20)
    assert weights["l22"] * weights["u22"] >= 1024 - Fraction(1, 1024)


def test_no_grid_point_beats_the_growth():
    """e |l22 u22| >= 1 - e^2, squared, at every weight vector on a small grid."""
    grid = [Fraction(k, 2) for k in (-2, -1, 1, 2)]
    for values in product(grid, repeat=6):
        weights = dict(zip(("l11", "l21", "l22", "u11", "u12", "u22"), values))
        loss = squared_loss(weights)
        if loss < 1:
            assert loss * (weights["l22"] * weights["u22"]) ** 2 >= (1 - loss) ** 2


def test_loss_zero_is_refused():
    """No weights have loss zero, so none can be asked for."""
    with pytest.raises(InputError):
        reaching_weights(0)

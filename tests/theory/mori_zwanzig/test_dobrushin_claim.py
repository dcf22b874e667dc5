"""Dobrushin coefficients of uniform noise against hand values, and the trade-off of capacity and memory."""

from __future__ import annotations

from fractions import Fraction

import pytest

from theory.language.errors import ExactnessError, InputError
from theory.mori_zwanzig.capacity_memory_tradeoff import readout_range, representable_oscillation
from theory.mori_zwanzig.dobrushin import dobrushin_uniform


def test_tanh_layers_contract_at_constant_amplitude():
    """For ranges of length 2 and b = 6/5 the coefficient is 1 - (1/6)^N: .972 for two neurons, below 1 for all N."""
    for width in (1, 2, 8, 64):
        assert dobrushin_uniform([2] * width, "1.2") == 1 - Fraction(1, 6) ** width
    assert round(dobrushin_uniform([2, 2], "1.2") * 1000) == 972


def test_two_coordinates_are_worse_than_the_larger_one():
    """Shifts by b in both coordinates give 3/4, where the largest coordinate alone gives 1/2."""
    assert dobrushin_uniform([1, 1], 1) == Fraction(3, 4)
    assert dobrushin_uniform([1], 1) == Fraction(1, 2)


@pytest.mark.parametrize("shift", [(0, 0), (1, 0), (1, 2), (3, 1), (4, 1), (5, 5)])
def test_the_product_formula_counts_lattice_points(shift):
    """Squares of 4 by 4 lattice cells moved by a shift lose the fraction of cells that the formula says."""
    cells = {(i, j) for i in range(4) for j in range(4)}
    moved = {(i + shift[0], j + shift[1]) for i, j in cells}
    assert dobrushin_uniform(shift, 2) == 1 - Fraction(len(cells & moved), 16)


def test_depth_multiplies():
    """Three layers of coefficient 1/2 leave an eighth of the readout's oscillation, plus twice the tolerance."""
    assert representable_oscillation(["1/2"] * 3, readout_range([2, -1], [1, 2]), "1/8") == Fraction(3, 4)


def test_the_identity_chain_stays_below_its_capacity():
    """Two layers F(x) = x on [0, 1], b = 1 and 2, readout y: q_0(x) = x, so f = q_0 + 1/10 (2x - 1) oscillates by 6/5.

    The levels are 1, 3 and 7 wide, the coefficients 1/2 and 3/4: at most 21/8 + 1/5.
    """
    deltas = [dobrushin_uniform([1], 1), dobrushin_uniform([3], 2)]
    bound = representable_oscillation(deltas, readout_range([1], [7]), "1/10")
    assert bound == Fraction(21, 8) + Fraction(1, 5)
    assert bound >= Fraction(6, 5)


def test_useless_noise_is_named_or_refused():
    """Amplitudes below half the range give 1; amplitude 0, negative ranges and floats are refused."""
    assert dobrushin_uniform([2], 1) == 1
    for call in (([2], 0), ([-1], 1)):
        with pytest.raises(InputError):
            dobrushin_uniform(*call)
    with pytest.raises(ExactnessError):
        dobrushin_uniform([2], 1.2)
    with pytest.raises(InputError):
        representable_oscillation([2], 1)
    with pytest.raises(InputError):
        readout_range([1], [1, 2])

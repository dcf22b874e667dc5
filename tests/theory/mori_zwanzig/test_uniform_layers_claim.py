"""Layers of uniform noise in finite models: the product law, shared volume, means, and chains of layers."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from theory.language.errors import ExactnessError, InputError
from theory.mori_zwanzig import contraction_uniform, dobrushin, neuron_removal
from theory.mori_zwanzig.contents import LEMMAS
from theory.mori_zwanzig.dobrushin import dobrushin_gaussian, dobrushin_uniform
from theory.mori_zwanzig.uniform_kernels import PRODUCT

SIDE = range(-4, 5)
"""Lattice cells -4..4 of every coordinate; a cube of side 4 around f is the four cells f - 2, ..., f + 1."""
CELLS = [(x, y) for x in SIDE for y in SIDE]


def _law(centre):  # noqa: ANN001, ANN202
    """The uniform law on the cube of 4 by 4 cells around a centre."""
    return {cell: Fraction(all(c - 2 <= x <= c + 1 for x, c in zip(cell, centre)), 16) for cell in CELLS}


def _mean(law, u) -> Fraction:  # noqa: ANN001
    return sum((weight * u[cell] for cell, weight in law.items()), Fraction(0))


def test_the_product_law_holds_for_a_lattice_and_fails_for_a_diagonal():
    """Sums over all cells of products are products of sums; on the diagonal of the square they are not."""
    draw = random.Random(7)
    s = [{t: draw.randint(-3, 3) for t in SIDE} for _ in range(2)]
    sums = sum(s[0].values()) * sum(s[1].values())
    assert sum(s[0][x] * s[1][y] for x, y in CELLS) == sums
    assert sum(s[0][t] * s[1][t] for t in SIDE) != sums


@pytest.mark.parametrize("centres", [((0, 0), (0, 0)), ((0, 0), (1, 1)), ((-2, 1), (1, 2)), ((-2, -2), (2, 2))])
def test_two_cubes_share_the_product_of_the_shared_sides(centres):
    """The sum of the least of two uniform laws is 1 - dobrushin_uniform of the distances of their centres."""
    one, other = map(_law, centres)
    assert sum(one.values()) == sum(other.values()) == 1
    shift = [abs(a - b) for a, b in zip(*centres)]
    assert sum(min(one[c], other[c]) for c in CELLS) == 1 - dobrushin_uniform(shift, 2)


def test_means_under_two_cubes_differ_by_the_part_not_shared():
    """For random observables the difference is at most the lost volume times the oscillation; once it is attained."""
    draw = random.Random(3)
    for centres in product([(0, 0), (1, -1), (2, 2)], repeat=2):
        one, other = map(_law, centres)
        lost = dobrushin_uniform([abs(a - b) for a, b in zip(*centres)], 2)
        for _ in range(20):
            u = {cell: draw.randint(0, 6) for cell in CELLS}
            assert abs(_mean(one, u) - _mean(other, u)) <= lost * (max(u.values()) - min(u.values()))
        where = {cell: int(one[cell] > other[cell]) for cell in CELLS}
        assert _mean(one, where) - _mean(other, where) == lost


def test_errors_of_replaced_layers_add_with_the_weights_of_later_layers():
    """Two layers on a line of cells, both replaced by shifted ones: the exact error is at most the weighted sum."""
    cells = range(-3, 4)
    maps = [({x: x // 3 for x in cells}, {x: x // 3 + 1 for x in cells}),
            ({x: -(x // 2) // 2 for x in cells}, {x: 0 for x in cells})]
    draw = random.Random(5)
    for _ in range(20):
        exact = other = {x: Fraction(draw.randint(0, 5)) for x in cells}
        osc, weight, bound = max(exact.values()) - min(exact.values()), Fraction(1), Fraction(0)
        for mean, replaced in reversed(maps):
            moved = max(Fraction(abs(mean[x] - replaced[x]), 4) for x in cells)
            bound += moved * weight * osc
            weight *= dobrushin_uniform([max(mean.values()) - min(mean.values())], 2)
            exact = {x: sum(exact[y] for y in range(mean[x] - 2, mean[x] + 2) if y in cells) / 4 for x in cells}
            other = {x: sum(other[y] for y in range(replaced[x] - 2, replaced[x] + 2) if y in cells) / 4 for x in cells}
        assert max(abs(exact[x] - other[x]) for x in cells) <= bound


def test_no_norm_and_no_overlap_is_a_hypothesis():
    """Hypotheses of the three claims name no integral: norms and overlaps stand in the conclusions, which hold them."""
    for module, word in ((contraction_uniform, "integral"), (dobrushin, "min("), (neuron_removal, "min(")):
        claim = module.CLAIM
        assert all(word not in str(formula) for _, formula in claim.statement.hypotheses)
        assert "integral" in str(claim.statement)
    assert "prod(i=1..N" in PRODUCT
    names = {lemma.id for lemma in LEMMAS}
    assert {"mori_zwanzig.line_level", "mori_zwanzig.chain_norm", "mori_zwanzig.chain_removal"} <= names


def test_gaussian_coefficients():
    """diam = 2 sigma gives 0.6827 (one deviation to both sides), 4 sigma 0.9545; below 1 always; 0 for no range."""
    assert abs(dobrushin_gaussian(2, 1).evalf(20) - 0.682689492137) < 1e-11
    assert abs(dobrushin_gaussian("2", "1/2").evalf(20) - 0.954499736104) < 1e-11
    assert dobrushin_gaussian(0, 1) == 0 and dobrushin_gaussian(20, 1).evalf(60) < 1
    for call in ((1, 0), (-1, 1)):
        with pytest.raises(InputError):
            dobrushin_gaussian(*call)
    with pytest.raises(ExactnessError):
        dobrushin_gaussian(1, 0.5)


def test_eigenvalues_off_the_constants_stay_below_the_coefficient():
    """For two-state layers M with reversed layer S the second eigenvalue of M S is its trace less 1, at most delta."""
    draw = random.Random(11)
    for _ in range(50):
        start = [Fraction(draw.randint(1, 5)) for _ in range(2)]
        weight = [[Fraction(draw.randint(1, 9)) for _ in range(2)] for _ in range(2)]
        layer = [[v / sum(row) for v in row] for row in weight]
        mass = [start[0] * layer[0][y] + start[1] * layer[1][y] for y in range(2)]
        back = [[start[x] * layer[x][y] / mass[y] for x in range(2)] for y in range(2)]
        trace = sum(layer[x][y] * back[y][x] for x in range(2) for y in range(2))
        delta = 1 - sum(min(layer[0][y], layer[1][y]) for y in range(2))
        assert 0 <= trace - 1 <= delta

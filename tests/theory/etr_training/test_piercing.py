"""Piercing numbers and the interpolant: brute force, known widths, exact fits; affine circuits by hand."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest

from theory.etr_training.circuits import affine_circuits
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.piercing import conflict, interpolant, merged_line, piercing, piercing_numbers
from theory.language.errors import ExactnessError, InputError


def random_data(seed, largest=7):
    """Distinct unsorted integers with small integer labels."""
    numbers = Random(seed)
    n = numbers.randint(1, largest)
    return numbers.sample(range(-12, 13), n), [numbers.randint(-3, 3) for _ in range(n)]


def least_piercing(xs, ys, sign):
    """The least number of points that pierce all open intervals of one sign: every set of cell midpoints is tried."""
    data = sorted(zip(xs, ys))
    intervals = [(a[0], c[0]) for a, b, c in zip(data, data[1:], data[2:])
                 if sign * (Fraction(c[1] - b[1], c[0] - b[0]) - Fraction(b[1] - a[1], b[0] - a[0])) > 0]
    cells = [Fraction(a[0] + b[0], 2) for a, b in zip(data, data[1:])]
    return next(k for k in range(len(data) + 1) for points in combinations(cells, k)
                if all(any(low < p < high for p in points) for low, high in intervals))


@pytest.mark.parametrize("seed", range(40))
def test_piercing_numbers_agree_with_brute_force(seed):
    """Greedy families of disjoint intervals are as large as the least piercing sets, for both signs."""
    xs, ys = random_data(seed)
    assert piercing_numbers(xs, ys) == (least_piercing(xs, ys, 1), least_piercing(xs, ys, -1))


@pytest.mark.parametrize("seed", range(20))
def test_certificates_are_disjoint_bends(seed):
    """Each certified interval bends to its side, and no two of one side overlap."""
    xs, ys = random_data(seed)
    found = piercing(xs, ys)
    line = found.line
    assert [xs[i] for i in line.order] == sorted(xs)
    for family, sign in ((found.positive, 1), (found.negative, -1)):
        assert all(sign * line.second_differences[k - 1] > 0 for k in family)
        assert all(line.xs[k + 1] <= line.xs[m - 1] for k, m in zip(family, family[1:]))
    assert found.numbers == (len(found.positive), len(found.negative))


KNOWN = [
    (range(-2, 3), [2, 1, 0, 1, 2], (1, 0)),
    (range(8), [0, 1] * 4, (3, 3)),
    (range(5), [0, 1, 4, 9, 16], (2, 0)),
    (range(-3, 4), [0, 0, 0, 1, 0, 0, 0], (2, 1)),
    ([0, 1], [5, 7], (0, 0)),
    ([3], [1], (0, 0)),
    # On these points the plain second difference 4 - 2*1 + 0 is positive, but the data lie on a line.
    ([0, 1, 4], [0, 1, 4], (0, 0)),
]


@pytest.mark.parametrize(("xs", "ys", "numbers"), KNOWN)
def test_known_piercing_numbers(xs, ys, numbers):
    """Values by hand: abs, zigzag, squares, hat, two points, one point, a line on uneven points."""
    assert piercing_numbers(list(xs), ys) == numbers


def test_zigzags_need_all_inner_points():
    """pi = n - 2 for 0, 1, 0, 1, ..."""
    assert [sum(piercing_numbers(list(range(n)), [k % 2 for k in range(n)])) for n in range(2, 12)] == list(range(10))


def test_equal_points_are_merged_or_in_conflict():
    """Equal points with equal labels count once; with different labels no function fits, and the two are named."""
    assert piercing_numbers([1, 0, 1, 2, 0], [5, 0, 5, 0, 0]) == piercing_numbers([0, 1, 2], [0, 5, 0]) == (0, 1)
    assert merged_line([1, 0, 1], [5, 0, 5]).order == (1, 0)
    assert conflict([1, 0, 1], [5, 0, 5]) is None and conflict([1, 0, 1], [5, 0, 4]) == (0, 2)
    with pytest.raises(InputError, match="points 0 and 2: required one label.*two labels at x = 1"):
        piercing_numbers([1, 0, 1], [5, 0, 4])


def test_floats_and_uneven_lists_are_refused():
    """Data are exact and come in pairs."""
    with pytest.raises(ExactnessError, match=r"xs\[1\]"):
        piercing_numbers([0, 0.5], [1, 2])
    with pytest.raises(InputError, match="ys: required 2 labels"):
        piercing_numbers([0, 1], [1])
    with pytest.raises(InputError, match="at least one"):
        piercing_numbers([], [])


@pytest.mark.parametrize("seed", range(60))
@pytest.mark.parametrize("output_bias", [False, True])
def test_interpolant_fits_with_few_units(seed, output_bias):
    """The fit is exact and has at most pi + 2 units, pi + 1 with an output bias, as a net of the instance has."""
    xs, ys = random_data(seed, largest=9)
    fit = interpolant(xs, ys, output_bias=output_bias)
    assert [fit(x) for x in xs] == ys
    assert fit.width <= sum(piercing_numbers(xs, ys)) + 2 - output_bias
    assert output_bias or not fit.bias
    instance = TrainingInstance.one_hidden_layer(xs, ys, fit.width + 1, output_bias=output_bias)
    bias = {"y1": fit.bias} if output_bias else {}
    assert instance.satisfied_by({**fit.weights(fit.width + 1), **bias})


@pytest.mark.parametrize(("xs", "ys", "width"), [
    ([0, 1, 2, 3, 4], [0, 1, 4, 9, 16], 3), ([0, 1, 2], [0, 0, 0], 0), ([0, 1, 2], [3, 3, 3], 1),
    ([0, 1, 2], [1, 2, 3], 1), ([-1, 0, 1], [-1, 0, 1], 2), ([-2, -1, 0], [-2, -1, 0], 1),
])
def test_affine_parts_take_at_most_two_units(xs, ys, width):
    """An affine part that keeps its sign on the data takes one unit, another one two, none where it is 0."""
    assert interpolant(xs, ys).width == width


def test_kinks_of_an_even_run_lie_strictly_between_points():
    """x^2 on 0..4 bends at 1, 2, 3: one kink at the data point 1, and one between 2 and 3 at the mean, of slope 4."""
    assert interpolant(range(5), [0, 1, 4, 9, 16]).units[:2] == ((2, 1, -1), (4, 1, Fraction(-5, 2)))


# ---- affine circuits ----

def test_circuits_on_a_line():
    """On a line all triples of different points are circuits, equal points a pair."""
    points = [(Fraction(x),) for x in (0, 1, 3, 1)]
    found = [(c.indices, c.coefficients) for c in affine_circuits(points)]
    assert found == [((1, 3), (1, -1)), ((0, 1, 2), (2, -3, 1)), ((0, 2, 3), (2, 1, -3))]


def test_circuits_in_the_plane():
    """A square has one circuit, its two diagonals; with its centre each diagonal is one as well."""
    square = [tuple(map(Fraction, p)) for p in product((0, 2), repeat=2)]
    assert [(c.indices, c.coefficients) for c in affine_circuits(square)] == [((0, 1, 2, 3), (1, -1, -1, 1))]
    centred = [*square, (Fraction(1), Fraction(1))]
    assert [c.indices for c in affine_circuits(centred)] == [(0, 3, 4), (1, 2, 4), (0, 1, 2, 3)]


@pytest.mark.parametrize("seed", range(5))
def test_circuits_are_minimal_dependencies(seed):
    """Coefficients annihilate affine functions, are all non-zero, and no circuit contains another one."""
    numbers = Random(seed)
    points = [tuple(Fraction(numbers.randint(-2, 2)) for _ in range(2)) for _ in range(7)]
    found = list(affine_circuits(points))
    for circuit in found:
        assert all(circuit.coefficients) and circuit.coefficients[0] > 0 and sum(circuit.coefficients) == 0
        assert circuit.applied([3 * x - 2 * y + 1 for x, y in points]) == 0
        assert set(circuit.positive) | set(circuit.negative) == set(circuit.indices)
    supports = [set(c.indices) for c in found]
    assert not any(a < b for a in supports for b in supports)


def test_the_search_for_circuits_can_be_cut_short():
    """Thirty points in ten dimensions have 54 million subsets of eleven points; 1000 of them are looked at."""
    points = [tuple(Fraction(k**e) for e in range(1, 11)) for k in range(30)]
    assert list(affine_circuits(points, 1000)) == []
    line = [(Fraction(k),) for k in range(10)]
    assert len(list(affine_circuits(line))) == 120 and len(list(affine_circuits(line, 45 + 7))) == 7

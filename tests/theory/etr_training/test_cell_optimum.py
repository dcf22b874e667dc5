"""The exact optimum by enumeration of cells: known values, attainment, and agreement with other methods."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, product

import pytest

from theory.etr_training import data_families as families
from theory.etr_training.cell_optimum import MAX_CELLS, cell_count, cell_optimum, solve_rows, unit_cells
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.piercing import interpolant, piercing_numbers
from theory.language.errors import InputError

KNOWN = (
    (families.absolute_values(5), 1, Fraction(14, 5)),  # the constant 6/5
    (families.parity(2), 1, Fraction(1)),  # max(x1 - x2, 0)
    (families.squares(5), 1, Fraction(5, 3)),  # max(6 x - 25/3, 0)
    (families.hat(5), 1, Fraction(4, 5)),  # the constant 1/5
    (families.zigzag(6), 2, Fraction(6, 5)),
)


def optimum(data, width, **question):
    """The exact optimum of a width on data."""
    return cell_optimum(TrainingInstance.one_hidden_layer(*data, width, **question))


@pytest.mark.parametrize(("data", "width", "value"), KNOWN)
def test_known_optima(data, width, value):
    """Values that were found before by another method come out exactly."""
    assert optimum(data, width).value == value


@pytest.mark.parametrize(("data", "width", "value"), KNOWN)
def test_the_optimum_is_attained(data, width, value):
    """The weights have exactly the loss that is claimed, and the residual is theirs."""
    instance = TrainingInstance.one_hidden_layer(*data, width)
    found = cell_optimum(instance)
    assert instance.loss(found.weights) == found.value == sum(r * r for r in found.residual)


@pytest.mark.parametrize("seed", range(1, 6))
def test_no_weights_on_a_grid_do_better(seed):
    """Exhaustive search over small weights never falls below the optimum."""
    instance = TrainingInstance.one_hidden_layer(*families.random_line(4, seed, height=2), 1)
    value = cell_optimum(instance).value
    grid = [Fraction(k, 2) for k in range(-6, 7)]
    best = min(instance.loss({"x1->h1": a, "h1": b, "h1->y1": v}) for a, b, v in product((-1, 0, 1), grid, grid))
    assert value <= best


@pytest.mark.parametrize("seed", range(1, 9))
def test_zero_exactly_from_the_least_width_on(seed):
    """Below the piercing bound the optimum is positive, and at the width of an interpolant it is 0."""
    xs, ys = families.random_line(5, seed, height=2)
    fit = interpolant([x for x, in xs], [y for y, in ys])
    low = sum(piercing_numbers([x for x, in xs], [y for y, in ys]))
    if low:
        assert optimum((xs, ys), low - 1).value > 0
    if fit.width <= 3:
        assert optimum((xs, ys), fit.width).value == 0


def test_more_units_and_an_output_bias_never_hurt():
    """The optimum falls with the width, and is lower with an output bias: for |x| from 14/5 to 2."""
    values = [optimum(families.zigzag(5), width).value for width in range(4)]
    assert values == sorted(values, reverse=True) and values[0] == 2
    assert optimum(families.absolute_values(5), 1, output_bias=True).value == 2


def test_no_unit_leaves_the_labels():
    """With width 0 the loss is the sum of the squared labels, or their variance with an output bias."""
    assert optimum(((1, 2), (3, 4)), 0).value == 25
    assert optimum(((1, 2), (3, 4)), 0, output_bias=True).value == Fraction(1, 2)


def test_equal_points_and_missing_labels():
    """Two labels 0 and 1 at one point cost 1/2; a label that does not matter costs nothing."""
    assert optimum(((1, 1), (0, 1)), 1).value == Fraction(1, 2)
    assert optimum(((1, 1), (None, 1)), 1).value == 0


@pytest.mark.parametrize("n", range(2, 7))
def test_patterns_on_a_line(n):
    """On n points of a line a unit has 2 n - 1 patterns with an active point, with one or two rays each."""
    cells = unit_cells([(Fraction(x),) for x in range(n)])
    assert len(cells.patterns) == 2 * n - 1 and {len(p) for p in cells.patterns} <= {1, 2}


def test_patterns_in_the_plane_are_covers_number():
    """Points in general position have 2 (1 + (n-1) + C(n-1, 2)) patterns, all but one with an active point."""
    points = [tuple(map(Fraction, p)) for p in ((0, 0), (1, 0), (0, 1), (2, 3), (5, 1))]
    assert len(unit_cells(points).patterns) == 2 * (1 + 4 + 6) - 1


def test_cells_are_counted():
    """The count is that of the choices of patterns: two units on six points have 55 + 121 + 55 cells."""
    assert cell_count(11, 2) == 55 + 121 + 55 == optimum(families.zigzag(6), 2).cells
    assert cell_count(3, 2) == sum(1 for p in range(3) for _ in product(combinations(range(3), p),
                                                                     combinations(range(3), 2 - p)))


def test_other_networks_are_refused():
    """Two outputs, other activations and too many cells get an error."""
    for instance in (TrainingInstance.one_hidden_layer((0, 1), ((0, 1), (1, 0)), 1),
                     TrainingInstance.one_hidden_layer((0, 1), (0, 1), 1, "id"),
                     TrainingInstance.one_hidden_layer(range(40), range(40), 6)):
        with pytest.raises(InputError):
            cell_optimum(instance)
    assert MAX_CELLS == 10**6


def test_inconsistent_rows_have_no_solution():
    """A system is solved with free unknowns 0, or None is returned."""
    assert solve_rows([[1, 2], [2, 4]], [1, 2]) == (1, 0)
    assert solve_rows([[1, 2], [2, 4]], [1, 3]) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 7))
@pytest.mark.parametrize("width", (1, 2))
@pytest.mark.parametrize("bias", (False, True))
def test_the_search_of_the_product_agrees(seed, width, bias):
    """Enumeration and certified branch and bound give the same optimum on random data on a line."""
    optima = pytest.importorskip("proofs_check.etr_training.optimum")
    instance = TrainingInstance.one_hidden_layer(*families.random_line(6, seed), width, output_bias=bias)
    assert optima.exact_optimum(instance).value == cell_optimum(instance).value


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 5))
def test_the_search_agrees_in_the_plane(seed):
    """The same at random points of the plane, where rays are lines through two points."""
    optima = pytest.importorskip("proofs_check.etr_training.optimum")
    instance = TrainingInstance.one_hidden_layer(*families.random_points(7, 2, seed, span=2), 1)
    assert optima.exact_optimum(instance).value == cell_optimum(instance).value

"""Counts of patterns and cells against enumeration: lines, planes, recursion, and the 432 cells of zig6."""

from __future__ import annotations

from itertools import combinations, product
from random import Random

import pytest

from theory.etr_training.cells import (
    cell_bound,
    cover_recursion,
    enumerate_cells,
    line_patterns,
    neuron_patterns,
    pattern_of,
    signed_cell_bound,
)
from theory.language.errors import InputError


@pytest.mark.parametrize("points", range(1, 7))
def test_a_line_has_twice_as_many_patterns_as_points(points: int) -> None:
    """Neurons with kinks between all neighbours, of both directions, and constants: exactly the 2 n codes."""
    xs = list(range(points))
    found = {pattern_of(slope, -slope * kink / 2, xs) for slope in (2, -2) for kink in range(-1, 2 * points, 2)}
    assert found == set(line_patterns(points)) and len(found) == 2 * points == neuron_patterns(points, 1)


def dichotomies(points) -> int:
    """Patterns of affine functions on points of the plane: lines through two points, moved a little, both sides."""
    found = set()
    for (p, q), side in product([*combinations(points, 2)], (1, -1)):
        normal = (side * (q[1] - p[1]), side * (p[0] - q[0]))
        value = [normal[0] * (x - p[0]) + normal[1] * (y - p[1]) for x, y in points]
        # the two points on the line may fall on either side independently: the line is turned or moved a little
        for a, b in product((0, 1), repeat=2):
            found.add(tuple(a if r == p else b if r == q else int(v > 0) for r, v in zip(points, value)))
    return len(found)


@pytest.mark.parametrize("seed", range(8))
def test_points_in_the_plane_in_general_position_attain_cover_s_count(seed: int) -> None:
    """Random points without three on a line: 2 (1 + (n - 1) + C(n - 1, 2)) patterns, found from pairs of points."""
    numbers = Random(seed)
    while True:
        points = [(numbers.randint(-20, 20), numbers.randint(-20, 20)) for _ in range(3 + seed % 4)]
        if all((q[0] - p[0]) * (r[1] - p[1]) != (q[1] - p[1]) * (r[0] - p[0]) for p, q, r in combinations(points, 3)):
            break
    assert dichotomies(points) == neuron_patterns(len(points), 2)


def test_the_recursion_has_the_sum_as_solution() -> None:
    """C(n + 1, d) = C(n, d) + C(n, d - 1) against the closed form, with all 2^n patterns for d >= n - 1."""
    for n, d in product(range(1, 9), range(6)):
        assert cover_recursion(n, d) == neuron_patterns(n, d)
        assert d < n - 1 or neuron_patterns(n, d) == 2**n


def test_zigzag_with_two_neurons_has_432_cells() -> None:
    """12 patterns for each of two neurons and three numbers of positive ones."""
    assert enumerate_cells(6, 2) == signed_cell_bound(6, 1, 2) == 432
    assert cell_bound(6, 1, 2) == 144


def test_bad_input_is_refused() -> None:
    """No points, a negative dimension or width, a truth value."""
    for call in (lambda: neuron_patterns(0, 1), lambda: neuron_patterns(3, -1), lambda: cell_bound(3, 1, -1),
                 lambda: line_patterns(True)):
        with pytest.raises(InputError):
            call()

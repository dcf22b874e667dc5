"""Greedy nets in orbit spaces: distances, exact numbers and nets by second methods, and what the rule catches."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
import torch

from numerics.covering import greedy_packing as experiment
from numerics.experiments import Size
from theory.covering import parameter_count

PAIRS, TRIPLES, NETWORKS, FINE = experiment.SPACES
SMALL = Size((1,), tuple(range(101, 121)), (("points", 100), ("networks", 200), ("steps", 20), ("spaces", 3)))


@pytest.mark.parametrize("space", experiment.SPACES, ids=lambda s: s.name)
def test_the_exact_number_is_the_number_of_orbits_of_the_grid(space):
    """Brute force: canonical forms of all grid points, counted; m is ceil(B/r)."""
    forms = {min(tuple(point[i] for i in g) for g in space.group)
             for point in product(range(space.points), repeat=space.dimension)}
    assert len(forms) == space.exact and len(space.apart) == len(space.centres) == space.points


@pytest.mark.parametrize("space", experiment.SPACES, ids=lambda s: s.name)
def test_axes_are_apart_and_covered(space):
    """Points of the tight axis are more than 2r apart, its centres leave nothing in [-B, B] farther than r."""
    apart, centres = (sorted(map(Fraction, values)) for values in (space.apart, space.centres))
    assert all(b - a > 2 * space.radius for a, b in zip(apart, apart[1:]))
    assert -space.bound <= apart[0] and apart[-1] <= space.bound
    assert all(b - a <= 2 * space.radius for a, b in zip(centres, centres[1:]))
    assert centres[0] - space.radius <= -space.bound and space.bound <= centres[-1] + space.radius


def test_the_parameters_of_a_network_are_all_there():
    """The network spaces have as many coordinates as a (1, 2, 1) network has parameters."""
    assert NETWORKS.dimension == FINE.dimension == parameter_count((1, 2, 1)) == 7


def test_the_swap_keeps_the_function():
    """Exchanging the coordinates of the two units leaves the outputs of a network as they are."""
    theta = torch.rand(7, dtype=torch.float64)

    def value(t, x):
        return sum(t[4 + i] * torch.tanh(t[i] * x + t[2 + i]) for i in range(2)) + t[6]

    # a sum of two numbers is the same in both orders, also when it is rounded
    assert value(theta, 0.7).item() == value(theta[list(NETWORKS.group[1])], 0.7).item()


def test_orbit_distance_by_hand():
    """(0, 1/2) and (1/2, 1/8) are 1/2 apart as points, 1/8 apart as orbits."""
    point, centre = torch.tensor([[0.0, 0.5]], dtype=torch.float64), torch.tensor([0.5, 0.125], dtype=torch.float64)
    assert experiment.orbit_distances(PAIRS, point, centre).item() == 0.125


def test_the_greedy_choice_is_the_obvious_loop():
    """The vectorised packing equals a loop over points in the order given."""
    points = experiment.random_points(TRIPLES, 5, 200)
    kept = []
    for point in points:
        if all(experiment.orbit_distances(TRIPLES, point[None], other)[0] > 0.3 for other in kept):
            kept.append(point)
    # 0.3 as a float is compared on both sides
    assert experiment.greedy_packing(TRIPLES, points, Fraction(0.3)) == len(kept) > 3


@pytest.mark.parametrize("space", experiment.SPACES, ids=lambda s: s.name)
def test_the_net_has_one_centre_of_each_orbit(space):
    """The net has as many centres as the exact number, at positive orbit distance from each other."""
    centres = experiment.net(space)
    assert len(centres) == space.exact == experiment.greedy_packing(space, centres, Fraction(0))


def test_the_farthest_point_is_that_of_a_loop():
    """The largest distance from the net equals the one found point by point."""
    points, centres = experiment.random_points(PAIRS, 2, 40), experiment.net(PAIRS)
    expected = max(min(experiment.orbit_distances(PAIRS, point[None], c).item() for c in centres) for point in points)
    assert experiment.farthest(PAIRS, points, centres) == expected <= PAIRS.radius


def test_networks_are_trained_inside_the_box_on_the_grid():
    """Trained parameters differ from the starts, lie in [-1, 1] and are multiples of 2^-20."""
    start, end = (experiment.trained_networks((3,), 50, steps) for steps in (0, 20))
    assert end.shape == (1, 50, 7) and end.abs().max() <= 1 and (end - start).abs().mean() > 0.1
    assert torch.equal(end * 2**20, (end * 2**20).round())


def test_the_criteria_hold_and_the_grid_attains_the_number():
    """On one seed no packing exceeds the exact number and the grid reaches it."""
    rows = experiment.measure((1,), SMALL)
    decision = experiment.EXPERIMENT.decide(rows)
    assert decision.holds and not decision.covered
    assert [row["found"] for row in rows if row["sample"] == "grid"] == [3, 120, 72]


@pytest.mark.parametrize("index", range(5))
def test_wrong_programs_are_caught(index):
    """Wrong numbers, a missing quotient, half the separation and a missing centre fail a criterion."""
    violation = experiment.EXPERIMENT.planted[index]
    decision = experiment.EXPERIMENT.decide(violation.program((101,), SMALL))
    assert [check.holds for check in decision.checks].index(False) == (2 if "centre" in violation.name else 0)


def test_a_sample_without_trained_networks_decides_nothing():
    """Random points and grids alone are not sound evidence."""
    rows = tuple(row for row in experiment.measure((1,), SMALL) if row["sample"] != "trained")
    assert not experiment.EXPERIMENT.decide(rows).sound


def test_the_plot_has_the_bound_on_the_diagonal():
    """Greedy numbers lie on or below the line of equality, grids on it."""
    found = experiment.plot(experiment.measure((1,), SMALL))
    parts = {part.label: part for part in found.measured}
    assert parts["grid points"].x == parts["grid points"].y
    assert all(y <= x for part in found.measured for x, y in zip(part.x, part.y))

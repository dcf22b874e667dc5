"""Rays, exact projections and the tree of signs."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from proofs_check.etr_training import cells
from proofs_check.etr_training.arrangement import arrange, ray_bound
from proofs_check.etr_training.cone_projection import Projector
from proofs_check.etr_training.deadline import Deadline
from proofs_check.etr_training.ray_search import Search
from theory.etr_training.instance import TrainingInstance

net = TrainingInstance.one_hidden_layer


def random_data(d, n, seed):
    """Return distinct integer points in [-6, 6]^d and labels."""
    generator = random.Random(seed)
    points = generator.sample(list(product(range(-6, 7), repeat=d)), n)
    return points, [generator.randint(-5, 5) for _ in range(n)]


def test_rays_of_three_points_on_a_line():
    """Kinks at 0, 1 and 3, to the right and to the left: six rays, values by hand."""
    rays = arrange(net([0, 1, 3], [0, 0, 0], 1))
    assert set(rays.values) == {(0, 1, 3), (0, -1, -3), (-1, 0, 2), (1, 0, -2), (-3, -2, 0), (3, 2, 0)}


def test_rays_of_points_that_do_not_span_the_plane():
    """Points of a line in the plane have the rays of that line, whatever the coordinates."""
    on_line = arrange(net([(0, 1), (1, 3), (3, 7)], [0, 0, 0], 1))
    plain = arrange(net([0, 1, 3], [0, 0, 0], 1))
    assert set(on_line.values) == set(plain.values)


def test_rays_of_a_single_point():
    """One point, even twice, has the two rays 1 and -1."""
    assert set(arrange(net([(2, 5), (2, 5)], [0, 1], 1)).values) == {(1, 1), (-1, -1)}


def test_rays_in_the_plane_are_lines_through_two_points():
    """Four points in general position have 12 rays; three on a line and one beside have 8."""
    assert len(arrange(net([(0, 0), (1, 0), (0, 1), (2, 3)], [0] * 4, 1)).values) == 12
    assert len(arrange(net([(0, 0), (1, 0), (2, 0), (0, 1)], [0] * 4, 1)).values) == 8
    assert ray_bound(net([(0, 0), (1, 0), (2, 0), (0, 1)], [0] * 4, 1)) == 12


def test_parameters_of_a_ray_give_its_values():
    """The (weights, bias) of a ray, on fractional points, have a positive multiple of the values of the ray."""
    instance = net([("1/2", "1/3"), (1, "2/5"), ("1/7", 0), (2, -1)], [0] * 4, 1)
    rays = arrange(instance)
    for direction, values in zip(rays.directions, rays.values):
        *slopes, bias = rays.parameters(direction, 2)
        found = [sum(a * x for a, x in zip(slopes, point)) + bias for point in instance.points]
        assert found == list(values)


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_exact_projection_satisfies_the_optimality_conditions(seed, bias):
    """The residual is orthogonal to its support, has no negative product with any column, and the value is |r|^2."""
    points, labels = random_data(2, 9, seed)
    rays = arrange(net(points, labels, 2, output_bias=bias))
    projector = Projector(rays, bias)
    plus, minus = rays.signs[:, 0] >= 0, (rays.signs[:, 1] <= 0) & (rays.signs[:, 2] >= 0)
    from_floats = projector.exact(plus, minus, projector.propose(plus, minus).support)
    from_nothing = projector.exact(plus, minus, ())
    assert from_floats.value == from_nothing.value == sum(r * r for r in from_floats.residual)

    def product_with(ray):
        return sum(r * max(z, 0) for r, z in zip(from_floats.residual, rays.values[ray]))

    assert all(m > 0 and product_with(ray) == 0 for ray, _, m in from_floats.support)
    assert all(product_with(ray) >= 0 for ray in np.flatnonzero(plus))
    assert all(product_with(ray) <= 0 for ray in np.flatnonzero(minus))
    assert not bias or sum(from_floats.residual) == 0


def brute_force(instance):
    """Return the optimal loss by projecting onto every pair of full cells and sign counts."""
    rays, width = arrange(instance), len(instance.hidden)
    projector = Projector(rays, instance.output_bias)
    patterns = {tuple(np.where(v > 0, 1, -1)) for v in np.random.default_rng(0).normal(size=(20000, 2)) @ np.array(
        [[float(p[0]) for p in instance.points], [1.0] * len(instance.points)])}
    masks = [(rays.signs * np.array(pattern) >= 0).all(axis=1) for pattern in sorted(patterns)]
    none = np.zeros(len(rays.values), bool)
    best = []
    for positive in range(width + 1):
        for chosen in product(masks, repeat=width):
            up = np.logical_or.reduce([none, *chosen[:positive]])
            down = np.logical_or.reduce([none, *chosen[positive:]])
            best.append(projector.propose(up, down).value)
    return min(best) * float(projector.scale)


@pytest.mark.parametrize("seed", range(5))
def test_tree_agrees_with_enumeration_of_all_cells(seed):
    """On five random points and two units the branch and bound optimum is that of all pairs of cells."""
    points, labels = random_data(1, 5, seed)
    instance = net(points, labels, 2, threshold=10**6)
    search = cells.search_for(instance, Deadline.after(None), improve=True)
    status = search.run()
    assert status == "unsat" or search.best.loss == 0
    # the enumeration projects in float64; 10^-9 is 10^7 roundings of losses below 1, and cells differ by far more
    assert float(search.best.loss) == pytest.approx(brute_force(instance), abs=1e-9)


def test_every_leaf_is_a_valid_bound():
    """Replayed: on the rays of each neuron's cone <r, h> has the right sign, and the bound exceeds the threshold."""
    points, labels = random_data(2, 8, 3)
    search = Search(arrange(net(points, labels, 2)), 2, False, Fraction(5), False, Deadline.after(None))
    assert search.run() == "unsat"
    rays, leaves = search.arrangement.values, 0
    for part in search.refutation["signs"]:
        waiting = [(part["root"], [set(range(len(rays)))] * 2)]
        while waiting:
            node, cones = waiting.pop()
            if "split" in node:
                group, i = node["split"]
                assert all(cones[j] == cones[group[0]] for j in group)
                on, off = list(cones), list(cones)
                on[group[0]] = {k for k in cones[group[0]] if rays[k][i] >= 0}
                for j in group:
                    off[j] = {k for k in cones[j] if rays[k][i] <= 0}
                waiting += [(node["on"], on), (node["off"], off)]
                continue
            leaves += 1
            r = dict(map(tuple, node["r"]))
            for j, cone in enumerate(cones):
                sign = 1 if j < part["positive"] else -1
                assert all(sign * sum(v * max(rays[k][i], 0) for i, v in r.items()) >= 0 for k in cone)
            product_with_labels = sum(v * labels[i] for i, v in r.items())
            assert product_with_labels < 0
            assert Fraction(product_with_labels**2, sum(v * v for v in r.values())) > 5
    assert leaves == search.leaves


def test_a_line_in_the_plane_is_decided_as_on_the_line():
    """Data on a line have the same optimum in one and in two dimensions."""
    labels = [0, 1, 0, 1, 0, 1]
    for points in ([0, 1, 2, 3, 4, 5], [(t, 2 * t + 1) for t in range(6)]):
        instance = net(points, labels, 2, threshold=10)
        search = cells.search_for(instance, Deadline.after(None), improve=True)
        assert search.run() == "unsat" and search.best.loss == Fraction(6, 5)


def test_huge_and_tiny_numbers():
    """Labels of 60 digits and points 10^-40 apart do not overflow or get lost."""
    big, small = 10**60, Fraction(1, 10**40)
    points, labels = [1, 1 + small, 1 + 2 * small, 3], [big, 0, big, 0]
    search = cells.search_for(net(points, labels, 2), Deadline.after(None))
    assert search.run() == "unsat"
    search = cells.search_for(net(points, labels, 3), Deadline.after(None))
    assert search.run() == "sat" and search.best.loss == 0


def test_twelve_points_in_the_plane_with_two_units():
    """A thresholded instance with n = 12, w = 2, d = 2 is refuted in few nodes."""
    points, labels = random_data(2, 12, 1)
    search = cells.search_for(net(points, labels, 2, threshold=20), Deadline.after(None))
    assert search.run() == "unsat" and search.nodes < 400


def test_two_sinks_are_refuted_by_a_combination():
    """relu(x - 1) and relu(x) fit a sink each; their difference 0, -1, -1 is no multiple of one relu."""
    both = net([0, 1, 2], [(0, 0), (0, 1), (1, 2)], 1)
    decision = cells.solve(both, Deadline.after(20))
    assert decision is not None and decision.status == "unsat"
    assert decision.certificate["refutation"]["sink"] == [1, -1]
    assert cells.solve(net([0, 1, 2], [(0, 0), (0, 1), (1, 2)], 2), Deadline.after(2)).status != "unsat"

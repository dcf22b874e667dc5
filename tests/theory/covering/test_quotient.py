"""The quotient of a grid by a group: enumeration against Burnside, the covering number against exact geometry."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, permutations, product
from math import ceil, comb, prod
from typing import Any

import pytest

from theory.covering import (
    bias_ordered_count,
    orbit_chain,
    orbit_count,
    quotient_burnside,
    quotient_exact,
    raw_count,
    relabel,
)
from theory.covering.small_groups import burnside_number, cycles, moved, representatives
from theory.language.claims import Claim

Row = tuple[int, ...]


def generated(*generators: Row) -> tuple[Row, ...]:
    """The group of permutations of 1..S that the generators make, the identity first."""
    identity = tuple(range(1, len(generators[0]) + 1))
    group, new = {identity}, {identity}
    while new:
        new = {moved(p, q) for p in new for q in generators} - group
        group |= new
    return tuple(sorted(group))


GROUPS = {
    "trivial": generated((1, 2)), "swap": generated((2, 1)), "swap of three": generated((2, 1, 3)),
    "rotations": generated((2, 3, 1)), "all of three": generated((2, 1, 3), (2, 3, 1)),
    "two swaps": generated((2, 1, 4, 3)), "klein": generated((2, 1, 4, 3), (3, 4, 1, 2)),
    "square": generated((2, 3, 4, 1), (4, 3, 2, 1)), "even": generated((2, 3, 1, 4), (1, 3, 4, 2)),
    "rotations of five": generated((2, 3, 4, 5, 1)),
}
groups = pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)


@groups
@pytest.mark.parametrize("size", [1, 2, 3])
def test_burnside_against_enumeration(group, size):
    """The cited lemma: the number of enumerated orbits is the mean of size^cycles, for subgroups of S_2 to S_5."""
    seen: set[Row] = set()
    orbits = 0
    for point in product(range(1, size + 1), repeat=len(group[0])):
        if point not in seen:
            orbits += 1
            seen |= {moved(point, p) for p in group}
    assert orbits == burnside_number(group, size) == len(representatives(group, size))
    assert size ** len(group[0]) <= orbits * len(group) and orbits <= size ** len(group[0])


@groups
def test_fixed_points_are_constant_on_cycles(group):
    """A permutation fixes exactly size^(number of its cycles) grid points."""
    for p in group:
        fixed = sum(moved(point, p) == point for point in product(range(3), repeat=len(p)))
        assert fixed == 3 ** len(cycles(p))


def test_burnside_needs_distinct_elements():
    """Listing the identity twice spoils the mean (the control listed_twice): 10 / 3 is no number of orbits."""
    assert burnside_number(((1, 2), (1, 2), (2, 1)), 2) == Fraction(10, 3)


# ---- networks


def grid_networks(widths: Row, points: int) -> Iterator[tuple[tuple, tuple]]:
    """All networks whose parameters are grid numbers 0..points-1."""
    shapes = [(here, before) for before, here in zip(widths, widths[1:])]
    for flat in product(range(points), repeat=sum(r * (c + 1) for r, c in shapes)):
        numbers = iter(flat)
        weights = tuple(tuple(tuple(next(numbers) for _ in range(c)) for _ in range(r)) for r, c in shapes)
        yield weights, tuple(tuple(next(numbers) for _ in range(r)) for r, _ in shapes)


TABLE = [
    ((1, 2, 1), 2, 128, 96, 72), ((1, 1, 2, 1), 2, 512, 384, 288), ((2, 2, 1), 2, 512, 384, 272),
    pytest.param((1, 3, 1), 2, 1024, 512, 240, marks=pytest.mark.slow),
    pytest.param((1, 2, 1), 3, 2187, 1458, 1134, marks=pytest.mark.slow),
    pytest.param((1, 2, 2, 1), 2, 8192, 4608, 2336, marks=pytest.mark.slow),
]
"""Widths, points per axis, and the numbers of all networks, of those with ordered biases, and of orbits."""


@pytest.mark.parametrize(("widths", "points", "raw", "ordered", "orbits"), TABLE)
def test_orbits_of_grid_networks(widths, points, raw, ordered, orbits):
    """Raw, bias-ordered and orbit numbers of the source's table, each by enumerating networks and `relabel`."""
    seen: set[tuple[tuple, tuple]] = set()
    found = falling = total = 0
    for network in grid_networks(widths, points):
        total += 1
        falling += all(v[i + 1] <= v[i] for v in network[1][:-1] for i in range(len(v) - 1))
        if network not in seen:
            found += 1
            seen |= {relabel(*network, orders) for orders in product(*(permutations(range(d)) for d in widths[1:-1]))}
    assert (total, falling, found) == (raw, ordered, orbits)
    assert (raw_count(widths, points), bias_ordered_count(widths, points), orbit_count(widths, points)) == (
        raw, ordered, orbits)


def counted(term: Any, env: dict[str, Any]) -> int:
    """Evaluate the integer term of a statement."""
    if isinstance(term, int):
        return term
    if isinstance(term, str):
        return env[term]
    head, *args = term
    if head == "bind":
        kind, name, low, high, body = args
        parts = [counted(body, {**env, name: j}) for j in range(counted(low, env), counted(high, env) + 1)]
        return sum(parts) if kind == "sum" else prod(parts)
    given = [counted(arg, env) for arg in args]
    known = {"+": lambda *x: sum(x), "*": lambda *x: prod(x), "pow": pow, "binom": comb}
    return known[head](*given) if head in known else env[head](*given)


@pytest.mark.parametrize("widths", [(1, 2, 1), (2, 3, 4, 2), (3, 2)])
def test_orbit_chain_bounds_by_the_bias_ordered_count(widths):
    """The right side of covering.orbit_chain is `bias_ordered_count`, a number of points for each layer allowed."""
    points = tuple(range(2, len(widths) + 1))
    env = {"L": len(widths) - 2, "d": lambda j: widths[j], "m": lambda j: points[j - 1]}
    general, equal_grids = orbit_chain.CLAIM.conclusion[2]
    assert counted(general[2], env) == bias_ordered_count(widths, points)
    assert orbit_count(widths, points) <= bias_ordered_count(widths, points)
    _, upper = equal_grids[3][2]
    assert counted(upper[1], {**env, "x": 3}) == bias_ordered_count(widths, 3)
    assert counted(upper[2], {**env, "x": 3}) == raw_count(widths, 3)


@pytest.mark.parametrize("points", [1, 2, 3, 7])
@pytest.mark.parametrize("widths", [(1, 2, 1), (2, 3, 1), (3, 4, 2)])
def test_shallow_orbits_are_multisets_of_neurons(widths, points):
    """With one hidden layer the number of orbits is m^d2 C(m^p + d1 - 1, d1), p = d0 + 1 + d2 (multisets)."""
    inputs, hidden, outputs = widths
    kinds = points ** (inputs + 1 + outputs)
    assert orbit_count(widths, points) == points**outputs * comb(kinds + hidden - 1, hidden)


@pytest.mark.parametrize(("widths", "orders"), [((1, 2, 2, 1), 4), ((1, 3, 1), 6), ((2, 2, 1), 2)])
@pytest.mark.parametrize("points", [1, 2, 5])
def test_chain_of_counts(widths, orders, points):
    """m^S / prod d_l! <= orbits <= bias-ordered <= m^S, the first strict: dividing by the factorials is not earned."""
    orbits = orbit_count(widths, points)
    assert raw_count(widths, points) < orbits * orders
    assert orbits <= bias_ordered_count(widths, points) <= raw_count(widths, points)


# ---- the covering number itself


def distance(x: tuple[Fraction, ...], y: tuple[Fraction, ...], group: tuple[Row, ...]) -> Fraction:
    """The orbit metric: least sup distance over the group."""
    return min(max(abs(a - b) for a, b in zip(moved(x, p), y)) for p in group)


@groups
@pytest.mark.parametrize(("bound", "radius"), [(Fraction(1), Fraction(1, 2)), (Fraction(1), Fraction(2, 5)),
                                               (Fraction(7, 5), Fraction(1))])
def test_centres_cover_and_points_are_apart(group, bound, radius):
    """Cell centres of representatives cover random points of the cube; as many points are over two radii apart."""
    m = ceil(bound / radius)
    chosen = representatives(group, m)
    centres = [tuple((2 * t - 1) * bound / m - bound for t in row) for row in chosen]
    draw = random.Random(20)
    for _ in range(12):
        x = tuple(bound * Fraction(draw.randint(-1000, 1000), 1000) for _ in group[0])
        assert min(distance(x, y, group) for y in centres) <= radius
    step = 2 * radius + 2 * (bound - (m - 1) * radius) / m
    apart = [tuple((t - 1) * step - bound for t in row) for row in chosen[:40]]
    assert all(abs(value) <= bound for row in apart for value in row)
    assert all(distance(x, y, group) > 2 * radius for x, y in combinations(apart[:25], 2))


@pytest.mark.parametrize("claim", [quotient_exact.CLAIM, quotient_burnside.CLAIM], ids=lambda c: c.id)
def test_claims_say_the_same_covering_number(claim: Claim):
    """Both claims conclude that n centres cover and that no cover has fewer, in the same words."""
    assert claim.conclusion[2][:2] == quotient_exact.CLAIM.conclusion[2][:2]


def test_deep_quotient_counts_cycles_by_gcd():
    """The closed form for deep networks: weights between cycles of lengths a and b lie on gcd(a, b) cycles."""
    # 1-2-2-1: cycles of the three weight matrices, then of the biases, for each choice of exchanged hidden layers
    none, first, second, both = 2 + 4 + 2 + 5, 1 + 2 + 2 + 4, 2 + 2 + 1 + 4, 1 + 2 + 1 + 3
    for points in (2, 3):
        mean = Fraction(sum(points**count for count in (none, first, second, both)), 4)
        assert mean == orbit_count((1, 2, 2, 1), points)

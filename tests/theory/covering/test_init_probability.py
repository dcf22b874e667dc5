"""Finite laws on parameters: the parts of `covering.init_probability` on random nets, and its terms."""

from __future__ import annotations

import random
from fractions import Fraction
from math import prod
from typing import Any

import pytest

from theory.covering import layerwise_orderings, orbit_size
from theory.covering.finite_laws import (
    coordinate_permutations,
    is_invariant,
    moved,
    near_probability,
    orbit_points,
    separation,
    stabiliser_order,
    uniform_orbit_probability,
)
from theory.covering.init_probability import CLAIM
from theory.language.errors import InputError

WIDTHS = [(1, 2, 1), (2, 3, 1), (1, 2, 2, 1)]


def net(widths, theta):
    """The matrices and biases of a parameter vector."""
    weights, biases, rest = [], [], list(theta)
    for before, here in zip(widths, widths[1:]):
        weights.append([[rest.pop(0) for _ in range(before)] for _ in range(here)])
        biases.append([rest.pop(0) for _ in range(here)])
    return weights, biases


def size(widths):
    """The number of parameters."""
    return sum(here * (before + 1) for before, here in zip(widths, widths[1:]))


def invariant_law(group, dimension, rng, count=4):
    """A random law that G leaves alone: whole orbits with equal weights."""
    law: dict[tuple[int, ...], Fraction] = {}
    for _ in range(count):
        for point in orbit_points(tuple(rng.randint(0, 2) for _ in range(dimension)), group):
            law[point] = law.get(point, Fraction(0)) + 1
    total = sum(law.values())
    return {point: w / total for point, w in law.items()}


@pytest.mark.parametrize("widths", WIDTHS)
def test_orbits_have_the_size_of_group_over_stabiliser(widths):
    """On random nets with repeated entries |O| |Stab| = |G|, and |O| is `orbit_size`, at least the layer-wise count."""
    rng, group = random.Random(7), coordinate_permutations(widths)
    for _ in range(30):
        theta = tuple(rng.choice((0, 0, 1)) for _ in range(size(widths)))
        copies = orbit_points(theta, group)
        assert len(copies) * stabiliser_order(theta, group) == len(group)
        assert len(copies) == orbit_size(*net(widths, theta)) >= layerwise_orderings(*net(widths, theta))


def test_distinct_permutations_layer_by_layer_exceed_the_orbit():
    """The trap: W1, W3 and biases constant, W2 = I. The orbit has 2 points, one layer at a time makes 2 * 2."""
    widths, theta = (1, 2, 2, 1), (1, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0)
    group = coordinate_permutations(widths)
    first, second = group[2], group[1]
    alone = [len(orbit_points(theta, (group[0], g))) for g in (first, second)]
    assert (prod(alone), len(orbit_points(theta, group)), orbit_size(*net(widths, theta))) == (4, 2, 2)
    assert layerwise_orderings(*net(widths, theta)) == 2


@pytest.mark.parametrize("widths", WIDTHS)
def test_the_orbit_is_as_likely_as_its_points_together(widths):
    """For invariant laws and r up to half the separation, P(near O) = |O| P(near theta), exactly."""
    rng, group = random.Random(11), coordinate_permutations(widths)
    for _ in range(10):
        law = invariant_law(group, size(widths), rng)
        assert is_invariant(law, group) and sum(law.values()) == 1
        target = rng.choice(list(law))
        copies = orbit_points(target, group)
        apart = separation(copies)
        radius = Fraction(apart or 1) / 2
        near = near_probability(law, copies, radius)
        assert near == len(copies) * near_probability(law, (target,), radius) > 0
        wide = 2 * radius
        assert near_probability(law, copies, wide) <= len(copies) * near_probability(law, (target,), wide)


def test_all_zero_start_never_reaches_an_asymmetric_minimiser():
    """A point mass at 0 is invariant; equivariant training keeps symmetry, and both sides of the law are 0."""
    group = coordinate_permutations((1, 2, 1))
    law, target = {(0,) * 7: Fraction(1)}, (1, 2, 0, 0, 1, 1, 0)
    assert is_invariant(law, group)
    copies = orbit_points(target, group)
    radius = separation(copies) / 2
    assert near_probability(law, copies, radius) == 2 * near_probability(law, (target,), radius) == 0


def test_uniform_law_on_a_grid_approaches_the_formula():
    """|O| (r/B)^S for the uniform law on the cube: counted on cell centres that the balls do not cut."""
    group, bound, cells = ((0, 1), (1, 0)), 4, 16
    centres = [Fraction(2 * k + 1, 2) * 2 * bound / cells - bound for k in range(cells)]
    law = {(x, y): Fraction(1, cells**2) for x in centres for y in centres}
    target = (Fraction(-2), Fraction(1))
    copies = orbit_points(target, group)
    assert near_probability(law, copies, 1) == uniform_orbit_probability(2, 2, radius=1, bound=bound) == Fraction(1, 8)
    with pytest.raises(InputError, match="radius"):
        uniform_orbit_probability(2, 2, radius=5, bound=4)


def value(term: Any, env: dict[str, Any]) -> Any:
    """Evaluate a term of the statement; names are numbers or Python functions."""
    if isinstance(term, int):
        return term
    if isinstance(term, str):
        return env[term]
    head, *args = term
    if head == "bind":
        _, name, lo, hi, body = args
        return sum(value(body, {**env, name: j}) for j in range(value(lo, env), value(hi, env) + 1))
    given = [value(arg, env) for arg in args]
    named = {"+": sum, "*": prod, "abs": lambda a: abs(a[0]), "ite": lambda a: a[2] if a[0] <= a[1] else a[3]}
    return named[head](given) if head in named else env[head](*given)


@pytest.mark.parametrize("widths", WIDTHS[:2])
def test_formulas_are_the_stated_terms(widths):
    """Every number in the claim's six parts is what the formulas give, for a random invariant law."""
    rng, group = random.Random(5), coordinate_permutations(widths)
    law = invariant_law(group, size(widths), rng, 3)
    points = list(law)
    target = points[0]
    copies = orbit_points(target, group)
    representatives = [next(g for g, h in enumerate(group) if moved(target, h) == u) for u in copies]
    radius = (separation(copies) or Fraction(1)) / 2
    env = {"N": len(points), "K": len(group), "k": len(copies), "S": size(widths), "r": radius,
           "w": lambda i: law[points[i - 1]], "a": lambda c: target[c - 1], "x": lambda i, c: points[i - 1][c - 1],
           "y": lambda i, c: points[i - 1][c - 1], "p": lambda g, c: group[g - 1][c - 1] + 1,
           "act": lambda g, i: points.index(moved(points[i - 1], group[g - 1])) + 1,
           "rep": lambda j: representatives[j - 1] + 1}
    count, ball, reach, single, _, conditioned = CLAIM.conclusion[2]
    assert value(count[1], env) == len(copies) * stabiliser_order(target, group) == value(count[2], env)
    assert value(ball[3][1], env) == near_probability(law, copies, radius) == value(ball[3][2], env)
    ending = sum(law[u] for u in copies)
    assert value(reach[1], env) == ending == value(reach[2], env)
    assert value(single[3][1], {**env, "j": len(copies)}) == len(copies) * law[copies[-1]]
    # a domain with one point of every orbit, weighted by its stabiliser
    first = {min(orbit_points(x, group)) for x in points}
    domain = [Fraction(int(x in first), stabiliser_order(x, group)) for x in points]
    env["D"] = lambda i: domain[i - 1]
    assert all(value(conditioned[2][0][3][1], {**env, "i": i}) == 1 for i in range(1, len(points) + 1))
    for _, left, right in conditioned[3][2]:
        assert value(left, env) == value(right, env)


def test_too_large_groups_are_refused():
    """A group that would have to be listed at length is refused with the remedy."""
    with pytest.raises(InputError, match="orbit_size"):
        coordinate_permutations((1, 8, 1))

"""Grid counts against brute force over all grid points and all permutations."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations, product
from math import comb, factorial, prod

import pytest

from theory.covering import (
    bias_ordered_count,
    log_bias_ordered_count,
    log_orbit_count,
    log_raw_count,
    orbit_count,
    parameter_count,
    points_per_axis,
    raw_count,
)
from theory.covering.burnside import cycle_types, partition_count
from theory.language.errors import ExactnessError, InputError, TooManyCycleTypes
from theory.textbook.logarithm import log_enclosure, pi_enclosure

TABLE = [
    ((1, 2, 1), 2, 128, 96, 72),
    ((1, 2, 1), 3, 2187, 1458, 1134),
    ((1, 3, 1), 2, 1024, 512, 240),
    ((1, 2, 2, 1), 2, 8192, 4608, 2336),
    ((1, 1, 2, 1), 2, 512, 384, 288),
    ((2, 2, 1), 2, 512, 384, 272),
]


def coordinates(widths):
    """Return all coordinates: ("w", l, i, j) and ("b", l, i)."""
    for depth in range(1, len(widths)):
        for i in range(widths[depth]):
            yield ("b", depth, i)
            for j in range(widths[depth - 1]):
                yield ("w", depth, i, j)


def actions(widths):
    """Return every element of G as a permutation of the coordinate places."""
    places = {c: k for k, c in enumerate(coordinates(widths))}
    for choice in product(*(permutations(range(d)) for d in widths[1:-1])):
        moves = (tuple(range(widths[0])), *choice, tuple(range(widths[-1])))
        yield tuple(
            places[("b", c[1], moves[c[1]][c[2]])]
            if c[0] == "b"
            else places[("w", c[1], moves[c[1]][c[2]], moves[c[1] - 1][c[3]])]
            for c in places
        )


def brute_orbits(widths, points):
    """Count orbits of the grid by listing every grid point and keeping the least of its orbit."""
    layers = [c[1] for c in coordinates(widths)]
    group = list(actions(widths))
    axes = [range(points[depth - 1]) for depth in layers]
    return sum(all(theta <= tuple(theta[k] for k in g) for g in group) for theta in product(*axes))


def burnside_by_permutations(widths, points):
    """Count orbits by Burnside's lemma, listing every permutation and following its cycles on coordinates."""
    layers = [c[1] for c in coordinates(widths)]
    total = 0
    for g in actions(widths):
        seen, fixed = set(), 1
        for start in range(len(g)):
            if start not in seen:
                fixed *= points[layers[start] - 1]
                while start not in seen:
                    seen.add(start)
                    start = g[start]
        total += fixed
    return total // prod(factorial(d) for d in widths[1:-1])


@pytest.mark.parametrize(("widths", "m", "raw", "ordered", "orbits"), TABLE)
def test_the_brute_force_table(widths, m, raw, ordered, orbits):
    """The three counts equal the known values, in their order."""
    found = raw_count(widths, m), bias_ordered_count(widths, m), orbit_count(widths, m)
    assert found == (raw, ordered, orbits)


@pytest.mark.parametrize(
    ("widths", "points"),
    [
        ((1, 2, 1), (2, 3)),
        ((1, 3, 1), (2, 2)),
        ((1, 2, 2, 1), (2, 2, 2)),
        ((1, 1, 2, 1), (3, 1, 2)),
        ((1, 2, 2), (2, 2)),
    ],
)
def test_orbits_equal_a_listing_of_all_grid_points(widths, points):
    """With a grid per layer too, the formula counts exactly the least elements of the orbits."""
    assert orbit_count(widths, points) == brute_orbits(widths, points)


@pytest.mark.parametrize(
    ("widths", "points"),
    [
        ((2, 3, 4, 1), (3, 2, 5)),
        ((1, 4, 3, 2), (2, 7, 3)),
        ((1, 3, 2, 3, 1), (2, 3, 4, 5)),
        ((2, 2, 3, 2, 1), (5, 2, 3, 2)),
        ((1, 2, 2, 2, 2, 1), (2, 3, 2, 3, 2)),
        ((1, 2, 3, 2, 2, 2, 1), (3, 2, 2, 3, 2, 2)),
        ((2, 4, 1), (3, 2)),
    ],
)
def test_orbits_equal_burnside_over_single_permutations(widths, points):
    """The sum over cycle types equals the clumsy sum over all permutations, for one to five hidden layers."""
    assert orbit_count(widths, points) == burnside_by_permutations(widths, points)


def test_bias_ordered_by_listing():
    """The bias-ordered count is the number of grid points with non-increasing hidden biases."""
    widths, m = (1, 2, 2, 1), 2
    names = list(coordinates(widths))
    pairs = [(names.index(("b", depth, 0)), names.index(("b", depth, 1))) for depth in (1, 2)]
    grid = product(range(m), repeat=len(names))
    assert sum(all(t[i] >= t[j] for i, j in pairs) for t in grid) == bias_ordered_count(widths, m)


@pytest.mark.parametrize(("widths", "m"), [((1, 2, 1), 2), ((1, 2, 1), 3), ((1, 3, 1), 2), ((2, 2, 2), 2)])
def test_signs_by_listing_multisets(widths, m):
    """With sign flips, a net is a multiset of neurons up to sign on the symmetric grid, and output biases."""
    axis = [2 * k - (m - 1) for k in range(m)]
    neurons = {min(v, tuple(-x for x in v)) for v in product(axis, repeat=widths[0] + 1 + widths[2])}
    expected = m ** widths[2] * comb(len(neurons) + widths[1] - 1, widths[1])
    assert orbit_count(widths, m, signs=True) == expected


@pytest.mark.parametrize("points", [(2, 3), (3, 2), (3, 3), (2, 2)])
def test_signs_with_a_grid_per_layer(points):
    """A neuron is its own mirror image only when both grids have a midpoint."""
    axes = [[2 * k - (m - 1) for k in range(m)] for m in points]
    neurons = {min(v, tuple(-x for x in v)) for v in product(axes[0], axes[0], axes[1])}
    expected = points[1] * comb(len(neurons) + 1, 2)
    assert orbit_count((1, 2, 1), points, signs=True) == expected


def tanh_of_two():
    """Enclose tanh 2 = (e^4 - 1)/(e^4 + 1) by the series of e^4."""
    term, total = Fraction(1), Fraction(1)
    for k in range(1, 40):
        term *= Fraction(4, k)
        total += term
    return tuple((e - 1) / (e + 1) for e in (total, total + term))


@pytest.mark.parametrize(
    ("eps", "raw", "perm", "signed"),
    [
        ("1", "13.62", "12.93", "11.55"),
        ("0.5", "18.47", "17.78", "16.39"),
        ("0.25", "23.33", "22.63", "21.25"),
        ("0.15", "26.95", "26.26", "24.87"),
    ],
)
def test_the_tanh_sign_table(eps, raw, perm, signed):
    """For tanh with |h| <= tanh 2 the logs of the counts are the known figures to two decimals."""
    kappa = [4 + 2 * t + 1 for t in tanh_of_two()]
    points = {points_per_axis(1, Fraction(eps) / k) for k in kappa}
    (m,) = points
    widths = (1, 2, 1)
    logs = log_raw_count(widths, m), log_orbit_count(widths, m), log_orbit_count(widths, m, signs=True)
    for (lower, upper), figure in zip(logs, (raw, perm, signed)):
        assert abs(lower - Fraction(figure)) <= Fraction("0.0051") and upper - lower < Fraction(1, 2**40)


@pytest.mark.parametrize("widths", [(1, 2, 1), (2, 3, 1), (1, 2, 2, 1), (2, 3, 2, 1)])
@pytest.mark.parametrize("m", [1, 2, 5])
def test_the_chain_of_counts(widths, m):
    """raw / prod d_l! < orbits <= bias-ordered <= raw, the first strictly as G is not trivial."""
    order = prod(factorial(d) for d in widths[1:-1])
    orbits = orbit_count(widths, m)
    assert raw_count(widths, m) < order * orbits
    assert orbits <= bias_ordered_count(widths, m) <= raw_count(widths, m)


@pytest.mark.parametrize("widths", [(1, 2, 1), (3, 5, 2), (1, 2, 2, 1), (2, 4, 3, 1)])
@pytest.mark.parametrize("m", [1, 2, 7, 10**30])
def test_logs_enclose_the_logs_of_the_integers(widths, m):
    """The logs computed without forming the numbers meet the logs of the numbers."""
    pairs = (
        (log_raw_count(widths, m), raw_count(widths, m)),
        (log_bias_ordered_count(widths, m), bias_ordered_count(widths, m)),
        (log_orbit_count(widths, m), orbit_count(widths, m)),
    )
    for (lower, upper), number in pairs:
        below, above = log_enclosure(number, 90)
        assert lower <= above and below <= upper and upper - lower < Fraction(1, 2**64)


def test_log_of_a_wide_coarse_grid():
    """With two points and a million units the log of the count is that of binom(2^3 + 10^6 - 1, 7), times 2."""
    lower, upper = log_orbit_count((1, 10**6, 1), 2)
    below, above = log_enclosure(2 * comb(10**6 + 7, 7))
    assert lower <= above and below <= upper and upper - lower < Fraction(1, 2**40)


def test_log_of_a_wide_fine_grid():
    """The central multiset count, of 50 000 from 50 001, obeys the two-sided bound 4^n/sqrt(pi(n + 1/2)) etc."""
    n = 50000
    lower, upper = log_bias_ordered_count((1, n, 1), (n + 1, 1))
    rest = log_enclosure(n + 1)
    central = lower - n * rest[1], upper - n * rest[0]
    low, high = (pi_enclosure()[side] for side in (0, 1))
    assert central[0] <= 2 * n * log_enclosure(2)[1] - log_enclosure(low * (n + Fraction(1, 4)))[0] / 2
    assert central[1] >= 2 * n * log_enclosure(2)[0] - log_enclosure(high * (n + Fraction(1, 2)))[1] / 2


def test_too_many_cycle_types_are_refused_at_once():
    """Wide deep nets raise the error that names the cheaper bound."""
    with pytest.raises(TooManyCycleTypes, match="bias_ordered_count"):
        orbit_count((784, 300, 100, 10), 10)


def test_cycle_types_weigh_one_in_all():
    """The class weights 1/z_lambda of all cycle types of S_d sum to one, and their number is the partition count."""
    for d in range(1, 13):
        types = list(cycle_types(d))
        weights = [Fraction(1, prod(k**c * factorial(c) for k, c in t)) for t in types]
        assert sum(weights) == 1 and len(types) == partition_count(d)
        assert all(sum(k * c for k, c in t) == d for t in types)


def test_parameter_count_by_hand():
    """Known sizes, among them the linear map."""
    for widths, size in [((2, 8, 1), 33), ((64, 32, 10), 2410), ((10, 50, 50, 50, 1), 5701), ((3, 2), 8)]:
        assert parameter_count(widths) == size


def test_points_per_axis_is_exact_at_multiples():
    """0.3 / 0.1 is three intervals, not four; one more as soon as the radius is smaller."""
    assert points_per_axis("0.3", "0.1") == 3
    assert points_per_axis("0.3", "0.09999999999999999999") == 4
    assert points_per_axis(1, 5) == 1


def test_inputs_are_checked():
    """Floats, zeros, wrong lengths and signs for deep nets are refused."""
    with pytest.raises(ExactnessError):
        points_per_axis(1.0, "0.1")
    with pytest.raises(ExactnessError):
        orbit_count((1, 2, 1), 2.0)
    for call in (
        lambda: points_per_axis(1, 0),
        lambda: points_per_axis(-1, 1),
        lambda: orbit_count((1, 2, 1), 0),
        lambda: orbit_count((1, 2, 1), (2, 2, 2)),
        lambda: orbit_count((1, 2, 2, 1), 2, signs=True),
    ):
        with pytest.raises(InputError):
            call()

"""Packings of functions: bounds and exact numbers by second methods, and what the rule catches."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb, isclose, log, tanh

import pytest
import torch

from numerics.covering import function_packing as experiment
from numerics.experiments import Size
from theory.covering.symmetry_bounds import sign_flip_log_bound

TANH, POINT, FLAT = experiment.CLASSES
ROUNDING = 32 * 2.0**-53
"""Two evaluations of a network, each of 14 roundings of numbers below 2: six a unit, tanh for two, and two sums."""
SMALL = Size((1,), tuple(range(101, 121)), (("sampled", 200), ("trained", 60), ("steps", 20)))


@pytest.fixture(scope="module")
def rows():
    """The rows of one seed."""
    return experiment.measure((1,), SMALL)


def test_the_networks_are_the_formula():
    """Outputs are a_1 tanh(w_1 x + b_1) + a_2 tanh(w_2 x + b_2) + c at the inputs, and scaled for the flat class."""
    theta = torch.tensor([[0.5, -1.0, 0.25, 0.75, 1.0, -0.5, 0.125]], dtype=torch.float64)
    expected = [tanh(0.5 * x + 0.25) - 0.5 * tanh(-x + 0.75) + 0.125 for x in TANH.inputs.tolist()]
    assert experiment.values(TANH, theta)[0].tolist() == pytest.approx(expected, abs=ROUNDING)
    flat = [1e-4 * (y - 0.125) + 0.125 for y in expected]
    assert experiment.values(FLAT, theta)[0].tolist() == pytest.approx(flat, abs=ROUNDING)


def test_the_enclosures_of_tanh():
    """tanh 1 and tanh 2 by the exponential series in exact arithmetic: e^x from 40 terms and the remainder."""
    def enclosed(x):
        low = sum(Fraction(x**k, factorial) for k, factorial in _factorials(40))
        return low, low + Fraction(2 * x**40, _factorials(41)[-1][1])

    for x, (lower, upper) in ((1, experiment.TANH_1), (2, (0, experiment.TANH_2))):
        below, above = enclosed(2 * x)
        assert lower <= 1 - 2 / (below + 1) and 1 - 2 / (above + 1) <= upper


def _factorials(count):
    found, value = [], 1
    for k in range(count):
        value *= max(k, 1)
        found.append((k, value))
    return found


@pytest.mark.parametrize(("eps", "number"), [(Fraction(1), 3), (Fraction(1, 2), 6), (Fraction(1, 4), 11)])
def test_the_exact_number_at_one_input(eps, number):
    """[-R, R] with R = 2.5232 needs ceil(R/eps) intervals, by hand, and the ladder attains it; elsewhere unknown."""
    assert experiment.exact_number(POINT, eps) == number == -(-(1 + 2 * tanh(1)) // float(eps))
    assert experiment.greedy_packing(experiment.values(POINT, experiment.ladder(number)), 2 * eps) == number
    assert experiment.exact_number(TANH, eps) is None


@pytest.mark.parametrize("eps", experiment.RADII)
def test_bounds_by_hand(eps):
    """With m = ceil(9/eps) points the bounds are at most m C(m^3 + 1, 2), with flips m C((m^3 + f)/2 + 1, 2)."""
    m = -(-9 // eps)
    assert experiment.permutation_bound(TANH, eps) <= m * comb(m**3 + 1, 2)
    assert experiment.sign_bound(TANH, eps) <= m * comb((m**3 + m % 2) // 2 + 1, 2)
    # the modulus on the range: kappa = 4 + 1 + 2 tanh 2
    k = -(-Fraction(5 + 2 * experiment.TANH_2) // eps)
    assert experiment.range_bound(TANH, eps) == k * comb((k**3 + k % 2) // 2 + 1, 2)
    assert experiment.least_bound(TANH, eps) == min(experiment.sign_bound(TANH, eps), experiment.range_bound(TANH, eps))


def test_the_known_logarithms_on_the_range():
    """ln of the bound with flips on the range of tanh: 11.55, 16.39, 21.25, 24.87 at eps = 1, 1/2, 1/4, 3/20."""
    found = [log(experiment.range_bound(TANH, eps)) for eps in experiment.RADII]
    # known to two places
    assert all(isclose(a, b, abs_tol=0.005) for a, b in zip(found, (11.55, 16.39, 21.25, 24.87)))


@pytest.mark.parametrize("given", experiment.CLASSES, ids=lambda c: c.name)
def test_the_bound_on_the_range_is_that_of_the_theory(given):
    """Where the range is that of tanh, ln of the count lies in the family's enclosure for odd activations."""
    saturation = given.slope * (experiment.TANH_2 if given.input_radius else experiment.TANH_1[1])
    for eps in given.radii:
        lower, upper = sign_flip_log_bound(experiment.WIDTHS, eps=eps, bound=1, input_radius=given.input_radius,
                                           lipschitz=given.slope, saturation=saturation)
        # float64 below 32: the enclosure's end and the logarithm are each rounded by at most 2^-49, log twice that
        assert float(lower) - 2.0**-47 < log(experiment.range_bound(given, eps)) < float(upper) + 2.0**-47


def test_the_greedy_choice_is_the_obvious_loop():
    """The vectorised packing equals a loop over functions in the order given."""
    points = experiment.values(TANH, experiment.sampled_networks(5, 100))
    kept = []
    for point in points:
        if all((point - other).abs().max() > 0.5 + experiment.ALLOWANCE for other in kept):
            kept.append(point)
    assert experiment.greedy_packing(points, Fraction(1, 2)) == len(kept) > 3


def test_samples_hold_all_corners_inside_the_box():
    """The 128 corners are among the sampled networks, no parameter leaves [-1, 1], and seeds differ."""
    found = experiment.sampled_networks(3, 20)
    assert found.shape == (148, 7) and found.abs().max() == 1
    assert set(product((-1.0, 1.0), repeat=7)) <= {tuple(row) for row in found.tolist()}
    assert not torch.equal(found, experiment.sampled_networks(4, 20))


def test_copies_are_one_function():
    """Swapped and flipped networks are counted once: a packing of an orbit has one function."""
    w, b, a, c = (0.5, -1.0), (0.25, 0.75), (1.0, -0.5), 0.125
    orbit = [[*(s[k] * w[k] for k in order), *(s[k] * b[k] for k in order), *(s[k] * a[k] for k in order), c]
             for order in ((0, 1), (1, 0)) for s in product((1, -1), repeat=2)]
    theta = torch.tensor(orbit, dtype=torch.float64)
    assert len({tuple(row) for row in orbit}) == 8
    assert experiment.greedy_packing(experiment.values(TANH, theta), Fraction(1, 10**9)) == 1


def test_the_criteria_hold_and_the_ladder_attains_the_number(rows):
    """On one seed no packing exceeds a bound and the exact case is attained."""
    decision = experiment.EXPERIMENT.decide(rows)
    assert decision.holds and decision.sound and not decision.covered
    assert [row["found"] for row in rows if row["exact"] and row["sample"] == "ladder"] == [3, 6, 11]


@pytest.mark.parametrize("index", range(len(experiment.EXPERIMENT.planted)))
def test_wrong_programs_are_caught(index):
    """Each planted violation packs more functions than its wrong bound, or than the right one, allows."""
    violation = experiment.EXPERIMENT.planted[index]
    rows = violation.program((101,), SMALL)
    assert not experiment.EXPERIMENT.decide(rows).checks[0].holds


def test_separation_eps_is_caught_where_the_number_is_exact_only():
    """A packing at eps stays below the loose bounds on [-1, 1], and exceeds the exact number at one input."""
    rows = experiment.EXPERIMENT.planted[0].program((101,), SMALL)
    over = {row["class"] for row in rows if row["found"] > row["bound"]}
    assert over == {POINT.name}


def test_the_unguarded_form_is_below_one():
    """At rho = 10^-4, eps = 1/2 the quoted form is 128^7 rho^4 / 2 = 0.028, and three functions are 1 apart."""
    assert Fraction(128) ** 7 / 10**16 / 2 < Fraction(29, 1000)
    assert experiment.unguarded(FLAT, Fraction(1, 2)) == 0
    assert experiment.greedy_packing(experiment.values(FLAT, experiment.ladder(3)), Fraction(1)) == 3


def test_a_sample_without_trained_networks_decides_nothing(rows):
    """Ladders and random networks alone are not sound evidence."""
    rows = tuple(row for row in rows if row["sample"] != "trained")
    assert not experiment.EXPERIMENT.decide(rows).sound


def test_the_plot_has_every_packing_below_the_bounds(rows):
    """Packings lie below the line of the sharpest bound at their radius."""
    found = experiment.plot(rows)
    bound = dict(zip(found.bound.x, found.bound.y))
    assert all(y < bound[x] for part in found.measured if not part.line for x, y in zip(part.x, part.y))
    assert {part.label for part in found.measured} >= {"sampled", "trained", "permutations"}

"""One-sided exact intervals and the sign test against binomial sums."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from numerics.experiments.intervals import (
    bonferroni,
    clopper_pearson_lower,
    clopper_pearson_upper,
    holm,
    sign_test,
    sign_test_trials,
    trials_needed,
)
from theory.language.errors import InputError

PRODUCT = 2 * 2.0**-53
"""The relative rounding of a decimal number and of its product with an integer."""


def tail(successes, trials, p):
    """Return P(X >= successes) for a binomial X, by the sum, exactly."""
    return sum(comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(successes, trials + 1))


@pytest.mark.parametrize(("successes", "trials"), [(1, 10), (7, 10), (95, 100), (100, 100)])
@pytest.mark.parametrize("level", [0.001, 0.05])
def test_the_lower_bound_solves_the_binomial_equation(successes, trials, level):
    """At the lower bound, seeing that many successes or more has probability `level`."""
    bound = clopper_pearson_lower(successes, trials, level)
    # scipy's quantile is good to about 1e-13, and d ln P / d ln p is at most the 100 trials
    assert float(tail(successes, trials, Fraction(bound))) == pytest.approx(level, rel=1e-11)


@pytest.mark.parametrize(("successes", "trials"), [(0, 10), (3, 10), (5, 100)])
def test_the_upper_bound_mirrors_the_lower(successes, trials):
    """Counting failures instead of successes turns one bound into the other."""
    upper = clopper_pearson_upper(successes, trials, 0.01)
    # two quantiles, each good to about 1e-13
    assert upper == pytest.approx(1 - clopper_pearson_lower(trials - successes, trials, 0.01), abs=1e-12)


def test_the_ends_are_trivial():
    """No success gives the lower bound 0, no failure the upper bound 1."""
    assert clopper_pearson_lower(0, 5, 0.01) == 0 and clopper_pearson_upper(5, 5, 0.01) == 1


@pytest.mark.parametrize(("positive", "trials"), [(0, 4), (4, 4), (9, 10), (15, 20)])
def test_the_sign_test_is_a_binomial_tail(positive, trials):
    """The p-value is the exact tail of a fair coin."""
    # scipy's tail is an incomplete beta function, good to about 1e-13
    assert sign_test(positive, trials) == pytest.approx(float(tail(positive, trials, Fraction(1, 2))), rel=1e-12)


@pytest.mark.parametrize("arguments", [(1, 0, 0.1), (3, 2, 0.1), (-1, 2, 0.1), (1, 2, 0), (1, 2, 1)])
def test_impossible_counts_are_refused(arguments):
    """Counts that cannot occur and levels outside (0, 1) raise InputError."""
    with pytest.raises(InputError):
        clopper_pearson_lower(*arguments)


@pytest.mark.parametrize("share", [Fraction(1, 2), Fraction(7, 10), Fraction(9, 10), Fraction(99, 100)])
@pytest.mark.parametrize("level", [Fraction(1, 20), Fraction(1, 1000)])
def test_trials_needed_is_the_least_number(share, level):
    """With that many successes the lower bound reaches the share, with one fewer it cannot."""
    n = trials_needed(share, level)
    assert share**n <= level < share ** (n - 1)
    # where share^n = level the bound is the share itself, up to a rounded quantile
    assert clopper_pearson_lower(n, n, float(level)) >= float(share) - 1e-12
    assert n == 1 or clopper_pearson_lower(n - 1, n - 1, float(level)) < share


def test_sign_tests_can_reject_from_that_number_of_pairs_on():
    """All pairs in one direction are just significant, for one comparison and for eight by Bonferroni."""
    for comparisons in (1, 8):
        n = sign_test_trials(Fraction(1, 1000), comparisons)
        assert comparisons * sign_test(n, n) <= 0.001 < comparisons * sign_test(n - 1, n - 1)


def test_holm_by_hand():
    """0.01, 0.04, 0.03, 0.005 give 0.03, 0.06, 0.06, 0.02: times 3, 1 raised to 0.06, 2, 4."""
    assert holm((0.01, 0.04, 0.03, 0.005)) == pytest.approx((0.03, 0.06, 0.06, 0.02), rel=PRODUCT)
    assert bonferroni((0.01, 0.04, 0.03, 0.005)) == pytest.approx((0.04, 0.16, 0.12, 0.02), rel=PRODUCT)


def test_holm_lies_between_the_raw_values_and_bonferroni():
    """Adjusted values are at least the raw ones, at most Bonferroni's, and never above 1."""
    values = (0.2, 0.9, 0.01, 0.5, 0.01)
    assert all(p <= h <= b <= 1 for p, h, b in zip(values, holm(values), bonferroni(values)))


@pytest.mark.parametrize("p_values", [(), (-0.1,), (1.1,), (0.5, float("nan"))])
def test_p_values_outside_the_unit_interval_are_refused(p_values):
    """No tests, values outside [0, 1] and NaN raise InputError."""
    with pytest.raises(InputError):
        holm(p_values)


@pytest.mark.parametrize("arguments", [(0.5, Fraction(1, 10)), (Fraction(1), Fraction(1, 10)), (Fraction(1, 2), 0)])
def test_inexact_or_extreme_shares_are_refused(arguments):
    """Shares and levels are exact and strictly between 0 and 1."""
    with pytest.raises(InputError):
        trials_needed(*arguments)


def test_a_family_without_tests_is_refused():
    """Bonferroni needs one comparison or more."""
    with pytest.raises(InputError):
        sign_test_trials(Fraction(1, 10), 0)

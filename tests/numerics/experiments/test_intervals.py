"""One-sided exact intervals and the sign test against binomial sums."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest

from numerics.experiments.intervals import clopper_pearson_lower, clopper_pearson_upper, sign_test
from theory.language.errors import InputError


def tail(successes, trials, p):
    """Return P(X >= successes) for a binomial X, by the sum, exactly."""
    return sum(comb(trials, k) * p**k * (1 - p) ** (trials - k) for k in range(successes, trials + 1))


@pytest.mark.parametrize(("successes", "trials"), [(1, 10), (7, 10), (95, 100), (100, 100)])
@pytest.mark.parametrize("level", [0.001, 0.05])
def test_the_lower_bound_solves_the_binomial_equation(successes, trials, level):
    """At the lower bound, seeing that many successes or more has probability `level`."""
    bound = clopper_pearson_lower(successes, trials, level)
    assert float(tail(successes, trials, Fraction(bound))) == pytest.approx(level, rel=1e-8)


@pytest.mark.parametrize(("successes", "trials"), [(0, 10), (3, 10), (5, 100)])
def test_the_upper_bound_mirrors_the_lower(successes, trials):
    """Counting failures instead of successes turns one bound into the other."""
    upper = clopper_pearson_upper(successes, trials, 0.01)
    assert upper == pytest.approx(1 - clopper_pearson_lower(trials - successes, trials, 0.01), abs=1e-12)


def test_the_ends_are_trivial():
    """No success gives the lower bound 0, no failure the upper bound 1."""
    assert clopper_pearson_lower(0, 5, 0.01) == 0 and clopper_pearson_upper(5, 5, 0.01) == 1


@pytest.mark.parametrize(("positive", "trials"), [(0, 4), (4, 4), (9, 10), (15, 20)])
def test_the_sign_test_is_a_binomial_tail(positive, trials):
    """The p-value is the exact tail of a fair coin."""
    assert sign_test(positive, trials) == pytest.approx(float(tail(positive, trials, Fraction(1, 2))), rel=1e-12)


@pytest.mark.parametrize("arguments", [(1, 0, 0.1), (3, 2, 0.1), (-1, 2, 0.1), (1, 2, 0), (1, 2, 1)])
def test_impossible_counts_are_refused(arguments):
    """Counts that cannot occur and levels outside (0, 1) raise InputError."""
    with pytest.raises(InputError):
        clopper_pearson_lower(*arguments)

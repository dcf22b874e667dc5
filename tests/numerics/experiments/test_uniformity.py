"""Monte Carlo chi-square tests against exact enumeration and the asymptotic law, and their level under the null."""

from __future__ import annotations

from itertools import product
from math import comb

import numpy as np
import pytest
from scipy.stats import chi2_contingency, chisquare

from numerics.experiments import equal_counts, equal_rates
from theory.language.errors import InputError


def exact_equal_counts(counts):
    """The exact p-value, by going through all sequences of hits."""
    found = sum(c * c for c in counts)
    total, hits = 0, 0
    for sequence in product(range(len(counts)), repeat=sum(counts)):
        total += 1
        hits += sum(sequence.count(k) ** 2 for k in range(len(counts))) >= found
    return hits / total


@pytest.mark.parametrize("counts", [(3, 3, 2), (8, 0), (5, 2, 1), (1, 1, 1, 4)])
def test_equal_counts_is_near_the_exact_value(counts):
    """On small tables the p-value is within five standard errors of the exact one."""
    exact = exact_equal_counts(counts)
    # 4,999 simulated tables, and (1 + hits)/5,000 in place of hits/4,999 is at most 2e-4 larger
    assert equal_counts(counts) == pytest.approx(exact, abs=5 * (exact * (1 - exact) / 4999) ** 0.5 + 2e-4)


def test_equal_counts_is_near_chi_square_for_large_counts():
    """With hundreds of hits a category it agrees with the asymptotic p-value."""
    counts = (310, 314, 300, 320, 324, 351, 307, 302)
    # five standard errors of 4,999 simulations at p near 1/2, sqrt(p (1 - p)/4999) <= 0.0071, and the asymptotic error
    assert equal_counts(counts) == pytest.approx(chisquare(counts).pvalue, abs=0.04)


def test_equal_rates_is_near_fisher_and_chi_square():
    """For two groups it is the two-sided exact test; for eight large ones the asymptotic test."""
    whole = comb(20, 10)
    # 8 or more, or 2 or fewer, of the 10 successes among the first 10
    exact = 2 * sum(comb(10, k) * comb(10, 10 - k) for k in (8, 9, 10)) / whole
    assert equal_rates((8, 2), (10, 10)) == pytest.approx(exact, abs=5 * (exact / 4999) ** 0.5)
    successes, trials = (160, 170, 150, 165, 155, 180, 162, 158), (200,) * 8
    table = [successes, [n - s for s, n in zip(successes, trials)]]
    # as above: five standard errors and the error of the asymptotic p-value
    assert equal_rates(successes, trials) == pytest.approx(chi2_contingency(table, correction=False).pvalue, abs=0.04)


def test_the_level_is_kept_under_the_null():
    """Of 300 tables drawn under the null, about one in ten has a p-value below 1/10: 53 are four deviations."""
    generator = np.random.default_rng(3)
    tables = generator.multinomial(24, [1 / 8] * 8, size=300)
    assert sum(equal_counts(table.tolist(), draws=199) <= 0.1 for table in tables) <= 53


def test_plain_violations_have_the_least_p_value():
    """All hits in one category, or all successes in one group, give 1 / (1 + draws)."""
    assert equal_counts((80, 0, 0, 0)) == 1 / 5000
    assert equal_rates((0, 20, 0), (20, 20, 20)) == 1 / 5000


def test_tables_that_say_nothing_give_one():
    """Equal counts, equal rates, no success, only successes, and a single group with trials give 1."""
    assert equal_counts((5, 5, 5)) == 1.0 == equal_rates((5, 5), (10, 10))
    assert equal_rates((0, 0), (10, 10)) == 1.0 == equal_rates((10, 10), (10, 10)) == equal_rates((3, 0), (10, 0))


def test_equal_data_give_equal_values():
    """The simulation has a seed of its own: the same table has the same p-value."""
    assert equal_counts((9, 4, 2, 5)) == equal_counts((9, 4, 2, 5))


@pytest.mark.parametrize("arguments", [((3,),), ((0, 0),), ((-1, 2),), ((1, 2), 0)])
def test_impossible_tables_are_refused(arguments):
    """One category, no hit, negative counts and no draw raise InputError."""
    with pytest.raises(InputError):
        equal_counts(*arguments)


def test_impossible_rates_are_refused():
    """More successes than trials, and lists of different lengths, are refused."""
    with pytest.raises(InputError):
        equal_rates((3, 1), (2, 2))
    with pytest.raises(ValueError):
        equal_rates((1,), (2, 2))

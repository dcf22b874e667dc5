"""Chi-square tests of equal counts and of equal rates, with Monte Carlo p-values that are valid at any sample size.

With `draws` simulated tables under the null hypothesis, `(1 + number at least as extreme) / (1 + draws)` is a p-value
in the exact sense: at most p with probability at most p (Davison and Hinkley 1997, section 4.2). No expected count has
to be large. The simulation has a seed of its own, so that a rule gives the same answer on the same data.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from theory.language.errors import InputError, explain

DRAWS = 4_999
_SEED = 20_011
# statistics are sums of floats in another order: what ties in exact arithmetic has to count as extreme
_TIE = 1 - 1e-9


def equal_counts(counts: Sequence[int], draws: int = DRAWS) -> float:
    """Return the p-value of "every category is equally probable", given how often each was hit.

    Args:
        counts: hits of each category, two or more categories, not all counts 0.
        draws: simulated tables; the least p-value possible is 1 / (1 + draws).

    >>> equal_counts((0, 0, 0, 40))
    0.0002
    """
    total = _check(counts, draws)
    generator = np.random.default_rng(_SEED)
    tables = generator.multinomial(total, np.full(len(counts), 1 / len(counts)), size=draws)
    # with equal expectations chi-square is an increasing function of the sum of squares, an exact integer
    found = sum(int(count) ** 2 for count in counts)
    return (1 + int(((tables.astype(np.int64) ** 2).sum(axis=1) >= found).sum())) / (1 + draws)


def equal_rates(successes: Sequence[int], trials: Sequence[int], draws: int = DRAWS) -> float:
    """Return the p-value of "every group succeeds with the same probability", given the total of successes.

    Groups without trials say nothing and are left out; one group alone gives 1.

    Args:
        successes: successes of each group.
        trials: trials of each group, of the same length.
        draws: simulated tables with the same margins.

    >>> equal_rates((0, 20), (20, 20)), equal_rates((10, 10), (20, 20))
    (0.0002, 1.0)
    """
    groups = [(s, n) for s, n in zip(successes, trials, strict=True) if n > 0]
    _check(trials, draws)
    if any(not 0 <= s <= n for s, n in groups):
        found = f"{list(successes)} of {list(trials)}"
        raise InputError(explain("successes", "0 <= successes <= trials", found, "Count each group's trials."))
    hit, size = np.array([s for s, _ in groups]), np.array([n for _, n in groups])
    if len(groups) < 2 or hit.sum() in (0, size.sum()):
        return 1.0
    expected = size * (hit.sum() / size.sum())
    tables = np.random.default_rng(_SEED).multivariate_hypergeometric(size, int(hit.sum()), size=draws)
    # failures contribute the same numerators; the variance n p (1 - p) of each group takes both into account
    found_value = ((hit - expected) ** 2 / size).sum()
    return (1 + int((((tables - expected) ** 2 / size).sum(axis=1) >= found_value * _TIE).sum())) / (1 + draws)


def _check(counts: Sequence[int], draws: int) -> int:
    if len(counts) < 2 or any(count < 0 for count in counts) or not sum(counts):
        remedy = "Give the hits of at least two categories, one hit or more in all."
        raise InputError(explain("counts", "two or more counts >= 0 with a positive sum", list(counts), remedy))
    if draws < 1:
        raise InputError(explain("draws", "1 <= draws", draws, f"Use the default, {DRAWS}."))
    return sum(counts)

"""Exact one-sided confidence bounds, sign tests with multiplicity, and how many trials a stated level needs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from scipy.stats import beta, binom

from theory.language.errors import InputError, explain


def clopper_pearson_lower(successes: int, trials: int, level: float) -> float:
    """Return a bound that is below the success probability except with probability `level` at most.

    Args:
        successes: how many of the trials succeeded, 0 <= successes <= trials.
        trials: independent trials, at least 1.
        level: probability of error, 0 < level < 1.

    Returns:
        The exact one-sided Clopper-Pearson lower bound (Clopper and Pearson 1934); level^(1/trials) if all succeeded.

    >>> round(clopper_pearson_lower(100, 100, 0.001), 6)
    0.933254
    """
    _check(successes, trials, level)
    return 0.0 if successes == 0 else float(beta.ppf(level, successes, trials - successes + 1))


def clopper_pearson_upper(successes: int, trials: int, level: float) -> float:
    """Return a bound that is above the success probability except with probability `level` at most.

    >>> round(clopper_pearson_upper(0, 100, 0.001), 6)
    0.066746
    """
    _check(successes, trials, level)
    return 1.0 if successes == trials else float(beta.ppf(1 - level, successes + 1, trials - successes))


def trials_needed(share: Fraction, level: Fraction) -> int:
    """Return the least number of trials that, all successful, put the lower bound at `share` or above.

    Args:
        share: what the lower bound of the success probability has to reach, 0 < share < 1, exact.
        level: probability of error, 0 < level < 1, exact.

    Returns:
        The least n with `share^n <= level`, in exact arithmetic: with n - 1 trials no outcome reaches the share.

    >>> trials_needed(Fraction(1, 2), Fraction(1, 1000)), trials_needed(Fraction(9, 10), Fraction(1, 1000))
    (10, 66)
    """
    _check_exact("share", share)
    _check_exact("level", level)
    n, power = 1, Fraction(share)
    while power > level:
        n, power = n + 1, power * share
    return n


def sign_test(positive: int, trials: int) -> float:
    """Return the exact one-sided p-value of at least `positive` heads in `trials` tosses of a fair coin.

    Ties are to be left out of both numbers beforehand.

    >>> sign_test(9, 10) == 11 / 1024
    True
    """
    _check(positive, trials, 0.5)
    return float(binom.sf(positive - 1, trials, 0.5))


def sign_test_trials(level: Fraction, comparisons: int = 1) -> int:
    """Return the least number of pairs without tie with which a sign test can reject at all.

    Args:
        level: probability of one false rejection or more in the whole family, 0 < level < 1, exact.
        comparisons: number of sign tests in the family, at least 1; Bonferroni's share of each is level/comparisons.

    Returns:
        The least n with `2^-n <= level / comparisons`. Holm's first comparison needs as many.

    >>> sign_test_trials(Fraction(1, 1000)), sign_test_trials(Fraction(1, 1000), 8)
    (10, 13)
    """
    if comparisons < 1:
        raise InputError(explain("comparisons", "1 <= comparisons", comparisons, "Count the tests of the family."))
    return trials_needed(Fraction(1, 2), Fraction(level) / comparisons)


def bonferroni(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values adjusted for their number: each times the number of tests, 1 at most.

    >>> bonferroni((0.01, 0.5))
    (0.02, 1.0)
    """
    _check_p_values(p_values)
    return tuple(min(1.0, len(p_values) * p) for p in p_values)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return p-values adjusted by Holm's step-down method, in the order given.

    Rejecting where the adjusted value is at most the level keeps the probability of any false rejection below the
    level, whatever the dependence (Holm 1979). None exceeds Bonferroni's.

    >>> holm((0.02, 0.01, 0.5))
    (0.04, 0.03, 0.5)
    """
    _check_p_values(p_values)
    adjusted, least = [0.0] * len(p_values), 0.0
    for rank, i in enumerate(sorted(range(len(p_values)), key=lambda k: p_values[k])):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[i]))
        adjusted[i] = least
    return tuple(adjusted)


def _check(successes: int, trials: int, level: float) -> None:
    if not 1 <= trials or not 0 <= successes <= trials:
        found = f"{successes} of {trials}"
        remedy = "Count at least one trial, and no more successes than trials."
        raise InputError(explain("successes, trials", "0 <= successes <= trials, 1 <= trials", found, remedy))
    if not 0 < level < 1:
        raise InputError(explain("level", "0 < level < 1", level, "Use a small probability such as 0.001."))


def _check_exact(name: str, value: Fraction) -> None:
    if isinstance(value, float) or not 0 < value < 1:
        remedy = "Give an exact number such as Fraction(1, 1000)."
        raise InputError(explain(name, f"an exact number with 0 < {name} < 1", repr(value), remedy))


def _check_p_values(p_values: Sequence[float]) -> None:
    # written so that NaN is refused as well
    if not p_values or not all(0 <= p <= 1 for p in p_values):
        remedy = "Give one p-value for each test of the family."
        raise InputError(explain("p_values", "at least one number in [0, 1], and no other", list(p_values), remedy))

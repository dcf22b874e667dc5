"""Exact one-sided confidence bounds for a probability, and the sign test."""

from __future__ import annotations

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


def sign_test(positive: int, trials: int) -> float:
    """Return the exact one-sided p-value of at least `positive` heads in `trials` tosses of a fair coin.

    Ties are to be left out of both numbers beforehand.

    >>> sign_test(9, 10) == 11 / 1024
    True
    """
    _check(positive, trials, 0.5)
    return float(binom.sf(positive - 1, trials, 0.5))


def _check(successes: int, trials: int, level: float) -> None:
    if not 1 <= trials or not 0 <= successes <= trials:
        found = f"{successes} of {trials}"
        remedy = "Count at least one trial, and no more successes than trials."
        raise InputError(explain("successes, trials", "0 <= successes <= trials, 1 <= trials", found, remedy))
    if not 0 < level < 1:
        raise InputError(explain("level", "0 < level < 1", level, "Use a small probability such as 0.001."))

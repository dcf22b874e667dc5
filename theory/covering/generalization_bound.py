"""The number behind `covering.generalization`: how far true and empirical loss can be apart, if it says anything.

For networks of usual size on usual data the bound is vacuous: [64, 32, 10] on 1797 digits has ln N of about 25,000, so
the square root alone is above 2.6 times the range of the loss, where 1 is already trivial.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from theory.covering.architecture import nonnegative, positive
from theory.exact.rationals import Exact, exact
from theory.language.errors import InputError, explain
from theory.textbook.logarithm import Enclosure, add, log_enclosure, scale

_BITS = 64


@dataclass(frozen=True)
class GeneralizationBound:
    """With probability at least `confidence`, sup |R - R_n| over the class is at most the bound.

    Attributes:
        value: Fractions around `2 eps + M sqrt((ln(2N) + ln(1/eta))/(2n))`. eps: the radius of the cover.
        loss_range: M, which the difference of two means of losses in [0, M] never exceeds.
        vacuous: the bound is not below M, so that it says nothing.
    """

    value: Enclosure
    eps: Fraction
    loss_range: Fraction
    confidence: Fraction
    vacuous: bool


def generalization_bound(
    log_covering: Enclosure | Exact, *, samples: int, loss_range: Exact, confidence: Exact, eps: Exact
) -> GeneralizationBound:
    """Return `2 eps + M sqrt((ln(2N) + ln(1/eta))/(2n))` around its value, eta = 1 - confidence.

    Args:
        log_covering: ln N for an internal cover of the class of radius eps (sup norm on the data), as an enclosure, of
            which the upper end counts, or as an exact number. samples: n independent samples.
        loss_range: M, the losses of the centres lie in [0, M]; the loss is 1-Lipschitz in the prediction.

    Raises:
        InputError: ln N < 0, n < 1, M <= 0, eps < 0, or a confidence outside [0, 1). ExactnessError: a float.

    >>> bound = generalization_bound(0, samples=1000, loss_range=1, confidence="0.95", eps=0)
    >>> Fraction("0.0429") < bound.value[0] < bound.value[1] < Fraction("0.0430"), bound.vacuous
    (True, False)
    """
    radius, size = exact(nonnegative(eps, "eps"), "eps"), exact(positive(loss_range, "loss_range"), "loss_range")
    level = _confidence(confidence)
    excess = _excess(log_covering, level)
    root = _sqrt(scale(Fraction(1, 2 * _samples(samples)), excess))
    value = add((2 * radius,) * 2, scale(size, root))
    return GeneralizationBound(value, radius, size, level, value[1] >= size)


def best_generalization_bound(
    log_covering: Callable[[Fraction], Enclosure], *, samples: int, loss_range: Exact, confidence: Exact,
    eps_list: Sequence[Exact]
) -> GeneralizationBound:
    """Return the smallest bound over the given radii; `log_covering(eps)` encloses ln N(eps).

    Every radius gives a bound that holds with this confidence, and the smallest is one of them.

    >>> best_generalization_bound(lambda e: (1 / e, 1 / e), samples=10**6, loss_range=1, confidence="0.9",
    ...                           eps_list=["1", "0.01"]).eps
    Fraction(1, 100)
    """
    if not eps_list:
        raise InputError(explain("eps_list", "at least one radius", "none", "Give radii like ['0.1', '0.01']."))
    given = {"samples": samples, "loss_range": loss_range, "confidence": confidence}
    radii = [exact(positive(eps, "eps_list"), "eps_list") for eps in eps_list]
    return min((generalization_bound(log_covering(r), eps=r, **given) for r in radii), key=lambda one: one.value[1])


def informative_samples(log_covering: Enclosure | Exact, *, loss_range: Exact, confidence: Exact, eps: Exact) -> int:
    """Return a number of samples from which on the bound is below M; it is the least one up to the enclosure of ln N.

    Raises:
        InputError: 2 eps >= M, where no number of samples helps.

    >>> informative_samples(25551, loss_range=1, confidence="0.95", eps="0.1")
    19965
    """
    radius, size = exact(nonnegative(eps, "eps"), "eps"), exact(positive(loss_range, "loss_range"), "loss_range")
    room = size - 2 * radius
    if room <= 0:
        raise InputError(explain("eps", f"2 eps < loss_range = {size}", f"eps = {radius}", "Use a finer cover."))
    needed = _excess(log_covering, _confidence(confidence))[1] * size**2 / (2 * room**2)
    return max(needed.numerator // needed.denominator + 1, 1)


def _excess(log_covering: Enclosure | Exact, level: Fraction) -> Enclosure:
    """Enclose ln(2N) + ln(1/eta)."""
    log = log_covering if isinstance(log_covering, tuple) else (exact(log_covering, "log_covering"),) * 2
    if log[1] < 0 or log[0] > log[1]:
        remedy = "A covering number is at least 1: a bound below 1 does not hold."
        raise InputError(explain("log_covering", "an enclosure of ln N >= 0", log, remedy))
    return add((max(log[0], Fraction(0)), log[1]), log_enclosure(2, _BITS), log_enclosure(1 / (1 - level), _BITS))


def _confidence(value: Exact) -> Fraction:
    level = exact(value, "confidence")
    if not 0 <= level < 1:
        raise InputError(explain("confidence", "a number in [0, 1)", level, "Write it like '0.95'."))
    return level


def _samples(value: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise InputError(explain("samples", "an integer >= 1", repr(value), "Give the number of independent samples."))
    return value


def _sqrt(value: Enclosure) -> Enclosure:
    """Enclose the square root, closer than 2^-64 at each end."""
    low = isqrt(value[0].numerator * 4**_BITS // value[0].denominator)
    high = isqrt(-(-value[1].numerator * 4**_BITS // value[1].denominator)) + 1
    return Fraction(low, 2**_BITS), Fraction(high, 2**_BITS)

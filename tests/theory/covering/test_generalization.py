"""The generalisation bound as a number, against enumerated finite probability spaces, and where it is vacuous."""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import comb

import pytest
from flint import arb, ctx, fmpq

from theory.covering import (
    GeneralizationBound,
    best_generalization_bound,
    generalization_bound,
    informative_samples,
    log_orbit_count,
    points_per_axis,
    single_radius,
    unconditional_log_bound,
)
from theory.language.errors import ExactnessError, InputError
from theory.textbook.logarithm import log_enclosure

UNIT = {"bound": 1, "input_radius": 1, "lipschitz": 1}


@pytest.fixture(autouse=True)
def precise():
    """Balls far narrower than the enclosures."""
    old, ctx.prec = ctx.prec, 300
    yield
    ctx.prec = old


def ball(q):
    """A Fraction as a ball."""
    return arb(fmpq(Fraction(q).numerator, Fraction(q).denominator))


@pytest.mark.parametrize(("log", "n", "M", "level", "eps"),
                         [(0, 1, 1, "0", 0), (10, 1000, 2, "0.95", "0.01"), ("3/7", 17, "1/3", "0.999", "1/5")])
def test_the_value(log, n, M, level, eps):
    """The enclosure contains 2 eps + M sqrt((ln 2 + ln N + ln(1/eta))/(2n)) and is narrow."""
    found = generalization_bound(log, samples=n, loss_range=M, confidence=level, eps=eps).value
    exact = 2 * ball(eps) + ball(M) * ((arb(2).log() + ball(log) - (1 - ball(level)).log()) / (2 * n)).sqrt()
    assert bool(ball(found[0]) <= exact) and bool(exact <= ball(found[1]))
    assert found[1] - found[0] < Fraction(1, 2**50)


def test_an_enclosure_of_the_covering_number():
    """An enclosure of ln N gives an enclosure of the bound, whose upper end decides about vacuity."""
    wide = generalization_bound((Fraction(0), Fraction(100)), samples=10, loss_range=1, confidence="0.9", eps=0)
    assert wide.value[0] < 1 < wide.value[1] and wide.vacuous


def test_trained_digits_are_vacuous():
    """[64, 32, 10] on the 1797 digits: ln N is about 25551, the bound is above 2.6 times the range of the loss."""
    shape = (64, 32, 10)
    m = points_per_axis(1, single_radius(shape, eps="0.1", **UNIT)[0])
    log = log_orbit_count(shape, m)
    found = generalization_bound(log, samples=1797, loss_range=1, confidence="0.95", eps="0.1")
    assert isinstance(found, GeneralizationBound) and found.vacuous and found.value[0] > Fraction("2.6")


def test_many_samples_for_a_tiny_network():
    """(1, 1, 1) with 10^6 samples is informative, and informative_samples finds where that begins."""
    log = unconditional_log_bound((1, 1, 1), eps="0.01", **UNIT)
    given = {"loss_range": 1, "confidence": "0.95", "eps": "0.01"}
    assert not generalization_bound(log, samples=10**6, **given).vacuous
    first = informative_samples(log, **given)
    assert not generalization_bound(log, samples=first, **given).vacuous
    assert generalization_bound(log, samples=first - 1, **given).vacuous


def test_the_best_radius():
    """Of several radii the one with the smallest bound is taken."""
    def log(eps):
        return unconditional_log_bound((1, 1, 1), eps=eps, **UNIT)

    radii = ["0.3", "0.01", "0.000001"]
    best = best_generalization_bound(log, samples=10**5, loss_range=1, confidence="0.95", eps_list=radii)
    every = [generalization_bound(log(Fraction(r)), samples=10**5, loss_range=1, confidence="0.95", eps=r)
             for r in radii]
    assert best in every and best.value[1] == min(one.value[1] for one in every)


def _gap(outcome, law, values):
    """Empirical against true mean of a function on two points."""
    return abs(sum(values[p] for p in outcome) / Fraction(len(outcome)) - sum(q * v for q, v in zip(law, values)))


@pytest.mark.parametrize(("n", "centres", "eps"), [
    (4, ((0, 1), (1, 0), (0, 0)), "1/10"), (6, ((1, 0),), "0"), (5, ((0, 1), (1, 1), (1, 0), (0, 0)), "1/4")])
@pytest.mark.parametrize("eta", ["1/20", "1/2", "9/10"])
def test_all_outcomes_enumerated(n, centres, eps, eta):
    """For n samples of a law on two points and the worst learner the probability is at least 1 - eta, exactly."""
    law, radius = (Fraction(1, 3), Fraction(2, 3)), Fraction(eps)
    given = {"samples": n, "loss_range": 1, "confidence": 1 - Fraction(eta), "eps": radius}
    bound = generalization_bound(log_enclosure(len(centres)), **given).value
    good = Fraction(0)
    for outcome in product((0, 1), repeat=n):
        weight = Fraction(1)
        for point in outcome:
            weight *= law[point]
        worst = max(_gap(outcome, law, [v + s for v, s in zip(c, shift)])
                    for c in centres for shift in product((-radius, radius), repeat=2))
        good += weight if worst <= bound[0] else 0
    assert good >= 1 - Fraction(eta)


@pytest.mark.parametrize("n", [1, 2, 5, 20])
@pytest.mark.parametrize("p", ["1/2", "1/10", "4/5"])
def test_hoeffding_on_binomial_tails(n, p):
    """P(|mean - p| >= s) <= 2 exp(-2 n s^2), the tails summed exactly."""
    chance = Fraction(p)
    for s in (Fraction(k, 10) for k in range(11)):
        tail = sum((comb(n, k) * chance**k * (1 - chance) ** (n - k) for k in range(n + 1)
                    if abs(Fraction(k, n) - chance) >= s), Fraction(0))
        assert bool(ball(tail) <= 2 * (-2 * n * ball(s) ** 2).exp())


def test_what_is_refused():
    """Floats, a bound below 1 on N, and numbers out of range are refused."""
    good = {"samples": 10, "loss_range": 1, "confidence": "0.9", "eps": 0}
    with pytest.raises(ExactnessError):
        generalization_bound(0, **(good | {"confidence": 0.9}))
    with pytest.raises(InputError, match="below 1 does not hold"):
        generalization_bound(-1, **good)
    with pytest.raises(InputError, match=r"in \[0, 1\)"):
        generalization_bound(0, **(good | {"confidence": 1}))
    with pytest.raises(InputError, match="integer >= 1"):
        generalization_bound(0, **(good | {"samples": 0}))
    with pytest.raises(InputError, match="at least one radius"):
        best_generalization_bound(lambda r: (r, r), samples=1, loss_range=1, confidence="0.9", eps_list=[])
    with pytest.raises(InputError, match="2 eps < loss_range"):
        informative_samples(1, loss_range=1, confidence="0.9", eps="1/2")

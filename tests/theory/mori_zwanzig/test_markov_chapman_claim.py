"""Markov chains of layers: the shared draw against exact enumeration, operator products against paths."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from theory.mori_zwanzig.markov_chapman import two_layer_square_means


def test_shared_noise_has_twice_the_variance():
    """x = 0, b = 1: 2/3 with independent noises, 4/3 with one draw; x = 1/2, b = 2 by hand."""
    assert two_layer_square_means(0, 1) == (Fraction(2, 3), Fraction(4, 3))
    assert two_layer_square_means("1/2", 2) == (Fraction(1, 4) + Fraction(8, 3), Fraction(1, 4) + Fraction(16, 3))


def test_operator_product_is_the_mean_over_all_paths():
    """Three layers F(x, e) = x^2 + e with noises -1, 1: backward recursion against the eight paths."""
    law = {-1: Fraction(1, 3), 1: Fraction(2, 3)}

    def backward(depth: int, x: Fraction) -> Fraction:
        return x if depth == 3 else sum(p * backward(depth + 1, x * x + e) for e, p in law.items())

    total = Fraction(0)
    for noises in product(law, repeat=3):
        x, weight = Fraction(1, 2), Fraction(1)
        for e in noises:
            x, weight = x * x + e, weight * law[e]
        total += weight * x
    assert backward(0, Fraction(1, 2)) == total


def test_each_noise_is_independent_of_all_states_before_it():
    """Two fair coins and a three-valued start, F = x^2 + e: E t(X_0) s(X_1) v(X_1, e_1) factors over e_1 exactly."""
    half = Fraction(1, 2)
    start = {0: half, 1: half/2, 3: half/2}

    def mean(of):
        return sum(p*half*half*of(x, e, f) for x, p in start.items() for e in (-1, 1) for f in (-1, 1))

    def past(x, e):
        return (x + 2)*((x*x + e)**2 - 3)

    joint = mean(lambda x, e, f: past(x, e)*(x*x + e + f)**3)
    apart = mean(lambda x, e, f: past(x, e)*half*sum((x*x + e + g)**3 for g in (-1, 1)))
    shared = mean(lambda x, e, f: past(x, e)*(x*x + e + e)**3)
    assert joint == apart != shared

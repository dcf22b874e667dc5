"""Rational intervals: every operation returns an interval that contains all values, rounded outwards to k bits.

exp, log, sin, cos and atan by Taylor sums with a bound of the remainder, the rest from them. An interval is a
pair of Fractions (lo, hi) with lo <= hi, never a float.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import isqrt
from typing import Any

from evaluation import Evaluation, whole
from rejection import BITS, need
from terms import Table

Interval = tuple[Fraction, Fraction]
ARGUMENT = 1 << 12  # largest absolute argument of exp, sin and cos
GUARD = 16  # extra bits inside the transcendental functions


def outward(lo: Fraction, hi: Fraction, k: int) -> Interval:
    """Round an interval outwards to k bits after the point; ends with short denominators stay exact."""
    need(max(abs(lo), abs(hi)).numerator.bit_length() < BITS, "number too large")
    if lo.denominator.bit_length() > k:
        lo = Fraction((lo.numerator << k) // lo.denominator, 1 << k)
    if hi.denominator.bit_length() > k:
        hi = Fraction(-((-hi.numerator << k) // hi.denominator), 1 << k)
    return lo, hi


def add(a: Interval, b: Interval) -> Interval:
    """Return a + b."""
    return a[0] + b[0], a[1] + b[1]


def multiply(a: Interval, b: Interval) -> Interval:
    """Return a b."""
    ends = [x * y for x in a for y in b]
    return min(ends), max(ends)


def reciprocal(a: Interval) -> Interval:
    """Return 1 / a."""
    need(a[0] > 0 or a[1] < 0, "zero in a denominator")
    return 1 / a[1], 1 / a[0]


def power(a: Interval, n: int) -> Interval:
    """Return a to a non-negative literal power."""
    lo, hi = a
    longest = max(x.bit_length() for end in a for x in (end.numerator, end.denominator))
    need(longest * n < BITS, "number too large")
    if n % 2 or lo >= 0:
        return lo**n, hi**n
    if hi <= 0:
        return hi**n, lo**n
    return Fraction(int(n == 0)), max(-lo, hi) ** n


def exp_point(x: Fraction, k: int) -> Interval:
    """Enclose exp(x): halve the argument, Taylor, square back."""
    need(abs(x) <= ARGUMENT, "argument of exp too large")
    halvings = 0
    while abs(x) > Fraction(1, 2):
        x, halvings = x / 2, halvings + 1
    bits = k + 2 * halvings + GUARD
    (x, _), exact = outward(x, x, bits), x
    total, term, i = Fraction(1), Fraction(1), 0
    while abs(term) > Fraction(1, 1 << bits):
        i += 1
        term = term * x / i
        total += term
    # |x| <= 1/2 (up to the rounding): the tail is below the last term; exp(x + e) - exp(x) < 2 e for a small e >= 0.
    lo, hi = total - abs(term), total + abs(term) + 2 * (exact - x)
    lo, hi = outward(lo, hi, bits)
    for _ in range(halvings):
        lo, hi = outward(lo * lo, hi * hi, bits)
    return lo, hi


def artanh_twice(z: Fraction, k: int) -> Interval:
    """Enclose 2 artanh(z) for |z| <= 1/3."""
    (z, _), exact = outward(z, z, k + 4), z
    total, odd, i = Fraction(0), z, 1
    while abs(odd) > Fraction(1, 1 << k):
        total += odd / i
        odd, i = odd * z * z, i + 2
    # the tail is below 9/4 of the last power; the slope of 2 artanh is at most 9/4 (a little more below -1/3)
    return 2 * total - 4 * abs(odd), 2 * total + 4 * abs(odd) + 3 * (exact - z)


def log_point(x: Fraction, k: int) -> Interval:
    """Enclose log(x) = 2 artanh((m-1)/(m+1)) + e log 2 for x = m 2^e with m between 1/2 and 2."""
    need(x > 0, "log of what is not positive")
    e = x.numerator.bit_length() - x.denominator.bit_length()
    m = x / Fraction(2) ** e
    if m > Fraction(4, 3):
        m, e = m / 2, e + 1
    bits = k + GUARD + abs(e).bit_length()
    need(Fraction(1, 2) <= m <= 2, "bad reduction")
    main, two = artanh_twice((m - 1) / (m + 1), bits), artanh_twice(Fraction(1, 3), bits)
    return outward(*add(main, multiply((Fraction(e), Fraction(e)), two)), k)


def atan_series(z: Fraction, bits: int) -> Interval:
    """Enclose atan(z) for |z| <= 1/2 by the alternating series."""
    (z, _), exact = outward(z, z, bits + 4), z
    total, odd, i, sign = Fraction(0), z, 1, 1
    while abs(odd) > Fraction(1, 1 << bits):
        total += sign * odd / i
        odd, i, sign = odd * z * z, i + 2, -sign
    return total - abs(odd), total + abs(odd) + (exact - z)


def pi(k: int) -> Interval:
    """Enclose pi = 16 atan(1/5) - 4 atan(1/239)."""
    a, b = atan_series(Fraction(1, 5), k + GUARD), atan_series(Fraction(1, 239), k + GUARD)
    return outward(16 * a[0] - 4 * b[1], 16 * a[1] - 4 * b[0], k)


def atan_point(x: Fraction, k: int) -> Interval:
    """Enclose atan(x): odd, atan(x) = pi/2 - atan(1/x), and pi/4 - atan((1-x)/(1+x)) in between."""
    if x < 0:
        lo, hi = atan_point(-x, k)
        return -hi, -lo
    if x <= Fraction(1, 2):
        return outward(*atan_series(x, k + GUARD), k)
    half = pi(k + GUARD)
    if x >= 2:
        lo, hi = atan_series(1 / x, k + GUARD)
        return outward(half[0] / 2 - hi, half[1] / 2 - lo, k)
    lo, hi = atan_series((1 - x) / (1 + x), k + GUARD)
    return outward(half[0] / 4 - hi, half[1] / 4 - lo, k)


def sin_point(x: Fraction, k: int) -> Interval:
    """Enclose sin(x): subtract a multiple of 2 pi, Taylor with the remainder of Lagrange."""
    need(abs(x) <= 2 * ARGUMENT, "argument of sin too large")
    bits = k + GUARD
    circle = pi(bits + ARGUMENT.bit_length() + 2)
    turns = round(x / (2 * circle[0]))
    ends = [x - 2 * turns * c for c in circle]
    y, width = outward(min(ends), max(ends), bits)
    width -= y
    total, term, i = Fraction(0), y, 1
    while abs(term) > Fraction(1, 1 << bits):
        total += term
        term, i = -term * y * y / ((i + 1) * (i + 2)), i + 2
    return outward(max(Fraction(-1), total - abs(term) - width), min(Fraction(1), total + abs(term) + width), k)


def sin(a: Interval, k: int) -> Interval:
    """Enclose sin on an interval: the values at the ends, and 1 or -1 where a crest or trough may lie inside."""
    first, last = sin_point(a[0], k), sin_point(a[1], k)
    lo, hi = min(first[0], last[0]), max(first[1], last[1])
    circle = pi(k + GUARD)
    for quarter, value in ((Fraction(1, 4), 1), (Fraction(3, 4), -1)):
        # crest or trough at 2 pi (j + quarter): is there an integer j between the quotients?
        least = multiply((a[0], a[0]), reciprocal((2 * circle[0], 2 * circle[1])))[0] - quarter
        most = multiply((a[1], a[1]), reciprocal((2 * circle[0], 2 * circle[1])))[1] - quarter
        if -(-least.numerator // least.denominator) <= most.numerator // most.denominator:
            lo, hi = (lo, Fraction(1)) if value == 1 else (Fraction(-1), hi)
    return lo, hi


def cos(a: Interval, k: int) -> Interval:
    """Enclose cos(x) = sin(x + pi/2)."""
    circle = pi(k + GUARD)
    return sin((a[0] + circle[0] / 2, a[1] + circle[1] / 2), k)


def sqrt_point(x: Fraction, k: int) -> Interval:
    """Enclose the square root of a rational number, exactly if it is a rational number."""
    need(x >= 0, "root of what may be negative")
    p, q = isqrt(x.numerator), isqrt(x.denominator)
    if p * p == x.numerator and q * q == x.denominator:
        return Fraction(p, q), Fraction(p, q)
    below = isqrt((x.numerator << 2 * k) // x.denominator)
    return Fraction(below, 1 << k), Fraction(below + 1, 1 << k)


def tanh_point(x: Fraction, k: int) -> Interval:
    """Enclose tanh(x) = 1 - 2/(exp(2x) + 1)."""
    if x < 0:
        lo, hi = tanh_point(-x, k)
        return -hi, -lo
    lo, hi = exp_point(2 * min(x, Fraction(k + 1)), k + GUARD)
    return outward(1 - 2 / (lo + 1), Fraction(1) if x > k else 1 - 2 / (hi + 1), k)


def rising(point: Callable[[Fraction, int], Interval]) -> Callable[[Interval, int], Interval]:
    """Return the interval extension of a non-decreasing function from its enclosure at a point."""
    return lambda a, k: (point(a[0], k)[0], point(a[1], k)[1])


def absolute(a: Interval, k: int) -> Interval:
    """Enclose the absolute value."""
    return max(a[0], -a[1], Fraction(0)), max(-a[0], a[1])


# The meaning of the generators that `enclose` evaluates; their names must be rows of the table of axioms.
MEANING: dict[str, Callable[[Interval, int], Interval]] = {
    "exp": rising(exp_point), "log": rising(log_point), "atan": rising(atan_point), "tanh": rising(tanh_point),
    "sqrt": rising(sqrt_point), "sin": sin, "cos": cos, "abs": absolute,
}  # fmt: skip
CHOICE = {"max": max, "min": min}


def enclose(term: Any, box: dict[str, Interval], k: int, table: Table) -> Interval:
    """Return an interval that contains the values of a scalar term on a box."""
    if type(term) is int:
        return Fraction(term), Fraction(term)
    if type(term) is str:
        need(term in box, "not in the box:", term)
        return box[term]
    head = term[0]
    if head == "q":
        return Fraction(term[1], term[2]), Fraction(term[1], term[2])
    if head == "^":
        return outward(*power(enclose(term[1], box, k, table), term[2]), k)
    need(head in ("+", "*", "/") or head in table.generators, "no enclosure for", head)
    if head == "pow":
        n = whole(Evaluation(table).number(term[2]))
        need(n >= 0, "negative power")
        return outward(*power(enclose(term[1], box, k, table), n), k)
    values = [enclose(part, box, k, table) for part in term[1:]]
    if head == "pi" and not values:
        return pi(k)
    need(values, "no enclosure for", head)
    out = values[0]
    if head in MEANING and len(values) == 1:
        return MEANING[head](out, k)
    if head in CHOICE and len(values) == 2:
        return CHOICE[head](out[0], values[1][0]), CHOICE[head](out[1], values[1][1])
    need(head in ("+", "*", "/"), "no enclosure for", head)
    for value in values[1:]:
        if head == "+":
            out = outward(*add(out, value), k)
        else:
            out = outward(*multiply(out, value if head == "*" else reciprocal(value)), k)
    return out

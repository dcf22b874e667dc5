"""Rational intervals: every operation returns an interval that contains all values, rounded outwards to k bits.

exp, log, sin and atan by Taylor sums with a bound of the remainder, cos, tanh and pi from them. An interval is a pair
of Fractions (lo, hi) with lo <= hi, never a float.
"""

from collections.abc import Callable
from fractions import Fraction
from functools import reduce
from math import ceil, floor, isqrt
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
    below = Fraction(floor(lo * (1 << k)), 1 << k) if lo.denominator.bit_length() > k else lo
    above = Fraction(ceil(hi * (1 << k)), 1 << k) if hi.denominator.bit_length() > k else hi
    return below, above


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
    """Return a to a non-negative power."""
    longest = max(x.bit_length() for end in a for x in (end.numerator, end.denominator))
    need(n >= 0 and longest * n < BITS, "power out of range")
    lo, hi = a[0] ** n, a[1] ** n
    return (min(lo, hi), max(lo, hi)) if n % 2 or a[0] >= 0 or a[1] <= 0 else (Fraction(n == 0), max(lo, hi))


def exp_point(x: Fraction, k: int) -> Interval:
    """Enclose exp(x): halve the argument, Taylor, square back."""
    need(abs(x) <= ARGUMENT, "argument of exp too large")
    halvings = ceil(2 * abs(x)).bit_length()
    bits = k + 2 * halvings + GUARD
    exact = x / 2**halvings
    x = outward(exact, exact, bits)[0]
    total, term, i = Fraction(1), Fraction(1), 0
    while abs(term) > Fraction(1, 1 << bits):
        i += 1
        term = term * x / i
        total += term
    # |x| < 3/4: the tail is below three times the last term; exp(x + e) - exp(x) < 3 e for a small e >= 0
    lo, hi = outward(total - 3 * abs(term), total + 3 * abs(term) + 3 * (exact - x), bits)
    for _ in range(halvings):
        lo, hi = outward(lo * lo, hi * hi, bits)
    return lo, hi


def odd_series(z: Fraction, bits: int, sign: int) -> Interval:
    """Enclose the sum of sign^i z^(2i+1)/(2i+1) for |z| < 3/5: artanh(z) for sign 1, atan(z) for sign -1."""
    exact, z = z, outward(z, z, bits + 4)[0]
    total, term, i = Fraction(0), z, 1
    while abs(term) > Fraction(1, 1 << bits):
        total += term / i
        term, i = sign * term * z * z, i + 2
    # the tail is below 1/(1 - z^2) < 2 times the next power, and the slope is below 2
    return total - 2 * abs(term), total + 2 * abs(term) + 2 * (exact - z)


def log_point(x: Fraction, k: int) -> Interval:
    """Enclose log(x) = 2 artanh((m-1)/(m+1)) + e log 2 for x = m 2^e with m between 1/2 and 2."""
    need(x > 0, "log of what is not positive")
    e = x.numerator.bit_length() - x.denominator.bit_length()
    m, bits = x / Fraction(2) ** e, k + GUARD + abs(e).bit_length()
    main, two = odd_series((m - 1) / (m + 1), bits, 1), odd_series(Fraction(1, 3), bits, 1)
    lo, hi = add(main, multiply((Fraction(e), Fraction(e)), two))
    return outward(2 * lo, 2 * hi, k)


def pi(k: int) -> Interval:
    """Enclose pi = 16 atan(1/5) - 4 atan(1/239)."""
    a, b = (odd_series(Fraction(1, n), k + GUARD, -1) for n in (5, 239))
    return outward(16 * a[0] - 4 * b[1], 16 * a[1] - 4 * b[0], k)


def atan_point(x: Fraction, k: int) -> Interval:
    """Enclose atan(x) for x >= 0: pi/4 - atan((1-x)/(1+x)) near 1, pi/2 - atan(1/x) above."""
    if 2 * x <= 1:
        return outward(*odd_series(x, k + GUARD, -1), k)
    turn, z = (2, 1 / x) if x >= 2 else (4, (1 - x) / (1 + x))
    whole, (lo, hi) = pi(k + GUARD), odd_series(z, k + GUARD, -1)
    return outward(whole[0] / turn - hi, whole[1] / turn - lo, k)


def tanh_point(x: Fraction, k: int) -> Interval:
    """Enclose tanh(x) = 1 - 2/(exp(2x) + 1) for x >= 0."""
    lo, hi = exp_point(2 * min(x, Fraction(k + 1)), k + GUARD)
    return outward(1 - 2 / (lo + 1), Fraction(1) if x > k else 1 - 2 / (hi + 1), k)


def sqrt_point(x: Fraction, k: int) -> Interval:
    """Enclose the square root, exactly if it is a rational number."""
    exact = Fraction(isqrt(x.numerator), isqrt(x.denominator))
    below = isqrt((x.numerator << 2 * k) // x.denominator)
    return (exact, exact) if exact * exact == x else (Fraction(below, 1 << k), Fraction(below + 1, 1 << k))


def sin_point(x: Fraction, k: int) -> Interval:
    """Enclose sin(x): subtract a multiple of 2 pi, Taylor with the remainder of Lagrange."""
    need(abs(x) <= 2 * ARGUMENT, "argument of sin too large")
    bits = k + GUARD
    circle = pi(bits + ARGUMENT.bit_length())
    turns = round(x / (2 * circle[0]))
    ends = [x - 2 * turns * end for end in circle]
    y, above = outward(min(ends), max(ends), bits)
    total, term, i = Fraction(0), y, 1
    while abs(term) > Fraction(1, 1 << bits):
        total += term
        term, i = -term * y * y / ((i + 1) * (i + 2)), i + 2
    error = abs(term) + above - y  # sin has slope at most 1
    return outward(max(Fraction(-1), total - error), min(Fraction(1), total + error), k)


def sin(k: int, a: Interval) -> Interval:
    """Enclose sin on an interval: the values at the ends, and 1 or -1 where a crest or trough may lie inside."""
    first, last = sin_point(a[0], k), sin_point(a[1], k)
    lo, hi = min(first[0], last[0]), max(first[1], last[1])
    least, most = (multiply((end, end), reciprocal(pi(k + GUARD))) for end in a)
    # crests at pi (2 j + 1/2), troughs at pi (2 j + 3/2): is there an integer j for the interval?
    crest, trough = (ceil((least[0] - at) / 2) <= floor((most[1] - at) / 2) for at in (Fraction(1, 2), Fraction(3, 2)))
    return Fraction(-1) if trough else lo, Fraction(1) if crest else hi


def rising(point: Callable[[Fraction, int], Interval], odd: bool = False) -> Callable[[int, Interval], Interval]:
    """Return the interval extension of a non-decreasing function from its enclosure at a point (>= 0 if it is odd)."""

    def at(x: Fraction, k: int) -> Interval:
        lo, hi = point(abs(x) if odd else x, k)
        return (-hi, -lo) if odd and x < 0 else (lo, hi)

    return lambda k, a: (at(a[0], k)[0], at(a[1], k)[1])


# The operations on intervals; the names among them must be rows of the table of axioms.
OPERATIONS: dict[str, Callable[..., Interval]] = {
    "+": lambda k, *v: reduce(lambda a, b: outward(*add(a, b), k), v),
    "*": lambda k, *v: reduce(lambda a, b: outward(*multiply(a, b), k), v),
    "/": lambda k, a, b: outward(*multiply(a, reciprocal(b)), k),
    "max": lambda k, a, b: (max(a[0], b[0]), max(a[1], b[1])),
    "min": lambda k, a, b: (min(a[0], b[0]), min(a[1], b[1])),
    "abs": lambda k, a: (max(a[0], -a[1], Fraction(0)), max(-a[0], a[1])),
    "exp": rising(exp_point), "log": rising(log_point), "sqrt": rising(sqrt_point), "pi": pi, "sin": sin,
    "cos": lambda k, a: sin(k, add(a, multiply(pi(k + GUARD), (Fraction(1, 2), Fraction(1, 2))))),
    "atan": rising(atan_point, odd=True), "tanh": rising(tanh_point, odd=True),
}  # fmt: skip


def enclose(term: Any, box: dict[str, Interval], k: int, table: Table) -> Interval:
    """Return an interval that contains the values of a scalar term on a box."""
    match term:
        case int():
            return Fraction(term), Fraction(term)
        case str():
            need(term in box, "not in the box:", term)
            return box[term]
        case ["q", p, q]:
            return Fraction(p, q), Fraction(p, q)
    head, *parts = term
    need(head in ("+", "*", "/", "^") or head in table.generators, "no enclosure for", term)
    if head in ("^", "pow"):
        return outward(*power(enclose(parts[0], box, k, table), whole(Evaluation(table).value(parts[1], {}))), k)
    need(head in OPERATIONS, "no enclosure for", term)
    return OPERATIONS[head](k, *[enclose(part, box, k, table) for part in parts])

"""Natural logarithms of positive rationals between two rationals, in integer arithmetic alone.

`ln q = k ln 2 + 2 artanh(z)` with `z = (y - 1)/(y + 1)`, `q = 2^k y`, `2/3 <= y <= 4/3`, so that `|z| <= 1/5`; the
power series is summed once rounded down and once rounded up, with its tail bounded by a geometric series. The
logarithm of a factorial comes from Stirling's series, whose remainder has the sign of the first omitted term and is
smaller (NIST Digital Library of Mathematical Functions, 5.11(ii)).
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from math import factorial

import sympy

from theory.language.errors import ExactnessError, InputError, explain

Enclosure = tuple[Fraction, Fraction]

_DIRECT_FACTORIAL = 400


def add(*parts: Enclosure) -> Enclosure:
    """Return the sum of enclosures.

    >>> add((Fraction(1), Fraction(2)), (Fraction(0), Fraction(1)))
    (Fraction(1, 1), Fraction(3, 1))
    """
    return sum((part[0] for part in parts), Fraction(0)), sum((part[1] for part in parts), Fraction(0))


def scale(factor: int | Fraction, part: Enclosure) -> Enclosure:
    """Return `factor` times the enclosure, its ends exchanged when the factor is negative.

    >>> scale(-2, (Fraction(1), Fraction(2)))
    (Fraction(-4, 1), Fraction(-2, 1))
    """
    ends = (factor * part[0], factor * part[1])
    return ends if factor >= 0 else (ends[1], ends[0])


def log_enclosure(q: int | Fraction, bits: int = 64) -> Enclosure:
    """Return Fractions `lower <= ln q <= upper` with `upper - lower < 2^-bits`, for an int or Fraction q > 0.

    The cost depends on the length of `q` only through its leading bits: `q` may have millions of digits.

    Raises:
        ExactnessError: q is a float. InputError: q <= 0.

    >>> lower, upper = log_enclosure(10)
    >>> Fraction("2.302585092994045684") < lower < upper < Fraction("2.302585092994045685")
    True
    >>> log_enclosure(1)
    (Fraction(0, 1), Fraction(0, 1))
    """
    _check_positive(q)
    numerator, denominator = q.numerator, q.denominator
    if numerator == denominator:
        return Fraction(0), Fraction(0)
    precision = bits + 16
    shift = precision - (numerator.bit_length() - denominator.bit_length())
    # mantissa / 2^shift <= q < (mantissa + 1) / 2^shift, and the mantissa has precision or precision + 1 bits
    mantissa = (numerator << shift) // denominator if shift >= 0 else numerator // (denominator << -shift)
    exponent = mantissa.bit_length() - 1 - shift
    scale_bits = mantissa.bit_length() - 1
    if 3 * mantissa > 4 << scale_bits:
        exponent, scale_bits = exponent + 1, scale_bits + 1
    one = 1 << scale_bits
    lower, upper = _twice_artanh(mantissa - one, mantissa + one, precision)
    below, above = scale(exponent, _log_two(precision + abs(exponent).bit_length()))
    # ln(mantissa + 1) - ln(mantissa) < 1/mantissa
    return lower + below, upper + above + Fraction(1, 1 << (precision - 1))


def log_factorial_enclosure(n: int, bits: int = 64) -> Enclosure:
    """Return Fractions around `ln n!`, closer than `2^-bits`, for an int n >= 0 of any size.

    >>> lower, upper = log_factorial_enclosure(100)
    >>> Fraction("363.73937555556349014") < lower < upper < Fraction("363.73937555556349015")
    True
    """
    if isinstance(n, bool) or not isinstance(n, int) or n < 0:
        raise InputError(explain("n", "an integer >= 0", repr(n), "Use a non-negative int."))
    if n <= max(_DIRECT_FACTORIAL, bits):
        return log_enclosure(factorial(n), bits)
    fine = bits + n.bit_length() + 8
    terms: list[Fraction] = []
    tolerance = Fraction(1, 1 << (bits + 2))
    while not terms or abs(terms[-1]) > tolerance:
        k = len(terms) + 1
        bernoulli = sympy.bernoulli(2 * k)
        terms.append(Fraction(int(bernoulli.p), int(bernoulli.q)) / (2 * k * (2 * k - 1) * Fraction(n) ** (2 * k - 1)))
    series, last = sum(terms[:-1], Fraction(0)), terms[-1]
    correction = (series + min(last, 0), series + max(last, 0))
    pi_low, pi_high = pi_enclosure(fine)
    half_log = (log_enclosure(2 * pi_low, fine)[0] / 2, log_enclosure(2 * pi_high, fine)[1] / 2)
    return add(scale(n + Fraction(1, 2), log_enclosure(n, fine)), (Fraction(-n),) * 2, half_log, correction)


@lru_cache(maxsize=32)
def pi_enclosure(bits: int = 64) -> Enclosure:
    """Return Fractions around pi, closer than `2^-bits`, by Machin's formula 16 arctan(1/5) - 4 arctan(1/239).

    >>> lower, upper = pi_enclosure()
    >>> Fraction("3.1415926535897932384") < lower < upper < Fraction("3.1415926535897932385")
    True
    """
    first, second = _arctan_inverse(5, bits + 8), _arctan_inverse(239, bits + 8)
    return add(scale(16, first), scale(-4, second))


def _check_positive(q: object) -> None:
    if isinstance(q, float):
        remedy = "Use Fraction(x) for the float's exact dyadic value."
        raise ExactnessError(explain("q", "an int or Fraction > 0", f"the float {q}", remedy))
    if isinstance(q, bool) or not isinstance(q, (int, Fraction)) or q <= 0:
        raise InputError(explain("q", "an int or Fraction > 0", repr(q), "The logarithm is defined for q > 0 only."))


def _twice_artanh(numerator: int, denominator: int, bits: int) -> Enclosure:
    """Enclose 2 artanh(z), z = numerator/denominator with |z| <= 1/3, each end within `2^-bits` of it."""
    if numerator == 0:
        return Fraction(0), Fraction(0)
    work = bits + 8
    z_down = (abs(numerator) << work) // denominator
    low = _artanh_sum(z_down, work, up=False)
    high = _artanh_sum(z_down + 1, work, up=True)
    ends = (Fraction(2 * low, 1 << work), Fraction(2 * high, 1 << work))
    return ends if numerator > 0 else (-ends[1], -ends[0])


def _artanh_sum(z: int, work: int, *, up: bool) -> int:
    """Sum z + z^3/3 + z^5/5 + ... for z in units of 2^-work, every operation rounded up or every one down."""
    bump = 1 if up else 0
    square = ((z * z) >> work) + bump
    total, power, odd = 0, z, 1
    while power > bump:
        total += power // odd + bump
        power = ((power * square) >> work) + bump
        odd += 2
    # the tail is below power / (1 - z^2) <= 9/8 power, and power <= 1 unit here
    return total + 2 * bump


@lru_cache(maxsize=128)
def _log_two(bits: int) -> Enclosure:
    return _twice_artanh(1, 3, bits)


def _arctan_inverse(n: int, bits: int) -> Enclosure:
    """Enclose arctan(1/n) = 1/n - 1/(3 n^3) + ...: consecutive partial sums lie on either side."""
    total, k = Fraction(0), 0
    while True:
        term = Fraction((-1) ** k, (2 * k + 1) * n ** (2 * k + 1))
        total += term
        if abs(term) < Fraction(1, 1 << bits):
            return (total, total - term) if term < 0 else (total - term, total)
        k += 1

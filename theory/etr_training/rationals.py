"""Reading exact rational numbers from texts and numbers, with limits on their length; nothing is evaluated."""

from __future__ import annotations

import numbers
import re
from fractions import Fraction

import sympy

from theory.language.errors import ExactnessError, InputError, explain

DIGITS = 4000
"""The longest numerator, denominator or decimal that is read, in decimal digits."""

_TEXT = re.compile(r"([+-]?)(\d+)(?:/(\d+)|(?:\.(\d+))?(?:[eE]([+-]?\d{1,5}))?)", re.ASCII)
_REQUIRED = "an exact number: int, Fraction, 'p/q' or decimal string"

Number = int | Fraction | str


def rational(value: object, where: str) -> Fraction:
    """Return `value` as a Fraction; `where` names it in error messages.

    Texts are `"3"`, `"-7/2"`, `"0.125"`, `"1e-3"`.

    Raises:
        ExactnessError: a float or another inexact number.
        InputError: no number, a zero denominator, or a number of more than DIGITS digits.

    >>> rational("-0.125", "x"), rational("14/5", "x"), rational(3, "x")
    (Fraction(-1, 8), Fraction(14, 5), Fraction(3, 1))
    """
    if isinstance(value, numbers.Rational) and not isinstance(value, bool):
        return _short(Fraction(int(value.numerator), int(value.denominator)), where)
    if isinstance(value, sympy.Rational):
        return _short(Fraction(int(value.p), int(value.q)), where)
    if isinstance(value, str):
        return _from_text(value, where)
    if isinstance(value, numbers.Number) and not isinstance(value, bool):
        remedy = f"Write the decimal string {str(value)!r}, or Fraction(x) for the exact dyadic value of a float x."
        raise ExactnessError(explain(where, _REQUIRED, f"the {type(value).__name__} {value}", remedy))
    raise InputError(explain(where, _REQUIRED, shortened(value), "Give an int, a Fraction or a string like '1/3'."))


def _from_text(text: str, where: str) -> Fraction:
    if len(text) > 2 * DIGITS + 2:
        raise _too_long(where)
    match = _TEXT.fullmatch(text.strip())
    if match is None:
        raise InputError(explain(where, _REQUIRED, shortened(text), "Write it like '3', '-7/2', '0.125' or '1e-3'."))
    sign, whole, denominator, decimals, exponent = match.groups()
    places, shift = decimals or "", int(exponent or 0)
    if max(len(whole) + len(places), len(denominator or "")) > DIGITS or abs(shift) > DIGITS:
        raise _too_long(where)
    if denominator is not None:
        if not int(denominator):
            raise InputError(explain(where, "a denominator other than 0", shortened(text), "Correct the number."))
        value = Fraction(int(whole), int(denominator))
    else:
        shift -= len(places)
        digits = int(whole + places)
        value = Fraction(digits * 10**shift) if shift >= 0 else Fraction(digits, 10**-shift)
    return _short(-value if sign == "-" else value, where)


def _short(value: Fraction, where: str) -> Fraction:
    # A decimal digit is more than 3 bits, so shorter numbers pass without the exact comparison.
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    if bits > 3 * DIGITS and max(abs(value.numerator), value.denominator) >= 10**DIGITS:
        raise _too_long(where)
    return value


def _too_long(where: str) -> InputError:
    return InputError(explain(where, f"a number of at most {DIGITS} digits", "a longer one", "Round the data."))


def shortened(value: object) -> str:
    """Return `repr(value)`, cut to what fits an error message.

    >>> shortened("a" * 100)
    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..."
    """
    text = repr(value[:80] if isinstance(value, str) else value)
    return text if len(text) <= 63 else text[:60] + "..."


def number_text(value: Fraction) -> int | str:
    """Return a rational as JSON holds it: an int, or the text `p/q`.

    >>> number_text(Fraction(3)), number_text(Fraction(-1, 2))
    (3, '-1/2')
    """
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"

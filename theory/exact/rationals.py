"""The one gate through which numbers enter: exact, or refused with the remedy."""

from __future__ import annotations

import numbers
from fractions import Fraction

import sympy

from theory.language.errors import ExactnessError, InputError, explain

Exact = int | Fraction | str

_EXACT = "an exact number: int, Fraction or decimal string"


def exact(value: Exact | sympy.Expr, name: str) -> Fraction:
    """Return `value` as a Fraction; `name` is the argument's name for the message.

    Raises:
        ExactnessError: `value` is a float or another inexact number.
        InputError: `value` is a text that is no number, or no number at all.

    >>> exact("0.1", "eps"), exact("2/3", "eps"), exact(3, "eps")
    (Fraction(1, 10), Fraction(2, 3), Fraction(3, 1))
    """
    if isinstance(value, numbers.Rational) and not isinstance(value, bool):
        return Fraction(int(value.numerator), int(value.denominator))
    if isinstance(value, sympy.Rational):
        return Fraction(int(value.p), int(value.q))
    if isinstance(value, str):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            message = explain(name, _EXACT, repr(value), "Write it like '0.1', '1e-3' or '2/3'.")
            raise InputError(message) from None
    if isinstance(value, sympy.Expr) and not value.has(sympy.Float):
        raise InputError(explain(name, "a rational number", f"the expression {value}", "Substitute numbers first."))
    if isinstance(value, (numbers.Number, sympy.Expr)) and not isinstance(value, bool):
        remedy = f"Write the decimal string {str(value)!r}, or Fraction(x) for the exact dyadic value of a float x."
        raise ExactnessError(explain(name, _EXACT, f"the {type(value).__name__} {value}", remedy))
    raise InputError(explain(name, _EXACT, repr(value), "Give an int, a Fraction or a string like '0.1'."))

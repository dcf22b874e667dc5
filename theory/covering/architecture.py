"""Networks as width vectors, and the one gate through which numbers enter: exact or refused.

A fully connected network with `L` hidden layers is its widths `(d_0, ..., d_{L+1})`: inputs, hidden layers, outputs.
Layer `l` (1 <= l <= L + 1) is the affine map `z_l = W_l h_{l-1} + b_l` with `W_l` of shape `(d_l, d_{l-1})`.
"""

from __future__ import annotations

import numbers
from collections.abc import Sequence
from fractions import Fraction

import sympy

from theory.language.errors import ExactnessError, InputError, explain

Exact = int | Fraction | str
Symbolic = int | Fraction | str | sympy.Expr
PerLayer = Symbolic | Sequence[Symbolic]

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


def exact_or_symbol(value: Symbolic, name: str) -> Fraction | sympy.Expr:
    """Return a Fraction for a number, or the SymPy expression itself when it has free symbols or surds.

    >>> exact_or_symbol(sympy.Symbol("B"), "bound")
    B
    """
    if isinstance(value, sympy.Expr) and not isinstance(value, sympy.Rational) and not value.has(sympy.Float):
        return value
    return exact(value, name)


def is_symbolic(*values: object) -> bool:
    """Whether any of the values is a SymPy expression, so that its sign cannot be compared."""
    return any(isinstance(value, sympy.Basic) for value in values)


def positive(value: Symbolic, name: str) -> Fraction | sympy.Expr:
    """Return `exact_or_symbol(value)`, refusing numbers that are not above zero."""
    number = exact_or_symbol(value, name)
    if not is_symbolic(number) and number <= 0:
        raise InputError(explain(name, "a number > 0", number, f"Use {name} > 0."))
    return number


def nonnegative(value: Symbolic, name: str) -> Fraction | sympy.Expr:
    """Return `exact_or_symbol(value)`, refusing negative numbers."""
    number = exact_or_symbol(value, name)
    if not is_symbolic(number) and number < 0:
        raise InputError(explain(name, "a number >= 0", number, f"Use {name} >= 0."))
    return number


def per_layer(value: PerLayer, count: int, name: str, *, zero: bool = False) -> tuple[Fraction | sympy.Expr, ...]:
    """Return one number per layer from one number for all or a sequence of `count`; `zero` admits 0.

    >>> per_layer("0.5", 2, "bound")
    (Fraction(1, 2), Fraction(1, 2))
    """
    check = nonnegative if zero else positive
    if isinstance(value, (list, tuple)):
        if len(value) != count:
            remedy = f"Give one number for all layers or exactly {count}."
            raise InputError(explain(name, f"{count} numbers, one per layer", f"{len(value)} numbers", remedy))
        return tuple(check(entry, f"{name}[{index}]") for index, entry in enumerate(value))
    return (check(value, name),) * count  # type: ignore[arg-type]


def check_widths(widths: Sequence[int], *, symbols: bool = False) -> tuple[int, ...]:
    """Return the widths `(d_0, ..., d_{L+1})` as a tuple of positive integers, at least two of them.

    With `symbols`, a width may be a SymPy expression, which stands for a positive integer.

    >>> check_widths([2, 8, 1])
    (2, 8, 1)
    """
    if isinstance(widths, (str, bytes)) or not isinstance(widths, Sequence) or len(widths) < 2:
        remedy = "Give inputs, hidden layers and outputs, like (784, 300, 100, 10)."
        raise InputError(explain("widths", "a sequence of at least two positive integers", repr(widths), remedy))
    return tuple(_width(value, index, symbols) for index, value in enumerate(widths))


def _width(value: object, index: int, symbols: bool) -> int:
    name = f"widths[{index}]"
    if symbols and isinstance(value, sympy.Expr) and not value.is_number:
        return value  # type: ignore[return-value]
    if isinstance(value, float):
        raise ExactnessError(explain(name, "a positive integer", f"the float {value}", "Write it without a point."))
    if isinstance(value, bool) or not isinstance(value, (numbers.Integral, sympy.Integer)) or int(value) < 1:
        raise InputError(explain(name, "a positive integer", repr(value), "Each layer has at least one unit."))
    return int(value)


def check_shallow(widths: Sequence[int], name: str) -> tuple[int, int, int]:
    """Return the widths of a net with exactly one hidden layer; `name` is what needs it."""
    checked = check_widths(widths)
    if len(checked) != 3:
        remedy = "Use the form for deep nets, or leave the option out."
        raise InputError(explain(name, "exactly one hidden layer", f"{len(checked) - 2} in widths {checked}", remedy))
    return checked


def layer_sizes(widths: Sequence[int]) -> tuple[int, ...]:
    """Return `S_l = d_l (d_{l-1} + 1)` for l = 1..L+1, the numbers of parameters of the affine maps.

    >>> layer_sizes((2, 8, 1))
    (24, 9)
    """
    return tuple(here * (before + 1) for before, here in zip(widths, widths[1:]))

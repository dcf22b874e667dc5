"""Networks as width vectors, and the numbers and symbols that describe them.

A fully connected network with `L` hidden layers is its widths `(d_0, ..., d_{L+1})`: inputs, hidden layers, outputs.
Layer `l` (1 <= l <= L + 1) is the affine map `z_l = W_l h_{l-1} + b_l` with `W_l` of shape `(d_l, d_{l-1})`.
"""

from __future__ import annotations

import numbers
from collections.abc import Sequence
from fractions import Fraction

import sympy

from theory.exact.rationals import exact
from theory.language.errors import ExactnessError, InputError, explain

Symbolic = int | Fraction | str | sympy.Expr
PerLayer = Symbolic | Sequence[Symbolic]


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

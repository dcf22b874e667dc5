"""Matrices of Fractions as tuples of rows: what the exact discrete models of the family compute with."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from numbers import Rational

from theory.language.errors import ExactnessError, InputError, explain

Matrix = tuple[tuple[Fraction, ...], ...]
"""Rows of equal length."""


def exact_number(value: int | Fraction | str, name: str) -> Fraction:
    """Return `value` as a Fraction; `name` is the argument's name for the message.

    Raises:
        ExactnessError: a Python float, or another number that is not exact.
        InputError: a text that is no number.

    >>> exact_number("0.25", "kappa")
    Fraction(1, 4)
    """
    if isinstance(value, Rational) and not isinstance(value, bool):
        return Fraction(int(value.numerator), int(value.denominator))
    if isinstance(value, str):
        try:
            return Fraction(value)
        except (ValueError, ZeroDivisionError):
            raise InputError(explain(name, "an exact number", repr(value), "Write it like '0.1' or '2/3'.")) from None
    raise ExactnessError(explain(name, "an exact number (int, Fraction or decimal text)", repr(value),
                                 f"Pass {value!r} as a text, such as '0.1'."))


def matrix(rows: Sequence[Sequence[int | Fraction | str]], name: str) -> Matrix:
    """Return the rows as Fractions. Raises InputError when the rows differ in length.

    >>> matrix([[1, "1/2"]], "P")
    ((Fraction(1, 1), Fraction(1, 2)),)
    """
    out = tuple(tuple(exact_number(entry, name) for entry in row) for row in rows)
    if len({len(row) for row in out}) > 1:
        raise InputError(explain(name, "rows of equal length", [len(row) for row in out], "Pad or cut the rows."))
    return out


def identity(size: int) -> Matrix:
    """Return the identity of a size.

    >>> identity(1)
    ((Fraction(1, 1),),)
    """
    return tuple(tuple(Fraction(i == j) for j in range(size)) for i in range(size))


def product(left: Matrix, right: Matrix) -> Matrix:
    """Return the matrix product. Raises InputError when the shapes do not fit.

    >>> product(matrix([[1, 2]], "a"), matrix([[3], [4]], "b"))
    ((Fraction(11, 1),),)
    """
    if left and len(left[0]) != len(right):
        raise InputError(explain("product", f"a right factor with {len(left[0])} rows", len(right),
                                 "Check the order of the factors."))
    columns = tuple(zip(*right))
    return tuple(tuple(sum((a * b for a, b in zip(row, column)), Fraction(0)) for column in columns) for row in left)


def combination(left: Matrix, right: Matrix, factor: int | Fraction) -> Matrix:
    """Return left + factor right, entry by entry. Raises InputError when the shapes differ.

    >>> combination(identity(1), identity(1), -1)
    ((Fraction(0, 1),),)
    """
    if [len(row) for row in left] != [len(row) for row in right]:
        raise InputError(explain("combination", "matrices of one shape", (len(left), len(right)), "Check the widths."))
    return tuple(tuple(a + factor * b for a, b in zip(u, v)) for u, v in zip(left, right))

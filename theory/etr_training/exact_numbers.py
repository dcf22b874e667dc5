"""Exact real numbers in three forms: Fractions, elements of a real number field, and SymPy expressions.

Rational numbers are always Fractions. Algebraic numbers are best given as SymPy expressions such as `sqrt(2)`;
`in_one_field` moves a whole assignment into one real number field, where sums, products, quotients and signs are
exact and fast. Everything else (pi, logarithms) stays a SymPy expression.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy

from theory.etr_training.rationals import rational
from theory.etr_training.real_algebraic import RealAlgebraic, RealField
from theory.language.errors import ExactnessError, InputError, explain


def plain(number: Any) -> Any:
    """The number with rational values as Fractions; other SymPy expressions are expanded."""
    if isinstance(number, int):
        return Fraction(number)
    if isinstance(number, RealAlgebraic):
        return number
    if isinstance(number, sympy.Expr):
        expanded = sympy.expand(number)
        return Fraction(int(expanded.p), int(expanded.q)) if isinstance(expanded, sympy.Rational) else expanded
    return number


def exact_number(number: Any, name: str) -> Any:
    """The number as a Fraction, an element of a number field or a real SymPy expression without symbols.

    Raises:
        ExactnessError: a float.
        InputError: no number, or a SymPy expression that has symbols or is not real.
    """
    if isinstance(number, RealAlgebraic):
        return number
    if isinstance(number, sympy.Expr) and not isinstance(number, sympy.Rational):
        if number.has(sympy.Float):
            raise ExactnessError(explain(name, "an exact number", f"the float {number}", "Use sympy.Rational."))
        if number.free_symbols or number.is_real is False:
            raise InputError(explain(name, "a real number", f"the expression {number}", "Substitute real numbers."))
        return plain(number)
    return rational(number, name)


def to_sympy(number: Any) -> sympy.Expr:
    """The number as a SymPy expression."""
    if isinstance(number, RealAlgebraic):
        return number.to_sympy()
    if isinstance(number, Fraction):
        return sympy.Rational(number.numerator, number.denominator)
    return sympy.sympify(number)


def sign_of(number: Any) -> int:
    """The sign -1, 0 or 1, decided exactly.

    Raises:
        InputError: a SymPy expression whose sign SymPy cannot decide.
    """
    if isinstance(number, RealAlgebraic):
        return number.sign()
    if isinstance(number, (int, Fraction)):
        return (number > 0) - (number < 0)
    expression = sympy.simplify(number)
    if expression.is_zero:
        return 0
    if expression.is_positive or expression.is_negative:
        return 1 if expression.is_positive else -1
    remedy = "Give rational or algebraic numbers."
    raise InputError(explain("number", "a number whose sign can be decided", str(expression), remedy))


def absolute(number: Any) -> Any:
    """The absolute value."""
    return -number if sign_of(number) < 0 else number


def rational_root(number: Fraction) -> Fraction | None:
    """The rational square root of a non-negative rational number, or None.

    >>> rational_root(Fraction(9, 4)), rational_root(Fraction(2))
    (Fraction(3, 2), None)
    """
    above, below = math.isqrt(number.numerator), math.isqrt(number.denominator)
    return Fraction(above, below) if above**2 == number.numerator and below**2 == number.denominator else None


def square_root(number: Any) -> Any:
    """The square root of a non-negative number: a Fraction where rational, else a SymPy expression."""
    if isinstance(number, Fraction):
        root = rational_root(number)
        if root is not None:
            return root
    return sympy.sqrt(to_sympy(number))


def is_algebraic(number: Any) -> bool:
    """Whether the number is certainly algebraic."""
    return not isinstance(number, sympy.Expr) or bool(number.is_algebraic)


def in_one_field(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """The same numbers, irrational algebraic ones as elements of one real number field.

    If all numbers are rational nothing changes; if one is not algebraic, all stay as they are.

    >>> root = in_one_field({"x": sympy.sqrt(2), "y": Fraction(1, 2)})["x"]
    >>> root * root
    RealAlgebraic(2)
    """
    wanted = {name: number for name, number in numbers.items() if isinstance(number, sympy.Expr)}
    if not wanted or not all(is_algebraic(number) for number in wanted.values()):
        return dict(numbers)
    known = [number.field.generator() for number in numbers.values() if isinstance(number, RealAlgebraic)][:1]
    generators = [element.to_sympy() for element in known]
    for number in wanted.values():
        if number not in generators:
            generators.append(number)
    field, elements = RealField.containing(tuple(generators))
    table = dict(zip(generators, elements, strict=True))
    moved = {}
    for name, number in numbers.items():
        if isinstance(number, RealAlgebraic):
            moved[name] = number.compose(table[generators[0]])
        else:
            moved[name] = table[number] if isinstance(number, sympy.Expr) else number
    return moved


def four_squares(number: Fraction) -> tuple[Fraction, Fraction, Fraction, Fraction]:
    """Four rational numbers whose squares add up to a non-negative rational number (Lagrange).

    p/q = pq/q^2, and the natural number pq is a sum of four squares; the search takes large squares first.

    >>> four_squares(Fraction(7, 4))
    (Fraction(5, 4), Fraction(1, 4), Fraction(1, 4), Fraction(1, 4))
    """
    if number < 0:
        raise InputError(explain("number", "a number >= 0", number, "Only these are sums of squares."))
    total, scale = number.numerator * number.denominator, number.denominator
    for a in range(math.isqrt(total), -1, -1):
        for b in range(min(a, math.isqrt(total - a * a)), -1, -1):
            rest = total - a * a - b * b
            for c in range(min(b, math.isqrt(rest)), -1, -1):
                d = math.isqrt(rest - c * c)
                if d * d == rest - c * c:
                    return Fraction(a, scale), Fraction(b, scale), Fraction(c, scale), Fraction(d, scale)
                if d > c:
                    break
    raise ArithmeticError("every natural number is a sum of four squares, so this line is never reached")

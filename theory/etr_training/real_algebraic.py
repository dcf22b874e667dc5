"""Real number fields Q(alpha): exact sums, products, quotients and signs of real algebraic numbers.

The field is given by the minimal polynomial of alpha and an interval that contains alpha and no other root of it. An
element is a polynomial in alpha with rational coefficients, of degree below that of alpha. Since the minimal
polynomial is irreducible, an element is zero exactly if all its coefficients are, and the sign of any other element
is found by bisecting the interval until interval arithmetic excludes zero. This is the form in which algebraic
witnesses of training instances are checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import sympy

from theory.language.errors import InputError, explain

Coefficients = tuple[Fraction, ...]
_DIGITS = 60


def _trimmed(coefficients: list[Fraction]) -> Coefficients:
    while coefficients and not coefficients[-1]:
        coefficients.pop()
    return tuple(coefficients)


def _times(left: Coefficients, right: Coefficients) -> Coefficients:
    result = [Fraction(0)] * max(len(left) + len(right) - 1, 0)
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            result[i + j] += a * b
    return _trimmed(result)


def _minus(left: Coefficients, right: Coefficients) -> Coefficients:
    length = max(len(left), len(right))
    padded = [(list(part) + [Fraction(0)] * (length - len(part))) for part in (left, right)]
    return _trimmed([a - b for a, b in zip(*padded, strict=True)])


def _divided(dividend: Coefficients, divisor: Coefficients) -> tuple[Coefficients, Coefficients]:
    rest, quotient = list(dividend), [Fraction(0)] * max(len(dividend) - len(divisor) + 1, 0)
    for shift in range(len(dividend) - len(divisor), -1, -1):
        factor = rest[shift + len(divisor) - 1] / divisor[-1]
        quotient[shift] = factor
        for i, coefficient in enumerate(divisor):
            rest[shift + i] -= factor * coefficient
    return _trimmed(quotient), _trimmed(rest)


def _at(coefficients: Coefficients, x: Fraction) -> Fraction:
    result = Fraction(0)
    for coefficient in reversed(coefficients):
        result = result * x + coefficient
    return result


@dataclass(frozen=True)
class RealField:
    """Q(alpha): the minimal polynomial of alpha, constant term first, and an interval with alpha as its only root."""

    polynomial: Coefficients
    low: Fraction
    high: Fraction

    @classmethod
    def containing(cls, numbers: tuple[sympy.Expr, ...]) -> tuple[RealField, tuple[RealAlgebraic, ...]]:
        """Return a field that contains the given real algebraic numbers, and the numbers as its elements.

        Raises:
            InputError: a number is not real.
        """
        for number in numbers:
            if number.is_real is False:
                raise InputError(explain("number", "a real algebraic number", str(number), "Give real numbers."))
        variable = sympy.Symbol("alpha")
        minimal, weights, images = sympy.primitive_element(list(numbers), variable, ex=True)
        generator = sum((w * number for w, number in zip(weights, numbers, strict=True)), sympy.Integer(0))
        polynomial = tuple(_fraction(c) for c in reversed(sympy.Poly(minimal, variable).all_coeffs()))
        close = _fraction(sympy.Rational(str(sympy.N(generator, _DIGITS))))
        field = cls(polynomial, *_isolating(minimal, variable, close))
        return field, tuple(field.element(tuple(_fraction(c) for c in reversed(image))) for image in images)

    @property
    def degree(self) -> int:
        """The degree of alpha."""
        return len(self.polynomial) - 1

    def element(self, coefficients: Coefficients) -> RealAlgebraic:
        """The element sum_k coefficients[k] alpha^k, reduced."""
        return RealAlgebraic(self, _divided(_trimmed(list(coefficients)), self.polynomial)[1])

    def generator(self) -> RealAlgebraic:
        """The element alpha."""
        return self.element((Fraction(0), Fraction(1)))

    @cached_property
    def refined(self) -> list[Fraction]:
        """The tightest interval found so far, as a mutable pair; refining it changes no value."""
        return [self.low, self.high]

    def bisect(self) -> None:
        """Halve the interval around alpha."""
        low, high = self.refined
        middle = (low + high) / 2
        value = _at(self.polynomial, middle)
        if value == 0:  # only for degree 1, where alpha is rational
            self.refined[:] = [middle, middle]
        elif (value > 0) == (_at(self.polynomial, low) > 0):
            self.refined[0] = middle
        else:
            self.refined[1] = middle


def _fraction(number: Any) -> Fraction:
    rational = sympy.Rational(number)
    return Fraction(int(rational.p), int(rational.q))


def _isolating(minimal: sympy.Expr, variable: sympy.Symbol, close: Fraction) -> tuple[Fraction, Fraction]:
    """The isolating interval of the root nearest to a close approximation, its ends no roots."""
    polynomial = sympy.Poly(minimal, variable)
    if polynomial.degree() == 1:
        root = _fraction(-polynomial.nth(0) / polynomial.nth(1))
        return root - 1, root + 1
    slack = Fraction(1, 10 ** (_DIGITS // 2))
    intervals = polynomial.intervals(eps=sympy.Rational(1, 10**9))
    found = [(a, b) for a, b in (map(_fraction, ends) for ends, _ in intervals) if a - slack <= close <= b + slack]
    if len(found) != 1:
        raise InputError(explain("number", "a well separated algebraic number", str(minimal), "Give simpler numbers."))
    return found[0]


@dataclass(frozen=True)
class RealAlgebraic:
    """The real number sum_k coefficients[k] alpha^k of a field; arithmetic with rationals and within the field."""

    field: RealField
    coefficients: Coefficients

    def _other(self, other: object) -> RealAlgebraic | None:
        if isinstance(other, RealAlgebraic):
            if other.field != self.field:
                remedy = "Move both into one field with in_one_field."
                raise InputError(explain("numbers", "elements of one field", "two fields", remedy))
            return other
        if isinstance(other, (int, Fraction)) and not isinstance(other, bool):
            return RealAlgebraic(self.field, _trimmed([Fraction(other)]))
        return None

    def __neg__(self) -> RealAlgebraic:
        return RealAlgebraic(self.field, tuple(-c for c in self.coefficients))

    def __sub__(self, other: object) -> RealAlgebraic:
        right = self._other(other)
        return NotImplemented if right is None else RealAlgebraic(
            self.field, _minus(self.coefficients, right.coefficients))

    def __rsub__(self, other: object) -> RealAlgebraic:
        return -(self - other)

    def __add__(self, other: object) -> RealAlgebraic:
        right = self._other(other)
        return NotImplemented if right is None else self - (-right)

    __radd__ = __add__

    def __mul__(self, other: object) -> RealAlgebraic:
        right = self._other(other)
        return NotImplemented if right is None else self.field.element(_times(self.coefficients, right.coefficients))

    __rmul__ = __mul__

    def inverse(self) -> RealAlgebraic:
        """The element 1/x, by the extended Euclidean algorithm.

        Raises:
            ZeroDivisionError: x is zero.
        """
        if not self.coefficients:
            raise ZeroDivisionError("the inverse of zero")
        old, new = self.field.polynomial, self.coefficients
        factor_old: Coefficients = ()
        factor_new: Coefficients = (Fraction(1),)
        while len(new) > 1:
            quotient, rest = _divided(old, new)
            old, new = new, rest
            factor_old, factor_new = factor_new, _minus(factor_old, _times(quotient, factor_new))
        return self.field.element(tuple(c / new[0] for c in factor_new))

    def __truediv__(self, other: object) -> RealAlgebraic:
        right = self._other(other)
        return NotImplemented if right is None else self * right.inverse()

    def __rtruediv__(self, other: object) -> RealAlgebraic:
        left = self._other(other)
        return NotImplemented if left is None else left / self

    def __pow__(self, exponent: int) -> RealAlgebraic:
        base, result = self, self.field.element((Fraction(1),))
        for _ in range(exponent):
            result = result * base
        return result

    def __eq__(self, other: object) -> bool:
        if isinstance(other, (int, Fraction)) or (isinstance(other, RealAlgebraic) and other.field == self.field):
            return not (self - other).coefficients
        return NotImplemented

    def __hash__(self) -> int:
        if len(self.coefficients) < 2:
            return hash(sum(self.coefficients, Fraction(0)))
        return hash((self.field, self.coefficients))

    def __lt__(self, other: object) -> bool:
        return (self - other).sign() < 0

    def __le__(self, other: object) -> bool:
        return (self - other).sign() <= 0

    def __gt__(self, other: object) -> bool:
        return (self - other).sign() > 0

    def __ge__(self, other: object) -> bool:
        return (self - other).sign() >= 0

    def enclosure(self) -> tuple[Fraction, Fraction]:
        """An interval that contains the number, from the present interval of alpha."""
        low = high = Fraction(0)
        left, right = self.field.refined
        for coefficient in reversed(self.coefficients):
            ends = (low * left, low * right, high * left, high * right)
            low, high = min(ends) + coefficient, max(ends) + coefficient
        return low, high

    def sign(self) -> int:
        """The sign: -1, 0 or 1."""
        if not self.coefficients:
            return 0
        while True:
            low, high = self.enclosure()
            if low > 0 or high < 0:
                return 1 if low > 0 else -1
            self.field.bisect()

    def compose(self, image: RealAlgebraic) -> RealAlgebraic:
        """The same polynomial at another element: the embedding that sends alpha to `image`."""
        result = image.field.element(())
        for coefficient in reversed(self.coefficients):
            result = result * image + coefficient
        return result

    def to_sympy(self) -> sympy.Expr:
        """The number as a SymPy expression in a root of the minimal polynomial."""
        variable = sympy.Symbol("alpha")
        polynomial = sympy.Poly([sympy.Rational(c.numerator, c.denominator)
                                 for c in reversed(self.field.polynomial)], variable)
        roots = sympy.Poly(polynomial, variable).real_roots(radicals=False)
        low, high = (sympy.Rational(end.numerator, end.denominator) for end in (self.field.low, self.field.high))
        alpha = next(root for root in roots if low <= root <= high)
        return sum((sympy.Rational(c.numerator, c.denominator) * alpha**k
                    for k, c in enumerate(self.coefficients)), sympy.Integer(0))

    def __repr__(self) -> str:
        if len(self.coefficients) < 2:
            return f"RealAlgebraic({sum(self.coefficients, Fraction(0))})"
        shown = " + ".join(f"{c}*alpha^{k}" for k, c in enumerate(self.coefficients) if c)
        return f"RealAlgebraic({shown})"

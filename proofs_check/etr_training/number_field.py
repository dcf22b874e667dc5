"""Real algebraic numbers in one field Q(alpha): a generator for several roots, exact arithmetic, isolating intervals.

Elements are flint polynomials in alpha, reduced modulo its minimal polynomial.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from proofs_check.etr_training.exact_matrices import fraction
from proofs_check.etr_training.polynomials import Polynomial

DEGREE = 48
"""Largest degree of a generator that is looked for."""
_PRECISIONS = (128, 256, 512, 1024, 4096, 16384)


class FieldTooLarge(Exception):
    """No generator of degree at most `DEGREE` was found."""


@dataclass(frozen=True)
class Root:
    """The real root number `index` (from 0, in increasing order) of an integer polynomial, constant first."""

    coefficients: tuple[int, ...]
    index: int

    def ball(self, precision: int) -> Any:
        """Return a flint ball around the root."""
        return real_roots(self.coefficients, precision)[self.index]


@dataclass(frozen=True)
class Field:
    """Q(alpha) for a root alpha of an irreducible polynomial."""

    generator: Root

    @property
    def minimal(self) -> Any:
        """The minimal polynomial, as a flint polynomial over Q."""
        import flint

        return flint.fmpq_poly(list(self.generator.coefficients))

    def ball(self, element: Any, precision: int) -> Any:
        """Return a ball around an element."""
        import flint

        with flint.ctx.workprec(precision):
            alpha, total = self.generator.ball(precision), flint.arb(0)
            for coefficient in reversed(element.coeffs()):
                total = total * alpha + flint.arb(coefficient)
            return total

    def sign(self, element: Any) -> int:
        """Return the exact sign of an element."""
        if not element:
            return 0
        for precision in _PRECISIONS:
            ball = self.ball(element, precision)
            if not ball.contains(0):
                return 1 if ball > 0 else -1
        raise FieldTooLarge

    def inverse(self, element: Any) -> Any:
        """Return 1 / element for a non-zero element."""
        divisor, factor, _ = element.xgcd(self.minimal)
        return factor / divisor[0]

    def interval(self) -> tuple[Fraction, Fraction]:
        """Return rational ends of an interval that holds alpha and no other root of its minimal polynomial."""
        for precision in _PRECISIONS:
            roots = real_roots(self.generator.coefficients, precision)
            for bits in range(4, precision, 4):
                low, high = around(roots[self.generator.index], bits)
                others = [r for k, r in enumerate(roots) if k != self.generator.index]
                if all(r < to_ball(low) or r > to_ball(high) for r in others):
                    return low, high
        raise FieldTooLarge


def to_ball(value: Fraction) -> Any:
    """Return a ball around a rational."""
    import flint

    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def around(ball: Any, bits: int) -> tuple[Fraction, Fraction]:
    """Return multiples of 2^-bits strictly below and above every number in a ball."""
    import flint

    scaled = ball * flint.arb(1 << bits)
    return (Fraction(int(scaled.lower().floor().unique_fmpz()) - 1, 1 << bits),
            Fraction(int(scaled.upper().ceil().unique_fmpz()) + 1, 1 << bits))


def real_roots(coefficients: Sequence[int], precision: int) -> list[Any]:
    """Return balls around the distinct real roots, increasing."""
    import flint

    polynomial = flint.fmpz_poly(list(coefficients))
    if polynomial.degree() < 1:
        return []
    squarefree = flint.fmpz_poly([1])
    for factor, _ in polynomial.factor()[1]:
        squarefree *= factor
    with flint.ctx.workprec(precision):
        roots = [root.real for root, _ in squarefree.complex_roots() if root.imag == 0]
    return sorted(roots, key=lambda root: root.mid())


def irreducible(root: Root) -> Root:
    """Return the same number as a root of an irreducible polynomial."""
    import flint

    factors = [factor for factor, _ in flint.fmpz_poly(list(root.coefficients)).factor()[1]]
    return _matching(factors, root.ball)


def _matching(factors: Sequence[Any], ball_at: Any) -> Root:
    """Return the root of one of the coprime factors that is the number enclosed by `ball_at(precision)`."""
    for precision in _PRECISIONS:
        target = ball_at(precision)
        found = [Root(tuple(int(c) for c in factor.coeffs()), k) for factor in factors
                 for k, root in enumerate(real_roots([int(c) for c in factor.coeffs()], precision))
                 if root.overlaps(target)]
        if len(found) == 1:
            return found[0]
    raise FieldTooLarge


def common_field(numbers: Mapping[str, Fraction | Root]) -> tuple[Field, dict[str, Any]]:
    """Return one field that holds all the numbers, and each number as an element of it."""
    import flint

    field, elements = Field(Root((0, 1), 0)), {}
    for name, value in numbers.items():
        root = irreducible(value) if isinstance(value, Root) else value
        if isinstance(root, Root) and len(root.coefficients) == 2:
            root = Fraction(-root.coefficients[0], root.coefficients[1])
        if isinstance(root, Fraction):
            elements[name] = flint.fmpq_poly([flint.fmpq(root.numerator, root.denominator)])
        else:
            field, old, element = _adjoin(field, root)
            elements = {key: _compose(known, old, field) for key, known in elements.items()} | {name: element}
    return field, elements


def _compose(outer: Any, inner: Any, field: Field) -> Any:
    import flint

    total, minimal = flint.fmpq_poly(), field.minimal
    for coefficient in reversed(outer.coeffs()):
        total = (total * inner + flint.fmpq_poly([coefficient])) % minimal
    return total


def _adjoin(field: Field, root: Root) -> tuple[Field, Any, Any]:
    """Return a field with the root adjoined, and the old generator and the root as elements of it."""
    import flint

    if field.generator.coefficients == (0, 1):
        return Field(root), flint.fmpq_poly(), flint.fmpq_poly([0, 1])
    if field.generator == root:
        return field, flint.fmpq_poly([0, 1]), flint.fmpq_poly([0, 1])
    if (len(field.generator.coefficients) - 1) * (len(root.coefficients) - 1) > 4 * DEGREE:
        raise FieldTooLarge
    for multiple in (1, -1, 2, -2, 3):
        factors = _resultant_factors(field.generator.coefficients, root.coefficients, multiple)

        def target(precision: int, multiple: int = multiple) -> Any:
            with flint.ctx.workprec(precision):
                return field.generator.ball(precision) + multiple * root.ball(precision)

        new = Field(_matching(factors, target))
        if len(new.generator.coefficients) - 1 > DEGREE:
            raise FieldTooLarge
        element = _linear_gcd(new, field.generator.coefficients, root.coefficients, multiple)
        if element is not None:
            return new, (flint.fmpq_poly([0, 1]) - multiple * element) % new.minimal, element
    raise FieldTooLarge


def _resultant_factors(first: Sequence[int], second: Sequence[int], multiple: int) -> list[Any]:
    """Return the irreducible factors of the polynomial whose roots are a + multiple * b for roots a and b."""
    import flint

    context = flint.fmpz_mpoly_ctx.get(("y", "z"), "lex")
    y, z = context.gens()
    shifted = sum((c * (z - multiple * y) ** k for k, c in enumerate(first)), context.constant(0))
    other = sum((c * y**k for k, c in enumerate(second)), context.constant(0))
    result = shifted.resultant(other, "y")
    coefficients: dict[int, int] = {}
    for exponents, c in result.to_dict().items():
        coefficients[int(exponents[1])] = int(c)
    dense = [coefficients.get(k, 0) for k in range(max(coefficients) + 1)]
    return [factor for factor, _ in flint.fmpz_poly(dense).factor()[1]]


def _linear_gcd(field: Field, first: Sequence[int], second: Sequence[int], multiple: int) -> Any | None:
    """Return the only common root b of first(alpha - multiple * b) and second(b) in the field, or None."""
    import flint

    minimal = field.minimal
    shifted: list[Any] = []
    for coefficient in reversed(first):  # Horner in y, for the argument alpha - multiple * y
        times_alpha = [c * flint.fmpq_poly([0, 1]) % minimal for c in shifted]
        times_y = [flint.fmpq_poly(), *[-multiple * c for c in shifted]]
        size = max(len(times_alpha), len(times_y))
        shifted = [(times_alpha[k] if k < len(times_alpha) else flint.fmpq_poly())
                   + (times_y[k] if k < len(times_y) else flint.fmpq_poly()) for k in range(size)]
        shifted[0] = shifted[0] + flint.fmpq_poly([coefficient])
    left, right = _trimmed(shifted), _trimmed([flint.fmpq_poly([c]) for c in second])
    while right:
        left, right = right, _remainder(left, right, field)
    if len(left) != 2:
        return None
    return -left[0] * field.inverse(left[1]) % minimal


def _trimmed(coefficients: list[Any]) -> list[Any]:
    while coefficients and not coefficients[-1]:
        coefficients = coefficients[:-1]
    return coefficients


def _remainder(left: list[Any], right: list[Any], field: Field) -> list[Any]:
    minimal, inverse = field.minimal, field.inverse(right[-1])
    while len(left) >= len(right):
        factor, shift = left[-1] * inverse % minimal, len(left) - len(right)
        left = [c if k < shift else (c - factor * right[k - shift]) % minimal for k, c in enumerate(left)][:-1]
        left = _trimmed(left)
    return left


def evaluate(polynomial: Polynomial, elements: Mapping[str, Any], field: Field) -> Any:
    """Return the value of a polynomial in the parameters at elements of the field."""
    import flint

    minimal, total = field.minimal, flint.fmpq_poly()
    linear = len(field.generator.coefficients) == 2
    for monomial, coefficient in polynomial.items():
        term = flint.fmpq_poly([flint.fmpq(coefficient.numerator, coefficient.denominator)])
        for name, exponent in monomial:
            for _ in range(exponent):
                term = term * elements[name]
                term = term if linear else term % minimal
        total += term
    return total


def coefficients_of(element: Any) -> list[Fraction]:
    """Return the coefficients of an element, constant first; [0] for zero."""
    return [fraction(c) for c in element.coeffs()] or [Fraction(0)]

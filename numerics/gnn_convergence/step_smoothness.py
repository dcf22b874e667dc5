"""How smooth the loss of a linear graph network is along one step of gradient descent: exact, in rational numbers.

Along a step the loss is a polynomial p of degree 2 (H + 1) with p'(0) = -c, c the squared norm of the gradient. The
least M with p'(x) <= -c (1 - M x) on [0, eta] is the maximum of (p'(x) + c)/(c x), a polynomial again; its largest
Bernstein coefficient on [0, eta] is an upper bound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import comb

from theory.exact.matrices import Matrix, combination, frobenius_squared, product

MatrixPolynomial = tuple[Matrix, ...]
"""Coefficients, the constant one first."""


@dataclass(frozen=True)
class Step:
    """A step from (B, W) along -(slopes_B, slopes_W), the gradient for gradient descent.

    Attributes:
        loss: coefficients of p(x) = L(B - x slopes_B, W - x slopes_W).
        square: the squared norm of the direction, -p'(0) for gradient descent.
    """

    loss: tuple[Fraction, ...]
    square: Fraction

    def value(self, x: Fraction) -> Fraction:
        """Return p(x)."""
        return sum((a * x**k for k, a in enumerate(self.loss)), Fraction(0))

    def smoothness(self, eta: Fraction) -> Fraction:
        """Return an M with p'(x) <= -c (1 - M x) for 0 <= x <= eta, where p'(0) = -c; c > 0."""
        slope = [k * a for k, a in enumerate(self.loss)][1:]
        quotient = [a / self.square for a in slope[1:]]
        return max(bernstein(quotient, eta))

    def descends(self) -> bool:
        """Whether the slope at the start is minus the squared norm of the direction."""
        return self.loss[1] == -self.square


def step_along(G: Matrix, Y: Matrix, B: Sequence[Matrix], W: Matrix, slopes: tuple[Sequence[Matrix], Matrix]) -> Step:
    """Return the loss ||W B_H ... B_1 G - Y||^2 along a step; `slopes` has the shapes of B and of W."""
    lines = [(layer, combination(layer, slope, -1)) for layer, slope in zip((*B, W), (*slopes[0], slopes[1]))]
    found: MatrixPolynomial = (G,)
    for start, end in lines:
        found = _times((start, combination(end, start, -1)), found)
    residual = (combination(found[0], Y, -1), *found[1:])
    degree = len(residual) - 1
    loss = [Fraction(0)] * (2 * degree + 1)
    for i, left in enumerate(residual):
        for j, right in enumerate(residual):
            loss[i + j] += sum((a * b for u, v in zip(left, right) for a, b in zip(u, v)), Fraction(0))
    square = sum((frobenius_squared(slope) for slope in (*slopes[0], slopes[1])), Fraction(0))
    return Step(tuple(loss), square)


def bernstein(coefficients: Sequence[Fraction], end: Fraction) -> tuple[Fraction, ...]:
    """Return the Bernstein coefficients on [0, end]; the polynomial lies between the least and the largest.

    >>> bernstein((Fraction(0), Fraction(1)), Fraction(2))
    (Fraction(0, 1), Fraction(2, 1))
    """
    degree = len(coefficients) - 1
    scaled = [a * end**k / comb(degree, k) for k, a in enumerate(coefficients)]
    return tuple(sum((comb(j, k) * scaled[k] for k in range(j + 1)), Fraction(0)) for j in range(degree + 1))


def _times(left: MatrixPolynomial, right: MatrixPolynomial) -> MatrixPolynomial:
    size = len(left) + len(right) - 1
    out: list[Matrix | None] = [None] * size
    for i, a in enumerate(left):
        for j, b in enumerate(right):
            term, before = product(a, b), out[i + j]
            out[i + j] = term if before is None else combination(before, term, 1)
    return tuple(part for part in out if part is not None)


def rounded(rows: Matrix, bits: int) -> Matrix:
    """Return the nearest multiples of 2^-bits, entry by entry.

    >>> rounded(((Fraction(1, 3),),), 2)
    ((Fraction(1, 4),),)
    """
    return tuple(tuple(Fraction(round(entry * 2**bits), 2**bits) for entry in row) for row in rows)

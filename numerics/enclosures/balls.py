"""Balls around real numbers: what exact arithmetic cannot reach (tanh), the rounding error being part of the value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from flint import arb, arb_mat, ctx, fmpq

Ball = arb
"""A real number known up to a radius."""


def with_precision(bits: int, action: Callable[[], bool]) -> bool:
    """Run the action with this many bits, and put the former precision back."""
    before = ctx.prec
    ctx.prec = bits
    try:
        return action()
    finally:
        ctx.prec = before


def ball(value: Fraction | int) -> Ball:
    """The smallest ball of the present precision around a rational."""
    exact = Fraction(value)
    return arb(fmpq(exact.numerator, exact.denominator))


def tanh(x: Ball) -> Ball:
    """A ball around the hyperbolic tangent of every point of the ball."""
    return x.tanh()


def certainly_regular(rows: Sequence[Sequence[Ball]]) -> bool:
    """Whether the square matrix is certainly regular: the ball of its determinant does not contain 0."""
    return not arb_mat([list(row) for row in rows]).det().contains(0)

"""Certified enclosures of single eigenvalues of symmetric matrices of balls, by Sylvester's law of inertia.

The pivots of the elimination of M - s I are balls; if none contains 0, the number of negative ones is the number of
eigenvalues below s, for every matrix in the ball. An eigenvalue known in floating point is then certified by two
counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from fractions import Fraction

from flint import arb, arb_mat, ctx

from numerics.enclosures.balls import Ball, ball

Rows = Sequence[Sequence[Ball]]
BallMatrix = arb_mat
"""A matrix of balls, with fast products and solutions of linear systems."""
HALVINGS = 200
"""Bisections at most; far more than the precision needs."""


def precision(bits: int) -> AbstractContextManager[None]:
    """Return a context in which balls are computed with so many bits."""
    return ctx.workprec(bits)


def rational(x: Ball) -> Fraction:
    """Return the exact value of a ball of radius 0 (an end or the middle of another)."""
    value = x.fmpq()
    return Fraction(int(value.p), int(value.q))


def ends(x: Ball) -> tuple[Fraction, Fraction]:
    """Return rationals at most and at least every point of the ball.

    >>> ends(ball(Fraction(1, 2)))
    (Fraction(1, 2), Fraction(1, 2))
    """
    return rational(x.lower()), rational(x.upper())


def eigenvalues_below(rows: Rows, shift: Fraction) -> int | None:
    """Return how many eigenvalues of a symmetric matrix are below the shift, or None if the balls are too wide."""
    moved = ball(shift)
    work = [[entry - moved if i == j else entry for j, entry in enumerate(row[: i + 1])] for i, row in enumerate(rows)]
    count = 0
    for k in range(len(work)):
        pivot = work[k][k]
        if pivot.contains(0) or not pivot.is_finite():
            return None
        count += bool(pivot < 0)
        for i in range(k + 1, len(work)):
            row = work[i]
            factor = row[k] / pivot
            if factor == 0:
                continue
            for j in range(k + 1, i + 1):
                row[j] -= factor * work[j][k]
    return count


def eigenvalue_enclosure(rows: Rows, position: int, guess: float, *, floor: Fraction | None = None,
                         relative: Fraction = Fraction(1, 2**24)) -> tuple[Fraction, Fraction]:
    """Return lower <= e <= upper for the eigenvalue number `position` (1 is the least) of a symmetric ball matrix.

    Args:
        guess: where to look, from floating point; a bad one costs time only.
        floor: a number below which there is certainly no eigenvalue (0 for a Gram matrix).
        relative: upper - lower at most this multiple of |e|, where the precision allows it.

    >>> eigenvalue_enclosure([[ball(2), ball(1)], [ball(1), ball(2)]], 1, 1.0)[0] <= 1
    True
    """
    bound = max(sum((abs(x) for x in row), arb(0)).upper() for row in rows)
    top = rational(bound)
    bottom = -top if floor is None else floor
    middle = min(max(Fraction(guess), bottom), top)
    low = next((s for s in _outward(middle, bottom, -1) if _at_most(rows, s, position - 1)), bottom)
    high = next((s for s in _outward(middle, top, 1) if _at_least(rows, s, position)), top)
    for _ in range(HALVINGS):
        if high - low <= relative * max(abs(low), abs(high)):
            break
        between = _between(low, high, bottom)
        if between is None:
            break
        count = eigenvalues_below(rows, between)
        if count is None:  # perhaps the point is an eigenvalue: another one may do
            between = low + (high - low) * Fraction(3, 7)
            count = eigenvalues_below(rows, between)
        if count is None:
            break
        low, high = (low, between) if count >= position else (between, high)
    return low, high


def _at_most(rows: Rows, shift: Fraction, count: int) -> bool:
    found = eigenvalues_below(rows, shift)
    return found is not None and found <= count


def _at_least(rows: Rows, shift: Fraction, count: int) -> bool:
    found = eigenvalues_below(rows, shift)
    return found is not None and found >= count


def _outward(middle: Fraction, end: Fraction, sign: int) -> Iterator[Fraction]:
    """Points from close to the middle outwards, strictly before the end."""
    scale = abs(middle) or abs(end)
    for places in (36, 28, 20, 10, 4, 1):
        point = middle + sign * scale / 2**places
        if (end - point) * sign > 0:
            yield point


def _between(low: Fraction, high: Fraction, bottom: Fraction) -> Fraction | None:
    """The next point of bisection: by exponents when the ends are far apart and not negative."""
    if low >= 0 and high > 4 * low:
        # from 0 upwards the exponent is unknown: go down by halving it, and stop where the precision ends
        least = low if low > 0 else Fraction(1, 2 ** ctx.prec)
        if high <= 2 * least:
            return None
        places = (_exponent(high) + _exponent(least)) // 2
        point = Fraction(2) ** places
        return point if low < point < high else (low + high) / 2
    return (low + high) / 2


def _exponent(x: Fraction) -> int:
    return x.numerator.bit_length() - x.denominator.bit_length()

"""Where a derivative has one sign: the plan of a mean-value proof for an inequality that a tree cannot prove.

Nothing here is a proof. SymPy proposes the derivative; interval arithmetic proposes the pieces; the derivative is
proved again by the `deriv` axioms and its signs by steps of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq

from proofs_check.engines.intervals import OutsideDomain, evaluate, exact, fraction
from theory.language.errors import InputError, explain
from theory.language.symbolic import derivative

Term = Any

ZERO_BITS = 300


@dataclass(frozen=True)
class SignPiece:
    """On [lo, hi] the derivative is >= 0 (sign 1), <= 0 (sign -1), or of unknown or changing sign (sign 0)."""

    lo: Fraction
    hi: Fraction
    sign: int


@dataclass(frozen=True)
class DerivativeSigns:
    """The derivative of `term` in `name`, and the pieces of [lo, hi] on which it keeps its sign, from left to right.

    The rational zeros that separate pieces are ends of pieces; an irrational zero sits in a short piece of sign 0.
    """

    term: Term
    name: str
    derivative: Term
    pieces: tuple[SignPiece, ...]

    @property
    def breakpoints(self) -> tuple[Fraction, ...]:
        """All ends of pieces, the ends of the interval included."""
        return (self.pieces[0].lo, *(piece.hi for piece in self.pieces))


def sign_of_derivative(term: Term, name: str, lo: Fraction | int, hi: Fraction | int, *,
                       bits: int = 64, depth: int = 14) -> DerivativeSigns:
    """Propose the pieces of [lo, hi] on which the derivative of a term in one variable keeps its sign.

    **Arguments**
    - `term`: a term whose only free name is `name`; differentiable on [lo, hi].
    - `bits`: precision of the evaluation; `depth`: the shortest piece tried is (hi - lo) / 2^depth.

    **Returns** exact break points with the sign expected between them. At a break point the derivative is 0 (up to
    300 bits) unless it is an end of [lo, hi] or of a piece of sign 0.

    **Raises** InputError for an empty interval or a term without a derivative in the grammar.
    """
    lo, hi = Fraction(lo), Fraction(hi)
    if not lo < hi:
        raise InputError(explain("sign_of_derivative", "lo < hi", f"[{lo}, {hi}]", "Give a proper interval."))
    slope = derivative(term, name)
    pieces: list[SignPiece] = []
    for piece in _signed(slope, name, exact(lo), exact(hi), bits, depth):
        if pieces and pieces[-1].sign == piece.sign:
            pieces[-1] = SignPiece(pieces[-1].lo, piece.hi, piece.sign)
        else:
            pieces.append(piece)
    return DerivativeSigns(term, name, slope, tuple(_close_gaps(slope, name, pieces)))


def _signed(slope: Term, name: str, lo: fmpq, hi: fmpq, bits: int, depth: int) -> list[SignPiece]:
    """Bisect until the sign is certain or the depth is used up."""
    try:
        low, high = evaluate(slope, {name: (lo, hi)}, bits)
        sign = 1 if low > 0 else -1 if high < 0 else 0
    except OutsideDomain:
        sign = 0
    if sign or depth == 0:
        return [SignPiece(fraction(lo), fraction(hi), sign)]
    middle = (lo + hi) / 2
    return [*_signed(slope, name, lo, middle, bits, depth - 1), *_signed(slope, name, middle, hi, bits, depth - 1)]


def _close_gaps(slope: Term, name: str, pieces: list[SignPiece]) -> list[SignPiece]:
    """Replace each short undecided piece that holds a rational zero by a break point there."""
    pieces = list(pieces)
    for k, piece in enumerate(pieces):
        if piece.sign or len(pieces) == 1:
            continue
        zero = _rational_zero(slope, name, piece, first=k == 0, last=k == len(pieces) - 1)
        if zero is None:
            continue
        if k > 0:
            pieces[k - 1] = SignPiece(pieces[k - 1].lo, zero, pieces[k - 1].sign)
        if k < len(pieces) - 1:
            pieces[k + 1] = SignPiece(zero, pieces[k + 1].hi, pieces[k + 1].sign)
        pieces[k] = SignPiece(zero, zero, 0)
    return [p for p in pieces if p.lo < p.hi]


def _rational_zero(slope: Term, name: str, piece: SignPiece, *, first: bool, last: bool) -> Fraction | None:
    """The end of the whole interval, or the fraction of least denominator in the piece, if the slope is 0 there."""
    ends = [piece.lo] * first + [piece.hi] * last
    for value in (*ends, _simplest(piece.lo, piece.hi)):
        x = exact(value)
        try:
            low, high = evaluate(slope, {name: (x, x)}, ZERO_BITS)
        except OutsideDomain:
            continue
        if low <= 0 <= high:
            return value
    return None


def _simplest(lo: Fraction, hi: Fraction) -> Fraction:
    """The fraction of least denominator (then least size) in [lo, hi], by continued fractions."""
    if lo <= 0 <= hi:
        return Fraction(0)
    if hi < 0:
        return -_simplest(-hi, -lo)
    whole = -(-lo.numerator // lo.denominator)
    if whole <= hi:
        return Fraction(whole)
    below = lo.numerator // lo.denominator
    return below + 1 / _simplest(1 / (hi - below), 1 / (lo - below))

"""Interval evaluation of terms with rational ends, rounded outwards: what a leaf of an `enclose` step has to pass.

The evaluation mimics plain rational interval arithmetic, one operation at a time, and is a little coarser than a
careful implementation: results of sums and products are rounded outwards too, and each transcendental value is widened
by one unit in the last place. So whatever rounds less accepts what this module accepts. A bound attained at a rational
end needs the second mode, `short`, in which numbers of few digits stay exact. Balls appear only for the value of a
function at one rational point; ends of boxes stay exact, because a ball has no exact ends.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from flint import arb, ctx, fmpq

from theory.language.errors import InputError, explain

Term = Any
Interval = tuple[fmpq, fmpq]
Box = Mapping[str, Interval]

ZERO, ONE = fmpq(0), fmpq(1)
MAX_ARGUMENT = 4096


class OutsideDomain(ArithmeticError):
    """A function was met where it has no finite value (1/0, log 0, sqrt of a negative number); a smaller box may do."""


def exact(value: Fraction | int) -> fmpq:
    """Return a rational number as an `fmpq`."""
    value = Fraction(value)
    return fmpq(value.numerator, value.denominator)


def fraction(value: fmpq) -> Fraction:
    """Return an `fmpq` as a `Fraction`."""
    return Fraction(int(value.p), int(value.q))


def closed_number(term: Term) -> fmpq:
    """Return the value of a term made of numbers and + * / ^ only.

    **Raises** InputError where the term is anything else: the ends of a box are rational numbers.
    """
    if isinstance(term, int) and not isinstance(term, bool):
        return fmpq(term)
    if isinstance(term, (tuple, list)) and term:
        head, args = term[0], term[1:]
        if head == "q":
            return fmpq(args[0], args[1])
        if head == "^":
            return closed_number(args[0]) ** int(args[1])
        if head in ("+", "*", "/"):
            total, *rest = (closed_number(a) for a in args)
            for value in rest:
                if head == "/" and value == 0:
                    raise InputError(explain("box", "rational ends", term, "Remove the division by zero."))
                total = total + value if head == "+" else total * value if head == "*" else total / value
            return total
    raise InputError(explain("box", "rational ends", term, "Write each end as an integer or a fraction."))


def outward(lo: fmpq, hi: fmpq, bits: int, short: bool = False) -> Interval:
    """Round to multiples of 2^-bits, coarser above 1 so that about `bits` significant bits stay.

    With `short`, numbers of at most `bits` bits above and below the line are left as they are.
    """
    return _down(lo, bits, 0, short), -_down(-hi, bits, 0, short)


def _down(x: fmpq, bits: int, widen: int, short: bool) -> fmpq:
    if short and not widen and int(x.p).bit_length() <= bits and int(x.q).bit_length() <= bits:
        return x
    magnitude = max(int(x.p).bit_length() - int(x.q).bit_length(), 0)
    shift = bits - magnitude
    scaled = (x * fmpq(2) ** shift).floor()
    return fmpq(scaled - widen) / fmpq(2) ** shift


def _at(function: Callable[[arb], arb], x: fmpq, bits: int) -> Interval:
    """Rational bounds of one function value, from a ball."""
    with ctx.workprec(bits + 32 + int(x.p).bit_length()):
        ball = function(arb(x))
        if not ball.is_finite():
            raise OutsideDomain(f"no finite value at {x}")
        return ball.lower().fmpq(), ball.upper().fmpq()


def _increasing(function: Callable[[arb], arb], value: Interval, bits: int) -> Interval:
    low, high = (_at(function, end, bits) for end in value)
    # Values that are exact in any implementation (exp 0, log 1, tanh 0, the root of 4) are not widened.
    return (_down(low[0], bits, int(low[0] != low[1]), False), -_down(-high[1], bits, int(high[0] != high[1]), False))


def _sine(value: Interval, bits: int, quarter: int) -> Interval:
    """sin(x + quarter * pi/2) on an interval: the ends, and +-1 wherever an extremum may lie inside."""
    lo, hi = value
    if max(-lo, hi) > MAX_ARGUMENT:
        raise OutsideDomain("a large argument of sin or cos")
    ends = [_at(arb.sin if quarter == 0 else arb.cos, x, bits) for x in value]
    # sin 0 is exact everywhere, cos 0 is not where the cosine is a shifted sine.
    wide = [int(quarter == 1 or a != b) for a, b in ends]
    low = min(_down(a, bits, w, False) for (a, _), w in zip(ends, wide, strict=True))
    high = max(-_down(-b, bits, w, False) for (_, b), w in zip(ends, wide, strict=True))
    with ctx.workprec(bits + 32 + int(hi.p).bit_length() + int(lo.p).bit_length()):
        # Extrema lie where x/(pi/2) + quarter is an odd integer: 1 mod 4 a maximum, 3 mod 4 a minimum.
        half = arb.pi() / 2
        first, last = ((arb(x) / half + quarter) for x in (lo, hi))
        start, stop = int(first.lower().fmpq().ceil()), int(last.upper().fmpq().floor())
    if stop - start > 4:
        return -ONE, ONE
    inside = {k % 4 for k in range(start, stop + 1)}
    return (-ONE if 3 in inside else max(low, -ONE)), (ONE if 1 in inside else min(high, ONE))


def _square_root(value: Interval, bits: int) -> Interval:
    if value[0] < 0:
        raise OutsideDomain("square root of a negative number")
    low, high = _increasing(arb.sqrt, value, bits)
    return max(low, ZERO), high


def _logarithm(value: Interval, bits: int) -> Interval:
    if value[0] <= 0:
        raise OutsideDomain("logarithm of a non-positive number")
    return _increasing(arb.log, value, bits)


def _exponential(value: Interval, bits: int) -> Interval:
    if max(-value[0], value[1]) > MAX_ARGUMENT:
        raise OutsideDomain("a large argument of exp")
    low, high = _increasing(arb.exp, value, bits)
    return max(low, ZERO), high


def _absolute(value: Interval, _bits: int) -> Interval:
    lo, hi = value
    return (lo, hi) if lo >= 0 else (-hi, -lo) if hi <= 0 else (ZERO, max(-lo, hi))


_FUNCTIONS: dict[str, Callable[[Interval, int], Interval]] = {
    "exp": _exponential,
    "log": _logarithm,
    "sqrt": _square_root,
    "abs": _absolute,
    "sin": lambda v, bits: _sine(v, bits, 0),
    "cos": lambda v, bits: _sine(v, bits, 1),
    "atan": lambda v, bits: _increasing(arb.atan, v, bits),
    "tanh": lambda v, bits: _increasing(arb.tanh, v, bits),
}


def power(value: Interval, exponent: int, bits: int, short: bool = False) -> Interval:
    """x^n on an interval, with the even case knowing that it is a square."""
    lo, hi = value
    if exponent % 2 == 0:
        lo, hi = _absolute(value, bits)
    return (ONE, ONE) if exponent == 0 else outward(lo**exponent, hi**exponent, bits, short)


def times(left: Interval, right: Interval, bits: int, short: bool = False) -> Interval:
    """Product of two intervals."""
    ends = [a * b for a in left for b in right]
    return outward(min(ends), max(ends), bits, short)


def reciprocal(value: Interval) -> Interval:
    """1/x on an interval that does not hold 0."""
    lo, hi = value
    if lo <= 0 <= hi:
        raise OutsideDomain("zero in a denominator")
    return 1 / hi, 1 / lo


def evaluate(term: Term, box: Box, bits: int, short: bool = False) -> Interval:
    """Return rational bounds of a term over a box.

    **Raises** OutsideDomain where a function leaves its domain, InputError for a term no enclosure is known for.
    """
    if isinstance(term, int) and not isinstance(term, bool):
        return fmpq(term), fmpq(term)
    if isinstance(term, str):
        if term not in box:
            raise InputError(explain("enclosure", "a variable of the box", term, "List its range in the hypotheses."))
        return box[term]
    head, args = term[0], term[1:]
    if head == "q":
        return (fmpq(args[0], args[1]),) * 2
    if head == "pi" and not args:
        with ctx.workprec(bits + 32):
            ball = arb.pi()
            return _down(ball.lower().fmpq(), bits, 1, False), -_down(-ball.upper().fmpq(), bits, 1, False)
    if head in ("^", "pow"):
        exponent = closed_number(args[1])
        if exponent.q != 1 or exponent < 0:
            raise InputError(explain("enclosure", "a closed exponent n >= 0", args[1], "Use exp(n*log(b)) instead."))
        return power(evaluate(args[0], box, bits, short), int(exponent.p), bits, short)
    values = [evaluate(a, box, bits, short) for a in args]
    if head == "+":
        return outward(sum((lo for lo, _ in values), ZERO), sum((hi for _, hi in values), ZERO), bits,
                       short)
    if head in ("*", "/"):
        product = values[0]
        for value in values[1:]:
            product = times(product, reciprocal(value) if head == "/" else value, bits, short)
        return product
    if head in ("max", "min"):
        pick = max if head == "max" else min
        return pick(lo for lo, _ in values), pick(hi for _, hi in values)
    if head in _FUNCTIONS and len(values) == 1:
        return _FUNCTIONS[head](values[0], bits)
    raise InputError(explain("enclosure", "a generator with an enclosure", head, "Bound it by facts in other steps."))

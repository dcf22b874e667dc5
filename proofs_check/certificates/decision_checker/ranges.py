"""Fixed-point intervals that contain what they stand for, with exp, sin and cos by Taylor sums with proved errors.

An interval is a pair of integers (lo, hi) in units of 2^-K. Sums are exact, products are rounded outwards. A slope is
an interval with interval derivatives.
"""

from collections import namedtuple
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

from refusal import Item

K, UNIT = 224, 1 << 224  # bits after the point, and the number 1


class Range(namedtuple("Range", "lo hi")):
    """All reals from lo 2^-K to hi 2^-K, for integers lo <= hi."""

    def __add__(self, other: "Range") -> "Range":  # type: ignore[override]
        return Range(self.lo + other.lo, self.hi + other.hi)

    def __sub__(self, other: "Range") -> "Range":
        return Range(self.lo - other.hi, self.hi - other.lo)

    def __mul__(self, other: "Range") -> "Range":  # type: ignore[override]
        ends = self.lo * other.lo, self.lo * other.hi, self.hi * other.lo, self.hi * other.hi
        return Range(min(ends) >> K, -(-max(ends) >> K))

    def meet(self, lo: int, hi: int) -> "Range":
        """The part between two numbers of an interval that has such a part."""
        return Range(max(self.lo, lo), min(self.hi, hi))


def around(low: Fraction | int, high: Fraction | int | None = None) -> Range:
    """Return an interval that contains all from low to high, or low alone."""
    high = low if high is None else high
    return Range((low.numerator << K) // low.denominator, -((-high.numerator << K) // high.denominator))


def dot(xs: Any, ys: Any) -> Range:
    """Return the sum of products of intervals."""
    return reduce(Range.__add__, map(Range.__mul__, xs, ys), ZERO)


ZERO, ONE = around(0), around(1)


@lru_cache(1 << 16)
def power(a: int, turn: bool) -> tuple[Range, Range]:
    """Return intervals with the real and imaginary part of exp(-a), or exp(i a) if `turn`, 0 <= a <= 4096 2^K.

    For x = a 2^-m in [0, 1/2] the t_n are at most 2 below x^n/n! 2^K, for each is the one before times x/(n + 1), all
    rounded down; they end with a 0. The sums of alternating signs leave out less than the next term, so both parts are
    wrong by at most 2 len(t) + 2. Then |v v - w w| <= |v - w| |v + w| <= 3 |v - w|, as |v| <= 1 up to the error.
    """
    m, t = max(0, a.bit_length() - K + 1), [UNIT]
    while t[-1]:
        t.append(t[-1] * (a >> m) // (len(t) << K))
    re, im = (sum(t[::4]) - sum(t[2::4]), sum(t[1::4]) - sum(t[3::4])) if turn else (sum(t[::2]) - sum(t[1::2]), 0)
    error = 4 * len(t) + 4
    for _ in range(m):
        re, im, error = re * re - im * im >> K, 2 * re * im >> K, 3 * error + 2
    return Range(re - error, re + error), Range(im - error, im + error)


def logistic(a: int) -> Range:
    """Return an interval with 1/(1 + exp(-a)), a in units of 2^-K; beyond 512, that of exp(-|a|) starts at 0."""
    e = power(min(abs(a), 512 * UNIT), False)[0]
    lo, hi = UNIT * UNIT // (UNIT + e.hi), -(-UNIT * UNIT // (UNIT + max(e.lo, 0)))
    return Range(lo, hi) if a >= 0 else Range(UNIT - hi, UNIT - lo)


def sigmoid(z: Range) -> tuple[Range, Range]:
    """Return intervals with s = 1/(1 + exp(-x)) and its derivative s (1 - s) <= 1/4 for all x in z."""
    s = Range(logistic(z.lo).lo, logistic(z.hi).hi)
    return s, (s * (ONE - s)).meet(0, UNIT // 4)


def sine(z: Range) -> tuple[Range, Range]:
    """Return intervals with sin x and its derivative cos x for all x in z.

    With c the centre, |sin x - sin c - (x - c) cos c| <= (x - c)^2/2, likewise cos.
    """
    if z.hi - z.lo > 4 * UNIT or max(abs(z.lo), abs(z.hi)) > 4096 * UNIT:
        return around(-1, 1), around(-1, 1)
    r, middle = (z.hi - z.lo + 1) // 2, (z.lo + z.hi) // 2
    cos, sin = power(abs(middle), True)
    sin = sin if middle >= 0 else ZERO - sin
    off, rest = Range(-r, r), Range(-(r * r >> K + 1) - 1, (r * r >> K + 1) + 1)
    return (sin + cos * off + rest).meet(-UNIT, UNIT), (cos - sin * off + rest).meet(-UNIT, UNIT)


class Slope(namedtuple("Slope", "value gradient")):
    """All values of a function over a box, and by name of its derivatives in the parameters it depends on.

    For a piecewise smooth function the derivatives are those of its pieces, so along a segment in the box the function
    changes by some element of the gradient times the displacement.
    """

    def __add__(self, other: "Slope") -> "Slope":  # type: ignore[override]
        more = {p: part + self.gradient.get(p, ZERO) for p, part in other.gradient.items()}
        return Slope(self.value + other.value, {**self.gradient, **more})

    def __mul__(self, other: "Slope") -> "Slope":  # type: ignore[override]
        return Slope(self.value * other.value, (self.times(other.value) + other.times(self.value)).gradient)

    def times(self, factor: Range) -> "Slope":
        """The product with a number."""
        return Slope(self.value * factor, {p: part * factor for p, part in self.gradient.items()})


def slope(low: Fraction | int, high: Fraction | int | None = None, name: str = "") -> Slope:
    """Return a number, or a parameter that runs from low to high."""
    return Slope(around(low, high), {name: ONE} if high not in (None, low) else {})


def act(vertex: str, kind: str, z: Slope) -> Slope:
    """Apply an activation; steps go with rational ones only."""
    if kind in ("id", "relu"):
        on = kind == "id" or z.value.lo >= 0
        return z if on else Slope(Range(0, max(z.value.hi, 0)), z.times(Range(0, UNIT)).gradient)
    Item(kind, f"vertex {vertex}").need(kind != "step", "no enclosure")
    value, change = sigmoid(z.value) if kind == "sigmoid" else sine(z.value)
    return Slope(value, z.times(change).gradient)

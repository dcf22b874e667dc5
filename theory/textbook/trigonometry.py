"""Exact values of sine and cosine at 0, where an enclosure alone leaves an interval."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, enclose

SIN_ZERO = Lemma(
    "textbook.sin_zero", "sin 0 = 0", statement("all => sin(0) = 0"),
    (
        enclose("lo", "all x:real | 0 <= x, x <= 0 => 0 <= sin(x)"), apply("a", "lo", x="0"),
        enclose("hi", "all x:real | 0 <= x, x <= 0 => sin(x) <= 0"), apply("b", "hi", x="0"),
        apply("end", "ax.antisym", x="sin(0)", y="0"),
    ),
)

COS_ZERO = Lemma(
    "textbook.cos_zero", "cos 0 = 1: its square is 1 and it is positive", statement("all => cos(0) = 1"),
    (
        enclose("lo", "all x:real | 0 <= x, x <= 0 => 0 < cos(x)"), apply("a", "lo", x="0"),
        combine("p", "0 < 1 + cos(0)", "a"), apply("one", "ax.sin_cos", x="0"),
        apply("s", "textbook.sin_zero"), combine("end", facts="one s", mul="p"),
    ),
)

LEMMAS = (SIN_ZERO, COS_ZERO)

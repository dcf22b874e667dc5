"""ReLU on both sides of its kink, under a sign, and at three points of a line: lemmas of several claims here."""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine

RELU_ON = Lemma(
    "etr_training.relu_on", "ReLU is the identity where its argument is not negative",
    statement("all z:real | h: 0 <= z => max(z, 0) = z"),
    (
        apply("a", "ax.max_left", x="z", y="0"), apply("b", "ax.max_le", x="z", y="0", z="z"),
        apply("end", "ax.antisym", x="max(z, 0)", y="z"),
    ),
)

RELU_OFF = Lemma(
    "etr_training.relu_off", "ReLU is zero where its argument is not positive",
    statement("all z:real | h: z <= 0 => max(z, 0) = 0"),
    (
        apply("a", "ax.max_right", x="z", y="0"), apply("b", "ax.max_le", x="z", y="0", z="0"),
        apply("end", "ax.antisym", x="max(z, 0)", y="0"),
    ),
)

SIGNED_UNIT = Lemma(
    "etr_training.signed_unit", "A weight goes into a ReLU up to its sign: s ReLU(|v| u) = v ReLU(u) for v = s |v|",
    statement("all s v u:real | hv: v = s*abs(v) => s*max(abs(v)*u, 0) = v*max(u, 0)"),
    (
        apply("p", "textbook.abs_nonneg", x="v"), apply("t", "ax.total", x="0", y="u"),
        cases("end", "t", "c",
              [combine("q", "0 <= abs(v)*u", "p c"), apply("a", "etr_training.relu_on", z="abs(v)*u"),
               apply("b", "etr_training.relu_on", z="u"), combine("z", facts="a b hv", rounds=3)],
              [combine("q", "abs(v)*u <= 0", "p c"), apply("a", "etr_training.relu_off", z="abs(v)*u"),
               combine("u0", "u <= 0", "c"), apply("b", "etr_training.relu_off", z="u"),
               combine("z", facts="a b hv", rounds=3)]),
    ),
)

LEMMAS = (RELU_ON, RELU_OFF, SIGNED_UNIT)

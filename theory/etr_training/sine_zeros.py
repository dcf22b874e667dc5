"""Zeros of the sine: pi is its only zero in (3, 4), and sin(pi x) = 0 exactly at the integers x.

Nothing but the derivatives of sine and cosine, sin^2 + cos^2 = 1, and enclosures on [0, 4] are used; p stands for any
zero of the sine in (3, 4), so that no statement here needs that there is one. That sin(u + p) = -sin(u) is shown by the
energy (sin(u + p) + sin u)^2 + (cos(u + p) + cos u)^2, which does not change with u and is 0 at u = 0.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, calculus, cases, combine, enclose, induct, intro, witness

ZERO = "3 < p, p < 4, sin(p) = 0"
"""p is a zero of the sine in (3, 4)."""

_ENERGY = "(sin({0} + p) + sin({0}))^2 + (cos({0} + p) + cos({0}))^2"

COS_AT_ZERO = Lemma(
    "etr_training.cos_at_zero", "The cosine is -1 at a zero of the sine in (3, 4)",
    statement(f"all p:real | {ZERO} => cos(p) = -1"),
    (
        enclose("neg", "all x:real | 3 <= x, x <= 4 => cos(x) < 0"), apply("n", "neg", x="p"),
        apply("s", "ax.sin_cos", x="p"), combine("m", "0 < 1 - cos(p)", "n"), combine("end", facts="s H3", mul="m"),
    ),
)

FLAT = Lemma(
    "etr_training.flat", "A function with derivative 0 everywhere has one value",
    statement("all f:real->real, a b:real | hf: (all x:real => deriv(u: f(u), x, 0)) => f(a) = f(b)"),
    (
        intro("down", "all x y:real | x <= y => f(x) = f(y)", "h",
              intro("d", "all t:real | x <= t, t <= y => deriv(u: f(u), t, 0)", "t1 t2", apply("z", "hf", x="t")),
              intro("z0", "all t:real | x <= t, t <= y => 0 <= 0", "t1 t2", combine("z")),
              apply("A", "ax.nonincreasing", f="t -> f(t)", g="t -> 0", a="x", b="y"),
              intro("e", "all t:real | x <= t, t <= y => deriv(u: -1*f(u), t, 0)", "t1 t2",
                    apply("k", "hf", x="t"), calculus("z", facts="k")),
              apply("B", "ax.nonincreasing", f="t -> -1*f(t)", g="t -> 0", a="x", b="y"),
              combine("C", "f(x) <= f(y)", "B"), apply("z", "ax.antisym", x="f(x)", y="f(y)")),
        apply("t", "ax.total", x="a", y="b"),
        cases("end", "t", "k", [apply("z", "down", x="a", y="b")],
              [combine("le", "b <= a", "k"), apply("y", "down", x="b", y="a"), combine("z", facts="y")]),
    ),
)

SQUARE_ZERO = Lemma(
    "etr_training.equal_by_square", "A difference whose square is not positive is 0",
    statement("all x y:real | h: (x - y)^2 <= 0 => x = y"),
    (
        combine("g", "0 <= (x - y)^2", squares=("x - y",)), apply("e", "ax.antisym", x="(x - y)^2", y="0"),
        apply("or1", "ax.eq_or_ne", x="x", y="y"),
        cases("end", "or1", "c", [combine("z", facts="c")], [combine("z", facts="e", mul="c")]),
    ),
)

SIN_SHIFT = Lemma(
    "etr_training.sin_shift", "sin(u + p) = -sin(u)",
    statement(f"all p x:real | {ZERO} => sin(x + p) = -sin(x)"),
    (
        intro("D", f"all t:real => deriv(u: {_ENERGY.format('u')}, t, 0)", "", calculus("z")),
        apply("F", "etr_training.flat", f=f"u -> {_ENERGY.format('u')}", a="x", b="0"),
        apply("c", "etr_training.cos_at_zero", p="p"), apply("s0", "textbook.sin_zero"),
        apply("c0", "textbook.cos_zero"),
        combine("E", f"{_ENERGY.format('x')} = 0", "F c s0 c0 H3"),
        combine("q1", "(sin(x + p) + sin(x))^2 <= 0", "E", squares=("cos(x + p) + cos(x)",)),
        apply("end", "etr_training.equal_by_square", "sin(x + p) = -sin(x)", x="sin(x + p)", y="-sin(x)"),
    ),
)
SIN_SHIFTS = Lemma(
    "etr_training.sin_shifts", "sin(u + p n)^2 = sin(u)^2 for every integer n",
    statement(f"all p x:real, n:int | {ZERO} => sin(x + p*n)^2 = sin(x)^2"),
    (
        induct("I", "all k:int | 0 <= k => (all u:real => sin(u + p*k)^2 = sin(u)^2)", "hk ih",
               [intro("z", None, "", combine("y"))],
               [intro("z", None, "", apply("a", "ih", u="u"),
                      apply("b", "etr_training.sin_shift", "sin(u + p*(k + 1)) = -sin(u + p*k)", p="p", x="u + p*k"),
                      combine("y", facts="a b"))]),
        apply("t", "ax.total", x="0", y="n"),
        cases("end", "t", "c",
              [apply("J", "I", k="n"), apply("y", "J", u="x")],
              [combine("m", "0 <= -n", "c"), apply("J", "I", k="-n"),
               apply("y", "J", "sin(x)^2 = sin(x + p*n)^2", u="x + p*n"), combine("z", facts="y")]),
    ),
)

SIN_PERIOD = Lemma(
    "etr_training.sin_period", "sin(u + 2 p n) = sin(u) for every integer n",
    statement(f"all p x:real, n:int | {ZERO} => sin(x + 2*p*n) = sin(x)"),
    (
        induct("I", "all k:int | 0 <= k => (all u:real => sin(u + 2*p*k) = sin(u))", "hk ih",
               [intro("z", None, "", combine("y"))],
               [intro("z", None, "", apply("a", "ih", u="u"),
                      apply("b", "etr_training.sin_shift", "sin(u + 2*p*k + p) = -sin(u + 2*p*k)", p="p",
                            x="u + 2*p*k"),
                      apply("c", "etr_training.sin_shift", "sin(u + 2*p*(k + 1)) = -sin(u + 2*p*k + p)", p="p",
                            x="u + 2*p*k + p"),
                      combine("y", facts="a b c"))]),
        apply("t", "ax.total", x="0", y="n"),
        cases("end", "t", "c",
              [apply("J", "I", k="n"), apply("y", "J", u="x")],
              [combine("m", "0 <= -n", "c"), apply("J", "I", k="-n"),
               apply("y", "J", "sin(x) = sin(x + 2*p*n)", u="x + 2*p*n"), combine("z", facts="y")]),
    ),
)

SIN_DECREASES = Lemma(
    "etr_training.sin_decreases", "The sine decreases strictly on [3, 4]",
    statement("all a b:real | 3 <= a, a < b, b <= 4 => sin(b) < sin(a)"),
    (
        enclose("neg", "all x:real | 3 <= x, x <= 4 => cos(x) < 0"),
        intro("d", "all x:real | a <= x, x <= b => deriv(u: sin(u), x, cos(x))", "h1 h2", calculus("z")),
        intro("s", "all x:real | a < x, x < b => cos(x) < 0", "h1 h2", apply("z", "neg", x="x")),
        apply("end", "ax.decreasing", f="x -> sin(x)", g="x -> cos(x)", a="a", b="b"),
    ),
)

SIN_POSITIVE = Lemma(
    "etr_training.sin_positive", "The sine is positive between 0 and its zero p in (3, 4)",
    statement("all p x:real | p < 4, sin(p) = 0, 0 < x, x < p => 0 < sin(x)"),
    (
        apply("t", "ax.total", x="x", y="1"),
        cases("end", "t", "c",
              # near 0 the sine grows, its derivative being at least cos(1)
              [enclose("pos", "all u:real | 0 <= u, u <= 1 => -1*cos(u) < 0"),
               intro("d", "all t:real | 0 <= t, t <= x => deriv(u: -1*sin(u), t, -1*cos(t))", "h1 h2", calculus("z")),
               intro("s", "all t:real | 0 < t, t < x => -1*cos(t) < 0", "h1 h2", apply("z", "pos", u="t")),
               apply("m", "ax.decreasing", f="t -> -1*sin(t)", g="t -> -1*cos(t)", a="0", b="x"),
               apply("z0", "textbook.sin_zero"), combine("z", facts="m z0")],
              [apply("t2", "ax.total", x="x", y="3"),
               cases("z", "t2", "e",
                     [enclose("mid", "all u:real | 1 <= u, u <= 3 => 0 < sin(u)"), apply("y", "mid", u="x")],
                     [apply("m", "etr_training.sin_decreases", a="x", b="p"), combine("y", facts="m H2")])]),
    ),
)

ONE_ZERO = Lemma(
    "etr_training.one_zero", "The sine has at most one zero in (3, 4)",
    statement(f"all p r:real | {ZERO}, 3 < r, r < 4, sin(r) = 0 => p = r"),
    (
        apply("t", "ax.total", x="p", y="r"), apply("s", "ax.total", x="r", y="p"),
        cases("end", "t", "c",
              [cases("z", "s", "e", [apply("y", "ax.antisym", x="p", y="r")],
                     [apply("m", "etr_training.sin_decreases", a="p", b="r"), combine("y", facts="H3 H6", mul="m")])],
              [apply("m", "etr_training.sin_decreases", a="r", b="p"), combine("z", facts="H3 H6", mul="m")]),
    ),
)

INTEGER_ZEROS = Lemma(
    "etr_training.integer_zeros", "sin(p x) = 0 exactly if x is an integer",
    statement(f"all p x:real | {ZERO} => some | (all | sin(p*x) = 0 => some n:int | x = n),"
              " (all n:int | x = n => sin(p*x) = 0)"),
    (
        intro("F", "all | sin(p*x) = 0 => some n:int | x = n", "h",
              apply("a", "ax.floor_le", x="x"), apply("b", "ax.floor_gt", x="x"),
              apply("s", "etr_training.sin_shifts", "sin(p*x)^2 = sin(p*(x - floor(x)))^2", p="p",
                    x="p*(x - floor(x))", n="floor(x)"),
              apply("t", "ax.total", x="x", y="floor(x)"),
              cases("z", "t", "c",
                    [apply("e", "ax.antisym", x="x", y="floor(x)"), witness("y", n="floor(x)")],
                    [combine("p0", "0 < p*(x - floor(x))", "c H1"), combine("p1", "p*(x - floor(x)) < p", "b H1"),
                     apply("m", "etr_training.sin_positive", p="p", x="p*(x - floor(x))"),
                     combine("e", "x = floor(x)", "s h", mul="m m"), witness("y", n="floor(x)")])),
        intro("B", "all n:int | x = n => sin(p*x) = 0", "h",
              apply("s", "etr_training.sin_shifts", "sin(p*n)^2 = sin(0)^2", p="p", x="0", n="n"),
              apply("z0", "textbook.sin_zero"),
              apply("k", "ax.cong", f="t -> sin(p*t)^2", x="x", y="n"), combine("q1", "sin(p*n)^2 = 0", "s z0"),
              combine("q", "(sin(p*x) - 0)^2 <= 0", "q1 k"),
              apply("z", "etr_training.equal_by_square", x="sin(p*x)", y="0")),
        witness("end"),
    ),
)

LEMMAS = (COS_AT_ZERO, FLAT, SQUARE_ZERO, SIN_SHIFT, SIN_SHIFTS, SIN_PERIOD, SIN_DECREASES, SIN_POSITIVE, ONE_ZERO,
          INTEGER_ZEROS)

"""Sums along an affine circuit: sum c_i x_i = 0 and sum c_i = 0 make sum c_i z(x_i) = 0 for every affine z.

What a neuron adds to such a sum, sum c_i max(z_i, 0), is 0 where it is constant, and is not negative when all c_i but
one are not (Jensen).
"""

from __future__ import annotations

from theory.language import Lemma, Step, statement
from theory.language.derivation import apply, cases, combine, intro

I_RANGE = "1 <= i, i <= n"
_EACH = "all i:int | 1 <= i, i <= n => "

CIRCUIT_AFFINE = Lemma(
    "etr_training.circuit_affine", "An affine function sums to 0 along an affine circuit",
    statement(f"all n d:int, X:(i:int,r:int)->real, c z a:int->real, b:real | hn: 0 <= n, hd: 0 <= d,"
              f" hX: (all r:int | 1 <= r, r <= d => sum(i=1..n: c(i)*X(i,r)) = 0), hc: sum(i=1..n: c(i)) = 0,"
              f" hz: ({_EACH}z(i) = sum(r=1..d: a(r)*X(i,r)) + b) => sum(i=1..n: c(i)*z(i)) = 0"),
    (
        intro("t", f"{_EACH}c(i)*z(i) = sum(r=1..d: c(i)*(a(r)*X(i,r))) + b*c(i)", "i1 i2",
              intro("u", "all r:int | 1 <= r, r <= d => c(i)*(a(r)*X(i,r)) = c(i)*(a(r)*X(i,r))", "r1 r2",
                    combine("w")),
              apply("s", "textbook.sum_scale", f="r -> c(i)*(a(r)*X(i,r))", g="r -> a(r)*X(i,r)", c="c(i)", a="1",
                    b="d"),
              apply("h", "hz", i="i"), combine("z1", facts="s h")),
        apply("A", "textbook.sum_cong", f="i -> c(i)*z(i)", g="i -> sum(r=1..d: c(i)*(a(r)*X(i,r))) + b*c(i)", a="1",
              b="n"),
        apply("B", "textbook.sum_add", f="i -> sum(r=1..d: c(i)*(a(r)*X(i,r)))", g="i -> b*c(i)", a="1", b="n"),
        apply("C", "textbook.sum_scale", "sum(i=1..n: b*c(i)) = b*sum(i=1..n: c(i))", f="i -> b*c(i)", g="i -> c(i)",
              c="b", a="1", b="n"),
        apply("D", "textbook.double_sum", f="i, r -> c(i)*(a(r)*X(i,r))", n="n", k="d"),
        intro("v", "all r:int | 1 <= r, r <= d => sum(i=1..n: c(i)*(a(r)*X(i,r))) = 0", "r1 r2",
              intro("u", f"{_EACH}c(i)*(a(r)*X(i,r)) = a(r)*(c(i)*X(i,r))", "i1 i2", combine("w")),
              apply("s", "textbook.sum_scale", f="i -> c(i)*(a(r)*X(i,r))", g="i -> c(i)*X(i,r)", c="a(r)", a="1",
                    b="n"),
              apply("h", "hX", r="r"), combine("z1", facts="s h")),
        apply("E", "textbook.sum_cong", f="r -> sum(i=1..n: c(i)*(a(r)*X(i,r)))", g="r -> 0", a="1", b="d"),
        apply("F", "textbook.sum_const", c="0", n="d"), combine("C2", "sum(i=1..n: b*c(i)) = 0", "C hc"),
     combine("end", facts="A B C2 D E F", rounds=5),
    ),
)

SEPARATED = Lemma(
    "etr_training.circuit_separated", "A neuron that separates the two sides of a circuit: the circuit is zero",
    statement(f"all n:int, c z:int->real | hn: 0 <= n, hc: sum(i=1..n: c(i)) = 0, hz: sum(i=1..n: c(i)*z(i)) = 0,"
              f" hp: (all i:int | {I_RANGE}, 0 < c(i) => 0 < z(i)), hm: (all i:int | {I_RANGE}, c(i) < 0 => z(i) <= 0)"
              f" => ({_EACH}c(i) = 0)"),
    (
        intro("t", f"{_EACH}0 <= c(i)*z(i)", "i1 i2", apply("or", "ax.total", x="c(i)", y="0"),
              cases("z1", "or", "o",
                    [apply("or2", "ax.total", x="0", y="c(i)"),
                     cases("y1", "or2", "o2", [apply("e", "ax.antisym", x="c(i)", y="0"), combine("w", facts="e")],
                           [apply("h", "hm", i="i"), combine("w", facts="h o2")])],
                    [apply("h", "hp", i="i"), combine("y1", facts="h o")])),
        intro("neg", f"{_EACH}0 <= -1*c(i)", "i1 i2", apply("or", "ax.total", x="c(i)", y="0"),
              cases("z1", "or", "o", [combine("y1", facts="o")],
                    [apply("h", "hp", i="i"),
                     apply("s", "textbook.term_at_most_sum", f="i -> c(i)*z(i)", n="n", c="i"),
                     combine("no", "0 < 0", "s hz h o"), combine("y1", mul="no")])),
        apply("S", "textbook.sum_scale", "sum(i=1..n: -1*c(i)) = -1*sum(i=1..n: c(i))", f="i -> -1*c(i)",
              g="i -> c(i)", c="-1", a="1", b="n"),
        intro("end", None, "i1 i2", apply("s", "textbook.term_at_most_sum", f="i -> -1*c(i)", n="n", c="i"),
              apply("u", "neg", i="i"), combine("lo", "0 <= c(i)", "s S hc"), combine("hi", "c(i) <= 0", "u"),
              apply("z1", "ax.antisym", x="c(i)", y="0")),
    ),
)

_ADDED = "sum(i=1..n: c(i)*max(z(i), 0))"


def _compared(relation: str, bound: str, lemma: str, *term: Step) -> tuple[Step, ...]:
    """Steps from c_i h_i R bound_i for each i to the sums; `term` proves it for one i."""
    return (intro("T", f"{_EACH}c(i)*max(z(i), 0) {relation} {bound}", "i1 i2", *term),
            apply("R", lemma, f="i -> c(i)*max(z(i), 0)", g=f"i -> {bound}", a="1", b="n"))


_ZERO_SUM = apply("Z", "textbook.sum_const", c="0", n="n")
_ON = (apply("or", "ax.eq_or_ne", x="c(i)", y="0"),
       cases("w", "or", "o", [combine("x1", facts="o")],
             [apply("h", "hp", i="i"), apply("r", "etr_training.relu_on", z="z(i)"), combine("x1", facts="r")]))
_OFF = (apply("or", "ax.eq_or_ne", x="c(i)", y="0"),
        cases("w", "or", "o", [combine("x1", facts="o")],
              [apply("h", "hp", i="i"), apply("r", "etr_training.relu_off", z="z(i)"), combine("x1", facts="r")]))

CONSTANT_ON = Lemma(
    "etr_training.circuit_constant_on", "A neuron that is active on a circuit adds nothing to its sum",
    statement(f"all n:int, c z:int->real | hn: 0 <= n, hz: sum(i=1..n: c(i)*z(i)) = 0,"
              f" hp: (all i:int | {I_RANGE}, c(i) != 0 => 0 <= z(i)) => {_ADDED} = 0"),
    (*_compared("=", "c(i)*z(i)", "textbook.sum_cong", *_ON), combine("end", facts="R hz")),
)

CONSTANT_OFF = Lemma(
    "etr_training.circuit_constant_off", "A neuron that is inactive on a circuit adds nothing to its sum",
    statement(f"all n:int, c z:int->real | hn: 0 <= n, hp: (all i:int | {I_RANGE}, c(i) != 0 => z(i) <= 0)"
              f" => {_ADDED} = 0"),
    (*_compared("=", "0", "textbook.sum_cong", *_OFF), _ZERO_SUM, combine("end", facts="R Z")),
)

_OTHERS = f"hc: (all i:int | {I_RANGE}, i != m => 0 <= c(i))"

JENSEN = Lemma(
    "etr_training.circuit_convex", "With one negative coefficient a neuron adds no negative number (Jensen)",
    statement(f"all n m:int, c z:int->real | hn: 0 <= n, {_OTHERS}, hz: sum(i=1..n: c(i)*z(i)) = 0 => 0 <= {_ADDED}"),
    (
        apply("or", "ax.total", x="0", y="z(m)"),
        cases("end", "or", "o",
              [intro("T", f"{_EACH}c(i)*z(i) <= c(i)*max(z(i), 0)", "i1 i2", apply("or2", "ax.eq_or_ne", x="i", y="m"),
                     apply("l", "ax.max_left", x="z(i)", y="0"),
                     cases("y1", "or2", "p",
                           [apply("e", "ax.cong_int", f="t -> z(t)", x="i", y="m"), combine("zi", "0 <= z(i)", "e o"),
                            apply("r", "etr_training.relu_on", z="z(i)"), combine("x1", facts="r")],
                           [apply("h", "hc", i="i"), combine("x1", facts="h l")])),
               apply("R", "textbook.sum_mono", f="i -> c(i)*z(i)", g="i -> c(i)*max(z(i), 0)", a="1", b="n"),
               combine("z1", facts="R hz")],
              [intro("T", f"{_EACH}0 <= c(i)*max(z(i), 0)", "i1 i2", apply("or2", "ax.eq_or_ne", x="i", y="m"),
                     apply("l", "ax.max_right", x="z(i)", y="0"),
                     cases("y1", "or2", "p",
                           [apply("e", "ax.cong_int", f="t -> z(t)", x="i", y="m"), combine("zi", "z(i) <= 0", "e o"),
                            apply("r", "etr_training.relu_off", z="z(i)"), combine("x1", facts="r")],
                           [apply("h", "hc", i="i"), combine("x1", facts="h l")])),
               apply("z1", "textbook.sum_nonneg", f="i -> c(i)*max(z(i), 0)", a="1", b="n")]),
    ),
)

_AT_MIDDLE = (apply("e", "ax.cong_int", f="t -> c(t)", x="i", y="m"), combine("ci", "c(i) <= 0", "e hm"))

ENDS_ON = Lemma(
    "etr_training.circuit_ends_on", "A neuron active at the ends of a circuit with one negative coefficient",
    statement(f"all n m:int, c z:int->real | hn: 0 <= n, hm: c(m) <= 0, hz: sum(i=1..n: c(i)*z(i)) = 0,"
              f" hp: (all i:int | {I_RANGE}, i != m, c(i) != 0 => 0 <= z(i)) => {_ADDED} <= 0"),
    (
        *_compared("<=", "c(i)*z(i)", "textbook.sum_mono",
                   apply("l", "ax.max_left", x="z(i)", y="0"), apply("or2", "ax.eq_or_ne", x="i", y="m"),
                   cases("y1", "or2", "p", [*_AT_MIDDLE, combine("x1", facts="ci l")], [*_ON])),
        combine("end", facts="R hz"),
    ),
)

ENDS_OFF = Lemma(
    "etr_training.circuit_ends_off", "A neuron inactive at the ends of a circuit with one negative coefficient",
    statement(f"all n m:int, c z:int->real | hn: 0 <= n, hm: c(m) <= 0,"
              f" hp: (all i:int | {I_RANGE}, i != m, c(i) != 0 => z(i) <= 0) => {_ADDED} <= 0"),
    (
        *_compared("<=", "0", "textbook.sum_mono",
                   apply("l", "ax.max_right", x="z(i)", y="0"), apply("or2", "ax.eq_or_ne", x="i", y="m"),
                   cases("y1", "or2", "p", [*_AT_MIDDLE, combine("x1", facts="ci l")], [*_OFF])),
        _ZERO_SUM, combine("end", facts="R Z"),
    ),
)

_OUT = "sum(j=1..w: v(j)*max(z(j,i), 0)) + e"

OUTPUT_SUM = Lemma(
    "etr_training.circuit_output", "Along a circuit the outputs sum to the contributions of the neurons",
    statement(f"all n w:int, c y v:int->real, z:(j:int,i:int)->real, e:real | hn: 0 <= n, hw: 0 <= w,"
              f" hc: sum(i=1..n: c(i)) = 0, hy: ({_EACH}y(i) = {_OUT})"
              " => sum(i=1..n: c(i)*y(i)) = sum(j=1..w: v(j)*sum(i=1..n: c(i)*max(z(j,i), 0)))"),
    (
        intro("t", f"{_EACH}c(i)*y(i) = sum(j=1..w: c(i)*(v(j)*max(z(j,i), 0))) + e*c(i)", "i1 i2",
              intro("u", "all j:int | 1 <= j, j <= w => c(i)*(v(j)*max(z(j,i), 0)) = c(i)*(v(j)*max(z(j,i), 0))",
                    "j1 j2", combine("w1")),
              apply("s", "textbook.sum_scale", f="j -> c(i)*(v(j)*max(z(j,i), 0))", g="j -> v(j)*max(z(j,i), 0)",
                    c="c(i)", a="1", b="w"),
              apply("h", "hy", i="i"), combine("z1", facts="s h")),
        apply("A", "textbook.sum_cong", f="i -> c(i)*y(i)",
              g="i -> sum(j=1..w: c(i)*(v(j)*max(z(j,i), 0))) + e*c(i)", a="1", b="n"),
        apply("B", "textbook.sum_add", f="i -> sum(j=1..w: c(i)*(v(j)*max(z(j,i), 0)))", g="i -> e*c(i)", a="1",
              b="n"),
        apply("C", "textbook.sum_scale", "sum(i=1..n: e*c(i)) = e*sum(i=1..n: c(i))", f="i -> e*c(i)", g="i -> c(i)",
              c="e", a="1", b="n"),
        apply("D", "textbook.double_sum", f="i, j -> c(i)*(v(j)*max(z(j,i), 0))", n="n", k="w"),
        intro("u", "all j:int | 1 <= j, j <= w => sum(i=1..n: c(i)*(v(j)*max(z(j,i), 0)))"
              " = v(j)*sum(i=1..n: c(i)*max(z(j,i), 0))", "j1 j2",
              intro("t2", f"{_EACH}c(i)*(v(j)*max(z(j,i), 0)) = v(j)*(c(i)*max(z(j,i), 0))", "i1 i2", combine("w1")),
              apply("z1", "textbook.sum_scale", f="i -> c(i)*(v(j)*max(z(j,i), 0))", g="i -> c(i)*max(z(j,i), 0)",
                    c="v(j)", a="1", b="n")),
        apply("E", "textbook.sum_cong", f="j -> sum(i=1..n: c(i)*(v(j)*max(z(j,i), 0)))",
              g="j -> v(j)*sum(i=1..n: c(i)*max(z(j,i), 0))", a="1", b="w"),
        combine("C2", "sum(i=1..n: e*c(i)) = 0", "C hc"), combine("end", facts="A B C2 D E", rounds=5),
    ),
)

LEMMAS = (CIRCUIT_AFFINE, SEPARATED, CONSTANT_ON, CONSTANT_OFF, JENSEN, ENDS_ON, ENDS_OFF, OUTPUT_SUM)

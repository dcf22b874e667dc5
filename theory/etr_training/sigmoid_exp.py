"""The sigmoid and the exponential define each other, and a single sigmoid sink is decided by products of odds.

y = sigma(u) exactly if some e has e = exp(u) and y (1 + e) = e; y = exp(u) exactly if some s has s = sigma(u) and
y (1 - s) = s. A sigmoid sink on an affine layer fits labels r_i in (0, 1) exactly if the logits log(r_i/(1 - r_i)) are
affine in the inputs, and then the odds r_i/(1 - r_i) of every affine circuit with integer coefficients multiply to 1;
for rational inputs, such as m x(i,k) = z(i,k) with integers z, this is also sufficient.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod

from theory.etr_training import affine_consistency
from theory.language import Claim, Comparison, Control, Kill, Lemma, Source, Survivor, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, compute, induct, intro, obtain, witness
from theory.language.errors import InputError, explain
from theory.language.notation import substitution
from theory.language.substitution import substitute

Number = int | Fraction
SIGMA = "{y}*(1 + exp(-{u})) = 1"
"""y = sigma(u), without a denominator."""

_Z = "(sum(k=1..d: a(k)*x(i,k)) + b)"
_ODDS = "(r(i)/(1 - r(i)))"
_ON = "1 <= i, i <= n"

SUM_VANISHES = Lemma(
    "etr_training.circuit_vanishes", "An affine circuit annihilates the values of an affine function",
    statement("all n d:int, x:(i:int,k:int)->real, a c:int->real, b:real | hn: 0 <= n, hd: 0 <= d,"
              " h0: sum(i=1..n: c(i)) = 0, hk: (all k:int | 1 <= k, k <= d => sum(i=1..n: c(i)*x(i,k)) = 0)"
              f" => sum(i=1..n: c(i)*{_Z}) = 0"),
    (
        induct("I", "all l:int | 0 <= l => (all | l <= d => sum(i=1..n: c(i)*(sum(k=1..l: a(k)*x(i,k)) + b)) = 0)",
               "hl ih",
               [intro("z", None, "g",
                      intro("e", f"all i:int | {_ON} => c(i)*(sum(k=1..0: a(k)*x(i,k)) + b) = b*c(i)", "i1 i2",
                            apply("o", "ax.sum_empty", f="k -> a(k)*x(i,k)", a="1", b="0"), combine("y", facts="o")),
                      apply("s", "textbook.sum_scale", f="i -> c(i)*(sum(k=1..0: a(k)*x(i,k)) + b)", g="i -> c(i)",
                            c="b", a="1", b="n"),
                      combine("y", facts="s h0"))],
               [intro("z", None, "g", apply("u", "ih"), apply("v", "hk", k="l + 1"),
                      intro("e", f"all i:int | {_ON} => c(i)*(sum(k=1..l + 1: a(k)*x(i,k)) + b)"
                                 " = c(i)*(sum(k=1..l: a(k)*x(i,k)) + b) + a(l + 1)*(c(i)*x(i,l + 1))", "i1 i2",
                            apply("o", "ax.sum_last", f="k -> a(k)*x(i,k)", a="1", b="l + 1"), combine("y", facts="o")),
                      apply("s", "textbook.sum_cong", f="i -> c(i)*(sum(k=1..l + 1: a(k)*x(i,k)) + b)",
                            g="i -> c(i)*(sum(k=1..l: a(k)*x(i,k)) + b) + a(l + 1)*(c(i)*x(i,l + 1))", a="1", b="n"),
                      apply("t", "textbook.sum_add", f="i -> c(i)*(sum(k=1..l: a(k)*x(i,k)) + b)",
                            g="i -> a(l + 1)*(c(i)*x(i,l + 1))", a="1", b="n"),
                      apply("w", "textbook.sum_scale",
                            "sum(i=1..n: a(l + 1)*(c(i)*x(i,l + 1))) = a(l + 1)*sum(i=1..n: c(i)*x(i,l + 1))",
                            f="i -> a(l + 1)*(c(i)*x(i,l + 1))", g="i -> c(i)*x(i,l + 1)", c="a(l + 1)", a="1", b="n"),
                      combine("y", facts="s t w u v", rounds=5))]),
        apply("J", "I", l="d"), apply("end", "J"),
    ),
)

LOG_PRODUCT = Lemma(
    "etr_training.log_product", "The logarithm of a product of powers is the sum of multiples of logarithms",
    statement(f"all n:int, w:int->real, p:int->int | hn: 0 <= n, hw: (all i:int | {_ON} => 0 < w(i)),"
              f" hp: (all i:int | {_ON} => 0 <= p(i)) => some | 0 < prod(i=1..n: pow(w(i), p(i))),"
              " log(prod(i=1..n: pow(w(i), p(i)))) = sum(i=1..n: p(i)*log(w(i)))"),
    (
        induct("I", "all l:int | 0 <= l => (all | l <= n => some | 0 < prod(i=1..l: pow(w(i), p(i))),"
                    " log(prod(i=1..l: pow(w(i), p(i)))) = sum(i=1..l: p(i)*log(w(i))))", "hl ih",
               [intro("z", None, "g", apply("e", "ax.prod_empty", f="i -> pow(w(i), p(i))", a="1", b="0"),
                      apply("s", "ax.sum_empty", f="i -> p(i)*log(w(i))", a="1", b="0"),
                      apply("o", "textbook.log_one"),
                      apply("c", "ax.cong", f="t -> log(t)", x="prod(i=1..0: pow(w(i), p(i)))", y="1"),
                      combine("p1", "0 < prod(i=1..0: pow(w(i), p(i)))", "e"),
                      combine("p2", "log(prod(i=1..0: pow(w(i), p(i)))) = sum(i=1..0: p(i)*log(w(i)))", "c s o"),
                      witness("y"))],
               [intro("z", None, "g", apply("u", "ih"), apply("w1", "hw", i="l + 1"), apply("p1", "hp", i="l + 1"),
                      apply("e", "ax.prod_last", f="i -> pow(w(i), p(i))", a="1", b="l + 1"),
                      apply("s", "ax.sum_last", f="i -> p(i)*log(w(i))", a="1", b="l + 1"),
                      apply("q1", "textbook.pow_pos", x="w(l + 1)", n="p(l + 1)"),
                      apply("q2", "textbook.log_pow", x="w(l + 1)", n="p(l + 1)"),
                      obtain("y", "u", "u1 u2",
                             apply("m", "textbook.log_mul", x="prod(i=1..l: pow(w(i), p(i)))",
                                   y="pow(w(l + 1), p(l + 1))"),
                             apply("c", "ax.cong", f="t -> log(t)", x="prod(i=1..l + 1: pow(w(i), p(i)))",
                                   y="prod(i=1..l: pow(w(i), p(i)))*pow(w(l + 1), p(l + 1))"),
                             combine("x1", "0 < prod(i=1..l + 1: pow(w(i), p(i)))", "e u1 q1"),
                             combine("x2", "log(prod(i=1..l + 1: pow(w(i), p(i)))) = sum(i=1..l + 1: p(i)*log(w(i)))",
                                     "c m q2 s u2"),
                             witness("x")))]),
        apply("J", "I", l="n"), apply("end", "J"),
    ),
)

LOGIT = Lemma(
    "etr_training.logit", "sigma(u) = r exactly if u is the logit of r",
    statement("all u r:real | h0: 0 < r, h1: r < 1 => some | (all | 1/(1 + exp(-u)) = r => u = log(r/(1 - r))),"
              " (all | u = log(r/(1 - r)) => 1/(1 + exp(-u)) = r)"),
    (
        combine("p", "0 < 1 - r", "h1"), apply("e", "ax.exp_pos", a="-u"), combine("d", "0 < 1 + exp(-u)", "e"),
        apply("rp", "ax.recip_pos", x="1 - r"), combine("o", "0 < r/(1 - r)", "h0 rp"),
        apply("a", "ax.exp_add", "exp(u - u) = exp(u)*exp(-u)", a="u", b="-u"), apply("z", "ax.exp_zero"),
        intro("A", "all | 1/(1 + exp(-u)) = r => u = log(r/(1 - r))", "g",
              combine("b", "1 = r*(1 + exp(-u))", "g d"), combine("c", "exp(u)*(1 - r) = r", "a z b"),
              combine("f", "exp(u) = r/(1 - r)", "c p", mul="p"),
              apply("l", "ax.log_exp", x="u"), apply("k", "ax.cong", f="t -> log(t)", x="exp(u)", y="r/(1 - r)"),
              combine("y", facts="l k")),
        intro("B", "all | u = log(r/(1 - r)) => 1/(1 + exp(-u)) = r", "g",
              apply("l", "ax.exp_log", x="r/(1 - r)"),
              apply("k", "ax.cong", f="t -> exp(t)", x="u", y="log(r/(1 - r))"),
              combine("c", "exp(u)*(1 - r) = r", "l k p"), apply("ep", "ax.exp_pos", a="u"),
              combine("b", "r*(1 + exp(-u)) = 1", "a z c", mul="ep"), combine("y", facts="b d", mul="d")),
        witness("end"),
    ),
)

_PQ = tuple(f"prod(i=1..n: pow(w(i), {name}(i)))" for name in "ps")
_DIFFERENCE = "sum(i=1..n: (p(i) - s(i))*log(w(i)))"

CIRCUIT_LOGS = Lemma(
    "etr_training.circuit_logs", "Two products of powers are equal exactly if the sum of multiples of logarithms is 0",
    statement(f"all n:int, w:int->real, p s:int->int | hn: 0 <= n, hw: (all i:int | {_ON} => 0 < w(i)),"
              f" hp: (all i:int | {_ON} => 0 <= p(i)), hs: (all i:int | {_ON} => 0 <= s(i)) => some |"
              f" (all | {_PQ[0]} = {_PQ[1]} => {_DIFFERENCE} = 0), (all | {_DIFFERENCE} = 0 => {_PQ[0]} = {_PQ[1]})"),
    (
        intro("e", f"all i:int | {_ON} => (p(i) - s(i))*log(w(i)) = 1*(p(i)*log(w(i))) + -1*(s(i)*log(w(i)))",
              "i1 i2", combine("z")),
        apply("t", "etr_training.sum_pair", f="i -> p(i)*log(w(i))", g="i -> s(i)*log(w(i))",
              h="i -> (p(i) - s(i))*log(w(i))", s="1", t="-1", n="n"),
        apply("P", "etr_training.log_product", n="n", w="i -> w(i)", p="i -> p(i)"),
        apply("Q", "etr_training.log_product", n="n", w="i -> w(i)", p="i -> s(i)"),
        obtain("end", "P", "P1 P2", obtain(
            "y", "Q", "Q1 Q2",
            intro("A", f"all | {_PQ[0]} = {_PQ[1]} => {_DIFFERENCE} = 0", "g",
                  apply("k", "ax.cong", f="t -> log(t)", x=_PQ[0], y=_PQ[1]),
                  combine("z", facts="k P2 Q2 t", rounds=5)),
            intro("B", f"all | {_DIFFERENCE} = 0 => {_PQ[0]} = {_PQ[1]}", "g",
                  combine("same", f"log({_PQ[0]}) = log({_PQ[1]})", "P2 Q2 t g", rounds=5),
                  apply("k", "ax.cong", f="t -> exp(t)", x=f"log({_PQ[0]})", y=f"log({_PQ[1]})"),
                  apply("E1", "ax.exp_log", x=_PQ[0]), apply("E2", "ax.exp_log", x=_PQ[1]),
                  combine("z", facts="k E1 E2")),
            witness("x"))),
    ),
)

LEMMAS = (*affine_consistency.LEMMAS, SUM_VANISHES, LOG_PRODUCT, CIRCUIT_LOGS, LOGIT)


def odds_product(labels: Sequence[Number], circuit: Sequence[int]) -> Fraction:
    """Return the product of the (r/(1 - r))^c over labels r in (0, 1) and integers c: 1 for circuits of a fitted sink.

    Raises InputError for labels outside (0, 1) and for lists of different lengths.
    """
    if len(labels) != len(circuit):
        raise InputError(explain("odds_product", "one coefficient for each label", f"{len(circuit)} for {len(labels)}",
                                 "Give 0 to the labels outside the circuit."))
    values = [Fraction(r) for r in labels]
    if any(not 0 < r < 1 for r in values):
        raise InputError(explain("odds_product", "labels strictly between 0 and 1", [str(r) for r in values],
                                 "A sigmoid takes no other value."))
    return prod(((r / (1 - r)) ** c for r, c in zip(values, circuit)), start=Fraction(1))


_FIT = f"(all i:int | {_ON} => 1/(1 + exp(-{_Z})) = r(i))"
_LOGITS = f"(all i:int | {_ON} => {_Z} = log({_ODDS}))"
_PARAMETERS = "a:int->real, b:real"
_CIRCUIT = (f"(all i:int | {_ON} => 0 <= p(i)), (all i:int | {_ON} => 0 <= s(i)), sum(i=1..n: p(i) - s(i)) = 0,"
            " (all k:int | 1 <= k, k <= d => sum(i=1..n: (p(i) - s(i))*x(i,k)) = 0)")
_PRODUCTS = f"prod(i=1..n: pow({_ODDS}, p(i))) = prod(i=1..n: pow({_ODDS}, s(i)))"

_PARTS = (
    f"all u y:real | {SIGMA.format(y='y', u='u')} => some v:real | v = exp(u), y*(1 + v) = v",
    f"all u y v:real | v = exp(u), y*(1 + v) = v => {SIGMA.format(y='y', u='u')}",
    f"all u y:real | y = exp(u) => some v:real | {SIGMA.format(y='v', u='u')}, y*(1 - v) = v",
    f"all u y v:real | {SIGMA.format(y='v', u='u')}, y*(1 - v) = v => y = exp(u)",
    f"all {_PARAMETERS} | {_FIT} => {_LOGITS}",
    f"all {_PARAMETERS} | {_LOGITS} => {_FIT}",
    f"all {_PARAMETERS}, p s:int->int | {_FIT}, {_CIRCUIT} => {_PRODUCTS}",
    f"all z:(i:int,k:int)->int, m:int | 1 <= m, (all i k:int | {_ON}, 1 <= k, k <= d => x(i,k)*m = z(i,k)),"
    f" (all p s:int->int | {_CIRCUIT} => {_PRODUCTS}) => some {_PARAMETERS} | {_FIT}",
)
_DATA = "all n d:int, x:(i:int,k:int)->real, r:int->real"
_LABELS = f"(all i:int | {_ON} => 0 < r(i)), (all i:int | {_ON} => 0 < 1 - r(i))"

STATEMENT = statement(f"{_DATA} | 0 <= n, 0 <= d, {_LABELS} => some | {', '.join(f'({part})' for part in _PARTS)}")
"""H1, H2 sizes; H3, H4 labels in (0, 1)."""

_INVERSES = (apply("e0", "ax.exp_pos", a="u"), apply("e1", "ax.exp_pos", a="-u"),
            apply("ea", "ax.exp_add", "exp(u - u) = exp(u)*exp(-u)", a="u", b="-u"), apply("ez", "ax.exp_zero"),
            combine("ei", "exp(u)*exp(-u) = 1", "ea ez"), combine("ed", "0 < 1 + exp(-u)", "e1"))


def _inverse(*unused: str) -> tuple[Step, ...]:
    """exp(u) exp(-u) = 1 and the signs that are needed."""
    return tuple(step for step in _INVERSES if step.id not in unused)



_LOG_SUM = f"sum(i=1..n: (p(i) - s(i))*log({_ODDS}))"


def _for_parts(factor: str, name: str) -> tuple[Step, ...]:
    """The fact `name`: p - s and c have one sum against the factor."""
    return (intro(f"{name}'", f"all i:int | {_ON} => (p(i) - s(i)){factor} = c(i){factor}", "i1 i2",
                  apply("g", "ps", i="i"), combine("x", facts="g")),
            apply(name, "textbook.sum_cong", f=f"i -> (p(i) - s(i)){factor}", g=f"i -> c(i){factor}", a="1", b="n"))


_DERIVATION = (
    intro("od", f"all i:int | {_ON} => 0 < {_ODDS}", "i1 i2", apply("h3", "H3", i="i"), apply("h4", "H4", i="i"),
          apply("rp", "ax.recip_pos", x="1 - r(i)"), combine("z", facts="h3 rp")),
    intro("A1", _PARTS[0], "h", *_inverse("e0", "e1", "ed"), combine("q", "y*(1 + exp(u)) = exp(u)", "h ei"),
          witness("z", v="exp(u)")),
    intro("A2", _PARTS[1], "g h", *_inverse("e1", "ed"), combine("q", "y*(1 + exp(u)) = exp(u)", "g h"),
          combine("z", facts="q ei", mul="e0")),
    intro("B1", _PARTS[2], "h", *_inverse("e0"), combine("g1", "1/(1 + exp(-u))*(1 + exp(-u)) = 1", "ed"),
          combine("g2", "y*(1 - 1/(1 + exp(-u))) = 1/(1 + exp(-u))", "h ei ed", rounds=3, mul="ed"),
          witness("z", v="1/(1 + exp(-u))")),
    intro("B2", _PARTS[3], "g h", *_inverse("e0"),
          combine("c", "y*exp(-u) = 1", "g h", mul="ed", rounds=3), combine("z", facts="c ei", mul="e1")),
    intro("L1", _PARTS[4], "f", intro("z", None, "i1 i2", apply("g", "f", i="i"), apply("h3", "H3", i="i"),
                                      apply("h4", "H4", i="i"),
                                      apply("l", "etr_training.logit", u=_Z, r="r(i)"),
                                      obtain("y", "l", "u1 u2", apply("x", "u1")))),
    intro("L2", _PARTS[5], "f", intro("z", None, "i1 i2", apply("g", "f", i="i"), apply("h3", "H3", i="i"),
                                      apply("h4", "H4", i="i"),
                                      apply("l", "etr_training.logit", u=_Z, r="r(i)"),
                                      obtain("y", "l", "u1 u2", apply("x", "u2")))),
    intro("M", _PARTS[6], "f p1 s1 c0 ck",
          apply("v", "etr_training.circuit_vanishes", n="n", d="d", x="i, k -> x(i,k)", a="k -> a(k)",
                c="i -> p(i) - s(i)", b="b"),
          apply("lg", "L1", a="k -> a(k)", b="b"),
          intro("e", f"all i:int | {_ON} => (p(i) - s(i))*{_Z} = (p(i) - s(i))*log({_ODDS})", "i1 i2",
                apply("g", "lg", i="i"), combine("z", facts="g")),
          apply("t", "textbook.sum_cong", f=f"i -> (p(i) - s(i))*{_Z}", g=f"i -> (p(i) - s(i))*log({_ODDS})", a="1",
                b="n"),
          apply("C", "etr_training.circuit_logs", n="n", w=f"i -> {_ODDS}", p="i -> p(i)", s="i -> s(i)"),
          obtain("z", "C", "C1 C2", combine("k", f"{_LOG_SUM} = 0", "t v"), apply("y", "C2"))),
    intro("K", _PARTS[7], "m1 xz pr",
          intro("cc", "all c:int->int | sum(i=1..n: c(i)) = 0, (all k:int | 1 <= k, k <= d => sum(i=1..n: c(i)*x(i,k))"
                      f" = 0) => sum(i=1..n: c(i)*log({_ODDS})) = 0", "c0 ck",
                apply("T", "etr_training.two_parts", c="i -> c(i)"),
                obtain("z", "T", "p0 s0 ps",
                       *(intro(f"n{v}", f"all i:int | {_ON} => 0 <= {v}(i)", "i1 i2", apply("y", f"{v}0", i="i"))
                         for v in "ps"),
                       *_for_parts("", "t0"), combine("pc", "sum(i=1..n: p(i) - s(i)) = 0", "t0 c0"),
                       intro("pk", "all k:int | 1 <= k, k <= d => sum(i=1..n: (p(i) - s(i))*x(i,k)) = 0", "k1 k2",
                             *_for_parts("*x(i,k)", "tk"), apply("g", "ck", k="k"), combine("y", facts="tk g")),
                       apply("eq", "pr", p="i -> p(i)", s="i -> s(i)"),
                       apply("C", "etr_training.circuit_logs", n="n", w=f"i -> {_ODDS}", p="i -> p(i)", s="i -> s(i)"),
                       *_for_parts(f"*log({_ODDS})", "tl"),
                       obtain("y", "C", "C1 C2", apply("l", "C1"), combine("x", facts="l tl")))),
          apply("A", "etr_training.affine_consistency", n="n", d="d", m="m", x="i, k -> x(i,k)", z="i, k -> z(i,k)",
                y=f"i -> log({_ODDS})"),
          obtain("z", "A", "f", apply("w", "L2", a="k -> a(k)", b="b"), witness("y", a="k -> a(k)", b="b"))),
    witness("end"),
)

INSTANCE = Witness((witness("end", n="3", d="1", x="i, k -> i - 1", r="i -> [[1/2,3/4,9/10]][1,i]"),))
"""Labels 1/2, 3/4, 9/10 at 0, 1, 2, fitted by a = log(3), b = 0 alone."""

_NO_FIT = f"(all {_PARAMETERS} => some i:int | {_ON}, 1/(1 + exp(-{_Z})) != r(i))"
_UNFIT = statement(f"{_DATA} | 0 <= n, 0 <= d, {_LABELS}, {_NO_FIT} => 1 <= 0")
_THREE = {"n": "3", "d": "1", "x": "i, k -> i - 1", "r": "i -> [[1/2,3/4,4/5]][1,i]"}


def _value(i: int) -> str:
    return f"1/(1 + exp(-(sum(k=1..1: a(k)*({i} - 1)) + b)))"


def _power(i: int) -> tuple[Step, ...]:
    """The fact `f<i>`: exp(-z) at the i-th point as exp(-b) exp(-a(1))^(i - 1)."""
    z, body = f"-(sum(k=1..1: a(k)*({i} - 1)) + b)", f"k -> a(k)*({i} - 1)"
    return (apply(f"s{i}", "ax.sum_last", f=body, a="1", b="1"), apply(f"o{i}", "ax.sum_empty", f=body, a="1", b="0"),
            apply(f"c{i}", "ax.cong", f"exp({z}) = exp(-(a(1)*{i - 1} + b))", f="t -> exp(t)", x=z,
                  y=f"-(a(1)*{i - 1} + b)"),
            combine(f"f{i}", f"exp({z}) = exp(-b)*exp(-a(1))^{i - 1}", f"c{i} g2 g3", rounds=3),
            apply(f"p{i}", "ax.exp_pos", a=z), combine(f"d{i}", f"0 < 1 + exp({z})", f"p{i}"))


_NO_LOGITS = intro(
    "none", substitute(_UNFIT.hypotheses[-1][1], {name: substitution(value) for name, value in _THREE.items()}), "",
    apply("g2", "ax.exp_add", "exp(-(a(1)*1 + b)) = exp(-b)*exp(-a(1))", a="-b", b="-a(1)"),
    apply("g3", "ax.exp_add", "exp(-(a(1)*2 + b)) = exp(-(a(1)*1 + b))*exp(-a(1))", a="-(a(1)*1 + b)", b="-a(1)"),
    *_power(1), *_power(2), *_power(3),
    apply("or1", "ax.eq_or_ne", x=_value(1), y="1/2"), apply("or2", "ax.eq_or_ne", x=_value(2), y="3/4"),
    cases("z", "or1", "k1",
          [cases("y", "or2", "k2",
                 [combine("e1", "exp(-b) = 1", "k1 f1 d1", rounds=3),
                  combine("e2", "exp(-a(1)) = 1/3", "k2 f2 d2 e1", rounds=4),
                  combine("v", f"{_value(3)} = 9/10", "f3 e1 e2 d3", mul="d3", rounds=4),
                  combine("w", f"4/5 < {_value(3)}", "v"), witness("x", i="3")],
                 [witness("x", i="2")])],
          [witness("y", i="1")]))

_UNBALANCED = statement(
    f"{_DATA}, {_PARAMETERS}, p s:int->int | 0 <= n, 0 <= d, {_LABELS}, {_FIT},"
    f" {_CIRCUIT.replace(' sum(i=1..n: p(i) - s(i)) = 0,', '')} => {_PRODUCTS}")

CONTROLS = (
    Control("any_labels", "labels in (0, 1) can always be fitted: 1/2, 3/4, 4/5 at 0, 1, 2, where 4 is not 9", _UNFIT,
            Witness((_NO_LOGITS, witness("end", **_THREE)))),
    Control("unbalanced_circuit", "the coefficients of a circuit need not add up to 0: the odds of one label 3/4 are 3",
            _UNBALANCED,
            Witness((
                intro("fit", "all i:int | 1 <= i, i <= 1 => 1/(1 + exp(-(sum(k=1..0: 0*0) + log(3)))) = 3/4", "i1 i2",
                      apply("o", "ax.sum_empty", f="k -> 0*0", a="1", b="0"),
                      compute("c", "(3/4)/(1 - 3/4) = 3"),
                      apply("k", "ax.cong", f="t -> log(t)", x="(3/4)/(1 - 3/4)", y="3"),
                      combine("u", "sum(k=1..0: 0*0) + log(3) = log((3/4)/(1 - 3/4))", "o k"),
                      apply("l", "etr_training.logit", u="sum(k=1..0: 0*0) + log(3)", r="3/4"),
                      obtain("z", "l", "u1 u2", apply("y", "u2"))),
                witness("end", n="1", d="0", x="i, k -> 0", r="i -> 3/4", a="k -> 0", b="log(3)", p="i -> 1",
                        s="i -> 0")))),
)

ATTACKED = statement(
    "all n:int, x p s:int->int, r:int->real, E R:real | 0 <= n, 0 < E, 0 < R,"
    f" (all i:int | {_ON} => 0 <= x(i)), (all i:int | {_ON} => r(i)*(1 + E*pow(R, x(i))) = 1),"
    f" (all i:int | {_ON} => 0 <= p(i)), (all i:int | {_ON} => 0 <= s(i)), sum(i=1..n: p(i) - s(i)) = 0,"
    f" sum(i=1..n: (p(i) - s(i))*x(i)) = 0 => {_PRODUCTS}")
"""Products of odds for one input with values 0, 1, 2, ..., with E = exp(-b) and R = exp(-a): rational throughout."""


def _point(name: str, **changed: str) -> Kill:
    given = {"n": "3", "E": "1", "R": "1/3", "x": "i -> [[0,1,2]][1,i]", "r": "i -> [[1/2,3/4,9/10]][1,i]",
             "p": "i -> [[1,0,1]][1,i]", "s": "i -> [[0,2,0]][1,i]"} | changed
    return Kill(name, Witness((witness("end", **given),)))


_UP, _ONE = "i -> [[{}]][1,i]", {"p": "i -> [[1]][1,i]", "s": "i -> [[0]][1,i]"}
KILLS = (
    _point("labels 1/2, 3/4, 9/10"), _point("4/5 in place of 9/10", r=_UP.format("1/2,3/4,4/5")),
    _point("4/5 in place of 3/4", r=_UP.format("1/2,4/5,9/10")), _point("odds 4, 12, 36", E="1/4",
                                                                       r=_UP.format("4/5,12/13,36/37")),
    _point("one label", n="1", x=_UP.format("0"), r=_UP.format("3/4"), E="1/3", **_ONE),
    _point("two labels", n="2", p=_UP.format("1,0"), s=_UP.format("0,1"), r=_UP.format("1/2,3/4"),
           x=_UP.format("0,1")),
    _point("another first label", r=_UP.format("1/3,3/4,9/10")),
    _point("labels one place late", r=_UP.format("1/5,1/2,3/4,9/10")),
    _point("an input of the first label", n="2", p=_UP.format("1,0"), s=_UP.format("0,1"), x=_UP.format("1,0"),
           r=_UP.format("3/4,1/2")),
    _point("weights of two labels", n="2", p=_UP.format("2,0"), s=_UP.format("0,1"), E="1/3", x=_UP.format("0,0"),
           r=_UP.format("3/4,3/4")),
)

SURVIVORS = (
    Survivor(("drop H1", "drop H4", "drop H6", "drop H7", "shift H4, end 1 of the range of i",
              "shift H4, end n of the range of i", "shift H4, index i of x", "shift H6, end 1 of the range of i",
              "shift H6, end n of the range of i", "shift H6, index i of p", "shift H7, end 1 of the range of i",
              "shift H7, end n of the range of i", "shift H7, index i of s"),
             "powers with a negative exponent have no value in the grammar; with the usual one, and empty products for"
             " n < 0, the equation stays true"),
    Survivor(("drop H2", "drop H3", "strictness H2", "strictness H3"),
             "odds 1/(E R^x): true for every E and R that are not 0, and no evaluation gives 1/0 a value"),
)

CLAIM = Claim(
    id="etr_training.sigmoid_exp",
    title="The sigmoid and the exponential define each other; a sigmoid sink asks for products of odds",
    statement=STATEMENT,
    source=Source("T. Hankala, M. Hannula, J. Kontinen, J. Virtema", 2023, "Complexity of Neural Network Training"
                                                                           " and ETR:"
                  " Extensions with Effectively Continuous Functions", "reconstructed", arxiv="2305.11833",
                  note="That training with sigmoids and ETR with exp are"
                       " equally decidable is in the abstract seen; the translations and the sink are reconstructed."),
    summary="Both functions are definable from each other by one polynomial equation; logits of a sink are affine"
            " exactly if it fits.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    kills=KILLS,
    attacked=ATTACKED,
    comparison=(
        Comparison("translation",
                   "y = sigma(x) iff some e = exp(x) with y (1 + e) = e, and back",
                   "both equivalences, for all reals, y = sigma(x) as y (1 + exp(-x)) = 1",
                   "as stated; linear size is counted by the compiler, not here"),
        Comparison("single sink",
                   "fit iff the logits are affinely consistent",
                   "1/(1 + exp(-z_i)) = r_i for all i iff z_i = log(r_i/(1 - r_i)) for all i, z affine",
                   "as stated, all n and d"),
        Comparison("circuits",
                   "fit iff the odds of every affine circuit with integer coefficients multiply to 1",
                   "a fit gives the products for real inputs; the products give a fit for inputs with a common"
                   " denominator m, all n and d (the alternative of Fredholm, by projections on integer columns)",
                   "as stated; negative coefficients stand on the other side"),
        Comparison("decidability",
                   "under the conjecture of Schanuel",
                   "not stated",
                   "decidability is not expressible"),
        Comparison("attack",
                   "",
                   "mutants are made of the products for one input with values 0, 1, 2, ...",
                   "rational there: exp(-b) and exp(-a) are positive numbers E and R"),
    ),
    tightness="Equivalences; the labels 1/2, 3/4, 9/10 at 0, 1, 2 are fitted by log(3) alone.",
    survivors=SURVIVORS,
)

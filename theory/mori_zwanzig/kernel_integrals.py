"""Transition kernels between two finite measures: duality of two operators, Jensen's inequality under a density.

(M u)(x) is the integral of k(x, y) u(y) over `on`, (N p)(y) that of k(x, y) p(x) over `om`. Everything is bounded, as
in the laws of `integral_laws`; points stand for states of any dimension.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, combine, intro

MU = "integral(y in on: k(x,y)*u(y))"
NP = "integral(x in om: k(x,y)*p(x))"
BOUNDS = ("hk: (all x y:real => abs(k(x,y)) <= K), hp: (all x:real => abs(p(x)) <= P),"
          " hu: (all y:real => abs(u(y)) <= U)")
VARIABLES = "om on:obj, k:(x:real,y:real)->real, p u:real->real, K P U:real"
STOCHASTIC = ("k0: (all x y:real => 0 <= k(x,y)), p0: (all x:real => 0 <= p(x)),"
              " one: (all x:real => integral(y in on: k(x,y)) = 1)")

_BODY = "k(x,y)*p(x)*u(y)"

INTEGRAL_DUAL = Lemma(
    "mori_zwanzig.dual_integrals", "Forward and backward operator of a bounded kernel are dual",
    statement(f"all {VARIABLES} | {BOUNDS} => integral(y in on: {NP}*u(y)) = integral(x in om: p(x)*{MU})"),
    (
        intro("kp", "all x y:real => abs(k(x,y)*p(x)) <= K*P", "", apply("a", "hk", x="x", y="y"),
              apply("b", "hp", x="x"), apply("z", "textbook.abs_mul_le", x="k(x,y)", y="p(x)", u="K", v="P")),
        intro("ku", "all x y:real => abs(k(x,y)*u(y)) <= K*U", "", apply("a", "hk", x="x", y="y"),
              apply("b", "hu", y="y"), apply("z", "textbook.abs_mul_le", x="k(x,y)", y="u(y)", u="K", v="U")),
        intro("kpu", f"all x y:real => abs({_BODY}) <= K*P*U", "", apply("a", "kp", x="x", y="y"),
              apply("b", "hu", y="y"), apply("z", "textbook.abs_mul_le", x="k(x,y)*p(x)", y="u(y)", u="K*P", v="U")),
        intro("l", f"all y:real => {NP}*u(y) = integral(x in om: {_BODY})", "",
              intro("b", "all x:real => abs(k(x,y)*p(x)) <= K*P", "", apply("w", "kp", x="x", y="y")),
              apply("s", "mori_zwanzig.integral_scale", mu="om", f="x -> k(x,y)*p(x)", c="u(y)", B="K*P"),
              combine("z", facts="s")),
        intro("r", f"all x:real => p(x)*{MU} = integral(y in on: {_BODY})", "",
              intro("b", "all y:real => abs(k(x,y)*u(y)) <= K*U", "", apply("w", "ku", x="x", y="y")),
              apply("s", "mori_zwanzig.integral_scale", mu="on", f="y -> k(x,y)*u(y)", c="p(x)", B="K*U"),
              combine("z", facts="s")),
        apply("e1", "cite.integral_equal", mu="on", f=f"y -> {NP}*u(y)", g=f"y -> integral(x in om: {_BODY})"),
        apply("e2", "cite.integral_equal", mu="om", f=f"x -> p(x)*{MU}", g=f"x -> integral(y in on: {_BODY})"),
        apply("fu", "cite.fubini", mu="om", nu="on", f=f"x, y -> {_BODY}", B="K*P*U"),
        combine("end", facts="e1 e2 fu"),
    ),
)


def _bounded_mean(name: str, values: str, bound: str) -> tuple[Step, ...]:
    """|integral of k(x, .) values| <= K bound mass, for every x; `bound` bounds the values (fact `name`v)."""
    mean = f"integral(y in on: k(x,y)*{values})"
    return (
        intro(f"{name}b", f"all x:real => abs({mean}) <= K*({bound})*integral(y in on: 1)", "",
              intro("w", f"all y:real => abs(k(x,y)*{values}) <= K*({bound})", "", apply("a", "hk", x="x", y="y"),
                    apply("b", f"{name}v", y="y"),
                    apply("z1", "textbook.abs_mul_le", x="k(x,y)", y=values, u="K", v=bound)),
              apply("z", "mori_zwanzig.integral_bounded", mu="on", f=f"y -> k(x,y)*{values}", B=f"K*({bound})")),
    )


_MASS = "integral(y in on: 1)"
_SQUARED = "integral(y in on: k(x,y)*(u(y)*u(y)))"
_FIRST = f"P*(K*(U)*{_MASS}*(K*(U)*{_MASS}))"

INTEGRAL_WEIGHTED_JENSEN = Lemma(
    "mori_zwanzig.weighted_jensen_integrals", "Jensen and duality: (M u)^2 under p is at most u^2 under N p",
    statement(f"all {VARIABLES} | {BOUNDS}, {STOCHASTIC}"
              f" => integral(x in om: p(x)*({MU}*{MU})) <= integral(y in on: {NP}*(u(y)*u(y)))"),
    (
        intro("av", "all y:real => abs(u(y)) <= U", "", apply("z", "hu", y="y")),
        intro("sv", "all y:real => abs(u(y)*u(y)) <= U*U", "", apply("a", "hu", y="y"),
              apply("z", "textbook.abs_mul_le", x="u(y)", y="u(y)", u="U", v="U")),
        *_bounded_mean("a", "u(y)", "U"), *_bounded_mean("s", "(u(y)*u(y))", "U*U"),
        intro("b1", f"all x:real => abs(p(x)*({MU}*{MU})) <= {_FIRST}", "", apply("a", "ab", x="x"),
              apply("b", "textbook.abs_mul_le", x=MU, y=MU, u=f"K*(U)*{_MASS}", v=f"K*(U)*{_MASS}"),
              apply("c", "hp", x="x"),
              apply("z", "textbook.abs_mul_le", x="p(x)", y=f"{MU}*{MU}", u="P",
                    v=f"K*(U)*{_MASS}*(K*(U)*{_MASS})")),
        intro("b2", f"all x:real => abs(p(x)*{_SQUARED}) <= P*(K*(U*U)*{_MASS})", "", apply("a", "sb", x="x"),
              apply("c", "hp", x="x"),
              apply("z", "textbook.abs_mul_le", x="p(x)", y=_SQUARED, u="P", v=f"K*(U*U)*{_MASS}")),
        intro("le", f"all x:real => p(x)*({MU}*{MU}) <= p(x)*{_SQUARED}", "",
              intro("kb", "all y:real => abs(k(x,y)) <= K", "", apply("w", "hk", x="x", y="y")),
              intro("kn", "all y:real => 0 <= k(x,y)", "", apply("w", "k0", x="x", y="y")),
              apply("o", "one", x="x"), apply("pp", "p0", x="x"),
              apply("j", "mori_zwanzig.integral_jensen", mu="on", k="y -> k(x,y)", u="y -> u(y)", K="K", U="U"),
              combine("z", facts="j pp")),
        apply("m", "cite.integral_monotone", mu="om", f=f"x -> p(x)*({MU}*{MU})", g=f"x -> p(x)*{_SQUARED}", B=_FIRST,
              C=f"P*(K*(U*U)*{_MASS})"),
        apply("d", "mori_zwanzig.dual_integrals", om="om", on="on", k="x, y -> k(x,y)", p="x -> p(x)",
              u="y -> u(y)*u(y)", K="K", P="P", U="U*U"),
        combine("end", facts="m d"),
    ),
)

LEMMAS: tuple[Lemma, ...] = (INTEGRAL_DUAL, INTEGRAL_WEIGHTED_JENSEN)

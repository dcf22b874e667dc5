"""Interlaced log-convex sequences: if r(k) = O(d^(2k)), the first ratio s(0)/r(0) is at most d.

r(k) and s(k) are the squared norms of (M*M)^k f and M (M*M)^k f; Cauchy-Schwarz makes their ratios increase, so
that the first is the least. This replaces the spectral theorem.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, induct, intro, obtain, witness

POWERS = Lemma(
    "mori_zwanzig.bounded_powers", "If X^k r <= C D^k for all k, then X <= D",
    statement("all D X C r:real | hD: 0 <= D, hr: 0 < r, hb: (all k:int | 0 <= k => pow(X, k)*r <= C*pow(D, k))"
              " => X <= D"),
    (
        apply("o", "ax.total", x="X", y="D"),
        cases("end", "o", "c", [combine("y", facts="c")], [
            apply("o2", "ax.total", x="D", y="0"),
            cases("y", "o2", "e", [
                apply("d0", "ax.antisym", "D = 0", x="D", y="0"), apply("b", "hb", k="1"),
                apply("x0", "ax.pow_zero", b="X"), apply("x1", "ax.pow_succ", b="X", n="0"),
                apply("d1", "ax.pow_succ", b="D", n="0"),
                combine("x", facts="b x0 x1 d1 d0", mul="hr", rounds=4)], [
                induct("I", "all k:int | 0 <= k => pow(D, k)*(D + k*(X - D)) <= D*pow(X, k)", "hk ih",
                       [apply("p1", "ax.pow_zero", b="X"), apply("p2", "ax.pow_zero", b="D"),
                        combine("z", facts="p1 p2", rounds=3)],
                       [apply("p1", "ax.pow_succ", b="X", n="k"), apply("p2", "ax.pow_succ", b="D", n="k"),
                        apply("q", "textbook.pow_pos", x="D", n="k"),
                        combine("X0", "0 < X", "c e"),
                        combine("m1", "pow(D, k)*(D + k*(X - D))*X <= D*pow(X, k)*X", "ih X0"),
                        combine("m2", "0 <= k*(X - D)*(X - D)", "hk c", squares=("X - D",)),
                        combine("m3", "0 <= pow(D, k)*(k*(X - D)*(X - D))", "m2 q"),
                        combine("z", facts="m1 m3 p1 p2", rounds=3)]),
                apply("z0", "hb", k="0"), apply("p1", "ax.pow_zero", b="X"), apply("p2", "ax.pow_zero", b="D"),
                combine("C0", "0 < C", "z0 p1 p2 hr"),
                combine("g", "0 < (X - D)*r", "c hr"), apply("gi", "ax.recip_pos", x="(X - D)*r"),
                combine("DC", "0 < D*C", "e C0"), combine("N", "0 < D*C/((X - D)*r)", "DC gi"),
                apply("n1", "ax.ceil_ge", x="D*C/((X - D)*r)"),
                combine("n0", "0 <= ceil(D*C/((X - D)*r))", "N n1"),
                apply("b", "hb", k="ceil(D*C/((X - D)*r))"), apply("i", "I", k="ceil(D*C/((X - D)*r))"),
                apply("q", "textbook.pow_pos", x="D", n="ceil(D*C/((X - D)*r))"),
                combine("b2", "D*(pow(X, ceil(D*C/((X - D)*r)))*r) <= D*(C*pow(D, ceil(D*C/((X - D)*r))))", "b e"),
                combine("i2", "pow(D, ceil(D*C/((X - D)*r)))*(D + ceil(D*C/((X - D)*r))*(X - D))*r"
                        " <= D*pow(X, ceil(D*C/((X - D)*r)))*r", "i hr"),
                combine("s", "(D + ceil(D*C/((X - D)*r))*(X - D))*r <= D*C", "b2 i2", mul="q"),
                combine("t", "D*C <= ceil(D*C/((X - D)*r))*((X - D)*r)", "n1 g", rounds=3),
                combine("u", "D*r <= 0", "s t"),
                combine("De", "0 < D*r", "e hr"),
                combine("x", facts="u c", mul="De", degree=2)])])),
)

_X = "s(0)*s(0)/(r(0)*r(0))"
_RISE = (
    combine("pr", "0 < s(0)*r(k)", "p i1"), combine("sp", "0 < s(k)", "i2 pr", mul="e"),
    combine("sq", "0 < s(k)*s(k)", "sp"), combine("rp", "0 < r(k + 1)", "u sq", mul="i1"),
    combine("f", "s(0)*s(k) <= r(0)*r(k + 1)", "u i2 e sp", mul="i1"),
    combine("g", "s(0)*r(k + 1) <= r(0)*s(k + 1)", "v f e rp", mul="sp"), witness("y"),
)

LOG_CONVEX = Lemma(
    "mori_zwanzig.log_convex", "Interlaced log-convex sequences of order d^(2k) start with a ratio of at most d",
    statement("all r s:int->real, C d:real | hd: 0 <= d, r0: (all k:int | 0 <= k => 0 <= r(k)),"
              " s0: (all k:int | 0 <= k => 0 <= s(k)), hs: (all k:int | 0 <= k => s(k)*s(k) <= r(k)*r(k+1)),"
              " hr: (all k:int | 0 <= k => r(k+1)*r(k+1) <= s(k)*s(k+1)),"
              " hb: (all k:int | 0 <= k => r(k) <= C*pow(d*d, k)) => s(0) <= d*r(0)"),
    (
        apply("o", "ax.total", x="s(0)", y="d*r(0)"), apply("a", "r0", k="0"),
        cases("end", "o", "c", [combine("y", facts="c")], [
            combine("dr", "0 <= d*r(0)", "hd a"), combine("p", "0 < s(0)", "c dr"), apply("h0", "hs", k="0"),
            apply("o2", "ax.total", x="r(0)", y="0"),
            cases("y", "o2", "e", [
                apply("z", "ax.antisym", "r(0) = 0", x="r(0)", y="0"),
                combine("w", "s(0)*s(0) <= 0", "h0 z"), combine("x", facts="w dr p", mul="p", degree=2)], [
                induct("I", "all k:int | 0 <= k => some | 0 < r(k), s(0)*r(k) <= r(0)*s(k)", "hk ih",
                       [combine("t", "s(0)*r(0) <= r(0)*s(0)"), witness("z")],
                       [apply("u", "hs", k="k"), apply("v", "hr", k="k"), obtain("z", "ih", "i1 i2", *_RISE)]),
                combine("rr", "0 < r(0)*r(0)", "e"), apply("ri", "ax.recip_pos", x="r(0)*r(0)"),
                intro("A", f"all k:int | 0 <= k => {_X}*r(k) <= r(k + 1)", "k1",
                      apply("i", "I", k="k"), apply("u", "hs", k="k"), apply("w", "s0", k="k"),
                      obtain("t", "i", "i1 i2",
                             combine("f", "s(0)*s(k) <= r(0)*r(k + 1)", "u i2 e w", mul="i1"),
                             combine("g", "s(0)*s(0)*r(k) <= r(0)*r(0)*r(k + 1)", "f i2 e p"),
                             combine("h", facts="g rr", mul="rr", rounds=3))),
                induct("J", f"all k:int | 0 <= k => pow({_X}, k)*r(0) <= r(k)", "hk ih",
                       [apply("w", "ax.pow_zero", b=_X), combine("z", facts="w")],
                       [apply("w", "ax.pow_succ", b=_X, n="k"), apply("f", "A", k="k"),
                        combine("x0", f"0 <= {_X}", "ri", squares=("s(0)",)),
                        combine("g", f"pow({_X}, k)*r(0)*({_X}) <= r(k)*({_X})", "ih x0"),
                        combine("z", facts="w f g")]),
                intro("K", f"all k:int | 0 <= k => pow({_X}, k)*r(0) <= C*pow(d*d, k)", "k1",
                      apply("j", "J", k="k"), apply("b", "hb", k="k"), combine("z", facts="j b")),
                combine("dd", "0 <= d*d", squares=("d",)),
                apply("q", "mori_zwanzig.bounded_powers", D="d*d", X=_X, C="C", r="r(0)"),
                combine("q2", "s(0)*s(0) <= d*d*(r(0)*r(0))", "q rr", rounds=3),
                combine("sum", "0 < s(0) + d*r(0)", "p dr"),
                combine("x", facts="q2", mul="sum")])]),
    ),
)

LEMMAS: tuple[Lemma, ...] = (POWERS, LOG_CONVEX)

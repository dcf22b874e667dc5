"""Maximal correlation against Dobrushin's coefficient, for finitely many states: s^2 <= delta.

M is a layer with rows of mass one, S the layer backward (its adjoint in the weighted spaces), which is stochastic too.
s^2 is an eigenvalue of M S with an eigenvector that is not constant. M shrinks oscillations by delta and S does not
increase them, hence no such eigenvalue exceeds delta. That s^2 is an eigenvalue is the spectral theorem.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, intro, obtain

_BACK = "sum(j=1..m: S({0},j)*f(j))"
_ROW = f"sum(i=1..n: M({{0}},i)*{_BACK.format('i')})"


EIGENVALUE = Lemma(
    "mori_zwanzig.eigenvalue_dobrushin", "No eigenvalue of M S off the constants exceeds Dobrushin's coefficient of M",
    statement("all m n a0 c0:int, M S:(i:int,j:int)->real, f:int->real, ev delta:real | hm: 1 <= m, hn: 0 <= n,"
              " M1: (all x:int | 1 <= x, x <= m => sum(i=1..n: M(x,i)) = 1),"
              " ov: (all x z:int | 1 <= x, x <= m, 1 <= z, z <= m => 1 - sum(i=1..n: min(M(x,i), M(z,i))) <= delta),"
              " S0: (all i j:int | 1 <= i, i <= n, 1 <= j, j <= m => 0 <= S(i,j)),"
              " S1: (all i:int | 1 <= i, i <= n => sum(j=1..m: S(i,j)) = 1),"
              f" ei: (all x:int | 1 <= x, x <= m => {_ROW.format('x')} = ev*f(x)),"
              " ha1: 1 <= a0, ha2: a0 <= m, hc1: 1 <= c0, hc2: c0 <= m, off: f(c0) < f(a0) => ev <= delta"),
    (
        apply("la", "mori_zwanzig.largest", u="i -> f(i)", n="m"),
        obtain("end", "la", "big small", obtain("w2", "big", "a1 a2 a3", obtain(
            "w3", "small", "c1 c2 c3",
            *(intro(name, f"all i:int | 1 <= i, i <= n => {goal}", "i1 i2",
                    intro("t", f"all j:int | 1 <= j, j <= m => {low} <= {high}", "j1 j2",
                          apply("q0", "S0", i="i", j="j"), apply("q1", bound, i="j"), combine("y", facts="q0 q1")),
                    apply("mo", "textbook.sum_mono", f=f"j -> {low}", g=f"j -> {high}", a="1", b="m"),
                    apply("sc", "textbook.sum_scale", f=f"j -> {value}*S(i,j)", g="j -> S(i,j)", c=value, a="1",
                          b="m"),
                    apply("on", "S1", i="i"), combine("z", facts="mo sc on", rounds=3))
              for name, goal, low, high, bound, value in (
                  ("hi", f"{_BACK.format('i')} <= f(a)", "S(i,j)*f(j)", "f(a)*S(i,j)", "a3", "f(a)"),
                  ("lo", f"f(c) <= {_BACK.format('i')}", "f(c)*S(i,j)", "S(i,j)*f(j)", "c3", "f(c)"))),
            apply("ma", "M1", x="a"), apply("mc", "M1", x="c"), apply("ea", "ei", x="a"), apply("ec", "ei", x="c"),
            apply("me", "mori_zwanzig.means_differ", n="n", p="i -> M(a,i)", r="i -> M(c,i)",
                  u=f"i -> {_BACK.format('i')}", lo="f(c)", hi="f(a)"),
            apply("o", "ov", x="a", z="c"), apply("g1", "a3", i="a0"), apply("g2", "c3", i="c0"),
            combine("pos", "0 < f(a) - f(c)", "g1 g2 off"),
            combine("s", "(1 - sum(i=1..n: min(M(a,i), M(c,i))))*(f(a) - f(c)) <= delta*(f(a) - f(c))", "o pos"),
            combine("t", "ev*(f(a) - f(c)) <= delta*(f(a) - f(c))", "me ea ec s", degree=1),
            combine("w4", facts="t", mul="pos", degree=1)))),
    ),
)

LEMMAS = (EIGENVALUE,)

"""Finite kernels: exchange of sums, Jensen's inequality and what a kernel does to weighted sums, for all sizes.

The exact discrete counterpart of `integral_laws`: a measure is a list of weights, an integral a weighted sum.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, induct, intro

SUM_SWAP = Lemma(
    "mori_zwanzig.sum_swap", "Double sums may be exchanged",
    statement("all f:(x:int,y:int)->real, m n:int | hm: 0 <= m, hn: 0 <= n"
              " => sum(x=1..m: sum(y=1..n: f(x,y))) = sum(y=1..n: sum(x=1..m: f(x,y)))"),
    (
        induct("I", "all k:int | 0 <= k => sum(x=1..k: sum(y=1..n: f(x,y))) = sum(y=1..n: sum(x=1..k: f(x,y)))",
               "hk ih",
               [apply("e", "ax.sum_empty", f="x -> sum(y=1..n: f(x,y))", a="1", b="0"),
                intro("c", "all y:int | 1 <= y, y <= n => sum(x=1..0: f(x,y)) = 0", "y1 y2",
                      apply("z", "ax.sum_empty", f="x -> f(x,y)", a="1", b="0")),
                apply("d", "textbook.sum_cong", f="y -> sum(x=1..0: f(x,y))", g="y -> 0", a="1", b="n"),
                apply("o", "textbook.sum_const", c="0", n="n"), combine("z", facts="e d o")],
               [apply("e", "ax.sum_last", f="x -> sum(y=1..n: f(x,y))", a="1", b="k + 1"),
                intro("c", "all y:int | 1 <= y, y <= n => sum(x=1..k + 1: f(x,y)) = sum(x=1..k: f(x,y)) + f(k + 1,y)",
                      "y1 y2", apply("l", "ax.sum_last", f="x -> f(x,y)", a="1", b="k + 1"), combine("z", facts="l")),
                apply("d", "textbook.sum_cong", f="y -> sum(x=1..k + 1: f(x,y))",
                      g="y -> sum(x=1..k: f(x,y)) + f(k + 1,y)", a="1", b="n"),
                apply("o", "textbook.sum_add", f="y -> sum(x=1..k: f(x,y))", g="y -> f(k + 1,y)", a="1", b="n"),
                combine("z", facts="e d o ih")]),
        apply("end", "I", k="m"),
    ),
)

SUM_JENSEN = Lemma(
    "mori_zwanzig.sum_jensen", "Jensen: the square of a weighted mean is at most the weighted mean of the square",
    statement("all a u:int->real, n:int | hn: 0 <= n, ha: (all j:int | 1 <= j, j <= n => 0 <= a(j)),"
              " one: sum(j=1..n: a(j)) = 1"
              " => sum(j=1..n: a(j)*u(j))*sum(j=1..n: a(j)*u(j)) <= sum(j=1..n: a(j)*(u(j)*u(j)))"),
    (
        intro("shift", "all m:real => 0 <= sum(j=1..n: a(j)*(u(j)*u(j))) - 2*m*sum(j=1..n: a(j)*u(j))"
              " + m*m*sum(j=1..n: a(j))", "",
              intro("pos", "all l:int | 1 <= l, l <= n => 0 <= a(l)*(u(l)*u(l)) + (-2*m*(a(l)*u(l)) + m*m*a(l))",
                    "l1 l2", apply("p", "ha", j="l"), combine("z", facts="p", squares=("u(l) - m",))),
              apply("s", "textbook.sum_nonneg", f="j -> a(j)*(u(j)*u(j)) + (-2*m*(a(j)*u(j)) + m*m*a(j))", a="1",
                    b="n"),
              apply("a1", "textbook.sum_add", f="j -> a(j)*(u(j)*u(j))", g="j -> -2*m*(a(j)*u(j)) + m*m*a(j)", a="1",
                    b="n"),
              apply("a2", "textbook.sum_add", f="j -> -2*m*(a(j)*u(j))", g="j -> m*m*a(j)", a="1", b="n"),
              intro("t", "all l:int | 1 <= l, l <= n => m*m*a(l) = m*m*a(l)", "l1 l2", combine("z")),
              apply("c1", "textbook.sum_scale", f="j -> -2*m*(a(j)*u(j))", g="j -> a(j)*u(j)", c="-2*m", a="1", b="n"),
              apply("c2", "textbook.sum_scale", f="j -> m*m*a(j)", g="j -> a(j)", c="m*m", a="1", b="n"),
              combine("z", facts="s a1 a2 c1 c2")),
        apply("at", "shift", m="sum(j=1..n: a(j)*u(j))"), combine("end", facts="at one", rounds=3),
    ),
)

_MU = "sum(y=1..n: w(y)*k(x,y)*u(y))"
_NP = "sum(x=1..m: v(x)*k(x,y)*p(x))"
SIZES = "hm: 0 <= m, hn: 0 <= n"

DUAL_SUMS = Lemma(
    "mori_zwanzig.dual_sums", "Forward and backward operator of a finite kernel are dual for the weights",
    statement(f"all m n:int, k:(x:int,y:int)->real, v w p u:int->real | {SIZES}"
              f" => sum(y=1..n: w(y)*{_NP}*u(y)) = sum(x=1..m: v(x)*p(x)*{_MU})"),
    (
        intro("l", f"all l:int | 1 <= l, l <= n => w(l)*{_NP.replace('k(x,y)', 'k(x,l)')}*u(l)"
              " = sum(x=1..m: v(x)*p(x)*w(l)*k(x,l)*u(l))", "l1 l2",
              intro("e", "all i:int | 1 <= i, i <= m => v(i)*p(i)*w(l)*k(i,l)*u(l) = w(l)*u(l)*(v(i)*k(i,l)*p(i))",
                    "i1 i2", combine("z")),
              apply("s", "textbook.sum_scale", f="x -> v(x)*p(x)*w(l)*k(x,l)*u(l)", g="x -> v(x)*k(x,l)*p(x)",
                    c="w(l)*u(l)", a="1", b="m"), combine("z", facts="s")),
        intro("r", f"all l:int | 1 <= l, l <= m => v(l)*p(l)*{_MU.replace('x', 'l')}"
              " = sum(y=1..n: v(l)*p(l)*w(y)*k(l,y)*u(y))", "l1 l2",
              intro("e", "all i:int | 1 <= i, i <= n => v(l)*p(l)*w(i)*k(l,i)*u(i) = v(l)*p(l)*(w(i)*k(l,i)*u(i))",
                    "i1 i2", combine("z")),
              apply("s", "textbook.sum_scale", f="y -> v(l)*p(l)*w(y)*k(l,y)*u(y)", g="y -> w(y)*k(l,y)*u(y)",
                    c="v(l)*p(l)", a="1", b="n"), combine("z", facts="s")),
        apply("cl", "textbook.sum_cong", f=f"y -> w(y)*{_NP}*u(y)", g="y -> sum(x=1..m: v(x)*p(x)*w(y)*k(x,y)*u(y))",
              a="1", b="n"),
        apply("cr", "textbook.sum_cong", f=f"x -> v(x)*p(x)*{_MU}", g="x -> sum(y=1..n: v(x)*p(x)*w(y)*k(x,y)*u(y))",
              a="1", b="m"),
        apply("sw", "mori_zwanzig.sum_swap", f="x, y -> v(x)*p(x)*w(y)*k(x,y)*u(y)", m="m", n="n"),
        combine("end", facts="cl cr sw"),
    ),
)

KERNEL = ("hw: (all y:int | 1 <= y, y <= n => 0 <= w(y)),"
          " hv: (all x:int | 1 <= x, x <= m => 0 <= v(x)),"
          " hk: (all x y:int | 1 <= x, x <= m, 1 <= y, y <= n => 0 <= k(x,y)),"
          " one: (all x:int | 1 <= x, x <= m => sum(y=1..n: w(y)*k(x,y)) = 1)")
"""Weights of the two levels and a transition density with respect to those of the second."""

WEIGHTED_JENSEN = Lemma(
    "mori_zwanzig.weighted_jensen", "Jensen and duality: (M u)^2 under p is at most u^2 under the transferred p",
    statement(f"all m n:int, k:(x:int,y:int)->real, v w p u:int->real | {SIZES}, {KERNEL},"
              " hp: (all x:int | 1 <= x, x <= m => 0 <= p(x))"
              f" => sum(x=1..m: v(x)*p(x)*({_MU}*{_MU})) <= sum(y=1..n: w(y)*{_NP}*(u(y)*u(y)))"),
    (
        intro("j", "all l:int | 1 <= l, l <= m => "
              f"v(l)*p(l)*({_MU.replace('x', 'l')}*{_MU.replace('x', 'l')})"
              " <= v(l)*p(l)*sum(y=1..n: w(y)*k(l,y)*(u(y)*u(y)))", "l1 l2",
              intro("a0", "all j:int | 1 <= j, j <= n => 0 <= w(j)*k(l,j)", "j1 j2", apply("p1", "hw", y="j"),
                    apply("p2", "hk", x="l", y="j"), combine("z", facts="p1 p2")),
              apply("o", "one", x="l"),
              apply("q", "mori_zwanzig.sum_jensen", a="y -> w(y)*k(l,y)", u="y -> u(y)", n="n"),
              apply("p0", "hp", x="l"), apply("v0", "hv", x="l"), combine("vp", "0 <= v(l)*p(l)", "p0 v0"),
              combine("z", facts="q vp")),
        apply("s", "textbook.sum_mono", f=f"x -> v(x)*p(x)*({_MU}*{_MU})",
              g="x -> v(x)*p(x)*sum(y=1..n: w(y)*k(x,y)*(u(y)*u(y)))", a="1", b="m"),
        apply("d", "mori_zwanzig.dual_sums", m="m", n="n", k="x, y -> k(x,y)", v="x -> v(x)", w="y -> w(y)",
              p="x -> p(x)", u="y -> u(y)*u(y)"),
        combine("end", facts="s d"),
    ),
)

PROD_FIRST = Lemma(
    "mori_zwanzig.prod_first", "The first factor of a product",
    statement("all f:int->real, a b:int | hab: a <= b => prod(j=a..b: f(j)) = f(a)*prod(j=a+1..b: f(j))"),
    (
        induct("I", "all k:int | a <= k => prod(j=a..k: f(j)) = f(a)*prod(j=a+1..k: f(j))", "hk ih",
               [apply("l", "ax.prod_last", f="j -> f(j)", a="a", b="a"),
                apply("e", "ax.prod_empty", f="j -> f(j)", a="a", b="a - 1"),
                apply("e1", "ax.prod_empty", f="j -> f(j)", a="a + 1", b="a"), combine("z", facts="l e e1", rounds=3)],
               [apply("l", "ax.prod_last", f="j -> f(j)", a="a", b="k + 1"),
                apply("l1", "ax.prod_last", f="j -> f(j)", a="a + 1", b="k + 1"),
                combine("z", facts="l l1 ih", rounds=3)]),
        apply("end", "I", k="b"),
    ),
)

LEMMAS: tuple[Lemma, ...] = (PROD_FIRST, SUM_SWAP, SUM_JENSEN, DUAL_SUMS, WEIGHTED_JENSEN)

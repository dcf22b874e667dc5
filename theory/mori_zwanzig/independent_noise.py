"""Mutually independent noises along a chain of states: each is independent of all states before it.

Outcomes o = 1..S carry numbers c(o), a probability or a probability times functions of the past. Independence of Y, of
the noise e(a, .), and of the noises e(a+1, .), ..., e(b, .) means that means of products factor, for all functions:

    sum_o c(o) f(Y(o)) prod_{j=a..b} g(j, e(j, o))  =  sum_o c(o) f(Y(o))  prod_{j=a..b} sum_k w(j, k) g(j, k).

From that the mean of any function of Y and e(a, .), not only of products, is computed with the law w(a, .), and the
state after the layer, F(Y, e(a, .)), is again independent of the noises that come later.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, induct, intro

_OUTCOMES = "o=1..S"
LAW = "prod(j={a}..b: sum(k=1..n: w(j,k)*g(j,k)))"
TAIL = "prod(j={a}..b: g(j,e(j,o)))"
_VARIABLES = ("all S n a b:int, c Y:int->real, w:(j:int,k:int)->real, e:(j:int,o:int)->int")
_FACTOR = (f"(all f:real->real, g:(j:int,k:int)->real => sum({_OUTCOMES}: c(o)*f(Y(o))*{TAIL.format(a='a')})"
           f" = sum({_OUTCOMES}: c(o)*f(Y(o)))*{LAW.format(a='a')})")
_INDEPENDENT = (f"hS: 0 <= S, hn: 0 <= n, hab: a <= b, lo: (all o:int | 1 <= o, o <= S => 1 <= e(a,o)),"
                f" hi: (all o:int | 1 <= o, o <= S => e(a,o) <= n), hI: {_FACTOR}")
_REST, _LAW = TAIL.format(a="a + 1"), LAW.format(a="a + 1")
_MEAN = "sum(k=1..n: w(a,k)*G(Y(o),k))"
_PICK = "ite(j, a, I(n)[{m},k], g(j,{m}))"
_PICKED_ROW, _PICKED_LAW = _PICK.format(m="e(j,o)"), "sum(m=1..n: w(j,m)*" + _PICK.format(m="m") + ")"

ONE_NOISE = Lemma(
    "mori_zwanzig.one_noise", "The mean over the next noise is taken with its law, for any function of both",
    statement(f"{_VARIABLES}, G:(r:real,k:int)->real | {_INDEPENDENT} => all g:(j:int,k:int)->real =>"
              f" sum({_OUTCOMES}: c(o)*G(Y(o),e(a,o))*{_REST}) = sum({_OUTCOMES}: c(o)*{_MEAN})*{_LAW}"),
    (
        intro("end", None, "",
              intro("E", f"all k:int | 1 <= k, k <= n => sum({_OUTCOMES}: c(o)*G(Y(o),k)*I(n)[e(a,o),k]*{_REST})"
                    f" = sum({_OUTCOMES}: c(o)*G(Y(o),k))*w(a,k)*{_LAW}", "k1 k2",
                    apply("i", "hI", f="r -> G(r,k)", g="j, m -> ite(j, a, I(n)[m,k], g(j,m))"),
                    intro("row", f"all o:int | 1 <= o, o <= S => c(o)*G(Y(o),k)*I(n)[e(a,o),k]*{_REST}"
                          f" = c(o)*G(Y(o),k)*prod(j=a..b: {_PICKED_ROW})", "o1 o2",
                          apply("p", "mori_zwanzig.prod_first", f=f"j -> {_PICKED_ROW}", a="a", b="b"),
                          apply("t", "ax.ite_then", a="a", b="a", x="I(n)[e(a,o),k]", y="g(a,e(a,o))"),
                          intro("l", f"all l:int | a + 1 <= l, l <= b => {_PICKED_ROW.replace('j', 'l')} = g(l,e(l,o))",
                                "l1 l2",
                                apply("z", "ax.ite_else", a="l", b="a", x="I(n)[e(l,o),k]", y="g(l,e(l,o))")),
                          apply("q", "textbook.prod_cong", f=f"j -> {_PICKED_ROW}", g="j -> g(j,e(j,o))", a="a + 1",
                                b="b"),
                          combine("z", facts="p t q", rounds=4)),
                    apply("rows", "textbook.sum_cong", f=f"o -> c(o)*G(Y(o),k)*I(n)[e(a,o),k]*{_REST}",
                          g=f"o -> c(o)*G(Y(o),k)*prod(j=a..b: {_PICKED_ROW})", a="1", b="S"),
                    apply("lp", "mori_zwanzig.prod_first", f=f"j -> {_PICKED_LAW}", a="a", b="b"),
                    intro("l0", "all m:int | 1 <= m, m <= n => w(a,m)*ite(a, a, I(n)[m,k], g(a,m)) = w(a,m)*I(n)[m,k]",
                          "m1 m2", apply("t", "ax.ite_then", a="a", b="a", x="I(n)[m,k]", y="g(a,m)"),
                          combine("z", facts="t")),
                    apply("ls", "textbook.sum_cong", f="m -> w(a,m)*ite(a, a, I(n)[m,k], g(a,m))",
                          g="m -> w(a,m)*I(n)[m,k]", a="1", b="n"),
                    apply("ld", "textbook.sum_delta", f="m -> w(a,m)", n="n", m="k"),
                    intro("ll", f"all l:int | a + 1 <= l, l <= b => {_PICKED_LAW.replace('j', 'l')}"
                          " = sum(k=1..n: w(l,k)*g(l,k))", "l1 l2",
                          intro("in", "all m:int | 1 <= m, m <= n => w(l,m)*ite(l, a, I(n)[m,k], g(l,m))"
                                " = w(l,m)*g(l,m)", "m1 m2",
                                apply("t", "ax.ite_else", a="l", b="a", x="I(n)[m,k]", y="g(l,m)"),
                                combine("z", facts="t")),
                          apply("z", "textbook.sum_cong", f="m -> w(l,m)*ite(l, a, I(n)[m,k], g(l,m))",
                                g="m -> w(l,m)*g(l,m)", a="1", b="n")),
                    apply("lc", "textbook.prod_cong", f=f"j -> {_PICKED_LAW}",
                          g="j -> sum(k=1..n: w(j,k)*g(j,k))", a="a + 1", b="b"),
                    combine("z", facts="i rows lp ls ld lc", rounds=5)),
              apply("s", "textbook.sum_cong", f=f"k -> sum({_OUTCOMES}: c(o)*G(Y(o),k)*I(n)[e(a,o),k]*{_REST})",
                    g=f"k -> sum({_OUTCOMES}: c(o)*G(Y(o),k))*w(a,k)*{_LAW}", a="1", b="n"),
              apply("sw", "mori_zwanzig.sum_swap", f=f"k, o -> c(o)*G(Y(o),k)*I(n)[e(a,o),k]*{_REST}", m="n", n="S"),
              intro("dl", f"all o:int | 1 <= o, o <= S => sum(k=1..n: c(o)*G(Y(o),k)*I(n)[e(a,o),k]*{_REST})"
                    f" = c(o)*G(Y(o),e(a,o))*{_REST}", "o1 o2", apply("e1", "lo", o="o"), apply("e2", "hi", o="o"),
                    apply("d", "textbook.sum_delta_row", f="k -> G(Y(o),k)", n="n", m="e(a,o)"),
                    intro("t", f"all k:int | 1 <= k, k <= n => c(o)*G(Y(o),k)*I(n)[e(a,o),k]*{_REST}"
                          f" = c(o)*{_REST}*(I(n)[e(a,o),k]*G(Y(o),k))", "k1 k2", combine("z")),
                    apply("sc", "textbook.sum_scale", f=f"k -> c(o)*G(Y(o),k)*I(n)[e(a,o),k]*{_REST}",
                          g="k -> I(n)[e(a,o),k]*G(Y(o),k)", c=f"c(o)*{_REST}", a="1", b="n"),
                    combine("z", facts="sc d", rounds=3)),
              apply("dc", "textbook.sum_cong", f=f"o -> sum(k=1..n: c(o)*G(Y(o),k)*I(n)[e(a,o),k]*{_REST})",
                    g=f"o -> c(o)*G(Y(o),e(a,o))*{_REST}", a="1", b="S"),
              intro("rt", f"all k:int | 1 <= k, k <= n => sum({_OUTCOMES}: c(o)*G(Y(o),k))*w(a,k)*{_LAW}"
                    f" = {_LAW}*sum({_OUTCOMES}: w(a,k)*c(o)*G(Y(o),k))", "k1 k2",
                    intro("t", "all o:int | 1 <= o, o <= S => w(a,k)*c(o)*G(Y(o),k) = w(a,k)*(c(o)*G(Y(o),k))",
                          "o1 o2", combine("z")),
                    apply("sc", "textbook.sum_scale", f="o -> w(a,k)*c(o)*G(Y(o),k)", g="o -> c(o)*G(Y(o),k)",
                          c="w(a,k)", a="1", b="S"),
                    combine("z", facts="sc", rounds=3)),
              apply("rs", "textbook.sum_scale", f=f"k -> sum({_OUTCOMES}: c(o)*G(Y(o),k))*w(a,k)*{_LAW}",
                    g=f"k -> sum({_OUTCOMES}: w(a,k)*c(o)*G(Y(o),k))", c=_LAW, a="1", b="n"),
              apply("rw", "mori_zwanzig.sum_swap", f="k, o -> w(a,k)*c(o)*G(Y(o),k)", m="n", n="S"),
              intro("rd", f"all o:int | 1 <= o, o <= S => sum(k=1..n: w(a,k)*c(o)*G(Y(o),k)) = c(o)*{_MEAN}", "o1 o2",
                    intro("t", "all k:int | 1 <= k, k <= n => w(a,k)*c(o)*G(Y(o),k) = c(o)*(w(a,k)*G(Y(o),k))",
                          "k1 k2", combine("z")),
                    apply("sc", "textbook.sum_scale", f="k -> w(a,k)*c(o)*G(Y(o),k)", g="k -> w(a,k)*G(Y(o),k)",
                          c="c(o)", a="1", b="n")),
              apply("rc", "textbook.sum_cong", f="o -> sum(k=1..n: w(a,k)*c(o)*G(Y(o),k))", g=f"o -> c(o)*{_MEAN}",
                    a="1", b="S"),
              combine("z", facts="s sw dc rs rw rc", rounds=5)),
    ),
)

PROD_ONES = Lemma(
    "mori_zwanzig.prod_ones", "A product of ones is 1",
    statement("all a b:int | hab: a <= b + 1 => prod(j=a..b: 1) = 1"),
    (
        induct("I", "all k:int | a - 1 <= k => prod(j=a..k: 1) = 1", "hk ih",
               [apply("z", "ax.prod_empty", f="j -> 1", a="a", b="a - 1")],
               [apply("l", "ax.prod_last", f="j -> 1", a="a", b="k + 1"), combine("z", facts="l ih", rounds=3)]),
        apply("end", "I", k="b"),
    ),
)

LATER_NOISES = Lemma(
    "mori_zwanzig.later_noises", "The next state is independent of the later noises, under any weight",
    statement(f"{_VARIABLES}, Z:int->real, F:(r:real,k:int)->real, t:real->real | {_INDEPENDENT},"
              " hw: (all j:int | a <= j, j <= b => sum(k=1..n: w(j,k)) = 1),"
              " hZ: (all o:int | 1 <= o, o <= S => Z(o) = F(Y(o),e(a,o)))"
              f" => all f:real->real, g:(j:int,k:int)->real => sum({_OUTCOMES}: c(o)*t(Y(o))*f(Z(o))*{_REST})"
              f" = sum({_OUTCOMES}: c(o)*t(Y(o))*f(Z(o)))*{_LAW}"),
    (
        intro("end", None, "",
              apply("one", "mori_zwanzig.one_noise", S="S", n="n", a="a", b="b", c="o -> c(o)", Y="o -> Y(o)",
                    w="j, k -> w(j,k)", e="j, o -> e(j,o)", G="r, k -> t(r)*f(F(r,k))"),
              apply("x", "one", g="j, k -> g(j,k)"), apply("y", "one", g="j, k -> 1"),
              intro("ze", "all o:int | 1 <= o, o <= S => f(Z(o)) = f(F(Y(o),e(a,o)))", "o1 o2",
                    apply("q", "hZ", o="o"), apply("z", "ax.cong", f="r -> f(r)", x="Z(o)", y="F(Y(o),e(a,o))")),
              intro("zx", f"all o:int | 1 <= o, o <= S => c(o)*t(Y(o))*f(Z(o))*{_REST}"
                    f" = c(o)*(t(Y(o))*f(F(Y(o),e(a,o))))*{_REST}", "o1 o2", apply("q", "ze", o="o"),
                    combine("z", facts="q", rounds=3)),
              apply("cx", "textbook.sum_cong", f=f"o -> c(o)*t(Y(o))*f(Z(o))*{_REST}",
                    g=f"o -> c(o)*(t(Y(o))*f(F(Y(o),e(a,o))))*{_REST}", a="1", b="S"),
              intro("zy", "all o:int | 1 <= o, o <= S => c(o)*t(Y(o))*f(Z(o))"
                    " = c(o)*(t(Y(o))*f(F(Y(o),e(a,o))))*prod(j=a+1..b: 1)", "u1 u2", apply("q", "ze", o="o"),
                    apply("p", "mori_zwanzig.prod_ones", a="a + 1", b="b"), combine("z", facts="q p", rounds=4)),
              apply("cy", "textbook.sum_cong", f="o -> c(o)*t(Y(o))*f(Z(o))",
                    g="o -> c(o)*(t(Y(o))*f(F(Y(o),e(a,o))))*prod(j=a+1..b: 1)", a="1", b="S"),
              intro("wl", "all l:int | a + 1 <= l, l <= b => sum(k=1..n: w(l,k)*1) = 1", "l1 l2",
                    apply("q", "hw", j="l"), combine("z", facts="q")),
              apply("wc", "textbook.prod_cong", f="j -> sum(k=1..n: w(j,k)*1)", g="j -> 1", a="a + 1", b="b"),
              apply("wp", "mori_zwanzig.prod_ones", a="a + 1", b="b"),
              combine("z", facts="x y cx cy wc wp", rounds=5)),
    ),
)

LEMMAS: tuple[Lemma, ...] = (PROD_ONES, ONE_NOISE, LATER_NOISES)

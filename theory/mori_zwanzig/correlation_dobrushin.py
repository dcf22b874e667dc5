"""Maximal correlation against Dobrushin's coefficient, for finitely many states: s^2 <= delta, no spectral theorem.

M is a layer with rows of mass one under the law p of its input, q the law of its output, S the layer backward (its
adjoint in the weighted spaces: q(y) S(y, x) = p(x) M(x, y)), which is stochastic too. Iterating u -> S M u, the squared
norms r(k) of u(k) and s(k) of M u(k) are interlaced and log-convex by Cauchy-Schwarz, and of order delta^(2k), since M
shrinks oscillations by delta and S does not increase them. Hence s(0) <= delta r(0) (`log_convexity`).
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, define, induct, intro, obtain, witness

_INNER = "sum(j=1..n: w(j)*({0}(j)*{1}(j)))"
_AA, _AB, _BB = (_INNER.format(*pair) for pair in ("aa", "ab", "bb"))

CAUCHY = Lemma(
    "mori_zwanzig.weighted_cauchy", "Cauchy and Schwarz for weighted sums",
    statement("all n:int, w a b:int->real | hn: 0 <= n, hw: (all j:int | 1 <= j, j <= n => 0 <= w(j))"
              f" => {_AB}*{_AB} <= {_AA}*{_BB}"),
    (
        intro("Q", f"all s t:real => 0 <= t*t*{_AA} - 2*s*t*{_AB} + s*s*{_BB}", "",
              intro("pos", "all l:int | 1 <= l, l <= n => 0 <= t*t*(w(l)*(a(l)*a(l))) + (-2*s*t*(w(l)*(a(l)*b(l)))"
                    " + s*s*(w(l)*(b(l)*b(l))))", "l1 l2", apply("p", "hw", j="l"),
                    combine("z", facts="p", squares=("t*a(l) - s*b(l)",))),
              apply("s0", "textbook.sum_nonneg", a="1", b="n", f="j -> t*t*(w(j)*(a(j)*a(j))) + (-2*s*t*(w(j)*"
                    "(a(j)*b(j))) + s*s*(w(j)*(b(j)*b(j))))"),
              apply("a1", "textbook.sum_add", f="j -> t*t*(w(j)*(a(j)*a(j)))",
                    g="j -> -2*s*t*(w(j)*(a(j)*b(j))) + s*s*(w(j)*(b(j)*b(j)))", a="1", b="n"),
              apply("a2", "textbook.sum_add", f="j -> -2*s*t*(w(j)*(a(j)*b(j)))", g="j -> s*s*(w(j)*(b(j)*b(j)))",
                    a="1", b="n"),
              *(apply(f"c{k}", "textbook.sum_scale", f=f"j -> {c}*(w(j)*({f}))", g=f"j -> w(j)*({f})", c=c, a="1",
                      b="n")
                for k, (c, f) in enumerate((("t*t", "a(j)*a(j)"), ("-2*s*t", "a(j)*b(j)"), ("s*s", "b(j)*b(j)")))),
              combine("z", facts="s0 a1 a2 c0 c1 c2")),
        apply("o", "ax.total", x=_BB, y="0"),
        cases("end", "o", "c", [
            apply("o2", "ax.total", x=_AA, y="0"),
            cases("z", "o2", "d", [
                apply("q", "Q", s="1", t=_AB), apply("ga", "Q", s="0", t="1"), apply("gb", "Q", s="1", t="0"),
                apply("za", "ax.antisym", f"{_AA} = 0", x=_AA, y="0"),
                apply("zb", "ax.antisym", f"{_BB} = 0", x=_BB, y="0"),
                combine("y", facts="q za zb", rounds=3)],
                [apply("q", "Q", s=_AA, t=_AB), combine("y", facts="q", mul="d")])],
            [apply("q", "Q", s=_AB, t=_BB), combine("z", facts="q", mul="c")]),
    ),
)

CENTRED = Lemma(
    "mori_zwanzig.centred", "Bounds of a function of mean zero lie on either side of zero",
    statement("all n:int, w u:int->real, lo hi:real | hn: 0 <= n, q0: (all y:int | 1 <= y, y <= n => 0 <= w(y)),"
              " q1: sum(y=1..n: w(y)) = 1, mean: sum(y=1..n: w(y)*u(y)) = 0,"
              " hl: (all y:int | 1 <= y, y <= n => lo <= u(y)), hh: (all y:int | 1 <= y, y <= n => u(y) <= hi)"
              " => some | lo <= 0, 0 <= hi"),
    (
        *(step for name, low, high, bound, value in (("L", "lo*w(y)", "w(y)*u(y)", "hl", "lo"),
                                                     ("H", "w(y)*u(y)", "hi*w(y)", "hh", "hi")) for step in (
            intro(f"t{name}", f"all y:int | 1 <= y, y <= n => {low} <= {high}", "y1 y2", apply("a", "q0", y="y"),
                  apply("b", bound, y="y"), combine("z", facts="a b")),
            apply(f"m{name}", "textbook.sum_mono", f=f"y -> {low}", g=f"y -> {high}", a="1", b="n"),
            apply(f"c{name}", "textbook.sum_scale", f=f"y -> {value}*w(y)", g="y -> w(y)", c=value, a="1", b="n"))),
        combine("A", "lo <= 0", "mL cL q1 mean", rounds=3), combine("B", "0 <= hi", "mH cH q1 mean", rounds=3),
        witness("end"),
    ),
)

_MU = "sum(j=1..n: M({x},j)*{u}(j))"
_SIZES = "all m n:int, p w:int->real, M S:(i:int,j:int)->real"
_BALANCE = "bal: (all x y:int | 1 <= x, x <= m, 1 <= y, y <= n => w(y)*S(y,x) = p(x)*M(x,y))"
_ROWS = ("M1: (all x:int | 1 <= x, x <= m => sum(j=1..n: M(x,j)) = 1),"
         " S1: (all y:int | 1 <= y, y <= n => sum(i=1..m: S(y,i)) = 1)")

BALANCE = Lemma(
    "mori_zwanzig.balance", "The layer backward is the adjoint in the weighted spaces",
    statement(f"{_SIZES}, g u:int->real | hm: 0 <= m, hn: 0 <= n, {_BALANCE}"
              " => sum(y=1..n: w(y)*u(y)*sum(i=1..m: S(y,i)*g(i))) = sum(x=1..m: p(x)*g(x)*sum(j=1..n: M(x,j)*u(j)))"),
    (
        intro("l", "all y:int | 1 <= y, y <= n => w(y)*u(y)*sum(i=1..m: S(y,i)*g(i))"
              " = sum(i=1..m: p(i)*M(i,y)*g(i)*u(y))", "y1 y2",
              intro("e", "all x:int | 1 <= x, x <= m => p(x)*M(x,y)*g(x)*u(y) = w(y)*u(y)*(S(y,x)*g(x))", "x1 x2",
                    apply("b", "bal", x="x", y="y"), combine("z", facts="b", rounds=3)),
              apply("s", "textbook.sum_scale", f="x -> p(x)*M(x,y)*g(x)*u(y)", g="x -> S(y,x)*g(x)", c="w(y)*u(y)",
                    a="1", b="m"), combine("z", facts="s")),
        intro("r", "all x:int | 1 <= x, x <= m => p(x)*g(x)*sum(j=1..n: M(x,j)*u(j))"
              " = sum(j=1..n: p(x)*M(x,j)*g(x)*u(j))", "x1 x2",
              intro("e", "all y:int | 1 <= y, y <= n => p(x)*M(x,y)*g(x)*u(y) = p(x)*g(x)*(M(x,y)*u(y))", "y1 y2",
                    combine("z")),
              apply("s", "textbook.sum_scale", f="y -> p(x)*M(x,y)*g(x)*u(y)", g="y -> M(x,y)*u(y)", c="p(x)*g(x)",
                    a="1", b="n"), combine("z", facts="s")),
        apply("cl", "textbook.sum_cong", f="y -> w(y)*u(y)*sum(i=1..m: S(y,i)*g(i))",
              g="y -> sum(i=1..m: p(i)*M(i,y)*g(i)*u(y))", a="1", b="n"),
        apply("cr", "textbook.sum_cong", f="x -> p(x)*g(x)*sum(j=1..n: M(x,j)*u(j))",
              g="x -> sum(j=1..n: p(x)*M(x,j)*g(x)*u(j))", a="1", b="m"),
        apply("sw", "mori_zwanzig.sum_swap", f="x, y -> p(x)*M(x,y)*g(x)*u(y)", m="m", n="n"),
        combine("end", facts="cl cr sw"),
    ),
)


def _back(u: str) -> str:
    return f"sum(i=1..m: S(y,i)*{_MU.format(x='i', u=u)})"


def _inner(a: str, b: str) -> str:
    return f"sum(y=1..n: w(y)*({a}(y)*{b}(y)))"


def _images(a: str, b: str) -> str:
    return f"sum(x=1..m: p(x)*({_MU.format(x='x', u=a)}*{_MU.format(x='x', u=b)}))"


def _moved(name: str, factor: str) -> tuple:
    """The inner product of `factor` with v = S M u is that of M factor with M u (fact `name`)."""
    terms = (f"y -> w(y)*({factor}*v(y))", f"y -> w(y)*{factor}*{_back('u')}")
    image = f"sum(j=1..n: M(x,j)*{factor.replace('y', 'j')})"
    return (
        intro(f"{name}e", f"all y:int | 1 <= y, y <= n => w(y)*({factor}*v(y)) = w(y)*{factor}*{_back('u')}", "y1 y2",
              apply("a", "hv", y="y"), combine("z", facts="a", rounds=3)),
        apply(f"{name}c", "textbook.sum_cong", f=terms[0], g=terms[1], a="1", b="n"),
        apply(f"{name}b", "mori_zwanzig.balance", m="m", n="n", p="x -> p(x)", w="y -> w(y)", M="x, y -> M(x,y)",
              S="y, x -> S(y,x)", g=f"x -> {_MU.format(x='x', u='u')}", u=f"y -> {factor}"),
        combine(name, f"sum(y=1..n: w(y)*({factor}*v(y))) = sum(x=1..m: p(x)*{_MU.format(x='x', u='u')}*{image})",
                f"{name}c {name}b"),
    )


STEP = Lemma(
    "mori_zwanzig.interlaced_norms", "One layer forward and back: the norms are interlaced and log-convex",
    statement(f"{_SIZES}, u v:int->real | hm: 0 <= m, hn: 0 <= n,"
              " p0: (all x:int | 1 <= x, x <= m => 0 <= p(x)), q0: (all y:int | 1 <= y, y <= n => 0 <= w(y)),"
              f" {_ROWS}, {_BALANCE}, hv: (all y:int | 1 <= y, y <= n => v(y) = {_back('u')})"
              f" => some | {_images('u', 'u')}*{_images('u', 'u')} <= {_inner('u', 'u')}*{_inner('v', 'v')},"
              f" {_inner('v', 'v')}*{_inner('v', 'v')} <= {_images('u', 'u')}*{_images('v', 'v')},"
              " sum(y=1..n: w(y)*v(y)) = sum(y=1..n: w(y)*u(y))"),
    (
        *_moved("wu", "u(y)"), *_moved("wv", "v(y)"),
        apply("cq", "mori_zwanzig.weighted_cauchy", n="n", w="y -> w(y)", a="y -> u(y)", b="y -> v(y)"),
        apply("cp", "mori_zwanzig.weighted_cauchy", n="m", w="x -> p(x)", a=f"x -> {_MU.format(x='x', u='u')}",
              b=f"x -> {_MU.format(x='x', u='v')}"),
        combine("A", f"{_images('u', 'u')}*{_images('u', 'u')} <= {_inner('u', 'u')}*{_inner('v', 'v')}",
                "cq wu", rounds=4),
        combine("B", f"{_inner('v', 'v')}*{_inner('v', 'v')} <= {_images('u', 'u')}*{_images('v', 'v')}",
                "cp wv", rounds=4),
        intro("on", "all x:int | 1 <= x, x <= m => p(x)*" + _MU.format(x="x", u="u") + "*sum(j=1..n: M(x,j)*1)"
              " = p(x)*1*" + _MU.format(x="x", u="u"), "x1 x2", apply("r", "M1", x="x"),
              combine("z", facts="r", rounds=3)),
        apply("onc", "textbook.sum_cong", f="x -> p(x)*" + _MU.format(x="x", u="u") + "*sum(j=1..n: M(x,j)*1)",
              g="x -> p(x)*1*" + _MU.format(x="x", u="u"), a="1", b="m"),
        apply("k1", "mori_zwanzig.balance", m="m", n="n", p="x -> p(x)", w="y -> w(y)", M="x, y -> M(x,y)",
              S="y, x -> S(y,x)", g=f"x -> {_MU.format(x='x', u='u')}", u="y -> 1"),
        apply("k2", "mori_zwanzig.balance", m="m", n="n", p="x -> p(x)", w="y -> w(y)", M="x, y -> M(x,y)",
              S="y, x -> S(y,x)", g="x -> 1", u="y -> u(y)"),
        intro("s1", "all y:int | 1 <= y, y <= n => w(y)*u(y)*sum(i=1..m: S(y,i)*1) = w(y)*u(y)", "y1 y2",
              apply("r", "S1", y="y"), combine("z", facts="r", rounds=3)),
        apply("s1c", "textbook.sum_cong", f="y -> w(y)*u(y)*sum(i=1..m: S(y,i)*1)", g="y -> w(y)*u(y)", a="1", b="n"),
        intro("s2", f"all y:int | 1 <= y, y <= n => w(y)*v(y) = w(y)*1*{_back('u')}", "y1 y2",
              apply("r", "hv", y="y"), combine("z", facts="r", rounds=3)),
        apply("s2c", "textbook.sum_cong", f="y -> w(y)*v(y)", g=f"y -> w(y)*1*{_back('u')}", a="1", b="n"),
        combine("C", "sum(y=1..n: w(y)*v(y)) = sum(y=1..n: w(y)*u(y))", "onc k1 k2 s1c s2c", rounds=4),
        witness("end"),
    ),
)

_OVERLAP = ("ov: (all x z:int | 1 <= x, x <= m, 1 <= z, z <= m => 1 - sum(j=1..n: min(M(x,j), M(z,j))) <= delta)")
_STOCHASTIC = "S0: (all y x:int | 1 <= y, y <= n, 1 <= x, x <= m => 0 <= S(y,x))"

OSCILLATION = Lemma(
    "mori_zwanzig.oscillation_back", "A layer forward and back shrinks oscillations by Dobrushin's coefficient",
    statement("all m n:int, M S:(i:int,j:int)->real, u:int->real, delta lo hi:real | hm: 1 <= m, hn: 0 <= n, lh: lo <="
              f" hi, {_ROWS}, {_STOCHASTIC}, {_OVERLAP}, hl: (all y:int | 1 <= y, y <= n => lo <= u(y)),"
              " hh: (all y:int | 1 <= y, y <= n => u(y) <= hi) => some lo1 hi1:real | lo1 <= hi1,"
              " hi1 - lo1 <= delta*(hi - lo),"
              f" (all y:int | 1 <= y, y <= n => lo1 <= {_back('u')}),"
              f" (all y:int | 1 <= y, y <= n => {_back('u')} <= hi1)"),
    (
        apply("la", "mori_zwanzig.largest", u=f"x -> {_MU.format(x='x', u='u')}", n="m"),
        obtain("end", "la", "big small", obtain("w2", "big", "a1 a2 a3", obtain(
            "w3", "small", "c1 c2 c3",
            *(intro(name, f"all y:int | 1 <= y, y <= n => {goal}", "i1 i2",
                    intro("t", f"all j:int | 1 <= j, j <= m => {low} <= {high}", "j1 j2",
                          apply("q0", "S0", y="y", x="j"), apply("q1", bound, i="j"), combine("y", facts="q0 q1")),
                    apply("mo", "textbook.sum_mono", f=f"j -> {low}", g=f"j -> {high}", a="1", b="m"),
                    apply("sc", "textbook.sum_scale", f=f"j -> {value}*S(y,j)", g="j -> S(y,j)", c=value, a="1",
                          b="m"),
                    apply("on", "S1", y="y"), combine("z", facts="mo sc on", rounds=3))
              for name, goal, low, high, bound, value in (
                  ("hu", f"{_back('u')} <= {_MU.format(x='a', u='u')}", "S(y,j)*sum(l=1..n: M(j,l)*u(l))",
                   f"{_MU.format(x='a', u='u').replace('j', 'l')}*S(y,j)", "a3",
                   _MU.format(x='a', u='u').replace('j', 'l')),
                  ("lu", f"{_MU.format(x='c', u='u')} <= {_back('u')}",
                   f"{_MU.format(x='c', u='u').replace('j', 'l')}*S(y,j)", "S(y,j)*sum(l=1..n: M(j,l)*u(l))", "c3",
                   _MU.format(x='c', u='u').replace('j', 'l')))),
            apply("ma", "M1", x="a"), apply("mc", "M1", x="c"),
            apply("me", "mori_zwanzig.means_differ", n="n", p="i -> M(a,i)", r="i -> M(c,i)", u="i -> u(i)", lo="lo",
                  hi="hi"),
            apply("o", "ov", x="a", z="c"),
            combine("w", f"{_MU.format(x='a', u='u')} - {_MU.format(x='c', u='u')} <= delta*(hi - lo)", "me o lh"),
            apply("le", "a3", i="c"),
            witness("w4", lo1=_MU.format(x="c", u="u"), hi1=_MU.format(x="a", u="u"))))),
    ),
)


_AT = "all y:int | 1 <= y, y <= n =>"
_LEVEL = "u(k,y)"
_NEXT = "sum(i=1..m: S(y,i)*sum(j=1..n: M(i,j)*u(k,j)))"
_R = "sum(y=1..n: w(y)*(u({0},y)*u({0},y)))"
_SQUARE = "sum(j=1..n: M(x,j)*u({0},j))"
_S = f"sum(x=1..m: p(x)*({_SQUARE}*{_SQUARE}))"
_ALL = {"m": "m", "n": "n", "p": "x -> p(x)", "w": "y -> w(y)", "M": "x, y -> M(x,y)", "S": "y, x -> S(y,x)"}

LAYER = Lemma(
    "mori_zwanzig.correlation_contraction_balanced",
    "A layer with a stochastic adjoint contracts functions of mean zero by Dobrushin's coefficient",
    statement(f"{_SIZES}, f:int->real, delta:real | hm: 1 <= m, hn: 1 <= n,"
              " p0: (all x:int | 1 <= x, x <= m => 0 <= p(x)), w0: (all y:int | 1 <= y, y <= n => 0 <= w(y)),"
              f" w1: sum(y=1..n: w(y)) = 1, {_ROWS}, {_STOCHASTIC}, {_BALANCE}, {_OVERLAP}, hd: 0 <= delta,"
              " mean: sum(y=1..n: w(y)*f(y)) = 0"
              " => sum(x=1..m: p(x)*(sum(j=1..n: M(x,j)*f(j))*sum(j=1..n: M(x,j)*f(j))))"
              " <= delta*sum(y=1..n: w(y)*(f(y)*f(y)))"),
    (
        apply("la", "mori_zwanzig.largest", u="i -> f(i)", n="n"),
        obtain("end", "la", "big small", obtain("w2", "big", "a1 a2 a3", obtain("w3", "small", "c1 c2 c3", define(
            "w4", f"def u(0, y:int) = f(y) then u(k+1) = {_NEXT}", "(k:int,y:int)->real", "e0 eS",
            combine("m0", "0 <= m", "hm"), combine("n0", "0 <= n", "hn"),
            intro("P", f"all k:int | 0 <= k => some | {_S.format('k')}*{_S.format('k')} <= {_R.format('k')}"
                  f"*{_R.format('(k+1)')}, {_R.format('(k+1)')}*{_R.format('(k+1)')} <= {_S.format('k')}"
                  f"*{_S.format('(k+1)')}, sum(y=1..n: w(y)*u(k+1,y)) = sum(y=1..n: w(y)*u(k,y))", "k1",
                  intro("hv", f"{_AT} u(k+1,y) = {_NEXT}", "y1 y2", apply("z", "eS", k="k", y="y")),
                  apply("z", "mori_zwanzig.interlaced_norms", **_ALL, u="y -> u(k,y)", v="y -> u(k+1,y)")),
            induct("Z", "all k:int | 0 <= k => sum(y=1..n: w(y)*u(k,y)) = 0", "hk ih",
                   [intro("t", f"{_AT} w(y)*u(0,y) = w(y)*f(y)", "y1 y2", apply("b", "e0", y="y"),
                          combine("z", facts="b")),
                    apply("c", "textbook.sum_cong", f="y -> w(y)*u(0,y)", g="y -> w(y)*f(y)", a="1", b="n"),
                    combine("z", facts="c mean")],
                   [apply("t", "P", k="k"), obtain("z", "t", "t1 t2 t3", combine("y", facts="t3 ih"))]),
            induct("O", "all k:int | 0 <= k => some lo hi:real | lo <= hi, hi - lo <= pow(delta, k)*(f(a) - f(c)),"
                   f" ({_AT} lo <= u(k,y)), ({_AT} u(k,y) <= hi)", "hk ih",
                   [*(intro(name, f"{_AT} {goal}", "y1 y2", apply("b", "e0", y="y"), apply("d", bound, i="y"),
                            combine("z", facts="b d"))
                      for name, goal, bound in (("lu", "f(c) <= u(0,y)", "c3"), ("hu", "u(0,y) <= f(a)", "a3"))),
                    apply("le", "a3", i="c"), apply("pz", "ax.pow_zero", b="delta"),
                    combine("wd", "f(a) - f(c) <= pow(delta, 0)*(f(a) - f(c))", "pz"),
                    witness("z", lo="f(c)", hi="f(a)")],
                   [obtain("z", "ih", "o1 o2 o3 o4",
                           apply("s", "mori_zwanzig.oscillation_back", m="m", n="n", M="x, y -> M(x,y)",
                                 S="y, x -> S(y,x)", u="y -> u(k,y)", delta="delta", lo="lo", hi="hi"),
                           obtain("y", "s", "s1 s2 s3 s4",
                                  apply("ps", "ax.pow_succ", b="delta", n="k"),
                                  combine("wd", "hi1 - lo1 <= pow(delta, k + 1)*(f(a) - f(c))", "s2 o2 ps hd"),
                                  *(intro(name, f"{_AT} {goal}", "y1 y2", apply("b", "eS", k="k", y="y"),
                                          apply("d", bound, y="y"), combine("x", facts="b d"))
                                    for name, goal, bound in (("lu", "lo1 <= u(k+1,y)", "s3"),
                                                              ("hu", "u(k+1,y) <= hi1", "s4"))),
                                  witness("x", lo="lo1", hi="hi1")))]),
            intro("B", f"all k:int | 0 <= k => {_R.format('k')} <= (f(a) - f(c))*(f(a) - f(c))*pow(delta*delta, k)",
                  "k1", apply("o", "O", k="k"), apply("zk", "Z", k="k"),
                  obtain("t", "o", "o1 o2 o3 o4",
                         apply("ce", "mori_zwanzig.centred", n="n", w="y -> w(y)", u="y -> u(k,y)", lo="lo", hi="hi"),
                         obtain("y", "ce", "l0 h0",
                                intro("sq", f"{_AT} w(y)*(u(k,y)*u(k,y)) <= (hi - lo)*(hi - lo)*w(y)", "y1 y2",
                                      apply("l1", "o3", y="y"), apply("h1", "o4", y="y"), apply("wp", "w0", y="y"),
                                      combine("d1", "0 <= hi - lo - u(k,y)", "h1 l0"),
                                      combine("d2", "0 <= hi - lo + u(k,y)", "l1 h0"),
                                      combine("d3", "u(k,y)*u(k,y) <= (hi - lo)*(hi - lo)", "d1 d2"),
                                      combine("x", facts="d3 wp")),
                                apply("mo", "textbook.sum_mono", f="y -> w(y)*(u(k,y)*u(k,y))",
                                      g="y -> (hi - lo)*(hi - lo)*w(y)", a="1", b="n"),
                                apply("sc", "textbook.sum_scale", f="y -> (hi - lo)*(hi - lo)*w(y)", g="y -> w(y)",
                                      c="(hi - lo)*(hi - lo)", a="1", b="n"),
                                combine("q1", f"{_R.format('k')} <= (hi - lo)*(hi - lo)", "mo sc w1", rounds=3),
                                combine("d4", "0 <= hi - lo", "o1"),
                                combine("d5", "0 <= pow(delta, k)*(f(a) - f(c)) + (hi - lo)", "o2 d4"),
                                combine("q2", "(hi - lo)*(hi - lo) <= pow(delta, k)*(f(a) - f(c))"
                                        "*(pow(delta, k)*(f(a) - f(c)))", "o2 d5"),
                                apply("pm", "textbook.pow_mul", x="delta", y="delta", n="k"),
                                combine("x", facts="q1 q2 pm", rounds=3)))),
            intro("R0", f"all k:int | 0 <= k => 0 <= {_R.format('k')}", "k1",
                  intro("t", f"{_AT} 0 <= w(y)*(u(k,y)*u(k,y))", "y1 y2", apply("b", "w0", y="y"),
                        combine("z", facts="b", squares=("u(k,y)",))),
                  apply("z", "textbook.sum_nonneg", f="y -> w(y)*(u(k,y)*u(k,y))", a="1", b="n")),
            intro("T0", f"all k:int | 0 <= k => 0 <= {_S.format('k')}", "k1",
                  intro("t", f"all x:int | 1 <= x, x <= m => 0 <= p(x)*({_SQUARE.format('k')}*{_SQUARE.format('k')})",
                        "y1 y2", apply("b", "p0", x="x"), combine("z", facts="b", squares=(_SQUARE.format("k"),))),
                  apply("z", "textbook.sum_nonneg", f=f"x -> p(x)*({_SQUARE.format('k')}*{_SQUARE.format('k')})",
                        a="1", b="m")),
            *(intro(name, f"all k:int | 0 <= k => {goal}", "k1", apply("t", "P", k="k"),
                    obtain("z", "t", "t1 t2 t3", combine("y", facts=part)))
              for name, goal, part in (
                  ("hs", f"{_S.format('k')}*{_S.format('k')} <= {_R.format('k')}*{_R.format('(k+1)')}", "t1"),
                  ("hr", f"{_R.format('(k+1)')}*{_R.format('(k+1)')} <= {_S.format('k')}*{_S.format('(k+1)')}", "t2"))),
            apply("lc", "mori_zwanzig.log_convex", r=f"k -> {_R.format('k')}", s=f"k -> {_S.format('k')}",
                  C="(f(a) - f(c))*(f(a) - f(c))", d="delta"),
            intro("fr", f"{_AT} w(y)*(u(0,y)*u(0,y)) = w(y)*(f(y)*f(y))", "y1 y2", apply("b", "e0", y="y"),
                  combine("z", facts="b", rounds=4)),
            apply("frc", "textbook.sum_cong", f="y -> w(y)*(u(0,y)*u(0,y))", g="y -> w(y)*(f(y)*f(y))", a="1", b="n"),
            intro("fs", f"all x:int | 1 <= x, x <= m => p(x)*({_SQUARE.format('0')}*{_SQUARE.format('0')})"
                  " = p(x)*(sum(j=1..n: M(x,j)*f(j))*sum(j=1..n: M(x,j)*f(j)))", "x1 x2",
                  intro("t", "all j:int | 1 <= j, j <= n => M(x,j)*u(0,j) = M(x,j)*f(j)", "y1 y2",
                        apply("b", "e0", y="j"), combine("z", facts="b", rounds=3)),
                  apply("c", "textbook.sum_cong", f="j -> M(x,j)*u(0,j)", g="j -> M(x,j)*f(j)", a="1", b="n"),
                  combine("z", facts="c", rounds=4)),
            apply("fsc", "textbook.sum_cong", f=f"x -> p(x)*({_SQUARE.format('0')}*{_SQUARE.format('0')})",
                  g="x -> p(x)*(sum(j=1..n: M(x,j)*f(j))*sum(j=1..n: M(x,j)*f(j)))", a="1", b="m"),
            combine("w5", facts="lc frc fsc", rounds=3))))),
    ),
)

LEMMAS: tuple[Lemma, ...] = (CAUCHY, CENTRED, BALANCE, STEP, OSCILLATION, LAYER)

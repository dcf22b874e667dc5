"""Hoeffding's inequality for independent samples of a finite law, proved from the exponential's own axioms.

Outcomes 1..K have probabilities w(o); in outcome o the t-th sample is the data point z(t, o) in 1..A. "Independent with
law D" is one equation for all functions u: the mean over outcomes of prod_t u(t, z(t, o)) is prod_t of the means under
D. The steps: a chord bounds exp, a two-point law has the largest exponential moment, and its logarithm is at most
p u + u^2/8 because the second derivative q (1 - q) is at most 1/4 (Hoeffding 1963); then Chernoff's bound.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, calculus, cases, combine, induct, intro, obtain

LAW = "(all a:int | 1 <= a, a <= A => 0 <= D(a)), sum(a=1..A: D(a)) = 1"
"""D is a law on the data points 1..A."""

PLACES = "(all o t:int | 1 <= o, o <= K, 1 <= t, t <= n => 1 <= z(t,o)),"\
         " (all o t:int | 1 <= o, o <= K, 1 <= t, t <= n => z(t,o) <= A)"
"""Samples are data points."""

INDEPENDENT = ("(all u:(t:int,a:int)->real => sum(o=1..K: w(o)*prod(t=1..n: u(t,z(t,o))))"
               " = prod(t=1..n: sum(a=1..A: D(a)*u(t,a))))")
"""The samples are independent and each has the law D."""

WEIGHTS = "(all o:int | 1 <= o, o <= K => 0 <= w(o))"
"""Probabilities of outcomes; their sum is 1 by independence with u = 1."""

RANGE = "(all a:int | 1 <= a, a <= A => 0 <= g(a)), (all a:int | 1 <= a, a <= A => g(a) <= M)"
"""Values between 0 and M."""

CHORD = Lemma(
    "covering.exp_chord", "exp lies below its chord: exp(t u) <= 1 - t + t exp(u) for 0 <= t <= 1",
    statement("all t u:real | t0: 0 <= t, t1: t <= 1 => exp(t*u) <= 1 - t + t*exp(u)"),
    (
        apply("p", "ax.exp_pos", a="t*u"), apply("o", "ax.exp_zero"),
        apply("g1", "ax.exp_ge", x="-t*u"), apply("a1", "ax.exp_add", "exp(0) = exp(t*u)*exp(-t*u)", a="t*u", b="-t*u"),
        apply("g2", "ax.exp_ge", x="u - t*u"),
        apply("a2", "ax.exp_add", "exp(u) = exp(t*u)*exp(u - t*u)", a="t*u", b="u - t*u"),
        combine("m1", "exp(t*u)*(1 - t*u) <= 1", "g1 p a1 o"),
        combine("m2", "exp(t*u)*(1 + u - t*u) <= exp(u)", "g2 p a2"),
        combine("n1", "(1 - t)*(exp(t*u)*(1 - t*u)) <= 1 - t", "m1 t1"),
        combine("n2", "t*(exp(t*u)*(1 + u - t*u)) <= t*exp(u)", "m2 t0"),
        combine("end", facts="n1 n2", degree=1),
    ),
)

_D, _Q = "(1 - p + p*exp({0}))", "(p*exp({0})*(1/(1 - p + p*exp({0}))))"
_SLOPE = _Q + " - p - {0}/4"


def _above_one(name: str, at: str, fact: str) -> tuple[Step, ...]:
    """1 - p + p exp(at) is at least 1 where 0 <= at."""
    return (apply(f"{name}e", "ax.exp_ge", x=at), combine(f"{name}g", f"0 <= exp({at}) - 1", f"{name}e {fact}"),
            combine(f"{name}k", f"0 <= p*(exp({at}) - 1)", f"{name}g p0"),
            combine(name, f"0 < {_D.format(at)}", f"{name}k", degree=1))


TWO_POINTS = Lemma(
    "covering.two_point_moment", "1 - p + p exp(u) <= exp(p u + u^2/8) for 0 <= p, u",
    statement("all p u:real | p0: 0 <= p, u0: 0 <= u => 1 - p + p*exp(u) <= exp(p*u + u*u/8)"),
    (
        apply("eo", "ax.exp_zero"),
        intro("S", f"all x:real | 0 <= x, x <= u => {_SLOPE.format('x')} <= 0", "x0 x1",
              intro("d", f"all y:real | 0 <= y, y <= x => deriv(v: {_SLOPE.format('v')}, y,"
                         f" {_Q.format('y')} - {_Q.format('y')}*{_Q.format('y')} - 1/4)", "y0 y1",
                    *_above_one("pos", "y", "y0"), apply("nz", "ax.lt_ne", x="0", y=_D.format("y")),
                    calculus("z", facts="pos")),
              intro("neg", f"all y:real | 0 <= y, y <= x => {_Q.format('y')} - {_Q.format('y')}*{_Q.format('y')}"
                           " - 1/4 <= 0", "y0 y1", combine("z", squares=(f"{_Q.format('y')} - 1/2",))),
              apply("N", "ax.nonincreasing", f=f"v -> {_SLOPE.format('v')}",
                    g=f"y -> {_Q.format('y')} - {_Q.format('y')}*{_Q.format('y')} - 1/4", a="0", b="x"),
              combine("one", f"{_D.format('0')} = 1", "eo"), combine("pos", f"0 < {_D.format('0')}", "one"),
              combine("inv", f"1/{_D.format('0')} = 1", "one pos"),
              combine("z", facts="N eo inv", rounds=4)),
        intro("d", f"all x:real | 0 <= x, x <= u => deriv(v: log({_D.format('v')}) - p*v - v*v/8, x,"
                   f" {_SLOPE.format('x')})", "x0 x1", *_above_one("pos", "x", "x0"), calculus("z", facts="pos")),
        apply("N", "ax.nonincreasing", f=f"v -> log({_D.format('v')}) - p*v - v*v/8", g=f"x -> {_SLOPE.format('x')}",
              a="0", b="u"),
        combine("one", f"{_D.format('0')} = 1", "eo"),
        apply("c", "ax.cong", f="t -> log(t)", x=_D.format("0"), y="1"), apply("l1", "textbook.log_one"),
        combine("lo", f"log({_D.format('u')}) <= p*u + u*u/8", "N c l1", degree=1),
        *_above_one("pos", "u", "u0"),
        apply("el", "ax.exp_log", x=_D.format("u")),
        apply("m", "textbook.exp_mono", x=f"log({_D.format('u')})", y="p*u + u*u/8"), combine("end", facts="el m"),
    ),
)

EXP_SUM = Lemma(
    "covering.exp_sum", "The exponential of a sum is the product of the exponentials",
    statement("all f:int->real, n:int | hn: 0 <= n => exp(sum(t=1..n: f(t))) = prod(t=1..n: exp(f(t)))"),
    (
        induct("I", "all k:int | 0 <= k => exp(sum(t=1..k: f(t))) = prod(t=1..k: exp(f(t)))", "hk ih",
               [apply("e", "ax.sum_empty", f="t -> f(t)", a="1", b="0"), apply("o", "ax.exp_zero"),
                apply("p", "ax.prod_empty", f="t -> exp(f(t))", a="1", b="0"),
                apply("c", "ax.cong", f="t -> exp(t)", x="sum(t=1..0: f(t))", y="0"), combine("z", facts="o p c")],
               [apply("e", "ax.sum_last", f="t -> f(t)", a="1", b="k + 1"),
                apply("p", "ax.prod_last", f="t -> exp(f(t))", a="1", b="k + 1"),
                apply("a", "ax.exp_add", a="sum(t=1..k: f(t))", b="f(k + 1)"),
                apply("c", "ax.cong", f="t -> exp(t)", x="sum(t=1..k+1: f(t))", y="sum(t=1..k: f(t)) + f(k+1)"),
                combine("z", facts="ih p a c", rounds=3)]),
        apply("end", "I", k="n"),
    ),
)

RISK = "sum(a=1..A: D(a)*g(a))"
EMPIRICAL = "(sum(t=1..n: g(z(t,o)))/n)"

MOMENT = Lemma(
    "covering.exponential_moment", "Hoeffding's lemma: E exp(h g) <= exp(h E g + h^2 M^2/8) for 0 <= g <= M",
    statement(f"all A:int, D g:int->real, M h:real | hA: 0 <= A, d0: (all a:int | 1 <= a, a <= A => 0 <= D(a)),"
              " d1: sum(a=1..A: D(a)) = 1, g0: (all a:int | 1 <= a, a <= A => 0 <= g(a)),"
              " g1: (all a:int | 1 <= a, a <= A => g(a) <= M), hM: 0 < M, h0: 0 <= h"
              f" => sum(a=1..A: D(a)*exp(h*g(a))) <= exp(h*{RISK} + h*h*M*M/8)"),
    (
        apply("rM", "ax.recip_pos", x="M"), combine("iM", "M*(1/M) = 1", "hM"),
        intro("one", "all a:int | 1 <= a, a <= A => D(a)*exp(h*g(a)) <= D(a) + (exp(h*M) - 1)*(1/M)*(D(a)*g(a))",
              "a1 a2", apply("d", "d0", a="a"), apply("x0", "g0", a="a"), apply("x1", "g1", a="a"),
              combine("t0", "0 <= g(a)*(1/M)", "x0 rM"), combine("t1", "g(a)*(1/M) <= 1", "x1 rM iM"),
              apply("c", "covering.exp_chord", t="g(a)*(1/M)", u="h*M"),
              combine("same", "(g(a)*(1/M))*(h*M) = h*g(a)", "iM"),
              apply("e", "ax.cong", f="t -> exp(t)", x="(g(a)*(1/M))*(h*M)", y="h*g(a)"),
              combine("y", "exp(h*g(a)) <= 1 - g(a)*(1/M) + g(a)*(1/M)*exp(h*M)", "c e", degree=1),
              combine("z", facts="y d")),
        apply("S", "textbook.sum_mono", f="a -> D(a)*exp(h*g(a))",
              g="a -> D(a) + (exp(h*M) - 1)*(1/M)*(D(a)*g(a))", a="1", b="A"),
        apply("P", "textbook.sum_add", f="a -> D(a)", g="a -> (exp(h*M) - 1)*(1/M)*(D(a)*g(a))", a="1", b="A"),
        apply("Q", "textbook.sum_scale", f="a -> (exp(h*M) - 1)*(1/M)*(D(a)*g(a))", g="a -> D(a)*g(a)",
              c="(exp(h*M) - 1)*(1/M)", a="1", b="A"),
        intro("n0", "all a:int | 1 <= a, a <= A => 0 <= D(a)*g(a)", "a1 a2", apply("d", "d0", a="a"),
              apply("x0", "g0", a="a"), combine("z", facts="d x0")),
        apply("R0", "textbook.sum_nonneg", f="a -> D(a)*g(a)", a="1", b="A"),
        combine("q0", f"0 <= {RISK}*(1/M)", "R0 rM"),
        combine("u0", "0 <= h*M", "h0 hM"),
        apply("T", "covering.two_point_moment", p=f"{RISK}*(1/M)", u="h*M"),
        combine("same", f"({RISK}*(1/M))*(h*M) + (h*M)*(h*M)/8 = h*{RISK} + h*h*M*M/8", "iM"),
        apply("e", "ax.cong", f="t -> exp(t)", x=f"({RISK}*(1/M))*(h*M) + (h*M)*(h*M)/8", y=f"h*{RISK} + h*h*M*M/8"),
        combine("end", facts="S P Q T e d1", degree=1, rounds=3),
    ),
)

_SETTING = (f"all n A K:int, w D g:int->real, z:(t:int,o:int)->int, M s:real | hn: 1 <= n, hA: 0 <= A, hK: 0 <= K,"
            f" d0: {LAW.split(', sum')[0]}, d1: sum{LAW.split(', sum')[1]}, w0: {WEIGHTS},"
            f" iid: {INDEPENDENT},"
            f" g0: {RANGE.split('), ')[0]}), g1: {RANGE.split('), ')[1]}, hM: 0 < M, hs: 0 <= s")
_X = f"({EMPIRICAL} - {RISK})"
_H = "(4*s*(1/M)*(1/M))"
_T = "sum(t=1..n: g(z(t,o)))"
_TAIL = "exp(-2*n*s*s*(1/M)*(1/M))"

ONE_SIDE = Lemma(
    "covering.hoeffding_one_side", "P(mean of g over n samples - E g >= s) <= exp(-2 n s^2/M^2)",
    statement(f"{_SETTING} => sum(o=1..K: w(o)*ite(s, {_X}, 1, 0)) <= {_TAIL}"),
    (
        apply("rM", "ax.recip_pos", x="M"), combine("iM", "M*(1/M) = 1", "hM"), combine("np", "0 < n", "hn"),
        combine("rn", "n*(1/n) = 1", "np"), combine("n0", "0 <= n", "hn"),
        combine("sM", "0 <= s*(1/M)", "hs rM"), combine("h0", f"0 <= {_H}", "sM rM"),
        # Chernoff, outcome by outcome
        intro("C", f"all o:int | 1 <= o, o <= K => w(o)*ite(s, {_X}, 1, 0) <="
                   f" exp(-n*{_H}*({RISK} + s))*(w(o)*prod(t=1..n: exp({_H}*g(z(t,o)))))", "o1 o2",
              apply("wo", "w0", o="o"),
              apply("es", "covering.exp_sum", f=f"t -> {_H}*g(z(t,o))", n="n"),
              apply("sc", "textbook.sum_scale", f=f"t -> {_H}*g(z(t,o))", g="t -> g(z(t,o))", c=_H, a="1", b="n"),
              apply("c", "ax.cong", f="t -> exp(t)", x=f"sum(t=1..n: {_H}*g(z(t,o)))", y=f"{_H}*{_T}"),
              apply("a", "ax.exp_add", f"exp({_H}*({_T} - n*{RISK} - n*s))"
                    f" = exp(-n*{_H}*({RISK} + s))*exp({_H}*{_T})", a=f"-n*{_H}*({RISK} + s)", b=f"{_H}*{_T}"),
              apply("p", "ax.exp_pos", a=f"{_H}*({_T} - n*{RISK} - n*s)"),
              apply("tot", "ax.total", x="s", y=_X),
              cases("I", "tot", "q",
                    [apply("i", "ax.ite_then", a="s", b=_X, x="1", y="0"),
                     combine("big", f"0 <= n*({_X} - s)", "q n0"),
                     combine("big2", f"0 <= {_T} - n*{RISK} - n*s", "big rn"),
                     combine("big3", f"0 <= {_H}*({_T} - n*{RISK} - n*s)", "big2 h0"),
                     apply("ge", "ax.exp_ge", x=f"{_H}*({_T} - n*{RISK} - n*s)"),
                     combine("y", facts="i ge big3", degree=1)],
                    [apply("i", "ax.ite_else", a="s", b=_X, x="1", y="0"), combine("y", facts="i p")],
                    goal=f"ite(s, {_X}, 1, 0) <= exp({_H}*({_T} - n*{RISK} - n*s))"),
              combine("J", f"w(o)*ite(s, {_X}, 1, 0) <= w(o)*exp({_H}*({_T} - n*{RISK} - n*s))", "I wo"),
              combine("z", facts="J a c es", rounds=4)),
        apply("S", "textbook.sum_mono", f=f"o -> w(o)*ite(s, {_X}, 1, 0)",
              g=f"o -> exp(-n*{_H}*({RISK} + s))*(w(o)*prod(t=1..n: exp({_H}*g(z(t,o)))))", a="1", b="K"),
        apply("Q", "textbook.sum_scale",
              f=f"o -> exp(-n*{_H}*({RISK} + s))*(w(o)*prod(t=1..n: exp({_H}*g(z(t,o)))))",
              g=f"o -> w(o)*prod(t=1..n: exp({_H}*g(z(t,o))))", c=f"exp(-n*{_H}*({RISK} + s))", a="1", b="K"),
        apply("E", "iid", u=f"t, a -> exp({_H}*g(a))"),
        apply("P", "textbook.prod_const", c=f"sum(a=1..A: D(a)*exp({_H}*g(a)))", n="n"),
        apply("m", "covering.exponential_moment", A="A", D="a -> D(a)", g="a -> g(a)", M="M", h=_H),
        intro("pn", f"all a:int | 1 <= a, a <= A => 0 <= D(a)*exp({_H}*g(a))", "a1 a2", apply("d", "d0", a="a"),
              apply("x", "ax.exp_pos", a=f"{_H}*g(a)"), combine("z", facts="d x")),
        apply("s0", "textbook.sum_nonneg", f=f"a -> D(a)*exp({_H}*g(a))", a="1", b="A"),
        apply("pw", "textbook.pow_mono", x=f"sum(a=1..A: D(a)*exp({_H}*g(a)))",
              y=f"exp({_H}*{RISK} + {_H}*{_H}*M*M/8)", n="n"),
        apply("ep", "textbook.exp_pow", x=f"{_H}*{RISK} + {_H}*{_H}*M*M/8", n="n"),
        combine("ex", f"-n*{_H}*({RISK} + s) + n*({_H}*{RISK} + {_H}*{_H}*M*M/8) = -2*n*s*s*(1/M)*(1/M)", "iM",
                rounds=4),
        apply("a", "ax.exp_add", a=f"-n*{_H}*({RISK} + s)", b=f"n*({_H}*{RISK} + {_H}*{_H}*M*M/8)"),
        apply("c", "ax.cong", f="t -> exp(t)",
              x=f"-n*{_H}*({RISK} + s) + n*({_H}*{RISK} + {_H}*{_H}*M*M/8)", y="-2*n*s*s*(1/M)*(1/M)"),
        apply("x0", "ax.exp_pos", a=f"-n*{_H}*({RISK} + s)"),
        combine("up", f"sum(o=1..K: w(o)*prod(t=1..n: exp({_H}*g(z(t,o)))))"
                      f" <= exp(n*({_H}*{RISK} + {_H}*{_H}*M*M/8))", "E P pw ep", degree=1),
        combine("up2", f"exp(-n*{_H}*({RISK} + s))*sum(o=1..K: w(o)*prod(t=1..n: exp({_H}*g(z(t,o)))))"
                       f" <= exp(-n*{_H}*({RISK} + s))*exp(n*({_H}*{RISK} + {_H}*{_H}*M*M/8))", "up x0"),
        combine("end", facts="S Q up2 a c", degree=1),
    ),
)

_O = "sum(a=1..A: D(a)*(M - g(a)))"
_Y = f"(sum(t=1..n: M - g(z(t,o)))/n - {_O})"

ABS_BELOW = Lemma(
    "covering.abs_below", "x < s and -x < s give |x| < s",
    statement("all x s:real | h1: x < s, h2: -x < s => abs(x) < s"),
    (
        # the larger of x and -x bounds |x| and is below s
        apply("t", "ax.total", x="0", y="x"),
        cases("end", "t", "q",
              [apply("a", "ax.abs_le", x="x", y="x"), combine("z", facts="a h1")],
              [apply("a", "ax.abs_le", x="x", y="-x"), combine("z", facts="a h2")]),
    ),
)

EITHER = Lemma(
    "covering.either_side", "|x| >= s means x >= s or -x >= s",
    statement("all s x:real => ite(s, abs(x), 1, 0) <= ite(s, x, 1, 0) + ite(s, -x, 1, 0)"),
    (
        apply("i1", "covering.indicator", a="s", b="x"), apply("i2", "covering.indicator", a="s", b="-x"),
        apply("t", "ax.total", x="s", y="x"), apply("u", "ax.total", x="s", y="-x"),
        apply("i3", "covering.indicator", a="s", b="abs(x)"),
        obtain("end", "i1", "a1 a2 a3", obtain("z", "i2", "b1 b2 b3", obtain("y", "i3", "c1 c2 c3",
               cases("x1", "t", "c",
                     [apply("f", "ax.ite_then", a="s", b="x", x="1", y="0"), combine("w", facts="f b2 c3")],
                     [cases("w", "u", "d",
                            [apply("f", "ax.ite_then", a="s", b="-x", x="1", y="0"), combine("m", facts="f a2 c3")],
                            [apply("low", "covering.abs_below", x="x", s="s"),
                             apply("f", "ax.ite_else", a="s", b="abs(x)", x="1", y="0"),
                             combine("m", facts="f a2 b2")])])))),
    ),
)

HOEFFDING = Lemma(
    "covering.hoeffding", "Hoeffding's inequality: P(|mean of g over n samples - E g| >= s) <= 2 exp(-2 n s^2/M^2)",
    statement(f"{_SETTING} => sum(o=1..K: w(o)*ite(s, abs{_X}, 1, 0)) <= 2*{_TAIL}"),
    (
        combine("np", "0 < n", "hn"), combine("rn", "n*(1/n) = 1", "np"), combine("n0", "0 <= n", "hn"),
        apply("up", "covering.hoeffding_one_side", n="n", A="A", K="K", w="o -> w(o)", D="a -> D(a)",
              g="a -> g(a)", z="t, o -> z(t,o)", M="M", s="s"),
        intro("y0", "all a:int | 1 <= a, a <= A => 0 <= M - g(a)", "a1 a2", apply("b", "g1", a="a"),
              combine("z", facts="b")),
        intro("y1", "all a:int | 1 <= a, a <= A => M - g(a) <= M", "a1 a2", apply("b", "g0", a="a"),
              combine("z", facts="b")),
        apply("dn", "covering.hoeffding_one_side", n="n", A="A", K="K", w="o -> w(o)", D="a -> D(a)",
              g="a -> M - g(a)", z="t, o -> z(t,o)", M="M", s="s"),
        # the risk of M - g
        apply("r3", "textbook.sum_add", f="a -> M*D(a)", g="a -> -1*(D(a)*g(a))", a="1", b="A"),
        apply("r4", "textbook.sum_scale", f="a -> M*D(a)", g="a -> D(a)", c="M", a="1", b="A"),
        apply("r5", "textbook.sum_scale", f="a -> -1*(D(a)*g(a))", g="a -> D(a)*g(a)", c="-1", a="1", b="A"),
        combine("r6", f"{_O} = M - {RISK}", "r3 r4 r5 d1", rounds=3),
        intro("I", f"all o:int | 1 <= o, o <= K => w(o)*ite(s, abs{_X}, 1, 0)"
                   f" <= w(o)*ite(s, {_X}, 1, 0) + w(o)*ite(s, {_Y}, 1, 0)", "o1 o2",
              apply("wo", "w0", o="o"), apply("e", "covering.either_side", s="s", x=_X),
              apply("s3", "textbook.sum_add", f="t -> M", g="t -> -1*g(z(t,o))", a="1", b="n"),
              apply("s4", "textbook.sum_const", c="M", n="n"),
              apply("s5", "textbook.sum_scale", f="t -> -1*g(z(t,o))", g="t -> g(z(t,o))", c="-1", a="1", b="n"),
              combine("s6", f"sum(t=1..n: M - g(z(t,o))) = M*n - {_T}", "s3 s4 s5", rounds=3),
              combine("s7", f"-{_X} = {_Y}", "s6 r6 rn", rounds=3),
              apply("c", "ax.cong", f="v -> ite(s, v, 1, 0)", x=f"-{_X}", y=_Y),
              combine("f", f"ite(s, abs{_X}, 1, 0) <= ite(s, {_X}, 1, 0) + ite(s, {_Y}, 1, 0)", "e c", degree=1),
              combine("z", facts="f wo")),
        apply("S", "textbook.sum_mono", f=f"o -> w(o)*ite(s, abs{_X}, 1, 0)",
              g=f"o -> w(o)*ite(s, {_X}, 1, 0) + w(o)*ite(s, {_Y}, 1, 0)", a="1", b="K"),
        apply("P", "textbook.sum_add", f=f"o -> w(o)*ite(s, {_X}, 1, 0)", g=f"o -> w(o)*ite(s, {_Y}, 1, 0)", a="1",
              b="K"),
        combine("end", facts="S P up dn", degree=1),
    ),
)

TOTAL = Lemma(
    "covering.total_mass", "The probabilities of the outcomes add up to 1",
    statement(f"all n A K:int, w D:int->real, z:(t:int,o:int)->int | hn: 0 <= n, hK: 0 <= K,"
              f" d1: sum{LAW.split(', sum')[1]}, iid: {INDEPENDENT} => sum(o=1..K: w(o)) = 1"),
    (
        apply("E", "iid", u="t, a -> 1"), apply("p", "textbook.prod_const", c="1", n="n"),
        apply("o", "textbook.pow_one", n="n"),
        apply("q", "textbook.prod_const", c="sum(a=1..A: D(a)*1)", n="n"),
        apply("c", "ax.cong", f="v -> pow(v, n)", x="sum(a=1..A: D(a)*1)", y="1"),
        intro("r", "all o:int | 1 <= o, o <= K => w(o)*prod(t=1..n: 1) = w(o)", "o1 o2", combine("z", facts="p o")),
        apply("s", "textbook.sum_cong", f="o -> w(o)*prod(t=1..n: 1)", g="o -> w(o)", a="1", b="K"),
        combine("end", facts="E q c o s", rounds=3),
    ),
)

LEMMAS = (CHORD, TWO_POINTS, EXP_SUM, MOMENT, ONE_SIDE, ABS_BELOW, EITHER, HOEFFDING, TOTAL)

"""From a cover to generalisation: sup |R - R_n| <= 2 eps + M sqrt((ln(2N) + ln(1/eta))/(2n)) with probability 1 - eta.

Over a finite probability space: outcome o has probability w(o), its t-th sample is the data point z(t, o), independent
with law D (see `covering.hoeffding`). A supremum over a class is written as a training procedure, which picks in every
outcome a function f(o, .) within eps of one of N centres; the worst choice makes the supremum.
"""

from __future__ import annotations

from theory.covering.generalization_points import CONTROLS, INSTANCE, KILLS, SURVIVORS
from theory.covering.generalization_terms import (
    ATTACKED,
    CENTRES,
    EMPIRICAL,
    HYPOTHESES,
    RADIUS,
    RISK,
    good_event,
)
from theory.language import Claim, Comparison, Lemma, Source, statement
from theory.language.derivation import apply, cases, combine, intro, obtain

_EXCESS = "(log(2*N) + log(1/eta))/(2*n)"

DEVIATION = Lemma(
    "covering.deviation_radius", "At s = M sqrt((ln(2N) + ln(1/eta))/(2n)) Hoeffding's tail is eta/(2N)",
    statement("all n N:int, M eta:real | hn: 1 <= n, hN: 1 <= N, hM: 0 < M, e0: 0 < eta, e1: eta <= 1"
              f" => some | 0 <= {_EXCESS}, 0 <= {RADIUS},"
              f" N*(2*exp(-2*n*({RADIUS})*({RADIUS})*(1/M)*(1/M))) = eta"),
    (
        combine("iM", "M*(1/M) = 1", "hM"), combine("n2", "0 < 2*n", "hn"),
        apply("rn", "ax.recip_pos", x="2*n"), combine("in", "2*n*(1/(2*n)) = 1", "n2"),
        apply("re", "ax.recip_pos", x="eta"), combine("ie", "eta*(1/eta) = 1", "e0"),
        combine("N2", "1 <= 2*N", "hN"), combine("Np", "0 < 2*N", "hN"),
        combine("r1", "1 <= 1/eta", "re ie e1"),
        apply("l1", "textbook.log_nonneg", x="2*N"), apply("l2", "textbook.log_nonneg", x="1/eta"),
        combine("Z0", f"0 <= {_EXCESS}", "l1 l2 rn"),
        apply("sq", "ax.sqrt_sq", x=_EXCESS), apply("s0", "ax.sqrt_nonneg", x=_EXCESS),
        combine("R0", f"0 <= {RADIUS}", "s0 hM"),
        combine("e", f"-2*n*({RADIUS})*({RADIUS})*(1/M)*(1/M) = -(log(2*N) + log(1/eta))", "sq iM in", rounds=5),
        apply("c", "ax.cong", f="v -> exp(v)", x=f"-2*n*({RADIUS})*({RADIUS})*(1/M)*(1/M)",
              y="-(log(2*N) + log(1/eta))"),
        apply("a", "ax.exp_add", a="log(2*N)", b="log(1/eta)"),
        apply("b", "ax.exp_add", "exp(0) = exp(log(2*N) + log(1/eta))*exp(-(log(2*N) + log(1/eta)))",
              a="log(2*N) + log(1/eta)", b="-(log(2*N) + log(1/eta))"),
        apply("x1", "ax.exp_log", x="2*N"), apply("x2", "ax.exp_log", x="1/eta"), apply("o", "ax.exp_zero"),
        # 2N (1/eta) exp(-...) = 1
        combine("f", "2*N*(1/eta)*exp(-(log(2*N) + log(1/eta))) = 1", "a b x1 x2 o", rounds=4),
        combine("g", "2*N*exp(-(log(2*N) + log(1/eta))) = eta", "f ie", rounds=4),
        combine("z", f"N*(2*exp(-2*n*({RADIUS})*({RADIUS})*(1/M)*(1/M))) = eta", "c g", rounds=3),
    ),
)

_F, _C = "l(a,f(a))", "l(a,c(a))"
_FZ, _CZ = "l(z(t),f(z(t)))", "l(z(t),c(z(t)))"

TRANSFER = Lemma(
    "covering.loss_transfer", "Functions within eps have |R_n - R| within 2 eps, for 1-Lipschitz losses",
    statement("all n A:int, D:int->real, z:int->int, l:(a:int,u:real)->real, f c:int->real, eps:real |"
              " hn: 1 <= n, hA: 0 <= A, d0: (all a:int | 1 <= a, a <= A => 0 <= D(a)), d1: sum(a=1..A: D(a)) = 1,"
              " z0: (all t:int | 1 <= t, t <= n => 1 <= z(t)), z1: (all t:int | 1 <= t, t <= n => z(t) <= A),"
              " hl: (all a:int, u v:real | 1 <= a, a <= A => abs(l(a,u) - l(a,v)) <= abs(u - v)),"
              " hf: (all a:int | 1 <= a, a <= A => abs(f(a) - c(a)) <= eps)"
              f" => abs(sum(t=1..n: {_FZ})/n - sum(a=1..A: D(a)*{_F}))"
              f" <= abs(sum(t=1..n: {_CZ})/n - sum(a=1..A: D(a)*{_C})) + 2*eps"),
    (
        combine("np", "0 < n", "hn"), apply("rn", "ax.recip_pos", x="n"), combine("in", "n*(1/n) = 1", "np"),
        intro("p", f"all a:int | 1 <= a, a <= A => abs({_F} - {_C}) <= eps", "a1 a2",
              apply("x", "hl", a="a", u="f(a)", v="c(a)"), apply("y", "hf", a="a"), combine("z", facts="x y")),
        intro("q", f"all a:int | 1 <= a, a <= A => abs(D(a)*{_F} + -1*(D(a)*{_C})) <= eps*D(a)", "a1 a2",
              apply("x", "p", a="a"), apply("d", "d0", a="a"),
              apply("b1", "ax.abs_ge", x=f"{_F} - {_C}"), apply("b2", "ax.abs_neg", x=f"{_F} - {_C}"),
              combine("u1", f"{_F} - {_C} <= eps", "b1 x"), combine("u2", f"-({_F} - {_C}) <= eps", "b2 x"),
              combine("v1", f"D(a)*{_F} + -1*(D(a)*{_C}) <= eps*D(a)", "u1 d"),
              combine("v2", f"-(D(a)*{_F} + -1*(D(a)*{_C})) <= eps*D(a)", "u2 d"),
              apply("z", "ax.abs_le", x=f"D(a)*{_F} + -1*(D(a)*{_C})", y="eps*D(a)")),
        apply("S", "textbook.sum_abs", f=f"a -> D(a)*{_F} + -1*(D(a)*{_C})", g="a -> eps*D(a)", a="1", b="A"),
        apply("S1", "textbook.sum_add", f=f"a -> D(a)*{_F}", g=f"a -> -1*(D(a)*{_C})", a="1", b="A"),
        apply("S2", "textbook.sum_scale", f=f"a -> -1*(D(a)*{_C})", g=f"a -> D(a)*{_C}", c="-1", a="1", b="A"),
        apply("S3", "textbook.sum_scale", f="a -> eps*D(a)", g="a -> D(a)", c="eps", a="1", b="A"),
        apply("S4", "ax.abs_ge", x=f"sum(a=1..A: D(a)*{_F} + -1*(D(a)*{_C}))"),
        apply("S5", "ax.abs_neg", x=f"sum(a=1..A: D(a)*{_F} + -1*(D(a)*{_C}))"),
        combine("R1", f"sum(a=1..A: D(a)*{_F}) - sum(a=1..A: D(a)*{_C}) <= eps", "S S1 S2 S3 S4 d1", degree=1,
                rounds=3),
        combine("R2", f"sum(a=1..A: D(a)*{_C}) - sum(a=1..A: D(a)*{_F}) <= eps", "S S1 S2 S3 S5 d1", degree=1,
                rounds=3),
        intro("r", f"all t:int | 1 <= t, t <= n => abs({_FZ} + -1*{_CZ}) <= eps", "t1 t2",
              apply("x0", "z0", t="t"), apply("x1", "z1", t="t"), apply("y", "p", a="z(t)"), combine("z", facts="y")),
        apply("T", "textbook.sum_abs", f=f"t -> {_FZ} + -1*{_CZ}", g="t -> eps", a="1", b="n"),
        apply("T1", "textbook.sum_add", f=f"t -> {_FZ}", g=f"t -> -1*{_CZ}", a="1", b="n"),
        apply("T2", "textbook.sum_scale", f=f"t -> -1*{_CZ}", g=f"t -> {_CZ}", c="-1", a="1", b="n"),
        apply("T3", "textbook.sum_const", c="eps", n="n"),
        apply("T4", "ax.abs_ge", x=f"sum(t=1..n: {_FZ} + -1*{_CZ})"),
        apply("T5", "ax.abs_neg", x=f"sum(t=1..n: {_FZ} + -1*{_CZ})"),
        combine("E1", f"sum(t=1..n: {_FZ}) - sum(t=1..n: {_CZ}) <= eps*n", "T T1 T2 T3 T4", degree=1, rounds=3),
        combine("E2", f"sum(t=1..n: {_CZ}) - sum(t=1..n: {_FZ}) <= eps*n", "T T1 T2 T3 T5", degree=1, rounds=3),
        combine("F1", f"sum(t=1..n: {_FZ})/n - sum(t=1..n: {_CZ})/n <= eps", "E1 rn in"),
        combine("F2", f"sum(t=1..n: {_CZ})/n - sum(t=1..n: {_FZ})/n <= eps", "E2 rn in"),
        apply("g1", "ax.abs_ge", x=f"sum(t=1..n: {_CZ})/n - sum(a=1..A: D(a)*{_C})"),
        apply("g2", "ax.abs_neg", x=f"sum(t=1..n: {_CZ})/n - sum(a=1..A: D(a)*{_C})"),
        apply("end", "ax.abs_le", x=f"sum(t=1..n: {_FZ})/n - sum(a=1..A: D(a)*{_F})",
              y=f"abs(sum(t=1..n: {_CZ})/n - sum(a=1..A: D(a)*{_C})) + 2*eps"),
    ),
)

UNION_BOUND = Lemma(
    "covering.union_bound", "If the complement of E lies in N events of probability at most p, then P(E) >= 1 - N p",
    statement("all K N:int, w e:int->real, b:(k:int,o:int)->real, p:real | hK: 0 <= K, hN: 0 <= N,"
              " w0: (all o:int | 1 <= o, o <= K => 0 <= w(o)), w1: sum(o=1..K: w(o)) = 1,"
              " he: (all o:int | 1 <= o, o <= K => 1 - e(o) <= sum(k=1..N: b(k,o))),"
              " hb: (all k:int | 1 <= k, k <= N => sum(o=1..K: w(o)*b(k,o)) <= p)"
              " => 1 - N*p <= sum(o=1..K: w(o)*e(o))"),
    (
        intro("I", "all o:int | 1 <= o, o <= K => w(o) + -1*(w(o)*e(o)) <= sum(k=1..N: w(o)*b(k,o))", "o1 o2",
              apply("a", "w0", o="o"), apply("x", "he", o="o"),
              apply("s", "textbook.sum_scale", f="k -> w(o)*b(k,o)", g="k -> b(k,o)", c="w(o)", a="1", b="N"),
              combine("y", "w(o)*(1 - e(o)) <= w(o)*sum(k=1..N: b(k,o))", "a x"), combine("z", facts="y s", degree=1)),
        apply("S", "textbook.sum_mono", f="o -> w(o) + -1*(w(o)*e(o))", g="o -> sum(k=1..N: w(o)*b(k,o))", a="1",
              b="K"),
        apply("S1", "textbook.sum_add", f="o -> w(o)", g="o -> -1*(w(o)*e(o))", a="1", b="K"),
        apply("S2", "textbook.sum_scale", f="o -> -1*(w(o)*e(o))", g="o -> w(o)*e(o)", c="-1", a="1", b="K"),
        apply("X", "textbook.double_sum", f="o, k -> w(o)*b(k,o)", n="K", k="N"),
        apply("P", "textbook.sum_mono", f="k -> sum(o=1..K: w(o)*b(k,o))", g="k -> p", a="1", b="N"),
        apply("Q", "textbook.sum_const", c="p", n="N"),
        combine("end", facts="S S1 S2 X P Q w1", degree=1, rounds=3),
    ),
)

LEMMAS = (DEVIATION, TRANSFER, UNION_BOUND)

_X = f"({CENTRES[0]} - {CENTRES[1]})"
"""Empirical minus true risk of the k-th centre."""

_BAD = f"ite({RADIUS}, abs{_X}, 1, 0)"
_Y = f"({EMPIRICAL} - {RISK})"
_G = good_event()
_BOUND = f"2*eps + {RADIUS}"

STATEMENT = statement(f"{HYPOTHESES} => 1 - eta <= sum(o=1..K: w(o)*{_G})")

_DERIVATION = (
    combine("n0", "0 <= n", "H1"), combine("N0", "0 <= N", "H2"),
    apply("mass", "covering.total_mass", n="n", A="A", K="K", w="o -> w(o)", D="a -> D(a)", z="t, o -> z(t,o)"),
    apply("dev", "covering.deviation_radius", n="n", N="N", M="M", eta="eta"),
    obtain("end", "dev", "v0 v1 v2",
           intro("B", f"all k:int | 1 <= k, k <= N => sum(o=1..K: w(o)*{_BAD}) <= 2*exp(-2*n*({RADIUS})*({RADIUS})"
                      "*(1/M)*(1/M))", "k1 k2",
                 intro("g0", "all a:int | 1 <= a, a <= A => 0 <= l(a,c(k,a))", "a1 a2",
                       apply("z1", "H12", k="k", a="a")),
                 intro("g1", "all a:int | 1 <= a, a <= A => l(a,c(k,a)) <= M", "a1 a2",
                       apply("z1", "H13", k="k", a="a")),
                 apply("z", "covering.hoeffding", n="n", A="A", K="K", w="o -> w(o)", D="a -> D(a)",
                       g="a -> l(a,c(k,a))", z="t, o -> z(t,o)", M="M", s=RADIUS)),
           intro("E", f"all o:int | 1 <= o, o <= K => 1 - {_G} <= sum(k=1..N: {_BAD})", "o1 o2",
                 intro("pos", f"all k:int | 1 <= k, k <= N => 0 <= {_BAD}", "k1 k2",
                       apply("i", "covering.indicator", a=RADIUS, b=f"abs{_X}"),
                       obtain("y", "i", "i1 i2 i3", combine("x", facts="i2"))),
                 apply("all0", "textbook.sum_nonneg", f=f"k -> {_BAD}", a="1", b="N"),
                 apply("near", "H17", o="o"),
                 obtain("z", "near", "k1 k2 close",
                        intro("s0", "all t:int | 1 <= t, t <= n => 1 <= z(t,o)", "t1 t2",
                              apply("y", "H8", o="o", t="t")),
                        intro("s1", "all t:int | 1 <= t, t <= n => z(t,o) <= A", "t1 t2",
                              apply("y", "H9", o="o", t="t")),
                        apply("T", "covering.loss_transfer", n="n", A="A", D="a -> D(a)", z="t -> z(t,o)",
                              l="a, u -> l(a,u)", f="a -> f(o,a)", c="a -> c(k,a)", eps="eps"),
                        apply("one", "textbook.term_at_most_sum", f=f"k -> {_BAD}", n="N", c="k"),
                        apply("tot", "ax.total", x=RADIUS, y=f"abs{_X}"),
                        cases("y", "tot", "q",
                              [apply("i", "ax.ite_then", a=RADIUS, b=f"abs{_X}", x="1", y="0"),
                               apply("ig", "covering.indicator", a=f"abs{_Y}", b=_BOUND),
                               obtain("x", "ig", "i1 i2 i3", combine("u", facts="i one i2", degree=1))],
                              [combine("le", f"abs{_Y} <= {_BOUND}", "T q", degree=1),
                               apply("ig", "ax.ite_then", a=f"abs{_Y}", b=_BOUND, x="1", y="0"),
                               combine("x", facts="ig all0", degree=1)]))),
           apply("U", "covering.union_bound", K="K", N="N", w="o -> w(o)", e=f"o -> {_G}", b=f"k, o -> {_BAD}",
                 p=f"2*exp(-2*n*({RADIUS})*({RADIUS})*(1/M)*(1/M))"),
           combine("z", facts="U v2", degree=1)),
)


CLAIM = Claim(
    id="covering.generalization",
    title="Generalisation from a finite cover",
    statement=STATEMENT,
    source=Source("W. Hoeffding", 1963, "Probability inequalities for sums of bounded random variables",
                  "reconstructed", note="The union bound over a cover is textbook material (Anthony and Bartlett 1999,"
                  " recalled); the statement was put together from memory. Nothing is cited: Hoeffding's inequality is"
                  " proved as covering.hoeffding."),
    summary="With probability at least 1 - eta a function within eps of one of N centres, however it was chosen from n"
            " independent samples, has |R_n - R| <= 2 eps + M sqrt((ln(2N) + ln(1/eta))/(2n)), for 1-Lipschitz losses"
            " in [0, M]. For networks of usual size this exceeds M: it is vacuous.",
    derivation=_DERIVATION,
    # the sixth obligation is the number under the root; the others are found by themselves
    posed=(*((),) * 5, (apply("v", "covering.deviation_radius", n="n", N="N", M="M", eta="eta"),
                        obtain("z", "v", "v0 v1 v2", apply("y", "v0")))),
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("probability", "n independent samples of any law",
                   "a finite probability space 1..K, data points 1..A; independence as one equation for all u (H10)",
                   "finite: every law of data stored in a computer is one"),
        Comparison("supremum", "sup over the class of |R - R_n|",
                   "a function f(o, .) chosen in every outcome o, within eps of a centre; one that violates the bound"
                   " wherever there is one makes the supremum", "equivalent"),
        Comparison("loss", "1-Lipschitz with values in [0, M], internal centres or clipped",
                   "1-Lipschitz in a scalar prediction (H11), in [0, M] at the centres only (H12, H13)",
                   "slightly weaker hypothesis; one output"),
        Comparison("cover", "N(eps) in sup norm on the inputs", "N centres, within eps at the data points 1..A (H17)",
                   "a sup-norm cover is one"),
        Comparison("conclusion", "2 eps + M sqrt((ln(2N) + ln(1/eta))/(2n)) with probability 1 - eta",
                   "the same, the event counted by ite", "as stated; Hoeffding and the union bound are proved"),
        Comparison("chaining", "inf over alpha of 4 alpha + 12/sqrt(n) integral of sqrt(ln N)", "not formalised",
                   "open"),
    ),
    tightness="2 eps is approached: a rare data point seen by chance makes the difference 2 eps (1 - its probability)."
              " The square root is not sharp for small n.",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)

"""Factorials: sign, growth, and the elementary bounds e (n/e)^n <= n! <= e n (n/e)^n."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, induct

FACT_POS = Lemma(
    "textbook.fact_pos", "Factorials are positive",
    statement("all n:int | hn: 0 <= n => 0 < fact(n)"),
    (
        induct("I", "all k:int | 0 <= k => 0 < fact(k)", "hk ih",
               [apply("f0", "ax.fact_zero"), combine("z", facts="f0")],
               [apply("f1", "ax.fact_succ", n="k"), combine("z", facts="ih hk f1")]),
        apply("end", "I", k="n"),
    ),
)

EXP_POW = Lemma(
    "textbook.exp_pow", "exp(n x) is the n-th power of exp(x)",
    statement("all x:real, n:int | hn: 0 <= n => exp(n*x) = pow(exp(x), n)"),
    (
        induct("I", "all k:int | 0 <= k => exp(k*x) = pow(exp(x), k)", "hk ih",
               [apply("e", "ax.exp_zero"), apply("p", "ax.pow_zero", b="exp(x)"), combine("z", facts="e p")],
               [apply("a", "ax.exp_add", a="k*x", b="x"), apply("p", "ax.pow_succ", b="exp(x)", n="k"),
                combine("z", facts="a p ih")]),
        apply("end", "I", k="n"),
    ),
)

LOWER_GROWTH = Lemma(
    "textbook.power_growth_upper", "(1 + 1/n)^n <= e, without quotients: (n+1)^n <= e n^n",
    statement("all n:int | hn: 1 <= n => pow(n + 1, n) <= exp(1)*pow(n, n)"),
    (
        combine("np", "0 < n", "hn"), combine("n0", "0 <= n", "hn"),
        apply("r", "ax.recip_pos", x="n"),
        apply("e", "ax.exp_ge", x="1/n"),
        combine("e2", "(n + 1)*(1/n) <= exp(1/n)", "e np"),
        combine("pos", "0 <= (n + 1)*(1/n)", "n0 r"),
        apply("m", "textbook.pow_mono", x="(n + 1)*(1/n)", y="exp(1/n)", n="n"),
        apply("x", "textbook.exp_pow", x="1/n", n="n"),
        combine("one", "n*(1/n) = 1", "np"),
        apply("c", "ax.cong", f="t -> exp(t)", x="n*(1/n)", y="1"),
        combine("m2", "pow((n + 1)*(1/n), n) <= exp(1)", "m x c", degree=1),
        apply("q", "textbook.pow_nonneg", "0 <= pow(n, n)", x="n", n="n"),
        combine("m3", "pow((n + 1)*(1/n), n)*pow(n, n) <= exp(1)*pow(n, n)", "m2 q"),
        apply("s", "textbook.pow_mul", x="(n + 1)*(1/n)", y="n", n="n"),
        combine("two", "(n + 1)*(1/n)*n = n + 1", "np"),
        apply("t", "ax.cong", f="t -> pow(t, n)", x="(n + 1)*(1/n)*n", y="n + 1"),
        combine("end", facts="m3 s t", degree=1),
    ),
)

UPPER_GROWTH = Lemma(
    "textbook.power_growth_lower", "e <= (1 + 1/n)^(n+1), without quotients: e n^(n+1) <= (n+1)^(n+1)",
    statement("all n:int | hn: 1 <= n => exp(1)*pow(n, n + 1) <= pow(n + 1, n + 1)"),
    (
        combine("np", "0 < n + 1", "hn"), combine("n0", "0 <= n", "hn"),
        apply("r", "ax.recip_pos", x="n + 1"),
        apply("e", "ax.exp_ge", x="-(1/(n + 1))"),
        combine("e2", "n*(1/(n + 1)) <= exp(-(1/(n + 1)))", "e np"),
        combine("pos", "0 <= n*(1/(n + 1))", "n0 r"),
        apply("m", "textbook.pow_mono", x="n*(1/(n + 1))", y="exp(-(1/(n + 1)))", n="n + 1"),
        apply("x", "textbook.exp_pow", x="-(1/(n + 1))", n="n + 1"),
        combine("one", "(n + 1)*(-(1/(n + 1))) = -1", "np"),
        apply("c", "ax.cong", f="t -> exp(t)", x="(n + 1)*(-(1/(n + 1)))", y="-1"),
        combine("m2", "pow(n*(1/(n + 1)), n + 1) <= exp(-1)", "m x c", degree=1),
        apply("q", "textbook.pow_nonneg", "0 <= pow(n + 1, n + 1)", x="n + 1", n="n + 1"),
        combine("m3", "pow(n*(1/(n + 1)), n + 1)*pow(n + 1, n + 1) <= exp(-1)*pow(n + 1, n + 1)", "m2 q"),
        apply("s", "textbook.pow_mul", x="n*(1/(n + 1))", y="n + 1", n="n + 1"),
        combine("two", "n*(1/(n + 1))*(n + 1) = n", "np"),
        apply("t", "ax.cong", f="t -> pow(t, n + 1)", x="n*(1/(n + 1))*(n + 1)", y="n"),
        combine("m4", "pow(n, n + 1) <= exp(-1)*pow(n + 1, n + 1)", "m3 s t", degree=1),
        apply("ep", "ax.exp_pos", a="1"),
        combine("m5", "exp(1)*pow(n, n + 1) <= exp(1)*exp(-1)*pow(n + 1, n + 1)", "m4 ep"),
        apply("ea", "ax.exp_add", a="1", b="-1"), apply("e0", "ax.exp_zero"),
        combine("end", facts="m5 ea e0", degree=1, rounds=3),
    ),
)

FACT_UPPER = Lemma(
    "textbook.factorial_upper", "n! <= e n (n/e)^n, written n! e^(n-1) <= n^(n+1)",
    statement("all n:int | hn: 1 <= n => fact(n)*exp(n - 1) <= pow(n, n + 1)"),
    (
        induct("I", "all k:int | 1 <= k => fact(k)*exp(k - 1) <= pow(k, k + 1)", "hk ih",
               [apply("f0", "ax.fact_zero"), apply("f1", "ax.fact_succ", n="0"), apply("e0", "ax.exp_zero"),
                apply("p", "textbook.pow_one", n="2"), combine("z", facts="f0 f1 e0 p")],
               [apply("g", "textbook.power_growth_lower", n="k"), apply("f", "ax.fact_succ", n="k"),
                apply("ea", "ax.exp_add", a="k - 1", b="1"), apply("p", "ax.pow_succ", b="k + 1", n="k + 1"),
                apply("ep", "ax.exp_pos", a="1"), combine("k1", "0 <= k + 1", "hk"),
                combine("w", "0 <= (k + 1)*exp(1)", "k1 ep"),
                combine("m1", "(k + 1)*exp(1)*(fact(k)*exp(k - 1)) <= (k + 1)*exp(1)*pow(k, k + 1)", "w ih"),
                combine("m2", "(k + 1)*(exp(1)*pow(k, k + 1)) <= (k + 1)*pow(k + 1, k + 1)", "k1 g"),
                combine("z", facts="m1 m2 f ea p", degree=1, rounds=3)]),
        apply("end", "I", k="n"),
    ),
)

FACT_LOWER = Lemma(
    "textbook.factorial_lower", "e (n/e)^n <= n!, written n^n <= n! e^(n-1)",
    statement("all n:int | hn: 1 <= n => pow(n, n) <= fact(n)*exp(n - 1)"),
    (
        induct("I", "all k:int | 1 <= k => pow(k, k) <= fact(k)*exp(k - 1)", "hk ih",
               [apply("f0", "ax.fact_zero"), apply("f1", "ax.fact_succ", n="0"), apply("e0", "ax.exp_zero"),
                apply("p", "textbook.pow_one", n="1"), combine("z", facts="f0 f1 e0 p")],
               [apply("g", "textbook.power_growth_upper", n="k"), apply("f", "ax.fact_succ", n="k"),
                apply("ea", "ax.exp_add", a="k - 1", b="1"), apply("p", "ax.pow_succ", b="k + 1", n="k"),
                apply("ep", "ax.exp_pos", a="1"), combine("k1", "0 <= k + 1", "hk"),
                combine("w", "0 <= (k + 1)*exp(1)", "k1 ep"),
                combine("m1", "(k + 1)*exp(1)*pow(k, k) <= (k + 1)*exp(1)*(fact(k)*exp(k - 1))", "w ih"),
                combine("m2", "(k + 1)*pow(k + 1, k) <= (k + 1)*(exp(1)*pow(k, k))", "k1 g"),
                combine("z", facts="m1 m2 f ea p", degree=1, rounds=3)]),
        apply("end", "I", k="n"),
    ),
)

LEMMAS = (FACT_POS, EXP_POW, LOWER_GROWTH, UPPER_GROWTH, FACT_UPPER, FACT_LOWER)

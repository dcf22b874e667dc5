"""Comparisons of exponentials, powers and factorials that make limits explicit."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, induct, intro

TWO_POW_GE = Lemma(
    "textbook.two_pow_ge", "n <= 2^n",
    statement("all n:int | hn: 0 <= n => n <= pow(2, n)"),
    (
        induct("I", "all k:int | 0 <= k => k + 1 <= pow(2, k)", "hk ih",
               [apply("p", "ax.pow_zero", b="2"), combine("z", facts="p")],
               [apply("p", "ax.pow_succ", b="2", n="k"), combine("z", facts="p ih hk")]),
        apply("J", "I", k="n"), combine("end", facts="J"),
    ),
)

FACT_GE = Lemma(
    "textbook.fact_ge", "n <= n! and 1 <= n!",
    statement("all n:int | hn: 0 <= n => some | n <= fact(n), 1 <= fact(n)"),
    (
        induct("I", "all k:int | 0 <= k => 1 <= fact(k)", "hk ih",
               [apply("f0", "ax.fact_zero"), combine("z", facts="f0")],
               [apply("f1", "ax.fact_succ", n="k"), combine("z", facts="f1 ih hk")]),
        apply("one", "I", k="n"),
        induct("J", "all k:int | 0 <= k => k <= fact(k)", "hk ih",
               [apply("f0", "ax.fact_zero"), combine("z", facts="f0")],
               [apply("f1", "ax.fact_succ", n="k"), apply("g", "I", k="k"), combine("z", facts="f1 g hk")]),
        apply("two", "J", k="n"),
    ),
)

FACT_LE_POW = Lemma(
    "textbook.fact_le_pow", "k! <= x^k for every x >= k",
    statement("all k:int, x:real | hk: 0 <= k, hx: k <= x => fact(k) <= pow(x, k)"),
    (
        combine("x0", "0 <= x", "hk hx"),
        induct("I", "all n:int | 0 <= n => (all | n <= k => fact(n) <= pow(x, n))", "hn ih",
               [intro("z", None, "h", apply("f", "ax.fact_zero"), apply("p", "ax.pow_zero", b="x"),
                      combine("y", facts="f p"))],
               [intro("z", None, "h", apply("use", "ih"), apply("f", "ax.fact_succ", n="n"),
                      apply("p", "ax.pow_succ", b="x", n="n"), apply("fp", "textbook.fact_pos", n="n"),
                      combine("le", "n + 1 <= x", "h hx"),
                      combine("m1", "(n + 1)*fact(n) <= x*fact(n)", "le fp"),
                      combine("m2", "x*fact(n) <= x*pow(x, n)", "use x0"),
                      combine("y", facts="m1 m2 f p", degree=1))]),
        apply("J", "I", n="k"), apply("end", "J"),
    ),
)

POW_LE_FACT = Lemma(
    "textbook.pow_le_fact", "Beyond n = 2 e x, n x^n <= n!",
    statement("all n:int, x:real | hn: 1 <= n, hq: 0 <= x, ht: 2*exp(1)*x <= n => n*pow(x, n) <= fact(n)"),
    (
        combine("n0", "0 <= n", "hn"), apply("e1", "ax.exp_pos", a="1"),
        combine("base", "0 <= 2*exp(1)*x", "e1 hq"),
        apply("m", "textbook.pow_mono", x="2*exp(1)*x", y="n", n="n"),
        apply("s1", "textbook.pow_mul", x="2*exp(1)", y="x", n="n"),
        apply("s2", "textbook.pow_mul", x="2", y="exp(1)", n="n"),
        apply("s3", "textbook.exp_pow", "exp(n) = pow(exp(1), n)", x="1", n="n"),
        apply("lo", "textbook.factorial_lower", n="n"),
        apply("a", "ax.exp_add", "exp(n) = exp(n - 1)*exp(1)", a="n - 1", b="1"),
        apply("g", "ax.exp_ge", x="1"), apply("fp", "textbook.fact_pos", n="n"), apply("ep", "ax.exp_pos", a="n - 1"),
        combine("one", "0 <= exp(1) - 1", "g"), combine("fe", "0 <= fact(n)*exp(n - 1)", "fp ep"),
        combine("more", "fact(n)*exp(n - 1) <= fact(n)*exp(n - 1)*exp(1)", "one fe"),
        combine("c", "pow(2, n)*exp(n)*pow(x, n) <= fact(n)*exp(n)", "m lo more s1 s2 s3 a", degree=1, rounds=3),
        apply("en", "ax.exp_pos", a="n"), combine("d", "pow(2, n)*pow(x, n) <= fact(n)", "c", mul="en", degree=1),
        apply("t", "textbook.two_pow_ge", n="n"), apply("qp", "textbook.pow_nonneg", x="x", n="n"),
        combine("f", "n*pow(x, n) <= pow(2, n)*pow(x, n)", "t qp"),
        combine("end", facts="d f"),
    ),
)

LEMMAS = (TWO_POW_GE, FACT_GE, FACT_LE_POW, POW_LE_FACT)

"""Laws of the logarithm, from the exponential: values, products, powers, and the bound log(1 + x) <= x."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, induct

EXP_MONO = Lemma(
    "textbook.exp_mono", "The exponential increases",
    statement("all x y:real | h: x <= y => exp(x) <= exp(y)"),
    (
        apply("a", "ax.exp_add", "exp(y) = exp(x)*exp(y - x)", a="x", b="y - x"), apply("g", "ax.exp_ge", x="y - x"),
        apply("p", "ax.exp_pos", a="x"), combine("end", facts="a g p h"),
    ),
)

LOG_ONE = Lemma(
    "textbook.log_one", "The logarithm of 1 is 0",
    statement("all => log(1) = 0"),
    (
        apply("e", "ax.exp_zero"), apply("l", "ax.log_exp", x="0"),
        apply("c", "ax.cong", f="t -> log(t)", x="exp(0)", y="1"), combine("end", facts="l c"),
    ),
)

LOG_LE = Lemma(
    "textbook.log_le", "log(1 + x) <= x",
    statement("all x:real | h: -1 < x => log(1 + x) <= x"),
    (
        combine("p", "0 < 1 + x", "h"), apply("g", "ax.exp_ge", x="x"),
        apply("m", "ax.log_mono", x="1 + x", y="exp(x)"), apply("l", "ax.log_exp", x="x"), combine("end", facts="m l"),
    ),
)

LOG_MUL = Lemma(
    "textbook.log_mul", "The logarithm of a product is the sum of the logarithms",
    statement("all x y:real | hx: 0 < x, hy: 0 < y => log(x*y) = log(x) + log(y)"),
    (
        apply("a", "ax.exp_add", a="log(x)", b="log(y)"), apply("ex", "ax.exp_log", x="x"),
        apply("ey", "ax.exp_log", x="y"), combine("p", "exp(log(x) + log(y)) = x*y", "a ex ey"),
        apply("c", "ax.cong", f="t -> log(t)", x="exp(log(x) + log(y))", y="x*y"),
        apply("l", "ax.log_exp", x="log(x) + log(y)"), combine("end", facts="c l"),
    ),
)

LOG_POW = Lemma(
    "textbook.log_pow", "The logarithm of x^n is n log(x)",
    statement("all x:real, n:int | hx: 0 < x, hn: 0 <= n => log(pow(x, n)) = n*log(x)"),
    (
        induct("I", "all k:int | 0 <= k => log(pow(x, k)) = k*log(x)", "hk ih",
               [apply("p", "ax.pow_zero", b="x"), apply("c", "ax.cong", f="t -> log(t)", x="pow(x, 0)", y="1"),
                apply("o", "textbook.log_one"), combine("z", facts="c o")],
               [apply("p", "ax.pow_succ", b="x", n="k"), apply("q", "textbook.pow_pos", x="x", n="k"),
                apply("c", "ax.cong", f="t -> log(t)", x="pow(x, k + 1)", y="pow(x, k)*x"),
                apply("m", "textbook.log_mul", x="pow(x, k)", y="x"), combine("z", facts="c m ih")]),
        apply("end", "I", k="n"),
    ),
)

LOG_STRICT = Lemma(
    "textbook.log_strict", "The logarithm increases strictly",
    statement("all x y:real | hx: 0 < x, h: x < y => log(x) < log(y)"),
    (
        combine("hy", "0 < y", "hx h"), apply("ex", "ax.exp_log", x="x"), apply("ey", "ax.exp_log", x="y"),
        # y (1 + t) <= y exp(t) = x < y for t = log(x) - log(y)
        apply("a", "ax.exp_add", "exp(log(x)) = exp(log(x) - log(y))*exp(log(y))", a="log(x) - log(y)", b="log(y)"),
        apply("g", "ax.exp_ge", x="log(x) - log(y)"), combine("end", facts="g hy h a ex ey", mul="hy"),
    ),
)

LOG_NONNEG = Lemma(
    "textbook.log_nonneg", "Logarithms of numbers that are at least one are non-negative",
    statement("all x:real | h: 1 <= x => 0 <= log(x)"),
    (apply("m", "ax.log_mono", x="1", y="x"), apply("o", "textbook.log_one"), combine("end", facts="m o")),
)

LEMMAS = (EXP_MONO, LOG_ONE, LOG_LE, LOG_MUL, LOG_POW, LOG_STRICT, LOG_NONNEG)

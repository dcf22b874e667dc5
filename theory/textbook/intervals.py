"""Integrals over an interval leb(a, b) of integrands with a known antiderivative and a lower bound.

Both are needed by the fundamental theorem (an axiom): `F` is the antiderivative, `m` the lower bound. Everything here
is for a <= b.
"""

from theory.language import Lemma, statement
from theory.language.derivation import apply, calculus, combine, intro

_ON = "all x:real | a <= x, x <= b => "

INTEGRAL_CONST = Lemma(
    "textbook.integral_const", "The integral of a constant is the constant times the length",
    statement("all a b c:real | hab: a <= b => integral(x in leb(a,b): c) = c*(b - a)"),
    (
        intro("d", f"{_ON}deriv(u: c*u, x, c)", "h1 h2", calculus("z")),
        intro("m", f"{_ON}c <= c", "h1 h2", combine("z")),
        apply("e", "ax.ftc", F="x -> c*x", f="x -> c", a="a", b="b", m="c"), combine("end", facts="e"),
    ),
)

INTEGRAL_CONG = Lemma(
    "textbook.integral_cong", "Equal integrands have equal integrals",
    statement(f"all F f g:real->real, a b m:real | hab: a <= b, hF: ({_ON}deriv(u: F(u), x, f(x))),"
              f" hm: ({_ON}m <= f(x)), hfg: ({_ON}f(x) = g(x))"
              " => integral(x in leb(a,b): f(x)) = integral(x in leb(a,b): g(x))"),
    (
        intro("d", f"{_ON}deriv(u: F(u), x, g(x))", "h1 h2", apply("e", "hfg", x="x"), apply("k", "hF", x="x"),
              calculus("z", facts="k e")),
        intro("m2", f"{_ON}m <= g(x)", "h1 h2", apply("e", "hfg", x="x"), apply("k", "hm", x="x"),
              combine("z", facts="e k")),
        apply("e1", "ax.ftc", F="x -> F(x)", f="x -> f(x)", a="a", b="b", m="m"),
        apply("e2", "ax.ftc", F="x -> F(x)", f="x -> g(x)", a="a", b="b", m="m"), combine("end", facts="e1 e2"),
    ),
)

INTEGRAL_LINEAR = Lemma(
    "textbook.integral_linear", "The integral is linear",
    statement(f"all F G f g:real->real, a b m k l s t:real | hab: a <= b, hF: ({_ON}deriv(u: F(u), x, f(x))),"
              f" hG: ({_ON}deriv(u: G(u), x, g(x))), hm: ({_ON}m <= f(x)), hk: ({_ON}k <= g(x)),"
              f" hl: ({_ON}l <= s*f(x) + t*g(x)) => integral(x in leb(a,b): s*f(x) + t*g(x))"
              " = s*integral(x in leb(a,b): f(x)) + t*integral(x in leb(a,b): g(x))"),
    (
        intro("d", f"{_ON}deriv(u: s*F(u) + t*G(u), x, s*f(x) + t*g(x))", "h1 h2", calculus("z", facts="hF hG")),
        apply("e1", "ax.ftc", F="x -> F(x)", f="x -> f(x)", a="a", b="b", m="m"),
        apply("e2", "ax.ftc", F="x -> G(x)", f="x -> g(x)", a="a", b="b", m="k"),
        apply("e3", "ax.ftc", F="x -> s*F(x) + t*G(x)", f="x -> s*f(x) + t*g(x)", a="a", b="b", m="l"),
        combine("end", facts="e1 e2 e3"),
    ),
)

INTEGRAL_MONO = Lemma(
    "textbook.integral_mono", "Larger integrands have larger integrals",
    statement(f"all F G f g:real->real, a b m:real | hab: a <= b, hF: ({_ON}deriv(u: F(u), x, f(x))),"
              f" hG: ({_ON}deriv(u: G(u), x, g(x))), hm: ({_ON}m <= f(x)), hfg: ({_ON}f(x) <= g(x))"
              " => integral(x in leb(a,b): f(x)) <= integral(x in leb(a,b): g(x))"),
    (
        intro("d", f"{_ON}deriv(u: F(u) - G(u), x, f(x) - g(x))", "h1 h2", calculus("z", facts="hF hG")),
        intro("s", f"{_ON}f(x) - g(x) <= 0", "h1 h2", apply("e", "hfg", x="x"), combine("z", facts="e")),
        intro("m2", f"{_ON}m <= g(x)", "h1 h2", apply("e", "hfg", x="x"), apply("k", "hm", x="x"),
              combine("z", facts="e k")),
        apply("n", "ax.nonincreasing", f="x -> F(x) - G(x)", g="x -> f(x) - g(x)", a="a", b="b"),
        apply("e1", "ax.ftc", F="x -> F(x)", f="x -> f(x)", a="a", b="b", m="m"),
        apply("e2", "ax.ftc", F="x -> G(x)", f="x -> g(x)", a="a", b="b", m="m"), combine("end", facts="n e1 e2"),
    ),
)

INTEGRAL_POW = Lemma(
    "textbook.integral_pow", "The integral of (x + c)^n, where x + c is not negative",
    statement("all a b c:real, n:int | hn: 0 <= n, hab: a <= b, hc: 0 <= a + c"
              " => integral(x in leb(a,b): pow(x + c, n)) = (pow(b + c, n + 1) - pow(a + c, n + 1))/(n + 1)"),
    (
        combine("np", "0 < n + 1", "hn"),
        intro("d", f"{_ON}deriv(u: pow(u + c, n + 1)*(1/(n + 1)), x, pow(x + c, n))", "h1 h2",
              calculus("z", facts="np")),
        intro("m", f"{_ON}0 <= pow(x + c, n)", "h1 h2", combine("p", "0 <= x + c", "h1 hc"),
              apply("z", "textbook.pow_nonneg", x="x + c", n="n")),
        apply("e", "ax.ftc", F="x -> pow(x + c, n + 1)*(1/(n + 1))", f="x -> pow(x + c, n)", a="a", b="b", m="0"),
        combine("end", facts="e"),
    ),
)

LEMMAS = (INTEGRAL_CONST, INTEGRAL_CONG, INTEGRAL_LINEAR, INTEGRAL_MONO, INTEGRAL_POW)

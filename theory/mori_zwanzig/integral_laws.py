"""Laws of integrals over abstract measures: the standard theorems, cited, and what follows from them, proved.

How they are read: an `obj` names a finite measure on the Borel sets, `leb(a,b)` Lebesgue measure on [a, b] (empty for
b < a); functions of the grammar are Borel functions, since whatever a term can name is one; a function that is not
integrable has the integral 0. A point is a real number: every standard Borel space, R^N with a finite measure included,
is one of the line up to a measurable bijection, so states of any dimension are meant. Every law states the bounds
under which it is true of all such functions.
"""

from __future__ import annotations

from theory.language import Cited, Lemma, Source, statement
from theory.language.derivation import apply, combine, intro

_F = "(all x:real => abs(f(x)) <= B)"
_G = "(all x:real => abs(g(x)) <= C)"


def _folland(what: str) -> Source:
    return Source("G. B. Folland", 1999, "Real Analysis: Modern Techniques and Their Applications", "reconstructed",
                  note=f"Recalled: {what}. Stated for bounded Borel functions and finite measures; compared with finite"
                       " models (weighted sums) in the tests, where wrong variants fail.")


INTEGRAL_EQUAL = Cited(
    "cite.integral_equal", "Equal integrands have equal integrals, for every measure",
    statement("all mu:obj, f g:real->real | (all x:real => f(x) = g(x))"
              " => integral(x in mu: f(x)) = integral(x in mu: g(x))"),
    _folland("the integral depends on the function alone"),
)

INTEGRAL_LINEAR = Cited(
    "cite.integral_linear", "The integral of bounded functions over a finite measure is linear",
    statement(f"all mu:obj, f g:real->real, s t B C:real | {_F}, {_G} => integral(x in mu: s*f(x) + t*g(x))"
              " = s*integral(x in mu: f(x)) + t*integral(x in mu: g(x))"),
    _folland("linearity of the integral"),
)

INTEGRAL_MONOTONE = Cited(
    "cite.integral_monotone", "Larger bounded functions have larger integrals over a finite measure",
    statement(f"all mu:obj, f g:real->real, B C:real | {_F}, {_G}, (all x:real => f(x) <= g(x))"
              " => integral(x in mu: f(x)) <= integral(x in mu: g(x))"),
    _folland("monotony of the integral"),
)

FUBINI = Cited(
    "cite.fubini", "Fubini: integrals of a bounded function over two finite measures may be exchanged",
    statement("all mu nu:obj, f:(x:real,y:real)->real, B:real | (all x y:real => abs(f(x,y)) <= B)"
              " => integral(x in mu: integral(y in nu: f(x,y))) = integral(y in nu: integral(x in mu: f(x,y)))"),
    Source("G. Fubini", 1907, "Sugli integrali multipli", "reconstructed",
           note="Recalled, for bounded Borel functions and finite measures; compared with finite models (exchange of"
                " double sums) in the tests, where wrong variants fail."),
)

TRANSLATION = Cited(
    "cite.translation", "Lebesgue measure is invariant under translation",
    statement("all f:real->real, a b c:real"
              " => integral(x in leb(a,b): f(x + c)) = integral(x in leb(a + c,b + c): f(x))"),
    _folland("translation invariance of Lebesgue measure"),
)

INTERVAL_SPLIT = Cited(
    "cite.interval_split", "The integral over an interval is the sum over its parts",
    statement(f"all f:real->real, a b c B:real | {_F}, a <= b, b <= c => integral(x in leb(a,c): f(x))"
              " = integral(x in leb(a,b): f(x)) + integral(x in leb(b,c): f(x))"),
    _folland("additivity over disjoint sets; single points have measure zero"),
)

EQUAL_INSIDE = Cited(
    "cite.equal_inside", "Functions that agree between the ends of an interval have equal integrals over it",
    statement("all f g:real->real, a b:real | (all x:real | a < x, x < b => f(x) = g(x))"
              " => integral(x in leb(a,b): f(x)) = integral(x in leb(a,b): g(x))"),
    _folland("equality almost everywhere; single points have measure zero"),
)

CITED = (INTEGRAL_EQUAL, INTEGRAL_LINEAR, INTEGRAL_MONOTONE, FUBINI, TRANSLATION, INTERVAL_SPLIT, EQUAL_INSIDE)

BOUNDED_PRODUCT = Lemma(
    "mori_zwanzig.bounded_product", "The product of bounded functions is bounded",
    statement("all f g:real->real, B C:real | hf: (all x:real => abs(f(x)) <= B), hg: (all x:real => abs(g(x)) <= C)"
              " => (all x:real => abs(f(x)*g(x)) <= B*C)"),
    (intro("end", None, "", apply("a", "hf", x="x"), apply("b", "hg", x="x"),
           apply("z", "textbook.abs_mul_le", x="f(x)", y="g(x)", u="B", v="C")),),
)

INTEGRAL_SCALE = Lemma(
    "mori_zwanzig.integral_scale", "A constant factor leaves the integral",
    statement(f"all mu:obj, f:real->real, c B:real | hf: {_F} => integral(x in mu: c*f(x)) = c*integral(x in mu:"
              f" f(x))"),
    (apply("e", "cite.integral_linear", "integral(x in mu: c*f(x)) = c*integral(x in mu: f(x)) + 0*integral(x in mu:"
                                        " f(x))",
           mu="mu", f="x -> f(x)", g="x -> f(x)", s="c", t="0", B="B", C="B"), combine("end", facts="e")),
)

INTEGRAL_NONNEG = Lemma(
    "mori_zwanzig.integral_nonneg", "The integral of a non-negative bounded function is non-negative",
    statement(f"all mu:obj, f:real->real, B:real | hf: {_F}, h0: (all x:real => 0 <= f(x))"
              " => 0 <= integral(x in mu: f(x))"),
    (
        intro("z0", "all x:real => abs(0*f(x)) <= 0", "", combine("b", "0*f(x) <= 0"),
              apply("z", "ax.abs_le", x="0*f(x)", y="0")),
        intro("le", "all x:real => 0*f(x) <= f(x)", "", apply("z", "h0", x="x")),
        apply("m", "cite.integral_monotone", mu="mu", f="x -> 0*f(x)", g="x -> f(x)", B="0", C="B"),
        apply("s", "mori_zwanzig.integral_scale", mu="mu", f="x -> f(x)", c="0", B="B"),
        combine("end", facts="m s"),
    ),
)

INTEGRAL_BOUNDED = Lemma(
    "mori_zwanzig.integral_bounded", "An integral is at most the bound of the integrand times the mass",
    statement(f"all mu:obj, f:real->real, B:real | hf: {_F} => abs(integral(x in mu: f(x))) <= B*integral(x in mu: 1)"),
    (
        intro("one", "all x:real => abs(1) <= 1", "", apply("z", "ax.abs_le", x="1", y="1")),
        apply("at0", "hf", x="0"), apply("nn", "textbook.abs_nonneg", x="f(0)"), combine("B0", "0 <= B", "at0 nn"),
        intro("b", "all x:real => abs(B*1) <= B", "", combine("p", "B*1 <= B"), combine("q", "-(B*1) <= B", "B0"),
              apply("z", "ax.abs_le", x="B*1", y="B")),
        intro("nb", "all x:real => abs(-B*1) <= B", "", combine("p", "-B*1 <= B", "B0"), combine("q", "-(-B*1) <= B"),
              apply("z", "ax.abs_le", x="-B*1", y="B")),
        intro("up", "all x:real => f(x) <= B*1", "", apply("a", "hf", x="x"), apply("c", "ax.abs_ge", x="f(x)"),
              combine("z", facts="a c")),
        intro("dn", "all x:real => -B*1 <= f(x)", "", apply("a", "hf", x="x"), apply("c", "ax.abs_neg", x="f(x)"),
              combine("z", facts="a c")),
        apply("m1", "cite.integral_monotone", mu="mu", f="x -> f(x)", g="x -> B*1", B="B", C="B"),
        apply("m2", "cite.integral_monotone", mu="mu", f="x -> -B*1", g="x -> f(x)", B="B", C="B"),
        apply("s1", "mori_zwanzig.integral_scale", mu="mu", f="x -> 1", c="B", B="1"),
        apply("s2", "mori_zwanzig.integral_scale", mu="mu", f="x -> 1", c="-B", B="1"),
        combine("e1", "integral(x in mu: f(x)) <= B*integral(x in mu: 1)", "m1 s1"),
        combine("e2", "-integral(x in mu: f(x)) <= B*integral(x in mu: 1)", "m2 s2"),
        apply("end", "ax.abs_le", x="integral(x in mu: f(x))", y="B*integral(x in mu: 1)"),
    ),
)

_M = "integral(y in mu: k(y)*u(y))"

INTEGRAL_JENSEN = Lemma(
    "mori_zwanzig.integral_jensen", "Jensen: the square of a mean is at most the mean of the square",
    statement("all mu:obj, k u:real->real, K U:real | hk: (all x:real => abs(k(x)) <= K), k0: (all x:real => 0 <="
              " k(x)),"
              " hu: (all x:real => abs(u(x)) <= U), one: integral(y in mu: k(y)) = 1"
              f" => {_M}*{_M} <= integral(y in mu: k(y)*(u(y)*u(y)))"),
    (
        apply("uu", "mori_zwanzig.bounded_product", f="x -> u(x)", g="x -> u(x)", B="U", C="U"),
        apply("ku", "mori_zwanzig.bounded_product", f="x -> k(x)", g="x -> u(x)", B="K", C="U"),
        apply("kuu", "mori_zwanzig.bounded_product", f="x -> k(x)", g="x -> u(x)*u(x)", B="K", C="U*U"),
        intro("shift", "all m:real => 0 <= integral(y in mu: k(y)*(u(y)*u(y))) - 2*m*integral(y in mu: k(y)*u(y))"
              " + m*m*integral(y in mu: k(y))", "",
              apply("l1", "cite.integral_linear", mu="mu", f="x -> k(x)*u(x)", g="x -> k(x)", s="-2*m", t="m*m",
                    B="K*U", C="K"),
              intro("b1", "all x:real => abs(-2*m*(k(x)*u(x)) + m*m*k(x)) <= abs(-2*m)*(K*U) + abs(m*m)*K", "",
                    apply("p", "ku", x="x"), apply("q", "hk", x="x"),
                    intro("rf", "all t:real => t <= t", "", combine("z")),
                    apply("c2", "rf", t="abs(m*m)"),
                    apply("s", "textbook.abs_mul_le", x="-2*m", y="k(x)*u(x)", u="abs(-2*m)", v="K*U"),
                    apply("t", "textbook.abs_mul_le", x="m*m", y="k(x)", u="abs(m*m)", v="K"),
                    apply("z", "textbook.abs_add_le", x="-2*m*(k(x)*u(x))", y="m*m*k(x)", u="abs(-2*m)*(K*U)",
                          v="abs(m*m)*K")),
              apply("l2", "cite.integral_linear", mu="mu", f="x -> k(x)*(u(x)*u(x))",
                    g="x -> -2*m*(k(x)*u(x)) + m*m*k(x)", s="1", t="1", B="K*(U*U)",
                    C="abs(-2*m)*(K*U) + abs(m*m)*K"),
              intro("b2", "all x:real => abs(1*(k(x)*(u(x)*u(x))) + 1*(-2*m*(k(x)*u(x)) + m*m*k(x)))"
                    " <= K*(U*U) + (abs(-2*m)*(K*U) + abs(m*m)*K)", "",
                    apply("p", "kuu", x="x"), apply("q", "b1", x="x"),
                    apply("z", "textbook.abs_add_le", x="k(x)*(u(x)*u(x))", y="-2*m*(k(x)*u(x)) + m*m*k(x)",
                          u="K*(U*U)", v="abs(-2*m)*(K*U) + abs(m*m)*K")),
              intro("pos", "all x:real => 0 <= 1*(k(x)*(u(x)*u(x))) + 1*(-2*m*(k(x)*u(x)) + m*m*k(x))", "",
                    apply("p", "k0", x="x"), combine("z", facts="p", squares=("u(x) - m",))),
              apply("n", "mori_zwanzig.integral_nonneg", mu="mu",
                    f="x -> 1*(k(x)*(u(x)*u(x))) + 1*(-2*m*(k(x)*u(x)) + m*m*k(x))",
                    B="K*(U*U) + (abs(-2*m)*(K*U) + abs(m*m)*K)"),
              combine("z", facts="n l1 l2")),
        apply("at", "shift", m=_M),
        combine("end", facts="at one", rounds=3),
    ),
)

LEMMAS: tuple[Lemma, ...] = (BOUNDED_PRODUCT, INTEGRAL_SCALE, INTEGRAL_NONNEG, INTEGRAL_BOUNDED, INTEGRAL_JENSEN)

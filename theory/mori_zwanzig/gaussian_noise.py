"""Gaussian noise: when a bounded level contracts, and why the plain operator is unbounded beyond the first level.

After Gaussian noise the next level is the whole line. Where 0 <= F <= 1 beyond R, the mean function of the interval
[-1, 1] stays above c = 2 exp(-2/s^2)/(q s), q = sqrt(2 pi), so its square integral over [R, T] exceeds c^2 (T - R).
"""

from __future__ import annotations

from fractions import Fraction

from sympy import Expr, Rational, pi

from theory.language import Claim, Comparison, Control, Lemma, Statement, Witness, statement
from theory.language.derivation import apply, combine, intro, witness
from theory.mori_zwanzig.gaussian_square import POWER
from theory.mori_zwanzig.hs_norm import hs_norm_squared
from theory.mori_zwanzig.noise_laws import noise_law, venturi_li
from theory.mori_zwanzig.restating import restated

FLOOR = Lemma(
    "mori_zwanzig.integral_floor", "A function that is at least c inside an interval integrates to at least c (b - a)",
    statement("all g:real->real, a b c B:real | hg: (all x:real => abs(g(x)) <= B), hab: a <= b,"
              " hc: (all x:real | a < x, x < b => c <= g(x)) => c*(b - a) <= integral(x in leb(a,b): g(x))"),
    (
        intro("same", "all x:real | a < x, x < b => g(x) = max(g(x), c)", "x1 x2", apply("p", "hc", x="x"),
              combine("r", "g(x) <= g(x)"), apply("q1", "ax.max_le", x="g(x)", y="c", z="g(x)"),
              apply("q2", "ax.max_left", x="g(x)", y="c"), apply("z", "ax.antisym", x="g(x)", y="max(g(x), c)")),
        apply("e", "cite.equal_inside", f="x -> g(x)", g="x -> max(g(x), c)", a="a", b="b"),
        apply("ca", "ax.abs_ge", x="c"), apply("cn", "textbook.abs_nonneg", x="c"),
        intro("bm", "all x:real => abs(max(g(x), c)) <= B + abs(c)", "", apply("h", "hg", x="x"),
              apply("u", "ax.abs_ge", x="g(x)"), apply("v", "ax.abs_neg", x="g(x)"),
              apply("nn", "textbook.abs_nonneg", x="g(x)"),
              combine("m1", "g(x) <= B + abs(c)", "h u cn"), combine("m2", "c <= B + abs(c)", "ca h nn"),
              apply("m", "ax.max_le", x="g(x)", y="c", z="B + abs(c)"), apply("l", "ax.max_left", x="g(x)", y="c"),
              combine("n", "-max(g(x), c) <= B + abs(c)", "l v h cn"),
              apply("z", "ax.abs_le", x="max(g(x), c)", y="B + abs(c)")),
        intro("bc", "all x:real => abs(c) <= abs(c)", "", combine("z")),
        intro("le", "all x:real => c <= max(g(x), c)", "", apply("z", "ax.max_right", x="g(x)", y="c")),
        apply("m", "cite.integral_monotone", mu="leb(a,b)", f="x -> c", g="x -> max(g(x), c)", B="abs(c)",
              C="B + abs(c)"),
        apply("k", "textbook.integral_const", a="a", b="b", c="c"),
        combine("end", facts="e m k"),
    ),
)

_DENSITY = "exp(-((y - F(x))*(y - F(x)))/(2*s*s))/(c*s)"
_MEAN = f"integral(y in leb(-1,1): {_DENSITY})"
_C = "(2*(exp(-2/(s*s))/(c*s)))"

OBSTRUCTION = Lemma(
    "mori_zwanzig.gaussian_obstruction", "The mean function of [-1, 1] is not square integrable on a half-line",
    statement("all F:real->real, s c R Z K:real | hs: 0 < s, hq: 0 < c, h0: (all x:real | R < x => 0 <= F(x)),"
              f" h1: (all x:real => F(x) <= 1), hT: R <= Z, hK: K < {_C}*{_C}*(Z - R)"
              f" => K < integral(x in leb(R,Z): {_MEAN}*{_MEAN})"),
    (
        combine("cs", "0 < c*s", "hs hq"), apply("rc", "ax.recip_pos", x="c*s"), combine("st", "0 < s*s", "hs"),
        combine("ss", "0 < 2*s*s", "st"), apply("r2", "ax.recip_pos", x="2*s*s"),
        apply("ep", "ax.exp_pos", a="-2/(s*s)"), combine("cp", f"0 <= {_C}", "ep rc"),
        intro("bd", f"all x y:real => abs({_DENSITY}) <= 1/(c*s)", "",
              apply("p", "ax.exp_pos", a="-((y - F(x))*(y - F(x)))/(2*s*s)"), apply("m", "ax.exp_zero"),
              combine("sg", "0 <= (y - F(x))*(y - F(x))", squares=("y - F(x)",)),
              combine("le", "-((y - F(x))*(y - F(x)))/(2*s*s) <= 0", "sg r2"),
              apply("mo", "textbook.exp_mono", x="-((y - F(x))*(y - F(x)))/(2*s*s)", y="0"),
              combine("u1", f"{_DENSITY} <= 1/(c*s)", "mo m rc"), combine("u2", f"-({_DENSITY}) <= 1/(c*s)", "p rc"),
              apply("z", "ax.abs_le", x=_DENSITY, y="1/(c*s)")),
        intro("low", f"all x:real | R < x, x < Z => {_C}*{_C} <= {_MEAN}*{_MEAN}", "x1 x2",
              apply("f0", "h0", x="x"), apply("f1", "h1", x="x"),
              intro("in", f"all y:real | -1 < y, y < 1 => exp(-2/(s*s))/(c*s) <= {_DENSITY}", "y1 y2",
                    combine("b1", "0 <= y - F(x) + 2", "y1 f1"), combine("b2", "0 <= 2 - (y - F(x))", "y2 f0"),
                    combine("b3", "(y - F(x))*(y - F(x)) <= 4", "b1 b2"),
                    combine("id", "2/(s*s) = 4/(2*s*s)", "st ss", rounds=3),
                    combine("le", "-2/(s*s) <= -((y - F(x))*(y - F(x)))/(2*s*s)", "b3 r2 id"),
                    apply("mo", "textbook.exp_mono", x="-2/(s*s)", y="-((y - F(x))*(y - F(x)))/(2*s*s)"),
                    combine("z", facts="mo rc")),
              intro("bx", f"all y:real => abs({_DENSITY}) <= 1/(c*s)", "", apply("z", "bd", x="x", y="y")),
              combine("l", "-1 <= 1"),
              apply("fl", "mori_zwanzig.integral_floor", g=f"y -> {_DENSITY}", a="-1", b="1",
                    c="exp(-2/(s*s))/(c*s)", B="1/(c*s)"),
              combine("fm", f"{_C} <= {_MEAN}", "fl"), combine("z", facts="fm cp")),
        intro("bq", f"all x:real => abs({_MEAN}*{_MEAN}) <= 1/(c*s)*integral(y in leb(-1,1): 1)"
              "*(1/(c*s)*integral(y in leb(-1,1): 1))", "",
              intro("bx", f"all y:real => abs({_DENSITY}) <= 1/(c*s)", "", apply("w", "bd", x="x", y="y")),
              apply("m", "mori_zwanzig.integral_bounded", mu="leb(-1,1)", f=f"y -> {_DENSITY}", B="1/(c*s)"),
              apply("z", "textbook.abs_mul_le", x=_MEAN, y=_MEAN, u="1/(c*s)*integral(y in leb(-1,1): 1)",
                    v="1/(c*s)*integral(y in leb(-1,1): 1)")),
        apply("g", "mori_zwanzig.integral_floor", g=f"x -> {_MEAN}*{_MEAN}", a="R", b="Z", c=f"{_C}*{_C}",
              B="1/(c*s)*integral(y in leb(-1,1): 1)*(1/(c*s)*integral(y in leb(-1,1): 1))"),
        combine("end", facts="g hK"),
    ),
)

LEMMAS = (POWER, FLOOR, OBSTRUCTION)

CONTRACTS = "V/pow(2*r*t, N) <= kappa"


def threshold_statement(conclusion: str, threshold: str = "V <= kappa*pow(2*r*t, N)") -> Statement:
    """V the volume of a level, r = sqrt(pi), t the deviation of the noise: HS^2 = V (4 pi t^2)^(-N/2) = V/(2 r t)^N."""
    return statement(f"all V kappa r t:real, N:int | H1: 0 <= N, H2: 0 < r, H3: 0 < t, H4: {threshold}"
                     f" => {conclusion}")


COORDINATES = ("(all mu:obj, g:real->real, B:real, I1:int->real | (all y:real => abs(g(y)) <= B),"
               " integral(y in mu: g(y)*g(y)) = 1/(2*r*t),"
               " def I1(0) = 1 then I1(k+1) = integral(y in mu: I1(k)*(g(y)*g(y))) => V*I1(N) <= kappa)")
"""I1(N) is the square integral of the density of N coordinates, one after the other; V times it is the HS norm^2."""

STATEMENT = threshold_statement(f"some | {CONTRACTS}, {COORDINATES}, ({OBSTRUCTION.statement})")
"""H1 width; H2, H3 positive; H4 the threshold on the deviation, t >= (V/kappa)^(1/N)/(2 sqrt(pi))."""

_DERIVATION = (
    combine("b", "0 < 2*r*t", "H2 H3"), apply("p", "textbook.pow_pos", x="2*r*t", n="N"),
    combine("A", CONTRACTS, "H4", mul="p", degree=1),
    intro("D", COORDINATES[1:-1], "g1 g2 d0 d1",
          apply("i", "mori_zwanzig.product_square", mu="mu", g="y -> g(y)", B="B", m="1/(2*r*t)", I1="k -> I1(k)",
                N="N"),
          apply("rp", "ax.recip_pos", x="2*r*t"), apply("pn", "textbook.pow_pos", x="1/(2*r*t)", n="N"),
          apply("pm", "textbook.pow_mul", x="2*r*t", y="1/(2*r*t)", n="N"), apply("po", "textbook.pow_one", n="N"),
          combine("u", "2*r*t*(1/(2*r*t)) = 1", "b"),
          apply("c", "ax.cong", f="x -> pow(x, N)", x="2*r*t*(1/(2*r*t))", y="1"),
          combine("w", "pow(2*r*t, N)*pow(1/(2*r*t), N) = 1", "pm po c"),
          combine("v", "V*pow(1/(2*r*t), N) <= kappa*pow(2*r*t, N)*pow(1/(2*r*t), N)", "H4 pn"),
          combine("z", facts="i v w", rounds=3)),
    restated("B", OBSTRUCTION),
)

CONTROLS = (
    Control("exponent_slip", "the threshold with the exponent 2N, forgetting that (4 pi t^2) has the power N/2",
            threshold_statement(CONTRACTS, "V <= kappa*pow(2*r*t, 2*N)"),
            Witness((witness("end", V="4", kappa="1", r="1", t="1", N="1"),))),
    Control("square_integrable", "the mean function has a square integral of at most 1 on every [0, T]",
            statement("all m:real->real, Z:real | 0 <= Z, (all x:real => 1/2 <= m(x))"
                      " => integral(x in leb(0,Z): m(x)*m(x)) <= 1"),
            Witness((apply("i", "textbook.integral_const", a="0", b="8", c="1/4"),
                     combine("gt", "1 < integral(x in leb(0,8): 1/4)", "i"),
                     witness("end", m="x -> 1/2", Z="8")))),
)

CLAIM = Claim(
    id="mori_zwanzig.gaussian_noise",
    title="Gaussian noise contracts bounded levels and has no plain norm beyond them",
    statement=STATEMENT,
    source=venturi_li("The threshold follows the announced route; that the operator is unbounded on the whole line is"
                      " derived here and limits it.", "strengthened"),
    summary="A bounded level contracts once sigma reaches (lambda/kappa)^(1/N)/(2 sqrt(pi)); on the whole line, where"
            " every level after Gaussian noise lives, the operator is not bounded in plain L^2.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", V="2", kappa="1/2", r="2", t="1", N="1"),)),
    controls=CONTROLS,
    comparison=(
        Comparison("threshold", "sigma > (lambda/kappa)^(1/N)/(2 sqrt(pi))", "part 1: V <= kappa (2 r t)^N, no root"
                                                                             " taken",
                   "r stands for sqrt(pi); that HS^2 is V (2 r t)^(-N) is mori_zwanzig.hs_norm"),
        Comparison("N coordinates", "|M|_HS^2 = lambda (4 pi sigma^2)^(-N/2)",
                   "part 2: the iterated square integral of"
                   " N independent coordinates is (2 r t)^(-N), by induction on N, so V times it is at most kappa",
                   "given the integral of one coordinate, 1/(2 r t) = 1/(2 sqrt(pi) sigma), and bounded integrals"),
        Comparison("obstruction", "(M u)(x) tends to a positive limit, not square integrable",
                   "part 3: for every K the square integral over [R, T] exceeds K once T - R > K/c^2", "stronger: an"
                   " explicit length; weaker: c = 2 exp(-2/s^2)/(q s), not the limit; any F with 0 <= F <= 1 beyond R"
                   " (tanh with R = 0); u is the indicator of [-1, 1], whose square integral is 2"),
        Comparison("obstruction for N > 1", "L^2(R^N)", "one coordinate", "weaker: N = 1"),
    ),
    tightness="The limit of M u at infinity, 0.47725 at sigma = 1, exceeds c = 0.108.",
    attack="theory.mori_zwanzig.gaussian_noise_attack",
)


def gaussian_threshold(volume: int | Fraction | str, kappa: int | Fraction | str, width: int) -> Expr:
    """Return the least deviation with ||M||_HS^2 <= kappa on a level of this volume: (V/kappa)^(1/N)/(2 sqrt(pi)).

    Raises:
        InputError: a volume or kappa that is not positive, a width below 1. ExactnessError: a float.

    >>> gaussian_threshold(2, 1, 1)
    1/sqrt(pi)
    """
    level, factor = noise_law(("gaussian", volume))[1], noise_law(("gaussian", kappa))[1]
    hs_norm_squared([level], ("gaussian", factor), width)
    quotient = Rational(level.numerator, level.denominator) / Rational(factor.numerator, factor.denominator)
    return quotient ** Rational(1, width) / (2 * pi ** Rational(1, 2))

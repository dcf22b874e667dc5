"""The norm of a noisy layer between the constants and Schur's bound: lambda(Omega_n)/lambda(Omega_{n+1}) and sup_y.

Part 1 to 3 are exact for finite kernels a(x, y) with weights v, w; part 4 is the same with integrals, given the laws.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Statement, Witness, statement
from theory.language.derivation import apply, combine, intro, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.kernel_integrals import MU
from theory.mori_zwanzig.noise_laws import Noise, noise_law, venturi_li
from theory.mori_zwanzig.restating import restated

_COLUMN = "integral(x in om: k(x,y))"

SCHUR_INTEGRALS = Lemma(
    "mori_zwanzig.schur_integrals", "Schur's bound by Jensen and Fubini, and the norm of constants",
    statement(
        "all om on:obj, k:(x:real,y:real)->real, u:real->real, K U Z:real | hk: (all x y:real => abs(k(x,y)) <= K),"
        " hu: (all y:real => abs(u(y)) <= U), k0: (all x y:real => 0 <= k(x,y)),"
        " one: (all x:real => integral(y in on: k(x,y)) = 1),"
        f" col: (all y:real => {_COLUMN} <= Z) => some | integral(x in om: {MU}*{MU}) <= Z*integral(y in on:"
        f" u(y)*u(y)),"
        " integral(x in om: integral(y in on: k(x,y)*1)*integral(y in on: k(x,y)*1)) = integral(x in om: 1)"),
    (
        intro("p1", "all x:real => abs(1) <= 1", "", apply("z", "ax.abs_le", x="1", y="1")),
        intro("p0", "all x:real => 0 <= 1", "", combine("z")),
        apply("j", "mori_zwanzig.weighted_jensen_integrals", om="om", on="on", k="x, y -> k(x,y)", p="x -> 1",
              u="y -> u(y)", K="K", P="1", U="U"),
        intro("su", "all y:real => abs(u(y)*u(y)) <= U*U", "", apply("a", "hu", y="y"),
              apply("z", "textbook.abs_mul_le", x="u(y)", y="u(y)", u="U", v="U")),
        intro("b1", f"all y:real => abs({_COLUMN}*(u(y)*u(y))) <= K*integral(x in om: 1)*(U*U)", "",
              intro("w", "all x:real => abs(k(x,y)) <= K", "", apply("a", "hk", x="x", y="y")),
              apply("b", "mori_zwanzig.integral_bounded", mu="om", f="x -> k(x,y)", B="K"), apply("c", "su", y="y"),
              apply("z", "textbook.abs_mul_le", x=_COLUMN, y="u(y)*u(y)", u="K*integral(x in om: 1)", v="U*U")),
        intro("rf", "all t:real => t <= t", "", combine("z")), apply("as", "rf", t="abs(Z)"),
        intro("b2", "all y:real => abs(Z*(u(y)*u(y))) <= abs(Z)*(U*U)", "", apply("c", "su", y="y"),
              apply("z", "textbook.abs_mul_le", x="Z", y="u(y)*u(y)", u="abs(Z)", v="U*U")),
        intro("le", f"all y:real => {_COLUMN}*(u(y)*u(y)) <= Z*(u(y)*u(y))", "", apply("c", "col", y="y"),
              combine("z", facts="c", squares=("u(y)",))),
        apply("m", "cite.integral_monotone", mu="on", f=f"y -> {_COLUMN}*(u(y)*u(y))", g="y -> Z*(u(y)*u(y))",
              B="K*integral(x in om: 1)*(U*U)", C="abs(Z)*(U*U)"),
        apply("s", "mori_zwanzig.integral_scale", mu="on", f="y -> u(y)*u(y)", c="Z", B="U*U"),
        combine("A", f"integral(x in om: {MU}*{MU}) <= Z*integral(y in on: u(y)*u(y))", "j m s"),
        intro("sq", "all x:real => integral(y in on: k(x,y)*1)*integral(y in on: k(x,y)*1) = 1", "",
              apply("o", "one", x="x"), combine("z", facts="o")),
        apply("B", "cite.integral_equal", mu="om",
              f="x -> integral(y in on: k(x,y)*1)*integral(y in on: k(x,y)*1)", g="x -> 1"),
    ),
)

LEMMAS = (SCHUR_INTEGRALS,)

_MH = "sum(y=1..n: w(y)*a(x,y)*h(y))"
UPPER = f"sum(x=1..m: v(x)*({_MH}*{_MH})) <= S*sum(y=1..n: w(y)*(h(y)*h(y)))"
_LOWER = (f"(all C:real | (all f:int->real => {UPPER.replace('h(y)', 'f(y)').replace('S*', 'C*')})"
          " => sum(x=1..m: v(x)) <= C*sum(y=1..n: w(y)))")
_UNIFORM = ("(all c:real | (all x y:int | 1 <= x, x <= m, 1 <= y, y <= n => a(x,y) <= c)"
            " => (all y:int | 1 <= y, y <= n => sum(x=1..m: v(x)*a(x,y)) <= c*sum(x=1..m: v(x))))")
_HYPOTHESES = (
    "H1: 0 <= m", "H2: 0 <= n", "H3: (all y:int | 1 <= y, y <= n => 0 <= w(y))",
    "H4: (all x:int | 1 <= x, x <= m => 0 <= v(x))",
    "H5: (all x y:int | 1 <= x, x <= m, 1 <= y, y <= n => 0 <= a(x,y))",
    "H6: (all x:int | 1 <= x, x <= m => sum(y=1..n: w(y)*a(x,y)) = 1)",
    "H7: (all y:int | 1 <= y, y <= n => sum(x=1..m: v(x)*a(x,y)) <= S)")


def kernel_statement(conclusion: str, *, without: int = 0) -> Statement:
    """A transition density a with respect to weights w, its weighted column sums at most S; h a function of y."""
    kept = [text for number, text in enumerate(_HYPOTHESES, 1) if number != without]
    return statement("all m n:int, a:(x:int,y:int)->real, v w h:int->real, S:real |"
                     f" {', '.join(kept)} => {conclusion}")


STATEMENT = kernel_statement(f"some | {UPPER}, {_LOWER}, {_UNIFORM}, ({SCHUR_INTEGRALS.statement})")
"""H1, H2 sizes; H3, H4 weights; H5, H6 a transition density; H7 Schur's column sums."""

_DERIVATION = (
    intro("p0", "all x:int | 1 <= x, x <= m => 0 <= 1", "x1 x2", combine("z")),
    apply("j", "mori_zwanzig.weighted_jensen", m="m", n="n", k="x, y -> a(x,y)", v="x -> v(x)", w="y -> w(y)",
          p="x -> 1", u="y -> h(y)"),
    intro("le", "all l:int | 1 <= l, l <= n => w(l)*sum(x=1..m: v(x)*a(x,l))*(h(l)*h(l)) <= S*(w(l)*(h(l)*h(l)))",
          "l1 l2", apply("c", "H7", y="l"), apply("p", "H3", y="l"),
          combine("hh", "0 <= w(l)*(h(l)*h(l))", "p", squares=("h(l)",)), combine("z", facts="c hh")),
    apply("m", "textbook.sum_mono", f="y -> w(y)*sum(x=1..m: v(x)*a(x,y))*(h(y)*h(y))", g="y -> S*(w(y)*(h(y)*h(y)))",
          a="1", b="n"),
    apply("s", "textbook.sum_scale", f="y -> S*(w(y)*(h(y)*h(y)))", g="y -> w(y)*(h(y)*h(y))", c="S", a="1", b="n"),
    combine("A", UPPER, "j m s"),
    intro("L", _LOWER[1:-1], "hc", apply("u", "hc", f="y -> 1"),
          intro("e", f"all x:int | 1 <= x, x <= m => v(x)*({_MH.replace('*h(y)', '*1')}*{_MH.replace('*h(y)', '*1')})"
                " = v(x)", "x1 x2", apply("o", "H6", x="x"), combine("z", facts="o", rounds=3)),
          apply("cg", "textbook.sum_cong", f=f"x -> v(x)*({_MH.replace('*h(y)', '*1')}*{_MH.replace('*h(y)', '*1')})",
                g="x -> v(x)", a="1", b="m"),
          combine("z", facts="u cg")),
    intro("U", _UNIFORM[1:-1], "hc",
          intro("z", None, "y1 y2",
                intro("le2", "all l:int | 1 <= l, l <= m => v(l)*a(l,y) <= c*v(l)", "l1"
                  " l2", apply("q1", "hc", x="l", y="y"),
                      apply("p", "H4", x="l"), combine("t", facts="q1 p")),
                apply("m2", "textbook.sum_mono", f="x -> v(x)*a(x,y)", g="x -> c*v(x)", a="1", b="m"),
                apply("s2", "textbook.sum_scale", f="x -> c*v(x)", g="x -> v(x)", c="c", a="1", b="m"),
                combine("t", facts="m2 s2"))),
    restated("B", SCHUR_INTEGRALS),
)

_ONE_COLUMN = {"m": "2", "n": "1", "a": "x, y -> 1", "v": "x -> 1", "w": "y -> 1", "h": "y -> 1"}
"""Two states that both go to one state: the constant layer, of squared norm 2."""

CONTROLS = (
    Control("noise_is_enough", "the norm is below one whenever b > 0: a constant layer, b = 1/2, on [-1,1] has norm"
                               " sqrt 2",
            statement("all b:real, u:real->real | 0 < b => integral(x in leb(-1,1): (1/(2*b)*integral(y in"
                      " leb(-b,b): u(y)))"
                      "*(1/(2*b)*integral(y in leb(-b,b): u(y)))) <= integral(y in leb(-b,b): u(y)*u(y))"),
            Witness((apply("i", "textbook.integral_const", a="-1/2", b="1/2", c="1"),
                     apply("o", "textbook.integral_const", a="-1", b="1",
                           c="integral(y in leb(-1/2,1/2): 1)*integral(y in leb(-1/2,1/2): 1)"),
                     combine("gt", "integral(y in leb(-1/2,1/2): 1) < integral(x in leb(-1,1):"
                             " integral(y in leb(-1/2,1/2): 1)*integral(y in leb(-1/2,1/2): 1))", "i o", rounds=4),
                     witness("end", b="1/2", u="y -> 1")))),
    Control("row_sums_are_enough", "Schur's bound without the column sums: two states that go to one",
            kernel_statement(UPPER, without=7), Witness((witness("end", **_ONE_COLUMN, S="1"),))),
    Control("lower_bound_reversed", "the norm of constants as an upper bound, lambda(Omega_n)/lambda(Omega_{n+1})",
            kernel_statement(f"sum(x=1..m: v(x)*({_MH}*{_MH}))*sum(y=1..n: w(y))"
                             " <= sum(x=1..m: v(x))*sum(y=1..n: w(y)*(h(y)*h(y)))"),
            Witness((witness("end", m="1", n="2", a="x, y -> 2 - y", v="x -> 1", w="y -> 1", h="y -> 2 - y",
                             S="1"),))),
)

CLAIM = Claim(
    id="mori_zwanzig.norm_sandwich",
    title="The norm of a layer lies between that of constants and Schur's bound",
    statement=STATEMENT,
    source=venturi_li("This sandwich is not taken from the paper: it is sharper than the Hilbert-Schmidt"
                      " route.", "new"),
    summary="lambda(Omega_n)/lambda(Omega_{n+1}) <= ||M||^2 <= sup_y of the column integral, which for uniform noise is"
            " at most the squared Hilbert-Schmidt norm; a constant layer attains both.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", m="2", n="2", a="x, y -> 1/2", v="x -> 1", w="y -> 1", h="y -> y", S="1"),)),
    controls=CONTROLS,
    comparison=(
        Comparison("upper bound", "||M||^2 <= sup_y of the integral of rho(y - F(x)) over Omega_n",
                   "S bounds every column sum (part 1, exact) or column integral (part 4)",
                   "the Schur test by Jensen and Fubini; given the cited laws for integrals, exact for sums"),
        Comparison("lower bound", "lambda(Omega_n)/lambda(Omega_{n+1}) <= ||M||^2",
                   "part 2: any C with ||M f||^2 <= C ||f||^2 for all f has mass(v) <= C mass(w); part 4: ||M 1||^2 is"
                   " the mass of om", "as stated"),
        Comparison("uniform noise", "Schur <= HS^2 = lambda(Omega_n)/(2b)^N",
                   "part 3: densities at most c have column sums at most c mass(v), c = (2b)^(-N)", "as stated"),
        Comparison("closed forms for tanh(w x)", "lower^2 = 1/(b + tanh w); Schur^2 = 1/b if b >= tanh w",
                   "layer_norm_bounds for any box of the range", "evaluated, not part of the statement"),
    ),
    tightness="A constant layer with uniform noise: lower bound, Schur and Hilbert-Schmidt coincide, so the"
              " condition on"
              " the noise cannot be improved without looking at the weights.",
    attack="theory.mori_zwanzig.norm_sandwich_attack",
)


def layer_norm_bounds(widths_of_box: Sequence[int | Fraction | str], range_widths: Sequence[int | Fraction | str],
                      noise: Noise) -> tuple[Fraction, Fraction]:
    """Return bounds of ||M_n||^2 for uniform noise: mass of constants (lower) and the Hilbert-Schmidt value (upper).

    `widths_of_box` are the sides of Omega_n, `range_widths` those of a box that contains F_n(Omega_n); Omega_{n+1} is
    taken as that box widened by the noise.

    Raises:
        InputError: Gaussian noise (its range is unbounded), a negative side.

    >>> layer_norm_bounds([2], [0], ("uniform", "0.5"))
    (Fraction(2, 1), Fraction(2, 1))
    """
    kind, amplitude = noise_law(noise)
    if kind != "uniform":
        raise InputError(explain("noise", "uniform noise", kind, "Gaussian noise has no bounded range: use weighted"
                                                                 " norms."))
    lower, upper = Fraction(1), Fraction(1)
    for width in widths_of_box:
        lower, upper = lower * _side(width), upper * _side(width)
    for width in range_widths:
        lower, upper = lower / (_side(width) + 2 * amplitude), upper / (2 * amplitude)
    return lower, upper


def _side(width: int | Fraction | str) -> Fraction:
    side = exact(width, "side")
    if side < 0:
        raise InputError(explain("side", "a length >= 0", str(side), "Give high - low for every coordinate."))
    return side

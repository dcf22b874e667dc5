"""Beside the constants layers contract by the maximal correlation; its exact spectrum for the identity layer.

Along a chain of finite kernels with densities g forward and mean functions h backward: if s(l) bounds layer l on
functions of mean zero, the variance of h(0, .) is at most prod s(l)^2 times that of h(L, .). For the identity layer,
X uniform on [-1, 1] and uniform noise b >= 1, the squared singular values are 1/(b k (k+1)): Legendre's equation.
"""

from __future__ import annotations

from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Statement, Witness, statement
from theory.language.derivation import apply, calculus, combine, induct, intro, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.legendre import HIGH, LOW, RATIO
from theory.mori_zwanzig.legendre_degrees import EVERY
from theory.mori_zwanzig.noise_laws import venturi_li
from theory.mori_zwanzig.restating import restated

_P = "sum(x=1..d(l): v(l,x)*a(l,x,y)*g(l,x))"
_Q = "sum(y=1..d(l+1): v(l+1,y)*a(l,x,y)*h(l+1,y))"
_LAYER = "0 <= l, l <= L - 1"
_SQUARE = "sum(x=1..d({0}): v({0},x)*g({0},x)*(h({0},x)*h({0},x)))"
_MEAN = "sum(x=1..d({0}): v({0},x)*g({0},x)*h({0},x))"
DECAY = (f"(all l:int | 0 <= l, l <= L => {_SQUARE.format('0')} <= prod(j=0..l-1: s(j)*s(j))*{_SQUARE.format('l')})")
_MEANS = f"(all l:int | 0 <= l, l <= L => {_MEAN.format('l')} = {_MEAN.format('L')})"
_ON_MEAN_ZERO = ("(all f:int->real | sum(y=1..d(l+1): v(l+1,y)*g(l+1,y)*f(y)) = 0 => sum(x=1..d(l): v(l,x)*g(l,x)"
                 "*(sum(y=1..d(l+1): v(l+1,y)*a(l,x,y)*f(y))*sum(y=1..d(l+1): v(l+1,y)*a(l,x,y)*f(y))))"
                 " <= s(l)*s(l)*sum(y=1..d(l+1): v(l+1,y)*g(l+1,y)*(f(y)*f(y))))")
_HYPOTHESES = (
    "H1: (all l:int | 0 <= l, l <= L => 0 <= d(l))",
    f"H2: (all l y:int | {_LAYER}, 1 <= y, y <= d(l+1) => g(l+1,y) = {_P})",
    f"H3: (all l x:int | {_LAYER}, 1 <= x, x <= d(l) => h(l,x) = {_Q})",
    f"H4: (all l:int | {_LAYER} => {_ON_MEAN_ZERO})",
    f"H5: {_MEAN.format('L')} = 0")


def correlated_chain(conclusion: str, *, without: int = 0) -> Statement:
    """A chain of finite kernels; s(l) bounds the maximal correlation of layer l; the readout has mean zero."""
    kept = [text for number, text in enumerate(_HYPOTHESES, 1) if number != without]
    return statement("all L:int, d:int->int, a:(l:int,x:int,y:int)->real, v g h:(l:int,x:int)->real, s:int->real |"
                     f" {', '.join(kept)} => {conclusion}")


STATEMENT = correlated_chain(f"some | {DECAY}, {_MEANS}, ({RATIO.statement}), ({LOW.statement}), ({HIGH.statement}),"
                             f" ({EVERY.statement})")
"""H1 widths; H2 the density forward; H3 the mean function backward; H4 maximal correlations; H5 mean zero."""

_DERIVATION = (
    apply("D", "mori_zwanzig.depth_invariant", L="L", d="l -> d(l)", a="l, x, y -> a(l,x,y)", v="l, x -> v(l,x)",
          g="l, x -> g(l,x)", h="l, x -> h(l,x)"),
    intro("B", _MEANS[1:-1], "l1 l2", apply("i", "D", l="l"), combine("n", "0 <= L", "l1 l2"), apply("j", "D", l="L"),
          combine("z", facts="i j")),
    induct("I", f"all k:int | 0 <= k => (all | k <= L => {_SQUARE.format('0')}"
           f" <= prod(j=0..k-1: s(j)*s(j))*{_SQUARE.format('k')})", "hk ih",
           [intro("z", None, "h0", apply("e", "ax.prod_empty", f="j -> s(j)*s(j)", a="0", b="-1"),
                  combine("y", facts="e"))],
           [intro("z", None, "h0", apply("u", "ih"), apply("s2", "H1", l="k"),
                  apply("m", "B", l="k + 1"), combine("m0", f"{_MEAN.format('(k + 1)')} = 0", "m H5"),
                  apply("c0", "H4", l="k"), apply("c", "c0", f="y -> h(k + 1,y)"),
                  intro("b", "all x:int | 1 <= x, x <= d(k) => v(k,x)*g(k,x)*(h(k,x)*h(k,x)) = v(k,x)*g(k,x)*"
                        f"({_Q.replace('l', 'k')}*{_Q.replace('l', 'k')})", "x1 x2",
                        apply("e", "H3", l="k", x="x"), combine("w", facts="e", rounds=4)),
                  apply("cb", "textbook.sum_cong", f="x -> v(k,x)*g(k,x)*(h(k,x)*h(k,x))",
                        g=f"x -> v(k,x)*g(k,x)*({_Q.replace('l', 'k')}*{_Q.replace('l', 'k')})", a="1", b="d(k)"),
                  intro("sq", "all j:int | 0 <= j, j <= k - 1 => 0 <= s(j)*s(j)", "j1 j2",
                        combine("w", squares=("s(j)",))),
                  apply("p0", "textbook.prod_nonneg", f="j -> s(j)*s(j)", a="0", b="k - 1"),
                  apply("pl", "ax.prod_last", f="j -> s(j)*s(j)", a="0", b="k"),
                  combine("st", f"{_SQUARE.format('k')} <= s(k)*s(k)*{_SQUARE.format('(k + 1)')}", "c cb"),
                  combine("mu", f"prod(j=0..k-1: s(j)*s(j))*{_SQUARE.format('k')} <= prod(j=0..k-1: s(j)*s(j))*"
                          f"(s(k)*s(k)*{_SQUARE.format('(k + 1)')})", "st p0"),
                  combine("y", facts="u mu pl", degree=1, rounds=3))]),
    intro("A", DECAY[1:-1], "l1 l2", apply("i", "I", k="l"), apply("z", "i")),
    restated("C", RATIO), restated("E", LOW), restated("F", HIGH), restated("G", EVERY),
)

HALF = {"L": "1", "d": "l -> 2", "v": "l, x -> 1", "a": "l, x, y -> 1/2", "g": "l, x -> 1/2", "s": "l -> 0"}
"""Two states, everything forgotten in one layer: correlation 0."""

INDEPENDENT = (
    intro("ze", "all l:int | 0 <= l, l <= 1 - 1 => (all f:int->real | sum(y=1..2: 1*(1/2)*f(y)) = 0 => sum(x=1..2:"
                " 1*(1/2)"
          "*(sum(y=1..2: 1*(1/2)*f(y))*sum(y=1..2: 1*(1/2)*f(y)))) <= 0*0*sum(y=1..2: 1*(1/2)*(f(y)*f(y))))", "l1 l2",
          intro("w", None, "m0",
                intro("c", "all x:int | 1 <= x, x <= 2 => 1*(1/2)*(sum(y=1..2: 1*(1/2)*f(y))*sum(y=1..2: 1*(1/2)*f(y)))"
                      " = 0", "x1 x2", combine("q1", facts="m0", rounds=3)),
                apply("cg", "textbook.sum_cong", f="x -> 1*(1/2)*(sum(y=1..2: 1*(1/2)*f(y))*sum(y=1..2: 1*(1/2)*f(y)))",
                      g="x -> 0", a="1", b="2"),
                apply("k", "textbook.sum_const", c="0", n="2"), combine("q2", facts="cg k"))),)

_MIDDLE = "integral(y in leb(b - 1,1 - b): y*y/2)"
_OUTER = "integral(y in leb(1 - b,1 + b): (y - b + 1)*(y - b + 1)*(1 + b - y)/(8*b))"
_ON = "all y:real | 1 - 1/2 <= y, y <= 1 + 1/2 => "

CONTROLS = (
    Control("mean_not_zero", "the bound for functions whose mean is not zero: constants are not forgotten",
            correlated_chain(DECAY, without=5),
            Witness((*INDEPENDENT, witness("end", **HALF, h="l, x -> 1")))),
    Control("small_noise", "the spectrum 1/(b k (k+1)) also for b < 1: at b = 1/2 the degree 1 has 13/16, not 1",
            statement(f"all b:real | 0 < b, b <= 1 => 6*b*({_MIDDLE} + 2*({_OUTER})) = 2"),
            Witness((
                intro("d1", "all y:real | 1/2 - 1 <= y, y <= 1 - 1/2 => deriv(u: u*u*u/6, y, y*y/2)", "y1 y2",
                      calculus("w1")),
                intro("m1", "all y:real | 1/2 - 1 <= y, y <= 1 - 1/2 => 0 <= y*y/2", "y1 y2",
                      combine("w2", squares=("y",))),
                apply("i1", "ax.ftc", F="y -> y*y*y/6", f="y -> y*y/2", a="1/2 - 1", b="1 - 1/2", m="0"),
                intro("d2", f"{_ON}deriv(u: -u*u*u*u/16 + u*u*u/24 + 5*u*u/32 + 3*u/32, y,"
                      " (y - 1/2 + 1)*(y - 1/2 + 1)*(1 + 1/2 - y)/(8*(1/2)))", "y1 y2", calculus("w3")),
                intro("m2", f"{_ON}0 <= (y - 1/2 + 1)*(y - 1/2 + 1)*(1 + 1/2 - y)/(8*(1/2))", "y1 y2",
                      combine("w4", facts="y2", squares=("y + 1/2",))),
                apply("i2", "ax.ftc", F="y -> -y*y*y*y/16 + y*y*y/24 + 5*y*y/32 + 3*y/32",
                      f="y -> (y - 1/2 + 1)*(y - 1/2 + 1)*(1 + 1/2 - y)/(8*(1/2))", a="1 - 1/2", b="1 + 1/2", m="0"),
                witness("end", b="1/2")))),
    Control("wrong_eigenvalue", "eigenvalue k^2 in place of k (k+1), at k = 1",
            statement("all k:int, t:real | 1 <= k => k*k*t = k*(k + 1)*t"), Witness((witness("end", k="1", t="1"),))),
)

CLAIM = Claim(
    id="mori_zwanzig.maximal_correlation",
    title="Variance decays by the squared maximal correlations; Legendre spectrum of the identity layer",
    statement=STATEMENT,
    source=venturi_li("Not in the paper as far as seen. Maximal correlation: Hirschfeld 1935, Gebelein 1941, Renyi 1959"
                      " (recalled).", "new"),
    summary="On functions of mean zero layers contract by their maximal correlations s_l, so Var q_0 <= prod s_l^2"
            " Var u;"
            " for the identity layer with uniform noise b >= 1 they are 1/sqrt(b k (k+1)), by Legendre's equation for"
            " every degree.",
    derivation=_DERIVATION,
    instance=Witness((*INDEPENDENT, witness("end", **HALF, h="l, x -> ite(l, 0, 0, 2*x - 3)"))),
    controls=CONTROLS,
    comparison=(
        Comparison("mean preserved", "P_n M_n = M_n P_{n+1}, so Q commutes",
                   "part 2: the mean of h(l, .) under g(l, .) is that of h(L, .), every depth and all widths",
                   "finite levels; with integrals it is mori_zwanzig.duality"),
        Comparison("variance", "Var q_0(X_0) <= prod s_n^2 Var u(X_L)", "part 1: second moments of mean-zero functions",
                   "s(l) is any bound of the maximal correlation, given by what it bounds (its definition)"),
        Comparison("Dobrushin", "s_n^2 <= delta_n, cited", "proved in mori_zwanzig.correlation_contraction",
                   "finitely many states"),
        Comparison("identity layer, eigen-identities", "((1-t^2) P_k')' = -k (k+1) P_k and the ratio 1/(b k (k+1))",
                   "part 6: every degree, from Bonnet's recursion; parts 4, 5: the degrees 1 to 12 by"
                   " computation; part 3: the ratio for every eigenfunction with derivative D and antiderivative R of"
                   " its square, from the fundamental theorem",
                   "as stated for every k; part 3 is not instantiated for the P_k of part 6 (R would be a recursion)"),
        Comparison("identity layer, spectrum", "input-side singular functions are the Legendre polynomials",
                   "not stated: the reduction of ||M* f||^2 to the integral of G^2/(2 b (1-t^2)) and completeness",
                   "weaker: the completeness of the Legendre polynomials would be a citation, and no step uses it"),
        Comparison("linear-Gaussian layer", "s_k = rho^k (Mehler)", "gaussian_correlation_squared gives rho^2",
                   "not proved: Mehler's formula is only named"),
    ),
    tightness="Singular functions attain s(l); the identity layer's spectrum is exact.",
    attack="theory.mori_zwanzig.maximal_correlation_attack",
)


def identity_layer_spectrum(amplitude: int | Fraction | str, count: int) -> tuple[Fraction, ...]:
    """Return s_k^2 = 1/(b k (k+1)) for k = 1..count: X uniform on [-1, 1], identity layer, uniform noise b >= 1.

    Raises:
        InputError: b < 1 (another spectrum), or a count that is not positive. ExactnessError: a float.

    >>> identity_layer_spectrum(1, 2)
    (Fraction(1, 2), Fraction(1, 6))
    """
    b = exact(amplitude, "amplitude")
    if b < 1:
        raise InputError(explain("amplitude", "b >= 1", str(b), "Below 1 the Legendre polynomials are not the answer."))
    if count < 1:
        raise InputError(explain("count", "a positive number", str(count), "Give how many singular values you want."))
    return tuple(1 / (b * k * (k + 1)) for k in range(1, count + 1))


def gaussian_correlation_squared(slope: int | Fraction | str, deviation: int | Fraction | str,
                                 noise: int | Fraction | str) -> Fraction:
    """Return rho^2 = (a s)^2/((a s)^2 + sigma^2) for F = a x, X ~ N(0, s^2), noise N(0, sigma^2); s_k^2 = rho^(2k).

    Raises:
        InputError: no noise and no signal. ExactnessError: a float.

    >>> gaussian_correlation_squared(1, 1, 1)
    Fraction(1, 2)
    """
    signal = (exact(slope, "slope") * exact(deviation, "deviation")) ** 2
    total = signal + exact(noise, "noise") ** 2
    if total == 0:
        raise InputError(explain("noise", "a positive variance of a x + noise", "0", "Give noise or signal."))
    return signal / total

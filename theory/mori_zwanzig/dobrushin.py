"""Dobrushin's coefficient: how much one noisy layer shrinks the oscillation of any observable.

Two laws p and q overlap by the sum or integral of min(p, q) = 1 - TV. Uniform noise of amplitude b makes the law of a
layer uniform on a cube of side 2b around F(x); two such cubes share the fraction prod_i (1 - |F_i - F_i'|/(2b))_+, so
that a layer whose coordinates range over intervals of lengths D_i has delta <= 1 - prod_i (1 - D_i/(2b))_+. Part 1 is
exact for finitely many states; parts 2 to 4 are the layer itself, with integrals, from the density of its noise, 5 and
6 Gaussian noise at N = 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod

import sympy

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.gaussian_means import LEFT, RIGHT
from theory.mori_zwanzig.restating import restated
from theory.mori_zwanzig.uniform_chains import CHAIN_OSCILLATION, LAYER_OSCILLATION
from theory.mori_zwanzig.uniform_layers import CUBES

_OVERLAP = "sum(i=1..n: min(p(i), r(i)))"

MEANS = Lemma(
    "mori_zwanzig.means_differ", "Means under two laws differ by at most 1 - overlap times the oscillation",
    statement("all n:int, p r u:int->real, lo hi:real | hn: 0 <= n, sp: sum(i=1..n: p(i)) = 1,"
              " sr: sum(i=1..n: r(i)) = 1, hl: (all i:int | 1 <= i, i <= n => lo <= u(i)),"
              " hh: (all i:int | 1 <= i, i <= n => u(i) <= hi)"
              f" => sum(i=1..n: p(i)*u(i)) - sum(i=1..n: r(i)*u(i)) <= (1 - {_OVERLAP})*(hi - lo)"),
    (
        induct(
            "I", "all k:int | 0 <= k => (all | k <= n => sum(i=1..k: p(i)*u(i)) - sum(i=1..k: r(i)*u(i))"
            " <= (sum(i=1..k: p(i)) - sum(i=1..k: min(p(i), r(i))))*hi"
            " - (sum(i=1..k: r(i)) - sum(i=1..k: min(p(i), r(i))))*lo)", "hk ih",
            [intro("z", None, "hb", *(apply(f"e{j}", "ax.sum_empty", f=f"i -> {f}", a="1", b="0") for j, f in enumerate(
                ("p(i)*u(i)", "r(i)*u(i)", "p(i)", "r(i)", "min(p(i), r(i))"))),
                combine("y", facts="e0 e1 e2 e3 e4", degree=1))],
            [intro("z", None, "hb", apply("use", "ih"), *(
                apply(f"e{j}", "ax.sum_last", f=f"i -> {f}", a="1", b="k + 1") for j, f in enumerate(
                    ("p(i)*u(i)", "r(i)*u(i)", "p(i)", "r(i)", "min(p(i), r(i))"))),
                apply("m1", "ax.min_left", x="p(k+1)", y="r(k+1)"), apply("m2", "ax.min_right", x="p(k+1)", y="r(k+1)"),
                apply("l", "hl", i="k + 1"), apply("h", "hh", i="k + 1"),
                combine("a", "(p(k+1) - min(p(k+1), r(k+1)))*u(k+1) <= (p(k+1) - min(p(k+1), r(k+1)))*hi", "m1 h"),
                combine("b", "(r(k+1) - min(p(k+1), r(k+1)))*lo <= (r(k+1) - min(p(k+1), r(k+1)))*u(k+1)", "m2 l"),
                combine("y", facts="use a b e0 e1 e2 e3 e4", degree=1))]),
        apply("J", "I", k="n"), apply("J1", "J"), combine("end", facts="J1 sp sr", degree=1),
    ),
)

LEMMAS = (MEANS,)

_BOUND = f"sum(i=1..n: p(i)*v(i)) - sum(i=1..n: r(i)*v(i)) <= (1 - {_OVERLAP})*(hi - lo)"


def _statement(conclusion: str) -> Statement:
    return statement(
        "all n:int, p r v:int->real, lo hi:real | H1: 0 <= n, H2: sum(i=1..n: p(i)) = 1, H3: sum(i=1..n: r(i)) = 1,"
        " H4: (all i:int | 1 <= i, i <= n => lo <= v(i)), H5: (all i:int | 1 <= i, i <= n => v(i) <= hi)"
        f" => {conclusion}")


ATTACKED = _statement(_BOUND)
_PARTS = (CUBES, LAYER_OSCILLATION, CHAIN_OSCILLATION, LEFT, RIGHT)
STATEMENT = _statement(f"some | {_BOUND}, {', '.join(f'({part.statement})' for part in _PARTS)}")
"""Part 1 finitely many states; 2 overlap of two cubes; 3 one layer; 4 all layers; 5, 6 Gaussian noise at N = 1."""

_DERIVATION = (
    apply("A", "mori_zwanzig.means_differ", n="n", p="i -> p(i)", r="i -> r(i)", u="i -> v(i)", lo="lo", hi="hi"),
    restated("B", CUBES), restated("C", LAYER_OSCILLATION), restated("D", CHAIN_OSCILLATION), restated("E", LEFT),
    restated("G", RIGHT), witness("end"),
)

_ROW = "sum(i=1..n: K({0},i)*u(i))"
_SHARED = ("prod(j=1..N: max(0, min(F(x,j) + b, F(y,j) + b) - max(F(x,j) - b, F(y,j) - b)))"
           " <= pow(2*b, N)*sum(i=1..n: min(K(x,i), K(y,i)))")
_PLACES = "1 <= x, x <= s, 1 <= y, y <= s"


def _boxes(delta: str) -> Statement:
    """False neighbours: s states whose laws on n points share at least the volume of the boxes' intersection."""
    return statement(
        "all n s N:int, K F:(x:int,i:int)->real, u D:int->real, b lo hi:real | 1 <= n, 0 <= N, 0 < b,"
        " (all x:int | 1 <= x, x <= s => sum(i=1..n: K(x,i)) = 1),"
        f" (all x y:int | {_PLACES} => {_SHARED}),"
        f" (all x y j:int | {_PLACES}, 1 <= j, j <= N => abs(F(x,j) - F(y,j)) <= D(j)),"
        " (all i:int | 1 <= i, i <= n => lo <= u(i)), (all i:int | 1 <= i, i <= n => u(i) <= hi)"
        f" => (all x y:int | {_PLACES} => {_ROW.format('x')} - {_ROW.format('y')} <= {delta}*(hi - lo))")


_HALF = "[[1/2,1/2,0],[0,1/2,1/2]][x,i]"
_LINE = {"n": "3", "s": "2", "N": "1", "K": f"x, i -> {_HALF}", "F": "x, i -> x - 1", "u": "i -> [[1,1,0]][1,i]",
         "D": "j -> 1", "b": "1", "lo": "0", "hi": "1"}
"""Boxes [-1, 1] and [0, 2]: half of either is shared, and the indicator of y < 1 has means 1 and 1/2."""
_PLANE = {**_LINE, "n": "7", "N": "2", "F": "x, i -> x - 1",
          "K": "x, i -> [[1/4,1/4,1/4,1/4,0,0,0],[0,0,0,1/4,1/4,1/4,1/4]][x,i]", "u": "i -> [[1,1,1,1,0,0,0]][1,i]"}
"""Squares of side 2 apart by (1, 1): a quarter is shared."""
HALVES = {"n": "3", "p": "i -> [[1/2,1/2,0]][1,i]", "r": "i -> [[0,1/2,1/2]][1,i]", "v": "i -> [[1,1,0]][1,i]",
          "lo": "0", "hi": "1"}
"""The two rows of these boxes: the bound 1/2 is attained."""

CLAIM = Claim(
    id="mori_zwanzig.dobrushin",
    title="One layer of uniform noise shrinks every oscillation by 1 - prod (1 - D_i / 2b)_+",
    statement=STATEMENT,
    source=Source("R. L. Dobrushin", 1956, "Central limit theorem for nonstationary Markov chains", "new",
                  note="The coefficient is classical; its product formula for uniform layer noise and its use as a"
                  " condition for decay of memory, in place of growing noise, were derived here."),
    summary="Constant noise amplitude b above half of every range already contracts, at any width.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **HALVES),)),
    controls=(
        Control("largest_coordinate", "delta at most max D_i / 2b: in the plane, shifted by b in both coordinates, it"
                                      " is 3/4 and not 1/2",
                _boxes("(1 - max(0, 1 - D(1)/(2*b)))"), Witness((witness("end", **_PLANE),))),
        Control("no_noise", "contraction by 1/2 of every stochastic kernel: the identity keeps the oscillation",
                statement("all n:int, K:(x:int,i:int)->real, u:int->real | 1 <= n, (all x:int | 1 <= x, x <= n =>"
                          " sum(i=1..n: K(x,i)) = 1), (all i:int | 1 <= i, i <= n => 0 <= u(i)),"
                          " (all i:int | 1 <= i, i <= n => u(i) <= 1)"
                          " => sum(i=1..n: K(1,i)*u(i)) - sum(i=1..n: K(n,i)*u(i)) <= 1/2"),
                Witness((witness("end", n="2", K="x, i -> [[1,0],[0,1]][x,i]", u="i -> 2 - i"),))),
        Control("full_width", "D / 4b in place of D / 2b",
                _boxes("(1 - prod(j=1..N: max(0, 1 - D(j)/(4*b))))"), Witness((witness("end", **_LINE),))),
    ),
    comparison=(
        Comparison("kernel", "rho(y - F(x)), uniform density on [-b, b]^N",
                   "part 3: the product of the densities 1/(2b) on [-b, b] at c(i, y) - F(i, x), any width N, any F"
                   " whose cubes lie in the next level", "no property of the layer's laws is assumed; u is bounded"),
        Comparison("overlap", "1 - TV of uniform noise = prod (1 - |F_i - F_i'| / 2b)_+",
                   "part 2, an equality: the integral of the least of the two densities is that product",
                   "computed by the laws of integrals; one of the cubes may leave the level"),
        Comparison("measure", "Lebesgue measure on Omega_{n+1} in R^N",
                   "the product law: integrals of products of N functions of one coordinate each are products of"
                   " integrals over [A(i), Z(i)]",
                   "Fubini's theorem, which defines that measure; mori_zwanzig.line_level proves it at N = 1"),
        Comparison("coupling inequality", "|E u - E' u| <= TV osc(u)",
                   "lemma means_differ_integrals for any two bounded densities, part 1 for finite laws",
                   "proved; osc(u) is a bound on u(y) - u(z) for all y, z, attained or not"),
        Comparison("conclusion", "osc(M u) <= delta osc(u), and the product over the layers",
                   "part 3 for one layer, part 4 from every level k to the last", "as stated"),
        Comparison("Gaussian noise", "delta = 2 Phi(diam / 2 sigma) - 1, any N",
                   "parts 5 and 6: for 0 <= u <= w and centres at most 2 e apart the means of u differ by at most"
                   " w times the mass of [-e, e] under the centred density, that is 2 Phi(e / sigma) - 1",
                   "weaker: N = 1; for N > 1 turn the axes so that the centres differ in one coordinate. Integrals over"
                   " every window [A, Z] that contains the middle, the line in the limit; c stands for sqrt(2 pi);"
                   " that the bound is attained is not part of the statement"),
    ),
    tightness="Attained at N = 1 by the indicator of a half-line, and by boxes in the plane.",
    experiments=("mori_zwanzig.condition_table",),
    attack="theory.mori_zwanzig.dobrushin_attack",
)


def dobrushin_uniform(ranges: Sequence[int | Fraction | str], amplitude: int | Fraction | str) -> Fraction:
    """Return the upper bound 1 - prod (1 - D_i / 2b)_+ on the Dobrushin coefficient of uniform noise on [-b, b]^N.

    Args:
        ranges: the lengths D_i >= 0 of intervals that contain the coordinates of F(x); tanh layers have D_i <= 2.
        amplitude: b > 0.

    Raises:
        InputError: b <= 0 (without noise the coefficient is 1 and nothing contracts) or a negative length.

    >>> dobrushin_uniform([1, 1], 1), dobrushin_uniform([2], "1/2")
    (Fraction(3, 4), Fraction(1, 1))
    """
    b = exact(amplitude, "amplitude")
    lengths = [exact(length, "ranges") for length in ranges]
    if b <= 0:
        raise InputError(explain("amplitude", "a positive number", amplitude,
                                 "Without noise the Dobrushin coefficient is 1; add noise or use another certificate."))
    if any(length < 0 for length in lengths):
        raise InputError(explain("ranges", "lengths that are not negative", [str(x) for x in lengths],
                                 "Give upper minus lower end."))
    return 1 - prod((max(Fraction(0), 1 - length / (2 * b)) for length in lengths), start=Fraction(1))


def dobrushin_gaussian(diameter: int | Fraction | str, sigma: int | Fraction | str) -> sympy.Expr:
    """Return Dobrushin's coefficient of Gaussian noise, 2 Phi(diam / (2 sigma)) - 1, as a SymPy number.

    Args:
        diameter: Euclidean diameter of F(Omega), not negative.
        sigma: deviation of every coordinate of the noise, positive.

    Raises:
        InputError: sigma <= 0 or a negative diameter. ExactnessError: a float.

    >>> dobrushin_gaussian(2, 1)
    erf(sqrt(2)/2)
    """
    width, deviation = exact(diameter, "diameter"), exact(sigma, "sigma")
    if deviation <= 0 or width < 0:
        raise InputError(explain("dobrushin_gaussian", "sigma > 0 and diameter >= 0", (str(sigma), str(diameter)),
                                 "Without noise the Dobrushin coefficient is 1."))
    ratio = width / (2 * deviation)
    return sympy.erf(sympy.Rational(ratio.numerator, ratio.denominator) / sympy.sqrt(2))

"""Constants are never forgotten: weighted norms are exactly 1, plain norms see only how volumes grow.

Along a chain of finite kernels: the mean square of h under the density does not grow backward (Jensen, duality), and
the constant 1 stays 1. Part 3 is one layer with integrals, given the cited laws.
"""

from __future__ import annotations

from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Statement, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.kernel_integrals import BOUNDS, MU, NP, STOCHASTIC, VARIABLES
from theory.mori_zwanzig.noise_laws import venturi_li
from theory.mori_zwanzig.restating import restated

_M1 = "integral(y in on: k(x,y)*1)"

CONSTANT_INTEGRALS = Lemma(
    "mori_zwanzig.constant_mode_integrals", "The weighted norm of a layer is at most 1, attained by constants",
    statement(f"all {VARIABLES} | {BOUNDS}, {STOCHASTIC}"
              f" => some | integral(x in om: p(x)*({MU}*{MU})) <= integral(y in on: {NP}*(u(y)*u(y))),"
              f" integral(x in om: p(x)*({_M1}*{_M1})) = integral(x in om: p(x)),"
              f" integral(y in on: {NP}*1) = integral(x in om: p(x))"),
    (
        apply("A", "mori_zwanzig.weighted_jensen_integrals", om="om", on="on", k="x, y -> k(x,y)", p="x -> p(x)",
              u="y -> u(y)", K="K", P="P", U="U"),
        intro("e", f"all x:real => p(x)*({_M1}*{_M1}) = p(x)", "", apply("o", "one", x="x"),
              combine("z", facts="o", rounds=3)),
        apply("B", "cite.integral_equal", mu="om", f=f"x -> p(x)*({_M1}*{_M1})", g="x -> p(x)"),
        intro("b1", "all y:real => abs(1) <= 1", "", apply("z", "ax.abs_le", x="1", y="1")),
        apply("d", "mori_zwanzig.dual_integrals", om="om", on="on", k="x, y -> k(x,y)", p="x -> p(x)", u="y -> 1",
              K="K", P="P", U="1"),
        intro("f", f"all x:real => p(x)*{_M1} = p(x)", "", apply("o", "one", x="x"), combine("z", facts="o", rounds=3)),
        apply("g", "cite.integral_equal", mu="om", f=f"x -> p(x)*{_M1}", g="x -> p(x)"),
        combine("C", f"integral(y in on: {NP}*1) = integral(x in om: p(x))", "d g"),
    ),
)

LEMMAS = (CONSTANT_INTEGRALS,)

_P = "sum(x=1..d(l): v(l,x)*a(l,x,y)*g(l,x))"
_Q = "sum(y=1..d(l+1): v(l+1,y)*a(l,x,y)*h(l+1,y))"
_LAYER = "0 <= l, l <= L - 1"
_SQUARE = "sum(x=1..d({0}): v({0},x)*g({0},x)*(h({0},x)*h({0},x)))"
CONTRACTION = f"(all l:int | 0 <= l, l <= L => {_SQUARE.format('0')} <= {_SQUARE.format('l')})"
_CONSTANT = ("(all c:real | (all x:int | 1 <= x, x <= d(L) => h(L,x) = c)"
             " => (all l x:int | 0 <= l, l <= L, 1 <= x, x <= d(l) => h(l,x) = c))")
_HYPOTHESES = (
    "H1: (all l:int | 0 <= l, l <= L => 0 <= d(l))",
    "H2: (all l x:int | 0 <= l, l <= L, 1 <= x, x <= d(l) => 0 <= v(l,x))",
    f"H3: (all l x y:int | {_LAYER}, 1 <= x, x <= d(l), 1 <= y, y <= d(l+1) => 0 <= a(l,x,y))",
    f"H4: (all l x:int | {_LAYER}, 1 <= x, x <= d(l) => sum(y=1..d(l+1): v(l+1,y)*a(l,x,y)) = 1)",
    "H5: (all x:int | 1 <= x, x <= d(0) => 0 <= g(0,x))",
    f"H6: (all l y:int | {_LAYER}, 1 <= y, y <= d(l+1) => g(l+1,y) = {_P})",
    f"H7: (all l x:int | {_LAYER}, 1 <= x, x <= d(l) => h(l,x) = {_Q})")


def chain_of_kernels(conclusion: str, **instead: str) -> Statement:
    """A chain of transition densities with the density g forward and h backward; `instead` replaces hypotheses."""
    given = [instead.get(text.split(":")[0], text) for text in _HYPOTHESES]
    return statement("all L:int, d:int->int, a:(l:int,x:int,y:int)->real, v g h:(l:int,x:int)->real |"
                     f" {', '.join(given)} => {conclusion}")


STATEMENT = chain_of_kernels(f"some | {CONTRACTION}, {_CONSTANT}, ({CONSTANT_INTEGRALS.statement})")
"""H1, H2 levels and weights; H3, H4 transition densities; H5, H6 the density forward; H7 the mean function backward."""

_DERIVATION = (
    induct("G", "all k:int | 0 <= k => (all | k <= L => (all x:int | 1 <= x, x <= d(k) => 0 <= g(k,x)))", "hk ih",
           [intro("z", None, "h0", intro("y", None, "x1 x2", apply("w", "H5", x="x")))],
           [intro("z", None, "h0", apply("u", "ih"), apply("s1", "H1", l="k"),
                  intro("y", None, "x1 x2", apply("e", "H6", l="k", y="x"),
                        intro("t", "all i:int | 1 <= i, i <= d(k) => 0 <= v(k,i)*a(k,i,x)*g(k,i)", "i1 i2",
                              apply("q1", "H2", l="k", x="i"), apply("q2", "H3", l="k", x="i", y="x"),
                              apply("q3", "u", x="i"), combine("qq", "0 <= v(k,i)*a(k,i,x)", "q1 q2"),
                              combine("w", facts="qq q3")),
                        apply("s", "textbook.sum_nonneg", f="i -> v(k,i)*a(k,i,x)*g(k,i)", a="1", b="d(k)"),
                        combine("w", facts="e s")))]),
    induct("I", f"all k:int | 0 <= k => (all | k <= L => {_SQUARE.format('0')} <= {_SQUARE.format('k')})", "hk ih",
           [intro("z", None, "h0", combine("y"))],
           [intro("z", None, "h0", apply("u", "ih"), apply("s1", "H1", l="k"), apply("s2", "H1", l="k + 1"),
                  apply("gk", "G", k="k"), apply("gp", "gk"),
                  intro("w1", "all y:int | 1 <= y, y <= d(k + 1) => 0 <= v(k + 1,y)", "y1 y2",
                        apply("w", "H2", l="k + 1", x="y")),
                  intro("w2", "all x:int | 1 <= x, x <= d(k) => 0 <= v(k,x)", "y1 y2", apply("w", "H2", l="k", x="x")),
                  intro("w3", "all x y:int | 1 <= x, x <= d(k), 1 <= y, y <= d(k + 1) => 0 <= a(k,x,y)", "x1 x2 y1 y2",
                        apply("w", "H3", l="k", x="x", y="y")),
                  intro("w4", "all x:int | 1 <= x, x <= d(k) => sum(y=1..d(k + 1): v(k + 1,y)*a(k,x,y)) = 1", "y1 y2",
                        apply("w", "H4", l="k", x="x")),
                  apply("j", "mori_zwanzig.weighted_jensen", m="d(k)", n="d(k + 1)", k="x, y -> a(k,x,y)",
                        v="x -> v(k,x)", w="y -> v(k + 1,y)", p="x -> g(k,x)", u="y -> h(k + 1,y)"),
                  intro("f", "all y:int | 1 <= y, y <= d(k + 1) => v(k + 1,y)*g(k + 1,y)*(h(k + 1,y)*h(k + 1,y))"
                        " = v(k + 1,y)*sum(x=1..d(k): v(k,x)*a(k,x,y)*g(k,x))*(h(k + 1,y)*h(k + 1,y))", "y1 y2",
                        apply("e", "H6", l="k", y="y"), combine("w", facts="e", rounds=3)),
                  intro("b", f"all x:int | 1 <= x, x <= d(k) => v(k,x)*g(k,x)*(h(k,x)*h(k,x)) = v(k,x)*g(k,x)*"
                        f"({_Q.replace('l', 'k')}*{_Q.replace('l', 'k')})", "x1 x2",
                        apply("e", "H7", l="k", x="x"), combine("w", facts="e", rounds=4)),
                  apply("cf", "textbook.sum_cong", f="y -> v(k + 1,y)*g(k + 1,y)*(h(k + 1,y)*h(k + 1,y))",
                        g="y -> v(k + 1,y)*sum(x=1..d(k): v(k,x)*a(k,x,y)*g(k,x))*(h(k + 1,y)*h(k + 1,y))", a="1",
                        b="d(k + 1)"),
                  apply("cb", "textbook.sum_cong", f="x -> v(k,x)*g(k,x)*(h(k,x)*h(k,x))",
                        g=f"x -> v(k,x)*g(k,x)*({_Q.replace('l', 'k')}*{_Q.replace('l', 'k')})", a="1", b="d(k)"),
                  combine("y", facts="u j cf cb", degree=1, rounds=4))]),
    intro("A", CONTRACTION[1:-1], "l1 l2", apply("i", "I", k="l"), apply("z", "i")),
    intro("B", _CONSTANT[1:-1], "hc",
          induct("J", "all k:int | 0 <= k => (all | k <= L => (all x:int | 1 <= x, x <= d(L - k) => h(L - k,x) = c))",
                 "hk ih",
                 [intro("z", None, "h0", intro("y", None, "x1 x2", apply("w", "hc", x="x")))],
                 [intro("z", None, "h0", apply("u", "ih"), apply("s2", "H1", l="L - k"),
                        intro("y", None, "x1 x2", apply("e", "H7", l="L - k - 1", x="x"),
                              apply("o", "H4", l="L - k - 1", x="x"),
                              intro("t", "all i:int | 1 <= i, i <= d(L - k) => v(L - k,i)*a(L - k - 1,x,i)*h(L - k,i)"
                                    " = c*(v(L - k,i)*a(L - k - 1,x,i))", "i1 i2", apply("q1", "u", x="i"),
                                    combine("w", facts="q1")),
                              apply("s", "textbook.sum_scale", f="i -> v(L - k,i)*a(L - k - 1,x,i)*h(L - k,i)",
                                    g="i -> v(L - k,i)*a(L - k - 1,x,i)", c="c", a="1", b="d(L - k)"),
                              combine("w", facts="e s o", rounds=4)))]),
          intro("z", None, "l1 l2 x1 x2", apply("j1", "J", k="L - l"), apply("j2", "j1"), apply("y", "j2", x="x"))),
    restated("C", CONSTANT_INTEGRALS),
)

_PLAIN = {"L": "1", "d": "l -> 2", "v": "l, x -> 1", "a": "l, x, y -> 1/2", "g": "l, x -> 1/2",
          "h": "l, x -> ite(l, 0, 1/2, x - 1)"}
_STILL = {**_PLAIN, "h": "l, x -> 1"}

CONTROLS = (
    Control("weighted_contraction", "a weighted norm below 1, 99/100: constants keep theirs",
            chain_of_kernels(CONTRACTION.replace(_SQUARE.format("l"), "99/100*" + _SQUARE.format("l"))),
            Witness((witness("end", **_STILL),))),
    Control("unweighted", "the plain norm, the density at level 1 replaced by 1: two states that go to one",
            chain_of_kernels(CONTRACTION, H6="H6: (all l y:int | 0 <= l, l <= L - 1, 1 <= y, y <= d(l+1) => g(l+1,y)"
                                             " = 1)"),
            Witness((witness("end", L="1", d="l -> 2 - l", v="l, x -> 1", a="l, x, y -> 1", g="l, x -> 1",
                             h="l, x -> 1"),))),
    Control("everything_is_forgotten", "mean functions of deep networks are 0 on average: h(0, .) has mean zero",
            chain_of_kernels("sum(x=1..d(0): v(0,x)*g(0,x)*h(0,x)) = 0"), Witness((witness("end", **_STILL),))),
)

CLAIM = Claim(
    id="mori_zwanzig.constant_mode_obstruction",
    title="Constants pass every layer: weighted norms are exactly one, plain norms measure volumes",
    statement=STATEMENT,
    source=venturi_li("Not in the paper as far as seen: what must be shown together with any contraction in plain L^2.",
                      "new"),
    summary="Between the weighted spaces every layer has norm exactly 1, and the plain norm of a product is at least"
            " sqrt(lambda(Omega_0)/lambda(Omega_L)); memory decay has a meaning only beside the constants.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **_PLAIN),)),
    controls=CONTROLS,
    comparison=(
        Comparison("weighted norm", "L^2(p_{n+1}) -> L^2(p_n) has norm exactly 1 for every noise",
                   "part 1: the mean square of h under g does not grow from level l back to 0, all depths; part 2:"
                   " constants stay constants; part 3: the same for one layer with integrals",
                   "exact for finite levels; given the cited laws for integrals, bounded densities"),
        Comparison("plain norm of a product", "||M_{0:L}||^2 >= lambda(Omega_0)/lambda(Omega_L)",
                   "part 2 with c = 1: M_{0:L} 1 = 1, of squared norm sum v(0, .), against sum v(L, .)",
                   "plain_norm_floor is the quotient"),
    ),
    tightness="Attained by constants, for every noise and every density.",
    attack="theory.mori_zwanzig.constant_mode_obstruction_attack",
)


def plain_norm_floor(first_volume: int | Fraction | str, last_volume: int | Fraction | str) -> Fraction:
    """Return lambda(Omega_0)/lambda(Omega_L), a lower bound of the squared plain norm of the product of L layers.

    Raises:
        ExactnessError: a float. InputError: a level of volume 0.

    >>> plain_norm_floor(2, 4)
    Fraction(1, 2)
    """
    volumes = exact(first_volume, "first volume"), exact(last_volume, "last volume")
    if min(volumes) <= 0:
        raise InputError(explain("volumes", "positive numbers", f"{volumes[0]} and {volumes[1]}",
                                 "Give the volumes of boxes with inner points."))
    return volumes[0] / volumes[1]

"""Replacing the deep part of a noisy network: the sup error does not grow, its oscillation shrinks layer by layer.

h is the exact mean function from level K backward, g starts at level K from a substitute (a polynomial, say) and goes
through the same K layers. Rows of a(l, ., .) are probabilities. K = 1: a deep noisy network is, up to the sup error of
the substitute, one noisy layer with that readout.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Statement, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.noise_laws import noise_law, venturi_li
from theory.mori_zwanzig.restating import restated
from theory.mori_zwanzig.uniform_smoothing import LIPSCHITZ, STEPS

_LAYER = "0 <= l, l <= K - 1"
_M = "sum(y=1..d(l+1): a(l,x,y)*{0}(l+1,y))"
SUP = "(all l x:int | 0 <= l, l <= K, 1 <= x, x <= d(l) => abs(h(l,x) - g(l,x)) <= E)"
_DOBRUSHIN = (f"(all l:int | {_LAYER} => (all f:int->real, A:real | (all i j:int | 1 <= i, i <= d(l+1), 1 <= j,"
              " j <= d(l+1) => f(i) - f(j) <= A) => (all i j:int | 1 <= i, i <= d(l), 1 <= j, j <= d(l) =>"
              " sum(y=1..d(l+1): a(l,i,y)*f(y)) - sum(y=1..d(l+1): a(l,j,y)*f(y)) <= t(l)*A)))")
_OSC = "h({0},i) - g({0},i) - (h({0},j) - g({0},j)) <= {1}"
_PAIR = "1 <= i, i <= d({0}), 1 <= j, j <= d({0})"
_OSCILLATION = (f"(all t:int->real, O:real | {_DOBRUSHIN},"
                f" (all i j:int | {_PAIR.format('K')} => {_OSC.format('K', 'O')})"
                f" => (all l i j:int | 0 <= l, l <= K, {_PAIR.format('K - l')}"
                f" => {_OSC.format('K - l', 'prod(m=K-l..K-1: t(m))*O')}))")
_HYPOTHESES = (
    "H1: (all l:int | 0 <= l, l <= K => 0 <= d(l))",
    f"H2: (all l x y:int | {_LAYER}, 1 <= x, x <= d(l), 1 <= y, y <= d(l+1) => 0 <= a(l,x,y))",
    f"H3: (all l x:int | {_LAYER}, 1 <= x, x <= d(l) => sum(y=1..d(l+1): a(l,x,y)) = 1)",
    f"H4: (all l x:int | {_LAYER}, 1 <= x, x <= d(l) => h(l,x) = {_M.format('h')})",
    f"H5: (all l x:int | {_LAYER}, 1 <= x, x <= d(l) => g(l,x) = {_M.format('g')})",
    "H6: (all x:int | 1 <= x, x <= d(K) => abs(h(K,x) - g(K,x)) <= E)")


def replaced_chain(conclusion: str, *, without: int = 0) -> Statement:
    """K layers of transition probabilities, the exact mean function h and the substitute g, both backward."""
    kept = [text for number, text in enumerate(_HYPOTHESES, 1) if number != without]
    return statement("all K:int, d:int->int, a:(l:int,x:int,y:int)->real, h g:(l:int,x:int)->real, E:real |"
                     f" {', '.join(kept)} => {conclusion}")


STATEMENT = replaced_chain(f"some | {SUP}, {_OSCILLATION}, ({LIPSCHITZ.statement}), ({STEPS.statement})")
"""H1 widths; H2, H3 transition probabilities; H4 exact, H5 substitute; H6 sup error of the substitute."""

_P = "K - k - 1"


def _difference(x: str) -> tuple[Step, ...]:
    """The sum of a (h - g) is the difference of the two sums (facts d1, d2), for the row x of layer K - k - 1."""
    row = f"a({_P},{x},y)"
    return (
        apply(f"d1{x}", "textbook.sum_add", f=f"y -> {row}*(h(K - k,y) - g(K - k,y))", g=f"y -> {row}*g(K - k,y)",
              a="1", b="d(K - k)"),
        combine(f"d2{x}", f"sum(y=1..d(K - k): {row}*(h(K - k,y) - g(K - k,y)))"
                f" = sum(y=1..d(K - k): {row}*h(K - k,y)) - sum(y=1..d(K - k): {row}*g(K - k,y))", f"d1{x}"),
        apply(f"eh{x}", "H4", l=_P, x=x), apply(f"eg{x}", "H5", l=_P, x=x),
    )


_DERIVATION = (
    induct("I", "all k:int | 0 <= k => (all | k <= K => (all x:int | 1 <= x, x <= d(K - k) =>"
           " abs(h(K - k,x) - g(K - k,x)) <= E))", "hk ih",
           [intro("z", None, "h0", intro("y", None, "x1 x2", apply("w", "H6", x="x")))],
           [intro("z", None, "h0", apply("v", "ih"), apply("s", "H1", l="K - k"),
                  intro("yy", None, "x1 x2", *_difference("x"),
                        intro("t", f"all i:int | 1 <= i, i <= d(K - k) => abs(a({_P},x,i)*(h(K - k,i) - g(K - k,i)))"
                              f" <= E*a({_P},x,i)", "i1 i2", apply("q1", "v", x="i"),
                              apply("q2", "H2", l=_P, x="x", y="i"),
                              combine("n0", f"-a({_P},x,i) <= a({_P},x,i)", "q2"),
                              combine("n1", f"a({_P},x,i) <= a({_P},x,i)"),
                              apply("q3", "ax.abs_le", x=f"a({_P},x,i)", y=f"a({_P},x,i)"),
                              apply("q4", "textbook.abs_mul_le", x=f"a({_P},x,i)", y="h(K - k,i) - g(K - k,i)",
                                    u=f"a({_P},x,i)", v="E"),
                              combine("w", facts="q4")),
                        apply("m", "textbook.sum_abs", f=f"y -> a({_P},x,y)*(h(K - k,y) - g(K - k,y))",
                              g=f"y -> E*a({_P},x,y)", a="1", b="d(K - k)"),
                        apply("sc", "textbook.sum_scale", f=f"y -> E*a({_P},x,y)", g=f"y -> a({_P},x,y)", c="E", a="1",
                              b="d(K - k)"),
                        apply("o", "H3", l=_P, x="x"),
                        combine("eq", f"h({_P},x) - g({_P},x)"
                                f" = sum(y=1..d(K - k): a({_P},x,y)*(h(K - k,y) - g(K - k,y)))", "d2x ehx egx"),
                        apply("cg", "ax.cong", f="r -> abs(r)", x=f"h({_P},x) - g({_P},x)",
                              y=f"sum(y=1..d(K - k): a({_P},x,y)*(h(K - k,y) - g(K - k,y)))"),
                        combine("w2", facts="cg m sc o", rounds=4)))]),
    intro("A", SUP[1:-1], "l1 l2 x1 x2", apply("j1", "I", k="K - l"), apply("j2", "j1"), apply("z", "j2", x="x")),
    intro("B", _OSCILLATION[1:-1], "ht hO",
          induct("J", "all k:int | 0 <= k => (all | k <= K => (all i j:int | " + _PAIR.format("K - k") + " => "
                 + _OSC.format("K - k", "prod(m=K-k..K-1: t(m))*O") + "))", "hk ih",
                 [intro("z", None, "h0", intro("y", None, "i1 i2 j1 j2", apply("w", "hO", i="i", j="j"),
                        apply("e", "ax.prod_empty", f="m -> t(m)", a="K", b="K - 1"), combine("w1", facts="w e")))],
                 [intro("z", None, "h0", apply("v", "ih"), apply("s", "H1", l="K - k"),
                        intro("yy", None, "i1 i2 j1 j2", *_difference("i"), *_difference("j"),
                              apply("c0", "ht", l=_P),
                              intro("fv", "all b c:int | 1 <= b, b <= d(K - k), 1 <= c, c <= d(K - k) =>"
                                    " h(K - k,b) - g(K - k,b) - (h(K - k,c) - g(K - k,c))"
                                    " <= prod(m=K-k..K-1: t(m))*O", "a1 a2 b1 b2", apply("w", "v", i="b", j="c")),
                              apply("c1", "c0", f="y -> h(K - k,y) - g(K - k,y)", A="prod(m=K-k..K-1: t(m))*O"),
                              apply("c2", "c1", i="i", j="j"),
                              apply("pf", "mori_zwanzig.prod_first", f="m -> t(m)", a=_P, b="K - 1"),
                              combine("w2", facts="c2 d2i d2j ehi egi ehj egj pf", rounds=4, degree=1)))]),
          intro("z", None, "l1 l2 i1 i2 j1 j2", apply("j1a", "J", k="l"), apply("j2a", "j1a"),
                apply("y", "j2a", i="i", j="j"))),
    restated("C", LIPSCHITZ), restated("D", STEPS),
)

_POINT = {"K": "1", "d": "l -> 2", "a": "l, x, y -> 1/2", "h": "l, x -> ite(l, 0, 3/2, x)",
          "g": "l, x -> ite(l, 0, 3/2, 3 - x)", "E": "1"}

_JUMP = "ite(y, 0, 0, 1)"

CONTROLS = (
    Control("not_probabilities", "rows that sum to 2 double the error", replaced_chain(SUP, without=3),
            Witness((witness("end", K="1", d="l -> 1", a="l, x, y -> 2", h="l, x -> ite(l, 0, 2, 1)", g="l, x -> 0",
                             E="1"),))),
    Control("no_smoothing", "the Lipschitz constant osc without the mean over the noise: a jump is not Lipschitz",
            statement("all u:real->real, A s t:real | (all y:real => 0 <= u(y)), (all y:real => u(y) <= A)"
                      " => abs(u(t) - u(s)) <= A*abs(t - s)"),
            Witness((intro("p", f"all y:real => 0 <= {_JUMP}", "", apply("o", "ax.total", x="y", y="0"),
                           cases("z", "o", "c", [apply("v", "ax.ite_then", a="y", b="0", x="0", y="1"),
                                                 combine("w", facts="v")],
                                 [apply("v", "ax.ite_else", a="y", b="0", x="0", y="1"), combine("w", facts="v")])),
                     intro("q", f"all y:real => {_JUMP} <= 1", "", apply("o", "ax.total", x="y", y="0"),
                           cases("z", "o", "c", [apply("v", "ax.ite_then", a="y", b="0", x="0", y="1"),
                                                 combine("w", facts="v")],
                                 [apply("v", "ax.ite_else", a="y", b="0", x="0", y="1"), combine("w", facts="v")])),
                     witness("end", u=f"y -> {_JUMP}", A="1", s="0", t="1/2")))),
    Control("cells_quarter", "cells of width c leave K c/4: the ends of a cell are c/2 from its centre",
            statement("all f:real->real, K a c x:real | 0 < c, 0 <= K,"
                      " (all x y:real => abs(f(x) - f(y)) <= K*abs(x - y))"
                      " => abs(f(x) - f(a + (floor((x - a)/c) + 1/2)*c)) <= K*(c/4)"),
            Witness((intro("f", "all x y:real => abs(x - y) <= 1*abs(x - y)", "", combine("z")),
                     witness("end", f="t -> t", K="1", a="0", c="1", x="0")))),
    Control("sup_error_shrinks", "the sup error halves with every layer: a constant error stays",
            replaced_chain(SUP.replace("all l x:int | 0 <= l, l <= K", "all l x:int | 0 <= l, l <= K - 1")
                           .replace("<= E)", "<= E/2)")),
            Witness((witness("end", **{**_POINT, "h": "l, x -> 1", "g": "l, x -> 0"}),))),
)

CLAIM = Claim(
    id="mori_zwanzig.deep_to_shallow",
    title="A deep noisy network is, up to a certified error, a shallow one with another readout",
    statement=STATEMENT,
    source=venturi_li("The aim (deep networks as shallow ones) is in the abstract; the construction and both bounds are"
                      " ours."),
    summary="Replacing q_k by a substitute costs at most its sup error at the input, and the oscillation of the error"
            " shrinks by the Dobrushin coefficients of the layers in front of it.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **_POINT),)),
    controls=CONTROLS,
    comparison=(
        Comparison("sup error", "||q_0 - M_{0:k} q~_k|| <= ||q_k - q~_k||", "part 1, at every level in front of k",
                   "finitely many states, all depths, exact"),
        Comparison("oscillation", "the oscillation of the error shrinks by prod delta_j",
                   "part 2: t(l) is any coefficient with osc(M_l f) <= t(l) osc(f) for all f",
                   "the coefficients themselves are mori_zwanzig.dobrushin"),
        Comparison("smoothing", "uniform noise makes L^infinity Lipschitz, Lip <= osc(u)/(2 b) per coordinate of F",
                   "part 3: for 0 <= u <= A the mean over [t - b, t + b] is Lipschitz in t = F(x) with A/(2 b)",
                   "one coordinate; any u after subtracting inf u, A being its oscillation; rests on cited laws of"
                   " integrals"),
        Comparison("rates", "Jackson and Bernstein rates of polynomials",
                   "part 4: step functions with cells of width c are within m c/2 of m-Lipschitz functions",
                   "weaker: an elementary rate of order 1/r with r cells, polynomials are not stated; with part 3 the"
                   " substitute of one noisy layer needs r >= A |F range|/(4 b E) cells for the sup error E"),
        Comparison("k = 1", "one noisy layer with polynomial readout", "K = 1", "as stated"),
    ),
    tightness="A constant error is kept exactly: the sup error cannot shrink in general.",
    attack="theory.mori_zwanzig.deep_to_shallow_attack",
)


def cells_needed(oscillation: int | Fraction | str, amplitude: int | Fraction | str, length: int | Fraction | str,
                 error: int | Fraction | str) -> int:
    """Return how many equal cells of F's range make a step function within `error` of a mean under uniform noise.

    The mean is Lipschitz with osc/(2 b) in t = F(x), so r cells of width length/r leave osc length/(4 b r).

    Raises:
        InputError: a number that is not positive. ExactnessError: a float.

    >>> cells_needed(2, "1/2", 2, "1/10")
    20
    """
    a, b, size, bound = (noise_law(("uniform", value))[1] for value in (oscillation, amplitude, length, error))
    return -(-(a * size) // (4 * b * bound))


def shallow_error(sup_error: int | Fraction | str, coefficients: Sequence[int | Fraction | str]
                  ) -> tuple[Fraction, Fraction]:
    """Return bounds of the sup and of the oscillation of the error at the input, after layers with `coefficients`.

    The oscillation of an error of sup E is at most 2 E.

    Raises:
        InputError: a negative error, or a Dobrushin coefficient outside [0, 1]. ExactnessError: a float.

    >>> shallow_error("0.1", ["1/2", "1/2"])
    (Fraction(1, 10), Fraction(1, 20))
    """
    error = exact(sup_error, "sup error")
    oscillation = 2 * error
    for value in coefficients:
        factor = exact(value, "Dobrushin coefficient")
        if not 0 <= factor <= 1:
            raise InputError(explain("Dobrushin coefficient", "a number in [0, 1]", str(factor), "See dobrushin."))
        oscillation *= factor
    if error < 0:
        raise InputError(explain("sup error", "a number >= 0", str(error), "Give the largest absolute error."))
    return error, oscillation

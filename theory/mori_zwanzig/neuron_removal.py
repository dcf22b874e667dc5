"""Removing neurons, with a certificate: the union bound and how far frozen inputs move the kept neurons.

Uniform noise of amplitude b around F and around G shares the fraction prod_i (1 - |F_i - G_i| / 2b)_+, so that means
differ by at most osc(u) sum_i |F_i - G_i| / 2b; when only inputs j in U change, by at most diam_j, and the activation
has Lipschitz constant ell, the sum is at most sum_i sum_{j in U} |W_ij| ell diam_j / 2b. Over the layers these errors
add, each weighted by the coefficients of the layers behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement
from theory.language.derivation import apply, combine, intro, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.removed_chains import CHAIN_REMOVAL, KEPT
from theory.mori_zwanzig.restating import restated
from theory.mori_zwanzig.uniform_kernels import product_law
from theory.mori_zwanzig.uniform_layers import kernel

_PRE = "sum(j=1..d: W(i,j)*{0}(j)) + a(i)"
_BETWEEN = "1 <= i, i <= n"
_KEPT = "prod(i=1..n: max(0, 1 - abs(f(i) - r(i))/(2*beta)))"
_COST = "sum(i=1..n: sum(j=1..d: abs(W(i,j))*ell*R(j)/(2*beta)))"
_LOSS = f"1 - {_KEPT} <= {_COST}"
_INSIDE = (f"(all i:int | {_BETWEEN} => Y(i) <= {{0}}(i) - beta),"
           f" (all i:int | {_BETWEEN} => {{0}}(i) + beta <= Z(i))")
_MEAN = "integral(y in on: {0}*u(y))"
_MF, _MG = (_MEAN.format(kernel(f"{fun}(i)", "C(i,y)", "beta").replace("..N", "..n")) for fun in "fr")
_MEANS = ("(all on:obj, C:(i:int,y:real)->real, Y Z:int->real, u:real->real, U w:real | "
          + product_law("on", "C(i,y)", "Y(i)", "Z(i)").replace("..N", "..n").replace("C:real", "V:real").replace(
              "<= C)", "<= V)")
          + f", {_INSIDE.format('f')}, {_INSIDE.format('r')}, (all y:real => abs(u(y)) <= U),"
          f" (all y t:real => u(y) - u(t) <= w) => {_MF} - {_MG} <= {_COST}*w)")
_MOVED = "(all j:int | 1 <= j, j <= d => abs(p(j) - v(j)) <= R(j))"
_NAMES = "all n d:int, f r a p v R:int->real, W:(i:int,j:int)->real, act:real->real, beta ell:real"


def _statement(conclusion: str) -> Statement:
    return statement(
        f"{_NAMES} | H1: 0 <= n, H2: 0 <= d, H3: 0 < beta,"
        f" H4: (all i:int | {_BETWEEN} => f(i) = act({_PRE.format('p')})),"
        f" H5: (all i:int | {_BETWEEN} => r(i) = act({_PRE.format('v')})),"
        " H6: (all y t:real => abs(act(y) - act(t)) <= ell*abs(y - t)), H7: 0 <= ell,"
        f" H8: {_MOVED} => {conclusion}")


ATTACKED = _statement(_LOSS)
STATEMENT = _statement(f"some | {_LOSS}, {_MEANS}, ({CHAIN_REMOVAL.statement})")
"""Part 1 volume lost by one layer; 2 means under the two laws; 3 all layers."""

_A = "abs(f(i) - r(i))/(2*beta)"
_ROW_COST = "sum(j=1..d: abs(W(i,j))*ell*R(j)/(2*beta))"
_DIFF = "W(i,j)*(p(j) - v(j))"
_DERIVATION = (
    combine("b2", "0 < 2*beta", "H3"), apply("rb", "ax.recip_pos", x="2*beta"), combine("rb0", "0 <= 1/(2*beta)", "rb"),
    intro("na", f"all i:int | {_BETWEEN} => 0 <= {_A}", "i1 i2",
          apply("a", "textbook.abs_nonneg", x="f(i) - r(i)"), combine("z0", facts="a rb")),
    intro("rc", f"all i:int | {_BETWEEN} => {_A} <= {_ROW_COST}", "i1 i2",
          apply("f", "H4", i="i"), apply("g", "H5", i="i"),
          apply("l", "H6", y=_PRE.format("p"), t=_PRE.format("v")),
          apply("cf", "ax.cong", f="t -> abs(t)", x="f(i) - r(i)",
                y=f"act({_PRE.format('p')}) - act({_PRE.format('v')})"),
          intro("t", f"all j:int | 1 <= j, j <= d => abs({_DIFF}) <= abs(W(i,j))*R(j)", "j1 j2",
                apply("h", "H8", j="j"), combine("w0", "abs(W(i,j)) <= abs(W(i,j))"),
                apply("z0", "textbook.abs_mul_le", x="W(i,j)", y="p(j) - v(j)", u="abs(W(i,j))", v="R(j)")),
          apply("sa", "textbook.sum_abs", f=f"j -> {_DIFF}", g="j -> abs(W(i,j))*R(j)", a="1", b="d"),
          apply("ad", "textbook.sum_add", f"sum(j=1..d: {_DIFF} + W(i,j)*v(j))"
                f" = sum(j=1..d: {_DIFF}) + sum(j=1..d: W(i,j)*v(j))", f=f"j -> {_DIFF}", g="j -> W(i,j)*v(j)", a="1",
                b="d"),
          combine("same", f"{_PRE.format('p')} - ({_PRE.format('v')}) = sum(j=1..d: {_DIFF})", "ad"),
          apply("ca", "ax.cong", f="t -> abs(t)", x=f"{_PRE.format('p')} - ({_PRE.format('v')})",
                y=f"sum(j=1..d: {_DIFF})"),
          intro("sc0", "all j:int | 1 <= j, j <= d => abs(W(i,j))*ell*R(j)/(2*beta) = ell/(2*beta)*(abs(W(i,j))*R(j))",
                "j1 j2", combine("z0")),
          apply("sc", "textbook.sum_scale", f="j -> abs(W(i,j))*ell*R(j)/(2*beta)", g="j -> abs(W(i,j))*R(j)",
                c="ell/(2*beta)", a="1", b="d"),
          combine("l1", f"abs(f(i) - r(i)) <= ell*abs({_PRE.format('p')} - ({_PRE.format('v')}))", "l cf", degree=1),
          combine("l2", f"ell*abs({_PRE.format('p')} - ({_PRE.format('v')})) <= ell*sum(j=1..d: abs(W(i,j))*R(j))",
                  "sa ca H7"),
          combine("l3", "abs(f(i) - r(i)) <= ell*sum(j=1..d: abs(W(i,j))*R(j))", "l1 l2", degree=1),
          combine("l4", f"{_A} <= ell*sum(j=1..d: abs(W(i,j))*R(j))/(2*beta)", "l3 rb0"),
          combine("z0", facts="l4 sc", degree=1)),
    apply("un", "mori_zwanzig.union_bound", a=f"i -> {_A}", N="n"),
    apply("mo", "textbook.sum_mono", f=f"i -> {_A}", g=f"i -> {_ROW_COST}", a="1", b="n"),
    combine("all", _LOSS, "un mo", degree=1),
    intro("M", _MEANS[1:-1], "law f1 f2 g1 g2 hu osc", apply("o0", "osc", y="0", t="0"),
          combine("w0", "0 <= w", "o0"),
          apply("me", "mori_zwanzig.two_centres", N="n", on="on", c="i, y -> C(i,y)", A="i -> Y(i)", Z="i -> Z(i)",
                b="beta", f="i -> f(i)", g="i -> r(i)", u="y -> u(y)", U="U", w="w"),
          combine("m2", f"(1 - {_KEPT})*w <= {_COST}*w", "all w0"), combine("z0", facts="me m2", degree=1)),
    restated("C", CHAIN_REMOVAL), witness("end"),
)

LINE = {"n": "1", "d": "1", "f": "i -> 0", "r": "i -> 1", "a": "i -> 0", "p": "j -> 0", "v": "j -> 1",
        "R": "j -> 1", "W": "i, j -> 1", "act": "t -> t", "beta": "1", "ell": "1"}
"""One kept neuron whose input moves by 1: intervals of length 2 share half, and the bound 1/2 is attained."""
PLANE = {**LINE, "n": "2"}
"""Two kept neurons moved by 1: a quarter is shared."""
STEEP = intro("lip", "all v w:real => abs(2*v - 2*w) <= 2*abs(v - w)", "",
              apply("c", "ax.abs_ge", x="v - w"), apply("c2", "ax.abs_neg", x="v - w"),
              apply("z", "ax.abs_le", x="2*v - 2*w", y="2*abs(v - w)"))
STEEP_LINE = {**LINE, "act": "t -> 2*t", "r": "i -> 2", "ell": "2"}
"""Slope 2: the neuron moves by 2 = 2b and the laws share nothing."""

CLAIM = Claim(
    id="mori_zwanzig.neuron_removal",
    title="Freezing unresolved inputs changes a prediction by at most the weights that read them",
    statement=STATEMENT,
    source=Source("D. Venturi, X. Li", 2022, "The Mori-Zwanzig formulation of deep learning", "new", arxiv="2209.05544",
                  note="The certificate was derived here; title, abstract and introduction of the paper were seen."),
    summary="The error of one layer is at most osc(u) sum_i sum_j |W_ij| ell diam_j / 2b over the removed inputs j.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **LINE),)),
    controls=(
        Control("largest_neuron", "the largest row in place of the sum over the kept neurons: 1/2, but 3/4 is lost",
                _statement(f"1 - {_KEPT} <= sum(j=1..d: abs(W(1,j))*ell*R(j)/(2*beta))"),
                Witness((witness("end", **PLANE),))),
        Control("without_slope", "no Lipschitz constant of the activation",
                _statement(f"1 - {_KEPT} <= sum(i=1..n: sum(j=1..d: abs(W(i,j))*R(j)/(2*beta)))"),
                Witness((STEEP, witness("end", **STEEP_LINE)))),
        Control("union_bound_reversed", "the sum of the a_i is at most 1 - prod (1 - a_i): 1 against 3/4",
                statement(f"all a:int->real, N:int | 0 <= N, (all i:int | 1 <= i, i <= N => 0 <= a(i))"
                          f" => sum(i=1..N: a(i)) <= 1 - {KEPT.format('N')}"),
                Witness((witness("end", a="i -> 1/2", N="2"),))),
    ),
    comparison=(
        Comparison("union bound", "1 - prod (1 - a_i) <= sum a_i on [0, 1], z3 for N <= 4 and induction",
                   "lemma mori_zwanzig.union_bound: all N, all a_i >= 0, positive parts", ""),
        Comparison("law", "uniform noise on a box: fraction of volume shared",
                   "part 2: means under the densities prod 1/(2b) on [-b, b] at C(i, y) - f(i) and C(i, y) - r(i), on a"
                   " level that contains both cubes", "derived from the laws of integrals and the product law of the"
                   " level, as in mori_zwanzig.dobrushin; no overlap is assumed; u is bounded"),
        Comparison("removal", "u depends on resolved neurons R, inputs U are averaged or frozen",
                   "kept neurons 1..n; R(j) = 0 for resolved inputs, diam_j for the others", "as stated, for freezing;"
                   " averages of frozen inputs obey the same bound by convexity"),
        Comparison("layers", "errors add, layer n weighted by the product of later coefficients",
                   "part 3: |h(0, x) - g(0, x)| <= sum_l e(l) prod_{m > l} delta_m osc(u), h the exact and g the"
                   " replaced chain, e(l) a bound on sum_i |F_i - G_i| / 2b of layer l", "as stated; e(l) is what"
                   " part 1 bounds by the weights; every layer may be replaced"),
    ),
    tightness="Attained for one kept neuron and one removed input.",
    attack="theory.mori_zwanzig.neuron_removal_attack",
)

Number = int | Fraction | str


def removal_error(weights: Sequence[Sequence[Number]], diameters: Sequence[Number], lipschitz: Number,
                  amplitude: Number, oscillation: Number = 1) -> Fraction:
    """Return the upper bound osc sum_ij |W_ij| ell diam_j / 2b on the change of a prediction, exactly.

    Args:
        weights: rows of the kept neurons, columns of all inputs.
        diameters: how far each input may move, 0 for those that stay.
        lipschitz: ell >= 0 of the activation.
        amplitude: b > 0 of the uniform noise.
        oscillation: osc(u) >= 0 of what is predicted from the next level.

    Raises:
        InputError: b <= 0, a negative number, or rows that do not fit the diameters.

    >>> removal_error([[1, "1/2"], [0, 1]], [0, 1], 1, 3)
    Fraction(1, 4)
    """
    moves = [exact(value, "diameters") for value in diameters]
    slope, b, osc = (exact(v, n) for v, n in ((lipschitz, "lipschitz"), (amplitude, "amplitude"),
                                                     (oscillation, "oscillation")))
    if b <= 0 or min([slope, osc, *moves]) < 0:
        raise InputError(explain("removal_error", "b > 0 and no negative number", (str(b), str(slope), str(osc)),
                                 "Without noise there is no certificate of this kind."))
    if any(len(row) != len(moves) for row in weights):
        raise InputError(explain("weights", f"rows of {len(moves)} entries", [len(row) for row in weights],
                                 "Give one diameter an input."))
    total = sum((abs(exact(w, "weights")) * move for row in weights for w, move in zip(row, moves)), Fraction(0))
    return osc * slope * total / (2 * b)

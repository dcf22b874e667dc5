"""Removing neurons, with a certificate: the union bound and how far frozen inputs move the kept neurons.

Two laws whose overlap is at least prod_i (1 - |F_i - F_i'| / 2b)_+, as uniform noise of amplitude b has, give means
that differ by at most osc(u) sum_i |F_i - F_i'| / 2b; when only inputs j in U change, by at most diam_j, and the
activation has Lipschitz constant ell, the sum is at most sum_i sum_{j in U} |W_ij| ell diam_j / 2b.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, obtain, witness
from theory.language.errors import InputError, explain

_KEEP = "prod(i=1..{0}: max(0, 1 - a(i)))"

UNION = Lemma(
    "mori_zwanzig.union_bound", "1 - prod (1 - a_i)_+ is at most the sum of the a_i",
    statement("all a:int->real, N:int | hN: 0 <= N, ha: (all i:int | 1 <= i, i <= N => 0 <= a(i))"
              f" => 1 - {_KEEP.format('N')} <= sum(i=1..N: a(i))"),
    (
        induct(
            "I", f"all k:int | 0 <= k => (all | k <= N => some | 1 - {_KEEP.format('k')} <= sum(i=1..k: a(i)),"
            f" 0 <= {_KEEP.format('k')}, {_KEEP.format('k')} <= 1)", "hk ih",
            [intro("z", None, "hb", apply("p", "ax.prod_empty", f="i -> max(0, 1 - a(i))", a="1", b="0"),
                   apply("s", "ax.sum_empty", f="i -> a(i)", a="1", b="0"),
                   combine("y1", f"1 - {_KEEP.format('0')} <= sum(i=1..0: a(i))", "p s"),
                   combine("y2", f"0 <= {_KEEP.format('0')}", "p"), combine("y3", f"{_KEEP.format('0')} <= 1", "p"),
                   witness("y"))],
            [intro("z", None, "hb", apply("use", "ih"), apply("h", "ha", i="k + 1"),
                   apply("m0", "ax.max_left", x="0", y="1 - a(k+1)"),
                   apply("m1", "ax.max_right", x="0", y="1 - a(k+1)"),
                   apply("m2", "ax.max_le", x="0", y="1 - a(k+1)", z="1"),
                   apply("p", "ax.prod_last", f="i -> max(0, 1 - a(i))", a="1", b="k + 1"),
                   apply("s", "ax.sum_last", f="i -> a(i)", a="1", b="k + 1"),
                   obtain("y", "use", "q1 q2 q3",
                          combine("r1", f"{_KEEP.format('k')}*(1 - a(k+1)) <= {_KEEP.format('k')}*max(0, 1 - a(k+1))",
                                  "m1 q2"),
                          combine("r2", f"{_KEEP.format('k')}*a(k+1) <= a(k+1)", "q3 h"),
                          combine("y1", f"1 - {_KEEP.format('k + 1')} <= sum(i=1..k + 1: a(i))", "q1 r1 r2 p s",
                                  degree=1),
                          combine("y2", f"0 <= {_KEEP.format('k + 1')}", "p q2 m0"),
                          combine("r3", f"{_KEEP.format('k')}*max(0, 1 - a(k+1)) <= {_KEEP.format('k')}", "q2 m2"),
                          combine("y3", f"{_KEEP.format('k + 1')} <= 1", "p r3 q3", degree=1),
                          witness("x")))]),
        apply("J", "I", k="N"), apply("J1", "J"), obtain("end", "J1", "q1 q2 q3", combine("z", facts="q1")),
    ),
)

LEMMAS = (UNION,)

_PRE = "sum(j=1..d: W(i,j)*{0}(j)) + c(i)"
_BETWEEN = "1 <= i, i <= N"
_SHARED = ("prod(i=1..N: max(0, 1 - abs(F(i) - G(i))/(2*b))) <= sum(k=1..n: min(p(k), r(k)))")
_COST = "sum(i=1..N: sum(j=1..d: abs(W(i,j))*ell*D(j)/(2*b)))"
_NAMES = ("all n N d:int, p r u F G c x z D:int->real, W:(i:int,j:int)->real, s:real->real, b ell lo hi:real")


def _statement(cost: str = _COST, moved: str = "(all j:int | 1 <= j, j <= d => abs(x(j) - z(j)) <= D(j))",
               ) -> Statement:
    return statement(
        f"{_NAMES} | H1: 1 <= n, H2: 0 <= N, H3: 0 <= d, H4: 0 < b, H5: sum(k=1..n: p(k)) = 1,"
        f" H6: sum(k=1..n: r(k)) = 1, H7: {_SHARED},"
        " H8: (all k:int | 1 <= k, k <= n => lo <= u(k)), H9: (all k:int | 1 <= k, k <= n => u(k) <= hi),"
        f" H10: (all i:int | {_BETWEEN} => F(i) = s({_PRE.format('x')})),"
        f" H11: (all i:int | {_BETWEEN} => G(i) = s({_PRE.format('z')})),"
        " H12: (all v w:real => abs(s(v) - s(w)) <= ell*abs(v - w)), H13: 0 <= ell,"
        f" H14: {moved}"
        f" => sum(k=1..n: p(k)*u(k)) - sum(k=1..n: r(k)*u(k)) <= {cost}*(hi - lo)")


_A = "abs(F(i) - G(i))/(2*b)"
_ROW_COST = "sum(j=1..d: abs(W(i,j))*ell*D(j)/(2*b))"
_DIFF = "W(i,j)*(x(j) - z(j))"
_DERIVATION = (
    combine("b2", "0 < 2*b", "H4"), apply("rb", "ax.recip_pos", x="2*b"), combine("rb0", "0 <= 1/(2*b)", "rb"),
    intro("na", f"all i:int | {_BETWEEN} => 0 <= {_A}", "i1 i2",
          apply("a", "textbook.abs_nonneg", x="F(i) - G(i)"), combine("z", facts="a rb")),
    intro("rc", f"all i:int | {_BETWEEN} => {_A} <= {_ROW_COST}", "i1 i2",
          apply("f", "H10", i="i"), apply("g", "H11", i="i"),
          apply("l", "H12", v=_PRE.format("x"), w=_PRE.format("z")),
          apply("cf", "ax.cong", f="t -> abs(t)", x="F(i) - G(i)",
                y=f"s({_PRE.format('x')}) - s({_PRE.format('z')})"),
          intro("t", f"all j:int | 1 <= j, j <= d => abs({_DIFF}) <= abs(W(i,j))*D(j)", "j1 j2",
                apply("h", "H14", j="j"), combine("w0", "abs(W(i,j)) <= abs(W(i,j))"),
                apply("z", "textbook.abs_mul_le", x="W(i,j)", y="x(j) - z(j)", u="abs(W(i,j))", v="D(j)")),
          apply("sa", "textbook.sum_abs", f=f"j -> {_DIFF}", g="j -> abs(W(i,j))*D(j)", a="1", b="d"),
          apply("ad", "textbook.sum_add", f"sum(j=1..d: {_DIFF} + W(i,j)*z(j))"
                f" = sum(j=1..d: {_DIFF}) + sum(j=1..d: W(i,j)*z(j))", f=f"j -> {_DIFF}", g="j -> W(i,j)*z(j)", a="1",
                b="d"),
          combine("same", f"{_PRE.format('x')} - ({_PRE.format('z')}) = sum(j=1..d: {_DIFF})", "ad"),
          apply("ca", "ax.cong", f="t -> abs(t)", x=f"{_PRE.format('x')} - ({_PRE.format('z')})",
                y=f"sum(j=1..d: {_DIFF})"),
          intro("sc0", "all j:int | 1 <= j, j <= d => abs(W(i,j))*ell*D(j)/(2*b) = ell/(2*b)*(abs(W(i,j))*D(j))",
                "j1 j2", combine("z")),
          apply("sc", "textbook.sum_scale", f="j -> abs(W(i,j))*ell*D(j)/(2*b)", g="j -> abs(W(i,j))*D(j)",
                c="ell/(2*b)", a="1", b="d"),
          combine("l1", f"abs(F(i) - G(i)) <= ell*abs({_PRE.format('x')} - ({_PRE.format('z')}))", "l cf", degree=1),
          combine("l2", f"ell*abs({_PRE.format('x')} - ({_PRE.format('z')})) <= ell*sum(j=1..d: abs(W(i,j))*D(j))",
                  "sa ca H13"),
          combine("l3", "abs(F(i) - G(i)) <= ell*sum(j=1..d: abs(W(i,j))*D(j))", "l1 l2", degree=1),
          combine("l4", f"{_A} <= ell*sum(j=1..d: abs(W(i,j))*D(j))/(2*b)", "l3 rb0"),
          combine("z", facts="l4 sc", degree=1)),
    apply("un", "mori_zwanzig.union_bound", a=f"i -> {_A}", N="N"),
    apply("mo", "textbook.sum_mono", f=f"i -> {_A}", g=f"i -> {_ROW_COST}", a="1", b="N"),
    apply("me", "mori_zwanzig.means_differ", n="n", p="k -> p(k)", r="k -> r(k)", u="k -> u(k)", lo="lo", hi="hi"),
    apply("l0", "H8", k="1"), apply("h0", "H9", k="1"), combine("os", "0 <= hi - lo", "l0 h0"),
    combine("all", f"1 - sum(k=1..n: min(p(k), r(k))) <= {_COST}", "un mo H7", degree=1),
    combine("m2", f"(1 - sum(k=1..n: min(p(k), r(k))))*(hi - lo) <= {_COST}*(hi - lo)", "all os"),
    combine("end", facts="me m2", degree=1),
)

LINE = {"n": "3", "N": "1", "d": "1", "p": "k -> [[1/2,1/2,0]][1,k]", "r": "k -> [[0,1/2,1/2]][1,k]",
        "u": "k -> [[1,1,0]][1,k]", "F": "i -> 0", "G": "i -> 1", "c": "i -> 0", "x": "j -> 0", "z": "j -> 1",
        "D": "j -> 1", "W": "i, j -> 1", "s": "t -> t", "b": "1", "ell": "1", "lo": "0", "hi": "1"}
"""One kept neuron whose input moves by 1: intervals of length 2 share half, and the bound 1/2 is attained."""
_PLANE = {**LINE, "n": "7", "N": "2", "p": "k -> [[1/4,1/4,1/4,1/4,0,0,0]][1,k]",
          "r": "k -> [[0,0,0,1/4,1/4,1/4,1/4]][1,k]", "u": "k -> [[1,1,1,1,0,0,0]][1,k]"}
"""Two kept neurons moved by 1: a quarter is shared."""
STEEP = intro("lip", "all v w:real => abs(2*v - 2*w) <= 2*abs(v - w)", "",
              apply("c", "ax.abs_ge", x="v - w"), apply("c2", "ax.abs_neg", x="v - w"),
              apply("z", "ax.abs_le", x="2*v - 2*w", y="2*abs(v - w)"))
STEEP_LINE = {**LINE, "n": "2", "p": "k -> 2 - k", "r": "k -> k - 1", "u": "k -> 2 - k", "s": "t -> 2*t",
              "G": "i -> 2", "ell": "2"}
"""Slope 2: the neuron moves by 2 = 2b and the laws share nothing."""

CLAIM = Claim(
    id="mori_zwanzig.neuron_removal",
    title="Freezing unresolved inputs changes a prediction by at most the weights that read them",
    statement=_statement(),
    source=Source("D. Venturi, X. Li", 2022, "The Mori-Zwanzig formulation of deep learning", "new", arxiv="2209.05544",
                  note="The certificate was derived here; title, abstract and introduction of the paper were seen."),
    summary="The error of one layer is at most osc(u) sum_i sum_j |W_ij| ell diam_j / 2b over the removed inputs j.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **LINE),)),
    controls=(
        Control("largest_neuron", "the largest row in place of the sum over the kept neurons: 1/2, but 3/4 is lost",
                _statement("sum(j=1..d: abs(W(1,j))*ell*D(j)/(2*b))"), Witness((witness("end", **_PLANE),))),
        Control("without_slope", "no Lipschitz constant of the activation",
                _statement("sum(i=1..N: sum(j=1..d: abs(W(i,j))*D(j)/(2*b)))"),
                Witness((STEEP, witness("end", **STEEP_LINE)))),
        Control("union_bound_reversed", "the sum of the a_i is at most 1 - prod (1 - a_i): 1 against 3/4",
                statement(f"all a:int->real, N:int | 0 <= N, (all i:int | 1 <= i, i <= N => 0 <= a(i))"
                          f" => sum(i=1..N: a(i)) <= 1 - {_KEEP.format('N')}"),
                Witness((witness("end", a="i -> 1/2", N="2"),))),
    ),
    comparison=(
        Comparison("union bound", "1 - prod (1 - a_i) <= sum a_i on [0, 1], z3 for N <= 4 and induction",
                   "lemma mori_zwanzig.union_bound: all N, all a_i >= 0, positive parts", ""),
        Comparison("law", "uniform noise on a box: fraction of volume shared",
                   "laws on n points that share at least that fraction (H7)",
                   "weaker: finitely many states; mori_zwanzig.dobrushin computes that fraction"),
        Comparison("removal", "u depends on resolved neurons R, inputs U are averaged or frozen",
                   "kept neurons 1..N; D(j) = 0 for resolved inputs, diam_j for the others", "as stated, for freezing;"
                   " averages of frozen inputs obey the same bound by convexity"),
        Comparison("layers", "errors add, layer n weighted by the product of later coefficients",
                   "formula removal_error; the weights are mori_zwanzig.capacity_memory_tradeoff", "one layer here"),
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

"""Dobrushin's coefficient: how much one noisy layer shrinks the oscillation of any observable.

Two laws p and q on finitely many points overlap by sum min(p, q) = 1 - TV. Uniform noise of amplitude b makes the law
of a layer uniform on a box of side 2b around F(x); two such boxes share the fraction prod_i (1 - |F_i - F_i'|/(2b))_+,
so that a layer whose coordinates range over intervals of lengths D_i has delta <= 1 - prod_i (1 - D_i/(2b))_+.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, cases, combine, induct, intro, witness
from theory.language.errors import InputError, explain

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

MAX_SCALE = Lemma(
    "mori_zwanzig.max_scale", "A positive factor leaves the positive part",
    statement("all c t:real | hc: 0 < c => max(0, c*t) = c*max(0, t)"),
    (
        apply("a", "ax.max_left", x="0", y="c*t"), apply("b", "ax.max_right", x="0", y="c*t"),
        apply("d", "ax.max_left", x="0", y="t"), apply("e", "ax.max_right", x="0", y="t"),
        combine("p1", "0 <= c*max(0, t)", "d hc"), combine("p2", "c*t <= c*max(0, t)", "e hc"),
        apply("up", "ax.max_le", x="0", y="c*t", z="c*max(0, t)"), apply("r", "ax.recip_pos", x="c"),
        combine("q1", "0 <= max(0, c*t)*(1/c)", "a r"), combine("q0", "t <= max(0, c*t)*(1/c)", "b r hc", degree=2),
        apply("dn0", "ax.max_le", x="0", y="t", z="max(0, c*t)*(1/c)"),
        combine("dn", "c*max(0, t) <= max(0, c*t)", "dn0 hc"),
        apply("end", "ax.antisym", x="max(0, c*t)", y="c*max(0, t)"),
    ),
)

SIDE = Lemma(
    "mori_zwanzig.shared_side", "Two intervals of length 2b share (2b - |f - g|)_+",
    statement("all f g b:real | hb: 0 < b => max(0, min(f + b, g + b) - max(f - b, g - b))"
              " = 2*b*max(0, 1 - abs(f - g)/(2*b))"),
    (
        apply("ab", "ax.abs_ge", x="f - g"), apply("an", "ax.abs_neg", x="f - g"),
        apply("l1", "ax.min_left", x="f + b", y="g + b"), apply("l2", "ax.min_right", x="f + b", y="g + b"),
        apply("u1", "ax.max_left", x="f - b", y="g - b"), apply("u2", "ax.max_right", x="f - b", y="g - b"),
        apply("or1", "ax.total", x="f", y="g"),
        cases("len", "or1", "c",
              [apply("a1", "ax.abs_le", x="f - g", y="g - f"),
               apply("m1", "ax.min_ge", x="f + b", y="g + b", z="f + b"),
               apply("m2", "ax.max_le", x="f - b", y="g - b", z="g - b"),
               combine("a0", "g - f <= abs(f - g)", "an"),
               apply("a2", "ax.antisym", x="abs(f - g)", y="g - f"),
               apply("m3", "ax.antisym", x="min(f + b, g + b)", y="f + b"),
               apply("m4", "ax.antisym", x="max(f - b, g - b)", y="g - b"), combine("z", facts="a2 m3 m4")],
              [apply("a1", "ax.abs_le", x="f - g", y="f - g"),
               apply("m1", "ax.min_ge", x="f + b", y="g + b", z="g + b"),
               apply("m2", "ax.max_le", x="f - b", y="g - b", z="f - b"),
               apply("a2", "ax.antisym", x="abs(f - g)", y="f - g"),
               apply("m3", "ax.antisym", x="min(f + b, g + b)", y="g + b"),
               apply("m4", "ax.antisym", x="max(f - b, g - b)", y="f - b"), combine("z", facts="a2 m3 m4")],
              goal="min(f + b, g + b) - max(f - b, g - b) = 2*b - abs(f - g)"),
        apply("sc", "mori_zwanzig.max_scale", c="2*b", t="1 - abs(f - g)/(2*b)"),
        combine("tw", "2*b*(1 - abs(f - g)/(2*b)) = 2*b - abs(f - g)", "hb", rounds=3),
        combine("same", "min(f + b, g + b) - max(f - b, g - b) = 2*b*(1 - abs(f - g)/(2*b))", "len tw"),
        apply("cg", "ax.cong", f="t -> max(0, t)", x="min(f + b, g + b) - max(f - b, g - b)",
              y="2*b*(1 - abs(f - g)/(2*b))"),
        combine("end", facts="cg sc"),
    ),
)

LEMMAS = (MEANS, MAX_SCALE, SIDE)

_ROW = "sum(i=1..n: K({0},i)*u(i))"
_SHARED = ("prod(j=1..N: max(0, min(F(x,j) + b, F(y,j) + b) - max(F(x,j) - b, F(y,j) - b)))"
           " <= pow(2*b, N)*sum(i=1..n: min(K(x,i), K(y,i)))")
_PLACES = "1 <= x, x <= s, 1 <= y, y <= s"
_NAMES = "all n s N:int, K F:(x:int,i:int)->real, u D:int->real, b lo hi:real"
_DELTA = "(1 - prod(j=1..N: max(0, 1 - D(j)/(2*b))))"


def _statement(delta: str = _DELTA, shared: str = _SHARED) -> Statement:
    return statement(
        f"{_NAMES} | H1: 1 <= n, H2: 0 <= N, H3: 0 < b,"
        " H4: (all x:int | 1 <= x, x <= s => sum(i=1..n: K(x,i)) = 1),"
        f" H5: (all x y:int | {_PLACES} => {shared}),"
        f" H6: (all x y j:int | {_PLACES}, 1 <= j, j <= N => abs(F(x,j) - F(y,j)) <= D(j)),"
        " H7: (all i:int | 1 <= i, i <= n => lo <= u(i)), H8: (all i:int | 1 <= i, i <= n => u(i) <= hi)"
        f" => (all x y:int | {_PLACES} => {_ROW.format('x')} - {_ROW.format('y')} <= {delta}*(hi - lo))")


_AT = "max(0, min(F(x,j) + b, F(y,j) + b) - max(F(x,j) - b, F(y,j) - b))"
_FRACTION = "max(0, 1 - abs(F(x,j) - F(y,j))/(2*b))"
_LEAST = "max(0, 1 - D(j)/(2*b))"
_DERIVATION = (
    intro(
        "end", None, "x1 x2 y1 y2",
        combine("b2", "0 < 2*b", "H3"), apply("rb", "ax.recip_pos", x="2*b"),
        intro("si", f"all j:int | 1 <= j, j <= N => {_AT} = 2*b*{_FRACTION}", "j1 j2",
              apply("z", "mori_zwanzig.shared_side", f="F(x,j)", g="F(y,j)", b="b")),
        apply("p1", "textbook.prod_cong", f=f"j -> {_AT}", g=f"j -> 2*b*{_FRACTION}", a="1", b="N"),
        apply("p2", "textbook.prod_mul", f"prod(j=1..N: 2*b*{_FRACTION})"
              f" = prod(j=1..N: 2*b)*prod(j=1..N: {_FRACTION})", f="j -> 2*b", g=f"j -> {_FRACTION}", a="1", b="N"),
        apply("p3", "textbook.prod_const", c="2*b", n="N"),
        intro("ge", f"all j:int | 1 <= j, j <= N => 0 <= {_LEAST}", "j1 j2",
              apply("z", "ax.max_left", x="0", y="1 - D(j)/(2*b)")),
        intro("le", f"all j:int | 1 <= j, j <= N => {_LEAST} <= {_FRACTION}", "j1 j2",
              apply("d", "H6", x="x", y="y", j="j"),
              apply("m0", "ax.max_left", x="0", y="1 - abs(F(x,j) - F(y,j))/(2*b)"),
              apply("m1", "ax.max_right", x="0", y="1 - abs(F(x,j) - F(y,j))/(2*b)"),
              combine("d1", "abs(F(x,j) - F(y,j))/(2*b) <= D(j)/(2*b)", "d rb"),
              combine("m2", f"1 - D(j)/(2*b) <= {_FRACTION}", "d1 m1"),
              apply("z", "ax.max_le", x="0", y="1 - D(j)/(2*b)", z=_FRACTION)),
        apply("p4", "textbook.prod_mono", f=f"j -> {_LEAST}", g=f"j -> {_FRACTION}", a="1", b="N"),
        apply("sh", "H5", x="x", y="y"), apply("pp", "textbook.pow_pos", x="2*b", n="N"),
        combine("o1", f"pow(2*b, N)*prod(j=1..N: {_FRACTION}) <= pow(2*b, N)*sum(i=1..n: min(K(x,i), K(y,i)))",
                "p1 p2 p3 sh", degree=1, rounds=3),
        combine("o2", f"prod(j=1..N: {_FRACTION}) <= sum(i=1..n: min(K(x,i), K(y,i)))", "o1", mul="pp", degree=1),
        combine("o3", f"prod(j=1..N: {_LEAST}) <= sum(i=1..n: min(K(x,i), K(y,i)))", "o2 p4"),
        apply("sx", "H4", x="x"), apply("sy", "H4", x="y"), apply("l", "H7", i="1"), apply("h", "H8", i="1"),
        combine("os", "0 <= hi - lo", "l h"),
        apply("me", "mori_zwanzig.means_differ", n="n", p="i -> K(x,i)", r="i -> K(y,i)", u="i -> u(i)", lo="lo",
              hi="hi"),
        combine("o4", f"(1 - sum(i=1..n: min(K(x,i), K(y,i))))*(hi - lo) <= {_DELTA}*(hi - lo)", "o3 os"),
        combine("z", facts="me o4"),
    ),
)

_HALF = "[[1/2,1/2,0],[0,1/2,1/2]][x,i]"
LINE = {"n": "3", "s": "2", "N": "1", "K": f"x, i -> {_HALF}", "F": "x, i -> x - 1", "u": "i -> [[1,1,0]][1,i]",
         "D": "j -> 1", "b": "1", "lo": "0", "hi": "1"}
"""Boxes [-1, 1] and [0, 2]: half of either is shared, and the indicator of y < 1 has means 1 and 1/2."""
_PLANE = {**LINE, "n": "7", "N": "2", "F": "x, i -> x - 1",
          "K": "x, i -> [[1/4,1/4,1/4,1/4,0,0,0],[0,0,0,1/4,1/4,1/4,1/4]][x,i]", "u": "i -> [[1,1,1,1,0,0,0]][1,i]"}
"""Squares of side 2 apart by (1, 1): a quarter is shared."""

CLAIM = Claim(
    id="mori_zwanzig.dobrushin",
    title="One layer of uniform noise shrinks every oscillation by 1 - prod (1 - D_i / 2b)_+",
    statement=_statement(),
    source=Source("R. L. Dobrushin", 1956, "Central limit theorem for nonstationary Markov chains", "new",
                  note="The coefficient is classical; its product formula for uniform layer noise and its use as a"
                  " condition for decay of memory, in place of growing noise, were derived here."),
    summary="Constant noise amplitude b above half of every range already contracts, at any width.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **LINE),)),
    controls=(
        Control("largest_coordinate", "delta at most max D_i / 2b: in the plane, shifted by b in both coordinates, it"
                                      " is 3/4 and not 1/2",
                _statement("(1 - max(0, 1 - D(1)/(2*b)))"),
                Witness((witness("end", **_PLANE),))),
        Control("no_noise", "contraction by 1/2 of every stochastic kernel: the identity keeps the oscillation",
                statement("all n:int, K:(x:int,i:int)->real, u:int->real | 1 <= n, (all x:int | 1 <= x, x <= n =>"
                          " sum(i=1..n: K(x,i)) = 1), (all i:int | 1 <= i, i <= n => 0 <= u(i)),"
                          " (all i:int | 1 <= i, i <= n => u(i) <= 1)"
                          " => sum(i=1..n: K(1,i)*u(i)) - sum(i=1..n: K(n,i)*u(i)) <= 1/2"),
                Witness((witness("end", n="2", K="x, i -> [[1,0],[0,1]][x,i]", u="i -> 2 - i"),))),
        Control("full_width", "D / 4b in place of D / 2b", _statement(_DELTA.replace("2*b", "4*b")),
                Witness((witness("end", **LINE),))),
    ),
    comparison=(
        Comparison("kernel", "a transition density on a bounded range", "rows K(x, .) on n points, x = 1..s",
                   "weaker: finitely many states; signs of the entries are not needed"),
        Comparison("overlap", "1 - TV of uniform noise = prod (1 - |F_i - F_i'| / 2b)_+",
                   "H5: the rows share at least the volume of the two boxes' intersection; that volume is computed as"
                   " the product of side lengths, for any number of coordinates",
                   "the integral over the intersection is replaced by the volume"),
        Comparison("conclusion", "osc(M u) <= delta osc(u)", "differences of means are at most delta (hi - lo) whenever"
                   " lo <= u <= hi", "the same with lo, hi the extremes of u"),
        Comparison("Gaussian noise", "2 Phi(diam / 2 sigma) - 1", "not part of the statement",
                   "weaker; gaussian_noise treats Gaussian chains"),
        Comparison("layers", "product of the coefficients", "mori_zwanzig.capacity_memory_tradeoff", ""),
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

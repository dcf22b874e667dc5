"""Step functions below and above stay below and above: the composition operator preserves order, at every depth.

A step function is constant on cells, so a layer acts on it by a non-negative matrix (box means, from cumulative sums);
the sums are kept as integers c <= S f_1 + ... + S f_n <= C by rounding every summand down or up. Part 4 is the same
for functions of any kind and kernels with densities.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Statement, Witness, statement
from theory.language.derivation import Step, apply, combine, induct, intro, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.dense_order import CONTROL, ORDER
from theory.mori_zwanzig.noise_laws import venturi_li
from theory.mori_zwanzig.restating import restated

DIRECTED = Lemma(
    "mori_zwanzig.directed_sums", "Cumulative sums of summands rounded down and up, any window",
    statement("all f:int->real, c C:int->int, S:real, i n:int |"
              " hc: (all j:int | i <= j => c(j+1) = c(j) + floor(S*f(j+1))),"
              " hC: (all j:int | i <= j => C(j+1) = C(j) + ceil(S*f(j+1))), hn: i <= n"
              " => some | c(n) - c(i) <= S*sum(j=i+1..n: f(j)), S*sum(j=i+1..n: f(j)) <= C(n) - C(i),"
              " C(n) - C(i) - (c(n) - c(i)) <= 2*(n - i)"),
    (
        induct("A", "all k:int | i <= k => c(k) - c(i) <= S*sum(j=i+1..k: f(j))", "hk ih",
               [apply("e", "ax.sum_empty", f="j -> f(j)", a="i + 1", b="i"), combine("z", facts="e")],
               [apply("e", "ax.sum_last", f="j -> f(j)", a="i + 1", b="k + 1"), apply("r", "hc", j="k"),
                apply("g", "ax.floor_le", x="S*f(k+1)"), combine("z", facts="e r g ih", degree=1)]),
        induct("B", "all k:int | i <= k => S*sum(j=i+1..k: f(j)) <= C(k) - C(i)", "hk ih",
               [apply("e", "ax.sum_empty", f="j -> f(j)", a="i + 1", b="i"), combine("z", facts="e")],
               [apply("e", "ax.sum_last", f="j -> f(j)", a="i + 1", b="k + 1"), apply("r", "hC", j="k"),
                apply("g", "ax.ceil_ge", x="S*f(k+1)"), combine("z", facts="e r g ih", degree=1)]),
        induct("D", "all k:int | i <= k => C(k) - C(i) - (c(k) - c(i)) <= 2*(k - i)", "hk ih",
               [combine("z")],
               [apply("r1", "hc", j="k"), apply("r2", "hC", j="k"), apply("g1", "ax.floor_gt", x="S*f(k+1)"),
                apply("g2", "ax.ceil_lt", x="S*f(k+1)"), combine("z", facts="r1 r2 g1 g2 ih", degree=1)]),
        apply("A1", "A", k="n"), apply("B1", "B", k="n"), apply("D1", "D", k="n"),
    ),
)

LEMMAS = (DIRECTED,)

_LAYER = "0 <= l, l <= L - 1"
_M = "sum(y=1..d(l+1): a(l,x,y)*{0}(l+1,y))"
ENCLOSED = ("(all l x:int | 0 <= l, l <= L, 1 <= x, x <= d(l) => p(l,x) <= h(l,x)),"
            " (all l x:int | 0 <= l, l <= L, 1 <= x, x <= d(l) => h(l,x) <= u(l,x))")
_HYPOTHESES = (
    "H1: (all l:int | 0 <= l, l <= L => 0 <= d(l))",
    f"H2: (all l x y:int | {_LAYER}, 1 <= x, x <= d(l), 1 <= y, y <= d(l+1) => 0 <= a(l,x,y))",
    f"H3: (all l x:int | {_LAYER}, 1 <= x, x <= d(l) => h(l,x) = {_M.format('h')})",
    f"H4: (all l x:int | {_LAYER}, 1 <= x, x <= d(l) => p(l,x) <= {_M.format('p')})",
    f"H5: (all l x:int | {_LAYER}, 1 <= x, x <= d(l) => {_M.format('u')} <= u(l,x))",
    "H6: (all x:int | 1 <= x, x <= d(L) => p(L,x) <= h(L,x))",
    "H7: (all x:int | 1 <= x, x <= d(L) => h(L,x) <= u(L,x))")


def enclosure_statement(conclusion: str, *, without: int = 0) -> Statement:
    """Non-negative matrices a(l, ., .), the exact h backward, p below and u above, each level rounded outwards."""
    kept = [text for number, text in enumerate(_HYPOTHESES, 1) if number != without]
    return statement("all L:int, d:int->int, a:(l:int,x:int,y:int)->real, h p u:(l:int,x:int)->real |"
                     f" {', '.join(kept)} => {conclusion}")


STATEMENT = enclosure_statement(f"some | {ENCLOSED}, ({DIRECTED.statement}), ({ORDER.statement})")
"""H1 cells; H2 kernels; H3 the exact mean functions; H4, H5 bounds rounded outwards; H6, H7 the readout.

Parts 1, 2 finitely many cells; 3 cumulative sums; 4 functions and kernels with densities.
"""


def _side(name: str, below: str, above: str, recursion: str, end: str) -> Step:
    """below <= above at the level L - k, for every k, by induction."""
    return induct(
        name, f"all k:int | 0 <= k => (all | k <= L => (all x:int | 1 <= x, x <= d(L - k) =>"
        f" {below}(L - k,x) <= {above}(L - k,x)))", "hk ih",
        [intro("z", None, "h0", intro("y", None, "x1 x2", apply("w", end, x="x")))],
        [intro("z", None, "h0", apply("v", "ih"), apply("s", "H1", l="L - k"),
               intro("y", None, "x1 x2", apply("r1", "H3", l="L - k - 1", x="x"),
                     apply("r2", recursion, l="L - k - 1", x="x"),
                     intro("t", f"all i:int | 1 <= i, i <= d(L - k) => a(L - k - 1,x,i)*{below}(L - k,i)"
                           f" <= a(L - k - 1,x,i)*{above}(L - k,i)", "i1 i2", apply("q1", "v", x="i"),
                           apply("q2", "H2", l="L - k - 1", x="x", y="i"), combine("w", facts="q1 q2")),
                     apply("m", "textbook.sum_mono", f=f"i -> a(L - k - 1,x,i)*{below}(L - k,i)",
                           g=f"i -> a(L - k - 1,x,i)*{above}(L - k,i)", a="1", b="d(L - k)"),
                     combine("w2", facts="r1 r2 m", degree=1)))])


_DERIVATION = (
    _side("I", "p", "h", "H4", "H6"), _side("J", "h", "u", "H5", "H7"),
    *(intro(name, f"all l x:int | 0 <= l, l <= L, 1 <= x, x <= d(l) => {text}", "l1 l2 x1 x2",
            apply("j1", of, k="L - l"), apply("j2", "j1"), apply("z", "j2", x="x"))
      for name, text, of in (("A", "p(l,x) <= h(l,x)", "I"), ("B", "h(l,x) <= u(l,x)", "J"))),
    intro("C", DIRECTED.statement.formula, "c1 c2 c3",
          apply("w", "mori_zwanzig.directed_sums", f="j -> f(j)", c="j -> c(j)", C="j -> C(j)", S="S", i="i", n="n")),
    restated("D", ORDER),
)

_POINT = {"L": "1", "d": "l -> 2", "a": "l, x, y -> 1/2", "h": "l, x -> ite(l, 0, 3/2, x)",
          "p": "l, x -> ite(l, 0, 1, 1)", "u": "l, x -> ite(l, 0, 2, 2)"}

CONTROLS = (
    Control("negative_kernel", "matrices with a negative entry: a truncated Legendre basis is not order preserving",
            enclosure_statement(ENCLOSED.split("), (")[0] + ")", without=2),
            Witness((witness("end", **{**_POINT, "d": "l -> 1", "a": "l, x, y -> -1", "h": "l, x -> ite(l, 0, -2, 2)",
                                       "p": "l, x -> ite(l, 0, -1, 1)", "u": "l, x -> ite(l, 0, -2, 2)"}),))),
    Control("rounded_to_nearest", "cumulative sums of summands rounded to the nearest integer as lower bounds",
            statement("all f:int->real, n:int | 0 <= n => sum(j=1..n: floor(f(j) + 1/2)) <= sum(j=1..n: f(j))"),
            Witness((witness("end", f="j -> 1/2", n="1"),))),
    Control("width_below_two", "rounding down and up differs by at most n/2 after n summands",
            statement("all f:int->real, n:int | 0 <= n"
                      " => sum(j=1..n: ceil(f(j))) - sum(j=1..n: floor(f(j))) <= n/2"),
            Witness((witness("end", f="j -> 1/2", n="2"),))),
    CONTROL,
)

CLAIM = Claim(
    id="mori_zwanzig.monotone_enclosure",
    title="Step functions below and above enclose the output of a noisy network at every depth",
    statement=STATEMENT,
    source=venturi_li("Not in the paper as far as seen; the rigorous engine of this family.", "new"),
    summary="l <= q <= h at the readout and outward rounding at every layer give l <= q <= h at the input, for cells"
            " and for kernels with densities; cumulative sums kept as integers enclose every window sum.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **_POINT),)),
    controls=CONTROLS,
    comparison=(
        Comparison("order", "l <= q_{n+1} <= h gives M l <= q_n <= M h", "parts 1, 2: for all depths and any number of"
                   " cells, with rounding at every layer", "exact; the mean over a box of a step function is a weighted"
                   " sum with weights >= 0"),
        Comparison("states", "q_n is a function of x in an interval",
                   "part 4: functions on levels of any dimension, kernels with bounded densities that are not negative,"
                   " finite measures, all depths; parts 1, 2: finitely many x", "as stated; bounds are bounded"
                   " functions. That the bounds of a step function between cell ends are those at the ends of the"
                   " window, by monotony of the window, is outside this statement"),
        Comparison("directed rounding", "integers scaled by 2^60, sums rounded outwards",
                   "part 3: c(n) - c(i) <= S sum f <= C(n) - C(i) for every window and scale, width at most 2 (n - i)",
                   "as stated, for every scale S"),
        Comparison("transfer operator", "the same for densities carried forward",
                   "parts 1, 2 and 4 with the kernels transposed and the levels numbered from the end",
                   "as stated: nothing asks the kernels for mass 1"),
    ),
    tightness="Equality where l = q = h and nothing is rounded.",
    experiments=("mori_zwanzig.deep_to_shallow",),
    attack="theory.mori_zwanzig.monotone_enclosure_attack",
)


def directed_sums(values: Sequence[int | Fraction | str], scale: int) -> tuple[tuple[int, int], ...]:
    """Return the cumulative integers (c(n), C(n)), n = 0, 1, ..., of summands rounded down and up after scaling.

    Raises:
        InputError: the scale is not a positive integer. ExactnessError: a float among the values.

    >>> directed_sums(["1/3", "1/3"], 10)
    ((0, 0), (3, 4), (6, 8))
    """
    if isinstance(scale, bool) or not isinstance(scale, int) or scale < 1:
        raise InputError(explain("scale", "a positive integer", repr(scale), "Give for example 2**60."))
    out = [(0, 0)]
    for value in values:
        scaled = scale * exact(value, "summand")
        out.append((out[-1][0] + scaled.__floor__(), out[-1][1] + scaled.__ceil__()))
    return tuple(out)

"""A network whose whole memory decays forgets its input: oscillations pass through all layers as a product.

States of level l are 1..s(l), v(l, .) are the conditional expectations v(l, x) = sum_i K(l, x, i) v(l+1, i), and the
rows of K(l, ., .) overlap by at least 1 - delta(l). Whatever is approximated within eps must not oscillate more than
the readout does, times the product of the delta(l), plus 2 eps. Parts 2 and 3 say the same of layers of uniform noise,
states with densities, where the delta(l) are those of `dobrushin`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod

from theory.exact.rationals import exact
from theory.language import Claim, Comparison, Control, Lemma, Source, Statement, Witness, statement
from theory.language.derivation import apply, cases, combine, induct, intro, obtain, witness
from theory.language.errors import InputError, explain
from theory.mori_zwanzig.dense_capacity import CAPACITY, LINEAR_READOUT
from theory.mori_zwanzig.dense_capacity import CONTROLS as DENSE_CONTROLS
from theory.mori_zwanzig.restating import restated

LARGEST = Lemma(
    "mori_zwanzig.largest", "A finite list has a largest and a least entry",
    statement("all u:int->real, n:int | hn: 1 <= n => some | (some a:int | 1 <= a, a <= n,"
              " (all i:int | 1 <= i, i <= n => u(i) <= u(a))), (some c:int | 1 <= c, c <= n,"
              " (all i:int | 1 <= i, i <= n => u(c) <= u(i)))"),
    tuple(
        induct(f"I{k}", f"all k:int | 1 <= k => some a:int | 1 <= a, a <= k, (all i:int | 1 <= i, i <= k => {rel})",
               "hk ih",
               [intro("t", f"all i:int | 1 <= i, i <= 1 => {rel.replace('a', '1')}", "i1 i2",
                      apply("e", "ax.antisym", "i = 1", x="i", y="1"),
                      apply("c", "ax.cong_int", f="t -> u(t)", x="i", y="1"), combine("y", facts="c")),
                witness("z", a="1")],
               [obtain("z", "ih", "a1 a2 a3", apply("o", "ax.total", x=first, y=second), cases(
                   "y", "o", "c",
                   [combine("a4", "a <= k + 1", "a2"),
                    intro("t", f"all i:int | 1 <= i, i <= k + 1 => {rel}", "i1 i2",
                          apply("o1", "ax.int_split", m="i", n="k + 1"),
                          cases("x", "o1", "d", [apply("g", "ax.cong_int", f="t -> u(t)", x="k + 1", y="i"),
                                                 combine("w", facts="g c")],
                                [apply("w", "a3", i="i")])),
                    witness("x", a="a")],
                   [combine("a4", "1 <= k + 1", "hk"),
                    intro("t", f"all i:int | 1 <= i, i <= k + 1 => {rel.replace('a', 'k + 1')}", "i1 i2",
                          apply("o1", "ax.int_split", m="i", n="k + 1"),
                          cases("x", "o1", "d", [apply("g", "ax.cong_int", f="t -> u(t)", x="k + 1", y="i"),
                                                 combine("w", facts="g")],
                                [apply("v", "a3", i="i"), combine("w", facts="v c")])),
                    witness("x", a="k + 1")]))])
        for k, rel, first, second in (("h", "u(i) <= u(a)", "u(k+1)", "u(a)"), ("l", "u(a) <= u(i)", "u(a)", "u(k+1)"))
    ) + (apply("J", "Ih", k="n"), apply("K", "Il", k="n"), witness("end")),
)

LEMMAS = (LARGEST,)

_RANGE = "0 <= l, l <= L - 1, 1 <= x, x <= s(l)"
_PAIR = "1 <= x, x <= s({0}), 1 <= y, y <= s({0})"
_OVERLAP = "sum(i=1..s(l+1): min(K(l,x,i), K(l,y,i)))"
_PRODUCT = "prod(j=0..L - 1: delta(j))"


_PARTS = (CAPACITY, LINEAR_READOUT)


def _oscillates(bound: str) -> str:
    return f"(all x y:int | {_PAIR.format('0')} => f(x) - f(y) <= {bound})"


_FINITE = _oscillates(f"{_PRODUCT}*R + 2*eps")


def _statement(conclusion: str) -> Statement:
    return statement(
        "all L:int, s:int->int, K:(l:int,x:int,i:int)->real, v:(l:int,x:int)->real, delta f:int->real, R eps:real |"
        " H1: 0 <= L, H2: (all l:int | 0 <= l, l <= L => 1 <= s(l)),"
        f" H3: (all l x:int | {_RANGE} => sum(i=1..s(l+1): K(l,x,i)) = 1),"
        f" H4: (all l x y:int | {_RANGE}, 1 <= y, y <= s(l) => 1 - {_OVERLAP} <= delta(l)),"
        f" H5: (all l x:int | {_RANGE} => v(l,x) = sum(i=1..s(l+1): K(l,x,i)*v(l+1,i))),"
        f" H6: (all x y:int | {_PAIR.format('L')} => v(L,x) - v(L,y) <= R),"
        " H7: (all x:int | 1 <= x, x <= s(0) => abs(v(0,x) - f(x)) <= eps)"
        f" => {conclusion}")


ATTACKED = _statement(_FINITE)
STATEMENT = _statement(f"some | {_FINITE}, {', '.join(f'({part.statement})' for part in _PARTS)}")
"""Part 1 finitely many states; 2 all layers of uniform noise, any observable; 3 with a linear readout."""


def _spread(level: str, bound: str) -> str:
    return f"(all x y:int | {_PAIR.format(level)} => v({level},x) - v({level},y) <= {bound})"


_ROW = {"a": "1", "b": "s(k+1)"}
_ONE_LAYER = (
    apply("s1", "H2", l="k + 1"), apply("sx", "H3", l="k", x="x"), apply("sy", "H3", l="k", x="y"),
    apply("vx", "H5", l="k", x="x"), apply("vy", "H5", l="k", x="y"), apply("ov", "H4", l="k", x="x", y="y"),
    # a row overlaps with itself completely, so 0 <= delta(k)
    apply("ox", "H4", l="k", x="x", y="x"),
    intro("mm", "all i:int | 1 <= i, i <= s(k+1) => min(K(k,x,i), K(k,x,i)) = K(k,x,i)", "i1 i2",
          apply("a", "ax.min_left", x="K(k,x,i)", y="K(k,x,i)"),
          apply("b", "ax.min_ge", x="K(k,x,i)", y="K(k,x,i)", z="K(k,x,i)"),
          apply("z", "ax.antisym", x="min(K(k,x,i), K(k,x,i))", y="K(k,x,i)")),
    apply("sm", "textbook.sum_cong", f="i -> min(K(k,x,i), K(k,x,i))", g="i -> K(k,x,i)", **_ROW),
    combine("d0", "0 <= delta(k)", "ox sm sx", degree=1),
    apply("la", "mori_zwanzig.largest", u="i -> v(k+1,i)", n="s(k+1)"),
    obtain("w1", "la", "big small", obtain("w2", "big", "a1 a2 a3", obtain(
        "w3", "small", "c1 c2 c3",
        apply("me", "mori_zwanzig.means_differ", n="s(k+1)", p="i -> K(k,x,i)", r="i -> K(k,y,i)",
              u="i -> v(k+1,i)", lo="v(k+1,c)", hi="v(k+1,a)"),
        apply("g0", "a3", i="c"), apply("g1", "hs", x="a", y="c"),
        combine("g2", "(1 - sum(i=1..s(k+1): min(K(k,x,i), K(k,y,i))))*(v(k+1,a) - v(k+1,c))"
                      " <= delta(k)*(v(k+1,a) - v(k+1,c))", "ov g0"),
        combine("g3", "delta(k)*(v(k+1,a) - v(k+1,c)) <= delta(k)*r", "g1 d0"),
        combine("w4", "v(k,x) - v(k,y) <= delta(k)*r", "me g2 g3 vx vy", degree=1)))),
)

_DERIVATION = (
    induct(
        "I", f"all k:int | 0 <= k => (all r:real | k <= L, {_spread('k', 'r')}"
        f" => {_spread('0', 'prod(j=0..k - 1: delta(j))*r')})", "hk ih",
        [intro("z", None, "hL hs", apply("e", "ax.prod_empty", f="j -> delta(j)", a="0", b="-1"),
               intro("y", None, "x1 x2 y1 y2", apply("h", "hs", x="x", y="y"), combine("x", facts="h e", degree=1)))],
        [intro("z", None, "hL hs",
               intro("one", _spread("k", "delta(k)*r")[1:-1], "x1 x2 y1 y2", *_ONE_LAYER),
               apply("use", "ih", r="delta(k)*r"), apply("e", "ax.prod_last", f="j -> delta(j)", a="0", b="k"),
               intro("y", None, "x1 x2 y1 y2", apply("u", "use", x="x", y="y"),
                     combine("x", facts="u e", rounds=3)))]),
    apply("J", "I", k="L"), apply("J1", "J", r="R"),
    intro("part", _FINITE[1:-1], "x1 x2 y1 y2", apply("d", "J1", x="x", y="y"),
          apply("f1", "H7", x="x"), apply("f2", "H7", x="y"),
          apply("a1", "ax.abs_neg", x="v(0,x) - f(x)"), apply("a2", "ax.abs_ge", x="v(0,y) - f(y)"),
          combine("z", facts="d f1 f2 a1 a2", degree=1)),
    restated("B", CAPACITY), restated("C", LINEAR_READOUT), witness("end"),
)

TIGHT = {"L": "1", "s": "l -> 2", "K": "l, x, i -> [[3/4,1/4],[1/4,3/4]][x,i]",
         "v": "l, x -> [[3/4,1/4],[1,0]][l+1,x]", "delta": "l -> 1/2", "f": "x -> 2 - x", "R": "1", "eps": "1/4"}
"""One layer of overlap 1/2: the values 1, 0 become 3/4, 1/4, which approximate 1, 0 within 1/4."""

CLAIM = Claim(
    id="mori_zwanzig.capacity_memory_tradeoff",
    title="What a forgetting network can represent oscillates at most by the product of its coefficients",
    statement=STATEMENT,
    source=Source("R. L. Dobrushin", 1956, "Central limit theorem for nonstationary Markov chains", "new",
                  note="The contraction of oscillations is classical; the trade-off for noisy networks was derived"
                  " here."),
    summary="osc f <= delta(0) ... delta(L-1) osc(readout) + 2 eps for every f within eps of the network, with finitely"
            " many states or uniform noise.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", **TIGHT),)),
    controls=(
        Control("without_tolerance", "the term 2 eps left out", _statement(_oscillates(f"{_PRODUCT}*R")),
                Witness((witness("end", **TIGHT),))),
        Control("one_sided_tolerance", "eps in place of 2 eps", _statement(_oscillates(f"{_PRODUCT}*R + eps")),
                Witness((witness("end", **TIGHT),))),
        Control("one_factor_more", "a factor delta(L) for the readout", _statement(
            _oscillates("prod(j=0..L: delta(j))*R + 2*eps")), Witness((witness("end", **TIGHT),))),
        *DENSE_CONTROLS,
    ),
    comparison=(
        Comparison("network", "noisy layers on bounded ranges", "parts 2 and 3: layers of uniform noise of any depth, N"
                   " coordinates a level, any F whose cubes lie in the next level; part 1: finite state spaces 1..s(l)",
                   "levels of fewer neurons get others of mean 0 that nobody reads, whose factor is 1; part 1 does not"
                   " need the signs of the kernels"),
        Comparison("coefficients", "delta_n = Dobrushin coefficient",
                   "parts 2 and 3: 1 - prod (1 - D_i / 2b)_+ of mori_zwanzig.dobrushin, D_i a bound on the width of"
                   " image i; part 1: delta(l) >= 1 - overlap of any two rows", "as stated for uniform noise;"
                   " parts 2 and 3 do not speak of Gaussian noise"),
        Comparison("conclusion", "sum |alpha_i| |Omega_i| >= (osc f - 2 eps) / prod delta",
                   "osc f <= prod delta R + 2 eps, R a bound on the oscillation of the readout; in part 3"
                   " R = sum |alpha_i| (Z_i - A_i) for the readout sum alpha_i y_i + beta", "the same without division;"
                   " f = q_0 and eps = 0 is the network itself (formula readout_range)"),
    ),
    tightness="Attained: one symmetric layer of two states.",
    attack="theory.mori_zwanzig.capacity_memory_tradeoff_attack",
)

Number = int | Fraction | str


def readout_range(weights: Sequence[Number], ranges: Sequence[Number]) -> Fraction:
    """Return sum |alpha_i| D_i, the oscillation of a linear readout on a box with sides D_i, exactly.

    Raises InputError when the counts differ.

    >>> readout_range([1, "-1/2"], [2, 4])
    Fraction(4, 1)
    """
    if len(weights) != len(ranges):
        raise InputError(explain("readout_range", f"{len(weights)} ranges", len(ranges), "Give one range a neuron."))
    pairs = zip(weights, ranges)
    return sum((abs(exact(a, "weights")) * exact(d, "ranges") for a, d in pairs), Fraction(0))


def representable_oscillation(coefficients: Sequence[Number], readout: Number, eps: Number = 0) -> Fraction:
    """Return the upper bound prod(delta) R + 2 eps on the oscillation of a function within eps of the network.

    Args:
        coefficients: Dobrushin coefficients of the layers, each in [0, 1].
        readout: R >= 0, the oscillation of the readout on the last range (`readout_range`).
        eps: sup distance, at least 0.

    Raises:
        InputError: a number out of its range.

    >>> representable_oscillation(["1/2", "1/2"], 4, "1/10")
    Fraction(6, 5)
    """
    deltas = [exact(delta, "coefficients") for delta in coefficients]
    bound, tolerance = exact(readout, "readout"), exact(eps, "eps")
    if any(not 0 <= delta <= 1 for delta in deltas) or bound < 0 or tolerance < 0:
        raise InputError(explain("representable_oscillation", "coefficients in [0, 1], R >= 0 and eps >= 0",
                                 ([str(d) for d in deltas], str(bound), str(tolerance)), "Check the certificates."))
    return prod(deltas, start=Fraction(1)) * bound + 2 * tolerance

"""The parameter modulus of convolutional and residual networks: any layer graph, any depth.

A unit i of layer l reads n(l) values h(a(l,j), e(l,i,j)), one of each of its sources a(l,1), ..., a(l,n(l)), all from
earlier layers: columns of a matrix, patches of a convolution (e names the places, 0 is padding, shared weights are the
special case in which W does not depend on the place), streams (a source with a fixed weight 1), average pooling and
normalisation with fixed statistics. Layers with z(l) = 1 take the maximum of what they read.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain, witness

_AT = "1 <= l, l <= N, 1 <= i, i <= P(l)"
_READ = "1 <= j, j <= n(l)"
_VALUE = "{h}(a(l,j), e(l,i,j))"
PRE = "sum(j=1..n(l): {W}(l,i,j)*{h}(a(l,j), e(l,i,j))) + {b}(l,i)"
"""What a unit computes before its activation."""

RANGE = "rho(l)*(sum(j=1..n(l): B(l,j)*r(a(l,j))) + C(l)) + o(l)"
CHANGE = "rho(l)*(sum(j=1..n(l): delta(l,j)*r(a(l,j)) + B(l,j)*E(a(l,j))) + beta(l))"


def _largest(h: str) -> str:
    """h(l,i) is the largest of the values that it reads."""
    return (f"(all l i j:int | {_AT}, {_READ}, z(l) = 1 => {_VALUE.format(h=h)} <= {h}(l,i)),"
            f" (all l i:int | {_AT}, z(l) = 1 => some k:int | 1 <= k, k <= n(l), {h}(l,i) = {h}(a(l,k), e(l,i,k)))")


def _statement(*, change: str = CHANGE, spread: str = "E(a(l,j)) <= E(l)") -> Statement:
    states = ", ".join(f"(all l i:int | {_AT}, z(l) != 1 => {h}(l,i) = s(l, {PRE.format(W=W, h=h, b=b)}))"
                       for h, W, b in (("h", "W", "b"), ("g", "V", "c")))
    return statement(
        "all N:int, P n z:int->int, a:(l:int,j:int)->int, e:(l:int,i:int,j:int)->int, W V:(l:int,i:int,j:int)->real,"
        " b c h g:(l:int,i:int)->real, s:(l:int,u:real)->real, B delta:(l:int,j:int)->real,"
        " C beta rho o r E:int->real, X:real |"
        " H1: 0 <= N, H2: (all l:int | 1 <= l, l <= N => 0 <= n(l)),"
        f" H3: (all l j:int | 1 <= l, l <= N, {_READ} => 0 <= a(l,j)),"
        f" H4: (all l j:int | 1 <= l, l <= N, {_READ} => a(l,j) <= l - 1),"
        f" H5: (all l i j:int | {_AT}, {_READ} => 0 <= e(l,i,j)),"
        f" H6: (all l i j:int | {_AT}, {_READ} => e(l,i,j) <= P(a(l,j))),"
        f" H7: (all l i j:int | {_AT}, {_READ} => abs(W(l,i,j)) <= B(l,j)),"
        f" H8: (all l i j:int | {_AT}, {_READ} => abs(V(l,i,j)) <= B(l,j)),"
        f" H9: (all l i j:int | {_AT}, {_READ} => abs(W(l,i,j) - V(l,i,j)) <= delta(l,j)),"
        f" H10: (all l i:int | {_AT} => abs(b(l,i)) <= C(l)),"
        f" H11: (all l i:int | {_AT} => abs(b(l,i) - c(l,i)) <= beta(l)),"
        " H12: (all l:int, u v:real | 1 <= l, l <= N => abs(s(l,u) - s(l,v)) <= rho(l)*abs(u - v)),"
        " H13: (all l:int | 1 <= l, l <= N => 0 <= rho(l)), H14: (all l:int | 1 <= l, l <= N => abs(s(l,0)) <= o(l)),"
        " H15: (all i:int | 1 <= i, i <= P(0) => abs(h(0,i)) <= X),"
        " H16: (all i:int | 1 <= i, i <= P(0) => g(0,i) = h(0,i)),"
        " H17: (all l:int | 0 <= l, l <= N => h(l,0) = 0), H18: (all l:int | 0 <= l, l <= N => g(l,0) = 0),"
        f" {states.replace('(all', 'H19: (all', 1).replace(', (all l i:int', ', H20: (all l i:int', 1)},"
        f" {_largest('h').replace('(all', 'H21: (all', 1).replace(', (all l i:int', ', H22: (all l i:int', 1)},"
        f" {_largest('g').replace('(all', 'H23: (all', 1).replace(', (all l i:int', ', H24: (all l i:int', 1)},"
        " H25: X <= r(0), H26: (all l:int | 0 <= l, l <= N => 0 <= r(l)),"
        f" H27: (all l:int | 1 <= l, l <= N, z(l) != 1 => {RANGE} <= r(l)),"
        f" H28: (all l j:int | 1 <= l, l <= N, {_READ}, z(l) = 1 => r(a(l,j)) <= r(l)),"
        " H29: (all l:int | 0 <= l, l <= N => 0 <= E(l)),"
        f" H30: (all l:int | 1 <= l, l <= N, z(l) != 1 => {change} <= E(l)),"
        f" H31: (all l j:int | 1 <= l, l <= N, {_READ}, z(l) = 1 => {spread})"
        " => (all i:int | 1 <= i, i <= P(N) => abs(h(N,i) - g(N,i)) <= E(N))")


_BOUNDS = "some | abs(h(l,i)) <= r(l), abs(h(l,i) - g(l,i)) <= E(l)"
_UP_TO = f"(all l i:int | 0 <= l, l <= K, l <= N, 0 <= i, i <= P(l) => {_BOUNDS})"
_PH, _PG = PRE.format(W="W", h="h", b="b"), PRE.format(W="V", h="g", b="c")
_TERM = "W(l,i,j)*h(a(l,j), e(l,i,j))"
_OTHER = "V(l,i,j)*g(a(l,j), e(l,i,j))"
_X, _Y = _VALUE.format(h="h"), _VALUE.format(h="g")

_PADDING: tuple[Step, ...] = (
    apply("p1", "ax.cong_int", f="t -> h(l,t)", x="i", y="0"),
    apply("p2", "ax.cong_int", f="t -> g(l,t)", x="i", y="0"),
    apply("p3", "H17", l="l"), apply("p4", "H18", l="l"), apply("p5", "H26", l="l"), apply("p6", "H29", l="l"),
    apply("p7", "ax.abs_le", x="h(l,i)", y="r(l)"), apply("p8", "ax.abs_le", x="h(l,i) - g(l,i)", y="E(l)"),
    witness("pz"),
)
"""At i = 0 both values are 0."""

_READS: tuple[Step, ...] = (
    intro("rd", f"all j:int | {_READ} => some | abs({_X}) <= r(a(l,j)), abs({_X} - {_Y}) <= E(a(l,j))", "j1 j2",
          apply("q1", "H3", l="l", j="j"), apply("q2", "H4", l="l", j="j"), apply("q3", "H5", l="l", i="i", j="j"),
          apply("q4", "H6", l="l", i="i", j="j"), combine("q5", "a(l,j) <= K", "q2 n3"),
          combine("q6", "a(l,j) <= N", "q2 lN"),
          apply("q7", "ih", l="a(l,j)", i="e(l,i,j)")),
)
"""What unit i of layer l = K + 1 reads is bounded."""

_AFFINE: tuple[Step, ...] = (
    apply("hs", "H19", l="l", i="i"), apply("gs", "H20", l="l", i="i"), apply("nl", "H2", l="l"),
    apply("rl", "H13", l="l"),
    intro("t1", f"all j:int | {_READ} => abs({_TERM}) <= B(l,j)*r(a(l,j))", "j1 j2",
          apply("x1", "rd", j="j"), apply("x2", "H7", l="l", i="i", j="j"),
          obtain("x3", "x1", "y1 y2",
                 apply("x4", "textbook.abs_mul_le", x="W(l,i,j)", y=_X, u="B(l,j)", v="r(a(l,j))"))),
    apply("s1", "textbook.sum_abs", f=f"j -> {_TERM}", g="j -> B(l,j)*r(a(l,j))", a="1", b="n(l)"),
    apply("b1", "H10", l="l", i="i"),
    apply("ph", "textbook.abs_add_le", x=f"sum(j=1..n(l): {_TERM})", y="b(l,i)", u="sum(j=1..n(l): B(l,j)*r(a(l,j)))",
          v="C(l)"),
    apply("l1", "H12", l="l", u=_PH, v="0"), apply("o1", "H14", l="l"),
    combine("l2", f"abs(s(l, {_PH}) - s(l,0)) <= rho(l)*(sum(j=1..n(l): B(l,j)*r(a(l,j))) + C(l))", "l1 ph rl"),
    apply("l3", "textbook.abs_add_le", x=f"s(l, {_PH}) - s(l,0)", y="s(l,0)",
          u="rho(l)*(sum(j=1..n(l): B(l,j)*r(a(l,j))) + C(l))", v="o(l)"),
    apply("e1", "ax.cong", f="u -> abs(u)", x=f"s(l, {_PH}) - s(l,0) + s(l,0)", y="h(l,i)"), apply("r1", "H27", l="l"),
    combine("first", "abs(h(l,i)) <= r(l)", "l3 e1 r1", degree=1),
    intro("t2", f"all j:int | {_READ} => abs({_TERM} - {_OTHER}) <= delta(l,j)*r(a(l,j)) + B(l,j)*E(a(l,j))", "j1 j2",
          apply("x1", "rd", j="j"), apply("x2", "H9", l="l", i="i", j="j"), apply("x3", "H8", l="l", i="i", j="j"),
          obtain("x4", "x1", "y1 y2",
                 apply("x5", "textbook.abs_mul_le", x="W(l,i,j) - V(l,i,j)", y=_X, u="delta(l,j)", v="r(a(l,j))"),
                 apply("x6", "textbook.abs_mul_le", x="V(l,i,j)", y=f"{_X} - {_Y}", u="B(l,j)", v="E(a(l,j))"),
                 apply("x7", "textbook.abs_add_le", x=f"(W(l,i,j) - V(l,i,j))*{_X}", y=f"V(l,i,j)*({_X} - {_Y})",
                       u="delta(l,j)*r(a(l,j))", v="B(l,j)*E(a(l,j))"),
                 combine("x9", facts="x7", degree=1))),
    apply("s2", "textbook.sum_abs", f=f"j -> {_TERM} - {_OTHER}",
          g="j -> delta(l,j)*r(a(l,j)) + B(l,j)*E(a(l,j))", a="1", b="n(l)"),
    apply("s3", "textbook.sum_add", f=f"j -> {_TERM} - {_OTHER}", g=f"j -> {_OTHER}", a="1", b="n(l)"),
    apply("b2", "H11", l="l", i="i"),
    apply("pd", "textbook.abs_add_le", x=f"sum(j=1..n(l): {_TERM} - {_OTHER})", y="b(l,i) - c(l,i)",
          u="sum(j=1..n(l): delta(l,j)*r(a(l,j)) + B(l,j)*E(a(l,j)))", v="beta(l)"),
    apply("e2", "ax.cong", f="u -> abs(u)", x=f"sum(j=1..n(l): {_TERM} - {_OTHER}) + (b(l,i) - c(l,i))",
          y=f"{_PH} - ({_PG})"),
    apply("l4", "H12", l="l", u=_PH, v=_PG), apply("e3", "ax.cong", f="u -> abs(u)", x=f"s(l, {_PH}) - s(l, {_PG})",
                                                   y="h(l,i) - g(l,i)"), apply("r2", "H30", l="l"),
    combine("pe", f"abs({_PH} - ({_PG})) <= sum(j=1..n(l): delta(l,j)*r(a(l,j)) + B(l,j)*E(a(l,j))) + beta(l)", "pd e2",
            degree=1),
    combine("m", f"rho(l)*abs({_PH} - ({_PG})) <= {CHANGE}", "pe rl"),
    combine("second", "abs(h(l,i) - g(l,i)) <= E(l)", "l4 e3 m r2", degree=1), witness("az"),
)
"""An affine layer with an entrywise activation."""

def _at(k: str) -> tuple[str, str]:
    return f"h(a(l,{k}), e(l,i,{k}))", f"g(a(l,{k}), e(l,i,{k}))"


def _nearest(k: str) -> tuple[Step, ...]:
    """The bounds at the place where the maximum is attained."""
    return (apply(f"c{k}", "rd", j=k), apply(f"m{k}", "H31", l="l", j=k))


_MAXIMUM: tuple[Step, ...] = (
    apply("w1", "H22", l="l", i="i"),
    apply("w2", "H24", f"some m:int | 1 <= m, m <= n(l), g(l,i) = {_at('m')[1]}", l="l", i="i"),
    obtain("mz", "w1", "a1 a2 a3", *_nearest("k"), apply("c2", "H28", l="l", j="k"),
           apply("c4", "H23", l="l", i="i", j="k"),
           obtain("my", "ck", "d1 d2",
                  apply("ce", "ax.cong", f="u -> abs(u)", x="h(l,i)", y=_at("k")[0]),
                  combine("first", "abs(h(l,i)) <= r(l)", "ce d1 c2", degree=1),
                  apply("c5", "ax.abs_ge", x=" - ".join(_at("k"))),
                  combine("up", "h(l,i) - g(l,i) <= E(l)", "a3 c4 c5 d2 mk", degree=1),
                  obtain("mx", "w2", "f1 f2 f3", *_nearest("m"), apply("k4", "H21", l="l", i="i", j="m"),
                         obtain("mw", "cm", "v1 v2", apply("k5", "ax.abs_neg", x=" - ".join(_at("m"))),
                                combine("down", "-(h(l,i) - g(l,i)) <= E(l)", "f3 k4 k5 v2 mm", degree=1),
                                apply("second", "ax.abs_le", x="h(l,i) - g(l,i)", y="E(l)"), witness("mv"))))),
)
"""A layer of maxima: the largest value of one network is not far above that of the other at the same place."""

_DERIVATION = (
    induct("I", f"all K:int | 0 <= K => {_UP_TO}", "hK ih",
           [intro("z", None, "l0 lK lN i0 iP", apply("le", "ax.antisym", x="l", y="0"),
                  apply("or1", "ax.int_split", m="0", n="i"),
                  cases("y", "or1", "o", list(_PADDING),
                        [apply("c0", "ax.cong_int", f="t -> P(t)", x="l", y="0"), combine("iP0", "i <= P(0)", "iP c0"),
                         apply("x1", "H15", i="i"), apply("x2", "H16", i="i"),
                         apply("ch", "ax.cong_int", f="t -> h(t,i)", x="l", y="0"),
                         apply("cg", "ax.cong_int", f="t -> g(t,i)", x="l", y="0"),
                         apply("cr", "ax.cong_int", f="t -> r(t)", x="l", y="0"), apply("el", "H29", l="l"),
                         apply("ca", "ax.cong", f="u -> abs(u)", x="h(l,i)", y="h(0,i)"),
                         combine("first", "abs(h(l,i)) <= r(l)", "ca x1 cr H25", degree=1),
                         apply("second", "ax.abs_le", x="h(l,i) - g(l,i)", y="E(l)"), witness("w")]))],
           [intro("z", None, "l0 lK1 lN i0 iP", apply("or1", "ax.total", x="l", y="K"),
                  cases("y", "or1", "o",
                        [apply("x", "ih", l="l", i="i")],
                        [apply("n1", "ax.int_step", m="K", n="l"), combine("n2", "1 <= l", "n1 hK"),
                         combine("n3", "l - 1 <= K", "lK1"), apply("or2", "ax.int_split", m="0", n="i"),
                         cases("x", "or2", "o2", list(_PADDING),
                               [*_READS, apply("or3", "ax.eq_or_ne", x="z(l)", y="1"),
                                cases("w", "or3", "o3", list(_MAXIMUM), list(_AFFINE))])]))]),
    intro("end", None, "i1 i2", apply("J", "I", K="N"), apply("J2", "J", l="N", i="i"),
          obtain("y", "J2", "u1 u2", apply("x", "u2"))),
)

_ONE = {"P": "l -> 1", "e": "l, i, j -> 1", "X": "1", "rho": "l -> 1", "o": "l -> 0", "s": "l, u -> u"}
"""Layers of one unit with the identity as activation."""


INSTANCE = Witness((witness(
    "end", N="1", n="l -> 1", z="l -> 0", a="l, j -> 0", W="l, i, j -> 1", V="l, i, j -> 1/2", b="l, i -> 0",
    c="l, i -> 0",
    h="l, i -> i", g="l, i -> (1 - l/2)*i", B="l, j -> 1", delta="l, j -> 1/2", C="l -> 0", beta="l -> 0", r="l -> 1",
    E="l -> l/2", **_ONE),))
"""One unit: weights 1 and 1/2 at the input 1, and the bound 1/2 is attained."""

_ONLY_LAST = "rho(l)*(delta(l,n(l))*r(a(l,n(l))) + B(l,n(l))*E(a(l,n(l))) + beta(l))"

CLAIM = Claim(
    id="covering.graph_modulus",
    title="The parameter modulus of convolutional and residual networks",
    statement=_statement(),
    source=Source("Lemmascope", 2026, "The parameter modulus on layer graphs", "new",
                  note="Extends the modulus of fully connected networks (dossier 3.3) to index maps, several sources"
                  " and maxima; not taken from a paper."),
    summary="If every layer reads earlier layers through index maps, the outputs of two parameter choices differ by at"
            " most E(N), where E(l) >= rho_l (sum_j (delta_lj r_a + B_lj E_a) + beta_l) and E(l) >= E(a) for maxima.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=(
        Control("stream_counted_once", "a sum of several sources bounded through its last source alone",
                _statement(change=_ONLY_LAST), Witness((witness(
                    "end", N="2", n="l -> l", z="l -> 0", a="l, j -> l - 1", W="l, i, j -> 1", V="l, i, j -> l - 1",
                    b="l, i -> 0", c="l, i -> 0", h="l, i -> (l*(l - 1)/2 + 1)*i", g="l, i -> (1 - l)*(2 - l)/2*i",
                    B="l, j -> 1", delta="l, j -> 2 - l", C="l -> 0", beta="l -> 0", r="l -> 1 + l*(l - 1)/2",
                    E="l -> min(l, 1)",
                    **_ONE),))),
        Control("first_of_a_maximum", "a maximum bounded through the first value that it reads",
                _statement(spread="E(a(l,1)) <= E(l)"), Witness((witness(
                    "end", N="2", n="l -> l", z="l -> l - 1", a="l, j -> j - 1", W="l, i, j -> 0", V="l, i, j -> 0",
                    b="l, i -> 1", c="l, i -> 0", h="l, i -> min(l, 1)*i", g="l, i -> 0", B="l, j -> 0",
                    delta="l, j -> 0",
                    C="l -> 1", beta="l -> 1", r="l -> 1", E="l -> l*(2 - l)", **_ONE),))),
        Control("inputs_of_size_one", "weights whose change is not multiplied by the range of what they read",
                _statement(change="rho(l)*(sum(j=1..n(l): delta(l,j) + B(l,j)*E(a(l,j))) + beta(l))"), Witness((witness(
                    "end", N="1", n="l -> 1", z="l -> 0", a="l, j -> 0", W="l, i, j -> 1", V="l, i, j -> 0",
                    b="l, i -> 0", c="l, i -> 0", h="l, i -> 2*i", g="l, i -> 2*(1 - l)*i", B="l, j -> 1",
                    delta="l, j -> 1", C="l -> 0", beta="l -> 0", r="l -> 2", E="l -> l", **{**_ONE, "X": "2"}),))),
    ),
    comparison=(
        Comparison("objects", "dossier 3.3: fully connected layers",
                   "sources a(l,j) < l and places e(l,i,j): convolutions, streams, average pooling; maxima where"
                   " z(l) = 1",
                   "wider; with a(l,j) = l - 1, e(l,i,j) = j, B(l,j) = B_l it is the fully connected case"),
        Comparison("weights", "one bound and one change for each layer", "B(l,j) and delta(l,j) for each source",
                   "a stream has the fixed weight 1 (delta = 0), a normalisation its own scale"),
        Comparison("shared weights", "not in the dossier", "W may depend on the place i: sharing is a special case",
                   "the shared class is smaller, so the bound holds for it"),
        Comparison("conclusion", "sum_l kappa_l delta_l", "E(N) for every E that satisfies the recursion",
                   "theory.covering.graph_modulus evaluates the least one"),
    ),
    tightness="Equality for one unit at the input X = 1 (the instance).",
    attack="theory.covering.graph_modulus_attack",
)

"""A cover of the network class by n networks, n the number of grid orbits, for every eps > 0 and without guards.

Put m_l points on every axis of layer l, sum_l kappa_l B_l / m_l <= eps. If n grid assignments C(1..n) represent all of
them up to permutations of hidden units, the n networks with those cell centres as parameters are an internal eps-cover
of the class in sup norm. The least such n is the orbit count (Burnside), which is never below 1.
"""

from __future__ import annotations

import re

from theory.covering.equivariance import PERMUTATIONS
from theory.covering.grid import cell, centre
from theory.language import Claim, Comparison, Control, Source, Statement, Witness, formula, statement, substitute
from theory.language.derivation import apply, cases, combine, intro, obtain, witness

_L = "1 <= l, l <= L + 1, 1 <= i, i <= d(l)"
_IJ = f"{_L}, 1 <= j, j <= d(l-1)"
GRID = f"{_L}, 0 <= j, j <= d(l-1)"
"""Places of the parameters: j = 0 is the bias, j >= 1 the weights."""
_PERMUTATIONS = re.sub(r" (pa|pb|va|vb|vp|pv): ", " ", PERMUTATIONS)

REPRESENTED = (
    f"(all G:(l:int,i:int,j:int)->int | (all l i j:int | {GRID} => 1 <= G(l,i,j)),"
    f" (all l i j:int | {GRID} => G(l,i,j) <= m(l)) => some k:int, p v:(l:int,i:int)->int | 1 <= k, k <= n,"
    f" {_PERMUTATIONS}, (all i:int | 1 <= i, i <= d(0) => p(0,i) = i),"
    " (all i:int | 1 <= i, i <= d(L+1) => p(L+1,i) = i),"
    f" (all l i:int | {_L} => C(k,l,i,0) = G(l,p(l,i),0)),"
    f" (all l i j:int | {_IJ} => C(k,l,i,j) = G(l,p(l,i),p(l-1,j))))"
)
"""Every assignment G of grid indices to the parameters (j = 0 is the bias) is one of C(1..n) up to permutations."""

NETWORK = "(all l i:int | {range} => {h}(l)[i,1] = s(l, ({W}*{h}(l-1) + {b})[i,1]))"
COVER = (
    "some U:(k:int,l:int)->mat(d(l),d(l-1)), c:(k:int,l:int)->mat(d(l),1) |"
    f" (all k l i j:int | 1 <= k, k <= {{n}}, {_IJ} => abs(U(k,l)[i,j]) <= B(l)),"
    f" (all k l i:int | 1 <= k, k <= {{n}}, {_L} => abs(c(k,l)[i,1]) <= B(l)),"
    " (all W:(l:int)->mat(d(l),d(l-1)), b:(l:int)->mat(d(l),1) |"
    f" (all l i j:int | {_IJ} => abs(W(l)[i,j]) <= B(l)), (all l i:int | {_L} => abs(b(l)[i,1]) <= B(l))"
    " => some k:int | 1 <= k, k <= {n}, (all h g:(l:int)->mat(d(l),1) |"
    " (all i:int | 1 <= i, i <= d(0) => abs(h(0)[i,1]) <= X), g(0) = h(0),"
    f" {NETWORK.format(range=_L, h='h', W='W(l)', b='b(l)')},"
    f" {NETWORK.format(range=_L, h='g', W='U(k,l)', b='c(k,l)')}"
    " => (all i:int | 1 <= i, i <= d(L+1) => abs(h(L+1)[i,1] - g(L+1)[i,1]) <= eps)))"
)
"""There are n networks (U, c) in the box such that every network (W, b) of the box is within eps of one of them."""

MODULUS = "sum(l=1..L+1: (d(l-1)*r(l-1) + 1)*rho(l)*prod(j=l+1..L+1: B(j)*d(j-1)*rho(j))*({delta}))"


def _statement(delta: str = "B(l)/m(l)", represented: str = REPRESENTED) -> Statement:
    return statement(
        "all L n:int, d m:int->int, s:(l:int,u:real)->real, B rho o r:int->real, X eps:real,"
        " C:(k:int,l:int,i:int,j:int)->int | H1: 0 <= L,"
        " H2: (all l:int | 0 <= l, l <= L + 1 => 0 <= d(l)), H3: (all l:int | 1 <= l, l <= L + 1 => 1 <= m(l)),"
        " H4: (all l:int | 1 <= l, l <= L + 1 => 0 < B(l)), H5: (all l:int | 1 <= l, l <= L + 1 => 0 <= rho(l)),"
        " H6: (all l:int, u v:real | 1 <= l, l <= L + 1 => abs(s(l,u) - s(l,v)) <= rho(l)*abs(u - v)),"
        " H7: (all l:int | 1 <= l, l <= L => abs(s(l,0)) <= o(l)), H8: r(0) = X,"
        " H9: (all l:int | 1 <= l, l <= L => rho(l)*B(l)*(d(l-1)*r(l-1) + 1) + o(l) <= r(l)),"
        f" H10: {MODULUS.format(delta=delta)} <= eps,"
        f" H11: (all k l i j:int | 1 <= k, k <= n, {GRID} => 1 <= C(k,l,i,j)),"
        f" H12: (all k l i j:int | 1 <= k, k <= n, {GRID} => C(k,l,i,j) <= m(l)), H13: {represented}"
        f" => {COVER.format(n='n')}")


_UT = f"build(i<=d(l), j<=d(l-1): {centre('C(k,l,i,j)', 'B(l)', 'm(l)')})"
_CT = f"build(i<=d(l), j<=1: {centre('C(k,l,i,0)', 'B(l)', 'm(l)')})"
_WCELL, _BCELL = cell("W(l)[i,j]", "B(l)", "m(l)"), cell("b(l)[i,1]", "B(l)", "m(l)")
_ASSIGNED = f"iite(1, j, {_WCELL}, {_BCELL})"
_VP = "build(i<=d(l), j<=d(l-1): W(l)[p(l,i),p(l-1,j)])"
_EP = "build(i<=d(l), j<=1: b(l)[p(l,i),1])"
_GP = "build(i<=d(l), j<=1: h(l)[p(l,i),1])"
_GP0 = "build(i<=d(0), j<=1: h(0)[p(0,i),1])"
_GPL = "build(i<=d(L+1), j<=1: h(L+1)[p(L+1,i),1])"
_WP = cell("W(l)[p(l,i),p(l-1,j)]", "B(l)", "m(l)")
_BP = cell("b(l)[p(l,i),1]", "B(l)", "m(l)")

_WEIGHT_CELL = (apply("Bl", "H4", l="l"), apply("ml", "H3", l="l"), apply("wl", "hW", l="l", i="i", j="j"),
                apply("gc", "covering.grid_cell", B="B(l)", x="W(l)[i,j]", m="m(l)"))
_BIAS_CELL = (apply("Bl", "H4", l="l"), apply("ml", "H3", l="l"), apply("wl", "hb", l="l", i="i"),
              apply("gc", "covering.grid_cell", B="B(l)", x="b(l)[i,1]", m="m(l)"))


def _ranged(name: str, low: str, high: str, pick: str) -> object:
    """The cell numbers of all parameters are between 1 and m: weights for 1 <= j, biases for j = 0."""
    return intro(name, f"all l i j:int | {GRID} => {low} <= {high}", "l1 l2 i1 i2 j1 j2",
                 apply("tot", "ax.total", x="1", y="j"),
                 cases("z", "tot", "w",
                       [*_WEIGHT_CELL, obtain("y", "gc", "g1 g2 g3 g4",
                                              apply("t", "ax.iite_then", a="1", b="j", x=_WCELL, y=_BCELL),
                                              combine("x", facts=f"t {pick}"))],
                       [*_BIAS_CELL, obtain("y", "gc", "g1 g2 g3 g4",
                                            apply("t", "ax.iite_else", a="1", b="j", x=_WCELL, y=_BCELL),
                                            combine("x", facts=f"t {pick}"))]))


_DERIVATION = (
    intro("F1", f"all k l i j:int | 1 <= k, k <= n, {_IJ} => abs({_UT}[i,j]) <= B(l)", "k1 k2 l1 l2 i1 i2 j1 j2",
          apply("Bl", "H4", l="l"), apply("t1", "H11", k="k", l="l", i="i", j="j"),
          apply("t2", "H12", k="k", l="l", i="i", j="j"),
          apply("c", "covering.centre_in_box", B="B(l)", m="m(l)", t="C(k,l,i,j)"),
          apply("a", "ax.at_build", f=f"i, j -> {centre('C(k,l,i,j)', 'B(l)', 'm(l)')}", r="d(l)", c="d(l-1)", p="i",
                v="j"),
          apply("e", "ax.cong", f="t -> abs(t)", x=f"{_UT}[i,j]", y=centre("C(k,l,i,j)", "B(l)", "m(l)")),
          combine("z", facts="c e", degree=1)),
    intro("F2", f"all k l i:int | 1 <= k, k <= n, {_L} => abs({_CT}[i,1]) <= B(l)", "k1 k2 l1 l2 i1 i2",
          apply("Bl", "H4", l="l"), apply("dl", "H2", l="l - 1"), apply("t1", "H11", k="k", l="l", i="i", j="0"),
          apply("t2", "H12", k="k", l="l", i="i", j="0"),
          apply("c", "covering.centre_in_box", B="B(l)", m="m(l)", t="C(k,l,i,0)"),
          apply("a", "ax.at_build", f=f"i, j -> {centre('C(k,l,i,0)', 'B(l)', 'm(l)')}", r="d(l)", c="1", p="i", v="1"),
          apply("e", "ax.cong", f="t -> abs(t)", x=f"{_CT}[i,1]", y=centre("C(k,l,i,0)", "B(l)", "m(l)")),
          combine("z", facts="c e", degree=1)),
    intro("F3", "all W:(l:int)->mat(d(l),d(l-1)), b:(l:int)->mat(d(l),1) |"
          f" (all l i j:int | {_IJ} => abs(W(l)[i,j]) <= B(l)), (all l i:int | {_L} => abs(b(l)[i,1]) <= B(l))"
          " => some k:int | 1 <= k, k <= n, (all h g:(l:int)->mat(d(l),1) |"
          " (all i:int | 1 <= i, i <= d(0) => abs(h(0)[i,1]) <= X), g(0) = h(0),"
          f" {NETWORK.format(range=_L, h='h', W='W(l)', b='b(l)')}, {NETWORK.format(range=_L, h='g', W=_UT, b=_CT)}"
          " => (all i:int | 1 <= i, i <= d(L+1) => abs(h(L+1)[i,1] - g(L+1)[i,1]) <= eps))", "hW hb",
          _ranged("r1", "1", _ASSIGNED, "g1"), _ranged("r2", _ASSIGNED, "m(l)", "g2"),
          apply("R", "H13", G=f"l, i, j -> {_ASSIGNED}"),
          obtain("end", "R", "k1 k2 pa pb va vb vp pv p0 pL C0 CJ",
                 # permuted parameters, entry by entry, and how near they are to the centres
                 intro("V3", f"all l i j:int | {_IJ} => abs({_VP}[i,j]) <= B(l)", "l1 l2 i1 i2 j1 j2",
                       apply("a", "ax.at_build", f="i, j -> W(l)[p(l,i),p(l-1,j)]", r="d(l)", c="d(l-1)", p="i", v="j"),
                       apply("q1", "pa", l="l", i="i"), apply("q2", "pb", l="l", i="i"),
                       apply("q3", "pa", l="l - 1", i="j"), apply("q4", "pb", l="l - 1", i="j"),
                       apply("w", "hW", l="l", i="p(l,i)", j="p(l-1,j)"),
                       apply("e", "ax.cong", f="t -> abs(t)", x=f"{_VP}[i,j]", y="W(l)[p(l,i),p(l-1,j)]"),
                       combine("z", facts="w e", degree=1)),
                 intro("V5", f"all l i:int | {_L} => abs({_EP}[i,1]) <= B(l)", "l1 l2 i1 i2",
                       apply("a", "ax.at_build", f="i, j -> b(l)[p(l,i),1]", r="d(l)", c="1", p="i", v="1"),
                       apply("q1", "pa", l="l", i="i"), apply("q2", "pb", l="l", i="i"),
                       apply("w", "hb", l="l", i="p(l,i)"),
                       apply("e", "ax.cong", f="t -> abs(t)", x=f"{_EP}[i,1]", y="b(l)[p(l,i),1]"),
                       combine("z", facts="w e", degree=1)),
                 intro("V6", f"all l i j:int | {_IJ} => abs({_VP}[i,j] - {_UT}[i,j]) <= B(l)/m(l)", "l1 l2 i1 i2 j1 j2",
                       apply("a", "ax.at_build", f="i, j -> W(l)[p(l,i),p(l-1,j)]", r="d(l)", c="d(l-1)", p="i", v="j"),
                       apply("a2", "ax.at_build", f=f"i, j -> {centre('C(k,l,i,j)', 'B(l)', 'm(l)')}", r="d(l)",
                             c="d(l-1)", p="i", v="j"),
                       apply("q1", "pa", l="l", i="i"), apply("q2", "pb", l="l", i="i"),
                       apply("q3", "pa", l="l - 1", i="j"), apply("q4", "pb", l="l - 1", i="j"),
                       apply("Bl", "H4", l="l"), apply("ml", "H3", l="l"),
                       apply("wl", "hW", l="l", i="p(l,i)", j="p(l-1,j)"),
                       apply("gc", "covering.grid_cell", B="B(l)", x="W(l)[p(l,i),p(l-1,j)]", m="m(l)"),
                       apply("cj", "CJ", l="l", i="i", j="j"),
                       apply("it", "ax.iite_then", a="1", b="p(l-1,j)", x=_WP, y=_BP),
                       obtain("z", "gc", "g1 g2 g3 g4",
                              combine("same", f"{_VP}[i,j] - {_UT}[i,j]"
                                      f" = W(l)[p(l,i),p(l-1,j)] - {centre('(' + _WP + ')', 'B(l)', 'm(l)')}",
                                      "a a2 cj it", rounds=3),
                              apply("e", "ax.cong", f="t -> abs(t)", x=f"{_VP}[i,j] - {_UT}[i,j]",
                                    y=f"W(l)[p(l,i),p(l-1,j)] - {centre('(' + _WP + ')', 'B(l)', 'm(l)')}"),
                              combine("y", facts="g3 e", degree=1))),
                 intro("V7", f"all l i:int | {_L} => abs({_EP}[i,1] - {_CT}[i,1]) <= B(l)/m(l)", "l1 l2 i1 i2",
                       apply("a", "ax.at_build", f="i, j -> b(l)[p(l,i),1]", r="d(l)", c="1", p="i", v="1"),
                       apply("a2", "ax.at_build", f=f"i, j -> {centre('C(k,l,i,0)', 'B(l)', 'm(l)')}", r="d(l)",
                             c="1", p="i", v="1"),
                       apply("q1", "pa", l="l", i="i"), apply("q2", "pb", l="l", i="i"),
                       apply("Bl", "H4", l="l"), apply("ml", "H3", l="l"),
                       apply("wl", "hb", l="l", i="p(l,i)"),
                       apply("gc", "covering.grid_cell", B="B(l)", x="b(l)[p(l,i),1]", m="m(l)"),
                       apply("cj", "C0", l="l", i="i"), combine("z01", "0 < 1"),
                       apply("it", "ax.iite_else", a="1", b="0", x=cell("W(l)[p(l,i),0]", "B(l)", "m(l)"), y=_BP),
                       obtain("z", "gc", "g1 g2 g3 g4",
                              combine("same", f"{_EP}[i,1] - {_CT}[i,1]"
                                      f" = b(l)[p(l,i),1] - {centre('(' + _BP + ')', 'B(l)', 'm(l)')}",
                                      "a a2 cj it", rounds=3),
                              apply("e", "ax.cong", f="t -> abs(t)", x=f"{_EP}[i,1] - {_CT}[i,1]",
                                    y=f"b(l)[p(l,i),1] - {centre('(' + _BP + ')', 'B(l)', 'm(l)')}"),
                              combine("y", facts="g3 e", degree=1))),
                 intro("N", "all h g:(l:int)->mat(d(l),1) | (all i:int | 1 <= i, i <= d(0) => abs(h(0)[i,1]) <= X),"
                       f" g(0) = h(0), {NETWORK.format(range=_L, h='h', W='W(l)', b='b(l)')},"
                       f" {NETWORK.format(range=_L, h='g', W=_UT, b=_CT)}"
                       " => (all i:int | 1 <= i, i <= d(L+1) => abs(h(L+1)[i,1] - g(L+1)[i,1]) <= eps)",
                       "n0 n1 n2 n3",
                       apply("S", "covering.permuted_states", L="L", d="l -> d(l)", W="l -> W(l)", b="l -> b(l)",
                             h="l -> h(l)", s="l, u -> s(l,u)", p="l, i -> p(l,i)", v="l, i -> v(l,i)"),
                       intro("X0", f"all i:int | 1 <= i, i <= d(0) => abs({_GP0}[i,1]) <= X", "i1 i2",
                             apply("a", "ax.at_build", f="i, j -> h(0)[p(0,i),1]", r="d(0)", c="1", p="i", v="1"),
                             apply("q1", "pa", l="0", i="i"), apply("q2", "pb", l="0", i="i"),
                             apply("w", "n0", i="p(0,i)"),
                             apply("e", "ax.cong", f="t -> abs(t)", x=f"{_GP0}[i,1]", y="h(0)[p(0,i),1]"),
                             combine("z", facts="w e", degree=1)),
                       intro("X1", f"all i:int | 1 <= i, i <= d(0) => g(0)[i,1] = {_GP0}[i,1]", "i1 i2",
                             apply("a", "ax.at_build", f="i, j -> h(0)[p(0,i),1]", r="d(0)", c="1", p="i", v="1"),
                             apply("q1", "p0", i="i"),
                             apply("e", "ax.cong_int", f="t -> h(0)[t,1]", x="p(0,i)", y="i"),
                             apply("w", "ax.at_cong", r="d(0)", c="1", p="i", v="1", A="g(0)", B="h(0)"),
                             combine("z", facts="a e w")),
                       apply("X2", "textbook.column_ext", f"g(0) = {_GP0}", n="d(0)", x="g(0)", y=_GP0),
                       apply("P", "covering.param_lipschitz", L="L", d="l -> d(l)", W=f"l -> {_VP}", V=f"l -> {_UT}",
                             b=f"l -> {_EP}", c=f"l -> {_CT}", h=f"l -> {_GP}", g="l -> g(l)", s="l, u -> s(l,u)",
                             B="l -> B(l)", rho="l -> rho(l)", o="l -> o(l)", r="l -> r(l)", delta="l -> B(l)/m(l)",
                             X="X"),
                       intro("z", None, "i1 i2",
                             apply("a", "ax.at_build", f="i, j -> h(L+1)[p(L+1,i),1]", r="d(L+1)", c="1", p="i", v="1"),
                             apply("q1", "pL", i="i"),
                             apply("e", "ax.cong_int", f="t -> h(L+1)[t,1]", x="p(L+1,i)", y="i"),
                             apply("P1", "P", f"abs({_GPL}[i,1] - g(L+1)[i,1]) <= {MODULUS.format(delta='B(l)/m(l)')}"),
                             combine("same", f"{_GPL}[i,1] - g(L+1)[i,1] = h(L+1)[i,1] - g(L+1)[i,1]", "a e"),
                             apply("f", "ax.cong", f="t -> abs(t)", x=f"{_GPL}[i,1] - g(L+1)[i,1]",
                                   y="h(L+1)[i,1] - g(L+1)[i,1]"),
                             combine("y", facts="P1 f H10", degree=1))),
                 witness("w", k="k"))),
    witness("end", U=f"k, l -> {_UT}", c=f"k, l -> {_CT}"),
)

STATEMENT = _statement()


def _separated(offset: str, delta: str) -> Statement:
    """A false neighbour, as its consequence for M networks pairwise more than 2 eps apart: no more than n of them."""
    states = "(all t k p l i:int | 1 <= t, t <= M, 1 <= k, k <= M, 1 <= p, p <= M, " + _L
    return statement(
        "all L M n:int, d m:int->int, W:(t:int,l:int)->mat(d(l),d(l-1)), b:(t:int,l:int)->mat(d(l),1),"
        " h:(t:int,k:int,p:int,l:int)->mat(d(l),1), s:(l:int,u:real)->real, B rho o r:int->real, X eps:real,"
        " C:(k:int,l:int,i:int,j:int)->int | 0 <= L,"
        " (all l:int | 0 <= l, l <= L + 1 => 0 <= d(l)), (all l:int | 1 <= l, l <= L + 1 => 1 <= m(l)),"
        " (all l:int | 1 <= l, l <= L + 1 => 0 < B(l)), (all l:int | 1 <= l, l <= L + 1 => 0 <= rho(l)),"
        " (all l:int, u v:real | 1 <= l, l <= L + 1 => abs(s(l,u) - s(l,v)) <= rho(l)*abs(u - v)),"
        " (all l:int | 1 <= l, l <= L => abs(s(l,0)) <= o(l)), r(0) = X,"
        f" (all l:int | 1 <= l, l <= L => rho(l)*B(l)*(d(l-1)*r(l-1) + 1){offset} <= r(l)),"
        f" {MODULUS.format(delta=delta)} <= eps,"
        f" (all k l i j:int | 1 <= k, k <= n, {GRID} => 1 <= C(k,l,i,j)),"
        f" (all k l i j:int | 1 <= k, k <= n, {GRID} => C(k,l,i,j) <= m(l)), {REPRESENTED},"
        f" (all t l i j:int | 1 <= t, t <= M, {_IJ} => abs(W(t,l)[i,j]) <= B(l)),"
        f" (all t l i:int | 1 <= t, t <= M, {_L} => abs(b(t,l)[i,1]) <= B(l)),"
        " (all t k p i:int | 1 <= t, t <= M, 1 <= k, k <= M, 1 <= p, p <= M, 1 <= i, i <= d(0)"
        " => abs(h(t,k,p,0)[i,1]) <= X),"
        f" {states} => h(t,k,p,l)[i,1] = s(l, (W(t,l)*h(t,k,p,l-1) + b(t,l))[i,1])),"
        " (all k p:int | 1 <= k, k <= M, k + 1 <= p, p <= M"
        " => 2*eps < abs(h(k,k,p,L+1)[1,1] - h(p,k,p,L+1)[1,1])) => M <= n")


def _one_cell(layers: int) -> tuple[object, ...]:
    """One point on every axis: every assignment is the constant 1, represented by itself."""
    represented = substitute(formula(REPRESENTED[1:-1]), {
        "L": layers, "n": 1, "d": ("lam", ("l",), 1), "m": ("lam", ("l",), 1), "C": ("lam", ("k", "l", "i", "j"), 1)})
    rows = f"1 <= l, l <= {layers} + 1, 1 <= i, i <= 1"
    one = (apply("a1", "a", l="l", i="i", j="j"), apply("b1", "b", l="l", i="i", j="j"), apply("z", "ax.antisym"))
    bias = (apply("a1", "a", l="l", i="i", j="0"), apply("b1", "b", l="l", i="i", j="0"), apply("z", "ax.antisym"))
    return (
        intro("represented", represented, "a b",
              intro("cj", f"all l i j:int | {rows}, 1 <= j, j <= 1 => 1 = G(l,i,j)", "l1 l2 i1 i2 j1 j2", *one),
              intro("c0", f"all l i:int | {rows} => 1 = G(l,i,0)", "l1 l2 i1 i2", *bias),
              witness("z", k="1", p="l, i -> i", v="l, i -> i")),
    )


_UNIT = {"d": "l -> 1", "m": "l -> 1", "n": "1", "B": "l -> 1", "rho": "l -> 1", "X": "1", "C": "k, l, i, j -> 1"}

INSTANCE = Witness((*_one_cell(1), witness("end", L="1", s="l, u -> u", o="l -> 0", r="l -> l + 1", eps="5", **_UNIT)))
"""Two layers of one unit, one point on every axis: modulus 2 + 3 = 5, one network covers the class within 5."""

CLAIM = Claim(
    id="covering.deep_bound_unconditional",
    title="An internal eps-cover of the network class by as many networks as grid orbits",
    statement=STATEMENT,
    source=Source("G. Shen", 2023, "Complexity of Feed-Forward Neural Networks from the Perspective of Functional"
                  " Equivalence", "new", arxiv="2305.11417",
                  note="Replaces the quoted bounds: no condition on eps, B, rho or sigma(0), and never below 1."),
    summary="If n grid assignments represent all of them up to permutations of hidden units, n networks cover the class"
            " within sum_l kappa_l B_l / m_l in sup norm.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=(
        Control("diameter_for_radius", "cells of length 2 B/m taken as balls of radius B/(2m): off by the factor two",
                _separated(" + o(l)", "B(l)/(2*m(l))"),
                Witness((*_one_cell(0),
                         witness("end", L="0", M="2", W="t, l -> [[3 - 2*t]]", b="t, l -> [[3 - 2*t]]",
                                 h="t, k, p, l -> [[ite(l, 0, 1, (3 - 2*t)*2)]]", s="l, u -> u", o="l -> 0", r="l -> 1",
                                 eps="1", **_UNIT)))),
        Control("offset_forgotten", "sigma(0) left out of the range recursion: sigma(u) = u + 10",
                _separated("", "B(l)/m(l)"),
                Witness((*_one_cell(1),
                         witness("end", L="1", M="2", W="t, l -> [[ite(l, 1, 1, 3 - 2*t)]]",
                                 b="t, l -> [[ite(l, 1, 1, 3 - 2*t)]]",
                                 h="t, k, p, l -> [[ite(l, 0, 1, ite(l, 1, 12, (3 - 2*t)*13 + 10))]]",
                                 s="l, u -> u + 10", o="l -> 10", r="l -> l + 1", eps="5", **_UNIT)))),
    ),
    comparison=(
        Comparison("count", "the number of grid orbits, by Burnside",
                   "any n whose assignments represent the grid up to permutations (H13); the least is the orbit count",
                   "the value of the least n is computed by theory.covering.orbit_count"),
        Comparison("grids", "m_l = ceil(B_l / delta_l), sum kappa_l delta_l <= eps", "m(l) points, delta_l = B(l)/m(l)",
                   "as stated: a smaller B(l)/m(l) is what the ceiling gives"),
        Comparison("conclusion", "N(F, eps, sup) <= orbits", "n networks in the box and, for every network of the box,"
                   " one of them within eps at all outputs and inputs", "as stated, internal centres"),
    ),
    tightness="One linear layer with one cell: radius and class diameter agree.",
    attack="theory.covering.deep_bound_unconditional_attack",
)

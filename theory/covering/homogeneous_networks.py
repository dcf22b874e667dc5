"""Shallow networks of positively homogeneous units: multisets of listed neurons are near all networks of the box.

Inputs have n + 1 coordinates, the last of which may be the constant 1 of the biases.
"""

from __future__ import annotations

from theory.covering.grid import cell, centre
from theory.covering.homogeneous_lists import LIPSCHITZ, TOLERANCE
from theory.covering.homogeneous_neurons import HOMOGENEOUS
from theory.covering.representatives_lists import ranged
from theory.covering.representatives_sequences import rising
from theory.covering.representatives_sorting import permutation, sorted_by
from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain, witness


def dot(weight: str) -> str:
    """The weighted sum of the n + 1 inputs."""
    return f"sum(j=1..n+1: {weight}*x(j))"


def _close(a: str, w: str, y: str, v: str, bound: str) -> str:
    return (f"(all x:int->real | sum(j=1..n+1: abs(x(j))) <= R => abs({a}*s({dot(w)}) - {y}*s({dot(v)})) <= {bound})")


def _chosen(i: str, k: str, bound: str = "tol") -> str:
    return f"1 <= {k}, {k} <= K, {_close(f'a({i})', f'w({i},j)', f'y({k})', f'v({k},j)', bound)}"


def _choice(count: str, bound: str = "tol") -> str:
    return f"some f:int->int | (all i:int | 1 <= i, i <= {count} => some | {_chosen('i', 'f(i)', bound)})"


_LISTS = "w:(i:int,j:int)->real, a:int->real, y:int->real, v:(k:int,j:int)->real"


def _far(i: str, k: str) -> str:
    return f"abs(a({i})*s({dot(f'w({i},j)')}) - y({k})*s({dot(f'v({k},j)')}))"


CHOICE = Lemma(
    "covering.choose_neurons", "A function names for each of d neurons a listed neuron near it",
    statement(f"all s:real->real, {_LISTS}, n d K:int, tol R:real | hd: 0 <= d,"
              f" h: (all i:int | 1 <= i, i <= d => some k:int | {_chosen('i', 'k')}) => {_choice('d')}"),
    (
        induct("I", f"all e:int | 0 <= e => (all | e <= d => {_choice('e')})", "he ih",
               [intro("z", None, "h0",
                      intro("o", f"all i:int | 1 <= i, i <= 0 => some | {_chosen('i', 'i')}", "k1 k2",
                            combine("no", "0 < 0", "k1 k2"), combine("q1", "i <= K", mul="no"),
                            intro("q2", _close("a(i)", "w(i,j)", "y(i)", "v(i,j)", "tol")[1:-1], "hx",
                                  combine("w0", mul="no")), witness("x0")),
                      witness("y0", f="i -> i"))],
               [intro("z", None, "h0", apply("u0", "ih"),
                      apply("w0", "h", f"some u:int | {_chosen('(e+1)', 'u')}", i="e + 1"),
                      obtain("z1", "u0", "old", obtain(
                          "z2", "w0", "u1 u2 u3",
                          apply("E", "covering.append", "some F:int->int | F(e+1) = u, (all i:int | i <= e => F(i) ="
                                                        " f(i))", p="i -> f(i)", n="e", c="u"),
                          obtain("z3", "E", "F1 F2",
                                 intro("o", f"all i:int | 1 <= i, i <= e + 1 => some | {_chosen('i', 'F(i)')}", "i1 i2",
                                       apply("or1", "ax.int_split", m="i", n="e + 1"),
                                       cases("t", "or1", "c",
                                             [apply("b", "ax.cong_ii", f="t -> F(t)", x="i", y="e + 1"),
                                              combine("Fi", "F(i) = u", "b F1"), combine("q1", "1 <= F(i)", "Fi u1"),
                                              combine("q2", "F(i) <= K", "Fi u2"),
                                              intro("q3", _close("a(i)", "w(i,j)", "y(F(i))", "v(F(i),j)", "tol")[1:-1],
                                                    "hx", apply("r", "u3", x="j -> x(j)"),
                                                    apply("r1", "ax.cong_int", f=f"t -> {_far('t', 'u')}", x="i",
                                                          y="e + 1"),
                                                    apply("r2", "ax.cong_int", f=f"t -> {_far('i', 't')}", x="F(i)",
                                                          y="u"), combine("r3", facts="r r1 r2")),
                                              witness("s1")],
                                             [apply("o1", "old", i="i"), apply("Fi", "F2", i="i"),
                                              obtain("s1", "o1", "v1 v2 v3", combine("q1", "1 <= F(i)", "Fi v1"),
                                                     combine("q2", "F(i) <= K", "Fi v2"),
                                                     intro("q3",
                                                           _close("a(i)", "w(i,j)", "y(F(i))", "v(F(i),j)",
                                                                  "tol")[1:-1], "hx", apply("r", "v3", x="j -> x(j)"),
                                                           apply("r2", "ax.cong_int", f=f"t -> {_far('i', 't')}",
                                                                 x="F(i)", y="f(i)"), combine("r3", facts="r r2")),
                                                     witness("s2"))])),
                                 witness("z4", f="i -> F(i)")))))]),
        apply("J", "I", e="d"), apply("end", "J"),
    ),
)

COUNT = "p*binom(K + d - 1, d)"
"""Multisets of d of K neurons, and p cells of the output bias."""

_BIN = "binom(K + d - 1, d)"
_OUTER, _INNER = f"ceil(k/{_BIN})", f"(k - (ceil(k/{_BIN}) - 1)*{_BIN})"


def output(a: str, w: str, c: str) -> str:
    """The value of a network of d units as text."""
    return f"sum(i=1..d: {a}*s({dot(w)})) + {c}"


def _box(k: str = "") -> str:
    """w, a and c lie in the box."""
    return ("(all i j:int | 1 <= i, i <= d, 1 <= j, j <= n + 1 => abs(w(i,j)) <= B),"
            " (all i:int | 1 <= i, i <= d => abs(a(i)) <= B), abs(c) <= B")


def covered(y: str, v: str, z: str) -> str:
    """Every network of the box is within eps of one of the list."""
    near = f"abs({output('a(i)', 'w(i,j)', 'c')} - ({output(y, v, z)})) <= eps"
    return (f"(all w:(i:int,j:int)->real, a:int->real, c:real | {_box()} => some k:int | 1 <= k, k <= {COUNT},"
            f" (all x:int->real | sum(j=1..n+1: abs(x(j))) <= R => {near}))")


ERROR = f"d*({TOLERANCE}) + B/p"
"""The error of d neurons and of the output bias."""

_LIST = ("some y:int->real, v:(k:int,j:int)->real | (all k:int => abs(y(k)) <= B), (all k j:int => abs(v(k,j)) <= B),"
         " (all w:int->real, a:real | (all j:int | 1 <= j, j <= n + 1 => abs(w(j)) <= B), abs(a) <= B"
         f" => some k:int | 1 <= k, k <= K, {_close('a', 'w(j)', 'y(k)', 'v(k,j)', TOLERANCE)})")

_SK = f"S({_INNER},i)"
_ZK = centre(_OUTER, "B", "p")
_CELL = cell("c", "B", "p")


def _unit(k: str) -> str:
    return f"y({k})*s({dot(f'v({k},j)')})"


_ORIGINAL = f"a(i)*s({dot('w(i,j)')})"

_ERROR_STEPS: tuple[Step, ...] = (
    # units: listed neuron S(k1, i) = f(p'(i)); the sum over i is the sum over the neurons f(i)
    intro("e1", f"all i:int | 1 <= i, i <= d => {_unit('S(r,i)')} = {_unit('f(P(i))')}", "i1 i2",
          apply("a0", "r3", i="i"), apply("z", "ax.cong_int", f=f"t -> {_unit('t')}", x="S(r,i)", y="f(P(i))")),
    apply("e2", "textbook.sum_cong", f=f"i -> {_unit('S(r,i)')}", g=f"i -> {_unit('f(P(i))')}", a="1", b="d"),
    apply("e3", "textbook.sum_bijection", f=f"i -> {_unit('f(i)')}", p="i -> P(i)", v="i -> Q(i)", n="d"),
    intro("e4", f"all l:int | 1 <= l, l <= d => abs({_ORIGINAL.replace('(i', '(l')} - {_unit('f(l)')}) <= {TOLERANCE}",
          "i1 i2", apply("a0", "sel", i="l"), obtain("y0", "a0", "b1 b2 b3", apply("z", "b3", x="j -> x(j)"))),
    apply("e5", "textbook.sum_abs", f=f"i -> {_ORIGINAL} - {_unit('f(i)')}", g=f"i -> {TOLERANCE}", a="1", b="d"),
    apply("e6", "textbook.sum_const", c=TOLERANCE, n="d"),
    apply("e7", "textbook.sum_add", f=f"i -> {_ORIGINAL}", g=f"i -> -1*({_unit('f(i)')})", a="1", b="d"),
    apply("e8", "textbook.sum_scale", f=f"i -> -1*({_unit('f(i)')})", g=f"i -> {_unit('f(i)')}", c="-1", a="1", b="d"),
    combine("e9", f"abs(sum(i=1..d: {_ORIGINAL} - {_unit('f(i)')})) <= d*({TOLERANCE})", "e5 e6", degree=1),
    apply("f1", "textbook.abs_add_le", f"abs(sum(i=1..d: {_ORIGINAL} - {_unit('f(i)')}) + (c -"
          f" {centre('(' + _CELL + ')', 'B', 'p')})) <= d*({TOLERANCE}) + B/p"),
    # the network of code k
    apply("f2", "ax.cong_int", f=f"t -> sum(i=1..d: {_unit('S(t,i)')})", x=_INNER, y="r"),
    combine("f3", f"{_ZK} = {centre('(' + _CELL + ')', 'B', 'p')}", "k3"),
    combine("x1", f"sum(i=1..d: {_unit(_SK)}) = sum(i=1..d: {_unit('f(i)')})", "f2 e2 e3"),
    combine("x2", f"sum(i=1..d: {_ORIGINAL} - {_unit('f(i)')}) = sum(i=1..d: {_ORIGINAL})"
                  f" - sum(i=1..d: {_unit('f(i)')})", "e7 e8"),
    combine("f4", f"{output('a(i)', 'w(i,j)', 'c')} - ({output(f'y({_SK})', f'v({_SK},j)', _ZK)})"
            f" = sum(i=1..d: {_ORIGINAL} - {_unit('f(i)')}) + (c - {centre('(' + _CELL + ')', 'B', 'p')})",
            "x1 x2 f3"),
    apply("f5", "ax.cong", f="t -> abs(t)",
          x=f"{output('a(i)', 'w(i,j)', 'c')} - ({output(f'y({_SK})', f'v({_SK},j)', _ZK)})",
          y=f"sum(i=1..d: {_ORIGINAL} - {_unit('f(i)')}) + (c - {centre('(' + _CELL + ')', 'B', 'p')})"),
    combine("f6", facts="f5 f1 hE", degree=1),
)

_PARTS = ("1 <= P(i)", "P(i) <= d", "1 <= Q(i)", "Q(i) <= d", "Q(P(i)) = i", "P(Q(i)) = i")

_COVER_STEPS: tuple[Step, ...] = (
    intro("h1", f"all i:int | 1 <= i, i <= d => some k:int | {_chosen('i', 'k', TOLERANCE)}", "i1 i2",
          intro("wi", "all j:int | 1 <= j, j <= n + 1 => abs(w(i,j)) <= B", "j1 j2", apply("z", "hw", i="i", j="j")),
          apply("ai", "ha", i="i"), apply("z", "near", w="j -> w(i,j)", a="a(i)")),
    apply("C", "covering.choose_neurons", s="t -> s(t)", w="i, j -> w(i,j)", a="i -> a(i)", y="k -> y(k)",
          v="k, j -> v(k,j)", n="n", d="d", K="K", tol=TOLERANCE, R="R"),
    apply("gc", "covering.grid_cell", B="B", x="c", m="p"),
    obtain("z4", "C", "sel",
           intro("u1", "all i:int | 1 <= i, i <= d => 1 <= f(i)", "i1 i2", apply("a0", "sel", i="i"),
                 obtain("z", "a0", "b1 b2 b3", apply("y0", "b1"))),
           intro("u2", "all i:int | 1 <= i, i <= d => f(i) <= K", "i1 i2", apply("a0", "sel", i="i"),
                 obtain("z", "a0", "b1 b2 b3", apply("y0", "b2"))),
           apply("O", "covering.sort", f"some P Q:int->int | {permutation('P', 'Q', 'd')}, {sorted_by('f', 'P', 'd')}",
                 b="i -> f(i)", n="d"),
           obtain("z5", "O", "pq up",
                  *(intro(f"s{k}", f"all i:int | 1 <= i, i <= d => {part}", "i1 i2", apply("a0", "pq", i="i"),
                          obtain("z", "a0", "b1 b2 b3 b4 b5 b6", apply("y0", f"b{k}")))
                    for k, part in enumerate(_PARTS, 1)),
                  intro("g1", "all i:int | 1 <= i, i <= d => 1 <= f(P(i))", "i1 i2", apply("a0", "s1", i="i"),
                        apply("a1", "s2", i="i"), apply("z", "u1", i="P(i)")),
                  intro("g2", "all i:int | 1 <= i, i <= d => f(P(i)) <= K", "i1 i2", apply("a0", "s1", i="i"),
                        apply("a1", "s2", i="i"), apply("z", "u2", i="P(i)")),
                  apply("L", "seq", f"some r:int | 1 <= r, r <= {_BIN}, (all i:int | 1 <= i, i <= d => S(r,i) ="
                                    " f(P(i)))", f="i -> f(P(i))"),
                  obtain("z6", "L", "r1 r2 r3", obtain(
                      "z7", "gc", "c1 c2 c3 c4",
                      apply("code", "covering.pair_code", n=_BIN, N="p", x=_CELL, y="r"),
                      obtain("z8", "code", "k1 k2 k3 k4",
                             intro("fin", "all x:int->real | sum(j=1..n+1: abs(x(j))) <= R => abs("
                                   f"{output('a(i)', 'w(i,j)', 'c')} - ({output(f'y({_SK})', f'v({_SK},j)', _ZK)}))"
                                   " <= eps", "hx", *_ERROR_STEPS),
                             witness("z9", k="k")))))),
)

def many(size: str, count: str) -> tuple[Step, ...]:
    """There is at least one listed neuron, so that the binomial coefficient is defined: 1 <= M and the value of K."""
    return (apply("m1", "textbook.pow_ge_one", "1 <= pow(m, n)", x="m", n="n"),
            combine("M1", "1 <= M*(n + 1)", f"{size} o1"), combine("K1", "1 <= K", f"{count} m1 M1"))


NETWORKS = Lemma(
    "covering.homogeneous_networks", "p C(K + d - 1, d) networks of the box are near all networks of the box",
    statement(
        "all s:real->real, n d m M p K:int, B rho R eps:real | hn: 0 <= n, hd: 0 <= d, hm: 1 <= m, hM: 1 <= M,"
        f" hp: 1 <= p, hB: 0 < B, hrho: 0 <= rho, hs: {HOMOGENEOUS}, hL: {LIPSCHITZ},"
        f" hK: K = 2*M*(n + 1)*pow(m, n), hE: {ERROR} <= eps"
        " => some y:(k:int,i:int)->real, v:(k:int,i:int,j:int)->real, z:int->real | (all k i:int => abs(y(k,i)) <= B),"
        f" (all k i j:int => abs(v(k,i,j)) <= B), (all k:int | 1 <= k, k <= {COUNT} => abs(z(k)) <= B),"
        f" {covered('y(k,i)', 'v(k,i,j)', 'z(k)')}"),
    (
        apply("m1", "textbook.pow_ge_one", "1 <= pow(m, n)", x="m", n="n"),
        combine("M1", "1 <= M*(n + 1)", "hM hn"), combine("K1", "1 <= K", "hK m1 M1"),
        apply("bin", "covering.binom_ge_one", n="K + d - 1", k="d"),
        apply("N", "covering.list_neurons", _LIST, s="t -> s(t)", n="n", m="m", M="M", K="K", B="B", rho="rho", R="R"),
        apply("SQ", "covering.list_sequences", f"some S:(k:int,i:int)->int | (all f:int->int |"
              f" {ranged('f', 'd', 'K')}, {rising('f', 'd')} => some k:int | 1 <= k, k <= {_BIN},"
              " (all i:int | 1 <= i, i <= d => S(k,i) = f(i)))", a="d", m="K"),
        obtain("end", "N", "yB vB near", obtain(
            "z1", "SQ", "seq",
            intro("cov", covered(f"y({_SK})", f"v({_SK},j)", _ZK)[1:-1], "hw ha hc", *_COVER_STEPS),
            intro("B1", f"all k i:int => abs(y({_SK})) <= B", "", apply("z", "yB", k=_SK)),
            intro("B2", f"all k i j:int => abs(v({_SK},j)) <= B", "", apply("z", "vB", k=_SK, j="j")),
            intro("B3", f"all k:int | 1 <= k, k <= {COUNT} => abs({_ZK}) <= B", "k1 k2",
                  apply("P", "covering.pair_decode", n=_BIN, N="p", k="k"),
                  obtain("z", "P", "x1 x2 x3 x4",
                         apply("y0", "covering.centre_in_box", B="B", m="p", t=_OUTER))),
            witness("z2", y=f"k, i -> y({_SK})", v=f"k, i, j -> v({_SK},j)", z=f"k -> {_ZK}"))),
    ),
    posed=((), (), (), (), *(many("o4", "o10"),)*2),
)

LEMMAS = (CHOICE, NETWORKS)

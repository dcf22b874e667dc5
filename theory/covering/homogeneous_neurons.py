"""Neurons with a positively homogeneous activation: polar form, and a finite list near all of them.

A neuron a sigma(w . x) with |w_j|, |a| <= B is z sigma(u . x) with |z| <= B^2 and a direction u of sup norm one, one
coordinate of which is 1 or -1. So n + 1 weights and one outer weight need a grid of n + 1 dimensions: M cells for z,
2 (n + 1) faces, m^n cells on a face.
"""

from __future__ import annotations

from theory.covering.grid import cell, centre
from theory.covering.representatives_lists import ranged
from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain, witness

HOMOGENEOUS = "(all y u:real | 0 < y => s(y*u) = y*s(u))"
"""s is positively homogeneous."""

WEIGHTED_SUM = Lemma(
    "covering.weighted_sum", "|u . x| <= r R if |u_j| <= r and the |x_j| sum to at most R",
    statement("all u x:int->real, P:int, r R:real | hP: 0 <= P, hr: 0 <= r,"
              " hu: (all j:int | 1 <= j, j <= P => abs(u(j)) <= r), hx: sum(j=1..P: abs(x(j))) <= R"
              " => abs(sum(j=1..P: u(j)*x(j))) <= r*R"),
    (
        intro("t", "all l:int | 1 <= l, l <= P => abs(u(l)*x(l)) <= r*abs(x(l))", "l1 l2", apply("a", "hu", j="l"),
              combine("b", "abs(x(l)) <= abs(x(l))"), apply("z", "textbook.abs_mul_le")),
        apply("s", "textbook.sum_abs", f="l -> u(l)*x(l)", g="l -> r*abs(x(l))", a="1", b="P"),
        apply("k", "textbook.sum_scale", "sum(j=1..P: r*abs(x(j))) = r*sum(j=1..P: abs(x(j)))",
              f="l -> r*abs(x(l))", g="l -> abs(x(l))", c="r", a="1", b="P"),
        combine("m", "r*sum(j=1..P: abs(x(j))) <= r*R", "hr hx"), combine("end", facts="s k m", degree=1),
    ),
)

LARGEST = Lemma(
    "covering.largest_real", "A non-empty finite sequence of reals has a largest entry",
    statement("all b:int->real, n:int | hn: 1 <= n"
              " => some M:int | 1 <= M, M <= n, (all i:int | 1 <= i, i <= n => b(i) <= b(M))"),
    (
        induct("K", "all k:int | 1 <= k => some M:int | 1 <= M, M <= k, (all i:int | 1 <= i, i <= k => b(i) <= b(M))",
               "hk ih",
               [intro("a", "all i:int | 1 <= i, i <= 1 => b(i) <= b(1)", "i1 i2",
                      apply("e", "ax.antisym", x="i", y="1"),
                      apply("g", "ax.cong_int", f="t -> b(t)", x="i", y="1"), combine("z", facts="g")),
                witness("z", M="1")],
               [obtain("z", "ih", "m1 m2 m3", apply("or1", "ax.total", x="b(M)", y="b(k + 1)"),
                       cases("y", "or1", "c", *(
                           [intro("a", f"all i:int | 1 <= i, i <= k + 1 => b(i) <= b({top})", "i1 i2",
                                  apply("or2", "ax.int_split", m="i", n="k + 1"),
                                  cases("x", "or2", "e",
                                        [apply("g", "ax.cong_int", f="t -> b(t)", x="i", y="k + 1"),
                                         combine("w", facts="g c")],
                                        [apply("g", "m3", i="i"), combine("w", facts="g c")])),
                            witness("x", M=top)] for top in ("k + 1", "M"))))]),
        apply("end", "K", k="n"),
    ),
)

SIGN = Lemma(
    "covering.sign_of", "Every real is 1 or -1 times its absolute value; the sign is 2 e - 3 with e = 1, 2",
    statement("all x:real => some e:int | 1 <= e, e <= 2, x = (2*e - 3)*abs(x)"),
    (
        apply("p", "ax.abs_ge", x="x"), apply("m", "ax.abs_neg", x="x"), apply("or1", "ax.total", x="0", y="x"),
        cases("end", "or1", "c",
              [combine("a", "-x <= x", "c"), combine("a0", "x <= x"), apply("b", "ax.abs_le", x="x", y="x"),
               apply("q1", "ax.antisym", x="x", y="abs(x)"), combine("q2", "x = (2*2 - 3)*abs(x)", "q1"),
               witness("z", e="2")],
              [combine("a", "x <= -x", "c"), combine("a0", "-x <= -x"), apply("b", "ax.abs_le", x="x", y="-x"),
               apply("q1", "ax.antisym", x="-x", y="abs(x)"), combine("q2", "x = (2*1 - 3)*abs(x)", "q1"),
               witness("z", e="1")]),
    ),
)

AT_ZERO = Lemma(
    "covering.homogeneous_zero", "A positively homogeneous function vanishes at 0",
    statement(f"all s:real->real | hs: {HOMOGENEOUS} => s(0) = 0"),
    (apply("a", "hs", "s(0) = 2*s(0)", y="2", u="0"), combine("end", facts="a")),
)

_J = "1 <= j, j <= P"
_POLAR = (f"some u:int->real, z:real, k e:int | abs(z) <= B*B, (all j:int | {_J} => abs(u(j)) <= 1), 1 <= k, k <= P,"
          " 1 <= e, e <= 2, u(k) = 2*e - 3,"
          " (all x:int->real => a*s(sum(j=1..P: w(j)*x(j))) = z*s(sum(j=1..P: u(j)*x(j))))")

_MU = "abs(w(M))"

_ZERO_WEIGHTS = (
    combine("z1", "0 <= B", "ha0"), combine("zz", "0 <= B*B", "z1"), apply("za", "ax.abs_le", x="0", y="B*B"),
    combine("o1", "1 <= 1"), combine("o2", "-1 <= 1"), apply("oa", "ax.abs_le", x="1", y="1"),
    intro("us", f"all j:int | {_J} => abs(1) <= 1", "j1 j2", combine("z", facts="oa")),
    intro("same", "all x:int->real => a*s(sum(j=1..P: w(j)*x(j))) = 0*s(sum(j=1..P: 1*x(j)))", "",
          intro("t", f"all j:int | {_J} => w(j)*x(j) = 0*x(j)", "j1 j2",
                apply("le", "M3", i="j"), apply("p", "ax.abs_ge", x="w(j)"), apply("m", "ax.abs_neg", x="w(j)"),
                combine("lo", "w(j) <= 0", "le c p"), combine("hi", "0 <= w(j)", "le c m"),
                apply("o", "ax.antisym", x="w(j)", y="0"), combine("z", facts="o")),
          apply("sm", "textbook.sum_scale", f="j -> w(j)*x(j)", g="j -> x(j)", c="0", a="1", b="P"),
          combine("s0", "sum(j=1..P: w(j)*x(j)) = 0", "sm"),
          apply("cg", "ax.cong", f="v -> s(v)", x="sum(j=1..P: w(j)*x(j))", y="0"),
          apply("at0", "covering.homogeneous_zero", s="v -> s(v)"), combine("z", facts="cg at0")),
    witness("z", u="j -> 1", z="0", k="1", e="2"),
)

_SCALED_WEIGHTS = (
    apply("mB", "hw", j="M"),
    combine("mu1", f"-{_MU} <= B", "c mB"), apply("mA", "ax.abs_le", x=_MU, y="B"),
    apply("zb", "textbook.abs_mul_le", f"abs(a*{_MU}) <= B*B"),
    intro("us", f"all j:int | {_J} => abs(w(j)/{_MU}) <= 1", "j1 j2",
          apply("le", "M3", i="j"), apply("p", "ax.abs_ge", x="w(j)"), apply("m", "ax.abs_neg", x="w(j)"),
          combine("lo", f"w(j) <= {_MU}", "le p"), combine("hi", f"-w(j) <= {_MU}", "le m"),
          combine("lo1", f"w(j)/{_MU} <= 1", "lo", mul="c", degree=1),
          combine("hi1", f"-(w(j)/{_MU}) <= 1", "hi", mul="c", degree=1),
          apply("z", "ax.abs_le", x=f"w(j)/{_MU}", y="1")),
    apply("sg", "covering.sign_of", x="w(M)"),
    obtain("y", "sg", "e1 e2 e3",
           combine("top", f"w(M)/{_MU} = 2*e - 3", "e3 c", rounds=3),
           intro("same", f"all x:int->real => a*s(sum(j=1..P: w(j)*x(j)))"
                         f" = a*{_MU}*s(sum(j=1..P: w(j)/{_MU}*x(j)))", "",
                 intro("t", f"all j:int | {_J} => w(j)*x(j) = {_MU}*(w(j)/{_MU}*x(j))", "j1 j2",
                       combine("z", facts="c")),
                 apply("sm", "textbook.sum_scale", f="j -> w(j)*x(j)", g=f"j -> w(j)/{_MU}*x(j)", c=_MU, a="1",
                       b="P"),
                 apply("cg", "ax.cong", f="v -> s(v)", x="sum(j=1..P: w(j)*x(j))",
                       y=f"{_MU}*sum(j=1..P: w(j)/{_MU}*x(j))"),
                 apply("ho", "hs", y=_MU, u=f"sum(j=1..P: w(j)/{_MU}*x(j))"), combine("z", facts="cg ho")),
           witness("z", u=f"j -> w(j)/{_MU}", z=f"a*{_MU}", k="M", e="e")),
)

POLAR = Lemma(
    "covering.neuron_polar", "A neuron is an amplitude times a neuron whose weights have sup norm one",
    statement(f"all s:real->real, w:int->real, P:int, a B:real | hP: 1 <= P, hs: {HOMOGENEOUS},"
              f" hw: (all j:int | {_J} => abs(w(j)) <= B), ha: abs(a) <= B => {_POLAR}"),
    (
        apply("ha1", "ax.abs_ge", x="a"), apply("ha2", "ax.abs_neg", x="a"), combine("ha0", "0 <= B", "ha ha1 ha2"),
        apply("L", "covering.largest_real", b="j -> abs(w(j))", n="P"),
        obtain("end", "L", "M1 M2 M3", apply("or1", "ax.total", x=_MU, y="0"),
               cases("y", "or1", "c", list(_ZERO_WEIGHTS), list(_SCALED_WEIGHTS))),
    ),
)

_SKIP = "u(iite(i,k-1,i,i+1))"
_T = cell(_SKIP, "1", "m")
_ENTRY = (f"ite(j, k - 1, {centre('D(t,j)', '1', 'm')}, ite(j, k, 2*e - 3, {centre('D(t,j-1)', '1', 'm')}))")


def _filled(entry: str) -> str:
    """Every direction u with u(k) = 2 e - 3 is near an entry of the list of the face (k, e)."""
    return (f"(all u:int->real, k e:int | (all j:int | 1 <= j, j <= n + 1 => abs(u(j)) <= 1), 1 <= k, k <= n + 1,"
            " 1 <= e, e <= 2, u(k) = 2*e - 3 => some t:int | 1 <= t, t <= N,"
            f" (all j:int | 1 <= j, j <= n + 1 => some | abs(u(j) - {entry}) <= 1/m, abs({entry}) <= 1))")


_IN_CELL = (
    apply("or2", "ax.total", x="i", y="k - 1"),
    cases("ix", "or2", "c2",
          [apply("q1", "ax.iite_then", a="i", b="k - 1", x="i", y="i + 1"),
           combine("b1", "1 <= iite(i,k-1,i,i+1)", "q1 i1"), combine("b2", "iite(i,k-1,i,i+1) <= n + 1", "q1 i2")],
          [apply("q1", "ax.iite_else", a="i", b="k - 1", x="i", y="i + 1"),
           combine("b1", "1 <= iite(i,k-1,i,i+1)", "q1 i1"), combine("b2", "iite(i,k-1,i,i+1) <= n + 1", "q1 i2")],
          goal="some | 1 <= iite(i,k-1,i,i+1), iite(i,k-1,i,i+1) <= n + 1"),
    obtain("bx", "ix", "b1 b2", apply("y", "hu", j="iite(i,k-1,i,i+1)"), goal=f"abs({_SKIP}) <= 1"),
    apply("gc", "covering.grid_cell", B="1", x=_SKIP, m="m"),
)


def _near(place: str, index: str, rule: str) -> tuple[Step, ...]:
    """The entry at j is the centre of the cell of u(j); `place` is where the list of functions holds it."""
    at = _T.replace("iite(i,k-1,i,i+1)", f"iite({place},k-1,{place},{place}+1)")
    skip = _SKIP.replace("iite(i,k-1,i,i+1)", f"iite({place},k-1,{place},{place}+1)")
    return (
        apply("D1", "t3", i=place), apply("gi", "G", i=place),
        apply("q1", f"ax.iite_{rule}", a=place, b="k - 1", x=place, y=f"{place} + 1"),
        combine("qj", f"iite({place},k-1,{place},{place}+1) = j", "q1"),
        apply("cu", "ax.cong_int", f="v -> u(v)", x=f"iite({place},k-1,{place},{place}+1)", y="j"),
        obtain("z", "gi", "g1 g2 g3 g4",
               combine("same", f"u(j) - {_ENTRY} = {skip} - {centre('(' + at + ')', '1', 'm')}", f"{index} D1 cu",
                       rounds=4),
               apply("ca", "ax.cong", f="v -> abs(v)", x=f"u(j) - {_ENTRY}",
                     y=f"{skip} - {centre('(' + at + ')', '1', 'm')}"),
               combine("r1", f"abs(u(j) - {_ENTRY}) <= 1/m", "g3 ca"),
               combine("same2", f"{_ENTRY} = {centre('(' + at + ')', '1', 'm')}", f"{index} D1", rounds=4),
               apply("cb", "ax.cong", f="v -> abs(v)", x=_ENTRY, y=centre("(" + at + ")", "1", "m")),
               combine("r2", f"abs({_ENTRY}) <= 1", "g4 cb"), witness("y")),
    )


_C1, _C2 = centre("D(t,j)", "1", "m"), centre("D(t,j-1)", "1", "m")
_REST = f"ite(j, k, 2*e - 3, {_C2})"

DIRECTIONS = Lemma(
    "covering.list_directions", "On each of the 2 (n + 1) faces of [-1, 1]^(n+1), m^n directions are within 1/m of all",
    statement("all n m:int | hn: 0 <= n, hm: 1 <= m => some N:int, U:(e:int,k:int,t:int,j:int)->real | 1 <= N,"
              f" N = pow(m, n), {_filled('U(e,k,t,j)')}"),
    (
        combine("mp", "0 < m", "hm"), apply("rm", "ax.recip_pos", x="m"),
        apply("F", "covering.list_functions", "some N:int, D:(k:int,i:int)->int | 1 <= N, N = pow(m, n),"
              f" (all f:int->int | {ranged('f', 'n', 'm')} => some k:int | 1 <= k, k <= N,"
              " (all i:int | 1 <= i, i <= n => D(k,i) = f(i)))", m="m", n="n"),
        obtain("end", "F", "N1 N2 cov",
               intro("near", _filled(_ENTRY)[1:-1], "hu k1 k2 e1 e2 uk",
                     intro("G", f"all i:int | 1 <= i, i <= n => some | 1 <= {_T}, {_T} <= m,"
                                f" abs({_SKIP} - {centre('(' + _T + ')', '1', 'm')}) <= 1/m,"
                                f" abs({centre('(' + _T + ')', '1', 'm')}) <= 1", "i1 i2", *_IN_CELL),
                     intro("lo", f"all i:int | 1 <= i, i <= n => 1 <= {_T}", "i1 i2", apply("a", "G", i="i"),
                           obtain("z", "a", "a1 a2 a3 a4", apply("y", "a1"))),
                     intro("hi", f"all i:int | 1 <= i, i <= n => {_T} <= m", "i1 i2", apply("a", "G", i="i"),
                           obtain("z", "a", "a1 a2 a3 a4", apply("y", "a2"))),
                     apply("C", "cov", f"some t:int | 1 <= t, t <= N, (all i:int | 1 <= i, i <= n => D(t,i) = {_T})",
                           f=f"i -> {_T}"),
                     obtain("z", "C", "t1 t2 t3",
                            intro("o", f"all j:int | 1 <= j, j <= n + 1 => some | abs(u(j) - {_ENTRY}) <= 1/m,"
                                       f" abs({_ENTRY}) <= 1", "j1 j2",
                                  apply("or3", "ax.total", x="j", y="k - 1"),
                                  cases("z", "or3", "c3",
                                        [apply("v1", "ax.ite_then", a="j", b="k - 1", x=_C1, y=_REST),
                                         combine("jn", "j <= n", "c3 k2"), *_near("j", "v1", "then")],
                                        [apply("v1", "ax.ite_else", a="j", b="k - 1", x=_C1, y=_REST),
                                         apply("jk", "ax.int_step", m="k - 1", n="j"),
                                         apply("or4", "ax.int_split", m="k", n="j"),
                                         cases("y", "or4", "c4",
                                               [apply("v2", "ax.ite_then", a="j", b="k", x="2*e - 3", y=_C2),
                                                apply("cu", "ax.cong_int", f="v -> u(v)", x="j", y="k"),
                                                combine("E", f"{_ENTRY} = 2*e - 3", "v1 v2"),
                                                combine("zero", f"u(j) - {_ENTRY} = 0", "E cu uk", rounds=3),
                                                apply("ca", "ax.cong", f="v -> abs(v)", x=f"u(j) - {_ENTRY}", y="0"),
                                                combine("n2", "-0 <= 1/m", "rm"),
                                                apply("nl", "ax.abs_le", x="0", y="1/m"),
                                                combine("r1", f"abs(u(j) - {_ENTRY}) <= 1/m", "nl ca"),
                                                combine("p1", f"{_ENTRY} <= 1", "E e2"),
                                                combine("p2", f"-{_ENTRY} <= 1", "E e1"),
                                                apply("r2", "ax.abs_le", x=_ENTRY, y="1"), witness("x")],
                                               [apply("v2", "ax.ite_else", a="j", b="k", x="2*e - 3", y=_C2),
                                                combine("E", f"{_ENTRY} = {_C2}", "v1 v2"),
                                                *_near("(j-1)", "E", "else")])])),
                            witness("y", t="t"))),
               witness("z", N="N", U=f"e, k, t, j -> {_ENTRY}")),
    ),
)

LEMMAS = (WEIGHTED_SUM, LARGEST, SIGN, AT_ZERO, POLAR, DIRECTIONS)

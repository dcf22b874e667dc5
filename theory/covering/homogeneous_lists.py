"""A finite list of neurons near every neuron with a positively homogeneous activation, and one of whole networks.

K = 2 M (n + 1) m^n neurons of the box, each given by an amplitude cell 1..M, a face and a direction cell; networks are
multisets of d of them and a cell of the output bias: p C(K + d - 1, d).
"""

from __future__ import annotations

from theory.covering.grid import cell, centre
from theory.covering.homogeneous_neurons import HOMOGENEOUS
from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, intro, obtain, witness

PAIRS = Lemma(
    "covering.pair_functions", "Two functions read the pairs (x, y) of 1..N times 1..n off the numbers 1..N n",
    statement("all N n:int | hn: 1 <= n => some f g:int->int | (all x y:int | 1 <= x, x <= N, 1 <= y, y <= n"
              " => some k:int | 1 <= k, k <= N*n, f(k) = x, g(k) = y)"),
    (
        intro("o", "all x y:int | 1 <= x, x <= N, 1 <= y, y <= n => some k:int | 1 <= k, k <= N*n, ceil(k/n) = x,"
                   " k - (ceil(k/n) - 1)*n = y", "x1 x2 y1 y2",
              apply("z", "covering.pair_code", n="n", N="N", x="x", y="y")),
        witness("end", f="k -> ceil(k/n)", g="k -> k - (ceil(k/n) - 1)*n"),
    ),
    posed=(),
)

_READ = "some {k}:int | 1 <= {k}, {k} <= {N}, {f}({k}) = {x}, {g}({k}) = {y}"


def _pairs(name: str, f: str, g: str, first: str, second: str) -> Step:
    """The pairs of 1..first times 1..second, read by f and g."""
    return apply(name, "covering.pair_functions",
                 f"some {f} {g}:int->int | (all x y:int | 1 <= x, x <= {first}, 1 <= y, y <= {second}"
                 f" => some k:int | 1 <= k, k <= {first}*{second}, {f}(k) = x, {g}(k) = y)", N=first, n=second)


QUADRUPLES = Lemma(
    "covering.quadruple_functions", "Four functions read the quadruples off the numbers 1..C 2 P N",
    statement("all C P N:int | hP: 1 <= P, hN: 1 <= N => some c e k t:int->int | (all x y z v:int | 1 <= x, x <= C,"
              " 1 <= y, y <= 2, 1 <= z, z <= P, 1 <= v, v <= N => some a:int | 1 <= a, a <= C*(2*(P*N)), c(a) = x,"
              " e(a) = y, k(a) = z, t(a) = v)"),
    (
        combine("PN", "1 <= P*N", "hP hN"), combine("PN2", "1 <= 2*(P*N)", "PN"),
        _pairs("q1", "f", "g", "C", "(2*(P*N))"), _pairs("q2", "f2", "g2", "2", "(P*N)"),
        _pairs("q3", "f3", "g3", "P", "N"),
        obtain("end", "q1", "a1", obtain("z1", "q2", "a2", obtain(
            "z2", "q3", "a3",
            intro("o", "all x y z v:int | 1 <= x, x <= C, 1 <= y, y <= 2, 1 <= z, z <= P, 1 <= v, v <= N => some"
                       " a:int | 1 <= a, a <= C*(2*(P*N)), f(a) = x, f2(g(a)) = y, f3(g2(g(a))) = z, g3(g2(g(a))) = v",
                  "x1 x2 y1 y2 z1' z2' v1 v2",
                  apply("b3", "a3", _READ.format(k="k3", N="P*N", f="f3", g="g3", x="z", y="v"), x="z", y="v"),
                  obtain("w1", "b3", "k31 k32 k33 k34",
                         apply("b2", "a2", _READ.format(k="k2", N="2*(P*N)", f="f2", g="g2", x="y", y="k3"), x="y",
                               y="k3"),
                         obtain("w2", "b2", "k21 k22 k23 k24",
                                apply("b1", "a1", _READ.format(k="a", N="C*(2*(P*N))", f="f", g="g", x="x", y="k2"),
                                      x="x", y="k2"),
                                obtain("w3", "b1", "k11 k12 k13 k14",
                                       apply("c1", "ax.cong_ii", f="r -> f2(r)", x="g(a)", y="k2"),
                                       combine("d1", "f2(g(a)) = y", "c1 k23"),
                                       apply("c2", "ax.cong_ii", f="r -> g2(r)", x="g(a)", y="k2"),
                                       combine("d2", "g2(g(a)) = k3", "c2 k24"),
                                       apply("c3", "ax.cong_ii", f="r -> f3(r)", x="g2(g(a))", y="k3"),
                                       combine("d3", "f3(g2(g(a))) = z", "c3 k33"),
                                       apply("c4", "ax.cong_ii", f="r -> g3(r)", x="g2(g(a))", y="k3"),
                                       combine("d4", "g3(g2(g(a))) = v", "c4 k34"),
                                       witness("w4", a="a"))))),
            witness("z3", c="a -> f(a)", e="a -> f2(g(a))", k="a -> f3(g2(g(a)))", t="a -> g3(g2(g(a)))")))),
    ),
)

_CUT = "ite(abs(F(k,j)), B, F(k,j), 0)"

CUT = Lemma(
    "covering.cut", "A family of reals can be changed outside [-B, B] so that all its members lie there",
    statement("all F:(k:int,j:int)->real, B:real | hB: 0 <= B => some G:(k:int,j:int)->real |"
              " (all k j:int => abs(G(k,j)) <= B), (all k j:int | abs(F(k,j)) <= B => G(k,j) = F(k,j))"),
    (
        combine("n1", "-0 <= B", "hB"), apply("n0", "ax.abs_le", x="0", y="B"),
        intro("a", f"all k j:int => abs({_CUT}) <= B", "", apply("or1", "ax.total", x="abs(F(k,j))", y="B"),
              cases("z", "or1", "c",
                    [apply("t", "ax.ite_then", a="abs(F(k,j))", b="B", x="F(k,j)", y="0"),
                     apply("g", "ax.cong", f="v -> abs(v)", x=_CUT, y="F(k,j)"), combine("y", facts="g c")],
                    [apply("t", "ax.ite_else", a="abs(F(k,j))", b="B", x="F(k,j)", y="0"),
                     apply("g", "ax.cong", f="v -> abs(v)", x=_CUT, y="0"), combine("y", facts="g n0")])),
        intro("b", f"all k j:int | abs(F(k,j)) <= B => {_CUT} = F(k,j)", "h",
              apply("t", "ax.ite_then", a="abs(F(k,j))", b="B", x="F(k,j)", y="0")),
        witness("end", G=f"k, j -> {_CUT}"),
    ),
)

TOLERANCE = "(B^2/M + B^2/m)*(rho*R)"
"""How far a neuron of the list may be from a neuron of the box."""

LIPSCHITZ = "(all u v:real => abs(s(u) - s(v)) <= rho*abs(u - v))"
"""s is Lipschitz with the constant rho."""

_DOT = "sum(j=1..{P}: {w}*x(j))"
_NEAR = "abs({a}*s({w}) - {y}*s({v})) <= " + TOLERANCE


def _dot(w: str, size: str = "(n+1)") -> str:
    return _DOT.format(P=size, w=w)


def _close(a: str, w: str, y: str, v: str) -> str:
    """The two neurons are within the tolerance on all inputs whose absolute values sum to at most R."""
    near = _NEAR.format(a=a, w=_dot(w), y=y, v=_dot(v))
    return f"(all x:int->real | sum(j=1..n+1: abs(x(j))) <= R => {near})"


SMALL_CHANGE = Lemma(
    "covering.small_change", "How far a neuron moves with its amplitude and its direction",
    statement(
        f"all s:real->real, u v:int->real, n m M:int, z y B rho R:real | hn: 0 <= n, hm: 1 <= m, hM: 1 <= M,"
        f" hrho: 0 <= rho, hs: {HOMOGENEOUS}, hL: {LIPSCHITZ}, hz: abs(z - y) <= B^2/M, hy: abs(y) <= B^2,"
        " hu: (all j:int | 1 <= j, j <= n + 1 => abs(u(j)) <= 1),"
        " hv: (all j:int | 1 <= j, j <= n + 1 => abs(u(j) - v(j)) <= 1/m)"
        f" => {_close('z', 'u(j)', 'y', 'v(j)')}"),
    (
        intro("end", None, "hx",
              combine("mp", "0 < m", "hm"), apply("rm", "ax.recip_pos", x="m"), combine("rm0", "0 <= 1/m", "rm"),
              combine("n1", "0 <= n + 1", "hn"), combine("one", "0 <= 1"),
              apply("b1", "covering.weighted_sum", u="j -> u(j)", x="j -> x(j)", P="n + 1", r="1", R="R"),
              apply("b2", "covering.weighted_sum", u="j -> u(j) - v(j)", x="j -> x(j)", P="n + 1", r="1/m", R="R"),
              # u.x - v.x = (u - v).x
              apply("s1", "textbook.sum_add", "sum(j=1..n+1: (u(j) - v(j))*x(j)) = "
                    + _dot("u(j)") + " + sum(j=1..n+1: -1*(v(j)*x(j)))", f="j -> u(j)*x(j)", g="j -> -1*(v(j)*x(j))",
                    a="1", b="n + 1"),
              apply("s2", "textbook.sum_scale", f="j -> -1*(v(j)*x(j))", g="j -> v(j)*x(j)", c="-1", a="1", b="n + 1"),
              combine("d", f"{_dot('u(j)')} - {_dot('v(j)')} = sum(j=1..n+1: (u(j) - v(j))*x(j))", "s1 s2"),
              apply("dc", "ax.cong", f="t -> abs(t)", x=f"{_dot('u(j)')} - {_dot('v(j)')}",
                    y="sum(j=1..n+1: (u(j) - v(j))*x(j))"),
              combine("dn", f"abs({_dot('u(j)')} - {_dot('v(j)')}) <= 1/m*R", "dc b2"),
              apply("l2", "hL", u=_dot("u(j)"), v=_dot("v(j)")),
              combine("m2", f"abs(s({_dot('u(j)')}) - s({_dot('v(j)')})) <= rho*R*(1/m)", "l2 dn hrho"),
              apply("z0", "covering.homogeneous_zero", s="t -> s(t)"), apply("l1", "hL", u=_dot("u(j)"), v="0"),
              combine("e1", f"s({_dot('u(j)')}) - s(0) = s({_dot('u(j)')})", "z0"),
              apply("e2", "ax.cong", f="t -> abs(t)", x=f"s({_dot('u(j)')}) - s(0)", y=f"s({_dot('u(j)')})"),
              combine("m1", f"abs(s({_dot('u(j)')})) <= rho*R", "l1 e2 b1 hrho"),
              apply("p1", "textbook.abs_mul_le", f"abs((z - y)*s({_dot('u(j)')})) <= B^2/M*(rho*R)"),
              apply("p2", "textbook.abs_mul_le",
                    f"abs(y*(s({_dot('u(j)')}) - s({_dot('v(j)')}))) <= B^2*(rho*R*(1/m))"),
              apply("p3", "textbook.abs_add_le",
                    f"abs((z - y)*s({_dot('u(j)')}) + y*(s({_dot('u(j)')}) - s({_dot('v(j)')})))"
                    " <= B^2/M*(rho*R) + B^2*(rho*R*(1/m))"),
              combine("z9", facts="p3")),
    ),
)

_BOXED = "(all j:int | 1 <= j, j <= n + 1 => abs(w(j)) <= B)"

NEURONS = Lemma(
    "covering.list_neurons", "A list of 2 M (n + 1) m^n neurons of the box near every neuron of the box",
    statement(
        "all s:real->real, n m M K:int, B rho R:real | hn: 0 <= n, hm: 1 <= m, hM: 1 <= M, hB: 0 < B,"
        f" hrho: 0 <= rho, hs: {HOMOGENEOUS}, hL: {LIPSCHITZ}, hK: K = 2*M*(n + 1)*pow(m, n)"
        " => some y:int->real, v:(k:int,j:int)->real | (all k:int => abs(y(k)) <= B),"
        f" (all k j:int => abs(v(k,j)) <= B), (all w:int->real, a:real | {_BOXED}, abs(a) <= B"
        f" => some k:int | 1 <= k, k <= K, {_close('a', 'w(j)', 'y(k)', 'v(k,j)')})"),
    (
        combine("n1", "1 <= n + 1", "hn"), combine("BB", "0 < B*B", "hB"), combine("BB0", "0 <= B*B", "BB"),
        combine("one0", "0 <= 1"),
        apply("F", "covering.list_directions", n="n", m="m"),
        obtain("end", "F", "N1 N2 near",
               apply("Q", "covering.quadruple_functions", "some ic ie ik it:int->int | (all x y z v:int | 1 <= x,"
                     " x <= M, 1 <= y, y <= 2, 1 <= z, z <= n + 1, 1 <= v, v <= N => some a:int | 1 <= a,"
                     " a <= M*(2*((n+1)*N)), ic(a) = x, ie(a) = y, ik(a) = z, it(a) = v)", C="M", P="n + 1", N="N"),
               obtain("z1", "Q", "code",
                      apply("A", "covering.cut", "some A:(k:int,j:int)->real | (all k j:int => abs(A(k,j)) <= B*B),"
                            f" (all k j:int | abs({centre('ic(k)', '(B*B)', 'M')}) <= B*B => A(k,j) ="
                            f" {centre('ic(k)', '(B*B)', 'M')})",
                            F=f"k, j -> {centre('ic(k)', '(B*B)', 'M')}", B="B*B"),
                      apply("D", "covering.cut", "some H:(k:int,j:int)->real | (all k j:int => abs(H(k,j)) <= 1),"
                            " (all i j:int | abs(U(ie(i),ik(i),it(i),j)) <= 1 => H(i,j) = U(ie(i),ik(i),it(i),j))",
                            F="i, j -> U(ie(i),ik(i),it(i),j)", B="1"),
                      obtain("z2", "A", "A1 A2", obtain("z3", "D", "H1 H2",
                             intro("yb", "all k:int => abs(A(k,1)/B) <= B", "", apply("a", "A1", k="k", j="1"),
                                   apply("p", "ax.abs_ge", x="A(k,1)"), apply("q1", "ax.abs_neg", x="A(k,1)"),
                                   combine("lo", "A(k,1) <= B*B", "a p"), combine("hi", "-A(k,1) <= B*B", "a q1"),
                                   combine("lo1", "A(k,1)/B <= B", "lo", mul="hB", degree=1),
                                   combine("hi1", "-(A(k,1)/B) <= B", "hi", mul="hB", degree=1),
                                   apply("z", "ax.abs_le", x="A(k,1)/B", y="B")),
                             intro("vb", "all k j:int => abs(B*H(k,j)) <= B", "", apply("a", "H1", k="k", j="j"),
                                   apply("p", "ax.abs_ge", x="H(k,j)"), apply("q1", "ax.abs_neg", x="H(k,j)"),
                                   combine("lo", "H(k,j) <= 1", "a p"), combine("hi", "-H(k,j) <= 1", "a q1"),
                                   combine("lo1", "B*H(k,j) <= B", "lo hB"),
                                   combine("hi1", "-(B*H(k,j)) <= B", "hi hB"),
                                   apply("z", "ax.abs_le", x="B*H(k,j)", y="B")),
                             intro("cov", f"all w:int->real, a:real | {_BOXED}, abs(a) <= B => some k:int | 1 <= k,"
                                          f" k <= K, {_close('a', 'w(j)', 'A(k,1)/B', 'B*H(k,j)')}", "hw ha",
                                   apply("P", "covering.neuron_polar",
                                         "some u:int->real, z:real, f g:int | abs(z) <= B*B, (all j:int | 1 <= j, j <="
                                         " n + 1 => abs(u(j)) <= 1), 1 <= f, f <= n + 1, 1 <= g, g <= 2,"
                                         " u(f) = 2*g - 3, (all x:int->real =>"
                                         f" a*s({_dot('w(j)')}) = z*s({_dot('u(j)')}))",
                                         s="t -> s(t)", w="j -> w(j)", P="n + 1", a="a", B="B"),
                                   obtain("w1", "P", "zB u1 f1 f2 g1 g2 uf eq",
                                          apply("gc", "covering.grid_cell", B="B*B", x="z", m="M"),
                                          obtain("w2", "gc", "x1 x2 x3 x4",
                                                 apply("T", "near", "some r:int | 1 <= r, r <= N, (all j:int | 1 <= j,"
                                                       " j <= n + 1 => some | abs(u(j) - U(g,f,r,j)) <= 1/m,"
                                                       " abs(U(g,f,r,j)) <= 1)", u="j -> u(j)", k="f", e="g"),
                                                 obtain("w3", "T", "r1 r2 r3",
                                                        apply("I", "code", "some i:int | 1 <= i, i <= M*(2*((n+1)*N)),"
                                                              f" ic(i) = {cell('z', '(B*B)', 'M')}, ie(i) = g, ik(i) ="
                                                              " f, it(i) = r", x=cell("z", "(B*B)", "M"), y="g", z="f",
                                                              v="r"),
                                                        obtain("w4", "I", "i1 i2 i3 i4 i5 i6",
                                                               combine("iK", "i <= K", "i2 hK N2", rounds=3),
                                                               combine("cc", f"{centre('ic(i)', '(B*B)', 'M')} = "
                                                                       + centre('(' + cell('z', '(B*B)', 'M') + ')',
                                                                                '(B*B)', 'M'), "i3"),
                                                               apply("cb", "ax.cong", f="v -> abs(v)",
                                                                     x=centre('ic(i)', '(B*B)', 'M'),
                                                                     y=centre('(' + cell('z', '(B*B)', 'M') + ')',
                                                                              '(B*B)', 'M')),
                                                               combine("cB", f"abs({centre('ic(i)', '(B*B)', 'M')})"
                                                                             " <= B*B", "cb x4"),
                                                               apply("Ai", "A2", k="i", j="1"),
                                                               combine("Az", "z - A(i,1) = z - "
                                                                       + centre('(' + cell('z', '(B*B)', 'M') + ')',
                                                                                '(B*B)', 'M'), "Ai cc"),
                                                               apply("Ac", "ax.cong", f="v -> abs(v)", x="z - A(i,1)",
                                                                     y="z - " + centre(
                                                                         '(' + cell('z', '(B*B)', 'M') + ')', '(B*B)',
                                                                         'M')),
                                                               combine("hz", "abs(z - A(i,1)) <= B^2/M", "Ac x3"),
                                                               apply("hy", "A1", "abs(A(i,1)) <= B^2", k="i", j="1"),
                                                               intro("hv", "all j:int | 1 <= j, j <= n + 1 =>"
                                                                           " abs(u(j) - H(i,j)) <= 1/m", "j1 j2",
                                                                     apply("b", "r3", j="j"),
                                                                     apply("d1", "ax.cong_int",
                                                                           f="q' -> U(q',ik(i),it(i),j)", x="ie(i)",
                                                                           y="g"),
                                                                     apply("d2", "ax.cong_int",
                                                                           f="q' -> U(g,q',it(i),j)", x="ik(i)", y="f"),
                                                                     apply("d3", "ax.cong_int",
                                                                           f="q' -> U(g,f,q',j)", x="it(i)", y="r"),
                                                                     combine("d", "U(ie(i),ik(i),it(i),j) = U(g,f,r,j)",
                                                                             "d1 d2 d3"),
                                                                     obtain("y", "b", "b1 b2",
                                                                            apply("dc", "ax.cong", f="v -> abs(v)",
                                                                                  x="U(ie(i),ik(i),it(i),j)",
                                                                                  y="U(g,f,r,j)"),
                                                                            combine("dB",
                                                                                    "abs(U(ie(i),ik(i),it(i),j)) <= 1",
                                                                                    "dc b2"),
                                                                            apply("Hi", "H2", i="i", j="j"),
                                                                            combine("uh", "u(j) - H(i,j) = u(j) -"
                                                                                          " U(g,f,r,j)", "Hi d"),
                                                                            apply("uc", "ax.cong", f="v -> abs(v)",
                                                                                  x="u(j) - H(i,j)",
                                                                                  y="u(j) - U(g,f,r,j)"),
                                                                            combine("x", facts="uc b1"))),
                                                               apply("C", "covering.small_change", s="t -> s(t)",
                                                                     u="j -> u(j)", v="j -> H(i,j)", n="n", m="m",
                                                                     M="M", z="z", y="A(i,1)", B="B", rho="rho",
                                                                     R="R"),
                                                               intro("fin", _close('a', 'w(j)', 'A(i,1)/B',
                                                                                   'B*H(i,j)')[1:-1], "hx",
                                                                     apply("c1", "C", x="j -> x(j)"),
                                                                     apply("c2", "eq", x="j -> x(j)"),
                                                                     apply("sc", "textbook.sum_scale",
                                                                           _dot("B*H(i,j)") + " = B*" + _dot("H(i,j)"),
                                                                           f="j -> B*H(i,j)*x(j)", g="j -> H(i,j)*x(j)",
                                                                           c="B", a="1", b="n + 1"),
                                                                     apply("cg", "ax.cong", f="v -> s(v)",
                                                                           x=_dot("B*H(i,j)"), y="B*" + _dot("H(i,j)")),
                                                                     apply("ho", "hs", y="B", u=_dot("H(i,j)")),
                                                                     combine("eq2", f"a*s({_dot('w(j)')}) -"
                                                                             f" A(i,1)/B*s({_dot('B*H(i,j)')}) ="
                                                                             f" z*s({_dot('u(j)')}) -"
                                                                             f" A(i,1)*s({_dot('H(i,j)')})",
                                                                             "c2 cg ho hB", rounds=4),
                                                                     apply("ac", "ax.cong", f="v -> abs(v)",
                                                                           x=f"a*s({_dot('w(j)')}) -"
                                                                             f" A(i,1)/B*s({_dot('B*H(i,j)')})",
                                                                           y=f"z*s({_dot('u(j)')}) -"
                                                                             f" A(i,1)*s({_dot('H(i,j)')})"),
                                                                     combine("y", facts="ac c1")),
                                                               witness("w5", k="i")))))),
                             witness("z4", y="k -> A(k,1)/B", v="k, j -> B*H(k,j)"))))),
    ),
)

LEMMAS = (PAIRS, QUADRUPLES, CUT, SMALL_CHANGE, NEURONS)

"""Groups of coordinate permutations acting on the grid 1..m: representatives of the orbits, and how many there are.

p(1, .), ..., p(N, .) are the permutations of the coordinates 1..S, v(g) the place of the inverse, c(g, h) of the
product; C(1), ..., C(n) are grid points, one of every orbit. Then n <= m^S <= N n.
"""

from __future__ import annotations

from theory.covering.representatives_lists import ranged
from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, combine, intro, obtain, witness

AT = "1 <= i, i <= S"
OF = "1 <= g, g <= N"

GROUP_PARTS = (
    f"(all g i:int | {OF}, {AT} => some | 1 <= p(g,i), p(g,i) <= S)",
    f"(all g:int | {OF} => some | 1 <= v(g), v(g) <= N, (all i:int | {AT} => p(g,p(v(g),i)) = i))",
    f"(all g h:int | {OF}, 1 <= h, h <= N => some | 1 <= c(g,h), c(g,h) <= N,"
    f" (all i:int | {AT} => p(c(g,h),i) = p(g,p(h,i))))",
)
GROUP = ", ".join(GROUP_PARTS)
"""p(1, .), ..., p(N, .) is a group of permutations of 1..S: range, inverses v(g), products c(g,h)."""

ORBIT_PARTS = (
    f"(all k i:int | 1 <= k, k <= n, {AT} => some | 1 <= C(k,i), C(k,i) <= m)",
    f"(all G:int->int | (all i:int | {AT} => some | 1 <= G(i), G(i) <= m)"
    f" => some k g:int | 1 <= k, k <= n, {OF}, (all i:int | {AT} => C(k,i) = G(p(g,i))))",
    f"(all k j g:int | 1 <= k, k <= n, 1 <= j, j <= n, {OF}, (all i:int | {AT} => C(j,i) = C(k,p(g,i))) => k = j)",
)
REPRESENTATIVES = ", ".join(ORBIT_PARTS)
"""C(1), ..., C(n) contains exactly one point of every orbit of the grid 1..m, so n is the number of orbits."""


def named(names: str, parts: tuple[str, ...]) -> str:
    """Return hypotheses with names, as text of the notation."""
    return ", ".join(f"{name}: {part}" for name, part in zip(names.split(), parts))


ORBITS_MEET = Lemma(
    "covering.orbits_meet", "If a p(g, .) = b p(h, .) then b = a p(o, .) for some o of the group",
    statement("all S N g h:int, p c:(g:int,h:int)->int, v a b:int->int |"
              f" {named('hp hv hc', GROUP_PARTS)}, hg: 1 <= g, hn: g <= N, hh: 1 <= h, hm: h <= N,"
              f" hab: (all i:int | {AT} => a(p(g,i)) = b(p(h,i)))"
              f" => some o:int | 1 <= o, o <= N, (all i:int | {AT} => b(i) = a(p(o,i)))"),
    (
        apply("I1", "hv", g="h"),
        obtain("end", "I1", "v1 v2 v3", apply("P", "hc", g="g", h="v(h)"),
               obtain("z", "P", "c1 c2 c3",
                      intro("o", f"all i:int | {AT} => b(i) = a(p(c(g,v(h)),i))", "i1 i2",
                            apply("r", "hp", g="v(h)", i="i"),
                            obtain("y", "r", "r1 r2", apply("s1", "hab", i="p(v(h),i)"), apply("s2", "v3", i="i"),
                                   apply("s3", "c3", i="i"),
                                   apply("e1", "ax.cong_ii", f="t -> b(t)", x="p(h,p(v(h),i))", y="i"),
                                   apply("e2", "ax.cong_ii", f="t -> a(t)", x="p(c(g,v(h)),i)", y="p(g,p(v(h),i))"),
                                   combine("w", facts="s1 e1 e2"))),
                      witness("y", o="c(g,v(h))"))),
    ),
)

POINT, PLACE = "ceil(u/N)", "(u - (ceil(u/N) - 1)*N)"
"""Which centre and which group element a code u in 1..e N stands for."""


def at_code(text: str, u: str) -> str:
    """Return `POINT` or `PLACE` for another code, as text of the notation."""
    return text.replace("u", u)


_COUNTED = (f"all S N m n:int, p c:(g:int,h:int)->int, v:int->int, C:(k:int,i:int)->int | hS: 0 <= S, hN: 1 <= N,"
            f" {named('hp hv hc', GROUP_PARTS)}, hm: 1 <= m, {named('r1 r2 r3', ORBIT_PARTS)}")


def _equal(id_: str, fact: str, left: str, right: str) -> tuple[Step, ...]:
    """left = right from |left - right| <= 0."""
    return (apply(f"{id_}1", "ax.abs_ge", x=f"{left} - {right}"), apply(f"{id_}2", "ax.abs_neg", x=f"{left} - {right}"),
            combine(f"{id_}3", f"{left} <= {right}", f"{id_}1 {fact}"),
            combine(f"{id_}4", f"{right} <= {left}", f"{id_}2 {fact}"),
            apply(id_, "ax.antisym", x=left, y=right))


_LISTED = ("(all k:int | 1 <= k, k <= n => some u:int | 1 <= u, u <= M,"
           f" (all i:int | {AT} => abs(D(u,i) - C(k,i)) <= 0))")

AT_MOST = Lemma(
    "covering.orbits_at_most", "There are at most m^S orbits",
    statement(f"{_COUNTED} => n <= pow(m, S)"),
    (
        apply("R1", "r2", G="i -> 1"),
        obtain("n1", "R1", "k1 k2 g1 g2 same", combine("z", facts="k1 k2"), goal="1 <= n"),
        combine("n0", "0 <= n", "n1"),
        apply("L", "covering.list_functions", "some M:int, D:(k:int,i:int)->int | 1 <= M, M = pow(m, S),"
              f" (all f:int->int | {ranged('f', 'S', 'm')} => some k:int | 1 <= k, k <= M,"
              f" (all i:int | {AT} => D(k,i) = f(i)))", m="m", n="S"),
        obtain("end", "L", "M1 M2 cov",
               intro("hit", _LISTED[1:-1], "k1 k2",
                     intro("c1", f"all i:int | {AT} => 1 <= C(k,i)", "i1 i2", apply("a", "r1", k="k", i="i"),
                           obtain("w", "a", "a1 a2", apply("x", "a1"))),
                     intro("c2", f"all i:int | {AT} => C(k,i) <= m", "i1 i2", apply("a", "r1", k="k", i="i"),
                           obtain("w", "a", "a1 a2", apply("x", "a2"))),
                     apply("P", "cov", f"some u:int | 1 <= u, u <= M, (all i:int | {AT} => D(u,i) = C(k,i))",
                           f="i -> C(k,i)"),
                     obtain("z", "P", "u1 u2 u3",
                            intro("o", f"all i:int | {AT} => abs(D(u,i) - C(k,i)) <= 0", "i1 i2",
                                  apply("a", "u3", i="i"),
                                  apply("w", "ax.abs_le", x="D(u,i) - C(k,i)", y="0")), witness("y", u="u"))),
               apply("F", "covering.finite_choice",
                     "some f:int->int | (all k:int | 1 <= k, k <= n => some | 1 <= f(k), f(k) <= M,"
                     f" (all i:int | {AT} => abs(D(f(k),i) - C(k,i)) <= 0))", n="n", Q="M", S="S", a="0",
                     A="k, u, i -> abs(D(u,i) - C(k,i))"),
               obtain("z", "F", "rel",
                      intro("f1", "all k:int | 1 <= k, k <= n => 1 <= f(k)", "k1 k2", apply("a", "rel", k="k"),
                            obtain("w", "a", "a1 a2 a3", apply("x", "a1"))),
                      intro("f2", "all k:int | 1 <= k, k <= n => f(k) <= M", "k1 k2", apply("a", "rel", k="k"),
                            obtain("w", "a", "a1 a2 a3", apply("x", "a2"))),
                      intro("f3", "all k j:int | 1 <= k, k <= n, 1 <= j, j <= n, f(k) = f(j) => k = j",
                            "k1 k2 j1 j2 kj",
                            apply("a", "rel", k="k"), apply("b", "rel", k="j"),
                            obtain("w", "a", "a1 a2 a3", obtain(
                                "y", "b", "b1 b2 b3",
                                intro("same", f"all i:int | {AT} => C(k,p(1,i)) = C(j,p(1,i))", "i1 i2",
                                      apply("r", "hp", g="1", i="i"), obtain("x", "r", "x1 x2",
                                          apply("q1", "a3", i="p(1,i)"), apply("q2", "b3", i="p(1,i)"),
                                          *_equal("e", "q1", "D(f(k),p(1,i))", "C(k,p(1,i))"),
                                          *_equal("d", "q2", "D(f(j),p(1,i))", "C(j,p(1,i))"),
                                          apply("cg", "ax.cong_ii", f="t -> D(t,p(1,i))", x="f(k)", y="f(j)"),
                                          combine("v1", facts="e d cg"))),
                                apply("O", "covering.orbits_meet", S="S", N="N", p="g, i -> p(g,i)", c="g, h -> c(g,h)",
                                      v="g -> v(g)", a="i -> C(k,i)", b="i -> C(j,i)", g="1", h="1"),
                                obtain("x", "O", "o1 o2 o3", apply("v1", "r3", k="k", j="j", g="o"))))),
                      apply("y", "covering.pigeonhole", m="M", n="n", f="k -> f(k)"), combine("x", facts="y M2"))),
    ),
)

_MEMBER = "abs(C({u},i) - D({k},p({g},i)))"


def _member(k: str, u: str) -> str:
    return _MEMBER.format(k=k, u=at_code(POINT, u), g=at_code(PLACE, u))


_BACK = f"p(v({at_code(PLACE, 'f(k)')}),i)"
"""The coordinate that the group element of code f(k) takes to i."""

_SAME_CODE = (
    apply("a", "rel", k="k"), apply("b", "rel", k="j"),
    obtain("w", "a", "a1 a2 a3", obtain(
        "x", "b", "b1 b2 b3", apply("P", "covering.pair_decode", n="N", N="n", k="f(k)"),
        obtain("y", "P", "p1 p2 p3 p4", apply("I1", "hv", g=at_code(PLACE, "f(k)")),
               obtain("z", "I1", "v1 v2 v3",
                      intro("same", f"all i:int | {AT} => D(k,i) = D(j,i)", "i1 i2",
                            apply("r", "hp", g=f"v({at_code(PLACE, 'f(k)')})", i="i"),
                            obtain("s", "r", "s1 s2",
                                   *(step for t, rel in (("k", "a3"), ("j", "b3")) for step in (
                                       apply(f"q{t}", rel, i=f"{_BACK}"),
                                       *_equal(f"e{t}", f"q{t}",
                                               f"C({at_code(POINT, f'f({t})')},{_BACK})",
                                               f"D({t},p({at_code(PLACE, f'f({t})')},{_BACK}))"))),
                                   apply("back", "v3", i="i"),
                                   apply("c1", "ax.cong_ii", f="t -> D(k,t)",
                                         x=f"p({at_code(PLACE, 'f(k)')},{_BACK})", y="i"),
                                   apply("c2", "ax.cong_ii", f="t -> D(j,t)",
                                         x=f"p({at_code(PLACE, 'f(k)')},{_BACK})", y="i"),
                                   apply("c3", "ax.cong_ii",
                                         f=f"t -> C({at_code(POINT, 't')},{_BACK})",
                                         x="f(k)", y="f(j)"),
                                   apply("c4", "ax.cong_ii",
                                         f=f"t -> D(j,p({at_code(PLACE, 't')},{_BACK}))",
                                         x="f(k)", y="f(j)"),
                                   combine("t", facts="ek ej c1 c2 c3 c4", rounds=6))),
                      apply("end1", "D2", j="k", k="j"))))),
)

AT_LEAST = Lemma(
    "covering.orbits_at_least", "There are at least m^S / N orbits under a group of N elements",
    statement("all S N m n:int, p:(g:int,h:int)->int, v:int->int, C:(k:int,i:int)->int | hS: 0 <= S, hN: 1 <= N,"
              f" {named('hp hv', GROUP_PARTS[:2])}, hm: 1 <= m, {named('r2', ORBIT_PARTS[1:2])} => pow(m, S) <= N*n"),
    (
        apply("L", "covering.list_different", "some M:int, D:(k:int,i:int)->int | 1 <= M, M = pow(m, S),"
              f" (all k i:int | 1 <= k, k <= M, {AT} => some | 1 <= D(k,i), D(k,i) <= m),"
              f" (all j k:int | 1 <= j, j <= M, 1 <= k, k <= M, (all i:int | {AT}"
              " => D(j,i) = D(k,i)) => j = k)", m="m", n="S"),
        obtain("end", "L", "M1 M2 D1 D2", combine("M0", "0 <= M", "M1"),
               intro("hit", f"all k:int | 1 <= k, k <= M => some u:int | 1 <= u, u <= n*N, (all i:int | {AT}"
                     f" => {_member('k', 'u')} <= 0)", "k1 k2",
                     intro("in", f"all i:int | {AT} => some | 1 <= D(k,i), D(k,i) <= m", "i1 i2",
                           apply("a", "D1", k="k", i="i"),
                           obtain("w", "a", "a1 a2", witness("x"))),
                     apply("P", "r2", f"some r g:int | 1 <= r, r <= n, {OF}, (all i:int | {AT}"
                                      " => C(r,i) = D(k,p(g,i)))",
                           G="i -> D(k,i)"),
                     obtain("z", "P", "r1' r2' g1 g2 same",
                            apply("E", "covering.pair_code", "some u:int | 1 <= u, u <= n*N, ceil(u/N) = r,"
                                  " u - (ceil(u/N) - 1)*N = g", n="N", N="n", x="r", y="g"),
                            obtain("y", "E", "u1 u2 u3 u4",
                                   intro("o", f"all i:int | {AT} => {_member('k', 'u')} <= 0", "i1 i2",
                                         apply("a", "same", i="i"),
                                         apply("b", "ax.cong_ii", f="t -> C(t,i)", x="ceil(u/N)", y="r"),
                                         apply("b2", "ax.cong_ii", f="t -> D(k,p(t,i))", x=PLACE, y="g"),
                                         combine("e", f"C(ceil(u/N),i) = D(k,p({PLACE},i))", "a b b2"),
                                         apply("w", "ax.abs_le", x=f"C(ceil(u/N),i) - D(k,p({PLACE},i))", y="0")),
                                   witness("x", u="u")))),
               apply("F", "covering.finite_choice", "some f:int->int | (all k:int | 1 <= k, k <= M => some | 1 <="
                                                    " f(k), f(k) <= n*N,"
                     f" (all i:int | {AT} => {_member('k', 'f(k)')} <= 0))", n="M", Q="n*N", S="S", a="0",
                     A=f"k, u, i -> {_member('k', 'u')}"),
               obtain("z", "F", "rel",
                      intro("f1", "all k:int | 1 <= k, k <= M => 1 <= f(k)", "k1 k2", apply("a", "rel", k="k"),
                            obtain("w", "a", "a1 a2 a3", apply("x", "a1"))),
                      intro("f2", "all k:int | 1 <= k, k <= M => f(k) <= n*N", "k1 k2", apply("a", "rel", k="k"),
                            obtain("w", "a", "a1 a2 a3", apply("x", "a2"))),
                      intro("f3", "all k j:int | 1 <= k, k <= M, 1 <= j, j <= M, f(k) = f(j) => k = j",
                            "k1 k2 j1 j2 kj",
                            *_SAME_CODE),
                      apply("f4", "f1", k="1"), apply("f5", "f2", k="1"),
                      apply("y", "covering.pigeonhole", m="n*N", n="M", f="k -> f(k)"), combine("x", facts="y M2"))),
    ),
)

LEMMAS = (ORBITS_MEET, AT_MOST, AT_LEAST)

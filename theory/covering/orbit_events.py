"""Events along an orbit: what an invariant law gives to the copies g a of one point a, and how many there are."""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, intro, obtain

ORBIT_LAW = Lemma(
    "covering.orbit_law", "Events that are images of one event under maps preserving the law are equally likely",
    statement("all w e0:int->real, e:(i:int,j:int)->real, P Q:(j:int,i:int)->int, N k:int | hN: 0 <= N, hk: 0 <= k,"
              " hP: (all j i:int | 1 <= j, j <= k, 1 <= i, i <= N => some | 1 <= P(j,i), P(j,i) <= N, 1 <= Q(j,i),"
              " Q(j,i) <= N, Q(j,P(j,i)) = i, P(j,Q(j,i)) = i),"
              " hw: (all j i:int | 1 <= j, j <= k, 1 <= i, i <= N => w(P(j,i)) = w(i)),"
              " he: (all j i:int | 1 <= j, j <= k, 1 <= i, i <= N => e(P(j,i),j) = e0(i))"
              " => some | (all j:int | 1 <= j, j <= k => sum(i=1..N: w(i)*e(i,j)) = sum(i=1..N: w(i)*e0(i))),"
              " sum(i=1..N: w(i)*sum(j=1..k: e(i,j))) = k*sum(i=1..N: w(i)*e0(i))"),
    (
        intro("A", "all j:int | 1 <= j, j <= k => sum(i=1..N: w(i)*e(i,j)) = sum(i=1..N: w(i)*e0(i))", "j1 j2",
              *(intro(f"r{n}", f"all i:int | 1 <= i, i <= N => {goal}", "i1 i2", apply("a", "hP", j="j", i="i"),
                      obtain("z", "a", "a1 a2 a3 a4 a5 a6", apply("y", f"a{n}")))
                for n, goal in enumerate(("1 <= P(j,i)", "P(j,i) <= N", "1 <= Q(j,i)", "Q(j,i) <= N", "Q(j,P(j,i)) = i",
                                          "P(j,Q(j,i)) = i"), 1)),
              apply("b", "textbook.sum_bijection", f="i -> w(i)*e(i,j)", p="i -> P(j,i)", v="i -> Q(j,i)", n="N"),
              intro("s", "all i:int | 1 <= i, i <= N => w(P(j,i))*e(P(j,i),j) = w(i)*e0(i)", "i1 i2",
                    apply("a", "hw", j="j", i="i"), apply("d", "he", j="j", i="i"),
                    combine("z", facts="a d", rounds=3)),
              apply("c", "textbook.sum_cong", f="i -> w(P(j,i))*e(P(j,i),j)", g="i -> w(i)*e0(i)", a="1", b="N"),
              combine("z", facts="b c")),
        intro("sc", "all i:int | 1 <= i, i <= N => w(i)*sum(j=1..k: e(i,j)) = sum(j=1..k: w(i)*e(i,j))", "i1 i2",
              apply("a", "textbook.sum_scale", f="j -> w(i)*e(i,j)", g="j -> e(i,j)", c="w(i)", a="1", b="k"),
              combine("z", facts="a")),
        apply("c", "textbook.sum_cong", f="i -> w(i)*sum(j=1..k: e(i,j))", g="i -> sum(j=1..k: w(i)*e(i,j))", a="1",
              b="N"),
        apply("d", "textbook.double_sum", f="i, j -> w(i)*e(i,j)", n="N", k="k"),
        apply("f", "textbook.sum_cong", f="j -> sum(i=1..N: w(i)*e(i,j))", g="j -> sum(i=1..N: w(i)*e0(i))", a="1",
              b="k"),
        apply("g", "textbook.sum_const", c="sum(i=1..N: w(i)*e0(i))", n="k"),
        combine("B", "sum(i=1..N: w(i)*sum(j=1..k: e(i,j))) = k*sum(i=1..N: w(i)*e0(i))", "c d f g", rounds=3),
    ),
)

GROUP = (
    "(all g c:int | 1 <= g, g <= K, 1 <= c, c <= S => some | 1 <= p(g,c), p(g,c) <= S, 1 <= v(g,c), v(g,c) <= S,"
    " v(g,p(g,c)) = c, p(g,v(g,c)) = c)"
)
"""Each of the K group elements permutes the S coordinates: (g theta)(c) = theta(p(g,c)), v the inverses."""

ACTION = (
    "(all g i:int | 1 <= g, g <= K, 1 <= i, i <= N => some | 1 <= act(g,i), act(g,i) <= N, 1 <= back(g,i),"
    " back(g,i) <= N, back(g,act(g,i)) = i, act(g,back(g,i)) = i)"
)
"""Each group element permutes the N points on which the law sits."""

ORBIT = (
    "(all j:int | 1 <= j, j <= k => some | 1 <= rep(j), rep(j) <= K),"
    " (all g:int | 1 <= g, g <= K => some | 1 <= cls(g), cls(g) <= k,"
    " (all c:int | 1 <= c, c <= S => a(p(g,c)) = a(p(rep(cls(g)),c))))"
)
"""The k points rep(j) a are in the orbit of a, and every point g a of the orbit is one of them."""


def event(point: str, target: str, gauge: str = "abs({})") -> str:
    """The event that `point` and `target` (terms in the coordinate c) agree: no coordinate has a gauge above 0."""
    return f"ite(sum(c=1..S: {gauge.format(f'{point} - {target}')}), 0, 1, 0)"


def union(point: str, gauge: str = "abs({})") -> str:
    """The event that `point` agrees with some point g a of the orbit."""
    return f"ite(1, sum(g=1..K: {event(point, 'a(p(g,c))', gauge)}), 1, 0)"


_M = "m({})"
_J, _L = event("z(i,c)", "a(p(rep(j),c))", _M), event("z(i,c)", "a(p(rep(l),c))", _M)
_G = event("z(i,c)", "a(p(g,c))", _M)
_ONE = event("z(i,c)", "a(c)", _M)

ORBIT_EVENTS = Lemma(
    "covering.orbit_events", "An invariant law meets the orbit k times as likely as one of its k points",
    statement("all N K k S:int, w a:int->real, z:(i:int,c:int)->real, m:real->real, p v:(g:int,c:int)->int,"
              " act back:(g:int,i:int)->int, rep cls:int->int | hN: 0 <= N, hK: 0 <= K, hk: 0 <= k, hS: 0 <= S,"
              f" hp: {GROUP}, ha: {ACTION},"
              " hw: (all g i:int | 1 <= g, g <= K, 1 <= i, i <= N => w(act(g,i)) = w(i)),"
              " hz: (all g i c:int | 1 <= g, g <= K, 1 <= i, i <= N, 1 <= c, c <= S => z(act(g,i),c) = z(i,p(g,c))),"
              f" hr: {ORBIT.split(', (all g')[0]}, hc: (all g{ORBIT.split(', (all g')[1]},"
              " hm: (all u:real => 0 <= m(u)),"
              " hx: (all l j:int | 1 <= l, l <= k, 1 <= j, j <= l - 1 => some c:int | 1 <= c, c <= S,"
              " (all u:real => 0 < m(u - a(p(rep(j),c))) + m(u - a(p(rep(l),c)))))"
              f" => some | (all j:int | 1 <= j, j <= k => sum(i=1..N: w(i)*{_J}) = sum(i=1..N: w(i)*{_ONE})),"
              f" sum(i=1..N: w(i)*{union('z(i,c)', _M)}) = k*sum(i=1..N: w(i)*{_ONE})"),
    (
        intro("P", "all j i:int | 1 <= j, j <= k, 1 <= i, i <= N => some | 1 <= act(rep(j),i), act(rep(j),i) <= N,"
              " 1 <= back(rep(j),i), back(rep(j),i) <= N, back(rep(j),act(rep(j),i)) = i,"
              " act(rep(j),back(rep(j),i)) = i", "j1 j2 i1 i2", apply("r", "hr", j="j"),
              obtain("z'", "r", "r1 r2", apply("y", "ha", g="rep(j)", i="i"))),
        intro("W", "all j i:int | 1 <= j, j <= k, 1 <= i, i <= N => w(act(rep(j),i)) = w(i)", "j1 j2 i1 i2",
              apply("r", "hr", j="j"), obtain("z'", "r", "r1 r2", apply("y", "hw", g="rep(j)", i="i"))),
        intro("E", "all j i:int | 1 <= j, j <= k, 1 <= i, i <= N"
              f" => {event('z(act(rep(j),i),c)', 'a(p(rep(j),c))', _M)} = {_ONE}", "j1 j2 i1 i2",
              apply("r", "hr", j="j"),
              obtain("z'", "r", "r1 r2",
                     intro("s", "all c:int | 1 <= c, c <= S => m(z(act(rep(j),i),c) - a(p(rep(j),c)))"
                           " = m(z(i,p(rep(j),c)) - a(p(rep(j),c)))", "c1 c2",
                           apply("e", "hz", g="rep(j)", i="i", c="c"),
                           apply("y", "ax.cong", f="t -> m(t - a(p(rep(j),c)))", x="z(act(rep(j),i),c)",
                                 y="z(i,p(rep(j),c))")),
                     apply("c1", "textbook.sum_cong", f="c -> m(z(act(rep(j),i),c) - a(p(rep(j),c)))",
                           g="c -> m(z(i,p(rep(j),c)) - a(p(rep(j),c)))", a="1", b="S"),
                     *(intro(f"q{n}", f"all c:int | 1 <= c, c <= S => {goal}", "c1' c2'",
                             apply("a'", "hp", g="rep(j)", c="c"),
                             obtain("z", "a'", "a1 a2 a3 a4 a5 a6", apply("y", f"a{n}")))
                       for n, goal in enumerate(("1 <= p(rep(j),c)", "p(rep(j),c) <= S", "1 <= v(rep(j),c)",
                                                 "v(rep(j),c) <= S", "v(rep(j),p(rep(j),c)) = c",
                                                 "p(rep(j),v(rep(j),c)) = c"), 1)),
                     apply("b1", "textbook.sum_bijection", f="c -> m(z(i,c) - a(c))", p="c -> p(rep(j),c)",
                           v="c -> v(rep(j),c)", n="S"),
                     combine("eq", "sum(c=1..S: m(z(act(rep(j),i),c) - a(p(rep(j),c))))"
                             " = sum(c=1..S: m(z(i,c) - a(c)))",
                             "c1 b1"),
                     apply("y", "ax.cong", f="t -> ite(t, 0, 1, 0)",
                           x="sum(c=1..S: m(z(act(rep(j),i),c) - a(p(rep(j),c))))",
                           y="sum(c=1..S: m(z(i,c) - a(c)))"))),
        apply("L", "covering.orbit_law", w="i -> w(i)", e0=f"i -> {_ONE}", e=f"i, j -> {_J}",
              P="j, i -> act(rep(j),i)", Q="j, i -> back(rep(j),i)", N="N", k="k"),
        # at each point i the union over the group is the sum over the k points of the orbit
        intro("U", f"all i:int | 1 <= i, i <= N => w(i)*{union('z(i,c)', _M)} = w(i)*sum(j=1..k: {_J})", "i1 i2",
              intro("ev", f"all j:int | 1 <= j, j <= k => {_J}*{_J} = {_J}", "j1 j2",
                    apply("y", "covering.indicator", a="sum(c=1..S: m(z(i,c) - a(p(rep(j),c))))", b="0"),
                    obtain("z'", "y", "y1 y2 y3", apply("x", "y1"))),
              intro("eg", f"all g:int | 1 <= g, g <= K => {_G}*{_G} = {_G}", "g1 g2",
                    apply("y", "covering.indicator", a="sum(c=1..S: m(z(i,c) - a(p(g,c))))", b="0"),
                    obtain("z'", "y", "y1 y2 y3", apply("x", "y1"))),
              intro("ex", f"all j l:int | 1 <= j, j + 1 <= l, l <= k => {_J}*{_L} = 0", "j1 j2 j3",
                    apply("f", "hx", j="j", l="l"),
                    obtain("z'", "f", "f1 f2 f3", apply("f4", "f3", u="z(i,c)"),
                           *(intro(f"n{t}", f"all c':int | 1 <= c', c' <= S => 0 <= m(z(i,c') - a(p(rep({t}),c')))",
                                   "c1' c2'", apply("y", "hm", u=f"z(i,c') - a(p(rep({t}),c'))")) for t in "jl"),
                           apply("y", "covering.exclusive", h="c -> m(z(i,c) - a(p(rep(j),c)))",
                                 g="c -> m(z(i,c) - a(p(rep(l),c)))", S="S", c="c"))),
              apply("u", "covering.exclusive_union", e=f"j -> {_J}", k="k"),
              intro("s1", f"all j:int | 1 <= j, j <= k => some | 1 <= rep(j), rep(j) <= K, {_J} = {_J}", "j1 j2",
                    apply("r", "hr", j="j"), combine("r0", f"{_J} = {_J}"),
                    obtain("z'", "r", "r1 r2", apply("y", "r0"))),
              intro("s2", "all g:int | 1 <= g, g <= K => some | 1 <= cls(g), cls(g) <= k,"
                    f" {_G} = {event('z(i,c)', 'a(p(rep(cls(g)),c))', _M)}", "g1 g2",
                    apply("r", "hc", g="g"),
                    obtain("z'", "r", "r1 r2 r3",
                           intro("t", "all c:int | 1 <= c, c <= S => m(z(i,c) - a(p(g,c)))"
                                 " = m(z(i,c) - a(p(rep(cls(g)),c)))", "c1 c2", apply("e", "r3", c="c"),
                                 apply("y", "ax.cong", f="t -> m(z(i,c) - t)", x="a(p(g,c))",
                                       y="a(p(rep(cls(g)),c))")),
                           apply("c1", "textbook.sum_cong", f="c -> m(z(i,c) - a(p(g,c)))",
                                 g="c -> m(z(i,c) - a(p(rep(cls(g)),c)))", a="1", b="S"),
                           apply("y", "ax.cong", f="t -> ite(t, 0, 1, 0)", x="sum(c=1..S: m(z(i,c) - a(p(g,c))))",
                                 y="sum(c=1..S: m(z(i,c) - a(p(rep(cls(g)),c))))"))),
              apply("su", "covering.same_union", e=f"j -> {_J}", f=f"g -> {_G}", k="k", n="K", r="j -> rep(j)",
                    m="g -> cls(g)"),
              combine("same", f"{union('z(i,c)', _M)} = sum(j=1..k: {_J})", "u su"),
              combine("z'", facts="same")),
        apply("c", "textbook.sum_cong", f=f"i -> w(i)*{union('z(i,c)', _M)}", g=f"i -> w(i)*sum(j=1..k: {_J})", a="1",
              b="N"),
        obtain("end", "L", "l1 l2",
               combine("x", f"sum(i=1..N: w(i)*{union('z(i,c)', _M)}) = k*sum(i=1..N: w(i)*{_ONE})", "c l2")),
    ),
)

LEMMAS = (ORBIT_LAW, ORBIT_EVENTS)

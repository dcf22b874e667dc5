"""The pigeonhole principle, and a list of m^n pairwise different functions 1..n -> 1..m."""

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain, witness


def injective(f: str, n: str) -> str:
    """f takes different values on 1..n."""
    return f"(all i j:int | 1 <= i, i <= {n}, 1 <= j, j <= {n}, {f}(i) = {f}(j) => i = j)"


def _into(f: str, n: str, m: str) -> str:
    return f"(all i:int | 1 <= i, i <= {n} => 1 <= {f}(i)), (all i:int | 1 <= i, i <= {n} => {f}(i) <= {m})"


_MOVED = "iite(g({0}), k, g({0}), g(e))"


def _below(i: str) -> Step:
    """The value of the moved function at i, whose old value is at most k."""
    return apply(f"s{i}", "ax.iite_then", a=f"g({i})", b="k", x=f"g({i})", y="g(e)")


def _beyond(i: str) -> Step:
    """The value of the moved function at i, whose old value is larger than k."""
    return apply(f"s{i}", "ax.iite_else", a=f"g({i})", b="k", x=f"g({i})", y="g(e)")


def _top(i: str) -> tuple[Step, ...]:
    """The old value at i, larger than k, is k + 1."""
    return (apply(f"t{i}", "ax.int_step", m="k", n=f"g({i})"), apply(f"b{i}", "g2", i=i),
            apply(f"e{i}", "ax.antisym", x=f"g({i})", y="k + 1"))


_RANGED = intro(
    "r", f"all i:int | 1 <= i, i <= e - 1 => some | 1 <= {_MOVED.format('i')}, {_MOVED.format('i')} <= k", "i1 i2",
    apply("or2", "ax.total", x="g(i)", y="k"), apply("ge1", "g1", i="e"), apply("ge2", "g2", i="e"),
    cases("w", "or2", "s",
          [_below("i"), apply("u", "g1", i="i"), combine("lo", f"1 <= {_MOVED.format('i')}", "u si"),
           combine("hi", f"{_MOVED.format('i')} <= k", "s si")],
          [_beyond("i"), *_top("i"), apply("or3", "ax.int_split", m="g(e)", n="k + 1"),
           combine("lo", f"1 <= {_MOVED.format('i')}", "ge1 si"),
           cases("hi", "or3", "c",
                 # g(e) = k + 1 = g(i) would give i = e
                 [combine("same", "g(i) = g(e)", "ei c"), apply("ie", "g3", i="i", j="e"),
                  combine("no", "0 < 0", "ie i2"),
                  combine("v", mul="no")],
                 [combine("v", facts="si c")], goal=f"{_MOVED.format('i')} <= k")]))

_INJECTIVE = intro(
    "u3", f"all i j:int | 1 <= i, i <= e - 1, 1 <= j, j <= e - 1, {_MOVED.format('i')} = {_MOVED.format('j')} => i = j",
    "i1 i2 j1 j2 ij", apply("ori", "ax.total", x="g(i)", y="k"), apply("orj", "ax.total", x="g(j)", y="k"),
    cases("w", "ori", "s",
          [_below("i"), cases("v", "orj", "c",
                              [_below("j"), combine("q", "g(i) = g(j)", "si sj ij"), apply("x", "g3", i="i", j="j")],
                              [_beyond("j"), combine("q", "g(i) = g(e)", "si sj ij"), apply("ie", "g3", i="i", j="e"),
                               combine("no", "0 < 0", "ie i2"), combine("x", mul="no")])],
          [_beyond("i"), cases("v", "orj", "c",
                               [_below("j"), combine("q", "g(j) = g(e)", "si sj ij"), apply("ie", "g3", i="j", j="e"),
                                combine("no", "0 < 0", "ie j2"), combine("x", mul="no")],
                               [*_top("i"), *_top("j"), combine("q", "g(i) = g(j)", "ei ej"),
                                apply("x", "g3", i="i", j="j")])]))

PIGEONHOLE = Lemma(
    "covering.pigeonhole", "An injective function from 1..n into 1..m needs n <= m",
    statement("all m n:int, f:int->int | hm: 0 <= m, f1: (all i:int | 1 <= i, i <= n => 1 <= f(i)),"
              f" f2: (all i:int | 1 <= i, i <= n => f(i) <= m), f3: {injective('f', 'n')} => n <= m"),
    (
        induct("K", f"all k:int | 0 <= k => (all e:int, g:int->int | {_into('g', 'e', 'k')}, {injective('g', 'e')}"
                    " => e <= k)",
               "hk ih",
               [intro("z", None, "g1 g2 g3", apply("or1", "ax.total", x="e", y="0"),
                      cases("y", "or1", "c", [combine("x", facts="c")],
                            [apply("st", "ax.int_step", m="0", n="e"), apply("a", "g1", i="1"), apply("b", "g2", i="1"),
                             combine("no", "0 < 0", "a b"), combine("x", mul="no")]))],
               [intro("z", None, "g1 g2 g3", apply("or1", "ax.total", x="e", y="0"),
                      cases("y", "or1", "c0", [combine("x", facts="c0 hk")],
                            [apply("st", "ax.int_step", m="0", n="e"), _RANGED,
                             intro("u1", f"all i:int | 1 <= i, i <= e - 1 => 1 <= {_MOVED.format('i')}", "i1 i2",
                                   apply("a", "r", i="i"), obtain("w", "a", "a1 a2", apply("v", "a1"))),
                             intro("u2", f"all i:int | 1 <= i, i <= e - 1 => {_MOVED.format('i')} <= k", "i1 i2",
                                   apply("a", "r", i="i"), obtain("w", "a", "a1 a2", apply("v", "a2"))),
                             _INJECTIVE,
                             apply("J", "ih", e="e - 1", g=f"i -> {_MOVED.format('i')}"), combine("x", facts="J")]))]),
        apply("J", "K", k="m"), apply("end", "J", e="n", g="i -> f(i)"),
    ),
)


def _distinct(n: str) -> str:
    """D(1), ..., D(M) are M = m^n pairwise different functions 1..n -> 1..m."""
    return (f"some M:int, D:(k:int,i:int)->int | 1 <= M, M = pow(m, {n}),"
            f" (all k i:int | 1 <= k, k <= M, 1 <= i, i <= {n} => some | 1 <= D(k,i), D(k,i) <= m),"
            " (all j k:int | 1 <= j, j <= M, 1 <= k, k <= M,"
            f" (all i:int | 1 <= i, i <= {n} => D(j,i) = D(k,i)) => j = k)")


_CODE = "{0} - (ceil({0}/M) - 1)*M"
_DIGITS = "iite(i, e, D({1}, i), ceil({0}/M))"


def _next(k: str) -> str:
    return _DIGITS.format(k, _CODE.format(k))


def _digit(k: str, i: str, rule: str) -> Step:
    """The value of the longer list at one place."""
    return apply(f"v{k}", f"ax.iite_{rule}", a=i, b="e", x=f"D({_CODE.format(k)}, {i})", y=f"ceil({k}/M)")


_NEXT_RANGE = intro(
    "r", f"all k i:int | 1 <= k, k <= m*M, 1 <= i, i <= e + 1 => some | 1 <= {_next('k')}, {_next('k')} <= m",
    "k1 k2 i1 i2",
    apply("P", "covering.pair_decode", n="M", N="m", k="k"), apply("or1", "ax.total", x="i", y="e"),
    obtain("y", "P", "p1 p2 p3 p4",
           cases("x", "or1", "c",
                 [_digit("k", "i", "then"), apply("a", "D1", k=_CODE.format("k"), i="i"),
                  obtain("w", "a", "a1 a2", combine("lo", f"1 <= {_next('k')}", "a1 vk"),
                         combine("hi", f"{_next('k')} <= m", "a2 vk"))],
                 [_digit("k", "i", "else"), combine("lo", f"1 <= {_next('k')}", "p1 vk"),
                  combine("hi", f"{_next('k')} <= m", "p2 vk")])))

_NEXT_DISTINCT = intro(
    "u", "all j k:int | 1 <= j, j <= m*M, 1 <= k, k <= m*M,"
    f" (all i:int | 1 <= i, i <= e + 1 => {_next('j')} = {_next('k')}) => j = k", "j1 j2 k1 k2 same",
    apply("P", "covering.pair_decode", n="M", N="m", k="j"), apply("Q", "covering.pair_decode", n="M", N="m", k="k"),
    obtain("y", "P", "p1 p2 p3 p4", obtain(
        "x", "Q", "q1 q2 q3 q4",
        intro("t", f"all i:int | 1 <= i, i <= e => D({_CODE.format('j')}, i) = D({_CODE.format('k')}, i)", "i1 i2",
              apply("a", "same", i="i"), _digit("j", "i", "then"), _digit("k", "i", "then"),
              combine("w", facts="a vj vk")),
        apply("rest", "D2", j=_CODE.format("j"), k=_CODE.format("k")), apply("a", "same", i="e + 1"),
        _digit("j", "e + 1", "else"), _digit("k", "e + 1", "else"),
        combine("top", "ceil(j/M) = ceil(k/M)", "a vj vk"), combine("w", facts="rest top"))))

DISTINCT = Lemma(
    "covering.list_different", "There is a list of m^n pairwise different functions 1..n -> 1..m",
    statement(f"all m n:int | hm: 1 <= m, hn: 0 <= n => {_distinct('n')}"),
    (
        induct("K", f"all e:int | 0 <= e => {_distinct('e')}", "he ih",
               [apply("p", "ax.pow_zero", b="m"), combine("one", "1 = pow(m, 0)", "p"),
                intro("r", "all k i:int | 1 <= k, k <= 1, 1 <= i, i <= 0 => some | 1 <= 1, 1 <= m", "k1 k2 i1 i2",
                      witness("y")),
                intro("u", "all j k:int | 1 <= j, j <= 1, 1 <= k, k <= 1,"
                      " (all i:int | 1 <= i, i <= 0 => 1 = 1) => j = k",
                      "j1 j2 k1 k2 same", apply("a", "ax.antisym", x="j", y="1"),
                      apply("b", "ax.antisym", x="k", y="1"),
                      combine("y", facts="a b")),
                witness("z", M="1", D="k, i -> 1")],
               [obtain("z", "ih", "M1 M2 D1 D2", combine("N1", "1 <= m*M", "hm M1"),
                       apply("p", "ax.pow_succ", b="m", n="e"),
                       combine("N2", "m*M = pow(m, e + 1)", "p M2"), _NEXT_RANGE, _NEXT_DISTINCT,
                       witness("y", M="m*M", D=f"k, i -> {_next('k')}"))]),
        apply("end", "K", e="n"),
    ),
)


def _chosen(k: str, u: str, of: str = "A") -> str:
    return f"1 <= {u}, {u} <= Q, (all i:int | 1 <= i, i <= S => {of}({k},{u},i) <= a)"


_CHOICE = f"some f:int->int | (all k:int | 1 <= k, k <= {{n}} => some | {_chosen('k', 'f(k)')})"

CHOICE = Lemma(
    "covering.finite_choice",
    "If for every k = 1..n some u in 1..Q has A(k, u, i) <= a for all i, a function of k names such u",
    statement("all n Q S:int, A:(k:int,u:int,i:int)->real, a:real | hn: 0 <= n,"
              f" hA: (all k:int | 1 <= k, k <= n => some u:int | {_chosen('k', 'u')}) => {_CHOICE.format(n='n')}"),
    (
        induct("K", f"all e:int | 0 <= e => (all | e <= n => {_CHOICE.format(n='e')})", "he ih",
               [intro("z", None, "h",
                      intro("o", f"all k:int | 1 <= k, k <= 0 => some | {_chosen('k', 'k')}", "k1 k2",
                            combine("no", "0 < 0", "k1 k2"), combine("q1", "k <= Q", mul="no"),
                            intro("q2", "all i:int | 1 <= i, i <= S => A(k,k,i) <= a", "i1 i2", combine("w", mul="no")),
                            witness("x")),
                      witness("y", f="k -> k"))],
               [intro("z", None, "h", apply("u0", "ih"), apply("w0", "hA", k="e + 1"),
                      obtain("y", "u0", "old", obtain(
                          "x", "w0", "u1 u2 u3",
                          apply("E", "covering.append", "some F:int->int | F(e+1) = u, (all i:int | i <= e"
                                                        " => F(i) = f(i))",
                                p="i -> f(i)", n="e", c="u"),
                          obtain("w", "E", "F1 F2",
                                 intro("o", f"all k:int | 1 <= k, k <= e + 1 => some | {_chosen('k', 'F(k)')}", "k1 k2",
                                       apply("or1", "ax.int_split", m="k", n="e + 1"),
                                       cases("t", "or1", "c",
                                             [apply("b", "ax.cong_ii", f="t -> F(t)", x="k", y="e + 1"),
                                              combine("Fk", "F(k) = u", "b F1"), combine("q1", "1 <= F(k)", "Fk u1"),
                                              combine("q2", "F(k) <= Q", "Fk u2"),
                                              intro("q3", "all i:int | 1 <= i, i <= S => A(k,F(k),i) <= a", "i1 i2",
                                                    apply("r", "u3", i="i"),
                                                    apply("r1", "ax.cong_int", f="t -> A(t,u,i)", x="k", y="e + 1"),
                                                    apply("r2", "ax.cong_int", f="t -> A(k,t,i)", x="F(k)", y="u"),
                                                    combine("r3", facts="r r1 r2")),
                                              witness("s")],
                                             [apply("o1", "old", k="k"), apply("Fk", "F2", i="k"),
                                              obtain("s", "o1", "v1 v2 v3", combine("q1", "1 <= F(k)", "Fk v1"),
                                                     combine("q2", "F(k) <= Q", "Fk v2"),
                                                     intro("q3", "all i:int | 1 <= i, i <= S => A(k,F(k),i) <= a",
                                                           "i1 i2",
                                                           apply("r", "v3", i="i"),
                                                           apply("r2", "ax.cong_int", f="t -> A(k,t,i)", x="F(k)",
                                                                 y="f(k)"),
                                                           combine("r3", facts="r r2")),
                                                     witness("s1"))])),
                                 witness("v", f="k -> F(k)")))))]),
        apply("J", "K", e="n"), apply("end", "J"),
    ),
)

LEMMAS = (PIGEONHOLE, DISTINCT, CHOICE)

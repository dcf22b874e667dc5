"""Real biases put in order, b(1) >= b(2) >= ..., by a permutation; all hidden layers at once; when it is unique.

The integer sequences of `representatives_sorting` are a special case of the first part.
"""

from theory.covering.representatives_order import permutations
from theory.covering.representatives_sorting import insertion, permutation
from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, induct, intro, obtain, witness

LEAST = Lemma(
    "covering.least_bias", "A non-empty finite sequence of reals has a least entry",
    statement("all b:int->real, n:int | hn: 1 <= n"
              " => some M:int | 1 <= M, M <= n, (all i:int | 1 <= i, i <= n => b(M) <= b(i))"),
    (
        induct("K", "all k:int | 1 <= k => some M:int | 1 <= M, M <= k, (all i:int | 1 <= i, i <= k => b(M) <= b(i))",
               "hk ih",
               [intro("a", "all i:int | 1 <= i, i <= 1 => b(1) <= b(i)", "i1 i2",
                      apply("e", "ax.antisym", x="i", y="1"),
                      apply("g", "ax.cong_int", f="t -> b(t)", x="i", y="1"), combine("z", facts="g")),
                witness("z", M="1")],
               [obtain("z", "ih", "m1 m2 m3", apply("or1", "ax.total", x="b(k + 1)", y="b(M)"),
                       cases("y", "or1", "c",
                             [intro("a", "all i:int | 1 <= i, i <= k + 1 => b(k + 1) <= b(i)", "i1 i2",
                                    apply("or2", "ax.int_split", m="i", n="k + 1"),
                                    cases("x", "or2", "e",
                                          [apply("g", "ax.cong_int", f="t -> b(t)", x="i", y="k + 1"),
                                           combine("w", facts="g")],
                                          [apply("g", "m3", i="i"), combine("w", facts="g c")])),
                              witness("x", M="k + 1")],
                             [intro("a", "all i:int | 1 <= i, i <= k + 1 => b(M) <= b(i)", "i1 i2",
                                    apply("or2", "ax.int_split", m="i", n="k + 1"),
                                    cases("x", "or2", "e",
                                          [apply("g", "ax.cong_int", f="t -> b(t)", x="i", y="k + 1"),
                                           combine("w", facts="g c")],
                                          [apply("w", "m3", i="i")])),
                              witness("x", M="M")]))]),
        apply("end", "K", k="n"),
    ),
)


def falling(b: str, n: str) -> str:
    """b(1) >= b(2) >= ... >= b(n), b written as a function of the text `{}`."""
    return f"(all i:int | 1 <= i, i + 1 <= {n} => {b.format('i + 1')} <= {b.format('i')})"


def _sorting(b: str, n: str) -> str:
    return f"some p v:int->int | {permutation('p', 'v', n)}, {falling(b, n)}"


SORT = Lemma(
    "covering.sort_biases", "Every real sequence b(1), ..., b(n) is put in falling order by a permutation",
    statement(f"all b:int->real, n:int | hn: 0 <= n => {_sorting('b(p({}))', 'n')}"),
    insertion("covering.least_bias", "ax.cong_int", "real", "{1} <= {0}", _sorting("h(p({}))", "k")),
)

_PAIR = "p v:(l:int,i:int)->int"
_FIXED = "(all i:int => {p}(0,i) = i)"


def ordered(p: str, K: str) -> str:
    """The biases of the layers 1..K fall along p(l, .)."""
    return f"(all l i:int | 1 <= l, l <= {K}, 1 <= i, i + 1 <= d(l) => b(l,{p}(l,i+1)) <= b(l,{p}(l,i)))"


_UP_TO = f"some {_PAIR} | {permutations('p', 'v', '{K}')}, {_FIXED.format(p='p')}, {ordered('p', '{K}')}"
_ALL = "all L:int, d:int->int, b:(l:int,i:int)->real | hL: 0 <= L, hd: (all l:int | 0 <= l, l <= L + 1 => 0 <= d(l))"

_NEXT_LAYER = (
    apply("st", "ax.int_step", m="K", n="l"), apply("lK", "ax.antisym", x="l", y="K + 1"),
    apply("dl", "ax.cong_ii", f="t -> d(t)", x="l", y="K + 1"), combine("i3", "i + 1 <= d(K+1)", "i2 dl"),
    apply("s", "qo", i="i"), apply("b1", "ax.cong_int", f="t -> b(t,P(t,i))", x="l", y="K + 1"),
    apply("b2", "ax.cong_int", f="t -> b(t,P(t,i+1))", x="l", y="K + 1"),
    apply("a1", "e2", i="i"), apply("a2", "e2", i="i + 1"),
    apply("g1", "ax.cong_int", f="t -> b(K+1,t)", x="P(K+1,i)", y="u(i)"),
    apply("g2", "ax.cong_int", f="t -> b(K+1,t)", x="P(K+1,i+1)", y="u(i+1)"), combine("t", facts="s b1 b2 g1 g2"),
)
_OLD_LAYER = (
    apply("a1", "e4", l="l", i="i"), apply("a2", "e4", l="l", i="i + 1"), apply("s", "po", l="l", i="i"),
    apply("g1", "ax.cong_int", f="t -> b(l,t)", x="P(l,i)", y="p(l,i)"),
    apply("g2", "ax.cong_int", f="t -> b(l,t)", x="P(l,i+1)", y="p(l,i+1)"), combine("t", facts="s g1 g2"),
)
_KEPT = intro("f0", _FIXED.format(p="P")[1:-1], "", apply("a", "e4", l="0", i="i"), apply("c", "p0", i="i"),
              combine("u", facts="a c"))

HIDDEN = Lemma(
    "covering.order_hidden_biases", "Permutations of the layers 0..L that fix the input and put real biases in order",
    statement(f"{_ALL} => {_UP_TO.format(K='L')}"),
    (
        induct("I", f"all K:int | 0 <= K => (all | K <= L => {_UP_TO.format(K='K')})", "hK ih",
               [intro("z", None, "h",
                      intro("o", "all l i:int | 1 <= l, l <= 0, 1 <= i, i + 1 <= d(l) => b(l,i+1) <= b(l,i)",
                            "l1 l2 i1 i2",
                            apply("or1", "ax.total", x="b(l,i+1)", y="b(l,i)"),
                            cases("x", "or1", "c", [combine("w", facts="c")], [combine("w", facts="c l1 l2")])),
                      witness("y", p="l, i -> i", v="l, i -> i"))],
               [intro("z", None, "h", apply("IH", "ih"), apply("dK", "hd", l="K + 1"),
                      apply("S", "covering.sort_biases", f"some u w:int->int | {permutation('u', 'w', 'd(K+1)')},"
                            f" {falling('b(K+1,u({}))', 'd(K+1)')}", b="i -> b(K+1,i)", n="d(K+1)"),
                      obtain("y", "IH", "pp p0 po", obtain(
                          "x", "S", "qq qo",
                          apply("E", "covering.extend_layers", K="K", d="l -> d(l)", u="i -> u(i)", w="i -> w(i)",
                                p="l, i -> p(l,i)", v="l, i -> v(l,i)"),
                          obtain("w1", "E", "e1 e2 e3 e4", _KEPT,
                                 intro("fo", ordered("P", "K + 1")[1:-1], "l1 l2 i1 i2",
                                       apply("or1", "ax.total", x="l", y="K"),
                                       cases("u", "or1", "c", list(_OLD_LAYER), list(_NEXT_LAYER))),
                                 witness("v1", p="l, i -> P(l,i)", v="l, i -> V(l,i)")))))]),
        apply("J", "I", K="L"), apply("end", "J"),
    ),
)

ORDERED = (f"some {_PAIR} | {permutations('p', 'v', '(L+1)')}, {_FIXED.format(p='p')}, (all i:int => p(L+1,i) = i),"
           f" {ordered('p', 'L')}")
"""Permutations of all layers that fix input and output and put the real biases b of the hidden layers in order."""

ORDER = Lemma(
    "covering.order_biases", "Permutations of all layers that fix input and output and put real hidden biases in order",
    statement(f"{_ALL} => {ORDERED}"),
    (
        apply("H", "covering.order_hidden_biases", L="L", d="l -> d(l)", b="l, i -> b(l,i)"),
        obtain("end", "H", "pp p0 po",
               apply("E", "covering.extend_layers", K="L", d="l -> d(l)", u="i -> i", w="i -> i", p="l, i -> p(l,i)",
                     v="l, i -> v(l,i)"),
               obtain("w1", "E", "e1 e2 e3 e4", _KEPT,
                      intro("fo", ordered("P", "L")[1:-1], "l1 l2 i1 i2", *_OLD_LAYER),
                      witness("v1", p="l, i -> P(l,i)", v="l, i -> V(l,i)"))),
    ),
)

STRICT = "(all i:int | 1 <= i, i + 1 <= n => {b}({i1}) < {b}({i0}))"
_STRICT_B = STRICT.format(b="b", i1="i+1", i0="i")
_STRICT_P = STRICT.format(b="b", i1="p(i+1)", i0="p(i)")

FALLS = Lemma(
    "covering.strictly_falling", "In a strictly falling sequence a later entry is not larger",
    statement(f"all b:int->real, n:int | hb: {_STRICT_B}"
              " => (all i j:int | 1 <= i, i <= j, j <= n => b(j) <= b(i))"),
    (
        intro("end", None, "i1 i2 i3",
              induct("K", "all k:int | i <= k => (all | k <= n => b(k) <= b(i))", "hk ih",
                     [intro("z", None, "h", combine("y"))],
                     [intro("z", None, "h", apply("a", "ih"), apply("c", "hb", i="k"), combine("y", facts="a c"))]),
              apply("J", "K", k="j"), apply("z", "J")),
    ),
)

RIGID = Lemma(
    "covering.strict_order_rigid", "Only the identity keeps a strictly falling sequence strictly falling",
    statement(f"all b:int->real, p:int->int, n:int | hb: {_STRICT_B}, hp: {_STRICT_P},"
              " p1: (all i:int | 1 <= i, i <= n => 1 <= p(i)), p2: (all i:int | 1 <= i, i <= n => p(i) <= n)"
              " => (all i:int | 1 <= i, i <= n => p(i) = i)"),
    (
        apply("F", "covering.strictly_falling", b="i -> b(i)", n="n"),
        intro("up", "all i:int | 1 <= i, i + 1 <= n => p(i) + 1 <= p(i+1)", "i1 i2",
              apply("or1", "ax.total", x="p(i+1)", y="p(i)"),
              cases("z", "or1", "c",
                    [apply("q1", "p1", i="i + 1"), apply("q2", "p2", i="i"), apply("f", "F", i="p(i+1)", j="p(i)"),
                     apply("s", "hp", i="i"), combine("no", "0 < 0", "f s"), combine("y", mul="no")],
                    [apply("y", "ax.int_step", m="p(i)", n="p(i+1)")])),
        induct("lo", "all k:int | 1 <= k => (all | k <= n => k <= p(k))", "hk ih",
               [intro("z", None, "h", apply("y", "p1", i="1"))],
               [intro("z", None, "h", apply("a", "ih"), apply("c", "up", i="k"), combine("y", facts="a c"))]),
        induct("hi", "all k:int | 0 <= k => (all | k + 1 <= n => p(n - k) <= n - k)", "hk ih",
               [intro("z", None, "h", apply("y", "p2", i="n"))],
               [intro("z", None, "h", apply("a", "ih"),
                      apply("c", "up", "p(n - (k + 1)) + 1 <= p(n - k)", i="n - (k + 1)"),
                      combine("y", facts="a c"))]),
        intro("end", None, "i1 i2", apply("a", "lo", k="i"), apply("a1", "a"), apply("c", "hi", k="n - i"),
              apply("c1", "c"), apply("z", "ax.antisym", x="p(i)", y="i")),
    ),
)

LEMMAS = (LEAST, SORT, HIDDEN, ORDER, FALLS, RIGID)

"""Permutations for all hidden layers at once that put the biases of every layer in order; input and output stay."""

from theory.covering.representatives_sorting import permutation, sorted_by
from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain, witness

LAYERS = "0 <= l, l <= {K}, 1 <= i, i <= d(l)"


def permutations(p: str, v: str, K: str) -> str:
    """p(l, .) and v(l, .) are inverse permutations of 1..d(l) for l = 0..K: one hypothesis."""
    return (f"(all l i:int | {LAYERS.format(K=K)} => some | 1 <= {p}(l,i), {p}(l,i) <= d(l), 1 <= {v}(l,i),"
            f" {v}(l,i) <= d(l), {v}(l,{p}(l,i)) = i, {p}(l,{v}(l,i)) = i)")


def _ordered(p: str, K: str) -> str:
    return f"(all l i:int | 1 <= l, l <= {K}, 1 <= i, i + 1 <= d(l) => b(l,{p}(l,i)) <= b(l,{p}(l,i+1)))"


def _same(P: str, p: str) -> str:
    return f"(all l i:int | l <= K => {P}(l,i) = {p}(l,i))"


_PAIR = "p v:(l:int,i:int)->int"
_FIXED = "(all i:int => {p}(0,i) = i)"
_LAST = "(all i:int => P(K+1,i) = u(i)), (all i:int => V(K+1,i) = w(i))"

APPEND = Lemma(
    "covering.append_layer", "A family of functions p(0, .), ..., p(K, .) can be given the function u at K + 1",
    statement("all p:(l:int,i:int)->int, u:int->int, K:int => some P:(l:int,i:int)->int |"
              f" (all i:int => P(K+1,i) = u(i)), {_same('P', 'p')}"),
    (
        intro("a", "all i:int => iite(K + 1, K, p(K + 1,i), u(i)) = u(i)", "",
              apply("z", "ax.iite_else", a="K + 1", b="K", x="p(K + 1,i)", y="u(i)")),
        intro("o", "all l i:int | l <= K => iite(l, K, p(l,i), u(i)) = p(l,i)", "h",
              apply("z", "ax.iite_then", a="l", b="K", x="p(l,i)", y="u(i)")),
        witness("end", P="l, i -> iite(l, K, p(l,i), u(i))"),
    ),
)


def _relations(old: str, at: str, p: str, v: str, reach: str) -> tuple[Step, ...]:
    """The six facts about P(l, i) and V(l, i) from those about p and v, the values of P and V, and congruence."""
    return (
        apply("f", "ax.cong_ii", f="t -> V(l,t)", x="P(l,i)", y=p),
        apply("g", "ax.cong_ii", f="t -> P(l,t)", x="V(l,i)", y=v),
        combine("r1", "1 <= P(l,i)", f"{old}1 P1"), combine("r2", "P(l,i) <= d(l)", f"{old}2 P1 {reach}"),
        combine("r3", "1 <= V(l,i)", f"{old}3 V1"), combine("r4", "V(l,i) <= d(l)", f"{old}4 V1 {reach}"),
        combine("r5", "V(l,P(l,i)) = i", f"f P2 {old}5"), combine("r6", "P(l,V(l,i)) = i", f"g V2 {old}6"),
    )


EXTEND = Lemma(
    "covering.extend_layers", "Permutations of the layers 0..K and one of layer K + 1 are permutations of 0..K+1",
    statement(f"all K:int, d u w:int->int, {_PAIR} | hp: {permutations('p', 'v', 'K')},"
              f" hq: {permutation('u', 'w', 'd(K+1)')} => some P V:(l:int,i:int)->int |"
              f" {permutations('P', 'V', '(K+1)')}, {_LAST}, {_same('P', 'p')}"),
    (
        apply("x1", "covering.append_layer", p="l, i -> p(l,i)", u="i -> u(i)", K="K"),
        apply("x2", "covering.append_layer",
              f"some V:(l:int,i:int)->int | (all i:int => V(K+1,i) = w(i)), {_same('V', 'v')}",
              p="l, i -> v(l,i)", u="i -> w(i)", K="K"),
        obtain("end", "x1", "e1 e2", obtain(
            "y", "x2", "w1 w2",
            intro("pp", permutations("P", "V", "(K+1)")[1:-1], "l1 l2 i1 i2",
                  apply("or1", "ax.total", x="l", y="K"),
                  cases("z", "or1", "c",
                        [apply("h", "hp", l="l", i="i"), apply("P1", "e2", l="l", i="i"),
                         apply("V1", "w2", l="l", i="i"),
                         obtain("x", "h", "p1 p2 p3 p4 p5 p6", apply("P2", "w2", l="l", i="p(l,i)"),
                                apply("V2", "e2", l="l", i="v(l,i)"), *_relations("p", "l", "p(l,i)", "v(l,i)", "p2"))],
                        [apply("st", "ax.int_step", m="K", n="l"), apply("lK", "ax.antisym", x="l", y="K + 1"),
                         apply("dl", "ax.cong_ii", f="t -> d(t)", x="l", y="K + 1"),
                         combine("i3", "i <= d(K+1)", "i2 dl"), apply("h", "hq", i="i"),
                         apply("Pi", "ax.cong_ii", f="t -> P(t,i)", x="l", y="K + 1"), apply("Pe", "e1", i="i"),
                         apply("Vi", "ax.cong_ii", f="t -> V(t,i)", x="l", y="K + 1"), apply("Ve", "w1", i="i"),
                         combine("P1", "P(l,i) = u(i)", "Pi Pe"), combine("V1", "V(l,i) = w(i)", "Vi Ve"),
                         apply("Pv", "ax.cong_ii", f="t -> P(t,w(i))", x="l", y="K + 1"), apply("Pw", "e1", i="w(i)"),
                         apply("Vq", "ax.cong_ii", f="t -> V(t,u(i))", x="l", y="K + 1"), apply("Vw", "w1", i="u(i)"),
                         combine("P2", "V(l,u(i)) = w(u(i))", "Vq Vw"), combine("V2", "P(l,w(i)) = u(w(i))", "Pv Pw"),
                         obtain("x", "h", "p1 p2 p3 p4 p5 p6", *_relations("p", "K + 1", "u(i)", "w(i)", "dl"))])),
            witness("z", P="l, i -> P(l,i)", V="l, i -> V(l,i)"))),
    ),
)

_UP_TO = f"some {_PAIR} | {permutations('p', 'v', '{K}')}, {_FIXED.format(p='p')}, {_ordered('p', '{K}')}"
_ALL = "all L:int, d:int->int, b:(l:int,i:int)->int | hL: 0 <= L, hd: (all l:int | 0 <= l, l <= L + 1 => 0 <= d(l))"

HIDDEN = Lemma(
    "covering.order_hidden", "Permutations of the layers 0..L that fix the input and put the biases in order",
    statement(f"{_ALL} => {_UP_TO.format(K='L')}"),
    (
        induct("I", f"all K:int | 0 <= K => (all | K <= L => {_UP_TO.format(K='K')})", "hK ih",
               [intro("z", None, "h",
                      intro("o", _ordered("p", "0").replace("p(l,i)", "i").replace("p(l,i+1)", "(i+1)")[1:-1],
                            "l1 l2 i1 i2",
                            apply("or1", "ax.total", x="b(l,i)", y="b(l,i+1)"),
                            cases("x", "or1", "c", [combine("w", facts="c")], [combine("w", facts="c l1 l2")])),
                      witness("y", p="l, i -> i", v="l, i -> i"))],
               [intro("z", None, "h", apply("IH", "ih"), apply("dK", "hd", l="K + 1"),
                      apply("S", "covering.sort", f"some u w:int->int | {permutation('u', 'w', 'd(K+1)')},"
                            f" {sorted_by('b', 'u', 'd(K+1)').replace('b(u(', 'b(K+1,u(')}", b="i -> b(K+1,i)",
                            n="d(K+1)"),
                      obtain("y", "IH", "pp p0 po", obtain(
                          "x", "S", "qq qo",
                          apply("E", "covering.extend_layers", K="K", d="l -> d(l)", u="i -> u(i)", w="i -> w(i)",
                                p="l, i -> p(l,i)", v="l, i -> v(l,i)"),
                          obtain("w1", "E", "e1 e2 e3 e4",
                                 intro("f0", _FIXED.format(p="P")[1:-1], "", apply("a", "e4", l="0", i="i"),
                                       apply("c", "p0", i="i"), combine("u", facts="a c")),
                                 intro("fo", _ordered("P", "K + 1")[1:-1], "l1 l2 i1 i2",
                                       apply("or1", "ax.total", x="l", y="K"),
                                       cases("u", "or1", "c",
                                             [apply("a1", "e4", l="l", i="i"), apply("a2", "e4", l="l", i="i + 1"),
                                              apply("s", "po", l="l", i="i"),
                                              apply("g1", "ax.cong_ii", f="t -> b(l,t)", x="P(l,i)", y="p(l,i)"),
                                              apply("g2", "ax.cong_ii", f="t -> b(l,t)", x="P(l,i+1)", y="p(l,i+1)"),
                                              combine("t", facts="s g1 g2")],
                                             [apply("st", "ax.int_step", m="K", n="l"),
                                              apply("lK", "ax.antisym", x="l", y="K + 1"),
                                              apply("dl", "ax.cong_ii", f="t -> d(t)", x="l", y="K + 1"),
                                              combine("i3", "i + 1 <= d(K+1)", "i2 dl"), apply("s", "qo", i="i"),
                                              apply("b1", "ax.cong_ii", f="t -> b(t,P(t,i))", x="l", y="K + 1"),
                                              apply("b2", "ax.cong_ii", f="t -> b(t,P(t,i+1))", x="l", y="K + 1"),
                                              apply("a1", "e2", i="i"), apply("a2", "e2", i="i + 1"),
                                              apply("g1", "ax.cong_ii", f="t -> b(K+1,t)", x="P(K+1,i)", y="u(i)"),
                                              apply("g2", "ax.cong_ii", f="t -> b(K+1,t)", x="P(K+1,i+1)", y="u(i+1)"),
                                              combine("t", facts="s b1 b2 g1 g2")])),
                                 witness("v1", p="l, i -> P(l,i)", v="l, i -> V(l,i)")))))]),
        apply("J", "I", K="L"), apply("end", "J"),
    ),
)

ORDERED = (f"some {_PAIR} | {permutations('p', 'v', '(L+1)')}, {_FIXED.format(p='p')}, (all i:int => p(L+1,i) = i),"
           f" {_ordered('p', 'L')}")
"""Permutations of all layers that fix input and output and put the biases b of the hidden layers in order."""

ORDER = Lemma(
    "covering.order_layers", "Permutations of all layers that fix input and output and put the hidden biases in order",
    statement(f"{_ALL} => {ORDERED}"),
    (
        apply("H", "covering.order_hidden", L="L", d="l -> d(l)", b="l, i -> b(l,i)"),
        obtain("end", "H", "pp p0 po",
               apply("E", "covering.extend_layers", K="L", d="l -> d(l)", u="i -> i", w="i -> i", p="l, i -> p(l,i)",
                     v="l, i -> v(l,i)"),
               obtain("w1", "E", "e1 e2 e3 e4",
                      intro("f0", _FIXED.format(p="P")[1:-1], "", apply("a", "e4", l="0", i="i"),
                            apply("c", "p0", i="i"), combine("u", facts="a c")),
                      intro("fo", _ordered("P", "L")[1:-1], "l1 l2 i1 i2",
                            apply("a1", "e4", l="l", i="i"), apply("a2", "e4", l="l", i="i + 1"),
                            apply("s", "po", l="l", i="i"),
                            apply("g1", "ax.cong_ii", f="t -> b(l,t)", x="P(l,i)", y="p(l,i)"),
                            apply("g2", "ax.cong_ii", f="t -> b(l,t)", x="P(l,i+1)", y="p(l,i+1)"),
                            combine("t", facts="s g1 g2")),
                      witness("v1", p="l, i -> P(l,i)", v="l, i -> V(l,i)"))),
    ),
)

LEMMAS = (APPEND, EXTEND, HIDDEN, ORDER)

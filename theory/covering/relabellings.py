"""Networks that are relabellings of each other: a common relabelling, and naming one representative for each network.

Permutations are written layer by layer as inverse pairs p(l, .), v(l, .), the identity at input and output.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, induct, intro, obtain, witness

_UNIT = "0 <= l, l <= L + 1, 1 <= i, i <= d(l)"
_ROW = "1 <= l, l <= L + 1, 1 <= i, i <= d(l)"
_ENTRY = f"{_ROW}, 1 <= j, j <= d(l-1)"
_PARTS = ("1 <= {p}(l,i)", "{p}(l,i) <= d(l)", "1 <= {v}(l,i)", "{v}(l,i) <= d(l)", "{v}(l,{p}(l,i)) = i",
          "{p}(l,{v}(l,i)) = i")


def permutations(p: str, v: str) -> tuple[str, ...]:
    """p(l, .) and v(l, .) are inverse permutations in every layer, the identity at both ends: eight hypotheses."""
    return (*(f"(all l i:int | {_UNIT} => {part.format(p=p, v=v)})" for part in _PARTS),
            f"(all i:int | 1 <= i, i <= d(0) => {p}(0,i) = i)", f"(all i:int | 1 <= i, i <= d(L+1) => {p}(L+1,i) = i)")


def relabels(new: str, old: str, p: str) -> tuple[str, str]:
    """The network `new` is `old` relabelled by p: biases (j = 0) and weights; both as text up to the layer."""
    return (f"(all l i:int | {_ROW} => {new}l,i,0) = {old}l,{p}(l,i),0))",
            f"(all l i j:int | {_ENTRY} => {new}l,i,j) = {old}l,{p}(l,i),{p}(l-1,j)))")


def joined(*parts: str) -> str:
    """Return the hypotheses as one list, as text of the notation."""
    return ", ".join(parts)


_PLACE = (apply("r1", "H12", l="l", i="i"), apply("r2", "H13", l="l", i="i"))
_MIXED = "p(l,w(l,i))"

MEET = Lemma(
    "covering.relabellings_meet", "Two networks with one relabelling in common are relabellings of each other",
    statement("all L:int, d:int->int, G A H:(l:int,i:int,j:int)->int, p v u w:(l:int,i:int)->int | "
              + joined("0 <= L", *permutations("p", "v"), *permutations("u", "w"), *relabels("H(", "G(", "p"),
                        *relabels("H(", "A(", "u"))
              + " => some r x:(l:int,i:int)->int | "
              + joined(*permutations("r", "x"), *relabels("A(", "G(", "r"))),
    (
        intro("a1", f"all l i:int | {_UNIT} => 1 <= {_MIXED}", "l1 l2 i1 i2", *_PLACE,
              apply("z", "H2", l="l", i="w(l,i)")),
        intro("a2", f"all l i:int | {_UNIT} => {_MIXED} <= d(l)", "l1 l2 i1 i2", *_PLACE,
              apply("z", "H3", l="l", i="w(l,i)")),
        intro("a3", f"all l i:int | {_UNIT} => 1 <= u(l,v(l,i))", "l1 l2 i1 i2", apply("r1", "H4", l="l", i="i"),
              apply("r2", "H5", l="l", i="i"), apply("z", "H10", l="l", i="v(l,i)")),
        intro("a4", f"all l i:int | {_UNIT} => u(l,v(l,i)) <= d(l)", "l1 l2 i1 i2", apply("r1", "H4", l="l", i="i"),
              apply("r2", "H5", l="l", i="i"), apply("z", "H11", l="l", i="v(l,i)")),
        intro("a5", f"all l i:int | {_UNIT} => u(l,v(l,{_MIXED})) = i", "l1 l2 i1 i2", *_PLACE,
              apply("s", "H6", l="l", i="w(l,i)"),
              apply("c", "ax.cong_ii", f="t -> u(l,t)", x=f"v(l,{_MIXED})", y="w(l,i)"),
              apply("e", "H15", l="l", i="i"), combine("z", facts="c e")),
        intro("a6", f"all l i:int | {_UNIT} => p(l,w(l,u(l,v(l,i)))) = i", "l1 l2 i1 i2",
              apply("r1", "H4", l="l", i="i"),
              apply("r2", "H5", l="l", i="i"), apply("s", "H14", l="l", i="v(l,i)"),
              apply("c", "ax.cong_ii", f="t -> p(l,t)", x="w(l,u(l,v(l,i)))", y="v(l,i)"),
              apply("e", "H7", l="l", i="i"), combine("z", facts="c e")),
        *(intro(f"a{k}", f"all i:int | 1 <= i, i <= d({end}) => p({end},w({end},i)) = i", "i1 i2",
                apply("f", fixed, i="i"), apply("s", "H14", l=end, i="i"),
                apply("c", "ax.cong_ii", f=f"t -> w({end},t)", x=f"u({end},i)", y="i"),
                combine("e", f"w({end},i) = i", "s c"),
                apply("c2", "ax.cong_ii", f=f"t -> p({end},t)", x=f"w({end},i)", y="i"), apply("g", own, i="i"),
                combine("z", facts="c2 g")) for k, end, fixed, own in ((7, "0", "H16", "H8"), (8, "L+1", "H17", "H9"))),
        intro("a9", f"all l i:int | {_ROW} => A(l,i,0) = G(l,{_MIXED},0)", "l1 l2 i1 i2", *_PLACE,
              apply("s", "H18", l="l", i="w(l,i)"), apply("t", "H20", l="l", i="w(l,i)"),
              apply("e", "H15", l="l", i="i"),
              apply("c", "ax.cong_ii", f="t -> A(l,t,0)", x="u(l,w(l,i))", y="i"), combine("z", facts="s t c")),
        intro("b1", f"all l i j:int | {_ENTRY} => A(l,i,j) = G(l,{_MIXED},p(l-1,w(l-1,j)))", "l1 l2 i1 i2 j1 j2",
              *_PLACE,
              apply("r3", "H12", l="l - 1", i="j"), apply("r4", "H13", l="l - 1", i="j"),
              apply("s", "H19", l="l", i="w(l,i)", j="w(l-1,j)"), apply("t", "H21", l="l", i="w(l,i)", j="w(l-1,j)"),
              apply("e", "H15", l="l", i="i"), apply("f", "H15", l="l - 1", i="j"),
              apply("c", "ax.cong_ii", f="t -> A(l,t,u(l-1,w(l-1,j)))", x="u(l,w(l,i))", y="i"),
              apply("c2", "ax.cong_ii", f="t -> A(l,i,t)", x="u(l-1,w(l-1,j))", y="j"), combine("z", facts="s t c c2")),
        witness("end", r=f"l, i -> {_MIXED}", x="l, i -> u(l,v(l,i))"),
    ),
)

FOUND = permutations("p", "v")


def represented(k: str, t: str) -> str:
    """Network k of C is up to relabelling number t of the list E(1..r)."""
    return ("some p v:(l:int,i:int)->int | "
            + joined(f"1 <= {t}", f"{t} <= r", *FOUND, *relabels(f"E({t},", f"C({k},", "p")))


FAMILY = "(k:int,l:int,i:int,j:int)->int"
_SHAPE = f"all L r:int, d:int->int, C E:{FAMILY}"

TRANSPORT = Lemma(
    "covering.represented_equal", "Being represented depends on the numbers only",
    statement(f"{_SHAPE}, k t a b:int | h: ({represented('a', 'b')}), hk: k = a, ht: t = b =>"
              f" {represented('k', 't')}"),
    (
        obtain("end", "h", "e1 e2 p1 p2 p3 p4 p5 p6 p7 p8 s1 s2", combine("f1", "1 <= t", "e1 ht"),
               combine("f2", "t <= r", "e2 ht"),
               intro("g1", relabels("E(t,", "C(k,", "p")[0][1:-1], "l1 l2 i1 i2", apply("s", "s1", l="l", i="i"),
                     apply("c", "ax.cong_ii", f="x -> E(x,l,i,0)", x="t", y="b"),
                     apply("c2", "ax.cong_ii", f="x -> C(x,l,p(l,i),0)", x="k", y="a"), combine("z", facts="s c c2")),
               intro("g2", relabels("E(t,", "C(k,", "p")[1][1:-1], "l1 l2 i1 i2 j1 j2",
                     apply("s", "s2", l="l", i="i", j="j"),
                     apply("c", "ax.cong_ii", f="x -> E(x,l,i,j)", x="t", y="b"),
                     apply("c2", "ax.cong_ii", f="x -> C(x,l,p(l,i),p(l-1,j))", x="k", y="a"),
                     combine("z", facts="s c c2")),
               witness("y", p="l, i -> p(l,i)", v="l, i -> v(l,i)")),
    ),
)

SAME = {"L": "L", "r": "r", "d": "l -> d(l)", "C": "k, l, i, j -> C(k,l,i,j)", "E": "k, l, i, j -> E(k,l,i,j)"}
_CHOICE = f"some f:int->int | (all k:int | 1 <= k, k <= {{n}} => {represented('k', 'f(k)')})"

_NONE = (
    combine("no", "0 < 0", "k1 k2"), combine("q1", "k <= r", mul="no"),
    intro("g1", relabels("E(k,", "C(k,", "p")[0][1:-1].replace("p(l,i)", "i"), "l1 l2 i1 i2", combine("z0", mul="no")),
    intro("g2", relabels("E(k,", "C(k,", "p")[1][1:-1].replace("p(l,i)", "i").replace("p(l-1,j)", "j"),
          "l1 l2 i1 i2 j1 j2", combine("z0", mul="no")),
    witness("y0", p="l, i -> i", v="l, i -> i"),
)

CHOICE = Lemma(
    "covering.choose_representative", "A function names the representative of each of finitely many networks",
    statement(f"{_SHAPE}, n:int | hn: 0 <= n, hE: (all k:int | 1 <= k, k <= n => some t:int |"
              f" ({represented('k', 't')})) => {_CHOICE.format(n='n')}"),
    (
        induct("K", f"all e:int | 0 <= e => (all | e <= n => {_CHOICE.format(n='e')})", "he ih",
               [intro("z", None, "h", intro("none", f"all k:int | 1 <= k, k <= 0 => {represented('k', 'k')}", "k1 k2",
                                            *_NONE), witness("y", f="k -> k"))],
               [intro("z", None, "h", apply("o1", "ih"), apply("o2", "hE", k="e + 1"),
                      obtain("y", "o1", "old", obtain(
                          "x", "o2", "new",
                          apply("A", "covering.append", "some F:int->int | F(e+1) = t, (all i:int | i <= e"
                                                        " => F(i) = f(i))",
                                p="i -> f(i)", n="e", c="t"),
                          obtain("w", "A", "F1 F2",
                                 intro("o", f"all k:int | 1 <= k, k <= e + 1 => {represented('k', 'F(k)')}", "k1 k2",
                                       apply("or1", "ax.int_split", m="k", n="e + 1"),
                                       cases("u", "or1", "c",
                                             [apply("b", "ax.cong_ii", f="x -> F(x)", x="k", y="e + 1"),
                                              combine("Fk", "F(k) = t", "b F1"),
                                              apply("s", "covering.represented_equal", **SAME, k="k", t="F(k)",
                                                    a="e + 1",
                                                    b="t")],
                                             [apply("o3", "old", k="k"), apply("Fk", "F2", i="k"),
                                              apply("s", "covering.represented_equal", **SAME, k="k", t="F(k)", a="k",
                                                    b="f(k)")])),
                                 witness("v0", f="k -> F(k)")))))]),
        apply("J", "K", e="n"), apply("end", "J"),
    ),
)

LEMMAS = (MEET, TRANSPORT, CHOICE)

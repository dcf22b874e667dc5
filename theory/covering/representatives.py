"""Bias-ordered representatives: every grid assignment is, up to permutations of hidden units, one of a short list.

The list holds the assignments whose hidden biases do not decrease: its length is the bias-ordered count
prod_l m_l^(d_l d_(l-1)) C(m_l + d_l - 1, d_l) times m^(d_(L+1) (d_L + 1)) for the output layer.
"""

from theory.covering.deep_bound_unconditional import GRID, REPRESENTED
from theory.covering.representatives_layers import COUNT
from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, intro, obtain, witness

_INDEX = "all k l i j:int | 1 <= k, k <= n, " + GRID
_H = "iite(j, 0, G(l,p(l,i),0), G(l,p(l,i),p(l-1,j)))"


_BIAS = _H.replace("j", "0")


def _entry(j: str) -> tuple[Step, ...]:
    """D(k, l, i, j) = H(l, i, j): the listed entry, which clamping left alone."""
    return (apply("e", "y3", l="l", i="i", j=j), apply("f", "r1", l="l", i="i", j=j),
            apply("g", "r2", l="l", i="i", j=j),
            combine("f1", f"1 <= C(k,l,i,{j})", "e f"), combine("g1", f"C(k,l,i,{j}) <= m(l)", "e g"),
            apply("h", "k3", k="k", l="l", i="i", j=j))


_RANGED = (
    apply("a", "pp", l="l", i="i"), apply("or1", "ax.total", x="j", y="0"),
    obtain("z", "a", "p1 p2 p3 p4 p5 p6",
           cases("y", "or1", "c",
                 [apply("e", "ax.iite_then", a="j", b="0", x="G(l,p(l,i),0)", y="G(l,p(l,i),p(l-1,j))"),
                  apply("dl", "hd", l="l - 1"), apply("lo", "G1", l="l", i="p(l,i)", j="0"),
                  apply("hi", "G2", l="l", i="p(l,i)", j="0"), combine("x1", f"1 <= {_H}", "e lo"),
                  combine("x2", f"{_H} <= m(l)", "e hi")],
                 [apply("e", "ax.iite_else", a="j", b="0", x="G(l,p(l,i),0)", y="G(l,p(l,i),p(l-1,j))"),
                  apply("jn", "ax.int_step", m="0", n="j"), apply("b", "pp", l="l - 1", i="j"),
                  obtain("x", "b", "w1 w2 w3 w4 w5 w6", apply("lo", "G1", l="l", i="p(l,i)", j="p(l-1,j)"),
                         apply("hi", "G2", l="l", i="p(l,i)", j="p(l-1,j)"), combine("x1", f"1 <= {_H}", "e lo"),
                         combine("x2", f"{_H} <= m(l)", "e hi"))])),
)

_ORDERED = (
    apply("e1", "ax.iite_then", a="0", b="0", x="G(l,p(l,i),0)", y="G(l,p(l,i),p(l-1,0))"),
    apply("e2", "ax.iite_then", a="0", b="0", x="G(l,p(l,i+1),0)", y="G(l,p(l,i+1),p(l-1,0))"),
    apply("s", "po", l="l", i="i"), combine("z", facts="s e1 e2"),
)

_PARTS = ("1 <= p(l,i)", "p(l,i) <= d(l)", "1 <= v(l,i)", "v(l,i) <= d(l)", "v(l,p(l,i)) = i", "p(l,v(l,i)) = i")
_SPLIT = tuple(
    intro(f"s{k}", f"all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => {part}", "l1 l2 i1 i2",
          apply("a", "pp", l="l", i="i"), obtain("z", "a", "p1 p2 p3 p4 p5 p6", apply("y", f"p{k}")))
    for k, part in enumerate(_PARTS, 1))

REPRESENTATIVES = Lemma(
    "covering.sorted_representatives", "The bias-ordered grid assignments represent all up to permutations",
    statement(
        "all L:int, d m:int->int | hL: 0 <= L, hd: (all l:int | 0 <= l, l <= L + 1 => 0 <= d(l)),"
        " hm: (all l:int | 1 <= l, l <= L + 1 => 1 <= m(l)) => some n:int, C:(k:int,l:int,i:int,j:int)->int |"
        f" n <= {COUNT}, ({_INDEX} => 1 <= C(k,l,i,j)), ({_INDEX} => C(k,l,i,j) <= m(l)), {REPRESENTED}"),
    (
        apply("N", "covering.list_networks", L="L", d="l -> d(l)", m="l -> m(l)"),
        obtain("end", "N", "n1 n2 cov",
               apply("K", "covering.clamp_list", C="k, l, i, j -> C(k,l,i,j)", m="l -> m(l)"),
               combine("le", f"n <= {COUNT}", "n2"),
               obtain("z", "K", "k1 k2 k3",
                      intro("d1", f"{_INDEX} => 1 <= D(k,l,i,j)", "x1 x2 l1 l2 i1 i2 j1 j2",
                            apply("ml", "hm", l="l"), apply("y", "k1", k="k", l="l", i="i", j="j")),
                      intro("d2", f"{_INDEX} => D(k,l,i,j) <= m(l)", "x1 x2 l1 l2 i1 i2 j1 j2",
                            apply("ml", "hm", l="l"), apply("y", "k2", k="k", l="l", i="i", j="j")),
                      intro("rep", REPRESENTED.replace("C(k", "D(k")[1:-1], "G1 G2",
                            apply("O", "covering.order_layers", L="L", d="l -> d(l)", b="l, i -> G(l,i,0)"),
                            obtain("y", "O", "pp p0 pL po",
                                   intro("r", f"all l i j:int | {GRID} => some | 1 <= {_H}, {_H} <= m(l)",
                                         "l1 l2 i1 i2 j1 j2", *_RANGED),
                                   intro("r1", f"all l i j:int | {GRID} => 1 <= {_H}", "l1 l2 i1 i2 j1 j2",
                                         apply("a", "r", l="l", i="i", j="j"),
                                         obtain("z1", "a", "h1 h2", apply("y1", "h1"))),
                                   intro("r2", f"all l i j:int | {GRID} => {_H} <= m(l)", "l1 l2 i1 i2 j1 j2",
                                         apply("a", "r", l="l", i="i", j="j"),
                                         obtain("z1", "a", "h1 h2", apply("y1", "h2"))),
                                   intro("r3", "all l i:int | 1 <= l, l <= L + 1, l <= L, 1 <= i, i + 1 <= d(l) => "
                                         f"{_BIAS} <= {_BIAS.replace('p(l,i)', 'p(l,i+1)')}",
                                         "l1 l2 l3 i1 i2", *_ORDERED),
                                   apply("c", "cov", G=f"l, i, j -> {_H}"),
                                   obtain("x", "c", "y1 y2 y3", *_SPLIT,
                                          intro("b0", "all i:int | 1 <= i, i <= d(0) => p(0,i) = i", "i1 i2",
                                                apply("a", "p0", i="i")),
                                          intro("bL", "all i:int | 1 <= i, i <= d(L+1) => p(L+1,i) = i", "i1 i2",
                                                apply("a", "pL", i="i")),
                                          intro("c0", "all l i:int | 1 <= l, l <= L + 1, 1 <= i, i <= d(l) =>"
                                                " D(k,l,i,0) = G(l,p(l,i),0)", "l1 l2 i1 i2",
                                                apply("dl", "hd", l="l - 1"), *_entry("0"),
                                                apply("o", "ax.iite_then", a="0", b="0", x="G(l,p(l,i),0)",
                                                      y="G(l,p(l,i),p(l-1,0))"), combine("t", facts="h e o")),
                                          intro("cj", "all l i j:int | 1 <= l, l <= L + 1, 1 <= i, i <= d(l), 1 <= j,"
                                                " j <= d(l-1) => D(k,l,i,j) = G(l,p(l,i),p(l-1,j))",
                                                "l1 l2 i1 i2 j1 j2",
                                                *_entry("j"),
                                                apply("o", "ax.iite_else", a="j", b="0", x="G(l,p(l,i),0)",
                                                      y="G(l,p(l,i),p(l-1,j))"), combine("t", facts="h e o")),
                                          witness("w", k="k", p="l, i -> p(l,i)", v="l, i -> v(l,i)")))),
                      witness("y", n="n", C="k, l, i, j -> D(k,l,i,j)"))),
    ),
    posed=((), (apply("ml", "o3", l="l"),)),
)

LEMMAS = (REPRESENTATIVES,)

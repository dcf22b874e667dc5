"""Permuting hidden units layer by layer permutes the hidden states: all depths, widths, activations.

With W2(l)[i,j] = W(l)[p(l,i), p(l-1,j)] and b2(l)[i] = b(l)[p(l,i)], states h2(l)[i] = h(l)[p(l,i)] solve the permuted
network. Proved by entries and the bijection lemma, one layer at a time; no matrix of the permutation appears.
"""

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, intro

LAYER_EQUIVARIANCE = Lemma(
    "covering.layer_equivariance", "One affine layer: permuted columns on permuted inputs, read at permuted rows",
    statement(
        "all r c:int, W V:mat(r,c), b e:mat(r,1), h g:mat(c,1), t p v:int->int | hc: 0 <= c,"
        " p1: (all i:int | 1 <= i, i <= c => 1 <= p(i)), p2: (all i:int | 1 <= i, i <= c => p(i) <= c),"
        " v1: (all i:int | 1 <= i, i <= c => 1 <= v(i)), v2: (all i:int | 1 <= i, i <= c => v(i) <= c),"
        " hvp: (all i:int | 1 <= i, i <= c => v(p(i)) = i), hpv: (all i:int | 1 <= i, i <= c => p(v(i)) = i),"
        " hV: (all i j:int | 1 <= i, i <= r, 1 <= j, j <= c => V[i,j] = W[t(i),p(j)]),"
        " he: (all i:int | 1 <= i, i <= r => e[i,1] = b[t(i),1]),"
        " hg: (all j:int | 1 <= j, j <= c => g[j,1] = h[p(j),1])"
        " => (all i:int | 1 <= i, i <= r => (V*g + e)[i,1] = (W*h + b)[t(i),1])"),
    (
        intro("end", None, "i1 i2",
              apply("a1", "ax.at_add", r="r", c="1", p="i", v="1", A="V*g", B="e"),
              apply("a2", "ax.at_mul", r="r", k="c", c="1", p="i", v="1", A="V", B="g"),
              apply("b1", "ax.at_add", r="r", c="1", p="t(i)", v="1", A="W*h", B="b"),
              apply("b2", "ax.at_mul", r="r", k="c", c="1", p="t(i)", v="1", A="W", B="h"),
              intro("s", "all l:int | 1 <= l, l <= c => V[i,l]*g[l,1] = W[t(i),p(l)]*h[p(l),1]", "l1 l2",
                    apply("x", "hV", i="i", j="l"), apply("y", "hg", j="l"), combine("z", facts="x y")),
              apply("d", "textbook.sum_cong", f="l -> V[i,l]*g[l,1]", g="l -> W[t(i),p(l)]*h[p(l),1]", a="1", b="c"),
              apply("f", "textbook.sum_bijection", f="l -> W[t(i),l]*h[l,1]", p="l -> p(l)", v="l -> v(l)", n="c"),
              apply("k", "he", i="i"), combine("z", facts="a1 a2 b1 b2 d f k", rounds=3)),
    ),
)

PERMUTATIONS = (
    " pa: (all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => 1 <= p(l,i)),"
    " pb: (all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => p(l,i) <= d(l)),"
    " va: (all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => 1 <= v(l,i)),"
    " vb: (all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => v(l,i) <= d(l)),"
    " vp: (all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => v(l,p(l,i)) = i),"
    " pv: (all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => p(l,v(l,i)) = i)"
)
"""p(l, .) and v(l, .) are inverse permutations of 1..d(l), for every layer 0..L+1."""

_G = "build(i<=d({l}), j<=1: h({l})[p({l},i),1])"
_V = "build(i<=d({l}), j<=d({l}-1): W({l})[p({l},i),p({l}-1,j)])"
_E = "build(i<=d({l}), j<=1: b({l})[p({l},i),1])"

STATES = Lemma(
    "covering.permuted_states", "The permuted states solve the permuted network",
    statement(
        "all L:int, d:int->int, W:(l:int)->mat(d(l),d(l-1)), b h:(l:int)->mat(d(l),1), s:(l:int,u:real)->real,"
        f" p v:(l:int,i:int)->int | hd: (all l:int | 0 <= l, l <= L + 1 => 0 <= d(l)),{PERMUTATIONS},"
        " hh: (all l i:int | 1 <= l, l <= L + 1, 1 <= i, i <= d(l) => h(l)[i,1] = s(l, (W(l)*h(l-1) + b(l))[i,1]))"
        " => (all l i:int | 1 <= l, l <= L + 1, 1 <= i, i <= d(l)"
        f" => {_G.format(l='l')}[i,1] = s(l, ({_V.format(l='l')}*{_G.format(l='(l-1)')} + {_E.format(l='l')})[i,1]))"),
    (
        intro("end", None, "l1 l2 i1 i2",
              apply("dl", "hd", l="l - 1"), apply("one", "pa", l="l", i="i"), apply("two", "pb", l="l", i="i"),
              apply("g", "ax.at_build", f="i, j -> h(l)[p(l,i),1]", r="d(l)", c="1", p="i", v="1"),
              apply("net", "hh", l="l", i="p(l,i)"),
              intro("x1", f"all i' j:int | 1 <= i', i' <= d(l), 1 <= j, j <= d(l-1)"
                    f" => {_V.format(l='l')}[i',j] = W(l)[p(l,i'),p(l-1,j)]", "m1 m2 n1 n2",
                    apply("z", "ax.at_build", f="i, j -> W(l)[p(l,i),p(l-1,j)]", r="d(l)", c="d(l-1)", p="i'", v="j")),
              intro("x2", f"all i':int | 1 <= i', i' <= d(l) => {_E.format(l='l')}[i',1] = b(l)[p(l,i'),1]", "m1 m2",
                    apply("z", "ax.at_build", f="i, j -> b(l)[p(l,i),1]", r="d(l)", c="1", p="i'", v="1")),
              intro("x3", f"all j:int | 1 <= j, j <= d(l-1) => {_G.format(l='(l-1)')}[j,1] = h(l-1)[p(l-1,j),1]",
                    "m1 m2",
                    apply("z", "ax.at_build", f="i, j -> h(l-1)[p(l-1,i),1]", r="d(l-1)", c="1", p="j", v="1")),
              apply("eq", "covering.layer_equivariance", r="d(l)", c="d(l-1)", W="W(l)", V=_V.format(l="l"), b="b(l)",
                    e=_E.format(l="l"), h="h(l-1)", g=_G.format(l="(l-1)"), t="i -> p(l,i)", p="i -> p(l-1,i)",
                    v="i -> v(l-1,i)"),
              apply("eq1", "eq", f"({_V.format(l='l')}*{_G.format(l='(l-1)')} + {_E.format(l='l')})[i,1]"
                    " = (W(l)*h(l-1) + b(l))[p(l,i),1]"),
              apply("c", "ax.cong", f="u -> s(l,u)",
                    x=f"({_V.format(l='l')}*{_G.format(l='(l-1)')} + {_E.format(l='l')})[i,1]",
                    y="(W(l)*h(l-1) + b(l))[p(l,i),1]"),
              combine("z", facts="g net c")),
    ),
)

LEMMAS = (LAYER_EQUIVARIANCE, STATES)

"""Rescaling hidden units: if sigma(c u) = c sigma(u) for the factors c used, hidden states are multiplied by them.

Weights become c(l,i) W(l)[i,j] r(l-1,j) with r = 1/c, biases c(l,i) b(l)[i]. With c = -1, 1 this is the sign flip of
odd activations, with c > 0 the scaling of positively homogeneous ones.
"""

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, induct, intro

RANGE = "1 <= l, l <= L + 1, 1 <= i, i <= d(l)"
"""Places of biases and states."""

NETWORKS = "W V:(l:int)->mat(d(l),d(l-1)), b e h g:(l:int)->mat(d(l),1)"
"""Two networks (W, b) and (V, e) with their states h and g on one input."""

STATES = (f"(all l i:int | {RANGE} => h(l)[i,1] = s(l, (W(l)*h(l-1) + b(l))[i,1])),"
          f" (all l i:int | {RANGE} => g(l)[i,1] = s(l, (V(l)*g(l-1) + e(l))[i,1])),"
          " (all i:int | 1 <= i, i <= d(0) => g(0)[i,1] = h(0)[i,1])")
"""h and g are the states of the two networks on one input."""

WIDTHS = "(all l:int | 0 <= l, l <= L => 0 <= d(l))"

OUTPUTS = "(all i:int | 1 <= i, i <= d(L+1) => g(L+1)[i,1] = h(L+1)[i,1])"
"""Equal outputs."""


def ends(factor: str) -> str:
    """Inputs and outputs keep their factor 1."""
    return (f"(all i:int | 1 <= i, i <= d(0) => {factor}(0,i) = 1),"
            f" (all i:int | 1 <= i, i <= d(L+1) => {factor}(L+1,i) = 1)")


AFFINE = Lemma(
    "covering.rescaled_affine", "An affine layer with rescaled columns on rescaled inputs, read at a rescaled row",
    statement(
        "all m n i:int, W V:mat(m,n), b e:mat(m,1), h g:mat(n,1), f:real, c r:int->real | hn: 0 <= n,"
        " hc: (all j:int | 1 <= j, j <= n => c(j)*r(j) = 1),"
        " hV: (all j:int | 1 <= j, j <= n => V[i,j] = f*W[i,j]*r(j)), he: e[i,1] = f*b[i,1],"
        " hg: (all j:int | 1 <= j, j <= n => g[j,1] = c(j)*h[j,1])"
        " => (V*g + e)[i,1] = f*(W*h + b)[i,1]"),
    (
        apply("a1", "ax.at_add", r="m", c="1", p="i", v="1", A="V*g", B="e"),
        apply("a2", "ax.at_mul", r="m", k="n", c="1", p="i", v="1", A="V", B="g"),
        apply("b1", "ax.at_add", r="m", c="1", p="i", v="1", A="W*h", B="b"),
        apply("b2", "ax.at_mul", r="m", k="n", c="1", p="i", v="1", A="W", B="h"),
        intro("t", "all l:int | 1 <= l, l <= n => V[i,l]*g[l,1] = f*(W[i,l]*h[l,1])", "l1 l2",
              apply("x", "hV", j="l"), apply("y", "hg", j="l"), apply("z0", "hc", j="l"),
              combine("z", facts="x y z0", rounds=3)),
        apply("s", "textbook.sum_scale", f="l -> V[i,l]*g[l,1]", g="l -> W[i,l]*h[l,1]", c="f", a="1", b="n"),
        combine("end", facts="a1 a2 b1 b2 s he", rounds=4),
    ),
)

RESCALED = Lemma(
    "covering.rescaled_states", "Rescaled parameters have rescaled states",
    statement(
        f"all L:int, d:int->int, {NETWORKS}, s:(l:int,u:real)->real, c r:(l:int,i:int)->real |"
        f" hd: {WIDTHS},"
        " e0: (all i:int | 1 <= i, i <= d(0) => c(0,i) = 1),"
        " eL: (all i:int | 1 <= i, i <= d(L+1) => c(L+1,i) = 1),"
        " hr: (all l i:int | 0 <= l, l <= L, 1 <= i, i <= d(l) => c(l,i)*r(l,i) = 1),"
        " hs: (all l i:int, u:real | 1 <= l, l <= L, 1 <= i, i <= d(l) => s(l, c(l,i)*u) = c(l,i)*s(l,u)),"
        f" hV: (all l i j:int | {RANGE}, 1 <= j, j <= d(l-1) => V(l)[i,j] = c(l,i)*W(l)[i,j]*r(l-1,j)),"
        f" he: (all l i:int | {RANGE} => e(l)[i,1] = c(l,i)*b(l)[i,1]),"
        f" h1: (all l i:int | {RANGE} => h(l)[i,1] = s(l, (W(l)*h(l-1) + b(l))[i,1])),"
        f" h2: (all l i:int | {RANGE} => g(l)[i,1] = s(l, (V(l)*g(l-1) + e(l))[i,1])),"
        " h3: (all i:int | 1 <= i, i <= d(0) => g(0)[i,1] = h(0)[i,1])"
        " => (all l i:int | 0 <= l, l <= L + 1, 1 <= i, i <= d(l) => g(l)[i,1] = c(l,i)*h(l)[i,1])"),
    (
        induct("I", "all k:int | 0 <= k => (all | k <= L + 1 => (all i:int | 1 <= i, i <= d(k)"
                    " => g(k)[i,1] = c(k,i)*h(k)[i,1]))", "hk ih",
               [intro("z", None, "hz", intro("y", None, "i1 i2", apply("a", "h3", i="i"), apply("q", "e0", i="i"),
                                             combine("x", facts="a q")))],
               [intro("z", None, "hz", apply("J", "ih"), apply("dk", "hd", l="k"), intro(
                   "y", None, "i1 i2",
                   intro("rk", "all j:int | 1 <= j, j <= d(k) => c(k,j)*r(k,j) = 1", "j1 j2",
                         apply("x", "hr", l="k", i="j")),
                   intro("Vk", "all j:int | 1 <= j, j <= d(k) => V(k+1)[i,j] = c(k+1,i)*W(k+1)[i,j]*r(k,j)", "j1 j2",
                         apply("x", "hV", l="k + 1", i="i", j="j")),
                   apply("ek", "he", l="k + 1", i="i"),
                   apply("A", "covering.rescaled_affine", m="d(k+1)", n="d(k)", i="i", W="W(k+1)", V="V(k+1)",
                         b="b(k+1)", e="e(k+1)", h="h(k)", g="g(k)", f="c(k+1,i)", c="j -> c(k,j)", r="j -> r(k,j)"),
                   apply("n1", "h1", l="k + 1", i="i"), apply("n2", "h2", l="k + 1", i="i"),
                   apply("cg", "ax.cong", f="u -> s(k+1,u)", x="(V(k+1)*g(k) + e(k+1))[i,1]",
                         y="c(k+1,i)*(W(k+1)*h(k) + b(k+1))[i,1]"),
                   apply("or1", "ax.int_split", m="k + 1", n="L + 1"),
                   cases("x", "or1", "at",
                         # the output layer has factor one
                         [apply("dl", "ax.cong_ii", f="t -> d(t)", x="k + 1", y="L + 1"),
                          combine("i3", "i <= d(L+1)", "i2 dl"), apply("o", "eL", i="i"),
                          apply("cc", "ax.cong_int", f="t -> c(t,i)", x="k + 1", y="L + 1"),
                          combine("one", "c(k+1,i) = 1", "o cc"),
                          combine("zz", "c(k+1,i)*(W(k+1)*h(k) + b(k+1))[i,1] = (W(k+1)*h(k) + b(k+1))[i,1]", "one"),
                          apply("cg2", "ax.cong", f="u -> s(k+1,u)", x="c(k+1,i)*(W(k+1)*h(k) + b(k+1))[i,1]",
                                y="(W(k+1)*h(k) + b(k+1))[i,1]"),
                          combine("w", facts="n1 n2 cg cg2 one", rounds=3)],
                         [apply("hom", "hs", l="k + 1", i="i", u="(W(k+1)*h(k) + b(k+1))[i,1]"),
                          combine("w", facts="n1 n2 cg hom", rounds=3)])))]),
        intro("end", None, "l1 l2 i1 i2", apply("a", "I", k="l"), apply("b", "a"), apply("z", "b", i="i")),
    ),
)

LEMMAS = (AFFINE, RESCALED)

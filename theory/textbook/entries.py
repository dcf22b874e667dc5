"""Matrices by their entries: differences, columns, sums against an identity, traces and the Frobenius product."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, intro

TRACE_IDENTITY = Lemma(
    "textbook.trace_identity", "The trace of the identity is its size",
    statement("all n:int | hn: 0 <= n => tr(I(n)) = n"),
    (
        apply("t", "ax.tr_sum", n="n", A="I(n)"),
        intro("o", "all l:int | 1 <= l, l <= n => I(n)[l,l] = 1", "l1 l2", apply("z", "ax.at_diagonal", n="n", p="l")),
        apply("s", "textbook.sum_cong", f="l -> I(n)[l,l]", g="l -> 1", a="1", b="n"),
        apply("c", "textbook.sum_const", c="1", n="n"), combine("end", facts="t s c"),
    ),
)

AT_SUB = Lemma(
    "textbook.at_sub", "The entries of a difference are the differences of the entries",
    statement("all r c p v:int, A B:mat(r,c) => (A - B)[p,v] = A[p,v] - B[p,v]"),
    (
        apply("a", "ax.at_add", r="r", c="c", p="p", v="v", A="A", B="-B"),
        apply("s", "ax.at_scale", r="r", c="c", p="p", v="v", s="-1", A="B"), combine("end", facts="a s"),
    ),
)

COLUMN_EXT = Lemma(
    "textbook.column_ext", "Columns with equal entries are equal",
    statement("all n:int, x y:mat(n,1) | h: (all i:int | 1 <= i, i <= n => x[i,1] = y[i,1]) => x = y"),
    (
        intro("e", "all p v:int | 1 <= p, p <= n, 1 <= v, v <= 1 => x[p,v] = y[p,v]", "p1 p2 v1 v2",
              apply("one", "ax.antisym", "v = 1", x="v", y="1"), apply("h1", "h", i="p"),
              apply("cx", "ax.cong_int", f="t -> x[p,t]", x="v", y="1"),
              apply("cy", "ax.cong_int", f="t -> y[p,t]", x="v", y="1"), combine("z", facts="h1 cx cy")),
        apply("end", "ax.ext", r="n", c="1", A="x", B="y"),
    ),
)

# The row (f(1), ..., f(n)): the product with the identity is the same word, so both entries have one key.
_ROW = "build(i<=1, j<=n: f(j))"

SUM_DELTA = Lemma(
    "textbook.sum_delta", "A sum against a column of the identity picks one term",
    statement("all f:int->real, n m:int | h1: 1 <= m, h2: m <= n => sum(j=1..n: f(j)*I(n)[j,m]) = f(m)"),
    (
        combine("n0", "0 <= n", "h1 h2"),
        apply("p", "ax.at_mul", r="1", k="n", c="n", p="1", v="m", A=_ROW, B="I(n)"),
        apply("q", "ax.at_build", f="i, j -> f(j)", r="1", c="n", p="1", v="m"),
        intro("t", f"all l:int | 1 <= l, l <= n => f(l)*I(n)[l,m] = {_ROW}[1,l]*I(n)[l,m]", "l1 l2",
              apply("b", "ax.at_build", f="i, j -> f(j)", r="1", c="n", p="1", v="l"), combine("z", facts="b")),
        apply("s", "textbook.sum_cong", f="l -> f(l)*I(n)[l,m]", g=f"l -> {_ROW}[1,l]*I(n)[l,m]", a="1", b="n"),
        combine("end", facts="p q s"),
    ),
)

SUM_DELTA_ROW = Lemma(
    "textbook.sum_delta_row", "A sum against a row of the identity picks one term",
    statement("all f:int->real, n m:int | h1: 1 <= m, h2: m <= n => sum(j=1..n: I(n)[m,j]*f(j)) = f(m)"),
    (
        combine("n0", "0 <= n", "h1 h2"),
        intro("t", "all l:int | 1 <= l, l <= n => I(n)[m,l]*f(l) = f(l)*I(n)[l,m]", "l1 l2",
              # I and its transpose are the same word
              apply("b", "ax.at_T", "I(n)[l,m] = I(n)[m,l]", r="n", c="n", p="l", v="m", A="I(n)"),
              combine("z", facts="b")),
        apply("s", "textbook.sum_cong", f="l -> I(n)[m,l]*f(l)", g="l -> f(l)*I(n)[l,m]", a="1", b="n"),
        apply("d", "textbook.sum_delta", f="j -> f(j)", n="n", m="m"), combine("end", facts="s d"),
    ),
)

FROBENIUS = Lemma(
    "textbook.frobenius", "tr(A B') is the sum of the products of the entries",
    statement("all r c:int, A B:mat(r,c) | hr: 0 <= r, hc: 0 <= c"
              " => tr(A*T(B)) = sum(i=1..r: sum(j=1..c: A[i,j]*B[i,j]))"),
    (
        apply("t", "ax.tr_sum", n="r", A="A*T(B)"),
        intro("d", "all i:int | 1 <= i, i <= r => (A*T(B))[i,i] = sum(j=1..c: A[i,j]*B[i,j])", "i1 i2",
              apply("m", "ax.at_mul", r="r", k="c", c="r", p="i", v="i", A="A", B="T(B)"),
              intro("e", "all j:int | 1 <= j, j <= c => A[i,j]*T(B)[j,i] = A[i,j]*B[i,j]", "j1 j2",
                    apply("f", "ax.at_T", r="r", c="c", p="j", v="i", A="B"), combine("z", facts="f")),
              apply("s", "textbook.sum_cong", f="j -> A[i,j]*T(B)[j,i]", g="j -> A[i,j]*B[i,j]", a="1", b="c"),
              combine("z", facts="m s")),
        apply("s", "textbook.sum_cong", f="i -> (A*T(B))[i,i]", g="i -> sum(j=1..c: A[i,j]*B[i,j])", a="1", b="r"),
        combine("end", facts="t s"),
    ),
)

LEMMAS = (TRACE_IDENTITY, AT_SUB, COLUMN_EXT, SUM_DELTA, SUM_DELTA_ROW, FROBENIUS)

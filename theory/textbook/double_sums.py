"""Sums over pairs, and single terms of a sum: exchange of the order, a term against the whole."""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, induct, intro

DOUBLE_SUM = Lemma(
    "textbook.double_sum", "The order of a double sum can be exchanged",
    statement("all f:(i:int,j:int)->real, n k:int | hn: 0 <= n, hk: 0 <= k"
              " => sum(i=1..n: sum(j=1..k: f(i,j))) = sum(j=1..k: sum(i=1..n: f(i,j)))"),
    (
        induct("I", "all m:int | 0 <= m => sum(i=1..m: sum(j=1..k: f(i,j))) = sum(j=1..k: sum(i=1..m: f(i,j)))",
               "hm ih",
               [apply("e", "ax.sum_empty", f="i -> sum(j=1..k: f(i,j))", a="1", b="0"),
                intro("o", "all j:int | 1 <= j, j <= k => sum(i=1..0: f(i,j)) = 0", "j1 j2",
                      apply("z", "ax.sum_empty", f="i -> f(i,j)", a="1", b="0")),
                apply("c", "textbook.sum_cong", f="j -> sum(i=1..0: f(i,j))", g="j -> 0", a="1", b="k"),
                apply("d", "textbook.sum_const", c="0", n="k"), combine("z", facts="e c d")],
               [apply("e", "ax.sum_last", f="i -> sum(j=1..k: f(i,j))", a="1", b="m + 1"),
                intro("o", "all j:int | 1 <= j, j <= k => sum(i=1..m+1: f(i,j)) = sum(i=1..m: f(i,j)) + f(m+1,j)",
                      "j1 j2", apply("z", "ax.sum_last", f="i -> f(i,j)", a="1", b="m + 1")),
                apply("c", "textbook.sum_cong", f="j -> sum(i=1..m+1: f(i,j))", g="j -> sum(i=1..m: f(i,j)) + f(m+1,j)",
                      a="1", b="k"),
                apply("d", "textbook.sum_add", f="j -> sum(i=1..m: f(i,j))", g="j -> f(m+1,j)", a="1", b="k"),
                combine("z", facts="e c d ih", rounds=3)]),
        apply("end", "I", m="n"),
    ),
)

TERM_AT_MOST_SUM = Lemma(
    "textbook.term_at_most_sum", "A sum of non-negative terms is at least each of them",
    statement("all f:int->real, n c:int | h0: (all l:int | 1 <= l, l <= n => 0 <= f(l)), h1: 1 <= c, h2: c <= n"
              " => f(c) <= sum(l=1..n: f(l))"),
    (
        induct("I", "all k:int | c <= k => (all | k <= n => f(c) <= sum(l=1..k: f(l)))", "hk ih",
               [intro("z", None, "h", apply("e", "ax.sum_last", f="l -> f(l)", a="1", b="c"),
                      intro("p", "all l:int | 1 <= l, l <= c - 1 => 0 <= f(l)", "l1 l2", apply("x", "h0", l="l")),
                      apply("s", "textbook.sum_nonneg", f="l -> f(l)", a="1", b="c - 1"), combine("y", facts="e s"))],
               [intro("z", None, "h", apply("u", "ih"), apply("e", "ax.sum_last", f="l -> f(l)", a="1", b="k + 1"),
                      apply("p", "h0", l="k + 1"), combine("y", facts="u e p", degree=1))]),
        apply("J", "I", k="n"), apply("end", "J"),
    ),
)

LEMMAS = (DOUBLE_SUM, TERM_AT_MOST_SUM)

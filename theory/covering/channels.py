"""Relabelled channels leave sums over channels and places alone: the step behind convolutions and normalisations."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, intro, obtain

INVERSE = ("some | 1 <= p({0}i), p({0}i) <= {1}, 1 <= v({0}i), v({0}i) <= {1}, v({0}p({0}i)) = i, p({0}v({0}i)) = i")
"""p and v are inverse permutations of 1..n, at one i: `INVERSE.format("l,", "C(l)")` or `INVERSE.format("", "n")`."""

_PARTS = ("1 <= p(i)", "p(i) <= n", "1 <= v(i)", "v(i) <= n", "v(p(i)) = i", "p(v(i)) = i")

CHANNEL_SUM = Lemma(
    "covering.channel_sum", "A double sum over relabelled channels and places is the double sum",
    statement("all n m:int, f g:(c:int,k:int)->real, p v:int->int | hn: 0 <= n, hm: 0 <= m,"
              f" hp: (all i:int | 1 <= i, i <= n => {INVERSE.format('', 'n')}),"
              " hf: (all c k:int | 1 <= c, c <= n, 1 <= k, k <= m => f(c,k) = g(p(c),k))"
              " => sum(c=1..n: sum(k=1..m: f(c,k))) = sum(c=1..n: sum(k=1..m: g(c,k)))"),
    (
        *(intro(f"q{k}", f"all i:int | 1 <= i, i <= n => {part}", "i1 i2", apply("a", "hp", i="i"),
                obtain("z", "a", "p1 p2 p3 p4 p5 p6", apply("y", f"p{k}"))) for k, part in enumerate(_PARTS, 1)),
        intro("s", "all c:int | 1 <= c, c <= n => sum(k=1..m: f(c,k)) = sum(k=1..m: g(p(c),k))", "c1 c2",
              intro("t", "all k:int | 1 <= k, k <= m => f(c,k) = g(p(c),k)", "k1 k2", apply("z", "hf", c="c", k="k")),
              apply("z", "textbook.sum_cong", f="k -> f(c,k)", g="k -> g(p(c),k)", a="1", b="m")),
        apply("x", "textbook.sum_cong", f="c -> sum(k=1..m: f(c,k))", g="c -> sum(k=1..m: g(p(c),k))", a="1", b="n"),
        apply("y", "textbook.sum_bijection", f="c -> sum(k=1..m: g(c,k))", p="i -> p(i)", v="i -> v(i)", n="n"),
        combine("end", facts="x y"),
    ),
)

LEMMAS = (CHANNEL_SUM,)

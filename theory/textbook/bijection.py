"""A sum over 1..n is invariant under a bijection: (u P) F = u (P F), with P a permutation matrix; no induction."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, intro

_U = "build(i<=1, j<=n: 1)"
_P = "build(i<=n, j<=n: I(n)[p(i),j])"
_F = "build(i<=n, j<=1: f(i))"
_RANGE = "all i:int | 1 <= i, i <= n => "

_DELTA = intro(
    "D", "all l j:int | 1 <= l, l <= n, 1 <= j, j <= n => I(n)[p(l),j] = I(n)[l,v(j)]", "l1 l2 j1 j2",
    apply("or1", "ax.eq_or_ne", x="p(l)", y="j"),
    cases("z", "or1", "c",
          [apply("a", "ax.cong_int", f="t -> I(n)[t,j]", x="p(l)", y="j"), apply("b", "ax.at_diagonal", n="n", p="j"),
           apply("d", "ax.cong_ii", f="t -> v(t)", x="p(l)", y="j"), apply("e", "hvp", i="l"),
           combine("g", "v(j) = l", "d e"), apply("k", "ax.cong_int", f="t -> I(n)[l,t]", x="v(j)", y="l"),
           apply("m", "ax.at_diagonal", n="n", p="l"), combine("y", facts="a b k m")],
          [apply("a", "ax.at_off_diagonal", n="n", p="p(l)", v="j"), apply("or2", "ax.eq_or_ne", x="l", y="v(j)"),
           cases("y", "or2", "d",
                 # l = v(j) contradicts p(l) != j, because p(v(j)) = j
                 [apply("e", "ax.cong_ii", f="t -> p(t)", x="l", y="v(j)"), apply("g", "hpv", i="j"),
                  combine("x", facts="e g", mul="c")],
                 [apply("e", "ax.at_off_diagonal", n="n", p="l", v="v(j)"), combine("x", facts="a e")])]),
)

SUM_BIJECTION = Lemma(
    "textbook.sum_bijection", "A sum over 1..n is invariant under a bijection",
    statement(f"all f:int->real, p v:int->int, n:int | hn: 0 <= n, p1: ({_RANGE}1 <= p(i)), p2: ({_RANGE}p(i) <= n),"
              f" v1: ({_RANGE}1 <= v(i)), v2: ({_RANGE}v(i) <= n), hvp: ({_RANGE}v(p(i)) = i),"
              f" hpv: ({_RANGE}p(v(i)) = i) => sum(j=1..n: f(p(j))) = sum(j=1..n: f(j))"),
    (
        _DELTA,
        intro("PF", f"{_RANGE}({_P}*{_F})[i,1] = f(p(i))", "i1 i2",
              apply("a", "ax.at_mul", r="n", k="n", c="1", p="i", v="1", A=_P, B=_F),
              intro("t", f"all l:int | 1 <= l, l <= n => {_P}[i,l]*{_F}[l,1] = I(n)[p(i),l]*f(l)", "l1 l2",
                    apply("b", "ax.at_build", f="i, j -> I(n)[p(i),j]", r="n", c="n", p="i", v="l"),
                    apply("d", "ax.at_build", f="i, j -> f(i)", r="n", c="1", p="l", v="1"), combine("z", facts="b d")),
              apply("s", "textbook.sum_cong", f=f"l -> {_P}[i,l]*{_F}[l,1]", g="l -> I(n)[p(i),l]*f(l)", a="1", b="n"),
              apply("q1", "p1", i="i"), apply("q2", "p2", i="i"),
              apply("e", "textbook.sum_delta_row", f="l -> f(l)", n="n", m="p(i)"), combine("z", facts="a s e")),
        intro("UP", f"{_RANGE}({_U}*{_P})[1,i] = 1", "i1 i2",
              apply("a", "ax.at_mul", r="1", k="n", c="n", p="1", v="i", A=_U, B=_P),
              intro("t", f"all l:int | 1 <= l, l <= n => {_U}[1,l]*{_P}[l,i] = 1*I(n)[l,v(i)]", "l1 l2",
                    apply("b", "ax.at_build", f="i, j -> 1", r="1", c="n", p="1", v="l"),
                    apply("d", "ax.at_build", f="i, j -> I(n)[p(i),j]", r="n", c="n", p="l", v="i"),
                    apply("e", "D", l="l", j="i"), combine("z", facts="b d e")),
              apply("s", "textbook.sum_cong", f=f"l -> {_U}[1,l]*{_P}[l,i]", g="l -> 1*I(n)[l,v(i)]", a="1", b="n"),
              apply("q1", "v1", i="i"), apply("q2", "v2", i="i"),
              apply("e", "textbook.sum_delta", f="l -> 1", n="n", m="v(i)"), combine("z", facts="a s e")),
        # one entry, U P F, read as U (P F) and as (U P) F
        apply("x1", "ax.at_mul", r="1", k="n", c="1", p="1", v="1", A=_U, B=f"{_P}*{_F}"),
        apply("x2", "ax.at_mul", r="1", k="n", c="1", p="1", v="1", A=f"{_U}*{_P}", B=_F),
        intro("y1", f"all l:int | 1 <= l, l <= n => {_U}[1,l]*({_P}*{_F})[l,1] = f(p(l))", "l1 l2",
              apply("a", "ax.at_build", f="i, j -> 1", r="1", c="n", p="1", v="l"), apply("b", "PF", i="l"),
              combine("z", facts="a b")),
        intro("y2", f"all l:int | 1 <= l, l <= n => ({_U}*{_P})[1,l]*{_F}[l,1] = f(l)", "l1 l2",
              apply("a", "UP", i="l"), apply("b", "ax.at_build", f="i, j -> f(i)", r="n", c="1", p="l", v="1"),
              combine("z", facts="a b")),
        apply("s1", "textbook.sum_cong", f=f"l -> {_U}[1,l]*({_P}*{_F})[l,1]", g="l -> f(p(l))", a="1", b="n"),
        apply("s2", "textbook.sum_cong", f=f"l -> ({_U}*{_P})[1,l]*{_F}[l,1]", g="l -> f(l)", a="1", b="n"),
        combine("end", facts="x1 x2 s1 s2"),
    ),
)

LEMMAS = (SUM_BIJECTION,)

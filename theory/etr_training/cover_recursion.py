"""The solution of Cover's recursion C(n + 1, d) = C(n, d) + C(n, d - 1): twice a sum of binomial coefficients."""

from __future__ import annotations

from theory.language import Lemma, Source, statement
from theory.language.derivation import apply, cases, combine, induct, intro, witness

_RULE = ("(all n:int | 0 <= n => B(n,0) = 1), (all n k:int | 0 <= n, 0 <= k => B(n+1,k+1) = B(n,k+1) + B(n,k))")
_PASCAL = f"(all k:int | 1 <= k => B(0,k) = 0), {_RULE}"
_COVER = ("(all d:int | 0 <= d => C(1,d) = 2), (all n:int | 1 <= n => C(n,0) = 2),"
          " (all n d:int | 1 <= n, 0 <= d => C(n+1,d+1) = C(n,d+1) + C(n,d))")
_SOLVED = "(all n d:int | 1 <= n, 0 <= d => C(n,d) = 2*sum(k=0..d: B(n-1,k)))"
_BINOMIAL = "(all n k:int | 0 <= n, 0 <= k => B(n + k,k)*fact(k)*fact(n) = fact(n + k))"
_LINE = "(all n:int | 1 <= n => C(n,1) = 2*n)"
_ALL = "all B C:(n:int,k:int)->real"


STATEMENT = statement(f"{_ALL} | {_PASCAL}, {_COVER} => some | {_SOLVED}, {_BINOMIAL}, {_LINE}")
"""H1-H3 Pascal's triangle B; H4-H6 Cover's recursion C(n, d) for n points in dimension d."""

PASCAL_SUM = Lemma(
    "etr_training.pascal_sum", "Partial sums of a row of Pascal's triangle are sums of two of the row before",
    statement(f"all B:(n:int,k:int)->real, n d:int | {_RULE}, hn: 0 <= n, hd: 0 <= d"
              " => sum(k=0..d+1: B(n+1,k)) = sum(k=0..d+1: B(n,k)) + sum(k=0..d: B(n,k))"),
    (
        apply("z1", "H1", n="n"), apply("z2", "H1", n="n + 1"),
        induct("I", "all e:int | 0 <= e => sum(k=0..e: B(n+1,k)) = sum(k=0..e: B(n,k)) + sum(k=0..e-1: B(n,k))",
               "he ih",
               [apply("a", "ax.sum_last", f="k -> B(n+1,k)", a="0", b="0"),
                apply("b", "ax.sum_last", f="k -> B(n,k)", a="0", b="0"),
                apply("c", "ax.sum_empty", f="k -> B(n+1,k)", a="0", b="-1"),
                apply("e", "ax.sum_empty", f="k -> B(n,k)", a="0", b="-1"), combine("y", facts="a b c e z1 z2")],
               [apply("a", "ax.sum_last", f="k -> B(n+1,k)", a="0", b="e + 1"),
                apply("b", "ax.sum_last", f="k -> B(n,k)", a="0", b="e + 1"),
                apply("c", "ax.sum_last", f="k -> B(n,k)", a="0", b="e"), apply("p", "H2", n="n", k="e"),
                combine("y", facts="a b c p ih")]),
        apply("end", "I", e="d + 1"),
    ),
)

_SUMMED = intro(
    "E1", _SOLVED[1:-1], "n1 d0",
    induct("I", "all m:int | 1 <= m => (all g:int | 0 <= g => C(m,g) = 2*sum(k=0..g: B(m-1,k)))", "hm ih",
           [intro("z", None, "e0", apply("c", "H4", d="g"), apply("o", "H2", n="0"),
                  induct("S", "all e:int | 0 <= e => sum(k=0..e: B(0,k)) = 1", "he jh",
                         [apply("a", "ax.sum_last", f="k -> B(0,k)", a="0", b="0"),
                          apply("b", "ax.sum_empty", f="k -> B(0,k)", a="0", b="-1"), combine("y", facts="a b o")],
                         [apply("a", "ax.sum_last", f="k -> B(0,k)", a="0", b="e + 1"), apply("p", "H1", k="e + 1"),
                          combine("y", facts="a p jh")]),
                  apply("s", "S", e="g"), combine("y", facts="c s"))],
           [intro("z", None, "e0", apply("or", "ax.int_split", m="0", n="g"),
                  cases("y", "or", "o",
                        [apply("c", "ax.cong_int", f="t -> C(m+1,t)", x="g", y="0"), apply("p", "H5", n="m + 1"),
                         apply("q1", "ax.cong_int", f="t -> sum(k=0..t: B(m,k))", x="g", y="0"),
                         apply("a", "ax.sum_last", f="k -> B(m,k)", a="0", b="0"),
                         apply("b", "ax.sum_empty", f="k -> B(m,k)", a="0", b="-1"), apply("r", "H2", n="m"),
                         combine("x", facts="c p q1 a b r", rounds=6)],
                        [apply("p", "H6", n="m", d="g - 1"), apply("u", "ih", g="g"), apply("v", "ih", g="g - 1"),
                         apply("s", "etr_training.pascal_sum", B="n, k -> B(n,k)", n="m - 1", d="g - 1"),
                         combine("x", facts="p u v s", rounds=4)]))]),
    apply("J", "I", m="n"), apply("z", "J", g="d"))

_IS_BINOMIAL = intro(
    "E2", _BINOMIAL[1:-1], "n0 k0",
    apply("f0", "ax.fact_zero"),
    induct("far", "all t:int | 0 <= t => (all a:int | t + 1 <= a => B(t,a) = 0)", "ht ih",
           [intro("z", None, "a0", apply("y", "H1", k="a"))],
           [intro("z", None, "a0", apply("p", "H3", n="t", k="a - 1"), apply("u", "ih", a="a"),
                  apply("v", "ih", a="a - 1"), combine("y", facts="p u v"))]),
    induct("T", "all t:int | 0 <= t => (all a:int | 0 <= a, a <= t => B(t,a)*fact(a)*fact(t - a) = fact(t))", "ht ih",
           [intro("z", None, "a0 a1", apply("e", "ax.antisym", x="a", y="0"),
                  apply("b", "H2", n="0"), apply("c", "ax.cong_int", f="t -> B(0,t)*fact(t)*fact(0 - t)", x="a", y="0"),
                  combine("y", facts="c b f0", rounds=4))],
           [intro("z", None, "a0 a1", apply("s", "ax.fact_succ", n="t"), apply("or", "ax.int_split", m="0", n="a"),
                  cases("y", "or", "o",
                        [apply("b", "H2", n="t + 1"),
                         apply("c", "ax.cong_int", f="u -> B(t + 1,u)*fact(u)*fact(t + 1 - u)", x="a", y="0"),
                         combine("x", facts="c b f0", rounds=4)],
                        [apply("p", "H3", n="t", k="a - 1"), apply("fa", "ax.fact_succ", n="a - 1"),
                         apply("u", "ih", a="a - 1"), apply("or2", "ax.int_split", m="a", n="t + 1"),
                         cases("x", "or2", "o2",
                               [combine("at", "a = t + 1", "o2"), apply("fr", "far", t="t"), apply("be", "fr", a="a"),
                                apply("c", "ax.cong_int", f="u -> fact(u)", x="t + 1 - a", y="0"),
                                apply("c2", "ax.cong_int", f="u -> fact(u)", x="t - (a - 1)", y="0"),
                                combine("u2", "B(t,a-1)*fact(a-1) = fact(t)", "u c2 f0", rounds=4),
                                combine("w", "B(t+1,a)*fact(a)*fact(t + 1 - a) = fact(t + 1)", "p fa u2 s at be c f0",
                                        rounds=6)],
                               [apply("v", "ih", a="a"), apply("ft", "ax.fact_succ", n="t - a"),
                                combine("w", facts="p fa u v s ft", rounds=4)])]))]),
    apply("J", "T", t="n + k"), apply("z", "J", a="k"))

_PLANE = intro(
    "E3", _LINE[1:-1], "n1",
    induct("I", "all m:int | 1 <= m => C(m,1) = 2*m", "hm ih", [apply("c", "H4", d="1"), combine("y", facts="c")],
           [apply("p", "H6", n="m", d="0"), apply("o", "H5", n="m"), combine("y", facts="p o ih")]),
    apply("z", "I", m="n"))

COVER_RECURSION = Lemma(
    "etr_training.cover_recursion", "Cover's recursion is solved by twice a sum of binomial coefficients",
    STATEMENT, (_SUMMED, _IS_BINOMIAL, _PLANE, witness("end")),
    source=Source("T. M. Cover", 1965, "Geometrical and statistical properties of systems of linear inequalities with"
                  " applications in pattern recognition", "reconstructed",
                  note="Recalled; that the patterns of affine functions obey the recursion is not formalised."),
)

LEMMAS = (PASCAL_SUM, COVER_RECURSION)

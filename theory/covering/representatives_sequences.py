"""Lists of all non-decreasing sequences of length a in 1..m: C(m+a-1, a) of them, by Pascal's rule."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, induct, intro, obtain, witness

from .representatives_lists import ranged

BINOM_GE_ONE = Lemma(
    "covering.binom_ge_one", "Binomial coefficients are at least one",
    statement("all n k:int | hk: 0 <= k, hn: k <= n => 1 <= binom(n, k)"),
    (
        apply("b", "ax.binom", n="n", k="k"), apply("f", "textbook.fact_pos", n="n"),
        apply("g", "textbook.fact_pos", n="k"), apply("h", "textbook.fact_pos", n="n - k"),
        combine("p", "0 < binom(n, k)", "b f", mul="g h", degree=1),
        apply("end", "ax.int_step", m="0", n="binom(n, k)"),
    ),
)

PASCAL = Lemma(
    "covering.pascal", "Pascal's rule",
    statement("all n k:int | hk: 0 <= k, hn: k + 1 <= n => binom(n + 1, k + 1) = binom(n, k) + binom(n, k + 1)"),
    (
        apply("a", "ax.binom", "binom(n + 1, k + 1)*fact(k + 1)*fact(n - k) = fact(n + 1)", n="n + 1", k="k + 1"),
        apply("b", "ax.binom", n="n", k="k"),
        apply("c", "ax.binom", "binom(n, k + 1)*fact(k + 1)*fact(n - k - 1) = fact(n)", n="n", k="k + 1"),
        apply("s1", "ax.fact_succ", n="k"), apply("s2", "ax.fact_succ", n="n"),
        apply("s3", "ax.fact_succ", "fact(n - k) = (n - k)*fact(n - k - 1)", n="n - k - 1"),
        combine("a1", "binom(n + 1, k + 1)*(k + 1)*fact(k)*(n - k)*fact(n - k - 1) = (n + 1)*fact(n)", "a s1 s2 s3",
                rounds=4),
        combine("b1", "binom(n, k)*fact(k)*(n - k)*fact(n - k - 1) = fact(n)", "b s3"),
        combine("c1", "binom(n, k + 1)*(k + 1)*fact(k)*fact(n - k - 1) = fact(n)", "c s1"),
        apply("p1", "textbook.fact_pos", n="k"), apply("p2", "textbook.fact_pos", n="n - k - 1"),
        combine("p3", "0 < k + 1", "hk"), combine("p4", "0 < n - k", "hn"),
        combine("end", facts="a1 b1 c1", mul="p1 p2 p3 p4"),
    ),
)


def rising(f: str, n: str) -> str:
    """f(1) <= f(2) <= ... <= f(n)."""
    return f"(all i:int | 1 <= i, i + 1 <= {n} => {f}(i) <= {f}(i+1))"


RISING_LAST = Lemma(
    "covering.rising_last", "The last entry of a non-decreasing sequence is the largest",
    statement(f"all f:int->int, n:int | hf: {rising('f', 'n')} => (all i:int | 1 <= i, i <= n => f(i) <= f(n))"),
    (
        intro("end", None, "i1 i2",
              induct("K", "all k:int | i <= k => (all | k <= n => f(i) <= f(k))", "hk ih",
                     [intro("z", None, "h", combine("y"))],
                     [intro("z", None, "h", apply("a", "ih"), apply("b", "hf", i="k"), combine("y", facts="a b"))]),
              apply("J", "K", k="n"), apply("z", "J")),
    ),
)


def _covered(a: str, m: str, k: str = "k", S: str = "S") -> str:
    return (f"(all f:int->int | {ranged('f', a, m)}, {rising('f', a)} => some {k}:int | 1 <= {k},"
            f" {k} <= binom({m} + {a} - 1, {a}), (all i:int | 1 <= i, i <= {a} => {S}({k},i) = f(i)))")


def _listed(a: str, m: str) -> str:
    return f"some S:(k:int,i:int)->int | {_covered(a, m)}"


_N1, _N2 = "binom(x + y, y)", "binom(x + y, y + 1)"
_LOW, _HIGH = "iite(i, y, S(k,i), x + 1)", f"D(k - {_N1}, i)"
_BOTH = f"iite(k, {_N1}, {_LOW}, {_HIGH})"
_GOAL = f"(all i:int | 1 <= i, i <= y + 1 => {_BOTH} = f(i))"
_SHIFTED = f"iite(j + {_N1}, {_N1}, iite(i, y, S(j + {_N1}, i), x + 1), D(j, i))"

_LAST_IS_TOP = (  # the first y entries are a sequence of the first list
    intro("g1", "all i:int | 1 <= i, i <= y => 1 <= f(i)", "i1 i2", apply("w", "f1", i="i")),
    intro("g2", "all i:int | 1 <= i, i <= y => f(i) <= x + 1", "i1 i2", apply("w", "f2", i="i")),
    intro("g3", "all i:int | 1 <= i, i + 1 <= y => f(i) <= f(i+1)", "i1 i2", apply("w", "f3", i="i")),
    apply("C", "cov1", f="i -> f(i)"),
    obtain("w", "C", "k1 k2 k3",
           intro("o", _GOAL[1:-1], "i1 i2",
                 apply("q", "ax.iite_then", a="k", b=_N1, x=_LOW, y=_HIGH),
                 apply("or2", "ax.int_split", m="i", n="y + 1"),
                 cases("u", "or2", "s2",
                       [apply("e", "ax.iite_else", a="i", b="y", x="S(k,i)", y="x + 1"),
                        apply("g", "ax.cong_ii", f="t -> f(t)", x="i", y="y + 1"), combine("t", facts="q e g s")],
                       [apply("e", "ax.iite_then", a="i", b="y", x="S(k,i)", y="x + 1"), apply("g", "k3", i="i"),
                        combine("t", facts="q e g")])),
           combine("kN", f"k <= {_N1} + {_N2}", "k2 b2"), combine("kB", "k <= binom(x + y + 1, y + 1)", "kN pa"),
           witness("v", k="k")),
)

_LAST_IS_LESS = (  # every entry is at most x
    apply("ml", "covering.rising_last", f="i -> f(i)", n="y + 1"),
    intro("g2", "all i:int | 1 <= i, i <= y + 1 => f(i) <= x", "i1 i2", apply("w", "ml", i="i"),
          combine("v", facts="w s")),
    apply("C", "cov2", f="i -> f(i)"),
    obtain("w", "C", "k1 k2 k3",
           intro("o", f"all i:int | 1 <= i, i <= y + 1 => {_SHIFTED} = f(i)", "i1 i2",
                 apply("q", "ax.iite_else", a=f"j + {_N1}", b=_N1, x=f"iite(i, y, S(j + {_N1}, i), x + 1)",
                       y="D(j, i)"),
                 apply("g", "k3", i="i"), combine("t", facts="q g")),
           combine("kB", f"j + {_N1} <= binom(x + y + 1, y + 1)", "k2 pa"), combine("k0", f"1 <= j + {_N1}", "k1 b1"),
           witness("v", k=f"j + {_N1}")),
)

SEQUENCES = Lemma(
    "covering.list_sequences", "There is a list of C(m+a-1, a) with all non-decreasing sequences of length a in 1..m",
    statement(f"all a m:int | ha: 0 <= a, hm: 1 <= m => {_listed('a', 'm')}"),
    (
        induct("K", f"all y:int | 0 <= y => (all x:int | 1 <= x => {_listed('y', 'x')})", "hy ih",
               [intro("z", None, "hx",
                      apply("b", "covering.binom_ge_one", n="x - 1", k="0"),
                      intro("c", _covered("0", "x").replace("S(k,i)", "i")[1:-1], "f1 f2 f3",
                            intro("o", "all i:int | 1 <= i, i <= 0 => i = f(i)", "i1 i2",
                                  combine("no", "1 <= 0", "i1 i2"), apply("on", "ax.antisym", x="0", y="1"),
                                  combine("w", facts="on")),
                            witness("y1", k="1")),
                      witness("x1", S="k, i -> i"))],
               [induct("z", f"all x:int | 1 <= x => {_listed('(y+1)', 'x')}", "hx ihx",
                       [apply("b", "covering.binom_ge_one", n="y + 1", k="y + 1"),
                        intro("c", _covered("(y+1)", "1").replace("S(k,i)", "1")[1:-1], "f1 f2 f3",
                              intro("o", "all i:int | 1 <= i, i <= y + 1 => 1 = f(i)", "i1 i2", apply("u", "f1", i="i"),
                                    apply("v", "f2", i="i"), apply("w", "ax.antisym", x="1", y="f(i)")),
                              witness("y1", k="1")),
                        witness("x1", S="k, i -> 1")],
                       [apply("J", "ih", x="x + 1"),
                        apply("J2", "ihx", f"some D:(k:int,i:int)->int | {_covered('(y+1)', 'x', 'j', 'D')}"),
                        apply("pa", "covering.pascal",
                              "binom(x + y + 1, y + 1) = binom(x + y, y) + binom(x + y, y + 1)",
                              n="x + y", k="y"),
                        apply("b1", "covering.binom_ge_one", n="x + y", k="y"),
                        apply("b2", "covering.binom_ge_one", n="x + y", k="y + 1"),
                        obtain("w1", "J", "cov1", obtain(
                            "w2", "J2", "cov2",
                            intro("c", _covered("(y+1)", "(x+1)").replace("S(k,i)", _BOTH)[1:-1], "f1 f2 f3",
                                  apply("l1", "f2", i="y + 1"), apply("or1", "ax.int_split", m="f(y + 1)", n="x + 1"),
                                  cases("y1", "or1", "s", list(_LAST_IS_TOP), list(_LAST_IS_LESS))),
                            witness("x1", S=f"k, i -> {_BOTH}")))])]),
        apply("J", "K", y="a"), apply("end", "J", x="m"),
    ),
)

LEMMAS = (BINOM_GE_ONE, PASCAL, RISING_LAST, SEQUENCES)

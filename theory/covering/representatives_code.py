"""Pairs of integers as one integer, (x, y) with 1 <= y <= n as (x - 1) n + y, read back by ceil; clamping to 1..m."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, intro, obtain, witness

CEIL_CODE = Lemma(
    "covering.ceil_code", "ceil(((x - 1) n + y) / n) = x for 1 <= y <= n",
    statement("all n x y:int | hn: 1 <= n, h1: 1 <= y, h2: y <= n => ceil(((x - 1)*n + y)/n) = x"),
    (
        combine("np", "0 < n", "hn"),
        apply("lo", "ax.ceil_ge", x="((x - 1)*n + y)/n"), apply("hi", "ax.ceil_lt", x="((x - 1)*n + y)/n"),
        combine("q1", "((x - 1)*n + y)/n <= x", "h2", mul="np", degree=1),
        combine("q2", "x - 1 < ((x - 1)*n + y)/n", "h1", mul="np", degree=1),
        combine("a", "ceil(((x - 1)*n + y)/n) < x + 1", "hi q1", degree=1),
        combine("b", "x < ceil(((x - 1)*n + y)/n) + 1", "lo q2", degree=1),
        apply("a1", "ax.int_step", m="ceil(((x - 1)*n + y)/n)", n="x + 1"),
        apply("b1", "ax.int_step", m="x", n="ceil(((x - 1)*n + y)/n) + 1"),
        apply("end", "ax.antisym", x="ceil(((x - 1)*n + y)/n)", y="x"),
    ),
)

CODE = Lemma(
    "covering.pair_code", "Pairs (x, y) in 1..N times 1..n have a code in 1..N n",
    statement("all n N x y:int | hn: 1 <= n, h1: 1 <= y, h2: y <= n, h3: 1 <= x, h4: x <= N"
              " => some k:int | 1 <= k, k <= N*n, ceil(k/n) = x, k - (ceil(k/n) - 1)*n = y"),
    (
        apply("c", "covering.ceil_code", n="n", x="x", y="y"),
        combine("lo", "1 <= (x - 1)*n + y", "hn h1 h3"), combine("hi", "(x - 1)*n + y <= N*n", "hn h2 h4"),
        combine("r", "(x - 1)*n + y - (ceil(((x - 1)*n + y)/n) - 1)*n = y", "c"),
        witness("end", k="(x - 1)*n + y"),
    ),
)

DECODE = Lemma(
    "covering.pair_decode", "A code in 1..N n is the code of a pair in 1..N times 1..n",
    statement("all n N k:int | hn: 1 <= n, h1: 1 <= k, h2: k <= N*n => some | 1 <= ceil(k/n), ceil(k/n) <= N,"
              " 1 <= k - (ceil(k/n) - 1)*n, k - (ceil(k/n) - 1)*n <= n"),
    (
        combine("np", "0 < n", "hn"), apply("r", "ax.recip_pos", x="n"),
        apply("lo", "ax.ceil_ge", x="k/n"), apply("hi", "ax.ceil_lt", x="k/n"),
        combine("a", "k <= ceil(k/n)*n", "lo np"), combine("b", "ceil(k/n)*n < k + n", "hi np"),
        combine("k0", "0 < k/n", "h1 r"), combine("p", "0 < ceil(k/n)", "k0 lo"),
        apply("p1", "ax.int_step", m="0", n="ceil(k/n)"),
        combine("kN", "k/n <= N", "h2", mul="np", degree=1), combine("u", "ceil(k/n) < N + 1", "kN hi"),
        apply("u1", "ax.int_step", m="ceil(k/n)", n="N + 1"), combine("u2", "ceil(k/n) <= N", "u1"),
        combine("v", "0 < k - (ceil(k/n) - 1)*n", "b", degree=1),
        apply("v1", "ax.int_step", m="0", n="k - (ceil(k/n) - 1)*n"),
        combine("w", "k - (ceil(k/n) - 1)*n <= n", "a", degree=1),
    ),
)

_CLAMPED = "iite(1, x, iite(x, m, x, m), 1)"
_INNER = "iite(x, m, x, m)"

CLAMP = Lemma(
    "covering.clamp", "Clamping lands in 1..m",
    statement(f"all x m:int | hm: 1 <= m => some | 1 <= {_CLAMPED}, {_CLAMPED} <= m"),
    (
        apply("or1", "ax.total", x="1", y="x"),
        cases("end", "or1", "c",
              [apply("a", "ax.iite_then", a="1", b="x", x=_INNER, y="1"), apply("or2", "ax.total", x="x", y="m"),
               cases("z", "or2", "e",
                     [apply("b", "ax.iite_then", a="x", b="m", x="x", y="m"),
                      combine("lo", f"1 <= {_CLAMPED}", "a b c"), combine("hi", f"{_CLAMPED} <= m", "a b e")],
                     [apply("b", "ax.iite_else", a="x", b="m", x="x", y="m"),
                      combine("lo", f"1 <= {_CLAMPED}", "a b hm"), combine("hi", f"{_CLAMPED} <= m", "a b")])],
              [apply("a", "ax.iite_else", a="1", b="x", x=_INNER, y="1"),
               combine("lo", f"1 <= {_CLAMPED}", "a"), combine("hi", f"{_CLAMPED} <= m", "a hm")]),
    ),
)

CLAMP_SAME = Lemma(
    "covering.clamp_same", "Clamping leaves 1..m alone",
    statement(f"all x m:int | h1: 1 <= x, h2: x <= m => {_CLAMPED} = x"),
    (
        apply("a", "ax.iite_then", a="1", b="x", x=_INNER, y="1"),
        apply("b", "ax.iite_then", a="x", b="m", x="x", y="m"),
        combine("end", facts="a b"),
    ),
)

_SORT = "(k:int,l:int,i:int,j:int)->int"
_D = "iite(1, C(k,l,i,j), iite(C(k,l,i,j), m(l), C(k,l,i,j), m(l)), 1)"

CLAMP_LIST = Lemma(
    "covering.clamp_list", "A list can be changed outside 1..m(l) so that all its entries lie there",
    statement(f"all C:{_SORT}, m:int->int => some D:{_SORT} |"
              " (all k l i j:int | 1 <= m(l) => 1 <= D(k,l,i,j)), (all k l i j:int | 1 <= m(l) => D(k,l,i,j) <= m(l)),"
              " (all k l i j:int | 1 <= C(k,l,i,j), C(k,l,i,j) <= m(l) => D(k,l,i,j) = C(k,l,i,j))"),
    (
        intro("lo", f"all k l i j:int | 1 <= m(l) => 1 <= {_D}", "h",
              apply("c", "covering.clamp", x="C(k,l,i,j)", m="m(l)"), obtain("z", "c", "c1 c2", apply("y", "c1"))),
        intro("hi", f"all k l i j:int | 1 <= m(l) => {_D} <= m(l)", "h",
              apply("c", "covering.clamp", x="C(k,l,i,j)", m="m(l)"), obtain("z", "c", "c1 c2", apply("y", "c2"))),
        intro("eq", f"all k l i j:int | 1 <= C(k,l,i,j), C(k,l,i,j) <= m(l) => {_D} = C(k,l,i,j)", "h1 h2",
              apply("c", "covering.clamp_same", x="C(k,l,i,j)", m="m(l)")),
        witness("end", D=f"k, l, i, j -> {_D}"),
    ),
)

LEMMAS = (CEIL_CODE, CODE, DECODE, CLAMP, CLAMP_SAME, CLAMP_LIST)

"""Lists of all functions 1..e -> 1..m (m^e of them), of all a x b tables, and of all non-decreasing sequences."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, induct, intro, obtain, witness


def ranged(f: str, n: str, m: str) -> str:
    """The values f(1), ..., f(n) lie in 1..m: two hypotheses."""
    return (f"(all i:int | 1 <= i, i <= {n} => 1 <= {f}(i)), (all i:int | 1 <= i, i <= {n} => {f}(i) <= {m})")


def _functions(n: str) -> str:
    return (f"some N:int, D:(k:int,i:int)->int | 1 <= N, N = pow(m, {n}), (all f:int->int | {ranged('f', n, 'm')}"
            f" => some k:int | 1 <= k, k <= N, (all i:int | 1 <= i, i <= {n} => D(k,i) = f(i)))")


_CODE = "k - (ceil(k/N) - 1)*N"
_NEXT = f"iite(i, e, D({_CODE}, i), ceil(k/N))"

FUNCTIONS = Lemma(
    "covering.list_functions", "There is a list of m^n functions with all functions 1..n -> 1..m",
    statement(f"all m n:int | hm: 1 <= m, hn: 0 <= n => {_functions('n')}"),
    (
        induct("K", f"all e:int | 0 <= e => {_functions('e')}", "hT ih",
               [apply("p", "ax.pow_zero", b="m"), combine("one", "1 = pow(m, 0)", "p"),
                intro("c", f"all f:int->int | {ranged('f', '0', 'm')} => some k:int | 1 <= k, k <= 1,"
                      " (all i:int | 1 <= i, i <= 0 => i = f(i))", "f1 f2",
                      intro("o", "all i:int | 1 <= i, i <= 0 => i = f(i)", "i1 i2",
                            combine("no", "1 <= 0", "i1 i2"), apply("on", "ax.antisym", x="0", y="1"),
                            combine("x", facts="on")),
                      witness("y", k="1")),
                witness("z", N="1", D="k, i -> i")],
               [obtain("z", "ih", "N1 N2 cov",
                       combine("M1", "1 <= m*N", "hm N1"), apply("p", "ax.pow_succ", b="m", n="e"),
                       combine("M2", "m*N = pow(m, e + 1)", "p N2"),
                       intro("c", f"all f:int->int | {ranged('f', '(e+1)', 'm')} => some k:int | 1 <= k, k <= m*N,"
                             f" (all i:int | 1 <= i, i <= e + 1 => {_NEXT} = f(i))", "f1 f2",
                             intro("g1", "all i:int | 1 <= i, i <= e => 1 <= f(i)", "i1 i2", apply("x", "f1", i="i")),
                             intro("g2", "all i:int | 1 <= i, i <= e => f(i) <= m", "i1 i2", apply("x", "f2", i="i")),
                             apply("C", "cov",
                                   "some y:int | 1 <= y, y <= N, (all i:int | 1 <= i, i <= e => D(y,i) = f(i))",
                                   f="i -> f(i)"),
                             obtain("y", "C", "y1 y2 y3", apply("l1", "f1", i="e + 1"), apply("l2", "f2", i="e + 1"),
                                    apply("P", "covering.pair_code", n="N", N="m", x="f(e + 1)", y="y"),
                                    obtain("x", "P", "k1 k2 k3 k4",
                                           intro("o", f"all i:int | 1 <= i, i <= e + 1 => {_NEXT} = f(i)", "i1 i2",
                                                 apply("or1", "ax.total", x="i", y="e"),
                                                 cases("w", "or1", "s",
                                                       [apply("a", "ax.iite_then", a="i", b="e", x=f"D({_CODE}, i)",
                                                              y="ceil(k/N)"),
                                                        apply("b", "ax.cong_ii", f="t -> D(t, i)", x=_CODE, y="y"),
                                                        apply("d", "y3", i="i"), combine("v", facts="a b d")],
                                                       [apply("a", "ax.iite_else", a="i", b="e", x=f"D({_CODE}, i)",
                                                              y="ceil(k/N)"),
                                                        apply("st", "ax.int_step", m="e", n="i"),
                                                        apply("en", "ax.antisym", x="i", y="e + 1"),
                                                        apply("b", "ax.cong_ii", f="t -> f(t)", x="i", y="e + 1"),
                                                        combine("v", facts="a b k3")])),
                                           witness("v", k="k")))),
                       witness("y", N="m*N", D=f"k, i -> {_NEXT}"))]),
        apply("end", "K", e="n"),
    ),
)


def table_ranged(g: str, a: str, b: str, m: str) -> str:
    """The entries g(i, j), 1 <= i <= a, 1 <= j <= b, lie in 1..m: two hypotheses."""
    place = f"(all i j:int | 1 <= i, i <= {a}, 1 <= j, j <= {b} => "
    return f"{place}1 <= {g}(i,j)), {place}{g}(i,j) <= {m})"


_REST = "t - (ceil(t/b) - 1)*b"
_CELL = f"g(ceil(t/b), {_REST})"

TABLES = Lemma(
    "covering.list_tables", "There is a list of m^(a b) tables with all a x b tables of entries in 1..m",
    statement("all m a b:int | hm: 1 <= m, ha: 0 <= a, hb: 0 <= b => some N:int, D:(k:int,i:int,j:int)->int | 1 <= N,"
              f" N = pow(m, a*b), (all g:(i:int,j:int)->int | {table_ranged('g', 'a', 'b', 'm')}"
              " => some k:int | 1 <= k, k <= N, (all i j:int | 1 <= i, i <= a, 1 <= j, j <= b => D(k,i,j) = g(i,j)))"),
    (
        combine("ab", "0 <= a*b", "ha hb"),
        apply("F", "covering.list_functions", m="m", n="a*b"),
        obtain("end", "F", "N1 N2 cov",
               intro("c",
                     f"all g:(i:int,j:int)->int | {table_ranged('g', 'a', 'b', 'm')} => some k:int | 1 <= k, k <= N,"
                     " (all i j:int | 1 <= i, i <= a, 1 <= j, j <= b => D(k, (i-1)*b + j) = g(i,j))", "g1 g2",
                     intro("r", f"all t:int | 1 <= t, t <= a*b => some | 1 <= {_CELL}, {_CELL} <= m", "t1 t2",
                           apply("or1", "ax.int_split", m="0", n="b"),
                           cases("b1", "or1", "s", [combine("z", facts="t1 t2 s")], [combine("z", facts="s")],
                                 goal="1 <= b"),
                           apply("P", "covering.pair_decode", n="b", N="a", k="t"),
                           obtain("z", "P", "x1 x2 y1 y2", apply("v1", "g1", i="ceil(t/b)", j=_REST),
                                  apply("v2", "g2", i="ceil(t/b)", j=_REST))),
                     intro("r1", f"all t:int | 1 <= t, t <= a*b => 1 <= {_CELL}", "t1 t2", apply("h", "r", t="t"),
                           obtain("z", "h", "u1 u2", apply("y", "u1"))),
                     intro("r2", f"all t:int | 1 <= t, t <= a*b => {_CELL} <= m", "t1 t2", apply("h", "r", t="t"),
                           obtain("z", "h", "u1 u2", apply("y", "u2"))),
                     apply("C", "cov", f=f"t -> {_CELL}"),
                     obtain("z", "C", "k1 k2 k3",
                            intro("o", "all i j:int | 1 <= i, i <= a, 1 <= j, j <= b => D(k, (i-1)*b + j) = g(i,j)",
                                  "i1 i2 j1 j2",
                                  combine("b1", "1 <= b", "j1 j2"), combine("lo", "1 <= (i-1)*b + j", "i1 j1 b1"),
                                  combine("hi", "(i-1)*b + j <= a*b", "i2 j2 b1"),
                                  apply("e", "k3", i="(i-1)*b + j"),
                                  apply("q", "covering.ceil_code", n="b", x="i", y="j"),
                                  apply("f", "ax.cong_ii", f="u -> g(u, (i-1)*b + j - (u-1)*b)",
                                        x="ceil(((i-1)*b + j)/b)",
                                        y="i"),
                                  combine("y", facts="e f")),
                            witness("y", k="k"))),
               witness("z", N="N", D="k, i, j -> D(k, (i-1)*b + j)")),
    ),
)

LEMMAS = (FUNCTIONS, TABLES)

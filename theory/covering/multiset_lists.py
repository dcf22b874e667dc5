"""Lists of pairwise different multisets, and counting by injection up to permutations."""

from __future__ import annotations

from theory.covering.representatives_sequences import rising
from theory.covering.representatives_sorting import permutation
from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, induct, intro, obtain, witness

BINOM_ENDS = Lemma(
    "covering.binom_ends", "binom(n, 0) = 1 and binom(n, n) = 1",
    statement("all n:int | hn: 0 <= n => some | binom(n, 0) = 1, binom(n, n) = 1"),
    (
        apply("a", "ax.binom", "binom(n, 0)*fact(0)*fact(n) = fact(n)", n="n", k="0"),
        apply("b", "ax.binom", "binom(n, n)*fact(n)*fact(0) = fact(n)", n="n", k="n"), apply("z", "ax.fact_zero"),
        apply("p", "textbook.fact_pos", n="n"), combine("x", "binom(n, 0) = 1", "a z", mul="p"),
        combine("y", "binom(n, n) = 1", "b z", mul="p"),
    ),
)

RISING_PAIRS = Lemma(
    "covering.rising_pairs", "A non-decreasing sequence does not decrease from any place to a later one",
    statement(f"all f:int->int, n:int | hf: {rising('f', 'n')}"
              " => (all i j:int | 1 <= i, i <= j, j <= n => f(i) <= f(j))"),
    (
        intro("end", None, "h1 h2 h3",
              intro("up", "all k:int | 1 <= k, k + 1 <= j => f(k) <= f(k+1)", "k1 k2", apply("z", "hf", i="k")),
              apply("L", "covering.rising_last", f="i -> f(i)", n="j"), apply("z", "L", i="i")),
    ),
)

BELOW = Lemma(
    "covering.rising_below", "A permuted non-decreasing sequence that does not decrease is nowhere below",
    statement(f"all f g p v:int->int, n:int | hf: {rising('f', 'n')}, hg: {rising('g', 'n')},"
              f" hp: {permutation('p', 'v', 'n')}, he: (all i:int | 1 <= i, i <= n => f(i) = g(p(i)))"
              " => (all i:int | 1 <= i, i <= n => g(i) <= f(i))"),
    (
        apply("F", "covering.rising_pairs", f="i -> f(i)", n="n"),
        apply("G", "covering.rising_pairs", "all i j:int | 1 <= i, i <= j, j <= n => g(i) <= g(j)", f="i -> g(i)",
              n="n"),
        intro("end", None, "i1 i2", apply("or1", "ax.total", x="g(i)", y="f(i)"),
              cases("z", "or1", "c", [combine("y", facts="c")],
                    # else p maps 1..i into 1..i-1
                    [intro("r", "all j:int | 1 <= j, j <= i => some | 1 <= p(j), p(j) <= i - 1", "j1 j2",
                           apply("a", "hp", i="j"),
                           obtain("w", "a", "p1 p2 p3 p4 p5 p6", apply("e", "he", i="j"), apply("m", "F", i="j", j="i"),
                                  apply("or2", "ax.total", x="i", y="p(j)"),
                                  cases("hi", "or2", "s",
                                        [apply("t", "G", i="i", j="p(j)"), combine("no", "0 < 0", "t m e c"),
                                         combine("x", mul="no")],
                                        [apply("st", "ax.int_step", m="p(j)", n="i"), combine("x", facts="st")],
                                        goal="p(j) <= i - 1"), witness("u"))),
                     intro("r1", "all j:int | 1 <= j, j <= i => 1 <= p(j)", "j1 j2", apply("a", "r", j="j"),
                           obtain("w", "a", "a1 a2", apply("x", "a1"))),
                     intro("r2", "all j:int | 1 <= j, j <= i => p(j) <= i - 1", "j1 j2", apply("a", "r", j="j"),
                           obtain("w", "a", "a1 a2", apply("x", "a2"))),
                     intro("r3", "all j k:int | 1 <= j, j <= i, 1 <= k, k <= i, p(j) = p(k) => j = k",
                           "j1 j2 k1 k2 jk", apply("a", "hp", i="j"), apply("b", "hp", i="k"),
                           obtain("w", "a", "p1 p2 p3 p4 p5 p6", obtain(
                               "x", "b", "q1 q2 q3 q4 q5 q6", apply("cg", "ax.cong_ii", f="t -> v(t)", x="p(j)",
                                                                    y="p(k)"),
                               combine("u", facts="cg p5 q5")))),
                     apply("ph", "covering.pigeonhole", m="i - 1", n="i", f="j -> p(j)"),
                     combine("no", "0 < 0", "ph"), combine("y", mul="no")])),
    ),
)

UNIQUE = Lemma(
    "covering.rising_unique", "Two non-decreasing sequences that are permutations of each other are equal",
    statement(f"all f g p v:int->int, n:int | hf: {rising('f', 'n')}, hg: {rising('g', 'n')},"
              f" hp: {permutation('p', 'v', 'n')}, he: (all i:int | 1 <= i, i <= n => f(i) = g(p(i)))"
              " => (all i:int | 1 <= i, i <= n => f(i) = g(i))"),
    (
        apply("A", "covering.rising_below", f="i -> f(i)", g="i -> g(i)", p="i -> p(i)", v="i -> v(i)", n="n"),
        intro("iv", permutation("v", "p", "n")[1:-1], "i1 i2", apply("a", "hp", i="i"),
              obtain("z", "a", "p1 p2 p3 p4 p5 p6", witness("y"))),
        intro("ev", "all i:int | 1 <= i, i <= n => g(i) = f(v(i))", "i1 i2", apply("a", "hp", i="i"),
              obtain("z", "a", "p1 p2 p3 p4 p5 p6", apply("e", "he", i="v(i)"),
                     apply("c", "ax.cong_ii", f="t -> g(t)", x="p(v(i))", y="i"), combine("y", facts="e c"))),
        apply("B", "covering.rising_below", "all i:int | 1 <= i, i <= n => f(i) <= g(i)", f="i -> g(i)",
              g="i -> f(i)", p="i -> v(i)", v="i -> p(i)", n="n"),
        intro("end", None, "i1 i2", apply("a", "A", i="i"), apply("b", "B", i="i"),
              apply("z", "ax.antisym", x="f(i)", y="g(i)")),
    ),
)


def _list(S: str, a: str, m: str) -> str:
    """The three properties of a list: range, order, difference; sizes binom(m + a - 1, a)."""
    at = f"1 <= k, k <= binom({m} + {a} - 1, {a})"
    return (f"(all k i:int | {at}, 1 <= i, i <= {a} => some | 1 <= {S}(k,i), {S}(k,i) <= {m}),"
            f" (all k i:int | {at}, 1 <= i, i + 1 <= {a} => {S}(k,i) <= {S}(k,i+1)),"
            f" (all j k:int | 1 <= j, j <= binom({m} + {a} - 1, {a}), {at},"
            f" (all i:int | 1 <= i, i <= {a} => {S}(j,i) = {S}(k,i)) => j = k)")


_N1 = "binom(x + y, y)"
_NEW = f"iite({{k}}, {_N1}, iite({{i}}, y, S({{k}},{{i}}), x + 1), D({{k}} - {_N1}, {{i}}))"


def _new(k: str, i: str) -> str:
    return _NEW.format(k=k, i=i)


def _low(name: str, k: str, i: str, last: bool) -> tuple:
    """The entry of a sequence of the first list, whose last entry is x + 1."""
    rule = "else" if last else "then"
    return (apply(f"{name}a", "ax.iite_then", a=k, b=_N1, x=f"iite({i}, y, S({k},{i}), x + 1)",
                  y=f"D({k} - {_N1}, {i})"),
            apply(f"{name}b", f"ax.iite_{rule}", a=i, b="y", x=f"S({k},{i})", y="x + 1"))


def _high(name: str, k: str, i: str) -> tuple:
    """The entry of a sequence of the second list."""
    return (apply(name, "ax.iite_else", a=k, b=_N1, x=f"iite({i}, y, S({k},{i}), x + 1)", y=f"D({k} - {_N1}, {i})"),)


_AT = "1 <= k, k <= binom(x + y + 1, y + 1)"

_RANGE = intro(
    "g1", f"all k i:int | {_AT}, 1 <= i, i <= y + 1 => some | 1 <= {_new('k', 'i')}, {_new('k', 'i')} <= x + 1",
    "k1 k2 i1 i2", apply("or1", "ax.total", x="k", y=_N1),
    cases("z1", "or1", "c",
          [apply("or2", "ax.total", x="i", y="y"),
           cases("z2", "or2", "c2",
                 [*_low("e", "k", "i", False), apply("a", "S1", k="k", i="i"),
                  obtain("z3", "a", "a1 a2", combine("lo", f"1 <= {_new('k', 'i')}", "ea eb a1"),
                         combine("hi", f"{_new('k', 'i')} <= x + 1", "ea eb a2"))],
                 [*_low("e", "k", "i", True), combine("lo", f"1 <= {_new('k', 'i')}", "ea eb hx"),
                  combine("hi", f"{_new('k', 'i')} <= x + 1", "ea eb")])],
          [apply("st", "ax.int_step", m=_N1, n="k"), *_high("e", "k", "i"), apply("a", "D1", k=f"k - {_N1}", i="i"),
           obtain("z3", "a", "a1 a2", combine("lo", f"1 <= {_new('k', 'i')}", "e a1"),
                  combine("hi", f"{_new('k', 'i')} <= x + 1", "e a2"))]))

_ORDER = intro(
    "g2", f"all k i:int | {_AT}, 1 <= i, i + 1 <= y + 1 => {_new('k', 'i')} <= {_new('k', '(i+1)')}", "k1 k2 i1 i2",
    apply("or1", "ax.total", x="k", y=_N1),
    cases("z1", "or1", "c",
          [*_low("e", "k", "i", False), apply("or2", "ax.total", x="i + 1", y="y"),
           cases("z2", "or2", "c2",
                 [*_low("f", "k", "(i+1)", False), apply("a", "S2", k="k", i="i"),
                  combine("z3", facts="ea eb fa fb a")],
                 [*_low("f", "k", "(i+1)", True), apply("a", "S1", k="k", i="i"),
                  obtain("z3", "a", "a1 a2", combine("z4", facts="ea eb fa fb a2"))])],
          [apply("st", "ax.int_step", m=_N1, n="k"), *_high("e", "k", "i"), *_high("f", "k", "(i+1)"),
           apply("a", "D2", k=f"k - {_N1}", i="i"), combine("z3", facts="e f a")]))


def _same(first: bool) -> list:
    """Both sequences in one of the lists."""
    if first:
        return [intro("u", "all i:int | 1 <= i, i <= y => S(j,i) = S(k,i)", "i1 i2", apply("a", "eq", i="i"),
                      *_low("e", "j", "i", False), *_low("f", "k", "i", False),
                      combine("w", facts="a ea eb fa fb", rounds=4)),
                apply("z3", "S3", j="j", k="k")]
    return [intro("u", f"all i:int | 1 <= i, i <= y + 1 => D(j - {_N1},i) = D(k - {_N1},i)", "i1 i2",
                  apply("a", "eq", i="i"), *_high("e", "j", "i"), *_high("f", "k", "i"),
                  combine("w", facts="a e f", rounds=4)),
            apply("v", "D3", j=f"j - {_N1}", k=f"k - {_N1}"), combine("z3", facts="v")]


def _mixed(low: str, high: str) -> list:
    """A sequence with last entry x + 1 is none with entries at most x."""
    return [apply("a", "eq", i="y + 1"), *_low("e", low, "(y+1)", True), *_high("f", high, "(y+1)"),
            apply("b", "D1", k=f"{high} - {_N1}", i="y + 1"),
            obtain("z3", "b", "b1 b2", combine("no", "0 < 0", "a ea eb f b2"), combine("w", mul="no"))]


_DIFFERENT = intro(
    "g3", f"all j k:int | 1 <= j, j <= binom(x + y + 1, y + 1), {_AT},"
          f" (all i:int | 1 <= i, i <= y + 1 => {_new('j', 'i')} = {_new('k', 'i')}) => j = k", "j1 j2 k1 k2 eq",
    apply("or1", "ax.total", x="j", y=_N1), apply("or2", "ax.total", x="k", y=_N1),
    cases("z1", "or1", "c",
          [cases("z2", "or2", "c2", _same(True),
                 [apply("sk", "ax.int_step", m=_N1, n="k"), *_mixed("j", "k")])],
          [apply("sj", "ax.int_step", m=_N1, n="j"),
           cases("z2", "or2", "c2", _mixed("k", "j"),
                 [apply("sk", "ax.int_step", m=_N1, n="k"), *_same(False)])]))

_SORT = "(k:int,i:int)->int"

MULTISETS = Lemma(
    "covering.list_multisets", "There are C(m+a-1, a) pairwise different non-decreasing sequences of length a in 1..m",
    statement(f"all a m:int | ha: 0 <= a, hm: 1 <= m => some S:{_SORT} | {_list('S', 'a', 'm')}"),
    (
        induct("K", f"all y:int | 0 <= y => (all x:int | 1 <= x => some S:{_SORT} | {_list('S', 'y', 'x')})", "hy ih",
               [intro("z", None, "hx", apply("b", "covering.binom_ends", n="x - 1"),
                      obtain("z0", "b", "b1 b2",
                             intro("g1", "all k i:int | 1 <= k, k <= binom(x - 1, 0), 1 <= i, i <= 0 => some | 1 <= 1,"
                                         " 1 <= x", "k1 k2 i1 i2", witness("w")),
                             intro("g2", "all k i:int | 1 <= k, k <= binom(x - 1, 0), 1 <= i, i + 1 <= 0 => 1 <= 1",
                                   "k1 k2 i1 i2", combine("w")),
                             intro("g3", "all j k:int | 1 <= j, j <= binom(x - 1, 0), 1 <= k, k <= binom(x - 1, 0),"
                                         " (all i:int | 1 <= i, i <= 0 => 1 = 1) => j = k", "j1 j2 k1 k2 eq",
                                   apply("u", "ax.antisym", x="j", y="1"), apply("v", "ax.antisym", x="k", y="1"),
                                   combine("w", facts="u v")), witness("x1", S="k, i -> 1")))],
               [induct("z", f"all x:int | 1 <= x => some S:{_SORT} | {_list('S', '(y+1)', 'x')}", "hx ihx",
                       [apply("b", "covering.binom_ends", n="y + 1"),
                        obtain("z0", "b", "b1 b2",
                               intro("g1", "all k i:int | 1 <= k, k <= binom(y + 1, y + 1), 1 <= i, i <= y + 1 =>"
                                           " some | 1 <= 1, 1 <= 1", "k1 k2 i1 i2", witness("w")),
                               intro("g2", "all k i:int | 1 <= k, k <= binom(y + 1, y + 1), 1 <= i, i + 1 <= y + 1 =>"
                                           " 1 <= 1", "k1 k2 i1 i2", combine("w")),
                               intro("g3", "all j k:int | 1 <= j, j <= binom(y + 1, y + 1), 1 <= k,"
                                           " k <= binom(y + 1, y + 1), (all i:int | 1 <= i, i <= y + 1 => 1 = 1) =>"
                                           " j = k", "j1 j2 k1 k2 eq",
                                     apply("u", "ax.antisym", x="j", y="1"), apply("v", "ax.antisym", x="k", y="1"),
                                     combine("w", facts="u v")), witness("x1", S="k, i -> 1"))],
                       [apply("J", "ih", x="x + 1"),
                        apply("J2", "ihx", f"some D:{_SORT} | {_list('D', '(y+1)', 'x')}"),
                        apply("pa", "covering.pascal",
                              "binom(x + y + 1, y + 1) = binom(x + y, y) + binom(x + y, y + 1)", n="x + y", k="y"),
                        obtain("w1", "J", "S1 S2 S3", obtain("w2", "J2", "D1 D2 D3", _RANGE, _ORDER, _DIFFERENT,
                                                             witness("x1", S=f"k, i -> {_new('k', 'i')}")))])]),
        apply("J", "K", y="a"), apply("end", "J", x="m"),
    ),
)


def _found(a: str, b: str) -> str:
    return (f"some p v:int->int | 1 <= {b}, {b} <= Q, {permutation('p', 'v', 'd')},"
            f" (all i:int | 1 <= i, i <= d => X({a},i) = Y({b},p(i)))")


_CHOICE = f"some f:int->int | (all a:int | 1 <= a, a <= {{n}} => ({_found('a', 'f(a)')}))"

PERMUTED_CHOICE = Lemma(
    "covering.permuted_choice", "A function names for each X(a) a Y(b) of which it is a permutation",
    statement(f"all X Y:(k:int,i:int)->int, n Q d:int | hn: 0 <= n,"
              f" h: (all a:int | 1 <= a, a <= n => some b:int | ({_found('a', 'b')})) => {_CHOICE.format(n='n')}"),
    (
        induct("K", f"all e:int | 0 <= e => (all | e <= n => {_CHOICE.format(n='e')})", "he ih",
               [intro("z", None, "h0",
                      intro("o", f"all a:int | 1 <= a, a <= 0 => ({_found('a', 'a')})", "k1 k2",
                            combine("no", "0 < 0", "k1 k2"), combine("q1", "a <= Q", mul="no"),
                            intro("q2", permutation("p", "v", "d").replace("p(", "(").replace("v(", "(")[1:-1], "i1 i2",
                                  witness("w")),
                            intro("q3", "all i:int | 1 <= i, i <= d => X(a,i) = Y(a,i)", "i1 i2",
                                  combine("w", mul="no")), witness("x", p="i -> i", v="i -> i")),
                      witness("y", f="a -> a"))],
               [intro("z", None, "h0", apply("u0", "ih"), apply("w0", "h", a="e + 1"),
                      obtain("z1", "u0", "old", obtain("z2", "w0", "new", obtain(
                          "z3", "new", "n1 n2 n3 n4",
                          apply("E", "covering.append", "some F:int->int | F(e+1) = b, (all i:int | i <= e => F(i) ="
                                                        " f(i))", p="i -> f(i)", n="e", c="b"),
                          obtain("z4", "E", "F1 F2",
                                 intro("o", f"all a:int | 1 <= a, a <= e + 1 => ({_found('a', 'F(a)')})", "a1 a2",
                                       apply("or1", "ax.int_split", m="a", n="e + 1"),
                                       cases("t", "or1", "c",
                                             [apply("g", "ax.cong_ii", f="t -> F(t)", x="a", y="e + 1"),
                                              combine("Fa", "F(a) = b", "g F1"), combine("q1", "1 <= F(a)", "Fa n1"),
                                              combine("q2", "F(a) <= Q", "Fa n2"),
                                              intro("q3", "all i:int | 1 <= i, i <= d => X(a,i) = Y(F(a),p(i))",
                                                    "i1 i2", apply("r", "n4", i="i"),
                                                    apply("r1", "ax.cong_ii", f="t -> X(t,i)", x="a", y="e + 1"),
                                                    apply("r2", "ax.cong_ii", f="t -> Y(t,p(i))", x="F(a)", y="b"),
                                                    combine("r3", facts="r r1 r2")),
                                              witness("s", p="i -> p(i)", v="i -> v(i)")],
                                             [apply("o1", "old", "some p' v':int->int | 1 <= f(a), f(a) <= Q, "
                                                    + permutation("p'", "v'", "d")
                                                    + ", (all i:int | 1 <= i, i <= d => X(a,i) = Y(f(a),p'(i)))",
                                                    a="a"), apply("Fa", "F2", i="a"),
                                              obtain("s", "o1", "v1 v2 v3 v4", combine("q1", "1 <= F(a)", "Fa v1"),
                                                     combine("q2", "F(a) <= Q", "Fa v2"),
                                                     intro("q3", "all i:int | 1 <= i, i <= d => X(a,i) ="
                                                                 " Y(F(a),p'(i))", "i1 i2", apply("r", "v4", i="i"),
                                                           apply("r2", "ax.cong_ii", f="t -> Y(t,p'(i))", x="F(a)",
                                                                 y="f(a)"), combine("r3", facts="r r2")),
                                                     witness("s1", p="i -> p'(i)", v="i -> v'(i)"))])),
                                 witness("z5", f="a -> F(a)"))))))]),
        apply("J", "K", e="n"), apply("end", "J"),
    ),
)

INJECTS = Lemma(
    "covering.count_by_permutations", "If every X(a) is a permutation of some Y(b) and the X(a) are no permutations of"
                                      " each other, there are no more X(a) than Y(b)",
    statement("all X Y:(k:int,i:int)->int, n Q d:int | hn: 0 <= n, hQ: 0 <= Q,"
              f" h: (all a:int | 1 <= a, a <= n => some b:int | ({_found('a', 'b')})),"
              " hd: (all a c:int, p v:int->int | 1 <= a, a <= n, 1 <= c, c <= n, "
              f"{permutation('p', 'v', 'd')}, (all i:int | 1 <= i, i <= d => X(a,i) = X(c,p(i))) => a = c) => n <= Q"),
    (
        apply("C", "covering.permuted_choice", X="k, i -> X(k,i)", Y="k, i -> Y(k,i)", n="n", Q="Q", d="d"),
        obtain("end", "C", "rel",
               intro("f1", "all a:int | 1 <= a, a <= n => 1 <= f(a)", "a1 a2", apply("r", "rel", a="a"),
                     obtain("w", "r", "r1 r2 r3 r4", apply("x", "r1"))),
               intro("f2", "all a:int | 1 <= a, a <= n => f(a) <= Q", "a1 a2", apply("r", "rel", a="a"),
                     obtain("w", "r", "r1 r2 r3 r4", apply("x", "r2"))),
               intro("f3", "all a c:int | 1 <= a, a <= n, 1 <= c, c <= n, f(a) = f(c) => a = c", "a1 a2 c1 c2 ac",
                     apply("r", "rel", a="a"),
                     apply("s", "rel", "some u w:int->int | 1 <= f(c), f(c) <= Q, " + permutation("u", "w", "d")
                           + ", (all i:int | 1 <= i, i <= d => X(c,i) = Y(f(c),u(i)))", a="c"),
                     obtain("z1", "r", "r1 r2 r3 r4", obtain(
                         "z2", "s", "s1 s2 s3 s4",
                         intro("pq", permutation("P", "V", "d").replace("P(V(i))", "w(p(v(u(i))))")
                               .replace("V(P(i))", "v(u(w(p(i))))").replace("P(i)", "w(p(i))")
                               .replace("V(i)", "v(u(i))")[1:-1], "i1 i2",
                               apply("g", "r3", i="i"), apply("hh", "s3", i="i"),
                               obtain("y1", "g", "g1 g2 g3 g4 g5 g6", obtain(
                                   "y2", "hh", "h1 h2 h3 h4 h5 h6", apply("g'", "r3", i="u(i)"),
                                   apply("h'", "s3", i="p(i)"), obtain("y3", "g'", "k1 k2 k3 k4 k5 k6", obtain(
                                       "y4", "h'", "m1 m2 m3 m4 m5 m6",
                                       apply("q1", "ax.cong_ii", f="t -> v(t)", x="u(w(p(i)))", y="p(i)"),
                                       combine("q2", "v(u(w(p(i)))) = i", "q1 g5"),
                                       apply("q3", "ax.cong_ii", f="t -> w(t)", x="p(v(u(i)))", y="u(i)"),
                                       combine("q4", "w(p(v(u(i)))) = i", "q3 h5"), witness("y5")))))),
                         intro("eq", "all i:int | 1 <= i, i <= d => X(a,i) = X(c,w(p(i)))", "i1 i2",
                               apply("g", "r3", i="i"), obtain("y1", "g", "g1 g2 g3 g4 g5 g6",
                                   apply("hh", "s3", i="p(i)"), obtain("y2", "hh", "h1 h2 h3 h4 h5 h6",
                                       apply("e1", "r4", i="i"), apply("e2", "s4", i="w(p(i))"),
                                       apply("e3", "ax.cong_ii", f="t -> Y(f(c),t)", x="u(w(p(i)))", y="p(i)"),
                                       apply("e4", "ax.cong_ii", f="t -> Y(t,p(i))", x="f(a)", y="f(c)"),
                                       combine("y3", facts="e1 e2 e3 e4")))),
                         apply("z3", "hd", a="a", c="c", p="i -> w(p(i))", v="i -> v(u(i))")))),
               apply("z", "covering.pigeonhole", m="Q", n="n", f="a -> f(a)")),
    ),
)

LEMMAS = (BINOM_ENDS, RISING_PAIRS, BELOW, UNIQUE, MULTISETS, PERMUTED_CHOICE, INJECTS)

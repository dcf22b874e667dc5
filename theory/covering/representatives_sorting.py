"""Every finite sequence of integers is put in order by a permutation (given with its inverse)."""

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain, witness


def permutation(p: str, v: str, n: str) -> str:
    """p and v are inverse permutations of 1..n: one quantified conjunction."""
    return (f"(all i:int | 1 <= i, i <= {n} => some | 1 <= {p}(i), {p}(i) <= {n}, 1 <= {v}(i), {v}(i) <= {n},"
            f" {v}({p}(i)) = i, {p}({v}(i)) = i)")


EQUAL_THEN = Lemma(
    "covering.choose_equal", "iite(a, b, iite(b, a, x, y), y) is x where a = b",
    statement("all a b x y:int | h: a = b => iite(a, b, iite(b, a, x, y), y) = x"),
    (
        apply("s", "ax.iite_then", a="a", b="b", x="iite(b, a, x, y)", y="y"),
        apply("t", "ax.iite_then", a="b", b="a", x="x", y="y"), combine("end", facts="s t"),
    ),
)

EQUAL_ELSE = Lemma(
    "covering.choose_unequal", "iite(a, b, iite(b, a, x, y), y) is y where a != b",
    statement("all a b x y:int | h: a != b => iite(a, b, iite(b, a, x, y), y) = y"),
    (
        apply("or1", "ax.total", x="a", y="b"),
        cases("end", "or1", "c",
              [apply("s", "ax.iite_then", a="a", b="b", x="iite(b, a, x, y)", y="y"),
               apply("or2", "ax.total", x="b", y="a"),
               cases("z", "or2", "e",
                     [apply("k", "ax.antisym", x="a", y="b"), combine("y1", facts="k", mul="h")],
                     [apply("t", "ax.iite_else", a="b", b="a", x="x", y="y"), combine("y1", facts="s t")])],
              [apply("z", "ax.iite_else", a="a", b="b", x="iite(b, a, x, y)", y="y")]),
    ),
)

_AT_N = "iite(i, n, iite(n, i, M, i), i)"
_S = f"iite(i, M, iite(M, i, n, {_AT_N}), {_AT_N})"


def _at(t: str) -> tuple[str, str]:
    """The inner and the whole choice at the point t."""
    inner = f"iite({t}, n, iite(n, {t}, M, {t}), {t})"
    return inner, f"iite({t}, M, iite(M, {t}, n, {inner}), {inner})"


EXCHANGE = Lemma(
    "covering.exchange", "A function exchanges M and n and fixes everything else",
    statement("all M n:int => some s:int->int | s(M) = n, s(n) = M, (all i:int | i != M, i != n => s(i) = i)"),
    (
        apply("a", "covering.choose_equal", a="M", b="M", x="n", y=_at("M")[0]),
        apply("or1", "ax.eq_or_ne", x="n", y="M"),
        cases("b", "or1", "c",
              [apply("e", "covering.choose_equal", a="n", b="M", x="n", y=_at("n")[0]), combine("z", facts="e c")],
              [apply("e", "covering.choose_unequal", a="n", b="M", x="n", y=_at("n")[0]),
               apply("f", "covering.choose_equal", a="n", b="n", x="M", y="n"), combine("z", facts="e f")],
              goal=f"{_at('n')[1]} = M"),
        intro("o", f"all i:int | i != M, i != n => {_S} = i", "h1 h2",
              apply("e", "covering.choose_unequal", a="i", b="M", x="n", y=_AT_N),
              apply("f", "covering.choose_unequal", a="i", b="n", x="M", y="i"), combine("z", facts="e f")),
        witness("end", s=f"i -> {_S}"),
    ),
)

_SWAPPED = "some | 1 <= s(i), s(i) <= n, s(s(i)) = i"

SWAP = Lemma(
    "covering.swap", "A permutation of 1..n is its own inverse and takes n to M",
    statement("all M n:int | h1: 1 <= M, h2: M <= n => some s:int->int | s(n) = M,"
              f" (all i:int | 1 <= i, i <= n => {_SWAPPED})"),
    (
        apply("x", "covering.exchange", M="M", n="n"),
        obtain("end", "x", "sM sn so",
               intro("r", f"all i:int | 1 <= i, i <= n => {_SWAPPED}", "i1 i2",
                     apply("or1", "ax.eq_or_ne", x="i", y="M"),
                     cases("z", "or1", "c",
                           [apply("k", "ax.cong_ii", f="t -> s(t)", x="i", y="M"), combine("e", "s(i) = n", "k sM"),
                            apply("g", "ax.cong_ii", f="t -> s(t)", x="s(i)", y="n"),
                            combine("u", "1 <= s(i)", "e h1 h2"), combine("v", "s(i) <= n", "e"),
                            combine("w", "s(s(i)) = i", "g sn c")],
                           [apply("or2", "ax.eq_or_ne", x="i", y="n"),
                            cases("y", "or2", "c2",
                                  [apply("k", "ax.cong_ii", f="t -> s(t)", x="i", y="n"),
                                   combine("e", "s(i) = M", "k sn"),
                                   apply("g", "ax.cong_ii", f="t -> s(t)", x="s(i)", y="M"),
                                   combine("u", "1 <= s(i)", "e h1"), combine("v", "s(i) <= n", "e h2"),
                                   combine("w", "s(s(i)) = i", "g sM c2")],
                                  [apply("e", "so", i="i"), apply("g", "ax.cong_ii", f="t -> s(t)", x="s(i)", y="i"),
                                   combine("u", "1 <= s(i)", "e i1"), combine("v", "s(i) <= n", "e i2"),
                                   combine("w", "s(s(i)) = i", "g e")])])),
               witness("y", s="i -> s(i)")),
    ),
)

LARGEST = Lemma(
    "covering.largest", "A non-empty finite sequence has a largest entry",
    statement("all b:int->int, n:int | hn: 1 <= n"
              " => some M:int | 1 <= M, M <= n, (all i:int | 1 <= i, i <= n => b(i) <= b(M))"),
    (
        induct("K", "all k:int | 1 <= k => some M:int | 1 <= M, M <= k, (all i:int | 1 <= i, i <= k => b(i) <= b(M))",
               "hk ih",
               [intro("a", "all i:int | 1 <= i, i <= 1 => b(i) <= b(1)", "i1 i2",
                      apply("e", "ax.antisym", x="i", y="1"),
                      apply("g", "ax.cong_ii", f="t -> b(t)", x="i", y="1"), combine("z", facts="g")),
                witness("z", M="1")],
               [obtain("z", "ih", "m1 m2 m3", apply("or1", "ax.total", x="b(M)", y="b(k + 1)"),
                       cases("y", "or1", "c",
                             [intro("a", "all i:int | 1 <= i, i <= k + 1 => b(i) <= b(k + 1)", "i1 i2",
                                    apply("or2", "ax.int_split", m="i", n="k + 1"),
                                    cases("x", "or2", "e",
                                          [apply("g", "ax.cong_ii", f="t -> b(t)", x="i", y="k + 1"),
                                           combine("w", facts="g")],
                                          [apply("g", "m3", i="i"), combine("w", facts="g c")])),
                              witness("x", M="k + 1")],
                             [intro("a", "all i:int | 1 <= i, i <= k + 1 => b(i) <= b(M)", "i1 i2",
                                    apply("or2", "ax.int_split", m="i", n="k + 1"),
                                    cases("x", "or2", "e",
                                          [apply("g", "ax.cong_ii", f="t -> b(t)", x="i", y="k + 1"),
                                           combine("w", facts="g c")],
                                          [apply("w", "m3", i="i")])),
                              witness("x", M="M")]))]),
        apply("end", "K", k="n"),
    ),
)

APPEND = Lemma(
    "covering.append", "A sequence can be given the value c at n + 1",
    statement("all p:int->int, n c:int => some e:int->int | e(n+1) = c, (all i:int | i <= n => e(i) = p(i))"),
    (
        apply("a", "ax.iite_else", a="n + 1", b="n", x="p(n + 1)", y="c"),
        intro("o", "all i:int | i <= n => iite(i, n, p(i), c) = p(i)", "h",
              apply("z", "ax.iite_then", a="i", b="n", x="p(i)", y="c")),
        witness("end", e="i -> iite(i, n, p(i), c)"),
    ),
)

EXTEND = Lemma(
    "covering.extend_permutation", "A permutation of 1..n extends to 1..n+1 with the last point fixed",
    statement(f"all p v:int->int, n:int | hp: {permutation('p', 'v', 'n')} => some e w:int->int |"
              f" {permutation('e', 'w', '(n+1)')}, e(n+1) = n + 1, (all i:int | i <= n => e(i) = p(i))"),
    (
        apply("x1", "covering.append", p="i -> p(i)", n="n", c="n + 1"),
        apply("x2", "covering.append", "some w:int->int | w(n+1) = n + 1, (all i:int | i <= n => w(i) = v(i))",
              p="i -> v(i)", n="n", c="n + 1"),
        obtain("end", "x1", "e1 e2", obtain(
            "y", "x2", "w1 w2",
            intro("pp", permutation("e", "w", "(n+1)")[1:-1], "i1 i2",
                  apply("or1", "ax.int_split", m="i", n="n + 1"),
                  cases("z", "or1", "c",
                        [apply("a", "ax.cong_ii", f="t -> e(t)", x="i", y="n + 1"), combine("ei", "e(i) = i", "a e1 c"),
                         apply("b", "ax.cong_ii", f="t -> w(t)", x="i", y="n + 1"), combine("wi", "w(i) = i", "b w1 c"),
                         apply("f", "ax.cong_ii", f="t -> w(t)", x="e(i)", y="i"), combine("we", "w(e(i)) = i", "f wi"),
                         apply("g", "ax.cong_ii", f="t -> e(t)", x="w(i)", y="i"),
                         combine("ew", "e(w(i)) = i", "g ei")],
                        [apply("h", "hp", i="i"), apply("a", "e2", i="i"), apply("b", "w2", i="i"),
                         obtain("x", "h", "p1 p2 v1 v2 vp pv",
                                apply("f", "ax.cong_ii", f="t -> w(t)", x="e(i)", y="p(i)"),
                                apply("f2", "w2", i="p(i)"),
                                apply("g", "ax.cong_ii", f="t -> e(t)", x="w(i)", y="v(i)"),
                                apply("g2", "e2", i="v(i)"),
                                combine("r1", "1 <= e(i)", "p1 a"), combine("r2", "e(i) <= n + 1", "p2 a"),
                                combine("r3", "1 <= w(i)", "v1 b"), combine("r4", "w(i) <= n + 1", "v2 b"),
                                combine("we", "w(e(i)) = i", "f f2 vp"), combine("ew", "e(w(i)) = i", "g g2 pv"))])),
            witness("z", e="i -> e(i)", w="i -> w(i)"))),
    ),
)

_SELF = "(all i:int | 1 <= i, i <= n => some | 1 <= s(i), s(i) <= n, s(s(i)) = i)"

COMPOSE = Lemma(
    "covering.compose_involution", "A permutation followed by an involution is a permutation",
    statement(f"all p v s:int->int, n:int | hp: {permutation('p', 'v', 'n')}, hs: {_SELF}"
              " => (all i:int | 1 <= i, i <= n => some | 1 <= s(p(i)), s(p(i)) <= n, 1 <= v(s(i)), v(s(i)) <= n,"
              " v(s(s(p(i)))) = i, s(p(v(s(i)))) = i)"),
    (
        intro("end", None, "i1 i2", apply("a", "hp", i="i"), apply("b", "hs", i="i"),
              obtain("z", "a", "p1 p2 v1 v2 vp pv", obtain(
                  "y", "b", "s1 s2 ss", apply("a2", "hp", i="s(i)"), apply("b2", "hs", i="p(i)"),
                  obtain("x", "a2", "q1 q2 w1 w2 wq qw", obtain(
                      "u", "b2", "t1 t2 tt",
                      apply("f", "ax.cong_ii", f="t -> v(t)", x="s(s(p(i)))", y="p(i)"),
                      combine("vf", "v(s(s(p(i)))) = i", "f vp"),
                      apply("g", "ax.cong_ii", f="t -> s(t)", x="p(v(s(i)))", y="s(i)"),
                      combine("sg", "s(p(v(s(i)))) = i", "g ss")))))),
    ),
)


def sorted_by(b: str, p: str, n: str) -> str:
    """The values of b along p do not decrease."""
    return f"(all i:int | 1 <= i, i + 1 <= {n} => {b}({p}(i)) <= {b}({p}(i+1)))"


def _sorting(b: str, n: str) -> str:
    return f"some p v:int->int | {permutation('p', 'v', n)}, {sorted_by(b, 'p', n)}"


def insertion(extreme: str, congruence: str, sort: str, order: str, sorting: str) -> tuple[Step, ...]:
    """The proof by induction on n that a sequence b(1), ..., b(n) is put in order by a permutation.

    `extreme` is the lemma about the entry that comes last, `congruence` the axiom f(x) = f(y) for the `sort` of the
    entries, `order` says how neighbours {0}, {1} are related, and `sorting` the conclusion for h(1), ..., h(k).
    """
    low, high = ("i+1", "i") if order.startswith("{1}") else ("i", "i+1")
    ordered = order.format("h(s(e(i)))", "h(s(e(i+1)))")
    rise = (
        apply("L", extreme, b="i -> h(i)", n="k + 1"),
        obtain(
            "y", "L", "M1 M2 M3", apply("S", "covering.swap", M="M", n="k + 1"),
            obtain("x", "S", "sM ss",
                   apply("IH", "ih", h="i -> h(s(i))"),
                   obtain("w5", "IH", "pp po",
                          apply("E", "covering.extend_permutation", p="i -> p(i)", v="i -> v(i)", n="k"),
                          obtain("u", "E", "ee eM eo",
                                 apply("Q", "covering.compose_involution", p="i -> e(i)", v="i -> w(i)", s="i -> s(i)",
                                       n="k + 1"),
                                 intro("o", f"all i:int | 1 <= i, i + 1 <= k + 1 => {ordered}", "i1 i2",
                                       apply("a", "eo", i="i"), combine("ik", "i <= k", "i2"),
                                       apply("f", congruence, f="t -> h(s(t))", x="e(i)", y="p(i)"),
                                       apply("or1", "ax.int_split", m="i", n="k"),
                                       cases("t", "or1", "c",
                                             [apply("d", "Q", i="i"),
                                              obtain("tt", "d", "q1 q2 w1 w2 wq qw", apply("m", "M3", i="s(e(i))"),
                                                     apply("g", congruence, f="t -> h(s(e(t)))", x="i + 1", y="k + 1"),
                                                     apply("j1", congruence, f="t -> h(s(t))", x="e(k + 1)", y="k + 1"),
                                                     apply("j2", congruence, f="t -> h(t)", x="s(k + 1)", y="M"),
                                                     combine("ttt", facts="m g j1 j2", degree=1))],
                                             [apply("g", "eo", i="i + 1"),
                                              apply("j1", congruence, f="t -> h(s(t))", x="e(i + 1)", y="p(i + 1)"),
                                              apply("m", "po", i="i"), combine("tt", facts="m f j1", degree=1)])),
                                 witness("tu", p="i -> s(e(i))", v="i -> w(s(i))"))))),
    )
    return (
        induct("K", f"all k:int | 0 <= k => (all h:int->{sort} => {sorting})", "hk ih",
               [intro("z", None, "",
                      intro("o", f"all i:int | 1 <= i, i + 1 <= 0 => {order.format('h(i)', 'h(i+1)')}", "i1 i2",
                            apply("or1", "ax.total", x=f"h({low})", y=f"h({high})"),
                            cases("x", "or1", "c", [combine("w", facts="c")], [combine("w", facts="c i1 i2")])),
                      witness("y", p="i -> i", v="i -> i"))],
               [intro("z", None, "", *rise)]),
        apply("J", "K", k="n"), apply("end", "J", h="i -> b(i)"),
    )


SORT = Lemma(
    "covering.sort", "Every sequence b(1), ..., b(n) is put in order by a permutation",
    statement(f"all b:int->int, n:int | hn: 0 <= n => {_sorting('b', 'n')}"),
    insertion("covering.largest", "ax.cong_ii", "int", "{0} <= {1}", _sorting("h", "k")),
)

LEMMAS = (EQUAL_THEN, EQUAL_ELSE, EXCHANGE, SWAP, LARGEST, APPEND, EXTEND, COMPOSE, SORT)

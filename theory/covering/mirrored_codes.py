"""Units on a symmetric grid as numbers 1..m^w, in which x -> m^w + 1 - x turns the sign; and units up to sign."""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, induct, intro, obtain, witness

_AT_K = "1 <= k, k <= N"


def mirrored(n: str) -> str:
    """D(1), ..., D(N) are all functions 1..n -> 1..m, each once, and D(N + 1 - k) is the reflection of D(k)."""
    place = f"{_AT_K}, 1 <= i, i <= {n}"
    return (f"some N:int, D:(k:int,i:int)->int | 1 <= N, N = pow(m, {n}),"
            f" (all k i:int | {place} => some | 1 <= D(k,i), D(k,i) <= m, D(N+1-k,i) = m + 1 - D(k,i)),"
            f" (all f:int->int | (all i:int | 1 <= i, i <= {n} => some | 1 <= f(i), f(i) <= m)"
            f" => some k:int | {_AT_K}, (all i:int | 1 <= i, i <= {n} => D(k,i) = f(i))),"
            f" (all j k:int | 1 <= j, j <= N, {_AT_K}, (all i:int | 1 <= i, i <= {n} => D(j,i) = D(k,i)) => j = k)")


def _rest(k: str) -> str:
    return f"({k} - (ceil({k}/N) - 1)*N)"


def _entry(k: str, i: str = "i") -> str:
    return f"iite({i}, e, D({_rest(k)}, {i}), ceil({k}/N))"


def _digit(name: str, k: str, i: str, rule: str) -> Step:
    return apply(name, f"ax.iite_{rule}", a=i, b="e", x=f"D({_rest(k)}, {i})", y=f"ceil({k}/N)")


_TURNED = "(m*N + 1 - k)"

_REFLECTED = intro(
    "g1", f"all k i:int | 1 <= k, k <= m*N, 1 <= i, i <= e + 1 => some | 1 <= {_entry('k')}, {_entry('k')} <= m,"
          f" {_entry(_TURNED)} = m + 1 - {_entry('k')}", "k1 k2 i1 i2",
    apply("P", "covering.pair_decode", n="N", N="m", k="k"),
    obtain("z1", "P", "p1 p2 p3 p4",
           # N m + 1 - k is the code of the reflected pair
           apply("c1", "covering.ceil_code", n="N", x="m + 1 - ceil(k/N)", y=f"N + 1 - {_rest('k')}"),
           combine("c2", f"ceil({_TURNED}/N) = m + 1 - ceil(k/N)", "c1"),
           combine("c3", f"{_rest(_TURNED)} = N + 1 - {_rest('k')}", "c2"),
           apply("or1", "ax.total", x="i", y="e"),
           cases("z2", "or1", "c",
                 [_digit("v1", "k", "i", "then"), _digit("v2", _TURNED, "i", "then"),
                  apply("cg", "ax.cong_ii", f="t -> D(t,i)", x=_rest(_TURNED), y=f"N + 1 - {_rest('k')}"),
                  apply("a", "D1", k=_rest("k"), i="i"),
                  obtain("z3", "a", "a1 a2 a3", combine("r1", f"1 <= {_entry('k')}", "v1 a1"),
                         combine("r2", f"{_entry('k')} <= m", "v1 a2"),
                         combine("r3", f"{_entry(_TURNED)} = m + 1 - {_entry('k')}", "v1 v2 cg a3", rounds=4))],
                 [_digit("v1", "k", "i", "else"), _digit("v2", _TURNED, "i", "else"),
                  combine("r1", f"1 <= {_entry('k')}", "v1 p1"), combine("r2", f"{_entry('k')} <= m", "v1 p2"),
                  combine("r3", f"{_entry(_TURNED)} = m + 1 - {_entry('k')}", "v1 v2 c2", rounds=4)])))

_COVERED = intro(
    "g2", "all f:int->int | (all i:int | 1 <= i, i <= e + 1 => some | 1 <= f(i), f(i) <= m) => some k:int | 1 <= k,"
          f" k <= m*N, (all i:int | 1 <= i, i <= e + 1 => {_entry('k')} = f(i))", "hf",
    intro("lo", "all i:int | 1 <= i, i <= e => some | 1 <= f(i), f(i) <= m", "i1 i2", apply("a", "hf", i="i")),
    apply("C", "D2", "some y:int | 1 <= y, y <= N, (all i:int | 1 <= i, i <= e => D(y,i) = f(i))", f="i -> f(i)"),
    apply("L", "hf", i="e + 1"),
    obtain("z1", "C", "y1 y2 y3", obtain(
        "z2", "L", "l1 l2", apply("P", "covering.pair_code", n="N", N="m", x="f(e + 1)", y="y"),
        obtain("z3", "P", "k1 k2 k3 k4",
               intro("o", f"all i:int | 1 <= i, i <= e + 1 => {_entry('k')} = f(i)", "i1 i2",
                     apply("or1", "ax.total", x="i", y="e"),
                     cases("z4", "or1", "c",
                           [_digit("v1", "k", "i", "then"),
                            apply("cg", "ax.cong_ii", f="t -> D(t,i)", x=_rest("k"), y="y"), apply("a", "y3", i="i"),
                            combine("z5", facts="v1 cg a")],
                           [_digit("v1", "k", "i", "else"), apply("st", "ax.int_step", m="e", n="i"),
                            apply("en", "ax.antisym", x="i", y="e + 1"),
                            apply("cg", "ax.cong_ii", f="t -> f(t)", x="i", y="e + 1"),
                            combine("z5", facts="v1 cg k3")])),
               witness("z6", k="k")))))

_DISTINCT = intro(
    "g3", "all j k:int | 1 <= j, j <= m*N, 1 <= k, k <= m*N, (all i:int | 1 <= i, i <= e + 1 =>"
          f" {_entry('j')} = {_entry('k')}) => j = k", "j1 j2 k1 k2 eq",
    apply("P", "covering.pair_decode", n="N", N="m", k="j"), apply("Q", "covering.pair_decode", n="N", N="m", k="k"),
    obtain("z1", "P", "p1 p2 p3 p4", obtain(
        "z2", "Q", "q1 q2 q3 q4",
        intro("u", f"all i:int | 1 <= i, i <= e => D({_rest('j')},i) = D({_rest('k')},i)", "i1 i2",
              apply("a", "eq", i="i"), _digit("v1", "j", "i", "then"), _digit("v2", "k", "i", "then"),
              combine("w", facts="a v1 v2", rounds=4)),
        apply("r", "D3", j=_rest("j"), k=_rest("k")), apply("a", "eq", i="e + 1"),
        _digit("v1", "j", "e + 1", "else"), _digit("v2", "k", "e + 1", "else"),
        combine("top", "ceil(j/N) = ceil(k/N)", "a v1 v2", rounds=4), combine("w", facts="r top"))))

MIRRORED = Lemma(
    "covering.mirrored_codes", "The functions 1..n -> 1..m have codes 1..m^n in which reflection is reflection",
    statement(f"all m n:int | hm: 1 <= m, hn: 0 <= n => {mirrored('n')}"),
    (
        induct("K", f"all e:int | 0 <= e => {mirrored('e')}", "he ih",
               [apply("p", "ax.pow_zero", b="m"), combine("one", "1 = pow(m, 0)", "p"),
                intro("g1", "all k i:int | 1 <= k, k <= 1, 1 <= i, i <= 0 => some | 1 <= 1, 1 <= m, 1 = m + 1 - 1",
                      "k1 k2 i1 i2", combine("no", "0 < 0", "i1 i2"), combine("on", "1 = m + 1 - 1", mul="no"),
                      witness("y")),
                intro("g2", "all f:int->int | (all i:int | 1 <= i, i <= 0 => some | 1 <= f(i), f(i) <= m) => some"
                            " k:int | 1 <= k, k <= 1, (all i:int | 1 <= i, i <= 0 => 1 = f(i))", "hf",
                      intro("o", "all i:int | 1 <= i, i <= 0 => 1 = f(i)", "i1 i2", combine("no", "0 < 0", "i1 i2"),
                            combine("w", mul="no")), witness("y", k="1")),
                intro("g3", "all j k:int | 1 <= j, j <= 1, 1 <= k, k <= 1, (all i:int | 1 <= i, i <= 0 => 1 = 1) =>"
                            " j = k", "j1 j2 k1 k2 eq", apply("u", "ax.antisym", x="j", y="1"),
                      apply("v", "ax.antisym", x="k", y="1"), combine("w", facts="u v")),
                witness("z", N="1", D="k, i -> 1")],
               [obtain("z", "ih", "N1 N2 D1 D2 D3", combine("M1", "1 <= m*N", "hm N1"),
                       apply("p", "ax.pow_succ", b="m", n="e"), combine("M2", "m*N = pow(m, e + 1)", "p N2"),
                       _REFLECTED, _COVERED, _DISTINCT, witness("y", N="m*N", D=f"k, i -> {_entry('k')}"))]),
        apply("end", "K", e="n"),
    ),
)


def reflected(e: str, x: str) -> str:
    """x for e = 1, K + 1 - x for e = 2."""
    return f"iite({e}, 1, {x}, K + 1 - {x})"


def reduced(x: str) -> str:
    """Of x and K + 1 - x the one in 1..h."""
    return f"iite({x}, h, {x}, K + 1 - {x})"


_HALF = "K <= 2*h, h2: 2*h <= K + 1"

REDUCED_RANGE = Lemma(
    "covering.reduced_range", "The representative up to sign lies in 1..h",
    statement("all K h x:int | h1: K <= 2*h, x1: 1 <= x, x2: x <= K"
              f" => some | 1 <= {reduced('x')}, {reduced('x')} <= h"),
    (
        apply("or1", "ax.total", x="x", y="h"),
        cases("end", "or1", "c",
              [apply("a", "ax.iite_then", a="x", b="h", x="x", y="K + 1 - x"),
               combine("lo", f"1 <= {reduced('x')}", "a x1"), combine("hi", f"{reduced('x')} <= h", "a c")],
              [apply("a", "ax.iite_else", a="x", b="h", x="x", y="K + 1 - x"),
               apply("st", "ax.int_step", m="h", n="x"), combine("lo", f"1 <= {reduced('x')}", "a x2"),
               combine("hi", f"{reduced('x')} <= h", "a st h1")]),
    ),
)

REDUCED_SIGN = Lemma(
    "covering.reduced_sign", "A reflection does not change the representative up to sign",
    statement(f"all K h x y e:int | h1: {_HALF}, e1: 1 <= e,"
              f" hy: y = {reflected('e', 'x')} => {reduced('y')} = {reduced('x')}"),
    (
        apply("or1", "ax.int_split", m="1", n="e"),
        cases("end", "or1", "c",
              [apply("a", "ax.iite_then", a="e", b="1", x="x", y="K + 1 - x"), combine("yx", "y = x", "hy a"),
               apply("z", "ax.cong_ii", f=f"t -> {reduced('t')}", x="y", y="x")],
              [apply("a", "ax.iite_else", a="e", b="1", x="x", y="K + 1 - x"), combine("yx", "y = K + 1 - x", "hy a"),
               apply("or2", "ax.total", x="x", y="h"), apply("or3", "ax.total", x="y", y="h"),
               cases("z", "or2", "s",
                     [apply("b", "ax.iite_then", a="x", b="h", x="x", y="K + 1 - x"),
                      cases("w", "or3", "t",
                            [apply("d", "ax.iite_then", a="y", b="h", x="y", y="K + 1 - y"),
                             combine("le", "x <= y", "s yx h2"), combine("ge", "y <= x", "t yx s h2"),
                             apply("xy", "ax.antisym", x="x", y="y"), combine("v", facts="b d xy")],
                            [apply("d", "ax.iite_else", a="y", b="h", x="y", y="K + 1 - y"),
                             combine("v", facts="b d yx")])],
                     [apply("b", "ax.iite_else", a="x", b="h", x="x", y="K + 1 - x"),
                      apply("st", "ax.int_step", m="h", n="x"), combine("yh", "y <= h", "st yx h1"),
                      apply("d", "ax.iite_then", a="y", b="h", x="y", y="K + 1 - y"), combine("w", facts="b d yx")])]),
    ),
)

_CHOSEN = "iite(y, x, iite(x, y, 1, 2), 2)"

REDUCED_EQUAL = Lemma(
    "covering.reduced_equal", "Units with one representative up to sign differ by a sign",
    statement(f"all K h x y:int | hxy: {reduced('y')} = {reduced('x')} => some | 1 <= {_CHOSEN},"
              f" {_CHOSEN} <= 2, y = {reflected(_CHOSEN, 'x')}"),
    (
        apply("or1", "ax.eq_or_ne", x="y", y="x"),
        cases("end", "or1", "c",
              [apply("a", "covering.choose_equal", a="y", b="x", x="1", y="2"),
               apply("b", "ax.iite_then", a=_CHOSEN, b="1", x="x", y="K + 1 - x"),
               combine("r1", f"1 <= {_CHOSEN}", "a"), combine("r2", f"{_CHOSEN} <= 2", "a"),
               combine("r3", f"y = {reflected(_CHOSEN, 'x')}", "b c")],
              [apply("a", "covering.choose_unequal", a="y", b="x", x="1", y="2"),
               apply("b", "ax.iite_else", a=_CHOSEN, b="1", x="x", y="K + 1 - x"),
               combine("r1", f"1 <= {_CHOSEN}", "a"), combine("r2", f"{_CHOSEN} <= 2", "a"),
               apply("or2", "ax.total", x="x", y="h"), apply("or3", "ax.total", x="y", y="h"),
               cases("f", "or2", "s",
                     [apply("u", "ax.iite_then", a="x", b="h", x="x", y="K + 1 - x"),
                      cases("w", "or3", "t",
                            [apply("d", "ax.iite_then", a="y", b="h", x="y", y="K + 1 - y"),
                             combine("xy", "y = x", "hxy u d"), combine("v", mul="c", facts="xy")],
                            [apply("d", "ax.iite_else", a="y", b="h", x="y", y="K + 1 - y"),
                             combine("v", facts="hxy u d")])],
                     [apply("u", "ax.iite_else", a="x", b="h", x="x", y="K + 1 - x"),
                      cases("w", "or3", "t",
                            [apply("d", "ax.iite_then", a="y", b="h", x="y", y="K + 1 - y"),
                             combine("v", facts="hxy u d")],
                            [apply("d", "ax.iite_else", a="y", b="h", x="y", y="K + 1 - y"),
                             combine("xy", "y = x", "hxy u d"), combine("v", mul="c", facts="xy")])],
                     goal="y = K + 1 - x"),
               combine("r3", f"y = {reflected(_CHOSEN, 'x')}", "b f")]),
    ),
)

LEMMAS = (MIRRORED, REDUCED_RANGE, REDUCED_SIGN, REDUCED_EQUAL)

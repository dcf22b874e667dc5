"""The square root of two is irrational, and so are its iterated square roots: by descent on integers."""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, define, induct, intro, obtain, witness

EVEN_ROOT = Lemma(
    "etr_training.even_root", "If a square is even, so is the number",
    statement("all p m:int | h: p*p = 2*m => some k:int | p = 2*k, m = 2*(k*k)"),
    (
        apply("a", "ax.floor_le", x="p/2"), apply("b", "ax.floor_gt", x="p/2"),
        combine("a1", "2*floor(p/2) <= p", "a"), combine("b1", "p < 2*floor(p/2) + 2", "b"),
        apply("or", "ax.int_split", m="2*floor(p/2)", n="p"),
        cases("e", "or", "c", [combine("z", facts="c")],
              [apply("s", "ax.int_step", m="p", n="2*floor(p/2) + 2"),
               apply("t", "ax.antisym", "p = 2*floor(p/2) + 1", x="p", y="2*floor(p/2) + 1"),
               # then twice an integer would be one
               combine("one", "2*(m - 2*floor(p/2)*floor(p/2) - 2*floor(p/2)) = 1", "h t"),
               apply("or2", "ax.total", x="m - 2*floor(p/2)*floor(p/2) - 2*floor(p/2)", y="0"),
               cases("no", "or2", "w", [combine("y", facts="one w")],
                     [apply("x", "ax.int_step", m="0", n="m - 2*floor(p/2)*floor(p/2) - 2*floor(p/2)"),
                      combine("y", facts="one x")], goal="1 <= 0"),
               combine("le", "p <= 2*floor(p/2)", "t no"),
               apply("z", "ax.antisym", x="p", y="2*floor(p/2)")], goal="p = 2*floor(p/2)"),
        combine("f", "m = 2*(floor(p/2)*floor(p/2))", "h e"), witness("end", k="floor(p/2)"),
    ),
)

_DESCENT = (
    # v = 2 j with j <= n, and (k, j) is a smaller solution
    combine("g0", "0 <= j", "v3 a"), apply("or", "ax.total", x="j", y="n"),
    cases("g1", "or", "w", [combine("t", facts="w")],
          [apply("s", "ax.int_step", m="n", n="j"), combine("no", "n + 1 <= 0", "s v3 b"),
           combine("t", facts="no hn w s v3 b")], goal="j <= n"),
    apply("r", "ih", u="k", v="j"), combine("w", facts="v3 r"),
)

ROOT_TWO = Lemma(
    "etr_training.root_two", "No square is twice a square but zero",
    statement("all p s:int | h: p*p = 2*(s*s) => s = 0"),
    (
        induct("I", "all n:int | 0 <= n => (all u v:int | 0 <= v, v <= n, u*u = 2*(v*v) => v = 0)", "hn ih",
               [intro("z", None, "a b c", apply("y", "ax.antisym", x="v", y="0"))],
               [intro("z", None, "a b c", apply("k1", "etr_training.even_root", p="u", m="v*v"),
                      obtain("y", "k1", "u2 v2",
                             apply("j1", "etr_training.even_root", "some j:int | v = 2*j, k*k = 2*(j*j)", p="v",
                                   m="k*k"), obtain("x", "j1", "v3 k3", *_DESCENT)))]),
        apply("or", "ax.total", x="0", y="s"),
        cases("end", "or", "c", [apply("J", "I", n="s"), apply("z", "J", u="p", v="s")],
              [combine("c1", "0 <= -s", "c"), apply("J", "I", n="-s"), combine("h1", "p*p = 2*((-s)*(-s))", "h"),
               apply("y", "J", u="p", v="-s"), combine("z", facts="y")]),
    ),
)

TOWER_IRRATIONAL = Lemma(
    "etr_training.tower_irrational", "No iterated square root of two is rational",
    statement("all N:int, X:int->real | h1: X(1)^2 = 2, h2: (all l:int | 1 <= l, l + 1 <= N => X(l+1)^2 = X(l))"
              " => (all l:int | 1 <= l => (all p s:int | l <= N, 0 < s, s*X(l) = p => 1 <= 0))"),
    (
        induct("end", None, "hl ih",
               [intro("z", None, "n0 s0 r", combine("e", "p*p = 2*(s*s)", "r h1", rounds=3),
                      apply("t", "etr_training.root_two", p="p", s="s"), apply("s1", "ax.int_step", m="0", n="s"),
                      combine("y", facts="t s1"))],
               [intro("z", None, "n0 s0 r", apply("x", "h2", l="l"), combine("e", "s*s*X(l) = p*p", "r x", rounds=3),
                      combine("s1", "0 < s*s", "s0"), combine("n1", "l <= N", "n0"),
                      apply("y", "ih", p="p*p", s="s*s"))]),
    ),
)

TOWER_POWERS = Lemma(
    "etr_training.tower_powers", "The k-th number is a root of x^(2^k) = 2",
    statement("all N:int, X:int->real, a:int->int | h1: X(1)^2 = 2,"
              " h2: (all l:int | 1 <= l, l + 1 <= N => X(l+1)^2 = X(l)), a1 a2: def a(1) = 2 then a(n+1) = 2*a(n)"
              " => (all l:int | 1 <= l => (all | l <= N => some | 0 <= a(l), pow(X(l), a(l)) = 2))"),
    (
        intro("sq", "all x:real => pow(x, 2) = x^2", "",
              apply("a", "ax.pow_succ", b="x", n="1"), apply("b", "ax.pow_succ", b="x", n="0"),
              apply("c", "ax.pow_zero", b="x"), combine("z", facts="a b c", rounds=3)),
        induct("end", None, "hl ih",
               [intro("z", None, "n0", combine("p", "0 <= a(1)", "a1"), apply("s", "sq", x="X(1)"),
                      apply("t", "ax.cong_int", f="m -> pow(X(1), m)", x="a(1)", y="2"),
                      combine("r", "pow(X(1), a(1)) = 2", "t s h1"), witness("y"))],
               [intro("z", None, "n0", apply("i", "ih"),
                      obtain("y", "i", "i1 i2", apply("x", "h2", l="l"), apply("e", "a2", n="l"),
                             combine("p", "0 <= a(l+1)", "e i1"), apply("s", "sq", x="X(l+1)"),
                             apply("m", "textbook.pow_pow", x="X(l+1)", p="2", n="a(l)"),
                             apply("t", "ax.cong_int", f="m -> pow(X(l+1), m)", x="a(l+1)", y="2*a(l)"),
                             combine("v", "pow(X(l+1), 2) = X(l)", "s x"),
                             apply("u", "ax.cong", f="y -> pow(y, a(l))", x="pow(X(l+1), 2)", y="X(l)"),
                             combine("r", "pow(X(l+1), a(l+1)) = 2", "t m u i2"), witness("w")))]),
    ),
)

TOWER_EXISTS = Lemma(
    "etr_training.tower_exists", "There are iterated square roots of two",
    statement("all => some X:int->real | X(1)^2 = 2, (all l:int | 1 <= l => X(l+1)^2 = X(l))"),
    (
        define("end", "def X(1) = sqrt(2) then X(n+1) = sqrt(X(n))", "int->real", "x1 x2",
               combine("two", "0 < 2"), apply("s", "ax.sqrt_sq", x="2"), apply("s1", "ax.sqrt_pos", x="2"),
               induct("P", "all l:int | 1 <= l => 0 < X(l)", "hl ih", [combine("z", facts="x1 s1")],
                      [apply("e", "x2", n="l"), apply("f", "ax.sqrt_pos", x="X(l)"), combine("z", facts="e f")]),
               combine("r", "X(1)^2 = 2", "x1 s", rounds=3),
               intro("t", "all l:int | 1 <= l => X(l+1)^2 = X(l)", "hl", apply("p", "P", l="l"),
                     apply("e", "x2", n="l"), apply("f", "ax.sqrt_sq", x="X(l)"),
                     combine("z", facts="e f", rounds=3)),
               witness("z", X="l -> X(l)")),
    ),
)

LEMMAS = (EVEN_ROOT, ROOT_TWO, TOWER_IRRATIONAL, TOWER_POWERS, TOWER_EXISTS)

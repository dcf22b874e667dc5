"""Laws of integer powers pow(b, n), each by induction on the exponent."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, induct

POW_ADD = Lemma(
    "textbook.pow_add", "Powers of one base multiply by adding exponents",
    statement("all b:real, n m:int | hn: 0 <= n, hm: 0 <= m => pow(b, n + m) = pow(b, n)*pow(b, m)"),
    (
        induct("I", "all k:int | 0 <= k => pow(b, n + k) = pow(b, n)*pow(b, k)", "hk ih",
               [apply("p0", "ax.pow_zero", b="b"), combine("z", facts="p0")],
               [apply("e1", "ax.pow_succ", b="b", n="n + k"), apply("e2", "ax.pow_succ", b="b", n="k"),
                combine("z", facts="e1 e2 ih")]),
        apply("end", "I", k="m"),
    ),
)

POW_MUL = Lemma(
    "textbook.pow_mul", "The power of a product is the product of the powers",
    statement("all x y:real, n:int | hn: 0 <= n => pow(x*y, n) = pow(x, n)*pow(y, n)"),
    (
        induct("I", "all k:int | 0 <= k => pow(x*y, k) = pow(x, k)*pow(y, k)", "hk ih",
               [apply("p0", "ax.pow_zero", b="x*y"), apply("p1", "ax.pow_zero", b="x"),
                apply("p2", "ax.pow_zero", b="y"), combine("z", facts="p0 p1 p2")],
               [apply("p0", "ax.pow_succ", b="x*y", n="k"), apply("p1", "ax.pow_succ", b="x", n="k"),
                apply("p2", "ax.pow_succ", b="y", n="k"), combine("z", facts="p0 p1 p2 ih", rounds=3)]),
        apply("end", "I", k="n"),
    ),
)

POW_POS = Lemma(
    "textbook.pow_pos", "Powers of a positive number are positive",
    statement("all x:real, n:int | hx: 0 < x, hn: 0 <= n => 0 < pow(x, n)"),
    (
        induct("I", "all k:int | 0 <= k => 0 < pow(x, k)", "hk ih",
               [apply("p0", "ax.pow_zero", b="x"), combine("z", facts="p0")],
               [apply("p1", "ax.pow_succ", b="x", n="k"), combine("z", facts="ih hx p1")]),
        apply("end", "I", k="n"),
    ),
)

POW_NONNEG = Lemma(
    "textbook.pow_nonneg", "Powers of a non-negative number are non-negative",
    statement("all x:real, n:int | hx: 0 <= x, hn: 0 <= n => 0 <= pow(x, n)"),
    (
        induct("I", "all k:int | 0 <= k => 0 <= pow(x, k)", "hk ih",
               [apply("p0", "ax.pow_zero", b="x"), combine("z", facts="p0")],
               [apply("p1", "ax.pow_succ", b="x", n="k"), combine("z", facts="ih hx p1")]),
        apply("end", "I", k="n"),
    ),
)

POW_ONE = Lemma(
    "textbook.pow_one", "Powers of one are one",
    statement("all n:int | hn: 0 <= n => pow(1, n) = 1"),
    (
        induct("I", "all k:int | 0 <= k => pow(1, k) = 1", "hk ih",
               [apply("p0", "ax.pow_zero", b="1")],
               [apply("p1", "ax.pow_succ", b="1", n="k"), combine("z", facts="p1 ih")]),
        apply("end", "I", k="n"),
    ),
)

POW_MONO = Lemma(
    "textbook.pow_mono", "Powers increase with a non-negative base",
    statement("all x y:real, n:int | hx: 0 <= x, hxy: x <= y, hn: 0 <= n => pow(x, n) <= pow(y, n)"),
    (
        induct("I", "all k:int | 0 <= k => pow(x, k) <= pow(y, k)", "hk ih",
               [apply("p0", "ax.pow_zero", b="x"), apply("p1", "ax.pow_zero", b="y"), combine("z", facts="p0 p1")],
               [apply("p0", "ax.pow_succ", b="x", n="k"), apply("p1", "ax.pow_succ", b="y", n="k"),
                apply("q", "textbook.pow_nonneg", "0 <= pow(x, k)"), combine("y0", "0 <= y", "hx hxy"),
                combine("m1", "pow(x, k)*x <= pow(x, k)*y", "q hxy"),
                combine("m2", "pow(x, k)*y <= pow(y, k)*y", "ih y0"),
                combine("z", facts="m1 m2 p0 p1", degree=1)]),
        apply("end", "I", k="n"),
    ),
)

POW_GE_ONE = Lemma(
    "textbook.pow_ge_one", "Powers of a number that is at least one are at least one",
    statement("all x:real, n:int | hx: 1 <= x, hn: 0 <= n => 1 <= pow(x, n)"),
    (
        apply("m", "textbook.pow_mono", "pow(1, n) <= pow(x, n)"), apply("o", "textbook.pow_one", n="n"),
        combine("end", facts="m o"),
    ),
)

POW_POW = Lemma(
    "textbook.pow_pow", "The n-th power of c^p is c^(p n)",
    statement("all x:real, p n:int | hp: 0 <= p, hn: 0 <= n => pow(pow(x, p), n) = pow(x, p*n)"),
    (
        induct("I", "all k:int | 0 <= k => pow(pow(x, p), k) = pow(x, p*k)", "hk ih",
            [apply("a", "ax.pow_zero", b="pow(x, p)"), apply("b", "ax.pow_zero", b="x"), combine("z", facts="a b")],
            [apply("a", "ax.pow_succ", b="pow(x, p)", n="k"), combine("pk", "0 <= p*k", "hp hk"),
             apply("b", "textbook.pow_add", "pow(x, p*(k+1)) = pow(x, p*k)*pow(x, p)", b="x", n="p*k", m="p"),
             combine("z", facts="a b ih")]),
        apply("end", "I", k="n"),
    ),
)

LEMMAS = (POW_ADD, POW_MUL, POW_POS, POW_NONNEG, POW_ONE, POW_MONO, POW_GE_ONE, POW_POW)

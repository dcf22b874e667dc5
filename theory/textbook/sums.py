"""Finite sums and products over a..b: congruence, scaling, monotony, sign. Each by one induction on the upper end."""

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, combine, induct, intro


def _by_induction(premise: str, claim: str, base: list[Step], rise: list[Step]) -> tuple[Step, ...]:
    """Prove `claim` (with the upper end written k) under `premise` on a..k, from k = a-1 upwards, then take k = b."""
    inner = f"(all | (all l:int | a <= l, l <= k => {premise}) => {claim})"
    return (
        induct("I", f"all k:int | a - 1 <= k => {inner}", "hk ih", [intro("z", None, "hq", *base)],
               [intro("z", None, "hq", apply("last", "hq", l="k + 1"), apply("use", "ih"), *rise)]),
        apply("J", "I", k="b"),
        apply("end", "J"),
    )


def _ends(kind: str, **functions: str) -> tuple[list[Step], list[Step]]:
    """The empty and the last-term axiom for each function, named e1, e2, ..."""
    empty = [apply(f"e{n}", f"ax.{kind}_empty", f=f"j -> {body}", a="a", b="a - 1")
             for n, body in enumerate(functions.values(), 1)]
    last = [apply(f"e{n}", f"ax.{kind}_last", f=f"j -> {body}", a="a", b="k + 1")
            for n, body in enumerate(functions.values(), 1)]
    return empty, last


_EMPTY2, _LAST2 = _ends("sum", f="f(j)", g="g(j)")
_EMPTY1, _LAST1 = _ends("sum", f="f(j)")
_PEMPTY1, _PLAST1 = _ends("prod", f="f(j)")
_PEMPTY2, _PLAST2 = _ends("prod", f="f(j)", g="g(j)")

SUM_CONG = Lemma(
    "textbook.sum_cong", "Equal summands give equal sums",
    statement("all f g:int->real, a b:int | hab: a <= b + 1, hp: (all l:int | a <= l, l <= b => f(l) = g(l))"
              " => sum(j=a..b: f(j)) = sum(j=a..b: g(j))"),
    _by_induction("f(l) = g(l)", "sum(j=a..k: f(j)) = sum(j=a..k: g(j))",
                  [*_EMPTY2, combine("y", facts="e1 e2")], [*_LAST2, combine("y", facts="e1 e2 last use")]),
)

SUM_SCALE = Lemma(
    "textbook.sum_scale", "A common factor leaves the sum",
    statement("all f g:int->real, c:real, a b:int | hab: a <= b + 1, hp: (all l:int | a <= l, l <= b => f(l) = c*g(l))"
              " => sum(j=a..b: f(j)) = c*sum(j=a..b: g(j))"),
    _by_induction("f(l) = c*g(l)", "sum(j=a..k: f(j)) = c*sum(j=a..k: g(j))",
                  [*_EMPTY2, combine("y", facts="e1 e2")], [*_LAST2, combine("y", facts="e1 e2 last use")]),
)

SUM_MONO = Lemma(
    "textbook.sum_mono", "Larger summands give larger sums",
    statement("all f g:int->real, a b:int | hab: a <= b + 1, hp: (all l:int | a <= l, l <= b => f(l) <= g(l))"
              " => sum(j=a..b: f(j)) <= sum(j=a..b: g(j))"),
    _by_induction("f(l) <= g(l)", "sum(j=a..k: f(j)) <= sum(j=a..k: g(j))",
                  [*_EMPTY2, combine("y", facts="e1 e2")], [*_LAST2, combine("y", facts="e1 e2 last use", degree=1)]),
)

SUM_CONST = Lemma(
    "textbook.sum_const", "A constant summed over 1..n is n times the constant",
    statement("all c:real, n:int | hn: 0 <= n => sum(j=1..n: c) = c*n"),
    (
        induct("I", "all k:int | 0 <= k => sum(j=1..k: c) = c*k", "hk ih",
               [apply("e", "ax.sum_empty", f="j -> c", a="1", b="0"), combine("z", facts="e")],
               [apply("e", "ax.sum_last", f="j -> c", a="1", b="k + 1"), combine("z", facts="e ih")]),
        apply("end", "I", k="n"),
    ),
)

SUM_NONNEG = Lemma(
    "textbook.sum_nonneg", "A sum of non-negative terms is non-negative",
    statement("all f:int->real, a b:int | hab: a <= b + 1, hp: (all l:int | a <= l, l <= b => 0 <= f(l))"
              " => 0 <= sum(j=a..b: f(j))"),
    _by_induction("0 <= f(l)", "0 <= sum(j=a..k: f(j))",
                  [*_EMPTY1, combine("y", facts="e1")], [*_LAST1, combine("y", facts="e1 last use", degree=1)]),
)

SUM_ADD = Lemma(
    "textbook.sum_add", "The sum of sums is the sum of the terms' sums",
    statement("all f g:int->real, a b:int | hab: a <= b + 1"
              " => sum(j=a..b: f(j) + g(j)) = sum(j=a..b: f(j)) + sum(j=a..b: g(j))"),
    (
        induct("I", "all k:int | a - 1 <= k => sum(j=a..k: f(j) + g(j)) = sum(j=a..k: f(j)) + sum(j=a..k: g(j))",
               "hk ih",
               [*_EMPTY2, apply("e3", "ax.sum_empty", f="j -> f(j) + g(j)", a="a", b="a - 1"),
                combine("z", facts="e1 e2 e3")],
               [*_LAST2, apply("e3", "ax.sum_last", f="j -> f(j) + g(j)", a="a", b="k + 1"),
                combine("z", facts="e1 e2 e3 ih")]),
        apply("end", "I", k="b"),
    ),
)

SUM_ABS = Lemma(
    "textbook.sum_abs", "The triangle inequality for sums",
    statement("all f g:int->real, a b:int | hab: a <= b + 1, hp: (all l:int | a <= l, l <= b => abs(f(l)) <= g(l))"
              " => abs(sum(j=a..b: f(j))) <= sum(j=a..b: g(j))"),
    (
        intro("up", "all l:int | a <= l, l <= b => f(l) <= g(l)", "l1 l2", apply("h", "hp", l="l"),
              apply("s", "ax.abs_ge", x="f(l)"), combine("z", facts="h s")),
        intro("down", "all l:int | a <= l, l <= b => -1*f(l) <= g(l)", "l1 l2", apply("h", "hp", l="l"),
              apply("s", "ax.abs_neg", x="f(l)"), combine("z", facts="h s")),
        apply("u", "textbook.sum_mono", f="j -> f(j)", g="j -> g(j)", a="a", b="b"),
        apply("d", "textbook.sum_mono", f="j -> -1*f(j)", g="j -> g(j)", a="a", b="b"),
        apply("m", "textbook.sum_scale", "sum(j=a..b: -1*f(j)) = -1*sum(j=a..b: f(j))",
              f="j -> -1*f(j)", g="j -> f(j)", c="-1", a="a", b="b"),
        combine("d2", "-sum(j=a..b: f(j)) <= sum(j=a..b: g(j))", "d m"),
        apply("end", "ax.abs_le", x="sum(j=a..b: f(j))", y="sum(j=a..b: g(j))"),
    ),
)

PROD_CONG = Lemma(
    "textbook.prod_cong", "Equal factors give equal products",
    statement("all f g:int->real, a b:int | hab: a <= b + 1, hp: (all l:int | a <= l, l <= b => f(l) = g(l))"
              " => prod(j=a..b: f(j)) = prod(j=a..b: g(j))"),
    _by_induction("f(l) = g(l)", "prod(j=a..k: f(j)) = prod(j=a..k: g(j))",
                  [*_PEMPTY2, combine("y", facts="e1 e2")], [*_PLAST2, combine("y", facts="e1 e2 last use", rounds=3)]),
)

PROD_NONNEG = Lemma(
    "textbook.prod_nonneg", "A product of non-negative factors is non-negative",
    statement("all f:int->real, a b:int | hab: a <= b + 1, hp: (all l:int | a <= l, l <= b => 0 <= f(l))"
              " => 0 <= prod(j=a..b: f(j))"),
    _by_induction("0 <= f(l)", "0 <= prod(j=a..k: f(j))",
                  [*_PEMPTY1, combine("y", facts="e1")], [*_PLAST1, combine("y", facts="e1 last use")]),
)

PROD_POS = Lemma(
    "textbook.prod_pos", "A product of positive factors is positive",
    statement("all f:int->real, a b:int | hab: a <= b + 1, hp: (all l:int | a <= l, l <= b => 0 < f(l))"
              " => 0 < prod(j=a..b: f(j))"),
    _by_induction("0 < f(l)", "0 < prod(j=a..k: f(j))",
                  [*_PEMPTY1, combine("y", facts="e1")], [*_PLAST1, combine("y", facts="e1 last use")]),
)

PROD_MONO = Lemma(
    "textbook.prod_mono", "Products increase with non-negative factors",
    statement("all f g:int->real, a b:int | hab: a <= b + 1, h0: (all l:int | a <= l, l <= b => 0 <= f(l)),"
              " hp: (all l:int | a <= l, l <= b => f(l) <= g(l)) => prod(j=a..b: f(j)) <= prod(j=a..b: g(j))"),
    (
        induct("I", "all k:int | a - 1 <= k => (all | k <= b => prod(j=a..k: f(j)) <= prod(j=a..k: g(j)))", "hk ih",
               [intro("z", None, "hb", *_PEMPTY2, combine("y", facts="e1 e2"))],
               [intro("z", None, "hb", apply("use", "ih"), apply("p0", "h0", l="k + 1"), apply("p1", "hp", l="k + 1"),
                      *_PLAST2,
                      intro("low", "all l:int | a <= l, l <= k => 0 <= f(l)", "l1 l2", apply("x", "h0", l="l")),
                      apply("q", "textbook.prod_nonneg", f="j -> f(j)", a="a", b="k"),
                      combine("g0", "0 <= g(k + 1)", "p0 p1"),
                      combine("m1", "prod(j=a..k: f(j))*f(k + 1) <= prod(j=a..k: f(j))*g(k + 1)", "q p1"),
                      combine("m2", "prod(j=a..k: f(j))*g(k + 1) <= prod(j=a..k: g(j))*g(k + 1)", "use g0"),
                      combine("y", facts="m1 m2 e1 e2", degree=1))]),
        apply("J", "I", k="b"), apply("end", "J"),
    ),
)

PROD_MUL = Lemma(
    "textbook.prod_mul", "The product of products is the product of the factors' products",
    statement("all f g:int->real, a b:int | hab: a <= b + 1"
              " => prod(j=a..b: f(j)*g(j)) = prod(j=a..b: f(j))*prod(j=a..b: g(j))"),
    (
        induct("I", "all k:int | a - 1 <= k => prod(j=a..k: f(j)*g(j)) = prod(j=a..k: f(j))*prod(j=a..k: g(j))",
               "hk ih",
               [*_PEMPTY2, apply("e3", "ax.prod_empty", f="j -> f(j)*g(j)", a="a", b="a - 1"),
                combine("z", facts="e1 e2 e3", rounds=3)],
               [*_PLAST2, apply("e3", "ax.prod_last", f="j -> f(j)*g(j)", a="a", b="k + 1"),
                combine("z", facts="e1 e2 e3 ih", rounds=4)]),
        apply("end", "I", k="b"),
    ),
)

PROD_CONST = Lemma(
    "textbook.prod_const", "A constant multiplied over 1..n is its n-th power",
    statement("all c:real, n:int | hn: 0 <= n => prod(j=1..n: c) = pow(c, n)"),
    (
        induct("I", "all k:int | 0 <= k => prod(j=1..k: c) = pow(c, k)", "hk ih",
               [apply("e", "ax.prod_empty", f="j -> c", a="1", b="0"), apply("p", "ax.pow_zero", b="c"),
                combine("z", facts="e p")],
               [apply("e", "ax.prod_last", f="j -> c", a="1", b="k + 1"), apply("p", "ax.pow_succ", b="c", n="k"),
                combine("z", facts="e p ih")]),
        apply("end", "I", k="n"),
    ),
)

PROD_POW = Lemma(
    "textbook.prod_pow", "The product of m^d(j) is m to the sum of the d(j)",
    statement("all m:real, d:int->int, n:int | hn: 0 <= n, hd: (all j:int | 1 <= j, j <= n => 0 <= d(j))"
              " => some | prod(j=1..n: pow(m, d(j))) = pow(m, sum(j=1..n: d(j))), 0 <= sum(j=1..n: d(j))"),
    (
        induct("I", "all k:int | 0 <= k => (all | k <= n => 0 <= sum(j=1..k: d(j)))", "hk ih",
               [intro("z", None, "h", apply("e", "ax.sum_empty", f="j -> d(j)", a="1", b="0"),
                      combine("y", facts="e"))],
               [intro("z", None, "h", apply("u", "ih"), apply("e", "ax.sum_last", f="j -> d(j)", a="1", b="k + 1"),
                      apply("p", "hd", j="k + 1"), combine("y", facts="u e p", degree=1))]),
        induct("J", "all k:int | 0 <= k => (all | k <= n => prod(j=1..k: pow(m, d(j))) = pow(m, sum(j=1..k: d(j))))",
               "hk ih",
               [intro("z", None, "h", apply("e", "ax.sum_empty", f="j -> d(j)", a="1", b="0"),
                      apply("f", "ax.prod_empty", f="j -> pow(m, d(j))", a="1", b="0"),
                      apply("p", "ax.pow_zero", b="m"),
                      apply("c", "ax.cong_int", f="t -> pow(m, t)", x="sum(j=1..0: d(j))", y="0"),
                      combine("y", facts="f p c"))],
               [intro("z", None, "h", apply("u", "ih"), apply("s0", "I", k="k"), apply("s", "s0"),
                      apply("e", "ax.sum_last", f="j -> d(j)", a="1", b="k + 1"),
                      apply("f", "ax.prod_last", f="j -> pow(m, d(j))", a="1", b="k + 1"),
                      apply("p", "hd", j="k + 1"),
                      apply("q", "textbook.pow_add", b="m", n="sum(j=1..k: d(j))", m="d(k + 1)"),
                      apply("c", "ax.cong_int", f="t -> pow(m, t)", x="sum(j=1..k + 1: d(j))",
                            y="sum(j=1..k: d(j)) + d(k + 1)"),
                      combine("y", facts="u f q c"))]),
        apply("I1", "I", k="n"), apply("I2", "I1"), apply("J1", "J", k="n"), apply("J2", "J1"),
    ),
)

LEMMAS = (SUM_CONG, SUM_SCALE, SUM_MONO, SUM_CONST, SUM_NONNEG, SUM_ADD, SUM_ABS, PROD_CONG, PROD_NONNEG, PROD_POS,
          PROD_MONO, PROD_MUL, PROD_CONST, PROD_POW)

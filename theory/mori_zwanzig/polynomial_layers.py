"""An affine layer with any finite noise takes polynomials of every degree to polynomials of that degree.

b(k, w, i) is the coefficient of x^(i-1) in (a x + c + xi(w))^k: b(k+1, w, i) = a b(k, w, i-1) + (c + xi(w)) b(k, w, i).
Polynomials are sums of alpha(j) y^(j-1) for j = 1..d, so d is one more than the degree.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, combine, induct, intro, obtain

_E = "(c + xi(w))"
_START = "ite(i, 0, 0, ite(i, 1, 1, 0))"
_DEF = f"d0 d1: def b(0, w:int, i:int) = {_START} then b(k+1) = a*b(k,w,i-1) + {_E}*b(k,w,i)"
_VARIABLES = "all n d:int, p xi alpha:int->real, a c:real, b:(k:int,w:int,i:int)->real"
_LOW = "all k:int | 0 <= k => (all w i:int | i <= 0 => b(k,w,i) = 0)"
_HIGH = "all k:int | 0 <= k => (all w i:int | k + 2 <= i => b(k,w,i) = 0)"

ZEROS = Lemma(
    "mori_zwanzig.power_coefficients", "Coefficients of a power vanish below the constant term and above the degree",
    statement(f"all xi:int->real, a c:real, b:(k:int,w:int,i:int)->real | {_DEF} => some | ({_LOW}), ({_HIGH})"),
    (
        induct("A", _LOW, "hk ih",
               [intro("z", None, "h", apply("s", "d0", w="w", i="i"),
                      apply("t", "ax.ite_then", a="i", b="0", x="0", y="ite(i, 1, 1, 0)"), combine("y", facts="s t"))],
               [intro("z", None, "h", apply("s", "d1", k="k", w="w", i="i"), apply("u", "ih", w="w", i="i"),
                      apply("v", "ih", w="w", i="i - 1"), combine("y", facts="s u v", rounds=3))]),
        induct("B", _HIGH, "hk ih",
               [intro("z", None, "h", apply("s", "d0", w="w", i="i"),
                      apply("t", "ax.ite_else", a="i", b="0", x="0", y="ite(i, 1, 1, 0)"),
                      apply("r", "ax.ite_else", a="i", b="1", x="1", y="0"), combine("y", facts="s t r", rounds=3))],
               [intro("z", None, "h", apply("s", "d1", k="k", w="w", i="i"), apply("u", "ih", w="w", i="i"),
                      apply("v", "ih", w="w", i="i - 1"), combine("y", facts="s u v", rounds=3))]),
    ),
)

SHIFT = Lemma(
    "mori_zwanzig.shifted_polynomial", "A polynomial times x: its coefficients move up by one",
    statement("all f:int->real, x:real, d:int | hd: 0 <= d, h0: f(0) = 0 => x*sum(i=1..d: f(i)*pow(x,i-1))"
              " = sum(i=1..d: f(i-1)*pow(x,i-1)) + f(d)*pow(x,d)"),
    (
        induct("I", "all k:int | 0 <= k => x*sum(i=1..k: f(i)*pow(x,i-1))"
               " = sum(i=1..k: f(i-1)*pow(x,i-1)) + f(k)*pow(x,k)", "hk ih",
               [apply("s", "ax.sum_empty", f="i -> f(i)*pow(x,i-1)", a="1", b="0"),
                apply("t", "ax.sum_empty", f="i -> f(i-1)*pow(x,i-1)", a="1", b="0"),
                combine("z", facts="s t h0", rounds=3)],
               [apply("s", "ax.sum_last", f="i -> f(i)*pow(x,i-1)", a="1", b="k + 1"),
                apply("t", "ax.sum_last", f="i -> f(i-1)*pow(x,i-1)", a="1", b="k + 1"),
                apply("p", "ax.pow_succ", b="x", n="k"), combine("z", facts="ih s t p", rounds=3)]),
        apply("end", "I", k="d"),
    ),
)


def _sum(coefficient: str) -> str:
    return f"sum(i=1..d: {coefficient}*pow(x,i-1))"


_POWER = f"all k:int | 0 <= k => (all | k + 1 <= d => (all w:int, x:real => pow(a*x + {_E}, k) = {_sum('b(k,w,i)')}))"

_FIRST: tuple[Step, ...] = (
    induct("J", "all m:int | 1 <= m => sum(i=1..m: b(0,w,i)*pow(x,i-1)) = 1", "hm jh",
           [apply("l", "ax.sum_last", f="i -> b(0,w,i)*pow(x,i-1)", a="1", b="1"),
            apply("e", "ax.sum_empty", f="i -> b(0,w,i)*pow(x,i-1)", a="1", b="0"), apply("s", "d0", w="w", i="1"),
            apply("t", "ax.ite_else", a="1", b="0", x="0", y="ite(1, 1, 1, 0)"),
            apply("r", "ax.ite_then", a="1", b="1", x="1", y="0"), apply("p", "ax.pow_zero", b="x"),
            combine("x1", "b(0,w,1) = 1", "s t r", rounds=3), combine("z", facts="l e x1 p", rounds=3)],
           [apply("l", "ax.sum_last", f="i -> b(0,w,i)*pow(x,i-1)", a="1", b="m + 1"),
            apply("h0", "hi", k="0"), apply("h1", "h0", w="w", i="m + 1"), combine("z", facts="l h1 jh", rounds=3)]),
    apply("j", "J", m="d"), apply("pz", "ax.pow_zero", b=f"a*x + {_E}"), combine("x", facts="j pz"))

POWERS = Lemma(
    "mori_zwanzig.power_expansion", "Powers of an affine function by their coefficients",
    statement(f"all d:int, xi:int->real, a c:real, b:(k:int,w:int,i:int)->real | {_DEF} => {_POWER}"),
    (
        apply("zz", "mori_zwanzig.power_coefficients", xi="w -> xi(w)", a="a", c="c", b="k, w, i -> b(k,w,i)"),
        obtain("end", "zz", "lo hi", induct(
            "E", _POWER, "hk ih",
            [intro("z", None, "hd", intro("y", None, "", *_FIRST))],
            [intro("z", None, "hd", apply("u", "ih"), intro(
                "y", None, "", apply("v", "u", w="w", x="x"), apply("p", "ax.pow_succ", b=f"a*x + {_E}", n="k"),
                apply("l0", "lo", k="k"), apply("l1", "l0", w="w", i="0"), apply("g0", "hi", k="k"),
                apply("g1", "g0", w="w", i="d"),
                apply("s", "mori_zwanzig.shifted_polynomial", f="i -> b(k,w,i)", x="x", d="d"),
                intro("c1", f"all i:int | 1 <= i, i <= d => b(k + 1,w,i)*pow(x,i-1) = a*(b(k,w,i-1)*pow(x,i-1))"
                      f" + {_E}*(b(k,w,i)*pow(x,i-1))", "i1 i2", apply("q", "d1", k="k", w="w", i="i"),
                      combine("w1", facts="q", rounds=3)),
                apply("c2", "textbook.sum_cong", f="i -> b(k + 1,w,i)*pow(x,i-1)",
                      g=f"i -> a*(b(k,w,i-1)*pow(x,i-1)) + {_E}*(b(k,w,i)*pow(x,i-1))", a="1", b="d"),
                apply("c3", "textbook.sum_add", f="i -> a*(b(k,w,i-1)*pow(x,i-1))",
                      g=f"i -> {_E}*(b(k,w,i)*pow(x,i-1))", a="1", b="d"),
                apply("c4", "textbook.sum_scale", f="i -> a*(b(k,w,i-1)*pow(x,i-1))", g="i -> b(k,w,i-1)*pow(x,i-1)",
                      c="a", a="1", b="d"),
                apply("c5", "textbook.sum_scale", f=f"i -> {_E}*(b(k,w,i)*pow(x,i-1))", g="i -> b(k,w,i)*pow(x,i-1)",
                      c=_E, a="1", b="d"),
                combine("x", facts="v p l1 g1 s c2 c3 c4 c5", rounds=5)))])),
    ),
)

_IMAGE = f"a*x + {_E}"
_GAMMA = "sum(w=1..n: p(w)*sum(j=1..d: alpha(j)*b(j-1,w,i)))"
_ROW = "sum(j=1..d: alpha(j)*b(j-1,w,i))"

POLYNOMIALS = Lemma(
    "mori_zwanzig.polynomial_layer", "An affine layer with finite noise keeps the degree of polynomials",
    statement(f"{_VARIABLES} | hn: 0 <= n, hd: 0 <= d, {_DEF} => all x:real =>"
              f" sum(w=1..n: p(w)*sum(j=1..d: alpha(j)*pow({_IMAGE}, j-1))) = {_sum(_GAMMA)}"),
    (
        intro("end", None, "",
              apply("E", "mori_zwanzig.power_expansion", d="d", xi="w -> xi(w)", a="a", c="c",
                    b="k, w, i -> b(k,w,i)"),
              intro("in", f"all w:int | 1 <= w, w <= n => p(w)*sum(j=1..d: alpha(j)*pow({_IMAGE}, j-1))"
                    f" = sum(i=1..d: p(w)*{_ROW}*pow(x,i-1))", "w1 w2",
                    intro("q", f"all j:int | 1 <= j, j <= d => alpha(j)*pow({_IMAGE}, j-1)"
                          " = sum(i=1..d: alpha(j)*b(j-1,w,i)*pow(x,i-1))", "j1 j2", apply("e0", "E", k="j - 1"),
                          apply("e1", "e0"), apply("e2", "e1", w="w", x="x"),
                          intro("t", "all i:int | 1 <= i, i <= d => alpha(j)*b(j-1,w,i)*pow(x,i-1)"
                                " = alpha(j)*(b(j-1,w,i)*pow(x,i-1))", "i1 i2", combine("z")),
                          apply("sc", "textbook.sum_scale", f="i -> alpha(j)*b(j-1,w,i)*pow(x,i-1)",
                                g="i -> b(j-1,w,i)*pow(x,i-1)", c="alpha(j)", a="1", b="d"),
                          combine("z", facts="e2 sc", rounds=3)),
                    apply("c", "textbook.sum_cong", f=f"j -> alpha(j)*pow({_IMAGE}, j-1)",
                          g="j -> sum(i=1..d: alpha(j)*b(j-1,w,i)*pow(x,i-1))", a="1", b="d"),
                    apply("sw", "mori_zwanzig.sum_swap", f="j, i -> alpha(j)*b(j-1,w,i)*pow(x,i-1)", m="d", n="d"),
                    intro("r", f"all i:int | 1 <= i, i <= d => p(w)*{_ROW}*pow(x,i-1)"
                          " = p(w)*sum(j=1..d: alpha(j)*b(j-1,w,i)*pow(x,i-1))", "i1 i2",
                          intro("t", "all j:int | 1 <= j, j <= d => alpha(j)*b(j-1,w,i)*pow(x,i-1)"
                                " = pow(x,i-1)*(alpha(j)*b(j-1,w,i))", "j1 j2", combine("z")),
                          apply("sc", "textbook.sum_scale", f="j -> alpha(j)*b(j-1,w,i)*pow(x,i-1)",
                                g="j -> alpha(j)*b(j-1,w,i)", c="pow(x,i-1)", a="1", b="d"),
                          combine("z", facts="sc", rounds=3)),
                    apply("rs", "textbook.sum_scale", f=f"i -> p(w)*{_ROW}*pow(x,i-1)",
                          g="i -> sum(j=1..d: alpha(j)*b(j-1,w,i)*pow(x,i-1))", c="p(w)", a="1", b="d"),
                    combine("z", facts="c sw rs", rounds=4)),
              apply("o", "textbook.sum_cong", f=f"w -> p(w)*sum(j=1..d: alpha(j)*pow({_IMAGE}, j-1))",
                    g=f"w -> sum(i=1..d: p(w)*{_ROW}*pow(x,i-1))", a="1", b="n"),
              apply("ow", "mori_zwanzig.sum_swap", f=f"w, i -> p(w)*{_ROW}*pow(x,i-1)", m="n", n="d"),
              intro("l", f"all i:int | 1 <= i, i <= d => sum(w=1..n: p(w)*{_ROW}*pow(x,i-1)) = {_GAMMA}*pow(x,i-1)",
                    "i1 i2",
                    intro("t", f"all w:int | 1 <= w, w <= n => p(w)*{_ROW}*pow(x,i-1) = pow(x,i-1)*(p(w)*{_ROW})",
                          "w1 w2", combine("z", rounds=3)),
                    apply("sc", "textbook.sum_scale", f=f"w -> p(w)*{_ROW}*pow(x,i-1)", g=f"w -> p(w)*{_ROW}",
                          c="pow(x,i-1)", a="1", b="n"),
                    combine("z", facts="sc", rounds=3)),
              apply("lc", "textbook.sum_cong", f=f"i -> sum(w=1..n: p(w)*{_ROW}*pow(x,i-1))",
                    g=f"i -> {_GAMMA}*pow(x,i-1)", a="1", b="d"),
              combine("z", facts="o ow lc", rounds=4)),
    ),
)

LEMMAS: tuple[Lemma, ...] = (ZEROS, SHIFT, POWERS, POLYNOMIALS)

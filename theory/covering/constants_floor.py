"""The universal floor: a class with an output bias contains the constants, so no cover has fewer than B/eps functions.

On the zero input a cover gives centres y(1), ..., y(e) of its outputs. The networks with all parameters 0 except the
output bias r have the output r; ceil(B/eps) values of r in [-B, B] are more than 2 eps apart (`covering.grid_step`).
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine, compute, intro, obtain, witness

_L = "1 <= l, l <= L + 1, 1 <= i, i <= d(l)"
_IJ = f"{_L}, 1 <= j, j <= d(l-1)"


def covered_outputs(bound: str, output: str = "", count: str = "e") -> str:
    """Every network of the box has its first output on the zero input within eps of one of y(1), ..., y(count).

    `output` are further premises on the parameters, as text that begins with a comma.
    """
    return (
        "(all W:(l:int)->mat(d(l),d(l-1)), b h:(l:int)->mat(d(l),1) |"
        f" (all l i j:int | {_IJ} => abs(W(l)[i,j]) <= {bound}), (all l i:int | {_L} => abs(b(l)[i,1]) <= {bound}),"
        f" (all i:int | 1 <= i, i <= d(0) => h(0)[i,1] = 0),"
        f" (all l i:int | {_L} => h(l)[i,1] = s(l, (W(l)*h(l-1) + b(l))[i,1])){output}"
        f" => some k:int | 1 <= k, k <= {count}, abs(h(L+1)[1,1] - y(k)) <= eps)")


def floor(bound: str) -> str:
    """No cover of the box has fewer than ceil(bound/eps) functions, even on one input and with any centres."""
    return f"(all e:int, y:int->real | {covered_outputs(bound)} => ceil({bound}/eps) <= e)"


_W = "build(i<=d(l), j<=d(l-1): 0)"
_B = "build(i<=d(l), j<=1: ite(l, L, 0, r))"
_H = "build(i<=d(l), j<=1: ite(l, 0, 0, ite(l, L, s(l,0), r)))"
_H1 = "build(i<=d(l-1), j<=1: ite(l-1, 0, 0, ite(l-1, L, s(l-1,0), r)))"
_HL = "build(i<=d(L+1), j<=1: ite(L+1, 0, 0, ite(L+1, L, s(L+1,0), r)))"
_H0 = "build(i<=d(0), j<=1: ite(0, 0, 0, ite(0, L, s(0,0), r)))"
_AFFINE = f"({_W}*{_H1} + {_B})[i,1]"

CONSTANT = Lemma(
    "covering.constant_output", "The network whose only non-zero parameter is the output bias r has the output r",
    statement("all L e:int, d:int->int, s:(l:int,u:real)->real, y:int->real, B r eps:real | hL: 0 <= L,"
              " hd: (all l:int | 0 <= l, l <= L + 1 => 1 <= d(l)), hs: (all u:real => s(L+1,u) = u), hr: abs(r) <= B,"
              f" cov: {covered_outputs('B')} => some k:int | 1 <= k, k <= e, abs(r - y(k)) <= eps"),
    (
        apply("an", "textbook.abs_nonneg", x="r"), combine("B0", "0 <= B", "an hr"), compute("a0", "abs(0) = 0"),
        intro("hW", f"all l i j:int | {_IJ} => abs({_W}[i,j]) <= B", "l1 l2 i1 i2 j1 j2",
              apply("a", "ax.at_build", f="i, j -> 0", r="d(l)", c="d(l-1)", p="i", v="j"),
              apply("e1", "ax.cong", f="t -> abs(t)", x=f"{_W}[i,j]", y="0"), combine("z", facts="e1 a0 B0")),
        intro("hb", f"all l i:int | {_L} => abs({_B}[i,1]) <= B", "l1 l2 i1 i2",
              apply("a", "ax.at_build", f="i, j -> ite(l, L, 0, r)", r="d(l)", c="1", p="i", v="1"),
              apply("t", "ax.total", x="l", y="L"),
              cases("z", "t", "q",
                    [apply("i3", "ax.ite_then", a="l", b="L", x="0", y="r"),
                     apply("e1", "ax.cong", f="t -> abs(t)", x=f"{_B}[i,1]", y="0"), combine("w", facts="e1 a0 B0")],
                    [apply("i3", "ax.ite_else", a="l", b="L", x="0", y="r"),
                     apply("e1", "ax.cong", f="t -> abs(t)", x=f"{_B}[i,1]", y="r"), combine("w", facts="e1 hr")])),
        intro("h0", f"all i:int | 1 <= i, i <= d(0) => {_H0}[i,1] = 0", "i1 i2",
              apply("a", "ax.at_build", f="i, j -> ite(0, 0, 0, ite(0, L, s(0,0), r))", r="d(0)", c="1", p="i", v="1"),
              apply("i3", "ax.ite_then", a="0", b="0", x="0", y="ite(0, L, s(0,0), r)"), combine("z", facts="a i3")),
        intro("net", f"all l i:int | {_L} => {_H}[i,1] = s(l, {_AFFINE})", "l1 l2 i1 i2",
              apply("dl", "hd", l="l - 1"),
              apply("m", "ax.at_add", r="d(l)", c="1", p="i", v="1", A=f"{_W}*{_H1}", B=_B),
              apply("p", "ax.at_mul", r="d(l)", k="d(l-1)", c="1", p="i", v="1", A=_W, B=_H1),
              intro("n", f"all j:int | 1 <= j, j <= d(l-1) => {_W}[i,j]*{_H1}[j,1] = 0", "j1 j2",
                    apply("a", "ax.at_build", f="i, j -> 0", r="d(l)", c="d(l-1)", p="i", v="j"),
                    combine("z", facts="a")),
              apply("c", "textbook.sum_cong", f=f"j -> {_W}[i,j]*{_H1}[j,1]", g="j -> 0", a="1", b="d(l-1)"),
              apply("k", "textbook.sum_const", c="0", n="d(l-1)"),
              apply("a", "ax.at_build", f="i, j -> ite(l, L, 0, r)", r="d(l)", c="1", p="i", v="1"),
              apply("ah", "ax.at_build", f="i, j -> ite(l, 0, 0, ite(l, L, s(l,0), r))", r="d(l)", c="1", p="i", v="1"),
              apply("o", "ax.ite_else", a="l", b="0", x="0", y="ite(l, L, s(l,0), r)"),
              apply("t", "ax.total", x="l", y="L"),
              cases("z", "t", "q",
                    [apply("i3", "ax.ite_then", a="l", b="L", x="0", y="r"),
                     combine("f", f"{_AFFINE} = 0", "m p c k a i3", rounds=5),
                     apply("i4", "ax.ite_then", a="l", b="L", x="s(l,0)", y="r"),
                     apply("e1", "ax.cong", f="u -> s(l,u)", x=_AFFINE, y="0"),
                     combine("w", facts="ah o i4 e1", rounds=5)],
                    [apply("i3", "ax.ite_else", a="l", b="L", x="0", y="r"),
                     apply("i4", "ax.ite_else", a="l", b="L", x="s(l,0)", y="r"),
                     combine("f", f"{_AFFINE} = r", "m p c k a i3", rounds=5),
                     apply("st", "ax.int_step", m="L", n="l"), apply("lL", "ax.antisym", x="l", y="L + 1"),
                     apply("id", "hs", u="r"), apply("cl", "ax.cong_int", f="t -> s(t,r)", x="l", y="L + 1"),
                     apply("e1", "ax.cong", f="u -> s(l,u)", x=_AFFINE, y="r"),
                     combine("w", facts="ah o i4 e1 cl id", rounds=5)])),
        apply("C", "cov", W=f"l -> {_W}", b=f"l -> {_B}", h=f"l -> {_H}"),
        obtain("end", "C", "k1 k2 near",
               apply("dl", "hd", l="L + 1"),
               apply("ah", "ax.at_build", f="i, j -> ite(L+1, 0, 0, ite(L+1, L, s(L+1,0), r))", r="d(L+1)", c="1",
                     p="1", v="1"),
               apply("o", "ax.ite_else", a="L + 1", b="0", x="0", y="ite(L+1, L, s(L+1,0), r)"),
               apply("i4", "ax.ite_else", a="L + 1", b="L", x="s(L+1,0)", y="r"),
               combine("v", f"{_HL}[1,1] - y(k) = r - y(k)", "ah o i4", rounds=4),
               apply("e1", "ax.cong", f="t -> abs(t)", x=f"{_HL}[1,1] - y(k)", y="r - y(k)"),
               combine("n2", "abs(r - y(k)) <= eps", "near e1", degree=1), witness("z", k="k")),
    ),
)

_VALUE = "((t - 1)*g - B)"

FLOOR = Lemma(
    "covering.constants_floor", "A class with an output bias needs at least ceil(B/eps) functions in every cover",
    statement("all L:int, d:int->int, s:(l:int,u:real)->real, B eps:real | hL: 0 <= L,"
              " hd: (all l:int | 0 <= l, l <= L + 1 => 1 <= d(l)), hs: (all u:real => s(L+1,u) = u), hB: 0 < B,"
              f" he: 0 < eps => {floor('B')}"),
    (
        intro("end", None, "cov",
              apply("step", "covering.grid_step", "some g:real | 1 <= ceil(B/eps), B/ceil(B/eps) <= eps, 2*eps < g,"
                    " (ceil(B/eps) - 1)*g <= 2*B", B="B", delta="eps", m="ceil(B/eps)"),
              obtain("z", "step", "m1 fine wide fits",
                     combine("gp", "0 < g", "wide he"), combine("n0", "0 <= ceil(B/eps)", "m1"),
                     intro("hit", "all t:int | 1 <= t, t <= ceil(B/eps) => some u:int | 1 <= u, u <= e,"
                                  f" (all i:int | 1 <= i, i <= 1 => abs({_VALUE} - y(u)) <= eps)", "t1 t2",
                           apply("in", "covering.axis_point_in_box", B="B", s="g", m="ceil(B/eps)", t="t"),
                           apply("C", "covering.constant_output", L="L", d="l -> d(l)", s="l, u -> s(l,u)",
                                 y="k -> y(k)", B="B", r=_VALUE, eps="eps", e="e"),
                           obtain("y1", "C", "k1 k2 near",
                                  intro("all1", f"all i:int | 1 <= i, i <= 1 => abs({_VALUE} - y(k)) <= eps", "i1 i2",
                                        combine("w", facts="near")), witness("x", u="k"))),
                     apply("F", "covering.finite_choice", "some f:int->int | (all t:int | 1 <= t, t <= ceil(B/eps) =>"
                           " some | 1 <= f(t), f(t) <= e,"
                           f" (all i:int | 1 <= i, i <= 1 => abs({_VALUE} - y(f(t))) <= eps))",
                           n="ceil(B/eps)", Q="e", S="1", a="eps", A=f"t, u, i -> abs({_VALUE} - y(u))"),
                     obtain("y1", "F", "rel",
                            intro("f1", "all t:int | 1 <= t, t <= ceil(B/eps) => 1 <= f(t)", "t1 t2",
                                  apply("a", "rel", t="t"), obtain("x", "a", "a1 a2 a3", apply("w", "a1"))),
                            intro("f2", "all t:int | 1 <= t, t <= ceil(B/eps) => f(t) <= e", "t1 t2",
                                  apply("a", "rel", t="t"), obtain("x", "a", "a1 a2 a3", apply("w", "a2"))),
                            intro("f3", "all t j:int | 1 <= t, t <= ceil(B/eps), 1 <= j, j <= ceil(B/eps), f(t) = f(j)"
                                        " => t = j", "t1 t2 j1 j2 same",
                                  apply("a", "rel", t="t"), apply("b", "rel", t="j"),
                                  obtain("x", "a", "a1 a2 a3", obtain("w", "b", "b1 b2 b3",
                                         apply("p", "a3", i="1"), apply("q", "b3", i="1"),
                                         apply("cg", "ax.cong_int", f="v -> abs(((j - 1)*g - B) - y(v))", x="f(t)",
                                               y="f(j)"),
                                         combine("q2", "abs(((j - 1)*g - B) - y(f(t))) <= eps", "q cg", degree=1),
                                         apply("v", "covering.axis_points_apart", B="B", s="g", delta="eps",
                                               z="y(f(t))", t="t", u="j")))),
                            apply("e1", "f1", t="1"), apply("e2", "f2", t="1"),
                            apply("x", "covering.pigeonhole", m="e", n="ceil(B/eps)", f="t -> f(t)")))),
    ),
)

LEMMAS = (CONSTANT, FLOOR)

"""A lower bound of the layers for all time of gradient flow, known before training, from what is conserved.

M_l = B_l B_l' - B_{l+1}' B_{l+1} - W_l' W_l does not move (l <= H, B_{H+1} = 0), for heads that follow the gradient and
for heads that are zero and stay zero, so for linear and multiscale networks. If M_l is at least s_l - s_{l+1} on a
space of dimension m_{l-1} (the columns of U_l), s_{H+1} = 0 and all s_l > 0, then B_l' B_l >= s_l at all times, and the
product of the first l layers is at least s_1 ... s_l.
"""

from __future__ import annotations

from theory.gnn_convergence.product_rule import FORWARD, LAYERS, TIME
from theory.language import Claim, Comparison, Control, Kill, Lemma, Source, Survivor, Witness, statement
from theory.language.derivation import Step, apply, calculus, combine, define, induct, intro, obtain, witness

_COLUMNS = "(all d:int, X:mat(d,k) => s*tr(X*T(X)) <= tr(X*C*T(X*C)))"

TRANSPOSED = Lemma(
    "gnn_convergence.transposed_bound", "A square matrix and its transpose have the same lower bound",
    statement(f"all k:int, C:mat(k,k), s:real | h0: 0 < s, h1: {_COLUMNS}"
              " => (all d:int, V:mat(d,k) => s*tr(V*T(V)) <= tr(V*T(C)*T(V*T(C))))"),
    (
        apply("i", "textbook.bounded_below_inverse", k="k", C="C", s="s"),
        obtain("end", "i", "r r2",
               intro("z", None, "", apply("a", "h1", d="d", X="V*R"),
                     combine("b", "V*R*C = V", "r"),
                     combine("b1", "tr(V*R*C*T(V*R*C)) = tr(V*T(V))", "b", rounds=3),
                     combine("c", "tr(V*T(C)*T(V*R)) = tr(V*T(V))", "b"),
                     combine("sa", "s*(s*tr(V*R*T(V*R))) <= s*tr(V*T(V))", "a b1 h0"),
                     # 0 <= ||V C' - s V R||^2
                     combine("sq", "0 <= tr((V*T(C) - s*V*R)*T(V*T(C) - s*V*R))", squares=("V*T(C) - s*V*R",)),
                     combine("sc", "s*tr(V*T(C)*T(V*R)) = s*tr(V*T(V))", "c"),
                     combine("y", facts="sq sc sa", degree=1))),
    ),
)

_KEPT = "(B(l,{0})*T(B(l,{0})) - T(B(l+1,{0}))*B(l+1,{0}) - T(W(l,{0}))*W(l,{0}))"
"""What is conserved at level l."""

_CONSERVED = (f"(all l:int, t:real, N:mat(m(l),m(l)) | 1 <= l, l <= H, {TIME}"
              f" => tr(N*{_KEPT.format('t')}) = tr(N*{_KEPT.format('0')}))")
_BOUND = (f"(all l d:int, t:real, V:mat(d,m(l-1)) | 1 <= l, l <= H, {TIME}"
          " => s(l)*tr(V*T(V)) <= tr(V*T(B(l,t))*T(V*T(B(l,t)))))")
_PRODUCT = (f"(all l d:int, t:real, Z:mat(d,m(0)) | 0 <= l, l <= H, {TIME}"
            " => prod(i=1..l: s(i))*tr(Z*T(Z)) <= tr(Z*T(P(l,t))*P(l,t)*T(Z)))")

STATEMENT = statement(
    f"all H r n:int, m:int->int, W D:(l:int,t:real)->mat(r,m(l)), {LAYERS}, A:(l:int,t:real)->mat(m(l),m(0)),"
    " E:real->mat(r,n), G:(l:int)->mat(m(0),n), U:(l:int)->mat(m(l),m(l-1)), s:int->real, tau:real |"
    f" H1 H2: {FORWARD},"
    f" H3: (all l:int, t:real | 1 <= l, l <= H, {TIME}"
    " => A(l,t) = T(W(l,t))*E(t)*T(G(l)) + T(B(l+1,t))*A(l+1,t)),"
    f" H4: (all l:int, t:real | 1 <= l, l <= H + 1, {TIME} => deriv(u: B(l,u), t, -1*A(l,t)*T(P(l-1,t)))),"
    f" H5: (all l:int, t:real | 1 <= l, l <= H, {TIME} => deriv(u: W(l,u), t, D(l,t))),"
    f" H6: (all l:int, t:real | 1 <= l, l <= H, {TIME}"
    " => T(W(l,t))*D(l,t) = -1*T(W(l,t))*E(t)*T(G(l))*T(P(l,t))),"
    " H7: (all l:int | 1 <= l, l <= H => T(U(l))*U(l) = I(m(l-1))), H8: s(H+1) = 0,"
    " H9: (all l:int | 1 <= l, l <= H => 0 < s(l)),"
    " H10: (all l d:int, Y:mat(d,m(l-1)) | 1 <= l, l <= H"
    f" => (s(l) - s(l+1))*tr(Y*T(Y)) <= tr(Y*T(U(l))*{_KEPT.format('0')}*U(l)*T(Y)))"
    f" => some | {_CONSERVED}, {_BOUND}, {_PRODUCT}")
"""H3-H4 the layers follow the gradient, H5-H6 a head follows it or is zero and rests, H7-H10 the start."""

_FORM = "tr(N*(B(l,{0})*T(B(l,{0})))) - tr(N*(T(B(l+1,{0}))*B(l+1,{0}))) - tr(N*(T(W(l,{0}))*W(l,{0})))"
_A0 = "(-1*A(l,{0})*T(P(l-1,{0})))"
_A1 = "(-1*A(l+1,{0})*T(P(l,{0})))"
_RATE = (f"tr(N*({_A0}*T(B(l,{{0}})) + B(l,{{0}})*T({_A0})))"
         f" - tr(N*(T({_A1})*B(l+1,{{0}}) + T(B(l+1,{{0}}))*{_A1}))"
         " - tr(N*(T(D(l,{0}))*W(l,{0}) + T(W(l,{0}))*D(l,{0})))").format("x")

_STILL = intro(
    "still", f"all l:int, t:real, N:mat(m(l),m(l)) | 1 <= l, l <= H, {TIME}"
    f" => tr(N*{_KEPT.format('t')}) = tr(N*{_KEPT.format('0')})", "l1 l2 t1 t2",
    combine("m1", "1 <= l + 1", "l1"), combine("m2", "l + 1 <= H + 1", "l2"), combine("m3", "l <= H + 1", "l2"),
    combine("m4", "0 <= l - 1", "l1"),
    intro("dg", f"all x:real | 0 <= x, x <= t => deriv(u: {_FORM.format('u')}, x, {_RATE})", "x1 x2",
          combine("x3", "x <= tau", "x2 t2"), apply("d0", "H4", l="l", t="x"), apply("d1", "H4", l="l + 1", t="x"),
          apply("d2", "H5", l="l", t="x"), calculus("z", facts="d0 d1 d2")),
    intro("zero", f"all x:real | 0 <= x, x <= t => {_RATE} = 0", "x1 x2", combine("x3", "x <= tau", "x2 t2"),
          apply("p", "H2", l="l - 1", t="x"), apply("a", "H3", l="l", t="x"), apply("w", "H6", l="l", t="x"),
          combine("left", "A(l,x)*T(P(l-1,x))*T(B(l,x)) = A(l,x)*T(P(l,x))", "p"),
          combine("top", "T(B(l+1,x))*(A(l+1,x)*T(P(l,x))) = A(l,x)*T(P(l,x))"
                  " - T(W(l,x))*E(x)*T(G(l))*T(P(l,x))", "a"),
          combine("head", "T(W(l,x))*D(l,x) = T(B(l+1,x))*(A(l+1,x)*T(P(l,x))) - A(l,x)*T(P(l,x))", "w top"),
          combine("z", facts="left head", rounds=3)),
    intro("up", f"all x:real | 0 <= x, x <= t => {_RATE} <= 0", "x1 x2", apply("a", "zero", x="x"),
          combine("z", facts="a")),
    intro("dn", f"all x:real | 0 <= x, x <= t => -1*({_RATE}) <= 0", "x1 x2", apply("a", "zero", x="x"),
          combine("z", facts="a")),
    intro("dg2", f"all x:real | 0 <= x, x <= t => deriv(u: -1*({_FORM.format('u')}), x, -1*({_RATE}))", "x1 x2",
          apply("a", "dg", x="x"), calculus("z", facts="a")),
    apply("le", "ax.nonincreasing", f=f"u -> {_FORM.format('u')}", g=f"x -> {_RATE}", a="0", b="t"),
    apply("ge", "ax.nonincreasing", f=f"u -> -1*({_FORM.format('u')})", g=f"x -> -1*({_RATE})", a="0", b="t"),
    combine("ge2", f"{_FORM.format('0')} <= {_FORM.format('t')}", "ge"),
    apply("same", "ax.antisym", x=_FORM.format("t"), y=_FORM.format("0")), combine("z", facts="same"),
)

_AT = "(all d:int, Y:mat(d,m({0}-1)) => s({0})*tr(Y*T(Y)) <= tr(Y*T(B({0},t))*T(Y*T(B({0},t)))))"
_C = "(T(U(l))*B(l,t))"

_OFF = "(Y*T(B(l,t)) - Y*T(B(l,t))*U(l)*T(U(l)))"

_DOWN = intro(
    "down", f"all l:int, t:real | 1 <= l, l <= H, {TIME}, {_AT.format('(l+1)')} => {_AT.format('l')}",
    "l1 l2 t1 t2 above",
    apply("uu", "H7", l="l"),
    intro("col", f"all d:int, X:mat(d,m(l-1)) => s(l)*tr(X*T(X)) <= tr(X*{_C}*T(X*{_C}))", "",
          apply("k0", "still", l="l", t="t", N="U(l)*T(X)*X*T(U(l))"), apply("st", "H10", l="l", d="d", Y="X"),
          apply("up", "above", d="d", Y="X*T(U(l))"),
          combine("n", "tr(X*T(U(l))*T(X*T(U(l)))) = tr(X*T(X))", "uu"),
          combine("n2", "s(l+1)*tr(X*T(U(l))*T(X*T(U(l)))) = s(l+1)*tr(X*T(X))", "n"),
          combine("y", facts="k0 st up n2", squares=("X*T(U(l))*T(W(l,t))",), degree=1)),
    apply("pos", "H9", l="l"),
    apply("tb", "gnn_convergence.transposed_bound", k="m(l-1)", C=_C, s="s(l)"),
    intro("z", None, "", apply("a", "tb", d="d", V="Y"),
          # U U' <= I, from U' U = I
          combine("sq", f"0 <= tr({_OFF}*T({_OFF}))", squares=(_OFF,)),
          combine("e", "tr(Y*T(B(l,t))*U(l)*T(U(l))*U(l)*T(U(l))*B(l,t)*T(Y))"
                  " = tr(Y*T(B(l,t))*U(l)*T(U(l))*B(l,t)*T(Y))", "uu"),
          combine("y", facts="a sq e", degree=1)),
)

_LAYERS_BOUND = (
    induct("J", f"all j:int | 0 <= j => (all t:real | j <= H, {TIME} => {_AT.format('(H + 1 - j)')})", "hj ih",
           [intro("z", None, "jb t1 t2",
                  intro("y", None, "", combine("c", "s(H+1)*tr(Y*T(Y)) = 0", "H8"),
                        combine("sq", "0 <= tr(Y*T(B(H+1,t))*T(Y*T(B(H+1,t))))", squares=("Y*T(B(H+1,t))",)),
                        combine("x", facts="c sq", degree=1)))],
           [intro("z", None, "jb t1 t2", combine("jb0", "j <= H", "jb"), apply("now", "ih", t="t"),
                  combine("lo", "1 <= H - j", "jb"), combine("hi", "H - j <= H", "hj"),
                  apply("y", "down", l="H - j", t="t"))]),
    intro("layers", _BOUND[1:-1], "l1 l2 t1 t2", combine("j0", "0 <= H + 1 - l", "l2"),
          combine("j1", "H + 1 - l <= H", "l1"), apply("a", "J", j="H + 1 - l"), apply("b", "a", t="t"),
          apply("z", "b", d="d", Y="V")),
)

_FACTOR = "prod(i=1..{0}: s(i))"
_PRODUCTS = (
    intro("low", "all l:int | 1 <= l, l <= H => 0 <= s(l)", "l1 l2", apply("a", "H9", l="l"), combine("z", facts="a")),
    induct("K", f"all k:int | 0 <= k => (all d:int, t:real, Z:mat(d,m(0)) | k <= H, {TIME}"
           f" => {_FACTOR.format('k')}*tr(Z*T(Z)) <= tr(Z*T(P(k,t))*P(k,t)*T(Z)))", "hk ih",
           [intro("z", None, "kb t1 t2", apply("e", "ax.prod_empty", f="i -> s(i)", a="1", b="0"),
                  apply("p", "H1", t="t"), combine("v", "tr(Z*T(P(0,t))*P(0,t)*T(Z)) = tr(Z*T(Z))", "p", rounds=3),
                  combine("w", "prod(i=1..0: s(i))*tr(Z*T(Z)) = tr(Z*T(Z))", "e"), combine("y", facts="v w"))],
           [intro("z", None, "kb t1 t2", combine("kb0", "k <= H", "kb"), combine("k1", "1 <= k + 1", "hk"),
                  apply("now", "ih", d="d", t="t", Z="Z"), apply("e", "ax.prod_last", f="i -> s(i)", a="1", b="k + 1"),
                  apply("p", "H2", l="k", t="t"), apply("s0", "low", l="k + 1"),
                  apply("one", "layers", l="k + 1", d="d", t="t", V="Z*T(P(k,t))"),
                  combine("v", "tr(Z*T(P(k,t))*T(B(k+1,t))*B(k+1,t)*P(k,t)*T(Z)) = tr(Z*T(P(k+1,t))*P(k+1,t)*T(Z))",
                          "p", rounds=3),
                  combine("m", f"{_FACTOR.format('k')}*tr(Z*T(Z))*s(k+1) <= tr(Z*T(P(k,t))*P(k,t)*T(Z))*s(k+1)",
                          "now s0"),
                  combine("w", f"{_FACTOR.format('k+1')}*tr(Z*T(Z)) = {_FACTOR.format('k')}*tr(Z*T(Z))*s(k+1)", "e"),
                  combine("y", facts="m w v one", degree=1))]),
    intro("products", _PRODUCT[1:-1], "l1 l2 t1 t2", apply("a", "K", k="l"), apply("z", "a", d="d", t="t", Z="Z")),
)

_DERIVATION = (_STILL, _DOWN, *_LAYERS_BOUND, *_PRODUCTS, witness("end"))

INSTANCE = Witness((define(
    # layer l is (2 - l) I: the identity, followed by zero
    "end", "def P(0, t:real) = I(2) then P(l+1) = (2 - (l + 1))*I(2)*P(l,t)", "(l:int,t:real)->mat(2,2)", "p0 p1",
    intro("d4", "all l:int, t:real | 1 <= l, l <= 2, 0 <= t, t <= 1 => deriv(u: (2 - l)*I(2), t, 0*I(2))",
          "l1 l2 t1 t2", apply("z", "ax.dm_const", r="2", c="2", C="(2 - l)*I(2)", p="t")),
    intro("d5", "all l:int, t:real | 1 <= l, l <= 1, 0 <= t, t <= 1 => deriv(u: 0*I(2), t, 0*I(2))", "l1 l2 t1 t2",
          apply("z", "ax.dm_const", r="2", c="2", C="0*I(2)", p="t")),
    intro("s0", "all l:int | 1 <= l, l <= 1 => 0 < 2 - l", "l1 l2", combine("z", facts="l2")),
    intro("m", "all l d:int, Y:mat(d,2) | 1 <= l, l <= 1 => (2 - l - (2 - (l + 1)))*tr(Y*T(Y)) <= tr(Y"
          "*T(I(2))*((2 - l)*I(2)*T((2 - l)*I(2)) - T((2 - (l + 1))*I(2))*((2 - (l + 1))*I(2))"
          " - T(0*I(2))*(0*I(2)))*I(2)*T(Y))", "l1 l2", combine("z", facts="l2", squares=("Y",))),
    witness("z", H="1", r="2", n="2", m="l -> 2", W="l, t -> 0*I(2)", D="l, t -> 0*I(2)", B="l, t -> (2 - l)*I(2)",
            P="l, t -> P(l,t)", A="l, t -> 0*I(2)", E="t -> 0*I(2)", G="l -> I(2)", U="l -> I(2)", s="l -> 2 - l",
            tau="1"),
),))
"""One orthogonal layer of width two under a head of zeros; the residual happens to be zero too."""

ATTACKED = statement(
    "all b w e:real->real, s tau:real | H1: 0 <= tau, H4: (all t:real | 0 <= t, t <= tau => deriv(u: b(u), t,"
    " -1*w(t)*e(t))), H5: (all t:real | 0 <= t, t <= tau => deriv(u: w(u), t, -1*e(t)*b(t))),"
    " H9: 0 < s, H10: s <= b(0)^2 - w(0)^2 => s <= b(tau)^2")
"""One layer and one head in numbers, for the gradient e of the loss along the flow."""

CONTROLS = (
    Control("sign_descent", "sign descent, which Adam is like, in place of gradient flow: b = 2 - t, w = 1 - t",
            statement("all b w:real->real, s tau:real | 0 <= tau, 0 < s, s <= b(0)^2 - w(0)^2,"
                      " (all t:real | 0 <= t, t <= tau => deriv(u: b(u), t, -1)),"
                      " (all t:real | 0 <= t, t <= tau => deriv(u: w(u), t, -1)) => s <= b(tau)^2"),
            Witness((intro("db", "all t:real | 0 <= t, t <= 1 => deriv(u: 2 - u, t, -1)", "t1 t2", calculus("z")),
                     intro("dw", "all t:real | 0 <= t, t <= 1 => deriv(u: 1 - u, t, -1)", "t1 t2", calculus("z")),
                     witness("end", b="u -> 2 - u", w="u -> 1 - u", s="3", tau="1")))),
    Control("jump_at_the_start", "gradient flow for t > 0 only: b = 2 - u/u is 2 at 0, where u/u is 0, and rests at 1",
            statement("all b w:real->real, s tau:real | 0 <= tau, 0 < s, s <= b(0)^2 - w(0)^2,"
                      " (all t:real | 0 < t, t <= tau => deriv(u: b(u), t, 0)),"
                      " (all t:real | 0 <= t, t <= tau => deriv(u: w(u), t, 0)) => s <= b(tau)^2"),
            Witness((intro("db", "all t:real | 0 < t, t <= 1 => deriv(u: 2 - u*(1/u), t, 0)", "t1 t2",
                           apply("ne", "ax.lt_ne", "t != 0", x="0", y="t"), calculus("z", facts="ne")),
                     intro("dw", "all t:real | 0 <= t, t <= 1 => deriv(u: 0, t, 0)", "t1 t2", calculus("z")),
                     combine("lo", "(2 - 0*(1/0))^2 - 0^2 = 4"), combine("hi", "(2 - 1*(1/1))^2 = 1"),
                     witness("end", b="u -> 2 - u*(1/u)", w="u -> 0", s="4", tau="1")))),
    Control("wide_to_narrow", "a layer from width two to one: B B' >= 1 says nothing about B' B, which is singular",
            statement("all b c s x y:real | 0 < s, s <= b^2 + c^2 => s*(x^2 + y^2) <= (b*x + c*y)^2"),
            Witness((witness("end", b="1", c="0", s="1", x="0", y="1"),))),
    Control("imbalance_the_wrong_way", "the head larger than the layer: W'W - B B' at the start in place of B B' - W'W",
            statement("all b w s:real | 0 < s, s <= w^2 - b^2 => s <= b^2"),
            Witness((witness("end", b="0", w="2", s="4"),))),
)

_REST = (intro("d1", "all t:real | 0 <= t, t <= 1 => deriv(u: 1, t, 0)", "t1 t2", calculus("z")),
         *(intro(f"d{k}", f"all t:real | 0 <= t, t <= 1 => deriv(u: {value}, t, 0)", "t1 t2", calculus("z"))
           for k, value in enumerate(("0", "2", "1/2"), 2)))
_PLAIN = {"b": "t -> 1", "w": "t -> 0", "e": "t -> 0", "s": "1", "tau": "1"}


def _at(*steps: Step, **values: str) -> Witness:
    return Witness((*_REST, *steps, witness("end", **{**_PLAIN, **values})))


KILLS = (
    # points that satisfy all hypotheses first: only a few are replayed for each mutant
    Kill("at rest", _at()),
    Kill("small", _at(b="t -> 1/2", s="1/4")),
    Kill("large", _at(b="t -> 2", s="4")),
    Kill("small, power", _at(b="t -> 1/2", s="1/2")),
    Kill("large, power", _at(b="t -> 2", s="8")),
    Kill("negative head", _at(intro("d0", "all t:real | 0 <= t, t <= 1 => deriv(u: -2, t, 0)", "t1 t2", calculus("z")),
                              w="t -> -2", s="3")),
    Kill("bound at the start too large", _at(s="2")),
    Kill("negative time", Witness((
        # no time is both at least 0 and at most -1: there every slope is right
        intro("db", "all t:real | 0 <= t, t <= -1 => deriv(u: u + 2, t, -1*t*-1)", "t1 t2",
              combine("lo", "1 <= t", "t1 t2"), combine("hi", "t <= 1", "t2"), apply("e", "ax.antisym", x="t", y="1"),
              calculus("z", facts="e")),
        intro("dw", "all t:real | 0 <= t, t <= -1 => deriv(u: u, t, -1*-1*(t + 2))", "t1 t2",
              combine("lo", "-1 <= t", "t1"), apply("e", "ax.antisym", x="t", y="-1"), calculus("z", facts="e")),
        witness("end", b="t -> t + 2", w="t -> t", e="t -> -1", s="4", tau="-1")))),
    Kill("layer free of the flow", _at(b="t -> 1 - t")),
    Kill("head free of the flow", _at(
        intro("db", "all t:real | 0 <= t, t <= 1 => deriv(u: 2 - u, t, -1*1*1)", "t1 t2", calculus("z")),
        b="t -> 2 - t", w="t -> 1", e="t -> 1", s="3")),
)
SURVIVORS = (
    Survivor(("strictness H5 (2)",), "true: b^2 - w^2 is conserved before tau, and b is continuous at tau"),
    Survivor(("strictness H4", "strictness H4 (2)", "strictness H5"),
             "false, at a flow that jumps at one end as in the control jump_at_the_start; such a jump u*(1/u) is not"
             " evaluated by the search for points"),
    Survivor(("drop H9", "strictness H9"), "true: for s <= 0 the conclusion s <= b(tau)^2 holds anyway"),
)

CLAIM = Claim(
    id="gnn_convergence.a_priori_lambda",
    title="The layers of a graph network stay bounded below, by what gradient flow conserves",
    statement=STATEMENT,
    source=Source("this library", 2025, "Imbalance between layers as a certificate before training", "new",
                  note="Conservation of imbalance is known for deep linear networks; the descending bound for graph"
                  " networks with and without skips makes the rate of linear_rate free of quantities of the run."),
    summary="B_l B_l' - B_{l+1}' B_{l+1} - W_l' W_l is conserved; if it is at least s_l - s_{l+1} on a space of the"
            " dimension of layer l's input, B_l' B_l >= s_l and P_l' P_l >= s_1 ... s_l for all time.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("conserved", "B_l B_l' - B_{l+1}' B_{l+1} - W_l' W_l", "tr(N M_l(t)) = tr(N M_l(0)) for all N",
                   "as stated: equal for all N is equal; the last layer is followed by B_{H+1} = 0, A(H+1) = 0"),
        Comparison("networks", "linear; multiscale", "heads with W_l' (velocity + V G_l' P_l') = 0", "both: a head"
                   " follows the gradient, or is zero and at rest"),
        Comparison("eigenvalues", "s_l = s_{l+1} + lambda_k of the conserved matrix, k = m_{l-1} from the top",
                   "columns U_l with U_l' U_l = I on which it is at least s_l - s_{l+1}", "Courant and Fischer: the"
                   " eigenvectors are such columns; Weyl's inequality is then addition, not cited"),
        Comparison("B B' and B' B", "the same non-zero eigenvalues", "gnn_convergence.transposed_bound", "proved; a"
                   " square matrix that is bounded below has an inverse"),
        Comparison("widths", "m_x <= m_1 <= ... <= m_H", "implied by U_l of shape m_l x m_{l-1} with U_l' U_l = I", ""),
        Comparison("corollaries", "W_0 = 0, B_l' B_l = beta^2 I: lambda_T >= beta^(2H)", "s_l = beta^2, U_l = I",
                   "a choice of data"),
    ),
    tightness="Attained at rest, and by W = 0 with orthogonal layers at the start.",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
    experiments=("gnn_convergence.a_priori",),
)

LEMMAS = (TRANSPOSED,)

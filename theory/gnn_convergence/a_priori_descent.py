"""Gradient descent on a one-layer linear graph network with a step size and a rate known before the first step.

lambda = s_0 - 2 eta g_0 > 0, R = 2 sqrt(g_0)/(sqrt(lambda) sigma_+), M = 2 |G|^2 ((|W_0| + R)^2 + (|B_0| + R)^2)
+ 2 sqrt(L_0) |G|: if eta M <= 1, then B_k'B_k >= lambda, the path is at most R long and the gap shrinks by
1 - 2 eta lambda sigma_+^2 a step, for all steps. A step is bounded by the gap itself (eta |grad|^2 <= 2 g), so that
the next weights are in the ball before the loss there is known: induction does without continuity.
"""

from __future__ import annotations

from theory.gnn_convergence.descent_step import LEMMAS as _STEPS
from theory.gnn_convergence.norm_bounds import LEMMAS as _NORMS
from theory.language import Claim, Comparison, Control, Source, Witness, statement
from theory.language.derivation import apply, combine, define, induct, intro, obtain, witness

_R = "(W({0})*B({0})*G - Y)"
_LOSS = f"tr({_R}*T({_R}))"
_LEAST = "tr((Z*G - Y)*T(Z*G - Y))"
_GAP = f"({_LOSS} - {_LEAST})"
_N = "(tr(K({0})*T(B({0}))*B({0})*T(K({0}))) + tr(T(W({0}))*K({0})*T(K({0}))*W({0})))"
_KEPT = "(B({0})*T(B({0})) - T(W({0}))*W({0}))"
_G0 = _GAP.format("0")

_LAYER = "(all d:int, V:mat(d,p) => mu*tr(V*T(V)) <= tr(V*T(B({0}))*T(V*T(B({0})))))"
_LAYERS = f"(all k:int | 0 <= k => {_LAYER.format('k')})"
_PATH = "(all k:int | 0 <= k => sum(j=0..k: eta*v(j)) <= R)"
_FALLS = f"(all k:int | 0 <= k => {_LOSS.format('(k+1)')} <= {_LOSS.format('k')} - eta/2*v(k)^2)"
_RATE = f"(all k:int | 0 <= k => {_GAP.format('k')} <= pow(1 - 2*eta*(mu*sig), k)*{_G0})"

STATEMENT = statement(
    "all r n p h:int, W:int->mat(r,h), B:int->mat(h,p), K:int->mat(r,p), v:int->real, G:mat(p,n), Y:mat(r,n),"
    " Z:mat(r,p), U:mat(h,p), s mu sig w b gam el eta R:real |"
    f" H1: (all k:int | 0 <= k => K(k) = 2*{_R.format('k')}*T(G)),"
    " H2: (all k:int | 0 <= k => W(k+1) = W(k) - eta*K(k)*T(B(k))),"
    " H3: (all k:int | 0 <= k => B(k+1) = B(k) - eta*T(W(k))*K(k)),"
    f" H4: (all k:int | 0 <= k => v(k)^2 = {_N.format('k')}), H5: (all k:int | 0 <= k => 0 <= v(k)),"
    " H6: Z*G*T(G) = Y*T(G), H7: (all d:int, X:mat(d,p) => tr(X*G*T(X*G)) <= gam^2*tr(X*T(X))),"
    " H8: (all V:mat(r,p) => sig*tr(V*G*T(V*G)) <= tr(V*G*T(G)*T(V*G*T(G)))),"
    " H9: (all d:int, X:mat(d,h) => tr(X*T(W(0))*T(X*T(W(0)))) <= w^2*tr(X*T(X))),"
    " H10: (all d:int, X:mat(d,h) => tr(X*B(0)*T(X*B(0))) <= b^2*tr(X*T(X))),"
    f" H11: {_LOSS.format('0')} <= el^2, H12: T(U)*U = I(p),"
    f" H13: (all d:int, X:mat(d,p) => s*tr(X*T(X)) <= tr(X*T(U)*{_KEPT.format('0')}*U*T(X))),"
    f" H14: mu <= s - 2*eta*{_G0}, H15: 4*{_G0} <= R^2*(mu*sig),"
    " H16: eta*(2*gam^2*((w + R)^2 + (b + R)^2) + 2*el*gam) <= 1,"
    f" H17: 0 < {_G0}, H18: 0 <= eta, H19: 0 < mu, H20: 0 < sig, H21: 0 < gam, H22: 0 < el, H23: 0 < R, H24: 0 <= w,"
    " H25: 0 <= b, H26: 0 <= r, H27: 0 <= h, H28: 0 <= p"
    f" => some | {_LAYERS}, {_PATH}, {_FALLS}, {_RATE}")
"""H1-H3 gradient descent, v the norm of the gradient; H6-H11 least squares, norms of G, W(0), B(0), least non-zero
singular value, loss at the start; H12-H16 the start's imbalance on the columns of U, lambda, R and the step."""

_RHO = "sum(j=0..k-1: eta*v(j))"
_LOW = ("(all d:int, V:mat(d,h) => tr(V*" + _KEPT.format("0") + "*T(V)) - 2*eta*(" + _G0 + " - {1})*tr(V*T(V))"
        " <= tr(V*" + _KEPT + "*T(V)))")
_HEAD = "(all d:int, X:mat(d,h) => tr(X*T(W({0}))*T(X*T(W({0})))) <= (w + {1})^2*tr(X*T(X)))"
_BODY = "(all d:int, X:mat(d,h) => tr(X*B({0})*T(X*B({0}))) <= (b + {1})^2*tr(X*T(X)))"
_LEFT = "2*sqrt({1}) <= (R - {0})*sqrt(mu*sig)"


def _state(k: str) -> str:
    """What holds at step k: imbalance, norms, path, gap."""
    rho, gap = f"sum(j=0..{k}-1: eta*v(j))", _GAP.format(k)
    return (f"(some | {_LOW.format(k, gap)}, {_HEAD.format(k, rho)}, {_BODY.format(k, rho)}, 0 <= {rho},"
            f" {_LEFT.format(rho, gap)}, {gap} <= {_G0}, {gap} <= pow(1 - 2*eta*(mu*sig), {k})*{_G0})")


_M = "(W({0})*B({0}) - Z)"
_MG = f"tr({_M}*G*T({_M}*G))"
_MGG = f"tr({_M}*G*T(G)*T({_M}*G*T(G)))"
_W1, _B1 = "(W(k) - eta*K(k)*T(B(k)))", "(B(k) - eta*T(W(k))*K(k))"

_GAPS = (
    intro("py", f"all k:int | 0 <= k => {_GAP.format('k')} = {_MG.format('k')}", "k0",
          combine("z", facts="H6", rounds=4)),
    intro("pos", f"all k:int | 0 <= k => 0 <= {_GAP.format('k')}", "k0", apply("a", "py", k="k"),
          combine("q", f"0 <= {_MG.format('k')}", squares=(f"{_M.format('k')}*G",)), combine("z", facts="a q")),
    intro("kk", f"all k:int | 0 <= k => tr(K(k)*T(K(k))) = 4*{_MGG.format('k')}", "k0", apply("a", "H1", k="k"),
          combine("b", f"K(k) = 2*{_M.format('k')}*G*T(G)", "a H6"), combine("z", facts="b", rounds=3)),
    apply("gt", "gnn_convergence.bound_of_transpose", k="p", n="n", A="G", w="gam"),
    intro("below", f"all k:int | 0 <= k => 4*sig*{_GAP.format('k')} <= tr(K(k)*T(K(k)))", "k0", apply("a", "py", k="k"),
          apply("b", "kk", k="k"), apply("c", "H8", V=_M.format("k")),
          combine("d", f"sig*{_GAP.format('k')} = sig*{_MG.format('k')}", "a"), combine("z", facts="b c d", degree=1)),
    intro("above", f"all k:int | 0 <= k => tr(K(k)*T(K(k))) <= 4*gam^2*{_GAP.format('k')}", "k0",
          apply("a", "py", k="k"), apply("b", "kk", k="k"), apply("c", "gt", d="r", V=f"{_M.format('k')}*G"),
          combine("d", f"gam^2*{_GAP.format('k')} = gam^2*{_MG.format('k')}", "a"),
          combine("z", facts="b c d", degree=1)),
)
"""L - L* = ||M G||^2 with M = W B - Z, and ||K||^2 = 4 ||M G G'||^2 between 4 sig and 4 gam^2 times it."""

_ROOM = (
    combine("wr", "0 < w + R", "H24 H23"), combine("br", "0 < b + R", "H25 H23"),
    combine("b2", "b^2 <= (b + R)^2", "H25 H23"),
    combine("ms", "0 < mu*sig", "H19 H20"), combine("eg", f"0 <= 2*eta*{_G0}", "H18 H17"),
    apply("n1", "below", k="0"), apply("n2", "above", k="0"),
    combine("sg", f"{_G0}*sig <= {_G0}*gam^2", "n1 n2", degree=1),
    combine("s1", "sig <= gam^2", "sg", mul="H17", degree=1),
    combine("k1", f"0 < sig*{_G0}", "H20 H17"), combine("k2", "0 < tr(K(0)*T(K(0)))", "k1 n1", degree=1),
    intro("low0", f"all d:int, V:mat(d,h) => tr(V*{_KEPT.format('0')}*T(V)) - 2*eta*{_G0}*tr(V*T(V))"
          f" <= tr(V*{_KEPT.format('0')}*T(V))", "", combine("q", "0 <= tr(V*T(V))", squares=("V",)),
          combine("m", f"0 <= 2*eta*{_G0}*tr(V*T(V))", "eg q"), combine("z", facts="m")),
    apply("lay0", "gnn_convergence.layer_from_imbalance", r="r", p="p", h="h", W="W(0)", B="B(0)", U="U",
          N=_KEPT.format("0"), s="s", mu="mu", c=f"2*eta*{_G0}"),
    intro("bd0", "all d:int, X:mat(d,h) => tr(X*B(0)*T(X*B(0))) <= (b + R)^2*tr(X*T(X))", "",
          apply("a", "H10", d="d", X="X"), combine("q", "0 <= tr(X*T(X))", squares=("X",)),
          combine("m", "b^2*tr(X*T(X)) <= (b + R)^2*tr(X*T(X))", "b2 q"), combine("z", facts="a m")),
    apply("bt0", "gnn_convergence.bound_of_transpose", k="h", n="p", A="B(0)", w="b + R"),
    apply("l0", "lay0", d="r", V="K(0)"), apply("l1", "bt0", d="r", V="K(0)"),
    combine("m0", "mu*tr(K(0)*T(K(0))) <= (b + R)^2*tr(K(0)*T(K(0)))", "l0 l1", degree=1),
    combine("m1", "mu <= (b + R)^2", "m0", mul="k2", degree=1),
    combine("m2", "mu*sig <= mu*gam^2", "s1 H19"), combine("g2", "0 < gam^2", "H21"),
    combine("m3", "mu*gam^2 <= (b + R)^2*gam^2", "m1 g2"), combine("m4", "mu*sig <= (b + R)^2*gam^2", "m2 m3"),
    combine("m5", "eta*(mu*sig) <= eta*((b + R)^2*gam^2)", "m4 H18"),
    combine("wq", "0 <= (w + R)^2", "wr"), combine("m6", "0 <= eta*gam^2*(w + R)^2", "wq g2 H18", degree=3),
    combine("m7", "0 <= eta*el*gam", "H18 H22 H21", degree=3),
    combine("em", "2*eta*(mu*sig) <= 1", "m5 m6 m7 H16", degree=1),
    combine("bq", "0 <= (b + R)^2", "br"),
    combine("m8", "eta*gam^2*((w + R)^2 + (b + R)^2) <= 1/2", "m7 H16", degree=1),
)
"""Signs, and 2 eta mu sig <= 1: sig and mu are at most the squared norms of G and B(0)."""

_RK, _RN = "sum(j=0..k-1: eta*v(j))", "sum(j=0..k: eta*v(j))"
_GK, _GN = _GAP.format("k"), _GAP.format("(k+1)")
_D1, _D2 = "T(K(k))*W(k)", "B(k)*T(K(k))"

_SIZES = (
    apply("g0", "pos", k="k"), apply("lo", "below", k="k"), apply("hi", "above", k="k"), apply("vv", "H4", k="k"),
    apply("v0", "H5", k="k"), apply("s0", "ax.sqrt_pos", x="mu*sig"), apply("q0", "ax.sqrt_nonneg", x=_GK),
    combine("r1", f"0 <= (R - {_RK})*sqrt(mu*sig)", "left q0", degree=1),
    combine("r2", f"0 <= R - {_RK}", "r1", mul="s0", degree=1),
    intro("lw", f"all d:int, V:mat(d,h) => tr(V*{_KEPT.format('0')}*T(V)) - 2*eta*{_G0}*tr(V*T(V))"
          f" <= tr(V*{_KEPT.format('k')}*T(V))", "", apply("a", "low", d="d", V="V"),
          combine("q", "0 <= tr(V*T(V))", squares=("V",)), combine("e", f"0 <= eta*{_GK}", "g0 H18"),
          combine("m", f"0 <= eta*{_GK}*tr(V*T(V))", "e q"), combine("z", facts="a m", degree=1)),
    apply("lay", "gnn_convergence.layer_from_imbalance", r="r", p="p", h="h", W="W(k)", B="B(k)", U="U",
          N=_KEPT.format("0"), s="s", mu="mu", c=f"2*eta*{_G0}"),
    combine("wn", f"(w + {_RK})^2 <= (w + R)^2", "H24 rho r2 wr"),
    combine("bn", f"(b + {_RK})^2 <= (b + R)^2", "H25 rho r2 br"),
    intro("hr", "all d:int, X:mat(d,h) => tr(X*T(W(k))*T(X*T(W(k)))) <= (w + R)^2*tr(X*T(X))", "",
          apply("a", "hd", d="d", X="X"), combine("q", "0 <= tr(X*T(X))", squares=("X",)),
          combine("m", f"(w + {_RK})^2*tr(X*T(X)) <= (w + R)^2*tr(X*T(X))", "wn q"), combine("z", facts="a m")),
    intro("br2", "all d:int, X:mat(d,h) => tr(X*B(k)*T(X*B(k))) <= (b + R)^2*tr(X*T(X))", "",
          apply("a", "bd", d="d", X="X"), combine("q", "0 <= tr(X*T(X))", squares=("X",)),
          combine("m", f"(b + {_RK})^2*tr(X*T(X)) <= (b + R)^2*tr(X*T(X))", "bn q"), combine("z", facts="a m")),
    apply("ht", "gnn_convergence.bound_of_transpose", k="h", n="r", A="T(W(k))", w="w + R"),
    apply("bt", "gnn_convergence.bound_of_transpose", k="h", n="p", A="B(k)", w="b + R"),
    apply("h1", "ht", d="p", V="T(K(k))"), apply("b1", "bt", d="r", V="K(k)"), apply("l2", "lay", d="r", V="K(k)"),
    combine("nw", f"0 <= tr({_D1}*T({_D1}))", squares=(_D1,)),
    combine("nb", f"0 <= tr({_D2}*T({_D2}))", squares=(_D2,)),
    combine("p1", f"4*(mu*sig)*{_GK} <= mu*tr(K(k)*T(K(k)))", "lo H19"),
    combine("p2", f"4*(mu*sig)*{_GK} <= v(k)^2", "p1 l2 vv nw", degree=1),
    combine("u1", "v(k)^2 <= ((w + R)^2 + (b + R)^2)*tr(K(k)*T(K(k)))", "h1 b1 vv", degree=1),
    combine("wb", "0 <= (w + R)^2 + (b + R)^2", "wq bq"),
    combine("u2", "((w + R)^2 + (b + R)^2)*tr(K(k)*T(K(k)))"
            f" <= ((w + R)^2 + (b + R)^2)*(4*gam^2*{_GK})", "hi wb"),
    combine("u3", f"v(k)^2 <= ((w + R)^2 + (b + R)^2)*(4*gam^2*{_GK})", "u1 u2"),
    combine("u4", f"eta*v(k)^2 <= eta*(((w + R)^2 + (b + R)^2)*(4*gam^2*{_GK}))", "u3 H18"),
    combine("u5", f"eta*gam^2*((w + R)^2 + (b + R)^2)*{_GK} <= 1/2*{_GK}", "m8 g0"),
    combine("up", f"eta*v(k)^2 <= 2*{_GK}", "u4 u5", degree=1),
    apply("len", "gnn_convergence.length_of_a_step", g=_GK, v="v(k)", eta="eta", m="mu*sig", u=f"R - {_RK}"),
    apply("sum", "ax.sum_last", f="j -> eta*v(j)", a="0", b="k"), combine("path", f"{_RN} <= R", "len sum"),
)
"""In step k: the layer's bound, norms at most w + R and b + R, the gradient, and that the path stays within R."""

_FALL = (
    combine("db", f"tr({_D2}*T({_D2})) <= v(k)^2", "vv nw", degree=1),
    combine("dw", f"tr(T({_D1})*T(T({_D1}))) <= v(k)^2", "vv nb", degree=1),
    combine("w0", f"0 <= w + {_RK}", "H24 rho"), combine("b0", f"0 <= b + {_RK}", "H25 rho"),
    apply("hs", "gnn_convergence.bound_of_step", k="h", n="r", A="T(W(k))", D=_D2, w=f"w + {_RK}", c="v(k)", eta="eta"),
    apply("bs", "gnn_convergence.bound_of_step", k="h", n="p", A="B(k)", D=f"T({_D1})", w=f"b + {_RK}", c="v(k)",
          eta="eta"),
    combine("ev", "0 <= eta*v(k)", "v0 H18"),
    combine("wm", f"(w + {_RK} + eta*v(k))^2 <= (w + R)^2", "w0 len ev wr"),
    intro("hw", f"all d:int, X:mat(d,h) => tr(X*T({_W1})*T(X*T({_W1}))) <= (w + R)^2*tr(X*T(X))", "",
          apply("a", "hs", d="d", X="X"), combine("q", "0 <= tr(X*T(X))", squares=("X",)),
          combine("m", f"(w + {_RK} + eta*v(k))^2*tr(X*T(X)) <= (w + R)^2*tr(X*T(X))", "wm q"),
          combine("z", facts="a m", degree=1)),
    intro("hg", "all V:mat(r,p) => tr(V*G*T(V*G)) <= gam^2*tr(V*T(V))", "", apply("z", "H7", d="r", X="V")),
    combine("hl", f"{_LOSS.format('k')} <= el^2", "mono H11"), apply("kd", "H1", k="k"),
    apply("fa", "gnn_convergence.fall_of_a_step", r="r", n="n", p="p", h="h", W="W(k)", B="B(k)", G="G", Y="Y",
          K="K(k)", w="w + R", b="b + R", gam="gam", el="el", eta="eta"),
    apply("nw1", "H2", k="k"), apply("nb1", "H3", k="k"),
    combine("ls", f"{_LOSS.format('(k+1)')} = tr(({_W1}*{_B1}*G - Y)*T({_W1}*{_B1}*G - Y))", "nw1 nb1", rounds=4),
    combine("vf", f"eta/2*{_N.format('k')} = eta/2*v(k)^2", "vv"),
    combine("fall", f"{_LOSS.format('(k+1)')} <= {_LOSS.format('k')} - eta/2*v(k)^2", "fa ls vf", degree=1),
    combine("fg", f"{_GN} <= {_GK} - eta/2*v(k)^2", "fall", degree=1), apply("gn0", "pos", k="k + 1"),
    apply("pl", "gnn_convergence.path_left", g=_GK, f=_GN, v="v(k)", eta="eta", m="mu*sig", u=f"R - {_RK}"),
)

_NEXT_STATE = (
    combine("df", f"eta/2*{_N.format('k')} <= {_GK} - {_GN}", "fg vf", degree=1),
    apply("dr", "gnn_convergence.drift_of_a_step", r="r", p="p", h="h", W="W(k)", B="B(k)", K="K(k)", eta="eta",
          f=f"{_GK} - {_GN}"),
    intro("low2", _LOW.format("(k+1)", _GN)[1:-1], "", apply("a", "low", d="d", V="V"), apply("b", "dr", d="d", V="V"),
          combine("e", f"tr(V*{_KEPT.format('(k+1)')}*T(V)) = tr(V*({_B1}*T({_B1}) - T({_W1})*{_W1})*T(V))", "nw1 nb1",
                  rounds=4),
          combine("z", facts="a b e", degree=1)),
    intro("hd2", _HEAD.format("(k+1)", _RN)[1:-1], "", apply("a", "hs", d="d", X="X"),
          combine("e", "tr(X*T(W(k+1))*T(X*T(W(k+1)))) = tr(X*T(W(k) - eta*K(k)*T(B(k)))"
                  "*T(X*T(W(k) - eta*K(k)*T(B(k)))))", "nw1", rounds=4),
          combine("f", f"(w + {_RN})^2*tr(X*T(X)) = (w + {_RK} + eta*v(k))^2*tr(X*T(X))", "sum", rounds=4),
          combine("z", facts="a e f", degree=1)),
    intro("bd2", _BODY.format("(k+1)", _RN)[1:-1], "", apply("a", "bs", d="d", X="X"),
          combine("e", f"tr(X*B(k+1)*T(X*B(k+1))) = tr(X*{_B1}*T(X*{_B1}))", "nb1", rounds=4),
          combine("f", f"(b + {_RN})^2*tr(X*T(X)) = (b + {_RK} + eta*v(k))^2*tr(X*T(X))", "sum", rounds=4),
          combine("z", facts="a e f", degree=1)),
    combine("rho2", f"0 <= {_RN}", "rho ev sum", degree=1),
    combine("left2", _LEFT.format(_RN, _GN), "left1 sum"),
    combine("mono2", f"{_GN} <= {_G0}", "mono1 mono"),
    combine("f0", "0 <= 1 - 2*eta*(mu*sig)", "em"), apply("ps", "ax.pow_succ", b="1 - 2*eta*(mu*sig)", n="k"),
    combine("pm", f"(1 - 2*eta*(mu*sig))*{_GK}"
            f" <= (1 - 2*eta*(mu*sig))*(pow(1 - 2*eta*(mu*sig), k)*{_G0})", "pw f0"),
    combine("pe", f"(1 - 2*eta*(mu*sig))*(pow(1 - 2*eta*(mu*sig), k)*{_G0})"
            f" = pow(1 - 2*eta*(mu*sig), k+1)*{_G0}", "ps"),
    combine("pw2", f"{_GN} <= pow(1 - 2*eta*(mu*sig), k+1)*{_G0}", "rate1 pm pe", degree=1),
)

_LAYER_K = _LAYER.format("k")
_PATH_K, _FALL_K = f"{_RN} <= R", f"{_LOSS.format('(k+1)')} <= {_LOSS.format('k')} - eta/2*v(k)^2"

_NEXT = intro(
    "next", f"all k:int | 0 <= k, {_state('k')} => some | {_LAYER_K}, {_PATH_K}, {_FALL_K}, {_state('(k+1)')}", "k0 st",
    obtain("z", "st", "low hd bd rho left mono pw", *_SIZES, *_FALL,
           obtain("y", "pl", "left1 rate1 mono1", *_NEXT_STATE, witness("ns", _state("(k+1)")), witness("x"))),
)

_DERIVATION = (
    *_GAPS, *_ROOM, _NEXT,
    induct("J", f"all k:int | 0 <= k => {_state('k')}", "hk ih",
           [apply("e", "ax.sum_empty", f="j -> eta*v(j)", a="0", b="-1"),
            apply("p", "ax.pow_zero", b="1 - 2*eta*(mu*sig)"),
            intro("low", _LOW.format("0", _G0)[1:-1], "", combine("z")),
            intro("hd", _HEAD.format("0", "sum(j=0..0-1: eta*v(j))")[1:-1], "", apply("a", "H9", d="d", X="X"),
                  combine("f", "(w + sum(j=0..0-1: eta*v(j)))^2*tr(X*T(X)) = w^2*tr(X*T(X))", "e", rounds=4),
                  combine("z", facts="a f")),
            intro("bd", _BODY.format("0", "sum(j=0..0-1: eta*v(j))")[1:-1], "", apply("a", "H10", d="d", X="X"),
                  combine("f", "(b + sum(j=0..0-1: eta*v(j)))^2*tr(X*T(X)) = b^2*tr(X*T(X))", "e", rounds=4),
                  combine("z", facts="a f")),
            combine("rho", "0 <= sum(j=0..0-1: eta*v(j))", "e"),
            apply("q", "ax.sqrt_sq", x=_G0), apply("m", "ax.sqrt_sq", x="mu*sig"),
            apply("mp", "ax.sqrt_pos", x="mu*sig"),
            combine("s", f"(2*sqrt({_G0}))^2 <= (R*sqrt(mu*sig))^2", "H15 q m", rounds=4),
            combine("rm", "0 <= R*sqrt(mu*sig)", "H23 mp"),
            apply("o", "gnn_convergence.square_order", x=f"2*sqrt({_G0})", y="R*sqrt(mu*sig)"),
            combine("left", _LEFT.format("sum(j=0..0-1: eta*v(j))", _G0), "o e"),
            combine("mono", f"{_G0} <= {_G0}"), combine("pw", f"{_G0} <= pow(1 - 2*eta*(mu*sig), 0)*{_G0}", "p"),
            witness("z")],
           [apply("a", "next", k="k"), obtain("z", "a", "x1 x2 x3 x4")]),
    intro("layers", _LAYERS[1:-1], "k0", apply("st", "J", k="k"), apply("a", "next", k="k"),
          obtain("z", "a", "x1 x2 x3 x4", intro("y", None, "", apply("x", "x1", d="d", V="V")))),
    intro("path", _PATH[1:-1], "k0", apply("st", "J", k="k"), apply("a", "next", k="k"),
          obtain("z", "a", "x1 x2 x3 x4", combine("y", facts="x2"))),
    intro("falls", _FALLS[1:-1], "k0", apply("st", "J", k="k"), apply("a", "next", k="k"),
          obtain("z", "a", "x1 x2 x3 x4", combine("y", facts="x3"))),
    intro("rate", _RATE[1:-1], "k0", apply("st", "J", k="k"),
          obtain("z", "st", "x1 x2 x3 x4 x5 x6 x7", combine("y", facts="x7"))),
    witness("end"),
)

ATTACKED = statement(
    "all x y w b k u v c e W B el gam eta:real | H1: k = 2*(w*b*x - y)*x, H2: u = w - eta*k*b, H3: v = b - eta*w*k,"
    " H4: c = (k*b)^2 + (w*k)^2, H5: e = w*b*x - y, H7: x^2 <= gam^2, H9: u^2 <= W^2, H10: b^2 <= B^2,"
    " H11: e^2 <= el^2, H16: eta*(2*gam^2*(W^2 + B^2) + 2*el*gam) <= 1, H18: 0 <= eta, H21: 0 <= gam, H22: 0 <= el"
    " => (u*v*x - y)^2 <= e^2 - eta/2*c")
"""The fall of the loss in one step, in numbers."""

CONTROLS = (
    Control("any_step", "a step that ignores the loss: labels multiplied by 20, a step of 2",
            statement("all w b y eta:real | 0 <= eta"
                      " => ((w - 2*eta*(w*b - y)*b)*(b - 2*eta*w*(w*b - y)) - y)^2 <= (w*b - y)^2"),
            Witness((witness("end", w="0", b="1", y="20", eta="2"),))),
    Control("curvature_without_the_loss", "M without 2 sqrt(L_0) |G|: small weights before a label of the other sign",
            statement("all w b y eta u v:real | 0 <= eta, u = w - 2*eta*(w*b - y)*b, v = b - 2*eta*w*(w*b - y),"
                      " eta*(2*(u^2 + b^2)) <= 1 => (u*v - y)^2 <= (w*b - y)^2"),
            Witness((witness("end", w="1/10", b="1/10", y="-1", eta="2", u="-38/125", v="-38/125"),))),
    Control("imbalance_of_the_start", "lambda = s_0 without 2 eta g_0: a layer of 2 under a head of 1 falls to 1",
            statement("all w b y s eta:real | 0 <= eta, s <= b^2 - w^2 => s <= (b - 2*eta*w*(w*b - y))^2"),
            Witness((witness("end", w="1", b="2", y="-8", s="3", eta="1/20"),))),
    Control("flow_rate", "the factor 1 - 4 eta lambda sigma^2 of the flow: gaps 1 and 1/2 in two directions, features 2"
            " and 1, a step of 1/8",
            statement("all a b eta:real | 0 <= eta, 8*eta <= 1"
                      " => ((1 - 8*eta)*a)^2 + ((1 - 2*eta)*b)^2 <= (1 - 4*eta)*(a^2 + b^2)"),
            Witness((witness("end", a="0", b="1", eta="1/8"),))),
)

_E = "(F(k,0)*F(k,1)*I(1) - I(1))"
_KK = f"2*{_E}*T(I(1))"
_SQUARES = f"(tr({_KK}*T(F(k,1))*F(k,1)*T({_KK})) + tr(T(F(k,0))*({_KK})*T({_KK})*F(k,0)))"
_REAL = (combine("p", f"0 <= tr({_KK}*T(F(k,1))*F(k,1)*T({_KK}))", squares=(f"{_KK}*T(F(k,1))",)),
         combine("q", f"0 <= tr(T(F(k,0))*({_KK})*T({_KK})*F(k,0))", squares=(f"T(F(k,0))*({_KK})",)),
         combine("n", f"0 <= {_SQUARES}", "p q", degree=1))
_E0 = _E.replace("k", "0")
_L0, _LEAST0 = f"tr({_E0}*T({_E0}))", "tr((I(1)*I(1) - I(1))*T(I(1)*I(1) - I(1)))"
_IMBALANCE = "tr(X*T(I(1))*(F(0,1)*T(F(0,1)) - T(F(0,0))*F(0,0))*I(1)*T(X))"

INSTANCE = Witness((define(
    # head F(k,0) from 0, layer F(k,1) from 1, feature and label 1, steps of 1/100
    "end", "def F(0, i:int) = i*I(1)"
    f" then F(k+1) = F(k,i) - 1/50*((1 - i)*{_E}*T(F(k,1)) + i*T(F(k,0))*{_E})", "(k:int,i:int)->mat(1,1)",
    "f0 f1", apply("t", "textbook.trace_identity", n="1"), apply("a0", "f0", i="0"), apply("a1", "f0", i="1"),
    intro("w", f"all k:int | 0 <= k => F(k+1,0) = F(k,0) - 1/100*({_KK})*T(F(k,1))", "k0",
          apply("a", "f1", k="k", i="0"), combine("z", facts="a")),
    intro("b", f"all k:int | 0 <= k => F(k+1,1) = F(k,1) - 1/100*T(F(k,0))*({_KK})", "k0",
          apply("a", "f1", k="k", i="1"), combine("z", facts="a")),
    intro("v", f"all k:int | 0 <= k => sqrt({_SQUARES})^2 = {_SQUARES}", "k0", *_REAL,
          apply("z", "ax.sqrt_sq", x=_SQUARES)),
    intro("v0", f"all k:int | 0 <= k => 0 <= sqrt({_SQUARES})", "k0", *_REAL,
          apply("z", "ax.sqrt_nonneg", x=_SQUARES)),
    combine("e0", f"{_E0} = -1*I(1)", "a0 a1", rounds=4), combine("l1", f"{_L0} = tr(I(1))", "e0", rounds=4),
    combine("l0", f"{_L0} = 1", "l1 t"), combine("ll", f"{_LEAST0} = 0"),
    combine("h11", f"{_L0} <= 1^2", "l0"), combine("h14", f"49/50 <= 1 - 2*(1/100)*({_L0} - {_LEAST0})", "l0 ll"),
    combine("h15", f"4*({_L0} - {_LEAST0}) <= 3^2*(49/50*1)", "l0 ll"),
    combine("h17", f"0 < {_L0} - {_LEAST0}", "l0 ll"),
    intro("nw", "all d:int, X:mat(d,1) => tr(X*T(F(0,0))*T(X*T(F(0,0)))) <= 0^2*tr(X*T(X))", "",
          combine("z", facts="a0", rounds=4)),
    intro("nb", "all d:int, X:mat(d,1) => tr(X*F(0,1)*T(X*F(0,1))) <= 1^2*tr(X*T(X))", "",
          combine("z", facts="a1", rounds=4)),
    intro("im", f"all d:int, X:mat(d,1) => 1*tr(X*T(X)) <= {_IMBALANCE}", "", combine("z", facts="a0 a1", rounds=4)),
    witness("z", r="1", n="1", p="1", h="1", W="k -> F(k,0)", B="k -> F(k,1)", K=f"k -> {_KK}",
            v=f"k -> sqrt({_SQUARES})", G="I(1)", Y="I(1)", Z="I(1)", U="I(1)", s="1", mu="49/50", sig="1", w="0",
            b="1", gam="1", el="1", eta="1/100", R="3"),
),))

CLAIM = Claim(
    id="gnn_convergence.a_priori_descent",
    title="A step size, a rate and a ball for gradient descent on a graph network, known before the first step",
    statement=STATEMENT,
    source=Source("this library", 2025, "Step sizes for gradient descent on linear graph networks", "new",
                  note="Constants as planned for an argument by continuity along the segments; the induction here needs"
                  " none, since eta |grad|^2 <= 2 (L - L*) holds without knowing the next loss."),
    summary="With lambda = s_0 - 2 eta g_0, R = 2 sqrt(g_0/(lambda sigma^2)) and eta M <= 1 for the M of the ball of"
            " radius R: B_k'B_k >= lambda, a path of length at most R, and the rate 1 - 2 eta lambda sigma_+^2.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("network", "one layer, m_1 >= m_x", "f = W B G for all shapes; U of shape m_1 x m_x with U'U = I",
                   "as stated; G = X S restricted to the training nodes, or any other features"),
        Comparison("lambda", "s_0 - 2 eta g_0, s_0 the m_x-th largest eigenvalue of B_0 B_0' - W_0' W_0",
                   "H12-H14: s on m_x orthonormal columns, mu <= s - 2 eta g_0", "every lower bound"),
        Comparison("R, M", "2 sqrt(g_0)/(sqrt(lambda) sigma_+); 2 |G|^2 ((|W_0|+R)^2 + (|B_0|+R)^2) + 2 sqrt(L_0) |G|",
                   "H15, H16: the same constants, spectral norms", "every upper bound, so rounded numbers as in"
                   " theory.gnn_convergence.gradient_descent_certificate"),
        Comparison("conclusion", "lambda_min(B_k'B_k) >= lambda, path <= R, gap <= (1 - 2 eta lambda sigma^2)^k g_0",
                   "parts 1, 2 and 4; part 3: each step lowers the loss by eta/2 times the squared gradient",
                   "as stated, with part 3 more"),
        Comparison("start", "any", "H17: 0 < g_0", "from an optimum nothing moves"),
        Comparison("proof", "continuity: no segment leaves the sublevel set", "induction over steps", "one exact"
                   " identity for the loss after a step in place of second derivatives along it"),
    ),
    tightness="The fall eta/2 |grad|^2 is approached by small labels, W = 0 and eta = 1/M.",
    experiments=("gnn_convergence.a_priori",),
    attack="theory.gnn_convergence.a_priori_descent_attack",
    attacked=ATTACKED,
)

LEMMAS = (*_NORMS, *_STEPS)

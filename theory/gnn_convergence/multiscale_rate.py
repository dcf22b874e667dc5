"""Linear convergence of a multiscale linear graph network (a head on every layer) under gradient flow.

f = sum_l W_l B_l ... B_1 G_l, l = 0..H; L = ||f - Y||^2. With mu(l) below the spectrum of (B_l...B_1)'(B_l...B_1) and
kap ||V||^2 <= sum_l mu(l) ||V G_l'||^2 for V in the joint row space of the G_l, the gap falls at the rate 4 kap. One
kap serves all scales: mu(l) = lambda for every l gives lambda sigma_+^2 of the stacked features, mu(l) = 0 outside an
index set J gives the rate of J, if the rows of J already span the joint row space.
"""

from __future__ import annotations

from theory.gnn_convergence.exponentials import less
from theory.gnn_convergence.multiscale_rule import (
    BACK,
    BACK_TERM,
    BODIES,
    HEADS,
    LAST,
    NETWORK,
    OUTPUT,
    TERM,
)
from theory.gnn_convergence.product_rule import FORWARD, TIME
from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement
from theory.language.derivation import Step, apply, calculus, combine, induct, intro, obtain, witness

_V = "2*(F(H,t) - Y)"
_KILLED = "(all l:int | 0 <= l, l <= H => {0}*T(G(l)) = 0*({0}*T(G(l))))"
_SPAN = "(all K:mat(r,n) | " + _KILLED.format("K") + " => tr({0}*T(K)) = 0)"
"""V is in the joint row space: orthogonal to all K with K G_l' = 0 for every l."""

_SIGMA = (f"(all V:mat(r,n) | {_SPAN.format('V')} => {{0}}*tr(V*T(V)) <= sum(l=0..H: {{1}}tr(V*T(G(l))*T(V*T(G(l))))))")
_GAP = "tr((F({0}) - Y)*T(F({0}) - Y)) - tr(N*T(N))"
_RATE = f"{_GAP.format('H,tau')} <= ({_GAP.format('H,0')})*exp(-4*kap*tau)"
_BEST = f"(all V:mat(r,n) | {_SPAN.format('V')} => tr(N*T(N)) <= tr((V - Y)*T(V - Y)))"
_PRINTED = (f"(all la s:real | 0 <= la, (all l:int | 0 <= l, l <= H => la <= mu(l)), {_SIGMA.format('s', '')}"
            f" => {_SIGMA.format('la*s', 'mu(l)*')})")

STATEMENT = statement(
    f"all {NETWORK}, Y N:mat(r,n), mu:int->real, kap tau:real | H1: 0 <= H, H2 H3: {FORWARD}, H4 H5: {OUTPUT},"
    f" H6: {LAST.format(v=_V)}, H7: {BACK.format(v=_V)}, H8: {HEADS.format(v=_V)}, H9: {BODIES},"
    f" H10: {_KILLED.format('N')}, H11: {_SPAN.format('(Y + N)')}, H12: 0 <= tau,"
    f" H13: (all l:int, t:real, V:mat(r,m(0)) | 0 <= l, l <= H, {TIME}"
    " => mu(l)*tr(V*T(V)) <= tr(V*T(P(l,t))*P(l,t)*T(V))),"
    f" H14: {_SIGMA.format('kap', 'mu(l)*')} => some | {_RATE}, {_BEST}, {_PRINTED}")
"""H2-H5 layers and output, H6-H7 the backward recursion, H8-H9 gradient flow, H10-H11 N = Y (P - I) with P the
projection onto the joint row space, H13 mu(l) <= lambda_min of layer product l, H14 the joint spectrum."""

_FORWARD_TERM = TERM.format(v=_V)
_OWN = "tr({0}*T(G(l))*T({0}*T(G(l))))"
_M = "(F(H,t) - Y - N)"
_LOSS = "tr((O({0}) - Y)*T(O({0}) - Y)) - tr(N*T(N))"

_OUTPUT_SPANS = intro(
    "span", f"all t:real, K:mat(r,n) | {_KILLED.format('K')} => tr(F(H,t)*T(K)) = 0", "k0",
    induct("J", "all k:int | 0 <= k => (all | k <= H => tr(F(k,t)*T(K)) = 0)", "hk ih",
           [intro("z", None, "hb",
                  apply("a", "H4", t="t"), apply("b", "k0", l="0"),
                  combine("c", "tr(W(0,t)*P(0,t)*T(K*T(G(0)))) = 0", "b"), combine("y", facts="a c"))],
           [intro("z", None, "hb", combine("hb0", "k <= H", "hb"), combine("k2", "0 <= k + 1", "hk"),
                  apply("now", "ih"), apply("a", "H5", l="k", t="t"), apply("b", "k0", l="k + 1"),
                  combine("c", "tr(W(k+1,t)*P(k+1,t)*T(K*T(G(k+1)))) = 0", "b"), combine("y", facts="a c now"))]),
    apply("y", "J", k="H"), apply("z", "y"),
)

_SLOPE = "tr(T(2*(O(t) - Y))*S(t))"

_SLOPE_BOUND = intro(
    "hh", f"all t:real | {TIME} => {_SLOPE} <= -(4*kap)*({_LOSS.format('t')})", "t1 t2",
    apply("eq", "o", u="t"), apply("en", "n", t="t"),
    combine("s0", f"{_SLOPE} = -sum(l=0..H: {_FORWARD_TERM}) - sum(i=1..H: {BACK_TERM})", "en eq", rounds=3),
    intro("sq", f"all i:int | 1 <= i, i <= H => 0 <= {BACK_TERM}", "i1 i2",
          combine("z", squares=("A(i,t)*T(P(i-1,t))",))),
    apply("back", "textbook.sum_nonneg", f=f"i -> {BACK_TERM}", a="1", b="H"),
    intro("mspan", f"all K:mat(r,n) | {_KILLED.format('K')} => tr({_M}*T(K)) = 0", "k0",
          apply("a", "span", t="t", K="K"), apply("b", "H11", K="K"),
          combine("z", facts="a b")),
    # the residual is M + N: M lies in the joint row space, N is killed by every G_l'
    apply("mn", "mspan", K="N"),
    combine("py", f"{_LOSS.format('t')} = tr({_M}*T({_M}))", "mn eq", rounds=3),
    apply("sig", "H14", V=_M),
    intro("row", f"all l:int | 0 <= l, l <= H => 4*(mu(l)*{_OWN.format(_M)}) <= {_FORWARD_TERM}", "l1 l2",
          apply("ray", "H13", l="l", t="t", V=f"{_V}*T(G(l))"), apply("kn", "H10", l="l"),
          combine("v", f"(F(H,t) - Y)*T(G(l)) = {_M}*T(G(l))", "kn"),
          combine("v2", f"tr((F(H,t) - Y)*T(G(l))*T((F(H,t) - Y)*T(G(l)))) = {_OWN.format(_M)}", "v", rounds=3),
          combine("v3", f"mu(l)*tr((F(H,t) - Y)*T(G(l))*T((F(H,t) - Y)*T(G(l)))) = mu(l)*{_OWN.format(_M)}", "v2"),
          combine("z", facts="ray v3", degree=1)),
    apply("sm", "textbook.sum_mono", f=f"l -> 4*(mu(l)*{_OWN.format(_M)})", g=f"l -> {_FORWARD_TERM}", a="0", b="H"),
    intro("same", f"all l:int | 0 <= l, l <= H => 4*(mu(l)*{_OWN.format(_M)}) = 4*(mu(l)*{_OWN.format(_M)})", "l1 l2",
          combine("z")),
    apply("sc", "textbook.sum_scale", f=f"l -> 4*(mu(l)*{_OWN.format(_M)})", g=f"l -> mu(l)*{_OWN.format(_M)}", c="4",
          a="0", b="H"),
    combine("z", facts="s0 back py sig sm sc", degree=1),
)

_DERIVATION = (
    apply("chain", "gnn_convergence.multiscale_rule", H="H", r="r", n="n", m="l -> m(l)", W="l, t -> W(l,t)",
          B="l, t -> B(l,t)", P="l, t -> P(l,t)", F="l, t -> F(l,t)", A="l, t -> A(l,t)", G="l -> G(l)",
          V=f"t -> {_V}", tau="tau"),
    _OUTPUT_SPANS,
    obtain("rate", "chain", "o s n",
           intro("dg", f"all t:real | {TIME} => deriv(u: {_LOSS.format('u')}, t, {_SLOPE})", "t1 t2",
                 apply("ds", "s", t="t"), calculus("z", facts="ds")),
           _SLOPE_BOUND,
           apply("gr", "textbook.gronwall", g=f"t -> {_LOSS.format('t')}", h=f"t -> {_SLOPE}", c="4*kap", X="tau"),
           apply("f0", "o", u="0"), apply("f1", "o", u="tau"),
           combine("m0", f"{_LOSS.format('0')} = {_GAP.format('H,0')}", "f0", rounds=3),
           combine("m1", f"{_LOSS.format('tau')} = {_GAP.format('H,tau')}", "f1", rounds=3),
           combine("z", facts="gr m0 m1", degree=1, rounds=3), goal=_RATE),
    intro("best", _BEST[1:-1], "hv", apply("a", "hv", K="N"), apply("b", "H11", K="N"),
          combine("z", facts="a b", squares=("V - Y - N",))),
    intro("printed", _PRINTED[1:-1], "la0 lm hs",
          intro("z", None, "hv", apply("a", "hs", V="V"),
                intro("row", f"all l:int | 0 <= l, l <= H => la*{_OWN.format('V')} <= mu(l)*{_OWN.format('V')}",
                      "l1 l2", apply("b", "lm", l="l"),
                      combine("sq", f"0 <= {_OWN.format('V')}", squares=("V*T(G(l))",)),
                      combine("y", facts="b sq")),
                apply("sm", "textbook.sum_mono", f=f"l -> la*{_OWN.format('V')}", g=f"l -> mu(l)*{_OWN.format('V')}",
                      a="0", b="H"),
                intro("same", f"all l:int | 0 <= l, l <= H => la*{_OWN.format('V')} = la*{_OWN.format('V')}", "l1 l2",
                      combine("y")),
                apply("sc", "textbook.sum_scale", f=f"l -> la*{_OWN.format('V')}", g=f"l -> {_OWN.format('V')}", c="la",
                      a="0", b="H"),
                combine("b", f"la*(s*tr(V*T(V))) <= la*sum(l=0..H: {_OWN.format('V')})", "a la0"),
                combine("y", facts="b sc sm", degree=1))),
    witness("end"),
)


def scalar_statement(rate: str = "4") -> Statement:
    """The rate in numbers for H = 1: two scales of width one and one training node; or with another exponent."""
    residual = "(a(t)*g + c(t)*b(t)*h - y)"
    spans = "(all K:real | K*g = 0, K*h = 0 => {0}*K = 0)"
    loss = "(a({0})*g + c({0})*b({0})*h - y)^2"
    return statement(
        "all a b c:real->real, g h y N mu nu kap tau:real |"
        f" H8: (all t:real | {TIME} => deriv(u: a(u), t, -2*{residual}*g)),"
        f" H9: (all t:real | {TIME} => deriv(u: c(u), t, -2*{residual}*h*b(t))),"
        f" H1: (all t:real | {TIME} => deriv(u: b(u), t, -2*c(t)*{residual}*h)),"
        f" H10: N*g = 0, H2: N*h = 0, H11: {spans.format('(y + N)')}, H12: 0 <= tau,"
        " H13: (all V:real => mu*V^2 <= V^2),"
        f" H3: (all t V:real | {TIME} => nu*V^2 <= (V*b(t))^2),"
        f" H14: (all V:real | {spans.format('V')} => kap*V^2 <= mu*(V*g)^2 + nu*(V*h)^2)"
        f" => {loss.format('tau')} - N^2 <= ({loss.format('0')} - N^2)*exp(-{rate}*kap*tau)")


# ---- points

_REST = (
    intro("w", "all t:real | 0 <= t, t <= 1 => deriv(u: I(2), t, 0*I(2))", "t1 t2",
          apply("z", "ax.dm_const", r="2", c="2", C="I(2)", p="t")),
    intro("sp", f"all K:mat(2,2) | {_KILLED.format('K').replace('H', '1').replace('G(l)', 'I(2)')}"
          " => tr((2*I(2) + 0*I(2))*T(K)) = 0", "k0", apply("a", "k0", l="0"),
          combine("b", "tr(T(K*T(I(2)))) = 0", "a"), combine("z", facts="b")),
    intro("sm", "all V:mat(2,2) => sum(l=0..1: 1*tr(V*T(I(2))*T(V*T(I(2))))) = 2*tr(V*T(V))", "",
          apply("s1", "ax.sum_last", f="l -> 1*tr(V*T(I(2))*T(V*T(I(2))))", a="0", b="1"),
          apply("s0", "ax.sum_last", f="l -> 1*tr(V*T(I(2))*T(V*T(I(2))))", a="0", b="0"),
          apply("sx", "ax.sum_empty", f="l -> 1*tr(V*T(I(2))*T(V*T(I(2))))", a="0", b="-1"),
          combine("z", facts="s1 s0 sx")),
    intro("sg", "all V:mat(2,2) | (all K:mat(2,2) | (all l:int | 0 <= l, l <= 1 => K*T(I(2)) = 0*(K*T(I(2))))"
          " => tr(V*T(K)) = 0) => 2*tr(V*T(V)) <= sum(l=0..1: 1*tr(V*T(I(2))*T(V*T(I(2)))))", "v0",
          apply("a", "sm", V="V"), combine("z", facts="a")),
)
INSTANCE = Witness((*_REST, witness(
    "end", H="1", r="2", n="2", m="l -> 2", W="l, t -> I(2)", B="l, t -> I(2)", P="l, t -> I(2)",
    F="l, t -> (l + 1)*I(2)", A="l, t -> 0*I(2)", G="l -> I(2)", Y="2*I(2)", N="0*I(2)", mu="l -> 1", kap="2",
    tau="1")))
"""A trained network with two scales of width two, at rest."""

DECAY = "1 - exp(-2*{})"


def one_scale() -> tuple[tuple[Step, ...], dict[str, str]]:
    """The flow a = 1 - exp(-2t) of the first scale towards 1, without a second one: steps and values."""
    w = DECAY.format("t")
    steps = (
        intro("d8", f"all t:real | 0 <= t, t <= 1 => deriv(u: {DECAY.format('u')}, t, -2*(({w})*1 - 1)*1)", "t1 t2",
              calculus("z")),
        intro("d0", "all t:real | 0 <= t, t <= 1 => deriv(u: 0, t, 0)", "t1 t2", calculus("z")),
        intro("sp", "all K:real | K*1 = 0, K*0 = 0 => (1 + 0)*K = 0", "k0 k1", combine("z", facts="k0")),
        apply("e0", "ax.exp_zero"), apply("sq", "ax.exp_add", a="-2", b="-2"), apply("p", "ax.exp_pos", a="-4"),
    )
    values = {"a": f"t -> {w}", "b": "t -> 0", "c": "t -> 0", "g": "1", "h": "0", "y": "1", "N": "0", "mu": "1",
              "nu": "0", "kap": "1", "tau": "1"}
    return steps, values


_STEPS, _VALUES = one_scale()

CONTROLS = (
    Control("index_set_with_fewer_rows", "only the scale 0 of two on an edge, (1, 0) beside (1, 1), labels 0: the"
            " residual (0, w^2) is not in the row space of (1, 0)",
            statement("all a b c u v:real | u = a + c*b, v = c*b"
                      " => 4*(u^2 + v^2) <= (2*u)^2 + (b*(2*u + 2*v))^2 + (c*(2*u + 2*v))^2"),
            Witness((witness("end", a="-1/100", b="1/10", c="1/10", u="0", v="1/100"),))),
    Control("largest_layer", "the largest lambda of all scales in place of the least: one node, features 1 and 0",
            statement("all u b g h:real => 4*max(1, b^2)*(g^2 + h^2)*u^2 <= (2*u*g)^2 + (b*(2*u*h))^2"),
            Witness((apply("m", "ax.max_right", x="1", y="2^2"),
                     witness("end", u="1", b="2", g="1", h="0")))),
    Control("rate_4.04", "4.04 in place of 4: with one scale the loss is exactly exp(-4 t)",
            scalar_statement("101/25"),
            Witness((*_STEPS, *less("exp(-101/25) < exp(-4)"), witness("end", **_VALUES)))),
)

CLAIM = Claim(
    id="gnn_convergence.multiscale_rate",
    title="Gradient flow on a multiscale linear graph network of any depth converges linearly",
    statement=STATEMENT,
    source=Source("K. Xu, M. Zhang, S. Jegelka, K. Kawaguchi", 2021,
                  "Optimization of Graph Neural Networks: Implicit Acceleration by Skip Connections and More Depth",
                  "strengthened", arxiv="2105.04550", theorem="Theorem 2",
                  note="Recalled, not seen. One constant for all scales together replaces the product of the least"
                  " lambda and the least singular value; partial index sets are the case mu(l) = 0."),
    summary="With heads on all layers the gap falls at the rate 4 kappa, kappa the least eigenvalue of"
            " sum_l lambda_l G_l' G_l on the joint row space; lambda sigma_+^2 of the stack is a special case.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("network", "f = sum_l W_(l) X_(l), l = 0..H", "F(H,t) by recursion over the scales, any G(l) of one"
                   " shape", "all depths and widths; G(l) = X (S^l)_{*I} is one choice"),
        Comparison("flow", "gradient flow of the squared loss", "H8, H9 with the backward recursion A(l) = sum_{k>=l}"
                   " (W_k B_k...B_{l+1})' V G_k'", "that these are the gradients is gnn_convergence.dynamics_identity"),
        Comparison("rate", "4 lambda_T^(1:H) sigma_min^2(G_{0:H})", "4 kap with kap ||V||^2 <= sum_l mu(l) ||V G_l'||^2"
                   " on the joint row space", "stronger: part 3 gives lambda sigma_+^2, the printed sigma_min^2 where"
                   " that is positive"),
        Comparison("index sets", "J with row(G_J) = row(G_{0:H}): rate 4 lambda_J sigma_+^2(G_J)",
                   "mu(l) = 0 outside J; H14 then asks that J spans the joint row space", "a control without that"),
        Comparison("target", "L*_{1:H} = ||Y (I - P)||^2, for m_l >= m_x", "||N||^2 with N G_l' = 0 for all l and Y + N"
                   " in the joint row space, the least value over that space (part 2)", "no condition on widths"),
    ),
    tightness="Attained by one scale when the residual lies in the last singular direction.",
    attack="theory.gnn_convergence.multiscale_rate_attack",
    attacked=scalar_statement(),
    experiments=("gnn_convergence.envelope",),
)

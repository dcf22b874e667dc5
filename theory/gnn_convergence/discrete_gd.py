"""A certificate for each step of gradient descent on a linear graph network of any depth.

If the loss along the step is M-smooth and eta M <= 1, the gap shrinks by 1 - 2 eta lambda sigma_+^2; for eta M <= 2 by
1 - 4 eta lambda sigma_+^2 (1 - eta M/2). Over k steps with the same constants the gap is at most the k-th power.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Survivor, Witness, statement
from theory.language.derivation import apply, calculus, combine, induct, intro, witness

_R = "(W(k)*P(k)*G - Y)"
_LOSS = "tr((W({0})*P({0})*G - Y)*T(W({0})*P({0})*G - Y))"
_LEAST = "tr((Z*G - Y)*T(Z*G - Y))"
_GAP = f"({_LOSS} - {_LEAST})"
_SHARP = f"(all k:int | 0 <= k => {_GAP.format('k+1')} <= (1 - 4*eta*mu*sig*(1 - eta*M/2))*{_GAP.format('k')})"
_STEP = f"(all k:int | 0 <= k => {_GAP.format('k+1')} <= (1 - 2*eta*mu*sig)*{_GAP.format('k')})"
_POWER = f"(all k:int | 0 <= k => {_GAP.format('k')} <= pow(1 - 2*eta*mu*sig, k)*{_GAP.format('0')})"

STATEMENT = statement(
    "all r n p h:int, G:mat(p,n), Y:mat(r,n), Z:mat(r,p), W:int->mat(r,h), P:int->mat(h,p),"
    " f g:(k:int,x:real)->real, c:int->real, eta mu sig M:real |"
    f" H1: Z*G*T(G) = Y*T(G), H2: (all k:int | 0 <= k => f(k,0) = {_LOSS.format('k')}),"
    f" H3: (all k:int | 0 <= k => f(k,eta) = {_LOSS.format('k+1')}),"
    " H4: (all k:int, x:real | 0 <= k, 0 <= x, x <= eta => deriv(u: f(k,u), x, g(k,x))),"
    " H5: (all k:int, x:real | 0 <= k, 0 <= x, x <= eta => g(k,x) <= -c(k) + M*x*c(k)),"
    f" H6: (all k:int | 0 <= k => 4*tr({_R}*T(G)*T(P(k))*P(k)*G*T({_R})) <= c(k)),"
    " H7: 0 <= eta, H8: eta*M <= 1, H9: 0 <= mu, H10: 2*eta*mu*sig <= 1,"
    " H11: (all k:int, V:mat(r,p) | 0 <= k => mu*tr(V*T(V)) <= tr(V*T(P(k))*P(k)*T(V))),"
    " H12: (all V:mat(r,p) => sig*tr(V*G*T(V*G)) <= tr(V*G*T(G)*T(V*G*T(G))))"
    f" => some | {_SHARP}, {_STEP}, {_POWER}")
"""f(k, .) is the loss along step k, g its slope, c(k) the squared norm of the gradient, the head's part in H6;
H4-H5 say that the loss is M-smooth along the step."""

_M = "(W(k)*P(k) - Z)"

_DERIVATION = (
    intro("grad", f"all k:int | 0 <= k => 4*mu*sig*{_GAP.format('k')} <= c(k)", "k0",
          apply("ray", "H11", k="k", V=f"{_R}*T(G)"), apply("row", "H12", V=_M), apply("big", "H6", k="k"),
          combine("v", f"{_R}*T(G) = {_M}*G*T(G)", "H1"),
          combine("v2", f"tr({_R}*T(G)*T({_R}*T(G))) = tr({_M}*G*T(G)*T({_M}*G*T(G)))", "v", rounds=3),
          combine("py", f"{_GAP.format('k')} = tr({_M}*G*T({_M}*G))", "H1", rounds=4),
          combine("low", f"mu*sig*tr({_M}*G*T({_M}*G)) <= mu*tr({_M}*G*T(G)*T({_M}*G*T(G)))", "row H9"),
          combine("pm", f"mu*sig*{_GAP.format('k')} = mu*sig*tr({_M}*G*T({_M}*G))", "py"),
          combine("vm", f"mu*tr({_R}*T(G)*T({_R}*T(G))) = mu*tr({_M}*G*T(G)*T({_M}*G*T(G)))", "v2"),
          combine("z", facts="low ray pm vm big", degree=1)),
    intro("fall", f"all k:int | 0 <= k => {_GAP.format('k+1')} <= {_GAP.format('k')} - eta*(1 - eta*M/2)*c(k)", "k0",
          intro("d", "all x:real | 0 <= x, x <= eta"
                " => deriv(u: f(k,u) + c(k)*u - M*c(k)/2*(u*u), x, g(k,x) + c(k) - M*x*c(k))", "x1 x2",
                apply("a", "H4", k="k", x="x"), calculus("z", facts="a")),
          intro("m", "all x:real | 0 <= x, x <= eta => g(k,x) + c(k) - M*x*c(k) <= 0", "x1 x2",
                apply("a", "H5", k="k", x="x"), combine("z", facts="a")),
          apply("de", "ax.nonincreasing", f="u -> f(k,u) + c(k)*u - M*c(k)/2*(u*u)",
                g="x -> g(k,x) + c(k) - M*x*c(k)", a="0", b="eta"),
          apply("start", "H2", k="k"), apply("stop", "H3", k="k"), combine("z", facts="de start stop", degree=1)),
    combine("half", "0 <= eta*(1 - eta*M/2) - eta/2", "H7 H8"),
    combine("room", "0 <= eta*(1 - eta*M/2)", "half H7"),
    intro("sharp", _SHARP[1:-1], "k0", apply("a", "grad", k="k"), apply("b", "fall", k="k"),
          combine("w", f"eta*(1 - eta*M/2)*(4*mu*sig*{_GAP.format('k')}) <= eta*(1 - eta*M/2)*c(k)", "a room"),
          combine("z", facts="b w", degree=1)),
    intro("step", _STEP[1:-1], "k0", apply("a", "grad", k="k"), apply("b", "fall", k="k"), apply("big", "H6", k="k"),
          combine("sq", f"0 <= 4*tr({_R}*T(G)*T(P(k))*P(k)*G*T({_R}))", squares=(f"{_R}*T(G)*T(P(k))",)),
          combine("c0", "0 <= c(k)", "sq big"),
          combine("u", "0 <= (eta*(1 - eta*M/2) - eta/2)*c(k)", "half c0"),
          combine("w", f"eta/2*(4*mu*sig*{_GAP.format('k')}) <= eta/2*c(k)", "a H7"),
          combine("z", facts="b u w", degree=1)),
    combine("rest", "0 <= 1 - 2*eta*mu*sig", "H10"),
    induct("J", "all k:int | 0 <= k => " + _POWER.split("=> ", 1)[1][:-1], "hk ih",
           [apply("p", "ax.pow_zero", b="1 - 2*eta*mu*sig"), combine("z", facts="p")],
           [apply("a", "step", k="k"), apply("p", "ax.pow_succ", b="1 - 2*eta*mu*sig", n="k"),
            combine("m", f"(1 - 2*eta*mu*sig)*{_GAP.format('k')}"
                    f" <= (1 - 2*eta*mu*sig)*(pow(1 - 2*eta*mu*sig, k)*{_GAP.format('0')})", "ih rest"),
            combine("w", f"(1 - 2*eta*mu*sig)*(pow(1 - 2*eta*mu*sig, k)*{_GAP.format('0')})"
                    f" = pow(1 - 2*eta*mu*sig, k+1)*{_GAP.format('0')}", "p"),
            combine("z", facts="a m w", degree=1)]),
    intro("power", _POWER[1:-1], "k0", apply("z", "J", k="k")),
    witness("end"),
)

ATTACKED = statement(
    "all x y w p v z eta mu sig M c:real | H1: z*x*x = y*x,"
    " H5: v <= (w*p*x - y)^2 - eta*c + M*eta^2/2*c, H6: 4*((w*p*x - y)*x*p)^2 <= c,"
    " H7: 0 < eta, H8: eta*M <= 1, H9: 0 <= mu, H11: mu <= p^2, H12: sig*x^2 <= x^4"
    " => v - (z*x - y)^2 <= (1 - 2*eta*mu*sig)*((w*p*x - y)^2 - (z*x - y)^2)")
"""One step in numbers: p the product of the layers, v the loss after the step; H5 is what H4 and H5 say at its end."""

_PLAIN = {"x": "1", "y": "0", "w": "1", "p": "1", "z": "0", "mu": "1", "sig": "1", "M": "1", "eta": "1", "c": "4",
          "v": "-1"}


def _at(**values: str) -> Witness:
    return Witness((witness("end", **{**_PLAIN, **values}),))


INSTANCE = Witness((
    # Z G = Y and the loss is 0 for ever: the point of the attack moves
    intro("f0", "all k:int | 0 <= k => 0 = tr((I(2)*I(2)*I(2) - I(2))*T(I(2)*I(2)*I(2) - I(2)))", "k0", combine("z")),
    intro("d", "all k:int, x:real | 0 <= k, 0 <= x, x <= 1/4 => deriv(u: 0, x, 0)", "k0 x1 x2", calculus("z")),
    witness("end", r="2", n="2", p="2", h="2", G="I(2)", Y="I(2)", Z="I(2)", W="k -> I(2)", P="k -> I(2)",
            f="k, x -> 0", g="k, x -> 0", c="k -> 0", eta="1/4", mu="1", sig="1", M="4"),
))

CONTROLS = (
    Control("full_rate", "the factor 1 - 4 eta lambda sigma^2 for every eta <= 1/M: along a direction with sigma_+ = 1"
            " beside one with 2 a step shrinks the gap by (1 - 2 eta)^2 only",
            statement("all a eta:real | 0 <= eta, 8*eta <= 1 => ((1 - 2*eta)*a)^2 <= (1 - 4*eta)*a^2"),
            Witness((witness("end", a="1", eta="1/8"),))),
    Control("step_too_big", "a step beyond 2/M: the loss w^2 with eta = 3/2 grows fourfold",
            statement("all w eta:real | 0 <= eta => (w - 2*eta*w)^2 <= w^2"),
            Witness((witness("end", w="1", eta="3/2"),))),
    Control("smoothness_at_the_start", "the slope bounded at the start of the step only",
            statement("all f g:real->real, c M:real | 0 < c, (all x:real | 0 <= x, x <= 1 => deriv(u: f(u), x, g(x))),"
                      " g(0) <= -c => f(1) <= f(0)"),
            Witness((intro("d", "all x:real | 0 <= x, x <= 1 => deriv(u: 2*u*u - u, x, 4*x - 1)", "x1 x2",
                           calculus("z")),
                     witness("end", f="u -> 2*u*u - u", g="x -> 4*x - 1", c="1", M="0")))),
)

KILLS = (
    # points that satisfy all hypotheses first: only a few are replayed for each mutant
    Kill("steepest parabola", _at()),
    Kill("half the step", _at(eta="1/2", M="2", v="0")),
    Kill("large residual", _at(w="3", c="36", v="-9")),
    Kill("small residual", _at(w="1/2", c="1", v="-1/4")),
    Kill("small features", _at(x="1/2", c="1/4", v="1/8", sig="1/4")),
    Kill("small layers", _at(p="1/2", c="1/4", v="1/8", mu="1/4")),
    Kill("no features", _at(x="0", y="2", z="0", c="0", v="4")),
    Kill("no features, half labels", _at(x="0", y="1/2", z="0", c="0", v="1/4")),
    Kill("at the optimum", _at(x="1", y="2", z="2", w="2", c="0", v="0")),
    Kill("features with too large a bound", _at(sig="2")),
    Kill("layers with too large a bound", _at(mu="2")),
    Kill("negative bounds", _at(mu="-2", sig="-2")),
    Kill("negative step", _at(eta="-1", M="0", v="5", mu="0", c="5")),
    Kill("step too big", _at(eta="2", M="1", v="1")),
    Kill("small gradient", _at(v="1", c="0")),
    Kill("loss not at the end of the step", _at(v="1")),
    Kill("another Z, negative bound", _at(z="10", sig="-1")),
    Kill("layers between powers", _at(p="1/2", mu="1/2", c="1/4", eta="1/2", M="2", v="3/16")),
    Kill("features between powers", _at(x="1/2", sig="1/2", c="1/4", eta="1/2", M="2", v="3/16")),
)

SURVIVORS = (
    Survivor(("strictness H7",), "true: without a step nothing changes"),
)

CLAIM = Claim(
    id="gnn_convergence.discrete_gd",
    title="Each step of gradient descent shrinks the gap by a certified factor",
    statement=STATEMENT,
    source=Source("this library", 2025, "Step sizes for gradient descent on linear graph networks", "new",
                  note="The descent lemma with the gradient bound of linear_rate; the factor 1 - 4 eta lambda sigma^2"
                  " that the flow suggests is false for a fixed step (a control)."),
    summary="With an M-smooth loss along the step and eta M <= 1 the gap after k steps is at most"
            " (1 - 2 eta lambda sigma_+^2)^k times the first.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("network", "any depth", "W(k), P(k) the head and the product of the layers at step k", "the layers'"
                   " parts of the gradient only add to c(k)"),
        Comparison("smoothness", "L is M_k-smooth on the segment", "H4, H5: the slope along the step is at most"
                   " -c (1 - M x), with c the squared norm of the gradient", "what smoothness gives; one M"),
        Comparison("rate", "1 - 2 eta lambda_k sigma_+^2 a step; 1 - 4 eta lambda sigma^2 (1 - eta M/2)", "parts 1 and"
                   " 2 as stated, part 3 the product over the steps", "with lambda, M common to all steps"),
        Comparison("(b) a priori", "s_0, R, M from the start, by continuity along the segments",
                   "gnn_convergence.a_priori_descent", "all of it for one layer, by induction over the steps"),
    ),
    tightness="Attained by eta M = 1 when the loss along the step is the parabola with curvature M.",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
    experiments=("gnn_convergence.exact_descent",),
)

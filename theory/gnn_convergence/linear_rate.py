"""Linear convergence of a linear graph network of every depth and width under gradient flow.

f = W B_H ... B_1 G with G = X (S^H) restricted to the training columns; L = ||f - Y||^2, no factor 1/2. The target
L* is the squared residual of the normal equations Z G G' = Y G', the least loss of all linear maps of G. `sig` bounds
the spectrum of G on its row space from below: the square of its least non-zero singular value.
"""

from __future__ import annotations

from fractions import Fraction
from numbers import Rational

from theory.exact.rationals import exact
from theory.gnn_convergence.exponentials import less
from theory.gnn_convergence.product_rule import BACKWARD, FORWARD, LAYERS, TIME
from theory.language import Claim, Comparison, Control, Source, Statement, Witness, statement
from theory.language.derivation import Step, apply, calculus, combine, compute, intro, obtain, witness
from theory.language.errors import InputError, explain

RESIDUAL = "(W(t)*P(H,t)*G - Y)"
LOSS = "tr((W({0})*P(H,{0})*G - Y)*T(W({0})*P(H,{0})*G - Y))"
LEAST = "tr((Z*G - Y)*T(Z*G - Y))"
_ROWS = "(all V:mat(r,m(0)) => {0}*tr(V*G*T(V*G)) <= tr(V*G*T(G)*T(V*G*T(G))))"
_WIDE = f"(all s:real | 0 <= s, (all V:mat(r,m(0)) => s*tr(V*T(V)) <= tr(V*G*T(V*G))) => {_ROWS.format('s')})"
_TALL = f"(all s:real | (all V:mat(r,n) => s*tr(V*T(V)) <= tr(V*T(G)*T(V*T(G)))) => {_ROWS.format('s')})"
_BEST = f"(all V:mat(r,m(0)) => {LEAST} <= tr((V*G - Y)*T(V*G - Y)))"
_RATE = f"{LOSS.format('tau')} - {LEAST} <= ({LOSS.format('0')} - {LEAST})*exp(-4*mu*sig*tau)"

STATEMENT = statement(
    f"all H r n:int, m:int->int, W:real->mat(r,m(H)), {LAYERS}, Q:(l:int,t:real)->mat(r,m(l)), G:mat(m(0),n),"
    f" Y:mat(r,n), Z:mat(r,m(0)), mu sig tau:real | H1: 0 <= H, H2 H3: {FORWARD},"
    f" H4: (all t:real => Q(H,t) = W(t)), H5: {BACKWARD},"
    f" H6: (all t:real | {TIME} => deriv(u: W(u), t, -2*{RESIDUAL}*T(G)*T(P(H,t)))),"
    f" H7: (all l:int, t:real | 1 <= l, l <= H, {TIME}"
    f" => deriv(u: B(l,u), t, -2*T(Q(l,t))*{RESIDUAL}*T(G)*T(P(l-1,t)))),"
    " H8: Z*G*T(G) = Y*T(G), H9: 0 <= tau, H10: 0 <= mu,"
    f" H11: (all t:real, V:mat(r,m(0)) | {TIME} => mu*tr(V*T(V)) <= tr(V*T(P(H,t))*P(H,t)*T(V))),"
    f" H12: {_ROWS.format('sig')} => some | {_RATE}, {_BEST}, {_WIDE}, {_TALL}")
"""H2-H5 the products of layers, H6-H7 gradient flow on [0, tau], H8 least squares, H11 mu <= lambda_min(B'B) all along,
H12 sig <= sigma_+(G)^2. Besides the rate: L* is the least loss, and both printed forms of sigma_min^2 give H12."""


def scalar_statement(*, flow: str = "2", rate: str = "4", start: str = "<=", end: str = "<=") -> Statement:
    """The rate in numbers for H = 1 (e = 1) and H = 0 (e = 0: b at rest), or with another flow, rate or relation."""
    residual = "(w(t)*b(t)*x - y)"
    loss = "((w({0})*b({0})*x - y)^2 - (z*x - y)^2)"
    return statement(
        f"all w b:real->real, e x y z mu sig tau:real | H1: e*e = e, H6: (all t:real | 0 {start} t, t <= tau"
        f" => deriv(u: w(u), t, -{flow}*{residual}*x*b(t))),"
        f" H7: (all t:real | {TIME} => deriv(u: b(u), t, -{flow}*e*w(t)*{residual}*x)),"
        " H8: z*x*x = y*x, H9: 0 <= tau, H10: 0 <= mu,"
        f" H11: (all t V:real | {TIME} => mu*V^2 <= (V*b(t))^2), H12: (all V:real => sig*(V*x)^2 <= (V*x*x)^2)"
        f" => {loss.format('tau')} {end} {loss.format('0')}*exp(-{rate}*mu*sig*tau)")


ATTACKED = scalar_statement()
"""Widths one: matrices that move are sums and products of given ones, so that only numbers can decay in a witness."""

_G = "(W({0})*F({0})*G - Y)"
_GAP = f"tr({_G.format('{0}')}*T({_G.format('{0}')})) - {LEAST}"
_SLOPE = f"2*tr(T({_G.format('t')})*(-2*{RESIDUAL}*T(G)*T(P(H,t))*F(t)*G + W(t)*D(t)*G))"
_K = f"2*{RESIDUAL}*T(G)"
_NORM = f"tr(T(Q(i,t))*({_K})*T(P(i-1,t))*T(T(Q(i,t))*({_K})*T(P(i-1,t))))"
_M = "(W(t)*P(H,t) - Z)"

_SLOPE_BOUND = intro(
    "hh", f"all t:real | {TIME} => {_SLOPE} <= -(4*mu*sig)*({_GAP.format('t')})", "t1 t2",
    apply("eq", "f", u="t"), apply("en", "e", t="t"), apply("wq", "H4", t="t"),
    intro("sq", f"all i:int | 1 <= i, i <= H => 0 <= {_NORM}", "i1 i2",
          combine("z", squares=(f"T(Q(i,t))*({_K})*T(P(i-1,t))",))),
    apply("sum", "textbook.sum_nonneg", f=f"i -> {_NORM}", a="1", b="H"),
    combine("s1", f"2*tr(T({RESIDUAL})*W(t)*D(t)*G) = tr(T({_K})*Q(H,t)*D(t))", "wq"),
    combine("s2", f"{_SLOPE} = -4*tr({RESIDUAL}*T(G)*T(P(H,t))*P(H,t)*T({RESIDUAL}*T(G)))"
            f" + 2*tr(T({RESIDUAL})*W(t)*D(t)*G)", "eq", rounds=3),
    combine("s3", f"{_SLOPE} <= -4*tr({RESIDUAL}*T(G)*T(P(H,t))*P(H,t)*T({RESIDUAL}*T(G)))", "s1 s2 en sum", degree=1),
    apply("ray", "H11", t="t", V=f"{RESIDUAL}*T(G)"), apply("row", "H12", V=_M),
    combine("v", f"{RESIDUAL}*T(G) = {_M}*G*T(G)", "H8"),
    combine("v2", f"tr({RESIDUAL}*T(G)*T({RESIDUAL}*T(G))) = tr({_M}*G*T(G)*T({_M}*G*T(G)))", "v", rounds=3),
    # Pythagoras: the residual is M G + (Z G - Y), and the second part is orthogonal to the rows of G
    combine("py", f"{_GAP.format('t')} = tr({_M}*G*T({_M}*G))", "H8 eq", rounds=4),
    combine("low", f"mu*sig*tr({_M}*G*T({_M}*G)) <= mu*tr({_M}*G*T(G)*T({_M}*G*T(G)))", "row H10"),
    combine("l2", f"mu*sig*({_GAP.format('t')}) <= tr({RESIDUAL}*T(G)*T(P(H,t))*P(H,t)*T({RESIDUAL}*T(G)))",
            "low ray v2 py"),
    combine("z", facts="s3 l2", degree=1),
)

_DERIVATION = (
    intro("hb", f"all l:int, t:real | 1 <= l, l <= H, {TIME}"
          f" => deriv(u: B(l,u), t, -1*T(Q(l,t))*({_K})*T(P(l-1,t)))", "l1 l2 t1 t2", apply("z", "H7", l="l", t="t")),
    apply("chain", "gnn_convergence.product_rule", H="H", r="r", tau="tau", m="l -> m(l)", B="l, t -> B(l,t)",
          P="l, t -> P(l,t)", Q="l, t -> Q(l,t)", K=f"t -> {_K}"),
    obtain("rate", "chain", "f d e",
           intro("dg", f"all t:real | {TIME} => deriv(u: {_GAP.format('u')}, t, {_SLOPE})", "t1 t2",
                 apply("dw", "H6", t="t"), apply("df", "d", t="t"), calculus("z", facts="dw df")),
           _SLOPE_BOUND,
           apply("gr", "textbook.gronwall", g=f"t -> {_GAP.format('t')}", h=f"t -> {_SLOPE}", c="4*mu*sig", X="tau"),
           apply("f0", "f", u="0"), apply("f1", "f", u="tau"),
           combine("m0", f"{_GAP.format('0')} = {LOSS.format('0')} - {LEAST}", "f0", rounds=3),
           combine("m1", f"{_GAP.format('tau')} = {LOSS.format('tau')} - {LEAST}", "f1", rounds=3),
           combine("z", facts="gr m0 m1", degree=1, rounds=3), goal=_RATE),
    intro("best", _BEST[1:-1], "", combine("z", facts="H8", squares=("(V - Z)*G",))),
    intro("wide", _WIDE[1:-1], "s0 hs",
          intro("z", None, "", apply("a", "hs", V="V"),
                combine("b", "s*(s*tr(V*T(V))) <= s*tr(V*G*T(V*G))", "a s0"),
                combine("y", facts="b", squares=("V*G*T(G) - s*V",), degree=1))),
    intro("tall", _TALL[1:-1], "hs", intro("z", None, "", apply("y", "hs", V="V*G"))),
    witness("end"),
)

# ---- points

REST = Witness((
    intro("w", "all t:real | 0 <= t, t <= 1 => deriv(u: I(2), t, 0*I(2))", "t1 t2",
          apply("z", "ax.dm_const", r="2", c="2", C="I(2)", p="t")),
    witness("end", H="1", r="2", n="2", m="l -> 2", W="t -> I(2)", B="l, t -> I(2)", P="l, t -> I(2)",
            Q="l, t -> I(2)", G="I(2)", Y="I(2)", Z="I(2)", mu="1", sig="1", tau="1"),
))
"""A trained network of one layer and width two; networks that move are the points of the attack."""

def decay(speed: str) -> tuple[tuple[Step, ...], dict[str, str]]:
    """The flow w = 1 - exp(-speed t) of (speed/2) (w - 1)^2 beside a layer b = 1 at rest: steps and values."""
    w = f"1 - exp(-{speed}*{{}})"
    steps = (
        intro("d6", f"all t:real | 0 <= t, t <= 1 => deriv(u: {w.format('u')}, t,"
              f" -{speed}*(({w.format('t')})*1*1 - 1)*1*1)", "t1 t2", calculus("z")),
        intro("d7", "all t:real | 0 <= t, t <= 1 => deriv(u: 1, t, 0)", "t1 t2", calculus("z")),
        apply("e0", "ax.exp_zero"), apply("sq", "ax.exp_add", a=f"-{speed}", b=f"-{speed}"),
    )
    values = {"w": f"t -> {w.format('t')}", "b": "t -> 1", "e": "0", "x": "1", "y": "1", "z": "1", "mu": "1",
              "sig": "1", "tau": "1"}
    return steps, values


_FAST, _AT_FAST = decay("2")
_HALF, _AT_HALF = decay("1")
_LEAP = "1 - {0}*(1/{0})*exp(-2*{0})"
_JUMP = Witness((
    intro("d6", f"all t:real | 0 < t, t <= 1 => deriv(u: {_LEAP.format('u')}, t,"
          f" -2*(({_LEAP.format('t')})*1*1 - 1)*1*1)", "t1 t2",
          apply("ne", "ax.lt_ne", "t != 0", x="0", y="t"), calculus("z", facts="ne")),
    intro("d7", "all t:real | 0 <= t, t <= 1 => deriv(u: 1, t, 0)", "t1 t2", calculus("z")),
    apply("p", "ax.exp_pos", a="-2"), combine("lo", f"(({_LEAP.format('0')})*1*1 - 1)^2 - (1*1 - 1)^2 = 0"),
    combine("hi", f"(({_LEAP.format('1')})*1*1 - 1)^2 - (1*1 - 1)^2 = exp(-2)^2"), combine("up", "0 < exp(-2)^2", "p"),
    witness("end", **{**_AT_FAST, "w": f"t -> {_LEAP.format('t')}"})))
"""0 times anything is 0: at u = 0 the head is 1, with loss 0, and then it starts from 0."""
_SHRINK = "exp(-1/2*log(1 + 4*{}))"
_H1 = ("all w b:real->real, y mu tau:real | 0 <= tau, 0 <= mu, {0}"
       " (all t:real | 0 <= t, t <= tau => deriv(u: w(u), t, -2*(w(t)*b(t) - y)*b(t))),"
       " (all t:real | 0 <= t, t <= tau => deriv(u: b(u), t, -2*w(t)*(w(t)*b(t) - y)))"
       " => (w(tau)*b(tau) - y)^2 <= (w(0)*b(0) - y)^2*exp(-4*mu*tau)")
"""One hidden layer in numbers, with a hypothesis on mu in the place {0}."""

_ENTRY = "(X*S)[1,1]"
_EDGE = "([[2,-1]]*[[1,1],[1,1]])[1,1]"

CONTROLS = (
    Control("appendix_slip", "the inequality behind the printed last step, (a - b)^2 >= a^2 - b^2: 1 against 3",
            statement("all a b:real | 0 <= b, b <= a => a^2 - b^2 <= (a - b)^2"),
            Witness((witness("end", a="2", b="1"),))),
    Control("rate_4.04", "4.04 in place of 4: for one number the loss is exactly exp(-4 t)",
            scalar_statement(rate="101/25"),
            Witness((*_FAST, *less("exp(-101/25) < exp(-4)"), witness("end", **_AT_FAST)))),
    Control("half_loss", "the loss with a factor 1/2 (so half the gradient) and still rate 4",
            scalar_statement(flow="1"),
            Witness((*_HALF, *less("exp(-4) < exp(-2)"), witness("end", **_AT_HALF)))),
    Control("jump_at_the_start", "gradient flow for t > 0 only: w = 1 - (u/u) exp(-2u) is 1 at 0, where u/u is 0",
            scalar_statement(start="<"), _JUMP),
    Control("strictly_faster", "a strict inequality: at rest both gaps are 0", scalar_statement(end="<"), Witness((
        intro("d6", "all t:real | 0 <= t, t <= 1 => deriv(u: 1, t, -2*(1*1*1 - 1)*1*1)", "t1 t2", calculus("z")),
        intro("d7", "all t:real | 0 <= t, t <= 1 => deriv(u: 1, t, 0)", "t1 t2", calculus("z")),
        combine("eq", "((1*1*1 - 1)^2 - (1*1 - 1)^2)*exp(-4*1*1*1) = 0"),
        witness("end", **{**_AT_FAST, "w": "t -> 1"})))),
    Control("product_of_layers_zero", "no lower bound on the layers: from W = B = 0 nothing ever moves",
            statement(_H1.format("")),
            Witness((intro("d1", "all t:real | 0 <= t, t <= 1 => deriv(u: 0, t, 0)", "t1 t2", calculus("z")),
                     *less("exp(-4) < 1"),
                     witness("end", w="t -> 0", b="t -> 0", y="1", mu="1", tau="1")))),
    Control("layers_at_the_start", "the layers bounded at t = 0 only: W = B = (1 + 4t)^(-1/2) shrinks",
            statement(_H1.format("mu <= b(0)^2,")),
            Witness((
                intro("d1", f"all t:real | 0 <= t, t <= 1 => deriv(u: {_SHRINK.format('u')}, t,"
                      f" -2*({_SHRINK.format('t')}*{_SHRINK.format('t')} - 0)*{_SHRINK.format('t')})", "t1 t2",
                      combine("p", "0 < 1 + 4*t", "t1"), apply("r", "ax.exp_log", x="1 + 4*t"),
                      apply("s", "ax.exp_add", a="-1/2*log(1 + 4*t)", b="-1/2*log(1 + 4*t)"),
                      apply("o", "ax.exp_add", a="-log(1 + 4*t)", b="log(1 + 4*t)"), apply("e0", "ax.exp_zero"),
                      combine("iv", f"{_SHRINK.format('t')}*{_SHRINK.format('t')} = 1/(1 + 4*t)", "r s o e0 p",
                              mul="p", rounds=4),
                      calculus("z", facts="p iv")),
                apply("l1", "textbook.log_one"), apply("r", "ax.exp_log", x="5"), apply("e0", "ax.exp_zero"),
                apply("c0", "ax.cong", f="t -> exp(t)", x="-1/2*log(1)", y="0"),
                apply("s", "ax.exp_add", a="-1/2*log(5)", b="-1/2*log(5)"),
                apply("o", "ax.exp_add", a="-log(5)", b="log(5)"),
                combine("iv", "exp(-1/2*log(5))^2 = 1/5", "r s o e0", rounds=4),
                combine("iv2", "exp(-1/2*log(5))^4 = 1/25", "iv"), combine("w0", "exp(-1/2*log(1)) = 1", "c0 e0"),
                *less("exp(-4) < 1/25"),
                combine("v", "(exp(-1/2*log(1))*exp(-1/2*log(1)) - 0)^2*exp(-4) = exp(-4)", "w0", rounds=5),
                witness("end", w=f"t -> {_SHRINK.format('t')}", b=f"t -> {_SHRINK.format('t')}", y="0", mu="1",
                        tau="1")))),
    Control("aggregation_on_training_nodes", "S restricted to the training nodes before it acts: features 2, -1 joined"
            " by an edge, the first node is trained",
            statement("all w:real->real, X:mat(1,2), S:mat(2,2), y tau:real | 0 <= tau, (all t:real | 0 <= t, t <= tau"
                      f" => deriv(u: w(u), t, -2*(w(t)*{_ENTRY} - y)*{_ENTRY}))"
                      f" => (w(tau)*{_ENTRY} - y)^2 <= (w(0)*{_ENTRY} - y)^2*exp(-4*(X[1,1]*S[1,1])^2*tau)"),
            Witness((
                compute("x", f"{_EDGE} = 1"),
                intro("d6", "all t:real | 0 <= t, t <= 1 => deriv(u: 1 - exp(-2*u), t,"
                      f" -2*((1 - exp(-2*t))*{_EDGE} - 1)*{_EDGE})", "t1 t2", calculus("z", facts="x")),
                apply("e0", "ax.exp_zero"), apply("sq", "ax.exp_add", a="-2", b="-2"),
                *less("exp(-16) < exp(-4)"),
                combine("l0", f"((1 - exp(-2*0))*{_EDGE} - 1)^2*exp(-16) = exp(-16)", "x e0", rounds=4),
                combine("l1", f"((1 - exp(-2*1))*{_EDGE} - 1)^2 = exp(-4)", "x sq", rounds=4),
                witness("end", w="t -> 1 - exp(-2*t)", X="[[2,-1]]", S="[[1,1],[1,1]]", y="1", tau="1")))),
)

CLAIM = Claim(
    id="gnn_convergence.linear_rate",
    title="Gradient flow on a linear graph network of any depth converges linearly",
    statement=STATEMENT,
    source=Source("K. Xu, M. Zhang, S. Jegelka, K. Kawaguchi", 2021,
                  "Optimization of Graph Neural Networks: Implicit Acceleration by Skip Connections and More Depth",
                  "strengthened", arxiv="2105.04550", theorem="Theorem 1",
                  note="Seen through a later restatement, which reports that appendix A.1.3 argues the last step by"
                  " (a - b)^2 >= a^2 - b^2 (a control here); Pythagoras gives that step. sigma_min is replaced by the"
                  " least non-zero singular value."),
    summary="L(T) - L* <= (L(0) - L*) exp(-4 lambda sigma^2 T) with lambda the least eigenvalue of B'B along the way"
            " and sigma the least non-zero singular value of the aggregated training features.",
    derivation=_DERIVATION,
    instance=REST,
    controls=CONTROLS,
    comparison=(
        Comparison("network", "f = W B_H ... B_1 X (S^H)_{*I}", "f = W P(H) G with P by recursion; G any matrix of"
                   " shape m(0) x n", "all depths and widths; G = X (S^H)_{*I} is one choice, nothing about S is used"),
        Comparison("flow", "dW/dt = -dL/dW, dB_l/dt = -dL/dB_l", "H6, H7: the gradients written out, on [0, T]",
                   "that these are the gradients is gnn_convergence.dynamics_identity"),
        Comparison("lambda", "inf over t <= T of lambda_min(B'B)", "H11: mu tr(V V') <= tr(V B'B V') for all V and t",
                   "every lower bound of the infimum; 0 <= mu"),
        Comparison("sigma", "sigma_min^2(G)", "H12: sig ||V G||^2 <= ||V G G'||^2 for all V, which is sigma_+^2(G)",
                   "stronger: parts 3 and 4 show that the printed forms (rows <= columns, columns <= rows) imply it"),
        Comparison("target", "L*_H = inf of L over all weights", "||Z G - Y||^2 with Z G G' = Y G', the least value"
                   " over all matrices V in place of W B_H...B_1 (part 2)",
                   "equal to L*_H where the widths allow Z to be factorised; otherwise smaller, and the bound is about"
                   " this smaller value"),
    ),
    tightness="Attained by H = 0 when the residual lies in the last singular direction: for one number the loss is"
              " exactly exp(-4 t), so neither 4 nor sigma^2 can be raised.",
    attack="theory.gnn_convergence.linear_rate_attack",
    attacked=ATTACKED,
    experiments=("gnn_convergence.envelope",),
)


def linear_rate_exponent(lambda_: Rational | str, sigma_squared: Rational | str, *, loss: str = "sum",
                         outputs: int = 1, nodes: int = 1) -> Fraction:
    """Return the exponent c of the bound L(t) - L* <= (L(0) - L*) exp(-c t).

    `loss` says how the squared residuals are gathered: "sum" (4 lambda sigma^2), "half" (half the sum), or "mean" over
    the `outputs` times `nodes` entries, as in torch's MSELoss: the gradient and so the exponent is divided likewise.

    Raises:
        InputError: a negative number, an unknown loss, no entries. ExactnessError: a float.

    >>> linear_rate_exponent(1, "0.25"), linear_rate_exponent(1, "0.25", loss="mean", outputs=2, nodes=5)
    (Fraction(1, 1), Fraction(1, 10))
    """
    values = [exact(v, name) for v, name in ((lambda_, "lambda_"), (sigma_squared, "sigma_squared"))]
    for value, name in zip(values, ("lambda_", "sigma_squared")):
        if value < 0:
            raise InputError(explain(name, "a number >= 0", str(value), "Give a lower bound that is at least 0."))
    if min(outputs, nodes) < 1:
        raise InputError(explain("outputs, nodes", "counts >= 1", (outputs, nodes), "Give the shape of the labels."))
    shares = {"sum": Fraction(1), "half": Fraction(1, 2), "mean": Fraction(1, outputs * nodes)}
    if loss not in shares:
        raise InputError(explain("loss", f"one of {', '.join(shares)}", repr(loss), "Say how residuals are added."))
    return 4 * values[0] * values[1] * shares[loss]

"""How far gradient descent with a fixed step drifts from the imbalance that gradient flow conserves.

One layer: with K = dL/df G' the step W_+ = W - eta K B', B_+ = B - eta W' K changes B B' - W' W by exactly
eta^2 (W' K K' W - B K' K B'). If every step lowers the loss by at least eta/2 times the squared gradient, these changes
add up: B_k B_k' - W_k' W_k >= B_0 B_0' - W_0' W_0 - 2 eta (g_0 - g_k) for the gaps g.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, witness

_KEPT = "(B({0})*T(B({0})) - T(W({0}))*W({0}))"
_DRIFT = (f"(all k:int | 0 <= k => {_KEPT.format('k+1')} = {_KEPT.format('k')}"
          " + eta^2*(T(W(k))*K(k)*T(K(k))*W(k) - B(k)*T(K(k))*K(k)*T(B(k))))")
_LOW = (f"tr(V*{_KEPT.format('0')}*T(V)) - 2*eta*(g(0) - g({{0}}))*tr(V*T(V)) <= tr(V*{_KEPT}*T(V))")
_BOUND = f"(all k d:int, V:mat(d,h) | 0 <= k => {_LOW.format('k')})"

STATEMENT = statement(
    "all r p h:int, W:int->mat(r,h), B:int->mat(h,p), K:int->mat(r,p), c g:int->real, eta:real |"
    " H1: (all k:int | 0 <= k => W(k+1) = W(k) - eta*K(k)*T(B(k))),"
    " H2: (all k:int | 0 <= k => B(k+1) = B(k) - eta*T(W(k))*K(k)),"
    " H3: (all k d:int, V:mat(d,h) | 0 <= k => tr(V*B(k)*T(K(k))*K(k)*T(B(k))*T(V)) <= c(k)*tr(V*T(V))),"
    " H4: (all k:int | 0 <= k => g(k+1) <= g(k) - eta/2*c(k)), H5: 0 <= eta"
    f" => some | {_DRIFT}, {_BOUND}")
"""H1-H2 gradient descent, H3 c(k) bounds the head's squared gradient, H4 a step lowers the gap g by eta/2 times it."""

_DERIVATION = (
    intro("drift", _DRIFT[1:-1], "k0", apply("w", "H1", k="k"), apply("b", "H2", k="k"),
          combine("z", facts="w b", rounds=4)),
    induct("J", f"all k:int | 0 <= k => (all d:int, V:mat(d,h) => {_LOW.format('k')})", "hk ih",
           [intro("z", None, "", combine("y"))],
           [intro("z", None, "", apply("now", "ih", d="d", V="V"), apply("e", "drift", k="k"),
                  apply("big", "H3", k="k", d="d", V="V"), apply("fall", "H4", k="k"),
                  combine("e2", f"tr(V*{_KEPT.format('k+1')}*T(V)) = tr(V*{_KEPT.format('k')}*T(V))"
                          " + eta^2*tr(V*T(W(k))*K(k)*T(K(k))*W(k)*T(V))"
                          " - eta^2*tr(V*B(k)*T(K(k))*K(k)*T(B(k))*T(V))", "e"),
                  combine("v0", "0 <= tr(V*T(V))", squares=("V",)),
                  combine("f0", "0 <= tr(V*T(W(k))*K(k)*T(K(k))*W(k)*T(V))", squares=("V*T(W(k))*K(k)",)),
                  combine("sq", "0 <= eta^2", squares=("eta",)),
                  combine("a", "0 <= eta^2*tr(V*T(W(k))*K(k)*T(K(k))*W(k)*T(V))", "f0 sq"),
                  combine("b", "eta^2*tr(V*B(k)*T(K(k))*K(k)*T(B(k))*T(V)) <= eta^2*(c(k)*tr(V*T(V)))", "big sq"),
                  combine("f1", "0 <= eta*(g(k) - g(k+1) - eta/2*c(k))", "fall H5"),
                  combine("f2", "0 <= eta*(g(k) - g(k+1) - eta/2*c(k))*tr(V*T(V))", "f1 v0"),
                  combine("y", facts="now e2 a b f2", degree=1))]),
    intro("bound", _BOUND[1:-1], "k0", apply("a", "J", k="k"), apply("z", "a", d="d", V="V")),
    witness("end"),
)

ATTACKED = statement(
    "all w b u v k c g f eta:real | H1: u = w - eta*k*b, H2: v = b - eta*w*k, H3: (b*k)^2 <= c,"
    " H4: f <= g - eta/2*c, H5: 0 <= eta => b^2 - w^2 - 2*eta*(g - f) <= v^2 - u^2")
"""One step in numbers: u and v are the next head and layer, g and f the gaps before and after."""


def _at(**values: str) -> Witness:
    plain = {"w": "0", "b": "1", "u": "-1", "v": "1", "k": "1", "c": "1", "g": "1/2", "f": "0", "eta": "1"}
    return Witness((witness("end", **{**plain, **values}),))


KILLS = (
    Kill("head from zero", _at()),
    Kill("layer from zero", _at(w="1", b="0", u="1", v="-1", c="0", g="0")),
    Kill("both at rest", _at(k="0", u="0", c="0", g="0")),
    Kill("both at rest, two", _at(k="0", u="0", c="0", g="0", b="2", v="2")),
    Kill("both at rest, head two", _at(k="0", w="2", u="2", c="0", g="0")),
    Kill("two", _at(b="2", v="2", u="-2", c="4", g="2")),
    Kill("half", _at(b="1/2", v="1/2", u="-1/2", c="1/4", g="1/8")),
    Kill("larger step", _at(eta="2", u="-2", g="1")),
    Kill("smaller step", _at(eta="1/2", u="-1/2", g="1/4")),
    Kill("head elsewhere", _at(u="5")),
    Kill("layer elsewhere", _at(v="0")),
    Kill("gradient free of its bound", _at(c="0", g="0")),
    Kill("no descent", _at(g="0")),
    Kill("negative gradient", _at(k="-2", u="2", c="0", g="0")),
    Kill("negative step", _at(eta="-1", u="1", g="1/2", f="1", c="1")),
    Kill("negative step, no gradient", _at(eta="-1", u="0", k="0", c="0", g="1", f="0")),
)
CONTROLS = (
    Control("conserved", "the imbalance conserved by gradient descent, as by the flow: from (0, 1) to (-1, 1)",
            statement("all w b u v k eta:real | u = w - eta*k*b, v = b - eta*w*k => v^2 - u^2 = b^2 - w^2"),
            Witness((witness("end", w="0", b="1", u="-1", v="1", k="1", eta="1"),))),
    Control("drift_with_one_sign", "the imbalance never falls", statement(
        "all w b u v k eta:real | u = w - eta*k*b, v = b - eta*w*k => b^2 - w^2 <= v^2 - u^2"),
        Witness((witness("end", w="0", b="1", u="-1", v="1", k="1", eta="1"),))),
    Control("drift_of_first_order", "the drift with eta in place of eta^2", statement(
        "all w b u v k eta:real | u = w - eta*k*b, v = b - eta*w*k"
        " => v^2 - u^2 = b^2 - w^2 + eta*(w^2*k^2 - b^2*k^2)"),
        Witness((witness("end", w="0", b="1", u="-2", v="1", k="1", eta="2"),))),
)

CLAIM = Claim(
    id="gnn_convergence.descent_drift",
    title="Gradient descent leaves the conserved imbalance only by the square of the step",
    statement=STATEMENT,
    source=Source("this library", 2025, "Step sizes for gradient descent on linear graph networks", "new",
                  note="The drift is exact; its sum over the steps is bounded by the fall of the loss."),
    summary="The imbalance B B' - W' W of one layer and its head changes by eta^2 (W'KK'W - BK'KB') in a step of"
            " gradient descent, so by at most 2 eta times the gap in all.",
    derivation=_DERIVATION,
    instance=Witness((
        intro("h", "all k d:int, V:mat(d,2) | 0 <= k => tr(V*I(2)*T(0*I(2))*(0*I(2))*T(I(2))*T(V)) <= 0*tr(V*T(V))",
              "k0", combine("z")),
        witness("end", r="2", p="2", h="2", W="k -> I(2)", B="k -> I(2)", K="k -> 0*I(2)", c="k -> 0", g="k -> 0",
                eta="1"),
    )),
    controls=CONTROLS,
    comparison=(
        Comparison("drift", "W_+'W_+ - B_+B_+' = W'W - BB' + eta^2 (...)", "part 1, for every step and shape",
                   "as stated"),
        Comparison("lambda", "lambda_min(B_k'B_k) >= s_0 - 2 eta g_0", "part 2: B_k B_k' - W_k' W_k falls by at most"
                   " 2 eta (g_0 - g_k) in every direction", "B_k'B_k follows as in gnn_convergence.a_priori_lambda"),
        Comparison("descent", "eta <= 1/M and the descent lemma", "H4, each step lowers the gap by eta c/2",
                   "given here; derived from the start alone in gnn_convergence.a_priori_descent"),
        Comparison("gradient", "spectral norm of dL/dW at most the norm of the gradient", "H3: c(k) bounds the first",
                   "more general; the squared norm of the gradient is such a bound, by"
                   " gnn_convergence.submultiplicative"),
    ),
    tightness="Attained from W = 0 in one step that lowers the gap by exactly eta c/2.",
    kills=KILLS,
    attacked=ATTACKED,
)

"""The derivative of a product of layers B_H ... B_1 along a flow, for every depth, and what it does to the loss.

A product over symbolic depth is a recursion P(l+1,t) = B(l+1,t) P(l,t). Since derivatives are facts about the body of a
function, the lemma gives a function F that equals P(H, .) everywhere, with its derivative D.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, induct, intro, obtain, witness

TIME = "0 <= t, t <= tau"
LAYERS = "B:(l:int,t:real)->mat(m(l),m(l-1)), P:(l:int,t:real)->mat(m(l),m(0))"
FORWARD = "def P(0, t:real) = I(m(0)) then P(l+1) = B(l+1,t)*P(l,t)"
"""P(l,t) = B_l ... B_1, of shape m(l) x m(0)."""

BACKWARD = f"(all l:int, t:real | 1 <= l, l <= H, {TIME} => Q(l-1,t) = Q(l,t)*B(l,t))"
"""Q(l,t) = W B_H ... B_{l+1}."""

_STEP = "T(Q({l},t))*K(t)*T(P({l}-1,t))"
_NORM = "tr(T(Q(i,t))*K(t)*T(P(i-1,t))*T(T(Q(i,t))*K(t)*T(P(i-1,t))))"


def _result(depth: str) -> str:
    return (f"(some F D:real->mat(m({depth}),m(0)) | (all u:real => F(u) = P({depth},u)),"
            f" (all t:real | {TIME} => deriv(u: F(u), t, D(t))),"
            f" (all t:real | {TIME} => tr(T(K(t))*Q({depth},t)*D(t)) = -sum(i=1..{depth}: {_NORM})))")


PRODUCT_RULE = Lemma(
    "gnn_convergence.product_rule", "A product of layers that move along K: its derivative, and the layers' squares",
    statement(
        f"all H r:int, tau:real, m:int->int, {LAYERS}, Q:(l:int,t:real)->mat(r,m(l)), K:real->mat(r,m(0)) |"
        f" h0: 0 <= H, p0 p1: {FORWARD}, hq: {BACKWARD},"
        f" hb: (all l:int, t:real | 1 <= l, l <= H, {TIME}"
        f" => deriv(u: B(l,u), t, -1*{_STEP.format(l='l')})) => {_result('H')}"),
    (
        induct("I", f"all k:int | 0 <= k => (all | k <= H => {_result('k')})", "hk ih",
               [intro("z", None, "hb0",
                      intro("f", "all u:real => I(m(0)) = P(0,u)", "", apply("a", "p0", t="u"),
                            combine("y", facts="a")),
                      intro("d", f"all t:real | {TIME} => deriv(u: I(m(0)), t, 0*I(m(0)))", "t1 t2",
                            apply("y", "ax.dm_const", r="m(0)", c="m(0)", C="I(m(0))", p="t")),
                      intro("e", f"all t:real | {TIME} => tr(T(K(t))*Q(0,t)*(0*I(m(0)))) = -sum(i=1..0: {_NORM})",
                            "t1 t2", apply("s", "ax.sum_empty", f=f"i -> {_NORM}", a="1", b="0"),
                            combine("y", facts="s")),
                      witness("y", F="u -> I(m(0))", D="t -> 0*I(m(0))"))],
               [intro("z", None, "hk1", combine("hk0", "k <= H", "hk1"), apply("now", "ih"),
                      combine("k1", "1 <= k + 1", "hk"),
                      obtain("y", "now", "f d e",
                             intro("f2", "all u:real => B(k+1,u)*F(u) = P(k+1,u)", "", apply("a", "f", u="u"),
                                   apply("b", "p1", l="k", t="u"), combine("x", facts="a b")),
                             intro("d2", f"all t:real | {TIME} => deriv(u: B(k+1,u)*F(u), t,"
                                   f" -1*{_STEP.format(l='(k+1)')}*F(t) + B(k+1,t)*D(t))", "t1 t2",
                                   apply("b", "hb", l="k + 1", t="t"), apply("c", "d", t="t"),
                                   apply("x", "ax.dm_mul", r="m(k+1)", k="m(k)", c="m(0)", F="u -> B(k+1,u)",
                                         G="u -> F(u)", p="t", f=f"-1*{_STEP.format(l='(k+1)')}", g="D(t)")),
                             intro("e2", f"all t:real | {TIME} => tr(T(K(t))*Q(k+1,t)*(-1*{_STEP.format(l='(k+1)')}"
                                   f"*F(t) + B(k+1,t)*D(t))) = -sum(i=1..k+1: {_NORM})", "t1 t2",
                                   apply("a", "f", u="t"), apply("b", "hq", l="k + 1", t="t"), apply("c", "e", t="t"),
                                   apply("s", "ax.sum_last", f=f"i -> {_NORM}", a="1", b="k + 1"),
                                   combine("x", facts="a b c s")),
                             witness("x", F="u -> B(k+1,u)*F(u)",
                                     D=f"t -> -1*{_STEP.format(l='(k+1)')}*F(t) + B(k+1,t)*D(t)")))]),
        apply("J", "I", k="H"), apply("end", "J"),
    ),
)

LEMMAS = (PRODUCT_RULE,)

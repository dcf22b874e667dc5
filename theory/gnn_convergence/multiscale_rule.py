"""The derivative of a multiscale network sum_l W_l B_l ... B_1 G_l along gradient flow, for every depth.

With V the gradient of the loss in the outputs, A(l) = sum_{k>=l} (W_k B_k ... B_{l+1})' V G_k' is what reaches layer l
backwards; W_l moves along -V G_l' P(l)' and B_l along -A(l) P(l-1)'. The loss then falls at the rate
sum_l ||V G_l' P(l)'||^2 + sum_i ||A(i) P(i-1)'||^2. For any other motion, with velocities X(l) of the heads and Z(i) of
the layers, it changes at sum_l <X(l), V G_l' P(l)'> + sum_i <Z(i), A(i) P(i-1)'>: those are the gradients.
"""

from __future__ import annotations

from dataclasses import dataclass

from theory.gnn_convergence.product_rule import FORWARD, LAYERS, TIME
from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, calculus, combine, induct, intro, obtain, witness

OUTPUT = "def F(0, t:real) = W(0,t)*P(0,t)*G(0) then F(l+1) = F(l,t) + W(l+1,t)*P(l+1,t)*G(l+1)"
"""F(l,t) is the part of the output that comes from the scales 0..l."""

LAST = f"(all t:real | {TIME} => A(H,t) = T(W(H,t))*{{v}}*T(G(H)))"
BACK = (f"(all l:int, t:real | 1 <= l, l <= H, {TIME}"
        " => A(l-1,t) = T(W(l-1,t))*{v}*T(G(l-1)) + T(B(l,t))*A(l,t))")
HEADS = f"(all l:int, t:real | 0 <= l, l <= H, {TIME} => deriv(u: W(l,u), t, -1*{{v}}*T(G(l))*T(P(l,t))))"
BODIES = f"(all l:int, t:real | 1 <= l, l <= H, {TIME} => deriv(u: B(l,u), t, -1*A(l,t)*T(P(l-1,t))))"

NETWORK = (f"H:int, r n:int, m:int->int, W:(l:int,t:real)->mat(r,m(l)), {LAYERS}, F:(l:int,t:real)->mat(r,n),"
           " A:(l:int,t:real)->mat(m(l),m(0)), G:(l:int)->mat(m(0),n)")
TERM = "tr({v}*T(G(l))*T(P(l,t))*T({v}*T(G(l))*T(P(l,t))))"
BACK_TERM = "tr(A(i,t)*T(P(i-1,t))*T(A(i,t)*T(P(i-1,t))))"

_V = "V(t)"


@dataclass(frozen=True)
class _Motion:
    """Velocities of head {0} and layer {0}, the summands over heads l and layers i, and the sign before the sums."""

    head: str
    layer: str
    term: str
    back: str
    sign: str

    def total(self, depth: str) -> str:
        """The two sums up to a depth."""
        return f"{self.sign}sum(l=0..{depth}: {self.term}) {self.sign or '+'} sum(i=1..{depth}: {self.back})"


_FLOW = _Motion("-1*V(t)*T(G({0}))*T(P({0},t))", "-1*A({0},t)*T(P({0}-1,t))", TERM.format(v=_V), BACK_TERM, "-")
_ANY = _Motion("X({0},t)", "Z({0},t)", "tr(T(X(l,t))*(V(t)*T(G(l))*T(P(l,t))))",
               "tr(T(Z(i,t))*(A(i,t)*T(P(i-1,t))))", "")
_REST = "(A({0},t) - T(W({0},t))*V(t)*T(G({0})))"
_E1 = "B(k+1,u)*E(u)"


def _result(motion: _Motion, depth: str) -> str:
    return (f"(some E D:real->mat(m({depth}),m(0)), O S:real->mat(r,n) | (all u:real => E(u) = P({depth},u)),"
            f" (all u:real => O(u) = F({depth},u)), (all t:real | {TIME} => deriv(u: E(u), t, D(t))),"
            f" (all t:real | {TIME} => deriv(u: O(u), t, S(t))),"
            f" (all t:real | {TIME} => tr(T(V(t))*S(t)) + tr(T({_REST.format(depth)})*D(t)) = {motion.total(depth)}))")


def _base(motion: _Motion) -> Step:
    """No layer: the product is I, the output W_0 G_0."""
    slope = f"({motion.head.format('0')}*I(m(0)) + W(0,t)*(0*I(m(0))))*G(0)"
    return intro(
        "z", None, "hb0",
        intro("e", "all u:real => I(m(0)) = P(0,u)", "", apply("a", "p0", t="u"), combine("y", facts="a")),
        intro("o", "all u:real => W(0,u)*I(m(0))*G(0) = F(0,u)", "", apply("a", "p0", t="u"), apply("b", "o0", t="u"),
              combine("y", facts="a b")),
        intro("d", f"all t:real | {TIME} => deriv(u: I(m(0)), t, 0*I(m(0)))", "t1 t2",
              apply("y", "ax.dm_const", r="m(0)", c="m(0)", C="I(m(0))", p="t")),
        intro("s", f"all t:real | {TIME} => deriv(u: W(0,u)*I(m(0))*G(0), t, {slope})", "t1 t2",
              apply("w", "hw", l="0", t="t"), apply("dt", "d", t="t"), calculus("y", facts="w dt")),
        intro("n", f"all t:real | {TIME} => tr(T(V(t))*({slope})) + tr(T({_REST.format('0')})*(0*I(m(0))))"
              f" = {motion.total('0')}", "t1 t2", apply("a", "p0", t="t"),
              apply("s1", "ax.sum_last", f=f"l -> {motion.term}", a="0", b="0"),
              apply("s0", "ax.sum_empty", f=f"l -> {motion.term}", a="0", b="-1"),
              apply("s2", "ax.sum_empty", f=f"i -> {motion.back}", a="1", b="0"),
              combine("y", facts="a s1 s0 s2", rounds=3)),
        witness("y", E="u -> I(m(0))", D="t -> 0*I(m(0))", O="u -> W(0,u)*I(m(0))*G(0)", S=f"t -> {slope}"),
    )


def _rise(motion: _Motion) -> Step:
    """One layer and one scale more."""
    inner = f"{motion.layer.format('(k+1)')}*E(t) + B(k+1,t)*D(t)"
    slope = f"S(t) + ({motion.head.format('(k+1)')}*(B(k+1,t)*E(t)) + W(k+1,t)*({inner}))*G(k+1)"
    return intro(
        "z", None, "hk1", combine("hk0", "k <= H", "hk1"), apply("now", "ih"), combine("k1", "1 <= k + 1", "hk"),
        combine("k2", "0 <= k + 1", "hk"),
        obtain("y", "now", "e o d s n",
               intro("e2", f"all u:real => {_E1} = P(k+1,u)", "", apply("a", "e", u="u"),
                     apply("b", "p1", l="k", t="u"), combine("x", facts="a b")),
               intro("o2", f"all u:real => O(u) + W(k+1,u)*({_E1})*G(k+1) = F(k+1,u)", "", apply("a", "o", u="u"),
                     apply("b", "o1", l="k", t="u"), apply("c", "e2", u="u"), combine("x", facts="a b c")),
               intro("d2", f"all t:real | {TIME} => deriv(u: {_E1}, t, {inner})", "t1 t2",
                     apply("b", "hb", l="k + 1", t="t"), apply("c", "d", t="t"), calculus("x", facts="b c")),
               intro("s2", f"all t:real | {TIME} => deriv(u: O(u) + W(k+1,u)*({_E1})*G(k+1), t, {slope})", "t1 t2",
                     apply("w", "hw", l="k + 1", t="t"), apply("dt", "d2", t="t"), apply("st", "s", t="t"),
                     calculus("x", facts="w dt st")),
               intro("n2", f"all t:real | {TIME} => tr(T(V(t))*({slope})) + tr(T({_REST.format('(k+1)')})*({inner}))"
                     f" = {motion.total('k+1')}", "t1 t2",
                     apply("a", "e", u="t"), apply("b", "p1", l="k", t="t"), apply("c", "n", t="t"),
                     apply("g", "ha", l="k + 1", t="t"),
                     apply("w1", "ax.sum_last", f=f"l -> {motion.term}", a="0", b="k + 1"),
                     apply("w2", "ax.sum_last", f=f"i -> {motion.back}", a="1", b="k + 1"),
                     combine("be", "B(k+1,t)*E(t) = P(k+1,t)", "a b"), combine("x", facts="a be c g w1 w2", rounds=3)),
               witness("x", E=f"u -> {_E1}", D=f"t -> {inner}", O=f"u -> O(u) + W(k+1,u)*({_E1})*G(k+1)",
                       S=f"t -> {slope}")),
    )


def _conclusion(motion: _Motion) -> str:
    return ("(some O S:real->mat(r,n) | (all u:real => O(u) = F(H,u)),"
            f" (all t:real | {TIME} => deriv(u: O(u), t, S(t))),"
            f" (all t:real | {TIME} => tr(T(V(t))*S(t)) = {motion.total('H')}))")


def _lemma(id: str, title: str, motion: _Motion, more: str, heads: str, bodies: str) -> Lemma:
    last = f"tr(T(V(v))*S(v)) = {motion.total('H')}".replace(",t)", ",v)").replace("V(t)", "V(v)")
    return Lemma(
        id, title,
        statement(
            f"all {NETWORK},{more} V:real->mat(r,n), tau:real | h0: 0 <= H, p0 p1: {FORWARD}, o0 o1: {OUTPUT},"
            f" hl: {LAST.format(v=_V)}, ha: {BACK.format(v=_V)}, hw: {heads}, hb: {bodies} => {_conclusion(motion)}"),
        (
            induct("I", f"all k:int | 0 <= k => (all | k <= H => {_result(motion, 'k')})", "hk ih", [_base(motion)],
                   [_rise(motion)]),
            apply("J", "I", k="H"), apply("K", "J"),
            obtain("end", "K", "e o d s n",
                   intro("n2", f"all v:real | 0 <= v, v <= tau => {last}", "t1 t2", apply("a", "n", t="v"),
                         apply("b", "hl", t="v"), combine("z", facts="a b")),
                   witness("z", O="u -> O(u)", S="t -> S(t)")),
        ),
    )


MULTISCALE_RULE = _lemma(
    "gnn_convergence.multiscale_rule", "A multiscale network that follows a gradient: its derivative, squares added up",
    _FLOW, "", HEADS.format(v=_V), BODIES)

VELOCITIES = " X:(l:int,t:real)->mat(r,m(l)), Z:(l:int,t:real)->mat(m(l),m(l-1)),"
ANY_HEADS = f"(all l:int, t:real | 0 <= l, l <= H, {TIME} => deriv(u: W(l,u), t, X(l,t)))"
ANY_BODIES = f"(all l:int, t:real | 1 <= l, l <= H, {TIME} => deriv(u: B(l,u), t, Z(l,t)))"

GRADIENT_RULE = _lemma(
    "gnn_convergence.gradient_rule", "A multiscale network that moves in any way: the gradients of heads and layers",
    _ANY, VELOCITIES, ANY_HEADS, ANY_BODIES)

ANY_CONCLUSION = _conclusion(_ANY)
ANY_TERM, ANY_BACK_TERM = _ANY.term, _ANY.back

LEMMAS = (MULTISCALE_RULE, GRADIENT_RULE)

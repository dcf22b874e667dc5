"""What gradient flow of a linear or multiscale graph network does to the loss, exactly, and that it is gradient flow.

With V = dL/df, P_l = B_l ... B_1 and A_i = sum_{l >= i} (W_l B_l ... B_{i+1})' V G_l', a network that moves with
velocities X_l of the heads and Z_i of the layers changes the loss at <V, df/dt> = sum_l <X_l, V G_l' P_l'> +
sum_i <Z_i, A_i P_{i-1}'>: these are the gradients. Along their negatives -dL/dt is the sum of squared norms: squares
of sums over scales, not sums of squares. With only the last head in motion (and zero below) it is the linear network.
"""

from __future__ import annotations

from theory.gnn_convergence.multiscale_rule import (
    ANY_BACK_TERM,
    ANY_BODIES,
    ANY_CONCLUSION,
    ANY_HEADS,
    ANY_TERM,
    BACK,
    BACK_TERM,
    LAST,
    NETWORK,
    OUTPUT,
    TERM,
    VELOCITIES,
)
from theory.gnn_convergence.product_rule import FORWARD, TIME
from theory.language import Claim, Comparison, Control, Kill, Source, Witness, statement
from theory.language.derivation import Step, apply, combine, intro, obtain, witness

_V = "V(t)"
_TERM = TERM.format(v=_V)
_HEAD = "X(l,t) = -1*V(t)*T(G(l))*T(P(l,t))"
_BODIES = f"(all i:int, t:real | 1 <= i, i <= H, {TIME} => Z(i,t) = -1*A(i,t)*T(P(i-1,t)))"
_HEADS = f"(all l:int, t:real | 0 <= l, l <= H, {TIME} => {_HEAD})"
_LAST_HEAD = f"(all l:int, t:real | l = H, {TIME} => {_HEAD})"
_OTHERS = f"(all l:int, t:real | 0 <= l, l <= H - 1, {TIME} => X(l,t) = 0*X(l,t))"


def _falls(heads: str) -> str:
    return ("(some O S:real->mat(r,n) | (all u:real => O(u) = F(H,u)),"
            f" (all t:real | {TIME} => deriv(u: O(u), t, S(t))),"
            f" (all t:real | {TIME} => tr(T(V(t))*S(t)) = -{heads} - sum(i=1..H: {BACK_TERM})))")


_ALL_HEADS = f"sum(l=0..H: {_TERM})"
_ONE_HEAD = _TERM.replace("(l", "(H")
_MULTISCALE = f"(all | {_HEADS}, {_BODIES} => {_falls(_ALL_HEADS)})"
_LINEAR = f"(all | {_OTHERS}, {_LAST_HEAD}, {_BODIES} => {_falls(_ONE_HEAD)})"

STATEMENT = statement(
    f"all {NETWORK},{VELOCITIES} V:real->mat(r,n), tau:real | H1: 0 <= H, H2 H3: {FORWARD}, H4 H5: {OUTPUT},"
    f" H6: {LAST.format(v=_V)}, H7: {BACK.format(v=_V)}, H8: {ANY_HEADS}, H9: {ANY_BODIES}"
    f" => some | {ANY_CONCLUSION}, {_MULTISCALE}, {_LINEAR}")
"""H2-H5 the network, H6-H7 the backward recursion for A, H8-H9 the velocities: any motion, and the two flows."""

ATTACKED = statement(
    "all b c p k z g h v d:real | H5: d = p*g + (k*b + c*z)*h, H8: p = -v*g, H7: k = -v*h*b, H9: z = -c*v*h"
    " => v*d = -(v*g)^2 - (v*h*b)^2 - (c*v*h)^2")
"""The second part for H = 1 in numbers: heads a, c with velocities p, k, a layer b with velocity z."""


def _sums(heads: tuple[Step, ...]) -> tuple[Step, ...]:
    """tr(V' S) = minus the squares, from the sums over velocities; `heads` turn the first one."""
    return (
        intro("bi", f"all i:int | 1 <= i, i <= H => {ANY_BACK_TERM} = -1*{BACK_TERM}", "i1 i2",
              apply("a", "hz", i="i", t="t"), combine("w", facts="a", goal=f"{ANY_BACK_TERM} = -1*{BACK_TERM}")),
        apply("sb", "textbook.sum_scale", f=f"i -> {ANY_BACK_TERM}", g=f"i -> {BACK_TERM}", c="-1", a="1", b="H"),
        *heads,
    )


def _part(heads: tuple[Step, ...], goal: str, used: str) -> Step:
    return obtain(
        "y", "any", "o s n",
        intro("n2", f"all t:real | {TIME} => tr(T(V(t))*S(t)) = -{goal} - sum(i=1..H: {BACK_TERM})", "t1 t2",
              apply("now", "n", t="t"), *_sums(heads), combine("x", facts=f"now sb {used}", rounds=5)),
        witness("x", O="u -> O(u)", S="t -> S(t)"))


_HEAD_STEP = (apply("a", "hx", l="l", t="t"), combine("w", f"{ANY_TERM} = -1*{_TERM}", "a"))

_DERIVATION = (
    apply("any", "gnn_convergence.gradient_rule", H="H", r="r", n="n", m="l -> m(l)", W="l, t -> W(l,t)",
          B="l, t -> B(l,t)", P="l, t -> P(l,t)", F="l, t -> F(l,t)", A="l, t -> A(l,t)", G="l -> G(l)",
          X="l, t -> X(l,t)", Z="l, t -> Z(l,t)", V="t -> V(t)", tau="tau"),
    intro("multi", _MULTISCALE[1:-1], "hx hz", _part((
        intro("hi", f"all l:int | 0 <= l, l <= H => {ANY_TERM} = -1*{_TERM}", "l1 l2", *_HEAD_STEP),
        apply("sh", "textbook.sum_scale", f=f"l -> {ANY_TERM}", g=f"l -> {_TERM}", c="-1", a="0", b="H"),
    ), _ALL_HEADS, "sh")),
    intro("linear", _LINEAR[1:-1], "h0 hx hz", _part((
        intro("zi", f"all l:int | 0 <= l, l <= H - 1 => {ANY_TERM} = 0*{_TERM}", "l1 l2",
              apply("a", "h0", l="l", t="t"), combine("w", f"{ANY_TERM} = 0*{_TERM}", "a")),
        apply("sh", "textbook.sum_scale", f=f"l -> {ANY_TERM}", g=f"l -> {_TERM}", c="0", a="0", b="H - 1"),
        apply("sl", "ax.sum_last", f=f"l -> {ANY_TERM}", a="0", b="H"), apply("la", "hx", l="H", t="t"),
        combine("one", f"{ANY_TERM.replace('(l', '(H')} = -1*{_ONE_HEAD}", "la"),
    ), _ONE_HEAD, "sh sl one")),
    witness("end"),
)

INSTANCE = Witness((
    intro("w", "all t:real | 0 <= t, t <= 1 => deriv(u: I(2), t, 0*I(2))", "t1 t2",
          apply("z", "ax.dm_const", r="2", c="2", C="I(2)", p="t")),
    witness("end", H="1", r="2", n="2", m="l -> 2", W="l, t -> I(2)", B="l, t -> I(2)", P="l, t -> I(2)",
            F="l, t -> (l + 1)*I(2)", A="l, t -> (2 - l)*I(2)", G="l -> I(2)", X="l, t -> 0*I(2)", Z="l, t -> 0*I(2)",
            V="t -> I(2)", tau="1"),
))

CONTROLS = (
    Control("sum_of_squares", "what reaches a layer from two scales squared scale by scale: 2 instead of 4",
            statement("all w c b v g h A:real | A = w*v*g + c*b*v*h => A^2 = (w*v*g)^2 + (c*b*v*h)^2"),
            Witness((witness("end", w="1", c="1", b="1", v="1", g="1", h="1", A="2"),))),
    Control("row_major_vec", "vec by rows with the Kronecker product (B'B) x I of vec by columns; B = diag(1, 2)",
            statement("all a b c d:real => a^2 + b^2 + 4*(c^2 + d^2)"
                      " = (a*1)^2 + (b*2)^2 + (c*1)^2 + (d*2)^2"),
            Witness((witness("end", a="0", b="1", c="0", d="0"),))),
    Control("layer_below_left_out", "the gradient of a layer without the product of the layers below it",
            statement("all b c v h z k:real | z = -c*v*h => v*(k*z*h*c) = -(c*v*h)^2*k*k"),
            Witness((witness("end", b="1", c="1", v="1", h="1", z="-1", k="2"),))),
)

KILLS = (
    Kill("one", Witness((witness("end", b="1", c="1", p="-1", k="-1", z="-1", g="1", h="1", v="1", d="-3"),))),
    Kill("output too large", Witness((witness("end", b="1", c="1", p="-1", k="-1", z="-1", g="1", h="1", v="1",
                                              d="0"),))),
    Kill("first head at rest", Witness((witness("end", b="1", c="1", p="0", k="-1", z="-1", g="1", h="1", v="1",
                                                d="-2"),))),
    Kill("second head at rest", Witness((witness("end", b="1", c="1", p="-1", k="0", z="-1", g="1", h="1", v="1",
                                                 d="-2"),))),
    Kill("layer at rest", Witness((witness("end", b="1", c="1", p="-1", k="-1", z="0", g="1", h="1", v="1",
                                           d="-2"),))),
    Kill("two", Witness((witness("end", b="2", c="2", p="-2", k="-4", z="-4", g="2", h="2", v="1", d="-36"),))),
)

CLAIM = Claim(
    id="gnn_convergence.dynamics_identity",
    title="How fast the loss of a graph network falls along gradient flow, exactly",
    statement=STATEMENT,
    source=Source("K. Xu, M. Zhang, S. Jegelka, K. Kawaguchi", 2021,
                  "Optimization of Graph Neural Networks: Implicit Acceleration by Skip Connections and More Depth",
                  "reconstructed", arxiv="2105.04550",
                  note="The theorem on the dynamics, recalled; derived here for every depth from the product rule,"
                  " together with the statement that the flow is that of the gradients."),
    summary="-dL/dt is the sum of ||V G_l' P_l'||^2 over the trained heads and of ||A_i P_{i-1}'||^2 over the layers,"
            " for every loss with dL/df = V, every depth and width.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("loss", "any differentiable loss, V = dL/df", "any V; tr(V' S) with S = df/dt is dL/dt by the chain"
                   " rule", "the chain rule for a general loss is not part of the statement"),
        Comparison("norms", "||vec(V G_l')||^2 in the metric (P'P) x I, columns stacked", "||V G_l' P_l'||^2",
                   "the same number; stacking rows is a control"),
        Comparison("layers", "||sum_l J_(i,l) v_l||^2", "||A_i P_{i-1}'||^2 with A by the backward recursion",
                   "the same: A_i P_{i-1}' = sum_l (W_l B_l...B_{i+1})' V G_l' P_{i-1}'"),
        Comparison("gradient flow", "assumed", "part 1: for every motion the change is the inner product with"
                   " V G_l' P_l' and A_i P_{i-1}', so these are the gradients", "stronger"),
        Comparison("linear network", "its own identity", "part 3: heads below the last at rest", "more general: they"
                   " need not be zero"),
    ),
    tightness="An identity.",
    experiments=("gnn_convergence.dynamics",),
    kills=KILLS,
    attacked=ATTACKED,
)

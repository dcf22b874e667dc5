"""More depth with heads on all layers never slows the start of training; without skips it can.

From zero heads and orthogonal layers (B_l' B_l = I) the loss falls at 4 sum_{l <= H} ||Y G_l'||^2, since P_l' P_l = I
for all products. The sum grows with H. Without skips only the last term is there, and ||Y G_H'|| may fall with H, as it
does for averaging (a control).
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Survivor, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, witness

_TERM = "tr((-2*Y)*T(G(l))*T(P(l))*T((-2*Y)*T(G(l))*T(P(l))))"
_PLAIN = "tr(Y*T(G(l))*T(Y*T(G(l))))"
_RATE = "sum(l=0..{0}: " + _TERM + ")"
_ORTHOGONAL = "(all l:int | 0 <= l => T(P(l))*P(l) = I(m(0)))"
_VALUE = f"(all H:int | 0 <= H => {_RATE.format('H')} = 4*sum(l=0..H: {_PLAIN}))"
_GROWS = (f"(all H:int | 0 <= H => {_RATE.format('H+1')} = {_RATE.format('H')} + 4*"
          + _PLAIN.replace("(l)", "(H+1)") + ")")
_NEVER = f"(all H:int | 0 <= H => {_RATE.format('H')} <= {_RATE.format('H+1')})"

STATEMENT = statement(
    "all r n:int, m:int->int, B:(l:int)->mat(m(l),m(l-1)), P:(l:int)->mat(m(l),m(0)), G:(l:int)->mat(m(0),n),"
    " Y:mat(r,n) | H1 H2: def P(0) = I(m(0)) then P(l+1) = B(l+1)*P(l),"
    " H3: (all l:int | 1 <= l => T(B(l))*B(l) = I(m(l-1)))"
    f" => some | {_ORTHOGONAL}, {_VALUE}, {_GROWS}, {_NEVER}")
"""H1-H2 products of layers, H3 orthogonal layers; with V = -2 Y the decrease from zero heads, and how it grows."""

_DERIVATION = (
    induct("J", "all k:int | 0 <= k => T(P(k))*P(k) = I(m(0))", "hk ih",
           [combine("z", facts="H1", rounds=3)],
           [apply("a", "H2", l="k"), combine("k1", "1 <= k + 1", "hk"), apply("b", "H3", l="k + 1"),
            combine("c", "T(P(k))*T(B(k+1))*B(k+1)*P(k) = T(P(k))*P(k)", "b"),
            combine("d", "T(P(k+1))*P(k+1) = T(P(k))*T(B(k+1))*B(k+1)*P(k)", "a", rounds=3),
            combine("z", facts="d c ih")]),
    intro("orth", _ORTHOGONAL[1:-1], "l0", apply("z", "J", k="l")),
    intro("one", f"all l:int | 0 <= l => {_TERM} = 4*{_PLAIN}", "l0", apply("a", "J", k="l"),
          combine("b", f"tr(Y*T(G(l))*T(P(l))*P(l)*G(l)*T(Y)) = {_PLAIN}", "a"), combine("z", facts="b")),
    intro("value", _VALUE[1:-1], "h0",
          intro("o", f"all l:int | 0 <= l, l <= H => {_TERM} = 4*{_PLAIN}", "l1 l2", apply("y", "one", l="l")),
          apply("z", "textbook.sum_scale", f=f"l -> {_TERM}", g=f"l -> {_PLAIN}", c="4", a="0", b="H")),
    intro("grows", _GROWS[1:-1], "h0", combine("h1", "0 <= H + 1", "h0"),
          apply("a", "ax.sum_last", f=f"l -> {_TERM}", a="0", b="H + 1"), apply("b", "one", l="H + 1"),
          combine("z", facts="a b")),
    intro("never", _NEVER[1:-1], "h0", apply("a", "grows", H="H"),
          combine("q", "0 <= " + _PLAIN.replace("(l)", "(H+1)"), squares=("Y*T(G(H+1))",)),
          combine("z", facts="a q", degree=1)),
    witness("end"),
)

ATTACKED = statement(
    "all b p k g h y c:real | H1: p^2 = 1, H2: k = b*p, H3: b^2 = 1, H4: c = (2*y*g*p)^2 + (2*y*h*k)^2"
    " => c = 4*((y*g)^2 + (y*h)^2)")
"""Two scales in numbers: p and k the products of the layers, g and h the features, c the decrease."""


def _at(**values: str) -> Witness:
    plain = {"b": "1", "p": "1", "k": "1", "g": "1", "h": "1", "y": "1", "c": "8"}
    return Witness((witness("end", **{**plain, **values}),))


KILLS = (
    Kill("ones", _at()), Kill("features two", _at(g="2", h="2", c="32")), Kill("other signs", _at(b="-1", k="-1")),
    Kill("label two", _at(y="2", c="32")), Kill("negative product", _at(p="-1", k="-1")),
    Kill("negative label", _at(y="-1")), Kill("negative features", _at(g="-1", h="-1")),
    Kill("first product two", _at(p="2", k="2", c="32")), Kill("second product free", _at(k="0", c="4")),
    Kill("layer two", _at(b="2", k="2", c="20")), Kill("another decrease", _at(c="0")),
    Kill("first scale only", _at(h="0", c="4")), Kill("second scale only", _at(g="0", c="4")),
)
SURVIVORS = (
    Survivor(("shift H1, power 2", "shift H3, power 2"), "true: a first or third power that is 1 makes the number 1"),
)

CONTROLS = (
    Control("depth_without_skips", "depth accelerates without skips as well: one edge, averaging, features and labels"
            " (1, 0): 1/4 after one layer, 1 without",
            statement("all X Y:mat(1,2), S:mat(2,2) => tr(Y*T(X)*T(Y*T(X))) <= tr(Y*T(X*S)*T(Y*T(X*S)))"),
            Witness((witness("end", X="[[1,0]]", Y="[[1,0]]", S="[[1/2,1/2],[1/2,1/2]]"),))),
    Control("strictly_faster", "each layer makes the start strictly faster: features orthogonal to the labels",
            statement("all X Y:mat(1,2) => 0 < tr(Y*T(X)*T(Y*T(X)))"),
            Witness((witness("end", X="[[1,0]]", Y="[[0,1]]"),))),
    Control("layers_that_shrink", "layers that are not orthogonal, B = 1/2: the decrease is not that of the features",
            statement("all b g y:real => (2*y*g*b)^2 = 4*(y*g)^2"),
            Witness((witness("end", b="1/2", g="1", y="1"),))),
)

CLAIM = Claim(
    id="gnn_convergence.depth_accelerates",
    title="With skip connections, more depth never slows the start of training",
    statement=STATEMENT,
    source=Source("K. Xu, M. Zhang, S. Jegelka, K. Kawaguchi", 2021,
                  "Optimization of Graph Neural Networks: Implicit Acceleration by Skip Connections and More Depth",
                  "reconstructed", arxiv="2105.04550",
                  note="The statement on depth, recalled; exact at zero heads with orthogonal layers, and false for"
                  " averaging without skips."),
    summary="From zero heads with orthogonal layers -dL/dt = 4 sum_{l <= H} ||Y G_l'||^2, which grows by"
            " 4 ||Y G_{H+1}'||^2 with one more layer.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", r="2", n="2", m="l -> 2", B="l -> I(2)", P="l -> I(2)", G="l -> I(2)",
                              Y="I(2)"),)),
    controls=CONTROLS,
    comparison=(
        Comparison("decrease", "-dL(0)/dt of the multiscale network at W = 0", "sum of ||V G_l' P_l'||^2 with V = -2 Y",
                   "that this is the decrease is gnn_convergence.skip_accelerates"),
        Comparison("layers", "orthogonal", "H3, also for layers that widen", "as stated"),
        Comparison("general W", "extra terms and cross terms of either sign", "not stated here",
                   "gnn_convergence.depth_with_heads, an identity"),
        Comparison("without skips", "false for GCN, true for GIN in examples", "a control", ""),
    ),
    tightness="An equality; the growth is zero exactly when the new features do not see the labels.",
    experiments=("gnn_convergence.acceleration_limits", "gnn_convergence.skip_depth_labels"),
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)

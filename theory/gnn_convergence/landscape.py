"""Critical points of a linear graph network: where the layers have full column rank they are global minima.

If the head's gradient R G' P' vanishes and P'P >= mu > 0, then L = L*. Zero weights are critical as well and have
L - L* = ||Z G||^2 with Z the least-squares solution: not global unless Y G' = 0. For one hidden layer the loss falls
there along every pair (A, C) with <A C G, Y> > 0, at the second order.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Survivor, Witness, statement
from theory.language.derivation import apply, cases, combine, intro, witness

_LEAST = "tr((Z*G - Y)*T(Z*G - Y))"
_R = "(W*P*G - Y)"
_GLOBAL = (f"(all h:int, W:mat(r,h), P:mat(h,p), mu:real | {_R}*T(G)*T(P) = 0*({_R}*T(G)*T(P)), 0 < mu,"
           " (all V:mat(r,p) => mu*tr(V*T(V)) <= tr(V*T(P)*T(V*T(P))))"
           f" => tr({_R}*T({_R})) = {_LEAST})")
_ZERO = f"tr(Y*T(Y)) - {_LEAST} = tr(Z*G*T(Z*G))"
_SADDLE = ("(all h:int, A:mat(r,h), C:mat(h,p), s:real => tr((s*A*(s*C)*G - Y)*T(s*A*(s*C)*G - Y))"
           " = tr(Y*T(Y)) - 2*s^2*tr(A*C*G*T(Y)) + s^4*tr(A*C*G*T(A*C*G)))")
_BEST = f"(all V:mat(r,p) => tr((V*G - Y)*T(V*G - Y)) - {_LEAST} = tr((V - Z)*G*T((V - Z)*G)))"

STATEMENT = statement(
    "all r n p:int, G:mat(p,n), Y:mat(r,n), Z:mat(r,p) | H1: Z*G*T(G) = Y*T(G)"
    f" => some | {_GLOBAL}, {_ZERO}, {_SADDLE}, {_BEST}")
"""H1: Z solves the normal equations. Full-rank critical points; zero weights; directions down from them; L - L*."""

_D = f"({_R}*T(G))"
_T, _Q = f"tr({_D}*T(W*P - Z))", "tr((W*P - Z)*T(W*P - Z))"
_N = f"(({_Q} + 1)*{_D} - {_T}*(W*P - Z))"

_DERIVATION = (
    intro("global", _GLOBAL[1:-1], "g0 m0 hm",
          apply("ray", "hm", V=_D), combine("crit", f"tr({_D}*T(P)*T({_D}*T(P))) = 0", "g0"),
          combine("small0", f"mu*tr({_D}*T({_D})) <= mu*0", "ray crit"),
          combine("small", f"tr({_D}*T({_D})) <= 0", "small0", mul="m0", degree=1),
          # t = <R G', N> is zero for every N: 0 <= ||(q + 1) R G' - t N||^2 with q = ||N||^2
          combine("sq", f"0 <= tr({_N}*T({_N}))", squares=(_N,)),
          combine("q0", f"0 <= {_Q}", squares=("W*P - Z",)),
          combine("qq", f"0 <= ({_Q} + 1)^2", squares=(f"{_Q} + 1",)),
          combine("small2", f"({_Q} + 1)^2*tr({_D}*T({_D})) <= 0", "small qq"),
          combine("t1", f"{_T}^2*({_Q} + 2) <= 0", "sq small2", degree=1),
          combine("t2", f"{_T}^2*2 + {_T}^2*{_Q} <= 0", "t1"),
          combine("t3", f"0 <= {_T}^2*{_Q}", "q0", squares=(_T,)), combine("t4", f"{_T}^2 <= 0", "t2 t3", degree=1),
          combine("py", f"tr({_R}*T({_R})) - {_LEAST} = {_T}", "H1", rounds=3),
          combine("lo", f"0 <= {_T}", "py H1", squares=("(W*P - Z)*G",)),
          apply("or", "ax.total", x=_T, y="0"),
          cases("t0", "or", "c", [combine("x", facts="c")],
                [combine("x1", f"0 < {_T}^2", "c"), combine("x2", "1 <= 0", "x1 t4", mul="x1", degree=1),
                 combine("x", f"{_T} <= 0", "x2 c")], goal=f"{_T} <= 0"),
          apply("t5", "ax.antisym", f"{_T} = 0", x=_T, y="0"), combine("z", facts="py t5")),
    combine("zero", _ZERO, "H1", rounds=3),
    intro("saddle", _SADDLE[1:-1], "", combine("z")),
    intro("best", _BEST[1:-1], "", combine("z", facts="H1", rounds=3)),
    witness("end"),
)

ATTACKED = statement(
    "all w p g y z mu:real | H1: z*g*g = y*g, H2: (w*p*g - y)*g*p = 0, H3: 0 < mu, H4: mu <= p^2"
    " => (w*p*g - y)^2 = (z*g - y)^2")
"""The first part in numbers."""


def _at(**values: str) -> Witness:
    return Witness((witness("end", **{**{"w": "1", "p": "1", "g": "1", "y": "1", "z": "1", "mu": "1"}, **values}),))


KILLS = (
    Kill("minimum", _at()), Kill("minimum, two", _at(w="2", y="2", z="2")), Kill("no features", _at(g="0", y="2")),
    Kill("no features, half labels", _at(g="0", y="1/2")), Kill("not a solution", _at(z="0")),
    Kill("not critical", _at(w="0")), Kill("no layers", _at(w="0", p="0", mu="0")),
    Kill("no layers, negative bound", _at(w="0", p="0", mu="-1")), Kill("bound beyond the layers", _at(w="0", p="0")),
)
SURVIVORS = (
    Survivor(("shift H4, power 2",), "true: any power of p that is positive keeps p from 0"),
)

CONTROLS = (
    Control("all_critical_points", "every critical point is global: zero weights are critical for Y = G = 1",
            statement("all w b y z:real | z = y, (w*b - y)*b = 0, w*(w*b - y) = 0 => (w*b - y)^2 = (z - y)^2"),
            Witness((witness("end", w="0", b="0", y="1", z="1"),))),
    Control("least_loss_a_little_lower", "a loss below L* - 1/1000 on the path of three nodes (features 1, 0, 1, all"
            " nodes trained, labels 1, 0, 0)",
            statement("all w b v:real | v = w*b => (v - 1)^2 + (2*v)^2 + v^2 <= 5/6 - 1/1000"),
            Witness((witness("end", w="1", b="1/6", v="1/6"),))),
    Control("zero_is_global", "zero weights are a global minimum", statement(
        "all G:mat(1,2), Y:mat(1,2), Z:mat(1,1) | Z*G*T(G) = Y*T(G)"
        " => tr(Y*T(Y)) <= tr((Z*G - Y)*T(Z*G - Y))"),
        Witness((witness("end", G="[[1,1]]", Y="[[1,1]]", Z="[[1]]"),))),
)

CLAIM = Claim(
    id="gnn_convergence.landscape",
    title="Critical points of a linear graph network with layers of full rank are global minima",
    statement=STATEMENT,
    source=Source("K. Xu, M. Zhang, S. Jegelka, K. Kawaguchi", 2021,
                  "Optimization of Graph Neural Networks: Implicit Acceleration by Skip Connections and More Depth",
                  "strengthened", arxiv="2105.04550", note="Read off the proof of the rate."),
    summary="A vanishing gradient of the head and P'P >= mu > 0 give L = L*; zero weights have L - L* = ||Z G||^2, with"
            " exact directions of descent, so they are no local minimum for one hidden layer unless Y G' = 0.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", r="1", n="2", p="1", G="[[1,1]]", Y="[[1,3]]", Z="[[2]]"),)),
    controls=CONTROLS,
    comparison=(
        Comparison("critical", "the whole gradient vanishes", "the head's part R G' P' vanishes", "stronger"),
        Comparison("full column rank", "B_H...B_1", "P'P >= mu > 0 for a product of any depth", "as stated"),
        Comparison("zero weights", "critical, not global", "part 2: the gap is ||Z G||^2",
                   "that the gradient vanishes at every depth is gnn_convergence.zero_weights"),
        Comparison("saddle", "strict for H = 1, Hessian zero for H >= 2", "part 3: the loss on the plane (s A, s C), a"
                   " polynomial in s", "H = 1; every depth, with the descent, is gnn_convergence.zero_weights"),
        Comparison("probes", "L <= gamma satisfiable at L*, not below", "part 4: L - L* is a sum of squares",
                   "a certificate for all shapes; on the path of three nodes `decide` also answers sat at L* and unsat"
                   " at L* - 1/1000"),
    ),
    tightness="Identities.",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)

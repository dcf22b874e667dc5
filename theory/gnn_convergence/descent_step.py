"""One step of gradient descent on ||W B G - Y||^2: how far the loss falls, and what stays true from step to step.

With K = 2 (W B G - Y) G' the gradients are K B' and W' K. The next residual is E - eta F G with F = K B'B + W_+ W'K, so
L_+ = L - eta N + eta^2 <K, K B'W'K> + eta^2 ||F G||^2 exactly, with N the squared gradient: no curvature along the way.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import apply, combine, intro, witness

_E = "(W*B*G - Y)"
_NEXT = "(W - eta*K*T(B))"
_F = f"(K*T(B)*B + {_NEXT}*T(W)*K)"
_N = "(tr(K*T(B)*B*T(K)) + tr(T(W)*K*T(K)*W))"
_LOSS = f"tr({_E}*T({_E}))"
_AFTER = f"({_NEXT}*(B - eta*T(W)*K)*G - Y)"

FALL = Lemma(
    "gnn_convergence.fall_of_a_step", "A step that is short against the norms lowers the loss by half the first order",
    statement("all r n p h:int, W:mat(r,h), B:mat(h,p), G:mat(p,n), Y:mat(r,n), K:mat(r,p), w b gam el eta:real |"
              f" hk: K = 2*{_E}*T(G), hh: 0 <= h, w0: 0 < w, b0: 0 < b, g0: 0 < gam, l0: 0 < el, e0: 0 <= eta,"
              " hg: (all V:mat(r,p) => tr(V*G*T(V*G)) <= gam^2*tr(V*T(V))),"
              f" hw: (all d:int, X:mat(d,h) => tr(X*T({_NEXT})*T(X*T({_NEXT}))) <= w^2*tr(X*T(X))),"
              " hb: (all d:int, X:mat(d,h) => tr(X*B*T(X*B)) <= b^2*tr(X*T(X))),"
              f" hl: {_LOSS} <= el^2, hs: eta*(2*gam^2*(w^2 + b^2) + 2*el*gam) <= 1"
              f" => tr({_AFTER}*T({_AFTER})) <= {_LOSS} - eta/2*{_N}"),
    (
        # the residual after the step, and its square
        combine("in", f"2*tr({_E}*T({_F}*G)) = tr(K*T({_F}))", "hk"),
        combine("x2", f"tr({_AFTER}*T({_AFTER})) = {_LOSS} - eta*{_N} + eta^2*tr(K*T(K)*W*B*T(K))"
                f" + eta^2*tr({_F}*G*T({_F}*G))", "in", rounds=3),
        # ||F G||^2 <= gam^2 (w^2 + b^2) N
        apply("fg", "hg", V=_F),
        apply("f1", "hb", d="r", X="K*T(B)"), apply("f2", "hw", d="p", X="T(K)*W"),
        combine("sq", f"0 <= tr((w^2*K*T(B)*B - b^2*{_NEXT}*T(W)*K)*T(w^2*K*T(B)*B - b^2*{_NEXT}*T(W)*K))",
                squares=(f"w^2*K*T(B)*B - b^2*{_NEXT}*T(W)*K",)),
        combine("w2", "0 < w^2", "w0"), combine("b2", "0 < b^2", "b0"),
        combine("w4", "0 <= w^2*w^2", "w2"), combine("b4", "0 <= b^2*b^2", "b2"),
        combine("s1", "w^2*w^2*tr(K*T(B)*B*T(K*T(B)*B)) <= w^2*w^2*(b^2*tr(K*T(B)*T(K*T(B))))", "f1 w4"),
        combine("s2", f"b^2*b^2*tr({_NEXT}*T(W)*K*T({_NEXT}*T(W)*K)) <= b^2*b^2*(w^2*tr(T(K)*W*T(T(K)*W)))", "f2 b4"),
        combine("wb", "0 < w^2*b^2", "w2 b2"),
        combine("c0", f"w^2*b^2*(2*tr(K*T(B)*B*T({_NEXT}*T(W)*K)))"
                " <= w^2*b^2*(w^2*tr(K*T(B)*T(K*T(B))) + b^2*tr(T(K)*W*T(T(K)*W)))", "sq s1 s2", degree=1),
        combine("c1", f"2*tr(K*T(B)*B*T({_NEXT}*T(W)*K))"
                " <= w^2*tr(K*T(B)*T(K*T(B))) + b^2*tr(T(K)*W*T(T(K)*W))", "c0", mul="wb", degree=1),
        combine("f3", f"tr({_F}*T({_F})) <= (w^2 + b^2)*{_N}", "c1 f1 f2", degree=1),
        combine("g2", "0 < gam^2", "g0"),
        combine("f4", f"gam^2*tr({_F}*T({_F})) <= gam^2*((w^2 + b^2)*{_N})", "f3 g2"),
        combine("big", f"tr({_F}*G*T({_F}*G)) <= gam^2*(w^2 + b^2)*{_N}", "fg f4", degree=1),
        # ||K||^2 <= 4 gam^2 L
        apply("eg", "hg", V=f"{_E}*T(G)"),
        combine("es", f"0 <= tr((gam^2*{_E} - {_E}*T(G)*G)*T(gam^2*{_E} - {_E}*T(G)*G))",
                squares=(f"gam^2*{_E} - {_E}*T(G)*G",)),
        combine("e1", f"gam^2*tr({_E}*T(G)*T({_E}*T(G))) <= gam^2*(gam^2*{_LOSS})", "eg es", degree=1),
        combine("e2", f"tr({_E}*T(G)*T({_E}*T(G))) <= gam^2*{_LOSS}", "e1", mul="g2", degree=1),
        combine("e3", f"gam^2*{_LOSS} <= gam^2*el^2", "hl g2"),
        combine("kk", f"tr(K*T(K)) = 4*tr({_E}*T(G)*T({_E}*T(G)))", "hk", rounds=3),
        combine("k2", "tr(K*T(K)) <= 4*gam^2*el^2", "kk e2 e3", degree=1),
        # <K B', K (W'K)'> <= el gam N
        apply("ks", "gnn_convergence.submultiplicative", d="r", k="p", n="h", V="K", A="T(K)*W"),
        combine("a0", "0 <= tr(T(K)*W*T(T(K)*W))", squares=("T(K)*W",)),
        combine("k3", "tr(K*T(K))*tr(T(K)*W*T(T(K)*W)) <= 4*gam^2*el^2*tr(T(K)*W*T(T(K)*W))", "k2 a0"),
        combine("ps", "0 <= tr((2*el*gam*K*T(B) - K*T(K)*W)*T(2*el*gam*K*T(B) - K*T(K)*W))",
                squares=("2*el*gam*K*T(B) - K*T(K)*W",)),
        combine("lg", "0 < 4*el*gam", "l0 g0"),
        combine("p1", f"4*el*gam*tr(K*T(K)*W*B*T(K)) <= 4*el*gam*(el*gam*{_N})", "ps ks k3", degree=1),
        combine("p2", f"tr(K*T(K)*W*B*T(K)) <= el*gam*{_N}", "p1", mul="lg", degree=1),
        # together
        combine("n1", "0 <= tr(K*T(B)*B*T(K))", squares=("K*T(B)",)),
        combine("n0", f"0 <= {_N}", "n1 a0", degree=1),
        combine("sn", f"eta*(2*gam^2*(w^2 + b^2) + 2*el*gam)*{_N} <= {_N}", "hs n0"),
        combine("sn2", f"eta*(eta*(2*gam^2*(w^2 + b^2) + 2*el*gam)*{_N}) <= eta*{_N}", "sn e0"),
        combine("t0", "0 <= eta^2", squares=("eta",)),
        combine("t1", f"eta^2*tr(K*T(K)*W*B*T(K)) <= eta^2*(el*gam*{_N})", "p2 t0"),
        combine("t2", f"eta^2*tr({_F}*G*T({_F}*G)) <= eta^2*(gam^2*(w^2 + b^2)*{_N})", "big t0"),
        combine("end", facts="x2 t1 t2 sn2", degree=1),
    ),
)

_C = "(T(U)*B)"
_OFF = "(V*T(B) - V*T(B)*U*T(U))"

LAYER = Lemma(
    "gnn_convergence.layer_from_imbalance", "An imbalance that is large on a space of the width below bounds the layer",
    statement("all r p h:int, W:mat(r,h), B U:mat(h,p), N:mat(h,h), s mu c:real | u: T(U)*U = I(p), m0: 0 < mu,"
              " ms: mu <= s - c, st: (all d:int, X:mat(d,p) => s*tr(X*T(X)) <= tr(X*T(U)*N*U*T(X))),"
              " low: (all d:int, V:mat(d,h) => tr(V*N*T(V)) - c*tr(V*T(V)) <= tr(V*(B*T(B) - T(W)*W)*T(V)))"
              " => (all d:int, V:mat(d,p) => mu*tr(V*T(V)) <= tr(V*T(B)*T(V*T(B))))"),
    (
        intro("col", f"all d:int, X:mat(d,p) => mu*tr(X*T(X)) <= tr(X*{_C}*T(X*{_C}))", "",
              apply("a", "st", d="d", X="X"), apply("b", "low", d="d", V="X*T(U)"),
              combine("n", "tr(X*T(U)*T(X*T(U))) = tr(X*T(X))", "u"),
              combine("n2", "c*tr(X*T(U)*T(X*T(U))) = c*tr(X*T(X))", "n"),
              combine("q", "0 <= tr(X*T(X))", squares=("X",)),
              combine("m", "mu*tr(X*T(X)) <= (s - c)*tr(X*T(X))", "ms q"),
              combine("z", facts="a b n2 m", squares=("X*T(U)*T(W)",), degree=1)),
        apply("tb", "gnn_convergence.transposed_bound", k="p", C=_C, s="mu"),
        intro("end", None, "", apply("a", "tb", d="d", V="V"),
              combine("sq", f"0 <= tr({_OFF}*T({_OFF}))", squares=(_OFF,)),
              combine("e", "tr(V*T(B)*U*T(U)*U*T(U)*B*T(V)) = tr(V*T(B)*U*T(U)*B*T(V))", "u"),
              combine("z", facts="a sq e", degree=1)),
    ),
)

DRIFT = Lemma(
    "gnn_convergence.drift_of_a_step", "A step lowers the imbalance by at most 2 eta times what the loss falls by",
    statement("all r p h:int, W:mat(r,h), B:mat(h,p), K:mat(r,p), eta f:real | r0: 0 <= r, e0: 0 <= eta,"
              f" hf: eta/2*{_N} <= f => (all d:int, V:mat(d,h) => tr(V*(B*T(B) - T(W)*W)*T(V)) - 2*eta*f*tr(V*T(V))"
              f" <= tr(V*((B - eta*T(W)*K)*T(B - eta*T(W)*K) - T({_NEXT})*{_NEXT})*T(V)))"),
    (
        intro("end", None, "",
              apply("a", "gnn_convergence.submultiplicative", d="d", k="h", n="r", V="V", A="B*T(K)"),
              combine("v0", "0 <= tr(V*T(V))", squares=("V",)),
              combine("w0", "0 <= tr(T(W)*K*T(K)*W)", squares=("T(W)*K",)),
              combine("n", f"tr(B*T(K)*T(B*T(K)))*tr(V*T(V)) <= {_N}*tr(V*T(V))", "w0 v0"),
              combine("e2", "0 <= eta^2", squares=("eta",)),
              combine("b", f"eta^2*tr(V*B*T(K)*T(V*B*T(K))) <= eta^2*({_N}*tr(V*T(V)))", "a n e2"),
              combine("f0", "0 <= tr(V*T(W)*K*T(K)*W*T(V))", squares=("V*T(W)*K",)),
              combine("f1", "0 <= eta^2*tr(V*T(W)*K*T(K)*W*T(V))", "f0 e2"),
              combine("c", f"eta*(eta/2*{_N}) <= eta*f", "hf e0"),
              combine("c2", f"eta*(eta/2*{_N})*tr(V*T(V)) <= eta*f*tr(V*T(V))", "c v0"),
              combine("z", facts="b f1 c2", degree=1)),
    ),
)

_ROOTS = (
    apply("q", "ax.sqrt_sq", x="g"), apply("q0", "ax.sqrt_nonneg", x="g"), apply("s", "ax.sqrt_sq", x="m"),
    combine("em0", "0 <= eta*m", "e0 m0"),
    combine("a1", "eta*m*(eta*v^2) <= eta*m*(2*g)", "up em0"), combine("a2", "2*eta*m*g <= g", "em g0"),
    combine("a3", "(eta*v*sqrt(m))^2 <= sqrt(g)^2", "a1 a2 s q", rounds=4),
    apply("a", "gnn_convergence.square_order", x="eta*v*sqrt(m)", y="sqrt(g)"),
)
_NUMBERS = ("all g{0} v eta m u:real | g0: 0 <= g, e0: 0 <= eta, m0: 0 < m, up: eta*v^2 <= 2*g,"
            " em: 2*eta*m <= 1, left: 2*sqrt(g) <= u*sqrt(m)")

STEP_LENGTH = Lemma(
    "gnn_convergence.length_of_a_step", "A step is shorter than the path that is left, whatever the loss does",
    statement(f"{_NUMBERS.format('')} => eta*v <= u"),
    (*_ROOTS, apply("s0", "ax.sqrt_pos", x="m"), combine("b", "0 <= (u - eta*v)*sqrt(m)", "a left q0", degree=1),
     combine("c", "0 <= u - eta*v", "b", mul="s0", degree=1), combine("end", facts="c")),
)

PATH_LEFT = Lemma(
    "gnn_convergence.path_left", "A step uses no more of the path than the fall of the gap pays for",
    statement(f"{_NUMBERS.format(' f')}, f0: 0 <= f, v0: 0 <= v, lo: 4*m*g <= v^2, fall: f <= g - eta/2*v^2"
              " => some | 2*sqrt(f) <= (u - eta*v)*sqrt(m), f <= (1 - 2*eta*m)*g, f <= g"),
    (
        *_ROOTS, apply("t", "ax.sqrt_sq", x="f"), combine("ev", "0 <= eta*v", "e0 v0"),
        # 2 sqrt(m g) <= v, so 2 sqrt(f) <= 2 sqrt(g) - eta v sqrt(m)
        combine("c1", "(2*sqrt(m)*sqrt(g))^2 <= v^2", "lo s q", rounds=4),
        apply("c", "gnn_convergence.square_order", x="2*sqrt(m)*sqrt(g)", y="v"),
        combine("d0", "eta*v*(2*sqrt(m)*sqrt(g)) <= eta*v*v", "c ev"),
        combine("d1", "(2*sqrt(f))^2 <= (2*sqrt(g) - eta*v*sqrt(m))^2", "fall t q d0",
                squares=("eta*v*sqrt(m)",), degree=1),
        combine("d2", "0 <= 2*sqrt(g) - eta*v*sqrt(m)", "a q0"),
        apply("d", "gnn_convergence.square_order", x="2*sqrt(f)", y="2*sqrt(g) - eta*v*sqrt(m)"),
        combine("one", "2*sqrt(f) <= (u - eta*v)*sqrt(m)", "d left", degree=1),
        combine("e1", "eta*(4*m*g) <= eta*v^2", "lo e0"), combine("two", "f <= (1 - 2*eta*m)*g", "fall e1", degree=1),
        combine("v2", "0 <= v^2", squares=("v",)), combine("e2", "0 <= eta*v^2", "v2 e0"),
        combine("three", "f <= g", "fall e2", degree=1), witness("end"),
    ),
)

LEMMAS = (FALL, LAYER, DRIFT, STEP_LENGTH, PATH_LEFT)

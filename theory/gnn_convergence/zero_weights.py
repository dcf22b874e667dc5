"""Zero weights: critical at every depth, flat to order H, and a saddle whenever labels and features are correlated.

Along the line (s W, s C_H, ..., s C_1) through zero the loss is ||Y||^2 - 2 s^(H+1) <W P G, Y> + s^(2H+2) ||W P G||^2
with P = C_H ... C_1: its first terms have order H + 1. For one layer the curvature is -4 <W P G, Y>; from two layers on
it is zero in every direction. With v such that Y G' v != 0, layers of rank one give W P G = Y G' v v' G and
<W P G, Y> = ||Y G' v||^2 > 0: the loss falls at every depth.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Survivor, Witness, statement
from theory.language.derivation import apply, combine, induct, intro, witness

_E = "(s*W*Q(H)*G - Y)"
_LOSS = f"tr({_E}*T({_E}))"
_A, _B = "tr(W*P(H)*G*T(Y))", "tr(W*P(H)*G*T(W*P(H)*G))"
_Q = "pow(s, H + 1)"
_CRITICAL = ("(all V:mat(r,n), A:(l:int)->mat(m(l),m(0)) | s = 0, 1 <= H, A(H) = T(s*W)*V*T(G),"
             " (all l:int | 1 <= l, l <= H => A(l-1) = T(s*C(l))*A(l))"
             " => some | V*T(G)*T(Q(H)) = 0*(V*T(G)*T(Q(H))),"
             f" (all i:int | 1 <= i, i <= H => A(i)*T(Q(i-1)) = 0*(A(i)*T(Q(i-1)))), {_LOSS} = tr(Y*T(Y)))")
_LINE = f"{_LOSS} = tr(Y*T(Y)) - 2*{_Q}*{_A} + {_Q}^2*{_B}"
_FLAT = f"(all | 2 <= H => {_LOSS} - tr(Y*T(Y)) = s^3*(pow(s, H - 2)*({_Q}*{_B} - 2*{_A})))"
_D = "(Y*T(G)*v)"
_FALLS = ("(all v:mat(m(0),1), e:(l:int)->mat(m(l),1) | 1 <= H, (all l:int | 1 <= l, l <= H => T(e(l))*e(l) = I(1)),"
          " C(1) = e(1)*T(v), (all l:int | 1 <= l, l <= H - 1 => C(l+1) = e(l+1)*T(e(l))),"
          f" W = {_D}*T(e(H)), 0 < s, s <= 1, s*tr({_D}*T(v)*G*T({_D}*T(v)*G)) < 2*tr({_D}*T({_D}))"
          f" => {_LOSS} < tr(Y*T(Y)))")

STATEMENT = statement(
    "all H r n:int, m:int->int, W:mat(r,m(H)), C:(l:int)->mat(m(l),m(l-1)), P Q:(l:int)->mat(m(l),m(0)),"
    " G:mat(m(0),n), Y:mat(r,n), s:real | H1: 0 <= H,"
    " H2 H3: def P(0) = I(m(0)) then P(l+1) = C(l+1)*P(l),"
    " H4 H5: def Q(0) = I(m(0)) then Q(l+1) = s*C(l+1)*Q(l)"
    f" => some | {_CRITICAL}, {_LINE}, {_FLAT}, {_FALLS}")
"""The network (s W, s C); Q its products, P those of the direction, A what reaches a layer backwards, V = 2 (f - Y)."""

_DERIVATION = (
    induct("J", "all k:int | 0 <= k => Q(k) = pow(s, k)*P(k)", "hk ih",
           [apply("p", "ax.pow_zero", b="s"), combine("z", facts="H2 H4 p", rounds=4)],
           [apply("p", "ax.pow_succ", b="s", n="k"), apply("a", "H3", l="k"), apply("b", "H5", l="k"),
            combine("c", "s*C(k+1)*Q(k) = s*pow(s, k)*C(k+1)*P(k)", "ih"),
            combine("d", "pow(s, k + 1)*P(k+1) = s*pow(s, k)*C(k+1)*P(k)", "p a", rounds=4),
            combine("z", facts="b c d")]),
    apply("qh", "J", k="H"), apply("ps", "ax.pow_succ", b="s", n="H"),
    combine("line", _LINE, "qh ps", rounds=6),
    intro("crit", _CRITICAL[1:-1], "s0 h1 top back",
          induct("K", "all j:int | 0 <= j => (all | j <= H => A(H-j) = 0*A(H-j))", "hj ih",
                 [intro("z", None, "jb", combine("y", facts="top s0", rounds=4))],
                 [intro("z", None, "jb", combine("l1", "1 <= H - j", "jb"), combine("l2", "H - j <= H", "hj"),
                        apply("a", "back", l="H - j"), combine("y", facts="a s0", rounds=4))]),
          combine("z0", f"{_LOSS} = tr(Y*T(Y))", "s0", rounds=4),
          combine("h0", "0 <= H - 1", "h1"), apply("q1", "H5", l="H - 1"),
          combine("q2", "Q(H) = 0*Q(H)", "q1 s0", rounds=4),
          combine("z1", "V*T(G)*T(Q(H)) = 0*(V*T(G)*T(Q(H)))", "q2", rounds=4),
          intro("z2", "all i:int | 1 <= i, i <= H => A(i)*T(Q(i-1)) = 0*(A(i)*T(Q(i-1)))", "i1 i2",
                combine("j0", "0 <= H - i", "i2"), combine("j1", "H - i <= H", "i1"), apply("a", "K", j="H - i"),
                apply("b", "a"), combine("y", facts="b")),
          witness("z")),
    intro("flat", _FLAT[1:-1], "h2", combine("p0", "0 <= H - 2", "h2"), combine("p1", "0 <= H - 1", "h2"),
          apply("a", "ax.pow_succ", b="s", n="H - 2"), apply("b", "ax.pow_succ", b="s", n="H - 1"),
          combine("c", f"{_Q} = s^3*pow(s, H - 2)", "a b ps", rounds=4),
          combine("d", f"{_LOSS} - tr(Y*T(Y)) = {_Q}*({_Q}*{_B} - 2*{_A})", "line"),
          combine("e", f"{_Q}*({_Q}*{_B} - 2*{_A}) = s^3*pow(s, H - 2)*({_Q}*{_B} - 2*{_A})", "c", rounds=1),
          combine("z", facts="d e")),
    intro("falls", _FALLS[1:-1], "h1 unit c1 chain head sp s1 near",
          induct("K", "all k:int | 1 <= k => (all | k <= H => P(k) = e(k)*T(v))", "hk ih",
                 [intro("z", None, "kb", apply("p", "H3", l="0"), combine("y", facts="p H2 c1", rounds=4))],
                 [intro("z", None, "kb", combine("k0", "0 <= k", "hk"), combine("k1", "k <= H - 1", "kb"),
                        combine("k2", "k <= H", "kb"), apply("now", "ih"), apply("p", "H3", l="k"),
                        apply("c", "chain", l="k"), apply("u", "unit", l="k"),
                        combine("w", "e(k+1)*T(e(k))*e(k)*T(v) = e(k+1)*T(v)", "u"),
                        combine("y", facts="p c now w", rounds=4))]),
          apply("ka", "K", k="H"), apply("kb", "ka"), apply("u", "unit", l="H"),
          combine("wp1", f"{_D}*T(e(H))*e(H)*T(v) = {_D}*T(v)", "u"),
          combine("wp", f"W*P(H) = {_D}*T(v)", "head kb wp1", rounds=4),
          combine("va", f"{_A} = tr({_D}*T({_D}))", "wp"),
          combine("vb", f"{_B} = tr({_D}*T(v)*G*T({_D}*T(v)*G))", "wp", rounds=4),
          apply("pp", "textbook.pow_pos", x="s", n="H + 1"),
          apply("pm", "textbook.pow_mono", x="s", y="1", n="H"), apply("po", "textbook.pow_one", n="H"),
          combine("ph", "pow(s, H) <= 1", "pm po"), combine("qs", f"{_Q} <= s", "ph ps sp"),
          combine("b0", f"0 <= {_B}", squares=("W*P(H)*G",)),
          combine("qb", f"{_Q}*{_B} <= s*{_B}", "qs b0"),
          combine("sb", f"s*{_B} = s*tr({_D}*T(v)*G*T({_D}*T(v)*G))", "vb"),
          combine("less", f"{_Q}*{_B} - 2*{_A} < 0", "qb sb near va", degree=1),
          combine("prod", f"{_Q}*({_Q}*{_B} - 2*{_A}) < 0", "less pp"),
          combine("z", facts="line prod", degree=1)),
    witness("end"),
)

_HALF = {"W": "I(1)", "C": "l -> I(1)", "G": "I(1)", "Y": "I(1)"}
INSTANCE = Witness((witness("end", H="2", r="1", n="1", m="l -> 1", P="l -> I(1)", Q="l -> I(1)", s="1", **_HALF),))
"""Two layers of width one at s = 1."""

ATTACKED = statement(
    "all a b c d s u:real | H1: 0 < s, H2: s <= 1, H3: d = s^2, H4: 0 <= b, H5: s*b < 2*c, H6: u = a - 2*d*c + d^2*b"
    " => u < a")
"""The last part for one layer: a and u the loss at zero and at s; c, b the squares of Y G' v and of its image."""


def _at(**values: str) -> Witness:
    plain = {"a": "1", "b": "1", "c": "1", "s": "1", "d": "1", "u": "0"}
    return Witness((witness("end", **{**plain, **values}),))


KILLS = (
    Kill("whole step", _at()), Kill("half step", _at(s="1/2", d="1/4", u="9/16")),
    Kill("no curvature, loss zero", _at(a="0", b="0", u="-2")), Kill("no step", _at(s="0", d="0", u="1")),
    Kill("step of two", _at(c="3/2", s="2", d="4", u="5")), Kill("power free", _at(d="4", u="9")),
    Kill("negative square", _at(b="-10", c="-1", s="1/4", d="1/16", u="139/128")),
    Kill("too far", _at(b="4", u="3")), Kill("loss free", _at(u="1")),
    Kill("large loss", _at(a="100", c="3/4", u="199/2")), Kill("negative loss", _at(a="-100", c="3/4", u="-201/2")),
    Kill("first power of the loss", _at(b="3", s="1/2", d="1/4", u="5/4")),
    Kill("flat line", _at(b="0", c="0", u="1")), Kill("negative step", _at(b="2", c="-1/2", s="-1", u="4")),
)

SURVIVORS = (
    Survivor(("shift H3, power 2",), "true: s and s^3 are positive and at most s as well, which is all that is used"),
)

CONTROLS = (
    Control("flat_for_one_layer", "flat to second order for one layer as well: along (s, s) the loss falls by 2 s^2",
            statement("all s:real | 0 < s, s <= 1 => 1 - s^3 <= (s*s - 1)^2"), Witness((witness("end", s="1/2"),))),
    Control("zero_heads", "zero heads alone are critical: the layer below passes the residual on to the head",
            statement("all w b y:real | w = 0 => (w*b - y)*b = 0"), Witness((witness("end", w="0", b="1", y="1"),))),
    Control("uncorrelated_labels", "descent without correlation: labels that the features do not see",
            statement("all w c s:real | 0 < s => (s*w*(s*c)*0 - 1)^2 < 1"),
            Witness((witness("end", w="1", c="1", s="1"),))),
    Control("any_distance", "descent at any distance: s = 2 overshoots",
            statement("all s:real | 0 < s => (s*s - 1)^2 < 1"), Witness((witness("end", s="2"),))),
)

CLAIM = Claim(
    id="gnn_convergence.zero_weights",
    title="Zero weights are a critical point of linear graph networks of every depth, and never a local minimum"
          " when features and labels are correlated",
    statement=STATEMENT,
    source=Source("this library", 2025, "Critical points of linear graph networks", "new",
                  note="Known for deep linear networks (Kawaguchi 2016); exact along every line, for every depth."),
    summary="At zero the gradient vanishes and L = ||Y||^2; along a line L = ||Y||^2 - 2 s^(H+1) <W P G, Y>"
            " + s^(2H+2) ||W P G||^2, s^3 (...) from two layers on; rank-one layers make it fall if Y G' v != 0.",
    derivation=_DERIVATION,
    instance=INSTANCE,
    controls=CONTROLS,
    comparison=(
        Comparison("critical", "W = B = 0 is critical", "part 1, s = 0: the head's V G' Q_H' and every layer's A_i"
                   " Q_{i-1}' vanish, for all V", "that these are the gradients is gnn_convergence.dynamics_identity"),
        Comparison("not global", "L = ||Y||^2 > L*", "part 1; the gap ||Z G||^2 is gnn_convergence.landscape", ""),
        Comparison("strict saddle", "H = 1, Y G' != 0", "parts 2 and 4: coefficient -2 <W P G, Y> = -2 ||Y G' v||^2 of"
                   " s^2", "v a vector with Y G' v != 0; e_l unit vectors, so hidden widths at least one"),
        Comparison("Hessian", "vanishes at 0 for H >= 2", "part 3: along every line L - ||Y||^2 = s^3 (...)",
                   "the second derivative along every line, so the Hessian"),
        Comparison("descent", "not in the dossier for H >= 2", "part 4, every H >= 1", "stronger"),
    ),
    tightness="An identity along lines; the bound on s in part 4 is a factor below the exact s^(H+1) b < 2 c.",
    kills=KILLS,
    survivors=SURVIVORS,
    attacked=ATTACKED,
)

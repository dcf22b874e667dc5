"""No start of a linear graph network with a hidden layer has a positive singular margin.

The margin asks for a lower bound of the layers over all weights whose loss is at most that of the start. Rescaling
(W, B) -> (W/e, e B) keeps the network, hence the loss, and makes the layers as small as one likes.
"""

from __future__ import annotations

from theory.language import Claim, Comparison, Control, Kill, Source, Witness, statement
from theory.language.derivation import apply, cases, combine, intro, witness

_BELOW = ("(all A:mat(r,h), C:mat(h,p) | tr((A*C*G - Y)*T(A*C*G - Y)) <= tr((W*B*G - Y)*T(W*B*G - Y))"
          " => {0}*tr(V*T(V)) <= tr(V*T(C)*T(V*T(C))))")
_SAME = ("(all e f:real | f*e = 1 => tr((f*W*(e*B)*G - Y)*T(f*W*(e*B)*G - Y)) = tr((W*B*G - Y)*T(W*B*G - Y)))")
_SMALL = "(all e:real => tr(V*T(e*B)*T(V*T(e*B))) = e^2*tr(V*T(B)*T(V*T(B))))"
_NONE = f"(all g:real | {_BELOW.format('g')} => g <= 0)"

STATEMENT = statement(
    "all r h p n:int, W:mat(r,h), B:mat(h,p), G:mat(p,n), Y:mat(r,n), V:mat(1,p) | H1: 0 < tr(V*T(V))"
    f" => some | {_SAME}, {_SMALL}, {_NONE}")
"""V is any row that is not zero: a margin gamma asks for at least gamma^2 ||V||^2."""

_X = "tr(V*T(B)*T(V*T(B)))"
_Q = "(g*tr(V*T(V)))"
_D = f"({_Q} + 2*{_X})"
# with e = q/(q + 2 X), q = g ||V||^2, the layers e B give e^2 X < q
_E = f"({_Q}/{_D})"

_DERIVATION = (
    intro("same", _SAME[1:-1], "h",
          combine("z", f"{_SAME[1:-1].split('=> ')[1]}", "h", rounds=4)),
    intro("small", _SMALL[1:-1], "", combine("z")),
    intro("none", _NONE[1:-1], "m", apply("or", "ax.total", x="g", y="0"),
          cases("z", "or", "c", [combine("y", facts="c")], [
              combine("x0", f"0 <= {_X}", squares=("V*T(B)",)), combine("gv", f"0 < {_Q}", "c H1"),
              combine("d0", f"0 < {_D}", "gv x0"), apply("r", "ax.recip_pos", x=_D),
              combine("e0", f"0 < {_E}", "gv r"), combine("en", f"1/{_E}*{_E} = 1", "e0"),
              apply("net", "same", e=_E, f=f"1/{_E}"),
              combine("loss", f"tr((1/{_E}*W*({_E}*B)*G - Y)*T(1/{_E}*W*({_E}*B)*G - Y))"
                      " <= tr((W*B*G - Y)*T(W*B*G - Y))", "net"),
              apply("b", "m", A=f"1/{_E}*W", C=f"{_E}*B"), combine("bs", f"{_Q} <= {_E}^2*{_X}", "b", degree=1),
              combine("ed", f"{_E}*{_D} = {_Q}", "d0"),
              combine("e2", f"{_E}^2*{_X}*{_D}^2 = {_Q}^2*{_X}", "ed", rounds=4),
              combine("d2", f"0 < {_D}^2", "d0"),
              combine("bd", f"{_Q}*{_D}^2 <= {_E}^2*{_X}*{_D}^2", "bs d2"),
              combine("be", f"{_D}^2 <= {_Q}*{_X}", "bd e2", mul="gv", degree=1),
              combine("q2", f"0 < {_Q}^2", "gv"), combine("no", "1 <= 0", "be gv x0", mul="q2"),
              combine("y", "g <= 0", "no c")])),
    witness("end"),
)

ATTACKED = statement(
    "all w b e f x y v:real | H1: f*e = 1 => (f*w*(e*b)*x - y)^2 = (w*b*x - y)^2")
"""The first part in numbers."""


def _at(**values: str) -> Witness:
    return Witness((witness("end", **{**{"w": "1", "b": "1", "e": "2", "f": "1/2", "x": "1", "y": "0", "v": "1"},
                                      **values}),))


KILLS = (
    Kill("labels zero", _at()), Kill("labels two", _at(y="2")), Kill("labels one", _at(y="1")),
    Kill("two", _at(w="2")), Kill("not inverse", _at(f="1")), Kill("negative", _at(w="-2", y="1")),
    Kill("label three", _at(y="3")),
)

CONTROLS = (
    Control("without_hidden_layer", "no margin even without a layer to rescale: with b = 1 fixed the bound 1 holds",
            statement("all g:real | (all b:real | b = 1 => g <= b^2) => g <= 0"),
            Witness((intro("h", "all b:real | b = 1 => 1 <= b^2", "e", combine("z", facts="e")),
                     witness("end", g="1")))),
    Control("balanced_rescaling", "no margin among weights of the same imbalance b^2 - w^2 = 1: the bound 1 holds",
            statement("all g:real | (all b w:real | b^2 - w^2 = 1 => g <= b^2) => g <= 0"),
            Witness((intro("h", "all b w:real | b^2 - w^2 = 1 => 1 <= b^2", "e",
                           combine("z", facts="e", squares=("w",))),
                     witness("end", g="1")))),
)

CLAIM = Claim(
    id="gnn_convergence.margin_vacuous",
    title="A singular margin over all weights of small loss is never positive",
    statement=STATEMENT,
    source=Source("K. Xu, M. Zhang, S. Jegelka, K. Kawaguchi", 2021,
                  "Optimization of Graph Neural Networks: Implicit Acceleration by Skip Connections and More Depth",
                  "new", arxiv="2105.04550",
                  note="About the definition of the singular margin as recalled; the text was not seen, so this is no"
                  " claim about it as printed. gnn_convergence.a_priori_lambda gives bounds that are positive."),
    summary="For one hidden layer every lower bound of the layers over all weights of at most the same loss is <= 0,"
            " since rescaling (W/e, e B) keeps the network.",
    derivation=_DERIVATION,
    instance=Witness((witness("end", r="1", h="1", p="1", n="1", W="[[1]]", B="[[1]]", G="[[1]]", Y="[[1]]",
                              V="[[1]]"),)),
    controls=CONTROLS,
    comparison=(
        Comparison("margin", "sigma_min(B) >= gamma for all (W, B) with L(W, B) <= L(W_0, B_0)", "g = gamma^2 in the"
                   " direction of one row V", "no direction has a positive bound"),
        Comparison("depth", "H >= 1", "H = 1", "deeper products: rescale the first layer and the head"),
        Comparison("multiscale", "scale all heads l >= 1", "not stated", "weaker: the linear network"),
    ),
    tightness="Exact: no positive margin exists.",
    kills=KILLS,
    attacked=ATTACKED,
)

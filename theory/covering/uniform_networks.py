"""Networks whose layers have one weight and one bias each: witnesses of any width from scalar recursions.

All units of a layer are in the same state g(l) = s(l, d(l-1) w(l) g(l-1) + b(l)), so what a refutation needs of its
M networks, as matrices, follows from a few facts about real numbers.
"""

import re

from theory.language import Lemma, Witness, statement
from theory.language.derivation import Step, apply, combine, intro, obtain, witness

_T, _KP = "1 <= t, t <= M", "1 <= k, k <= M, 1 <= p, p <= M"
_TKP = f"{_T}, {_KP}"
WEIGHTS = "build(i<=d({at}), j<=d({at}-1): w(t,{at}))"
BIASES = "build(i<=d({at}), j<=1: b(t,{at}))"
STATES = "build(i<=d({at}), j<=1: g(t,k,p,{at}))"
_INPUTS = "build(i<=d(0), j<=1: y(k,p))"


def _affine(at: str, before: str) -> str:
    return f"{WEIGHTS.format(at=at)}*{STATES.format(at=before)} + {BIASES.format(at=at)}"


def _places(last: str) -> str:
    return f"1 <= l, l <= {last}, 1 <= i, i <= d(l)"


def _state(t: str, at: str = "L+1") -> str:
    return f"build(i<=d({at}), j<=1: g({t},k,p,{at}))[1,1]"


FACTS = (
    f"(all t l i j:int | {_T}, {_places('L + 1')}, 1 <= j, j <= d(l-1) => abs({WEIGHTS.format(at='l')}[i,j]) <= B)",
    f"(all t l i:int | {_T}, {_places('L + 1')} => abs({BIASES.format(at='l')}[i,1]) <= B)",
    f"(all k p i:int | {_KP}, 1 <= i, i <= d(0) => abs({_INPUTS}[i,1]) <= X)",
    f"(all t k p:int | {_TKP} => {STATES.format(at='0')} = {_INPUTS})",
    f"(all t k p l i:int | {_TKP}, {_places('L')}"
    f" => {STATES.format(at='l')}[i,1] = s(l, ({_affine('l', 'l-1')})[i,1]))",
    f"(all t k p:int | {_TKP} => {STATES.format(at='(L+1)')} = {_affine('(L+1)', 'L')})",
    "(all k p:int | 1 <= k, k <= M, k + 1 <= p, p <= M"
    f" => 2*eps < abs({_state('k')} - {_state('p')}))",
)
"""Bounds of the parameters and inputs, the layers as matrices, and how far apart the outputs are."""


def _bounded(goal: str, ids: str, fact: Step, value: str, columns: str) -> tuple[Step, ...]:
    v = "j" if "j" in ids else "1"
    built = goal[goal.index("build"):goal.rindex("[")]
    return (apply("e", "ax.at_build", f=f"i, j -> {value}", r="d(0)" if "y" in value else "d(l)", c=columns, p="i",
                  v=v),
            fact, apply("f", "ax.cong", f="u -> abs(u)", x=f"{built}[i,{v}]", y=value), combine("z", facts="f v"))


def _layer(at: str, before: str) -> tuple[Step, ...]:
    """The entry of an affine layer: (W h + b)[i,1] = d w g + b."""
    w, h, b = WEIGHTS.format(at=at), STATES.format(at=before), BIASES.format(at=at)
    return (
        apply("dl", "hd", l=before),
        apply("a", "ax.at_add", r=f"d({at})", c="1", p="i", v="1", A=f"{w}*{h}", B=b),
        apply("m", "ax.at_mul", r=f"d({at})", k=f"d({before})", c="1", p="i", v="1", A=w, B=h),
        intro("su", f"all j:int | 1 <= j, j <= d({before}) => {w}[i,j]*{h}[j,1] = w(t,{at})*g(t,k,p,{before})", "j1 j2",
              apply("x1", "ax.at_build", f=f"i, j -> w(t,{at})", r=f"d({at})", c=f"d({before})", p="i", v="j"),
              apply("x2", "ax.at_build", f=f"i, j -> g(t,k,p,{before})", r=f"d({before})", c="1", p="j", v="1"),
              combine("x3", facts="x1 x2")),
        apply("sc", "textbook.sum_cong", f=f"j -> {w}[i,j]*{h}[j,1]", g=f"j -> w(t,{at})*g(t,k,p,{before})", a="1",
              b=f"d({before})"),
        apply("sn", "textbook.sum_const", c=f"w(t,{at})*g(t,k,p,{before})", n=f"d({before})"),
        apply("bi", "ax.at_build", f=f"i, j -> b(t,{at})", r=f"d({at})", c="1", p="i", v="1"),
        apply("hi", "ax.at_build", f=f"i, j -> g(t,k,p,{at})", r=f"d({at})", c="1", p="i", v="1"),
        combine("af", f"({_affine(at, before)})[i,1] = d({before})*w(t,{at})*g(t,k,p,{before}) + b(t,{at})",
                "a m sc sn bi", rounds=3),
    )


UNIFORM = Lemma(
    "covering.uniform_networks", "Networks with one weight and one bias a layer, as matrices",
    statement(
        "all L M:int, d:int->int, w b:(t:int,l:int)->real, g:(t:int,k:int,p:int,l:int)->real,"
        " y:(k:int,p:int)->real, s:(l:int,u:real)->real, B X eps:real | hL: 0 <= L,"
        " hd: (all l:int | 0 <= l, l <= L + 1 => 0 <= d(l)), ho: d(L+1) = 1,"
        f" hw: (all t l:int | {_T}, 1 <= l, l <= L + 1 => abs(w(t,l)) <= B),"
        f" hb: (all t l:int | {_T}, 1 <= l, l <= L + 1 => abs(b(t,l)) <= B),"
        f" hy: (all k p:int | {_KP} => abs(y(k,p)) <= X), h0: (all t k p:int | {_TKP} => g(t,k,p,0) = y(k,p)),"
        f" hg: (all t k p l:int | {_TKP}, 1 <= l, l <= L"
        " => g(t,k,p,l) = s(l, d(l-1)*w(t,l)*g(t,k,p,l-1) + b(t,l))),"
        f" hz: (all t k p:int | {_TKP} => g(t,k,p,L+1) = d(L)*w(t,L+1)*g(t,k,p,L) + b(t,L+1)),"
        " hs: (all k p:int | 1 <= k, k <= M, k + 1 <= p, p <= M => 2*eps < abs(g(k,k,p,L+1) - g(p,k,p,L+1)))"
        f" => some | {', '.join(FACTS)}"),
    (
        intro("f1", FACTS[0][1:-1], "t1 t2 l1 l2 i1 i2 j1 j2",
              *_bounded(FACTS[0], "i j", apply("v", "hw", t="t", l="l"), "w(t,l)", "d(l-1)")),
        intro("f2", FACTS[1][1:-1], "t1 t2 l1 l2 i1 i2",
              *_bounded(FACTS[1], "i", apply("v", "hb", t="t", l="l"), "b(t,l)", "1")),
        intro("f3", FACTS[2][1:-1], "k1 k2 p1 p2 i1 i2",
              *_bounded(FACTS[2], "i", apply("v", "hy", k="k", p="p"), "y(k,p)", "1")),
        intro("f4", FACTS[3][1:-1], "t1 t2 k1 k2 p1 p2",
              intro("en", f"all i:int | 1 <= i, i <= d(0) => {STATES.format(at='0')}[i,1] = {_INPUTS}[i,1]", "i1 i2",
                    apply("a", "ax.at_build", f="i, j -> g(t,k,p,0)", r="d(0)", c="1", p="i", v="1"),
                    apply("b1", "ax.at_build", f="i, j -> y(k,p)", r="d(0)", c="1", p="i", v="1"),
                    apply("e", "h0", t="t", k="k", p="p"), combine("z1", facts="a b1 e")),
              apply("z", "textbook.column_ext", n="d(0)", x=STATES.format(at="0"), y=_INPUTS)),
        intro("f5", FACTS[4][1:-1], "t1 t2 k1 k2 p1 p2 l1 l2 i1 i2", *_layer("l", "l-1"),
              apply("r", "hg", t="t", k="k", p="p", l="l"),
              apply("c", "ax.cong", f="u -> s(l,u)", x=f"({_affine('l', 'l-1')})[i,1]",
                    y="d(l-1)*w(t,l)*g(t,k,p,l-1) + b(t,l)"), combine("z", facts="r c hi")),
        intro("f6", FACTS[5][1:-1], "t1 t2 k1 k2 p1 p2",
              intro("en", "all i:int | 1 <= i, i <= d(L+1) =>"
                    f" {STATES.format(at='(L+1)')}[i,1] = ({_affine('(L+1)', 'L')})[i,1]", "i1 i2",
                    *_layer("(L+1)", "L"), apply("r", "hz", t="t", k="k", p="p"), combine("z1", facts="r af hi")),
              apply("z", "textbook.column_ext", n="d(L+1)", x=STATES.format(at="(L+1)"), y=_affine("(L+1)", "L"))),
        intro("f7", FACTS[6][1:-1], "k1 k2 p1 p2",
              apply("a", "ax.at_build", f="i, j -> g(k,k,p,L+1)", r="d(L+1)", c="1", p="1", v="1"),
              apply("b1", "ax.at_build", f="i, j -> g(p,k,p,L+1)", r="d(L+1)", c="1", p="1", v="1"),
              apply("r", "hs", k="k", p="p"),
              combine("e", f"{_state('k')} - {_state('p')} = g(k,k,p,L+1) - g(p,k,p,L+1)",
                                                      "a b1"),
              apply("f", "ax.cong", f="u -> abs(u)", x=f"{_state('k')} - {_state('p')}",
                    y="g(k,k,p,L+1) - g(p,k,p,L+1)"), combine("z", facts="r f", degree=1)),
        witness("end"),
    ),
)

def uniform_witness(L: str, M: str, d: str, w: str, b: str, g: str, s: str, rho: str, B: str, X: str, eps: str,
                    *steps: Step) -> Witness:
    """A refutation by M uniform networks on the zero input, with d(l), w(t,l), b(t,l), g(t,k,p,l) given as texts.

    `steps` prove what is not found by itself: the scalar hypotheses of `covering.uniform_networks`, Lipschitz bounds.
    """
    before, first = (re.sub(r"\bl\b", at, d) for at in ("(l - 1)", "0"))
    return Witness((
        *steps,
        apply("U", "covering.uniform_networks", L=L, M=M, d=f"l -> {d}", w=f"t, l -> {w}", b=f"t, l -> {b}",
              g=f"t, k, p, l -> {g}", y="k, p -> 0", s=f"l, u -> {s}", B=B, X=X, eps=eps),
        obtain("end", "U", "f1 f2 f3 f4 f5 f6 f7",
               witness("point", L=L, M=M, d=f"l -> {d}", W=f"t, l -> build(i<={d}, j<={before}: {w})",
                       b=f"t, l -> build(i<={d}, j<=1: {b})", h=f"t, k, p, l -> build(i<={d}, j<=1: {g})",
                       x=f"k, p -> build(i<={first}, j<=1: 0)", s=f"l, u -> {s}", rho=f"l -> {rho}", B=B, X=X,
                       eps=eps)),
    ))


LEMMAS = (UNIFORM,)

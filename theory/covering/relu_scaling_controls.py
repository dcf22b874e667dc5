"""Controls of `covering.relu_scaling_cover`: families of networks further apart than false covers allow."""

from __future__ import annotations

from theory.covering.homogeneous_networks import COUNT
from theory.covering.relu_scaling import RELU
from theory.covering.saturating_units import SATURATING
from theory.covering.shallow_covers import ERROR, separated_statement
from theory.language import Control, Kill, Witness
from theory.language.derivation import Step, apply, combine, compute, intro, witness


def _constants(units: str, amplitude: str, inner: str, outer: str, at: str, eps: str, many: str) -> Step:
    """Without inputs, d equal units a s(b) and the bias c, all linear in the number of the network: K5."""
    def value(t: str) -> str:
        return f"sum(i=1..{units}: {amplitude.format(t)}*{inner}) + {outer.format(t)}"

    return intro(
        "apart", f"all t r:int | 1 <= t, t < r, r <= {many} => some x:int->real | (all j:int | 1 <= j, j <= 0 =>"
                 f" abs(x(j)) <= 0), 2*{eps} < abs({value('t')} - ({value('r')}))".replace("X0", "x(j)"),
        "t1 t2 t3", apply("st", "ax.int_step", m="t", n="r"),
        compute("one", f"{inner.replace('X0', '0')} = {at}"),
        *(apply(f"v{t}", "textbook.sum_const", c=f"{amplitude.format(t)}*{inner.replace('X0', '0')}", n=units)
          for t in "tr"),
        apply("ab", "ax.abs_ge", x=f"{value('t')} - ({value('r')})".replace("X0", "0")),
        combine("far", f"2*{eps} < abs({value('t')} - ({value('r')}))".replace("X0", "0"), "ab vt vr one st", rounds=3),
        intro("in", "all j:int | 1 <= j, j <= 0 => abs(0) <= 0", "j1 j2", combine("no", "0 < 0", "j1 j2"),
              combine("y", mul="no")),
        witness("z", x="j -> 0"))


def _point(**values: str) -> Step:
    plain = {"n": "0", "d": "0", "m": "1", "M": "1", "p": "1", "B": "1", "X": "0", "rho": "1",
             "w": "t, i, j -> 0", "b": "t, i -> 1"}
    return witness("end", **{**plain, **values})


_UNIT = "max(sum(j=1..0: 0*X0) + 1, 0)"
_TEN = "10"

CONTROLS = (
    Control("diameter_for_radius", "cells of the output bias of length 2 B/p taken as balls of radius B/(2 p)",
            separated_statement(error=ERROR.replace("B/p", "B/(2*p)")),
            Witness((*RELU, _constants("0", "0", _UNIT, "(3 - 2*{})", "1", "(1/2)", "2"),
                     _point(s="u -> max(u, 0)", K="2", G="2", eps="1/2", a="t, i -> 0", c="t -> 3 - 2*t")))),
    Control("sets_for_multisets", "C(K, d) in place of C(K + d - 1, d): equal neurons forgotten, 4 units of 4 kinds",
            separated_statement(count=COUNT.replace("K + d - 1", "K")),
            Witness((*RELU, _constants("4", "(3 - 2*{})", _UNIT, "(3 - 2*{})", "1", "4", "2"),
                     _point(s="u -> max(u, 0)", d="4", m="4", M="2", K="4", G="2", eps="4", a="t, i -> 3 - 2*t",
                            c="t -> 3 - 2*t")))),
    Control("offset", "an activation that is not homogeneous, sigma = 10: three constants against two neurons",
            separated_statement(homogeneous=""),
            Witness((compute("zero", "abs(0) = 0"),
                     intro("flat", "all u v:real => abs(10 - 10) <= 0*abs(u - v)", "", combine("z", facts="zero")),
                     _constants("1", "(2 - {})", _TEN, "(2 - {})", "10", "1", "3"),
                     _point(s="u -> 10", d="1", K="2", G="3", rho="0", eps="1", a="t, i -> 2 - t", c="t -> 2 - t")))),
    Control("saturating_exponent", "the exponent S - d for an activation that saturates, min(max(u, -1), 1): 10^32"
                                   " networks of one unit in place of 6 K at eps = 1/(9 10^8)",
            separated_statement(homogeneous="s(0) = 0"), SATURATING),
)

KILLS = tuple(
    Kill(name, Witness((*RELU, _constants("0", "0", _UNIT, f"({c.replace('t', '{}')})", "1", f"({eps})", many),
                        _point(s="u -> max(u, 0)", K="2", G=many, eps=eps, a="t, i -> 0", c=f"t -> {c}"))))
    for name, eps, many, c in (("the ends of the box, 99/100 of the radius", "99/100", "2", "3 - 2*t"),
                               ("the ends of the box, half the radius", "1/2", "2", "3 - 2*t"),
                               ("one network", "1", "1", "5 - 4*t"))
)
"""Without units and with one cell the cover is one constant, and its radius B is attained."""

"""Points against mutants of `covering.relative_gain`: its first part, the second-order bounds for one hidden layer.

Mutants are made of that part alone, which the limit is derived from. At n = 1 and a large range X of the inputs the
upper bound is attained up to ln((a + B/eps)/a).
"""

from __future__ import annotations

from math import factorial

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness


def _shallow(n: int, m: int, d0: str = "1", *, D: str = "", F: int = 0, inputs: str = "2",  # noqa: N803
             bias: str = "1", **values: str) -> Witness:
    """One hidden layer of n units; B = X = rho = eps = 1 and o = 0 unless given; E = ((d0 + inputs) n + bias) ln m."""
    plain = {"B": "1", "X": "1", "rho": "1", "o": "0", "eps": "1"}
    product = F or factorial(n)
    return Witness((witness("end", **{**plain, **values}, d0=d0, n=str(n), m=str(m), F=str(product),
                            D=D or f"log({product})", E=f"(({d0} + {inputs})*{n} + {bias})*log({m})"),))


_LARGE = {"X": "1000000", "a": "2000002"}
_STEEP = {"rho": "1000000", "a": "2000000"}

KILLS = (
    Kill("one unit, a large range", _shallow(1, 2000003, X="1000000", a="2000002")),
    Kill("one unit, a large range, no inputs", _shallow(1, 2000001, "0", rho="1000000", a="2000000")),
    Kill("one unit, a small range", _shallow(1, 2, "0", rho="1/200", a="1/100")),
    Kill("many units", _shallow(20, 81, a="4")),
    Kill("many units, a coarse grid", _shallow(20, 2, "0", rho="1/200", a="1/100", B="1")),
    Kill("many units, many inputs", _shallow(20, 4041, "100", a="202")),
    Kill("a negative box", _shallow(2, 3, "0", B="-1", a="2")),
    Kill("a = 0", _shallow(2, 2, rho="0", a="0", eps="1/2")),
    Kill("200 units, a large range", _shallow(200, 400000401, X="1000000", a="2000002")),
    Kill("no unit", _shallow(0, 10, a="40", eps="1/10")),
    Kill("201! for 200 units", _shallow(200, 400000401, F=factorial(201), **_LARGE)),
    Kill("99/50 for 2 in the grid", _shallow(1, 1980003, **_LARGE)),
    Kill("1 for 2 in the grid", _shallow(1, 1000002, **_LARGE)),
    Kill("99/100 for 1 in the grid", _shallow(1, 1980001, "0", **_STEEP)),
    Kill("1/2 for 1 in the grid", _shallow(1, 1000001, "0", **_STEEP)),
    Kill("99/50 for 2 in E", _shallow(1, 2000003, inputs="99/50", **_LARGE)),
    Kill("1 for 2 in E", _shallow(1, 2000003, inputs="1", **_LARGE)),
    Kill("99/100 for 1 in E", _shallow(1, 2000003, bias="99/100", **_LARGE)),
    Kill("1/2 for 1 in E", _shallow(1, 2000003, bias="1/2", **_LARGE)),
    Kill("another a, too large", _shallow(2, 9, a="1000")),
    Kill("another a, too small", _shallow(2, 9, a="1/1000")),
    Kill("another grid, too fine", _shallow(2, 1000000, a="4")),
    Kill("another grid, too coarse", _shallow(2, 2, a="4")),
    Kill("another D", _shallow(2, 9, a="4", D="100")),
    Kill("another D, negative", _shallow(2, 9, a="4", D="-100")),
    Kill("another E", Witness((witness("end", d0="1", B="1", X="1", rho="1", o="0", eps="1", a="4", n="2", m="9", F="2",
                                       D="log(2)", E="1000000"),))),
    Kill("another E, small", Witness((witness("end", d0="1", B="1", X="1", rho="1", o="0", eps="1", a="4", n="2",
                                              m="9", F="2", D="log(2)", E="1/1000"),))),
    Kill("another factorial", Witness((witness("end", d0="1", B="1", X="1", rho="1", o="0", eps="1", a="4", n="2",
                                               m="9", F="1000", D="log(1000)", E="((1 + 2)*2 + 1)*log(9)"),))),
)


def _names(*changes: str) -> tuple[str, ...]:
    return tuple(f"conclusion, {change}" for change in changes)


def _constants(*changes: str) -> tuple[str, ...]:
    return tuple(f"constant {name}" for name in _names(*changes))


SURVIVORS = (
    Survivor(("drop H3", "drop H4", "drop H5"),
             "true of the part that is attacked: the grid depends on X, rho and o through a alone; the parts on deep"
             " networks need the hypothesis"),
    Survivor(("drop H1",), "true where it was tried: E > 0 makes (d0 + 2) n + 1 positive, and for d0 = -1 and -2 the"
             " bounds are those for fewer inputs"),
    Survivor(("drop H6", "strictness H2"), "true: H7 gives a and eps one sign, and excludes B = 0, unless X, rho or o"
             " is negative"),
    Survivor(("strictness H6",), "eps = 0 makes the grid ill posed, at rho = o = 0 only, where H7 says nothing of a"),
    Survivor(("drop conclusion, 0 < E", "strictness conclusion", "shift conclusion, end 1 of the range of m"),
             "true: both bounds are multiplied by E, and ln m >= 0 for the grid's m"),
    Survivor(("strictness conclusion (2)", "strictness conclusion (3)"),
             "true: the bounds are attained up to ln((a + B/eps)/a) > 0 only"),
    Survivor(_constants("1 by 1/100 (2)", "1 by 1/2 (2)", "3 by 1/100", "3 by 1/2", "1 by 1/100 (6)", "1 by 1/2 (6)",
                        "1 by 1/100 (4)", "1 by 1/100 (5)"),
             "the constant belongs to the term (d0 + 3)(B/eps + 1)/a, or is one of a lower bound that is attained up to"
             " O(ln n): not sharp"),
    Survivor(_constants("-1 by 1/100 (3)", "-1 by 1/2 (3)", "1 by 1/100 (9)", "1 by 1/2 (9)"),
             "the constant multiplies ln n, of which the upper bound has (d0 + 2)/2 to spare"),
)

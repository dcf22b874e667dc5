"""Points against mutants of `etr_training.dont_care`: two points, two sinks, one other vertex, one entry changed.

The slack weights make the full loss as small as they can, so that a broken hypothesis breaks the bound.
"""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness

_MASK = "[[1,0],[0,1]][i,t]"
_OUT = "sum(u=1..1: (t + 1)*i) + t"


def _only(i: int, t: int, body: str, value: str) -> str:
    """The body except at one point and sink."""
    column = f"ite(t, {t - 1}, {body}, ite({t + 1}, t, {body}, {value}))"
    return f"ite(i, {i - 1}, {body}, ite({i + 1}, i, {body}, {column}))"


def _at(text: str, i: str, t: str) -> str:
    return text.replace("i,t", "@").replace("@", f"{i},{t}")


def _point(name: str, *, M: str = _MASK, o: str = _OUT, y: str = "50", other: str = "(10 + i)", e: str = "",
           omega: str = "",
           W: str = "(t + 1)", b: str = "t", x: str = "i") -> Kill:
    """A point; unless given, labels obey their hypothesis and slack weights lead from o to e where M is not 1."""
    e = e or f"({M})*({y}) + (1 - ({M}))*({other})"
    omega = omega or f"ite({M}, 1, 1, -1)*ite(1, {M}, 1, 1)*(({e}) - ({o}))"
    values = {"M": M, "o": o, "y": y, "l": other, "e": e}
    tables = {name: f"i, t -> {value}" for name, value in values.items()}
    return Kill(name, Witness((witness("end", n="2", m="1", k="2", W=f"u, t -> {W}", b=f"t -> {b}", x=f"i, u -> {x}",
                                       omega=f"i, t -> {omega}", **tables),)))


_RIGHT = f"({_MASK})*50 + (1 - ({_MASK}))*(10 + i)"
_ONE = "ite(i, 0, 1, 1)"

KILLS = (
    _point("two points"),
    *(_point(f"o at {i}", o=_only(i, i, _OUT, "90")) for i in (1, 2)),
    *(_point(f"e at {i}", e=_only(i, i, _RIGHT, _OUT)) for i in (1, 2)),
    *(_point(f"M = 2 at {i}", M=f"[[{a},0],[0,{b}]][i,t]", y="(50 + t)") for i, a, b in ((1, 2, 1), (2, 1, 2))),
    *(_point(f"M = 2 for {v} = 1", M=f"ite({v}, 1, 2, 1)") for v in "it"),
    *(_point(f"M squared, {v}", M=f"ite({v}, 1, 2, ite({v}, 2, 4, 16))") for v in "it"),
    _point("o of the point before", o="sum(u=1..1: (t + 1)*(i - 1)) + t"),
    _point("o of the next point", o="sum(u=1..1: (t + 1)*(i + 1)) + t"),
    _point("o of the sink before", o="sum(u=1..1: t*i) + (t - 1)"),
    _point("o with the next weights", o="sum(u=1..1: (t + 2)*i) + t"),
    _point("o with the next bias", o="sum(u=1..1: (t + 1)*i) + (t + 1)"),
    _point("o with the weights of the next vertex", W="(t + 1)*u", o="sum(u=1..1: (t + 1)*(u + 1)*i) + t"),
    _point("o with the value of the next vertex", x="i*u", o="sum(u=1..1: (t + 1)*(i*(u + 1))) + t"),
    _point("o with two vertices", o="sum(u=1..2: (t + 1)*i) + t"),
    _point("o without vertices", o="t"),
    *(_point(f"e of {v} before", M=_ONE, e=_OUT, y=f"(sum(u=1..1: ({a} + 1)*({c})) + {a})")
      for v, a, c in (("the point", "t", "i + 1"), ("the sink", "(t + 1)", "i"))),
    *(_point(f"y of {v}", M=_ONE, e=_OUT, y=f"(sum(u=1..1: ({a} + 1)*({c})) + {a})")
      for v, a, c in (("the next point", "t", "i - 1"), ("the next sink", "(t - 1)", "i"))),
    *(_point(f"M of the next {v}", M=f"ite({v}, 2, 1, 0)", W=f"(2 - {v})" if v == "t" else "1", b="0",
             x="(2 - i)" if v == "i" else "1", o=f"sum(u=1..1: {w}) + 0", e=f"ite({v}, 1, 50, ite({v}, 2, {e}, {far}))")
      for v, w in (("i", "1*(2 - i)"), ("t", "(2 - t)*1")) for e, far in (("0", "10 + i"),)),
)

SURVIVORS = (
    Survivor(("drop H1",), "true: without points the sums are empty and there is no output"),
    Survivor(("drop H2",), "true: without sinks the sums are empty and there is no output"),
    Survivor(("shift H5, index i of l", "shift H5, index t of l"), "true: the label in place of * is any number"),
    Survivor((
        "shift H3, index i of M (2)", "shift H3, index t of M (2)", "shift H4, end k of the range of t",
        "shift H5, index i of M (2)", "shift H5, index t of M (2)",
        "shift conclusion 1, end n of the range of i", "shift conclusion 1, end 1 of the range of t",
        "shift conclusion 1, end k of the range of t", "shift conclusion 1, index u of W",
        "shift conclusion 1, index u of x", "shift conclusion 1, end n of the sum",
        "shift conclusion 2, end 1 of the sum", "shift conclusion 2, end n of the sum",
        "shift conclusion 2, end 1 of the sum (2)", "shift conclusion 2, end k of the sum",
        "shift conclusion 2, index t of M", "shift conclusion 2, index i of y",
        "shift conclusion 2, index t of y", "shift conclusion 2, power 2", "shift conclusion 2, index u of W",
        "shift conclusion 2, index u of x", "shift conclusion 2, end 1 of the sum (6)",
        "shift conclusion 2, end n of the sum (3)", "shift conclusion 2, index p of omega",
        "shift conclusion 2, index t of omega",
    ), "not killed: no tables were built that obey the shifted rule and break the conclusion"),
)

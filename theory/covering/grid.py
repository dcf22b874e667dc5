"""The grid of cell centres on [-B, B]: every point of the interval is within B/m of the centre of its cell."""

from theory.language import Lemma, statement
from theory.language.derivation import apply, cases, combine

POSITION = "({x} + {B})*{m}/(2*{B})"
"""Where x lies in [0, m]."""

CELL = "iite(1, ceil({u}), ceil({u}), 1)"
"""The number 1..m of the cell of a point at position u (the left end belongs to the first cell)."""

CENTRE = "((2*{t} - 1)*{B}/{m} - {B})"
"""The centre of cell t."""


def position(x: str, bound: str, points: str) -> str:
    """The position of x in [0, m] as text of the notation."""
    return POSITION.format(x=x, B=bound, m=points)


def cell(x: str, bound: str, points: str) -> str:
    """The cell number of x as text of the notation."""
    return CELL.format(u=position(x, bound, points))


def centre(number: str, bound: str, points: str) -> str:
    """The centre of a cell as text of the notation."""
    return CENTRE.format(t=number, B=bound, m=points)


_U = position("x", "B", "m")
_T = cell("x", "B", "m")
_Y = centre(f"({_T})", "B", "m")
_GOAL = f"some | 1 <= {_T}, {_T} <= m, abs(x - {_Y}) <= B/m, abs({_Y}) <= B"


_C = centre("t", "B", "m")

CENTRE_IN_BOX = Lemma(
    "covering.centre_in_box", "Every cell centre lies in [-B, B]",
    statement(f"all B:real, m t:int | hB: 0 < B, t1: 1 <= t, t2: t <= m => abs({_C}) <= B"),
    (
        combine("mp", "0 < m", "t1 t2"), apply("rm", "ax.recip_pos", x="m"), combine("Bm", "0 < B*(1/m)", "hB rm"),
        combine("w1", "0 <= (2*t - 1)*(B*(1/m))", "t1 Bm"),
        combine("w2", "(2*t - 1)*(B*(1/m)) <= (2*m - 1)*(B*(1/m))", "t2 Bm"),
        combine("w3", "m*(B*(1/m)) = B", "mp"),
        combine("w4", f"{_C} <= B", "w2 w3 Bm", degree=1), combine("w5", f"-{_C} <= B", "w1", degree=1),
        apply("end", "ax.abs_le", x=_C, y="B"),
    ),
)

GRID_CELL = Lemma(
    "covering.grid_cell", "Every point of [-B, B] is within B/m of the centre of its cell, 1..m",
    statement(f"all B x:real, m:int | hB: 0 < B, hm: 1 <= m, hx: abs(x) <= B => {_GOAL}"),
    (
        apply("a", "ax.abs_ge", x="x"), apply("b", "ax.abs_neg", x="x"),
        combine("lo", "0 <= x + B", "b hx"), combine("hi", "x <= B", "a hx"),
        combine("B2", "0 < 2*B", "hB"), combine("mp", "0 < m", "hm"),
        apply("rm", "ax.recip_pos", x="m"), combine("Bm", "0 < B*(1/m)", "hB rm"),
        combine("u0", f"0 <= {_U}", "lo mp", mul="B2"),
        combine("um", f"{_U} <= m", "hi mp", mul="B2"),
        apply("cg", "ax.ceil_ge", x=_U), apply("cl", "ax.ceil_lt", x=_U),
        combine("cm", f"ceil({_U}) < m + 1", "cl um"),
        apply("cs", "ax.int_step", m=f"ceil({_U})", n="m + 1"),
        apply("tot", "ax.total", x="1", y=f"ceil({_U})"),
        cases("end", "tot", "q1",
              [apply("ce", "ax.iite_then", a="1", b=f"ceil({_U})", x=f"ceil({_U})", y="1"),
               combine("t1", f"1 <= {_T}", "q1 ce"), combine("t2", f"{_T} <= m", "cs ce"),
               combine("s1", f"0 <= (2*({_T}) - 2*({_U}))*(B*(1/m))", "cg ce Bm"),
               combine("s2", f"0 <= (2*({_U}) + 2 - 2*({_T}))*(B*(1/m))", "cl ce Bm"),
               combine("v1", f"x - {_Y} <= B/m", "s1", degree=1),
               combine("v2", f"-(x - {_Y}) <= B/m", "s2", degree=1),
               apply("near", "ax.abs_le", x=f"x - {_Y}", y="B/m"),
               apply("in", "covering.centre_in_box", B="B", m="m", t=_T)],
              [apply("ce", "ax.iite_else", a="1", b=f"ceil({_U})", x=f"ceil({_U})", y="1"),
               apply("z0", "ax.int_step", m=f"ceil({_U})", n="1"), combine("uz", f"{_U} <= 0", "cg z0"),
               combine("t1", f"1 <= {_T}", "ce"), combine("t2", f"{_T} <= m", "hm ce"),
               combine("s1", f"0 <= (1 - ({_U}))*(B*(1/m))", "uz Bm"), combine("s2", f"0 <= ({_U})*(B*(1/m))", "u0 Bm"),
               combine("v1", f"x - {_Y} <= B/m", "s1 ce", degree=1),
               combine("v2", f"-(x - {_Y}) <= B/m", "s2 ce", degree=1),
               apply("near", "ax.abs_le", x=f"x - {_Y}", y="B/m"),
               apply("in", "covering.centre_in_box", B="B", m="m", t=_T)]),
    ),
)

LEMMAS = (CENTRE_IN_BOX, GRID_CELL)

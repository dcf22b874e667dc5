"""Attack on `mori_zwanzig.dobrushin`: kernels of two rows, of which one hypothesis fails."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.dobrushin import LINE

_POINT = {"n": "1", "s": "2", "N": "1", "K": "x, i -> 1", "F": "x, i -> 0", "u": "i -> 0", "D": "j -> 0", "b": "1",
          "lo": "0", "hi": "0"}
"""Two equal rows on one point: nothing moves, and the bound is 0."""
_TWO = {**_POINT, "n": "2", "K": "x, i -> [[1,0],[0,1]][x,i]", "u": "i -> 2 - i", "hi": "1"}
"""The identity on two points."""


def _kill(name: str, base: dict[str, str], **values: str) -> Kill:
    return Kill(name, Witness((witness("end", **{**base, **values}),)))


KILLS = (
    _kill("two intervals of half overlap", LINE),
    _kill("the identity, boxes that coincide", _TWO),
    _kill("the identity, boxes apart by 2b, ranges too short", _TWO, F="x, i -> 2*x"),
    _kill("rows of masses 2 and 1", _POINT, K="x, i -> 3 - x", u="i -> 1", lo="1", hi="1"),
    _kill("rows of masses 0 and -1", _POINT, K="x, i -> 1 - x", u="i -> 1", lo="1", hi="1", F="x, i -> 2*x",
          D="j -> 2"),
    _kill("u above hi", _TWO, F="x, i -> 2*x", D="j -> 2", u="i -> 4 - 2*i"),
    _kill("u below lo", _TWO, F="x, i -> 2*x", D="j -> 2", u="i -> 3 - 2*i"),
    _kill("rows outside the kernel", _TWO, s="1", K="x, i -> [[1,0],[0,0],[0,1]][x,i]"),
    _kill("rows before the kernel", _TWO, K="x, i -> [[1,0],[1,0]][x,i] - ite(x,0,5,0)"),
    _kill("b = -1", _TWO, b="-1", F="x, i -> 0", D="j -> 0"),
    _kill("b = -1, N = 2", _TWO, b="-1", F="x, i -> 0", D="j -> 0", N="2"),
    _kill("hi below lo", _POINT, hi="-1"),
)

SURVIVORS = (
    Survivor((
        "drop H1", "drop H2", "strictness H3", "shift H4, end s of the range of x", "shift H4, end 1 of the sum",
        "shift H4, end n of the sum", "shift H4, index x of K", "shift H4, index i of K",
        "shift H5, end 1 of the range of x", "shift H5, end s of the range of x",
        "shift H5, end 1 of the range of y", "shift H5, end s of the range of y", "shift H5, end 1 of the prod",
        "shift H5, end N of the prod", "shift H5, index x of F", "shift H5, index j of F", "shift H5, index y of F",
        "shift H5, index j of F (2)", "shift H5, index x of F (2)", "shift H5, index j of F (3)",
        "shift H5, index y of F (2)", "shift H5, index j of F (4)", "shift H5, exponent N of pow",
        "shift H5, end 1 of the sum", "shift H5, end n of the sum", "shift H5, index x of K",
        "shift H5, index i of K", "shift H5, index y of K", "shift H5, index i of K (2)",
        "shift H6, end 1 of the range of x", "shift H6, end s of the range of x",
        "shift H6, end 1 of the range of y", "shift H6, end s of the range of y", "shift H6, index x of F",
        "shift H6, index j of F", "shift H6, index y of F", "shift H6, index j of F (2)", "shift H6, index j of D",
        "shift H7, end 1 of the range of i", "shift H8, end n of the range of i",
        "shift conclusion, end 1 of the range of x", "shift conclusion, end s of the range of x",
        "shift conclusion, end 1 of the sum", "shift conclusion, end n of the sum", "shift conclusion, index x of K",
        "shift conclusion, index i of K", "shift conclusion, end n of the sum (2)", "shift conclusion, index j of D",
        "constant conclusion, -1 by 1/100 (4)", "constant conclusion, -1 by 1/2 (4)",
    ), "open: the points of this attack do not separate the change from the claim, and none proves it"),
)

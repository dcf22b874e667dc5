"""Attack on `mori_zwanzig.capacity_memory_tradeoff` for finite chains: small ones of which one hypothesis fails."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.capacity_memory_tradeoff import ATTACKED as _FINITE
from theory.mori_zwanzig.capacity_memory_tradeoff import TIGHT

ATTACKED = _FINITE

_KEPT = {**TIGHT, "K": "l, x, i -> [[1,0],[0,1]][x,i]", "v": "l, x -> 2 - x", "delta": "l -> 1", "eps": "0"}
"""Two states that are kept: nothing is forgotten."""


def _kill(name: str, base: dict[str, str], **values: str) -> Kill:
    return Kill(name, Witness((witness("end", **{**base, **values}),)))


KILLS = (
    _kill("the tight layer", TIGHT),
    _kill("no overlap, delta = 0", _KEPT, delta="l -> 0"),
    _kill("two kept layers, the second with delta = 0", _KEPT, L="2", delta="l -> 1 - l"),
    _kill("two kept layers, the first with delta = 0", _KEPT, L="2", delta="l -> l"),
    _kill("rows of masses 2 and 1", _KEPT, K="l, x, i -> [[1,1],[1,0]][x,i]", v="l, x -> ite(l,0,3 - x,1)", R="0",
          f="x -> 3 - x"),
    _kill("states of their own", _KEPT, v="l, x -> ite(l,0,5*x,2 - x)", f="x -> 5*x"),
    _kill("a readout beyond R", _KEPT, R="0"),
    _kill("a readout beyond R, negative", _KEPT, R="0", v="l, x -> x - 2", f="x -> x - 2"),
    _kill("a target further away", _KEPT, f="x -> 10*(2 - x)"),
    _kill("a target further away, below", _KEPT, f="x -> 10*x"),
    _kill("no layer", _KEPT, L="0", f="x -> 2 - x"),
    _kill("a negative depth", _KEPT, L="-1", delta="l -> 0"),
    _kill("no state in the last level", _KEPT, s="l -> iite(l, 0, 2, 0)", v="l, x -> 0", f="x -> 2 - x"),
)

SURVIVORS = (
    Survivor((
        "drop H1", "drop H2", "drop H5", "shift H2, end L of the range of l", "shift H2, index l of s",
        "shift H3, end s(l) of the range of x", "shift H3, end 1 of the sum", "shift H3, index l of K",
        "shift H3, index x of K", "shift H4, end 1 of the range of x", "shift H4, end s(l) of the range of x",
        "shift H4, end 1 of the range of y", "shift H4, end s(l) of the range of y", "shift H4, end 1 of the sum",
        "shift H4, end s(l + 1) of the sum", "shift H4, index l of K", "shift H4, index x of K",
        "shift H4, index i of K", "shift H4, index l of K (2)", "shift H4, index y of K",
        "shift H4, index i of K (2)", "shift H5, end 0 of the range of l", "shift H5, end L - 1 of the range of l",
        "shift H5, end 1 of the range of x", "shift H5, end s(l) of the range of x", "shift H5, index l of v",
        "shift H5, index x of v", "shift H5, end 1 of the sum", "shift H5, end s(l + 1) of the sum",
        "shift H5, index l of K", "shift H5, index x of K", "shift H5, index i of K", "shift H5, index l + 1 of v",
        "shift H5, index i of v", "shift H6, end s(L) of the range of x", "shift H6, end 1 of the range of y",
        "shift H6, index L of v", "shift H6, index L of v (2)", "shift H7, end s(0) of the range of x",
        "shift H7, index 0 of v", "shift H7, index x of v", "shift H7, index x of f",
        "shift conclusion, end s(0) of the range of x", "shift conclusion, end 1 of the range of y",
        "shift conclusion, end s(0) of the range of y", "constant conclusion, -1 by 1/100",
        "constant conclusion, -1 by 1/2", "shift conclusion, index j of delta",
    ), "open: the points of this attack do not separate the change from the claim, and none proves it"),
)

"""Attack on `mori_zwanzig.neuron_removal`: pairs of laws on two or three points of which one hypothesis fails."""

from __future__ import annotations

from theory.language import Kill, Step, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.neuron_removal import LINE, STEEP, STEEP_LINE

_STILL = {**LINE, "n": "2", "p": "k -> 2 - k", "r": "k -> k - 1", "u": "k -> 2 - k", "G": "i -> 2", "z": "j -> 2",
          "D": "j -> 2"}
"""A shift by 2b: nothing is shared, and the bound 1 is attained."""


def _kill(name: str, base: dict[str, str], *steps: Step, **values: str) -> Kill:
    return Kill(name, Witness((*steps, witness("end", **{**base, **values}))))


KILLS = (
    _kill("half shared", LINE),
    _kill("nothing shared", _STILL),
    _kill("slope 2", STEEP_LINE, STEEP),
    _kill("slope 2, ell = 1", STEEP_LINE, STEEP, ell="1"),
    _kill("nothing moves, nothing shared", _STILL, G="i -> 0", z="j -> 0", D="j -> 0"),
    _kill("inputs move further than D", _STILL, D="j -> 0"),
    _kill("values below lo", _STILL, u="k -> 3 - 2*k"),
    _kill("values above hi", _STILL, u="k -> 4 - 2*k"),
    _kill("a neuron of its own, F", _STILL, F="i -> 0", G="i -> 2", z="j -> 0", D="j -> 0"),
    _kill("a neuron of its own, G", _STILL, F="i -> 2", G="i -> 0", z="j -> 0", D="j -> 0"),
    _kill("masses 2 and 1", _STILL, p="k -> 1", r="k -> k - 1", u="k -> 1", D="j -> 0", z="j -> 0", G="i -> 0", lo="1"),
    _kill("masses 1 and 0", _STILL, p="k -> 2 - k", r="k -> 0", u="k -> 1", lo="1"),
    _kill("b = -1", _STILL, b="-1"),
    _kill("no neuron", _STILL, N="0"),
    _kill("no input", _STILL, d="0"),
)

SURVIVORS = (
    Survivor((
        "drop H1", "drop H2", "drop H3", "drop H4", "drop H13", "strictness H4", "shift H6, end 1 of the sum",
        "shift H6, end n of the sum", "shift H6, index k of r", "shift H7, index i of F", "shift H7, index i of G",
        "shift H7, end 1 of the sum", "shift H7, end n of the sum", "shift H8, end 1 of the range of k",
        "shift H9, end n of the range of k", "shift H10, index i of F", "shift H10, end 1 of the sum",
        "shift H10, end d of the sum", "shift H10, index i of W", "shift H10, index j of W",
        "shift H10, index j of x", "shift H10, index i of c", "shift H11, index i of G", "shift H11, index i of W",
        "shift H11, index j of W", "shift H11, index j of z", "shift H11, index i of c", "shift H14, index j of x",
        "shift H14, index j of z", "shift H14, index j of D", "shift conclusion, index i of W",
        "shift conclusion, index j of W", "shift conclusion, index j of D", "constant conclusion, -1 by 1/100 (2)",
        "constant conclusion, -1 by 1/2 (2)",
    ), "open: the points of this attack do not separate the change from the claim, and none proves it"),
)

"""Attack on `mori_zwanzig.training_paradigm`: small probability spaces of which one hypothesis fails."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.training_paradigm import ONE_SIGN, PAIRS


def _kill(name: str, base: dict[str, str], **values: str) -> Kill:
    return Kill(name, Witness((witness("end", **{**base, **values}),)))


KILLS = (
    _kill("two independent signs", PAIRS),
    _kill("one sign", ONE_SIGN),
    _kill("two equal signs", PAIRS, Y="w, i -> [[1,1,-1,-1]][1,w]"),
    _kill("another variance", PAIRS, V="2"),
    _kill("another mean", ONE_SIGN, m="1", V="2", f="5"),
    _kill("total mass 2", ONE_SIGN, p="w -> 1", V="2", f="1"),
    _kill("no outcome", ONE_SIGN, n="0", V="0", f="1"),
    _kill("no sample", ONE_SIGN, K="0", m="1", f="0"),
    _kill("variances of two samples, one of them wrong", PAIRS, Y="w, i -> [[2,1],[2,-1],[-2,1],[-2,-1]][w,i]"),
    _kill("variances of two samples, the other one wrong", PAIRS, Y="w, i -> [[1,2],[1,-2],[-1,2],[-1,-2]][w,i]"),
    _kill("means of two samples, one of them wrong", PAIRS, Y="w, i -> [[1,1],[1,1],[-1,1],[-1,1]][w,i]"),
    _kill("means of two samples, the other one wrong", PAIRS, Y="w, i -> [[1,1],[1,1],[1,-1],[1,-1]][w,i]"),
)

SURVIVORS = (
    Survivor((
        "drop H1", "shift H3, index w of p", "shift H4, end 1 of the sum", "shift H4, end n of the sum",
        "shift H4, index w of Y", "shift H5, end 1 of the sum", "shift H5, end n of the sum",
        "shift H5, index i of Y", "shift H6, end 1 of the sum", "shift H6, end n of the sum",
        "shift H6, index w of p", "shift H6, index w of Y", "shift H6, index i of Y", "shift H6, index w of Y (2)",
        "shift H6, index j of Y",
    ), "open: the points of this attack do not separate the change from the claim, and none proves it"),
)

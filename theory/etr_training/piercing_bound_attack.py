"""Points against mutants of `etr_training.piercing_bound`: each for positive intervals and turned upside down."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness


def _pair(name: str, *, y: str, intervals: int = 1, at: str = "2", **values: str) -> tuple[Kill, Kill]:
    """The same data with positive intervals `at`, and negated with negative ones."""
    rest = {"n": "3", "w": "0", "x": "i -> i", "v": "j -> 1", "a": "j -> 1", "b": "j -> 0", "e": "0", **values}
    up = {**rest, "y": f"i -> {y}", "P": str(intervals), "N": "0", "p": f"k -> {at}", "r": "k -> 2*k"}
    down = {**rest, "y": f"i -> -({y})", "P": "0", "N": str(intervals), "p": "k -> 2*k", "r": f"k -> {at}",
            "v": rest["v"].replace("-> ", "-> -1*"), "e": f"-1*{rest['e']}"}
    return tuple(Kill(f"{name}, {way}", Witness((witness("end", **point),)))
                 for way, point in (("positive", up), ("negative", down)))


_SQUARES = {"n": "5", "w": "2", "x": "i -> i - 1", "y": "(i - 1)^2", "a": "j -> 2 + j", "b": "j -> 6 - 8*j"}

KILLS = (
    *_pair("squares", intervals=2, at="2*k", **_SQUARES),
    *_pair("overlapping intervals", intervals=3, at="k + 1", **_SQUARES),
    *_pair("overlapping intervals at the end", intervals=3, at="k + 1 + ite(3, k, 0, 0)", **_SQUARES),
    *_pair("before the first point", y="ite(i, 0, 5, 0)", n="2", at="1"),
    *_pair("after the last point", y="ite(4, i, 5, 0)", at="3"),
    *_pair("no fit at the first point", y="ite(i, 1, 1, 0)"),
    *_pair("no fit at the last point", y="ite(3, i, 1, 0)"),
    *_pair("no curvature", y="0"),
    *_pair("rising line", y="i", w="1", v="j -> -1", a="j -> -1", b="j -> 10", e="10"),
    *_pair("falling line", y="-i", w="1", v="j -> -1"),
    *_pair("rising line, further points", y="i", w="1", v="j -> -1", a="j -> -1", b="j -> 10", e="10", n="6", at="3"),
    *_pair("falling line, further points", y="-i", w="1", v="j -> -1", n="6", at="3"),
    *_pair("first point out of order", y="-max([[6],[2],[4]][i,1] - 3, 0)", w="1", x="i -> [[6],[2],[4]][i,1]",
           v="j -> -1", b="j -> -3"),
    *_pair("last point out of order", y="-max([[2],[4],[0]][i,1] - 1, 0)", w="1", x="i -> [[2],[4],[0]][i,1]",
           v="j -> -1", b="j -> -1"),
    *_pair("one neuron", y="max(i - 2, 0)", w="1", b="j -> -2"),
    *_pair("neuron number 1 only", y="max(i - 2, 0)", w="1", b="j -> -2", v="j -> ite(j, 1, ite(1, j, 1, 0), 0)"),
    *_pair("two neurons, the second is 0", y="max(i - 2, 0)", w="2", b="j -> -2",
           v="j -> ite(j, 1, ite(1, j, 1, 0), 0)"),
    *_pair("y of the next point", y="max(i - 3, 0)", w="1", b="j -> -2", n="4", at="3"),
)

SURVIVORS = (
    Survivor(("drop H1",), "true: without neurons the labels are constant, so that there is no interval"),
    Survivor(("drop H2", "drop H3"), "true: a negative count is as good as none"),
    Survivor((
        "shift H4, end i + 1 of the range of l", "strictness H4", "shift H4, index i of x",
        "shift H4, index l of x", "shift H5, end 1 of the sum", "shift H5, end w of the sum",
        "shift H5, index j of v", "shift H5, index j of a", "shift H5, index i of x",
        "shift H5, index j of b", "shift H6, index k of p", "shift H9, index k of r",
        "constant conclusion 2, -1 by 1/100", "constant conclusion 2, -1 by 1/2",
    ), "not killed: no data were built that obey the shifted rule and have too few neurons"),
)

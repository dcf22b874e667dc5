"""Points against mutants of `covering.init_probability`: tiny groups, each of which breaks one hypothesis."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness

_ONE = {"N": "1", "S": "1", "w": "i -> 1", "x": "i, c -> 1", "y": "i, c -> 1", "a": "c -> 1", "p": "g, c -> c",
        "v": "g, c -> c", "act": "g, i -> i", "back": "g, i -> i", "mul": "g, h -> g", "div": "g, h -> g",
        "rep": "j -> j", "cls": "g -> g"}

_TABLE = "[[1,2],[2,1]]"
_SWAP = {**_ONE, "S": "2", "K": "2", "k": "2", "x": "i, c -> 0", "y": "i, c -> 0", "a": "c -> c",
         "p": f"g, c -> {_TABLE}[g,c]", "v": f"g, c -> {_TABLE}[g,c]", "mul": f"g, h -> {_TABLE}[g,h]",
         "div": f"g, h -> {_TABLE}[g,h]"}
_TRIVIAL = {**_ONE, "K": "1", "k": "1"}


def _kill(name: str, base: dict[str, str], **values: str) -> Kill:
    return Kill(name, Witness((witness("end", **{**base, **values}),)))


KILLS = (
    _kill("-1 group elements", _ONE, K="-1", k="0"),
    _kill("-1 points of the orbit", _ONE, K="0", k="-1"),
    _kill("weights 2 and -1", _TRIVIAL, N="2", w="i -> 5 - 3*i", y="i, c -> i"),
    _kill("total weight 2", _TRIVIAL, w="i -> 2"),
    _kill("a representative outside the group", _SWAP, K="1", cls="g -> 1"),
    _kill("no representative", _TRIVIAL, k="0"),
    _kill("one representative twice", _TRIVIAL, k="2", rep="j -> 1"),
    _kill("starts that do not move", _SWAP, x="i, c -> c"),
    _kill("ends that do not move", _SWAP, y="i, c -> c"),
    _kill("points moved out of the law", _SWAP, act="g, i -> g", y=f"i, c -> {_TABLE}[i,c]"),
    _kill("a map that is no permutation", _TRIVIAL, S="2", p="g, c -> 1", a="c -> c"),
    _kill("the exchange twice", _SWAP, K="3", p="g, c -> [[1,2],[2,1],[2,1]][g,c]",
          v="g, c -> [[1,2],[2,1],[2,1]][g,c]", mul="g, h -> [[1,2,2],[2,1,1],[2,1,1]][g,h]",
          div="g, h -> [[1,2,2],[2,1,1],[2,1,1]][g,h]", cls="g -> min(g, 2)"),
    _kill("only the exchange", _SWAP, k="1", p="g, c -> 3 - c", v="g, c -> 3 - c", cls="g -> 1"),
)

SURVIVORS = (
    Survivor(("shift H16, end 1 of the range of l",), "at l = 1 there is no j below l, so the range may begin at 2"),
    Survivor((
        "drop H1", "drop H4",
    ),
             "sizes below 0: sums over them are empty, H12 excludes N <= 0"),
    Survivor((
        "shift H5, end 1 of the range of c", "shift H5, index g of p", "shift H5, index c of p",
        "shift H5, index g of p (2)", "shift H5, index c of p (2)", "shift H5, index g of v", "shift H5, index c of v",
        "shift H5, index g of v (2)", "shift H5, index c of v (2)", "shift H5, index g of v (3)",
        "shift H5, index p(g, c) of v", "shift H5, index g of p (3)", "shift H5, index v(g, c) of p",
        "shift H6, end 1 of the range of g", "shift H6, end K of the range of g", "shift H6, end 1 of the range of h",
        "shift H6, index g of mul", "shift H6, index h of mul", "shift H6, index g of mul (2)",
        "shift H6, index h of mul (2)", "shift H6, index g of div", "shift H6, index h of div",
        "shift H6, index g of div (2)", "shift H6, index h of div (2)", "shift H6, index g of div (3)",
        "shift H6, index mul(g, h) of div", "shift H6, index g of mul (3)", "shift H6, index div(g, h) of mul",
        "shift H7, end 1 of the range of g", "shift H7, end K of the range of g", "shift H7, end 1 of the range of h",
        "shift H7, end K of the range of h", "shift H7, end 1 of the range of c", "shift H7, end S of the range of c",
        "shift H7, index mul(g, h) of p", "shift H7, index c of p", "shift H7, index h of p",
        "shift H7, index p(g, c) of p",
    ),
             "a point needs a table that is no group of permutations at one place only; none is among the instance, "
             "the controls and their variations"),
    Survivor((
        "shift H8, end 1 of the range of g", "shift H8, index g of act", "shift H8, index i of act",
        "shift H8, index g of act (2)", "shift H8, index i of act (2)", "shift H8, index g of back",
        "shift H8, index i of back", "shift H8, index g of back (2)", "shift H8, index i of back (2)",
        "shift H8, index g of back (3)", "shift H8, index act(g, i) of back", "shift H8, index g of act (3)",
        "shift H8, index back(g, i) of act", "shift H9, end 1 of the range of g", "shift H9, end 1 of the range of c",
        "shift H9, end S of the range of c", "shift H9, index act(g, i) of x", "shift H9, index c of x",
        "shift H9, index i of x", "shift H9, index p(g, c) of x", "shift H10, end 1 of the range of g",
        "shift H10, end 1 of the range of i", "shift H10, end N of the range of i", "shift H10, index act(g, i) of w",
        "shift H10, index i of w", "shift H11, end 1 of the range of i", "shift H12, end 1 of the sum",
        "shift H12, end N of the sum", "shift H12, index i of w", "shift H13, end 1 of the range of g",
        "shift H13, end 1 of the range of c", "shift H13, end S of the range of c", "shift H13, index act(g, i) of y",
        "shift H13, index c of y", "shift H13, index i of y", "shift H13, index p(g, c) of y",
    ),
             "a point needs starts, ends or weights that violate the law of the group at one place only; none is among"
             " the points and their variations"),
    Survivor((
        "shift H14, end 1 of the range of j", "shift H14, index j of rep", "shift H15, index g of cls",
        "shift H15, end 1 of the range of c", "shift H15, end S of the range of c", "shift H15, index p(g, c) of a",
        "shift H15, index p(rep(cls(g)), c) of a",
        "shift H16, end 1 of the range of c", "shift H16, end S of the range of c",
        "shift H16, index p(rep(j), c) of a", "shift H16, index p(rep(l), c) of a",
    ),
             "a point needs representatives that miss or repeat one point of the orbit; none is among the points and "
             "their variations"),
    Survivor((
        "norm conclusion 1", "norm conclusion 3", "norm conclusion 3 (2)", "norm conclusion 4", "norm conclusion 5",
        "norm conclusion 5 (2)", "norm conclusion 6", "norm conclusion 6 (2)",
    ),
             "the event that all differences vanish is the same for their squares: an equivalent statement"),
    Survivor((
        "constant conclusion 2, 2 by 1/100", "constant conclusion 2, -1 by 1/100", "constant conclusion 2, -1 by 1/2",
        "constant conclusion 2, -1 by 1/100 (2)", "constant conclusion 2, 1 by 1/100 (2)",
        "constant conclusion 2, 1 by 1/2 (2)", "constant conclusion 2, -1 by 1/100 (3)",
        "constant conclusion 2, 1 by 1/100 (5)", "constant conclusion 2, 1 by 1/2 (5)",
        "constant conclusion 4, -1 by 1/100", "constant conclusion 4, -1 by 1/2", "constant conclusion 5, -1 by 1/100",
        "constant conclusion 5, 1 by 1/100", "constant conclusion 5, 1 by 1/2",
        "constant conclusion 5, 1 by 1/100 (2)", "constant conclusion 5, 1 by 1/2 (2)",
        "constant conclusion 5, -1 by 1/100 (2)", "constant conclusion 5, -1 by 1/2 (2)",
        "constant conclusion 5, 1 by 1/100 (3)", "constant conclusion 5, 1 by 1/2 (3)",
        "constant conclusion 5, 1 by 1/100 (4)", "constant conclusion 5, 1 by 1/2 (4)",
        "constant conclusion 6, 1 by 1/100", "constant conclusion 6, 1 by 1/2",
    ),
             "a constant inside an event, an indicator or a comparison with a number of points: what is counted are "
             "integers, so a small change leaves the event as it is, or no point tried tells"),
    Survivor((
        "shift conclusion 1, end 1 of the sum (2)", "shift conclusion 2, end 1 of the range of l",
        "shift conclusion 2, end 1 of the range of c", "shift conclusion 2, end S of the range of c",
        "shift conclusion 4, end k of the range of j", "shift conclusion 4, index i of w",
        "shift conclusion 4, index i of y", "shift conclusion 4, index c of y",
        "shift conclusion 4, index p(rep(j), c) of a", "shift conclusion 5, end 1 of the sum (2)",
        "shift conclusion 5, end S of the sum (2)", "shift conclusion 5, index i of y",
        "shift conclusion 5, index c of y", "shift conclusion 5, index c of a (2)",
        "shift conclusion 5, end S of the sum (3)", "shift conclusion 5, index c of x (2)",
        "shift conclusion 5, index c of a (3)", "shift conclusion 6, index act(g, i) of D",
        "shift conclusion 6, index i of w", "shift conclusion 6, index i of D", "shift conclusion 6, index i of w (2)",
        "shift conclusion 6, index i of D (2)", "shift conclusion 6, end 1 of the sum (5)",
        "shift conclusion 6, end S of the sum", "shift conclusion 6, index i of w (3)",
        "shift conclusion 6, index i of D (3)", "shift conclusion 6, index i of w (4)",
        "shift conclusion 6, end 1 of the sum (9)", "shift conclusion 6, end S of the sum (2)",
    ),
             "an index or an end of a sum in an event, moved on both sides or by a map that keeps the law: no point "
             "tried tells it from the claim"),
)

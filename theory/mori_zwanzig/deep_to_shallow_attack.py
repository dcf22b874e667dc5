"""Points against mutants of `mori_zwanzig.deep_to_shallow`: the sup error, the smoothing, the step functions."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import Step, apply, combine, intro, witness
from theory.mori_zwanzig.deep_to_shallow import SUP, replaced_chain
from theory.mori_zwanzig.uniform_smoothing import LIPSCHITZ, STEPS

ATTACKED = replaced_chain(f"some | {SUP}, ({LIPSCHITZ.statement}), ({STEPS.statement})")


def _at(*steps: Step, **values: str) -> Witness:
    """A point: one layer of single states, h = 1, g = 0, error 1, unless given."""
    plain = {"K": "1", "d": "l -> 1", "a": "l, x, y -> 1", "h": "l, x -> 1", "g": "l, x -> 0", "E": "1"}
    return Witness((*steps, witness("end", **{**plain, **values}),))


def _cells(body: str = "t", slope: str = "1", **values: str) -> Witness:
    """A function of slope 1 on cells of width 1, at the end 0 of a cell, unless given."""
    at = {name: body.replace("t", name) for name in "xy"}
    step = intro("hf", f"all x y:real => abs({at['x']} - ({at['y']})) <= {slope}*abs(x - y)", "",
                 combine("e", f"{at['x']} - ({at['y']}) = x - y"),
                 apply("c", "ax.cong", f="r -> abs(r)", x=f"{at['x']} - ({at['y']})", y="x - y"),
                 combine("w", facts="c"))
    return _at(step, **({"f": f"t -> {body}", "m": slope, "z": "0", "c": "1", "x": "0"} | values))


KILLS = (
    Kill("ends of cells", _cells()),
    Kill("ends of cells, high above", _cells("t + 100", x="1/2")),
    Kill("cells far from 0", _cells(z="1000", x="1000")),
    Kill("cells of negative width", _cells(c="-1")),
    Kill("cells without width", _cells(c="0")),
    Kill("a steep function", _at(f="t -> 10*t", m="1", z="0", c="1", x="0")),
    Kill("no window", _at(u="y -> 1", A="1", b="0", s="0", t="0")),

    Kill("constant error", _at()),
    Kill("row sums free", _at(a="l, x, y -> 2", h="l, x -> 2 - l")),
    Kill("negative kernel", _at(d="l -> 1 + l", a="l, x, y -> ite(y, 1, 2, -1)", h="l, x -> ite(l, 0, 3, 3 - 2*x)")),
    Kill("exact function free", _at(h="l, x -> 2 - l")),
    Kill("substitute free", _at(g="l, x -> l - 1")),
    Kill("readout error free", _at(E="1/2")),
    Kill("second layer, exact free", _at(K="2", h="l, x -> ite(l, 1, 2, 1)")),
    Kill("first layer, exact free", _at(K="2", h="l, x -> ite(l, 0, 2, 1)")),
    Kill("first layer, substitute free", _at(K="2", g="l, x -> ite(l, 0, -1, 0)")),
    Kill("second layer, substitute free", _at(K="2", g="l, x -> ite(l, 1, -1, 0)")),
    Kill("two states, second free", _at(d="l -> 2", a="l, x, y -> 1/2", h="l, x -> ite(l, 0, ite(x, 1, 1, 2), 1)")),
    Kill("two states, first free", _at(d="l -> 2", a="l, x, y -> 1/2", h="l, x -> ite(l, 0, ite(x, 1, 2, 1), 1)")),
    Kill("two states", _at(d="l -> 2", a="l, x, y -> 1/2")),
    Kill("readout of the second state", _at(d="l -> 2", a="l, x, y -> 1/2", h="l, x -> ite(l, 0, 3/2, x)")),
    Kill("readout of the first state", _at(d="l -> 2", a="l, x, y -> 1/2", h="l, x -> ite(l, 0, 3/2, 3 - x)")),
    Kill("negative first entry",
         _at(d="l -> 1 + l", a="l, x, y -> ite(y, 1, -1, 2)", h="l, x -> ite(l, 0, 3, 2*x - 3)")),
    Kill("negative kernel, not in the next layer",
         _at(d="l -> 1 + l", a="l, x, y -> ite(l, 0, ite(y, 1, 2, -1), 1)", h="l, x -> ite(l, 0, 3, 3 - 2*x)")),
    Kill("negative kernel, not in the next row",
         _at(d="l -> 1 + l", a="l, x, y -> ite(x, 1, ite(y, 1, 2, -1), 1)", h="l, x -> ite(l, 0, 3, 3 - 2*x)")),
    Kill("row of two ones", _at(d="l -> 1 + l", a="l, x, y -> 1", h="l, x -> 2 - l")),
    Kill("rows 2, then 1", _at(a="l, x, y -> ite(l, 0, 2, 1)", h="l, x -> 2 - l")),
    Kill("row sums 2 and 1", _at(a="l, x, y -> 3 - x", h="l, x -> 2 - l")),
    Kill("entries 2 and 1", _at(a="l, x, y -> 3 - y", h="l, x -> 2 - l")),
    Kill("exact with the next kernel", _at(a="l, x, y -> l + 1", h="l, x -> 2 - l")),
    Kill("exact with the next row", _at(a="l, x, y -> x", h="l, x -> 2 - l")),
    Kill("exact with the next column", _at(a="l, x, y -> y", h="l, x -> 2 - l")),
    Kill("exact from the next state", _at(h="l, x -> ite(l, 0, 2, x)")),
    Kill("substitute at the next state", _at(g="l, x -> ite(l, 0, ite(x, 1, -1, 0), 0)")),
    Kill("substitute from no state", _at(h="l, x -> 2", g="l, x -> l")),
    Kill("substitute with the next kernel", _at(a="l, x, y -> 1 - l", h="l, x -> 2", g="l, x -> l")),
    Kill("substitute with the next row", _at(a="l, x, y -> 2 - x", h="l, x -> 2", g="l, x -> l")),
    Kill("substitute with the next column", _at(a="l, x, y -> 2 - y", h="l, x -> 2", g="l, x -> l")),
    Kill("substitute from the next state", _at(h="l, x -> 2", g="l, x -> ite(l, 0, 0, 2 - x)")),
    Kill("readout error of the next level, exact", _at(h="l, x -> ite(l, 1, 3, 1)")),
    Kill("readout error of the next level, substitute", _at(g="l, x -> ite(l, 1, -2, 0)")),
    Kill("readout error of the next state", _at(g="l, x -> ite(x, 1, -2, 0)")),
    Kill("a level before the first", _at(h="l, x -> ite(l, -1, 5, 1)", l="-1", x="1")),
    Kill("a level after the last", _at(h="l, x -> ite(l, 1, 1, 5)", l="2", x="1")),
    Kill("a state after the last", _at(h="l, x -> ite(x, 1, 1, 5)", l="0", x="2")),
    Kill("exact one level later", _at(h="l, x -> ite(l, 1, 1, 5)", l="1", x="1")),
    Kill("substitute one level later", _at(g="l, x -> ite(l, 1, 0, -5)", l="1", x="1")),
)

SURVIVORS = (
    Survivor(("drop H1", "shift H1, end 0 of the range of l", "shift H1, end K of the range of l",
              "shift H1, index l of d"), "true: a level of negative width has empty sums, as one without states"),
    Survivor(("drop conclusion 3, 0 <= m",), "true: at x = 1, y = 0 the Lipschitz condition itself gives 0 <= m"),
    Survivor(("constant conclusion 3, -1 by 1/100", "constant conclusion 3, -1 by 1/2"),
             "true: at x = y the changed condition says that f is 0"),
    Survivor(("constant conclusion 3, -1 by 1/100 (2)", "constant conclusion 3, -1 by 1/2 (2)"),
             "true: with r for the changed factor f(r y) = f(y) and |f(y) - f(0)| <= m |y|, so f(y) = f(r^k y) for all"
             " integers k is f(0), and f is constant"),
    Survivor(("drop conclusion 2, all y:real => 0 <= u(y)", "drop conclusion 2, all y:real => u(y) <= A"),
             "false, not killed: u = 2 y/(1 + y^2)^2 - 1 and its negative are on one side of A = 0 and have means that"
             " differ; the search evaluates no integral, so it tries no point of this part"),
    Survivor(("strictness conclusion 2 (2)", *(f"constant conclusion 2, {place}" for place in (
        *(f"-1 by {size}{at}" for size in ("1/100", "1/2") for at in ("", " (2)", " (3)")),
        *(f"2 by {size}{at}" for size in ("1/100", "1/2") for at in ("", " (2)"))))),
             "false, not killed: u = A = 1 and s = t, where both means are 1 and the bound is 0; the search evaluates"
             " no integral, so it tries no point of this part"),
    Survivor(("constant conclusion 2, the bound by 1/100", "constant conclusion 2, the bound by 1/2",
              "constant conclusion 2, 2 by 1/100 (3)", "constant conclusion 2, 2 by 1/2 (3)"),
             "false, not killed: for u = (1 - y^2)/(1 + y^2)^2 + 1/8, between 0 and 9/8, windows from its zero at"
             " -sqrt(3) to its top at 0, moved a little, attain the constant in the limit; the search evaluates no"
             " integral, so it tries no point of this part"),
    Survivor(("constant conclusion 2, -1 by 1/100 (4)", "constant conclusion 2, -1 by 1/2 (4)"),
             "false, not killed: t = r s with the changed factor r makes the bound 0 for windows with different means;"
             " the search evaluates no integral, so it tries no point of this part"),
)

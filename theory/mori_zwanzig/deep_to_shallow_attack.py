"""Points against mutants of `mori_zwanzig.deep_to_shallow`: the sup error along finite chains is attacked."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.deep_to_shallow import SUP, replaced_chain

ATTACKED = replaced_chain(SUP)


def _at(**values: str) -> Witness:
    """A point: one layer of single states, h = 1, g = 0, error 1, unless given."""
    plain = {"K": "1", "d": "l -> 1", "a": "l, x, y -> 1", "h": "l, x -> 1", "g": "l, x -> 0", "E": "1"}
    return Witness((witness("end", **{**plain, **values}),))


KILLS = (
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
)

"""Points against mutants of `mori_zwanzig.monotone_enclosure`: the enclosure along finite chains is attacked."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.monotone_enclosure import ENCLOSED, enclosure_statement

ATTACKED = enclosure_statement(f"some | {ENCLOSED}")


def _at(**values: str) -> Witness:
    """A point: one layer of single cells, everything 1, unless given."""
    plain = {"L": "1", "d": "l -> 1", "a": "l, x, y -> 1", "h": "l, x -> 1", "p": "l, x -> 1", "u": "l, x -> 1"}
    return Witness((witness("end", **{**plain, **values}),))


KILLS = (
    Kill("everything one", _at()),
    Kill("negative kernel", _at(a="l, x, y -> -1", h="l, x -> ite(l, 0, -2, 2)", p="l, x -> ite(l, 0, -1, 1)",
                                u="l, x -> ite(l, 0, -2, 2)")),
    Kill("negative kernel, above", _at(a="l, x, y -> -1", h="l, x -> ite(l, 0, -2, 2)", p="l, x -> ite(l, 0, -2, 2)",
                                       u="l, x -> ite(l, 0, -3, 3)")),
    Kill("exact function too small", _at(h="l, x -> l")),
    Kill("exact function too large", _at(h="l, x -> 2 - l")),
    Kill("lower bound free", _at(p="l, x -> 2 - l")),
    Kill("upper bound free", _at(u="l, x -> l")),
    Kill("readout below", _at(h="l, x -> 0")),
    Kill("readout above", _at(h="l, x -> 2")),
    Kill("two layers, first free, small", _at(L="2", h="l, x -> ite(l, 0, 0, 1)")),
    Kill("two layers, second free, small", _at(L="2", h="l, x -> ite(l, 1, 0, 1)")),
    Kill("two layers, lower free", _at(L="2", p="l, x -> ite(l, 0, 2, 1)")),
    Kill("two layers, upper free", _at(L="2", u="l, x -> ite(l, 0, 0, 1)")),
    Kill("two cells", _at(d="l -> 2", a="l, x, y -> 1/2")),
    Kill("two cells, second free", _at(d="l -> 2", a="l, x, y -> 1/2", h="l, x -> ite(l, 0, ite(x, 1, 1, 0), 1)")),
    Kill("two cells, first free", _at(d="l -> 2", a="l, x, y -> 1/2", h="l, x -> ite(l, 0, ite(x, 1, 0, 1), 1)")),
    Kill("two cells, lower second", _at(d="l -> 2", a="l, x, y -> 1/2", p="l, x -> ite(l, 0, ite(x, 1, 1, 2), 1)")),
    Kill("two cells, lower first", _at(d="l -> 2", a="l, x, y -> 1/2", p="l, x -> ite(l, 0, ite(x, 1, 2, 1), 1)")),
    Kill("two cells, upper second", _at(d="l -> 2", a="l, x, y -> 1/2", u="l, x -> ite(l, 0, ite(x, 1, 1, 0), 1)")),
    Kill("two cells, upper first", _at(d="l -> 2", a="l, x, y -> 1/2", u="l, x -> ite(l, 0, ite(x, 1, 0, 1), 1)")),
    Kill("one summand too few", _at(d="l -> 2", a="l, x, y -> 1/2", h="l, x -> ite(l, 0, 1/2, 1)")),
    Kill("identity", _at(d="l -> 2", a="l, x, y -> iite(x, y, iite(y, x, 1, 0), 0)", p="l, x -> x - 3",
                         h="l, x -> x", u="l, x -> x + 3")),
    Kill("negative kernel, not in the next layer",
         _at(a="l, x, y -> ite(l, 0, -1, 1)", h="l, x -> ite(l, 0, -2, 2)", p="l, x -> ite(l, 0, -1, 1)",
             u="l, x -> ite(l, 0, -2, 2)")),
    Kill("negative kernel, not in the next row",
         _at(a="l, x, y -> ite(x, 1, -1, 1)", h="l, x -> ite(l, 0, -2, 2)", p="l, x -> ite(l, 0, -1, 1)",
             u="l, x -> ite(l, 0, -2, 2)")),
    Kill("negative kernel, not in the next column",
         _at(a="l, x, y -> ite(y, 1, -1, 1)", h="l, x -> ite(l, 0, -2, 2)", p="l, x -> ite(l, 0, -1, 1)",
             u="l, x -> ite(l, 0, -2, 2)")),
    Kill("exact with the next layer", _at(a="l, x, y -> l + 1", h="l, x -> 2 - l")),
    Kill("lower bound with the next layer", _at(a="l, x, y -> l + 1", p="l, x -> 2 - l")),
    Kill("upper bound with the next layer", _at(a="l, x, y -> 1 - l", u="l, x -> l")),
    Kill("exact with the next row", _at(a="l, x, y -> x", h="l, x -> 2 - l")),
    Kill("lower bound with the next row", _at(a="l, x, y -> x", p="l, x -> 2 - l")),
    Kill("upper bound with the next row", _at(a="l, x, y -> 2 - x", u="l, x -> l")),
    Kill("exact with the next column", _at(a="l, x, y -> y", h="l, x -> 2 - l")),
    Kill("lower bound with the next column", _at(a="l, x, y -> y", p="l, x -> 2 - l")),
    Kill("upper bound with the next column", _at(a="l, x, y -> 2 - y", u="l, x -> l")),
    Kill("exact from the next cell", _at(h="l, x -> ite(l, 0, 2, x)")),
    Kill("lower bound from the next cell", _at(p="l, x -> ite(l, 0, 2, x)")),
    Kill("upper bound from the next cell", _at(u="l, x -> ite(l, 0, 0, 2 - x)")),
    Kill("readout, lower bound of the next level", _at(p="l, x -> ite(l, 1, 2, 1)")),
    Kill("readout, lower bound of the next cell", _at(p="l, x -> ite(x, 1, 2, 1)")),
    Kill("readout, exact below, of the next level", _at(h="l, x -> ite(l, 1, 0, 1)")),
    Kill("readout, exact below, of the next cell", _at(h="l, x -> ite(x, 1, 0, 1)")),
    Kill("readout, exact above, of the next level", _at(h="l, x -> ite(l, 1, 2, 1)")),
    Kill("readout, exact above, of the next cell", _at(h="l, x -> ite(x, 1, 2, 1)")),
    Kill("readout, upper bound of the next level", _at(u="l, x -> ite(l, 1, 0, 1)")),
    Kill("readout, upper bound of the next cell", _at(u="l, x -> ite(x, 1, 0, 1)")),
    Kill("a level before the first, lower bound", _at(p="l, x -> ite(l, -1, 5, 1)", l="-1", x="1")),
    Kill("a level after the last, lower bound", _at(p="l, x -> ite(l, 1, 1, 5)", l="2", x="1")),
    Kill("a cell after the last, lower bound", _at(p="l, x -> ite(x, 1, 1, 5)", l="0", x="2")),
    Kill("lower bound of the next level", _at(p="l, x -> ite(l, 1, 1, 5)", l="1", x="1")),
    Kill("lower bound of the next cell", _at(p="l, x -> ite(x, 1, 1, 5)", l="0", x="1")),
    Kill("exact of the next level, below", _at(h="l, x -> ite(l, 1, 1, -5)", l="1", x="1")),
    Kill("a level before the first, upper bound", _at(u="l, x -> ite(l, -1, -5, 1)", l="-1", x="1")),
    Kill("a level after the last, upper bound", _at(u="l, x -> ite(l, 1, 1, -5)", l="2", x="1")),
    Kill("a cell before the first, upper bound", _at(u="l, x -> ite(x, 0, -5, 1)", l="0", x="0")),
    Kill("a cell after the last, upper bound", _at(u="l, x -> ite(x, 1, 1, -5)", l="0", x="2")),
    Kill("exact of the next level, above", _at(h="l, x -> ite(l, 1, 1, 5)", l="1", x="1")),
    Kill("upper bound of the next level", _at(u="l, x -> ite(l, 1, 1, -5)", l="1", x="1")),
    Kill("upper bound of the next cell", _at(u="l, x -> ite(x, 1, 1, -5)", l="0", x="1")),
)

SURVIVORS = (
    Survivor(("drop H1", "shift H1, end 0 of the range of l", "shift H1, end L of the range of l",
              "shift H1, index l of d"), "true: a level of negative width has empty sums, as one without cells"),
)

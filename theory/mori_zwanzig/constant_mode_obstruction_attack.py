"""Points against mutants of `mori_zwanzig.constant_mode_obstruction`: contraction along finite chains is attacked."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.constant_mode_obstruction import CONTRACTION, chain_of_kernels

ATTACKED = chain_of_kernels(CONTRACTION)


def _at(**values: str) -> Witness:
    """A point: one layer of single states, everything 1, unless given."""
    plain = {"L": "1", "d": "l -> 1", "v": "l, x -> 1", "a": "l, x, y -> 1", "g": "l, x -> 1", "h": "l, x -> 1"}
    return Witness((witness("end", **{**plain, **values}),))


KILLS = (
    Kill("everything one", _at()),
    Kill("density free", _at(g="l, x -> 1 - l")),
    Kill("row sums free", _at(a="l, x, y -> 2", g="l, x -> 1 + l", h="l, x -> 2 - l")),
    Kill("mean function free", _at(h="l, x -> 2 - l")),
    Kill("negative density at the input", _at(d="l -> 2", a="l, x, y -> 1/2", g="l, x -> -1",
                                              h="l, x -> ite(l, 0, 1/2, x - 1)")),
    Kill("negative kernel", _at(d="l -> 1 + l", a="l, x, y -> ite(y, 1, 2, -1)", g="l, x -> ite(l, 0, 1, 5 - 3*x -"
                                                                                   " x*x + x)",
                                h="l, x -> ite(l, 0, 3, 3 - 2*x)")),
    Kill("negative kernel, two", _at(d="l -> 1 + l", a="l, x, y -> ite(y, 1, 2, -1)",
                                     g="l, x -> ite(l, 0, 1, ite(x, 1, 2, -1))",
                                     h="l, x -> ite(l, 0, 3, 3 - 2*x)")),
    Kill("second layer, density free", _at(L="2", g="l, x -> ite(l, 1, 1, 0)")),
    Kill("second layer, mean function free", _at(L="2", h="l, x -> ite(l, 1, 1, 0)")),
    Kill("first layer, mean function free", _at(L="2", h="l, x -> ite(l, 0, 2, 1)")),
    Kill("weights of the level", _at(v="l, x -> l + 1", a="l, x, y -> 1/2", g="l, x -> ite(l, 0, 1, 1/2)")),
    Kill("weights of the level, larger", _at(v="l, x -> 2 - l", a="l, x, y -> 1", g="l, x -> ite(l, 0, 1, 2)")),
    Kill("two states", _at(d="l -> 2", a="l, x, y -> 1/2")),
    Kill("negative weights", _at(v="l, x -> ite(l, 0, -1, 1)", g="l, x -> ite(l, 0, 1, -1)")),
    Kill("negative weights of one state", _at(d="l -> 1 + l", v="l, x -> ite(l, 0, 1, ite(x, 1, 2, -1))",
                                              h="l, x -> ite(l, 0, 2, 2 - x)")),
    Kill("negative weight of the input",
         _at(d="l -> l + 1", a="l, x, y -> 1/2", h="l, x -> ite(l, 0, 1/2, x - 1)", v="l, x -> ite(l, 0, -1, 1)",
             g="l, x -> ite(l, 0, 1, -1/2)")),
    Kill("negative kernel, first entry",
         _at(d="l -> l + 1", a="l, x, y -> ite(y, 1, -1, 2)", g="l, x -> ite(l, 0, 1, ite(x, 1, -1, 2))",
             h="l, x -> ite(l, 0, 3, 2*x - 3)")),
    Kill("negative kernel, not in the next layer",
         _at(d="l -> l + 1", a="l, x, y -> ite(l, 0, ite(y, 1, 2, -1), 1)",
             g="l, x -> ite(l, 0, 1, ite(x, 1, 2, -1))", h="l, x -> ite(l, 0, 3, 3 - 2*x)")),
    Kill("negative kernel, not in the next row",
         _at(d="l -> l + 1", a="l, x, y -> ite(x, 1, ite(y, 1, 2, -1), 1)",
             g="l, x -> ite(l, 0, 1, ite(x, 1, 2, -1))", h="l, x -> ite(l, 0, 3, 3 - 2*x)")),
    Kill("row of two ones", _at(d="l -> l + 1", a="l, x, y -> 1", h="l, x -> 2 - l")),
    Kill("mass with the weights of the level", _at(v="l, x -> l + 1", h="l, x -> 2 - l")),
    Kill("mass with the weights of the next state", _at(v="l, x -> ite(l, 0, 1, 3 - x)", h="l, x -> 2 - l")),
    Kill("mass of the next layer", _at(a="l, x, y -> 2 - l", g="l, x -> l + 1", h="l, x -> 2 - l")),
    Kill("mass of the next row", _at(a="l, x, y -> 3 - x", g="l, x -> l + 1", h="l, x -> 2 - l")),
    Kill("mass of the next column", _at(a="l, x, y -> 3 - y", g="l, x -> l + 1", h="l, x -> 2 - l")),
    Kill("negative density at the one input",
         _at(d="l -> l + 1", a="l, x, y -> 1/2", h="l, x -> ite(l, 0, 1/2, x - 1)", g="l, x -> ite(l, 0, -1, -1/2)")),
    Kill("negative density, not before the input",
         _at(d="l -> l + 1", a="l, x, y -> 1/2", h="l, x -> ite(l, 0, 1/2, x - 1)",
             g="l, x -> ite(l, -1, 1, ite(l, 0, -1, -1/2))")),
    Kill("negative density, not in the next state",
         _at(d="l -> l + 1", a="l, x, y -> 1/2", h="l, x -> ite(l, 0, 1/2, x - 1)",
             g="l, x -> ite(l, 0, ite(x, 1, -1, 1), -1/2)")),
    Kill("density at the next state", _at(g="l, x -> ite(l, 0, 1, x - 1)")),
    Kill("density with the weights of the next level", _at(v="l, x -> 2 - l")),
    Kill("density with the weights of the next state", _at(v="l, x -> ite(l, 0, 3 - x, 1)")),
    Kill("density with the next kernel", _at(a="l, x, y -> 1 - l", g="l, x -> 1 - l")),
    Kill("density with the next row", _at(a="l, x, y -> 2 - x", g="l, x -> 1 - l")),
    Kill("density with the next column", _at(a="l, x, y -> 2 - y", g="l, x -> 1 - l")),
    Kill("density from the next state", _at(g="l, x -> ite(l, 0, 2 - x, 0)")),
    Kill("mean function at the next state", _at(h="l, x -> ite(l, 0, 3 - x, 1)")),
    Kill("mean function with the weights of the level", _at(v="l, x -> 2 - l", g="l, x -> l + 1", h="l, x -> 2 - l")),
    Kill("mean function with the weights of the next state", _at(v="l, x -> ite(l, 0, 1, x)", h="l, x -> 2 - l")),
    Kill("mean function with the next kernel", _at(a="l, x, y -> l + 1", h="l, x -> 2 - l")),
    Kill("mean function with the next row", _at(a="l, x, y -> x", h="l, x -> 2 - l")),
    Kill("mean function with the next column", _at(a="l, x, y -> y", h="l, x -> 2 - l")),
    Kill("mean function from the next state", _at(h="l, x -> ite(l, 0, 2, x)")),
    Kill("norm at the input, weights of the next state", _at(v="l, x -> ite(l, 0, x, 1)", l="1")),
    Kill("norm at the input, density of the next state", _at(g="l, x -> ite(l, 0, x, 1)", l="1")),
    Kill("norm at the input, mean function before it", _at(h="l, x -> ite(l, -1, 5, 1)", l="1")),
    Kill("norm at the input, mean function of the next state", _at(h="l, x -> ite(l, 0, ite(x, 1, 1, 5), 1)", l="1")),
    Kill("norm, weights of the next state", _at(v="l, x -> ite(x, 1, 1, 0)", l="1")),
    Kill("norm, density of the next state", _at(g="l, x -> ite(x, 1, 1, 0)", l="1")),
    Kill("norm, mean function of the next level", _at(h="l, x -> ite(l, 1, 1, 0)", l="1")),
)

SURVIVORS = (
    Survivor(("drop H1", "shift H1, end 0 of the range of l", "shift H1, end L of the range of l",
              "shift H1, index l of d"), "true: a level of negative width has empty sums, as one without states"),
)

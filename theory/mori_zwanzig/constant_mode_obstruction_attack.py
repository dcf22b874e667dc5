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
)

SURVIVORS = (
    Survivor(("drop H1", "shift H1, end 0 of the range of l", "shift H1, end L of the range of l",
              "shift H1, index l of d"), "true: a level of negative width has empty sums, as one without states"),
)

"""Points against mutants of `mori_zwanzig.norm_sandwich`: Schur's bound for finite kernels is attacked."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.norm_sandwich import UPPER, kernel_statement

ATTACKED = kernel_statement(UPPER)


def _at(**values: str) -> Witness:
    """A point: one state to one state, everything 1, unless given."""
    plain = {"m": "1", "n": "1", "a": "x, y -> 1", "v": "x -> 1", "w": "y -> 1", "h": "y -> 1", "S": "1"}
    return Witness((witness("end", **{**plain, **values}),))


KILLS = (
    Kill("all equal to one", _at()),
    Kill("two states to one", _at(m="2", S="1")),
    Kill("two states to one, S = 2", _at(m="2", S="2")),
    Kill("row sums free", _at(a="x, y -> 2", S="2")),
    Kill("negative density", _at(n="2", a="x, y -> ite(y, 1, 2, -1)", h="y -> ite(y, 1, 1, -1)", S="2")),
    Kill("negative density, S small", _at(n="2", a="x, y -> ite(y, 1, 2, -1)", h="y -> ite(y, 1, 1, -2)", S="2")),
    Kill("negative second state", _at(m="2", v="x -> ite(x, 1, 2, -1)", S="1", n="2",
                                      a="x, y -> iite(x, y, iite(y, x, 1, 0), 0)", h="y -> 2 - y")),
    Kill("negative weight of x", _at(v="x -> -1", S="-1")),
    Kill("negative weight of y", _at(n="2", w="y -> ite(y, 1, 2, -1)", h="y -> 2 - y", a="x, y -> 1", S="1")),
    Kill("two rows, second free", _at(m="2", a="x, y -> ite(x, 1, 1, 3)", S="4")),
    Kill("two rows, first free", _at(m="2", a="x, y -> ite(x, 1, 3, 1)", S="4")),
    Kill("second column free", _at(n="2", a="x, y -> 1/2", h="y -> y - 1", S="1/2", m="3")),
    Kill("two columns", _at(n="2", m="2", a="x, y -> 1/2", S="1")),
    Kill("identity", _at(n="2", m="2", a="x, y -> iite(x, y, iite(y, x, 1, 0), 0)", h="y -> 2 - y", S="1")),
    Kill("identity, second", _at(n="2", m="2", a="x, y -> iite(x, y, iite(y, x, 1, 0), 0)", h="y -> y - 1", S="1")),
    Kill("weights 2 of y", _at(w="y -> 2", a="x, y -> 1/2", S="1/2")),
    Kill("weights 2 of x", _at(v="x -> 2", S="2")),
)

SURVIVORS = (
    Survivor(("drop H1", "drop H2"), "true up to the sign of S: for a negative size the left side is empty"),
)

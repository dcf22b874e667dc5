"""Points against mutants of `mori_zwanzig.duality`: the finite chain is attacked, for integrals see `integral_laws`."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.duality import INVARIANT, chain_statement

ATTACKED = chain_statement(INVARIANT)


def _at(**values: str) -> Witness:
    """A point: one layer of single states, everything 1, unless given."""
    plain = {"L": "1", "d": "l -> 1", "v": "l, x -> 1", "a": "l, x, y -> 1", "g": "l, x -> 1", "h": "l, x -> 1"}
    return Witness((witness("end", **{**plain, **values}),))


KILLS = (
    Kill("forward free", _at(g="l, x -> l + 1")),
    Kill("backward free", _at(h="l, x -> l + 1")),
    Kill("second layer free, forward", _at(L="2", g="l, x -> ite(l, 1, 1, 2)")),
    Kill("first layer free, forward", _at(L="2", g="l, x -> ite(l, 0, 2, 1)")),
    Kill("last layer free, backward", _at(L="2", h="l, x -> ite(l, 1, 2, 1)")),
    Kill("first layer free, backward", _at(L="2", h="l, x -> ite(l, 0, 2, 1)")),
    Kill("negative width", _at(d="l -> ite(l, 0, -1, 1)", g="l, x -> 1 - l", h="l, x -> 1")),
    Kill("two states, last free", _at(d="l -> 2", a="l, x, y -> x*y", g="l, x -> ite(l, 0, 1, 3)",
                                     h="l, x -> ite(l, 0, 3*x, 1)")),
    Kill("weights of the level", _at(v="l, x -> l + 1", h="l, x -> 2 - l")),
    Kill("weights of the state", _at(d="l -> 2", v="l, x -> x", g="l, x -> ite(l, 0, 1, 3)",
                                     h="l, x -> ite(l, 0, 3, 1)")),
    Kill("weights of the next state, backward", _at(d="l -> 2", v="l, x -> x", g="l, x -> ite(l, 0, 1, 3)",
                                                    h="l, x -> ite(l, 0, 5, 1)")),
    Kill("weights of the next state, forward", _at(d="l -> 2", v="l, x -> x", g="l, x -> ite(l, 0, 1, 5)",
                                                   h="l, x -> ite(l, 0, 3, 1)")),
    Kill("weights of the first level, backward", _at(v="l, x -> l + 1")),
    Kill("one summand too few, backward", _at(d="l -> 2", g="l, x -> ite(l, 0, 1, 2)")),
    Kill("next state of the kernel, backward", _at(d="l -> 2", a="l, x, y -> y", g="l, x -> ite(l, 0, 1, 2*x)",
                                                   h="l, x -> ite(l, 0, 5, 1)")),
    Kill("next row of the kernel, backward", _at(d="l -> 2", a="l, x, y -> x", g="l, x -> ite(l, 0, 1, 3)",
                                                 h="l, x -> ite(l, 0, 2*(x + 1), 1)")),
    Kill("next layer of the kernel, backward", _at(a="l, x, y -> l + 1", h="l, x -> 2 - l")),
    Kill("next layer of the kernel, forward", _at(a="l, x, y -> l + 1", g="l, x -> l + 1")),
    Kill("next value, backward", _at(d="l -> 2", g="l, x -> ite(l, 0, 1, 2)", h="l, x -> ite(l, 0, 5, x)")),
    Kill("depth beyond", _at(L="0", g="l, x -> l + 1")),
)

SURVIVORS = (
    Survivor(("drop H1", "shift H1, end 0 of the range of l", "shift H1, end L of the range of l",
              "shift H1, index l of d"), "true: a level of negative width has empty sums, as one without states"),
    Survivor(("shift H2, index y of g", "shift H3, index x of h"),
             "open: the recursion writes the states 2..d(l)+1, no small point was found"),
)

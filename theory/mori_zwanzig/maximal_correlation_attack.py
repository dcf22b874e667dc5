"""Points against mutants of `mori_zwanzig.maximal_correlation`: decay along finite chains is attacked."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.maximal_correlation import DECAY, HALF, INDEPENDENT, correlated_chain

ATTACKED = correlated_chain(DECAY)


def _forgetting(**values: str) -> Witness:
    """Two states, everything forgotten in one layer; the bound on mean-zero functions is proved first."""
    return Witness((*INDEPENDENT, witness("end", **{**HALF, "h": "l, x -> ite(l, 0, 0, 2*x - 3)", **values})))


def _no_layer(**values: str) -> Witness:
    """Depth 0: two states, h = -1 and 1."""
    return Witness((witness("end", **{**HALF, "L": "0", "h": "l, x -> 2*x - 3", **values}),))


KILLS = (
    Kill("no layer", _no_layer()),
    Kill("no layer, mean 1", _no_layer(h="l, x -> 1")),
    Kill("forgotten", _forgetting()),
    Kill("mean not zero", _forgetting(h="l, x -> 1")),
    Kill("mean function free", _forgetting(h="l, x -> 2*x - 3")),
    Kill("mean function of the first state free", _forgetting(h="l, x -> ite(l, 0, 2 - x, 2*x - 3)")),
    Kill("mean function of the second state free", _forgetting(h="l, x -> ite(l, 0, x - 1, 2*x - 3)")),
    Kill("no contraction", Witness((witness("end", **{**HALF, "a": "l, x, y -> iite(x, y, iite(y, x, 1, 0), 0)",
                                                      "h": "l, x -> 2*x - 3"}),))),
    Kill("density free", Witness((witness("end", **{**HALF, "g": "l, x -> ite(l, 0, 1/2, 0)", "s": "l -> 1",
                                                    "a": "l, x, y -> iite(x, y, iite(y, x, 1, 0), 0)",
                                                    "h": "l, x -> 2*x - 3"}),))),
)

SURVIVORS = (
    Survivor(("drop H1", "shift H1, end 0 of the range of l", "shift H1, end L of the range of l",
              "shift H1, index l of d"), "true: a level of negative width has empty sums, as one without states"),
)

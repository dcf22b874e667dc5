"""Attack on `mori_zwanzig.memory_decay` through its case of width one, all other hypotheses unchanged."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import Step, witness
from theory.mori_zwanzig.memory_decay import UNRESOLVED, scalar_statement
from theory.mori_zwanzig.memory_points import EXTREMAL, TABLES

ATTACKED = scalar_statement()


def _noise(*steps: Step, **values: str) -> Witness:
    return Witness((*steps, witness("end", **{**UNRESOLVED, **values})))


def _extremal(**values: str) -> Witness:
    return Witness((*TABLES, witness("end", **{**EXTREMAL, **values})))


KILLS = (
    Kill("the extremal chain", _extremal()),
    Kill("the extremal chain, c too small", _extremal(c="0")),
    Kill("the extremal chain, w too small", _extremal(w="0")),
    Kill("the extremal chain, a too small", _extremal(a="0")),
    Kill("the extremal chain, k = -1", _extremal(k="-1")),
    Kill("the extremal chain, k = 2", _extremal(k="10")),
    Kill("all is noise", _noise()),
    Kill("all is noise, v too small", _noise(v="0")),
    Kill("all is noise, a too small", _noise(a="0")),
    Kill("all is noise, two layers, no rate", _noise(L="2")),
    Kill("all is noise, v = 1 and a c w = -1", _noise(a="1", c="-1", w="1")),
    Kill("all is noise, v = 1 and w = -1", _noise(a="1", c="1", w="-1")),
    Kill("noise and a memory bound that cancel, v = -1", _noise(c="1", w="1", v="-1")),
    Kill("all is noise, k = 2 and a c w = 1", _noise(c="1", w="1", k="2")),
    Kill("all is noise, k = 1", _noise(c="1", w="-1", k="0")),
    Kill("no layer", _noise(L="0", u="l -> 1 - l", M="l -> 1", a="1", v="1")),
    Kill("states of their own", _noise(u="l -> l + 1", v="2", a="1", M="l -> 1")),
    Kill("a propagator of its own", _noise(G="l -> 2")),
    Kill("a sum of its own", _noise(S="l -> 1", u="l -> 0", v="0")),
    Kill("both projections 1", _noise(P="l -> 1", S="l -> l - 1", w="1", v="0")),
)

SURVIVORS = (
    Survivor((
        "drop H3", "drop H4", "drop H6", "drop H7", "drop H8", "drop H9", "shift H3, end n of the range of l",
        "shift H3, end L - 1 of the range of l", "shift H3, index l of u", "shift H3, index l of M",
        "shift H3, index l + 1 of u", "shift H4, end n + 1 of the range of l", "shift H4, end L of the range of l",
        "shift H4, index l of P", "shift H4, index l of Q", "shift H5, end n + 1 of the range of l",
        "shift H5, end L of the range of l", "shift H5, index l of P", "shift H5, index l of P (2)",
        "shift H6, index n + 1 of G", "shift H6, index n of M", "shift H7, end n + 1 of the range of m",
        "shift H7, index m + 1 of G", "shift H7, index m of G", "shift H7, index m of Q", "shift H7, index m of M",
        "shift H8, index n + 1 of S", "shift H9, end n + 1 of the range of m", "shift H9, index m + 1 of S",
        "shift H9, index m of S", "shift H9, index m of G", "shift H9, index m of Q", "shift H9, index m of M",
        "shift H9, index m + 1 of P", "shift H9, index m + 1 of u",
    ),
             "the equations of mori_zwanzig.dyson_mz, attacked there: most are false, and points need a memory sum"
             " whose recursion holds at every level"),
    Survivor((
        "shift H11, power 2", "shift H11, power 2 (2)", "shift H11, power 2 (3)", "shift H15, power 2",
        "shift H15, power 2 (2)", "shift H15, power 2 (3)", "shift H17, power 2", "shift H17, power 2 (2)",
        "shift H17, power 2 (3)", "shift H19, power 2", "shift H19, power 2 (2)", "shift H21, power 2",
        "shift H21, power 2 (2)", "shift conclusion, power 2", "shift conclusion, power 2 (2)",
    ),
             "exponents of bounds that only points between 0 and 1 or above tell apart; the points tried attain the"
             " bound with factors 0 and 1"),
    Survivor((
        "shift H11, index n of C", "shift H11, index n of M", "shift H11, index n + 1 of C",
        "shift H12, end n + 1 of the range of l", "shift H12, end L - 1 of the range of l",
        "shift H12, index l of kappa", "shift H13, index l of kappa", "shift H15, index l of C",
        "shift H15, index l of Q", "shift H15, index l of M", "shift H15, index l + 1 of Q",
        "shift H15, index l of kappa", "shift H15, index l + 1 of C", "shift H17, index l of C",
        "shift H17, index l of M", "shift H17, index l + 1 of C", "shift H19, index l of C",
        "shift H19, index l of u", "shift H21, index L of C", "shift H21, index L of Q", "shift H21, index L of u",
        "shift conclusion, index n of C", "shift conclusion, index n of u", "shift conclusion, index n of M",
        "shift conclusion, index n + 1 of u", "shift conclusion, index j of kappa",
        "shift conclusion, index j of kappa (2)",
    ),
             "a point needs norms or states that change from level to level along a recursion without end"),
)

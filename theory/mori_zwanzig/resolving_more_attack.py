"""Attack on `mori_zwanzig.resolving_more`: its three bounds at one column x, mostly on chains of width one."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.resolving_more import CLAIM, COLUMN, PARTS, nested, oblique, on_line

ATTACKED = nested(f"some | {', '.join(PARTS)}", column=COLUMN)

_INSTANCE = CLAIM.instance.steps
_CHECKED = dict(one="0", s="1")
"""No constants: the correlation is the norm of the layer, 1."""

KILLS = (
    Kill("two states", Witness((*_INSTANCE[:-1], witness("end", x="[[1],[-1]]", **dict(_INSTANCE[-1].sub))))),
    Kill("P oblique", oblique("P")),
    Kill("P1 oblique", oblique("P1")),
    Kill("R oblique", oblique("R")),
    Kill("R1 oblique", oblique("R1")),
    Kill("rate 1/2", on_line(M="1/2", k="1/2", one="0", s="1/2")),
    Kill("rate 2", on_line(M="2", k="2", one="0", s="2")),
    Kill("P is 3", on_line(P="3", P1="1", k="2", **_CHECKED)),
    Kill("P1 is 3", on_line(P1="3", **_CHECKED)),
    Kill("R is 3", on_line(R="3", R1="1", k="2", **_CHECKED)),
    Kill("R1 is 3", on_line(R1="3", **_CHECKED)),
    Kill("P1 resolves less", on_line(P="1", k="0", **_CHECKED)),
    Kill("R1 resolves less", on_line(R="1", k="0", **_CHECKED)),
    Kill("constants not resolved", on_line()),
    Kill("nothing resolved", on_line(**_CHECKED)),
    Kill("all inputs resolved", on_line(R="1", R1="1", k="0")),
    Kill("all outputs resolved", on_line(P="1", P1="1", k="0", **_CHECKED)),
    Kill("rate to the power 3", on_line(powers=(3, 2), M="5/2", k="2", one="0", s="3")),
    Kill("correlation to the power 3", on_line(powers=(2, 3), M="5/2", k="3", one="0", s="2")),
    Kill("no rate", on_line(k="0", skip="rate", **_CHECKED)),
    Kill("no correlation", on_line(one="0", skip="cor")),
)

SURVIVORS = (
    Survivor(("constant conclusion 3, -1 by 1/100 (2)", "constant conclusion 3, -1 by 1/2 (2)"),
             "true: y - t P y is no larger than y for every t between 0 and 2, P orthogonal; not proved here"),
)

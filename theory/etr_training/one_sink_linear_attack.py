"""Points against mutants of `etr_training.one_sink_linear`."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness

_ONE = {"n": "1", "m": "1", "k": "1", "X": "[[1]]", "J": "[[1]]", "Y": "[[1]]"}
KILLS = (
    Kill("direct edges that make up for a hidden weight", Witness((witness(
        "end", **_ONE, W="[[1]]", v="[[1]]", P="[[3]]", w="[[2]]"),))),
    *(Kill(f"a share {y} of the hidden path", Witness((witness(
        "end", **_ONE, W="[[1]]", v="[[1]]", P="[[3]]", w=f"[[3 - {y}]]"),))) for y in ("99/100", "1/2")),
)
SURVIVORS: tuple[Survivor, ...] = ()

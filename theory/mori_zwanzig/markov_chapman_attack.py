"""Points against mutants of `mori_zwanzig.markov_chapman`: the recursion with finitely many outcomes is attacked."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.markov_chapman import CLAIM, CONTROLS, MEANS, SHARED, chain_of_states

ATTACKED = chain_of_states(MEANS)

KILLS = (
    Kill("no layer", CLAIM.instance),
    Kill("shared noise", CONTROLS[0].witness),
    Kill("shared noise, no operator", Witness((*CONTROLS[0].witness.steps[:-1], witness("end", **SHARED)))),
)

SURVIVORS = (
    Survivor(("drop H1",), "true: for a negative number of outcomes all sums are empty"),
)

"""Points against mutants of `mori_zwanzig.gaussian_noise`: the threshold is attacked."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.gaussian_noise import CONTRACTS, threshold_statement

ATTACKED = threshold_statement(CONTRACTS)


def _at(**values: str) -> Witness:
    """A point: V = kappa = 1, 2 r t = 1, one coordinate, unless given."""
    return Witness((witness("end", **{"V": "1", "kappa": "1", "r": "1", "t": "1/2", "N": "1", **values}),))


KILLS = (
    Kill("at the threshold", _at()),
    Kill("volume too large", _at(V="2")),
    Kill("negative base", _at(r="-1", V="-2")),
    Kill("negative deviation", _at(t="-1/2", V="-2")),
    Kill("two coordinates", _at(N="2", t="1", V="4")),
    Kill("no coordinate", _at(N="0", t="1")),
    Kill("small base", _at(t="1/4", V="1/2")),
    Kill("small base, two coordinates", _at(t="1/4", V="1/4", N="2")),
)

SURVIVORS: tuple[Survivor, ...] = ()

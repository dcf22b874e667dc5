"""Attack on `mori_zwanzig.contraction_uniform` through its conclusion for the whole network."""

from __future__ import annotations

from theory.language import Kill, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.contraction_uniform import ATTACKED as _NETWORK
from theory.mori_zwanzig.contraction_uniform import TIGHT

ATTACKED = _NETWORK

_ONE = {"L": "1", "N": "1", "B": "l -> 2*l", "t": "l -> 1 + l", "w": "l, i -> 2", "r": "2", "kappa": "1/2"}
"""One layer: amplitude 2, range of length 2, squared norms 1 and 2."""


def _kill(name: str, base: dict[str, str], **values: str) -> Kill:
    return Kill(name, Witness((witness("end", **{**base, **values}),)))


KILLS = (
    _kill("two layers, amplitudes 2 and 6", TIGHT),
    _kill("one layer, amplitude 2", _ONE),
    _kill("kappa too small", _ONE, kappa="1/4"),
    _kill("amplitude too small", _ONE, B="l -> l", t="l -> 1"),
    _kill("range too long", _ONE, w="l, i -> 4", t="l -> 1"),
    _kill("norms of their own", _ONE, t="l -> 1"),
    _kill("negative norms", _ONE, t="l -> -1", w="l, i -> 4"),
    _kill("two negative sides", _ONE, N="2", r="2", kappa="1/4", w="l, i -> -8", t="l -> 4 - 3*l"),
    _kill("a negative start", _ONE, B="l -> 2*l - 2", w="l, i -> 0", t="l -> 1"),
    _kill("a negative root", _ONE, r="-2", kappa="-1/2", B="l -> -2*l", t="l -> -1"),
    _kill("no coordinate, kappa = 1", _ONE, N="0", kappa="1", t="l -> 1", r="1", B="l -> l"),
    _kill("a negative depth", _ONE, L="-1", t="l -> 1"),
)

SURVIVORS = ()

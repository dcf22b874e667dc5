"""Attack on `mori_zwanzig.contraction_uniform` through the volumes of its levels, of which the norms follow."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.contraction_uniform import ATTACKED as _VOLUMES
from theory.mori_zwanzig.contraction_uniform import TIGHT

ATTACKED = _VOLUMES

_ONE = {"L": "1", "N": "1", "B": "l -> 2*l", "A": "l, i -> -1", "Z": "l, i -> 1", "r": "2", "kappa": "1/2"}
"""One layer: amplitude 2, range of length 2, squared norm 1/2."""


def _kill(name: str, base: dict[str, str], **values: str) -> Kill:
    return Kill(name, Witness((witness("end", **{**base, **values}),)))


KILLS = (
    _kill("two layers, amplitudes 2 and 6", TIGHT),
    _kill("one layer, amplitude 2", _ONE),
    _kill("kappa too small", _ONE, kappa="1/4"),
    _kill("amplitude too small", _ONE, B="l -> l"),
    _kill("range too long", _ONE, Z="l, i -> 3"),
    _kill("range too long to the left", _ONE, A="l, i -> -3"),
    _kill("two negative sides", _ONE, N="2", r="2", kappa="1/4", Z="l, i -> -9"),
    _kill("a negative start", _ONE, B="l -> 2*l - 2", Z="l, i -> -1"),
    _kill("a negative root", _ONE, r="-2", kappa="-1/2"),
    _kill("no coordinate, kappa = 1", _ONE, N="0", kappa="1", r="1", B="l -> l"),
    _kill("no coordinate, kappa below 1", _ONE, N="0"),
    _kill("sides turned round, right ends by level", _ONE, N="2", kappa="1/4", A="l, i -> 0", Z="l, i -> 8*l - 8"),
    _kill("sides turned round, left ends by level", _ONE, N="2", kappa="1/4", A="l, i -> 9 - 9*l"),
    _kill("sides turned round, ends that fall", _ONE, N="2", kappa="1/4", A="l, i -> 30 - 10*i",
          Z="l, i -> 20 - 10*i"),
    _kill("sides turned round, ends that rise", _ONE, N="2", kappa="1/4", A="l, i -> 10*i - 10",
          Z="l, i -> 10*i - 20"),
    _kill("a long side, right end by level", _ONE, Z="l, i -> 9 - 8*l"),
    _kill("a long side, left end by level", _ONE, A="l, i -> 8*l - 9"),
    _kill("a long side, right end by coordinate", _ONE, Z="l, i -> 17 - 8*i"),
    _kill("a long side, left end by coordinate", _ONE, A="l, i -> 8*i - 17"),
    _kill("the next side is long to the right", _ONE, Z="l, i -> 8*i - 7"),
    _kill("the next side is long to the left", _ONE, A="l, i -> 7 - 8*i"),
)

SURVIVORS = (
    Survivor(("drop H1",), "true: a negative depth has no layer"),
    Survivor(("drop H2", "strictness H3"), "true up to powers with a negative exponent: r = 0 meets H4 at N = 0 alone,"
                                           " where both sides are 1"),
    Survivor(("drop H5", "shift H5, index 0 of B"), "true: sides that are not negative already give B(l) >= -1, all"
                                                    " that volumes need; H5 says where the schedule starts"),
    Survivor(("shift H7, end 1 of the range of i", "shift H7, end N of the range of i"),
             "true: a single side of negative length makes the volume negative"),
)

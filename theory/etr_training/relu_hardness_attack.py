"""Points against mutants of `etr_training.relu_hardness`: kinks that a datum hides, gadgets with one datum off."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness

_NEURON = {"v": "1", "x": "1", "y": "1", "b": "2", "w": "1"}
"""A calibrated neuron, on at every datum."""

_GADGET = {"ht": "1", "hu": "1", "wA": "1", "wC": "1", "B": "2", "E": "1", "F": "1", "D": "0", "o": "1"}
"""A gadget of X X = 1 with X = 1, on at every datum."""


def _kill(name: str, **values: str) -> Kill:
    given = (_GADGET if set(values) <= set(_GADGET) else _NEURON) | values
    return Kill(name, Witness((witness("end", **given),)))


KILLS = (
    Kill("a calibrated neuron", Witness((witness("end", **_NEURON),))), _kill("a gadget"),
    _kill("no datum c = 1", v="2/3", y="2", b="-1", x="0", w="0"),
    _kill("no datum a = -1", b="0", x="-3", w="-2"), _kill("no datum a = 1", b="0", x="3", w="2"),
    _kill("label 99/100 at c = 1", y="101/100", b="-1/50", x="0", w="0"),
    _kill("label 1/2 at c = 1", y="3/2", b="-1", x="0", w="0"),
    _kill("label 101/50 at a = 1", y="101/100", b="-1/100", x="0", w="-1/100"),
    _kill("label 3 at a = 1", y="3/2", b="-1/2", x="0", w="-1/2"),
    _kill("label 101/50 at a = -1", y="101/100", b="-1/100", x="0", w="1/100"),
    _kill("label 3 at a = -1", y="3/2", b="-1/2", x="0", w="1/2"),
    _kill("99/100 of w at a = -1", y="201/200", b="-1/200", x="199/200"),
    _kill("half of w at a = -1", y="5/4", b="-1/4", x="3/4"),
    _kill("a kink at 2 in place of 1", y="1", b="-1/2", x="0", w="-1/2"),
    _kill("response 2 to K", wC="2", hu="1/2", wA="0", o="0"),
    _kill("response 1/2 to K", wC="1/2", hu="2", wA="3/2", o="3"),
    _kill("response 99/100 to K", wC="99/100", hu="100/99", wA="101/100", o="101/99"),
    _kill("twice the second factor", hu="2", o="3"), _kill("half the second factor", hu="1/2", o="0"),
    _kill("a share 99/100 of the second factor", hu="99/100", o="49/50"),
    _kill("twice the first factor", wA="2", o="2"), _kill("half the first factor", wA="1/2", o="1/2"),
    _kill("a share 99/100 of the first factor", wA="99/100", o="99/100"),
    _kill("another product", o="5"),
)

_PARTS = {1: ("2 by 1/100", "2 by 1/100 (3)", *(f"-1 by {y}{n}" for y in ("1/100", "1/2")
                                                for n in ("", " (2)", " (3)", " (4)"))),
          2: ("-1 by 1/2 (4)", *(f"-1 by 1/100{n}" for n in ("", " (2)", " (3)", " (4)")))}
SURVIVORS = (
    Survivor(tuple(f"constant conclusion {part}, {name}" for part, names in _PARTS.items() for name in names),
             "open: no point known; most of them change the weight of the zero datum within one difference, which no"
             " network can do to one datum alone"),
)

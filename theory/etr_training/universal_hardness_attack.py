"""Points against mutants of `etr_training.universal_hardness`: one response off, activation mostly the identity."""

from __future__ import annotations

from fractions import Fraction

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness

_VARIABLE = {"gt": "1", "gu": "1", "wa": "1", "wc": "1", "b": "0", "st": "1", "su": "1"}
"""A variable of value 1."""

_GADGET = {"ht": "1", "hu": "1", "wA": "1", "wC": "1", "B": "0", "E": "1", "F": "1", "D": "0", "o": "1"}
"""A gadget of X X = 1 with X = 1."""


def _kill(name: str, phi: str = "u -> u", **values: str) -> Kill:
    given = (_GADGET if set(values) <= set(_GADGET) else _VARIABLE) | values
    return Kill(name, Witness((witness("end", phi=phi, **given),)))


def _shifted() -> tuple[Kill, ...]:
    """One response off by a share of phi(0) = 1, for the activation u + 1: that of one datum at one sink."""
    kills = []
    for c in (Fraction(1, 2), Fraction(99, 100), Fraction(101, 100), Fraction(3, 2)):
        rest, gain = str(2 - c), str(1 / (2 - c))
        changes = ({"gt": gain, "st": gain}, {"gu": gain, "su": gain}, {"st": rest}, {"su": rest},
                   {"hu": gain, "o": str(2 / (2 - c) - 1)}, {"o": rest})
        kills += [_kill(f"{c} of the value at zero ({k})", "u -> u + 1", **change) for k, change in enumerate(changes)]
    return tuple(kills)


def _labelled() -> tuple[Kill, ...]:
    """A label of e_c at one sink other than 1."""
    return tuple(_kill(f"label {v} of e_c at {sink}", **{f"g{sink}": v, f"s{sink}": v})
                 for v in ("1/2", "99/100", "101/100", "3/2") for sink in "tu")


KILLS = (
    Kill("a variable of value 1", Witness((witness("end", phi="u -> u", **_VARIABLE),))), _kill("a gadget", ht="1"),
    _kill("the second output weight free", gu="0", su="0"),
    _kill("the first output weight free", gt="0", st="0"),
    _kill("the first direct weight free", st="5"), _kill("the second direct weight free", su="5"),
    _kill("response 2 to K", wC="2", hu="1/2", wA="0", o="0"),
    _kill("response 1/2 to K", wC="1/2", hu="2", wA="3/2", o="3"),
    _kill("response 99/100 to K", wC="99/100", hu="100/99", wA="101/100", o="101/99"),
    _kill("twice the second factor", hu="2", o="3"), _kill("half the second factor", hu="1/2", o="0"),
    _kill("a share 99/100 of the second factor", hu="99/100", o="49/50"),
    _kill("twice the first factor", wA="2", o="2"), _kill("half the first factor", wA="1/2", o="1/2"),
    _kill("a share 99/100 of the first factor", wA="99/100", o="99/100"),
    _kill("another product", o="5"), *_shifted(), *_labelled(),
)
SURVIVORS: tuple[Survivor, ...] = ()

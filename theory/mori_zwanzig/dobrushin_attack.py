"""Attack on `mori_zwanzig.dobrushin` for finitely many states: two laws, of which one hypothesis fails."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.dobrushin import ATTACKED as _FINITE
from theory.mori_zwanzig.dobrushin import HALVES

ATTACKED = _FINITE

_TWO = {"n": "2", "p": "i -> 2 - i", "r": "i -> i - 1", "v": "i -> 2 - i", "lo": "0", "hi": "1"}
"""Two points, laws that share nothing: the bound 1 is attained."""
_ONE = {"n": "1", "p": "i -> 1", "r": "i -> 1", "v": "i -> 1", "lo": "1", "hi": "1"}
"""One point: nothing moves, and the bound is 0."""


def _kill(name: str, base: dict[str, str], **values: str) -> Kill:
    return Kill(name, Witness((witness("end", **{**base, **values}),)))


KILLS = (
    _kill("half shared", HALVES),
    _kill("nothing shared", _TWO),
    _kill("masses 2 and 1", _ONE, p="i -> 2"),
    _kill("masses 1 and 0", _ONE, r="i -> 0"),
    _kill("v above hi", _TWO, v="i -> 4 - 2*i"),
    _kill("v above hi at the first point only", _TWO, v="i -> ite(i,1,2,0)"),
    _kill("v below lo at the second point only", _TWO, v="i -> ite(i,1,1,-1)"),
    _kill("v below lo", _TWO, v="i -> 3 - 2*i"),
    _kill("turned: v above hi at the last point", _TWO, p="i -> i - 1", r="i -> 2 - i", v="i -> ite(i,1,0,2)"),
    _kill("turned: v below lo at the first point", _TWO, p="i -> i - 1", r="i -> 2 - i", v="i -> ite(i,1,-1,1)"),
    _kill("first law beyond the points", _TWO, p="i -> ite(i,1,3,ite(i,2,-2,0))", v="i -> ite(i,1,1,0)"),
    _kill("mass of the first law before the points", _TWO, p="i -> ite(i,0,1,0)", v="i -> 1", lo="1", r="i -> 2 - i"),
    _kill("mass of the second law at another place", _TWO, r="i -> 0", v="i -> 1", lo="1"),
    _kill("second law beyond the points", _TWO, r="i -> ite(i,2,0,1)", v="i -> 1", lo="1"),
    _kill("second law before the points", _TWO, r="i -> ite(i,0,1,0)", v="i -> 1", lo="1"),
    _kill("an entry below zero", _TWO, p="i -> 3*i - 4", r="i -> 2 - i", v="i -> i - 1"),
)

SURVIVORS = (
    Survivor(("drop H1",), "true: for n < 0 the sums are empty and H2 does not hold"),
)

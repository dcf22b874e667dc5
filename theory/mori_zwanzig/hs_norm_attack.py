"""Points against mutants of `mori_zwanzig.hs_norm`: the finite model is attacked, integrals have the controls."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.hs_norm import FINITE, finite_statement

ATTACKED = finite_statement(FINITE)


def _at(**values: str) -> Witness:
    """A point: one state of weight 1, two noise points with g(y) = y, no translation, unless given."""
    plain = {"m": "1", "d": "2", "v": "x -> 1", "g": "y -> y", "p": "x, y -> y", "w": "x, y -> y"}
    return Witness((witness("end", **{**plain, **values}),))


KILLS = (
    Kill("not a bijection", _at(p="x, y -> 1", w="x, y -> 1")),
    Kill("moved down", _at(p="x, y -> y - 1", w="x, y -> y + 1")),
    Kill("moved up", _at(p="x, y -> y + 1", w="x, y -> y - 1")),
    Kill("first state only", _at(m="2", p="x, y -> iite(x, 1, y, 1)", w="x, y -> iite(x, 1, y, 1)")),
    Kill("second state only", _at(m="2", p="x, y -> iite(x, 1, 1, y)", w="x, y -> iite(x, 1, 1, y)")),
    Kill("outside at the second point", _at(p="x, y -> iite(y, 1, 1, 3)", w="x, y -> iite(y, 1, 1, 2)")),
    Kill("outside at the first point", _at(p="x, y -> iite(y, 1, 0, 2)", w="x, y -> iite(y, 1, 0, 2)")),
    Kill("turned", _at(m="2", p="x, y -> iite(x, 1, y, 3 - y)", w="x, y -> iite(x, 1, y, 3 - y)")),
)
_SHIFTED = tuple(f"shift H3, index {index}" for index in (
    "x of p", "y of p", "x of p (2)", "y of p (2)", "x of w", "y of w", "x of w (2)", "y of w (2)", "x of w (3)",
    "p(x, y) of w", "x of p (3)", "w(x, y) of p"))

SURVIVORS = (
    Survivor(("drop H1", "drop H2"), "true: for a negative size the sums are empty and both sides are 0"),
    Survivor(_SHIFTED, "true or nearly so: of range, left and right inverse on a finite set each follows from the rest"
                       " (pigeonhole), which is not one step here"),
)

"""Points against mutants of `etr_training.id_hardness`: one variable, one product gadget, one datum that fails."""

from __future__ import annotations

from theory.language import Kill, Witness
from theory.language.derivation import witness

FIT = {"wa": "1", "wc": "1", "b": "0", "gt": "1", "gu": "1", "wA": "1", "wC": "1", "B": "0", "ht": "1", "hu": "1",
       "bt": "0", "bu": "0", "e": "1", "f": "1", "d": "0", "o": "1"}
"""A fit of X X = 1 with X = 1."""


def kill(name: str, **values: str) -> Kill:
    """A point that differs from the fit in the weights given."""
    return Kill(name, Witness((witness("end", **FIT | values),)))


KILLS = (
    kill("a fit"),
    kill("output t not zero at zero", bt="1/2", gt="1/2", wC="1/2", wA="0", hu="2", o="0"),
    kill("output u not zero at zero", bu="1/2", gu="1/2", hu="0", o="1/2"),
    kill("the copy reads another number at t", gt="2", wA="2", o="2"),
    kill("the copy reads another number at u", gu="2", hu="2", o="2"),
    *(kill(f"label {y} of e_c at t", gt=y, wA=y, o=y) for y in ("99/100", "1/2")),
    *(kill(f"label {y} of e_c at u", gu=y, hu=y, o=y) for y in ("99/100", "1/2")),
    *(kill(f"label {y} of e_C", wC=y, hu={"99/100": "100/99", "1/2": "2"}[y],
           o={"99/100": "100/99", "1/2": "2"}[y]) for y in ("99/100", "1/2")),
    *(kill(f"a share {y} of the first factor", wA=y, o=y) for y in ("99/100", "1/2", "2")),
    *(kill(f"a share {y} of the second factor", hu=y, o=y) for y in ("99/100", "1/2", "2")),
    *(kill(f"a share {y} of the product", d="1", o=z) for y, z in (("99/100", "1/100"), ("1/2", "1/2"))),
    kill("another product", o="5"),
)
SURVIVORS = ()

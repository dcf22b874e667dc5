"""Points against mutants of `etr_training.irrational_weights`: rational fits of X X = 2 with one datum off."""

from __future__ import annotations

from theory.etr_training.id_hardness_attack import FIT
from theory.language import Kill, Survivor, Witness
from theory.language.derivation import apply, witness


def _kill(name: str, **values: str) -> Kill:
    """A point with wa = p / s and gt = v / w."""
    return Kill(name, Witness((witness("end", **FIT | {"p": "1", "s": "1", "v": "1", "w": "1"} | values),)))


def _root(name: str, **values: str) -> Kill:
    """The fit with X = sqrt(2), at integers that do not describe it."""
    point = FIT | {"wa": "sqrt(2)", "wA": "sqrt(2)", "hu": "sqrt(2)", "p": "1", "s": "1", "v": "1", "w": "1"} | values
    return Kill(name, Witness((apply("two", "ax.sqrt_sq", x="2"), witness("end", **point))))


KILLS = (
    _root("wa is not p / s"), _root("s is zero", s="0", p="0"), _root("gt is not v / w", wa="1", gt="sqrt(2)"),

    _kill("output t not zero at zero", bt="1/2", gt="1/2", wa="2", wC="1/2", wA="1/2", hu="4", p="2", w="2"),
    _kill("output u not zero at zero", bu="-1", gu="2", hu="3"),
    _kill("the copy reads another number at t", gt="2", wA="2", v="2"),
    _kill("the copy reads another number at u", gu="2", hu="2"),
    _kill("label 1/2 of e_C", wC="1/2", hu="2"), _kill("label 2 of e_C", wC="2", wa="2", wA="2", p="2"),
    _kill("another first factor", wA="2"), _kill("another second factor", hu="2"),
    _kill("X X = 1"), _kill("X X = 4", wa="2", wA="2", hu="2", p="2"),
    _kill("label 1/2 of e_c at t", gt="1/2", wa="2", wA="1", hu="2", p="2", w="2"),
    _kill("label 1/2 of e_c at u", gu="1/2", wa="2", wA="2", hu="1", p="2"),
    )
SURVIVORS = (
    Survivor(("constant conclusion, 1 by 1/100", "constant conclusion, 1 by 1/100 (2)",
              "constant conclusion, 1 by 1/100 (3)", "constant conclusion, -1 by 1/100",
              "constant conclusion, -1 by 1/100 (2)", "constant conclusion, 2 by 1/100"),
             "true: the value is then a root of 198/100 or 200/99 and the like, which are no squares of rationals"),
    Survivor(("shift conclusion, end 0 of the range of s", "shift conclusion, end 0 of the range of w",
              "drop conclusion, s*wa = p", "drop conclusion, w*gt = v"),
             "false at wa = sqrt(2), gt = 1, but no evaluation decides data that hold by sqrt(2)^2 = 2"),
    Survivor(("strictness conclusion", "constant conclusion, 1 by 1/100 (4)", "constant conclusion, 1 by 1/2 (4)"),
             "equivalent: the conclusion is a contradiction, and so is the mutant's"),
)

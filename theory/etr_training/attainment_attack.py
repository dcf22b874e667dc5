"""Points against mutants of `etr_training.attainment`: extremal weights, and targets that are easier to reach."""

from __future__ import annotations

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import witness

_HALF = {"l11": "1", "l21": "-2", "l22": "1", "u11": "-2/5", "u12": "4/5", "u22": "3/2", "e": "1/2", "B": "3/2"}
"""The weights of loss 1/4 with the least |l22 u22|."""

_NEAR = {"l11": "1", "l21": "-1000", "l22": "1000", "u11": "-1/1000", "u12": "1", "u22": "1", "b1": "0", "b2": "0",
         "p1": "0", "p2": "0", "e": "1/1000", "B": "1000"}
"""Weights of loss 10^-6 without biases."""


def _kill(name: str, **values: str) -> Kill:
    base = _NEAR if set(values) & {"p1", "p2"} else _HALF
    return Kill(name, Witness((witness("end", **base | values),)))


KILLS = (
    _kill("least growth"), _kill("a negative root of the loss", e="-1/2"),
    _kill("one error not squared, at y1", p1="-1/10"), _kill("one error not squared, at y2", p2="-1/10"),
    _kill("least largest weight", l22="49/40", u22="60/49", B="49/40"),
    _kill("no bound on l22", l22="100", u22="3/200", B="1/50"),
    _kill("no bound on u22", l22="3/200", u22="100", B="1/50"),
    _kill("loss 49/100, less than e", l21="-10/7", u11="-70/149", u12="100/149", u22="51/70", B="1"),
    _kill("loss one without h2", l22="0", u22="0", l21="-1", u11="-1/2", u12="1/2", e="1", B="0"),
    *(_kill(f"a target {e} for y1", l11="0", l21="1", l22="0", u11="1", u12="0", u22="0", e=e, B="0")
      for e in ("1/2", "99/100")),
    *(_kill(f"a target {e} for y2", l11="1", l21="0", l22="0", u11="0", u12="1", u22="0", e=e, B="0")
      for e in ("1/2", "99/100")),
)
SURVIVORS = (
    Survivor(tuple(f"constant conclusion 1, {name}" for name in (
        *(f"1 by {y}{n}" for y in ("1/100", "1/2") for n in ("", " (2)", " (3)", " (4)", " (5)")),
        *(f"-1 by {y}{n}" for y in ("1/100", "1/2") for n in ("", " (2)")))),
        "true: inputs and targets of another size are reached no better by triangular factors"),
)

"""Points at which weaker or sharper forms of one step of certified gradient descent fail, in numbers.

With w = 0 (or b = 0) the loss after the step is y^2 (1 - z)^2, z = 2 eta x^2 b^2, against y^2 (1 - z): beyond z = 1 the
claim fails. Small labels make the bound tight at z near 1.
"""

from __future__ import annotations

from theory.language import Kill, Witness
from theory.language.derivation import witness

_PLAIN = {"x": "1", "y": "1/10", "w": "0", "b": "1", "k": "-1/5", "u": "2/25", "v": "1", "c": "1/25", "e": "-1/10",
          "W": "1/10", "B": "1", "el": "1/10", "gam": "1", "eta": "2/5"}
_TINY = {"y": "1/1000", "e": "-1/1000", "el": "1/1000", "W": "1/1000"}
_TWISTED = {"y": "-1", "w": "1/10", "b": "1/10", "k": "101/50", "u": "-38/125", "v": "-38/125", "c": "10201/125000",
            "e": "101/100", "W": "38/125", "B": "1/10", "eta": "2"}
_NONE = {"x": "0", "w": "0", "k": "0", "u": "0", "c": "0", "gam": "1/10", "W": "0"}
"""No features: the loss stays as it is."""


def _at(**values: str) -> Witness:
    return Witness((witness("end", **{**_PLAIN, **values}),))


KILLS = (
    Kill("head from zero", _at()),
    Kill("no features", _at(**{**_NONE, "y": "-2", "e": "2", "el": "2", "eta": "1/10"})),
    Kill("no features, half labels", _at(**{**_NONE, "y": "1/2", "e": "-1/2", "el": "1/2"})),
    Kill("small labels", _at(**{**_TINY, "k": "-1/500", "u": "249/250000", "c": "1/250000", "eta": "249/500"})),
    Kill("at rest", _at(y="0", k="0", u="0", c="0", e="0")),
    Kill("K elsewhere", _at(k="1/5", u="-2/25")),
    Kill("head elsewhere", _at(u="0")),
    Kill("layer elsewhere", _at(v="-1")),
    Kill("gradient free", _at(c="1")),
    Kill("residual free", _at(e="0")),
    Kill("features beyond their bound", _at(x="3", k="-3/5", u="6/25", c="9/25", W="1/4")),
    Kill("layer beyond its bound", _at(b="3", u="6/25", v="3", c="9/25", W="1/4")),
    Kill("head beyond its bound", _at(y="1", w="10", b="0", k="-2", u="10", v="10", c="400", e="-1", W="0", B="0",
                                      el="1", eta="1/2")),
    Kill("step too big", _at(eta="2", u="2/5", W="2/5")),
    Kill("negative step", _at(eta="-1", u="-1/5", W="1/5")),
    Kill("loss beyond its bound", _at(**{**_TWISTED, "el": "0"})),
    Kill("negative bound of the features", _at(**{**_TWISTED, "el": "101/100", "gam": "-1"})),
    Kill("negative bound of the loss", _at(**{**_TWISTED, "el": "-101/100"})),
    # other powers
    Kill("negative features", _at(x="-2", y="1", k="4", u="-4", c="16", e="-1", W="4", el="1", gam="0", eta="1")),
    Kill("features between powers", _at(**{**_TINY, "x": "14/5", "k": "-7/1250", "u": "7/11250", "c": "49/1562500",
                                           "gam": "2", "eta": "1/9"})),
    Kill("negative head", _at(y="1", w="-10", b="0", k="-2", u="-10", v="-10", c="400", e="-1", W="0", B="0", el="1",
                              eta="1/2")),
    Kill("head between powers", _at(**{**_TINY, "w": "8", "b": "0", "k": "-1/500", "u": "8", "v": "2/4125",
                                       "c": "4/15625", "W": "4", "B": "0", "eta": "1/33"})),
    Kill("negative layer", _at(y="1", b="-10", k="-2", u="-1/5", v="-10", c="400", e="-1", W="1/5", B="0", el="1",
                               eta="1/100")),
    Kill("layer between powers", _at(**{**_TINY, "b": "8", "k": "-1/500", "u": "2/4125", "v": "8", "c": "4/15625",
                                        "B": "4", "eta": "1/33"})),
    Kill("negative residual", _at(y="1", w="1/10", b="-1/10", k="-101/50", u="-38/125", v="38/125", c="10201/125000",
                                  e="-101/100", W="38/125", B="1/10", el="0", eta="2")),
    Kill("residual between powers", _at(y="-127/16", w="1/4", b="1/4", k="16", u="-7/36", v="-7/36", c="32", e="8",
                                        W="7/36", B="1/4", el="4", eta="1/9")),
    Kill("third power of the head's gradient", _at(y="-2", k="4", u="-2/5", c="64", e="2", W="2/5", el="2",
                                                   eta="1/10")),
    Kill("third power of the layer's gradient", _at(y="-2", w="1", b="0", k="4", u="1", v="-2/5", c="64", e="2", W="1",
                                                    B="0", el="2", eta="1/10")),
    Kill("first power of the features' bound", _at(**{**_TINY, "x": "4", "k": "-1/125", "u": "1/1125", "c": "1/15625",
                                                      "gam": "4", "eta": "1/9"})),
    Kill("third power of the head's bound", _at(**{**_TINY, "w": "1/4", "b": "0", "k": "-1/500", "u": "1/4",
                                                   "v": "1/80", "c": "1/4000000", "W": "1/4", "B": "0", "eta": "25"})),
    Kill("third power of the layer's bound", _at(**{**_TINY, "b": "1/4", "k": "-1/500", "u": "1/80", "v": "1/4",
                                                    "c": "1/4000000", "W": "1/80", "B": "1/4", "eta": "25"})),
)

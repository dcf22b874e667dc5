"""Points against mutants of `etr_training.gauge_obstruction`: a neuron between a source and an output, written out.

H2 to H6 are those of the claim for the one output, the one source and the activations; the weights that the claim says
exist stand in the conclusion: from f to g, from g to f, and what is read at the output and at the source.
"""

from __future__ import annotations

from theory.etr_training.gauge_obstruction import GAUGE
from theory.language import Kill, Survivor, Witness, statement
from theory.language.derivation import witness

_READ = "ite({t}, 1, ite(1, {t}, al*{v} + be, {v}), {v}) = {v}"
ATTACKED = statement(
    "all tO tS:int, f g:real->real, al ka bo be w b v c x y:real | H2: tO != 1, H3: tS != 1,"
    f" H4: {GAUGE}, H5: al != 0, H6: ka != 0 => some | v*f(w*x + b) + c"
    " = v/al*g(w/ka*x + (b - bo)/ka) + (c - v*be/al),"
    f" v*g(w*x + b) + c = v*al*f(ka*w*x + (ka*b + bo)) + (c + v*be), {_READ.format(t='tO', v='y')},"
    f" {_READ.format(t='tS', v='x')}")
"""Kinds tO, tS of the output y and the source x; weights w, v and biases b, c of the neuron and the output."""


def _point(name: str, **values: str) -> Kill:
    plain = {"tO": "0", "tS": "0", "f": "u -> max(u, 0)", "g": "u -> 2*max(3*u + 1, 0) + 5", "al": "2", "ka": "3",
             "bo": "1", "be": "5", "w": "1", "b": "1", "v": "1", "c": "0", "x": "1", "y": "1"}
    return Kill(name, Witness((witness("end", **(plain | values)),)))


KILLS = (
    _point("a ReLU"), _point("an output bias", c="1"), _point("negative weights", w="-1", v="-2", b="3"),
    _point("an output with the activation", tO="1"), _point("a source with the activation", tS="1"),
    _point("another activation", g="u -> u"), _point("another kind", tO="2", tS="2"),
    _point("alpha = 0", al="0", g="u -> 5"), _point("kappa = 0", ka="0", f="u -> 0", g="u -> 5"),
)

SURVIVORS = (
    Survivor(tuple(f"constant conclusion {k}, 1 by {factor}{again}" for k in (3, 4) for factor in ("1/100", "1/2")
                   for again in ("", " (2)")),
             "true: kinds are integers other than 1, so no bound between 1/2 and 3/2 tells them apart otherwise"),
)

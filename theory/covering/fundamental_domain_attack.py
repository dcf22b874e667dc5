"""Attack on `covering.fundamental_domain` through its uniqueness: strictly falling biases determine the order.

That a representative exists is an existence under quantifiers, and the volume holds for all J, K, Z that obey
recursions for ever, which no witness in closed form does (the integral over an empty interval has no value). Both are
left out, with their hypotheses; the controls of the claim attack the volume.
"""

from __future__ import annotations

from itertools import product

from theory.language import Kill, Survivor, Witness
from theory.language.derivation import Step, apply, combine, intro, witness


def _point(b: str, p: str, d: str = "l -> 2", layers: str = "1", **place: str) -> Kill:
    """One hidden layer with biases b(l, i) and the map p(l, i) of its units."""
    name = "no hidden layer" if layers == "0" else f"biases {b.split('-> ')[1]}, units {p.split('-> ')[1]}"
    where = {"l": "1", **place}
    return Kill(f"{name}, at {where}", Witness((witness("end", L=layers, d=d, b=b, p=p, **where),)))


_BIASES = ("l, i -> -i", "l, i -> i", "l, i -> 0")
_UNITS = ("l, i -> i - 1", "l, i -> i + 1", "l, i -> 3 - i", "l, i -> 1", "l, i -> 2")
_REVERSED = "l, i -> 3 - i"
_WEAKER = ("1 <= i, i + 1 < 2", "1 <= i, i + 1 <= 99/100*2", "1 <= i, i + 1 <= 1/2*2", "1 <= i, i + 101/100 <= 2",
           "1 <= i, i + 3/2 <= 2", "2 <= i, i + 1 <= 2", "1 <= i, i + 1 <= 1", "1 <= i, i <= 0", "2 <= i, i <= 1",
           "1 <= i, i + 1 <= l")


def _vacuous(name: str, ranges: str, conclusion: str) -> Step:
    """A premise about no unit of the layer 1."""
    return intro(name, f"all l i:int | 1 <= l, l <= 1, {ranges} => {conclusion}", "l1 l2 i1 i2",
                 combine("no", "0 < 0", "l1 l2 i1 i2"), apply("one", "ax.int_step", "1 <= 0", m="0", n="0"),
                 combine("z", facts="one"))


def _unseen(b: str, p: str, d: str, *conclusions: str, **place: str) -> Kill:
    """A point where a changed premise is about no unit."""
    steps = (_vacuous(f"none{k}.{n}", ranges, conclusion) for k, ranges in enumerate(_WEAKER)
             for n, conclusion in enumerate(conclusions))
    kill = _point(b, p, d, **place)
    return Kill(f"{kill.name}, d {d}", Witness((*steps, *kill.witness.steps)))


KILLS = (
    _unseen("l, i -> i", _REVERSED, "l -> 2", "i + 1 < i"),
    _unseen("l, i -> -i", _REVERSED, "l -> 2", "-(3 - (i + 1)) < -(3 - i)"),
    _unseen("l, i -> i", _REVERSED, "l -> l + 1", "i + 1 < i"),
    _unseen("l, i -> -i", _REVERSED, "l -> l + 1", "-(3 - (i + 1)) < -(3 - i)"),
    _unseen("l, i -> -i", "l, i -> 0", "l -> 1", "1 <= 0", "-0 < -0"),
    _unseen("l, i -> -i", "l, i -> 2", "l -> 1", "2 <= 1", "-2 < -2"),
    _unseen("l, i -> -i", "l, i -> 1", "l -> 1", "-1 < -1", i="0"),
    _unseen("l, i -> -i", "l, i -> 1", "l -> 1", "-1 < -1", i="2"),
    *(_point(b, p) for b, p in product(_BIASES, _UNITS)),
    _point("l, i -> -i", "l, i -> i"),
    _point("l, i -> -i", "l, i -> i + l - 2"),
    _point("l, i -> -i", "l, i -> i + l"),
    _point("l, i -> -i", "l, i -> i + 1", "l -> l + 1"),
    _point("l, i -> -i", "l, i -> i + l - 1"),
    _point("l, i -> -i", "l, i -> i + l - 1", l="0"),
    _point("l, i -> -i", "l, i -> i + l - 1", l="2"),
    *(_point(f"l, i -> {sign}i + {shift}*(l - 1)", _REVERSED) for sign in ("", "-") for shift in (-100, 100)),
)

SURVIVORS = (
    Survivor(("drop H1", "drop H2", "shift H2, end 0 of the range of l", "shift H2, end L + 1 of the range of l",
              "shift H2, index l of d"),
             "true of the part that is attacked: without layers or units there is nothing to order; the volume needs"
             " both"),
    Survivor(("constant conclusion, 1 by 1/100", "constant conclusion, 1 by 1/2"),
             "true: 1 <= p for an integer p is 1/2 <= p and 99/100 <= p"),
    Survivor(("strictness conclusion (2)",),
             "true: where b falls strictly along p, its values differ, so that it falls strictly if it does not rise"),
    Survivor(("shift conclusion, index i + 1 of b", "shift conclusion, index i of b"),
             "a witness needs biases of three units given one by one"),
)

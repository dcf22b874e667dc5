"""Three data that make the response of a ReLU neuron that of a line: no kink can hide between or beside them.

The response v (ReLU(x a + y c + b) - ReLU(b)) is 1 at (a, c) = (0, 1) and 2 + w, 2 - w at (1, 2), (-1, 2). A function
with one kink equals its chord in the middle only if it has no kink inside; so (0, 0), (0, 2), (1, 2), (-1, 2) lie
on the side where the neuron is on, and v y = 1, v x = w.
"""

from __future__ import annotations

from theory.language import Lemma, statement
from theory.language.derivation import Step, apply, cases, combine, witness

_Z = {"0": "b", "1": "(y + b)", "2": "(2*y + b)", "p": "(x + 2*y + b)", "m": "(-x + 2*y + b)"}
_R = {name: f"max({z}, 0)" for name, z in _Z.items()}
_GAP = f"{_R['p']} + {_R['m']} + 2*{_R['0']} - 4*{_R['1']}"


def _convex(id: str, middle: str, left: str, right: str) -> Step:
    """The value in the middle is at most the mean of those at the ends."""
    return apply(id, "ax.max_le", f"{_R[middle]} <= ({_R[left]} + {_R[right]})/2", x=_Z[middle], y="0",
                 z=f"({_R[left]} + {_R[right]})/2")


def _on(z: str, *otherwise: Step) -> tuple[Step, ...]:
    """0 <= z (called i) and its ReLU (called r), because z < 0 (called c, with ReLU f) leads to 0 <= z as well."""
    return (apply(f"o{z}", "ax.total", x="0", y=_Z[z]),
            cases(f"i{z}", f"o{z}", "c", [combine("t", facts="c")],
                  [combine("c1", f"{_Z[z]} <= 0", "c"), apply("f", "etr_training.relu_off", z=_Z[z]), *otherwise],
                  goal=f"0 <= {_Z[z]}"),
            apply(f"r{z}", "etr_training.relu_on", z=_Z[z]))


def _middle(facts: str) -> tuple[Step, ...]:
    """By the point in the middle: off, it would have the value of the start; on, the chord says 0 <= z."""
    off = [apply("g", "etr_training.relu_off", z=_Z["1"]), combine("e", f"{_R['0']} = 0", f"f g line {facts}"),
           combine("no", "1 <= 0", "h1 g e"), combine("t", facts="no c")]
    on = [combine("w1", f"0 <= {_Z['1']}", "w"), apply("g", "etr_training.relu_on", z=_Z["1"]),
          combine("t", facts=f"f g line {facts}", rounds=4)]
    return apply("or", "ax.total", x=_Z["1"], y="0"), cases("s", "or", "w", off, on)


CALIBRATION = Lemma(
    "etr_training.relu_calibration", "Three data fix the response of a ReLU neuron",
    statement(f"all v x y b w:real | h1: v*({_R['1']} - {_R['0']}) = 1, h2: v*({_R['p']} - {_R['0']}) = 2 + w,"
              f" h3: v*({_R['m']} - {_R['0']}) = 2 - w => some | v*y = 1, v*x = w"),
    (
        *(apply(f"l{name}", "ax.max_left", x=z, y="0") for name, z in _Z.items() if name != "1"),
        *(apply(f"n{name}", "ax.max_right", x=z, y="0") for name, z in _Z.items() if name != "1"),
        combine("n3", f"0 <= ({_R['0']} + {_R['2']})/2", "n0 n2"),
        combine("n4", f"0 <= ({_R['p']} + {_R['m']})/2", "np nm"),
        _convex("k1", "1", "0", "2"), _convex("k2", "2", "p", "m"),
        # the response at the ends is twice that in the middle, and v is not zero
        combine("vg", f"v*({_GAP}) = 0", "h1 h2 h3"), combine("G", f"{_GAP} = 0", "vg h1", rounds=3),
        combine("le", f"{_R['0']} + {_R['2']} <= 2*{_R['1']}", "G k2"),
        combine("ge", f"2*{_R['1']} <= {_R['0']} + {_R['2']}", "k1"),
        apply("line", "ax.antisym", x=f"{_R['0']} + {_R['2']}", y=f"2*{_R['1']}"),
        combine("chord", f"{_R['p']} + {_R['m']} = 2*{_R['2']}", "G line"),
        *_on("0", *_middle("l2")), *_on("2", *_middle("r0")),
        *_on("p", combine("s", facts="f chord r2 lm", rounds=4)),
        *_on("m", combine("s", facts="f chord r2 lp", rounds=4)),
        combine("i1", f"0 <= {_Z['1']}", "i0 i2"), apply("r1", "etr_training.relu_on", z=_Z["1"]),
        combine("a", "v*y = 1", "h1 r1 r0"), combine("d", "v*x = w", "h2 h3 rp rm r0"), witness("end"),
    ),
)

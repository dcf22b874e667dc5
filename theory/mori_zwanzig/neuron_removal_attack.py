"""Attack on `mori_zwanzig.neuron_removal` through the volume that one layer loses."""

from __future__ import annotations

from theory.language import Kill, Step, Survivor, Witness
from theory.language.derivation import witness
from theory.mori_zwanzig.neuron_removal import ATTACKED as _LOSS
from theory.mori_zwanzig.neuron_removal import LINE, PLANE, STEEP, STEEP_LINE

ATTACKED = _LOSS

_STILL = {**LINE, "r": "i -> 2", "v": "j -> 2", "R": "j -> 2"}
"""A shift by 2b: nothing is shared, and the bound 1 is attained."""
_REST = {**_STILL, "r": "i -> 0", "v": "j -> 0", "R": "j -> 0"}
"""Nothing moves, and the bound is 0."""


def _kill(name: str, base: dict[str, str], *steps: Step, **values: str) -> Kill:
    return Kill(name, Witness((*steps, witness("end", **{**base, **values}))))


KILLS = (
    _kill("half shared", LINE),
    _kill("nothing shared", _STILL),
    _kill("two neurons", PLANE),
    _kill("slope 2", STEEP_LINE, STEEP),
    _kill("slope 2, ell = 1", STEEP_LINE, STEEP, ell="1"),
    _kill("inputs move further than D", _STILL, R="j -> 0"),
    _kill("a neuron of its own, F", _STILL, f="i -> 0", r="i -> 2", v="j -> 0", R="j -> 0"),
    _kill("a neuron of its own, G", _STILL, f="i -> 2", r="i -> 0", v="j -> 0", R="j -> 0"),
    _kill("b = -1", _STILL, beta="-1"),
    _kill("nothing moves, D = 2, b = -1", _REST, R="j -> 2", beta="-1"),
    _kill("the next neuron, f", _REST, f="i -> 4 - 2*i"),
    _kill("the next neuron, r", _REST, r="i -> 4 - 2*i"),
    _kill("no input in the sum of f", _REST, p="j -> 2", v="j -> 2", r="i -> 2"),
    _kill("no input in the sum of r", _REST, p="j -> 2", v="j -> 2", f="i -> 2"),
    _kill("an input before, f", _REST, p="j -> ite(j,0,2,0)", f="i -> 2"),
    _kill("an input before, r", _REST, v="j -> ite(j,0,2,0)", r="i -> 2"),
    _kill("an input behind, f", _REST, p="j -> ite(j,1,0,2)", f="i -> 2"),
    _kill("an input behind, r", _REST, v="j -> ite(j,1,0,2)", r="i -> 2"),
    _kill("weights of the next neuron, f", _REST, W="i, j -> i - 1", p="j -> 2", v="j -> 2", f="i -> 2"),
    _kill("weights of the next neuron, r", _REST, W="i, j -> i - 1", p="j -> 2", v="j -> 2", r="i -> 2"),
    _kill("weights of the next input, f", _REST, W="i, j -> j - 1", p="j -> 2", v="j -> 2", f="i -> 2"),
    _kill("weights of the next input, r", _REST, W="i, j -> j - 1", p="j -> 2", v="j -> 2", r="i -> 2"),
    _kill("bias of the next neuron, f", _REST, a="i -> 2*i - 2", f="i -> 2"),
    _kill("bias of the next neuron, r", _REST, a="i -> 2*i - 2", r="i -> 2"),
    _kill("the next input stays, p", _REST, p="j -> 4 - 2*j", f="i -> 2"),
    _kill("the next input stays, v", _REST, v="j -> 4 - 2*j", r="i -> 2"),
    _kill("the next input may move", _REST, v="j -> 2", r="i -> 2", R="j -> 2*j - 2"),
    _kill("the next neuron moves, f", _REST, f="i -> 2*i - 2"),
    _kill("the next neuron moves, r", _REST, r="i -> 2*i - 2"),
    _kill("the next neuron reads nothing", _STILL, W="i, j -> 2 - i"),
    _kill("the next input is not read", _STILL, W="i, j -> 2 - j"),
    _kill("the next input cannot move", _STILL, R="j -> 4 - 2*j"),
)

SURVIVORS = (
    Survivor(("drop H1", "drop H2"), "true: without neurons or inputs nothing is lost, and the empty sums are 0"),
    Survivor(("drop H7",), "true: H6 with y different from t already gives ell >= 0"),
    Survivor(("strictness H3",), "at b = 0 the quotients are not defined"),
)

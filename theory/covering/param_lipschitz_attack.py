"""Points against mutants of `covering.param_lipschitz`: pairs of small networks, each of which breaks one hypothesis.

A layer of one unit is written ((weight, bias),). Where one hypothesis is broken the bound fails; everything else is as
tight as it can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from theory.covering.small_networks import Layer, Number, Pair
from theory.language import Kill, Survivor, Witness
from theory.language.derivation import apply, combine, compute, intro, witness


def _one(weight: Number, bias: Number) -> Layer:
    """A layer of one unit on one unit."""
    return ((weight, bias),)


_HALF = Fraction(1, 2)


def _moved(*layers: tuple[Number, Number, Number, Number], x: Number = 1, offsets: tuple[Number, ...] = (),
           slopes: tuple[Number, ...] = (), **given: Mapping[int, Number]) -> Witness:
    """A chain of single units; a layer is (weight, bias) of the first network, then of the second."""
    return Pair((x,), [_one(w, b) for w, b, _, _ in layers], [_one(v, c) for _, _, v, c in layers], offsets, slopes,
                given).witness()


_LAST = (1, 1, 0, 0)
_SAME = (1, 1, 1, 1)

KILLS = (
    Kill("weights beyond the box", _moved((2, 1, 1, 0), (2, 1, 1, 0), B={1: 1, 2: 1})),
    Kill("weights beyond the box, bounded by the bound of the layer before",
         _moved((3, 2, 2, 1), (2, 1, 1, 0), B={1: 2, 2: 1})),
    Kill("weights beyond the box, bounded by the bound of the layer behind",
         _moved((2, 1, 1, 0), (3, 1, 2, 0), B={1: 1, 2: 2, 3: 3})),
    Kill("other weights beyond the box", _moved((-1, -1, -2, -2), (1, 1, 2, 0), B={1: 1, 2: 1})),
    Kill("other weights beyond the box in the last layer", _moved((0, -1, -1, -2), (1, 1, 2, 0), B={1: 1, 2: 1, 3: 2})),
    Kill("other weights beyond the box, a larger box before", _moved((-1, -2, -2, -3), (1, 1, 2, 0), B={1: 2, 2: 1})),
    Kill("a bias beyond the box", _moved((1, 100, 1, 100), _LAST, B={1: 1, 2: 1})),
    Kill("a bias beyond the box, larger boxes behind", _moved((1, 100, 1, 100), _LAST, B={1: 1, 2: 100, 3: 100})),
    Kill("a weight moved further than delta", _moved((1, 1, 0, 1), B={1: 1}, delta={1: 0, 2: 1})),
    Kill("a weight moved further than delta, away from 0", _moved((0, 1, 1, 1), B={1: 1}, delta={1: 0, 2: 1})),
    Kill("a bias moved further than delta", _moved((1, 1, 1, 0), B={1: 1}, delta={1: 0, 2: 1})),
    Kill("a bias moved further than delta, away from 0", _moved((1, 0, 1, 1), B={1: 1}, delta={1: 0, 2: 1})),
    Kill("no Lipschitz constant", _moved((1, 1, 0, 0), _SAME, rho={1: 0, 2: 1, 3: 1})),
    Kill("a slope that rho does not bound in the last layer", _moved((1, 1, 0, 0), slopes=(2,), rho={1: 1})),
    Kill("an offset that o does not bound", _moved(_SAME, _LAST, offsets=(10,), o={1: 0, 2: 10})),
    Kill("an offset that o of the layer before bounds", _moved(_SAME, _LAST, offsets=(10,), o={0: 10, 1: 0})),
    Kill("r(0) below X", _moved((1, 1, 0, 0), r={0: 0, 1: 1})),
    Kill("r(1) below the reach, B(2) smaller", _moved((2, 2, 2, 2), _LAST, r={1: 2})),
    Kill("r(1) below the reach, o(2) smaller", _moved(_SAME, _LAST, offsets=(10,), o={1: 10, 2: 0}, r={1: 2})),
    Kill("r(1) below the reach, rho(2) smaller", _moved(_SAME, _LAST, slopes=(2,), r={1: 2})),
    Kill("r(1) below the reach, r(1) in its own bound", _moved((_HALF, _HALF, _HALF, _HALF), _LAST, x=5, r={1: 1})),
    Kill("r(1) below the reach, r(2) above", _moved(_SAME, _LAST, r={1: 0, 2: 100})),
    Kill("r(1) below the reach, d(1) smaller",
         Pair((1, 1), [((1, 1, 1),), _one(1, 1)], [((1, 1, 1),), _one(0, 0)], given={"r": {1: 2}}).witness()),
    Kill("states of their own, all parameters 0", _moved((0, 0, 0, 0), h={1: 1})),
    Kill("other states of their own, all parameters 0", _moved((0, 0, 0, 0), g={1: 1})),
    Kill("states without pre-activation", _moved((1, 0, 1, 0), h={1: -1})),
    Kill("other states without pre-activation", _moved((1, 0, 1, 0), g={1: -1})),
    Kill("states of the next activation", _moved((1, 0, 1, 0), offsets=(0, 5), h={1: 5})),
    Kill("other states of the next activation", _moved((1, 0, 1, 0), offsets=(0, 5), g={1: 5})),
    Kill("a second input", _moved((1, 0, 1, 0), g={0: 1})),
    Kill("inputs beyond X", _moved((1, 1, 0, 0), x=2, X={0: 1})),
    Kill("nothing moved", _moved(_SAME)),
    Kill("different depths of layers", _moved((1, 1, _HALF, _HALF), (2, 2, 1, 1), (3, 3, 3, 3), x=2)),
    Kill("the second layer moved", _moved((2, 2, 2, 2), (3, 3, 2, 2), x=2)),
    Kill("the first layer moved", _moved((2, 2, 1, 1), (3, 3, 3, 3), x=2)),
    Kill("the first of three layers moved", _moved((2, 2, 1, 1), (3, 3, 3, 3), (5, 5, 5, 5), x=2)),
    Kill("the first of three layers moved, widths 2, 1, 3, 1",
         Pair((1, 1), [((1, 1, 1),), ((2, 2), (2, 2), (2, 2)), ((1, 1, 1, 1),)],
              [((0, 0, 0),), ((2, 2), (2, 2), (2, 2)), ((1, 1, 1, 1),)]).witness()),
    Kill("slopes 2, 3 and 5, the first layer moved",
         _moved((1, 1, 0, 0), _SAME, _SAME, slopes=(2, 3, 5))),
    Kill("slopes 2, 3 and 5, the second layer moved",
         _moved(_SAME, (1, 1, 0, 0), _SAME, slopes=(2, 3, 5))),
    Kill("no network at all", Witness((
        witness("end", L="-2", d="l -> 1", W="l -> [[0]]", V="l -> [[0]]", b="l -> [[0]]", c="l -> [[0]]",
                h="l -> [[ite(l, -1, 1, 0)]]", g="l -> [[0]]", s="l, u -> u", B="l -> 0", rho="l -> 1", o="l -> 0",
                r="l -> 0", delta="l -> 0", X="0", i="1"),))),
)

_SIGN = intro("sign", "all l:int | 1 <= l, l <= L + 1 => 0 <= rho(l)", "l1 l2",
              apply("lip", "H9", l="l", u="1", v="0"), apply("a", "textbook.abs_nonneg", x="s(l,1) - s(l,0)"),
              compute("one", "abs(1 - 0) = 1"), combine("z", facts="lip a one"))
_NAMES = {name: f"l -> {name}(l)" for name in "d W V b c h g B rho o r delta".split()}
_AGAIN = apply("all", "covering.param_lipschitz", L="L", X="X", s="l, u -> s(l,u)", **_NAMES)

SURVIVORS = (
    Survivor(("drop H8", "shift H8, end 1 of the range of l", "shift H8, end L + 1 of the range of l",
              "shift H8, index l of rho"),
             "the Lipschitz condition H9 at u = 1, v = 0 implies 0 <= rho(l), so H8 may be left out",
             (_SIGN, _AGAIN, apply("end", "all", i="i"))),
    Survivor(("shift H3, end L + 1 of the range of l", "shift H5, end L + 1 of the range of l"),
             "true: the output layer's box is not used (states are bounded for the layers before it); the claim's"
             " derivation goes through a lemma that is stated for all layers"),
    Survivor(("shift H3, end 1 of the range of l", "shift H4, end 1 of the range of l"),
             "true for the first layer alone (change its parameters last, or note that both networks have one input),"
             " by another derivation than the claim's"),
    Survivor(("shift conclusion, end 1 of the range of i", "shift conclusion, end d(L + 1) of the range of i"),
             "true: entries outside a matrix evaluate to 0; no axiom says so for a matrix that is not concrete"),
    Survivor(("drop H2", "shift H2, end 0 of the range of l", "shift H2, end L + 1 of the range of l",
              "shift H2, index l of d"), "a witness needs a layer of negative width, which the search cannot evaluate"),
    Survivor(("shift H9, index l of s", "shift H9, index l of s (2)"),
             "at u = v it says that neighbouring activations are equal, so it implies H9: a weaker claim"),
)

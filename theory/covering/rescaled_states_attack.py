"""Points against mutants of `covering.sign_flip` and `covering.relu_scaling`: chains of single units with factors.

A chain has one unit in every layer, so that every hypothesis is an equation between numbers: breaking one of them
changes the output, a state or a parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial

from theory.covering.small_networks import Number
from theory.language import Kill, Survivor, Witness, rational
from theory.language.derivation import witness
from theory.language.printing import text

_ONES = (1, 1, 1)
_ZERO = (0, 0, 0)


def _row(values: Sequence[Number]) -> str:
    """The entry of the list at layer l, for l = -1, 0, 1, 2, 3, as text."""
    return f"[[{','.join(text(rational(value)) for value in values)}]][1,l+2]"


def _chain(name: str, factors: Sequence[Number] = _ONES, weights: Sequence[Number] = _ONES,
           others: Sequence[Number] | None = None, biases: Sequence[Number] = _ZERO,
           shifts: Sequence[Number] | None = None, slopes: Sequence[Number] = _ONES, x: Number = 1, ends: Number = 1,
           before: Number = 1, others_at: Number | None = None, layer: int | None = None, entry: bool = False,
           **given: Mapping[int, Number]) -> Witness:
    """One unit in every layer, two affine maps; factors, weights, biases and slopes of the layers 1, 2, 3.

    The second network is the rescaled first one but for `others` and `shifts`; `given` replaces states under "h" and
    "g" by layer, and those behind are computed from them. `name` is that of the factors, `ends` the factor of the
    input, `before` that of layer -1, `others_at` that of all places but the first; `layer` is where the conclusion is
    looked at, `entry` at a weight.
    """
    c = [Fraction(value) for value in (before, ends, *factors)]
    scaled = [c[k + 2] * weights[k] / c[k + 1] for k in range(3)]
    numbers = {"W": weights, "V": others or scaled, "b": biases,
               "e": shifts or [c[k + 2] * biases[k] for k in range(3)]}
    values = {key: _row((0, 0, *entries)) for key, entries in numbers.items()} | {name: _row(c)}
    for key, weight, bias in (("h", "W", "b"), ("g", "V", "e")):
        known = given.get(key, {})
        state = [Fraction(known.get(-1, 0)), Fraction(known.get(0, x))]
        for k in range(3):
            computed = slopes[k] * (numbers[weight][k] * state[-1] + numbers[bias][k])
            state.append(Fraction(known.get(k + 1, computed)))
        values[key] = _row(state)
    place = {} if layer is None else {"l": str(layer), "i": "1"} | ({"j": "1"} if entry else {})
    at = values[name] if others_at is None else f"ite(i, 1, {values[name]}, {text(rational(others_at))})"
    matrices = {key: f"l -> [[{entry}]]" for key, entry in values.items() if key != name}
    return Witness((witness("end", L="1", d="l -> 1", s=f"l, u -> {_row((0, 0, *slopes))}*u",
                            **matrices, **{name: f"l, i -> {at}"}, **place),))


def kills(name: str, factor: Number) -> tuple[Kill, ...]:
    """The points, with factors that are 1 or `factor`, which is a sign or positive."""
    chain = partial(_chain, name)
    return (*_first(chain, factor), *_second(chain, factor, name))


def _first(chain: Callable[..., Witness], factor: Number) -> tuple[Kill, ...]:
    one = (factor, 1, 1)
    return (
        Kill("an input with a factor", chain(ends=factor)),
        Kill("an output with a factor", chain((1, factor, 1))),
        Kill("an output with a factor, and the layer behind", chain((1, factor, factor))),
        Kill("the hidden unit", chain(one)),
        Kill("the hidden unit, biases 1", chain(one, biases=_ONES)),
        Kill("the hidden unit, weights 2, 3, 5", chain(one, (2, 3, 5), biases=(7, 11, 13))),
        Kill("the layer behind with a factor", chain((1, 1, factor), (2, 3, 5), biases=(7, 11, 13))),
        Kill("the layer before with a factor", chain(before=factor)),
        Kill("the last weight differs", chain(_ONES, _ONES, (1, 2, 1))),
        Kill("the first weight differs", chain(_ONES, _ONES, (2, 1, 1))),
        Kill("weights of the next layer", chain(_ONES, (2, 1, 1), _ONES)),
        Kill("weights of the layer before", chain(_ONES, _ONES, (0, 1, 1))),
        Kill("weights 0 and 1", chain(_ONES, _ZERO, _ONES)),
        Kill("weights 1 and 0", chain(_ONES, _ONES, _ZERO)),
        Kill("the incoming weight alone", chain(one, _ONES, (factor, 1, 1))),
        Kill("the outgoing weight alone", chain(one, _ONES, (1, 1 / Fraction(factor), 1))),
        Kill("weights as they were", chain(one, _ONES, _ONES)),
        Kill("weights times 99/100", chain(_ONES, _ONES, (Fraction(99, 100),) * 3)),
        Kill("weights halved", chain(_ONES, _ONES, (Fraction(1, 2),) * 3)),
        Kill("biases times 99/100", chain(biases=_ONES, shifts=(Fraction(99, 100),) * 3)),
        Kill("biases halved", chain(biases=_ONES, shifts=(Fraction(1, 2),) * 3)),
    )


def _second(chain: Callable[..., Witness], factor: Number, name: str) -> tuple[Kill, ...]:
    one = (factor, 1, 1)
    return (
        Kill("the last bias differs", chain(shifts=(0, 2, 0))),
        Kill("the first bias differs", chain(shifts=(2, 0, 0))),
        Kill("biases of the next layer", chain(biases=(2, 1, 1), shifts=_ONES)),
        Kill("biases of the layer before", chain(biases=_ONES, shifts=(0, 1, 1))),
        Kill("biases as they were", chain(one, biases=_ONES, shifts=_ONES)),
        Kill("biases 0 and 1", chain(shifts=_ONES)),
        Kill("biases 1 and 0", chain(biases=_ONES, shifts=_ZERO)),
        *(kill for key in "hg" for kill in (
            Kill(f"{key}(1) free", chain(**{key: {1: 5}})),
            Kill(f"{key}(2) free", chain(**{key: {2: 5}})),
            Kill(f"{key} one layer late", chain(_ONES, (2, 2, 2), **{key: {1: 5, 2: 2, 3: 10}})),
            Kill(f"{key} free where the pre-activations are 0", chain(_ONES, _ZERO, **{key: {1: 1, 2: 1, 3: 1}})),
            Kill(f"{key} without pre-activations", chain(**{key: {1: 0, 2: 0}})),
            Kill(f"{key} with the next activation", chain(slopes=(1, 2, 2), **{key: {1: 2, 2: 4}})),
            Kill(f"{key} times 99/100", chain(**{key: {1: Fraction(99, 100), 2: Fraction(99, 100)}})),
            Kill(f"{key} halved", chain(**{key: {1: Fraction(1, 2), 2: Fraction(1, 2)}})),
        )),
        Kill("another input", chain(g={0: 5})),
        Kill("another input, met in layer 1", chain(_ONES, _ZERO, biases=_ONES, g={0: 5})),
        Kill("another input, 0 in the first network", chain(x=0, g={0: 1})),
        Kill("another input, 0 in the second network", chain(g={0: 0})),
        Kill("another input, 99/100", chain(g={0: Fraction(99, 100)})),
        Kill("another input, 1/2", chain(g={0: Fraction(1, 2)})),
        Kill("the state of layer 1 as input", chain(_ONES, (2, 1, 1), g={0: 2})),
        Kill("behind the network", chain(_ONES, _ONES, (1, 1, 2), layer=3)),
        Kill("before the network", chain(h={-1: 1}, layer=-1)),
        *(Kill(f"the entry of layer {at}", chain(_ONES, (2, 3, 5), biases=(7, 11, 13), layer=at, entry=True))
          for at in (1, 2, 3)),
        *(Kill(f"the bias of layer {at}", chain(_ONES, (2, 3, 5), biases=(7, 11, 13), layer=at)) for at in (1, 2, 3)),
        Kill("other factors at other places", chain(one, (2, 3, 5), biases=(7, 11, 13), others_at=5)),
        Kill("factors 1, other ones at other places", chain(_ONES, (2, 3, 5), biases=(7, 11, 13), others_at=factor)),
        Kill("no network at all", Witness((
            witness("end", L="-2", d="l -> 1", W="l -> [[0]]", V="l -> [[0]]", b="l -> [[0]]", e="l -> [[0]]",
                    h="l -> [[ite(l, -1, 1, 0)]]", g="l -> [[0]]", s="l, u -> u", **{name: "l, i -> 1"}),))),
        Kill("different layers", chain(_ONES, (2, 3, 5))),
        Kill("different layers with biases", chain(_ONES, (2, 3, 5), biases=(7, 11, 13))),
    )


NO_NETWORK = "a witness needs a layer of negative width, which the search cannot evaluate"
OUTSIDE = "true: entries outside a matrix evaluate to 0; no axiom says so for a matrix that is not concrete"

SURVIVORS = (
    Survivor(("drop H2", "shift H2, end 0 of the range of l", "shift H2, end L of the range of l",
              "shift H2, index l of d"), NO_NETWORK),
    Survivor(("shift conclusion 2, end 1 of the range of i", "shift conclusion 2, end d(L + 1) of the range of i"),
             OUTSIDE),
)

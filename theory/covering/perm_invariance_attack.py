"""Points against mutants of `covering.perm_invariance`: chains of single units, and pairs of units named twice.

A chain has one unit in every layer, so p and v are 1 and every hypothesis is an equation between numbers: breaking one
of them changes the output. Permutations that are none need two units in one layer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from theory.covering.small_networks import Layer, Number, Pair
from theory.language import Kill, Survivor, Witness, rational
from theory.language.derivation import witness
from theory.language.printing import text

_ONES = (1, 1, 1)


def _row(values: Sequence[Number]) -> str:
    """The entry of the list at layer l, for l = -1, 0, 1, 2, 3, as text."""
    return f"[[{','.join(text(rational(value)) for value in values)}]][1,l+2]"


def _chain(weights: Sequence[Number] = _ONES, others: Sequence[Number] | None = None,
           biases: Sequence[Number] = (0,) * 3, shifts: Sequence[Number] | None = None,
           slopes: Sequence[Number] = _ONES, x: Number = 1, layer: int | None = None,
           **given: Mapping[int, Number]) -> Witness:
    """One unit in every layer and two affine maps; weights and biases of both networks for the layers 1, 2, 3.

    `given` replaces states of the networks under "h" and "g" by layer; those behind are computed from it. `layer` is
    where the conclusion is looked at.
    """
    numbers = {"W": weights, "V": others or weights, "b": biases, "e": shifts or biases}
    values = {name: _row((0, 0, *entries)) for name, entries in numbers.items()}
    for name, weight, bias in (("h", "W", "b"), ("g", "V", "e")):
        known = given.get(name, {})
        state = [Fraction(known.get(-1, 0)), Fraction(known.get(0, x))]
        for k in range(3):
            computed = slopes[k] * (numbers[weight][k] * state[-1] + numbers[bias][k])
            state.append(Fraction(known.get(k + 1, computed)))
        values[name] = _row(state)
    place = {} if layer is None else {"l": str(layer), "i": "1"}
    return Witness((witness("end", L="1", d="l -> 1", p="l, i -> 1", v="l, i -> 1", **place,
                            s=f"l, u -> {_row((0, 0, *slopes))}*u",
                            **{name: f"l -> [[{entry}]]" for name, entry in values.items()}),))


def _named(inputs: Sequence[Number], weights: Sequence[Layer], others: Sequence[Layer],
           places: Sequence[Sequence[int]], back: Sequence[Sequence[int]] | None = None) -> Witness:
    """Two networks and the lists p(l, .) and v(l, .) for the layers 0, 1, 2; biases last in each row."""
    point = Pair(inputs, weights, others).point()
    point["e"] = point["c"]
    kept = {name: point[name] for name in ("L", "d", "W", "V", "b", "e", "h", "g", "s")}
    tables = ("[" + ",".join("[" + ",".join(map(str, row)) + "]" for row in rows) + "]"
              for rows in (places, back or places))
    return Witness((witness("end", **kept, **{name: f"l, i -> {table}[l+1,i]" for name, table in zip("pv", tables)}),))


def _inputs(places: tuple[int, int, int]) -> Witness:
    """Inputs 1, 10 with weights 1, 2, which are read at other places."""
    first = (1, 2)
    other = (*(first[t - 1] for t in places[:2]), 0)
    return _named((1, 10), (((*first, 0),), ((1, 0),)), ((other,), ((1, 0),)), (places, (1, 2, 3), (1, 2, 3)))


def _outputs(places: tuple[int, int, int]) -> Witness:
    """Outputs with weights 1, 2, which are written at other places."""
    rows = ((1, 0), (2, 0))
    return _named((1,), (((1, 0),), rows), (((1, 0),), tuple(rows[t - 1] for t in places[:2])),
                  ((1, 2, 3), (1, 2, 3), places))


def _twice(unit: int) -> Witness:
    """Both hidden units are unit 1 or 2 of the other network."""
    rows, columns = ((1, 0), (2, 0)), (3, 5)
    return _named((1,), (rows, ((*columns, 0),)), ((rows[unit - 1],) * 2, ((columns[unit - 1],) * 2 + (0,),)),
                  ((1, 2), (unit, unit), (1, 2)))


_ZERO = (0, 0, 0)

KILLS = (
    Kill("no network at all", Witness((
        witness("end", L="-2", d="l -> 1", W="l -> [[0]]", V="l -> [[0]]", b="l -> [[0]]", e="l -> [[0]]",
                h="l -> [[ite(l, -1, 1, 0)]]", g="l -> [[0]]", s="l, u -> u", p="l, i -> 1", v="l, i -> 1"),))),
    Kill("both hidden units are the first", _twice(1)),
    Kill("both hidden units are the second", _twice(2)),
    Kill("inputs exchanged", _inputs((2, 1, 3))),
    Kill("both inputs are the first", _inputs((1, 1, 2))),
    Kill("both inputs are the second", _inputs((2, 2, 2))),
    Kill("outputs exchanged", _outputs((2, 1, 3))),
    Kill("both outputs are the first", _outputs((1, 1, 2))),
    Kill("both outputs are the second", _outputs((2, 2, 2))),
    Kill("the last weight differs", _chain(_ONES, (1, 2, 1))),
    Kill("the first weight differs", _chain(_ONES, (2, 1, 1))),
    Kill("weights of the next layer", _chain((2, 1, 1), _ONES)),
    Kill("weights of the layer before", _chain(_ONES, (0, 1, 1))),
    Kill("weights 0 and 1", _chain(_ZERO, _ONES)),
    Kill("weights 1 and 0", _chain(_ONES, _ZERO)),
    Kill("the last bias differs", _chain(biases=_ZERO, shifts=(0, 2, 0))),
    Kill("the first bias differs", _chain(biases=_ZERO, shifts=(2, 0, 0))),
    Kill("biases of the next layer", _chain(biases=(2, 1, 1), shifts=_ONES)),
    Kill("biases of the layer before", _chain(biases=_ONES, shifts=(0, 1, 1))),
    Kill("biases 0 and 1", _chain(biases=_ZERO, shifts=_ONES)),
    Kill("biases 1 and 0", _chain(biases=_ONES, shifts=_ZERO)),
    *(kill for name in "hg" for kill in (
        Kill(f"{name}(1) free", _chain(**{name: {1: 5}})),
        Kill(f"{name}(2) free", _chain(**{name: {2: 5}})),
        Kill(f"{name} one layer late", _chain((2, 2, 2), **{name: {1: 5, 2: 2, 3: 10}})),
        Kill(f"{name} free where the pre-activations are 0", _chain(_ZERO, **{name: {1: 1, 2: 1, 3: 1}})),
        Kill(f"{name} without pre-activations", _chain(**{name: {1: 0, 2: 0}})),
        Kill(f"{name} with the next activation", _chain(slopes=(1, 2, 2), **{name: {1: 2, 2: 4}})),
    )),
    Kill("another input", _chain(g={0: 5})),
    Kill("another input, met in layer 1", _chain(_ZERO, biases=_ONES, g={0: 5})),
    Kill("another input, 0 in the first network", _chain(x=0, g={0: 1})),
    Kill("another input, 0 in the second network", _chain(g={0: 0})),
    Kill("the state of layer 1 as input", _chain((2, 1, 1), g={0: 2})),
    Kill("behind the network", _chain(_ONES, (1, 1, 2), layer=3)),
    Kill("before the network", _chain(h={-1: 1}, layer=-1)),
    Kill("different layers", _chain((2, 3, 5))),
)

_PARTS = tuple(f"shift H3, index {where}" for where in (
    "l of p", "i of p", "l of p (2)", "i of p (2)", "l of d", "l of v", "i of v", "l of v (2)", "i of v (2)",
    "l of d (2)", "l of v (3)", "p(l, i) of v", "l of p (3)", "v(l, i) of p"))

SURVIVORS = (
    Survivor(_PARTS, "true: on a finite set a map with an inverse on one side is a permutation, so that each of the six"
                     " conditions of H3 follows from the other five; the claim's derivation uses all of them"),
    Survivor(("shift conclusion 2, end 1 of the range of i", "shift conclusion 2, end d(L + 1) of the range of i"),
             "true: entries outside a matrix evaluate to 0; no axiom says so for a matrix that is not concrete"),
    Survivor(("drop H2", "shift H2, end 0 of the range of l", "shift H2, end L of the range of l",
              "shift H2, index l of d"), "a witness needs a layer of negative width, which the search cannot evaluate"),
)

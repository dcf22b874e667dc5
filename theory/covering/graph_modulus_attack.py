"""Points against mutants of `covering.graph_modulus`: pairs of networks on small layer graphs, in exact numbers.

States follow from the parameters and bounds are the least that hold; single entries of the tables are then replaced,
and what depends on them follows, so that a smaller bound breaks exactly one hypothesis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from theory.covering.small_graphs import Number, lookup
from theory.covering.small_networks import by_layer, lipschitz_step, size
from theory.language import Kill, Survivor, Witness, rational
from theory.language.derivation import apply, combine, compute, intro, witness
from theory.language.terms import plus, times

Index = tuple[int, ...]
_NAMES = {"P": "l", "n": "l", "z": "l", "a": "lj", "e": "lij", "W": "lij", "V": "lij", "b": "li", "c": "li", "h": "li",
          "g": "li", "B": "lj", "delta": "lj", "C": "l", "beta": "l", "rho": "l", "o": "l", "r": "l", "E": "l"}
_WHOLE = frozenset("Pnzae")


@dataclass(frozen=True)
class Layer:
    """A layer: units as (weights, bias, weights, bias) of the two networks; a source and its places for each j.

    `places[i-1][j-1]` is e(l,i,j), 1 throughout if not given; `largest` makes it a layer of maxima.
    """

    units: Sequence[tuple[Sequence[Number], Number, Sequence[Number], Number]]
    sources: Sequence[int]
    places: Sequence[Sequence[int]] = ()
    slope: Number = 1
    offset: Number = 0
    largest: bool = False


@dataclass
class Graph:
    """A layer graph with two networks on one input; `given` replaces entries of its tables by name and index.

    "h+" and "g+" at (l, i) are added to states that no longer obey their equation.
    """

    inputs: Sequence[Number]
    layers: Sequence[Layer]
    given: Mapping[tuple[Any, ...], Number] = field(default_factory=dict)
    radius: Number | None = None
    depth: int | None = None
    tables: dict[str, dict[Index, Number]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tables = {name: {} for name in _NAMES}
        for name, *index in self.given:
            if name in _NAMES:
                self.tables[name][tuple(index)] = self.given[name, *index]
        for i, x in enumerate(self.inputs, 1):
            self._set("h", (0, i), x + self.given.get(("h+", 0, i), 0))
            self._set("g", (0, i), x + self.given.get(("g+", 0, i), 0))
        self._set("P", (0,), len(self.inputs))
        self._set("r", (0,), self._x())
        self._set("E", (0,), 0)
        for l, layer in enumerate(self.layers, 1):  # noqa: E741 - the layer's name in every formula
            self._parameters(l, layer)
            for h, W, b in (("h", "W", "b"), ("g", "V", "c")):
                self._states(l, layer, h, W, b)
            self._bounds(l, layer)

    def _x(self) -> Number:
        return max(map(size, self.inputs), default=0) if self.radius is None else self.radius

    def _set(self, name: str, index: Index, value: Number) -> None:
        self.tables[name].setdefault(index, value)

    def _get(self, name: str, *index: int) -> Number:
        return self.tables[name].get(index, 0)

    def _parameters(self, l: int, layer: Layer) -> None:  # noqa: E741
        for name, value in (("P", len(layer.units)), ("n", len(layer.sources)), ("z", int(layer.largest))):
            self._set(name, (l,), value)
        for j, source in enumerate(layer.sources, 1):
            self._set("a", (l, j), source)
        for i, (first, b, other, c) in enumerate(layer.units, 1):
            self._set("b", (l, i), b)
            self._set("c", (l, i), c)
            for j in range(1, len(layer.sources) + 1):
                self._set("W", (l, i, j), first[j - 1])
                self._set("V", (l, i, j), other[j - 1])
                self._set("e", (l, i, j), layer.places[i - 1][j - 1] if layer.places else 1)

    def _states(self, l: int, layer: Layer, h: str, W: str, b: str) -> None:  # noqa: E741, N803
        for i in range(1, len(layer.units) + 1):
            reads = [self._get(h, int(self._get("a", l, j)), int(self._get("e", l, i, j)))
                     for j in range(1, int(self._get("n", l)) + 1)]
            before = sum((self._get(W, l, i, j) * x for j, x in enumerate(reads, 1)), self._get(b, l, i))
            value = max(reads, default=0) if layer.largest else layer.slope * before + layer.offset
            self._set(h, (l, i), value + self.given.get((h + "+", l, i), 0))

    def _bounds(self, l: int, layer: Layer) -> None:  # noqa: E741
        units, reads = range(1, len(layer.units) + 1), range(1, int(self._get("n", l)) + 1)
        for j in reads:
            weights = [(self._get("W", l, i, j), self._get("V", l, i, j)) for i in units]
            self._set("B", (l, j), max((size(w) for pair in weights for w in pair), default=0))
            self._set("delta", (l, j), max((size(w - v) for w, v in weights), default=0))
        self._set("C", (l,), max((size(self._get("b", l, i)) for i in units), default=0))
        self._set("beta", (l,), max((size(self._get("b", l, i) - self._get("c", l, i)) for i in units), default=0))
        self._set("rho", (l,), size(layer.slope))
        self._set("o", (l,), size(layer.offset))
        source = {j: int(self._get("a", l, j)) for j in reads}
        if layer.largest:
            for name in ("r", "E"):
                self._set(name, (l,), max((self._get(name, source[j]) for j in reads), default=0))
            return
        reach = sum((self._get("B", l, j) * self._get("r", source[j]) for j in reads), self._get("C", l))
        change = sum((self._get("delta", l, j) * self._get("r", source[j])
                      + self._get("B", l, j) * self._get("E", source[j]) for j in reads), self._get("beta", l))
        self._set("r", (l,), self._get("rho", l) * reach + self._get("o", l))
        self._set("E", (l,), self._get("rho", l) * change)

    def _nested(self, name: str, prefix: Index, axes: Sequence[int]) -> Any:
        if not axes:
            return self._get(name, *prefix)
        return [self._nested(name, (*prefix, k), axes[1:]) for k in range(-1, axes[0] + 1)]

    def witness(self) -> Witness:
        """Return the point."""
        last = len(self.layers) + 1
        wide = 1 + max(len(self.inputs), *(len(layer.units) for layer in self.layers))
        reads = 1 + max(len(layer.sources) for layer in self.layers)
        ends = {"l": last, "i": wide, "j": reads}
        values: dict[str, Any] = {}
        for name, axes in _NAMES.items():
            table = self._nested(name, (), [ends[axis] for axis in axes])
            choose = "iite" if name in _WHOLE else "ite"
            values[name] = ("lam", tuple(axes), lookup(table, axes, (-1,) * len(axes), choose))
        slopes = [1, *(layer.slope for layer in self.layers), 1]
        offsets = [self.given.get(("s", k), layer.offset) for k, layer in enumerate([Layer((), ()), *self.layers])]
        offsets.append(self.given.get(("s", last), 0))
        # tables as matrices: an entry at a number is its value at once, so that each layer's condition is short
        activation = plus(times(by_layer(slopes), "u"), by_layer(offsets) if any(offsets) else 0)
        values["rho"] = ("lam", ("l",), by_layer([self._get("rho", k) for k in range(last + 1)]))
        values["s"] = ("lam", ("l", "u"), activation)
        pairs = dict.fromkeys(zip(slopes[1:-1], (self._get("rho", k) for k in range(1, last))))
        steps = [lipschitz_step(f"lip{k}", slope, rho) for k, (slope, rho) in enumerate(pairs, 1)
                 if (slope, rho) != (1, 1) and size(slope) <= rho]
        depth = len(self.layers) if self.depth is None else self.depth
        outside = [i for i in range(1, wide) if size(self._get("h", depth, i) - self._get("g", depth, i))
                   > self._get("E", depth)]
        return Witness((*steps, witness("end", N=depth, X=rational(self._x()), i=min(outside, default=1), **values)))


_POINTS = (
    ("bound", Graph((0,), (Layer((((1,), 0, (1,), 0),), (0,), largest=True), Layer((((0,), 2, (0,), 1),), (1,))),
     {("b", 0, 1): 0})),
    ("bound", Graph((0,), (Layer((((-1,), 0, (-1,), 0),), (0,), slope=2), Layer((((-1,), 1, (-1,), 1), ((0,), 1, (0,),
     1)), (1,)), Layer((((2,), 0, (0,), 0),), (2,), places=((0,),), slope=2)), {("h+", 1, 1): 0, ("h", 1, 1): 1, ("C",
     1): 0}, depth=0)),
    ("bound", Graph((1,), (Layer((((2,), 1, (2,), 1),), (0,), largest=True), Layer((((1,), 0, (1,), 3),), (1,),
     places=((0,),), largest=True), Layer((((2, 2), 1, (2, 2), 1),), (2, 2), largest=True)), {("delta", 2, 0): 100,
     ("s", 0): 0, ("a", 0, 0): 1}, depth=0)),
    ("H4", Graph((1, 1), (Layer((((2, 0), 1, (2, 0), 1),), (0, 0), places=((2, 2),)), Layer((((1,), 0, (1,), 0),),
     (1,))), {("g", 2, 1): 1, ("a", 2, 1): 2})),
    ("H6", Graph((2,), (Layer((((-1, 2), 0, (3, 1), 0),), (0, 0)), Layer((((-1,), 0, (-1,), 0),), (1,))), {("P", 0):
     -1}, radius=0)),
    ("H6", Graph((1,), (Layer((((2,), 0, (2,), 3),), (0,)),), {("h+", 0, 1): -1, ("P", 0): 0})),
    ("H6", Graph((1,), (Layer((((2, 1), 2, (2, 1), -1),), (0, 0)),), {("g", 0, 1): -1, ("P", 0): -1})),
    ("H9", Graph((1,), (Layer((((2,), 1, (-1,), 1),), (0,)),), {("delta", 1, 1): 2})),
    ("H9", Graph((1,), (Layer((((-1,), 2, (-1,), 0), ((1,), 0, (3,), 0)), (0,)), Layer((((1,), 0, (1,), 0),), (1,))),
     {("delta", 1, 1): -1})),
    ("H9", Graph((2, 1), (Layer((((2, 1), 0, (1, 0), 0),), (0, 0)),), {("delta", 1, 1): 0})),
    ("H9", Graph((1,), (Layer((((0, 2), 0, (3, 2), 0), ((2, 2), 0, (1, 1), 0)), (0, 0)),), {("delta", 1, 1): 0})),
    ("H9", Graph((1,), (Layer((((-1,), 2, (-1,), 0), ((1,), 0, (3,), 0)), (0,)), Layer((((1,), 0, (1,), 0),), (1,))),
     {("delta", 1, 1): -1, ("delta", 1, 0): 100})),
    ("H9", Graph((), (Layer((((-1,), 2, (-1,), 1),), (0,), places=((0,),)), Layer((((2, 0), 0, (2, 0), 0),), (1, 1))),
     {("delta", 2, 1): -1})),
    ("H10", Graph((), (Layer((((1,), 0, (1,), 0),), (0,), places=((0,),), offset=5), Layer((((-1, 1), 0, (-1, 0), 0),),
     (1, 1))), {("r", 1): 0, ("C", 1): -100})),
    ("H10", Graph((0,), (Layer((((-1, 2), 2, (-1, 2), 2),), (0, 0)), Layer((((1,), 2, (3,), 2),), (1,))), {("C", 1):
     0}, radius=0)),
    ("H11", Graph((2, -1), (Layer((((1, 0), 0, (1, 0), 0), ((1, -1), 2, (1, -1), 2)), (0, 0), places=((1, 2), (1, 1))),
     Layer((((1,), 1, (1,), 0),), (1,))), {("beta", 2): 0})),
    ("H11", Graph((1,), (Layer((((-1,), 0, (-1,), 3),), (0,)),), {("beta", 1): 1}, radius=100)),
    ("H11", Graph((1,), (Layer((((0,), 0, (0,), 0),), (0,), slope=Fraction(1, 2)), Layer((((1,), 2, (1,), 0),), (1,)),
     Layer((((2,), 0, (2,), 0),), (2,))), {("beta", 2): 0, ("beta", 1): 2})),
    ("H11", Graph((1,), (Layer((((0,), 0, (0,), 0),), (0,)), Layer((((1,), 2, (1,), 0),), (1,)), Layer((((2,), 0, (2,),
     0),), (2,))), {("beta", 2): 0})),
    ("H12", Graph((-1,), (Layer((((1,), 2, (1,), 3),), (0,)),), {("rho", 1): 0})),
    ("H12", Graph((-1,), (Layer((((1,), 2, (1,), 3),), (0,)),), {("rho", 1): 0, ("rho", 2): 100})),
    ("H14", Graph((-1,), (Layer((((1,), 0, (1,), 0), ((1,), 0, (1,), 0)), (0,), offset=5), Layer((((1,), 1, (1,), -1),
     ((2,), 1, (3,), 1)), (1,), places=((2,), (2,)))), {("o", 1): 0})),
    ("H14", Graph((-1,), (Layer((((2, 0), 0, (2, 0), 0),), (0, 0)), Layer((((2, 1), 0, (2, 1), 0),), (1, 1)),
     Layer((((-1,), 0, (2,), 0),), (2,))), {("o", 1): -1})),
    ("H15", Graph((2,), (Layer((((-1, 2), 0, (3, 1), 0),), (0, 0)), Layer((((-1,), 0, (-1,), 0),), (1,))), {},
     radius=0)),
    ("H15", Graph((2,), (Layer((((-1,), 0, (1,), 0),), (0,)),), {}, radius=1)),
    ("H16", Graph((1,), (Layer((((2,), 0, (2,), 3),), (0,)),), {("h+", 0, 1): -1})),
    ("H16", Graph((1,), (Layer((((2, 1), 2, (2, 1), -1),), (0, 0), offset=5),), {("g", 0, 1): -1})),
    ("H16", Graph((-1,), (Layer((((2,), 0, (2,), 0),), (0,)), Layer((((1,), 2, (1,), 3),), (1,)), Layer((((0, 1), 0,
     (0, 1), 0),), (2, 0))), {("g", 0, 1): 0})),
    ("H16", Graph((-1,), (Layer((((2,), 0, (2,), 0),), (0,)), Layer((((1,), 2, (1,), 3),), (1,)), Layer((((0, 1), 0,
     (0, 1), 0),), (2, 0))), {("g", 0, 1): 0})),
    ("H17", Graph((), (Layer((((2,), 0, (3,), 0),), (0,), places=((0,),)),), {("h", 0, 0): 2}, radius=0)),
    ("H17", Graph((1,), (Layer((((2, 1), 1, (2, 1), 1),), (0, 0)), Layer((((0,), 2, (1,), 2),), (1,)), Layer((((2,), 0,
     (2,), 0),), (2,), places=((0,),))), {("h", 2, 0): -100})),
    ("H17", Graph((1,), (Layer((((2, 1), 1, (2, 1), 1),), (0, 0)), Layer((((0,), 2, (1,), 2),), (1,)), Layer((((2,), 0,
     (2,), 0),), (2,), places=((0,),))), {("h", 2, 0): -100})),
    ("H18", Graph((), (Layer((((1,), 2, (0,), 2), ((1,), 0, (10,), 0)), (0,), places=((0,), (0,))),), {("g", 0, 0):
     -1})),
    ("H19", Graph((1,), (Layer((((2, 2), 0, (3, 3), 0),), (0, 0), largest=True), Layer((((0, -1), 0, (0, -1), 0),), (0,
     1), offset=5)), {("h", 2, 1): -1}, radius=100)),
    ("H19", Graph((0, 1), (Layer((((1, 1), 0, (1, 1), 0),), (0, 0), places=((1, 2),), offset=5), Layer((((1,), 1, (1,),
     1),), (1,), slope=2), Layer((((1, 0), 2, (0, 1), 2),), (2, 2), offset=5, largest=True)), {("h", 2, 1): 2})),
    ("H19", Graph((2,), (Layer((((0,), 0, (0,), 0),), (0,)), Layer((((1,), 2, (1,), 2),), (1,)), Layer((((-1,), 0,
     (-1,), -1),), (2,), largest=True)), {("h", 2, 1): 0})),
    ("H19", Graph((1, -1), (Layer((((1,), 0, (2,), 0),), (0,)),), {("h", 1, 1): 0})),
    ("H19", Graph((-1, 0), (Layer((((1,), 0, (1,), 0),), (0,), places=((2,),)),), {("h+", 1, 1): 1})),
    ("H19", Graph((1, -1), (Layer((((1,), 1, (1,), 1), ((2,), 2, (2,), 2)), (0,), places=((2,), (2,))), Layer((((-1,
     2), 1, (-1, 2), 1),), (1, 1))), {("h", 1, 1): -100})),
    ("H20", Graph((0, 0), (Layer((((-1,), 1, (3,), 1),), (0,)),), {("g", 1, 1): 0})),
    ("H20", Graph((0,), (Layer((((-1, 0), 2, (-1, 0), -1), ((-1, -1), 1, (-1, -1), 0)), (0, 0), places=((1, 1), (0,
     1)), offset=5), Layer((((2,), 1, (2,), 1),), (1,), places=((2,),))), {("g", 2, 1): 1}, radius=0)),
    ("H20", Graph((0,), (Layer((((0,), 0, (0,), 0),), (0,), largest=True), Layer((((1, 1), 2, (0, 3), 2),), (1, 1))),
     {("g", 2, 1): 1})),
    ("H20", Graph((1,), (Layer((((-1,), 0, (-1,), 1),), (0,), largest=True), Layer((((0,), 0, (0,), 0),), (1,))),
     {("g", 2, 1): 1})),
    ("H20", Graph((1, 1), (Layer((((2, 0), 1, (2, 0), 1),), (0, 0), places=((2, 2),)), Layer((((1,), 0, (1,), 0),),
     (1,))), {("g+", 0, 0): -1, ("g", 2, 1): 1})),
    ("H20", Graph((0,), (Layer((((-1,), 2, (-1,), 2), ((1,), 1, (-1,), 1)), (0,)), Layer((((1, 2), 1, (1, 2), 1),), (1,
     1), places=((2, 1),))), {("g+", 2, 1): -1})),
    ("H20", Graph((0,), (Layer((((-1,), 2, (-1,), 2), ((1,), 1, (-1,), 1)), (0,)), Layer((((1, 2), 1, (1, 2), 1),), (1,
     1), places=((2, 1),))), {("g+", 2, 1): -1, ("s", 3): -1})),
    ("H21", Graph((1,), (Layer((((0,), 1, (0,), 1), ((-1,), 0, (2,), 0)), (0,), largest=True),), {("n", 1): 2, ("h", 1,
     2): 0})),
    ("H21", Graph((-1,), (Layer((((2, 2), 1, (2, 2), 1), ((1, 0), 2, (1, 0), 2)), (0, 0), places=((0, 1), (1, 1)),
     largest=True), Layer((((0, 1), 2, (-1, -1), 2),), (1, 1), places=((1, 2),), largest=True), Layer((((0,), 0, (0,),
     0),), (2,), largest=True)), {("h", 1, 1): -1})),
    ("H22", Graph((-1,), (Layer((((0, -1), 0, (3, -1), 0),), (0, 0), largest=True), Layer((((1,), 0, (1,), 0),),
     (1,))), {("h", 1, 1): 100})),
    ("H22", Graph((-1,), (Layer((((1,), 2, (1,), 2),), (0,), largest=True), Layer((((1, 1), 1, (1, 1), 1), ((1, 1), 0,
     (1, 1), 3)), (1, 1), largest=True)), {("h+", 2, 2): 1})),
    ("H22", Graph((1, 1), (Layer((((2,), 0, (2,), 1),), (0,), places=((2,),), largest=True),), {("h+", 1, 1): 1})),
    ("H22", Graph((0,), (Layer((((1,), 2, (2,), 2),), (0,), largest=True),), {("h", 1, 1): 1})),
    ("H22", Graph((-1,), (Layer((((0, -1), 0, (3, -1), 0),), (0, 0), largest=True), Layer((((1,), 0, (1,), 0),),
     (1,))), {("h", 1, 1): 100, ("h", 0, 2): 100})),
    ("H23", Graph((1, 0), (Layer((((2, 2), 0, (2, 2), -1),), (0, 0), places=((2, 1),), largest=True),), {("g", 1, 1):
     0})),
    ("H24", Graph((-1,), (Layer((((0,), 0, (0,), 0),), (0,), largest=True), Layer((((-1, -1), 0, (-1, -1), 1),), (0,
     1))), {("g", 1, 1): 2})),
    ("H24", Graph((1,), (Layer((((2,), 1, (2,), 1),), (0,), places=((0,),), largest=True), Layer((((1, 1), 1, (1, 1),
     1),), (1, 1))), {("g+", 1, 1): 1}, radius=100)),
    ("H24", Graph((-1, 1), (Layer((((1,), 0, (1,), 0), ((1,), 0, (1,), 0)), (0,)), Layer((((1,), 2, (1,), 2), ((2,), 0,
     (2,), 0)), (1,), places=((1,), (2,)), largest=True), Layer((((0, 0), 0, (1, 0), 0),), (2, 2), largest=True)),
     {("g+", 2, 1): 1}, radius=1)),
    ("H24", Graph((-1, 2), (Layer((((1, 1), 1, (3, -1), 1),), (0, 0), places=((1, 2),), largest=True),), {("g+", 1, 1):
     100})),
    ("H25", Graph((1,), (Layer((((0,), 0, (2,), 0),), (0,)),), {("r", 0): 0})),
    ("H25", Graph((1,), (Layer((((0,), 0, (2,), 0),), (0,)),), {("r", 0): 0, ("b", 1, 1): -1})),
    ("H26", Graph((), (Layer((((2,), 2, (2,), 2),), (0,), places=((0,),)), Layer((((1, 0), 0, (1, 2), 0),), (1, 1))),
     {}, radius=-1)),
    ("H26", Graph((), (Layer((((1,), 0, (1,), 1),), (0,), places=((0,),)), Layer((((0,), 2, (10,), 2),), (1,))), {},
     radius=-1)),
    ("H27", Graph((2,), (Layer((((2,), 0, (2,), 0),), (0,)), Layer((((2,), 2, (2,), 0), ((1,), 0, (-1,), 0)), (1,))),
     {("r", 1): 1})),
    ("H27", Graph((1,), (Layer((((2,), 1, (2,), 1), ((0,), 2, (0,), 2)), (0,), places=((0,), (1,))), Layer((((0,), 2,
     (0,), 2), ((1,), 2, (1,), 2)), (1,), places=((1,), (2,))), Layer((((1,), 2, (3,), 2),), (2,))), {("r", 2): 0})),
    ("H27", Graph((-1,), (Layer((((2,), 1, (2,), 1),), (0,)), Layer((((1,), 0, (0,), 0),), (1,))), {("r", 1): 0})),
    ("H27", Graph((1,), (Layer((((2,), 1, (2,), 1), ((0,), 2, (0,), 2)), (0,), places=((0,), (1,)), largest=True),
     Layer((((0,), 2, (0,), 2), ((1,), 2, (1,), 2)), (1,), places=((1,), (2,))), Layer((((1,), 2, (3,), 2),), (2,))),
     {("r", 2): 0, ("z", 0): 1})),
    ("H27", Graph((0,), (Layer((((0,), 2, (0,), 2), ((1,), 0, (1,), 0)), (0,)), Layer((((1,), 1, (0,), 1),), (1,))),
     {("r", 1): 0})),
    ("H27", Graph((), (Layer((((1,), 0, (1,), 0),), (0,), places=((0,),), offset=5), Layer((((-1, 1), 0, (-1, 0), 0),),
     (1, 1))), {("r", 1): 0})),
    ("H27", Graph((2,), (Layer((((2,), 0, (2,), 0),), (0,)), Layer((((2,), 2, (2,), 0), ((1,), 0, (-1,), 0)), (1,))),
     {("r", 1): 1, ("r", 2): 100})),
    ("H27", Graph((), (Layer((((1,), 0, (1,), 0),), (0,), places=((0,),), offset=5), Layer((((-1, 1), 0, (-1, 0), 0),),
     (1, 1), offset=5)), {("r", 1): 0, ("r", 3): 100})),
    ("H28", Graph((1, 2), (Layer((((2,), 0, (3,), 0),), (0,), largest=True), Layer((((2,), 0, (10,), 0),), (1,))),
     {("r", 1): 0})),
    ("H29", Graph((1,), (Layer((((2,), 1, (2,), 1),), (0,)), Layer((((1,), 0, (1,), 3),), (1,), places=((0,),)),
     Layer((((2, 2), 1, (2, 2), 1),), (2, 2))), {("E", 0): -1}, depth=0)),
    ("H29", Graph((1,), (Layer((((1,), 0, (1,), 0),), (0,)), Layer((((1,), 0, (0,), 0),), (0,)), Layer((((2,), 0, (2,),
     0),), (2,))), {("E", 0): -1}, radius=1)),
    ("H29", Graph((1,), (Layer((((1,), 0, (1,), 0),), (0,)), Layer((((1,), 0, (0,), 0),), (0,)), Layer((((2,), 0, (2,),
     0),), (2,))), {("E", 0): -1, ("E", 1): 0}, radius=1)),
    ("H30", Graph((2, -1), (Layer((((0,), 0, (0,), 3),), (0,)), Layer((((1, 2), 0, (1, 2), 0),), (1, 1)), Layer((((2,),
     0, (2,), 0),), (2,))), {("E", 3): 0})),
    ("H30", Graph((2,), (Layer((((0, 0), 2, (0, 0), -1),), (0, 0)), Layer((((1,), 2, (1,), 2),), (1,), largest=True),
     Layer((((2, -1), 0, (2, -1), 0),), (1, 2))), {("E", 1): 0})),
    ("H30", Graph((-1,), (Layer((((2,), 1, (2,), 1),), (0,)), Layer((((1,), 0, (0,), 0),), (1,))), {("E", 2): 0})),
    ("H30", Graph((1, -1), (Layer((((1, -1), 1, (2, 3), 1),), (0, 0), places=((1, 2),)), Layer((((0, -1), 2, (0, -1),
     2),), (1, 1))), {("E", 2): 2})),
    ("H30", Graph((0,), (Layer((((-1,), 1, (-1,), 1),), (0,)), Layer((((0,), 0, (3,), 0), ((2,), 0, (3,), 0)), (1,)),
     Layer((((1,), 0, (1,), 0), ((1,), 1, (1,), 1)), (2,))), {("E", 2): 0})),
    ("H30", Graph((-1,), (Layer((((2,), 1, (2,), 1),), (0,)), Layer((((1,), 0, (0,), 0),), (1,))), {("E", 2): 0, ("E",
     3): 100})),
    ("H31", Graph((-1,), (Layer((((0,), 1, (2,), 1),), (0,)), Layer((((1,), 0, (1,), 0),), (1,), largest=True)), {("E",
     2): 0})),
)
"""Graphs by the hypothesis that they break, all others being true; "bound" if they break none."""

KILLS = tuple(Kill(f"{name}, point {number}", graph.witness()) for number, (name, graph) in enumerate(_POINTS, 1))



def _ends(hypothesis: str, *more: str) -> tuple[str, ...]:
    """The mutants that move the ends of the ranges of l and of the indices named."""
    last = {"l": "N", "i": "P(l)", "j": "n(l)"}
    return tuple(f"shift {hypothesis}, end {end} of the range of {v}" for v in ("l", *more) for end in ("1", last[v]))


_MORE = (
    *(f"shift H{k}, end N of the range of l" for k in (10, 14, 17, 18, 26, 27, 28)),
    "shift H4, end 1 of the range of l", "shift H31, end 1 of the range of l", "shift H21, end n(l) of the range of j",
    "shift H21, index l of h", "shift H23, end 1 of the range of j", "shift H23, index i of g",
    "shift H27, index l of C")
_SIGN = intro("sign", "all l:int | 1 <= l, l <= N => 0 <= rho(l)", "l1 l2",
              apply("lip", "H12", l="l", u="1", v="0"), apply("a", "textbook.abs_nonneg", x="s(l,1) - s(l,0)"),
              compute("one", "abs(1 - 0) = 1"), combine("z", facts="lip a one"))
_FUNCTIONS = {name: f"{', '.join(axes)} -> {name}({','.join(axes)})" for name, axes in _NAMES.items()}

SURVIVORS = (
    Survivor(("drop H13", "shift H13, end 1 of the range of l", "shift H13, end N of the range of l",
              "shift H13, index l of rho"),
             "the Lipschitz condition H12 at u = 1, v = 0 implies 0 <= rho(l), so H13 may be left out",
             (_SIGN, apply("all", "covering.graph_modulus", N="N", X="X", s="l, u -> s(l,u)", **_FUNCTIONS),
              apply("end", "all", i="i"))),
    Survivor(("drop H1", "drop H2", *_ends("H2"), "shift H2, index l of n"),
             "true: with no layers nothing changes, and a layer that reads n(l) < 0 values reads none; the search"
             " cannot name layers below 0"),
    Survivor((*_ends("H3", "j"), "drop H3", "shift H3, index l of a", "shift H3, index j of a"),
             "a source before layer 0 is in no table of these points"),
    Survivor((*_ends("H5", "i", "j"), "drop H5", *(f"shift H5, index {i} of e" for i in "lij")),
             "a place below the padding, which no hypothesis bounds: out of the tables of these points"),
    Survivor((*_ends("H7", "i", "j"), "drop H7", *(f"shift H7, index {i} of W" for i in "lij"),
              "shift H7, index l of B", "shift H7, index j of B"),
             "the bound of W is used for the range of h alone, where V and delta bound W too: a point needs weights"
             " that move in two layers"),
    Survivor((*_ends("H8", "i", "j"), "drop H8", *(f"shift H8, index {i} of V" for i in "lij"),
              "shift H8, index l of B", "shift H8, index j of B"),
             "a point needs V beyond the box, W in it and a layer before that moved: not among the graphs tried"),
    Survivor(("shift H12, index l of s", "shift H12, index l of s (2)"),
             "at u = v it says that neighbouring activations are equal, so it implies H12: a weaker claim"),
    Survivor(("shift H12, index l of rho",), "false at point 21 of H12, whose Lipschitz condition at layer 0 the replay"
             " does not find"),
    Survivor(("shift conclusion, end 1 of the range of i",),
             "the claim's own derivation proves it for the padding i = 0 too, where both values are 0"),
    Survivor(_MORE, "no graph of up to three layers with one entry replaced was found that breaks it; where the range"
             " ends at N - 1 the last layer's bound is not used"),
)

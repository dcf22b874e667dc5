"""Small layer graphs in exact numbers: points for statements about permuted channels (`other_architectures`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from theory.language import Term, rational, substitution
from theory.language.terms import literal, plus, times

Number = int | Fraction
"""An exact number."""
Nested = Any
"""A number, or a sequence of these."""


@dataclass(frozen=True)
class Reader:
    """A source of a layer: which layer, the kernel by channel, channel of the source and tap, the places it reads."""

    layer: int
    kernel: Sequence[Sequence[Sequence[Number]]]
    places: Sequence[Sequence[int]]


@dataclass(frozen=True)
class Layer:
    """A layer by its sources; `parameters` holds bias, scale and shift of each channel."""

    sources: Sequence[Reader]
    parameters: Sequence[Sequence[Number]]

    @property
    def channels(self) -> int:
        """C(l)."""
        return len(self.parameters)

    @property
    def places(self) -> int:
        """P(l)."""
        return len(self.sources[0].places)


def lookup(values: Nested, names: Sequence[str], starts: Sequence[int], choose: str = "ite") -> Term:
    """Return the term that finds an entry of a nested table; beyond its ends it has some value.

    `names` are the indices, `starts` their first values; `choose` is "ite", or "iite" for integer tables. A row that
    is an arithmetic progression becomes a linear term, which keeps certificates short.
    """
    if not names:
        return rational(values) if choose == "ite" else int(values)
    parts = [lookup(v, names[1:], starts[1:], choose) for v in values] or [0]
    numbers = [number for part in parts if (number := literal(part)) is not None]
    steps = {b - a for a, b in zip(numbers, numbers[1:])}
    if len(numbers) == len(parts) and len(steps) == 1 and steps != {0}:
        step = steps.pop()
        return plus(times(rational(step), names[0]), rational(numbers[0] - step * starts[0]))
    out = parts[-1]
    for k in reversed(range(len(parts) - 1)):
        if parts[k] != parts[k + 1]:  # a run of equal entries needs one comparison, with its last index
            out = (choose, names[0], starts[0] + k, parts[k], out)
    return out


def _zero(*_: int) -> int:
    return 0


@dataclass(frozen=True)
class GraphPair:
    """A layer graph and its relabelled copy on one input.

    `inputs[c][r]`; `orders[l]` is p(l, .) for l = 0..N as a list of channel numbers from 1 (the identity if empty);
    `activation` is s(l,z,m1,m2,t,u) as text and as a function of z, m1, m2, t, u; `weight(l,o,r,c,m)` is J. Tables
    under the names V, d, x, y, h, g in `given` replace the computed ones, and what depends on them follows; under the
    names of other variables `given` holds texts. The layers in `maxima` take the largest value that their channel reads
    of the first source.
    """

    inputs: Sequence[Sequence[Number]]
    layers: Sequence[Layer]
    orders: Mapping[int, Sequence[int]] = field(default_factory=dict)
    activation: tuple[str, Callable[..., Number]] = ("z", lambda z, *_: z)
    weight: Callable[[int, int, int, int, int], Number] = _zero
    given: Mapping[str, Nested] = field(default_factory=dict)
    maxima: frozenset[int] = frozenset()

    def channels(self, number: int) -> int:
        """Return C(l)."""
        return len(self.inputs) if number == 0 else self.layers[number - 1].channels

    def places(self, number: int) -> int:
        """Return P(l)."""
        return len(self.inputs[0]) if number == 0 else self.layers[number - 1].places

    def order(self, number: int) -> Sequence[int]:
        """Return p(l, 1), ..., p(l, C(l))."""
        return self.orders.get(number, range(1, self.channels(number) + 1))

    def kernels(self) -> tuple[Nested, Nested]:
        """Return W and the relabelled V, by layer, source, channel, channel of the source and tap."""
        old = [[s.kernel for s in layer.sources] for layer in self.layers]
        new = [[[[s.kernel[o - 1][c - 1] for c in self.order(s.layer)] for o in self.order(number)]
                for s in layer.sources] for number, layer in enumerate(self.layers, 1)]
        return old, self.given.get("V", new)

    def parameters(self) -> tuple[Nested, Nested]:
        """Return b and the relabelled d, by layer and channel."""
        old = [layer.parameters for layer in self.layers]
        return old, self.given.get("d", [[rows[o - 1] for o in self.order(n)] for n, rows in enumerate(old, 1)])

    def states(self, kernels: Nested, parameters: Nested, names: tuple[str, str]) -> tuple[Nested, Nested]:
        """Return the sums (layers 1..N, from place 1) and states (layers 0..N, from the padding at place 0)."""
        sums: list[Nested] = []
        states = [[[0, *row] for row in self.given.get("inputs " + names[1], self.inputs)]]
        for number, layer in enumerate(self.layers, 1):
            rows = parameters[number - 1]
            here = [[self._sum(layer, kernels[number - 1], states, o, r) + rows[o][0] for r in range(layer.places)]
                    for o in range(layer.channels)]
            sums.append(here)
            if number in self.maxima:
                first = layer.sources[0]
                after = [[max(states[first.layer][o][place] for place in window) for window in first.places]
                         for o in range(layer.channels)]
            else:
                after = [[self._activated(number, here, rows[o], o, r) for r in range(layer.places)]
                         for o in range(layer.channels)]
            states.append([[0, *row] for row in after])
        return self.given.get(names[0], sums), self.given.get(names[1], states)

    def _sum(self, layer: Layer, kernels: Nested, states: Nested, o: int, r: int) -> Fraction:
        """What a channel reads at a place (both from 0), without its bias."""
        return sum((w * states[s.layer][c][s.places[r][k]] for s, kernel in zip(layer.sources, kernels)
                    for c, taps in enumerate(kernel[o]) for k, w in enumerate(taps)), Fraction(0))

    def _activated(self, number: int, sums: Nested, row: Sequence[Number], o: int, r: int) -> Number:
        """s(l, ...) at a channel and a place (from 0)."""
        means = [sum((self.weight(number, o + 1, r + 1, c, m) * value**power for c, line in enumerate(sums, 1)
                      for m, value in enumerate(line, 1)), Fraction(0)) for power in (1, 2)]
        return self.activation[1](sums[o][r], *means, row[1], row[2])

    def point(self) -> dict[str, Term]:
        """Return terms for all variables of the statement."""
        depth = range(1, len(self.layers) + 1)
        (old, new), (before, after) = self.kernels(), self.parameters()
        sums, states = self.states(old, before, ("x", "h"))
        moved, others = self.states(new, after, ("y", "g"))
        tables = {"W": (old, "ljock", (1,)*5), "V": (new, "ljock", (1,)*5), "b": (before, "loi", (1, 1, 0)),
                  "d": (after, "loi", (1, 1, 0)), "J": (self._weights(), "lorcm", (1,)*5), "x": (sums, "lor", (1,)*3),
                  "y": (moved, "lor", (1,)*3), "h": (states, "lor", (0, 1, 0)), "g": (others, "lor", (0, 1, 0))}
        out: dict[str, Term] = {name: ("lam", tuple(names), lookup(values, names, starts, "iite"))
                                for name, (values, names, starts) in self._counts().items()}
        out |= {name: ("lam", tuple(names), lookup(values, names, starts))
                for name, (values, names, starts) in tables.items()}
        out |= {"N": len(depth), "s": substitution(f"l, z, m1, m2, t, u -> {self.activation[0]}")}
        return out | {name: substitution(value) for name, value in self.given.items() if isinstance(value, str)}

    def _counts(self) -> dict[str, tuple[Nested, str, tuple[int, ...]]]:
        """The integer tables with the names and first values of their indices."""
        layers = range(len(self.layers) + 1)
        orders = [list(self.order(number)) for number in layers]
        inverse = [[order.index(i) + 1 for i in range(1, len(order) + 1)] for order in orders]
        return {
            "C": ([self.channels(number) for number in layers], "l", (0,)),
            "P": ([self.places(number) for number in layers], "l", (0,)),
            "n": ([len(layer.sources) for layer in self.layers], "l", (1,)),
            "a": ([[s.layer for s in layer.sources] for layer in self.layers], "lj", (1, 1)),
            "K": ([[len(s.places[0]) for s in layer.sources] for layer in self.layers], "lj", (1, 1)),
            "e": ([[s.places for s in layer.sources] for layer in self.layers], "ljrk", (1, 1, 1, 1)),
            "kind": ([int(number in self.maxima) for number in layers[1:]], "l", (1,)),
            "p": (orders, "li", (0, 1)), "v": (inverse, "li", (0, 1))}

    def _weights(self) -> Nested:
        """J by layer, channel, place, channel and place."""
        found = []
        for number in range(1, len(self.layers) + 1):
            channels, places = range(1, self.channels(number) + 1), range(1, self.places(number) + 1)
            found.append([[[[self.weight(number, o, r, c, m) for m in places] for c in channels] for r in places]
                          for o in channels])
        return found

"""Pairs of small networks in exact numbers, as points at which statements about two networks can be tried.

States are computed layer by layer; bounds are the least that hold unless they are given otherwise, and giving a smaller
one for a single layer breaks exactly one hypothesis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from theory.language import Step, Term, Witness, rational
from theory.language.derivation import apply, combine, compute, intro, witness
from theory.language.terms import plus, times

Number = int | Fraction
"""An exact number."""
Layer = Sequence[Sequence[Number]]
_UV = ("+", "u", ("*", -1, "v"))


@dataclass(frozen=True)
class Pair:
    """Two networks on one input: `weights[l-1]` and `others[l-1]` are the matrices of layer l, bias last in each row.

    sigma_l(u) = slope u + offset with `slopes[l-1]` (1 if missing) and `offsets[l-1]` (0 if missing). `given` replaces
    computed bounds: "B", "delta", "rho", "o", "r" by index of the layer (up to L + 2), "X" by index 0; under "h" and
    "g" it holds what is added to a layer of states that no longer obeys its equation (layer 0 of "g": a second input
    that is not the first).
    """

    inputs: Sequence[Number]
    weights: Sequence[Layer]
    others: Sequence[Layer]
    offsets: Sequence[Number] = ()
    slopes: Sequence[Number] = ()
    given: Mapping[str, Mapping[int, Number]] = field(default_factory=dict)

    @property
    def depth(self) -> int:
        """L, the number of hidden layers."""
        return len(self.weights) - 1

    @property
    def widths(self) -> tuple[int, ...]:
        """d(0), ..., d(L+1)."""
        return (len(self.inputs), *(len(layer) for layer in self.weights))

    def states(self, layers: Sequence[Layer], name: str) -> list[list[Fraction]]:
        """Return h(0), ..., h(L+1), or the states g of the second network."""
        out = [[Fraction(x) + self.bound(name, 0, 0) for x in self.inputs]]
        for l, layer in enumerate(layers, 1):  # noqa: E741 - the layer's name in every formula
            before = out[-1]
            out.append([self.slope(l) * (sum((w * x for w, x in zip(row, before)), Fraction(0)) + row[-1])
                        + self.offset(l) + self.bound(name, l, 0) for row in layer])
        return out

    def offset(self, l: int) -> Number:  # noqa: E741
        """Return sigma_l(0)."""
        return self.offsets[l - 1] if l <= len(self.offsets) else 0

    def slope(self, l: int) -> Number:  # noqa: E741
        """Return the slope of sigma_l."""
        return self.slopes[l - 1] if l <= len(self.slopes) else 1

    def bound(self, name: str, l: int, computed: Number) -> Number:  # noqa: E741
        """Return a bound: the one given, or the one computed."""
        return self.given.get(name, {}).get(l, computed)

    def bounds(self) -> dict[str, list[Number]]:
        """Return B, delta, rho, o (index 0 unused) and r, with r(0) = X, for the layers 0..L+1."""
        table: dict[str, list[Number]] = {"B": [0], "delta": [0], "rho": [0], "o": [0]}
        reach: list[Number] = [self.bound("r", 0, self.radius)]
        for l, (layer, other) in enumerate(zip(self.weights, self.others), 1):  # noqa: E741
            entries: list[Number] = [size(w) for row in (*layer, *(row[:-1] for row in other)) for w in row]
            moved: list[Number] = [size(w - v) for row, twin in zip(layer, other) for w, v in zip(row, twin)]
            table["B"].append(self.bound("B", l, max(entries, default=0)))
            table["delta"].append(self.bound("delta", l, max(moved, default=0)))
            table["rho"].append(self.bound("rho", l, size(self.slope(l))))
            table["o"].append(self.bound("o", l, size(self.offset(l))))
            full = table["rho"][l] * table["B"][l] * (self.widths[l - 1] * reach[l - 1] + 1) + table["o"][l]
            reach.append(self.bound("r", l, full))
        beyond = len(self.weights) + 1
        return {name: [*values, self.bound(name, beyond, 0)] for name, values in {**table, "r": reach}.items()}

    @property
    def radius(self) -> Number:
        """X, which bounds the inputs."""
        sizes: list[Number] = [size(x) for x in self.inputs]
        return self.bound("X", 0, max(sizes, default=0))

    def point(self) -> dict[str, Term]:
        """Return the values of the variables of `covering.param_lipschitz`."""
        h, g = self.states(self.weights, "h"), self.states(self.others, "g")
        bounds = self.bounds()
        named = {name: ("lam", ("l",), by_layer(values)) for name, values in bounds.items()}
        return {
            "L": self.depth, "d": ("lam", ("l",), by_layer(self.widths)), "X": rational(self.radius),
            "W": self.matrices(self.weights), "V": self.matrices(self.others),
            "b": self.columns([[]] + [[row[-1] for row in layer] for layer in self.weights]),
            "c": self.columns([[]] + [[row[-1] for row in layer] for layer in self.others]),
            "h": self.columns(h), "g": self.columns(g),
            "s": ("lam", ("l", "u"), self.activation()), **named,
        }

    def activation(self) -> Term:
        """Return sigma_l(u) as a term in l and u."""
        layers = range(1, max(self.depth + 1, len(self.slopes), len(self.offsets)) + 1)
        offsets = by_layer([0, *map(self.offset, layers)]) if any(self.offsets) else 0
        return plus(times(by_layer([1, *map(self.slope, layers)]), "u"), offsets)

    def lipschitz(self) -> tuple[Step, ...]:
        """Return steps that prove |slope u - slope v| <= rho |u - v| for the slopes and bounds that occur."""
        pairs = dict.fromkeys(zip(map(self.slope, range(1, self.depth + 2)), self.bounds()["rho"][1:]))
        return tuple(lipschitz_step(f"lip{k}", slope, rho) for k, (slope, rho) in enumerate(pairs, 1)
                     if (slope, rho) != (1, 1) and size(slope) <= rho)

    def columns(self, values: Sequence[Sequence[Number]]) -> Term:
        """Return l -> the column of shape d(l) x 1 with these entries."""
        wide = max((len(column) for column in values), default=1) or 1
        rows = tuple(tuple(map(rational, (*column, *(0,) * (wide - len(column))))) for column in values)
        entry = ("at", ("rows", rows), plus("l", 1), "i")
        return ("lam", ("l",), ("build", "i", "j", by_layer(self.widths), 1, entry))

    def matrices(self, layers: Sequence[Layer]) -> Term:
        """Return l -> the matrix of shape d(l) x d(l-1) of the layer, biases left out."""
        wide = max(self.widths)
        rows = [(0,) * (wide * wide)]
        for layer in layers:
            padded = [(*row[:-1], *(0,) * (wide - len(row) + 1)) for row in layer]
            flat = [x for row in padded for x in row]
            rows.append(tuple(map(rational, (*flat, *(0,) * (wide * wide - len(flat))))))
        place = plus(("*", wide, "i"), "j", -wide) if wide > 1 else 1
        entry = ("at", ("rows", tuple(rows)), plus("l", 1), place)
        return ("lam", ("l",), ("build", "i", "j", by_layer(self.widths), by_layer(self.widths, -1), entry))

    def witness(self, *steps: Step, **more: Any) -> Witness:
        """Return the point as a witness, after steps of one's own and with more values."""
        return Witness((*self.lipschitz(), *steps, witness("end", **{**self.point(), **more})))


def size(x: Number) -> Number:
    """Return |x|."""
    return x if x >= 0 else -x


def lipschitz_step(name: str, slope: Number, rho: Number) -> Step:
    """|slope u - slope v| <= rho |u - v| for all u, v."""
    change, distance = plus(times(rational(slope), "u"), times(rational(-slope), "v")), ("abs", _UV)
    goal = ("all", (("u", "real"), ("v", "real")), (), ("<=", ("abs", change), times(rational(rho), distance)))
    return intro(name, goal, "", compute("a", ("<=", ("abs", rational(slope)), rational(rho))),
                 combine("b", ("<=", distance, distance)), apply("z", "textbook.abs_mul_le", use="a b"))


CHOICE = "iite(l, 0, {0}, iite(l, 1, {1}, {2}))"
"""A number for layer 0, for layer 1 and for the others, as text."""
WIDTHS_121 = CHOICE.format(1, 2, 1)
"""The widths of the network 1-2-1, as text."""
BEFORE_121 = WIDTHS_121.replace("l", "l - 1")
FIRST = "ite(l, 1, {0}, {1})"
"""An entry of the first layer, and one of the others."""


def table_121(body: str, columns: str = "1") -> str:
    """Return a family of matrices with the widths 1-2-1 as text."""
    return f"l -> build(i<={WIDTHS_121}, j<={columns}: {body})"


def by_layer(values: Sequence[Number], shift: int = 0) -> Term:
    """Return the term in l that is values[l + shift], and 0 beyond the last."""
    if all(value == values[0] for value in values) and values[0] == 1:
        return 1
    return ("at", ("rows", tuple((rational(value),) for value in values)), plus("l", 1 + shift), 1)

"""Instances of the training problem: a network as a directed acyclic graph, exact data, and a bound on the loss.

`NN-TRAIN(F)`: are there real weights, one for each edge and each bias, so that the total squared loss
`sum_i sum_t (N(x^i)_t - y^i_t)^2` is at most (or, strictly, below) the threshold? Labels may be "don't care"; a box for
the weights and pinned weights are separate fields, because they change how hard the question is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from hashlib import sha256

from theory.etr_training import instance_json
from theory.etr_training.instance_checks import (
    ACTIVATIONS,
    MAX_EDGES,
    check_data,
    check_graph,
    check_question,
    rows,
    within,
)
from theory.etr_training.rationals import Number, rational, shortened
from theory.language.errors import InputError, explain

EXACT_ACTIVATIONS = ("id", "relu", "step")
"""Activations that map rationals to rationals."""

Weights = Mapping[str, Fraction]

__all__ = ["ACTIVATIONS", "EXACT_ACTIVATIONS", "TrainingInstance", "Weights"]


@dataclass(frozen=True)
class TrainingInstance:
    """A network, its data and the question about its loss; numbers are converted to Fractions and checked.

    - `sources`: names of the inputs; `vertices`: (name, activation) of all other vertices, put into topological order;
    - `sinks`: the outputs, vertices without outgoing edges; `edges`: pairs (from, to);
    - `points`: n rows, a number for each source; `labels`: n rows, a number or None ("don't care") for each sink;
    - `threshold`: the loss has to be `<=` it, or `<` it if `strict`;
    - `box`: if not None, every free parameter lies in `[-box, box]`;
    - `biases`: vertices with a trainable bias, by default all; the others have bias 0;
    - `pinned`: (parameter, value) pairs of parameters that are not trained.

    The bias of `v` is the parameter `v`, the weight of the edge (u, v) is the parameter `u->v`.

    Raises InputError for cycles, unknown names or activations, rows of wrong length and sizes beyond the limits, and
    ExactnessError for floats.
    """

    sources: tuple[str, ...]
    vertices: tuple[tuple[str, str], ...]
    sinks: tuple[str, ...]
    edges: tuple[tuple[str, str], ...]
    points: tuple[tuple[Fraction, ...], ...]
    labels: tuple[tuple[Fraction | None, ...], ...]
    threshold: Fraction = Fraction(0)
    strict: bool = False
    box: Fraction | None = None
    biases: tuple[str, ...] = None  # type: ignore[assignment]
    pinned: tuple[tuple[str, Fraction], ...] = ()
    name: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        check_graph(self)
        check_data(self)
        check_question(self)

    # ---- names ----

    @cached_property
    def activation(self) -> Mapping[str, str]:
        """The activation of each vertex that is no source."""
        return dict(self.vertices)

    @cached_property
    def hidden(self) -> tuple[str, ...]:
        """Vertices that are neither sources nor sinks, in order."""
        outputs = set(self.sinks)
        return tuple(v for v, _ in self.vertices if v not in outputs)

    @cached_property
    def incoming(self) -> Mapping[str, tuple[str, ...]]:
        """For each vertex that is no source the tails of its incoming edges, in the order of `edges`."""
        tails: dict[str, list[str]] = {v: [] for v, _ in self.vertices}
        for u, v in self.edges:
            tails[v].append(u)
        return {v: tuple(us) for v, us in tails.items()}

    @cached_property
    def biased(self) -> frozenset[str]:
        """The vertices with a bias, as a set."""
        return frozenset(self.biases)

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """Names of all parameters: for each vertex in order its bias, if it has one, then its incoming edges."""
        return tuple(p for v, _ in self.vertices
                     for p in ((v,) if v in self.biased else ()) + tuple(f"{u}->{v}" for u in self.incoming[v]))

    @cached_property
    def free(self) -> tuple[str, ...]:
        """Names of the parameters that are trained."""
        fixed = dict(self.pinned)
        return tuple(p for p in self.parameters if p not in fixed)

    @property
    def output_bias(self) -> bool:
        """Whether some sink has a trainable bias."""
        return not self.biased.isdisjoint(self.sinks)

    @property
    def exact_fit(self) -> bool:
        """Whether the question is loss <= 0: every label has to be met."""
        return self.threshold == 0 and not self.strict

    def one_hidden_shape(self) -> tuple[int, int, int] | None:
        """Return (inputs, hidden units, outputs) of a plain net with one hidden layer, else None.

        Plain means: hidden units of one activation, each with a bias and an edge from every source and to every sink;
        identity sinks, all or none of them with a bias; no other edges, no pins, no box.
        """
        hidden, d, k = self.hidden, len(self.sources), len(self.sinks)
        biased = self.biased
        expected = {(s, h) for s in self.sources for h in hidden} | {(h, t) for h in hidden for t in self.sinks}
        plain = (set(self.edges) == expected and biased.issuperset(hidden)
                 and len({self.activation[h] for h in hidden}) <= 1
                 and all(self.activation[t] == "id" for t in self.sinks)
                 and len({t in biased for t in self.sinks}) == 1 and not self.pinned and self.box is None)
        return (d, len(hidden), k) if plain else None

    # ---- exact evaluation ----

    def complete(self, weights: Mapping[str, object]) -> dict[str, Fraction]:
        """Return exact values of all parameters; those of `pinned` may be left out.

        Raises InputError for missing or unknown names and values that contradict a pin.
        """
        fixed = dict(self.pinned)
        known = set(self.parameters)
        unknown = sorted(str(name) for name in weights if name not in known)
        missing = [name for name in self.free if name not in weights]
        if unknown or missing:
            found = f"unknown {unknown[:5]}" if unknown else f"none for {missing[:5]}"
            raise InputError(explain("weights", f"one value for each of {len(self.free)} free parameters", found,
                                     "The names are in `parameters`: a vertex for its bias, 'u->v' for an edge."))
        out = {name: rational(weights[name], f"weights[{name}]") if name in weights else fixed[name]
               for name in self.parameters}
        wrong = [name for name, value in fixed.items() if out[name] != value]
        if wrong:
            raise InputError(explain(f"weights[{wrong[0]}]", f"the pinned value {fixed[wrong[0]]}", out[wrong[0]],
                                     "Leave pinned parameters out."))
        return out

    def outputs(self, weights: Mapping[str, object]) -> tuple[tuple[Fraction, ...], ...]:
        """Return the exact outputs at all points, n rows with a number for each sink.

        Raises InputError for networks with sigmoid or sin vertices, whose values are no rationals.
        """
        inexact = [(v, act) for v, act in self.vertices if act not in EXACT_ACTIVATIONS]
        if inexact:
            raise InputError(explain("outputs", f"activations among {', '.join(EXACT_ACTIVATIONS)}",
                                     f"{inexact[0][1]} at {inexact[0][0]}", "Enclose its values in intervals instead."))
        values = self.complete(weights)
        return tuple(self._output(row, values) for row in self.points)

    def _output(self, row: tuple[Fraction, ...], values: Weights) -> tuple[Fraction, ...]:
        at: dict[str, Fraction] = dict(zip(self.sources, row))
        zero = Fraction(0)
        for v, activation in self.vertices:
            biased = zero if v not in values else values[v]
            z = biased + sum((values[f"{u}->{v}"] * at[u] for u in self.incoming[v]), zero)
            at[v] = {"id": z, "relu": max(z, zero), "step": Fraction(z > 0)}[activation]
        return tuple(at[t] for t in self.sinks)

    def loss(self, weights: Mapping[str, object]) -> Fraction:
        """Return the exact total squared loss; labels that are None are skipped."""
        found = self.outputs(weights)
        return sum(((out - label) ** 2 for outs, row in zip(found, self.labels) for out, label in zip(outs, row)
                    if label is not None), Fraction(0))

    def satisfied_by(self, weights: Mapping[str, object]) -> bool:
        """Whether weights lie in the box, respect the pins and bring the loss to the threshold."""
        values, box = self.complete(weights), self.box
        if box is not None and any(abs(values[name]) > box for name in self.free):
            return False
        loss = self.loss(values)
        return loss < self.threshold if self.strict else loss <= self.threshold

    # ---- other forms ----

    @classmethod
    def from_json(cls, source: str | Mapping[str, object] | os.PathLike[str]) -> TrainingInstance:
        """Return the instance in a JSON text, in the dict read from one, or in a file."""
        return cls(**instance_json.fields(source))

    def to_dict(self) -> dict[str, object]:
        """Return the instance as JSON holds it: lists, ints, texts `p/q`, `"*"` for "don't care"."""
        return instance_json.document(self)

    def to_json(self) -> str:
        """Return the instance as JSON text, the same for equal instances of equal name."""
        return instance_json.text(instance_json.document(self))

    @property
    def digest(self) -> str:
        """SHA-256 of the JSON text without the name."""
        document = {key: value for key, value in instance_json.document(self).items() if key != "name"}
        return sha256(instance_json.text(document).encode()).hexdigest()

    @classmethod
    def one_hidden_layer(cls, points: Sequence[Number | Sequence[Number]],
                         labels: Sequence[Number | None | Sequence[Number | None]], width: int,
                         activation: str = "relu", outputs: int | None = None, *, threshold: Number = 0,
                         strict: bool = False, box: Number | None = None, output_bias: bool = False,
                         name: str = "") -> TrainingInstance:
        """Return a fully connected net: sources x1..xd, hidden units h1..hw with biases, identity sinks y1..yk.

        A point or label may be a number instead of a tuple of one number. `outputs` is read off the labels; given, it
        is checked. A label is None where it does not matter.
        """
        xs, ys = rows(points, "points"), rows(labels, "labels")
        k = len(ys[0]) if ys else (outputs or 0)
        if outputs is not None and outputs != k:
            raise InputError(explain("outputs", f"{k}, the length of the labels", outputs, "Leave it out."))
        d = len(xs[0]) if xs else 0
        if isinstance(width, bool) or not isinstance(width, int) or width < 0:
            raise InputError(explain("width", "an integer >= 0", shortened(width), "Give the number of hidden units."))
        within("edges", width * (d + k), MAX_EDGES)
        sources = tuple(f"x{i}" for i in range(1, d + 1))
        hidden = tuple(f"h{j}" for j in range(1, width + 1))
        sinks = tuple(f"y{t}" for t in range(1, k + 1))
        edges = tuple((s, h) for h in hidden for s in sources) + tuple((h, t) for t in sinks for h in hidden)
        vertices = tuple((h, activation) for h in hidden) + tuple((t, "id") for t in sinks)
        return cls(sources, vertices, sinks, edges, xs, ys, threshold, strict, box,  # type: ignore[arg-type]
                   hidden + sinks if output_bias else hidden, (), name)

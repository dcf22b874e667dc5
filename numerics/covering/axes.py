"""Axis classes of a traced module: which axes of which parameters must be transformed together.

Every axis of every tensor carries a label. Axes that have to be permuted alike share a *unit class*, axes that have to
be multiplied alike share a *value class* (normalisation passes permutations on, but not factors). Residual additions,
entrywise operations and shared weights tie classes by union-find; whatever reaches an input or output of the module is
tied to the class `FIXED`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from numerics.modules.layers import HOMOGENEOUS, ODD, Layer, LayerGraph
from theory.language.errors import InputError, explain

FIXED = 0
LINEAR = frozenset({"linear", "scale", "sign"})
"""What may act on a value class: any invertible matrix, positive factors, or signs, one for each unit."""


class _Classes:
    """Union-find; class 0 is FIXED and stays a root."""

    def __init__(self) -> None:
        self._parent = [FIXED]

    def new(self) -> int:
        self._parent.append(len(self._parent))
        return len(self._parent) - 1

    def root(self, one: int) -> int:
        while self._parent[one] != one:
            self._parent[one] = self._parent[self._parent[one]]
            one = self._parent[one]
        return one

    def tie(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low


@dataclass(frozen=True)
class Label:
    """An axis of `size * block` entries: unit k of its class owns the entries k*block .. k*block + block - 1."""

    units: int
    values: int
    size: int
    block: int = 1


NONE = Label(FIXED, FIXED, 1)


@dataclass(frozen=True)
class Use:
    """How the classes act on a parameter or running statistic.

    `axis` is transformed by the class of `label`: as rows that a class produces (`side` "out": G t), as columns that
    read it ("in": t G^-1), or, for a normalisation between two value classes, entry by entry ("norm").
    """

    name: str
    axis: int
    side: str
    label: Label
    source: Label = NONE


@dataclass
class Axes:
    """The classes of a module: unit classes with their sizes and groups, value classes with what may act on them."""

    uses: list[Use] = field(default_factory=list)
    allowed: dict[int, frozenset[str]] = field(default_factory=dict)
    groups: dict[int, set[int]] = field(default_factory=dict)
    attentions: dict[str, Layer] = field(default_factory=dict)
    made: list[Label] = field(default_factory=list)
    paths: dict[int, list[str]] = field(default_factory=dict)
    units: _Classes = field(default_factory=_Classes)
    values: _Classes = field(default_factory=_Classes)

    def unit_classes(self) -> dict[int, int]:
        """Free unit classes with their sizes."""
        found = {self.units.root(label.units): label.size for label in self.made}
        return {root: size for root, size in sorted(found.items()) if root != FIXED}

    def value_classes(self) -> dict[int, Label]:
        """Free value classes, each with a label of its units; those of a fixed unit class included."""
        found = {self.values.root(label.values): label for label in self.made}
        return {root: label for root, label in sorted(found.items()) if root != FIXED}

    def may(self, value_class: int) -> frozenset[str]:
        """What may act on a value class: the intersection over its members."""
        every = [allowed for one, allowed in self.allowed.items() if self.values.root(one) == value_class]
        return frozenset.intersection(LINEAR, *every)

    def grouping(self, unit_class: int) -> frozenset[int]:
        """The numbers of groups that permutations of a unit class have to respect."""
        return frozenset(g for one, some in self.groups.items() if self.units.root(one) == unit_class for g in some)


def find_axes(graph: LayerGraph) -> Axes:
    """Return the axis classes of a traced module. Raises InputError where a tie is not understood."""
    finder = _Finder(graph)
    for position in range(len(graph.layers)):
        finder.visit(position)
    return finder.axes


class _Finder:
    """One pass over the layers; `labels[k]` are the labels of the axes of the value of layer k."""

    def __init__(self, graph: LayerGraph) -> None:
        self.graph, self.axes = graph, Axes()
        self.labels: list[list[Label]] = []
        self._tied: dict[tuple[str, int, str], Use] = {}

    def visit(self, position: int) -> None:
        layer = self.graph.layers[position]
        before = [self.labels[i] for i in layer.inputs]
        self.labels.append(self._VISITS[layer.kind](self, layer, before))

    def _new(self, size: int, path: str, block: int = 1) -> Label:
        label = Label(self.axes.units.new(), self.axes.values.new(), size, block)
        self.axes.made.append(label)
        self.axes.paths.setdefault(label.units, []).append(path)
        return label

    def _renewed(self, label: Label) -> Label:
        """The same units with a value class of their own: behind a normalisation."""
        fresh = replace(label, values=self.axes.values.new())
        self.axes.made.append(fresh)
        return fresh

    def _restrict(self, label: Label, allowed: frozenset[str]) -> None:
        old = self.axes.allowed.get(label.values, LINEAR)
        self.axes.allowed[label.values] = old & allowed

    def _tie(self, path: str, one: Label, other: Label) -> None:
        if (one.size, one.block) != (other.size, other.block) and FIXED not in (
                self.axes.units.root(one.units), self.axes.units.root(other.units)):
            raise InputError(explain(f"layer {path}", "axes with the same units",
                                     f"{one.size} x {one.block} and {other.size} x {other.block}",
                                     "Symmetries across such a tie are not understood; cut the module there."))
        self.axes.units.tie(one.units, other.units)
        self.axes.values.tie(one.values, other.values)

    def _use(self, path: str, use: Use) -> None:
        """Register a use of a parameter; a second one (shared weights) ties the classes."""
        key = (use.name, use.axis, use.side)
        earlier = self._tied.get(key)
        if earlier is None:
            self._tied[key] = use
            self.axes.uses.append(use)
            return
        self._tie(path, earlier.label, use.label)
        if use.side == "norm":
            self._tie(path, earlier.source, use.source)

    def _fixed(self, layer: Layer) -> list[Label]:
        return [Label(FIXED, FIXED, n) for n in layer.shape]

    def _input(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        return self._fixed(layer)

    def _output(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        for label in before[0]:
            self.axes.units.tie(FIXED, label.units)
            self.axes.values.tie(FIXED, label.values)
        return before[0]

    def _linear(self, layer: Layer, before: list[list[Label]], axis: int = -1) -> list[Label]:
        weight = layer.parameters["weight"]
        out = self._new(self.graph.shapes[weight][0], layer.path)
        self._use(layer.path, Use(weight, 1, "in", before[0][axis]))
        self._use(layer.path, Use(weight, 0, "out", out))
        if "bias" in layer.parameters:
            self._use(layer.path, Use(layer.parameters["bias"], 0, "out", out))
        labels = self._fixed(layer)
        for k, label in enumerate(before[0]):
            if axis == -1:  # a Linear layer acts on the last axis alone
                labels[k] = label
        labels[axis] = out
        return labels

    def _conv(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        if layer.settings["groups"] == 1:
            return self._linear(layer, before, axis=1)
        return self._depthwise(layer, before)

    def _depthwise(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        weight = layer.parameters["weight"]
        source = before[0][1]
        if self.graph.shapes[weight][0] != source.size:
            raise InputError(explain(f"layer {layer.path}", "a depthwise convolution with one filter a channel",
                                     f"{self.graph.shapes[weight][0]} filters for {source.size} channels",
                                     "Use as many filters as channels."))
        out = self._renewed(source)
        for label in (source, out):
            self._restrict(label, frozenset({"scale", "sign"}))
        self._use(layer.path, Use(weight, 0, "norm", out, source))
        if "bias" in layer.parameters:
            self._use(layer.path, Use(layer.parameters["bias"], 0, "out", out))
        labels = self._fixed(layer)
        labels[1] = out
        return labels

    def _activation(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        name = layer.settings["name"]
        allowed = LINEAR if name == "identity" else frozenset(
            kind for kind, names in (("scale", HOMOGENEOUS), ("sign", ODD)) if name in names)
        for label in before[0]:
            self._restrict(label, allowed)
        return before[0]

    def _norm(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        """Normalisation: factors end here, permutations pass; its own weights start new factors."""
        axis = -1 if layer.kind == "layer_norm" else 1
        if layer.settings.get("axes", 1) != 1:
            raise InputError(explain(f"layer {layer.path}", "LayerNorm over the last axis",
                                     f"over {layer.settings['axes']} axes", "Normalise one axis."))
        source, affine = before[0][axis], "weight" in layer.parameters
        signs = layer.kind == "batch_norm" and affine and layer.settings["running"]
        self._restrict(source, frozenset({"sign"}) if signs else frozenset())
        if layer.kind == "group_norm":
            self.axes.groups.setdefault(source.units, set()).add(layer.settings["groups"])
        out = self._renewed(source)
        self._restrict(out, frozenset({"scale", "sign"}) if affine else frozenset())
        if affine:
            self._use(layer.path, Use(layer.parameters["weight"], 0, "norm", out, source if signs else NONE))
            self._use(layer.path, Use(layer.parameters["bias"], 0, "out", out))
        if layer.kind == "batch_norm" and layer.settings["running"]:
            self._use(layer.path, Use(f"{layer.path}.running_mean", 0, "out", source))
            self._use(layer.path, Use(f"{layer.path}.running_var", 0, "units", source))
        labels = list(before[0])
        labels[axis] = out
        return labels

    def _add(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        for one, other in zip(*before, strict=True):
            self._tie(layer.path, one, other)
        return before[0]

    def _flatten(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        batch, first, *rest = before[0]
        free = [k for k, label in enumerate((first, *rest)) if self.axes.units.root(label.units) != FIXED]
        if any(k > 0 for k in free):
            for label in (first, *rest):  # units inside blocks of other axes: nothing may move
                self._output(layer, [[label]])
        block = first.block
        for label in rest:
            block *= label.size * label.block
        return [batch, replace(first, block=block)]

    def _pool(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        channels = before[0][1]
        self._restrict(channels, frozenset({"scale"}) if layer.settings["maximum"] else LINEAR)
        labels = self._fixed(layer)
        labels[1] = channels
        return labels

    def _mean(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        for axis in layer.settings["axes"]:
            self._restrict(before[0][axis], frozenset())
        if layer.settings["keep"]:
            return [Label(FIXED, FIXED, 1) if k in layer.settings["axes"] else b for k, b in enumerate(before[0])]
        return [label for k, label in enumerate(before[0]) if k not in layer.settings["axes"]]

    def _attention(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        self.axes.attentions.setdefault(layer.parameters["in_proj_weight"], layer)
        out = self._new(layer.settings["size"], layer.path)
        self._use(layer.path, Use(layer.parameters["in_proj_weight"], 1, "in", before[0][-1]))
        self._use(layer.path, Use(layer.parameters["out_proj.weight"], 0, "out", out))
        if "out_proj.bias" in layer.parameters:
            self._use(layer.path, Use(layer.parameters["out_proj.bias"], 0, "out", out))
        return [*before[0][:-1], out]

    def _same(self, layer: Layer, before: list[list[Label]]) -> list[Label]:
        return before[0]

    _VISITS: dict[str, Callable[..., list[Label]]] = {
        "input": _input, "output": _output, "linear": _linear, "conv": _conv, "activation": _activation,
        "batch_norm": _norm, "group_norm": _norm, "layer_norm": _norm, "add": _add, "flatten": _flatten, "pool": _pool,
        "mean": _mean, "attention": _attention, "identity": _same,
    }

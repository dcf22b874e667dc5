"""From a traced torch module to the layer graph of `covering.graph_modulus`: fan-in, boxes, fixed statistics.

The class is that of all parameters in [-B, B] with the running statistics of the module; its functions are real
functions of exact weights, evaluated as in `eval` mode.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt, prod
from typing import Any

from torch import nn

from numerics.modules.layers import LIPSCHITZ, Layer, LayerGraph
from numerics.modules.weights import dyadic
from theory.covering import GraphLayer, Reads
from theory.language.errors import InputError, explain

OFFSET = {"sigmoid": Fraction(1, 2), "softplus": Fraction(7, 10), "hardsigmoid": Fraction(1, 2)}
"""Bounds of |sigma(0)| of activations that do not vanish at 0 (softplus: ln 2 < 7/10)."""


class NoModulus(InputError):
    """A layer has no parameter modulus here; the message says which and why."""


@dataclass(frozen=True)
class BoundedLayers:
    """The layers with the box filled in; `groups` names the parameters behind each group, `sizes` counts them."""

    layers: tuple[GraphLayer, ...]
    groups: tuple[str, ...]
    sizes: tuple[int, ...]


def bounded_layers(graph: LayerGraph, module: nn.Module, bound: Fraction) -> BoundedLayers:
    """Return the layer graph of a module with all parameters in [-bound, bound].

    Raises NoModulus for LayerNorm, GroupNorm, attention, norms by batch statistics, and activations without a known
    Lipschitz constant.
    """
    return _Builder(graph, module, bound).result()


class _Builder:
    def __init__(self, graph: LayerGraph, module: nn.Module, bound: Fraction) -> None:
        self.graph, self.module, self.bound = graph, module, bound
        self.layers: list[GraphLayer] = []
        self.at: list[int] = []
        self.groups: dict[str, int] = {}
        self.sizes: list[int] = []

    def result(self) -> BoundedLayers:
        for layer in self.graph.layers:
            sources = [self.at[i] for i in layer.inputs]
            made = self._MAKE.get(layer.kind, _Builder._none)(self, layer, sources)
            if made is not None:
                self.layers.append(made)
            self.at.append(len(self.layers) if made is not None else (sources[0] if sources else 0))
        return BoundedLayers(tuple(self.layers), tuple(self.groups), tuple(self.sizes))

    def _group(self, layer: Layer, *roles: str) -> int:
        """The group of a layer's parameters; tied layers share it."""
        name = layer.parameters[roles[0]]
        if name not in self.groups:
            self.groups[name] = len(self.groups)
            self.sizes.append(sum(prod(self.graph.shapes[layer.parameters[r]]) for r in roles if r in layer.parameters))
        return self.groups[name]

    def _none(self, layer: Layer, sources: list[int]) -> GraphLayer:
        raise NoModulus(explain(f"layer {layer.path}", "a layer with a proved parameter modulus", layer.kind,
                                "Bounds that need a modulus do not apply; counts and symmetries do."))

    def _same(self, layer: Layer, sources: list[int]) -> None:
        return None

    def _affine(self, layer: Layer, sources: list[int]) -> GraphLayer:
        shape = self.graph.shapes[layer.parameters["weight"]]
        group = self._group(layer, "weight", "bias")
        reads = (Reads(sources[0], prod(shape[1:]), self.bound, group),)
        biased = "bias" in layer.parameters
        return GraphLayer(reads, self.bound if biased else Fraction(0), group if biased else None)

    def _activation(self, layer: Layer, sources: list[int]) -> GraphLayer:
        name = layer.settings["name"]
        if name not in LIPSCHITZ:
            raise NoModulus(explain(f"layer {layer.path}", "a Lipschitz activation with a known constant", name,
                                    f"Known are {', '.join(sorted(LIPSCHITZ))}."))
        return GraphLayer((Reads(sources[0], 1, Fraction(1)),), lipschitz=Fraction(LIPSCHITZ[name]),
                          offset=OFFSET.get(name, Fraction(0)))

    def _batch_norm(self, layer: Layer, sources: list[int]) -> GraphLayer:
        norm = self.module.get_submodule(layer.path)
        if not layer.settings["running"]:
            return self._none(layer, sources)
        inverse, shift = _statistics(norm)
        if "weight" not in layer.parameters:
            return GraphLayer((Reads(sources[0], 1, inverse),), shift)
        group = self._group(layer, "weight", "bias")
        reads = (Reads(sources[0], 1, self.bound*inverse, group, inverse),)
        return GraphLayer(reads, self.bound*(1 + shift), group, 1 + shift)

    def _add(self, layer: Layer, sources: list[int]) -> GraphLayer:
        return GraphLayer(tuple(Reads(source, 1, Fraction(1)) for source in sources))

    def _pool(self, layer: Layer, sources: list[int]) -> GraphLayer:
        return GraphLayer((Reads(sources[0], 1, Fraction(1)),), maximum=layer.settings["maximum"])

    _MAKE: dict[str, Callable[..., GraphLayer | None]] = {
        "input": _same, "output": _same, "identity": _same, "flatten": _same, "linear": _affine, "conv": _affine,
        "activation": _activation, "batch_norm": _batch_norm, "add": _add, "pool": _pool, "mean": _same,
    }


def _statistics(norm: Any) -> tuple[Fraction, Fraction]:
    """Upper bounds of 1/s and |mean|/s over all channels, s = sqrt(var + eps)."""
    spread = [v + Fraction(norm.eps) for v in dyadic(norm.running_var)]
    inverses = [_root_above(1/v) for v in spread]
    means = [abs(m) for m in dyadic(norm.running_mean)]
    return max(inverses), max(m*inverse for m, inverse in zip(means, inverses))


def _root_above(value: Fraction) -> Fraction:
    """A fraction just above the square root."""
    scaled = -(-(value.numerator << 80)//value.denominator)
    return Fraction(isqrt(scaled) + 1, 1 << 40)

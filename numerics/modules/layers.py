"""The layer graph of a torch module as frozen data: what each layer does, on which tensors, with which parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

ODD = frozenset({"tanh", "identity", "softsign", "hardtanh", "tanhshrink", "softshrink", "hardshrink"})
"""Activations with sigma(-z) = -sigma(z)."""

HOMOGENEOUS = frozenset({"relu", "leaky_relu", "identity"})
"""Activations with sigma(c z) = c sigma(z) for every c > 0."""

LIPSCHITZ = {
    "relu": "1", "leaky_relu": "1", "identity": "1", "tanh": "1", "sigmoid": "0.25", "hardtanh": "1", "softsign": "1",
    "tanhshrink": "1", "softshrink": "1", "elu": "1", "softplus": "1", "relu6": "1", "gelu": "1.129", "silu": "1.1",
    "hardsigmoid": "1/6",
}
"""Upper bounds of global Lipschitz constants with the layers' default settings, as exact decimals or fractions."""


@dataclass(frozen=True)
class Layer:
    """One operation of the graph.

    - `kind`: input, linear, conv, activation, batch_norm, group_norm, layer_norm, add, flatten, pool, mean, attention,
      identity, select or output;
    - `path`: the module path (`features.0`) or, for a function, its name in the trace;
    - `inputs`: positions of the layers it reads, all before it; `shape`: of its output, batch axis included;
    - `parameters`: role -> canonical parameter name; tied parameters have one name;
    - `settings`: what else matters (activation name, groups, heads, axes).
    """

    kind: str
    path: str
    inputs: tuple[int, ...]
    shape: tuple[int, ...]
    parameters: Mapping[str, str] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LayerGraph:
    """All layers in an order in which they can be run, and the shapes of all parameters by canonical name."""

    layers: tuple[Layer, ...]
    shapes: Mapping[str, tuple[int, ...]]

    @property
    def parameter_count(self) -> int:
        """S, the number of trainable numbers; tied ones are counted once."""
        total = 0
        for shape in self.shapes.values():
            size = 1
            for n in shape:
                size *= n
            total += size
        return total

    @property
    def widths(self) -> tuple[int, ...] | None:
        """(d_0, ..., d_{L+1}) if the module is a chain of Linear layers with biases and activations, else None."""
        widths: list[int] = []
        for position, layer in enumerate(self.layers):
            chained = layer.inputs == ((position - 1,) if position else ())
            if not chained or layer.kind not in ("input", "linear", "activation", "identity", "flatten", "output"):
                return None
            if layer.kind == "flatten" and widths:
                return None
            if layer.kind == "linear":
                outputs, inputs = self.shapes[layer.parameters["weight"]]
                if "bias" not in layer.parameters or (widths and widths[-1] != inputs):
                    return None
                widths += [outputs] if widths else [inputs, outputs]
        distinct = {layer.parameters["weight"] for layer in self.layers if layer.kind == "linear"}
        return tuple(widths) if len(distinct) == len(widths) - 1 > 0 else None

    def to_text(self) -> str:
        """Return one line for each layer."""
        return "\n".join(f"{k:3} {layer.kind:11} {layer.path:24} {list(layer.inputs)} -> {layer.shape}"
                         for k, layer in enumerate(self.layers))

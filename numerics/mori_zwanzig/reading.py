"""From a torch module to the layers F_n(x) = phi(W x + c) or x + h phi(W x + c) of a chain, and its affine readout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from numerics.modules import Layer, UnreadableLayer, dyadic, read
from numerics.mori_zwanzig.activations import Activation, Array, activation
from theory.language.errors import InputError, explain


class Residual(nn.Module):
    """The block x + h phi(W x + c), which a chain reads as one layer.

    Args:
        linear: W and c, with as many outputs as inputs; nonlinearity: the module of phi; step: h.
    """

    def __init__(self, linear: nn.Linear, nonlinearity: nn.Module, step: float = 1.0) -> None:
        super().__init__()
        if linear.in_features != linear.out_features:
            raise InputError(explain("Residual", "as many outputs as inputs",
                                     f"{linear.in_features} -> {linear.out_features}", "Use a square Linear."))
        self.linear, self.nonlinearity, self.step = linear, nonlinearity, float(step)

    def forward(self, x: Tensor) -> Tensor:
        """x + h phi(W x + c)."""
        return x + self.step*self.nonlinearity(self.linear(x))


@dataclass(frozen=True, eq=False)
class Step:
    """One layer: weight of shape (outputs, inputs), bias, phi, and h when x is added back (else None)."""

    weight: Array
    bias: Array
    phi: Activation
    residual: float | None = None


@dataclass(frozen=True, eq=False)
class Read:
    """All layers of a module and its readout (alpha of shape (outputs, N_L), beta), if it ends in a bare Linear."""

    steps: tuple[Step, ...]
    readout: tuple[Array, Array] | None


def read_steps(module: nn.Module, inputs: int) -> Read:
    """Read a module: Sequential of Linear, activations, `Residual` blocks; or any traced chain with x + phi(W x + c).

    A Linear that is followed by another Linear (or by Identity) is a layer with phi = identity; a last Linear with
    nothing behind it is the readout and no layer.

    Raises InputError (UnreadableLayer for single operations) and says which layer and why.
    """
    pieces: list[nn.Module] = []
    for child in _children(module):
        if isinstance(child, Residual) or not pieces or isinstance(pieces[-1], Residual):
            pieces.append(child if isinstance(child, Residual) else nn.Sequential())
        if not isinstance(child, Residual):
            pieces[-1].append(child)
    reader = _Reader(inputs)
    for piece in pieces:
        reader.block(piece) if isinstance(piece, Residual) else reader.segment(piece)
    return reader.result()


def _children(module: nn.Module) -> list[nn.Module]:
    if not isinstance(module, nn.Sequential):
        return [module]
    return [leaf for child in module for leaf in _children(child)]


def _array(tensor: Tensor, *shape: int) -> Array:
    # dyadic refuses NaN, infinities and quantized weights
    return np.array([float(v) for v in dyadic(tensor)], dtype=np.float64).reshape(shape)


@dataclass(frozen=True, eq=False)
class _Value:
    """A value of the trace: a state (weight None), or phi(W state + c); phi None before any activation."""

    state: int
    weight: Array | None = None
    bias: Array | None = None
    phi: Activation | None = None


class _Reader:
    """Builds the steps; `last` is the value at the end of what was read so far."""

    def __init__(self, inputs: int) -> None:
        self.steps: list[Step] = []
        self.width = inputs
        self.last = _Value(0)

    def result(self) -> Read:
        bare = self.last.weight is not None and self.last.phi is None
        readout = (self.last.weight, self.last.bias) if bare else None
        if not bare:
            self._state(self.last, "output")
        if not self.steps:
            raise InputError(explain("module", "at least one layer with an activation (or Identity) behind its Linear",
                                     "none", "A bare last Linear is the readout, which has no noise."))
        return Read(tuple(self.steps), readout)

    def _state(self, value: _Value, path: str) -> _Value:
        """Close a value as a layer, so that it becomes a state."""
        if value.weight is None or value.bias is None:
            return value
        if value.state != len(self.steps):
            raise _branch(path)
        self.steps.append(Step(value.weight, value.bias, value.phi or activation("identity")))
        return _Value(len(self.steps))

    def block(self, block: Residual) -> None:
        self._state(self.last, "residual")
        inner = _Reader(block.linear.in_features)
        inner.segment(nn.Sequential(block.linear, block.nonlinearity))
        if inner.last.phi is None or inner.steps:
            raise InputError(explain("Residual", "one Linear and one activation", "something else",
                                     "Use Residual(nn.Linear(n, n), nn.Tanh(), step)."))
        self.steps.append(Step(inner.last.weight, inner.last.bias, inner.last.phi, block.step))
        self.last, self.width = _Value(len(self.steps)), block.linear.in_features

    def segment(self, module: nn.Module) -> None:
        dtype = next((p.dtype for p in module.parameters()), torch.float64)
        graph = read(module, torch.zeros(1, self.width, dtype=dtype))
        values: list[_Value] = []
        tensors = dict(module.named_parameters())
        for layer in graph.layers:
            values.append(self._value(layer, values, module, tensors))
        self.last, self.width = values[-1], graph.layers[-1].shape[-1]

    def _value(self, layer: Layer, values: list[_Value], module: nn.Module, tensors: dict[str, Any]) -> _Value:
        if layer.kind == "input":
            return self.last
        source = values[layer.inputs[0]]
        if layer.kind in ("output", "flatten"):
            return source
        if layer.kind == "identity":
            explicit = isinstance(_submodule(module, layer.path), nn.Identity)
            bare = source.weight is not None and source.phi is None
            return _Value(source.state, source.weight, source.bias, activation("identity")) if explicit and bare \
                else source
        if layer.kind == "linear":
            state = self._closed(values, layer.inputs[0], layer.path)
            weight = tensors[layer.parameters["weight"]]
            bias = tensors[layer.parameters["bias"]] if "bias" in layer.parameters else torch.zeros(weight.shape[0])
            return _Value(state.state, _array(weight, *weight.shape), _array(bias, weight.shape[0]))
        if layer.kind == "activation" and source.weight is not None and source.phi is None:
            return _Value(source.state, source.weight, source.bias, _phi(layer, module))
        if layer.kind == "add":
            return self._sum(values, layer)
        raise UnreadableLayer(explain(f"layer {layer.path}", "Linear, then an activation (or x + phi(W x + c))",
                                      layer.kind, "A noisy chain is made of such layers only."))

    def _closed(self, values: list[_Value], position: int, path: str) -> _Value:
        """The value as a state; everything that reads it later sees the same state."""
        before = values[position]
        state = self._state(before, path)
        for k, value in enumerate(values):
            if value is before:
                values[k] = state
        return state

    def _sum(self, values: list[_Value], layer: Layer) -> _Value:
        first, second = (values[k] for k in layer.inputs)
        skip, branch = (first, second) if first.weight is None else (second, first)
        if skip.weight is not None or branch.phi is None or branch.weight is None or branch.bias is None \
                or skip.state != branch.state or branch.state != len(self.steps):
            raise _branch(layer.path)
        self.steps.append(Step(branch.weight, branch.bias, branch.phi, 1.0))
        return _Value(len(self.steps))


def _branch(path: str) -> UnreadableLayer:
    return UnreadableLayer(explain(f"layer {path}", "a chain of layers phi(W x + c) or x + phi(W x + c)",
                                   "a branch of another form", "A Markov chain of layers has no longer skips."))


def _submodule(module: nn.Module, path: str) -> nn.Module | None:
    try:
        return module.get_submodule(path)
    except AttributeError:
        return None


def _phi(layer: Layer, module: nn.Module) -> Activation:
    name, home = str(layer.settings["name"]), _submodule(module, layer.path)
    if name == "leaky_relu" and not isinstance(home, nn.LeakyReLU):
        raise InputError(explain(f"layer {layer.path}", "nn.LeakyReLU as a module, so that its slope is known",
                                 "a function", "Use the module."))
    if isinstance(home, nn.Hardtanh) and not isinstance(home, nn.ReLU6) and (home.min_val, home.max_val) != (-1, 1):
        raise InputError(explain(f"layer {layer.path}", "Hardtanh with the ends -1 and 1",
                                 (home.min_val, home.max_val), "Rescale the neighbouring Linear layers."))
    return activation(name, home.negative_slope if isinstance(home, nn.LeakyReLU) else 0.01)

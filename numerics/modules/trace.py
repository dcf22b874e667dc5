"""Reading a `torch.nn.Module` by tracing: the layer graph, or the path and type of the layer that cannot be read."""

from __future__ import annotations

import operator
from typing import Any

import torch
from torch import Tensor, fx, nn
from torch.nn import functional

from numerics.modules.activation_settings import is_gentle_slope, own_arguments, own_settings
from numerics.modules.layers import Layer, LayerGraph
from theory.language.errors import InputError, explain


class UnreadableLayer(InputError):
    """A module holds an operation that is not understood; nothing is guessed about it."""


def _unreadable(path: str, what: str, remedy: str) -> UnreadableLayer:
    return UnreadableLayer(explain(f"layer {path or '(the module itself)'}", "an operation listed in numerics.modules",
                                   what, remedy))


def _unusual(path: str, found: str) -> UnreadableLayer:
    # LeakyReLU(3) is not 1-Lipschitz, Hardtanh(-1, 2) is not odd
    return UnreadableLayer(explain(f"activation {path}", "default settings, whose constants are known", found,
                                   "Use the default settings (LeakyReLU: a slope in [0, 1]), or move the factor into"
                                   " the weights."))


ACTIVATIONS: dict[type[nn.Module], str] = {
    nn.ReLU: "relu", nn.LeakyReLU: "leaky_relu", nn.Tanh: "tanh", nn.Sigmoid: "sigmoid", nn.GELU: "gelu",
    nn.SiLU: "silu", nn.Softplus: "softplus", nn.ELU: "elu", nn.Hardtanh: "hardtanh", nn.ReLU6: "relu6",
    nn.Softsign: "softsign", nn.Tanhshrink: "tanhshrink", nn.Softshrink: "softshrink", nn.Hardshrink: "hardshrink",
    nn.Hardsigmoid: "hardsigmoid",
}
"""Activation modules, all entrywise."""

FUNCTIONS: dict[Any, str] = {
    torch.relu: "relu", functional.relu: "relu", torch.tanh: "tanh", functional.tanh: "tanh",
    torch.sigmoid: "sigmoid", functional.sigmoid: "sigmoid", functional.gelu: "gelu", functional.silu: "silu",
    functional.leaky_relu: "leaky_relu", functional.softplus: "softplus", functional.elu: "elu",
    "relu": "relu", "tanh": "tanh", "sigmoid": "sigmoid",
}
"""Activations as functions and as tensor methods."""

POOLS = (nn.MaxPool1d, nn.MaxPool2d, nn.AvgPool1d, nn.AvgPool2d, nn.AdaptiveAvgPool1d, nn.AdaptiveAvgPool2d,
         nn.AdaptiveMaxPool1d, nn.AdaptiveMaxPool2d)
IDENTITIES = (nn.Identity, nn.Dropout, nn.Dropout1d, nn.Dropout2d)


def read(module: nn.Module, example_input: Tensor) -> LayerGraph:
    """Trace a module in evaluation mode and return its layer graph.

    Args:
        module: built of Linear, Conv1d/2d, BatchNorm, GroupNorm, LayerNorm, MultiheadAttention (self-attention,
            `batch_first`), activations, pooling, Flatten, Dropout, additions of equal shapes, means over axes.
        example_input: a tensor with a batch axis; only its shape matters.

    Raises:
        UnreadableLayer: names the path and type of the first operation that is not understood, and what to do.
    """
    training = module.training
    module.eval()
    try:
        _run(module, example_input)
        traced = _traced(module)
        shapes = _Shapes(traced)
        with torch.no_grad():
            shapes.run(example_input)
    finally:
        module.train(training)
    return _Reader(module, traced, shapes.found).graph()


def _run(module: nn.Module, example_input: Tensor) -> None:
    try:
        with torch.no_grad():
            module(example_input)
    except (RuntimeError, TypeError, ValueError, IndexError) as error:
        raise InputError(explain("module", "an example input that runs through it", str(error).split("\n")[0],
                                 "Give a tensor of the shape that the module expects, batch axis included.")) from None


class _Shapes(fx.Interpreter):
    """Runs a trace and keeps the shape of every value; of several outputs, that of the first."""

    def __init__(self, traced: fx.GraphModule) -> None:
        super().__init__(traced)
        self.found: dict[fx.Node, tuple[int, ...]] = {}

    def run_node(self, n: fx.Node) -> Any:
        value = super().run_node(n)
        first = value[0] if isinstance(value, tuple) else value
        self.found[n] = tuple(first.shape) if isinstance(first, Tensor) else ()
        return value


def _traced(module: nn.Module) -> fx.GraphModule:
    try:
        return fx.symbolic_trace(module)
    except fx.proxy.TraceError as error:
        raise _unreadable(type(module).__name__, str(error).split("\n")[0],
                          "Its forward depends on data; write the branch as a module of its own or fix it.") from None


class _Reader:
    """One pass over the traced graph."""

    def __init__(self, module: nn.Module, traced: fx.GraphModule, shapes: dict[fx.Node, tuple[int, ...]]) -> None:
        self.traced, self.found = traced, shapes
        self.layers: list[Layer] = []
        self.position: dict[fx.Node, int] = {}
        self.names = {id(p): name for name, p in module.named_parameters()}
        self.shapes = {name: tuple(p.shape) for name, p in module.named_parameters()}

    def graph(self) -> LayerGraph:
        """The layer graph; layers that nothing reads are left out by the trace's own dead-code rule."""
        for node in self.traced.graph.nodes:
            if node.op != "output" and not node.users:
                continue
            self._node(node)
        return LayerGraph(tuple(self.layers), self.shapes)

    def _add(self, node: fx.Node, kind: str, path: str, inputs: tuple[fx.Node, ...],
             parameters: dict[str, str] | None = None, **settings: Any) -> None:
        shape = self.found[node]
        self.position[node] = len(self.layers)
        where = tuple(self.position[i] for i in inputs)
        self.layers.append(Layer(kind, path, where, shape, parameters or {}, settings))

    def _node(self, node: fx.Node) -> None:
        if node.op == "placeholder":
            self._add(node, "input", str(node.target), ())
        elif node.op == "output":
            self._output(node)
        elif node.op == "call_module":
            self._module(node, self.traced.get_submodule(str(node.target)), str(node.target))
        elif node.op in ("call_function", "call_method"):
            self._function(node)
        else:
            raise _unreadable(str(node.target), f"a bare parameter or buffer ({node.op})",
                              "Put it into a Linear, Conv or norm layer.")

    def _output(self, node: fx.Node) -> None:
        (value,) = node.args
        if not isinstance(value, fx.Node):
            raise _unreadable("output", f"{type(value).__name__} of outputs", "Return one tensor.")
        self.position[node] = len(self.layers)
        at = self.position[value]
        self.layers.append(Layer("output", "output", (at,), self.layers[at].shape))

    def _parameters(self, layer: nn.Module, *roles: str) -> dict[str, str]:
        found = {role: getattr(layer, role) for role in roles}
        return {role: self.names[id(p)] for role, p in found.items() if p is not None}

    def _module(self, node: fx.Node, layer: Any, path: str) -> None:
        inputs = tuple(a for a in node.args if isinstance(a, fx.Node))
        kind = type(layer)
        if kind in ACTIVATIONS:
            if own_settings(layer) and not is_gentle_slope(layer):
                raise _unusual(path, str(layer))
            self._add(node, "activation", path, inputs, name=ACTIVATIONS[kind])
        elif kind is nn.PReLU:
            raise _unreadable(path, "PReLU, an activation with a trained slope", "Use LeakyReLU with a fixed slope.")
        elif kind in IDENTITIES:
            self._add(node, "identity", path, inputs)
        elif kind in POOLS:
            if getattr(layer, "divisor_override", None) is not None:
                raise _unreadable(path, f"a pooling with its own divisor {layer.divisor_override}",
                                  "Leave divisor_override out, or move the factor into the weights.")
            self._add(node, "pool", path, inputs, maximum="Max" in kind.__name__)
        elif kind is nn.Linear:
            self._add(node, "linear", path, inputs, self._parameters(layer, "weight", "bias"))
        elif kind in (nn.Conv1d, nn.Conv2d):
            self._conv(node, layer, path, inputs)
        elif kind in (nn.BatchNorm1d, nn.BatchNorm2d):
            self._add(node, "batch_norm", path, inputs, self._parameters(layer, "weight", "bias"),
                      running=layer.track_running_stats)
        elif kind is nn.GroupNorm:
            self._add(node, "group_norm", path, inputs, self._parameters(layer, "weight", "bias"),
                      groups=layer.num_groups)
        elif kind is nn.LayerNorm:
            self._add(node, "layer_norm", path, inputs, self._parameters(layer, "weight", "bias"),
                      axes=len(layer.normalized_shape))
        elif kind is nn.Flatten:
            self._flatten(node, path, inputs, layer.start_dim, layer.end_dim)
        elif kind is nn.MultiheadAttention:
            self._attention(node, layer, path)
        else:
            raise _unreadable(path, f"{kind.__module__}.{kind.__qualname__}",
                              "Rewrite it with layers that can be read, or cut the module before it.")

    def _conv(self, node: fx.Node, layer: Any, path: str, inputs: tuple[fx.Node, ...]) -> None:
        if layer.groups not in (1, layer.in_channels) or (layer.groups > 1 and layer.out_channels % layer.groups):
            raise _unreadable(path, f"a convolution with {layer.groups} groups", "Use groups=1 or depthwise ones.")
        self._add(node, "conv", path, inputs, self._parameters(layer, "weight", "bias"), groups=layer.groups,
                  kernel=tuple(layer.kernel_size), stride=tuple(layer.stride), padding=layer.padding_mode)

    def _attention(self, node: fx.Node, layer: nn.MultiheadAttention, path: str) -> None:
        given: list[Any] = [*node.args, *(node.kwargs.get(k) for k in ("query", "key", "value")[len(node.args):])]
        queries, keys, values = given[:3]
        if not (queries is keys is values):
            raise _unreadable(path, "MultiheadAttention with different queries, keys and values",
                              "Only self-attention, attention(x, x, x), is read.")
        if not layer.batch_first or layer.in_proj_weight is None or layer.bias_k is not None or layer.add_zero_attn:
            raise _unreadable(path, "MultiheadAttention with unusual settings",
                              "Use batch_first=True, one embedding size and no extra key bias.")
        extra = set(node.kwargs) - {"query", "key", "value", "need_weights", "average_attn_weights"}
        if extra or len(node.args) > 3:
            raise _unreadable(path, f"MultiheadAttention with {', '.join(sorted(extra)) or 'masks'}",
                              "Masks are not read; leave them out.")
        parameters = self._parameters(layer, "in_proj_weight", "in_proj_bias")
        parameters |= {f"out_proj.{r}": n for r, n in self._parameters(layer.out_proj, "weight", "bias").items()}
        self._add(node, "attention", path, (queries,), parameters, heads=layer.num_heads, size=layer.embed_dim)

    def _function(self, node: fx.Node) -> None:
        inputs = tuple(a for a in node.args if isinstance(a, fx.Node))
        target, path, args = node.target, node.name, list[Any](node.args)
        name = getattr(target, "__name__", str(target))
        if target in FUNCTIONS:
            if own_arguments(node):
                raise _unusual(path, f"{name} with {own_arguments(node)}")
            self._add(node, "activation", path, inputs[:1], name=FUNCTIONS[target])
        elif target in (operator.add, torch.add, "add", operator.iadd, "add_"):
            self._sum(node, path, inputs)
        elif target is operator.getitem and self.layers[self.position[args[0]]].kind == "attention":
            if args[1] != 0:
                raise _unreadable(path, "the weights of an attention layer as a value", "Use its output only.")
            self._add(node, "identity", path, inputs)
        elif target in (torch.flatten, "flatten"):
            given = [*args[1:], *(node.kwargs.get(k) for k in ("start_dim", "end_dim")[len(args) - 1:])]
            start, end = given[0], given[1]
            self._flatten(node, path, inputs, start or 0, -1 if end is None else end)
        elif target in (torch.mean, "mean"):
            axes = node.args[1] if len(node.args) > 1 else node.kwargs.get("dim")
            self._mean(node, path, inputs, axes, bool(node.kwargs.get("keepdim", False)))
        elif target is functional.dropout and node.kwargs.get("training", [*args, None, True, True][2]) is not False:
            raise _unreadable(path, "a dropout that drops in evaluation mode too",
                              "Write functional.dropout(x, p, self.training), or use nn.Dropout.")
        elif target in (functional.dropout, "contiguous"):
            self._add(node, "identity", path, inputs[:1])
        else:
            raise _unreadable(path, f"the function {name}", "Write it as a layer that can be read.")

    def _sum(self, node: fx.Node, path: str, inputs: tuple[fx.Node, ...]) -> None:
        shapes = [self.layers[self.position[i]].shape for i in inputs]
        if len(inputs) != 2 or shapes[0] != shapes[1] or node.kwargs.get("alpha", 1) != 1:
            raise _unreadable(path, f"an addition of shapes {shapes}", "Add two tensors of equal shape.")
        self._add(node, "add", path, inputs)

    def _flatten(self, node: fx.Node, path: str, inputs: tuple[fx.Node, ...], start: int, end: int) -> None:
        rank = len(self.layers[self.position[inputs[0]]].shape)
        if start % rank != 1 or end % rank != rank - 1:
            raise _unreadable(path, f"a flattening of axes {start}..{end}", "Flatten everything but the batch axis.")
        self._add(node, "flatten", path, inputs[:1])

    def _mean(self, node: fx.Node, path: str, inputs: tuple[fx.Node, ...], axes: Any, keep: bool) -> None:
        rank = len(self.layers[self.position[inputs[0]]].shape)
        chosen = (axes,) if isinstance(axes, int) else tuple(axes or ())
        if not chosen or any(a % rank == 0 for a in chosen):
            raise _unreadable(path, "a mean over the batch axis", "Name the axes to average, without the batch axis.")
        self._add(node, "mean", path, inputs[:1], axes=tuple(sorted(a % rank for a in chosen)), keep=keep)



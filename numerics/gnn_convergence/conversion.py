"""PyTorch Geometric stacks of graph convolutions as linear graph networks, saying what was left out or linearised.

Classes are recognised by their names and the shapes of their parameters: the library need not be installed. Rows are
nodes there, columns here; a weight (out, in) is the same matrix in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from torch import Tensor, nn

from numerics.gnn_convergence.graphs import Graph, graph_of
from numerics.gnn_convergence.networks import Array, Problem, Weights, fits, shift
from theory.language.errors import InputError, explain

_HARMLESS = {"ReLU", "LeakyReLU", "ELU", "PReLU", "GELU", "SiLU", "Tanh", "Sigmoid", "BatchNorm1d", "BatchNorm",
             "LayerNorm", "GraphNorm", "Softmax", "LogSoftmax"}
"""Taken as the identity, and named in the notes."""
_SILENT = {"Identity", "Dropout", "Sequential", "ModuleList", "MLP"}
"""The identity when the network is evaluated, or containers."""


@dataclass(frozen=True)
class _Convolution:
    path: str
    weight: Array
    aggregation: Array
    notes: tuple[str, ...]


def from_torch_geometric(module: nn.Module, data: Any) -> tuple[Problem, Weights, tuple[str, ...]]:
    """Return the linear network of a stack of GCNConv or GINConv, its weights, and what is not the same.

    A final Linear is the head; without one the last convolution is, on features that are aggregated once more. With
    JumpingKnowledge("cat") the head is cut into one for each layer; layers in the order of registration.

    Args:
        module: convolutions of one kind, perhaps JumpingKnowledge and a Linear; activations and biases are left out.
        data: edge_index, x, y and train_mask as in `torch_geometric.data.Data`; classes become one-hot columns.

    Raises:
        InputError: no convolution, other layers with parameters, layers that do not fit, different aggregations,
            missing labels or training nodes, and what `graph_of` refuses.
    """
    graph = graph_of(data)
    for field, value in (("x", graph.features), ("y", graph.labels), ("train_mask", graph.train)):
        if value is None:
            raise InputError(explain(f"data.{field}", "present", "nothing", "Give features, labels and a mask."))
    convolutions, jumps, last, notes = _read(module, graph)
    if any(not np.array_equal(one.aggregation, convolutions[0].aggregation) for one in convolutions):
        raise InputError(explain("module", "one aggregation for all convolutions", [c.path for c in convolutions],
                                 "Use one kind of convolution with one eps."))
    S, layers = convolutions[0].aggregation, [one.weight for one in convolutions]
    X = graph.features
    if last is None:
        if jumps:
            raise InputError(explain("module", "a Linear after JumpingKnowledge", "none", "Register the head last."))
        # W (B_{H-1} ... B_1 X S^{H-1}) S: the last convolution is the head of a network on X S
        X, heads, layers = X @ S, (layers[-1],), layers[:-1]
        notes += ["the last convolution is the head: features are X S, rounded, and there is one layer less"]
    else:
        heads, more = _heads(last, layers, X.shape[0]) if jumps else ((last,), [])
        notes += more
    labels = _labels(data.y, graph, heads[0].shape[0])
    problem = Problem(X, S, graph.train, labels[:, list(graph.train)], len(layers), jumps)
    weights = Weights(tuple(layers), heads)
    fits(problem, weights)
    notes += ["the forward method was not read: what it does between the layers counts as the identity",
              "the loss is the sum of squared residuals"]
    if getattr(data, "edge_weight", None) is not None or getattr(data, "edge_attr", None) is not None:
        notes.append("weights and attributes of edges were left out")
    return problem, weights, tuple(dict.fromkeys(notes))


def _read(module: nn.Module, graph: Graph) -> tuple[list[_Convolution], bool, Array | None, list[str]]:
    """Convolutions, whether knowledge jumps, the head, notes."""
    convolutions: list[_Convolution] = []
    jumps, last, notes = False, None, []
    inside: tuple[str, ...] = ()
    for path, part in module.named_modules():
        name = type(part).__name__
        if path == "" and name not in ("GCNConv", "GINConv") or any(path.startswith(p) for p in inside):
            continue
        if name in ("GCNConv", "GINConv"):
            if last is not None:
                raise InputError(explain(path, "convolutions before the Linear layer", "one after it",
                                         "Only the head may be a Linear layer."))
            found = _gcn(path, part, graph) if name == "GCNConv" else _gin(path, part, graph)
            convolutions.append(found)
            notes += found.notes
            inside += (f"{path}." if path else "",)
        elif name == "JumpingKnowledge":
            mode = str(getattr(part, "mode", "cat"))
            if mode != "cat":
                raise InputError(explain(path, "JumpingKnowledge('cat')", repr(mode), "Other modes are not linear."))
            jumps = True
            inside += (f"{path}.",)
        elif name == "Linear":
            if last is not None:
                raise InputError(explain(path, "one Linear layer, the head", "a second one", "Multiply them."))
            last, more = _linear(path, part)
            notes += more
        elif name in _HARMLESS:
            notes.append(f"{path}: {name} was linearised (taken as the identity)")
        elif name not in _SILENT and next(part.parameters(recurse=False), None) is not None:
            raise InputError(explain(path, "GCNConv, GINConv, JumpingKnowledge, Linear, activations", name,
                                     "Build Problem and Weights by hand."))
    if not convolutions:
        raise InputError(explain("module", "at least one GCNConv or GINConv", type(module).__name__,
                                 "Build Problem and Weights by hand."))
    return convolutions, jumps, last, notes


def _array(tensor: Tensor) -> Array:
    return tensor.detach().cpu().numpy().astype(np.float64)


def _linear(path: str, part: Any) -> tuple[Array, list[str]]:
    note = [] if getattr(part, "bias", None) is None else [f"{path}: the bias was left out"]
    return _array(part.weight), note


def _gcn(path: str, part: Any, graph: Graph) -> _Convolution:
    """GCNConv(add_self_loops, normalize, improved): S = D^(-1/2) (A + c I) D^(-1/2), c = 0, 1 or 2."""
    loops = (2.0 if getattr(part, "improved", False) else 1.0) if getattr(part, "add_self_loops", True) else 0.0
    if not getattr(part, "normalize", True):
        S = np.array(graph.adjacency, dtype=np.float64)  # without normalisation no loops are added either
    elif loops == 1:
        S = shift(graph, "gcn")
    else:
        own = np.array(graph.adjacency, dtype=np.float64) + loops * np.eye(graph.size)
        degree = own.sum(axis=0)
        root = np.sqrt(np.where(degree > 0, degree, 1.0))
        S = own / np.outer(root, root)
    note = () if getattr(part, "bias", None) is None else (f"{path}: the bias was left out",)
    weight = part.lin.weight if hasattr(part, "lin") else part.weight
    return _Convolution(path, _array(weight), S, note)


def _gin(path: str, part: Any, graph: Graph) -> _Convolution:
    """GINConv(nn, eps): nn applied to (A + (1 + eps) I) x."""
    given = getattr(part, "eps", 0.0)
    eps = float(given.detach()) if isinstance(given, Tensor) else float(given)
    notes = [f"{path}: eps is trained there and constant here"] if isinstance(given, nn.Parameter) else []
    product: Array | None = None
    count = 0
    for inner, layer in part.nn.named_modules():
        name = type(layer).__name__
        if name == "Linear":
            weight, more = _linear(f"{path}.nn.{inner}".rstrip("."), layer)
            notes += more
            product = weight if product is None else weight @ product
            count += 1
        elif name in _HARMLESS:
            notes.append(f"{path}.nn.{inner}: {name} was linearised (taken as the identity)")
        elif name not in _SILENT and next(layer.parameters(recurse=False), None) is not None:
            raise InputError(explain(f"{path}.nn.{inner}", "Linear layers and activations", name,
                                     "Build Problem and Weights by hand."))
    if product is None:
        raise InputError(explain(f"{path}.nn", "at least one Linear layer", "none", "Give the layer's network."))
    if count > 1:
        notes.append(f"{path}: {count} Linear layers were multiplied into one matrix; they are trained apart there")
    return _Convolution(path, product, shift(graph, "gin") + eps * np.eye(graph.size), tuple(notes))


def _heads(last: Array, layers: list[Array], features: int) -> tuple[tuple[Array, ...], list[str]]:
    """Cut the Linear layer after JumpingKnowledge('cat') into heads W_0, ..., W_H."""
    widths = [layer.shape[0] for layer in layers]
    notes = []
    if last.shape[1] == sum(widths):
        last = np.hstack([np.zeros((last.shape[0], features)), last])
        notes.append("there is no head on the features: W_0 = 0 was added; it is trained here")
    if last.shape[1] != features + sum(widths):
        raise InputError(explain("the Linear layer after JumpingKnowledge", f"{sum(widths)} inputs, or {features} more",
                                 last.shape[1], "Concatenate the outputs of all layers."))
    return tuple(np.split(last, np.cumsum([features, *widths])[:-1], axis=1)), notes


def _labels(y: Tensor, graph: Graph, outputs: int) -> Array:
    """One-hot columns with as many rows as the network has outputs, or the given real labels."""
    given = np.asarray(y.detach().cpu())
    if given.dtype.kind in "iu" and given.reshape(-1).shape == (graph.size,):
        classes = given.reshape(-1)
        if classes.min() < 0 or classes.max() >= outputs:
            raise InputError(explain("data.y", f"classes 0..{outputs - 1}, the outputs of the network",
                                     f"{classes.min()}..{classes.max()}", "Check the last layer."))
        return (np.arange(outputs)[:, None] == classes[None, :]).astype(np.float64)
    if graph.labels.shape[0] != outputs:
        raise InputError(explain("data.y", f"{outputs} values for each node", graph.labels.shape[0],
                                 "Check the last layer."))
    return graph.labels

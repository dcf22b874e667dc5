"""Training instances from networkx graphs and back, and from small torch modules with their exact dyadic weights."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import networkx
import torch
from torch import nn

from numerics.modules import Layer, LayerGraph, UnreadableLayer, dyadic, read
from theory.etr_training.instance import ACTIVATIONS, TrainingInstance
from theory.language.errors import InputError, explain

Rows = Sequence[Any]
_SUPPORTED = {"relu": "relu", "sigmoid": "sigmoid", "identity": "id"}


def to_graph(instance: TrainingInstance) -> networkx.DiGraph:
    """Return the network of an instance, without its data.

    Nodes are in the order sources, then vertices; attributes of nodes: `kind` ("source", "hidden", "sink"), and for all
    but sources `activation`, `bias` (whether there is one), perhaps `pinned` (the bias's value); of sinks `place`
    among the sinks; of edges `place` among the edges and perhaps `pinned`.
    """
    graph = networkx.DiGraph(name=instance.name)
    pins = dict(instance.pinned)
    graph.add_nodes_from(instance.sources, kind="source")
    for v, activation in instance.vertices:
        graph.add_node(v, kind="hidden", activation=activation, bias=v in instance.biased)
        if v in pins:
            graph.nodes[v]["pinned"] = pins[v]
    for place, t in enumerate(instance.sinks):
        graph.nodes[t].update(kind="sink", place=place)
    for place, (u, v) in enumerate(instance.edges):
        graph.add_edge(u, v, place=place, **({"pinned": pins[f"{u}->{v}"]} if f"{u}->{v}" in pins else {}))
    return graph


def from_graph(graph: networkx.DiGraph, points: Rows, labels: Rows, **question: Any) -> TrainingInstance:
    """Return the instance of a graph as `to_graph` makes it, with data.

    What is left out is filled in: `kind` from the degrees (a node without incoming edges and without `activation` is a
    source, another one without outgoing edges a sink), `activation` as the identity, `bias` as True.

    Args:
        graph: nodes are texts; the columns of `points` follow the sources, those of `labels` the sinks, both in the
            order of the nodes (sinks with `place` in that order).
        points, labels: rows or numbers, exact; a label None does not matter.
        question: `threshold`, `strict`, `box`, `name` of TrainingInstance.

    Raises InputError for other graphs and everything that TrainingInstance refuses.
    """
    if not isinstance(graph, networkx.DiGraph) or graph.is_multigraph():
        raise InputError(explain("graph", "a networkx.DiGraph", type(graph).__name__, "Join parallel edges."))
    kinds = {v: data.get("kind", _kind(graph, v)) for v, data in graph.nodes(data=True)}
    wrong = [v for v, kind in kinds.items() if kind not in ("source", "hidden", "sink")]
    if wrong:
        raise InputError(explain(f"node {wrong[0]}", "kind 'source', 'hidden' or 'sink'", repr(kinds[wrong[0]]),
                                 "Leave it out."))
    vertices = [v for v, kind in kinds.items() if kind != "source"]
    sinks = sorted((v for v, kind in kinds.items() if kind == "sink"),
                   key=lambda v: graph.nodes[v].get("place", len(kinds)))
    pins = [(v, graph.nodes[v]["pinned"]) for v in vertices if "pinned" in graph.nodes[v]]
    pins += [(f"{u}->{v}", data["pinned"]) for u, v, data in graph.edges(data=True) if "pinned" in data]
    order = {v: k for k, v in enumerate(kinds)}
    # Edges without a place follow by their heads, as parameters do, in the order in which the graph holds them.
    edges = sorted(graph.edges, key=lambda edge: (graph.edges[edge].get("place", graph.size()), order[edge[1]]))
    return TrainingInstance(
        tuple(v for v, kind in kinds.items() if kind == "source"),
        tuple((v, graph.nodes[v].get("activation", "id")) for v in vertices), tuple(sinks), tuple(edges),
        tuple(points), tuple(labels), biases=tuple(v for v in vertices if graph.nodes[v].get("bias", True)),
        pinned=tuple(pins), **{"name": graph.graph.get("name", ""), **question})


def _kind(graph: networkx.DiGraph, node: Any) -> str:
    if not graph.in_degree(node) and "activation" not in graph.nodes[node]:
        return "source"
    return "hidden" if graph.out_degree(node) else "sink"


def from_module(module: nn.Module, points: Rows, labels: Rows, **question: Any) -> TrainingInstance:
    """Return the question whether a module's architecture can be trained to the data; its weights do not matter.

    Args:
        module: Linear layers with or without biases, ReLU, Sigmoid and Identity between or after them, in a chain.
        points, labels: one row for each sample, exact; a number stands for a row of one.
        question: `threshold`, `strict`, `box`, `name` of TrainingInstance.

    Sources are x1..xd, sinks y1..yk; hidden units are h1..hw for one hidden layer, h1_1, h1_2, ... for several.

    Raises:
        UnreadableLayer: an operation or an order of them that has no exact counterpart here.
        InputError: points that do not fit the module, and everything that TrainingInstance refuses.
    """
    if not len(points):
        raise InputError(explain("points", "at least one", "none", "The module is read with the shape of a point."))
    first = points[0]
    d = len(first) if isinstance(first, (list, tuple)) else 1
    parameter = next(module.parameters(), None)
    example = torch.zeros(1, d, dtype=None if parameter is None else parameter.dtype)
    affine = list(_affine_layers(read(module, example)))
    names = _names([outputs for _, outputs, _, _ in affine])
    sources = tuple(f"x{k}" for k in range(1, d + 1))
    vertices, edges, biases = [], [], []
    before = sources
    for (_, _, activation, parameters), layer in zip(affine, names):
        vertices += [(v, activation) for v in layer]
        edges += [(u, v) for v in layer for u in before]
        biases += list(layer) if "bias" in parameters else []
        before = layer
    return TrainingInstance(sources, tuple(vertices), names[-1], tuple(edges), tuple(points), tuple(labels),
                            biases=tuple(biases), **question)


def module_weights(module: nn.Module, points: Rows) -> dict[str, Fraction]:
    """Return a module's weights as exact fractions, by the parameter names of `from_module(module, points, ...)`."""
    first = points[0]
    d = len(first) if isinstance(first, (list, tuple)) else 1
    tensors = dict(module.named_parameters())
    example = torch.zeros(1, d, dtype=next(iter(tensors.values())).dtype if tensors else None)
    affine = list(_affine_layers(read(module, example)))
    before: tuple[str, ...] = tuple(f"x{k}" for k in range(1, d + 1))
    out: dict[str, Fraction] = {}
    for (_, _, _, parameters), layer in zip(affine, _names([outputs for _, outputs, _, _ in affine])):
        values = dyadic(tensors[parameters["weight"]])
        if "bias" in parameters:
            out |= dict(zip(layer, dyadic(tensors[parameters["bias"]])))
        out |= dict(zip((f"{u}->{v}" for v in layer for u in before), values))
        before = layer
    return out


def _names(widths: Sequence[int]) -> list[tuple[str, ...]]:
    """Names of the units of each layer."""
    hidden = len(widths) - 1
    prefixes = ["h" if hidden == 1 else f"h{layer}_" for layer in range(1, hidden + 1)] + ["y"]
    return [tuple(f"{prefix}{k}" for k in range(1, width + 1)) for prefix, width in zip(prefixes, widths)]


def _affine_layers(graph: LayerGraph) -> Iterator[tuple[int, int, str, dict[str, str]]]:
    """(inputs, outputs, activation after it, parameters by role) of each Linear layer of a chain."""
    found: list[tuple[Layer, str]] = []
    seen: set[str] = set()
    for position, layer in enumerate(graph.layers):
        if layer.inputs != ((position - 1,) if position else ()):
            raise _refused(layer, "a chain of layers", "a branch or a sum", "Build the graph and use from_graph.")
        if layer.kind == "linear":
            if not seen.isdisjoint(layer.parameters.values()):
                raise _refused(layer, "parameters of its own", "shared ones", "Give each layer its own parameters.")
            seen |= set(layer.parameters.values())
            found.append((layer, "id"))
        elif layer.kind == "activation":
            name = _SUPPORTED.get(layer.settings["name"])
            if name not in ACTIVATIONS:
                raise _refused(layer, f"an activation among {', '.join(_SUPPORTED)}", layer.settings["name"],
                               "Other activations have no exact semantics here.")
            if not found or found[-1][1] != "id":
                raise _refused(layer, "a Linear layer before each activation", "none", "Put one there.")
            found[-1] = (found[-1][0], name)
        elif layer.kind not in ("input", "identity", "flatten", "output"):
            raise _refused(layer, "Linear layers and activations", layer.kind, "Build the graph and use from_graph.")
    if not found:
        raise InputError(explain("module", "at least one Linear layer", "none", "There is nothing to train."))
    for layer, activation in found:
        outputs, inputs = graph.shapes[layer.parameters["weight"]]
        yield inputs, outputs, activation, dict(layer.parameters)


def _refused(layer: Layer, required: str, found: str, remedy: str) -> UnreadableLayer:
    return UnreadableLayer(explain(f"layer {layer.path}", required, found, remedy))

"""Layered drawing of a graph without cycles: rooms for long edges, few crossings.

A node stands in the layer that the caller chose; an edge that crosses layers gets an invisible node in each of them, or
it would run through a box. A few barycentre sweeps then order the layers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SWEEPS = 8


@dataclass
class Layers:
    """Nodes and invisible nodes by layer; `links` joins neighbours in consecutive layers, `chains`
    is the way of each edge.
    """

    layers: list[list[str]]
    links: list[tuple[str, str]]
    chains: dict[tuple[str, str], list[str]]


def layered(depth: Mapping[str, int], edges: Iterable[tuple[str, str]]) -> Layers:
    """Return the layers of nodes with given depths, in their order, and of edges (from, to) with growing depth."""
    layers: list[list[str]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for name, level in depth.items():
        layers[level].append(name)
    links, chains = [], {}
    for start, end in edges:
        chain = [start]
        for level in range(depth[start] + 1, depth[end]):
            chain.append(f"{end} {start} {level}")
            layers[level].append(chain[-1])
        chain.append(end)
        chains[start, end] = chain
        links += list(zip(chain, chain[1:]))
    return Layers(layers, links, chains)


def reorder(found: Layers) -> None:
    """Order each layer by the mean place of its neighbours, forwards and backwards in turn."""
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for a, b in found.links:
        after.setdefault(a, []).append(b)
        before.setdefault(b, []).append(a)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        place = {name: k / max(1, len(layer)) for layer in found.layers for k, name in enumerate(layer)}
        for layer in found.layers if forward else reversed(found.layers):
            near = before if forward else after
            layer.sort(key=lambda n: (sum(place[m] for m in near[n]) / len(near[n])) if near.get(n) else place[n])
            place.update({name: k / max(1, len(layer)) for k, name in enumerate(layer)})

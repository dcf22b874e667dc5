"""Which claim rests on which: edges as the checker found them, laid out in layers, as SVG or in graphviz's language.

Layers are longest paths, long edges get an invisible node in each layer they cross, and a few barycentre sweeps order
the layers. Nothing outside the standard library is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from .layering import Layers, layered, reorder

ROW, BOX, GAP, CHARACTER = 40, 26, 64, 7.0


@dataclass(frozen=True)
class GraphNode:
    """A claim or lemma: `style` is its transitive grade or outcome, `claim` whether it is drawn as a claim."""

    id: str
    title: str
    style: str
    claim: bool
    href: str = ""


@dataclass(frozen=True)
class Graph:
    """Nodes by id and edges (user, used)."""

    nodes: Mapping[str, GraphNode]
    edges: tuple[tuple[str, str], ...]

    def below(self, name: str) -> Graph:
        """Return the part that a node rests on, itself included."""
        kept, waiting = {name}, [name]
        while waiting:
            current = waiting.pop()
            for user, used in self.edges:
                if user == current and used not in kept:
                    kept.add(used)
                    waiting.append(used)
        return self.restricted(kept)

    def restricted(self, names: Iterable[str]) -> Graph:
        """Return the graph between some nodes only."""
        kept = set(names)
        return Graph({n: node for n, node in self.nodes.items() if n in kept},
                     tuple(e for e in self.edges if set(e) <= kept))

    def reduced(self) -> Graph:
        """Return the graph without edges that a longer path implies: what is drawn."""
        uses: dict[str, set[str]] = {name: set() for name in self.nodes}
        for user, used in self.edges:
            uses[user].add(used)
        reach: dict[str, set[str]] = {}
        for name in reversed(_sorted(uses)):
            reach[name] = set().union(*(reach[u] | {u} for u in uses[name])) if uses[name] else set()
        kept = tuple((user, used) for user, used in self.edges
                     if not any(used in reach[other] for other in uses[user] if other != used))
        return Graph(self.nodes, kept)


def _sorted(uses: Mapping[str, set[str]]) -> list[str]:
    """Names so that each stands before what it uses; a round would leave some out, and the checker admits none."""
    incoming = {name: 0 for name in uses}
    for name in (name for found in uses.values() for name in found):
        incoming[name] += 1
    ready = [name for name, count in incoming.items() if not count]
    out = []
    while ready:
        name = ready.pop(0)
        out.append(name)
        for used in sorted(uses[name]):
            incoming[used] -= 1
            if not incoming[used]:
                ready.append(used)
    return out


def _layered(graph: Graph) -> Layers:
    uses: dict[str, set[str]] = {name: set() for name in graph.nodes}
    for user, used in graph.edges:
        uses[user].add(used)
    depth: dict[str, int] = {}
    for name in reversed(_sorted(uses)):
        depth[name] = 1 + max((depth[u] for u in uses[name]), default=-1)
    users: dict[str, list[str]] = {}
    for user, used in graph.edges:
        users.setdefault(used, []).append(user)
    for name in _sorted(uses):
        # As near to its users as can be: fewer long edges.
        if name in users:
            depth[name] = min(depth[user] for user in users[name]) - 1
    ordered = {name: depth[name] for name in graph.nodes}
    return layered(ordered, [(used, user) for user, used in graph.edges])


def to_svg(graph: Graph, title: str = "dependencies", *, alone: bool = False) -> str:
    """Return the graph as one `<svg>` element; what is used stands to the left of what uses it.

    Colours come from classes, so that a page decides about light and dark; `alone` puts light ones into the picture.
    """
    graph = graph.reduced()
    found = _layered(graph)
    reorder(found)
    widths = [max((_width(n) for n in layer if n in graph.nodes), default=0) for layer in found.layers]
    left = [10 + sum(widths[:k]) + GAP * k for k in range(len(widths))]
    tall = max(map(len, found.layers), default=0)
    at: dict[str, tuple[float, float, float]] = {}
    for k, layer in enumerate(found.layers):
        top = 14 + (tall - len(layer)) * ROW / 2
        for number, name in enumerate(layer):
            at[name] = (left[k], top + number * ROW + BOX / 2, widths[k])
    edges = "".join(_edge([at[n] for n in chain], _width(used), graph.nodes[user].style)
                    for (used, user), chain in found.chains.items())
    boxes = "".join(_box(node, at[name]) for name, node in graph.nodes.items())
    width = (left[-1] + widths[-1] + 10) if widths else 20
    return (f'<svg xmlns="http://www.w3.org/2000/svg" class="graph" role="img" width="{width:.0f}" '
            f'height="{tall * ROW + 16}" viewBox="0 0 {width:.0f} {tall * ROW + 16}"><title>{escape(title)}</title>'
            f"{_STYLE if alone else ''}{edges}{boxes}</svg>")


def _width(name: str) -> float:
    return 18 + CHARACTER * len(name)


def _edge(points: list[tuple[float, float, float]], box: float, style: str) -> str:
    """A curve from the right side of the first box to the left side of the last, straight through every layer."""
    x, y, w = points[0]
    path = f"M{x + box:.0f} {y:.0f}H{x + w:.0f}"
    x += w
    for next_x, next_y, next_w in points[1:]:
        bend = (next_x - x) / 2
        path += f"C{x + bend:.0f} {y:.0f} {next_x - bend:.0f} {next_y:.0f} {next_x:.0f} {next_y:.0f}"
        if (next_x, next_y, next_w) != points[-1]:
            path += f"H{next_x + next_w:.0f}"
        x, y = next_x + next_w, next_y
    return f'<path class="edge {style}" d="{path}"/>'


def _box(node: GraphNode, place: tuple[float, float, float]) -> str:
    x, y, _ = place
    width = _width(node.id)
    kind = "claim" if node.claim else "lemma"
    body = (f"<title>{escape(node.title)}</title>"
            f'<rect class="{kind} {node.style}" x="{x:.0f}" y="{y - BOX / 2:.0f}" width="{width:.0f}" height="{BOX}" '
            f'rx="{4 if node.claim else 13}"/><text x="{x + width / 2:.0f}" y="{y + 4:.0f}">{escape(node.id)}</text>')
    return f'<a href="{escape(node.href, quote=True)}">{body}</a>' if node.href else f"<g>{body}</g>"


DOT_COLOURS = {"exact": "#d9ecd9", "enclosed": "#dbe7f5", "decided": "#fbecc9", "sampled": "#f5e0cc",
               "cited": "#eadcf2", "refuted": "#f7d9d9", "undecided": "#e5e5e5", "observed": "#d5eef0"}


_STYLE = ("<style>text{font:11.5px monospace;text-anchor:middle}rect{fill:#fff;stroke:#666}"
          + "".join(f"rect.{name}{{fill:{colour}}}" for name, colour in DOT_COLOURS.items())
          + ".edge{fill:none;stroke:#888}</style>")


def to_dot(graph: Graph, title: str = "lemmascope") -> str:
    """Return the whole graph in graphviz's language, with edges from what is used to what uses it."""
    lines = [f"digraph {_quoted(title)} {{", "  rankdir=LR;", '  node [shape=box, style="filled,rounded"];']
    for name, node in graph.nodes.items():
        shape = "" if node.claim else ", shape=ellipse"
        colour = DOT_COLOURS.get(node.style, "#ffffff")
        lines.append(f'  {_quoted(name)} [fillcolor="{colour}", tooltip={_quoted(node.title)}{shape}];')
    lines += [f"  {_quoted(used)} -> {_quoted(user)};" for user, used in graph.edges]
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ") + '"'

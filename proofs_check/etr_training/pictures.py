"""Pictures of training instances: the network in layers as SVG, or in graphviz's language.

Sources stand on the left, sinks on the right, each other vertex one layer after the last vertex that feeds it. A vertex
shows its name and the graph of its activation; a dot marks a trainable bias, a dashed edge a pinned weight.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from html import escape

from proofs_check.report.layering import layered, reorder
from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError, explain

MAX_VERTICES, MAX_EDGES = 400, 4000
"""Beyond these a picture shows nothing any more."""

_ROW, _HEIGHT, _GAP, _CHARACTER, _MARGIN, _TOP = 44, 28, 90, 7.2, 12, 40
_CURVES = {
    "id": "M0 14L14 0",
    "relu": "M0 12H7L14 1",
    "sigmoid": "M0 13C7 13 7 1 14 1",
    "sin": "M0 7C2.5 -2 5 -2 7 7S11.5 16 14 7",
    "step": "M0 12H7V2H14",
}
"""Graphs of the activations in a square of side 14."""

_COLOURS = {"source": "#e5e5e5", "hidden": "#dbe7f5", "sink": "#d9ecd9"}
_STYLE = ("<style>text{font:12px monospace}rect{stroke:#666}path{fill:none;stroke:#999}path.curve{stroke:#333}"
          "path.pinned{stroke-dasharray:4 3}circle{fill:#333}"
          + "".join(f"rect.{kind}{{fill:{colour}}}" for kind, colour in _COLOURS.items()) + "</style>")


def to_dot(instance: TrainingInstance, weights: Mapping[str, Fraction] | None = None) -> str:
    """Return the network in graphviz's language; edges and biases carry their pinned values, or those of `weights`."""
    _check_size(instance)
    known = {**dict(instance.pinned), **(weights or {})}
    lines = [f"digraph {_quoted(instance.name or 'instance')} {{", "  rankdir=LR;",
             f"  label={_quoted(question(instance))};", '  node [style="filled"];']
    for name, activation in (*((s, "") for s in instance.sources), *instance.vertices):
        kind, shape = _kind(instance, name), "circle" if activation else "box"
        bias = f"\n{known[name]}" if name in instance.biased and name in known else ""
        label = f"{name}\n{activation}{bias}" if activation else name
        lines.append(f'  {_quoted(name)} [label={_quoted(label)}, shape={shape}, fillcolor="{_COLOURS[kind]}", '
                     f"tooltip={_quoted(_about(instance, name))}];")
    pinned = {name for name, _ in instance.pinned}
    for u, v in instance.edges:
        name = f"{u}->{v}"
        marks = [f"label={_quoted(str(known[name]))}"] if name in known else []
        marks += ["style=dashed"] if name in pinned else []
        lines.append(f"  {_quoted(u)} -> {_quoted(v)}" + (f" [{', '.join(marks)}];" if marks else ";"))
    return "\n".join([*lines, "}"]) + "\n"


def to_svg(instance: TrainingInstance, weights: Mapping[str, Fraction] | None = None, *, alone: bool = True) -> str:
    """Return the network as one `<svg>` element; names, weights and data stand in the tooltips of its parts.

    With `alone` the picture brings its own light colours, else they come from the classes source, hidden, sink, pinned.
    """
    _check_size(instance)
    found = layered(_depths(instance), instance.edges)
    reorder(found)
    visible = {*instance.sources, *(v for v, _ in instance.vertices)}
    widths = [max((_width(instance, n) for n in layer if n in visible), default=0) for layer in found.layers]
    tall = max(map(len, found.layers))
    at: dict[str, tuple[float, float, float]] = {}
    for k, layer in enumerate(found.layers):
        left = _MARGIN + sum(widths[:k]) + _GAP * k
        for number, name in enumerate(layer):
            y = _TOP + (tall - len(layer)) * _ROW / 2 + number * _ROW + _HEIGHT / 2
            at[name] = (left, y, _width(instance, name) if name in visible else widths[k])
    known = {**dict(instance.pinned), **(weights or {})}
    pinned = {name for name, _ in instance.pinned}
    edges = "".join(_edge([at[n] for n in chain], f"{u}->{v}", known.get(f"{u}->{v}"), f"{u}->{v}" in pinned)
                    for (u, v), chain in found.chains.items())
    boxes = "".join(_vertex(instance, name, at[name], known) for name in at if name in visible)
    title = f"{instance.name}: {question(instance)}" if instance.name else question(instance)
    width = max(2 * _MARGIN + sum(widths) + _GAP * (len(widths) - 1), 2 * _MARGIN + _CHARACTER * len(title))
    height = _TOP + tall * _ROW
    return (f'<svg xmlns="http://www.w3.org/2000/svg" class="network" role="img" width="{width:.0f}" '
            f'height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}"><title>{escape(title)}</title>'
            f'{_STYLE if alone else ""}<text x="{_MARGIN}" y="20">{escape(title)}</text>{edges}{boxes}</svg>\n')


def question(instance: TrainingInstance) -> str:
    """Return what the instance asks, in a line.

    >>> question(TrainingInstance.one_hidden_layer([0, 1], [0, 1], 1, threshold="1/2"))
    '2 points, 3 parameters, loss <= 1/2'
    """
    relation = "<" if instance.strict else "<="
    asked = "exact fit" if instance.exact_fit else f"loss {relation} {instance.threshold}"
    box = "" if instance.box is None else f", |parameters| <= {instance.box}"
    return f"{len(instance.points)} points, {len(instance.free)} parameters, {asked}{box}"


def _check_size(instance: TrainingInstance) -> None:
    vertices = len(instance.sources) + len(instance.vertices)
    if vertices > MAX_VERTICES or len(instance.edges) > MAX_EDGES:
        raise InputError(explain("picture", f"at most {MAX_VERTICES} vertices and {MAX_EDGES} edges",
                                 f"{vertices} vertices and {len(instance.edges)} edges", "Draw a smaller part."))


def _depths(instance: TrainingInstance) -> dict[str, int]:
    """The layer of each vertex: sources 0, sinks all in the last one."""
    depth = {s: 0 for s in instance.sources}
    for v, _ in instance.vertices:
        depth[v] = 1 + max((depth[u] for u in instance.incoming[v]), default=0)
    last = max(depth.values())
    return depth | {t: last for t in instance.sinks}


def _kind(instance: TrainingInstance, name: str) -> str:
    return "source" if name in instance.sources else "sink" if name in instance.sinks else "hidden"


def _about(instance: TrainingInstance, name: str) -> str:
    """The tooltip of a vertex: what it is, and for sources and sinks the first data."""
    if name in instance.sources:
        column = [row[instance.sources.index(name)] for row in instance.points]
        return f"source {name}: {_listed(column)}"
    bias = "with bias" if name in instance.biased else "without bias"
    about = f"{instance.activation[name]} {name}, {bias}"
    if name not in instance.sinks:
        return about
    return f"{about}, labels {_listed([row[instance.sinks.index(name)] for row in instance.labels])}"


def _listed(column: list[Fraction] | list[Fraction | None]) -> str:
    shown = ["*" if value is None else str(value)[:20] for value in column[:12]]
    return ", ".join(shown) + (", ..." if len(column) > len(shown) else "")


def _width(instance: TrainingInstance, name: str) -> float:
    return 18 + _CHARACTER * len(name) + (0 if name in instance.sources else 22)


def _edge(points: list[tuple[float, float, float]], name: str, value: Fraction | None, pinned: bool) -> str:
    """A curve from the right side of the first box to the left side of the last, level through each layer between."""
    x, y, w = points[0]
    x += w
    path = f"M{x:.0f} {y:.0f}"
    for next_x, next_y, next_w in points[1:]:
        bend = (next_x - x) / 2
        path += f"C{x + bend:.0f} {y:.0f} {next_x - bend:.0f} {next_y:.0f} {next_x:.0f} {next_y:.0f}"
        if (next_x, next_y, next_w) != points[-1]:
            path += f"H{next_x + next_w:.0f}"
        x, y = next_x + next_w, next_y
    told = name if value is None else f"{name} = {value}"
    return f'<path class="{"pinned" if pinned else "edge"}" d="{path}"><title>{escape(told)}</title></path>'


def _vertex(instance: TrainingInstance, name: str, place: tuple[float, float, float],
            known: Mapping[str, Fraction]) -> str:
    x, y, width = place
    kind = _kind(instance, name)
    about = _about(instance, name) + (f", bias {known[name]}" if name in known else "")
    body = (f'<title>{escape(about)}</title><rect class="{kind}" x="{x:.0f}" y="{y - _HEIGHT / 2:.0f}" '
            f'width="{width:.0f}" height="{_HEIGHT}" rx="{4 if kind == "source" else 13}"/>'
            f'<text x="{x + 9:.0f}" y="{y + 4:.0f}">{escape(name)}</text>')
    if kind != "source":
        body += (f'<path class="curve" transform="translate({x + width - 25:.0f} {y - 7:.0f})" '
                 f'd="{_CURVES[instance.activation[name]]}"/>')
    if name in instance.biased:
        body += f'<circle cx="{x + width / 2:.0f}" cy="{y + _HEIGHT / 2:.0f}" r="3"/>'
    return f"<g>{body}</g>"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'

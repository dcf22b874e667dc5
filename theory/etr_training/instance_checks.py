"""What makes a training instance well formed; each refusal says where, what was required, what was found, and a remedy.

The functions read the fields of an instance under construction and put the converted values back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from theory.etr_training.rationals import rational, shortened
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance

ACTIVATIONS = ("id", "relu", "sigmoid", "sin", "step")
"""`id(z) = z`, `relu(z) = max(z, 0)`, `sigmoid(z) = 1/(1 + exp(-z))`, `sin`, `step(z) = 1 if z > 0 else 0`."""

MAX_POINTS, MAX_VERTICES, MAX_EDGES, MAX_NUMBERS = 10**4, 10**4, 10**5, 10**6
_NAME = re.compile(r'(?!.*->)[^\s|\\"\x00-\x1f\x7f]{1,100}', re.DOTALL)


def rows(values: object, where: str) -> tuple[tuple[object, ...], ...]:
    """Return a sequence of rows as tuples; a row that is no list or tuple becomes a tuple of one."""
    if isinstance(values, (str, bytes)) or not isinstance(values, Sequence):
        raise InputError(explain(where, "a sequence of numbers or of tuples", shortened(values), "Use a list."))
    return tuple(tuple(row) if isinstance(row, (list, tuple)) else (row,) for row in values)


def within(where: str, found: int, limit: int) -> None:
    """Refuse more than `limit`."""
    if found > limit:
        raise InputError(explain(where, f"at most {limit}", found, "Instances of that size cannot be decided exactly."))


def _set(instance: TrainingInstance, name: str, value: object) -> None:
    object.__setattr__(instance, name, value)


def _names(values: object, where: str) -> tuple[str, ...]:
    if isinstance(values, (str, bytes)) or not isinstance(values, Sequence):
        raise InputError(explain(where, "a list of names", shortened(values), "Write it like ['x1', 'x2']."))
    for k, value in enumerate(values):
        if not isinstance(value, str) or not _NAME.fullmatch(value):
            raise InputError(explain(f"{where}[{k}]", "a name of 1 to 100 characters without spaces, quotes, '|', '\\' "
                                     "and '->'", shortened(value), "Write it like 'h1'."))
    if len(set(values)) < len(values):
        twice = next(v for k, v in enumerate(values) if v in values[:k])
        raise InputError(explain(where, "different names", f"{twice!r} twice", "Rename one of them."))
    return tuple(values)


def _pairs(values: object, where: str) -> tuple[tuple[object, object], ...]:
    if isinstance(values, (str, bytes)) or not isinstance(values, Sequence):
        raise InputError(explain(where, "a list of pairs", shortened(values), "Write it like [['x1', 'h1']]."))
    for k, value in enumerate(values):
        if not isinstance(value, (list, tuple)) or len(value) != 2:
            raise InputError(explain(f"{where}[{k}]", "a pair", shortened(value), "Write it like ['x1', 'h1']."))
    return tuple((value[0], value[1]) for value in values)


def check_graph(instance: TrainingInstance) -> None:
    """Check names, activations and edges; put the vertices into topological order."""
    _set(instance, "sources", _names(instance.sources, "sources"))
    vertices = _pairs(instance.vertices, "vertices")
    within("vertices", len(vertices) + len(instance.sources), MAX_VERTICES)
    names = _names([v for v, _ in vertices], "vertices")
    for v, activation in vertices:
        if activation not in ACTIVATIONS:
            raise InputError(explain(f"vertex {v}", f"an activation among {', '.join(ACTIVATIONS)}",
                                     shortened(activation), "Other activations have no exact semantics here."))
    both = sorted(set(names) & set(instance.sources))
    if both:
        raise InputError(explain("vertices", "names other than those of sources", repr(both[0]), "Rename it."))
    edges = _pairs(instance.edges, "edges")
    within("edges", len(edges), MAX_EDGES)
    _check_edges(edges, set(instance.sources), set(names))
    _set(instance, "edges", edges)
    order = _topological(names, edges, set(instance.sources))
    activations = dict(vertices)
    _set(instance, "vertices", tuple((v, activations[v]) for v in order))
    _set(instance, "sinks", _names(instance.sinks, "sinks"))
    _check_sinks(instance)


def _check_edges(edges: tuple[tuple[object, object], ...], sources: set[str], names: set[str]) -> None:
    seen = set()
    for u, v in edges:
        where = f"edge {u!s:.50}->{v!s:.50}"
        if not isinstance(u, str) or not isinstance(v, str) or u not in sources | names or v not in names:
            wrong, what = (u, "an existing vertex") if v in names else (v, "an existing vertex that is no source")
            raise InputError(explain(where, what, shortened(wrong), "List it among `vertices`."))
        if (u, v) in seen:
            raise InputError(explain(where, "an edge once", "it twice", "Parallel edges add up: keep one."))
        seen.add((u, v))


def _topological(names: tuple[str, ...], edges: tuple[tuple[object, object], ...], sources: set[str]) -> list[str]:
    """The order of `names` itself if every edge leads forwards, else a topological order; refuses cycles."""
    place = {v: k for k, v in enumerate(names)}
    after: dict[str, list[str]] = {v: [] for v in names}
    waiting = {v: 0 for v in names}
    forwards = True
    for u, v in edges:
        if u not in sources:
            after[u].append(v)  # type: ignore[index]
            waiting[v] += 1  # type: ignore[index]
            forwards = forwards and place[u] < place[v]  # type: ignore[index]
    if forwards:
        return list(names)
    order = [v for v in names if not waiting[v]]
    for v in order:  # grows while it is read
        for t in after[v]:
            waiting[t] -= 1
            if not waiting[t]:
                order.append(t)
    if len(order) < len(names):
        stuck = [v for v in names if waiting[v]]
        raise InputError(explain("edges", "a graph without cycles", f"a cycle through or before {stuck[:5]}",
                                 "Remove an edge of the cycle."))
    return order


def _check_sinks(instance: TrainingInstance) -> None:
    if not instance.sinks:
        raise InputError(explain("sinks", "at least one", "none", "Name the outputs of the network."))
    leaving = {u for u, _ in instance.edges}
    known = {v for v, _ in instance.vertices}
    for t in instance.sinks:
        if t not in known:
            raise InputError(explain(f"sink {t}", "one of `vertices`", "no such vertex", "List it there."))
        if t in leaving:
            raise InputError(explain(f"sink {t}", "no outgoing edge", "one", "Add an identity vertex as the output."))


def check_data(instance: TrainingInstance) -> None:
    """Check the sizes of points and labels and convert them to Fractions."""
    points, labels = rows(instance.points, "points"), rows(instance.labels, "labels")
    n = len(points)
    within("points", n, MAX_POINTS)
    within("numbers in points and labels", n * (len(instance.sources) + len(instance.sinks)), MAX_NUMBERS)
    if not n or len(labels) != n:
        raise InputError(explain("labels" if n else "points", f"{n} rows, as many as points" if n else "at least one",
                                 f"{len(labels)} rows" if n else "none", "Give one row of labels for each point."))
    for where, found, names in (("points", points, instance.sources), ("labels", labels, instance.sinks)):
        for i, row in enumerate(found):
            if len(row) != len(names):
                kind = "source" if where == "points" else "sink"
                raise InputError(explain(f"{where}[{i}]", f"{len(names)} numbers, one for each {kind}", len(row),
                                         f"The {kind}s are {shortened(names)}."))
    _set(instance, "points", tuple(tuple(rational(x, f"points[{i}][{s}]") for s, x in enumerate(row))
                                   for i, row in enumerate(points)))
    _set(instance, "labels", tuple(tuple(None if y is None else rational(y, f"labels[{i}][{t}]")
                                         for t, y in enumerate(row)) for i, row in enumerate(labels)))


def check_question(instance: TrainingInstance) -> None:
    """Check threshold, box, biases, pins and name; put biases and pins into the order of the parameters."""
    threshold = rational(instance.threshold, "threshold")
    if threshold < 0:
        raise InputError(explain("threshold", "a number >= 0", threshold, "Squared losses are never negative."))
    _set(instance, "threshold", threshold)
    if not isinstance(instance.strict, bool):
        raise InputError(explain("strict", "true or false", shortened(instance.strict), "Use true for '<'."))
    if instance.box is not None:
        box = rational(instance.box, "box")
        if box <= 0:
            raise InputError(explain("box", "a number > 0, or none", box, "Free parameters lie in [-box, box]."))
        _set(instance, "box", box)
    vertices = tuple(v for v, _ in instance.vertices)
    biases = vertices if instance.biases is None else _names(instance.biases, "biases")
    unknown = sorted(set(biases) - set(vertices))
    if unknown:
        raise InputError(explain("biases", "names among `vertices`", repr(unknown[0]), "Sources have no bias."))
    given = set(biases)
    _set(instance, "biases", tuple(v for v in vertices if v in given))
    _check_pins(instance)
    name = instance.name
    if not isinstance(name, str) or len(name) > 200 or not name.isprintable():
        raise InputError(explain("name", "a line of at most 200 printable characters", shortened(name), "Change it."))


def _check_pins(instance: TrainingInstance) -> None:
    given = tuple(instance.pinned.items()) if isinstance(instance.pinned, Mapping) else instance.pinned
    pairs, known = _pairs(given, "pinned"), set(instance.parameters)
    pins = {name: rational(value, f"pinned[{name!s:.50}]") for name, value in pairs if isinstance(name, str)}
    unknown = [name for name, _ in pairs if name not in known]
    if unknown or len(pins) < len(pairs):
        raise InputError(explain("pinned", "different names of parameters", shortened(unknown or pairs),
                                 "The names are in `parameters`: a vertex for its bias, 'u->v' for an edge."))
    _set(instance, "pinned", tuple((name, pins[name]) for name in instance.parameters if name in pins))

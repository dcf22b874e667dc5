"""What a rate table is about: a graph, features, training nodes and labels, with defaults that are said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from theory.exact.rationals import exact
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.gnn_convergence.graphs import Graph

Array = np.ndarray
KEYS = ("graph", "X", "train", "Y", "aggregation")
MOST_FEATURES = 1000
BITS = 10
"""Random features are multiples of 2^-10, so that exact arithmetic stays short."""


@dataclass(frozen=True)
class Task:
    """A graph on n nodes; X (m_x, n), training nodes, Y (m_y, training nodes), the aggregation, what was chosen.

    `aggregation` is "gcn", "gin" or a matrix S (n, n); `said` has a sentence for each choice that was left open.
    """

    graph: Graph
    X: Array
    train: tuple[int, ...]
    Y: Array
    aggregation: Any
    said: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Return the name of the aggregation."""
        return self.aggregation if isinstance(self.aggregation, str) else "own S"


def task_of(graph: Any, X: Any = None, train: Any = None, Y: Any = None, *, aggregation: Any = "gcn",
            features: str | None = None, labels: str | None = None, seed: int = 0) -> Task:
    """Return the task, with defaults for what is left out; a task is returned as it is.

    Args:
        graph: a networkx graph, PyG `Data`, an adjacency matrix, a `Graph`, or a mapping with the keys graph, X, train,
            Y, aggregation. X: (m_x, n), columns are nodes. train: indices or names of nodes, or a share such as "1/2".
            Y: (m_y, training nodes) in the order of `train`, or (m_y, n), of which the training columns are taken.
        aggregation: "gcn", "gin", or S (n, n).
        features: "own", "one-hot" or "gaussian:K" in place of X. labels: "own", "degree" or "random" in place of Y.
        seed: of random choices.

    Raises:
        InputError: no such graph, shapes that do not fit, an empty training set.
    """
    from numerics.gnn_convergence.graphs import graph_of

    if isinstance(graph, Task):
        return graph
    if isinstance(graph, Mapping):
        unknown = sorted(str(key) for key in graph if key not in KEYS)
        if unknown or "graph" not in graph:
            raise InputError(explain("task", f"the keys {', '.join(KEYS)}, graph at least", ", ".join(map(str, graph)),
                                     "Rename or leave out the others."))
        given = {**graph}
        return task_of(given["graph"], given.get("X") if X is None else X,
                       given.get("train") if train is None else train, given.get("Y") if Y is None else Y,
                       aggregation=given.get("aggregation", aggregation), features=features, labels=labels, seed=seed)
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise InputError(explain("seed", "an integer >= 0", repr(seed), "Write 0, say."))
    found = graph_of(graph)
    said: list[str] = []
    columns = _features(found, X, features, seed, said)
    nodes = _training(found, train, seed, said)
    return Task(found, columns, nodes, _labels(found, Y, labels, nodes, seed, said), aggregation, tuple(said))


def _dense(value: Any) -> Any:
    """Rows of numbers; sparse matrices and tensors are opened, texts and Fractions become floats."""
    dense = value.toarray() if hasattr(value, "toarray") else value
    dense = dense.detach().cpu().numpy() if hasattr(dense, "detach") else dense
    if isinstance(dense, np.ndarray):
        return dense
    try:
        return [[float(exact(x, "matrix")) if isinstance(x, (str, Fraction)) else x for x in row] for row in dense]
    except TypeError:
        return dense


def _features(graph: Graph, given: Any, kind: str | None, seed: int, said: list[str]) -> Array:
    from numerics.gnn_convergence.graphs import columns, gaussian_features

    if given is not None and kind is None:
        return columns(_dense(given), graph.size, "X")
    own = graph.features
    if kind == "own" and own is None:
        raise InputError(explain("features", "one-hot or gaussian:K", "own, but the graph has none", "Choose another."))
    if own is not None and kind in (None, "own"):
        return own
    if kind in (None, "one-hot"):
        said.append(f"Features: one-hot, m_x = {graph.size}.")
        return np.eye(graph.size)
    name, _, count = str(kind).partition(":")
    if name != "gaussian" or not count.isdecimal() or not 1 <= int(count) <= MOST_FEATURES:
        raise InputError(explain("features", f"own, one-hot or gaussian:K with 1 <= K <= {MOST_FEATURES}", repr(kind),
                                 "Write gaussian:8, say."))
    said.append(f"Features: {count} Gaussian numbers of variance 1/{count} a node, seed {seed}, in multiples of"
                f" 2^-{BITS}.")
    return np.round(gaussian_features(graph.size, int(count), seed)*2.0**BITS)/2.0**BITS


def _training(graph: Graph, given: Any, seed: int, said: list[str]) -> tuple[int, ...]:
    from theory.gnn_convergence import training_nodes

    n = graph.size
    if given is None and graph.train is not None:
        return training_nodes(graph.train, n)
    if given is None or isinstance(given, (str, Fraction)):
        share = exact(given if given is not None else "1/2", "train")
        if not 0 < share <= 1:
            raise InputError(explain("train", "a share in (0, 1], or nodes", str(given), "Write 1/2, or 0,3,4."))
        count = max(1, int(share*n))
        said.append(f"Training nodes drawn with seed {seed}." if count < n else "All nodes are training nodes.")
        return tuple(sorted(int(k) for k in np.random.default_rng(seed).permutation(n)[:count]))
    nodes = np.asarray(given)
    if nodes.dtype == bool:
        nodes = np.flatnonzero(nodes)
    return training_nodes([_node(graph, node) for node in nodes.tolist()], n)


def _node(graph: Graph, node: Any) -> int:
    """The index of a node given by its index or by its name."""
    if isinstance(node, str):
        if node in graph.nodes:
            return graph.nodes.index(node)
        if not node.isdigit():
            raise InputError(explain("train", f"nodes of {graph.name}", repr(node),
                                     f"Its nodes are {', '.join(graph.nodes[:5])}, ..."))
    return int(node)


def _labels(graph: Graph, given: Any, kind: str | None, train: Sequence[int], seed: int, said: list[str]) -> Array:
    from numerics.gnn_convergence.graphs import columns

    n, picked = graph.size, list(train)
    if given is not None and kind is None:
        rows = _dense(given)
        shape = np.shape(rows)
        if len(shape) != 2 or shape[1] not in (n, len(picked)):
            raise InputError(explain("Y", f"{len(picked)} columns, one for each training node, or {n}, one for each"
                                     " node", f"shape {shape}", "Columns are nodes, in the order of train."))
        found = columns(rows, shape[1], "Y")
        return found[:, picked] if shape[1] == n else found
    own = graph.labels
    if kind == "own" and own is None:
        raise InputError(explain("labels", "degree or random", "own, but the graph has none", "Choose another."))
    if own is not None and kind in (None, "own"):
        return own[:, picked]
    if kind in (None, "degree"):
        degree = np.array([sum(row) for row in graph.adjacency], dtype=np.float64)
        said.append("Labels: +1 at nodes whose degree is above the mean, -1 elsewhere.")
        return np.where(degree > degree.mean(), 1.0, -1.0)[None, picked]
    if kind == "random":
        said.append(f"Labels: signs drawn with seed {seed}.")
        return np.random.default_rng(seed + 1).choice([-1.0, 1.0], size=(1, n))[:, picked]
    raise InputError(explain("labels", "own, degree or random", repr(kind), "Choose one of these."))

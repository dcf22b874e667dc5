"""Undirected graphs without weights, with features and labels where there are some: named ones, one's own, files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import networkx
import numpy as np
from numpy.typing import NDArray

from theory.gnn_convergence.graph_shift import aggregation, training_nodes
from theory.language.errors import InputError, UnknownNameError, explain

Array = NDArray[np.float64]
DIGITS, COMPONENTS, NEIGHBOURS = 300, 16, 8


@dataclass(frozen=True, eq=False)
class Graph:
    """A graph and what is known at its nodes; columns are nodes.

    Attributes:
        adjacency: rows of 0 and 1, symmetric, zero diagonal. nodes: their names, in the order of the columns.
        features: (m_x, n) or None. labels: (m_y, n) or None. train: the labelled nodes or None.

    Raises:
        InputError: another adjacency, features or labels of another width or not finite, training nodes out of range.
    """

    name: str
    adjacency: tuple[tuple[int, ...], ...]
    nodes: tuple[str, ...]
    features: Array | None = None
    labels: Array | None = None
    train: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        """Check everything once, here."""
        aggregation(self.adjacency, "gin")  # refuses what is not a simple undirected graph
        size = len(self.adjacency)
        if len(self.nodes) != size:
            raise InputError(explain("nodes", f"{size} names", len(self.nodes), "Name every node."))
        for field in ("features", "labels"):
            value = getattr(self, field)
            if value is not None:
                object.__setattr__(self, field, columns(value, size, field))
        if self.train is not None:
            object.__setattr__(self, "train", training_nodes(self.train, size))

    @property
    def size(self) -> int:
        """The number n of nodes."""
        return len(self.nodes)


def columns(values: Any, size: int, name: str) -> Array:
    """Return values as float64 of shape (rows, size).

    Raises:
        InputError: another shape, NaN or infinity.

    >>> columns([[1, 2]], 2, "X").shape
    (1, 2)
    """
    try:
        out = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise InputError(explain(name, "a matrix of numbers", type(values).__name__,
                                 "Give rows of one length.")) from None
    if out.ndim != 2 or out.shape[1] != size or not out.shape[0]:
        raise InputError(explain(name, f"shape (rows, {size}), one column for each node", out.shape,
                                 "Columns are nodes: transpose a matrix whose rows are nodes."))
    if not np.isfinite(out).all():
        raise InputError(explain(name, "finite numbers", "NaN or infinity", "Fill the missing values in."))
    out.setflags(write=False)
    return out


def gaussian_features(nodes: int, rows: int, seed: int) -> Array:
    """Return (rows, nodes) independent normal features of variance 1/rows."""
    return np.random.default_rng(seed).standard_normal((rows, nodes)) / np.sqrt(rows)


def one_hot(classes: Iterable[Any]) -> Array:
    """Return (number of classes, n): row c is 1 at the nodes of the c-th class in sorted order.

    >>> one_hot("aba").tolist()
    [[1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    """
    given = list(classes)
    kinds = sorted(set(given))
    return np.array([[float(c == kind) for c in given] for kind in kinds])


_SHIPPED: dict[str, Callable[[], networkx.Graph]] = {
    "karate": networkx.karate_club_graph,
    "les_miserables": networkx.les_miserables_graph,
    "davis": networkx.davis_southern_women_graph,
    "florentine": networkx.florentine_families_graph,
    "petersen": networkx.petersen_graph,
}
_SIZED: dict[str, tuple[Callable[[int], networkx.Graph], int]] = {
    "path": (networkx.path_graph, 1), "cycle": (networkx.cycle_graph, 3), "complete": (networkx.complete_graph, 1),
    "star": (lambda n: networkx.star_graph(n - 1), 1), "empty": (networkx.empty_graph, 1),
}
NAMES = (*_SHIPPED, "digits", *(f"{name}:N" for name in _SIZED))
"""What `graph_named` knows; N is the number of nodes."""


def graph_named(name: str) -> Graph:
    """Return a graph by name: karate (with the clubs as labels), les_miserables, davis, florentine, petersen, digits
    (nearest neighbours of 300 images, with features and labels), or path:7, cycle:9, complete:5, star:4, empty:3.

    Raises:
        UnknownNameError: another name. InputError: a number of nodes that makes no such graph.

    >>> graph_named("karate").size, graph_named("path:3").adjacency[1]
    (34, (1, 0, 1))
    """
    if name == "digits":
        return _digits()
    if name in _SHIPPED:
        graph = _SHIPPED[name]()
        out = graph_of(graph, name=name)
        if name == "karate":
            return replace(out, labels=one_hot(data["club"] for _, data in graph.nodes(data=True)))
        return out
    kind, _, number = name.partition(":")
    if kind in _SIZED and number:
        make, least = _SIZED[kind]
        if not number.isdecimal() or int(number) < least:
            raise InputError(explain(f"graph {name}", f"{kind}:N with N >= {least}", number, "Give the nodes."))
        return graph_of(make(int(number)), name=name)
    raise UnknownNameError(explain("graph", f"one of {', '.join(NAMES)}", repr(name),
                                   "For a file use read_graph, for another object graph_of."))


def _digits() -> Graph:
    """The symmetrised graph of 8 nearest neighbours of the first 300 digits, on 16 principal components / 4."""
    from sklearn.datasets import load_digits
    from sklearn.decomposition import PCA
    from sklearn.neighbors import kneighbors_graph

    data = load_digits()
    points = PCA(COMPONENTS, svd_solver="full").fit_transform(data.data[:DIGITS] / 16.0)
    near = kneighbors_graph(points, NEIGHBOURS, include_self=False).toarray() > 0
    either = (near | near.T).astype(int)
    return Graph("digits", tuple(map(tuple, either.tolist())), tuple(map(str, range(DIGITS))),
                 points.T / np.sqrt(COMPONENTS), one_hot(data.target[:DIGITS].tolist()))


def graph_of(subject: Any, *, name: str = "") -> Graph:
    """Return the graph of a networkx graph (weights are left out), a PyTorch Geometric `Data` (edge_index, x, y,
    train_mask), a dense or sparse adjacency matrix, rows of integers, or a Graph.

    Raises:
        InputError: directed edges, self-loops, parallel edges, weights in a matrix, no nodes, another object.

    >>> graph_of([[0, 1], [1, 0]]).nodes
    ('0', '1')
    """
    if isinstance(subject, Graph):
        return replace(subject, name=name) if name else subject
    if isinstance(subject, networkx.Graph):
        return _of_networkx(subject, name)
    if hasattr(subject, "edge_index"):
        return _of_data(subject, name)
    if hasattr(subject, "toarray"):  # scipy.sparse
        subject = subject.toarray()
    if isinstance(subject, (np.ndarray, list, tuple)) or hasattr(subject, "detach"):
        return _of_rows(np.asarray(subject.detach().cpu() if hasattr(subject, "detach") else subject), name)
    raise InputError(explain("graph", "a networkx graph, PyTorch Geometric data, or an adjacency matrix",
                             type(subject).__name__, "Convert it, or write it to a file and use read_graph."))


def _of_networkx(graph: networkx.Graph, name: str) -> Graph:
    if graph.is_directed():
        raise InputError(explain("graph", "an undirected graph", "a directed one", "Use graph.to_undirected()."))
    if graph.is_multigraph():
        raise InputError(explain("graph", "a graph without parallel edges", "a multigraph", "Use networkx.Graph(g)."))
    loops = list(networkx.nodes_with_selfloops(graph))
    if loops:
        raise InputError(explain("graph", "no self-loops: the aggregation adds them", f"one at {loops[0]!r}",
                                 "Use graph.remove_edges_from(networkx.selfloop_edges(graph))."))
    order = {node: k for k, node in enumerate(graph)}
    rows = [[0] * len(order) for _ in order]
    for u, v in graph.edges:
        rows[order[u]][order[v]] = rows[order[v]][order[u]] = 1
    return Graph(name or graph.name or "graph", tuple(map(tuple, rows)), tuple(map(str, order)))


def _of_rows(matrix: NDArray[Any], name: str) -> Graph:
    if matrix.ndim != 2 or matrix.dtype.kind not in "iufb":
        raise InputError(explain("graph", "a square matrix of 0 and 1", f"shape {matrix.shape}, {matrix.dtype}",
                                 "Give the adjacency matrix."))
    values = matrix.astype(np.float64)
    bad = np.argwhere((values != 0) & (values != 1))
    if len(bad):
        i, j = bad[0].tolist()
        raise InputError(explain(f"adjacency[{i}][{j}]", "0 or 1", values[i, j],
                                 "Leave the weights out with (A != 0), or give S itself as the aggregation."))
    return Graph(name or "graph", tuple(map(tuple, values.astype(int).tolist())),
                 tuple(map(str, range(len(values)))))


def _of_data(data: Any, name: str) -> Graph:
    """Read PyTorch Geometric data by its fields; rows are nodes there, columns here."""
    ends = np.asarray(data.edge_index.detach().cpu()).astype(int)
    x, y, mask = (getattr(data, field, None) for field in ("x", "y", "train_mask"))
    known = getattr(data, "num_nodes", None)
    size = int(known) if known is not None else len(x) if x is not None else int(ends.max(initial=-1)) + 1
    if ends.ndim != 2 or ends.shape[0] != 2 or (ends.size and not 0 <= ends.min() <= ends.max() < size):
        raise InputError(explain("edge_index", f"shape (2, edges), nodes 0..{size - 1}", ends.shape,
                                 "Check num_nodes and the edges."))
    rows = np.zeros((size, size), dtype=int)
    rows[ends[0], ends[1]] = 1
    one_way = np.argwhere(rows != rows.T)
    if len(one_way):
        raise InputError(explain("edge_index", "every edge in both directions", f"only one of {one_way[0].tolist()}",
                                 "Use torch_geometric.utils.to_undirected."))
    if rows.diagonal().any():
        raise InputError(explain("edge_index", "no self-loops: the aggregation adds them",
                                 f"one at node {int(rows.diagonal().argmax())}",
                                 "Use torch_geometric.utils.remove_self_loops."))
    labels = None
    if y is not None:
        given = np.asarray(y.detach().cpu())
        labels = given.T if given.ndim == 2 and given.shape[1] > 1 else (
            given.reshape(1, -1) if given.dtype.kind == "f" else one_hot(given.reshape(-1).tolist()))
    features = None if x is None else np.asarray(x.detach().cpu(), dtype=np.float64).T
    train = None if mask is None else tuple(np.flatnonzero(np.asarray(mask.detach().cpu())).tolist())
    return Graph(name or "data", tuple(map(tuple, rows.tolist())), tuple(map(str, range(size))), features, labels,
                 train)


def read_graph(path: str | Path) -> Graph:
    """Return the graph of a file: GraphML (.graphml), or an edge list (.edgelist, .txt, .csv: two names in a line,
    separated by blanks or a comma; what follows them is left out; # starts a comment).

    Raises:
        InputError: no such file, another ending, a line that is no edge, and everything that `graph_of` refuses.
    """
    place = Path(path)
    if not place.is_file():
        raise InputError(explain("graph", "a file", str(path), "Check the path."))
    if place.suffix == ".graphml":
        try:
            found = networkx.read_graphml(place)
        except Exception as error:  # the parser raises errors of several libraries
            raise InputError(explain(str(place), "GraphML", str(error), "Write it with networkx.")) from None
    elif place.suffix in (".edgelist", ".txt", ".csv"):
        found = _edges(place)
    else:
        raise InputError(explain("graph", "a file that ends in .graphml, .edgelist, .txt or .csv", place.name,
                                 "Convert it with networkx."))
    if not len(found):
        raise InputError(explain(str(place), "at least one node", "none", "Check the contents."))
    return graph_of(found, name=place.stem)


def _edges(place: Path) -> networkx.Graph:
    found = networkx.Graph()
    try:
        text = place.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise InputError(explain(str(place), "text in UTF-8", "other bytes", "Save it as UTF-8.")) from None
    for number, line in enumerate(text.splitlines(), 1):
        content = line.split("#")[0].strip()
        if not content:
            continue
        ends = [part.strip() for part in (content.split(",") if "," in content else content.split())]
        if len(ends) < 2 or not all(ends[:2]):
            raise InputError(explain(f"{place}, line {number}", "two names of nodes", repr(line),
                                     "Write one edge a line."))
        found.add_edge(*ends[:2])
    return found

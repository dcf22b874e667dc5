"""Graphs from names, objects and files."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import networkx
import numpy as np
import pytest
import torch
from scipy.sparse import csr_array

from numerics.gnn_convergence.graphs import Graph, gaussian_features, graph_named, graph_of, read_graph
from theory.language.errors import InputError, UnknownNameError

EDGE = ((0, 1), (1, 0))


@pytest.mark.parametrize("name, nodes, edges", [
    ("karate", 34, 78), ("les_miserables", 77, 254), ("davis", 32, 89), ("florentine", 15, 20), ("petersen", 10, 15),
    ("path:7", 7, 6), ("cycle:9", 9, 9), ("complete:5", 5, 10), ("star:4", 4, 3), ("empty:3", 3, 0)])
def test_named_graphs_have_their_known_sizes_and_no_weights(name: str, nodes: int, edges: int) -> None:
    """Numbers of nodes and edges are those of the literature; karate and Les Miserables lose their weights."""
    graph = graph_named(name)
    rows = np.array(graph.adjacency)
    assert (graph.size, rows.sum()) == (nodes, 2 * edges)
    assert set(np.unique(rows)) <= {0, 1}


def test_clubs_of_the_karate_graph_are_one_hot() -> None:
    """Two clubs of 17 members; the instructor (node 0) and the president (node 33) are in different ones."""
    labels = graph_named("karate").labels
    assert labels.shape == (2, 34) and sorted(labels.sum(axis=1).tolist()) == [17.0, 17.0]
    assert (labels[:, 0] != labels[:, 33]).all()


def test_every_digit_has_its_eight_nearest_neighbours() -> None:
    """300 images with 16 centred features, one-hot labels, at least 8 neighbours and the nearest one among them."""
    graph = graph_named("digits")
    rows = np.array(graph.adjacency)
    distances = ((graph.features[:, :, None] - graph.features[:, None, :]) ** 2).sum(axis=0)
    np.fill_diagonal(distances, np.inf)
    assert graph.features.shape == (16, 300) and graph.labels.shape == (10, 300)
    assert rows.sum(axis=1).min() >= 8
    assert all(rows[i, j] for i, j in enumerate(distances.argmin(axis=1)))
    assert np.abs(graph.features.mean(axis=1)).max() < 1e-12


@pytest.mark.parametrize("subject", [
    networkx.Graph([(0, 1)]), EDGE, np.array(EDGE), np.array(EDGE, dtype=float), csr_array(np.array(EDGE)),
    torch.tensor(EDGE), Graph("e", EDGE, ("0", "1")),
    SimpleNamespace(edge_index=torch.tensor([[0, 1], [1, 0]]), num_nodes=2)], ids=lambda s: type(s).__name__)
def test_one_edge_is_read_from_every_kind_of_object(subject: object) -> None:
    """networkx, rows, dense, sparse, tensor, Graph and PyTorch Geometric data give the same graph."""
    found = graph_of(subject, name="edge")
    assert (found.adjacency, found.nodes, found.name) == (EDGE, ("0", "1"), "edge")


def test_data_are_transposed_to_columns() -> None:
    """x (n, d) becomes (d, n), classes become rows of 0 and 1, the mask the labelled nodes."""
    data = SimpleNamespace(edge_index=torch.tensor([[0, 1], [1, 0]]), x=torch.tensor([[1.0, 2], [3, 4], [5, 6]]),
                           y=torch.tensor([7, 2, 7]), train_mask=torch.tensor([True, False, True]))
    found = graph_of(data)
    assert found.features.tolist() == [[1, 3, 5], [2, 4, 6]]
    assert found.labels.tolist() == [[0, 1, 0], [1, 0, 1]]
    assert found.train == (0, 2) and found.size == 3


def test_disconnected_graphs_and_isolated_nodes_are_accepted() -> None:
    """Nothing in the theory needs one component."""
    assert graph_of(networkx.disjoint_union(networkx.path_graph(2), networkx.empty_graph(1))).size == 3


@pytest.mark.parametrize("subject, remedy", [
    (networkx.DiGraph([(0, 1)]), "to_undirected"), (networkx.Graph([(0, 0)]), "selfloop_edges"),
    (networkx.MultiGraph([(0, 1), (0, 1)]), "networkx.Graph"), ([[0, 2], [2, 0]], "A != 0"), ([[0, 1], [0, 0]], "undi"),
    (networkx.empty_graph(0), "row for each node"), ("karate", "read_graph"),
    (SimpleNamespace(edge_index=torch.tensor([[0], [1]])), "to_undirected"),
    (SimpleNamespace(edge_index=torch.tensor([[0], [0]])), "remove_self_loops"),
    (SimpleNamespace(edge_index=torch.tensor([[0], [5]]), num_nodes=2), "num_nodes")])
def test_other_graphs_are_refused_with_the_remedy(subject: object, remedy: str) -> None:
    """Directed edges, loops, parallel edges, weights and missing nodes are named, with what to do."""
    with pytest.raises(InputError, match=remedy):
        graph_of(subject)


@pytest.mark.parametrize("fields, part", [
    ({"features": [[1.0, np.nan]]}, "finite"), ({"features": [[1.0], [2.0]]}, "transpose"),
    ({"labels": [[1.0, 2.0, 3.0]]}, "labels"), ({"train": ()}, "train"), ({"train": (2,)}, "0..1"),
    ({"nodes": ("a",)}, "2 names")])
def test_features_labels_and_nodes_must_fit_the_graph(fields: dict, part: str) -> None:
    """NaN, transposed matrices, empty training sets and nodes out of range are refused where they enter."""
    with pytest.raises(InputError, match=part):
        Graph(**{"name": "e", "adjacency": EDGE, "nodes": ("0", "1"), **fields})


@pytest.mark.parametrize("name", ["karat", "path", "wheel:4"])
def test_unknown_names_list_the_known_ones(name: str) -> None:
    """A misspelt name is answered with the names there are."""
    with pytest.raises(UnknownNameError, match="les_miserables"):
        graph_named(name)


def test_a_cycle_has_at_least_three_nodes() -> None:
    """cycle:2 would have a double edge."""
    with pytest.raises(InputError, match="N >= 3"):
        graph_named("cycle:2")


@pytest.mark.parametrize("ending, text", [
    ("edgelist", "# friends\na b {'weight': 3}\nb c\n"), ("csv", "a,b\nb, c, 2.5\n"), ("txt", "a b\n\nb c # last\n")])
def test_edge_lists_are_read_with_names(tmp_path: Path, ending: str, text: str) -> None:
    """Blanks or commas; comments and what follows the two names are left out."""
    path = tmp_path / f"friends.{ending}"
    path.write_text(text)
    found = read_graph(path)
    assert (found.name, found.nodes, found.adjacency) == ("friends", ("a", "b", "c"), ((0, 1, 0), (1, 0, 1), (0, 1, 0)))


def test_graphml_gives_back_what_networkx_wrote(tmp_path: Path) -> None:
    """A round trip through a file keeps nodes and edges and drops weights."""
    path = tmp_path / "florentine.graphml"
    networkx.write_graphml(networkx.florentine_families_graph(), path)
    found, expected = read_graph(path), graph_named("florentine")
    assert (found.nodes, found.adjacency) == (expected.nodes, expected.adjacency)


@pytest.mark.parametrize("name, content, part", [
    ("g.edgelist", "a\n", "line 1"), ("g.csv", "a,\n", "line 1"), ("g.txt", "# nothing\n", "at least one node"),
    ("g.gml", "graph", "graphml"), ("g.graphml", "<a", "GraphML")])
def test_unreadable_files_say_where(tmp_path: Path, name: str, content: str, part: str) -> None:
    """The line, the ending or the format is named."""
    path = tmp_path / name
    path.write_text(content)
    with pytest.raises(InputError, match=part):
        read_graph(path)
    with pytest.raises(InputError, match="path"):
        read_graph(tmp_path / "missing.txt")


def test_gaussian_features_have_the_stated_variance_and_follow_the_seed() -> None:
    """Columns have expected squared length 1; equal seeds give equal features."""
    X = gaussian_features(2000, 5, 3)
    assert X.shape == (5, 2000) and abs((X**2).sum(axis=0).mean() - 1) < 0.1
    assert (X == gaussian_features(2000, 5, 3)).all() and (X != gaussian_features(2000, 5, 4)).any()

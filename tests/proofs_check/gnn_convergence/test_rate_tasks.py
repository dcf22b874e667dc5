"""What a rate table accepts: graphs of many kinds, defaults that are said, and refusals."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest
import torch
from scipy.sparse import csr_array

from proofs_check.gnn_convergence.tasks import task_of
from theory.language.errors import InputError

PATH = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]


def test_one_graph_in_many_forms():
    """networkx, rows, an array, a sparse array and a mapping are the same path."""
    forms = (nx.path_graph(3), PATH, np.array(PATH), csr_array(np.array(PATH)), {"graph": PATH})
    assert len({task_of(form).graph.adjacency for form in forms}) == 1


def test_data_brings_features_labels_and_a_mask():
    """Fields as PyTorch Geometric has them, rows being nodes: columns here, and nothing is left to choose."""
    edges = torch.tensor([[0, 1, 1, 2], [1, 0, 2, 1]])
    data = SimpleNamespace(edge_index=edges, x=torch.arange(6.0).reshape(3, 2), y=torch.tensor([0, 1, 0]),
                           train_mask=torch.tensor([True, False, True]))
    task = task_of(data)
    assert task.X.tolist() == [[0, 2, 4], [1, 3, 5]] and task.train == (0, 2)
    assert task.Y.tolist() == [[1, 1], [0, 0]] and task.said == ()


def test_defaults_are_said():
    """One-hot features, half of the nodes from the seed, degree above the mean as labels: a sentence for each."""
    task, again = task_of(nx.star_graph(3)), task_of(nx.star_graph(3))
    assert task.X.tolist() == np.eye(4).tolist() and len(task.train) == 2 and task.train == again.train
    assert len(task.said) == 3 and set(task.Y.flat) <= {1.0, -1.0}
    assert task_of(nx.star_graph(3), train=(0, 1)).Y.tolist() == [[1, -1]]


def test_choices_are_taken():
    """Gaussian features in multiples of 2^-10, random signs, a share of the nodes, names, masks, other seeds."""
    task = task_of(nx.path_graph(6), train="1/3", features="gaussian:2", labels="random", seed=1)
    assert task.X.shape == (2, 6) and (task.X*1024 == np.round(task.X*1024)).all() and len(task.train) == 2
    named = nx.relabel_nodes(nx.path_graph(3), dict(enumerate("abc")))
    assert task_of(named, train=["c", "a"]).train == (2, 0) and task_of(named, train=["1"]).train == (1,)
    assert task_of(PATH, train=np.array([False, True, True])).train == (1, 2)
    assert not np.array_equal(task.X, task_of(nx.path_graph(6), features="gaussian:2", seed=2).X)


def test_labels_of_all_nodes_are_cut():
    """Labels (1, n) and (1, training nodes) say the same; texts and Fractions are numbers."""
    whole = task_of(PATH, train=(2, 0), Y=[["1/2", 0, 3]])
    assert whole.Y.tolist() == [[3, 0.5]] == task_of(PATH, train=(2, 0), Y=[[3, Fraction(1, 2)]]).Y.tolist()


def test_a_mapping_gives_way_to_arguments():
    """Arguments come before the keys of a mapping; a task stays as it is."""
    given = {"graph": PATH, "train": (0, 1), "aggregation": "gin"}
    task = task_of(given, train=(2,))
    assert task.train == (2,) and task.kind == "gin" and task_of(task) is task


@pytest.mark.parametrize(("arguments", "message"), [
    ({"graph": nx.DiGraph([(0, 1)])}, "undirected"), ({"graph": [[0, 2], [2, 0]]}, "0 or 1"),
    ({"graph": [[1]]}, "self-loops"), ({"graph": {"nodes": 3}}, "the keys graph"), ({"graph": 3}, "a networkx graph"),
    ({"graph": PATH, "train": ()}, "at least one node"), ({"graph": PATH, "train": (0, 0)}, "all different"),
    ({"graph": PATH, "train": "2"}, r"a share in \(0, 1\]"), ({"graph": PATH, "train": ["z"]}, "nodes of"),
    ({"graph": PATH, "X": np.ones((3, 2))}, r"shape \(rows, 3\)"), ({"graph": PATH, "X": [["x", 1, 2]]}, "exact"),
    ({"graph": PATH, "train": (0, 1), "Y": [[1, 2, 3, 4]]}, "Y: required 2 columns"),
    ({"graph": PATH, "features": "own"}, "the graph has none"),
    ({"graph": PATH, "features": "gaussian:0"}, "gaussian:K"),
    ({"graph": PATH, "labels": "own"}, "the graph has none"), ({"graph": PATH, "labels": "x"}, "own, degree or random"),
    ({"graph": PATH, "seed": -1}, "seed")])
def test_bad_tasks_are_refused(arguments: dict[str, object], message: str):
    """Directed, weighted and looped graphs, empty training sets, shapes and kinds that do not fit."""
    with pytest.raises(InputError, match=message):
        task_of(**arguments)

"""Graphs with features, labels and training nodes for the rates of graph networks.

    lemmascope table gnn_convergence --graph examples/graph_task.py:communities --model gcn --layers 1 2 3
    lemmascope table gnn_convergence --graph examples/graph_task.py:communities --model gcn --skip --figures figures
    lemmascope table gnn_convergence --graph examples/graph_task.py:cliques --model gin
    lemmascope table gnn_convergence --graph examples/graph_task.py:ring --layers 1 2

A factory returns a graph (networkx, PyG `Data`, an adjacency matrix) or a dictionary with the arguments of
`proofs_check.gnn_convergence.rate_table`: graph, X (features, nodes), train, Y (labels, training nodes), and perhaps
aggregation. Columns are nodes.
"""

from typing import Any

import networkx as nx
import numpy as np


def communities() -> dict[str, Any]:
    """Two groups of 12 nodes with more edges inside than between; four noisy features; labels say the group."""
    graph = nx.stochastic_block_model([12, 12], [[0.5, 0.08], [0.08, 0.5]], seed=3)
    side = np.repeat([1.0, -1.0], 12)
    rng = np.random.default_rng(0)
    # multiples of 1/64, so that exact arithmetic stays short
    features = np.round(64 * (0.3 * side + rng.normal(size=(4, 24)))) / 64
    train = tuple(range(0, 24, 3))
    return {"graph": graph, "X": features, "train": train, "Y": side[None, list(train)]}


def cliques() -> dict[str, Any]:
    """Two cliques joined by an edge: most nodes are twins, and twins with different labels cannot be told apart."""
    graph = nx.barbell_graph(4, 0)
    return {"graph": graph, "X": np.eye(8), "train": (0, 1, 3, 4, 7), "Y": np.array([[1.0, -1.0, 1.0, -1.0, -1.0]])}


def ring() -> dict[str, Any]:
    """A cycle of eight nodes with an aggregation of its own: half from the node, a quarter from each neighbour."""
    graph = nx.cycle_graph(8)
    aggregation = (2 * np.eye(8) + nx.to_numpy_array(graph)) / 4
    labels = np.array([[2.0, 1.0, -2.0, -1.0]])
    return {"graph": graph, "X": np.eye(8), "train": (0, 1, 4, 5), "Y": labels, "aggregation": aggregation}


if __name__ == "__main__":
    for factory in (communities, cliques, ring):
        task = factory()
        print(f"{factory.__name__}: {task['graph']}, {len(task['X'])} features, {len(task['train'])} training nodes")

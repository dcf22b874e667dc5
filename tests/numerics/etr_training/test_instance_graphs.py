"""Training instances from graphs and torch modules: round trips, exact weights, refusals."""

from __future__ import annotations

from fractions import Fraction

import networkx
import pytest
import torch
from torch import nn

from numerics.etr_training.graphs import from_graph, from_module, module_weights, to_graph
from numerics.modules import UnreadableLayer
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.zoo import ZOO
from theory.language.errors import ExactnessError, InputError


def test_graphs_and_back_for_the_whole_zoo():
    """The graph with the data and the question gives the instance again, edges and parameters in the same order."""
    for name, instance in ZOO.items():
        again = from_graph(to_graph(instance), instance.points, instance.labels, threshold=instance.threshold,
                           strict=instance.strict, box=instance.box)
        assert again == instance and again.name == name and again.parameters == instance.parameters


def test_pins_and_missing_biases_survive():
    """Pinned weights and biases are attributes of edges and nodes."""
    instance = TrainingInstance(("x",), (("h", "relu"), ("y", "id")), ("y",), (("x", "h"), ("h", "y")), ((1,),),
                                ((2,),), biases=("y",), pinned=(("x->h", "1/2"), ("y", 3)))
    graph = to_graph(instance)
    assert graph.edges["x", "h"]["pinned"] == Fraction(1, 2) and graph.nodes["y"]["pinned"] == 3
    assert from_graph(graph, instance.points, instance.labels) == instance


def test_a_bare_graph_is_filled_in():
    """Nodes without incoming edges are sources, without outgoing ones sinks; identities with biases."""
    graph = networkx.DiGraph([("b", "h"), ("a", "h"), ("h", "y"), ("b", "y")])
    graph.nodes["h"]["activation"] = "relu"
    instance = from_graph(graph, [(1, 2)], [3], threshold="1/2")
    assert (instance.sources, instance.sinks, instance.threshold) == (("b", "a"), ("y",), Fraction(1, 2))
    assert instance.parameters == ("h", "b->h", "a->h", "y", "b->y", "h->y")
    assert dict(instance.vertices) == {"h": "relu", "y": "id"}


@pytest.mark.parametrize(("graph", "message"), [
    (networkx.Graph([("a", "b")]), "a networkx.DiGraph"),
    (networkx.MultiDiGraph([("a", "b")]), "a networkx.DiGraph"),
    (networkx.DiGraph([(1, 2)]), "required a name"),
    (networkx.DiGraph([("a", "b"), ("b", "c"), ("c", "b"), ("c", "y")]), "without cycles"),
])
def test_other_graphs_are_refused(graph, message):
    """Undirected graphs, parallel edges, nodes that are no texts, and cycles."""
    with pytest.raises(InputError, match=message):
        from_graph(graph, [(1,)], [1])


def test_a_module_is_the_plain_net():
    """Linear, ReLU, Linear without bias is the one-hidden-layer instance of the same width."""
    module = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 2, bias=False))
    points, labels = [(0, 1), (1, 1)], [(1, None), (0, "1/2")]
    expected = TrainingInstance.one_hidden_layer(points, labels, 3, threshold="1/3")
    assert from_module(module, points, labels, threshold="1/3") == expected


def test_module_weights_are_the_exact_numbers():
    """Outputs of the exact weights are the outputs in double precision, up to its rounding; the weights are dyadic."""
    torch.manual_seed(5)
    module = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Dropout(), nn.Linear(3, 2), nn.Linear(2, 1)).double().eval()
    points = [(0, 1), (2, -3), ("1/2", 4)]
    instance = from_module(module, points, [0, 0, 0])
    assert [v for v, _ in instance.vertices] == ["h1_1", "h1_2", "h1_3", "h2_1", "h2_2", "y1"]
    found = module_weights(module, points)
    assert set(found) == set(instance.parameters)
    assert found["x2->h1_3"] == Fraction(module[0].weight[2, 1].item())
    assert all(value.denominator & (value.denominator - 1) == 0 for value in found.values())
    exact = [float(row[0]) for row in instance.outputs(found)]
    rounded = module(torch.tensor([[0, 1], [2, -3], [0.5, 4]], dtype=torch.float64)).flatten().tolist()
    # three layers of dot products of at most three terms, all numbers below 4: 20 roundings by 2^-52
    assert exact == pytest.approx(rounded, abs=20 * 2.0**-52)


def test_a_single_sigmoid_layer():
    """Linear and Sigmoid is one sigmoid sink."""
    instance = from_module(nn.Sequential(nn.Linear(1, 1), nn.Sigmoid()), [0, 1], ["1/2", "3/4"])
    assert instance.vertices == (("y1", "sigmoid"),) and instance.parameters == ("y1", "x1->y1")


class Residual(nn.Module):
    """x + Linear(x)."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(2, 2)

    def forward(self, x):
        """The sum."""
        return x + self.linear(x)


def tied():
    """Two layers that share their weight."""
    first, second = nn.Linear(2, 2), nn.Linear(2, 2)
    second.weight = first.weight
    return nn.Sequential(first, nn.ReLU(), second)


@pytest.mark.parametrize(("module", "message"), [
    (nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1)), "relu, sigmoid, identity, found tanh"),
    (nn.Sequential(nn.ReLU(), nn.Linear(2, 1)), "a Linear layer before each activation"),
    (nn.Sequential(nn.Linear(2, 2), nn.LayerNorm(2)), "required Linear layers and activations, found layer_norm"),
    (Residual(), "a chain of layers"), (tied(), "parameters of its own"),
])
def test_other_modules_are_refused(module, message):
    """The layer and what is not covered are named."""
    with pytest.raises(UnreadableLayer, match=message):
        from_module(module, [(0, 1)], [1])


def test_data_of_modules_are_checked():
    """Float data, no points, points of another length."""
    module = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    with pytest.raises(ExactnessError, match=r"points\[0\]"):
        from_module(module, [0.5], [1])
    with pytest.raises(InputError, match="points: required at least one"):
        from_module(module, [], [])
    with pytest.raises(InputError):
        from_module(module, [(1, 2)], [1])
    with pytest.raises(InputError, match="at least one Linear layer"):
        from_module(nn.Identity(), [1], [1])

"""Stacks of graph convolutions as linear networks, with stand-ins for the classes of PyTorch Geometric."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from numerics.gnn_convergence.conversion import from_torch_geometric
from numerics.gnn_convergence.graphs import graph_named
from numerics.gnn_convergence.networks import predict, shift
from theory.language.errors import InputError


class GCNConv(nn.Module):
    """The fields of the class of the same name."""

    def __init__(self, inputs: int, outputs: int, bias: bool = False, **settings: bool) -> None:
        super().__init__()
        self.lin = nn.Linear(inputs, outputs, bias=False, dtype=torch.float64)
        self.bias = nn.Parameter(torch.zeros(outputs)) if bias else None
        self.add_self_loops = settings.get("add_self_loops", True)
        self.normalize, self.improved = settings.get("normalize", True), settings.get("improved", False)


class GINConv(nn.Module):
    """The fields of the class of the same name."""

    def __init__(self, network: nn.Module, eps: float = 0.0, train_eps: bool = False) -> None:
        super().__init__()
        self.nn = network
        if train_eps:
            self.eps = nn.Parameter(torch.tensor([eps]))
        else:
            self.register_buffer("eps", torch.tensor([eps]))


class JumpingKnowledge(nn.Module):
    """The field of the class of the same name."""

    def __init__(self, mode: str = "cat") -> None:
        super().__init__()
        self.mode = mode


def linear(inputs: int, outputs: int) -> nn.Linear:
    """A Linear layer without bias in double precision."""
    return nn.Linear(inputs, outputs, bias=False, dtype=torch.float64)


@pytest.fixture
def data() -> SimpleNamespace:
    """The Florentine families with three features, two classes, ten labelled nodes."""
    torch.manual_seed(0)
    adjacency = torch.tensor(graph_named("florentine").adjacency)
    return SimpleNamespace(edge_index=adjacency.nonzero().T, x=torch.randn(15, 3, dtype=torch.float64),
                           y=torch.arange(15) % 2, train_mask=torch.arange(15) < 10)


def forward(data: SimpleNamespace, S: np.ndarray, weights: list[Tensor], head: Tensor | None = None) -> np.ndarray:
    """Rows are nodes: x -> S x W' for each weight, then the head; on the labelled nodes, transposed."""
    x = data.x
    for weight in weights:
        x = torch.tensor(S) @ x @ weight.detach().T
    x = x if head is None else x @ head.detach().T
    return x[:10].T.numpy()


def test_a_gcn_whose_last_convolution_is_the_output(data: SimpleNamespace) -> None:
    """Two convolutions are one layer and a head on features that are aggregated once more: the same function."""
    module = nn.Sequential(GCNConv(3, 8), nn.ReLU(), GCNConv(8, 2, bias=True))
    problem, w, notes = from_torch_geometric(module, data)
    S = shift(graph_named("florentine"), "gcn")
    assert problem.depth == 1 and not problem.skip and problem.train == tuple(range(10))
    assert np.allclose(predict(problem, w), forward(data, S, [module[0].lin.weight, module[2].lin.weight]), rtol=1e-12)
    assert problem.Y[:, :3].tolist() == [[1, 0, 1], [0, 1, 0]]
    assert any("ReLU was linearised" in n for n in notes) and any("2: the bias" in n for n in notes)
    assert any("last convolution is the head" in n for n in notes)


def test_a_gin_with_a_head_multiplies_its_inner_layers(data: SimpleNamespace) -> None:
    """GINConv(Linear, ReLU, Linear) becomes one matrix, and says so; eps enters the aggregation."""
    inner = nn.Sequential(linear(3, 5), nn.ReLU(), linear(5, 4))
    module = nn.ModuleList([GINConv(inner, eps=0.5, train_eps=True), linear(4, 2)])
    problem, w, notes = from_torch_geometric(module, data)
    S = shift(graph_named("florentine"), "gin") + 0.5 * np.eye(15)
    expected = forward(data, S, [inner[2].weight @ inner[0].weight], module[1].weight)
    assert np.allclose(predict(problem, w), expected, rtol=1e-12)
    assert any("eps is trained" in n for n in notes) and any("2 Linear layers were multiplied" in n for n in notes)


@pytest.mark.parametrize("features", [False, True])
def test_jumping_knowledge_becomes_heads_on_all_layers(data: SimpleNamespace, features: bool) -> None:
    """The Linear layer after the concatenation is cut; a missing head on the features is zero, and noted."""
    first, second = GCNConv(3, 4), GCNConv(4, 5)
    last = linear((3 if features else 0) + 9, 2)
    module = nn.ModuleList([first, second, JumpingKnowledge(), last])
    problem, w, notes = from_torch_geometric(module, data)
    S = shift(graph_named("florentine"), "gcn")
    parts = [forward(data, S, [])] * features + [forward(data, S, [first.lin.weight]), forward(
        data, S, [first.lin.weight, second.lin.weight])]
    assert problem.skip and len(w.W) == 3
    assert np.allclose(predict(problem, w), last.weight.detach().numpy() @ np.vstack(parts), rtol=1e-12)
    assert any("W_0 = 0" in n for n in notes) is not features


@pytest.mark.parametrize("settings, diagonal", [({"improved": True}, 2.0), ({"add_self_loops": False}, 0.0)])
def test_settings_of_the_normalisation_are_read(data: SimpleNamespace, settings: dict, diagonal: float) -> None:
    """improved adds loops of weight 2, add_self_loops=False none; each row of D^(1/2) S D^(1/2) sums to the degree."""
    problem, _, _ = from_torch_geometric(nn.ModuleList([GCNConv(3, 4, **settings), linear(4, 2)]), data)
    adjacency = np.array(graph_named("florentine").adjacency)
    degree = adjacency.sum(axis=1) + diagonal
    root = np.sqrt(np.maximum(degree, 1))  # one family is isolated
    assert np.allclose(problem.S * np.outer(root, root), adjacency + diagonal * np.eye(15))


def test_a_convolution_without_normalisation_sums_the_neighbours(data: SimpleNamespace) -> None:
    """normalize=False is multiplication by A."""
    problem, _, _ = from_torch_geometric(nn.ModuleList([GCNConv(3, 4, normalize=False), linear(4, 2)]), data)
    assert problem.S.tolist() == np.array(graph_named("florentine").adjacency).tolist()


@pytest.mark.parametrize("layers, part", [
    (lambda: [linear(3, 2)], "at least one GCNConv"),
    (lambda: [GCNConv(3, 4), GINConv(linear(4, 4)), linear(4, 2)], "one aggregation"),
    (lambda: [GCNConv(3, 4), JumpingKnowledge("lstm"), linear(4, 2)], "cat"),
    (lambda: [GCNConv(3, 4), JumpingKnowledge(), linear(5, 2)], "4 inputs, or 3 more"),
    (lambda: [GCNConv(3, 4), JumpingKnowledge()], "head last"),
    (lambda: [GCNConv(3, 4), linear(4, 4), linear(4, 2)], "second one"),
    (lambda: [linear(3, 3), GCNConv(3, 2)], "one after it"),
    (lambda: [GCNConv(3, 4), nn.GRU(4, 4), linear(4, 2)], "GRU"),
    (lambda: [GINConv(nn.ReLU()), linear(3, 2)], "at least one Linear"),
    (lambda: [GCNConv(4, 4), linear(4, 2)], "layers"),
    (lambda: [GCNConv(3, 4), linear(4, 1)], "classes 0..0")])
def test_other_stacks_are_refused(data: SimpleNamespace, layers: object, part: str) -> None:
    """Mixed aggregations, other jumps, further Linear layers, recurrent parts, widths and classes that do not fit."""
    with pytest.raises(InputError, match=part):
        from_torch_geometric(nn.ModuleList(layers()), data)


@pytest.mark.parametrize("field", ["x", "y", "train_mask"])
def test_missing_data_are_named(data: SimpleNamespace, field: str) -> None:
    """Features, labels and a mask are needed."""
    setattr(data, field, None)
    with pytest.raises(InputError, match=f"data.{field}"):
        from_torch_geometric(nn.ModuleList([GCNConv(3, 2)]), data)


def test_normalisation_of_the_library_is_ours(data: SimpleNamespace) -> None:
    """With PyTorch Geometric installed: GCNConv and GINConv of the library compute the converted function."""
    library = pytest.importorskip("torch_geometric.nn")
    structures = pytest.importorskip("torch_geometric.data")
    given = structures.Data(x=data.x, edge_index=data.edge_index, y=data.y, train_mask=data.train_mask)
    for layer in (library.GCNConv(3, 2, bias=False).double(), library.GINConv(linear(3, 2))):
        problem, w, _ = from_torch_geometric(layer, given)
        expected = layer(given.x, given.edge_index).detach().numpy()[:10].T
        assert np.allclose(predict(problem, w), expected, rtol=1e-10)

"""Symmetries of torch modules: exact orders and dimensions, confirmed by group elements, broken by wrong ones."""

from __future__ import annotations

from itertools import permutations, product
from math import factorial

import pytest
import torch
from torch import nn

from numerics.covering import SymmetryReport, symmetry_report
from theory.language.errors import InputError


@pytest.fixture(autouse=True)
def fixed_weights() -> None:
    """Every module of this file has the same weights in every run."""
    torch.manual_seed(7)


class Residual(nn.Module):
    """Encoder, two blocks on one stream of width 4, decoder; `on_stream` acts on the stream between the blocks."""

    def __init__(self, on_stream: nn.Module) -> None:
        super().__init__()
        self.encode, self.decode, self.on_stream = nn.Linear(3, 4), nn.Linear(4, 2), on_stream
        self.enter, self.leave = (nn.ModuleList(m) for m in ((nn.Linear(4, 5), nn.Linear(4, 6)),
                                                             (nn.Linear(5, 4), nn.Linear(6, 4))))

    def forward(self, x):
        stream = self.encode(x)
        stream = self.on_stream(stream + self.leave[0](torch.relu(self.enter[0](stream))))
        return self.decode(stream + self.leave[1](torch.relu(self.enter[1](stream))))


class Attention(nn.Module):
    """Embedding, self-attention with two heads of size 3, read-out."""

    def __init__(self) -> None:
        super().__init__()
        self.embed, self.read = nn.Linear(2, 6), nn.Linear(6, 1)
        self.mix = nn.MultiheadAttention(6, 2, batch_first=True)

    def forward(self, x):
        x = torch.relu(self.embed(x))
        return self.read(torch.relu(x + self.mix(x, x, x, need_weights=False)[0]).mean(dim=1))


def mlp(*widths: int, activation: type[nn.Module] = nn.Tanh) -> nn.Sequential:
    """Linear layers with activations between them."""
    layers: list[nn.Module] = []
    for before, after in zip(widths, widths[1:]):
        layers += [nn.Linear(before, after), activation()]
    return nn.Sequential(*layers[:-1])


def shared_weights() -> nn.Sequential:
    """A layer used twice between tanh units: one permutation serves all three places."""
    layer = nn.Linear(4, 4)
    return nn.Sequential(nn.Linear(3, 4), nn.Tanh(), layer, nn.Tanh(), layer, nn.Tanh(), nn.Linear(4, 1))


IMAGES = (2, 1, 8, 8)
CASES = {
    "tanh": (mlp(3, 5, 2), (4, 3), (factorial(5), 5, 0, 0)),
    "relu": (mlp(3, 5, 7, 2, activation=nn.ReLU), (4, 3), (factorial(5)*factorial(7), 0, 12, 0)),
    "gelu": (mlp(3, 5, 2, activation=nn.GELU), (4, 3), (factorial(5), 0, 0, 0)),
    "linear": (nn.Sequential(nn.Linear(3, 4), nn.Linear(4, 2)), (4, 3), (factorial(4), 0, 0, 16)),
    "flatten after a convolution": (
        nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(144, 3)), IMAGES, (factorial(4), 0, 4, 0)),
    "group norm": (
        nn.Sequential(nn.Conv2d(1, 6, 3), nn.GroupNorm(2, 6), nn.GELU(), nn.Flatten(), nn.Linear(216, 3)), IMAGES,
        (factorial(3)**2*2, 0, 0, 0)),
    "group norm, one group": (
        nn.Sequential(nn.Conv2d(1, 6, 3), nn.GroupNorm(1, 6), nn.GELU(), nn.Flatten(), nn.Linear(216, 3)), IMAGES,
        (factorial(6), 0, 0, 0)),
    "batch norm": (
        nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.Conv2d(4, 2, 3), nn.Flatten()), IMAGES,
        (factorial(4), 4, 4, 0)),
    "depthwise": (
        nn.Sequential(nn.Conv2d(1, 4, 3), nn.ReLU(), nn.Conv2d(4, 4, 3, groups=4), nn.ReLU(), nn.Conv2d(4, 1, 1)),
        IMAGES, (factorial(4), 0, 8, 0)),
    "max pool": (nn.Sequential(nn.Conv2d(1, 3, 3), nn.Tanh(), nn.MaxPool2d(2), nn.Conv2d(3, 1, 1)), IMAGES,
                 (factorial(3), 0, 0, 0)),
    "average pool": (nn.Sequential(nn.Conv2d(1, 3, 3), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(3, 1, 1)), IMAGES,
                     (factorial(3), 3, 0, 0)),
    "shared weights": (shared_weights(), (4, 3), (factorial(4), 4, 0, 0)),
    "one shared stream": (Residual(nn.ReLU()), (4, 3), (factorial(4)*factorial(5)*factorial(6), 0, 15, 0)),
    "linear stream": (Residual(nn.Identity()), (4, 3), (factorial(4)*factorial(5)*factorial(6), 0, 11, 16)),
    # behind the norm, its own weights and the columns that read them share factors; without weights they do not
    "normed stream": (Residual(nn.LayerNorm(4)), (4, 3), (factorial(4)*factorial(5)*factorial(6), 4, 15, 0)),
    "normed stream without weights": (Residual(nn.LayerNorm(4, elementwise_affine=False)), (4, 3),
                                      (factorial(4)*factorial(5)*factorial(6), 0, 11, 0)),
    "attention": (Attention(), (2, 5, 2), (factorial(6)*2, 0, 6, 2*(9 + 9))),
    "nothing free": (nn.Sequential(nn.Linear(3, 2)), (4, 3), (1, 0, 0, 0)),
}


def counted(report: SymmetryReport) -> tuple[int, int, int, int]:
    """The four numbers."""
    return (report.permutation_order, report.sign_flips, report.scaling_dimension, report.general_linear_dimension)


@pytest.mark.parametrize("name", CASES)
def test_orders_and_dimensions_are_exact(name: str) -> None:
    """Counts by hand; a random element changes the outputs by rounding only, leaving columns behind changes them."""
    module, shape, expected = CASES[name]
    report = symmetry_report(module, torch.zeros(shape))
    assert counted(report) == expected
    # a thousand roundings of relative size 2^-53; a column left behind changes the outputs by a part of their size
    assert report.error < 1000 * 2.0**-53
    assert (report.broken is None) if expected[0] == 1 else report.broken > 1e-4
    assert report.lost_dimension == expected[2] + expected[3]


def test_all_signed_permutations_by_brute_force() -> None:
    """Of all 2 * 48 maps of 3 tanh units to signed permutations of rows and columns, exactly 48 keep the function."""
    module = mlp(2, 3, 1).double()
    inputs = torch.randn(20, 2, dtype=torch.float64)
    before, after = module[0], module[2]
    # preactivations below 8 are rounded four times by at most 2^-51, which three weights below 0.6 carry to the output
    rounding, kept = 128 * 2.0**-53, 0
    for order in permutations(range(3)):
        for signs in product((1.0, -1.0), repeat=3):
            for column_signs in (signs, tuple(-s for s in signs)):
                s, c = (torch.tensor(x, dtype=torch.float64) for x in (signs, column_signs))
                hidden = torch.tanh(inputs @ (s[:, None]*before.weight[list(order)]).T + s*before.bias[list(order)])
                moved = hidden @ (c*after.weight[:, list(order)]).T + after.bias
                kept += int(torch.allclose(moved, module(inputs), rtol=0, atol=rounding))
    report = symmetry_report(module.float(), torch.zeros(1, 2))
    assert kept == report.permutation_order*2**report.sign_flips == 48


@pytest.mark.parametrize("activation", [nn.Tanh, nn.ReLU])
def test_lost_dimensions_are_the_kernel_of_the_jacobian(activation: type[nn.Module]) -> None:
    """The rank of the Jacobian of many outputs in the parameters is S minus the lost dimensions (dossier: 7 and 5)."""
    module = mlp(1, 2, 1, activation=activation).double()
    with torch.no_grad():  # both units are active on both sides of their kinks
        module[0].weight.copy_(torch.tensor([[1.0], [-1.5]]))
        module[0].bias.copy_(torch.tensor([0.3, 0.2]))
    inputs = torch.linspace(-2, 2, 41, dtype=torch.float64)[:, None]
    slopes = [torch.autograd.grad(module(x).sum(), list(module.parameters())) for x in inputs]
    rows = [torch.cat([g.flatten() for g in slope]) for slope in slopes]
    report = symmetry_report(module.float(), torch.zeros(1, 1))
    assert torch.linalg.matrix_rank(torch.stack(rows)).item() == report.parameter_count - report.lost_dimension


def test_a_stream_is_not_permuted_block_by_block() -> None:
    """Permuting what one block alone reads and writes changes a residual network, as dossier 3.11 says."""
    module = Residual(nn.Identity()).double()
    inputs = torch.randn(6, 3, dtype=torch.float64)
    expected = module(inputs).detach()
    order = [1, 2, 3, 0]
    with torch.no_grad():
        module.enter[0].weight.copy_(module.enter[0].weight[:, order].clone())
        module.leave[0].weight.copy_(module.leave[0].weight[order].clone())
        module.leave[0].bias.copy_(module.leave[0].bias[order].clone())
    # a change of the size of the weights, not of their rounding
    assert (module(inputs) - expected).abs().max() > 1e-3


def test_one_report_for_every_seed() -> None:
    """The counts do not depend on the random element."""
    module, shape, expected = CASES["attention"]
    assert {counted(symmetry_report(module, torch.zeros(shape), seed=k)) for k in range(4)} == {expected}


def test_the_module_is_left_as_it_was() -> None:
    """Neither the weights nor the mode of the module change."""
    module = mlp(3, 5, 2).train()
    before = [p.detach().clone() for p in module.parameters()]
    symmetry_report(module, torch.zeros(1, 3))
    assert module.training and all(torch.equal(a, b) for a, b in zip(before, module.parameters()))


def test_ties_that_are_not_understood_are_refused() -> None:
    """Two groupings of the same channels, and several filters a channel, are named instead of guessed."""
    twice = nn.Sequential(nn.Conv2d(1, 12, 3), nn.GroupNorm(2, 12), nn.GroupNorm(3, 12), nn.Conv2d(12, 1, 3))
    with pytest.raises(InputError, match="units of 0: .*groups of"):
        symmetry_report(twice, torch.zeros(IMAGES))
    several = nn.Sequential(nn.Conv2d(1, 2, 3), nn.Conv2d(2, 4, 3, groups=2), nn.Conv2d(4, 1, 1))
    with pytest.raises(InputError, match="layer 1: .*one filter a channel"):
        symmetry_report(several, torch.zeros(IMAGES))


def test_text_and_notebook_forms_name_the_units() -> None:
    """The report can be read: parameters, factors with the layers they belong to, and the check."""
    report = symmetry_report(mlp(3, 5, 2), torch.zeros(1, 3))
    assert "5 x units of 0" in report.to_text() and "32 parameters" in report.to_text()
    assert "<table>" in report._repr_html_() and "units of 0" in report._repr_html_()

"""Reading torch modules: the layer graph is the module's, weights are exact, and what cannot be read is named."""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch
from torch import nn
from torch.nn import functional

from numerics.modules import UnreadableLayer, dyadic, largest, parameter_range, read
from theory.language.errors import InputError


class Wrapped(nn.Module):
    """A module whose forward is given as a function of its one layer and the input."""

    def __init__(self, layer: nn.Module, forward) -> None:
        super().__init__()
        self.layer, self.how = layer, forward

    def forward(self, x):
        return self.how(self.layer, x)


def test_a_chain_of_linear_layers_has_widths() -> None:
    """Linear layers with biases and activations are a network (d_0, ..., d_{L+1}) with S parameters."""
    graph = read(nn.Sequential(nn.Flatten(), nn.Linear(6, 5), nn.Tanh(), nn.Linear(5, 2)), torch.zeros(3, 2, 3))
    assert graph.widths == (6, 5, 2)
    assert graph.parameter_count == 6*5 + 5 + 5*2 + 2
    assert [layer.kind for layer in graph.layers] == ["input", "flatten", "linear", "activation", "linear", "output"]
    assert [layer.path for layer in graph.layers][1:5] == ["0", "1", "2", "3"]


def test_other_modules_have_no_widths() -> None:
    """A missing bias, a shared layer, a convolution or a residual addition is not a plain chain."""
    shared = nn.Linear(3, 3)
    for module, shape in ((nn.Sequential(nn.Linear(3, 2, bias=False)), (1, 3)),
                          (nn.Sequential(shared, nn.Tanh(), shared), (1, 3)),
                          (nn.Sequential(nn.Conv1d(1, 2, 2)), (1, 1, 4)),
                          (Wrapped(shared, lambda layer, x: layer(x) + x), (1, 3))):
        assert read(module, torch.zeros(shape)).widths is None


def test_tied_parameters_count_once() -> None:
    """A layer that is used twice has one name and is counted once."""
    shared = nn.Linear(4, 4)
    graph = read(nn.Sequential(shared, nn.Tanh(), shared), torch.zeros(1, 4))
    assert graph.parameter_count == 20
    names = {layer.parameters["weight"] for layer in graph.layers if layer.kind == "linear"}
    assert names == {"0.weight"}


@pytest.mark.parametrize("forward", [
    lambda layer, x: torch.relu(layer(x)),
    lambda layer, x: nn.functional.relu(layer(x)),
    lambda layer, x: layer(x).relu(),
])
def test_functions_and_methods_are_read_like_layers(forward) -> None:
    """torch.relu, functional.relu and the method give the same graph."""
    graph = read(Wrapped(nn.Linear(2, 3), forward), torch.zeros(1, 2))
    assert [(k.kind, k.settings.get("name")) for k in graph.layers[1:3]] == [("linear", None), ("activation", "relu")]


def test_shapes_are_those_of_the_example() -> None:
    """Every layer knows the shape of its output; evaluation mode is restored to what it was."""
    module = nn.Sequential(nn.Conv2d(1, 4, 3), nn.BatchNorm2d(4), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
                           nn.Linear(36, 2)).train()
    graph = read(module, torch.zeros(2, 1, 8, 8))
    assert [layer.shape for layer in graph.layers[1:6]] == [(2, 4, 6, 6)]*3 + [(2, 4, 3, 3), (2, 36)]
    assert module.training and module[1].num_batches_tracked == 0
    assert "conv" in graph.to_text() and "(2, 36)" in graph.to_text()


UNREADABLE = {
    "recurrent": (nn.Sequential(nn.Linear(2, 2), nn.LSTM(2, 2)), (1, 3, 2), "layer 1: .*LSTM"),
    "trained slope": (nn.Sequential(nn.PReLU()), (1, 2), "layer 0: .*PReLU"),
    "grouped": (nn.Sequential(nn.Conv2d(4, 4, 1, groups=2)), (1, 4, 2, 2), "layer 0: .*2 groups"),
    "product": (Wrapped(nn.Linear(2, 2), lambda layer, x: layer(x)*x), (1, 2), "layer mul: .*mul"),
    "broadcast": (Wrapped(nn.Linear(2, 2), lambda layer, x: layer(x) + layer(x)[:1]), (2, 2), "getitem"),
    "branch": (Wrapped(nn.Linear(2, 2), lambda layer, x: layer(x) if x.sum() > 0 else x), (1, 2), "Wrapped: .*control"),
    "masked": (Wrapped(nn.MultiheadAttention(2, 1, batch_first=True),
                       lambda layer, x: layer(x, x, x, key_padding_mask=None)[0]), (1, 3, 2), "layer layer: .*mask"),
    "cross": (Wrapped(nn.MultiheadAttention(2, 1, batch_first=True),
                      lambda layer, x: layer(x, torch.relu(x), x)[0]), (1, 3, 2), "layer layer: .*different"),
    "steep": (nn.Sequential(nn.LeakyReLU(3.0)), (1, 2), "activation 0: .*negative_slope=3"),
    "falling": (nn.Sequential(nn.LeakyReLU(-0.5)), (1, 2), "activation 0: .*slope in"),
    "asymmetric": (nn.Sequential(nn.Hardtanh(-1, 2)), (1, 2), "activation 0: .*max_val=2"),
    "sharp": (nn.Sequential(nn.Softplus(beta=9)), (1, 2), "activation 0: .*beta=9"),
    "steep call": (Wrapped(nn.Linear(2, 2), lambda layer, x: functional.leaky_relu(layer(x), 3.0)), (1, 2), "3.0"),
    "sharp call": (Wrapped(nn.Linear(2, 2), lambda layer, x: functional.softplus(layer(x), beta=9)), (1, 2), "beta"),
    "own divisor": (nn.Sequential(nn.AvgPool2d(1, divisor_override=2)), (1, 2, 2, 2), "divisor 2"),
    "dropping": (Wrapped(nn.Linear(2, 2), lambda layer, x: functional.dropout(layer(x))), (1, 2), "dropout that drops"),
    "two outputs": (Wrapped(nn.Linear(2, 2), lambda layer, x: (layer(x), x)), (1, 2), "layer output: .*tuple"),
    "part of axes": (nn.Sequential(nn.Flatten(2)), (1, 2, 2, 2), "layer 0: .*flattening"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_read_is_named(name: str) -> None:
    """An operation that is not understood is refused with its path and type and a remedy, never guessed."""
    module, shape, message = UNREADABLE[name]
    with pytest.raises(UnreadableLayer, match=message):
        read(module, torch.zeros(shape))


@pytest.mark.parametrize("part", [nn.LeakyReLU(0.2), nn.LeakyReLU(1), nn.ReLU(inplace=True), nn.Hardtanh(-1, 1)])
def test_settings_without_another_constant_are_read(part: nn.Module) -> None:
    """Gentle slopes keep the Lipschitz constant 1, work in place changes no value, and defaults may be written."""
    assert read(nn.Sequential(nn.Linear(2, 2), part), torch.zeros(1, 2)).layers[2].kind == "activation"


def test_dropout_that_follows_the_mode_is_the_identity() -> None:
    """functional.dropout(x, p, self.training) does nothing in evaluation mode."""
    for call in (lambda m, x: functional.dropout(x, 0.5, False), lambda m, x: functional.dropout(x, training=False)):
        assert read(Wrapped(nn.Linear(2, 2), call), torch.zeros(1, 2)).layers[1].kind == "identity"


def test_a_wrong_example_is_explained() -> None:
    """An input that does not run through the module is an input error with torch's reason."""
    with pytest.raises(InputError, match="example input that runs through it, found .*shapes cannot be multiplied"):
        read(nn.Sequential(nn.Linear(2, 2)), torch.zeros(1, 3))


def test_weights_are_dyadic_fractions() -> None:
    """0.1 in single precision is 13421773 / 2^27, and so on; nothing is rounded again."""
    assert dyadic(torch.tensor([0.1, -0.75, 0.0])) == [Fraction(13421773, 2**27), Fraction(-3, 4), Fraction(0)]
    assert dyadic(torch.tensor([0.1], dtype=torch.float64)) == [Fraction(0.1)]
    assert largest(torch.tensor([[0.5, -2.0]])) == 2 and largest(torch.zeros(0)) == 0
    layer = nn.Linear(2, 1)
    with torch.no_grad():
        layer.weight.copy_(torch.tensor([[0.25, -0.5]]))
        layer.bias.fill_(0.125)
    assert parameter_range(layer) == Fraction(1, 2)


@pytest.mark.parametrize("bad", [torch.tensor([1.0, float("nan")]), torch.tensor([float("inf")]), torch.tensor([1, 2])])
def test_weights_that_are_no_numbers_are_refused(bad: torch.Tensor) -> None:
    """NaN, infinities and integer tensors are refused."""
    with pytest.raises(InputError):
        dyadic(bad)

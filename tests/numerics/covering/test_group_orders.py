"""Exact orders of symmetry groups against the symmetries found in the graphs of torch modules."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from math import prod

import pytest
import torch
from torch import Tensor, nn

from numerics.covering.symmetry import symmetry_report
from theory.covering.group_orders import (
    attention_group,
    conv_group_order,
    group_norm_order,
    linear_stream_dimension,
    residual_group_order,
    tied_group_order,
)
from theory.language.errors import InputError

IMAGES = torch.zeros(2, 1, 8, 8)


@pytest.fixture(autouse=True)
def fixed_weights() -> None:
    """Every module of this file has the same weights in every run."""
    torch.manual_seed(11)


class Blocks(nn.Module):
    """A stream of width 3 with blocks of the given inner widths; `between` acts on the stream after each."""

    def __init__(self, inner: tuple[int, ...], between: nn.Module) -> None:
        super().__init__()
        self.encode, self.decode, self.between = nn.Linear(2, 3), nn.Linear(3, 1), between
        self.enter = nn.ModuleList(nn.Linear(3, h) for h in inner)
        self.leave = nn.ModuleList(nn.Linear(h, 3) for h in inner)

    def forward(self, x: Tensor) -> Tensor:
        stream = self.encode(x)
        for enter, leave in zip(self.enter, self.leave):
            stream = self.between(stream + leave(torch.tanh(enter(stream))))
        return self.decode(stream)


class Heads(nn.Module):
    """Self-attention between a linear embedding with tanh and a linear read-out."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.embed, self.read = nn.Linear(2, width), nn.Linear(width, 1)
        self.mix = nn.MultiheadAttention(width, heads, batch_first=True)

    def forward(self, x: Tensor) -> Tensor:
        x = torch.tanh(self.embed(x))
        return self.read(torch.tanh(self.mix(x, x, x, need_weights=False)[0]).mean(dim=1))


@pytest.mark.parametrize("channels", [(2, 3), (5, 1)])
def test_convolutions_permute_channels(channels: tuple[int, int]) -> None:
    """Two convolutions and a linear layer behind a Flatten: the product of the factorials of the channels."""
    first, second = channels
    module = nn.Sequential(nn.Conv2d(1, first, 3), nn.GELU(), nn.Conv2d(first, second, 3), nn.GELU(), nn.Flatten(),
                           nn.Linear(16*second, 2))
    assert symmetry_report(module, IMAGES).permutation_order == conv_group_order(channels)


@pytest.mark.parametrize(("channels", "groups"), [(6, 2), (6, 3), (4, 1), (4, 4)])
def test_group_norm_keeps_its_groups(channels: int, groups: int) -> None:
    """The formula, the report, and the permutations counted one by one that map groups to groups."""
    module = nn.Sequential(nn.Conv2d(1, channels, 3), nn.GroupNorm(groups, channels), nn.GELU(),
                           nn.Conv2d(channels, 1, 1))
    size = channels//groups
    pairs = [(a, b) for a in range(channels) for b in range(a)]
    kept = sum(all((order[a]//size == order[b]//size) == (a//size == b//size) for a, b in pairs)
               for order in permutations(range(channels)))
    assert symmetry_report(module, IMAGES).permutation_order == group_norm_order(channels, groups) == kept


@pytest.mark.parametrize("inner", [(4,), (2, 5), (2, 2, 2)])
def test_a_stream_counts_once_however_many_blocks(inner: tuple[int, ...]) -> None:
    """With a nonlinear stream its units are permuted once; with a linear one GL(3) adds nine dimensions."""
    bent = symmetry_report(Blocks(inner, nn.GELU()), torch.zeros(4, 2))
    straight = symmetry_report(Blocks(inner, nn.Identity()), torch.zeros(4, 2))
    order = residual_group_order(3, inner)
    assert (bent.permutation_order, bent.general_linear_dimension) == (order, 0)
    assert (straight.permutation_order, straight.general_linear_dimension) == (order, linear_stream_dimension(3))


@pytest.mark.parametrize(("width", "heads"), [(4, 2), (6, 3), (3, 1)])
def test_attention_has_heads_and_linear_groups(width: int, heads: int) -> None:
    """h! permutations of heads beside those of the embedding and of the output, h (d_k^2 + d_v^2) dimensions."""
    report = symmetry_report(Heads(width, heads), torch.zeros(2, 5, 2))
    order, dimension = attention_group(heads, width//heads, width//heads)
    outside = conv_group_order((width, width))
    assert (report.permutation_order, report.general_linear_dimension) == (order*outside, dimension)


def test_tied_layers_have_one_factor() -> None:
    """A layer used twice between tanh units, and a second class of untied units."""
    layer = nn.Linear(3, 3)
    module = nn.Sequential(nn.Linear(2, 3), nn.Tanh(), layer, nn.Tanh(), layer, nn.Tanh(), nn.Linear(3, 4), nn.Tanh(),
                           nn.Linear(4, 1))
    assert symmetry_report(module, torch.zeros(4, 2)).permutation_order == tied_group_order([3, 4]) == 144


REFUSED: tuple[tuple[str, Callable[[], object]], ...] = (
    ("groups: required a divisor of 6", lambda: group_norm_order(6, 4)),
    ("channels: required an int of at least 1", lambda: conv_group_order([3, 0])),
    ("heads: required an int", lambda: attention_group(True, 2, 2)),
    ("stream: required an int", lambda: residual_group_order(-1, [])),
    ("classes: required an int", lambda: tied_group_order([2, 1.0])),  # type: ignore[list-item]
)


@pytest.mark.parametrize(("words", "call"), REFUSED, ids=[words for words, _ in REFUSED])
def test_what_is_no_count_is_refused(words: str, call: Callable[[], object]) -> None:
    """Floats, booleans, empty layers and unequal groups are refused with the argument's name."""
    with pytest.raises(InputError, match=words):
        call()


def test_orders_are_products_over_layers() -> None:
    """Layers are independent, and a residual network without inner widths has its stream alone."""
    assert conv_group_order([3, 4, 5]) == prod(conv_group_order([c]) for c in (3, 4, 5))
    assert residual_group_order(5, []) == conv_group_order([5]) == tied_group_order([5])

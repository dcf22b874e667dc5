"""A residual network with one stream of 16 units and two blocks: the stream is permuted as a whole, once.

    lemmascope table covering --model examples/residual_mlp.py:untrained --eps 0.1
"""

import torch
from torch import nn


class Block(nn.Module):
    """x + W_2 relu(W_1 x + b_1) + b_2, then ReLU, which leaves the stream its permutations and factors only."""

    def __init__(self, width: int, inner: int) -> None:
        super().__init__()
        self.enter, self.leave = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Map a batch (n, width) to (n, width)."""
        return torch.relu(x + self.leave(torch.relu(self.enter(x))))


def example_input() -> torch.Tensor:
    """Two inputs in [-1, 1]^4."""
    return torch.linspace(-1, 1, 8).reshape(2, 4)


def untrained() -> nn.Module:
    """The network with random weights from a fixed seed."""
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(4, 16), Block(16, 24), Block(16, 24), nn.Linear(16, 3)).eval()

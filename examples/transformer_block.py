"""A transformer block with layer norms: heads permute, queries and keys (values and outputs) of a head share matrices.

    lemmascope table covering --model examples/transformer_block.py:untrained --eps 0.1
"""

import torch
from torch import nn


class Block(nn.Module):
    """x + attention(norm x), then x + mlp(norm x), tokens on axis 1; embedding and read-out around it."""

    def __init__(self, inputs: int = 5, width: int = 8, heads: int = 2, inner: int = 12, outputs: int = 3) -> None:
        super().__init__()
        self.embed, self.read_out = nn.Linear(inputs, width), nn.Linear(width, outputs)
        self.first, self.second = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = nn.MultiheadAttention(width, heads, batch_first=True)
        self.mlp = nn.Sequential(nn.Linear(width, inner), nn.GELU(), nn.Linear(inner, width))

    def forward(self, tokens: torch.Tensor) -> torch.Tensor:
        """Map a batch (n, tokens, inputs) to (n, outputs)."""
        stream = self.embed(tokens)
        normed = self.first(stream)
        mixed, _ = self.attention(normed, normed, normed, need_weights=False)
        stream = stream + mixed
        stream = stream + self.mlp(self.second(stream))
        return self.read_out(stream.mean(dim=1))


def example_input() -> torch.Tensor:
    """Two sequences of six tokens in [-1, 1]^5."""
    return torch.linspace(-1, 1, 60).reshape(2, 6, 5)


def untrained() -> nn.Module:
    """The block with random weights from a fixed seed."""
    torch.manual_seed(0)
    return Block().eval()

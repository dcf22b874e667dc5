"""A small convolutional network on 8 x 8 digits, trained when it is called: BatchNorm, ReLU, pooling, Flatten.

    lemmascope table covering --model examples/digits_cnn.py:trained --eps 0.1
"""

import torch
from sklearn.datasets import load_digits
from torch import nn


def data() -> tuple[torch.Tensor, torch.Tensor]:
    """Images (1797, 1, 8, 8) in [0, 1] and labels (1797,)."""
    digits = load_digits()
    return torch.tensor(digits.images / 16, dtype=torch.float32)[:, None], torch.tensor(digits.target)


def example_input() -> torch.Tensor:
    """A batch that shows the shape and the range of the inputs."""
    return data()[0]


def trained(steps: int = 60) -> nn.Module:
    """The network after full-batch Adam from a fixed seed."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Conv2d(1, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.Conv2d(8, 12, 3), nn.ReLU(),
                          nn.AvgPool2d(2), nn.Flatten(), nn.Linear(48, 10))
    inputs, labels = data()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(inputs), labels).backward()
        optimizer.step()
    return model.eval()

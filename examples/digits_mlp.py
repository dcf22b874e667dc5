"""A (64, 32, 10) tanh network, trained on scikit-learn's digits when it is called.

    lemmascope table covering --model examples/digits_mlp.py:trained --eps 0.1
"""

import torch
from sklearn.datasets import load_digits
from torch import nn


def data() -> tuple[torch.Tensor, torch.Tensor]:
    """Inputs (1797, 64) in [0, 1] and labels (1797,)."""
    digits = load_digits()
    return torch.tensor(digits.data / 16, dtype=torch.float32), torch.tensor(digits.target)


def example_input() -> torch.Tensor:
    """A batch that shows the shape and the range of the inputs."""
    return data()[0]


def trained(steps: int = 200) -> nn.Module:
    """The network after full-batch Adam with weight decay, from a fixed seed."""
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(64, 32), nn.Tanh(), nn.Linear(32, 10))
    inputs, labels = data()
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.02, weight_decay=0.1)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(inputs), labels).backward()
        optimizer.step()
    return model.eval()


if __name__ == "__main__":
    network = trained()
    print(f"accuracy on the training set: {(network(data()[0]).argmax(1) == data()[1]).float().mean().item():.3f}")

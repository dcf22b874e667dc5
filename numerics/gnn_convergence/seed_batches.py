"""Linear and ReLU graph networks of one shape, trained at once by gradient descent: one operation for all seeds.

Each network of a batch has weights, training nodes and labels of its own; graph and features are shared. Linear
networks see the graph through G_l = X S^l only, which is computed once; ReLU networks aggregate in every layer,
backwards as well, by a sparse product.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from scipy.sparse import csr_array
from torch import Tensor

from numerics.gnn_convergence.networks import Weights
from theory.language.errors import InputError, explain

Forward = Callable[[list[Tensor], list[Tensor]], Tensor]
PRECISION = {"linear": torch.float64, "relu": torch.float32}
"""ReLU networks are compared by losses that differ by percents; single precision halves the time they take."""


@dataclass(frozen=True)
class Batch:
    """Networks that are trained together.

    Attributes:
        X: features (m_x, n), one column a node. S: aggregation (n, n).
        train: training nodes of each network, (networks, k).
        Y: labels of these nodes, (networks, m_y, k).
        starts: initial weights, one for each network and all of one shape; as many heads as layers and one more for
            networks with skips, one head without.

    Raises:
        InputError: shapes that do not fit.
    """

    X: np.ndarray
    S: np.ndarray
    train: np.ndarray
    Y: np.ndarray
    starts: tuple[Weights, ...]

    def __post_init__(self) -> None:
        nodes = self.X.shape[1]
        shapes = {tuple(part.shape for part in (*w.B, *w.W)) for w in self.starts}
        labelled = self.train.ndim == 2 and self.Y.ndim == 3 and self.Y.shape[::2] == self.train.shape
        if len(shapes) != 1 or not labelled or len(self.train) != len(self.starts) or self.S.shape != (nodes, nodes):
            found = (f"X {self.X.shape}, S {self.S.shape}, train {self.train.shape}, Y {self.Y.shape}, "
                     f"{len(self.starts)} networks of {len(shapes)} shapes")
            required = "X (m_x, n), S (n, n), train (networks, k), Y (networks, m_y, k), weights of one shape"
            raise InputError(explain("batch", required, found, "Give one row of nodes and labels for each network."))

    @property
    def depth(self) -> int:
        """Number of layers H."""
        return len(self.starts[0].B)

    @property
    def skip(self) -> bool:
        """Whether every layer has a head."""
        return len(self.starts[0].W) > 1


def training_losses(batch: Batch, activation: str, step: float, steps: int) -> np.ndarray:
    """Return the losses ||f - Y||_F^2 before and after each of `steps` steps of gradient descent.

    Args:
        batch: the networks, with their initial weights.
        activation: "linear" or "relu".
        step: step size, positive. steps: how many.

    Returns:
        Losses (networks, steps + 1) in float64, computed in PRECISION; infinite or NaN where a network diverged.

    Raises:
        InputError: another activation.
    """
    if activation not in PRECISION:
        raise InputError(explain("activation", '"linear" or "relu"', repr(activation), "Choose one of the two."))
    forward = _linear(batch) if activation == "linear" else _relu(batch)
    dtype = PRECISION[activation]
    B, W = (_stacked([getattr(w, part) for w in batch.starts], dtype) for part in ("B", "W"))
    Y = torch.tensor(batch.Y, dtype=dtype)
    losses = []
    for k in range(steps + 1):
        # networks do not share weights: the gradient of the sum is the gradient of each
        each = ((forward(B, W) - Y) ** 2).sum((1, 2))
        losses.append(each.detach().double().numpy())
        if k < steps:
            for part, slope in zip([*B, *W], torch.autograd.grad(each.sum(), [*B, *W])):
                part.data.add_(slope, alpha=-step)
    return np.stack(losses, axis=1)


def _stacked(parts: Sequence[Sequence[np.ndarray]], dtype: torch.dtype) -> list[Tensor]:
    """Return one tensor (networks, rows, columns) for each layer."""
    return [torch.tensor(np.stack(layer), dtype=dtype, requires_grad=True) for layer in zip(*parts)]


def _linear(batch: Batch) -> Forward:
    """Return predictions from the features G_l, l = 0..H, each (networks, m_x, k)."""
    G, hops = [], batch.X
    for _ in range(batch.depth + 1):
        G.append(torch.from_numpy(hops[:, batch.train].swapaxes(0, 1).copy()))
        hops = hops @ batch.S

    def forward(B: list[Tensor], W: list[Tensor]) -> Tensor:
        product, out = B[0], W[0] @ G[0] if batch.skip else None
        for depth in range(1, batch.depth + 1):
            product = B[depth - 1] @ product if depth > 1 else product
            if batch.skip or depth == batch.depth:
                seen = (W[depth if batch.skip else 0] @ product) @ G[depth]
                out = seen if out is None else out + seen
        return out

    return forward


def _relu(batch: Batch) -> Forward:
    """Return predictions of X_l = relu(B_l X_{l-1} S); inside, axes are (nodes, networks, channels)."""
    dtype = PRECISION["relu"]
    first = torch.tensor((batch.X @ batch.S).T, dtype=dtype)
    features = torch.tensor(batch.X[:, batch.train].transpose(1, 2, 0), dtype=dtype)
    aggregate = _aggregation(csr_array(batch.S).astype(first.numpy().dtype))
    nodes = torch.from_numpy(batch.train)
    row = torch.arange(len(batch.starts))[:, None]

    def forward(B: list[Tensor], W: list[Tensor]) -> Tensor:
        out, below = features @ W[0].mT if batch.skip else None, first
        for depth, layer in enumerate(B, 1):
            hidden = torch.relu(below @ layer.mT).transpose(0, 1)
            # B (X S) = (B X) S: the sparse product comes first
            below = aggregate(hidden).transpose(0, 1) if depth < batch.depth else hidden
            if batch.skip or depth == batch.depth:
                seen = hidden[nodes, row] @ W[depth if batch.skip else 0].mT
                out = seen if out is None else out + seen
        return out.mT

    return forward


def _aggregation(S: csr_array) -> Callable[[Tensor], Tensor]:
    """Return h -> S' h over the first axis, differentiable."""
    forwards, backwards = csr_array(S.T), S

    def product(matrix: csr_array, values: Tensor) -> Tensor:
        flat = values.detach().reshape(len(values), -1).numpy()
        return torch.from_numpy(matrix @ flat).reshape(values.shape)

    class Aggregation(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, values: Tensor) -> Tensor:
            return product(forwards, values)

        @staticmethod
        def backward(ctx: Any, slope: Tensor) -> Tensor:
            return product(backwards, slope)

    return Aggregation.apply

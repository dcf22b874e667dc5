"""The same networks as torch modules, linear or with ReLU between the layers, for training by torch."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from numerics.gnn_convergence.networks import Problem, Weights, fits, initial
from theory.language.errors import InputError, explain

ACTIVATIONS = ("linear", "relu")


class GraphNetwork(nn.Module):
    """X_l = act(B_l X_{l-1} S) in double precision with heads as the problem says; `forward` gives (m_y, train)."""

    def __init__(self, problem: Problem, widths: Sequence[int], activation: str = "linear", seed: int = 0, *,
                 weights: Weights | None = None) -> None:
        """Start from `weights`, or from Gaussian layers and heads of standard deviation 0.1 drawn with the seed.

        Raises:
            InputError: another activation, widths or weights that do not fit.
        """
        super().__init__()
        if activation not in ACTIVATIONS:
            raise InputError(explain("activation", f"one of {', '.join(ACTIVATIONS)}", repr(activation), "Choose one."))
        start = weights if weights is not None else initial(problem, widths, seed, layers="gaussian", heads=0.1)
        fits(problem, start)
        if start.widths != tuple(widths):
            raise InputError(explain("widths", f"those of the weights, {start.widths}", tuple(widths), "Leave one."))
        self.problem, self.activation = problem, activation
        self.B = nn.ParameterList([nn.Parameter(torch.tensor(b)) for b in start.B])
        self.W = nn.ParameterList([nn.Parameter(torch.tensor(w)) for w in start.W])
        for name in ("X", "S", "Y"):
            self.register_buffer(name, torch.tensor(getattr(problem, name)))

    def forward(self) -> Tensor:
        """Return the values on the training nodes, (m_y, training nodes)."""
        values, columns = [self.X], list(self.problem.train)
        for layer in self.B:
            after = layer @ values[-1] @ self.S
            values.append(torch.relu(after) if self.activation == "relu" else after)
        outputs = [head @ values[k][:, columns] for k, head in zip(self.problem.heads, self.W)]
        return torch.stack(outputs).sum(0)

    def loss(self) -> Tensor:
        """Return the sum of squared residuals, the L of the theory."""
        return ((self.forward() - self.Y) ** 2).sum()

    def weights(self) -> Weights:
        """Return copies of the present weights."""
        return Weights(*(tuple(p.detach().numpy().copy() for p in parts) for parts in (self.B, self.W)))

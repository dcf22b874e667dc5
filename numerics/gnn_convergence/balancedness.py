"""What gradient flow of a linear graph network conserves, in floating point; the exact form is in the theory."""

from __future__ import annotations

import numpy as np

from numerics.gnn_convergence.networks import Array, Problem, Weights


def conserved(problem: Problem, w: Weights) -> tuple[Array, ...]:
    """Return B_l B_l' - B_{l+1}' B_{l+1} - W_(l)' W_(l) for l = 1..H, heads only where there are some.

    The last one has no B_{l+1}. Shapes (m_l, m_l).
    """
    heads, out = dict(zip(problem.heads, w.W)), []
    for level, layer in enumerate(w.B, 1):
        kept = layer @ layer.T
        if level < problem.depth:
            kept = kept - w.B[level].T @ w.B[level]
        if level in heads:
            kept = kept - heads[level].T @ heads[level]
        out.append(kept)
    return tuple(out)


def drift(problem: Problem, first: Weights, last: Weights) -> float:
    """Return the largest spectral norm of a change of a conserved matrix; 0 without layers."""
    pairs = zip(conserved(problem, first), conserved(problem, last))
    return max((float(np.linalg.norm(b - a, 2)) for a, b in pairs), default=0.0)

"""Resolving more: random weighted projections obey the monotony and the correlation bound."""

from __future__ import annotations

import numpy as np


def _projection(columns, weights):
    """Orthogonal projection onto the span of the columns in L^2(weights)."""
    scaled = np.sqrt(weights)[:, None] * columns
    q, _ = np.linalg.qr(scaled)
    return (q @ q.T) * np.sqrt(weights)[None, :] / np.sqrt(weights)[:, None]


def _norm(operator, out, inp):
    return np.linalg.norm(np.sqrt(out)[:, None] * operator / np.sqrt(inp)[None, :], 2)


def test_weighted_rates_fall_as_more_is_resolved_and_start_at_the_correlation():
    """Random chains of 6 states: |Q M Q| is nonincreasing in the resolved space, and at most |M Q_1|."""
    draw = np.random.default_rng(3)
    eye = np.eye(6)
    for _ in range(20):
        layer = draw.dirichlet(np.ones(6), size=6)
        p = draw.dirichlet(np.ones(6))
        after = p @ layer
        basis = np.column_stack([np.ones(6), draw.normal(size=(6, 4))])
        correlation = _norm(layer @ (eye - _projection(basis[:, :1], after)), p, after)
        rates = []
        for r in range(1, 6):
            left, right = eye - _projection(basis[:, :r], p), eye - _projection(basis[:, :r], after)
            rates.append(_norm(left @ layer @ right, p, after))
        assert all(late <= early + 1e-12 for early, late in zip([correlation, *rates], rates))

"""The terms of the dynamics identity as they are printed: vec, Kronecker products and quadratic forms, nothing else.

-dL/dt = sum_l ||v_l||^2_{F_l} + sum_i ||sum_{l >= i} J_(i,l) v_l||^2 with v_l = vec(V G_l'), columns stacked,
F_l = (P_l' P_l) x I and J_(i,l) = P_{i-1} x (W_l B_l ... B_{i+1})', P_l = B_l ... B_1. The matrices are large; the
gradient gives the same numbers at once. This is the formula to hold the gradient against.
"""

from __future__ import annotations

import numpy as np

from numerics.gnn_convergence.networks import Array, Problem, Weights, fits


def kronecker_terms(problem: Problem, w: Weights, V: Array, *, order: str = "F", squares_first: bool = False,
                    features: tuple[Array, ...] = ()) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the terms of the heads and of the layers.

    Args:
        problem: with or without skips. w: weights. V: dL/df at the training nodes, (m_y, training nodes).
        order: "F" stacks columns; "C", rows, is the mistake that the products do not allow.
        squares_first: the mistake of adding squares over scales in place of squaring their sum.
        features: other G_0, ..., G_H than those of the problem.

    Raises:
        InputError: weights that do not fit the problem.
    """
    fits(problem, w)
    products = [np.eye(problem.X.shape[0])]
    for layer in w.B:
        products.append(layer @ products[-1])
    G = features or tuple(problem.features(hops) for hops in range(problem.depth + 1))
    v = {top: (V @ G[top].T).reshape(-1, order=order) for top in problem.heads}
    identity = np.eye(len(V))
    heads = tuple(float(v[top] @ np.kron(products[top].T @ products[top], identity) @ v[top])
                  for top in problem.heads)
    layers = []
    for i in range(1, problem.depth + 1):
        parts = []
        for top, head in zip(problem.heads, w.W):
            if top >= i:
                between = np.eye(w.B[i - 1].shape[0])
                for layer in w.B[i:top]:
                    between = layer @ between
                parts.append(np.kron(products[i - 1], (head @ between).T) @ v[top])
        squared = sum(p @ p for p in parts) if squares_first else sum(parts) @ sum(parts)
        layers.append(float(squared))
    return heads, tuple(layers)

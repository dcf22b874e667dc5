"""Relabelling the hidden units of a network with exact parameters, and its representative with ordered biases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from theory.covering.counting import orbit_count, points_per_axis
from theory.exact.rationals import Exact, exact
from theory.language.errors import InputError, explain

Matrix = tuple[tuple[Fraction, ...], ...]
Vector = tuple[Fraction, ...]
Parameters = tuple[tuple[Matrix, ...], tuple[Vector, ...]]
Activation = Callable[[Fraction], Fraction]


def relabel(weights: Sequence[Sequence[Sequence[Exact]]], biases: Sequence[Sequence[Exact]],
            orders: Sequence[Sequence[int]]) -> Parameters:
    """Return the network whose unit i of hidden layer l is unit `orders[l-1][i]` of the given one (places from 0).

    Args:
        weights: matrices `W_1, ..., W_{L+1}`, `W_l` of shape `(d_l, d_{l-1})`, exact numbers.
        biases: vectors `b_1, ..., b_{L+1}`.
        orders: one permutation of `0..d_l - 1` for each hidden layer.

    Returns:
        `V_l[i][j] = W_l[p_l(i)][p_{l-1}(j)]` and `e_l[i] = b_l[p_l(i)]`: the same function (covering.perm_invariance).

    Raises:
        InputError: an order is no permutation of its layer.

    >>> relabel([[[1], [2]], [[3, 4]]], [[5, 6], [7]], [[1, 0]])[0][0]
    ((Fraction(2, 1),), (Fraction(1, 1),))
    """
    matrices, vectors = _read(weights, biases)
    for layer, (order, vector) in enumerate(zip(orders, vectors[:-1]), 1):
        if sorted(order) != list(range(len(vector))):
            remedy = f"Give each of 0..{len(vector) - 1} once."
            raise InputError(explain(f"orders[{layer - 1}]", "a permutation of the layer", list(order), remedy))
    if len(orders) != len(vectors) - 1:
        required = f"{len(vectors) - 1} permutations, one per hidden layer"
        raise InputError(explain("orders", required, len(orders), "Inputs and outputs keep their places."))
    inputs = range(len(matrices[0][0])) if matrices[0] else range(0)
    places = [inputs, *orders, range(len(vectors[-1]))]
    return (tuple(tuple(tuple(matrix[i][j] for j in before) for i in here)
                  for matrix, before, here in zip(matrices, places, places[1:])),
            tuple(tuple(vector[i] for i in here) for vector, here in zip(vectors, places[1:])))


def bias_orders(biases: Sequence[Sequence[Exact]]) -> tuple[tuple[int, ...], ...]:
    """Return for each hidden layer the permutation that makes its biases fall; equal biases keep their order.

    With `relabel` this gives the representative of covering.fundamental_domain. It is unique only if the biases of
    every layer differ.

    >>> bias_orders([[1, 3, 2], [0]])
    ((1, 2, 0),)
    """
    vectors = [[exact(b, "biases") for b in vector] for vector in biases]
    return tuple(tuple(sorted(range(len(v)), key=lambda i: -v[i])) for v in vectors[:-1])


def network_output(weights: Sequence[Sequence[Sequence[Exact]]], biases: Sequence[Sequence[Exact]],
                   activations: Sequence[Activation], x: Sequence[Exact]) -> Vector:
    """Return the exact output for input `x`; `activations[l-1]` acts on every unit of hidden layer l.

    >>> network_output([[[1], [-1]], [[1, 1]]], [[0, 0], [0]], [lambda u: max(u, Fraction(0))], [-3])
    (Fraction(3, 1),)
    """
    matrices, vectors = _read(weights, biases)
    state = tuple(exact(value, "x") for value in x)
    for layer, (matrix, vector) in enumerate(zip(matrices, vectors)):
        state = tuple(sum((w * h for w, h in zip(row, state)), b) for row, b in zip(matrix, vector))
        if layer < len(vectors) - 1:
            state = tuple(activations[layer](z) for z in state)
    return state


def quotient_covering_number(widths: Sequence[int], bound: Exact, radius: Exact) -> int:
    """Return the exact number of balls of `radius` that cover the parameters [-bound, bound]^S up to relabelling.

    The metric is the least sup distance between relabelled parameters (covering.quotient_exact); the number is the
    number of grid orbits with `ceil(bound / radius)` points for every parameter.

    >>> quotient_covering_number((1, 2, 1), 1, "0.5")
    72
    """
    return orbit_count(widths, points_per_axis(bound, radius))


def _read(weights: Sequence[Sequence[Sequence[Exact]]],
          biases: Sequence[Sequence[Exact]]) -> tuple[list[Matrix], list[Vector]]:
    matrices = [tuple(tuple(exact(w, "weights") for w in row) for row in matrix) for matrix in weights]
    vectors = [tuple(exact(b, "biases") for b in vector) for vector in biases]
    if not vectors or [len(m) for m in matrices] != [len(v) for v in vectors]:
        found = f"{[len(m) for m in matrices]} rows, {[len(v) for v in vectors]} biases"
        raise InputError(explain("weights, biases", "one bias for every row of every matrix", found,
                                 "Give L + 1 matrices and L + 1 vectors."))
    return matrices, vectors

"""Linear graph networks W B_H ... B_1 X S^H, with heads on all layers or on the last: loss, gradient, constants.

Columns are nodes. The whole graph aggregates, then training columns are chosen. L is the sum of squared residuals,
without 1/2 and without a mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from numerics.gnn_convergence.graphs import Graph, columns
from theory.gnn_convergence.graph_shift import KINDS, training_nodes
from theory.gnn_convergence.graph_shift import aggregation as exact_aggregation
from theory.language.errors import InputError, explain

Array = NDArray[np.float64]


def shift(graph: Graph | Sequence[Sequence[int]], kind: str | Array) -> Array:
    """Return the aggregation matrix S (n, n): "gin" is A + I, "gcn" its normalisation by degrees, or one's own matrix.

    Raises:
        InputError: a matrix that is no adjacency of a simple graph, another kind, an own S of another shape or not
            finite.

    >>> shift([[0, 1], [1, 0]], "gcn").tolist()
    [[0.5, 0.5], [0.5, 0.5]]
    """
    adjacency = graph.adjacency if isinstance(graph, Graph) else graph
    closed = np.array(exact_aggregation(adjacency, "gin"), dtype=np.float64)
    if not isinstance(kind, str):
        return _square(kind, len(closed))
    if kind not in KINDS:
        raise InputError(explain("kind", f"one of {', '.join(KINDS)}", repr(kind), "Give S itself for another one."))
    if kind == "gin":
        return closed
    degree = closed.sum(axis=0)
    return closed / np.sqrt(np.outer(degree, degree))


def _square(values: Any, size: int) -> Array:
    out = columns(values, size, "S")
    if out.shape[0] != size:
        raise InputError(explain("S", f"shape ({size}, {size})", out.shape, "Give one row for each node."))
    return out


@dataclass(frozen=True, eq=False)
class Problem:
    """What is learnt on which graph: features X (m_x, n), aggregation S (n, n), training nodes, labels, depth H.

    Attributes:
        Y: labels of the training nodes, (m_y, len(train)). skip: heads on all layers 0..H (multiscale), or on the last.

    Raises:
        InputError: shapes that do not fit, NaN, no training nodes or one out of range, a negative depth.
    """

    X: Array
    S: Array
    train: tuple[int, ...]
    Y: Array
    depth: int
    skip: bool = False

    def __post_init__(self) -> None:
        """Check everything once, here."""
        nodes = np.shape(self.S)[0] if np.ndim(self.S) == 2 else 0
        if np.shape(self.S) != (nodes, nodes) or not nodes:
            raise InputError(explain("S", "a square matrix", np.shape(self.S), "Use shift(graph, kind)."))
        train = training_nodes(tuple(int(i) for i in self.train), nodes)
        if isinstance(self.depth, bool) or not isinstance(self.depth, int) or self.depth < 0:
            raise InputError(explain("depth", "an integer >= 0", repr(self.depth), "Give the number of layers."))
        fields = {"X": columns(self.X, nodes, "X"), "S": _square(self.S, nodes), "train": train,
                  "Y": _labels(self.Y, len(train))}
        for name, value in fields.items():
            object.__setattr__(self, name, value)

    @cached_property
    def _hops(self) -> tuple[Array, ...]:
        chosen, power = list(self.train), self.X
        out = [power[:, chosen]]
        for _ in range(self.depth):
            power = power @ self.S
            out.append(power[:, chosen])
        return tuple(out)

    def features(self, hops: int) -> Array:
        """Return G_l = X S^l on the training columns, (m_x, training nodes), for 0 <= l <= depth."""
        if not 0 <= hops <= self.depth:
            raise InputError(explain("hops", f"0..{self.depth}", hops, "Make the problem deeper."))
        return self._hops[hops]

    def stacked(self) -> Array:
        """Return G_0, ..., G_H above one another, ((H + 1) m_x, training nodes)."""
        return np.vstack(self._hops)

    def design(self) -> Array:
        """Return what the least loss and sigma belong to: G_{0:H} with skips, G_H without."""
        return self.stacked() if self.skip else self._hops[-1]

    @property
    def heads(self) -> tuple[int, ...]:
        """The layers that have a head: 0..H with skips, else H alone."""
        return tuple(range(self.depth + 1)) if self.skip else (self.depth,)

    @cached_property
    def rank(self) -> Any:
        """The rank of the design matrix, how it was decided, and whether it is exact (`ranks.Rank`)."""
        from numerics.gnn_convergence.ranks import rank_of

        return rank_of(self)

    @cached_property
    def _svd(self) -> tuple[Array, Array]:
        _, values, rows = np.linalg.svd(self.design(), full_matrices=False)
        return values, rows

    def least_loss(self) -> float:
        """Return L* = ||Y (I - P)||^2 for the projection P on the row space of the design matrix: an estimate."""
        if self.rank.value == len(self.train):
            return 0.0
        basis = self._svd[1][: self.rank.value]
        return float(((self.Y - (self.Y @ basis.T) @ basis) ** 2).sum())

    def sigma_plus_squared(self) -> float:
        """Return the least non-zero squared singular value of the design matrix (0 if it is zero): an estimate."""
        return float(self._svd[0][self.rank.value - 1] ** 2) if self.rank.value else 0.0

    def sigma_min_squared(self) -> float:
        """Return the min(rows, columns)-th squared singular value: exactly 0 where the rank says so, else estimated."""
        return self.sigma_plus_squared() if self.rank.value == min(self.design().shape) else 0.0


def _labels(values: Any, count: int) -> Array:
    try:
        out = np.array(values, dtype=np.float64)
    except (TypeError, ValueError):
        out = np.empty(0)
    if out.ndim != 2 or not out.shape[0] or out.shape[1] != count:
        raise InputError(explain("Y", f"shape (m_y, {count}), one column for each training node", np.shape(values),
                                 "Give the labels of the training nodes only, nodes as columns."))
    if not np.isfinite(out).all():
        raise InputError(explain("Y", "finite numbers", "NaN or infinity", "Leave unlabelled nodes out of train."))
    out.setflags(write=False)
    return out


@dataclass(frozen=True, eq=False)
class Weights:
    """B_1..B_H of shapes (m_l, m_{l-1}), and one head (m_y, m_H), or with skips H + 1 heads W_0..W_H."""

    B: tuple[Array, ...]
    W: tuple[Array, ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """m_1, ..., m_H."""
        return tuple(layer.shape[0] for layer in self.B)

    def flat(self) -> Array:
        """Return all entries in one vector, layers first."""
        return np.concatenate([part.ravel() for part in (*self.B, *self.W)])

    def like(self, vector: Array) -> Weights:
        """Return weights of these shapes with the entries of a vector made by `flat`."""
        parts, place = [], 0
        for part in (*self.B, *self.W):
            parts.append(vector[place:place + part.size].reshape(part.shape))
            place += part.size
        return Weights(tuple(parts[:len(self.B)]), tuple(parts[len(self.B):]))


def fits(problem: Problem, w: Weights) -> None:
    """Raise InputError unless the weights have the shapes that the problem asks for and are finite."""
    sizes = [problem.X.shape[0], *(np.shape(layer)[0] for layer in w.B)]
    wanted = [(a, b) for b, a in zip(sizes, sizes[1:])]
    if len(w.B) != problem.depth or [np.shape(layer) for layer in w.B] != wanted:
        raise InputError(explain("B", f"{problem.depth} layers, (m_l, m_(l-1)) from m_0 = {sizes[0]}",
                                 [np.shape(layer) for layer in w.B], "Give B_1 first."))
    heads = [(problem.Y.shape[0], sizes[layer]) for layer in problem.heads]
    if [np.shape(head) for head in w.W] != heads:
        raise InputError(explain("W", f"heads of shapes {heads}", [np.shape(head) for head in w.W],
                                 "With skips there are H + 1 heads, otherwise one."))
    if not all(np.isfinite(part).all() for part in (*w.B, *w.W)):
        raise InputError(explain("weights", "finite numbers", "NaN or infinity", "Look at the training run."))


def initial(problem: Problem, widths: Sequence[int], seed: int, *, layers: str = "orthogonal", scale: float = 1.0,
            heads: float = 0.0) -> Weights:
    """Draw a start.

    Args:
        widths: m_1..m_H. layers: "orthogonal" (orthonormal columns, or rows where the layer narrows) or "gaussian"
            (variance 1/m_{l-1}). scale: of the layers. heads: standard deviation of the heads' entries, 0 for zero.

    Raises:
        InputError: another number of widths, a width below 1, another kind of layers.
    """
    if len(widths) != problem.depth or any(int(m) != m or m < 1 for m in widths):
        raise InputError(explain("widths", f"{problem.depth} widths >= 1", tuple(widths), "Give m_1, ..., m_H."))
    if layers not in ("orthogonal", "gaussian"):
        raise InputError(explain("layers", "orthogonal or gaussian", repr(layers), "Choose one, or build Weights."))
    rng = np.random.default_rng(seed)
    sizes = [problem.X.shape[0], *(int(m) for m in widths)]
    B = []
    for before, after in zip(sizes, sizes[1:]):
        draw = rng.standard_normal((after, before))
        B.append(scale * (_orthonormal(draw) if layers == "orthogonal" else draw / np.sqrt(before)))
    W = [heads * rng.standard_normal((problem.Y.shape[0], sizes[layer])) for layer in problem.heads]
    return Weights(tuple(B), tuple(W))


def _orthonormal(draw: Array) -> Array:
    tall = draw if draw.shape[0] >= draw.shape[1] else draw.T
    q, r = np.linalg.qr(tall)
    signs = np.where(np.diag(r) < 0, -1.0, 1.0)  # makes the law the uniform one
    return (q * signs) if tall is draw else (q * signs).T


def layer_product(w: Weights, level: int) -> Array:
    """Return B_l ... B_1, shape (m_l, m_x), for 1 <= l <= H."""
    if not 1 <= level <= len(w.B):
        raise InputError(explain("level", f"1..{len(w.B)}", level, "The product of no layers is the identity."))
    out = w.B[0]
    for layer in w.B[1:level]:
        out = layer @ out
    return out


def _products(problem: Problem, w: Weights) -> list[Array]:
    out = [np.eye(problem.X.shape[0])]
    for layer in w.B:
        out.append(layer @ out[-1])
    return out


def predict(problem: Problem, w: Weights) -> Array:
    """Return the network's values on the training nodes, (m_y, training nodes)."""
    products = _products(problem, w)
    return sum(head @ products[k] @ problem.features(k) for k, head in zip(problem.heads, w.W))


def loss(problem: Problem, w: Weights) -> float:
    """Return L = ||f - Y||_F^2."""
    return float(((predict(problem, w) - problem.Y) ** 2).sum())


def gradient(problem: Problem, w: Weights) -> Weights:
    """Return the partial derivatives of L, in the shapes of the weights."""
    products = _products(problem, w)
    outer = 2 * (predict(problem, w) - problem.Y)
    pulled = {k: outer @ problem.features(k).T for k in problem.heads}  # V G_l'
    heads = tuple(pulled[k] @ products[k].T for k in problem.heads)
    back, layers = np.zeros((len(products[-1]), problem.X.shape[0])), []
    of = dict(zip(problem.heads, w.W))
    for level in range(problem.depth, 0, -1):
        if level in of:
            back = back + of[level].T @ pulled[level]
        layers.append(back @ products[level - 1].T)
        back = w.B[level - 1].T @ back
    return Weights(tuple(reversed(layers)), heads)


def lambda_min(problem: Problem, w: Weights) -> float:
    """Return the least eigenvalue of P_H' P_H, P_l = B_l ... B_1; with skips the least over P_0 = I, ..., P_H.

    It is 0 as soon as a layer is narrower than the features, and NaN after an overflow.
    """
    if any(width < problem.X.shape[0] for width in w.widths):
        return 0.0
    products = _products(problem, w) if problem.skip else _products(problem, w)[-1:]
    if not all(np.isfinite(p).all() for p in products):
        return float("nan")
    return min(float(np.linalg.svd(p, compute_uv=False)[-1] ** 2) for p in products)


def contributions(problem: Problem, w: Weights) -> dict[str, Any]:
    """Return the terms whose sum is -dL/dt along gradient flow.

    "v": ||v_l||^2 in the form F_(l), one for each head, v_l = vec(V G_l'), V = 2 (f - Y), F_(l) = P_l' P_l x I;
    "J": ||sum over l >= i of J_(i,l) v_l||^2 for i = 1..H, J_(i,l) = P_(i-1) x (W_l B_l ... B_(i+1))';
    "total": their sum.
    """
    slope = gradient(problem, w)
    v, j = (tuple(float((part**2).sum()) for part in parts) for parts in (slope.W, slope.B))
    return {"v": v, "J": j, "total": sum(v) + sum(j)}


def __getattr__(name: str) -> Any:
    """Return GraphNetwork, which loads torch, when it is first asked for."""
    if name == "GraphNetwork":
        from numerics.gnn_convergence.torch_network import GraphNetwork

        return GraphNetwork
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

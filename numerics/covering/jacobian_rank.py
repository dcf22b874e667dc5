"""Ranks of the Jacobian of a network's outputs in its parameters: how many dimensions the parameters really have.

Scaling of positively homogeneous units costs one dimension a unit (`covering.relu_scaling`), so the rank for ReLU is at
most S - sum d_l at any finite set of inputs; tanh networks reach S. A unit that is dead on the sample, or inputs that
miss a kink, lower the rank, so the maximum over draws is reported.

ReLU networks with integer parameters and inputs have integer Jacobians. Their rank modulo a prime is at most their
rank over the rationals, so that a rank found is a certified lower bound; with the upper bound S - sum d_l it is exact
where both agree. For tanh a regular square submatrix is certified with balls.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from numerics.enclosures.balls import ball, certainly_regular, tanh, with_precision
from theory.covering import check_widths, parameter_count

PRIME = 2**61 - 1
_BITS = 400
_RANGE = 9

Layer = tuple[tuple[tuple[int, ...], ...], tuple[int, ...]]
"""Weights by rows, and biases, of one affine map."""


@dataclass(frozen=True)
class RankFound:
    """The largest rank over some draws; `upper` is the theorem's upper bound; the rank is exact where both agree."""

    widths: tuple[int, ...]
    activation: str
    rank: int
    upper: int
    draws: int

    @property
    def exact(self) -> bool:
        """Whether the lower bound found equals the upper bound."""
        return self.rank == self.upper


def relu_jacobian_rank(widths: Sequence[int], *, draws: int = 20, seed: int = 0) -> RankFound:
    """Return the largest rank over draws of integer parameters and inputs of a ReLU network with one output.

    Args:
        widths: `(d_0, ..., d_L, 1)`, at least one hidden layer.
        draws: how many networks are tried; the search stops at the upper bound.
        seed: of the draws.

    >>> relu_jacobian_rank((1, 2, 1)).rank
    5
    """
    dims = check_widths(widths)
    upper = parameter_count(dims) - sum(dims[1:-1])
    return _maximum(dims, "relu", upper, draws, seed, _relu_rank)


def tanh_jacobian_rank(widths: Sequence[int], *, draws: int = 5, seed: int = 0) -> RankFound:
    """Return S if some draw of rational parameters and S inputs has a certainly regular Jacobian, else 0.

    >>> tanh_jacobian_rank((1, 2, 1)).rank
    7
    """
    dims = check_widths(widths)
    return _maximum(dims, "tanh", parameter_count(dims), draws, seed, _tanh_rank)


def _maximum(dims: tuple[int, ...], activation: str, upper: int, draws: int, seed: int,
             rank_of: Callable[[tuple[int, ...], Random], int]) -> RankFound:
    random, best, tried = Random(seed), 0, 0
    while tried < draws and best < upper:
        best, tried = max(best, rank_of(dims, random)), tried + 1
    return RankFound(dims, activation, best, upper, tried)


def _relu_rank(dims: tuple[int, ...], random: Random) -> int:
    network = _draw(dims, random)
    inputs = [[random.randint(-_RANGE, _RANGE) for _ in range(dims[0])] for _ in range(3 * parameter_count(dims))]
    rows = [gradient(network, x, lambda z: max(z, 0), lambda z, _: int(z > 0)) for x in inputs]
    return modular_rank(rows)


def _tanh_rank(dims: tuple[int, ...], random: Random) -> int:
    network = _draw(dims, random)
    inputs = [[Fraction(random.randint(-60, 60), 20) for _ in range(dims[0])] for _ in range(parameter_count(dims))]

    def regular() -> bool:
        layers = [([[ball(Fraction(w, 6)) for w in row] for row in weights], [ball(Fraction(b, 6)) for b in biases])
                  for weights, biases in network]
        rows = [gradient(layers, [ball(v) for v in x], tanh, lambda _, h: 1 - h * h) for x in inputs]
        return certainly_regular(rows)

    return parameter_count(dims) if with_precision(_BITS, regular) else 0


def _draw(dims: tuple[int, ...], random: Random) -> list[Layer]:
    def number() -> int:
        return random.choice([k for k in range(-_RANGE, _RANGE + 1) if k])

    return [(tuple(tuple(number() for _ in range(before)) for _ in range(after)), tuple(number() for _ in range(after)))
            for before, after in zip(dims, dims[1:])]


def gradient(layers: Sequence[Any], x: Sequence[Any], activation: Callable[[Any], Any],
             slope: Callable[[Any, Any], Any]) -> list[Any]:
    """Return the derivatives of the output in all parameters, layer by layer, weights by rows, then biases.

    Args:
        layers: pairs of weights (d_l, d_{l-1}) and biases (d_l) in numbers of any kind; the last has one row.
        x: the input, of length d_0.
        activation: of the hidden layers.
        slope: its derivative, from the pre-activation and the value.
    """
    states, slopes = [list(x)], []
    for weights, biases in layers[:-1]:
        reach = [_dot(row, states[-1]) + b for row, b in zip(weights, biases)]
        states.append([activation(z) for z in reach])
        slopes.append([slope(z, h) for z, h in zip(reach, states[-1])])
    back: list[Any] = [1]
    parts: list[list[Any]] = []
    for depth in range(len(layers) - 1, -1, -1):
        parts.append([delta * h for delta in back for h in states[depth]] + list(back))
        if depth:
            weights = layers[depth][0]
            back = [_dot([row[j] for row in weights], back) * slopes[depth - 1][j] for j in range(len(states[depth]))]
    return [value for part in reversed(parts) for value in part]


def _dot(u: Sequence[Any], v: Sequence[Any]) -> Any:
    return sum((a * b for a, b in zip(u, v)), 0)


def modular_rank(rows: Sequence[Sequence[int]], prime: int = PRIME) -> int:
    """Return the rank of an integer matrix modulo a prime, a lower bound on its rank over the rationals.

    >>> modular_rank([[1, 2], [2, 4]]), modular_rank([[1, 2], [3, 4]])
    (1, 2)
    """
    left = [[value % prime for value in row] for row in rows]
    rank = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((i for i in range(rank, len(left)) if left[i][column]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        inverse = pow(left[rank][column], -1, prime)
        for i in range(rank + 1, len(left)):
            factor = left[i][column] * inverse % prime
            if factor:
                left[i] = [(a - factor * b) % prime for a, b in zip(left[i], left[rank])]
        rank += 1
    return rank

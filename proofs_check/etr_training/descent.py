"""Local search for networks with a small loss: from a random cell, dive into the cells around the current network.

The network at the minimum of a cell lies on some hyperplanes `z_j(x_i) = 0`. Giving up the signs there leaves the cone
of all adjacent cells; diving in it as the exact search does ends in a network again. Everything is exact in the end.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from proofs_check.etr_training.deadline import Deadline
from proofs_check.etr_training.ray_search import Network, Node, Search

_FLAT = 1e-9


def descend(search: Search, seed: int, rounds: int, deadline: Deadline) -> Network | None:
    """Return the best network of `rounds` random starts, also noted in `search`; stops when it answers yes."""
    random = np.random.default_rng(seed)
    lowest = np.inf
    for _ in range(rounds):
        node = _fall(search, _start(search, random), deadline)
        if node is None:
            break
        if node.bound < lowest * (1 - _FLAT):
            lowest = node.bound
            network = search.network(node)
            if network is not None:
                search.accept(network)
                if not search.improve and search.satisfied(network.loss):
                    break
    return search.best


def _start(search: Search, random: Any) -> Node:
    """A random number of positive neurons, each neuron in the cell of a random mixture of three rays."""
    signs, slopes = search.arrangement.signs, search.arrangement.slopes
    masks = []
    for _ in range(search.width):
        chosen = random.integers(len(slopes), size=3)
        masks.append(_cell(signs, random.random(3) @ slopes[chosen], 0.0))
    return search.node(tuple(masks), int(random.integers(search.width + 1)), {})


def _cell(signs: Any, values: Any, width: float) -> Any:
    """The rays of all cells whose signs agree with the values where these exceed `width` in size."""
    pattern = np.where(values > width, 1, np.where(values < -width, -1, 0)).astype(np.int8)
    return (signs * pattern >= 0).all(axis=1)


def _fall(search: Search, node: Node, deadline: Deadline) -> Node | None:
    """Move to better networks in adjacent cells until there is none; None if time is up."""
    pure = search.dive(node, deadline)
    while pure is not None:
        mixture = search.mixture(pure)
        size = max(float(np.abs(mixture.thetas).max(initial=0.0)), 1e-300)
        masks = tuple(_cell(search.arrangement.signs, theta, _FLAT * size) for theta in mixture.thetas)
        around = search.dive(search.node(masks, node.positive, {}), deadline)
        if around is None or not around.bound < pure.bound * (1 - 1e-6) - 1e-20:
            return pure
        pure = around
    return None

"""Monte Carlo on a noisy chain, of any width: means with standard errors, and z-tests of other methods' values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from numerics.mori_zwanzig.activations import Array
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import NoisyChain, Observable

BATCH = 200_000
"""States drawn at once."""

Sampler = Callable[[Array, int, torch.Generator], Array]


@dataclass(frozen=True, eq=False)
class Estimate:
    """Means of u(X_L) for each input with their standard errors, from `count` independent draws each."""

    mean: Array
    error: Array
    count: int

    @property
    def variance(self) -> Array:
        """Unbiased estimate of Var(u(X_L) | X_0 = x)."""
        return self.error**2*self.count


def estimate(chain: NoisyChain, u: Observable, x: Any, count: int, generator: torch.Generator,
             sampler: Sampler | None = None) -> Estimate:
    """Estimate q_0 at points x (batch, N_0) from `count` draws each; a sampler replaces the chain's own."""
    if count < 2:
        raise InputError(explain("count", "at least 2 draws", count, "A standard error needs two."))
    value, points, draw = chain.observable(u), chain.points(x), sampler or chain.sample
    step = max(1, BATCH//len(points))
    drawn = []
    for start in range(0, count, step):
        states = draw(points, min(step, count - start), generator)
        drawn.append(value(states.reshape(-1, states.shape[-1])).reshape(-1, len(points)))
    values = np.concatenate(drawn)
    return Estimate(values.mean(0), values.std(0, ddof=1)/np.sqrt(count), count)


def z_scores(found: Estimate, values: Array) -> Array:
    """(mean - value)/standard error for each point: about standard normal if the values are right."""
    return (found.mean - values)/np.maximum(found.error, 1e-300)


def threshold(points: int, level: float = 1e-4) -> float:
    """Bonferroni bound: under the hypothesis some |z| of `points` exceeds it with probability at most `level`."""
    return NormalDist().inv_cdf(1 - level/(2*points))


def agrees(z: Array, level: float = 1e-4) -> bool:
    """Whether all |z| are below the Bonferroni bound."""
    return bool(np.abs(z).max() <= threshold(len(z), level))


def shared_noise_sampler(chain: NoisyChain) -> Sampler:
    """A wrong sampler that uses one noise draw in all layers (equal widths): it breaks the Markov property."""
    if len(set(chain.widths[1:])) != 1 or len({layer.noise for layer in chain.layers}) != 1:
        raise InputError(explain("shared_noise_sampler", "equal widths and noises", chain.widths, "Use such a chain."))

    def draw(x: Array, count: int, generator: torch.Generator) -> Array:
        noise = chain.layers[0].noise.draw((count, len(x), chain.widths[1]), generator).numpy()
        state = np.broadcast_to(x, (count, *x.shape))
        for layer in chain.layers:
            state = layer.map(state.reshape(-1, layer.inputs)).reshape(noise.shape) + noise
        return state

    return draw

"""Positive discrete measures close to the laws of X_0, ..., X_L, for inner products weighted by the densities.

Width 1: the panel nodes of the densities, accurate to about 1e-12. Widths 2 and 3: Gauss nodes for a uniform X_0 and a
scrambled Sobol set of whole trajectories (fixed seed) for the levels behind it. Positivity is what matters: with the
pushforward of the measure at level n, which is integrated exactly, M_n is a contraction whatever the measure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.densities import densities
from numerics.mori_zwanzig.legendre import TensorBasis

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import Box, NoisyChain, NoisyLayer

TRAJECTORIES = 14
"""log_2 of the number of trajectories."""
TOTAL_DEGREES = {1: 40, 2: 10, 3: 6}
"""Total degree of weighted bases, by dimension: higher ones are lost in the corners, where p_n vanishes."""
GAUSS = {1: 160, 2: 64, 3: 20}



@dataclass(frozen=True, eq=False)
class Measure:
    """Points (points, N) in a box, with nonnegative weights of sum 1."""

    points: Array
    weights: Array
    box: Box


def measures(chain: NoisyChain) -> tuple[Measure, ...]:
    """One measure for each level 0..L, for X_0 uniform on the input box."""
    if set(chain.widths) == {1}:
        return tuple(_positive(p.points, p.weights, p.box) for p in densities(chain))
    points, weights = TensorBasis(chain.input_box, 0).nodes(GAUSS[chain.widths[0]])
    return tuple(_positive(points if n == 0 else x, weights if n == 0 else np.ones(len(x)), box)
                 for n, (x, box) in enumerate(zip(_trajectories(chain), chain.grid_boxes)))


def _positive(points: Array, weights: Array, box: Box) -> Measure:
    kept = np.clip(weights, 0, None)
    return Measure(points, kept/kept.sum(), box)


def _trajectories(chain: NoisyChain) -> list[Array]:
    from scipy.special import ndtri

    engine = torch.quasirandom.SobolEngine(sum(chain.widths), scramble=True, seed=0)
    cube = engine.draw(2**TRAJECTORIES, dtype=torch.float64).numpy()
    low, high = np.array(chain.input_box).T
    states, used = [low + (high - low)*cube[:, :chain.widths[0]]], chain.widths[0]
    for layer in chain.layers:
        draw = np.clip(cube[:, used:used + layer.outputs], 1e-16, 1 - 1e-16)
        used += layer.outputs
        unit = 2*draw - 1 if layer.noise.kind == "uniform" else np.clip(ndtri(draw), -8, 8)
        states.append(layer.map(states[-1]) + layer.noise.amplitude*unit)
    return states


def gram(basis: TensorBasis, chosen: Array, measure: Measure) -> Array:
    """sum weight e_j e_k over the points, for the chosen functions."""
    values = basis.matrix(basis.factors(measure.points))[:, chosen]
    return (values*measure.weights[:, None]).T @ values


def pushed_gram(layer: NoisyLayer, basis: TensorBasis, chosen: Array, measure: Measure) -> Array:
    """E e_j e_k(F(X) + xi) for X with the measure, exactly for uniform noise: means of products by Gauss nodes.

    Gaussian noise: by the trapezoidal nodes of the noise.
    """
    points, weights = measure.points, measure.weights
    tables = [_product_means(layer, basis, i, layer.map(points)[:, i]) for i in range(basis.dimension)]
    n = basis.degree + 1
    first = (tables[0]*weights[:, None, None]).reshape(len(points), -1)
    if basis.dimension == 1:
        return first.sum(0).reshape(n, n)[np.ix_(chosen, chosen)]
    if basis.dimension == 2:
        full = (first.T @ tables[1].reshape(len(points), -1)).reshape(n, n, n, n)
        return full.transpose(0, 2, 1, 3).reshape(n*n, n*n)[np.ix_(chosen, chosen)]
    pair = np.einsum("pab,pcd->pacbd", tables[1], tables[2]).reshape(len(points), -1)
    full = (first.T @ pair).reshape(n, n, n*n, n*n)
    return full.transpose(0, 2, 1, 3).reshape(n**3, n**3)[np.ix_(chosen, chosen)]


def _product_means(layer: NoisyLayer, basis: TensorBasis, i: int, centers: Array) -> Array:
    """Noise means of the products of one-dimensional factors, shape (points, degree + 1, degree + 1)."""
    total = np.zeros((len(centers), basis.degree + 1, basis.degree + 1))
    for shift, weight in layer.noise.nodes(basis.degree + 1):
        values = basis.factor(i, centers + shift)
        total += weight*values[:, :, None]*values[:, None, :]
    return total

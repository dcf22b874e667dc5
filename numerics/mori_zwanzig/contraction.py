"""The contraction table of a chain: every sense in which a layer contracts, beside the reasons why one has no value."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isinf, sqrt
from typing import TYPE_CHECKING

import numpy as np

from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.chain import GRID_WIDTH, NoisyChain, NoisyLayer, volume
from numerics.mori_zwanzig.correlation import correlation_spectrum, unweighted_spectrum
from numerics.mori_zwanzig.decomposition import Decomposition, Mori, projection_matrices
from numerics.mori_zwanzig.densities import Density, densities, transfer
from numerics.mori_zwanzig.operators import ContractionRow, Propagation, propagation
from numerics.mori_zwanzig.panels import Panels

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import Box
    from numerics.mori_zwanzig.decomposition import Projection

SILENT = "noise of amplitude 0: no density, no contraction follows"
UNBOUNDED = "unbounded range behind Gaussian noise: M_n is not bounded on unweighted L^2"
WIDE = f"a width above {GRID_WIDTH}: no grids; formulas only"


@dataclass(frozen=True, eq=False)
class _Table:
    """What all rows share; `reason` says why there are no grids, if so."""

    chain: NoisyChain
    reason: str | None
    weighted: Propagation | None
    plain: Propagation | None
    heavy: Decomposition | None
    light: Decomposition | None
    line: tuple[Density, ...]


def rows(chain: NoisyChain, projection: Projection | None, degree: int | None) -> tuple[ContractionRow, ...]:
    """One record a layer; the projection of the QMQ columns is Mori(1), affine functions, unless given."""
    silent = any(layer.noise.silent for layer in chain.layers)
    reason = SILENT if silent else WIDE if max(chain.widths) > GRID_WIDTH else None
    chosen: Projection = Mori(1) if projection is None else projection
    weighted = None if reason else propagation(chain, degree, weighted=True, contracting=True)
    unbounded = any(isinf(volume(box)) for box in chain.ranges)
    plain = None if reason or unbounded else propagation(chain, degree)
    line = densities(chain) if not reason and set(chain.widths) == {1} else ()
    heavy, light = _decomposition(weighted, chosen), _decomposition(plain, chosen)
    table = _Table(chain, reason, weighted, plain, heavy, light, line)
    return tuple(_row(table, n) for n in range(chain.depth))


def _decomposition(space: Propagation | None, projection: Projection) -> Decomposition | None:
    if space is None:
        return None
    # contractions may have lost another function than the basis of the next level: then take the plain matrices
    exact = [a.shape for a in space.contractions] == [b.shape for b in space.matrices]
    matrices = space.contractions if exact else space.matrices
    return Decomposition(matrices, projection_matrices(space, projection), (), space)


def _row(table: _Table, n: int) -> ContractionRow:
    chain, layer = table.chain, table.chain.layers[n]
    size, after = volume(chain.ranges[n]), volume(chain.ranges[n + 1])
    bounded, silent, reason = not isinf(size), layer.noise.silent, table.reason
    notes = {}
    hs = sqrt(size*layer.noise.square_integral(layer.outputs)) if bounded and not silent else None
    if hs is None:
        notes["hs"] = SILENT if silent else UNBOUNDED
    lower = sqrt(size/after) if bounded and not isinf(after) else 0.0 if bounded else None
    if lower is None:
        notes["op_lower"] = UNBOUNDED
    norm = schur = None
    if reason or not bounded:
        notes["op_norm"] = notes["schur"] = reason or UNBOUNDED
    else:
        norm, schur = _norm(table, n), _schur(layer, chain.ranges[n])
        if norm is None:
            notes["op_norm"] = UNBOUNDED
    if reason:
        notes["max_correlation"] = notes["qmq"] = notes["qmq_weighted"] = reason
    elif table.light is None:
        notes["qmq"] = UNBOUNDED
    return ContractionRow(
        n, (layer.inputs, layer.outputs), str(layer.noise), size, hs, schur, lower, norm, chain.dobrushin[n],
        _correlation(table, n), table.light.qmq(n) if table.light else None,
        table.heavy.qmq(n) if table.heavy else None, tuple(sorted(notes.items())))


def _norm(table: _Table, n: int) -> float | None:
    """The operator norm in floats: exact transfer for one input and output, Legendre matrices else."""
    layer = table.chain.layers[n]
    if (layer.inputs, layer.outputs) == (1, 1):
        return float(unweighted_spectrum(layer, table.chain.ranges[n])[0])
    return float(np.linalg.norm(table.plain.matrices[n], 2)) if table.plain is not None else None


def _correlation(table: _Table, n: int) -> float | None:
    """s_n, on the complement of the constants."""
    if table.weighted is None:
        return None
    if table.line:
        return float(correlation_spectrum(table.chain.layers[n], table.line[n])[0])
    # coordinate 0 is the constant on both sides, and M 1 = 1
    return float(np.linalg.norm(table.weighted.contractions[n][1:, 1:], 2))


def _schur(layer: NoisyLayer, box: Box) -> float:
    """sqrt(sup_y int_box rho(y - F(x)) dx), at most the Hilbert-Schmidt norm.

    One input and output: found on a fine grid of y with the range's ends +- b. Else: on grids of x and y, an estimate.
    """
    image = layer.image(box)
    if layer.noise.kind == "uniform" and all(high - low <= 2*layer.noise.amplitude for low, high in image):
        # one window holds the whole image: the Schur bound is the Hilbert-Schmidt norm
        return sqrt(volume(box)*_peak(layer))
    if (layer.inputs, layer.outputs) == (1, 1):
        (low, high), = box
        panels = Panels(np.linspace(low, high, 65))
        b = layer.noise.reach
        ends = layer.map(np.linspace(low, high, 257)[:, None])[:, 0]
        y = np.concatenate([np.linspace(image[0][0] - b, image[0][1] + b, 1001), ends - b, ends + b, ends])
        return sqrt(float(transfer(layer, panels, np.ones_like(panels.nodes), y).max()))
    return sqrt(_schur_on_grid(layer, box, image))


def _schur_on_grid(layer: NoisyLayer, box: Box, image: Box) -> float:
    count = {1: 20000, 2: 150, 3: 30}[layer.inputs]
    axes = [low + (high - low)*(np.arange(count) + 0.5)/count for low, high in box]
    x = np.stack([g.reshape(-1) for g in np.meshgrid(*axes, indexing="ij")], 1)
    centers = layer.map(x)
    cells = {1: 400, 2: 20, 3: 8}[layer.outputs]
    grids = [np.linspace(low, high, cells) for low, high in image]
    y = np.stack([g.reshape(-1) for g in np.meshgrid(*grids, indexing="ij")], 1)
    best = max(_mass(layer, centers, point) for point in y)
    return min(best*volume(box)/len(x), volume(box)*_peak(layer))


def _peak(layer: NoisyLayer) -> float:
    """The largest value of the noise density, inf without noise."""
    a = layer.noise.amplitude
    one = inf if a == 0 else 1/(2*a) if layer.noise.kind == "uniform" else 1/(a*sqrt(2*np.pi))
    return one**layer.outputs


def _mass(layer: NoisyLayer, centers: Array, y: Array) -> float:
    """sum over x of rho(y - F(x))."""
    gaps = np.abs(centers - y)/layer.noise.amplitude
    if layer.noise.kind == "uniform":
        return float((gaps <= 1).all(1).sum())*_peak(layer)
    return float(np.exp(-(gaps**2).sum(1)/2).sum())*_peak(layer)

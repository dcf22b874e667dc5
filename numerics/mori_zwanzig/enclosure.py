"""Rigorous enclosures of q_n of a chain with uniform noise, by step functions: the operators preserve order.

If l <= q_{n+1} <= h then M l <= q_n <= M h; box means of step functions are exact sums, evaluated at the ends and
kinks of the images of cells, which are enclosed by balls; every rounding is outward. Halving the cells halves the gap.
The last layer costs nothing: the mean of an affine u is u(F(x)). Weights are the exact numbers that the floats are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isinf
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.mori_zwanzig.fixed_point import (
    BITS,
    FINE,
    ONE,
    UNIT,
    Axis,
    Grid,
    Ints,
    Lattice,
    boxes_of,
    cells_of,
    down,
    images,
    lattice,
    linear_images,
    mean_bounds,
    up,
    window_sums,
)
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import NoisyChain

WIDEST = 2
"""Largest width of a level that is cut into cells."""
CELLS = {0: 1, 1: 2000, 2: 48}
"""Default number of cells along an axis, by the largest width of the levels 1..L-1."""
CLAIMED_BITS = 40
"""Claims in certificates are rounded outward to multiples of 2^-40, room for other ways of rounding."""
KNOWN = ("tanh", "sigmoid", "relu", "leaky_relu", "identity")
"""Activations that the replayer of certificates knows."""

Interval = tuple[Fraction, Fraction]


@dataclass(frozen=True, eq=False)
class Enclosure:
    """Step functions around q_1, ..., q_{L-1}, and enclosures of q_0 on any box of inputs.

    Attributes:
        chain: the network; output: which component of its readout; cells: asked for along each axis.
        lattices, lows, highs: for levels 1..L-1; values in units of 2^-60, shaped like the grid of the level.
    """

    chain: NoisyChain
    output: int
    cells: int
    lattices: tuple[Lattice, ...]
    lows: tuple[Ints, ...]
    highs: tuple[Ints, ...]

    def at(self, x: Any) -> list[Interval]:
        """Enclosures of q_0 at points (batch, N_0) or (N_0,) of floats, which mean themselves exactly."""
        points = self.chain.points(x).tolist()
        return self.over([[(Fraction(v), Fraction(v)) for v in point] for point in points])

    def over(self, boxes: Sequence[Sequence[tuple[Fraction, Fraction]]]) -> list[Interval]:
        """Enclosures of q_0 over boxes within the input box: low <= q_0(x) <= high for all x in the box."""
        low, high = boxes_of([_inside(self.chain, box) for box in boxes])
        return [(Fraction(a, ONE), Fraction(b, ONE)) for a, b in zip(*self._values(0, low, high))]

    def step(self, level: int) -> tuple[Grid, Ints, Ints]:
        """Grid, lower and upper values (shaped like the grid, units of 2^-60) of q_level, 0..L-1."""
        if level:
            return self.lattices[level - 1].grid, self.lows[level - 1], self.highs[level - 1]
        grid = input_grid(self.chain, self.cells)
        shape = tuple(axis.count for axis in grid)
        low, high = self._values(0, *cells_of(grid))
        return grid, low.reshape(shape), high.reshape(shape)

    def gap(self, level: int = 0) -> Fraction:
        """The largest difference of upper and lower values over the cells of a level."""
        _, low, high = self.step(level)
        return Fraction((high - low).max(), ONE)

    def certificate(self, boxes: Sequence[Sequence[tuple[Fraction, Fraction]]]) -> dict[str, Any]:
        """Return what `proofs_check/certificates/enclosure_checker` replays: chain, cells, bounds of q_0 on boxes.

        Bounds are rounded outward to multiples of 2^-40.
        """
        alpha, beta = _readout(self.chain, self.output)
        claims = [{"box": [[_text(a), _text(b)] for a, b in box], "bounds": [_text(f) for f in _rounded(found)]}
                  for box, found in zip(boxes, self.over(boxes))]
        return {
            "format": "lemmascope-enclosure", "schema": 1,
            "chain": {"input": [[_text(a), _text(b)] for a, b in self.chain.input_box],
                      "layers": [_layer(layer) for layer in self.chain.layers],
                      "readout": {"alpha": [_text(a) for a in alpha], "beta": _text(beta)}},
            "cells": [{"window": part.window, "origin": [_text(a) for a in part.origins], "counts": list(part.counts)}
                      for part in self.lattices],
            "claims": claims}

    @cached_property
    def _tables(self) -> tuple[Ints, Ints]:
        """Window sums of level 1."""
        window = self.lattices[0].window
        return window_sums(self.lows[0], window), window_sums(self.highs[0], window)

    def _values(self, level: int, low: Ints, high: Ints) -> tuple[Ints, Ints]:
        """Bounds of q_0 over boxes in fixed point."""
        bottom, top = images(self.chain.layers[0], low, high)
        if self.chain.depth == 1:
            return _affine(*_readout(self.chain, self.output), bottom, top)
        return mean_bounds(*self._tables, self.lattices[0].window, *self.lattices[0].positions(bottom, top))


def enclose(chain: NoisyChain, cells: int | None = None, output: int = 0) -> Enclosure:
    """Enclose q_n for all n, for the affine readout of a chain with uniform noise.

    Args:
        chain: widths 1 or 2 at the levels 1..L-1, any at 0 and L.
        cells: about so many along the longest axis of each level; the default is 2000, and 48 for width 2.

    Raises:
        InputError: noise that is not uniform or of amplitude 0, wider levels, no readout, an unknown activation.
    """
    enclosable(chain)
    alpha, beta = _readout(chain, output)
    count = CELLS[max(chain.widths[1:-1], default=0)] if cells is None else cells
    if type(count) is not int or count < 1:
        raise InputError(explain("cells", "an integer of at least 1", cells, "Give 1000, or 48 for width 2."))
    found: list[Lattice] = []
    centres: list[tuple[Ints, Ints]] = []
    low, high = boxes_of([[(Fraction(a), Fraction(b)) for a, b in chain.input_box]])
    for layer in chain.layers[:-1]:
        low, high = images(layer, low, high)
        centres.append((low, high))
        found.append(lattice(low, high, layer.noise.exact, count))
        low, high = cells_of(found[-1].grid)
    values = _affine(alpha, beta, *images(chain.layers[-1], low, high))
    steps: list[tuple[Ints, Ints]] = []
    for n in range(chain.depth - 1, 0, -1):
        shape = tuple(axis.count for axis in found[n - 1].grid)
        steps.insert(0, (values[0].reshape(shape), values[1].reshape(shape)))
        if n > 1:
            window = found[n - 1].window
            tables = [window_sums(part, window) for part in steps[0]]
            values = mean_bounds(tables[0], tables[1], window, *found[n - 1].positions(*centres[n - 1]))
    return Enclosure(chain, output, count, tuple(found), tuple(s[0] for s in steps), tuple(s[1] for s in steps))


def enclosable(chain: NoisyChain) -> None:
    """Raise InputError unless the step-function enclosure applies: uniform noise, bounded ranges, widths up to 2."""
    for n, layer in enumerate(chain.layers):
        if layer.noise.kind != "uniform":
            finite = not any(isinf(v) for pair in chain.ranges[n + 1] for v in pair)
            found = f"{layer.noise} in layer {n}" + ("" if finite else f", whose range Omega_{n + 1} is unbounded")
            raise InputError(explain("enclosure", "uniform noise in every layer (box means, a bounded range)", found,
                                     "Use the Dobrushin coefficient, which holds for Gaussian noise."))
        layer.noise.required("enclosure")
    for n, width in enumerate(chain.widths[1:-1], 1):
        if width > WIDEST:
            raise InputError(explain("enclosure", f"widths of at most {WIDEST} between the first and the last layer",
                                     f"width {width} at level {n}, {width - WIDEST} too many",
                                     "Use the certificates without grids: norm_enclosures.certificates."))


def input_grid(chain: NoisyChain, cells: int) -> Grid:
    """Cells of the input box, `cells` along its longest axis. Raises InputError for more than two inputs."""
    if chain.widths[0] > WIDEST:
        raise InputError(explain("enclosure on cells", f"at most {WIDEST} inputs", chain.widths[0],
                                 "Use `at` and `over` with points and boxes of your choice."))
    sizes = [Fraction(b) - Fraction(a) for a, b in chain.input_box]
    counts = [max(1, -int(-cells*size//max(sizes))) for size in sizes]
    return tuple(Axis(Fraction(a), size/k, k) for (a, _), size, k in zip(chain.input_box, sizes, counts))


def _affine(alpha: Sequence[Fraction], beta: Fraction, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Enclosures of alpha y + beta over boxes of y in units of 2^-FINE, in units of 2^-BITS."""
    first, second = linear_images([[float(a) for a in alpha]], [float(beta)], low, high)
    return first[:, 0] >> FINE - BITS, -(-second[:, 0] >> FINE - BITS)


def _readout(chain: NoisyChain, output: int) -> tuple[list[Fraction], Fraction]:
    if chain.readout is None:
        raise InputError(explain("enclosure", "an affine readout: a last Linear without an activation", "none",
                                 "Put a Linear with one output at the end."))
    alpha, beta = (np.asarray(part, dtype=np.float64) for part in chain.readout)
    alpha = alpha.reshape(-1, chain.widths[-1])
    if not 0 <= output < len(alpha):
        raise InputError(explain("output", f"a number below {len(alpha)}", output, "Choose one output."))
    return [Fraction(a) for a in alpha[output].tolist()], Fraction(float(beta.reshape(-1)[output]))


def _inside(chain: NoisyChain, box: Sequence[tuple[Fraction, Fraction]]) -> list[tuple[Fraction, Fraction]]:
    """The box with exact ends, if it is one within the input box."""
    pairs = [(Fraction(a), Fraction(b)) for a, b in box]
    good = len(pairs) == len(chain.input_box) and all(
        Fraction(low) <= a <= b <= Fraction(high) for (a, b), (low, high) in zip(pairs, chain.input_box))
    if not good:
        raise InputError(explain("box", f"{len(chain.input_box)} intervals within {chain.input_box}",
                                 [(float(a), float(b)) for a, b in pairs], "Stay where the chain is described."))
    return pairs


def _rounded(found: Interval) -> Interval:
    scale = 1 << CLAIMED_BITS
    return Fraction(down(found[0], scale) - 1, scale), Fraction(up(found[1], scale) + 1, scale)


def _text(value: Fraction | float) -> str:
    return str(Fraction(value))


def _layer(layer: Any) -> dict[str, Any]:
    if layer.phi.name not in KNOWN:
        raise InputError(explain("certificate", f"an activation among {', '.join(KNOWN)}", layer.phi.name,
                                 "The enclosure itself holds; only its certificate cannot be replayed."))
    return {"weight": [[_text(w) for w in row] for row in layer.weight.tolist()],
            "bias": [_text(c) for c in layer.bias.tolist()], "activation": layer.phi.name,
            "slope": _text(layer.phi.slope), "step": None if layer.step is None else _text(layer.step),
            "noise": _text(layer.noise.exact)}


__all__ = ["UNIT", "Enclosure", "enclosable", "enclose", "input_grid"]

"""How large the ranges of a noisy chain are, at least: boxes inside them, and widths and volumes from below.

`chain.ranges` are boxes around Omega_0, ..., Omega_L, so they bound sizes from above. A hypothesis fails for certain
only if it fails for every size that is possible, which needs the other side: behind uniform noise Omega_{n+1} contains
the cube of side 2b around F_n(x), whatever the point x of Omega_n.
"""

from __future__ import annotations

from fractions import Fraction
from math import inf, isinf, nextafter, prod
from typing import TYPE_CHECKING

Width = tuple[Fraction, Fraction | float]
"""A width, at least and at most; the upper end may be infinite."""

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import Box, NoisyChain, NoisyLayer

FAR = 2.0**20
"""Half the side of the cube that stands for all of R^N behind Gaussian noise."""


def inner_ranges(chain: NoisyChain) -> tuple[Box, ...]:
    """Return boxes inside Omega_0, ..., Omega_L; the first is the input box itself."""
    found = [chain.input_box]
    for layer in chain.layers:
        middle = tuple(((low + high)/2,)*2 for low, high in found[-1])
        reach = FAR if layer.noise.kind == "gaussian" else layer.noise.exact
        found.append(tuple(_around(low, high, Fraction(reach)) for low, high in layer.image(middle)))
    return tuple(found)


def _around(low: float, high: float, reach: Fraction) -> tuple[float, float]:
    """An interval inside [c - reach, c + reach] for every c in [low, high]; a point if there is none."""
    left, right = _up(Fraction(high) - reach), _down(Fraction(low) + reach)
    return (left, right) if left <= right else (low, low)


def image_widths(layer: NoisyLayer, outer: Box, inner: Box) -> tuple[Width, ...]:
    """Return for each coordinate i of F an enclosure of sup F_i - inf F_i over the range; upper ends may be infinite.

    Args:
        layer: F. outer, inner: boxes around and inside the range of its inputs.
    """
    above = layer.image(outer)
    found: list[Width] = []
    for i, row in enumerate(layer.weight.tolist()):
        low, high = above[i]
        most: Fraction | float = inf if isinf(high - low) else Fraction(high) - Fraction(low)
        least = max(Fraction(0), _difference(layer, i, row, inner))
        found.append((least if isinstance(most, float) else min(least, most), most))
    return tuple(found)


def _difference(layer: NoisyLayer, i: int, row: list[float], box: Box) -> Fraction:
    """A lower bound of |F_i(p) - F_i(q)| for the corners p, q of a box at which row . x is largest and least."""
    top = [high if w > 0 else low for w, (low, high) in zip(row, box)]
    bottom = [low if w > 0 else high for w, (low, high) in zip(row, box)]
    up, down = (_value(layer, i, row, point) for point in (top, bottom))
    return max(up[0] - down[1], down[0] - up[1])


def _value(layer: NoisyLayer, i: int, row: list[float], point: list[float]) -> tuple[Fraction, Fraction]:
    """F_i at a point, enclosed."""
    z = sum((Fraction(w)*Fraction(x) for w, x in zip(row, point)), Fraction(layer.bias.tolist()[i]))
    low, high = (Fraction(end) for end in layer.phi.enclose(z, z))
    if layer.step is None:
        return low, high
    ends = sorted((Fraction(layer.step)*low, Fraction(layer.step)*high))
    return Fraction(point[i]) + ends[0], Fraction(point[i]) + ends[1]


def volume_within(box: Box) -> Fraction:
    """Return the Lebesgue measure of a bounded box, exactly."""
    return prod((Fraction(high) - Fraction(low) for low, high in box), start=Fraction(1))


def _up(value: Fraction) -> float:
    found = float(value)
    return nextafter(found, inf) if Fraction(found) < value else found


def _down(value: Fraction) -> float:
    found = float(value)
    return nextafter(found, -inf) if Fraction(found) > value else found

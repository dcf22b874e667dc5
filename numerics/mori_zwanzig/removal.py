"""Removing neurons from a noisy chain, with a certified bound of what that does to q_0, at any width.

A removed neuron j of level n is read as a constant m_j by layer n. Layer by layer the law of X_{n+1} moves by at most
the total variation of the noise under the shift |F_i(x) - F~_i(x)| <= Lip(phi) sum_j |W_ij| |x_j - m_j|, and with
osc(q_{n+1}) <= delta_{n+1} ... delta_{L-2} osc(q_{L-1}) the telescoping sum

    q_0 - q~_0 = sum_n M~_0 ... M~_{n-1} (M_n - M~_n) q_{n+1}

is bounded in the supremum norm; the last layer adds sum_i |alpha_i| |F_i - F~_i|. All in fractions, rounded upward.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isinf
from typing import Any

import numpy as np
import torch

from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.chain import NoisyChain, NoisyLayer
from numerics.mori_zwanzig.monte_carlo import Estimate
from numerics.mori_zwanzig.norm_enclosures import dobrushin_bound
from theory.language.errors import InputError, explain


@dataclass(frozen=True)
class LayerEffect:
    """What removal does at layer n: total variation of laws, oscillation of q_{n+1}, their product."""

    layer: int
    distance: Fraction
    oscillation: Fraction
    effect: Fraction


@dataclass(frozen=True, eq=False)
class Removal:
    """The chain without some neurons.

    Attributes:
        chain, removed: what was asked; removed by level, 0 for inputs.
        bound: |q_0(x) - q~_0(x)| <= bound for all x of the input box, certified.
        effects: its parts, one for each layer that reads a removed neuron.
        frozen: the same widths, but nobody reads the removed neurons (same law of the output).
    """

    chain: NoisyChain
    removed: Mapping[int, tuple[int, ...]]
    bound: Fraction
    effects: tuple[LayerEffect, ...]
    frozen: NoisyChain

    @property
    def pruned(self) -> NoisyChain:
        """The smaller chain, with the removed neurons of levels 1..L-1 deleted; inputs stay."""
        layers = list(self.frozen.layers)
        for level, gone in self.removed.items():
            if level == 0:
                continue
            kept = [i for i in range(self.chain.widths[level]) if i not in gone]
            before, after = layers[level - 1], layers[level]
            layers[level - 1] = replace(before, weight=before.weight[kept], bias=before.bias[kept])
            layers[level] = replace(after, weight=after.weight[:, kept])
        return replace(self.frozen, layers=tuple(layers))

    def measured(self, x: Any, count: int, generator: torch.Generator, output: int = 0) -> Estimate:
        """Estimate q_0 - q~_0 at points (batch, N_0) with the same noise in both chains; means and standard errors."""
        twin = torch.Generator().set_state(generator.get_state())
        value = self.chain.observable(_component(self.chain, output))
        points = self.chain.points(x)
        drawn = [value(chain.sample(points, count, g).reshape(-1, chain.widths[-1])).reshape(count, -1)
                 for chain, g in ((self.chain, generator), (self.frozen, twin))]
        gaps = drawn[0] - drawn[1]
        return Estimate(gaps.mean(0), gaps.std(0, ddof=1)/np.sqrt(count), count)


def remove(chain: NoisyChain, removed: Mapping[int, Sequence[int]], output: int = 0) -> Removal:
    """Remove neurons, given by level 0..L-1, and bound the effect on q_0 of one output.

    Raises InputError: no readout, a level or neuron that does not exist, all neurons of a level, a residual block that
    reads a removed neuron, noise of amplitude 0, an unbounded range with an unbounded activation.
    """
    gone = _levels(chain, removed)
    alpha = _component(chain, output)[0]
    layers, shifts = list(chain.layers), {}
    for n, neurons in gone.items():
        layers[n], shifts[n] = _frozen(chain, n, neurons)
    oscillations = oscillation_bounds(chain, alpha)
    effects = []
    for n in sorted(gone):
        if n == chain.depth - 1:
            total = sum((abs(Fraction(a))*d for a, d in zip(alpha.tolist(), shifts[n])), Fraction(0))
            effects.append(LayerEffect(n, _distance(chain.layers[n], shifts[n]), oscillations[n + 1], total))
        else:
            distance = _distance(chain.layers[n], shifts[n])
            effects.append(LayerEffect(n, distance, oscillations[n + 1], distance*oscillations[n + 1]))
    bound = sum((part.effect for part in effects), Fraction(0))
    return Removal(chain, gone, bound, tuple(effects), replace(chain, layers=tuple(layers)))


def ranking(chain: NoisyChain, level: int, output: int = 0) -> list[tuple[int, Fraction]]:
    """Neurons of a level with the certified effect of removing each alone, the least effect first."""
    found = [(j, remove(chain, {level: [j]}, output).bound) for j in range(chain.widths[level])]
    return sorted(found, key=lambda pair: (pair[1], pair[0]))


def oscillation_bounds(chain: NoisyChain, alpha: Array) -> tuple[Fraction, ...]:
    """Upper bounds of osc(q_n), n = 0..L, over the boxes of the levels.

    osc(q_{L-1}) <= sum |alpha_i| Delta_i, widths of the images, for the noise has mean 0; then the Dobrushin bounds.
    The last entry, osc(u), is that of level L - 1 again when the range is unbounded.
    """
    last = _spread(alpha, chain.images[-1])
    found = [last]
    for n in range(chain.depth - 2, -1, -1):
        found.insert(0, found[0]*dobrushin_bound(chain.layers[n].noise, chain.images[n]))
    unbounded = any(isinf(end) for pair in chain.ranges[-1] for end in pair)
    return (*found, last if unbounded else _spread(alpha, chain.ranges[-1]))


def _spread(alpha: Array, box: Any) -> Fraction:
    total = Fraction(0)
    for a, (low, high) in zip(alpha.reshape(-1).tolist(), box):
        if a and isinf(high - low):
            raise InputError(explain("removal", "bounded images of the last layer", f"width {high - low}",
                                     "Use a bounded activation or uniform noise."))
        total += abs(Fraction(a))*(Fraction(high) - Fraction(low)) if a else 0
    return total


def _levels(chain: NoisyChain, removed: Mapping[int, Sequence[int]]) -> dict[int, tuple[int, ...]]:
    found = {}
    for level, neurons in removed.items():
        width = chain.widths[level] if 0 <= level < chain.depth else 0
        chosen = tuple(sorted(set(neurons)))
        if not chosen or not all(0 <= j < width for j in chosen) or (level and len(chosen) == width):
            raise InputError(explain("removed", f"neurons of levels 0..{chain.depth - 1}, not all of one level",
                                     f"level {level}: {list(neurons)}", f"The widths are {chain.widths}."))
        found[level] = chosen
    return found


def _frozen(chain: NoisyChain, n: int, neurons: tuple[int, ...]) -> tuple[NoisyLayer, list[Fraction]]:
    """Layer n with the neurons of level n read as constants, and bounds of |F_i - F~_i|."""
    layer = chain.layers[n]
    layer.noise.required("neuron removal")
    if layer.step is not None:
        raise InputError(explain("removal", "a layer without a skip connection behind the removed neuron",
                                 f"layer {n} is residual", "Remove neurons that residual blocks do not read."))
    centres, radii = zip(*(_centre(chain, n, j) for j in neurons))
    weight, bias, shifts = layer.weight.copy(), [], []
    for i, row in enumerate(layer.weight.tolist()):
        exact = Fraction(float(layer.bias[i])) + sum(Fraction(row[j])*m for j, m in zip(neurons, centres))
        bias.append(float(exact))
        # the rounding of the new bias counts as a shift too
        reach = _reach([abs(Fraction(row[j])) for j in neurons], radii)
        hull = chain.images[n][i][1] - chain.images[n][i][0]
        slack = abs(exact - Fraction(bias[-1]))*layer.phi.lipschitz
        own = None if reach is None else layer.phi.lipschitz*reach + slack
        whole = None if isinf(hull) else Fraction(chain.images[n][i][1]) - Fraction(chain.images[n][i][0]) + slack
        known = [d for d in (own, whole) if d is not None]
        if not known:
            raise InputError(explain("removal", "a bounded range or a bounded activation", f"layer {n}, output {i}",
                                     "Use uniform noise, or tanh."))
        shifts.append(min(known))
    weight[:, list(neurons)] = 0.0
    return replace(layer, weight=weight, bias=np.array(bias)), shifts


def _centre(chain: NoisyChain, n: int, j: int) -> tuple[Fraction, Fraction | None]:
    """The value that neuron j of level n is read as, and its largest distance from it, None if that is unbounded."""
    low, high = chain.ranges[n][j]
    if isinf(high - low):
        low, high = chain.images[n - 1][j]
        return Fraction((low + high)/2 if not isinf(high - low) else 0.0), None
    middle = Fraction((low + high)/2)
    return middle, max(Fraction(high) - middle, middle - Fraction(low))


def _reach(weights: list[Fraction], radii: Sequence[Fraction | None]) -> Fraction | None:
    total = Fraction(0)
    for w, r in zip(weights, radii):
        if w and r is None:
            return None
        total += w*r if w and r is not None else 0
    return total


def _distance(layer: NoisyLayer, shifts: Sequence[Fraction]) -> Fraction:
    return dobrushin_bound(layer.noise, tuple((Fraction(0), d) for d in shifts))  # type: ignore[misc]


def _component(chain: NoisyChain, output: int) -> tuple[Array, Array]:
    """alpha and beta of one output."""
    if chain.readout is None:
        raise InputError(explain("removal", "an affine readout", "none", "End the module with a Linear."))
    alpha, beta = (np.asarray(part, dtype=np.float64) for part in chain.readout)
    alpha = alpha.reshape(-1, chain.widths[-1])
    if not 0 <= output < len(alpha):
        raise InputError(explain("output", f"a number below {len(alpha)}", output, "Choose one output."))
    return alpha[output], beta.reshape(-1)[output:output + 1]

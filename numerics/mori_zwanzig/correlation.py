"""Singular values of one layer: the maximal correlation s_n of (X_n, X_{n+1}), its spectrum, unweighted norms.

Width 1, by the input side: ||M* f||^2 = int (N(p f))(y)^2/p_{n+1}(y) dy on polynomials f of x, where N is the exact
transfer operator on panels. Input-side singular functions are smooth for smooth layers even where the output-side ones
have kinks, so that the values converge quickly; each is a lower bound up to quadrature. Without weights (p = 1 and no
division) the same gives the singular values of M on L^2(Omega_{n+1}) -> L^2(Omega_n).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.chain import NoisyLayer
from numerics.mori_zwanzig.densities import Density, fine_panels, output_edges, support, transfer
from numerics.mori_zwanzig.legendre import polynomials
from numerics.mori_zwanzig.noise import Noise
from numerics.mori_zwanzig.panels import Panels
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import Box

DEGREE = 20
GAUSSIAN_CUT = 12.0
"""A Gaussian input is cut at so many deviations: polynomials of degree 20 still see none of what is lost."""


def maximal_correlation(layer: NoisyLayer, input_density: Any, noise: Noise | str | None = None,
                        degree: int = DEGREE) -> float:
    """Return s, the largest correlation of functions of X and of F(X) + xi: the norm of M on the complement of 1.

    Args:
        layer: one input and one output (for more, see `NoisyChain.layer_contraction_table`).
        input_density: a `Density` of width 1, a pair (low, high) for the uniform one, or ("gaussian", s) for N(0, s^2).
        noise: replaces the layer's.
    """
    return float(correlation_spectrum(layer, input_density, noise, degree)[0])


def correlation_spectrum(layer: NoisyLayer, input_density: Any, noise: Noise | str | None = None,
                         degree: int = DEGREE) -> Array:
    """Return the singular values s_1 >= s_2 >= ... of M on the complement of the constants, `degree` of them.

    The k-th is accurate for k well below the degree. Arguments as in `maximal_correlation`.
    """
    used = _with_noise(layer, noise)
    density = input_panels(input_density)
    return _singular(used, density, degree, weighted=True)[1:]


def unweighted_spectrum(layer: NoisyLayer, box: Box, degree: int = 40) -> Array:
    """Singular values of M: L^2(F(box) + noise) -> L^2(box) for one input and one output, descending."""
    return _singular(_with_noise(layer, None), input_panels(box[0]), degree, weighted=False)


def _with_noise(layer: NoisyLayer, noise: Noise | str | None) -> NoisyLayer:
    found = Noise.parse(noise) if isinstance(noise, str) else layer.noise if noise is None else noise
    found.required("maximal correlation")
    if (layer.inputs, layer.outputs) != (1, 1):
        raise InputError(explain("maximal_correlation", "a layer with one input and one output",
                                 f"{layer.inputs} -> {layer.outputs}",
                                 "Use NoisyChain.layer_contraction_table for widths up to 3."))
    return NoisyLayer(layer.weight, layer.bias, layer.phi, found, layer.step)


def input_panels(given: Any) -> Density:
    """A density of width 1: itself, uniform on a pair (low, high), or ("gaussian", s), cut at GAUSSIAN_CUT."""
    if isinstance(given, Density):
        if given.panels is None:
            raise InputError(explain("input_density", "a density of width 1", "another", "Use chain.density(n)."))
        return given
    if isinstance(given, tuple) and len(given) == 2 and given[0] == "gaussian":
        s = float(given[1])
        edges, value = np.linspace(-GAUSSIAN_CUT*s, GAUSSIAN_CUT*s, 49), lambda x: np.exp(-(x/s)**2/2)
    else:
        low, high = (float(v) for v in given)
        edges, value = np.linspace(low, high, 9), lambda x: np.ones_like(x)
    panels = Panels(edges)
    weights = panels.weights*value(panels.nodes)
    total = weights.sum()
    box = ((float(edges[0]), float(edges[-1])),)
    return Density(box, panels.nodes[:, None], weights/total, lambda x: value(x.reshape(-1))/total,
                   ((box[0][0], 0), (box[0][1], 0)), panels)


def _singular(layer: NoisyLayer, density: Density, degree: int, weighted: bool) -> Array:
    """Square roots of the eigenvalues of M M* on polynomials of this degree, largest first."""
    panels = fine_panels(layer, density.panels)
    x = panels.nodes
    p = density.evaluate(x[:, None]) if weighted else np.ones_like(x)
    functions = _orthonormal(x, panels.weights*p, density.box[0], degree)
    outputs = Panels(output_edges(layer, density, support(layer, density.box)))
    pushed = transfer(layer, panels, p[:, None]*functions, outputs.nodes)
    if not weighted:
        gram = (pushed*outputs.weights[:, None]).T @ pushed
    else:
        after = transfer(layer, panels, p[:, None], outputs.nodes)[:, 0]
        safe = np.where(after > 1e-290, after, np.inf)
        gram = (pushed*(outputs.weights/safe)[:, None]).T @ pushed
    return np.sqrt(np.clip(np.linalg.eigvalsh(gram)[::-1], 0, None))


def _orthonormal(x: Array, weights: Array, interval: tuple[float, float], degree: int) -> Array:
    """Polynomials of degrees 0..degree at nodes x, orthonormal for the weights (nonnegative), by QR."""
    low, high = interval
    values = polynomials(degree, (2*x - low - high)/(high - low))
    root = np.sqrt(np.clip(weights, 0, None))[:, None]
    _, triangle = np.linalg.qr(root*values)
    return np.linalg.solve(triangle.T, values.T).T

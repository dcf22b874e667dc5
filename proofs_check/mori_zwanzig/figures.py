"""Figures of noisy chains as data: noise amplitudes, memory error against lag, singular spectra, densities, q_n.

Amplitudes are exact. All else is computed in floating point by the operator engine: these pictures show, the table
certifies.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from numerics.experiments.plots import Plot, Series, line
from theory.language.errors import InputError, explain

from .table_of import chain_of, noise_amplitude_table

if TYPE_CHECKING:
    from numerics.mori_zwanzig.chain import NoisyChain

LEAST = 1e-13
"""Relative errors below are rounding and are not drawn."""
POINTS = 161
SPECTRUM = 8


def figures(module: Any, noise: Any = None, input_box: Any = None) -> dict[str, Plot]:
    """Return the figures of a chain by name: "amplitudes" always, the others for widths up to 2.

    Names: "amplitudes", "memory", "spectra", "densities", "expectations". Arguments as for `layer_contraction_table`.
    Raises InputError for noise of amplitude 0.
    """
    chain = chain_of(module, noise, input_box)
    for layer in chain.layers:
        layer.noise.required("figures")
    width = chain.widths[1]
    found = {"amplitudes": amplitude_plot(tuple(dict.fromkeys((width, 64))), ("1", "1/2", "1/10"),
                                          max(chain.depth, 2))}
    if max(chain.widths) > 2:
        return found
    found |= {"spectra": spectra_plot(chain), "densities": density_plot(chain)}
    if chain.readout is not None and np.size(chain.readout[1]) == 1:
        found |= {"expectations": expectation_plot(chain)}
        if chain.depth > 2:
            found["memory"] = memory_plot(chain)
    return found


def amplitude_plot(widths: Sequence[int], kappas: Sequence[Any], layers: int) -> Plot:
    """Return the amplitude b_n that the Hilbert-Schmidt route needs, against n; it is never below n + 1."""
    curves = []
    for width in widths:
        for kappa in kappas:
            records = noise_amplitude_table(width, kappa, layers).records
            values = tuple(float(record.amplitude[1]) for record in records)
            if str(kappa) != "1" and values[-1] < 1e6:
                curves.append(line(f"{width}, {kappa}", tuple(range(layers)), values))
    steps = tuple(range(layers))
    curves.append(line("b = 1", (0, layers - 1), (1.0, 1.0)))
    title = "Noise for ||M_n||^2 <= kappa, curves (N, kappa); delta < 1 above b = 1"
    return Plot(title, "layer n", "amplitude b_n", tuple(curves),
                line("n + 1", steps, tuple(n + 1.0 for n in steps)), log_y=True)


def memory_plot(chain: NoisyChain, degrees: Sequence[int] = (1, 3)) -> Plot:
    """Return the error of q_0 against the memory length, for projections on polynomials, with the bound's line.

    Orthogonal projections in L^2(p_n); the noise term is left out, so that constants alone keep their error. The line
    is the remainder bound of the first projection with the QMQ norms of the discretised operators.
    """
    from numerics.mori_zwanzig.decomposition import Mori
    from numerics.mori_zwanzig.truncation import remainder_bound, truncation_errors

    if chain.depth < 3:
        raise InputError(explain("memory", "at least three layers", chain.depth, "Shorter chains have no memory term."))
    curves, bound = [], None
    for degree in (0, *degrees):
        found = chain.mz_decompose(Mori(degree), weighted=True)
        errors = truncation_errors(found)
        points = [(h, float(e)) for h, e in enumerate(errors) if e > LEAST]
        name = "constants only" if degree == 0 else f"degree <= {degree}"
        curves.append(Series(name, tuple(float(h) for h, _ in points), tuple(e for _, e in points), True))
        if degree == degrees[0]:
            size = max(float(np.linalg.norm(found.states[0])), 1e-300)
            bounds = [(h, remainder_bound(found, 0, h)/size) for h in range(chain.depth - 1)]
            kept = [(h, b) for h, b in bounds if np.isfinite(b) and b > LEAST]
            bound = line(f"bound for <= {degree}", tuple(h for h, _ in kept), tuple(b for _, b in kept)) \
                if kept else None
    own = bound or line("relative error 1", (0, chain.depth - 1), (1.0, 1.0))
    return Plot(f"Memory kept and error of q_0, {_name(chain)}", "lag h", "relative error", tuple(curves), own,
                log_y=True)


def spectra_plot(chain: NoisyChain) -> Plot:
    """Return the leading singular values of every M_n on the complement of the constants, weighted by the densities.

    The line is the largest sqrt(delta_n), which no singular value exceeds at a layer with that Dobrushin coefficient.
    """
    from numerics.mori_zwanzig.norm_enclosures import dobrushin_bound

    curves = []
    for n, values in enumerate(_spectra(chain)):
        kept = [(k, float(v)) for k, v in enumerate(values[:SPECTRUM], 1) if v > LEAST]
        curves.append(line(f"layer {n}", tuple(k for k, _ in kept), tuple(v for _, v in kept)))
    top = max(float(dobrushin_bound(layer.noise, box)) for layer, box in zip(chain.layers, chain.images))**0.5
    return Plot(f"Singular values of the layers, {_name(chain)}", "k", "s_k", tuple(curves),
                line("sqrt(delta)", (1, SPECTRUM), (top, top)), log_y=True)


def _spectra(chain: NoisyChain) -> list[Any]:
    from numerics.mori_zwanzig.correlation import correlation_spectrum
    from numerics.mori_zwanzig.densities import densities
    from numerics.mori_zwanzig.operators import propagation

    if set(chain.widths) == {1}:
        return [correlation_spectrum(layer, p) for layer, p in zip(chain.layers, densities(chain))]
    space = propagation(chain, weighted=True, contracting=True)
    return [np.linalg.svd(m[1:, 1:], compute_uv=False) for m in space.contractions]


def density_plot(chain: NoisyChain) -> Plot:
    """Return the densities of the first coordinate of X_n, layer by layer; the line is the input's."""
    from numerics.mori_zwanzig.densities import densities

    curves = []
    for n, density in enumerate(densities(chain)):
        low, high = density.box[0]
        x = np.linspace(low, high, POINTS)
        values = np.maximum(_marginal(density, x), 0)
        curves.append(line(f"p_{n}", tuple(x), tuple(values)))
    return Plot(f"Densities layer by layer, {_name(chain)}", "first coordinate of X_n", "density", tuple(curves[1:]),
                curves[0])


def _marginal(density: Any, x: Any) -> Any:
    """The density of the first coordinate: the second one is integrated by a Gauss rule on 60 nodes."""
    if len(density.box) == 1:
        return density.evaluate(x[:, None])
    low, high = density.box[1]
    t, w = np.polynomial.legendre.leggauss(60)
    y, weights = low + (high - low)*(t + 1)/2, w*(high - low)/2
    grid = np.stack([part.reshape(-1) for part in np.meshgrid(x, y, indexing="ij")], 1)
    return density.evaluate(grid).reshape(len(x), -1) @ weights


def expectation_plot(chain: NoisyChain) -> Plot:
    """Return q_n = E[u(X_L) | X_n] along the first coordinate (others in the middle); the line is q_0.

    Oscillation shrinks from the output to the input: what the network forgets.
    """
    from numerics.mori_zwanzig.operators import backward

    found = backward(chain)
    curves = [_along(lambda x, n=n: found.evaluate(n, x), chain.grid_boxes[n], f"q_{n}")  # type: ignore[misc]
              for n in range(chain.depth + 1)]
    return Plot(f"Conditional expectations layer by layer, {_name(chain)}", "first coordinate of X_n", "q_n",
                tuple(curves[1:]), curves[0])


def _along(function: Callable[[Any], Any], box: Any, label: str) -> Series:
    low, high = box[0]
    x = np.linspace(low, high, POINTS)
    rest = [np.full(POINTS, (a + b)/2) for a, b in box[1:]]
    return line(label, tuple(x), tuple(map(float, function(np.stack([x, *rest], 1)))))


def _name(chain: NoisyChain) -> str:
    return f"{'-'.join(map(str, chain.widths))}, noise {chain.layers[0].noise}"


__all__ = ["amplitude_plot", "density_plot", "expectation_plot", "figures", "memory_plot", "spectra_plot"]

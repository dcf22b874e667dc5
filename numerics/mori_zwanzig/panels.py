"""Piecewise polynomials on an interval, on panels that are split until the function is resolved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from numerics.mori_zwanzig.activations import Array
from numerics.mori_zwanzig.legendre import antiderivatives, polynomials

ORDER = 16
"""Gauss nodes of a panel."""
RESOLVED = 1e-12
"""A panel is split until its last two coefficients are below this share of the largest."""
ROUNDS = 40
"""A panel is halved at most so often; at a jump this many narrow panels are made."""
_T, _W = np.polynomial.legendre.leggauss(ORDER)
_TO_LEGENDRE = (polynomials(ORDER - 1, _T)*_W[:, None]).T*(np.arange(ORDER) + 0.5)[:, None]
"""Values at the Gauss nodes to Legendre coefficients of the interpolating polynomial."""


@dataclass(frozen=True, eq=False)
class Panels:
    """A partition of an interval with Gauss nodes in every panel; functions are arrays (panels * ORDER, ...)."""

    edges: Array

    @property
    def nodes(self) -> Array:
        """All Gauss nodes, shape (panels * ORDER,)."""
        low, high = self.edges[:-1, None], self.edges[1:, None]
        return (low + (high - low)*(_T + 1)/2).reshape(-1)

    @property
    def weights(self) -> Array:
        """Weights of the nodes."""
        return ((self.edges[1:] - self.edges[:-1])[:, None]*_W/2).reshape(-1)

    def coefficients(self, values: Array) -> Array:
        """Legendre coefficients in every panel, shape (panels, ORDER, functions)."""
        shaped = values.reshape(len(self.edges) - 1, ORDER, -1)
        return np.einsum("kt,ptf->pkf", _TO_LEGENDRE, shaped)

    def integral_to(self, values: Array, x: Array) -> Array:
        """Integrals from the left end to points x of the piecewise polynomials, shape (points, functions)."""
        coefficients, widths = self.coefficients(values), self.edges[1:] - self.edges[:-1]
        sums = np.cumsum(coefficients[:, 0]*widths[:, None], 0)
        totals = np.concatenate([np.zeros((1, coefficients.shape[2])), sums])
        at, t = self._locate(x)
        partial = np.einsum("xk,xkf->xf", antiderivatives(ORDER - 1, t), coefficients[at])
        return totals[at] + partial*widths[at, None]/2

    def evaluate(self, values: Array, x: Array) -> Array:
        """The piecewise polynomials at points x, shape (points, functions); 0 outside."""
        at, t = self._locate(x)
        found = np.einsum("xk,xkf->xf", polynomials(ORDER - 1, t), self.coefficients(values)[at])
        return np.where(((x >= self.edges[0]) & (x <= self.edges[-1]))[:, None], found, 0.0)

    def _locate(self, x: Array) -> tuple[Array, Array]:
        at = np.clip(np.searchsorted(self.edges, x, side="right") - 1, 0, len(self.edges) - 2)
        low, high = self.edges[at], self.edges[at + 1]
        return at, np.clip((2*x - low - high)/(high - low), -1, 1)


def resolved(function: Callable[[Array], Array], edges: Array) -> tuple[Panels, Array]:
    """Split panels until a function is a polynomial of degree ORDER - 1 on each, up to RESOLVED."""
    kept = np.asarray(edges, float)
    values = function(Panels(kept).nodes)
    for _ in range(ROUNDS):
        panels = Panels(kept)
        sizes = np.abs(panels.coefficients(values)[:, :, 0])
        widths = kept[1:] - kept[:-1]
        # what matters is the integral: a jump is left alone once its panel is narrow
        rough = sizes[:, -2:].max(1)*widths > RESOLVED*max((sizes.max(1)*widths).max(), 1e-300)
        if not rough.any():
            break
        parts = [np.array([low, (low + high)/2]) if split else np.array([low])
                 for low, high, split in zip(kept[:-1], kept[1:], rough)]
        fresh = np.concatenate([*parts, kept[-1:]])
        values = _refined(panels, values, Panels(fresh), np.repeat(rough, np.where(rough, 2, 1)), function)
        kept = fresh
    return Panels(kept), values


def _refined(old: Panels, values: Array, new: Panels, fresh: Array, function: Callable[[Array], Array]) -> Array:
    """Values at the new nodes: copied where a panel was kept, computed where it was split."""
    found = np.empty((len(new.edges) - 1, ORDER))
    shaped = values.reshape(-1, ORDER)
    found[~fresh] = shaped[np.isin(old.edges[:-1], new.edges[:-1][~fresh])]
    found[fresh] = function(new.nodes.reshape(-1, ORDER)[fresh].reshape(-1)).reshape(-1, ORDER)
    return found.reshape(-1)

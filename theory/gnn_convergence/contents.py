"""Claims, lemmas and citations of the family in dependency order; read by `theory.gnn_convergence` when asked for."""

from __future__ import annotations

from theory.gnn_convergence import (
    a_priori_bound,
    a_priori_descent,
    conditions,
    depth_accelerates,
    depth_with_heads,
    descent_drift,
    discrete_gd,
    dynamics_identity,
    label_signal,
    landscape,
    linear_rate,
    margin_vacuous,
    multiscale_rate,
    multiscale_rule,
    product_rule,
    regular_aggregation,
    skip_accelerates,
    spectra,
    spectral_ends,
    twin_corank,
    zero_weights,
)
from theory.language import Cited, Claim, Lemma

_THEOREMS = (
    linear_rate, multiscale_rate, dynamics_identity, conditions, twin_corank, spectra, regular_aggregation,
    spectral_ends, margin_vacuous, a_priori_bound, discrete_gd, descent_drift, a_priori_descent, skip_accelerates,
    depth_accelerates, depth_with_heads, label_signal, landscape, zero_weights,
)
_LEMMAS = (product_rule, multiscale_rule, *_THEOREMS)

CLAIMS: tuple[Claim, ...] = tuple(module.CLAIM for module in _THEOREMS)
"""The theorems of the family."""

LEMMAS: tuple[Lemma, ...] = tuple(dict.fromkeys(
    lemma for module in _LEMMAS for lemma in getattr(module, "LEMMAS", ())))

CITED: tuple[Cited, ...] = ()
"""Named theorems of the literature used without proof: none is needed."""

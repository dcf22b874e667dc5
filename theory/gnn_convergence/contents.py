"""Claims, lemmas and citations of the family in dependency order; read by `theory.gnn_convergence` when asked for."""

from __future__ import annotations

from theory.gnn_convergence import (
    a_priori_bound,
    a_priori_descent,
    conditions,
    depth_accelerates,
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
    skip_accelerates,
    spectra,
    twin_corank,
)
from theory.language import Cited, Claim, Lemma

_THEOREMS = (
    linear_rate, multiscale_rate, dynamics_identity, conditions, twin_corank, spectra, margin_vacuous, a_priori_bound,
    discrete_gd, descent_drift, a_priori_descent, skip_accelerates, depth_accelerates, label_signal, landscape,
)
_LEMMAS = (product_rule, multiscale_rule, *_THEOREMS)

CLAIMS: tuple[Claim, ...] = tuple(module.CLAIM for module in _THEOREMS)
"""The theorems of the family."""

LEMMAS: tuple[Lemma, ...] = tuple(dict.fromkeys(
    lemma for module in _LEMMAS for lemma in getattr(module, "LEMMAS", ())))

CITED: tuple[Cited, ...] = ()
"""Named theorems of the literature used without proof: none is needed."""

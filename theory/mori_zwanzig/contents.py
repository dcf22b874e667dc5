"""Claims, lemmas and citations of the family in dependency order; read by `theory.mori_zwanzig` when asked for."""

from __future__ import annotations

from theory.language import Cited, Claim, Lemma
from theory.mori_zwanzig import (
    capacity_memory_tradeoff,
    constant_mode_obstruction,
    contraction_uniform,
    correlation_contraction,
    correlation_dobrushin,
    correlation_layers,
    deep_to_shallow,
    dense_capacity,
    dense_order,
    dobrushin,
    duality,
    dyson_mz,
    gaussian_means,
    gaussian_noise,
    gaussian_square,
    hs_norm,
    independent_noise,
    integral_laws,
    integral_means,
    kernel_integrals,
    legendre,
    legendre_degrees,
    log_convexity,
    markov_chapman,
    maximal_correlation,
    memory_decay,
    memory_recursion,
    monotone_enclosure,
    neuron_removal,
    norm_sandwich,
    polynomial_layers,
    removed_chains,
    resolving_more,
    training_paradigm,
    uniform_chains,
    uniform_kernels,
    uniform_layers,
    uniform_smoothing,
    weighted_sums,
    zero_memory,
)

_THEOREMS = (
    markov_chapman, duality, hs_norm, norm_sandwich, contraction_uniform, gaussian_noise, constant_mode_obstruction,
    maximal_correlation, dobrushin, correlation_contraction, capacity_memory_tradeoff, dyson_mz, memory_decay,
    memory_recursion, resolving_more, zero_memory, neuron_removal, deep_to_shallow, monotone_enclosure,
    training_paradigm,
)
_LEMMAS = (
    integral_laws, weighted_sums, kernel_integrals, independent_noise, uniform_smoothing, gaussian_square,
    polynomial_layers, legendre, legendre_degrees, duality, hs_norm, norm_sandwich,
    uniform_kernels, uniform_layers, integral_means, uniform_chains, removed_chains, dense_capacity, dense_order,
    gaussian_means, constant_mode_obstruction, monotone_enclosure, gaussian_noise, markov_chapman, dyson_mz,
    memory_decay, dobrushin, *_THEOREMS, log_convexity, correlation_dobrushin, correlation_layers,
)

CLAIMS: tuple[Claim, ...] = tuple(module.CLAIM for module in _THEOREMS)
"""The theorems of the family."""

LEMMAS: tuple[Lemma, ...] = tuple(dict.fromkeys(
    lemma for module in _LEMMAS for lemma in getattr(module, "LEMMAS", ())))

CITED: tuple[Cited, ...] = integral_laws.CITED
"""Laws of integrals over abstract measures, used without proof; what rests on them says so."""

"""Claims and lemmas of the family in dependency order; read by `theory.etr_training` when they are asked for."""

from __future__ import annotations

from theory.etr_training import (
    affine_circuits,
    attainment,
    cells,
    circuit_lemmas,
    cover_recursion,
    dont_care,
    gauge_obstruction,
    hardness_system,
    hierarchy,
    id_hardness,
    interpolation_step,
    irrational_roots,
    irrational_weights,
    linear_rank,
    membership,
    network_values,
    one_sink_linear,
    piercing_bound,
    piercing_side,
    relu_hardness,
    relu_lemmas,
    second_differences,
    sigmoid_calibration,
    sigmoid_exp,
    sign_normal_form,
    sin_undecidable,
    sine_aliasing,
    sine_zeros,
    universal_hardness,
)
from theory.language import Cited, Claim, Lemma

_THEOREMS = (
    membership, dont_care, id_hardness, one_sink_linear, relu_hardness, universal_hardness, irrational_weights,
    sign_normal_form, cells, circuit_lemmas, piercing_bound, interpolation_step, hierarchy, sigmoid_exp,
    sigmoid_calibration, sin_undecidable, sine_aliasing, gauge_obstruction, attainment, linear_rank,
)
_LEMMAS = (
    relu_lemmas, network_values, affine_circuits, second_differences, piercing_side, cover_recursion, hardness_system,
    irrational_roots, sine_zeros, *_THEOREMS,
)

CLAIMS: tuple[Claim, ...] = tuple(module.CLAIM for module in _THEOREMS)
"""The theorems of the family, C1 to C13 of its plan and what they need beside them."""

LEMMAS: tuple[Lemma, ...] = tuple(dict.fromkeys(
    lemma for module in _LEMMAS for lemma in getattr(module, "LEMMAS", ())))

CITED: tuple[Cited, ...] = ()
"""Named theorems of the literature used without proof: none is needed."""

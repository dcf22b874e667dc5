"""Covering numbers of fully connected networks modulo permutations of hidden units: claims and exact formulas."""

from __future__ import annotations

# ---- claims of the family ----
from theory.covering import (
    counting_chain,
    deep_bound,
    deep_bound_quoted,
    deep_bound_unconditional,
    equivariance,
    grid,
    modulus_closed_form,
    one_layer,
    param_lipschitz,
    representatives,
    representatives_code,
    representatives_layers,
    representatives_lists,
    representatives_order,
    representatives_sequences,
    representatives_sorting,
    shallow_bound_quoted,
    uniform_networks,
    volume,
)
from theory.covering.architecture import check_widths, exact, layer_sizes
from theory.covering.counting import (
    bias_ordered_count,
    log_bias_ordered_count,
    log_orbit_count,
    log_raw_count,
    orbit_count,
    parameter_count,
    points_per_axis,
    raw_count,
)
from theory.covering.effective_volume import (
    effective_volume,
    log_effective_volume,
    log_factorial_product,
    volume_fraction,
    volume_peak_width,
    volume_ratio,
)
from theory.covering.log_bounds import (
    Grid,
    balanced_radii,
    quoted_deep_base,
    quoted_deep_log_bound,
    quoted_deep_radius_limit,
    quoted_shallow_log_bound,
    single_radius,
    unconditional_grid,
    unconditional_log_bound,
)
from theory.covering.modulus import closed_form_modulus, parameter_modulus
from theory.covering.orbit import layerwise_orderings, orbit_size
from theory.language import Claim, Lemma

LEMMAS: tuple[Lemma, ...] = (*one_layer.LEMMAS, *param_lipschitz.LEMMAS, *counting_chain.LEMMAS,
                             *volume.LEMMAS, *grid.LEMMAS, *equivariance.LEMMAS, *representatives_code.LEMMAS,
                             *representatives_sorting.LEMMAS, *representatives_lists.LEMMAS,
                             *representatives_sequences.LEMMAS, *representatives_layers.LEMMAS,
                             *representatives_order.LEMMAS, *representatives.LEMMAS, *deep_bound.LEMMAS,
                             *uniform_networks.LEMMAS)
"""Auxiliary results of the family, in dependency order."""

CLAIMS: tuple[Claim, ...] = (
    param_lipschitz.CLAIM, modulus_closed_form.CLAIM, counting_chain.CLAIM, volume.CLAIM,
    deep_bound_unconditional.CLAIM, deep_bound.CLAIM, shallow_bound_quoted.CLAIM, deep_bound_quoted.CLAIM,
)
"""The theorems of the family, in dependency order."""

__all__ = [
    "CLAIMS",
    "Grid",
    "LEMMAS",
    "balanced_radii",
    "bias_ordered_count",
    "check_widths",
    "closed_form_modulus",
    "effective_volume",
    "exact",
    "layer_sizes",
    "layerwise_orderings",
    "log_bias_ordered_count",
    "log_effective_volume",
    "log_factorial_product",
    "log_orbit_count",
    "log_raw_count",
    "orbit_count",
    "orbit_size",
    "parameter_count",
    "parameter_modulus",
    "points_per_axis",
    "quoted_deep_base",
    "quoted_deep_log_bound",
    "quoted_deep_radius_limit",
    "quoted_shallow_log_bound",
    "raw_count",
    "single_radius",
    "unconditional_grid",
    "unconditional_log_bound",
    "volume_fraction",
    "volume_peak_width",
    "volume_ratio",
]

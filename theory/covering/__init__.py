"""Covering numbers of fully connected networks modulo permutations of hidden units: claims and exact formulas."""

from __future__ import annotations

# ---- claims of the family ----
from theory.covering import (
    counting_chain,
    deep_bound,
    deep_bound_quoted,
    deep_bound_unconditional,
    equivariance,
    event_sums,
    fundamental_domain,
    gain_bounds,
    graph_modulus,
    grid,
    init_probability,
    modulus_closed_form,
    one_layer,
    optimizers,
    orbit_chain,
    orbit_events,
    param_lipschitz,
    perm_invariance,
    quotient_burnside,
    quotient_exact,
    relative_gain,
    representatives,
    representatives_code,
    representatives_layers,
    representatives_lists,
    representatives_order,
    representatives_sequences,
    representatives_sorting,
    shallow_bound_quoted,
    training_equivariant,
    uniform_networks,
    volume,
)
from theory.covering.action import bias_orders, network_output, quotient_covering_number, relabel
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
from theory.covering.finite_laws import (
    coordinate_permutations,
    is_invariant,
    moved,
    near_probability,
    orbit_points,
    separation,
    stabiliser_order,
    uniform_orbit_probability,
)
from theory.covering.gain import (
    GainConstants,
    deep_gain_bounds,
    deep_gain_constants,
    entropy_gain,
    shallow_gain_bounds,
    shallow_gain_slope,
    shallow_gain_width,
)
from theory.covering.graph_bounds import GraphLayer, Reads, graph_moduli, graph_ranges
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
from theory.language import Cited, Claim, Lemma

LEMMAS: tuple[Lemma, ...] = (*one_layer.LEMMAS, *param_lipschitz.LEMMAS, *counting_chain.LEMMAS,
                             *volume.LEMMAS, *grid.LEMMAS, *equivariance.LEMMAS, *representatives_code.LEMMAS,
                             *representatives_sorting.LEMMAS, *representatives_lists.LEMMAS,
                             *representatives_sequences.LEMMAS, *representatives_layers.LEMMAS,
                             *representatives_order.LEMMAS, *representatives.LEMMAS, *deep_bound.LEMMAS,
                             *uniform_networks.LEMMAS, *fundamental_domain.LEMMAS, *quotient_exact.LEMMAS,
                             *orbit_chain.LEMMAS, *gain_bounds.LEMMAS, *event_sums.LEMMAS, *orbit_events.LEMMAS,
                             *training_equivariant.LEMMAS, *optimizers.LEMMAS)
"""Auxiliary results of the family, in dependency order."""

CLAIMS: tuple[Claim, ...] = (
    param_lipschitz.CLAIM, graph_modulus.CLAIM, modulus_closed_form.CLAIM, counting_chain.CLAIM, volume.CLAIM,
    deep_bound_unconditional.CLAIM, deep_bound.CLAIM, shallow_bound_quoted.CLAIM, deep_bound_quoted.CLAIM,
    perm_invariance.CLAIM, fundamental_domain.CLAIM, quotient_exact.CLAIM, quotient_burnside.CLAIM,
    orbit_chain.CLAIM, relative_gain.CLAIM, training_equivariant.CLAIM, init_probability.CLAIM,
)
"""The theorems of the family, in dependency order."""

CITED: tuple[Cited, ...] = quotient_burnside.CITED
"""Named theorems of the literature used without proof; what rests on them says so."""

__all__ = [
    "CITED",
    "CLAIMS",
    "GainConstants",
    "GraphLayer",
    "Grid",
    "LEMMAS",
    "Reads",
    "balanced_radii",
    "bias_ordered_count",
    "bias_orders",
    "check_widths",
    "closed_form_modulus",
    "coordinate_permutations",
    "deep_gain_bounds",
    "deep_gain_constants",
    "effective_volume",
    "entropy_gain",
    "exact",
    "graph_moduli",
    "graph_ranges",
    "is_invariant",
    "layer_sizes",
    "layerwise_orderings",
    "log_bias_ordered_count",
    "log_effective_volume",
    "log_factorial_product",
    "log_orbit_count",
    "log_raw_count",
    "moved",
    "near_probability",
    "network_output",
    "orbit_count",
    "orbit_points",
    "orbit_size",
    "parameter_count",
    "parameter_modulus",
    "points_per_axis",
    "quoted_deep_base",
    "quoted_deep_log_bound",
    "quoted_deep_radius_limit",
    "quoted_shallow_log_bound",
    "quotient_covering_number",
    "raw_count",
    "relabel",
    "separation",
    "shallow_gain_bounds",
    "shallow_gain_slope",
    "shallow_gain_width",
    "single_radius",
    "stabiliser_order",
    "unconditional_grid",
    "unconditional_log_bound",
    "uniform_orbit_probability",
    "volume_fraction",
    "volume_peak_width",
    "volume_ratio",
]

"""Networks with layer noise: conditional expectations, memory, contraction. Claims and exact formulas.

Names are imported when they are first asked for: who only needs a formula does not parse the proofs.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "contents": ("CITED", "CLAIMS", "LEMMAS"),
    "noise_laws": ("noise_law",),
    "hs_norm": ("hs_norm_squared",),
    "duality": ("dual_products",),
    "norm_sandwich": ("layer_norm_bounds",),
    "constant_mode_obstruction": ("plain_norm_floor",),
    "contraction_uniform": ("noise_amplitudes",),
    "dobrushin": ("dobrushin_gaussian", "dobrushin_uniform"),
    "capacity_memory_tradeoff": ("readout_range", "representable_oscillation"),
    "dyson_mz": ("dyson_terms",),
    "memory_decay": ("memory_remainder",),
    "memory_recursion": ("accumulated_error",),
    "neuron_removal": ("removal_error",),
    "training_paradigm": ("sampled_loss",),
    "maximal_correlation": ("gaussian_correlation_squared", "identity_layer_spectrum"),
    "correlation_contraction": ("variance_bound",),
    "monotone_enclosure": ("directed_sums",),
    "deep_to_shallow": ("cells_needed", "shallow_error"),
    "gaussian_noise": ("gaussian_threshold",),
    "markov_chapman": ("two_layer_square_means",),
}
_MODULE_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> Any:
    """Return one of the names of the package."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULE_OF[name]}"), name)

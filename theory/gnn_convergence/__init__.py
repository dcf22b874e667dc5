"""Rates of training linear graph networks: claims, and exact formulas for graphs, layers and steps.

Names are imported when they are first asked for: who only needs a formula does not parse the proofs.
"""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "contents": ("CITED", "CLAIMS", "LEMMAS"),
    "graph_shift": (
        "aggregation", "gram_features", "layer_product", "stacked_features", "training_nodes", "twins",
    ),
    "linear_rate": ("linear_rate_exponent",),
    "certified_lambda": ("a_priori_lambda", "conserved", "layer_bounds"),
    "descent_certificate": ("DescentCertificate", "gradient_descent_certificate", "least_loss"),
}
_MODULE_OF = {name: f"{__name__}.{module}" for module, names in _HOMES.items() for name in names}
_MODULE_OF |= dict.fromkeys(("eigenvalue_enclosure", "exact_rank"), "theory.exact.matrices")

__all__ = sorted(_MODULE_OF)


def __getattr__(name: str) -> Any:
    """Return one of the names of the package."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_MODULE_OF[name]), name)

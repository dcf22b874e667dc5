"""Noisy layer chains X_{n+1} = F_n(X_n) + xi_n of torch modules: operators, densities, memory, contraction."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "NoisyChain": "chain", "NoisyLayer": "chain", "Noise": "noise", "Residual": "reading",
    "maximal_correlation": "correlation", "correlation_spectrum": "correlation",
    "Mori": "decomposition", "Zwanzig": "decomposition", "Decomposition": "decomposition",
    "Density": "densities", "truncation_errors": "truncation", "estimate": "monte_carlo", "z_scores": "monte_carlo",
    "ContractionRow": "operators",
}
"""Names that are imported when they are first asked for: torch is slow to load."""


def __getattr__(name: str) -> Any:
    """Return one of the names of the package."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)


__all__ = ["ContractionRow", "Decomposition", "Density", "Mori", "Noise", "NoisyChain", "NoisyLayer", "Residual",
           "Zwanzig", "correlation_spectrum", "estimate", "maximal_correlation", "truncation_errors", "z_scores"]

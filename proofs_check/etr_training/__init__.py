"""Training instances decided with certificates: the search; its checker is `proofs_check.certificates`' own program."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "Decision": "decision", "ExactOptimum": "optimum", "exact_optimum": "optimum", "MinimalWidth": "width",
    "minimal_width": "width", "check_decision": "confirmation",
}

__all__ = ["Decision", "ExactOptimum", "MinimalWidth", "check_decision", "exact_optimum", "minimal_width"]


def __getattr__(name: str) -> Any:
    """Return one of the names of the package, imported when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)

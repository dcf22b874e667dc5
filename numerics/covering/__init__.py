"""Experiments on covering numbers, each a module with one EXPERIMENT, and what bound tables need to know of modules."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {"SymmetryReport": "symmetry", "symmetry_report": "symmetry", "ModuleClass": "module_class",
          "describe": "module_class"}
"""Names that are imported when they are first asked for: torch is slow to load."""


def __getattr__(name: str) -> Any:
    """Return one of the names of the package."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)


__all__ = ["ModuleClass", "SymmetryReport", "describe", "symmetry_report"]

"""Linear and ReLU graph networks on real graphs: training by flow and by steps, certified ranks, rates and bounds."""

from __future__ import annotations

import importlib
from typing import Any

_HOMES = {
    "Graph": "graphs", "graph_named": "graphs", "graph_of": "graphs", "read_graph": "graphs",
    "gaussian_features": "graphs",
    "Problem": "networks", "Weights": "networks", "GraphNetwork": "torch_network", "contributions": "networks",
    "gradient": "networks", "initial": "networks", "lambda_min": "networks", "layer_product": "networks",
    "loss": "networks", "predict": "networks", "shift": "networks",
    "Trajectory": "flow", "gradient_flow": "flow", "descend": "descent", "rational_descent": "exact_steps",
    "Rank": "ranks", "rank_of": "ranks", "certify": "certified", "Certificate": "certified",
    "certified_lambda": "certified", "certified_step": "certified", "singular_values": "certified",
    "from_torch_geometric": "conversion",
}
"""Names that are imported when they are first asked for: torch is slow to load."""


def __getattr__(name: str) -> Any:
    """Return one of the names of the package."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)


__all__ = sorted(_HOMES)

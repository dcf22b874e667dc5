"""Settings of activations: the constants and laws that are known here are those of the default settings."""

from __future__ import annotations

from typing import Any

from torch import fx, nn

_DEFAULTS = {"inplace": False, "negative_slope": 0.01, "alpha": 1.0, "beta": 1, "threshold": 20, "approximate": "none"}
"""Of activations as functions."""


def own_settings(layer: nn.Module) -> dict[str, Any]:
    """Return the settings of an activation module that are not the default ones; `inplace` changes no value.

    >>> own_settings(nn.Hardtanh(-1, 2)), own_settings(nn.ReLU(inplace=True))
    ({'max_val': 2}, {})
    """
    return {key: value for key, value in _settings(layer).items() if value != _settings(type(layer)())[key]}


def own_arguments(node: fx.Node) -> list[Any]:
    """Return what a call of an activation as a function says beside its input and default settings."""
    named = [(key, value) for key, value in node.kwargs.items()
             if key != "input" and (key not in _DEFAULTS or _DEFAULTS[key] != value)]
    return [*node.args[1:], *named]


def is_gentle_slope(layer: nn.Module) -> bool:
    """Whether this is a LeakyReLU with a slope in [0, 1]: homogeneous and 1-Lipschitz like the default one."""
    return type(layer) is nn.LeakyReLU and 0 <= layer.negative_slope <= 1


def _settings(layer: nn.Module) -> dict[str, Any]:
    return {key: value for key, value in vars(layer).items()
            if not key.startswith("_") and key not in ("training", "inplace")}

"""Figures of experiments: what a measurement says about its plot, drawn as SVG. Nothing is computed here."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from theory.language.errors import InputError


def figure(data: Mapping[str, Any]) -> str:
    """Return the figure of an experiment's data, or "" when it describes none that can be drawn."""
    described = data.get("plot")
    if not isinstance(described, Mapping):
        return ""
    # Imported here: the experiments bring numerical libraries, which pages without a figure do not need.
    from numerics.experiments.drawing import svg
    from numerics.experiments.plots import Plot

    try:
        picture = svg(Plot.from_dict(dict(described)))
    except (InputError, ValueError, ArithmeticError, LookupError):
        return ""
    note = "Measured values and the bound that the theorem gives; every point is in the raw data."
    return f"<figure>{picture}<figcaption>{escape(note)}</figcaption></figure>"

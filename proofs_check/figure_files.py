"""Figures of a table as files: one SVG for each plot."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from numerics.experiments.drawing import svg
from numerics.experiments.plots import Plot
from theory.language.errors import InputError, explain


def write_figures(directory: str | Path, plots: Mapping[str, Plot]) -> tuple[Path, ...]:
    """Write each figure as NAME.svg into a directory, which is made if need be, and return the paths."""
    folder = Path(directory)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        paths = tuple(folder / f"{name}.svg" for name in plots)
        for path, plot in zip(paths, plots.values()):
            path.write_text(svg(plot) + "\n", encoding="utf-8")
    except OSError as error:
        raise InputError(explain("figures", "a directory that can be written", str(error), "Name another.")) from None
    return paths

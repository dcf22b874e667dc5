"""What a figure of an experiment shows, as data: measured points against the bound. `drawing` turns it into SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from theory.language.errors import InputError, explain

MOST_POINTS = 400
"""A series with more points is thinned by `series`, evenly in the order given, its largest value kept."""


@dataclass(frozen=True)
class Series:
    """Points with a label, or a line through them: x and y have the same length."""

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    line: bool = False


@dataclass(frozen=True)
class Plot:
    """Measured series against the bound.

    Attributes:
        title, x_label, y_label: texts.
        measured: series of points.
        bound: the line that the rule compares with.
        log_x, log_y: logarithmic axes; all values on them are positive.
    """

    title: str
    x_label: str
    y_label: str
    measured: tuple[Series, ...]
    bound: Series
    log_x: bool = False
    log_y: bool = False

    def __post_init__(self) -> None:
        for part in (*self.measured, self.bound):
            bad = [v for v in (*part.x, *part.y) if not math.isfinite(v)]
            bad += [v for v in part.x if self.log_x and v <= 0] + [v for v in part.y if self.log_y and v <= 0]
            if bad or not part.x or len(part.x) != len(part.y):
                found = f"{len(part.x)} and {len(part.y)} values, unfit {bad[:3]}"
                remedy = "Give equally many finite values, positive ones on a logarithmic axis."
                raise InputError(explain(f"series {part.label}", "points that can be drawn", found, remedy))

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON data."""
        def plain(part: Series) -> dict[str, Any]:
            return {"label": part.label, "x": list(part.x), "y": list(part.y), "line": part.line}

        return {"title": self.title, "x_label": self.x_label, "y_label": self.y_label, "log_x": self.log_x,
                "log_y": self.log_y, "measured": [plain(part) for part in self.measured], "bound": plain(self.bound)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Plot:
        """Return the plot that `to_dict` wrote; raises InputError for data of another form."""
        def part(item: dict[str, Any]) -> Series:
            return Series(str(item["label"]), tuple(map(float, item["x"])), tuple(map(float, item["y"])),
                          item["line"] is True)

        try:
            return cls(str(data["title"]), str(data["x_label"]), str(data["y_label"]),
                       tuple(part(item) for item in data["measured"]), part(data["bound"]),
                       data["log_x"] is True, data["log_y"] is True)
        except (KeyError, TypeError) as error:
            remedy = "Draw plots from a measurement's data."
            raise InputError(explain("plot", "the data of a plot", repr(error), remedy)) from None


def series(label: str, points: Iterable[tuple[float, float]]) -> Series:
    """Return a series of points, thinned evenly to MOST_POINTS at most; the point with the largest y stays."""
    pairs = [(float(x), float(y)) for x, y in points]
    if len(pairs) > MOST_POINTS:
        top = max(range(len(pairs)), key=lambda k: pairs[k][1])
        kept = {k * len(pairs) // (MOST_POINTS - 1) for k in range(MOST_POINTS - 1)} | {top}
        pairs = [pairs[k] for k in sorted(kept)]
    return Series(label, tuple(x for x, _ in pairs), tuple(y for _, y in pairs))


def line(label: str, x: tuple[float, ...], y: tuple[float, ...]) -> Series:
    """Return a line through the given points."""
    return Series(label, tuple(map(float, x)), tuple(map(float, y)), True)

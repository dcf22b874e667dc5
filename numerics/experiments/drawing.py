"""A plot as SVG text, with the standard library alone: it can stand in a page, offline, on light and dark ground.

Axes, texts and the bound take the colour of the surrounding text (`currentColor`); series have colours that are legible
on both. No plotting library is needed to read a report.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from numerics.experiments.plots import Plot, Series

WIDTH, HEIGHT = 640, 400
LEFT, RIGHT, TOP, BOTTOM = 76, 16, 34, 54
COLOURS = ("#3b82c4", "#c2703d", "#4d9a5b", "#a05fb5", "#b5912e", "#c2517d")


@dataclass(frozen=True)
class Axis:
    """One axis: which values it spans, and where on the page its ends lie."""

    low: float
    high: float
    start: float
    end: float
    log: bool

    def place(self, value: float) -> float:
        """Return the coordinate of a value on the page."""
        scale: Callable[[float], float] = math.log10 if self.log else float
        share = (scale(value) - scale(self.low)) / (scale(self.high) - scale(self.low))
        return self.start + share * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Return about five round values: powers of ten on a logarithmic axis that is long enough."""
        if self.log:
            first, last = math.ceil(math.log10(self.low)), math.floor(math.log10(self.high))
            every = max(1, -(-(last - first) // 6))
            if last > first:
                return [10.0**k for k in range(first, last + 1, every)]
            fine = [m * 10.0**k for k in (first - 1, first) for m in (1, 1.5, 2, 3, 5, 7)]
            return [v for v in fine if self.low <= v <= self.high] or [math.sqrt(self.low * self.high)]
        raw = (self.high - self.low) / 5
        power = 10.0 ** math.floor(math.log10(raw))
        step = next(power * k for k in (1, 2, 5, 10) if power * k >= raw)
        first = math.ceil(self.low / step - 1e-9)
        return [k * step for k in range(first, math.floor(self.high / step + 1e-9) + 1)]


def svg(plot: Plot) -> str:
    """Return the figure of a plot: one `<svg>` element with title and description, nothing outside it."""
    parts = (*plot.measured, plot.bound)
    x = _axis([v for part in parts for v in part.x], LEFT, WIDTH - RIGHT, plot.log_x)
    y = _axis([v for part in parts for v in part.y], HEIGHT - BOTTOM, TOP, plot.log_y)
    body = [f"<title>{escape(plot.title)}</title>",
            f"<desc>{escape(plot.y_label)} against {escape(plot.x_label)}; bound: {escape(plot.bound.label)}</desc>",
            _text(WIDTH / 2, 16, plot.title, "middle", 14)]
    body += [*_frame(plot, x, y)]
    for k, part in enumerate(plot.measured):
        body.append(_drawn(part, x, y, COLOURS[k % len(COLOURS)]))
    body.append(_drawn(plot.bound, x, y, "currentColor", "6 4"))
    body += _legend(plot)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {WIDTH} {HEIGHT}" width="100%" '
            f'style="max-width:{WIDTH}px" font-family="sans-serif" fill="currentColor">' + "".join(body) + "</svg>")


def _axis(values: list[float], start: float, end: float, log: bool) -> Axis:
    low, high = min(values), max(values)
    # counts and losses are compared with 0 as well: a linear axis of positive values starts there
    low = low if log else min(low, 0.0)
    if log:
        factor = max((high / low) ** 0.05, 1.25)
        return Axis(low / factor, high * factor, start, end, True)
    space = 0.05 * (high - low) or 0.5 * abs(high) or 1.0
    return Axis(low - space, high + space, start, end, False)


def _frame(plot: Plot, x: Axis, y: Axis) -> list[str]:
    stroke = 'stroke="currentColor" stroke-opacity="0.25"'
    out = [f'<rect x="{LEFT}" y="{TOP}" width="{WIDTH - LEFT - RIGHT}" height="{HEIGHT - TOP - BOTTOM}" fill="none" '
           f'stroke="currentColor" stroke-opacity="0.6"/>']
    for value in x.ticks():
        at = x.place(value)
        out += [f'<path d="M{at:.1f} {TOP}V{HEIGHT - BOTTOM}" {stroke}/>',
                _text(at, HEIGHT - BOTTOM + 16, _number(value), "middle", 11)]
    for value in y.ticks():
        at = y.place(value)
        out += [f'<path d="M{LEFT} {at:.1f}H{WIDTH - RIGHT}" {stroke}/>',
                _text(LEFT - 6, at + 4, _number(value), "end", 11)]
    middle = (TOP + HEIGHT - BOTTOM) / 2
    out.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 30 + 10, plot.x_label, "middle", 12))
    out.append(f'<g transform="translate(14 {middle:.0f}) rotate(-90)">{_text(0, 0, plot.y_label, "middle", 12)}</g>')
    return out


def _drawn(part: Series, x: Axis, y: Axis, colour: str, dashes: str = "") -> str:
    points = [(x.place(a), y.place(b)) for a, b in zip(part.x, part.y)]
    if part.line:
        path = "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points)
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        return f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.8"{dash}/>'
    dots = "".join(f'<circle cx="{a:.1f}" cy="{b:.1f}" r="2.6"/>' for a, b in points)
    return f'<g fill="{colour}" fill-opacity="0.75">{dots}</g>'


def _legend(plot: Plot) -> list[str]:
    """Return the key, in one row below the axis."""
    entries = [*((part.label, COLOURS[k % len(COLOURS)]) for k, part in enumerate(plot.measured)),
               (plot.bound.label, "currentColor")]
    space = (WIDTH - LEFT - RIGHT) / len(entries)
    out = []
    for k, (label, colour) in enumerate(entries):
        at = LEFT + k * space
        mark = (f'<path d="M{at:.0f} {HEIGHT - 8}h14" stroke="currentColor" stroke-width="1.8" stroke-dasharray="6 4"/>'
                if colour == "currentColor" else f'<circle cx="{at + 7:.0f}" cy="{HEIGHT - 8}" r="4" fill="{colour}"/>')
        out += [mark, _text(at + 18, HEIGHT - 4, label, "start", 11)]
    return out


def _text(x: float, y: float, text: str, anchor: str, size: int) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}">{escape(text)}</text>'


def _number(value: float) -> str:
    return f"{value:.3g}".replace("e-0", "e-").replace("e+0", "e")

"""Plots are data that survive JSON, and their drawing is one well-formed SVG element."""

from __future__ import annotations

import json
import math
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import pytest

from numerics.experiments import Plot, Series
from numerics.experiments.drawing import HEIGHT, WIDTH, Axis, svg
from numerics.experiments.plots import MOST_POINTS, line, series
from theory.language.errors import InputError

PLOT = Plot(
    "errors < bound & more",
    "step",
    "error",
    (Series("first", (1.0, 2.0, 3.0), (1e-3, 1e-5, 1e-4)), Series("second", (1.0, 3.0), (1e-2, 1e-6))),
    line("bound", (1, 3), (0.1, 0.1)),
    log_y=True,
)
SVG = "{http://www.w3.org/2000/svg}"


def test_a_plot_survives_json():
    """Writing and reading a plot gives an equal one."""
    assert Plot.from_dict(json.loads(json.dumps(PLOT.to_dict()))) == PLOT


@pytest.mark.parametrize("spoil", [lambda d: d.pop("bound"), lambda d: d.update(measured=3)])
def test_other_data_are_no_plot(spoil):
    """A missing or misshapen part raises InputError."""
    data = PLOT.to_dict()
    spoil(data)
    with pytest.raises(InputError):
        Plot.from_dict(data)


@pytest.mark.parametrize("part", [
    Series("a", (), ()), Series("a", (1.0,), (1.0, 2.0)), Series("a", (1.0,), (math.nan,)), Series("a", (1.0,), (0.0,)),
])
def test_points_that_cannot_be_drawn_are_refused(part):
    """Empty series, unequal lengths, NaN, and 0 on a logarithmic axis raise InputError."""
    with pytest.raises(InputError, match="series a"):
        replace(PLOT, measured=(part,))


def test_long_series_are_thinned_and_keep_their_largest_value():
    """Ten thousand points become MOST_POINTS at most, the largest among them."""
    points = [(k, 1.0 + (k == 7777)) for k in range(10_000)]
    thin = series("many", points)
    assert len(thin.x) <= MOST_POINTS and max(thin.y) == 2.0 and thin.x[0] == 0
    assert series("few", points[:5]).x == (0, 1, 2, 3, 4)


def test_the_drawing_shows_every_point_and_the_bound():
    """One SVG element with title, description, a mark for each point and key entry, and a dashed bound."""
    root = ElementTree.fromstring(svg(PLOT))
    assert root.tag == f"{SVG}svg" and root.find(f"{SVG}title").text == "errors < bound & more"
    circles = list(root.iter(f"{SVG}circle"))
    # five points, and two marks of the key
    assert len(circles) == 7
    assert all(0 <= float(c.get("cx")) <= WIDTH and 0 <= float(c.get("cy")) <= HEIGHT for c in circles)
    assert sum(p.get("stroke-dasharray") is not None for p in root.iter(f"{SVG}path")) == 2
    assert {"first", "second", "bound", "step", "error"} <= {t.text for t in root.iter(f"{SVG}text")}


def test_axes_place_values_by_their_scale():
    """The middle of a linear axis is the mean, of a logarithmic one the geometric mean; ticks are round and inside."""
    linear, log = Axis(0.0, 10.0, 0.0, 100.0, False), Axis(0.01, 100.0, 100.0, 0.0, True)
    rounding = 8 * 2.0**-53  # two logarithms or a power of ten, a quotient and a product
    assert linear.place(5) == 50 and log.place(1.0) == pytest.approx(50, rel=rounding)
    assert linear.ticks() == [0, 2, 4, 6, 8, 10]
    assert log.ticks() == pytest.approx([0.01, 0.1, 1, 10, 100], rel=rounding)


@pytest.mark.parametrize("value", [0.0, -3.0, 1e-300])
def test_a_single_value_can_be_drawn(value):
    """A plot whose values are all equal has axes of positive length."""
    flat = Plot("t", "x", "y", (Series("a", (value,), (value,)),), Series("b", (value,), (value,), True))
    assert "nan" not in svg(flat)

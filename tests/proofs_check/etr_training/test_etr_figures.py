"""The figures of the training problem: what they show agrees with exact optima and with the records behind them."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from fractions import Fraction

import pytest
from small_benchmark import RECORD

from numerics.experiments.drawing import svg
from proofs_check.cli import main
from proofs_check.etr_training import figures
from proofs_check.etr_training.decision_table import OptimumRow, Trained
from proofs_check.etr_training.optimum import ExactOptimum
from proofs_check.etr_training.scaling_table import ScalingRow
from theory.language.errors import InputError


def parts(plot):
    """Return the points of each series by label."""
    return {part.label: list(zip(part.x, part.y)) for part in plot.measured}


def optimum(value):
    """Return an optimum without certificates."""
    return ExactOptimum(value, {}, None, {}, value, value, 0.0, 1)


def test_phases_meet_at_the_exact_optimum():
    """Hat on five points: 1 with no unit, 4/5 with one; every yes lies on or above the optimum, every no below."""
    plot = figures.phase_plot("hat", [-2, -1, 0, 1, 2], [0, 0, 1, 0, 0], (0, 1))
    line = dict(zip(plot.bound.x, plot.bound.y))
    assert line == {0: 1.0, 1: 0.8}
    points = parts(plot)
    assert {(w, line[w]) for w in line} <= set(points["sat (certified)"])
    assert all(y >= line[w] for w, y in points["sat (certified)"])
    assert all(y < line[w] for w, y in points["unsat (certified)"]) and len(points["unsat (certified)"]) == 6


def test_phases_of_a_width_that_fits():
    """Where the optimum is 0 every threshold is met; the scale comes from the width before."""
    plot = figures.phase_plot("abs", [-1, 0, 1], [1, 0, 1], (1, 2))
    assert dict(zip(plot.bound.x, plot.bound.y))[2] == 0.0
    assert all(w == 1 for w, _ in parts(plot)["unsat (certified)"])
    assert len([w for w, _ in parts(plot)["sat (certified)"] if w == 2]) == len(figures.GRID) + 1


def test_trained_networks_as_multiples_of_the_optimum():
    """Losses 2, 3 and 20 over an optimum of 2: 1 and 1.5 are drawn, 10 is counted; an optimum of 0 has no multiples."""
    rows = [OptimumRow("zero", optimum(Fraction(0)), Trained(1, (Fraction(1),))),
            OptimumRow("two", optimum(Fraction(2)), Trained(1, (Fraction(2), Fraction(3), Fraction(20)))),
            OptimumRow("none", None, None)]
    plot = figures.trained_plot(rows)
    assert parts(plot) == {"all runs": [(2.0, 1.0), (2.0, 1.5)], "best run": [(2.0, 1.0)]}
    assert "1 runs above 4" in plot.x_label and set(plot.bound.y) == {1.0}
    with pytest.raises(InputError, match="a positive optimum"):
        figures.trained_plot(rows[:1])


def test_solvers_are_drawn_by_their_best_encoding():
    """Times are sorted, wrong and late answers are left out, a solver appears once."""
    plot = figures.solver_plot(RECORD)
    assert plot.bound.label == "decide" and plot.bound.y == (1.0, 2.0)
    assert parts(plot) == {"z3 L1": [(1.0, 3.0), (2.0, 3.0)]}


def test_growth_is_drawn_as_medians():
    """Medians of 1, 5, 3 and of 8, 8, 20 for one shape; the dashed line grows by (6/4)^2."""
    rows = [ScalingRow(1, 2, 4, (1, 5, 3), (0.1,) * 3, 3), ScalingRow(1, 2, 6, (8, 8, 20), (0.1,) * 3, 3)]
    plot = figures.scaling_plot(rows)
    assert parts(plot) == {"d = 1, w = 2": [(4.0, 3.0), (6.0, 8.0)]}
    assert plot.bound.y == (3.0, 6.75)


def test_sizes_of_reductions_are_drawn():
    """x x = 2 has 8 data and 16 edges for identity vertices, 10 and 16 for ReLU."""
    plot = figures.figures(["x*x = 2"], kind="gadgets")["gadgets"]
    assert parts(plot) == {"id": [(8.0, 16.0)], "relu": [(10.0, 16.0)]}


def test_the_command_line_writes_figures(capsys, tmp_path):
    """--figures leaves a well-formed SVG for each data set and names it on the error stream."""
    arguments = ["--points", "0", "--labels", "1", "--format", "csv", "--figures", str(tmp_path)]
    assert main(["table", "etr_training", *arguments]) == 0
    assert "phase-data.svg" in capsys.readouterr().err
    root = ElementTree.fromstring((tmp_path / "phase-data.svg").read_text())
    assert root.tag.endswith("svg") and "Which loss can be reached" in root[0].text


def test_every_figure_becomes_a_picture():
    """Plots of all kinds are drawn as one SVG element."""
    for plot in (figures.solver_plot(RECORD), figures.figures(["x = 1"], kind="gadgets")["gadgets"]):
        assert ElementTree.fromstring(svg(plot)).tag.endswith("svg")

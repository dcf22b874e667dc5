"""The figures of graph networks: gaps below their bounds, spectra by hand, shares that add up to one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from numerics.experiments.drawing import svg
from proofs_check.cli import main
from proofs_check.gnn_convergence import figures
from proofs_check.gnn_convergence.rates import rate_rows
from proofs_check.gnn_convergence.tasks import task_of
from theory.language.errors import InputError

EDGE = [[0, 1], [1, 0]]
TASK = task_of(EDGE, np.eye(2), (0, 1), [[1, 0]], aggregation="gin")


def test_gaps_lie_below_both_bounds():
    """Measured points are below the bound with the observed lambda, which is not above the one known before."""
    row = rate_rows(TASK, layers=[1])[0]
    plot = figures.gap_plot(TASK, row)
    measured, bound = plot.measured
    assert measured.x == plot.bound.x and measured.y[0] == pytest.approx(1)
    assert all(m <= b*(1 + 1e-6) for m, b in zip(measured.y, plot.bound.y))
    assert all(b <= p*(1 + 1e-6) for b, p in zip(bound.y, plot.bound.y))


def test_singular_values_against_depth_by_hand():
    """An edge with GIN: sigma_+^2 = 1, 4, 16, ..., with skips 1 at every depth; the dashed line is at 1."""
    plot = figures.spectrum_plot(TASK, rate_rows(TASK, layers=[1], estimates=False))
    values = {part.label: part.y for part in plot.measured}
    assert values["s_+^2"][:3] == pytest.approx((1, 4, 16)) and values["s_+^2 skip"] == pytest.approx([1]*7)
    assert values["s_max^2 skip"][1] == pytest.approx(5) and plot.bound.y == pytest.approx((1, 1))


def test_shares_are_stacked_up_to_one():
    """Lines never cross, the last one is 1; at W = 0 the layers contribute nothing, so the head has all of it."""
    task = task_of(EDGE, np.eye(2), (0,), [[1]])
    plot = figures.contribution_plot(task, rate_rows(task, layers=[2])[0])
    heights = np.array([part.y for part in (*plot.measured, plot.bound)])
    assert [part.label for part in plot.measured] == ["v_2", "+ J_1"] and plot.bound.label == "+ J_2 = -dL/dt"
    assert (np.diff(heights, axis=0) >= 0).all() and heights[0, 0] > 0.99 and set(heights[-1]) == {1.0}


@pytest.mark.parametrize(("depth", "labels"), [(3, ["v_0", "+ v_1", "+ v_2", "+ v_3"]), (6, ["v"])])
def test_many_terms_are_drawn_in_groups(depth: int, labels: list[str]):
    """Seven terms: the layers in one; thirteen: the heads in one as well."""
    task = task_of(EDGE, np.eye(2), (0,), [[1]])
    plot = figures.contribution_plot(task, rate_rows(task, layers=[depth], skip=True, eps="1/100")[0])
    assert [part.label for part in plot.measured] == labels and plot.bound.label == "+ J = -dL/dt"


def test_a_row_without_training_has_no_gap():
    """Without estimates only the spectrum is drawn, and the others are refused; features of zeros have no spectrum."""
    rows = rate_rows(TASK, layers=[1], estimates=False)
    assert set(figures.figures_of(TASK, rows)) == {"singular_values"}
    with pytest.raises(InputError, match="training"):
        figures.gap_plot(TASK, rows[0])
    flat = task_of(EDGE, np.zeros((1, 2)), (0,), [[1]])
    with pytest.raises(InputError, match="not all zero"):
        figures.spectrum_plot(flat, rate_rows(flat, layers=[1], estimates=False))


def test_all_rate_figures_can_be_drawn(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Two depths have five figures; each is an SVG; the command line writes them."""
    found = figures.figures(EDGE, layers=(1, 2), aggregation="gin")
    assert set(found) == {"singular_values", "gap_1", "gap_2", "contributions_1", "contributions_2"}
    assert all(svg(plot).startswith("<svg") for plot in found.values())
    assert main(["table", "gnn_convergence", "--graph", "path:3", "--layers", "1", "--figures", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"singular_values.svg", "gap_1.svg", "contributions_1.svg"}
    capsys.readouterr()

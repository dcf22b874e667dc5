"""The covering family's figures: their values by hand or by a second method, their slopes, and the files."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from fractions import Fraction
from math import comb, factorial, log, prod
from pathlib import Path

import pytest
import torch

from numerics.experiments.plots import Plot
from numerics.modules import read
from proofs_check.cli import main
from proofs_check.covering import figures
from theory.covering import orbit_count, parameter_count
from theory.language.errors import ExactnessError, InputError
from theory.textbook.logarithm import log_enclosure

PLACES = 0.005
"""Known to two places."""
LOGS = 16 * 2.0**-44
"""Sums and differences of a few logarithms below 512 in float64, each rounded by 2^-44 at most."""


def parts(plot: Plot):
    """Return the measured series of a plot by label."""
    return {part.label: dict(zip(part.x, part.y)) for part in plot.measured}


def test_the_volume_is_the_formula_and_peaks_at_seven_and_eight():
    """V = 2^(3 d + 1) / d! for (1, d, 1) with B = 1: 6.591, 6.724, 6.724, 6.606 in ln at widths 6 to 9."""
    plot = figures.volume_plot((1, 8, 1), bound=1)
    curve = parts(plot)["ln V"]
    assert all(y == pytest.approx((3 * d + 1) * log(2) - log(factorial(int(d))), abs=LOGS) for d, y in curve.items())
    assert [round(curve[d], 3) for d in (6, 7, 8, 9)] == [6.591, 6.724, 6.724, 6.606]
    assert plot.bound.label == "peak at 7 and 8" and plot.bound.y[0] == max(curve.values())
    assert parts(plot)["width 8"] == {8: curve[8]} and min(curve.values()) < 0


def test_the_volume_of_a_wide_network_is_still_rising():
    """With 784 inputs the peak is at 2^885 > 10^266, beyond the drawing, and the axis says so."""
    plot = figures.volume_plot((784, 300, 100, 10), bound=1)
    values = list(parts(plot)["ln V"].values())
    assert values == sorted(values) and plot.x_label.endswith("(peak above 10^266)")


def test_the_volume_of_a_small_box_falls_at_once():
    """For 2B = 1 the volume is 1/d!, largest at width 1."""
    plot = figures.volume_plot((2, 8, 8, 1), bound="0.5")
    assert plot.bound.label == "peak at 1"
    assert parts(plot)["ln V"][4] == pytest.approx(-log(factorial(4) * factorial(8)), abs=LOGS)


def test_the_volume_of_another_layer():
    """The widest hidden layer is drawn unless one is named; a layer that is not hidden is refused."""
    assert figures.volume_plot((2, 3, 5, 1)).x_label == "width of hidden layer 2"
    assert figures.volume_plot((2, 3, 5, 1), 1).x_label == "width of hidden layer 1"
    with pytest.raises(InputError, match="layer: required a hidden layer"):
        figures.volume_plot((2, 3, 5, 1), 4)


def test_the_reduction_is_the_exact_quotient():
    """ln of orbits d! / m^S for (1, 2, 1), orbits m C(m^3 + 1, 2) by hand: 72 at m = 2, 1134 at m = 3."""
    plot = figures.reduction_plot((1, 2, 1), points=(1, 2, 3, 50))
    orbits, ordered = parts(plot)["orbits"], parts(plot)["bias-ordered"]
    assert orbits[2] == pytest.approx(log(72 * 2 / 128), abs=LOGS)
    assert orbits[3] == pytest.approx(log(1134 * 2 / 2187), abs=LOGS)
    assert orbits[50] == pytest.approx(log(50 * comb(50**3 + 1, 2) * 2 / 50**7), abs=LOGS)
    assert ordered[2] == pytest.approx(log(96 * 2 / 128), abs=LOGS)
    assert ordered[3] == pytest.approx(log(1458 * 2 / 2187), abs=LOGS)
    assert orbits[1] == pytest.approx(log(2), abs=LOGS) == ordered[1] and plot.bound.y == (0.0, 0.0)
    assert parts(plot)["m = 2^2"] == {4: pytest.approx(log(prod((1 + Fraction(0, 4), 1 + Fraction(1, 4)))), abs=LOGS)}


def test_the_reduction_of_a_deep_network_falls_to_the_factorial():
    """Both counts stay above division by the group's order and fall towards it; orbits are the smaller number."""
    plot = figures.reduction_plot((2, 4, 3, 1))
    orbits, ordered = parts(plot)["orbits"], parts(plot)["bias-ordered"]
    assert list(orbits.values()) == sorted(orbits.values(), reverse=True)
    assert all(0 <= orbits[m] <= ordered[m] for m in orbits)
    exact = Fraction(orbit_count((2, 4, 3, 1), 2) * 144, 2 ** parameter_count((2, 4, 3, 1)))
    assert orbits[2] == pytest.approx(float(log_enclosure(exact)[0]), abs=LOGS)


def test_too_many_cycle_types_leave_the_bias_ordered_count():
    """Where the orbits cannot be counted the legend says that the other count stands alone."""
    assert set(parts(figures.reduction_plot((784, 300, 100, 10)))) == {"bias-ordered only", "m = 300^2"}


def test_the_entropy_has_slope_s():
    """For small radii a halving adds S ln 2 to the bound, and the line of slope S meets it at the least radius."""
    plot = figures.entropy_plot((2, 8, 1), eps=["0.1"])
    curve = parts(plot)["permutations"]
    assert curve[0.1] == pytest.approx(189.96, abs=PLACES)
    assert parts(plot)["raw m^S"][0.1] == pytest.approx(204.42, abs=PLACES)
    least, second = sorted(curve)[:2]
    # the slope is 33 in the limit of small radii
    assert least < 1e-4 and (curve[least] - curve[second]) / log(2) == pytest.approx(33, rel=1e-3)
    assert plot.bound.label == "slope S = 33" and plot.bound.y[-1] == curve[least]
    assert (plot.bound.y[1] - plot.bound.y[0]) / log(plot.bound.x[0] / plot.bound.x[1]) == pytest.approx(33, abs=LOGS)


def test_the_lower_bound_counts_constants():
    """ceil(1/eps) constants are needed, and no bound is below."""
    plot = figures.entropy_plot((1, 2, 1), eps=["1", "0.25"])
    floor = parts(plot)["lower bound"]
    assert floor[1.0] == 0 and floor[0.25] == pytest.approx(log(4), abs=LOGS)
    assert all(parts(plot)["permutations"][x] > y for x, y in floor.items())


def test_the_bound_for_homogeneous_activations_has_a_smaller_slope():
    """For (1, 2, 1) the known logarithms 12.90 and 24.41 at eps = 1, 0.1, and slope S - 2 = 5 in place of 7."""
    plot = figures.entropy_plot((1, 2, 1), eps=["1", "0.1"], homogeneous=True)
    curve, slope = parts(plot)["ReLU scaling"], parts(plot)["slope 5"]
    assert curve[1.0] == pytest.approx(12.90, abs=PLACES)
    assert parts(figures.entropy_plot((1, 2, 1), eps=["0.1"], homogeneous=True))["ReLU scaling"][0.1] == pytest.approx(
        24.41, abs=PLACES)
    least = min(curve)
    assert slope[least] == curve[least] and (slope[least] - slope[1.0]) / log(1 / least) == pytest.approx(5, abs=LOGS)
    # the slope is 5 in the limit of small radii
    assert (curve[least] - curve[2 * least]) / log(2) == pytest.approx(5, rel=1e-2)
    assert plot.bound.label == "slope S = 7"


def test_where_that_bound_does_not_apply_it_is_not_drawn():
    """Activations that are not homogeneous or not 0 at 0, two outputs, two hidden layers: slope S alone."""
    assert "if ReLU" in parts(figures.entropy_plot((2, 8, 1), eps=["0.1"]))
    for widths, options in (((2, 8, 1), {"homogeneous": False}), ((2, 8, 1), {"offsets": "1"}), ((2, 3, 3, 1), {}),
                            ((2, 3, 2), {"homogeneous": True})):
        found = parts(figures.entropy_plot(widths, eps=["0.1"], **options))
        assert set(found) == {"raw m^S", "permutations", "lower bound"}


def test_a_module_is_measured():
    """The figures of a torch network have its widths and its measured box."""
    model = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.fill_(0.5)
    assert read(model, torch.zeros(2, 2)).widths == (2, 3, 1)
    found = figures.figures(model, example_input=torch.full((2, 2), 0.25), eps=["0.1"])
    assert found["entropy"].title == "Covering numbers of 2-3-1, B = 1/2, B_x = 1/4"
    assert found["volume"].bound.label == "peak at 1"
    convolution = torch.nn.Sequential(torch.nn.Conv1d(1, 2, 3), torch.nn.ReLU())
    with pytest.raises(InputError, match="fully connected"):
        figures.figures(convolution, example_input=torch.zeros(2, 1, 5), eps=["0.1"])


@pytest.mark.parametrize(("widths", "options", "error"), [
    ((2, 1), {"eps": ["0.1"]}, InputError), ((2, 3, 1), {"eps": []}, InputError),
    ((2, 3, 1), {"eps": [0.1]}, ExactnessError), ((2, 3, 1), {"eps": ["0.1"], "bound": 0}, InputError)])
def test_what_cannot_be_drawn_is_refused(widths, options, error):
    """A linear map, no radius, a float and an empty box are refused."""
    with pytest.raises(error):
        figures.figures(widths, **options)


def test_the_command_writes_the_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """`table --figures DIR` writes three pictures that are XML, and leaves the table on stdout as it is."""
    command = ["table", "covering", "--arch", "2-3-1", "--eps", "0.1", "--format", "csv"]
    assert main(command) == 0
    plain = capsys.readouterr().out
    assert main([*command, "--figures", str(tmp_path / "new" / "folder")]) == 0
    told = capsys.readouterr()
    assert told.out == plain and "volume.svg" in told.err
    for name in ("volume", "reduction", "entropy"):
        root = ElementTree.parse(tmp_path / "new" / "folder" / f"{name}.svg").getroot()
        assert root.tag.endswith("svg") and root.find("{http://www.w3.org/2000/svg}title") is not None


def test_a_directory_that_cannot_be_written_is_one_paragraph(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """A file in the way is refused with exit code 2."""
    (tmp_path / "file").write_text("")
    assert main(["table", "covering", "--arch", "2-3-1", "--eps", "0.1", "--figures", str(tmp_path / "file")]) == 2
    assert "figures: required a directory" in capsys.readouterr().err

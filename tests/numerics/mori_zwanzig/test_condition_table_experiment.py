"""The condition table as an experiment: certificates by hand, attained cases, wrong formulas."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt, tanh

import numpy as np
import pytest

from numerics.mori_zwanzig import condition_table as experiment
from numerics.mori_zwanzig.condition_table import Wrong

SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()
WHOLE = replace(SMALL, options=(*SMALL.options[:2], ("lines", 1), ("squares", 0), ("eights", 1), ("sixty_fours", 0),
                                ("tables", 0)))


def test_certificates_of_a_layer_by_hand():
    """tanh(x/2), b = 1 on [-1, 1]: HS = 1 and delta = tanh(1/2); with half the range 1/sqrt 2 and half of delta."""
    assert np.allclose(experiment.certificates(experiment.TIGHT, 0), (1.0, tanh(0.5)), atol=1e-12)
    assert np.allclose(experiment.certificates(experiment.TIGHT, 0, Wrong(halved=True)), (sqrt(0.5), tanh(0.5)/2))


def test_product_form_for_two_coordinates():
    """delta = 1 - (1 - tanh(1/2))^2; the false maximum form gives tanh(1/2)."""
    assert abs(experiment.certificates(experiment.PAIR, 0)[1] - (1 - (1 - tanh(0.5))**2)) < 1e-12
    assert abs(experiment.certificates(experiment.PAIR, 0, Wrong(largest=True))[1] - tanh(0.5)) < 1e-12


def test_schur_bound_of_a_steep_layer():
    """tanh(3x), b = 1/2: the bound is above the closed form (1.0008 in the norm) and by a grid cell only."""
    layer = replace(experiment.TIGHT.layers[0], weight=np.array([[3.0]]), noise=experiment.Noise.parse("uniform:1/2"))
    closed = sqrt(1 - np.arctanh(tanh(3) - 1)/3)
    assert closed <= experiment.schur_bound(layer, ((-1.0, 1.0),)) < closed + 1e-3


def test_half_spaces_attain_delta_and_gaussian_noise_exceeds_it():
    """Uniform noise: the ratio is delta to 1e-12; Gaussian noise of equal variance is beyond the uniform formula."""
    layer, box = experiment.TIGHT.layers[0], experiment.TIGHT.ranges[0]
    assert abs(experiment.half_space(layer, box, Wrong()) - tanh(0.5)) < 1e-12
    assert experiment.half_space(layer, box, Wrong(gaussian=True)) > 1.2*tanh(0.5)


def test_criteria_hold_on_a_trained_line_and_a_wide_network():
    """Width 1 and width 8: measured values stay within the certificates, HS fails where delta is below 1."""
    rows = experiment.measure((1,), WHOLE)
    decision = experiment.EXPERIMENT.decide(rows)
    assert decision.holds and decision.sound and not decision.covered
    trained = [row for row in rows if row["case"] == "N=1"]
    assert any(row["hs"] > 1 > row["delta"] for row in trained)
    assert {row["case"] for row in rows} >= {"N=8, cube", "constant", "half-space", "cube"}


@pytest.mark.parametrize("index, check", [(0, 0), (1, 1), (2, 1), (3, 1)])
def test_each_wrong_certificate_is_exceeded(index, check):
    """Half the range breaks the sandwich; b_{n+1}, the maximum and Gaussian noise break Dobrushin's bound."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((1,), SMALL))
    assert not decision.checks[check].holds


def test_the_figure_has_all_oscillations_below_the_line():
    """Points of the plot lie below the certificate up to rounding."""
    found = experiment.plot(experiment.measure((1,), SMALL))
    assert all(y <= x + 1e-9 for part in found.measured for x, y in zip(part.x, part.y))

"""Networks trained on four data sets: gains, norms, measured constants, and what the rule catches."""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch

from numerics.covering import trained_modulus as experiment
from numerics.covering.perturbation import layer_bounds, rounding_allowance
from numerics.covering.small_tasks import BREAST_CANCER, IRIS, TASKS, data, forward, train
from numerics.experiments import NoMeasurementError, Size

SMALL = Size((1,), tuple(range(101, 121)),
             (("steps", 40), ("rounds", 2), ("samples", 1), ("outputs", 1), ("layer_sets", 1), ("tasks", 3)))


@pytest.fixture(scope="module")
def rows():
    """The rows of one network on each of the three small data sets."""
    return experiment.measure((1,), SMALL)


def test_the_row_norm_is_below_the_spectral_norm():
    """For two equal rows (3, 4) the norms are 5 and 5 sqrt 2, by hand; the certified one encloses the latter."""
    weight = torch.tensor([[3.0, 4.0], [3.0, 4.0]], dtype=torch.float64)
    # rounded up by the factor 1/SLACK, and by one division
    assert 5 < experiment.row_norm(weight) < 5 * (1 + Fraction(2, 2**40))
    norm = experiment.certified_norm(weight)
    assert norm**2 >= 50 > (norm * (1 - Fraction(1, 10**6))) ** 2
    assert Fraction(experiment.layer_gain(weight)) <= norm


def test_the_rounding_allowance_covers_one_output():
    """On breast cancer the float64 output differs from the exact rational one by less than the allowance."""
    network, x = train(BREAST_CANCER, 3, 5), data("breast cancer")[0][:1]
    exact = [Fraction(v) for v in x[0].tolist()]
    for k, (weight, bias) in enumerate(network):
        lines = zip(weight.tolist(), bias.tolist())
        exact = [sum((Fraction(w) * h for w, h in zip(line, exact)), Fraction(b)) for line, b in lines]
        exact = exact if k else [max(Fraction(0), v) for v in exact]
    allowance = rounding_allowance(BREAST_CANCER.widths, layer_bounds(network), Fraction(1))
    assert abs(Fraction(forward(network, x).item()) - exact[0]) <= allowance < Fraction(1, 10**9)


def test_the_network_gain_is_a_quotient_of_data():
    """The gain between data equals the largest of a loop over the same pairs, but for the slack."""
    trained = experiment.network(IRIS, 4, SMALL)
    x = data("iris")[0]
    order = torch.randperm(len(x), generator=torch.Generator().manual_seed(4)).tolist()
    outputs = forward(trained.layers, x)
    found = max(((outputs[i] - outputs[j]).norm() / (x[i] - x[j]).norm()).item()
                for i, j in enumerate(order) if not torch.equal(x[i], x[j]))
    # two factors SLACK = 1 - 2^-40, and less the rounding of the outputs, below 10^-9 (see the test above)
    assert found * (1 - 1e-9) < experiment.network_gain(trained) <= found


def test_the_criteria_hold_on_a_small_sample(rows):
    """One network of each small data set passes every criterion and guard; the share needs more of them."""
    decision = experiment.EXPERIMENT.decide(rows)
    assert decision.holds and decision.sound and not decision.covered and decision.trials == 3


def test_networks_are_measured(rows):
    """Each network's row has its layers' bounds, the input radius and its accuracy; bounds cover all changes."""
    networks = {row["task"]: row for row in rows if row["case"] == "network"}
    assert set(networks) == {task.name for task in TASKS[:3]}
    for row in networks.values():
        assert len(row["bounds"]) == 2 and row["input_radius"] == "1" and row["accuracy"] > 0.9


@pytest.mark.parametrize("index", range(4))
def test_wrong_programs_are_caught(index):
    """sqrt(d), a tenth, a millionth and the largest row fail exactly one criterion."""
    violation = experiment.EXPERIMENT.planted[index]
    checks = experiment.EXPERIMENT.decide(violation.program((1,), SMALL)).checks
    assert [k for k, check in enumerate(checks) if not check.holds] == [2 if "row" in violation.name else 0]


def test_the_rule_needs_all_kinds_of_rows(rows):
    """Without the tightest case or layers the rule does not hold, without trained networks nothing is decided."""
    for case, kind in (("linear", "holds"), ("layer", "holds"), ("network", "sound")):
        assert not getattr(experiment.EXPERIMENT.decide(tuple(r for r in rows if r["case"] != case)), kind)
    with pytest.raises(NoMeasurementError):
        experiment.EXPERIMENT.decide(tuple(r for r in rows if r["case"] != "trained"))


def test_the_plot_has_the_bound_on_the_diagonal(rows):
    """Measured changes lie on or below the line of equality."""
    found = experiment.EXPERIMENT.plot(rows)
    assert found.bound.x == found.bound.y
    assert all(y <= x for part in found.measured for x, y in zip(part.x, part.y))

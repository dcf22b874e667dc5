"""Training from permuted starts: the group acts rightly, training is real, and wrong programs show."""

from __future__ import annotations

import pytest
import torch

from numerics.covering import training_equivariance as experiment
from numerics.experiments.protocol import Size

SMALL = Size((1, 2), tuple(range(101, 121)), (("steps", 10), ("data_sets", 1)))


def matrix_of(order):
    """The matrix P with (P h)_i = h_order(i)."""
    return torch.eye(len(order), dtype=torch.float64)[order]


def test_the_group_acts_as_matrices_do():
    """W_l becomes P_l W_l P_{l-1}^T and b_l becomes P_l b_l, by matrix products."""
    layers, orders = experiment.starts("iris", (3,))
    moved = experiment.act(orders, layers)
    first, second = (matrix_of(order[0]) for order in orders)
    expected = [first @ layers[0][0][0], second @ layers[1][0][0] @ first.T, layers[2][0][0] @ second.T]
    assert all(torch.equal(weight[0], matrix) for (weight, _), matrix in zip(moved, expected))
    assert torch.equal(moved[0][1][0, 0], first @ layers[0][1][0, 0])
    assert torch.equal(moved[2][1], layers[2][1])


@pytest.mark.parametrize("name", ["iris", "digits"])
def test_losses_are_those_of_ordinary_networks(name):
    """The batched loss equals that of each network evaluated alone with torch.nn.functional."""
    layers, _ = experiment.starts(name, (1, 2))
    x, labels = experiment.data(name)
    for n, loss in enumerate(experiment.losses(name, layers)):
        h = x
        for weight, bias in layers[:-1]:
            h = torch.nn.functional.linear(h, weight[n], bias[n, 0])
            h = h.tanh() if name == "iris" else h.relu()
        out = torch.nn.functional.linear(h, layers[-1][0][n], layers[-1][1][n, 0])
        # gamma_n = n 2^-53 with n < 2,000 terms of a dot product or a mean, for outputs below 5
        assert loss.item() == pytest.approx(torch.nn.functional.cross_entropy(out, labels).item(), abs=1e-12)


@pytest.mark.parametrize("optimiser", experiment.OPTIMISERS)
def test_networks_side_by_side_do_not_mix(optimiser):
    """A network trained in a batch of two ends where it ends alone, up to rounding."""
    both, _ = experiment.starts("iris", (1, 2))
    alone, _ = experiment.starts("iris", (2,))
    end = experiment.train("iris", optimiser, both, 10)
    other = experiment.train("iris", optimiser, alone, 10)
    # ten steps on 150 points: sums in another order differ by at most 150 * 2^-53 = 2e-14 of their size at each
    assert experiment.distance([(w[1:], b[1:]) for w, b in end], other)[0] < 1e-13


def test_a_start_trained_from_its_permutation_ends_permuted():
    """The criteria hold on two seeds, for all three optimisers; the share needs twenty."""
    decision = experiment.EXPERIMENT.decide(experiment.measure((1, 2), SMALL))
    assert decision.holds and not decision.covered


@pytest.mark.parametrize("index", range(3))
def test_wrong_programs_are_caught(index):
    """A faster unit, shared noise and inverse columns fail a criterion after 100 steps on two seeds."""
    seeds = (101, 102)
    size = Size((1,), tuple(range(101, 121)), (("steps", 100), ("data_sets", 1)))
    rows = experiment.EXPERIMENT.planted[index].program(seeds, size)
    for seed in seeds:
        decision = experiment.EXPERIMENT.decide(tuple(row for row in rows if row["seed"] == seed))
        assert not decision.holds


def test_a_training_that_does_nothing_decides_nothing():
    """Errors of 0 are unsound when the loss did not fall or the runs do not differ."""
    rows = experiment.measure((1,), SMALL)
    idle = [{**row, "loss_after": row["loss_before"]} if row["case"] == "trained" else row for row in rows]
    same = [{**row, "apart": 0.0} if row["case"] == "trained" else row for row in rows]
    assert not experiment.EXPERIMENT.decide(tuple(idle)).sound
    assert not experiment.EXPERIMENT.decide(tuple(same)).sound


def test_both_kinds_of_rows_are_needed():
    """Without trained or without rational rows a criterion fails."""
    rows = experiment.measure((1,), SMALL)
    for case in ("trained", "rational"):
        assert not experiment.EXPERIMENT.decide(tuple(row for row in rows if row["case"] != case)).holds


def test_the_plot_shows_every_pair_of_runs():
    """There is a point for each trained row and the bound is the tolerance."""
    rows = experiment.measure((1, 2), SMALL)
    found = experiment.plot(rows)
    assert sum(len(part.x) for part in found.measured) == sum(row["case"] == "trained" for row in rows)
    assert set(found.bound.y) == {1e-10}

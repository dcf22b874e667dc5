"""The tanh teacher: its copies, its Jacobian, and the experiment's rule."""

from __future__ import annotations

import pytest
import torch

from numerics.covering import teacher
from numerics.experiments import NoMeasurementError
from numerics.experiments.protocol import Size


def test_all_copies_compute_the_same_function():
    """The eight copies are distinct and have zero residual."""
    found = teacher.copies()
    residual, _ = teacher.residuals_and_jacobian(found)
    # two products are added in another order, tanh of the opposite number is opposite up to one unit in the last place
    assert residual.abs().max() < 8 * 2.0**-53
    assert len({tuple(row.tolist()) for row in found}) == 8


def test_the_jacobian_is_the_derivative():
    """The hand-written Jacobian equals automatic differentiation."""
    theta = teacher.starts((3,), 4)
    _, jacobian = teacher.residuals_and_jacobian(theta)
    for row, expected in zip(theta, jacobian):
        found = torch.autograd.functional.jacobian(lambda t: teacher.residuals_and_jacobian(t[None])[0][0], row)
        # each entry, below 4, is a product of four numbers and a difference: ten roundings by 2^-52 on either side
        assert torch.allclose(found, expected, rtol=0, atol=20 * 2.0**-52)


def test_newton_returns_to_a_nearby_copy():
    """Starts close to a copy end on it to high accuracy."""
    targets = teacher.copies()
    ends, loss = teacher.levenberg_marquardt(targets + 1e-2, 60)
    # runs stop below 1e-28; over the least singular value 0.02 of the Jacobian that is sqrt(41e-28) / 0.02 = 3.2e-12
    assert loss.max() < 1e-28 and (ends - targets).abs().max() < 1e-11


def test_starts_are_reproducible_and_in_the_box():
    """Equal seeds give equal starts, different seeds different ones, all inside [-2, 2]^7."""
    first, second = teacher.starts((1, 2), 5), teacher.starts((1, 2), 5)
    assert torch.equal(first, second) and first.abs().max() <= 2
    assert not torch.equal(first[:5], first[5:])


def test_cells_are_moved_onto_each_other():
    """The eight group elements take a start to eight different cells, and equal shares of starts lie in each."""
    theta = teacher.starts((5,), 1)[0]
    images = []
    for order in ((0, 1), (1, 0)):
        for signs in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
            parts = [theta[k : k + 2][list(order)] * torch.tensor(signs) for k in (0, 2, 4)]
            images.append(torch.cat([*parts, theta[6:]]))
    assert sorted(teacher.cells(torch.stack(images)).tolist()) == list(range(8))
    counts = torch.bincount(teacher.cells(teacher.starts((6,), 8000)))
    # 1000 expected in each, with standard deviation 30
    assert counts.min() > 850 and counts.max() < 1150


SIZE = Size((1,), tuple(range(101, 121)), (("starts", 150), *teacher._OPTIONS))


def decide(rows):
    """Apply the experiment's rule."""
    return teacher.EXPERIMENT.decide(tuple(rows))


def test_the_criteria_hold_on_a_small_sample():
    """With 150 starts every solution is on a copy and no criterion fails; the share needs more starts."""
    decision = decide(teacher.measure((1,), SIZE))
    assert decision.holds and decision.interval[0] > 0.9 and not decision.covered


def test_wrong_groups_are_rejected_for_their_misses():
    """Two copies, or seven, are not all: the first criterion fails on every seed tried."""
    seeds = (101, 102, 103)
    for violation in teacher.EXPERIMENT.planted[:2]:
        rows = violation.program(seeds, SIZE)
        for seed in seeds:
            assert not decide(row for row in rows if row["seed"] == seed).checks[0].holds


def row(**changes):
    """One solved start on copy 0, with changes."""
    plain = {"seed": 1, "start": 0, "cell": 0, "loss": 0.0, "solved": True, "copy": 0, "copies": 8, "distance": 1e-9}
    return {**plain, **changes}


def test_a_small_loss_is_no_solution():
    """A single end point that counts as solved but is far from every copy fails the rule."""
    good = [row(copy=k % 8, cell=k // 8 % 8) for k in range(128)]
    assert decide(good).holds
    assert not decide([*good, row(loss=1e-6, distance=0.5)]).holds


def test_no_solution_is_no_measurement():
    """When nothing was solved there is no trial and no decision."""
    with pytest.raises(NoMeasurementError):
        decide([row(solved=False)])


def test_uneven_copies_are_rejected():
    """Solutions that all sit on one copy contradict the invariance of the starts."""
    decision = decide([row(copy=3, cell=k % 8) for k in range(80)])
    assert [check.holds for check in decision.checks] == [True, True, False]


def test_uneven_cells_are_rejected():
    """Starts that succeed from half of the cells only contradict the method's equivariance."""
    rows = [row(copy=k % 8, cell=k // 8 % 8, solved=k // 8 % 8 < 4, distance=1e-9) for k in range(256)]
    decision = decide(rows)
    assert [check.holds for check in decision.checks] == [True, True, False]


def test_the_plot_counts_every_hit():
    """The figure shows one count for each copy, and they add up to the hits."""
    rows = teacher.measure((1,), SIZE)
    found = teacher.plot(rows)
    assert len(found.measured[0].y) == 8 and sum(found.measured[0].y) == sum(r["solved"] for r in rows)

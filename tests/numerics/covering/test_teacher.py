"""The tanh teacher: its copies, its Jacobian, and the experiment's rule."""

from __future__ import annotations

import torch

from numerics.covering import teacher
from numerics.experiments.protocol import Size


def test_all_copies_compute_the_same_function():
    """The eight copies are distinct and have zero residual."""
    found = teacher.copies()
    residual, _ = teacher.residuals_and_jacobian(found)
    assert residual.abs().max() < 1e-15
    assert len({tuple(row.tolist()) for row in found}) == 8


def test_the_jacobian_is_the_derivative():
    """The hand-written Jacobian equals automatic differentiation."""
    theta = teacher.starts((3,), 4)
    _, jacobian = teacher.residuals_and_jacobian(theta)
    for row, expected in zip(theta, jacobian):
        found = torch.autograd.functional.jacobian(lambda t: teacher.residuals_and_jacobian(t[None])[0][0], row)
        assert torch.allclose(found, expected, atol=1e-12)


def test_newton_returns_to_a_nearby_copy():
    """Starts close to a copy end on it to high accuracy."""
    targets = teacher.copies()
    ends, loss = teacher.levenberg_marquardt(targets + 1e-2, 60)
    assert loss.max() < 1e-25 and (ends - targets).abs().max() < 1e-9


def test_starts_are_reproducible_and_in_the_box():
    """Equal seeds give equal starts, different seeds different ones, all inside [-2, 2]^7."""
    first, second = teacher.starts((1, 2), 5), teacher.starts((1, 2), 5)
    assert torch.equal(first, second) and first.abs().max() <= 2
    assert not torch.equal(first[:5], first[5:])


SIZE = Size((1,), tuple(range(101, 104)), (("starts", 150), *dict(teacher._OPTIONS).items()))


def test_the_rule_accepts_a_small_sample():
    """With 150 starts every solution is on a copy and the rule holds."""
    decision = teacher.decide(teacher.measure((1,), SIZE))
    assert decision.holds and decision.interval[0] > 0.9


def test_wrong_groups_are_rejected():
    """Two copies, or seven, are not all: the rule rejects both on every seed tried, and eight are accepted."""
    for violation in teacher.EXPERIMENT.planted[:2]:
        rows = violation.program(SIZE.planted_seeds, SIZE)
        for seed in SIZE.planted_seeds:
            assert not teacher.decide(tuple(row for row in rows if row["seed"] == seed)).holds
    right = teacher._wrong_group(teacher.copies)(SIZE.planted_seeds, SIZE)
    for seed in SIZE.planted_seeds:
        assert teacher.decide(tuple(row for row in right if row["seed"] == seed)).holds


def test_a_small_loss_is_no_solution():
    """The rule rejects end points whose loss is small but which are far from every copy, and empty data."""
    row = {"seed": 1, "start": 0, "loss": 1e-6, "solved": True, "copy": 0, "copies": 8, "distance": 0.5}
    good = [{**row, "copy": k % 8, "distance": 1e-9} for k in range(80)]
    assert teacher.decide(tuple(good)).holds
    assert not teacher.decide((*good, row)).holds
    assert not teacher.decide(({**row, "solved": False},)).holds


def test_uneven_counts_are_rejected():
    """Solutions that all sit on one copy contradict the invariance of the starts."""
    row = {"seed": 1, "start": 0, "loss": 0.0, "solved": True, "copy": 3, "copies": 8, "distance": 0.0}
    assert not teacher.decide((row,) * 80).holds

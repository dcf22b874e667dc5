"""The four data sets and the networks trained on them: exact inputs and parameters, and that they learn."""

from __future__ import annotations

import pytest
import torch

from numerics.covering.small_tasks import BREAST_CANCER, GRID, TASKS, accuracy, data, forward, train


@pytest.mark.parametrize("task", TASKS, ids=lambda t: t.name)
def test_inputs_are_exact_and_measured(task):
    """Inputs are multiples of 2^-10 of the task's size, the largest modulus is the input radius 1."""
    x, labels = data(task.name)
    assert x.shape[1] == task.widths[0] and len(labels) == len(x) and x.dtype == torch.float64
    assert torch.equal(x * 2**10, (x * 2**10).round()) and task.input_radius == 1
    assert labels.max() + 1 == (task.widths[-1] if task.widths[-1] > 1 else 2)


@pytest.mark.parametrize("task", TASKS, ids=lambda t: t.name)
def test_training_learns_and_is_deterministic(task):
    """Forty steps classify nine in ten rightly; the same seed gives the same network on the grid 2^-30."""
    first, second = train(task, 1, 40), train(task, 1, 40)
    assert all(torch.equal(a, b) for p, q in zip(first, second) for a, b in zip(p, q))
    assert accuracy(task, first) > 0.9
    assert all(torch.equal(t / GRID, (t / GRID).round()) for pair in first for t in pair)


def test_one_output_is_a_sign():
    """A single output classifies by its sign."""
    network = train(BREAST_CANCER, 2, 5)
    x, labels = data(BREAST_CANCER.name)
    right = ((forward(network, x)[:, 0] > 0) == labels.bool()).double().mean()
    assert accuracy(BREAST_CANCER, network) == float(right)

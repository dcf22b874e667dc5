"""The claim on labels that do not matter, against the construction with slack sources on random instances."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from theory.etr_training.dont_care import CLAIM
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.slack_sources import with_slack_sources


def starred(seed: int) -> tuple[TrainingInstance, dict[str, Fraction]]:
    """A ReLU network with two outputs, some labels None, and random weights."""
    numbers = Random(seed)
    points = [numbers.randint(-3, 3) for _ in range(3)]
    labels = [tuple(numbers.choice((None, 0, 1, -2)) for _ in range(2)) for _ in points]
    instance = TrainingInstance.one_hidden_layer(points, labels, 2, outputs=2, output_bias=True)
    return instance, {name: Fraction(numbers.randint(-4, 4), 2) for name in instance.parameters}


@pytest.mark.parametrize("seed", range(20))
def test_the_least_full_loss_is_the_masked_loss(seed: int) -> None:
    """The lifted weights reach the loss over the given labels, and any other slack weights are not below it."""
    instance, weights = starred(seed)
    slack = with_slack_sources(instance)
    lifted = slack.forward(weights)
    assert slack.instance.loss(lifted) == instance.loss(weights)
    for _, sink, source in slack.slacks:
        moved = {**lifted, f"{source}->{sink}": lifted[f"{source}->{sink}"] + Fraction(1, 3)}
        assert slack.instance.loss(moved) == instance.loss(weights) + Fraction(1, 9)


def test_one_source_and_one_edge_for_each_star() -> None:
    """The size that the claim states: three stars, three sources, three edges."""
    instance = TrainingInstance.one_hidden_layer([0, 1], [(1, None), (None, None)], 1, outputs=2)
    compiled = with_slack_sources(instance).instance
    assert len(compiled.sources) == len(instance.sources) + 3
    assert len(compiled.edges) == len(instance.edges) + 3


def test_the_controls_are_those_of_the_sinks() -> None:
    """Sigmoid and ReLU sinks, a slack through a ReLU, and a shared source are each refuted by a point of their own."""
    assert [c.name for c in CLAIM.controls] == ["sigmoid_sink_zero", "relu_sink", "through_a_relu", "shared_source"]

"""The least loss of a linear graph network as two decided questions: reachable, and not one thousandth below."""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofs_check.etr_training.decide import decide
from theory.etr_training.instance import TrainingInstance
from theory.gnn_convergence import gram_features, least_loss
from theory.gnn_convergence.graph_shift import aggregation

PATH = ((0, 1, 0), (1, 0, 1), (0, 1, 0))
G = gram_features([[1, 0, 1]], aggregation(PATH, "gin"), 1, (0, 1, 2))
Y = ((1, 0, 0),)


def question(threshold: Fraction) -> TrainingInstance:
    """Are there numbers W, B with ||W B G - Y||^2 at most the threshold?"""
    return TrainingInstance(
        sources=("g",), vertices=(("hidden", "id"), ("out", "id")), sinks=("out",),
        edges=(("g", "hidden"), ("hidden", "out")), points=tuple((x,) for x in G[0]),
        labels=tuple((Fraction(y),) for y in Y[0]), threshold=threshold, biases=())


def test_least_loss_on_the_path_is_reached() -> None:
    """G = (1, 2, 1) and Y = (1, 0, 0) give L* = 1 - 1/6, and some weights have exactly this loss."""
    assert G == ((1, 2, 1),) and least_loss(G, Y) == Fraction(5, 6)
    decision = decide(question(Fraction(5, 6)))
    assert decision.status == "sat" and decision.weights is not None
    assert question(Fraction(0)).loss(decision.weights) == Fraction(5, 6)


@pytest.mark.parametrize("below", [Fraction(1, 1000), Fraction(1, 2)])
def test_nothing_lies_below_the_least_loss(below: Fraction) -> None:
    """No real weights have a loss of L* - 1/1000, for all W and B; the certificate was checked."""
    decision = decide(question(Fraction(5, 6) - below))
    assert decision.status == "unsat" and decision.certificate is not None

"""Sigmoid and sine on boxes: rational points, Krawczyk boxes, covers by separations, and honest silence."""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofs_check.etr_training.boxes import solve
from proofs_check.etr_training.deadline import Deadline
from proofs_check.etr_training.decide import decide
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.zoo import ZOO

net = TrainingInstance.one_hidden_layer
HAT = ([-1, 0, 1], [0, 1, 0])


def leaves(node: dict) -> int:
    """Return the number of boxes of a cover."""
    return 1 if "r" in node else leaves(node["low"]) + leaves(node["high"])


def test_a_small_box_is_refuted_by_few_separations() -> None:
    """With all weights in [-1, 1] a sigmoid is almost a line, far from the hat."""
    decision = decide(net(*HAT, 1, "sigmoid", threshold="3/10", box=1), method="boxes")
    assert decision.status == "unsat" and decision.certificate is not None
    assert leaves(decision.certificate["refutation"]["root"]) < 40
    assert decision.lower == Fraction(3, 10)


@pytest.mark.slow
@pytest.mark.parametrize("labels", [HAT[1], [1, 0, 1]])
def test_hat_and_valley_are_refuted_on_the_box_of_radius_8(labels: list[int]) -> None:
    """The figures of the dossier: loss .3 is out of reach of one unit, shown by some hundreds of boxes."""
    decision = decide(net(HAT[0], labels, 1, "sigmoid", threshold="3/10", box=8), method="boxes")
    assert decision.status == "unsat" and decision.certificate is not None
    assert leaves(decision.certificate["refutation"]["root"]) < 2000


def test_a_loss_that_a_step_reaches_is_met_by_rational_weights() -> None:
    """A steep sigmoid times 1/2 leaves loss just above 1/2 on the hat, so 3/5 is met."""
    decision = decide(ZOO["sigmoid-hat3-w1-le-3-5"], method="boxes")
    assert decision.status == "sat" and decision.upper is not None
    assert Fraction(1, 2) < decision.upper < Fraction(3, 5)


@pytest.mark.parametrize(("activation", "width", "bias"), [("sigmoid", 2, True), ("sin", 1, False)])
def test_exact_fits_are_proved_by_krawczyk(activation: str, width: int, bias: bool) -> None:
    """As many weights as labels vary in a tiny box that the operator maps into its interior."""
    decision = decide(net([0, 1, 2], [1, 3, 2], width, activation, box=20, output_bias=bias), method="boxes")
    assert decision.status == "sat" and decision.witness is not None
    assert decision.witness["kind"] == "krawczyk" and len(decision.witness["variables"]) == 3


def test_relu_nets_in_a_box_are_covered_too() -> None:
    """Weights in [-1, 1] cannot reach the label 5 at 1: |v relu(a + b)| <= 2."""
    decision = decide(net([1], [5], 1, box=1, threshold=8), method="boxes")
    assert decision.status == "unsat"


def test_without_a_box_silence_is_not_a_no() -> None:
    """Three labels off the line are out of reach of one sigmoid at 0.3, but no search over all weights shows it."""
    decision = decide(net(*HAT, 1, "sigmoid", threshold="3/10"), method="boxes", timeout=4)
    assert decision.status == "unknown" and "without a box" in decision.reason
    assert decision.upper is not None and decision.upper > Fraction(3, 10)


def test_time_up_is_unknown_and_says_how_far_it_came() -> None:
    """Two sigmoids are far from a zigzag of six points, but a cover of their box takes longer than half a second."""
    points = list(range(6))
    decision = solve(net(points, [0, 1] * 3, 2, "sigmoid", threshold="1/100", box=8), Deadline.after(0.5))
    assert decision is not None and decision.status == "unknown"
    assert "time is up" in decision.reason

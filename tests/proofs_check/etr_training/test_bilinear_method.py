"""Several outputs over one hidden ReLU layer: cells closed by identities that the checker multiplies out."""

from __future__ import annotations

from fractions import Fraction

from proofs_check.etr_training.decide import decide
from proofs_check.etr_training.relu_patterns import Unit
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.zoo import ZOO

net = TrainingInstance.one_hidden_layer


def test_absolute_value_and_its_negative_need_two_units() -> None:
    """One kink cannot make both slopes; two units do, with rational weights."""
    assert decide(ZOO["abs5-neg-w1"], method="bilinear").status == "unsat"
    two = ZOO["abs5-neg-w2"]
    decision = decide(two, method="bilinear")
    assert decision.status == "sat" and two.loss(decision.weights or {}) == 0


def test_a_hat_and_an_absolute_value_do_not_share_two_units() -> None:
    """The hat needs three kinks; the certificate covers all cells, whichever units are active where."""
    decision = decide(ZOO["hat5-abs-w2"], method="bilinear")
    assert decision.status == "unsat" and decision.certificate is not None
    assert set(decision.certificate["refutation"]["root"]) == {"split", "on", "off"}


def test_outputs_that_are_fine_alone_may_not_share_a_unit() -> None:
    """relu(x) and relu(-x) on -1, 0, 1 take one unit each and not one together: a sign is in the way."""
    points, labels = [-1, 0, 1], [(0, 1), (0, 0), (1, 0)]
    assert decide(net(points, labels, 1), method="bilinear").status == "unsat"
    assert decide(net(points, labels, 2), method="bilinear").status == "sat"


def test_a_compiled_square_root_needs_irrational_weights_of_a_relu_net() -> None:
    """All units active, the net is linear, and its weights lie in Q(sqrt 2)."""
    decision = decide(ZOO["etr-root2-relu"], method="bilinear")
    assert decision.status == "sat" and decision.witness is not None
    assert decision.witness["kind"] == "algebraic"


def test_thresholds_boxes_and_single_outputs_are_left_to_others() -> None:
    """The reason says which hypothesis is missing."""
    labels = [(0, 1), (1, 0)]
    assert "threshold" in decide(net([0, 1], labels, 1, threshold=1), method="bilinear").reason
    assert "box" in decide(net([0, 1], labels, 1, box=1), method="bilinear").reason
    assert "one output" in decide(net([0, 1], [0, 1], 1), method="bilinear").reason


def test_patterns_of_a_unit_on_a_line_are_prefixes_and_suffixes() -> None:
    """Four points on a line: on at the ends implies on between; on then off implies off, by positive multipliers."""
    rows = tuple((Fraction(x), Fraction(1)) for x in (0, 1, 2, 4))
    unit = Unit("h", ("x->h", "h"), rows)
    everything = frozenset(range(len(unit.rays)))
    ends = unit.side(unit.side(everything, 0, 1), 3, 1)
    kink = unit.side(unit.side(everything, 0, 1), 1, -1)
    assert len(unit.rays) == 8
    assert [unit.implied(ends, i) for i in range(4)] == [1, 1, 1, 1]
    assert [unit.implied(kink, i) for i in range(4)] == [1, -1, -1, -1]
    assert unit.implied(unit.side(everything, 0, 1), 2) == 0
    assert unit.multipliers({0: 1, 3: 1}, 1, 1) == {0: Fraction(3, 4), 3: Fraction(1, 4)}
    assert unit.multipliers({0: 1, 1: -1}, 3, -1) == {0: Fraction(3), 1: Fraction(4)}
    assert unit.multipliers({0: 1}, 3, 1) is None

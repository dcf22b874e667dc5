"""Sigmoid sinks, labels out of range, and equal inputs: decided by arithmetic of rationals alone."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from proofs_check.etr_training.decide import decide
from proofs_check.etr_training.logits import coprime_basis, exponent
from theory.etr_training.data_families import sigmoid_sink
from theory.etr_training.instance import TrainingInstance

net = TrainingInstance.one_hidden_layer


def test_the_unique_weight_is_the_logarithm_of_three() -> None:
    """Odds 1, 3, 9 at 0, 1, 2: bias 0 and weight ln 3, which no rational or algebraic weight could be."""
    decision = decide(sigmoid_sink((0, 1, 2), ("1/2", "3/4", "9/10")), method="logits")
    assert decision.status == "sat"
    assert decision.witness == {"kind": "logits", "weights": {"y1": [], "x1->y1": [[1, 3]]}}


def test_four_is_not_nine() -> None:
    """Odds 1, 3, 4: the second difference of the logits is ln 4 - 2 ln 3, and 3^2 * 4^-1 is not 1."""
    decision = decide(sigmoid_sink((0, 1, 2), ("1/2", "3/4", "4/5")), method="logits")
    assert decision.status == "unsat" and decision.certificate is not None
    circuit = dict(decision.certificate["refutation"]["circuit"])
    odds = {0: Fraction(1), 1: Fraction(3), 2: Fraction(4)}
    assert sum(circuit.values()) == 0 and circuit[1] + 2 * circuit[2] == 0
    assert math.prod(odds[i] ** c for i, c in circuit.items()) != 1


def test_rational_powers_of_primes_are_found() -> None:
    """At 0 and 2 the odds 2/3 and 6: the weight is (ln 9)/2 = ln 3, written over coprime integers."""
    decision = decide(sigmoid_sink((0, 2), ("2/5", "6/7")), method="logits")
    assert decision.status == "sat" and decision.witness is not None
    assert decision.witness["weights"]["x1->y1"] == [[1, 3]]
    assert sorted(decision.witness["weights"]["y1"]) == [[-1, 3], [1, 2]]


@pytest.mark.parametrize("numbers", [[12, 18, 35], [4, 8, 2], [1], [6, 10, 15], [2**40 * 3**5, 2**7 * 3**9]])
def test_coprime_bases_factor_the_numbers(numbers: list[int]) -> None:
    """Members are pairwise coprime, and their powers multiply to each number."""
    basis = coprime_basis(numbers)
    assert all(math.gcd(a, b) == 1 for a in basis for b in basis if a != b)
    assert all(math.prod(b ** exponent(b, x) for b in basis) == x for x in numbers)


@pytest.mark.parametrize(("label", "threshold", "status"), [
    (1, "0", "unsat"), (0, "0", "unsat"), (2, "1", "unsat"), (2, "11/10", "sat"), ("-1/2", "1/4", "unsat")])
def test_sigmoid_sinks_never_reach_the_ends_of_their_range(label: str, threshold: str, status: str) -> None:
    """Label 2 costs more than 1 and as little more as one likes; labels 0 and 1 are never met exactly."""
    assert decide(sigmoid_sink((1,), (label,), threshold=threshold)).status == status


def test_labels_out_of_range_add_up() -> None:
    """At 2 and -1 each label costs 1 at least, together 2."""
    assert decide(sigmoid_sink((0, 1), (2, -1), threshold=2), method="sigmoid_sink").status == "unsat"
    assert decide(sigmoid_sink((0, 1), (2, -1), threshold="21/10"), method="sigmoid_sink").status == "unknown"


def test_equal_inputs_with_different_labels_cost_their_variance() -> None:
    """Labels 1, 2, 4 at one point have squared deviations 16/9 + 1/9 + 25/9 = 14/3 from their mean."""
    def ask(threshold: str, strict: bool = False) -> str:
        instance = net([0, 0, 0, 1], [1, 2, 4, 3], 1, "sin", threshold=threshold, strict=strict)
        return decide(instance, method="conflicts").status

    assert ask("14/3", strict=True) == "unsat"
    assert ask("14/3") == "unknown"
    assert ask("139/30") == "unsat"


def test_no_loss_is_negative() -> None:
    """loss < 0 is refused whatever the network, with a certificate of its own."""
    decision = decide(net([0], [0], 1, strict=True), method="conflicts")
    assert decision.status == "unsat" and decision.certificate is not None
    assert decision.certificate["refutation"] == {"kind": "threshold"}

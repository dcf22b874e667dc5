"""The exact optimal loss with certificates from both sides."""

from __future__ import annotations

from fractions import Fraction

import pytest

from proofs_check.etr_training.confirmation import check_decision
from proofs_check.etr_training.optimum import exact_optimum
from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError

net = TrainingInstance.one_hidden_layer


@pytest.mark.parametrize(("points", "labels", "width", "optimum"), [
    ([-2, -1, 0, 1, 2], [2, 1, 0, 1, 2], 1, Fraction(14, 5)),
    ([(0, 0), (0, 1), (1, 0), (1, 1)], [0, 1, 1, 0], 1, Fraction(1)),
    ([0, 1, 2, 3, 4], [0, 1, 4, 9, 16], 1, Fraction(5, 3)),
    ([-2, -1, 0, 1, 2], [0, 0, 1, 0, 0], 1, Fraction(4, 5)),
    ([0, 1, 2, 3, 4, 5], [0, 1, 0, 1, 0, 1], 2, Fraction(6, 5)),
], ids=["abs", "xor", "squares", "hat", "zigzag"])
def test_known_optima(points, labels, width, optimum):
    """The optima known from enumerating all cells, with weights that reach them and two checked certificates."""
    found = exact_optimum(net(points, labels, width))
    assert found.value == found.lower == found.upper == optimum
    assert net(points, labels, width).loss(found.weights) == optimum
    assert found.certificate_at["status"] == "sat" and found.certificate_at["instance"]["threshold"] is not None
    assert found.certificate_below["instance"]["strict"] is True
    assert check_decision(found.certificate_below) is None and check_decision(found.certificate_at) is None


def test_constant_fit_is_the_variance():
    """With no unit and an output bias the optimum is the sum of squared deviations from the mean."""
    found = exact_optimum(net([1, 2, 3], [0, 1, 5], 0, output_bias=True))
    assert found.value == 4 + 1 + 9 and found.weights == {"y1": Fraction(2)}
    assert exact_optimum(net([1, 2, 3], [0, 1, 5], 0)).value == 26


def test_affine_data_with_repetitions():
    """Repeated points of different labels cost half the squared difference each, and nothing else is lost."""
    found = exact_optimum(net([0, 0, 1, 2, 2], [1, 3, 5, 7, 9], 2))
    assert found.value == 2 + 2


def test_zero_needs_no_certificate_below():
    """Where the data can be fitted the optimum is 0, and there is nothing to refute."""
    found = exact_optimum(net([0, 1, 2], [0, 0, 7], 1))
    assert found.value == 0 and found.certificate_below is None
    assert exact_optimum(net([0, 1], [None, None], 1)).value == 0
    assert exact_optimum(net([0, 1], [0, 0], 0)).value == 0


def test_threshold_of_the_instance_does_not_matter():
    """The optimum is the same whatever the threshold and whether it is strict."""
    questions = [net([0, 1, 2], [0, 1, 0], 1, threshold=t, strict=s) for t in (0, 5) for s in (False, True)]
    assert len({exact_optimum(question).value for question in questions}) == 1


def test_other_networks_are_refused():
    """Two outputs, other activations and boxes are errors that say what is needed."""
    for instance in (net([1], [(1, 2)], 1), net([1], [1], 1, activation="sigmoid"), net([1], [1], 1, box=3)):
        with pytest.raises(InputError, match="one hidden ReLU layer"):
            exact_optimum(instance)

"""Training compiled instances in one padded batch: derivatives, masks, and the bound on decoded solutions."""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch

from numerics.etr_training import compiled_training, two_sink_training
from theory.etr_training.compilation import compile_formula
from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError

FORMULAS = ("x*x = 2", "x*x = x + 1")


def instances():
    """Instances of different sizes and activations."""
    return [compile_formula(f, activation).instance for f in FORMULAS for activation in ("id", "relu")]


def test_the_gradient_is_the_derivative():
    """The hand-written gradient equals automatic differentiation, and vanishes outside the masks."""
    data = two_sink_training.padded(instances())
    start = two_sink_training.starts(data, (1,), 3)
    leaves = {name: value.clone().requires_grad_() for name, value in start.items()}
    two_sink_training.loss_and_gradient(data, leaves)[0].sum().backward()
    _, gradient = two_sink_training.loss_and_gradient(data, start)
    for name, found in gradient.items():
        # sums of at most 1,000 products in another order, of moduli that add up to less than 1,000: 1,000^2 * 2^-53
        assert torch.allclose(leaves[name].grad * data.masks[name], found, rtol=0, atol=1.2e-10)
        assert (found * (1 - data.masks[name])).abs().max() == 0


def test_losses_are_those_of_the_instances():
    """Padding changes nothing: float64 losses round the exact losses of the named weights."""
    given = instances()
    data = two_sink_training.padded(given)
    start = two_sink_training.starts(data, (1,), 2)
    losses, _ = two_sink_training.loss_and_gradient(data, start)
    for number, instance in enumerate(given):
        exact = instance.loss(two_sink_training.named_weights(instance, start, number, 1))
        # a loss of positive terms: some hundred roundings of relative size 2^-53
        assert float(losses[number, 1]) == pytest.approx(float(exact), rel=1e-12)


@pytest.mark.parametrize("follow", (two_sink_training.descend, two_sink_training.adam))
def test_both_methods_lower_the_loss(follow):
    """After 60 steps the loss of every run is smaller."""
    data = two_sink_training.padded(instances())
    start = two_sink_training.starts(data, (1,), 2)
    end = follow(data, start, 60, 0.003 if follow is two_sink_training.descend else 0.05)
    before, after = (two_sink_training.loss_and_gradient(data, p)[0] for p in (start, end))
    assert (after < before).all()


def test_two_hidden_layers_are_refused():
    """An edge between hidden vertices gets an error."""
    deep = TrainingInstance(("x",), (("h", "id"), ("g", "id"), ("y", "id")), ("y",),
                            (("x", "h"), ("h", "g"), ("g", "y")), ((1,),), ((1,),))
    with pytest.raises(InputError):
        two_sink_training.padded([deep])


@pytest.mark.parametrize("activation", ("id", "relu"))
def test_the_bound_holds_near_a_rational_solution(activation):
    """Weights of x = 2, y = 1/2, off by 10^-3, satisfy x y = 1 up to the bound, and the exact fit has margin 0."""
    compiled = compile_formula("x*y = 1 & x = 2", activation)
    weights = compiled.forward({"x": Fraction(2), "y": Fraction(1, 2)})
    assert compiled_training.margin(compiled, weights, Fraction(0)) == 0
    for name in compiled.instance.parameters:
        moved = {**weights, name: weights[name] + Fraction(1, 1000)}
        loss = compiled.instance.loss(moved)
        assert loss == 0 or 0 <= compiled_training.margin(compiled, moved, loss) <= 1


@pytest.mark.slow
def test_without_the_zero_datum_the_bound_fails():
    """Weights that fit x x = -1 without the zero datum have an unbounded margin: the criterion sees the difference."""
    wrong = compiled_training.Wrong(no_zero=True)
    whole = compile_formula("x*x = -1", "id").instance
    short = compiled_training.trained_instance("x*x = -1", "id", wrong)
    assert len(short.points) == len(whole.points) - 1
    size = compiled_training.EXPERIMENT.quick.for_planted()
    rows = compiled_training._variant(wrong)((1, 2), size)
    assert max(row["margin"] for row in rows) > 1

"""The rational network against automatic differentiation, and the equality that it shows."""

from __future__ import annotations

from fractions import Fraction

import pytest
import torch

from numerics.covering.rational_descent import STEP_SIZE, Unit, descend, output, rational_error

UNITS = (
    Unit((Fraction(1, 2), Fraction(-1, 4)), Fraction(1), Fraction(3, 4)),
    Unit((Fraction(-1), Fraction(1, 2)), Fraction(2), Fraction(-1, 2)),
    Unit((Fraction(1), Fraction(1)), Fraction(-9), Fraction(1)),
)
EXAMPLES = (((Fraction(1), Fraction(2)), Fraction(1)), ((Fraction(-1, 2), Fraction(3)), Fraction(-2)))


def test_the_output_by_hand():
    """At (1, 2): units reach 1, 2 and -6, so the output is 3/4 - 1 + 0 plus the bias 1/4."""
    assert output((UNITS, Fraction(1, 4)), (Fraction(1), Fraction(2))) == 0


def test_a_step_is_that_of_automatic_differentiation():
    """One rational step equals the gradient step that autograd gives in float64, exactly: all numbers are k/2^12."""
    theta = torch.tensor([[float(v) for v in (*u.w, u.b, u.a)] for u in UNITS], dtype=torch.float64, requires_grad=True)
    bias = torch.tensor(0.25, dtype=torch.float64, requires_grad=True)
    loss = 0
    for x, y in EXAMPLES:
        hidden = torch.relu(theta[:, 0] * float(x[0]) + theta[:, 1] * float(x[1]) + theta[:, 2])
        loss = loss + 0.5 * ((theta[:, 3] * hidden).sum() + bias - float(y)) ** 2
    loss.backward()
    units, moved_bias = descend((UNITS, Fraction(1, 4)), EXAMPLES, (Fraction(1),) * 3)
    found = [[float(v) for v in (*u.w, u.b, u.a)] for u in units]
    expected = theta.detach() - float(STEP_SIZE) * theta.grad
    assert torch.equal(torch.tensor(found, dtype=torch.float64), expected)
    assert float(moved_bias) == 0.25 - float(STEP_SIZE) * bias.grad.item()


@pytest.mark.parametrize("seed", range(5))
def test_equivariance_is_an_equality_and_a_faster_unit_breaks_it(seed):
    """The error is 0 for gradient descent, and not 0 when the unit in the first place learns faster by 10^-12."""
    assert rational_error(seed) == 0
    assert 0 < rational_error(seed, 1 + Fraction(1, 10**12)) < Fraction(1, 10**6)

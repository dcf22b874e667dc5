"""Equivariance of training in exact arithmetic: rational gradients, the optimizers of the lemmas, every step."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy

from theory.covering.finite_laws import coordinate_permutations, moved
from theory.covering.optimizers import ADAM, MOMENTUM
from theory.covering.training_equivariant import CLAIM

DATA = [(Fraction(1), Fraction(2)), (Fraction(-1, 2), Fraction(1)), (Fraction(2, 3), Fraction(-1))]


def loss(theta, activation, data=DATA):
    """Half the squared error of the net (1, 2, 1) with parameters W1, b1, W2, b2 on a few points."""
    w1, w2, b1, b2, a1, a2, c = theta
    return sum((a1 * activation(w1 * x + b1) + a2 * activation(w2 * x + b2) + c - y) ** 2 for x, y in data) / 2


def gradient(theta):
    """The gradient of the loss with sigma(u) = u^2, by the chain rule."""
    w1, w2, b1, b2, a1, a2, c = theta
    out = [Fraction(0)] * 7
    for x, y in DATA:
        z1, z2 = w1 * x + b1, w2 * x + b2
        error = a1 * z1**2 + a2 * z2**2 + c - y
        slopes = (2 * a1 * z1 * x, 2 * a2 * z2 * x, 2 * a1 * z1, 2 * a2 * z2, z1**2, z2**2, 1)
        out = [total + error * slope for total, slope in zip(out, slopes)]
    return out


def test_gradient_by_the_chain_rule_is_the_gradient():
    """The hand-written gradient is the symbolic derivative at a rational point."""
    names, point = sympy.symbols("t0:7"), [Fraction(k, 7) - 1 for k in range(1, 8)]
    at = dict(zip(names, map(sympy.Rational, point)))
    symbolic = [sympy.diff(loss(names, lambda u: u * u), name).subs(at) for name in names]
    assert [sympy.Rational(g) for g in gradient(point)] == symbolic


def test_gradient_of_an_invariant_loss_is_equivariant_for_every_activation():
    """With an undefined sigma, L(g theta) = L(theta) and grad L(g theta) = g grad L(theta), g the exchange of units."""
    sigma, names = sympy.Function("sigma"), sympy.symbols("t0:7")
    _, swap = coordinate_permutations((1, 2, 1))
    here, there = loss(names, sigma, DATA[:1]), loss(moved(names, swap), sigma, DATA[:1])
    assert sympy.expand(there - here) == 0
    image = dict(zip(names, moved(names, swap)))
    for place, name in enumerate(names):
        permuted = sympy.diff(here, name).subs(image, simultaneous=True).doit()
        assert sympy.expand((permuted - sympy.diff(here, names[swap[place]])).doit()) == 0


def momentum(theta, state, grad, _):
    """Momentum 9/10 with weight decay 1/100 and step 1/50."""
    v = [Fraction(9, 10) * m + d + x / 100 for x, m, d in zip(theta, state[0], grad)]
    return [x - m / 50 for x, m in zip(theta, v)], (v, state[1])


def rational_adam(theta, state, grad, _):
    """Adam with the square root replaced by 1 + s, another function of each coordinate."""
    m = [(9 * a + d) / 10 for a, d in zip(state[0], grad)]
    s = [(99 * b + d * d) / 100 for b, d in zip(state[1], grad)]
    return [x - a / (1 + b) / 50 for x, a, b in zip(theta, m, s)], (m, s)


def sorted_rates(theta, state, grad, _):
    """Every coordinate has a step size of its own."""
    return [x - d / (50 + c) for c, (x, d) in enumerate(zip(theta, grad))], state


def run(start, update, steps):
    """Return the trajectory of an update, rounded to 30 bits so that the fractions stay short."""
    theta, state, path = list(start), ([Fraction(0)] * 7, [Fraction(0)] * 7), []
    for t in range(steps):
        theta, state = update(theta, state, gradient(theta), t)
        theta = [Fraction(round(x * 2**30), 2**30) for x in theta]
        state = tuple([Fraction(round(x * 2**30), 2**30) for x in part] for part in state)
        path.append(tuple(theta))
    return path


@pytest.mark.parametrize("update", [momentum, rational_adam])
def test_whole_trajectories_are_permuted_copies(update):
    """Started from theta and from g theta the runs stay permuted copies of each other, exactly, step by step."""
    rng = random.Random(3)
    _, swap = coordinate_permutations((1, 2, 1))
    start = tuple(Fraction(rng.randint(-8, 8), 8) for _ in range(7))
    here, there = run(start, update, 6), run(moved(start, swap), update, 6)
    assert there == [moved(theta, swap) for theta in here]
    assert len(set(here)) == 6


def test_rates_of_their_own_break_it():
    """With a step size for each coordinate the runs part at the first step."""
    _, swap = coordinate_permutations((1, 2, 1))
    start = (Fraction(1), Fraction(0), Fraction(1, 2), Fraction(0), Fraction(1), Fraction(2), Fraction(0))
    here, there = run(start, sorted_rates, 1), run(moved(start, swap), sorted_rates, 1)
    assert there[0] != moved(here[0], swap)


def test_lemmas_conclude_what_the_claim_does():
    """Momentum and Adam have the claim's conclusion, for the same two runs."""
    assert MOMENTUM.statement.conclusion == ADAM.statement.conclusion == CLAIM.conclusion

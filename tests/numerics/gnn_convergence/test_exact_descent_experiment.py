"""Steps of gradient descent in rational numbers: polynomials by hand, tight starts, wrong programs, fresh seeds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from numerics.gnn_convergence import exact_descent as experiment
from numerics.gnn_convergence.exact_steps import rational_descent
from numerics.gnn_convergence.step_smoothness import bernstein, rounded, step_along
from theory.exact.matrices import combination, exact_rank, gram

SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()
ONE = ((Fraction(1),),)


def test_the_loss_along_a_step_by_hand():
    """w = 0, b = 1, x = y = 1: the slope of w is -2, the loss along it (1 - 2 x)^2, so M = 2 for every step."""
    step = step_along(ONE, ONE, (ONE,), ((Fraction(0),),), ((((Fraction(0),),),), ((Fraction(-2),),)))
    assert step.loss[:3] == (1, -4, 4) and not any(step.loss[3:])
    assert step.square == 4 and step.descends() and step.smoothness(Fraction(1, 2)) == 2


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_the_polynomial_is_the_loss_of_exact_descent(depth):
    """Its value at eta is the loss after one exact step of size eta, and its slope at 0 is minus the gradient's square.

    A direction other than the gradient is found out.
    """
    start = experiment.instance(2, "general", depth)
    (_, _, _), (_, layers, (head,)) = rational_descent(start.G, start.Y, start.B, start.W, 1, 1)
    slopes = tuple(combination(a, b, -1) for a, b in zip(start.B, layers)), combination(start.W, head, -1)
    step = step_along(start.G, start.Y, start.B, start.W, slopes)
    for eta in (Fraction(1, 7), Fraction(3, 1000)):
        assert step.value(eta) == rational_descent(start.G, start.Y, start.B, start.W, eta, 1)[1][0]
    assert step.descends() and len(step.loss) == 2*(depth + 1) + 1
    assert not step_along(start.G, start.Y, start.B, start.W, (slopes[0], start.W)).descends()


def test_bernstein_coefficients_by_hand():
    """x^2 on [0, 2]: 0, 0, 4; a constant is its own; rounding goes to the nearest multiple."""
    assert bernstein((Fraction(0), Fraction(0), Fraction(1)), Fraction(2)) == (0, 0, 4)
    assert bernstein((Fraction(5),), Fraction(2)) == (5,)
    assert rounded(((Fraction(1, 3), Fraction(-1, 3)),), 3) == ((Fraction(3, 8), Fraction(-3, 8)),)


def test_smoothness_bounds_the_slope_on_the_whole_step():
    """p'(x) <= -c (1 - M x) at 50 points of the step, M from Bernstein coefficients."""
    taken = experiment.instance(4, "general", 3)
    (_, _, _), (_, layers, (head,)) = rational_descent(taken.G, taken.Y, taken.B, taken.W, 1, 1)
    slopes = tuple(combination(a, b, -1) for a, b in zip(taken.B, layers)), combination(taken.W, head, -1)
    step, eta = step_along(taken.G, taken.Y, taken.B, taken.W, slopes), Fraction(1, 64)
    bound = step.smoothness(eta)
    for k in range(51):
        x = eta*k/50
        slope = sum(j*a*x**(j - 1) for j, a in enumerate(step.loss) if j)
        assert slope <= -step.square*(1 - bound*x)


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_designed_features_have_the_wanted_singular_values(seed):
    """Features of tight starts aggregate to a diagonal matrix, on the cycle's GCN and on random graphs' GIN."""
    G = experiment.instance(seed, "tight", 2).G
    assert G[0][1] == G[1][0] == 0 and G[0][0] in (1, 2) and G[1][1] in (Fraction(1, 2), Fraction(1, 4))
    assert experiment.sigma_squared(G) == G[1][1]**2 and experiment.sigma_squared(G, largest=True) == G[0][0]**2


def test_graphs_are_connected_and_the_cycle_is_normalised():
    """(A + I)^4 has no zero on a connected graph with five nodes; rows of the cycle's GCN are thirds."""
    for seed in range(20):
        rows = experiment.graph(Random(seed))
        reached = {0}
        for _ in range(4):
            reached |= {j for i in reached for j in range(5) if rows[i][j]}
        assert reached == set(range(5)) and all(rows[i][i] == 0 for i in range(5))
    cycle = experiment.cycle_gcn()
    assert sum(cycle[0]) == 1 and set(cycle[0]) == {0, Fraction(1, 3)} and exact_rank(gram(cycle)) == 5


@pytest.mark.parametrize("depth", experiment.DEPTHS)
def test_tight_starts_attain_the_sharp_factor(depth):
    """The first step from W = 0 is an equality of rationals in every depth, and no step exceeds a factor."""
    row = experiment.case_row(1, "tight", depth, 3, experiment.Wrong())
    assert row["equal"] and row["violations"] == row["uncertain"] == 0


def test_features_that_are_zero_have_no_singular_value():
    """sigma_+ of a zero matrix is reported as 0."""
    assert experiment.sigma_squared(((Fraction(0),),)) == 0


def test_exact_descent_criteria_hold_on_one_seed():
    """One seed satisfies every criterion and gives no verdict."""
    decision = experiment.EXPERIMENT.decide(experiment.measure((1,), SMALL))
    assert decision.holds and not decision.covered


@pytest.mark.parametrize("index, check", [(0, 0), (1, 0), (2, 0), (3, 0), (4, 2), (5, 0), (6, 1), (7, 1)])
def test_each_wrong_step_fails(index, check):
    """4.04, the full rate, half the loss, lambda at the start, S_II, the largest sigma, Adam, a step too big."""
    decision = experiment.EXPERIMENT.decide(experiment.EXPERIMENT.planted[index].program((1,), SMALL))
    assert not decision.checks[check].holds


@pytest.mark.slow
@pytest.mark.parametrize("first", [783_001, 793_001])
def test_fresh_seeds_hold_exact_steps_and_catch_wrong_programs(first):
    """Seeds that no profile uses: the right program is never rejected, every wrong one always."""
    seeds, decide = tuple(range(first, first + 6)), experiment.EXPERIMENT.decide
    for seed in seeds:
        assert decide(experiment.measure((seed,), SMALL)).holds
        assert not any(decide(p.program((seed,), SMALL)).holds for p in experiment.EXPERIMENT.planted)

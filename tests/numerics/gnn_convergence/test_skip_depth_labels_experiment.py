"""Skips, depth and labels as sign tests: batches against single networks, rows by hand, wrong programs, and the limits.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import torch

from numerics.experiments import sign_test_trials
from numerics.gnn_convergence import acceleration_limits as limits
from numerics.gnn_convergence import seed_batches
from numerics.gnn_convergence import skip_depth_labels as experiment
from numerics.gnn_convergence.descent import descend
from numerics.gnn_convergence.graphs import gaussian_features, graph_named
from numerics.gnn_convergence.networks import Problem, Weights, initial, shift
from numerics.gnn_convergence.torch_network import GraphNetwork
from theory.language.errors import InputError

SMALL = replace(experiment.EXPERIMENT.quick, seeds=(1,)).for_planted()


def two_networks(depth, skip):
    """Two networks on the karate club, each with training nodes of its own."""
    graph = graph_named("karate")
    X, S = gaussian_features(graph.size, 4, 1), shift(graph, "gcn")
    train = np.array([range(0, 12), range(20, 32)])
    problems = [Problem(X, S, tuple(own.tolist()), graph.labels[:, own], depth, skip) for own in train]
    starts = tuple(initial(p, (6,) * depth, seed, heads=0.1) for seed, p in enumerate(problems))
    return problems, seed_batches.Batch(X, S, train, np.stack([p.Y for p in problems]), starts)


@pytest.mark.parametrize("skip", (True, False))
@pytest.mark.parametrize("depth", (1, 3))
def test_a_batch_of_linear_networks_is_each_of_them(depth, skip):
    """Gradient descent of a batch gives the losses of each network trained by itself with formulas for its gradient."""
    problems, batch = two_networks(depth, skip)
    found = seed_batches.training_losses(batch, "linear", 1e-2, 5)
    for own, problem, start in zip(found, problems, batch.starts):
        assert np.allclose(own, descend(problem, start, 1e-2, 5).losses, rtol=1e-12)


@pytest.mark.parametrize("skip", (True, False))
@pytest.mark.parametrize("depth", (1, 3))
def test_a_batch_of_relu_networks_is_each_of_them(depth, skip):
    """The same for ReLU networks, against a dense module in double precision trained by torch."""
    problems, batch = two_networks(depth, skip)
    found = seed_batches.training_losses(batch, "relu", 1e-2, 4)
    for own, problem, start in zip(found, problems, batch.starts):
        network = GraphNetwork(problem, start.widths, "relu", weights=start)
        descent, losses = torch.optim.SGD(network.parameters(), lr=1e-2), []
        for _ in range(5):
            descent.zero_grad()
            losses.append(network.loss())
            losses[-1].backward()
            descent.step()
        assert np.allclose(own, [float(value.detach()) for value in losses], rtol=1e-5)


def test_a_directed_aggregation_is_followed_backwards_by_its_transpose():
    """With an S that is not symmetric one step still is the step of the dense module."""
    X, S = np.array([[1.0, 2.0]]), np.array([[1.0, 3.0], [0.5, 1.0]])
    w = Weights((np.array([[0.5]]), np.array([[2.0]])), (np.array([[1.0]]),))
    problem = Problem(X, S, (0,), np.array([[1.0]]), 2)
    batch = seed_batches.Batch(X, S, np.array([[0]]), problem.Y[None], (w,))
    found = seed_batches.training_losses(batch, "relu", 1e-3, 1)[0]
    # X S = (2, 5), halved (1, 2.5), times S: column 0 is 1 + 1.25, doubled 4.5; the loss is 3.5^2
    assert found[0] == 12.25
    slope = 2 * 3.5 * np.array([4.5 * 2, 2.25, 4.5])
    b1, b2, c = 0.5 - 1e-3 * slope[0], 2 - 1e-3 * slope[1], 1 - 1e-3 * slope[2]
    assert found[1] == pytest.approx((4.5 * b1 * b2 * c - 1) ** 2, rel=1e-6)


def test_batches_that_do_not_fit_are_refused():
    """Labels of another number of nodes, networks of two shapes and another activation give a clear error."""
    _, batch = two_networks(2, True)
    with pytest.raises(InputError, match="one row of nodes and labels for each network"):
        replace(batch, Y=batch.Y[:, :, 1:])
    with pytest.raises(InputError, match="weights of one shape"):
        replace(batch, starts=(batch.starts[0], Weights(batch.starts[1].B, batch.starts[1].W[-1:])))
    with pytest.raises(InputError, match="linear"):
        seed_batches.training_losses(batch, "tanh", 1e-3, 1)


def test_networks_of_one_seed_share_layers_and_heads():
    """Depths and skips differ in nothing but what they leave out; ReLU layers carry the factor sqrt 2."""
    deep, shallow = (experiment.start(1, depth, True, "linear") for depth in (6, 2))
    alone, relu = experiment.start(1, 2, False, "linear"), experiment.start(1, 2, True, "relu")
    assert all((a == b).all() for a, b in zip(shallow.B, deep.B)) and all((a == b).all()
                                                                       for a, b in zip(shallow.W, deep.W))
    assert len(alone.W) == 1 and (alone.W[0] == shallow.W[2]).all()
    assert np.allclose(relu.B[0].T @ relu.B[0], 2 * np.eye(16))
    assert len(set(experiment.training_half(1).tolist())) == 150
    true, mixed = experiment.labels(1, 0), experiment.labels(1, 1)
    assert (true.sum(1) == mixed.sum(1)).all() and (true != mixed).any()


def test_the_least_loss_is_a_projection():
    """L* by least squares is ||Y||^2 less the part of Y in an orthonormal basis of the features' rows, by QR."""
    data, train = experiment.digits(), experiment.training_half(3)
    G = np.vstack([data.X, data.X @ data.S, data.X @ data.S @ data.S])[:, train]
    basis = np.linalg.qr(G.T)[0]
    Y = experiment.labels(3, 0)
    assert experiment.least_loss(3, 2, True, 0) == pytest.approx(150 - ((Y @ basis) ** 2).sum(), rel=1e-9)
    assert experiment.least_loss(3, 2, False, 0) > experiment.least_loss(3, 2, True, 0)


def made(seed, **changes):
    """Rows of one seed at depth 2 and 4 in which all orders hold, with other early losses by (depth, skip, true)."""
    early = {(2, True, True): 4.0, (4, True, True): 2.0, (2, False, True): 8.0, (4, False, True): 8.0,
             (2, True, False): 9.0, (4, True, False): 9.0, **changes.get("early", {})}
    return tuple({"seed": seed, "activation": kind, "depth": depth, "skip": skip, "true": true, "start": 10.0,
                  "early": value, "end": value, "least": 0.0, "gap": value / 10}
                 for kind in ("linear", "relu") for (depth, skip, true), value in early.items())


def test_quotients_and_figures_by_hand():
    """Slower over faster: 2 and 4 for skips, 2 for depth, 9/4 and 9/2 for labels; the least ones are the figures."""
    found = experiment.quotients(made(1))
    assert found["skip", "linear", "gap", "H=2"] == {1: 2.0} and found["skip", "relu", "end", "H=4"] == {1: 4.0}
    assert found["depth", "relu", "early", "H=2 to 4"] == {1: 2.0}
    evidence = experiment.evaluate(made(1))
    assert (evidence.figures["skip"], evidence.figures["labels"]) == (pytest.approx(2), pytest.approx(9 / 4))
    assert (evidence.successes, evidence.trials) == (1, 1)


def test_one_lost_order_counts_against_its_seed():
    """Of two seeds one loses the order of depths: 1 of 2 seeds, whatever the other orders do; a tie is lost as well."""
    for value in (5.0, 4.0):
        rows = made(1) + made(2, early={(4, True, True): value})
        assert experiment.evaluate(rows).figures["orders"] == Fraction(1, 2)


def test_the_level_carries_the_multiplicity():
    """32 sign tests at 1/1000 together need 15 seeds each, and both profiles have them."""
    assert experiment.ORDERINGS == 32
    assert experiment.RULE.trials_needed == sign_test_trials(Fraction(1, 1000), 32) == 15
    assert min(len(size.seeds) for size in (experiment.EXPERIMENT.quick, experiment.EXPERIMENT.full)) >= 15
    assert limits.RULE.trials_needed == sign_test_trials(Fraction(1, 1000), limits.FINDINGS) == 12
    assert min(len(size.seeds) for size in (limits.EXPERIMENT.quick, limits.EXPERIMENT.full)) >= 14


def test_all_orders_hold_on_one_seed_and_one_seed_is_no_verdict():
    """One development seed satisfies every criterion; nothing is covered yet."""
    decision = experiment.EXPERIMENT.decide(experiment.measure((1,), SMALL))
    assert decision.holds and decision.sound and not decision.covered


@pytest.mark.parametrize("index, check", [(0, 3), (1, 1), (2, 2)])
def test_shuffled_labels_skips_against_skips_and_an_ignored_depth_are_caught(index, check):
    """Each wrong program loses the order that it destroys."""
    rows = experiment.EXPERIMENT.planted[index].program((1, 2), SMALL)
    decision = experiment.EXPERIMENT.decide(tuple(row for row in rows if row["seed"] == 1))
    assert not decision.holds and not decision.checks[check].holds


def test_the_network_of_numbers_is_slower_with_skips():
    """x = S = 1, layers 1, heads 0, -3, 3: 48 with skips, 76 without; sums of squares would give 120 with skips."""
    assert limits.witness() == (48, 76)
    # 4 (1 + 1 + 1) + 4 (9 + 9) + 4 * 9
    assert limits.witness(squares_first=True) == (120, 76)


def test_random_starts_are_slower_for_one_aggregation_only():
    """On a development seed: some of 12 starts with A + I and none with the normalised aggregation."""
    assert limits.drawn(1, "gin", 2, 12)[0] > 0
    slower, quotient = limits.drawn(1, "gcn", 2, 12)
    assert slower == 0 and quotient > 2
    assert limits.drawn(1, "gin", 2, 3, heads=0.0)[0] == 0


def limit_rows(**changes):
    """Rows of one seed in which every finding was seen, with changes by case."""
    plain = {"witness": {"skips": 48.0, "none": 76.0}, "gin": {"slower": 0.4}, "gcn": {"slower": 0.0},
             "late": {"quotient": 1.5}, "slow": {"quotient": 0.5}, "fast": {"quotient": 20.0}}
    values = {name: {**value, **changes.get(name, {})} for name, value in plain.items()}
    return ({"seed": 1, "case": "witness", **values["witness"]},
            *({"seed": 1, "case": "draws", "kind": kind, "depth": 2, "ratio": 1.0, **values[kind]}
              for kind in ("gin", "gcn")),
            {"seed": 1, "case": "late", "depth": 2, **values["late"]},
            {"seed": 1, "case": "depth", "kind": "gcn", "depth": 1, **values["slow"]},
            {"seed": 1, "case": "depth", "kind": "gin", "depth": 1, **values["fast"]})


@pytest.mark.parametrize("change, check", [
    ({"witness": {"skips": 49.0}}, 0), ({"gin": {"slower": 0.04}}, 1), ({"gcn": {"slower": 0.1}}, 2),
    ({"fast": {"quotient": 0.9}}, 3), ({"late": {"quotient": 0.9}}, 4), ({"slow": {"quotient": 1.1}}, 4)])
def test_each_finding_has_a_criterion_of_its_own(change, check):
    """All hold on the plain rows; each change fails one criterion and no other."""
    assert limits.EXPERIMENT.decide(limit_rows()).holds
    checks = limits.EXPERIMENT.decide(limit_rows(**change)).checks
    assert [k for k, found in enumerate(checks) if not found.holds] == [check]


@pytest.mark.parametrize("index, check", [(0, 0), (1, 3), (2, 4), (3, 1)])
def test_wrong_programs_about_the_limits_are_caught(index, check):
    """Sums of squares, aggregations swapped, raw losses, zero heads: each fails the criterion it should."""
    size = replace(limits.EXPERIMENT.quick, seeds=(1,)).for_planted()
    assert limits.EXPERIMENT.decide(limits.measure((1, 2, 3), size)).holds
    decision = limits.EXPERIMENT.decide(limits.EXPERIMENT.planted[index].program((1, 2, 3), size))
    assert not decision.checks[check].holds

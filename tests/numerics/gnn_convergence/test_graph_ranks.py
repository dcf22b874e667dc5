"""Exact ranks of aggregations and designs, decided over the rationals or modulo a prime."""

from __future__ import annotations

import numpy as np
import pytest

from numerics.enclosures.integer_matrices import integer_rank
from numerics.gnn_convergence.graphs import gaussian_features, graph_named
from numerics.gnn_convergence.networks import Problem, shift
from numerics.gnn_convergence.ranks import integers, kind_of, rank_of
from theory.exact.matrices import exact_rank
from theory.gnn_convergence.graph_shift import twins


def full(name: str, kind: str, depth: int = 1, skip: bool = False) -> Problem:
    """All nodes labelled, the identity as features: the design is S^depth."""
    graph = graph_named(name)
    return Problem(np.eye(graph.size), shift(graph, kind), tuple(range(graph.size)), np.zeros((1, graph.size)), depth,
                   skip)


RANKS = [("karate", 34), ("les_miserables", 61), ("davis", 32), ("florentine", 15), ("petersen", 10), ("complete:6", 1),
         ("empty:4", 4), *((f"cycle:{n}", n - 2 if n % 3 == 0 else n) for n in range(3, 11)),
         *((f"path:{n}", n - 1 if n % 3 == 2 else n) for n in range(1, 10))]


@pytest.mark.parametrize("name, rank", RANKS)
@pytest.mark.parametrize("kind", ["gin", "gcn"])
def test_ranks_of_known_graphs_are_exact(name: str, rank: int, kind: str) -> None:
    """-1 is an eigenvalue of A twice for cycles with 3 | n, once for paths with n = 2 mod 3, n - 1 times for K_n;
    normalising does not change the rank."""
    found = rank_of(full(name, kind))
    assert (found.lower, found.value, found.upper) == (rank, rank, rank)


def test_les_miserables_has_seven_classes_of_twins() -> None:
    """Sum of (size - 1) is 14, two less than the corank 16."""
    found = twins(graph_named("les_miserables").adjacency)
    assert (len(found), sum(len(group) - 1 for group in found)) == (7, 14)


@pytest.mark.parametrize("name", ["karate", "davis", "florentine"])
def test_other_shipped_graphs_have_no_twins(name: str) -> None:
    """Their closed neighbourhoods differ."""
    assert twins(graph_named(name).adjacency) == ()


@pytest.mark.parametrize("kind, depth, skip", [
    ("gin", 1, False), ("gin", 3, True), ("gcn", 3, False), ("gcn", 2, True)])
def test_twins_among_trained_nodes_lower_the_rank_without_heads_below(kind: str, depth: int, skip: bool) -> None:
    """Les Miserables, 77 features: 61 without skips for every depth; G_0 makes it 77 with skips."""
    graph = graph_named("les_miserables")
    X, labels = gaussian_features(77, 77, 0), np.zeros((1, 77))
    problem = Problem(X, shift(graph, kind), tuple(range(77)), labels, depth, skip)
    assert problem.rank.exact and problem.rank.value == (77 if skip else 61)
    assert (problem.sigma_min_squared() == 0) is not skip


def test_rank_agrees_with_elimination_in_fractions() -> None:
    """A second method: Gaussian elimination of the theory on integers of deficient rank."""
    rows = np.random.default_rng(0).integers(-3, 4, (6, 3)) @ np.random.default_rng(1).integers(-3, 4, (3, 7))
    assert integer_rank(rows.tolist()) == exact_rank(rows.tolist()) == 3


def test_a_rank_that_floating_point_cannot_see_is_exact() -> None:
    """Columns (1, 1) and (1, 1 + 2^-50) are independent, though the least singular value is below any tolerance."""
    problem = Problem([[1, 1], [1, 1 + 2.0**-50]], np.eye(2), (0, 1), [[0, 0]], 1)
    assert problem.rank.value == 2 and problem.rank.exact


def test_an_own_aggregation_with_many_places_has_a_stated_tolerance() -> None:
    """1/3 is no short dyadic number: the rank is that of the singular values, and says so."""
    problem = Problem(np.eye(2), np.full((2, 2), 1 / 3), (0, 1), [[0, 0]], 1)
    assert problem.rank.value == 1 and not problem.rank.exact and "1e-12" in problem.rank.how


def test_kinds_are_recognised_from_the_matrix() -> None:
    """A + I, its normalisation, short binary entries, others; the edgeless graph's S = I counts as A + I."""
    graph = graph_named("florentine")
    assert [kind_of(S) for S in (shift(graph, "gin"), shift(graph, "gcn"), np.full((2, 2), 0.75),
                                 np.full((2, 2), 0.1), np.eye(2))] == ["gin", "gcn", "rational", "own", "gin"]


def test_integers_are_the_exact_entries() -> None:
    """Every float is an integer over a common power of two."""
    values, places = integers(np.array([[0.1, -3.0]]))
    assert values[0][0] / 2**places == 0.1 and values[0][1] == -3 * 2**places


def test_zero_features_have_rank_zero() -> None:
    """The design is zero, L is constant and no singular value is positive."""
    problem = Problem(np.zeros((2, 3)), np.eye(3), (0,), [[2.0]], 1)
    assert (problem.rank.value, problem.sigma_plus_squared(), problem.least_loss()) == (0, 0.0, 4.0)

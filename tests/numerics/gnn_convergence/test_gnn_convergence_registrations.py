"""What the experiments of the family registered: rules by digest, seeds by number, and that no seed is used twice."""

from __future__ import annotations

import importlib

import pytest

from numerics.gnn_convergence import (
    a_priori,
    acceleration_limits,
    dynamics,
    envelope,
    exact_descent,
    skip_depth_labels,
)
from proofs_check.measuring import experiment_modules

EXPERIMENTS = [module.EXPERIMENT for module in (
    envelope, a_priori, exact_descent, skip_depth_labels, dynamics, acceleration_limits)]

DIGESTS = {
    "gnn_convergence.envelope": "b43d27295f1b472dbffbd11097b508a03ecdbeefdd7c8719c3bda97659f24ab3",
    "gnn_convergence.a_priori": "dc49d24d6bdb49a317a6d341a372c1cfb57390afd77a7dec03fafd0f654e804d",
    "gnn_convergence.exact_descent": "ee0ddc113509ea283441c457d0684584d342d3932124717da6a82a29806668f4",
    "gnn_convergence.skip_depth_labels": "a9ad83354d72f4666e6405114b58ddec04946189eb0d7bebccf1fb2a840c4a04",
    "gnn_convergence.dynamics": "de86827e603b3a9f747f93d3b4170ba697e76870b279e3cd1a7922974334c81e",
    "gnn_convergence.acceleration_limits": "21de8b4e4c2fdd739d9fda59ed4d2de57481530af64b94ccbe2dfe5027f4c314",
}
"""Taken when the rules were fixed. A new digest needs fresh seeds and a line in the registration's history."""


def test_no_experiment_on_graph_networks_is_left_out():
    """No module assigns EXPERIMENT without being registered here."""
    assert {f"numerics.{e.id}" for e in EXPERIMENTS} == set(experiment_modules("gnn_convergence"))


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_rules_on_graph_networks_are_the_registered_ones(experiment):
    """Thresholds, level, share and unit are those that were fixed beforehand."""
    assert experiment.rule.digest() == DIGESTS[experiment.id]


def test_no_two_experiments_on_graph_networks_share_a_seed():
    """Profiles, measurements and planted violations of all experiments: different seeds, none seen before."""
    groups = [(e, group) for e in EXPERIMENTS for size in (e.quick, e.full)
              for group in (size.seeds, size.planted_seeds)]
    assert len(set().union(*(group for _, group in groups))) == sum(len(group) for _, group in groups)
    assert not any(set(group) & set(e.registration.development_seeds) for e, group in groups)


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_profiles_on_graph_networks_can_reach_the_level(experiment):
    """There are at least as many seeds as the share needs at the level, and the history says what was seen."""
    assert min(len(size.seeds) for size in (experiment.quick, experiment.full)) >= experiment.rule.trials_needed
    assert "evelopment seeds" in experiment.registration.history


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_claims_name_their_experiments(experiment):
    """The claim that an experiment attacks exists in the family, and names it."""
    claims = {claim.id: claim for claim in importlib.import_module("theory.gnn_convergence").CLAIMS}
    assert experiment.id in claims[experiment.claim].experiments


@pytest.mark.slow
@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_the_quick_profile_on_graph_networks_passes(experiment):
    """The registered quick run holds its rule, catches every planted violation and spares the right program."""
    from numerics.experiments import run

    found = run(experiment)
    assert found.passed, found.detail
    assert all(result.detected for result in found.planted)

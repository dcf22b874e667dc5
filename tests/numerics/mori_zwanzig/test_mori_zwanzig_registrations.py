"""What the experiments of the family registered: rules by digest, seeds by number, and that no seed is used twice."""

from __future__ import annotations

import pytest

from numerics.mori_zwanzig import (
    condition_table,
    deep_to_shallow,
    depth_invariant,
    hs_regime,
    memory_truncation,
    neuron_removal,
    operator_vs_monte_carlo,
)
from proofs_check.measuring import experiment_modules

EXPERIMENTS = [module.EXPERIMENT for module in (
    operator_vs_monte_carlo, depth_invariant, condition_table, memory_truncation, hs_regime, deep_to_shallow,
    neuron_removal)]

DIGESTS = {
    "mori_zwanzig.operator_vs_monte_carlo": "dbe6c3d4787a959ad7dffac3ec34a0a9a88de40270100d1af54a51669a03dfac",
    "mori_zwanzig.depth_invariant": "a3317aff61d776d22ff697040a591568ab410ef654a3ea11956e0d3fe08de662",
    "mori_zwanzig.condition_table": "2e6dacd79836fb8e5771f8d0a4b2b66457b0ce3509a265fb23db2291057a9cdb",
    "mori_zwanzig.memory_truncation": "a4b15b2da5cc57d4f5e73c58a3b3deabb52bed62a02f2ff44ac5ce813465d006",
    "mori_zwanzig.hs_regime": "2f8e33515a9d6c3858461782d3abe73a42abd077652423b72f2b725b0e643a4e",
    "mori_zwanzig.deep_to_shallow": "d65063a0f65815aad5cd11f05eba1d3e2c20392873f700972a98b8bc3a018b8d",
    "mori_zwanzig.neuron_removal": "7d29c0064490f2de140a1ae9a852bed73b212d24d2e05c5a71290d9e32ea439d",
}
"""Taken when the rules were fixed. A new digest needs fresh seeds and a line in the registration's history."""


def test_no_experiment_of_the_family_is_left_out():
    """No module assigns EXPERIMENT without being registered here."""
    assert {f"numerics.{e.id}" for e in EXPERIMENTS} == set(experiment_modules("mori_zwanzig"))


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_rules_on_noisy_networks_are_the_registered_ones(experiment):
    """Thresholds, level, share and unit are those that were fixed beforehand."""
    assert experiment.rule.digest() == DIGESTS[experiment.id]


def test_no_two_experiments_or_profiles_share_a_seed():
    """Profiles, measurements and planted violations of all experiments: different seeds, none seen before."""
    groups = [(e, group) for e in EXPERIMENTS for size in (e.quick, e.full)
              for group in (size.seeds, size.planted_seeds)]
    assert len(set().union(*(group for _, group in groups))) == sum(len(group) for _, group in groups)
    assert not any(set(group) & set(e.registration.development_seeds) for e, group in groups)


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_both_profiles_can_reach_the_level(experiment):
    """There are at least as many seeds as the share needs at the level, and the history says what was seen."""
    assert min(len(size.seeds) for size in (experiment.quick, experiment.full)) >= experiment.rule.trials_needed
    assert "evelopment seeds" in experiment.registration.history


@pytest.mark.slow
@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_the_quick_profile_on_noisy_networks_passes(experiment):
    """The registered quick run holds its rule, catches every planted violation and spares the right program."""
    from numerics.experiments import run

    found = run(experiment)
    assert found.passed, found.detail
    assert all(result.caught >= 19 for result in found.planted)

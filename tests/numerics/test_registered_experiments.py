"""What the experiments of all families registered: rules by digest, seeds by number, and that no seed is used twice.

`registered_rules.json` was written when the rules were fixed. A new digest needs fresh seeds and a line in the history
of the registration.
"""

from __future__ import annotations

import importlib
import json
from pathlib import Path

import pytest

from proofs_check import registry
from proofs_check.measuring import experiment_modules

DIGESTS = json.loads((Path(__file__).parent / "registered_rules.json").read_text(encoding="utf-8"))
FAMILIES = sorted({name.split(".")[0] for name in DIGESTS})
EXPERIMENTS = {family: [importlib.import_module(m).EXPERIMENT for m in experiment_modules(family)]
               for family in FAMILIES}
ALL = [experiment for family in FAMILIES for experiment in EXPERIMENTS[family]]
TRIALS = {"covering.tanh_teacher": "starts", "covering.trained_modulus": "tasks"}
"""Where a trial is not a seed: the option of a profile that says how many trials a seed gives at most."""

each = pytest.mark.parametrize("experiment", ALL, ids=lambda e: e.id)


def test_no_experiment_is_left_out():
    """Every module that assigns EXPERIMENT, in every family that there is, has its rule registered."""
    base = registry.load()
    assert {e.id for e in ALL} == set(DIGESTS)
    assert set(FAMILIES) == {claim.family for claim in base.claims}
    assert all(f"numerics.{module.split('.', 1)[1]}" == module for f in FAMILIES for module in experiment_modules(f))


@each
def test_rules_are_the_registered_ones(experiment):
    """Thresholds, level, share and unit are those that were fixed beforehand."""
    assert experiment.rule.digest() == DIGESTS[experiment.id]


@pytest.mark.parametrize("family", FAMILIES)
def test_no_two_experiments_or_profiles_share_a_seed(family):
    """Profiles, measurements and planted violations of all experiments: different seeds, none seen before."""
    groups = [(e, group) for e in EXPERIMENTS[family] for size in (e.quick, e.full)
              for group in (size.seeds, size.planted_seeds)]
    assert len(set().union(*(group for _, group in groups))) == sum(len(group) for _, group in groups)
    assert not any(set(group) & set(e.registration.development_seeds) for e, group in groups)


@each
def test_profiles_can_reach_the_level(experiment):
    """There are at least as many trials as the share needs at the level, in either profile."""
    for size in (experiment.quick, experiment.full):
        each_seed = size.option(TRIALS[experiment.id]) if experiment.id in TRIALS else 1
        assert len(size.seeds)*each_seed >= experiment.rule.trials_needed


@each
def test_histories_say_what_was_seen(experiment):
    """Each registration names its development seeds and what they were used for."""
    assert experiment.registration.development_seeds and "evelopment seeds" in experiment.registration.history


@each
def test_the_claim_of_an_experiment_exists(experiment):
    """The claim that an experiment attacks is a claim of its family."""
    claims = {claim.id for claim in registry.load(experiment.id.split(".")[0]).claims}
    assert experiment.claim in claims and experiment.claim.split(".")[0] == experiment.id.split(".")[0]


@pytest.mark.slow
@each
def test_the_quick_profile_passes_as_registered(experiment):
    """The registered quick run holds its rule, catches every planted violation and spares the right program."""
    from numerics.experiments import run

    found = run(experiment)
    assert found.passed, found.detail
    assert all(result.detected and result.caught >= 19 for result in found.planted)

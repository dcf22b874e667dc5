"""What the experiments of the family registered: rules by digest, seeds by number, and that no seed is used twice."""

from __future__ import annotations

import pytest

from numerics.covering import (
    digits_modulus,
    function_packing,
    greedy_packing,
    permuted_networks,
    teacher,
    trained_modulus,
    training_equivariance,
)

EXPERIMENTS = [module.EXPERIMENT for module in
               (teacher, digits_modulus, training_equivariance, greedy_packing, permuted_networks, function_packing,
                trained_modulus)]

DIGESTS = {
    "covering.tanh_teacher": "a5d02d9dca0be37910da7e9f324c5d3e552f937529cc407bf8644b37d9011d2c",
    "covering.digits_modulus": "14246d21f52fa8f80aad7aea657ddb2438b014ba439a4d46988b8df0ae8f6b0c",
    "covering.training_equivariance": "02db6985bfb0290ae450dc6f7cb4846bf20dc2a3984e216fa4342c6591f7bfc9",
    "covering.greedy_packing": "57b00864e6da31d065dbe8084762699e381cc730b30a38f17ff0d2d87f10b5ab",
    "covering.permuted_networks": "8179fa67c88e3da419dbdf9fbe1598a23b8e346a54e9af2ad4abc4edd09192a4",
    "covering.function_packing": "7298cf9bb31efd27aa68ad02e3c421e83b72cfe26eb9f0f92063bff39372e3df",
    "covering.trained_modulus": "1b94cb90f5b5cb8b1c2c315a06475ecb512b01045af7c3347fa730cdb6bb5dbc",
}
"""Taken when the rules were fixed. A new digest needs fresh seeds and a line in the registration's history."""


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_the_rule_is_the_registered_one(experiment):
    """Thresholds, level, share and unit are those that were fixed beforehand."""
    assert experiment.rule.digest() == DIGESTS[experiment.id]


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_profiles_share_no_seed(experiment):
    """Quick and full profile, measurement and planted violations all draw different data."""
    groups = [group for size in (experiment.quick, experiment.full) for group in (size.seeds, size.planted_seeds)]
    assert len(set().union(*groups)) == sum(map(len, groups))
    assert not set().union(*groups) & set(experiment.registration.development_seeds)


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_histories_say_what_was_seen(experiment):
    """Each registration names its development seeds and what they were used for."""
    assert experiment.registration.development_seeds and "evelopment seeds" in experiment.registration.history


@pytest.mark.slow
@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda e: e.id)
def test_the_quick_profile_passes_as_registered(experiment):
    """The registered quick run holds its rule, catches every planted violation and spares the right program."""
    from numerics.experiments import run

    found = run(experiment)
    assert found.passed, found.detail

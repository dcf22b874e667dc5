"""Claims and experiments of the family name each other."""

from __future__ import annotations

import importlib

import pytest

from proofs_check.measuring import experiment_modules
from theory.gnn_convergence import CLAIMS


@pytest.mark.parametrize("module", experiment_modules("gnn_convergence"))
def test_claims_name_their_experiments(module):
    """The claim that an experiment attacks exists in the family, and names it."""
    experiment = importlib.import_module(module).EXPERIMENT
    assert experiment.id in {claim.id: claim for claim in CLAIMS}[experiment.claim].experiments

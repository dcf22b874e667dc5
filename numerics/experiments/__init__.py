"""The protocol of experiments and the exact intervals that their decision rules use."""

from __future__ import annotations

from numerics.experiments.intervals import clopper_pearson_lower, clopper_pearson_upper, sign_test
from numerics.experiments.protocol import (
    Decision,
    Experiment,
    Measurement,
    PlantedResult,
    PlantedViolation,
    Row,
    Size,
    library_versions,
    run,
)

__all__ = [
    "Decision",
    "Experiment",
    "Measurement",
    "PlantedResult",
    "PlantedViolation",
    "Row",
    "Size",
    "clopper_pearson_lower",
    "clopper_pearson_upper",
    "library_versions",
    "run",
    "sign_test",
]

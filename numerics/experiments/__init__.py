"""The protocol of experiments, decision rules as data, exact intervals and tests, and the data of figures."""

from __future__ import annotations

from numerics.experiments.intervals import (
    bonferroni,
    clopper_pearson_lower,
    clopper_pearson_upper,
    holm,
    sign_test,
    sign_test_trials,
    trials_needed,
)
from numerics.experiments.plots import Plot, Series
from numerics.experiments.protocol import (
    Experiment,
    Measurement,
    PlantedResult,
    PlantedViolation,
    Registration,
    Row,
    Size,
    library_versions,
    require_finite,
    run,
)
from numerics.experiments.rules import Check, Criterion, Decision, Evidence, NoMeasurementError, Rule, decide
from numerics.experiments.uniformity import equal_counts, equal_rates

__all__ = [
    "Check",
    "Criterion",
    "Decision",
    "Evidence",
    "Experiment",
    "Measurement",
    "NoMeasurementError",
    "PlantedResult",
    "PlantedViolation",
    "Plot",
    "Registration",
    "Row",
    "Rule",
    "Series",
    "Size",
    "bonferroni",
    "clopper_pearson_lower",
    "clopper_pearson_upper",
    "decide",
    "equal_counts",
    "equal_rates",
    "holm",
    "library_versions",
    "require_finite",
    "run",
    "sign_test",
    "sign_test_trials",
    "trials_needed",
]

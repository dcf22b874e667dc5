"""The protocol of an experiment: everything is stated before the first number is drawn, and raw data are kept.

An `Experiment` names the claim, the population, the statistic, the decision rule and the *planted violations*: wrong
programs or wrong constants whose data the same rule has to reject in at least 19 of 20 seeds. `run` measures, applies
the rule to the raw rows and nothing else, and returns a `Measurement` that can be written as JSON.
"""

from __future__ import annotations

import platform
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from importlib.metadata import version
from typing import Any

from theory.language.errors import InputError, UnknownNameError, explain

Row = Mapping[str, Any]
"""One raw datum: its `seed` and named numbers, texts or truth values."""

REQUIRED_CATCHES = Fraction(19, 20)
"""A planted violation counts as detected when the rule rejects its data in this share of the seeds."""


@dataclass(frozen=True)
class Size:
    """How much one profile measures.

    Attributes:
        seeds: seeds of the measurement.
        planted_seeds: seeds of each planted violation, 20 or more.
        options: named integers that the experiment's program reads, such as a number of starts.
    """

    seeds: tuple[int, ...]
    planted_seeds: tuple[int, ...]
    options: tuple[tuple[str, int], ...] = ()

    def option(self, name: str) -> int:
        """Return a named integer; raises UnknownNameError when the size does not have it."""
        found = dict(self.options)
        if name not in found:
            names = ", ".join(sorted(found)) or "none"
            raise UnknownNameError(explain("option", f"one of: {names}", name, "Add it to the experiment's sizes."))
        return found[name]


Program = Callable[[tuple[int, ...], Size], tuple[Row, ...]]


@dataclass(frozen=True)
class Decision:
    """What the rule makes of raw rows: the statistic, its one-sided interval, whether the rule holds, and why."""

    holds: bool
    statistic: float
    interval: tuple[float, float]
    detail: str


@dataclass(frozen=True)
class PlantedViolation:
    """A wrong program or constant; `program` yields rows of the same form, each with the seed it belongs to."""

    name: str
    text: str
    program: Program


@dataclass(frozen=True)
class Experiment:
    """An empirical statement with its decision rule, fixed beforehand.

    Attributes:
        id, claim, title: names; `claim` is the id of the claim that the experiment attacks.
        population: what is drawn, and how.
        statistic: what is computed from the rows.
        level: probability of error of the one-sided interval, an exact number.
        rule: the decision rule in words; `decide` is the same rule as a function of the raw rows.
        tightest: the tightest case known, which the population includes.
        planted: wrong programs that the rule must reject.
        program: measures rows for given seeds.
        quick, full: sizes of the two profiles.
    """

    id: str
    claim: str
    title: str
    population: str
    statistic: str
    level: Fraction
    rule: str
    tightest: str
    planted: tuple[PlantedViolation, ...]
    program: Program
    decide: Callable[[tuple[Row, ...]], Decision]
    quick: Size
    full: Size

    def size(self, profile: str) -> Size:
        """Return the size of a profile, "quick" or "full"."""
        if profile not in ("quick", "full"):
            raise InputError(explain("profile", '"quick" or "full"', repr(profile), "Choose one of the two."))
        return self.quick if profile == "quick" else self.full


@dataclass(frozen=True)
class PlantedResult:
    """In how many of the seeds the rule rejected a planted violation, and whether that is enough."""

    name: str
    text: str
    caught: int
    seeds: int
    detected: bool


@dataclass(frozen=True)
class Measurement:
    """The outcome of an experiment; `passed` needs both the rule to hold and every planted violation detected."""

    experiment: str
    claim: str
    title: str
    profile: str
    rule: str
    level: str
    seeds: tuple[int, ...]
    statistic: float
    interval: tuple[float, float]
    rule_held: bool
    passed: bool
    detail: str
    planted: tuple[PlantedResult, ...]
    rows: tuple[Row, ...]
    seconds: float
    versions: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain dictionaries, lists, texts and numbers, ready for `json.dumps`."""
        data = asdict(self)
        data["rows"] = [dict(row) for row in self.rows]
        data["versions"] = dict(self.versions)
        return data


def run(experiment: Experiment, profile: str = "quick") -> Measurement:
    """Measure, apply the pre-stated rule to the raw rows, and let every planted violation be tried.

    Args:
        experiment: the experiment.
        profile: "quick" or "full".

    Returns:
        The measurement with all raw rows. Exceptions of the program are not caught here: they mean that there is no
        measurement, never that the rule held.
    """
    started = time.perf_counter()
    size = experiment.size(profile)
    rows = experiment.program(size.seeds, size)
    decision = experiment.decide(rows)
    planted = tuple(_try_planted(violation, experiment, size) for violation in experiment.planted)
    return Measurement(
        experiment=experiment.id,
        claim=experiment.claim,
        title=experiment.title,
        profile=profile,
        rule=experiment.rule,
        level=str(experiment.level),
        seeds=size.seeds,
        statistic=decision.statistic,
        interval=decision.interval,
        rule_held=decision.holds,
        passed=decision.holds and all(result.detected for result in planted),
        detail=decision.detail,
        planted=planted,
        rows=rows,
        seconds=time.perf_counter() - started,
        versions=library_versions(),
    )


def library_versions() -> tuple[tuple[str, str], ...]:
    """Return name and version of Python and of the libraries that the numbers depend on."""
    names = ("torch", "numpy", "scipy", "scikit-learn")
    return (("python", platform.python_version()), *((name, version(name)) for name in names))


def _try_planted(violation: PlantedViolation, experiment: Experiment, size: Size) -> PlantedResult:
    seeds = size.planted_seeds
    rows = violation.program(seeds, size)
    caught = sum(not experiment.decide(tuple(row for row in rows if row["seed"] == seed)).holds for seed in seeds)
    detected = bool(seeds) and Fraction(caught, len(seeds)) >= REQUIRED_CATCHES
    return PlantedResult(violation.name, violation.text, caught, len(seeds), detected)

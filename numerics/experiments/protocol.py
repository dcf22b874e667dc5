"""The protocol of an experiment: everything is stated before the first number is drawn, and raw data are kept.

An `Experiment` names the claim, the population, the statistic, the decision rule (data, see `rules`), the registration
(what was seen before the rule was fixed) and the *planted violations*: wrong programs or wrong constants whose data the
same criteria have to reject in at least 19 of 20 seeds, while the right program on the same seeds is not rejected more
often than once in 20. `run` measures, applies the rule to the raw rows and nothing else, and returns a `Measurement`
that can be written as JSON. A NaN, an infinity or an exception gives no measurement, never a rule that held.
"""

from __future__ import annotations

import math
import platform
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from importlib.metadata import version
from typing import Any

from numerics.experiments.plots import Plot
from numerics.experiments.rules import Check, Decision, Evidence, NoMeasurementError, Rule, decide
from theory.language.errors import InputError, UnknownNameError, explain

Row = Mapping[str, Any]
"""One raw datum: its `seed` and named numbers, texts or truth values."""

REQUIRED_CATCHES = Fraction(19, 20)
"""A planted violation counts as detected when the criteria reject its data in this share of the seeds."""
LEAST_PLANTED_SEEDS = 20


@dataclass(frozen=True)
class Size:
    """How much one profile measures.

    Attributes:
        seeds: seeds of the measurement.
        planted_seeds: seeds of each planted violation, 20 or more, none of them among `seeds`.
        options: named integers that the experiment's programs read, such as a number of starts.
        planted_options: the options that differ for one planted seed, which is a small experiment of its own.
    """

    seeds: tuple[int, ...]
    planted_seeds: tuple[int, ...]
    options: tuple[tuple[str, int], ...] = ()
    planted_options: tuple[tuple[str, int], ...] = ()

    def option(self, name: str) -> int:
        """Return a named integer; raises UnknownNameError when the size does not have it."""
        found = dict(self.options)
        if name not in found:
            names = ", ".join(sorted(found)) or "none"
            raise UnknownNameError(explain("option", f"one of: {names}", name, "Add it to the experiment's sizes."))
        return found[name]

    def for_planted(self) -> Size:
        """Return the size of the experiment that one planted seed is."""
        return replace(self, options=tuple({**dict(self.options), **dict(self.planted_options)}.items()))


Program = Callable[[tuple[int, ...], Size], tuple[Row, ...]]


@dataclass(frozen=True)
class PlantedViolation:
    """A wrong program or constant; `program` yields rows of the same form, each with the seed it belongs to."""

    name: str
    text: str
    program: Program


@dataclass(frozen=True)
class Registration:
    """What was known when the rule was fixed.

    Attributes:
        development_seeds: seeds that were looked at before; a registered run may use none of them.
        history: what they were used for, and which numbers were chosen after seeing them.
    """

    development_seeds: tuple[int, ...] = ()
    history: str = "No data were seen before the rule was fixed."


@dataclass(frozen=True)
class Experiment:
    """An empirical statement with its decision rule, fixed beforehand.

    Attributes:
        id, claim, title: names; `claim` is the id of the claim that the experiment attacks.
        population: what is drawn, and how.
        statistic: what is computed from the rows.
        rule: criteria, share and level, as data.
        tightest: the tightest case known, which the population includes.
        registration: what was seen before the rule was fixed.
        planted: wrong programs that the criteria must reject.
        program: measures rows for given seeds.
        evaluate: computes the rule's figures from raw rows, and nothing else.
        plot: chooses from raw rows what a figure shows: measured against the bound.
        quick, full: sizes of the two profiles.

    Raises:
        InputError: too few planted seeds, or seeds that are used twice.
    """

    id: str
    claim: str
    title: str
    population: str
    statistic: str
    rule: Rule
    tightest: str
    registration: Registration
    planted: tuple[PlantedViolation, ...]
    program: Program
    evaluate: Callable[[tuple[Row, ...]], Evidence]
    plot: Callable[[tuple[Row, ...]], Plot]
    quick: Size
    full: Size

    def __post_init__(self) -> None:
        if not self.planted:
            remedy = "Write a wrong program that the rule has to reject."
            raise InputError(explain(self.id, "at least one planted violation", "none", remedy))
        for size in (self.quick, self.full):
            used = (*size.seeds, *size.planted_seeds)
            overlap = set(used) & set(self.registration.development_seeds)
            if not size.seeds or len(size.planted_seeds) < LEAST_PLANTED_SEEDS or len(set(used)) < len(used) or overlap:
                found = f"{len(size.seeds)} and {len(size.planted_seeds)}, seen before: {sorted(overlap)}"
                required = f"seeds, and {LEAST_PLANTED_SEEDS} planted ones or more, distinct and not used before"
                raise InputError(explain(f"{self.id}, seeds", required, found, "Choose fresh seeds."))

    def size(self, profile: str) -> Size:
        """Return the size of a profile, "quick" or "full"."""
        if profile not in ("quick", "full"):
            raise InputError(explain("profile", '"quick" or "full"', repr(profile), "Choose one of the two."))
        return self.quick if profile == "quick" else self.full

    def decide(self, rows: tuple[Row, ...]) -> Decision:
        """Apply the rule to raw rows; raises NoMeasurementError when a number is not finite or nothing was measured."""
        require_finite(rows)
        return decide(self.rule, self.evaluate(rows))


@dataclass(frozen=True)
class PlantedResult:
    """In how many of the seeds the criteria rejected a violation; `missed` are the seeds in which they did not.

    `failed` counts for each criterion in how many seeds it failed: it shows why a violation is caught.
    """

    name: str
    text: str
    caught: int
    seeds: int
    detected: bool
    missed: tuple[int, ...]
    failed: tuple[tuple[str, int], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Measurement:
    """The outcome of an experiment, with everything that was stated beforehand.

    `passed` needs the rule to hold, every planted violation detected, and the right program not rejected on the planted
    seeds more often than in one of 20 (`false_alarms`).
    """

    experiment: str
    claim: str
    title: str
    profile: str
    population: str
    measured: str
    tightest: str
    registration: str
    rule: str
    rule_digest: str
    level: str
    seeds: tuple[int, ...]
    options: tuple[tuple[str, int], ...]
    statistic: float
    interval: tuple[float, float]
    successes: int
    trials: int
    trials_needed: int
    checks: tuple[Check, ...]
    rule_held: bool
    passed: bool
    detail: str
    planted: tuple[PlantedResult, ...]
    false_alarms: int
    plot: Plot
    rows: tuple[Row, ...]
    seconds: float
    versions: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain dictionaries, lists, texts and numbers, ready for `json.dumps`."""
        data = asdict(replace(self, rows=(), planted=tuple(replace(result, rows=()) for result in self.planted)))
        data["rows"] = [dict(row) for row in self.rows]
        for item, result in zip(data["planted"], self.planted):
            item["rows"] = [dict(row) for row in result.rows]
            item["failed"] = dict(result.failed)
        data |= {"versions": dict(self.versions), "options": dict(self.options), "plot": self.plot.to_dict()}
        return data


def run(experiment: Experiment, profile: str = "quick") -> Measurement:
    """Measure, apply the pre-stated rule to the raw rows, and let every planted violation be tried.

    Args:
        experiment: the experiment.
        profile: "quick" or "full".

    Returns:
        The measurement with all raw rows.

    Raises:
        NoMeasurementError: a number is not finite, a guard fails, or there are fewer trials than the level needs.
        Exception: what a program raised. Nothing is caught: there is no measurement then, and no rule that held.
    """
    started = time.perf_counter()
    size = experiment.size(profile)
    rows = experiment.program(size.seeds, size)
    decision = experiment.decide(rows)
    if not decision.sound:
        broken = [f"{c.text} (found {c.value:g})" for c in decision.checks if c.guard and not c.holds]
        raise NoMeasurementError(explain(experiment.id, "every guard of the rule", broken, "The data show nothing."))
    if decision.trials < experiment.rule.trials_needed:
        required = f"{experiment.rule.trials_needed} trials for share and level of the rule"
        raise NoMeasurementError(explain(experiment.id, required, decision.trials, "Measure with more seeds."))
    planted = tuple(_try_planted(violation, experiment, size) for violation in experiment.planted)
    alarms = _outcomes(experiment, experiment.program, size)[1]
    false_alarms = sum(not (outcome.holds and outcome.sound) for outcome in alarms.values())
    quiet = _mostly(len(alarms) - false_alarms, len(alarms))
    held = decision.holds and decision.covered
    warning = f"; the right program was rejected in {false_alarms} of {len(alarms)} planted seeds"
    return Measurement(
        **_stated(experiment, profile, size),
        statistic=decision.statistic,
        interval=decision.interval,
        successes=decision.successes,
        trials=decision.trials,
        checks=decision.checks,
        rule_held=held,
        passed=held and quiet and all(result.detected for result in planted),
        detail=decision.detail + ("" if quiet or not held else warning),
        planted=planted,
        false_alarms=false_alarms,
        plot=experiment.plot(rows),
        rows=rows,
        seconds=time.perf_counter() - started,
        versions=library_versions(),
    )


def require_finite(rows: Iterable[Row]) -> None:
    """Raise NoMeasurementError if a number in the rows is NaN or infinite, or if there are no rows."""
    empty = True
    for row in rows:
        empty = False
        bad = [name for name, value in row.items() if isinstance(value, float) and not math.isfinite(value)]
        if bad:
            remedy = "Nothing is decided; the program has to say what such a number means."
            raise NoMeasurementError(explain(f"row of seed {row.get('seed')}", "finite numbers", bad, remedy))
    if empty:
        raise NoMeasurementError(explain("rows", "at least one row", "none", "The program measured nothing."))


def library_versions() -> tuple[tuple[str, str], ...]:
    """Return name and version of Python and of the libraries that the numbers depend on."""
    names = ("torch", "numpy", "scipy", "scikit-learn")
    return (("python", platform.python_version()), *((name, version(name)) for name in names))


def _stated(experiment: Experiment, profile: str, size: Size) -> dict[str, Any]:
    """Return the part of a measurement that was fixed beforehand."""
    return {
        "experiment": experiment.id,
        "claim": experiment.claim,
        "title": experiment.title,
        "profile": profile,
        "population": experiment.population,
        "measured": experiment.statistic,
        "tightest": experiment.tightest,
        "registration": experiment.registration.history,
        "rule": experiment.rule.text,
        "rule_digest": experiment.rule.digest(),
        "level": str(experiment.rule.level),
        "seeds": size.seeds,
        "options": size.options,
        "trials_needed": experiment.rule.trials_needed,
    }


def _outcomes(experiment: Experiment, program: Program, size: Size) -> tuple[tuple[Row, ...], dict[int, Decision]]:
    """Return the rows of a program on the planted seeds, and the decision on each seed's own rows."""
    rows = program(size.planted_seeds, size.for_planted())
    by_seed: dict[int, list[Row]] = {seed: [] for seed in size.planted_seeds}
    for row in rows:
        by_seed[row["seed"]].append(row)
    return rows, {seed: experiment.decide(tuple(own)) for seed, own in by_seed.items()}


def _try_planted(violation: PlantedViolation, experiment: Experiment, size: Size) -> PlantedResult:
    rows, outcomes = _outcomes(experiment, violation.program, size)
    missed = tuple(seed for seed, outcome in outcomes.items() if outcome.holds)
    caught = len(outcomes) - len(missed)
    texts = [str(criterion) for criterion in experiment.rule.criteria]
    failed = tuple((text, sum(not o.checks[k].holds for o in outcomes.values())) for k, text in enumerate(texts))
    detected = _mostly(caught, len(outcomes))
    return PlantedResult(violation.name, violation.text, caught, len(outcomes), detected, missed, failed, rows)


def _mostly(good: int, seeds: int) -> bool:
    return Fraction(good, seeds) >= REQUIRED_CATCHES

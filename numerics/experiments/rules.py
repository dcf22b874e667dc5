"""A decision rule as data: criteria on named figures, and how much of the population the measurement speaks for.

The rule of an experiment is written before its seeds are drawn. It is frozen and has a digest, so that a change of a
threshold after the first run shows. An experiment's own code computes *figures* from raw rows; only `decide` compares
them with the thresholds.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from numerics.experiments.intervals import clopper_pearson_lower, trials_needed
from theory.language.errors import InputError, LemmascopeError, explain

Figure = int | float | Fraction

_RELATIONS = {
    "<=": lambda value, threshold: value <= threshold,
    ">=": lambda value, threshold: value >= threshold,
    "=": lambda value, threshold: value == threshold,
}


class NoMeasurementError(LemmascopeError, ArithmeticError):
    """The data do not allow a decision: a number is not finite, or there are too few trials for the level."""


@dataclass(frozen=True)
class Criterion:
    """`figure relation threshold`, the relation one of <=, >=, =; `text` says what the figure is.

    A *guard* says that the sample can show anything at all, that networks have learned something for example. Where it
    fails nothing is decided, and a planted violation is not caught by it.
    """

    figure: str
    relation: str
    threshold: Fraction
    text: str
    guard: bool = False

    def __post_init__(self) -> None:
        if self.relation not in _RELATIONS:
            remedy = "Write the criterion with one of these."
            raise InputError(explain(f"criterion {self.figure}", "<=, >= or =", repr(self.relation), remedy))
        if not isinstance(self.threshold, (int, Fraction)):
            remedy = "Give the threshold as an exact number."
            raise InputError(explain(f"criterion {self.figure}", "an exact threshold", repr(self.threshold), remedy))

    def __str__(self) -> str:
        return f"{self.text} {self.relation} {self.threshold}"


@dataclass(frozen=True)
class Rule:
    """All criteria hold, guards among them, and enough independent trials succeeded.

    Attributes:
        criteria: what every sample has to satisfy, planted violations included.
        unit: what one independent trial is; a trial succeeds when the claim's conclusion was seen to hold in it.
        share: the one-sided Clopper-Pearson lower bound of the success probability has to reach this.
        level: probability of error of that bound.
    """

    criteria: tuple[Criterion, ...]
    unit: str
    share: Fraction
    level: Fraction

    def __post_init__(self) -> None:
        names = [criterion.figure for criterion in self.criteria]
        if all(c.guard for c in self.criteria) or len(set(names)) < len(names):
            required = "one criterion or more besides guards, one for each figure"
            raise InputError(explain("rule", required, names, "Rename or add one."))
        trials_needed(self.share, self.level)

    @property
    def trials_needed(self) -> int:
        """The least number of trials that can reach the share at the level."""
        return trials_needed(self.share, self.level)

    @property
    def text(self) -> str:
        """The rule as a sentence."""
        criteria = "; ".join(str(c) for c in self.criteria if not c.guard)
        guards = ", ".join(str(c) for c in self.criteria if c.guard)
        guards = f"; nothing is decided unless {guards}" if guards else ""
        return (f"{criteria}{guards}; and at level {self.level} the share of successful trials (one trial: {self.unit})"
                f" has a lower bound >= {self.share}, for which {self.trials_needed} trials are the least")

    def to_dict(self) -> dict[str, Any]:
        """Return the rule as JSON data."""
        criteria = [[c.figure, c.relation, str(c.threshold), c.text, c.guard] for c in self.criteria]
        return {"criteria": criteria, "unit": self.unit, "share": str(self.share), "level": str(self.level)}

    def digest(self) -> str:
        """Return the SHA-256 of the rule's JSON."""
        return hashlib.sha256(json.dumps(self.to_dict(), sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Evidence:
    """What an experiment makes of raw rows: its statistic, the figures of the criteria, and its trials.

    Attributes:
        statistic: the number that the experiment is about.
        figures: one number for each criterion, exact where possible.
        successes, trials: independent trials.
        detail: a sentence for the reader.
    """

    statistic: float
    figures: Mapping[str, Figure]
    successes: int
    trials: int
    detail: str


@dataclass(frozen=True)
class Check:
    """One criterion, the value of its figure, and whether it holds."""

    text: str
    value: float
    holds: bool
    guard: bool


@dataclass(frozen=True)
class Decision:
    """The rule applied to one sample.

    Attributes:
        holds: all criteria hold, guards left out.
        sound: all guards hold.
        covered: the interval's lower bound reaches the share; planted violations are not judged by it.
        interval: one-sided Clopper-Pearson interval of the success probability.
        checks: the criteria one by one.
    """

    holds: bool
    sound: bool
    covered: bool
    statistic: float
    interval: tuple[float, float]
    successes: int
    trials: int
    detail: str
    checks: tuple[Check, ...]


def decide(rule: Rule, evidence: Evidence) -> Decision:
    """Apply a rule to evidence.

    Raises:
        InputError: a figure of the rule is missing.
        NoMeasurementError: a figure or the statistic is not finite, or there is no trial.
    """
    missing = [c.figure for c in rule.criteria if c.figure not in evidence.figures]
    if missing:
        raise InputError(explain("figures", f"the figures {', '.join(missing)}", sorted(evidence.figures), "Add them."))
    values = {"statistic": evidence.statistic, **evidence.figures}
    wrong = [name for name, value in values.items() if not math.isfinite(value)]
    if wrong or evidence.trials < 1:
        found = f"{evidence.trials} trials, not finite: {', '.join(wrong) or 'none'}"
        remedy = "Nothing is decided; look at the raw rows."
        raise NoMeasurementError(explain("evidence", "finite figures and at least one trial", found, remedy))
    checks = tuple(_check(criterion, evidence.figures[criterion.figure]) for criterion in rule.criteria)
    lower = clopper_pearson_lower(evidence.successes, evidence.trials, float(rule.level))
    # the count decides in exact arithmetic when all succeeded: level^(1/n) may round to just below the share
    all_good = evidence.successes == evidence.trials and evidence.trials >= rule.trials_needed
    return Decision(
        holds=all(check.holds for check in checks if not check.guard),
        sound=all(check.holds for check in checks if check.guard),
        covered=all_good or lower >= rule.share,
        statistic=float(evidence.statistic),
        interval=(lower, 1.0),
        successes=evidence.successes,
        trials=evidence.trials,
        detail=evidence.detail,
        checks=checks,
    )


def _check(criterion: Criterion, value: Figure) -> Check:
    # a float is compared as the exact dyadic number it is
    holds = _RELATIONS[criterion.relation](Fraction(value), criterion.threshold)
    return Check(str(criterion), float(value), holds, criterion.guard)

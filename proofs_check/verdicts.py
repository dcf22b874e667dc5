"""Outcomes, verdicts and reports: what `verify` returns, as frozen data that prints itself as JSON and HTML."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from pathlib import Path
from typing import Any

from .ledger import content_key

SCHEMA = 1
GRADES = ("exact", "enclosed", "decided", "sampled", "cited")
"""Grades from the strongest to the weakest; a claim has the grade of its weakest step."""
PROVING = GRADES[:3]
SEMANTICS = ("statements speak of exact numbers and of the real function of the weights; a float32 or float64 run of "
             "the same formula may lie outside a proved bound")
"""What every certificate is about; shown with each report."""


class Outcome(Enum):
    """The five answers; each member's value is the word that is shown."""

    PROVED = "Proved"
    REFUTED = "Refuted"
    OBSERVED = "Observed"
    UNDECIDED = "Undecided"
    NOT_APPLICABLE = "NotApplicable"

    def __str__(self) -> str:
        return self.value


class Trial(Enum):
    """How an experiment ended; UNDECIDED means that its rule could not be evaluated."""

    PASSED = "passed"
    CONTRADICTS = "contradicts"
    UNDECIDED = "undecided"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class PointVerdict:
    """One proof at a point: an instance, a refuted control, or one way in which a claim is refuted."""

    name: str
    accepted: bool
    reason: str = ""
    breaks: str = ""
    grade: str = ""


class Fate(Enum):
    """What became of a mutant: refuted by a witness, proved with a certificate, the same claim, or undecided."""

    KILLED = "killed"
    PROVED = "proved"
    EQUIVALENT = "equivalent"
    OPEN = "open"

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True)
class MutantVerdict:
    """One generated mutant of a claim.

    `name` is stable ("drop H3"), `change` says in words what was changed, `kind` is the operator (drop, strictness,
    constant, shift, norm); `witness` is the killing point in readable form, `reason` why a mutant survives or is open.
    """

    name: str
    change: str
    kind: str
    outcome: Fate
    witness: str = ""
    reason: str = ""
    grade: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class ExperimentVerdict:
    """One experiment: how its pre-stated rule came out, in a sentence, with the raw summary of the measurement."""

    id: str
    trial: Trial
    text: str
    seconds: float
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What is known about one claim or lemma after a run.

    `digest` is the SHA-256 of the statement in theory/, which an accepted certificate was found to carry; `grade`,
    `cited`, `axioms` and `uses` are the checker's; `proof` is the finding on a claim's derivation alone; `reason` says
    why an outcome is not the declared one.
    """

    id: str
    title: str
    outcome: Outcome
    declared: Outcome
    digest: str
    grade: str = ""
    cited: tuple[str, ...] = ()
    proof: PointVerdict | None = None
    instance: PointVerdict | None = None
    controls: tuple[PointVerdict, ...] = ()
    refutations: tuple[PointVerdict, ...] = ()
    experiments: tuple[ExperimentVerdict, ...] = ()
    mutants: tuple[MutantVerdict, ...] = ()
    axioms: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    reason: str = ""
    seconds: float = 0.0
    checked_ms: float = 0.0

    @property
    def as_declared(self) -> bool:
        """Whether the outcome is the declared one, every control is refuted and no experiment failed."""
        return (self.outcome is self.declared and all(c.accepted for c in self.controls)
                and all(e.trial is Trial.PASSED for e in self.experiments))

    @property
    def controls_refuted(self) -> str:
        """Refuted controls of all controls, as in 2/2."""
        return f"{sum(c.accepted for c in self.controls)}/{len(self.controls)}"

    @property
    def mutants_killed(self) -> str:
        """Killed mutants of all mutants that count, as in 41/45; "" if the attack was not run.

        Equivalent mutants do not count; a proved one (the claim is not sharp there) and an open one do.
        """
        counted = [m for m in self.mutants if m.outcome is not Fate.EQUIVALENT]
        return f"{sum(m.outcome is Fate.KILLED for m in counted)}/{len(counted)}" if self.mutants else ""

    @property
    def contradicted(self) -> bool:
        """Whether an experiment contradicts the outcome: the headline of a run in which this happens."""
        return self.outcome is Outcome.PROVED and any(e.trial is Trial.CONTRADICTS for e in self.experiments)

    def describe(self) -> str:
        """Return outcome, grade and citations in a few words: "Proved, exact, given Fubini"."""
        words = [str(self.outcome), *([self.grade] if self.grade else [])]
        return ", ".join(words) + (", given " + " and ".join(self.cited) if self.cited else "")

    def _repr_html_(self) -> str:
        from .notebook import verdict_html

        return verdict_html(self)

    def _repr_latex_(self) -> str:
        from .notebook import verdict_latex

        return verdict_latex(self)


@dataclass(frozen=True)
class Report:
    """The result of one run of `verify`: verdicts by claim and lemma, experiments, and the certificates behind them.

    `certificates` is what the checker reads; `path` is the file it was checked from. `interrupted` marks a partial
    report: what had not finished then is Undecided.
    """

    claims: Mapping[str, Verdict]
    lemmas: Mapping[str, Verdict]
    certificates: Mapping[str, Any]
    profile: str
    seed: int
    seconds: float
    checker: str
    axioms: str
    versions: Mapping[str, str]
    experiments: Mapping[str, ExperimentVerdict] = field(default_factory=dict)
    path: Path | None = None
    interrupted: bool = False
    notes: tuple[str, ...] = ()

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """All verdicts, claims first."""
        return (*self.claims.values(), *self.lemmas.values())

    @property
    def headline(self) -> str:
        """The result of the run in one line."""
        contradicted = [v.id for v in self.verdicts if v.contradicted]
        if contradicted:
            return f"experiment contradicts {', '.join(contradicted)}"
        wrong = [v for v in self.verdicts if not v.as_declared]
        if self.interrupted:
            return f"interrupted: {len(self.verdicts) - len(wrong)} of {len(self.verdicts)} as declared so far"
        failed = [e.id for e in self.experiments.values() if e.trial is not Trial.PASSED]
        if failed and not wrong:
            return f"experiments not passed: {', '.join(failed)}"
        if wrong:
            names = ", ".join(v.id for v in wrong[:5]) + (" and others" if len(wrong) > 5 else "")
            return f"{len(wrong)} of {len(self.verdicts)} not as declared: {names}"
        counts = [f"{sum(v.outcome is o for v in self.claims.values())} {o}" for o in Outcome]
        counts = [text for text in counts if not text.startswith("0 ")]
        parts = [f"{_number(self.claims, 'claim')} ({', '.join(counts)})"] if self.claims else []
        parts += [f"{_number(self.lemmas, 'lemma')} proved"] if self.lemmas else []
        parts += [f"{_number(self.experiments, 'experiment')} passed"] if self.experiments else []
        return f"everything as declared: {', '.join(parts)}"

    def exit_code(self, strict: bool = False) -> int:
        """Return 0 if everything is as declared, 1 if not, 3 if that leaves something undecided and `strict` is set."""
        if any(not v.as_declared for v in self.verdicts):
            return 1
        if any(e.trial is not Trial.PASSED for e in self.experiments.values()):
            return 1
        return 3 if strict and any(v.outcome is Outcome.UNDECIDED for v in self.verdicts) else 0

    def to_json(self) -> dict[str, Any]:
        """Return the report as JSON: the certificates as the checker reads them, all else under "summary".

        Numbers with a point are written as texts, for a report holds no floats: the checker refuses them anywhere.
        `checksum` in the summary is the SHA-256 of the report without it, as `ledger.content_key` makes it.
        """
        summary = {
            "schema": SCHEMA, "headline": self.headline, "profile": self.profile, "seed": self.seed,
            "seconds": round(self.seconds, 3), "checker": self.checker, "axioms": self.axioms,
            "versions": dict(self.versions), "semantics": SEMANTICS,
            "interrupted": self.interrupted, "notes": list(self.notes),
            "claims": {name: {**to_plain(v), "experiments": {e.id: e.trial.value for e in v.experiments}}
                       for name, v in self.claims.items()},
            "lemmas": {name: to_plain(v) for name, v in self.lemmas.items()},
            "experiments": {name: to_plain(e) for name, e in self.experiments.items()},
        }
        whole = {**self.certificates, "summary": _without_floats(summary)}
        whole["summary"]["checksum"] = content_key(whole)  # of all else, so that damage to the file is seen
        return whole

    def _repr_latex_(self) -> str:
        from .notebook import report_latex

        return report_latex(self)

    def _repr_html_(self) -> str:
        rows = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in (
                v.id, v.describe(), str(v.declared), v.controls_refuted if v.controls else "",
                "; ".join(f"{e.id}: {e.trial}" for e in v.experiments), v.reason)) + "</tr>"
            for v in self.claims.values())
        columns = ("claim", "outcome", "declared", "controls", "experiments", "reason")
        head = "".join(f"<th>{name}</th>" for name in columns)
        return (f"<p><b>{html.escape(self.headline)}</b> ({html.escape(self.profile)}, {len(self.lemmas)} lemmas)</p>"
                f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")


def _number(things: Mapping[str, Any], one: str) -> str:
    return f"{len(things)} {one}" + ("" if len(things) == 1 else "s")


def weakest(grades: tuple[str, ...]) -> str:
    """Return the weakest of the grades; "" for none. An unknown word counts as the weakest of all."""
    return max(grades, key=lambda g: GRADES.index(g) if g in GRADES else len(GRADES), default="")


def _without_floats(value: Any) -> Any:
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, dict):
        return {key: _without_floats(part) for key, part in value.items()}
    return [_without_floats(part) for part in value] if isinstance(value, list) else value


def to_plain(thing: Any) -> Any:
    """Return frozen data as JSON values: dataclasses as objects, enumerations as their words, tuples as lists."""
    if isinstance(thing, Enum):
        return thing.value
    if isinstance(thing, (tuple, list)):
        return [to_plain(part) for part in thing]
    if isinstance(thing, Mapping):
        return {str(key): to_plain(value) for key, value in thing.items()}
    if hasattr(thing, "__dataclass_fields__"):
        return {f.name: to_plain(getattr(thing, f.name)) for f in fields(thing)}
    return thing

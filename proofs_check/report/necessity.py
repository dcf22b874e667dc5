"""Why a hypothesis is there: the control or mutant that is refuted without it. Computed, not typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from proofs_check.verdicts import Fate, MutantVerdict, Verdict
from theory.language.claims import Claim, Control


@dataclass(frozen=True)
class Need:
    """What is known about one hypothesis: controls that lack it, and the mutant that drops it."""

    controls: tuple[str, ...] = ()
    dropped: MutantVerdict | None = None

    @property
    def shown_needed(self) -> bool:
        """Whether the claim is refuted without the hypothesis."""
        return self.dropped is not None and self.dropped.outcome is Fate.KILLED

    @property
    def shown_idle(self) -> bool:
        """Whether the claim was proved without it."""
        return self.dropped is not None and self.dropped.outcome is Fate.PROVED


def needs(claim: Claim, verdict: Verdict) -> Mapping[str, Need]:
    """Return what is known about each hypothesis of a claim, by name."""
    refuted = {c.name for c in verdict.controls if c.accepted}
    lacking: dict[str, list[str]] = {name: [] for name, _ in claim.hypotheses}
    for control in claim.controls:
        for name in changed(claim, control) if control.name in refuted else ():
            lacking[name].append(control.name)
    dropped = {m.name.removeprefix("drop "): m for m in verdict.mutants if m.kind == "drop"}
    return {name: Need(tuple(lacking[name]), dropped.get(name)) for name in lacking}


def changed(claim: Claim, control: Control) -> tuple[str, ...]:
    """Return the hypotheses of a claim that a control with the same conclusion lacks or has in another form.

    A control with another conclusion shows nothing about single hypotheses.
    """
    if not same_conclusion(claim, control):
        return ()
    kept = {formula for _, formula in control.statement.hypotheses}
    return tuple(name for name, formula in claim.hypotheses if formula not in kept)


def same_conclusion(claim: Claim, control: Control) -> bool:
    """Return whether a control claims the same as the claim, from other hypotheses."""
    return control.statement.conclusion == claim.conclusion

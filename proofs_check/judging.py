"""The verdict rules: from what the checker accepted and what the experiments showed to one outcome per claim.

A claim is Proved only if the checker accepted a certificate of exactly the statement in theory/, its hypotheses can
hold together (an accepted instance) and every control, at least one, is refuted. Whatever is missing makes it Undecided
with the reason; nothing is Proved by default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from theory.language.claims import Claim, Lemma
from theory.language.errors import InputError, explain
from theory.language.terms import digest

from .checking import Checked
from .measuring import Entry
from .mutation.attacking import Trace
from .registry import provable
from .searching import INSTANCE, REFUTED, Search, refutation_id
from .verdicts import PROVING, ExperimentVerdict, Fate, MutantVerdict, Outcome, PointVerdict, Trial, Verdict, weakest


@dataclass(frozen=True)
class Evidence:
    """Everything a verdict is made from."""

    search: Search
    checked: Checked
    experiments: Mapping[str, ExperimentVerdict]
    trials: tuple[Entry, ...] = ()
    attacks: Mapping[str, Mapping[str, Trace]] = field(default_factory=dict)


def judge_lemma(lemma: Lemma, evidence: Evidence) -> Verdict:
    """Return the verdict on a lemma, which needs a certificate and nothing else."""
    reason = _unproved(lemma, evidence)
    outcome = Outcome.UNDECIDED if reason else Outcome.PROVED
    return _verdict(lemma, Outcome.PROVED, outcome, reason, evidence)


def judge_claim(claim: Claim, evidence: Evidence) -> Verdict:
    """Return the verdict on a claim by the rules of its declared outcome."""
    declared = declared_outcome(claim)
    controls = tuple(_point(f"{claim.id}/{c.name}", c.name, REFUTED, digest(c.statement.formula), evidence, c.breaks)
                     for c in claim.controls)
    refutations = tuple(_point(refutation_id(claim, name), name, REFUTED, claim.digest, evidence)
                        for name, _ in claim.refutations)
    instance = None
    if claim.instance is not None:
        instance = _point(f"{claim.id}/instance", INSTANCE, INSTANCE, claim.digest, evidence)
    attacks = dict.fromkeys((*claim.experiments, *(e.id for e in evidence.trials if e.claim == claim.id)))
    trials = tuple(judge_experiment(name, evidence) for name in attacks)
    proved = _unproved(claim, evidence) if provable(claim) else "no derivation"
    missing = list(_missing(instance, controls, evidence.checked.claim(claim.id)))
    refuted = bool(refutations) and all(r.accepted for r in refutations)
    if not proved and any(r.accepted for r in refutations):
        outcome, reason = Outcome.UNDECIDED, "both proved and refuted: axioms or checker are inconsistent, report this"
    elif declared is Outcome.REFUTED or (refuted and proved):
        open_points = [f"refutation {r.name}: {r.reason}" for r in refutations if not r.accepted]
        open_points += [f"control {c.name}: {c.reason}" for c in controls if not c.accepted]
        open_points += [f"instance: {instance.reason}" for _ in (1,) if instance and not instance.accepted]
        reason = "; ".join(open_points) or ("" if refutations else "no refutation is given")
        outcome = Outcome.UNDECIDED if reason else Outcome.REFUTED
    elif declared is Outcome.OBSERVED:
        failed = [f"experiment {t.id}: {t.text}" for t in trials if t.trial is not Trial.PASSED]
        reason = "; ".join(failed) or ("" if trials else "no experiment is named")
        outcome = Outcome.UNDECIDED if reason else Outcome.OBSERVED
    else:
        reason = "; ".join(part for part in (proved, *missing) if part)
        outcome = Outcome.UNDECIDED if reason else Outcome.PROVED
    proof = PointVerdict("proof", not proved, proved) if provable(claim) else None
    points = {"proof": proof, "instance": instance, "controls": controls, "refutations": refutations,
              "experiments": trials, "mutants": tuple(judge_mutants(claim, evidence))}
    return _verdict(claim, declared, outcome, reason, evidence, **points)


def declared_outcome(claim: Claim) -> Outcome:
    """Return the outcome a claim declares. Raises InputError for another word."""
    try:
        return Outcome(claim.declared)
    except ValueError:
        words = ", ".join(o.value for o in Outcome)
        raise InputError(explain(f"{claim.id}, declared", words, repr(claim.declared), "Use one of these.")) from None


def _missing(instance: PointVerdict | None, controls: tuple[PointVerdict, ...],
             found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a proved statement still lacks to be a Proved claim."""
    if instance is None:
        yield "no instance shows that the hypotheses can hold together"
    elif not instance.accepted:
        yield f"instance: {instance.reason}"
    elif found.get("accepted") is True and found.get("instance") is not True:
        yield "the checker counts no instance for the statement it accepted"
    if not any(control.accepted for control in controls):
        yield "not admitted: " + ("none of its controls is refuted" if controls else
                                  "no control, and at least one false neighbour must be refuted")
    for control in controls:
        if not control.accepted:
            yield f"control {control.name} is not refuted: {control.reason}"


def _unproved(item: Lemma | Claim, evidence: Evidence) -> str:
    """Return why the checker did not accept a proof of the item's own statement, or "" if it did."""
    if item.id in evidence.search.failures:
        return evidence.search.failures[item.id]
    if item.id not in evidence.search.claims:
        return "the search did not finish"
    found = evidence.checked.claim(item.id)
    if found.get("accepted") is not True or found.get("assumed"):
        return _rejected(item.id, found, evidence)
    if found.get("digest") != item.digest:
        return f"the certificate proves another statement ({found.get('digest')}, not {item.digest})"
    if found.get("grade") not in PROVING:
        return f"grade {found.get('grade')}: it only restates what it cites ({', '.join(found.get('cited', ()))})"
    return ""


def _rejected(name: str, found: Mapping[str, Any], evidence: Evidence) -> str:
    """Name the first thing below a rejected claim that failed, else give the checker's reason."""
    reason = f"rejected by the checker: {found.get('reason', 'no reason given')}"
    for used in evidence.search.registry.uses(name):
        if used in evidence.search.failures:
            return f"rests on {used}, for which the search failed: {evidence.search.failures[used]}"
        if evidence.checked.claim(used).get("accepted") is not True:
            return f"rests on {used}; {_rejected(used, evidence.checked.claim(used), evidence)}"
    return reason


def _point(id: str, name: str, kind: str, statement: str, evidence: Evidence, breaks: str = "") -> PointVerdict:
    """Judge one point: accepted, of the right kind, and about the statement with this digest."""
    if id in evidence.search.failures:
        return PointVerdict(name, False, evidence.search.failures[id], breaks)
    if id not in evidence.search.points:
        return PointVerdict(name, False, "the search did not finish", breaks)
    found = evidence.checked.point(id)
    if found.get("accepted") is not True or found.get("assumed"):
        return PointVerdict(name, False, f"rejected by the checker: {found.get('reason', 'no reason given')}", breaks)
    if found.get("point") != kind or found.get("digest") != statement:
        return PointVerdict(name, False, "the certificate is about another statement", breaks)
    return PointVerdict(name, True, "", breaks, str(found.get("grade", "")))


def judge_experiment(name: str, evidence: Evidence) -> ExperimentVerdict:
    """Return the verdict on an experiment; one that was not run is undecided."""
    return evidence.experiments.get(name, ExperimentVerdict(name, Trial.UNDECIDED, "it was not run", 0.0))


def judge_mutants(claim: Claim, evidence: Evidence) -> Iterator[MutantVerdict]:
    """Yield the verdict on each mutant that was attacked: what the checker did not accept leaves it open."""
    for trace in evidence.attacks.get(claim.id, {}).values():
        mutant, fate, reason, grades = trace.mutant, trace.fate, trace.reason, []
        for entry in trace.entries:
            kill = "point" in entry
            found = evidence.checked.point(entry["id"]) if kill else evidence.checked.claim(entry["id"])
            if found.get("accepted") is not True:
                fate, reason = Fate.OPEN, f"rejected by the checker: {found.get('reason', 'no reason given')}"
            elif found.get("digest") not in trace.admitted or (kill and found.get("point") != REFUTED):
                fate, reason = Fate.OPEN, "the certificate is about another statement"
            elif not kill and found.get("grade") not in PROVING:
                fate, reason = Fate.OPEN, f"grade {found.get('grade')}"
            grades.append(str(found.get("grade", "")))
        if fate is not Fate.OPEN and not trace.entries:
            fate, reason = Fate.OPEN, "no certificate"
        witness = f"{trace.label}: {trace.witness}" if fate is Fate.KILLED else ""
        yield MutantVerdict(mutant.name, mutant.change, mutant.kind, fate, witness, reason, weakest(tuple(grades)),
                            round(trace.seconds, 3))


def unattacked(mutants: tuple[MutantVerdict, ...]) -> Iterator[str]:
    """Yield what a claim still owes: a dropped hypothesis and a sharpened constant killed, or certificates why not."""
    for kind, words in (("drop", "dropped hypothesis"), ("constant", "sharpened constant")):
        fates = [m.outcome for m in mutants if m.kind == kind]
        if fates and Fate.KILLED not in fates and Fate.OPEN in fates:
            yield f"no {words} is killed, and not every one is proved"


def _verdict(item: Lemma | Claim, declared: Outcome, outcome: Outcome, reason: str, evidence: Evidence,
             **points: Any) -> Verdict:
    found = evidence.checked.claim(item.id)
    accepted = found.get("accepted") is True
    refutations = points.get("refutations", ())
    grade = found.get("grade", "") if accepted else weakest(tuple(r.grade for r in refutations if r.accepted))
    times = evidence.search.times
    seconds = sum(s for name, s in times.items() if name == item.id or name.startswith(item.id + "/"))
    return Verdict(
        item.id, item.title, outcome, declared, item.digest, grade=grade,
        cited=tuple(found.get("cited", ())), axioms=tuple(found.get("axioms", ())), uses=tuple(found.get("uses", ())),
        findings=(*_findings(found), *unattacked(points.get("mutants", ()))), reason=reason, seconds=round(seconds, 3),
        checked_ms=float(found.get("ms", 0.0)), **points)


def _findings(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a reader should know about an accepted proof: hypotheses and steps that nothing uses."""
    unused = found.get("unused", {})
    for kind, one in (("hypotheses", "hypothesis"), ("steps", "step")):
        names = list(unused.get(kind, ()))
        if names:
            yield f"{kind if len(names) > 1 else one} {', '.join(names)} not used by the proof"
    for entry in found.get("decided", ()):
        yield f"step {entry.get('step')} decided by two solvers, not checked"

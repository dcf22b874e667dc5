"""The attack on claims: mutants made, hunted, killed, proved or left open, results kept in the ledger.

Every search runs in a process that can be killed. A mutant that was not killed because its search was stopped is open
with that reason; nothing is killed or proved here for good: the checker reads the certificates with the report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from proofs_check import fingerprint
from proofs_check.checking import Checked
from proofs_check.dependencies import facts_of_entry
from proofs_check.ledger import CERTIFICATE, content_key
from proofs_check.processes import Ending, Task, run_all
from proofs_check.registry import provable
from proofs_check.searching import Search
from proofs_check.verdicts import Fate
from theory.language.claims import Claim
from theory.language.notation import Statement
from theory.language.terms import digest, from_json, to_json

from .hunting import EFFORT, Candidate
from .operators import Mutant, mutants
from .trials import attacked, attempts_for, changed_targets, hunt, kill, kill_several, prove

HUNT_SECONDS = {"quick": 60.0, "full": 300.0}
KILL_SECONDS = {"quick": 20.0, "full": 60.0}
PROVE_SECONDS = {"quick": 20.0, "full": 60.0}
BATCH = 8
"""How many mutants are replayed by one process."""
STOPPED = "search stopped: "
NOT_RUN = "not attacked yet with this statement and these engines: run `lemmascope attack`"


@dataclass(frozen=True)
class Trace:
    """What is known of one mutant: the certificates to be checked, where they came from, or why there are none.

    `admitted` are the digests of the statements that a certificate of this mutant may be about.
    """

    mutant: Mutant
    fate: Fate
    entries: tuple[dict[str, Any], ...] = ()
    label: str = ""
    witness: str = ""
    reason: str = ""
    seconds: float = 0.0
    admitted: frozenset[str] = frozenset()


@dataclass
class Attack:
    """One run over some claims; `traces` stay readable when it is interrupted."""

    search: Search
    profile: str
    only_stored: bool = False
    traces: dict[str, dict[str, Trace]] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)
    _lists: dict[str, tuple[Mutant, ...]] = field(default_factory=dict)

    def run(self, claims: Iterable[Claim]) -> None:
        """Attack the claims that are declared Proved; put the certificates among those of the search."""
        claims = [c for c in claims if c.declared == "Proved" and provable(c)]
        for claim in claims:
            self._claim_key(claim)
        if not self.only_stored:
            claims = [claim.armed() for claim in claims]
        missing = {}
        for claim in claims:
            waiting = self._stored(claim)
            if waiting:
                missing[claim.id] = (claim, waiting)
        if self.only_stored:
            self._not_run(missing)
        elif missing:
            self._survive(missing, self._kill(missing, self._hunt(missing)))
            for claim, _ in missing.values():
                self.search.ledger.put(CERTIFICATE, self._claim_key(claim), {"attacked": claim.id})
        for claim in claims:
            known = self.traces[claim.id]
            if known:
                self.traces[claim.id] = {m.name: known[m.name] for m in self._mutants(claim) if m.name in known}
            self._admit(claim)
        self.search.complete()

    def _stored(self, claim: Claim) -> list[Mutant]:
        """Take what the ledger holds; return the mutants that it does not."""
        found = self.traces.setdefault(claim.id, {})
        if self.only_stored and self.search.ledger.get(CERTIFICATE, self._claim_key(claim)) is None:
            return []  # never attacked: nothing is shown rather than a column of unknowns
        waiting = []
        for mutant in self._mutants(claim):
            stored = self.search.ledger.get(CERTIFICATE, self._key(claim, mutant))
            if stored is None or not self._still_true(stored):
                waiting.append(mutant)
                continue
            found[mutant.name] = self._trace(mutant, stored)
        return waiting

    def _mutants(self, claim: Claim) -> tuple[Mutant, ...]:
        """The mutants of a claim; canonical keys, which tell them apart, take seconds, so the ledger keeps the list."""
        if claim.id not in self._lists:
            key = content_key(self._claim_key(claim), "mutants")
            stored = self.search.ledger.get(CERTIFICATE, key)
            if stored is None:
                found = mutants(attacked(claim.armed()))
                self.search.ledger.put(CERTIFICATE, key, {"mutants": [_as_record(m) for m in found]})
            else:
                found = tuple(map(_from_record, stored["mutants"]))
            self._lists[claim.id] = found
        return self._lists[claim.id]

    def _not_run(self, missing: Mapping[str, tuple[Claim, list[Mutant]]]) -> None:
        for claim, waiting in missing.values():
            for mutant in waiting:
                self.traces[claim.id][mutant.name] = Trace(mutant, Fate.OPEN, reason=NOT_RUN)

    def _hunt(self, missing: Mapping[str, tuple[Claim, list[Mutant]]]) -> dict[str, dict[str, list[Candidate]]]:
        tasks = [Task(name, hunt, (claim, tuple(m.name for m in waiting), EFFORT),
                      HUNT_SECONDS[self.profile]) for name, (claim, waiting) in missing.items()]
        found: dict[str, dict[str, list[Candidate]]] = {}
        for done, outcome in enumerate(run_all(tasks, self.search.jobs), 1):
            self.search.progress(f"hunt {outcome.key}", done, len(tasks))
            found[outcome.key] = outcome.value if outcome.ending is Ending.GOOD else {}
            if outcome.ending is not Ending.GOOD:
                for mutant in missing[outcome.key][1]:
                    self.traces[outcome.key][mutant.name] = Trace(
                        mutant, Fate.OPEN, reason=f"the hunt {outcome.reason}", seconds=outcome.seconds)
        return found

    def _kill(self, missing: Mapping[str, tuple[Claim, list[Mutant]]],
              candidates: Mapping[str, Mapping[str, list[Candidate]]]) -> dict[str, tuple[Claim, Mutant, str]]:
        """Replay the candidates; return what is left, with the reason."""
        wanted, left = [], {}
        for claim, waiting in missing.values():
            for mutant in waiting:
                if mutant.name in self.traces[claim.id]:
                    continue
                several = tuple(candidates[claim.id].get(mutant.name, ()))
                id = point_id(claim, mutant)
                left[id] = (claim, mutant, "no witness among the points tried")
                if several:
                    wanted.append((id, claim.id, several))
        for id, value, seconds in self._replays(wanted):
            claim, mutant, _ = left[id]
            if isinstance(value, str):
                left[id] = (claim, mutant, value)
                continue
            del left[id]
            where = value["label"] + ("" if value["part"] == "conclusion" else f", {value['part']}")
            self._keep(claim, mutant, {"fate": Fate.KILLED.value, "entries": [value["entry"]], "label": where,
                                       "witness": value["witness"], "reason": "", "seconds": seconds})
        return left

    def _replays(self, wanted: list[tuple[str, str, tuple[Candidate, ...]]]) -> Iterator[tuple[str, Any, float]]:
        """Yield id, result (a text if there is none) and seconds of each replay.

        Several share a process, since starting one costs more than most replays; the ones of a process that did not
        come to its end run again, each in its own.
        """
        library, root = self.search.registry.library(""), self.search.ledger.root
        batches = {f"replay {k}": tuple(wanted[k:k + BATCH]) for k in range(0, len(wanted), BATCH)}
        limit, done = KILL_SECONDS[self.profile], 0
        alone: list[tuple[str, str, tuple[Candidate, ...]]] = []
        tasks = [Task(key, kill_several, (batch, library, root), limit) for key, batch in batches.items()]
        for outcome in run_all(tasks, self.search.jobs):
            batch = batches[outcome.key]
            if outcome.ending is not Ending.GOOD:
                alone += batch
                continue
            done += len(batch)
            self.search.progress(batch[-1][0], done, len(wanted))
            yield from ((id, value, outcome.seconds / len(batch)) for id, value in outcome.value.items())
        for outcome in run_all([Task(one[0], kill, (*one, library, root), limit) for one in alone], self.search.jobs):
            done += 1
            self.search.progress(outcome.key, done, len(wanted))
            stopped = outcome.ending not in (Ending.GOOD, Ending.FAILED)
            failed = f"{STOPPED * stopped}{outcome.reason}"
            yield outcome.key, outcome.value if outcome.ending is Ending.GOOD else failed, outcome.seconds

    def _survive(self, missing: Mapping[str, Any], left: Mapping[str, tuple[Claim, Mutant, str]]) -> None:
        """Try to prove what no point killed, each direction in a process of its own."""
        tasks = []
        for id, (claim, mutant, _) in left.items():
            for k in range(len(mutant.directions)):
                library = {**self.search.registry.library(claim.id), claim.id: claim.statement.formula}
                tasks.append(Task(f"{id}\n{k}", prove, (attempts_for(f"{id}, survivor {k + 1}", claim, mutant, k),
                                                        library, self.search.ledger.root), PROVE_SECONDS[self.profile]))
        ways: dict[str, list[tuple[str, Any, str, float]]] = {id: [] for id in left}
        for done, outcome in enumerate(run_all(tasks, self.search.jobs), 1):
            id = outcome.key.partition("\n")[0]
            self.search.progress(id, done, len(tasks))
            good = outcome.ending is Ending.GOOD
            stopped = outcome.ending not in (Ending.GOOD, Ending.FAILED)
            ways[id].append((outcome.value["how"] if good else "open", outcome.value["entries"] if good else [],
                             f"{STOPPED * stopped}{outcome.reason}", outcome.seconds))
        for id, (claim, mutant, reason) in left.items():
            self._keep(claim, mutant, _summed_up(claim, mutant, reason, ways[id]))

    def _admit(self, claim: Claim) -> None:
        for trace in self.traces[claim.id].values():
            for entry in trace.entries:
                self.search.admit(entry, "point" in entry)

    def withdraw(self, checked: Checked) -> bool:
        """Take what the checker rejected out of the report, so that the rest of it stands; return whether any was.

        The mutant is open then, with the checker's reason.
        """
        found = False
        for traces in self.traces.values():
            for name, trace in traces.items():
                for entry in trace.entries:
                    kept = self.search.points if "point" in entry else self.search.claims
                    finding = checked.point(entry["id"]) if "point" in entry else checked.claim(entry["id"])
                    if finding.get("accepted") is not True and kept.pop(entry["id"], None) is not None:
                        self.search.used.pop(entry["id"], None)
                        reason = f"rejected by the checker: {finding.get('reason', 'no reason given')}"
                        traces[name] = replace(trace, fate=Fate.OPEN, entries=(), reason=reason)
                        found = True
        return found

    def _keep(self, claim: Claim, mutant: Mutant, record: dict[str, Any]) -> None:
        names = frozenset().union(*(facts_of_entry(e) for e in record["entries"]))
        used = {n: digest(f) for n in sorted(names) if (f := self.search.registry.statement(n)) is not None}
        record = {**record, "used": used, "admitted": sorted(_admitted(claim, mutant))}
        if STOPPED not in record["reason"]:  # a limit that was hit once may not be hit again
            self.search.ledger.put(CERTIFICATE, self._key(claim, mutant), record)
        self.traces[claim.id][mutant.name] = self._trace(mutant, record)

    def _trace(self, mutant: Mutant, record: Mapping[str, Any]) -> Trace:
        return Trace(mutant, Fate(record["fate"]), tuple(record["entries"]), record["label"], record["witness"],
                     record["reason"], record["seconds"], frozenset(record["admitted"]))

    def _claim_key(self, claim: Claim) -> str:
        """Digest of all that decides what becomes of the mutants of a claim, the facts used excepted.

        It is taken before the claim is armed: the module of its points counts by its source.
        """
        if claim.id not in self._keys:
            script = (claim.kills, claim.survivors, claim.instance, claim.controls, claim.derivation, claim.posed)
            points = fingerprint.sources(claim.attack, within=("theory",), ledger=self.search.ledger,
                                         packages=False) if claim.attack else ""
            self._keys[claim.id] = content_key(
                "attack", claim.id, claim.digest, digest(attacked(claim).formula), attacked(claim).ids, points,
                hashlib.sha256(repr(script).encode()).hexdigest(), self.search.engines, self._code)
        return self._keys[claim.id]

    def _key(self, claim: Claim, mutant: Mutant) -> str:
        return content_key(self._claim_key(claim), mutant.name, [digest(way.formula) for way in mutant.directions])

    @cached_property
    def _code(self) -> str:
        return fingerprint.sources(*fingerprint.modules_under("proofs_check.mutation"),
                                   within=("proofs_check.mutation",), ledger=self.search.ledger)

    def _still_true(self, stored: Mapping[str, Any]) -> bool:
        for name, old in stored.get("used", {}).items():
            formula = self.search.registry.statement(name)
            if formula is None or digest(formula) != old:
                return False
        return "fate" in stored and "admitted" in stored


def _admitted(claim: Claim, mutant: Mutant) -> set[str]:
    """Digests of the statements that a certificate of the mutant may be about."""
    found = {digest(t.statement.formula) for way in changed_targets(attacked(claim), mutant) for t in way}
    found |= {digest(way.formula) for way in mutant.directions}
    if claim.attacked is not None:
        same = [m for m in mutants(claim.statement) if m.name == mutant.name]
        found |= {digest(way.formula) for m in same for way in m.directions}
    return found


def _as_record(mutant: Mutant) -> dict[str, Any]:
    ways = [{"formula": to_json(way.formula), "ids": list(way.ids)} for way in mutant.directions]
    return {"name": mutant.name, "kind": mutant.kind, "change": mutant.change, "dropped": mutant.dropped, "ways": ways}


def _from_record(record: Mapping[str, Any]) -> Mutant:
    ways = tuple(Statement(from_json(way["formula"]), tuple(way["ids"])) for way in record["ways"])
    return Mutant(record["name"], record["kind"], record["change"], ways, record["dropped"])


def point_id(claim: Claim, mutant: Mutant) -> str:
    """Return the id of the point that kills a mutant."""
    return f"{claim.id}/mutant: {mutant.name}"


def _summed_up(claim: Claim, mutant: Mutant, reason: str, ways: list[tuple[str, Any, str, float]]) -> dict[str, Any]:
    """Return the record of a mutant that no point killed, from what was found out about its directions."""
    entries = [entry for _, several, _, _ in ways for entry in several]
    seconds = sum(way[3] for way in ways)
    record = {"entries": entries, "label": "", "witness": "", "seconds": seconds}
    known = [s.reason for s in claim.survivors if mutant.name in s.mutants and s.reason]
    if any(way[0] == "open" for way in ways):
        why = [way[2] for way in ways if way[0] == "open"]
        words = "; ".join(known) or f"{reason}; not proved: {why[0]}"
        return {**record, "entries": [], "fate": Fate.OPEN.value, "reason": words}
    if any(way[0] == "proved" for way in ways):
        words = "; ".join(known) or f"{mutant.change}: the claim's own derivation proves it"
        return {**record, "fate": Fate.PROVED.value, "reason": words}
    return {**record, "fate": Fate.EQUIVALENT.value, "reason": "the claim implies it"}

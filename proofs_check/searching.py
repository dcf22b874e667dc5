"""The search for certificates: one killable process per claim or point, results kept in the ledger.

What is found here is believed by nobody: the checker reads the whole report afterwards in a process of its own. So a
stored certificate may be reused whenever derivation, engines and the statements it used are unchanged, and reusing one
wrongly could only lead to a rejection.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from theory.language.claims import Claim, Lemma, Witness
from theory.language.notation import Statement
from theory.language.terms import Formula, digest, to_json
from theory.textbook.axioms import GENERATORS, PREDICATES

from . import fingerprint
from .checking import unreadable
from .dependencies import facts_of_entry, facts_of_item, facts_of_steps, in_order
from .ledger import CERTIFICATE, Ledger, content_key
from .processes import Ending, Outcome, Task, note, run_all
from .registry import Registry, provable

INSTANCE, REFUTED = "instance", "refuted"
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Point:
    """An instance or refutation to be searched; the id is `claim/instance`, `claim/name` or `claim/refuted: name`."""

    id: str
    of: str
    kind: str
    statement: Statement
    witness: Witness


def points_of(claim: Claim) -> tuple[Point, ...]:
    """Return the points of a claim: its instance, its controls, and its refutations if it is declared Refuted."""
    points = []
    if claim.instance is not None:
        points.append(Point(f"{claim.id}/instance", claim.id, INSTANCE, claim.statement, claim.instance))
    points += [Point(f"{claim.id}/{c.name}", claim.id, REFUTED, c.statement, c.witness) for c in claim.controls]
    points += [Point(refutation_id(claim, name), claim.id, REFUTED, claim.statement, witness)
               for name, witness in claim.refutations]
    return tuple(points)


def refutation_id(claim: Claim, name: str) -> str:
    """Return the id of the point that refutes a claim in the named way."""
    return f"{claim.id}/refuted: {name}"


def elaborate_item(item: Lemma | Claim, library: dict[str, Formula], root: Path) -> dict[str, Any]:
    """Search the certificate of a lemma or claim; runs in a process of its own."""
    from proofs_check.engines.elaboration import elaborate

    return elaborate(item, library, Ledger(root).steps(), note)


def elaborate_point(point: Point, library: dict[str, Formula], root: Path) -> dict[str, Any]:
    """Search the certificate of a point; runs in a process of its own."""
    from proofs_check.engines.elaboration import elaborate_point as search

    return search(point.id, point.of, point.kind, point.statement, point.witness, library, Ledger(root).steps(), note)


@dataclass
class Search:
    """Certificates being collected. Entries and failures stay readable when a run is interrupted."""

    registry: Registry
    ledger: Ledger
    jobs: int
    seconds: float
    progress: Progress
    claims: dict[str, dict[str, Any]] = field(default_factory=dict)
    points: dict[str, dict[str, Any]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    used: dict[str, frozenset[str]] = field(default_factory=dict)

    def run(self, names: Iterable[str], points: Iterable[Point]) -> None:
        """Find certificates for the named items, for all they rest on, and for the points."""
        names = [n for n in self.registry.closure(names) if provable(self.registry.items[n])]
        wanted = [*(self.registry.items[n] for n in names), *points]
        asked = {thing.id for thing in wanted}
        while wanted:
            self._round(wanted)
            used = frozenset().union(*self.used.values())
            more = [n for n in self.registry.closure(sorted(used & self.registry.items.keys())) if n not in asked]
            asked.update(more)
            wanted = [self.registry.items[n] for n in more]

    def admit(self, entry: dict[str, Any], point: bool) -> None:
        """Take a certificate that was found elsewhere (a killed mutant, a proved one) into the report."""
        (self.points if point else self.claims)[entry["id"]] = entry
        self.used[entry["id"]] = facts_of_entry(entry)

    def complete(self) -> None:
        """Find certificates for everything that the certificates so far use and that is not there yet."""
        while True:
            used = frozenset().union(*self.used.values())
            known = self.claims.keys() | self.failures.keys()
            more = [n for n in self.registry.closure(sorted(used & self.registry.items.keys())) if n not in known]
            if not more:
                return
            self._round([self.registry.items[n] for n in more])

    def report(self, axioms: str) -> dict[str, Any]:
        """Return the certificates found so far as the checker reads them, each after what it uses.

        The order does not depend on which search ended first, so that the same certificates give the same bytes.
        """
        known = [name for name in self.registry.items if name in self.claims]
        order = in_order([*known, *sorted(self.claims)], lambda name: self.used[name] & self.claims.keys())
        entries = [self.claims[name] for name in order]
        used = frozenset().union(*self.used.values())
        cited = [{"id": c.id, "statement": to_json(c.statement.formula), "source": str(c.source)}
                 for c in self.registry.cited if c.id in used]
        return {"format": "lemmascope-report", "schema": 1, "axioms": axioms, "cited": cited, "claims": entries,
                "points": [self.points[name] for name in sorted(self.points)]}

    @cached_property
    def engines(self) -> str:
        """Digest of everything that the search runs: code of the engines and of the language, versions, axioms."""
        code = fingerprint.sources(*fingerprint.modules_under("proofs_check.engines"),
                                   within=("proofs_check.engines", "theory.language"), ledger=self.ledger)
        axioms = {name: to_json(f) for name, f in self.registry.axioms.items()}
        words = repr((GENERATORS, PREDICATES))
        return content_key(code, fingerprint.versions(fingerprint.ENGINES), axioms, words)

    def _round(self, wanted: list[Lemma | Claim | Point]) -> None:
        missing = {}
        for thing in wanted:
            key = self._key(thing)
            stored = self.ledger.get(CERTIFICATE, key)
            if stored is None or not self._still_true(stored):
                missing[thing.id] = (thing, key)
            else:
                self._keep(thing, stored["entry"], stored["seconds"], frozenset(stored["used"]))
        done = len(wanted) - len(missing)
        self.progress("certificates", done, len(wanted))
        for outcome in run_all(list(self._tasks(missing.values())), self.jobs):
            self._settle(*missing[outcome.key], outcome)
            done += 1
            self.progress(outcome.key, done, len(wanted))

    def _settle(self, thing: Lemma | Claim | Point, key: str, outcome: Outcome) -> None:
        """Keep a certificate, here and in the ledger, or the reason why there is none."""
        self.times[thing.id] = outcome.seconds
        if outcome.ending is not Ending.GOOD:
            self.failures[thing.id] = outcome.reason
            return
        flaw = unreadable(outcome.value)
        if flaw:
            self.failures[thing.id] = f"{thing.id}: the search found something that is no certificate: {flaw}"
            return
        used = {name: digest(f) for name in sorted(facts_of_entry(outcome.value))
                if (f := self.registry.statement(name)) is not None}
        self._keep(thing, outcome.value, outcome.seconds, frozenset(used))
        self.ledger.put(CERTIFICATE, key, {"entry": outcome.value, "used": used, "seconds": outcome.seconds})

    def _tasks(self, missing: Iterable[tuple[Lemma | Claim | Point, str]]) -> Iterator[Task]:
        for thing, _ in missing:
            function = elaborate_point if isinstance(thing, Point) else elaborate_item
            yield Task(thing.id, function, (thing, self._library(thing), self.ledger.root), self.seconds)

    def _library(self, thing: Lemma | Claim | Point) -> dict[str, Formula]:
        """The facts a search may use: axioms, citations, the textbook, and what its author names.

        Engines look for nothing else by themselves, and each process gets its own copy of what is sent.
        """
        point = isinstance(thing, Point)
        named = frozenset(facts_of_steps(thing.witness.steps)) if point else facts_of_item(thing)
        near = self.registry.axioms.keys() | self.registry.citations.keys() | named
        library = self.registry.library("" if point else thing.id)
        return {name: f for name, f in library.items() if name in near or name.startswith("textbook.")}

    def _key(self, thing: Lemma | Claim | Point) -> str:
        """Digest of all that decides what the search of one item or point returns, the facts it uses excepted."""
        parts = thing.witness if isinstance(thing, Point) else (thing.derivation, thing.posed)
        kind = thing.kind if isinstance(thing, Point) else "claim"
        script = hashlib.sha256(repr(parts).encode()).hexdigest()
        statement = thing.statement
        return content_key(kind, thing.id, digest(statement.formula), statement.ids, script, self.engines)

    def _still_true(self, stored: dict[str, Any]) -> bool:
        """Whether every fact that a stored certificate used is stated as it was then."""
        for name, old in stored.get("used", {}).items():
            formula = self.registry.statement(name)
            if formula is None or digest(formula) != old:
                return False
        return "seconds" in stored and not unreadable(stored.get("entry"))

    def _keep(self, thing: Lemma | Claim | Point, entry: dict[str, Any], seconds: float, used: frozenset[str]) -> None:
        kept = self.points if isinstance(thing, Point) else self.claims
        kept[thing.id] = entry
        self.times[thing.id], self.used[thing.id] = seconds, used

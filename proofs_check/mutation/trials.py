"""What runs in a process of its own: the hunt over one claim, the replay of candidates, the proof of survivors."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from proofs_check.engines.canonical import Canon
from proofs_check.engines.elaboration import axiom_table, elaborate, elaborate_point
from proofs_check.ledger import Ledger
from proofs_check.searching import REFUTED
from theory.language.claims import Claim, Lemma, Witness
from theory.language.derivation import Box, Step
from theory.language.errors import SearchFailed
from theory.language.notation import Statement
from theory.language.printing import text
from theory.language.terms import RELATIONS, Formula

from .hunting import Candidate, Effort, Hunt, bases_of
from .operators import Mutant, mutants
from .targets import Target, conjuncts, fresh_guards, guards, targets


def attacked(claim: Claim) -> Statement:
    """Return the statement whose mutants are made."""
    return claim.attacked or claim.statement


@lru_cache(maxsize=2048)
def changed_targets(statement: Statement, mutant: Mutant) -> tuple[tuple[Target, ...], ...]:
    """Return, for each direction of a mutant, the parts and obligations that are not those of the statement."""
    parts, known = _own(statement)
    return tuple((*(t for t in targets(way) if t.statement.formula not in parts), *fresh_guards(way, known, _canon()))
                 for way in mutant.directions)


def _canon() -> Canon:
    table = axiom_table()
    return Canon(table["generators"], table["predicates"])


@lru_cache(maxsize=8)
def _own(statement: Statement) -> tuple[frozenset[Formula], frozenset[Formula]]:
    """The parts of a statement and its obligations, as formulas."""
    return (frozenset(t.statement.formula for t in targets(statement)),
            frozenset(t.statement.formula for t in guards(statement, _canon())))


def hunt(claim: Claim, names: tuple[str, ...], effort: Effort) -> dict[str, list[Candidate]]:
    """Return candidates for the named mutants of a claim."""
    statement = attacked(claim)
    wanted = [(m.name, tuple(t for way in changed_targets(statement, m) for t in way))
              for m in mutants(statement) if m.name in names]
    return Hunt(bases_of(claim), effort).run(wanted)


def kill(id: str, of: str, candidates: tuple[Candidate, ...], library: dict[str, Formula], root: Path
         ) -> dict[str, Any]:
    """Return the certificate of the first candidate that can be replayed. Raises SearchFailed if none can."""
    reasons = []
    for one in candidates:
        try:
            entry = elaborate_point(id, of, REFUTED, one.target.statement, one.witness, library, Ledger(root).steps())
        except (SearchFailed, RecursionError) as error:
            reasons.append(str(error))
            continue
        return {"entry": entry, "label": one.label, "part": one.target.part, "witness": shown(one.witness)}
    raise SearchFailed(f"{len(candidates)} candidates could not be replayed, the last because {reasons[-1]}")


def kill_several(wanted: tuple[tuple[str, str, tuple[Candidate, ...]], ...], library: dict[str, Formula], root: Path
                 ) -> dict[str, Any]:
    """Return what `kill` finds for each of several mutants by id, or why it finds nothing, as a text."""
    found: dict[str, Any] = {}
    for id, of, candidates in wanted:
        try:
            found[id] = kill(id, of, candidates, library, root)
        except SearchFailed as error:
            found[id] = str(error)
    return found


def shown(witness: Witness) -> str:
    """Return the values of a witness in the authors' notation."""
    return ", ".join(f"{name} = {text(value)}" for name, value in witness.steps[-1].sub)


@dataclass(frozen=True)
class Attempt:
    """One way to prove a direction of a mutant: items whose certificates together show it."""

    how: str
    items: tuple[Lemma, ...]


def prove(attempts: tuple[Attempt, ...], library: dict[str, Formula], root: Path) -> dict[str, Any]:
    """Return the first attempt that succeeds, with its certificates. Raises SearchFailed if none does."""
    reasons = []
    for attempt in attempts:
        try:
            entries = [elaborate(item, library, Ledger(root).steps()) for item in attempt.items]
        except (SearchFailed, RecursionError) as error:
            reasons.append(str(error))
            continue
        return {"how": attempt.how, "entries": entries}
    raise SearchFailed(reasons[-1] if reasons else "nothing to try")


def attempts_for(id: str, claim: Claim, mutant: Mutant, direction: int) -> tuple[Attempt, ...]:
    """Return what may show that a direction of a surviving mutant holds.

    That it is weaker than the claim, from the claim itself; that it is stronger and true, by what its author says or by
    the claim's own derivation (without the hypothesis that was dropped).
    """
    statement, way = attacked(claim), mutant.directions[direction]
    parts = changed_targets(statement, mutant)[direction]
    parts = tuple(t for t in parts if t.part.startswith("conclusion"))
    weaker = []
    if claim.attacked is None:
        weaker = [Lemma(f"{id}, weaker {k}", mutant.change, t.statement, from_claim(claim, t))
                  for k, t in enumerate(parts, 1)]
    found = [Attempt("weaker", tuple(weaker))] if weaker else []
    own = [way]
    if claim.attacked is not None:
        own = [m.directions[direction] for m in mutants(claim.statement)
               if m.name == mutant.name and len(m.directions) > direction]
    for survivor in claim.survivors:
        if mutant.name in survivor.mutants and survivor.derivation and own:
            stated = parts[0].statement if len(parts) == 1 and claim.attacked is None else own[0]
            found.append(Attempt("proved", (Lemma(id, mutant.change, stated, survivor.derivation, survivor.posed),)))
    return (*found, *(Attempt("proved", (Lemma(id, mutant.change, one, claim.derivation, posed),))
                      for one in own for posed in dict.fromkeys((claim.posed, ()))))


def from_claim(claim: Claim, target: Target) -> tuple[Step, ...]:
    """Return steps that derive a part of a mutant from the claim: its instance, opened, then a linear combination."""
    formula, statement = target.statement.formula, claim.statement
    scope = {name for name, _ in formula[1]}
    sub = tuple((name, _itself(name, sort)) for name, sort in statement.variables if name in scope)
    steps: list[Step] = [Step("claim", "apply", None, (claim.id,), sub=sub)]
    parts = conjuncts(statement.conclusion)
    whole = parts[0] is statement.conclusion
    number = 1 if whole else int(target.part.split()[1])
    inner: list[Step] = []
    last = "claim" if whole else f"part{number}"
    if parts[number - 1][0] == "all":
        inner.append(Step("instance", "apply", None, (last,),
                          sub=tuple((v, v) for v, _ in parts[number - 1][1] if v in scope)))
        last = "instance"
    hints = (("mul", ()), ("squares", ()), ("degree", 1), ("rounds", 2))
    if formula[3][0] in RELATIONS:
        # from the claim's conclusion alone: with the hypotheses, whatever is true would follow
        inner.append(Step("end", "combine", formula[3], (last,), hints=hints))
    if whole:
        return (*steps, *inner)
    names = tuple(f"part{k}" for k in range(1, len(parts) + 1))
    return (*steps, Step("open", "obtain", None, ("claim",), boxes=(Box(names, tuple(inner)),)))


def _itself(name: str, sort: Any) -> Any:
    """A variable as the value of itself: functions by `lam`."""
    if isinstance(sort, tuple) and sort[0] == "fun":
        names = tuple(p for p, _ in sort[1])
        return ("lam", names, (name, *names))
    return name

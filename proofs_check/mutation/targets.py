"""What can be refuted of a statement: its conjuncts one by one, with all quantifiers in front, and its obligations.

A statement is false as soon as one part of its conclusion is, and makes no sense as soon as one obligation of
well-posedness is false; either way a witness settles it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from proofs_check.engines.canonical import Canon
from proofs_check.engines.obligations import guarded
from theory.language.notation import Statement
from theory.language.substitution import substitute
from theory.language.terms import Formula, flatten


@dataclass(frozen=True)
class Target:
    """A closed formula that follows from a mutant, to be refuted at a point; `part` says which part it is."""

    part: str
    statement: Statement


def conjuncts(conclusion: Formula) -> tuple[Formula, ...]:
    """Return the parts of a conclusion: those of a `some` without variables, else the conclusion itself."""
    return flatten(conclusion[2]) if conclusion[0] == "some" and not conclusion[1] else (conclusion,)


def targets(statement: Statement) -> tuple[Target, ...]:
    """Return the parts of the conclusion of a statement, each as a statement of its own.

    Hypotheses keep their names; the premises of a part that come to the front are called P1, P2, ...
    """
    _, variables, hypotheses, conclusion = statement.formula
    parts = conjuncts(conclusion)
    found = []
    for k, part in enumerate(parts, 1):
        name = "conclusion" if len(parts) == 1 else f"conclusion {k}"
        for front in _prenex(("all", variables, flatten(hypotheses), part)):
            found.append(Target(name, _named(front, statement.ids)))
    return tuple(found)


def guards(statement: Statement, canon: Canon) -> tuple[Target, ...]:
    """Return the obligations of the parts of a statement, each part by itself, as statements to be refuted.

    A part that makes no sense under the hypotheses alone does not become sensible by standing behind another part.
    """
    found: dict[Formula, None] = {}
    for target in targets(statement):
        for obligation in guarded(target.statement.formula, canon):
            found.update(dict.fromkeys(_prenex(obligation)))
    return tuple(Target(f"well-posedness {number}", _named(front)) for number, front in enumerate(found, 1))


def fresh_guards(statement: Statement, known: frozenset[Formula], canon: Canon) -> tuple[Target, ...]:
    """Return the obligations that are not among those of the original, which are `known`."""
    return tuple(target for target in guards(statement, canon) if target.statement.formula not in known)


def _prenex(formula: Formula) -> Iterator[Formula]:
    """Yield the formula with the quantifiers of its conclusion in front; an "and" inside gives one for each part."""
    head, variables, hypotheses, conclusion = formula
    parts = conjuncts(conclusion)
    if len(parts) != 1 or parts[0] is not conclusion:
        for part in parts:
            yield from _prenex((head, variables, hypotheses, part))
    elif conclusion[0] == "all":
        taken, renaming = {name for name, _ in variables}, {}
        for name, _ in conclusion[1]:
            new = name
            while new in taken:
                new += "'"
            taken.add(new)
            renaming[name] = new
        change = {old: new for old, new in renaming.items() if old != new}
        inner = tuple((renaming[name], substitute(sort, change)) for name, sort in conclusion[1])
        premises = tuple(substitute(h, change) for h in flatten(conclusion[2]))
        yield from _prenex((head, (*variables, *inner), (*hypotheses, *premises), substitute(conclusion[3], change)))
    else:
        yield formula


def _named(formula: Formula, ids: tuple[str, ...] = ()) -> Statement:
    more = len(flatten(formula[2])) - len(ids)
    return Statement(formula, (*ids, *(f"P{k}" for k in range(1, more + 1))))

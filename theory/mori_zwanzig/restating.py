"""A lemma as a part of a claim: the step that proves its statement again, from the lemma."""

from __future__ import annotations

from theory.language import Lemma
from theory.language.derivation import Step, apply, intro
from theory.language.terms import Sort, Term


def restated(name: str, lemma: Lemma) -> Step:
    """Return a step `name` whose goal is the statement of the lemma: fresh variables, its hypotheses, one `apply`."""
    statement = lemma.statement
    ids = " ".join(f"{name}{k}" for k in range(1, len(statement.hypotheses) + 1))
    return intro(name, statement.formula, ids,
                 apply(f"{name}z", lemma.id, **{v: _itself(v, sort) for v, sort in statement.variables}))


def _itself(variable: str, sort: Sort) -> Term:
    """The variable as a value for itself: a name, or for a function x -> f(x)."""
    if isinstance(sort, tuple) and sort[0] == "fun":
        names = tuple(f"at{k}" for k in range(1, len(sort[1]) + 1))
        return ("lam", names, (variable, *names))
    return variable

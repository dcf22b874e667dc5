"""Steps of a derivation as an author writes them: goal, facts used, engine. Frozen data; nothing is run here.

Texts are parsed when the step is made, so a misspelt formula fails at import with its place. A step without a goal
proves the goal of the box it ends (or, for `apply`, the instantiated conclusion).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .notation import definition as definition_of
from .notation import formula, sort, substitution, term
from .terms import Formula, Sort, Term


@dataclass(frozen=True)
class Box:
    """A part of a derivation with hypotheses of its own: their names and the steps that follow from them."""

    ids: tuple[str, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Step:
    """One step: `by` names the engine; `facts` what it may use; `sub` a (partial) substitution; `boxes` inner parts."""

    id: str
    by: str
    goal: Formula | None = None
    facts: tuple[str, ...] = ()
    sub: tuple[tuple[str, Term], ...] = ()
    boxes: tuple[Box, ...] = ()
    hints: tuple[tuple[str, Any], ...] = ()

    def hint(self, name: str, default: Any = None) -> Any:
        """Return the value of a named hint, or the default."""
        return dict(self.hints).get(name, default)


Steps = tuple[Step, ...] | list[Step]


def _goal(text: str | Formula | None) -> Formula | None:
    return formula(text) if isinstance(text, str) else text


def _sub(pairs: dict[str, Any]) -> tuple[tuple[str, Term], ...]:
    return tuple((k, substitution(v) if isinstance(v, str) else v) for k, v in pairs.items())


def combine(id: str, goal: str | Formula | None = None, facts: str = "", *, mul: str = "",
            squares: tuple[str, ...] = (), degree: int = 2, rounds: int = 2) -> Step:
    """Prove a relation from the facts by one polynomial identity.

    Equations among the facts are used with polynomial multipliers, inequalities in products up to `degree`, facts
    about denominators release b*(1/b) = 1; `mul` are facts that multiply the goal; `squares` are terms whose squares
    may be used; `rounds` bounds how often equations are applied to monomials that earlier uses made.
    """
    hints = {"mul": tuple(mul.split()), "squares": tuple(term(s) for s in squares), "degree": degree, "rounds": rounds}
    return Step(id, "combine", _goal(goal), tuple(facts.split()), hints=tuple(hints.items()))


def apply(id: str, fact: str, goal: str | Formula | None = None, /, *, use: str = "", **sub: Any) -> Step:
    """Instantiate a fact. What `sub` leaves open is found by matching the goal and the facts in `use`; a premise is
    taken from the facts with the same key, else derived linearly from the facts in scope."""
    return Step(id, "apply", _goal(goal), (fact, *use.split()), sub=_sub(sub))


def intro(id: str, goal: str | Formula | None, ids: str, *steps: Step) -> Step:
    """Prove a quantified goal: its variables are fresh, its hypotheses named `ids`."""
    return Step(id, "intro", _goal(goal), boxes=(Box(tuple(ids.split()), steps),))


def induct(id: str, goal: str | Formula | None, ids: str, base: Steps, step: Steps) -> Step:
    """Prove `all n:int | lo <= n => P(n)`; `ids` name lo <= n and P(n) in the second part."""
    return Step(id, "induct", _goal(goal), boxes=(Box((), tuple(base)), Box(tuple(ids.split()), tuple(step))))


def cases(id: str, fact: str, name: str, *boxes: Steps, goal: str | Formula | None = None) -> Step:
    """Prove the goal in each alternative of the `or` fact, which is called `name` inside."""
    return Step(id, "cases", _goal(goal), (fact,), boxes=tuple(Box((name,), tuple(b)) for b in boxes))


def either(id: str, fact: str, goal: str | Formula | None = None) -> Step:
    """Prove an `or` from a fact that is one of its alternatives."""
    return Step(id, "either", _goal(goal), (fact,))


def finite(id: str, goal: str | Formula | None = None, *boxes: Steps) -> Step:
    """Prove `all n:int | lo <= n, n <= hi => P` value by value; without boxes each value is computed."""
    return Step(id, "finite", _goal(goal), boxes=tuple(Box((), tuple(b)) for b in boxes))


def witness(id: str, goal: str | Formula | None = None, /, *, use: str = "", **sub: Any) -> Step:
    """Prove a `some` by naming its objects; formulas without a proof in scope are computed or derived linearly."""
    return Step(id, "witness", _goal(goal), tuple(use.split()), sub=_sub(sub))


def obtain(id: str, fact: str, ids: str, *steps: Step, goal: str | Formula | None = None) -> Step:
    """Use a `some` fact: its variables become fresh names, its formulas the facts `ids`."""
    return Step(id, "obtain", _goal(goal), (fact,), boxes=(Box(tuple(ids.split()), steps),))


def define(id: str, definition: str, of: str, ids: str, *steps: Step, goal: str | Formula | None = None) -> Step:
    """Introduce a fresh function of sort `of` by a recursion; `ids` name its two equations."""
    hints = (("def", definition_of(definition)), ("sort", sort(of)))
    return Step(id, "define", _goal(goal), boxes=(Box(tuple(ids.split()), steps),), hints=hints)


def compute(id: str, goal: str | Formula | None = None) -> Step:
    """Evaluate a closed relation exactly."""
    return Step(id, "compute", _goal(goal))


def enclose(id: str, goal: str | Formula | None = None, *, bits: int = 40, leaves: int = 4000) -> Step:
    """Prove an inequality on a rational box by a tree of interval evaluations."""
    return Step(id, "enclose", _goal(goal), hints=(("bits", bits), ("leaves", leaves)))


def decided(id: str, goal: str | Formula | None = None, facts: str = "", *, timeout: int = 10) -> Step:
    """Last resort: two solvers refute the negation; the grade falls to `decided`."""
    return Step(id, "decided", _goal(goal), tuple(facts.split()), hints=(("timeout", timeout),))


def calculus(id: str, goal: str | Formula | None = None, facts: str = "") -> Step:
    """Prove a `deriv` fact from the derivative axioms and the `deriv` facts named; values may differ by algebra."""
    return Step(id, "calculus", _goal(goal), tuple(facts.split()))


def calc(id: str, *links: tuple[str, str], goal: str | Formula | None = None) -> Step:
    """A chain: each link is (relation, facts); the goal follows from the links by adding them up."""
    parsed = tuple((formula(text), tuple(facts.split())) for text, facts in links)
    return Step(id, "calc", _goal(goal), hints=(("links", parsed),))


def sort_of(text: str) -> Sort:
    """Return the sort written in the notation."""
    return sort(text)

"""The rules of inference: one method for each, and the boxes in which steps see earlier facts.

A proof is a list of steps; a step has an id, a goal, the name of a rule, and the fields of that rule. It sees the
earlier steps of its box and of the boxes around it, and the library. A box is proved when its last step has the key of
its goal.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import Any

import polynomials as poly
import smt
from evaluation import Evaluation
from formulas import RELATIONS, definition, difference, flat, key
from intervals import Interval, enclose
from rejection import NAME_LENGTH, PRECISION, Reject, fields, need, shorten
from terms import Closure, Scope, Shape, canon, declare, fits, instantiate, names_in, scalar, value_text

# rule: required fields, optional fields
FIELDS = {
    "combine": ("", "mul sum eqs"), "apply": ("fact", "sub prem"), "intro": ("ids steps", ""),
    "induct": ("base ids steps", ""), "cases": ("fact as boxes", ""), "finite": ("boxes", ""),
    "witness": ("", "sub prem"), "obtain": ("fact ids steps", ""), "define": ("def sort ids steps", ""),
    "compute": ("", ""), "enclose": ("tree", ""), "decided": ("facts answers", ""),
}  # fmt: skip
UNSAT = {"z3": "unsat", "cvc5": "unsat"}
Step = dict[str, Any]


class Fact:
    """A formula in force; names fixed later cannot change its key, so that it is computed once."""

    def __init__(self, formula: list[Any], scope: Scope) -> None:
        self.formula, self.scope = formula, scope
        self.key = key(formula, scope)

    @cached_property
    def difference(self) -> tuple[Any, poly.Value]:
        """Sort and value of b - a of a relation."""
        return difference(self.formula, self.scope)


Facts = dict[str, Fact]


class Proof:
    """The check of one certificate: what it used, how strong its steps are, and what nothing used."""

    def __init__(self, library: Facts) -> None:
        self.library = library
        self.used: set[str] = set()  # facts of the library
        self.rules: set[str] = set()  # rules applied
        self.texts: list[dict[str, str]] = []  # the SMT-LIB 2 text of every `decided` step
        self.unused: list[str] = []  # steps that nothing uses
        self.keys: list[str] = []  # of every goal, in order
        self.references: set[str] = set()  # facts used by the step being checked

    def fact(self, name: Any, facts: Facts) -> Fact:
        """Return a fact in force by its name."""
        need(type(name) is str and (name in facts or name in self.library), "unknown fact:", name)
        (self.references if name in facts else self.used).add(name)
        return facts[name] if name in facts else self.library[name]

    def name(self, name: Any, facts: Facts) -> None:
        """Refuse a fact's name that is not a string or is already in use."""
        need(type(name) is str and 0 < len(name) <= NAME_LENGTH, "the name of a fact is a string, found", name)
        need(name not in facts and name not in self.library, "a fact is named twice:", name)

    def box(self, steps: Any, scope: Scope, facts: Facts, ids: Any, hypotheses: Any, goal: str) -> None:
        """Check the steps of a box with named hypotheses; the last step must have the goal's key."""
        formulas, inner = flat(hypotheses), dict(facts)
        need(len(listed(ids)) == len(formulas), "one name for each hypothesis expected:", len(formulas))
        for name, formula in zip(ids, formulas):
            self.name(name, inner)
            inner[name] = Fact(formula, scope)
        outer, uses, last = self.references, [], ""
        for step in listed(steps):
            self.references = set()
            try:
                last = self.step(step, scope, inner)
            except Exception as error:
                reason = str(error) if isinstance(error, Reject) else f"malformed: {type(error).__name__} {error}"
                place = step.get("id") if type(step) is dict else "?"
                raise Reject(f"{place}: {reason}"[:2000]) from None
            uses.append((step["id"], self.references))
        need(uses and last == goal, "the last step is not the goal: found", last, "required", goal)
        live = {uses[-1][0]}
        for name, references in reversed(uses):
            if name in live:
                live |= references
            else:
                self.unused.append(name)
        self.references = outer | live.difference([name for name, _ in uses])

    def step(self, step: Any, scope: Scope, facts: Facts) -> str:
        """Check one step, add it to the facts, and return the key of its goal."""
        need(type(step) is dict and type(step.get("by")) is str and step["by"] in FIELDS, "unknown rule in", step)
        required, optional = FIELDS[step["by"]]
        fields(step, f"id goal by {required}", optional)
        self.name(step["id"], facts)
        goal = Fact(step["goal"], scope)
        self.keys.append(goal.key)
        self.rules.add(step["by"])
        getattr(self, step["by"])(step, goal, scope, facts)
        facts[step["id"]] = goal
        return goal.key

    # ---- arithmetic

    def combine(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """prod(mul) (b - a) = sum of weight facts square^2 + sum of l (right - left) r, as polynomials."""
        relation = goal.formula[0]
        need(relation in ("<=", "<", "="), "combine proves <=, < and =")
        sort, rest = goal.difference
        for name in listed(step.get("mul", [])):
            fact = self.fact(name, facts)
            need(fact.formula[0] == "<" or fact.formula[0] == relation + "!" or (fact.formula[0] == "!=" and relation == "="), "x")
            need(fact.difference[0] == "real", "a multiplier is a number:", name)
            rest = poly.multiply(rest, fact.difference[1])
        strict = False
        for summand in listed(step.get("sum", [])):
            need(relation != "=", "an equation takes no inequalities")
            part, positive = self.summand(summand, scope, facts)
            rest, strict = poly.add(rest, part, -1), strict or positive
        for equation in listed(step.get("eqs", [])):
            rest = poly.add(rest, self.equation(equation, sort, scope, facts), -1)
        need(not rest, "the identity fails, left over:", shorten(value_text(sort, rest)) if rest else "")
        need(relation != "<" or strict, "no strict summand")

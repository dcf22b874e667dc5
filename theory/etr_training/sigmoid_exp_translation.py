"""Sigmoid and exponential express each other, at linear cost; the same in base 3.

- y = sigma(x) exactly if some e has e = exp(x) and y (1 + e) = e, for 1 + e > 0;
- y = exp(x) exactly if some s has s = sigma(x) and y (1 - s) = s, for s < 1;
- y = 3^x exactly if some s has s = 3^x / (1 + 3^x) and y (1 - s) = s.

So ETR with sigma and ETR with exp are one class, and training with sigmoid vertices is translated into ETR_exp.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from theory.etr_training.existential_sentence import ExistentialSentence, existential_sentence
from theory.etr_training.formulas import (
    ONE,
    And,
    Apply,
    Atom,
    Formula,
    Product,
    Sum,
    Term,
    Var,
    difference,
    replace_applications,
    value,
    variables,
)
from theory.etr_training.instance import TrainingInstance


@dataclass(frozen=True)
class Translated:
    """A formula and its translation, with fresh variables whose values are those of terms, in order."""

    original: Formula
    formula: Formula
    fresh: tuple[tuple[str, Term], ...] = field(repr=False)

    def forward(self, solution: Mapping[str, Any]) -> dict[str, Any]:
        """Return a solution of the translation from one of the original."""
        values = dict(solution)
        for name, term in self.fresh:
            values[name] = value(term, values)
        return values

    def backward(self, solution: Mapping[str, Any]) -> dict[str, Any]:
        """Return a solution of the original from one of the translation: the fresh variables are dropped."""
        return {name: solution[name] for name in variables(self.original)}


@dataclass(frozen=True)
class _Rule:
    """Replace `old(t)` by y with z = new(t) and a polynomial equation between y and z."""

    old: str
    new: str
    equation: Callable[[Var, Var], Atom]


def _odds(y: Var, z: Var) -> Atom:
    return Atom("=", Product((y, difference(ONE, z))), z)


def _probability(y: Var, z: Var) -> Atom:
    return Atom("=", Product((y, Sum((ONE, z)))), z)


_RULES = {"sigmoid": _Rule("sigmoid", "exp", _probability), "exp": _Rule("exp", "sigmoid", _odds),
          "pow3": _Rule("pow3", "sigmoid3", _odds)}


def _translate(formula: Formula, *rules: _Rule) -> Translated:
    taken = set(variables(formula))
    fresh: list[tuple[str, Term]] = []
    definitions: list[Formula] = []
    done: dict[Term, Var] = {}

    def new_variable(letter: str, term: Term) -> Var:
        number = len(fresh) // 2 + 1
        while f"{letter}{number}" in taken:
            letter += letter[0]
        taken.add(f"{letter}{number}")
        fresh.append((f"{letter}{number}", term))
        return Var(f"{letter}{number}")

    def visit(function: str, argument: Term) -> Term:
        found = Apply(function, argument)
        rule = next((rule for rule in rules if rule.old == function), None)
        if rule is None:
            return found
        if found not in done:
            z = new_variable("e" if rule.new == "exp" else "s", Apply(rule.new, argument))
            y = new_variable("y", found)
            definitions.extend((Atom("=", z, Apply(rule.new, argument)), rule.equation(y, z)))
            done[found] = y
        return done[found]

    body = replace_applications(formula, visit)
    parts = body.parts if isinstance(body, And) else (body,)
    return Translated(formula, And((*parts, *definitions)) if definitions else body, tuple(fresh))


def sigmoid_to_exp(formula: Formula) -> Translated:
    """Return the formula with every sigma expressed by exp: at most 10 nodes more for each, plus one conjunction."""
    return _translate(formula, _RULES["sigmoid"])


def exp_to_sigmoid(formula: Formula) -> Translated:
    """Return the formula with every exp expressed by sigma: at most 12 nodes more for each, plus one conjunction."""
    return _translate(formula, _RULES["exp"])


def powers_to_sigmoids(formula: Formula) -> Translated:
    """Return the formula with exp expressed by sigma and x -> 3^x by x -> 3^x / (1 + 3^x)."""
    return _translate(formula, _RULES["exp"], _RULES["pow3"])


@dataclass(frozen=True)
class ExponentialSentence:
    """The ETR_exp sentence of an instance with sigmoid vertices, with maps of solutions."""

    sentence: ExistentialSentence
    translated: Translated

    @property
    def formula(self) -> Formula:
        """The sentence, in + * = < <= and exp."""
        return self.translated.formula

    def forward(self, weights: Mapping[str, Any]) -> dict[str, Any]:
        """Return a solution of the sentence from weights that meet the threshold."""
        return self.translated.forward(self.sentence.forward(weights))

    def backward(self, solution: Mapping[str, Any]) -> dict[str, Any]:
        """Return weights of the instance from a solution of the sentence."""
        return self.sentence.backward(self.translated.backward(solution))


def training_to_exp(instance: TrainingInstance) -> ExponentialSentence:
    """Return the sentence of ETR_exp that is true exactly if the instance can be trained; size linear in n |E|."""
    sentence = existential_sentence(instance)
    return ExponentialSentence(sentence, sigmoid_to_exp(sentence.formula))

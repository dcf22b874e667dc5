"""The SMT-LIB 2 text of a `decided` step, written from the step itself.

The facts and the negated goal are printed as polynomial relations. Every generator becomes a constant, the same one for
the same canonical text, so that the solver proves more than is asked. For a generator 1/b the equation b (1/b) = 1 is
added only when a listed fact says that b is not 0.
"""

from fractions import Fraction
from typing import Any

import polynomials as poly
from formulas import RELATIONS, difference, flat, negation
from rejection import need
from terms import Function, Scope, Shape, Variable


class Script:
    """The constants and assertions of one text."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.constants: dict[str, str] = {}

    def is_int(self, text: str) -> bool:
        """Tell whether a generator is int-sorted; where this is not seen at once, a real constant proves more."""
        head, applied, _ = text.partition("(")
        meaning = self.scope.names.get(head)
        sort = meaning.sort if type(meaning) is Variable else self.scope.table.generators.get(head, {}).get("sort")
        return bool((sort.result if applied and type(sort) is Function else sort) == "int")

    def constant(self, text: str) -> str:
        """Return the constant of a generator, lifted to the reals."""
        name = self.constants.setdefault(text, f"g{len(self.constants)}")
        return f"(to_real {name})" if self.is_int(text) else name

    def polynomial(self, p: poly.Value) -> str:
        """Return a polynomial, powers written as products."""
        parts = []
        for word, monomial in sorted(p):
            factors = [self.constant(name) for name, k in monomial for _ in range(k)]
            parts.append(fold("*", [rational(p[word, monomial]), *factors], ""))
        return fold("+", parts, "0.0")

    def formula(self, formula: list[Any]) -> str:
        """Return a formula without quantifiers."""
        head = formula[0]
        if head in RELATIONS:
            sort, value = difference(formula, self.scope)
            need(type(sort) is not Shape, "a solver is asked about numbers only")
            text = f"({head.lstrip('!')} 0.0 {self.polynomial(value)})"
            return f"(not {text})" if head == "!=" else text
        if head == "or":
            return fold("or", [self.formula(part) for part in formula[1:]], "")
        need(head in ("some", "all") and formula[1] == [], "a solver is asked about formulas without quantifiers only")
        parts = fold("and", [self.formula(part) for part in flat(formula[2])], "true")
        return parts if head == "some" else f"(=> {parts} {self.formula(formula[3])})"

    def reciprocals(self, facts: list[list[Any]]) -> list[str]:
        """Return b (1/b) = 1 for every generator 1/b in use whose b a fact shows to be nonzero."""
        known = [difference(fact, self.scope)[1] for fact in facts if fact[0] in ("<", "!=")]
        left = {next(iter(poly.inverse(b)))[1][0][0]: b for value in known for b in (value, poly.negative(value))}
        out: list[str] = []
        while ready := [name for name in left if name in self.constants]:
            products = [poly.multiply(b, poly.inverse(b)) for b in map(left.pop, ready)]
            out += [f"(= 1.0 {self.polynomial(p)})" for p in products]
        return out


def rational(value: int | Fraction) -> str:
    """Return a rational number as a real literal."""
    text = f"(/ {abs(value.numerator)}.0 {value.denominator}.0)"
    return text if value >= 0 else f"(- {text})"


def fold(operator: str, parts: list[str], empty: str) -> str:
    """Return an application, of one part the part itself."""
    return f"({operator} {' '.join(parts)})" if len(parts) > 1 else parts[0] if parts else empty


def text(goal: list[Any], facts: list[list[Any]], scope: Scope) -> str:
    """Return the text whose unsatisfiability means that the facts imply the goal."""
    script = Script(scope)
    assertions = [script.formula(formula) for formula in [*facts, negation(goal)]] + script.reciprocals(facts)
    kinds = {generator: "Int" if script.is_int(generator) else "Real" for generator in script.constants}
    lines = ["(set-logic QF_NIRA)" if "Int" in kinds.values() else "(set-logic QF_NRA)"]
    lines += [f"(declare-const {name} {kinds[text]}) ; {text}" for text, name in script.constants.items()]
    return "\n".join([*lines, *[f"(assert {part})" for part in assertions], "(check-sat)"]) + "\n"

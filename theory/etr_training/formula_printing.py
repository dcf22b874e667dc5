"""Existential formulas as text: in the grammar that `parse` reads, and as SMT-LIB 2 scripts."""

from __future__ import annotations

from fractions import Fraction

from theory.etr_training.formulas import (
    And,
    Apply,
    Const,
    Formula,
    Or,
    Product,
    Sum,
    Term,
    Var,
    functions,
    variables,
)


def to_text(part: Term | Formula) -> str:
    """The formula or term in the grammar of `parse`, fully bracketed where it matters.

    >>> from theory.etr_training.formula_parsing import parse
    >>> to_text(parse("x^2 - 2 = 0 & (x < 1/2 | sin(x) <= 0)"))
    'x*x + (-2) = 0 & (x < 1/2 | sin(x) <= 0)'
    """
    if isinstance(part, Const):
        return str(part.value)
    if isinstance(part, Var):
        return part.name
    if isinstance(part, Apply):
        return f"{part.function}({to_text(part.argument)})"
    if isinstance(part, Sum):
        return " + ".join(_grouped(term, (Sum,)) for term in part.parts) or "0"
    if isinstance(part, Product):
        return "*".join(_grouped(term, (Sum, Product)) for term in part.parts) or "1"
    if isinstance(part, (And, Or)):
        word, nothing = (" & ", "true") if isinstance(part, And) else (" | ", "false")
        return word.join(f"({to_text(inner)})" if isinstance(inner, (And, Or)) and len(inner.parts) > 1
                         else to_text(inner) for inner in part.parts) or nothing
    return f"{to_text(part.left)} {part.relation} {to_text(part.right)}"


def _grouped(term: Term, kinds: tuple[type, ...]) -> str:
    awkward = isinstance(term, kinds) or (isinstance(term, Const) and (term.value < 0 or term.value.denominator > 1))
    return f"({to_text(term)})" if awkward else to_text(term)


def _number(value: Fraction) -> str:
    absolute = f"{abs(value.numerator)}.0"
    text = absolute if value.denominator == 1 else f"(/ {absolute} {value.denominator}.0)"
    return f"(- {text})" if value < 0 else text


def smt_term(part: Term | Formula) -> str:
    """The formula or term as an SMT-LIB 2 expression; `exp` and `sin` keep their names, as in cvc5."""
    if isinstance(part, Const):
        return _number(part.value)
    if isinstance(part, Var):
        return part.name
    if isinstance(part, Apply):
        return f"({part.function} {smt_term(part.argument)})"
    if isinstance(part, (And, Or, Sum, Product)):
        word, nothing = {And: ("and", "true"), Or: ("or", "false"), Sum: ("+", "0.0"),
                         Product: ("*", "1.0")}[type(part)]
        inner = [smt_term(piece) for piece in part.parts]
        return nothing if not inner else inner[0] if len(inner) == 1 else f"({word} {' '.join(inner)})"
    return f"({part.relation} {smt_term(part.left)} {smt_term(part.right)})"


def to_smt2(formula: Formula) -> str:
    """The sentence "some values of the variables satisfy the formula" as an SMT-LIB 2 script.

    Formulas without functions are of logic QF_NRA. The transcendental functions are not in the standard; `exp` and
    `sin` are those of cvc5 (logic QF_NRAT), `sigmoid` and `pow3` should be translated to `exp` first.
    """
    lines = [f"(set-logic {'QF_NRAT' if functions(formula) else 'QF_NRA'})"]
    lines += [f"(declare-const {name} Real)" for name in variables(formula)]
    lines += [f"(assert {smt_term(part)})" for part in (formula.parts if isinstance(formula, And) else (formula,))]
    return "\n".join([*lines, "(check-sat)", ""])

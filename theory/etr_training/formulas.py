"""Existential formulas over the reals: terms with +, * and named functions, the relations =, <, <=, and, or.

All variables are understood as existentially quantified, so that a formula *is* a sentence of the existential theory
of the reals (ETR); with the functions `exp`, `sin`, `sigmoid`, `pow3` (x -> 3^x) or `sigmoid3` (x -> 3^x / (1 + 3^x))
it is one of ETR_exp, ETR_sin and so on. Negation is not needed: not (s = t) is s < t or t < s, and so on, which keeps
every formula monotone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import sympy

from theory.etr_training.exact_numbers import plain, sign_of, to_sympy
from theory.language.errors import InputError, explain

FUNCTIONS = ("exp", "sin", "sigmoid", "pow3", "sigmoid3")
RELATIONS = ("=", "<", "<=")


@dataclass(frozen=True)
class Const:
    """A rational constant."""

    value: Fraction


@dataclass(frozen=True)
class Var:
    """A real variable."""

    name: str


@dataclass(frozen=True)
class Sum:
    """The sum of the parts; no parts is 0."""

    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Product:
    """The product of the parts; no parts is 1."""

    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Apply:
    """One of FUNCTIONS applied to a term."""

    function: str
    argument: Term


@dataclass(frozen=True)
class Atom:
    """A comparison `left relation right`, the relation one of RELATIONS."""

    relation: str
    left: Term
    right: Term


@dataclass(frozen=True)
class And:
    """The conjunction of the parts; no parts is true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True)
class Or:
    """The disjunction of the parts; no parts is false."""

    parts: tuple[Formula, ...]


Term = Const | Var | Sum | Product | Apply
Formula = Atom | And | Or
ZERO, ONE, MINUS_ONE = Const(Fraction(0)), Const(Fraction(1)), Const(Fraction(-1))


def negated(term: Term) -> Term:
    """The term -t, a constant staying a constant."""
    if isinstance(term, Const):
        return Const(-term.value)
    if isinstance(term, Product) and term.parts and isinstance(term.parts[0], Const):
        head = Const(-term.parts[0].value)
        return product_of(*((head,) if head != ONE else ()), *term.parts[1:])
    return product_of(MINUS_ONE, term)


def sum_of(*terms: Term) -> Term:
    """The sum, without zeros and with inner sums unfolded; one term is itself."""
    flat = [part for term in terms for part in (term.parts if isinstance(term, Sum) else (term,)) if part != ZERO]
    return flat[0] if len(flat) == 1 else Sum(tuple(flat)) if flat else ZERO


def product_of(*terms: Term) -> Term:
    """The product, without ones and with inner products unfolded; one factor is itself, a factor 0 makes it 0."""
    flat = [part for term in terms for part in (term.parts if isinstance(term, Product) else (term,)) if part != ONE]
    if ZERO in flat:
        return ZERO
    return flat[0] if len(flat) == 1 else Product(tuple(flat)) if flat else ONE


def difference(left: Term, right: Term) -> Term:
    """The term left - right."""
    return sum_of(left, negated(right))


def subterms(part: Term | Formula) -> Iterator[Term]:
    """All occurrences of terms in a formula or term, inner ones first."""
    if isinstance(part, Atom):
        yield from subterms(part.left)
        yield from subterms(part.right)
    elif isinstance(part, (And, Or)):
        for inner in part.parts:
            yield from subterms(inner)
    else:
        if isinstance(part, Apply):
            yield from subterms(part.argument)
        elif isinstance(part, (Sum, Product)):
            for term in part.parts:
                yield from subterms(term)
        yield part


def atoms(formula: Formula) -> tuple[Atom, ...]:
    """The atoms of a formula from left to right."""
    if isinstance(formula, Atom):
        return (formula,)
    return tuple(atom for part in formula.parts for atom in atoms(part))


def variables(part: Term | Formula) -> tuple[str, ...]:
    """The names of the variables in order of their first occurrence."""
    return tuple(dict.fromkeys(term.name for term in subterms(part) if isinstance(term, Var)))


def functions(part: Term | Formula) -> tuple[str, ...]:
    """The functions that occur, in the order of FUNCTIONS."""
    used = {term.function for term in subterms(part) if isinstance(term, Apply)}
    return tuple(name for name in FUNCTIONS if name in used)


def size(part: Term | Formula) -> int:
    """The number of nodes: terms, atoms and connectives, each counted once per occurrence."""
    if isinstance(part, (And, Or)):
        return 1 + sum(size(inner) for inner in part.parts)
    return sum(1 for _ in subterms(part)) + isinstance(part, Atom)


def apply_function(function: str, argument: Any) -> Any:
    """The exact value of one of FUNCTIONS; a SymPy expression unless it is rational.

    >>> apply_function("exp", Fraction(0)), apply_function("pow3", Fraction(-2))
    (Fraction(1, 1), Fraction(1, 9))
    """
    x = to_sympy(argument)
    if function == "exp":
        return plain(sympy.exp(x))
    if function == "sin":
        return plain(sympy.sin(x))
    if function == "pow3":
        return plain(sympy.Integer(3) ** x)
    if function in ("sigmoid", "sigmoid3"):
        power = sympy.exp(x) if function == "sigmoid" else sympy.Integer(3) ** x
        return plain(sympy.cancel(power / (1 + power)))
    remedy = f"Use one of {', '.join(FUNCTIONS)}."
    raise InputError(explain("function", "a known function", repr(function), remedy))


def value(term: Term, assignment: Mapping[str, Any]) -> Any:
    """The exact value of a term at Fractions, real algebraic numbers or SymPy numbers.

    Raises:
        InputError: the assignment lacks a variable of the term.

    >>> value(Sum((Var("x"), Const(Fraction(1, 2)))), {"x": Fraction(1, 2)})
    Fraction(1, 1)
    """
    if isinstance(term, Const):
        return term.value
    if isinstance(term, Var):
        if term.name not in assignment:
            remedy = f"Give the assignment a value for {term.name!r}."
            raise InputError(explain("assignment", "a value for every variable", f"none for {term.name!r}", remedy))
        return assignment[term.name]
    if isinstance(term, Apply):
        return apply_function(term.function, value(term.argument, assignment))
    result: Any = Fraction(0) if isinstance(term, Sum) else Fraction(1)
    for part in term.parts:
        number = value(part, assignment)
        result = plain(result + number if isinstance(term, Sum) else result * number)
    return result


def holds(formula: Formula, assignment: Mapping[str, Any]) -> bool:
    """Whether the assignment satisfies the formula, decided exactly."""
    if isinstance(formula, And):
        return all(holds(part, assignment) for part in formula.parts)
    if isinstance(formula, Or):
        return any(holds(part, assignment) for part in formula.parts)
    sign = sign_of(value(formula.left, assignment) - value(formula.right, assignment))
    return {"=": sign == 0, "<": sign < 0, "<=": sign <= 0}[formula.relation]


def replace_applications(part: Any, visit: Any) -> Any:
    """The formula or term with every `Apply` replaced, innermost first, by `visit(function, argument)`."""
    if isinstance(part, (Const, Var)):
        return part
    if isinstance(part, Apply):
        return visit(part.function, replace_applications(part.argument, visit))
    if isinstance(part, Atom):
        left, right = replace_applications(part.left, visit), replace_applications(part.right, visit)
        return Atom(part.relation, left, right)
    return type(part)(tuple(replace_applications(inner, visit) for inner in part.parts))

"""Polynomials in the parameters of a network: outputs of identity DAGs, substitution, and their text in SMT-LIB 2.

A monomial is a sorted tuple of (parameter, exponent); a polynomial maps monomials to non-zero rationals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance

Monomial = tuple[tuple[str, int], ...]
Polynomial = dict[Monomial, Fraction]

ONE: Monomial = ()
TERMS = 20_000
"""Largest polynomial that is expanded; beyond it a method gives up instead of filling the memory."""


class TooManyTerms(Exception):
    """A polynomial has grown beyond `TERMS`: the method that built it does not apply."""


def constant(value: Fraction | int) -> Polynomial:
    """Return the constant polynomial."""
    return {ONE: Fraction(value)} if value else {}


def variable(name: str) -> Polynomial:
    """Return the polynomial that is one parameter."""
    return {((name, 1),): Fraction(1)}


def add(left: Polynomial, right: Polynomial, factor: Fraction | int = 1) -> Polynomial:
    """Return left + factor * right."""
    total = dict(left)
    for monomial, coefficient in right.items():
        value = total.get(monomial, 0) + factor * coefficient
        if value:
            total[monomial] = value
        else:
            total.pop(monomial, None)
    return total


def scale(polynomial: Polynomial, factor: Fraction | int) -> Polynomial:
    """Return factor * polynomial."""
    return {monomial: factor * coefficient for monomial, coefficient in polynomial.items()} if factor else {}


def times(left: Monomial, right: Monomial) -> Monomial:
    """Return the product of two monomials."""
    if not left or not right:
        return left or right
    exponents = dict(left)
    for name, power in right:
        exponents[name] = exponents.get(name, 0) + power
    return tuple(sorted(exponents.items()))


def multiply(left: Polynomial, right: Polynomial) -> Polynomial:
    """Return left * right."""
    if len(left) * len(right) > 50 * TERMS:
        raise TooManyTerms
    total: dict[Monomial, Fraction] = {}
    for one, a in left.items():
        for other, b in right.items():
            key = times(one, other)
            total[key] = total.get(key, Fraction(0)) + a * b
    total = {monomial: coefficient for monomial, coefficient in total.items() if coefficient}
    if len(total) > TERMS:
        raise TooManyTerms
    return total


def power(polynomial: Polynomial, exponent: int) -> Polynomial:
    """Return polynomial ** exponent for exponent >= 0."""
    total = constant(1)
    for _ in range(exponent):
        total = multiply(total, polynomial)
    return total


def names(polynomial: Polynomial) -> set[str]:
    """Return the parameters that occur."""
    return {name for monomial in polynomial for name, _ in monomial}


def substitute(polynomial: Polynomial, values: Mapping[str, Polynomial]) -> Polynomial:
    """Return the polynomial with some parameters replaced by polynomials, all at once."""
    total: Polynomial = {}
    for monomial, coefficient in polynomial.items():
        if not any(name in values for name, _ in monomial):
            total = add(total, {monomial: coefficient})
            continue
        term = {tuple(factor for factor in monomial if factor[0] not in values): coefficient}
        for name, exponent in monomial:
            if name in values:
                term = multiply(term, power(values[name], exponent))
        total = add(total, term)
    return total


def degree(polynomial: Polynomial) -> int:
    """Return the total degree (0 for constants)."""
    return max((sum(exponent for _, exponent in monomial) for monomial in polynomial), default=0)


def univariate(polynomial: Polynomial) -> list[Fraction]:
    """Return the coefficients, constant first, of a polynomial in at most one parameter."""
    coefficients = [Fraction(0)] * (degree(polynomial) + 1)
    for monomial, coefficient in polynomial.items():
        coefficients[monomial[0][1] if monomial else 0] = coefficient
    return coefficients


def output_polynomials(instance: TrainingInstance) -> list[list[Polynomial]]:
    """Return, for each point and sink, the output of a network of identities as a polynomial in its free parameters.

    Raises `TooManyTerms` where the expansion, whose size is the number of paths, is too large.
    """
    outputs = []
    for point in instance.points:
        values = vertex_polynomials(instance, point)
        outputs.append([values[sink] for sink in instance.sinks])
    return outputs


def vertex_polynomials(instance: TrainingInstance, point: Iterable[Fraction]) -> dict[str, Polynomial]:
    """Return the value of each vertex at a point as if every activation were the identity."""
    pinned, biases = dict(instance.pinned), set(instance.biases)
    values = {source: constant(x) for source, x in zip(instance.sources, point, strict=True)}
    incoming: dict[str, list[str]] = {name: [] for name, _ in instance.vertices}
    for start, end in instance.edges:
        incoming[end].append(start)
    for name, _ in instance.vertices:
        total = parameter(name, pinned) if name in biases else {}
        for start in incoming[name]:
            total = add(total, multiply(parameter(f"{start}->{name}", pinned), values[start]))
        if len(total) > TERMS:
            raise TooManyTerms
        values[name] = total
    return values


def parameter(name: str, pinned: Mapping[str, Fraction]) -> Polynomial:
    """Return a parameter as a polynomial: itself, or its value where it is pinned."""
    return constant(pinned[name]) if name in pinned else variable(name)


def residuals(instance: TrainingInstance) -> list[tuple[int, int, Polynomial]]:
    """Return (point, sink index, output - label) for every label that is not a don't-care."""
    outputs = output_polynomials(instance)
    return [(i, t, add(outputs[i][t], constant(-label)))
            for i, row in enumerate(instance.labels) for t, label in enumerate(row) if label is not None]


def smt_text(polynomial: Polynomial, symbols: Mapping[str, str]) -> str:
    """Return the polynomial as an SMT-LIB 2 term of sort Real."""
    terms = []
    for monomial, coefficient in polynomial.items():
        factors = [symbols[name] for name, exponent in monomial for _ in range(exponent)]
        if coefficient != 1 or not factors:
            factors.insert(0, smt_number(coefficient))
        terms.append(factors[0] if len(factors) == 1 else f"(* {' '.join(factors)})")
    if not terms:
        return "0.0"
    return terms[0] if len(terms) == 1 else f"(+ {' '.join(terms)})"


def smt_number(value: Fraction) -> str:
    """Return a rational as an SMT-LIB 2 term."""
    size = f"{abs(value.numerator)}.0"
    if value.denominator != 1:
        size = f"(/ {size} {value.denominator}.0)"
    return f"(- {size})" if value < 0 else size


def to_json(polynomial: Polynomial) -> list[list[Any]]:
    """Return [[coefficient, {parameter: exponent}], ...] as certificates write it, in a fixed order."""
    return [[number(coefficient), dict(monomial)] for monomial, coefficient in sorted(polynomial.items())]


def number(value: Fraction | int) -> int | str:
    """Return a rational as certificates write it: an int, or the string p/q."""
    value = Fraction(value)
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"

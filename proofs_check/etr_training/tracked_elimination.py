"""Elimination that remembers where everything comes from, so that a contradiction at its end is a certificate.

Unknowns are path monomials: products of the weights along a path, which no gauge changes. The equations of the data
are linear in them; that they are products shows in binomials m_a m_b = m_c m_d, which hold identically in the weights.
A fact is a polynomial in the unknowns together with cofactors: expanded in the weights it equals the combination of
the original equations with these cofactors.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from proofs_check.etr_training.polynomials import (
    ONE,
    Monomial,
    Polynomial,
    TooManyTerms,
    add,
    constant,
    degree,
    multiply,
    names,
    scale,
    substitute,
    times,
    univariate,
    variable,
)

LARGEST = 400
"""Facts with more terms, or of a degree beyond 8, are dropped: elimination through them does not pay."""
BINOMIALS = 3000


@dataclass(frozen=True)
class Fact:
    """A polynomial in the unknowns that vanishes where the equations do, and its cofactors by number of equation."""

    polynomial: Polynomial
    cofactors: Mapping[int, Polynomial]

    def scaled(self, factor: Fraction) -> Fact:
        """Return factor * fact."""
        return Fact(scale(self.polynomial, factor), {e: scale(c, factor) for e, c in self.cofactors.items()})

    def minus(self, other: Fact, factor: Polynomial) -> Fact:
        """Return fact - factor * other."""
        cofactors = dict(self.cofactors)
        for e, c in other.cofactors.items():
            cofactors[e] = add(cofactors.get(e, {}), multiply(factor, c), -1)
        return Fact(add(self.polynomial, multiply(factor, other.polynomial), -1), cofactors)

    @property
    def small(self) -> bool:
        """Whether the fact is worth keeping."""
        return len(self.polynomial) + sum(map(len, self.cofactors.values())) <= LARGEST and degree(self.polynomial) <= 8


@dataclass(frozen=True)
class Contradiction:
    """-1 = sum cofactor * equation + sum q * s^2, in the path monomials."""

    cofactors: Mapping[int, Polynomial]
    squares: tuple[tuple[Fraction, Polynomial], ...] = ()


@dataclass(frozen=True)
class Reduced:
    """Facts without a linear unknown, and the unknowns expressed by others: name -> fact (unknown - expression)."""

    facts: tuple[Fact, ...]
    solved: tuple[tuple[str, Fact], ...]

    def normal_form(self, fact: Fact) -> Fact:
        """Return the fact with everything solved put in, and cofactors to match."""
        for name, rule in self.solved:
            fact = put(fact, name, rule)
        return fact


class PathMonomials:
    """A name for each path monomial, equations rewritten in them, and the binomials between them."""

    def __init__(self, equations: Sequence[Polynomial]) -> None:
        """Collect the monomials of the equations; all must be path monomials."""
        self.monomials = sorted({monomial for equation in equations for monomial in equation if monomial})
        self.name = {monomial: f"m{k}" for k, monomial in enumerate(self.monomials)}
        self.value = {name: {monomial: Fraction(1)} for monomial, name in self.name.items()}

    def rewritten(self, equation: Polynomial) -> Polynomial:
        """Return an equation as a linear polynomial in the path monomials."""
        return {((self.name[monomial], 1),) if monomial else ONE: c for monomial, c in equation.items()}

    def expanded(self, polynomial: Polynomial) -> Polynomial:
        """Return a polynomial in the path monomials as one in the weights."""
        return substitute(polynomial, self.value)

    def binomials(self) -> list[Polynomial]:
        """Return m_a m_b - m_c m_d for the pairs of equal products."""
        seen: dict[Monomial, Polynomial] = {}
        found: list[Polynomial] = []
        for i, left in enumerate(self.monomials):
            for right in self.monomials[i:]:
                product = times(left, right)
                pair = multiply(variable(self.name[left]), variable(self.name[right]))
                if product in seen:
                    found.append(add(pair, seen[product], -1))
                seen.setdefault(product, pair)
                if len(found) > BINOMIALS:
                    raise TooManyTerms
        return found


def put(fact: Fact, name: str, rule: Fact) -> Fact:
    """Return the fact with an unknown replaced by its expression; `rule` is unknown - expression."""
    if name not in names(fact.polynomial):
        return fact
    expression = add(variable(name), rule.polynomial, -1)
    quotient: Polynomial = {}
    for monomial, coefficient in fact.polynomial.items():
        exponent = dict(monomial).get(name, 0)
        if exponent:
            # v^k - V^k = (v - V) (v^(k-1) + v^(k-2) V + ... + V^(k-1))
            rest = {tuple(factor for factor in monomial if factor[0] != name): coefficient}
            quotient = add(quotient, multiply(rest, _geometric(name, expression, exponent)))
    return fact.minus(rule, quotient)


def _geometric(name: str, expression: Polynomial, exponent: int) -> Polynomial:
    """Return v^(k-1) + v^(k-2) V + ... + V^(k-1)."""
    total, power = constant(1), constant(1)
    for _ in range(exponent - 1):
        power = multiply(power, expression)
        total = add(multiply(total, variable(name)), power)
    return total


def eliminate(facts: Sequence[Fact]) -> Reduced | Contradiction:
    """Solve for unknowns that stand alone, shortest facts first, until there are none or 0 = 1 has come out."""
    current, solved = [fact for fact in facts if fact.polynomial], []
    while True:
        found = contradiction(current)
        if found is not None:
            return found
        choice = _linear_unknown(current)
        if choice is None:
            return Reduced(tuple(current), tuple(solved))
        name, chosen = choice
        rule = chosen.scaled(1 / chosen.polynomial[(name, 1),])
        solved.append((name, rule))
        current = [new for fact in current if fact is not chosen and (new := put(fact, name, rule)).polynomial]
        current = list({tuple(sorted(fact.polynomial.items())): fact for fact in reversed(current)
                        if fact.small}.values())


def _linear_unknown(facts: Sequence[Fact]) -> tuple[str, Fact] | None:
    """Return an unknown that occurs once, alone and linearly, in the shortest fact that has one."""
    best: tuple[tuple[int, int], str, Fact] | None = None
    for fact in facts:
        size = degree(fact.polynomial), len(fact.polynomial)
        if best is not None and best[0] <= size:
            continue
        uses: dict[str, int] = {}
        for monomial in fact.polynomial:
            for name, _ in monomial:
                uses[name] = uses.get(name, 0) + 1
        alone = [name for name, count in uses.items() if count == 1 and ((name, 1),) in fact.polynomial]
        if alone:
            best = size, min(alone), fact
    return None if best is None else best[1:]


def contradiction(facts: Sequence[Fact]) -> Contradiction | None:
    """Return a contradiction that a single fact shows: a non-zero constant, or a quadratic without real roots."""
    for fact in facts:
        if set(fact.polynomial) == {ONE}:
            return Contradiction(fact.scaled(-1 / fact.polynomial[ONE]).cofactors)
    for fact in facts:
        unknowns = names(fact.polynomial)
        if len(unknowns) == 1 and degree(fact.polynomial) == 2:
            coefficients = univariate(fact.polynomial)
            completed = square_completion(coefficients)
            if completed is not None:
                middle, height = completed
                linear = add(variable(unknowns.pop()), constant(-middle))
                cofactors = fact.scaled(-1 / (coefficients[2] * height)).cofactors
                return Contradiction(cofactors, ((1 / height, linear),))
    return None


def square_completion(coefficients: Sequence[Fraction]) -> tuple[Fraction, Fraction] | None:
    """Return (m, c) with p = a ((z - m)^2 + c) and c > 0 for a quadratic p without real roots, else None."""
    if len(coefficients) != 3:
        return None
    a = coefficients[2]
    middle = -coefficients[1] / (2 * a)
    height = coefficients[0] / a - middle**2
    return (middle, height) if height > 0 else None

"""Diophantine equations as pinned training problems with sin.

A real number n is an integer exactly if sin(pi n) = 0, and pi is the only zero of sin between 3 and 4. So an equation
has an integer solution exactly if the formula "3 < p < 4, sin p = 0, sin(p x) = 0 for each variable x, and the
equation" is satisfiable, and that formula is compiled to a training instance with one pinned sin vertex. As
Diophantine equations are undecidable, so is pinned training with sin. What can be decided here is decided: small
solutions by substitution, unsolvable congruences by exhaustion; everything else is "unknown".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product
from typing import Any

import sympy

from theory.etr_training.compilation import Compiled, as_formula, compile_formula
from theory.etr_training.compile_functions import CompiledFunctions, compile_with_functions
from theory.etr_training.exact_numbers import plain
from theory.etr_training.formula_printing import to_text
from theory.etr_training.formulas import (
    And,
    Apply,
    Atom,
    Const,
    Formula,
    Product,
    Var,
    atoms,
    functions,
    value,
    variables,
)
from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError, explain

MAX_TRIALS = 200_000


@dataclass(frozen=True)
class DiophantineAnswer:
    """`status` is "sat" with an integer solution, "unsat" with a modulus without solutions, or "unknown"."""

    status: str
    solution: dict[str, int] | None
    modulus: int | None
    reason: str


@dataclass(frozen=True)
class DiophantineProblem:
    """An equation (or a conjunction of equations) to be solved in integers, and its training instances.

    `compiled` has a pinned sin vertex and can be fitted exactly if and only if an integer solution exists;
    `relaxation` is the identity network of the equation over the reals.
    """

    equation: Formula
    pi: str
    compiled: CompiledFunctions = field(repr=False)
    relaxation: Compiled = field(repr=False)

    @property
    def instance(self) -> TrainingInstance:
        """The pinned training instance with a sin vertex."""
        return self.compiled.instance

    @property
    def unknowns(self) -> tuple[str, ...]:
        """The variables of the equation."""
        return variables(self.equation)

    def forward(self, solution: Mapping[str, int]) -> dict[str, Any]:
        """Return weights that fit exactly from an integer solution; pi is a SymPy number.

        Raises:
            InputError: the integers do not satisfy the equation.
        """
        return self.compiled.forward({**solution, self.pi: sympy.pi})

    def backward(self, weights: Mapping[str, Any]) -> dict[str, Any]:
        """Return the integers that the weights of an exact fit encode."""
        values = self.compiled.backward(weights)
        return {name: values[name] for name in self.unknowns}

    def solved_by(self, numbers: Mapping[str, Any]) -> bool:
        """Whether rational numbers satisfy the equation."""
        exact = {name: Fraction(number) for name, number in numbers.items()}
        return all(value(atom.left, exact) == value(atom.right, exact) for atom in atoms(self.equation))

    def answer(self, bound: int = 20, moduli: int = 16) -> DiophantineAnswer:
        """Look for integer solutions of absolute value at most `bound` and for a modulus up to `moduli` without any.

        The answer is "unsat" only on the ground of such a modulus, never because the search found nothing.
        """
        for numbers in self._integers(bound):
            candidate = dict(zip(self.unknowns, numbers, strict=True))
            if self.solved_by(candidate):
                return DiophantineAnswer("sat", candidate, None, "found by substitution")
        for modulus in range(2, moduli + 1):
            if modulus ** len(self.unknowns) <= MAX_TRIALS and self.unsolvable_modulo(modulus):
                return DiophantineAnswer("unsat", None, modulus, f"no solution modulo {modulus}, all residues tried")
        return DiophantineAnswer("unknown", None, None, f"no solution up to {bound} and no modulus up to {moduli}")

    def _integers(self, bound: int) -> Iterator[tuple[int, ...]]:
        """Tuples of integers in order of their largest absolute value, at most MAX_TRIALS."""
        trials = 0
        for size in range(bound + 1):
            for numbers in product(sorted(range(-size, size + 1), key=lambda n: (abs(n), -n)),
                                   repeat=len(self.unknowns)):
                if max(map(abs, numbers), default=0) == size:
                    trials += 1
                    if trials > MAX_TRIALS:
                        return
                    yield numbers

    def unsolvable_modulo(self, modulus: int) -> bool:
        """Whether no residues satisfy the equation, whose coefficients are multiplied by their denominators."""
        polynomials = [self._integral(atom) for atom in atoms(self.equation)]
        return not any(all(_at(polynomial, residues) % modulus == 0 for polynomial in polynomials)
                       for residues in product(range(modulus), repeat=len(self.unknowns)))

    def _integral(self, atom: Atom) -> tuple[tuple[tuple[int, ...], int], ...]:
        symbols = {name: sympy.Symbol(name) for name in self.unknowns}
        gap = sympy.expand(value(atom.left, symbols) - value(atom.right, symbols))
        _, cleared = sympy.Poly(gap, *symbols.values()).clear_denoms(convert=True)
        return tuple((powers, int(coefficient)) for powers, coefficient in cleared.terms())

    def real_relaxation(self, bound: int = 3) -> dict[str, Any] | None:
        """Return real numbers that satisfy a single equation: small integers, and a real root for one variable.

        None if no such numbers are found; the equation may have other real solutions then.
        """
        (atom,) = atoms(self.equation)
        symbols = {name: sympy.Symbol(name) for name in self.unknowns}
        gap = sympy.expand(value(atom.left, symbols) - value(atom.right, symbols))
        for name in self.unknowns:
            others = [other for other in self.unknowns if other != name]
            for numbers in product(sorted(range(-bound, bound + 1), key=abs), repeat=len(others)):
                given = dict(zip(others, numbers, strict=True))
                polynomial = sympy.Poly(gap.subs({symbols[other]: n for other, n in given.items()}), symbols[name])
                roots = sympy.real_roots(polynomial) if polynomial.degree() > 0 else []
                if roots:
                    return {**{other: Fraction(n) for other, n in given.items()}, name: plain(roots[-1])}
        return None


def _at(polynomial: tuple[tuple[tuple[int, ...], int], ...], numbers: tuple[int, ...]) -> int:
    total = 0
    for powers, coefficient in polynomial:
        term = coefficient
        for number, power in zip(numbers, powers, strict=True):
            term *= number**power
        total += term
    return total


def compile_diophantine(equation: Formula | str) -> DiophantineProblem:
    """Return the pinned sin training problem of a Diophantine equation such as `3x^2 + 2 = y^2`.

    Raises:
        InputError: the formula is not a conjunction of polynomial equations.

    >>> compile_diophantine("3x^2 + 2 = y^2").answer()
    DiophantineAnswer(status='unsat', solution=None, modulus=3, reason='no solution modulo 3, all residues tried')
    """
    parsed = as_formula(equation)
    bad = next((atom for atom in atoms(parsed) if atom.relation != "="), None)
    flat = isinstance(parsed, Atom) or (isinstance(parsed, And) and all(isinstance(p, Atom) for p in parsed.parts))
    if bad is not None or functions(parsed) or not flat:
        raise InputError(explain("equation", "equations between polynomials", to_text(bad or parsed),
                                 "Write '3x^2 + 2 = y^2'."))
    names = variables(parsed)
    pi = next(name for name in ("p", *(f"p{k}" for k in range(len(names) + 1))) if name not in names)
    p = Var(pi)
    between = (Atom("<", Const(Fraction(3)), p), Atom("<", p, Const(Fraction(4))))
    zero = Const(Fraction(0))
    zeros = tuple(Atom("=", Apply("sin", Product((p, Var(name)))), zero) for name in names)
    whole = And((*between, Atom("=", Apply("sin", p), zero), *zeros, *atoms(parsed)))
    return DiophantineProblem(parsed, pi, compile_with_functions(whole), compile_formula(parsed))

"""Writing a polynomial as a combination of others with multipliers from a finite list: exact linear algebra.

The support is found modulo a prime of 61 bits; the coefficients are then solved for over the rationals and the
identity is multiplied out, so that a result is always right.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from proofs_check.etr_training.exact_matrices import fraction
from proofs_check.etr_training.polynomials import Monomial, Polynomial, add, times

PRIME = (1 << 61) - 1
ENTRIES = 30_000_000
"""Largest number of entries of the matrix modulo the prime; beyond it nothing is looked for."""


def combination(target: Polynomial, generators: Sequence[Polynomial], multipliers: Sequence[Sequence[Monomial]]
                ) -> list[Polynomial] | None:
    """Return a cofactor for each generator, made of its multipliers, with sum cofactor * generator = target; or None.

    None also where a denominator vanishes modulo the prime or the matrix would be too large.
    """
    columns = [(g, m) for g, allowed in enumerate(multipliers) for m in allowed]
    products = [{times(m, monomial): c for monomial, c in generators[g].items()} for g, m in columns]
    rows = {monomial: k for k, monomial in enumerate(sorted(set(target).union(*products)))}
    if not columns or len(rows) * (len(columns) + 1) > ENTRIES:
        return None if target else [{} for _ in generators]
    try:
        modular = [{rows[monomial]: _residue(c) for monomial, c in p.items()} for p in [*products, target]]
    except ZeroDivisionError:
        return None
    solution = _solve(products, target, rows, modular)
    if solution is None:
        return None
    cofactors: list[Polynomial] = [{} for _ in generators]
    for (g, m), value in zip(columns, solution, strict=True):
        if value:
            cofactors[g] = add(cofactors[g], {m: value})
    return cofactors if _is_identity(target, generators, cofactors) else None


def _residue(value: Fraction) -> int:
    if value.denominator % PRIME == 0:
        raise ZeroDivisionError
    return value.numerator * pow(value.denominator, -1, PRIME) % PRIME


def _pivots(columns: Sequence[dict[int, int]], height: int) -> list[int]:
    """Return which columns are independent of those before them, modulo the prime."""
    import flint

    width = len(columns)
    entries = [0] * (height * width)
    for j, column in enumerate(columns):
        for i, value in column.items():
            entries[i * width + j] = value
    reduced, rank = flint.nmod_mat(height, width, entries, PRIME).rref()
    found, j = [], 0
    for i in range(rank):
        while int(reduced[i, j]) == 0:
            j += 1
        found.append(j)
    return found


def _solve(products: Sequence[Polynomial], target: Polynomial, rows: dict[Monomial, int],
           modular: Sequence[dict[int, int]]) -> list[Fraction] | None:
    """Return rational coefficients of the products that give the target, supported on independent products."""
    import flint

    pivots = _pivots(modular, len(rows))
    if pivots and pivots[-1] == len(products):
        return None
    flipped: list[dict[int, int]] = [{} for _ in rows]
    for k, j in enumerate(pivots):
        for i, value in modular[j].items():
            flipped[i][k] = value
    chosen = _pivots(flipped, len(pivots)) if pivots else []
    names = {i: monomial for monomial, i in rows.items()}
    wanted = [names[i] for i in chosen]
    zero = Fraction(0)
    matrix = flint.fmpq_mat(len(wanted), len(pivots),
                            [_rational(products[j].get(monomial, zero)) for monomial in wanted for j in pivots])
    right = flint.fmpq_mat(len(wanted), 1, [_rational(target.get(monomial, zero)) for monomial in wanted])
    found: Any = matrix.solve(right) if pivots else None
    solution = [zero] * len(products)
    for k, j in enumerate(pivots):
        solution[j] = fraction(found[k, 0])
    return solution


def _rational(value: Fraction) -> Any:
    import flint

    return flint.fmpq(value.numerator, value.denominator)


def _is_identity(target: Polynomial, generators: Sequence[Polynomial], cofactors: Sequence[Polynomial]) -> bool:
    total: dict[Monomial, Fraction] = {monomial: -c for monomial, c in target.items()}
    for generator, cofactor in zip(generators, cofactors, strict=True):
        for m, a in cofactor.items():
            for monomial, c in generator.items():
                key = times(m, monomial)
                total[key] = total.get(key, Fraction(0)) + a * c
    return not any(total.values())

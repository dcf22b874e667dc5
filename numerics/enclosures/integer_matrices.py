"""Matrices of integers, rationals and residues modulo a prime with fast products and exact ranks."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mat, fmpz_mat, nmod_mat

from theory.exact.matrices import Matrix

IntegerMatrix = fmpz_mat
"""Rows of integers of any size."""
RationalMatrix = fmpq_mat
"""Rows of fractions; see `of_fractions` and `fractions`."""
ResidueMatrix = nmod_mat
"""Rows of residues, with the modulus as a second argument."""


def integer_rank(rows: Sequence[Sequence[int]]) -> int:
    """Return the rank over the rationals.

    >>> integer_rank([[1, 2], [2, 4]])
    1
    """
    return IntegerMatrix([list(row) for row in rows]).rank()


def of_fractions(rows: Matrix) -> RationalMatrix:
    """Return rows of Fractions as a matrix for fast products."""
    return RationalMatrix([[fmpq(x.numerator, x.denominator) for x in row] for row in rows])


def fractions(a: RationalMatrix) -> Matrix:
    """Return the rows as Fractions.

    >>> fractions(of_fractions(((Fraction(1, 2),),)))
    ((Fraction(1, 2),),)
    """
    return tuple(tuple(Fraction(int(x.p), int(x.q)) for x in row) for row in a.tolist())

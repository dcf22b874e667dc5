"""The rank of a design matrix, decided exactly where its entries are known exactly, with the reason.

Features are floats, hence exact dyadic fractions. For S = A + I (and other S with few binary places) G is a rational
matrix and its rank is found over the rationals. The entries of the normalised S are square roots; there the rank modulo
a prime in which all of them exist is a lower bound, and the rank of the rational part of G, over the training columns,
an upper one: X S^l = X D^(-1/2) N_l D^(-1/2) with N_l rational.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

import numpy as np
from sympy import factorint, isprime

from numerics.enclosures.integer_matrices import IntegerMatrix, ResidueMatrix, integer_rank
from numerics.gnn_convergence.networks import Array, Problem, shift

PLACES = 20
"""An own S counts as exact if its entries have at most so many binary places."""
TOLERANCE = 1e-12
"""Singular values below this multiple of the largest count as zero where the rank cannot be decided exactly."""


@dataclass(frozen=True)
class Rank:
    """`value` with the certain bounds lower <= rank <= upper (exact if they agree) and how it was found."""

    value: int
    lower: int
    upper: int
    how: str

    @property
    def exact(self) -> bool:
        """Whether the value is certain."""
        return self.lower == self.upper


def integers(values: Array) -> tuple[list[list[int]], int]:
    """Return integers a and a shift s with values = a / 2^s, exactly.

    >>> integers(np.array([[0.5, 3.0]]))
    ([[1, 6]], 1)
    """
    fractions = [[Fraction(x) for x in row] for row in np.asarray(values, dtype=np.float64).tolist()]
    places = max((x.denominator.bit_length() - 1 for row in fractions for x in row), default=0)
    return [[x.numerator * (2**places // x.denominator) for x in row] for row in fractions], places


def kind_of(S: Array) -> str:
    """Return "gin" or "gcn" if S is that aggregation of its own pattern, "rational" for few binary places, else "own".
    """
    pattern = S != 0
    if pattern.diagonal().all() and (pattern == pattern.T).all():
        adjacency = tuple(map(tuple, (pattern & ~np.eye(len(S), dtype=bool)).astype(int).tolist()))
        for kind in ("gin", "gcn"):
            if (S == shift(adjacency, kind)).all():
                return kind
    scaled = S * 2.0**PLACES
    return "rational" if (scaled == np.rint(scaled)).all() and np.abs(scaled).max() < 2.0**53 else "own"


def rank_of(problem: Problem) -> Rank:
    """Return the rank of the problem's design matrix."""
    kind = kind_of(problem.S)
    if problem.depth == 0 or kind in ("gin", "rational"):
        value = _rational(problem)
        return Rank(value, value, value, "elimination over the rationals")
    if kind == "gcn":
        lower, upper = _modulo_prime(problem), _rational_part(problem)
        if lower == upper:
            return Rank(lower, lower, upper, "rank modulo a prime, and rank of the rational part")
    else:
        lower, upper = 0, min(problem.design().shape)
    values = np.linalg.svd(problem.design(), compute_uv=False)
    found = int((values > TOLERANCE * values[0]).sum()) if values.size else 0
    return Rank(min(max(found, lower), upper), lower, upper,
                f"singular values above {TOLERANCE:g} times the largest")


def _rational(problem: Problem) -> int:
    """The rank of the design matrix in integers; each block carries a power of 2 of its own, which no rank sees."""
    (X, _), (S, _) = integers(problem.X), integers(problem.S)
    rows, power, step = [], IntegerMatrix(X), IntegerMatrix(S)
    for level in range(problem.depth + 1):
        if level:
            power = power * step
        if problem.skip or level == problem.depth:
            rows += [[row[i] for i in problem.train] for row in power.tolist()]
    return integer_rank(rows)


def _degrees(problem: Problem) -> list[int]:
    return (problem.S != 0).sum(axis=0).tolist()


def _rational_part(problem: Problem) -> int:
    """An upper bound: rank G <= the sum over the blocks of min(rank X, rank of the columns of N_l at the nodes)."""
    X, _ = integers(problem.X)
    bound, degrees = integer_rank(X), _degrees(problem)
    nodes = len(degrees)
    common = int(np.lcm.reduce(np.array(degrees, dtype=object)))
    closed = (problem.S != 0).astype(int).tolist()
    # N_1 = A + I, N_(l+1) = N_l D^(-1) (A + I), times the common multiple of the degrees
    middle = IntegerMatrix([[common // degrees[i] * closed[i][j] for j in range(nodes)] for i in range(nodes)])
    power, total = IntegerMatrix(closed), bound if problem.skip else 0
    for level in range(1, problem.depth + 1):
        if level > 1:
            power = power * middle
        if problem.skip or level == problem.depth:
            table = power.tolist()
            total += min(bound, integer_rank([[row[i] for i in problem.train] for row in table]))
    return min(total, len(problem.train))


def _modulo_prime(problem: Problem) -> int:
    """A lower bound: the rank of G with each square root replaced by one in a finite field that has them all."""
    degrees = _degrees(problem)
    prime = _prime(set(degrees))
    inverse = {d: pow(pow(d, (prime + 1) // 4, prime), -1, prime) for d in set(degrees)}  # 1/sqrt(d)
    nodes = range(len(degrees))
    S = ResidueMatrix([[inverse[degrees[i]] * inverse[degrees[j]] % prime if problem.S[i, j] else 0 for j in nodes]
                  for i in nodes], prime)
    X, _ = integers(problem.X)
    power, rows = ResidueMatrix([[x % prime for x in row] for row in X], prime), []
    # the factor 2^places of X is the same for all blocks and invertible modulo an odd prime
    for level in range(problem.depth + 1):
        if level:
            power = power * S
        if problem.skip or level == problem.depth:
            table = power.tolist()
            rows += [[int(row[i]) for i in problem.train] for row in table]
    return ResidueMatrix(rows, prime).rank()


def _prime(degrees: set[int]) -> int:
    """A prime of 60 bits, 3 modulo 4, modulo which every degree is a square and none is zero."""
    factors = sorted({p for d in degrees if isqrt(d) ** 2 != d for p, e in factorint(d).items() if e % 2})
    candidate = 2**60 - 1  # 3 modulo 4
    while True:
        if isprime(candidate) and all(pow(p, (candidate - 1) // 2, candidate) == 1 for p in factors):
            return candidate
        candidate -= 4

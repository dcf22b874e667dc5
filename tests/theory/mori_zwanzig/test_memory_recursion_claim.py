"""Errors of states computed with memory cut at every level: closed forms, a random chain, refusals."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.exact.matrices import combination, identity, matrix, product
from theory.language.errors import InputError
from theory.mori_zwanzig.memory_recursion import accumulated_error


def test_equal_remainders_add_up_level_by_level():
    """Four levels that pass the next one on, remainders 1: errors 4, 3, 2, 1."""
    shift = matrix([[int(j == i + 1) for j in range(4)] for i in range(4)], "K")
    assert accumulated_error(shift, identity(4), matrix([[1]] * 4, "R")) == ((4,), (3,), (2,), (1,))


def test_random_truncated_memory_gives_the_difference_of_the_two_solutions():
    """Solutions of u = N + K P u + R and v = N + K P v by back substitution differ by R + T P R."""
    draw = random.Random(7)
    size = 5
    kept = matrix([[draw.randint(-3, 3) if j > i else 0 for j in range(size)] for i in range(size)], "K")
    projection = matrix([[Fraction(i == j and i % 2) for j in range(size)] for i in range(size)], "P")
    noise, remainder = (matrix([[draw.randint(-4, 4)] for _ in range(size)], "N") for _ in range(2))
    step = product(kept, projection)

    def solved(right):
        found = [Fraction(0)] * size
        for i in reversed(range(size)):
            found[i] = right[i][0] + sum(step[i][j] * found[j] for j in range(i + 1, size))
        return matrix([[x] for x in found], "solution")

    difference = combination(solved(combination(noise, remainder, 1)), solved(noise), -1)
    assert accumulated_error(kept, projection, remainder) == difference


def test_memory_that_leads_back_is_refused():
    """A block on the diagonal has no finite recursion."""
    with pytest.raises(InputError):
        accumulated_error(identity(2), identity(2), matrix([[1], [1]], "R"))

"""Kernels of paths and cycles with self-loops: dimensions, and what determines a vector in them."""

from __future__ import annotations

import pytest
from sympy import Matrix

from theory.gnn_convergence.graph_shift import aggregation


def _path(n):
    return [[int(abs(i - j) == 1) for j in range(n)] for i in range(n)]


def _cycle(n):
    return [[int((i - j) % n in (1, n - 1)) for j in range(n)] for i in range(n)]


@pytest.mark.parametrize("n", range(1, 13))
def test_path_kernels_are_lines_on_which_the_first_entry_is_not_zero(n):
    """Dimension 1 for n = 2 mod 3 and 0 otherwise; a kernel vector that starts with 0 is 0."""
    kernel = Matrix(aggregation(_path(n), "gin")).nullspace()
    assert len(kernel) == (n % 3 == 2)
    assert all(vector[0] != 0 for vector in kernel)


@pytest.mark.parametrize("n", range(3, 13))
def test_cycle_kernels_are_planes_seen_by_the_first_and_the_last_entry(n):
    """Dimension 2 for 3 | n and 0 otherwise; the entries 1 and n of two basis vectors are independent."""
    kernel = Matrix(aggregation(_cycle(n), "gin")).nullspace()
    assert len(kernel) == 2 * (n % 3 == 0)
    if kernel:
        assert Matrix([[vector[0], vector[n - 1]] for vector in kernel]).det() != 0


@pytest.mark.parametrize(("n", "expected"), [(1, [[3]]), (2, [[1, 2], [2, 1]])])
def test_formula_of_the_cycle_at_the_smallest_sizes_is_regular(n, expected):
    """The entries of the statement for n = 1 and 2, by hand: 3 and ((1, 2), (2, 1)); both have an inverse."""
    def one(i, j):
        return int(i == j and 1 <= i <= n)

    rows = [[one(i, j) + one(i - 1, j) + one(i + 1, j) + one(i, 1) * one(n, j) + one(i, n) * one(1, j)
             for j in range(1, n + 1)] for i in range(1, n + 1)]
    assert rows == expected and Matrix(rows).det() != 0

"""Expected speed of learning for noise and for labels made from the features, over finite isotropic laws."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.exact.matrices import exact_rank, frobenius_squared, gram, identity, matrix, product, transpose


def _drawn(rows, columns, seed):
    source = random.Random(seed)
    return matrix([[source.randint(-3, 3) for _ in range(columns)] for _ in range(rows)], "G")


def _trace(a):
    return sum(a[i][i] for i in range(len(a)))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("shape", [(2, 4), (4, 3), (3, 3)])
def test_mean_speeds_of_noise_and_signal_are_traces(seed, shape):
    """Unit vectors of any orthonormal basis as labels: 4 tr M / n; as weights: 4 tr M^2 / tr M; quotient >= n/rank."""
    G = _drawn(*shape, seed)
    nodes, kernel = shape[1], gram(G)
    first, second = _trace(kernel), frobenius_squared(kernel)
    labels = [matrix([row], "Y") for row in identity(nodes)]
    assert Fraction(4, nodes) * sum(frobenius_squared(product(y, transpose(G))) for y in labels) == 4 * first / nodes
    signals = [product(matrix([row], "O"), G) for row in identity(shape[0])]
    fall = sum(4 * frobenius_squared(product(y, transpose(G))) for y in signals)
    assert fall / sum(map(frobenius_squared, signals)) == 4 * second / first
    assert nodes * second / first**2 >= Fraction(nodes, exact_rank(G)) >= 1


def test_rotated_basis_gives_the_same_mean():
    """The law enters by its second moment only: (3/5, 4/5), (-4/5, 3/5) in place of unit vectors."""
    G = matrix([[1, 2], [0, 3]], "G")
    turned = [matrix([row], "Y") for row in (["3/5", "4/5"], ["-4/5", "3/5"])]
    assert sum(frobenius_squared(product(y, transpose(G))) for y in turned) == _trace(gram(G))


def test_equal_singular_values_leave_no_advantage():
    """G'G = c I: the factor is exactly 1; for one direction out of two nodes it is 2."""
    for G, factor in ((matrix([["3/5", "4/5"], ["-4/5", "3/5"]], "G"), 1), (matrix([[1, 1]], "G"), 2)):
        kernel = gram(G)
        assert 2 * frobenius_squared(kernel) / _trace(kernel) ** 2 == factor

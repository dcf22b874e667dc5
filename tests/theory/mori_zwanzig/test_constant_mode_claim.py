"""Constants: the floor of plain norms, and weighted norms of random stochastic matrices, which are exactly one."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from theory.language.errors import InputError
from theory.mori_zwanzig.constant_mode_obstruction import plain_norm_floor


def test_floor_of_plain_norms():
    """Boxes [-1, 1]^2 and [-2, 2]^2: a quarter; a level without volume is refused."""
    assert plain_norm_floor(4, 16) == Fraction(1, 4)
    with pytest.raises(InputError):
        plain_norm_floor(1, 0)


def test_weighted_norm_is_one_for_random_chains():
    """Forty random row-stochastic matrices: the second moment does not grow backward and constants keep theirs."""
    draw = random.Random(2)
    for _ in range(40):
        m, n = draw.randint(1, 4), draw.randint(1, 4)
        rows = [[Fraction(draw.randint(0, 3)) for _ in range(n - 1)] + [Fraction(1)] for _ in range(m)]
        rows = [[entry / sum(row) for entry in row] for row in rows]
        p = [Fraction(draw.randint(0, 4)) for _ in range(m)]
        after = [sum(p[i] * rows[i][j] for i in range(m)) for j in range(n)]
        for u in ([Fraction(draw.randint(-4, 4)) for _ in range(n)], [Fraction(3)] * n):
            image = [sum(a * z for a, z in zip(row, u)) for row in rows]
            before, behind = (sum(w * z * z for w, z in zip(*pair)) for pair in ((p, image), (after, u)))
            assert before <= behind
            assert before == behind or len(set(u)) > 1

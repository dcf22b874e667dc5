"""Weights that absorb an affine change of the activation, run through networks in exact numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest

from theory.etr_training.gauge_obstruction import CLAIM, absorbed
from theory.language.errors import InputError

KINDS = (0, 0, 1, 1, 0, 1, 0)
"""Two sources, three neurons, an affine vertex between them, an output."""


def _weights(seed: int) -> tuple[list[list[Fraction]], list[Fraction]]:
    size = len(KINDS)
    rows = [[Fraction((seed * (7 * i + 3 * j) + i * j) % 11 - 5, 1 + (i + j) % 3) for j in range(size)]
            for i in range(size)]
    return rows, [Fraction((seed * i) % 7 - 3, 2) for i in range(size)]


def _states(activation: Callable[[Fraction], Fraction], rows: Sequence[Sequence[Fraction]], biases: Sequence[Fraction],
            inputs: tuple[int, int]) -> list[Fraction]:
    found = [Fraction(x) for x in inputs]
    for i in range(2, len(KINDS)):
        z = sum((rows[i][j] * found[j] for j in range(i)), start=Fraction(0)) + biases[i]
        found.append(activation(z) if KINDS[i] == 1 else z)
    return found


def _relu(u: Fraction) -> Fraction:
    return max(u, Fraction(0))


@pytest.mark.parametrize("gauge", [(2, 3, 1, 5), (-1, 1, 0, 0), (Fraction(1, 2), -4, 7, -3), (0, 1, 0, 5)])
@pytest.mark.parametrize("seed", [1, 4, 9])
def test_affine_vertices_are_the_same(gauge, seed):
    """f with the new weights does at every affine vertex what al f(ka u + bo) + be did, for al = 0 too."""
    al, ka, bo, be = gauge
    rows, biases = _weights(seed)
    new, shifts = absorbed(rows, biases, KINDS, *gauge)
    for inputs in ((0, 0), (1, -2), (5, 3)):
        old = _states(lambda u: al * _relu(ka * u + bo) + be, rows, biases, inputs)
        now = _states(_relu, new, shifts, inputs)
        assert [x for x, kind in zip(now, KINDS) if kind == 0] == [x for x, kind in zip(old, KINDS) if kind == 0]


def test_absent_edges_stay_absent():
    """Zeros of the table of weights are zeros of the new one."""
    rows, biases = _weights(2)
    rows[4][0] = rows[6][3] = Fraction(0)
    new, _ = absorbed(rows, biases, KINDS, 2, 3, 1, 5)
    assert new[4][0] == new[6][3] == 0


def test_sizes_must_agree():
    """A row or a bias too few is refused."""
    with pytest.raises(InputError):
        absorbed([[0]], [0, 0], (0, 1), 1, 1, 0, 0)


def test_the_controls_are_those_of_the_statement():
    """An activation at an output, a pinned weight, and a constant argument."""
    assert {control.name for control in CLAIM.controls} == {"activation_at_an_output", "pinned_weights", "no_argument"}

"""Gradient descent of a small ReLU network in rational arithmetic: the case in which equivariance is an equality."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random

UNITS, POINTS, STEPS = 3, 4, 3
STEP_SIZE = Fraction(1, 16)


@dataclass(frozen=True)
class Unit:
    """A hidden unit with two inputs: `a * relu(w . x + b)`."""

    w: tuple[Fraction, Fraction]
    b: Fraction
    a: Fraction


Example = tuple[tuple[Fraction, Fraction], Fraction]
Network = tuple[tuple[Unit, ...], Fraction]
"""Units and output bias."""


def output(network: Network, x: tuple[Fraction, Fraction]) -> Fraction:
    """Return the exact output of a network."""
    units, bias = network
    return bias + sum((u.a * max(Fraction(0), _reach(u, x)) for u in units), Fraction(0))


def descend(network: Network, examples: tuple[Example, ...], rates: tuple[Fraction, ...]) -> Network:
    """Return the network after one step on half the sum of squares; `rates` multiply each unit's step.

    The derivative of ReLU is taken as 0 at 0, for every unit alike.
    """
    units, bias = network
    slopes = [[Fraction(0)] * 4 for _ in units]
    bias_slope = Fraction(0)
    for x, y in examples:
        residual = output(network, x) - y
        bias_slope += residual
        for u, slope in zip(units, slopes):
            reach = _reach(u, x)
            if reach > 0:
                slope[0] += residual * u.a * x[0]
                slope[1] += residual * u.a * x[1]
                slope[2] += residual * u.a
                slope[3] += residual * reach
    moved = []
    for u, slope, rate in zip(units, slopes, rates):
        step = [STEP_SIZE * rate * value for value in slope]
        moved.append(Unit((u.w[0] - step[0], u.w[1] - step[1]), u.b - step[2], u.a - step[3]))
    return tuple(moved), bias - STEP_SIZE * bias_slope


def rational_error(seed: int, first_rate: Fraction = Fraction(1)) -> Fraction:
    """Return the sup norm of A(g theta) - g A(theta) after three steps, for a cyclic g, exactly.

    Args:
        seed: of parameters and examples, multiples of 1/4 and 1/2.
        first_rate: factor of the steps of the unit in the first place; 1 is gradient descent.
    """
    random = Random(seed)

    def draw() -> Fraction:
        return Fraction(random.choice([k for k in range(-6, 7) if k]), 4)

    # a large positive bias keeps every unit active at the start: a dead one would not be trained
    units = tuple(Unit((draw(), draw()), abs(draw()) + 2, draw()) for _ in range(UNITS))
    examples = tuple(((draw() / 2, draw() / 2), draw()) for _ in range(POINTS))
    rates = (first_rate, *(Fraction(1),) * (UNITS - 1))
    plain, moved = (units, draw()), (units[1:] + units[:1], Fraction(0))
    moved = (moved[0], plain[1])
    for _ in range(STEPS):
        plain, moved = descend(plain, examples, rates), descend(moved, examples, rates)
    expected = plain[0][1:] + plain[0][:1]
    pairs = [(plain[1], moved[1])]
    for u, v in zip(expected, moved[0]):
        pairs += [*zip(u.w, v.w), (u.b, v.b), (u.a, v.a)]
    return max(abs(a - b) for a, b in pairs)


def _reach(unit: Unit, x: tuple[Fraction, Fraction]) -> Fraction:
    return unit.w[0] * x[0] + unit.w[1] * x[1] + unit.b

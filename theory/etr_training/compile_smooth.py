"""Gadget systems as exact-fit instances of networks with one hidden layer of sigmoid or sin vertices, without pins.

The instances are those of `compile_relu` in the form "copy", whose two arguments use nothing about the activation f:
at a single neuron f_u - f_u(0) = (v_u / v_t)(f_t - f_t(0)) at every input. So e_c -> (1, 1) makes v_t = v_u, and then
e_a - e_p - e_q -> (0, 0) says that both direct edges of a variable carry one value; the two data of a product force
Z = XY. Hence exact training of these networks is as hard as the existential theory of the reals for *every* f, as
soon as the instances of solvable systems can be fitted. For that it is enough that f takes all values near f(0):
with a small step d = 1 / (4 (|X| + 1)) the neuron only has to take the values f(0) + d and f(0) + d X, or
f(0) + d (1 + X). For the sigmoid these weights are logarithms, for sin they are arcsines of rational numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import sympy

from theory.etr_training.exact_numbers import absolute, plain, to_sympy
from theory.etr_training.flattening import GadgetSystem

SMOOTH = {"sigmoid": Fraction(1, 2), "sin": Fraction(0)}
"""The activations and their values at 0; both take every value at distance below 1/2 from it."""


def inverse_near_zero(activation: str, offset: Any) -> Any:
    """The z with act(z) = act(0) + offset, for |offset| < 1/2: a logit or an arcsine.

    >>> inverse_near_zero("sigmoid", Fraction(1, 4)), inverse_near_zero("sin", Fraction(0))
    (log(3), Fraction(0, 1))
    """
    y = to_sympy(offset)
    if activation == "sin":
        return plain(sympy.asin(y))
    p = sympy.Rational(1, 2) + y
    return plain(sympy.log(sympy.cancel(p / (1 - p))))


def smooth_weights(system: GadgetSystem, solution: Mapping[str, Any], activation: str) -> dict[str, Any]:
    """Return weights that fit the instance of the form "copy" exactly, from a solution of the system."""
    weights: dict[str, Any] = {}
    total_t: Any = Fraction(0)
    total_u: Any = Fraction(0)
    at_zero = SMOOTH[activation]
    for x in system.variables:
        step, g = _step(solution[x]), f"g_{x}"
        weights |= {g: Fraction(0), f"a_{x}->{g}": inverse_near_zero(activation, step * solution[x]),
                    f"c_{x}->{g}": inverse_near_zero(activation, step), f"{g}->t": 1 / step, f"{g}->u": 1 / step,
                    f"p_{x}->t": solution[x], f"q_{x}->u": solution[x]}
        total_t, total_u = total_t + at_zero / step, total_u + at_zero / step
    for number, (x, y, *_) in enumerate((*system.products, *system.inverses), 1):
        step, h = _step(solution[x]), f"h_{number}"
        first = inverse_near_zero(activation, step)
        both = inverse_near_zero(activation, step * (1 + solution[x]))
        weights |= {h: Fraction(0), f"A_{number}->{h}": plain(both - first), f"K_{number}->{h}": first,
                    f"{h}->t": 1 / step, f"{h}->u": solution[y] / step}
        total_t, total_u = total_t + at_zero / step, total_u + at_zero * solution[y] / step
    return {**weights, "t": plain(-total_t), "u": plain(-total_u)}


def _step(number: Any) -> Any:
    return 1 / (4 * (absolute(number) + 1))

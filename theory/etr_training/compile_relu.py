"""Gadget systems as exact-fit instances of networks with one hidden ReLU layer and two sinks t and u.

Each variable X has sources a, c -> g -> t, u and two sources p -> t, q -> u with a direct edge each, whose weights
*are* the value of X. Data: 0 -> (0, 0), e_c -> (1, 1), and s e_a + 2 e_c - s e_p - s e_q -> (2, 2) for s = 1, -1.
Constants and additions are written on p and q, which bypass the ReLU.

Products have a neuron A, K -> h -> t, u. Since f_u - f_u(0) = (v_u / v_t)(f_t - f_t(0)) at every input of a single
neuron, two data suffice for XY = Z (form "lean"):

    e_K - q_Y -> (1, 0)    and    e_A + e_K - p_X - q_Y - q_Z -> (1, 0);

for XY = 1 the second is e_A + e_K - p_X - q_Y -> (1, 1). The form "four" calibrates h instead and uses four data with
"don't care" labels. In the form "copy" the data of a variable are e_c -> (1, 1) and e_a - e_p - e_q -> (0, 0) only:
the first makes the two output weights of g equal (and not 0), the second then says that both edges carry the same
value. This form is correct for every activation for which its instances can be fitted.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from theory.etr_training.exact_numbers import absolute
from theory.etr_training.flattening import GadgetSystem
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.instance_assembly import Assembly, combination

FORMS = ("lean", "four", "copy")


def _add_variable(assembly: Assembly, x: str, form: str, activation: str) -> None:
    a, c, p, q = (f"{letter}_{x}" for letter in "acpq")
    assembly.neuron(f"g_{x}", activation, (a, c), ("t", "u"))
    assembly.direct(p, "t")
    assembly.direct(q, "u")
    assembly.datum({c: 1}, 1, 1)
    if form == "copy":
        assembly.datum({a: 1, p: -1, q: -1}, 0, 0)
        return
    if form == "four":
        assembly.datum({c: 2}, 2, 2)
    for s in (1, -1):
        assembly.datum({a: s, c: 2, p: -s, q: -s}, 2, 2)


def _add_product(assembly: Assembly, number: int, row: tuple[str, str, str | None], form: str, activation: str) -> None:
    (x, y, z), A, K = row, f"A_{number}", f"K_{number}"
    assembly.neuron(f"h_{number}", activation, (A, K), ("t", "u"))
    third = {f"q_{z}": -1} if z else {}
    if form == "four":
        assembly.datum({K: 1}, 1, None)
        assembly.datum({K: 2, f"q_{y}": -2}, 2, 0)
        inputs = combination((A, 1), (K, 2), (f"p_{x}", -1), (f"q_{y}", -2), *third.items())
        assembly.datum(inputs, 2, 0 if z else 1)
        assembly.datum({A: -1, K: 2, f"p_{x}": 1}, 2, None)
        return
    assembly.datum({K: 1, f"q_{y}": -1}, 1, 0)
    inputs = combination((A, 1), (K, 1), (f"p_{x}", -1), (f"q_{y}", -1), *third.items())
    assembly.datum(inputs, 1, 0 if z else 1)


def relu_instance(system: GadgetSystem, form: str = "lean", activation: str = "relu") -> TrainingInstance:
    """Return the instance of a gadget system without applications; only the form "four" has "don't care" labels.

    Another activation than ReLU is meant for the form "copy" only.
    """
    assembly = Assembly()
    assembly.datum({}, 0, 0)
    for x in system.variables:
        _add_variable(assembly, x, form, activation)
    for x, q in system.constants:
        assembly.datum({f"p_{x}": 1, f"q_{x}": 1}, q, q)
    for x, y, z in system.additions:
        inputs = [combination((f"{s}_{x}", 1), (f"{s}_{y}", 1), (f"{s}_{z}", -1)) for s in "pq"]
        assembly.datum(inputs[0] | inputs[1], 0, 0)
    rows = [*system.products, *((x, y, None) for x, y in system.inverses)]
    for number, row in enumerate(rows, 1):
        _add_product(assembly, number, row, form, activation)
    return assembly.instance()


def relu_weights(system: GadgetSystem, solution: Mapping[str, Any]) -> dict[str, Any]:
    """Return weights that fit the instance of any form exactly, from a solution of the system.

    The bias |X| + 1 keeps every neuron active at every datum, so that no bound on the solution is needed; the sinks'
    biases take it back.
    """
    one, weights = Fraction(1), {}
    total_t: Any = Fraction(0)
    total_u: Any = Fraction(0)
    for x in system.variables:
        bias, g = absolute(solution[x]) + 1, f"g_{x}"
        weights |= {g: bias, f"a_{x}->{g}": solution[x], f"c_{x}->{g}": one, f"{g}->t": one, f"{g}->u": one,
                    f"p_{x}->t": solution[x], f"q_{x}->u": solution[x]}
        total_t, total_u = total_t + bias, total_u + bias
    for number, (x, y, *_) in enumerate((*system.products, *system.inverses), 1):
        bias, h = absolute(solution[x]) + 1, f"h_{number}"
        weights |= {h: bias, f"A_{number}->{h}": solution[x], f"K_{number}->{h}": one,
                    f"{h}->t": one, f"{h}->u": solution[y]}
        total_t, total_u = total_t + bias, total_u + solution[y] * bias
    return {**weights, "t": -total_t, "u": -total_u}


def relu_solution(system: GadgetSystem, weights: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values X = w(p -> t) that the weights of an exact fit encode."""
    return {x: weights[f"p_{x}->t"] for x in system.variables}

"""Gadget systems as exact-fit instances of identity networks with one hidden layer and two sinks t and u.

Write P_{r,s} for the sum, over the paths from source s to sink r, of the products of weights. The zero datum
0 -> (0, 0) makes every output a linear function of the inputs, out_r(x) = sum_s P_{r,s} x_s.

- variable X: sources a, c -> g -> t, u; datum e_c -> (1, 1). Value P_{t,a}; by rank one P_{u,a} = P_{t,a}.
- X = q: e_a -> (q, q). X + Y = Z: e_X + e_Y - e_Z -> (0, 0).
- XY = Z: sources A, C -> h -> t, u; data e_C -> (1, *), e_A - e_X -> (0, *), e_C - e_Y -> (*, 0),
  e_A - e_Z -> (*, 0). Rank one through h says P_{u,A} P_{t,C} = P_{u,C} P_{t,A}, that is Z = Y X.
- XY = 1: the last datum is e_A -> (*, 1).

"Don't care" labels are compiled away by slack sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from theory.etr_training.flattening import GadgetSystem
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.instance_assembly import Assembly, combination

OMISSIBLE = frozenset({"zero datum", "copy label"})
"""Parts of the construction that `drop` may leave out; each makes it wrong."""


def add_variables(assembly: Assembly, variables: tuple[str, ...], drop: frozenset[str] = frozenset()) -> None:
    """The zero datum and the gadget of each variable."""
    if "zero datum" not in drop:
        assembly.datum({}, 0, 0)
    for name in variables:
        assembly.neuron(f"g_{name}", "id", (f"a_{name}", f"c_{name}"), assembly.sinks)
        assembly.datum({f"c_{name}": 1}, 1, None if "copy label" in drop else 1)


def add_equations(assembly: Assembly, system: GadgetSystem) -> None:
    """The data of constants and additions, and the gadgets of products and inverses."""
    for x, q in system.constants:
        assembly.datum({f"a_{x}": 1}, q, q)
    for x, y, z in system.additions:
        assembly.datum(combination((f"a_{x}", 1), (f"a_{y}", 1), (f"a_{z}", -1)), 0, 0)
    rows = [*system.products, *((x, y, None) for x, y in system.inverses)]
    for number, (x, y, z) in enumerate(rows, 1):
        A, C = f"A_{number}", f"C_{number}"
        assembly.neuron(f"h_{number}", "id", (A, C), assembly.sinks)
        assembly.datum({C: 1}, 1, None)
        assembly.datum({A: 1, f"a_{x}": -1}, 0, None)
        assembly.datum({C: 1, f"a_{y}": -1}, None, 0)
        assembly.datum({A: 1, f"a_{z}": -1} if z else {A: 1}, None, 0 if z else 1)


def identity_instance(system: GadgetSystem, drop: frozenset[str] = frozenset()) -> TrainingInstance:
    """Return the instance of a gadget system without applications, its "don't care" labels still there.

    `drop` names parts to leave out, "zero datum" or "copy label" (the label of every e_c at sink u); without them the
    construction is wrong, which is what controls show.
    """
    assembly = Assembly()
    add_variables(assembly, system.variables, drop)
    add_equations(assembly, system)
    return assembly.instance()


def identity_weights(system: GadgetSystem, solution: Mapping[str, Any]) -> dict[str, Any]:
    """Return weights that fit the instance exactly, from a solution of the system; biases are 0."""
    zero, one = Fraction(0), Fraction(1)
    weights: dict[str, Any] = {"t": zero, "u": zero}
    for x in system.variables:
        weights |= {f"g_{x}": zero, f"a_{x}->g_{x}": solution[x], f"c_{x}->g_{x}": one,
                    f"g_{x}->t": one, f"g_{x}->u": one}
    for number, (x, y, *_) in enumerate((*system.products, *system.inverses), 1):
        h = f"h_{number}"
        weights |= {h: zero, f"A_{number}->{h}": solution[x], f"C_{number}->{h}": one,
                    f"{h}->t": one, f"{h}->u": solution[y]}
    return weights


def identity_solution(system: GadgetSystem, weights: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values X = P_{t,a} that the weights of an exact fit encode."""
    return {x: weights[f"a_{x}->g_{x}"] * weights[f"g_{x}->t"] for x in system.variables}

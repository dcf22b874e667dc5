"""Formulas with exp, sin, sigma or x -> 3^x as exact-fit training instances with sigmoid or sin vertices.

Variables, constants, additions and products are those of identity networks (`compile_identity`). Each equation
Y = f(X) has a source B into one shared identity vertex G_f, G_f -> t and G_f -> F_f -> u with activation f, and data
e_B - e_X -> (0, *), which says that the value of G_f at e_B stands for X, and e_B - e_Y -> (*, -f(0)).

What G_f and F_f compute must be fixed:

- `sigmoid3(x) = 3^x / (1 + 3^x)` is fixed by *data* at a further source D: e_D -> (1, 1/4), 2 e_D -> (2, 2/5) and
  3 e_D -> (3, 13/28), which are 3^m/(1+3^m) - 1/2; all parameters are trainable (the calibration of the sigmoid);
- `sin` and `sigmoid` cannot be fixed by data, since scaling the edges into a vertex is not visible; there the
  parameters of G_f and F_f are *pinned*: biases 0 and weights 1. exp is first expressed by sigmoid.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import sympy

from theory.etr_training.compilation import Sizes, as_formula, sizes_of
from theory.etr_training.compile_identity import add_equations, add_variables, identity_solution, identity_weights
from theory.etr_training.exact_evaluation import fits_exactly, residuals
from theory.etr_training.flattening import Flattened, GadgetSystem, flatten
from theory.etr_training.formulas import Formula, variables
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.instance_assembly import Assembly
from theory.etr_training.sigmoid_exp_translation import Translated, powers_to_sigmoids
from theory.etr_training.slack_sources import Slackened, with_slack_sources

AT_ZERO = {"sin": Fraction(0), "sigmoid": Fraction(1, 2), "sigmoid3": Fraction(1, 2)}
CALIBRATION = ((1, Fraction(1, 4)), (2, Fraction(2, 5)), (3, Fraction(13, 28)))
"""m and 3^m/(1+3^m) - 1/2."""


@dataclass(frozen=True)
class CompiledFunctions:
    """A compiled formula with functions: `instance` can be fitted exactly exactly if `formula` is satisfiable."""

    formula: Formula
    translated: Translated = field(repr=False)
    flattened: Flattened = field(repr=False)
    slackened: Slackened = field(repr=False)

    @property
    def instance(self) -> TrainingInstance:
        """The training instance; its `pinned` is empty unless sin, sigmoid or exp occur."""
        return self.slackened.instance

    @property
    def sizes(self) -> Sizes:
        """Counted sizes of the instance."""
        return sizes_of(self.instance)

    def forward(self, solution: Mapping[str, Any]) -> dict[str, Any]:
        """Return weights that fit exactly, from values of the formula's variables; log(3) is a SymPy number.

        Raises:
            InputError: the values do not satisfy the formula, or are no exact real numbers.
        """
        system = self.flattened.system
        values = self.flattened.extend(self.translated.forward(solution))
        weights = identity_weights(system, values)
        for function in _used(system):
            G, F = f"G_{function}", f"F_{function}"
            scale = sympy.log(3) if function == "sigmoid3" else Fraction(1)
            weights |= {G: Fraction(0), F: Fraction(0), f"{G}->t": Fraction(1), f"{G}->{F}": scale,
                        f"{F}->u": Fraction(1)}
            weights["u"] -= AT_ZERO[function]
            if function == "sigmoid3":
                weights[f"D_{function}->{G}"] = Fraction(1)
        for number, (function, x, _) in enumerate(system.applications, 1):
            weights[f"B_{number}->G_{function}"] = values[x]
        return self.slackened.forward(weights)

    def backward(self, weights: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the formula's variables that weights of an exact fit encode."""
        values = identity_solution(self.flattened.system, weights)
        return {name: values[name] for name in variables(self.formula)}

    def residuals(self, weights: Mapping[str, Any]) -> tuple[tuple[Any, ...], ...]:
        """Output minus label at each point and sink, exactly."""
        return residuals(self.instance, weights)

    def fits(self, weights: Mapping[str, Any]) -> bool:
        """Whether all residuals are exactly zero and the pins respected."""
        return fits_exactly(self.instance, weights)


def _used(system: GadgetSystem) -> tuple[str, ...]:
    return tuple(dict.fromkeys(function for function, _, _ in system.applications))


def add_applications(assembly: Assembly, system: GadgetSystem) -> None:
    """The vertices of each function and the data of each equation Y = f(X)."""
    numbered = tuple(enumerate(system.applications, 1))
    for function in _used(system):
        G, F = f"G_{function}", f"F_{function}"
        calibrated = function == "sigmoid3"
        inputs = tuple(f"B_{number}" for number, (f, _, _) in numbered if f == function)
        assembly.neuron(G, "id", (*inputs, *((f"D_{function}",) if calibrated else ())), ("t", F))
        assembly.neuron(F, "sigmoid" if calibrated else function, (), ("u",))
        if calibrated:
            for m, label in CALIBRATION:
                assembly.datum({f"D_{function}": m}, m, label)
        else:
            assembly.pinned += [(G, Fraction(0)), (f"{G}->t", Fraction(1)), (F, Fraction(0)),
                                (f"{G}->{F}", Fraction(1)), (f"{F}->u", Fraction(1))]
    for number, (function, x, y) in numbered:
        assembly.datum({f"B_{number}": 1, f"a_{x}": -1}, 0, None)
        assembly.datum({f"B_{number}": 1, f"a_{y}": -1}, None, -AT_ZERO[function])


def compile_with_functions(formula: Formula | str, squares: str = "one") -> CompiledFunctions:
    """Return the instance that can be fitted exactly if and only if the formula is satisfiable over the reals.

    >>> compile_with_functions("pow3(x) = 9").instance.pinned
    ()
    """
    parsed = as_formula(formula)
    translated = powers_to_sigmoids(parsed)
    flattened = flatten(translated.formula, squares)
    assembly = Assembly()
    add_variables(assembly, flattened.system.variables)
    add_equations(assembly, flattened.system)
    add_applications(assembly, flattened.system)
    return CompiledFunctions(parsed, translated, flattened, with_slack_sources(assembly.instance()))

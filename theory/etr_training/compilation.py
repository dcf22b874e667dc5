"""From existential formulas to training instances: the instance, its sizes and the maps of solutions both ways.

A formula over the reals is satisfiable exactly if the compiled instance can be fitted exactly. `forward` sends a
solution of the formula to weights with residual zero; `backward` reads a solution off *any* weights that fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from html import escape
from typing import Any

from theory.etr_training.compile_identity import identity_instance, identity_solution, identity_weights
from theory.etr_training.compile_relu import FORMS, relu_instance, relu_solution, relu_weights
from theory.etr_training.compile_smooth import SMOOTH, smooth_weights
from theory.etr_training.exact_evaluation import fits_exactly, residuals
from theory.etr_training.flattening import Flattened, GadgetSystem, flatten
from theory.etr_training.formula_parsing import parse
from theory.etr_training.formula_printing import to_text
from theory.etr_training.formulas import And, Atom, Formula, Or, functions, variables
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.slack_sources import Slackened, with_slack_sources
from theory.language.errors import InputError, explain


@dataclass(frozen=True)
class Sizes:
    """How large a compiled instance is."""

    sources: int
    hidden: int
    edges: int
    data: int


def sizes_of(instance: TrainingInstance) -> Sizes:
    """Count the sources, hidden vertices, edges and data of an instance."""
    hidden = len(instance.vertices) - len(instance.sinks)
    return Sizes(len(instance.sources), hidden, len(instance.edges), len(instance.points))


def predicted_sizes(system: GadgetSystem, activation: str, form: str = "lean") -> Sizes:
    """The sizes in closed form, from N variables, r constants, p additions and m products and inverses.

    - identity: 2N + 6m sources, 4N + 8m edges, 1 + N + p + r + 4m data;
    - otherwise "lean": 4N + 2m sources, 6N + 4m edges, 1 + 3N + p + r + 2m data; "copy" has 1 + 2N + p + r + 2m data;
    - "four": 4N + 4m sources, 6N + 6m edges, 1 + 4N + p + r + 4m data,

    with N + m hidden vertices each. Slack sources and edges are included.
    """
    N, m = len(system.variables), len(system.products) + len(system.inverses)
    linear = len(system.additions) + len(system.constants)
    if activation == "id":
        return Sizes(2 * N + 6 * m, N + m, 4 * N + 8 * m, 1 + N + linear + 4 * m)
    slack, calibration, data = {"lean": (0, 3, 2), "four": (2, 4, 4), "copy": (0, 2, 2)}[form]
    return Sizes(4 * N + (2 + slack) * m, N + m, 6 * N + (4 + slack) * m, 1 + calibration * N + linear + data * m)


@dataclass(frozen=True)
class Compiled:
    """A compiled formula: `instance` can be fitted exactly if and only if `formula` is satisfiable over the reals."""

    formula: Formula
    activation: str
    form: str
    flattened: Flattened = field(repr=False)
    slackened: Slackened = field(repr=False)

    @property
    def instance(self) -> TrainingInstance:
        """The training instance, without "don't care" labels."""
        return self.slackened.instance

    @property
    def system(self) -> GadgetSystem:
        """The gadget system between formula and instance."""
        return self.flattened.system

    @property
    def sizes(self) -> Sizes:
        """Counted sizes of the instance; `predicted_sizes` gives the same numbers in closed form."""
        return sizes_of(self.instance)

    def forward(self, solution: Mapping[str, Any]) -> dict[str, Any]:
        """Return weights that fit exactly, from values of the formula's variables.

        Rational solutions give Fractions where the auxiliary square roots are rational; irrational algebraic numbers
        (SymPy expressions such as sqrt(2)) give elements of one real number field, which calculate exactly. With
        sigmoid and sin some weights are logarithms and arcsines, as SymPy expressions.

        Raises:
            InputError: the values do not satisfy the formula, or are no exact real numbers.
        """
        values = self.flattened.extend(solution)
        if self.activation in SMOOTH:
            weights = smooth_weights(self.system, values, self.activation)
        else:
            weights = (identity_weights if self.activation == "id" else relu_weights)(self.system, values)
        return self.slackened.forward(weights)

    def backward(self, weights: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values of the formula's variables that weights of an exact fit encode.

        Raises:
            InputError: a weight is missing.
        """
        missing = [name for name in self.instance.parameters if name not in weights]
        if missing:
            remedy = "Give all parameters of the instance."
            raise InputError(explain("weights", "a value for each parameter", f"none for {missing[0]}", remedy))
        decode = identity_solution if self.activation == "id" else relu_solution
        values = decode(self.system, weights)
        return {name: values[name] for name in variables(self.formula)}

    def residuals(self, weights: Mapping[str, Any]) -> tuple[tuple[Any, ...], ...]:
        """Output minus label at each point and sink, exactly."""
        return residuals(self.instance, weights)

    def fits(self, weights: Mapping[str, Any]) -> bool:
        """Whether all residuals are exactly zero."""
        return fits_exactly(self.instance, weights)

    def _repr_html_(self) -> str:
        numbers = self.sizes
        return (f"<p><b>{escape(to_text(self.formula))}</b> as training of {self.activation} networks: "
                f"{numbers.sources} sources, {numbers.hidden} hidden vertices, {numbers.edges} edges, "
                f"{numbers.data} data, exact fit</p>")


def as_formula(formula: Formula | str) -> Formula:
    """Return the formula itself, or the one that a text denotes."""
    if isinstance(formula, str):
        return parse(formula)
    if isinstance(formula, (Atom, And, Or)):
        return formula
    raise InputError(explain("formula", "a formula or a text", f"a {type(formula).__name__}", "Write 'x*x = 2'."))


def compile_formula(formula: Formula | str, activation: str = "id", *, form: str | None = None,
                    squares: str = "one") -> Compiled:
    """Return the training instance that can be fitted exactly if and only if the formula is satisfiable over the reals.

    - `activation` of the one hidden layer, with two identity sinks: "id", or "relu", "sigmoid", "sin" (which also
      have direct edges from sources to sinks);
    - `form`: the gadgets for ReLU, "lean" (default), "four" or "copy", see `compile_relu`; sigmoid and sin are "copy";
    - `squares`: "one" or "four", how inequalities are expressed; see `flattening`.

    Raises:
        InputError: another value of these, a formula with functions, or a text that is no formula.

    >>> compiled = compile_formula("x*x = 2")
    >>> compiled.sizes
    Sizes(sources=10, hidden=3, edges=16, data=8)
    """
    parsed = as_formula(formula)
    if activation not in ("id", "relu", *SMOOTH):
        raise InputError(explain("activation", "'id', 'relu', 'sigmoid' or 'sin'", repr(activation), "Choose one."))
    admitted = ("copy",) if activation in SMOOTH else FORMS if activation == "relu" else ("lean",)
    if form is not None and form not in admitted:
        raise InputError(explain("form", f"one of {', '.join(admitted)}", repr(form), "Leave it out."))
    form = form or admitted[0]
    if functions(parsed):
        remedy = "Use compile_with_functions, whose networks have sigmoid or sin vertices."
        raise InputError(explain("formula", "no functions", ", ".join(functions(parsed)), remedy))
    flattened = flatten(parsed, squares)
    system = flattened.system
    raw = identity_instance(system) if activation == "id" else relu_instance(system, form, activation)
    return Compiled(parsed, activation, form, flattened, with_slack_sources(raw))


def algebraic_witness(weights: Mapping[str, Any]) -> dict[str, Any]:
    """Return weights as plain data: one generator by minimal polynomial and interval, each weight a polynomial in it.

    Rational weights are listed as `{"kind": "rational", "weights": {name: q}}`.

    Raises:
        InputError: a weight is neither rational nor in the common number field.
    """
    fields = {number.field for number in weights.values() if hasattr(number, "field")}
    odd = [name for name, number in weights.items() if not isinstance(number, (int, Fraction))
           and not hasattr(number, "field")]
    if odd or len(fields) > 1:
        found = f"{odd[0]} = {weights[odd[0]]}" if odd else "two fields"
        raise InputError(explain("weights", "numbers of one number field", found, "Use `forward`."))
    if not fields:
        return {"kind": "rational", "weights": {name: _json(Fraction(n)) for name, n in weights.items()}}
    (number_field,) = fields
    return {"kind": "algebraic", "polynomial": [_json(c) for c in number_field.polynomial],
            "interval": [_json(number_field.low), _json(number_field.high)],
            "weights": {name: [_json(c) for c in (n.coefficients if hasattr(n, "field") else (Fraction(n),))]
                        for name, n in weights.items()}}


def _json(number: Fraction) -> int | str:
    return int(number) if number.denominator == 1 else str(number)

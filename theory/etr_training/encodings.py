"""Training instances as SMT-LIB 2 texts, in several encodings, and the way back from models to weights.

Plain encodings hold for every graph: a real variable for each trained parameter and, for each vertex and point, its
pre-activation `z` as a definition of degree at most 2; for each label an equation or a squared residual.

- `N0`: no further variables, activations as `ite`;
- `N1`: a value variable for each vertex and point, `h = max(z, 0)` as `h >= 0, h >= z, (h <= 0 or h <= z)`;
- `E1`: `N1` with sigmoid through `exp` and with `sin`, for solvers that have them; no other encoding takes these.

The others, in `sign_encodings`, need one hidden ReLU layer, one identity output, no box, no pins:

- `N2`: `N1` with output weights 1 or -1, still multiplied;
- `L0`: a Boolean sign for each hidden unit and no products: linear arithmetic for exact fit;
- `L1`: `L0` with the hidden units in order; `L3`: `L1` with the clauses of affine circuits.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from theory.etr_training import sign_encodings
from theory.etr_training.instance import EXACT_ACTIVATIONS, TrainingInstance
from theory.etr_training.rationals import rational
from theory.etr_training.smt_lines import (
    affine,
    asserted,
    cost,
    declared,
    defined,
    disjunctive_max,
    parameters,
    pre_activation,
    value,
)
from theory.language.errors import InputError, UnknownNameError, explain

STATUSES = ("sat", "unsat", "unknown")

ENCODINGS: Mapping[str, str] = MappingProxyType({
    "N0": "products of weights and values, activations as if-then-else",
    "N1": "products of weights and value variables, max as a disjunction",
    "N2": "output weights 1 or -1 as real variables, still multiplied",
    "L0": "a Boolean sign for each hidden unit, linear arithmetic",
    "L1": "L0 with hidden units sorted by sign and first weight",
    "L3": "L1 with separation and kink clauses of affine circuits",
    "E1": "N1 with sigmoid through exp, and sin: transcendental arithmetic",
})
"""Encodings by name."""


def to_smt2(instance: TrainingInstance, encoding: str = "N1", status: str | None = None) -> str:
    """Return an SMT-LIB 2 text that is satisfiable exactly if the instance is a yes-instance.

    Args:
        instance: the question; its name and `status` ("sat", "unsat", "unknown") go into the header.
        encoding: a key of ENCODINGS.

    Raises:
        UnknownNameError: no such encoding.
        InputError: sigmoid or sin outside E1, or an instance that a sign encoding does not cover.
    """
    if encoding not in ENCODINGS:
        raise UnknownNameError(explain("encoding", f"one of {', '.join(ENCODINGS)}", repr(encoding), "Choose one."))
    if status is not None and status not in STATUSES:
        raise InputError(explain("status", f"one of {', '.join(STATUSES)}", repr(status), "Leave it out."))
    reason = inapplicable(instance, encoding)
    if reason is not None:
        raise InputError(explain(f"encoding {encoding}", ENCODINGS[encoding], reason[0], reason[1]))
    signs = encoding in sign_encodings.ENCODINGS
    linear = signs and encoding != "N2"
    lines = sign_encodings.lines(instance, encoding) if signs else _plain(instance, encoding)
    logic = "QF_NRAT" if encoding == "E1" else "QF_LRA" if linear and instance.exact_fit else "QF_NRA"
    title = f"training instance {instance.name or instance.digest[:16]}, encoding {encoding}: {ENCODINGS[encoding]}"
    header = [f"; {title}", f"(set-logic {logic})", *([f"(set-info :status {status})"] if status else [])]
    return "\n".join([*header, *lines, "(check-sat)"]) + "\n"


def inapplicable(instance: TrainingInstance, encoding: str) -> tuple[str, str] | None:
    """Return why an encoding does not cover an instance and what to do instead; None if it does."""
    if encoding in sign_encodings.ENCODINGS:
        return sign_encodings.inapplicable(instance)
    beyond = [(v, a) for v, a in instance.vertices if a not in EXACT_ACTIVATIONS]
    if beyond and encoding != "E1":
        return (f"the activation {beyond[0][1]} at {beyond[0][0]}, which polynomials cannot express",
                "Use encoding 'E1' with a solver that has exp and sin.")
    return None


def read_model(instance: TrainingInstance, encoding: str, values: Mapping[str, object]) -> dict[str, Fraction]:
    """Return the weights of a model of `to_smt2(instance, encoding)`.

    Args:
        values: symbol (as in the text, without the bars) -> exact number, or truth value for signs; others are
            ignored, and variables that the solver left out, because any value does, become 0.

    Raises InputError for values that are not rational.
    """
    if encoding not in ENCODINGS:
        raise UnknownNameError(explain("encoding", f"one of {', '.join(ENCODINGS)}", repr(encoding), "Choose one."))
    if encoding in sign_encodings.ENCODINGS and encoding != "N2":
        values = sign_encodings.with_output_weights(instance, values)
    out = dict(instance.pinned)
    out |= {name: rational(values.get(name, 0), f"model value of {name}") for name in instance.free}
    return {name: out[name] for name in instance.parameters}


_AS_ITE = {"id": "{z}", "relu": "(ite (>= {z} 0.0) {z} 0.0)", "step": "(ite (> {z} 0.0) 1.0 0.0)"}


def _plain(instance: TrainingInstance, encoding: str) -> list[str]:
    lines = parameters(instance)
    for i in range(len(instance.points)):
        for v, activation in instance.vertices:
            h, z = value(v, i), pre_activation(v, i)
            lines.append(defined(z, affine(instance, v, i, value)))
            if encoding == "N0":
                lines.append(defined(h, _AS_ITE[activation].format(z=z)))
            else:
                lines += [declared(h), *_value(v, i, activation)]
    return [*lines, cost(instance, value)]


def _value(vertex: str, point: int, activation: str) -> list[str]:
    """Assertions that make the value variable the activation of the pre-activation."""
    h, z = value(vertex, point), pre_activation(vertex, point)
    if activation == "id":
        return [asserted(f"(= {h} {z})")]
    if activation == "relu":
        return [asserted(disjunctive_max(h, z))]
    if activation == "step":
        return [asserted(f"(or (and (> {z} 0.0) (= {h} 1.0)) (and (<= {z} 0.0) (= {h} 0.0)))")]
    if activation == "sin":
        return [asserted(f"(= {h} (sin {z}))")]
    # y = sigmoid(z) iff y (1 + e) = e for e = exp(z).
    e = f"|exp into {vertex} at {point}|"
    return [declared(e), asserted(f"(= {e} (exp {z}))"), asserted(f"(= (* {h} (+ 1.0 {e})) {e})")]

"""Encodings of nets with one hidden ReLU layer and one output by the sign normal form of the output weights.

`v max(z, 0) = sgn(v) max(|v| z, 0)`, so output weights 1 and -1 suffice, and with the sign as a Boolean no product of
unknowns is left. A zero weight is lost harmlessly: a unit with a = b = 0 does the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from theory.etr_training.circuits import Circuit, affine_circuits
from theory.etr_training.instance import TrainingInstance
from theory.etr_training.smt_lines import (
    affine,
    asserted,
    cost,
    declared,
    defined,
    disjunctive_max,
    parameter,
    parameters,
    pre_activation,
    total,
    value,
)

ENCODINGS = ("N2", "L0", "L1", "L3")

MAX_SUBSETS, MAX_CIRCUITS = 20000, 4000
"""Sets of points looked at, and circuits whose clauses are written; fewer clauses are sound, only less helpful."""


def inapplicable(instance: TrainingInstance) -> tuple[str, str] | None:
    """Return why the sign normal form does not hold for an instance and what to do; None if it does."""
    shape = instance.one_hidden_shape()
    other = "Use encoding 'N1'."
    if shape is None:
        return "another graph, a box or a pinned weight", other
    if shape[2] != 1:
        return f"{shape[2]} outputs, whose weights cannot be normalised together", other
    if any(instance.activation[h] != "relu" for h in instance.hidden):
        return f"hidden units of activation {instance.activation[instance.hidden[0]]}", other
    return None


def lines(instance: TrainingInstance, encoding: str) -> list[str]:
    """Return declarations and assertions of the encoding; the instance must be applicable."""
    (sink,) = instance.sinks
    out_weights = {f"{h}->{sink}" for h in instance.hidden}
    declarations = [line for line, name in zip(parameters(instance), instance.parameters)
                    if encoding == "N2" or name not in out_weights]
    unit = _product_unit if encoding == "N2" else _boolean_unit
    out = declarations + [line for h in instance.hidden for line in unit(instance, h)]
    for i in range(len(instance.points)):
        terms = [parameter(sink)] if instance.output_bias else []
        terms += [f"(* {parameter(f'{h}->{sink}')} {value(h, i)})" if encoding == "N2" else
                  f"(ite {_sign(h)} {value(h, i)} (- {value(h, i)}))" for h in instance.hidden]
        out.append(defined(value(sink, i), total(terms)))
    if encoding in ("L1", "L3"):
        out += _order(instance)
    if encoding == "L3":
        out += _circuit_clauses(instance)
    return [*out, cost(instance, value)]


def with_output_weights(instance: TrainingInstance, values: Mapping[str, object]) -> dict[str, object]:
    """Return model values with the output weights that the signs stand for; a sign left out counts as positive."""
    (sink,) = instance.sinks
    weights = {f"{h}->{sink}": 1 if _true(values.get(f"sign of {h}", True)) else -1 for h in instance.hidden}
    return {**values, **weights}


def _true(found: object) -> bool:
    return found if isinstance(found, bool) else str(found).lower() == "true"


def _sign(hidden: str) -> str:
    return f"|sign of {hidden}|"


def _active(hidden: str, point: int) -> str:
    return f"|{hidden} active at {point}|"


def _product_unit(instance: TrainingInstance, hidden: str) -> Iterator[str]:
    v = parameter(f"{hidden}->{instance.sinks[0]}")
    yield asserted(f"(or (= {v} 1.0) (= {v} (- 1.0)))")
    for i in range(len(instance.points)):
        h, z = value(hidden, i), pre_activation(hidden, i)
        yield from (defined(z, affine(instance, hidden, i, value)), declared(h), asserted(disjunctive_max(h, z)))


def _boolean_unit(instance: TrainingInstance, hidden: str) -> Iterator[str]:
    """A sign and, at each point, activity, with `active` exactly if z > 0: the circuit clauses rely on `exactly`."""
    yield declared(_sign(hidden), "Bool")
    for i in range(len(instance.points)):
        h, z, on = value(hidden, i), pre_activation(hidden, i), _active(hidden, i)
        yield from (defined(z, affine(instance, hidden, i, value)), declared(h), declared(on, "Bool"),
                    asserted(f"(ite {on} (and (> {z} 0.0) (= {h} {z})) (and (<= {z} 0.0) (= {h} 0.0)))"))


def _order(instance: TrainingInstance) -> Iterator[str]:
    """Positive units first; inside equal signs ascending first weights. Any fit can be put into this order."""
    for first, second in zip(instance.hidden, instance.hidden[1:]):
        yield asserted(f"(=> {_sign(second)} {_sign(first)})")
        if instance.sources:
            low, high = (parameter(f"{instance.sources[0]}->{h}") for h in (first, second))
            yield asserted(f"(=> (= {_sign(first)} {_sign(second)}) (<= {low} {high}))")


def _circuit_clauses(instance: TrainingInstance) -> Iterator[str]:
    for circuit in islice(affine_circuits(instance.points, MAX_SUBSETS), MAX_CIRCUITS):
        yield from (asserted(clause) for clause in separation_clauses(instance, circuit))
        clause = kink_clause(instance, circuit)
        if clause is not None:
            yield asserted(clause)


def separation_clauses(instance: TrainingInstance, circuit: Circuit) -> Iterator[str]:
    """Yield, for each hidden unit, that it never separates the two sides of a circuit, either way.

    If z > 0 on the positive side and z <= 0 on the negative one, then `sum_i c_i z_i > 0`, but it is 0.
    """
    for h in instance.hidden:
        for on, off in ((circuit.positive, circuit.negative), (circuit.negative, circuit.positive)):
            yield f"(not (and {' '.join(_active(h, i) for i in on)} {' '.join(f'(not {_active(h, i)})' for i in off)}))"


def kink_clause(instance: TrainingInstance, circuit: Circuit) -> str | None:
    """Return the clause that some unit bends on a circuit whose labels are not affine on it; None if it says nothing.

    For three points of a line the unit's sign is that of the second difference, and it is active at one end only. Holds
    for exact fit.
    """
    labels = [row[0] for row in instance.labels]
    if not instance.exact_fit or any(labels[i] is None for i in circuit.indices):
        return None
    bend = circuit.applied(labels)  # type: ignore[arg-type]
    if not bend:
        return None
    if len(circuit.indices) == 3:
        # Two coefficients have one sign, those of the end points; the middle point has the other.
        ends = circuit.positive if len(circuit.positive) == 2 else circuit.negative
        upwards = (bend > 0) == (ends == circuit.positive)
        choices = [f"(and {_sign(h) if upwards else f'(not {_sign(h)})'} "
                   f"(xor {_active(h, ends[0])} {_active(h, ends[1])}))" for h in instance.hidden]
    else:
        choices = [f"(and (or {' '.join(_active(h, i) for i in circuit.indices)}) "
                   f"(or {' '.join(f'(not {_active(h, i)})' for i in circuit.indices)}))" for h in instance.hidden]
    return f"(or false {' '.join(choices)})"

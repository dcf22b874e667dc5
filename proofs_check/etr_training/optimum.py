"""The exact optimal loss of a net with one hidden ReLU layer and one output, with certificates from both sides.

Squared loss on finitely many closed cones attains its minimum, and for rational data the minimum is rational.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training import cells
from proofs_check.etr_training.answers import envelope, rational_witness
from proofs_check.etr_training.arrangement import labelled
from proofs_check.etr_training.confirmation import check_decision
from proofs_check.etr_training.deadline import Deadline
from theory.language.errors import InputError, explain

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance

_ROUNDS, _SEED, _DESCENT = 40, 20_232, 0.1


@dataclass(frozen=True)
class ExactOptimum:
    """The least total squared loss, or bounds of it.

    - `value`: the optimum; None if time was up before it was certified;
    - `weights`: the best weights found, exact; their loss is `upper`;
    - `certificate_at`: decision certificate that the loss `upper` is reached;
    - `certificate_below`: decision certificate that no weights go below `value`; None if `value` is 0 or None;
    - `lower`, `upper`: exact bounds of the optimum; `seconds`: time taken; `nodes`: size of the search tree.
    """

    value: Fraction | None
    weights: Mapping[str, Fraction]
    certificate_below: dict[str, Any] | None
    certificate_at: dict[str, Any]
    lower: Fraction
    upper: Fraction
    seconds: float
    nodes: int


def exact_optimum(instance: TrainingInstance, timeout: float | int | None = None) -> ExactOptimum:
    """Return the exact optimal loss of an instance, whatever its threshold, with certificates the checker accepted.

    Raises InputError unless the instance is a plain net with one hidden ReLU layer and one output.

    >>> from theory.etr_training.instance import TrainingInstance
    >>> exact_optimum(TrainingInstance.one_hidden_layer([0, 1, 2, 3, 4], [0, 1, 4, 9, 16], 1)).value
    Fraction(5, 3)
    """
    reason = cells.applicable(instance)
    if reason is None and len(instance.sinks) > 1:
        reason = f"{len(instance.sinks)} outputs"
    if reason is not None:
        raise InputError(explain("instance", "a plain net with one hidden ReLU layer and one output", reason,
                                 "Use decide with a threshold."))
    deadline = Deadline.after(timeout)
    if not labelled(instance):
        return _result(instance, Fraction(0), {}, None, Fraction(0), 0, deadline)
    return _search(instance, deadline)


def _search(instance: TrainingInstance, deadline: Deadline) -> ExactOptimum:
    from proofs_check.etr_training.descent import descend
    from proofs_check.etr_training.witnesses import network_weights

    zero = sum((y * y for (y,) in instance.labels if y is not None), Fraction(0))
    search = cells.search_for(replace(instance, threshold=zero, strict=True), deadline, improve=True)
    if instance.hidden and zero:
        descend(search, _SEED, _ROUNDS, deadline.within(_DESCENT * min(deadline.left, 100.0)))
    found = search.best
    status = "sat" if not zero or (found is not None and not found.loss) else search.run()
    best = search.best
    weights = network_weights(instance, search.arrangement, best) if best is not None else {}
    upper = best.loss if best is not None else zero
    if status == "sat":
        return _result(instance, upper, weights, None, upper, search.nodes, deadline)
    below = search.refutation if status == "unsat" else None
    return _result(instance, upper, weights, below, search.lower, search.nodes, deadline)


def _result(instance: TrainingInstance, upper: Fraction, weights: Mapping[str, Fraction],
            refutation: dict[str, Any] | None, lower: Fraction, nodes: int, deadline: Deadline) -> ExactOptimum:
    """Return the optimum with its certificates confirmed."""
    seconds = deadline.elapsed
    witness = rational_witness(instance, weights)
    at = envelope(replace(instance, threshold=upper, strict=False), "sat", witness)
    below = None
    if refutation is not None:
        below = envelope(replace(instance, threshold=upper, strict=True), "unsat", refutation)
    for certificate in (at, below):
        refusal = check_decision(certificate) if certificate is not None else None
        if refusal is not None:
            raise ArithmeticError(f"the optimum was not confirmed: {refusal}")
    complete = {name: Fraction(value) for name, value in witness["weights"].items()}
    return ExactOptimum(upper if lower == upper else None, complete, below, at, lower, upper, seconds, nodes)

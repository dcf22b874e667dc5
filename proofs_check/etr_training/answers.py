"""Decisions made from a witness or a refutation: the certificate around it, and the exact weights inside it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.decision import Decision
from proofs_check.etr_training.polynomials import number

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance


def satisfied(instance: TrainingInstance, witness: Mapping[str, Any], engine: str, *, cost: str = "",
              upper: Fraction | None = None) -> Decision:
    """Return the decision `sat` whose certificate holds this witness."""
    return Decision(status="sat", witness=dict(witness), certificate=envelope(instance, "sat", witness),
                    engine=engine, cost=cost, upper=upper)


def refuted(instance: TrainingInstance, refutation: Mapping[str, Any], engine: str, *, cost: str = "",
            lower: Fraction | None = None) -> Decision:
    """Return the decision `unsat` whose certificate holds this refutation."""
    return Decision(status="unsat", certificate=envelope(instance, "unsat", refutation), engine=engine, cost=cost,
                    lower=lower)


def agreed(engine: str, reason: str, *, cost: str = "", lower: Fraction | None = None) -> Decision:
    """Return the decision `agreed-unsat`: two independent engines say so, and there is no certificate."""
    return Decision(status="agreed-unsat", engine=engine, reason=reason, cost=cost, lower=lower)


def undecided(engine: str, reason: str, *, cost: str = "", lower: Fraction | None = None,
              upper: Fraction | None = None) -> Decision:
    """Return the decision `unknown` with its reason and the best bounds so far."""
    return Decision(status="unknown", engine=engine, reason=reason, cost=cost, lower=lower, upper=upper)


def envelope(instance: TrainingInstance, status: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the certificate that holds a witness or a refutation."""
    key = "witness" if status == "sat" else "refutation"
    return {"format": "lemmascope-decision", "schema": 1, "instance": instance.to_dict(), "status": status,
            key: dict(body)}


def rational_witness(instance: TrainingInstance, weights: Mapping[str, Fraction | int]) -> dict[str, Any]:
    """Return the witness with these rational weights; parameters that are not named are 0, or as pinned."""
    pinned = dict(instance.pinned)
    return {"kind": "rational",
            "weights": {name: number(pinned.get(name, weights.get(name, 0))) for name in instance.parameters}}

"""The answer to a training instance: a status, what proves it, and what is known about the optimal loss."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from html import escape
from typing import Any

from theory.language.errors import InputError, explain

STATUSES = ("sat", "unsat", "agreed-unsat", "unknown")
_MEANING = {
    "sat": "some weights meet the threshold; the witness was checked exactly",
    "unsat": "no weights meet the threshold; the refutation was checked exactly",
    "agreed-unsat": "two independent solvers found no weights; there is no certificate",
    "unknown": "not decided",
}


@dataclass(frozen=True)
class Decision:
    """What `decide` found.

    - `status`: "sat", "unsat", "agreed-unsat" (two solvers agree, no certificate of ours) or "unknown";
    - `witness`: weights in one of the forms of the decision certificate, only with "sat";
    - `certificate`: what the decision checker accepted, with "sat" and "unsat";
    - `engine`, `seconds`, `reason`: which method answered, in what time, and why it did not if it did not;
    - `lower`, `upper`: the best exact bounds on the optimal total squared loss that are known, or None;
    - `cost`: what theory says of the running time of the method.
    """

    status: str
    witness: Mapping[str, Any] | None = None
    certificate: dict[str, Any] | None = None
    engine: str = ""
    seconds: float = 0.0
    reason: str = ""
    lower: Fraction | None = None
    upper: Fraction | None = None
    cost: str = ""

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise InputError(explain("status", " or ".join(STATUSES), repr(self.status), "Use one of them."))

    @property
    def decided(self) -> bool:
        """Whether the answer is yes or no."""
        return self.status != "unknown"

    @property
    def weights(self) -> dict[str, Fraction] | None:
        """The weights of a rational witness, None for any other."""
        if not self.witness or self.witness.get("kind") != "rational":
            return None
        return {name: Fraction(value) for name, value in self.witness["weights"].items()}

    def timed(self, seconds: float) -> Decision:
        """Return the same decision with the time it took."""
        return replace(self, seconds=seconds)

    def to_json(self) -> str:
        """Return everything but the time as JSON text, the same for equal decisions; the certificate goes along."""
        def number(value: Fraction | None) -> str | None:
            return None if value is None else str(value)

        record = {"status": self.status, "engine": self.engine, "reason": self.reason, "cost": self.cost,
                  "lower": number(self.lower), "upper": number(self.upper), "witness": self.witness,
                  "certificate": self.certificate}
        return json.dumps(record, sort_keys=True, separators=(",", ":"))

    def __str__(self) -> str:
        parts = [f"{self.status} ({self.engine}, {self.seconds:.2f} s)"] if self.engine else [self.status]
        if self.lower is not None and self.upper is not None:
            parts.append(f"optimal loss between {_short(self.lower)} and {_short(self.upper)}")
        elif self.lower is not None:
            parts.append(f"optimal loss at least {_short(self.lower)}")
        elif self.upper is not None:
            parts.append(f"optimal loss at most {_short(self.upper)}")
        return "; ".join([*parts, *([self.reason] if self.reason else [])])

    def _repr_html_(self) -> str:
        rows = [("status", f"{self.status}: {_MEANING[self.status]}"), ("engine", self.engine),
                ("time", f"{self.seconds:.3f} s"), ("reason", self.reason), ("cost", self.cost),
                ("loss at least", "" if self.lower is None else _short(self.lower)),
                ("loss at most", "" if self.upper is None else _short(self.upper))]
        cells = "".join(f"<tr><th>{escape(name)}</th><td>{escape(text)}</td></tr>" for name, text in rows if text)
        return f"<table>{cells}</table>"


def _short(value: Fraction) -> str:
    """A rational as text: exact if short, else a decimal marked as rounded."""
    text = str(value)
    return text if len(text) <= 24 else f"about {float(value):.12g}"

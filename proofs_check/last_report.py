"""What the last run of `verify` left in a ledger, as far as it still speaks about the statements of today."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .ledger import content_key
from .registry import Registry
from .verdicts import GRADES, weakest


@dataclass(frozen=True)
class LastReport:
    """Certificates and verdicts by id; those whose statement has changed since are left out."""

    certificates: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    verdicts: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def step_grades(self, name: str) -> dict[str, str]:
        """Return the grade of each outer step of a claim's certificate, by rule: what the step itself adds."""
        entry = self.certificates.get(name, {})
        return {step["id"]: own_grade(step) for step in entry.get("steps", ())}


def own_grade(step: Any) -> str:
    """Return the weakest grade of the rules in a step of a certificate and in the boxes inside it."""
    if isinstance(step, dict):
        here = {"enclose": "enclosed", "decided": "decided"}.get(step.get("by", ""), GRADES[0])
        return weakest((here, *(own_grade(value) for value in step.values() if isinstance(value, (list, dict)))))
    if isinstance(step, list):
        return weakest((GRADES[0], *(own_grade(part) for part in step if isinstance(part, (list, dict)))))
    return GRADES[0]


def read_last(ledger: str | Path, registry: Registry) -> LastReport:
    """Return the last report in a ledger; an absent or damaged file counts as no report."""
    try:
        data = json.loads((Path(ledger) / "report.json").read_bytes())
        summary = data["summary"]
        if summary.pop("checksum") != content_key(data):
            return LastReport()
        verdicts = {**summary["claims"], **summary["lemmas"]}
        certificates = {entry["id"]: entry for entry in data["claims"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return LastReport()
    current = {name for name, v in verdicts.items() if name in registry.items and
               v.get("digest") == registry.items[name].digest}
    return LastReport({name: e for name, e in certificates.items() if name in current},
                      {name: v for name, v in verdicts.items() if name in current})

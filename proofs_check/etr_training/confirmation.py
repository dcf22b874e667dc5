"""Handing a certificate to the decision checker: a fresh interpreter, standard library only, that never saw the search.

No answer `sat` or `unsat` leaves `decide` without having passed here.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from proofs_check.etr_training.decision import Decision

CHECKER = Path(__file__).resolve().parents[1] / "certificates" / "decision_checker"
_GRACE = 600.0


def check_decision(certificate: Mapping[str, Any], seconds: float = _GRACE) -> str | None:
    """Return None if the decision checker accepts the certificate, else why it does not.

    The checker runs as `python -I -S decision_checker FILE`; it is stopped after `seconds`.
    """
    with tempfile.TemporaryDirectory(prefix="decision-") as folder:
        file = Path(folder) / "certificate.json"
        file.write_text(json.dumps(certificate, sort_keys=True, separators=(",", ":")), encoding="utf-8")
        try:
            done = subprocess.run([sys.executable, "-I", "-S", str(CHECKER), str(file)], capture_output=True,
                                  text=True, timeout=seconds, check=False, cwd=folder)
        except subprocess.TimeoutExpired:
            return f"the decision checker was stopped after {seconds:g} s"
    if done.returncode == 0:
        return None
    said = (done.stdout.strip() or done.stderr.strip() or "no message").splitlines()[-1]
    return f"the decision checker refused (exit status {done.returncode}): {said[:300]}"


def confirmed(decision: Decision) -> Decision:
    """Return the decision if it claims nothing or the checker accepts it; otherwise `unknown` with the reason."""
    if decision.status not in ("sat", "unsat"):
        return decision
    if decision.certificate is None:
        refusal: str | None = "there is no certificate"
    else:
        refusal = check_decision(decision.certificate)
    if refusal is None:
        return decision
    return replace(decision, status="unknown", witness=None, certificate=None, lower=None, upper=None,
                   reason=f"{decision.engine} answered {decision.status}, but {refusal}")

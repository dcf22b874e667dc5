"""Makes the modules of the checker importable as it sees them itself (those of decisions: `small_decisions`)."""

from __future__ import annotations

import sys
from pathlib import Path

CHECKER = Path(__file__).resolve().parents[2] / "proofs_check" / "certificates" / "checker"

if str(CHECKER) not in sys.path:
    sys.path.append(str(CHECKER))

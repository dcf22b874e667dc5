"""The enclosure checker as a fresh process: `python -I -S proofs_check/certificates/enclosure_checker FILE --json`.

It confirms or rejects bounds of the conditional expectation of a noisy network (`lemmascope-enclosure`), with none of
the search's code in its process. This module recognises such files, starts the checker and reads what it prints.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .checking import CERTIFICATES
from .isolated import finding, says_format

ENCLOSURE_CHECKER = CERTIFICATES / "enclosure_checker"
FORMAT = "lemmascope-enclosure"
SECONDS = 600.0


def is_enclosure(path: Path) -> bool:
    """Whether a file says of itself that it is an enclosure certificate; nothing else of it is looked at."""
    return says_format(path, FORMAT)


def check_enclosure_file(path: Path, *, seconds: float = SECONDS) -> dict[str, Any]:
    """Check an enclosure certificate in a fresh isolated process of this Python; returns what the checker prints.

    `accepted` is always there; `reason` if it was rejected, else `grade` ("enclosed"), `chain` (SHA-256), `layers`,
    `cells`, `claims`, `widest` (the widest claimed interval) and `checked`. Raises MachineryFailed if there is no
    answer in `seconds`.
    """
    return finding(ENCLOSURE_CHECKER, path, seconds=seconds, name="enclosure checker")


def check_enclosure(certificate: Mapping[str, Any], *, seconds: float = SECONDS) -> dict[str, Any]:
    """Check a certificate that is not in a file, such as `Enclosure.certificate(boxes)`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "enclosure.json"
        path.write_text(json.dumps(certificate), encoding="ascii")
        return check_enclosure_file(path, seconds=seconds)

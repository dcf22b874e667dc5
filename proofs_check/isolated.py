"""Checkers that decide about one file, each as a fresh process: `python -I -S FOLDER FILE --json`.

None of the search's code is in that process. Such a checker prints one JSON object with `accepted`, and its exit code
is 0 exactly if that is true.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from theory.language.errors import explain

from .checking import MachineryFailed


def says_format(path: Path, name: str) -> bool:
    """Whether a file says of itself that it has the format of this name; nothing else of it is looked at."""
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("format") == name


def finding(checker: Path, path: Path, *, seconds: float, name: str) -> dict[str, Any]:
    """Return what a checker prints about a file; `accepted` is true only if the exit code says so too.

    Raises MachineryFailed, about the checker of this name, if there is no answer within `seconds`.
    """
    command = [sys.executable, "-I", "-S", str(checker), str(path.resolve()), "--json"]
    failed = "no finding"
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=seconds,
                              errors="replace", check=False)
        found = json.loads(done.stdout)
        return {**found, "accepted": found["accepted"] is True and done.returncode == 0}
    except subprocess.TimeoutExpired:
        failed = f"none in {seconds:g} s"
    except (ValueError, KeyError, TypeError):
        pass
    raise MachineryFailed(explain(name, "its finding", failed, "Run `lemmascope doctor`."))

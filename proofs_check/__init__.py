"""Who believes it: search, certificates, the checker, verdicts, and the command line.

    from proofs_check import verify, bound_table, applications, decide
    report = verify("covering", profile="quick")

Importing this package loads neither torch nor a plotting or optimisation library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .applying import applications
    from .etr_training.decide import decide
    from .tables import bound_table
    from .verdicts import Report
    from .verification import Interrupted, verify

__version__ = "0.1.0"
__all__ = ["Interrupted", "Report", "applications", "bound_table", "decide", "verify"]

_HOMES = {"verify": "verification", "Interrupted": "verification", "Report": "verdicts", "bound_table": "tables",
          "applications": "applying", "decide": "etr_training.decide"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    value = getattr(importlib.import_module(f".{_HOMES[name]}", __name__), name)
    globals()[name] = value
    return value

"""What the family of graph networks needs at run time: its rate table and figures."""

from __future__ import annotations

from typing import Any

__all__ = ["rate_table"]


def __getattr__(name: str) -> Any:
    """Return `rate_table`, which is imported when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from .table_of import rate_table

    return rate_table

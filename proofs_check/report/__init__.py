"""Pages, pictures and words made from checked objects: what `lemmascope verify --html DIR` writes.

Every page is one file with its style inside: no script, no font, no request to anywhere. Formulas are MathML, which
browsers set by themselves; they come from the certificates, so a page shows what was checked.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from proofs_check.registry import Registry
    from proofs_check.verdicts import Report


def write_site(report: Report, registry: Registry, directory: str | Path) -> Path:
    """Write the pages of a run into a directory and return the index.

    Raises InputError if the directory cannot be written.
    """
    from .site import write_site as write

    return write(report, registry, directory)


__all__ = ["write_site"]

"""The bound table of the covering family for widths or for a torch module."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from proofs_check.tables import Table
from theory.language.errors import InputError, explain


def table_of(network: Any, **options: Any) -> Table:
    """Return the table for a network: its widths, or a `torch.nn.Module` with an `example_input`.

    `options` are those of `bound_rows` for widths and of `module_rows` for modules; both know `eps`.
    """
    if isinstance(network, Sequence):
        from .table import bound_rows

        return bound_rows(network, **options)
    if not hasattr(network, "named_parameters"):
        remedy = "Give (64, 32, 10) or a torch.nn.Module."
        raise InputError(explain("network", "a sequence of widths or a torch module", type(network).__name__, remedy))
    if "example_input" not in options:
        raise InputError(explain("example_input", "a batch of inputs", "none", "Give example_input=inputs[:100], say."))
    from .module_table import module_rows

    return module_rows(network, **options)

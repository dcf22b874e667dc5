"""The tables of the training problem, by what they are about: data, instances, formulas, benchmarks, growth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from proofs_check.tables import Table
from theory.language.errors import InputError, UnknownNameError, explain

KINDS = ("width", "decisions", "optimum", "gadgets", "solvers", "scaling")


def table_of(subject: Any, *, kind: str | None = None, **options: Any) -> Table:
    """Return the table about a subject.

    - `(points, labels)`, or a mapping from names to such pairs: least widths; options of `width_table`;
    - a TrainingInstance, several of them, or "zoo": answers (`decision_table`), or with `kind="optimum"` exact optima,
      with `trained=True` beside trained networks (`optimum_table`);
    - texts of formulas with `kind="gadgets"`: sizes of the instances they compile to (`gadget_table`);
    - a Path to a result of benchmarks/decide.py, or its data: solvers and encodings (`solver_table`);
    - "scaling": growth of the search on random data (`scaling_rows`).

    Raises UnknownNameError for another kind, InputError for a subject that has no table.

    >>> table_of(([-2, -1, 0, 1, 2], [2, 1, 0, 1, 2])).rows[0][:6]
    ('data', '5', '1', '1', '0', '2')
    """
    if kind is not None and kind not in KINDS:
        raise UnknownNameError(explain("kind", f"one of {', '.join(KINDS)}", repr(kind), "Leave it out."))
    kind = kind or _kind(subject)
    if kind == "width":
        from proofs_check.etr_training.width_table import width_table

        return width_table(named_data(subject), **options)
    if kind in ("decisions", "optimum"):
        from proofs_check.etr_training import decision_table as module

        make = module.decision_table if kind == "decisions" else module.optimum_table
        return make(instances_of(subject), **options)
    if kind == "gadgets":
        from proofs_check.etr_training.gadget_table import gadget_table

        return gadget_table([subject] if isinstance(subject, str) else list(subject), **options)
    if kind == "solvers":
        from proofs_check.etr_training.solver_table import solver_table

        return solver_table(subject, **options)
    from proofs_check.etr_training.scaling_table import scaling_rows, scaling_table

    return scaling_table(scaling_rows(**options))


def _kind(subject: Any) -> str:
    from theory.etr_training.instance import TrainingInstance

    if isinstance(subject, TrainingInstance) or (isinstance(subject, str) and subject == "zoo"):
        return "decisions"
    if isinstance(subject, str) and subject == "scaling":
        return "scaling"
    if isinstance(subject, Path) or (isinstance(subject, Mapping) and "format" in subject):
        return "solvers"
    if isinstance(subject, Sequence) and not isinstance(subject, str) and len(subject):
        if all(isinstance(one, TrainingInstance) for one in subject):
            return "decisions"
        if isinstance(subject, tuple) and len(subject) == 2 and not isinstance(subject[0], str):
            return "width"
    if isinstance(subject, Mapping) and len(subject):
        return "width"
    raise InputError(explain("subject", "data, training instances, 'zoo', 'scaling' or the result of a benchmark",
                             f"a {type(subject).__name__}", "For formulas give kind='gadgets'."))


def named_data(subject: Any) -> dict[str, tuple[Any, Any]]:
    """Return data sets by name; a single pair is called "data"."""
    if isinstance(subject, Mapping):
        return dict(subject)
    if isinstance(subject, tuple) and len(subject) == 2:
        return {"data": subject}
    raise InputError(explain("subject", "(points, labels), or a mapping from names to such pairs",
                             f"a {type(subject).__name__}", "Give ([0, 1, 2], [0, 1, 4])."))


def instances_of(subject: Any) -> list[Any]:
    """Return the instances meant: one, several, or all of the zoo."""
    from theory.etr_training.instance import TrainingInstance

    if isinstance(subject, str) and subject == "zoo":
        from theory.etr_training.zoo import ZOO

        return list(ZOO.values())
    one = isinstance(subject, TrainingInstance)
    found = [subject] if one else list(subject) if isinstance(subject, Sequence) else []
    if not found or not all(isinstance(one, TrainingInstance) for one in found):
        raise InputError(explain("subject", "training instances or 'zoo'", f"a {type(subject).__name__}",
                                 "Build one with TrainingInstance.one_hidden_layer or .from_json."))
    return found

"""Steps about closed exponentials that points need: comparisons by enclosure."""

from __future__ import annotations

from theory.language.derivation import Step, apply, enclose


def less(goal: str, name: str = "lt") -> tuple[Step, ...]:
    """A closed inequality such as exp(-4) < 1/25, called `name`, by enclosing both sides.

    >>> [step.by for step in less("exp(-4) < 1/25")]
    ['enclose', 'apply']
    """
    return enclose(f"{name}_e", f"all o:real | 0 <= o, o <= 1 => {goal}"), apply(name, f"{name}_e", o="0")

"""`decide`: methods are tried in order, and an answer counts once the decision checker has accepted it."""

from __future__ import annotations

import importlib
from dataclasses import replace
from fractions import Fraction
from types import ModuleType
from typing import TYPE_CHECKING, Any

from proofs_check.etr_training.confirmation import confirmed
from proofs_check.etr_training.deadline import Deadline
from proofs_check.etr_training.decision import Decision
from theory.language.errors import InputError, UnknownNameError, explain

if TYPE_CHECKING:
    from theory.etr_training.instance import TrainingInstance

METHODS = ("conflicts", "rank", "piercing", "cells", "sigmoid_sink", "logits", "bilinear", "algebraic", "boxes",
           "linear_arithmetic", "cegar")
"""Methods in the order in which `auto` tries them; each is a module with `applicable` and `solve`."""

_PART = {"cells": 0.75}  # of the time left: what `auto` gives a method that has others after it; 1 if not named


def decide(instance: TrainingInstance, method: str = "auto", timeout: float | int | None = 60) -> Decision:
    """Decide whether some real weights bring the total squared loss of an instance to its threshold.

    Args:
        instance: the question; any network, some networks are decided completely (one hidden ReLU layer, one output).
        method: "auto", or one of METHODS to try nothing else.
        timeout: seconds for the search (not for checking what it found); None means no limit.

    Returns a Decision. "sat" and "unsat" were confirmed by the decision checker in a fresh process; "unknown" carries
    its reason and the best bounds; running out of time is never "unsat".

    Raises UnknownNameError for an unknown method, InputError for anything but an instance and a positive time.

    >>> from theory.etr_training.instance import TrainingInstance
    >>> decide(TrainingInstance.one_hidden_layer([-1, 0, 1], [1, 0, 1], 2)).status
    'sat'
    """
    from theory.etr_training.instance import TrainingInstance

    if not isinstance(instance, TrainingInstance):
        raise InputError(explain("instance", "a TrainingInstance", type(instance).__name__,
                                 "Build one with TrainingInstance.one_hidden_layer or .from_json."))
    if method != "auto" and method not in METHODS:
        raise UnknownNameError(explain("method", f"auto or one of {', '.join(METHODS)}", repr(method), "Choose one."))
    deadline = Deadline.after(timeout)
    found: list[Decision] = []
    for name in METHODS if method == "auto" else (method,):
        module = importlib.import_module(f"proofs_check.etr_training.{name}")
        time = deadline.within(_PART.get(name, 1.0) * deadline.left) if method == "auto" else deadline
        decision = _attempt(module, instance, time, name)
        if decision is None:
            continue
        if decision.status in ("sat", "unsat"):
            return _bounded(decision, found, instance).timed(deadline.elapsed)
        found.append(decision)
        if deadline.passed:
            break
    return _undecided(found, instance, method).timed(deadline.elapsed)


def _attempt(module: ModuleType, instance: TrainingInstance, deadline: Deadline, name: str) -> Decision | None:
    """Return the confirmed answer of one method, None if it does not apply or has nothing to say."""
    try:
        decision: Any = module.solve(instance, deadline)
    except (ArithmeticError, MemoryError, RecursionError, RuntimeError) as error:
        return Decision("unknown", engine=name, reason=f"{name} failed: {type(error).__name__}: {error}")
    return None if decision is None else confirmed(decision)


def _bounded(decision: Decision, earlier: list[Decision], instance: TrainingInstance) -> Decision:
    """Add what the answer itself says about the optimal loss."""
    lower, upper = _bounds([*earlier, decision])
    if decision.status == "sat":
        upper = instance.threshold if upper is None else min(upper, instance.threshold)
    else:
        lower = max(lower, instance.threshold)
    return replace(decision, lower=lower, upper=upper)


def _bounds(found: list[Decision]) -> tuple[Fraction, Fraction | None]:
    lowers = [d.lower for d in found if d.lower is not None]
    uppers = [d.upper for d in found if d.upper is not None]
    return max(lowers, default=Fraction(0)), min(uppers, default=None)


def _undecided(found: list[Decision], instance: TrainingInstance, method: str) -> Decision:
    """Return the agreement of two solvers if there is one, else `unknown` with all reasons and the best bounds."""
    lower, upper = _bounds(found)
    for decision in found:
        if decision.status == "agreed-unsat":
            return replace(decision, lower=lower, upper=upper)
    if method != "auto" and not found:
        module = importlib.import_module(f"proofs_check.etr_training.{method}")
        reason = module.applicable(instance) or "the method has no answer"
        return Decision("unknown", engine=method, reason=f"{method} does not apply: {reason}", lower=lower)
    reason = "; ".join(f"{d.engine}: {d.reason}" for d in found if d.reason)
    return Decision("unknown", engine=method, reason=reason or "no method applies to this instance", lower=lower,
                    upper=upper, cost="; ".join(dict.fromkeys(d.cost for d in found if d.cost)))

"""Engines and experiments that fail on purpose; imported by the processes of the search, so it imports little."""

from __future__ import annotations

import ctypes
import importlib
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from proofs_check.engines.discharge import emit
from proofs_check.searching import elaborate_item
from theory.language.claims import Claim

NAN = float("nan")

PLACES = {
    "combine": ("steps", "combine"), "calculus": ("steps", "differentiate"), "enclosure": ("enclosure", "find_tree"),
    "decided": ("decided", "decide"), "discharge": ("steps", "discharge"),
}


def greedy(*_: object, **__: object) -> None:
    """Ask for more memory than there is for one search."""
    bytearray(3 << 30)


def fail(*_: object, **__: object) -> None:
    """Raise what nobody expects."""
    raise RuntimeError("nobody expects this")


def nonsense(engine: str, value: Any) -> Callable[..., Any]:
    """An engine that swallowed its own exception and answers with a value, as if all were well."""
    def differentiate(context: Any, name: str, goal: Any, facts: Any, out: Any) -> None:
        emit(context, out, name, goal, by="apply", fact="ax.d_const", sub={"c": value, "p": "x"}, prem=[])

    return {"combine": lambda *_, **__: {"sum": [[[value, 1], ["H1"], None]]}, "calculus": differentiate,
            "enclosure": lambda *_, **__: value, "discharge": lambda *_, **__: value,
            "decided": lambda *_, **__: SimpleNamespace(z3="unsat", cvc5=value)}[engine]


SWALLOWED = {"combine": 7, "calculus": 2, "enclosure": 8, "decided": "", "discharge": "H9"}
FAILURES: dict[str, Callable[[str], Callable[..., Any]]] = {
    "exception": lambda engine: fail,
    "swallowed": lambda engine: nonsense(engine, SWALLOWED[engine]),
    "nan": lambda engine: nonsense(engine, NAN),
    "timeout": lambda engine: lambda *_, **__: time.sleep(60),
    "memory": lambda engine: greedy,
    "segfault": lambda engine: lambda *_, **__: ctypes.string_at(0),
}


def sabotaged(item: Claim, library: dict, root: Path, *more: object) -> dict:
    """Search with the engine and the failure that the claim's id names; other claims are searched as usual."""
    _, failure, engine = (item.id.rpartition(".")[2].split("_") + ["", ""])[:3]
    if failure in FAILURES:
        module, name = PLACES[engine]
        setattr(importlib.import_module(f"proofs_check.engines.{module}"), name, FAILURES[failure](engine))
        root = root / failure  # a ledger of its own: no stored step may stand in for the engine
    return elaborate_item(item, library, root, *more)  # type: ignore[arg-type]


GOOD = {"planted": [], "rows": [], "rule_held": True, "passed": True, "detail": "all 20 below the bound",
        "seconds": 0.0, "statistic": 0.5}
RESULTS: dict[str, Any] = {
    "good": GOOD, "nan": {**GOOD, "statistic": float("nan")}, "nan_text": {**GOOD, "statistic": "nan"},
    "held_nan": {**GOOD, "rule_held": float("nan")}, "swallowed": None, "empty": {}, "other": [1, 2],
    "missed": {**GOOD, "planted": [{"name": "4.04 for 4", "detected": False}], "passed": False},
    "contradicts": {**GOOD, "rule_held": False, "passed": False, "detail": "3 of 20 above the bound"},
}


def measure(module: str, profile: str, seed: int) -> Any:
    """What an experiment does, by the name of its module."""
    name = module.rpartition(".")[2]
    if name == "exception":
        raise ZeroDivisionError("1/0")
    if name == "timeout":
        time.sleep(60)
    if name == "memory":
        bytearray(8 << 30)
    if name == "segfault":
        ctypes.string_at(0)
    return RESULTS[name]

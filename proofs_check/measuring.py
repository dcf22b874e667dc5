"""Experiments: found without importing them, run one per killable process, kept in the ledger.

A module `numerics/<family>/<name>.py` that assigns EXPERIMENT at its top level holds one experiment. Importing it would
load torch, so its id is asked from a child process once and remembered for as long as its sources are unchanged.
"""

from __future__ import annotations

import ast
import importlib
import math
import time
from collections.abc import Iterable
from typing import Any

from theory.language.errors import UnknownNameError

from . import fingerprint
from .ledger import EXPERIMENT, Ledger, content_key
from .processes import GIGABYTE, Ending, Task, run_all
from .registry import unknown
from .searching import Progress
from .verdicts import ExperimentVerdict, Trial, to_plain

LIMITS = {"quick": 120.0, "full": 900.0}
"""Hard limit in seconds of one experiment, by profile."""
MEMORY = 6 * GIGABYTE


def run(names: Iterable[str], results: dict[str, ExperimentVerdict], ledger: Ledger, profile: str, seed: int,
        jobs: int, progress: Progress) -> None:
    """Run the named experiments that the ledger does not hold; put each verdict into `results` as it comes.

    An experiment that does not exist, fails or is stopped gives a verdict that says so.
    """
    names = list(names)
    missing: dict[str, tuple[str, str]] = {}
    modules = _index(names, ledger)
    for name in names:
        if name not in modules:
            results[name] = ExperimentVerdict(name, Trial.UNDECIDED, str(_unknown(name, modules)), 0.0)
            continue
        key = _key(modules[name], profile, seed)
        stored = ledger.get(EXPERIMENT, key)
        if stored is None:
            missing[name] = (modules[name], key)
        else:
            results[name] = _verdict(name, stored)
    done = len(names) - len(missing)
    if names:
        progress("experiments", done, len(names))
    tasks = [Task(name, measure, (module, profile, seed), LIMITS[profile], MEMORY)
             for name, (module, _) in missing.items()]
    for outcome in run_all(tasks, jobs):
        done += 1
        if outcome.ending is Ending.GOOD:
            ledger.put(EXPERIMENT, missing[outcome.key][1], outcome.value)
            results[outcome.key] = _verdict(outcome.key, outcome.value)
        else:
            results[outcome.key] = ExperimentVerdict(outcome.key, Trial.UNDECIDED, outcome.reason, outcome.seconds)
        progress(outcome.key, done, len(names))


def measure(module: str, profile: str, seed: int) -> dict[str, Any]:
    """Run the experiment of a module in this process and return its measurement as JSON."""
    import torch

    torch.set_num_threads(1)
    from numerics.experiments import run as run_experiment

    start = time.monotonic()
    measurement = run_experiment(importlib.import_module(module).EXPERIMENT, profile)
    plain = _finite(to_plain(measurement))
    return {"measurement": plain, "passed": measurement.passed is True, "text": str(measurement.summary),
            "seconds": round(time.monotonic() - start, 3)}


def experiment_id(module: str) -> str:
    """Return the id of a module's experiment; imports the module."""
    return str(importlib.import_module(module).EXPERIMENT.id)


def experiment_modules(family: str) -> tuple[str, ...]:
    """Return the modules of a family that assign EXPERIMENT at their top level, without importing them."""
    found = []
    for name in fingerprint.modules_under(f"numerics.{family}"):
        path = fingerprint.module_path(name)
        if path is not None and b"EXPERIMENT" in path.read_bytes() and _assigns(ast.parse(path.read_bytes())):
            found.append(name)
    return tuple(found)


def _assigns(tree: ast.Module) -> bool:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(t, ast.Name) and t.id == "EXPERIMENT" for t in targets):
            return True
    return False


def _index(names: list[str], ledger: Ledger) -> dict[str, str]:
    """Return the module of each experiment of the families that the names belong to."""
    modules = [m for family in sorted({n.split(".")[0] for n in names}) for m in experiment_modules(family)]
    found, missing = {}, {}
    for module in modules:
        key = content_key("experiment id", module, fingerprint.sources(module))
        stored = ledger.get(EXPERIMENT, key)
        if stored is None:
            missing[module] = key
        else:
            found[stored["id"]] = module
    tasks = [Task(module, experiment_id, (module,), 60.0, MEMORY) for module in missing]
    for outcome in run_all(tasks, 1):
        if outcome.ending is Ending.GOOD:
            ledger.put(EXPERIMENT, missing[outcome.key], {"id": outcome.value})
            found[outcome.value] = outcome.key
    return found


def _key(module: str, profile: str, seed: int) -> str:
    versions = fingerprint.versions((*fingerprint.ENGINES, *fingerprint.LEARNING))
    return content_key("experiment", module, fingerprint.sources(module, "numerics.experiments"), versions, profile,
                       seed)


def _verdict(name: str, stored: dict[str, Any]) -> ExperimentVerdict:
    trial = Trial.PASSED if stored["passed"] is True else Trial.CONTRADICTS
    return ExperimentVerdict(name, trial, stored["text"], stored["seconds"], stored["measurement"])


def _unknown(name: str, modules: dict[str, str]) -> UnknownNameError:
    return unknown("experiment", name, modules)


def _finite(value: Any) -> Any:
    """Return JSON values with NaN and infinities as words, so that the file stays readable for every JSON reader."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_finite(part) for part in value]
    return value

"""Experiments: found without importing them, run one per killable process, kept in the ledger.

A module `numerics/<family>/<name>.py` that assigns EXPERIMENT at its top level holds one experiment. Importing it would
load torch, so id and claim are read off its source; where they are no plain texts a child process is asked once.
"""

from __future__ import annotations

import ast
import importlib
import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from theory.language.errors import InputError, explain

from . import fingerprint
from .ledger import EXPERIMENT, Ledger, content_key
from .processes import GIGABYTE, Ending, Task, preload, run_all
from .searching import Progress
from .verdicts import ExperimentVerdict, Trial

LIMITS = {"quick": 120.0, "full": 900.0}
"""Hard limit in seconds of one experiment, by profile."""
MEMORY = 6 * GIGABYTE
LIBRARIES = ("torch", "sklearn.datasets", "numerics.experiments")


@dataclass(frozen=True)
class Entry:
    """Where an experiment is and which claim it attacks, known without importing it."""

    id: str
    claim: str
    module: str


def run(entries: Iterable[Entry], results: dict[str, ExperimentVerdict], ledger: Ledger, profile: str, seed: int,
        jobs: int, progress: Progress) -> None:
    """Run the experiments that the ledger does not hold; put each verdict into `results` as it comes.

    An experiment that fails or is stopped gives a verdict that says so.
    """
    entries = {entry.id: entry for entry in entries}
    missing: dict[str, str] = {}
    for entry in entries.values():
        key = _key(entry.module, profile, seed, ledger)
        stored = ledger.get(EXPERIMENT, key)
        if stored is None:
            missing[entry.id] = key
        else:
            results[entry.id] = _verdict(entry.id, stored, str(ledger.path(EXPERIMENT, key)))
    done = len(entries) - len(missing)
    progress("experiments", done, len(entries))
    tasks = [Task(name, measure, (entries[name].module, profile, seed), LIMITS[profile], MEMORY) for name in missing]
    for outcome in run_all(tasks, jobs):
        done += 1
        name, key = outcome.key, missing[outcome.key]
        if outcome.ending is Ending.GOOD:
            results[name] = _verdict(name, outcome.value, str(ledger.path(EXPERIMENT, key)))
            if results[name].data:
                ledger.put(EXPERIMENT, key, outcome.value)
        else:
            results[name] = ExperimentVerdict(name, Trial.UNDECIDED, outcome.reason, outcome.seconds)
        progress(name, done, len(entries))


def prepare(entries: Iterable[Entry], ledger: Ledger, profile: str, seed: int) -> None:
    """Have the libraries of experiments imported once for all of them, if any has to be run."""
    modules = [e.module for e in entries if ledger.get(EXPERIMENT, _key(e.module, profile, seed, ledger)) is None]
    if modules:
        preload([*LIBRARIES, *(f"theory.{module.split('.')[1]}" for module in modules)])


def measure(module: str, profile: str, seed: int) -> dict[str, Any]:
    """Run the experiment of a module in this process and return its measurement, raw rows included, as JSON."""
    import torch

    torch.set_num_threads(1)
    from numerics.experiments import run as run_experiment

    experiment = importlib.import_module(module).EXPERIMENT
    return _finite(run_experiment(_shifted(experiment, seed), profile).to_dict())


def describe_experiment(module: str) -> dict[str, str]:
    """Return id and claim of a module's experiment; imports the module."""
    experiment = importlib.import_module(module).EXPERIMENT
    return {"id": experiment.id, "claim": experiment.claim}


def index(families: Iterable[str], ledger: Ledger) -> tuple[Entry, ...]:
    """Return the experiments of the families.

    Id and claim are read off the source; a module that computes them is imported in a child when it has changed.
    """
    modules = [module for family in families for module in experiment_modules(family)]
    found: dict[str, Entry] = {}
    missing: dict[str, str] = {}
    for module in modules:
        written = _written_entry(module)
        if written is not None:
            found[module] = written
            continue
        key = content_key("experiment entry", module, fingerprint.sources(module, ledger=ledger))
        stored = ledger.get(EXPERIMENT, key)
        if stored is None:
            missing[module] = key
        else:
            found[module] = Entry(stored["id"], stored["claim"], module)
    for outcome in run_all([Task(m, describe_experiment, (m,), 60.0, MEMORY) for m in missing], 1):
        if outcome.ending is not Ending.GOOD:
            remedy = "Correct the module; no experiment was run."
            raise InputError(explain(outcome.key, "a module that defines EXPERIMENT", outcome.reason, remedy))
        ledger.put(EXPERIMENT, missing[outcome.key], outcome.value)
        found[outcome.key] = Entry(outcome.value["id"], outcome.value["claim"], outcome.key)
    return tuple(found[module] for module in modules)


def experiment_modules(family: str) -> tuple[str, ...]:
    """Return the modules of a family that assign EXPERIMENT at their top level, without importing them."""
    found = []
    for name in fingerprint.modules_under(f"numerics.{family}"):
        path = fingerprint.module_path(name)
        if path is not None and _assigned(ast.parse(path.read_bytes())) is not None:
            found.append(name)
    return tuple(found)


def _assigned(tree: ast.Module) -> ast.expr | None:
    """Return what a module assigns to EXPERIMENT at its top level."""
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(t, ast.Name) and t.id == "EXPERIMENT" for t in targets):
            return node.value  # type: ignore[union-attr]
    return None


def _written_entry(module: str) -> Entry | None:
    """Return id and claim where they are written as texts in the call that makes the experiment."""
    path = fingerprint.module_path(module)
    value = _assigned(ast.parse(path.read_bytes())) if path is not None else None
    if not isinstance(value, ast.Call):
        return None
    texts = {k.arg: k.value.value for k in value.keywords
             if isinstance(k.value, ast.Constant) and isinstance(k.value.value, str)}
    return Entry(texts["id"], texts["claim"], module) if {"id", "claim"} <= texts.keys() else None


def _shifted(experiment: Any, seed: int) -> Any:
    """Return the experiment with `seed` added to every seed of both profiles."""
    sizes = {name: replace(size, seeds=tuple(s + seed for s in size.seeds),
                           planted_seeds=tuple(s + seed for s in size.planted_seeds))
             for name in ("quick", "full") for size in (getattr(experiment, name),)}
    return replace(experiment, **sizes)


def _key(module: str, profile: str, seed: int, ledger: Ledger) -> str:
    versions = fingerprint.versions((*fingerprint.ENGINES, *fingerprint.LEARNING))
    code = fingerprint.sources(module, "numerics.experiments", ledger=ledger)
    return content_key("experiment", module, code, versions, profile, seed)


def _verdict(name: str, stored: Any, raw: str) -> ExperimentVerdict:
    """Judge a measurement: a rule that fails contradicts; one that planted violations pass decides nothing.

    What is no measurement, or one whose statistic is no number, decides nothing either.
    """
    try:
        missed = [p["name"] for p in stored["planted"] if p["detected"] is not True]
        data = {key: value for key, value in stored.items() if key != "rows"}
        planted = [{**p, "rows": len(p.get("rows", ()))} for p in stored["planted"]]
        data |= {"rows": len(stored["rows"]), "planted": planted, "raw": raw}
        held, passed, detail, seconds = (stored[key] for key in ("rule_held", "passed", "detail", "seconds"))
        number = float(stored["statistic"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        text = f"its result is no measurement ({type(error).__name__}: {error})"
        return ExperimentVerdict(name, Trial.UNDECIDED, text, 0.0)
    if not math.isfinite(number) or type(held) is not bool:
        trial, text = Trial.UNDECIDED, f"the statistic is {number:g} and the rule {held}: {detail}"
    elif not held:
        trial, text = Trial.CONTRADICTS, f"the rule failed: {detail}"
    elif missed:
        trial, text = Trial.UNDECIDED, f"the rule would also pass planted violations: {', '.join(missed)}"
    elif passed is not True:
        trial, text = Trial.UNDECIDED, f"the rule cannot be trusted, though it held: {detail}"
    else:
        trial, text = Trial.PASSED, detail
    return ExperimentVerdict(name, trial, text, seconds, data)


def _finite(value: Any) -> Any:
    """Return JSON values with NaN and infinities as words, so that the file stays readable for every JSON reader."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _finite(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_finite(part) for part in value]
    return value

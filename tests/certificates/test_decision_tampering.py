"""Random single edits of right decision certificates: refused, or about another question, or explained as harmless."""

from __future__ import annotations

import copy
import json
import random
from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from small_decisions import checked, edited, refutations, witnesses

from theory.etr_training.instance import TrainingInstance
from theory.language.errors import InputError

EVERYTHING = witnesses() | refutations()
PRINTED = {name: checked(certificate) for name, certificate in EVERYTHING.items()}

INDIFFERENT = {
    "another vector": ("r",),  # r need not be the best one, only good enough
    "another witness": ("weights", "centre", "radius", "preconditioner", "interval", "polynomial", "fixed"),
    "another cover": ("split", "root", "signs", "low", "high"),  # splits need not be the best ones
    "another identity": ("equations", "squares"),
    "another selection": ("entries", "circuit", "combinations", "positive", "negative", "line"),
}
"""Parts of a certificate that may change without harm, as long as the checker still accepts it: it then proves the same
answer to the same question in another way. Nothing else of a certificate may change unnoticed."""


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """All places below a value."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [path] * bool(path) + [place for key in keys for place in places(value[key], (*path, key))]


def tampered(rng: random.Random, certificate: Any) -> tuple[tuple[Any, ...], Any]:
    """A copy with one random edit, and its place."""
    new = copy.deepcopy(certificate)
    path = rng.choice(places(new))
    inner = new
    for key in path[:-1]:
        inner = inner[key]
    old, choice = inner[path[-1]], rng.random()
    if choice < 0.1:
        del inner[path[-1]]
    elif choice < 0.2 and isinstance(inner, list):
        inner.insert(rng.randrange(len(inner) + 1), copy.deepcopy(old))
    elif choice < 0.3 and isinstance(inner, list):
        inner[path[-1]] = copy.deepcopy(rng.choice(inner))
    elif choice < 0.4 and isinstance(inner, dict):
        inner[rng.choice([*inner, "x"])] = copy.deepcopy(old)
    elif type(old) is int or type(old) is str and old.lstrip("-").replace("/", "").isdigit():
        inner[path[-1]] = rng.choice([0, 1, -1, 2, "1/2", "-1/3", old + 1 if type(old) is int else f"-{old}", 10**6])
    elif type(old) is str:
        inner[path[-1]] = rng.choice(["", "id", "relu", "sigmoid", "h1", "y1", "x1", "*", "unsat", old + "1"])
    else:
        inner[path[-1]] = rng.choice([None, True, False, 0, [], {}, [old], "1"])
    return path, new


def explained(name: str, path: tuple[Any, ...], changed: Any) -> str:
    """Why an edit does no harm, or the empty text: "rejected", "question", "name", "kind", or an indifferent part."""
    found, before = checked(changed), PRINTED[name]
    assert set(found) <= {"accepted", "status", "kind", "instance", "checked", "reason"}
    if not found["accepted"]:
        return "rejected" if found["reason"] else ""
    if found["instance"] != before["instance"]:
        return "question"
    if found["status"] != before["status"]:
        return ""
    if path == ("instance", "name"):
        return "name"
    if path[:1] == ("instance",) or changed == EVERYTHING[name]:
        return "same" if changed == EVERYTHING[name] else ""
    if path[1:] == ("kind",):
        return "kind" if {found["kind"], before["kind"]} <= {"conflict", "null", "range", "threshold"} else ""
    return next((why for why, parts in INDIFFERENT.items() if any(part in parts for part in path[1:])), "")


def outcomes(seed: int, edits: int) -> Counter[str]:
    """How often each explanation occurred; an edit without one fails at once."""
    rng, found = random.Random(seed), Counter[str]()
    for _ in range(edits):
        name = rng.choice(list(EVERYTHING))
        path, changed = tampered(rng, EVERYTHING[name])
        why = explained(name, path, changed)
        assert why, (name, path, json.dumps(changed))
        found[why] += 1
    return found


@pytest.mark.parametrize("seed", range(10))
def test_edits(seed: int) -> None:
    """Of 100 random edits each is explained, most by a rejection."""
    assert outcomes(seed, 100)["rejected"] >= 60


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_many_edits(seed: int) -> None:
    """Of 1,000 random edits each is explained, two thirds by a rejection."""
    assert outcomes(seed, 1000)["rejected"] >= 660


def fit(instance: Any, seed: int) -> tuple[float, dict[str, float]]:
    """The least loss that a numerical search finds, within the box, and its weights."""
    import numpy as np
    from scipy.optimize import least_squares

    net = TrainingInstance.from_json(instance)
    acts = {"id": lambda z: z, "relu": lambda z: np.maximum(z, 0), "sin": np.sin, "step": lambda z: (z > 0) * 1.0,
            "sigmoid": lambda z: 1 / (1 + np.exp(-np.clip(z, -50, 50)))}
    rows = np.array([[float(x) for x in row] for row in net.points]).reshape(len(net.points), len(net.sources))
    bound = float(net.box) if net.box is not None else 50.0
    pins = {p: float(q) for p, q in net.pinned}

    def residuals(vector: Any) -> Any:
        weights = {**pins, **dict(zip(net.free, vector))}
        at: dict[str, Any] = {s: rows[:, k] for k, s in enumerate(net.sources)}
        for v, kind in net.vertices:
            z = weights.get(v, 0.0) + sum((weights[f"{u}->{v}"] * at[u] for u in net.incoming[v]), np.zeros(len(rows)))
            at[v] = acts[kind](z)
        return np.array([at[t][i] - float(y) for i, row in enumerate(net.labels) for t, y in zip(net.sinks, row)
                         if y is not None] or [0.0])

    rng, best = np.random.default_rng(seed), (float(np.sum(residuals(np.zeros(len(net.free))) ** 2)), {})
    for _ in range(12 if net.free else 0):
        start = rng.uniform(-min(bound, 3), min(bound, 3), len(net.free))
        found = least_squares(residuals, start, bounds=(-bound, bound), max_nfev=60)
        best = min(best, (float(2 * found.cost), dict(zip(net.free, found.x))), key=lambda pair: pair[0])
    return best


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_no_search_contradicts_an_accepted_refutation(seed: int) -> None:
    """Where an edit of the question is accepted as refuted, a numerical search finds no loss clearly below."""
    rng, tried = random.Random(1000 + seed), 0
    names = [name for name, certificate in EVERYTHING.items() if certificate["status"] == "unsat"]
    for _ in range(250):
        name = rng.choice(names)
        path, changed = tampered(rng, EVERYTHING[name])
        if path[0] != "instance" or not checked(changed)["accepted"]:
            continue
        threshold = changed["instance"]["threshold"]
        limit = float(Fraction(threshold))
        try:
            loss, weights = fit(changed["instance"], seed)
        except InputError:  # for instance an empty name, which only the checker admits
            continue
        tried += 1
        # a threshold 0 may be approached without being attained, as by LU and by sigmoid labels 0 and 1
        if limit > 0 or name not in ("LU", "range", "threshold"):
            # points of size 10^6 can make the least loss as small as 10^-13
            above = loss > limit * (1 - 1e-6) if limit else loss > 1e-15 or changed["instance"]["strict"]
            assert above, (name, path, loss, weights, json.dumps(changed))
    assert tried >= 10


@pytest.mark.parametrize("broken", ["beaten", "vector", "ancestors"])
def test_a_broken_checker_is_caught(broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker without thresholds, labels or ancestors accepts an attack, or refuses a right answer."""
    import network

    monkeypatch.setattr(network.Network, broken, {
        "beaten": lambda self, bound, beyond=False: True,
        "vector": lambda self, t, item: {i.below(len(self.points)): q.rational() for i, q in
                                         (pair.parts(2) for pair in item.parts())},
        "ancestors": lambda self, *targets: set(targets),
    }[broken])
    from test_decision_attacks import BASE, EDITS

    accepted = [edit[0] for edit in EDITS if checked(edited(BASE[edit[1]], *edit[2], to=edit[3]))["accepted"]]
    refused = [name for name, certificate in EVERYTHING.items() if not checked(certificate)["accepted"]]
    assert accepted or refused

"""Random single edits of the certificates of the covering family: none is accepted without an explanation."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import report
import rules
from small_reports import AXIOMS, apply, claim, combine, document, every, reals, step, using
from tampering import Bench, Editor, Traced, put

from proofs_check.checking import AXIOMS as TABLE

SMALL = 15_000  # characters of a certificate that the quick tests edit
EXPLAINED = {"rejected", "printed", "keys", "tree", "idle", "certificate"}


@pytest.fixture(autouse=True)
def _traced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Proofs write down their steps."""
    monkeypatch.setattr(report, "Proof", Traced)


@pytest.fixture(scope="module")
def bench(covering: Any) -> Bench:
    """The real report, each claim with what stands before it."""
    return Bench.of(json.loads(covering.path.read_bytes()), json.loads(TABLE.read_bytes()))


def outcomes(bench: Bench, records: list[Any], edits: int, seed: int) -> Counter[str]:
    """How often each explanation occurred; an edit without one fails the test at once."""
    rng, found = random.Random(seed), Counter[str]()
    for _ in range(edits):
        record = rng.choice(records)
        edited, edit = bench.editor(record).draw(rng)
        why = bench.explain(record, edited, edit)
        assert why in EXPLAINED, edit
        found[why] += 1
    return found


def test_unedited_records_are_accepted(bench: Bench) -> None:
    """The bench, which checks records one by one, accepts them as they are."""
    for record in bench.records:
        if len(json.dumps(record)) < SMALL // 4:
            assert bench.check(record, record)[0]["accepted"], record["id"]


@pytest.mark.parametrize("seed", range(25))
def test_edits_of_the_real_report(bench: Bench, seed: int) -> None:
    """Twenty random edits of the shorter certificates are all explained, most by a rejection."""
    records = [record for record in bench.records if len(json.dumps(record)) < SMALL]
    assert len(records) > 40
    assert outcomes(bench, records, 20, seed)["rejected"] >= 14


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 110))
def test_many_edits_of_the_real_report(bench: Bench, seed: int) -> None:
    """A thousand random edits of all certificates are all explained, more than nine in ten by a rejection."""
    assert outcomes(bench, bench.records, 1000, seed)["rejected"] >= 900


def small_bench() -> tuple[Bench, Any]:
    """A report of one claim: exp(log(y)) = y for 0 < x, x <= y, with an enclosure and steps that it does not use."""
    box = [["<=", 0, "u"], ["<=", "u", 1]]
    square = every(reals("u"), box, ["<", ["*", "u", ["+", 1, ["*", -1, "u"]]], ["q", 7, 10]])
    steps = [
        apply("a", ["<=", ["log", "x"], ["log", "y"]], "ax.log_mono", "H1 H2", x="x", y="y"),
        combine("b", ["<", 0, "y"], sum=[using("H1"), using("H2")]),
        step("i", ["<", 1, 2], "compute"),
        step("e", square, "enclose", tree=["u", ["q", 1, 2], 9, 9]),
        apply("s", ["=", ["exp", ["log", "y"]], "y"], "ax.exp_log", "b", x="y"),
    ]
    made = claim(every(reals("x y"), [["<", 0, "x"], ["<=", "x", "y"]], steps[-1]["goal"]), "H1 H2", steps,
                 posed=[{"ids": ["h", "k"], "steps": [combine("z", ["<", 0, "y"], sum=[using("h"), using("k")])]}])
    return Bench.of(document([made]), AXIOMS), made


def test_kinds_of_explanation() -> None:
    """Every entry of the list of indifferent edits occurs, and is recognised as what it is."""
    bench, made = small_bench()
    editor = Editor(made)
    cases = [
        (("steps", 0, "prem", 0), "H2", "rejected"), (("id",), "test.other", "printed"),
        (("statement", 1), reals("y x"), "printed"), (("steps", 1, "sum", 1, 0), [2, 2], "keys"),
        (("steps", 2), {**made["steps"][2], "id": "j"}, "keys"), (("steps", 3, "tree", 1), ["q", 3, 5], "tree"),
        (("steps", 3, "tree", 2), 40, "tree"), (("steps", 2, "goal", 2), 3, "idle"),
        (("posed", 0, "steps", 0, "sum"), [using("k"), using("h")], "keys"),
    ]  # fmt: skip
    for path, new, why in cases:
        edit = type("Edit", (), {"path": path})()
        assert bench.explain(made, put(made, path, new), edit) == why, path
    assert len(editor.all) > 100


def test_another_certificate_is_confirmed_by_the_second_opinion() -> None:
    """0 <= 1 + 1 from the weights 2 or from 1 and the square of 1: the same formula, another certificate."""
    goal = ["<=", 0, 2]
    made = claim(every([], [], goal), "", [combine("s", goal, sum=[using(weight=2)])])
    bench = Bench.of(document([made]), AXIOMS)
    edit = type("Edit", (), {"path": ("steps", 0, "sum")})()
    assert bench.explain(made, put(made, edit.path, [using(), [[1, 1], [], 1]]), edit) == "certificate"
    assert bench.explain(made, put(made, edit.path, [using(weight=3)]), edit) == "rejected"


def broken(name: str) -> Iterator[tuple[str, Any]]:
    """A method of a checker that forgets one thing."""
    if name == "premises":
        yield "premises", lambda self, formulas, names, inner, facts: None
    elif name == "identity":
        yield "combine", lambda self, step, goal, scope, facts: None
    else:
        yield "box", forgetful_box


def forgetful_box(self: Any, steps: Any, scope: Any, facts: Any, ids: Any, hypotheses: Any, goal: str) -> None:
    """A box whose last step need not be its goal."""
    inner = dict(facts) | {name: rules.Fact(part, scope) for name, part in zip(ids, rules.flat(hypotheses))}
    for part in steps:
        self.step(part, scope, inner)


@pytest.mark.parametrize("name", ["premises", "identity", "end of a box"])
def test_a_broken_checker_is_caught(bench: Bench, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A checker that forgets a comparison accepts an edit that nothing explains, within 300 edits."""
    for method, replacement in broken(name):
        monkeypatch.setattr(rules.Proof, method, replacement)
    bench.steps.clear()
    rule = {"premises": '"prem"', "identity": '"combine"'}.get(name, '"steps"')
    records = [record for record in bench.records if len(json.dumps(record)) < SMALL // 5]
    records.sort(key=lambda record: -json.dumps(record).count(rule) / len(json.dumps(record)))
    with pytest.raises(AssertionError, match="Edit"):
        outcomes(bench, records[:10], 300, 7)
    bench.steps.clear()

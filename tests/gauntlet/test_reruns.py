"""A changed step, and a changed imported module, re-run exactly their closure.

Caches keyed by time stamps or by claim run too much; caches keyed by the text of a claim alone miss changed imports.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from asking import ask, claim, control, point
from sabotage import RESULTS, measure

from proofs_check import fingerprint, measuring
from proofs_check.fingerprint import PACKAGES
from proofs_check.ledger import STEP
from proofs_check.searching import elaborate_item
from proofs_check.verdicts import Outcome
from theory.language import Claim, Lemma, statement
from theory.language.derivation import Step, apply, combine
from theory.textbook.axioms import AXIOMS

ROOT = Path(__file__).resolve().parents[2]
STEPS = (
    combine("a", "0 <= 2*x", "H1"), combine("b", "0 <= 3*x", "H1"), combine("c", "0 <= 4*x", "a"),
    combine("d", "0 <= 6*x", "b"), combine("end", facts="c d"),
)
CONTROL = control("less", "all x:real | H1: 0 <= x => 1 <= 10*x", point(x="0"))


def ten(*steps: Step, name: str = "ten") -> Claim:
    """0 <= 10 x in five steps: c rests on a, d on b, the end on both."""
    return claim(name, "all x:real | H1: 0 <= x => 0 <= 10*x", *steps, instance=point(x="1"), controls=[CONTROL])


def entries(ledger: Path, kind: str = STEP) -> set[tuple[str, int]]:
    """The entries of a kind, each with the time it was written: a search writes, a look-up does not."""
    return {(path.name, path.stat().st_mtime_ns) for path in (ledger / kind).rglob("*.json")}


def searched(ledger: Path, asked: Claim) -> int:
    """How many steps are searched for the certificate of a claim."""
    before = entries(ledger)
    elaborate_item(asked, dict(AXIOMS), ledger)
    return len(entries(ledger) - before)


def goal(step: Step, text: str) -> Step:
    """The step with another goal."""
    return combine(step.id, text, " ".join(step.facts))


@pytest.mark.parametrize("changed, count", [
    (STEPS, 0),
    ((goal(STEPS[0], "0 <= 8*x"), *STEPS[1:]), 2),
    ((*STEPS[:2], goal(STEPS[2], "0 <= 5*x"), *STEPS[3:]), 2),
    ((*STEPS[:4], combine("end", facts="c d", degree=1)), 1),
    ((STEPS[0], combine("b", "0 <= 3*x", "H1", degree=1), *STEPS[2:]), 1),
    ((STEPS[1], STEPS[0], *STEPS[2:]), 0),
    ((*STEPS[:2], combine("between", "0 <= x", "H1"), *STEPS[2:]), 1),
], ids=["nothing", "a first goal", "a middle goal", "a last hint", "a hint", "the order", "a new step"])
def test_a_changed_step_is_searched_with_what_uses_its_fact(tmp_path: Path, changed: tuple[Step, ...],
                                                            count: int) -> None:
    """Editing one step searches it and the steps that use its goal, no others."""
    assert searched(tmp_path, ten(*STEPS)) == 5
    assert searched(tmp_path, ten(*changed)) == count
    assert searched(tmp_path, ten(*changed)) == 0


def test_steps_are_shared_between_claims(tmp_path: Path) -> None:
    """The unit is the step: the same step under another claim is found in the ledger."""
    assert searched(tmp_path, ten(*STEPS)) == 5
    assert searched(tmp_path, ten(*STEPS, name="ten_again")) == 0


def test_a_strict_fact_that_no_step_names_changes_nothing_without_quotients(tmp_path: Path) -> None:
    """Facts that only could matter for denominators are no inputs of a step that has none."""
    assert searched(tmp_path, ten(*STEPS)) == 5
    assert searched(tmp_path, ten(combine("strict", "0 < x + 1", "H1"), *STEPS)) == 1


def test_a_renamed_hypothesis_does_not_leave_a_stale_certificate(ledger: Path) -> None:
    """A stored step that found a denominator's fact by itself names that fact; under another name it is searched."""
    text = "all x:real | {}: 0 < x => x*(1/x) = 1"
    first, second = (claim("renamed", text.format(name), combine("end"), instance=point(x="1"),
                           controls=[control("two", text.format(name).replace("= 1", "= 2"), point(x="1"))])
                     for name in ("H1", "positive"))
    assert ask(ledger, first).claims[first.id].outcome is Outcome.PROVED
    verdict = ask(ledger, second).claims[second.id]
    assert verdict.outcome is Outcome.PROVED, verdict.reason


def chain(text: str) -> tuple[tuple[Lemma, ...], tuple[Claim, ...]]:
    """A lemma, one that uses it, a claim that uses that, and a claim beside them."""
    base = Lemma("gauntlet.base", "base", statement(text), (combine("end", facts="H1"),))
    middle = Lemma("gauntlet.middle", "middle", statement("all x:real | H1: 1 <= x => 0 <= 3*x"),
                   (apply("s", "gauntlet.base", x="x"), combine("end", facts="s H1")))
    top = replace(ten(apply("s", "gauntlet.middle", x="x + 1"), combine("end", facts="s H1", degree=1), name="top"),
                  derivation=(apply("s", "gauntlet.middle", x="x + 1"), combine("end", facts="H1")))
    return (base, middle), (top, ten(*STEPS, name="beside"))


def certificates(ledger: Path, text: str, **changed: Lemma) -> set[str]:
    """Which items were searched in a run."""
    lemmas, claims = chain(text)
    lemmas = tuple(changed.get(lemma.title, lemma) for lemma in lemmas)
    told: list[str] = []
    report = ask(ledger, *claims, lemmas=lemmas, progress=lambda what, done, total: told.append(what))
    assert report.exit_code() == 0, [v.reason for v in report.verdicts]
    return {name.rpartition(".")[2] for name in told if name.startswith("gauntlet.") and "/" not in name}


def test_a_changed_lemma_is_searched_with_what_uses_its_statement(ledger: Path) -> None:
    """A new derivation re-runs the lemma alone; a new statement re-runs it and its direct users, whose own hold."""
    first = "all x:real | H1: 1 <= x => 0 <= x"
    assert certificates(ledger, first) == {"base", "middle", "top", "beside"}
    assert certificates(ledger, first) == set()
    base = chain(first)[0][0]
    other = replace(base, derivation=(combine("s", "0 <= x - 1", "H1"), combine("end", facts="s")))
    assert certificates(ledger, first, base=other) == {"base"}
    assert certificates(ledger, "all x:real | H1: 1 <= x => 0 <= 1/2*x") == {"base", "middle"}


@pytest.fixture()
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sources, and two small experiments, in the place of what fingerprints read."""
    root = tmp_path / "sources"
    for package in PACKAGES:
        shutil.copytree(ROOT / package, root / package, ignore=shutil.ignore_patterns("__pycache__"))
    family = root / "numerics" / "gauntlet"
    family.mkdir()
    (family / "__init__.py").write_text("")
    (family / "far.py").write_text("CONSTANT = 4  # as stated\n")
    (family / "near.py").write_text("from numerics.gauntlet import far\n\nvalue = far.CONSTANT\n")
    made = "\n\nEXPERIMENT = make(id='gauntlet.{}', claim='gauntlet.ten')\n"
    (family / "good.py").write_text("from .near import value" + made.format("good"))
    (family / "missed.py").write_text("import math" + made.format("missed"))
    monkeypatch.setattr(fingerprint, "_roots", lambda top: (root / top,))
    monkeypatch.setattr(measuring, "measure", measure)
    return root


def edit(path: Path, old: str, new: str) -> None:
    """Replace a text in a file."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


@pytest.mark.parametrize("name, old, new, again", [
    ("proofs_check/engines/linear.py", "1e-9", "1e-8", True),
    ("theory/language/substitution.py", "return", "pass\n    return", True),
    ("proofs_check/engines/linear.py", '"""Linear', '"""All linear', False),
    ("theory/covering/volume.py", "from", "import math\nfrom", False),
    ("proofs_check/judging.py", "from", "import math\nfrom", False),
], ids=["an engine", "a module that engines import", "a docstring", "a family", "a module that engines do not import"])
def test_a_changed_module_searches_what_depends_on_it(ledger: Path, tree: Path, name: str, old: str, new: str,
                                                      again: bool) -> None:
    """A changed engine, or anything it imports, searches everything again; a comment or another module nothing."""
    told: list[str] = []
    ask(ledger, ten(*STEPS))
    edit(tree / name, old, new)
    ask(ledger, ten(*STEPS), progress=lambda what, done, total: told.append(what))
    assert ("gauntlet.ten" in told) is again


EDITS = (
    ("near.py", "value =", "value  =", set()), ("far.py", "as stated", "as printed", set()),
    ("far.py", "4", "5", {"gauntlet.good"}), ("near.py", "value  =", "other = value =", {"gauntlet.good"}),
    ("missed.py", "import math", "import cmath", {"gauntlet.missed"}), ("far.py", "5", "4", {"gauntlet.good"}),
)


def test_a_changed_import_measures_what_depends_on_it(tmp_path: Path, tree: Path) -> None:
    """A constant changed two imports away measures that experiment again, and no other; a comment measures none."""
    for name, old, new, again in (("far.py", "4", "4", {"gauntlet.good", "gauntlet.missed"}), *EDITS):
        edit(tree / "numerics" / "gauntlet" / name, old, new)
        told: list[str] = []
        report = ask(tmp_path / "ledger", ten(*STEPS), progress=lambda what, done, total: told.append(what))
        assert report.experiments.keys() == {"gauntlet.good", "gauntlet.missed"} <= {f"gauntlet.{r}" for r in RESULTS}
        assert {what for what in told if what in report.experiments} == again, (name, new)

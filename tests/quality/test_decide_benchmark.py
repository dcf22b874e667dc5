"""The benchmark of `decide`: what it asks of whom, that it runs and resumes. No time is asserted."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benchmarks import decide as benchmark  # noqa: E402
from benchmarks import solvers  # noqa: E402
from proofs_check.etr_training.solver_table import read_benchmark, solver_rows  # noqa: E402
from theory.etr_training.zoo import ZOO  # noqa: E402


def test_sets_are_built_from_names_and_seeds():
    """The tables of the dossier and ten random questions or so, twice the same; the zoo holds more than 100."""
    tables = benchmark.chosen("tables")
    assert set(benchmark.TABLES) <= set(tables) and len(set(benchmark.TABLES)) == len(benchmark.TABLES)
    assert benchmark.random_instances() == benchmark.random_instances()
    assert len(tables) == len(benchmark.TABLES) + 9
    assert set(ZOO) <= set(benchmark.chosen("zoo")) and len(benchmark.chosen("zoo")) > 100
    assert list(benchmark.chosen("quick")) == list(benchmark.QUICK)
    assert all(instance.name == name for name, instance in tables.items())


def test_encodings_are_asked_only_where_they_hold():
    """Sign encodings need one ReLU layer and one output, HiGHS an exact fit besides; no peer gets sigmoid."""
    def asked(name):
        return {pair for part in benchmark.PARTS for pair in part if benchmark.task(ZOO[name], pair, 1.0) is not None}

    everyone = {pair for part in benchmark.PARTS for pair in part}
    assert asked("abs5-w1") == everyone
    assert everyone - asked("abs5-w1-le-14-5") == {("highs", "big-M")}
    assert {encoding for _, encoding in asked("abs5-neg-w1")} == {"", "N0", "N1"}
    assert asked("sigmoid-hat3-w1-le-3-10") == {benchmark.OURS}


def test_every_smt_solver_has_both_naive_encodings():
    """Nobody is compared on an encoding of ours alone."""
    pairs = [pair for part in benchmark.PARTS for pair in part]
    assert {(name, e) for name in solvers.SOLVERS for e in ("N0", "N1")} <= set(pairs)
    assert len(pairs) == len(set(pairs)) and pairs[0] == benchmark.OURS


@pytest.mark.parametrize("solver", ["z3", "z3 nlsat", "cvc5"])
def test_solvers_answer_a_question_each_way(solver):
    """x * x = 4 is satisfiable, x * x = -1 is not; the clock and the processors were used."""
    for value, expected in (("4.0", "sat"), ("(- 1.0)", "unsat")):
        text = f"(set-logic QF_NRA)\n(declare-fun x () Real)\n(assert (= (* x x) {value}))\n(check-sat)\n"
        answer, wall, processor = solvers.SOLVERS[solver](text, 5.0)
        assert answer == expected and wall > 0 and processor >= 0


def test_highs_sees_that_one_unit_does_not_bend_twice():
    """|x| on three points takes two units; 1, 2, 3 takes one, not an output bias alone."""
    points = [[-1.0], [0.0], [1.0]]
    assert solvers.highs((points, [1.0, 0.0, 1.0], 1, False), 20.0)[0] == "unsat"
    assert solvers.highs((points, [1.0, 0.0, 1.0], 2, False), 20.0)[0] == "sat"
    assert solvers.highs((points, [1.0, 2.0, 3.0], 0, True), 20.0)[0] == "unsat"
    assert solvers.highs((points, [1.0, 2.0, 3.0], 1, False), 20.0)[0] == "sat"


def test_committed_results_are_what_the_page_says():
    """The page beside the committed runs is made from them; no answer of ours is wrong, and all runs are known sets."""
    record = read_benchmark(ROOT / "benchmarks" / "results" / "decide.json")
    page = (ROOT / "benchmarks" / "results" / "decide.md").read_text(encoding="utf-8")
    assert page == benchmark.markdown(record)
    ours = next(row for row in solver_rows(record) if row.solver == "decide")
    assert ours.wrong == 0 and ours.solved >= 0.9 * ours.applicable
    assert {i["name"] for i in record["instances"]} == set(benchmark.chosen(record["set"]))


@pytest.mark.slow
def test_the_quick_set_runs_and_resumes(tmp_path):
    """Five instances: ours decides all, nobody is wrong; a second start with --resume adds nothing."""
    prefix = str(tmp_path / "out")
    command = [sys.executable, str(ROOT / "benchmarks" / "decide.py"), "--quick", "--solvers", "z3", "--out", prefix]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=300)
    assert done.returncode == 0, done.stderr
    record = json.loads(Path(f"{prefix}.json").read_text())
    ours = {row["instance"]: row for row in record["runs"] if row["solver"] == "decide"}
    assert list(ours) == list(benchmark.QUICK) == [i["name"] for i in record["instances"]]
    assert all(row["answer"] == ZOO.truth(name) and row["checking"] > 0 for name, row in ours.items())
    assert all(row["answer"] in ("sat", "unsat", "unknown", "time-out", "inapplicable") for row in record["runs"])
    page = Path(f"{prefix}.md").read_text()
    assert all(name in page for name in benchmark.QUICK) and "load average" in page
    again = subprocess.run([*command, "--resume"], capture_output=True, text=True, cwd=tmp_path, timeout=300)
    assert again.returncode == 0 and json.loads(Path(f"{prefix}.json").read_text())["runs"] == record["runs"]

"""The search for enclosure trees: accepted by the checker, exact about failures."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from flint import arb, ctx, fmpq

from proofs_check.engines.enclosure import count_leaves, find_tree, read_goal
from proofs_check.engines.intervals import OutsideDomain, evaluate, exact
from theory.language.errors import InputError, SearchFailed

ROOT = Path(__file__).resolve().parents[3]
CHECKER = ROOT / "proofs_check" / "certificates" / "checker"
CALLS = {"exp": 1, "log": 1, "sqrt": 1, "abs": 1, "sin": 1, "cos": 1, "atan": 1, "tanh": 1, "max": 2, "min": 2}


def half(a: int, b: int) -> tuple[str, int, int]:
    """A fraction as a term."""
    return ("q", a, b)


def over(body: Any, **box: tuple[Any, Any]) -> Any:
    """all variables in the box: body."""
    hyps = tuple(h for name, (lo, hi) in box.items() for h in (("<=", lo, name), ("<=", name, hi)))
    return ("all", tuple((name, "real") for name in box), hyps, body)


PROVABLE = [
    over(("<=", ("log", ("+", 1, "x")), "x"), x=(half(1, 10), 10)),
    over(("<", ("*", "x", ("+", 1, ("*", -1, "x"))), half(26, 100)), x=(0, 1)),
    over(("<=", ("+", ("sin", "x"), ("cos", "y")), half(3, 2)), x=(0, half(1, 2)), y=(0, 1)),
    over(("<=", 0, ("*", "x", ("exp", "x"))), x=(0, 1)),
    over(("<=", half(1, 3), "x"), x=(half(1, 3), 1)),
    over(("<=", 0, ("log", "x")), x=(1, 7)),
    over(("<=", ("sqrt", "x"), ("/", ("+", 1, "x"), 2)), x=(2, 3)),
    over(("<", ("*", ("sin", "x"), ("exp", ("*", -1, "y")), ("+", 1, ("*", "z", "z"))), half(21, 10)),
         x=(0, 2), y=(0, 2), z=(-1, 1)),
    over(("<", ("max", ("tanh", "x"), ("abs", ("atan", "x"))), ("*", half(1, 2), ("pi",))), x=(-5, 5)),
    over(("<=", ("pow", "x", 3), ("min", 8, ("^", "x", 3))), x=(2, 2)),
    over(("<", ("cos", "x"), half(-9, 10)), x=(3, half(33, 10))),
]


def checker_accepts(goals: list[Any], tmp_path: Path) -> list[bool]:
    """Run the checker on one claim for each goal, with a table of axioms made here."""
    generators = {name: {"args": [[f"x{k}", "real"] for k in range(n)], "sort": "real"} for name, n in CALLS.items()}
    generators["pi"] = {"args": [], "sort": "real"}
    generators["pow"] = {"args": [["b", "real"], ["n", "int"]], "sort": "real"}
    table = json.dumps({"generators": generators, "predicates": {}, "axioms": {}})
    claims = []
    for k, goal in enumerate(goals):
        step = {"id": "s", "goal": goal, "by": "enclose", "tree": find_tree(goal)}
        claims.append({"id": f"test.c{k}", "statement": ["all", [], [], goal], "hyps": [], "steps": [step]})
    report = {"format": "lemmascope-report", "schema": 1, "axioms": hashlib.sha256(table.encode()).hexdigest(),
              "cited": [], "claims": claims}
    (tmp_path / "axioms.json").write_text(table)
    (tmp_path / "report.json").write_text(json.dumps(report))
    command = [sys.executable, "-I", "-S", str(CHECKER), str(tmp_path / "report.json"), "--json", "--axioms",
               str(tmp_path / "axioms.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    results = json.loads(done.stdout)["claims"]
    assert all(r["accepted"] for r in results.values()), {k: r.get("reason") for k, r in results.items()}
    return [results[f"test.c{k}"]["accepted"] for k in range(len(goals))]


def test_trees_are_accepted_by_the_checker(tmp_path: Path) -> None:
    """Every tree found is accepted by the standard-library checker."""
    assert checker_accepts(PROVABLE, tmp_path) == [True] * len(PROVABLE)


def test_one_leaf_where_one_is_enough() -> None:
    """A bound that interval arithmetic shows at once gets a single leaf of few bits."""
    assert find_tree(over(("<=", 0, ("*", "x", ("exp", "x"))), x=(0, 1))) == 8


def test_splits_lie_inside_the_box() -> None:
    """Every split is strictly between the ends of its side."""
    tree = find_tree(PROVABLE[0])

    def walk(node: Any, lo: Fraction, hi: Fraction) -> None:
        if isinstance(node, tuple):
            point = Fraction(*node[1][1:]) if isinstance(node[1], tuple) else Fraction(node[1])
            assert node[0] == "x" and lo < point < hi
            walk(node[2], lo, point)
            walk(node[3], point, hi)

    walk(tree, Fraction(1, 10), Fraction(10))
    assert 10 < count_leaves(tree) < 60


def test_a_false_goal_names_a_point() -> None:
    """A goal that is false inside its box fails at once with a point where it is false."""
    with pytest.raises(SearchFailed, match="false there") as failure:
        find_tree(over(("<=", ("*", "x", ("+", 1, ("*", -1, "x"))), half(24, 100)), x=(0, 1)))
    assert "x = 1/2" in str(failure.value)


def test_a_tangency_is_called_one() -> None:
    """Where the gap is 0 the message says so, names the point and points to the derivative."""
    with pytest.raises(SearchFailed, match="tangency.*signs of derivatives") as failure:
        find_tree(over(("<=", ("log", ("+", 1, "x")), "x"), x=(0, 10)), max_leaves=200)
    assert "x = 0 " in str(failure.value)


def test_strict_goals_need_a_positive_gap() -> None:
    """0 < x fails on [0, 1], and 0 < x holds on [1/5, 1]."""
    with pytest.raises(SearchFailed):
        find_tree(over(("<", 0, "x"), x=(0, 1)), max_leaves=100)
    assert find_tree(over(("<", 0, "x"), x=(half(1, 5), 1))) == 8


def test_a_small_budget_is_reported() -> None:
    """Too few leaves for a true strict goal: the message says that the gap is not 0 and what to do."""
    with pytest.raises(SearchFailed, match="raise `leaves`"):
        find_tree(over(("<", ("*", "x", ("+", 1, ("*", -1, "x"))), half(26, 100)), x=(0, 1)), max_leaves=4)


@pytest.mark.parametrize("goal", [
    ("<=", 0, "x"),
    over(("=", 0, "x"), x=(0, 1)),
    over(("<=", 0, "x"), x=(1, 0)),
    over(("<=", 0, "x"), x=(0, "y")),
    ("all", (("x", "int"),), (("<=", 0, "x"), ("<=", "x", 1)), ("<=", 0, "x")),
    ("all", (("x", "real"),), (("<=", 0, "x"),), ("<=", 0, "x")),
    over(("<=", 0, ("fact", "x")), x=(0, 1)),
    over(("<=", 0, "y"), x=(0, 1)),
], ids=str)
def test_other_goals_are_refused(goal: Any) -> None:
    """Goals of another shape, empty boxes and unknown functions are refused as input."""
    with pytest.raises(InputError):
        find_tree(goal)


def test_ends_stay_exact() -> None:
    """Ends given as arithmetic of numbers are read exactly."""
    goal = read_goal(over(("<=", 0, "x"), x=(("*", -1, ("/", 1, 3)), ("^", ("+", 1, half(1, 2)), 2))))
    assert goal.box == (("x", (fmpq(-1, 3), fmpq(9, 4))),)


def value(term: Any, at: dict[str, fmpq]) -> arb:
    """A second evaluation, by balls at a point."""
    if isinstance(term, int):
        return arb(term)
    if isinstance(term, str):
        return arb(at[term])
    head, args = term[0], term[1:]
    if head == "q":
        return arb(fmpq(args[0], args[1]))
    if head == "^":
        return value(args[0], at) ** args[1]
    values = [value(a, at) for a in args]
    if head in "+*/":
        return values[0] + values[1] if head == "+" else values[0] * values[1] if head == "*" else values[0] / values[1]
    if head in ("max", "min"):
        return getattr(arb, head)(*values)
    return abs(values[0]) if head == "abs" else getattr(arb, head)(values[0])


def random_term(rng: random.Random, depth: int) -> Any:
    """A random term in x and y."""
    kind = rng.randrange(9 if depth else 3)
    if kind < 3:
        return (rng.choice(["x", "y"]), rng.randint(-3, 3), half(rng.randint(-9, 9), rng.randint(1, 9)))[kind]
    if kind == 3:
        return ("^", random_term(rng, depth - 1), rng.randint(0, 4))
    if kind < 7:
        return (rng.choice(["+", "*", "/", "max", "min"]), random_term(rng, depth - 1), random_term(rng, depth - 1))
    return (rng.choice(["exp", "log", "sqrt", "abs", "sin", "cos", "atan", "tanh"]), random_term(rng, depth - 1))


def test_random_intervals_hold_the_values() -> None:
    """Values at random points of random boxes lie in the interval of the box."""
    rng, checked = random.Random(20), 0
    for _ in range(1500):
        term, box = random_term(rng, 3), {}
        for name in ("x", "y"):
            lo = Fraction(rng.randint(-20, 20), rng.choice([1, 3, 8]))
            box[name] = (exact(lo), exact(lo + rng.choice([Fraction(1, 7), Fraction(2)])))
        try:
            low, high = evaluate(term, box, rng.choice([8, 24]), rng.random() < 0.5)
        except OutsideDomain:
            continue
        point = {n: lo + (hi - lo) * fmpq(rng.randint(0, 16), 16) for n, (lo, hi) in box.items()}
        with ctx.workprec(300):
            ball = value(term, point)
            assert not ball < arb(low) and not ball > arb(high), (term, point)
        checked += 1
    assert checked > 800

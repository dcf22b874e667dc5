"""The second opinion agrees with correct steps of each rule and disagrees with wrong ones."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from proofs_check.certificates.second import recheck

AXIOMS: dict[str, Any] = {
    "generators": {
        "exp": {"args": [["x", "real"]], "sort": "real"},
        "log": {"args": [["x", "real"]], "sort": "real", "guard": ["<", 0, "x"]},
        "sqrt": {"args": [["x", "real"]], "sort": "real", "guard": ["<=", 0, "x"]},
        "pow": {"args": [["b", "real"], ["n", "int"]], "sort": "real", "guard": ["<=", 0, "n"]},
        "fact": {"args": [["n", "int"]], "sort": "int", "guard": ["<=", 0, "n"]},
        "binom": {"args": [["n", "int"], ["k", "int"]], "sort": "int",
                  "guard": ["some", [], [["<=", 0, "k"], ["<=", "k", "n"]]]},
        "sin": {"args": [["x", "real"]], "sort": "real"},
        "leb": {"args": [["a", "real"], ["b", "real"]], "sort": "obj"},
    },
    "predicates": {"deriv": {"bound": "real", "args": ["any", "real", "any"], "at": 1}},
    "axioms": {
        "ax.exp_ge": ["all", [["x", "real"]], [], ["<=", ["+", 1, "x"], ["exp", "x"]]],
        "ax.fact0": ["=", ["fact", 0], 1],
    },
}

Step = dict[str, Any]


def combine(name: str, goal: Any, **fields: Any) -> Step:
    """A combine step."""
    return {"id": name, "goal": goal, "by": "combine", **fields}


def report(variables: Any, hyps: Any, conclusion: Any, steps: list[Step], **extra: Any) -> dict[str, Any]:
    """A report of one claim."""
    claim = {"id": "test.claim", "statement": ["all", variables, hyps, conclusion],
             "hyps": [f"H{k}" for k in range(1, len(hyps) + 1)], "steps": steps, **extra}
    return {"format": "lemmascope-report", "schema": 1, "axioms": "", "cited": [], "claims": [claim]}


def reals(names: str) -> list[list[str]]:
    """Real variables."""
    return [[name, "real"] for name in names]


def scalar_report() -> dict[str, Any]:
    """(x + y)^2 >= 4 x y from a square, with a strict twin from a hypothesis."""
    goal = ["<=", ["*", 4, "x", "y"], ["^", ["+", "x", "y"], 2]]
    strict = ["<", ["*", 4, "x", "y"], ["+", ["^", ["+", "y", "x"], 2], "z"]]
    return report(reals("xyz"), [["<", 0, "z"]], strict, [
        combine("s1", goal, sum=[[[1, 1], [], ["+", "x", ["*", -1, "y"]]]]),
        combine("s2", strict, sum=[[[1, 1], ["s1"], None], [[1, 1], ["H1"], None]]),
    ])


def quotient_report() -> dict[str, Any]:
    """x / x = 1 for x != 0, and 1/(x+y) = (x+y)^-1 under a multiplier."""
    return report(reals("xy"), [["!=", "x", 0], ["<", 0, ["+", "y", "x"]], ["<=", ["/", 1, ["+", "x", "y"]], "x"]],
                  ["<=", 1, ["*", "x", ["+", "x", "y"]]], [
        combine("s1", ["=", ["*", "x", ["/", 1, "x"]], 1], eqs=[{"inv": "x", "nz": "H1", "l": -1}]),
        combine("s2", ["<=", 1, ["*", "x", ["+", "x", "y"]]], sum=[[[1, 1], ["H2", "H3"], None]],
                eqs=[{"inv": ["+", "x", "y"], "nz": "H2", "l": 1}]),
    ])


def matrix_report() -> dict[str, Any]:
    """From P P = P and P' = P: P' P = P, and tr(A P (A P)') = tr(A P A'), a trace under rotation and transposition."""
    p, a = ["P", "P"], ["A", "P"]
    sorts = [["n", "int"], ["k", "int"], ["P", ["mat", "n", "n"]], ["A", ["mat", "k", "n"]]]
    goal = ["=", ["*", ["T", "P"], "P"], "P"]
    trace = ["=", ["tr", ["*", *a, ["T", ["*", *a]]]], ["tr", ["*", "A", "P", ["T", "A"]]]]
    swap = ["=", ["tr", ["*", "A", ["T", "P"], ["T", "A"]]], ["tr", ["*", "P", ["T", "A"], "A"]]]
    square = ["<=", 0, ["tr", ["*", ["T", "A"], "A"]]]
    return report(sorts, [["=", ["*", *p], "P"], ["=", ["T", "P"], "P"]], square, [
        combine("s1", goal, eqs=[{"f": "H1"}, {"f": "H2", "r": "P"}]),
        combine("s2", trace, eqs=[{"f": "H2", "l": ["*", *a], "r": ["T", "A"]},
                                  {"f": "H1", "l": "A", "r": ["T", "A"]}]),
        combine("s3", swap),
        combine("s4", ["=", ["+", ["tr", ["*", ["I", "n"], "P"]], ["tr", ["I", "n"]]],
                       ["+", ["tr", "P"], ["tr", ["I", ["+", "n", 0]]]]]),
        combine("s5", square, sum=[[[1, 1], [], "A"]]),
    ])


def structure_report() -> dict[str, Any]:
    """All structural rules around combine: intro, induct, cases, finite, obtain, define, apply, points, posed."""
    succ = ["+", "n", 1]
    total = ["bind", "sum", "j", 1, "n", "j"]
    define = ["def", "f", [["n", "int"]], 0, 0, ["+", ["f", "n"], 1]]
    goal = ["all", [["n", "int"]], [["<=", 0, "n"]], ["<=", 0, ["f", "n"]]]
    inner = [
        combine("b0", ["<=", 0, ["f", 0]], eqs=[{"f": "D1", "l": -1}]),
    ]
    ahead = [
        {"id": "a1", "goal": ["=", ["f", succ], ["+", ["f", "n"], 1]], "by": "apply", "fact": "D2",
         "sub": {"n": "n"}, "prem": ["I1"]},
        combine("a2", ["<=", 0, ["f", succ]], sum=[[[1, 1], ["I2"], None], [[1, 1], [], None]],
                eqs=[{"f": "a1", "l": -1}]),
    ]
    steps = [
        combine("s1", ["=", ["bind", "sum", "i", 1, "n", ["*", 2, "i", "x"]],
                       ["bind", "sum", "k", 1, "n", ["*", "x", "k", 2]]]),
        combine("s2", ["=", ["at", ["rows", [["x", 2], [3, 4]]], 1, ["+", 1, 0]], "x"]),
        {"id": "s3", "goal": ["all", [["u", "real"]], [["<", 0, "u"]], ["<", 0, ["*", 2, "u"]]], "by": "intro",
         "ids": ["U1"], "steps": [combine("u", ["<", 0, ["*", 2, "u"]], sum=[[[2, 1], ["U1"], None]])]},
        {"id": "s4", "goal": ["<=", 0, ["^", "x", 2]], "by": "cases", "fact": "H2", "as": "C", "boxes": [
            [combine("c1", ["<=", 0, ["^", "x", 2]], sum=[[[1, 1], ["C", "C"], None]])],
            [combine("c2", ["<=", 0, ["^", "x", 2]], sum=[[[1, 1], ["C", "C"], None]])]]},
        {"id": "s5", "goal": ["all", [["m", "int"]], [["<=", 1, "m"], ["<=", "m", 2]], ["<=", "m", 2]], "by": "finite",
         "boxes": [[{"id": "f1", "goal": ["<=", 1, 2], "by": "compute"}],
                   [{"id": "f2", "goal": ["<=", 2, 2], "by": "compute"}]]},
        {"id": "s6", "goal": ["<=", 0, ["^", "x", 2]], "by": "obtain", "fact": "H3", "ids": ["O1"],
         "steps": [combine("o", ["<=", 0, ["^", "x", 2]], sum=[[[1, 1], [], ["^", "w", 2]]],
                           eqs=[{"f": "O1", "l": ["*", -1, ["+", "x", ["^", "w", 2]]]}])]},
        {"id": "s7", "goal": ["<=", 0, 0], "by": "define", "def": define, "ids": ["D1", "D2"],
         "sort": ["fun", [["n", "int"]], "int"], "steps": [
            {"id": "d1", "goal": goal, "by": "induct", "base": inner, "ids": ["I1", "I2"], "steps": ahead},
            combine("d2", ["<=", 0, 0])]},
        {"id": "s8", "goal": ["<=", ["+", 1, total], ["exp", total]], "by": "apply", "fact": "ax.exp_ge",
         "sub": {"x": total}, "prem": []},
        combine("s9", ["=", ["*", ["fact", 0], "x"], "x"], eqs=[{"f": "ax.fact0", "l": "x"}]),
        combine("s10", ["<=", total, ["exp", total]], sum=[[[1, 1], ["s8"], None], [[1, 1], [], None]]),
    ]
    hyps = [["<=", 0, "n"], ["or", ["<=", 0, "x"], ["<", "x", 0]],
            ["some", [["w", "real"]], [["=", "x", ["*", "w", "w"]]]]]
    return report([["n", "int"], ["x", "real"]], hyps, ["<=", total, ["exp", total]], steps)


def guard_report() -> dict[str, Any]:
    """A guard with "and": 0 <= k and k <= n of binom(n, k)."""
    goal = ["=", ["binom", "n", "k"], ["binom", "n", ["+", 0, "k"]]]
    ahead = {"id": "w", "goal": ["some", [], [["<=", 0, "k"], ["<=", "k", "n"]]], "by": "witness", "prem": ["a", "o2"]}
    behind = {**ahead, "goal": ["some", [], [["<=", 0, ["+", "k", 0]], ["<=", "k", "n"]]]}
    nonneg = combine("a", ["<=", 0, "k"], sum=[[[1, 1], ["o1"], None]])
    return report([["n", "int"], ["k", "int"]], [["<=", 0, "k"], ["<=", "k", "n"]], goal, [combine("s", goal)],
                  posed=[{"ids": ["o1", "o2"], "steps": [nonneg, last]} for last in (ahead, behind)])


COMPUTED = [
    ["=", ["bind", "sum", "j", 1, 10, ["^", "j", 2]], 385],
    ["=", ["bind", "prod", "j", 1, 5, "j"], ["fact", 5]],
    ["<", ["pow", ["q", 1, 2], 10], ["/", 1, 1000]],
    ["=", ["sqrt", ["q", 9, 4]], ["q", 3, 2]],
    ["=", ["*", ["rows", [[1, 2], [3, 4]]], ["T", ["rows", [[1, 1]]]]], ["rows", [[3], [7]]]],
    ["=", ["at", ["build", "i", "j", 2, 2, ["+", "i", ["*", 10, "j"]]], 2, 1], 12],
    ["=", ["at", ["rows", [[1]]], 2, 1], 0],
    ["=", ["tr", ["I", 3]], 3],
    ["!=", ["I", 2], ["*", 2, ["I", 2]]],
]


def numbers_report() -> dict[str, Any]:
    """One compute step for each closed relation, and two enclosures."""
    steps: list[Step] = [{"id": f"c{k}", "goal": goal, "by": "compute"} for k, goal in enumerate(COMPUTED)]
    box = [["<=", 0, "x"], ["<=", "x", 1]]
    steps.append({"id": "e1", "goal": ["all", reals("x"), box, ["<=", 0, ["*", "x", ["exp", "x"]]]], "by": "enclose",
                  "tree": 8})
    parabola = ["<", ["*", "x", ["+", 1, ["*", -1, "x"]]], ["q", 2, 5]]
    steps.append({"id": "e2", "goal": ["all", reals("x"), box, parabola],
                  "by": "enclose", "tree": ["x", ["q", 1, 2], ["x", ["q", 1, 4], 8, ["x", ["q", 3, 8], 8, 8]],
                                            ["x", ["q", 3, 4], ["x", ["q", 5, 8], 8, 8], 8]]})
    return report([], [], steps[-1]["goal"], steps)


def posed_report() -> dict[str, Any]:
    """all x, 1 <= x: 0 <= log(x), with its obligation 0 < x, and a sum of 1/j with the obligation j != 0."""
    inverse = ["bind", "sum", "j", 1, 3, ["/", 1, "j"]]
    conclusion = ["<=", ["+", ["log", "x"], inverse], ["+", inverse, ["log", "x"]]]
    posed = [
        {"ids": ["o1"], "steps": [combine("z", ["<", 0, "x"], sum=[[[1, 1], [], None], [[1, 1], ["o1"], None]])]},
        {"ids": ["o1", "o2", "o3"], "steps": [
            combine("y", ["<", 0, "j"], sum=[[[1, 1], [], None], [[1, 1], ["o2"], None]]),
            {"id": "z", "goal": ["!=", "j", 0], "by": "apply", "fact": "ax.exp_ge", "sub": {}, "prem": ["y"]}]},
    ]
    return report(reals("x"), [["<=", 1, "x"]], conclusion, [combine("s", conclusion)], posed=posed)


REPORTS = {
    "scalar": scalar_report(), "quotient": quotient_report(), "matrix": matrix_report(),
    "structure": structure_report(), "numbers": numbers_report(), "posed": posed_report(),
    "guard": guard_report(),
}


@pytest.mark.parametrize("name", REPORTS)
def test_correct_reports_are_confirmed(name: str) -> None:
    """Every combine, compute and enclose step of a correct report is confirmed."""
    opinion = recheck(REPORTS[name], AXIOMS)
    assert opinion.agrees, opinion.disagreements


def test_counts_by_rule() -> None:
    """The counts are those of the steps of the report, nested ones included."""
    assert recheck(REPORTS["structure"], AXIOMS).checked == {"combine": 11, "compute": 2}
    assert recheck(REPORTS["numbers"], AXIOMS).checked == {"compute": len(COMPUTED), "enclose": 2}
    assert recheck(REPORTS["posed"], AXIOMS).checked == {"combine": 3}


def edited(name: str, path: list[Any], value: Any) -> dict[str, Any]:
    """A copy of a report with one place of its claim changed."""
    made = copy.deepcopy(REPORTS[name])
    place = made["claims"][0]
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return made


WRONG = [
    ("scalar", ["steps", 0, "sum", 0, 0], [2, 1], "s1", "two sides differ"),
    ("scalar", ["steps", 0, "sum", 0, 0], [-1, 1], "s1", "weight"),
    ("scalar", ["steps", 0, "goal", 1, 1], 5, "s1", "two sides differ"),
    ("scalar", ["steps", 1, "sum", 1, 1], ["s1"], "s2", "two sides differ"),
    ("scalar", ["statement", 2, 0], ["<=", 0, "z"], "s2", "strict"),
    ("scalar", ["steps", 1, "sum", 1, 1], ["H9"], "s2", "H9"),
    ("scalar", ["steps", 0, "goal", 0], "<", "s1", "strict"),
    ("quotient", ["steps", 0, "eqs", 0, "nz"], "H2", "s1", "not 0"),
    ("quotient", ["steps", 0, "goal", 1, 2, 2], "y", "s1", "two sides differ"),
    ("quotient", ["statement", 2, 0], ["<=", 0, "x"], "s1", "not 0"),
    ("quotient", ["steps", 1, "sum", 0, 1], ["H1", "H3"], "s2", "not an inequality"),
    ("matrix", ["steps", 1, "eqs", 0, "l"], "A", "s2", "differ"),
    ("matrix", ["steps", 2, "goal", 2, 1], ["*", "P", "A", ["T", "A"]], "s3", "fit"),
    ("matrix", ["steps", 0, "eqs", 1, "T"], True, "s1", "differ"),
    ("matrix", ["steps", 3, "goal", 2, 2], ["tr", ["I", "k"]], "s4", "differ"),
    ("structure", ["steps", 0, "goal", 2, 5], ["*", "x", "n", 2], "s1", "differ"),
    ("structure", ["steps", 3, "boxes", 1, 0, "sum", 0, 1], ["C"], "c2", "differ"),
    ("structure", ["steps", 4, "boxes", 1, 0, "goal"], ["<=", 3, 2], "f2", "false"),
    ("structure", ["steps", 6, "steps", 0, "steps", 1, "sum", 1, 0], [2, 1], "a2", "differ"),
    ("structure", ["steps", 6, "def", 4], 1, "b0", "differ"),
    ("numbers", ["steps", 0, "goal", 2], 384, "c0", "false"),
    ("numbers", ["steps", 3, "goal", 1, 1], ["q", 2, 1], "c3", "irrational"),
    ("numbers", ["steps", 2, "goal", 1, 2], -1, "c2", "exponent"),
    ("numbers", ["steps", 10, "tree"], 300, "e2", "leaf"),
    ("numbers", ["steps", 10, "tree", 1], 2, "e2", "outside"),
    ("numbers", ["steps", 9, "goal", 3, 0], "<", "e1", "leaf"),
    ("posed", ["posed", 0, "steps", 0, "sum", 0, 0], [2, 1], "z", "differ"),
    ("posed", ["posed", 0, "steps", 0, "goal"], ["<", 1, "x"], "posed", "no obligation"),
    ("posed", ["posed", 1, "steps", 0, "sum", 1, 1], ["o3"], "y", "differ"),
]


@pytest.mark.parametrize(("name", "path", "value", "step", "reason"), WRONG, ids=str)
def test_wrong_steps_are_not_confirmed(name: str, path: list[Any], value: Any, step: str, reason: str) -> None:
    """An edit that makes a step wrong is found in that step, with the reason."""
    opinion = recheck(edited(name, path, value), AXIOMS)
    assert not opinion.agrees
    found = [d for d in opinion.disagreements if d.step == step]
    assert found and reason in found[0].reason and found[0].claim == "test.claim", opinion.disagreements


def test_shadowed_names_are_apart() -> None:
    """sum_y sum_i i is not sum_y sum_i y, and tr(A' A B) is not tr(A B C) for another matrix named A'."""
    one = ["bind", "sum", "y", 1, "n", ["bind", "sum", "i", 1, "n", "i"]]
    two = ["bind", "sum", "y", 1, "n", ["bind", "sum", "i", 1, "n", "y"]]
    assert not recheck(report([["n", "int"]], [], ["=", one, two], [combine("s", ["=", one, two])]), AXIOMS).agrees
    sorts = [[name, ["mat", 2, 2]] for name in ("A", "A'", "B", "C")]
    goal = ["=", ["tr", ["*", ["T", "A"], "A", "B"]], ["tr", ["*", "A'", "B", "C"]]]
    assert not recheck(report(sorts, [], goal, [combine("s", goal)]), AXIOMS).agrees


def test_points_are_rechecked() -> None:
    """The steps of instances and refutations count too, and see the claims."""
    made = scalar_report()
    made["points"] = [{"id": "p", "of": "test.claim", "point": "instance", "statement": made["claims"][0]["statement"],
                       "steps": [{"id": "s", "goal": ["<", 0, 1], "by": "compute"},
                                 {"id": "t", "goal": ["<", 2, 1], "by": "compute"}]}]
    opinion = recheck(made, AXIOMS)
    assert opinion.checked["compute"] == 2
    assert [(d.claim, d.step) for d in opinion.disagreements] == [("p", "t")]


def test_malformed_steps_are_disagreements() -> None:
    """A step that cannot be read is a disagreement and no exception."""
    for field, value in (("goal", ["<="]), ("sum", [[1]]), ("sum", 7), ("eqs", [{"f": 3}])):
        made = edited("scalar", ["steps", 0, field], value)
        assert not recheck(made, AXIOMS).agrees

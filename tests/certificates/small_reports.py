"""A small table of axioms and builders of reports of one claim, for the tests of the checker."""

from __future__ import annotations

import copy
from typing import Any

import report

Json = Any

REAL_TO_REAL = ["fun", [["u", "real"]], "real"]
INT_TO_REAL = ["fun", [["u", "int"]], "real"]
INT_TO_INT = ["fun", [["u", "int"]], "int"]


def reals(names: str) -> list[list[Json]]:
    """Real variables."""
    return [[name, "real"] for name in names.split()]


def ints(names: str) -> list[list[Json]]:
    """Int variables."""
    return [[name, "int"] for name in names.split()]


def every(variables: Json, hypotheses: Json, conclusion: Json) -> Json:
    """all variables: hypotheses -> conclusion."""
    return ["all", variables, hypotheses, conclusion]


def row(args: Json, sort: str = "real", guard: Json = None) -> Json:
    """A row of the table of generators."""
    return {"args": args, "sort": sort} | ({"guard": guard} if guard else {})


def total(name: str, lo: Json, hi: Json, body: Json) -> Json:
    """The sum of a body over name = lo..hi."""
    return ["bind", "sum", name, lo, hi, body]


X, XY = reals("x"), reals("x y")
POSITIVE, NONNEGATIVE = ["<", 0, "x"], ["<=", 0, "x"]

AXIOMS: Json = {
    "generators": {
        "exp": row(X), "log": row(X, guard=POSITIVE), "sqrt": row(X, guard=NONNEGATIVE),
        "root": row([["x", "real"], ["n", "int"]], guard=["some", [], [["<=", 0, "x"], ["<=", 1, "n"]]]),
        "pow": row([["b", "real"], ["n", "int"]], guard=["<=", 0, "n"]),
        "fact": row(ints("n"), "int", ["<=", 0, "n"]), "binom": row(ints("n k"), "int"),
        "abs": row(X), "max": row(XY), "min": row(XY), "ceil": row(X, "int"), "floor": row(X, "int"),
        "sin": row(X), "cos": row(X), "atan": row(X), "tanh": row(X), "pi": row([]),
        "ite": row(reals("a b x y")), "iite": row(ints("a b x y"), "int"),
        "leb": row(reals("a b"), "obj"), "size": row([["r", "int"], ["c", "int"], ["M", ["mat", "r", "c"]]]),
    },
    "predicates": {
        "deriv": {"bound": "real", "args": ["any", "real", "any"], "at": 1},
        "bounded": {"bound": "real", "args": ["real", "real"]},
        "shorter": {"args": ["int", "int"]},
    },
    "axioms": {
        "ax.total": every(XY, [], ["or", ["<=", "x", "y"], ["<", "y", "x"]]),
        "ax.eq_or_ne": every(XY, [], ["or", ["=", "x", "y"], ["!=", "x", "y"]]),
        "ax.lt_ne": every(XY, [["<", "x", "y"]], ["!=", "x", "y"]),
        "ax.int_step": every(ints("m n"), [["<", "m", "n"]], ["<=", ["+", "m", 1], "n"]),
        "ax.cong": every([["f", REAL_TO_REAL], *XY], [["=", "x", "y"]], ["=", ["f", "x"], ["f", "y"]]),
        "ax.exp_ge": every(X, [], ["<=", ["+", 1, "x"], ["exp", "x"]]),
        "ax.exp_log": every(X, [POSITIVE], ["=", ["exp", ["log", "x"]], "x"]),
        "ax.log_mono": every(XY, [["<", 0, "x"], ["<=", "x", "y"]], ["<=", ["log", "x"], ["log", "y"]]),
        "ax.sqrt_nonneg": every(X, [NONNEGATIVE], ["<=", 0, ["sqrt", "x"]]),
        "ax.sum_empty": every([["f", INT_TO_REAL], *ints("a b")], [["<", "b", "a"]],
                              ["=", total("j", "a", "b", ["f", "j"]), 0]),
        "ax.sum_last": every([["f", INT_TO_REAL], *ints("a b")], [["<=", "a", "b"]],
                             ["=", total("j", "a", "b", ["f", "j"]),
                              ["+", total("j", "a", ["+", "b", -1], ["f", "j"]), ["f", "b"]]]),
        "ax.at_T": every([*ints("r c p v"), ["A", ["mat", "r", "c"]]], [],
                         ["=", ["at", ["T", "A"], "p", "v"], ["at", "A", "v", "p"]]),
        "ax.at_off_diagonal": every(ints("n p v"), [["!=", "p", "v"]], ["=", ["at", ["I", "n"], "p", "v"], 0]),
        "ax.ext": every([*ints("r c"), ["A", ["mat", "r", "c"]], ["B", ["mat", "r", "c"]]],
                        [every(ints("p v"), [["<=", 1, "p"], ["<=", "p", "r"], ["<=", 1, "v"], ["<=", "v", "c"]],
                               ["=", ["at", "A", "p", "v"], ["at", "B", "p", "v"]])], ["=", "A", "B"]),
        "ax.d_id": every(reals("p"), [], ["pred", "deriv", "u", "u", "p", 1]),
    },
}  # fmt: skip

CITED = {"id": "cite.zero", "statement": every(X, [], ["=", ["abs", ["sin", "x"]], ["sin", "x"]]), "source": "nobody"}


def step(name: str, goal: Json, by: str, **fields: Json) -> Json:
    """A step of a proof; a field called `as_` or `def_` is written without the underscore."""
    return {"id": name, "goal": goal, "by": by} | {key.rstrip("_"): value for key, value in fields.items()}


def combine(name: str, goal: Json, **fields: Json) -> Json:
    """A step of arithmetic."""
    return step(name, goal, "combine", **fields)


def apply(name: str, goal: Json, fact: str, prem: str = "", **sub: Json) -> Json:
    """An instance of a fact; premises are given as names with blanks between."""
    return step(name, goal, "apply", fact=fact, sub=sub, prem=prem.split())


def again(name: str, goal: Json, fact: str) -> Json:
    """A fact without variables, restated."""
    return step(name, goal, "apply", fact=fact)


def using(*facts: str, weight: int = 1) -> Json:
    """A summand: a weight times facts, without a square."""
    return [[weight, 1], list(facts), None]


def document(claims: Json, points: Json = (), cited: Json = ()) -> Json:
    """A report."""
    return {
        "format": "lemmascope-report", "schema": 1, "axioms": "", "cited": list(cited), "claims": list(claims),
        "points": list(points),
    }  # fmt: skip


def point(kind: str, statement: Json, *steps: Json, of: str = "test.claim") -> Json:
    """An instance or a refutation."""
    return {"id": "test.point", "of": of, "point": kind, "statement": statement, "steps": list(steps)}


def claim(statement: Json, names: str, steps: Json, name: str = "test.claim", posed: Json = None) -> Json:
    """A claim; the names of its hypotheses are given with blanks between."""
    record = {"id": name, "statement": statement, "hyps": names.split(), "steps": steps}
    return record | ({"posed": posed} if posed is not None else {})


def check(statement: Json, names: str, steps: Json, posed: Json = None, earlier: Json = (), cited: Json = ()) -> Json:
    """What the checker says about one claim after earlier ones."""
    written = document([*earlier, claim(statement, names, steps, posed=posed)], cited=cited)
    return report.check(copy.deepcopy(written), AXIOMS)["claims"]["test.claim"]


def prove(goal: Json, *steps: Json, variables: Json = (), hyps: Json = (), **more: Json) -> Json:
    """What the checker says about all variables: H1, H2, ... -> goal."""
    names = " ".join(f"H{k}" for k in range(1, len(hyps) + 1))
    return check(every(list(variables), list(hyps), goal), names, list(steps), **more)


def accepted(*arguments: Json, **more: Json) -> bool:
    """Whether `prove` accepts."""
    return bool(prove(*arguments, **more)["accepted"])


def rejected(*arguments: Json, **more: Json) -> str:
    """The reason for which `prove` rejects, or the empty text."""
    result = prove(*arguments, **more)
    return "" if result["accepted"] else result["reason"]

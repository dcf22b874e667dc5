"""Proofs whose lemmas are true and which still do not give their claim: quantifiers, induction, definitions, sorts.

Each attack says in one sentence what it tries, and which words the reason of the rejection must contain.
"""

from __future__ import annotations

from typing import Any

from small_reports import (
    INT_TO_INT,
    INT_TO_REAL,
    again,
    apply,
    claim,
    combine,
    document,
    every,
    ints,
    point,
    reals,
    step,
    total,
    using,
)

Json = Any
X, XY, N = reals("x"), reals("x y"), ints("n")
TRUE = ["<=", 0, 0]
GREATER = ["some", reals("y"), [["<", "x", "y"]]]
MINUS = ["*", -1, "x"]
UP_TO_3 = [["<=", 0, "n"], ["<=", "n", 3]]
ROOTS = ["=", ["*", "n", ["+", "n", -1], ["+", "n", -2]], 0]
MATRICES = [*ints("n"), *[[name, ["mat", "n", "n"]] for name in "ABC"]]


def given(goal: Json, *steps: Json, variables: Json = (), hyps: Json = (), **more: Json) -> Json:
    """A report of one claim: all variables, H1, H2, ... -> goal."""
    names = " ".join(f"H{k}" for k in range(1, len(hyps) + 1))
    made = claim(every(list(variables), list(hyps), goal), names, list(steps), posed=more.get("posed"))
    return document([*more.get("earlier", ()), made], more.get("points", ()), more.get("cited", ()))


def inside(by: str, goal: Json, *steps: Json, **fields: Json) -> Json:
    """A step "s" with a box."""
    return step("s", goal, by, steps=list(steps), **fields)


def defined(record: Json, sort: Json, *steps: Json) -> Json:
    """A definition with the facts d0 and d1, and 0 <= 0 as its goal."""
    return inside("define", TRUE, *steps, combine("z", TRUE), def_=["def", "f", *record], sort=sort, ids=["d0", "d1"])


QUANTIFIERS = {
    "capture by some": (
        "From `all x some y: x < y`, reading x as y must not give `some y: y < y`.", "the conclusion is",
        given(["some", reals("y"), [["<", "y", "y"]]], apply("s", ["some", reals("y"), [["<", "y", "y"]]], "H1", x="y"),
              variables=reals("y"), hyps=[every(X, [], GREATER)])),
    "capture by a sum": (
        "A constant summand read as j must not become the bound j.", "the conclusion is",
        given(["=", total("j", 1, 2, "j"), ["*", 2, "j"]],
              apply("s", ["=", total("j", 1, 2, "j"), ["*", 2, "j"]], "H1", c="j"), variables=ints("j"),
              hyps=[every(reals("c"), [], ["=", total("j", 1, 2, "c"), ["*", 2, "c"]])])),
    "capture by a parameter of lam": (
        "In lam c: c the body is the parameter, not the term that is put for the fact's variable c.",
        "the conclusion is",
        given(["=", "x", 0], apply("s", ["=", "x", 0], "H1", f=["lam", ["c"], "c"], c="x"), variables=X,
              hyps=[every([["f", ["fun", [["u", "real"]], "real"]], *reals("c")], [],
                          ["=", ["f", 1], ["f", 1]])])),
    "obtained variable in the goal": (
        "What holds for some y is stated outside for a y of the same name.", "not a variable in force",
        given(TRUE, inside("obtain", ["<", "x", "y"], again("z", ["<", "x", "y"], "h"), fact="H1", ids=["h"]),
              combine("e", TRUE), variables=X, hyps=[GREATER])),
    "obtained variable that is already there": (
        "The y of `some y: x < y` is taken to be the y of the claim.", "already in use",
        given(["<", "x", "y"],
              inside("obtain", ["<", "x", "y"], again("z", ["<", "x", "y"], "h"), fact="H1", ids=["h"]),
              variables=XY, hyps=[GREATER])),
    "one variable for two somes": (
        "Two facts `some y` with contradictory y are opened with one y.", "already in use",
        given(["<", 0, 0], inside("obtain", ["<", 0, 0],
              inside("obtain", ["<", 0, 0], combine("z", ["<", 0, 0], sum=[using("h"), using("k")]),
                     fact="H2", ids=["k"]), fact="H1", ids=["h"]),
              hyps=[["some", reals("y"), [["<", "y", 0]]], ["some", reals("y"), [["<", 0, "y"]]]])),
    "introduced variable that is already there": (
        "0 < x for one x must not give 0 < x for all.", "already in use",
        given(every(X, [], ["<", 0, "x"]), inside("intro", every(X, [], ["<", 0, "x"]),
              again("z", ["<", 0, "x"], "H1"), ids=[]), variables=X, hyps=[["<", 0, "x"]])),
    "exchange of all and some": (
        "`all x some y: x < y` must not give `some y all x: x < y`.", "not a variable in force",
        given(["some", reals("y"), [every(X, [], ["<", "x", "y"])]],
              step("s", ["some", reals("y"), [every(X, [], ["<", "x", "y"])]], "witness", sub={"y": ["+", "x", 1]},
                   prem=["H1"]), hyps=[every(X, [], GREATER)])),
    "witness for another formula": (
        "x < x + 1 does not show that some y has x < y and y < x.", "premises required",
        given(["some", reals("y"), [["<", "x", "y"], ["<", "y", "x"]]],
              combine("a", ["<", "x", ["+", "x", 1]], sum=[using()]),
              step("s", ["some", reals("y"), [["<", "x", "y"], ["<", "y", "x"]]], "witness", sub={"y": ["+", "x", 1]},
                   prem=["a"]), variables=X)),
    "fact of an inner box": (
        "What was shown under a hypothesis is used without it.", "unknown fact",
        given(["<=", 0, "x"], inside("intro", every(reals("y"), [["<=", 0, "x"]], TRUE),
              again("t", ["<=", 0, "x"], "h"), combine("z", TRUE), ids=["h"]),
              again("e", ["<=", 0, "x"], "t"), variables=X)),
    "hypothesis of an inner box": (
        "A hypothesis is used outside of its box.", "unknown fact",
        given(["<=", 0, "x"], inside("intro", every(reals("y"), [["<=", 0, "x"]], TRUE), combine("z", TRUE), ids=["h"]),
              again("e", ["<=", 0, "x"], "h"), variables=X)),
    "fact of the other case": (
        "A fact shown in the first case is used in the second.", "unknown fact",
        given(["<=", 0, "x"], apply("c", ["or", ["<=", 0, "x"], ["<", "x", 0]], "ax.total", x=0, y="x"),
              step("s", ["<=", 0, "x"], "cases", fact="c", as_="h",
                   boxes=[[again("t", ["<=", 0, "x"], "h")], [again("z", ["<=", 0, "x"], "t")]]), variables=X)),
    "case left out": (
        "x <= y or y < x, and only the first case is treated.", "one box for each alternative",
        given(["<=", "x", "y"], apply("c", ["or", ["<=", "x", "y"], ["<", "y", "x"]], "ax.total", x="x", y="y"),
              step("s", ["<=", "x", "y"], "cases", fact="c", as_="h", boxes=[[again("z", ["<=", "x", "y"], "h")]]),
              variables=XY)),
    "cases of what is no or": (
        "An inequality has no alternatives.", "one box for each alternative",
        given(["<", 0, 0], step("s", ["<", 0, 0], "cases", fact="H1", as_="h", boxes=[]), variables=X,
              hyps=[["<=", 0, "x"]])),
    "or from what is no alternative": (
        "x <= y gives neither y <= x nor y < x.", "one of its alternatives",
        given(["or", ["<=", "y", "x"], ["<", "y", "x"]],
              step("s", ["or", ["<=", "y", "x"], ["<", "y", "x"]], "either", fact="H1"), variables=XY,
              hyps=[["<=", "x", "y"]])),
    "or from no or": (
        "A part of an `all` is no alternative.", "one of its alternatives",
        given(every(X, [], ["<", 0, "x"]), step("s", every(X, [], ["<", 0, "x"]), "either", fact="H1"), variables=X,
              hyps=[["<", 0, "x"]])),
    "value left out": (
        "n (n-1)(n-2) = 0 holds at 0, 1, 2, and is claimed up to 3.", "boxes required",
        given(every(N, UP_TO_3, ROOTS), step("s", every(N, UP_TO_3, ROOTS), "finite",
              boxes=[[step("z", ["=", ["*", k, k - 1, k - 2], 0], "compute")] for k in range(3)]))),
    "one value twice": (
        "Four boxes, the third one again in place of the fourth.", "the last step is not the goal",
        given(every(N, [["<=", 0, "n"], ["<=", "n", 3]], ["<=", "n", 2]),
              step("s", every(N, [["<=", 0, "n"], ["<=", "n", 3]], ["<=", "n", 2]), "finite",
                   boxes=[[step("z", ["<=", k, 2], "compute")] for k in (0, 1, 2, 2)]))),
    "finite for a real variable": (
        "x (1 - x) = 0 at 0 and 1 says nothing about 1/2.", "one int variable",
        given(every(X, [["<=", 0, "x"], ["<=", "x", 1]], ["=", ["*", "x", ["+", 1, MINUS]], 0]),
              step("s", every(X, [["<=", 0, "x"], ["<=", "x", 1]], ["=", ["*", "x", ["+", 1, MINUS]], 0]), "finite",
                   boxes=[[step("z", ["=", 0, 0], "compute")]] * 2))),
}  # fmt: skip

SQUARE = ["=", ["^", "n", 2], "n"]
AT_0 = [step("b", ["=", ["^", 0, 2], 0], "compute")]
FROM_HALF = every(N, [["<=", ["q", 1, 2], "n"]], TRUE)
INDUCTION = {
    "start that grows with n": (
        "`all n, n-1 <= n: P` has no start.", "lo <= n",
        given(every(N, [["<=", ["+", "n", -1], "n"]], TRUE),
              step("s", every(N, [["<=", ["+", "n", -1], "n"]], TRUE), "induct", base=[combine("b", TRUE)],
                   ids=["a", "h"], steps=[combine("z", TRUE)]))),
    "base at another start": (
        "n^2 = n at 0 is taken as the base of an induction from 2.", "the last step is not the goal",
        given(every(N, [["<=", 2, "n"]], SQUARE),
              step("s", every(N, [["<=", 2, "n"]], SQUARE), "induct", base=AT_0,
                   ids=["a", "h"], steps=[again("z", SQUARE, "h")]))),
    "step that stays": (
        "P(n) from P(n) is no step to n + 1.", "the last step is not the goal",
        given(every(N, [["<=", 0, "n"]], SQUARE),
              step("s", every(N, [["<=", 0, "n"]], SQUARE), "induct", base=AT_0,
                   ids=["a", "h"], steps=[again("z", SQUARE, "h")]))),
    "induction hypothesis for all n": (
        "The induction hypothesis is P(n) for this n and cannot be read at n + 1.", "exactly these expected",
        given(every(N, [["<=", 0, "n"]], SQUARE),
              step("s", every(N, [["<=", 0, "n"]], SQUARE), "induct", base=AT_0,
                   ids=["a", "h"],
                   steps=[apply("z", ["=", ["^", ["+", "n", 1], 2], ["+", "n", 1]], "h", n=["+", "n", 1])]))),
    "induction over the reals": (
        "P(0) and P(x) -> P(x+1) say nothing about 1/2.", "one int variable",
        given(every(X, [["<=", 0, "x"]], TRUE), step("s", every(X, [["<=", 0, "x"]], TRUE), "induct",
              base=[combine("b", TRUE)], ids=["a", "h"], steps=[combine("z", TRUE)]))),
    "induction downwards": (
        "`n <= 0` is no range that begins somewhere.", "lo <= n",
        given(every(N, [["<=", "n", 0]], TRUE), step("s", every(N, [["<=", "n", 0]], TRUE), "induct",
              base=[combine("b", TRUE)], ids=["a", "h"], steps=[combine("z", TRUE)]))),
    "induction from a fraction": (
        "An induction from 1/2 would reach no integer.", "int-sorted",
        given(FROM_HALF, step("s", FROM_HALF, "induct",
              base=[combine("b", TRUE)], ids=["a", "h"], steps=[combine("z", TRUE)]))),
    "result used below its start": (
        "`all n, 0 <= n: n = f(n)` is used at -1.", "the premise",
        given(["=", ["f", -1], -1], combine("p", TRUE),
              apply("s", ["=", ["f", -1], -1], "H1", "p", n=-1), variables=[["f", INT_TO_INT]],
              hyps=[every(N, [["<=", 0, "n"]], ["=", ["f", "n"], "n"])])),
}  # fmt: skip

DEFINITIONS = {
    "half as a value of an int function": (
        "An int-sorted f with f(0) = 1/2 would prove 0 < 0.", "keeps the sort",
        given(TRUE, defined([N, 0, ["q", 1, 2], ["f", "n"]], INT_TO_INT))),
    "matrix as a value of a real function": (
        "f(0) = I(2) for a function to the reals.", "keeps the sort",
        given(TRUE, defined([N, 0, ["I", 2], ["f", "n"]], INT_TO_REAL))),
    "function of itself": (
        "f(n+1) = 1 + f(n+1) has no solution.", "not a recursion",
        given(TRUE, defined([N, 0, 0, ["+", 1, ["f", ["+", "n", 1]]]], INT_TO_INT))),
    "start that depends on a parameter": (
        "f(t, t) = 0 and f(n+1, t) = 1 + f(n, t) with t as the start.", "one start for all",
        given(TRUE, defined([ints("n t"), "t", 0, ["+", 1, ["f", "n", "t"]]],
                            ["fun", [["n", "int"], ["t", "int"]], "int"]))),
    "known function defined again": (
        "f is a variable of the claim, f(0) = 0, and is defined with f(0) = 1.", "already in use",
        given(["<", 0, 0], inside("define", ["<", 0, 0], combine("z", ["<", 0, 0]),
              def_=["def", "f", N, 0, 1, 1], sort=INT_TO_INT, ids=["a", "b"]), variables=[["f", INT_TO_INT]],
              hyps=[["=", ["f", 0], 0]])),
    "generator defined again": (
        "exp is defined with exp(0) = 0.", "a generator",
        given(TRUE, inside("define", TRUE, combine("z", TRUE), def_=["def", "exp", N, 0, 0, 0], sort=INT_TO_INT,
                           ids=["a", "b"]))),
    "defined function in the goal": (
        "f(0) = 1 is stated outside of the box that defines f.", "unknown function",
        given(TRUE, inside("define", ["=", ["f", 0], 1], again("z", ["=", ["f", 0], 1], "a"),
                           def_=["def", "f", N, 0, 1, 1], sort=INT_TO_INT, ids=["a", "b"]), combine("e", TRUE))),
    "recursion used below its start": (
        "f(n+1) = 2 f(n) holds for 0 <= n only, and is used at -1.", "the premise",
        given(TRUE, defined([N, 0, 1, ["*", 2, ["f", "n"]]], INT_TO_INT, combine("p", TRUE),
                            apply("t", ["=", ["f", 0], ["*", 2, ["f", -1]]], "d1", "p", n=-1)))),
    "index bound again inside": (
        "f(n+1) = sum over n = 1..3 of f(n) uses values that are not there yet.", "not a recursion",
        given(TRUE, defined([N, 0, 1, total("n", 1, 3, ["f", "n"])], INT_TO_INT))),
    "two values for one argument": (
        "A hypothesis `def` names one more equation than there are.", "one name for each hypothesis",
        document([claim(every([["f", INT_TO_INT]], [["def", "f", N, 0, 1, ["f", "n"]]], TRUE), "a b c",
                        [combine("s", TRUE)])])),
}  # fmt: skip

SORTS = {
    "real term for an int": (
        "m < n -> m + 1 <= n is used at the reals 0 and x.", "must be int",
        given(["<=", 1, "x"], apply("s", ["<=", ["+", 0, 1], "x"], "ax.int_step", "H1", m=0, n="x"), variables=X,
              hyps=[["<", 0, "x"]])),
    "fraction for an int": (
        "The fraction 4/2 is a real number.", "must be int",
        given(["<=", ["+", 0, 1], ["q", 4, 2]], combine("p", ["<", 0, ["q", 4, 2]], sum=[using(weight=2)]),
              apply("s", ["<=", ["+", 0, 1], ["q", 4, 2]], "ax.int_step", "p", m=0, n=["q", 4, 2]))),
    "matrix of another shape": (
        "An n by 2 matrix is not 2 by n.", "must be mat",
        given(TRUE, apply("s", ["=", ["at", ["T", "A"], 1, 1], ["at", "A", 1, 1]], "ax.at_T", r=2, c="n", p=1, v=1,
                          A="A"), combine("e", TRUE), variables=[*N, ["A", ["mat", "n", 2]]])),
    "shapes that are equal by a hypothesis only": (
        "n = m does not make an n by 2 matrix m by 2.", "must be mat",
        given(TRUE, apply("s", ["=", ["at", ["T", "A"], 1, 1], ["at", "A", 1, 1]], "ax.at_T", r="m", c=2, p=1, v=1,
                          A="A"), combine("e", TRUE), variables=[*ints("n m"), ["A", ["mat", "n", 2]]],
              hyps=[["=", "n", "m"]])),
    "number for a matrix": (
        "2 is not 2 I.", "must be mat",
        given(TRUE, apply("s", ["=", ["at", ["T", ["I", 2]], 1, 1], ["at", ["I", 2], 1, 1]], "ax.at_T", r=2, c=2, p=1,
                          v=1, A=2), combine("e", TRUE))),
    "real function for an int function": (
        "lam u: u/2 does not yield integers.", "must be int",
        given(TRUE, apply("s", ["<=", 0, ["*", ["q", 1, 2], 1]], "H1", f=["lam", ["u"], ["*", ["q", 1, 2], "u"]]),
              combine("e", TRUE), hyps=[every([["f", INT_TO_INT]], [], ["<=", 0, ["f", 1]])])),
    "function of two parameters for one of one": (
        "lam u v: u has a parameter too many.", "wrong number of parameters",
        given(TRUE, apply("s", ["<=", 0, 1], "H1", f=["lam", ["u", "v"], "u"]), combine("e", TRUE),
              hyps=[every([["f", INT_TO_INT]], [], ["<=", 0, ["f", 1]])])),
    "sum to a real end": (
        "A sum over j = 1..x for a real x.", "int-sorted",
        given(["<=", total("j", 1, "x", 1), total("j", 1, "x", 1)],
              combine("s", ["<=", total("j", 1, "x", 1), total("j", 1, "x", 1)]), variables=X)),
}  # fmt: skip

__all__ = ["DEFINITIONS", "INDUCTION", "MATRICES", "QUANTIFIERS", "SORTS", "given", "inside", "point"]

"""More reports of true lemmas that do not give their claim: arithmetic, domains, matrices, boxes, points, references.

Each attack says in one sentence what it tries, and which words the reason of the rejection must contain.
"""

from __future__ import annotations

from attacks_on_proofs import MATRICES, MINUS, TRUE, XY, Json, N, X, given, inside
from small_reports import (
    CITED,
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

OVER = ["/", 1, "x"]
CANCELLED = ["=", ["*", "x", OVER], 1]
HALVED = ["=", ["*", 2, ["/", 1, ["*", 2, "x"]]], OVER]
INVERSE = ["=", ["exp", ["log", "x"]], "x"]
NOT_ZERO = [{"ids": ["o"], "steps": [again("z", ["!=", "x", 0], "o")]}]
PLAIN = claim(every(X, [], ["<=", "x", "x"]), "", [combine("s", ["<=", "x", "x"])], name="test.plain")
WRONG = claim(every(X, [], ["<", "x", "x"]), "", [combine("s", ["<", "x", "x"])], name="test.wrong")


def multiplied(*facts: str, relation: str = "<=", square: Json = None) -> Json:
    """A step "s" that concludes 0 <= y (or 0 < y) from facts multiplied."""
    return combine("s", [relation, 0, "y"], sum=[[[1, 1], list(facts), square]])


ARITHMETIC = {
    "weak into strict": (
        "x <= y and y <= z do not give x < z.", "no strict summand",
        given(["<", "x", "z"], combine("s", ["<", "x", "z"], sum=[using("H1"), using("H2")]), variables=reals("x y z"),
              hyps=[["<=", "x", "y"], ["<=", "y", "z"]])),
    "strict by a square": (
        "(x - y)^2 can be 0.", "no strict summand",
        given(["<", ["*", 2, "x", "y"], ["+", ["^", "x", 2], ["^", "y", 2]]],
              combine("s", ["<", ["*", 2, "x", "y"], ["+", ["^", "x", 2], ["^", "y", 2]]],
                      sum=[[[1, 1], [], ["+", "x", ["*", -1, "y"]]]]), variables=XY)),
    "strict times weak": (
        "0 < x and 0 <= y do not give 0 < x y.", "no strict summand",
        given(["<", 0, ["*", "x", "y"]], combine("s", ["<", 0, ["*", "x", "y"]], sum=[using("H1", "H2")]), variables=XY,
              hyps=[["<", 0, "x"], ["<=", 0, "y"]])),
    "negative weight": (
        "x <= y does not give y <= x.", "bad weight",
        given(["<=", "y", "x"], combine("s", ["<=", "y", "x"], sum=[using("H1", weight=-1)]), variables=XY,
              hyps=[["<=", "x", "y"]])),
    "multiplier that may be 0": (
        "0 <= x and 0 <= x y do not give 0 <= y.", "known sign",
        given(["<=", 0, "y"], combine("s", ["<=", 0, "y"], mul=["H1"], sum=[using("H2")]), variables=XY,
              hyps=[["<=", 0, "x"], ["<=", 0, ["*", "x", "y"]]])),
    "multiplier of unknown sign": (
        "x != 0 and 0 <= x y do not give 0 <= y.", "known sign",
        given(["<=", 0, "y"], combine("s", ["<=", 0, "y"], mul=["H1"], sum=[using("H2")]), variables=XY,
              hyps=[["!=", 0, "x"], ["<=", 0, ["*", "x", "y"]]])),
    "equation as an inequality with a weight": (
        "Inequalities say nothing about an equation.", "takes no inequalities",
        given(["=", "x", "y"], combine("s", ["=", "x", "y"], sum=[using("H1")]), variables=XY,
              hyps=[["<=", "x", "y"]])),
    "inequality as an equation": (
        "x <= y is used with a factor of any sign.", "not an equation",
        given(["<=", "y", "x"], combine("s", ["<=", "y", "x"], eqs=[{"f": "H1", "l": -1}]), variables=XY,
              hyps=[["<=", "x", "y"]])),
    "different from as less than": (
        "x != y does not give x < y.", "not an inequality",
        given(["<", "x", "y"], combine("s", ["<", "x", "y"], sum=[using("H1")]), variables=XY,
              hyps=[["!=", "x", "y"]])),
    "negative square": (
        "A square is taken with a factor -1.", "bad weight",
        given(["<=", ["^", "x", 2], 0], combine("s", ["<=", ["^", "x", 2], 0], sum=[[[-1, 1], [], "x"]]), variables=X)),
    "power of a sum": (
        "(x + y)^2 = x^2 + y^2.", "identity fails",
        given(["=", ["^", ["+", "x", "y"], 2], ["+", ["^", "x", 2], ["^", "y", 2]]],
              combine("s", ["=", ["^", ["+", "x", "y"], 2], ["+", ["^", "x", 2], ["^", "y", 2]]]), variables=XY)),
    "power of a product": (
        "pow(x y, n) is not split without a lemma.", "identity fails",
        given(["=", ["pow", ["*", "x", "y"], "n"], ["*", ["pow", "x", "n"], ["pow", "y", "n"]]],
              combine("s", ["=", ["pow", ["*", "x", "y"], "n"], ["*", ["pow", "x", "n"], ["pow", "y", "n"]]]),
              variables=[*XY, *N], hyps=[["<=", 0, "n"]],
              posed=[{"ids": ["o"], "steps": [again("z", ["<=", 0, "n"], "o")]}])),
    "linear exponential": (
        "exp(x + y) = exp(x) + exp(y).", "identity fails",
        given(["=", ["exp", ["+", "x", "y"]], ["+", ["exp", "x"], ["exp", "y"]]],
              combine("s", ["=", ["exp", ["+", "x", "y"]], ["+", ["exp", "x"], ["exp", "y"]]]), variables=XY)),
    "shifted sum": (
        "sum of j for j = 1..n is taken for the sum of j for j = 0..n-1.", "identity fails",
        given(["=", total("j", 1, "n", "j"), total("j", 0, ["+", "n", -1], "j")],
              combine("s", ["=", total("j", 1, "n", "j"), total("j", 0, ["+", "n", -1], "j")]), variables=N)),
    "shadowed index": (
        "The sums over y and i of i and of y are different.", "identity fails",
        given(["=", total("y", 1, "n", total("i", 1, "m", "i")), total("y", 1, "n", total("i", 1, "m", "y"))],
              combine("s", ["=", total("y", 1, "n", total("i", 1, "m", "i")),
                            total("y", 1, "n", total("i", 1, "m", "y"))]), variables=ints("n m"))),
    "swapped ends of an integral": (
        "The integral over [1, 0] is not minus the one over [0, 1]: the interval is empty.", "identity fails",
        given(["=", ["bind", "integral", "u", "real", ["leb", 1, 0], "u"],
               ["*", -1, ["bind", "integral", "u", "real", ["leb", 0, 1], "u"]]],
              combine("s", ["=", ["bind", "integral", "u", "real", ["leb", 1, 0], "u"],
                            ["*", -1, ["bind", "integral", "u", "real", ["leb", 0, 1], "u"]]]))),
    "weaker last step": (
        "x <= y is proved, x < y is claimed.", "the last step is not the goal",
        given(["<", "x", "y"], again("s", ["<=", "x", "y"], "H1"), variables=XY, hyps=[["<=", "x", "y"]])),
    "claim about another variable": (
        "0 < x is proved, 0 < y is claimed.", "the last step is not the goal",
        given(["<", 0, "y"], again("s", ["<", 0, "x"], "H1"), variables=XY, hyps=[["<", 0, "x"]])),
}  # fmt: skip

DOMAINS = {
    "x/x without x != 0": (
        "x (1/x) = 1 needs x != 0, not 0 <= x.", "is not 0",
        given(CANCELLED, combine("s", CANCELLED, eqs=[{"inv": "x", "nz": "H1", "l": -1}]),
              variables=X, hyps=[["<=", 0, "x"]], posed=NOT_ZERO)),
    "x/x by cancelling": (
        "x/x is not 1 of itself.", "identity fails",
        given(["=", ["/", "x", "x"], 1], combine("s", ["=", ["/", "x", "x"], 1]), variables=X, hyps=[["!=", "x", 0]],
              posed=NOT_ZERO)),
    "division by 0": (
        "y = 0 and x/y = 7 stand together, and no one has shown y != 0.", "obligations required",
        given(["=", ["/", "x", "y"], 7], again("s", ["=", ["/", "x", "y"], 7], "H2"), variables=XY,
              hyps=[["=", "y", 0], ["=", ["/", "x", "y"], 7]])),
    "division by 0 carried out": (
        "y = 0 and x/y = 7 do not give x = 7 y.", "is not 0",
        given(["=", "x", ["*", 7, "y"]],
              combine("s", ["=", "x", ["*", 7, "y"]],
                      eqs=[{"f": "H2", "l": "y"}, {"inv": "y", "nz": "H1", "l": MINUS}]),
              variables=XY, hyps=[["=", "y", 0], ["=", ["/", "x", "y"], 7]])),
    "division by 0 that is argued away": (
        "y != 0 does not follow from y = 0.", "obligation 1",
        given(["=", ["/", "x", "y"], 7], again("s", ["=", ["/", "x", "y"], 7], "H2"), variables=XY,
              hyps=[["=", "y", 0], ["=", ["/", "x", "y"], 7]],
              posed=[{"ids": ["o"], "steps": [again("z", ["!=", "y", 0], "o")]}] * 2)),
    "denominator of another term": (
        "x + 1 != 0 does not release 1/x.", "is not 0",
        given(CANCELLED, combine("s", CANCELLED, eqs=[{"inv": "x", "nz": "H1", "l": -1}]),
              variables=X, hyps=[["!=", ["+", "x", 1], 0]], posed=NOT_ZERO)),
    "1/(2x) and 1/x": (
        "2 (1/(2x)) = 1/x needs a step.", "identity fails",
        given(HALVED, combine("s", HALVED),
              variables=X, hyps=[["!=", "x", 0]])),
    "guard left out": (
        "log(x) stands without a proof of 0 < x.", "obligations required",
        given(["=", ["log", "x"], ["log", "x"]], combine("s", ["=", ["log", "x"], ["log", "x"]]), variables=X)),
    "guard weaker than required": (
        "0 <= x is proved for log(x).", "obligation 1",
        given(["=", ["log", "x"], ["log", "x"]], combine("s", ["=", ["log", "x"], ["log", "x"]]), variables=X,
              hyps=[["<=", 0, "x"]], posed=[{"ids": ["o"], "steps": [again("z", ["<=", 0, "x"], "o")]}])),
    "guard by what follows": (
        "The hypothesis log(x) <= 0 and the later 0 < x: only what stands before is in force.", "obligation 1",
        given(TRUE, combine("s", TRUE), variables=X, hyps=[["<=", ["log", "x"], 0], ["<", 0, "x"]],
              posed=[{"ids": ["o", "p"], "steps": [again("z", ["<", 0, "x"], "p")]}])),
    "guard by the conclusion": (
        "The conclusion is named among what is in force for its own guard.", "obligation 1: one name",
        given(["=", ["log", "x"], ["log", "x"]], combine("s", ["=", ["log", "x"], ["log", "x"]]), variables=X,
              hyps=[["<=", 0, "x"]], posed=[{"ids": ["o", "p"], "steps": [again("z", ["<", 0, "x"], "p")]}])),
    "premise left out": (
        "exp(log(x)) = x without 0 < x.", "premises required",
        given(INVERSE, apply("s", INVERSE, "ax.exp_log", x="x"),
              variables=X)),
    "premise about something else": (
        "exp(log(x)) = x from 0 < y.", "the premise",
        given(INVERSE, apply("s", INVERSE, "ax.exp_log", "H1", x="x"),
              variables=XY, hyps=[["<", 0, "y"]])),
    "one over something unbounded in compute": (
        "1/0 = 1/0 by evaluation.", "division by zero",
        given(["=", ["/", 1, 0], ["/", 1, 0]], step("s", ["=", ["/", 1, 0], ["/", 1, 0]], "compute"))),
}  # fmt: skip

BOXED = {
    "variable outside of the box": (
        "x y <= 1 for x in [0, 1], with y from the claim.", "not in the box",
        given(every(X, [["<=", 0, "x"], ["<=", "x", 1]], ["<=", ["*", "x", "y"], 1]),
              step("s", every(X, [["<=", 0, "x"], ["<=", "x", 1]], ["<=", ["*", "x", "y"], 1]), "enclose", tree=20),
              variables=reals("y"))),
    "box without an end": (
        "0 <= x is no box.", "two ends",
        given(every(X, [["<=", 0, "x"]], ["<=", -1, "x"]),
              step("s", every(X, [["<=", 0, "x"]], ["<=", -1, "x"]), "enclose", tree=20))),
    "strict at a point of contact": (
        "0 < x^2 on [0, 1].", "not shown",
        given(every(X, [["<=", 0, "x"], ["<=", "x", 1]], ["<", 0, ["^", "x", 2]]),
              step("s", every(X, [["<=", 0, "x"], ["<=", "x", 1]], ["<", 0, ["^", "x", 2]]), "enclose", tree=60))),
    "half of the box": (
        "A tree whose splits leave [1/2, 1] out.", "not a split",
        given(every(X, [["<=", 0, "x"], ["<=", "x", 1]], ["<=", "x", ["q", 1, 2]]),
              step("s", every(X, [["<=", 0, "x"], ["<=", "x", 1]], ["<=", "x", ["q", 1, 2]]), "enclose",
                   tree=["x", 1, 20, 20]))),
    "enclosure used outside of its box": (
        "x^2 <= 1 on [0, 1] is used at 2 with 0 <= 2.", "the premise",
        given(["<=", 4, 1], step("e", every(X, [["<=", 0, "x"], ["<=", "x", 1]], ["<=", ["^", "x", 2], 1]), "enclose",
                                 tree=20), step("p", ["<=", 0, 2], "compute"),
              apply("s", ["<=", 4, 1], "e", "p p", x=2))),
    "answers of one solver": (
        "Only z3 says unsat.", "both solvers",
        given(["<=", "x", "y"], step("s", ["<=", "x", "y"], "decided", facts=[], answers={"z3": "unsat"}),
              variables=XY)),
}  # fmt: skip

HOLED = ["=", ["tr", ["rows", [[1, 0], [0]]]], 1]
SQUARED = ["<=", 0, ["tr", ["*", "A", "A"]]]
A_PRIME = [["A'", ["mat", "n", "n"]]]
SHAPES = {
    "commuting matrices": (
        "A B = B A.", "identity fails",
        given(["=", ["*", "A", "B"], ["*", "B", "A"]], combine("s", ["=", ["*", "A", "B"], ["*", "B", "A"]]),
              variables=MATRICES)),
    "trace of three": (
        "tr(A B C) = tr(A C B).", "identity fails",
        given(["=", ["tr", ["*", "A", "B", "C"]], ["tr", ["*", "A", "C", "B"]]],
              combine("s", ["=", ["tr", ["*", "A", "B", "C"]], ["tr", ["*", "A", "C", "B"]]]), variables=MATRICES)),
    "transpose of a product": (
        "T(A B) = T(A) T(B).", "identity fails",
        given(["=", ["T", ["*", "A", "B"]], ["*", ["T", "A"], ["T", "B"]]],
              combine("s", ["=", ["T", ["*", "A", "B"]], ["*", ["T", "A"], ["T", "B"]]]), variables=MATRICES)),
    "matrix with a prime in its name": (
        "tr(T(A) A B) = tr(A' B C) for a matrix called A'.", "identity fails",
        given(["=", ["tr", ["*", ["T", "A"], "A", "B"]], ["tr", ["*", "A'", "B", "C"]]],
              combine("s", ["=", ["tr", ["*", ["T", "A"], "A", "B"]], ["tr", ["*", "A'", "B", "C"]]]),
              variables=[*MATRICES, *A_PRIME])),
    "trace of the identity": (
        "tr(I n) = n fails for n = -1 and is no polynomial identity.", "identity fails",
        given(["=", ["tr", ["I", "n"]], "n"], combine("s", ["=", ["tr", ["I", "n"]], "n"]), variables=N)),
    "trace of a matrix that is not square": (
        "tr of an n by m matrix.", "not square",
        given(["=", ["tr", "M"], ["tr", "M"]], combine("s", ["=", ["tr", "M"], ["tr", "M"]]),
              variables=[*ints("n m"), ["M", ["mat", "n", "m"]]])),
    "trace under shapes that are not square": (
        "M = 0 with n by m, times an m by m matrix, under a trace.", "square matrix",
        given(TRUE, combine("s", ["=", 0, 0], eqs=[{"f": "H1", "r": "D"}]), combine("e", TRUE),
              variables=[*ints("n m"), ["M", ["mat", "n", "m"]], ["D", ["mat", "m", "m"]]],
              hyps=[["=", "M", ["*", 0, "M"]]])),
    "matrices of two shapes": (
        "An n by m matrix equals its transpose.", "one shape",
        given(["=", "M", ["T", "M"]], combine("s", ["=", "M", ["T", "M"]]),
              variables=[*ints("n m"), ["M", ["mat", "n", "m"]]])),
    "order of matrices": (
        "A <= B for matrices.", "that are equal or not",
        given(["<=", "A", "B"], combine("s", ["<=", "A", "B"]), variables=MATRICES)),
    "equal first columns": (
        "Matrices that agree in their first column are equal.", "the premise",
        given(["=", "A", "B"], apply("s", ["=", "A", "B"], "ax.ext", "H1", r="n", c="n", A="A", B="B"),
              variables=MATRICES,
              hyps=[every(ints("p v"), [["<=", 1, "p"], ["<=", "p", "n"], ["<=", 1, "v"], ["<=", "v", 1]],
                          ["=", ["at", "A", "p", "v"], ["at", "B", "p", "v"]])])),
    "entry outside of a table": (
        "The entry (3, 1) of a 2 by 2 table is 0, not 1.", "false",
        given(["=", ["at", ["rows", [[1, 0], [0, 1]]], 3, 1], 1],
              step("s", ["=", ["at", ["rows", [[1, 0], [0, 1]]], 3, 1], 1], "compute"))),
    "rows of different lengths": (
        "A table with a hole is no matrix.", "no matrix",
        given(HOLED, step("s", HOLED, "compute"))),
    "square of another matrix": (
        "tr(M M) is no sum of squares.", "identity fails",
        given(SQUARED, combine("s", SQUARED, sum=[[[1, 1], [], "A"]]),
              variables=MATRICES)),
}  # fmt: skip

NESTED = every(X, [["<=", 0, "x"]], every(reals("y"), [["<=", "x", "y"]], ["<", "x", "y"]))
EXISTS = every(X, [], ["some", reals("y"), [["<", "y", "x"], ["<=", 0, "y"]]])
POINTS = {
    "instance for a refutation": (
        "x = 1 satisfies the hypothesis, and the conclusion too.", "the last step is not the goal",
        document([], [point("refuted", every(X, [["<=", 0, "x"]], ["<=", 0, "x"]),
                            combine("a", ["<=", 0, 1], sum=[using()]),
                            step("s", ["some", X, [["<=", 0, "x"]]], "witness", sub={"x": 1}, prem=["a"]))])),
    "refutation for an instance": (
        "What refutes the claim is no instance of it.", "the last step is not the goal",
        document([], [point("instance", every(X, [["<=", 0, "x"]], ["<", 0, "x"]), combine("a", ["<=", 0, 0]),
                            step("s", ["some", X, [["<=", 0, "x"], ["<=", "x", 0]]], "witness", sub={"x": 0},
                                 prem=["a", "a"]))])),
    "some hypotheses only": (
        "An instance of one of two hypotheses.", "the last step is not the goal",
        document([], [point("instance", every(X, [["<=", 0, "x"], ["<", "x", 0]], TRUE), combine("a", ["<=", 0, 0]),
                            step("s", ["some", X, [["<=", 0, "x"]]], "witness", sub={"x": 0}, prem=["a"]))])),
    "witness outside of the hypotheses": (
        "x = -1 refutes 0 <= x only if the hypotheses allow it.", "the premise",
        document([], [point("refuted", every(X, [["<=", 1, "x"]], ["<=", 0, "x"]),
                            step("a", ["<", -1, 0], "compute"),
                            step("s", ["some", X, [["<=", 1, "x"], ["<", "x", 0]]], "witness", sub={"x": -1},
                                 prem=["a", "a"]))])),
    "negation of a nested all": (
        "`not all y: P` is read as `all y: not P`.", "the last step is not the goal",
        document([], [point("refuted", NESTED, combine("a", ["<=", 0, 0]),
                            inside("intro", every(reals("y"), [["<=", 0, "y"]], ["<=", "y", 0]), combine("z", TRUE),
                                   ids=["h"]) | {"goal": every(reals("y"), [], ["<=", 0, 0]), "ids": []},
                            step("w", ["some", X, [["<=", 0, "x"], every(reals("y"), [], ["<=", 0, 0])]], "witness",
                                 sub={"x": 0}, prem=["a", "s"]))])),
    "negation of a nested all without its hypothesis": (
        "x = 0, y = -1 breaks x < y, but the inner hypothesis x <= y fails.", "the last step is not the goal",
        document([], [point("refuted", NESTED, combine("a", ["<=", 0, 0]),
                            combine("b", ["<=", -1, 0], sum=[using()]),
                            step("c", ["some", reals("y"), [["<=", "y", 0]]], "witness", sub={"y": -1}, prem=["b"]),
                            step("w", ["some", X, [["<=", 0, "x"], ["some", reals("y"), [["<=", "y", "x"]]]]],
                                 "witness", sub={"x": 0}, prem=["a", "c"]))])),
    "negation of a nested some": (
        "One y that does not do is no proof that there is none.", "the last step is not the goal",
        document([], [point("refuted", EXISTS, combine("a", ["<=", 0, 1], sum=[using()]),
                            step("c", ["some", reals("y"), [["<=", 0, "y"]]], "witness", sub={"y": 1}, prem=["a"]),
                            step("w", ["some", X, [["some", reals("y"), [["<=", "x", "y"]]]]], "witness", sub={"x": 0},
                                 prem=["c"]))])),
    "negation of an or": (
        "`not (A or B)` is read as `not A or not B`.", "the last step is not the goal",
        document([], [point("refuted", every(X, [], ["or", ["<", "x", 0], ["<=", 0, "x"]]),
                            step("a", ["<=", 0, 1], "compute"),
                            step("w", ["some", X, [["<=", 0, "x"]]], "witness", sub={"x": 1}, prem=["a"]))])),
    "negation of a property": (
        "That u -> u has no derivative 1 at 0 cannot even be written.", "no negation",
        document([], [point("refuted", every([], [], ["pred", "deriv", "u", "u", 0, 1]), combine("s", TRUE))])),
    "citation inside a point": (
        "A witness that rests on a citation is none.", "unknown fact",
        document([], [point("refuted", every([], [], ["<", ["abs", ["sin", 1]], ["sin", 1]]),
                            apply("a", ["=", ["abs", ["sin", 1]], ["sin", 1]], "cite.zero", x=1),
                            combine("b", ["<=", ["sin", 1], ["abs", ["sin", 1]]], eqs=[{"f": "a", "l": -1}]),
                            step("w", ["some", [], [["<=", ["sin", 1], ["abs", ["sin", 1]]]]], "witness", prem=["b"]))],
                 [CITED])),
    "unknown kind": (
        "A point is an instance or a refutation.", "unknown kind",
        document([], [point("proved", every([], [], TRUE), combine("s", TRUE))])),
}  # fmt: skip

REFERENCES = {
    "point used by a claim": (
        "A point is no lemma.", "unknown fact",
        document([claim(every([], [], TRUE), "", [again("s", TRUE, "test.point")])],
                 [point("instance", every([], [], TRUE), step("w", ["some", [], []], "witness"))])
        | {"points": []}),
    "later step": (
        "A step uses the one after it.", "unknown fact",
        given(["<", "x", "x"], again("a", ["<", "x", "x"], "s"), again("s", ["<", "x", "x"], "a"), variables=X)),
    "step itself": (
        "A step uses itself.", "unknown fact", given(["<", "x", "x"], again("s", ["<", "x", "x"], "s"), variables=X)),
    "claim itself": (
        "A claim is a lemma for itself.", "unknown fact",
        given(["<", "x", "x"], apply("s", ["<", "x", "x"], "test.claim", x="x"), variables=X)),
    "circle of claims": (
        "Two claims use each other.", "unknown fact",
        given(["<", "x", "x"], apply("s", ["<", "x", "x"], "test.a", x="x"), variables=X, earlier=[
            claim(every(X, [], ["<", "x", "x"]), "", [apply("s", ["<", "x", "x"], "test.claim", x="x")], "test.a")])),
    "rejected claim": (
        "A claim rests on one that was rejected.", "unknown fact",
        given(["<", "x", "x"], apply("s", ["<", "x", "x"], "test.wrong", x="x"), variables=X, earlier=[WRONG])),
    "claim without its hypotheses": (
        "An earlier claim is used without its premise.", "premises required",
        given(["<=", 0, -1], apply("s", ["<=", 0, -1], "test.sign", x=-1), earlier=[
            claim(every(X, [["<=", 0, "x"]], ["<=", 0, "x"]), "H", [again("s", ["<=", 0, "x"], "H")], "test.sign")])),
    "two claims of one id": (
        "The second one is accepted under the name of the first.", "given twice", document([PLAIN, PLAIN])),
    "claim with the id of an axiom": (
        "A claim replaces an axiom.", "given twice", document([PLAIN | {"id": "ax.exp_ge"}])),
    "point with the id of a claim": (
        "A point is taken for a proof of the claim.", "given twice",
        document([PLAIN], [point("instance", PLAIN["statement"], combine("s", TRUE)) | {"id": "test.plain"}])),
    "step with the name of an axiom": (
        "A step replaces an axiom.", "named twice", given(["<=", "x", "x"], combine("ax.exp_ge", ["<=", "x", "x"]),
                                                          variables=X)),
    "two hypotheses of one name": (
        "The second hypothesis hides the first.", "named twice",
        document([claim(every(X, [["<=", 0, "x"], ["<=", "x", 1]], TRUE), "H H", [combine("s", TRUE)])])),
    "hypothesis more than stated": (
        "A name without a hypothesis.", "one name for each hypothesis",
        document([claim(every(X, [["<=", 0, "x"]], TRUE), "H1 H2", [combine("s", TRUE)])])),
    "no steps": ("An empty proof.", "the last step", document([claim(every([], [], TRUE), "", [])])),
    "field that is not known": (
        "A step says that it is assumed.", "unknown fields",
        given(["<=", "x", "x"], combine("s", ["<=", "x", "x"]) | {"assumed": True}, variables=X)),
    "claim that says it is accepted": (
        "A claim brings its own verdict.", "unknown fields", document([PLAIN | {"accepted": True}])),
    "functions by name": (
        "A function is given by lam, not by the name of a variable.", "given by lam",
        given(["=", total("j", 1, 0, ["f", "j"]), 0], step("p", ["<", 0, 1], "compute"),
              apply("s", ["=", total("j", 1, 0, ["f", "j"]), 0], "ax.sum_empty", "p", f="f", a=1, b=0),
              variables=[["f", INT_TO_REAL]])),
    "statement without all": (
        "A statement is a closed `all`.", "malformed",
        document([{"id": "test.claim", "statement": TRUE, "hyps": [], "steps": [combine("s", TRUE)]}])),
    "free variable": (
        "A statement mentions a variable that it does not declare.", "not a variable in force",
        document([claim(every([], [], ["<=", MINUS, MINUS]), "", [combine("s", ["<=", MINUS, MINUS])])])),
    "word of the grammar as a variable": (
        "A variable is called q.", "a word of the grammar",
        document([claim(every(reals("q"), [], TRUE), "", [combine("s", TRUE)])])),
    "generator as a variable": (
        "A variable is called exp.", "a generator",
        document([claim(every(reals("exp"), [], TRUE), "", [combine("s", TRUE)])])),
    "mark of the canonical form in a name": (
        "A matrix is called A~, the mark of a transpose.", "not a name",
        document([claim(every([["A~", ["mat", 2, 2]]], [], TRUE), "", [combine("s", TRUE)])])),
    "one variable twice": (
        "x is declared as a real and as an int.", "declared twice",
        document([claim(every([*X, *ints("x")], [], TRUE), "", [combine("s", TRUE)])])),
    "unproved citation as a proof of another": (
        "A citation is an `all` with a source.", "citation", document([PLAIN], cited=[CITED | {"source": ""}])),
}  # fmt: skip

__all__ = ["ARITHMETIC", "BOXED", "DOMAINS", "POINTS", "REFERENCES", "SHAPES"]

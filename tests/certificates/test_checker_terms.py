"""The canonical form: what is the same, what is not, and what is no term, formula or sort."""

from __future__ import annotations

from typing import Any

import formulas
import pytest
import terms
from rejection import Reject
from small_reports import AXIOMS, INT_TO_REAL, every, ints, reals, total

TABLE = terms.Table(AXIOMS["generators"], AXIOMS["predicates"])
VARIABLES = [
    *reals("x y"), *ints("n m"), ["mu", "obj"], ["f", INT_TO_REAL], ["A", ["mat", "n", "m"]], ["S", ["mat", "n", "n"]],
    ["R", ["mat", "n", "n"]], ["W", ["fun", [["l", "int"]], ["mat", "l", ["+", "l", 1]]]],
]  # fmt: skip
SCOPE = terms.Scope(TABLE).fix(VARIABLES)
AND = "some"


def same(a: Any, b: Any) -> bool:
    """Whether two terms or formulas have one canonical form."""
    def form(part: Any) -> str:
        if type(part) is list and part[0] in (*formulas.RELATIONS, "or", "all", "some", "pred"):
            return formulas.key(part, SCOPE)
        sort, value = terms.canon(part, SCOPE)
        return terms.text_of(sort, value)

    return form(a) == form(b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (["+", "x", "y"], ["+", "y", "x"]), (["*", "x", ["+", "y", 1]], ["+", ["*", "y", "x"], "x"]),
        (["^", ["+", "x", 1], 2], ["+", ["*", "x", "x"], ["*", 2, "x"], 1]), (["/", "x", ["q", 1, 2]], ["*", 2, "x"]),
        (["/", "x", ["+", "y", "y"]], ["*", "x", ["/", 1, ["*", 2, "y"]]]), (["^", "x", 0], 1),
        (["*", 1, "x", 0, "y"], 0),
        (total("j", 1, "n", ["f", "j"]), total("k", 1, "n", ["f", "k"])),
        (total("j", 1, "n", total("k", 1, "m", ["*", "j", "k"])),
         total("k", 1, "n", total("j", 1, "m", ["*", "j", "k"]))),
        (["T", ["*", "S", "R"]], ["*", ["T", "R"], ["T", "S"]]), (["T", ["T", "A"]], "A"),
        (["tr", ["*", "S", "R"]], ["tr", ["*", "R", "S"]]),
        (["tr", ["*", "S", "R"]], ["tr", ["*", ["T", "S"], ["T", "R"]]]),
        (["*", ["I", "n"], "A"], "A"), (["at", ["rows", [["x", 2]]], 1, 2], 2),
        (["build", "i", "j", 2, 2, ["*", "i", "j"]], ["build", "k", "i", 2, 2, ["*", "k", "i"]]),
        (["=", "x", "y"], ["=", "y", "x"]), (["=", ["*", 2, "x"], ["*", 2, "y"]], ["=", ["*", 2, "y"], ["*", 2, "x"]]),
        (["<=", "x", "y"], ["<=", 0, ["+", "y", ["*", -1, "x"]]]),
        (every(reals("u"), [], ["<=", "u", "x"]), every(reals("v"), [], ["<=", "v", "x"])),
        (["pred", "deriv", "u", ["*", "u", "x"], "y", "x"], ["pred", "deriv", "v", ["*", "x", "v"], "y", "x"]),
        (every([["g", INT_TO_REAL]], [["def", "g", ints("n"), 0, 1, 2]], ["<=", 0, 0]),
         every([["g", INT_TO_REAL]],
               [["=", ["g", 0], 1], every(ints("k"), [["<=", 0, "k"]], ["=", ["g", ["+", 1, "k"]], 2])],
               ["<=", 0, 0])),
    ],
    ids=str,
)  # fmt: skip
def test_the_same(a: Any, b: Any) -> None:
    """Order of sums and products, bound names, transposes, rotation under a trace, both sides of an equation."""
    assert same(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (["/", "x", "x"], 1), (["pow", ["*", "x", "y"], "n"], ["*", ["pow", "x", "n"], ["pow", "y", "n"]]),
        (["abs", ["*", 2, "x"]], ["*", 2, ["abs", "x"]]), (["sqrt", 4], 2), (["max", "x", "y"], ["max", "y", "x"]),
        (total("j", 1, 2, "j"), 3),
        (total("y", 1, "n", total("i", 1, "m", "i")), total("y", 1, "n", total("i", 1, "m", "y"))),
        (total("j", 1, "n", "x"), total("j", 1, "n", "j")),
        (total("j", 1, "n", "j"), ["bind", "prod", "j", 1, "n", "j"]),
        (["*", "S", "R"], ["*", "R", "S"]), (["tr", ["*", "S", "S", "R", "R"]], ["tr", ["*", "S", "R", "S", "R"]]),
        (["tr", ["I", "n"]], "n"), (["*", 0, ["I", "n"]], ["*", 0, ["I", "m"]]), ("A", ["*", 2, "A"]),
        (["T", "S"], "S"),
        (["build", "i", "j", 2, 2, "i"], ["build", "i", "j", 2, 2, "j"]),
        (["build", "i", "j", 2, 3, 1], ["build", "i", "j", 3, 2, 1]), (["rows", [[1, 2]]], ["rows", [[1], [2]]]),
        (["at", "A", "n", "m"], ["at", "A", "m", "n"]), (["at", "S", 1, 2], ["at", ["T", "S"], 1, 2]),
        (["<=", "x", "y"], ["<", "x", "y"]), (["<=", "x", "y"], ["<=", "y", "x"]), (["=", "x", "y"], ["!=", "x", "y"]),
        (["<=", 0, "x"], ["<=", 0, ["*", 2, "x"]]),
        (["or", ["<=", 0, 0], ["<", 0, 0]], ["or", ["<", 0, 0], ["<=", 0, 0]]),
        (every(reals("u"), [], ["<=", "u", "u"]), every(ints("u"), [], ["<=", "u", "u"])),
        (every(reals("u v"), [], ["<=", "u", "v"]), every(reals("v u"), [], ["<=", "u", "v"])),
        (every(reals("u"), [], ["<=", 0, "u"]), ["some", reals("u"), [["<=", 0, "u"]]]),
        (every([], [["<=", 0, 1], ["<=", 0, 2]], ["<=", 0, 3]), every([], [["<=", 0, 2], ["<=", 0, 1]], ["<=", 0, 3])),
        (every([], [["<=", 0, 1]], ["<=", 0, 2]), ["some", [], [["<=", 0, 1], ["<=", 0, 2]]]),
        (["pred", "deriv", "u", "u", "x", 1], ["pred", "deriv", "u", "x", "x", 1]),
        (["=", ["*", 0, "S"], "S"], ["=", ["*", 0, "R"], "R"]),
        (["bind", "integral", "u", "real", ["leb", 0, 1], "u"], ["bind", "integral", "u", "real", ["leb", 1, 0], "u"]),
        (["bind", "integral", "u", "real", "mu", 1], ["bind", "integral", "u", "int", "mu", 1]),
    ],
    ids=str,
)  # fmt: skip
def test_not_the_same(a: Any, b: Any) -> None:
    """Nothing else is normalised, and no two meanings share a form."""
    assert not same(a, b)


@pytest.mark.parametrize(
    "term",
    [
        [], ["+"], "zz", None, 1.5, True, ["q", 1, 0], ["q", 1, -2], ["q", 1.0, 2], ["q", True, 1], ["q", 1],
        ["q", 1, 2, 3],
        ["^", "x", "n"], ["^", "x", -1], ["^", "x", 65], ["^", "x", True], ["^", "S", 2], ["/", "A", "x"], ["/", 1],
        ["/", "x", "y", "y"], ["T", "x"], ["T", "A", "A"], ["tr", "A"], ["tr", "x"], ["tr", "S", "S"], ["I", "x"],
        ["I", "A"],
        ["+", "x", "S"], ["+", "A", "S"], ["*", "A", "A"], ["+", "mu", "mu"], ["*", "mu"], ["f", "x"], ["f"],
        ["f", 1, 2], "f",
        ["x", 1], ["exp"], ["exp", "x", "y"], ["exp", "A"], ["unknown", 1], ["rows", []], ["rows", [[]]],
        ["rows", [[1], [1, 2]]],
        ["rows", [["S"]]], ["rows", [[1]], 2], ["at", "A", 1], ["at", "x", 1, 1], ["at", "A", "x", 1],
        ["build", "i", "i", 2, 2, 1], ["build", "i", "j", "x", 2, 1], ["build", "i", "j", 2, 2, "S"],
        ["build", "T", "j", 2, 2, 1],
        total("j", 1, "x", 1), total("j", "j", 2, 1), total("j", 1, 2, "S"), ["bind", "max", "j", 1, 2, 1],
        ["bind", "sum", "j", 1, 2], ["bind", "integral", "u", "real", 1, 1],
        ["bind", "integral", "u", ["mat", 1, 1], "mu", 1],
        ["bind", "sum", "exp", 1, 2, 1], ["size", 2, 2, ["rows", [[1, 2]]]], ["lam", ["u"], "u"], ["W", "x"],
    ],
    ids=str,
)  # fmt: skip
def test_no_terms(term: Any) -> None:
    """Wrong lengths, sorts, shapes, names and numbers are refused."""
    with pytest.raises((Reject, ValueError, TypeError)):
        terms.canon(term, SCOPE)


@pytest.mark.parametrize(
    "formula",
    [
        [], ["<="], ["<=", "x"], ["<=", "x", "y", "y"], [">=", "x", "y"], ["<=", "A", "A"], ["=", "A", ["T", "A"]],
        ["=", "x", "A"], ["=", "mu", "mu"], ["=", "f", "f"], ["or", "x"], ["all", [], []],
        ["all", [], [], ["<=", 0, 0], 1],
        ["all", "x", [], ["<=", 0, 0]], ["all", [["u", "real"], ["u", "real"]], [], ["<=", 0, 0]], ["some", []],
        ["some", [], [["<=", 0, 0]], 1], ["pred", "unknown", 1], ["pred", "deriv", "u", "u", "x"],
        ["def", "g", [], 0, 1, 1],
        ["pred", "deriv", "u", "u", "x", "S"], ["pred", "deriv", "u", "u", "S", 1], ["pred", "shorter", 1], ["pred"],
        ["pred", "shorter", 1, "x"], ["pred", "deriv", "u", "mu", "x", 1], ["and", ["<=", 0, 0]], ["not", ["<=", 0, 0]],
    ],
    ids=str,
)  # fmt: skip
def test_no_formulas(formula: Any) -> None:
    """Unknown heads, wrong lengths and sorts are refused."""
    with pytest.raises((Reject, ValueError, TypeError)):
        formulas.key(formula, SCOPE)


@pytest.mark.parametrize(
    "sort",
    ["complex", ["mat", 2], ["mat", "x", 2], ["mat", ["q", 1, 1], 2], ["<=", 1, 2], ["fun", [], "real"],
     ["fun", "u", "real"],
     ["fun", [["u", ["mat", 1, 1]]], "real"], ["fun", [["u", "real"]], ["fun", [["v", "real"]], "real"]],
     ["mat", 1, 2, 3],
     ["fun", [["u", "real"], ["u", "real"]], "real"], ["fun", [["u", "real"]], ["mat", "u", 1]], None, 3],
    ids=str,
)  # fmt: skip
def test_no_sorts(sort: Any) -> None:
    """Sorts are int, real, obj, matrices with int-sorted shapes and functions of numbers or objects."""
    with pytest.raises((Reject, TypeError)):
        terms.resolve(sort, SCOPE)


def test_shapes_may_depend_on_a_parameter() -> None:
    """W(l) is l by l + 1, so that W(n) W(n+1) fits and W(n) W(n) does not."""
    assert terms.sort_text(terms.canon(["*", ["W", "n"], ["W", ["+", "n", 1]]], SCOPE)[0]) == "mat[1*n^1,2+1*n^1]"
    with pytest.raises(Reject, match="do not fit"):
        terms.canon(["*", ["W", "n"], ["W", "n"]], SCOPE)


@pytest.mark.parametrize("name",
                         ["q", "T", "lam", "real", "def", "exp", "ite", "", "1x", "x-y", "x y", "#0", "A~", "é", "x\n",
                          3])
def test_refused_names(name: Any) -> None:
    """Words of the grammar, generators and texts with marks are no names of variables."""
    with pytest.raises(Reject):
        terms.check_name(name, TABLE)


@pytest.mark.parametrize(
    ("formula", "negated"),
    [
        (["<=", "x", "y"], ["<", "y", "x"]), (["<", "x", "y"], ["<=", "y", "x"]), (["=", "x", "y"], ["!=", "x", "y"]),
        (["!=", "x", "y"], ["=", "x", "y"]),
        (["or", ["<", 0, "x"], ["=", "x", "y"]], [AND, [], [["<=", "x", 0], ["!=", "x", "y"]]]),
        (["some", reals("u"), [["<", 0, "u"], ["<", "u", "x"]]],
         every(reals("u"), [], ["or", ["<=", "u", 0], ["<=", "x", "u"]])),
        (every(reals("u"), [["<", 0, "u"]], ["<", "u", "x"]), ["some", reals("u"), [["<", 0, "u"], ["<=", "x", "u"]]]),
        (["or"], [AND, [], []]), ([AND, [], []], every([], [], ["or"])),
    ],
    ids=str,
)  # fmt: skip
def test_negation(formula: Any, negated: Any) -> None:
    """The negation of every formula but a property, quantifiers exchanged."""
    assert formulas.negation(formula) == negated

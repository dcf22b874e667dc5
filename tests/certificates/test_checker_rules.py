"""Every rule of the checker accepts what it should and rejects the neighbours."""

from __future__ import annotations

from typing import Any

import pytest
from small_reports import (
    INT_TO_INT,
    INT_TO_REAL,
    REAL_TO_REAL,
    accepted,
    again,
    apply,
    combine,
    every,
    ints,
    prove,
    reals,
    rejected,
    step,
    total,
    using,
)

X = reals("x")
XY = reals("x y")
DIAGONAL = ["rows", [[2, 0], [0, 1]]]


class TestCombine:
    """The rule of arithmetic."""

    def test_weighted_sum_of_hypotheses(self) -> None:
        """x <= y and y <= z give x <= z with weights 1, and no other positive weights do."""
        goal, hyps = ["<=", "x", "z"], [["<=", "x", "y"], ["<=", "y", "z"]]
        assert accepted(goal, combine("s", goal, sum=[using("H1"), using("H2")]), variables=reals("x y z"), hyps=hyps)
        wrong = combine("s", goal, sum=[using("H1", weight=2), using("H2")])
        assert "identity fails" in rejected(goal, wrong, variables=reals("x y z"), hyps=hyps)

    def test_squares_and_products(self) -> None:
        """4 x y <= (x + y)^2 from one square; 0 <= x y from the product of two hypotheses."""
        square = ["<=", ["*", 4, "x", "y"], ["^", ["+", "x", "y"], 2]]
        assert accepted(square, combine("s", square, sum=[[[1, 1], [], ["+", "x", ["*", -1, "y"]]]]), variables=XY)
        goal = ["<=", 0, ["*", "x", "y"]]
        assert accepted(goal, combine("s", goal, sum=[using("H1", "H2")]), variables=XY,
                        hyps=[["<=", 0, "x"], ["<=", 0, "y"]])  # fmt: skip

    def test_multiplier_clears_a_positive_factor(self) -> None:
        """0 < x and 0 <= x y give 0 <= y; 0 <= x would not."""
        goal, proof = ["<=", 0, "y"], combine("s", ["<=", 0, "y"], mul=["H1"], sum=[using("H2")])
        product = ["<=", 0, ["*", "x", "y"]]
        assert accepted(goal, proof, variables=XY, hyps=[["<", 0, "x"], product])
        assert "known sign" in rejected(goal, proof, variables=XY, hyps=[["<=", 0, "x"], product])

    def test_nonzero_multiplier_only_for_equations(self) -> None:
        """x != 0 and x y = 0 give y = 0, but x != 0 and 0 <= x y do not give 0 <= y."""
        equation = combine("s", ["=", "y", 0], mul=["H1"], eqs=[{"f": "H2", "l": -1}])
        assert accepted(["=", "y", 0], equation, variables=XY, hyps=[["!=", "x", 0], ["=", ["*", "x", "y"], 0]])
        inequality = combine("s", ["<=", 0, "y"], mul=["H1"], sum=[using("H2")])
        assert rejected(["<=", 0, "y"], inequality, variables=XY, hyps=[["!=", "x", 0], ["<=", 0, ["*", "x", "y"]]])

    def test_strict_needs_a_strict_summand_without_a_square(self) -> None:
        """0 < x^2 + 1 holds because of the weight 1; 0 < x^2 has only a square."""
        good = ["<", 0, ["+", ["^", "x", 2], 1]]
        assert accepted(good, combine("s", good, sum=[[[1, 1], [], "x"], using()]), variables=X)
        bad = ["<", 0, ["^", "x", 2]]
        assert "no strict" in rejected(bad, combine("s", bad, sum=[[[1, 1], [], "x"]]), variables=X)

    def test_contradiction_gives_everything(self) -> None:
        """From 0 < 0 any relation follows, because the multiplier has the value 0."""
        steps = [combine("f", ["<", 0, 0], sum=[using("H1"), using("H2")]), combine("s", ["=", "x", 7], mul=["f"])]
        assert accepted(["=", "x", 7], *steps, variables=X, hyps=[["<", "x", 0], ["<", 0, "x"]])

    @pytest.mark.parametrize("fact", [["!=", "x", 0], ["<", 0, "x"], ["<", "x", 0], ["!=", 0, "x"]])
    def test_reciprocal_with_a_nonzero_fact(self, fact: Any) -> None:
        """x (1/x) = 1 where a fact says that exactly x is not 0."""
        goal = ["=", ["*", "x", ["/", 1, "x"]], 1]
        proof = combine("s", goal, eqs=[{"inv": "x", "nz": "H1", "l": -1}])
        posed = [{"ids": ["o"], "steps": [combine("z", ["!=", "x", 0]) | {"by": "apply", "fact": "o"}]}]
        if fact[0] == "!=":
            assert accepted(goal, proof, variables=X, hyps=[fact], posed=posed)
        else:
            assert "is not 0" not in rejected(goal, proof, variables=X, hyps=[fact], posed=posed)

    def test_matrix_equation_on_both_sides_and_transposed(self) -> None:
        """From A = B follow C A D = C B D and T(A) = T(B), in shapes that fit only."""
        variables = [*ints("m n k"), ["A", ["mat", "m", "n"]], ["B", ["mat", "m", "n"]], ["C", ["mat", "k", "m"]],
                     ["D", ["mat", "n", "k"]]]  # fmt: skip
        hyps = [["=", "A", "B"]]
        goal = ["=", ["*", "C", "A", "D"], ["*", "C", "B", "D"]]
        assert accepted(goal, combine("s", goal, eqs=[{"f": "H1", "l": "C", "r": "D"}]), variables=variables, hyps=hyps)
        assert rejected(goal, combine("s", goal, eqs=[{"f": "H1", "l": "D", "r": "C"}]), variables=variables, hyps=hyps)
        flipped = ["=", ["T", "A"], ["T", "B"]]
        assert accepted(flipped, combine("s", flipped, eqs=[{"f": "H1", "T": True}]), variables=variables, hyps=hyps)
        traced = ["=", ["tr", ["*", "C", "A", "D"]], ["tr", ["*", "B", "D", "C"]]]
        given = {"variables": variables, "hyps": hyps}
        assert accepted(traced, combine("s", traced, eqs=[{"f": "H1", "l": "C", "r": "D"}]), **given)
        assert "square" in rejected(traced, combine("s", traced, eqs=[{"f": "H1", "l": "C"}]), **given)

    def test_matrix_square_is_a_trace(self) -> None:
        """0 <= tr(M M') by the square M."""
        goal = ["<=", 0, ["tr", ["*", "M", ["T", "M"]]]]
        variables = [*ints("m n"), ["M", ["mat", "m", "n"]]]
        assert accepted(goal, combine("s", goal, sum=[[[1, 1], [], "M"]]), variables=variables)
        wrong = ["<=", 0, ["tr", ["*", "M", "M"]]]
        square = [*ints("n"), ["M", ["mat", "n", "n"]]]
        assert rejected(wrong, combine("s", wrong, sum=[[[1, 1], [], "M"]]), variables=square)

    def test_scalar_equation_in_a_matrix_identity(self) -> None:
        """s = t gives s A = t A, with the matrix A as multiplier."""
        variables = [*reals("s t"), *ints("n"), ["A", ["mat", "n", "n"]]]
        goal = ["=", ["*", "s", "A"], ["*", "t", "A"]]
        hyps = [["=", "s", "t"]]
        assert accepted(goal, combine("z", goal, eqs=[{"f": "H1", "l": "A"}]), variables=variables, hyps=hyps)
        assert rejected(goal, combine("z", goal, eqs=[{"f": "H1"}]), variables=variables, hyps=[["=", "s", "t"]])


class TestApply:
    """Instances of facts."""

    def test_instance_of_an_axiom(self) -> None:
        """1 + (y + 2) <= exp(y + 2), and not with another constant."""
        good = ["<=", ["+", "y", 3], ["exp", ["+", 2, "y"]]]
        assert accepted(good, apply("s", good, "ax.exp_ge", x=["+", "y", 2]), variables=reals("y"))
        bad = ["<=", ["+", "y", 4], ["exp", ["+", 2, "y"]]]
        assert "conclusion is" in rejected(bad, apply("s", bad, "ax.exp_ge", x=["+", "y", 2]), variables=reals("y"))

    def test_premises_in_order(self) -> None:
        """Premises are matched one by one; a missing or exchanged premise is refused."""
        goal, hyps = ["<=", ["log", "x"], ["log", "y"]], [["<", 0, "x"], ["<=", "x", "y"]]
        posed = [{"ids": ["a", "b"], "steps": [again("z", ["<", 0, "x"], "a")]},
                 {"ids": ["a", "b"], "steps": [combine("z", ["<", 0, "y"], sum=[using("a"), using("b")])]}]  # fmt: skip
        for premises, good in (("H1 H2", True), ("H2 H1", False), ("H1", False), ("H1 H2 H2", False)):
            proof = apply("s", goal, "ax.log_mono", premises, x="x", y="y")
            assert accepted(goal, proof, variables=XY, hyps=hyps, posed=posed) is good

    def test_functions_by_lam(self) -> None:
        """sum over an empty range, with the function given by a body."""
        goal = ["=", total("j", 1, 0, ["^", "j", 2]), 0]
        less = step("e", ["<", 0, 1], "compute")
        proof = apply("s", goal, "ax.sum_empty", "e", f=["lam", ["k"], ["^", "k", 2]], a=1, b=0)
        assert accepted(goal, less, proof)
        two, cube, word = ["lam", ["k", "l"], "k"], ["lam", ["k"], ["^", "k", 3]], ["lam", ["q"], 1]
        for wrong in ("k", two, cube, word, ["lam", "k", "k"]):
            assert rejected(goal, less, proof | {"sub": {"f": wrong, "a": 1, "b": 0}})

    def test_exactly_the_bound_variables(self) -> None:
        """A variable too few or too many in a substitution is refused."""
        goal = ["<=", ["+", 1, "y"], ["exp", "y"]]
        for sub in ({}, {"x": "y", "y": 1}, {"y": "y"}, []):
            assert rejected(goal, apply("s", goal, "ax.exp_ge") | {"sub": sub}, variables=reals("y"))

    def test_sorts_of_terms(self) -> None:
        """An int variable takes only int-sorted terms, a matrix only one of its shape."""
        variables = [*X, *ints("n"), ["A", ["mat", "n", 2]]]
        goal = ["=", ["at", ["T", "A"], 1, 1], ["at", "A", 1, 1]]
        sub = {"r": "n", "c": 2, "p": 1, "v": 1, "A": "A"}
        assert accepted(goal, apply("s", goal, "ax.at_T", **sub), variables=variables)
        for change in ({"p": "x"}, {"r": 2}, {"A": ["T", "A"]}, {"c": ["q", 2, 1]}):
            assert rejected(goal, apply("s", goal, "ax.at_T", **(sub | change)), variables=variables)

    def test_a_fact_again(self) -> None:
        """A fact without quantifier can be restated, but not with a substitution."""
        goal = ["<", 0, "x"]
        assert accepted(goal, again("s", ["<", ["*", -1, "x"], 0], "H1"), variables=X, hyps=[goal])
        assert rejected(goal, apply("s", goal, "H1", x=1), variables=X, hyps=[goal])


class TestBoxes:
    """Rules with inner proofs."""

    def test_intro(self) -> None:
        """all y, 0 <= y: 0 <= y + 1, with fresh names only."""
        goal = every(reals("y"), [["<=", 0, "y"]], ["<=", 0, ["+", "y", 1]])
        inner = [combine("z", ["<=", 0, ["+", "y", 1]], sum=[using("h"), using()])]
        assert accepted(goal, step("s", goal, "intro", ids=["h"], steps=inner), variables=X)
        assert rejected(goal, step("s", goal, "intro", ids=[], steps=inner), variables=X)
        taken = rejected(goal, step("s", goal, "intro", ids=["h"], steps=inner), variables=reals("y"))
        assert "already in use" in taken

    def induction(self, **change: Any) -> dict[str, Any]:
        """2 (0 + 1 + ... + n) = n^2 + n by induction."""
        body = ["=", ["*", 2, total("j", 1, "n", "j")], ["+", ["^", "n", 2], "n"]]
        at = {"f": ["lam", ["j"], "j"], "a": 1}
        first = ["=", ["*", 2, total("j", 1, 0, "j")], 0]
        next_body = ["=", ["*", 2, total("j", 1, ["+", "n", 1], "j")], ["+", ["^", ["+", "n", 1], 2], "n", 1]]
        peel = ["=", total("j", 1, ["+", "n", 1], "j"), ["+", total("j", 1, "n", "j"), "n", 1]]
        fields = {
            "base": [step("e", ["<", 0, 1], "compute"),
                     apply("a", ["=", total("j", 1, 0, "j"), 0], "ax.sum_empty", "e", b=0, **at),
                     combine("z", first, eqs=[{"f": "a", "l": 2}])],
            "ids": ["n0", "ih"],
            "steps": [combine("e", ["<=", 1, ["+", "n", 1]], sum=[using("n0")]),
                      apply("a", peel, "ax.sum_last", "e", b=["+", "n", 1], **at),
                      combine("z", next_body, eqs=[{"f": "a", "l": 2}, {"f": "ih"}])],
        }  # fmt: skip
        return step("s", every(ints("n"), [["<=", 0, "n"]], body), "induct", **(fields | change))

    def test_induct(self) -> None:
        """The sum of the first n integers, by induction; not without a base, nor without the hypothesis."""
        proof = self.induction()
        assert accepted(proof["goal"], proof)
        assert rejected(proof["goal"], self.induction(base=[]))
        assert rejected(proof["goal"], self.induction(ids=["n0"]))
        assert rejected(proof["goal"], self.induction(steps=proof["steps"][:2]))

    @pytest.mark.parametrize(
        "bound", [["<=", ["+", "n", -1], "n"], ["<=", ["q", 1, 2], "n"], ["<", 0, "n"], ["<=", "n", 0]]
    )
    def test_induct_starts_at_a_fixed_int(self, bound: Any) -> None:
        """The start of an induction is an int-sorted term without the variable."""
        goal = every(ints("n"), [bound], ["<=", "n", "n"])
        trivial = [combine("z", ["<=", "n", "n"])]
        base = [combine("z", ["<=", 0, 0])]
        assert rejected(goal, step("s", goal, "induct", base=base, ids=["a", "b"], steps=trivial))

    def test_cases(self) -> None:
        """x^2 >= 0 from x <= 0 or 0 < x; a box must be given for every alternative."""
        goal = ["<=", 0, ["*", "x", "x"]]
        split = apply("c", ["or", ["<=", "x", 0], ["<", 0, "x"]], "ax.total", x="x", y=0)
        boxes = [[combine("z", goal, sum=[using("h", "h")])]] * 2
        assert accepted(goal, split, step("s", goal, "cases", fact="c", as_="h", boxes=boxes), variables=X)
        assert rejected(goal, split, step("s", goal, "cases", fact="c", as_="h", boxes=boxes[:1]), variables=X)
        assert rejected(goal, split, step("s", goal, "cases", fact="c", as_="c", boxes=boxes), variables=X)

    def test_either(self) -> None:
        """x <= 1 gives `x <= 1 or 2 <= x`, from either place; 0 <= x gives neither alternative."""
        for goal in (["or", ["<=", "x", 1], ["<=", 2, "x"]], ["or", ["<=", 2, "x"], ["<=", "x", 1]]):
            assert accepted(goal, step("s", goal, "either", fact="H1"), variables=X, hyps=[["<=", "x", 1]])
            assert rejected(goal, step("s", goal, "either", fact="H1"), variables=X, hyps=[["<=", 0, "x"]])

    def test_finite(self) -> None:
        """fact(n) <= 6 for n in 0..3 by four boxes; three or five boxes are refused."""
        goal = every(ints("n"), [["<=", 0, "n"], ["<=", "n", 3]], ["<=", ["fact", "n"], 6])
        boxes = [[step("z", ["<=", ["fact", k], 6], "compute")] for k in range(4)]
        posed = [{"ids": ["a", "b"], "steps": [again("z", ["<=", 0, "n"], "a")]}]
        assert accepted(goal, step("s", goal, "finite", boxes=boxes), posed=posed)
        assert rejected(goal, step("s", goal, "finite", boxes=boxes[:3]), posed=posed)
        assert rejected(goal, step("s", goal, "finite", boxes=[*boxes, boxes[0]]), posed=posed)

    def test_finite_of_an_empty_range(self) -> None:
        """Between 1 and 0 there is nothing to show; ends that are not closed are refused."""
        nothing = every(ints("n"), [["<=", 1, "n"], ["<=", "n", 0]], ["<", 0, 0])
        assert accepted(nothing, step("s", nothing, "finite", boxes=[]))
        open_end = every(ints("n"), [["<=", 1, "n"], ["<=", "n", "k"]], ["<", 0, 0])
        assert rejected(open_end, step("s", open_end, "finite", boxes=[]), variables=ints("k"))

    def test_witness_and_obtain(self) -> None:
        """some y: x < y by the witness x + 1, and a goal from such a y."""
        exists = ["some", reals("y"), [["<", "x", "y"]]]
        less = combine("a", ["<", "x", ["+", "x", 1]], sum=[using()])
        found = step("b", exists, "witness", sub={"y": ["+", "x", 1]}, prem=["a"])
        assert accepted(exists, less, found, variables=X)
        assert rejected(exists, less, found | {"sub": {"y": "x"}}, variables=X)
        assert rejected(exists, less, found | {"prem": []}, variables=X)
        goal = ["some", reals("w"), [["<", "x", ["*", 2, "w"]]]]
        half = combine("h", ["<", "x", ["*", 2, ["*", ["q", 1, 2], "y"]]], sum=[using("hy")])
        inner = [half, step("z", goal, "witness", sub={"w": ["*", ["q", 1, 2], "y"]}, prem=["h"])]
        assert accepted(goal, step("s", goal, "obtain", fact="H1", ids=["hy"], steps=inner), variables=X, hyps=[exists])

    def test_obtained_variable_stays_inside(self) -> None:
        """The goal of obtain cannot mention the variable."""
        exists, goal = ["some", reals("y"), [["<", "x", "y"]]], ["<", "x", "y"]
        inner = [again("z", goal, "hy")]
        proof = step("s", goal, "obtain", fact="H1", ids=["hy"], steps=inner)
        assert rejected(["<=", "x", "x"], proof, combine("e", ["<=", "x", "x"]), variables=X, hyps=[exists])

    def test_some_without_variables_is_and(self) -> None:
        """Both parts of an "and" can be proved by witness and used by obtain."""
        both = ["some", [], [["<=", "x", "x"], ["<=", 0, 1]]]
        parts = [combine("a", ["<=", "x", "x"]), combine("b", ["<=", 0, 1], sum=[using()])]
        assert accepted(both, *parts, step("s", both, "witness", prem=["a", "b"]), variables=X)
        assert rejected(both, *parts, step("s", both, "witness", prem=["b", "a"]), variables=X)
        use = step("s", ["<=", 0, 1], "obtain", fact="H1", ids=["p", "q"], steps=[again("z", ["<=", 0, 1], "q")])
        assert accepted(["<=", 0, 1], use, variables=X, hyps=[both])

    def define(self, record: Any, sort: Any, inner: Any, goal: Any = None) -> str:
        """The reason for which a definition is refused, or the empty text."""
        goal = goal or ["some", [["g", sort]], [["=", ["g", 0], 1]]]
        proof = step("s", goal, "define", def_=record, sort=sort, ids=["d0", "d1"], steps=inner)
        return rejected(goal, proof)

    def test_define(self) -> None:
        """A function with f(0) = 1, f(n+1) = 2 f(n) exists, and can be a witness."""
        record = ["def", "f", ints("n"), 0, 1, ["*", 2, ["f", "n"]]]
        exists = ["some", [["g", INT_TO_INT]], [["=", ["g", 0], 1]]]
        inner = [step("z", exists, "witness", sub={"g": ["lam", ["n"], ["f", "n"]]}, prem=["d0"])]
        assert self.define(record, INT_TO_INT, inner) == ""
        real = ["some", [["g", INT_TO_REAL]], [["=", ["g", 0], 1]]]
        assert self.define(record, INT_TO_REAL, [inner[0] | {"goal": real}], real) == ""

    @pytest.mark.parametrize(
        ("record", "sort"),
        [
            (["def", "f", ints("n"), 0, ["q", 1, 2], ["f", "n"]], INT_TO_INT),
            (["def", "f", ints("n"), 0, 0, ["/", ["f", "n"], 2]], INT_TO_INT),
            (["def", "f", ints("n"), 0, 0, ["+", 1, ["f", ["+", "n", 1]]]], INT_TO_INT),
            (["def", "f", ints("n"), 0, ["f", 0], 1], INT_TO_INT),
            (["def", "f", ints("n"), 0, "n", 1], INT_TO_INT),
            (["def", "f", ints("n"), 0, 0, total("n", 1, 3, ["f", "n"])], INT_TO_INT),
            (["def", "f", reals("n"), 0, 0, 1], REAL_TO_REAL),
            (["def", "f", ints("n"), ["q", 1, 2], 0, 1], INT_TO_INT),
            (["def", "f", [], 0, 0, 1], INT_TO_INT),
            (["def", "exp", ints("n"), 0, 0, 1], INT_TO_INT),
            (["def", "f", [["n", "int"], ["t", "int"]], "t", 0, ["+", 1, ["^", ["f", "n", "n"], 2]]],
             ["fun", [["n", "int"], ["t", "int"]], "int"]),
        ],
    )  # fmt: skip
    def test_define_refuses(self, record: Any, sort: Any) -> None:
        """No function of the wrong sort, no equation that is not a recursion from one fixed start."""
        goal = ["=", 0, 0]
        proof = step("s", goal, "define", def_=record, sort=sort, ids=["d0", "d1"], steps=[combine("z", goal)])
        assert rejected(goal, proof)

    def test_goal_cannot_mention_the_defined_function(self) -> None:
        """f is unknown outside of its box."""
        record, goal = ["def", "f", ints("n"), 0, 0, 1], ["=", ["f", 0], 0]
        proof = step("s", goal, "define", def_=record, sort=INT_TO_INT, ids=["a", "b"], steps=[again("z", goal, "a")])
        assert rejected(["=", 0, 0], proof, combine("e", ["=", 0, 0]))


class TestCompute:
    """Exact evaluation."""

    @pytest.mark.parametrize(
        "goal",
        [
            ["=", ["fact", 5], 120], ["=", ["binom", 6, 2], 15], ["=", ["pow", ["q", 2, 3], 3], ["q", 8, 27]],
            ["=", ["sqrt", ["q", 9, 4]], ["q", 3, 2]], ["=", ["root", 27, 3], 3], ["=", ["abs", -2], 2],
            ["=", ["max", 1, ["q", 3, 2]], ["q", 3, 2]], ["=", ["min", 1, ["q", 3, 2]], 1],
            ["=", ["ceil", ["q", -3, 2]], -1], ["=", ["floor", ["q", -3, 2]], -2],
            ["=", ["ite", 1, 2, 3, ["/", 1, 0]], 3],
            ["=", ["iite", 2, 1, 3, 4], 4], ["=", total("j", 1, 4, ["/", 1, "j"]), ["q", 25, 12]],
            ["=", ["bind", "prod", "j", 1, 0, "j"], 1], ["!=", ["^", 2, 10], 1023],
            ["=", ["at", ["*", ["rows", [[1, 2], [3, 4]]], ["T", ["rows", [[0, 1]]]]], 2, 1], 4],
            ["=", ["tr", ["*", DIAGONAL, DIAGONAL]], 5], ["=", ["at", DIAGONAL, 3, 1], 0],
            ["=", ["build", "i", "j", 2, 2, ["*", "i", ["+", 2, ["*", -1, "j"]]]], ["rows", [[1, 0], [2, 0]]]],
            ["=", ["+", ["I", 2], ["rows", [[1, 0], [0, 0]]]], DIAGONAL], ["!=", DIAGONAL, ["I", 2]],
            ["=", ["*", 2, ["I", 0]], ["I", 0]], ["=", ["at", ["I", -3], 1, 1], 0],
            ["<", ["/", ["pow", 2, 20], ["fact", 10]], 1],
        ],
    )  # fmt: skip
    def test_true_relations(self, goal: Any) -> None:
        """Values by hand."""
        reason = rejected(["=", 0, 0], step("s", goal, "compute"), step("e", ["=", 0, 0], "compute"))
        assert reason == ""

    @pytest.mark.parametrize(
        ("goal", "why"),
        [
            (["=", ["fact", 5], 121], "false"), (["<", 1, 1], "false"),
            (["=", ["sqrt", 2], ["sqrt", 2]], "not rational"),
            (["=", DIAGONAL, ["I", 2]], "false"), (["<=", "x", "x"], "not closed"),
            (["=", ["exp", 0], 1], "not computable"), (["=", ["/", 1, 0], ["/", 1, 0]], "division by zero"),
            (["=", ["pow", 2, -1], ["pow", 2, -1]], "negative power"),
            (["=", ["fact", -1], ["fact", -1]], "malformed"), (["=", ["fact", 10**5 + 1], 1], "integer"),
            (["<", 0, ["pow", 10, 10**6]], "integer"), (["<", 0, ["pow", ["pow", 10, 10**5], 10]], "number too large"),
            (["<", 0, total("i", 1, 10**5, ["pow", 3, 10**4])], "too much"),
            (["<", 0, total("i", 1, 10**5, ["^", ["pow", 3, 1000], 9])], "too much"),
            (["<", 0, total("i", 1, 10**5, ["fact", 1000])], "too much"),
            (["=", ["bind", "integral", "u", "real", ["leb", 0, 1], 1], 1], "not computable"),
        ],
    )  # fmt: skip
    def test_rejected(self, goal: Any, why: str) -> None:
        """False relations, terms that are not closed, what lies outside of a guard, and what is too large."""
        assert why in rejected(goal, step("s", goal, "compute"), variables=X)


class TestEnclose:
    """Rational interval arithmetic on a tree of splits."""

    def box(self, conclusion: Any, lo: Any = 0, hi: Any = 1, sort: str = "real") -> Any:
        """all x in [lo, hi]: conclusion."""
        return every([["x", sort]], [["<=", lo, "x"], ["<=", "x", hi]], conclusion)

    def test_leaf_and_split(self) -> None:
        """x (1 - x) < 2/5 on [0, 1] needs splits."""
        goal = self.box(["<", ["*", "x", ["+", 1, ["*", -1, "x"]]], ["q", 2, 5]])
        tree: Any = 20
        assert "not shown" in rejected(goal, step("s", goal, "enclose", tree=tree))
        for _ in range(5):
            tree = 20

        def split(lo: int, hi: int, depth: int) -> Any:
            middle = lo + hi
            return ["x", ["q", middle, 2 ** (depth + 1)], split(2 * lo, middle, depth + 1),
                    split(middle, 2 * hi, depth + 1)] if depth < 4 else 20  # fmt: skip

        result = prove(goal, step("s", goal, "enclose", tree=split(0, 1, 0)))
        assert result["accepted"] and result["grade"] == "enclosed"

    @pytest.mark.parametrize(
        "tree",
        [0, True, 10**9, ["y", ["q", 1, 2], 9, 9], ["x", 0, 9, 9], ["x", 2, 9, 9], ["x", ["q", 1, 2], 9], [], None],
    )
    def test_bad_trees(self, tree: Any) -> None:
        """Unknown sides, splits outside of the box and odd leaves are refused."""
        goal = self.box(["<", "x", 2])
        assert accepted(goal, step("s", goal, "enclose", tree=9))
        assert rejected(goal, step("s", goal, "enclose", tree=tree))

    def test_box_of_real_variables_only(self) -> None:
        """The box is lo <= x, x <= hi with closed ends, lo <= hi, in the order of the variables."""
        for goal in (self.box(["<", "x", 2], sort="int"), self.box(["<", "x", 2], lo=1, hi=0),
                     every(X, [["<=", "x", 1], ["<=", 0, "x"]], ["<", "x", 2]),
                     every(X, [["<=", 0, "x"]], ["<", -1, "x"]),
                     every(X, [["<", 0, "x"], ["<=", "x", 1]], ["<", -1, "x"]), self.box(["=", "x", "x"])):  # fmt: skip
            assert rejected(goal, step("s", goal, "enclose", tree=9))

    def test_outside_of_a_guard(self) -> None:
        """No enclosure of log where the argument may be 0, or of a quotient by an interval around 0."""
        below = ["sqrt", ["+", "x", ["*", -1, 1]]]
        for term in (["log", "x"], ["/", 1, "x"], below, ["fact", 3], ["size", 1, 1, ["I", 1]]):
            goal = self.box(["<", term, 10**6])
            assert rejected(goal, step("s", goal, "enclose", tree=30))


class TestDecided:
    """Answers of solvers are recorded, not checked."""

    def test_grade_and_text(self) -> None:
        """The grade falls to decided, and the text of the question is recorded."""
        goal = ["<=", 0, ["*", "x", "y"]]
        hyps = [["<=", 0, "x"], ["<=", 0, "y"]]
        answers = {"z3": "unsat", "cvc5": "unsat"}
        result = prove(goal, step("s", goal, "decided", facts=["H1", "H2"], answers=answers), variables=XY, hyps=hyps)
        assert result["accepted"] and result["grade"] == "decided"
        assert [entry["step"] for entry in result["decided"]] == ["s"]
        assert "(check-sat)" in result["decided"][0]["smt2"]

    @pytest.mark.parametrize(
        "answers",
        [{}, {"z3": "unsat"}, {"z3": "unsat", "cvc5": "sat"}, {"z3": "unsat", "cvc5": "unsat", "a": "unsat"}, None],
    )
    def test_both_solvers_must_agree(self, answers: Any) -> None:
        """Anything but unsat of both is refused."""
        goal = ["<=", "x", "x"]
        assert rejected(goal, step("s", goal, "decided", facts=[], answers=answers), variables=X)


@pytest.mark.parametrize("rule", ["guess", "box", "__init__", "fact", "", 7, None, ["apply"]])
def test_unknown_rules(rule: Any) -> None:
    """Only the rules of the table exist, not the other methods of the checker."""
    goal = ["<=", "x", "x"]
    assert rejected(goal, step("s", goal, rule), variables=X)

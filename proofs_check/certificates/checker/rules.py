"""The rules of inference: one method for each, and the boxes in which steps see earlier facts.

A proof is a list of steps; a step has an id, a goal, the name of a rule, and the fields of that rule. It sees the earlier
steps of its box and of the boxes around it, and the library. A box is proved when its last step has the key of its goal.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import polynomials as poly
import smt
from evaluation import Evaluation, holds, whole
from formulas import RELATIONS, definition, difference, flat, key
from intervals import Interval, add, enclose, multiply
from rejection import NAME_LENGTH, PRECISION, Reject, fields, need, shorten
from terms import Closure, Function, Scope, Shape, admit, canon, declare, fits, names_in, pairs, resolve, scalar
from terms import value_text

# rule: (required fields, optional fields)
FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "combine": ((), ("mul", "sum", "eqs")),
    "apply": (("fact",), ("sub", "prem")),
    "intro": (("ids", "steps"), ()),
    "induct": (("base", "ids", "steps"), ()),
    "cases": (("fact", "as", "boxes"), ()),
    "finite": (("boxes",), ()),
    "witness": ((), ("sub", "prem")),
    "obtain": (("fact", "ids", "steps"), ()),
    "define": (("def", "sort", "ids", "steps"), ()),
    "compute": ((), ()),
    "enclose": (("tree",), ()),
    "decided": (("facts", "answers"), ()),
}
UNSAT = {"z3": "unsat", "cvc5": "unsat"}


class Fact:
    """A formula in force; key and difference are computed once, names fixed later cannot change them."""

    __slots__ = ("_difference", "_key", "formula", "scope")

    def __init__(self, formula: list[Any], scope: Scope, text: str | None = None) -> None:
        self.formula, self.scope = formula, scope
        self._key = text
        self._difference: tuple[Any, Any] | None = None

    @property
    def key(self) -> str:
        """The canonical key."""
        if self._key is None:
            self._key = key(self.formula, self.scope)
        return self._key

    @property
    def difference(self) -> tuple[Any, Any]:
        """Sort and value of b - a of a relation."""
        if self._difference is None:
            self._difference = difference(self.formula, self.scope)
        return self._difference


class Proof:
    """The check of one certificate: what it used, how strong its steps are, and what nothing used."""

    def __init__(self, library: dict[str, Fact]) -> None:
        self.library = library
        self.used: set[str] = set()  # facts of the library
        self.rules: set[str] = set()  # rules applied
        self.texts: list[dict[str, str]] = []  # the SMT-LIB 2 text of every `decided` step
        self.unused: list[str] = []  # steps that nothing uses
        self.keys: list[str] = []  # of every goal, in order
        self.references: set[str] = set()  # facts used by the step being checked

    def fact(self, name: Any, facts: dict[str, Fact]) -> Fact:
        """Return a fact in force by its name."""
        need(type(name) is str, "the name of a fact is a string, found", name)
        found = facts.get(name)
        if found is None:
            need(name in self.library, "unknown fact", name)
            self.used.add(name)
            return self.library[name]
        self.references.add(name)
        return found

    def box(self, steps: Any, scope: Scope, facts: dict[str, Fact], ids: Any, hypotheses: Any, goal: str) -> None:
        """Check the steps of a box with named hypotheses; the last step must have the goal's key."""
        formulas = flat(hypotheses)
        need(type(ids) is list and len(ids) == len(formulas), "one name for each of", len(formulas), "hypotheses expected")
        inner = dict(facts)
        for name, formula in zip(ids, formulas):
            self.name(name, inner)
            inner[name] = Fact(formula, scope, key(formula, scope))
        self.steps(steps, scope, inner, goal)

    def name(self, name: Any, facts: dict[str, Fact]) -> None:
        """Refuse a fact's name that is not a string or is already in use."""
        need(type(name) is str and 0 < len(name) <= NAME_LENGTH, "the name of a fact is a string, found", name)
        need(name not in facts and name not in self.library, "a fact is named twice:", name)

    def steps(self, steps: Any, scope: Scope, facts: dict[str, Fact], goal: str) -> None:
        """Check steps in order; `facts` grows with them."""
        need(type(steps) is list and steps, "a list of steps expected")
        outer, uses, last = self.references, [], ""
        for step in steps:
            self.references = set()
            try:
                last = self.step(step, scope, facts)
            except Exception as error:
                name = step.get("id", "?") if type(step) is dict else "?"
                reason = str(error) if isinstance(error, Reject) else f"malformed: {type(error).__name__} {error}"
                raise Reject(f"{name}: {reason}"[:2000]) from None
            uses.append((step["id"], self.references))
        need(last == goal, "the last step is not the goal: found", last, "required", goal)
        live = {uses[-1][0]}
        for name, references in reversed(uses):
            if name in live:
                live |= references
            else:
                self.unused.append(name)
        self.references = outer | live.difference([name for name, _ in uses])

    def step(self, step: Any, scope: Scope, facts: dict[str, Fact]) -> str:
        """Check one step, add it to the facts, and return the key of its goal."""
        need(type(step) is dict and type(step.get("by")) is str and step["by"] in FIELDS, "unknown rule in", step)
        rule = step["by"]
        required, optional = FIELDS[rule]
        fields(step, ("id", "goal", "by", *required), optional)
        self.name(step["id"], facts)
        goal = Fact(step["goal"], scope)
        self.keys.append(goal.key)
        getattr(self, rule)(step, goal, scope, facts)
        self.rules.add(rule)
        facts[step["id"]] = goal
        return goal.key

    # ---- arithmetic

    def combine(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """prod(mul) (b - a) = sum of weight facts square^2 + sum of l (right - left) r, as polynomials."""
        relation = goal.formula[0]
        need(relation in ("<=", "<", "="), "combine proves <=, < and =")
        sort, value = goal.difference
        for name in listed(step.get("mul", [])):
            fact = self.fact(name, facts)
            need(fact.formula[0] == "<" or (relation == "=" and fact.formula[0] == "!="), "no multiplier of known sign:", name)
            factor_sort, factor = fact.difference
            need(factor_sort == "real", "a multiplier is a number:", name)
            value = poly.scale(value, factor) if type(sort) is Shape else poly.multiply(value, factor)
        summands = listed(step.get("sum", []))
        need(not summands or relation != "=", "an equation takes no inequalities")
        total: Any = {}
        strict = False
        for summand in summands:
            part, is_strict = self.summand(summand, scope, facts)
            total, strict = poly.add(total, part), strict or is_strict
        for equation in listed(step.get("eqs", [])):
            part = self.equation(equation, sort, scope, facts)
            total = poly.matrix_add(total, part) if type(sort) is Shape else poly.add(total, part)
        if total != value:
            rest = poly.matrix_add(value, total, -1) if type(sort) is Shape else poly.add(value, total, -1)
            raise Reject("the identity fails, left over: " + shorten(value_text(sort, rest)))
        need(relation != "<" or strict, "no strict summand")

    def summand(self, summand: Any, scope: Scope, facts: dict[str, Fact]) -> tuple[poly.Polynomial, bool]:
        """[weight, facts, square]: a positive rational times differences >= 0 times a square; strict without square."""
        need(type(summand) is list and len(summand) == 3, "[weight, facts, square] expected, found", summand)
        weight, names, square = summand
        need(type(weight) is list and len(weight) == 2 and all(type(x) is int for x in weight), "bad weight", weight)
        need(weight[0] > 0 and weight[1] > 0, "a weight must be positive:", weight)
        out = poly.constant(Fraction(weight[0], weight[1]))
        strict = square is None
        for name in listed(names):
            fact = self.fact(name, facts)
            need(fact.formula[0] in ("<", "<="), "not an inequality:", name)
            out = poly.multiply(out, fact.difference[1])
            strict = strict and fact.formula[0] == "<"
        if square is not None:
            sort, value = canon(square, scope)
            need(sort != "obj", "square of an object")
            if type(sort) is Shape:
                value = poly.trace(poly.matrix_multiply(value, poly.transpose(value)), sort.rows)
            else:
                value = poly.multiply(value, value)
            out = poly.multiply(out, value)
        return out, strict

    def equation(self, record: Any, goal: Any, scope: Scope, facts: dict[str, Fact]) -> Any:
        """Return l (right - left) r of an equation in force, or of b (1/b) = 1; 0 by what it stands for.

        For a scalar goal a matrix equation goes under a trace; for a matrix goal a scalar equation takes a matrix l.
        """
        need(type(record) is dict, "an equation is an object, found", record)
        if "inv" in record:
            fields(record, ("inv", "nz"), ("l",))
            sort, value = "real", self.reciprocal(record, scope, facts)
        else:
            fields(record, ("f",), ("l", "r", "T"))
            fact = self.fact(record["f"], facts)
            need(fact.formula[0] == "=", "not an equation:", record["f"])
            sort, value = fact.difference
        if type(sort) is Shape:
            return self.matrix_equation(record, sort, value, goal, scope)
        need("T" not in record and "r" not in record, "a scalar equation takes only l")
        other, left = canon(record.get("l", 1), scope)
        if type(goal) is Shape:
            need(other == goal, "a scalar equation needs a matrix l of the shape of the goal")
            return poly.scale(left, value)
        need(other in ("int", "real"), "the multiplier of a scalar equation is a number")
        return poly.multiply(value, left)

    def reciprocal(self, record: dict[str, Any], scope: Scope, facts: dict[str, Fact]) -> poly.Polynomial:
        """Return b (1/b) - 1 if the fact says b != 0, 0 < b or b < 0 of exactly this b."""
        fact = self.fact(record["nz"], facts)
        b = scalar(record["inv"], scope)
        need(fact.formula[0] in ("<", "!="), "does not say that a number is not 0:", record["nz"])
        known = fact.difference[1]
        need(known == b or known == poly.negative(b), "the denominator is not known to be nonzero:", poly.show(b))
        return poly.add(poly.multiply(b, poly.inverse(b)), poly.ONE, -1)

    def matrix_equation(self, record: dict[str, Any], sort: Shape, value: Any, goal: Any, scope: Scope) -> Any:
        """Return l (equation) r, transposed first if asked; shapes must fit, and the result be square under a trace."""
        need(record.get("T", True) is True, "T is true or absent")
        if "T" in record:
            sort, value = Shape(sort.columns, sort.rows), poly.transpose(value)
        other, left = canon(record.get("l", 1), scope)
        need(other != "obj", "an object is no multiplier")
        if type(other) is Shape:
            need(other.columns == sort.rows, "the shape of l does not fit")
            sort, value = Shape(other.rows, sort.columns), poly.matrix_multiply(left, value)
        else:
            value = poly.scale(value, left)
        other, right = canon(record.get("r", 1), scope)
        need(other != "obj", "an object is no multiplier")
        if type(other) is Shape:
            need(sort.columns == other.rows, "the shape of r does not fit")
            sort, value = Shape(sort.rows, other.columns), poly.matrix_multiply(value, right)
        else:
            value = poly.scale(value, right)
        if type(goal) is Shape:
            need(sort == goal, "the shape of the equation is not that of the goal")
            return value
        need(sort.rows == sort.columns, "a trace needs a square matrix")
        return poly.trace(value, sort.rows)

    def compute(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """A relation between closed terms or matrices, by exact evaluation."""
        need(goal.formula[0] in RELATIONS, "compute proves relations")
        evaluation = Evaluation(scope.table)
        left, right = [evaluation.value(term, {}) for term in goal.formula[1:]]
        need(holds(goal.formula[0], left, right), "the relation is false")

    def enclose(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """all x in a rational box: a <= b or a < b, by interval arithmetic on the leaves of a tree of splits."""
        formula = goal.formula
        need(formula[0] == "all" and formula[3][0] in ("<=", "<"), "enclose proves inequalities on a box")
        variables, hypotheses = formula[1], formula[2]
        need(len(hypotheses) == 2 * len(variables), "two ends for each variable expected")
        box: dict[str, Interval] = {}
        for (name, sort), lower, upper in zip(variables, hypotheses[::2], hypotheses[1::2]):
            need(sort == "real" and lower[0] == upper[0] == "<=", "a box of real variables expected")
            need(lower[2] == name and upper[1] == name, "lo <= x and x <= hi expected for", name)
            evaluation = Evaluation(scope.table)
            lo, hi = [Fraction(*evaluation.number(end)) for end in (lower[1], upper[2])]
            need(lo <= hi, "empty box")
            box[name] = (lo, hi)
        self.leaf(step["tree"], formula[3], box, scope)

    def leaf(self, tree: Any, goal: list[Any], box: dict[str, Interval], scope: Scope) -> None:
        """Check a leaf (bits of precision), or both sides of a split [name, number, left, right]."""
        if type(tree) is int:
            need(1 <= tree <= PRECISION, "bits of precision out of range:", tree)
            a, b = (enclose(term, box, tree, scope.table) for term in goal[1:])
            low = add(b, multiply(a, (Fraction(-1), Fraction(-1))))[0]
            if not (low > 0 or (goal[0] == "<=" and low == 0)):
                shown = {name: (str(lo), str(hi)) for name, (lo, hi) in box.items()}
                raise Reject(f"not shown on {shown}: the difference is only known to be at least {low}")
            return
        need(type(tree) is list and len(tree) == 4, "[name, split, left, right] or bits expected, found", tree)
        name, split, left, right = tree
        need(type(name) is str and name in box, "no such side of the box:", name)
        at = scalar(split, Scope(scope.table))
        need(not at or set(at) == {()}, "a split is a number:", split)
        point = Fraction(at.get((), 0))
        lo, hi = box[name]
        need(lo < point < hi, "split outside the box:", split)
        self.leaf(left, goal, {**box, name: (lo, point)}, scope)
        self.leaf(right, goal, {**box, name: (point, hi)}, scope)

    def decided(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """Not checked: the text for the solvers is written from the step and recorded, and the grade falls."""
        need(step["answers"] == UNSAT, "both solvers must have answered unsat")
        formulas = [self.fact(name, facts).formula for name in listed(step["facts"])]
        self.texts.append({"step": step["id"], "smt2": smt.text(goal.formula, formulas, scope)})

    # ---- quantifiers

    def premises(self, formulas: list[Any], names: Any, inner: Scope, facts: dict[str, Fact]) -> None:
        """Check that the named facts are the formulas as read in the scope of the substitution."""
        need(len(formulas) == len(listed(names)), "premises required:", len(formulas), "given:", len(names))
        for formula, name in zip(formulas, names):
            wanted, found = key(formula, inner), self.fact(name, facts).key
            need(wanted == found, "the premise", name, "is", found, "but must be", wanted)

    def instance(self, variables: Any, step: dict[str, Any], scope: Scope) -> Scope:
        """Return the scope in which bound variables stand for the terms of the step."""
        meanings = admit(pairs(variables), step.get("sub", {}), scope)
        return Scope(scope.table, {**scope.names, **meanings}, scope.depth)

    def apply(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """An instance of a fact `all variables: hypotheses -> conclusion`, or a fact again."""
        fact = self.fact(step["fact"], facts)
        if fact.formula[0] != "all":
            need(step.get("sub", {}) == {} and step.get("prem", []) == [], "this fact has no variables and no hypotheses")
            need(fact.key == goal.key, "the fact is", fact.key, "but the goal is", goal.key)
            return
        _, variables, hypotheses, conclusion = fact.formula
        inner = self.instance(variables, step, scope)
        self.premises(flat(hypotheses), step.get("prem", []), inner, facts)
        found = key(conclusion, inner)
        need(found == goal.key, "the conclusion is", found, "but the goal is", goal.key)

    def intro(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """all variables: hypotheses -> conclusion, for fresh variables."""
        need(goal.formula[0] == "all", "intro proves an `all`")
        _, variables, hypotheses, conclusion = goal.formula
        inner = scope.fix(variables)
        self.box(step["steps"], inner, facts, step["ids"], hypotheses, key(conclusion, inner))

    def range_of(self, goal: list[Any], ends: int) -> tuple[str, list[Any], list[Any]]:
        """Return variable, hypotheses and body of `all n:int, lo <= n (, n <= hi): P`; the ends do not mention n."""
        need(goal[0] == "all" and len(goal[1]) == 1 and goal[1][0][1] == "int", "one int variable expected")
        name, hypotheses = goal[1][0][0], goal[2]
        need(len(hypotheses) == ends and all(h[0] == "<=" for h in hypotheses), "lo <= n expected")
        need(hypotheses[0][2] == name and name not in names_in(hypotheses[0][1]), "lo <= n expected, lo without n")
        return name, hypotheses, goal[3]

    def induct(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """all n:int, lo <= n: P by P(lo), and P(n+1) from lo <= n and P(n)."""
        name, hypotheses, body = self.range_of(goal.formula, 1)
        lo = hypotheses[0][1]
        need(canon(lo, scope)[0] == "int", "the start of an induction is int-sorted")
        self.box(step["base"], scope, facts, [], [], key(body, scope.stand(name, Closure(lo, scope))))
        inner = scope.fix(goal.formula[1])
        following = key(body, inner.stand(name, Closure(["+", name, 1], inner)))
        self.box(step["steps"], inner, facts, step["ids"], [hypotheses[0], body], following)

    def finite(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """all n:int, lo <= n, n <= hi: P for closed ends, by one box for each value."""
        name, (lower, upper), body = self.range_of(goal.formula, 2)
        need(upper[1] == name and name not in names_in(upper[2]), "n <= hi expected, hi without n")
        evaluation = Evaluation(scope.table)
        values = [evaluation.number(end) for end in (lower[1], upper[2])]
        lo, hi = -(-values[0][0] // values[0][1]), values[1][0] // values[1][1]
        boxes = listed(step["boxes"])
        need(len(boxes) == max(0, hi - lo + 1), "boxes required:", max(0, hi - lo + 1), "given:", len(boxes))
        for k, steps in enumerate(boxes):
            self.box(steps, scope, facts, [], [], key(body, scope.stand(name, Closure(whole((lo + k, 1)), scope))))

    def cases(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """The goal from each alternative of an `or`."""
        fact = self.fact(step["fact"], facts)
        boxes = listed(step["boxes"])
        need(fact.formula[0] == "or", "cases need an `or`")
        need(len(fact.formula) - 1 == len(boxes), "one box for each alternative expected")
        for alternative, steps in zip(fact.formula[1:], boxes):
            self.box(steps, scope, facts, [step["as"]], [alternative], goal.key)

    def witness(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """some variables: formulas, by terms and a premise for each formula."""
        need(goal.formula[0] == "some", "witness proves a `some`")
        inner = self.instance(goal.formula[1], step, scope)
        self.premises(flat(goal.formula[2]), step.get("prem", []), inner, facts)

    def obtain(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """The goal, which cannot mention them, from the variables of a `some`."""
        fact = self.fact(step["fact"], facts)
        need(fact.formula[0] == "some", "obtain needs a `some`")
        inner = scope.fix(fact.formula[1])
        self.box(step["steps"], inner, facts, step["ids"], fact.formula[2], goal.key)

    def define(self, step: dict[str, Any], goal: Fact, scope: Scope, facts: dict[str, Fact]) -> None:
        """The goal, which cannot mention it, with a fresh function given by a recursion.

        Its values must have the sort of its results: an int-sorted f with f(0) = 1/2 would prove 0 < 0.
        """
        record = step["def"]
        need(type(record) is list and len(record) == 6 and record[0] == "def", "a definition expected")
        inner = scope.fix([[record[1], step["sort"]]])
        need(type(resolve(step["sort"], scope)) is Function, "a definition introduces a function")
        for equation in definition(record):
            place = inner
            if equation[0] == "all":
                place, equation = declare(equation[1], inner)[0], equation[3]
            (wanted, _), (got, _) = canon(equation[1], place), canon(equation[2], place)
            need(fits(got, wanted), "the value of a definition is not of the sort of its results")
        self.box(step["steps"], inner, facts, step["ids"], [record], goal.key)


def listed(value: Any) -> list[Any]:
    """Return a list, refuse anything else."""
    need(type(value) is list, "a list expected, found", value)
    return value  # type: ignore[no-any-return]

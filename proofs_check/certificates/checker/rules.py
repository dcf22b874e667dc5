"""The rules of inference: one method for each, and the boxes in which steps see earlier facts.

A proof is a list of steps; a step has an id, a goal, the name of a rule, and the fields of that rule. It sees the
earlier steps of its box and of the boxes around it, and the library. A box is proved when its last step has the key of
its goal.
"""

from fractions import Fraction
from typing import Any

import polynomials as poly
import smt
from evaluation import Evaluation, whole
from formulas import RELATIONS, definition, difference, flat, key, relation_key
from intervals import Interval, enclose
from rejection import NAME_LENGTH, PRECISION, Reject, fields, listed, need, reason, shorten
from terms import Closure, Scope, Shape, Table, canon, declare, fits, instance, names_in, product_sort, scalar, text_of

# rule: required fields, optional fields
FIELDS = {
    "combine": ("", "mul sum eqs"), "apply": ("fact", "sub prem"), "intro": ("ids steps", ""),
    "induct": ("base ids steps", ""), "cases": ("fact as boxes", ""), "finite": ("boxes", ""),
    "witness": ("", "sub prem"), "obtain": ("fact ids steps", ""), "define": ("def sort ids steps", ""),
    "compute": ("", ""), "enclose": ("tree", ""), "decided": ("facts answers", ""), "either": ("fact", ""),
}  # fmt: skip
Step = dict[str, Any]


class Fact:
    """A formula in force; names fixed later cannot change its key, so that it is computed once."""

    def __init__(self, formula: list[Any], scope: Scope) -> None:
        related = type(formula) is list and formula[:1] in [[relation] for relation in RELATIONS]
        self.formula = formula
        self.difference: tuple[Any, poly.Value] = difference(formula, scope) if related else ("", {})  # of a relation
        self.key = relation_key(formula[0], *self.difference) if related else key(formula, scope)


Facts = dict[str, Fact]


class Proof:
    """The check of one certificate: what it used, how strong its steps are, and what nothing used."""

    def __init__(self, library: Facts, table: Table) -> None:
        self.library, self.table = library, table
        self.used: set[str] = set()  # facts of the library
        self.rules: set[str] = set()  # rules applied
        self.texts: list[dict[str, str]] = []  # the SMT-LIB 2 text of every `decided` step
        self.unused: list[str] = []  # steps that nothing uses
        self.references: set[str] = set()  # facts used by the step being checked

    def fact(self, name: Any, facts: Facts) -> Fact:
        """Return a fact in force by its name."""
        need(type(name) is str and (name in facts or name in self.library), "unknown fact:", name)
        (self.references if name in facts else self.used).add(name)
        return facts[name] if name in facts else self.library[name]

    def name(self, name: Any, facts: Facts) -> None:
        """Refuse a fact's name that is not a string or is already in use."""
        need(type(name) is str and 0 < len(name) <= NAME_LENGTH, "the name of a fact is a string, found", name)
        need(name not in facts and name not in self.library, "a fact is named twice:", name)

    def box(self, steps: Any, scope: Scope, facts: Facts, ids: Any, hypotheses: Any, goal: str) -> None:
        """Check the steps of a box with named hypotheses; the last step must have the goal's key."""
        formulas, inner = flat(hypotheses), dict(facts)
        need(len(listed(ids)) == len(formulas), "one name for each hypothesis expected:", len(formulas))
        for name, formula in zip(ids, formulas):
            self.name(name, inner)
            inner[name] = Fact(formula, scope)
        outer, uses, last = self.references, [], ""
        for step in listed(steps):
            self.references = set()
            try:
                last = self.step(step, scope, inner)
            except Exception as error:
                raise Reject(f"{step['id'] if type(step) is dict and 'id' in step else '?'}: {reason(error)}") from None
            uses.append((step["id"], self.references))
        need(uses and last == goal, "the last step is not the goal: found", last, "required", goal)
        live = {uses[-1][0]}
        for name, references in reversed(uses):
            live |= references if name in live else set()
        self.unused += [name for name, _ in uses if name not in live]
        self.references = outer | live.difference([name for name, _ in uses])

    def step(self, step: Any, scope: Scope, facts: Facts) -> str:
        """Check one step, add it to the facts, and return the key of its goal."""
        need(type(step) is dict and type(step.get("by")) is str and step["by"] in FIELDS, "unknown rule in", step)
        fields(step, "id goal by " + FIELDS[step["by"]][0], FIELDS[step["by"]][1])
        self.name(step["id"], facts)
        goal = Fact(step["goal"], scope)
        self.rules.add(step["by"])
        getattr(self, step["by"])(step, goal, scope, facts)
        facts[step["id"]] = goal
        return goal.key

    # ---- arithmetic

    def combine(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """prod(mul) (b - a) = sum of weight facts square^2 + sum of l (right - left) r, as polynomials."""
        relation = goal.formula[0]
        need(relation in ("<=", "<", "="), "combine proves <=, < and =")
        (sort, rest), strict = goal.difference, False
        for name in listed(step.get("mul", [])):
            fact = self.fact(name, facts)
            known = fact.formula[0] in (("<", "!=") if relation == "=" else ("<",))
            need(known and fact.difference[0] == "real", "not a multiplier of known sign:", name)
            rest = poly.multiply(rest, fact.difference[1])
        for summand in listed(step.get("sum", [])):
            need(relation != "=", "an equation takes no inequalities")
            part, positive = self.summand(summand, scope, facts)
            rest, strict = poly.add(rest, part, -1), strict or positive
        for equation in listed(step.get("eqs", [])):
            rest = poly.add(rest, self.equation(equation, sort, scope, facts), -1)
        need(not rest, "the identity fails, left over:", shorten(text_of(sort, rest)))
        need(relation != "<" or strict, "no strict summand")

    def summand(self, summand: Any, scope: Scope, facts: Facts) -> tuple[poly.Value, bool]:
        """[weight, facts, square]: a positive rational times differences >= 0 times a square; strict without square."""
        weight, names, square = listed(summand)
        need(all(type(x) is int and x > 0 for x in listed(weight)) and len(weight) == 2, "bad weight:", weight)
        out, strict = poly.constant(Fraction(*weight)), square is None
        for name in listed(names):
            fact = self.fact(name, facts)
            need(fact.formula[0] in ("<", "<="), "not an inequality:", name)
            out, strict = poly.multiply(out, fact.difference[1]), strict and fact.formula[0] == "<"
        if square is not None:
            sort, value = canon(square, scope)
            need(sort != "obj", "no square of an object")
            twice = poly.multiply(value, poly.transpose(value))  # of a scalar its square
            out = poly.multiply(out, poly.trace(twice, sort.rows) if type(sort) is Shape else twice)
        return out, strict

    def equation(self, record: Any, goal: Any, scope: Scope, facts: Facts) -> poly.Value:
        """Return l (right - left) r of an equation in force, or of 1 = b (1/b) where a fact says that b is not 0.

        For a scalar goal a matrix is traced. The fact says b != 0, 0 < b or b < 0 of exactly this b.
        """
        if type(record) is dict and "inv" in record:
            fields(record, "inv nz", "l r")
            fact, b = self.fact(record["nz"], facts), scalar(record["inv"], scope)
            same = fact.formula[0] in ("<", "!=") and fact.difference in (("real", b), ("real", poly.negative(b)))
            need(same, record["nz"], "does not say that this is not 0:", poly.show(b))
            value, sort = poly.add(poly.multiply(b, poly.inverse(b)), poly.ONE, -1), fact.difference[0]
        else:
            fields(record, "f", "l r T")
            fact = self.fact(record["f"], facts)
            need(fact.formula[0] == "=", "not an equation:", record["f"])
            sort, value = fact.difference
        if "T" in record:
            need(record["T"] is True and type(sort) is Shape, "T is true and the equation is one of matrices")
            sort, value = Shape(sort.columns, sort.rows), poly.transpose(value)
        left, right = canon(record.get("l", 1), scope), canon(record.get("r", 1), scope)
        sort = product_sort(product_sort(left[0], sort), right[0])
        value = poly.multiply(poly.multiply(left[1], value), right[1])
        if type(goal) is Shape:
            need(sort == goal, "the shape of the equation is not that of the goal")
        elif type(sort) is Shape:
            need(sort.rows == sort.columns, "a trace needs a square matrix")
            value = poly.trace(value, sort.rows)
        return value

    def compute(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """A relation between closed terms or matrices, by exact evaluation."""
        need(goal.formula[0] in RELATIONS, "compute proves relations")
        need(Evaluation(scope.table).holds(*goal.formula), "the relation is false")

    def enclose(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """all x in a rational box: a <= b or a < b, by interval arithmetic on the leaves of a tree of splits."""
        head, variables, hypotheses, *conclusion = goal.formula
        need(head == "all" and conclusion[0][0] in ("<=", "<"), "enclose proves inequalities on a box")
        need(len(hypotheses) == 2 * len(variables), "two ends for each variable expected")
        box: dict[str, Interval] = {}
        for (name, sort), lower, upper in zip(variables, hypotheses[::2], hypotheses[1::2]):
            need([sort, *lower[::2], *upper[:2]] == ["real", "<=", name, "<=", name], "lo <= x, x <= hi expected")
            lo, hi = (Fraction(*Evaluation(scope.table).value(end, {})) for end in (lower[1], upper[2]))
            need(lo <= hi, "empty box")
            box[name] = lo, hi
        self.leaf(step["tree"], conclusion[0], box, scope)

    def leaf(self, tree: Any, goal: list[Any], box: dict[str, Interval], scope: Scope) -> None:
        """Check a leaf (bits of precision), or both sides of a split [name, number, left, right]."""
        if type(tree) is int:
            need(1 <= tree <= PRECISION, "bits of precision out of range:", tree)
            low = enclose(goal[2], box, tree, scope.table)[0] - enclose(goal[1], box, tree, scope.table)[1]
            if low < 0 or (low == 0 and goal[0] == "<"):
                shown = {name: (str(lo), str(hi)) for name, (lo, hi) in box.items()}
                raise Reject(f"not shown on {shown}: the difference is only known to be at least {low}")
            return
        name, split, left, right = listed(tree)
        need(type(name) is str and name in box, "no such side of the box:", name)
        (lo, hi), value = box[name], scalar(split, scope)
        point = Fraction(value.get(poly.UNIT, 0))
        need(lo < point < hi and set(value) <= {poly.UNIT}, "not a split of the box:", split)
        self.leaf(left, goal, {**box, name: (lo, point)}, scope)
        self.leaf(right, goal, {**box, name: (point, hi)}, scope)

    def decided(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """Not checked: the text for the solvers is written from the step and recorded, and the grade falls."""
        need(step["answers"] == {"z3": "unsat", "cvc5": "unsat"}, "both solvers must have answered unsat")
        formulas = [self.fact(name, facts).formula for name in listed(step["facts"])]
        self.texts.append({"step": step["id"], "smt2": smt.text(goal.formula, formulas, scope)})

    # ---- quantifiers

    def premises(self, formulas: Any, names: Any, inner: Scope, facts: Facts) -> None:
        """Check that the named facts are the formulas as read in the scope of the substitution."""
        required = flat(formulas)
        need(len(required) == len(listed(names)), "premises required:", len(required), "given:", len(names))
        for formula, name in zip(required, names):
            wanted, found = key(formula, inner), self.fact(name, facts).key
            need(wanted == found, "the premise", name, "is", found, "but must be", wanted)

    def apply(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """An instance of a fact `all variables: hypotheses -> conclusion`, or a fact again."""
        formula = self.fact(step["fact"], facts).formula
        _, variables, hypotheses, conclusion = formula if formula[0] == "all" else ["all", [], [], formula]
        inner = instance(variables, step.get("sub", {}), scope)
        self.premises(hypotheses, step.get("prem", []), inner, facts)
        found = key(conclusion, inner)
        need(found == goal.key, "the conclusion is", found, "but the goal is", goal.key)

    def intro(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """all variables: hypotheses -> conclusion, for fresh variables."""
        need(goal.formula[0] == "all", "intro proves an `all`")
        _, variables, hypotheses, conclusion = goal.formula
        inner = scope.fix(variables)
        self.box(step["steps"], inner, facts, step["ids"], hypotheses, key(conclusion, inner))

    def counted(self, goal: list[Any], ends: int) -> tuple[str, list[Any], list[Any]]:
        """Return variable, ends and body of `all n:int, lo <= n (, n <= hi): P`; the ends do not mention n."""
        head, ((name, sort),), hypotheses, body = goal
        need(head == "all" and sort == "int" and len(hypotheses) == ends, "one int variable with its range expected")
        values = [hypothesis[1 + k] for k, hypothesis in enumerate(hypotheses)]
        required = [["<=", values[0], name], *[["<=", name, end] for end in values[1:]]]
        need(hypotheses == required and name not in names_in(values), "lo <= n, or lo <= n and n <= hi expected")
        return name, values, body

    def induct(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """all n:int, lo <= n: P by P(lo), and P(n+1) from lo <= n and P(n)."""
        name, (lo,), body = self.counted(goal.formula, 1)
        need(canon(lo, scope)[0] == "int", "the start of an induction is int-sorted")
        self.box(step["base"], scope, facts, [], [], key(body, scope.stand({name: Closure(lo, scope)})))
        inner = scope.fix(goal.formula[1])
        following = key(body, inner.stand({name: Closure(["+", name, 1], inner)}))
        self.box(step["steps"], inner, facts, step["ids"], [["<=", lo, name], body], following)

    def finite(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """all n:int, lo <= n, n <= hi: P for closed ends, by one box for each value."""
        name, ends, body = self.counted(goal.formula, 2)
        lo, hi = (whole(Evaluation(scope.table).value(end, {})) for end in ends)
        need(len(listed(step["boxes"])) == max(0, hi - lo + 1), "boxes required:", max(0, hi - lo + 1))
        for k, steps in enumerate(step["boxes"], lo):
            self.box(steps, scope, facts, [], [], key(body, scope.stand({name: Closure(k, scope)})))

    def cases(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """The goal from each alternative of an `or`."""
        head, *alternatives = self.fact(step["fact"], facts).formula
        need(head == "or" and len(alternatives) == len(listed(step["boxes"])), "one box for each alternative expected")
        for alternative, steps in zip(alternatives, step["boxes"]):
            self.box(steps, scope, facts, [step["as"]], [alternative], goal.key)

    def witness(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """some variables: formulas, by terms and a premise for each formula."""
        need(goal.formula[0] == "some", "witness proves a `some`")
        inner = instance(goal.formula[1], step.get("sub", {}), scope)
        self.premises(goal.formula[2], step.get("prem", []), inner, facts)

    def either(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """An `or` from one of its alternatives."""
        parts = [key(part, scope) for part in goal.formula[1:]] if goal.formula[0] == "or" else []
        need(self.fact(step["fact"], facts).key in parts, "either proves an `or` from one of its alternatives")

    def obtain(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """The goal, which cannot mention them, from the variables of a `some`."""
        fact = self.fact(step["fact"], facts)
        need(fact.formula[0] == "some", "obtain needs a `some`")
        self.box(step["steps"], scope.fix(fact.formula[1]), facts, step["ids"], fact.formula[2], goal.key)

    def define(self, step: Step, goal: Fact, scope: Scope, facts: Facts) -> None:
        """The goal, which cannot mention it, with a fresh function given by a recursion.

        Its values must have the sort of its results: an int-sorted f with f(0) = 1/2 would prove 0 < 0.
        """
        record = step["def"]
        need(type(record) is list and record[:1] == ["def"], "a definition expected")
        inner = scope.fix([[record[1], step["sort"]]])
        for equation in definition(record):
            variables, (_, call, value) = (equation[1], equation[3]) if equation[0] == "all" else ([], equation)
            place = declare(variables, inner)[0]
            need(fits(canon(value, place)[0], canon(call, place)[0]), "a definition keeps the sort of its results")
        self.box(step["steps"], inner, facts, step["ids"], [record], goal.key)



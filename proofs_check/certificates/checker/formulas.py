"""Formulas: canonical keys, definitions, negation, and the obligations that make a statement well posed.

Two formulas are the same when their keys are: bound names and the order of sums and products do not count, the order of
hypotheses does. A key carries the shape of every matrix and the sort of every bound variable.
"""

from __future__ import annotations

from typing import Any

import polynomials as poly
from rejection import need
from terms import RESERVED, SIMPLE, NAME, Scope, Shape, Table, canon, declare, fits, names_in, pairs, resolve
from terms import sort_text, value_text

RELATIONS = ("<=", "<", "=", "!=")


def difference(formula: list[Any], scope: Scope) -> tuple[Any, Any]:
    """Return sort and value of b - a for a relation [rel, a, b]; matrices can only be equal or not."""
    need(len(formula) == 3 and formula[0] in RELATIONS, "not a relation:", formula)
    (sort, a), (other, b) = canon(formula[1], scope), canon(formula[2], scope)
    if type(sort) is Shape:
        need(formula[0] in ("=", "!=") and sort == other, "matrices of one shape can be equal or not:", formula)
        return sort, poly.matrix_add(b, a, -1)
    need(sort in ("int", "real") and other in ("int", "real"), "numbers expected in", formula)
    return "real", poly.add(b, a, -1)


def key(formula: Any, scope: Scope) -> str:
    """Return a text that two formulas share only if they mean the same."""
    need(type(formula) is list and formula and type(formula[0]) is str, "not a formula:", formula)
    head = formula[0]
    if head in RELATIONS:
        return relation_key(head, *difference(formula, scope))
    if head == "or":
        need(len(formula) > 1, "empty alternative")
        return "or[" + "|".join([key(part, scope) for part in formula[1:]]) + "]"
    if head == "pred":
        return predicate_key(formula, scope)
    need(head in ("all", "some") and len(formula) == (4 if head == "all" else 3), "not a formula:", formula)
    inner, sorts = declare(formula[1], scope)
    parts = "&".join([key(part, inner) for part in flat(formula[2])])
    end = "=>" + key(formula[3], inner) if head == "all" else ""
    return f"{head}[{','.join([sort_text(sort) for sort in sorts])}]{{{parts}{end}}}"


def relation_key(relation: str, sort: Any, value: Any) -> str:
    """Return the key of a relation from b - a; an equation may be read from either side."""
    text = value_text(sort, value)
    if relation in ("=", "!="):
        opposite = poly.matrix_add({}, value, -1) if type(sort) is Shape else poly.negative(value)
        text = min(text, value_text(sort, opposite))
    return f"{relation} {text}"


def predicate(formula: list[Any], table: Table) -> tuple[dict[str, Any], Any, list[Any]]:
    """Return the row of a predicate, the name it binds (or None), and its arguments, the body first."""
    need(len(formula) > 1 and type(formula[1]) is str and formula[1] in table.predicates, "unknown predicate", formula)
    row = table.predicates[formula[1]]
    name, arguments = (formula[2], formula[3:]) if "bound" in row else (None, formula[2:])
    need(len(arguments) == len(row["args"]), "wrong number of arguments in", formula)
    return row, name, arguments


def predicate_key(formula: list[Any], scope: Scope) -> str:
    """Return the key of a property; "any" is one sort for the whole use."""
    row, name, arguments = predicate(formula, scope.table)
    inner = scope if name is None else scope.bind(name, row["bound"])
    parts, common = [], None
    for k, (argument, wanted) in enumerate(zip(arguments, row["args"])):
        sort, value = canon(argument, inner if k == 0 else scope)
        if wanted == "any":
            need(sort != "obj", "a number or matrix expected in", formula)
            sort = "real" if sort == "int" else sort
            common = common or sort
            wanted = common
        need(fits(sort, wanted), "an argument of the wrong sort in", formula)
        parts.append(value_text(sort, value))
    return f"{formula[1]}({';'.join(parts)})"


def flat(formulas: Any) -> list[Any]:
    """Return a list of hypotheses with every definition written as its two equations."""
    need(type(formulas) is list, "a list of formulas expected, found", formulas)
    need(all(type(part) is list and part for part in formulas), "not a formula in", formulas)
    return [g for part in formulas for g in (definition(part) if part[0] == "def" else [part])]


def definition(record: list[Any]) -> list[Any]:
    """Return the two equations of ["def", f, parameters, lo, a, b]: f(lo, ..) = a, and f(n+1, ..) = b for lo <= n.

    In b the function stands only as f(n, ..); lo mentions no parameter, else the recursion might never reach its base
    and contradict itself; a mentions neither f nor n.
    """
    need(len(record) == 6 and type(record[1]) is str, "bad definition", record)
    _, f, parameters, lo, a, b = record
    need(pairs(parameters) and parameters[0][1] == "int", "a recursion runs over an int:", record)
    (n, _), *rest = parameters
    names = {name for name, _ in parameters}
    need(f not in names and f not in names_in([lo, a]) and n not in names_in(a), "not a recursion:", record)
    need(not names & names_in(lo), "the start of a recursion is the same for all parameters:", record)
    need(previous_only(b, f, n), "a recursion uses only the previous value:", record)
    others = [name for name, _ in rest]
    base = ["=", [f, lo, *others], a]
    step = ["all", parameters, [["<=", lo, n]], ["=", [f, ["+", n, 1], *others], b]]
    return [["all", rest, [], base] if rest else base, step]


def previous_only(term: Any, f: str, n: str) -> bool:
    """Tell whether f occurs only as f(n, ..) with this n, not with one that is bound inside."""
    if type(term) is not list:
        return bool(term != f)
    if term[:1] == ["bind"] and n in term[2:3] or term[:1] == ["build"] and n in term[1:3]:
        return f not in names_in(term)
    rest = term[2:] if term[:2] == [f, n] else term
    return all(previous_only(part, f, n) for part in rest)


def negation(formula: Any) -> list[Any]:
    """Return the negation of a relation, `or`, `all` or `some`; a property has none."""
    need(type(formula) is list and formula, "not a formula:", formula)
    head = formula[0]
    if head in RELATIONS:
        need(len(formula) == 3, "bad relation", formula)
        _, a, b = formula
        return {"<=": ["<", b, a], "<": ["<=", b, a], "=": ["!=", a, b], "!=": ["=", a, b]}[head]
    if head == "or":
        return ["some", [], [negation(part) for part in formula[1:]]]
    if head == "some" and len(formula) == 3:
        return ["all", formula[1], [], ["or", *[negation(part) for part in flat(formula[2])]]]
    need(head == "all" and len(formula) == 4, "no negation of", formula)
    return ["some", formula[1], [*flat(formula[2]), negation(formula[3])]]


def posed(statement: list[Any], table: Table) -> list[list[Any]]:
    """Return the obligations of a closed statement, in reading order, inner before outer, equal keys once."""
    walk = Obligations(table)
    walk.formula(statement, [], [])
    return list(walk.found.values())


class Obligations:
    """A walk through a statement that collects, for every guarded subterm, the closed formula that makes it mean something.

    Lists of variables and hypotheses in force are copied, never extended in place: what follows a guard is not in
    force for it.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.found: dict[str, list[Any]] = {}

    def formula(self, formula: list[Any], variables: list[Any], hypotheses: list[Any]) -> None:
        """Collect from a formula under the variables and hypotheses around it."""
        head = formula[0]
        if head == "or":
            for part in formula[1:]:
                self.formula(part, variables, hypotheses)
        elif head == "pred":
            self.predicate(formula, variables, hypotheses)
        elif head in RELATIONS:
            for term in formula[1:]:
                self.term(term, variables, hypotheses)
        else:
            for name, sort in formula[1]:
                self.sort(sort, variables, hypotheses)
                variables = [*variables, [name, sort]]
            for part in flat(formula[2]) + formula[3:]:
                self.formula(part, variables, hypotheses)
                hypotheses = [*hypotheses, part]

    def sort(self, sort: Any, variables: list[Any], hypotheses: list[Any]) -> None:
        """Collect from the shapes of a sort."""
        if type(sort) is list and sort[0] == "mat":
            for term in sort[1:]:
                self.term(term, variables, hypotheses)
        elif type(sort) is list:
            self.sort(sort[2], [*variables, *sort[1]], hypotheses)

    def predicate(self, formula: list[Any], variables: list[Any], hypotheses: list[Any]) -> None:
        """Collect from a property; the body of `deriv` counts at its point."""
        row, name, arguments = predicate(formula, self.table)
        if name is not None:
            body, *arguments = arguments
            if "at" in row:
                self.term(replace(body, {name: arguments[row["at"] - 1]}), variables, hypotheses)
            else:
                self.term(body, [*variables, [name, row["bound"]]], hypotheses)
        for term in arguments:
            self.term(term, variables, hypotheses)

    def term(self, term: Any, variables: list[Any], hypotheses: list[Any]) -> None:
        """Collect from a term, arguments before the term itself."""
        if type(term) is not list or term[0] == "q":
            return
        head, arguments = term[0], term[1:]
        if head == "bind":
            self.binder(term, variables, hypotheses)
        elif head == "build":
            _, i, j, rows, columns, body = term
            for part in (rows, columns):
                self.term(part, variables, hypotheses)
            ranges = [["<=", 1, i], ["<=", i, rows], ["<=", 1, j], ["<=", j, columns]]
            self.term(body, [*variables, [i, "int"], [j, "int"]], hypotheses + ranges)
        else:
            for part in [x for row in arguments[0] for x in row] if head == "rows" else arguments:
                self.term(part, variables, hypotheses)
        if head == "/" and not (type(arguments[1]) is int and arguments[1] != 0):
            self.add(variables, hypotheses, ["!=", arguments[1], 0])
        row = self.table.generators.get(head)
        if row and "guard" in row:
            values = {name: value for (name, _), value in zip(row["args"], arguments)}
            self.add(variables, hypotheses, replace(row["guard"], values))

    def binder(self, term: list[Any], variables: list[Any], hypotheses: list[Any]) -> None:
        """Collect from a sum, product or integral; the body under the range of its variable."""
        _, kind, name, first, second, body = term
        self.term(first, variables, hypotheses)
        self.term(second, variables, hypotheses)
        sort, lo, hi = "int", first, second
        if kind == "integral":
            interval = type(second) is list and second[0] == "leb"
            sort, lo, hi = first, *(second[1:] if interval else (None, None))
        ranges = [] if lo is None else [["<=", lo, name], ["<=", name, hi]]
        self.term(body, [*variables, [name, sort]], hypotheses + ranges)

    def add(self, variables: list[Any], hypotheses: list[Any], guard: list[Any]) -> None:
        """Record one obligation; the names bound around a guard must differ."""
        names = [name for name, _ in variables]
        need(len(set(names)) == len(names), "rename a bound variable: one name is bound twice around", guard)
        formula = ["all", variables, hypotheses, guard]
        self.found.setdefault(key(formula, Scope(self.table)), formula)


def replace(term: Any, values: dict[str, Any]) -> Any:
    """Return the term or formula with values for free names; refuse where a binder inside would capture a name."""
    if type(term) is str:
        return values.get(term, term)
    if type(term) is not list or not term:
        return term
    head = term[0]
    if type(head) is not str:
        return [replace(part, values) for part in term]
    if head == "rows":
        return ["rows", [[replace(x, values) for x in row] for row in term[1]]]
    for name in term[2:3] if head == "bind" else term[1:3] if head == "build" else []:
        clash = name in values or any(name in names_in(value) for value in values.values())
        need(not clash, "rename the bound variable", name, "in", term)
    keep = 2 if head == "bind" else 1
    return [*term[:keep], *[replace(part, values) for part in term[keep:]]]


def check_table(table: Table) -> None:
    """Refuse a table of generators and predicates that is not well formed."""
    scope = Scope(table)
    for name, row in table.generators.items():
        need(NAME.match(name) and name not in RESERVED, "bad name of a generator:", name)
        need(set(row) <= {"args", "sort", "guard"} and {"args", "sort"} <= set(row), "bad row of generator", name)
        inner, sorts = declare(row["args"], scope)
        need(all(type(sort) is Shape or sort in SIMPLE for sort in sorts), "bad argument of generator", name)
        resolve(row["sort"], inner)
        if "guard" in row:
            guard = row["guard"]
            both = guard[0] == "some" and len(guard) == 3 and guard[1] == []
            parts = guard[2] if both else guard[1:] if guard[0] == "or" else [guard]
            need(all(part[0] in RELATIONS for part in parts), "bad guard of generator", name)
            need(not names_in(row["guard"]) & {"bind", "build"}, "bound names in the guard of", name)
            key(row["guard"], inner)
    for name, row in table.predicates.items():
        need(NAME.match(name) and set(row) <= {"bound", "args", "at"} and "args" in row, "bad row of predicate", name)
        need(row.get("bound", "real") in SIMPLE and type(row["args"]) is list, "bad row of predicate", name)
        need(all(type(sort) is str and sort in (*SIMPLE, "any") for sort in row["args"]), "bad row of predicate", name)
        point = row.get("at", 1)
        need("bound" in row or "at" not in row, "a point without a bound variable:", name)
        need(type(point) is int and ("at" not in row or 1 <= point < len(row["args"])), "bad point of", name)

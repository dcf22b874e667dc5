"""What makes a statement well posed: for every guarded subterm the closed formula that its guard holds there."""

from typing import Any

from formulas import RELATIONS, flat, key, predicate
from rejection import fields, need
from terms import NAME, RESERVED, Scope, Table, declare, names_in


def posed(statement: list[Any], table: Table) -> list[list[Any]]:
    """Return the obligations of a closed statement, in reading order, inner before outer, equal keys once."""
    walk = Walk(table)
    walk.formula(statement, [], [])
    return list(walk.found.values())


class Walk:
    """A walk through a statement with the variables and hypotheses in force.

    Their lists are copied, never extended in place: what follows a guard is not in force for it.
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self.found: dict[str, list[Any]] = {}

    def formula(self, formula: list[Any], variables: list[Any], hypotheses: list[Any]) -> None:
        """Collect from a formula; the body of `deriv` counts at its point."""
        head, *parts = formula
        if head == "or":
            for part in parts:
                self.formula(part, variables, hypotheses)
        elif head in RELATIONS:
            self.terms(parts, variables, hypotheses)
        elif head == "pred":
            row, name, arguments = predicate(formula, self.table)
            if "at" in row:
                arguments[0] = replace(arguments[0], {name: arguments[row["at"]]})
            elif "bound" in row:
                self.terms(arguments[:1], [*variables, [name, row["bound"]]], hypotheses)
                del arguments[0]
            self.terms(arguments, variables, hypotheses)
        else:
            for name, sort in parts[0]:
                self.sort(sort, variables, hypotheses)
                variables = [*variables, [name, sort]]
            for part in flat(parts[1]) + parts[2:]:
                self.formula(part, variables, hypotheses)
                hypotheses = [*hypotheses, part]

    def sort(self, sort: Any, variables: list[Any], hypotheses: list[Any]) -> None:
        """Collect from the shapes of a sort."""
        if sort[0] == "mat":
            self.terms(sort[1:], variables, hypotheses)
        elif sort[0] == "fun":
            self.sort(sort[2], [*variables, *sort[1]], hypotheses)

    def terms(self, terms: list[Any], variables: list[Any], hypotheses: list[Any]) -> None:
        """Collect from terms, arguments before the term itself."""
        for term in terms:
            match term:
                case int() | str() | ["q", _, _]:
                    continue
                case ["rows", rows]:
                    self.terms([x for row in rows for x in row], variables, hypotheses)
                case ["bind", kind, name, first, second, body]:
                    self.terms([first, second], variables, hypotheses)  # the sort of an integral is a text
                    interval = type(second) is list and second[0] == "leb"
                    ends = [first, second] if kind != "integral" else second[1:] if interval else []
                    ranges = [["<=", ends[0], name], ["<=", name, ends[1]]] if ends else []
                    sort = first if kind == "integral" else "int"
                    self.terms([body], [*variables, [name, sort]], hypotheses + ranges)
                case ["build", i, j, rows, columns, body]:
                    self.terms([rows, columns], variables, hypotheses)
                    ranges = [["<=", 1, i], ["<=", i, rows], ["<=", 1, j], ["<=", j, columns]]
                    self.terms([body], [*variables, [i, "int"], [j, "int"]], hypotheses + ranges)
                case [head, *arguments]:
                    self.terms(arguments, variables, hypotheses)
                    self.guard(head, arguments, variables, hypotheses)

    def guard(self, head: str, arguments: list[Any], variables: list[Any], hypotheses: list[Any]) -> None:
        """Record the guard of a denominator or generator; the names bound around it must differ."""
        row = self.table.generators.get(head, {"args": []})
        guard = replace(row.get("guard"), {name: value for (name, _), value in zip(row["args"], arguments)})
        if head == "/" and (type(arguments[1]) is not int or arguments[1] == 0):
            guard = ["!=", arguments[1], 0]
        if guard is not None:
            formula = ["all", variables, hypotheses, guard]  # its key refuses a name that is bound twice around it
            self.found.setdefault(key(formula, Scope(self.table)), formula)


def replace(term: Any, values: dict[str, Any]) -> Any:
    """Return the term or guard with values for free names; refuse where a binder inside would capture a name."""
    if type(term) is not list or not term:
        return values.get(term, term) if type(term) is str else term
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
    """Refuse a table whose names or guards would confuse the checker; its sorts and axioms are trusted."""
    for name, row in [*table.generators.items(), *table.predicates.items()]:
        need(NAME.match(name) and name not in RESERVED, "bad name of a generator or predicate:", name)
        fields(row, "args", "sort guard" if name in table.generators else "bound at")
    for name, row in table.generators.items():
        guard = row.get("guard", ["=", 0, 0])
        plain = guard[0] in RELATIONS or guard[:2] == ["some", []]
        need(plain and not names_in(guard) & {"bind", "build", "all"}, "a guard is some relations:", name)
        key(guard, declare(row["args"], Scope(table))[0])

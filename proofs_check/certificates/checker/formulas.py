"""Formulas: canonical keys, definitions, negation.

Two formulas are the same when their keys are: bound names and the order of sums and products do not count, the order of
hypotheses does. A key carries the shape of every matrix and the sort of every bound variable.
"""

from typing import Any

import polynomials as poly
from rejection import need
from terms import Scope, Shape, Table, canon, declare, fits, names_in, pairs, sort_text, text_of

RELATIONS = ("<=", "<", "=", "!=")


def difference(formula: list[Any], scope: Scope) -> tuple[Any, poly.Value]:
    """Return sort and value of b - a for a relation [rel, a, b]; matrices can only be equal or not."""
    need(len(formula) == 3 and formula[0] in RELATIONS, "not a relation:", formula)
    (sort, a), (other, b) = canon(formula[1], scope), canon(formula[2], scope)
    matrix = type(sort) is Shape
    good = sort == other and formula[0] in ("=", "!=") if matrix else {sort, other} <= {"int", "real"}
    need(good, "numbers, or matrices of one shape that are equal or not, expected:", formula)
    return sort if matrix else "real", poly.add(b, a, -1)


def key(formula: Any, scope: Scope) -> str:
    """Return a text that two formulas share only if they mean the same."""
    need(type(formula) is list and formula and type(formula[0]) is str, "not a formula:", formula)
    head = formula[0]
    if head in RELATIONS:
        return relation_key(head, *difference(formula, scope))
    if head == "or":
        return "or[" + "|".join([key(part, scope) for part in formula[1:]]) + "]"
    if head == "pred":
        return predicate_key(formula, scope)
    need(head in ("all", "some") and len(formula) == (4 if head == "all" else 3), "not a formula:", formula)
    inner, sorts = declare(formula[1], scope)
    parts = "&".join([key(part, inner) for part in flat(formula[2])])
    end = "=>" + key(formula[3], inner) if head == "all" else ""
    return f"{head}[{','.join([sort_text(sort) for sort in sorts])}]{{{parts}{end}}}"


def relation_key(head: str, sort: Any, value: poly.Value) -> str:
    """Return the key of a relation from b - a; an equation may be read from either side."""
    texts = [text_of(sort, value)] if head in ("<", "<=") else [text_of(sort, v) for v in (value, poly.negative(value))]
    return f"{head} {min(texts)}"


def predicate(formula: list[Any], table: Table) -> tuple[dict[str, Any], Any, list[Any]]:
    """Return the row of a predicate, the name it binds (or None), and its arguments, the body first."""
    need(len(formula) > 1 and type(formula[1]) is str and formula[1] in table.predicates, "unknown predicate:", formula)
    row = table.predicates[formula[1]]
    name, arguments = (formula[2], formula[3:]) if "bound" in row else (None, formula[2:])
    need(len(arguments) == len(row["args"]), "wrong number of arguments in", formula)
    return row, name, arguments


def predicate_key(formula: list[Any], scope: Scope) -> str:
    """Return the key of a property; "any" is one sort for the whole use."""
    row, name, arguments = predicate(formula, scope.table)
    inner = scope.bind(name, row["bound"]) if "bound" in row else scope
    texts, common = [], None
    for k, (argument, wanted) in enumerate(zip(arguments, row["args"])):
        sort, value = canon(argument, inner if k == 0 else scope)
        if wanted == "any":
            need(sort != "obj", "a number or matrix expected in", formula)
            wanted = common = common or ("real" if sort == "int" else sort)
        need(fits(sort, wanted), "an argument of the wrong sort in", formula)
        texts.append(text_of(sort, value))
    return f"{formula[1]}({';'.join(texts)})"


def flat(formulas: Any) -> list[Any]:
    """Return a list of hypotheses with every definition written as its two equations."""
    good = type(formulas) is list and all(type(part) is list and part for part in formulas)
    need(good, "a list of formulas expected, found", formulas)
    return [g for part in formulas for g in (definition(part) if part[0] == "def" else [part])]


def definition(record: list[Any]) -> list[Any]:
    """Return the two equations of ["def", f, parameters, lo, a, b]: f(lo, ..) = a, and f(n+1, ..) = b for lo <= n.

    In b the function stands only as f(n, ..); a mentions neither f nor n; lo mentions no parameter, else the recursion
    might never reach its base and contradict itself.
    """
    need(len(record) == 6 and type(record[1]) is str, "bad definition:", record)
    _, f, parameters, lo, a, b = record
    need(pairs(parameters) and parameters[0][1] == "int", "a recursion runs over an int:", record)
    (n, _), *rest = parameters
    need(not {f, n} & names_in(a) and previous_only(b, f, n), "not a recursion:", record)
    need(not {f, *[name for name, _ in parameters]} & names_in(lo), "a recursion has one start for all:", record)
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
    return all(previous_only(part, f, n) for part in (term[2:] if term[:2] == [f, n] else term))


def negation(formula: Any) -> list[Any]:
    """Return the negation of a relation, `or`, `all` or `some`; a property has none."""
    head, *parts = formula
    if head in RELATIONS:
        a, b = parts
        return {"<=": ["<", b, a], "<": ["<=", b, a], "=": ["!=", a, b], "!=": ["=", a, b]}[head]
    if head == "or":
        return ["some", [], [negation(part) for part in parts]]
    if head == "some":
        return ["all", parts[0], [], ["or", *[negation(part) for part in flat(parts[1])]]]
    need(head == "all", "no negation of", formula)
    return ["some", parts[0], [*flat(parts[1]), negation(parts[2])]]
